"""Questions about standing: on a lift, on a wedge, on one leg."""

from musclechain.cases.causes import HoldPose, LegLift, Weaken
from musclechain.mechanics.spread import Result
from musclechain.tools.validation.question import (
    LEAST_DEG,
    LEAST_N,
    Asker,
    Measured,
    Part,
    Question,
    Trial,
    Way,
    at_least,
    less,
    more,
)

__all__ = ["QUESTIONS"]

ABDUCTORS = ("gluteus_medius_left", "gluteus_minimus_left", "tensor_fasciae_latae_left")
WEAKENED = ABDUCTORS[:2]
HEEL_LIFTS_MM = (5, 9, 12)
LIFTS_MM = (10, 20, 30)


# ---- a lift under one foot -----------------------------------------------------------------------


def _tilt_on_lift(ask: Asker) -> list[Part]:
    tilt = ask.put(HoldPose({}, lift_mm={"left": 15})).angle("pelvis", "side_bend")
    return [Part("pelvis up on the raised side", "deg", tilt, at_least(1.2))]


def _tilt_on_heel_lifts(ask: Asker) -> list[Part]:
    lifts = {mm: ask.put(HoldPose({}, lift_mm={"right": mm})) for mm in HEEL_LIFTS_MM}
    first, last = lifts[HEEL_LIFTS_MM[0]], lifts[HEEL_LIFTS_MM[-1]]

    def tilt(trial: Trial) -> Measured:
        # the right foot is raised, and side_bend counts the left side up
        return trial.angle("pelvis", "side_bend").turned()

    return [
        *(
            Part(f"pelvis up on the side of the lift, {mm} mm", "deg", tilt(lift), more(LEAST_DEG))
            for mm, lift in lifts.items()
        ),
        Part("the same, 12 mm less 5 mm", "deg", tilt(last.against(first)), more(LEAST_DEG)),
    ]


def _curve_of(ask: Asker, bones: list[str]) -> list[Part]:
    """How far the sideways tilt of the bones of the spine differs: what a Cobb angle measures."""

    def curve(result: Result) -> float:
        tilt = result.pose().loc[bones, "side_bend_deg"]
        return float(tilt.max() - tilt.min())

    lifts = {mm: ask.put(HoldPose({}, lift_mm={"left": mm})) for mm in LIFTS_MM}
    more_curve = lifts[LIFTS_MM[-1]].against(lifts[LIFTS_MM[0]]).read(curve)
    return [
        *(
            Part(f"sideways curve, lift of {mm} mm", "deg", lift.read(curve), more(LEAST_DEG))
            for mm, lift in lifts.items()
        ),
        Part("the same, 30 mm less 10 mm", "deg", more_curve, more(LEAST_DEG)),
    ]


def _curve_of_back(ask: Asker) -> list[Part]:
    return _curve_of(ask, ["pelvis", "lumbar", "thorax"])


def _curve_with_neck(ask: Asker) -> list[Part]:
    return _curve_of(ask, ["pelvis", "lumbar", "thorax", "neck"])


# ---- on one leg ----------------------------------------------------------------------------------


def _weak_hip(ask: Asker, capacity: float) -> list[Part]:
    upright = ask.put(LegLift("right"))
    leaning = ask.put(LegLift("right", lean_deg=10)).against(upright)
    weak = ask.put(LegLift("right"), *(Weaken(name, capacity) for name in WEAKENED))
    weak = weak.against(upright)
    # a lean to the left, or the right side of the pelvis down
    lean = weak.angle("thorax", "side_bend").turned()
    drop = weak.angle("pelvis", "side_bend")
    return [
        Part(
            "force in the standing hip, leaning over it by 10 degrees",
            "N",
            leaning.load("hip_left"),
            less(LEAST_N),
        ),
        Part("its abductors, the same", "N", leaning.tension(ABDUCTORS), less(LEAST_N)),
        Part(
            "with weak abductors: lean over the standing leg, or drop of the other side of the"
            " pelvis, whichever is more",
            "deg",
            max(lean, drop, key=lambda found: found.value),
            more(LEAST_DEG),
        ),
    ]


def _hip_at_half_strength(ask: Asker) -> list[Part]:
    return _weak_hip(ask, 0.5)


def _hip_at_quarter_strength(ask: Asker) -> list[Part]:
    return _weak_hip(ask, 0.25)


def _level_pelvis(ask: Asker) -> list[Part]:
    dropped = ask.put(LegLift("right"), HoldPose({"thigh_left": (0, -5, 0)}))
    level = ask.put(LegLift("right")).against(dropped)
    return [
        Part(
            "drop of the other side of the pelvis",
            "deg",
            level.angle("pelvis", "side_bend"),
            less(LEAST_DEG),
        ),
        *(
            Part(name.replace("_", " "), "N", level.tension([f"{name}_left"]), more(LEAST_N))
            for name in ("gluteus_medius", "gluteus_maximus")
        ),
    ]


# ---- on a wedge ----------------------------------------------------------------------------------


