"""Exercises: an open value, and a judge that answers with a hint, never with the solution.

What is right is worked out by the model when it is asked, so that an exercise
follows the data.
"""

import html
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from numbers import Real
from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import name_structure
from musclechain.views.words.errors import MODEL_ERRORS, describe_error

__all__ = [
    "OPEN",
    "Exercise",
    "Reply",
    "compare_number",
    "find_structure",
    "is_number",
    "judge",
    "read_number",
    "strip_side",
]

# what follows the name of a whole muscle in that of one of its parts
PART = re.compile(r" \w+ (head|part)\b")
# what people write before a number that they read off a picture
ABOUT = re.compile(r"^(about|around|roughly|circa|ca\.?|approx(\.|imately)?|~|≈|=)\s*", re.I)
NUMBER = re.compile(r"([+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?)\s*(\D*)", re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
# how people write a unit behind a number
UNITS = {
    "": (),
    "N": ("n", "newton", "newtons"),
    "mm": ("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
    "deg": ("deg", "degree", "degrees", "°"),
    "%": ("%", "percent", "per cent"),
    "steps": ("step", "steps"),
    "weeks": ("week", "weeks"),
    "points": ("point", "points"),
    "minutes": ("minute", "minutes", "min"),
    "sessions": ("session", "sessions"),
    "loop gain": ("loop gain", "gain"),
    "ms": ("ms", "millisecond", "milliseconds"),
    "g": ("g",),
    "m/s": ("m/s",),
    "kN/m": ("kn/m",),
    "body weights": ("bw", "body weight", "body weights"),
}

STATES = {"open": "✎ Open.", "not yet": "✗ Not yet.", "almost": "◐ Almost.", "right": "✓ Right."}


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
    unit : str
        One of `UNITS`, in which a number is asked for.
    text : str
        What is asked.
    """

    name: str
    judge: Callable[[Body, Any], str]
    because: str
    mistakes: tuple[tuple[Any, str], ...] = ()
    unit: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reply:
    """The answer to an answer; a notebook shows it as a line.

    Attributes
    ----------
    state : "open", "not yet", "almost" or "right"
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


OPEN = Reply("open", "Give an answer first.")


def judge(exercise: Exercise, body: Body, value: Any) -> Reply:
    """Judge the answer to an exercise; what the model refuses is a hint as well.

    Parameters
    ----------
    exercise : Exercise
    body : Body
        The body that the lesson is about.
    value : object
        The answer; three dots for none. A number may be a text, with a comma
        or with its unit.

    Returns
    -------
    Reply
        With a hint if the answer is wrong; it never tells the solution.
    """
    if value is ...:
        return OPEN
    if isinstance(value, str) and math.isfinite(number := read_number(value, exercise.unit)):
        value = number
    try:
        hint = exercise.judge(body, value)
    except MODEL_ERRORS as error:
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
    """Find a structure by its id or by its name, with side or without; None if there is none.

    A muscle that is in the body in parts may be named as a whole ("Gastrocnemius"): then it is the
    first of its parts among `structures`. A part of a name ("sacrotuberous") is enough where only
    one structure, and its fellow of the other side, has it.
    """
    if not isinstance(name, str) or not name.strip():
        return None
    wanted, known = _spell(name), list(structures)
    for spellings in (_list_names, _list_names_of_whole):
        for structure in known:
            if wanted in spellings(body, structure):
                return structure
    words = set(wanted.split())
    found = [one for one in known if any(words <= set(n.split()) for n in _list_names(body, one))]
    return found[0] if len({strip_side(structure) for structure in found}) == 1 else None


def _list_names(body: Body, structure: str) -> set[str]:
    data = body.graph.nodes[structure]
    names = (structure, strip_side(structure), name_structure(body, structure), data["name"])
    return {_spell(str(name)) for name in (*names, data.get("plain_name", ""))}


def _list_names_of_whole(body: Body, structure: str) -> set[str]:
    return {PART.sub("", name) for name in _list_names(body, structure)}


def _spell(name: str) -> str:
    return " ".join(name.lower().replace(",", " ").replace("_", " ").split())


def read_number(text: str, unit: str = "") -> float:
    """Read a number as people type it, with a point or a comma; NaN if it is none.

    A word such as "about" may stand before it. Its unit, one of `UNITS`, may follow; with another
    one it is no answer. A comma before just three digits parts thousands, as nobody is asked for
    thousandths.
    """
    found = NUMBER.fullmatch(ABOUT.sub("", text.strip().replace("−", "-")))
    if not found or found[2].lower() not in ("", *UNITS[unit]):
        return math.nan
    comma = "" if THOUSANDS.fullmatch(found[1]) else "."
    return float(found[1].replace(",", comma))
