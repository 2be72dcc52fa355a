"""The graph of the body itself as a picture: nodes at their places, edges, a chain or a path
brought out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_change, format_newtons, name_structure
from musclechain.anatomy.places import Place, find_places
from musclechain.anatomy.ways import Step, find_neighbours, find_stations
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.spread import Result
from musclechain.views.charts.frame import (
    count_legend_px,
    escape,
    find_colours,
    hover_sure,
    lay_out,
    list_sure_marks,
    note,
    place_legend,
    show_symbols,
    wrap_name,
)
from musclechain.views.page.palette import (
    CHANGE_STOPS,
    GRADE_MARKS,
    change_position,
    read_colour,
    scale_colour,
)
from musclechain.views.words.certainty import PENDING, check_certainty
from musclechain.views.words.charts import ChartText
from musclechain.views.words.stations import describe_chart_chain_diagram

__all__ = ["CUT_DASH", "GRADE_DASHES", "KIND_SYMBOLS", "draw_chain_diagram", "spread_marks"]

KIND_SYMBOLS = {
    "bone": "square",
    "muscle": "circle",
    "fascia": "diamond",
    "ligament": "hexagon",
    "tendon": "triangle-down",
    "nerve": "star",
    "root": "cross",
}
# The better the evidence, the more of the line is drawn.
GRADE_DASHES = {
    "supported": "solid",
    "plausible": "12px,4px",
    "contested": "6px,5px",
    "folk wisdom": "2px,6px",
    None: "1px,9px",
}
CUT_DASH = "5px,5px"
# Place on the scale of colours from which "more" gets its bold outline.
BOLD_FROM = 0.16
# Stations that are listed beside the picture, or below it.
MOST_LISTED = 13
# A name takes one line of this many signs, or two; a line of the list and an entry of the legend
# are so high, px.
NAME_WIDTH, LINE_PX, ENTRY_PX = 40, 16, 19
# The legend stands above the scale of the colours, share of the picture's height.
ABOVE_SCALE = 0.13
INDENT = "     "
# The width of the body is drawn larger than its height by these factors: at true proportions the
# nodes beside the spine would hide one another.
WIDENED, WIDENED_NARROW, WIDENED_WAY = 2.1, 1.7, 1.95
PLOT_PX, ROW_PX = 790, 17
# The picture reaches at least this far to either side of the midline, m.
LEAST_ACROSS_M = 0.16
# Marks lie at least this far apart, px, and move no further from their place than this, m.
APART_PX, STATION_PX, FURTHEST_M = 11.0, 17.0, 0.03


def draw_chain_diagram(
    body: Body,
    result: Result | None = None,
    chain: str | None = None,
    path: Sequence[str] | None = None,
    reference: Body | None = None,
    kinds: Sequence[str] = ("bone", "muscle", "fascia", "ligament", "tendon"),
    limit_n: float | None = None,
    theme: str = "light",
    certainty: Certainty = UNKNOWN,
    narrow: bool = False,
) -> go.Figure:
    """Draw the graph of the body itself, each node at its place in the body, seen from behind; of a
    chain or path only its stations and what is joined to them.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Colours the structures by their change of tension.
    chain : str, optional
        Id of `body.chains` to show, numbered from its lower end up.
    path : sequence of str, optional
        Nodes to show instead, numbered as they are given, for example of
        `networkx.shortest_path`.
    reference : Body, optional
        The uncut body; what `body` lacks of it is drawn dashed and marked as cut.
    kinds : sequence of str
        Kinds of nodes to draw, or of neighbours; the stations are always drawn.
    limit_n : float, optional
        Change at which the colours end, N; by default just above the largest.
    theme : {'light', 'dark'}
    certainty : Certainty
        Structures whose direction is only likely get a dot in their mark,
        those that depend on what nobody knows an open mark.
    narrow : bool
        For windows under 620 px: legend and stations stand below the picture.

    Returns
    -------
    plotly.graph_objects.Figure
        Left of the picture is the body's left; metres. Marks that would hide
        one another are moved apart, by 3 cm at most.

    Raises
    ------
    ValueError, UnknownStructureError
    """
    colour, whole, certainty = find_colours(theme), reference or body, check_certainty(certainty)
    stations, steps = find_stations(body, chain, path, reference)
    table = None if result is None else result.table()
    limit = limit_n or _round_up(0.0 if table is None else table["change_N"].abs().max())
    if stations:
        shown = [*stations, *find_neighbours(whole, stations, kinds)]
    else:
        shown = [node for node, data in whole.graph.nodes(data=True) if data["kind"] in kinds]
    places = spread_marks(
        {**find_places(whole), **find_places(body)},
        list(dict.fromkeys(shown)),
        stations,
    )
    look = _Look(
        body,
        whole,
        places,
        table,
        limit,
        colour,
        UNKNOWN if table is None else certainty,
    )
    traces = [
        *_edge_traces(look, set(shown), set(stations)),
        *_node_traces(look, shown, bool(stations)),
        *_step_traces(look, stations, steps),
    ]
    if stations:
        traces.append(_station_trace(look, stations))
    if look.certainty.is_known:
        traces += list_sure_marks(colour)
    if table is not None:
        traces.append(_colour_bar(limit, colour))
    said = describe_chart_chain_diagram(body, result, chain, path, reference, kinds, certainty)
    entries = sum(trace.showlegend is not False for trace in traces)
    foot = 0 if table is None else ABOVE_SCALE * PLOT_PX
    room = MOST_LISTED * 3 if narrow else int((PLOT_PX - foot - ENTRY_PX * entries) / LINE_PX) - 1
    layout = _place_parts(
        look,
        said,
        _list_stations(look, stations, steps, room),
        max(abs(look.places[node][0]) for node in shown) if shown else 0.0,
        entries,
        theme,
        narrow,
        "Seen from behind." + (" Numbered from the lower end up." if chain else ""),
    )
    figure = go.Figure(traces, layout)
    if narrow and table is not None:
        figure.data[-1].marker.colorbar.update(
            title_text="",
            len=230,
            x=0.5,
            xanchor="center",
            xref="container",
            xpad=0,
            yref="container",
            y=(count_legend_px(entries) + 8) / figure.layout.height,
        )
    return figure


# A line on the picture: its points across and up, with a gap after each piece.
Spots = tuple[list[float | None], list[float | None]]
# Two nodes and what joins them.
Link = tuple[str, str, Step]
# Kind of an edge, or kind and grade where the grade shows.
EdgeKind = str | tuple[str, str | None]


@dataclass(frozen=True)
class _Look:
    """What every part of the picture needs."""

    body: Body
    whole: Body
    places: dict[str, Place]
    changes: pd.DataFrame | None
    limit: float
    colour: dict[str, str]
    certainty: Certainty

    @cached_property
    def table(self) -> pd.DataFrame:
        """The changes; without a result a table without rows."""
        return pd.DataFrame() if self.changes is None else self.changes

    def is_known(self, node: str) -> bool:
        return node in self.table.index

    def position(self, node: str) -> float:
        """Place of a node's change on the scale of colours, -1 to 1."""
        return (
            change_position(self.table.at[node, "change_N"], self.limit)
            if self.is_known(node)
            else 0.0
        )

    def fill(self, node: str) -> str:
        return scale_colour(self.position(node)) if self.is_known(node) else self.colour["empty"]

    def hover(self, node: str) -> str:
        if node not in self.body.graph:
            return f"<b>{escape(name_structure(self.whole, node))}</b><br>cut out of this body"
        data = self.body.graph.nodes[node]
        parts = [
            f"<b>{escape(name_structure(self.body, node))}</b>",
            escape(
                ", ".join(filter(None, (data.get("plain_name"), data["kind"], data.get("region"))))
            ),
        ]
        if self.is_known(node):
            row = self.table.loc[node]
            parts += [
                (
                    f"before {format_newtons(row['before_N'])}, after"
                    f" {format_newtons(row['after_N'])}: {format_change(row['change_N'])}"
                ),
                *hover_sure(self.certainty, node),
            ]
        elif self.changes is not None and data["kind"] not in ("bone", "nerve", "root"):
            parts.append("drawn, not computed")
        return "<br>".join(parts)


