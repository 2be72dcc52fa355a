"""Say in words what keeps a graph that a student has changed from being a body."""

import difflib
from collections.abc import Mapping
from numbers import Integral, Real

import networkx as nx
import numpy as np

from musclechain.anatomy.graph import SIDES

__all__ = ["GraphError"]


SOFT_KINDS = ("muscle", "fascia", "ligament", "tendon")


KINDS = ("bone", *SOFT_KINDS, "nerve", "root")


FURTHEST_MM = 2500


POINT_WORDS = f"three numbers in millimetres, -{FURTHEST_MM} to {FURTHEST_MM},"


JOINT_NEEDS = {
    "place_mm": (lambda value: abs(value) <= FURTHEST_MM, POINT_WORDS),
    "stiffness_nm_per_deg": (lambda value: value >= 0, "three numbers of 0 or more"),
    "allowance_nm": (lambda value: value > 0, "three numbers above 0"),
}


class GraphError(ValueError):
    """A changed graph that no longer describes a body."""


def _is_number(value):
    return (
        isinstance(value, Real)
        and not isinstance(value, (bool, np.bool_))
        and bool(np.isfinite(value))
    )


def _is_triple(value):
    return (
        isinstance(value, (tuple, list, np.ndarray))
        and len(value) == 3
        and all(map(_is_number, value))
    )


def _is_point(value):
    return _is_triple(value) and max(map(abs, value)) <= FURTHEST_MM


