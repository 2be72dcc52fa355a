"""The lines of pull as smooth paths with a width, and the sheets that they span.

All lengths are millimetres in the body's axes (X forward, Y up, Z right).
"""

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from musclechain.anatomy.body import Body, Line
from musclechain.views.body.outline.curves import FRONTAL, Curves, bind_curves, lift_points
from musclechain.views.body.outline.standing import Standing

__all__ = [
    "SHEETS",
    "SLIPS",
    "STEPS",
    "ALONG",
    "PullPath",
    "do_cross",
    "find_sheet",
    "hang_line",
    "mix_paths",
    "mix_rows",
    "read_paths",
    "read_sheets",
    "smooth_lines",
]

# Structures whose lines are strands of their own (heads, digitations), or one behind the other; all
# others with several lines are sheets.
STRANDS = frozenset(
    {
        "serratus_anterior",
        "multifidus_lumborum",
        "multifidus_cervicis",
        "sternocleidomastoid",
        "triceps_brachii",
        "splenius_capitis",
        "semispinalis_capitis",
        "longus_colli",
        "psoas_major",
        "iliotibial_tract",
        "linea_alba",
    }
)

# Muscles that together make one sheet: each reaches half-way to its neighbour. The number is the
# share by which the sheet's free edge goes on past its last line, since a line stands for the
# middle of its strip and not for its border.
SHEETS = (
    (("trapezius_descending_part", "trapezius_transverse_part", "trapezius_ascending_part"), 0.5),
    (("rhomboid_minor", "rhomboid_major"), 0.45),
)

# The same share for every other sheet.
EDGE_SHARE = 0.3
EDGE_SHARES = {"pectoralis_major": 0.55, "external_oblique": 0.5, "gluteus_maximus": 0.4}

# Muscles that arise along a length of bone or a broad face of it: their line of force begins at the
# middle of that origin, their flesh reaches further, straight on, by this share of the line.
ORIGIN_REACH = {
    "vastus_lateralis": 0.42,
    "vastus_intermedius": 0.3,
    "tibialis_anterior": 0.22,
    "fibularis_longus": 0.22,
    "extensor_digitorum_longus": 0.15,
    "tibialis_posterior": 0.15,
    "gluteus_medius": 0.24,
    "gluteus_minimus": 0.2,
    "iliacus": 0.12,
    "brachialis": 0.38,
}

# The same at the last point.
INSERTION_REACH = {"external_oblique": 0.55}

# Bands and plates that narrow: factors of their half-width, evenly from end to end. A muscle keeps
# its volume.
TAPERS = {
    "sartorius": (1.0, 1.3, 1.3, 1.15, 0.9, 0.65, 0.5),
}

TISSUE_HALF_WIDTH_MM = {"fascia": 9.0, "ligament": 5.0, "tendon": 7.5}
TENDON_HALF_WIDTH_MM = 2.8
# The same of tendons that are broad bands (together those of the quadriceps hold the kneecap), or
# that need not be drawn.
TENDONS_MM = {
    "rectus_femoris": 11.0,
    "vastus_intermedius": 10.0,
    "vastus_lateralis": 6.0,
    "vastus_medialis": 6.0,
    "triceps_brachii": 7.0,
    # the thin cords of fingers and toes
    "extensor_hallucis_longus": 2.0,
    "extensor_digitorum_brevis": 1.9,
    "flexor_hallucis_longus": 2.0,
    "flexor_digitorum_longus": 2.0,
    # what they end in is drawn of itself
    "gastrocnemius_medial_head": 0.8,
    "gastrocnemius_lateral_head": 0.8,
    "soleus": 0.8,
    "longissimus_thoracis": 0.8,
    "iliocostalis_lumborum": 0.8,
}

# Nothing is drawn wider than this: a cross-section can be any number, a picture cannot.
WIDEST_HALF_WIDTH_MM = 150.0

# Share of a line that is tendon where it ends in a junction.
JUNCTION_SHARE = 0.22
JUNCTION_SHARES = {"ischial_junction": 0.06, "achilles_junction": 0.1, "iliotibial_junction": 0.08}