def spread_marks(
    places: Mapping[str, Place], nodes: Sequence[str], stations: Sequence[str] = ()
) -> dict[str, Place]:
    """Move marks apart that would hide one another.

    Parameters
    ----------
    places : dict of node to (float, float)
        Metres, as of `find_places`.
    nodes : list of str
        What is drawn.
    stations : sequence of str
        Nodes with a large mark.

    Returns
    -------
    dict of node to (float, float)
        Of all nodes of `places`; none moves further than `FURTHEST_M`.
    """
    scale = np.array([WIDENED, 1.0]) * PLOT_PX / 1.72
    start = np.array([places[node] for node in nodes]).reshape(-1, 2) * scale
    # a start apart for marks on one spot, the same for both sides of the body
    start = start + 1e-3 * np.column_stack(
        [np.sign(start[:, 0]) * (np.arange(len(nodes)) % 7), np.arange(len(nodes)) % 5]
    )
    room = (
        np.where(np.isin(nodes, list(stations)), STATION_PX, APART_PX / 2)
        if len(nodes)
        else np.zeros(0)
    )
    least = np.add.outer(room, room) * (1 - np.eye(len(nodes)))
    at = start.copy()
    for _ in range(60):
        apart = at[:, None] - at[None]
        gap = np.linalg.norm(apart, axis=2) + 1e-9
        push = np.clip(least - gap, 0, None)
        if push.max(initial=0) < 0.5:
            break
        at = at + (apart / gap[..., None] * (0.25 * push)[..., None]).sum(axis=1)
        moved = (at - start) / scale
        at = (
            start
            + moved
            * np.minimum(1, FURTHEST_M / (np.linalg.norm(moved, axis=1) + 1e-9))[:, None]
            * scale
        )
    return {
        **places,
        **{node: (float(x), float(y)) for node, (x, y) in zip(nodes, at / scale, strict=True)},
    }


