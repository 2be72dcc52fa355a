import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { placeColumns, placeNames, rankTally, stackLabels, wrapName } = await import(
  `${JS}/label_layout.js`
);
const { cases, columns } = JSON.parse(
  readFileSync(new URL("agreed_labels.json", import.meta.url), "utf8"),
);
const NEAR = 1e-3; // as the agreed places are rounded

test("names are cut between words, long words after a hyphen or where the line ends", () => {
  assert.deepEqual(wrapName("Biceps femoris, long head", 16), ["Biceps femoris,", "long head"]);
  assert.deepEqual(wrapName("little-finger-side wrist", 16), ["little-finger-", "side wrist"]);
  assert.deepEqual(wrapName("Sternocleidomastoid", 10), ["Sternoclei", "domastoid"]);
  assert.deepEqual(wrapName("\u7b4b\u8089\u540d", 4), ["\u7b4b\u8089", "\u540d"]);
  assert.deepEqual(wrapName("a b c d e", 1), ["a", "b", "…"]);
  assert.deepEqual(wrapName("", 6), [""]);
});

test("labels that have room stay where they wish, others meet half-way", () => {
  const room = { top: 0, bottom: 500, gap: 2 };
  const list = (wishes) =>
    stackLabels(
      wishes.map((y) => ({ y, tall: 20 })),
      room,
    ).map(({ at }) => at);
  assert.deepEqual(list([50, 100]), [40, 90]);
  assert.deepEqual(list([100, 100]), [79, 101]);
  assert.deepEqual(list([0, 600]), [0, 480]);
});

for (const { about, size, items, labels } of columns) {
  test(`names stand in columns as agreed: ${about}`, () => {
    const placed = placeColumns(items, size);
    assert.equal(placed.length, labels.length);
    placed.forEach(({ end, ...rest }, k) => {
      const { end: agreed, ...others } = labels[k];
      assert.deepEqual(rest, others);
      end.forEach((value, axis) => assert.ok(Math.abs(value - agreed[axis]) < NEAR));
    });
  });
}

for (const { about, names, room, labels } of cases) {
  test(`names are placed as agreed: ${about}`, () => {
    const placed = placeNames(names, room);
    const simple = placed.map(({ name, lines, x, y, isRight }) => ({ name, lines, x, y, isRight }));
    assert.deepEqual(
      simple,
      labels.map(({ name, lines, x, y, isRight }) => ({ name, lines, x, y, isRight })),
    );
    placed.forEach(({ at }, k) => assert.ok(Math.abs(at - labels[k].at) < NEAR));
  });

  test(`names overlap nowhere, and their lines cross nowhere: ${about}`, () => {
    const placed = placeNames(names, room);
    for (const isRight of [false, true]) {
      const column = placed.filter((label) => label.isRight === isRight);
      column.forEach((label, k) => {
        assert.ok(label.at >= room.top - NEAR && label.at + label.tall <= room.bottom + NEAR);
        assert.ok(names.find(({ name }) => name === label.name).spots.length > 0);
        if (k) assert.ok(label.at >= column[k - 1].at + column[k - 1].tall + room.gap - NEAR);
        for (const other of column.slice(0, k)) assert.ok(!doMeet(label, other, room));
      });
    }
  });
}

/** Whether two lines from a margin to their spots meet between their ends. */
function doMeet(label, other, { edges }) {
  const edge = edges[Number(label.isRight)];
  const [p, q] = [label, other].map((one) => [edge, one.at + one.tall / 2, one.x, one.y]);
  const turn = ([ax, ay, bx, by], x, y) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  return (
    turn(p, q[0], q[1]) * turn(p, q[2], q[3]) < 0 && turn(q, p[0], p[1]) * turn(q, p[2], p[3]) < 0
  );
}

test("what most marked is named, of equals the first of the body", () => {
  const ids = ["one", "two", "three"];
  assert.deepEqual(rankTally({ three: 2, one: 2, two: 5, gone: 9 }, ids, 2), [
    { structure: 1, count: 5 },
    { structure: 0, count: 2 },
  ]);
});
