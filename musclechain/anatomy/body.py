"""A body to put questions to: its graph, read back as bones, lines of pull, junctions and
chains."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from os import PathLike
from typing import Any, TypeVar

import networkx as nx

from musclechain.anatomy.chains import Chain, list_chains
from musclechain.anatomy.errors import GraphError, UnknownStructureError, show_value, suggest_names
from musclechain.anatomy.frozen import AnatomyGraph
from musclechain.anatomy.graph import build_graph
from musclechain.anatomy.graph_checks import SOFT_KINDS, check_graph
from musclechain.anatomy.limits import FACTOR, PARAMETERS, is_number
from musclechain.anatomy.lines import Line, collect_junctions, collect_lines
from musclechain.anatomy.nerve_courses import CarriedPoint, trace_nerves
from musclechain.anatomy.records import Parameter
from musclechain.anatomy.tables import read_tables

__all__ = ["Body", "Line", "UnknownStructureError", "read_body"]

Built = TypeVar("Built")
Key = TypeVar("Key")


class Body:
    """A body to put questions to: bones, muscles, fascia, nerves and how they hang together.

    A body never changes; the methods that change something return a new one.
    Its graph is read-only for the same reason, with all that hangs on its nodes
    and edges: ``graph = body.graph.copy()`` can be changed freely and turned into
    a body again with `Body.from_graph`.

    Parameters
    ----------
    graph : networkx.MultiGraph
        Becomes the graph of the body and read-only; `from_graph` takes a copy.

    Examples
    --------
    >>> from musclechain import read_body
    >>> body = read_body()
    >>> body.graph.nodes["soleus_left"]["name"]
    'Soleus'
    >>> "soleus_left" in body.without("soleus_left").graph
    False
    """

    def __init__(self, graph: nx.MultiGraph) -> None:
        check_graph(graph)
        self._keep(graph)

    def _keep(self, graph: nx.MultiGraph) -> None:
        """Keep a graph that was checked, and make it read-only."""
        own = graph if isinstance(graph, AnatomyGraph) else AnatomyGraph(graph)
        own.seal()
        self.graph: nx.MultiGraph = own
        self._derived: dict[Hashable, Any] = {}

    def __repr__(self) -> str:
        return f"<Body: {len(self.structures)} soft structures on {len(self.bones)} bones>"

    def __getstate__(self) -> dict[str, nx.MultiGraph]:
        return {"graph": AnatomyGraph(self.graph)}

    def __setstate__(self, state: Mapping[str, nx.MultiGraph]) -> None:
        check_graph(state["graph"])
        self._keep(state["graph"])

    @classmethod
    def from_graph(cls, graph: nx.MultiGraph) -> "Body":
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
        check_graph(graph)
        body = cls.__new__(cls)
        body._keep(AnatomyGraph(graph))
        return body

    def derived(self, key: Hashable, build: Callable[["Body"], Built]) -> Built:
        """Give back what `build` makes of this body, built once and kept. Safe because a body never
        changes.

        Parameters
        ----------
        key : str or other hashable
            Name under which it is kept.
        build : callable
            Called with the body.

        Returns
        -------
        object
        """
        if key not in self._derived:
            self._derived[key] = build(self)
        built: Built = self._derived[key]
        return built

    def latest(self, name: str, key: Key, build: Callable[["Body", Key], Built]) -> Built:
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
        built: Built = kept[1]
        return built

    @property
    def bones(self) -> tuple[str, ...]:
        """Ids of the rigid bodies, parents before children."""
        return self.derived("bones", _order_bones)

    @property
    def structures(self) -> tuple[str, ...]:
        """Ids of the muscles, fasciae, ligaments and tendons, in the order of every table."""
        return self.derived("structures", lambda body: tuple(body._list_nodes(SOFT_KINDS)))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of pull (`Line`), with its points in order, as the graph has it now."""
        return self.derived("lines", collect_lines)

    @property
    def junctions(self) -> dict[str, dict[str, Any]]:
        """Soft junctions that still join at least two line ends: id -> description with their
        `lines`."""
        return self.derived("junctions", collect_junctions)

    @property
    def chains(self) -> dict[str, Chain]:
        """Myofascial chains: id -> `Chain` with stations, transitions and their evidence."""
        return self.derived("chains", list_chains)

    @property
    def nerve_paths(self) -> dict[str, list[list[CarriedPoint]]]:
        """Course of each nerve for drawing: nerve id -> branches of (bone id, (x, y, z) mm), with
        twigs to its muscles (see `trace_nerves`)."""
        return self.derived("nerve_paths", trace_nerves)

    def parameter(self, name: str) -> float:
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
        return float(self._find_parameter(name).value)

    def _find_parameter(self, name: str) -> Parameter:
        known: Mapping[str, Parameter] = self.graph.graph["parameters"]
        if name not in known:
            raise ValueError(f"The model has no parameter {name!r}.{suggest_names(name, known)}")
        return known[name]

    def evidence(self, key: str) -> dict[str, Any]:
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
            finding = library[key]
            source = sources[finding.source]
            return {**finding.model_dump(), "citation": source.citation, "link": source.link}
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
            f"There is no evidence with the id {key!r}.{suggest_names(key, [*library, *sources])}"
        )

    def find(self, structure: str, kinds: Sequence[str] = SOFT_KINDS) -> str:
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
            raise UnknownStructureError(
                f"The body has no {' or '.join(kinds)} called"
                f" {show_value(structure)}.{suggest_names(structure, self._list_nodes(kinds))}"
            )
        return structure

    def _list_nodes(self, kinds: Sequence[str]) -> list[str]:
        return [node for node, kind in self.graph.nodes(data="kind") if kind in kinds]

    def without(self, structure: str) -> "Body":
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
        graph = AnatomyGraph(self.graph)
        graph.remove_node(structure)
        return Body(graph)

    def without_link(self, first: str, second: str) -> "Body":
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
                other
                for other in self.graph[first]
                if self.graph.has_edge(first, other, key="continuous")
            ]
            raise UnknownStructureError(
                f"{first} does not run into {second}. It runs into:"
                f" {', '.join(others) or 'nothing'}."
            )
        graph = AnatomyGraph(self.graph)
        graph.remove_edge(first, second, key="continuous")
        return Body(graph)

    def scaled(self, structure: str, stiffness: float = 1.0, strength: float = 1.0) -> "Body":
        """Make one structure softer or stiffer, weaker or stronger.

        Parameters
        ----------
        structure : str
        stiffness, strength : float
            Factors on its stiffness and on its greatest force, 0.001 to 1000. What was
            scaled before stays so, and all factors together keep to the same limits.

        Returns
        -------
        Body

        Raises
        ------
        UnknownStructureError, ValueError
        """
        node = self.graph.nodes[self.find(structure)]
        changes = {
            f"{name}_factor": self._scale(node, name, value)
            for name, value in (("stiffness", stiffness), ("strength", strength))
        }
        graph = AnatomyGraph(self.graph)
        graph.nodes[structure].update(changes)
        return Body(graph)

    @staticmethod
    def _scale(node: Mapping[str, Any], name: str, value: float) -> float:
        """Multiply a factor of a structure, or say what it may be."""
        if not FACTOR.allows(value):
            raise ValueError(
                f"{name} must be a number {FACTOR.words}, and is {show_value(value)}. To take the"
                " structure away use body.without(...)."
            )
        before = node.get(f"{name}_factor", 1.0)
        if not FACTOR.allows(before * value):
            raise ValueError(
                f"{name} was scaled by {before:g} before, and together that makes"
                f" {before * value:g}; it must stay {FACTOR.words}."
            )
        return before * value

    def with_parameters(self, **values: float) -> "Body":
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
            For an unknown name, or a value that is not a finite number within what the
            equations can take; the message names the limits.
        """
        changed = {}
        for name, value in values.items():
            record = self._find_parameter(name)
            limits = PARAMETERS.get(name)
            if not (limits.allows(value) if limits else is_number(value)):
                raise ValueError(
                    f"{name} must be a finite number{f' {limits.words}' if limits else ''}, and is"
                    f" {show_value(value)}."
                )
            changed[name] = record.model_copy(update={"value": float(value)})
        graph = AnatomyGraph(self.graph)
        graph.graph["parameters"] = {**graph.graph["parameters"], **changed}
        return Body(graph)


def _order_bones(body: Body) -> tuple[str, ...]:
    """Sort the bones so that each comes after its parent."""
    nodes = body.graph.nodes
    waiting = body._list_nodes(("bone",))
    ordered: list[str] = []
    while waiting:
        ready = [bone for bone in waiting if nodes[bone]["parent"] not in waiting]
        if not ready:
            raise GraphError(
                f"The bones {', '.join(waiting)} are each other's parents; the skeleton must be a"
                " tree."
            )
        ordered += ready
        waiting = [bone for bone in waiting if bone not in ready]
    return tuple(ordered)


def read_body(folder: str | PathLike[str] | None = None) -> Body:
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
