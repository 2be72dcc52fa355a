"""The words beside each chart: a title, a sentence and a table, made from the same numbers as the
figure.

Every `draw_` function of `charts` has its `describe_chart_` twin here.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ..anatomy.body import SOFT_KINDS
from ..anatomy.records import REGIONS
from .certainty_words import (
    HOW_SURE,
    NOT_KNOWN,
    RANGE,
    count_words,
    read_certainty,
    tabulate_certainty,
)
from .describe import (
    PLURALS,
    ROUTE_ORDER,
    SHOWN_N,
    describe_difference,
    format_change,
    format_newtons,
    join_words,
    name_structure,
    rank_changes,
    round_figures,
    table_of_changes,
)

__all__ = [
    "PENDING",
    "SURE_WORDS",
    "ChartText",
    "describe_chart_body_3d",
    "describe_chart_certainty",
    "describe_chart_chain_diagram",
    "describe_chart_ranked_changes",
    "describe_chart_rounds",
    "describe_chart_tension_by_height",
    "find_places",
    "find_stations",
    "list_regions",
    "name_from_id",
    "rank_certainty",
    "table_of_heights",
    "table_of_regions",
    "table_of_rounds",
    "table_of_stations",
]

# What each word of the certainty means, in the order in which a reader trusts it.
SURE_WORDS = {
    "settled": "same direction in 95 % of bodies or more",
    "likely": "same direction in 80 % or more",
    "depends": "on what nobody knows",
}
PENDING = "How sure: not computed yet."


@dataclass(frozen=True)
class ChartText:
    """The text version of a figure.

    Attributes
    ----------
    title, sentence : str
        Plain text.
    table : pandas.DataFrame
        The figure's numbers, forces in N.
    """

    title: str
    sentence: str
    table: pd.DataFrame


def _say_sure(names, certainty, pending, shown="of those shown"):
    """Say in a sentence how sure the changes of some structures are; empty if nothing is known of
    it."""
    if certainty is None:
        return f" {PENDING}" if pending else ""
    counts = count_words(read_certainty(certainty)["word"].reindex(list(names)).fillna(NOT_KNOWN))
    return f" How sure: {shown}, {counts}." if counts else ""


def _add_sure(table, certainty, pending=False):
    """Add the columns of certainty to a table whose index is the structures."""
    if certainty is not None:
        return table.assign(**tabulate_certainty(certainty, table.index))
    return table.assign(**{HOW_SURE: "not computed yet", RANGE: "–"}) if pending else table


def describe_chart_ranked_changes(result, count=12, region=None, certainty=None, pending=False):
    """Describe `draw_ranked_changes` in words and as a table.

    Parameters
    ----------
    result : Result
    count : int
        Structures at most.
    region : str, optional
    certainty : Draws or pandas.DataFrame, optional
    pending : bool
        Whether the certainty is still being computed.

    Returns
    -------
    ChartText

    Raises
    ------
    ValueError
        For a region that does not exist.
    """
    rows = rank_changes(result, region).head(count)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    where = f" in the region {region}" if region else ""
    title = f"Largest changes of tension{where}"
    table = table_of_changes(result, len(rows), region)
    place = list(table.columns).index("Change (N)") + 1
    sure = _add_sure(table[[]], certainty, pending)
    for column in reversed(sure.columns):
        table.insert(place, column, sure[column])
    if rows.empty:
        return ChartText(title, f"No structure{where} changes by {SHOWN_N} N or more.", table)
    said = [
        f"{name_structure(result.body, name)} ({format_change(change)})"
        for name, change in rows["change_N"].items()
    ]
    sentence = f"The largest change{where} is in {said[0]}" + (
        f"; the smallest of the {len(said)} shown is in {said[-1]}." if len(said) > 1 else "."
    )
    return ChartText(title, sentence + _say_sure(rows.index, certainty, pending), table)


def _ground_mm(body):
    """Height of the ground in the frame of the data, mm."""
    return (
        body.graph.graph["parameters"]["ground_height"].value
        if "ground_height" in body.graph.graph["parameters"]
        else 0.0
    )


def find_places(body):
    """Find where each node of the graph belongs in the frontal plane, seen from behind.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of node to (float, float)
        Metres to the right of the midline and above the ground, in the posture
        of the data: a soft structure at the mean of its attachment points, a
        bone at its centre of mass, a nerve at the mean of the muscles it
        supplies, a root beside the spine (its height read between the joints).
    """
    return body.derived("places", _collect_places)


def _collect_places(body):
    graph, ground = body.graph, _ground_mm(body)
    points = {}
    for line in body.lines:
        points.setdefault(line.structure, []).extend(line.points)
    places = {}
    for node, data in graph.nodes(data=True):
        if data["kind"] == "bone":
            points[node] = [data["com_mm"]]
        if points.get(node):
            middle = np.mean(points[node], axis=0)
            places[node] = (float(middle[2]) / 1000, (float(middle[1]) - ground) / 1000)
    heights = _spine_heights(body)
    for node, data in graph.nodes(data=True):
        if data["kind"] == "root":
            level = str(data.get("level", ""))
            side = {"left": -1, "right": 1}.get(data.get("side"), 0)
            # the accessory nucleus lies beside the uppermost levels
            place = heights.get("C1" if level == "XI" else level, 1.0)
            places[node] = (side * (0.06 if level == "XI" else 0.035), place)
    for node in graph:
        if node not in places:
            near = [places[other] for other in graph[node] if other in places]
            places[node] = tuple(np.mean(near, axis=0).tolist()) if near else (0.0, 0.0)
    return places


def _joint_heights(body):
    ground = _ground_mm(body)
    return {
        key: (data["place_mm"][1] - ground) / 1000
        for _, _, key, data in body.graph.edges(keys=True, data=True)
        if data.get("kind") == "articulates"
    }


def _spine_heights(body):
    """Heights of the spinal levels, read between the joints of the spine, m."""
    joints = _joint_heights(body)
    levels = [
        *(f"C{k}" for k in range(1, 9)),
        *(f"T{k}" for k in range(1, 13)),
        *(f"L{k}" for k in range(1, 6)),
        *(f"S{k}" for k in range(1, 6)),
    ]
    marks = [
        (0, joints.get("c0_c2", 1.57)),
        (7, joints.get("c7_t1", 1.46)),
        (19, joints.get("t12_l1", 1.18)),
        (24, joints.get("l5_s1", 1.03)),
    ]
    marks.append((29, marks[-1][1] - 0.1))
    return dict(zip(levels, np.interp(range(30), *zip(*marks, strict=True)).tolist(), strict=False))


def list_regions(result):
    """List the regions of the body that hold a computed structure, from the foot up.

    Parameters
    ----------
    result : Result

    Returns
    -------
    list of str
    """
    regions = result.table()["region"].unique()
    return [
        *(one for one in REGIONS if one in regions),
        *(one for one in regions if one not in REGIONS),
    ]


def table_of_heights(result):
    """Tabulate, for each structure, its region, height and change by route: the data of
    `draw_tension_by_height`.

    Parameters
    ----------
    result : Result

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Columns Structure, Region, Side, Height (m: where
        the middle of the structure lies), By posture, By pull, By guarding,
        Change (N), not rounded; from the foot up, region by region.
    """
    places, table = find_places(result.body), result.table()
    made = pd.DataFrame(
        {
            "Structure": [name_structure(result.body, name) for name in table.index],
            "Region": table["region"],
            "Side": table["side"],
            "Height (m)": [places[name][1] for name in table.index],
            **{f"By {route} (N)": table[f"{route}_N"] for route in ROUTE_ORDER},
            "Change (N)": table["change_N"],
        },
        index=table.index,
    )
    rank = {region: number for number, region in enumerate(list_regions(result))}
    return made.sort_values("Height (m)", kind="stable").sort_values(
        "Region", key=lambda column: column.map(rank), kind="stable"
    )


def table_of_regions(result, certainty=None, pending=False):
    """Tabulate the most changed structure of each region and side, from the foot up.

    Parameters
    ----------
    result : Result
    certainty : Draws or pandas.DataFrame, optional
    pending : bool
        Whether the certainty is still being computed.

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Columns Region, Side, Structures (their number),
        Most changed, Change (N), How sure and 90 % range (N) if asked for, and
        the change by each route, N.
    """
    heights, found = table_of_heights(result), []
    for (_, _), here in heights.groupby(["Region", "Side"], sort=False):
        found.append((here["Change (N)"].abs().idxmax(), len(here)))
    rows = heights.loc[[name for name, _ in found]]
    made = pd.DataFrame(
        {
            "Region": rows["Region"],
            "Side": rows["Side"],
            "Structures": [number for _, number in found],
            "Most changed": rows["Structure"],
            "Change (N)": round_figures(rows["Change (N)"]),
        },
        index=rows.index,
    )
    made = _add_sure(made, certainty, pending).assign(
        **{f"By {route} (N)": round_figures(rows[f"By {route} (N)"]) for route in ROUTE_ORDER}
    )
    order = {side: number for number, side in enumerate(("left", "right", "midline"))}
    rank = {region: number for number, region in enumerate(list_regions(result))}
    return made.iloc[np.lexsort((made["Side"].map(order).fillna(3), made["Region"].map(rank)))]


def describe_chart_tension_by_height(result, certainty=None, pending=False):
    """Describe `draw_tension_by_height` in words, with a table of the same regions.

    Parameters
    ----------
    result : Result
    certainty : Draws or pandas.DataFrame, optional
    pending : bool
        Whether the certainty is still being computed.

    Returns
    -------
    ChartText
        The table is that of `table_of_regions`.
    """
    title = "Change of tension from foot to head"
    table, heights = table_of_regions(result, certainty, pending), table_of_heights(result)
    largest = heights["Change (N)"].abs().groupby(heights["Region"], sort=False).max()
    if (largest < SHOWN_N).all():
        return ChartText(title, "Nothing changes in any part of the body.", table)
    said = ", ".join(
        f"{region} {format_newtons(largest[region])}" for region in list_regions(result)
    )
    changed = heights.index[heights["Change (N)"].abs() >= SHOWN_N]
    return ChartText(
        title,
        f"The largest change of one structure in each part of the body, from the foot up: {said}."
        + _say_sure(changed, certainty, pending, f"of {len(changed)} changes"),
        table,
    )


def table_of_rounds(result, count=6, structures=None):
    """Tabulate how the tension of the most changed structures grows step by step.

    Parameters
    ----------
    result : Result
    count : int
    structures : sequence of str, optional
        Your own choice in place of the most changed.

    Returns
    -------
    pandas.DataFrame
        Index: labels of the steps. One column for each structure id: change
        against the first step, N.

    Raises
    ------
    UnknownStructureError, ValueError
        For a structure that the body lacks, or that is not computed.
    """
    rounds = result.rounds
    if structures is None:
        ranked = rank_changes(result)
        structures = ranked.index[ranked["change_N"].abs() >= SHOWN_N][:count]
    for name in structures:
        result.body.find(name)
        if name not in result.skeleton.structures:
            raise ValueError(
                f"{name_structure(result.body, name)} is not computed, so it has no rounds. Choose"
                " another structure."
            )
    steps = np.array(
        [
            [one.tensions_N[name] - rounds[0].tensions_N[name] for name in structures]
            for one in rounds
        ]
    )
    return pd.DataFrame(
        steps.reshape(len(rounds), -1),
        index=pd.Index([one.label for one in rounds], name="Step"),
        columns=list(structures),
    )


def describe_chart_rounds(result, count=6, structures=None, certainty=None, pending=False):
    """Describe `draw_rounds` in words and as a table.

    Parameters
    ----------
    result : Result
    count : int
    structures : sequence of str, optional
        Your own choice in place of the most changed.
    certainty : Draws or pandas.DataFrame, optional
    pending : bool
        Whether the certainty is still being computed.

    Returns
    -------
    ChartText
        One row for each step, one column for each structure: change, N.

    Raises
    ------
    UnknownStructureError, ValueError
        As `table_of_rounds`.
    """
    steps = table_of_rounds(result, count, structures)
    names = [name_structure(result.body, name) for name in steps.columns]
    table = pd.DataFrame(round_figures(steps.to_numpy()), index=range(len(steps)), columns=names)
    table.insert(0, "Step", list(steps.index))
    if certainty is not None or pending:
        sure = _add_sure(pd.DataFrame(index=steps.columns), certainty, pending)
        table = pd.concat(
            [
                table.astype(object),
                pd.DataFrame(
                    [[title, *sure[title]] for title in sure.columns], columns=table.columns
                ),
            ],
            ignore_index=True,
        )
    title = "How the change grows, step by step"
    if not names:
        return ChartText(title, "Nothing changes in any step.", table)
    played = sum(label.startswith("guarding") for label in steps.index)
    end = (
        f"after {played} round{'' if played == 1 else 's'} of guarding"
        if played
        else "without guarding"
    )
    rest = "" if result.settled else "; the rounds did not come to rest"
    reached = join_words(
        f"{name} {format_change(value)}" for name, value in zip(names, steps.iloc[-1], strict=True)
    )
    return ChartText(
        title,
        f"Changes reached {end}: {reached}{rest}." + _say_sure(steps.columns, certainty, pending),
        table,
    )


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


# ---- how sure ---------------------------------------------------------------------------------


def rank_certainty(certainty, count=6):
    """Pick the most changed structures of each word: settled, likely, depends.

    Parameters
    ----------
    certainty : Draws or pandas.DataFrame
        As of `Result.certainty`.
    count : int
        Structures of each word at most.

    Returns
    -------
    pandas.DataFrame
        Rows of the table of certainty, word by word, largest change first.
        Left out is what changes by less than 0.05 N in nearly every body.
    """
    table = read_certainty(certainty)
    told = table[
        (table["change_N"].abs() >= SHOWN_N) | (table["high_N"] - table["low_N"] >= 2 * SHOWN_N)
    ]
    order = np.argsort(-told["change_N"].abs().round(6).to_numpy(), kind="stable")
    told = told.iloc[order]
    return pd.concat([told[told["word"] == word].head(count) for word in SURE_WORDS])


def name_from_id(structure, body=None):
    """Name a structure by the body it belongs to or, without one, by its id: ``Gluteus medius,
    right``.

    Parameters
    ----------
    structure : str
    body : Body, optional

    Returns
    -------
    str
        Plain text: escape it for HTML.

    Examples
    --------
    >>> name_from_id("gluteus_medius_right")
    'Gluteus medius, right'
    """
    if body is not None and structure in body.graph:
        return name_structure(body, structure)
    stem, _, side = str(structure).rpartition("_")
    words = f"{stem}, {side}" if side in ("left", "right") and stem else str(structure)
    return (words[:1].upper() + words[1:]).replace("_", " ")


def describe_chart_certainty(certainty, body=None, count=6):
    """Describe `draw_certainty` in words and as a table.

    Parameters
    ----------
    certainty : Draws or pandas.DataFrame
    body : Body, optional
        Names the structures.
    count : int
        Structures of each word at most.

    Returns
    -------
    ChartText
        Changes and ranges in N.
    """
    rows, title = rank_certainty(certainty, count), "How sure is the direction of each change?"
    table = pd.DataFrame(
        {
            "Structure": [name_from_id(name, body) for name in rows.index],
            "Change (N)": round_figures(rows["change_N"]),
            **tabulate_certainty(certainty, rows.index),
            "Same direction (%)": round_figures(100 * rows["same_sign"], 0),
        },
        index=rows.index,
    )
    if rows.empty:
        return ChartText(title, "Nothing changes in any of the drawn bodies.", table)
    whole = read_certainty(certainty)
    whole = whole[whole["change_N"].abs() >= SHOWN_N]
    counts = join_words(f"{int((whole['word'] == word).sum())} {word}" for word in SURE_WORDS)
    crossing = [name for name in rows.index if rows.at[name, "low_N"] < 0 < rows.at[name, "high_N"]]
    across = (
        f" Of the {len(rows)} shown, {len(crossing)} {'has' if len(crossing) == 1 else 'have'} a"
        " range on both sides of zero: in some bodies more tension, in others less."
        if crossing
        else ""
    )
    return ChartText(title, f"Of {len(whole)} changes: {counts}.{across}", table)


# ---- the body in 3D ---------------------------------------------------------------------------


def describe_chart_body_3d(result=None, certainty=None, pending=False):
    """Describe `draw_body_3d` in words and as a table of everything that changes.

    Parameters
    ----------
    result : Result, optional
        None for the healthy body at rest.
    certainty : Draws or pandas.DataFrame, optional
    pending : bool

    Returns
    -------
    ChartText
    """
    title = "The body in 3D"
    if result is None:
        return ChartText(
            title,
            "The muscles, tendons, ligaments and fasciae of the healthy body over its bones; drag"
            " to turn it.",
            pd.DataFrame(columns=["Structure", "Change (N)"]),
        )
    rows = rank_changes(result)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    table = describe_chart_ranked_changes(
        result, len(rows), certainty=certainty, pending=pending
    ).table
    more, less = int((rows["change_N"] > 0).sum()), int((rows["change_N"] < 0).sum())
    said = (
        f"{more} structures carry more tension than before and {less} less"
        if len(rows)
        else "no structure changes"
    )
    return ChartText(
        title,
        f"The body over its bones, to be turned with the mouse or a finger: {said}."
        + _say_sure(rows.index, certainty, pending, "of the changes"),
        table,
    )
