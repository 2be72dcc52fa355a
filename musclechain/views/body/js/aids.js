// What is drawn around the body: its outline at rest, the plumb line, and how level it stands.
import { addNode } from "./dom.js";
import { hideNode } from "./figure.js";
import { placeMark } from "./geometry.js";
import { areSameMoves } from "./scenes.js";
import { getFixedAttributes, getScaledAttributes, setDash } from "./styles.js";
import { sayLevels } from "./wording.js";

const PLUMB_TOP_MM = 4; // below the upper edge
const PLUMB_FOOT_MM = 70; // below the ankles
const REACH_MM = 55; // of a level line past its landmarks
const SEEN_MM = 1;

export function paintAids(figure, scene, setting) {
  const moves = scene.moves[setting.choice];
  const rest = setting.rest.moves[0];
  paintGhost(figure, moves, setting.before.moves[setting.choice]);
  writeLevels(figure, setting.veiled ? "" : sayLevels(scene.levels, isSide(figure)));
  hideNode(figure.levels, !setting.lines);
  paintBoards(figure, moves, rest);
  figure.drawnAids.begin();
  const { marks } = figure.picture;
  if (setting.lines && marks.ankle_left && marks.ankle_right) drawLines(figure, moves, rest);
  figure.drawnAids.end();
}

function drawLines(figure, moves, rest) {
  drawPlumbLine(figure, rest);
  if (isSide(figure)) drawSpots(figure, moves);
  else for (const name of ["shoulder", "crest"]) drawLevel(figure, name, moves);
}

function isSide({ view }) {
  return view === "left" || view === "right";
}

/** The outline of what the body is compared with, where the posture differs from it. */
function paintGhost(figure, moves, before) {
  const { map, ghost, skins, plane } = figure;
  const isMoved = !areSameMoves(moves, before);
  hideNode(ghost, !isMoved);
  if (isMoved && skins.length && figure.ghostly !== before) {
    figure.ghostly = before;
    ghost.setAttribute("d", map.draw(skins[0], before, plane));
  }
}

/** What a foot stands on: a board from the floor to where it is drawn, or a step of a height. */
function paintBoards(figure, moves, rest) {
  const { map, drawnGround, picture, plane } = figure;
  const boards = map.get("boards");
  placeGround(figure, figure.view in boards);
  drawnGround.begin();
  for (const [side, step] of Object.entries(boards)) {
    const mark = picture.marks[`ankle_${side}`];
    if (!mark) continue;
    const [bone, ...ankle] = mark;
    const place = (corner, bones) =>
      placeMark([bone, ...ankle.map((mm, axis) => mm + corner[axis])], bones, plane);
    const { sole_mm: sole, board } = picture.look;
    const [first, second] = sole.map((corner) => place(corner, moves));
    const floor = step ? first[1] + step : place(sole[0], rest)[1];
    if (floor - Math.max(first[1], second[1]) < SEEN_MM) continue;
    const corners = [first, second, [second[0], floor], [first[0], floor]];
    const d = `M${corners.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
    drawnGround.add("svg:path", { d, ...getFixedAttributes(board) });
  }
  drawnGround.end();
}

/** Seen from the side, what the near foot stands on hides the far one. */
function placeGround({ ground, ghost, aids }, isNear) {
  if (isNear && ground.nextSibling !== aids) aids.before(ground);
  if (!isNear && ground.previousSibling !== ghost) ghost.after(ground);
}

/** Says the levels under the figure, each on lines of its own. */
function writeLevels(figure, words) {
  if (figure.said === words) return;
  figure.said = words;
  figure.levels.replaceChildren();
  const parts = words ? words.split(" · ") : [];
  for (const part of parts) addNode(figure.levels, "span", {}, part);
}

function drawLine({ drawnAids, picture }, from, to, dash = []) {
  const d = `M${from[0]} ${from[1]}L${to[0]} ${to[1]}`;
  const { casing, line } = picture.look.aids;
  for (const style of [casing, setDash(line, dash)]) {
    drawnAids.add("svg:path", { ...getFixedAttributes(style), d });
  }
}

function drawPlumbLine(figure, rest) {
  const { picture, plane, home } = figure;
  const [left, right] = ["ankle_left", "ankle_right"].map((name) =>
    placeMark(picture.marks[name], rest, plane),
  );
  const plumb = (left[0] + right[0]) / 2;
  const floor = left[1];
  const top = [plumb, home[1] + PLUMB_TOP_MM];
  drawLine(figure, top, [plumb, floor + PLUMB_FOOT_MM], picture.look.aids.plumb_dash);
}

/** The landmarks that stand under each other in an upright body. */
function drawSpots({ picture, drawnAids, plane, view, unit }, moves) {
  const names = ["ear", ...["shoulder", "hip", "knee", "ankle"].map((name) => `${name}_${view}`)];
  const { spot, spot_radius: radius } = picture.look.aids;
  for (const name of names) {
    if (!picture.marks[name]) continue;
    const [cx, cy] = placeMark(picture.marks[name], moves, plane);
    const r = radius * unit;
    drawnAids.add("svg:circle", { cx, cy, r, ...getScaledAttributes(spot, r) });
  }
}

/** A line through two landmarks, and a dotted one that is level. */
function drawLevel(figure, name, moves) {
  const { picture, plane } = figure;
  const pair = [picture.marks[`${name}_left`], picture.marks[`${name}_right`]];
  if (!pair[0] || !pair[1]) return;
  const [first, second] = pair.map((mark) => placeMark(mark, moves, plane));
  const reach = REACH_MM / Math.max(Math.abs(second[0] - first[0]), 1);
  const dx = (second[0] - first[0]) * reach;
  const dy = (second[1] - first[1]) * reach;
  if (Math.abs(second[1] - first[1]) > SEEN_MM) {
    const level = (first[1] + second[1]) / 2;
    const { level_dash: dash } = picture.look.aids;
    drawLine(figure, [first[0] - dx, level], [second[0] + dx, level], dash);
  }
  drawLine(figure, [first[0] - dx, first[1] - dy], [second[0] + dx, second[1] + dy]);
}
