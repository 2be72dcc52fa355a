"""What the body map sends to the browser once: outlines, names, chains, nerves, looks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.graph_checks import GraphError
from musclechain.anatomy.nerves import find_motor_roots
from musclechain.anatomy.supply import find_nerve_graph
from musclechain.views.body.agreement import AGREEMENTS
from musclechain.views.body.look import read_look
from musclechain.views.body.outline.curves import ACROSS, Anchor, Curves
from musclechain.views.body.outline.drawing import Drawing, Group
from musclechain.views.body.outline.relief import find_painted
from musclechain.views.body.scene import (
    CERTAINTY,
    EXAGGERATIONS,
    VIEW_NAMES,
    VIEW_SIDES,
    find_frames,
)
from musclechain.views.body.trails import describe_places
from musclechain.views.page.palette import (
    ROUTE_LOOKS,
    WORD_EDGES,
    route_colour,
    scale_colour,
    tissue_colour,
)
from musclechain.views.words.supply import name_part

__all__ = ["SCALE_STEPS", "describe_picture", "pack_vertices"]

# A vertex travels as six numbers of two bytes: its place, its two bones and the first one's share.
TENTHS, THOUSANDTHS = 10, 1000
LARGEST = np.iinfo(np.int16).max

# Colours from one end of the scale to its middle.
SCALE_STEPS = 50


def describe_picture(body: Body, drawing: Drawing) -> tuple[bytes, dict[str, Any]]:
    """Describe what the browser has to know of a body before it can paint any state of it.

    Parameters
    ----------
    body : Body
    drawing : Drawing
        Of this body.

    Returns
    -------
    outlines : bytes
        See `pack_vertices`.
    picture : dict
        Plain data: bones (their number), structures, chains, nerves, supply (patches of skin and
        roots, where they are drawn), agreements (of the maps of the skin), parts (of the outlines),
        views, marks, places (of the ladder), routes (their colours), look, scales,
        exaggerations, mild, strong and huge (where arrows begin), certainty.

    Raises
    ------
    GraphError
        For a body with more bones, or larger, than the outlines can say.
    """
    plan = _Plan(body, drawing)
    bones = list(body.bones)
    return plan.pack(len(bones)), {
        "bones": len(bones),
        "structures": _describe_structures(body),
        "chains": _describe_chains(body),
        "nerves": _describe_nerves(body),
        "supply": _describe_supply(body, drawing),
        "agreements": [
            {"level": level, "word": word, "meaning": meaning}
            for level, (word, meaning) in AGREEMENTS.items()
        ],
        "parts": plan.parts,
        "views": plan.views,
        "marks": {
            name: [bones.index(bone), *_round_point(point)]
            for name, (bone, point) in drawing.marks.items()
        },
        "places": describe_places(body),
        "routes": {route: route_colour(route) for route in ROUTE_LOOKS},
        "dark_routes": {route: route_colour(route, "dark") for route in ROUTE_LOOKS},
        "look": read_look(),
        "scales": [
            [colour(step / SCALE_STEPS) for step in range(-SCALE_STEPS, SCALE_STEPS + 1)]
            for colour in (tissue_colour, scale_colour)
        ],
        "exaggerations": EXAGGERATIONS,
        "mild": WORD_EDGES[0],
        "strong": WORD_EDGES[1],
        "huge": WORD_EDGES[2],
        "certainty": [
            {"letter": letter, "word": word, "meaning": meaning}
            for word, (letter, meaning) in CERTAINTY.items()
        ],
    }


def pack_vertices(
    points: NDArray[np.float64],
    bones: NDArray[np.integer],
    share: NDArray[np.float64],
    count: int,
) -> bytes:
    """Pack vertices as int16: x, y and z (0.1 mm), bone, other bone, share of the first (0.001).

    Parameters
    ----------
    points : numpy.ndarray, shape (n, 3)
        Millimetres.
    bones : numpy.ndarray, shape (n, 2)
        Indices of bones.
    share : numpy.ndarray, shape (n,)
        Part of the first bone, 0 to 1.
    count : int
        Number of bones of the body.

    Returns
    -------
    bytes

    Raises
    ------
    GraphError
        For more than 32768 bones, and for a point further than 3.2 m from the origin.
    """
    if count > LARGEST + 1:
        raise GraphError(
            f"The body has {count} bones, and the body map can draw {LARGEST + 1} at most."
        )
    furthest = float(np.abs(points).max(initial=0.0))
    # written so that a place that is not a number is refused too
    if not furthest * TENTHS <= LARGEST:
        raise GraphError(
            f"A point of the body lies {furthest / 1000:.1f} m from the origin, and the body map"
            f" can draw as far as {LARGEST // TENTHS / 1000:.1f} m. Places are in millimetres."
        )
    columns = [np.round(points * TENTHS), bones, np.round(share * THOUSANDTHS)]
    return np.column_stack(columns).astype("<i2").tobytes()


class _Plan:
    """Lists the curves of a drawing once each as parts, and says which of them each view shows.

    Attributes
    ----------
    parts : list of dict
        owner (number of the structure whose colour it has, or -1), role, ends (of its curves
        among all vertices), closed.
    views : dict of view to dict
        name, sides (left and right of the picture), frame, axis, sign, groups.
    """

    def __init__(self, body: Body, drawing: Drawing) -> None:
        self.parts: list[dict[str, Any]] = []
        self._numbers = {name: number for number, name in enumerate(body.structures)}
        self._curves: list[Curves] = []
        self._known: dict[tuple[int, str], int] = {}
        frames = find_frames(drawing)
        self.views = {
            view: {
                "name": VIEW_NAMES[view],
                "sides": VIEW_SIDES[view],
                "frame": frames[view],
                "axis": ACROSS[view][0],
                "sign": ACROSS[view][1],
                "groups": [self._describe_group(group) for group in groups],
            }
            for view, groups in drawing.views.items()
        }

    def pack(self, count: int) -> bytes:
        points, bones, share = (
            np.concatenate([getattr(curves, name) for curves in self._curves])
            for name in ("points", "bones", "share")
        )
        return pack_vertices(points, bones, share, count)

    def _describe_group(self, group: Group) -> dict[str, Any]:
        owner = self._numbers.get(group.structure, -1)
        entry: dict[str, Any] = {
            "parts": [
                self._find_part(curves, role, self._numbers.get(painted, owner))
                for role, curves in group.curves
                for painted in [find_painted(group.structure, role)]
            ]
        }
        if group.layer:
            entry["layer"] = group.layer
        if group.structure:
            if group.behind:
                entry["behind"] = True
            else:
                entry |= {"structure": owner, "anchor": _describe_anchor(group.mark)}
            if group.sight:
                anchors, depth, width = group.sight
                places = [_describe_anchor(anchor) for anchor in anchors]
                entry["sight"] = {"anchors": places, "depth": depth, "width": width}
        for kind in ("nerve", "supply"):
            if getattr(group, kind):
                entry |= {kind: getattr(group, kind), "anchor": _describe_anchor(group.mark)}
        return entry

    def _find_part(self, curves: Curves, role: str, owner: int) -> int:
        """Find the number of the part that curves are; views share curves, and so parts, where
        they are drawn in the same way."""
        key = id(curves), role
        if key not in self._known:
            self._known[key] = len(self.parts)
            start = self.parts[-1]["ends"][-1] if self.parts else 0
            ends = [start, *(start + end for end in curves.ends)]
            self.parts.append({"owner": owner, "role": role, "ends": ends, "closed": curves.closed})
            self._curves.append(curves)
        return self._known[key]


def _round_point(point: Any) -> list[float]:
    return np.round(np.asarray(point, float), 1).tolist()


def _describe_anchor(anchor: Anchor) -> list[float]:
    point, bones, share = anchor
    return [*_round_point(point), int(bones[0]), int(bones[1]), round(float(share), 3)]


def _name_node(node: dict[str, Any]) -> str:
    side = "" if node["side"] == "midline" else f", {node['side']}"
    return f"{node.get('name', '')}{side}"


def _describe_structures(body: Body) -> list[dict[str, Any]]:
    return [_describe_structure(body, name) for name in body.structures]


def _describe_structure(body: Body, name: str) -> dict[str, Any]:
    node = body.graph.nodes[name]
    is_muscle = node["kind"] == "muscle"
    return {
        "id": name,
        "name": _name_node(node) if "name" in node else name,
        "base": str(node.get("base", name)),
        "latin": str(node.get("name", name)),
        "plain": str(node.get("plain_name", "")),
        "muscle": is_muscle,
        "layer": int(node.get("layer", 1)),
        "nerve": str(node.get("nerve", "")),
        "roots": list(find_motor_roots(body, name)) if is_muscle else [],
    }


def _describe_chains(body: Body) -> list[dict[str, Any]]:
    """List the chains: name, stations by number, and the grade of each step (none where no
    evidence stands behind it)."""
    numbers = {name: number for number, name in enumerate(body.structures)}
    return [
        {
            "id": key,
            "name": chain.name,
            "stations": [numbers[station] for station in chain.stations if station in numbers],
            "grades": [step.grade or "no evidence" for step in chain.transitions],
        }
        for key, chain in body.chains.items()
    ]


def _describe_nerves(body: Body) -> dict[str, dict[str, Any]]:
    graph = body.graph
    numbers = {name: number for number, name in enumerate(body.structures)}
    nerves = {}
    for name, node in graph.nodes(data=True):
        if node.get("kind") != "nerve":
            continue
        ends = [(other, edge.get("kind")) for _, other, edge in graph.edges(name, data=True)]
        nerves[name] = {
            "name": _name_node(node),
            "plain": str(node.get("plain_name", "")),
            "roots": [graph.nodes[other]["level"] for other, kind in ends if kind == "arises"],
            "supplies": [
                numbers[other] for other, kind in ends if kind == "supplies" and other in numbers
            ],
        }
    return nerves


def _describe_supply(body: Body, drawing: Drawing) -> dict[str, dict[str, str]]:
    """Name the patches of skin and the roots that are drawn."""
    drawn = {group.supply for groups in drawing.views.values() for group in groups}
    graph = find_nerve_graph(body)
    return {
        node: {
            "name": name_part(graph, node),
            "plain": str(graph.nodes[node]["plain_name"]),
            "kind": graph.nodes[node]["kind"],
        }
        for node in sorted(drawn - {""})
    }
