"""The nerve at the piriformis: what presses on it follows from geometry and tension."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.tables import read_tables
from musclechain.cases.piriformis import (
    MUSCLE,
    VARIANTS,
    read_frequency,
    read_spread,
    trace_course,
)
from musclechain.mechanics.change import CauseError
from musclechain.mechanics.interface import find_bend, press_of_bend, press_of_parting


@pytest.fixture(scope="module")
def raised(body):
    return mc.raise_leg(body, mc.StraightLegRaise("left", 60))


def test_a_bend_presses_with_what_its_two_ends_add_up_to():
    at, before = np.zeros(3), np.array([-1.0, 0, 0])
    for degrees in (0, 30, 90, 170):
        turn = np.radians(degrees)
        after = np.array([np.cos(turn), np.sin(turn), 0])
        assert find_bend(before, at, after) == pytest.approx(turn, abs=1e-12)
        both = 10 * (after - at) + 10 * (before - at)
        assert press_of_bend(10, turn) == pytest.approx(np.linalg.norm(both), abs=1e-9)


def test_a_parted_muscle_presses_as_a_string_that_is_pushed_aside():
    # T d (1/a + 1/b) for a small d
    assert press_of_parting(50, 1e-4, 0.05, 0.1) == pytest.approx(50 * 1e-4 * 30, rel=1e-3)
    assert press_of_parting(50, 0.0, 0.05, 0.1) == 0


def test_the_way_over_bends_the_nerve_most_and_a_tense_muscle_presses_on_the_others(raised):
    quiet = {variant: mc.find_interface(raised, variant) for variant in VARIANTS}
    assert quiet["over"].nerve_bend_deg > 20 > quiet["under"].nerve_bend_deg
    assert quiet["over"].nerve_bend_deg > 20 > quiet["through"].nerve_bend_deg
    for variant, one in quiet.items():
        tense = mc.find_interface(raised, variant, piriformis_n=100)
        assert tense.from_nerve_n == one.from_nerve_n
        assert tense.muscle_n == pytest.approx(one.muscle_n + 100)
        gain = tense.from_muscle_n - one.from_muscle_n
        assert gain == 0 if variant == "over" else 2 < gain < 40
        # no friction: what a cord presses with grows as its tension
        twice = mc.find_interface(raised, variant, piriformis_n=200)
        assert twice.from_muscle_n - tense.from_muscle_n == pytest.approx(gain, abs=1e-9)
        assert one.load_n == one.from_nerve_n + one.from_muscle_n


@pytest.mark.parametrize("variant", VARIANTS)
def test_more_of_the_hip_presses_more(body, variant):
    loads = [
        mc.find_interface(mc.raise_leg(body, mc.StraightLegRaise("left", deg)), variant).load_n
        for deg in (0, 30, 60, 90)
    ]
    assert (np.diff(loads) > 0).all()


@pytest.mark.parametrize("variant", VARIANTS)
def test_sides_are_mirrored(body, raised, variant):
    other = mc.raise_leg(body, mc.StraightLegRaise("right", 60))
    one, two = (mc.find_interface(each, variant, 50) for each in (raised, other))
    assert one.load_n == pytest.approx(two.load_n, abs=1e-4)
    assert one.nerve_bend_deg == pytest.approx(two.nerve_bend_deg, abs=1e-6)


def test_the_numbers_have_a_source_and_a_range(body):
    rows = [row for row in body.graph.graph["cases"] if row.case.startswith("piriformis")]
    assert {row.quantity for row in rows} == set(MUSCLE)
    assert all(row.low <= row.value <= row.high for row in rows)
    assert [read_frequency(body, variant) for variant in VARIANTS] == sorted(
        (read_frequency(body, variant) for variant in VARIANTS), reverse=True
    )
    for variant in VARIANTS:
        low, high = read_spread(body, variant)
        assert 0 < low < read_frequency(body, variant) < high < 1


def test_what_cannot_be_asked_is_refused_in_words(body, raised):
    with pytest.raises(CauseError, match="variant must be 'under' or 'through' or 'over'"):
        mc.find_interface(raised, "beside")
    with pytest.raises(CauseError, match="piriformis_n must be a number from 0 to 500 N"):
        mc.find_interface(raised, "under", -1)
    cut = mc.raise_leg(body, mc.StraightLegRaise("left", 60), mc.Cut("piriformis_left"))
    with pytest.raises(CauseError, match="no piriformis_left; undo its cut"):
        mc.find_interface(cut)


def test_the_load_is_told_with_its_variants(raised):
    said = mc.describe_interface(raised, piriformis_n=50)
    loads = [mc.find_interface(raised, variant, 50).load_n for variant in VARIANTS]
    assert said.table["Presses (N)"].to_list() == pytest.approx(np.round(loads, 1))
    assert said.sentence.startswith("With the left leg raised by 60 degrees")
    assert f"{loads[0]:.1f} N under" in said.sentence
    assert f"add up to {said.table['In (% of people)'].sum()} % and not to 100" in said.sentence
    assert "as often in cadavers as in patients" in said.sentence


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_course_that_is_drawn_has_the_bends_that_press(raised, variant):
    course = trace_course(raised, variant)
    points = [course.before[-1], *course.past, course.after[0]]
    bends = [find_bend(*points[i : i + 3]) for i in range(len(points) - 2)]
    told = mc.find_interface(raised, variant).nerve_bend_deg
    assert np.degrees(sum(bends)) == pytest.approx(told, abs=1e-6)
    run = np.vstack([course.before, course.past, course.after])
    assert (np.diff(run[:, 1]) <= 1e-6).all()  # from the spine down


@pytest.mark.parametrize("degrees", [0, 60])
def test_the_course_lies_in_the_posture_of_the_data(body, degrees):
    """However the pelvis has rolled, its places are those of data/nerve_points.csv."""
    raised = mc.raise_leg(body, mc.StraightLegRaise("right", degrees))
    (row,) = [
        row
        for row in read_tables().nerve_points
        if (row.nerve, row.branch, row.point) == ("sciatic", "trunk", 4)
    ]
    gaps = trace_course(raised).after * 1000 - [row.x_mm, row.y_mm, row.z_mm]
    assert np.linalg.norm(gaps, axis=1).min() < 1e-6
