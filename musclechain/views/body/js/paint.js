// Paints a scene into a layer, and touches only what differs from what is there.
//
// `setting` says how: choice (which exaggeration), depth, nerves, span, veiled, lit (a Set of
// structures, or null), nerve (the chosen one), patterns (of certainty), lines, lean (leave out
// what is fine), rest, extents.
import { hideNode } from "./figure.js";
import { REACH_MM } from "./layer.js";
import { paintMarks } from "./marks.js";
import { isSupplied, isSupplyHidden, paintSupply, sayLevels } from "./supply.js";
import { findColour, findPosition } from "./scale.js";
import { BONE_NUMBERS } from "./scenes.js";
import { getAttributes } from "./styles.js";
import { sayChange, sayRoots } from "./wording.js";

// Under a muscle hardly more than the dashes is met: what is in sight beside them is meant.
const UNDER_REACH_MM = 4;
const LEAST_PX = 0.2; // what moves by less is not seen
const LEAST_MM = 0.5;

export function paintLayer(layer, scene, setting) {
  const moves = scene.moves[setting.choice];
  const hasMoved = !layer.moves || moves.some((value, k) => value !== layer.moves[k]);
  if (hasMoved) {
    layer.moves = Float32Array.from(moves);
    stampBones(layer, setting.extents, Math.min(LEAST_PX * layer.figure.unit, LEAST_MM));
  }
  for (const group of layer.groups) paintGroup(group, scene, setting);
}

/** Gives a bone a new stamp when a corner of what it carries has moved by `least` mm or more. */
function stampBones(layer, extents, least) {
  layer.drawn ||= layer.moves.map(() => NaN);
  const { moves, drawn } = layer;
  for (let bone = 0; bone < extents.length; bone++) {
    const at = bone * BONE_NUMBERS;
    if (extents[bone].every((corner) => isStill(corner, moves, drawn, at, least))) continue;
    layer.stamps[bone] = ++layer.stamp;
    for (let k = at; k < at + BONE_NUMBERS; k++) drawn[k] = moves[k];
  }
}

function isStill([x, y, z], moves, drawn, at, least) {
  for (let r = at; r < at + BONE_NUMBERS; r += 4) {
    const gap =
      (moves[r] - drawn[r]) * x +
      (moves[r + 1] - drawn[r + 1]) * y +
      (moves[r + 2] - drawn[r + 2]) * z +
      moves[r + 3] -
      drawn[r + 3];
    // a gap that is not a number is that of a bone never drawn
    if (!(Math.abs(gap) < least)) return false;
  }
  return true;
}

function isGroupHidden(group, setting) {
  if (group.supply !== null) return isSupplyHidden(group, setting);
  return group.nerve !== null ? !setting.nerves : group.depth > setting.depth;
}

function paintGroup(group, scene, setting) {
  const isHidden = isGroupHidden(group, setting);
  if (group.hidden !== isHidden) {
    group.hidden = isHidden;
    hideNode(group.node, isHidden);
  }
  if (isHidden) return;
  makePlain(group, isCovered(group, setting.depth));
  const isFresh = paintOutlines(group, setting);
  if (group.owner >= 0) paintColour(group, scene, setting);
  if (group.structure !== null) {
    paintMarks(group, scene, setting, isFresh);
    labelStructure(group, scene, setting);
  } else if (group.nerve !== null) paintNerve(group, setting);
  else if (group.supply !== null) paintSupply(group, setting);
}

/** Whether a structure lies under others: what is fine of it is not drawn then. */
function isCovered({ structure, sight }, depth) {
  return structure !== null && !(sight?.depth >= depth);
}

function makePlain(group, isPlain) {
  if (group.isPlain === isPlain) return;
  group.isPlain = isPlain;
  group.isCoarse = true;
  group.node.classList.toggle("mc-plain", isPlain);
}

/** Writes the paths again where a bone of the group has moved; returns whether one has. */
function paintOutlines(group, setting) {
  const { layer, figure } = group;
  const stamp = findStamp(group.bones, layer.stamps);
  const isFresh = group.stamp !== stamp;
  if (!isFresh && (setting.lean || !group.isCoarse)) return false;
  group.stamp = stamp;
  group.isCoarse = setting.lean;
  let last = null;
  let d = "";
  for (const path of group.paths) {
    if (path.isFine && (setting.lean || group.isPlain)) continue;
    // the paths of a nerve share one part
    if (path.part !== last) d = figure.map.draw(path.part, layer.moves, figure.plane);
    last = path.part;
    path.d = d;
    path.node.setAttribute("d", d);
  }
  return isFresh;
}

