"""Draw a changed body from the shapes of one that is the same elsewhere.

A cut or a thicker muscle changes its own shape, and those of the neighbours that
grow towards it or into the room that it leaves: no shape depends on what lies
further off than flesh grows. So only what is near a change is computed anew. The same holds of
where a structure is in sight and which stretch of a nerve is covered: only what lies over it can
hide it.
All lengths are millimetres.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.views.body.outline.curves import ACROSS, Curves
from musclechain.views.body.outline.flesh import GROW_MM, ROOM_MM, Room
from musclechain.views.body.outline.lines import PullPath
from musclechain.views.body.outline.nerves import Course
from musclechain.views.body.outline.shapes import SIDE_ENDS, Shape, build_shapes
from musclechain.views.body.outline.sight import Sight

__all__ = ["Kept", "KeptView", "build_changed", "find_kept_view"]

# Lower and upper corners of flat boxes that together enclose a form, shape (n, 2, 2): one for each
# stretch of its height, so that what only stands beside a long slant muscle is not near it.
Boxes = np.ndarray
STRETCH_MM = 40.0
# What covers a place lies no further from it: some steps of the grid of sights.
COVER_MM = 15.0


@dataclass(frozen=True)
class Kept:
    """Shapes of another body on the same bones.

    Attributes
    ----------
    shapes : mapping of (int, str) to Shape
        By axis of the picture plane and structure.
    changed : frozenset of str
        Structures that only one of the two bodies has, or that differ.
    sights : mapping of (str, str) to Sight or None
        By view and structure, None for what is drawn and nowhere in sight.
    nerves : mapping of (str, str) to Course
        By view and nerve: those whose course stays, split where muscles cover them.
    skins : mapping of str to Curves
        Outlines of the skin, part by part, by a name of what they come from.
    """

    shapes: Mapping[tuple[int, str], Shape]
    changed: frozenset[str]
    sights: Mapping[tuple[str, str], Sight | None]
    nerves: Mapping[tuple[str, str], Course]
    skins: Mapping[str, Curves]

    @cached_property
    def boxes(self) -> dict[tuple[int, str], Boxes]:
        """What encloses each shape, by axis and structure."""
        return {
            (axis, name): _enclose(it.outline, axis) for (axis, name), it in self.shapes.items()
        }


def build_changed(
    body: Body,
    paths: Mapping[str, Sequence[PullPath]],
    swap: np.ndarray,
    axis: int,
    sheets: Mapping[str, Sequence[PullPath]],
    rooms: Sequence[Room],
    kept: Kept | None,
) -> dict[str, Shape]:
    """Compute the outlines of all structures in one plane, and take over those that stay as they
    are.

    Parameters
    ----------
    body, paths, swap, axis, sheets, rooms
        See `build_shapes`.
    kept : Kept or None
        Without it all are computed.

    Returns
    -------
    dict of structure id to Shape
    """
    if kept is None:
        return build_shapes(body, paths, paths, swap, axis, sheets, rooms)
    boxes = {name: np.empty((0, 2, 2)) for name in paths}
    boxes |= {name: known for (plane, name), known in kept.boxes.items() if plane == axis}
    for name in kept.changed & paths.keys():
        ways = [_enclose_points(path.points, axis, path.width.max()) for path in paths[name]]
        boxes[name] = np.concatenate([boxes[name], *ways])
    reach = GROW_MM + ROOM_MM + max(max(way.reach) for room in rooms for way in room.sleeves)
    fresh: dict[str, Shape] = {}
    for side in SIDE_ENDS:  # one at a time: what differs on the other one is no twin
        own = {name: boxes[name] for name in boxes if name.endswith(side) or not _has_side(name)}
        touched = _list_near(own, kept.changed, reach)
        beside = {name: paths[name] for name in _list_near(own, touched, reach) if name in paths}
        fresh |= build_shapes(body, beside, touched, swap, axis, sheets, rooms)
    return {name: fresh.get(name) or kept.shapes[axis, name] for name in paths}


@dataclass(frozen=True)
class KeptView:
    """What of a view stays as it is: sights of structures, and courses of nerves, split where
    muscles cover them."""

    sights: Mapping[str, Sight | None] = field(default_factory=dict)
    nerves: Mapping[str, Course] = field(default_factory=dict)


def find_kept_view(shapes: Mapping[str, Shape], view: str, kept: Kept | None) -> KeptView:
    """Find what of a view stays as it is: structures and nerves that lie beside no shape that was
    computed anew.

    Parameters
    ----------
    shapes : mapping of structure id to Shape
        From `build_changed`, of the view's plane.
    view : str
    kept : Kept or None

    Returns
    -------
    KeptView
        Empty without anything kept.
    """
    if kept is None:
        return KeptView()
    axis, _ = ACROSS[view]
    before = [name for seen, name in kept.sights if seen == view]
    boxes = {name: kept.boxes[axis, name] for name in before}
    anew = {name for name in before if shapes.get(name) is not kept.shapes[axis, name]}
    now = {name: _enclose(shapes[name].outline, axis) for name in anew & shapes.keys()}
    boxes |= {name: np.concatenate([boxes[name], after]) for name, after in now.items()}
    nerves = {name: course for (seen, name), course in kept.nerves.items() if seen == view}
    boxes |= {
        name: np.concatenate([_enclose_points(it.points, axis, 0.0) for _, it in parts])
        for name, (parts, _) in nerves.items()
    }
    near = set(_list_near(boxes, anew, COVER_MM))
    return KeptView(
        {name: kept.sights[view, name] for name in before if name not in near},
        {name: course for name, course in nerves.items() if name not in near},
    )


def _enclose(curves: Curves, axis: int) -> Boxes:
    """Enclose closed curves stretch by stretch."""
    ahead = np.arange(1, len(curves.points) + 1)
    ahead[np.array(curves.ends) - 1] = [0, *curves.ends[:-1]]
    across, up = curves.points[:, axis], curves.points[:, 1]
    left, right = np.minimum(across, across[ahead]), np.maximum(across, across[ahead])
    bottom, top = np.minimum(up, up[ahead]), np.maximum(up, up[ahead])
    low = np.arange(bottom.min(), top.max(), STRETCH_MM)
    high = low + STRETCH_MM
    apart = (bottom > high[:, None]) | (top < low[:, None])
    leftmost = np.where(apart, np.inf, left).min(axis=1)
    rightmost = np.where(apart, -np.inf, right).max(axis=1)
    return np.stack([leftmost, low, rightmost, high], axis=1).reshape(-1, 2, 2)


def _enclose_points(points: np.ndarray, axis: int, margin: float) -> Boxes:
    """Enclose points and what lies about them in one box."""
    flat = points[:, [axis, 1]]
    return np.array([[flat.min(axis=0) - margin, flat.max(axis=0) + margin]])


def _list_near(boxes: Mapping[str, Boxes], names: Iterable[str], reach: float) -> list[str]:
    """List some structures and those that lie within reach of them, in their order."""
    centres = np.concatenate(
        [np.empty((0, 2, 2)), *(boxes[name] for name in names if name in boxes)]
    )
    left, low = (centres[:, 0] - reach).T
    right, high = (centres[:, 1] + reach).T
    own = np.concatenate([np.empty((0, 2, 2)), *boxes.values()])[:, :, None, :]
    owner = np.repeat(np.arange(len(boxes)), [len(box) for box in boxes.values()])
    beside = (left < own[:, 1, :, 0]) & (right > own[:, 0, :, 0])
    beside &= (low < own[:, 1, :, 1]) & (high > own[:, 0, :, 1])
    near = np.bincount(owner[beside.any(axis=1)], minlength=len(boxes))
    return [name for name, count in zip(boxes, near, strict=True) if count]


def _has_side(name: str) -> bool:
    return name.endswith(SIDE_ENDS)
