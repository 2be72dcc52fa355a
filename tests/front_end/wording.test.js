import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { buildPicture, JS, packScene } from "./small_picture.js";

const wording = await import(`${JS}/wording.js`);
const { readScene } = await import(`${JS}/scenes.js`);

const picture = buildPicture(1);
const agreed = JSON.parse(readFileSync(new URL("agreed_words.json", import.meta.url), "utf8"));

function readWith(values) {
  return readScene(packScene(picture, values).buffer, 0, picture);
}

test("levels and factors are said as still.py says them", () => {
  for (const { levels, side, words } of agreed.levels) {
    const numbers = levels.map((value) => value ?? NaN);
    assert.equal(wording.sayLevels(numbers, side), words);
  }
  for (const { drawn, asked, words } of agreed.factors) {
    assert.equal(wording.sayFactor(drawn, asked), words);
  }
  for (const { drawn, kept, words } of agreed.scales) {
    assert.equal(wording.sayKeptScale(drawn, kept), words);
  }
  assert.equal(wording.sayRescaled(5, 3.647), "Scale changed: before 3.6 times, now 5 times.");
});

test("small forces have a decimal, large ones go in tens", () => {
  assert.deepEqual([0, 2.34, -9.94, 9.96, -123.4].map(wording.sayNewtons), [
    "0.0 N",
    "2.3 N",
    "9.9 N",
    "10 N",
    "120 N",
  ]);
});

test("a change is said with its direction, its marks and how sure it is", () => {
  const scene = readWith({ change: [0.04, -2, NaN, 30] });
  scene.certainty = "s-ld";
  const say = (structure) => wording.sayChange(picture, scene, structure);
  assert.deepEqual([0, 1, 2, 3].map(say), [
    "no change, settled",
    "2.0 N less",
    "not computed",
    "30 N more, overloaded, depends",
  ]);
  const tension = wording.sayTension(picture, scene, 3);
  assert.equal(tension, "5.0 N before, 30 N more, overloaded, depends");
  assert.equal(wording.sayTension(picture, scene, 2), "drawn, not computed");
});

test("the selected structure is said, but not its tension under a cover", () => {
  const scene = readWith({});
  const words = wording.sayStructure(picture, scene, 1, false);
  assert.equal(words, "Selected: Calf, right (calf) – 20 N before, 2.0 N less");
  assert.equal(wording.sayStructure(picture, scene, 1, true), "Selected: Calf, right (calf)");
});

test("roots of a nerve are listed, and many are told by the first and the last", () => {
  const say = (...roots) => wording.sayRoots({ roots });
  assert.equal(say(), "roots not given");
  assert.equal(say("S1"), "root S1");
  assert.equal(say("L5", "S1"), "roots L5, S1");
  assert.equal(say("L4", "L5", "S1", "S2"), "roots L4 to S2");
});

test("a nerve is said with what it supplies", () => {
  const nerve = {
    name: "Tibial nerve, left",
    plain: "calf nerve",
    roots: ["S1"],
    supplies: [0, 3],
  };
  const start = "Selected: Tibial nerve, left (calf nerve) – root S1; supplies";
  assert.equal(wording.sayNerve(nerve), `${start} 2 muscles of the model.`);
  assert.equal(wording.sayNerve({ ...nerve, supplies: [0] }), `${start} 1 muscle of the model.`);
  assert.equal(
    wording.sayNerve({ ...nerve, supplies: [] }),
    `${start} no muscles of the model but by its branches.`,
  );
});

test("steps are counted from one", () => {
  assert.equal(wording.sayStep(0, 4, "before"), "Step 1 of 4: before");
  assert.equal(wording.sayStep(0, 0, ""), "");
});

test("angles have tenths below ten degrees", () => {
  assert.deepEqual([0.88, -74.2].map(wording.sayDegrees), ["0.9°", "74°"]);
});
