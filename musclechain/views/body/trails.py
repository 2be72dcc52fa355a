"""Ways through the graph as lines on the body: along the muscles, the bones and the nerves that the
mechanics uses, with what is left of the change as their width."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.mechanics.spread import Result
from musclechain.mechanics.story import PLACES, Stage, find_ladder
from musclechain.mechanics.ways import Station, find_shares

__all__ = ["describe_places", "describe_stage", "describe_trail", "describe_way", "pack_ladder"]

# Spinal levels lie along the spine between these joints, and the sacral ones this far below the
# last of them.
SPINE = {"C": ("c0_c2", "c7_t1", 8), "T": ("c7_t1", "t12_l1", 12), "L": ("t12_l1", "l5_s1", 5)}
SACRUM_MM, SACRAL = 90.0, 5

# A point as the browser knows it: its place (mm), the numbers of the two bones that carry it, and
# the share of the first.
Spot = list[float]


def describe_places(body: Body) -> list[dict[str, Any]]:
    """List the stations of every story that a body has, from the ground up: name, and the height
    of the bones there, mm (those of the middle, where there are some; without bones, that of the
    muscles)."""
    return body.derived("story_places", _list_places)


def _list_places(body: Body) -> list[dict[str, Any]]:
    nodes = body.graph.nodes
    places = []
    for name, regions in PLACES.items():
        bones = [nodes[bone] for bone in body.bones if nodes[bone]["region"] in regions]
        middle = [bone for bone in bones if bone["side"] == "midline"]
        heights = [bone["com_mm"][1] for bone in middle or bones] or [
            line.points[:, 1].mean()
            for line in body.lines
            if nodes[line.structure]["region"] in regions
        ]
        if heights:
            places.append({"name": name, "height": round(float(np.mean(heights)), 1)})
    return places


def pack_ladder(result: Result, body: Body) -> list[float]:
    """List the rungs of the ladder of a result as one row; see `find_ladder`.

    Places that `body` does not have are left out.
    """
    known = [place["name"] for place in describe_places(body)]
    rungs = find_ladder(result)[[name in known for name in PLACES]]
    return np.round(rungs, 3).ravel().tolist()


def describe_stage(stage: Stage, body: Body) -> dict[str, Any]:
    """Describe a stage of a story for the browser.

    Parameters
    ----------
    stage : Stage
    body : Body
        The body that is drawn.

    Returns
    -------
    dict
        title, sentence, route, place, reached (numbers of structures), trail
        (see `describe_trail`), levels (spots of spinal levels), begins (spots of the bones where
        it begins, each with its side).
    """
    numbers = {name: number for number, name in enumerate(body.structures)}
    spots = (_find_level(body, root) for root in stage.levels)
    return {
        "title": stage.title,
        "sentence": stage.sentence,
        "route": stage.route,
        "place": stage.place,
        "reached": [numbers[name] for name in stage.reached if name in numbers],
        "trail": describe_trail(body, stage.path, stage.shares),
        "levels": [spot for spot in spots if spot],
        "begins": [
            {
                "side": body.graph.nodes[bone]["side"],
                "spot": _spot(body, bone, body.graph.nodes[bone]["com_mm"]),
            }
            for bone in stage.begins
            if bone in body.bones
        ],
    }


def describe_way(way: Sequence[Station], body: Body, route: str) -> list[dict[str, Any]]:
    """Describe a way that `find_way` found, as `describe_trail` does."""
    return describe_trail(body, [station.node for station in way], find_shares(way, route))


def describe_trail(
    body: Body, path: Sequence[str], shares: Sequence[float]
) -> list[dict[str, Any]]:
    """Describe a way through the graph as pieces of a line.

    Parameters
    ----------
    body : Body
    path : sequence of str
        Nodes of the graph.
    shares : sequence of float
        What is left of the change at each, 0 to 1.

    Returns
    -------
    list of dict
        `share`, and `points` (see `Spot`). The first and the last muscle are
        drawn from and to their middle.
    """
    nodes = body.graph.nodes
    known = [(node, share) for node, share in zip(path, shares, strict=True) if node in nodes]
    pieces: list[dict[str, Any]] = []
    last: Spot | None = None
    for number, (node, share) in enumerate(known):
        before = known[number - 1][0] if number else ""
        if nodes[node]["kind"] == "bone":
            spots = _find_bone_spots(body, node, before)
        elif nodes[node]["kind"] == "root":
            spots = [spot for spot in [_find_level(body, node)] if spot]
        else:
            spots = _find_line_spots(body, node, last, number == 0, number == len(known) - 1)
        if spots:
            points = [last, *spots] if last else spots
            pieces.append({"share": round(float(share), 3), "points": points})
            last = spots[-1]
    return pieces


def _find_bone_spots(body: Body, bone: str, before: str) -> list[Spot]:
    """The middle of a bone with which a way begins, the joint that it crosses on the way; a bone
    that only holds two tissues has none."""
    if not before:
        return [_spot(body, bone, body.graph.nodes[bone]["com_mm"])]
    for edge in (body.graph.get_edge_data(before, bone) or {}).values():
        if edge["kind"] == "articulates":
            return [_spot(body, bone, edge["place_mm"])]
    return []


def _find_line_spots(
    body: Body, structure: str, last: Spot | None, is_first: bool, is_last: bool
) -> list[Spot]:
    """The line of a structure that begins nearest to where the way has come; half of it for the
    first and the last. A nerve has none: its way is told by its level."""
    lines = [line for line in body.lines if line.structure == structure]
    if not lines:
        return []
    end = np.array(last[:3]) if last else lines[0].points[0]
    gaps = [np.linalg.norm(line.points[[0, -1]] - end, axis=1) for line in lines]
    line, gap = min(zip(lines, gaps, strict=True), key=lambda pair: pair[1].min())
    spots = [
        _spot(body, place, point, half)
        for place, point, half in zip(line.places, line.points, line.midway, strict=True)
    ]
    if gap[1] < gap[0]:
        spots = spots[::-1]
    if not (is_first or is_last):
        return spots
    middle, passed = _find_middle(spots)
    return [middle] if is_first else [*spots[:passed], middle]


def _find_middle(spots: Sequence[Spot]) -> tuple[Spot, int]:
    """Find the middle of a line by its length, carried by the bones of the points around it; and
    how many points lie before it."""
    places = np.array([spot[:3] for spot in spots])
    lengths = np.linalg.norm(np.diff(places, axis=0), axis=1)
    run = np.concatenate([[0.0], np.cumsum(lengths)])
    passed = int(np.clip(np.searchsorted(run, run[-1] / 2), 1, len(spots) - 1))
    share = float((run[-1] / 2 - run[passed - 1]) / (lengths[passed - 1] or 1.0))
    point = places[passed - 1] + share * (places[passed] - places[passed - 1])
    bones = [spots[passed - 1][3], spots[passed][3]]
    return [*np.round(point, 1).tolist(), *bones, round(1 - share, 3)], passed


def _spot(body: Body, place: str, point: Sequence[float], half: bool = False) -> Spot:
    bone = body.junctions[place]["bone"] if place in body.junctions else place
    number = second = list(body.bones).index(bone)
    if half:
        second = list(body.bones).index(body.graph.nodes[bone]["parent"])
    share = 0.5 if half else 1.0
    return [*np.round(np.asarray(point, float), 1).tolist(), number, second, share]


def _find_joints(body: Body) -> dict[str, tuple[str, np.ndarray]]:
    """Find for each joint the bone under it and its place, mm."""
    parent = {bone: body.graph.nodes[bone]["parent"] for bone in body.bones}
    return {
        edge["joint"]: (
            first if parent.get(first) == second else second,
            np.array(edge["place_mm"]),
        )
        for first, second, edge in body.graph.edges(data=True)
        if edge["kind"] == "articulates"
    }


def _find_level(body: Body, root: str) -> Spot | None:
    """Find the spot of a spinal level; None for one that lies along no part of the spine."""
    joints = body.derived("joint_places", _find_joints)
    level = str(body.graph.nodes[root].get("level", root))
    region, number = level[:1], level[1:]
    if not number.isdigit() or not {"l5_s1", "t12_l1", "c7_t1", "c0_c2"} <= set(joints):
        return None
    if region == "S":
        child, base = joints["l5_s1"]
        down = np.array([0.0, -SACRUM_MM * int(number) / SACRAL, 0.0])
        return _spot(body, body.graph.nodes[child]["parent"], base + down)
    if region not in SPINE:
        return None
    above, below, count = SPINE[region]
    (_, high), (child, low) = joints[above], joints[below]
    return _spot(body, child, high + (low - high) * (int(number) - 0.5) / count)
