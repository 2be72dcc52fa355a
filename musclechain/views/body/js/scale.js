// Where a change of tension stands on the scale of colours and marks, as page/palette.py has it.

const ROOT = 0.25;

/** The place of a change on the scale, -1 to 1; 0 for what is not computed. */
export function findPosition(change, span) {
  if (!Number.isFinite(change)) return 0;
  return Math.sign(change) * Math.min(Math.abs(change) / span, 1) ** ROOT;
}

/** The colour of a place of the scale; what counts as no change has the colour of rest. */
export function findColour(picture, structure, position) {
  const scale = picture.scales[Number(picture.structures[structure].muscle)];
  const shown = Math.abs(position) < picture.mild ? 0 : position;
  return scale[Math.round(50 + 50 * shown)];
}

/** The arrow of a place: 3 very much more, 2 much more, 1 more, 0 none, and below 0 less. */
export function findArrow(picture, position) {
  const size = Math.abs(position);
  if (size < picture.mild) return 0;
  const edges = [picture.mild, picture.strong, picture.huge];
  return Math.sign(position) * edges.filter((edge) => size >= edge).length;
}
