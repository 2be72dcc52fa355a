import assert from "node:assert/strict";
import { test } from "node:test";

import { JS, listMoves } from "./small_picture.js";

const geometry = await import(`${JS}/geometry.js`);
const { findExtents, findReach, flattenPoints, listBones, placeAnchor, placeMark, readVertices } =
  geometry;

const BACK = { axis: 2, sign: 1 };
const LEFT = { axis: 0, sign: -1 };
// x, y, z (0.1 mm), bone, other bone, share (0.001)
const PACKED = Int16Array.from(
  [
    [100, 200, 300, 0, 1, 1000],
    [-5, 15, 25, 19, 17, 750],
    [10, 20, -3000, 19, 0, 1000],
  ].flat(),
);
const vertices = readVertices(new DataView(PACKED.buffer));
const part = { ends: [0, 2, 3], closed: true };

function flatten(plane, moves) {
  const flat = new Int32Array(6);
  flattenPoints(vertices, 0, 3, moves, plane, flat);
  return [...flat];
}

test("vertices are read with bones beyond the sixteenth", () => {
  assert.equal(vertices.count, 3);
  assert.deepEqual([...vertices.place], [10, 20, 30, -0.5, 1.5, 2.5, 1, 2, -300]);
  assert.deepEqual(
    [...vertices.bone].map((at) => at / 12),
    [0, 1, 19, 17, 19, 0],
  );
  assert.deepEqual([...vertices.share], [1, 0.75, 1]);
});

test("bones of which a part takes nothing do not carry it", () => {
  assert.deepEqual(listBones(vertices, part).sort(), [0, 17, 19]);
});

test("each bone has the box around what it carries, and an idle one has none", () => {
  const extents = findExtents(vertices, 20);
  assert.deepEqual(extents[5], []);
  assert.deepEqual(extents[1], [], "with no share in a vertex it does not carry it");
  assert.deepEqual(new Set(extents[0].map(String)), new Set(["10,20,30"]));
  assert.deepEqual(new Set(extents[19].map(([x]) => x)), new Set([-0.5, 1]));
  assert.deepEqual(new Set(extents[19].map(([, , z]) => z)), new Set([2.5, -300]));
});

test("points fall into the plane of the picture, in tenths of a millimetre", () => {
  assert.deepEqual(flatten(BACK, listMoves(20, 0)), [300, -200, 25, -15, -3000, -20]);
  assert.deepEqual(flatten(LEFT, listMoves(20, 0)), [-100, -200, 5, -15, -10, -20]);
});

test("a vertex moves with its two bones, each by its share", () => {
  const moved = flatten(BACK, listMoves(20, 1)); // bone k is shifted up by k mm
  assert.deepEqual(moved, [300, -200, 25, -15 - 10 * (0.75 * 19 + 0.25 * 17), -3000, -20 - 190]);
});

test("an anchor lies where a vertex of the same bones does", () => {
  const moves = listMoves(20, 1);
  const [x, y] = placeAnchor([-0.5, 1.5, 2.5, 19, 17, 0.75], moves, BACK);
  assert.ok(Math.abs(x - 2.5) < 1e-6 && Math.abs(y + 1.5 + 18.5) < 1e-6);
  assert.deepEqual(placeMark([19, 1, 2, 3], moves, LEFT), [-1, -21]);
});

test("the reach of a part is that of its furthest points", () => {
  assert.deepEqual(findReach(vertices, [part], listMoves(20, 0), BACK), [-300, 30]);
});
