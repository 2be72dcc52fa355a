// Marks of a structure: certainty as a pattern, overload as a heavy edge with a sign, more and less
// as an arrow. No direction is told by a colour alone.
import { addNode } from "./dom.js";
import { placeAnchor } from "./geometry.js";
import { clamp } from "./numbers.js";
import { findArrow, findPosition } from "./scale.js";
import { OVERLOADED } from "./scenes.js";
import { getFixedAttributes, getScaledAttributes } from "./styles.js";

const NO_MARKS = { arrow: 0, isOver: false, pattern: "" };

export function paintMarks(group, scene, setting, isFresh) {
  const { figure } = group;
  const wanted = setting.veiled ? NO_MARKS : findMarks(group, scene, setting);
  const isMarked = wanted.arrow || wanted.isOver || wanted.pattern;
  const key = isMarked ? `${Object.values(wanted).join("/")}/${figure.unit.toFixed(2)}` : "";
  if (group.markKey === key && !(isFresh && key)) return;
  group.markKey = key;
  for (const node of group.marks) node.remove();
  group.marks = key ? listMarks(group, wanted).map((attributes) => addMark(group, attributes)) : [];
}

function findMarks({ structure, figure }, scene, { span, patterns }) {
  const { picture } = figure;
  const { look } = picture;
  const isLarge = Math.abs(scene.change[structure]) >= look.patterned_n;
  return {
    arrow: findArrow(picture, findPosition(scene.change[structure], span)),
    isOver: Boolean(scene.flags[structure] & OVERLOADED),
    pattern: (patterns && isLarge && look.patterns[scene.certainty[structure]]?.name) || "",
  };
}

function addMark(group, attributes) {
  return addNode(group.node, "svg:path", {
    ...attributes,
    "pointer-events": "none",
  });
}

/** Lists the attributes of the paths of the marks, from below to above. */
function listMarks(group, { arrow, isOver, pattern }) {
  const { figure, main } = group;
  const { look } = figure.picture;
  const found = [];
  if (pattern)
    found.push({
      d: main.d,
      fill: `url(#${figure.id}${pattern})`,
      ...look.pattern_edge,
    });
  if (isOver) {
    for (const edge of look.overload_edges) found.push({ d: main.d, ...getFixedAttributes(edge) });
  }
  if (!arrow && !isOver) return found;
  const { marks } = look;
  const [x, y] = placeAnchor(group.anchor, group.layer.moves, figure.plane);
  const radius = clamp(marks.radius * figure.unit, marks.least_mm, marks.most_mm);
  if (arrow) found.push(drawArrow(marks, arrow, x, y, radius));
  if (isOver)
    found.push(...drawSign(marks, x, y - (arrow ? marks.step_share * radius : 0), radius));
  return found;
}

/** A small open arrow for more or less, a full one for much of it, two for very much. */
export function drawArrow(marks, arrow, x, y, radius) {
  const isFull = Math.abs(arrow) > 1;
  const wide = isFull ? radius : marks.open_share * radius;
  const tip = -marks.height_share * wide * Math.sign(arrow);
  const ups = Math.abs(arrow) > 2 ? [-tip, tip] : [0];
  return {
    d: ups
      .map((up) => `M${x - wide} ${y + up - tip}L${x + wide} ${y + up - tip}L${x} ${y + up + tip}Z`)
      .join(""),
    ...getScaledAttributes(isFull ? marks.full : marks.open, radius),
  };
}

/** A disc with an exclamation mark. */
export function drawSign(marks, x, y, radius) {
  const turn = `a${radius} ${radius} 0 1 0`;
  return [
    {
      d: `M${x - radius} ${y}${turn} ${2 * radius} 0${turn} ${-2 * radius} 0Z`,
      ...getScaledAttributes(marks.full, radius),
    },
    {
      d:
        `M${x} ${y - 0.62 * radius}V${y + 0.15 * radius}` +
        `M${x} ${y + 0.5 * radius}v${0.1 * radius}`,
      ...getScaledAttributes(marks.sign, radius),
    },
  ];
}
