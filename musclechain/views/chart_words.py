"""The words beside each chart: a title, a sentence and a table, made from the same numbers as the figure.

Every `draw_` function of `charts` has its `describe_chart_` twin here.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ..anatomy.body import SOFT_KINDS
from .describe import (
    PLURALS, ROUTE_ORDER, SHOWN_N, describe_difference, join_words, round_figures, format_change, format_newtons, name_structure,
    rank_changes, table_by_region, table_of_changes,
)

__all__ = [
    "ChartText", "describe_chart_chain_diagram", "describe_chart_ranked_changes", "describe_chart_rounds", "describe_chart_tension_by_height",
    "find_places", "find_stations", "list_bands", "table_of_heights", "table_of_rounds", "table_of_stations",
]


@dataclass(frozen=True)
class ChartText:
    """The text version of a figure: title, one sentence, table."""

    title: str
    sentence: str
    table: pd.DataFrame


def describe_chart_ranked_changes(result, count=12, region=None):
    """Describe `draw_ranked_changes` in words and as a table."""
    rows = rank_changes(result, region).head(count)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    where = f" in the region {region}" if region else ""
    title = f"Largest changes of tension{where}"
    if rows.empty:
        return ChartText(title, f"No structure{where} changes by {SHOWN_N} N or more.", table_of_changes(result, 0, region))
    said = [f"{name_structure(result.body, name)} ({format_change(change)})" for name, change in rows["change_N"].items()]
    sentence = f"The largest change{where} is in {said[0]}" + (f"; the smallest of the {len(said)} shown is in {said[-1]}." if len(said) > 1 else ".")
    return ChartText(title, sentence, table_of_changes(result, len(rows), region))


def _ground_mm(body):
    """Height of the ground in the frame of the data, mm."""
    return body.graph.graph["parameters"]["ground_height"].value if "ground_height" in body.graph.graph["parameters"] else 0.0


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
    for node, data in graph.nodes(data=True):
        if node not in places:
            near = [places[other] for other in graph[node] if other in places]
            places[node] = tuple(np.mean(near, axis=0).tolist()) if near else (0.0, 0.0)
    return places


def _joint_heights(body):
    ground = _ground_mm(body)
    return {key: (data["place_mm"][1] - ground) / 1000 for _, _, key, data in body.graph.edges(keys=True, data=True) if data.get("kind") == "articulates"}


def _spine_heights(body):
    """Heights of the spinal levels, read between the joints of the spine, m."""
    joints = _joint_heights(body)
    levels = [*(f"C{k}" for k in range(1, 9)), *(f"T{k}" for k in range(1, 13)), *(f"L{k}" for k in range(1, 6)), *(f"S{k}" for k in range(1, 6))]
    marks = [(0, joints.get("c0_c2", 1.57)), (7, joints.get("c7_t1", 1.46)), (19, joints.get("t12_l1", 1.18)), (24, joints.get("l5_s1", 1.03))]
    marks.append((29, marks[-1][1] - 0.1))
    return dict(zip(levels, np.interp(range(30), *zip(*marks)).tolist()))


def list_bands(body):
    """List the parts of the body by height, from the ground up: (words, low, high) in metres, cut at the joints."""
    joints = _joint_heights(body)
    names = ("foot", "calf", "thigh", "hip and pelvis", "low back and belly", "chest and shoulder", "neck", "head")
    cuts = [float(joints.get(key, np.nan)) for key in ("ankle_left", "knee_left", "hip_left", "l5_s1", "t12_l1", "c7_t1", "c0_c2")]
    if not np.all(np.diff(cuts) > 0):
        return []
    return list(zip(names, [0.0, *cuts], [*cuts, cuts[-1] + 0.2]))


def table_of_heights(result):
    """Tabulate, for each structure, its height and its change by route: the data of `draw_tension_by_height`.

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Columns Structure, Region, Height (m), By posture,
        By pull, By guarding, Change (N), not rounded, from the foot up.
    """
    places, table = find_places(result.body), result.table()
    made = pd.DataFrame({"Structure": [name_structure(result.body, name) for name in table.index], "Region": table["region"],
                         "Height (m)": [places[name][1] for name in table.index],
                         **{f"By {route} (N)": table[f"{route}_N"] for route in ROUTE_ORDER}, "Change (N)": table["change_N"]}, index=table.index)
    return made.sort_values("Height (m)", kind="stable")


def describe_chart_tension_by_height(result):
    """Describe `draw_tension_by_height` in words, with a table by region."""
    title = "Change of tension by height above the ground"
    table = table_by_region(result)
    heights = table_of_heights(result)
    parts = []
    for words, low, high in list_bands(result.body):
        # the lowest and the highest part also take what lies beyond them
        low, high = -np.inf if words == "foot" else low, np.inf if words == "head" else high
        here = heights.loc[(heights["Height (m)"] >= low) & (heights["Height (m)"] < high), "Change (N)"].abs()
        parts += [f"{words} {format_newtons(here.max())}"] if len(here) else []
    if (heights["Change (N)"].abs() < SHOWN_N).all():
        return ChartText(title, "Nothing changes at any height.", table)
    return ChartText(title, f"The largest change at each height, wherever the middle of a structure lies, from the ground up: {', '.join(parts)}.", table)


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
            raise ValueError(f"{name_structure(result.body, name)} is not computed, so it has no rounds. Choose another structure.")
    steps = np.array([[one.tensions_N[name] - rounds[0].tensions_N[name] for name in structures] for one in rounds])
    return pd.DataFrame(steps.reshape(len(rounds), -1), index=pd.Index([one.label for one in rounds], name="Step"), columns=list(structures))


def describe_chart_rounds(result, count=6, structures=None):
    """Describe `draw_rounds` in words and as a table."""
    steps = table_of_rounds(result, count, structures)
    names = [name_structure(result.body, name) for name in steps.columns]
    table = pd.DataFrame(round_figures(steps.to_numpy()), index=range(len(steps)), columns=names)
    table.insert(0, "Step", list(steps.index))
    title = "How the change grows, step by step"
    if not names:
        return ChartText(title, "Nothing changes in any step.", table)
    played = sum(label.startswith("guarding") for label in steps.index)
    end = f"after {played} round{'' if played == 1 else 's'} of guarding" if played else "without guarding"
    rest = "" if result.settled else "; the rounds did not come to rest"
    reached = join_words(f"{name} {format_change(value)}" for name, value in zip(names, steps.iloc[-1]))
    return ChartText(title, f"Changes reached {end}: {reached}{rest}.", table)


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
            return {"kind": data["kind"], "grade": data.get("grade"), "statement": data.get("statement", ""), "cut": cut}
    return {"kind": "none", "grade": None, "statement": "No evidence of continuity was found.", "cut": False}


def _link_words(link):
    words = {"attaches": "attaches to the bone", "articulates": "joint", "supplies": "nerve supply", "arises": "nerve root", "adjacent": "next level",
             "passes": "passes by", "none": "no evidence of a link"}.get(link["kind"], "runs on")
    return f"{words} (cut)" if link["cut"] else words


def table_of_stations(body, result=None, chain=None, path=None, reference=None):
    """Tabulate the stations of a chain or path, the link to the next one and its evidence, and the tension of each."""
    nodes, links = find_stations(body, chain, path, reference)
    whole = reference or body
    table = pd.DataFrame({
        "No.": range(1, len(nodes) + 1), "Structure": [name_structure(whole, node) for node in nodes], "Kind": [whole.graph.nodes[node]["kind"] for node in nodes],
        "In the body": ["yes" if node in body.graph else "cut" for node in nodes],
        "Link to the next": [*map(_link_words, links), *([""] if nodes else [])],
        "Evidence": [*(link["grade"] or "–" for link in links), *([""] if nodes else [])],
    })
    if result is not None:
        known = result.table().reindex(nodes)
        for column, title in (("before_N", "Before (N)"), ("after_N", "After (N)"), ("change_N", "Change (N)")):
            table[title] = round_figures(known[column].to_numpy(dtype=float))
    return table


def describe_chart_chain_diagram(body, result=None, chain=None, path=None, reference=None, kinds=("bone", *SOFT_KINDS)):
    """Describe `draw_chain_diagram` in words and as a table of stations (or of what the graph holds)."""
    nodes, links = find_stations(body, chain, path, reference)
    cut = _cut_words(body, reference)
    if not nodes:
        counts = pd.Series([data["kind"] for _, data in body.graph.nodes(data=True)]).value_counts()
        table = pd.DataFrame({"Kind": list(kinds), "Number": [int(counts.get(kind, 0)) for kind in kinds]})
        said = join_words(f"{number} {kind if number == 1 else PLURALS.get(kind, kind + 's')}" for kind, number in table.values)
        return ChartText("The body as a graph", f"Each mark is a structure at its place in the body, seen from behind: {said}{cut}.", table)
    table = table_of_stations(body, result, chain, path, reference)
    title = (reference or body).chains[chain].name if chain is not None else f"Way from {table['Structure'].iloc[0]} to {table['Structure'].iloc[-1]}"
    grades = pd.Series([link["grade"] or "no evidence" for link in links if link["kind"] in ("continuous", "none")], dtype=object).value_counts()
    steps = f"; evidence for its links: {join_words(f'{grade} {number}' for grade, number in grades.items())}" if len(grades) else ""
    most = ""
    if result is not None and table["Change (N)"].notna().any():
        row = table.loc[table["Change (N)"].abs().idxmax()]
        most = f"; most of all {row['Structure']} changes ({format_change(row['Change (N)'])})" if abs(row["Change (N)"]) >= SHOWN_N else "; no station changes"
    return ChartText(title, f"{len(nodes)} stations from {table['Structure'].iloc[0]} to {table['Structure'].iloc[-1]}{steps}{most}{cut}.", table)


def _cut_words(body, reference):
    words = describe_difference(reference, body) if reference is not None else ""
    return f"; drawn {words}" if words.startswith("with") else ""
