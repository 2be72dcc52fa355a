import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { pushApart, rankStructures, wrapName } = await import(`${JS}/label_layout.js`);

test("names are cut between words only", () => {
  assert.deepEqual(wrapName("Biceps femoris, long head, left", 16), [
    "Biceps femoris,",
    "long head, left",
  ]);
  assert.deepEqual(wrapName("Sternocleidomastoid", 6), ["Sternocleidomastoid"]);
  assert.deepEqual(wrapName("", 6), [""]);
});

test("labels that have room stay where they wish", () => {
  const labels = pushApart(
    [
      { y: 100, tall: 20 },
      { y: 50, tall: 20 },
    ],
    0,
    500,
  );
  assert.deepEqual(
    labels.map(({ at }) => at),
    [40, 90],
  );
});

test("labels never overlap, keep their order, and stay within the page", () => {
  for (const wishes of [
    [5, 6, 7, 8],
    [395, 390, 200, 201, 199],
    [0, 400, 200],
  ]) {
    const labels = pushApart(
      wishes.map((y) => ({ y, tall: 27 })),
      22,
      378,
    );
    for (const [k, label] of labels.entries()) {
      assert.ok(label.at >= 22 && label.at + label.tall <= 378);
      if (k) assert.ok(label.at >= labels[k - 1].at + 27 + 4 && label.y >= labels[k - 1].y);
    }
  }
});

test("the chosen structure comes first, then what changed most and can be seen", () => {
  const changes = [1, -200, NaN, 50, 120, 0.5];
  assert.deepEqual(rankStructures(changes, 40, -1, 0.4, 3), [1, 4, 3]);
  assert.deepEqual(rankStructures(changes, 40, 4, 0.4, 8), [4, 1, 3]);
  assert.deepEqual(rankStructures(changes, 20, 2, 0.4, 8), [2, 1, 4, 3, 0]);
  assert.deepEqual(rankStructures([], 20, 2, 0.4, 8), [2], "under a cover only what is chosen");
});
