"""Build the body as one networkx graph, and change it.

Nodes are anatomical structures, edges say how they hang together. This is the
only place that builds the graph; the mechanics reads it back, so a change to
the graph is a change to the model.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from types import MappingProxyType

import networkx as nx
import numpy as np

from .chains import list_chains
from .courses import trace_nerves
from .nerves import add_nerves
from .tables import read_tables

__all__ = ["Body", "GraphError", "Line", "UnknownStructureError", "build_graph", "read_body"]

SIDES = ("left", "right")
SOFT_KINDS = ("muscle", "fascia", "ligament", "tendon")
KINDS = ("bone", *SOFT_KINDS, "nerve", "root")
DIVISORS = (
    "passive_shape",
    "passive_strain",
    "tissue_stiffness_factor",
    "allowance_factor",
    "mass_factor",
    "joint_stiffness_factor",
    "junction_tether",
)  # parameters that must not be 0
FURTHEST_MM = 2500
POINT_WORDS = f"three numbers in millimetres, -{FURTHEST_MM} to {FURTHEST_MM},"
JOINT_NEEDS = {
    "place_mm": (lambda value: abs(value) <= FURTHEST_MM, POINT_WORDS),
    "stiffness_nm_per_deg": (lambda value: value >= 0, "three numbers of 0 or more"),
    "allowance_nm": (lambda value: value > 0, "three numbers above 0"),
}
MIRROR = {"left": np.array([1.0, 1.0, -1.0]), "right": np.ones(3)}


class UnknownStructureError(ValueError):
    """An id that the body does not have."""


class GraphError(ValueError):
    """A changed graph that no longer describes a body."""


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
    points : numpy.ndarray, shape (n, 3)
        Millimetres, ISB axes, in the reference posture of the data.
    values : mapping
        The columns of muscle_lines.csv or tissue_lines.csv.
    computed : bool
        False if the line cannot pull on anything: it lies within one rigid
        body, or an end of it was cut.
    """

    structure: str
    number: int
    places: tuple
    points: np.ndarray
    values: MappingProxyType
    computed: bool


class AnatomyGraph(nx.MultiGraph):
    """A networkx graph whose copies share nothing, so that changing a copy never reaches the body
    it came from."""

    def copy(self, as_view=False):
        """Copy the graph with all that hangs on its nodes and edges."""
        return super().copy(as_view=True) if as_view else _copy(self)


def _sided(base, side):
    return base if side == "midline" else f"{base}_{side}"


def _sides(paired):
    return SIDES if paired == "paired" else ("midline",)


def build_graph(tables):
    """Build the graph of both sides of the body from the records of one side.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    networkx.MultiGraph
        Nodes carry `kind`, edges carry `kind`; points are in millimetres.
    """
    graph = AnatomyGraph(name="musclechain body")
    graph.graph["parameters"] = {made.parameter: made for made in tables.parameters}
    graph.graph["evidence"] = {made.evidence: made for made in tables.evidence}
    graph.graph["sources"] = {made.source: made for made in tables.sources}
    graph.graph["claims"] = {made.claim: made for made in tables.claims}
    graph.graph["grades"] = {made.grade: made for made in tables.hamstring_grades}
    graph.graph["stations"] = tables.chains
    _add_bones(graph, tables)
    _add_soft_tissues(graph, tables)
    _add_lines(graph, tables)
    _add_links(graph, tables)
    add_nerves(graph, tables)
    return graph