# Some flesh is drawn of every muscle, whatever the shares of its tendons: a share of its length.
SHORTEST_BELLY = 0.1

# How pointed spindles are: the power of a sine, least for strap muscles. Short-fibred ones are
# blunt too, since their fibres end along the tendon and not at its tip.
LEAST_POWER, MOST_POWER = 0.3, 0.55

# Muscles that begin in slips, one at each point of their origin: between two slips the flesh begins
# this share of the line later. Lines of the sheet from slip to slip: enough for a rounded tip.
SLIPS = {"serratus_anterior": 0.38, "external_oblique": 0.12, "sternocleidomastoid": 0.26}
SLIP_LINES = 4
# Muscles that begin round or in a point: by which share of its length the line in the middle begins
# later, that at either edge, and the power of the distance from the middle by which it grows.
ROUNDED = {
    "deltoid": (0.0, 0.12, 2),
    "tibialis_anterior": (0.0, 0.1, 1),
    "extensor_digitorum_longus": (0.0, 0.1, 1),
    "fibularis_longus": (0.02, 0.1, 1),
}
# From the side this one is a round cap; from behind and in front it begins all along its bones.
ROUND_FROM_SIDE = frozenset({"deltoid"})
# Below this share of its length each line is where it was.
ROUNDED_SHARE = 0.35

# The curves of a sheet that passes over others, from end to end.
OVER = ("origin", "first", "middle", "late", "last", "insertion")

# Lines of a sheet between two attachment curves.
ALONG_SHEET = np.linspace(0, 1, 13)

# Samples of a path, and where they lie along it.
STEPS = 33
ALONG = np.linspace(0, 1, STEPS)


@dataclass(frozen=True)
class PullPath:
    """One line of pull, smooth and finely sampled.

    Attributes
    ----------
    points : numpy.ndarray, shape (STEPS, 3)
    carriers : numpy.ndarray, shape (STEPS, bones)
        How much each bone carries each point.
    width : numpy.ndarray, shape (STEPS,)
        Half-width.
    fleshy : tuple of float
        The rows between which it is flesh; of a line between attachment curves it may begin and
        end between two rows.
    tendon : float
        Half-width where it is tendon.
    """

    points: np.ndarray
    carriers: np.ndarray
    width: np.ndarray
    fleshy: tuple[float, float] = (0, STEPS - 1)
    tendon: float = TENDON_HALF_WIDTH_MM

    @property
    def way(self) -> np.ndarray:
        """From the first point to the last, shape (3,)."""
        return self.points[-1] - self.points[0]

    def turn_round(self) -> "PullPath":
        """The same path from its other end."""
        first, last = self.fleshy
        return PullPath(
            self.points[::-1],
            self.carriers[::-1],
            self.width[::-1],
            (STEPS - 1 - last, STEPS - 1 - first),
            self.tendon,
        )

    def mirror(self, swap: np.ndarray) -> "PullPath":
        """The same path on the other side; `swap` holds for each bone the number of its twin."""
        points, carriers = self.points * [1, 1, -1], self.carriers[:, swap]
        return replace(self, points=points, carriers=carriers)


def hang_line(
    standing: Standing,
    bone: str,
    flat: np.ndarray,
    depth: float | np.ndarray,
    axis: int,
    steps: int = 10,
    closed: bool = False,
) -> Curves:
    """Hang a smooth line through flat points on a bone.

    Parameters
    ----------
    standing : Standing
    bone : str
    flat : numpy.ndarray, shape (n, 2)
        In healthy standing, mm; those of a closed line end where they begin.
    depth, axis
        See `lift_points`.
    steps : int
        See `smooth_lines`.
    closed : bool

    Returns
    -------
    Curves
    """
    line, _ = smooth_lines(lift_points(flat, depth, axis), steps)
    line = line[:-1] if closed else line
    return bind_curves(line, standing.carry([bone] * len(line)), (len(line),), closed)


