"""The ankle as two hinges, what a rolling foot does above it, and a foot that hangs."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics import pose_search
from musclechain.mechanics.draws import draw_skeleton
from musclechain.mechanics.effort import find_healthy
from musclechain.mechanics.joints import find_stops
from musclechain.mechanics.pull import PullProblem
from musclechain.mechanics.skeleton import (
    build_skeleton,
    moment_axes,
    place_bones,
    rotate,
    turn_joints,
)
from musclechain.mechanics.stance import find_joint_levers

FLEXION, EVERSION, ROTATION = range(3)
# FT31: lever as a share of that of tibialis posterior, inversion positive
SHARES = {
    "flexor_digitorum_longus": 0.75,
    "flexor_hallucis_longus": 0.62,
    "tibialis_anterior": 0.59,
    "achilles_tendon": 0.24,
    "extensor_digitorum_longus": -0.26,
    "fibularis_longus": -0.82,
    "fibularis_brevis": -0.86,
}


@pytest.fixture(scope="module")
def skeleton(body):
    return build_skeleton(body)


@pytest.fixture(scope="module")
def healthy(skeleton):
    return find_healthy(skeleton)


@pytest.fixture(scope="module")
def levers(skeleton, healthy):
    """Lever of each line about the hinges of the right ankle, m: dorsiflexion and inversion."""
    foot, stance = skeleton.bones.index("foot_right") - 1, healthy.stance
    matrix = find_joint_levers(skeleton, stance.geometry)
    eversion, _, dorsiflexion = matrix.reshape(-1, 3, len(skeleton.lines))[foot]
    names = [name.removesuffix("_right") for name, _ in skeleton.lines]
    return {name: (-dorsiflexion[i], eversion[i]) for i, name in enumerate(names)}


def find_turn(body, bone, column="rotation_deg", **ground):
    return mc.spread(body, mc.HoldPose(**ground)).pose().at[bone, column]


def test_the_subtalar_axis_points_up_and_inward_on_both_sides(skeleton):
    """FT30; on the right the foot turns outward at the sole about backward, down and outward."""
    for side, sign in (("right", 1), ("left", -1)):
        x, y, z = skeleton.axis[skeleton.bones.index(f"foot_{side}"), EVERSION] * (1, 1, sign)
        if side == "left":  # a mirrored turn goes the other way about a mirrored line
            x, y, z = -x, -y, -z
        assert np.degrees(np.arcsin(-y)) == pytest.approx(42, abs=0.2)
        assert np.degrees(np.arctan2(z, -x)) == pytest.approx(16, abs=0.2)


def test_a_foot_turns_about_its_hinges_one_after_the_other(skeleton):
    foot = skeleton.bones.index("foot_left")
    angles = np.zeros((len(skeleton.bones), 3))
    angles[foot, :2] = 12, -9
    turned, axis = turn_joints(skeleton, angles)
    upper, lower = skeleton.axis[foot, :2] * np.radians([[12], [-9]])
    assert turned[foot] == pytest.approx(rotate(upper) @ rotate(lower), abs=1e-12)
    assert axis[foot, EVERSION] == pytest.approx(rotate(upper) @ skeleton.axis[foot, EVERSION])


def test_tendons_roll_the_heel_as_measured(levers):
    """FT31: the order of the levers and their signs; FT32: tibialis anterior hardly at all."""
    reference = levers["tibialis_posterior"][1]
    assert 0.012 < reference < 0.022
    for name, share in SHARES.items():
        assert np.sign(levers[name][1]) == np.sign(share), name
    assert levers["tibialis_anterior"][1] == pytest.approx(0.006, abs=2 * 0.003)
    assert -levers["achilles_tendon"][0] == pytest.approx(0.048, abs=2 * 0.0045)
    model = [levers[name][1] / reference for name in SHARES]
    assert np.corrcoef(model, list(SHARES.values()))[0, 1] > 0.9


def test_the_shin_turns_in_as_a_flat_foot_is_bent_up(skeleton):
    """FT34: 2.1 degrees for 10 degrees up, 1.3 for 10 degrees down."""
    foot = skeleton.bones.index("foot_right")
    angles = np.zeros((len(skeleton.bones), 3))
    angles[foot, FLEXION] = 10
    shank = turn_joints(skeleton, angles)[0][foot].T
    assert 1.0 < np.degrees(np.arctan2(shank[0, 2], shank[2, 2])) < 2.4


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_wedge_that_rolls_the_foot_in_turns_the_leg_in_by_geometry(body, side):
    """The shank turns by about the tangent of the axis' slope; softer hips change little of it."""
    into = 1 if side == "right" else -1
    ground = {"wedge_deg": {side: 8}}
    # rotation_deg counts the left side forward: positive turns the right leg outward
    turn = -into * find_turn(body, f"shank_{side}", **ground)
    assert 0.5 * 8 < turn < 1.05 * np.tan(np.radians(42)) * 8
    assert 0.8 * turn < -into * find_turn(body, f"thigh_{side}", **ground) <= turn + 0.2
    out = -into * find_turn(body, f"shank_{side}", wedge_deg={side: -8})
    assert out == pytest.approx(-turn, rel=0.35)
    assert find_turn(body, f"foot_{side}", "side_bend_deg", **ground) == pytest.approx(-into * 8)
    softer = body.with_parameters(joint_stiffness_factor=0.5)
    assert -into * find_turn(softer, f"shank_{side}", **ground) == pytest.approx(turn, rel=0.1)


