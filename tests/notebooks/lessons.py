"""The notebooks of the checkout, and what their tests read from them."""

import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = [
    path.relative_to(FOLDER)
    for path in sorted(FOLDER.rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in path.parts
]


def read_notebook(path):
    """Read a notebook, given its path from ``notebooks/``."""
    return nbformat.read(FOLDER / path, as_version=4)


def is_solution(path):
    """Whether a notebook is one of the solutions rather than a lesson."""
    return path.parts[0] == "solutions"


def list_code(notebook):
    """List the code cells, each with its index."""
    return [(index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]


def list_text(notebook):
    """List the texts of the Markdown cells, without what stands in code blocks or code spans."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    without_blocks = [
        re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL) for text in texts
    ]
    return [re.sub(r"`[^`\n]*`", "", text) for text in without_blocks]
