import assert from "node:assert/strict";
import { test } from "node:test";

const { isDark } = await import("../../musclechain/views/page/theme.js");

test("dark and light are told by the colour behind the cells", () => {
  for (const colour of [
    "rgb(0, 0, 0)",
    "rgb(17, 17, 17)",
    "rgba(30, 30, 30, 0.9)",
    "rgb(0, 43, 54)",
  ]) {
    assert.equal(isDark(colour), true, colour);
  }
  for (const colour of ["rgb(255, 255, 255)", "rgb(253, 246, 227)", "color(srgb 0.9 0.9 1)"]) {
    assert.equal(isDark(colour), false, colour);
  }
  assert.equal(isDark("color(srgb 0.1 0.1 0.1 / 0.9)"), true);
});

test("a clear colour and one that cannot be read count as paper", () => {
  for (const colour of ["rgba(0, 0, 0, 0)", "", "transparent", "oklch(0.2 0.1 20)"]) {
    assert.equal(isDark(colour), false, colour);
  }
});
