"""Curves on the body that move with its bones, and how they fall into the picture plane."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.views.body.outline.fields import find_area

__all__ = [
    "ACROSS",
    "FRONTAL",
    "SAGITTAL",
    "Anchor",
    "Carriers",
    "Curves",
    "Piece",
    "bind_curves",
    "count_ends",
    "find_anchor",
    "join_lines",
    "lift_points",
    "project_points",
    "put_together",
]

# The axis of the body (0 forward, 2 to the right) that runs across a picture plane.
FRONTAL, SAGITTAL = 2, 0
# For each view: the axis that runs across it, and 1 if that axis points to the right of the
# picture, else -1.
ACROSS = {
    "back": (FRONTAL, 1),
    "left": (SAGITTAL, -1),
    "front": (FRONTAL, -1),
    "right": (SAGITTAL, 1),
}


@dataclass(frozen=True)
class Curves:
    """Lines on the body, each vertex carried by two bones.

    Attributes
    ----------
    points : numpy.ndarray, shape (n, 3)
        Places in healthy standing, mm.
    bones : numpy.ndarray of int, shape (n, 2)
        Index of the two bones that carry the vertex.
    share : numpy.ndarray, shape (n,)
        Part of the first bone, 0.5 to 1; the rest is the second's.
    ends : tuple of int
        Index after the last vertex of each curve.
    closed : bool
    """

    points: np.ndarray
    bones: np.ndarray
    share: np.ndarray
    ends: tuple[int, ...]
    closed: bool = True

    def place(self, transforms: np.ndarray) -> np.ndarray:
        """Move the vertices with the bones (linear blend of the two).

        Parameters
        ----------
        transforms : numpy.ndarray, shape (bones, 3, 4)
            Millimetres; moves a point of healthy standing to where it is now.

        Returns
        -------
        numpy.ndarray, shape (n, 3)
        """
        rows = (
            self.share[:, None, None] * transforms[self.bones[:, 0]]
            + (1 - self.share)[:, None, None] * transforms[self.bones[:, 1]]
        )
        return np.einsum("nij,nj->ni", rows[:, :, :3], self.points) + rows[:, :, 3]

    def split(self, points: np.ndarray | None = None) -> list[np.ndarray]:
        """List the curves one by one (of `points` in the same order, if given)."""
        points = self.points if points is None else points
        return [points[start:end] for start, end in pairwise((0, *self.ends))]

    def pick(self, number: int) -> "Curves":
        """Take one of the curves."""
        start, end = (0, *self.ends)[number : number + 2]
        rows = slice(start, end)
        return Curves(
            self.points[rows], self.bones[rows], self.share[rows], (end - start,), self.closed
        )

    def mirror(self, swap: np.ndarray) -> "Curves":
        """Mirror the curves about the midplane of the body.

        Parameters
        ----------
        swap : numpy.ndarray of int, shape (bones,)
            For each bone the number of its twin.
        """
        return Curves(
            self.points * [1, 1, -1], swap[self.bones], self.share, self.ends, self.closed
        )


class Anchor(NamedTuple):
    """Where a mark or a label belongs: a point, shape (3,) in mm, the numbers of the two bones that
    carry it, and the share of the first."""

    point: np.ndarray
    bones: Sequence[int] | np.ndarray
    share: float


@dataclass(frozen=True)
class Piece:
    """A quiet part of the picture: a bone, a hollow, or the skin that encloses everything.

    Attributes
    ----------
    name : str
        Id of the bone that it is, or ``skin``.
    views : tuple of str
        Where it is seen.
    outline : Curves
    layer : int
        It lies over the structures of this layer and under those of the next.
    role : {'bone', 'hollow', 'fat', 'skin', 'far', 'face', 'crown', 'cap', 'thin', 'crease',
        'strap', 'core', 'hem', 'sole'}
    digit : int
        Of which toe or finger it is, from 1 for the big toe and the thumb to 5; else 0.
    depth: int
        It is drawn while structures of this layer are: what fills a gap between these.
    """

    name: str
    views: tuple[str, ...]
    outline: Curves
    layer: int = 0
    role: str = "bone"
    digit: int = 0
    depth: int = 0


class Carriers:
    """Samples of lines in the body, from which flat curves take their depth and their bones.

    Parameters
    ----------
    samples : numpy.ndarray, shape (n, 3)
        Places, mm.
    shares : numpy.ndarray, shape (n, bones)
        How much each bone carries each of them.
    axis : int
        Axis of the body that runs across the plane.
    count : int
        Samples of each line.
    """

    def __init__(self, samples: np.ndarray, shares: np.ndarray, axis: int, count: int) -> None:
        self._samples, self._shares, self._axis = samples, shares, axis
        self._count = count
        self._tree = scipy.spatial.KDTree(samples[:, [axis, 1]])

    def carry(self, outlines: Sequence[Sequence[np.ndarray]]) -> list[Curves]:
        """Give outlines, each of closed flat curves of shape (n, 2), the depth and the bones of the
        lines where they lie beside them."""
        flat = np.vstack([loop for loops in outlines for loop in loops])
        points, shares = self._look_up(flat)
        points[:, [self._axis, 1]] = flat
        whole = bind_curves(points, shares, (len(flat),), True)
        curves, start = [], 0
        for loops in outlines:
            ends = count_ends(loops)
            rows = slice(start, start + ends[-1])
            curves.append(Curves(points[rows], whole.bones[rows], whole.share[rows], ends, True))
            start += ends[-1]
        return curves

    def _look_up(self, flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Find places and shares beside flat points, between the samples: an edge far from its line
        would bend in steps if it had those of the nearest one."""
        _, nearest = self._tree.query(flat)
        place = nearest % self._count
        before, after = nearest - (place > 0), nearest + (place < self._count - 1)
        plane = [self._axis, 1]
        way = (self._samples[after] - self._samples[before])[:, plane]
        off = flat - self._samples[nearest][:, plane]
        part = (off * way).sum(axis=1) / ((way**2).sum(axis=1) + 1e-9)
        part = np.clip(part, -0.25, 0.25)[:, None]
        points, shares = (
            rows[nearest] + part * (rows[after] - rows[before])
            for rows in (self._samples, self._shares)
        )
        return points, np.clip(shares, 0, 1)


