"""Nerves and spinal levels in the graph, and the matrix of the spinal network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from musclechain.anatomy.nerve_courses import place_branches
from musclechain.anatomy.records import NervePoint, Root, Tables
from musclechain.anatomy.sides import SIDES

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = [
    "SpinalNetwork",
    "add_nerves",
    "find_motor_roots",
    "list_muscles_of_root",
    "list_shared_roots",
    "spinal_network",
]

DEEP_BACK = "transversospinales"  # group of the muscles between the vertebrae


def add_nerves(graph: nx.MultiGraph, tables: Tables) -> None:
    """Add roots, nerves and their edges (`arises`, `adjacent`, `supplies`, `passes`) to the graph.

    Parameters
    ----------
    graph : networkx.MultiGraph
        Changed in place; the muscles must be in it.
    tables : Tables
    """
    levels = sorted(tables.roots, key=lambda root: root.order)
    for side in SIDES:
        _add_levels(graph, levels, side)
        _add_nerves_of_side(graph, tables, side)
        _add_passages(graph, tables, side)
    for root in levels:
        left, right = (f"{root.root}_{side}" for side in SIDES)
        graph.add_edge(left, right, key="adjacent", kind="adjacent", crossing=True)


def _add_levels(graph: nx.MultiGraph, levels: Sequence[Root], side: str) -> None:
    """Add the spinal levels of one side; neighbours in the list are neighbours in the cord."""
    for root in levels:
        graph.add_node(
            f"{root.root}_{side}",
            kind="root",
            name=root.name,
            plain_name=root.name,
            side=side,
            region=root.region,
            source=root.source,
            level=root.root,
        )
    for below, above in pairwise(levels):
        graph.add_edge(
            f"{below.root}_{side}",
            f"{above.root}_{side}",
            key="adjacent",
            kind="adjacent",
            crossing=False,
        )


def _add_nerves_of_side(graph: nx.MultiGraph, tables: Tables, side: str) -> None:
    """Add the nerves of one side, between their levels and their muscles."""
    courses: dict[str, dict[str, list[NervePoint]]] = {}
    for point in tables.nerve_points:
        courses.setdefault(point.nerve, {}).setdefault(point.branch, []).append(point)
    for nerve in tables.nerves:
        name = f"{nerve.nerve}_{side}"
        graph.add_node(
            name,
            kind="nerve",
            name=nerve.name,
            plain_name=nerve.plain_name,
            side=side,
            source=nerve.source,
            grade=nerve.innervation_grade,
            branches=place_branches(graph, courses.get(nerve.nerve, {}), side),
        )
        for level in nerve.roots:
            graph.add_edge(name, f"{level}_{side}", key="arises", kind="arises")
    for muscle in tables.muscles:
        graph.add_edge(
            f"{muscle.nerve}_{side}",
            f"{muscle.muscle}_{side}",
            key="supplies",
            kind="supplies",
            grade=muscle.innervation_grade,
        )


def _add_passages(graph: nx.MultiGraph, tables: Tables, side: str) -> None:
    """Add where the nerves of one side pass a muscle."""
    for link in tables.links:
        if link.kind == "passes":
            graph.add_edge(
                f"{link.from_}_{side}",
                f"{link.to}_{side}",
                key="passes",
                kind="passes",
                grade=link.grade,
                evidence=link.evidence,
                statement=link.statement,
            )


def find_motor_roots(body: Body, muscle: str) -> tuple[str, ...]:
    """Find the root nodes that drive a muscle: its own motor levels that its nerve still reaches.

    Parameters
    ----------
    body : Body
    muscle : str

    Returns
    -------
    tuple of str
        Ids such as ``L5_left``; empty if the nerve was cut.
    """
    graph = body.graph
    levels = graph.nodes[muscle].get("roots", ())
    found: dict[str, int] = {}
    for _, nerve, data in graph.edges(muscle, data=True):
        if data.get("kind") == "supplies":
            for _, root, way in graph.edges(nerve, data=True):
                level = graph.nodes[root].get("level")
                if way.get("kind") == "arises" and level in levels:
                    found.setdefault(root, levels.index(level))
    return tuple(sorted(found, key=lambda root: found[root]))


def list_muscles_of_root(body: Body, root: str) -> list[str]:
    """List the muscles that one spinal root drives.

    Parameters
    ----------
    body : Body
    root : str
        Id such as ``L5_left``.

    Returns
    -------
    list of str

    Raises
    ------
    UnknownStructureError

    Examples
    --------
    >>> from musclechain import read_body
    >>> "biceps_femoris_long_head_left" in list_muscles_of_root(read_body(), "L5_left")
    True
    """
    body.find(root, kinds=("root",))
    return [muscle for muscle in _list_muscles(body) if root in find_motor_roots(body, muscle)]


def _list_muscles(body: Body) -> list[str]:
    nodes = body.graph.nodes
    return [structure for structure in body.structures if nodes[structure]["kind"] == "muscle"]


def list_shared_roots(body: Body, muscle: str) -> dict[str, tuple[str, ...]]:
    """List the muscles that share at least one motor root with a muscle.

    Parameters
    ----------
    body : Body
    muscle : str

    Returns
    -------
    dict of muscle id to tuple of root id
        The roots that they share.

    Raises
    ------
    UnknownStructureError
    """
    mine = set(find_motor_roots(body, body.find(muscle, kinds=("muscle",))))
    shared: dict[str, tuple[str, ...]] = {}
    for other in _list_muscles(body):
        common = tuple(root for root in find_motor_roots(body, other) if root in mine)
        if common and other != muscle:
            shared[other] = common
    return shared


@dataclass(frozen=True)
class SpinalNetwork:
    """The spinal network that guarding runs on, as matrices.

    Attributes
    ----------
    roots : tuple of str
    along, across : numpy.ndarray, shape (roots, roots)
        1 between neighbouring levels of one side; 1 across the midline.
    share : numpy.ndarray, shape (structures, roots)
        Row of a muscle: equal shares on its motor roots, summing to 1; zero
        rows for structures without a motor root.
    deep_back : numpy.ndarray, shape (structures,)
        Whether it is one of the deep muscles between the vertebrae.
    """

    roots: tuple[str, ...]
    along: np.ndarray
    across: np.ndarray
    share: np.ndarray
    deep_back: np.ndarray

    def spread(self, crossing: float) -> np.ndarray:
        """Weigh the steps between levels, scaled to a spectral radius of 1.

        Parameters
        ----------
        crossing : float
            Weight of the step across the midline compared with that to the next level.

        Returns
        -------
        numpy.ndarray, shape (roots, roots)
        """
        weights = self.along + crossing * self.across
        radius = np.abs(np.linalg.eigvalsh(weights)).max() if len(weights) else 0.0
        return weights / radius if radius else weights


def spinal_network(body: Body, structures: Sequence[str] | None = None) -> SpinalNetwork:
    """Build the spinal network of a body.

    Parameters
    ----------
    body : Body
    structures : sequence of str, optional
        Rows of `share`; by default ``body.structures``.

    Returns
    -------
    SpinalNetwork
    """
    graph = body.graph
    rows = body.structures if structures is None else structures
    roots = tuple(node for node, kind in graph.nodes(data="kind") if kind == "root")
    index = {root: number for number, root in enumerate(roots)}
    along, across = np.zeros((2, len(roots), len(roots)))
    for first, second, data in graph.edges(data=True):
        if data.get("kind") == "adjacent":
            matrix = across if data.get("crossing") else along
            matrix[index[first], index[second]] = matrix[index[second], index[first]] = 1.0
    share = np.zeros((len(rows), len(roots)))
    for row, structure in enumerate(rows):
        for root in find_motor_roots(body, structure):
            share[row, index[root]] = 1.0
    totals = share.sum(axis=1, keepdims=True)
    deep = [graph.nodes[structure].get("group") == DEEP_BACK for structure in rows]
    return SpinalNetwork(
        roots, along, across, np.divide(share, totals, out=share, where=totals > 0), np.array(deep)
    )
