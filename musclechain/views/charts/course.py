"""What time does, on an axis from minutes to years: a panel for shares, one for length, one for
stiffness, each line with the band of its draws, and a line that marks a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from musclechain.cases.course import Course
from musclechain.views.charts.frame import (
    find_colours,
    lay_out,
    let_mark_move,
    mark_at,
    note,
    shade_band,
)
from musclechain.views.words.charts import ChartText

__all__ = ["FIRST_DAY", "QUANTITIES", "Quantity", "draw_course", "place_day", "space_days"]

# The axis begins a minute after the beginning, which itself has no place on it.
FIRST_DAY = 1 / 1440
POINTS, DRAWS, HEIGHT = 90, 60, 420
TICKS = {
    FIRST_DAY: "1 minute",
    1 / 24: "1 hour",
    1.0: "1 day",
    7.0: "1 week",
    30.4: "1 month",
    365.0: "1 year",
    3650.0: "10 years",
}


@dataclass(frozen=True)
class Quantity:
    """One line of the timeline.

    Attributes
    ----------
    column : str
        Of `Course.table`.
    name, unit : str
    scale : float
        From the column to the unit.
    panel : int
        From above, 0 to 2.
    light, dark, dash : str
        Its colour on a light and a dark ground, and how it is dashed.
    """

    column: str
    name: str
    unit: str
    scale: float
    panel: int
    light: str
    dark: str
    dash: str


QUANTITIES = (
    Quantity("pain", "Pain", "%", 100, 0, "#b34700", "#e8853a", "solid"),
    Quantity("guarding", "Guarding", "%", 100, 0, "#7a3e9d", "#c79be0", "dash"),
    Quantity("strength", "Strength", "%", 100, 0, "#5f5f5f", "#b4b4b4", "dot"),
    Quantity("shorter_mm", "Fibres shorter", "mm", 1, 1, "#0072b2", "#56b4e9", "solid"),
    Quantity("stiffer", "Tissue stiffer", "%", 100, 2, "#00795a", "#2fc79b", "solid"),
)
# Name, share of the height, and the least range of each panel, so that next to nothing looks like
# next to nothing.
PANELS = (
    ("Pain, guarding, strength (%)", (0.6, 1.0), (0.0, 104.0)),
    ("Fibres shorter, below 0 longer (mm)", (0.29, 0.49), (-1.0, 1.0)),
    ("Tissue stiffer (%)", (0.0, 0.19), (0.0, 2.0)),
)


def place_day(day: float) -> float:
    """Place a day on the axis, which begins after a minute."""
    return max(float(day), FIRST_DAY)


def space_days(days: float, count: int = POINTS) -> np.ndarray:
    """List days from a minute to the end of a course, evenly on the axis: shape (count,)."""
    return np.minimum(np.geomspace(FIRST_DAY, days, count), days)


def draw_course(
    course: Course,
    said: ChartText,
    stops: Sequence[float] = (),
    now: float | None = None,
    theme: str = "light",
    draws: int = DRAWS,
) -> go.Figure:
    """Draw a course over time, from minutes to years.

    Parameters
    ----------
    course : Course
    said : ChartText
        Gives the title, and the sentence for those who do not see the picture.
    stops : sequence of float
        Days that the mark can be moved to (``layout.meta["times"]``).
    now : float, optional
        A day that a line marks: the first shape of the figure.
    theme : {'light', 'dark'}
    draws : int
        How often the numbers of laws and remedies are drawn for the bands; 0 for no bands.

    Returns
    -------
    plotly.graph_objects.Figure
        Days on a logarithmic axis. Two traces for each of `QUANTITIES`, the band before its line;
        one without bands.
    """
    colour, days = find_colours(theme), space_days(course.days)
    table = course.table(days)
    band = course.band(days, draws) if draws else None
    traces = []
    for quantity in QUANTITIES:
        if band is not None:
            traces.append(_draw_band(days, band[quantity.column], quantity, theme))
        traces.append(_draw_line(days, table[quantity.column], quantity, theme))
    layout = lay_out(
        said,
        theme,
        HEIGHT,
        {"l": 48, "r": 14, "b": 76},
        small="Shaded: nine of ten when the numbers of the laws are drawn from their ranges.",
        small_width=100,
        shapes=[] if now is None else [mark_at(place_day(now), colour["ink"], 2, "dot")],
        xaxis=_lay_out_days(course.days),
        annotations=[_name_panel(title, high, colour) for title, (_, high), _ in PANELS],
        legend={"orientation": "h", "x": 0, "y": -0.13, "yanchor": "top"},
        **_lay_out_panels(table, band),
    )
    layout.margin.t += 16  # for the name over the first panel
    return go.Figure(traces, let_mark_move(layout, [place_day(day) for day in stops]))


def _lay_out_days(last: float) -> dict[str, Any]:
    ticks = [day for day in TICKS if day <= last]
    return {
        "type": "log",
        "range": [float(np.log10(FIRST_DAY)), float(np.log10(last)) + 0.04],
        "tickvals": ticks,
        "ticktext": [TICKS[day] for day in ticks],
        "tickangle": 0,
        "anchor": f"y{len(PANELS)}",
    }


def _lay_out_panels(table: pd.DataFrame, band: pd.DataFrame | None) -> dict[str, Any]:
    """The axis of each panel, wide enough for its lines and bands."""
    axes = {}
    for number, (_, domain, least) in enumerate(PANELS):
        low, high = least
        for quantity in QUANTITIES:
            if quantity.panel == number:
                shown = (table if band is None else band)[quantity.column].to_numpy()
                low = min(low, 1.1 * quantity.scale * shown.min())
                high = max(high, 1.1 * quantity.scale * shown.max())
        axes[f"yaxis{number + 1 if number else ''}"] = {
            "domain": list(domain),
            "range": [float(low), float(high)],
            "zeroline": True,
            "nticks": 4,
        }
    return axes


def _name_panel(title: str, top: float, colour: dict[str, str]) -> dict[str, Any]:
    ink = {"color": colour["ink"], "size": 13}
    return note(title, x=0, xanchor="left", y=top, yanchor="bottom", font=ink)


def _draw_line(days: np.ndarray, values: pd.Series, quantity: Quantity, theme: str) -> go.Scatter:
    return go.Scatter(
        x=days.tolist(),
        y=(quantity.scale * values.to_numpy() + 0.0).round(2).tolist(),
        yaxis=_find_axis(quantity),
        mode="lines",
        name=quantity.name,
        showlegend=not quantity.panel,
        hovertemplate=f"{quantity.name}: %{{y:.1f}} {quantity.unit}<extra></extra>",
        line={"color": _find_colour(quantity, theme), "dash": quantity.dash, "width": 2.5},
    )


def _draw_band(days: np.ndarray, ends: pd.DataFrame, quantity: Quantity, theme: str) -> go.Scatter:
    low, high = (quantity.scale * ends[end].to_numpy() for end in ("low", "high"))
    colour = _find_colour(quantity, theme)
    return shade_band(days, low, high, colour, yaxis=_find_axis(quantity))


def _find_axis(quantity: Quantity) -> str:
    return f"y{quantity.panel + 1 if quantity.panel else ''}"


def _find_colour(quantity: Quantity, theme: str) -> str:
    return quantity.dark if theme == "dark" else quantity.light
