"""Questions: nothing is told before an answer, each wrong answer has its hint, and text stays
text."""

import ipywidgets as widgets
import pytest

import musclechain as mc
from musclechain.labs.questions import Check, NumberCheck, Prediction, after
from tests.labs.parts import find_parts
from tests.names import NASTY


def read_note(question):
    return find_parts(question, widgets.HTML)[-1].value


def choose(question, choice):
    find_parts(question, widgets.RadioButtons)[0].value = choice


@pytest.fixture
def prediction():
    return Prediction("Which calf works harder?", ["left", "right"])


@pytest.fixture
def check():
    return Check(
        "Which nerve?",
        {
            "sciatic": "",
            "femoral": "That one runs in front.",
            "tibial": "Close: it is a part of it.",
        },
        "It supplies the back of the thigh.",
    )


@pytest.fixture
def number():
    return NumberCheck("How many newtons?", 12.5, 0.5, "Look at the card.", "The card says 12.5 N.")


def test_a_prediction_starts_empty_and_is_told_once_made(prediction):
    heard = []
    prediction.observe(lambda change: heard.append(change["new"]), "answer")
    assert prediction.answer == "" and find_parts(prediction, widgets.RadioButtons)[0].value is None
    choose(prediction, "right")
    assert prediction.answer == "right" and heard == ["right"]
    assert "You predicted: <b>right</b>" in read_note(prediction)


def test_a_prediction_may_be_changed_but_not_taken_back(prediction):
    for choice in ("right", "left", None):
        choose(prediction, choice)
    assert prediction.answer == "left"


def test_only_a_prediction_with_a_lab_speaks_of_playing(body):
    for name, words in (
        ("limp", "Press Play, and watch"),
        ("climb", "Press Play, and watch"),
        ("hundred", "The figures are below"),
    ):
        asked = mc.predict(name, body)
        choose(asked, asked.choices[0])
        assert words in read_note(asked)


def test_what_answers_a_prediction_is_shown_after_it(prediction, body):
    finding = mc.describe_loads(mc.spread(body), mc.spread(body, mc.Limp("left")))
    shown = after(prediction, finding)
    assert "Answer the prediction" in shown.value and "table" not in shown.value
    choose(prediction, "left")
    assert shown.value == finding._repr_html_()
    assert after(prediction, finding).value == finding._repr_html_()


@pytest.mark.parametrize("choices", [[], ["only"], ["same", "same"]])
def test_a_question_needs_two_different_choices(choices):
    with pytest.raises(ValueError, match="two different choices"):
        Prediction("?", choices)


def test_a_check_answers_with_the_hint_of_that_choice(check):
    assert read_note(check) == ""
    choose(check, "femoral")
    assert "Not yet" in read_note(check) and "runs in front" in read_note(check)
    choose(check, "tibial")
    assert "Close" in read_note(check) and "runs in front" not in read_note(check)
    choose(check, "sciatic")
    assert "Right" in read_note(check) and "supplies the back of the thigh" in read_note(check)


def test_a_check_says_its_answer_as_a_message(check):
    assert check.check_answer("sciatic") == ""
    assert check.check_answer("femoral")


@pytest.mark.parametrize("hints", [{"a": "no", "b": "no"}, {"a": "", "b": ""}])
def test_exactly_one_choice_is_right(hints):
    with pytest.raises(ValueError, match="Exactly one"):
        Check("?", hints, "because")


def answer(number, text):
    find_parts(number, widgets.Text)[0].value = text
    find_parts(number, widgets.Button)[0].click()
    return read_note(number)


@pytest.mark.parametrize("text", ["12.5", " 12.5 ", "12,5", "12", "13.0", "1.3e1"])
def test_a_number_near_enough_is_right(number, text):
    assert "Right" in answer(number, text) and "The card says" in read_note(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("11.9", "Too small. Look at the card."),
        ("13.1", "Too large. Look at the card."),
        ("−12.5", "Too small"),
        ("", "Give a number"),
        ("twelve", "Give a number"),
        ("nan", "Give a number"),
        ("inf", "Give a number"),
    ],
)
def test_a_wrong_number_says_where_to_look(number, text, words):
    said = answer(number, text)
    assert "Not yet" in said and words in said and "The card says" not in said


def test_a_unit_may_follow_if_it_is_the_one_that_is_asked_for():
    force = NumberCheck("How much?", 12.5, 0.1, "hint", "because", unit="N")
    assert "Right" in answer(force, "12,5 N") and "Right" in answer(force, "12.5 newtons")
    assert "Right" in answer(force, "12.5")
    for text in ("12.5 mm", "12.5 kg", "N"):
        assert "in digits, in N" in answer(force, text)


def test_nothing_is_judged_before_the_button_is_pressed(number):
    find_parts(number, widgets.Text)[0].value = "12.5"
    assert read_note(number) == ""


def test_an_empty_answer_is_not_zero():
    assert "Give a number" in answer(NumberCheck("How much?", 0, 0.1, "hint", "because"), "")


def test_html_in_a_question_is_shown_as_text():
    check = Check(NASTY, {NASTY: NASTY, "b": ""}, NASTY)
    prediction = Prediction(NASTY, [NASTY, "b"])
    number = NumberCheck(NASTY, 1, 0, NASTY, NASTY)
    choose(check, NASTY)
    choose(prediction, NASTY)
    written = [
        box.value for one in (check, prediction, number) for box in find_parts(one, widgets.HTML)
    ] + [answer(number, text) for text in ("0", "1")]
    choose(check, "b")
    assert not any("<img" in text or '<b>&"' in text for text in [*written, read_note(check)])
    assert sum("&lt;img" in text for text in written) >= 7
