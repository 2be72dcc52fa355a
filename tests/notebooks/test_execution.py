"""Every notebook, lessons and solutions, runs from top to bottom from a fresh kernel. In the gate
the lessons run in the browser alone, which asks the same and more (tests/browser/test_access.py),
and all solutions but one without a kernel (tests/labs/test_exercises.py); ``-m "notebook or
thorough"`` runs them here too."""

import re

import pytest
from nbclient import NotebookClient

from tests.kernels import let_draw
from tests.notebooks.lessons import FOLDER, NOTEBOOKS, is_solution, list_code, read_notebook

IN_THE_GATE = next(path for path in NOTEBOOKS if is_solution(path))


@pytest.mark.notebook
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path == IN_THE_GATE else pytest.mark.thorough)
        for path in NOTEBOOKS
    ],
    ids=str,
)
def test_notebook_runs_without_an_error_or_a_warning(path, tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    let_draw(tmp_path / "ipython", 10)
    notebook = read_notebook(path)
    folder = str((FOLDER / path).parent)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}
    ).execute()
    for index, cell in list_code(notebook):
        words = "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
        assert not words, f"cell {index} wrote to stderr: {words}"
        shown = " ".join(
            str(value)
            for output in cell.outputs
            for kind, value in output.get("data", {}).items()
            if kind.startswith("text/")
        )
        raw = re.search(r"\w+: (True|False|None)\b", shown)
        assert is_solution(path) or not raw, f"cell {index} shows {raw} to students"
