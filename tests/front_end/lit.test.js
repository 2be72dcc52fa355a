import assert from "node:assert/strict";
import { test } from "node:test";

import { buildPicture, JS } from "./small_picture.js";

const { findLit } = await import(`${JS}/lit.js`);

const picture = buildPicture(1);

test("nothing is dimmed unless asked for and something is selected", () => {
  assert.equal(findLit(picture, "none", 0, "").set, null);
  const { set, words } = findLit(picture, "chain", -1, "");
  assert.equal(set, null);
  assert.equal(words, "Select a structure to light up its chain.");
});

test("a chain is lit up whole; where there are several one is chosen", () => {
  const first = findLit(picture, "chain", 0, "");
  assert.deepEqual([...first.set], [0, 3]);
  assert.equal(first.words, "Back line, left: Calf – Thigh. Its 1 steps: 1 supported.");
  assert.deepEqual(
    first.choices.map(([id]) => id),
    ["back_left", "other_left"],
  );
  const other = findLit(picture, "chain", 0, "other_left");
  assert.equal(other.words, "Other line, left: Band – Calf – Thigh. Its 2 steps: 2 plausible.");
  assert.equal(
    findLit(picture, "chain", 1, "").words,
    "Calf, right is a station of none of the chains.",
  );
});

test("a root family is the muscles that share a root, on the same side", () => {
  const all = findLit(picture, "roots", 3, "");
  assert.deepEqual([...all.set].sort(), [0, 3]);
  assert.equal(all.words, "Thigh, left shares L5 with 0 muscles, S1 with 1 muscle of its side.");
  assert.deepEqual(all.choices[0], ["", "all its roots"]);
  assert.equal(all.value, "");
  assert.equal(findLit(picture, "roots", 3, "S1_left").value, "S1_left");
  assert.equal(findLit(picture, "roots", 2, "").words, "Band, left has no motor root.");
});
