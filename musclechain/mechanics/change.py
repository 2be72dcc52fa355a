"""What a cause, or a remedy, changes: what is asked of the body, and what its tissue is like.

Causes and remedies answer `change(body)`; changes add.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

import numpy as np

from musclechain.anatomy.body import Body

__all__ = [
    "Case",
    "CauseError",
    "Change",
    "SolveError",
    "UnheldError",
    "add_changes",
    "cut_body",
    "check_body",
    "check_flag",
    "check_number",
    "check_side",
    "check_whole",
]

SIDES = ("left", "right")
LONGEST_REPR = 80
Angles = tuple[float, float, float]


class CauseError(ValueError):
    """A cause was given a value that it cannot take."""


class SolveError(ValueError):
    """A state that cannot be held or solved; the message says what to change."""


class UnheldError(SolveError):
    """A stance that the muscles cannot hold.

    Attributes
    ----------
    gap : numpy.ndarray, shape (bones - 1, 3)
        Moment at each joint that nothing holds, Nm, about its `moment_axes`.
    """

    def __init__(self, message: str, gap: np.ndarray) -> None:
        super().__init__(message)
        self.gap = gap


def check_number(name: str, value: Any, low: float, high: float, unit: str = "") -> float:
    """Return the value as a float, or raise `CauseError` naming what is allowed."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = np.nan
    if isinstance(value, (bool, np.bool_, str, bytes)) or not low <= number <= high:
        raise CauseError(
            f"{name} must be a number from {low:g} to {high:g}{' ' + unit if unit else ''}, and is"
            f" {value!r}."
        )
    return number


def check_whole(name: str, value: Any, low: int, high: int) -> int:
    """Return a whole number, or raise `CauseError` naming what is allowed."""
    number = check_number(name, value, low, high)
    if number != int(number):
        raise CauseError(f"{name} must be a whole number from {low} to {high}, and is {value!r}.")
    return int(number)


def check_body(value: Any) -> Body:
    """Return the body, or raise `CauseError` where something else was given."""
    if not isinstance(value, Body):
        shown = repr(value)
        # a result, say, would fill pages
        shown = shown if len(shown) < LONGEST_REPR else f"a {type(value).__name__}"
        raise CauseError(
            f"The first value must be a body such as read_body() gives, and is {shown}."
        )
    return value


def check_flag(name: str, value: Any) -> bool:
    """Return a yes or no, or raise `CauseError`."""
    if not isinstance(value, (bool, np.bool_)):
        raise CauseError(f"{name} must be True or False, and is {value!r}.")
    return bool(value)


def check_side(value: Any, allowed: tuple[str, ...] = SIDES, name: str = "side") -> str:
    """Return the side, or raise `CauseError`."""
    if not isinstance(value, str) or value not in allowed:
        raise CauseError(
            f"{name} must be {' or '.join(repr(side) for side in allowed)}, and is {value!r}."
        )
    return value


