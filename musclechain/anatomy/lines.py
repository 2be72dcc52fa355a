"""Lines of pull and the junctions at which they meet, read back from the graph of a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from musclechain.anatomy.errors import GraphError
from musclechain.anatomy.sides import Point

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = ["Line", "collect_junctions", "collect_lines", "join_structures"]

NEAREST_MM = 1e-3  # of two points that follow each other: nearer, a line has no direction


@dataclass(frozen=True)
class Line:
    """One line of pull as the graph describes it now.

    Attributes
    ----------
    structure : str
        Id of the muscle, fascia, ligament or tendon.
    number : int
        Its number within the structure.
    places : tuple of str
        For each point the bone that carries it, or the junction that it ends in.
    midway : tuple of bool
        For each point whether it takes only half of the turn of its bone against the bone's
        parent, about their joint.
    points : numpy.ndarray, shape (n, 3)
        Millimetres, ISB axes, in the reference posture of the data. Read-only.
    values : mapping
        The columns of muscle_lines.csv or tissue_lines.csv.
    computed : bool
        False if the line cannot pull on anything: it lies within one rigid
        body, or an end of it was cut.
    """

    structure: str
    number: int
    places: tuple[str, ...]
    midway: tuple[bool, ...]
    points: np.ndarray
    values: Mapping[str, Any]
    computed: bool


# (junction, structure) -> the junction, or the part of it, in which the structure still holds
Joined = Mapping[tuple[str, str], str]


def join_structures(body: Body) -> dict[tuple[str, str], str]:
    """Find which structures still hold together at each junction.

    Cutting a continuity can split a junction in two; each part then moves alone.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of (junction, structure) to str
        Id of the junction for its first part, ``junction_part_2`` and so on for
        the others. A structure that is alone at a junction is left out.
    """
    ends, links = _count_ends(body.graph), _list_links(body.graph)
    names: dict[tuple[str, str], str] = {}
    for junction, counts in ends.items():
        parts = nx.Graph(links.get(junction, []))
        parts.add_nodes_from(counts)
        groups = [
            group
            for group in nx.connected_components(parts)
            if sum(counts.get(structure, 0) for structure in group) > 1
        ]
        for number, group in enumerate(sorted(groups, key=min), start=1):
            for structure in group:
                name = junction if number == 1 else f"{junction}_part_{number}"
                names[junction, structure] = name
    return names


def _count_ends(graph: nx.MultiGraph) -> dict[str, dict[str, int]]:
    """Count the line ends at each junction: junction -> structure -> number of ends."""
    ends: dict[str, dict[str, int]] = {}
    for structure, data in graph.nodes(data=True):
        for values in data.get("lines", {}).values():
            for junction in values["ends"].values():
                counts = ends.setdefault(junction, {})
                counts[structure] = counts.get(structure, 0) + 1
    return ends


def _list_links(graph: nx.MultiGraph) -> dict[str, list[tuple[str, str]]]:
    """List the continuities that run by each junction."""
    links: dict[str, list[tuple[str, str]]] = {}
    for first, second, data in graph.edges(data=True):
        if data.get("kind") == "continuous" and data.get("junction"):
            links.setdefault(data["junction"], []).append((first, second))
    return links


def collect_lines(body: Body) -> tuple[Line, ...]:
    """Collect every line of pull of a body, with its points in order.

    Parameters
    ----------
    body : Body

    Returns
    -------
    tuple of Line

    Raises
    ------
    GraphError
        If two points that follow each other lie in the same place, or one takes half of the turn
        of a joint where there is none.
    """
    joined = body.derived("joined", join_structures)
    return tuple(
        _build_line(body.graph, joined, structure, number, found)
        for structure in body.structures
        for number, found in sorted(_gather_points(body.graph, structure).items())
    )


def _gather_points(graph: nx.MultiGraph, structure: str) -> dict[int, dict[int, tuple[str, Point]]]:
    """Gather the points of each line of a structure from its edges: line -> point -> (place,
    mm)."""
    lines, junctions = graph.nodes[structure]["lines"], graph.graph["junctions"]
    found: dict[int, dict[int, tuple[str, Point]]] = {number: {} for number in lines}
    for _, bone, data in graph.edges(structure, data=True):
        if data.get("kind") == "attaches":
            for (number, point), where in data["points"].items():
                if number in found:
                    found[number][point] = (bone, where)
    for number, values in lines.items():
        for point, junction in values["ends"].items():
            if junction in junctions:
                found[number][point] = (junction, junctions[junction]["point_mm"])
    return found


def _build_line(
    graph: nx.MultiGraph,
    joined: Joined,
    structure: str,
    number: int,
    found: Mapping[int, tuple[str, Point]],
) -> Line:
    values = graph.nodes[structure]["lines"][number]
    whole = 1 in found and values["points"] in found
    places = []
    for point in sorted(found):
        place = found[point][0]
        if place in graph.graph["junctions"]:
            whole = whole and (place, structure) in joined
            place = joined.get((place, structure), place)
        places.append(place)
    points = np.array([found[point][1] for point in sorted(found)], float).reshape(-1, 3)
    if (np.abs(points[1:] - points[:-1]).max(axis=1, initial=0.0) < NEAREST_MM).any():
        raise GraphError(
            f"Two points of line {number} of {structure!r} that follow each other lie in the same"
            " place; a line needs a direction."
        )
    points.setflags(write=False)
    midway = tuple(point in values.get("midway", ()) for point in sorted(found))
    for place, half in zip(places, midway, strict=True):
        if half and graph.nodes.get(place, {}).get("parent") not in graph:
            raise GraphError(
                f"Line {number} of {structure!r} has a point that takes half of the turn of the"
                f" joint above {place!r}, which hangs on no bone."
            )
    computed = whole and len(set(places)) > 1
    return Line(structure, number, tuple(places), midway, points, values, computed)


def collect_junctions(body: Body) -> dict[str, dict[str, Any]]:
    """Collect the junctions, and parts of junctions, that still join at least two line ends.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of str to dict
        Id -> description as in the graph, with `lines`, the indices of its lines
        in ``body.lines``.
    """
    junctions = body.graph.graph["junctions"]
    joined = body.derived("joined", join_structures)
    origins = {name: junction for (junction, _), name in joined.items()}
    found: dict[str, dict[str, Any]] = {}
    for index, line in enumerate(body.lines):
        for place in line.places:
            origin = origins.get(place, place)
            if line.computed and origin in junctions:
                junction = found.setdefault(place, {**junctions[origin], "lines": []})
                junction["lines"].append(index)
    return found
