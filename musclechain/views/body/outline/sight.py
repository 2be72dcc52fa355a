"""Which structures of a picture are in sight, and where a name points at them.

A muscle is named where most of it is seen past those that lie over it, and not in
the middle of its outline, which may lie under its neighbour. Taking upper layers off
only brings more into sight, so one place serves all depths down from the first at
which it is seen. All lengths are millimetres.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.views.body.outline.curves import ACROSS, Anchor, Curves
from musclechain.views.body.outline.fields import Grid

__all__ = ["DEPTHS", "STEP_MM", "Mask", "Seen", "Sight", "find_sights", "lay_out_masks"]

# The uppermost layers that may be drawn: see `BodyMap.depth`.
DEPTHS = (4, 3, 2, 1)
STEP_MM = 3.0
# What shows as a narrower strip is not in sight: half its width, mm.
LEAST_MM = 3.5
# Tissue hides what lies under it; the veil lets a tint of it through.
FASCIA = frozenset({"tissue", "plate", "band", "sheer", "veil"})
# Roles that hide what lies under them; sheets and sheaths are seen through.
SOLID = FASCIA | {"skin", "face", "bone", "tendon", "aponeurosis", "fan", "belly"}
# What a name points at: the flesh of a muscle, or all of a tissue.
NAMED = FASCIA | {"belly"}
# A name points into the widest part of what is seen, near its middle: a share of the widest.
WIDE_SHARE = 0.8
# Other places lie at least so far apart, mm, where what is seen has this share of the widest.
MOST_ANCHORS, APART_MM, INNER_SHARE = 3, 60.0, 0.4


class Sight(NamedTuple):
    """Where a structure is seen in a view.

    Attributes
    ----------
    anchors : tuple of Anchor
        Where its name points, and, for a picture that shows but a part of the body, other places
        far from there.
    depth : int
        The first of `DEPTHS` at which it is seen there.
    half_width : float
        Of what is seen of it, mm.
    """

    anchors: tuple[Anchor, ...]
    depth: int
    half_width: float


class Seen(NamedTuple):
    """What is drawn together: roles and curves from below to above, layer, and whether it has a
    name."""

    curves: Sequence[tuple[str, Curves]]
    layer: int
    is_named: bool


class Mask(NamedTuple):
    """The nodes of a window of the picture that a group hides, and those that a name may point
    at."""

    grid: Grid
    solid: np.ndarray
    named: np.ndarray

    def holds(self, flat: np.ndarray) -> np.ndarray:
        """Ask of flat places, shape (n, 2), whether the group hides what lies there."""
        column, row = (np.rint(flat / STEP_MM).astype(int) - [self.grid.column, self.grid.row]).T
        rows, columns = self.grid.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        inside[inside] = self.solid[row[inside], column[inside]]
        return inside


def lay_out_masks(
    groups: Sequence[Seen], view: str, known: dict[tuple[int, int], Mask] | None = None
) -> list[Mask]:
    """Lay out what groups hide in a view, and where their names may point.

    Parameters
    ----------
    groups : sequence of Seen
    view : str
    known : dict of (int, int) to Mask, optional
        By axis and identity of the curves: masks of views that show the same curves; those that
        it lacks are added.
    """
    axis, known = ACROSS[view][0], {} if known is None else known
    fresh = [group for group in groups if (axis, id(group.curves)) not in known]
    for group, mask in zip(fresh, _lay_out(fresh, axis), strict=True):
        known[axis, id(group.curves)] = mask
    return [known[axis, id(group.curves)] for group in groups]


def find_sights(
    groups: Sequence[Seen], view: str, masks: Sequence[Mask] | None = None
) -> dict[int, Sight]:
    """Find where the structures of a view are seen.

    Parameters
    ----------
    groups : sequence of Seen
        All that is drawn, from below to above.
    view : str
    masks : sequence of Mask, optional
        Of the groups, if they are known.

    Returns
    -------
    dict of int to Sight
        By the number of the group; what is nowhere in sight is left out.
    """
    axis, _ = ACROSS[view]
    masks = masks or lay_out_masks(groups, view)
    whole = _enclose(mask.grid for mask in masks)
    found: dict[int, Sight] = {}
    for depth in DEPTHS:
        covered = np.zeros(whole.shape, bool)
        for number in reversed(range(len(groups))):
            group, mask = groups[number], masks[number]
            here, _ = whole.overlap(mask.grid)
            if group.layer > depth or here is None:
                continue
            if group.is_named and number not in found:
                anchors, widest = _find_widest(group, mask, mask.named & ~covered[here], axis)
                if anchors:
                    found[number] = Sight(anchors, depth, widest)
            covered[here] |= mask.solid
    return found


def _enclose(grids: Iterable[Grid]) -> Grid:
    """Lay one grid round several of the same step."""
    whole = Grid(0, 0, STEP_MM, (1, 1))
    for grid in grids:
        rows, columns = grid.shape
        whole = whole.reach_to(grid.row, grid.column, grid.row + rows, grid.column + columns)
    return whole


def _lay_out(groups: Sequence[Seen], axis: int) -> list[Mask]:
    """Lay out masks, the curves of all groups at once, because one at a time is far slower."""
    drawn = [[part for part in group.curves if part[0] in SOLID | NAMED] for group in groups]
    grids = [_lay_grid([curves for _, curves in parts], axis) for parts in drawn]
    windows = [
        (grid, curves) for grid, parts in zip(grids, drawn, strict=True) for _, curves in parts
    ]
    filled = iter(_fill(windows, axis))
    masks = []
    for grid, parts in zip(grids, drawn, strict=True):
        solid, named = np.zeros(grid.shape, bool), np.zeros(grid.shape, bool)
        for (role, _), inside in zip(parts, islice(filled, len(parts)), strict=True):
            if role in SOLID:
                solid |= inside
            if role in NAMED:
                named |= inside
        masks.append(Mask(grid, solid, named))
    return masks


def _lay_grid(drawn: Sequence[Curves], axis: int) -> Grid:
    """Lay a grid around curves; one node if there are none."""
    if not drawn:
        return Grid(0, 0, STEP_MM, (1, 1))
    points = np.concatenate([curves.points[:, [axis, 1]] for curves in drawn])
    return Grid.around(points, STEP_MM, STEP_MM)


def _fill(windows: Sequence[tuple[Grid, Curves]], axis: int) -> list[np.ndarray]:
    """Mark in each window the nodes inside of closed curves: those with an odd number of edges to
    their left. The windows lie behind each other in one row of nodes: since closed curves cross
    each line of a window an even number of times, none is told of the line before."""
    if not windows:
        return []
    counts = np.array([len(curves.points) for _, curves in windows])
    corners = np.array([[grid.column, grid.row] for grid, _ in windows])
    shapes = np.array([grid.shape for grid, _ in windows]) + [0, 1]
    sizes = shapes.prod(axis=1)
    starts = np.concatenate([curves.points[:, [axis, 1]] for _, curves in windows]) / STEP_MM
    starts -= np.repeat(corners, counts, axis=0)
    stops = np.concatenate(
        [
            np.array(curves.ends) + before
            for before, (_, curves) in zip(np.cumsum(counts) - counts, windows, strict=True)
        ]
    )
    following = np.arange(1, len(starts) + 1)
    following[stops - 1] = np.append(0, stops[:-1])
    ends = starts[following]
    upward = (starts[:, 1] <= ends[:, 1])[:, None]
    low, high = np.where(upward, starts, ends), np.where(upward, ends, starts)
    first = np.ceil(low[:, 1]).astype(int)
    rows = np.ceil(high[:, 1]).astype(int) - first  # that an edge crosses
    edge = np.repeat(np.arange(len(rows)), rows)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(rows) - rows, rows) + first[edge]
    slope = (high[:, 0] - low[:, 0]) / np.maximum(high[:, 1] - low[:, 1], 1e-9)
    across = low[edge, 0] + (row - low[edge, 1]) * slope[edge]
    window = np.repeat(np.arange(len(windows)), counts)[edge]
    places = (np.cumsum(sizes) - sizes)[window] + row * shapes[window, 1]
    flips = np.bincount(places + np.ceil(across).astype(int), minlength=sizes.sum())
    inside = np.split(np.cumsum(flips) % 2 == 1, np.cumsum(sizes)[:-1])
    return [part.reshape(shape)[:, :-1] for part, shape in zip(inside, shapes, strict=True)]


def _find_widest(
    group: Seen, mask: Mask, seen: np.ndarray, axis: int
) -> tuple[tuple[Anchor, ...], float]:
    """Find the middle of the widest part of what is seen, other places in it, and half its width;
    no place for less than a strip."""
    if not seen.any():
        return (), 0.0
    grid, window = mask.grid.crop(seen)
    seen = seen[window]
    depth = scipy.ndimage.distance_transform_edt(np.pad(seen, 1))[1:-1, 1:-1] * STEP_MM
    widest = float(depth.max())
    if widest < LEAST_MM:
        return (), 0.0
    places = np.argwhere(seen)
    wide = np.argwhere(depth >= WIDE_SHARE * widest)
    spots = [wide[int(_measure(wide, places.mean(axis=0)).argmin())]]
    inner = np.argwhere(depth >= max(INNER_SHARE * widest, LEAST_MM))
    gap = _measure(inner, spots[0])
    while len(spots) < MOST_ANCHORS and gap.max() * STEP_MM > APART_MM:
        spots.append(inner[int(gap.argmax())])
        gap = np.minimum(gap, _measure(inner, spots[-1]))
    corner = [grid.row, grid.column]
    curves = next(curves for role, curves in group.curves if role in NAMED)
    flats = (STEP_MM * (spot + corner)[::-1] for spot in spots)
    return tuple(_hang(flat, curves, axis) for flat in flats), round(widest, 1)


def _measure(places: np.ndarray, spot: np.ndarray) -> np.ndarray:
    return np.hypot(*(places - spot).T)


def _hang(flat: np.ndarray, curves: Curves, axis: int) -> Anchor:
    """Let a flat place be carried as the vertex beside it is."""
    beside = int(_measure(curves.points[:, [axis, 1]], flat).argmin())
    point = curves.points[beside].copy()
    point[[axis, 1]] = flat
    return Anchor(point, curves.bones[beside], float(curves.share[beside]))
