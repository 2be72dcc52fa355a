import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { cutPieces, findGlowWidth, findTrailLook, findWidth, isRingNamed } = await import(
  `${JS}/story.js`
);
const { findSaid } = await import(`${JS}/step_row.js`);
const { findSpan, findTold, listBars, mixNumbers, placeRungs, readRungs, saySum } = await import(
  `${JS}/ladder.js`
);

const TWO = [
  [
    [0, 0],
    [3, 4],
  ],
  [
    [3, 4],
    [3, 9],
  ],
];

test("while a stage plays its first sentence is told", () => {
  const sentence = "Most of all in the calf: 2.5 N less. All muscles: left 1 N more.";
  assert.equal(findSaid(sentence, true), "Most of all in the calf: 2.5 N less.");
  assert.equal(findSaid(sentence, false), sentence);
});

test("no word lies over what is clicked at the end of a story", () => {
  const named = [0, 1, 2].map((at) => isRingNamed([{}, {}, {}], at));
  assert.deepEqual(named, [true, true, false]);
  assert.equal(isRingNamed([{}], 0), true, "a story of one stage keeps its only name");
});

test("a trail is dotted where next to nothing of a pull is left", () => {
  const look = {
    trail: { fill: "none" },
    trace: { "stroke-dasharray": [1, 6] },
    trace_share: 0.03,
  };
  assert.deepEqual(findTrailLook(look, "pull", 0.02), { ...look.trail, ...look.trace });
  assert.deepEqual(findTrailLook(look, "pull", 0.03), look.trail);
  assert.deepEqual(findTrailLook(look, "posture", 0.02), look.trail);
});

test("what little of a pull reaches is outlined thinly", () => {
  const look = { glow: { "stroke-width": 2.5 }, glow_least_px: 0.5, glow_full_share: 0.2 };
  const told = (share, route = "pull") => findGlowWidth(look, { route, trail: [{ share }] });
  assert.equal(told(0.1), 1.5);
  assert.ok(told(0.02) < 0.8);
  assert.equal(told(0.5), 2.5);
  assert.equal(told(0.02, "posture"), 2.5);
  assert.equal(findGlowWidth(look, { route: "pull", trail: [] }), 0.5);
});

test("a trail is shown as far as it is told", () => {
  assert.deepEqual(cutPieces(TWO, 1), TWO);
  assert.deepEqual(cutPieces(TWO, 0), []);
  assert.deepEqual(cutPieces(TWO, 0.25), [
    [
      [0, 0],
      [1.5, 2],
    ],
  ]);
  assert.deepEqual(cutPieces(TWO, 0.75)[1], [
    [3, 4],
    [3, 6.5],
  ]);
});

test("pieces without length do no harm", () => {
  const spot = [[[5, 5]]];
  assert.deepEqual(cutPieces(spot, 1), spot);
  assert.deepEqual(cutPieces([], 0.5), []);
  const still = [
    [
      [1, 1],
      [1, 1],
    ],
  ];
  assert.deepEqual(cutPieces(still, 1), still);
});

test("the width of a pull shows what is left of it, that of other routes does not change", () => {
  const look = { least_px: 1, most_px: 9, steady_px: 3 };
  assert.deepEqual(
    [0, 0.5, 1].map((share) => findWidth(look, "pull", share)),
    [1, 5, 9],
  );
  assert.equal(findWidth(look, "posture", 0.2), 3);
});

// one place: posture, pull and guarding, each more and less, left and right
const RUNGS = readRungs([10, 1, 5, 0, 0, 0, 2, 20, 0, 0, 1, 0]);
const STAGES = [
  { route: "", place: "" },
  { route: "pull", place: "thigh" },
  { route: "posture", place: "thigh" },
  { route: "", place: "neck" },
];

test("the numbers of the ladder are read by place, side, route, more and less", () => {
  assert.deepEqual(RUNGS, [
    [
      [
        [10, 1],
        [5, 0],
        [0, 0],
      ],
      [
        [2, 20],
        [0, 0],
        [1, 0],
      ],
    ],
  ]);
});

test("the longest bar is a round number that no bar exceeds", () => {
  assert.equal(findSpan(RUNGS), 20);
  assert.equal(findSpan([]), 10);
  assert.equal(findSpan(readRungs([299, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])), 300);
  assert.equal(findSpan(readRungs([301, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])), 400);
});

test("a rung fills when its stage is told", () => {
  const at = (stage, reveal = 1) =>
    ["pull", "posture"].map((route) => findTold(STAGES, stage, reveal)(route, "thigh"));
  assert.deepEqual(at(0), [0, 0]);
  assert.deepEqual(at(1, 0.3), [0.3, 0]);
  assert.deepEqual(at(2, 0.5), [1, 0.5]);
  assert.deepEqual(at(3), [1, 1], "at the end all is told");
  assert.equal(findTold([], 0, 1)("pull", "thigh"), 1, "without a story too");
});

test("a stage that brings its own numbers is blended out of the one before", () => {
  const days = [{ ladder: [4, 0] }, { ladder: [2, 10] }];
  assert.deepEqual(mixNumbers(days, 0, 0.5), [4, 0], "nothing lies before the first");
  assert.deepEqual(mixNumbers(days, 1, 0.5), [3, 5]);
  assert.deepEqual(mixNumbers(days, 1, 1), [2, 10]);
});

test("bars stand behind each other by route and stay inside", () => {
  const all = () => 1;
  const [first, second] = listBars(RUNGS[0][0], "thigh", all, 2);
  assert.deepEqual([first.route, first.from, first.to], ["posture", 0, 20]);
  assert.deepEqual([second.route, second.from, second.to], ["pull", 20, 30]);
  const long = listBars(RUNGS[0][0], "thigh", all, 1000);
  assert.ok(long.every(({ from, to }) => from >= 0 && to <= 68));
  assert.ok(long[1].isCut && !first.isCut && !second.isCut, "what goes on beyond says so");
  const shares = long.slice(0, 2).map(({ from, to }) => (to - from) / 68);
  assert.ok(Math.abs(shares[0] - 2 / 3) < 1e-9 && Math.abs(shares[1] - 1 / 3) < 1e-9);
});

test("rungs stand at the heights of the body, in order, and leave each other room", () => {
  assert.deepEqual(placeRungs([400, 200], 0, 500), [400 + 7, 200 + 7]);
  const near = placeRungs([300, 298, 299, 100], 0, 500);
  for (let k = 1; k < near.length; k++) assert.ok(near[k - 1] - near[k] >= 32);
});

test("the number of a rung is more minus less", () => {
  assert.deepEqual([0.02, 2.74, -12.4, 152].map(saySum), ["0", "+2.7", "−12", "+150"]);
});
