"""The graph of a body as something that can be read and copied, and not changed by accident."""

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

import networkx as nx
import numpy as np

from musclechain.anatomy.errors import GraphError

__all__ = ["AnatomyGraph", "GraphDict", "ReadOnlyDict"]

DEEPEST = 20  # levels of dicts and lists within one attribute
PLAIN = frozenset((str, float, int, bool, type(None)))  # nothing to go down into


class ReadOnlyDict(dict[Any, Any]):
    """A dict that cannot be changed; copies of it are usual dicts that can.

    It can be pickled, which a `types.MappingProxyType` cannot.
    """

    __slots__ = ()
    words: ClassVar[str] = "This cannot be changed. Copy it first: dict(...)."
    error: ClassVar[type[Exception]] = TypeError

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise self.error(self.words)

    __setitem__: Any = _refuse
    __delitem__: Any = _refuse
    __ior__: Any = _refuse
    clear: Any = _refuse
    pop: Any = _refuse
    popitem: Any = _refuse
    setdefault: Any = _refuse
    update: Any = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict[Any, Any]]]:
        return type(self), (dict(self),)

    def __copy__(self) -> dict[Any, Any]:
        return dict(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[Any, Any]:
        return {key: copy_value(value) for key, value in self.items()}


class GraphDict(ReadOnlyDict):
    """Attributes of the graph of a body."""

    __slots__ = ()
    words = (
        "A body never changes, and this belongs to the graph of a body. Copy the graph first:"
        " graph = body.graph.copy(). Change the copy, and make a body of it with"
        " Body.from_graph(graph)."
    )
    error = GraphError


class AnatomyGraph(nx.MultiGraph):
    """A networkx graph whose copies share nothing, so that changing a copy never reaches the body
    it came from."""

    # what networkx keeps its graph in; its subclasses may exchange the dicts
    graph: dict[str, Any]
    _node: dict[Any, Any]
    _adj: dict[Any, Any]

    def copy(self, as_view: bool = False) -> "AnatomyGraph":
        """Copy the graph with all that hangs on its nodes and edges; the copy can be changed.

        Parameters
        ----------
        as_view : bool
            As in networkx: a view of the same graph that can only be read.

        Returns
        -------
        networkx.MultiGraph
        """
        if as_view:
            view: AnatomyGraph = super().copy(as_view=True)
            return view
        twin = AnatomyGraph(self)
        nodes, edges = twin.nodes(data=True), twin.edges(data=True)
        for data in (twin.graph, *(node[-1] for node in nodes), *(edge[-1] for edge in edges)):
            data.update(copy_value(data))
        return twin

    def seal(self) -> None:
        """Make the graph and everything that hangs on it read-only.

        Raises
        ------
        GraphError
            If dicts or lists of an attribute lie too deep in one another.
        """
        self.graph = seal_value(self.graph)
        for node, data in self._node.items():
            self._node[node] = seal_value(data)
        for node, neighbours in self._adj.items():
            for other, edges in neighbours.items():
                if not isinstance(edges, GraphDict):
                    # both ends of an edge have the same dict
                    neighbours[other] = self._adj[other][node] = seal_value(edges)
        for node, neighbours in self._adj.items():
            self._adj[node] = GraphDict(neighbours)
        nx.freeze(self)


def seal_value(value: Any, depth: int = DEEPEST) -> Any:
    """Give back a value of which no part can be changed; what is read-only already stays."""
    if isinstance(value, GraphDict):
        return value
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, set):
        return frozenset(value)
    if not isinstance(value, (dict, list, tuple, Mapping)):
        return value
    if depth == 0:
        raise GraphError(
            f"An attribute of the graph has more than {DEEPEST} lists or dicts within one another;"
            " it may hold itself."
        )
    if isinstance(value, (list, tuple)):
        return tuple(
            [part if type(part) in PLAIN else seal_value(part, depth - 1) for part in value]
        )
    return GraphDict(
        {
            key: part if type(part) in PLAIN else seal_value(part, depth - 1)
            for key, part in value.items()
        }
    )


def copy_value(value: Any) -> Any:
    """Copy a value so far down that no change of the copy reaches the original."""
    if isinstance(value, (dict, Mapping)):
        return {
            key: part if type(part) in PLAIN else copy_value(part) for key, part in value.items()
        }
    if isinstance(value, (list, tuple)):
        parts = [part if type(part) in PLAIN else copy_value(part) for part in value]
        return parts if isinstance(value, list) else tuple(parts)
    return value.copy() if isinstance(value, (np.ndarray, set)) else value