@dataclass(frozen=True)
class Change:
    """What is asked of the body and what its tissue is like, in plain quantities.

    Attributes
    ----------
    angles : mapping of bone to (flexion, side bend or abduction, rotation)
        Degrees added to the reference posture at the joint above the bone,
        clinical signs.
    inclination : mapping of bone to (flexion, side bend, rotation)
        Degrees by which thorax or head turn in space; how the joints below share
        that is left to the pose.
    load_shift : float
        Change of the share of body weight on the left foot, -0.5 to 0.5.
    lift_mm, wedge_deg : mapping of side to number
        Height of the ground under a foot; its tilt (positive rolls the foot in).
    feet_apart_mm : float
        How much further apart than in the healthy body the feet stand.
    aside_mm : float
        How far to the right of the weight the pelvis is asked to stand.
    lifted_foot : str or None
        Side of a foot that is off the ground.
    head_level : bool
        Whether neck and head turn so that the head stays level.
    tensions : mapping of structure to N
        Tension added in the structure (route: pull).
    strength : mapping of muscle to factor
        What is left of its greatest force.
    stiffness : mapping of structure to factor
        On the stiffness of tissue, and of muscle at rest and at work.
    slack_mm : mapping of muscle to mm
        Added to the length at which it begins to resist stretch; less than 0
        is a shorter muscle.
    tone : mapping of muscle to share
        Added to the activation that it holds at rest.
    pain : mapping of structure to 0..1
    guarding_gain : float
        Factor on how much of an overload starts the next round of guarding.
    cuts : tuple of str or (str, str)
        Structures, or links between two of them, that are cut through before
        anything else is asked: what is compared with is the body with the cut.
    answers : frozenset of str
        Structures that are altered in answer to what is asked, as fibres that fit themselves to a
        stance, and are not where the cause lies.
    """

    angles: Mapping[str, Angles] = field(default_factory=dict)
    inclination: Mapping[str, Angles] = field(default_factory=dict)
    load_shift: float = 0.0
    lift_mm: Mapping[str, float] = field(default_factory=dict)
    wedge_deg: Mapping[str, float] = field(default_factory=dict)
    feet_apart_mm: float = 0.0
    aside_mm: float = 0.0
    lifted_foot: str | None = None
    head_level: bool = True
    tensions: Mapping[str, float] = field(default_factory=dict)
    strength: Mapping[str, float] = field(default_factory=dict)
    stiffness: Mapping[str, float] = field(default_factory=dict)
    slack_mm: Mapping[str, float] = field(default_factory=dict)
    tone: Mapping[str, float] = field(default_factory=dict)
    pain: Mapping[str, float] = field(default_factory=dict)
    guarding_gain: float = 1.0
    cuts: tuple[str | tuple[str, str], ...] = ()
    answers: frozenset[str] = frozenset()

    def __add__(self, other: "Change") -> "Change":
        if not isinstance(other, Change):
            return NotImplemented
        feet = {self.lifted_foot, other.lifted_foot} - {None}
        if len(feet) > 1:
            raise CauseError(
                "One cause lifts the left foot and another the right: somebody must stand. Keep one"
                " of them."
            )
        return Change(
            angles=_merge(self.angles, other.angles, _add_angles),
            inclination=_merge(self.inclination, other.inclination, _add_angles),
            load_shift=self.load_shift + other.load_shift,
            feet_apart_mm=self.feet_apart_mm + other.feet_apart_mm,
            aside_mm=self.aside_mm + other.aside_mm,
            lifted_foot=self.lifted_foot or other.lifted_foot,
            head_level=self.head_level and other.head_level,
            guarding_gain=self.guarding_gain * other.guarding_gain,
            cuts=tuple(dict.fromkeys((*self.cuts, *other.cuts))),
            answers=self.answers | other.answers,
            **{
                name: _merge(getattr(self, name), getattr(other, name), join)
                for name, join in JOINS.items()
            },
        )

    def beyond(self, other: "Change") -> "Change":
        """Keep what this change asks otherwise than another one.

        Parameters
        ----------
        other : Change

        Returns
        -------
        Change
            Whatever both ask alike is neutral in it; the rest is as in this one, no difference.
        """
        kept: dict[str, Any] = {}
        for part in fields(Change):
            mine, its = getattr(self, part.name), getattr(other, part.name)
            if isinstance(mine, Mapping):
                kept[part.name] = {key: one for key, one in mine.items() if its.get(key) != one}
            elif mine != its:
                kept[part.name] = mine
        return Change(**kept)

    @property
    def load_share(self) -> float:
        """Share of body weight on the left foot, 0 to 1."""
        if self.lifted_foot:
            return 0.0 if self.lifted_foot == "left" else 1.0
        return 0.5 + self.load_shift

    @property
    def asks_for_pose(self) -> bool:
        """Whether it asks for anything but quiet standing on both feet."""
        return (
            self.load_shift != 0
            or self.feet_apart_mm != 0
            or self.aside_mm != 0
            or self.lifted_foot is not None
            or not self.head_level
            or any(map(any, self.angles.values()))
            or any(map(any, self.inclination.values()))
            or any(self.lift_mm.values())
            or any(self.wedge_deg.values())
        )

    @property
    def alters_tissue(self) -> bool:
        """Whether any tissue is other than in the healthy body, its strength left out."""
        return bool(
            any(factor != 1 for factor in self.stiffness.values())
            or any(self.slack_mm.values())
            or any(self.tone.values())
        )


