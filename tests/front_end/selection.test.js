import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { findNearest } = await import(`${JS}/selection.js`);

const SPOTS = [
  [10, 0],
  [4, 6],
  [0, -5],
  [-3, 40],
];

test("an arrow key finds what lies ahead, and rather straight ahead than near", () => {
  assert.equal(findNearest([0, 0], SPOTS, [1, 0]), 0);
  assert.equal(findNearest([0, 0], SPOTS, [0, -1]), 2);
  assert.equal(findNearest([0, 0], SPOTS, [0, 1]), 1);
  assert.equal(findNearest([-2, 0], SPOTS.slice(3), [0, 1]), 0);
});

test("nothing ahead is no place to go", () => {
  assert.equal(findNearest([10, 0], SPOTS, [1, 0]), -1);
  assert.equal(findNearest([0, 0], [], [1, 0]), -1);
});
