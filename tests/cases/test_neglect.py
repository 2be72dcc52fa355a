"""Early against late, tightness and sliding, and plans side by side."""

import math

import numpy as np
import pytest

import musclechain as mc
from musclechain.cases.course import read_slow_level
from musclechain.cases.neglect import NEARLY_BACK
from musclechain.cases.plans import read_remedy
from musclechain.cases.tightness import LESSON_STATES

BODY = mc.read_body()
NUMBERS = read_slow_level(BODY).values


# ---- early against late


def test_what_is_lost_and_how_long_it_takes_back_are_closed_forms():
    starts = mc.compare_starts(BODY, 0.2, (1, 4, 26))
    days, share = NUMBERS["length"], NUMBERS["length_share"]
    idle = NUMBERS["disuse_loss"] * read_remedy(BODY, "rest").values["unloaded"]
    for weeks, row in starts.iterrows():
        lost = share * 0.2 * -math.expm1(-7 * weeks / days)
        assert row["fibres_lost"] == pytest.approx(lost, abs=1e-4)
        assert row["fibres_back_days"] == pytest.approx(
            days * math.log(lost / NEARLY_BACK), abs=0.5
        )
        weaker = idle * -math.expm1(-7 * weeks / NUMBERS["disuse"])
        assert row["strength_lost"] == pytest.approx(weaker, abs=1e-4)


def test_later_starts_take_longer_up_to_what_can_be_lost_at_all():
    starts = mc.compare_starts(BODY)
    back = starts.filter(like="_back_days")
    assert (np.diff(back.to_numpy(), axis=0) > -1e-6).all()
    # two years cost no more than half a year: the laws have forgotten by then
    assert (back.loc[104] - back.loc[26]).max() < 2
    assert 60 < starts.at[104, "tissue_back_days"] < 365 and starts.at[1, "fibres_back_days"] < 30


def test_sarcomeres_of_animals_are_quicker_and_lose_all_of_the_held_length():
    starts = mc.compare_starts(BODY, 0.2, (26,)).iloc[0]
    assert starts["sarcomeres_lost"] == pytest.approx(0.2, abs=1e-3)
    assert starts["sarcomeres_back_days"] < starts["fibres_back_days"]


def test_what_was_hardly_lost_takes_no_time():
    starts = mc.compare_starts(BODY, 0.01, (0.1,)).iloc[0]
    assert starts["fibres_back_days"] == starts["tissue_back_days"] == 0
    assert starts["sarcomeres_back_days"] == 0


def test_drawn_numbers_give_a_range_round_the_days():
    starts = mc.compare_starts(BODY, 0.2, (4, 26), draws=40)
    for name in ("fibres", "tissue", "strength", "sarcomeres"):
        low, days, high = (starts[f"{name}_back_{end}"] for end in ("low", "days", "high"))
        assert (low < days).all() and (days < high).all(), name
    assert starts.equals(mc.compare_starts(BODY, 0.2, (4, 26), draws=40))
    # the values themselves do not depend on the draws
    plain = mc.compare_starts(BODY, 0.2, (4, 26))
    assert (starts[plain.columns] == plain).all(axis=None)


def test_starts_check_what_they_are_given():
    with pytest.raises(mc.CauseError, match="shorter must be a number from 0.01 to 0.4"):
        mc.compare_starts(BODY, 0.5)
    with pytest.raises(mc.CauseError, match="weeks must be a number from 0.1 to 1040"):
        mc.compare_starts(BODY, 0.2, (0,))


# ---- tightness


@pytest.fixture(scope="module")
def turns():
    return mc.find_joint_turns(mc.solve_lesson_states(BODY))


def test_tight_muscles_turn_no_joint_by_more_than_a_few_degrees(turns):
    assert list(turns.index) == list(LESSON_STATES)
    assert turns["tight_deg"].max() < 3
    assert turns["shift_mm"].max() < 1


def test_turns_of_a_pull_are_those_of_its_pose():
    pulled = mc.spread(BODY, mc.PullOn("biceps_femoris_long_head_left", 100))
    row = mc.find_joint_turns({"pull": pulled}).iloc[0]
    pose = pulled.pull_pose()
    assert row["tight_joint"] in ("hip_left", "hip_right")
    hip = pose.loc[row["tight_joint"].replace("hip", "thigh")] - pose.loc["pelvis"]
    assert row["tight_deg"] == pytest.approx(np.linalg.norm(hip), rel=0.02)


def test_twice_the_pull_shifts_twice_as_far():
    one, two = (
        mc.find_joint_turns({"": mc.spread(BODY, mc.PullOn("psoas_major_left", n))}).iloc[0]
        for n in (10, 20)
    )
    assert one["shift_mm"] > 0
    assert two["shift_mm"] == pytest.approx(2 * one["shift_mm"], rel=0.05)


def test_asked_for_nothing_nothing_turns():
    row = mc.find_joint_turns({"": mc.spread(BODY)}).iloc[0]
    assert row["turn_deg"] < 1e-4 and row["tight_deg"] < 1e-4 and row["shift_mm"] == 0


# ---- sliding


def test_layers_that_slide_less_and_more_change_little_and_opposite_ways():
    slid = mc.compare_sliding(BODY, mc.HamstringStrain("left", 2))
    assert list(slid) == ["usual", "less", "more"]
    usual, less, more = (one.table()["pull_N"] for one in slid.values())
    tendon = (less - usual).abs().idxmax()
    assert (less - usual)[tendon] * (more - usual)[tendon] < 0
    assert (less - usual).abs().max() < 0.05 * usual.abs().max()
    tether = [one.skeleton.constants["junction_tether"] for one in slid.values()]
    assert tether[1] > tether[0] > tether[2]
    assert tether[1] == pytest.approx(tether[0] * 70.2 / 56.4, rel=2e-3)
    assert tether[2] == pytest.approx(tether[0] * 7.0 / 8.1, rel=2e-3)


# ---- plans side by side


def test_plans_are_compared_with_what_they_do_not_do():
    uneven = mc.spread(BODY, mc.UnevenHips("left", 30))
    plan = mc.Plan([mc.Dose("static stretching", 3, 7, weeks=12), mc.Dose("balance work", 30, 2)])
    courses = {"nothing": mc.find_course(uneven), "plan": mc.find_course(uneven, plan)}
    table = mc.compare_courses(courses, 60)
    assert table.at["plan", "range_deg"] > table.at["nothing", "range_deg"] == 0
    assert table.at["plan", "range_deg_low"] < table.at["plan", "range_deg"]
    assert table.at["plan", "pelvis_deg"] == pytest.approx(
        table.at["nothing", "pelvis_deg"], abs=0.02
    )
    with pytest.raises(mc.CauseError, match="no course to compare"):
        mc.compare_courses({}, 60)
