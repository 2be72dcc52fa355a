// Where a change of tension stands on the scale of colours and marks, as page/palette.py has it.

/** The place of a change on the scale, -1 to 1; 0 for what is not computed. */
export function findPosition(change, span) {
  if (!Number.isFinite(change)) return 0;
  return Math.sign(change) * Math.sqrt(Math.min(Math.abs(change) / span, 1));
}

/** The colour of a place of the scale; what counts as no change has the colour of rest. */
export function findColour(picture, structure, position) {
  const scale = picture.scales[Number(picture.structures[structure].muscle)];
  const shown = Math.abs(position) < picture.mild ? 0 : position;
  return scale[Math.round(50 + 50 * shown)];
}

/** The arrow of a place: 2 much more, 1 more, 0 none, -1 less, -2 much less. */
export function findArrow(picture, position) {
  const size = Math.abs(position);
  if (size < picture.mild) return 0;
  return Math.sign(position) * (size >= picture.strong ? 2 : 1);
}
