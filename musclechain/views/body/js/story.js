// What a story adds to the picture: where it begins, the neck as its finish line, the trail from
// the cause to where the story has come, the structures that it tells of, and spinal levels.
import { addNode } from "./dom.js";
import { hideNode } from "./figure.js";
import { placeAnchor, placeMark } from "./geometry.js";
import { getFixedAttributes } from "./styles.js";

// From a ring to the line on which its name stands, above and under it; so far from the end of the
// picture its sides are named.
const ABOVE_RING_PX = 3;
const UNDER_RING_PX = 12;
const BESIDE_RING_PX = 3;
const LINE_PX = 13;
const SIDES_PX = 30;

/** Shortens pieces of a line to a share of their whole length; pieces are rows of [x, y]. */
export function cutPieces(pieces, share) {
  const lengths = pieces.map(findLength);
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  const shown = [];
  for (let k = 0; k < pieces.length && (left > 0 || share >= 1); k++) {
    shown.push(left >= lengths[k] ? pieces[k] : cutPiece(pieces[k], left));
    left -= lengths[k];
  }
  return shown;
}

function findLength(points) {
  let length = 0;
  for (let k = 1; k < points.length; k++) length += findGap(points[k - 1], points[k]);
  return length;
}

function findGap([x, y], [u, v]) {
  return Math.hypot(u - x, v - y);
}

function cutPiece(points, length) {
  const shown = [points[0]];
  let left = length;
  for (let k = 1; k < points.length; k++) {
    const gap = findGap(points[k - 1], points[k]);
    if (gap >= left) {
      const part = gap ? left / gap : 0;
      shown.push(points[k].map((end, axis) => mix(points[k - 1][axis], end, part)));
      break;
    }
    shown.push(points[k]);
    left -= gap;
  }
  return shown;
}

function mix(from, to, share) {
  return from + share * (to - from);
}

/** The width of a trail, pixels: that of a pull shows what is left of it. */
export function findWidth(look, route, share) {
  return route === "pull" ? mix(look.least_px, look.most_px, share) : look.steady_px;
}

/** The width of the outlines of what is told of, pixels: thin where little of a pull arrives. */
export function findGlowWidth(look, { route, trail }) {
  const full = look.glow["stroke-width"];
  if (route !== "pull") return full;
  const share = trail.length ? trail[trail.length - 1].share : 0;
  return mix(look.glow_least_px, full, Math.min(share / look.glow_full_share, 1));
}

/** The look of a piece of a trail: dotted where next to nothing of a pull is left. */
export function findTrailLook(look, route, share) {
  const dots = route === "pull" && share < look.trace_share ? look.trace : {};
  return { ...look.trail, ...dots };
}

/** Paints the story over one figure; what the last frame has told already is left as it is. */
export function paintStory(figure, telling) {
  const { stages, at, reveal, trace, isVeiled, isKept, hasFinish } = telling;
  const { story, layers, unit, box } = figure;
  const isShown = stages.length > 0 && !isVeiled && !isKept && Boolean(layers.now);
  hideNode(story, !isShown);
  if (!isShown) return;
  const { stamp } = layers.now;
  const now = [stages, at, trace, stamp, unit, hasFinish, ...box];
  if (now.some((value, k) => value !== figure.told[k])) {
    figure.told = now;
    story.replaceChildren();
    for (const trail of trace.length ? trace : listTold(stages, at)) {
      paintTrail(figure, story, trail);
    }
    if (!trace.length)
      paintGlow(figure, story, stages, at - 1, figure.picture.look.story.glow_opacity);
    paintLevels(figure, stages[at]);
    // under rings and words, so that no line runs through a name
    figure.telling = addNode(story, "svg:g");
    if (hasFinish) paintFinish(figure);
    paintRings(figure, stages[0], isRingNamed(stages, at));
  }
  if (trace.length) return;
  figure.telling.replaceChildren();
  paintTrail(figure, figure.telling, { ...stages[at], reveal, isNow: true });
  paintGlow(figure, figure.telling, stages, at, reveal);
}

/** The trails that have been told of the route which is told now; at the end those of the pull. */
function listTold(stages, at) {
  const now = stages[at].route || "pull";
  return stages
    .slice(1, at)
    .filter(({ route }) => route === now)
    .map((stage) => ({ ...stage, isNow: false }));
}

function paintTrail(figure, host, { trail, route, reveal = 1, isNow = true }) {
  const { picture, layers, plane } = figure;
  const { story: look } = picture.look;
  if (!trail.length || !route) return;
  const { moves } = layers.now;
  const pieces = trail.map(({ points }) => points.map((point) => placeAnchor(point, moves, plane)));
  const faint = isNow ? {} : { opacity: look.told_opacity };
  const group = addNode(host, "svg:g", { class: "mc-trail", ...faint });
  const shown = cutPieces(pieces, reveal);
  for (const isCasing of [true, false]) {
    shown.forEach((points, k) => {
      const width = findWidth(look, route, trail[k].share);
      addNode(group, "svg:path", {
        d: `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`,
        ...getFixedAttributes(
          isCasing
            ? { ...look.casing, "stroke-width": width + look.casing_px }
            : {
                ...findTrailLook(look, route, trail[k].share),
                "stroke-width": width,
                stroke: picture.routes[route],
              },
        ),
      });
    });
  }
}