def _round_up(value: float) -> float:
    """Round up to 1, 2 or 5 times a power of ten, at least 10."""
    steps = [step * 10**power for power in range(1, 6) for step in (1, 2, 5)]
    return next((step for step in steps if step >= value), value)


def _find_widening(is_way: bool, is_tight: bool) -> float:
    """Find how much wider than high the picture is drawn: a chain or path needs less room."""
    return WIDENED_WAY if is_way else WIDENED_NARROW if is_tight else WIDENED


def _place_parts(
    look: _Look,
    said: ChartText,
    rows: list[str],
    furthest_m: float,
    entries: int,
    theme: str,
    narrow: bool,
    small: str,
) -> go.Layout:
    """Lay the picture out: stations and legend beside it or, in a narrow window, below it."""
    colour, beside = look.colour, bool(rows) or look.changes is not None
    across = 0.02 + max(LEAST_ACROSS_M, furthest_m)
    small += f" {PENDING}" if look.certainty.is_pending else ""
    axes = {
        "xaxis": {
            "title": {"text": "left – midline – right (m, widened)", "standoff": 4},
            "range": [-across, across],
            "dtick": 0.1,
            "tickformat": ".1f",
            "showgrid": False,
            "zeroline": bool(rows),
            "zerolinecolor": colour["grid"],
            "constrain": "domain",
        },
        "yaxis": {
            "title": {"text": "" if narrow else "Height above the ground (m)"},
            "range": [-0.04, 1.68],
            "dtick": 0.25,
            "tickformat": ".2f",
            "scaleanchor": "x",
            "scaleratio": 1 / _find_widening(bool(rows), narrow or beside),
            "constrain": "domain",
            "constraintoward": "top",
            "showgrid": False,
        },
    }
    listed = {"name": "stations", "font": {"size": 12, "color": colour["ink"]}, "yanchor": "top"}
    if narrow:
        plot, bar, signs = 620, 66 if look.changes is not None else 0, count_legend_px(entries)
        below = 50 + ROW_PX * len(rows) + bar + signs
        notes = (
            [note("<br>".join(rows), x=0, y=0, xanchor="left", yshift=-46, **listed)]
            if rows
            else []
        )
        return lay_out(
            said,
            theme,
            plot + below + 52,
            {"l": 44, "r": 6, "b": below},
            small=small,
            annotations=notes,
            legend=place_legend(plot + below + 52, 126),
            **axes,
        )
    notes = [note("<br>".join(rows), x=1, y=1, xanchor="left", xshift=14, **listed)] if rows else []
    return lay_out(
        said,
        theme,
        936,
        {"l": 66, "r": 308 if beside else 210, "b": 60},
        small=small,
        annotations=notes,
        **axes,
        legend={
            "x": 1.0,
            "xanchor": "left",
            "y": ABOVE_SCALE if look.changes is not None else 0.0,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemwidth": 34,
        },
    )


