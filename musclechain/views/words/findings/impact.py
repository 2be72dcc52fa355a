"""Footfalls of a run in words."""

from collections.abc import Mapping

import pandas as pd

from musclechain.anatomy.format import capitalise
from musclechain.mechanics.impact import IMPACT_S, STATIONS, Impact
from musclechain.views.words.charts import ChartText
from musclechain.views.words.finding import Finding

__all__ = [
    "compare_impacts",
    "describe_chart_footfall",
    "describe_impact",
    "format_shock",
    "list_climb_lines",
]

WINDOW_MS = 1000 * IMPACT_S
# A peak this close to the end of the window is no peak: the push of the leg has begun.
RISING_MS = 2.0
NO_PEAK = "The impact makes no peak of its own"
NO_LAW = (
    "On ground so soft the impact makes no peak of its own, so no dotted line is drawn: the law of"
    " the force plates (FT19) begins with that peak."
)


def describe_impact(impact: Impact) -> Finding:
    """Say what a footfall does under the foot, and what of it reaches knee, hip, low back and head.

    Parameters
    ----------
    impact : Impact

    Returns
    -------
    Finding
        One row for each station: acceleration (g), share of that of the shin, force (body weights)
        in the first 50 ms and later.
    """
    table = impact.table()
    told = table["shock_g"].map(format_shock)
    return Finding(
        "What reaches the stations",
        f"{_say_peak(impact)} The shin feels {told['foot']}. In the same {WINDOW_MS:.0f} ms the"
        f" knee feels {told['knee']}, the hip {told['hip']}, the low back {told['low back']} and"
        f" the head {told['head']}; standing still is 1 g. Later the leg pushes with"
        f" {table['later_bw']['foot']:.2f} times body weight.",
        pd.DataFrame(
            {
                "Station": [capitalise(name) for name in STATIONS],
                "Shock": told.to_list(),
                "At (ms)": [_say_when(ms) for ms in table["shock_ms"]],
                "Of the shin's (%)": table["share_percent"].round().astype(int).to_list(),
                "Force in the first 50 ms (BW)": table["force_bw"].round(2).to_list(),
                "Most force, later (BW)": table["later_bw"].round(2).to_list(),
            }
        ),
    )


def _say_peak(impact: Impact) -> str:
    if not impact.has_peak:
        return f"{NO_PEAK}: the force under the foot rises in one sweep."
    return (
        f"Under the foot the force has its first peak of {impact.peak_bw:.2f} times body weight"
        f" {impact.peak_ms:.1f} ms after touch-down, and rises to it by {impact.rate_bw_s:.0f} body"
        " weights a second."
    )


def _say_when(milliseconds: float) -> str:
    if milliseconds > WINDOW_MS - RISING_MS:
        return "still rising"
    return f"{milliseconds:.0f}"


def list_climb_lines(impact: Impact, usual: Impact | None = None) -> list[str]:
    """List what arrives at each station, a line each, from the foot up.

    Parameters
    ----------
    impact : Impact
    usual : Impact, optional
        The ordinary run, told in brackets where it felt something else.

    Returns
    -------
    list of str
    """
    lines = []
    before = None if usual is None else usual.table()["shock_g"].map(format_shock)
    for name, row in impact.table().iterrows():
        felt = format_shock(row["shock_g"])
        if before is not None and before[name] != felt:
            felt += f" (ordinary {before[name]})"
        rising = row["shock_ms"] > WINDOW_MS - RISING_MS
        when = "still rising after 50 ms" if rising else f"after {row['shock_ms']:.0f} ms"
        share = "the shin" if name == "foot" else f"{row['share_percent']:.0f} % of the shin's"
        lines.append(f"{capitalise(str(name))}: {felt}, {when}; {share}.")
    return lines


def format_shock(shock_g: float) -> str:
    """Write an acceleration with three digits, as the picture says it.

    Examples
    --------
    >>> format_shock(0.828), format_shock(12.1)
    ('0.83 g', '12.1 g')
    """
    return f"{shock_g:.{2 if abs(shock_g) < 9.95 else 1}f} g"


