"""Binder's recipe for this repository: the Python that it takes, and what it installs."""

import importlib.util
import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def recipe(root, missing_tool):
    """Dockerfile that Binder's builder writes for this checkout; nothing is built, Docker is not
    needed."""
    if importlib.util.find_spec("repo2docker") is None:
        missing_tool("jupyter-repo2docker is not installed, so Binder's recipe was not checked")
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    answer = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    # File names in the recipe are escaped: "-2e" stands for ".".
    return re.sub(
        r"-([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), answer.stdout + answer.stderr
    )


def test_recipe_takes_python_312(recipe):
    versions = re.findall(r"environment\.py-?(\d+\.\d+)", recipe)
    assert set(versions) == {"3.12"}


def test_recipe_installs_the_requirements(recipe):
    assert re.search(r'^RUN \S+/bin/pip install .*-r "requirements\.txt"', recipe, re.MULTILINE)


def test_recipe_copies_the_package_before_it_installs_it(recipe):
    """The line "." of requirements.txt is this checkout, so the whole of it must be there by
    then."""
    assert recipe.index("src/ ${REPO_DIR}/") < recipe.index('-r "requirements.txt"')