# ---- edges ------------------------------------------------------------------------------------


def _edge_traces(look: _Look, shown: set[str], stations: set[str]) -> list[go.Scatter]:
    """Draw the edges of the graph, the continuities by the grade of their evidence, and those of
    the whole graph that the body lacks; of a chain or path only the edges at its stations."""
    colour, quiet = look.colour, bool(stations)
    links: dict[EdgeKind, tuple[str, str, float, str]] = (
        {"continuous": ("runs on into", colour["thread"], 1.4, "solid")}
        if quiet
        else {
            ("continuous", grade): (f"link: {_say_grade(grade)}", colour["thread"], 1.8, dash)
            for grade, dash in GRADE_DASHES.items()
        }
    )
    looks: dict[EdgeKind, tuple[str, str, float, str]] = {
        "articulates": ("joint", colour["faint"], 6, "solid"),
        "attaches": ("attaches to bone", colour["faint"], 0.8, "solid"),
        **links,
        "supplies": ("nerve supply", colour["quiet"], 0.8, "dot"),
        "arises": ("nerve root", colour["quiet"], 0.8, "dot"),
        "adjacent": ("next level", colour["faint"], 0.8, "dot"),
        "passes": ("passes by", colour["quiet"], 0.8, "dash"),
    }
    spots: dict[EdgeKind, Spots] = {kind: ([], []) for kind in looks}
    cut: Spots = ([], [])
    told: list[Link] = []
    for first, second, key, data in look.whole.graph.edges(keys=True, data=True):
        if first in shown and second in shown and (not quiet or stations & {first, second}):
            kind = (
                ("continuous", data.get("grade") if data.get("grade") in GRADE_DASHES else None)
                if data["kind"] == "continuous" and not quiet
                else data["kind"]
            )
            here = look.body.graph.has_edge(first, second, key=key)
            _add_line(spots.get(kind, cut) if here else cut, look.places, first, second)
            if data["kind"] == "continuous":
                step = Step("continuous", data.get("grade"), data.get("statement", ""), not here)
                told.append((first, second, step))
    traces = [
        _line_trace(spots[kind], {"color": shade, "width": width, "dash": dash}, words)
        for kind, (words, shade, width, dash) in looks.items()
        if spots[kind][0]
    ]
    if cut[0]:
        traces += _draw_cuts(cut, colour)
    return traces + ([_hover_trace(look, told, "links")] if told and not quiet else [])


def _draw_cuts(cut: Spots, colour: dict[str, str]) -> list[go.Scatter]:
    middles = [
        np.array(axis, dtype=float).reshape(-1, 3)[:, :2].mean(axis=1).tolist() for axis in cut
    ]
    return [
        _line_trace(cut, {"color": colour["quiet"], "width": 2, "dash": CUT_DASH}, "cut"),
        go.Scatter(
            x=middles[0],
            y=middles[1],
            mode="markers+text",
            text="cut",
            textposition="middle right",
            hoverinfo="skip",
            showlegend=False,
            name="cut",
            textfont={"size": 12, "color": colour["ink"]},
            marker={"symbol": "x-thin", "size": 9, "line": {"color": colour["ink"], "width": 2}},
        ),
    ]


def _hover_trace(look: _Look, told: Sequence[Link], name: str) -> go.Scatter:
    """Make points without a mark in the middle of links, which tell what joins the two and how
    well that is known."""
    spots = [
        [(look.places[first][axis] + look.places[second][axis]) / 2 for first, second, _ in told]
        for axis in (0, 1)
    ]
    return go.Scatter(
        x=spots[0],
        y=spots[1],
        mode="markers",
        name=name,
        showlegend=False,
        hoverinfo="text",
        hovertext=[_say_step(look, *link) for link in told],
        customdata=[f"{first} {second}" for first, second, _ in told],
        marker={"size": 9, "color": look.colour["ink"], "opacity": 0},
    )


def _say_step(look: _Look, first: str, second: str, step: Step) -> str:
    """Say what joins two structures, for a hover."""
    names = " – ".join(escape(name_structure(look.whole, node)) for node in (first, second))
    if not step.is_graded:
        return f"{names}<br>{_name_step(step)}"
    return "<br>".join(
        [
            f"<b>{names}</b>",
            f"evidence: {_say_grade(step.grade)}",
            *_wrap(escape(step.statement or "", 180)),
            *(["cut in this body"] if step.cut else []),
        ]
    )