def test_less_of_a_rolled_foot_is_left_further_up(body):
    turns = mc.spread(body, mc.HoldPose({}, wedge_deg={"left": 8})).pose().rotation_deg
    shank, pelvis, thorax, head = (
        abs(turns[bone]) for bone in ("shank_left", "pelvis", "thorax", "head")
    )
    assert shank > pelvis > thorax > head


def test_wedges_change_the_pose_without_a_jump(body):
    turns = [find_turn(body, "shank_left", wedge_deg={"left": deg}) for deg in range(-12, 13)]
    steps = np.diff(turns)
    assert (steps > 0).all() or (steps < 0).all()
    assert np.abs(np.diff(steps)).max() < 0.25 * np.abs(steps).mean()


def test_mirrored_wedges_give_mirrored_bodies(body):
    left, right = (
        mc.spread(body, mc.HoldPose({}, wedge_deg={side: 9})).pose() for side in ("left", "right")
    )
    for bone in ("pelvis", "lumbar", "thorax", "head"):
        assert left.loc[bone].to_numpy() == pytest.approx(
            right.loc[bone].to_numpy() * (1, -1, -1), abs=1e-6
        )


def test_a_moment_about_a_hinge_is_not_left_to_bone(body):
    """Bone and mortise take what is asked across the hinges, and little of it about them."""
    result = mc.spread(body, mc.HoldPose({}, wedge_deg={"left": 10, "right": 10}))
    skeleton, state = result.skeleton, result.state
    for foot in skeleton.feet:
        assert (np.abs(state.effort.residual[foot]) <= skeleton.allowance[foot] * (1 + 1e-6)).all()
        bent = state.stance.geometry.pose.angles[foot] - state.healthy.stance.geometry.pose.angles
        assert abs(bent[foot, ROTATION]) < 1.5 < 8 < bent[foot, EVERSION]


