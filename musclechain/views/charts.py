"""The charts: pure functions of body, result and selection that give a plotly figure.

Each has a twin in `chart_words` with a title, a sentence and a table made from
the same numbers; the sentence also rides along as ``figure.layout.meta``.
Figures are built complete, keep their height, and need no network.
"""

import html

import numpy as np
import plotly.graph_objects as go

from .chart_words import (
    describe_chart_chain_diagram, describe_chart_ranked_changes, describe_chart_rounds, describe_chart_tension_by_height, find_places,
    find_stations, list_bands, table_of_heights, table_of_rounds,
)
from .describe import ROUTE_ORDER, SHOWN_N, format_change, format_newtons, name_structure, rank_changes
from .palette import CHANGE_STOPS, GRADE_MARKS, ROUTES, change_position, read_colour, scale_colour

__all__ = ["THEMES", "draw_chain_diagram", "draw_ranked_changes", "draw_rounds", "draw_tension_by_height", "stretch_newtons"]

THEMES = {
    "light": {"paper": "#ffffff", "ink": "#1f1f1f", "quiet": "#5f5f5f", "grid": "#dedede", "band": "#f3efe9", "faint": "#d8d2cc", "thread": "#a39a92", "empty": "#ffffff"},
    "dark": {"paper": "#111111", "ink": "#f2f2f2", "quiet": "#b4b4b4", "grid": "#3a3a3a", "band": "#1f1d1b", "faint": "#413d3a", "thread": "#77706a", "empty": "#111111"},
}
KIND_SYMBOLS = {"bone": "square", "muscle": "circle", "fascia": "diamond", "ligament": "hexagon", "tendon": "triangle-down", "nerve": "star", "root": "cross"}
# The better the evidence, the more of the line is drawn.
GRADE_DASHES = {"supported": "solid", "plausible": "12px,4px", "contested": "6px,5px", "folk wisdom": "2px,6px", None: "1px,9px"}
CUT_DASH = "5px,5px"
PATTERNS = {"posture": "/", "pull": "", "guarding": "x"}
# Series of the step chart: colour for a light and a dark ground, mark and dash, so that none rests on colour alone.
SERIES = (
    ("#0072b2", "#56b4e9", "circle", "solid"), ("#b34700", "#e8853a", "square", "dash"), ("#00795a", "#2fc79b", "diamond", "dot"),
    ("#a34a80", "#e29ac4", "triangle-up", "dashdot"), ("#5b5bd6", "#a6a6ff", "x", "longdash"), ("#7a5c00", "#e6c229", "star", "solid"),
)
# Below this the height chart's scale is about linear, above it about logarithmic, N.
LINEAR_N = 0.3
# Place on the scale of colours from which "more" gets its bold outline.
BOLD_FROM = 0.16
SCALE_TICKS_N = (1, 3, 10, 30, 100, 300, 1000, 3000)
# Stations that fit beside the picture above the legend.
MOST_LISTED = 13
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def _colours(theme):
    if theme not in THEMES:
        raise ValueError(f"theme must be {' or '.join(map(repr, THEMES))}, and is {theme!r}.")
    return THEMES[theme]


def _escape(text, longest=None):
    """Make text safe for plotly, which reads some HTML in names and labels."""
    text = str(text)
    if longest and len(text) > longest:
        start, comma, side = text.rpartition(", ")
        tail = comma + side if side in ("left", "right") else ""
        text = (start if tail else text)[:longest - 1 - len(tail)].rstrip(" ,") + "…" + tail
    return html.escape(text, quote=False)


def _lay_out(said, theme, height, margin, **more):
    """Everything that the four figures share; a template of their own, because plotly's default stays white."""
    colour = _colours(theme)
    axis = {"gridcolor": colour["grid"], "linecolor": colour["quiet"], "zeroline": False, "ticks": "outside", "tickcolor": colour["quiet"], "automargin": False}
    template = go.layout.Template(layout={"font": {"family": FONT, "size": 13, "color": colour["ink"]}, "xaxis": axis, "yaxis": axis})
    return go.Layout(
        template=template, paper_bgcolor=colour["paper"], plot_bgcolor=colour["paper"], height=height, autosize=True, uirevision="keep",
        title={"text": _escape(said.title, 90), "x": 0, "xanchor": "left", "xref": "container", "pad": {"l": 14}, "y": 1, "yanchor": "top", "yref": "container",
               "font": {"size": 17}, "automargin": False} | {"pad": {"l": 14, "t": 14}},
        margin={"t": 50, **margin}, meta={"description": said.sentence}, hovermode="closest",
        hoverlabel={"bgcolor": colour["paper"], "bordercolor": colour["quiet"], "font": {"color": colour["ink"], "family": FONT}, "align": "left"},
        legend={"font": {"size": 12}, "bgcolor": "rgba(0,0,0,0)"} | more.pop("legend", {}), **more,
    )


