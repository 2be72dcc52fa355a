// One view of the body: its SVG with everything that it needs once, whatever state it shows.
import { Redrawn, addNode } from "./dom.js";
import { makeLayer } from "./layer.js";
import { getFixedAttributes } from "./styles.js";

const FAR_MM = 3000; // further than any picture reaches
const SILENT = { "pointer-events": "none", "aria-hidden": "true" };
const ROUND = { "stroke-linejoin": "round" };
const SIDE_TEXT = {
  class: "mc-side",
  "text-anchor": "middle",
  fill: "currentColor",
  "aria-hidden": "true",
};

/**
 * Makes a figure. `which` is "now", or "reference" for one that shows only what is compared with.
 */
export function makeFigure(map, view, which) {
  const { picture } = map;
  const plan = picture.views[view];
  const figure = {
    map,
    picture,
    view,
    id: `${map.id}${view}-${which}-`,
    plane: { axis: plan.axis, sign: plan.sign },
    home: [...plan.frame],
    box: null,
    unit: 1,
    layers: {},
    told: [], // what the story over it shows; see story.js
    telling: null,
    dotted: [], // what of referred pain is drawn; see referred.js
    ...addParts(map.stage, plan.name),
  };
  figure.skins = plan.groups
    .flatMap((group) => group.parts)
    .map((number) => picture.parts[number])
    .filter((part) => part.role === "skin");
  fillSvg(figure);
  makeLayer(figure, which);
  figure.sides = plan.sides.map((side) => addNode(figure.svg, "svg:text", SIDE_TEXT, side));
  setBox(figure, figure.home);
  return figure;
}

/**
 * What is told or chosen lies in a picture of its own over the body: the screen then keeps the
 * body's while a trail grows.
 */
function addParts(stage, name) {
  const node = addNode(stage, "div", { class: "mc-view" });
  const title = addNode(node, "div", {
    class: "mc-view-name",
    "aria-hidden": "true",
  });
  const frame = addNode(node, "div", { class: "mc-frame" });
  const svg = addNode(frame, "svg:svg", {
    role: "group",
    "aria-label": `Body, ${name.toLowerCase()}`,
    ...ROUND,
  });
  const over = addNode(frame, "svg:svg", { class: "mc-over-body", ...SILENT, ...ROUND });
  const levels = addNode(node, "div", { class: "mc-levels" });
  return { node, title, frame, svg, over, levels };
}

function fillSvg(figure) {
  const { svg, over, picture, id } = figure;
  const defs = addNode(svg, "svg:defs");
  const { patterns, supply } = picture.look;
  const shown = [...Object.values(patterns), ...Object.values(supply.patterns)];
  figure.patterns = shown.map((pattern) => addPattern(defs, id, pattern));
  figure.clips = {
    now: addClip(defs, id, "now"),
    reference: addClip(defs, id, "reference"),
  };
  figure.ghost = addNode(svg, "svg:path", {
    ...getFixedAttributes(picture.look.ghost),
    ...SILENT,
  });
  figure.ground = addNode(svg, "svg:g", { ...SILENT, class: "mc-ground" });
  figure.aids = addNode(svg, "svg:g", { ...SILENT, fill: "none", class: "mc-aids" });
  figure.drawnGround = new Redrawn(figure.ground);
  figure.drawnAids = new Redrawn(figure.aids);
  figure.story = addNode(over, "svg:g", { class: "mc-told" });
  figure.referred = addNode(over, "svg:g", { class: "mc-referred" });
  figure.halo = addNode(over, "svg:g", { fill: "none", class: "mc-halo" });
}

/** Hatching or dots of one size on the screen, dark and light together, to read on every colour. */
function addPattern(defs, id, { name, size, shapes }) {
  const pattern = addNode(defs, "svg:pattern", {
    id: `${id}${name}`,
    width: size,
    height: size,
    patternUnits: "userSpaceOnUse",
  });
  for (const [shape, attributes] of shapes) addNode(pattern, `svg:${shape}`, attributes);
  return pattern;
}

function addClip(defs, id, which) {
  return addNode(addNode(defs, "svg:clipPath", { id: `${id}${which}` }), "svg:rect");
}

/** Shows a part of the figure, [left, top, width, height] in mm. */
export function setBox(figure, box) {
  figure.box = box;
  const viewBox = box.map((value) => value.toFixed(1)).join(" ");
  for (const svg of [figure.svg, figure.over]) svg.setAttribute("viewBox", viewBox);
}

/** Sizes what has one size on the screen; `unit` is the millimetres that one pixel shows. */
export function setUnit(figure, unit) {
  figure.unit = unit;
  for (const pattern of figure.patterns) {
    pattern.setAttribute("patternTransform", `rotate(45) scale(${unit.toFixed(3)})`);
  }
  const [left, top, wide, tall] = figure.box;
  figure.sides.forEach((text, k) => {
    const x = left + (k ? wide - 22 * unit : 22 * unit);
    const spot = { x, y: top + tall - 4 * unit, "font-size": 12 * unit };
    for (const [key, value] of Object.entries(spot)) text.setAttribute(key, value.toFixed(1));
  });
}

/** Cuts the figure: to the left of `share` of its width stands what is compared with. */
export function cutFigure(figure, share) {
  const [left, , wide] = figure.box;
  const cut = left + share * wide;
  setClip(figure, figure.clips.reference, cut - FAR_MM);
  setClip(figure, figure.clips.now, cut);
  for (const layer of Object.values(figure.layers)) {
    layer.root.setAttribute("clip-path", `url(#${figure.id}${layer.which})`);
  }
}

function setClip({ box }, rect, x) {
  const [, top, , tall] = box;
  const place = {
    x,
    y: top - FAR_MM,
    width: FAR_MM,
    height: tall + 2 * FAR_MM,
  };
  for (const [key, value] of Object.entries(place)) rect.setAttribute(key, value.toFixed(1));
}

/** The figure's millimetres of a point of the window, from the left and the top of its frame. */
export function toPicture(figure, spot) {
  const [left, top] = figure.box;
  const edge = figure.frame.getBoundingClientRect();
  return [left + (spot.x - edge.left) * figure.unit, top + (spot.y - edge.top) * figure.unit];
}

export function hideNode(node, isHidden) {
  node.style.display = isHidden ? "none" : "";
}
