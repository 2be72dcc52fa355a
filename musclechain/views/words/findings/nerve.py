"""The sciatic nerve along its course, and at the piriformis, in the words beside charts."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from musclechain.anatomy.format import capitalise
from musclechain.cases.nerve import STRANDS
from musclechain.cases.piriformis import VARIANTS, Variant, draw_interface_numbers, find_interface
from musclechain.cases.raises import Raise
from musclechain.views.words.charts import ChartText

__all__ = [
    "COURSE",
    "LoadRange",
    "Loads",
    "describe_chart_course",
    "describe_chart_loads",
    "find_loads",
]

# The parts of the nerve on its way from the head to the sole, as a chart calls them.
COURSE = {
    "canal": "spine",
    "root": "root",
    "sciatic": "buttock, thigh",
    "tibial": "calf",
    "plantar": "sole",
}
LoadRange = tuple[float, float, float]
Loads = dict[tuple[str, str], LoadRange]
DRAWS = 40
SAME_PERCENT = 0.05  # less is told as nothing


def describe_chart_course(raises: Mapping[str, Raise]) -> ChartText:
    """Say where along the nerve strain is added, and how far it has slid.

    Parameters
    ----------
    raises : mapping of str to Raise
        One or two of one side, each under its name.

    Returns
    -------
    ChartText
        One row for each part of the nerve.
    """
    first, *others = raises.values()
    sentence = _say_peak(first)
    if others:
        sentence += _say_gain(first, others[0], list(raises)[1])
    columns = {"Part": [capitalise(STRANDS[part]) for part in COURSE]}
    for name, found in raises.items():
        rows = found.strands().loc[list(COURSE)]
        columns[f"Longer on average (%), {name}"] = (rows["added_percent"].round(1) + 0.0).to_list()
        columns[f"Slid to the foot (mm), {name}"] = (rows["excursion_mm"].round() + 0.0).to_list()
    return ChartText("Along the nerve", sentence, pd.DataFrame(columns))


def _say_peak(found: Raise) -> str:
    """Say the highest place of the curve that is drawn: the mean of a part may be highest
    elsewhere."""
    rows = found.nerve[found.nerve["strand"].isin(COURSE)].reset_index(drop=True)
    peak = rows.loc[rows["added_percent"].idxmax()]
    if peak["added_percent"] < SAME_PERCENT:
        return "Nowhere is strain added against lying straight."
    return (
        f"Against lying straight most strain is added in the {STRANDS[peak['strand']]},"
        f" {peak['along_mm']:.0f} mm from the head: {peak['added_percent']:.1f} %."
    )


def _say_gain(found: Raise, other: Raise, name: str) -> str:
    """Say which part differs most from another test, on average."""
    gain = (found.strands() - other.strands()).loc[list(COURSE), "added_percent"]
    where = gain.abs().idxmax()
    more = f"{gain[where]:+.1f}".replace("-", "\N{MINUS SIGN}")
    if abs(gain[where]) < SAME_PERCENT:
        return f" Nothing differs from {name}."
    return (
        f" Against {name} most changes in the {STRANDS[where]}: {more} percentage points on"
        " average."
    )


def find_loads(positions: Mapping[str, Raise], added_n: float) -> tuple[Loads, Loads]:
    """Find what presses on the nerve at the piriformis, and within which range it may lie.

    Parameters
    ----------
    positions : mapping of str to Raise
        All of one body.
    added_n : float
        Tension of the muscle beyond what stretch gives it, N, above 0 to 500.

    Returns
    -------
    relaxed, tense : dict of (position, variant) to (low, value, high)
        N, without and with the added tension; nine of ten drawn muscles and courses lie between
        low and high.
    """
    drawn = draw_interface_numbers(next(iter(positions.values())).body, DRAWS)
    relaxed: Loads = {}
    tense: Loads = {}
    for name, found in positions.items():
        for variant in VARIANTS:
            loads = [_find_pair(found, variant, added_n, one) for one in ({}, *drawn)]
            for rows, (value, *spread) in zip(
                (relaxed, tense), zip(*loads, strict=True), strict=True
            ):
                low, high = np.percentile(spread, (5, 95))
                rows[name, variant] = (float(low), value, float(high))
    return relaxed, tense


def _find_pair(
    found: Raise, variant: Variant, added_n: float, numbers: Mapping[str, float]
) -> tuple[float, float]:
    """What presses without and with the added tension: the muscle's part grows as its tension."""
    tense = find_interface(found, variant, added_n, numbers)
    share = 1 - added_n / tense.muscle_n
    return tense.from_nerve_n + share * tense.from_muscle_n, tense.load_n


def describe_chart_loads(
    relaxed: Loads,
    tense: Loads,
    added_n: float,
) -> ChartText:
    """Say what presses on the nerve at the piriformis by position and by its way past the muscle.

    Parameters
    ----------
    relaxed, tense : dict of (position, variant) to (low, value, high)
        As of `find_loads`.
    added_n : float
        By how much more the muscle pulls where it is tense, N.

    Returns
    -------
    ChartText
    """
    where, _ = list(relaxed)[-1]
    (_, usual, _), (low, now, high) = relaxed[where, "under"], tense[where, "under"]
    return ChartText(
        "What presses on the nerve at the piriformis",
        f"{capitalise(where)}, the nerve under the muscle: {usual:.0f} N with the muscle relaxed,"
        f" {now:.0f} N with {added_n:.0f} N more tension in it, and anything from {low:.0f} to"
        f" {high:.0f} N if width, thickness and the nerve's place differ by millimetres. What"
        " pressure a nerve feels as pain is not known to the model.",
        pd.DataFrame(
            [
                (
                    position,
                    variant,
                    *(
                        words
                        for rows in (relaxed, tense)
                        for words in _say_range(rows[position, variant])
                    ),
                )
                for position, variant in relaxed
            ],
            columns=[
                "Position",
                "The nerve runs",
                "Relaxed (N)",
                "Range (N)",
                "Tense (N)",
                "Its range (N)",
            ],
        ),
    )


def _say_range(found: LoadRange) -> tuple[str, str]:
    low, value, high = found
    return f"{value:.1f}", f"{low:.1f} to {high:.1f}"
