"""What lesson 07 says of the model is so."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.lessons import lesson_07_spasm_fascia_and_memory as lesson
from musclechain.lessons.course import DAYS, HABITS, KEPT, follow
from musclechain.lessons.examples import CAUSES
from musclechain.lessons.lesson import find_lesson
from musclechain.lessons.treatment import find_starts, find_strongest_turns
from musclechain.mechanics.guarding import THEORIES

LESSON = find_lesson("07_spasm_fascia_and_memory")
START = {
    "cause": "a strained hamstring",
    "guarding": 0.0,
    "theory": THEORIES[0],
    "kept": "for good",
    "sliding": "usual",
}


@pytest.mark.parametrize(
    ("name", "choice", "words"),
    [
        ("course", "Within two months", "6 weeks, without guarding after 3 weeks"),
        ("outlasting", "By none of them", "once it has gone by 0.9 N"),
        ("late", "Hardly any longer", "4 months after half a year, 4 months after two"),
        ("place", "By less than half of one", "0.2 mm at most"),
    ],
)
def test_what_each_prediction_is_answered_with(body, name, choice, words):
    right, said = LESSON.predictions[name].compare(body)
    assert right == choice and right in LESSON.predictions[name].choices and words in said


def test_tasks_are_answered_by_the_course_as_the_script_expects(body):
    told = [
        task.tell_answer(follow(body, {**START, **task.setting})) for task in LESSON.tasks["course"]
    ]
    assert told[1:4] == [
        "Guarding",
        "As with guarding off",
        "Anything from gone to as strong as can be",
    ]
    assert told[7].startswith("Hardly anything")


def test_only_habits_are_left_and_every_choice_can_be_followed(body):
    for cause in CAUSES:
        for kept in list(KEPT)[:2]:
            course = follow(body, {**START, "cause": cause, "kept": kept})
            ends = course.slow.asked.kept_until
            assert np.isfinite(ends) == (cause in HABITS and KEPT[kept] is not None)
            assert course.days == DAYS[-1]


def test_a_course_that_never_stops_hurting_has_no_last_day(body):
    strong = body.with_parameters(guarding_loop_gain=2.0)
    course = follow(strong, {**START, "guarding": 1.0})
    assert course.find_painless_days() == np.inf
    right, _ = lesson.compare_gone(strong)
    assert right == LESSON.predictions["course"].choices[2]
    quiet = follow(body, {**START, "cause": "uneven hips"})
    assert quiet.find_painless_days() == 0.0


def test_the_first_weeks_make_the_way_back_longer_and_years_no_more(body):
    back = find_starts(body)[[f"{name}_back_days" for name in lesson.HUMAN]].max(axis=1)
    assert back.loc[1] + 7 < back.loc[4] < back.loc[26] - 7
    assert back.loc[104] - back.loc[26] < 1
    assert (find_starts(body)["sarcomeres_back_days"] < 14).all()


def test_tight_muscles_turn_no_joint_by_two_degrees_and_move_no_vertebra_by_half_a_mm(body):
    turns = find_strongest_turns(body)
    assert turns["tight_deg"].max() < 2 and turns["shift_mm"].max() < 0.5


def test_charts_of_the_page_wait_for_their_prediction(body, monkeypatch):
    late = mc.predict("late", body)
    chart = mc.show_starts(body, late)
    assert chart.is_covered
    late.answer = late.choices[0]
    assert not chart.is_covered and "way back" in chart.said.sentence
    asked = []
    monkeypatch.setattr(
        lesson, "map_circles", lambda result, draws: asked.append(draws) or iter(())
    )
    outlasting = mc.predict("outlasting", body)
    circles = mc.show_circles(body, outlasting)
    assert asked == [] and "Answer the prediction" in circles.write_still()
    outlasting.uncover()
    assert asked == [lesson.CIRCLES]
