"""Lesson 03: the limp."""

from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_change
from musclechain.cases.causes import Limp
from musclechain.labs.controls import control_of
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.lab import GUARDING, POSTURE, PULL, Lab
from musclechain.labs.tasks import Task
from musclechain.lessons.lesson import ClaimShown, Lesson, Question
from musclechain.mechanics.groups import add_up
from musclechain.mechanics.spread import Result, spread
from musclechain.mechanics.story import add_up_places
from musclechain.views.words.findings.joints import describe_head_level, describe_loads
from musclechain.views.words.findings.sides import describe_regions, describe_sides

__all__ = ["LESSON", "LimpLab"]

SIDES = ("left", "right")
HIP_N, FAR_SIDE_N = 1000, 8
# From here on a leg is told to stand aslant, degrees.
ASLANT_DEG = 1.0
ASK_LEAN = "Put a number of degrees in, from -20 to 20. Positive leans to the sound side."


class LimpLab(Lab):
    """A limp: who works harder when weight is kept off one leg?"""

    title = "Limp"
    # some of its leans fit only as they are: one scale for all, so that pictures can be compared
    exaggeration = 1
    controls = (
        control_of(Limp, "side"),
        control_of(Limp, "offload"),
        control_of(Limp, "lean_deg"),
        control_of(Limp, "forward_deg"),
        control_of(Limp, "head_level"),
        GUARDING,
        POSTURE,
        PULL,
    )


def judge_hip(body: Body, lean: Any) -> str:
    """A lean that brings the load on the sound hip down to 1,000 N."""
    if not is_number(lean):
        return ASK_LEAN
    loads = spread(body, Limp("left", offload=0.5, lean_deg=lean)).joint_loads()
    return compare_number(loads["hip_right"], HIP_N, 20, "the right hip carries", "N")


def judge_far_side(body: Body, lean: Any) -> str:
    """A lean that makes the right side of the low back carry 8 N more than the left."""
    if not is_number(lean):
        return ASK_LEAN
    leaning = spread(body, Limp("left", offload=0, lean_deg=lean))
    left, right = (add_up(leaning, f"lumbar, {side}", "after_N") for side in ("left", "right"))
    lead = right - left
    if lead < -1:
        return (
            f"With your number the left side carries {-lead:.0f} N more than the right. Which way"
            " must the trunk lean for the right side to hold it?"
        )
    return compare_number(lead, FAR_SIDE_N, 2, "the right side of the low back leads by", "N")


# ---- what its question is compared with, and its tasks -----------------------------------------

LIMP_CHOICES = ("The low back", "The neck", "Hips and thighs", "All three about alike")


def solve_limp(body: Body) -> Result:
    """What the prediction asks about."""
    return spread(body, Limp("left", offload=0.5))


def compare_limp(body: Body) -> tuple[str, str]:
    """Which of three parts gets most extra work in an upright limp, as one of the choices."""
    result = solve_limp(body)
    change = add_up_places(result)
    low, neck, hips, thighs = (
        sum(change[place]) for place in ("low back", "neck and head", "hip and pelvis", "thigh")
    )
    legs = hips + thighs
    sums = (low, neck, legs)
    choice = LIMP_CHOICES[sums.index(max(sums))]
    if max(sums) < 2 * sorted(sums)[1]:
        choice = LIMP_CHOICES[3]
    return choice, (
        f"the muscles of hips and thighs carry {format_change(legs)}, those of the low"
        f" back {format_change(low)} and those of neck and head {format_change(neck)}."
        f" {say_hardest(result)}"
    )


