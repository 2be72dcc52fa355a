"""Myofascial chains: named ways through soft tissue, each step with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx

from musclechain.anatomy.errors import UnknownStructureError
from musclechain.anatomy.ids import SOFT_KINDS
from musclechain.anatomy.records import ChainStation
from musclechain.anatomy.sides import OTHER_SIDE, SIDES

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = ["Chain", "Transition", "find_soft_path", "list_chains"]

PATH_KINDS = (*SOFT_KINDS, "bone")


@dataclass(frozen=True)
class Transition:
    """One step of a chain.

    Attributes
    ----------
    first, second : str
        The stations that it joins.
    grade : str or None
        How well it is backed; None where no evidence stands behind it.
    evidence : tuple of str
        Ids of the findings that it rests on.
    statement : str
    mechanical : bool
        Whether the model carries force across.
    """

    first: str
    second: str
    grade: str | None
    evidence: tuple[str, ...]
    statement: str
    mechanical: bool


@dataclass(frozen=True)
class Chain:
    """A chain of one side, from the foot upward."""

    id: str
    name: str
    stations: tuple[str, ...]
    transitions: tuple[Transition, ...]


def list_chains(body: Body) -> dict[str, Chain]:
    """List the myofascial chains of both sides.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of str to Chain
        Keys read like ``superficial_back_line_left``. A station that was cut
        out of the body is left out, and there is no transition there.
    """
    rows: dict[tuple[str, str], list[ChainStation]] = {}
    for station in body.graph.graph["stations"]:
        rows.setdefault((station.chain, station.name), []).append(station)
    return {
        f"{chain}_{side}": _build_chain(body.graph, f"{chain}_{side}", name, stations, side)
        for (chain, name), stations in rows.items()
        for side in SIDES
    }


def _build_chain(
    graph: nx.MultiGraph, chain: str, name: str, stations: Sequence[ChainStation], side: str
) -> Chain:
    ids = []
    for station in stations:
        own = OTHER_SIDE[side] if station.side == "opposite" else side
        sided = f"{station.structure}_{own}"
        ids.append(sided if sided in graph else station.structure)
    there = tuple(structure for structure in ids if structure in graph)
    steps = tuple(_find_transition(graph, first, second) for first, second in pairwise(there))
    return Chain(chain, f"{name}, {side}", there, steps)


def _find_transition(graph: nx.MultiGraph, first: str, second: str) -> Transition:
    data = graph.get_edge_data(first, second, key="continuous")
    if data is None:
        return Transition(first, second, None, (), "No evidence of continuity was found.", False)
    return Transition(
        first,
        second,
        data.get("grade"),
        tuple(data.get("evidence", ())),
        data.get("statement", ""),
        bool(data.get("junction")),
    )


def find_soft_path(body: Body, start: str, goal: str) -> list[str]:
    """Find the shortest way from one structure to another through bones and soft tissue, nerves
    left out.

    Parameters
    ----------
    body : Body
    start, goal : str

    Returns
    -------
    list of str
        From start to goal, both included.

    Raises
    ------
    UnknownStructureError
        If the body has no such bone or soft structure, with a suggestion where one is near, or if
        no way leads from one to the other.
    """
    body.find(start, kinds=PATH_KINDS), body.find(goal, kinds=PATH_KINDS)
    kinds = body.graph.nodes(data="kind")
    mechanical = nx.subgraph_view(body.graph, filter_node=lambda node: kinds[node] in PATH_KINDS)
    try:
        return nx.shortest_path(mechanical, start, goal)
    except nx.NetworkXNoPath as error:
        hangs = [node for node in (start, goal) if not mechanical.degree(node)]
        loose = f" Nothing hangs on {' or on '.join(hangs)} any more." if hangs else ""
        raise UnknownStructureError(
            f"No way through bones and soft tissue leads from {start} to {goal} in this body."
            f"{loose} Undo a cut, or choose structures of one piece."
        ) from error
