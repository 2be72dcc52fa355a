"""How sure the direction of each change is."""

import pandas as pd
import plotly.graph_objects as go

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_change
from musclechain.mechanics.certainty import Certainty
from musclechain.views.charts.bars import _draw_whiskers, _label
from musclechain.views.charts.frame import (
    count_legend_px,
    escape,
    find_colours,
    hover_sure,
    lay_out,
    note,
    note_nothing,
    place_legend,
    scale_ticks,
    show_symbols,
    stretch_newtons,
    wrap_name,
)
from musclechain.views.page.palette import (
    SPAN_N,
    change_colour,
)
from musclechain.views.words.certainty import check_certainty
from musclechain.views.words.charts import (
    SURE_WORDS,
    describe_chart_certainty,
    name_from_id,
    rank_certainty,
)

__all__ = ["draw_certainty"]


def draw_certainty(
    certainty: Certainty, body: Body | None = None, count: int = 6, theme: str = "light"
) -> go.Figure:
    """Draw how sure the direction of each change is: a dot, and the range that holds 90 % of the
    drawn bodies.

    Parameters
    ----------
    certainty : Certainty
    body : Body, optional
        Gives the names; without it they are read from the ids.
    count : int
        Structures of each word (settled, likely, depends), the most changed first.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Change on a stretched axis. A range that crosses zero means: in some
        bodies more tension, in others less.
    """
    colour, certainty = find_colours(theme), check_certainty(certainty)
    rows = rank_certainty(certainty, count)
    places, headings, at = [], [], 0.0
    for word in SURE_WORDS:
        here = int((rows["word"] == word).sum())
        if here:
            headings.append((word, at))
            places += [at + 1.15 + number for number in range(here)]
            at += here + 1.4
    names = [name_from_id(name, body) for name in rows.index]
    hover = [
        "<br>".join(
            [
                f"<b>{escape(title)}</b>",
                format_change(row["change_N"]),
                *hover_sure(certainty, name),
            ]
        )
        for title, (name, row) in zip(names, rows.iterrows(), strict=True)
    ]
    height = 190 + round(36 * (3 * count + 4.2))
    layout = lay_out(
        describe_chart_certainty(certainty, body, count),
        theme,
        height,
        {"l": 20, "r": 20, "b": 68 + count_legend_px(4)},
        small="Dot: the change shown. Line: where 90 % of the drawn bodies lie.",
        annotations=[
            note(
                f"<b>{word.capitalize()}</b>: {SURE_WORDS[word]}",
                x=0,
                xanchor="left",
                yref="y",
                y=place,
                name="heading",
                font={"size": 13},
                bgcolor=colour["paper"],
            )
            for word, place in headings
        ]
        + [
            _label(wrap_name(title, 46, 1), place - 0.12, colour, "name", 0)
            for title, place in zip(names, places, strict=True)
        ]
        + ([] if places else [note_nothing(colour)]),
        shapes=[
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": place - 0.55,
                "y1": place - 0.55,
                "line": {"color": colour["quiet"], "width": 1},
            }
            for _, place in headings[1:]
        ],
        xaxis={
            "title": {
                "text": "Change of tension (N), stretched near 0<br>left of 0 less, right more"
            },
            "zeroline": True,
            "zerolinecolor": colour["ink"],
            "zerolinewidth": 2,
            **scale_ticks(
                max([30.0, *rows[["change_N", "low_N", "high_N"]].abs().max()]) if places else 30.0
            ),
        },
        yaxis={
            "range": [max(3 * count + 3.7, at - 0.3), -0.6],
            "tickvals": [],
            "showgrid": False,
            "ticks": "",
        },
        legend=place_legend(height),
    )
    low, high = (stretch_newtons(rows[column]).tolist() for column in ("low_N", "high_N"))
    dots = [
        _draw_dots(
            rows,
            word,
            [place for place, own in zip(places, rows["word"], strict=True) if own == word],
            [text for text, own in zip(hover, rows["word"], strict=True) if own == word],
            colour,
        )
        for word in SURE_WORDS
    ]
    return go.Figure(
        [_draw_whiskers(low, high, [place + 0.12 for place in places], colour), *dots], layout
    )


def _draw_dots(
    rows: pd.DataFrame, word: str, places: list[float], hover: list[str], colour: dict[str, str]
) -> go.Scatter:
    """Draw the dots of one word."""
    here = rows[rows["word"] == word]
    lanes: list[float | None] = [place + 0.12 for place in places]
    return go.Scatter(
        x=stretch_newtons(here["change_N"]).tolist() or [None],
        y=lanes or [None],
        mode="markers",
        name=word,
        hovertext=hover,
        hoverinfo="text",
        customdata=list(here.index),
        marker={
            "symbol": show_symbols("circle", [word])[0],
            "size": 12,
            "color": (
                colour["ink"]
                if word == "depends"
                else [change_colour(value, SPAN_N) for value in here["change_N"]]
            ),
            "line": {"color": colour["ink"], "width": 1.8},
        },
    )
