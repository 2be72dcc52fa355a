"""What a lab does before its first picture is sent, and what waits until then."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import ipywidgets as widgets
import nbformat
import numpy as np
import pytest

import musclechain as mc
from musclechain.labs.pane import Pane
from musclechain.views.page.chart import Chart
from tests.labs.parts import find_parts

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
# Each takes 0.05 to 0.3 s to load, and no first picture needs it.
LATE = (
    "dask",
    "multiprocessing.pool",
    "plotly",
    "scipy.fft",
    "scipy.integrate",
    "scipy.interpolate",
    "scipy.ndimage",
    "scipy.optimize",
    "scipy.sparse",
    "scipy.spatial",
)
# As a kernel does, cells run inside an event loop, so that what waits does wait.
RUN_CELLS = """
import asyncio, json, sys
async def run():
    found = {}
    for name, cells in json.load(sys.stdin).items():
        place = {}
        for cell in cells:
            exec(cell, place)
        found[name] = [late for late in LATE if late in sys.modules]
    print(json.dumps(found))
asyncio.run(run())
"""


def read_first_cells(path):
    """Read the cells of a lesson up to its first picture: what it reads, and its first lab."""
    cells = nbformat.read(path, 4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"][:2]


def test_what_a_first_picture_does_not_need_is_not_loaded_before_it(tmp_path):
    cells = {path.stem: read_first_cells(path) for path in LESSONS}
    assert len(cells) > 8 and all("Lab(" in last for _, last in list(cells.values())[1:])
    answer = subprocess.run(
        [sys.executable, "-c", f"LATE = {LATE}{RUN_CELLS}"],
        input=json.dumps(cells),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout.strip().splitlines()[-1])
    assert found == {name: [] for name in cells}


@pytest.fixture
def solved(monkeypatch):
    """The causes of each state that a lab solves."""
    asked, solve = [], mc.labs.lab.spread

    def count(body, causes, **routes):
        asked.append(causes)
        return solve(body, causes, **routes)

    monkeypatch.setattr(mc.labs.lab, "spread", count)
    return asked


def begin_covered(body):
    return mc.LimpLab(body, prediction=mc.predict("limp", body))


def test_a_covered_lab_solves_nothing_before_its_picture_is_sent(body, solved):
    async def look():
        lab = begin_covered(body)
        assert solved == [] and lab.map.veiled and lab._tabs.box.selected_index == 0
        await asyncio.sleep(1)
        assert len(solved) == 1 and lab.map.story
        lab.close()

    asyncio.run(look())


@pytest.mark.parametrize("ask", [lambda lab: lab.result.table(), lambda lab: lab.table()])
def test_who_asks_for_the_result_of_a_covered_lab_has_it_at_once(body, solved, ask):
    async def look():
        lab = begin_covered(body)
        found = ask(lab)
        await asyncio.sleep(0.5)
        assert len(solved) == 1
        lab.close()
        return found

    assert asyncio.run(look()).equals(begin_covered(body).table())


def test_uncovering_a_lab_that_waits_shows_the_state_that_was_asked_about(body):
    async def look():
        lab = begin_covered(body)
        lab.map.veiled = False
        changes = lab.map.scene.change_n.copy()
        lab.close()
        return changes

    changes = asyncio.run(look())
    lab = begin_covered(body)
    lab.map.veiled = False
    assert np.array_equal(changes, lab.map.scene.change_n, equal_nan=True)
    assert np.nanmax(abs(changes)) > 50


def test_parts_of_a_tab_are_made_when_it_is_first_opened(body):
    lab = mc.LimpLab(body)
    (tabs,) = find_parts(lab, widgets.Tab)
    assert [len(page.children) for page in tabs.children] == [1] + [0] * (len(lab.tabs) - 1)
    assert find_parts(tabs, Chart) == []
    tabs.selected_index = 1
    (chart,) = find_parts(tabs, Chart)
    tabs.selected_index = 0
    tabs.selected_index = 1
    assert find_parts(tabs, Chart) == [chart]
    lab.close()


def test_a_pane_makes_its_chart_with_its_first_figure():
    pane = Pane()
    pane.write("<p>Nothing yet.</p>")
    assert [type(part) for part in pane.box.children] == [widgets.HTML]
