import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { easeShare, findMoment } = await import(`${JS}/playback.js`);

test("a step takes nine tenths of a second, the first part of it a blend", () => {
  assert.deepEqual(findMoment(0, 0, 3), { step: 0, share: 0, isLast: false });
  const { step, share } = findMoment(225, 0, 3);
  assert.ok(step === 0 && Math.abs(share - 0.45) < 1e-9);
  assert.deepEqual(findMoment(600, 0, 3), { step: 0, share: 1, isLast: false });
  assert.equal(findMoment(900, 0, 3).step, 1);
});

test("playing begins where it stood and ends with the last step", () => {
  assert.equal(findMoment(900, 1, 4).step, 2);
  assert.deepEqual(
    [1800, 99999].map((ms) => findMoment(ms, 1, 4)).map(({ step, isLast }) => [step, isLast]),
    [
      [3, true],
      [3, true],
    ],
  );
});

test("a clock that runs backward shows the first step", () => {
  assert.deepEqual(findMoment(-20, 0, 3), { step: 0, share: 0, isLast: false });
});

test("a blend starts and ends slowly and never turns back", () => {
  const shares = Array.from({ length: 11 }, (_, k) => easeShare(k / 10));
  assert.equal(shares[0], 0);
  assert.equal(shares[10], 1);
  assert.ok(shares.every((share, k) => !k || share > shares[k - 1]));
  assert.ok(shares[1] < 0.05 && shares[9] > 0.95);
});
