"""What the README promises: its commands, its picture and its links, and the shape of the
repository."""

import re
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ALLOWED = {
    "notebooks",
    "musclechain",
    "data",
    "tests",
    "requirements.txt",
    "README.md",
    "pyproject.toml",
    "LICENSE",
    "runtime.txt",
    "CITATION.cff",
}


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def find_command(readme, name):
    """Find the one line of the code block below the marker ``<!-- command: name -->``."""
    block = re.search(rf"<!-- command: {name} -->\n```bash\n(.+)\n```", readme)
    assert block, f"README.md lacks the command {name}"
    return block[1]


def test_readme_opens_with_a_picture_of_a_lesson(readme):
    first = [line for line in readme.splitlines() if line and not line.startswith("#")][0]
    assert re.fullmatch(r"!\[.{20,}\]\(notebooks/images/\w+\.(png|webp)\)", first)


def test_every_relative_link_of_the_readme_leads_somewhere(root, readme):
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", readme)
    assert links and not [link for link in links if not (root / link).exists()]


def test_start_command_installs_the_requirements_and_opens_the_first_lesson(readme):
    steps = find_command(readme, "start").split(" && ")
    assert steps[1].endswith("pip install -r requirements.txt")
    assert steps[2].endswith("jupyter lab notebooks/00_start_here.ipynb")


def test_windows_lines_are_the_same_commands(readme):
    block = re.search(r"```bat\n(.+?)\n```", readme, re.DOTALL)[1].splitlines()
    for line, name in zip(block, ("start", "test"), strict=True):
        command = (
            find_command(readme, name)
            .replace("python3 -m", "py -m")
            .replace(".venv/bin/", ".venv\\Scripts\\")
        )
        assert line == command.replace("notebooks/", "notebooks\\")


def test_ci_runs_the_test_command_of_the_readme(root, readme):
    """CI reads the command from the README; it must find what a reader sees and have none of its
    own."""
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    program = re.search(r"awk '(.+?)'", script, re.DOTALL)[1]
    found = subprocess.run(
        ["awk", program, str(root / "README.md")], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == find_command(readme, "test")
    # what stands before the last && installs, and tools are waited for between the two
    assert re.findall(r'eval "(.+)"', script) == ["${command% && *}", "${command##* && }"]
    assert "pip install" not in script and "pytest" not in script.replace("README", "")


def test_test_tools_stay_out_of_the_teaching_environment(root):
    lines = (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted[-1] == "."
    requirements = [Requirement(line) for line in wanted[:-1]]
    names = {requirement.name for requirement in requirements}
    assert names == {
        "jupyterlab",
        "ipywidgets",
        "anywidget",
        "networkx",
        "plotly",
        "contourpy",
        "numpy",
        "scipy",
        "pandas",
        "pydantic",
        "threadpoolctl",
    }
    for requirement in requirements:
        assert {part.operator for part in requirement.specifier} == {
            ">=",
            "<",
        }, f"{requirement} is not a range"


def test_top_level_holds_nothing_else(root):
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a Git checkout, so its own files cannot be told from others")
    top = {Path(line.strip('"')).parts[0] for line in listing.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == ALLOWED


def test_the_table_of_lessons_names_each_lesson_and_the_time_it_states(root, readme):
    rows = dict(
        re.findall(r"^\| \[.+?\]\((notebooks/.+?)\) \|.*\| (\d+) \|$", readme, re.MULTILINE)
    )
    assert sorted(rows) == sorted(
        str(path.relative_to(root).as_posix()) for path in (root / "notebooks").glob("*.ipynb")
    )
    for name, minutes in rows.items():
        assert f"**About {minutes} minutes.**" in (root / name).read_text(encoding="utf-8"), (
            f"{name} states another time"
        )
