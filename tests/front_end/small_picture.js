// A small body for tests: what describe_picture in picture.py would say of it, and its numbers.

export const JS = "../../musclechain/views/body/js";

const structures = [
  { id: "calf_left", name: "Calf, left", plain: "calf", muscle: true, roots: ["S1_left"] },
  { id: "calf_right", name: "Calf, right", plain: "calf", muscle: true, roots: ["S1_right"] },
  { id: "band_left", name: "Band, left", plain: "band", muscle: false, roots: [] },
  {
    id: "thigh_left",
    name: "Thigh, left",
    plain: "thigh",
    muscle: true,
    roots: ["L5_left", "S1_left"],
  },
];

/** Builds the picture of a body with so many bones. */
export function buildPicture(bones = 20) {
  return {
    bones,
    structures,
    exaggerations: [1, 5, 10],
    mild: 0.16,
    strong: 0.5,
    huge: 0.8,
    scales: [listColours("tissue"), listColours("muscle")],
    certainty: [
      { letter: "s", word: "settled", meaning: "holds in nearly all" },
      { letter: "l", word: "likely", meaning: "holds in most" },
      { letter: "d", word: "depends", meaning: "differs" },
    ],
    chains: [
      { id: "back_left", name: "Back line, left", stations: [0, 3], grades: ["supported"] },
      {
        id: "other_left",
        name: "Other line, left",
        stations: [2, 0, 3],
        grades: ["plausible", "plausible"],
      },
    ],
  };
}

function listColours(kind) {
  return Array.from({ length: 101 }, (_, k) => `${kind} ${k - 50}`);
}

/** Packs a scene as pack_scene in scene.py does. */
export function packScene(picture, { version = 1, factors, levels, change, before, flags, moves }) {
  const count = picture.structures.length;
  return new Float32Array([
    version,
    count,
    ...(factors ?? [1, 5, 7.5]),
    ...(levels ?? [0, 0, 0, 0]),
    ...(change ?? [1, -2, NaN, 30]),
    ...(before ?? [10, 20, NaN, 5]),
    ...(flags ?? [0, 0, 0, 1]),
    ...(moves ?? picture.exaggerations.flatMap((_, k) => listMoves(picture.bones, 10 * k))),
  ]);
}

/** Transforms that shift each bone upward by `shift` mm more than the one before it. */
export function listMoves(bones, shift) {
  return Array.from({ length: bones }, (_, bone) => [
    [1, 0, 0, 0],
    [0, 1, 0, shift * bone],
    [0, 0, 1, 0],
  ]).flat(2);
}
