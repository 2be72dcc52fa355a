"""Where circles of guarding die out and where they go on: loop gain against spread, one panel for
each theory."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from musclechain.anatomy.format import capitalise, format_percent
from musclechain.mechanics.circle import CircleLine, CircleMap
from musclechain.views.charts.frame import escape, find_colours, lay_out, note, shade_band
from musclechain.views.words.charts import ChartText

__all__ = ["draw_circle_map"]

HEIGHT, APART = 440, 0.03
LEAST_GAIN, MOST_GAIN = 0.08, 10.0
TICKS = (0.1, 0.3, 1, 3, 10)
# Colour on a light and a dark ground: the line and what goes on, the line of a stronger guarding,
# and what dies out.
GOES_ON, STRONGER, DIES_OUT = ("#b34700", "#e8853a"), ("#7a3e9d", "#c79be0"), ("#0072b2", "#56b4e9")


def draw_circle_map(circles: CircleMap, said: ChartText, theme: str = "light") -> go.Figure:
    """Draw where circles of guarding die out and where they go on.

    Parameters
    ----------
    circles : CircleMap
    said : ChartText
        Gives the title, and the sentence for those who do not see the picture.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        One panel for each theory: spread in percent, loop gain on a logarithmic axis; the lines
        between dying out and going on, drawn circles, and that of the data.
    """
    colour, count = find_colours(theme), len(circles.lines)
    traces: list[go.Scatter] = []
    axes: dict[str, Any] = {}
    notes = []
    width = (1 - (count - 1) * APART) / count
    for number, (theory, line) in enumerate(circles.lines.items()):
        ending = "" if not number else str(number + 1)
        left = number * (width + APART)
        axes[f"xaxis{ending}"] = _lay_out_spread(line, [left, left + width])
        axes[f"yaxis{ending}"] = _lay_out_gain(ending)
        goes_on = np.isfinite(line.gains).any()
        if goes_on:
            traces += _draw_lines(line, circles.stronger, theme) + _draw_circles(circles, theme)
        else:
            words = "dies out,<br>whatever the gain"
            notes.append(_name(words, left + width / 2, 0.6, colour["ink"]))
        traces.append(_mark_own(circles.own, ending, colour))
        notes.append(_name(escape(capitalise(theory)), left + width / 2, 1.0, colour["ink"], 14))
    layout = lay_out(
        said,
        theme,
        HEIGHT,
        {"l": 56, "r": 12, "b": 118},
        small="Above its line guarding goes on when its cause has gone, below it dies out. Drawn"
        " circles differ in what guarding can add as well, so one below a line may go on too.",
        small_width=100,
        annotations=notes,
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
        **axes,
    )
    layout.margin.t += 18  # for the names of the theories
    return go.Figure(traces, layout)


def _lay_out_spread(line: CircleLine, domain: list[float]) -> dict[str, Any]:
    low, high = 100 * min(line.spreads), 100 * max(line.spreads)
    title = {"text": "Handed on to the next level (%)", "standoff": 6, "font": {"size": 12}}
    return {"domain": domain, "range": [low - 4, high + 4], "title": title, "nticks": 5}


def _lay_out_gain(ending: str) -> dict[str, Any]:
    gain = {
        "type": "log",
        "range": np.log10([LEAST_GAIN, MOST_GAIN]).tolist(),
        "tickvals": list(TICKS),
        "ticktext": [f"{tick:g}" for tick in TICKS],
        "anchor": f"x{ending}",
    }
    return {**gain, "showticklabels": False} if ending else {**gain, "title": {"text": "Loop gain"}}


def _name(text: str, x: float, y: float, ink: str, size: int = 13) -> dict[str, Any]:
    place = {"x": x, "y": y, "xanchor": "center", "yanchor": "bottom", "align": "center"}
    return note(text, **place, font={"size": size, "color": ink})


def _draw_lines(line: CircleLine, stronger: CircleLine, theme: str) -> list[go.Scatter]:
    """What goes on, the line below it, and that of a guarding that can add more."""
    ink, strong = GOES_ON[theme == "dark"], STRONGER[theme == "dark"]
    return [
        *([_shade(line, ink)] if len(_list_points(line)) > 1 else []),
        _draw_line(line, {"color": ink, "width": 2.5}),
        _draw_line(stronger, {"color": strong, "width": 2.5, "dash": "dash"}),
    ]


def _list_points(line: CircleLine) -> list[tuple[float, float]]:
    return [
        (100 * spread, gain)
        for spread, gain in zip(line.spreads, line.gains, strict=True)
        if np.isfinite(gain)
    ]


def _draw_line(line: CircleLine, look: dict[str, Any]) -> go.Scatter:
    points = _list_points(line)
    return go.Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines+markers",  # a line of one point is seen too
        name=f"line, if guarding adds at most {format_percent(line.floor)}",
        line=look,
        hovertemplate="goes on from a loop gain of %{y:.1f}<extra></extra>",
    )


def _shade(line: CircleLine, ink: str) -> go.Scatter:
    """What goes on, up to the edge."""
    x, gains = np.transpose(_list_points(line))
    edge = np.full_like(gains, MOST_GAIN)
    return shade_band(x, gains, edge, ink, name="goes on", showlegend=True)


def _draw_circles(found: CircleMap, theme: str) -> list[go.Scatter]:
    """Circles whose numbers are drawn from their ranges, those that die out and those that go
    on."""
    looks = (
        ("drawn, dies out", DIES_OUT, "circle-open", lambda left: left <= 0),
        ("drawn, goes on", GOES_ON, "x", lambda left: left > 0),
    )
    traces = []
    for name, ink, symbol, is_one in looks:
        rows = [row for row, left in found.drawn if np.isfinite(left) and is_one(left)]
        traces.append(
            go.Scatter(
                x=[round(100 * row["spinal_spread"], 1) for row in rows],
                y=[round(row["guarding_loop_gain"], 3) for row in rows],
                mode="markers",
                name=f"{name} ({len(rows)})",
                marker={"color": ink[theme == "dark"], "symbol": symbol, "size": 9},
                hovertemplate="%{x:.0f} % handed on, gain %{y:.2f}<extra></extra>",
            )
        )
    return traces


def _mark_own(own: Mapping[str, float], ending: str, colour: Mapping[str, str]) -> go.Scatter:
    return go.Scatter(
        x=[100 * own["spinal_spread"]],
        y=[own["guarding_loop_gain"]],
        xaxis=f"x{ending}",
        yaxis=f"y{ending}",
        mode="markers",
        name="the numbers of the model",
        showlegend=not ending,
        marker={"color": colour["ink"], "symbol": "star", "size": 14},
        hovertemplate="%{x:.0f} % handed on, gain %{y:.1f}<extra></extra>",
    )