def _add_bones(graph, tables):
    paired = {made.bone for made in tables.bones if made.side == "paired"}

    def name(bone, side):
        return f"{bone}_{side}" if bone in paired else bone

    for made in tables.bones:
        for side in _sides(made.side):
            centre = np.array([made.com_x_mm, made.com_y_mm, made.com_z_mm]) * MIRROR.get(side, 1.0)
            graph.add_node(
                name(made.bone, side),
                kind="bone",
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                region=made.region,
                parent=name(made.parent, side),
                mass_kg=made.mass_kg,
                com_mm=tuple(centre),
                source=made.source,
                note=made.note,
            )
    for made in tables.joints:
        for side in _sides(made.side):
            place = np.array([made.x_mm, made.y_mm, made.z_mm]) * MIRROR.get(side, 1.0)
            joint = _sided(made.joint, side)
            # order of the axes everywhere: X side bend, Y rotation, Z flexion
            graph.add_edge(
                name(made.parent, side),
                name(made.child, side),
                key=joint,
                kind="articulates",
                joint=joint,
                name=made.name,
                place_mm=tuple(place),
                stiffness_nm_per_deg=(
                    made.stiffness_side_bend_nm_per_deg,
                    made.stiffness_rotation_nm_per_deg,
                    made.stiffness_flexion_nm_per_deg,
                ),
                allowance_nm=(
                    made.allowance_side_bend_nm,
                    made.allowance_rotation_nm,
                    made.allowance_flexion_nm,
                ),
                source=made.source,
            )
    graph.graph["junctions"] = {
        _sided(made.junction, side): {
            "bone": name(made.bone, side),
            "freedom": made.freedom,
            "name": made.name,
            "source": made.source,
            "point_mm": tuple(np.array([made.x_mm, made.y_mm, made.z_mm]) * MIRROR.get(side, 1.0)),
        }
        for made in tables.junctions
        for side in _sides(made.side)
    }


def _add_soft_tissues(graph, tables):
    drawing = ("view", "layer", "belly", "width", "tendon_proximal", "tendon_distal")
    for made in tables.muscles:
        for side in SIDES:
            graph.add_node(
                _sided(made.muscle, side),
                kind="muscle",
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                region=made.region,
                group=made.group,
                action=made.action,
                nerve=_sided(made.nerve, side),
                roots=made.roots,
                source=made.source,
                note=made.note,
                innervation_grade=made.innervation_grade,
                base=made.muscle,
                lines={},
                **{key: getattr(made, key) for key in drawing},
            )
    for made in tables.soft_tissues:
        for side in _sides(made.side):
            graph.add_node(
                _sided(made.tissue, side),
                kind=made.kind,
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                region=made.region,
                function=made.function,
                source=made.source,
                note=made.note,
                base=made.tissue,
                lines={},
                **{key: getattr(made, key) for key in drawing},
            )


def _place_name(graph, place, side):
    """Give the bone or junction of a point its side; `opposite:` crosses the midline."""
    if place.startswith("opposite:"):
        place, side = place.removeprefix("opposite:"), "left" if side == "right" else "right"
    return place if place in graph or place in graph.graph["junctions"] else f"{place}_{side}"


def _add_lines(graph, tables):
    """Hang every line on its bones: one `attaches` edge per bone, with the points of all lines."""
    points = {}
    for made in tables.line_points:
        points.setdefault((made.structure, made.line), []).append(made)
    for made in (*tables.muscle_lines, *tables.tissue_lines):
        for side in SIDES if f"{made.structure}_left" in graph else ("midline",):
            structure = _sided(made.structure, side)
            values = made.model_dump(exclude={"structure", "line"})
            path = points[made.structure, made.line]
            values.update(points=len(path), ends={})
            for point in path:
                place = _place_name(graph, point.place, side)
                where = tuple(
                    np.array([point.x_mm, point.y_mm, point.z_mm]) * MIRROR.get(side, 1.0)
                )
                if place in graph.graph["junctions"]:
                    values["ends"][point.point] = place
                    continue
                if not graph.has_edge(structure, place, key="attaches"):
                    graph.add_edge(structure, place, key="attaches", kind="attaches", points={})
                graph.edges[structure, place, "attaches"]["points"][made.line, point.point] = where
            graph.nodes[structure]["lines"][made.line] = values


def _add_links(graph, tables):
    for made in tables.links:
        if made.kind != "continuous":
            continue
        for side in SIDES:
            other = side if made.side != "opposite" else ("left" if side == "right" else "right")
            ends = [f"{made.from_}_{side}", f"{made.to}_{other}"]
            ends = [end if end in graph else end.rsplit("_", 1)[0] for end in ends]
            if graph.has_edge(*ends, key="continuous"):
                continue
            junction = None if made.junction == "none" else _place_name(graph, made.junction, side)
            graph.add_edge(
                *ends,
                key="continuous",
                kind="continuous",
                grade=made.grade,
                evidence=made.evidence,
                statement=made.statement,
                junction=junction,
            )


