"""Nerves and spinal levels in the graph, and the matrix of the spinal network."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from musclechain.anatomy.nerve_courses import place_branches

__all__ = [
    "SpinalNetwork",
    "add_nerves",
    "find_motor_roots",
    "list_muscles_of_root",
    "list_shared_roots",
    "spinal_network",
]

SIDES = ("left", "right")


def add_nerves(graph, tables):
    """Add roots, nerves and their edges (`arises`, `adjacent`, `supplies`, `passes`) to the graph.

    Parameters
    ----------
    graph : networkx.MultiGraph
        Changed in place; the muscles must be in it.
    tables : Tables
    """
    levels = sorted(tables.roots, key=lambda made: made.order)
    courses = {}
    for made in getattr(tables, "nerve_points", ()):
        courses.setdefault(made.nerve, {}).setdefault(made.branch, []).append(made)
    for side in SIDES:
        for made in levels:
            graph.add_node(
                f"{made.root}_{side}",
                kind="root",
                name=made.name,
                plain_name=made.name,
                side=side,
                region=made.region,
                source=made.source,
                level=made.root,
            )
        for below, above in pairwise(levels):
            graph.add_edge(
                f"{below.root}_{side}",
                f"{above.root}_{side}",
                key="adjacent",
                kind="adjacent",
                crossing=False,
            )
        for made in tables.nerves:
            nerve = f"{made.nerve}_{side}"
            graph.add_node(
                nerve,
                kind="nerve",
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                source=made.source,
                grade=made.innervation_grade,
                branches=place_branches(graph, courses.get(made.nerve, {}), side),
            )
            for level in made.roots:
                graph.add_edge(nerve, f"{level}_{side}", key="arises", kind="arises")
        for made in tables.muscles:
            graph.add_edge(
                f"{made.nerve}_{side}",
                f"{made.muscle}_{side}",
                key="supplies",
                kind="supplies",
                grade=made.innervation_grade,
            )
        for made in tables.links:
            if made.kind == "passes":
                graph.add_edge(
                    f"{made.from_}_{side}",
                    f"{made.to}_{side}",
                    key="passes",
                    kind="passes",
                    grade=made.grade,
                    evidence=made.evidence,
                    statement=made.statement,
                )
    for made in levels:
        graph.add_edge(
            f"{made.root}_left",
            f"{made.root}_right",
            key="adjacent",
            kind="adjacent",
            crossing=True,
        )


def find_motor_roots(body, muscle):
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
    graph, found = body.graph, []
    levels = graph.nodes[muscle].get("roots", ())
    for _, nerve, data in graph.edges(muscle, data=True):
        if data.get("kind") == "supplies":
            for _, root, way in graph.edges(nerve, data=True):
                if (
                    way.get("kind") == "arises"
                    and graph.nodes[root]["level"] in levels
                    and root not in found
                ):
                    found.append(root)
    return tuple(sorted(found, key=lambda root: levels.index(graph.nodes[root]["level"])))


def list_muscles_of_root(body, root):
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
    return [
        m
        for m in body.structures
        if body.graph.nodes[m]["kind"] == "muscle" and root in find_motor_roots(body, m)
    ]


def list_shared_roots(body, muscle):
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
    shared = {}
    for other in body.structures:
        if other != muscle and body.graph.nodes[other]["kind"] == "muscle":
            common = [root for root in find_motor_roots(body, other) if root in mine]
            if common:
                shared[other] = tuple(common)
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
    """

    roots: tuple
    along: np.ndarray
    across: np.ndarray
    share: np.ndarray

    def spread(self, crossing):
        """Weights between levels with `crossing` across the midline, scaled to a spectral radius
        of 1."""
        weights = self.along + crossing * self.across
        radius = np.abs(np.linalg.eigvalsh(weights)).max() if len(weights) else 0.0
        return weights / radius if radius else weights


def spinal_network(body, structures=None):
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
    structures = body.structures if structures is None else structures
    roots = tuple(n for n, d in graph.nodes(data=True) if d.get("kind") == "root")
    index = {root: i for i, root in enumerate(roots)}
    along, across = np.zeros((2, len(roots), len(roots)))
    for first, second, data in graph.edges(data=True):
        if data.get("kind") == "adjacent":
            matrix = across if data.get("crossing") else along
            matrix[index[first], index[second]] = matrix[index[second], index[first]] = 1.0
    share = np.zeros((len(structures), len(roots)))
    for row, structure in enumerate(structures):
        for root in find_motor_roots(body, structure):
            share[row, index[root]] = 1.0
    totals = share.sum(axis=1, keepdims=True)
    return SpinalNetwork(
        roots, along, across, np.divide(share, totals, out=share, where=totals > 0)
    )
