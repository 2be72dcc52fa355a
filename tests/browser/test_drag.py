"""A hand that drags a slider for two minutes: no state may wait in a queue when it rests, and the
page must not fill up.

MUSCLECHAIN_DRAG_S shortens it. How late the pictures are: tests/benchmarks/browser_latency.py.
"""

import os

import pytest

from tests.browser import lab_server

DRAG_S = float(os.environ.get("MUSCLECHAIN_DRAG_S", "120"))
EDGE_S = min(10.0, DRAG_S / 3)
SWEEP_S = 4.0  # from one end of the slider to the other
# Of the values that a hand passes only the newest waits: one state may be on its way when the hand
# rests, then that of its last value comes. A queue that grows by one state in a hundred would hold
# more.
MOST_WAITING = 4
# What the page may hold more at the end than after the first ten seconds. One state of the map sent
# and kept is about 15 kB,
# and some thousand are sent; the browser's own caches take a few MB.
MOST_HEAP_MB, MOST_NODES = 12, 3000

# A label beside the lab gets the value whose state was sent to the map just before it, and the
# number of that state.
CODE = """\
import numpy, ipywidgets, musclechain as mc
lab, told = mc.LimpLab(mc.read_body()), ipywidgets.Label()
told.add_class('told')
def tell(change):
    told.value = f"{lab.values['lean']} {numpy.frombuffer(change['new'], '<f4')[0]}"
lab.map.observe(tell, 'state')
ipywidgets.VBox([lab, told])"""

SETTLED = """() => {
  const slider = [...document.querySelectorAll('.mc-lab [role=slider]')].find(handle =>
    handle.getAttribute('aria-label').startsWith('Trunk leans'));
  const [value, version] = document.querySelector('.told').textContent.split(' ').map(Number);
  return value === +slider.getAttribute('aria-valuenow') &&
    +document.querySelector('.mc-bodymap').dataset.version >= version;
}"""


class Drag:
    """A pointer that holds the handle of a slider and sweeps from end to end."""

    def __init__(self, opened):
        self.page = opened.page
        self.cdp = self.page.context.new_cdp_session(self.page)
        self.handle = self.page.get_by_role("slider", name="Trunk leans")
        self.handle.scroll_into_view_if_needed()
        track = (
            self.page.locator(".widget-slider")
            .filter(has=self.handle)
            .locator(".noUi-target")
            .bounding_box()
        )
        self.left, self.wide, self.y = track["x"], track["width"], track["y"] + track["height"] / 2
        box = self.handle.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()

    def sweep(self, seconds):
        """Move to and fro for some seconds, about sixty times a second."""
        begun = now = self.read_clock()
        while now - begun < seconds:
            phase = (now - begun) / SWEEP_S % 2
            self.page.mouse.move(
                self.left + self.wide * (phase if phase < 1 else 2 - phase), self.y
            )
            self.page.wait_for_timeout(12)
            now = self.read_clock()

    def read_clock(self):
        return self.page.evaluate("performance.now()") / 1000

    def read_number(self):
        """Number of the last state that came to the page."""
        return float(self.page.locator(".told").inner_text().split()[1])

    def measure_page(self):
        """Measure the JavaScript heap (MB) and count the nodes, after collecting what is not
        used."""
        self.cdp.send("HeapProfiler.collectGarbage")
        return (
            self.cdp.send("Runtime.getHeapUsage")["usedSize"] / 1e6,
            self.cdp.send("Memory.getDOMCounters")["nodes"],
        )


@pytest.fixture
def drag(lab, browser, tmp_path):
    opened = lab_server.open_notebook(
        lab, browser, lab_server.write_notebook(tmp_path / "drag.ipynb", CODE), alone=True
    )
    opened.page.wait_for_function(
        "document.querySelectorAll('.mc-lab [role=slider][aria-label^=\"Trunk leans\"]').length"
    )
    opened.settle()
    yield Drag(opened)
    assert opened.list_problems() == []
    opened.close()


def test_two_minutes_of_dragging_leave_nothing_behind(drag):
    drag.sweep(EDGE_S)
    heap, nodes = drag.measure_page()
    first = drag.read_number()
    drag.sweep(DRAG_S - EDGE_S)
    at_rest = drag.read_number()
    drag.page.wait_for_function(SETTLED, timeout=60_000)
    waiting = drag.read_number() - at_rest
    value = float(drag.handle.get_attribute("aria-valuenow"))
    drag.page.mouse.up()
    heap_after, nodes_after = drag.measure_page()
    found = (
        f"{at_rest - first:.0f} states after the first {EDGE_S:g} s, {waiting:.0f} more when the"
        f" hand rested; heap {heap:.1f} and {heap_after:.1f} MB, nodes {nodes} and {nodes_after}"
    )
    print(found)
    assert at_rest - first > MOST_WAITING, found
    assert waiting <= MOST_WAITING, found
    assert (
        value
        == float(drag.handle.get_attribute("aria-valuenow"))
        == float(drag.page.locator(".told").inner_text().split()[0])
    ), found
    assert heap_after - heap < MOST_HEAP_MB and nodes_after - nodes < MOST_NODES, found