def test_a_pull_meets_the_stiffness_of_a_hinge_about_its_axis(skeleton, healthy):
    """Twice the energy of a small turn of the foot about a hinge is its stiffness."""
    foot, stance = skeleton.bones.index("foot_left"), healthy.stance
    stiffer = skeleton.joint_stiffness.copy()
    added = np.array([7.0, 5.0, 3.0])  # side bend, rotation, flexion
    stiffer[foot] += added
    changed = skeleton.with_changes(joint_stiffness=stiffer)
    more, usual = (
        PullProblem(body, stance, healthy.rest_length).find_base(healthy.effort.tension)
        for body in (changed, skeleton)
    )
    more = more - usual
    pose = stance.geometry.pose
    axes = moment_axes(skeleton, pose)[foot] @ pose.rotation[skeleton.parent[foot]].T
    here = slice(3 + 3 * foot, 6 + 3 * foot)
    assert np.diag(axes @ more[here, here] @ axes.T) == pytest.approx(added)


def test_ligaments_stop_a_rolling_heel(skeleton):
    """FT33, at the angles and moments that were measured."""
    foot = skeleton.bones.index("foot_right")
    for degrees, moment in ((32.4, 48.1), (-34.3, -34.1)):
        angles = np.zeros((len(skeleton.bones), 3))
        angles[foot, EVERSION] = degrees
        assert find_stops(skeleton, angles)[0][foot, EVERSION] == pytest.approx(moment, rel=1e-3)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_foot_in_the_air_hangs_and_its_muscles_rest(body, side):
    result = mc.spread(body, mc.HoldPose({}, lifted_foot=side))
    skeleton, effort = result.skeleton, result.state.effort
    foot = skeleton.bones.index(f"foot_{side}")
    assert -30 < result.state.stance.geometry.pose.angles[foot, FLEXION] < -5
    crosses = np.unique(skeleton.line_of[skeleton.bone_of == foot])
    crosses = crosses[skeleton.is_muscle[crosses]]
    assert effort.activation[crosses].max() < 4 * skeleton.constants["tone"]
    assert np.abs(effort.residual[foot, [0, 2]]).max() < 1
    assert result.joint_loads()[f"ankle_{side}"] < 200


def test_where_a_foot_hangs_does_not_depend_on_where_it_is_looked_for(body, monkeypatch):
    found = []
    for start in (0.0, 20.0, 35.0):
        monkeypatch.setattr(pose_search, "DROOP_DEG", start)
        result = mc.spread(body, mc.LegLift("left", 20))
        found.append(result.state.stance.geometry.pose.angles)
    assert found[0] == pytest.approx(found[1], abs=0.1)
    assert found[2] == pytest.approx(found[1], abs=0.1)


def test_a_lifted_foot_that_is_asked_to_bend_up_does_not_hang(body):
    bent = mc.spread(body, mc.HoldPose({"foot_left": (15, 0, 0)}, lifted_foot="left"))
    foot = bent.skeleton.bones.index("foot_left")
    now, before = (
        stance.geometry.pose.angles[foot, FLEXION]
        for stance in (bent.state.stance, bent.state.healthy.stance)
    )
    assert now - before == pytest.approx(15, abs=1.5)
    assert bent.table().at["tibialis_anterior_left", "change_N"] > 50


def test_only_hinges_are_drawn_tilted(skeleton, body):
    drawn = draw_skeleton(skeleton, body.graph.graph["parameters"], np.random.default_rng(4))
    assert np.linalg.norm(drawn.axis, axis=-1) == pytest.approx(1)
    assert (drawn.axis[~skeleton.oblique] == skeleton.axis[~skeleton.oblique]).all()
    cosine = (drawn.axis * skeleton.axis).sum(-1)[skeleton.oblique][:, :2]
    assert (cosine < 1 - 1e-5).any() and np.degrees(np.arccos(cosine)).max() < 35


def test_without_axes_of_its_own_a_joint_turns_about_those_of_the_body(skeleton):
    thigh = skeleton.bones.index("thigh_right")
    assert skeleton.axis[thigh].tolist() == [[0, 0, 1], [-1, 0, 0], [0, 1, 0]]
    pose = place_bones(
        skeleton, np.full((len(skeleton.bones), 3), 5.0), np.eye(3), skeleton.joint[0]
    )
    assert (moment_axes(skeleton, pose)[~skeleton.oblique] == np.eye(3)).all()
