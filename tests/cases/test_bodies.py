"""Bodies made for a lesson, two springs against the hand calculation; and poses that go with
lessons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import musclechain as mc
from musclechain.cases.bodies import ARRANGEMENTS

STIFFNESS = st.integers(1, 100)


def solve(arrangement, k1, k2, newtons):
    """Force in each spring (N) and the way of the hook's knot (mm), from the model."""
    result = mc.spread(mc.two_springs(arrangement, k1, k2), mc.PullOn("hook", newtons))
    found = mc.describe_springs(result).table.set_index("Spring")["Gets longer by (mm)"][
        "Both together"
    ]
    return result.table().loc[["spring_1", "spring_2"], "pull_N"].to_list(), found


@settings(max_examples=15, deadline=None)
@given(STIFFNESS, STIFFNESS, st.integers(5, 60))
def test_springs_in_series_as_worked_out_by_hand(k1, k2, newtons):
    forces, moved = solve("series", k1, k2, newtons)
    assert forces == pytest.approx([newtons, newtons], rel=0.01)
    assert moved == pytest.approx(newtons * (1 / k1 + 1 / k2), rel=0.01, abs=0.006)


@settings(max_examples=15, deadline=None)
@given(STIFFNESS, STIFFNESS, st.integers(5, 60))
def test_springs_in_parallel_as_worked_out_by_hand(k1, k2, newtons):
    forces, moved = solve("parallel", k1, k2, newtons)
    assert forces == pytest.approx([newtons * k1 / (k1 + k2), newtons * k2 / (k1 + k2)], rel=0.01)
    assert moved == pytest.approx(newtons / (k1 + k2), rel=0.01, abs=0.006)


def test_two_springs_are_a_body_like_any_other():
    toy = mc.two_springs("series")
    assert toy.structures == ("hook", "spring_1", "spring_2")
    assert not any(
        line.computed for line in toy.without("spring_2").lines if line.structure == "spring_1"
    ), "a spring that is fixed to nothing pulls on nothing"
    alone = mc.spread(mc.two_springs("parallel").without("spring_1"), mc.PullOn("hook", 30)).table()
    assert alone.at["spring_2", "pull_N"] == pytest.approx(30, rel=0.01)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("star",), "'series' or 'parallel'"),
        (("series", 0), "k1"),
        (("series", 10, 101), "k2"),
        (("parallel", "10"), "k1"),
    ],
)
def test_springs_that_make_no_sense_are_refused_in_words(given, words):
    with pytest.raises(mc.CauseError, match=words):
        mc.two_springs(*given)


def test_two_springs_keep_to_what_they_promise():
    toy = mc.two_springs("parallel")
    assert "BodyMap" in mc.two_springs.__doc__ and "describe_springs" in mc.two_springs.__doc__
    assert toy.parameter("junction_tether") == 0.1
    pulled = mc.spread(toy, mc.PullOn("hook", 30))
    assert len(mc.describe_springs(pulled).table) == 3
    assert (
        mc.spread(toy.scaled("spring_1", stiffness=2), mc.PullOn("hook", 30)).table().shape[0] == 3
    )
    assert mc.find_soft_path(toy, "hook", "spring_2") == ["hook", "spring_2"]
    assert not toy.chains and not toy.nerve_paths
    with pytest.raises(mc.UnknownStructureError, match="biceps_femoris_long_head_left"):
        mc.spread(toy, mc.HamstringStrain("left"))


@pytest.mark.parametrize("wrong", [["series"], None, 3])
def test_an_arrangement_of_another_type_is_told(wrong):
    with pytest.raises(mc.CauseError, match="arrangement must be"):
        mc.two_springs(wrong)


def test_a_lifted_leg_is_a_held_pose(body):
    lift = mc.spread(body, mc.LegLift("left", 20, 4)).table()["after_N"]
    pose = mc.HoldPose(
        {
            "thigh_left": (20, 0, 0),
            "shank_left": (20, 0, 0),
            "lumbar": (0, 2, 0),
            "thorax": (0, 2, 0),
        },
        lifted_foot="left",
    )
    assert (lift - mc.spread(body, pose).table()["after_N"]).abs().max() < 1e-9


def test_lifting_the_other_leg_mirrors_the_answer(body):
    left, right = (
        mc.spread(body, mc.LegLift(side, 10)).table()["change_N"] for side in ("left", "right")
    )
    assert left["gluteus_medius_right"] == pytest.approx(right["gluteus_medius_left"], rel=1e-3)


@pytest.mark.parametrize("given", [("middle",), ("left", 51), ("left", -1), ("left", 0, 30)])
def test_a_lift_out_of_range_is_refused(given):
    with pytest.raises(mc.CauseError):
        mc.LegLift(*given)


def test_the_hips_do_the_share_that_is_asked_of_them(body):
    tilt = [
        mc.spread(body, mc.ForwardBend(30, hip_share=share)).pose().at["pelvis", "flexion_deg"]
        for share in (0.1, 0.4, 0.7)
    ]
    assert tilt[0] < tilt[1] - 5 < tilt[2] - 10
    with pytest.raises(mc.CauseError, match="hip_share"):
        mc.ForwardBend(30, hip_share=1.5)


def test_arrangements_are_the_two_of_the_lesson():
    assert set(ARRANGEMENTS) == {"series", "parallel"}
