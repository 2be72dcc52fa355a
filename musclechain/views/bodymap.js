// Draws the body map. The outlines come once; each later message is a short list of numbers (see pack_scene in bodymap.py).
// Text from the body goes in by textContent and setAttribute only, because names may hold anything.

const SVG = "http://www.w3.org/2000/svg";
const OVERLOADED = 1, UNSETTLED = 2;
let serial = 0; // keeps the ids of patterns apart when several maps are on one page

function make(name, attributes = {}, parent = null, text = null) {
  const node = name.startsWith("svg:") ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

function bytes(view) {
  // a DataView may start anywhere in its buffer, typed arrays may not
  if (!view || !view.byteLength) return new ArrayBuffer(0);
  return view.buffer ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) : view;
}

// ---- numbers -----------------------------------------------------------------------------------------------------------------

function readScene(buffer, offset, picture) {
  const f = new Float32Array(buffer, offset * 4), choices = picture.exaggerations.length, count = f[1], start = 2 + choices;
  const moves = start + 3 * count, size = picture.bones * 12;
  return {
    version: f[0], factors: Array.from(f.subarray(2, start)), change: f.subarray(start, start + count), before: f.subarray(start + count, start + 2 * count),
    flags: f.subarray(start + 2 * count, moves), moves: picture.exaggerations.map((_, k) => f.subarray(moves + k * size, moves + (k + 1) * size)),
    length: moves + choices * size,
  };
}

function readFrames(view, picture) {
  const buffer = bytes(view), scenes = [];
  for (let at = 0; at * 4 < buffer.byteLength; at += scenes[scenes.length - 1].length) scenes.push(readScene(buffer, at, picture));
  return scenes;
}

function restScene(picture) {
  const count = picture.structures.length, still = new Float32Array(picture.bones * 12);
  for (let b = 0; b < picture.bones; b++) still[b * 12] = still[b * 12 + 5] = still[b * 12 + 10] = 1;
  const none = new Float32Array(count);
  return { version: 0, factors: picture.exaggerations.map(() => 1), change: none, before: none, flags: none, moves: picture.exaggerations.map(() => still) };
}

function mixScenes(a, b, t) {
  const mix = (p, q) => p.map((value, k) => (Number.isNaN(value) ? q[k] : Number.isNaN(q[k]) ? value : value + t * (q[k] - value)));
  return { ...(t < 0.5 ? a : b), change: mix(a.change, b.change), factors: mix(a.factors, b.factors), moves: a.moves.map((move, k) => mix(move, b.moves[k])) };
}

function position(change, span) {
  return Number.isFinite(change) ? Math.sign(change) * Math.sqrt(Math.min(Math.abs(change) / span, 1)) : 0;
}

function newtons(value) {
  const size = Math.abs(value);
  return `${size.toFixed(size >= 9.95 ? 0 : 1)} N`;
}

function say(scene, k) {
  const change = scene.change[k];
  if (!Number.isFinite(change)) return "not computed";
  const words = Math.abs(change) < 0.05 ? "no change" : `${newtons(change)} ${change > 0 ? "more" : "less"}`;
  return words + (scene.flags[k] & OVERLOADED ? ", overloaded" : "") + (scene.flags[k] & UNSETTLED ? ", direction not sure" : "");
}

// ---- geometry ----------------------------------------------------------------------------------------------------------------

function readVertices(view) {
  const raw = new Int16Array(bytes(view)), count = raw.length / 5;
  const place = new Float32Array(count * 3), bone = new Uint8Array(count * 2), share = new Float32Array(count);
  for (let v = 0; v < count; v++) {
    for (let axis = 0; axis < 3; axis++) place[v * 3 + axis] = raw[v * 5 + axis] / 10;
    bone[v * 2] = raw[v * 5 + 3] >> 4;
    bone[v * 2 + 1] = raw[v * 5 + 3] & 15;
    share[v] = raw[v * 5 + 4] / 1000;
  }
  return { place, bone, share, count };
}

