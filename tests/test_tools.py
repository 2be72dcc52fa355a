"""The commands for whoever keeps the lessons: the table of lessons, and a new one to begin with."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from musclechain.__main__ import main
from musclechain.lessons.lesson import list_lessons
from musclechain.tools import new_lesson
from musclechain.tools.contents import describe_lessons
from musclechain.tools.new_lesson import write_lesson

NAME, TITLE = "98_lesson_to_try", "The lesson to try"


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """A copy of the checkout with one lesson more."""
    folder = tmp_path_factory.mktemp("copy")
    for part in ("musclechain", "notebooks", "data", "tests"):
        skipped = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "node_modules")
        shutil.copytree(root / part, folder / part, ignore=skipped)
    for part in ("README.md", "pyproject.toml"):
        shutil.copy(root / part, folder)
    write_lesson(folder, NAME, TITLE)
    return folder


def run(folder, *words):
    """Run Python in a folder, with the package that lies there."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_readme_has_the_lessons_that_there_are(root):
    assert describe_lessons() in (root / "README.md").read_text(encoding="utf-8"), (
        "run: python -m musclechain lessons --write README.md"
    )


def test_every_lesson_has_its_notebook_and_its_solution(root):
    here = {path.name for path in (root / "notebooks").glob("*.ipynb")}
    assert here == {lesson.notebook for lesson in list_lessons()}
    assert here == {path.name for path in (root / "notebooks" / "solutions").glob("*.ipynb")}


def test_a_lesson_says_of_itself_what_its_notebook_says(root):
    for lesson in list_lessons():
        text = (root / "notebooks" / lesson.notebook).read_text(encoding="utf-8")
        assert f"# {lesson.number} {lesson.title}\\n" in text
        assert f"**About {lesson.minutes} minutes.**" in text


def test_the_table_is_written_between_its_markers(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- lessons: start -->\nformer row\n<!-- lessons: end -->\nafter\n")
    assert main(["lessons", "--write", str(page)]) == 0
    written = page.read_text()
    assert (
        describe_lessons() in written
        and "former row" not in written
        and written.endswith("after\n")
    )
    assert main(["lessons"]) == 0
    assert capsys.readouterr().out.endswith(describe_lessons() + "\n")


def test_a_new_lesson_is_found_by_all_that_list_lessons(copy):
    """Nothing else is written, and the package offers its lab, its question and its row."""
    code = (
        "import musclechain as mc; body = mc.read_body();"
        " asked = type(mc.predict('lesson_to_try')).__name__;"
        " print(mc.LessonToTryLab(body).title, '|', asked, '|',"
        " mc.check_exercise('lesson_to_try', 3, body))"
    )
    said = run(copy, "-c", code)
    assert said.stdout.startswith(f"{TITLE} | Prediction | "), said.stderr[-2000:]
    assert "too little" in said.stdout
    assert f"notebooks/{NAME}.ipynb" in run(copy, "-m", "musclechain", "lessons").stdout


def list_reminders():
    """List what the templates of a lesson ask to be replaced, as far as it names nothing."""
    templates = Path(new_lesson.__file__).with_name("templates")
    texts = [(templates / name).read_text() for name in ("lesson.py.txt", "lesson.cells")]
    return re.findall(r"(?:Say|say in) [^\n\".]+\.?", "\n".join(texts))


def find_reminders(folder):
    """Find the reminders that the lessons of a checkout still hold."""
    lessons = [*folder.glob("notebooks/*.ipynb"), *folder.glob("musclechain/lessons/lesson_*.py")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in lessons}
    return {
        (name, words) for name, text in texts.items() for words in list_reminders() if words in text
    }


def test_no_lesson_keeps_what_its_template_asked_to_be_replaced(root, copy):
    assert find_reminders(root) == set()
    new = find_reminders(copy)
    assert {name for name, _ in new} == {f"{NAME}.ipynb", f"lesson_{NAME}.py"}
    assert {words for _, words in new} == set(list_reminders()) and len(list_reminders()) >= 8


@pytest.mark.notebook
@pytest.mark.thorough
def test_a_new_lesson_passes_the_tests_of_the_lessons(copy):
    """Its notebook and solution run, are kept as they should be, and its exercise is solved."""
    tests, marks = (
        ["tests/notebooks", "tests/labs/test_exercises.py"],
        ["-m", "thorough or not thorough"],
    )
    said = run(
        copy, "-m", "pytest", "-q", "-p", "no:xdist", "-k", "98 or lesson_to_try", *marks, *tests
    )
    assert said.returncode == 0 and "passed" in said.stdout, said.stdout[-3000:]


def test_a_new_lesson_is_tidy(copy):
    made = [copy / "musclechain" / "lessons" / f"lesson_{NAME}.py"]
    for words in (["check"], ["format", "--check"]):
        said = run(copy, "-m", "ruff", *words, *map(str, made))
        assert said.returncode == 0, said.stdout
    for path in (f"notebooks/{NAME}.ipynb", f"notebooks/solutions/{NAME}.ipynb"):
        text = (copy / path).read_text(encoding="utf-8")
        assert "$" not in text and json.loads(text)["nbformat"] == 4


@pytest.mark.parametrize(
    ("name", "title", "words"),
    [
        ("toe", "Toe", "no name of a lesson"),
        ("11-toe", "Toe", "no name of a lesson"),
        ("11_Toe", "Toe", "no name of a lesson"),
        ("11_toe", " ", "no title"),
        ("11_toe", 'The "toe"', "no title"),
        ("03_toe", "Toe", "number 03 is taken by 03_limp.ipynb"),
        ("97_limp", "Limp", "name limp is taken by 03_limp.ipynb"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(root, capsys, name, title, words):
    before = sorted((root / "musclechain" / "lessons").iterdir())
    assert main(["new-lesson", name, title, "--folder", str(root)]) == 2
    assert words in capsys.readouterr().err
    assert sorted((root / "musclechain" / "lessons").iterdir()) == before


def test_outside_of_a_checkout_it_says_so(tmp_path, capsys):
    assert main(["new-lesson", "11_toe", "Toe", "--folder", str(tmp_path)]) == 2
    assert "no checkout" in capsys.readouterr().err
