"""What a cause asks of the body. Causes answer `demand(body)`; demands add."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

__all__ = [
    "CauseError",
    "Demand",
    "SolveError",
    "check_flag",
    "check_number",
    "check_side",
    "combine",
]


class CauseError(ValueError):
    """A cause was given a value that it cannot take."""


class SolveError(ValueError):
    """A state that cannot be held or solved; the message says what to change."""


def check_number(name, value, low, high, unit=""):
    """Return the value as a float, or raise `CauseError` naming what is allowed."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if isinstance(value, (bool, np.bool_, str, bytes)) or not low <= number <= high:
        raise CauseError(
            f"{name} must be a number from {low:g} to {high:g}{' ' + unit if unit else ''}, and is"
            f" {value!r}."
        )
    return number


def check_flag(name, value):
    """Return a yes or no, or raise `CauseError`."""
    if not isinstance(value, (bool, np.bool_)):
        raise CauseError(f"{name} must be True or False, and is {value!r}.")
    return bool(value)


def check_side(value, allowed=("left", "right")):
    """Return the side, or raise `CauseError`."""
    if not isinstance(value, str) or value not in allowed:
        raise CauseError(
            f"side must be {' or '.join(repr(one) for one in allowed)}, and is {value!r}."
        )
    return value


@dataclass(frozen=True)
class Demand:
    """What is asked of the body, in plain quantities.

    Attributes
    ----------
    angles : mapping of bone to (flexion, side bend or abduction, rotation)
        Degrees added to the reference posture at the joint above the bone,
        clinical signs.
    load_shift : float
        Change of the share of body weight on the left foot, -0.5 to 0.5.
    lift_mm, wedge_deg : mapping of side to number
        Height of the ground under a foot; its tilt (positive rolls the foot in).
    lifted_foot : str or None
        Side of a foot that is off the ground.
    head_level : bool
        Whether neck and head turn so that the head stays level.
    tensions : mapping of structure to N
        Tension added in the structure (route: pull).
    capacity : mapping of structure to share
        What is left of its strength.
    pain : mapping of structure to 0..1
    """

    angles: Mapping = field(default_factory=dict)
    load_shift: float = 0.0
    lift_mm: Mapping = field(default_factory=dict)
    wedge_deg: Mapping = field(default_factory=dict)
    lifted_foot: str | None = None
    head_level: bool = True
    tensions: Mapping = field(default_factory=dict)
    capacity: Mapping = field(default_factory=dict)
    pain: Mapping = field(default_factory=dict)

    def __add__(self, other):
        if not isinstance(other, Demand):
            return NotImplemented
        if (
            None not in (self.lifted_foot, other.lifted_foot)
            and self.lifted_foot != other.lifted_foot
        ):
            raise CauseError(
                "One cause lifts the left foot and another the right: somebody must stand. Keep one"
                " of them."
            )
        return Demand(
            angles={
                bone: tuple(
                    np.add(self.angles.get(bone, (0, 0, 0)), other.angles.get(bone, (0, 0, 0)))
                )
                for bone in {**self.angles, **other.angles}
            },
            load_shift=self.load_shift + other.load_shift,
            lift_mm=_merge(self.lift_mm, other.lift_mm, float.__add__),
            wedge_deg=_merge(self.wedge_deg, other.wedge_deg, float.__add__),
            lifted_foot=self.lifted_foot or other.lifted_foot,
            head_level=self.head_level and other.head_level,
            tensions=_merge(self.tensions, other.tensions, float.__add__),
            capacity=_merge(self.capacity, other.capacity, float.__mul__),
            pain=_merge(self.pain, other.pain, lambda a, b: 1 - (1 - a) * (1 - b)),
        )

    @property
    def load_share(self):
        """Share of body weight on the left foot, 0 to 1."""
        if self.lifted_foot:
            return 0.0 if self.lifted_foot == "left" else 1.0
        return 0.5 + self.load_shift


def _merge(first, second, join):
    merged = {key: float(value) for key, value in first.items()}
    for key, value in second.items():
        merged[key] = join(merged[key], float(value)) if key in merged else float(value)
    return merged


def combine(body, causes):
    """Add up what several causes ask of a body, and check it.

    Parameters
    ----------
    body : Body
    causes : sequence
        Objects with a method `demand(body)`.

    Returns
    -------
    Demand

    Raises
    ------
    CauseError
        If together they ask for something that no body can do.
    """
    total = Demand()
    for cause in causes:
        if isinstance(cause, type) or not callable(getattr(cause, "demand", None)):
            raise CauseError(
                f"A cause such as HamstringStrain('left') is needed, and this is {cause!r}."
            )
        total = total + cause.demand(body)
    if not 0 <= total.load_share <= 1:
        raise CauseError(
            f"Together the causes put {total.load_share:.0%} of the weight on the left foot; 0 % to"
            " 100 % is possible. Lower one of them."
        )
    for structure in (*total.tensions, *total.capacity, *total.pain):
        body.find(structure)
    computed = body.derived(
        "computed", lambda body: {line.structure for line in body.lines if line.computed}
    )
    for structure, share in total.capacity.items():
        if share != 1 and structure not in computed:
            raise CauseError(
                f"{structure} is drawn, not computed: it lies within one rigid body, or it was cut."
                " Its strength changes nothing; choose another muscle."
            )
    for name, values, limit, unit in (
        ("lift_mm", total.lift_mm, 60, "mm"),
        ("wedge_deg", total.wedge_deg, 20, "degrees"),
    ):
        for side, value in values.items():
            if abs(value) > limit:
                raise CauseError(
                    f"Together the causes give the {side} foot {name} = {value:g}; at most {limit}"
                    f" {unit} is possible."
                )
    for bone, angles in total.angles.items():
        body.find(bone, kinds=("bone",))
        if max(map(abs, angles)) > 120:
            raise CauseError(
                f"Together the causes turn {bone} by {max(map(abs, angles)):.0f} degrees; at most"
                " 120 is possible."
            )
    return total
