"""Exercises: open until answered, a hint for each wrong answer, right for the solution, and never
the solution in a hint."""

import ast
import io
import math
import re
from contextlib import redirect_stderr
from functools import cache

import ipywidgets as widgets
import pytest
from IPython.core.formatters import DisplayFormatter

import musclechain as mc
from musclechain.labs.exercises import find_structure, read_number
from musclechain.lessons.exercises import check_exercise
from musclechain.lessons.lesson import list_lessons
from tests.labs.parts import find_parts
from tests.names import NASTY
from tests.notebooks.lessons import NOTEBOOKS, is_solution, list_code, read_notebook

NEEDED = {"import", "body", "workbook"}
EXERCISES = {exercise.name: exercise for one in list_lessons() for exercise in one.exercises}


def collect(solutions):
    """Exercise cells of the notebooks: (notebook, name of the exercise, index of its cell)."""
    found = []
    for path in NOTEBOOKS:
        if is_solution(path) == solutions:
            for index, cell in list_code(read_notebook(path)):
                found += [
                    (path, name, index)
                    for name in re.findall(r'(?:check|ask)_exercise\("(\w+)"', cell.source)
                ]
    return found


@cache
def run_cells(path):
    """Run what the exercise cells of a notebook need (import, body and workbook, without the lab
    that is built beside them) and these cells, and give back the last value of each by its
    index."""
    names, values = {}, {}
    for index, cell in list_code(read_notebook(path)):
        begins = "mc.read_body()" in cell.source
        if begins or "exercise" in cell.metadata.get("tags", []):
            tree = ast.parse(cell.source)
            if begins:
                tree.body = [line for line in tree.body if NEEDED & set(ast.unparse(line).split())]
            shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, str(path), "exec"), names)
            if shown:
                values[index] = eval(compile(ast.Expression(shown.value), str(path), "eval"), names)
    return values


LESSONS, SOLUTIONS = collect(False), collect(True)


def test_each_exercise_is_set_once_and_solved_once():
    assert (
        sorted(name for _, name, _ in LESSONS)
        == sorted(EXERCISES)
        == sorted(name for _, name, _ in SOLUTIONS)
    )
    notebook_of = {own.name: one.notebook for one in list_lessons() for own in one.exercises}
    for path, name, index in (*LESSONS, *SOLUTIONS):
        assert path.name == notebook_of[name]
        assert "exercise" in read_notebook(path).cells[index].metadata.get("tags", [])


@pytest.mark.parametrize(
    ("path", "name", "index"), LESSONS, ids=lambda value: value if isinstance(value, str) else None
)
def test_a_lesson_asks_and_nothing_typed_can_break_the_page(path, name, index):
    asked = run_cells(path)[index]
    assert asked.exercise.name == name and asked.exercise.text.endswith(("?", "."))
    assert asked.reply.state == "open" and not asked.reply.is_right
    assert asked.check("  ").state == "open"
    for typed in ("%", "1e999", "mc.spread(", "soleu", "-0,0", NASTY):
        assert asked.check(typed).state == "not yet", typed
    words = find_parts(asked, widgets.HTML)[-1].value
    assert "<img" not in words and "role='status'" in words


@pytest.mark.parametrize(
    ("path", "name", "index"),
    SOLUTIONS,
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_solution_is_accepted_and_says_why(path, name, index):
    with redirect_stderr(io.StringIO()) as said:
        reply = run_cells(path)[index]
    assert said.getvalue() == ""
    assert reply.is_right and reply.message == EXERCISES[name].because
    assert DisplayFormatter().format(reply)[0]["text/html"]


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if is_solution(path)], ids=str)
def test_solutions_are_these_cells_alone(path):
    """So that they have run from top to bottom, with warnings for errors, when the tests above
    have passed (tests/notebooks/test_execution.py)."""
    first, *others = [index for index, _ in list_code(read_notebook(path))]
    begin = ast.parse(read_notebook(path).cells[first].source).body
    assert all(NEEDED & set(ast.unparse(line).split()) for line in begin)
    assert [index for of, _, index in SOLUTIONS if of == path] == others


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [(name, *one) for name, exercise in EXERCISES.items() for one in exercise.mistakes],
)
def test_a_wrong_answer_gets_a_hint_that_fits_it(body, name, value, words):
    reply = check_exercise(name, value, body)
    assert reply.state == "not yet" and words in reply.message
    assert EXERCISES[name].because not in reply.message


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_says_what_is_answered_first_and_is_no_number_or_name_at_all(body, name):
    assert len(EXERCISES[name].mistakes) >= 2
    for value in (None, True, [], {}, object(), float("nan"), b"", 10**400):
        reply = check_exercise(name, value, body)
        assert reply.state == "not yet" and reply.message.endswith((".", "?")), value


