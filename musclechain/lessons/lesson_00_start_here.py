"""Lesson 00: start here."""

from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import name_structure
from musclechain.cases.causes import PullOn
from musclechain.labs.exercises import (
    Exercise,
    compare_number,
    find_structure,
    is_number,
    strip_side,
)
from musclechain.lessons.lesson import Lesson
from musclechain.mechanics.spread import spread

__all__ = ["LESSON"]

TENDON_N = 40


def judge_tendon(body: Body, newtons: Any) -> str:
    """A pull on the soleus that gives the tendon 40 N more."""
    if not is_number(newtons):
        return "Put a number in, such as 30."
    table = spread(body, PullOn("soleus_left", newtons)).table()
    reached = table.at["achilles_tendon_left", "change_N"]
    return compare_number(reached, TENDON_N, 2, "the tendon carries more by", "N")


def judge_neighbour(body: Body, name: Any) -> str:
    """The structure that changes most when the soleus pulls."""
    table = spread(body, PullOn("soleus_left", 50)).table()
    rest = table["change_N"].drop(["soleus_left", "achilles_tendon_left"]).abs()
    structure = find_structure(body, name, rest.sort_values(ascending=False).index)
    if structure is None:
        return "Type a name, as the line under the picture writes it, such as Gluteus maximus."
    if strip_side(structure) == strip_side(rest.idxmax()):
        return ""
    return (
        f"{name_structure(body, structure)} changes by {rest[structure]:.1f} N. There is one that"
        " changes more. Look near the soleus, and compare what the line under the picture says."
    )


LESSON = Lesson(
    name="00_start_here",
    title="Start here",
    about="what the model is, how to read the body map, how sure a colour is",
    minutes=25,
    exercises=(
        Exercise(
            "pull_on_the_tendon",
            judge_tendon,
            "Twice the pull, twice the answer: for small pulls the model is proportional.",
            unit="N",
            text="How many newtons must the left soleus tighten by, so that the tendon of the calf"
            " carries 40 N more?",
            mistakes=(
                (40, "too little"),
                (200, "too much"),
                ("a lot", "Put a number"),
                (-5, "newtons must be"),
                (True, "Put a number"),
            ),
        ),
        Exercise(
            "the_neighbour",
            judge_neighbour,
            "It ends in the same tendon. When the soleus takes over, its neighbour has less to"
            " hold.",
            text="You pull on the left soleus with 50 N, as above. Apart from the soleus and its"
            " tendon: which structure changes most? Find it in the picture.",
            mistakes=(
                ("Gluteus maximus", "changes more"),
                ("unicorn", "Type a name"),
                (3, "Type a name"),
                ("", "Type a name"),
            ),
        ),
    ),
)
