"""How the change grows, step by step of the spread."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from musclechain.anatomy.format import format_change, name_structure
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.spread import Result
from musclechain.views.charts.frame import (
    escape,
    find_colours,
    hover_sure,
    lay_out,
    mark_at,
    note_nothing,
    place_legend,
    show_symbols,
)
from musclechain.views.words.certainty import PENDING, check_certainty
from musclechain.views.words.charts import (
    describe_chart_rounds,
    table_of_rounds,
)

__all__ = ["draw_rounds"]


# Series of the step chart: colour for a light and a dark ground, mark and dash, so that none rests
# on colour alone.
SERIES = (
    ("#0072b2", "#56b4e9", "circle", "solid"),
    ("#b34700", "#e8853a", "square", "dash"),
    ("#00795a", "#2fc79b", "diamond", "dot"),
    ("#a34a80", "#e29ac4", "triangle-up", "dashdot"),
    ("#5b5bd6", "#a6a6ff", "pentagon", "longdash"),
    ("#7a5c00", "#e6c229", "star", "solid"),
)


def draw_rounds(
    result: Result,
    count: int = 6,
    structures: Sequence[str] | None = None,
    step: int | None = None,
    theme: str = "light",
    certainty: Certainty = UNKNOWN,
) -> go.Figure:
    """Draw how the tension of the most changed structures grows over the steps of the spread.

    Parameters
    ----------
    result : Result
    count : int
        Number of lines, at most six.
    structures : sequence of str, optional
        Your own choice in place of the most changed.
    step : int, optional
        Number of the step that the step control shows; a line marks it.
    theme : {'light', 'dark'}
    certainty : Certainty
        Of the last step; its word stands in the legend.

    Returns
    -------
    plotly.graph_objects.Figure
        Change against the first step, N.

    Raises
    ------
    UnknownStructureError, ValueError
    """
    colour, certainty = find_colours(theme), check_certainty(certainty)
    count = min(count, len(SERIES)) if structures is None else len(structures)
    if count > len(SERIES):
        raise ValueError(
            f"At most {len(SERIES)} structures can be told apart here, and {count} were asked for."
        )
    table, rounds = table_of_rounds(result, count, structures), result.rounds
    words = certainty.words(table.columns)
    lines = [
        _draw_round(result, table[name], look, word, hover_sure(certainty, name), theme)
        for name, look, word in zip(table.columns, SERIES, words, strict=False)
    ]
    labels = [moment.label.replace("guarding, round ", "g ") for moment in rounds]
    layout = lay_out(
        describe_chart_rounds(result, count, structures, certainty),
        theme,
        536,
        {"l": 64, "r": 20, "b": 230},
        shapes=[] if step is None else [mark_at(step, colour["ink"], dash="dot")],
        annotations=[] if lines else [note_nothing(colour)],
        small="g: round of guarding. Bold outline: works at full strength."
        + (f" {PENDING}" if certainty.is_pending else ""),
        xaxis={
            "title": {"text": "Step of the spread", "standoff": 6},
            "range": [-0.3, len(rounds) - 0.7],
            "tickvals": _thin(len(rounds)),
            "ticktext": [labels[k] for k in _thin(len(rounds))],
            "showgrid": False,
            "tickangle": -45,
        },
        yaxis={
            "title": {"text": "Change of tension (N)"},
            "zeroline": True,
            "zerolinecolor": colour["ink"],
            "zerolinewidth": 1.5,
            **({} if lines else {"range": [-1, 1]}),
        },
        legend=place_legend(536, 310),
    )
    return go.Figure(lines, layout)


def _draw_round(
    result: Result,
    values: pd.Series,
    look: tuple[str, str, str, str],
    word: str,
    sure: list[str],
    theme: str,
) -> go.Scatter:
    """Draw the line of one structure over the steps."""
    colour, (light, dark, symbol, dash), title = (
        find_colours(theme),
        look,
        name_structure(result.body, values.name),
    )
    shade, rounds = dark if theme == "dark" else light, result.rounds
    full = [values.name in moment.overloaded for moment in rounds]
    hover = [
        "<br>".join(
            [
                f"<b>{escape(title)}</b>",
                f"{escape(moment.label)}: {format_change(value)}",
                *(["works at full strength"] if over else []),
                *(sure if moment is rounds[-1] else []),
            ]
        )
        for moment, value, over in zip(rounds, values, full, strict=True)
    ]
    return go.Scatter(
        x=list(range(len(rounds))),
        y=values.to_list(),
        mode="lines+markers",
        name=escape(title, 40) + (f" ({word})" if word else ""),
        hovertext=hover,
        hoverinfo="text",
        line={"color": shade, "width": 2, "dash": dash},
        marker={
            "symbol": show_symbols(symbol, [word])[0],
            "size": 9,
            "color": shade,
            "line": {
                "color": [colour["ink"] if over else shade for over in full],
                "width": [2.5 if over else 1.5 if word == "depends" else 0 for over in full],
            },
        },
    )


def _thin(number: int) -> list[int]:
    """Choose the steps to label: the three routes, then at most about eight rounds."""
    every = max(1, round((number - 3) / 8))
    return [*range(min(3, number)), *range(3, number, every)]