/** The structures that a stage tells of shine. */
function paintGlow(figure, host, stages, at, opacity) {
  const { picture, layers } = figure;
  const stage = stages[at];
  if (!stage?.route) return;
  const { story } = picture.look;
  const look = getFixedAttributes({
    ...story.glow,
    "stroke-width": findGlowWidth(story, stage),
    stroke: picture.routes[stage.route],
  });
  for (const group of layers.now.groups) {
    if (group.structure === null || group.hidden || !stage.reached.includes(group.structure))
      continue;
    addNode(host, "svg:path", { d: group.main.d, opacity, ...look });
  }
}

function paintLevels(figure, { levels, route }) {
  const { picture, layers, plane, story, unit } = figure;
  const { story: look } = picture.look;
  if (route !== "guarding") return;
  for (const spot of levels) {
    const [cx, cy] = placeAnchor(spot, layers.now.moves, plane);
    const r = look.level_px * unit;
    addNode(story, "svg:circle", {
      cx,
      cy,
      r,
      fill: picture.routes.guarding,
      ...getFixedAttributes(look.level),
    });
  }
}

/** The neck, to which every story leads: a line at both sides of it, and its name. */
function paintFinish(figure) {
  const { picture, layers, plane, story, unit, box } = figure;
  const { story: look, aids } = picture.look;
  const mark = picture.marks.neck_base;
  if (!mark) return;
  const [, y] = placeMark(mark, layers.now.moves, plane);
  const [left, , wide] = box;
  const reach = look.finish_px * unit;
  const d = `M${left} ${y}h${reach}M${left + wide} ${y}h${-reach}`;
  addNode(story, "svg:path", { d, ...getFixedAttributes(aids.casing) });
  addNode(story, "svg:path", { d, ...getFixedAttributes(look.finish) });
  write(figure, left + 2 * unit, y - 5 * unit, "neck", "start");
}

/** At the end of its story the picture is looked at and clicked, and no word lies over it. */
export function isRingNamed(stages, at) {
  return at === 0 || at < stages.length - 1;
}

/** The spots where it begins as this view shows them: from a side not what is on the other. */
export function listSpots({ begins }, view) {
  const far = { left: "right", right: "left" }[view];
  return begins.filter(({ side }) => side !== far).map(({ spot }) => spot);
}

/** Rings around where it begins, and its name at the first. */
function paintRings(figure, stage, isNamed) {
  const { layers, view } = figure;
  const [structure] = stage.reached;
  const isSeen = (group) => group.structure === structure && !group.hidden;
  // on its belly where it has one in this view
  const seen = structure === undefined ? null : layers.now.groups.find(isSeen);
  const spots =
    structure === undefined ? listSpots(stage, view) : seen?.anchor ? [seen.anchor] : [];
  spots.forEach((spot, k) => paintRing(figure, spot, isNamed && k === 0 ? structure : null));
}

/** A ring, with the name of its structure; undefined for a bone, null for no name. */
function paintRing(figure, spot, structure) {
  const { picture, layers, plane, story, unit, box } = figure;
  const { story: look } = picture.look;
  const [cx, cy] = placeAnchor(spot, layers.now.moves, plane);
  const r = look.ring_px * unit;
  for (const ring of look.rings) {
    addNode(story, "svg:circle", { cx, cy, r, ...getFixedAttributes(ring) });
  }
  if (structure === null) return;
  const name = picture.structures[structure]?.plain;
  const isLeft = cx < box[0] + box[2] / 2;
  const x = isLeft ? box[0] + 2 * unit : box[0] + box[2] - 2 * unit;
  // above it the trail goes up, but under the feet stand the sides
  const under = cy + r + UNDER_RING_PX * unit;
  const isLow = under > box[1] + box[3] - SIDES_PX * unit;
  if (isLow && name === undefined) writeBeside(figure, cx, cy, r, ["begins", "here"]);
  else {
    const y = isLow ? cy - r - ABOVE_RING_PX * unit : under;
    write(figure, x, y, name ?? "begins here", isLeft ? "start" : "end");
  }
}

/** Words beside a ring, a line each: away from the body, which stands above a foot, and in a view
 * from a side behind its heel. */
function writeBeside(figure, cx, cy, r, lines) {
  const { unit, box, view } = figure;
  const isProfile = view === "left" || view === "right";
  const isLeft = isProfile ? view === "right" : cx < box[0] + box[2] / 2;
  const x = cx + (isLeft ? -1 : 1) * (r + BESIDE_RING_PX * unit);
  lines.forEach((line, k) => {
    const y = cy + (k + 1 - lines.length) * LINE_PX * unit;
    write(figure, x, y, line, isLeft ? "end" : "start");
  });
}

function write({ story, unit }, x, y, words, anchor) {
  const place = { x, y, "font-size": 12 * unit, "text-anchor": anchor };
  const look = { class: "mc-side mc-story-word", fill: "currentColor" };
  addNode(story, "svg:text", { ...place, ...look }, words);
}
