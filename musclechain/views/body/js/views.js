// Which views of the body are shown, and how large.

export const CHOICES = {
  "back, side, front": ["back", "side", "front"],
  "back and side": ["back", "side"],
  "back and front": ["back", "front"],
  back: ["back"],
  front: ["front"],
  side: ["side"],
};
export const GAP_PX = 10;
const NARROW_PX = 480;
const NAMED_PX = 380; // of a figure with its two margins for names
const EDGE_PX = 4;
// A picture is as high as leaves room for its controls and its sentence on one screen.
const LEAST_MARGIN_PX = 96;
const MOST_MARGIN_PX = 210;
const LEAST_TALL_PX = 385;
const BELOW_PX = 340; // what stands above and below it
const LESS_BELOW_PX = 240; // the same without a story, its row of buttons and its sentence
const NAMED_TALL_SHARE = 0.8;
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

/** The views that there is room for: four figures, or three with names, leave each too small. */
export function listViews(views, width, { isBeside, hasLabels, room = width }) {
  const each = (isBeside ? 2 : 1) * (hasLabels ? NAMED_PX : 0);
  const most = isNarrow(width) ? 1 : each ? Math.max(Math.floor(room / each), 1) : views.length;
  const isCrowded = isBeside || most < views.length;
  const some = isCrowded && views.length > 2 ? views.filter((view) => !isSide(view)) : views;
  return some.slice(0, most);
}

/** Which of the choices the views are. */
export function nameChoice(views) {
  const shown = views.map((view) => (isSide(view) ? "side" : view)).join();
  return Object.keys(CHOICES).find((name) => CHOICES[name].join() === shown) || "";
}

/** Whether there is room for the ladder beside the body; else it stands under it. */
export function hasRoomBeside(width) {
  return width >= LADDER_BESIDE_PX;
}

/** The width of the margins for names, pixels: every figure has two, of what it leaves free. */
export function findMargin(frames, width, scale) {
  const wide = frames.reduce((sum, frame) => sum + frame[2], 0) * scale;
  const free = (width - wide - EDGE_PX - GAP_PX * (frames.length - 1)) / (2 * frames.length);
  return Math.floor(Math.min(Math.max(free, LEAST_MARGIN_PX), MOST_MARGIN_PX));
}

/**
 * Pixels of a millimetre: the frames stand side by side, and none is higher than a window. Names
 * need room beside each, and more of the height; what tells no story leaves more of it.
 */
export function findScale(frames, width, windowHeight, { hasLabels, isTold }) {
  const wide = frames.reduce((sum, frame) => sum + frame[2], 0);
  const margins = hasLabels ? 2 * frames.length * LEAST_MARGIN_PX : 0;
  const room = width - margins - GAP_PX * (frames.length - 1) - EDGE_PX;
  const plain = windowHeight - (isTold ? BELOW_PX : LESS_BELOW_PX);
  const tall = hasLabels ? NAMED_TALL_SHARE * windowHeight : plain;
  const height = Math.min(Math.max(LEAST_TALL_PX, tall), MOST_TALL_PX);
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
