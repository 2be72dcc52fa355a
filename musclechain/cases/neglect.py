"""Early against late: what a position that is kept for weeks or years leaves behind, and how long
it takes to go."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.cases.course import read_slow_numbers
from musclechain.cases.plans import read_remedy
from musclechain.mechanics.change import check_body, check_number
from musclechain.mechanics.sarcomeres import find_growing_time, grow_sarcomeres
from musclechain.mechanics.slow import Asked, Practice, SlowLaws, solve_slow

__all__ = ["NEARLY_BACK", "WEEKS", "compare_starts"]

WEEKS = (1, 4, 26, 104)
# A share that is left of length, stiffness or strength and that nobody would notice.
NEARLY_BACK = 0.01
MOST_SHORTER, MOST_WEEKS = 0.4, 1040
# how long the way back is looked at, and how finely, days
LATEST, FINELY = 1000.0, 0.25


def compare_starts(
    body: Body, shorter: float = 0.2, weeks: Sequence[float] = WEEKS
) -> pd.DataFrame:
    """Keep a muscle short for some weeks, then move again, and see how long the way back is.

    Parameters
    ----------
    body : Body
        Gives the numbers of the laws.
    shorter : float
        By what share of its fibres the muscle is held shorter, 0.01 to 0.4; a calf in a high
        heel is held shorter by about a fifth.
    weeks : sequence of float, shape (n,)
        How long it is kept, 0.1 to 1040 weeks each.

    Returns
    -------
    pandas.DataFrame
        Index: weeks. For fibres (share of length lost), tissue (share by which it is stiffer),
        strength (share lost by carrying less, as at rest), and sarcomeres (share lost by the law
        of animals): what is lost, and the days until less than 1 % of it is left to see
        (``..._lost``, ``..._back_days``); 0 days where it was never more.

    Raises
    ------
    CauseError
        If a value is out of range.

    Notes
    -----
    By the measured laws nothing makes the way back shorter than moving does: ordinary stretching
    changed neither length nor stiffness (TX07). That some loss stays (AD06, goats after weeks in
    a splint) is not in the laws.
    """
    check_body(body)
    check_number("shorter", shorter, NEARLY_BACK, MOST_SHORTER)
    rows = [
        _compare_start(body, shorter, check_number("weeks", one, 0.1, MOST_WEEKS)) for one in weeks
    ]
    return pd.DataFrame(rows, index=pd.Index(list(weeks), name="weeks"))


def _compare_start(body: Body, shorter: float, weeks: float) -> dict[str, float]:
    numbers, kept = read_slow_numbers(body), 7.0 * weeks
    rest = read_remedy(body, "rest")
    spared = rest.values["unloaded"] if rest else 0.0
    laws = SlowLaws(1.0, 1.0, numbers["length"], numbers["tissue"], numbers["disuse"])
    slow = solve_slow(
        laws,
        Asked(kept_until=kept),
        [Practice(0.0, kept, 1.0, 1.0, unloaded=spared)],
        kept + LATEST,
    )
    at = np.arange(kept, kept + LATEST, FINELY)
    found = slow.at(at)
    lost = numbers["length_share"] * shorter
    sizes = {
        "fibres": lost * found["length"][0],
        "tissue": numbers["tissue_share"] * lost * found["tissue"][0],
        "strength": numbers["disuse_loss"] * found["disuse"][0],
    }
    row: dict[str, float] = {}
    for name, left in sizes.items():
        row[f"{name}_lost"] = float(left[0])
        # tissue goes on changing for a while, so what counts is the last day that shows
        shows = np.flatnonzero(left >= NEARLY_BACK)
        row[f"{name}_back_days"] = float(at[shows[-1]] - kept) if len(shows) else 0.0
    return {**row, **_compare_sarcomeres(shorter, kept, numbers["sarcomere"])}


def _compare_sarcomeres(shorter: float, kept: float, days: float) -> dict[str, float]:
    """The same by the law of added sarcomeres, in which all of the held length is taken on."""
    grown = float(grow_sarcomeres(1 - shorter, np.array([0.0, kept]), days)[-1])
    is_back = 1 - grown <= NEARLY_BACK
    back = 0.0 if is_back else find_growing_time(1.0, grown, 1 - NEARLY_BACK, days)
    return {"sarcomeres_lost": 1 - grown, "sarcomeres_back_days": back}
