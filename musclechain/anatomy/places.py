"""Where each node of the graph belongs in the frontal plane."""

import numpy as np

__all__ = ["find_places"]


def _ground_mm(body):
    """Height of the ground in the frame of the data, mm."""
    return (
        body.graph.graph["parameters"]["ground_height"].value
        if "ground_height" in body.graph.graph["parameters"]
        else 0.0
    )


def find_places(body):
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


def _collect_places(body):
    graph, ground = body.graph, _ground_mm(body)
    points = {}
    for line in body.lines:
        points.setdefault(line.structure, []).extend(line.points)
    places = {}
    for node, data in graph.nodes(data=True):
        if data["kind"] == "bone":
            points[node] = [data["com_mm"]]
        if points.get(node):
            middle = np.mean(points[node], axis=0)
            places[node] = (float(middle[2]) / 1000, (float(middle[1]) - ground) / 1000)
    heights = _spine_heights(body)
    for node, data in graph.nodes(data=True):
        if data["kind"] == "root":
            level = str(data.get("level", ""))
            side = {"left": -1, "right": 1}.get(data.get("side"), 0)
            # the accessory nucleus lies beside the uppermost levels
            place = heights.get("C1" if level == "XI" else level, 1.0)
            places[node] = (side * (0.06 if level == "XI" else 0.035), place)
    for node in graph:
        if node not in places:
            near = [places[other] for other in graph[node] if other in places]
            places[node] = tuple(np.mean(near, axis=0).tolist()) if near else (0.0, 0.0)
    return places


def _joint_heights(body):
    ground = _ground_mm(body)
    return {
        key: (data["place_mm"][1] - ground) / 1000
        for _, _, key, data in body.graph.edges(keys=True, data=True)
        if data.get("kind") == "articulates"
    }


def _spine_heights(body):
    """Heights of the spinal levels, read between the joints of the spine, m."""
    joints = _joint_heights(body)
    levels = [
        *(f"C{k}" for k in range(1, 9)),
        *(f"T{k}" for k in range(1, 13)),
        *(f"L{k}" for k in range(1, 6)),
        *(f"S{k}" for k in range(1, 6)),
    ]
    marks = [
        (0, joints.get("c0_c2", 1.57)),
        (7, joints.get("c7_t1", 1.46)),
        (19, joints.get("t12_l1", 1.18)),
        (24, joints.get("l5_s1", 1.03)),
    ]
    marks.append((29, marks[-1][1] - 0.1))
    return dict(zip(levels, np.interp(range(30), *zip(*marks, strict=True)).tolist(), strict=False))
