"""Time and plans in words: the sentences follow the figures, whichever way these fall."""

import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.mechanics.circle import CircleLine, Echo
from musclechain.views.words.causes import describe_causes
from musclechain.views.words.findings.slow import say_days

# what a lesson about pain does not say of a body
FRIGHTENING = ("damage", "worn", "out of place", "must be released", "degenerat", "torn apart")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "less than a day"),
        (1, "1 day"),
        (7, "7 days"),
        (28, "4 weeks"),
        (182, "6 months"),
        (365, "12 months"),
        (728, "2 years"),
    ],
)
def test_a_time_is_said_in_the_unit_that_people_count_it_in(days, words):
    assert say_days(days) == words


def test_a_course_without_pain_and_one_whose_pain_stays(body):
    calm = mc.describe_course(mc.find_course(mc.spread(body, mc.UnevenHips("left", 30))))
    assert calm.sentence.startswith("Nothing hurts here. ")
    assert "its fibres get" in calm.sentence and "AD01" in calm.sentence
    strong = body.with_parameters(guarding_loop_gain=1.2)
    strain = mc.spread(strong, mc.HamstringStrain("left", 2), guarding=1.0)
    stays = mc.describe_course(mc.find_course(strain))
    assert "The pain does not go: after 12 months it is at 100 %" in stays.sentence
    fades = mc.describe_course(mc.find_course(mc.spread(body, mc.HamstringStrain("left", 2))))
    assert "hardly any is left after 3 weeks" in fades.sentence
    assert "nine of ten" not in fades.sentence
    assert list(fades.table["After"])[:2] == ["at the beginning", "7 days"]


def test_the_end_of_the_pain_is_told_with_the_range_of_the_draws(body):
    courses = [
        mc.find_course(mc.spread(body, mc.HamstringStrain("left", 2), guarding=guarding), days=730)
        for guarding in (0.0, 1.0)
    ]
    off, full = (mc.describe_course(course, draws=60).sentence for course in courses)
    assert "after 3 weeks (between 2 weeks and 5 weeks in nine of ten courses tried)." in off
    assert (
        "after 6 weeks (between 4 weeks and more than 2 years in nine of ten courses tried)."
        in full
    )
    stays = np.isinf(courses[1].draw(60).find_painless_days())
    assert stays.mean() > 0.05, "more than one in twenty: the upper end is open"


def test_a_short_course_shows_its_own_days(body):
    course = mc.find_course(mc.spread(body, mc.HamstringStrain("left", 1)), days=10)
    assert len(mc.describe_course(course).table) == 2


def make_starts(*backs):
    rows = [
        {
            f"{name}_{what}": value
            for name in ("fibres", "tissue", "strength", "sarcomeres")
            for what, value in (("lost", 0.1), ("back_days", back))
        }
        for back in backs
    ]
    return pd.DataFrame(rows, index=pd.Index([26, 104][: len(backs)], name="weeks"))


def test_waiting_longer_costs_nothing_or_something():
    same = mc.describe_starts(make_starts(100.0, 100.0)).sentence
    assert "Whether one waits 6 months or 2 years makes no difference" in same
    more = mc.describe_starts(make_starts(100.0, 130.0)).sentence
    assert "Waiting 2 years in place of 6 months costs 4 weeks" in more
    assert "makes no difference" not in mc.describe_starts(make_starts(100.0)).sentence


def test_an_echo_goes_on_or_does_not():
    gone, on = Echo(30.0, 0.0, 0.0, True), Echo(30.0, 90.0, 2.0, False)
    none = mc.describe_echoes({"vicious circle": gone, "redistribution": Echo(0, 0, 0, True)})
    assert none.sentence.startswith("By none of these theories does guarding go on")
    assert "by redistribution it changes nothing here" in none.sentence
    stays = mc.describe_echoes({"vicious circle": on, "redistribution": gone})
    assert stays.sentence.startswith("By vicious circle guarding goes on when its cause has gone")
    assert list(stays.table["Goes on by itself"]) == ["yes", "no"]


def test_the_border_of_a_circle_and_its_draws():
    border = CircleLine("vicious circle", (0.2, 0.5, 0.8), (np.inf, 4.0, 2.0), 0.08, 0.05)
    found = mc.describe_circle(border, np.array([0.0, 0.0, 1.5, np.nan]))
    assert "from a loop gain of 2.0 on where levels hand on 80 %" in found.sentence
    assert "and never where they hand on 20 %" in found.sentence
    turned = CircleLine("vicious circle", (0.8, 0.5, 0.2), (2.0, 4.0, np.inf), 0.08, 0.05)
    assert mc.describe_circle(turned).sentence == mc.describe_circle(border).sentence
    assert "Of 3 circles" in found.sentence and "1 goes on." in found.sentence
    assert found.table.iloc[:, 1].tolist() == ["never", "4.0", "2.0"]
    never = CircleLine("redistribution", (0.5,), (np.inf,), 0.04, 0.05)
    assert "never keeps itself going" in mc.describe_circle(never).sentence