function findStamp(bones, stamps) {
  let newest = 0;
  for (const bone of bones) newest = Math.max(newest, stamps[bone]);
  return newest;
}

function paintColour(group, scene, setting) {
  const { picture } = group.figure;
  let last = null;
  let colour = null;
  for (const path of group.paths) {
    if (!path.isFilled) continue;
    const { owner } = path.part; // flesh that pales has the colour of what it runs on in
    if (owner !== last) colour = findShown(picture, owner, scene, setting);
    last = owner;
    if (path.colour === colour) continue;
    path.colour = colour;
    path.node.setAttribute("fill", colour);
  }
  const isUnlit = setting.lit && !setting.lit.has(group.owner);
  const opacity = group.opacity * (isUnlit ? picture.look.opacity.unlit : 1);
  if (group.shownOpacity !== opacity) {
    group.shownOpacity = opacity;
    group.node.setAttribute("opacity", opacity);
  }
}

function findShown(picture, owner, scene, setting) {
  if (setting.veiled) return picture.look.veiled;
  const full = findPosition(scene.change[owner], setting.span);
  return findColour(picture, owner, full * findPaleness(picture, scene.certainty[owner], setting));
}

/** A change whose direction is not settled is paler, unless patterns say so. */
function findPaleness({ look }, letter, { patterns }) {
  return patterns ? 1 : (look.paler[letter] ?? 1);
}

function labelStructure(group, scene, setting) {
  // on the way from one stage to the next nothing is read aloud
  if (group.layer.which !== "now" || setting.isBetween) return;
  const { picture } = group.figure;
  const shown = picture.structures[group.structure];
  const change = () => sayChange(picture, scene, group.structure);
  const words = setting.veiled ? "covered" : isSupplied(picture) ? sayLevels(shown) : change();
  setLabel(group, `${shown.name}: ${words}`);
}

function setLabel(group, label) {
  if (group.label === label) return;
  group.label = label;
  group.node.setAttribute("aria-label", label);
}

function paintNerve(group, setting) {
  const { look, nerves } = group.figure.picture;
  const { nerve: chosen, supply } = setting;
  const isChosen = chosen === group.nerve || Boolean(supply.nerves?.includes(group.nerve));
  const opacity = (chosen || supply.picked) && !isChosen ? look.opacity.other_nerve : 1;
  const key = `${isChosen}/${opacity}/${setting.depth}/${setting.skin}`;
  if (group.markKey === key) return;
  group.markKey = key;
  // a patch of skin is small, and nerves run through most
  group.node.setAttribute("pointer-events", setting.skin ? "none" : "auto");
  group.node.setAttribute("opacity", opacity);
  // each part is three paths: what a pointer meets, an edge, and the nerve itself
  for (let k = 0; k < group.paths.length; k += 3) {
    const [reach, edge, core] = group.paths.slice(k, k + 3);
    reach.node.setAttribute("pointer-events", setting.skin ? "none" : "stroke");
    const isUnder = styleNerve(edge, core, look.nerves, setting.depth, isChosen);
    reach.node.setAttribute("stroke-width", isUnder ? UNDER_REACH_MM : REACH_MM);
  }
  if (group.layer.which !== "now") return;
  const nerve = nerves[group.nerve];
  setLabel(group, `${nerve.name}: ${sayRoots(nerve)}`);
}

/**
 * The width of a part of a nerve, and dashes where a muscle that is shown lies over it; returns
 * whether one does.
 */
function styleNerve(edge, core, look, depth, isChosen) {
  const { role } = edge.part;
  const [, layer] = /^nerve_under_(\d+)$/.exec(role) ?? [];
  const isUnder = layer !== undefined && Number(layer) <= depth;
  const bare = layer === undefined ? role : "nerve_branch";
  const width = look.widths[isUnder ? "nerve_under" : bare] * (isChosen ? look.chosen_times : 1);
  edge.node.setAttribute("stroke-width", isUnder ? 0 : width + look.edge_mm);
  core.node.setAttribute("stroke-width", width);
  for (const { node } of [edge, core]) {
    for (const [name, value] of Object.entries(getAttributes(look.under))) {
      if (isUnder) node.setAttribute(name, value);
      else if (name in look.core) node.setAttribute(name, look.core[name]);
      else node.removeAttribute(name);
    }
  }
  return isUnder;
}
