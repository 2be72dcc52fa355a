// Where names stand in the two margins of a figure; label_layout.py does the same for the still
// picture, and both are held to tests/front_end/agreed_labels.json.

const MOST_LINES = 3;
// From here on a letter is counted as two: those of China, Japan and Korea, and pictures.
const FIRST_WIDE = 0x1100;
// What a longer way to its margin costs a name, beside what moving up or down costs it.
const REACH_SHARE = 0.15;
// How far a column of short names stands from what it names, in heights of a line.
const ASIDE = 2;

/** How many letters wide a text is. */
function countLetters(text) {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) < FIRST_WIDE ? 1 : 2), 0);
}

/** Breaks a word that is longer than a line, after a hyphen if it has one. */
function breakWord(word, most) {
  const parts = [""];
  for (const letter of word) {
    const last = parts.pop();
    if (countLetters(last + letter) <= most) parts.push(last + letter);
    else {
      const cut = last.lastIndexOf("-") + 1 || last.length;
      parts.push(last.slice(0, cut), last.slice(cut) + letter);
    }
  }
  return parts;
}

/** Cuts a name into lines of at most `most` letters, and what is longer than three lines short. */
export function wrapName(name, most) {
  const lines = [];
  for (const word of name.split(" ").flatMap((whole) => breakWord(whole, most))) {
    const last = lines[lines.length - 1];
    const joined = `${last} ${word}`;
    if (last !== undefined && countLetters(joined) <= most) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  if (lines.length <= MOST_LINES) return lines;
  const rest = [...lines[MOST_LINES - 1]].slice(0, most - 1).join("");
  return [...lines.slice(0, MOST_LINES - 1), `${rest}…`];
}

/**
 * Gives labels, in their order from above to below, their upper edges `at`: none overlap, and each
 * is as near to its wish as its neighbours allow (least squares). A label has `y`, the middle that
 * it wishes for, and `tall`.
 */
export function stackLabels(labels, { top, bottom, gap }) {
  const blocks = [];
  let before = 0;
  for (const { y, tall } of labels) {
    blocks.push({ mean: y - tall / 2 - before, count: 1 });
    before += tall + gap;
    for (let last = blocks.length - 1; last > 0; last--) {
      const [upper, lower] = [blocks[last - 1], blocks[last]];
      if (upper.mean <= lower.mean) break;
      const count = upper.count + lower.count;
      const mean = (upper.mean * upper.count + lower.mean * lower.count) / count;
      blocks.splice(last - 1, 2, { mean, count });
    }
  }
  const most = Math.max(bottom - before + gap, top);
  const starts = blocks.flatMap(({ mean, count }) =>
    Array(count).fill(Math.min(Math.max(mean, top), most)),
  );
  let passed = 0;
  return labels.map((label, k) => {
    const at = starts[k] + passed;
    passed += label.tall + gap;
    return { ...label, at };
  });
}

/**
 * Places names in the margins: each in the one where it moves least, and so that lines of one
 * margin do not cross. An item has `name`, `spots` (places where it is seen) and `weight`; where
 * there is no room for all, those of the least weight are left out. `edges` are where the names of
 * the left margin end and those of the right begin. Returns labels with `lines`, `tall`, `x` and
 * `y` of their spot, `isRight` and `at`.
 */
export function placeNames(items, room) {
  const labels = items.map((item) => {
    const lines = wrapName(item.name, room.letters);
    return { ...item, lines, tall: lines.length * room.line };
  });
  const columns = [[], []];
  const free = [room.top, room.top];
  const filled = [0, 0];
  for (const label of sortByHeight(fitLabels(labels, room))) {
    const [left, right] = [0, 1].map((side) => wishFor(label, side, free[side], room));
    const needs = label.tall + room.gap;
    const isFull = filled.map((height) => height + needs > room.bottom - room.top + room.gap);
    const isRight = isFull[0] || (!isFull[1] && right.cost < left.cost);
    const { x, y } = isRight ? right : left;
    const side = isRight ? 1 : 0;
    columns[side].push({ ...label, x, y, isRight });
    free[side] = Math.max(y - label.tall / 2, free[side]) + needs;
    filled[side] += needs;
  }
  return columns.flatMap((column) => uncross(sortByHeight(column), room));
}

/** Leaves out the names of the least weight until the rest fit into two columns. */
function fitLabels(labels, { top, bottom, gap }) {
  const kept = [...labels].sort((label, other) => other.weight - label.weight);
  const tallest = Math.max(0, ...kept.map(({ tall }) => tall));
  const measure = () => kept.reduce((sum, { tall }) => sum + tall + gap, 0);
  while (kept.length && measure() > 2 * (bottom - top + gap) - tallest - gap) kept.pop();
  return kept;
}

function sortByHeight(labels) {
  const height = ({ y, spots }) => y ?? Math.min(...spots.map((spot) => spot[1]));
  return [...labels].sort((label, other) => height(label) - height(other));
}

/** The spot of a label that lies nearest to a margin, and what it costs to stand there. */
function wishFor({ spots, tall }, side, free, { edges }) {
  const ways = spots.map(([x]) => Math.abs(x - edges[side]));
  const reach = Math.min(...ways);
  const [x, y] = spots[ways.indexOf(reach)];
  return { x, y, cost: Math.max(free - (y - tall / 2), 0) + REACH_SHARE * reach };
}

/** Stacks a column, and changes the order of neighbours whose lines would cross. */
function uncross(column, room) {
  let labels = stackLabels(column, room);
  for (let round = 0; round < column.length; round++) {
    const crossed = labels.findIndex(
      (label, k) => k + 1 < labels.length && doCross(label, labels[k + 1], room.edges),
    );
    if (crossed < 0) break;
    const order = [...labels];
    order.splice(crossed, 2, labels[crossed + 1], labels[crossed]);
    labels = stackLabels(order, room);
  }
  return labels;
}

/** Whether the lines of a label and of the one under it cross. */
function doCross(upper, lower, edges) {
  const edge = edges[upper.isRight ? 1 : 0];
  const near = Math.abs(upper.x - edge) < Math.abs(lower.x - edge) ? upper : lower;
  const far = near === upper ? lower : upper;
  const [start, end] = [far.at + far.tall / 2, far.y];
  const along = (near.x - edge) / (far.x - edge || 1);
  const level = start + along * (end - start);
  return near === upper ? level < near.y : level > near.y;
}

/**
 * Places short names in a column beside their spots, away from the midline (x = 0). An item has
 * `name` and `spot`; each gets `end`, the middle of the end of its text that points at the spot.
 */
export function placeColumns(items, size) {
  return [-1, 1].flatMap((side) => {
    const column = items.filter(({ spot }) => spot[0] < 0 === side < 0);
    const reach = Math.max(...column.map(({ spot }) => side * spot[0]));
    const wishes = column
      .map((item) => ({ ...item, y: item.spot[1], tall: size }))
      .sort((item, other) => item.y - other.y);
    const room = { top: -Infinity, bottom: Infinity, gap: 0 };
    const x = side * (reach + ASIDE * size);
    return stackLabels(wishes, room).map(({ name, spot, at }) => {
      return { name, spot, end: [x, at + size / 2], side };
    });
  });
}

/** The structures that most people marked, at most `most` of them, with how many did. */
export function rankTally(tally, ids, most) {
  return Object.entries(tally)
    .map(([id, count]) => ({ structure: ids.indexOf(id), count }))
    .filter(({ structure }) => structure >= 0)
    .sort((one, other) => other.count - one.count || one.structure - other.structure)
    .slice(0, most);
}