def _note(text, **place):
    return {"text": text, "showarrow": False, "xref": "paper", "yref": "paper", "align": "left"} | place


def _nothing(colour):
    return _note("Nothing changes.", x=0.5, y=0.5, xanchor="center", yanchor="middle", bgcolor=colour["paper"], borderpad=6, font={"size": 16, "color": colour["quiet"]})


# ---- ranked changes ---------------------------------------------------------------------------

def draw_ranked_changes(result, count=12, region=None, theme="light"):
    """Draw the largest changes of tension as bars, the three routes stacked.

    Parameters
    ----------
    result : Result
    count : int
        Number of bars; the height of the figure depends on it alone.
    region : str, optional
        Only this region of the body.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Bars, and a mark at the sum of the routes; N.

    Raises
    ------
    ValueError
        For an unknown region or theme.
    """
    colour = _colours(theme)
    rows = rank_changes(result, region).head(count)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    names = [name_structure(result.body, name) for name in rows.index]
    places = list(range(len(rows)))
    hover = [_hover_change(name, row) for name, (_, row) in zip(names, rows.iterrows())]
    bars = [go.Bar(
        x=rows[f"{route}_N"].to_list(), y=places, orientation="h", name=ROUTES[route]["word"], hovertext=hover, hoverinfo="text", width=0.7,
        marker={"color": ROUTES[route]["colour"], "line": {"color": colour["ink"], "width": 0.8},
                "pattern": {"shape": PATTERNS[route], "fillmode": "overlay", "fgcolor": "#1f1f1f", "fgopacity": 0.6, "size": 7, "solidity": 0.2}},
    ) for route in ROUTE_ORDER]
    net = go.Scatter(x=rows["change_N"].to_list(), y=places, mode="markers", name="sum", hovertext=hover, hoverinfo="text",
                     marker={"symbol": "diamond", "size": 9, "color": colour["paper"], "line": {"color": colour["ink"], "width": 2}})
    sums = [_note(format_newtons(value, signed=True), x=1, xanchor="left", xshift=8, yref="y", y=place) for place, value in zip(places, rows["change_N"])]
    said, height = describe_chart_ranked_changes(result, count, region), 190 + 27 * count
    layout = _lay_out(
        said, theme, height, {"l": 272, "r": 72, "b": 128}, barmode="relative", annotations=sums if places else [_nothing(colour)],
        xaxis={"title": {"text": "Change of tension (N)<br>left of 0 = less, right = more"}, "zeroline": True, "zerolinecolor": colour["ink"], "zerolinewidth": 1.5,
               **({} if places else {"range": [-1, 1]})},
        yaxis={"title": {"text": ""}, "range": [count - 0.5, -0.5], "tickvals": places, "ticktext": [_escape(name, 38) for name in names], "showgrid": False, "ticks": ""},
        legend=_legend_below(height),
    )
    return go.Figure([*bars, net], layout)


def _legend_below(height):
    """Place the legend at the lower edge; the margin must leave room for its rows, or plotly lifts the axis title."""
    return {"orientation": "h", "xref": "container", "x": 0.02, "xanchor": "left", "yref": "container", "y": 8 / height, "yanchor": "bottom", "traceorder": "normal"}


def _hover_change(name, row):
    parts = [f"<b>{_escape(name)}</b>", f"before {format_newtons(row['before_N'])}, after {format_newtons(row['after_N'])}: {format_change(row['change_N'])}"]
    parts += [f"by {route}: {format_newtons(row[f'{route}_N'], signed=True)}" for route in ROUTE_ORDER]
    return "<br>".join([*parts, *(["works at full strength"] if row["overloaded"] else [])])


# ---- tension by height ------------------------------------------------------------------------

def stretch_newtons(value_n):
    """Place a change on a scale that is linear near 0 and logarithmic beyond `LINEAR_N` (inverse hyperbolic sine).

    So 0.3 N in the neck can be seen beside 100 N in the leg; the ticks carry
    the true figures.

    Examples
    --------
    >>> round(float(stretch_newtons(0.3)), 2), round(float(stretch_newtons(-30)), 2)
    (0.88, -5.3)
    """
    return np.arcsinh(np.asarray(value_n, dtype=float) / LINEAR_N)


