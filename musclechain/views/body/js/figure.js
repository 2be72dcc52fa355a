// ---- one view of the body ----------------------------------------------------------------------------------------------------

const NAMES = { back: "Back", front: "Front", left: "Left side", right: "Right side" };
const SIDES = { back: ["left", "right"], front: ["right", "left"], left: ["front", "back"], right: ["back", "front"] };
const FILLED = ["belly", "tissue"], FINE = ["light", "fibres"], FIXED = { "vector-effect": "non-scaling-stroke", fill: "none" };
const AID = "#0b4a5c", CASING = "#ffffff";

const LOOK = (c) => ({
  skin: { fill: c.skin, stroke: c.skin_line, "stroke-width": 2.4 },
  far: { fill: c.skin, stroke: c.skin_line, "stroke-width": 1.6, opacity: 0.6 },
  light: { fill: "#ffffff", "fill-opacity": 0.17, "pointer-events": "none" },
  bone: { fill: c.bone, stroke: c.bone_line, "stroke-width": 1.4 },
  hollow: { fill: c.hollow },
  tendon: { fill: c.tendon, stroke: c.line, "stroke-width": 1.8, "paint-order": "stroke" },
  sheet: { fill: c.tendon, "fill-opacity": 0.6, stroke: c.line, "stroke-width": 1.8, "paint-order": "stroke" },
  tissue: { "fill-opacity": 0.75, stroke: c.line, "stroke-width": 1.8, "paint-order": "stroke" },
  belly: { stroke: c.line, "stroke-width": 1.6, "paint-order": "stroke" },
  fibres: { fill: "none", stroke: c.fibre, "stroke-opacity": 0.34, "stroke-width": 1.3, "stroke-linecap": "round", "pointer-events": "none" },
  nerve: { fill: "none", stroke: "#f5c518", "stroke-width": 2.6, "stroke-linecap": "round" },
});
// under a nerve: a dark edge, and a wide invisible line that the pointer meets
const NERVE_EDGE = { fill: "none", stroke: "#4d3a00", "stroke-width": 4.4, "stroke-linecap": "round" }, NERVE_REACH = { fill: "none", stroke: "#000", "stroke-opacity": 0, "stroke-width": 13, "pointer-events": "stroke" };

// `which` is "now", or "reference" for a figure that shows only what is compared with.
function makeFigure(picture, view, host, id, draw, which) {
  const [left, top, wide, tall] = picture.views[view].frame, { axis, sign } = picture.views[view];
  const node = make("div", { class: "mc-view" }, host), name = make("div", { class: "mc-view-name", "aria-hidden": "true" }, node), frame = make("div", { class: "mc-frame" }, node);
  const svg = make("svg:svg", { role: "group", "aria-label": `Body, ${NAMES[view].toLowerCase()}`, "stroke-linejoin": "round" }, frame);
  const levels = make("div", { class: "mc-levels" }, node), defs = make("svg:defs", {}, svg);
  const figure = { picture, view, axis, sign, id, node, name, frame, svg, levels, draw, home: [left, top, wide, tall], box: null, unit: 1, patterns: addPatterns(defs, id), clips: addClips(defs, id), layers: {} };
  figure.ghost = make("svg:path", { ...FIXED, stroke: picture.colours.skin_line, "stroke-width": 1.2, "stroke-dasharray": "5 4", "pointer-events": "none", "aria-hidden": "true" }, svg);
  figure.skin = picture.views[view].groups.flatMap((group) => group.parts).map((index) => picture.parts[index]).find((part) => part.role === "skin");
  for (const place of ["aids", "halo"]) figure[place] = make("svg:g", { "pointer-events": "none", "aria-hidden": "true", fill: "none" }, svg);
  makeLayer(figure, which);
  figure.sides = SIDES[view].map((side) => make("svg:text", { class: "mc-side", "text-anchor": "middle", fill: "currentColor", "aria-hidden": "true" }, svg, side));
  setBox(figure, figure.home);
  return figure;
}

