"""The charts: pure functions of body, result and selection that give a plotly figure.

Each has a twin in `chart_words` with a title, a sentence and a table made from
the same numbers; the sentence also rides along as ``figure.layout.meta``.
Figures are built complete, keep their height, and need no network. Names stand
over their bars and not beside them, so that a narrow window has room for both.
"""

import plotly.graph_objects as go

from .certainty_words import read_certainty
from .chart_frame import (
    SPAN_N,
    THEMES,
    count_legend_px,
    escape,
    find_colours,
    find_route_colour,
    find_words,
    hover_change,
    lay_out,
    list_sure_marks,
    note,
    note_nothing,
    place_legend,
    say_sure,
    scale_ticks,
    show_symbols,
    stretch_newtons,
    sure_pattern,
    wrap_name,
)
from .chart_words import (
    PENDING,
    SURE_WORDS,
    describe_chart_certainty,
    describe_chart_ranked_changes,
    describe_chart_rounds,
    describe_chart_tension_by_height,
    list_regions,
    name_from_id,
    rank_certainty,
    table_of_heights,
    table_of_rounds,
)
from .describe import (
    ROUTE_ORDER,
    SHOWN_N,
    format_change,
    format_newtons,
    name_structure,
    rank_changes,
)
from .diagram import draw_chain_diagram
from .palette import ROUTES, change_colour

__all__ = [
    "THEMES",
    "draw_certainty",
    "draw_chain_diagram",
    "draw_ranked_changes",
    "draw_rounds",
    "draw_tension_by_height",
    "stretch_newtons",
]

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
# Height of a row of bars, and where in it the bar and the marks of the routes lie (0 is the bar),
# as shares of a row.
ROW, BAR, MARKS, NAME = 54, 0.26, 0.27, 0.17


# ---- ranked changes ---------------------------------------------------------------------------


def draw_ranked_changes(
    result, count=12, region=None, theme="light", certainty=None, pending=False
):
    """Draw the largest changes of tension as bars, with a mark for what each route adds.

    Parameters
    ----------
    result : Result
    count : int
        Number of bars; the height of the figure depends on it alone.
    region : str, optional
        Only this region of the body.
    theme : {'light', 'dark'}
    certainty : Draws or pandas.DataFrame, optional
        As of `Result.certainty`: adds the range that holds 90 % of the drawn
        bodies, dots on what is likely and hatching on what depends.
    pending : bool
        Say that the certainty is not computed yet.

    Returns
    -------
    plotly.graph_objects.Figure
        A bar for the whole change, marks for the three routes; N.

    Raises
    ------
    ValueError
        For an unknown region or theme.
    """
    colour, certainty = find_colours(theme), read_certainty(certainty)
    rows = rank_changes(result, region).head(count)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    names, words, places = (
        [name_structure(result.body, name) for name in rows.index],
        find_words(certainty, rows.index),
        list(range(len(rows))),
    )
    hover = [
        "<br>".join(
            [*hover_change(title, rows.loc[name], ROUTE_ORDER), *say_sure(certainty, name, pending)]
        )
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
        describe_chart_ranked_changes(result, count, region, certainty, pending),
        180 + ROW * count,
    )
    small = "Bar: the whole change. Marks under it: what each route adds." + (
        " Line: 90 % of the drawn bodies."
        if certainty is not None
        else f" {PENDING}"
        if pending
        else ""
    )
    layout = lay_out(
        said,
        theme,
        height,
        {"l": 20, "r": 20, "b": 52 + count_legend_px(3 if certainty is None else 7)},
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
            **({} if places else {"range": [-1, 1]}),
        },
        yaxis={"range": [count - 0.5, -0.75], "tickvals": [], "showgrid": False, "ticks": ""},
        legend=place_legend(height),
    )
    sure = (
        []
        if certainty is None
        else [
            _draw_whiskers(
                *(certainty[column].reindex(rows.index) for column in ("low_N", "high_N")),
                places,
                colour,
            ),
            *list_sure_marks(colour, bars=True),
        ]
    )
    return go.Figure([bars, *_draw_routes(rows, hover, colour, theme), *sure], layout)


