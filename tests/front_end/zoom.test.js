import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { findBox, limitHeight, limitTimes, panBy, zoomAbout } = await import(`${JS}/zoom.js`);

const FRAME = [-300, -1800, 600, 1800];
const BACK = { axis: 2, sign: 1 };
const FRONT = { axis: 2, sign: -1 };

test("a zoom is between the whole body and eight times", () => {
  assert.deepEqual([0.2, 1, 1.01, 1.5, 8, 99].map(limitTimes), [1, 1, 1, 1.5, 8, 8]);
});

test("the whole body is shown without zoom", () => {
  assert.equal(findBox(FRAME, { times: 1, at: [0, 500, 90] }, BACK), FRAME);
});

test("a zoomed view shows its part around the middle, mirrored in the front", () => {
  const zoom = { times: 2, at: [0, 900, 100] };
  assert.deepEqual(findBox(FRAME, zoom, BACK), [-50, -1350, 300, 900]);
  assert.deepEqual(findBox(FRAME, zoom, FRONT), [-250, -1350, 300, 900]);
});

test("no box leaves its frame", () => {
  for (const at of [
    [0, 9000, 9000],
    [0, -9000, -9000],
  ]) {
    const [left, top, wide, tall] = findBox(FRAME, { times: 3, at }, BACK);
    assert.ok(left >= -300 && left + wide <= 300 && top >= -1800 && top + tall <= 0);
  }
  assert.equal(limitHeight(9000, 2, FRAME), 1350);
  assert.equal(limitHeight(-9000, 2, FRAME), 450);
});

test("what is under the pointer stays there", () => {
  const before = { times: 2, at: [0, 900, 0] };
  for (const plane of [BACK, FRONT]) {
    const spot = [40, -1000];
    const at = zoomAbout(before.at, spot, 1.5, plane);
    const place = ({ times, at: middle }) => {
      const [left, top, wide, tall] = findBox(FRAME, { times, at: middle }, plane);
      return [(spot[0] - left) / wide, (spot[1] - top) / tall];
    };
    const [first, then] = [place(before), place({ times: 3, at })];
    first.forEach((share, k) => assert.ok(Math.abs(share - then[k]) < 1e-9));
  }
});

test("a pan moves the picture with the hand, and stops at the edge of the frame", () => {
  const zoom = { times: 2, at: [0, 900, 0] };
  assert.deepEqual(panBy(zoom, FRAME, 20, 30, BACK), [0, 930, -20]);
  assert.deepEqual(panBy(zoom, FRAME, 20, 30, FRONT), [0, 930, 20]);
  assert.deepEqual(panBy(zoom, FRAME, -900, 0, BACK), [0, 900, 150]);
});