def compare_impacts(impacts: Mapping[str, Impact]) -> Finding:
    """Compare footfalls: peak, time to peak, loading rate, and what travels up.

    Parameters
    ----------
    impacts : mapping of str to Impact
        Each under its name; the last one is compared with the first.

    Returns
    -------
    Finding

    Raises
    ------
    ValueError
        For fewer than two.
    """
    if len(impacts) < 2:
        raise ValueError("Give at least two footfalls to compare.")
    names = list(impacts)
    first, last = impacts[names[0]], impacts[names[-1]]
    before, after = (f"{one.table().at['hip', 'shock_g']:.2f} g" for one in (first, last))
    hip = f"the same {after}" if before == after else f"{after} instead of {before}"
    rows = [
        (
            name,
            f"{one.peak_bw:.2f}" if one.has_peak else "none",
            f"{one.peak_ms:.1f}" if one.has_peak else "none",
            f"{one.rate_bw_s:.0f}" if one.has_peak else "none",
            f"{one.table().at['foot', 'shock_g']:.1f}",
            f"{one.table().at['hip', 'shock_g']:.2f}",
            f"{one.table().at['head', 'shock_g']:.2f}",
            f"{one.force_bw[:, 0].max():.2f}",
            f"{1000 * one.contact_s:.0f}",
        )
        for name, one in impacts.items()
    ]
    return Finding(
        "Footfalls compared",
        f"{capitalise(names[-1])} against {names[0]}: {_say_peaks(first, last)}, and the hip feels"
        f" {hip}.",
        pd.DataFrame(
            rows,
            columns=[
                "Run",
                "Impact peak (BW)",
                "At (ms)",
                "Loading rate (BW/s)",
                "Shin (g)",
                "Hip (g)",
                "Head (g)",
                "Push of the leg (BW)",
                "On the ground (ms)",
            ],
        ),
    )


def _say_peaks(first: Impact, last: Impact) -> str:
    if not (first.has_peak and last.has_peak):
        return "not both have an impact peak of their own"
    peak = 100 * (last.peak_bw / first.peak_bw - 1)
    rate = 100 * (last.rate_bw_s / first.rate_bw_s - 1)
    return (
        f"the impact peak is {_say_percent(peak, 'higher', 'lower')} and comes"
        f" {abs(last.peak_ms - first.peak_ms):.1f} ms"
        f" {'later' if last.peak_ms >= first.peak_ms else 'earlier'}, the loading rate is"
        f" {_say_percent(rate, 'higher', 'lower')}"
    )


def _say_percent(change: float, up: str, down: str) -> str:
    return (
        "about the same" if abs(change) < 1 else f"{abs(change):.0f} % {up if change > 0 else down}"
    )


def describe_chart_footfall(impacts: Mapping[str, Impact]) -> ChartText:
    """Describe the chart of the force under the foot.

    Parameters
    ----------
    impacts : mapping of str to Impact
        Each under its name, as `draw_footfall` takes them.

    Returns
    -------
    ChartText
        The table has the force every 10 ms, body weights.
    """
    sentences = [
        f"{capitalise(name)}: "
        + (f"first peak {one.peak_bw:.2f} after {one.peak_ms:.0f} ms, " if one.has_peak else "")
        + f"push of the leg {one.force_bw[:, 0].max():.2f} times body weight."
        for name, one in impacts.items()
    ]
    if not next(iter(impacts.values())).has_peak:
        sentences.append(NO_LAW)
    steps = range(0, 300, 10)
    columns = {
        capitalise(name): [
            round(float(force), 2) if moment <= one.contact_s else 0.0
            for moment, force in ((ms / 1000, _read_force(one, ms / 1000)) for ms in steps)
        ]
        for name, one in impacts.items()
    }
    return ChartText(
        "Force under the foot",
        " ".join(sentences),
        pd.DataFrame({"After touch-down (ms)": list(steps), **columns}),
    )


def _read_force(impact: Impact, moment: float) -> float:
    step = impact.time_s[1]
    return float(impact.force_bw[min(round(moment / step), len(impact.time_s) - 1), 0])
