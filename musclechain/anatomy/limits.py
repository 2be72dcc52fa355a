"""What a number may be: the limits of the model's constants and of the numbers in a graph.

They are what the equations can take, and wider than what a living body has; the files of data/
keep narrower ones.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

__all__ = [
    "ALLOWANCE",
    "BONE_NUMBERS",
    "DRAWING_NUMBERS",
    "FACTOR",
    "FURTHEST_MM",
    "MUSCLE_LINE",
    "PARAMETERS",
    "POINT_WORDS",
    "STIFFNESS",
    "TISSUE_LINE",
    "USUAL_AXES",
    "Limits",
    "is_axis",
    "is_count",
    "is_number",
    "is_point",
    "is_triple",
]


class Limits(NamedTuple):
    """Unit, least and greatest value of a number."""

    unit: str
    least: float
    most: float

    def allows(self, value: object) -> bool:
        """Whether a value is a number within the limits."""
        if type(value) is float or is_number(value):
            # what is no number is in no order either
            return bool(self.least <= value <= self.most)  # type: ignore[operator]
        return False

    @property
    def words(self) -> str:
        """The limits in words, such as ``from 0 to 50 mm``."""
        unit = "" if self.unit in ("none", "share") else f" {self.unit}"
        return f"from {self.least:g} to {self.most:g}{unit}"


# What the mechanics asks for by name.
PARAMETERS: Mapping[str, Limits] = MappingProxyType(
    {
        "specific_tension": Limits("N/cm2", 1, 500),
        "tone": Limits("share", 0, 0.2),
        "short_range_stiffness_q": Limits("none", 0, 200),
        "resting_stiffness": Limits("none", 0, 5),
        "passive_shape": Limits("none", 0.5, 20),
        "passive_strain": Limits("none", 0.05, 5),
        "tendon_strain": Limits("none", 0, 0.5),
        "tissue_stiffness_factor": Limits("none", 0.01, 100),
        "joint_stiffness_factor": Limits("none", 0.01, 100),
        "allowance_factor": Limits("none", 0.01, 100),
        "balance_stiffness": Limits("N/m", 0, 1e8),
        # the bed of the two springs of a lesson is as soft as the least
        "junction_tether": Limits("N/m", 0.1, 1e8),
        "mass_factor": Limits("none", 0.1, 10),
        "attachment_offset": Limits("mm", -50, 50),
        "axis_tilt": Limits("deg", -30, 30),
        "support_forward": Limits("mm", 0, 200),
        "standing_tilt": Limits("deg", -15, 15),
        "ground_height": Limits("mm", -500, 500),
        "spinal_spread": Limits("none", 0, 0.99),
        "crossing_share": Limits("none", 0, 1),
        "guarding_loop_gain": Limits("none", 0, 10),
        "guarding_floor": Limits("share", 0, 1),
        "pain_inhibition": Limits("none", 0, 1),
        # overload is counted as a share of what lies above this, so something must lie there
        "overload_activation": Limits("share", 0, 0.99),
        "guarding_function": Limits("none", 0, 10),
        "guarding_deep_back": Limits("none", 0, 10),
        "guarding_others": Limits("none", 0, 10),
        "adaptation_inhibition": Limits("none", 0, 1),
        "adaptation_helpers": Limits("none", 0, 1),
        "adaptation_opponents": Limits("share", 0, 1),
        "redistribution_price": Limits("none", 0, 1000),
        "strand_toe": Limits("N", 0.01, 1000),
        "effort_weight": Limits("none", 0, 10),
        "righting_trunk": Limits("Nm/rad", 0, 1e5),
        "righting_head": Limits("Nm/rad", 0, 1e5),
        "hanging_limbs": Limits("J/Nm2", 0, 1e3),
        "wish_strength": Limits("Nm/rad", 1, 1e6),
        "feet_apart": Limits("mm", -60, 400),
    }
)
BONE_NUMBERS: Mapping[str, Limits] = MappingProxyType({"mass_kg": Limits("kg", 0.001, 1000)})
MUSCLE_LINE: Mapping[str, Limits] = MappingProxyType(
    {
        "pcsa_cm2": Limits("cm2", 0.001, 10_000),
        "fibre_mm": Limits("mm", 0.1, 2500),
        "slack_mm": Limits("mm", 0, 2500),
        "pennation_deg": Limits("degrees", 0, 89),
    }
)
TISSUE_LINE: Mapping[str, Limits] = MappingProxyType(
    {
        "stiffness_n_per_mm": Limits("N/mm", 1e-6, 1e6),
        "pretension_n": Limits("N", 0, 10_000),
    }
)
# on the strength or the stiffness of one structure
FACTOR = Limits("none", 0.001, 1000)
STIFFNESS = Limits("Nm per degree", 0, 1e6)
ALLOWANCE = Limits("Nm", 0.001, 1e6)
SHARE = Limits("share", 0, 1)
# Which of x, y and z each angle of a joint turns about, where nothing else is said; an axis of its
# own has at least this share of its length along it, that is, it lies within 75 degrees.
USUAL_AXES: Mapping[str, int] = MappingProxyType({"flexion": 2, "side_bend": 0, "rotation": 1})
LEAST_ALONG = 0.26
STOP_ANGLE = Limits("degrees", 0, 180)
STEEPNESS = Limits("degrees", 0.5, 60)
DRAWING_NUMBERS: Mapping[str, Limits] = MappingProxyType(
    {
        "belly": Limits("none", 0, 1),
        "width": Limits("none", 0.01, 100),
        "tendon_proximal": Limits("none", 0, 1),
        "tendon_distal": Limits("none", 0, 1),
        "layer": Limits("none", 1, 4),
    }
)
FURTHEST_MM = 2500
PLACE = Limits("mm", -FURTHEST_MM, FURTHEST_MM)
POINT_WORDS = f"three numbers in millimetres, -{FURTHEST_MM} to {FURTHEST_MM}"


def is_number(value: object) -> bool:
    """Whether a value is a finite number that arrays can hold; a truth value is none."""
    if isinstance(value, (bool, np.bool_, np.longdouble)):
        return False
    if not isinstance(value, (int, float, np.integer, np.floating)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond the greatest float
        return False


def is_count(value: object) -> bool:
    """Whether a value is a whole number from 1."""
    is_whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    return is_whole and bool(value >= 1)  # type: ignore[operator]


def is_triple(value: object, limits: Limits) -> bool:
    """Whether a value is three numbers within limits."""
    numbers = value.tolist() if isinstance(value, np.ndarray) else value
    return (
        isinstance(numbers, (tuple, list))
        and len(numbers) == 3
        and all(limits.allows(number) for number in numbers)
    )


def is_axis(axis: str, line: tuple[float, float, float]) -> bool:
    """Whether a direction lies near enough to the usual axis of an angle to be told by its name."""
    return math.hypot(*line) > 0 and abs(line[USUAL_AXES[axis]]) >= LEAST_ALONG * math.hypot(*line)


def is_point(value: object) -> bool:
    """Whether a value is a point of the body in millimetres."""
    return is_triple(value, PLACE)
