"""Early against late: what a position that is kept for weeks or years leaves behind, and how long
it takes to go."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.cases.course import read_slow_level
from musclechain.cases.plans import draw_level, read_remedy
from musclechain.mechanics.change import check_body, check_number
from musclechain.mechanics.sarcomeres import find_growing_time, grow_sarcomeres
from musclechain.mechanics.slow import Asked, Practice, SlowLaws, solve_slow

__all__ = ["NEARLY_BACK", "WEEKS", "compare_starts"]

WEEKS = (1, 4, 26, 104)
# A share that is left of length, stiffness or strength and that nobody would notice.
NEARLY_BACK = 0.01
MOST_SHORTER, MOST_WEEKS, MOST_DRAWS = 0.4, 1040, 500
# how long the way back is looked at, and how finely, days
LATEST, FINELY = 1000.0, 0.25


def compare_starts(
    body: Body, shorter: float = 0.2, weeks: Sequence[float] = WEEKS, draws: int = 0, seed: int = 0
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
    draws : int
        0 to 500: how often the numbers of the laws are drawn from their ranges.
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    pandas.DataFrame
        Index: weeks. For fibres (share of length lost), tissue (share by which it is stiffer),
        strength (share lost by carrying less, as at rest), and sarcomeres (share lost by the law
        of animals): what is lost, and the days until less than 1 % of it is left to see
        (``..._lost``, ``..._back_days``); 0 days where it was never more. With draws also
        ``..._back_low`` and ``..._back_high``, between which nine in ten of them lie.

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
    count = int(check_number("draws", draws, 0, MOST_DRAWS))
    kept = [7.0 * check_number("weeks", one, 0.1, MOST_WEEKS) for one in weeks]
    usual = _read_numbers(body, None, 1)
    rows = [_lose(usual, shorter, days) for days in kept]
    if count:
        drawn = _read_numbers(body, np.random.default_rng(seed), count)
        rows = [
            {**row, **_find_range(_lose(drawn, shorter, days))}
            for row, days in zip(rows, kept, strict=True)
        ]
    table = pd.DataFrame(
        [{name: float(np.ravel(value)[0]) for name, value in row.items()} for row in rows]
    )
    return table.set_index(pd.Index(list(weeks), name="weeks"))


def _read_numbers(
    body: Body, chance: np.random.Generator | None, count: int
) -> dict[str, np.ndarray]:
    """Numbers of the laws and of rest, one for each draw."""
    numbers = draw_level(read_slow_level(body), chance, count)
    rest = read_remedy(body, "rest")
    if rest is not None:
        numbers |= draw_level(rest, chance, count)
    return {name: np.broadcast_to(value, (count,)) for name, value in numbers.items()}


def _find_range(row: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Where nine in ten draws of the days lie."""
    ends: dict[str, np.ndarray] = {}
    for name, value in row.items():
        if name.endswith("_back_days"):
            low, high = np.quantile(value, (0.05, 0.95))
            stem = name.removesuffix("_days")
            ends |= {f"{stem}_low": low, f"{stem}_high": high}
    return ends


def _lose(numbers: dict[str, np.ndarray], shorter: float, kept: float) -> dict[str, np.ndarray]:
    """What is lost in so many days, and how long the way back takes: (draws,) each."""
    laws = SlowLaws(1.0, 1.0, numbers["length"], numbers["tissue"], numbers["disuse"])
    rest = Practice(0.0, kept, 1.0, 1.0, unloaded=numbers["unloaded"])
    slow = solve_slow(laws, Asked(kept_until=kept), [rest], kept + LATEST)
    at = np.arange(kept, kept + LATEST, FINELY)
    found = slow.at(at)
    lost = numbers["length_share"][:, None] * shorter
    sizes = {
        "fibres": lost * found["length"],
        "tissue": numbers["tissue_share"][:, None] * lost * found["tissue"],
        "strength": numbers["disuse_loss"][:, None] * found["disuse"],
    }
    row: dict[str, np.ndarray] = {}
    for name, left in sizes.items():
        # tissue goes on changing for a while, so what counts is the last day that shows
        shows = left >= NEARLY_BACK
        last = len(at) - 1 - np.argmax(shows[:, ::-1], axis=1)
        row[f"{name}_lost"] = left[:, 0]
        row[f"{name}_back_days"] = np.where(shows.any(axis=1), at[last] - kept, 0.0)
    sarcomeres = [_lose_sarcomeres(shorter, kept, float(days)) for days in numbers["sarcomere"]]
    row["sarcomeres_lost"], row["sarcomeres_back_days"] = np.array(sarcomeres).T
    return row


def _lose_sarcomeres(shorter: float, kept: float, days: float) -> tuple[float, float]:
    """The same by the law of added sarcomeres, in which all of the held length is taken on."""
    grown = float(grow_sarcomeres(1 - shorter, np.array([0.0, kept]), days)[-1])
    is_back = 1 - grown <= NEARLY_BACK
    back = 0.0 if is_back else find_growing_time(1.0, grown, 1 - NEARLY_BACK, days)
    return 1 - grown, back
