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
  assert.deepEqual(listViews(["left"], 900, { ...PLAIN, isBeside: true }), ["left"]);
});

test("names need room beside each view", () => {
  const named = { ...PLAIN, hasLabels: true };
  assert.deepEqual(listViews(THREE, 700, named), ["back"]);
  assert.deepEqual(listViews(THREE, 1000, named), ["back", "front"]);
  assert.deepEqual(listViews(THREE, 1200, named), THREE);
  assert.deepEqual(listViews(THREE, 1200, { ...named, room: 700 }), ["back"], "beside a ladder");
  assert.deepEqual(listViews(["left", "back"], 1200, named), ["left", "back"]);
  assert.deepEqual(listViews(THREE, 1600, { ...named, isBeside: true }), ["back", "front"]);
});

test("the choice is named after what is shown", () => {
  assert.equal(nameChoice(["back", "right", "front"]), "back, side, front");
  assert.equal(nameChoice(["left", "back"]), "");
  assert.equal(nameChoice(["back"]), "back");
});

test("margins for names take what figures leave, within limits", () => {
  const frames = [[0, 0, 600, 1800]];
  assert.equal(findMargin(frames, 604, 0.5), 150);
  assert.equal(findMargin(frames, 2000, 0.5), 210);
  assert.equal(findMargin(frames, 400, 0.5), 96);
  assert.equal(findMargin([...frames, ...frames], 2 * 604 + 6, 0.5), 150);
});

test("figures fit beside each other and into the window", () => {
  const frames = [
    [0, 0, 600, 1800],
    [0, 0, 400, 1800],
  ];
  const TOLD = { hasLabels: false, isTold: true };
  const narrow = findScale(frames, 414, 2000, TOLD);
  assert.ok(Math.abs(1000 * narrow - (414 - 10 - 4)) < 1e-9);
  assert.equal(findScale(frames, 5000, 1000, TOLD), 660 / 1800);
  assert.equal(findScale(frames, 5000, 100, TOLD), 385 / 1800, "but never too small to see");
  assert.equal(
    findScale(frames, 5000, 1000, { ...TOLD, hasLabels: true }),
    800 / 1800,
    "names need more of the window",
  );
  const untold = findScale(frames, 5000, 1000, { ...TOLD, isTold: false });
  assert.equal(untold, 760 / 1800, "without a story there is more room");
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