def _wedges(ask: Asker, sides: tuple[str, ...]) -> list[Part]:
    low, middle, high = (
        ask.put(HoldPose({}, wedge_deg=dict.fromkeys(sides, degrees))) for degrees in (10, 15, 20)
    )
    steps = (
        ("on 10 degrees", low),
        ("15 degrees less 10", middle.against(low)),
        ("20 degrees less 15", high.against(middle)),
    )
    # left side forward is the left leg turning inward
    turns = (
        ("shank turned inward", "shank_left", "rotation"),
        ("thigh turned inward", "thigh_left", "rotation"),
        ("pelvis tipped forward", "pelvis", "flexion"),
    )
    return [
        Part(f"{what}, {step}", "deg", trial.angle(bone, angle), more(LEAST_DEG))
        for what, bone, angle in turns
        for step, trial in steps
    ]


def _both_feet_on_wedges(ask: Asker) -> list[Part]:
    return _wedges(ask, ("left", "right"))


def _left_foot_on_wedge(ask: Asker) -> list[Part]:
    return _wedges(ask, ("left",))


def _one_leg_on_wedge(ask: Asker) -> list[Part]:
    flat = ask.put(LegLift("right"))
    wedge = ask.put(LegLift("right"), HoldPose({}, wedge_deg={"left": 10})).against(flat)
    return [
        # of a hanging thigh, flexion and side bend of the bone are extension and abduction
        Part(
            "hip more flexed",
            "deg",
            wedge.turn_between("pelvis", "thigh_left", "flexion"),
            more(LEAST_DEG),
        ),
        Part(
            "hip more adducted",
            "deg",
            wedge.turn_between("pelvis", "thigh_left", "side_bend"),
            more(LEAST_DEG),
        ),
        Part(
            "hip turned inward",
            "deg",
            wedge.turn_between("thigh_left", "pelvis", "rotation"),
            more(LEAST_DEG),
        ),
        Part("pelvis tipped forward", "deg", wedge.angle("pelvis", "flexion"), more(LEAST_DEG)),
        Part(
            "trunk turned to the standing side",
            "deg",
            wedge.angle("thorax", "rotation").turned(),
            more(LEAST_DEG),
        ),
    ]


def _drop_on_wedge(ask: Asker) -> list[Part]:
    flat = ask.put(LegLift("right"))
    wedge = ask.put(LegLift("right"), HoldPose({}, wedge_deg={"left": 10})).against(flat)
    return [
        Part(
            "drop of the other side of the pelvis",
            "deg",
            wedge.angle("pelvis", "side_bend"),
            more(LEAST_DEG),
        )
    ]


QUESTIONS = (
    Question(
        "LL02",
        "pelvis at least 1.2 deg up on the side of a lift of 15 mm or more",
        (
            Way(
                "Quiet standing with 15 mm under the left foot. The pelvis is one bone in the"
                " model, so nothing is asked about its halves.",
                _tilt_on_lift,
            ),
        ),
    ),
    Question(
        "LL03",
        "pelvis up on the side of a heel lift, from 5 mm on; no degrees given",
        (
            Way(
                "Quiet standing with 5, 9 and 12 mm under the right foot, heel and toes alike.",
                _tilt_on_heel_lifts,
            ),
        ),
    ),
    Question(
        "LL10",
        "the sideways curve of the spine grows with a difference of up to 30 mm; no degrees given",
        (
            Way(
                "Quiet standing with 10, 20 and 30 mm under the left foot: the largest difference"
                " of tilt between pelvis, low back and chest, as a Cobb angle is measured.",
                _curve_of_back,
            ),
            Way("The same with the neck.", _curve_with_neck),
        ),
    ),
    Question(
        "LL13",
        "weak or painful hip: the trunk leans over the standing leg, which relieves the hip;"
        " without the lean the other side of the pelvis drops",
        (
            Way(
                "On the left leg: leaning over it by 10 degrees, against upright; and with gluteus"
                " medius and minimus at half their strength, against full strength.",
                _hip_at_half_strength,
            ),
            Way("The same at a quarter of their strength.", _hip_at_quarter_strength),
        ),
    ),
    Question(
        "TX15",
        "keeping the pelvis level on one leg: less tilt, more work of gluteus medius and maximus",
        (
            Way(
                "On the left leg as the body stands by itself, against the same with the hip"
                " adducted by 5 degrees, so that the other side of the pelvis drops. Another study"
                " of the same authors (TX17) says that the feedback held back a lean on a wall; the"
                " model has no wall, and the lean is not asked.",
                _level_pelvis,
            ),
        ),
    ),
    Question(
        "FT01",
        "shank and thigh turn inward and the pelvis tips forward, more with a steeper wedge; no"
        " degrees given",
        (
            Way(
                "Quiet standing with wedges of 10, 15 and 20 degrees under both feet that roll them"
                " in; the left leg is looked at.",
                _both_feet_on_wedges,
            ),
            Way("The same with a wedge under the left foot alone.", _left_foot_on_wedge),
        ),
    ),
    Question(
        "FT03",
        "one leg on a wedge that rolls the foot in: hip more flexed, adducted and turned inward,"
        " pelvis tipped forward, trunk turned to the standing side",
        (
            Way(
                "On the left leg, on a wedge of 10 degrees, against flat ground.", _one_leg_on_wedge
            ),
        ),
    ),
    Question(
        "FT05",
        "with the feet rolled in, the pelvis drops more on the swinging side",
        (
            Way(
                "The study was about walking. Here the body stands still on the left leg, on a"
                " wedge of 10 degrees, against flat ground.",
                _drop_on_wedge,
            ),
        ),
    ),
)
