"""Exercises: an open value, and a judge that answers with a hint, never with the solution.

What is right is worked out by the model when it is asked, so that an exercise
follows the data.
"""

import html
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from numbers import Real
from typing import Any

from musclechain.anatomy.body import Body, UnknownStructureError
from musclechain.anatomy.graph_checks import GraphError
from musclechain.mechanics.change import CauseError, SolveError
from musclechain.views.words.errors import describe_error
from musclechain.views.words.format import name_structure

__all__ = [
    "Exercise",
    "Reply",
    "compare_number",
    "find_structure",
    "is_number",
    "judge",
    "strip_side",
]

STATES = {"open": "✎ Open.", "not yet": "✗ Not yet.", "right": "✓ Right."}


@dataclass(frozen=True)
class Exercise:
    """A task with one open value.

    Attributes
    ----------
    name : str
    judge : callable
        Called with body and value; gives "" if the value is right, else a hint.
    because : str
        Why it is right, shown once it is.
    mistakes : tuple of (object, str)
        Answers that a learner may well give first, and words of the hint that each gets.
    """

    name: str
    judge: Callable[[Body, Any], str]
    because: str
    mistakes: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True)
class Reply:
    """The answer to an answer; a notebook shows it as a line.

    Attributes
    ----------
    state : "open", "not yet" or "right"
    message : str
    """

    state: str
    message: str

    @property
    def is_right(self) -> bool:
        """Whether the exercise is solved."""
        return self.state == "right"

    def __repr__(self) -> str:
        return f"{STATES[self.state]} {self.message}"

    def _repr_html_(self) -> str:
        return (
            "<p role='status' style='border-left:4px solid currentColor;padding:4px 10px;"
            f"line-height:1.5'>{html.escape(repr(self))}</p>"
        )


def judge(exercise: Exercise, body: Body, value: Any) -> Reply:
    """Judge the answer to an exercise; what the model refuses is a hint as well.

    Parameters
    ----------
    exercise : Exercise
    body : Body
        The body that the lesson is about.
    value : object
        The answer; three dots for none.

    Returns
    -------
    Reply
        With a hint if the answer is wrong; it never tells the solution.
    """
    if value is ...:
        return Reply("open", "Replace the three dots with your answer, and run the cell again.")
    try:
        hint = exercise.judge(body, value)
    except (CauseError, SolveError, GraphError, UnknownStructureError) as error:
        hint = describe_error(error)
    return Reply("not yet", hint) if hint else Reply("right", exercise.because)


def is_number(value: Any) -> bool:
    """Whether an answer is a finite number, and not True or False."""
    try:
        return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def compare_number(reached: float, wanted: float, within: float, words: str, unit: str) -> str:
    """Say how far the model gets with an answer; "" if that is near enough."""
    if abs(reached - wanted) <= within:
        return ""
    return (
        f"With your number {words} {reached:.1f} {unit}. That is"
        f" {'too little' if reached < wanted else 'too much'}: {wanted:g} {unit} are asked for."
    )


def strip_side(structure: str) -> str:
    """An id without the ending for its side."""
    return structure.removesuffix("_left").removesuffix("_right")


def find_structure(body: Body, name: Any, structures: Iterable[str]) -> str | None:
    """Find a structure by its id or by its name, with side or without; None if there is none."""
    if not isinstance(name, str):
        return None
    wanted = " ".join(name.lower().replace(",", " ").replace("_", " ").split())
    for structure in structures:
        data = body.graph.nodes[structure]
        known = {
            structure.replace("_", " ").lower(),
            strip_side(structure).replace("_", " ").lower(),
            name_structure(body, structure).lower().replace(",", ""),
            str(data["name"]).lower(),
            str(data.get("plain_name", "")).lower(),
        }
        if wanted and wanted in known:
            return structure
    return None
