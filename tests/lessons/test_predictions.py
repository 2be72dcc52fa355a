"""What a class predicted: counted from its files, with the marks of all on one body."""

import html
import re

import ipywidgets as widgets
import pytest

import musclechain as mc
from musclechain.labs.workbook import Page, write_page
from musclechain.lessons.lesson import list_lessons
from tests.labs.parts import find_parts
from tests.names import NASTY

QUESTIONS = {
    name: question for lesson in list_lessons() for name, question in lesson.predictions.items()
}


def hand_in(folder, learner, answer, marks, name="strain", lesson="02_hamstring_strain"):
    place = folder / learner
    place.mkdir(parents=True)
    page = Page(lesson, learner, {f"prediction {name}": answer}, {name: marks})
    write_page(page, place / f"{lesson}.answers.json")


def read_words(shown):
    return html.unescape(" ".join(box.value for box in find_parts(shown, widgets.HTML)))


@pytest.fixture
def folder(tmp_path):
    choices = QUESTIONS["strain"].choices
    hand_in(tmp_path, "ana", choices[0], ["soleus_left", "psoas_major_left"])
    hand_in(tmp_path, "ben", choices[3], ["soleus_left", "soleus_left"])
    hand_in(tmp_path, "eva", choices[3], ["no_such_muscle"])
    return tmp_path


def test_choices_and_marks_are_counted(folder, body):
    shown = mc.show_predictions(folder, body)
    choices = QUESTIONS["strain"].choices
    assert shown.asked == "strain"
    assert shown.count_choices() == dict(zip(choices, (1, 0, 0, 2), strict=True))
    assert shown.count_marks() == {"soleus_left": 2, "psoas_major_left": 1}


def test_votes_and_marks_come_before_what_the_model_shows(folder, body):
    hand_in(folder, "kim", QUESTIONS["limp"].choices[0], ["soleus_right"], "limp", "03_limp")
    shown = mc.show_predictions(folder, body)
    assert "this one" not in read_words(shown) and "The model" not in read_words(shown)
    assert (
        shown.map.tally and shown.map.step_labels == mc.BodyMap(body, mc.spread(body)).step_labels
    )
    shown.reveal.value = True
    assert "this one" in read_words(shown)
    shown.menu.value = "limp"
    assert not shown.reveal.value and "this one" not in read_words(shown)


def test_the_body_shows_the_model_with_the_marks_on_it(folder, body):
    shown = mc.show_predictions(folder, body)
    shown.reveal.value = True
    assert shown.map.tally == {"soleus_left": 2, "psoas_major_left": 1} and shown.map.labels
    asked = QUESTIONS["strain"].solve(body)
    assert shown.map.step_labels == mc.BodyMap(body, asked).step_labels
    svg = shown.map.to_svg()
    assert "2× Soleus" in svg and "1× Psoas" in svg
    change = asked.table()["change_N"]["soleus_left"]
    words = read_words(shown)
    assert f"{abs(change):.1f} N" in words and "Soleus, left" in words
    right, told = QUESTIONS["strain"].compare(body)
    assert told in words
    assert re.search(rf"{re.escape(right)}</t[dh]><td[^>]*>2</td><td[^>]*>this one", words)


def test_each_prediction_has_its_turn(folder, body):
    hand_in(folder, "kim", QUESTIONS["limp"].choices[0], ["soleus_right"], "limp", "03_limp")
    shown = mc.show_predictions(folder, body)
    assert [value for _, value in shown.menu.options] == ["strain", "limp"]
    shown.menu.value = "limp"
    assert shown.map.tally == {"soleus_right": 1}
    assert QUESTIONS["limp"].text in read_words(shown)


def test_what_cannot_be_read_is_left_out_and_named(folder, body):
    for number in range(8):
        (folder / f"{number}.answers.json").write_text("{", encoding="utf-8")
    shown = mc.show_predictions(folder, body)
    assert len(shown.pages) == 3 and len(shown.problems) == 8
    words = read_words(shown)
    assert "0.answers.json, row 1, column 2" in words and "and 3 more" in words


def test_names_of_files_and_muscles_are_shown_as_text(tmp_path, body):
    graph = body.graph.copy()
    graph.nodes["soleus_left"].update(name=NASTY, plain_name=NASTY)
    hand_in(tmp_path, "ana", NASTY, ["soleus_left"])
    (tmp_path / "a&b.answers.json").write_text("{", encoding="utf-8")
    shown = mc.show_predictions(tmp_path, mc.Body.from_graph(graph))
    written = " ".join(box.value for box in find_parts(shown, widgets.HTML))
    assert "<img" not in written and "a&amp;b.answers" in written and "&lt;img" in written


def test_a_folder_without_answers_says_so(tmp_path, body):
    shown = mc.show_predictions(tmp_path, body)
    assert shown.asked == "" and "No file with a prediction" in read_words(shown)


@pytest.mark.parametrize(("name", "beside"), [("gone", True), ("/gone/for/good", False)])
def test_a_folder_that_is_not_there_is_named_without_an_error(body, name, beside):
    words = read_words(mc.show_predictions(name, body))
    assert f"There is no folder '{name}'." in words and ("beside this page" in words) == beside


@pytest.mark.parametrize("name", [name for name in QUESTIONS if QUESTIONS[name].solve])
def test_the_state_of_a_question_is_the_one_that_its_lab_opens(name, body):
    question = QUESTIONS[name]
    starts = {
        "latissimus": (mc.PullLab, {"structure": "latissimus_dorsi_left"}),
        "lift": (mc.LiftLab, {"side": "left", "height": 0}),
        "strain": (mc.HamstringLab, {}),
        "bend": (mc.BendLab, {"degrees": 90, "shorter": 0}),
        "limp": (mc.LimpLab, {}),
        "reach": (mc.FeetLab, {}),
        "hips": (mc.HipsLab, {}),
        "one_leg": (mc.OneLegLab, {}),
        "sore": (mc.ReferredLab, {}),
    }
    kind, values = starts[name]
    opened = kind(body, **values).solve(**question.setting).table()["change_N"]
    asked = question.solve(body).table()["change_N"]
    assert opened.sub(asked).abs().max() < 1e-9
