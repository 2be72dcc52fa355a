"""Restless hands on every lab: random clicks, keys, choices and wheel for ten minutes, without an
error, a lab that no longer answers, or a page that fills up. Runs with ``-m thorough``.

MUSCLECHAIN_FUZZ_S shortens the ten minutes, which all labs share; MUSCLECHAIN_FUZZ_SEED changes
what is done.
"""

import os
import random
import time

import pytest

from musclechain.lessons.lesson import list_lessons
from tests.browser import lab_server

FUZZ_S = float(os.environ.get("MUSCLECHAIN_FUZZ_S", "600"))
SEED = int(os.environ.get("MUSCLECHAIN_FUZZ_SEED", "0"))
# What the heap may grow from when every tab was open once to the end, and in the second half of it:
# views and charts that are drawn for the first time, and what the browser compiles, take some MB.
MOST_GROWTH_MB, MOST_LATE_MB = 20, 8

LABS = [kind.__name__ for lesson in list_lessons() for kind in lesson.labs]
# One cell for all: whenever another cell becomes the active one, JupyterLab keeps some hundred
# listeners and a tenth of a megabyte, in a notebook without this package too (600 changes among
# three cells with a number in each: 37 to 98 MB).
CODE = (
    "import inspect, musclechain as mc\nbody = mc.read_body()\nkind = mc.{name}\n"
    "display(mc.predict('strain', body))\n"
    "kind(body) if 'body' in inspect.signature(kind).parameters else kind()",
)
HANDLES = ", ".join(
    f"{place} {part}"
    for place in (".mc-lab", ".mc-question")
    for part in ("button", "select", "input", "[role=tab]", "summary", "[role=slider]")
)
STRUCTURES = ".mc-structure"
KEYS = (
    *("Tab", "Tab", "Shift+Tab", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"),
    *("Enter", "Space", "Home", "End", "+", "-", "0", "Escape"),
)
# A download opens a file of its own, and says nothing about the page.
SAVES = ("Save", "CSV", "SVG", "PNG", "Share")


# Scrolls to one of what is seen of a kind, and says where it is; null where none is seen.
FIND = """([css, share]) => {
  const all = [...document.querySelectorAll(css)]
    .filter(node => node.checkVisibility({checkVisibilityCSS: true}));
  const node = all[Math.floor(share * all.length)];
  if (!node) return null;
  node.scrollIntoView({block: 'center'});
  const box = node.getBoundingClientRect();
  return {x: box.x + box.width / 2, y: box.y + box.height / 2, kind: node.localName,
    words: (node.getAttribute('aria-label') || node.innerText || node.textContent).slice(0, 40)};
}"""
IS_INSIDE = "Boolean(document.activeElement?.closest('.mc-lab, .mc-question'))"
CHOOSE = """([x, y, share]) => {
  const choice = document.elementFromPoint(x, y)?.closest('select');
  if (!choice) return;
  const options = [...choice.options].filter(option => !option.disabled);
  choice.value = options[Math.floor(share * options.length)].value;
  choice.dispatchEvent(new Event('change', {bubbles: true}));
}"""


class Hand:
    """A hand that does something at random."""

    def __init__(self, page, seed):
        self.page, self.chance, self.done = page, random.Random(seed), []

    def act(self):
        self.chance.choices(
            (self.press_handle, self.press_key, self.press_structure, self.turn_wheel),
            (45, 25, 20, 10),
        )[0]()

    def _find(self, css):
        return self.page.evaluate(FIND, [css, self.chance.random()])

    def press_handle(self):
        handle = self._find(HANDLES)
        if not handle or any(word in handle["words"] for word in SAVES):
            return
        self.done.append(handle["words"])
        if handle["kind"] == "select":
            place = [handle["x"], handle["y"], self.chance.random()]
            self.page.evaluate(CHOOSE, place)
        else:
            self.page.mouse.click(handle["x"], handle["y"])

    def press_key(self):
        # elsewhere a key is a command of JupyterLab, which restarts kernels and adds cells
        if not self.page.evaluate(IS_INSIDE):
            return self.press_handle()
        key = self.chance.choice(KEYS)
        self.done.append(key)
        self.page.keyboard.press(key)

    def press_structure(self):
        self.done.append("a structure")
        place = self._find(STRUCTURES)
        if not place:
            return
        self.page.mouse.click(place["x"], place["y"])

    def turn_wheel(self):
        self.done.append("the wheel")
        self.page.mouse.move(self.chance.randrange(100, 1200), self.chance.randrange(100, 880))
        self.page.mouse.wheel(0, self.chance.choice((-300, 300, 600)))


def measure_heap_mb(page, session):
    session.send("HeapProfiler.collectGarbage")
    return page.evaluate("performance.memory.usedJSHeapSize") / 1e6


def open_every_tab(opened):
    """Open each tab once: what is filled once is no growth."""
    opened.page.evaluate(
        "() => document.querySelectorAll('.mc-cover:not([hidden]) button').forEach(button =>"
        " button.click())"
    )
    for tab in opened.page.locator(".mc-lab").get_by_role("tab").all():
        tab.click(force=True)
        opened.wait_for_kernel()


@pytest.mark.thorough
@pytest.mark.parametrize("name", LABS)
def test_restless_hands_find_no_error_and_leave_nothing_behind(lab, browser, tmp_path, name):
    sources = [source.format(name=name) for source in CODE]
    path = lab_server.write_notebook(tmp_path / f"fuzz_{name}.ipynb", *sources)
    opened = lab_server.open_notebook(lab, browser, path, size=(1280, 900))
    page = opened.page
    open_every_tab(opened)
    session = page.context.new_cdp_session(page)
    hand, heaps = Hand(page, SEED), [measure_heap_mb(page, session)]
    for _ in range(2):
        end = time.monotonic() + FUZZ_S / len(LABS) / 2
        while time.monotonic() < end:
            hand.act()
        opened.wait_for_kernel()
        heaps.append(measure_heap_mb(page, session))
    print(f"{name}: {len(hand.done)} actions; heap in MB:", *(f"{heap:.0f}" for heap in heaps))
    # a click below the last cell adds an empty one, which nobody runs
    added = {f"cell {number} did not run" for number in range(len(CODE), len(opened.read_cells()))}
    assert set(opened.list_problems()) <= added, hand.done[-20:]
    assert heaps[2] - heaps[0] < MOST_GROWTH_MB and heaps[2] - heaps[1] < MOST_LATE_MB
    check_that_all_answer(opened)
    opened.close()


def check_that_all_answer(opened):
    """Move a slider of each lab that has a map, and wait for a new picture."""
    sliders = opened.find_lab_sliders()
    assert len(sliders) == opened.page.locator(".mc-lab .mc-bodymap").count()
    for slider, probe in sliders:
        opened.measure_keys(slider, probe, presses=2, warm_up=0, limit_ms=20_000)
