// Numbers as words.
import { OVERLOADED } from "./scenes.js";

const UNSEEN_N = 0.05;
const LEVEL_DEG = 0.05;

/** The digits that are known: tenths below 10 N, tens from 100 N on; as format_newtons has it. */
export function sayNewtons(value) {
  const size = Math.abs(value);
  if (size < 9.95) return `${size.toFixed(1)} N`;
  const step = size >= 99.5 ? 10 : 1;
  return `${Math.floor(size / step + 0.5) * step} N`;
}

/** Tenths below 10 degrees, as format_degrees has it. */
export function sayDegrees(value) {
  const size = Math.abs(value);
  return `${size.toFixed(size < 9.95 ? 1 : 0)}°`;
}

export function sayCount(count, noun) {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** What is known of how sure the change of a structure is: {letter, word, meaning}, or nothing. */
export function findCertainty(picture, scene, structure) {
  return picture.certainty.find((entry) => entry.letter === scene.certainty[structure]);
}

/** The change of a structure in a few words. */
export function sayChange(picture, scene, structure) {
  const change = scene.change[structure];
  if (!Number.isFinite(change)) return "not computed";
  const words = [
    Math.abs(change) < UNSEEN_N
      ? "no change"
      : `${sayNewtons(change)} ${change > 0 ? "more" : "less"}`,
  ];
  if (scene.flags[structure] & OVERLOADED) words.push("overloaded");
  const certainty = findCertainty(picture, scene, structure);
  if (certainty) words.push(certainty.word);
  return words.join(", ");
}

/** Tension before, and the change. */
export function sayTension(picture, scene, structure) {
  const change = scene.change[structure];
  if (!Number.isFinite(change)) return "drawn, not computed";
  const before = sayNewtons(scene.before[structure]);
  return `${before} before, ${sayChange(picture, scene, structure)}`;
}

/** How level the body stands, as computed; less than a twentieth of a degree counts as level. */
export function sayLevels([pelvis, shoulders, tip, lean], isSide) {
  const rows = isSide
    ? [
        ["pelvis", tip, "forward", "backward", "pelvis as at rest"],
        ["trunk", lean, "forward", "backward", "trunk upright"],
      ]
    : [
        ["shoulders", shoulders, "lower left", "lower right", "shoulders level"],
        ["pelvis", pelvis, "lower left", "lower right", "pelvis level"],
      ];
  return rows
    .filter(([, value]) => Number.isFinite(value))
    .map((row) => sayLevel(...row))
    .join(" · ");
}

function sayLevel(name, value, plus, minus, level) {
  const size = Math.abs(value);
  return size < LEVEL_DEG ? level : `${name} ${sayDegrees(size)} ${value > 0 ? plus : minus}`;
}

/** The spinal roots of a nerve. */
export function sayRoots({ roots }) {
  if (!roots.length) return "roots not given";
  if (roots.length > 3) return `roots ${roots[0]} to ${roots[roots.length - 1]}`;
  return `${roots.length > 1 ? "roots" : "root"} ${roots.join(", ")}`;
}

export function sayNerve(nerve) {
  const count = nerve.supplies.length;
  const supplied = count
    ? `${sayCount(count, "muscle")} of the model`
    : "no muscles of the model but by its branches";
  return `Selected: ${nerve.name} (${nerve.plain}) – ${sayRoots(nerve)}; supplies ${supplied}.`;
}

export function sayStructure(picture, scene, structure, isVeiled) {
  const { name, plain } = picture.structures[structure];
  const tension = isVeiled ? "" : ` – ${sayTension(picture, scene, structure)}`;
  return `Selected: ${name} (${plain})${tension}`;
}

/** How many times larger than computed the posture is drawn, and whether more was asked for. */
export function sayFactor(drawn, asked) {
  const limit = drawn < asked - 0.05 ? ` (${asked} times would not fit)` : "";
  return `Movement drawn ${saySize(drawn)}${limit}.`;
}

/** The same beside a kept picture that is drawn to another scale. */
export function sayKeptScale(drawn, kept) {
  return `Not to one scale: now drawn ${saySize(drawn)}, kept ${sayTimes(kept)}.`;
}

/** That the state before was drawn to another scale. */
export function sayRescaled(drawn, before) {
  return `Scale changed: before ${sayTimes(before)}, now ${sayTimes(drawn)}.`;
}

function sayTimes(factor) {
  return factor >= 1.05 ? `${Number(factor.toFixed(1))} times` : "as computed";
}

function saySize(factor) {
  const size = factor >= 1.05 ? `${Number(factor.toFixed(1))} times larger than` : "as";
  return `${size} computed`;
}

export function sayStep(number, count, label) {
  return count ? `Step ${number + 1} of ${count}: ${label}` : "";
}