def _suggest(word, known):
    close = difflib.get_close_matches(str(word), list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _check_graph(graph):
    """Say in words what keeps a changed graph from being a body."""
    for part in ("parameters", "junctions", "grades"):
        if part not in graph.graph:
            raise GraphError(
                f"The graph has lost graph.graph[{part!r}]; start from body.graph.copy()."
            )
    kinds = nx.get_node_attributes(graph, "kind")
    for node in graph:
        if node not in kinds:
            raise GraphError(
                f"The node {node!r} has no kind; give it one, for example kind='muscle'."
            )
        if kinds[node] not in KINDS:
            raise GraphError(
                f"The node {node!r} has the kind {kinds[node]!r}; possible are"
                f" {', '.join(KINDS)}.{_suggest(kinds[node], KINDS)}"
            )
        if kinds[node] == "root" and "level" not in graph.nodes[node]:
            raise GraphError(
                f"The root {node!r} lacks 'level', the name of its spinal level, for example 'L5'."
            )
    bones = [node for node, kind in kinds.items() if kind == "bone"]
    for bone in bones:
        _check_bone(graph, bone, bones)
    if sum(1 for bone in bones if graph.nodes[bone]["parent"] == "ground") != 1:
        raise GraphError("Exactly one bone must have the parent 'ground'.")
    for junction, made in graph.graph["junctions"].items():
        if made.get("bone") not in bones:
            raise GraphError(
                f"The junction {junction!r} lies on {made.get('bone')!r}, which is no bone of this"
                " body."
            )
        if not _is_point(made.get("point_mm")):
            raise GraphError(
                f"The junction {junction!r} has point_mm = {made.get('point_mm')!r}; {POINT_WORDS}"
                " are needed."
            )
        if made.get("freedom") not in (1, 2, 3):
            raise GraphError(
                f"The junction {junction!r} has freedom = {made.get('freedom')!r}; 1, 2 or 3 is"
                " needed."
            )
    for node, kind in kinds.items():
        if kind in SOFT_KINDS:
            _check_soft_node(graph, node, kind)
            _check_attachments(graph, node)
        elif kind == "nerve":
            _check_branches(graph, node)


def _check_bone(graph, bone, bones):
    data = graph.nodes[bone]
    missing = [key for key in ("parent", "mass_kg", "com_mm") if key not in data]
    if missing:
        raise GraphError(f"The bone {bone!r} lacks {', '.join(missing)}.")
    if not (_is_number(data["mass_kg"]) and data["mass_kg"] > 0):
        raise GraphError(
            f"The bone {bone!r} has mass_kg = {data['mass_kg']!r}; a number above 0 is needed."
        )
    if not _is_point(data["com_mm"]):
        raise GraphError(
            f"The bone {bone!r} has com_mm = {data['com_mm']!r}; {POINT_WORDS} are needed."
        )
    if data.get("side") not in (*SIDES, "midline"):
        raise GraphError(
            f"The bone {bone!r} has side = {data.get('side')!r}; left, right or midline is needed."
        )
    if data["parent"] == "ground":
        return
    if data["parent"] not in bones:
        raise GraphError(
            f"The bone {bone!r} hangs on {data['parent']!r}, which is gone. Bones cannot be cut"
            " out; cut soft structures."
        )
    joint = next(
        (
            d
            for d in graph.get_edge_data(bone, data["parent"], default={}).values()
            if d.get("kind") == "articulates"
        ),
        None,
    )
    if joint is None:
        raise GraphError(f"There is no joint between {bone!r} and {data['parent']!r} any more.")
    for key, (is_good, words) in JOINT_NEEDS.items():
        if not _is_triple(joint.get(key)) or not all(map(is_good, joint[key])):
            raise GraphError(
                f"The joint between {bone!r} and {data['parent']!r} has {key} = {joint.get(key)!r};"
                f" {words} are needed."
            )


def _check_soft_node(graph, node, kind):
    for key in ("side", "region", "lines"):
        if key not in graph.nodes[node]:
            raise GraphError(
                f"The {kind} {node!r} lacks {key!r}; copy another node's data to see what a"
                " structure needs."
            )
    if not isinstance(graph.nodes[node].get("roots", ()), (tuple, list)):
        raise GraphError(
            f"The {kind} {node!r} has roots = {graph.nodes[node]['roots']!r}; levels such as ('L5',"
            " 'S1') are needed."
        )
    if not isinstance(graph.nodes[node]["lines"], Mapping):
        raise GraphError(
            f"The {kind} {node!r} has lines = {graph.nodes[node]['lines']!r}; a dict from line"
            " number to values is needed."
        )
    needs = (
        ("pcsa_cm2", "fibre_mm", "slack_mm", "pennation_deg")
        if kind == "muscle"
        else ("stiffness_n_per_mm", "pretension_n")
    )
    for number, values in graph.nodes[node]["lines"].items():
        for key in (*needs, "points", "ends"):
            if key not in values:
                raise GraphError(f"Line {number} of {node!r} lacks {key!r}.")
        if not isinstance(values["points"], Integral) or not isinstance(values["ends"], Mapping):
            raise GraphError(
                f"Line {number} of {node!r} has points = {values['points']!r} and ends ="
                f" {values['ends']!r}; needed are the number of its points, and a dict from point"
                " to junction."
            )
        for key in needs:
            if not (_is_number(values[key]) and values[key] >= 0):
                raise GraphError(
                    f"Line {number} of {node!r} has {key} = {values[key]!r}; a number of 0 or more"
                    " is needed."
                )
        for key in {"pcsa_cm2", "fibre_mm", "stiffness_n_per_mm"} & set(needs):
            if values[key] == 0:
                raise GraphError(
                    f"Line {number} of {node!r} has {key} = 0; a number above 0 is needed. To take"
                    " the structure away use body.without(...)."
                )
        if values.get("pennation_deg", 0) >= 90:
            raise GraphError(
                f"Line {number} of {node!r} has pennation_deg = {values['pennation_deg']!r}; less"
                " than 90 is needed."
            )


def _check_attachments(graph, node):
    for _, bone, data in graph.edges(node, data=True):
        if data.get("kind") == "attaches":
            points = data.get("points")
            wrong = (
                {key: where for key, where in points.items() if not _is_point(where)}
                if isinstance(points, Mapping)
                else points
            )
            if wrong or not isinstance(points, Mapping):
                raise GraphError(
                    f"The attachment of {node!r} to {bone!r} has points = {wrong!r}; needed is a"
                    f" dict from (line, point) to {POINT_WORDS[:-1]}."
                )


def _check_branches(graph, nerve):
    """A nerve may lack a course, and bones under it may be gone; a course that it has must be
    pairs of a name and at least two points."""
    branches = graph.nodes[nerve].get("branches", ())
    words = (
        f"the nerve {nerve!r}; needed are pairs of a name and two or more points (bone,"
        f" ({POINT_WORDS[:-1]}))."
    )
    if not isinstance(branches, (tuple, list)) or not all(
        isinstance(one, (tuple, list)) and len(one) == 2 for one in branches
    ):
        raise GraphError(f"No course: branches = {branches!r} of {words}")
    for name, points in branches:
        if not isinstance(points, (tuple, list)) or len(points) < 2:
            raise GraphError(f"The branch {name!r} has the points {points!r} in {words}")
        for point in points:
            if (
                not isinstance(point, (tuple, list))
                or len(point) != 2
                or not isinstance(point[0], str)
                or not _is_point(point[1])
            ):
                raise GraphError(f"The branch {name!r} has the point {point!r} in {words}")
