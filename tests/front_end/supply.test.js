import assert from "node:assert/strict";
import { test } from "node:test";

import { buildPicture, JS } from "./small_picture.js";

const { findSupplied, isPickable, isSupplied, isSupplyHidden, sayLevels } = await import(
  `${JS}/supply.js`
);

const supply = {
  S1_left: { name: "S1 root, left", plain: "sacral level 1", kind: "root" },
  skin_heel_left: { name: "Heel region, left", plain: "heel", kind: "skin" },
};
const picture = { ...buildPicture(1), supply };
const figure = { picture };
const heel = { figure, structure: null, nerve: null, supply: "skin_heel_left" };
const root = { figure, structure: null, nerve: null, supply: "S1_left" };
const muscle = { figure, structure: 0, nerve: null, supply: null };

test("a picture without patches is none of the nerves", () => {
  assert.equal(isSupplied(picture), true);
  assert.equal(isSupplied(buildPicture(1)), false);
});

test("a patch is shown where skin is, or where it is lit; a root with the nerves", () => {
  const setting = { nerves: true, skin: false, supply: {} };
  assert.equal(isSupplyHidden(heel, setting), true);
  assert.equal(isSupplyHidden(heel, { ...setting, skin: true }), false);
  // what a nerve reaches has the number 0, and is lit all the same
  assert.equal(
    isSupplyHidden(heel, { ...setting, supply: { skin: { skin_heel_left: 0 } } }),
    false,
  );
  assert.equal(isSupplyHidden(root, setting), false);
  assert.equal(isSupplyHidden(root, { ...setting, nerves: false }), true);
});

test("with the skin shown, patches are picked and muscles are not", () => {
  assert.deepEqual(
    [heel, root, muscle].map((group) => isPickable(group, true)),
    [true, true, false],
  );
  assert.deepEqual(
    [heel, root, muscle].map((group) => isPickable(group, false)),
    [false, true, true],
  );
});

test("what is lit comes with its words", () => {
  const lit = findSupplied({ structures: [0, 3], words: "S1 root, left: it moves 2 muscles." });
  assert.deepEqual([...lit.set], [0, 3]);
  assert.equal(lit.words, "S1 root, left: it moves 2 muscles.");
  assert.equal(sayLevels({ roots: ["L5_left", "S1_left"] }), "L5, S1");
  assert.equal(sayLevels({ roots: [] }), "no motor root");
});
