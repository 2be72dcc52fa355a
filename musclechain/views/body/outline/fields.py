"""Distance fields on a flat grid, and the smooth outlines where they cross zero.

A field is negative inside a form and positive outside, so the union of two forms
is the smaller of their fields, and smoothing a field rounds the form. Flat points
are (across, up) in mm.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter

__all__ = [
    "Grid",
    "fill_curves",
    "fill_polygon",
    "fill_sheet",
    "fill_spindle",
    "find_area",
    "find_contours",
]


@dataclass(frozen=True)
class Grid:
    """Even grid of the picture plane: its lower left corner, step (mm) and shape (rows upward,
    columns to the right)."""

    left: float
    low: float
    step: float
    shape: tuple

    @classmethod
    def around(cls, points, margin, step):
        """Lay a grid around flat points, (n, 2), with a margin; grids of one step share their
        nodes."""
        low, high = (
            step * np.floor((points.min(axis=0) - margin) / step),
            points.max(axis=0) + margin,
        )
        return cls(
            low[0],
            low[1],
            step,
            (int((high[1] - low[1]) / step) + 2, int((high[0] - low[0]) / step) + 2),
        )

    @property
    def nodes(self):
        """Places of the columns (1, n) and of the rows (m, 1), mm."""
        rows, columns = self.shape
        return (
            self.left + self.step * np.arange(columns)[None, :],
            self.low + self.step * np.arange(rows)[:, None],
        )

    def overlap(self, other):
        """Slices of this grid and of another of the same step where both lie; None, None if they
        lie apart."""
        right, up = (
            round((other.left - self.left) / self.step),
            round((other.low - self.low) / self.step),
        )
        mine, theirs = [], []
        for shift, own, its in (
            (up, self.shape[0], other.shape[0]),
            (right, self.shape[1], other.shape[1]),
        ):
            first, last = max(0, shift), min(own, shift + its)
            if first >= last:
                return None, None
            mine.append(slice(first, last))
            theirs.append(slice(first - shift, last - shift))
        return tuple(mine), tuple(theirs)


def fill_spindle(grid, points, width):
    """Measure the signed distance to a chain of discs that grow and shrink along a line (negative
    inside)."""
    across, up = grid.nodes
    field = np.full(grid.shape, 1e3)
    for (z0, y0), (z1, y1), r0, r1 in zip(points, points[1:], width, width[1:], strict=False):
        reach = max(r0, r1) + 4 * grid.step
        c0, c1 = (
            int((min(z0, z1) - reach - grid.left) / grid.step),
            int((max(z0, z1) + reach - grid.left) / grid.step) + 2,
        )
        l0, l1 = (
            int((min(y0, y1) - reach - grid.low) / grid.step),
            int((max(y0, y1) + reach - grid.low) / grid.step) + 2,
        )
        c0, l0 = max(c0, 0), max(l0, 0)
        dz, dy = across[:, c0:c1] - z0, up[l0:l1] - y0
        az, ay = z1 - z0, y1 - y0
        t = np.minimum(np.maximum((dz * az + dy * ay) / (az * az + ay * ay + 1e-9), 0), 1)
        near = np.sqrt((dz - t * az) ** 2 + (dy - t * ay) ** 2) - (r0 + t * (r1 - r0))
        field[l0:l1, c0:c1] = np.minimum(field[l0:l1, c0:c1], near)
    return field


def fill_sheet(grid, lines):
    """Measure the signed distance to the surface between neighbouring lines, each (m, 2) with the
    same m."""
    mask = np.zeros(grid.shape, bool)
    for one, other in pairwise(lines):
        wide = int(np.abs(one - other).max() / grid.step * 1.5) + 2
        u = np.linspace(0, 1, wide)[:, None, None]
        flat = (1 - u) * one + u * other
        long = int(np.abs(np.diff(flat, axis=1)).max() / grid.step * 1.5) + 1
        v = np.linspace(0, flat.shape[1] - 1, (flat.shape[1] - 1) * long + 1)
        low = np.minimum(v.astype(int), flat.shape[1] - 2)
        part = (v - low)[None, :, None]
        dense = (1 - part) * flat[:, low] + part * flat[:, low + 1]
        mask[
            ((dense[..., 1] - grid.low) / grid.step + 0.5).astype(int),
            ((dense[..., 0] - grid.left) / grid.step + 0.5).astype(int),
        ] = True
    return (distance_transform_edt(~mask) - distance_transform_edt(mask)) * grid.step


def fill_curves(grid, loops):
    """Measure the distance to closed curves (never negative)."""
    mask = np.zeros(grid.shape, bool)
    for loop in loops:
        after = np.roll(loop, -1, axis=0)
        steps = int(np.abs(after - loop).max() / grid.step * 1.5) + 1
        dense = (
            loop[:, None] + (after - loop)[:, None] * (np.arange(steps) / steps)[None, :, None]
        ).reshape(-1, 2)
        mask[
            ((dense[:, 1] - grid.low) / grid.step + 0.5).astype(int),
            ((dense[:, 0] - grid.left) / grid.step + 0.5).astype(int),
        ] = True
    return distance_transform_edt(~mask) * grid.step


def fill_polygon(grid, corners):
    """Measure the signed distance to a polygon with rounded corners (negative inside)."""
    across, up = grid.nodes
    inside = np.zeros(grid.shape, bool)
    for (z0, y0), (z1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 != y1:
            inside ^= ((up < y0) != (up < y1)) & (across < z0 + (up - y0) / (y1 - y0) * (z1 - z0))
    return (distance_transform_edt(~inside) - distance_transform_edt(inside)) * grid.step


# Marching squares: for each of the 16 cell cases the crossed edges, (from, to), with the inside on
# the left.
# Edges: 0 bottom, 1 right, 2 top, 3 left. Corner bits: 1 bottom left, 2 bottom right, 4 top right,
# 8 top left.
_CASES = {
    1: ((0, 3),),
    2: ((1, 0),),
    3: ((1, 3),),
    4: ((2, 1),),
    5: ((0, 3), (2, 1)),
    6: ((2, 0),),
    7: ((2, 3),),
    8: ((3, 2),),
    9: ((0, 2),),
    10: ((1, 0), (3, 2)),
    11: ((1, 2),),
    12: ((3, 1),),
    13: ((0, 1),),
    14: ((3, 0),),
}


def _trace(field, grid):
    """Trace the closed zero-level contours of a field, each (n, 2) in mm."""
    inside = field < 0
    code = inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    following = {}
    for row, column in zip(*np.nonzero((code > 0) & (code < 15)), strict=True):
        edges = ((0, row, column), (1, row, column + 1), (0, row + 1, column), (1, row, column))
        for start, stop in _CASES[code[row, column]]:
            following[edges[start]] = edges[stop]
    loops = []
    while following:
        start, here = following.popitem()
        loop = [start]
        while here != start:
            loop.append(here)
            here = following.pop(here)
        loops.append(_cross(field, grid, np.array(loop)))
    return loops


def _cross(field, grid, edges):
    """Place contour vertices where the field crosses zero on grid edges (kind, row, column)."""
    kind, row, column = edges.T
    one, other = field[row, column], field[row + (kind == 1), column + (kind == 0)]
    part = one / (one - other)
    return np.stack(
        [
            grid.left + grid.step * (column + part * (kind == 0)),
            grid.low + grid.step * (row + part * (kind == 1)),
        ],
        axis=1,
    )


def _simplify(loop, tolerance):
    """Drop vertices of a closed curve that lie within about `tolerance` of the rest.

    Each pass looks at every other vertex, so that no two neighbours go at once.
    """
    for turn in range(10):
        count = len(loop)
        at = np.arange(turn % 2, count - count % 2, 2)
        if count < 12:
            break
        before, here, after = loop[at - 1], loop[at], loop[(at + 1) % count]
        along, apart = after - before, here - before
        size = np.hypot(along[:, 0], along[:, 1])
        off = np.abs(apart[:, 0] * along[:, 1] - apart[:, 1] * along[:, 0]) / np.maximum(size, 1e-9)
        keep = np.ones(count, bool)
        keep[at[(off < 0.8 * tolerance) & (size < 40)]] = False
        loop = loop[keep]
    return loop


def find_contours(field, grid, smooth, tolerance, smallest=40.0):
    """Smooth a field and trace it: list of simplified closed curves, largest first."""
    loops = _trace(
        np.pad(gaussian_filter(field, smooth), 1, constant_values=1e3),
        Grid(grid.left - grid.step, grid.low - grid.step, grid.step, grid.shape),
    )
    sized = sorted(((find_area(*loop.T), loop) for loop in loops), key=lambda pair: -pair[0])
    kept = [loop for size, loop in sized if size >= smallest] or [loop for _, loop in sized[:1]]
    return [_simplify(loop, tolerance) for loop in kept]


def find_area(across, up):
    """Area that a closed curve encloses, mm2."""
    return abs(np.dot(across, np.roll(up, 1)) - np.dot(up, np.roll(across, 1))) / 2