class Body:
    """A body to put questions to: bones, muscles, fascia, nerves and how they hang together.

    A body never changes; the methods that change something return a new one.
    Its graph is frozen for the same reason: ``graph = body.graph.copy()`` can
    be changed freely and turned into a body again with `Body.from_graph`.

    Examples
    --------
    >>> from musclechain import read_body
    >>> body = read_body()
    >>> body.graph.nodes["soleus_left"]["name"]
    'Soleus'
    >>> "soleus_left" in body.without("soleus_left").graph
    False
    """

    def __init__(self, graph):
        self.graph = nx.freeze(graph)
        self._derived = {}
        _check_graph(graph)

    def __repr__(self):
        return f"<Body: {len(self.structures)} soft structures on {len(self.bones)} bones>"

    def __getstate__(self):
        return {"graph": _copy(self.graph)}

    def __setstate__(self, state):
        self.__init__(state["graph"])

    @classmethod
    def from_graph(cls, graph):
        """Make a body of a graph that was copied from another body and changed.

        Parameters
        ----------
        graph : networkx.MultiGraph

        Returns
        -------
        Body

        Raises
        ------
        GraphError
            If the graph no longer describes a body; the message names the node.
        """
        if not isinstance(graph, nx.MultiGraph) or graph.is_directed():
            raise GraphError(
                f"A body needs a networkx.MultiGraph, and this is a {type(graph).__name__}. Start"
                " from body.graph.copy()."
            )
        _check_graph(graph)
        return cls(_copy(graph))

    def derived(self, key, build):
        """Give back what `build` makes of this body, built once and kept. Safe because a body never
        changes.

        Parameters
        ----------
        key : str
            Name under which it is kept.
        build : callable
            Called with the body.

        Returns
        -------
        object
        """
        if key not in self._derived:
            self._derived[key] = build(self)
        return self._derived[key]

    @property
    def bones(self):
        """Ids of the rigid bodies, parents before children."""
        return self.derived("bones", _order_bones)

    @property
    def structures(self):
        """Ids of the muscles, fasciae, ligaments and tendons, in the order of every table."""
        return self.derived(
            "structures",
            lambda body: tuple(
                n for n, d in body.graph.nodes(data=True) if d.get("kind") in SOFT_KINDS
            ),
        )

    @property
    def lines(self):
        """Every line of pull (`Line`), with its points in order, as the graph has it now."""
        return self.derived("lines", _collect_lines)

    @property
    def junctions(self):
        """Soft junctions that still join at least two line ends: id -> description with their
        `lines`."""
        return self.derived("junctions", _collect_junctions)

    @property
    def chains(self):
        """Myofascial chains: id -> `Chain` with stations, transitions and their evidence."""
        return self.derived("chains", list_chains)

    @property
    def nerve_paths(self):
        """Course of each nerve for drawing: nerve id -> branches of (bone id, (x, y, z) mm), with
        twigs to its muscles (see `trace_nerves`)."""
        return self.derived("nerve_paths", trace_nerves)

    def parameter(self, name):
        """Look up one constant of the model, as in data/parameters.csv or set by `with_parameters`.

        Parameters
        ----------
        name : str

        Returns
        -------
        float
            In the unit that the file gives.

        Raises
        ------
        ValueError
            For an unknown name.
        """
        known = self.graph.graph["parameters"]
        if name not in known:
            raise ValueError(f"The model has no parameter {name!r}.{_suggest(name, known)}")
        return known[name].value

    def evidence(self, key):
        """Find the finding with this id, with the full citation of its source.

        Parameters
        ----------
        key : str
            Id from data/evidence.csv or data/sources.csv.

        Returns
        -------
        dict
            The columns of evidence.csv, plus `citation` and `link`.

        Raises
        ------
        UnknownStructureError
            If there is no such id.
        """
        library, sources = self.graph.graph["evidence"], self.graph.graph["sources"]
        if key in library:
            made = library[key]
            source = sources[made.source]
            return {**made.model_dump(), "citation": source.citation, "link": source.link}
        if key in sources:
            source = sources[key]
            return {
                "evidence": key,
                "statement": source.note or source.citation,
                "source": key,
                "grade": "plausible",
                "citation": source.citation,
                "link": source.link,
            }
        raise UnknownStructureError(
            f"There is no evidence with the id {key!r}.{_suggest(key, [*library, *sources])}"
        )

    def find(self, structure, kinds=SOFT_KINDS):
        """Make sure that the body has a node of one of these kinds.

        Parameters
        ----------
        structure : str
        kinds : tuple of str
            By default the soft structures.

        Returns
        -------
        str
            The id itself.

        Raises
        ------
        UnknownStructureError
            With a suggestion where one is near.
        """
        data = self.graph.nodes.get(structure) if isinstance(structure, str) else None
        if data is None or data.get("kind") not in kinds:
            known = [n for n, d in self.graph.nodes(data=True) if d.get("kind") in kinds]
            raise UnknownStructureError(
                f"The body has no {' or '.join(kinds)} called"
                f" {structure!r}.{_suggest(structure, known)}"
            )
        return structure

    def without(self, structure):
        """Cut out one soft structure.

        Parameters
        ----------
        structure : str
            Id such as ``sacrotuberous_ligament_left``.

        Returns
        -------
        Body

        Raises
        ------
        UnknownStructureError
        """
        self.find(structure)
        graph = _copy(self.graph)
        graph.remove_node(structure)
        return Body(graph)

    def without_link(self, first, second):
        """Cut the continuity between two soft structures that run into each other.

        Links with a junction carry force; cutting one whose `junction` is None
        changes the chain and no tension.

        Parameters
        ----------
        first, second : str

        Returns
        -------
        Body

        Raises
        ------
        UnknownStructureError
            If one of them is unknown, or they are not continuous.
        """
        self.find(first), self.find(second)
        if not self.graph.has_edge(first, second, key="continuous"):
            others = [
                n for n in self.graph[first] if self.graph.has_edge(first, n, key="continuous")
            ]
            raise UnknownStructureError(
                f"{first} does not run into {second}. It runs into:"
                f" {', '.join(others) or 'nothing'}."
            )
        graph = _copy(self.graph)
        graph.remove_edge(first, second, key="continuous")
        return Body(graph)

    def scaled(self, structure, stiffness=1.0, strength=1.0):
        """Make one structure softer or stiffer, weaker or stronger.

        Parameters
        ----------
        structure : str
        stiffness, strength : float
            Factors above 0 on its stiffness and on its greatest force.

        Returns
        -------
        Body

        Raises
        ------
        UnknownStructureError, ValueError
        """
        self.find(structure)
        for name, value in (("stiffness", stiffness), ("strength", strength)):
            if not (_is_number(value) and value > 0):
                raise ValueError(
                    f"{name} must be a number above 0, and is {value!r}. To take the structure away"
                    " use body.without(...)."
                )
        graph = _copy(self.graph)
        node = graph.nodes[structure]
        node["stiffness_factor"] = node.get("stiffness_factor", 1.0) * stiffness
        node["strength_factor"] = node.get("strength_factor", 1.0) * strength
        return Body(graph)

    def with_parameters(self, **values):
        """Change constants of the model, for this body only.

        Parameters
        ----------
        **values : float
            By name, in the unit of data/parameters.csv.

        Returns
        -------
        Body

        Raises
        ------
        ValueError
            For an unknown name, or a value that is not a finite number or is below what the model
            can take.
        """
        graph = _copy(self.graph)
        for name, value in values.items():
            if name not in graph.graph["parameters"]:
                raise ValueError(
                    "The model has no parameter"
                    f" {name!r}.{_suggest(name, graph.graph['parameters'])}"
                )
            if not _is_number(value):
                raise ValueError(f"{name} must be a finite number, and is {value!r}.")
            if value < 0 <= graph.graph["parameters"][name].low or value == 0 and name in DIVISORS:
                raise ValueError(
                    f"{name} must be {'above 0' if name in DIVISORS else '0 or more'}, and is"
                    f" {value!r}."
                )
            graph.graph["parameters"][name] = graph.graph["parameters"][name].model_copy(
                update={"value": float(value)}
            )
        return Body(graph)


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