def _label(text, place, colour, name, at):
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


def _draw_whiskers(low, high, places, colour, name="90 % of bodies"):
    """Draw the ranges as lines with caps; the change itself may lie outside of its range."""
    across = [value for pair in zip(low, high, strict=True) for value in (*pair, None)]
    return go.Scatter(
        x=across or [None],
        y=[value for place in places for value in (place, place, None)] or [None],
        mode="lines+markers",
        name=name,
        hoverinfo="skip",
        line={"color": colour["ink"], "width": 2},
        marker={"symbol": "line-ns-open", "size": 9, "color": colour["ink"], "line": {"width": 2}},
    )


def _draw_routes(rows, hover, colour, theme):
    """Draw a lane of marks under each bar: what each route adds."""
    marks = []
    for route in ROUTE_ORDER:
        seen = [place for place, value in enumerate(rows[f"{route}_N"]) if abs(value) >= SHOWN_N]
        marks.append(
            go.Scatter(
                # plotly leaves a series without points out of the legend
                x=[float(rows[f"{route}_N"].iloc[place]) for place in seen] or [None],
                y=[place + MARKS for place in seen] or [None],
                mode="markers",
                name=f"by {ROUTES[route]['word']}",
                hovertext=[hover[place] for place in seen],
                hoverinfo="text",
                customdata=[rows.index[place] for place in seen],
                marker={
                    "symbol": ROUTES[route]["mark"],
                    "size": 9,
                    "color": find_route_colour(route, theme),
                    "line": {"color": colour["ink"], "width": 0.8},
                },
            )
        )
    return marks


# ---- tension by height ------------------------------------------------------------------------


