"""The arm hangs from a shoulder joint: its weight and its own muscles turn it, not the trunk's
pose, and it never goes through the body."""

import numpy as np
import pytest

import musclechain as mc

BODY = mc.read_body()
# middle of the palm, and the outer rims that it must stay outside of: bone, height, half width (mm)
PALM = (-178.0, 760.0, 212.0)
RIMS = (("pelvis", 980.0, 150.0), ("pelvis", 900.0, 155.0), ("thigh", 760.0, 130.0))
AHEAD_MM = 80.0
BENDS = [mc.ForwardBend(degrees) for degrees in (10, 35, 60, 90)]
LEANS = [
    cause
    for side in ("left", "right")
    for cause in (
        mc.Limp(side, 1, lean_deg=10),
        mc.Limp(side, 0.6, lean_deg=-10, forward_deg=30),
        mc.LegLift(side, 50, lean_deg=20),
        mc.LegLift(side, 0, lean_deg=-20),
        mc.HoldPose({"lumbar": (0, 15, 5), "thorax": (0, 15, 5)}),
        mc.HoldPose({}, lift_mm={side: 40}),
    )
]


def put(result, bone, point):
    """Where a point of a bone (mm) is now, mm."""
    return 1000 * (result.transforms()[bone] @ np.append(np.array(point) / 1000, 1))[:3]


@pytest.mark.parametrize("bend", BENDS)
def test_arms_hang_in_a_bend(bend):
    result = mc.spread(BODY, bend)
    for side in ("left", "right"):
        arm = np.abs(result.pose().loc[f"arm_{side}"].to_numpy())
        assert arm.max() < 0.15 * bend.degrees + 1, "upright in space, whatever the trunk does"
    table = result.table()
    shoulder = table[(table["region"] == "shoulder") & (table["kind"] == "muscle")]
    assert shoulder["after_N"].max() < 100, "an arm that hangs costs next to nothing"


@pytest.mark.parametrize("cause", LEANS[:4] + LEANS[6:10])
def test_an_arm_that_leans_on_the_body_costs_its_muscles_nothing(cause):
    change = mc.spread(BODY, cause).table()["change_N"]
    for side in ("left", "right"):
        for muscle in ("deltoid", "pectoralis_major", "teres_major", "infraspinatus"):
            assert abs(change[f"{muscle}_{side}"]) < 10, (muscle, side)


def test_arms_leave_each_other_alone_and_stay_where_they_are_put():
    raised = mc.spread(BODY, mc.HoldPose({"arm_left": (30, 0, 0)}))
    pose = raised.pose()["flexion_deg"]
    # of a hanging arm, flexion of the bone is extension at the joint
    assert pose["arm_left"] == pytest.approx(-30, abs=1)
    assert abs(pose["arm_right"]) < 2
    change = raised.table()["change_N"]
    assert change["deltoid_left"] > 50 and abs(change["deltoid_right"]) < 20


@pytest.mark.parametrize("cause", [*LEANS, *BENDS])
def test_a_hand_never_goes_through_the_body(cause):
    result = mc.spread(BODY, cause)
    for side, sign in (("left", -1), ("right", 1)):
        palm = put(result, f"arm_{side}", PALM * np.array([1, 1, sign]))
        for bone, height, wide in RIMS:
            name = bone if bone == "pelvis" else f"{bone}_{side}"
            rim = put(result, name, (-156.0, height, sign * wide))
            ahead = abs(palm[0] - rim[0]) > AHEAD_MM
            assert ahead or abs(palm[1] - rim[1]) > 60 or sign * (palm[2] - rim[2]) > 0, (
                side,
                bone,
            )


@pytest.mark.parametrize("muscle", ["latissimus_dorsi", "pectoralis_major"])
def test_the_big_muscles_turn_the_arm_and_not_the_trunk(muscle):
    pose = mc.spread(BODY, mc.PullOn(f"{muscle}_left", 50), posture=False).pose()
    at_shoulder = pose.loc["arm_left"] - pose.loc["shoulder_girdle_left"]
    trunk = pose.loc[["pelvis", "lumbar", "thorax"]].abs().to_numpy().max()
    assert np.abs(at_shoulder).max() > 3 * trunk and trunk < 0.4
    assert np.abs(pose.loc["arm_left"]).max() < 10


def test_a_tight_latissimus_draws_the_arm_back_and_to_the_body():
    pose = mc.spread(BODY, mc.PullOn("latissimus_dorsi_right", 50), posture=False).pose()
    at_shoulder = pose.loc["arm_right"] - pose.loc["shoulder_girdle_right"]
    assert at_shoulder["flexion_deg"] > 0.5, "extension: the bone of a hanging arm tips forward"
    assert pose.at["shoulder_girdle_right", "side_bend_deg"] > 0.5, "the shoulder is drawn down"


@pytest.mark.parametrize("muscle", ["deltoid", "biceps_brachii", "infraspinatus", "teres_major"])
def test_muscles_of_the_shoulder_joint_are_computed(muscle):
    assert BODY.find(f"{muscle}_left") in mc.spread(BODY, ()).table().index
