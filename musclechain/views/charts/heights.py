"""The change of every structure in its part of the body, from the foot up."""

import pandas as pd
import plotly.graph_objects as go

from musclechain.anatomy.format import SHOWN_N, format_change
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.spread import Result
from musclechain.views.charts.frame import (
    count_legend_px,
    escape,
    find_colours,
    hover_sure,
    lay_out,
    list_sure_marks,
    note_nothing,
    place_legend,
    scale_ticks,
    show_symbols,
    stretch_newtons,
)
from musclechain.views.page.palette import ROUTE_LOOKS, route_colour
from musclechain.views.words.certainty import PENDING, check_certainty
from musclechain.views.words.charts import (
    describe_chart_tension_by_height,
    list_regions,
    table_of_heights,
)

__all__ = ["draw_tension_by_height"]


def draw_tension_by_height(
    result: Result, theme: str = "light", certainty: Certainty = UNKNOWN
) -> go.Figure:
    """Draw the change of every structure in its part of the body, from the foot up, one mark for
    each route.

    Parameters
    ----------
    result : Result
    theme : {'light', 'dark'}
    certainty : Certainty
        Structures whose direction is only likely get a dot in their mark,
        those that depend on what nobody knows an open mark.

    Returns
    -------
    plotly.graph_objects.Figure
        Change on a stretched axis (`stretch_newtons`). Each region is a band
        with a lane for the left and one for the right; inside a lane the
        higher structure lies higher. Changes under `SHOWN_N` by a route are
        left out.
    """
    colour, regions, certainty = (
        find_colours(theme),
        list_regions(result),
        check_certainty(certainty),
    )
    table = table_of_heights(result)
    table = table.assign(level=_find_levels(table, regions), word=certainty.words(table.index))
    marks = [_draw_route_marks(table, route, certainty, theme) for route in ROUTES]
    largest = max([30.0, *(abs(value) for mark in marks for value in mark.customdata)])
    height = 196 + 44 * len(regions)
    layout = lay_out(
        describe_chart_tension_by_height(result, certainty),
        theme,
        height,
        {"l": 112, "r": 18, "b": 68 + count_legend_px(3 if not certainty.is_known else 6)},
        small="One mark for each structure and route."
        + (f" {PENDING}" if certainty.is_pending else ""),
        shapes=[
            {
                "type": "rect",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": number,
                "y1": number + 1,
                "fillcolor": colour["band"] if number % 2 else colour["paper"],
                "line": {"width": 0},
                "layer": "below",
            }
            for number in range(len(regions))
        ],
        annotations=[] if any(mark.customdata for mark in marks) else [note_nothing(colour)],
        xaxis={
            "title": {
                "text": "Change of tension (N), stretched near 0<br>left of 0 less, right more"
            },
            "zeroline": True,
            "zerolinecolor": colour["ink"],
            "zerolinewidth": 1.5,
            **scale_ticks(largest),
        },
        yaxis={
            "range": [0, len(regions)],
            "tickvals": [
                number + lane
                for number in range(len(regions))
                for lane in LANES.values()
                if lane != 0.5
            ],
            "ticktext": [
                f"{region}, {side}" for region in regions for side in LANES if side != "midline"
            ],
            "showgrid": False,
            "ticks": "",
        },
        legend=place_legend(height),
    )
    return go.Figure([*marks, *([] if not certainty.is_known else list_sure_marks(colour))], layout)


# Where in the band of its region each side has its lane.
LANES = {"left": 0.74, "midline": 0.5, "right": 0.26}


def _find_levels(table: pd.DataFrame, regions: list[str]) -> pd.Series:
    """Find the place of each structure on the axis: its region, its side's lane, and in it the
    higher the higher."""
    number = table["Region"].map({region: number for number, region in enumerate(regions)})
    lane = table["Side"].map(LANES).fillna(0.5)
    groups = table.groupby(["Region", "Side"])["Height (m)"]
    count = groups.transform("size")
    return number + lane + 0.28 * (groups.rank(method="average") - (count + 1) / 2) / count


def _draw_route_marks(
    table: pd.DataFrame, route: str, certainty: Certainty, theme: str
) -> go.Scatter:
    # what is settled comes first: the legend shows the first mark, and open marks lie on top
    seen = table[table[f"By {route} (N)"].abs() >= SHOWN_N].sort_values(
        "word", key=lambda words: words.map({"likely": 1, "depends": 2}).fillna(0), kind="stable"
    )
    hover = [
        "<br>".join(
            [
                f"<b>{escape(row['Structure'])}</b>",
                f"{format_change(row[f'By {route} (N)'])} by {route}",
                f"{format_change(row['Change (N)'])} in all",
                f"{row['Region']}, {row['Height (m)']:.2f} m above the ground",
                *hover_sure(certainty, name),
            ]
        )
        for name, row in seen.iterrows()
    ]
    mark, shade, colour = (
        ROUTE_LOOKS[route]["mark"],
        route_colour(route, theme),
        find_colours(theme),
    )
    return go.Scatter(
        # plotly leaves a series without points out of the legend, and "pull (0)" says something too
        x=stretch_newtons(seen[f"By {route} (N)"]).tolist() or [None],
        y=seen["level"].to_list() or [None],
        customdata=seen[f"By {route} (N)"].to_list(),
        mode="markers",
        name=f"{ROUTE_LOOKS[route]['word']} ({len(seen)})",
        hovertext=hover,
        hoverinfo="text",
        marker={
            "symbol": mark if not certainty.is_known else show_symbols(mark, seen["word"]),
            "size": 10,
            "color": shade,
            "opacity": 0.9,
            "line": {
                "color": [shade if word == "depends" else colour["ink"] for word in seen["word"]],
                "width": [2 if word == "depends" else 0.8 for word in seen["word"]],
            },
        },
    )
