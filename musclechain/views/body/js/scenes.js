// A scene is what one picture shows: changes of tension, marks, and where each bone is. It comes
// as a list of numbers, in the order that pack_scene in scene.py promises.
import { copyBytes } from "./numbers.js";

export const OVERLOADED = 1;
export const BONE_NUMBERS = 12; // three rows of four: turn and shift of one bone, mm
const LEVELS = 4;
const SHADES = 16; // of a colour on its way; more are not told apart as they pass
const SAME_MM = 1e-4;

/** Reads the scene that begins at the number `offset` of a buffer. */
export function readScene(buffer, offset, picture) {
  const numbers = new Float32Array(buffer, offset * 4);
  const choices = picture.exaggerations.length;
  const count = numbers[1];
  const start = 2 + choices + LEVELS;
  const moves = start + 3 * count;
  const size = picture.bones * BONE_NUMBERS;
  return {
    version: numbers[0],
    factors: Array.from(numbers.subarray(2, 2 + choices)),
    levels: Array.from(numbers.subarray(2 + choices, start)),
    change: numbers.subarray(start, start + count),
    before: numbers.subarray(start + count, start + 2 * count),
    flags: numbers.subarray(start + 2 * count, moves),
    moves: picture.exaggerations.map((_, k) =>
      numbers.subarray(moves + k * size, moves + (k + 1) * size),
    ),
    length: moves + choices * size,
    certainty: "",
  };
}

/** Reads the scenes of all steps of a spread. */
export function readSteps(view, picture) {
  const buffer = copyBytes(view);
  const scenes = [];
  let offset = 0;
  while (offset * 4 < buffer.byteLength) {
    const scene = readScene(buffer, offset, picture);
    scenes.push(scene);
    offset += scene.length;
  }
  return scenes;
}

/** Builds the scene of the healthy body, of which nothing is computed. */
export function buildRestScene(picture) {
  const count = picture.structures.length;
  const still = new Float32Array(picture.bones * BONE_NUMBERS);
  for (let at = 0; at < still.length; at += BONE_NUMBERS) {
    still[at] = still[at + 5] = still[at + 10] = 1;
  }
  const unknown = new Float32Array(count).fill(NaN);
  return {
    version: 0,
    factors: picture.exaggerations.map(() => 1),
    levels: new Array(LEVELS).fill(0),
    change: unknown,
    before: unknown,
    flags: new Float32Array(count),
    moves: picture.exaggerations.map(() => still),
    certainty: "",
  };
}

/** Builds the scene between two others; marks are those of the nearer one. */
export function mixScenes(first, second, share) {
  return {
    ...(share < 0.5 ? first : second),
    certainty: "",
    change: mixNumbers(first.change, second.change, share),
    factors: mixNumbers(first.factors, second.factors, share),
    levels: mixNumbers(first.levels, second.levels, share),
    moves: first.moves.map((move, k) => mixNumbers(move, second.moves[k], share)),
  };
}

/**
 * Mixes two scenes so that a body that stands still changes its colours by shades: most pictures of
 * a story then need not paint it anew.
 */
export function mixByShades(first, second, share) {
  const isStill = first.moves.every((moves, k) => areSameMoves(moves, second.moves[k]));
  return mixScenes(first, second, isStill ? Math.round(share * SHADES) / SHADES : share);
}

/** Mixes two rows of numbers; what only one of them knows is taken from that one. */
function mixNumbers(first, second, share) {
  return first.map((value, k) => {
    if (Number.isNaN(value)) return second[k];
    return Number.isNaN(second[k]) ? value : value + share * (second[k] - value);
  });
}

/** Whether two rows of bone transforms show the same posture. */
export function areSameMoves(moves, others) {
  return moves.every((value, k) => Math.abs(value - others[k]) <= SAME_MM);
}
