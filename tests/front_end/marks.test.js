import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { drawArrow, drawSign } = await import(`${JS}/marks.js`);

const look = JSON.parse(readFileSync(new URL(`${JS}/../look.json`, import.meta.url), "utf8"));

/** The corners of a path of straight lines. */
function listCorners({ d }) {
  return d.match(/-?[\d.]+ -?[\d.]+/g).map((pair) => pair.split(" ").map(Number));
}

test("an arrow points up for more and down for less, and a full one is larger", () => {
  for (const arrow of [2, 1, -1, -2]) {
    const corners = listCorners(drawArrow(look.marks, arrow, 0, 0, 10));
    const [left, right, tip] = corners;
    assert.equal(Math.sign(left[1] - tip[1]), Math.sign(arrow));
    assert.equal(right[0] - left[0], Math.abs(arrow) > 1 ? 20 : 12.4);
  }
});

test("an open arrow is white with a dark edge, a full one the other way round", () => {
  const [full, open] = [2, 1].map((arrow) => drawArrow(look.marks, arrow, 0, 0, 10));
  assert.deepEqual([full.fill, full.stroke, full["stroke-width"]], ["#1a1a1a", "#ffffff", 2.5]);
  assert.deepEqual([open.fill, open.stroke, open["stroke-width"]], ["#ffffff", "#1a1a1a", 2]);
});

test("the sign of overload is a disc with an exclamation mark", () => {
  const [disc, mark] = drawSign(look.marks, 5, 7, 10);
  assert.match(disc.d, /^M-5 7a10 10 /);
  assert.match(mark.d, /^M5 0\.\d+V8\.5M5 12v1$/);
});
