import assert from "node:assert/strict";
import { test } from "node:test";

import { Pace } from "../../musclechain/views/body/js/pace.js";

/** A map on a page whose clock is turned by hand, and on which a picture takes a time to show. */
function makeMap(tookMs) {
  const waiting = { microtasks: [], frames: [], timers: [] };
  const clock = { now: 1000 };
  const page = {
    document: { hidden: false },
    performance: { now: () => clock.now },
    queueMicrotask: (answer) => waiting.microtasks.push(answer),
    requestAnimationFrame: (answer) => waiting.frames.push(answer),
    setTimeout: (answer, ms = 0) => waiting.timers.push({ answer, ms }),
    clearTimeout: (number) => delete waiting.timers[number - 1],
  };
  const lean = { painted: [] };
  const map = {
    page,
    playback: { isRunning: false },
    root: { classList: { toggle: () => {} } },
    paintNow: () => lean.painted.push(map.pace.isLean),
  };
  map.pace = new Pace(map);
  const run = (queue) => queue.splice(0).forEach((answer) => answer());
  /** Moves the body once, lets the screen show it, and waits until the next move. */
  const move = (gapMs) => {
    map.pace.stir();
    run(waiting.microtasks);
    clock.now += tookMs;
    run(waiting.frames);
    for (const { answer, ms } of waiting.timers.filter(({ ms }) => ms === 0)) answer(ms);
    waiting.timers = waiting.timers.filter(({ ms }) => ms > 0);
    clock.now += gapMs;
  };
  const rest = () => waiting.timers.splice(0).forEach(({ answer }) => answer());
  return { move, rest, painted: lean.painted };
}

test("a machine that cannot keep up with a drag leaves out what is fine, until the hand rests", () => {
  const { move, rest, painted } = makeMap(80);
  for (let k = 0; k < 5; k++) move(20);
  assert.deepEqual(painted, [false, false, false, true, true]);
  rest();
  assert.equal(painted.at(-1), false);
});

test("single moves are answered whole, however slow the machine is", () => {
  const { move, painted } = makeMap(80);
  for (let k = 0; k < 6; k++) move(400);
  assert.deepEqual(painted, Array(6).fill(false));
});

test("a machine that keeps up draws all of a drag", () => {
  const { move, painted } = makeMap(20);
  for (let k = 0; k < 6; k++) move(20);
  assert.deepEqual(painted, Array(6).fill(false));
});