def draw_tension_by_height(result, theme="light", certainty=None, pending=False):
    """Draw the change of every structure in its part of the body, from the foot up, one mark for
    each route.

    Parameters
    ----------
    result : Result
    theme : {'light', 'dark'}
    certainty : Draws or pandas.DataFrame, optional
        Structures whose direction is only likely get a dot in their mark,
        those that depend on what nobody knows an open mark.
    pending : bool

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
        read_certainty(certainty),
    )
    table = table_of_heights(result)
    table = table.assign(
        level=_find_levels(table, regions), word=find_words(certainty, table.index)
    )
    marks = [_draw_route_marks(table, route, certainty, pending, theme) for route in ROUTE_ORDER]
    largest = max([30.0, *(abs(value) for mark in marks for value in mark.customdata)])
    height = 196 + 44 * len(regions)
    layout = lay_out(
        describe_chart_tension_by_height(result, certainty, pending),
        theme,
        height,
        {"l": 112, "r": 18, "b": 68 + count_legend_px(3 if certainty is None else 6)},
        small="One mark for each structure and route."
        + (f" {PENDING}" if pending and certainty is None else ""),
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
    return go.Figure([*marks, *([] if certainty is None else list_sure_marks(colour))], layout)


# Where in the band of its region each side has its lane.
LANES = {"left": 0.74, "midline": 0.5, "right": 0.26}


def _find_levels(table, regions):
    """Find the place of each structure on the axis: its region, its side's lane, and in it the
    higher the higher."""
    number = table["Region"].map({region: number for number, region in enumerate(regions)})
    lane = table["Side"].map(LANES).fillna(0.5)
    groups = table.groupby(["Region", "Side"])["Height (m)"]
    count = groups.transform("size")
    return number + lane + 0.28 * (groups.rank(method="average") - (count + 1) / 2) / count


def _draw_route_marks(table, route, certainty, pending, theme):
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
                *say_sure(certainty, name, pending),
            ]
        )
        for name, row in seen.iterrows()
    ]
    mark, shade, colour = (
        ROUTES[route]["mark"],
        find_route_colour(route, theme),
        find_colours(theme),
    )
    return go.Scatter(
        # plotly leaves a series without points out of the legend, and "pull (0)" says something too
        x=stretch_newtons(seen[f"By {route} (N)"]).tolist() or [None],
        y=seen["level"].to_list() or [None],
        customdata=seen[f"By {route} (N)"].to_list(),
        mode="markers",
        name=f"{ROUTES[route]['word']} ({len(seen)})",
        hovertext=hover,
        hoverinfo="text",
        marker={
            "symbol": mark if certainty is None else show_symbols(mark, seen["word"]),
            "size": 10,
            "color": shade,
            "opacity": 0.9,
            "line": {
                "color": [shade if word == "depends" else colour["ink"] for word in seen["word"]],
                "width": [2 if word == "depends" else 0.8 for word in seen["word"]],
            },
        },
    )


# ---- rounds -----------------------------------------------------------------------------------


def draw_rounds(
    result, count=6, structures=None, step=None, theme="light", certainty=None, pending=False
):
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
    certainty : Draws or pandas.DataFrame, optional
        Of the last step; its word stands in the legend.
    pending : bool

    Returns
    -------
    plotly.graph_objects.Figure
        Change against the first step, N.

    Raises
    ------
    UnknownStructureError, ValueError
    """
    colour, certainty = find_colours(theme), read_certainty(certainty)
    count = min(count, len(SERIES)) if structures is None else len(structures)
    if count > len(SERIES):
        raise ValueError(
            f"At most {len(SERIES)} structures can be told apart here, and {count} were asked for."
        )
    table, rounds = table_of_rounds(result, count, structures), result.rounds
    words = find_words(certainty, table.columns)
    lines = [
        _draw_round(result, table[name], look, word, say_sure(certainty, name, pending), theme)
        for name, look, word in zip(table.columns, SERIES, words, strict=False)
    ]
    labels = [one.label.replace("guarding, round ", "g ") for one in rounds]
    shown = (
        []
        if step is None
        else [
            {
                "type": "line",
                "x0": step,
                "x1": step,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": colour["ink"], "width": 1.5, "dash": "dot"},
            }
        ]
    )
    layout = lay_out(
        describe_chart_rounds(result, count, structures, certainty, pending),
        theme,
        536,
        {"l": 64, "r": 20, "b": 230},
        shapes=shown,
        annotations=[] if lines else [note_nothing(colour)],
        small="g: round of guarding. Bold outline: works at full strength."
        + (f" {PENDING}" if pending and certainty is None else ""),
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


def _draw_round(result, values, look, word, sure, theme):
    """Draw the line of one structure over the steps."""
    colour, (light, dark, symbol, dash), title = (
        find_colours(theme),
        look,
        name_structure(result.body, values.name),
    )
    shade, rounds = dark if theme == "dark" else light, result.rounds
    full = [values.name in one.overloaded for one in rounds]
    hover = [
        "<br>".join(
            [
                f"<b>{escape(title)}</b>",
                f"{escape(one.label)}: {format_change(value)}",
                *(["works at full strength"] if over else []),
                *(sure if one is rounds[-1] else []),
            ]
        )
        for one, value, over in zip(rounds, values, full, strict=True)
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


def _thin(number):
    """Choose the steps to label: the three routes, then at most about eight rounds."""
    every = max(1, round((number - 3) / 8))
    return [*range(min(3, number)), *range(3, number, every)]


# ---- how sure ---------------------------------------------------------------------------------


def draw_certainty(certainty, body=None, count=6, theme="light"):
    """Draw how sure the direction of each change is: a dot, and the range that holds 90 % of the
    drawn bodies.

    Parameters
    ----------
    certainty : Draws or pandas.DataFrame
        As of `Result.certainty`.
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
    colour, certainty = find_colours(theme), read_certainty(certainty)
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
            [f"<b>{escape(title)}</b>", format_change(row["change_N"]), *say_sure(certainty, name)]
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


def _draw_dots(rows, word, places, hover, colour):
    """Draw the dots of one word."""
    here = rows[rows["word"] == word]
    return go.Scatter(
        x=stretch_newtons(here["change_N"]).tolist() or [None],
        y=[place + 0.12 for place in places] or [None],
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