def project_points(points: np.ndarray, view: str) -> np.ndarray:
    """Put points of the body into the picture plane.

    The viewer of the back sees the body's left on the left; the viewer of the
    front sees it on the right, as on a chart on the wall. Seen from its right,
    the body faces to the right of the picture.

    Parameters
    ----------
    points : numpy.ndarray, shape (n, 3)
    view : {'back', 'left', 'front', 'right'}

    Returns
    -------
    numpy.ndarray, shape (n, 2)
        Picture x to the right and y downward, mm.
    """
    axis, sign = ACROSS[view]
    return np.stack([sign * points[:, axis], -points[:, 1]], axis=1)


def lift_points(flat: np.ndarray, depth: float | np.ndarray, axis: int) -> np.ndarray:
    """Give flat points (across, up), shape (n, 2), their depth in the body: one number, or one for
    each; mm."""
    points = np.empty((len(flat), 3))
    points[:, [axis, 1]] = flat
    points[:, 2 - axis] = depth
    return points


def find_anchor(curves: Curves, axis: int = FRONTAL) -> Anchor:
    """Find the vertex-weighted middle of a shape's largest curve: where a mark or a focus
    belongs."""
    first, last = max(
        pairwise((0, *curves.ends)),
        key=lambda rows: find_area(*curves.points[slice(*rows)][:, [axis, 1]].T),
    )
    middle = curves.points[first:last].mean(axis=0)
    nearest = first + int(((curves.points[first:last] - middle) ** 2).sum(axis=1).argmin())
    return Anchor(middle, curves.bones[nearest], float(curves.share[nearest]))


def count_ends(lines: Sequence[np.ndarray]) -> tuple[int, ...]:
    """Count where each line ends when all are put after each other: see `Curves.ends`."""
    return tuple(np.cumsum([len(line) for line in lines]).tolist())


def put_together(parts: Sequence[Curves]) -> Curves:
    """Make one of several curves that are drawn alike."""
    before = np.cumsum([0, *(len(part.points) for part in parts[:-1])]).tolist()
    ends = [start + end for start, part in zip(before, parts, strict=True) for end in part.ends]
    return Curves(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.bones for part in parts]),
        np.concatenate([part.share for part in parts]),
        tuple(ends),
        parts[0].closed,
    )


def join_lines(blocks: Sequence[tuple[np.ndarray, np.ndarray]]) -> Curves:
    """Join open lines.

    Parameters
    ----------
    blocks : sequence of (numpy.ndarray, numpy.ndarray)
        Lines of equally many points, shape (lines, n, 3), and how much each bone carries these,
        shape (lines, n, bones).

    Returns
    -------
    Curves
    """
    lengths = np.repeat(
        [points.shape[1] for points, _ in blocks], [len(points) for points, _ in blocks]
    )
    return bind_curves(
        np.concatenate([points.reshape(-1, 3) for points, _ in blocks]),
        np.concatenate([shares.reshape(-1, shares.shape[-1]) for _, shares in blocks]),
        tuple(np.cumsum(lengths).tolist()),
        False,
    )


def bind_curves(
    points: np.ndarray, shares: np.ndarray, ends: tuple[int, ...], closed: bool
) -> Curves:
    """Make curves of vertices, shape (n, 3), and how much each bone carries them, shape (n,
    bones): the two strongest are kept."""
    rows = np.arange(len(shares))
    first = shares.argmax(axis=1)
    most, others = shares[rows, first], shares.copy()
    others[rows, first] = -np.inf
    second = others.argmax(axis=1)
    order = np.stack([first, second], axis=1)
    return Curves(points, order, most / (most + others[rows, second]), ends, closed)
