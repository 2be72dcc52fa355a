"""Say in words what keeps a graph that a student has changed from being a body."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import networkx as nx

from musclechain.anatomy.edge_checks import check_edges
from musclechain.anatomy.errors import GraphError, refuse_attribute, show_value, suggest_names
from musclechain.anatomy.ids import KINDS, SOFT_KINDS, check_id
from musclechain.anatomy.limits import (
    BONE_NUMBERS,
    DRAWING_NUMBERS,
    FACTOR,
    MUSCLE_LINE,
    PARAMETERS,
    POINT_WORDS,
    TISSUE_LINE,
    Limits,
    is_count,
    is_number,
    is_point,
)
from musclechain.anatomy.records import (
    REGIONS,
    VIEWS,
    CaseNumber,
    ChainStation,
    Claim,
    Dermatome,
    Evidence,
    NerveStem,
    Parameter,
    Record,
    ReferredSpot,
    SkinArea,
    SkinNerve,
    Source,
)
from musclechain.anatomy.sides import SIDES

__all__ = ["KINDS", "SOFT_KINDS", "GraphError", "check_graph"]

PART = re.compile(r"_part_\d+$")  # the name that a piece of a split junction gets
# What graph.graph holds beside the junctions: records by their id, or records in a row.
LIBRARY: dict[str, type[Record]] = {
    "parameters": Parameter,
    "evidence": Evidence,
    "sources": Source,
    "claims": Claim,
}
ROWS: dict[str, type[Record]] = {
    "cases": CaseNumber,
    "stations": ChainStation,
    "nerve_stems": NerveStem,
    "skin": SkinArea,
    "skin_nerves": SkinNerve,
    "dermatomes": Dermatome,
    "referred_pain": ReferredSpot,
}
NAMES = ("level", "nerve", "base")
TEXTS = ("name", "plain_name", "group", "action", "function", "source", "note")
LINE_SHAPE = ("points", "ends")


def check_graph(graph: nx.MultiGraph) -> None:
    """Make sure that a graph describes a body.

    Parameters
    ----------
    graph : networkx.MultiGraph

    Raises
    ------
    GraphError
        Names the first thing that is wrong: the node or edge, what it has and what is needed.
    """
    if not isinstance(graph, nx.MultiGraph) or graph.is_directed():
        raise GraphError(
            f"A body needs a networkx.MultiGraph, and this is a {type(graph).__name__}. Start from"
            " body.graph.copy()."
        )
    _check_parts(graph)
    _check_kinds(graph)
    kinds: dict[str, str] = nx.get_node_attributes(graph, "kind")
    bones = [node for node, kind in kinds.items() if kind == "bone"]
    _check_bones(graph, bones)
    for junction, values in graph.graph["junctions"].items():
        _check_junction(graph, junction, values, bones)
    for node, kind in kinds.items():
        _check_looks(graph, node, kind)
        if kind in SOFT_KINDS:
            _check_soft_node(graph, node, kind)
        elif kind == "nerve":
            _check_branches(graph, node)
    check_edges(graph, kinds)


def _check_parts(graph: nx.MultiGraph) -> None:
    """Check what hangs on the graph as a whole."""
    held = graph.graph if isinstance(graph.graph, Mapping) else {}
    for part in (*LIBRARY, *ROWS, "junctions"):
        if part not in held:
            raise GraphError(
                f"The graph has lost graph.graph[{part!r}]; start from body.graph.copy()."
            )
        kinds = (tuple, list) if part in ROWS else Mapping
        if not isinstance(held[part], kinds):
            words = "a tuple of records" if part in ROWS else "a dict by id"
            _refuse_part(part, held[part], words)
    for part, record_type in ROWS.items():
        for number, record in enumerate(held[part]):
            _check_record(f"{part}'][{number}", record, record_type)
    for part, record_type in LIBRARY.items():
        for key, record in held[part].items():
            _check_record(f"{part}'][{key!r}", record, record_type)
            if part != "claims":
                check_id(part, key)
    for station in held["stations"]:
        check_id("chain", station.chain)
    for key, finding in held["evidence"].items():
        if not _is_one_of(finding.source, held["sources"]):
            words = "a source of graph.graph['sources'] as its source"
            _refuse_part(f"evidence'][{key!r}", finding.source, words)
    _check_parameters(held["parameters"])


def _check_record(place: str, record: object, record_type: type[Record]) -> None:
    if not isinstance(record, record_type):
        words = f"a {record_type.__name__}; change one with record.model_copy(update={{...}})"
        _refuse_part(place, record, words)


def _refuse_part(part: str, found: object, words: str) -> NoReturn:
    place = f"graph.graph['{part}" + ("]" if "[" in part else "']")
    raise GraphError(f"{place} holds {show_value(found)}; needed is {words}.")


def _check_parameters(parameters: Mapping[str, Parameter]) -> None:
    """The model asks for its constants by name, and within what the equations can take."""
    for name, limits in PARAMETERS.items():
        if name not in parameters:
            raise GraphError(f"The graph has lost the parameter {name!r} of graph.graph.")
        value = parameters[name].value
        if not limits.allows(value):
            raise GraphError(
                f"The parameter {name!r} has value = {show_value(value)}; a number {limits.words}"
                " is needed."
            )
    for name, record in parameters.items():
        for column in ("value", "low", "high"):
            value = getattr(record, column)
            if not is_number(value):
                refuse_attribute(f"The parameter {name!r}", column, value, "a number is needed")


def _check_kinds(graph: nx.MultiGraph) -> None:
    for node, data in graph.nodes(data=True):
        check_id("node", node)
        if "kind" not in data:
            raise GraphError(
                f"The node {node!r} has no kind; give it one, for example kind='muscle'."
            )
        if not _is_one_of(data["kind"], KINDS):
            raise GraphError(
                f"The node {node!r} has the kind {show_value(data['kind'])}; possible are"
                f" {', '.join(KINDS)}.{suggest_names(data['kind'], KINDS)}"
            )
        if data["kind"] == "root" and "level" not in data:
            raise GraphError(
                f"The root {node!r} lacks 'level', the name of its spinal level, for example 'L5'."
            )
        for key in NAMES:
            if key in data:
                check_id(f"{key} of {node!r}", data[key])


def _is_one_of(value: object, allowed: Iterable[str]) -> bool:
    return isinstance(value, str) and value in allowed


def _check_bones(graph: nx.MultiGraph, bones: list[str]) -> None:
    """The bones must have a mass and hang on one another, all on the ground at last."""
    for bone in bones:
        _check_bone(graph, bone, bones)
    if sum(graph.nodes[bone]["parent"] == "ground" for bone in bones) != 1:
        raise GraphError("Exactly one bone must have the parent 'ground'.")


def _check_bone(graph: nx.MultiGraph, bone: str, bones: list[str]) -> None:
    data, thing = graph.nodes[bone], f"The bone {bone!r}"
    missing = [key for key in ("parent", "mass_kg", "com_mm") if key not in data]
    if missing:
        raise GraphError(f"{thing} lacks {', '.join(missing)}.")
    _check_numbers(thing, data, BONE_NUMBERS)
    if not is_point(data["com_mm"]):
        refuse_attribute(thing, "com_mm", data["com_mm"], f"{POINT_WORDS}, are needed")
    if not _is_one_of(data.get("side"), (*SIDES, "midline")):
        refuse_attribute(thing, "side", data.get("side"), "left, right or midline is needed")
    parent = data["parent"]
    if not _is_one_of(parent, ("ground", *bones)):
        raise GraphError(
            f"{thing} hangs on {show_value(parent)}, which is gone. Bones cannot be cut out; cut"
            " soft structures."
        )
    edges: Mapping[Any, Any] = graph.get_edge_data(bone, parent, default={})
    is_joined = any(_is_one_of(edge.get("kind"), ("articulates",)) for edge in edges.values())
    if parent != "ground" and not is_joined:
        raise GraphError(f"There is no joint between {bone!r} and {parent!r} any more.")


def _check_numbers(thing: str, data: Mapping[str, Any], limits: Mapping[str, Limits]) -> None:
    for key, allowed in limits.items():
        if key in data and not allowed.allows(data[key]):
            refuse_attribute(thing, key, data[key], f"a number {allowed.words} is needed")


def _check_junction(graph: nx.MultiGraph, junction: str, values: object, bones: list[str]) -> None:
    check_id("junction", junction)
    thing = f"The junction {junction!r}"
    if junction in graph or PART.search(junction):
        raise GraphError(
            f"{thing} has the id of a node or of a part of another junction; give it a name of its"
            " own."
        )
    if not isinstance(values, Mapping):
        raise GraphError(f"{thing} is {show_value(values)}; a dict is needed.")
    if not _is_one_of(values.get("bone"), bones):
        raise GraphError(
            f"{thing} lies on {show_value(values.get('bone'))}, which is no bone of this body."
        )
    if not is_point(values.get("point_mm")):
        refuse_attribute(thing, "point_mm", values.get("point_mm"), f"{POINT_WORDS}, are needed")
    if not is_count(values.get("freedom")) or values["freedom"] > 3:
        refuse_attribute(thing, "freedom", values.get("freedom"), "1, 2 or 3 is needed")
    _check_texts(thing, values, ("name", "source"))


def _check_texts(thing: str, data: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        if key in data and not isinstance(data[key], str):
            refuse_attribute(thing, key, data[key], "text is needed")


def _check_looks(graph: nx.MultiGraph, node: str, kind: str) -> None:
    """Check what a node may lack, and what must be right where it is there."""
    data, thing = graph.nodes[node], f"The {kind} {node!r}"
    _check_texts(thing, data, TEXTS)
    for key, allowed in (("side", (*SIDES, "midline")), ("region", REGIONS), ("view", VIEWS)):
        if key in data and not _is_one_of(data[key], allowed):
            refuse_attribute(thing, key, data[key], f"one of {', '.join(allowed)} is needed")
    _check_numbers(thing, data, DRAWING_NUMBERS)
    _check_numbers(thing, data, {"stiffness_factor": FACTOR, "strength_factor": FACTOR})


def _check_soft_node(graph: nx.MultiGraph, node: str, kind: str) -> None:
    data, thing = graph.nodes[node], f"The {kind} {node!r}"
    for key in ("side", "region", "lines"):
        if key not in data:
            raise GraphError(
                f"{thing} lacks {key!r}; copy another node's data to see what a structure needs."
            )
    roots = data.get("roots", ())
    if not isinstance(roots, (tuple, list)):
        refuse_attribute(thing, "roots", roots, "levels such as ('L5', 'S1') are needed")
    for root in roots:
        check_id(f"level of {node!r}", root)
    if not isinstance(data["lines"], Mapping):
        refuse_attribute(
            thing, "lines", data["lines"], "a dict from line number to values is needed"
        )
    for number, values in data["lines"].items():
        if not is_count(number) or not isinstance(values, Mapping):
            raise GraphError(
                f"Line {show_value(number)} of {node!r} is {show_value(values)}; lines are numbered"
                " 1, 2, 3 ..., and each is a dict."
            )
        _check_line(f"Line {number} of {node!r}", values, kind)


def _check_line(thing: str, values: Mapping[str, Any], kind: str) -> None:
    needs = MUSCLE_LINE if kind == "muscle" else TISSUE_LINE
    for key in (*needs, *LINE_SHAPE):
        if key not in values:
            raise GraphError(f"{thing} lacks {key!r}.")
    if not is_count(values["points"]) or not isinstance(values["ends"], Mapping):
        raise GraphError(
            f"{thing} has points = {show_value(values['points'])} and ends ="
            f" {show_value(values['ends'])}; needed are the number of its points, and a dict from"
            " point to junction."
        )
    for point, junction in values["ends"].items():
        if not is_count(point) or not isinstance(junction, str):
            end = show_value({point: junction})
            raise GraphError(f"{thing} has ends = {end}; needed is a dict from point to junction.")
    midway = values.get("midway", ())
    if not isinstance(midway, (tuple, list)) or not all(map(is_count, midway)):
        words = "the numbers of the points that take half of the turn of a joint are needed"
        refuse_attribute(thing, "midway", midway, words)
    for key, allowed in needs.items():
        if not allowed.allows(values[key]):
            words = f"a number {allowed.words} is needed"
            advice = ". To take the structure away use body.without(...)"
            refuse_attribute(thing, key, values[key], words + (advice if allowed.least else ""))


def _check_branches(graph: nx.MultiGraph, nerve: str) -> None:
    """A nerve may lack a course, and bones under it may be gone; a course that it has must be
    pairs of a name and at least two points."""
    branches = graph.nodes[nerve].get("branches", ())
    words = (
        f"the nerve {nerve!r}; needed are pairs of a name and two or more points (bone,"
        f" ({POINT_WORDS}))."
    )
    if not isinstance(branches, (tuple, list)) or not all(map(_is_named, branches)):
        raise GraphError(f"No course: branches = {show_value(branches)} of {words}")
    for name, points in branches:
        if not isinstance(points, (tuple, list)) or len(points) < 2:
            raise GraphError(f"The branch {name!r} has the points {show_value(points)} in {words}")
        for point in points:
            if not _is_named(point) or not is_point(point[1]):
                raise GraphError(
                    f"The branch {name!r} has the point {show_value(point)} in {words}"
                )


def _is_named(pair: object) -> bool:
    """Whether something is a pair that begins with a name."""
    return isinstance(pair, (tuple, list)) and len(pair) == 2 and isinstance(pair[0], str)
