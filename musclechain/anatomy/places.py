"""Where each node of the graph belongs in the frontal plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = ["find_places"]

# Spinal levels from above, and the joint above the level of each number with its height (m) in a
# body that lacks the joint.
LEVELS = tuple(
    f"{part}{number}"
    for part, count in (("C", 8), ("T", 12), ("L", 5), ("S", 5))
    for number in range(1, count + 1)
)
MARKS = ((0, "c0_c2", 1.57), (7, "c7_t1", 1.46), (19, "t12_l1", 1.18), (24, "l5_s1", 1.03))
SACRUM_M = 0.1  # from the lowest mark to the last level
ROOT_M, NUCLEUS_M = 0.035, 0.06  # from the midline to a root, and to the accessory nucleus

SIGNS = {"left": -1, "right": 1}

Place = tuple[float, float]


def find_places(body: Body) -> dict[str, Place]:
    """Find where each node of the graph belongs in the frontal plane, seen from behind.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of node to (float, float)
        Metres to the right of the midline and above the ground, in the posture
        of the data: a soft structure at the mean of its attachment points, a
        bone at its centre of mass, a nerve at the mean of the muscles it
        supplies, a root beside the spine (its height read between the joints).
    """
    return body.derived("places", _collect_places)


def _collect_places(body: Body) -> dict[str, Place]:
    graph, ground = body.graph, body.parameter("ground_height")
    points: dict[str, list[Any]] = {}
    for line in body.lines:
        points.setdefault(line.structure, []).extend(line.points)
    places: dict[str, Place] = {}
    for node, data in graph.nodes(data=True):
        if data["kind"] == "bone":
            points[node] = [data["com_mm"]]
        if points.get(node):
            middle = np.mean(points[node], axis=0)
            places[node] = (float(middle[2]) / 1000, (float(middle[1]) - ground) / 1000)
    places.update(_place_roots(body))
    for node in graph:
        if node not in places:
            near = [places[other] for other in graph[node] if other in places]
            across, height = np.mean(near, axis=0).tolist() if near else (0.0, 0.0)
            places[node] = (across, height)
    return places


def _place_roots(body: Body) -> dict[str, Place]:
    """Place the roots beside the spine; the accessory nucleus lies beside the uppermost levels."""
    heights, places = _find_heights(body), {}
    for node, data in body.graph.nodes(data=True):
        if data["kind"] == "root":
            level, sign = data["level"], SIGNS.get(data.get("side", ""), 0)
            is_nucleus = level == "XI"
            across = sign * (NUCLEUS_M if is_nucleus else ROOT_M)
            places[node] = (across, heights.get("C1" if is_nucleus else level, 1.0))
    return places


def _find_heights(body: Body) -> dict[str, float]:
    """Heights of the spinal levels, read between the joints of the spine, m."""
    ground = body.parameter("ground_height")
    joints = {
        joint: (data["place_mm"][1] - ground) / 1000
        for _, _, joint, data in body.graph.edges(keys=True, data=True)
        if data.get("kind") == "articulates"
    }
    numbers = [*(number for number, _, _ in MARKS), len(LEVELS) - 1]
    marks = [joints.get(joint, usual) for _, joint, usual in MARKS]
    found = np.interp(np.arange(len(LEVELS)), numbers, [*marks, marks[-1] - SACRUM_M])
    return dict(zip(LEVELS, found.tolist(), strict=True))
