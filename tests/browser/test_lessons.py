"""Every lesson in JupyterLab, as a student runs it: Run All, with nobody answering."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [path.relative_to(ROOT) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
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