def _wrap(text: str, width: int = 60) -> list[str]:
    """Break escaped text at spaces, so that no sign is cut in two."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


def _name_step(step: Step) -> str:
    return {
        "attaches": "attaches to bone",
        "articulates": "joint",
        "supplies": "nerve supply",
        "arises": "nerve root",
        "adjacent": "next level",
        "passes": "passes by",
    }.get(step.kind, step.kind)


def _add_line(spots: Spots, places: Mapping[str, Place], first: str, second: str) -> None:
    for axis in (0, 1):
        spots[axis].extend((places[first][axis], places[second][axis], None))


def _line_trace(spots: Spots, line: dict[str, Any], name: str) -> go.Scatter:
    return go.Scatter(x=spots[0], y=spots[1], mode="lines", hoverinfo="skip", name=name, line=line)


# ---- nodes ------------------------------------------------------------------------------------


def _node_traces(look: _Look, shown: Sequence[str], quiet: bool) -> list[go.Scatter]:
    """Draw the nodes, one trace for each kind so that the legend names the symbols."""
    traces, cut, places = [], [node for node in shown if node not in look.body.graph], look.places
    for kind, symbol in KIND_SYMBOLS.items():
        nodes = [
            node
            for node in shown
            if node in look.body.graph and look.body.graph.nodes[node]["kind"] == kind
        ]
        if nodes:
            base, at, words = (
                13 if kind == "bone" else 8,
                [look.position(node) for node in nodes],
                look.certainty.words(nodes),
            )
            traces.append(
                go.Scatter(
                    x=[places[node][0] for node in nodes],
                    y=[places[node][1] for node in nodes],
                    mode="markers",
                    name=kind,
                    customdata=nodes,
                    hoverinfo="text",
                    hovertext=[look.hover(node) for node in nodes],
                    marker={
                        "symbol": symbol
                        if not look.certainty.is_known
                        else show_symbols(symbol, words),
                        "size": [base + 6 * abs(place) for place in at],
                        "color": [look.fill(node) for node in nodes],
                        "opacity": 0.75 if quiet else 1,
                        "line": {
                            "color": [
                                _edge_colour(look, node, place, word)
                                for node, place, word in zip(nodes, at, words, strict=True)
                            ],
                            "width": [
                                2.2 if place > BOLD_FROM or word == "depends" else 0.9
                                for place, word in zip(at, words, strict=True)
                            ],
                        },
                    },
                )
            )
    if cut:
        traces.append(
            go.Scatter(
                x=[places[node][0] for node in cut],
                y=[places[node][1] for node in cut],
                mode="markers",
                name="cut out",
                customdata=cut,
                hoverinfo="text",
                hovertext=[look.hover(node) for node in cut],
                marker={
                    "symbol": "x-open",
                    "size": 10,
                    "color": look.colour["quiet"],
                    "line": {"width": 2},
                },
            )
        )
    return traces


def _edge_colour(look: _Look, node: str, place: float, word: str) -> str:
    """Colour of a mark's outline; plotly draws an open mark in its fill colour, so that of one
    that depends stays the colour of its change."""
    return (
        look.fill(node)
        if word == "depends"
        else look.colour["ink"]
        if place > BOLD_FROM
        else look.colour["quiet"]
    )


def _say_grade(grade: str | None) -> str:
    return f"{GRADE_MARKS.get(grade, '')} {grade}".strip() if grade else "no evidence"


def _step_traces(look: _Look, stations: list[str], steps: list[Step]) -> list[go.Scatter]:
    """Draw the steps of a chain or path, their dash by the grade of the evidence, with a hover
    that tells it."""
    groups: dict[tuple[str, str], Spots] = {}
    colour, links = look.colour, list(zip(stations, stations[1:], steps, strict=False))
    for first, second, step in links:
        if step.cut:
            key = ("cut", CUT_DASH)
        elif step.is_graded:
            key = (_say_grade(step.grade), GRADE_DASHES.get(step.grade, "solid"))
        else:
            key = ("by way of a bone", "solid")
        _add_line(groups.setdefault(key, ([], [])), look.places, first, second)
    traces = [
        _line_trace(
            spots,
            {
                "color": colour["quiet"] if words == "cut" else colour["ink"],
                "width": 4,
                "dash": dash,
            },
            f"step: {words}",
        )
        for (words, dash), spots in groups.items()
    ]
    return traces + ([_hover_trace(look, links, "steps")] if links else [])


def _station_trace(look: _Look, stations: Sequence[str]) -> go.Scatter:
    """Draw the stations, numbered, over everything else."""
    words = look.certainty.words(stations)
    fill = [
        look.colour["paper"] if word == "depends" else look.fill(node)
        for node, word in zip(stations, words, strict=True)
    ]
    marks = [KIND_SYMBOLS[look.whole.graph.nodes[node]["kind"]] for node in stations]
    return go.Scatter(
        x=[look.places[node][0] for node in stations],
        y=[look.places[node][1] for node in stations],
        mode="markers+text",
        name="station",
        showlegend=False,
        customdata=stations,
        text=[str(number) for number in range(1, len(stations) + 1)],
        textposition="middle center",
        hoverinfo="text",
        textfont={
            "size": 12,
            "color": [
                "#111111" if read_colour(shade) @ [0.299, 0.587, 0.114] > 0.5 else "#ffffff"
                for shade in fill
            ],
        },
        hovertext=[look.hover(node) for node in stations],
        # a number needs a filled ground: what depends is paper-white with an outline in the colour
        # of its change
        marker={
            "symbol": marks,
            "size": 24,
            "color": fill,
            "line": {
                "color": [
                    look.fill(node) if word == "depends" else look.colour["ink"]
                    for node, word in zip(stations, words, strict=True)
                ],
                "width": [4 if word == "depends" else 2 for word in words],
            },
        },
    )


def _list_stations(look: _Look, stations: list[str], steps: list[Step], room: int) -> list[str]:
    """List the stations in words, the last one on top as in the body, with the evidence of each
    step between the two that it joins: a list of at most `room` lines."""
    lines: list[str] = []
    for number, (node, word) in enumerate(
        zip(stations, look.certainty.words(stations), strict=True), start=1
    ):
        name = wrap_name(name_structure(look.whole, node), NAME_WIDTH).split("<br>")
        told = [f"<b>{number}</b>  {name[0]}", *(f"{INDENT}{rest}" for rest in name[1:])]
        below = "" if number == 1 else _say_way(steps[number - 2])
        about = ", ".join(filter(None, (_say_state(look, node, word), below)))
        told += [f"{INDENT}{about}"] if about else []
        left = len(stations) - number + 1
        # the last lines are kept for the words about those that do not fit
        if number > MOST_LISTED or len(lines) + len(told) + (left > 1) > room:
            return [f"… and {left} more, named in the table", *lines]
        lines = [*told, *lines]
    return lines


def _say_state(look: _Look, node: str, word: str) -> str:
    """Say how a station changed and how sure that is, as far as it is known."""
    if node not in look.body.graph:
        return "cut out"
    if not look.is_known(node):
        return ""
    change = format_newtons(look.table.at[node, "change_N"], signed=True)
    return f"{change}, {word}" if word else change


def _say_way(step: Step) -> str:
    """Say what joins a station to the one below it in the list."""
    how = _say_grade(step.grade) if step.is_graded else _name_step(step)
    return f"<i>{how}{' (cut)' if step.cut else ''}</i> ↓"


def _colour_bar(limit: float, colour: dict[str, str]) -> go.Scatter:
    """An empty trace that carries the scale of the colours, with words at its ends."""
    ticks = [-limit, 0, limit]
    words = [format_change(-limit), "no change", format_change(limit)]
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        name="scale",
        marker={
            "color": [0],
            "cmin": -1,
            "cmax": 1,
            "colorscale": [((at + 1) / 2, shade) for at, shade in CHANGE_STOPS],
            "showscale": True,
            "colorbar": {
                "orientation": "h",
                "lenmode": "pixels",
                "len": 290,
                "ypad": 0,
                "thickness": 12,
                "outlinewidth": 1,
                "x": 1,
                "xanchor": "left",
                "xpad": 40,
                "y": 0,
                "yanchor": "bottom",
                "outlinecolor": colour["quiet"],
                "tickvals": [change_position(tick, limit) for tick in ticks],
                "ticktext": words,
                "tickfont": {"size": 12},
                "tickangle": 0,
                "title": {
                    "text": "Change of tension<br>(larger mark = larger, bold outline = more)",
                    "side": "top",
                    "font": {"size": 12},
                },
            },
        },
    )
