"""Raising a straight leg and the slump test: what carries the resistance, and what tells muscle
from nerve."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import musclechain as mc
from musclechain.cases.raises import CARRIERS, LYING, raise_through
from musclechain.mechanics import bench
from musclechain.mechanics.change import CauseError
from tests.counting import count_calls

HAMSTRINGS = [f"{name}_left" for name in mc.HAMSTRINGS]
CALF = ["soleus_left", "gastrocnemius_medial_head_left", "gastrocnemius_lateral_head_left"]
RAISES = st.builds(
    mc.StraightLegRaise,
    side=st.sampled_from(["left", "right"]),
    degrees=st.floats(0, 100),
    ankle_deg=st.floats(-30, 25),
    neck_deg=st.floats(0, 50),
    knee_deg=st.floats(0, 60),
)
SLUMPS = st.builds(
    mc.Slump,
    side=st.sampled_from(["left", "right"]),
    knee_deg=st.floats(10, 90),
    ankle_deg=st.floats(-30, 25),
    neck_deg=st.floats(0, 50),
    slump_deg=st.floats(0, 50),
)


def pull(found, names):
    return found.carriers.loc[names, "tension_N"].sum()


def joint_moments(found):
    """Moment of all tissue at each watched joint."""
    rested = found.rested
    return rested.line_nm.sum(axis=0) + rested.nerve_nm + rested.joint_nm


# ---- balance and laws


@given(test=st.one_of(RAISES, SLUMPS))
@settings(max_examples=25, deadline=None)
def test_what_is_free_is_in_balance_and_what_resists_adds_up(body, test):
    found = mc.raise_leg(body, test)
    rested = found.rested
    moments = dict(zip(rested.posture.watched, joint_moments(found), strict=True))
    rolled = sum(
        free.roll * given for free, given in zip(rested.posture.freedoms, rested.given, strict=True)
    )
    for free in rested.posture.freedoms:
        felt = sum(share * moments[bone] for bone, share in free.turns.items())
        assert felt + free.roll * rested.bench.roll_nm * np.sin(rolled) == pytest.approx(
            0, abs=1e-5
        )
    assert found.carriers["moment_Nm"].sum() == pytest.approx(found.tissue_nm, abs=1e-9)
    assert found.shares().sum() == pytest.approx(found.tissue_nm, abs=1e-9)
    assert (rested.tension >= 0).all() and (rested.nerve.tension >= 0).all()


def test_no_work_is_left_after_a_round(body):
    """What resists is the slope of one energy: hip up, foot up, hip down, foot down again."""
    corners = [(20, -10), (70, -10), (70, 20), (20, 20), (20, -10)]
    shares = np.linspace(0, 1, 41)
    tests = [
        mc.StraightLegRaise("left", hip + part * (hip2 - hip), foot + part * (foot2 - foot))
        for (hip, foot), (hip2, foot2) in zip(corners, corners[1:], strict=False)
        for part in shares
    ]
    found = raise_through(body, tests)
    watched = found[0].rested.posture.watched
    columns = [watched.index(bone) for bone in ("thigh_left", "foot_left")]
    felt = np.array([joint_moments(one)[columns] for one in found])
    turned = np.radians([(one.degrees, one.ankle_deg) for one in tests])
    mean, step = (felt[1:] + felt[:-1]) / 2, np.diff(turned, axis=0)
    work = (mean * step).sum(axis=1)
    assert abs(work.sum()) < 0.002 * np.abs(work).sum()


@given(test=RAISES)
@settings(max_examples=15, deadline=None)
def test_sides_are_mirrored(body, test):
    other = mc.StraightLegRaise(
        "right" if test.side == "left" else "left",
        test.degrees,
        test.ankle_deg,
        test.neck_deg,
        test.knee_deg,
    )
    one, two = mc.raise_leg(body, test), mc.raise_leg(body, other)
    assert one.tissue_nm == pytest.approx(two.tissue_nm, abs=1e-4)
    assert one.pelvis_deg == pytest.approx(two.pelvis_deg, abs=1e-4)
    assert one.strands().to_numpy() == pytest.approx(two.strands().to_numpy(), abs=1e-3)


@given(test=RAISES)
@settings(max_examples=10, deadline=None)
def test_what_came_before_does_not_matter(body, test):
    """Hip first or ankle first: the end is the same."""
    side = test.side
    hip_first = [
        mc.StraightLegRaise(side, test.degrees / 2),
        mc.StraightLegRaise(side, test.degrees),
        test,
    ]
    ankle_first = [mc.StraightLegRaise(side, 0, test.ankle_deg), test]
    ends = [
        raise_through(body, way)[-1].nerve["strain_percent"] for way in (hip_first, ankle_first)
    ]
    assert ends[0].to_numpy() == pytest.approx(ends[1].to_numpy(), abs=1e-4)


def test_higher_is_tighter(body):
    found = raise_through(body, [mc.StraightLegRaise("left", float(d)) for d in range(10, 101, 5)])
    for values in (
        [one.tissue_nm for one in found],
        [one.pelvis_deg for one in found],
        [one.shares()["nerve"] for one in found],
        [one.strands().at["sciatic", "added_percent"] for one in found],
        [one.strands().at["plantar", "added_percent"] for one in found],
        [one.weight_nm * -1 for one in found],
    ):
        assert (np.diff(values) > 0).all()
    steps = np.diff([one.tissue_nm for one in found])
    assert (np.diff(steps[6:]) > 0).all(), "toward the end it gets steep"


def test_the_foot_adds_to_calf_and_tibial_nerve_and_not_to_the_hamstrings(body):
    plain, up = (mc.raise_leg(body, mc.StraightLegRaise("left", 60, deg)) for deg in (0, 20))
    assert pull(up, CALF) > pull(plain, CALF) + 100
    assert pull(up, HAMSTRINGS) == pytest.approx(pull(plain, HAMSTRINGS), rel=0.01)
    for strand in ("tibial", "plantar"):
        gain = up.strands().loc[strand] - plain.strands().loc[strand]
        assert gain["added_percent"] > 0.3 and gain["tension_N"] > 0.5
    assert (
        up.strands().at["sciatic", "added_percent"] > plain.strands().at["sciatic", "added_percent"]
    )
    # the deep fibular nerve passes in front of the ankle
    assert (
        up.strands().at["fibular", "added_percent"] < plain.strands().at["fibular", "added_percent"]
    )


def test_the_neck_adds_to_the_nerve_alone(body):
    plain, bent = (mc.raise_leg(body, mc.StraightLegRaise("left", 60, 0, deg)) for deg in (0, 45))
    for strand in ("canal", "root", "sciatic", "tibial", "plantar"):
        assert (
            bent.strands().at[strand, "added_percent"] > plain.strands().at[strand, "added_percent"]
        )
    assert (
        bent.strands().at["canal", "added_percent"]
        > 1 + plain.strands().at["canal", "added_percent"]
    )
    assert pull(bent, HAMSTRINGS) == pytest.approx(pull(plain, HAMSTRINGS), rel=0.01)
    assert pull(bent, CALF) == pytest.approx(pull(plain, CALF), rel=1e-3)


def test_the_pelvis_rolls_with_the_leg_from_early_on(body):
    """Hip and pelvis add up to the leg, and the pelvis has ever more of it."""
    found = raise_through(body, [mc.StraightLegRaise("left", float(d)) for d in (0, 15, 45, 75)])
    for one in found:
        assert one.hip_deg + one.pelvis_deg == pytest.approx(one.test.degrees, abs=1e-6)
    rolled = [one.pelvis_deg for one in found]
    assert rolled[0] == pytest.approx(0, abs=1e-6) and rolled[1] > 0.3
    assert rolled[3] / 75 > rolled[2] / 45 > 0


def test_muscle_carries_the_resistance_and_nerve_a_small_part_of_it(body):
    found = mc.raise_leg(body, mc.StraightLegRaise("left", 80))
    shares = found.shares()
    assert list(shares.index) == list(CARRIERS)
    assert shares["muscle"] > 5 * shares["nerve"] > 0
    assert found.carriers.loc[HAMSTRINGS, "moment_Nm"].sum() > 0.7 * found.tissue_nm


def test_the_slump_pulls_the_nerve_from_both_ends(body):
    def strain(**asked):
        return mc.raise_leg(body, mc.Slump("left", **asked)).strands()["added_percent"]

    straight, bent = strain(), strain(knee_deg=60)
    assert straight["tibial"] > bent["tibial"] and straight["sciatic"] > bent["sciatic"]
    for more in ({"slump_deg": 40}, {"neck_deg": 45}):
        assert (strain(**more) > straight)[["canal", "root", "sciatic", "tibial", "plantar"]].all()
    # the knee meets the hamstrings of a bent hip
    assert mc.raise_leg(body, mc.Slump("left", 20)).shares()["muscle"] > 10


# ---- range of motion


def test_the_range_is_where_the_resistance_passes_the_limit(body):
    test = mc.StraightLegRaise("left")
    usual = mc.find_range(body, test, 15)
    at = mc.raise_leg(body, mc.StraightLegRaise("left", usual))
    assert at.tissue_nm == pytest.approx(15, abs=1e-3) and 50 < usual < 90
    assert mc.find_range(body, test, 10) < usual < mc.find_range(body, test, 20)
    knee = mc.find_range(body, mc.Slump("left"), 15)
    at = mc.raise_leg(body, mc.Slump("left", knee))
    assert at.tissue_nm == pytest.approx(15, abs=1e-3) and 10 < knee < 60


def test_muscle_limits_by_moment_and_nerve_by_stretch(body):
    test, up = mc.StraightLegRaise("left"), mc.StraightLegRaise("left", ankle_deg=20)
    usual = mc.find_range(body, test, 15)
    short = mc.find_range(body, test, 15, mc.Shorten(mc.HAMSTRINGS, 20))
    soft = mc.find_range(body, test, 15, [mc.Soften(name, 0.5) for name in HAMSTRINGS])
    assert short < usual - 5 < usual + 2 < soft
    for nerve, least, most in ((0.5, 0, 2), (2.0, -2, 0)):
        assert least < mc.find_range(body, test, 15, nerve=nerve) - usual < most
    # with the foot up the nerve is stretched as much earlier, the muscle resists as before
    assert mc.find_range(body, up, 15) == pytest.approx(usual, abs=0.5)
    by_stretch = [mc.find_range(body, one, limit_percent=6) for one in (test, up)]
    assert by_stretch[1] < by_stretch[0]


def test_a_range_without_an_end_is_the_end_of_what_can_be_asked(body):
    assert mc.find_range(body, mc.StraightLegRaise("left"), limit_percent=30) == 120
    slack = [mc.Shorten(mc.HAMSTRINGS, 0)]
    assert mc.find_range(body, mc.StraightLegRaise("left"), 15, slack) == pytest.approx(
        mc.find_range(body, mc.StraightLegRaise("left"), 15), abs=1e-4
    )


# ---- the door


def test_errors_say_what_to_change(body):
    with pytest.raises(CauseError, match="degrees must be a number from 0 to 120"):
        mc.StraightLegRaise("left", 200)
    with pytest.raises(CauseError, match="side must be 'left' or 'right'"):
        mc.Slump("both")
    with pytest.raises(CauseError, match="StraightLegRaise"):
        mc.raise_leg(body, mc.ForwardBend(20))
    with pytest.raises(CauseError, match="nerve must be a number from 0.01 to 100"):
        mc.raise_leg(body, mc.Slump("left"), nerve=0)
    with pytest.raises(CauseError, match="Give one limit"):
        mc.find_range(body, mc.Slump("left"))
    with pytest.raises(CauseError, match="limit_nm must be a number"):
        mc.find_range(body, mc.Slump("left"), -1)
    with pytest.raises(CauseError, match="first value must be a body"):
        mc.raise_leg("body", mc.Slump("left"))
    with pytest.raises(CauseError, match="The body has no lumbar"):
        mc.raise_leg(mc.two_springs("series"), mc.Slump("left"))


@pytest.mark.parametrize("nerve", [0.01, 100.0])
@pytest.mark.parametrize(
    "test",
    [
        mc.StraightLegRaise("left", 120, 25, 60),
        mc.StraightLegRaise("left", 120, -40, -20, 90),
        mc.Slump("left", 0, 25, 60, 60),
        mc.Slump("left", 90, -40, -20, 0),
    ],
)
def test_the_corners_of_what_can_be_asked_are_solved(body, test, nerve):
    found = mc.raise_leg(body, test, mc.Shorten(mc.HAMSTRINGS, 60), nerve=nerve)
    assert found.rested.left_nm < 1e-5 and np.isfinite(found.carriers["moment_Nm"]).all()


def test_a_cut_muscle_carries_nothing(body):
    found = mc.raise_leg(body, mc.StraightLegRaise("left", 70), mc.Cut("semimembranosus_left"))
    whole = mc.raise_leg(body, mc.StraightLegRaise("left", 70))
    assert "semimembranosus_left" not in found.carriers.index
    assert found.tissue_nm < whole.tissue_nm


@pytest.mark.parametrize("quantity", sorted(LYING))
def test_every_number_of_lying_says_where_it_comes_from_and_matters(body, quantity):
    (row,) = (row for row in body.graph.graph["cases"] if row.quantity == quantity)
    assert row.case == "lying" and row.low <= row.value <= row.high
    low, high = (
        mc.raise_leg(body, mc.StraightLegRaise("left", 80), numbers={quantity: end}).pelvis_deg
        for end in (row.low, row.high)
    )
    assert abs(low - high) > 0.1


def test_a_raise_in_sixty_frames_is_looked_at_seldom(body, monkeypatch):
    """How long that takes: tests/benchmarks/raise_speed.py."""
    looked = count_calls(monkeypatch, bench._Problem, "look")
    tests = [mc.StraightLegRaise("right", float(deg)) for deg in np.linspace(0, 90, 60)]
    mc.raise_leg(body, tests[0])
    before = len(looked)
    raise_through(body, tests)
    through = len(looked) - before
    for test in tests:
        mc.raise_leg(body, test)
    alone = len(looked) - before - through
    assert len(tests) <= through <= 4 * len(tests) and through < 0.7 * alone
