"""Curves on the body that move with its bones, and how they fall into the picture plane."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from musclechain.views.body.outline.fields import find_area

__all__ = [
    "ACROSS",
    "FRONTAL",
    "SAGITTAL",
    "Curves",
    "Piece",
    "bind_curves",
    "carry_curves",
    "find_anchor",
    "project_points",
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
    ends: tuple
    closed: bool = True

    def place(self, transforms):
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

    def split(self, points=None):
        """List the curves one by one (of `points` in the same order, if given)."""
        points = self.points if points is None else points
        return [points[start:end] for start, end in pairwise((0, *self.ends))]


@dataclass(frozen=True)
class Piece:
    """A quiet part of the picture: a bone, a hollow in it, or the skin that encloses everything.

    It lies over the structures of its `layer` and under those of the next.
    """

    name: str
    views: tuple
    outline: Curves
    layer: int = 0
    hollow: bool = False
    role: str = "bone"


def project_points(points, view):
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


def find_anchor(curves, axis=FRONTAL):
    """Find the vertex-weighted middle of a shape's largest curve: where a mark or a focus belongs.

    Returns
    -------
    tuple
        Point (3,), two bone indices, share of the first.
    """
    starts = (0, *curves.ends)
    sizes = [
        find_area(curves.points[a:b, axis], curves.points[a:b, 1]) for a, b in pairwise(starts)
    ]
    first, last = starts[int(np.argmax(sizes))], curves.ends[int(np.argmax(sizes))]
    middle = curves.points[first:last].mean(axis=0)
    nearest = first + int(np.argmin(np.linalg.norm(curves.points[first:last] - middle, axis=1)))
    return middle, curves.bones[nearest], curves.share[nearest]


def carry_curves(loops, samples, carriers, closed=True, axis=FRONTAL):
    """Give flat curves their depth and their two bones, from the nearest sample of the lines."""
    flat = np.vstack(loops)
    gap = (flat[:, :1] - samples[None, :, axis]) ** 2 + (flat[:, 1:] - samples[None, :, 1]) ** 2
    nearest = np.argmin(gap, axis=1)
    points = samples[nearest].copy()
    points[:, [axis, 1]] = flat
    return bind_curves(
        points, carriers[nearest], tuple(np.cumsum([len(loop) for loop in loops]).tolist()), closed
    )


def bind_curves(points, carriers, ends, closed):
    """Keep the two strongest bones of each vertex."""
    order = np.argsort(-carriers, axis=1, kind="stable")[:, :2]
    two = np.take_along_axis(carriers, order, axis=1)
    return Curves(points, order, two[:, 0] / two.sum(axis=1), ends, closed)
