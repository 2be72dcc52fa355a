"""Courses of the nerves, for drawing: the branches of the data and the twigs to the muscles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from musclechain.anatomy.records import NervePoint
from musclechain.anatomy.sides import Point, mirror_point, name_place

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = ["place_branches", "trace_nerve", "trace_nerves"]

STEP_MM = 6.0  # distance of the places at which a twig may leave its nerve
# a twig leaves its nerve this share of the gap before the nearest place, and so runs slantwise
LEAN = 0.9
REACH = (
    0.2  # how far from the middle of the belly a twig may enter a muscle, as a share of its line
)
APART_MM = 12.0  # of the ends of two twigs to one muscle

# (bone id, (x, y, z) in millimetres): a point that a bone carries
CarriedPoint = tuple[str, Point]
Branch = tuple[str, tuple[CarriedPoint, ...]]
Twig = list[CarriedPoint]


@dataclass(frozen=True)
class _Sites:
    """Places at which a twig may leave a nerve.

    Attributes
    ----------
    bones : list of str
        What carries each place.
    places : numpy.ndarray, shape (sites, 3)
    ways : numpy.ndarray, shape (sites, 3)
        Direction of the nerve there, length 1.
    runs : numpy.ndarray, shape (sites,)
        Way to the place along its branch, mm.
    """

    bones: list[str]
    places: np.ndarray
    ways: np.ndarray
    runs: np.ndarray


def place_branches(
    graph: nx.MultiGraph, course: Mapping[str, Sequence[NervePoint]], side: str
) -> tuple[Branch, ...]:
    """Put the branches of one nerve on one side of the graph.

    Parameters
    ----------
    graph : networkx.MultiGraph
        Holds the bones.
    course : dict of str to list of NervePoint
        Branch -> its points, as written for the right side.
    side : str

    Returns
    -------
    tuple of (str, tuple)
        Name of the branch and its points (bone id, (x, y, z) in millimetres).
    """
    return tuple(
        (branch, tuple(_carry_point(graph, point, side) for point in points))
        for branch, points in course.items()
    )


def _carry_point(graph: nx.MultiGraph, point: NervePoint, side: str) -> CarriedPoint:
    place = mirror_point((point.x_mm, point.y_mm, point.z_mm), side)
    return name_place(graph, point.place, side), place


def trace_nerves(body: Body) -> dict[str, list[list[CarriedPoint]]]:
    """Trace the course of every nerve, with a twig to each line of the muscles that it supplies.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of str to list of list of (str, tuple)
        Nerve id -> branches; a branch is a list of points (bone id, (x, y, z)
        in millimetres, in the reference posture of the data). The branches of
        data/nerve_points.csv come first, then the computed twigs. A nerve
        without a course is left out.

    Notes
    -----
    For drawing only: no number of the mechanics rests on it. A twig leaves
    shortly before the nerve comes nearest to the belly of a line and ends
    there; beyond the end of a branch it goes on from the end. Branches that
    bear the name of a level serve the muscles of this level, if they pass
    near; a nerve that has other branches too sends its twigs from those.
    """
    paths = {
        nerve: trace_nerve(body, nerve)
        for nerve, data in body.graph.nodes(data=True)
        if data.get("kind") == "nerve"
    }
    return {nerve: branches for nerve, branches in paths.items() if branches}


def trace_nerve(body: Body, nerve: str) -> list[list[CarriedPoint]]:
    """Trace the course of one nerve; see `trace_nerves`. Kept with the body.

    Parameters
    ----------
    body : Body
    nerve : str
        Id of a nerve of the body.

    Returns
    -------
    list of list of (str, tuple)
        Empty for a nerve without a course.
    """
    return body.derived(f"course of {nerve}", lambda body: _trace_nerve(body, nerve))


def _trace_nerve(body: Body, nerve: str) -> list[list[CarriedPoint]]:
    branches = _keep_carried(body.graph, body.graph.nodes[nerve].get("branches", ()))
    if not branches:
        return []
    edges = body.graph.edges(nerve, data=True)
    muscles = [muscle for _, muscle, way in edges if way.get("kind") == "supplies"]
    lines = body.derived("points of lines", _list_points)
    drawn = [list(points) for _, points in branches]
    return drawn + _list_twigs(body.graph, branches, muscles, lines)


def _list_points(body: Body) -> dict[str, list[np.ndarray]]:
    """List the points of each line, by structure."""
    lines: dict[str, list[np.ndarray]] = {}
    for line in body.lines:
        lines.setdefault(line.structure, []).append(line.points)
    return lines


def _keep_carried(graph: nx.MultiGraph, branches: Iterable[Branch]) -> list[Branch]:
    """Leave out points whose bone was taken away, and branches that are then no line."""
    kept = [
        (name, tuple(point for point in points if point[0] in graph)) for name, points in branches
    ]
    return [(name, points) for name, points in kept if len(points) > 1]


def _list_twigs(
    graph: nx.MultiGraph,
    branches: Sequence[Branch],
    muscles: Iterable[str],
    lines: Mapping[str, Sequence[np.ndarray]],
) -> list[Twig]:
    levels = {data["level"] for _, data in graph.nodes(data=True) if data.get("kind") == "root"}
    trunks = [points for name, points in branches if name not in levels]
    sites = _list_sites(trunks) if trunks else None
    stems = [] if trunks else [(name, _list_sites([points])) for name, points in branches]
    twigs: list[Twig] = []
    for muscle in muscles:
        node = graph.nodes[muscle]
        shares = np.clip(node.get("belly", 0.5) + np.linspace(-REACH, REACH, 9), 0.1, 0.9)
        bellies = [
            _sample_line(points, shares) for points in lines.get(muscle, ()) if len(points) > 1
        ]
        if sites:
            twigs += _thin_out([_grow_twig(sites, belly) for belly in bellies])
        elif bellies:
            near = [
                _grow_twig(stem, np.vstack(bellies))
                for name, stem in stems
                if name in node.get("roots", ())
            ]
            twigs += _keep_short([twig for twig in near if twig])
    return twigs


def _sample_line(points: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Places at shares of the length of a line."""
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    return np.stack(
        [np.interp(shares * run[-1], run, points[:, axis]) for axis in range(3)], axis=1
    )


