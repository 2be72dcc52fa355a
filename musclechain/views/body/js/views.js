// Which views of the body are shown, and how large.

export const CHOICES = {
  "back, side, front": ["back", "side", "front"],
  "back and front": ["back", "front"],
  back: ["back"],
  front: ["front"],
  side: ["side"],
};
export const GAP_PX = 10;
const NARROW_PX = 480;
const CROWDED_PX = 760;
const EDGE_PX = 4;
// A picture is as high as leaves room for its controls and its sentence on one screen.
const LEAST_TALL_PX = 410;
const BELOW_PX = 310; // what stands above and below it
const MOST_TALL_PX = 900;
const LADDER_BESIDE_PX = 540;
const SLACK_MM = 20; // that a body may reach past its frame
const GROW_MM = 40;

export function isSide(view) {
  return view === "left" || view === "right";
}

export function isNarrow(width) {
  return width < NARROW_PX;
}

/** The views that there is room for: four figures, or names beside three, leave each too small. */
export function listViews(views, width, { isBeside, hasLabels }) {
  const isCrowded = isBeside || (hasLabels && width < CROWDED_PX);
  const some = isCrowded && views.length > 2 ? views.filter((view) => !isSide(view)) : views;
  return isNarrow(width) ? some.slice(0, 1) : some;
}

/** Which of the choices the views are. */
export function nameChoice(views, width) {
  const named = views.map((view) => (isSide(view) ? "side" : view));
  const shown = (isNarrow(width) ? named.slice(0, 1) : named).join();
  return Object.keys(CHOICES).find((name) => CHOICES[name].join() === shown) || "";
}

/** Whether there is room for the ladder beside the body; else it stands under it. */
export function hasRoomBeside(width) {
  return width >= LADDER_BESIDE_PX;
}

/** The width of each margin for names, pixels. */
export function findMargin(width, hasLabels) {
  return hasLabels ? Math.round(Math.min(Math.max(width * 0.15, 104), 170)) : 0;
}

/** Pixels of a millimetre: the frames stand side by side, and none is higher than a window. */
export function findScale(frames, width, margin, windowHeight) {
  const wide = frames.reduce((sum, frame) => sum + frame[2], 0);
  const room = width - 2 * margin - GAP_PX * (frames.length - 1) - EDGE_PX;
  const height = Math.min(Math.max(LEAST_TALL_PX, windowHeight - BELOW_PX), MOST_TALL_PX);
  return Math.min(room / wide, height / frames[0][3]);
}

/**
 * The frame for a body that leans from `low` to `high` mm: wider where it would leave it, in steps,
 * so that the picture does not creep while a control is dragged.
 */
export function growFrame([left, top, wide, tall], reaches) {
  let low = left;
  let high = left + wide;
  for (const [least, most] of reaches) {
    low = Math.min(low, left - roundUp(left - SLACK_MM - least));
    high = Math.max(high, left + wide + roundUp(most - left - wide - SLACK_MM));
  }
  return [low, top, high - low, tall];
}

function roundUp(size) {
  return Math.ceil(size / GROW_MM) * GROW_MM;
}
