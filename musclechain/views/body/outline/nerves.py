"""The nerves of the picture: how thick they are, and which muscles lie over them.

A nerve is thickest where its roots have joined and gets thinner outward; a twig to
one muscle is the thinnest. Where a muscle lies between the nerve and the eye, the
nerve is drawn as one that runs behind it, until that layer is taken off.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.anatomy.body import Body
from musclechain.anatomy.nerve_courses import trace_nerve
from musclechain.views.body.outline.curves import (
    ACROSS,
    FRONTAL,
    Anchor,
    Curves,
    bind_curves,
    put_together,
)
from musclechain.views.body.outline.lines import mix_rows, smooth_lines
from musclechain.views.body.outline.sight import Mask
from musclechain.views.body.outline.standing import Standing

__all__ = ["CALIBRES", "UNDER", "Course", "Cover", "draw_nerves", "split_nerves"]

# Roles from thick to thin.
CALIBRES = ("nerve_trunk", "nerve_branch", "nerve_twig")
# Role of what a muscle of some layer covers; the layer follows.
UNDER = "nerve_under_"
# A nerve of so many spinal levels is thick.
MANY_LEVELS = 3
# A muscle has to lie so much nearer to the eye to cover a nerve, mm.
BEFORE_MM = 2.0
STEPS = 3

# What comes into sight for less than this, or is lost from it, is drawn as what lies before it.
SHORT_MM = 22.0

# Of what lies over nerves: layer, the nodes that it hides, and points of it, shape (n, 3), mm.
Cover = tuple[int, Mask, np.ndarray]
Thread = tuple[np.ndarray, np.ndarray]
# What is drawn of a nerve: role and curves of its parts, and where its mark belongs.
Course = tuple[Sequence[tuple[str, Curves]], Anchor]


def draw_nerves(body: Body, standing: Standing, nerves: Iterable[str]) -> dict[str, Course]:
    """Draw the course of each nerve, where the body knows it.

    Parameters
    ----------
    body : Body
    standing : Standing
    nerves : iterable of str
        Their ids.

    Returns
    -------
    dict of str to (list of (str, Curves), Anchor)
        For each nerve with a course one of `CALIBRES` and curves of it, and where its mark belongs:
        on its first branch.
    """
    drawn: dict[str, Course] = {}
    courses = {nerve: trace_nerve(body, nerve) for nerve in nerves}
    smooth = iter(_draw_branches([b for branches in courses.values() for b in branches], standing))
    for nerve, branches in courses.items():
        named = len(body.graph.nodes[nerve].get("branches", ()))
        levels = sum(
            edge.get("kind") == "arises" for *_, edge in body.graph.edges(nerve, data=True)
        )
        threads: dict[str, list[Thread]] = {role: [] for role in CALIBRES}
        for number, branch in enumerate(islice(smooth, len(branches))):
            if len(branch[0]) > 1:
                for role, thread in _grade(branch, number >= named, levels):
                    threads[role].append(thread)
        parts = [(role, _join(lines)) for role, lines in threads.items() if lines]
        if parts:
            first = next(curves for _, curves in parts)
            middle = first.ends[0] // 2
            anchor = Anchor(first.points[middle], first.bones[middle], float(first.share[middle]))
            drawn[nerve] = (parts, anchor)
    return drawn


def _draw_branches(
    branches: Sequence[Sequence[tuple[str, Sequence[float]]]], standing: Standing
) -> list[Thread]:
    """Draw branches as smooth curves: points in healthy standing and how much each bone carries
    them. Those of equally many points are drawn together, because one at a time is far slower."""
    stops = [stop for branch in branches for stop in branch]
    if not stops:
        return []
    bones, places = zip(*stops, strict=True)
    points, carriers = standing.place(np.array(places), bones), standing.carry(bones)
    counts = np.array([len(branch) for branch in branches])
    first = np.cumsum(counts) - counts
    threads: list[Thread] = [(points[:0], carriers[:0])] * len(branches)
    for count in np.unique(counts[counts > 1]):
        alike = np.flatnonzero(counts == count)
        rows = first[alike, None] + np.arange(count)
        curves, number = smooth_lines(points[rows], STEPS)
        for branch, thread in zip(
            alike.tolist(), zip(curves, mix_rows(carriers[rows], number), strict=True), strict=True
        ):
            threads[branch] = thread
    return threads


def _grade(thread: Thread, is_twig: bool, levels: int) -> Iterator[tuple[str, Thread]]:
    """Give the halves of a branch their calibres: the outer one is thinner."""
    points, carriers = thread
    first = len(CALIBRES) - 1 if is_twig else int(levels < MANY_LEVELS)
    if is_twig or len(points) < 4:
        yield CALIBRES[first], thread
        return
    half = len(points) // 2
    yield CALIBRES[first], (points[: half + 1], carriers[: half + 1])
    yield CALIBRES[first + 1], (points[half:], carriers[half:])


def _join(threads: Sequence[Thread]) -> Curves:
    """Join threads of any number of points."""
    ends = tuple(np.cumsum([len(points) for points, _ in threads]).tolist())
    points, carriers = (np.concatenate(parts) for parts in zip(*threads, strict=True))
    return bind_curves(points, carriers, ends, False)


def split_nerves(
    nerves: Sequence[Sequence[tuple[str, Curves]]], covers: Sequence[Cover], view: str
) -> list[list[tuple[str, Curves]]]:
    """Split the curves of nerves where they run behind a muscle.

    Parameters
    ----------
    nerves : sequence of sequence of (str, Curves)
    covers : sequence of Cover
    view : str

    Returns
    -------
    list of list of (str, Curves)
        What lies bare keeps its role; the rest has `UNDER` and the uppermost layer that covers it.
    """
    points = [curves.points for parts in nerves for _, curves in parts]
    if not points:
        return []
    layers = _find_layers(np.concatenate(points), covers, view)
    each = iter(np.split(layers, np.cumsum([len(part) for part in points])[:-1]))
    return [_split([(role, curves, next(each)) for role, curves in parts]) for parts in nerves]


def _split(parts: Sequence[tuple[str, Curves, np.ndarray]]) -> list[tuple[str, Curves]]:
    """Split a nerve whose points are covered by some layers."""
    pieces: dict[str, list[Curves]] = {}
    for role, curves, layer in parts:
        for first, last in pairwise((0, *curves.ends)):
            # a stretch between two vertices is covered if the second one is
            _join_short(layer[first + 1 : last], curves.points[first:last])
            changes = layer[first + 2 : last] != layer[first + 1 : last - 1]
            turns = (first + 2 + np.flatnonzero(changes)).tolist()
            for start, stop in pairwise((first + 1, *turns, last)):
                name = f"{UNDER}{layer[start]}" if layer[start] else role
                rows = slice(start - 1, stop)
                pieces.setdefault(name, []).append(
                    Curves(
                        curves.points[rows],
                        curves.bones[rows],
                        curves.share[rows],
                        (stop - start + 1,),
                        False,
                    )
                )
    # what is covered lies under what is bare
    order = sorted(pieces, key=lambda name: not name.startswith(UNDER))
    return [(name, put_together(pieces[name])) for name in order]


def _join_short(layer: np.ndarray, points: np.ndarray) -> None:
    """Give short runs of stretches the layer of the run before them, or else of the one behind."""
    turns = np.flatnonzero(layer[1:] != layer[:-1])
    if not len(turns):
        return
    lengths = np.linalg.norm(points[1:] - points[:-1], axis=1)
    start = 0
    for stop in (*(turns + 1).tolist(), len(layer)):
        if lengths[start:stop].sum() < SHORT_MM and (start or stop < len(layer)):
            layer[start:stop] = layer[start - 1] if start else layer[stop]
        start = stop


def _find_layers(points: np.ndarray, covers: Sequence[Cover], view: str) -> np.ndarray:
    """Find the uppermost layer that lies between each point and the eye; 0 for none."""
    axis, sign = ACROSS[view]
    # who looks from the back or the right looks along the axis that points away from the eye
    eye = -sign if axis == FRONTAL else sign
    depth = eye * points[:, 2 - axis]
    layers = np.zeros(len(points), int)
    for layer, mask, surface in covers:
        here = np.flatnonzero(mask.holds(points[:, [axis, 1]]) & (layers < layer))
        if len(here):
            tree = scipy.spatial.KDTree(surface[:, [axis, 1]])
            _, beside = tree.query(points[here][:, [axis, 1]])
            over = eye * surface[beside, 2 - axis] > depth[here] + BEFORE_MM
            layers[here[over]] = layer
    return layers
