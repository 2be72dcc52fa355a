import assert from "node:assert/strict";
import { test } from "node:test";

const { bendWay, findFoot, findMoment, findPlayed, sayMoment, spreadRows } =
  await import("../../musclechain/views/body/climb.js");

test("between two times a station feels the share in between, and never more than the ends", () => {
  const times = [0, 0.5, 1];
  const shock = [
    [0, 2, 4],
    [1, 1, 0],
  ];
  assert.deepEqual(findMoment(times, shock, 0.25), [1, 1]);
  assert.deepEqual(findMoment(times, shock, 0.75), [3, 0.5]);
  assert.deepEqual(findMoment(times, shock, 9), [4, 0]);
  assert.deepEqual(findMoment(times, shock, -1), [0, 1]);
});

test("it plays smoothly, or in hops where less motion is asked for, and ends at the end", () => {
  assert.equal(findPlayed(1200, 0, 60, false), 10);
  assert.equal(findPlayed(1200, 5, 60, false), 15);
  assert.equal(findPlayed(699, 0, 60, true), 0);
  assert.equal(findPlayed(1500, 0, 60, true), 10);
  assert.equal(findPlayed(1e6, 0, 60, false), 60);
  assert.equal(findPlayed(-4, 0, 60, false), 0);
  assert.equal(findPlayed(-4, 5, 60, true), 5);
  assert.equal(findPlayed(1e6, 0, 60, true), 60);
});

test("a moment is told with every station", () => {
  assert.equal(
    sayMoment(7.4, ["foot", "knee"], [12.06, 6], false),
    "7 ms after touch-down: foot 12.1 g, knee 6.00 g.",
  );
  assert.equal(sayMoment(50, ["head"], [0.828], true), "The most within 50 ms: head 0.83 g.");
});

test("a body folds as far as it has sunk, its knees fast at first", () => {
  const [standing, folded] = ["M0 -10L4 -20Z", "M8 -6L4 -20Z"];
  assert.equal(bendWay(standing, folded, 0), "M0.0 -10.0L4.0 -20.0Z");
  assert.equal(bendWay(standing, folded, 0.25), "M4.0 -9.0L4.0 -20.0Z");
  assert.equal(bendWay(standing, folded, 1), "M8.0 -6.0L4.0 -20.0Z");
});

test("a picture has room below for a course and a ring that reach lower than usual", () => {
  assert.equal(findFoot({}, 0, 0), 90);
  const usual = { shock: [[12, -2]], before: [[12, -2]], most: [12] };
  assert.equal(findFoot(usual, -100, 0), 90);
  const hard = { ...usual, shock: [[12, -8]], most: [23] };
  assert.equal(findFoot(hard, 0, 0), 9 * 23 + 58);
  assert.equal(findFoot({ ...hard, most: [3] }, 0, 0), 24 * 8 + 58);
  assert.equal(findFoot({ shock: [[1]], before: [[-9]], most: [1] }, 0, 0), 24 * 9 + 58);
});

test("courses of stations that lie close together are moved apart, upward", () => {
  assert.deepEqual(spreadRows([-100, -500, -900, -1000], 230), [-100, -500, -900, -1130]);
});
