"""Early against late: how long the way back takes after short and after long neglect."""

import pandas as pd
import plotly.graph_objects as go

from musclechain.views.charts.frame import lay_out
from musclechain.views.words.charts import ChartText
from musclechain.views.words.findings.slow import say_days

__all__ = ["draw_starts"]

HEIGHT, APART = 400, 0.13
# What is lost, by column of `compare_starts`: its name, its colour on a light and a dark ground,
# and its mark.
LOST = {
    "fibres": ("Length of fibres", "#0072b2", "#56b4e9", "circle"),
    "tissue": ("Stiffness of tissue", "#00795a", "#2fc79b", "diamond"),
    "strength": ("Strength", "#5f5f5f", "#b4b4b4", "square"),
    "sarcomeres": ("Sarcomeres of animals", "#b34700", "#e8853a", "x"),
}
WEEK_DAYS = 7


def draw_starts(starts: pd.DataFrame, said: ChartText, theme: str = "light") -> go.Figure:
    """Draw how long the way back takes, by how long a position was kept.

    Parameters
    ----------
    starts : pandas.DataFrame
        As `compare_starts` gives it; with draws each mark has a line over its range.
    said : ChartText
        Gives the title, and the sentence for those who do not see the picture.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        A trace for each of `LOST`: weeks.
    """
    marks = [
        _draw_lost(starts, name, (number - 1.5) * APART, theme) for number, name in enumerate(LOST)
    ]
    layout = lay_out(
        said,
        theme,
        HEIGHT,
        {"l": 58, "r": 12, "b": 108},
        small="Lines: nine of ten when the numbers of the laws are drawn from their ranges.",
        small_width=100,
        xaxis={
            "tickvals": list(range(len(starts))),
            "ticktext": [say_days(WEEK_DAYS * weeks) for weeks in starts.index],
            "range": [-0.5, len(starts) - 0.5],
            "title": {"text": "Kept short for", "standoff": 6},
            "showgrid": False,
        },
        yaxis={"title": {"text": "Weeks of the way back"}, "rangemode": "tozero"},
        legend={"orientation": "h", "x": 0, "y": -0.24, "yanchor": "top"},
    )
    return go.Figure(marks, layout)


def _draw_lost(starts: pd.DataFrame, name: str, aside: float, theme: str) -> go.Scatter:
    words, light, dark, symbol = LOST[name]
    ink = dark if theme == "dark" else light
    weeks = starts[f"{name}_back_days"] / WEEK_DAYS
    reach = None
    if f"{name}_back_low" in starts:
        low, high = (starts[f"{name}_back_{end}"] / WEEK_DAYS for end in ("low", "high"))
        reach = {
            "type": "data",
            "symmetric": False,
            "array": (high - weeks).clip(lower=0).round(2).tolist(),
            "arrayminus": (weeks - low).clip(lower=0).round(2).tolist(),
            "color": ink,
            "thickness": 2,
            "width": 4,
        }
    return go.Scatter(
        x=[number + aside for number in range(len(starts))],
        y=weeks.round(2).tolist(),
        error_y=reach,
        mode="markers",
        name=words,
        marker={"symbol": symbol, "size": 11, "color": ink},
        hovertemplate=f"{words}: %{{y:.0f}} weeks<extra></extra>",
    )
