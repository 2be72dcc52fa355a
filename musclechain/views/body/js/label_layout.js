// Where names stand in the margins.
import { findPosition } from "./scale.js";

const GAP_PX = 4;

/** Cuts a name between words into lines of at most `most` letters; a longer word stays whole. */
export function wrapName(name, most) {
  const lines = [];
  for (const word of name.split(" ")) {
    const last = lines[lines.length - 1];
    const fits = last !== undefined && last.length + 1 + word.length <= most;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Moves labels apart until none overlap: each keeps as near to its wish as its neighbours allow.
 * A label has `y` (the middle that it wishes for) and `tall`; it gets `at`, its upper edge.
 */
export function pushApart(labels, top, bottom) {
  const placed = [...labels].sort((label, other) => label.y - other.y);
  let free = top;
  for (const label of placed) {
    label.at = Math.max(label.y - label.tall / 2, free);
    free = label.at + label.tall + GAP_PX;
  }
  let limit = bottom;
  for (const label of [...placed].reverse()) {
    label.at = Math.max(Math.min(label.at, limit - label.tall), top);
    limit = label.at - GAP_PX;
  }
  return placed;
}

/** The structures that most people marked, at most `most` of them, with how many did. */
export function rankTally(tally, ids, most) {
  return Object.entries(tally)
    .map(([id, count]) => ({ structure: ids.indexOf(id), count }))
    .filter(({ structure }) => structure >= 0)
    .sort((one, other) => other.count - one.count || one.structure - other.structure)
    .slice(0, most);
}

/**
 * Numbers of the structures to name: the chosen one (-1 for none), then at most `most` of those
 * that changed most, by at least `least` of the scale.
 */
export function rankStructures(changes, span, chosen, least, most) {
  const ranked = changes
    .map((_, structure) => structure)
    .filter((structure) => Math.abs(findPosition(changes[structure], span)) >= least)
    .filter((structure) => structure !== chosen)
    .sort((structure, other) => Math.abs(changes[other]) - Math.abs(changes[structure]))
    .slice(0, most);
  return chosen < 0 ? ranked : [chosen, ...ranked];
}
