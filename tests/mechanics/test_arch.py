"""The arch of a standing foot keeps its laws, and gives way about as cadaver feet do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import musclechain as mc
from musclechain.cases.foot import FOOT, draw_foot_numbers, find_arch, read_foot
from musclechain.mechanics.arch import FootLoad, find_energy, find_slope, solve_arch
from musclechain.mechanics.change import CauseError, SolveError

LOADS = st.builds(
    FootLoad,
    newtons=st.floats(0, 2000),
    forward_m=st.floats(-0.02, 0.14),
    tendon_nm=st.floats(-10, 10),
    eversion_rad=st.floats(-0.3, 0.3),
)


@pytest.fixture(scope="module")
def foot(body):
    return read_foot(body, "right")


@pytest.fixture(scope="module")
def standing(body):
    return mc.spread(body)


def cut(foot):
    return replace(foot, slips=(), slip_n_per_m=np.zeros(0))


@given(load=LOADS)
@settings(max_examples=60, deadline=None)
def test_the_forefoot_is_in_balance(foot, load):
    """Moments about the arch joint, from the forces themselves."""
    arch = solve_arch(foot, load)
    lifted = arch.ball_n * (arch.ball[0] - arch.joint[0]) + load.tendon_nm
    held = foot.ligament_nm_per_rad * arch.flattening_rad
    for slip, rest, tension in zip(arch.slips, foot.slips, arch.slip_n, strict=True):
        first = int((rest[:, 0] < foot.joint[0]).sum())
        back = (slip[first - 1] - slip[first]) / np.linalg.norm(slip[first - 1] - slip[first])
        arm = slip[first] - arch.joint
        held -= tension * (arm[0] * back[1] - arm[1] * back[0])
    assert lifted == pytest.approx(held, abs=1e-9)
    assert arch.heel_n + arch.ball_n == pytest.approx(load.newtons, abs=1e-9)
    assert (arch.slip_n >= 0).all(), "a slip cannot push"
    assert arch.ball[1] == pytest.approx(0, abs=1e-12) == arch.heel[1]


@given(load=LOADS, pitch=st.floats(-0.2, 0.2))
@settings(max_examples=60, deadline=None)
def test_the_slope_is_that_of_the_energy(foot, load, pitch):
    step = 1e-6
    measured = find_energy(foot, load, pitch + step) - find_energy(foot, load, pitch - step)
    assert find_slope(foot, load, pitch) == pytest.approx(measured / (2 * step), abs=2e-4, rel=1e-5)


def test_the_bones_keep_their_length(foot):
    arch = solve_arch(foot, FootLoad(700, 0.05, 1.0, np.radians(8)))
    for end in ("heel", "ball"):
        now, before = (np.linalg.norm(one.joint - getattr(one, end)) for one in (arch, foot))
        assert now == pytest.approx(before, abs=1e-12)


def test_without_a_load_nothing_gives_way(foot):
    arch = solve_arch(foot, FootLoad(0.0, 0.05))
    assert (arch.drop_mm, arch.flattening_deg, arch.fascia_n) == pytest.approx((0, 0, 0), abs=1e-9)


def test_more_load_flattens_more_and_without_a_jump(foot):
    drops = [solve_arch(foot, FootLoad(n, 0.05)).drop_mm for n in range(0, 2001, 50)]
    steps = np.diff(drops)
    assert (steps > 0).all() and np.abs(np.diff(steps)).max() < 0.1 * steps.mean()
    rolled = [
        solve_arch(foot, FootLoad(368, 0.05, 0, np.radians(deg))).drop_mm
        for deg in np.arange(-15, 15.5, 0.5)
    ]
    steps = np.diff(rolled)
    assert (steps > 0).all() and np.abs(np.diff(steps)).max() < 0.1 * steps.mean()


def test_feet_are_mirrored(body):
    """The same foot on either side, and of a mirrored cause a mirrored arch."""
    for left, right in (
        (mc.RollingFoot("left", 7), mc.RollingFoot("right", 7)),
        (mc.Limp("left", 0.6), mc.Limp("right", 0.6)),
    ):
        one, other = (
            find_arch(mc.spread(body, cause), side)
            for cause, side in ((left, "left"), (right, "right"))
        )
        assert one.drop_mm == pytest.approx(other.drop_mm, abs=1e-6)
        assert one.fascia_n == pytest.approx(other.fascia_n, abs=1e-6)
    quiet = mc.spread(body)
    assert find_arch(quiet, "left").drop_mm == pytest.approx(
        find_arch(quiet, "right").drop_mm, abs=1e-9
    )


def test_the_ground_under_both_parts_is_that_of_the_whole_foot(standing):
    arch, ground = find_arch(standing, "left"), standing.ground().loc["left"]
    assert arch.heel_n + arch.ball_n == pytest.approx(ground.upward_N, abs=1e-9)
    ankle = standing.state.stance.geometry.pose.origin[standing.skeleton.feet[0], 0]
    middle = arch.heel_n * arch.heel[0] + arch.ball_n * arch.ball[0]
    assert middle / ground.upward_N == pytest.approx(ground.forward_mm / 1000 - ankle, abs=1e-3)


def test_a_lifted_foot_bears_nothing(body):
    arch = find_arch(mc.spread(body, mc.HoldPose({}, lifted_foot="left")), "left")
    assert arch.drop_mm == pytest.approx(0, abs=1e-9) and arch.load.newtons == 0


def test_cutting_the_fascia_takes_a_quarter_of_the_stiffness(body, foot, standing):
    """FT35, from which the stiffness of the ligaments is taken; the loads are those of the rig."""
    for newtons in (230, 460, 690):
        whole, without = (solve_arch(one, FootLoad(newtons, 0.05)) for one in (foot, cut(foot)))
        assert 1 - whole.drop_mm / without.drop_mm == pytest.approx(0.25, abs=0.02)
    lost = find_arch(mc.spread(body.without("plantar_fascia_left")), "left")
    assert lost.fascia_n == 0 and lost.slips == ()
    assert lost.drop_mm / find_arch(standing, "left").drop_mm == pytest.approx(4 / 3, abs=0.05)


def test_without_the_fascia_the_arch_sinks_further_as_in_another_model(foot):
    """FT37: 14 to 36 % more at 683 N, for arches of 20 to 60 mm; this one is 46 mm high."""
    whole, without = (solve_arch(one, FootLoad(683, 0.05)) for one in (foot, cut(foot)))
    assert 14 < 100 * (without.drop_mm / whole.drop_mm - 1) < 37


def test_the_arch_is_stiffer_than_that_of_living_feet(body):
    """FT36: 3.6 to 8.1 mm from the middle position to relaxed standing. One joint and taut bands
    give less; the lesson says so."""
    drop = find_arch(mc.spread(body, mc.RollingFoot("both", 5)), "left").drop_mm
    assert 1.5 < drop < 3.6


def test_a_slack_or_softer_fascia_leaves_more_to_the_ligaments(body, standing):
    softer = find_arch(mc.spread(body.scaled("plantar_fascia_left", 0.5)), "left")
    usual = find_arch(standing, "left")
    assert softer.fascia_share < usual.fascia_share and softer.drop_mm > usual.drop_mm


def test_rolling_in_lowers_the_arch_and_tightens_the_fascia(body, standing):
    rolled = mc.spread(body, mc.RollingFoot("left", 8))
    helped = mc.spread(body, [mc.RollingFoot("left", 8), mc.Insole("left")])
    drops = [find_arch(one, "left").drop_mm for one in (standing, helped, rolled)]
    pulls = [find_arch(one, "left").fascia_n for one in (standing, helped, rolled)]
    assert drops == sorted(drops) and pulls == sorted(pulls)
    assert find_arch(rolled, "right").drop_mm == pytest.approx(drops[0], rel=0.05)


def test_another_load_may_stand_on_the_foot(standing):
    usual = find_arch(standing, "left")
    same = find_arch(standing, "left", load_n=usual.load.newtons)
    assert same.drop_mm == pytest.approx(usual.drop_mm, abs=1e-12)
    assert find_arch(standing, "left", load_n=1800).fascia_n > 3 * usual.fascia_n
    with pytest.raises(CauseError, match="load_n must be a number from 0 to 5000 N"):
        find_arch(standing, "left", load_n=-1)
    with pytest.raises(CauseError, match="side must be 'left' or 'right'"):
        find_arch(standing, "both")


def test_an_arch_that_cannot_bear_its_load_says_so(foot):
    with pytest.raises(SolveError, match="lies flat on the ground"):
        solve_arch(replace(cut(foot), ligament_nm_per_rad=5.0), FootLoad(2000, 0.05))


@pytest.mark.parametrize("quantity", sorted(FOOT))
def test_every_number_of_the_foot_says_where_it_comes_from(body, quantity):
    (row,) = (row for row in body.graph.graph["cases"] if row.quantity == quantity)
    assert row.case == "standing_foot" and row.low <= row.value <= row.high


def test_each_number_of_the_foot_matters(body):
    rolled = mc.spread(body, mc.RollingFoot("left", 6))
    for row in body.graph.graph["cases"]:
        if row.case == "standing_foot":
            low, high = (
                find_arch(rolled, "left", numbers={row.quantity: end}).drop_mm
                for end in (row.low, row.high)
            )
            assert abs(low - high) > 0.02, row.quantity


def test_drawn_feet_agree_on_the_sign(body, standing):
    rolled = mc.spread(body, mc.RollingFoot("left", 8))
    for numbers in draw_foot_numbers(body, 40):
        before, now = (find_arch(one, "left", numbers=numbers) for one in (standing, rolled))
        assert 0 < before.drop_mm < now.drop_mm and now.fascia_n > before.fascia_n > 0
