"""Say in words what keeps the edges of a changed graph from holding a body together."""

from collections.abc import Mapping
from typing import Any

import networkx as nx

from musclechain.anatomy.errors import GraphError, refuse_attribute, show_value, suggest_names
from musclechain.anatomy.ids import SOFT_KINDS, check_id
from musclechain.anatomy.limits import (
    ALLOWANCE,
    POINT_WORDS,
    SHARE,
    STEEPNESS,
    STIFFNESS,
    STOP_ANGLE,
    is_axis,
    is_count,
    is_point,
    is_triple,
)
from musclechain.anatomy.records import DIRECTIONS, JOINT_AXES

__all__ = ["check_edges"]

TEXTS = ("name", "grade", "statement", "source")
# What each kind of edge joins.
ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "articulates": (("bone",), ("bone",)),
    "attaches": (SOFT_KINDS, ("bone",)),
    "continuous": (SOFT_KINDS, SOFT_KINDS),
    "supplies": (("nerve",), ("muscle",)),
    "passes": (("nerve",), SOFT_KINDS),
    "arises": (("nerve",), ("root",)),
    "adjacent": (("root",), ("root",)),
}


def check_edges(graph: nx.MultiGraph, kinds: Mapping[str, str]) -> None:
    """Make sure that every edge is of a known kind, joins what this kind joins, and says what it
    must.

    Parameters
    ----------
    graph : networkx.MultiGraph
    kinds : mapping of node to kind

    Raises
    ------
    GraphError
        Names the first edge that is wrong.
    """
    for first, second, data in graph.edges(data=True):
        kind = data.get("kind")
        if not isinstance(kind, str) or kind not in ENDS:
            raise GraphError(
                f"The edge {_name(first, second)} has the kind {show_value(kind)}; possible are"
                f" {', '.join(ENDS)}.{suggest_names(kind, ENDS)}"
            )
        _check_ends(first, second, kind, kinds)
        if kind == "articulates":
            _check_joint(f"The joint {_name(first, second)}", data)
        elif kind == "attaches":
            _check_attachment(first, second, kinds, data)
        if len(data) > 1:
            _check_statement(first, second, data)


def _name(first: str, second: str) -> str:
    return f"between {first!r} and {second!r}"


def _check_ends(first: str, second: str, kind: str, kinds: Mapping[str, str]) -> None:
    """Refuse an edge between nodes that this kind of edge cannot join."""
    starts, goals = ENDS[kind]
    ends = kinds[first], kinds[second]
    fits = any(start in starts and goal in goals for start, goal in (ends, ends[::-1]))
    if first == second or not fits:
        joined = "itself" if first == second else f"a {ends[1]}"
        raise GraphError(
            f"The edge {_name(first, second)} has the kind {kind!r} and joins a {ends[0]} with"
            f" {joined}; {kind!r} joins {' or '.join(starts)} with"
            f" {'another ' if starts == goals else ''}{' or '.join(goals)}."
        )


def _check_joint(thing: str, data: Mapping[str, Any]) -> None:
    check_id("joint", data.get("joint"))
    if not is_point(data.get("place_mm")):
        refuse_attribute(thing, "place_mm", data.get("place_mm"), f"{POINT_WORDS}, are needed")
    for key, limits in (("stiffness_nm_per_deg", STIFFNESS), ("allowance_nm", ALLOWANCE)):
        if not is_triple(data.get(key), limits):
            refuse_attribute(thing, key, data.get(key), f"three numbers {limits.words} are needed")
    if not SHARE.allows(data.get("passive_share", 0.0)):
        refuse_attribute(
            thing, "passive_share", data["passive_share"], f"a number {SHARE.words} is needed"
        )
    stops = data.get("stops", ())
    if not isinstance(stops, (tuple, list)) or not all(map(_is_stop, stops)):
        refuse_attribute(
            thing,
            "stops",
            stops,
            "a tuple of stops (axis, 'more' or 'less', degrees, Nm, degrees) is needed",
        )

    lines = data.get("oblique_axes", ())
    if not isinstance(lines, (tuple, list)) or not all(map(_is_oblique_axis, lines)):
        refuse_attribute(
            thing,
            "oblique_axes",
            lines,
            "a tuple of axes (flexion, side_bend or rotation; and a direction near its usual one)"
            " is needed",
        )


def _is_oblique_axis(line: object) -> bool:
    return (
        isinstance(line, (tuple, list))
        and len(line) == 2
        and line[0] in JOINT_AXES
        and is_point(line[1])
        and is_axis(line[0], line[1])
    )


def _is_stop(stop: object) -> bool:
    return (
        isinstance(stop, (tuple, list))
        and len(stop) == 5
        and stop[0] in JOINT_AXES
        and stop[1] in DIRECTIONS
        and STOP_ANGLE.allows(stop[2])
        and ALLOWANCE.allows(stop[3])
        and STEEPNESS.allows(stop[4])
    )


def _check_attachment(
    first: str, second: str, kinds: Mapping[str, str], data: Mapping[str, Any]
) -> None:
    points = data.get("points")
    pairs = points.items() if isinstance(points, Mapping) else ()
    wrong = {key: place for key, place in pairs if not _is_carried(key, place)}
    if wrong or not isinstance(points, Mapping):
        soft, bone = (second, first) if kinds[first] == "bone" else (first, second)
        raise GraphError(
            f"The attachment of {soft!r} to {bone!r} has points = {show_value(wrong or points)};"
            f" needed is a dict from (line, point), counted from 1, to {POINT_WORDS}."
        )


def _is_carried(key: object, place: object) -> bool:
    is_pair = isinstance(key, tuple) and len(key) == 2 and all(map(is_count, key))
    return is_pair and is_point(place)


def _check_statement(first: str, second: str, data: Mapping[str, Any]) -> None:
    """Check what an edge may lack, and what must be right where it is there."""
    thing = f"The edge {_name(first, second)} of the kind {data['kind']!r}"
    for key in TEXTS:
        if not isinstance(data.get(key), (str, type(None))):
            refuse_attribute(thing, key, data.get(key), "text is needed")
    evidence = data.get("evidence", ())
    if not isinstance(evidence, (tuple, list)) or not all(isinstance(key, str) for key in evidence):
        refuse_attribute(thing, "evidence", data.get("evidence"), "a tuple of ids is needed")
    if data.get("junction") is not None:
        check_id("junction", data["junction"])
    if not isinstance(data.get("crossing", False), bool):
        refuse_attribute(thing, "crossing", data.get("crossing"), "True or False is needed")
