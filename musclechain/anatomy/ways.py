"""Ways through the graph: the stations of a chain or a path, and what joins each two."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from musclechain.anatomy.body import Body
from musclechain.anatomy.graph_checks import SOFT_KINDS
from musclechain.anatomy.places import find_places

__all__ = [
    "Meeting",
    "Step",
    "count_grades",
    "count_kinds",
    "find_meeting",
    "find_neighbours",
    "find_stations",
]


@dataclass(frozen=True)
class Step:
    """What joins two stations.

    Attributes
    ----------
    kind : str
        Kind of the strongest edge between them (continuous, attaches ...), or ``none``.
    grade : str or None
        Of the evidence; None where there is none.
    statement : str
        What is known.
    cut : bool
        Whether it is cut in this body.
    """

    kind: str
    grade: str | None
    statement: str
    cut: bool = False

    @property
    def is_graded(self) -> bool:
        """Whether evidence is asked for: nobody doubts a joint or an attachment to bone."""
        return self.kind in ("continuous", "none")


def find_stations(
    body: Body,
    chain: str | None = None,
    path: Sequence[str] | None = None,
    reference: Body | None = None,
) -> tuple[list[str], list[Step]]:
    """Find what a chain or a path consists of: its nodes, and the step between each two.

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
        A path as it is given; a chain from its lower end up, whichever end the
        data begin with.
    steps : list of Step

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
    if chain is not None:
        heights = {node: find_places(whole)[node][1] for node in (nodes[0], nodes[-1])}
        if heights[nodes[0]] > heights[nodes[-1]]:
            nodes.reverse()
    return nodes, [_find_step(body, whole, *pair) for pair in pairwise(nodes)]


def _find_step(body: Body, whole: Body, first: str, second: str) -> Step:
    """Describe the strongest edge between two nodes."""
    for graph, cut in ((body.graph, False), (whole.graph, True)):
        edges = graph.get_edge_data(first, second, default={})
        for data in sorted(edges.values(), key=lambda data: data["kind"] != "continuous"):
            return Step(data["kind"], data.get("grade"), data.get("statement", ""), cut)
    return Step("none", None, "No evidence of continuity was found.")


def find_neighbours(whole: Body, stations: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Find what is joined to a station by one edge and is no station itself.

    Parameters
    ----------
    whole : Body
        The uncut body.
    stations : sequence of str
    kinds : sequence of str
        Kinds of nodes that count.

    Returns
    -------
    list of str
        In the order of the graph.
    """
    graph, on_way = whole.graph, set(stations)
    beside = {node for station in stations for node in graph[station]} - on_way
    return [node for node, kind in graph.nodes(data="kind") if node in beside and kind in kinds]


def count_kinds(body: Body) -> Counter[str]:
    """Count the nodes of the graph by their kind."""
    return Counter(data["kind"] for _, data in body.graph.nodes(data=True))


def count_grades(body: Body) -> Counter[str]:
    """Count the continuities of tissue with tissue by the grade of their evidence."""
    return Counter(
        data.get("grade") or "no grade"
        for *_, data in body.graph.edges(data=True)
        if data["kind"] == "continuous"
    )


@dataclass(frozen=True)
class Meeting:
    """What is fixed to one bone.

    Attributes
    ----------
    structures : tuple of str
        Soft structures that are fixed to it.
    held : int
        How many of them would hang together in one piece, by tissue alone, without the bone.
    """

    bone: str
    structures: tuple[str, ...]
    held: int


def find_meeting(body: Body, bone: str) -> Meeting:
    """Find what meets at a bone, and how much of it tissue alone would hold together.

    Raises
    ------
    UnknownStructureError
        If there is no such bone.
    """
    body.find(bone, kinds=("bone",))
    nodes = body.graph.nodes
    met = tuple(sorted(name for name in body.graph[bone] if nodes[name]["kind"] in SOFT_KINDS))
    tissue = nx.Graph(
        (first, second) for first, second, key in body.graph.edges(keys=True) if key == "continuous"
    )
    pieces = (len(piece & set(met)) for piece in nx.connected_components(tissue))
    return Meeting(bone, met, max(pieces, default=0))