// Moves every vertex with its two bones; returns across and down of the back view.
function moveVertices(vertices, moves, out) {
  const { place, bone, share, count } = vertices;
  for (let v = 0; v < count; v++) {
    const x = place[v * 3], y = place[v * 3 + 1], z = place[v * 3 + 2], a = bone[v * 2] * 12, b = bone[v * 2 + 1] * 12, p = share[v], q = 1 - p;
    const row = (r) => p * (moves[a + r] * x + moves[a + r + 1] * y + moves[a + r + 2] * z + moves[a + r + 3])
                     + (q ? q * (moves[b + r] * x + moves[b + r + 1] * y + moves[b + r + 2] * z + moves[b + r + 3]) : 0);
    out[v * 2] = row(8);
    out[v * 2 + 1] = -row(4);
  }
}

function pathOf(part, flat, sign) {
  let d = "";
  for (let c = 0; c + 1 < part.ends.length; c++) {
    for (let v = part.ends[c]; v < part.ends[c + 1]; v++) {
      d += (v === part.ends[c] ? "M" : "L") + Math.round(sign * flat[v * 2] * 10) / 10 + " " + Math.round(flat[v * 2 + 1] * 10) / 10;
    }
    if (part.closed) d += "Z";
  }
  return d;
}

// ---- the picture -------------------------------------------------------------------------------------------------------------

const LOOK = (c) => ({
  skin: { fill: c.skin, stroke: c.skin_line, "stroke-width": 2.4 },
  bone: { fill: c.bone, stroke: c.bone_line, "stroke-width": 1.4 },
  hollow: { fill: c.hollow },
  tendon: { fill: c.tendon, stroke: c.line, "stroke-width": 1.8, "paint-order": "stroke" },
  sheet: { fill: c.tendon, "fill-opacity": 0.6, stroke: c.line, "stroke-width": 1.8, "paint-order": "stroke" },
  tissue: { "fill-opacity": 0.75, stroke: c.line, "stroke-width": 1.8, "paint-order": "stroke" },
  belly: { stroke: c.line, "stroke-width": 1.6, "paint-order": "stroke" },
  fibres: { fill: "none", stroke: c.fibre, "stroke-opacity": 0.34, "stroke-width": 1.3, "stroke-linecap": "round", "pointer-events": "none" },
});

