import assert from "node:assert/strict";
import { test } from "node:test";

import { JS, listMoves } from "./small_picture.js";

const { makePen, writeTenths } = await import(`${JS}/pen.js`);
const { readVertices } = await import(`${JS}/geometry.js`);

function write(tenths) {
  const text = new Uint8Array(12);
  return String.fromCharCode(...text.subarray(0, writeTenths(text, 0, tenths)));
}

test("numbers are written as JavaScript would write them", () => {
  for (const tenths of [0, 1, -1, 10, -15, 99, 100, 12345, -98765, 100000, 987654]) {
    assert.equal(write(tenths), String(tenths / 10));
  }
});

test("a pen writes closed and open curves, and follows the bones", () => {
  const packed = Int16Array.from(
    [
      [0, 100, -105, 18, 0, 1000],
      [0, 0, 25, 18, 0, 1000],
      [0, -7, 3000, 0, 0, 1000],
      [0, 10, 0, 0, 0, 1000],
    ].flat(),
  );
  const draw = makePen(readVertices(new DataView(packed.buffer)));
  const back = { axis: 2, sign: 1 };
  const closed = { ends: [0, 2, 4], closed: true };
  assert.equal(draw(closed, listMoves(19, 0), back), "M-10.5 -10L2.5 0ZM300 0.7L0 -1Z");
  const moved = listMoves(19, 0.5); // the last bone is 9 mm higher
  assert.equal(draw({ ends: [0, 2], closed: false }, moved, back), "M-10.5 -19L2.5 -9");
  assert.equal(draw({ ends: [2, 4], closed: false }, moved, back), "M300 0.7L0 -1");
});
