"""The words beside the picture of the graph: the stations of a chain or a path."""

from itertools import pairwise

import pandas as pd

from musclechain.anatomy.graph_checks import SOFT_KINDS
from musclechain.views.words.charts import ChartText, _add_sure, _say_sure
from musclechain.views.words.compare import describe_difference
from musclechain.views.words.format import (
    SHOWN_N,
    format_change,
    join_words,
    name_structure,
    round_figures,
)
from musclechain.views.words.result import PLURALS

__all__ = ["describe_chart_chain_diagram", "find_stations", "table_of_stations"]


def find_stations(body, chain=None, path=None, reference=None):
    """Find what a chain or a path consists of: its nodes, and the link between each two.

    Parameters
    ----------
    body : Body
    chain : str, optional
        Id of `body.chains`.
    path : sequence of str, optional
        Nodes, for example of `networkx.shortest_path`.
    reference : Body, optional
        The uncut body; what it has and `body` lacks counts as cut.

    Returns
    -------
    nodes : list of str
    links : list of dict
        `kind` (continuous, attaches ... or none), `grade` (or None),
        `statement` and `cut` of each step.

    Raises
    ------
    ValueError
        For an unknown chain, or chain and path both.
    UnknownStructureError
        For an unknown node of the path.
    """
    whole = reference or body
    if chain is not None and path is not None:
        raise ValueError("Give a chain or a path, not both.")
    if chain is not None and chain not in whole.chains:
        raise ValueError(f"There is no chain {chain!r}. Choose one of: {', '.join(whole.chains)}.")
    nodes = list(whole.chains[chain].stations if chain is not None else path or ())
    kinds = {data["kind"] for _, data in whole.graph.nodes(data=True)}
    for node in nodes:
        whole.find(node, kinds=tuple(sorted(kinds)))
    return nodes, [_find_link(body, whole, *pair) for pair in pairwise(nodes)]


def _find_link(body, whole, first, second):
    """Describe the strongest edge between two nodes."""
    for graph, cut in ((body.graph, False), (whole.graph, True)):
        edges = graph.get_edge_data(first, second, default={})
        for data in sorted(edges.values(), key=lambda data: data["kind"] != "continuous"):
            return {
                "kind": data["kind"],
                "grade": data.get("grade"),
                "statement": data.get("statement", ""),
                "cut": cut,
            }
    return {
        "kind": "none",
        "grade": None,
        "statement": "No evidence of continuity was found.",
        "cut": False,
    }


def _link_words(link):
    words = {
        "attaches": "attaches to the bone",
        "articulates": "joint",
        "supplies": "nerve supply",
        "arises": "nerve root",
        "adjacent": "next level",
        "passes": "passes by",
        "none": "no evidence of a link",
    }.get(link["kind"], "runs on")
    return f"{words} (cut)" if link["cut"] else words


def table_of_stations(
    body, result=None, chain=None, path=None, reference=None, certainty=None, pending=False
):
    """Tabulate the stations of a chain or path, the link to the next one and its evidence, and the
    tension of each.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Adds the tensions, N; a station that is not computed has gaps.
    chain, path, reference
        As `find_stations`.
    certainty : Draws or pandas.DataFrame, optional
    pending : bool
        Whether the certainty is still being computed.

    Returns
    -------
    pandas.DataFrame
        One row for each station.

    Raises
    ------
    ValueError, UnknownStructureError
        As `find_stations`.
    """
    nodes, links = find_stations(body, chain, path, reference)
    whole = reference or body
    table = pd.DataFrame(
        {
            "No.": range(1, len(nodes) + 1),
            "Structure": [name_structure(whole, node) for node in nodes],
            "Kind": [whole.graph.nodes[node]["kind"] for node in nodes],
            "In the body": ["yes" if node in body.graph else "cut" for node in nodes],
            "Link to the next": [*map(_link_words, links), *([""] if nodes else [])],
            "Evidence": [*map(_grade_of, links), *([""] if nodes else [])],
            "What is known": [
                *(link["statement"] or "–" for link in links),
                *([""] if nodes else []),
            ],
        },
        index=nodes,
    )
    if result is not None:
        known = result.table().reindex(nodes)
        for column, title in (
            ("before_N", "Before (N)"),
            ("after_N", "After (N)"),
            ("change_N", "Change (N)"),
        ):
            table[title] = round_figures(known[column].to_numpy(dtype=float))
        table = _add_sure(table, certainty, pending)
    return table.reset_index(drop=True)