// Hatching and dots of one size on the screen, dark and light together, so that they read on every colour.
function addPatterns(defs, id) {
  const depends = make("svg:pattern", { id: `${id}depends`, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs), likely = make("svg:pattern", { id: `${id}likely`, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs);
  make("svg:rect", { width: 2.4, height: 8, fill: "#ffffff" }, depends);
  make("svg:rect", { x: 2.4, width: 1.3, height: 8, fill: "#1a1a1a" }, depends);
  make("svg:circle", { cx: 4, cy: 4, r: 2, fill: "#ffffff" }, likely);
  make("svg:circle", { cx: 4, cy: 4, r: 1.15, fill: "#1a1a1a" }, likely);
  return [depends, likely];
}

function addClips(defs, id) {
  return Object.fromEntries(["now", "reference"].map((which) => [which, make("svg:rect", {}, make("svg:clipPath", { id: `${id}${which}` }, defs))]));
}

// A layer is the whole body in one state: now, or what it is compared with.
function makeLayer(figure, which) {
  const { picture } = figure, look = LOOK(picture.colours), root = make("svg:g", which === "now" ? {} : { "aria-hidden": "true" });
  figure.aids.before(root);
  const layer = { figure, which, root, groups: [], moves: null, stamp: 0, stamps: new Int32Array(picture.bones) };
  for (const entry of picture.views[figure.view].groups) {
    const open = (entry.structure !== undefined || entry.nerve !== undefined) && which === "now", alive = entry.structure !== undefined || entry.nerve !== undefined;
    const named = entry.nerve !== undefined ? picture.nerves[entry.nerve] : picture.structures[entry.structure];
    const node = make("svg:g", open ? { class: entry.nerve !== undefined ? "mc-nerve" : "mc-structure", role: "button", tabindex: -1, "aria-label": named.name } : alive ? { class: "mc-kept" } : { "pointer-events": "none", "aria-hidden": "true" }, root);
    const paths = entry.parts.flatMap((index) => {
      const part = picture.parts[index], styles = part.role === "nerve" ? [NERVE_REACH, NERVE_EDGE, look.nerve] : [look[part.role]];
      return styles.map((style) => ({ node: make("svg:path", FINE.includes(part.role) ? { ...style, class: "mc-fine" } : style, node), part, fill: FILLED.includes(part.role), fine: FINE.includes(part.role) }));
    });
    const group = { layer, figure, node, paths, anchor: entry.anchor, depth: entry.layer || 0, behind: Boolean(entry.behind), structure: entry.structure ?? null, nerve: entry.nerve ?? null, owner: paths[0].part.owner,
                    main: paths.find((path) => path.fill) || paths[0], outer: paths[0], shade: entry.behind ? 0.55 : 1, bones: [...new Set(paths.flatMap((path) => path.part.bones))], marks: [], key: "", stamp: -1 };
    if (entry.behind) node.setAttribute("opacity", 0.55);
    node.mcGroup = group;
    layer.groups.push(group);
  }
  figure.layers[which] = layer;
  return layer;
}

function setBox(figure, box) {
  figure.box = box;
  figure.svg.setAttribute("viewBox", box.map((value) => value.toFixed(1)).join(" "));
}

// What has one size on the screen: patterns, words at the feet. `unit` is the millimetres that one pixel shows.
function setUnit(figure, unit) {
  figure.unit = unit;
  for (const pattern of figure.patterns) pattern.setAttribute("patternTransform", `rotate(45) scale(${unit.toFixed(3)})`);
  const [left, top, wide, tall] = figure.box;
  figure.sides.forEach((text, k) => {
    for (const [key, value] of Object.entries({ x: left + (k ? wide - 22 * unit : 22 * unit), y: top + tall - 4 * unit, "font-size": 12 * unit })) text.setAttribute(key, value.toFixed(1));
  });
}

function cutFigure(figure, share) {
  const [left, top, wide, tall] = figure.box, cut = left + share * wide, far = 3000;
  const set = (rect, x, width) => { for (const [key, value] of Object.entries({ x, y: top - far, width, height: tall + 2 * far })) rect.setAttribute(key, value.toFixed(1)); };
  set(figure.clips.reference, cut - far, far);
  set(figure.clips.now, cut, far);
  for (const layer of Object.values(figure.layers)) layer.root.setAttribute("clip-path", `url(#${figure.id}${layer.which})`);
}

// ---- painting a layer

// `setting`: choice (which exaggeration), depth, nerves, span, veiled, lit (Set of structures, or null), lean (leave out what is fine).
function paintLayer(layer, scene, setting) {
  const moves = scene.moves[setting.choice], moved = !layer.moves || moves.some((value, k) => value !== layer.moves[k]);
  if (moved) {
    layer.moves = Float32Array.from(moves);
    stampBones(layer, setting.extents, Math.min(0.2 * layer.figure.unit, 0.5));
  }
  for (const group of layer.groups) paintGroup(group, layer, scene, setting);
  return moved;
}

// Gives a bone a new stamp when some corner of what it carries has moved by more than `least` mm since its last one: less is not seen.
function stampBones(layer, extents, least) {
  const drawn = layer.drawn || (layer.drawn = layer.moves.map(() => NaN)), { moves } = layer;
  for (let bone = 0; bone < extents.length; bone++) {
    const at = bone * 12, gap = (x, y, z, r) => Math.abs((moves[at + r] - drawn[at + r]) * x + (moves[at + r + 1] - drawn[at + r + 1]) * y + (moves[at + r + 2] - drawn[at + r + 2]) * z + moves[at + r + 3] - drawn[at + r + 3]);
    const still = extents[bone].every(([x, y, z]) => gap(x, y, z, 0) < least && gap(x, y, z, 4) < least && gap(x, y, z, 8) < least);
    if (still) continue;
    layer.stamps[bone] = ++layer.stamp;
    for (let k = at; k < at + 12; k++) drawn[k] = moves[k];
  }
}

function paintGroup(group, layer, scene, setting) {
  const hidden = group.nerve !== null ? !setting.nerves : group.depth > setting.depth, { picture, axis, sign, draw } = layer.figure;
  if (group.hidden !== hidden) group.node.style.display = (group.hidden = hidden) ? "none" : "";
  if (hidden) return;
  const stamp = Math.max(...group.bones.map((bone) => layer.stamps[bone])), fresh = group.stamp !== stamp;
  if (fresh || (group.coarse && !setting.lean)) {
    group.stamp = stamp;
    group.coarse = setting.lean;
    let d = null, last = null;
    for (const path of group.paths) {
      if (setting.lean && path.fine) continue;
      if (path.part !== last) d = draw((last = path.part), layer.moves, axis, sign);
      path.node.setAttribute("d", (path.d = d));
    }
  }
  if (group.owner >= 0) paintColour(group, picture, scene, setting);
  if (group.structure !== null) paintMarks(group, picture, scene, setting, fresh);
  else if (group.nerve !== null) paintNerve(group, picture, setting);
}

function paintColour(group, picture, scene, setting) {
  const at = position(scene.change[group.owner], setting.span), colour = setting.veiled ? picture.colours.veiled : picture.scales[Number(picture.structures[group.owner].muscle)][Math.round(50 + 50 * at)];
  if (group.colour !== colour) {
    group.colour = colour;
    for (const path of group.paths) if (path.fill) path.node.setAttribute("fill", colour);
  }
  const shade = group.shade * (setting.lit && !setting.lit.has(group.owner) ? 0.22 : 1);
  if (group.shown !== shade) group.node.setAttribute("opacity", (group.shown = shade));
}

function paintMarks(group, picture, scene, setting, fresh) {
  const k = group.structure, at = setting.veiled ? 0 : position(scene.change[k], setting.span), arrow = Math.sign(at) * (Math.abs(at) >= picture.strong ? 2 : Math.abs(at) >= picture.mild ? 1 : 0);
  const over = !setting.veiled && scene.flags[k] & OVERLOADED ? 1 : 0, letter = setting.veiled ? "" : scene.certainty[k] || "", unit = group.figure.unit.toFixed(2);
  const key = arrow || over || letter === "d" || letter === "l" ? `${arrow}/${over}/${letter}/${unit}` : "";
  if (group.key !== key || (fresh && key)) {
    group.key = key;
    group.marks.forEach((node) => node.remove());
    group.marks = key ? drawMarks(group, picture, arrow, over, letter) : [];
  }
  if (group.layer.which !== "now") return;
  const label = `${picture.structures[k].name}: ${setting.veiled ? "covered" : say(picture, scene, k)}`;
  if (group.label !== label) group.node.setAttribute("aria-label", (group.label = label));
}

// A full arrow for much more or less, a small open one for more or less: no direction is told by a colour alone.
function drawMarks(group, picture, arrow, over, letter) {
  const { figure, main, node } = group, quiet = { "pointer-events": "none" }, marks = [], add = (attributes) => marks.push(make("svg:path", { ...attributes, ...quiet }, node));
  const pattern = { d: "depends", l: "likely" }[letter];
  if (pattern) add({ d: main.d, fill: `url(#${figure.id}${pattern})`, stroke: picture.colours.line, "stroke-width": 1.2 });
  if (over) {
    add({ d: main.d, ...FIXED, stroke: "#ffffff", "stroke-width": 4.2 });
    add({ d: main.d, ...FIXED, stroke: picture.colours.overload, "stroke-width": 2.4 });
  }
  if (!arrow && !over) return marks;
  const [x, y] = placePoint(group.anchor, group.layer.moves, figure.axis, figure.sign), r = Math.min(Math.max(4.4 * figure.unit, 3), 11), edge = { fill: "#1a1a1a", stroke: "#ffffff", "stroke-width": 0.25 * r };
  if (arrow) {
    const full = Math.abs(arrow) > 1, a = full ? r : 0.62 * r, s = -0.9 * a * Math.sign(arrow);
    add({ d: `M${x - a} ${y - s}L${x + a} ${y - s}L${x} ${y + s}Z`, ...(full ? edge : { fill: "#ffffff", stroke: "#1a1a1a", "stroke-width": 0.2 * r }) });
  }
  if (over) {
    const up = y - (arrow ? 2.4 * r : 0);
    add({ d: `M${x - r} ${up}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`, ...edge });
    add({ d: `M${x} ${up - 0.62 * r}V${up + 0.15 * r}M${x} ${up + 0.5 * r}v${0.1 * r}`, stroke: "#ffffff", "stroke-width": 0.34 * r, "stroke-linecap": "round" });
  }
  return marks;
}

function sayNerve({ roots }) {
  if (!roots.length) return "roots not given";
  return roots.length > 3 ? `roots ${roots[0]} to ${roots[roots.length - 1]}` : `${roots.length > 1 ? "roots" : "root"} ${roots.join(", ")}`;
}

function paintNerve(group, picture, setting) {
  const strong = setting.nerve === group.nerve, faint = setting.nerve && !strong ? 0.35 : 1, key = `${strong}/${faint}`;
  if (group.key === key) return;
  group.key = key;
  group.node.setAttribute("opacity", faint);
  group.paths.forEach((path, k) => path.node.setAttribute("stroke-width", [13, strong ? 9 : 4.4, strong ? 6.4 : 2.6][k % 3]));
  if (group.layer.which === "now") group.node.setAttribute("aria-label", `${picture.nerves[group.nerve].name}: ${sayNerve(picture.nerves[group.nerve])}`);
}

// ---- plumb line, levels, outlines

function paintAids(figure, scene, setting) {
  const { picture, axis, sign, draw, view } = figure, { marks } = picture, moves = scene.moves[setting.choice], rest = setting.rest.moves[0], moved = moves.some((value, k) => Math.abs(value - rest[k]) > 1e-4);
  figure.ghost.style.display = moved ? "" : "none";
  if (moved && figure.skin && !figure.ghost.hasAttribute("d")) figure.ghost.setAttribute("d", draw(figure.skin, rest, axis, sign));
  figure.aids.replaceChildren();
  const side = view === "left" || view === "right", words = setting.veiled ? "" : sayLevels(scene.levels, side);
  if (figure.said !== words) {
    figure.said = words;
    figure.levels.replaceChildren();
    for (const part of words ? words.split(/(?<= · )/) : []) make("span", {}, figure.levels, part);
  }
  figure.levels.style.display = setting.lines ? "" : "none";
  if (!setting.lines || !marks.ankle_left || !marks.ankle_right) return;
  const at = (name, way) => placePoint([...marks[name].slice(1), marks[name][0], 0, 1], way, axis, sign), [left, top, wide, tall] = figure.home;
  const line = (x1, y1, x2, y2, dash) => {
    make("svg:path", { ...FIXED, d: `M${x1} ${y1}L${x2} ${y2}`, stroke: CASING, "stroke-width": 3.4, "stroke-opacity": 0.75 }, figure.aids);
    make("svg:path", { ...FIXED, d: `M${x1} ${y1}L${x2} ${y2}`, stroke: AID, "stroke-width": 1.5, ...(dash ? { "stroke-dasharray": dash } : {}) }, figure.aids);
  };
  const plumb = (at("ankle_left", rest)[0] + at("ankle_right", rest)[0]) / 2, floor = at("ankle_left", rest)[1];
  line(plumb, top + 4, plumb, floor + 70, "7 4");
  if (side) for (const name of ["ear", `shoulder_${view}`, `hip_${view}`, `knee_${view}`, `ankle_${view}`]) {
    if (!marks[name]) continue;
    const [x, y] = at(name, moves), r = 3.2 * figure.unit;
    make("svg:circle", { cx: x, cy: y, r, fill: AID, stroke: CASING, "stroke-width": 0.45 * r }, figure.aids);
  }
  else for (const name of ["shoulder", "crest"]) {
    if (!marks[`${name}_left`] || !marks[`${name}_right`]) continue;
    const [a, b] = [at(`${name}_left`, moves), at(`${name}_right`, moves)], reach = 55 / Math.max(Math.abs(b[0] - a[0]), 1), dx = (b[0] - a[0]) * reach, dy = (b[1] - a[1]) * reach, level = (a[1] + b[1]) / 2;
    if (Math.abs(b[1] - a[1]) > 1) line(a[0] - dx, level, b[0] + dx, level, "1.5 4");
    line(a[0] - dx, a[1] - dy, b[0] + dx, b[1] + dy);
  }
}

// ---- names in the margins

// Cuts a name into lines of at most `most` letters.
function wrapName(name, most) {
  const lines = [];
  for (const word of name.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

// Moves labels apart until none overlap: each keeps as near to its wish as its neighbours allow.
function pushApart(labels, top, bottom) {
  labels.sort((a, b) => a.y - b.y);
  let free = top;
  for (const label of labels) {
    label.at = Math.max(label.y - label.tall / 2, free);
    free = label.at + label.tall + 4;
  }
  let limit = bottom;
  for (const label of [...labels].reverse()) {
    label.at = Math.max(Math.min(label.at, limit - label.tall), top);
    limit = label.at - 4;
  }
  return labels;
}

// items: {name, bold, x, y (of the structure), right (which margin)}; ends: where the margins begin; all in pixels of the stage.
function drawLabels(items, ends, margin, tall, overlay) {
  overlay.replaceChildren();
  const size = 11.5, most = Math.max(Math.floor((margin - 14) / (size * 0.54)), 6);
  for (const right of [false, true]) {
    const labels = items.filter((item) => item.right === right).map((item) => { const lines = wrapName(item.name, most); return { ...item, lines, tall: lines.length * (size + 2) }; });
    for (const label of pushApart(labels, 22, tall - 22)) {
      const edge = right ? ends[1] + 8 : ends[0] - 8, middle = label.at + label.tall / 2;
      for (const [stroke, width] of [[CASING, 2.6], ["#3a3a3a", 0.9]]) make("svg:path", { d: `M${edge + (right ? -3 : 3)} ${middle}L${label.x} ${label.y}`, fill: "none", stroke, "stroke-width": width, ...(stroke === CASING ? { "stroke-opacity": 0.6 } : {}) }, overlay);
      make("svg:circle", { cx: label.x, cy: label.y, r: 2.2, fill: "#1a1a1a", stroke: CASING, "stroke-width": 0.9 }, overlay);
      label.lines.forEach((line, k) => make("svg:text", { x: edge, y: label.at + (k + 0.82) * (size + 2), "text-anchor": right ? "start" : "end", "font-size": size, fill: "currentColor", ...(label.bold ? { "font-weight": "bold" } : {}) }, overlay, line));
    }
  }
}