def say_hardest(result: Result) -> str:
    """Say which part of the body gets most extra work, and why, where it is the spared thigh."""
    changes = {
        (place, side): change
        for place, pair in add_up_places(result).items()
        for side, change in zip(SIDES, pair, strict=True)
    }
    place, side = max(changes, key=lambda part: changes[part])
    gain = format_change(changes[place, side])
    slant = abs(float(result.pose().at[f"thigh_{side}", "side_bend_deg"]))
    is_spared = side == result.ground()["upward_N"].idxmin()
    if place != "thigh" or not is_spared or slant < ASLANT_DEG:
        return f"Most of all works {place} on the {side} ({gain})."
    return (
        f"Most of all works the thigh of the spared {side} leg ({gain}, above all its"
        f" {find_hardest_group(result, side)}): the body has moved away from this leg, so it stands"
        f" {slant:.0f} degrees aslant, and its muscles hold it there."
    )


def find_hardest_group(result: Result, side: str) -> str:
    """The group of thigh muscles of a side that gets most extra work, such as adductors."""
    table, nodes = result.table(), result.body.graph.nodes
    muscles = [
        name
        for name in table.index
        if nodes[name].get("group") and nodes[name].get("side") == side
        if nodes[name].get("region") == "thigh"
    ]
    groups = [nodes[name]["group"] for name in muscles]
    return str(table.loc[muscles, "change_N"].groupby(groups).sum().idxmax())


def find_far_side(result: Result) -> str:
    """Which side of the low back carries more, as a choice."""
    left, right = (add_up(result, f"lumbar, {side}", "after_N") for side in ("left", "right"))
    return "The left side" if left > right else "The right side"


def sum_neck(result: Result) -> float:
    """By how much all muscles of neck and head together rise, N."""
    return add_up(result, "neck") + add_up(result, "head")


TASKS = {
    "limp": (
        Task(
            "Press Play and watch. The muscles at the side of the right hip (its abductors) keep"
            " the pelvis level. Click one of them.",
            "They hold against the weight of the body with a short lever, so they must pull hard.",
            hint="Lay a hand on the side of your hip, below the belt: there.",
            structures=lambda result: [
                name
                for name, node in result.body.graph.nodes(data=True)
                if node.get("group") == "hip abductors" and node.get("side") == "right"
            ],
            look={"depth": 3},
        ),
        Task(
            "Half of the load is off the left leg, upright. By how many newtons does Gluteus"
            " medius on the right rise? Click it and read its card.",
            "It keeps the pelvis from tipping to the left.",
            hint="The card under the picture tells the change.",
            number=lambda result: float(result.table().at["gluteus_medius_right", "change_N"]),
            within=5.0,
        ),
        Task(
            "Now the trunk leans 10 degrees over the sound leg. By how many newtons has the same"
            " muscle risen against quiet standing? Its card always compares with that.",
            "The lean brings the weight over the hip joint, and the hip needs less muscle.",
            {"lean": 10},
            "Click it and read its card under the picture.",
            number=lambda result: float(result.table().at["gluteus_medius_right", "change_N"]),
            within=5.0,
        ),
        Task(
            "The weight on both feet, the trunk leaning 10 degrees to the right. Which side of"
            " the low back carries more?",
            "Muscles can only pull. What falls to the right is held from the left.",
            {"offload": 0.0, "lean": 10},
            choices={
                "The left side": "Compare both sides of the ladder at the height of the low back.",
                "The right side": "Think of a tent pole that leans to the right. Which ropes hold"
                " it?",
            },
            right=find_far_side,
        ),
        Task(
            "Half of the load off, a lean of 8 degrees. Press Play, and read the last sentence: by"
            " how many newtons do all muscles of neck and head together rise?",
            "Nothing was handed up by tissue. It is the weight of the head over a trunk that"
            " leans.",
            {"lean": 8},
            "It is in the last sentence of the story.",
            number=sum_neck,
            within=1.0,
            # the broad muscle on top tells of the shoulder
            look={"depth": 3},
        ),
        Task(
            "The same, but the head follows the trunk. Press Play, and read the last sentence: by"
            " how many newtons do all muscles of neck and head together rise now?",
            "About as many as with a level head. One that follows hangs out further, one that is"
            " held level is bent against the neck, and both take work.",
            {"lean": 8, "head_level": False},
            "It is in the last sentence of the story.",
            number=sum_neck,
            within=1.0,
            look={"depth": 3},
        ),
    ),
}


