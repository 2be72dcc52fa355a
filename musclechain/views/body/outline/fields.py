"""Distance fields on a flat grid, and the smooth outlines where they cross zero.

A field is negative inside a form and positive outside, so the union of two forms
is the smaller of their fields, and smoothing a field rounds the form. Flat points
are (across, up) in mm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew
from contourpy import LineType, contour_generator

__all__ = [
    "FAR_MM",
    "Contours",
    "Grid",
    "fill_curves",
    "fill_polygon",
    "fill_sheet",
    "fill_spindles",
    "find_area",
    "simplify_loops",
]

# What a field says where no form is near.
FAR_MM = 1e3
# A spindle's field is measured this many steps beyond its edge: smoothing looks no further.
REACH_STEPS = 4
# Nodes that are measured at once: as many as stay in the processor's near memory.
BLOCK_NODES = 20_000
# A contour that encloses less is left out, mm2.
SMALLEST_MM2 = 40.0
# Contours of fewer vertices are not simplified; no two kept vertices lie further apart than
# about this, mm.
FEWEST, LONGEST_MM = 12, 40.0
PASSES = 10
# A form that the smoothing leaves nothing of is traced this much above its lowest place, mm.
FAINT_MM = 0.5


@dataclass(frozen=True)
class Grid:
    """Even grid of the picture plane; all grids of one step share their nodes.

    Attributes
    ----------
    column, row : int
        Place of the lower left node, in steps.
    step : float
        Millimetres.
    shape : tuple of int
        Rows upward, columns to the right.
    """

    column: int
    row: int
    step: float
    shape: tuple[int, int]

    @classmethod
    def around(cls, points: np.ndarray, margin: float, step: float) -> "Grid":
        """Lay a grid around flat points, shape (n, 2), with a margin; all in mm."""
        low = np.floor((points.min(axis=0) - margin) / step)
        columns, rows = (points.max(axis=0) + margin) / step - low
        return cls(int(low[0]), int(low[1]), step, (int(rows) + 2, int(columns) + 2))

    @property
    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Places of the columns, shape (1, n), and of the rows, shape (m, 1), mm."""
        rows, columns = self.shape
        return (
            self.step * np.arange(self.column, self.column + columns)[None, :],
            self.step * np.arange(self.row, self.row + rows)[:, None],
        )

    def overlap(
        self, other: "Grid"
    ) -> tuple[tuple[slice, slice], tuple[slice, slice]] | tuple[None, None]:
        """Slices of this grid and of another of the same step where both lie; None, None if they
        lie apart."""
        low, left = max(self.row, other.row), max(self.column, other.column)
        top = min(self.row + self.shape[0], other.row + other.shape[0])
        right = min(self.column + self.shape[1], other.column + other.shape[1])
        if low >= top or left >= right:
            return None, None
        mine, theirs = (
            (slice(low - of.row, top - of.row), slice(left - of.column, right - of.column))
            for of in (self, other)
        )
        return mine, theirs

    def reach_to(self, low: int, left: int, top: int, right: int) -> "Grid":
        """Enlarge the grid so that it reaches from one row and column to others, these left out."""
        low, left = min(self.row, low), min(self.column, left)
        top, right = (
            max(start + count, stop)
            for start, count, stop in zip(
                (self.row, self.column), self.shape, (top, right), strict=True
            )
        )
        return Grid(left, low, self.step, (top - low, right - left))

    def crop(self, marked: np.ndarray) -> tuple["Grid", tuple[slice, slice]]:
        """Make the grid as small as marked nodes leave it; also returns the slices of what is
        left. Without any, one node is left."""
        rows, columns = (np.flatnonzero(marked.any(axis=other)) for other in (1, 0))
        low, top = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 1)
        left, right = (int(columns[0]), int(columns[-1]) + 1) if len(columns) else (0, 1)
        grid = Grid(self.column + left, self.row + low, self.step, (top - low, right - left))
        return grid, (slice(low, top), slice(left, right))

    def embed(self, field: np.ndarray, inner: "Grid") -> np.ndarray:
        """Put a field of a grid that lies within this one into it; around it all is `FAR_MM`."""
        whole = np.full(self.shape, FAR_MM)
        low, left = inner.row - self.row, inner.column - self.column
        whole[low : low + inner.shape[0], left : left + inner.shape[1]] = field
        return whole

    def mark(self, points: np.ndarray) -> np.ndarray:
        """Mark the nodes that are nearest to flat points, shape (..., 2): bool, of the grid's
        shape."""
        nodes = points / self.step
        nodes -= [self.column, self.row]
        nodes += 0.5
        # one axis after the other: twice as fast as both at once
        column, row = (nodes[..., axis].astype(np.int32) for axis in (0, 1))
        rows, columns = self.shape
        for place, last in ((column, columns - 1), (row, rows - 1)):
            np.maximum(place, 0, out=place)
            np.minimum(place, last, out=place)
        row *= columns
        row += column
        marked = np.zeros(rows * columns, bool)
        marked[row] = True
        return marked.reshape(self.shape)


