import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { Playback, easeShare, findBeginning, findMoment, findSpans } = await import(
  `${JS}/playback.js`
);

const sum = (spans) => spans.reduce((total, span) => total + span, 0);
const evenly = (count, ms) => Array(count).fill(ms);
const close = (a, b) => Math.abs(a - b) < 1e-6;

test("a story gives two seconds and more to a stage, and none lasts a minute", () => {
  for (const [count, ms] of [
    [2, 6000],
    [10, 24000],
    [20, 48000],
    [25, 48000],
  ]) {
    const whole = sum(findSpans(Array(count).fill("Nearly nothing."), 1));
    assert.ok(close(whole, ms), `${count} stages`);
  }
  assert.ok(
    close(sum(findSpans(["one", "two"], 1)), 6000),
    "short ones stands long enough to be read",
  );
  assert.ok(close(sum(findSpans(["one", "two"], 2)), 3000));
  assert.ok(close(sum(findSpans(["", ""], 1)), 6000), "so does one without words");
  assert.ok(close(sum(findSpans(Array(40).fill("Left 1 N more."), 1)), 60000), "nor flickers");
});

test("what takes longer to read stands longer, and the time of all stays the same", () => {
  const spans = findSpans(["a".repeat(90), "a".repeat(30), ""], 1);
  assert.ok(close(sum(spans), 7200));
  assert.ok(close(spans[0] - 1500, 3 * (spans[1] - 1500)) && close(spans[2], 1500));
});

test("a stage is blended out of the one before, and then rests", () => {
  assert.deepEqual(findMoment(0, 1, evenly(4, 1000)), { step: 1, share: 0, isLast: false });
  const { step, share } = findMoment(250, 1, evenly(4, 1000));
  assert.ok(step === 1 && Math.abs(share - 0.45) < 1e-9);
  assert.deepEqual(findMoment(700, 1, evenly(4, 1000)), { step: 1, share: 1, isLast: false });
  assert.equal(findMoment(1000, 1, evenly(4, 1000)).step, 2);
});

test("the first stage has nothing before it and stands at once", () => {
  assert.deepEqual(findMoment(0, 0, evenly(3, 1000)), { step: 0, share: 1, isLast: false });
});

test("playing begins where it stood and ends when the last stage is told", () => {
  assert.deepEqual(
    [2000, 2999, 3000].map((ms) => findMoment(ms, 1, evenly(4, 1000))).map(({ isLast }) => isLast),
    [false, false, true],
  );
  assert.equal(findMoment(99999, 1, evenly(4, 1000)).step, 3);
});

test("play tells a story from its first stage, wherever its picture stood when it came", () => {
  const traits = { step: 2 };
  const map = {
    get: (name) => traits[name],
    page: { matchMedia: () => ({ matches: false }) },
    pace: { isLean: false },
    steps: Array(5).fill({}),
  };
  const playback = new Playback(map);
  const show = (step) => {
    traits.step = step;
    playback.noteStep();
    return playback.findFirst();
  };
  playback.load();
  assert.equal(playback.findFirst(), 0);
  assert.equal(show(2), 0, "a step that was told again has not moved");
  assert.deepEqual([show(1), show(2), show(4), show(0)], [2, 3, 0, 1], "then it goes on");
  playback.load();
  assert.equal(playback.findFirst(), 1, "what stands at the first stage has told it");
});

test("a clock that runs backward shows where it began", () => {
  assert.deepEqual(findMoment(-20, 1, evenly(3, 1000)), { step: 1, share: 0, isLast: false });
});

test("a blend starts and ends slowly and never turns back", () => {
  const shares = Array.from({ length: 11 }, (_, k) => easeShare(k / 10));
  assert.equal(shares[0], 0);
  assert.equal(shares[10], 1);
  assert.ok(shares.every((share, k) => !k || share > shares[k - 1]));
  assert.ok(shares[1] < 0.05 && shares[9] > 0.95);
});

test("a page that could not keep up tells every stage, later", () => {
  const spans = evenly(9, 500);
  let begun = 0;
  let told = 1;
  const seen = [];
  for (const now of [0, 100, 2600, 2700, 3200, 9000, 9100]) {
    begun = findBeginning(begun, now, told, 2, spans);
    const { step } = findMoment(now - begun, 2, spans);
    assert.ok(step <= told + 1, `${step} after ${told}`);
    told = step;
    seen.push(step);
  }
  assert.deepEqual(seen, [2, 2, 3, 3, 4, 5, 5]);
});