def draw_tension_by_height(result, theme="light"):
    """Draw the change of every structure against its height above the ground, one mark for each route.

    Parameters
    ----------
    result : Result
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Change on a stretched axis (`stretch_newtons`), height in metres
        upward; changes under `SHOWN_N` by a route are left out.
    """
    colour = _colours(theme)
    table = table_of_heights(result)
    marks = []
    for route in ROUTE_ORDER:
        seen = table[table[f"By {route} (N)"].abs() >= SHOWN_N]
        hover = [f"<b>{_escape(name)}</b><br>{format_change(value)} by {route}<br>{height:.2f} m above the ground"
                 for name, value, height in zip(seen["Structure"], seen[f"By {route} (N)"], seen["Height (m)"])]
        marks.append(go.Scatter(
            # plotly leaves a series without points out of the legend, and "pull (0)" says something too
            x=stretch_newtons(seen[f"By {route} (N)"]).tolist() or [None], y=seen["Height (m)"].to_list() or [None], customdata=seen[f"By {route} (N)"].to_list(), mode="markers",
            name=f"{ROUTES[route]['word']} ({len(seen)})", hovertext=hover, hoverinfo="text",
            marker={"symbol": ROUTES[route]["mark"], "size": 9, "color": ROUTES[route]["colour"], "opacity": 0.9, "line": {"color": colour["ink"], "width": 0.8}},
        ))
    largest = max([30.0, *(abs(value) for mark in marks for value in mark.customdata)])
    limit = next((tick for tick in SCALE_TICKS_N if tick >= largest), largest)
    ticks = [tick for tick in SCALE_TICKS_N if tick <= limit and str(tick)[0] == "1"]
    values = [*(-tick for tick in reversed(ticks)), 0, *ticks]
    edge = float(stretch_newtons(limit)) * 1.06
    bands = list_bands(result.body)
    top = bands[-1][2] if bands else 1.75
    layout = _lay_out(
        describe_chart_tension_by_height(result), theme, 656, {"l": 72, "r": 140, "b": 114},
        shapes=[{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "fillcolor": colour["band"] if number % 2 else colour["paper"],
                 "line": {"width": 0}, "layer": "below"} for number, (_, low, high) in enumerate(bands)],
        annotations=[_note(words, x=1, xanchor="left", xshift=8, yref="y", y=(low + high) / 2, yanchor="middle", font={"color": colour["quiet"], "size": 12})
                     for words, low, high in bands] + ([] if any(mark.customdata for mark in marks) else [_nothing(colour)]),
        xaxis={"title": {"text": "Change of tension (N), stretched near 0<br>left of 0 = less, right = more"}, "range": [-edge, edge],
               "tickvals": stretch_newtons(values).tolist(), "ticktext": [f"{value:g}".replace("-", "−") for value in values], "tickangle": 0, "tickfont": {"size": 11}, "zeroline": True,
               "zerolinecolor": colour["ink"], "zerolinewidth": 1.5},
        yaxis={"title": {"text": "Height above the ground (m)"}, "range": [0, top], "dtick": 0.25, "tickformat": ".2f"},
        legend=_legend_below(656),
    )
    return go.Figure(marks, layout)


# ---- rounds -----------------------------------------------------------------------------------

