"""Plans side by side."""

from collections.abc import Mapping

import pandas as pd

from musclechain.cases.course import Course
from musclechain.mechanics.change import CauseError

__all__ = ["compare_courses"]


def compare_courses(courses: Mapping[str, Course], day: float, draws: int = 60) -> pd.DataFrame:
    """Compare several courses on one day.

    Parameters
    ----------
    courses : mapping of str to Course
        By the name of the plan.
    day : float
    draws : int
        For the band, 2 to 2000.

    Returns
    -------
    pandas.DataFrame
        Index: name. The quantities of `Course.table`, for each one more with ``_low`` and
        ``_high`` (`Course.band`), and pelvis_deg: how far the pelvis is tilted to a side, against
        healthy standing (left side up is more than 0). ``attrs["day"]`` is the day.

    Raises
    ------
    CauseError
        If there is no course.
    SolveError
        For a day that a course does not have, or a state that cannot be held.
    """
    if not courses:
        raise CauseError("There is no course to compare.")
    rows = {}
    for name, course in courses.items():
        band = course.band([day], draws)
        rows[name] = {
            **course.table([day]).iloc[0],
            **{f"{quantity}_{end}": band[quantity, end].iloc[0] for quantity, end in band},
            "pelvis_deg": course.result_on(day).pose().loc["pelvis", "side_bend_deg"],
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("plan")
    table.attrs["day"] = float(day)
    return table
