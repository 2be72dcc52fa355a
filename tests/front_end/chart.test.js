import assert from "node:assert/strict";
import { test } from "node:test";

const { findNearest, markTime } = await import("../../musclechain/views/page/chart.js");

const TIMES = [1 / 1440, 1, 7, 365];

test("the nearest time is found on an axis of powers of ten", () => {
  assert.equal(findNearest(TIMES, 1e-6), 0);
  assert.equal(findNearest(TIMES, 2.5), 1);
  assert.equal(findNearest(TIMES, 2.7), 2);
  assert.equal(findNearest(TIMES, 40), 2, "nearer to 7 than to 365 by its ratio");
  assert.equal(findNearest(TIMES, 9999), 3);
});

test("the first shape marks the time, and nothing else of a layout changes", () => {
  const layout = { meta: { times: TIMES }, shapes: [{ x0: 1, x1: 1, y0: 0 }, { x0: 5 }] };
  const { shapes, meta } = markTime(layout, 2);
  assert.deepEqual(shapes, [{ x0: 7, x1: 7, y0: 0 }, { x0: 5 }]);
  assert.equal(meta, layout.meta);
  const other = { meta: { description: "x" }, shapes: [{ x0: 5 }] };
  assert.equal(markTime(other, 2), other, "a figure without times");
  assert.equal(markTime(layout, 9), layout, "a step that it has no time for");
});