def test_joints_that_turn_and_joints_that_do_not():
    row = {"joint": "hip_left", "turn_deg": 12.0, "tight_joint": "l5_s1"}
    still = pd.DataFrame([{**row, "tight_deg": 0.02, "shift_mm": 0.01}], index=["a limp"])
    said = mc.describe_joint_turns(still).sentence
    assert "tight muscles alone turn no joint by a tenth of a degree" in said
    assert "by less than a tenth of a mm" in said and "the left hip by 12 degrees" in said
    turned = still.assign(tight_deg=1.4, shift_mm=0.6)
    said = mc.describe_joint_turns(turned).sentence
    assert "turn the base of the spine (L5/S1) by 1.4 degrees at most" in said
    assert "by 0.6 mm at most" in said


def test_layers_that_slide_alike_change_nothing(body):
    result = mc.spread(body, mc.UnevenHips("left", 20))
    found = mc.describe_sliding({"usual": result, "less": result, "more": result})
    assert "changes no tension to speak of, and" in found.sentence
    assert "turns no bone by a tenth of a degree" in found.sentence


def test_sessions_name_what_is_gone_and_what_was_never_measured(body):
    found = mc.describe_sessions(body)
    assert "softer by up to 5.2 % (TX01)" in found.sentence
    assert "of neither anything to speak of is left after an hour" in found.sentence
    table = found.table.set_index("Remedy")["Gone after"]
    assert table["Sports massage"] == "3 minutes" and table["Rest"] == "nothing measured"


def test_a_plan_says_what_it_gives_and_what_it_does_not(body):
    plan = mc.Plan([mc.Dose("strengthening", 60, 2), mc.Dose("shoes")], "Mine")
    found = mc.describe_plan(body, plan)
    assert found.title == "The plan: Mine" and "21 % more strength" in found.sentence
    assert "It moves no bone to another place" in found.sentence
    assert found.table.iloc[1, -1] == "nothing that grows"
    assert mc.describe_plan(body, mc.Plan()).sentence == "The plan is to do nothing."
    shoes = mc.describe_plan(body, mc.Plan(mc.Dose("shoes")))
    assert "gives nothing that was measured" in shoes.sentence
    assert shoes.sentence.endswith("longer or shorter.")
    rest = mc.describe_plan(body, mc.Plan(mc.Dose("rest")))
    assert "gives legs that carry 50 % less and get weaker." in rest.sentence


def test_plans_side_by_side(body):
    result = mc.spread(body, mc.HamstringStrain("left", 2))
    plan = mc.Plan(mc.Dose("Pilates", 60, 2, weeks=12))
    courses = {"nothing": mc.find_course(result), "pilates": mc.find_course(result, plan)}
    found = mc.describe_plans(mc.compare_courses(courses, 10, draws=10))
    assert "With pilates: " in found.sentence and "less pain" in found.sentence
    assert " to " in found.table["Pain (0 to 100)"][1]
    alone = mc.compare_courses({"nothing": courses["nothing"]}, 10, draws=2)
    assert mc.describe_plans(alone).sentence == "There is one plan only."


def test_what_a_plan_costs_is_said_like_what_it_gives(body):
    result = mc.spread(body, mc.UnevenHips("left", 30))
    plans = {"nothing": None, "rest": mc.Plan(mc.Dose("rest", weeks=6))}
    courses = {name: mc.find_course(result, plan) for name, plan in plans.items()}
    found = mc.describe_plans(mc.compare_courses(courses, 42, draws=2))
    assert "With rest: 14 % less strength by week 6" in found.sentence
    turned = mc.describe_plans(mc.compare_courses(dict(reversed(courses.items())), 42, draws=2))
    assert "With nothing: 14 % more strength by week 6" in turned.sentence


def test_a_later_day_is_called_by_its_cause_and_day(body):
    course = mc.find_course(mc.spread(body, mc.UnevenHips("left", 30)))
    later = course.result_on(30)
    assert describe_causes(later) == "The left hip 30 mm higher, on day 30"
    assert len(later.story()) > 1


def test_no_finding_frightens(body):
    strain = mc.spread(body, mc.HamstringStrain("left", 2), guarding=1.0)
    plan = mc.Plan([mc.Dose("deep massage"), mc.Dose("rest")])
    said = [
        mc.describe_course(mc.find_course(strain, plan)),
        mc.describe_starts(mc.compare_starts(body)),
        mc.describe_plan(body, plan),
        mc.describe_sessions(body),
        mc.describe_joint_turns(mc.find_joint_turns({"a strain": strain})),
    ]
    for finding in said:
        assert not any(word in finding.sentence.lower() for word in FRIGHTENING)
