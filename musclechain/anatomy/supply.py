"""The nerve part of the graph: from a spinal level by its plexus and nerves to muscles and skin.

It is a graph of its own, so that a way in it is a way that fibres can take: `body.graph` also
joins the two ends of a nerve, and levels with one another. Nothing here carries force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import networkx as nx

from musclechain.anatomy.errors import UnknownStructureError, suggest_names
from musclechain.anatomy.nerves import find_motor_roots
from musclechain.anatomy.sides import SIDES

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = [
    "SUPPLY_KINDS",
    "Supply",
    "build_nerve_graph",
    "find_nerve_graph",
    "find_supply",
    "list_maps",
]

SUPPLY_KINDS = ("root", "plexus", "nerve", "muscle", "skin")


@dataclass(frozen=True)
class Supply:
    """What hangs together with one root, nerve, muscle or patch of skin.

    Attributes
    ----------
    chosen, kind : str
        Its id, and what it is: one of `SUPPLY_KINDS`.
    roots, nerves, muscles : tuple of str
        Ids, the roots from the head down.
    skin : mapping of str to int
        Patch -> how many of the published maps say so; see `list_maps`. Of a nerve: 0 for a
        patch that it reaches.
    routes : tuple of tuple of str
        The ways in the graph of `build_nerve_graph`, each from a root to a muscle or patch.
    levels : mapping of str to int
        Of a patch: root -> how many maps give the patch to it; else empty.
    maps : int
        How many of the maps show these levels at all: one leaves out S3 to S5.
    """

    chosen: str
    kind: str
    roots: tuple[str, ...]
    nerves: tuple[str, ...]
    muscles: tuple[str, ...]
    skin: Mapping[str, int]
    routes: tuple[tuple[str, ...], ...]
    levels: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    maps: int = 0


def list_maps(body: Body) -> tuple[str, ...]:
    """List the published maps of the skin of the spinal levels, by the ids of their sources.

    Parameters
    ----------
    body : Body

    Returns
    -------
    tuple of str
    """
    return tuple(dict.fromkeys(row.source for row in body.graph.graph["dermatomes"]))


def build_nerve_graph(body: Body) -> nx.DiGraph:
    """Build the nerve part of the graph of a body, directed from the spine outward.

    Nodes are roots, plexuses, nerves (those of the skin too), muscles and patches of skin, with
    `kind`, `name`, `plain_name` and `side`. A nerve hangs on the nerve of which it is a branch,
    else on its plexus, else on its roots.

    Parameters
    ----------
    body : Body

    Returns
    -------
    networkx.DiGraph
        Edges have a `kind`: ``arises``, ``branches``, ``supplies`` with its `grade`, and
        ``dermatome`` from a root to skin with `maps`, the sources that say so.

    Examples
    --------
    >>> import networkx as nx
    >>> from musclechain import read_body
    >>> graph = build_nerve_graph(read_body())
    >>> nx.shortest_path(graph, "L5_left", "deep_fibular_left")[1:3]
    ['sacral_plexus_left', 'sciatic_left']

    Notes
    -----
    That there is a way from a level to a muscle does not say that the level moves it: its fibres
    are mixed with others in a plexus. `find_supply` keeps to the motor levels of a muscle.
    """
    return find_nerve_graph(body).copy()


def find_nerve_graph(body: Body, source: str = "") -> nx.DiGraph:
    """Find the graph of `build_nerve_graph` that is kept with a body, to be read and not changed;
    with a source of `list_maps`, the skin is that of this map alone."""
    if source:
        return body.derived(
            f"nerve_graph {source}", lambda body: nx.freeze(_keep_map(body, source))
        )
    return body.derived("nerve_graph", lambda body: nx.freeze(_build(body)))


def _build(body: Body) -> nx.DiGraph:
    graph = nx.DiGraph(name="nerves of the body")
    for side in SIDES:
        _add_roots(graph, body, side)
        _add_skin(graph, body, side)
        for node, stem, plexus, levels in (
            *_list_nerves(graph, body, side),
            *_list_skin_nerves(graph, body, side),
        ):
            _hang(graph, node, stem, plexus, levels, side)
        _add_muscles(graph, body, side)
        _add_dermatomes(graph, body, side)
    return graph


def _add_roots(graph: nx.DiGraph, body: Body, side: str) -> None:
    for node, data in body.graph.nodes(data=True):
        if data["kind"] == "root" and data.get("side") == side:
            name = data.get("name", node)
            graph.add_node(
                node, kind="root", name=name, plain_name=name, side=side, level=data["level"]
            )


def _add_skin(graph: nx.DiGraph, body: Body, side: str) -> None:
    for area in body.graph.graph["skin"]:
        graph.add_node(
            f"{area.skin}_{side}",
            kind="skin",
            name=area.name,
            plain_name=area.plain_name,
            side=side,
            part=area.part,
        )


Hung = tuple[str, str, str, list[str]]


def _list_nerves(graph: nx.DiGraph, body: Body, side: str) -> list[Hung]:
    """Add the nerves of the body; list of each its stem, its plexus and its roots."""
    stems = {row.nerve: row for row in body.graph.graph["nerve_stems"]}
    found: list[Hung] = []
    for node, data in body.graph.nodes(data=True):
        if data["kind"] != "nerve" or data.get("side") != side:
            continue
        row = stems.get(node.removesuffix(f"_{side}"))
        names = {key: data.get(key, node) for key in ("name", "plain_name")}
        graph.add_node(node, kind="nerve", side=side, is_of_skin=False, **names)
        roots = [
            root
            for _, root, edge in body.graph.edges(node, data=True)
            if edge.get("kind") == "arises"
        ]
        stem = f"{row.stem}_{side}" if row and row.stem != "none" else ""
        found.append((node, stem, row.plexus if row else "", roots))
    return found


def _list_skin_nerves(graph: nx.DiGraph, body: Body, side: str) -> list[Hung]:
    """Add the nerves of the skin, and what they reach."""
    found: list[Hung] = []
    for row in body.graph.graph["skin_nerves"]:
        node, stem = f"{row.nerve}_{side}", "" if row.stem == "none" else f"{row.stem}_{side}"
        names = {"name": row.name, "plain_name": row.plain_name}
        graph.add_node(node, kind="nerve", side=side, is_of_skin=True, **names)
        for skin in row.skin:
            graph.add_edge(node, f"{skin}_{side}", kind="supplies", grade=row.grade)
        roots = [f"{level}_{side}" for level in row.roots]
        found.append((node, stem, row.plexus, roots))
    return found


def _hang(
    graph: nx.DiGraph, node: str, stem: str, plexus: str, roots: Iterable[str], side: str
) -> None:
    """Join a nerve to the nerve of which it is a branch, else to its plexus, else to its roots.
    The branch of a nerve that was cut hangs on nothing."""
    graph.nodes[node]["roots"] = tuple(roots)
    if stem:
        if stem in graph:
            graph.add_edge(stem, node, kind="branches")
        return
    begin = node
    if plexus not in ("", "none"):
        begin = f"{plexus}_plexus_{side}"
        name = f"{plexus.capitalize()} plexus"
        graph.add_node(begin, kind="plexus", name=name, plain_name=name.lower(), side=side)
        graph.add_edge(begin, node, kind="branches")
    for root in graph.nodes[node]["roots"]:
        if root in graph:
            graph.add_edge(root, begin, kind="arises")


def _add_muscles(graph: nx.DiGraph, body: Body, side: str) -> None:
    for muscle, data in body.graph.nodes(data=True):
        if data["kind"] != "muscle" or data.get("side") != side:
            continue
        names = {key: data.get(key, muscle) for key in ("name", "plain_name")}
        graph.add_node(muscle, kind="muscle", side=side, **names)
        for _, nerve, edge in body.graph.edges(muscle, data=True):
            if edge.get("kind") == "supplies" and nerve in graph:
                graph.add_edge(nerve, muscle, kind="supplies", grade=edge.get("grade"))


def _add_dermatomes(graph: nx.DiGraph, body: Body, side: str) -> None:
    for row in body.graph.graph["dermatomes"]:
        root = f"{row.root}_{side}"
        for skin in row.skin if root in graph else ():
            patch = f"{skin}_{side}"
            maps = graph.get_edge_data(root, patch, {"maps": ()})["maps"]
            graph.add_edge(root, patch, kind="dermatome", maps=(*maps, row.source))


def find_supply(body: Body, chosen: str, source: str = "") -> Supply:
    """Find what hangs together with one root, nerve, muscle or patch of skin.

    Parameters
    ----------
    body : Body
    chosen : str
        Id such as ``S1_left``, ``sciatic_left``, ``soleus_left``, ``skin_heel_left``.
    source : str
        One of `list_maps`, to ask this map of the skin alone; "" for all.

    Returns
    -------
    Supply

    Raises
    ------
    UnknownStructureError
        For what is no part of the nerve graph.
    ValueError
        For another map.

    Examples
    --------
    >>> from musclechain import read_body
    >>> found = find_supply(read_body(), "S1_left")
    >>> "soleus_left" in found.muscles, found.skin["skin_heel_left"]
    (True, 3)
    """
    graph = find_nerve_graph(body, source)
    if chosen not in graph:
        known = [str(node) for node in graph]
        raise UnknownStructureError(
            f"There is no root, nerve, muscle or patch of skin called {chosen!r}."
            f"{suggest_names(chosen, known)}"
        )
    find = {"root": _find_of_root, "muscle": _find_of_muscle, "skin": _find_of_skin}
    kind = graph.nodes[chosen]["kind"]
    found = find.get(kind, _find_of_nerve)(graph, body, chosen)
    rows = body.graph.graph["dermatomes"]
    shown = Counter(row.root for row in rows if source in ("", row.source))
    return replace(
        found, maps=max((shown[graph.nodes[root]["level"]] for root in found.roots), default=0)
    )


def _keep_map(body: Body, source: str) -> nx.DiGraph:
    """The graph of a body with the skin of one map alone."""
    if source not in list_maps(body):
        raise ValueError(
            f"There is no map of the skin {source!r}; there are {', '.join(list_maps(body))}."
        )
    graph = find_nerve_graph(body)
    kept = graph.copy()
    for start, end, edge in graph.edges(data=True):
        if edge["kind"] == "dermatome" and source in edge["maps"]:
            kept.edges[start, end]["maps"] = (source,)
        elif edge["kind"] == "dermatome":
            kept.remove_edge(start, end)
    return kept


def _find_of_root(graph: nx.DiGraph, body: Body, root: str) -> Supply:
    """The muscles that a level moves, the skin that maps give to it, and the nerves between."""
    muscles = [
        muscle
        for muscle in _list_kind(graph, nx.descendants(graph, root), "muscle")
        if root in find_motor_roots(body, muscle)
    ]
    skin = _count_maps(graph, root)
    routes = [*_trace(graph, [root], muscles), *_trace_skin(graph, [root], skin)]
    return _gather(graph, root, "root", (root,), muscles, skin, routes)


def _find_of_muscle(graph: nx.DiGraph, body: Body, muscle: str) -> Supply:
    """The levels and the nerve of a muscle, and the skin that maps give to these levels."""
    roots = find_motor_roots(body, muscle)
    skin: Counter[str] = Counter()
    for root in roots:
        skin |= _count_maps(graph, root)
    routes = _trace(graph, roots, [muscle])
    return _gather(graph, muscle, "muscle", roots, [muscle], skin, routes)


def _find_of_skin(graph: nx.DiGraph, body: Body, skin: str) -> Supply:
    """The levels that maps give a patch to, those that most do first, and the nerves of the
    patch. Muscles are left out: those of a level stand with the level."""
    counts = {
        root: len(edge["maps"])
        for root, _, edge in graph.in_edges(skin, data=True)
        if edge["kind"] == "dermatome"
    }
    roots = sorted(counts, key=lambda root: -counts[root])
    routes = _trace_skin(graph, roots, [skin])
    most = max(counts.values(), default=0)
    found = _gather(graph, skin, "skin", roots, (), {skin: most}, routes)
    return replace(found, levels={root: counts[root] for root in roots})


def _find_of_nerve(graph: nx.DiGraph, body: Body, nerve: str) -> Supply:
    """What a nerve or plexus carries, with all its branches, and the way from its levels to it."""
    reached = nx.descendants(graph, nerve)
    muscles = _list_kind(graph, reached, "muscle")
    skin = dict.fromkeys(_list_kind(graph, reached, "skin"), 0)
    own = graph.nodes[nerve].get("roots") or graph.predecessors(nerve)
    roots = [root for root in _list_kind(graph, own, "root") if nx.has_path(graph, root, nerve)]
    routes = []
    for root in roots:
        begin = nx.shortest_path(graph, root, nerve)[:-1]
        ends = [muscle for muscle in muscles if root in find_motor_roots(body, muscle)]
        routes += [(*begin, *nx.shortest_path(graph, nerve, end)) for end in ends]
        routes += [
            (*begin, *nx.shortest_path(graph, nerve, last), patch)
            for patch in skin
            for last in _list_feeders(graph, patch, root)
            if last in reached | {nerve}
        ]
    kind = graph.nodes[nerve]["kind"]
    return _gather(graph, nerve, kind, roots, muscles, skin, routes, (nerve,))


def _list_feeders(graph: nx.DiGraph, patch: str, root: str) -> list[str]:
    """List the nerves that bring fibres of a level to a patch."""
    return [
        nerve for nerve in graph.predecessors(patch) if root in graph.nodes[nerve].get("roots", ())
    ]


def _list_kind(graph: nx.DiGraph, nodes: Iterable[str], kind: str) -> list[str]:
    """List the nodes of one kind, in the order of the graph."""
    wanted = set(nodes)
    return [node for node in graph if node in wanted and graph.nodes[node]["kind"] == kind]


def _count_maps(graph: nx.DiGraph, root: str) -> Counter[str]:
    return Counter(
        {
            skin: len(edge["maps"])
            for _, skin, edge in graph.out_edges(root, data=True)
            if edge["kind"] == "dermatome"
        }
    )


def _trace(graph: nx.DiGraph, roots: Iterable[str], ends: Iterable[str]) -> list[tuple[str, ...]]:
    """Trace the way from each root to each end that it reaches."""
    ways = _leave_out_maps(graph)
    return [
        tuple(nx.shortest_path(ways, root, end))
        for root in roots
        for end in ends
        if nx.has_path(ways, root, end)
    ]


def _trace_skin(
    graph: nx.DiGraph, roots: Iterable[str], skin: Iterable[str]
) -> list[tuple[str, ...]]:
    """Trace the way to each patch by a nerve that carries the level; else from level to patch
    alone, since maps know levels and no nerves."""
    ways = _leave_out_maps(graph)
    routes = []
    for root in roots:
        for patch in skin:
            feeders = _list_feeders(graph, patch, root)
            through = [nerve for nerve in feeders if nx.has_path(ways, root, nerve)]
            routes += [(*nx.shortest_path(ways, root, nerve), patch) for nerve in through]
            if not through:
                routes.append((root, patch))
    return routes


def _leave_out_maps(graph: nx.DiGraph) -> nx.DiGraph:
    """The ways that a fibre can take: a map's line from level to skin is none."""
    return nx.subgraph_view(
        graph, filter_edge=lambda start, end: graph.edges[start, end]["kind"] != "dermatome"
    )


def _gather(
    graph: nx.DiGraph,
    chosen: str,
    kind: str,
    roots: Iterable[str],
    muscles: Iterable[str],
    skin: Mapping[str, int],
    routes: Iterable[tuple[str, ...]],
    nerves: Iterable[str] = (),
) -> Supply:
    """Put together what was found; the nerves are those of the routes, in the order of the
    graph."""
    routes = tuple(dict.fromkeys(routes))
    on_the_way = {node for route in routes for node in route}
    return Supply(
        chosen,
        kind,
        tuple(roots),
        tuple(_list_kind(graph, {*on_the_way, *nerves}, "nerve")),
        tuple(muscles),
        dict(skin),
        routes,
    )
