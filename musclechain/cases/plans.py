"""A plan of treatment: which remedy, how long, how often and from when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import CaseLevel, read_levels
from musclechain.anatomy.records import RegionName
from musclechain.cases.causes import Insole
from musclechain.cases.description import Number, Side, Sides, case, field
from musclechain.mechanics.change import CauseError, check_number
from musclechain.mechanics.slow import Practice

__all__ = [
    "REMEDIES",
    "Dose",
    "TIME_CONSTANTS",
    "DoseEffect",
    "Plan",
    "draw_level",
    "find_after_session",
    "find_effects",
    "read_remedy",
]

Remedy = Literal[
    "deep massage",
    "sports massage",
    "neuromuscular therapy",
    "static stretching",
    "dynamic stretching",
    "strengthening",
    "balance work",
    "Pilates",
    "daily practice",
    "insoles",
    "shoes",
    "rest",
]
REMEDIES: tuple[Remedy, ...] = get_args(Remedy)
Place = Literal["body", RegionName]
PLACES: tuple[Place, ...] = get_args(Place)
MOST_DOSES = 40
LONGEST_NAME = 80
# where a gain has come, or gone, all but 5 %
TIME_CONSTANTS = 3.0

# what each family of remedies reads of data/cases.csv: unit, least, most
SHARE, MINUTES, WEEKS = ("share", 0, 1), ("min", 0.1, 1000), ("none", 0.5, 200)
MASSAGE = {
    "softer_now": SHARE,
    "gone_after": MINUTES,
    "session": MINUTES,
    "relief": SHARE,
    "relief_gone": ("days", 0.1, 365),
    "calmer": SHARE,
}
STRETCHING = {
    "range_now": ("deg", 0, 60),
    "gone_after": MINUTES,
    "session": MINUTES,
    "range_weeks": ("deg", 0, 60),
    "weeks": WEEKS,
    "week": MINUTES,
    "softer": SHARE,
    "softer_from": MINUTES,
    "softer_full": MINUTES,
}
TRAINING = {
    "strength": SHARE,
    "relief": SHARE,
    "calmer": SHARE,
    "balance": SHARE,
    "weeks": WEEKS,
    "week": MINUTES,
}
RESTING = {"unloaded": SHARE}
# remedy -> case and level of data/cases.csv, and what is read of them; shoes and insoles change
# what is under the foot, and nothing that grows
TABLES: Mapping[str, tuple[str, str, Mapping]] = {
    "deep massage": ("massage", "deep", MASSAGE),
    "sports massage": ("massage", "sports", MASSAGE),
    "neuromuscular therapy": ("massage", "neuromuscular", MASSAGE),
    "static stretching": ("stretching", "static", STRETCHING),
    "dynamic stretching": ("stretching", "dynamic", STRETCHING),
    "strengthening": ("training", "strengthening", TRAINING),
    "balance work": ("training", "balance", TRAINING),
    "Pilates": ("training", "pilates", TRAINING),
    "daily practice": ("training", "practice", TRAINING),
    "rest": ("resting", "adult", RESTING),
}


@case
class Dose:
    """One remedy of a plan.

    Examples
    --------
    >>> Dose("static stretching", minutes=3, per_week=7, weeks=6).last_day
    42.0
    """

    remedy: Remedy = field("Remedy")
    minutes: Number = field(
        "Minutes each time", default=30.0, low=1, high=120, unit="minutes", step=1
    )
    per_week: Number = field("Times a week", default=1.0, low=0.25, high=21, step=0.25)
    from_day: Number = field(
        "From day", default=0.0, low=0, high=3650, unit="days", help="Day 0 is the first.", step=1
    )
    weeks: Number = field("For", default=5.0, low=1, high=520, unit="weeks", step=1)
    region: Place = field("Muscles of", default="body", help="'body' means all of them.")
    side: Sides = field("Side", default="both")

    @property
    def last_day(self) -> float:
        """Day on which it ends."""
        return self.from_day + 7 * self.weeks

    @property
    def week_minutes(self) -> float:
        """Minutes a week."""
        return self.minutes * self.per_week


@dataclass(frozen=True)
class Plan:
    """What is done, dose by dose; an empty plan is to do nothing.

    Attributes
    ----------
    doses : tuple of Dose
        At most 40.
    name : str
        In one line of at most 80 characters; may be empty.

    Raises
    ------
    CauseError
        In words, if it is given anything else.
    """

    doses: tuple[Dose, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        listed = self.doses if isinstance(self.doses, Iterable) else (self.doses,)
        object.__setattr__(self, "doses", tuple(listed))
        wrong = [dose for dose in self.doses if not isinstance(dose, Dose)]
        if wrong:
            raise CauseError(
                f"A plan is made of doses such as Dose('rest'), and not of {wrong[0]!r}."
            )
        if len(self.doses) > MOST_DOSES:
            raise CauseError(
                f"A plan has at most {MOST_DOSES} doses, and this one has {len(self.doses)}."
            )
        if (
            not isinstance(self.name, str)
            or len(self.name) > LONGEST_NAME
            or not self.name.isprintable()
            or self.name != self.name.strip()
        ):
            raise CauseError(
                f"The name of a plan is one line of at most {LONGEST_NAME} characters without"
                f" spaces around it, and is {str(self.name)[:LONGEST_NAME]!r}."
            )

    def list_aids(self, day: float) -> tuple[Insole, ...]:
        """List what is under the feet on a day, as remedies of `spread`.

        Parameters
        ----------
        day : float

        Returns
        -------
        tuple of Insole
            One for each side that has any; shoes change nothing of how one stands here.
        """
        worn = [
            dose
            for dose in self.doses
            if dose.remedy == "insoles" and dose.from_day <= day < dose.last_day
        ]
        sides: tuple[Side, ...] = ("left", "right")
        return tuple(
            Insole(side) for side in sides if any(dose.side in (side, "both") for dose in worn)
        )


@dataclass(frozen=True)
class DoseEffect:
    """What a dose does, as sizes that it tends to: numbers, or one for each draw.

    Attributes
    ----------
    dose : Dose
    practice : Practice
        How it grows and fades, and what it does to pain, guarding and load.
    stronger, softer : float or numpy.ndarray, shape (draws,)
        Shares of strength gained and of stiffness lost by its muscles.
    range_deg : float or numpy.ndarray, shape (draws,)
        How much higher the straight leg is raised, degrees.
    balance : float or numpy.ndarray, shape (draws,)
        Of what practice can give, in the tasks that are trained.
    """

    dose: Dose
    practice: Practice
    stronger: Any = 0.0
    softer: Any = 0.0
    range_deg: Any = 0.0
    balance: Any = 0.0


def read_remedy(body: Body, remedy: str) -> CaseLevel | None:
    """Read the numbers of a remedy from data/cases.csv.

    Parameters
    ----------
    body : Body
    remedy : str
        One of `REMEDIES`.

    Returns
    -------
    CaseLevel or None
        None for insoles and shoes, which have none of their own.

    Raises
    ------
    CauseError
        For another remedy.
    DataError
        If a number is missing or out of reach.
    """
    if remedy not in REMEDIES:
        raise CauseError(f"remedy must be one of {', '.join(REMEDIES)}, and is {remedy!r}.")
    if remedy not in TABLES:
        return None
    name, level, needs = TABLES[remedy]
    return read_levels(body, name, needs, (level,))[level]


def draw_level(level: CaseLevel, draws: np.random.Generator | None, count: int) -> dict[str, Any]:
    """Read the numbers of a level, or draw each from its range so many times.

    Parameters
    ----------
    level : CaseLevel
    draws : numpy.random.Generator or None
        None: the values of the table.
    count : int

    Returns
    -------
    dict of quantity to float, or to numpy.ndarray, shape (count,)
    """
    if draws is None:
        return dict(level.values)
    return {
        name: draws.uniform(record.low, record.high, count)
        for name, record in level.records.items()
    }


def find_effects(
    body: Body, plan: Plan, draws: np.random.Generator | None = None, count: int = 1
) -> tuple[DoseEffect, ...]:
    """Find what each dose of a plan does.

    Parameters
    ----------
    body : Body
    plan : Plan
    draws : numpy.random.Generator, optional
        Draws the sizes from their ranges, the same for all doses of one remedy.
    count : int
        How many draws.

    Returns
    -------
    tuple of DoseEffect

    Notes
    -----
    An effect grows in proportion to the weekly minutes up to the dose at which it
    was measured, and no further. Sessions are not told apart: of what each gives
    and loses again before the next, the mean is taken.
    """
    numbers = {}
    for remedy in REMEDIES:  # in one order, so that the same seed draws the same
        level = read_remedy(body, remedy)
        if level is not None:
            numbers[remedy] = draw_level(level, draws, count)
    return tuple(_find_effect(dose, numbers.get(dose.remedy, {})) for dose in plan.doses)


def _find_effect(dose: Dose, numbers: Mapping[str, Any]) -> DoseEffect:
    if "relief_gone" in numbers:
        return _find_massage(dose, numbers)
    if "range_weeks" in numbers:
        return _find_stretching(dose, numbers)
    if "strength" in numbers:
        return _find_training(dose, numbers)
    rest = numbers.get("unloaded", 0.0)
    return DoseEffect(dose, Practice(dose.from_day, dose.last_day, 1.0, 1.0, unloaded=rest))


def _find_massage(dose: Dose, numbers: Mapping[str, Any]) -> DoseEffect:
    days = numbers["relief_gone"] / TIME_CONSTANTS
    # what a session gives fades until the next: the mean of the saw-tooth
    part = np.minimum(dose.minutes / numbers["session"], 1.0)
    level = np.minimum(part * days * dose.per_week / 7, 1.0)
    practice = Practice(
        dose.from_day,
        dose.last_day,
        1.0,
        days,
        relief=numbers["relief"] * level,
        calmer=numbers["calmer"] * level,
    )
    return DoseEffect(dose, practice)


def _find_stretching(dose: Dose, numbers: Mapping[str, Any]) -> DoseEffect:
    weekly = dose.week_minutes
    span = np.maximum(numbers["softer_full"] - numbers["softer_from"], 0.1)
    much = np.clip((weekly - numbers["softer_from"]) / span, 0.0, 1.0)
    practice = Practice(dose.from_day, dose.last_day, 1.0, 7 * numbers["weeks"] / TIME_CONSTANTS)
    # what is measured at the thigh says nothing of a stretched neck
    at_thigh = float(dose.region in ("body", "thigh", "hip"))
    return DoseEffect(
        dose,
        practice,
        softer=numbers["softer"] * much,
        range_deg=at_thigh * numbers["range_weeks"] * np.minimum(weekly / numbers["week"], 1.0),
    )


def _find_training(dose: Dose, numbers: Mapping[str, Any]) -> DoseEffect:
    level = np.minimum(dose.week_minutes / numbers["week"], 1.0)
    practice = Practice(
        dose.from_day,
        dose.last_day,
        1.0,
        7 * numbers["weeks"] / TIME_CONSTANTS,
        relief=numbers["relief"] * level,
        calmer=numbers["calmer"] * level,
    )
    return DoseEffect(
        dose,
        practice,
        stronger=numbers["strength"] * level,
        balance=numbers["balance"] * level,
    )


def find_after_session(
    body: Body, remedy: str, minutes: float, at: Sequence[float] | np.ndarray
) -> pd.DataFrame:
    """Find what a single session changes, and for how long.

    Parameters
    ----------
    body : Body
    remedy : str
        One of `REMEDIES`.
    minutes : float
        Of the session, 1 to 120.
    at : sequence of float, shape (n,)
        Minutes after it.

    Returns
    -------
    pandas.DataFrame
        Index: minutes. softer (share of the stiffness), range_deg (how much further the joint
        goes, degrees): both 0 where nothing of the kind was measured.

    Raises
    ------
    CauseError
        For another remedy, or a session of another length.
    """
    minutes = check_number("minutes", minutes, 1, 120)
    after = np.asarray(at, dtype=float)
    level = read_remedy(body, remedy)
    values = level.values if level else {}
    left = np.zeros(len(after))
    if "gone_after" in values:
        part = min(minutes / values["session"], 1.0)
        left = part * np.exp(-TIME_CONSTANTS * np.maximum(after, 0.0) / values["gone_after"])
    return pd.DataFrame(
        {
            "softer": values.get("softer_now", 0.0) * left,
            "range_deg": values.get("range_now", 0.0) * left,
        },
        index=pd.Index(after, name="minutes"),
    )