def _grade_of(link):
    """Grade of a step in words; a joint or an attachment to bone has none, because nobody doubts
    it."""
    return link["grade"] or ("no evidence" if link["kind"] in ("continuous", "none") else "–")


def _table_of_graph(body, kinds):
    """Count what the graph holds: nodes by kind, and the continuities by the grade of their
    evidence."""
    counts = pd.Series([data["kind"] for _, data in body.graph.nodes(data=True)]).value_counts()
    grades = pd.Series(
        [
            data.get("grade") or "no grade"
            for *_, data in body.graph.edges(data=True)
            if data["kind"] == "continuous"
        ],
        dtype=object,
    ).value_counts()
    rows = [
        *((kind, int(counts.get(kind, 0))) for kind in kinds),
        *((f"runs on into, evidence: {grade}", int(number)) for grade, number in grades.items()),
    ]
    return pd.DataFrame(rows, columns=["Kind", "Number"])


def describe_chart_chain_diagram(
    body,
    result=None,
    chain=None,
    path=None,
    reference=None,
    kinds=("bone", *SOFT_KINDS),
    certainty=None,
    pending=False,
):
    """Describe `draw_chain_diagram` in words and as a table of stations (or of what the graph
    holds).

    Parameters
    ----------
    body : Body
    result : Result, optional
    chain, path, reference
        As `find_stations`; without chain and path the whole graph is told.
    kinds : sequence of str
        Kinds of nodes that the whole graph shows.
    certainty : Draws or pandas.DataFrame, optional
    pending : bool
        Whether the certainty is still being computed.

    Returns
    -------
    ChartText

    Raises
    ------
    ValueError, UnknownStructureError
        As `find_stations`.
    """
    nodes, links = find_stations(body, chain, path, reference)
    cut = _cut_words(body, reference)
    if not nodes:
        table = _table_of_graph(body, kinds)
        said = join_words(
            f"{number} {kind if number == 1 else PLURALS.get(kind, kind + 's')}"
            for kind, number in table.head(len(kinds)).itertuples(index=False)
        )
        sure = (
            ""
            if result is None
            else _say_sure(_changed(result), certainty, pending, "of the changes")
        )
        return ChartText(
            "The body as a graph",
            f"Each mark is a structure at its place in the body, seen from behind: {said}{cut}."
            f" Nerves and roots belong to the graph too; they are not drawn here.{sure}",
            table,
        )
    table = table_of_stations(body, result, chain, path, reference, certainty, pending)
    title = (
        (reference or body).chains[chain].name
        if chain is not None
        else f"Way from {table['Structure'].iloc[0]} to {table['Structure'].iloc[-1]}"
    )
    grades = pd.Series(
        [
            link["grade"] or "no evidence"
            for link in links
            if link["kind"] in ("continuous", "none")
        ],
        dtype=object,
    ).value_counts()
    steps = (
        "; evidence for its links:"
        f" {join_words(f'{grade} {number}' for grade, number in grades.items())}"
        if len(grades)
        else ""
    )
    most = ""
    if result is not None and table["Change (N)"].notna().any():
        row = table.loc[table["Change (N)"].abs().idxmax()]
        most = (
            f"; most of all {row['Structure']} changes ({format_change(row['Change (N)'])})"
            if abs(row["Change (N)"]) >= SHOWN_N
            else "; no station changes"
        )
    sure = (
        ""
        if result is None
        else _say_sure(
            [node for node in nodes if node in _changed(result)],
            certainty,
            pending,
            "of the stations that change",
        )
    )
    return ChartText(
        title,
        f"{len(nodes)} stations from {table['Structure'].iloc[0]} to"
        f" {table['Structure'].iloc[-1]}{steps}{most}{cut}.{sure}",
        table,
    )


def _changed(result):
    """Structures whose change is large enough to be shown."""
    table = result.table()
    return table.index[table["change_N"].abs() >= SHOWN_N]


def _cut_words(body, reference):
    words = describe_difference(reference, body) if reference is not None else ""
    return f"; drawn {words}" if words.startswith("with") else ""
