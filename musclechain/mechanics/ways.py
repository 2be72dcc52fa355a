"""The ways by which a change comes to a structure: through tissue and bone, along the skeleton, or
over nerves and spinal levels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx
import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.graph_checks import SOFT_KINDS
from musclechain.anatomy.nerves import find_motor_roots
from musclechain.mechanics.routes import ROUTES

if TYPE_CHECKING:
    from musclechain.mechanics.spread import Result

__all__ = [
    "Station",
    "Ways",
    "find_shares",
    "find_tissue_graph",
    "find_way",
    "list_cause_structures",
    "list_sources",
    "trace_change",
]

# What hands a change on, the strongest first where two nodes are joined in several ways.
TISSUE_EDGES = ("continuous", "attaches", "articulates")
# Tissue that gets more than this share of what the tissue before it gets was not given it by that.
HANDED_ON = 1.1
OWN_STEP = 0.01


class Station(NamedTuple):
    """One node of a way: what led to it, and how much its tension changes by this route (0 at a
    bone, nerve or spinal level, which have no tension of their own)."""

    node: str
    edge: str
    change_N: float


def find_shares(way: Sequence[Station], route: str) -> tuple[float, ...]:
    """Find how much of a pull is left at each station of a way, 0 to 1: a bone takes up what comes
    to it, and hands on to the next bones what tissue at the end of them gets. Ones for the other
    routes, which do not fade."""
    sizes = [abs(one.change_N) for one in way]
    if route != "pull" or not any(sizes):
        return (1.0,) * len(sizes)
    start, left = sizes[0] or max(sizes), [1.0]
    for number, size in enumerate(sizes[1:], start=1):
        ahead = next(filter(None, sizes[number:]), 0.0) if not sizes[number - 1] else size
        left.append(min(ahead / start, 1.0) or left[-1])
    return tuple(left)


def list_cause_structures(result: Result) -> list[str]:
    """List the structures that the cause itself names (its tension, strength, stiffness, length,
    tone or pain) as it names them, then their own tendons; what a reference names alike is left
    out, and what only answers to the cause."""
    change, graph = result.asked, result.body.graph
    named = (
        *change.tensions,
        *change.pain,
        *(name for name, left in change.strength.items() if left != 1),
        *(name for name, factor in change.stiffness.items() if factor != 1),
        *(name for name, added in change.slack_mm.items() if added),
        *(name for name, added in change.tone.items() if added),
    )
    own = [name for name in named if name not in change.answers]
    tendons = [
        other
        for name in own
        if name in graph
        for _, other, edge in graph.edges(name, data=True)
        if edge.get("kind") == "continuous" and graph.nodes[other]["kind"] == "tendon"
    ]
    return list(dict.fromkeys([*own, *tendons]))


def trace_change(result: Result, structure: str) -> dict[str, list[Station]]:
    """Find how a change came to a structure, for each route that changes it.

    Parameters
    ----------
    result : Result
    structure : str

    Returns
    -------
    dict of route to list of Station
        From the cause to the structure; the edge of the first station is "".
        A route that changes nothing there, or to which no way leads, is left out.

    Raises
    ------
    UnknownStructureError
        If there is no such structure.
    """
    name = structure if structure in result.body.graph else result.body.find(structure)
    if name not in result.skeleton.structures:
        return {}
    number = result.skeleton.structures.index(name)
    ways = {}
    for route in ROUTES:
        if result.columns[f"{route}_N"][number]:
            way = find_way(result, name, route)
            if way:
                ways[route] = way
    return ways


def find_way(result: Result, structure: str, route: str) -> list[Station]:
    """Find the way by which one route comes from the cause to a structure.

    Parameters
    ----------
    result : Result
    structure : str
        A computed one.
    route : {"pull", "posture", "guarding"}

    Returns
    -------
    list of Station
        The shortest way; pull takes, of ways as short, the one on which most
        tension is left, and goes round by a bone where tissue hands nothing
        on. Posture goes along the bones from where the cause
        begins (no force runs along this line: it names the joints between),
        and so does guarding where its theory has no spinal rule. Empty where
        no way leads there.
    """
    return Ways(result, route).find(structure)


class Ways:
    """The ways of one route from its cause to every structure: tissue and bone are searched once,
    whatever is asked for.

    Parameters
    ----------
    result : Result
    route : {"pull", "posture", "guarding"}
    """

    def __init__(self, result: Result, route: str) -> None:
        self.result, self.route = result, route
        self.is_spinal = route == "guarding" and result.routes["theory"] == "vicious circle"

    def find(self, structure: str) -> list[Station]:
        """Find the way to one structure; see `find_way`."""
        if self.is_spinal:
            return _find_spinal_way(self.result, structure)
        path = self._paths.get(structure)
        if path is None:
            return []
        kinds = (self._graph.edges[pair]["kind"] for pair in pairwise(path))
        return [
            Station(node, edge, self._change.get(node, 0.0))
            for node, edge in zip(path, ["", *kinds], strict=True)
        ]

    @cached_property
    def _graph(self) -> nx.Graph:
        return find_tissue_graph(self.result.body)

    @cached_property
    def _change(self) -> dict[str, float]:
        column = self.result.columns[f"{self.route}_N"]
        return dict(zip(self.result.skeleton.structures, column.tolist(), strict=True))

    @cached_property
    def _paths(self) -> dict[str, list[str]]:
        graph, result = self._graph, self.result
        sources = [name for name in list_sources(result, self.route) if name in graph]
        if not sources:
            return {}
        weigh = (
            _weigh_pull(graph, self._change, frozenset(list_cause_structures(result)))
            if self.route == "pull"
            else _weigh_bones(graph, sources)
        )
        return nx.multi_source_dijkstra(graph, sources, weight=weigh)[1]


def find_tissue_graph(body: Body) -> nx.Graph:
    """Find the simple graph of tissue and bones of a body, each pair joined by its strongest edge;
    kept with the body."""
    return body.derived("tissue_ways", _build_tissue)


def _build_tissue(body: Body) -> nx.Graph:
    graph: nx.Graph = nx.Graph()
    for first, second, edge in body.graph.edges(data=True):
        kind = edge["kind"]
        if kind not in TISSUE_EDGES:
            continue
        known = graph.get_edge_data(first, second)
        if known is None or TISSUE_EDGES.index(kind) < TISSUE_EDGES.index(known["kind"]):
            graph.add_edge(first, second, kind=kind)
    for node in graph:
        graph.nodes[node]["soft"] = body.graph.nodes[node]["kind"] in SOFT_KINDS
    return graph


def _build_levels(body: Body) -> nx.Graph:
    """Build the graph of the spinal levels and their neighbours."""
    return nx.Graph(
        (first, second)
        for first, second, edge in body.graph.edges(data=True)
        if edge["kind"] == "adjacent"
    )


def _find_spinal_way(result: Result, structure: str) -> list[Station]:
    """Find the way from what hurts over its nerve and the spinal levels to a muscle: between the
    nearest of their motor levels, and of those as near the most excited one."""
    body, guarding = result.body, result.state.guarding
    levels = body.derived("level_ways", _build_levels)
    rounds = guarding.rounds if guarding else ()
    felt = dict(
        zip(result.network.roots, rounds[-1].excitation.tolist() if rounds else (), strict=False)
    )
    begins = {
        root: name
        for name in list_sources(result, "guarding")
        if body.graph.nodes[name]["kind"] == "muscle"
        for root in find_motor_roots(body, name)
        if root in levels
    }
    ends = [root for root in find_motor_roots(body, structure) if root in levels]
    if not begins or not ends:
        return []
    distance, paths = nx.multi_source_dijkstra(levels, set(begins))
    near = [root for root in ends if root in distance]
    if not near:
        return []
    crossed = paths[min(near, key=lambda root: (distance[root], -felt.get(root, 0.0)))]
    source = begins[crossed[0]]
    nodes = [source, _find_nerve(body, source, crossed[0]), *crossed]
    nodes += [_find_nerve(body, structure, crossed[-1]), structure]
    kinds = ["", "supplies", "arises", *["adjacent"] * (len(crossed) - 1), "arises", "supplies"]
    column = dict(
        zip(result.skeleton.structures, result.columns["guarding_N"].tolist(), strict=True)
    )
    return [
        Station(node, kind, column.get(node, 0.0)) for node, kind in zip(nodes, kinds, strict=True)
    ]


def _find_nerve(body: Body, muscle: str, root: str) -> str:
    """Find the nerve that joins a muscle with one of its motor levels."""
    return next(
        other
        for _, other, edge in body.graph.edges(muscle, data=True)
        if edge["kind"] == "supplies" and body.graph.has_edge(other, root)
    )


Weigh = Callable[[str, str, dict[str, Any]], float | None]


def _weigh_pull(graph: nx.Graph, change: dict[str, float], own: Collection[str]) -> Weigh:
    """One for each step, and up to a half more where less of the pull is left; next to nothing to
    what is the cause's `own`, since a tendon is the end of its muscle. One more from tissue to
    tissue that gets more than it, or gets slack where it gets tight: that is not handed on, it
    comes of how the bones turn."""
    largest = max(map(abs, change.values()), default=0.0) or 1.0
    soft = dict(graph.nodes(data="soft"))

    def weigh(before: str, node: str, edge: dict[str, Any]) -> float:
        if not soft[node]:
            return 1.0
        if before in own and node in own:
            return OWN_STEP
        here, there = change.get(before, 0.0), change.get(node, 0.0)
        step = 1.5 - 0.5 * abs(there) / largest
        is_handed_on = abs(there) <= HANDED_ON * abs(here) and here * there >= 0
        return step if is_handed_on or not soft[before] else step + 1.0

    return weigh


def _weigh_bones(graph: nx.Graph, sources: Collection[str]) -> Weigh:
    """One for each step, and none on from a soft structure that the way does not begin with."""
    soft = dict(graph.nodes(data="soft"))

    def weigh(before: str, _node: str, _edge: dict[str, Any]) -> float | None:
        return None if soft[before] and before not in sources else 1.0

    return weigh


def list_sources(result: Result, route: str) -> list[str]:
    """List where a route begins: what pulls, what hurts, or what the posture asks for."""
    change, s = result.asked, result.skeleton
    if route == "pull":
        return [name for name, newtons in change.tensions.items() if newtons]
    if route == "guarding":
        hurt = [name for name, pain in change.pain.items() if pain]
        tired = np.flatnonzero(np.bincount(s.structure, result.state.effort.at_limit) > 0)
        return hurt or [s.structures[number] for number in tired] or _list_posture(result)
    return _list_posture(result)


def _list_posture(result: Result) -> list[str]:
    """List the bones, or the altered structures, with which a change of posture begins: a foot that
    bears otherwise before what the trunk is asked for, since its story goes from the ground up."""
    change, s = result.asked, result.skeleton
    feet = dict(zip(("left", "right"), (s.bones[foot] for foot in s.feet), strict=True))
    asked = [feet[side] for side in (*change.lift_mm, *change.wedge_deg)]
    if change.lifted_foot:
        asked.append(feet[change.lifted_foot])
    elif change.load_share != 0.5:
        asked.append(feet["left" if change.load_share < 0.5 else "right"])
    if change.aside_mm:
        asked.append(s.bones[0])
    if not asked:
        for angles in (change.angles, change.inclination):
            asked += [bone for bone, turn in angles.items() if any(turn)]
    altered = (change.strength, change.stiffness, change.slack_mm, change.tone)
    return asked or [name for values in altered for name in values] or [feet["left"], feet["right"]]