# ---- the claims that it shows -----------------------------------------------------------------

# What the muscles of a part must gain to count, N.
MUCH_N = 10.0
LEAN = Limp("left", offload=0.5, lean_deg=10)


def show_less_load(body: Body) -> ClaimShown:
    """Claim 11: a limp spares the sore leg."""
    standing, upright = spread(body), solve_limp(body)
    foot, hip = (
        after < 0.98 * before
        for before, after in (
            [result.ground().at["left", "upward_N"] for result in (standing, upright)],
            [result.joint_loads()["hip_left"] for result in (standing, upright)],
        )
    )
    return ClaimShown.of(describe_loads(standing, upright), foot and hip, foot)


def show_extra_work(body: Body) -> ClaimShown:
    """Claim 12: a limp gives some muscles extra work."""
    upright = solve_limp(body)
    most = upright.table().query("kind == 'muscle'")["posture_N"].max()
    return ClaimShown.of(describe_regions(upright), most > MUCH_N)


def show_back(body: Body) -> ClaimShown:
    """Claim 13: the extra work reaches the back."""
    upright, leaning = solve_limp(body), spread(body, LEAN)
    words = f"Upright: {describe_sides(upright)} With a lean: {describe_sides(leaning)}"
    more = [max(add_up(one, f"lumbar, {side}") for side in SIDES) for one in (upright, leaning)]
    return ClaimShown.of(words, min(more) > MUCH_N, max(more) > MUCH_N)


def show_neck(body: Body) -> ClaimShown:
    """Claim 14: the strain climbs up to the neck."""
    upright = solve_limp(body)
    level, follows = (
        spread(body, Limp("left", offload=0.5, lean_deg=8, head_level=held))
        for held in (True, False)
    )
    words = (
        f"Upright: {describe_sides(upright, 'neck')}"
        f" {describe_head_level(spread(body), level, follows)}"
    )
    more = [max(add_up(one, f"neck, {side}") for side in SIDES) for one in (upright, level)]
    return ClaimShown.of(words, min(more) > MUCH_N, max(more) > MUCH_N)


LESSON = Lesson(
    name="03_limp",
    title="The limp",
    about="who works harder when one leg is spared, and whether the neck notices",
    minutes=50,
    labs=(LimpLab,),
    exercises=(
        Exercise(
            "spare_the_hip",
            judge_hip,
            "The lean brings the weight over the hip joint, and the side hip muscles need less"
            " pull.",
            unit="deg",
            text="Half of the load is off the left leg. Which lean to the right, in degrees,"
            " brings the load on the right hip joint down to about 1000 N?",
            mistakes=(
                (0, "too much"),
                (20, "too little"),
                (40, "lean_deg must be"),
                ("left", "Put a number"),
            ),
        ),
        Exercise(
            "the_far_side",
            judge_far_side,
            "A minus sign leans over the sore leg, to the left. Then the right side is the far"
            " side, and holds.",
            unit="deg",
            text="The weight is on both feet. Which lean makes the right side of the low back"
            " carry about 8 N more than the left? Plus leans to the right; think before you"
            " type.",
            mistakes=(
                (5, "Which way must the trunk lean"),
                (0, "too little"),
                (-20, "too much"),
                (None, "Put a number"),
            ),
        ),
    ),
    predictions={
        "limp": Question(
            "The left leg is sore. Half of its load moves to the right leg, and the trunk stays"
            " upright. Whose muscles get most extra work?",
            LIMP_CHOICES,
            compare_limp,
            solve=solve_limp,
        )
    },
    tasks=TASKS,
    claims={11: show_less_load, 12: show_extra_work, 13: show_back, 14: show_neck},
)
