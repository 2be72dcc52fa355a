import assert from "node:assert/strict";
import { test } from "node:test";

import { JS } from "./small_picture.js";

const { keepAllowed } = await import(`${JS}/download.js`);

test("what XML forbids is replaced, and nothing else", () => {
  const good = "Soleus \t\n\r<b>&amp; ü – 筋 💪 \ud7ff\ue000\ufffd";
  assert.equal(keepAllowed(good), good);
  for (const bad of [
    "\u0000",
    "\u0008",
    "\u000b",
    "\u001f",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udc00",
  ]) {
    assert.equal(keepAllowed(`a${bad}b`), "a\ufffdb");
  }
});
