"""The sciatic nerve along its course, and at the piriformis, in the words beside charts."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from musclechain.anatomy.format import capitalise
from musclechain.cases.nerve import STRANDS
from musclechain.cases.piriformis import VARIANTS, draw_interface_numbers, find_interface
from musclechain.cases.raises import Raise
from musclechain.views.words.charts import ChartText

__all__ = ["COURSE", "LoadRange", "describe_chart_course", "describe_chart_loads", "find_loads"]

# The parts of the nerve on its way from the head to the sole, as a chart calls them.
COURSE = {
    "canal": "spine",
    "root": "root",
    "sciatic": "buttock, thigh",
    "tibial": "calf",
    "plantar": "sole",
}
LoadRange = tuple[float, float, float]
DRAWS = 60


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
    parts = first.strands().loc[list(COURSE)]
    most = parts["added_percent"].idxmax()
    sentence = (
        f"Against lying straight most strain is added in the {STRANDS[most]}:"
        f" {parts['added_percent'][most]:.1f} %."
    )
    if others:
        gain = parts["added_percent"] - others[0].strands().loc[list(COURSE), "added_percent"]
        where = gain.abs().idxmax()
        name = list(raises)[1]
        sentence += (
            f" Nothing differs from {name}."
            if abs(gain[where]) < 0.05
            else f" Against {name} most changes in the {STRANDS[where]}:"
            f" {gain[where]:+.1f} percentage points.".replace("-", "\N{MINUS SIGN}")
        )
    columns = {"Part": [capitalise(STRANDS[part]) for part in COURSE]}
    for name, found in raises.items():
        rows = found.strands().loc[list(COURSE)]
        columns[f"Longer (%), {name}"] = (rows["added_percent"].round(1) + 0.0).to_list()
        columns[f"Slid to the foot (mm), {name}"] = (rows["excursion_mm"].round() + 0.0).to_list()
    return ChartText("Along the nerve", sentence, pd.DataFrame(columns))


def find_loads(positions: Mapping[str, Raise], piriformis_n: float = 0.0) -> dict:
    """Find what presses on the nerve at the piriformis, and within which range it may lie.

    Parameters
    ----------
    positions : mapping of str to Raise
        All of one body.
    piriformis_n : float
        Tension of the muscle beyond what stretch gives it, N.

    Returns
    -------
    dict of (position, variant) to (low, value, high)
        N; nine of ten drawn muscles and courses lie between low and high.
    """
    (body,) = {id(found.body): found.body for found in positions.values()}.values()
    drawn = draw_interface_numbers(body, DRAWS)
    loads = {}
    for name, found in positions.items():
        for variant in VARIANTS:
            value = find_interface(found, variant, piriformis_n).load_n
            spread = [find_interface(found, variant, piriformis_n, one).load_n for one in drawn]
            low, high = np.percentile(spread, (5, 95))
            loads[name, variant] = (float(low), value, float(high))
    return loads


def describe_chart_loads(
    relaxed: Mapping[tuple[str, str], LoadRange],
    tense: Mapping[tuple[str, str], LoadRange],
    piriformis_n: float,
) -> ChartText:
    """Say what presses on the nerve at the piriformis by position and by its way past the muscle.

    Parameters
    ----------
    relaxed, tense : mapping of (position, variant) to (low, value, high)
        As of `find_loads`, with the muscle relaxed and with so many newtons more.
    piriformis_n : float

    Returns
    -------
    ChartText
    """
    (_, usual, _), (low, now, high) = (
        rows[list(rows)[-1][0], "under"] for rows in (relaxed, tense)
    )
    where = list(relaxed)[-1][0]
    return ChartText(
        "What presses on the nerve at the piriformis",
        f"{capitalise(where)}, the nerve under the muscle: {usual:.0f} N with the muscle relaxed,"
        f" {now:.0f} N with {piriformis_n:.0f} N more tension in it, and anything from {low:.0f} to"
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
