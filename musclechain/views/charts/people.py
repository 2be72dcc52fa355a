"""Many people on one axis: a dot for each."""

import numpy as np
import plotly.graph_objects as go

from musclechain.mechanics.population import Population
from musclechain.views.charts.frame import escape, find_colours, lay_out, mark_at, note
from musclechain.views.words.charts import ChartText

__all__ = ["draw_people"]

HEIGHT, PLOT_PX, LARGEST_PX = 380, 240, 11
# Colour of a dot on a light and a dark ground: before the line, and from it on.
BEFORE, BEYOND = ("#0072b2", "#56b4e9"), ("#b34700", "#e8853a")


def draw_people(
    people: Population,
    name: str,
    width: float,
    line: tuple[float, str],
    said: ChartText,
    axis: str,
    theme: str = "light",
) -> go.Figure:
    """Draw a dot for each person at how much something changes in them.

    Parameters
    ----------
    people : Population
    name : str
        What changes, as `Population.quantiles` takes it.
    width : float
        People within a class of this width stand over one another; N, degrees or mm.
    line : (float, str)
        A value to compare with, and its name.
    said : ChartText
        Gives the title, and the sentence for those who do not see the picture.
    axis : str
        Title of the axis, with its unit.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Two traces, of those before and beyond the line; x is the middle of a class.

    Raises
    ------
    CauseError
        For a name that was not counted.
    ValueError
        For an unknown theme.
    """
    colour, (limit, words) = find_colours(theme), line
    least, most = people.quantiles(name, (0, 1))
    first, last = np.floor(least / width), np.ceil(max(most, limit) / width) + 1
    edges = np.arange(first, last + 1) * width
    counts = people.histogram(name, [-np.inf, *edges[1:-1], np.inf])
    middles, tallest = edges[:-1] + width / 2, max(counts.max(), 1)
    size = min(LARGEST_PX, PLOT_PX / tallest)
    layout = lay_out(
        said,
        theme,
        HEIGHT,
        {"l": 56, "r": 16, "b": 56},
        small="Each dot is a body.",
        showlegend=False,
        shapes=[mark_at(limit, colour["ink"])],
        annotations=[
            note(escape(words), xref="x", x=limit, xanchor="right", xshift=-6, y=1, yanchor="top")
        ],
        xaxis={
            "title": {"text": escape(axis), "standoff": 6},
            "range": [edges[0] - width, edges[-1] + width],
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": colour["quiet"],
        },
        yaxis={"title": {"text": "Bodies"}, "range": [0, tallest * PLOT_PX / (PLOT_PX - 20)]},
    )
    beyond = middles > limit
    return go.Figure(
        [
            _draw_dots(middles[here], counts[here], width, size, looks[theme == "dark"])
            for here, looks in ((~beyond, BEFORE), (beyond, BEYOND))
        ],
        layout,
    )


def _draw_dots(
    middles: np.ndarray, counts: np.ndarray, width: float, size: float, colour: str
) -> go.Scatter:
    told = [
        f"{middle - width / 2:g} to {middle + width / 2:g}: {count}"
        f" {'body' if count == 1 else 'bodies'}"
        for middle, count in zip(middles, counts, strict=True)
    ]
    return go.Scatter(
        x=np.repeat(middles, counts).tolist(),
        y=[place + 0.5 for count in counts for place in range(count)],
        mode="markers",
        hovertext=np.repeat(told, counts).tolist(),
        hoverinfo="text",
        marker={"color": colour, "size": size, "line": {"width": 0}},
    )
