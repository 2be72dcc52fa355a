"""Lesson 03: the limp."""

from typing import Any

from musclechain.anatomy.body import Body
from musclechain.cases.causes import Limp
from musclechain.labs.controls import control_of
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.lab import GUARDING, POSTURE, PULL, Lab
from musclechain.lessons.lesson import Lesson, Question
from musclechain.mechanics.spread import spread

__all__ = ["LESSON", "LimpLab"]

HIP_N, FAR_SIDE_N = 1100, 15
ASK_LEAN = "Put a number of degrees in, from -20 to 20. Positive leans to the sound side."


class LimpLab(Lab):
    """A limp: who works harder when weight is kept off one leg?"""

    title = "Limp"
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
    """A lean that brings the load on the sound hip down to 1,100 N."""
    if not is_number(lean):
        return ASK_LEAN
    loads = spread(body, Limp("left", offload=0.5, lean_deg=lean)).joint_loads()
    return compare_number(loads["hip_right"], HIP_N, 20, "the right hip carries", "N")


def judge_far_side(body: Body, lean: Any) -> str:
    """A lean that makes the right side of the low back carry 15 N more than the left."""
    if not is_number(lean):
        return ASK_LEAN
    table = spread(body, Limp("left", offload=0, lean_deg=lean)).table()
    low = table[(table["region"] == "lumbar") & (table["kind"] == "muscle")]
    sums = low.groupby("side")["after_N"].sum()
    lead = sums["right"] - sums["left"]
    if lead < -1:
        return (
            f"With your number the left side carries {-lead:.0f} N more than the right. Which way"
            " must the trunk lean for the right side to hold it?"
        )
    return compare_number(lead, FAR_SIDE_N, 2, "the right side of the low back leads by", "N")


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
            " upright. Where does the work of the muscles grow most?",
            ["In the low back", "In the neck", "Around the right hip", "Everywhere about alike"],
        )
    },
)
