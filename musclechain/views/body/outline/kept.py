"""Draw a changed body from the shapes of one that is the same elsewhere.

A cut or a thicker muscle changes its own shape, and those of the neighbours that
grow towards it or into the room that it leaves: no shape depends on what lies
further off than flesh grows. So only what is near a change is computed anew.
All lengths are millimetres.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.views.body.outline.flesh import GROW_MM, ROOM_MM, Room
from musclechain.views.body.outline.lines import PullPath
from musclechain.views.body.outline.shapes import SIDE_ENDS, Shape, build_shapes

__all__ = ["Kept", "build_changed"]

# Lower and upper corner of a flat box, shape (2, 2).
Box = np.ndarray


@dataclass(frozen=True)
class Kept:
    """Shapes of another body on the same bones.

    Attributes
    ----------
    shapes : mapping of (int, str) to Shape
        By axis of the picture plane and structure.
    changed : frozenset of str
        Structures that only one of the two bodies has, or that differ.
    """

    shapes: Mapping[tuple[int, str], Shape]
    changed: frozenset[str]


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
    boxes: dict[str, list[Box]] = {name: [] for name in paths}
    for (plane, name), shape in kept.shapes.items():
        if plane == axis:
            boxes.setdefault(name, []).append(_enclose(shape.outline.points, axis))
    for name in kept.changed & paths.keys():
        boxes[name] += [_enclose(path.points, axis, path.width.max()) for path in paths[name]]
    reach = GROW_MM + ROOM_MM + max(max(way.reach) for room in rooms for way in room.sleeves)
    fresh: dict[str, Shape] = {}
    for side in SIDE_ENDS:  # one at a time: what differs on the other one is no twin
        own = {name: boxes[name] for name in boxes if name.endswith(side) or not _has_side(name)}
        touched = _list_near(own, kept.changed, reach)
        beside = {name: paths[name] for name in _list_near(own, touched, reach) if name in paths}
        fresh |= build_shapes(body, beside, touched, swap, axis, sheets, rooms)
    return {name: fresh.get(name) or kept.shapes[axis, name] for name in paths}


def _enclose(points: np.ndarray, axis: int, margin: float = 0.0) -> Box:
    flat = points[:, [axis, 1]]
    return np.array([flat.min(axis=0) - margin, flat.max(axis=0) + margin])


def _list_near(boxes: Mapping[str, Sequence[Box]], names: Iterable[str], reach: float) -> list[str]:
    """List some structures and those that lie within reach of them, in their order."""
    centres = [box for name in names for box in boxes.get(name, ())]
    return [
        name
        for name, own in boxes.items()
        if any(
            (low < box[1] + reach).all() and (high > box[0] - reach).all()
            for low, high in own
            for box in centres
        )
    ]


def _has_side(name: str) -> bool:
    return name.endswith(SIDE_ENDS)
