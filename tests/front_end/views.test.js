import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { findMargin, findScale, growFrame, listViews, nameChoice } = await import(`${JS}/views.js`);

const THREE = ["back", "left", "front"];
const PLAIN = { isBeside: false, hasLabels: false };

test("a narrow page shows one view, a crowded one leaves out the side", () => {
  assert.deepEqual(listViews(THREE, 900, PLAIN), THREE);
  assert.deepEqual(listViews(THREE, 400, PLAIN), ["back"]);
  assert.deepEqual(listViews(THREE, 900, { ...PLAIN, isBeside: true }), ["back", "front"]);
  assert.deepEqual(listViews(THREE, 700, { ...PLAIN, hasLabels: true }), ["back", "front"]);
  assert.deepEqual(listViews(["left"], 900, { ...PLAIN, isBeside: true }), ["left"]);
});

test("the choice is named after what is shown", () => {
  assert.equal(nameChoice(["back", "right", "front"], 900), "back, side, front");
  assert.equal(nameChoice(["left", "back"], 900), "");
  assert.equal(nameChoice(THREE, 400), "back");
});

test("margins for names grow with the page within limits", () => {
  assert.deepEqual(
    [500, 900, 2000].map((width) => findMargin(width, true)),
    [104, 135, 170],
  );
  assert.equal(findMargin(900, false), 0);
});

test("figures fit beside each other and into the window", () => {
  const frames = [
    [0, 0, 600, 1800],
    [0, 0, 400, 1800],
  ];
  const narrow = findScale(frames, 414, 0, 2000);
  assert.ok(Math.abs(1000 * narrow - (414 - 10 - 4)) < 1e-9);
  assert.equal(findScale(frames, 5000, 0, 1000), 690 / 1800);
  assert.equal(findScale(frames, 5000, 0, 100), 410 / 1800, "but never too small to see");
});

test("a frame grows in steps with a body that leans out of it", () => {
  const frame = [-300, -1800, 600, 1800];
  assert.deepEqual(growFrame(frame, []), frame);
  assert.deepEqual(growFrame(frame, [[-318, 318]]), frame);
  assert.deepEqual(growFrame(frame, [[-321, 0]]), [-340, -1800, 640, 1800]);
  assert.deepEqual(
    growFrame(frame, [
      [-359, 0],
      [0, 362],
    ]),
    [-340, -1800, 720, 1800],
  );
});
