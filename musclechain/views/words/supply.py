"""What a root, a nerve, a muscle or a patch of skin hangs together with, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence, Sized

import networkx as nx
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import join_words
from musclechain.anatomy.supply import Supply, find_nerve_graph, find_supply
from musclechain.views.words.finding import Finding

__all__ = [
    "MAPS_DISAGREE",
    "describe_supply",
    "list_ways",
    "name_part",
    "say_route",
    "summarise_supply",
]

MAPS_DISAGREE = (
    "Published maps of the skin disagree, and neighbouring levels overlap: numb skin alone does"
    " not tell the level."
)
# How many maps say so, from the most.
AGREEMENTS = ("all {count} maps", "{votes} of {count} maps", "one map alone")
BOTH_MAPS, ONLY_MAP = "both maps that show it", "in this map"
ARROW = " → "


def describe_supply(body: Body, chosen: str, source: str = "") -> Finding:
    """Say what hangs together with one root, nerve, muscle or patch of skin.

    Parameters
    ----------
    body : Body
    chosen : str
        Id such as ``S1_left``, ``sciatic_left``, ``soleus_left``, ``skin_heel_left``.
    source : str
        One map of the skin, to be asked alone; see `find_supply`.

    Returns
    -------
    Finding
        The table lists every part, with the nerve by which it is reached and how many maps
        agree.

    Raises
    ------
    UnknownStructureError

    Examples
    --------
    >>> from musclechain import read_body
    >>> describe_supply(read_body(), "skin_heel_left").sentence[:33]
    'Heel region, left (heel): S1 (all'
    """
    graph, found = find_nerve_graph(body, source), find_supply(body, chosen, source)
    say = {"root": _say_root, "muscle": _say_muscle, "skin": _say_skin}.get(found.kind, _say_nerve)
    plain = f" ({graph.nodes[chosen]['plain_name']})" if found.kind == "skin" else ""
    words = [f"{name_part(graph, chosen)}{plain}: {say(graph, found)}"]
    if found.skin and found.kind != "nerve":
        words.append(MAPS_DISAGREE)
    title = f"What hangs together with {name_part(graph, chosen)}"
    return Finding(title, " ".join(words), _list_parts(graph, found))


def summarise_supply(body: Body, found: Supply) -> str:
    """Say in one line what was chosen and how much hangs together with it: ``S1 root, left: 26
    muscles, 12 patches of skin.``"""
    counts = [
        _count(things, noun)
        for things, noun in (
            (found.roots, "root"),
            (found.muscles, "muscle"),
            (tuple(found.skin), "patch of skin"),
        )
        if things and found.chosen not in things
    ]
    name = name_part(find_nerve_graph(body), found.chosen)
    return f"{name}: {', '.join(counts) or 'nothing that the model knows'}."


def list_ways(body: Body, found: Supply) -> list[str]:
    """List the ways from the spine in words; those that part only at their end in one line.

    Parameters
    ----------
    body : Body
    found : Supply

    Returns
    -------
    list of str
        Such as ``S1 root → sacral plexus → superior gluteal nerve → gluteus medius, gluteus
        minimus``.
    """
    graph = find_nerve_graph(body)
    ends: dict[tuple[str, ...], list[str]] = {}
    for *way, end in found.routes:
        ends.setdefault(tuple(way), []).append(end)
    return [
        f"{say_route(graph, way)}{ARROW}{_list_ends(graph, last)}" for way, last in ends.items()
    ]


def _list_ends(graph: nx.DiGraph, ends: Iterable[str]) -> str:
    """Name muscles and patches that are reached alike: ``skin:`` stands before the patches."""
    ends = list(ends)
    muscles = [_name_short(graph, end) for end in ends if graph.nodes[end]["kind"] == "muscle"]
    skin = [graph.nodes[end]["plain_name"] for end in ends if graph.nodes[end]["kind"] == "skin"]
    return "; ".join(filter(None, (", ".join(muscles), f"skin: {', '.join(skin)}" if skin else "")))


def name_part(graph: nx.DiGraph, node: str) -> str:
    """Name a node of the nerve graph with its side: ``S1 root, left``."""
    data = graph.nodes[node]
    name = f"{data['level']} root" if data["kind"] == "root" else data["name"]
    return f"{name}, {data['side']}"


def say_route(graph: nx.DiGraph, route: Sequence[str]) -> str:
    """Say a way of the nerve graph: ``S1 root → sacral plexus → …``; all of one side."""
    return ARROW.join(_name_short(graph, node) for node in route)


def _name_short(graph: nx.DiGraph, node: str) -> str:
    data = graph.nodes[node]
    if data["kind"] == "root":
        return f"{data['level']} root"
    if data["kind"] == "skin":
        return f"skin: {data['plain_name']}"
    name = str(data["name"])
    return name[0].lower() + name[1:]


def _say_root(graph: nx.DiGraph, found: Supply) -> str:
    ways = [route for route in found.routes if graph.nodes[route[-1]]["kind"] == "muscle"]
    muscles = f"it moves {_count(found.muscles, 'muscle')} of the model"
    if not found.muscles:
        muscles = "it moves no muscle of the model"
    return " ".join(
        [
            f"{muscles}{_say_example(graph, ways or found.routes)}.",
            _say_skin_of(graph, found, "Skin"),
            _say_overlap(graph, found),
        ]
    ).rstrip()


def _say_overlap(graph: nx.DiGraph, found: Supply) -> str:
    """Say with which levels a root shares patches, in one of the maps asked or between
    them."""
    (root,) = found.roots
    shared = Counter(
        graph.nodes[other]["level"]
        for skin in found.skin
        for other in graph.predecessors(skin)
        if graph.nodes[other]["kind"] == "root" and other != root
    )
    if not shared:
        return ""
    told = join_words(
        f"{level} ({_count(range(votes), 'patch')})" for level, votes in shared.items()
    )
    return f"It shares skin with {told}."


def _say_muscle(graph: nx.DiGraph, found: Supply) -> str:
    if not found.routes:
        return "no nerve of this body reaches it."
    first, *rest = found.routes
    also = f"; also from {join_words(_name_short(graph, way[0]) for way in rest)}" if rest else ""
    skin = _say_skin_of(graph, found, "Skin of the same levels")
    return f"{say_route(graph, first)}{also}. {skin}"


def _say_skin(graph: nx.DiGraph, found: Supply) -> str:
    levels = join_words(
        f"{graph.nodes[root]['level']} ({_say_votes(votes, found.maps)})"
        for root, votes in found.levels.items()
    )
    through = [route for route in found.routes if len(route) > 2]
    way = f" A way: {say_route(graph, through[0])}." if through else ""
    return f"{levels}.{way}"


def _say_nerve(graph: nx.DiGraph, found: Supply) -> str:
    levels = [graph.nodes[root]["level"] for root in found.roots]
    roots = f"roots {levels[0]} to {levels[-1]}" if len(levels) > 2 else join_words(levels)
    skin = [graph.nodes[patch]["plain_name"] for patch in found.skin]
    reached = f"it reaches the skin of {join_words(skin)}" if skin else "it reaches no skin"
    muscles = _count(found.muscles, "muscle") if found.muscles else "no muscle"
    ways = [route for route in found.routes if graph.nodes[route[-1]]["kind"] == "muscle"]
    longest = _say_example(graph, ways or found.routes)
    return f"{roots or 'no root'}; it moves {muscles} of the model{longest}; {reached}."


def _say_example(graph: nx.DiGraph, routes: Sequence[Sequence[str]]) -> str:
    """Give the longest way as an example; of ways of one length the first."""
    return f", for example {say_route(graph, max(routes, key=len))}" if routes else ""


def _say_skin_of(graph: nx.DiGraph, found: Supply, begin: str) -> str:
    """Say which skin maps give to the levels, where most agree first."""
    if not found.skin:
        return f"{begin}: none in the maps."
    told = []
    for votes in sorted(set(found.skin.values()), reverse=True):
        names = [
            graph.nodes[skin]["plain_name"] for skin in found.skin if found.skin[skin] == votes
        ]
        told.append(f"{join_words(names)} ({_say_votes(votes, found.maps)})")
    return f"{begin}: {'; '.join(told)}."


def _say_votes(votes: int, count: int) -> str:
    if count == 1:
        return ONLY_MAP
    if count == votes == 2:
        return BOTH_MAPS
    most, some, one = AGREEMENTS
    words = most if votes == count else one if votes == 1 else some
    return words.format(votes=votes, count=count)


def _count(things: Sized, noun: str) -> str:
    head, *rest = noun.split(" ", 1)
    plural = head if len(things) == 1 else f"{head}es" if head.endswith("ch") else f"{head}s"
    return " ".join([str(len(things)), plural, *rest])


def _list_parts(graph: nx.DiGraph, found: Supply) -> pd.DataFrame:
    """List each part that hangs together with what was chosen."""
    through: dict[str, str] = {}
    for route in found.routes:
        if len(route) > 2:
            through.setdefault(route[-1], graph.nodes[route[-2]]["name"])
    rows = [
        {
            "Part": graph.nodes[node]["kind"],
            "Name": name_part(graph, node),
            "By": through.get(node, ""),
            "Maps that agree": _tell_votes(found, node),
        }
        for node in (*found.roots, *found.nerves, *found.muscles, *found.skin)
    ]
    return pd.DataFrame(rows, columns=["Part", "Name", "By", "Maps that agree"])


def _tell_votes(found: Supply, node: str) -> str:
    votes = found.levels.get(node, 0) or found.skin.get(node, 0)
    return f"{votes} of {found.maps}" if votes else ""