def _thin_out(twigs: Iterable[Twig | None]) -> list[Twig]:
    """Leave out twigs that end beside an earlier one."""
    kept: list[Twig] = []
    for twig in twigs:
        if twig and all(_measure(twig[-1], other[-1]) > APART_MM for other in kept):
            kept.append(twig)
    return kept


def _measure(first: CarriedPoint, second: CarriedPoint) -> float:
    """Distance of two points, mm."""
    return float(np.linalg.norm(np.subtract(first[1], second[1])))


def _keep_short(twigs: Sequence[Twig]) -> list[Twig]:
    """Leave out the twigs of a muscle that are far longer than its shortest: levels above and
    below its belly."""
    lengths = [_measure(twig[0], twig[-1]) for twig in twigs]
    longest = 1.4 * min(lengths, default=0.0) + APART_MM
    return [twig for twig, length in zip(twigs, lengths, strict=True) if length <= longest]


def _list_sites(branches: Iterable[Sequence[CarriedPoint]]) -> _Sites:
    """List where twigs may leave. Between two bones there is no place, since a twig must hang on
    one."""
    bones, places, ways, runs = [], [], [], []
    for branch in branches:
        points, run = np.array([where for _, where in branch], float), 0.0
        for (bone, _), (after, _), start, stop in zip(
            branch, branch[1:], points, points[1:], strict=False
        ):
            length = float(np.linalg.norm(stop - start))
            steps = max(int(length / STEP_MM), 1) + 1 if bone == after else 2
            for share in np.linspace(0, 1, steps):
                bones.append(bone if share < 1 else after)
                places.append(start + share * (stop - start))
                ways.append((stop - start) / max(length, 1e-9))
                runs.append(run + share * length)
            run += length
    return _Sites(bones, np.array(places), np.array(ways), np.array(runs))


def _grow_twig(sites: _Sites, belly: np.ndarray) -> Twig | None:
    """Grow one twig to the nearest place of a belly; it hangs on the bone at which it leaves. None
    if the nerve lies in the belly."""
    places, runs = sites.places, sites.runs
    gaps = np.linalg.norm(places[:, None] - belly[None], axis=2)
    site, aim = (int(index) for index in np.unravel_index(np.argmin(gaps), gaps.shape))
    if gaps[site, aim] < 1:
        return None
    is_end = site + 1 == len(runs) or runs[site + 1] < runs[site]
    leave = runs[site] - (0 if is_end else LEAN * gaps[site, aim])
    while (
        site > 0
        and runs[site - 1] <= runs[site]
        and abs(runs[site - 1] - leave) <= abs(runs[site] - leave)
    ):
        site -= 1
    start, stop = places[site], belly[aim]
    bend = (start + stop) / 2 + 0.12 * np.linalg.norm(stop - start) * sites.ways[site]
    bone = sites.bones[site]
    return [(bone, (float(x), float(y), float(z))) for x, y, z in (start, bend, stop)]
