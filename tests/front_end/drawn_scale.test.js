import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { DrawnScale, isOtherScale } = await import(`${JS}/drawn_scale.js`);

test("a state is beside the one at which the hand rested before it", () => {
  const scale = new DrawnScale();
  assert.deepEqual(scale.findBefore(1), [], "the first state is beside none");
  scale.rest({ version: 2, factors: [1, 3.6] });
  assert.deepEqual(scale.findBefore(2), []);
  assert.deepEqual(scale.findBefore(3), [1, 3.6], "while the hand moves");
  scale.rest({ version: 5, factors: [1, 5] });
  assert.deepEqual(scale.findBefore(5), [1, 3.6], "and once it rests");
  assert.deepEqual(scale.findBefore(6), [1, 5]);
});

test("scales differ by more than a tenth", () => {
  assert.ok(!isOtherScale(4.9, 5) && isOtherScale(3.6, 5) && isOtherScale(5, 3.6));
  assert.ok(!isOtherScale(3.6, undefined), "beside nothing");
});
