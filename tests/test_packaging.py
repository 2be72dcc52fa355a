"""The wheel: the package with its data, its JavaScript and its styles, and nothing else."""

import os
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """Path of a wheel built from this checkout with the tools of this environment (no network)."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder),
    ]
    subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    (path,) = folder.glob("musclechain-*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_data_file(root, names):
    wanted = {f"musclechain/data/{path.name}" for path in (root / "data").glob("*.csv")}
    assert wanted and wanted <= names


def test_wheel_holds_every_file_of_the_package(root, names):
    kinds = {".py", ".js", ".css"}
    paths = [path for path in (root / "musclechain").rglob("*") if path.suffix in kinds]
    wanted = {path.relative_to(root).as_posix() for path in paths}
    assert {os.path.splitext(name)[1] for name in wanted} == kinds and wanted <= names


def test_wheel_holds_nothing_else(names):
    assert {name.split("/")[0].split("-")[0] for name in names} == {"musclechain"}
    assert not [name for name in names if "__pycache__" in name or "tests" in name]


def test_installed_wheel_finds_its_own_data(root, wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = "import musclechain as mc; print(mc.__file__); print(len(mc.read_body().graph))"
    # PYTHONPATH comes before an editable install, so the unpacked wheel is the one imported.
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    place, count = answer.stdout.split()
    assert place.startswith(str(tmp_path)) and int(count) > 100
