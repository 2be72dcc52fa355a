"""Myofascial chains: named ways through soft tissue, each step with its evidence."""

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

__all__ = ["Chain", "Transition", "find_soft_path", "list_chains"]


@dataclass(frozen=True)
class Transition:
    """One step of a chain; `grade` is None where no evidence stands behind it."""

    first: str
    second: str
    grade: str | None
    evidence: tuple
    statement: str
    mechanical: bool


@dataclass(frozen=True)
class Chain:
    """A chain of one side, from the foot upward."""

    id: str
    name: str
    stations: tuple
    transitions: tuple


def list_chains(body):
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
    rows = {}
    for made in body.graph.graph.get("stations", ()):
        rows.setdefault((made.chain, made.name), []).append(made)
    chains = {}
    for (chain, name), stations in rows.items():
        for side in ("left", "right"):
            other = "right" if side == "left" else "left"
            ids = []
            for made in stations:
                sided = f"{made.structure}_{other if made.side == 'opposite' else side}"
                ids.append(sided if sided in body.graph else made.structure)
            ids = [one for one in ids if one in body.graph]
            steps = tuple(_find_transition(body.graph, *pair) for pair in pairwise(ids))
            chains[f"{chain}_{side}"] = Chain(
                f"{chain}_{side}", f"{name}, {side}", tuple(ids), steps
            )
    return chains


def _find_transition(graph, first, second):
    data = graph.get_edge_data(first, second, key="continuous")
    if data is None:
        return Transition(first, second, None, (), "No evidence of continuity was found.", False)
    return Transition(
        first, second, data["grade"], data["evidence"], data["statement"], bool(data["junction"])
    )


def find_soft_path(body, start, goal):
    """Find the shortest way from one structure to another through bones and soft tissue, nerves
    left out.

    Parameters
    ----------
    body : Body
    start, goal : str

    Returns
    -------
    list of str

    Raises
    ------
    networkx.NetworkXNoPath
    """
    mechanical = nx.subgraph_view(
        body.graph, filter_node=lambda n: body.graph.nodes[n]["kind"] not in ("nerve", "root")
    )
    return nx.shortest_path(mechanical, start, goal)