def smooth_lines(points: np.ndarray, steps: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """Draw Catmull-Rom curves through points (centripetal, so they do not overshoot uneven
    points).

    Parameters
    ----------
    points : numpy.ndarray, shape (..., n, 3)
        Of one line, or of several with equally many points.
    steps : int
        Between two points.

    Returns
    -------
    curves : numpy.ndarray, shape (..., m, 3)
        The points themselves if there are two.
    number : numpy.ndarray, shape (m,)
        Which of the points each vertex is, or between which it lies.
    """
    count = points.shape[-2]
    if count == 2:
        return points, np.arange(2.0)
    before = 2 * points[..., :1, :] - points[..., 1:2, :]
    beyond = 2 * points[..., -1:, :] - points[..., -2:-1, :]
    padded = np.concatenate([before, points, beyond], axis=-2)
    gaps = padded[..., 1:, :] - padded[..., :-1, :]
    # how much the parameter grows from point to point: the square root of their distance
    knots = np.sqrt(np.linalg.norm(gaps, axis=-1, keepdims=True)) + 1e-6
    speeds = gaps / knots
    around = (gaps[..., :-1, :] + gaps[..., 1:, :]) / (knots[..., :-1, :] + knots[..., 1:, :])
    tangents = speeds[..., :-1, :] + speeds[..., 1:, :] - around
    # between two points a cubic that leaves and arrives along their tangents
    u = (np.arange(1, steps + 1) / steps)[:, None]
    start, gap = points[..., :-1, None, :], gaps[..., 1:-1, None, :]
    leave, arrive = (
        (part * knots[..., 1:-1, :])[..., None, :]
        for part in (tangents[..., :-1, :], tangents[..., 1:, :])
    )
    bend = 3 * gap - 2 * leave - arrive + u * (leave + arrive - 2 * gap)
    curves = (start + u * (leave + u * bend)).reshape(*points.shape[:-2], -1, 3)
    number = np.arange(steps * (count - 1) + 1) / steps
    return np.concatenate([points[..., :1, :], curves], axis=-2), number


def _sample(points: np.ndarray, carriers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sample a smooth line at `STEPS` equal steps of its length: points and carriers."""
    curve, number = smooth_lines(points)
    run = np.append(0, np.cumsum(np.linalg.norm(curve[1:] - curve[:-1], axis=1)))
    at = ALONG * run[-1]
    fine = np.stack([np.interp(at, run, curve[:, axis]) for axis in range(3)], axis=1)
    return fine, mix_rows(carriers, np.interp(at, run, number))


def mix_rows(rows: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Mix neighbouring rows of an array, shape (..., n, columns): row 2.25 is three parts of row 2
    and one of row 3."""
    low = np.minimum(number.astype(int), rows.shape[-2] - 2)
    part = (number - low)[:, None]
    return (1 - part) * rows[..., low, :] + part * rows[..., low + 1, :]


def _measure_length(points: np.ndarray) -> float:
    return float(np.linalg.norm(points[1:] - points[:-1], axis=1).sum())


def _find_belly(node: Mapping[str, Any], line: Line) -> tuple[float, float]:
    """Find where a line is fleshy, as shares of its length; an end in a junction is tendon or
    aponeurosis for a while."""
    start, stop = node.get("tendon_proximal", 0.0), node.get("tendon_distal", 0.0)
    ends = line.values["ends"]
    if 1 in ends:
        start = max(start, _find_junction_share(ends[1]))
    if line.values["points"] in ends:
        stop = max(stop, _find_junction_share(ends[line.values["points"]]))
    start = min(max(start, 0.0), 1 - SHORTEST_BELLY)
    return start, max(1 - max(stop, 0.0), start + SHORTEST_BELLY)


def _find_junction_share(junction: str) -> float:
    return next(
        (share for name, share in JUNCTION_SHARES.items() if str(junction).startswith(name)),
        JUNCTION_SHARE,
    )


def _find_width(
    node: Mapping[str, Any],
    values: Mapping[str, Any],
    length: float,
    start: float,
    stop: float,
) -> np.ndarray:
    """Half-width of the belly along a line, mm: a spindle as bulky as the muscle.

    The volume is cross-section times fibre length. Long-fibred strap muscles
    keep their width to the ends, short-fibred ones bulge in the middle.
    """
    inside = np.minimum(np.maximum((ALONG - start) / max(stop - start, 0.05), 0), 1)
    middle = min(max((node.get("belly", 0.5) - start) / max(stop - start, 0.05), 0.15), 0.85)
    warped = np.where(
        inside < middle, 0.5 * inside / middle, 0.5 + 0.5 * (inside - middle) / (1 - middle)
    )
    power = min(max(1.05 - values["fibre_mm"] / length, LEAST_POWER), MOST_POWER)
    profile = np.sin(np.pi * warped) ** power
    profile[(start > ALONG) | (stop < ALONG)] = 0
    profile *= _taper(node)
    volume = values["pcsa_cm2"] * 100 * values["fibre_mm"]
    widest = math.sqrt(volume / (np.pi * length * max(float(np.mean(profile**2)), 0.1)))
    return min(node.get("width", 1.0) * widest, WIDEST_HALF_WIDTH_MM) * profile


def _taper(node: Mapping[str, Any]) -> np.ndarray:
    """Factors of the half-width along a line, 1 for what does not narrow."""
    factors = TAPERS.get(node.get("base", ""), (1.0,))
    return np.interp(ALONG, np.linspace(0, 1, len(factors)), factors)


def read_paths(
    body: Body, standing: Standing, names: Container[str] | None = None
) -> dict[str, list[PullPath]]:
    """Collect the lines of structures as smooth paths.

    Parameters
    ----------
    body : Body
    standing : Standing
    names : container of str, optional
        Of which structures; by default of all.

    Returns
    -------
    dict of structure id to list of PullPath
        In healthy standing, mm.
    """
    paths: dict[str, list[PullPath]] = {}
    for line in body.lines:
        if len(line.points) > 1 and (names is None or line.structure in names):
            path = _read_path(body, line, standing)
            before = paths.setdefault(line.structure, [])
            # all lines of a structure run the same way as the first
            if before and _run_against(before[-1], path):
                path = path.turn_round()
            before.append(path)
    return paths


def _read_path(body: Body, line: Line, standing: Standing) -> PullPath:
    """Make a smooth path of one line."""
    node, junctions = body.graph.nodes[line.structure], body.graph.graph["junctions"]
    bones = [
        place if place in standing.number else junctions[place.split("_part_")[0]]["bone"]
        for place in line.places
    ]
    halfway = [k for k, half in enumerate(line.midway) if half]
    carriers = standing.carry(bones)
    parents = [body.graph.nodes[bones[k]]["parent"] for k in halfway]
    carriers[halfway] = 0.5 * (carriers[halfway] + standing.carry(parents))
    points, carriers = _stretch(node, standing.place(line.points, bones), carriers)
    points, carriers = _sample(points, carriers)
    if node["kind"] != "muscle":
        half = TISSUE_HALF_WIDTH_MM[node["kind"]] * node.get("width", 1.0)
        width = np.minimum(half * _taper(node), WIDEST_HALF_WIDTH_MM)
        return PullPath(points, carriers, width)
    start, stop = _find_belly(node, line)
    width = _find_width(node, line.values, _measure_length(points), start, stop)
    fleshy = (round(start * (STEPS - 1)), round(stop * (STEPS - 1)))
    tendon = TENDONS_MM.get(node.get("base", ""), TENDON_HALF_WIDTH_MM)
    return PullPath(points, carriers, width, fleshy, tendon)


def _stretch(
    node: Mapping[str, Any], points: np.ndarray, carriers: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Lengthen a line to where its flesh begins and ends."""
    base = node.get("base", "")
    points, carriers = _reach_back(points, carriers, ORIGIN_REACH.get(base, 0))
    points, carriers = _reach_back(points[::-1], carriers[::-1], INSERTION_REACH.get(base, 0))
    return points[::-1], carriers[::-1]


def _reach_back(
    points: np.ndarray, carriers: np.ndarray, share: float
) -> tuple[np.ndarray, np.ndarray]:
    """Lengthen a line straight on beyond its first point on the same bone."""
    if not share:
        return points, carriers
    way = (points[0] - points[1]) / np.linalg.norm(points[0] - points[1])
    start = points[0] + share * _measure_length(points) * way
    return np.vstack([start, points]), np.vstack([carriers[0], carriers])


def _run_against(path: PullPath, other: PullPath) -> bool:
    """Ask whether the ends of two paths lie nearer crosswise."""
    same, crossed = (
        np.linalg.norm(path.points[0] - other.points[first])
        + np.linalg.norm(path.points[-1] - other.points[last])
        for first, last in ((0, -1), (-1, 0))
    )
    return bool(crossed < same)


def read_sheets(
    body: Body,
    standing: Standing,
    paths: Mapping[str, Sequence[PullPath]],
    axis: int = FRONTAL,
) -> dict[str, list[PullPath]]:
    """Span the sheet of every structure that has attachment curves.

    Parameters
    ----------
    body : Body
    standing : Standing
    paths : mapping of structure id to sequence of PullPath
        From `read_paths`.
    axis : int, optional
        Axis of the body that runs across the plane.

    Returns
    -------
    dict of structure id to list of PullPath
        From one edge of the sheet to the other: each runs from a place of the
        origin to one of the insertion, curved as the lines of pull beside it.
    """
    sheets = {}
    for name, lines in paths.items():
        curves = body.graph.nodes[name].get("attachments", {})
        if {"origin", "insertion"} <= curves.keys() and all(
            bone in standing.number for curve in curves.values() for bone, _, _ in curve
        ):
            base = body.graph.nodes[name].get("base", "")
            slips = SLIP_LINES * (len(curves["origin"]) - 1)
            along = np.linspace(0, 1, slips + 1) if base in SLIPS else ALONG_SHEET
            sheet = (
                _span_over(standing, curves, along)
                if "middle" in curves
                else _span(standing, curves["origin"], curves["insertion"], lines, along)
            )
            if base in SLIPS:
                sheet = list(_notch(sheet, SLIPS[base]))
            elif base in ROUNDED and (axis != FRONTAL or base not in ROUND_FROM_SIDE):
                sheet = list(_round_off(sheet, along, *ROUNDED[base]))
            sheets[name] = sheet
    return sheets


Attached = Sequence[tuple[str, Sequence[float], float]]


def _span(
    standing: Standing,
    origin: Attached,
    insertion: Attached,
    lines: Sequence[PullPath],
    along: np.ndarray,
) -> list[PullPath]:
    start, stop = (_sample_curve(standing, curve, along) for curve in (origin, insertion))
    if lines[0].way @ (stop[0].mean(axis=0) - start[0].mean(axis=0)) < 0:
        lines = [line.turn_round() for line in lines]
    # how each line of pull leaves the straight way between its ends, and beside which of the
    # drawn ones it runs
    chords = [_run_straight(line.points[0], line.points[-1]) for line in lines]
    bows = np.array([line.points - chord for line, chord in zip(lines, chords, strict=True)])
    gaps = np.array(
        [
            np.linalg.norm(start[0] - line.points[0], axis=1)
            + np.linalg.norm(stop[0] - line.points[-1], axis=1)
            for line in lines
        ]
    )
    beside = along[gaps.argmin(axis=1)]
    order = np.argsort(beside)
    sheet = []
    share = (ALONG**2 * (3 - 2 * ALONG))[:, None]
    for number, place in enumerate(along):
        at = np.interp(place, beside[order], np.arange(len(order)))
        low = min(int(at), len(order) - 1)
        high = min(low + 1, len(order) - 1)
        bow = (1 - (at - low)) * bows[order[low]] + (at - low) * bows[order[high]]
        points = _run_straight(start[0][number], stop[0][number]) + bow
        carriers = (1 - share) * start[1][number] + share * stop[1][number]
        first = start[2][number]
        last = max(1 - stop[2][number], first + SHORTEST_BELLY)
        fleshy = (first * (STEPS - 1), last * (STEPS - 1))
        sheet.append(PullPath(points, carriers, np.zeros(STEPS), fleshy))
    return sheet


def _notch(sheet: Iterable[PullPath], depth: float) -> Iterator[PullPath]:
    """Let a sheet begin in slips with rounded tips: lines between two of them begin later, the one
    half-way by a share of its length."""
    for number, path in enumerate(sheet):
        beside = number % SLIP_LINES
        later = depth * (2 * min(beside, SLIP_LINES - beside) / SLIP_LINES) ** 2
        yield _mix_places(path, later + ALONG * (1 - later))


def _round_off(
    sheet: Iterable[PullPath], along: np.ndarray, least: float, most: float, power: int
) -> Iterator[PullPath]:
    """Let lines of a sheet begin the later, the nearer they are to an edge; see `ROUNDED`. Their
    lower part stays as it was, with where flesh ends and tendons part."""
    later = least + (most - least) * np.abs(2 * along - 1) ** power
    above = np.maximum(1 - ALONG / ROUNDED_SHARE, 0)
    for path, start in zip(sheet, later.tolist(), strict=True):
        yield _mix_places(path, ALONG + start * above)


def _mix_places(path: PullPath, places: np.ndarray) -> PullPath:
    """Sample a line anew at places along it, 0 to 1."""
    rows = places * (STEPS - 1)
    points, carriers = (mix_rows(part, rows) for part in (path.points, path.carriers))
    return replace(path, points=points, carriers=carriers)


def _span_over(
    standing: Standing, curves: Mapping[str, Attached], along: np.ndarray
) -> list[PullPath]:
    """Span a sheet that passes over what lies under it along curves of its own: what
    lies between its two ends is bent as these say, and not as the few lines of pull."""
    parts = [_sample_curve(standing, curves[end], along) for end in OVER if end in curves]
    smooth, number = smooth_lines(np.stack([places for places, _, _ in parts], axis=1))
    points = mix_rows(smooth, ALONG * (len(number) - 1))
    share = ALONG**2 * (3 - 2 * ALONG)
    carriers = mix_rows(
        np.stack([bones for _, bones, _ in parts], axis=1), (len(parts) - 1) * share
    )
    first = parts[0][2]
    last = np.maximum(1 - parts[-1][2], first + SHORTEST_BELLY)
    rows = np.stack([first, last], axis=1) * (STEPS - 1)
    return [
        PullPath(line, carried, np.zeros(STEPS), (start, stop))
        for line, carried, (start, stop) in zip(points, carriers, rows.tolist(), strict=True)
    ]


def _sample_curve(
    standing: Standing, curve: Attached, along: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sample an attachment curve at shares of the way by its points' numbers: places in healthy
    standing, how much each bone carries them, and the share that is tendon."""
    bones = [bone for bone, _, _ in curve]
    points = standing.place(np.array([point for _, point, _ in curve]), bones)
    number = along * (len(curve) - 1)
    tendon = np.array([[share] for _, _, share in curve])
    smooth, _ = smooth_lines(points)
    return (
        mix_rows(smooth, along * (len(smooth) - 1)),
        mix_rows(standing.carry(bones), number),
        mix_rows(tendon, number)[:, 0],
    )


def _run_straight(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    return start + ALONG[:, None] * (stop - start)


def _fan_out(paths: Sequence[PullPath]) -> Sequence[PullPath]:
    """Order lines that leave one point by their direction, so that the sheet between them does not
    fold."""
    starts = np.array([path.points[0] for path in paths])
    if len(paths) < 3 or np.ptp(starts, axis=0).max() > 1:
        return paths
    ways = np.array([path.way for path in paths])
    angles = np.arctan2(ways[:, 1], ways[:, 2])
    in_order = np.sort(angles)
    gaps = np.diff(np.append(in_order, in_order[0] + 2 * np.pi))
    first = in_order[(int(np.argmax(gaps)) + 1) % len(angles)]
    return [paths[number] for number in np.argsort((angles - first) % (2 * np.pi))]


def mix_paths(path: PullPath, other: PullPath, share: float) -> PullPath:
    """Make the path between two paths (0 to 1), or past the first (below 0); it has no width."""
    if share <= 0:
        carriers, fleshy = path.carriers, path.fleshy
    else:
        carriers = (1 - share) * path.carriers + share * other.carriers
        first, last = (
            (1 - share) * row + share * beside
            for row, beside in zip(path.fleshy, other.fleshy, strict=True)
        )
        fleshy = (first, last)
    points = (1 - share) * path.points + share * other.points
    return PullPath(points, carriers, np.zeros(STEPS), fleshy)


def find_sheet(
    structure: str,
    node: Mapping[str, Any],
    paths: Mapping[str, Sequence[PullPath]],
    axis: int,
) -> list[PullPath]:
    """List the lines that span a structure's sheet, from edge to edge.

    Parameters
    ----------
    structure : str
    node : mapping
        Its data in the graph.
    paths : mapping of str to sequence of PullPath
        Of all structures, since a sheet may have neighbours.
    axis : int
        Axis of the body that runs across the plane.

    Returns
    -------
    list of PullPath
        Empty for strands and single lines.
    """
    base = node.get("base", structure)
    if base in STRANDS:
        return []
    if node["kind"] != "muscle":
        return list(_fan_out(paths[structure])) if len(paths[structure]) > 1 else []
    members, share = next(
        ((names, share) for names, share in SHEETS if base in names),
        ((base,), EDGE_SHARES.get(base, EDGE_SHARE)),
    )
    suffix = structure.removeprefix(base)
    row = [(name, path) for name in members for path in _uncross(paths.get(name + suffix, ()))]
    if len(row) < 2:
        return []
    if axis != FRONTAL:
        share *= 0.3  # from the side a sheet ends near its last line
    own = [number for number, (name, _) in enumerate(row) if name == base]
    lines = [path for _, path in row]
    before = _find_edge(lines, own[0], -1, share)
    after = _find_edge(lines, own[-1], 1, share)
    return [before, *(lines[number] for number in own), after]


def _find_edge(lines: Sequence[PullPath], number: int, step: int, share: float) -> PullPath:
    """Find the edge of a sheet beyond a line: half-way to its neighbour, or past the line if it is
    the sheet's last."""
    line, beyond = lines[number], number + step
    if 0 <= beyond < len(lines):
        return mix_paths(line, lines[beyond], 0.5)
    inner = lines[number - step]
    return mix_paths(line, inner, -share * _are_parallel(line, inner))


def _uncross(paths: Sequence[PullPath]) -> Sequence[PullPath]:
    """Order lines that cross by where their middles lie, so that the sheet between them does not
    fold."""
    if len(paths) < 3 or not any(do_cross(path, after, FRONTAL) for path, after in pairwise(paths)):
        return paths
    along = np.mean([path.way for path in paths], axis=0)[[2, 1]]
    return sorted(
        paths,
        key=lambda path: float(np.dot(path.points[STEPS // 2, [2, 1]], [along[1], -along[0]])),
    )


def _are_parallel(path: PullPath, other: PullPath) -> bool:
    """Ask whether two lines run side by side; only then does a sheet go on past its last line."""
    way, beside = path.way, other.way
    return bool(way @ beside > 0.5 * np.linalg.norm(way) * np.linalg.norm(beside))


def do_cross(path: PullPath, other: PullPath, axis: int) -> bool:
    """Ask whether two lines change sides in the picture; between such lines fibres have no
    order."""
    way, along, apart = (
        part[[axis, 1]].tolist() for part in (path.way, other.way, other.points[0] - path.points[0])
    )
    turn = way[0] * along[1] - way[1] * along[0]
    if abs(turn) < 1e-6:
        return False
    here, there = ((apart[0] * ray[1] - apart[1] * ray[0]) / turn for ray in (along, way))
    return 0.08 < here < 0.92 and 0.08 < there < 0.92