class Case(Protocol):
    """A cause or a remedy: anything that says what it changes."""

    def change(self, body: Body) -> Change:
        """Say what is changed in a body, and what is asked of it."""


def _add_angles(first: Angles, second: Angles) -> Angles:
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


# How the values of two changes join where both name the same structure or side.
JOINS: dict[str, Callable[[float, float], float]] = {
    "lift_mm": float.__add__,
    "wedge_deg": float.__add__,
    "tensions": float.__add__,
    "strength": float.__mul__,
    "stiffness": float.__mul__,
    "slack_mm": float.__add__,
    "tone": float.__add__,
    "pain": lambda first, second: 1 - (1 - first) * (1 - second),
}
# The least and the greatest that the equations are asked to bear, and the unit.
LIMITS = {
    "angles": (-120.0, 120.0, "degrees"),
    "inclination": (-120.0, 120.0, "degrees"),
    "lift_mm": (-60.0, 60.0, "mm"),
    "wedge_deg": (-20.0, 20.0, "degrees"),
    "tensions": (-5000.0, 5000.0, "N"),
    "strength": (0.0, 10.0, ""),
    "stiffness": (0.01, 100.0, ""),
    "slack_mm": (-200.0, 200.0, "mm"),
    "tone": (-1.0, 1.0, ""),
    "pain": (0.0, 1.0, ""),
}
FEET_APART_MM = (-60.0, 400.0)
ASIDE_MM = (-60.0, 60.0)
IN_THREES = ("angles", "inclination")
INCLINED = ("thorax", "head")  # what is held upright, so what can be asked to lean
ONLY_MUSCLES = ("strength", "slack_mm", "tone")


def _merge(first: Mapping, second: Mapping, join: Callable) -> dict:
    merged = {key: _as_float(value) for key, value in first.items()}
    for key, value in second.items():
        merged[key] = join(merged[key], _as_float(value)) if key in merged else _as_float(value)
    return merged


def _as_float(value: Any) -> Any:
    return tuple(map(float, value)) if isinstance(value, (tuple, list)) else float(value)


def add_changes(body: Body, cases: Iterable[Case]) -> Change:
    """Add up what causes and remedies change, and check it.

    Parameters
    ----------
    body : Body
    cases : iterable
        Objects with a method `change(body)`.

    Returns
    -------
    Change

    Raises
    ------
    CauseError
        If one of them is no cause, or together they ask for something that no
        body can do; no number that is not finite gets past this door.
    UnknownStructureError
    """
    total = Change()
    for case in cases:
        if isinstance(case, type) or not callable(getattr(case, "change", None)):
            raise CauseError(
                f"A cause such as HamstringStrain('left') is needed, and this is {case!r}."
            )
        total = total + _check_change(case, case.change(body))
    _check_sizes(total)
    _check_names(cut_body(body, total.cuts), total)
    return total


def cut_body(body: Body, cuts: tuple[str | tuple[str, str], ...]) -> Body:
    """Cut structures and links; the last body that was cut so is kept, as a slider asks for it at
    every step.

    Raises
    ------
    UnknownStructureError
    """
    return body.latest("cut", cuts, _cut) if cuts else body


def _cut(body: Body, cuts: tuple[str | tuple[str, str], ...]) -> Body:
    for cut in cuts:
        body = body.without(cut) if isinstance(cut, str) else body.without_link(*cut)
    return body


