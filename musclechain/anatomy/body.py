"""A body to put questions to: its graph, read back as bones, lines of pull, junctions and
chains."""

from dataclasses import dataclass
from types import MappingProxyType

import networkx as nx
import numpy as np

from musclechain.anatomy.chains import list_chains
from musclechain.anatomy.graph import _copy, build_graph
from musclechain.anatomy.graph_checks import (
    SOFT_KINDS,
    GraphError,
    _check_graph,
    _is_number,
    _suggest,
)
from musclechain.anatomy.nerve_courses import trace_nerves
from musclechain.anatomy.tables import read_tables

__all__ = ["Body", "Line", "UnknownStructureError", "read_body"]


DIVISORS = (
    "passive_shape",
    "passive_strain",
    "tissue_stiffness_factor",
    "allowance_factor",
    "mass_factor",
    "joint_stiffness_factor",
    "junction_tether",
)  # parameters that must not be 0


class UnknownStructureError(ValueError):
    """An id that the body does not have."""


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

    def latest(self, name, key, build):
        """Give back what `build` makes of this body and a key; only the last one of a name is kept.

        For what a slider asks for at every step and a whole lesson asks for in
        a hundred ways: keeping all of them would grow without end.

        Parameters
        ----------
        name : str
        key : object
            Compared with ``==``.
        build : callable
            Called with the body and the key.

        Returns
        -------
        object
        """
        kept = self._derived.get(f"latest {name}")
        if kept is None or kept[0] != key:
            kept = self._derived[f"latest {name}"] = (key, build(self, key))
        return kept[1]

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
