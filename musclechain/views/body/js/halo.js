// Outlines over the figures: what is chosen, focused, pointed at or lit up; the line of a chain.
import { addNode } from "./dom.js";
import { placeAnchor } from "./geometry.js";
import { placeColumns } from "./label_layout.js";
import { getFixedAttributes, getScaledAttributes, setDash } from "./styles.js";

// Of the line to the name of a root: where it leaves the root, and how far it ends before the name,
// in heights of the name.
const ROOT_EDGE = 0.4;
const ROOT_GAP = 0.25;

export function paintHalo(map) {
  const marked = {
    structure: map.findSelected(),
    nerve: map.selection.nerve || map.get("picked"),
    picked: map.get("picked"),
    focused: map.selection.findFocused(),
    hovered: map.selection.hovered,
    lit: map.lit.set,
    ids: new Set([...listMarked(map), ...Object.keys(map.get("tally"))]),
  };
  for (const figure of map.listFigures()) {
    figure.halo.replaceChildren();
    const layer = figure.layers.now;
    if (!layer) continue;
    for (const group of layer.groups) {
      const { structure, nerve, supply } = group;
      const isOpen = structure !== null || nerve !== null || supply !== null;
      if (isOpen && !group.hidden) outlineGroup(group, marked);
    }
    if (map.lit.chain) drawChain(figure, map.lit.chain);
    nameRoots(figure, map.get("supply").roots ?? []);
  }
}

/** Writes the levels of the roots that are lit in a column beside them, with lines between. */
function nameRoots(figure, roots) {
  const { picture, unit, layers, plane } = figure;
  const { root_label: look, root_line: lines, root_label_px: px } = picture.look.supply;
  const size = px * unit;
  const items = layers.now.groups
    .filter(({ supply, hidden }) => roots.includes(supply) && !hidden)
    .map(({ supply, anchor }) => {
      return { name: supply.split("_")[0], spot: placeAnchor(anchor, layers.now.moves, plane) };
    });
  const labels = placeColumns(items, size);
  for (const { spot, end, side } of labels) {
    const from = `${(spot[0] + side * ROOT_EDGE * size).toFixed(1)} ${spot[1].toFixed(1)}`;
    drawOutline(figure, `M${from}L${end[0].toFixed(1)} ${end[1].toFixed(1)}`, lines);
  }
  for (const { name, end, side } of labels) {
    const place = { x: end[0] + side * ROOT_GAP * size, y: end[1] + 0.35 * size };
    const text = { "font-size": size, "text-anchor": side < 0 ? "end" : "start" };
    addNode(figure.halo, "svg:text", { ...place, ...getFixedAttributes(look), ...text }, name);
  }
}

/** What a learner marked: of a story only at its end, and as long as it is spoken of. */
function listMarked(map) {
  const isCompared = map.get("marks_told") && map.playback.isAtEnd;
  const isSpokenOf = map.get("veiled") || isCompared || !map.get("most_marks");
  return isSpokenOf ? map.get("marked") : [];
}

function outlineGroup(group, marked) {
  const { figure, main, outer } = group;
  const { outlines } = figure.picture.look;
  const isChosen = isTheChosen(group, marked);
  const isMarked =
    group.structure !== null && marked.ids.has(figure.picture.structures[group.structure].id);
  const isPressed = isChosen || isMarked;
  if (group.pressed !== isPressed) {
    group.pressed = isPressed;
    group.node.setAttribute("aria-pressed", isPressed);
  }
  if (isMarked) drawOutline(figure, outer.d, outlines.marked);
  const lit = marked.picked ? outlines.supplied : outlines.lit;
  if (marked.lit?.has(group.structure) && !isChosen) drawOutline(figure, main.d, lit);
  if (isChosen) drawOutline(figure, outer.d, outlines.chosen);
  else if (group === marked.focused) drawOutline(figure, outer.d, outlines.focused);
  else if (isSame(group, marked.hovered)) drawOutline(figure, outer.d, outlines.hovered);
}

function isTheChosen({ structure, nerve, supply }, marked) {
  if (structure !== null) return structure === marked.structure;
  return supply !== null ? supply === marked.picked : nerve === marked.nerve;
}

/** Whether two groups, perhaps of two views, show the same thing. */
function isSame(group, other) {
  return other && ["structure", "nerve", "supply"].every((kind) => group[kind] === other[kind]);
}

function drawOutline({ halo }, d, styles) {
  for (const style of styles) addNode(halo, "svg:path", { d, ...getFixedAttributes(style) });
}

/** The steps of a chain from station to station; the less evidence, the more broken. */
function drawChain(figure, { stations, grades }) {
  const { halo, picture, unit } = figure;
  const { chain: look } = picture.look;
  const spots = stations.map((station) => placeStation(figure, station));
  grades.forEach((grade, k) => {
    if (!spots[k] || !spots[k + 1]) return;
    const [from, to] = [spots[k], spots[k + 1]].map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
    const line = setDash(look.line, look.dashes[grade] ?? look.other_dash);
    drawOutline(figure, `M${from}L${to}`, [look.casing, line]);
  });
  for (const spot of spots.filter(Boolean)) {
    const r = look.spot_radius * unit;
    const place = { cx: spot[0], cy: spot[1], r };
    addNode(halo, "svg:circle", {
      ...place,
      ...getScaledAttributes(look.spot, r),
    });
  }
}

function placeStation({ layers, plane }, station) {
  const group = layers.now.groups.find(({ structure, hidden }) => structure === station && !hidden);
  return group && placeAnchor(group.anchor, layers.now.moves, plane);
}
