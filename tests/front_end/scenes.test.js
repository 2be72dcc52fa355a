import assert from "node:assert/strict";
import { test } from "node:test";

import { buildPicture, JS, listMoves, packScene } from "./small_picture.js";

const { areSameMoves, buildRestScene, mixByShades, mixScenes, readScene, readSteps } = await import(
  `${JS}/scenes.js`
);

const picture = buildPicture(20);

test("a scene is read in the order in which it was packed", () => {
  const packed = packScene(picture, { version: 3, levels: [1, 2, 3, 4] });
  const scene = readScene(packed.buffer, 0, picture);
  assert.equal(scene.version, 3);
  assert.deepEqual(scene.factors, [1, 5, 7.5]);
  assert.deepEqual(scene.levels, [1, 2, 3, 4]);
  assert.deepEqual([...scene.change], [1, -2, NaN, 30]);
  assert.deepEqual([...scene.before], [10, 20, NaN, 5]);
  assert.deepEqual([...scene.flags], [0, 0, 0, 1]);
  assert.equal(scene.length, packed.length);
});

test("each exaggeration has the moves of all twenty bones", () => {
  const scene = readScene(packScene(picture, {}).buffer, 0, picture);
  assert.equal(scene.moves.length, 3);
  scene.moves.forEach((moves, k) => assert.deepEqual([...moves], listMoves(20, 10 * k)));
});

test("steps are read one after the other, wherever the message begins in its buffer", () => {
  const steps = [1, 2, 3].map((version) => packScene(picture, { version }));
  const bytes = new Uint8Array(7 + 3 * steps[0].byteLength);
  steps.forEach((step, k) => bytes.set(new Uint8Array(step.buffer), 7 + k * step.byteLength));
  const scenes = readSteps(new DataView(bytes.buffer, 7), picture);
  assert.deepEqual(
    scenes.map(({ version }) => version),
    [1, 2, 3],
  );
  assert.deepEqual([...scenes[2].moves[2]], listMoves(20, 20));
});

test("no message means no steps", () => {
  assert.deepEqual(readSteps(new DataView(new ArrayBuffer(0)), picture), []);
  assert.deepEqual(readSteps(null, picture), []);
});

test("at rest nothing moves and nothing is computed", () => {
  const rest = buildRestScene(picture);
  assert.deepEqual([...rest.moves[2]], listMoves(20, 0));
  assert.ok(rest.change.every(Number.isNaN));
  assert.ok(areSameMoves(rest.moves[0], listMoves(20, 0)));
  assert.ok(!areSameMoves(rest.moves[0], listMoves(20, 1)));
});

test("a blend lies between two scenes and has the marks of the nearer one", () => {
  const first = readScene(
    packScene(picture, { change: [0, 0, NaN, 4], version: 1 }).buffer,
    0,
    picture,
  );
  const last = readScene(
    packScene(picture, { change: [10, NaN, NaN, 8], flags: [1, 0, 0, 0], version: 2 }).buffer,
    0,
    picture,
  );
  first.certainty = "sssd";
  const mixed = mixScenes(first, last, 0.25);
  assert.deepEqual([...mixed.change], [2.5, 0, NaN, 5]);
  assert.deepEqual([...mixed.flags], [0, 0, 0, 1]);
  assert.equal(mixed.certainty, "", "what is between two states was not computed");
  assert.deepEqual([...mixScenes(first, last, 0.75).flags], [1, 0, 0, 0]);
  const half = mixScenes(buildRestScene(picture), first, 0.5);
  assert.deepEqual([...half.moves[1]], listMoves(20, 5));
});

test("a body that stands still changes its colours in few shades, one that moves in every frame", () => {
  const read = (values) => readScene(packScene(picture, values).buffer, 0, picture);
  const [none, all] = [0, 16].map((newtons) => read({ change: [newtons, 0, 0, 0], version: 1 }));
  const shares = Array.from({ length: 101 }, (_, k) => k / 100);
  const shades = shares.map((share) => mixByShades(none, all, share).change[0]);
  assert.equal(new Set(shades).size, 17);
  assert.deepEqual([shades[0], shades[100]], [0, 16]);
  shares.forEach((share, k) => assert.ok(Math.abs(shades[k] - 16 * share) <= 0.5));
  const moved = { ...all, moves: all.moves.map((move) => move.map((value) => value + 1)) };
  const frames = shares.map((share) => mixByShades(none, moved, share).change[0]);
  assert.equal(new Set(frames).size, 101);
});
