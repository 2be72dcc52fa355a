// Points of the body: each is carried by one or two bones, and falls into the plane of a picture.
// A plane is {axis, sign}: which axis of the body runs across it (0 forward, 2 to the right), and
// 1 if it points to the right of the picture, else -1.
import { copyBytes } from "./numbers.js";
import { BONE_NUMBERS } from "./scenes.js";

// x, y, z in tenths of a millimetre, bone, other bone, share of the first in thousandths
const VERTEX_NUMBERS = 6;
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * Reads the vertices of all outlines. `bone` holds two numbers a vertex: where the transforms of
 * its bones begin in the moves of a scene.
 */
export function readVertices(view) {
  const packed = new Int16Array(copyBytes(view));
  const count = packed.length / VERTEX_NUMBERS;
  const place = new Float32Array(count * 3);
  const bone = new Uint32Array(count * 2);
  const share = new Float32Array(count);
  for (let v = 0; v < count; v++) {
    const at = v * VERTEX_NUMBERS;
    for (let axis = 0; axis < 3; axis++) place[v * 3 + axis] = packed[at + axis] / 10;
    bone[v * 2] = packed[at + 3] * BONE_NUMBERS;
    bone[v * 2 + 1] = packed[at + 4] * BONE_NUMBERS;
    share[v] = packed[at + 5] / 1000;
  }
  return { place, bone, share, count };
}

export function getFirst(part) {
  return part.ends[0];
}

export function getLast(part) {
  return part.ends[part.ends.length - 1];
}

/** Lists the bones that carry a part. */
export function listBones({ bone, share }, part) {
  const found = new Set();
  for (let v = getFirst(part); v < getLast(part); v++) {
    found.add(bone[v * 2] / BONE_NUMBERS);
    if (share[v] < 1) found.add(bone[v * 2 + 1] / BONE_NUMBERS);
  }
  return [...found];
}

/** For each bone the corners of the box around what it carries; none where it carries nothing. */
export function findExtents({ place, bone, share, count }, bones) {
  const boxes = Array.from({ length: bones }, () => ({
    low: [Infinity, Infinity, Infinity],
    high: [-Infinity, -Infinity, -Infinity],
  }));
  for (let v = 0; v < count; v++) {
    const point = place.subarray(v * 3, v * 3 + 3);
    stretchBox(boxes[bone[v * 2] / BONE_NUMBERS], point);
    if (share[v] < 1) stretchBox(boxes[bone[v * 2 + 1] / BONE_NUMBERS], point);
  }
  return boxes.map(listCorners);
}

function stretchBox({ low, high }, point) {
  for (let axis = 0; axis < 3; axis++) {
    low[axis] = Math.min(low[axis], point[axis]);
    high[axis] = Math.max(high[axis], point[axis]);
  }
}

function listCorners({ low, high }) {
  if (!Number.isFinite(low[0])) return [];
  return CORNERS.map((corner) =>
    [0, 1, 2].map((axis) => ((corner >> axis) & 1 ? high : low)[axis]),
  );
}

/**
 * Moves the vertices from `first` to before `last` with their two bones, and writes across and down
 * in tenths of a millimetre, which is all that a flat picture needs. This is done for every vertex
 * of every picture, so it is one plain loop.
 */
export function flattenPoints(vertices, first, last, moves, { axis, sign }, flat) {
  const { place, bone, share } = vertices;
  const row = axis * 4;
  let k = 0;
  for (let v = first; v < last; v++) {
    const x = place[v * 3];
    const y = place[v * 3 + 1];
    const z = place[v * 3 + 2];
    const a = bone[v * 2];
    const part = share[v];
    let across =
      moves[a + row] * x + moves[a + row + 1] * y + moves[a + row + 2] * z + moves[a + row + 3];
    let up = moves[a + 4] * x + moves[a + 5] * y + moves[a + 6] * z + moves[a + 7];
    if (part < 1) {
      const b = bone[v * 2 + 1];
      const rest = 1 - part;
      const otherAcross =
        moves[b + row] * x + moves[b + row + 1] * y + moves[b + row + 2] * z + moves[b + row + 3];
      const otherUp = moves[b + 4] * x + moves[b + 5] * y + moves[b + 6] * z + moves[b + 7];
      across = part * across + rest * otherAcross;
      up = part * up + rest * otherUp;
    }
    flat[k++] = Math.round(10 * sign * across);
    flat[k++] = Math.round(-10 * up);
  }
}

/** How far parts reach to the left and to the right in the picture, mm. */
export function findReach(vertices, parts, moves, plane) {
  let low = Infinity;
  let high = -Infinity;
  for (const part of parts) {
    const first = getFirst(part);
    const last = getLast(part);
    const flat = new Int32Array(2 * (last - first));
    flattenPoints(vertices, first, last, moves, plane, flat);
    for (let k = 0; k < flat.length; k += 2) {
      low = Math.min(low, flat[k]);
      high = Math.max(high, flat[k]);
    }
  }
  return [low / 10, high / 10];
}

/** Places an anchor, [x, y, z, bone, other bone, share of the first], in the picture, mm. */
export function placeAnchor([x, y, z, first, second, share], moves, { axis, sign }) {
  const moveRow = (bone, row) => {
    const at = bone * BONE_NUMBERS + row * 4;
    return moves[at] * x + moves[at + 1] * y + moves[at + 2] * z + moves[at + 3];
  };
  const blendRows = (row) =>
    share * moveRow(first, row) + (share < 1 ? (1 - share) * moveRow(second, row) : 0);
  return [sign * blendRows(axis), -blendRows(1)];
}

/** Places a landmark, [bone, x, y, z], in the picture, mm. */
export function placeMark([bone, x, y, z], moves, plane) {
  return placeAnchor([x, y, z, bone, 0, 1], moves, plane);
}