def test_names_may_be_written_as_the_picture_writes_them_or_as_ids(body):
    for name in ("Soleus", "soleus_left", "Soleus, left", "soleus", " SOLEUS "):
        assert check_exercise("shared_root", name, body).is_right, name


def test_a_muscle_in_parts_may_be_named_as_a_whole(body):
    for name in ("Gastrocnemius", "gastrocnemius, left", "gastrocnemius_left"):
        assert check_exercise("shared_root", name, body).is_right, name
        assert check_exercise("the_neighbour", name, body).is_right, name
    assert find_structure(body, "Gastrocnemius, medial head", body.structures) == (
        "gastrocnemius_medial_head_left"
    )
    assert find_structure(body, "head", body.structures) is None


def test_a_part_of_a_name_is_enough_where_only_one_structure_has_it(body):
    for name in ("sacrotuberous", " Sacrotuberous ", "sacrotuberous, left"):
        assert find_structure(body, name, body.structures) == "sacrotuberous_ligament_left", name
    for name in ("left", "muscle", "ligament", " ", ","):
        assert find_structure(body, name, body.structures) is None, name


@pytest.mark.parametrize(
    "text", ["2,5", "2.5 mm", " 2,5mm ", "+2.50 mm", "about 2.5 mm", "ca. 2,5", "≈2.5"]
)
def test_a_number_may_be_typed_with_a_comma_and_with_its_unit(body, text):
    assert read_number(text, "mm") == 2.5
    assert repr(check_exercise("springs_in_series", text, body)) == repr(
        check_exercise("springs_in_series", 2.5, body)
    )


@pytest.mark.parametrize(
    "text, number",
    [("2,410", 2410), ("-12,500 mm", -12500), ("0,125", 0.125), ("1234,567", 1234.567)],
)
def test_a_comma_before_three_digits_parts_thousands(text, number):
    assert read_number(text, "mm") == number


@pytest.mark.parametrize(
    "text", ["", "mm", "2,5,1", "2 5", "two", "2 miles", "nan", "inf", "0x10", "about", "2 about"]
)
def test_what_is_no_number_is_not_read_as_one(text):
    assert math.isnan(read_number(text, "mm"))


@pytest.mark.parametrize("text", ["2.5 N", "2,5 cm", "2.5 kg", "2.5°"])
def test_a_number_in_another_unit_is_no_answer(body, text):
    """The right number of the wrong thing must not be called right."""
    assert math.isnan(read_number(text, "mm"))
    reply = check_exercise("springs_in_series", text, body)
    assert not reply.is_right and "millimetres" in reply.message


def test_the_expected_answer_follows_the_body(body):
    """A body with a stiffer way takes another pull: nothing is typed into the exercise."""
    loose = body.without("gluteus_maximus_left").without("sacrotuberous_ligament_left")
    turned = [
        -mc.spread(one, mc.PullOn("biceps_femoris_long_head_left", 160), posture=False)
        .pose()
        .at["pelvis", "flexion_deg"]
        for one in (body, loose)
    ]
    assert abs(turned[0] - turned[1]) > 0.05
    told = [check_exercise("turn_the_pelvis", 160, one).message for one in (body, loose)]
    assert told[0] != told[1] or abs(turned[1] - 2) <= 0.1


def test_html_in_an_answer_stays_text(nasty_body):
    for name in ("the_neighbour", "shared_root"):
        assert "<img" not in check_exercise(name, NASTY, nasty_body)._repr_html_()
    told = check_exercise("shared_root", "gluteus_maximus_left", nasty_body)
    assert "<img" not in told._repr_html_()


def test_an_unknown_exercise_is_named(body):
    with pytest.raises(ValueError, match="no exercise 'dance'; there are"):
        check_exercise("dance", 1)
