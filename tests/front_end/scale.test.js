import assert from "node:assert/strict";
import { test } from "node:test";

import { buildPicture, JS } from "./small_picture.js";

const { findArrow, findColour, findPosition } = await import(`${JS}/scale.js`);

const picture = buildPicture(1);

test("the place on the scale is the signed fourth root of the share, and ends with the scale", () => {
  assert.equal(findPosition(-25, 400), -0.5);
  assert.equal(findPosition(400, 100), 1);
  assert.equal(findPosition(0, 100), 0);
  assert.equal(findPosition(NaN, 100), 0);
});

test("what counts as no change has the colour of rest and no arrow", () => {
  for (const position of [0, 0.1599, -0.1599]) {
    assert.equal(findColour(picture, 0, position), "muscle 0");
    assert.equal(findArrow(picture, position), 0);
  }
  assert.equal(findColour(picture, 0, 0.16), "muscle 8");
  assert.equal(findColour(picture, 2, -1), "tissue -50");
});

test("arrows grow and turn with the change", () => {
  const places = [-0.8, -0.5, -0.49, -0.16, 0.16, 0.5, 1];
  assert.deepEqual(
    places.map((position) => findArrow(picture, position)),
    [-3, -2, -1, -1, 1, 2, 3],
  );
});
