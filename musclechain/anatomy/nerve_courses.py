"""Courses of the nerves, for drawing: the branches of the data and the twigs to the muscles."""

import numpy as np

__all__ = ["place_branches", "trace_nerves"]

STEP_MM = 6.0  # distance of the places at which a twig may leave its nerve
# a twig leaves its nerve this share of the gap before the nearest place, and so runs slantwise
LEAN = 0.9
REACH = (
    0.2  # how far from the middle of the belly a twig may enter a muscle, as a share of its line
)


def place_branches(graph, course, side):
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
    turn = -1.0 if side == "left" else 1.0
    return tuple(
        (
            branch,
            tuple(
                (
                    made.place if made.place in graph else f"{made.place}_{side}",
                    (made.x_mm, made.y_mm, turn * made.z_mm),
                )
                for made in points
            ),
        )
        for branch, points in course.items()
    )


def trace_nerves(body):
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
    lines, paths = {}, {}
    for line in body.lines:
        lines.setdefault(line.structure, []).append(line.points)
    for nerve, data in body.graph.nodes(data=True):
        branches = _keep_carried(body.graph, data.get("branches", ()))
        if data.get("kind") == "nerve" and branches:
            muscles = [
                m
                for _, m, way in body.graph.edges(nerve, data=True)
                if way.get("kind") == "supplies"
            ]
            paths[nerve] = [list(points) for _, points in branches] + _list_twigs(
                body.graph, branches, muscles, lines
            )
    return paths


def _keep_carried(graph, branches):
    """Leave out points whose bone was taken away, and branches that are then no line."""
    kept = [(name, [point for point in points if point[0] in graph]) for name, points in branches]
    return [(name, points) for name, points in kept if len(points) > 1]


def _list_twigs(graph, branches, muscles, lines):
    levels = {data["level"] for _, data in graph.nodes(data=True) if data.get("kind") == "root"}
    trunks, twigs = [points for name, points in branches if name not in levels], []
    sites = _list_sites(trunks) if trunks else None
    for muscle in muscles:
        node = graph.nodes[muscle]
        shares = np.clip(node.get("belly", 0.5) + np.linspace(-REACH, REACH, 9), 0.1, 0.9)
        bellies = [
            _sample_line(points, shares) for points in lines.get(muscle, ()) if len(points) > 1
        ]
        if trunks:
            twigs += _thin_out([_grow_twig(sites, belly) for belly in bellies])
        elif bellies:
            near = [
                _grow_twig(_list_sites([points]), np.vstack(bellies))
                for name, points in branches
                if name in node.get("roots", ())
            ]
            twigs += _keep_short(list(filter(None, near)))
    return twigs


def _sample_line(points, shares):
    """Places at shares of the length of a line."""
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    return np.stack(
        [np.interp(np.asarray(shares) * run[-1], run, points[:, axis]) for axis in range(3)], axis=1
    )


def _thin_out(twigs, apart=12.0):
    """Leave out twigs that end beside an earlier one."""
    kept = []
    for twig in filter(None, twigs):
        if all(np.linalg.norm(np.subtract(twig[-1][1], other[-1][1])) > apart for other in kept):
            kept.append(twig)
    return kept


def _measure(twig):
    return np.linalg.norm(np.subtract(twig[0][1], twig[-1][1]))


def _keep_short(twigs):
    """Leave out the twigs of a muscle that are far longer than its shortest: levels above and
    below its belly."""
    least = min(map(_measure, twigs), default=0.0)
    return [twig for twig in twigs if _measure(twig) <= 1.4 * least + 12]


def _list_sites(branches):
    """List where twigs may leave: bones, places, directions, and the way to each place along its
    branch.

    Between two bones there is no place, since a twig must hang on one.
    """
    bones, places, ways, runs = [], [], [], []
    for branch in branches:
        points, run = np.array([where for _, where in branch], float), 0.0
        for (bone, _), (after, _), start, stop in zip(
            branch, branch[1:], points, points[1:], strict=False
        ):
            length = np.linalg.norm(stop - start)
            shares = (
                np.linspace(0, 1, max(int(length / STEP_MM), 1) + 1)
                if bone == after
                else (0.0, 1.0)
            )
            for share in shares:
                bones.append(bone if share < 1 else after)
                places.append(start + share * (stop - start))
                ways.append((stop - start) / max(length, 1e-9))
                runs.append(run + share * length)
            run += length
    return bones, np.array(places), np.array(ways), np.array(runs)


def _grow_twig(sites, belly):
    """Grow one twig to the nearest place of a belly; it hangs on the bone at which it leaves. None
    if the nerve lies in the belly."""
    bones, places, ways, runs = sites
    gaps = np.linalg.norm(places[:, None] - belly[None], axis=2)
    site, aim = np.unravel_index(np.argmin(gaps), gaps.shape)
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
    bend = (start + stop) / 2 + 0.12 * np.linalg.norm(stop - start) * ways[site]
    return [(bones[site], tuple(float(value) for value in place)) for place in (start, bend, stop)]