function addPattern(defs, id, colour, width) {
  const pattern = make("svg:pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs);
  make("svg:path", { d: "M0 0V7", stroke: colour, "stroke-width": width }, pattern);
}

function drawView(picture, view, number, host, prefix) {
  const [left, top, wide, tall] = picture.frame, look = LOOK(picture.colours), sign = view === "back" ? 1 : -1;
  const figure = make("div", { class: "mc-view" }, host);
  make("div", { class: "mc-view-name", "aria-hidden": "true" }, figure, view === "back" ? "Back" : "Front");
  const svg = make("svg:svg", { viewBox: `${left} ${top} ${wide} ${tall}`, role: "group", "aria-label": `Body seen from the ${view}`, "stroke-linejoin": "round" }, figure);
  const defs = make("svg:defs", {}, svg);
  addPattern(defs, `${prefix}over`, "#1a1a1a", 2.4);
  addPattern(defs, `${prefix}unsure`, "#ffffff", 3);
  const sides = view === "back" ? ["left", "right"] : ["right", "left"];
  sides.forEach((side, k) => make("svg:text", { x: k ? 235 : -235, y: top + tall - 25, "text-anchor": "middle", "font-size": 26, fill: "currentColor", "aria-hidden": "true" }, svg, side));
  const paths = [], groups = [];
  for (const entry of picture.views[view]) {
    const open = entry.structure !== undefined;
    const group = make("svg:g", open ? { class: "mc-structure", role: "button", tabindex: -1 } : { "aria-hidden": "true", "pointer-events": "none" }, svg);
    if (entry.behind) group.setAttribute("opacity", 0.55);
    for (const index of entry.parts) {
      const part = picture.parts[index];
      paths.push({ node: make("svg:path", look[part.role], group), part, sign, fill: part.role === "belly" || part.role === "tissue" });
    }
    if (entry.layer) groups.push({ node: group, view, number, sign, layer: entry.layer, structure: open ? entry.structure : null, main: entry.parts.find((p) => ["belly", "tissue"].includes(picture.parts[p].role)), outer: entry.parts[0] });
  }
  const halo = make("svg:g", { fill: "none", "pointer-events": "none", "aria-hidden": "true" }, svg);
  return { view, sign, svg, paths, groups, halo, prefix };
}

// ---- the widget --------------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const picture = model.get("picture"), vertices = readVertices(model.get("outlines")), flat = new Float32Array(vertices.count * 2);
  const id = `mc${++serial}-`, calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const root = make("div", { class: "mc-bodymap", "data-version": -1 }, el);
  const stage = make("div", { class: "mc-stage" }, root);
  const views = Object.keys(picture.views).map((view, number) => drawView(picture, view, number, stage, id + view));
  const all = views.flatMap((view) => view.groups.map((group) => Object.assign(group, { owner: view }))), live = all.filter((group) => group.structure !== null);
  const tip = make("div", { class: "mc-tip", role: "tooltip", hidden: "" }, root);
  const cover = make("div", { class: "mc-cover" }, stage);
  make("p", {}, cover, "Predict first, then uncover.");
  const uncover = make("button", { type: "button" }, cover, "Show the result");
  const words = make("p", { class: "mc-caption", "aria-live": "polite" }, root);
  const factor = make("span", { class: "mc-factor" }, make("p", { class: "mc-note" }, root));
  const detail = make("p", { class: "mc-detail", "aria-live": "polite" }, root);
  const steps = make("div", { class: "mc-steps", role: "group", "aria-label": "Steps of the spread", hidden: "" }, root);
  const back = make("button", { type: "button", "aria-label": "Previous step" }, steps, "◀");
  const play = make("button", { type: "button", class: "mc-play" }, steps, "Play");
  const next = make("button", { type: "button", "aria-label": "Next step" }, steps, "▶");
  const slider = make("input", { type: "range", min: 0, step: 1, "aria-label": "Step of the spread" }, steps);
  const stepName = make("span", { class: "mc-step-name", "aria-live": "polite" }, steps);
  const legend = make("ul", { class: "mc-legend", "aria-label": "Legend: change of tension against resting" }, root);
  const tools = make("div", { class: "mc-tools" }, root);
  const sizes = addChoice(tools, "Posture drawn", picture.exaggerations.map((f) => [f, f === 1 ? "as computed" : `${f} times larger`]), "exaggeration");
  const depths = addChoice(tools, "Muscles", [[4, "all layers"], [3, "without the top layer"], [2, "deep"], [1, "deepest"]], "depth");
  const save = make("button", { type: "button" }, tools, "Save as SVG");
  let scenes = readFrames(model.get("frames"), picture), base = readScene(bytes(model.get("state")), 0, picture), shown = base, drawnMoves = null, drawnFill = [];
  let unsure = null, hovered = null, focused = live[live.length - 1], playing = null, pending = 0, painted = false;

  function addChoice(host, label, options, trait) {
    const box = make("label", {}, host, `${label} `), select = make("select", {}, box);
    for (const [value, text] of options) make("option", { value }, select, text);
    select.addEventListener("change", () => { model.set(trait, Number(select.value)); model.save_changes(); });
    return select;
  }

  // ---- painting

  function paintPosture(moves) {
    if (drawnMoves && moves.every((value, k) => value === drawnMoves[k])) return;
    moveVertices(vertices, moves, flat);
    for (const view of views) for (const path of view.paths) path.node.setAttribute("d", (path.d = pathOf(path.part, flat, path.sign)));
    drawnMoves = Float32Array.from(moves);
    return true;
  }

  function paintFill(scene) {
    const span = model.get("span_n"), veiled = model.get("veiled");
    const colour = picture.structures.map((_, k) => (veiled ? picture.colours.veiled : picture.scales[Number(picture.structures[k].muscle)][Math.round(50 + 50 * position(scene.change[k], span))]));
    for (const view of views) for (const path of view.paths) if (path.fill && path.colour !== colour[path.part.owner]) path.node.setAttribute("fill", (path.colour = colour[path.part.owner]));
  }

  function paintMarks(scene, moved) {
    const span = model.get("span_n"), veiled = model.get("veiled");
    for (const group of live) {
      const k = group.structure, at = veiled ? 0 : position(scene.change[k], span), strong = Math.abs(at) >= picture.strong ? Math.sign(at) : 0, flags = veiled ? 0 : scene.flags[k];
      const key = `${strong}/${flags}`;
      if (group.key !== key || (moved && key !== "0/0")) {
        group.key = key;
        (group.marks || []).forEach((node) => node.remove());
        group.marks = [...markPaths(group, flags), ...markArrow(group, strong)];
      }
      const label = `${picture.structures[k].name}: ${veiled ? "covered" : say(scene, k)}`;
      if (group.label !== label) group.node.setAttribute("aria-label", (group.label = label));
    }
  }

  function markPaths(group, flags) {
    const d = pathOf(picture.parts[group.main], flat, group.sign), marks = [];
    if (flags & UNSETTLED) marks.push(make("svg:path", { d, fill: `url(#${group.owner.prefix}unsure)`, "pointer-events": "none" }, group.node));
    if (flags & OVERLOADED) marks.push(make("svg:path", { d, fill: `url(#${group.owner.prefix}over)`, stroke: picture.colours.overload, "stroke-width": 4, "pointer-events": "none" }, group.node));
    return marks;
  }

  function findAnchor(group) {
    const [x, y, z, a, b, p] = picture.structures[group.structure].anchor, moves = drawnMoves;
    const row = (r) => [a, b].reduce((sum, bone, k) => sum + (k ? 1 - p : p) * (moves[bone * 12 + r] * x + moves[bone * 12 + r + 1] * y + moves[bone * 12 + r + 2] * z + moves[bone * 12 + r + 3]), 0);
    return [group.sign * row(8), -row(4)];
  }

  function markArrow(group, strong) {
    if (!strong) return [];
    const [x, y] = findAnchor(group), s = -9 * strong;
    return [make("svg:path", { d: `M${x - 10} ${y - s}L${x + 10} ${y - s}L${x} ${y + s}Z`, fill: "#1a1a1a", stroke: "#fff", "stroke-width": 2, "pointer-events": "none" }, group.node)];
  }

  function paintHalo() {
    const chosen = model.get("selected"), active = root.contains(document.activeElement) && document.activeElement.classList.contains("mc-structure") ? focused : null;
    for (const view of views) {
      view.halo.replaceChildren();
      for (const group of view.groups) {
        if (group.structure === null || group.hidden) continue;
        const isChosen = picture.structures[group.structure].id === chosen, isActive = group === active, isHovered = group.structure === hovered;
        if (!isChosen && !isActive && !isHovered) continue;
        const d = pathOf(picture.parts[group.outer], flat, group.sign);
        make("svg:path", { d, stroke: picture.colours.halo, "stroke-width": isChosen || isActive ? 10 : 5 }, view.halo);
        make("svg:path", { d, stroke: picture.colours.selected, "stroke-width": isChosen ? 4 : 2, ...(isActive && !isChosen ? { "stroke-dasharray": "10 6" } : {}) }, view.halo);
      }
    }
    for (const group of live) group.node.setAttribute("aria-pressed", picture.structures[group.structure].id === chosen);
  }

  function paintWords(scene) {
    const veiled = model.get("veiled"), choice = picture.exaggerations.indexOf(model.get("exaggeration")), drawn = scene.factors[choice], asked = model.get("exaggeration");
    const caption = veiled ? "Predict first, then uncover." : model.get("caption");
    if (words.textContent !== caption) words.textContent = caption;
    factor.textContent = veiled ? "" : `Posture drawn ${drawn >= 1.05 ? `${Number(drawn.toFixed(1))} times larger than` : "as"} computed${drawn < asked - 0.05 ? ` (${asked} times would leave the picture)` : ""}.`;
    const k = picture.structures.findIndex((one) => one.id === model.get("selected"));
    const text = k < 0 ? "" : `Selected: ${picture.structures[k].name} (${picture.structures[k].plain})${veiled ? "" : ` – ${tension(scene, k)}`}`;
    if (detail.textContent !== text) detail.textContent = text;
  }

  function tension(scene, k) {
    const before = scene.before[k], change = scene.change[k];
    return Number.isFinite(change) ? `before ${newtons(before)}, after ${newtons(before + change)}: ${say(scene, k)}` : "drawn, not computed";
  }

  function paintScene(scene) {
    shown = scene;
    const veiled = model.get("veiled"), rest = veiled ? restScene(picture) : scene;
    const moved = paintPosture(rest.moves[picture.exaggerations.indexOf(model.get("exaggeration"))]);
    paintFill(rest);
    paintMarks(rest, moved);
    paintWords(scene);
    paintHalo();
    if (unsure) unsure.hidden = veiled || !scene.flags.some((flag) => flag & UNSETTLED);
    cover.hidden = !veiled;
    root.classList.toggle("mc-veiled", veiled);
  }

  // Paint as soon as a message has been read whole, but only once per frame of the screen, however fast the messages come.
  function repaint() {
    if (pending) return;
    const paint = () => {
      pending = 0;
      paintScene(scenes.length ? scenes[frame()] : base);
      root.dataset.version = base.version;
      painted = !document.hidden;
      if (painted) requestAnimationFrame(() => { painted = false; });
    };
    pending = 1;
    if (painted) requestAnimationFrame(paint);
    else queueMicrotask(paint);
  }

  // ---- steps

  const frame = () => Math.max(0, Math.min(model.get("frame"), scenes.length - 1));

  function paintSteps() {
    // once there have been steps their row keeps its place, so that nothing below it jumps while a control is dragged
    steps.hidden = steps.hidden && scenes.length < 2;
    steps.style.visibility = scenes.length < 2 ? "hidden" : "";
    slider.max = Math.max(scenes.length - 1, 0);
    slider.value = frame();
    const name = model.get("frame_labels")[frame()] || "";
    stepName.textContent = scenes.length ? `Step ${frame() + 1} of ${scenes.length}: ${name}` : "";
    slider.setAttribute("aria-valuetext", stepName.textContent);
    play.textContent = playing ? "Pause" : "Play";
  }

  function goTo(number) {
    model.set("frame", Math.max(0, Math.min(number, scenes.length - 1)));
    model.save_changes();
  }

  function stop() {
    if (playing) cancelAnimationFrame(playing);
    playing = null;
  }

  function start() {
    const first = frame() >= scenes.length - 1 ? 0 : frame(), begun = performance.now(), each = 900;
    const tick = (now) => {
      const at = first + (now - begun) / each, low = Math.min(Math.floor(at), scenes.length - 1), t = Math.min(1, (at - low) * 1.8);
      if (low !== frame()) goTo(low);
      const done = low >= scenes.length - 1;
      playing = done ? null : requestAnimationFrame(tick);
      paintScene(done || calm.matches ? scenes[low] : mixScenes(scenes[low], scenes[low + 1], t * t * (3 - 2 * t)));
      paintSteps();
    };
    playing = requestAnimationFrame(tick);
  }

  play.addEventListener("click", () => { playing ? stop() : start(); paintSteps(); });
  back.addEventListener("click", () => { stop(); goTo(frame() - 1); });
  next.addEventListener("click", () => { stop(); goTo(frame() + 1); });
  slider.addEventListener("input", () => { stop(); goTo(Number(slider.value)); });

  // ---- hover, click, keys

  const groupOf = (event) => live.find((group) => group.node === event.target.closest(".mc-structure"));

  function choose(group) {
    const one = group ? picture.structures[group.structure].id : "";
    model.set("selected", one === model.get("selected") ? "" : one);
    model.save_changes();
  }

  function showTip(group, x, y) {
    const k = group.structure, one = picture.structures[k];
    tip.replaceChildren();
    make("strong", {}, tip, one.name);
    make("span", {}, tip, one.plain);
    make("span", {}, tip, model.get("veiled") ? "covered until you uncover the result" : tension(shown, k));
    tip.hidden = false;
    const box = root.getBoundingClientRect();
    tip.style.left = `${Math.min(Math.max(x - box.left + 14, 0), Math.max(box.width - tip.offsetWidth - 4, 0))}px`;
    tip.style.top = `${Math.max(y - box.top - tip.offsetHeight - 12, 0)}px`;
  }

  function hover(group) {
    if (hovered === (group ? group.structure : null)) return;
    hovered = group ? group.structure : null;
    paintHalo();
  }

  function focusOn(group) {
    focused.node.setAttribute("tabindex", -1);
    focused = group;
    group.node.setAttribute("tabindex", 0);
    group.node.focus({ preventScroll: false });
  }

  // The nearest muscle in the direction of the key; the two pictures lie side by side.
  function neighbour(dx, dy) {
    const place = (group) => { const [x, y] = findAnchor(group); return [x + group.number * picture.frame[2], y]; };
    const [x, y] = place(focused);
    let best = null, least = Infinity;
    for (const group of live) {
      if (group === focused || group.hidden) continue;
      const [u, v] = place(group), along = (u - x) * dx + (v - y) * dy, aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (along > 1 && along + 2.5 * aside < least) [best, least] = [group, along + 2.5 * aside];
    }
    return best;
  }

  stage.addEventListener("pointermove", (event) => {
    const group = groupOf(event);
    hover(group);
    if (group) showTip(group, event.clientX, event.clientY); else tip.hidden = true;
  });
  stage.addEventListener("pointerleave", () => { hover(null); tip.hidden = true; });
  stage.addEventListener("click", (event) => {
    const group = groupOf(event);
    if (!group) return;
    focusOn(group);
    choose(group);
    showTip(group, event.clientX, event.clientY); // a finger has no hover
  });
  stage.addEventListener("focusin", (event) => {
    const group = groupOf(event);
    if (!group) return;
    paintHalo();
    const box = group.node.getBoundingClientRect();
    if (group.node.matches(":focus-visible")) showTip(group, box.right, box.top + box.height / 2);
  });
  stage.addEventListener("focusout", () => { tip.hidden = true; requestAnimationFrame(paintHalo); });
  stage.addEventListener("keydown", (event) => {
    const group = groupOf(event), way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!group) return;
    if (way) { const to = neighbour(...way); if (to) focusOn(to); }
    else if (event.key === "Enter" || event.key === " ") choose(group);
    else if (event.key === "Escape") { tip.hidden = true; model.set("selected", ""); model.save_changes(); }
    else return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would take the key for the cell
  });
  uncover.addEventListener("click", () => { model.set("veiled", false); model.save_changes(); focused.node.focus({ preventScroll: true }); });
  save.addEventListener("click", () => download(views, words.textContent, factor.textContent, model.get("legend")));

  // ---- traits

  function paintLegend() {
    legend.replaceChildren();
    for (const row of model.get("legend")) {
      const item = make("li", {}, legend), swatch = make("span", { class: "mc-swatch", "aria-hidden": "true" }, item, row.mark);
      swatch.style.background = row.colour;
      make("span", {}, item, row.word);
      make("small", {}, item, row.range);
    }
    const over = make("li", {}, legend);
    make("span", { class: "mc-swatch mc-over", "aria-hidden": "true" }, over);
    make("span", {}, over, "overloaded");
    make("small", {}, over, "works at its full strength");
    unsure = make("li", { hidden: "" }, legend);
    make("span", { class: "mc-swatch mc-unsure", "aria-hidden": "true" }, unsure);
    make("span", {}, unsure, "direction not sure");
    make("small", {}, unsure, "depends on what the model does not know");
  }

  function paintDepth() {
    for (const group of all) {
      group.hidden = group.layer > model.get("depth");
      group.node.style.display = group.hidden ? "none" : "";
    }
    if (focused.hidden) {
      focused.node.setAttribute("tabindex", -1);
      focused = live.filter((group) => !group.hidden).pop() || focused;
      focused.node.setAttribute("tabindex", 0);
    }
    depths.value = model.get("depth");
    paintHalo();
  }

  const heard = {
    "change:state": () => { base = readScene(bytes(model.get("state")), 0, picture); repaint(); },
    "change:frames": () => { stop(); scenes = readFrames(model.get("frames"), picture); paintSteps(); repaint(); },
    "change:frame": () => { paintSteps(); if (!playing) repaint(); },
    "change:frame_labels": paintSteps, "change:caption": repaint, "change:veiled": repaint, "change:span_n": repaint,
    "change:legend": () => { paintLegend(); repaint(); }, "change:selected": () => { paintHalo(); paintWords(shown); }, "change:depth": paintDepth,
    "change:exaggeration": () => { sizes.value = model.get("exaggeration"); repaint(); },
  };
  for (const [event, answer] of Object.entries(heard)) model.on(event, answer);

  // charts beside the map are drawn by the kernel, which has to be told whether the page is dark
  function tellTheme() {
    const light = document.body.dataset.jpThemeLight, dark = light ? light === "false" : false;
    if (model.get("dark") !== dark) { model.set("dark", dark); model.save_changes(); }
  }
  const theme = new MutationObserver(tellTheme);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  tellTheme();

  sizes.value = model.get("exaggeration");
  focused.node.setAttribute("tabindex", 0);
  paintLegend();
  paintScene(scenes.length ? scenes[frame()] : base);
  root.dataset.version = base.version;
  paintSteps();
  paintDepth();
  return () => { stop(); theme.disconnect(); for (const [event, answer] of Object.entries(heard)) model.off(event, answer); };
}

