"""The words beside the picture of the graph: the stations of a chain or a path."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    SHOWN_N,
    format_change,
    join_words,
    name_structure,
    round_figures,
)
from musclechain.anatomy.graph_checks import SOFT_KINDS
from musclechain.anatomy.ways import (
    Step,
    count_grades,
    count_kinds,
    find_neighbours,
    find_stations,
)
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.spread import Result
from musclechain.views.words.charts import ChartText, add_sure, say_sure
from musclechain.views.words.compare import describe_difference

__all__ = ["describe_chart_chain_diagram", "table_of_stations"]

PLURALS = {"fascia": "fasciae"}
STEP_WORDS = {
    "attaches": "attaches to the bone",
    "articulates": "joint",
    "supplies": "nerve supply",
    "arises": "nerve root",
    "adjacent": "next level",
    "passes": "passes by",
    "none": "no evidence of a link",
}


def _say_step(step: Step) -> str:
    words = STEP_WORDS.get(step.kind, "runs on")
    return f"{words} (cut)" if step.cut else words


def _say_grade(step: Step) -> str:
    """Grade of a step; a joint or an attachment to bone has none, because nobody doubts it."""
    return step.grade or ("no evidence" if step.is_graded else "–")


def table_of_stations(
    body: Body,
    result: Result | None = None,
    chain: str | None = None,
    path: Sequence[str] | None = None,
    reference: Body | None = None,
    certainty: Certainty = UNKNOWN,
) -> pd.DataFrame:
    """Tabulate the stations of a chain or path, the link to the next one and its evidence, and the
    tension of each.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Adds the tensions, N; a station that is not computed has gaps.
    chain, path, reference
        As `find_stations`.
    certainty : Certainty

    Returns
    -------
    pandas.DataFrame
        One row for each station.

    Raises
    ------
    ValueError, UnknownStructureError
        As `find_stations`.
    """
    nodes, steps = find_stations(body, chain, path, reference)
    whole, end = reference or body, [""] if nodes else []
    table = pd.DataFrame(
        {
            "No.": range(1, len(nodes) + 1),
            "Structure": [name_structure(whole, node) for node in nodes],
            "Kind": [whole.graph.nodes[node]["kind"] for node in nodes],
            "In the body": ["yes" if node in body.graph else "cut" for node in nodes],
            "Link to the next": [*map(_say_step, steps), *end],
            "Evidence": [*map(_say_grade, steps), *end],
            "What is known": [*(step.statement or "–" for step in steps), *end],
        },
        index=nodes,
    )
    if result is not None:
        known = result.table().reindex(nodes)
        for column in ("Before", "After", "Change"):
            figures = known[f"{column.lower()}_N"].to_numpy(dtype=float)
            table[f"{column} (N)"] = round_figures(figures)
        table = add_sure(table, certainty)
    return table.reset_index(drop=True)


def describe_chart_chain_diagram(
    body: Body,
    result: Result | None = None,
    chain: str | None = None,
    path: Sequence[str] | None = None,
    reference: Body | None = None,
    kinds: Sequence[str] = ("bone", *SOFT_KINDS),
    certainty: Certainty = UNKNOWN,
) -> ChartText:
    """Describe `draw_chain_diagram` in words and as a table of stations (or of what the graph
    holds).

    Parameters
    ----------
    body : Body
    result : Result, optional
    chain, path, reference
        As `find_stations`; without chain and path the whole graph is told.
    kinds : sequence of str
        Kinds of nodes that are shown: of the whole graph, or of the neighbours of the stations.
    certainty : Certainty

    Returns
    -------
    ChartText

    Raises
    ------
    ValueError, UnknownStructureError
        As `find_stations`.
    """
    nodes, steps = find_stations(body, chain, path, reference)
    if not nodes:
        return _describe_graph(body, result, reference, kinds, certainty)
    table = table_of_stations(body, result, chain, path, reference, certainty)
    first, last = table["Structure"].iloc[0], table["Structure"].iloc[-1]
    title = f"Way from {first} to {last}"
    if chain is not None:
        title = (reference or body).chains[chain].name
    sure = ""
    if result is not None:
        changed = [node for node in nodes if node in _list_changed(result)]
        sure = say_sure(changed, certainty, "of the stations that change")
    said = (
        f"{len(nodes)} stations from {first} to {last}{_say_grades(steps)}{_say_most(table)}"
        f"{_say_cut(body, reference)}.{_say_neighbours(reference or body, nodes, kinds)}{sure}"
    )
    return ChartText(title, said, table)


def _describe_graph(
    body: Body,
    result: Result | None,
    reference: Body | None,
    kinds: Sequence[str],
    certainty: Certainty,
) -> ChartText:
    """Count what the graph holds: nodes by kind, and the continuities by their evidence."""
    counts = count_kinds(body)
    rows = [(kind, counts[kind]) for kind in kinds]
    said = join_words(
        f"{number} {kind if number == 1 else PLURALS.get(kind, kind + 's')}"
        for kind, number in rows
    )
    rows += [
        (f"runs on into, evidence: {grade}", number)
        for grade, number in count_grades(body).most_common()
    ]
    sure = ""
    if result is not None:
        sure = say_sure(_list_changed(result), certainty, "of the changes")
    return ChartText(
        "The body as a graph",
        "Each mark is a structure at its place in the body, seen from behind:"
        f" {said}{_say_cut(body, reference)}. Nerves and roots belong to the graph too; they are"
        f" not drawn here.{sure}",
        pd.DataFrame(rows, columns=["Kind", "Number"]),
    )


def _say_neighbours(whole: Body, nodes: Sequence[str], kinds: Sequence[str]) -> str:
    """Say what the picture shows beside the stations."""
    number = len(find_neighbours(whole, nodes, kinds))
    if not number:
        return " Nothing else is drawn."
    told = "one neighbour" if number == 1 else f"{number} neighbours"
    return f" Beside them only what is joined to them is drawn: {told}."


def _say_grades(steps: Sequence[Step]) -> str:
    grades = Counter(step.grade or "no evidence" for step in steps if step.is_graded)
    told = join_words(f"{grade} {number}" for grade, number in grades.most_common())
    return f"; evidence for its links: {told}" if told else ""


def _say_most(table: pd.DataFrame) -> str:
    if "Change (N)" not in table or table["Change (N)"].isna().all():
        return ""
    row = table.loc[table["Change (N)"].abs().idxmax()]
    if abs(row["Change (N)"]) < SHOWN_N:
        return "; no station changes"
    return f"; most of all {row['Structure']} changes ({format_change(row['Change (N)'])})"


def _list_changed(result: Result) -> list[str]:
    """Structures whose change is large enough to be shown."""
    table = result.table()
    return list(table.index[table["change_N"].abs() >= SHOWN_N])


def _say_cut(body: Body, reference: Body | None) -> str:
    words = describe_difference(reference, body) if reference is not None else ""
    return f"; drawn {words}" if words.startswith("with") else ""
