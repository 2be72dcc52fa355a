// The body map in three files that are sent as one: bodymap_numbers.js reads and moves numbers, bodymap_figure.js draws one view of
// the body, bodymap.js is the widget. The outlines come once; each later message is a short list of numbers (see pack_scene in
// bodymap.py). Text from the body goes in by textContent and setAttribute only, because names may hold anything.

const SVG = "http://www.w3.org/2000/svg";
const OVERLOADED = 1, LEVELS = 4;

function make(name, attributes = {}, parent = null, text = null) {
  const node = name.startsWith("svg:") ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

function bytes(view) {
  // a DataView may start anywhere in its buffer, typed arrays may not
  if (!view || !view.byteLength) return new ArrayBuffer(0);
  return view.buffer ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) : view;
}

// ---- scenes ------------------------------------------------------------------------------------------------------------------

function readScene(buffer, offset, picture) {
  const f = new Float32Array(buffer, offset * 4), choices = picture.exaggerations.length, count = f[1], start = 2 + choices + LEVELS;
  const moves = start + 3 * count, size = picture.bones * 12;
  return {
    version: f[0], factors: Array.from(f.subarray(2, 2 + choices)), levels: Array.from(f.subarray(2 + choices, start)),
    change: f.subarray(start, start + count), before: f.subarray(start + count, start + 2 * count), flags: f.subarray(start + 2 * count, moves),
    moves: picture.exaggerations.map((_, k) => f.subarray(moves + k * size, moves + (k + 1) * size)), length: moves + choices * size, certainty: "",
  };
}

function readSteps(view, picture) {
  const buffer = bytes(view), scenes = [];
  for (let at = 0; at * 4 < buffer.byteLength; at += scenes[scenes.length - 1].length) scenes.push(readScene(buffer, at, picture));
  return scenes;
}

function restScene(picture) {
  const count = picture.structures.length, still = new Float32Array(picture.bones * 12);
  for (let b = 0; b < picture.bones; b++) still[b * 12] = still[b * 12 + 5] = still[b * 12 + 10] = 1;
  const none = new Float32Array(count).fill(NaN);
  return { version: 0, factors: picture.exaggerations.map(() => 1), levels: new Array(LEVELS).fill(0), change: none, before: none, flags: new Float32Array(count), moves: picture.exaggerations.map(() => still), certainty: "" };
}

function mixScenes(a, b, t) {
  const mix = (p, q) => p.map((value, k) => (Number.isNaN(value) ? q[k] : Number.isNaN(q[k]) ? value : value + t * (q[k] - value)));
  return { ...(t < 0.5 ? a : b), certainty: "", change: mix(a.change, b.change), factors: mix(a.factors, b.factors), levels: mix(a.levels, b.levels), moves: a.moves.map((move, k) => mix(move, b.moves[k])) };
}

function position(change, span) {
  return Number.isFinite(change) ? Math.sign(change) * Math.sqrt(Math.min(Math.abs(change) / span, 1)) : 0;
}

// ---- words -------------------------------------------------------------------------------------------------------------------

function newtons(value) {
  const size = Math.abs(value);
  return `${size.toFixed(size >= 9.95 ? 0 : 1)} N`;
}

function sureness(picture, scene, k) {
  return picture.certainty.find((one) => one.letter === scene.certainty[k]);
}

function say(picture, scene, k) {
  const change = scene.change[k], sure = sureness(picture, scene, k);
  if (!Number.isFinite(change)) return "not computed";
  const words = Math.abs(change) < 0.05 ? "no change" : `${newtons(change)} ${change > 0 ? "more" : "less"}`;
  return words + (scene.flags[k] & OVERLOADED ? ", overloaded" : "") + (sure ? `, ${sure.word}` : "");
}

function sayTension(picture, scene, k) {
  const before = scene.before[k], change = scene.change[k];
  return Number.isFinite(change) ? `before ${newtons(before)}, after ${newtons(before + change)}: ${say(picture, scene, k)}` : "drawn, not computed";
}

// How level the body stands, as computed; what is within a twentieth of a degree counts as level.
function sayLevels(levels, side) {
  const size = (value) => `${Math.abs(value).toFixed(1)}°`, clear = (value) => Number.isFinite(value) && Math.abs(value) >= 0.05;
  const [pelvis, shoulders, tip, lean] = levels, words = [];
  if (side) {
    if (Number.isFinite(tip)) words.push(clear(tip) ? `pelvis tipped ${size(tip)} ${tip > 0 ? "forward" : "backward"}` : "pelvis as at rest");
    if (Number.isFinite(lean)) words.push(clear(lean) ? `trunk leans ${size(lean)} ${lean > 0 ? "forward" : "backward"}` : "trunk upright");
  } else {
    for (const [name, value] of [["shoulders", shoulders], ["pelvis", pelvis]]) if (Number.isFinite(value)) words.push(clear(value) ? `${name} ${size(value)} lower ${value > 0 ? "left" : "right"}` : `${name} level`);
  }
  return words.join(" · ");
}

// ---- geometry ----------------------------------------------------------------------------------------------------------------

