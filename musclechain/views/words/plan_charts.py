"""The words beside the charts of plans: the calendar, the weeks of several courses, and the minutes
after a session. Each has its figure in `views.charts.plans`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise, join_words, name_structure
from musclechain.cases.course import Course
from musclechain.cases.plans import REMEDIES, Dose, Plan, find_after_session
from musclechain.views.words.charts import ChartText

__all__ = [
    "AFTER_MINUTES",
    "MOST_WEEKS",
    "QUANTITIES",
    "SESSION_KINDS",
    "WEEKS",
    "Quantity",
    "describe_chart_calendar",
    "describe_chart_courses",
    "describe_chart_sessions",
    "find_dose_weeks",
    "find_quantity",
    "find_session_curves",
    "say_short_dose",
]

MOST_WEEKS = 52
WEEKS = np.arange(MOST_WEEKS + 1)
A_WEEK = 7.0
# what the table lists of the weeks
LISTED_WEEKS = (0, 1, 2, 4, 6, 7, 8, 9, 10, 12, 13, 16, 20, 26, 36, 52)
AFTER_MINUTES = np.arange(0, 15.01, 0.1)
LISTED_MINUTES = (0, 1, 3, 6, 10, 15)
# what a session may change at once: column of `find_after_session`, its words and its unit
SESSION_KINDS: Mapping[str, tuple[str, str, float]] = {
    "softer": ("Muscle softer by", "%", 100.0),
    "range_deg": ("Joint goes further by", "degrees", 1.0),
}


@dataclass(frozen=True)
class Quantity:
    """What can be followed over the weeks.

    Attributes
    ----------
    column : str
        Of `Course.table`.
    label, unit : str
    factor : float
        From the table's unit to the one that is shown.
    means : str
        What it is, in a sentence.
    least : float
        Of the unit shown: a difference below it is none that a person would notice.
    """

    column: str
    label: str
    unit: str
    factor: float
    means: str
    least: float


QUANTITIES: Mapping[str, Quantity] = {
    "comfort": Quantity("pain", "Pain", "0 to 100", 100.0, "Less is more comfort.", 2.0),
    "guarding": Quantity(
        "guarding",
        "Guarding",
        "% of full",
        100.0,
        "As strong as it is believed to be: 0 while the slider of guarding is at 0.",
        2.0,
    ),
    "length": Quantity(
        "shorter_mm",
        "Fibres shorter by",
        "mm",
        1.0,
        "Of the muscle that the posture changes most; below 0 they are longer.",
        0.5,
    ),
    "stiffness": Quantity(
        "stiffer",
        "Tissue stiffer by",
        "%",
        100.0,
        "Of the same muscle, where its fibres are shorter.",
        1.0,
    ),
    "strength": Quantity(
        "strength",
        "Strength",
        "% of usual",
        100.0,
        "Of the weakest muscle, or of one that only trains and rests.",
        2.0,
    ),
    "reach": Quantity(
        "range_deg",
        "Leg raised higher by",
        "degrees",
        1.0,
        "By what a person tolerates; the muscle itself stays as stiff (TX16).",
        0.5,
    ),
    "control": Quantity(
        "balance",
        "Balance",
        "% of what practice gives",
        100.0,
        "In the tasks that are trained, and hardly in others (TX13).",
        2.0,
    ),
}


def find_quantity(course: Course, quantity: str, weeks: Sequence[float] | np.ndarray) -> np.ndarray:
    """Find a quantity in some weeks of a course.

    Parameters
    ----------
    course : Course
    quantity : str
        One of `QUANTITIES`.
    weeks : sequence of float, shape (n,)

    Returns
    -------
    numpy.ndarray, shape (n,)
        In the unit that is shown.
    """
    what = QUANTITIES[quantity]
    days = A_WEEK * np.asarray(weeks, dtype=float)
    return what.factor * course.table(days)[what.column].to_numpy() + 0.0


def describe_chart_courses(
    courses: Mapping[str, Course], quantity: str, week: float = 0.0
) -> ChartText:
    """Describe `draw_courses` in words and as a table.

    Parameters
    ----------
    courses : mapping of str to Course
        By the name of what is done; the first is what the others are compared with. All begin
        with the same state.
    quantity : str
        One of `QUANTITIES`.
    week : float
        The week that is looked at.

    Returns
    -------
    ChartText
    """
    what = QUANTITIES[quantity]
    weeks = sorted({*LISTED_WEEKS, round(week)})
    values = {name: find_quantity(one, quantity, weeks) for name, one in courses.items()}
    table = pd.DataFrame(
        {"Week": weeks, **{capitalise(name): found.round(1) for name, found in values.items()}}
    )
    now = {name: float(found[weeks.index(round(week))]) for name, found in values.items()}
    told = join_words(f"{value:.1f} with {name}" for name, value in now.items())
    muscle = ""
    if quantity in ("length", "stiffness"):
        first = next(iter(courses.values()))
        muscle = f" ({name_structure(first.result.body, first.watched)})"
    return ChartText(
        f"{what.label} ({what.unit})",
        f"{what.label}{muscle}, {what.unit}, in week {week:g}: {told}."
        f" {_say_differences(now, what)} {what.means}",
        table,
    )


def _say_differences(now: Mapping[str, float], what: Quantity) -> str:
    first, *others = now
    felt = [name for name in others if abs(now[name] - now[first]) >= what.least]
    same = [name for name in others if name not in felt]
    if not others:
        return ""
    if not felt:
        return "In that week nobody would notice a difference."
    said = f"Against {first}, {join_words(felt)} can be noticed by then"
    return f"{said}, {join_words(same)} cannot." if same else f"{said}."


def find_dose_weeks(dose: Dose) -> tuple[float, float]:
    """Find the weeks with which a dose begins and ends."""
    return dose.from_day / A_WEEK, dose.last_day / A_WEEK


def say_short_dose(dose: Dose) -> str:
    """Say a dose in a few words: ``30 min, 1 a week``."""
    return f"{dose.minutes:g} min, {dose.per_week:g} a week"


def describe_chart_calendar(plans: Mapping[str, Plan]) -> ChartText:
    """Describe `draw_calendar` in words and as a table.

    Parameters
    ----------
    plans : mapping of str to Plan

    Returns
    -------
    ChartText
    """
    rows = []
    for name, plan in plans.items():
        for dose in plan.doses:
            first, last = find_dose_weeks(dose)
            place = "the whole body" if dose.region == "body" else dose.region
            side = "both sides" if dose.side == "both" else dose.side
            rows.append(
                (
                    capitalise(dose.remedy),
                    name,
                    say_short_dose(dose),
                    f"{first:g} to {last:g}",
                    f"{place}, {side}",
                    f"{dose.week_minutes * dose.weeks / 60:.1f}",
                )
            )
    table = pd.DataFrame(
        rows, columns=["Remedy", "Plan", "How", "Weeks", "Muscles of", "Hours in all"]
    )
    return ChartText("Calendar", " ".join(_say_plans(plans)), table)


def _say_plans(plans: Mapping[str, Plan]) -> list[str]:
    said = []
    for name, plan in plans.items():
        if not plan.doses:
            said.append(f"{capitalise(name)} is to do nothing.")
            continue
        remedies = join_words(dict.fromkeys(dose.remedy for dose in plan.doses))
        hours = sum(dose.week_minutes * dose.weeks for dose in plan.doses) / 60
        last = max(find_dose_weeks(dose)[1] for dose in plan.doses)
        said.append(f"{capitalise(name)}: {remedies}, {hours:.0f} hours by week {last:g}.")
    return said


def find_session_curves(
    body: Body, minutes: float, at: Sequence[float] | np.ndarray
) -> dict[str, dict[str, np.ndarray]]:
    """Find what one session leaves, minute by minute, in the units that are shown.

    Parameters
    ----------
    body : Body
    minutes : float
        Of the session, 1 to 120.
    at : sequence of float, shape (n,)
        Minutes after it.

    Returns
    -------
    dict of str to dict of str to numpy.ndarray, shape (n,)
        By kind (`SESSION_KINDS`), and by the remedies that share one curve, joined in words.
        A remedy of which nothing of the kind was measured has none.
    """
    found: dict[str, dict[str, np.ndarray]] = {kind: {} for kind in SESSION_KINDS}
    for kind, (_, _, factor) in SESSION_KINDS.items():
        alike: dict[bytes, list[str]] = {}
        curves: dict[bytes, np.ndarray] = {}
        for remedy in REMEDIES:
            left = factor * find_after_session(body, remedy, minutes, at)[kind].to_numpy()
            if left.any():
                alike.setdefault(left.tobytes(), []).append(remedy)
                curves[left.tobytes()] = left
        found[kind] = {capitalise(join_words(names)): curves[key] for key, names in alike.items()}
    return found


def describe_chart_sessions(body: Body, minutes: float = 30.0) -> ChartText:
    """Describe `draw_sessions` in words and as a table.

    Parameters
    ----------
    body : Body
    minutes : float
        Of the session, 1 to 120.

    Returns
    -------
    ChartText
        What one session of each remedy leaves, minute by minute.
    """
    columns: dict[str, list[float]] = {"Minutes after": list(LISTED_MINUTES)}
    parts = []
    for kind, curves in find_session_curves(body, minutes, LISTED_MINUTES).items():
        words, unit, _ = SESSION_KINDS[kind]
        for name, left in curves.items():
            columns[f"{name}: {words.lower()} ({unit})"] = [round(float(one), 2) for one in left]
            later = dict(zip(LISTED_MINUTES, left, strict=True))
            parts.append(
                f"{name}: {words.lower()} {later[0]:.1f} {unit} at once, {later[3]:.1f} after three"
                f" minutes, {later[10]:.1f} after ten."
            )
    return ChartText(
        f"After one session of {minutes:g} minutes",
        f"{' '.join(parts)} For other remedies nothing of the kind was measured.",
        pd.DataFrame(columns),
    )
