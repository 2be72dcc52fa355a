"""The sciatic nerve: strain and sliding along it, and what presses on it at the piriformis."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from musclechain.cases.piriformis import VARIANTS, Variant
from musclechain.cases.raises import Raise
from musclechain.views.charts.frame import escape, find_colours, lay_out
from musclechain.views.words.charts import ChartText
from musclechain.views.words.findings.nerve import COURSE, Loads, describe_chart_course

__all__ = ["draw_interface_loads", "draw_nerve_course"]

# Colour on a light and a dark ground, dash and width: the test at hand, and the one that it is
# compared with.
LOOKS = (("#b34700", "#e8853a", "solid", 3.0), ("#0072b2", "#56b4e9", "dash", 2.0))
# The ways past the piriformis: colour on a light and a dark ground, and mark.
WAYS = dict(
    zip(
        VARIANTS,
        (
            ("#0072b2", "#56b4e9", "circle"),
            ("#b34700", "#e8853a", "square"),
            ("#5f5f5f", "#c4c4c4", "diamond"),
        ),
        strict=True,
    )
)
# Between the ways at one position, and between two panels, as a share of the height.
APART, ROOM = 0.2, 0.12


def draw_nerve_course(raises: Mapping[str, Raise], theme: str = "light") -> go.Figure:
    """Draw where along the nerve strain is added, and how far it has slid past its bed.

    Parameters
    ----------
    raises : mapping of str to Raise
        One or two of one side, each under its name.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Millimetres from the head; per cent above, millimetres below.
    """
    colour = find_colours(theme)
    curves = [
        curve
        for (name, found), look in zip(raises.items(), LOOKS, strict=False)
        for curve in _draw_curves(name, found, look, theme)
    ]
    bands, notes = _mark_parts(next(iter(raises.values())), colour)
    axis = {"title": {"text": "Along the nerve, from the head (mm)", "standoff": 6}}
    layout = lay_out(
        describe_chart_course(raises),
        theme,
        460,
        {"l": 64, "r": 12, "b": 100},
        small="Only the way from the head to the sole; the fibular part is left out.",
        shapes=bands,
        annotations=notes,
        xaxis={**axis, "anchor": "y2"},
        yaxis={"title": {"text": "Longer (%)"}, "domain": [0.54, 0.94]},
        yaxis2={"title": {"text": "Slid down (mm)"}, "domain": [0.0, 0.44]},
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
    )
    return go.Figure(curves, layout)


def _draw_curves(
    name: str, found: Raise, look: tuple[str, str, str, float], theme: str
) -> list[go.Scatter]:
    light, dark, dash, width = look
    rows = found.nerve[found.nerve["strand"].isin(COURSE)]
    line = {"color": dark if theme == "dark" else light, "dash": dash, "width": width}
    return [
        go.Scatter(
            x=rows["along_mm"].round(0).tolist(),
            y=rows[column].round(2).tolist(),
            yaxis=axis,
            mode="lines",
            name=escape(name, 60),
            legendgroup=escape(name, 60),
            showlegend=axis == "y",
            hovertemplate=f"%{{x:.0f}} mm: %{{y:.1f}} {unit}<extra></extra>",
            line=line,
        )
        for column, axis, unit in (("added_percent", "y", "%"), ("excursion_mm", "y2", "mm"))
    ]


def _mark_parts(found: Raise, colour: Mapping[str, str]) -> tuple[list[dict], list[dict]]:
    """Shade every other part of the nerve, and name it above."""
    rows = found.nerve
    bands, notes = [], []
    for number, (strand, words) in enumerate(COURSE.items()):
        along = rows.loc[rows["strand"] == strand, "along_mm"]
        ends = {"x0": round(float(along.min())), "x1": round(float(along.max()))}
        if number % 2 == 0:
            look = {"fillcolor": colour["band"], "line": {"width": 0}, "layer": "below"}
            bands.append({"type": "rect", **ends, "yref": "paper", "y0": 0, "y1": 0.94, **look})
        middle = {"x": sum(ends.values()) / 2, "y": 0.95, "yref": "paper", "yanchor": "bottom"}
        ink = {"color": colour["quiet"], "size": 12}
        notes.append({**middle, "text": words, "showarrow": False, "font": ink})
    return bands, notes


def draw_interface_loads(
    panels: Mapping[str, Loads],
    said: ChartText,
    theme: str = "light",
) -> go.Figure:
    """Draw what presses on the nerve at the piriformis, by position and by its way past the muscle.

    Parameters
    ----------
    panels : mapping of str to mapping of (position, variant) to (low, value, high)
        One or two, each under its name; newtons.
    said : ChartText
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        A mark for each, with a line over its range.
    """
    positions = list(dict.fromkeys(position for position, _ in next(iter(panels.values()))))
    most = max(high for rows in panels.values() for *_, high in rows.values())
    colour, share = find_colours(theme), (1 + ROOM) / len(panels)
    marks, axes, notes = [], {}, []
    for number, (name, rows) in enumerate(panels.items()):
        ending = "" if not number else str(number + 1)
        marks += [_mark_way(way, rows, positions, ending, theme) for way in VARIANTS]
        top = 1 - number * share
        axes[f"yaxis{ending}"] = {
            "range": [-0.06 * most, 1.05 * most],
            "domain": [max(top - share + ROOM, 0.0), top],
            "title": {"text": "Presses (N)"},
        }
        place = {"x": 0, "xref": "paper", "y": top, "yref": "paper", "yanchor": "bottom"}
        ink = {"color": colour["ink"], "size": 13}
        notes.append({**place, "text": escape(name), "showarrow": False, "font": ink})
    axes["xaxis"] = {
        "tickvals": list(range(len(positions))),
        "ticktext": [escape(one).replace(", ", ",<br>") for one in positions],
        "range": [-0.5, len(positions) - 0.5],
        "anchor": f"y{len(panels)}" if len(panels) > 1 else "y",
    }
    layout = lay_out(
        said,
        theme,
        520,
        {"l": 60, "r": 12, "b": 92},
        small="Lines: nine of ten when width, thickness and place are drawn from their ranges.",
        annotations=notes,
        legend={"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
        **axes,
    )
    layout.margin.t += 18  # for the name over the first panel
    return go.Figure(marks, layout)


def _mark_way(
    way: Variant,
    rows: Loads,
    positions: list[str],
    ending: str,
    theme: str,
) -> go.Scatter:
    light, dark, symbol = WAYS[way]
    colour = dark if theme == "dark" else light
    low, value, high = np.array([rows[position, way] for position in positions]).T
    aside = APART * (VARIANTS.index(way) - 1)
    reach: dict[str, Any] = {
        "type": "data",
        "symmetric": False,
        "array": np.maximum(high - value, 0).round(2).tolist(),
        "arrayminus": np.maximum(value - low, 0).round(2).tolist(),
    }
    return go.Scatter(
        x=[number + aside for number in range(len(positions))],
        y=value.round(2).tolist(),
        error_y={**reach, "color": colour, "thickness": 2, "width": 5},
        mode="markers",
        name=f"{way} the muscle",
        legendgroup=way,
        showlegend=not ending,
        yaxis=f"y{ending}",
        marker={"symbol": symbol, "size": 11, "color": colour},
        hovertemplate=f"{way}: %{{y:.1f}} N<extra></extra>",
    )