function readVertices(view) {
  const raw = new Int16Array(bytes(view)), count = raw.length / 5;
  const place = new Float32Array(count * 3), bone = new Uint16Array(count * 2), share = new Float32Array(count);
  for (let v = 0; v < count; v++) {
    for (let axis = 0; axis < 3; axis++) place[v * 3 + axis] = raw[v * 5 + axis] / 10;
    bone[v * 2] = (raw[v * 5 + 3] >> 4) * 12;
    bone[v * 2 + 1] = (raw[v * 5 + 3] & 15) * 12;
    share[v] = raw[v * 5 + 4] / 1000;
  }
  return { place, bone, share, count };
}

// Notes for each part which bones carry it, and returns for each bone the corners of the box around all that it carries.
function boundBones(vertices, parts, bones) {
  const { place, bone, share, count } = vertices, low = Array.from({ length: bones }, () => [Infinity, Infinity, Infinity]), high = low.map((row) => row.map((value) => -value));
  for (let v = 0; v < count; v++) for (let k = 0; k < 2; k++) {
    if (k && share[v] >= 1) continue;
    const b = bone[v * 2 + k] / 12;
    for (let axis = 0; axis < 3; axis++) {
      low[b][axis] = Math.min(low[b][axis], place[v * 3 + axis]);
      high[b][axis] = Math.max(high[b][axis], place[v * 3 + axis]);
    }
  }
  for (const part of parts) {
    const found = new Set();
    for (let v = part.ends[0]; v < part.ends[part.ends.length - 1]; v++) {
      found.add(bone[v * 2] / 12);
      if (share[v] < 1) found.add(bone[v * 2 + 1] / 12);
    }
    part.bones = [...found];
  }
  return low.map((least, b) => (Number.isFinite(least[0]) ? [0, 1, 2, 3, 4, 5, 6, 7].map((corner) => [0, 1, 2].map((axis) => ((corner >> axis) & 1 ? high[b] : least)[axis])) : []));
}

// Moves vertices with their two bones; writes across and down in tenths of a millimetre, which is all that a flat picture needs.
function flatten(vertices, first, last, moves, axis, sign, out) {
  const { place, bone, share } = vertices, r = axis * 4, scale = 10 * sign;
  let k = 0;
  for (let v = first; v < last; v++) {
    const x = place[v * 3], y = place[v * 3 + 1], z = place[v * 3 + 2], a = bone[v * 2], p = share[v];
    let across = moves[a + r] * x + moves[a + r + 1] * y + moves[a + r + 2] * z + moves[a + r + 3], up = moves[a + 4] * x + moves[a + 5] * y + moves[a + 6] * z + moves[a + 7];
    if (p < 1) {
      const b = bone[v * 2 + 1], q = 1 - p;
      across = p * across + q * (moves[b + r] * x + moves[b + r + 1] * y + moves[b + r + 2] * z + moves[b + r + 3]);
      up = p * up + q * (moves[b + 4] * x + moves[b + 5] * y + moves[b + 6] * z + moves[b + 7]);
    }
    out[k++] = Math.round(scale * across);
    out[k++] = Math.round(-10 * up);
  }
}

// Path data as ASCII: six times as fast as joining numbers as strings, and it is done for every vertex of every frame.
const ASCII = new TextDecoder("latin1");

function makePen(vertices) {
  const flat = new Int32Array(vertices.count * 2), text = new Uint8Array(vertices.count * 16 + 16);
  const number = (k, tenths) => {
    if (tenths < 0) { text[k++] = 45; tenths = -tenths; }
    const whole = (tenths / 10) | 0, rest = tenths - whole * 10;
    if (whole >= 10000) text[k++] = 48 + (((whole / 10000) | 0) % 10);
    if (whole >= 1000) text[k++] = 48 + (((whole / 1000) | 0) % 10);
    if (whole >= 100) text[k++] = 48 + (((whole / 100) | 0) % 10);
    if (whole >= 10) text[k++] = 48 + (((whole / 10) | 0) % 10);
    text[k++] = 48 + (whole % 10);
    if (rest) { text[k++] = 46; text[k++] = 48 + rest; }
    return k;
  };
  return function draw(part, moves, axis, sign) {
    const ends = part.ends, first = ends[0];
    flatten(vertices, first, ends[ends.length - 1], moves, axis, sign, flat);
    let k = 0;
    for (let c = 0; c + 1 < ends.length; c++) {
      for (let v = ends[c]; v < ends[c + 1]; v++) {
        text[k++] = v === ends[c] ? 77 : 76;
        k = number(k, flat[(v - first) * 2]);
        text[k++] = 32;
        k = number(k, flat[(v - first) * 2 + 1]);
      }
      if (part.closed) text[k++] = 90;
    }
    return ASCII.decode(text.subarray(0, k));
  };
}

// A point that one or two bones carry, in the picture plane: [x, y, z, bone, other bone, share of the first].
function placePoint([x, y, z, a, b, p], moves, axis, sign) {
  const row = (r) => {
    const at = (bone) => moves[bone * 12 + r] * x + moves[bone * 12 + r + 1] * y + moves[bone * 12 + r + 2] * z + moves[bone * 12 + r + 3];
    return p * at(a) + (p < 1 ? (1 - p) * at(b) : 0);
  };
  return [sign * row(axis * 4), -row(4)];
}