def draw_rounds(result, count=6, structures=None, step=None, theme="light"):
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

    Returns
    -------
    plotly.graph_objects.Figure
        Change against the first step, N.

    Raises
    ------
    UnknownStructureError, ValueError
    """
    colour = _colours(theme)
    count = min(count, len(SERIES)) if structures is None else len(structures)
    if count > len(SERIES):
        raise ValueError(f"At most {len(SERIES)} structures can be told apart here, and {count} were asked for.")
    table = table_of_rounds(result, count, structures)
    rounds, lines = result.rounds, []
    labels = [one.label.replace("guarding, round ", "g ") for one in rounds]
    for name, (light, dark, symbol, dash) in zip(table.columns, SERIES):
        shade, title = dark if theme == "dark" else light, name_structure(result.body, name)
        full = [name in one.overloaded for one in rounds]
        hover = [f"<b>{_escape(title)}</b><br>{_escape(one.label)}: {format_change(value)}{'<br>works at full strength' if over else ''}"
                 for one, value, over in zip(rounds, table[name], full)]
        lines.append(go.Scatter(
            x=list(range(len(rounds))), y=table[name].to_list(), mode="lines+markers", name=_escape(title, 40), hovertext=hover, hoverinfo="text",
            line={"color": shade, "width": 2, "dash": dash},
            marker={"symbol": symbol, "size": 9, "color": shade, "line": {"color": colour["ink"], "width": [2.5 if over else 0 for over in full]}},
        ))
    shown = [] if step is None else [{"type": "line", "x0": step, "x1": step, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": colour["ink"], "width": 1.5, "dash": "dot"}}]
    layout = _lay_out(
        describe_chart_rounds(result, count, structures), theme, 500, {"l": 72, "r": 24, "b": 194}, shapes=shown, annotations=[] if lines else [_nothing(colour)],
        xaxis={"title": {"text": "Step of the spread (g = round of guarding)"}, "range": [-0.3, len(rounds) - 0.7], "tickvals": _thin(len(rounds)),
               "ticktext": [labels[k] for k in _thin(len(rounds))], "showgrid": False, "tickangle": 0},
        yaxis={"title": {"text": "Change of tension (N)"}, "zeroline": True, "zerolinecolor": colour["ink"], "zerolinewidth": 1.5, **({} if lines else {"range": [-1, 1]})},
        legend=_legend_below(500) | {"entrywidth": 300, "entrywidthmode": "pixels"},
    )
    return go.Figure(lines, layout)


def _thin(number):
    """Choose the steps to label: the three routes, then at most about eight rounds."""
    every = max(1, round((number - 3) / 8))
    return [*range(min(3, number)), *range(3, number, every)]


# ---- the graph --------------------------------------------------------------------------------

def draw_chain_diagram(body, result=None, chain=None, path=None, reference=None, kinds=("bone", "muscle", "fascia", "ligament", "tendon"), limit_n=None, theme="light"):
    """Draw the graph of the body itself, each node at its place in the body, seen from behind.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Colours the structures by their change of tension.
    chain : str, optional
        Id of `body.chains` to bring out with numbers.
    path : sequence of str, optional
        Nodes to bring out instead, for example of `networkx.shortest_path`.
    reference : Body, optional
        The uncut body; what `body` lacks of it is drawn dashed and marked as cut.
    kinds : sequence of str
        Kinds of nodes to draw; the stations are always drawn.
    limit_n : float, optional
        Change at which the colours end, N; by default just above the largest.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Left of the picture is the body's left; metres.

    Raises
    ------
    ValueError, UnknownStructureError
    """
    colour, whole = _colours(theme), reference or body
    stations, links = find_stations(body, chain, path, reference)
    places = {**find_places(whole), **find_places(body)}
    table = None if result is None else result.table()
    limit = limit_n or _round_up(0.0 if table is None else table["change_N"].abs().max())
    shown = [node for node, data in whole.graph.nodes(data=True) if data["kind"] in kinds]
    traces = [*_edge_traces(body, whole, set(shown), places, colour), *_node_traces(body, shown, places, table, limit, colour, bool(stations))]
    traces += _step_traces(stations, links, places, colour, whole)
    if stations:
        traces.append(_station_trace(body, whole, stations, places, table, limit, colour))
    if table is not None:
        traces.append(_colour_bar(limit, colour))
    layout = _lay_out(
        describe_chart_chain_diagram(body, result, chain, path, reference, kinds), theme, 916, {"l": 66, "r": 305, "b": 72},
        annotations=_station_notes(body, whole, stations, links, table, colour),
        xaxis={"title": {"text": "left – midline – right<br>(m, widened)"}, "range": [-0.22, 0.22], "dtick": 0.1, "tickformat": ".1f", "showgrid": False},
        # widened: at true proportions the nodes beside the spine would hide one another
        yaxis={"title": {"text": "Height above the ground (m)"}, "range": [-0.04, 1.68], "dtick": 0.25, "tickformat": ".2f", "scaleanchor": "x", "scaleratio": 0.6,
               "constrain": "domain", "constraintoward": "top", "showgrid": False},
        legend={"x": 1.0, "xanchor": "left", "y": 0.115 if table is not None else 0.0, "yanchor": "bottom", "traceorder": "normal", "itemwidth": 34, "font": {"size": 11}},
    )
    return go.Figure(traces, layout)


def _round_up(value):
    """Round up to 1, 2 or 5 times a power of ten, at least 10."""
    steps = [step * 10**power for power in range(1, 6) for step in (1, 2, 5)]
    return next((step for step in steps if step >= value), value)


def _edge_traces(body, whole, shown, places, colour):
    """Draw the edges of the graph, and those of the whole graph that the body lacks."""
    looks = {"articulates": ("joint", colour["faint"], 6, "solid"), "attaches": ("attaches to bone", colour["faint"], 0.8, "solid"),
             "continuous": ("runs on into", colour["thread"], 1.4, "solid"), "supplies": ("nerve supply", colour["quiet"], 0.8, "dot"),
             "arises": ("nerve root", colour["quiet"], 0.8, "dot"), "adjacent": ("next level", colour["faint"], 0.8, "dot"), "passes": ("passes by", colour["quiet"], 0.8, "dash")}
    spots, cut = {kind: ([], []) for kind in looks}, ([], [])
    for first, second, key, data in whole.graph.edges(keys=True, data=True):
        if first in shown and second in shown:
            _add_line(spots.get(data["kind"], cut) if body.graph.has_edge(first, second, key=key) else cut, places, first, second)
    traces = [_line_trace(spots[kind], {"color": shade, "width": width, "dash": dash}, words) for kind, (words, shade, width, dash) in looks.items() if spots[kind][0]]
    if cut[0]:
        traces.append(_line_trace(cut, {"color": colour["quiet"], "width": 2, "dash": CUT_DASH}, "cut"))
        middles = [[(axis[k] + axis[k + 1]) / 2 for k in range(0, len(axis), 3)] for axis in cut]
        traces.append(go.Scatter(x=middles[0], y=middles[1], mode="markers+text", text="cut", textposition="middle right", hoverinfo="skip", showlegend=False, name="cut",
                                 textfont={"size": 10, "color": colour["quiet"]}, marker={"symbol": "x-thin", "size": 9, "line": {"color": colour["ink"], "width": 2}}))
    return traces


def _add_line(spots, places, first, second):
    for axis in (0, 1):
        spots[axis].extend((places[first][axis], places[second][axis], None))


def _line_trace(spots, line, name, **more):
    return go.Scatter(x=spots[0], y=spots[1], mode="lines", hoverinfo="skip", name=name, line=line, **more)


def _node_traces(body, shown, places, table, limit, colour, quiet):
    """Draw the nodes, one trace for each kind so that the legend names the symbols."""
    traces, cut = [], [node for node in shown if node not in body.graph]
    for kind, symbol in KIND_SYMBOLS.items():
        nodes = [node for node in shown if node in body.graph and body.graph.nodes[node]["kind"] == kind]
        if nodes:
            fill, base = [_fill(node, table, limit, colour) for node in nodes], 13 if kind == "bone" else 8
            at = [0.0 if table is None or node not in table.index else change_position(table.at[node, "change_N"], limit) for node in nodes]
            traces.append(go.Scatter(
                x=[places[node][0] for node in nodes], y=[places[node][1] for node in nodes], mode="markers", name=kind, customdata=nodes, hoverinfo="text",
                hovertext=[_hover_node(body, node, table) for node in nodes],
                marker={"symbol": symbol, "size": [base + 6 * abs(place) for place in at], "color": fill, "opacity": 0.55 if quiet else 1,
                        "line": {"color": [colour["ink"] if place > BOLD_FROM else colour["quiet"] for place in at], "width": [2.2 if place > BOLD_FROM else 0.9 for place in at]}},
            ))
    if cut:
        traces.append(go.Scatter(x=[places[node][0] for node in cut], y=[places[node][1] for node in cut], mode="markers", name="cut out", customdata=cut, hoverinfo="text",
                                 hovertext=["cut out of this body"] * len(cut), marker={"symbol": "x-open", "size": 10, "color": colour["quiet"], "line": {"width": 2}}))
    return traces


def _fill(node, table, limit, colour):
    return colour["empty"] if table is None or node not in table.index else scale_colour(change_position(table.at[node, "change_N"], limit))


def _hover_node(body, node, table):
    data = body.graph.nodes[node]
    parts = [f"<b>{_escape(name_structure(body, node))}</b>", _escape(", ".join(filter(None, (data.get("plain_name"), data["kind"], data.get("region")))))]
    if table is not None and node in table.index:
        row = table.loc[node]
        parts.append(f"before {format_newtons(row['before_N'])}, after {format_newtons(row['after_N'])}: {format_change(row['change_N'])}")
    elif table is not None and data["kind"] not in ("bone", "nerve", "root"):
        parts.append("drawn, not computed")
    return "<br>".join(parts)


def _step_traces(stations, links, places, colour, whole):
    """Draw the steps of a chain or path, their dash by the grade of the evidence."""
    groups = {}
    for first, second, link in zip(stations, stations[1:], links):
        graded = link["kind"] in ("continuous", "none")
        key = ("cut", CUT_DASH) if link["cut"] else (_grade_words(link), GRADE_DASHES.get(link["grade"], "solid")) if graded else ("edge without a grade", "solid")
        _add_line(groups.setdefault(key, ([], [])), places, first, second)
    return [_line_trace(spots, {"color": colour["quiet"] if words == "cut" else colour["ink"], "width": 4, "dash": dash}, f"step: {words}")
            for (words, dash), spots in groups.items()]


def _grade_words(link):
    return f"{GRADE_MARKS.get(link['grade'], '')} {link['grade']}".strip() if link["grade"] else "no evidence"


def _station_trace(body, whole, stations, places, table, limit, colour):
    """Draw the stations, numbered, over everything else."""
    fill = [_fill(node, table, limit, colour) for node in stations]
    return go.Scatter(
        x=[places[node][0] for node in stations], y=[places[node][1] for node in stations], mode="markers+text", name="station", showlegend=False, customdata=stations,
        text=[str(number) for number in range(1, len(stations) + 1)], textposition="middle center", hoverinfo="text",
        textfont={"size": 12, "color": ["#111111" if read_colour(shade) @ [0.299, 0.587, 0.114] > 0.5 else "#ffffff" for shade in fill]},
        hovertext=[_hover_node(body, node, table) if node in body.graph else f"<b>{_escape(name_structure(whole, node))}</b><br>cut out of this body" for node in stations],
        marker={"symbol": [KIND_SYMBOLS[whole.graph.nodes[node]["kind"]] for node in stations], "size": 22, "color": fill, "line": {"color": colour["ink"], "width": 2}},
    )


def _station_notes(body, whole, stations, links, table, colour):
    """List the stations beside the picture, with the evidence of each step between them."""
    rows = []
    for number, node in enumerate(stations, start=1):
        if number > MOST_LISTED:
            rows.append(f"… and {len(stations) - MOST_LISTED} more, named in the table")
            break
        more = " (cut)" if node not in body.graph else "" if table is None or node not in table.index else f"  {format_newtons(table.at[node, 'change_N'], signed=True)}"
        rows.append(f"<b>{number}</b>  {_escape(name_structure(whole, node), 34 if more else 44)}{more}")
        if number <= len(links):
            link = links[number - 1]
            words = _grade_words(link) if link["kind"] in ("continuous", "none") else {"attaches": "attaches", "articulates": "joint"}.get(link["kind"], link["kind"])
            rows.append(f"     <i>{words}{', cut' if link['cut'] else ''}</i>")
    return [_note("<br>".join(rows), name="stations", x=1, y=1, xanchor="left", yanchor="top", xshift=14, font={"size": 12, "color": colour["ink"]})] if rows else []


def _colour_bar(limit, colour):
    """An empty trace that carries the scale of the colours, with words at its ends."""
    ticks = [-limit, -limit / 4, 0, limit / 4, limit]
    words = [format_change(-limit), format_newtons(-limit / 4), "none", format_newtons(limit / 4, signed=True), format_change(limit)]
    return go.Scatter(
        x=[None], y=[None], mode="markers", hoverinfo="skip", showlegend=False, name="scale",
        marker={"color": [0], "cmin": -1, "cmax": 1, "colorscale": [((at + 1) / 2, shade) for at, shade in CHANGE_STOPS], "showscale": True,
                "colorbar": {"orientation": "h", "x": 1, "xanchor": "left", "xpad": 34, "lenmode": "pixels", "len": 290, "y": 0, "yanchor": "bottom", "ypad": 0, "thickness": 12, "outlinewidth": 1,
                             "outlinecolor": colour["quiet"], "tickvals": [change_position(tick, limit) for tick in ticks], "ticktext": words, "tickfont": {"size": 11},
                             "title": {"text": "Change of tension<br>(larger mark = larger, bold outline = more)", "side": "top", "font": {"size": 11}}}},
    )