def _copy(graph):
    """Copy so far down that no change of the copy reaches the original."""
    twin = AnatomyGraph(graph)
    junctions = {name: dict(made) for name, made in graph.graph.get("junctions", {}).items()}
    twin.graph = dict(
        graph.graph, parameters=dict(graph.graph.get("parameters", {})), junctions=junctions
    )
    for _, data in twin.nodes(data=True):
        if "lines" in data:
            data["lines"] = {
                number: {**values, "ends": dict(values["ends"])}
                for number, values in data["lines"].items()
            }
    for _, _, data in twin.edges(data=True):
        if "points" in data:
            data["points"] = dict(data["points"])
    return twin


def _order_bones(body):
    """Sort the bones so that each comes after its parent."""
    waiting = [n for n, d in body.graph.nodes(data=True) if d.get("kind") == "bone"]
    ordered = []
    while waiting:
        ready = [bone for bone in waiting if body.graph.nodes[bone]["parent"] not in waiting]
        if not ready:
            raise GraphError(
                f"The bones {', '.join(waiting)} are each other's parents; the skeleton must be a"
                " tree."
            )
        ordered += ready
        waiting = [bone for bone in waiting if bone not in ready]
    return tuple(ordered)


def _line_places(graph, structure):
    """Gather the points of each line of a structure from its edges: line -> point -> (place,
    mm)."""
    found = {number: {} for number in graph.nodes[structure].get("lines", {})}
    for _, bone, data in graph.edges(structure, data=True):
        if data.get("kind") == "attaches":
            for (number, point), where in data["points"].items():
                if number in found:
                    found[number][point] = (bone, where)
    for number, values in graph.nodes[structure].get("lines", {}).items():
        for point, junction in values["ends"].items():
            if junction in graph.graph["junctions"]:
                found[number][point] = (junction, graph.graph["junctions"][junction]["point_mm"])
    return found


