"""Lessons in JupyterLab as it comes, as a student runs them: Run All, with nobody answering."""

import inspect
import re
from pathlib import Path

import ipywidgets
import nbformat
import pytest

import musclechain as mc

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [path.relative_to(ROOT) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


def list_kinds(path):
    """List the kinds of panels that a lesson shows; all labs are one."""
    code = [cell.source for cell in nbformat.read(ROOT / path, 4).cells if cell.cell_type == "code"]
    called = set(re.findall(r"mc\.([A-Z]\w+|predict|ask_exercise)\(", "\n".join(code)))
    kinds = set()
    for name in called:
        thing = getattr(mc, name)
        if not inspect.isclass(thing):
            kinds.add(name)
        elif issubclass(thing, ipywidgets.Widget):
            kinds.add("Lab" if issubclass(thing, mc.Lab) else name)
    return kinds - {"BodyMap"}  # which every lab has


def find_needed():
    """Find the lessons that bring a kind of panel which none before them has; all but the richest
    are marked as thorough."""
    known, needed = set(), []
    others = {"marks": pytest.mark.thorough}
    for path in sorted(LESSONS, key=lambda path: -len(list_kinds(path))):
        if list_kinds(path) - known:
            needed.append(pytest.param(path, **others) if needed else path)
            known |= list_kinds(path)
    return needed


@pytest.mark.parametrize("path", find_needed(), ids=lambda path: path.stem)
def test_every_panel_appears_when_a_reader_scrolls_to_it(open_plain_notebook, path):
    """JupyterLab as it comes paints a cell only once it is near the window."""
    page = open_plain_notebook(path)
    for cell in page.read_cells():
        if cell["widgets"]:
            page.show_cell(cell["index"])
            assert page.count_views(cell["index"]) >= cell["widgets"], (
                f"cell {cell['index']} shows no panel"
            )
    assert page.list_problems() == []
