"""The habits of the code, held by the tools of the test environment."""

import subprocess
import sys
from importlib.util import find_spec

import pytest


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
    ],
    ids=" ".join,
)
def test_the_code_keeps_its_habits(root, missing_tool, command):
    tool, *words = command
    if find_spec(tool) is None:
        missing_tool(f'{tool} is not installed (pip install -e ".[test]")')
    said = subprocess.run(
        [sys.executable, "-m", tool, *words], cwd=root, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stdout + said.stderr
