"""The largest changes as bars, and under each what each route adds."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from musclechain.anatomy.format import SHOWN_N, format_newtons, name_structure
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.spread import Result
from musclechain.views.charts.frame import (
    count_legend_px,
    find_colours,
    hover_change,
    hover_sure,
    lay_out,
    list_sure_marks,
    note,
    note_nothing,
    place_legend,
    sure_pattern,
    wrap_name,
)
from musclechain.views.page.palette import (
    ROUTE_LOOKS,
    SPAN_N,
    change_colour,
    route_colour,
)
from musclechain.views.words.certainty import PENDING, check_certainty
from musclechain.views.words.charts import (
    describe_chart_ranked_changes,
)
from musclechain.views.words.tables import rank_changes

__all__ = ["draw_ranked_changes"]


# Height of a row of bars, and where in it the bar and the pieces of the routes lie (0 is the bar),
# as shares of a row.
# So much of the axis lies free beyond the longest bar.
BESIDE = 0.05
ROW, BAR, PIECE, MARKS, NAME = 54, 0.26, 0.18, 0.25, 0.17


def draw_ranked_changes(
    result: Result,
    count: int = 12,
    region: str | None = None,
    theme: str = "light",
    certainty: Certainty = UNKNOWN,
) -> go.Figure:
    """Draw the largest changes of tension as bars, and under each what each route adds.

    Parameters
    ----------
    result : Result
    count : int
        Number of bars; the height of the figure depends on it alone.
    region : str, optional
        Only this region of the body.
    theme : {'light', 'dark'}
    certainty : Certainty
        Where it is known: adds the range that holds 90 % of the drawn
        bodies, dots on what is likely and hatching on what depends.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar for the whole change, and pieces for the three routes; N.

    Raises
    ------
    ValueError
        For an unknown region or theme.
    """
    colour, certainty = find_colours(theme), check_certainty(certainty)
    rows = rank_changes(result, region).head(count)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    names, words, places = (
        [name_structure(result.body, name) for name in rows.index],
        certainty.words(rows.index),
        list(range(len(rows))),
    )
    hover = [
        "<br>".join([*hover_change(title, rows.loc[name], ROUTES), *hover_sure(certainty, name)])
        for title, name in zip(names, rows.index, strict=True)
    ]
    bars = go.Bar(
        x=rows["change_N"].to_list(),
        y=places,
        orientation="h",
        name="change",
        hovertext=hover,
        hoverinfo="text",
        width=BAR,
        showlegend=False,
        customdata=list(rows.index),
        marker={
            "color": [change_colour(value, SPAN_N) for value in rows["change_N"]],
            "line": {"color": colour["ink"], "width": 1},
            "pattern": sure_pattern(words, colour),
        },
    )
    values = [
        f"<b>{format_newtons(value, signed=True)}</b>{f', {word}' if word else ''}"
        for value, word in zip(rows["change_N"], words, strict=True)
    ]
    labels = [
        _label(text, place - NAME, colour, "name", 0)
        for place, text in zip(places, map(wrap_name, names), strict=True)
    ] + [
        _label(text, place - NAME, colour, "value", 1)
        for place, text in zip(places, values, strict=True)
    ]
    said, height = (
        describe_chart_ranked_changes(result, count, region, certainty),
        180 + ROW * count,
    )
    small = "Upper bar: the whole change. Lower bar: what each route adds." + (
        " Line: 90 % of the bodies tried."
        if certainty.is_known
        else f" {PENDING}"
        if certainty.is_pending
        else ""
    )
    ranges = certainty.table().reindex(rows.index)
    layout = lay_out(
        said,
        theme,
        height,
        {"l": 20, "r": 20, "b": 52 + count_legend_px(3 if not certainty.is_known else 7)},
        small=small,
        barmode="overlay",
        annotations=labels if places else [note_nothing(colour)],
        xaxis={
            "title": {"text": "Change of tension (N): left of 0 less, right more"},
            "zeroline": True,
            "zerolinecolor": colour["ink"],
            "zerolinewidth": 1.5,
            "nticks": 7,
            "tickangle": 0,
            "range": _find_range(rows, ranges),
        },
        yaxis={"range": [count - 0.5, -0.75], "tickvals": [], "showgrid": False, "ticks": ""},
        legend=place_legend(height),
    )
    sure = (
        []
        if not certainty.is_known
        else [
            _draw_whiskers(
                ranges["low_N"],
                ranges["high_N"],
                places,
                colour,
            ),
            *list_sure_marks(colour, bars=True),
        ]
    )
    return go.Figure([bars, *_draw_routes(rows, hover, colour, theme), *sure], layout)


def _find_range(rows: pd.DataFrame, sure: pd.DataFrame) -> list[float]:
    """The ends of the axis of all bars and lines, N. Said in each figure: plotly keeps the range
    of the figure before where the next one leaves it open."""
    by_route = rows[[f"{route}_N" for route in ROUTES]]
    ends = [
        by_route.clip(lower=0).sum(axis=1),
        by_route.clip(upper=0).sum(axis=1),
        *(
            frame[column]
            for frame, column in ((rows, "change_N"), (sure, "low_N"), (sure, "high_N"))
            if column in frame
        ),
    ]
    values = pd.concat([pd.Series([0.0]), *ends]).dropna()
    low, high = float(values.min()), float(values.max())
    if low == high:
        return [-1.0, 1.0]
    room = BESIDE * (high - low)
    return [low - room if low < 0 else 0.0, high + room if high > 0 else 0.0]


def _label(text: str, place: float, colour: dict[str, str], name: str, at: int) -> dict[str, Any]:
    """Write over a row, at its left (0) or right (1) end; the ground hides the lines of the
    axis."""
    return note(
        text,
        x=at,
        xanchor="right" if at else "left",
        yref="y",
        y=place,
        yanchor="bottom",
        name=name,
        font={"size": 12},
        bgcolor=colour["paper"],
        borderpad=1,
    )


def _draw_whiskers(
    low: Iterable[float], high: Iterable[float], places: Sequence[float], colour: dict[str, str]
) -> go.Scatter:
    """Draw the ranges as lines with caps; the change itself may lie outside of its range."""
    across: list[float | None] = [
        value for pair in zip(low, high, strict=True) for value in (*pair, None)
    ]
    beside: list[float | None] = [value for place in places for value in (place, place, None)]
    return go.Scatter(
        x=across or [None],
        y=beside or [None],
        mode="lines+markers",
        name="90 % of bodies",
        hoverinfo="skip",
        line={"color": colour["ink"], "width": 2},
        marker={"symbol": "line-ns-open", "size": 9, "color": colour["ink"], "line": {"width": 2}},
    )


def _draw_routes(
    rows: pd.DataFrame, hover: list[str], colour: dict[str, str], theme: str
) -> list[go.Bar]:
    """Draw under each bar what each route adds: one piece after the other, more to the right of 0
    and less to the left of it."""
    more, less = ([0.0] * len(rows) for _ in range(2))
    pieces = []
    for route in ROUTES:
        seen: list[int] = []
        values: list[float | None] = []
        bases: list[float] = []
        for place, value in enumerate(rows[f"{route}_N"]):
            if abs(value) < SHOWN_N:
                continue
            ends = more if value > 0 else less
            seen.append(place)
            values.append(float(value))
            bases.append(ends[place])
            ends[place] += float(value)
        lanes: list[float | None] = [place + MARKS for place in seen]
        pieces.append(
            go.Bar(
                # plotly leaves a series without points out of the legend
                x=values or [None],
                y=lanes or [None],
                base=bases or None,
                orientation="h",
                width=PIECE,
                name=f"by {ROUTE_LOOKS[route]['word']}",
                hovertext=[hover[place] for place in seen],
                hoverinfo="text",
                customdata=[rows.index[place] for place in seen],
                marker={
                    "color": route_colour(route, theme),
                    "line": {"color": colour["ink"], "width": 0.8},
                    "pattern": {
                        "shape": ROUTE_LOOKS[route]["pattern"],
                        "fillmode": "overlay",
                        "fgcolor": colour["paper"],
                        "size": 5,
                        "solidity": 0.25,
                    },
                },
            )
        )
    return pieces