def fill_spindles(grid: Grid, spindles: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Measure the signed distance to spindles: chains of discs that grow and shrink along lines.

    Parameters
    ----------
    grid : Grid
    spindles : iterable of (numpy.ndarray, numpy.ndarray)
        Flat points, shape (n, 2), and the radius at each, mm.

    Returns
    -------
    numpy.ndarray
        Of the grid's shape, mm, negative inside; `FAR_MM` at some distance.
    """
    field = np.full(grid.shape, FAR_MM)
    rods = _list_rods(grid, spindles)
    reach = rods[:, :, 2:].max(axis=1) + REACH_STEPS
    low = np.maximum((rods[:, :, :2].min(axis=1) - reach).astype(int), 0)
    high = np.maximum((rods[:, :, :2].max(axis=1) + reach).astype(int) + 2, low + 1)
    first = 0
    while first < len(rods):
        block = slice(first, first + max(1, BLOCK_NODES // int((high - low)[first].prod())))
        near = grid.step * _measure_rods(rods[block], low[block], (high - low)[block].max(axis=0))
        windows = zip(low[block].tolist(), high[block].tolist(), near, strict=True)
        for (left, bottom), (right, top), distance in windows:
            window = field[bottom:top, left:right]
            np.minimum(window, distance[: len(window), : window.shape[1]], out=window)
        first = block.stop
    return field


def _list_rods(grid: Grid, spindles: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """List the rods between neighbouring discs: both ends as (across, up, radius), shape (n, 2, 3),
    in steps from the corner of the grid."""
    chains = [
        np.column_stack([points / grid.step - [grid.column, grid.row], radii / grid.step])
        for points, radii in spindles
    ]
    rods = [np.stack([discs[:-1], discs[1:]], axis=1) for discs in chains]
    return np.concatenate([np.empty((0, 2, 3)), *rods])


def _measure_rods(rods: np.ndarray, corners: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Measure the signed distance to each rod at the nodes of a window, shape (n, tall, wide), in
    steps; all windows have one size, so that they are measured at once."""
    start, way = rods[:, 0, :2], rods[:, 1, :2] - rods[:, 0, :2]
    # from the start of each rod to each node, and the share of the way that the node lies along
    across, up = (corners[:, [k]] + np.arange(size[k]) - start[:, [k]] for k in (0, 1))
    square = (way**2).sum(axis=1)[:, None] + 1e-12
    share = (up * way[:, 1:] / square)[:, :, None] + (across * way[:, :1] / square)[:, None, :]
    np.maximum(share, 0, out=share)
    np.minimum(share, 1, out=share)
    near = np.square(across[:, None, :] - share * way[:, :1, None])
    near += np.square(up[:, :, None] - share * way[:, 1:, None])
    np.sqrt(near, out=near)
    near -= rods[:, 0, 2, None, None]
    share *= (rods[:, 1, 2] - rods[:, 0, 2])[:, None, None]
    near -= share
    return near


def fill_sheet(grid: Grid, lines: Sequence[np.ndarray]) -> np.ndarray:
    """Measure the signed distance to the surface between neighbouring lines.

    Parameters
    ----------
    grid : Grid
    lines : sequence of numpy.ndarray, shape (m, 2)
        Flat, all with the same m, mm.

    Returns
    -------
    numpy.ndarray
        Of the grid's shape, mm, negative inside.
    """
    surface = [_sample_densely(lines[-1][None], grid.step).reshape(-1, 2)]
    for line, beside in pairwise(lines):
        wide = int(np.abs(line - beside).max() / grid.step * 1.5) + 1
        share = (np.arange(wide) / wide)[:, None, None]
        strip = (1 - share) * line + share * beside
        surface.append(_sample_densely(strip, grid.step).reshape(-1, 2))
    marked = grid.mark(np.concatenate(surface))
    # where lines run aslant, places a step apart may leave out a node between them
    marked[1:-1] |= marked[2:] & marked[:-2]
    distance = _measure_to(marked)
    # to the nearest node that is free, which lies no further out than around what is marked
    _, (rows, columns) = grid.crop(marked)
    near = tuple(slice(max(part.start - 1, 0), part.stop + 1) for part in (rows, columns))
    distance[near] -= _measure_to(~marked[near])
    return distance * grid.step


def _measure_to(marked: np.ndarray) -> np.ndarray:
    """Measure the distance of each node to the nearest one that is marked, in steps.

    As `scipy.ndimage.distance_transform_edt` does, whose own way from the nearest nodes to the
    distances takes twice the memory and time.
    """
    row, column = scipy.ndimage.distance_transform_edt(
        ~marked, return_distances=False, return_indices=True
    )
    row -= np.arange(len(row), dtype=row.dtype)[:, None]
    column -= np.arange(column.shape[1], dtype=column.dtype)
    row *= row
    column *= column
    row += column
    return np.sqrt(row)


def _sample_densely(rows: np.ndarray, step: float) -> np.ndarray:
    """Put points between the points of lines, shape (lines, m, 2), so that none lie further apart
    than a step."""
    ways = rows[:, 1:] - rows[:, :-1]
    steps = int(np.abs(ways).max() / step * 1.5) + 1
    share = (np.arange(steps) / steps)[:, None]
    between = ways[:, :, None] * share
    between += rows[:, :-1, None]
    return np.concatenate([between.reshape(len(rows), -1, 2), rows[:, -1:]], axis=1)


def fill_curves(grid: Grid, loops: Iterable[np.ndarray]) -> np.ndarray:
    """Measure the distance to closed flat curves, mm (never negative); `FAR_MM` if there are
    none."""
    dense = [_sample_densely(np.vstack([loop, loop[:1]])[None], grid.step)[0] for loop in loops]
    if not dense:
        return np.full(grid.shape, FAR_MM)
    return _measure_to(grid.mark(np.concatenate(dense))) * grid.step


def fill_polygon(grid: Grid, corners: np.ndarray) -> np.ndarray:
    """Measure the signed distance to a polygon, shape (n, 2), mm, negative inside; at most some
    steps."""
    ring = np.vstack([corners, corners[:1]])
    across, up = grid.nodes
    inside = np.zeros(grid.shape, bool)
    for (z0, y0), (z1, y1) in pairwise(ring):
        rows = slice(*np.searchsorted(up[:, 0], sorted((y0, y1))))
        if y0 != y1:
            inside[rows] ^= across < z0 + (up[rows] - y0) / (y1 - y0) * (z1 - z0)
    edge = fill_spindles(grid, [(ring, np.zeros(len(ring)))])
    distance = np.minimum(edge, REACH_STEPS * grid.step)
    return np.where(inside, -distance, distance)


class Contours:
    """The smoothed surface of a field, to be cut at any height.

    Parameters
    ----------
    field : numpy.ndarray
    grid : Grid
    smooth : float
        Standard deviation of the smoothing, in steps of the grid.
    """

    def __init__(self, field: np.ndarray, grid: Grid, smooth: float) -> None:
        # a rim of far nodes closes every contour
        rounded = np.full((grid.shape[0] + 2, grid.shape[1] + 2), FAR_MM)
        scipy.ndimage.gaussian_filter(field, smooth, output=rounded[1:-1, 1:-1])
        across, up = Grid(grid.column - 1, grid.row - 1, grid.step, rounded.shape).nodes
        self._generator = contour_generator(
            across[0], up[:, 0], rounded, line_type=LineType.Separate
        )
        self._lowest, self._step = float(rounded.min()), grid.step

    def trace_outline(self) -> list[np.ndarray]:
        """Trace where the field is zero; of a form too thin to be left by the smoothing, what lies
        nearest to that. See `trace`."""
        return self.trace(max(0.0, self._lowest + FAINT_MM))

    def trace(self, level: float = 0.0, smallest: float = SMALLEST_MM2) -> list[np.ndarray]:
        """Trace where the field crosses a level.

        Parameters
        ----------
        level : float
            Millimetres; below 0 inside of the form.
        smallest : float
            Curves that enclose less (mm2) are left out, unless there is no other.

        Returns
        -------
        list of numpy.ndarray, shape (n, 2)
            Closed curves, largest first; the first vertex is not repeated. Outlines run
            counterclockwise, holes clockwise.
        """
        lines = cast(list[np.ndarray], self._generator.lines(level))
        loops = [_begin_on_top(line[:0:-1], self._step) for line in lines]
        sized = sorted(((find_area(*loop.T), loop) for loop in loops), key=lambda pair: -pair[0])
        kept = [loop for size, loop in sized if size >= smallest]
        return kept or [loop for _, loop in sized[:1]]


def _begin_on_top(loop: np.ndarray, step: float) -> np.ndarray:
    """Let a closed curve begin in the highest cell that it crosses, there in the rightmost: what
    simplifying leaves of it must not depend on where the tracer began."""
    column, row = np.floor((loop + np.concatenate([loop[1:], loop[:1]])) / (2 * step)).T
    first = int(np.argmax(row * (np.ptp(column) + 1) + column))
    return np.concatenate([loop[first:], loop[:first]])


def simplify_loops(loops: Sequence[np.ndarray], tolerances: Sequence[float]) -> list[np.ndarray]:
    """Drop vertices of closed curves that lie near enough to the rest.

    Each pass looks at every other vertex, so that no two neighbours go at once.
    All curves are simplified together, because one at a time is far slower.

    Parameters
    ----------
    loops : sequence of numpy.ndarray, shape (n, 2)
    tolerances : sequence of float
        For each curve how far a vertex that goes may lie from the rest, about, mm.

    Returns
    -------
    list of numpy.ndarray, shape (n, 2)
    """
    if not loops:
        return []
    # as complex numbers, a step is one number, and a product gives the area between two steps
    corners = np.vstack(loops).view(complex)[:, 0]
    counts, limits = np.array([len(loop) for loop in loops]), 0.8 * np.array(tolerances)
    for turn in range(PASSES):
        start, owner = np.cumsum(counts) - counts, np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(corners)) - start[owner]
        in_turn = (place % 2 == turn % 2) & (place < (counts - counts % 2)[owner])
        here = np.flatnonzero(in_turn & (counts >= FEWEST)[owner])
        owner, place = owner[here], place[here]
        before, after = (corners[start[owner] + (place + step) % counts[owner]] for step in (-1, 1))
        along = after - before
        size = np.abs(along)
        twice_area = np.abs(((corners[here] - before) * along.conj()).imag)
        flat = (twice_area < limits[owner] * size) & (size < LONGEST_MM)
        corners = np.delete(corners, here[flat])
        counts = counts - np.bincount(owner[flat], minlength=len(counts))
    return np.split(corners.view(float).reshape(-1, 2), np.cumsum(counts)[:-1])


def find_area(across: np.ndarray, up: np.ndarray) -> float:
    """Area that a closed curve encloses, mm2."""
    twice = across[-1] * up[0] - up[-1] * across[0]
    return abs(float(across[:-1] @ up[1:] - up[:-1] @ across[1:] + twice)) / 2