// Both views as one file; colours are attributes already, so it needs no style sheet.
function download(views, caption, note, legend) {
  const [left, top, wide, tall] = views[0].svg.getAttribute("viewBox").split(" ").map(Number);
  const sheet = make("svg:svg", { xmlns: SVG, viewBox: `0 0 ${2 * wide} ${tall + 170}`, "font-family": "sans-serif", color: "#222", fill: "#222" });
  make("svg:title", {}, sheet, "Body map, back and front");
  make("svg:desc", {}, sheet, caption);
  make("svg:rect", { width: 2 * wide, height: tall + 170, fill: "#ffffff" }, sheet);
  views.forEach((view, k) => {
    const copy = view.svg.cloneNode(true);
    for (const [key, value] of Object.entries({ x: k * wide, y: 0, width: wide, height: tall })) copy.setAttribute(key, value);
    sheet.append(copy);
  });
  legend.forEach((row, k) => {
    make("svg:rect", { x: 30 + k * 235, y: tall + 20, width: 30, height: 24, fill: row.colour, stroke: "#555" }, sheet);
    make("svg:text", { x: 68 + k * 235, y: tall + 32, "font-size": 18 }, sheet, `${row.mark} ${row.word}`);
    make("svg:text", { x: 68 + k * 235, y: tall + 50, "font-size": 14 }, sheet, row.range);
  });
  [...(caption.match(/.{1,115}(\s|$)/g) || []), note].forEach((line, k) => make("svg:text", { x: 30, y: tall + 82 + 24 * k, "font-size": 18 }, sheet, line));
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" }));
  make("a", { href: address, download: "body-map.svg" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export default { render };
