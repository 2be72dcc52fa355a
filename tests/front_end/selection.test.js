import assert from "node:assert/strict";
import { test } from "node:test";

import { buildPicture, JS } from "./small_picture.js";

const { findNearest, Selection } = await import(`${JS}/selection.js`);

const SPOTS = [
  [10, 0],
  [4, 6],
  [0, -5],
  [-3, 40],
];

test("an arrow key finds what lies ahead, and rather straight ahead than near", () => {
  assert.equal(findNearest([0, 0], SPOTS, [1, 0]), 0);
  assert.equal(findNearest([0, 0], SPOTS, [0, -1]), 2);
  assert.equal(findNearest([0, 0], SPOTS, [0, 1]), 1);
  assert.equal(findNearest([-2, 0], SPOTS.slice(3), [0, 1]), 0);
});

test("nothing ahead is no place to go", () => {
  assert.equal(findNearest([10, 0], SPOTS, [1, 0]), -1);
  assert.equal(findNearest([0, 0], [], [1, 0]), -1);
});

/** A map of nerves as far as a click asks for it. */
function buildMap(state) {
  const supply = { S1_left: { name: "S1 root, left", kind: "root" } };
  return {
    picture: { ...buildPicture(1), supply },
    state: { veiled: false, most_marks: 0, ...state },
    get(trait) {
      return this.state[trait];
    },
    set(values) {
      Object.assign(this.state, values);
    },
  };
}

test("what no nerve reaches is selected, and what was picked stays lit", () => {
  const map = buildMap({ picked: "S1_left", selected: "" });
  const selection = new Selection(map);
  const click = (group) =>
    selection.choose({ structure: null, nerve: null, supply: null, ...group });
  const read = () => [map.get("picked"), map.get("selected")];
  click({ structure: 2 });
  assert.deepEqual(read(), ["S1_left", "band_left"]);
  click({ structure: 2 });
  assert.deepEqual(read(), ["S1_left", ""], "a second click lets it go");
  click({ structure: 0 });
  assert.deepEqual(read(), ["calf_left", "calf_left"]);
  click({ structure: 2 });
  assert.deepEqual(read(), ["calf_left", "band_left"]);
  click({ supply: "S1_left" });
  assert.deepEqual(read(), ["S1_left", ""]);
  click({ supply: "S1_left" });
  assert.deepEqual(read(), ["", ""]);
});
