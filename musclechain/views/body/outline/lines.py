"""The lines of pull as smooth paths with a width, and the sheets that they span.

All lengths are millimetres in the body's axes (X forward, Y up, Z right).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL

__all__ = ["read_paths", "smooth_line"]


# Muscles whose lines are strands of their own (heads, digitations); all others with several lines
# are sheets.
STRANDS = frozenset(
    {
        "serratus_anterior",
        "iliocostalis_lumborum",
        "longissimus_thoracis",
        "multifidus_lumborum",
        "multifidus_cervicis",
        "sternocleidomastoid",
        "triceps_brachii",
        "splenius_capitis",
        "semispinalis_capitis",
        "longus_colli",
        "psoas_major",
        "iliotibial_tract",
        "sacrotuberous_ligament",
        "flexor_digitorum_superficialis",
        "extensor_digitorum",
    }
)


# Muscles that together make one sheet: each reaches half-way to its neighbour. The number is the
# share by which the sheet's free edge
# goes on past its last line, since a line stands for the middle of its strip and not for its
# border.
SHEETS = (
    (("trapezius_descending_part", "trapezius_transverse_part", "trapezius_ascending_part"), 0.5),
    (("rhomboid_minor", "rhomboid_major"), 0.45),
)


EDGE_SHARE = 0.3


EDGE_SHARES = {"pectoralis_major": 0.55, "external_oblique": 0.5, "gluteus_maximus": 0.4}


# Muscles that arise along a length of bone or a broad face of it: their line of force begins at the
# middle of that origin, their flesh
# reaches further, straight on, by this share of the line.
ORIGIN_REACH = {
    "vastus_lateralis": 0.42,
    "vastus_medialis": 0.25,
    "vastus_intermedius": 0.3,
    "tibialis_anterior": 0.22,
    "fibularis_longus": 0.22,
    "extensor_digitorum_longus": 0.15,
    "tibialis_posterior": 0.15,
    "gluteus_medius": 0.24,
    "gluteus_minimus": 0.2,
    "iliacus": 0.12,
}


# The same at the last point.
INSERTION_REACH = {"external_oblique": 0.55}


TISSUE_HALF_WIDTH_MM = {"fascia": 9.0, "ligament": 5.0, "tendon": 7.5}


TENDON_HALF_WIDTH_MM = 2.8


JUNCTION_SHARE, JUNCTION_SHARES = 0.22, {"ischial_junction": 0.06}


STEPS = 33


@dataclass
class _Path:
    """One line of pull, smooth and finely sampled.

    points (STEPS, 3), carriers (STEPS, bones), half-width (STEPS,), and the rows between which it
    is fleshy.
    """

    points: np.ndarray
    carriers: np.ndarray
    width: np.ndarray
    fleshy: tuple = (0, STEPS - 1)


def smooth_line(points, steps=10):
    """Catmull-Rom curve (centripetal, so it does not overshoot uneven points) and the running
    number of its points."""
    if len(points) == 2:
        return points, np.arange(2.0)
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    knots = np.concatenate(
        [[0], np.cumsum(np.sqrt(np.linalg.norm(np.diff(padded, axis=0), axis=1)) + 1e-6)]
    )
    out, number = [points[:1]], [np.zeros(1)]
    for i in range(len(points) - 1):
        k0, k1, k2, k3 = knots[i : i + 4]
        p0, p1, p2, p3 = padded[i : i + 4]
        k = np.linspace(k1, k2, steps + 1)[1:, None]
        a1 = ((k1 - k) * p0 + (k - k0) * p1) / (k1 - k0)
        a2 = ((k2 - k) * p1 + (k - k1) * p2) / (k2 - k1)
        a3 = ((k3 - k) * p2 + (k - k2) * p3) / (k3 - k2)
        b1 = ((k2 - k) * a1 + (k - k0) * a2) / (k2 - k0)
        b2 = ((k3 - k) * a2 + (k - k1) * a3) / (k3 - k1)
        out.append(((k2 - k) * b1 + (k - k1) * b2) / (k2 - k1))
        number.append(i + (k[:, 0] - k1) / (k2 - k1))
    return np.vstack(out), np.concatenate(number)


def _sample(points, carriers):
    """Sample one line at equal steps of its length."""
    curve, number = smooth_line(points)
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    at = np.linspace(0, run[-1], STEPS)
    fine = np.stack([np.interp(at, run, curve[:, axis]) for axis in range(3)], axis=1)
    where = np.interp(at, run, number)
    low = np.clip(where.astype(int), 0, len(points) - 2)
    part = (where - low)[:, None]
    return _Path(fine, (1 - part) * carriers[low] + part * carriers[low + 1], np.zeros(STEPS))


def _find_belly(node, line):
    """Find where a line is fleshy, as shares of its length; an end in a junction is tendon or
    aponeurosis for a while."""
    start, stop = node.get("tendon_proximal", 0.0), node.get("tendon_distal", 0.0)
    ends = line.values["ends"]
    if 1 in ends:
        start = max(start, _find_junction_share(ends[1]))
    if line.values["points"] in ends:
        stop = max(stop, _find_junction_share(ends[line.values["points"]]))
    return start, 1 - stop


def _find_junction_share(junction):
    return next(
        (share for name, share in JUNCTION_SHARES.items() if str(junction).startswith(name)),
        JUNCTION_SHARE,
    )


def _find_width(node, values, length, start, stop):
    """Half-width of the belly along a line, mm: a spindle as bulky as the muscle.

    The volume is cross-section times fibre length. Long-fibred strap muscles
    keep their width to the ends, short-fibred ones bulge in the middle.
    """
    along = np.linspace(0, 1, STEPS)
    inside = np.clip((along - start) / max(stop - start, 0.05), 0, 1)
    middle = np.clip((node.get("belly", 0.5) - start) / max(stop - start, 0.05), 0.15, 0.85)
    warped = np.where(
        inside < middle, 0.5 * inside / middle, 0.5 + 0.5 * (inside - middle) / (1 - middle)
    )
    power = np.clip(1.05 - values["fibre_mm"] / length, 0.3, 0.8)
    profile = np.sin(np.pi * warped) ** power
    profile[(along < start) | (along > stop)] = 0
    bulk = (
        values["pcsa_cm2"]
        * 100
        * values["fibre_mm"]
        / (np.pi * length * max(np.mean(profile**2), 0.1))
    )
    return node.get("width", 1.0) * np.sqrt(bulk) * profile


def read_paths(body, healthy):
    """Collect the lines of every structure as smooth paths.

    Parameters
    ----------
    body : Body
    healthy : dict
        Bone id -> 4x4 transform (metres) from the data's posture to healthy standing.

    Returns
    -------
    dict of structure id to list of paths
        In healthy standing, mm.
    """
    index = {bone: number for number, bone in enumerate(body.bones)}
    junctions = body.graph.graph["junctions"]
    found = {}
    for line in body.lines:
        if len(line.points) < 2:
            continue
        bones = [
            place if place in index else junctions[place.split("_part_")[0]]["bone"]
            for place in line.places
        ]
        points = np.array(
            [
                healthy[bone][:3, :3] @ point + 1000 * healthy[bone][:3, 3]
                for bone, point in zip(bones, line.points, strict=True)
            ]
        )
        node = body.graph.nodes[line.structure]
        points, bones = _reach_back(points, bones, ORIGIN_REACH.get(node.get("base"), 0))
        points, bones = (
            part[::-1]
            for part in _reach_back(
                points[::-1], bones[::-1], INSERTION_REACH.get(node.get("base"), 0)
            )
        )
        path = _sample(points, np.eye(len(index))[[index[bone] for bone in bones]])
        if node["kind"] == "muscle":
            start, stop = _find_belly(node, line)
            path.fleshy = (round(start * (STEPS - 1)), round(stop * (STEPS - 1)))
            path.width = _find_width(
                node,
                line.values,
                np.linalg.norm(np.diff(path.points, axis=0), axis=1).sum(),
                start,
                stop,
            )
        else:
            path.width = np.full(STEPS, TISSUE_HALF_WIDTH_MM[node["kind"]] * node.get("width", 1.0))
        found.setdefault(line.structure, []).append(path)
    for paths in found.values():
        _align(paths)
    return found


def _reach_back(points, bones, share):
    """Lengthen a line beyond its first point, straight on and on the same bone."""
    if not share:
        return points, bones
    length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    way = (points[0] - points[1]) / np.linalg.norm(points[0] - points[1])
    return np.vstack([points[0] + share * length * way, points]), [bones[0], *bones]


def _align(paths):
    """Turn lines round so that all lines of a structure run the same way as the first."""
    for before, path in pairwise(paths):
        same = np.linalg.norm(before.points[0] - path.points[0]) + np.linalg.norm(
            before.points[-1] - path.points[-1]
        )
        crossed = np.linalg.norm(before.points[0] - path.points[-1]) + np.linalg.norm(
            before.points[-1] - path.points[0]
        )
        if crossed < same:
            path.points, path.carriers, path.width = (
                path.points[::-1],
                path.carriers[::-1],
                path.width[::-1],
            )
            path.fleshy = (STEPS - 1 - path.fleshy[1], STEPS - 1 - path.fleshy[0])


def _fan_out(paths):
    """Order lines that leave one point by their direction, so that the sheet between them does not
    fold."""
    starts = np.array([path.points[0] for path in paths])
    if len(paths) < 3 or np.ptp(starts, axis=0).max() > 1:
        return paths
    ways = np.array([path.points[-1] - path.points[0] for path in paths])[:, [2, 1]]
    angles = np.sort(np.arctan2(ways[:, 1], ways[:, 0]))
    gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
    first = angles[(int(np.argmax(gaps)) + 1) % len(angles)]
    return [
        paths[number]
        for number in np.argsort((np.arctan2(ways[:, 1], ways[:, 0]) - first) % (2 * np.pi))
    ]


def _mix(one, other, share):
    """Line between two lines (0 to 1), or past the first (below 0)."""
    carriers = one.carriers if share <= 0 else (1 - share) * one.carriers + share * other.carriers
    fleshy = (
        one.fleshy
        if share <= 0
        else tuple(
            round((1 - share) * a + share * b)
            for a, b in zip(one.fleshy, other.fleshy, strict=True)
        )
    )
    return _Path((1 - share) * one.points + share * other.points, carriers, np.zeros(STEPS), fleshy)


def find_sheet(structure, node, found, axis):
    """List the lines that span a structure's sheet, from edge to edge; empty for strands and
    single lines."""
    base, paths = node.get("base", structure), found[structure]
    if base in STRANDS:
        return []
    suffix = structure.removeprefix(base)
    if node["kind"] != "muscle":
        return _fan_out(paths) if len(paths) > 1 else []
    members, share = next(
        ((names, share) for names, share in SHEETS if base in names),
        ((base,), EDGE_SHARES.get(base, EDGE_SHARE)),
    )
    row = [(name, path) for name in members for path in _uncross(found.get(name + suffix, ()))]
    if len(row) < 2:
        return []
    mine = [number for number, (name, _) in enumerate(row) if name == base]
    first, last, lines = mine[0], mine[-1], [path for _, path in row]
    if axis != FRONTAL:
        share *= 0.3  # from the side a sheet ends near its last line
    before = (
        _mix(lines[first], lines[first - 1], 0.5)
        if first
        else _mix(lines[0], lines[1], -share * _are_parallel(lines[0], lines[1]))
    )
    after = (
        _mix(lines[last], lines[last + 1], 0.5)
        if last + 1 < len(lines)
        else _mix(lines[-1], lines[-2], -share * _are_parallel(lines[-1], lines[-2]))
    )
    return [before, *(path for name, path in row if name == base), after]


def _uncross(paths):
    """Order lines that cross by where their middles lie, so that the sheet between them does not
    fold."""
    if len(paths) < 3 or not any(_do_cross(one, other, FRONTAL) for one, other in pairwise(paths)):
        return paths
    along = np.mean([path.points[-1] - path.points[0] for path in paths], axis=0)[[2, 1]]
    return sorted(
        paths,
        key=lambda path: float(np.dot(path.points[STEPS // 2, [2, 1]], [along[1], -along[0]])),
    )


def _are_parallel(one, other):
    """Ask whether two lines run side by side; only then does a sheet go on past its last line."""
    a, b = one.points[-1] - one.points[0], other.points[-1] - other.points[0]
    return float(a @ b > 0.5 * np.linalg.norm(a) * np.linalg.norm(b))


def _do_cross(one, other, axis):
    """Ask whether two lines change sides in the picture; between such lines fibres have no
    order."""
    way, along, apart = (
        (b - a)[[axis, 1]]
        for a, b in (
            (one.points[0], one.points[-1]),
            (other.points[0], other.points[-1]),
            (one.points[0], other.points[0]),
        )
    )
    turn = way[0] * along[1] - way[1] * along[0]
    if abs(turn) < 1e-6:
        return False
    here, there = (
        (apart[0] * along[1] - apart[1] * along[0]) / turn,
        (apart[0] * way[1] - apart[1] * way[0]) / turn,
    )
    return bool(0.08 < here < 0.92 and 0.08 < there < 0.92)