def _check_sizes(total: Change) -> None:
    if not 0 <= total.load_share <= 1:
        raise CauseError(
            f"Together the causes put {total.load_share:.0%} of the weight on the left foot; 0 % to"
            " 100 % is possible. Lower one of them."
        )
    for name, (low, high, unit) in LIMITS.items():
        for key, values in getattr(total, name).items():
            for value in values if name in IN_THREES else (values,):
                if not low <= value <= high:
                    raise CauseError(_say_too_much(name, key, value, low, high, unit))
    check_number("guarding_gain", total.guarding_gain, 0, 100)
    check_number("feet_apart_mm", total.feet_apart_mm, *FEET_APART_MM, "mm")
    check_number("aside_mm", total.aside_mm, *ASIDE_MM, "mm")


def _check_change(case: Any, change: Any) -> Change:
    """Refuse what is no change, or holds anything but numbers, from a cause of somebody's own."""
    if not isinstance(change, Change):
        raise CauseError(
            f"The method change of {type(case).__name__} must return a Change, and returned a"
            f" {type(change).__name__}."
        )
    for part in fields(Change):
        value = getattr(change, part.name)
        if part.name not in LIMITS:
            continue
        if not isinstance(value, Mapping):
            raise CauseError(f"{part.name} must be a dict such as {{...: ...}}, and is {value!r}.")
        for key, number in value.items():
            numbers = number if part.name in IN_THREES else (number,)
            if not isinstance(numbers, (tuple, list)) or (
                part.name in IN_THREES and len(numbers) != 3
            ):
                raise CauseError(
                    f"The angles of {key} must be three numbers (flexion, side, rotation), and are"
                    f" {number!r}."
                )
            for single in numbers:
                check_number(f"{part.name} of {key}", single, -1e6, 1e6)
    check_number("load_shift", change.load_shift, -1, 1)
    check_number("feet_apart_mm", change.feet_apart_mm, *FEET_APART_MM, "mm")
    check_number("aside_mm", change.aside_mm, *ASIDE_MM, "mm")
    check_number("guarding_gain", change.guarding_gain, 0, 100)
    check_flag("head_level", change.head_level)
    if change.lifted_foot is not None:
        check_side(change.lifted_foot, name="lifted_foot")
    for side in (*change.lift_mm, *change.wedge_deg):
        check_side(side)
    if not isinstance(change.cuts, tuple):
        raise CauseError(f"cuts must be a tuple of structures or pairs, and is {change.cuts!r}.")
    return change


def _say_too_much(name: str, key: str, value: float, low: float, high: float, unit: str) -> str:
    end = f" {unit}" if unit else ""
    if name in IN_THREES:
        return (
            f"Together the causes turn {key} by {abs(value):.0f} degrees; at most {high:g} is"
            " possible."
        )
    what = f"the {key} foot {name}" if name in ("lift_mm", "wedge_deg") else f"{key} {name}"
    return f"Together the causes give {what} = {value:g}; {low:g} to {high:g}{end} is possible."


def _check_names(body: Body, change: Change) -> None:
    """What is named must be of the body, and computed where it is to change anything."""
    for name in JOINS:
        if name in ("lift_mm", "wedge_deg"):
            continue
        kinds = {"kinds": ("muscle",)} if name in ONLY_MUSCLES else {}
        for structure in getattr(change, name):
            if structure in change.cuts:
                raise CauseError(
                    f"{structure} has been cut, so nothing can be asked of it. Choose another"
                    " structure, or cut another."
                )
            body.find(structure, **kinds)
    for bone in (*change.angles, *change.inclination):
        body.find(bone, kinds=("bone",))
    for bone in change.inclination:
        if bone not in INCLINED:
            raise CauseError(
                f"inclination is asked of thorax or head, and here of {bone!r}. Use angles for the"
                " joint above a bone."
            )
    computed = body.derived("computed", _list_computed)
    for name, neutral in (("strength", 1.0), ("stiffness", 1.0), ("slack_mm", 0.0), ("tone", 0.0)):
        for structure, value in getattr(change, name).items():
            if value != neutral and structure not in computed:
                raise CauseError(
                    f"{structure} is drawn, not computed: it lies within one rigid body, or it was"
                    f" cut. Its {name.removesuffix('_mm')} changes nothing; choose another muscle."
                )


def _list_computed(body: Body) -> set[str]:
    return {line.structure for line in body.lines if line.computed}