def _join(graph):
    """Find which structures still hold together at each junction: (junction, structure) -> junction
    node id.

    Cutting a continuity can split a junction in two; each part then moves alone.
    """
    members, edges = {}, {}
    for structure, data in graph.nodes(data=True):
        for values in data.get("lines", {}).values():
            for junction in values["ends"].values():
                members.setdefault(junction, {}).setdefault(structure, 0)
                members[junction][structure] += 1
    for first, second, data in graph.edges(data=True):
        if data.get("kind") == "continuous" and data.get("junction"):
            edges.setdefault(data["junction"], []).append((first, second))
    names = {}
    for junction, ends in members.items():
        parts = nx.Graph(edges.get(junction, ()))
        parts.add_nodes_from(ends)
        groups = [
            group
            for group in nx.connected_components(parts)
            if sum(ends.get(one, 0) for one in group) > 1
        ]
        for number, group in enumerate(sorted(groups, key=lambda group: min(group))):
            for structure in group:
                names[junction, structure] = (
                    junction if number == 0 else f"{junction}_part_{number + 1}"
                )
    return names


def _collect_lines(body):
    graph, joined, lines = body.graph, body.derived("joined", lambda body: _join(body.graph)), []
    for structure in body.structures:
        for number, found in sorted(_line_places(graph, structure).items()):
            values = graph.nodes[structure]["lines"][number]
            whole = 1 in found and values["points"] in found
            places = []
            for point in sorted(found):
                place = found[point][0]
                if place in graph.graph["junctions"]:
                    whole = whole and (place, structure) in joined
                    place = joined.get((place, structure), place)
                places.append(place)
            points = np.array([found[p][1] for p in sorted(found)]).reshape(-1, 3)
            if (points[1:] == points[:-1]).all(axis=1).any():
                raise GraphError(
                    f"Two points of line {number} of {structure!r} that follow each other lie in"
                    " the same place; a line needs a direction."
                )
            spans = len(set(places)) > 1
            lines.append(
                Line(
                    structure,
                    number,
                    tuple(places),
                    points,
                    MappingProxyType(values),
                    whole and spans,
                )
            )
    return tuple(lines)


def _collect_junctions(body):
    found = {}
    for index, line in enumerate(body.lines):
        for place in line.places:
            base = place.split("_part_")[0]
            if line.computed and base in body.graph.graph["junctions"]:
                found.setdefault(place, {**body.graph.graph["junctions"][base], "lines": []})[
                    "lines"
                ].append(index)
    return found


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


def read_body(folder=None):
    """Read a body from a folder of CSV files.

    Parameters
    ----------
    folder : path, optional
        Your own folder; by default the data that come with the package.

    Returns
    -------
    Body

    Raises
    ------
    DataError
        Lists everything that is wrong with the files.
    """
    return Body(build_graph(read_tables(folder)))
