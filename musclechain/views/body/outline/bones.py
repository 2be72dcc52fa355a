"""The bones behind the muscles, as they were traced from meshes, hung on the body.

`bones.npz` holds their outlines in the posture of the data, of the right side and
of the midline; ``python -m musclechain bones`` traces them anew.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from musclechain.anatomy.graph_checks import GraphError
from musclechain.views.body.outline.curves import (
    FRONTAL,
    SAGITTAL,
    Piece,
    bind_curves,
    count_ends,
    lift_points,
)
from musclechain.views.body.outline.standing import Standing

__all__ = [
    "BONES",
    "TracedBone",
    "draw_front_bones",
    "draw_side_bones",
    "read_bones",
    "write_bones",
]

BONES = Path(__file__).with_name("bones.npz")
TENTHS = 10
# What carries the collar bone.
GIRDLE = "shoulder_girdle"


@dataclass(frozen=True)
class TracedBone:
    """A bone, or a hollow in one, as it is seen along one line of sight.

    Attributes
    ----------
    carrier : str
        Rigid body that it belongs to; without its side where it is one of a pair.
    paired : bool
        Whether the left side has it too.
    views : tuple of str
        back and front, or side.
    depth : float
        Along the line of sight, mm.
    layer : int
        See `Piece`.
    loops : sequence of numpy.ndarray, shape (n, 2)
        Its outline in the posture of the data, mm.
    role : {'bone', 'hollow'}
    digit : int
        Of which toe or finger it is, from 1 for the big toe and the thumb to 5; else 0. The bones
        of the palm are of none.
    """

    carrier: str
    paired: bool
    views: tuple[str, ...]
    depth: float
    layer: int
    loops: Sequence[np.ndarray]
    role: str = "bone"
    digit: int = 0


def write_bones(bones: Sequence[TracedBone], path: Path = BONES) -> int:
    """Keep traced bones in a file; returns its size, bytes."""
    told = [
        [
            bone.carrier,
            bone.paired,
            list(bone.views),
            round(bone.depth, 1),
            bone.layer,
            [len(loop) for loop in bone.loops],
            bone.role,
            bone.digit,
        ]
        for bone in bones
    ]
    points = np.vstack([loop for bone in bones for loop in bone.loops])
    whole = (TENTHS * points).round().astype("<i2")
    np.savez_compressed(path, points=whole, told=np.frombuffer(json.dumps(told).encode(), "u1"))
    return path.stat().st_size


@cache
def read_bones(path: Path = BONES) -> tuple[TracedBone, ...]:
    """Read the traced bones of the package."""
    with np.load(path) as file:
        points, told = file["points"] / TENTHS, json.loads(file["told"].tobytes())
    bones, first = [], 0
    for carrier, paired, views, depth, layer, counts, role, digit in told:
        ends = first + np.cumsum(counts)
        loops = [points[end - count : end] for count, end in zip(counts, ends, strict=True)]
        bones.append(TracedBone(carrier, paired, tuple(views), depth, layer, loops, role, digit))
        first = int(ends[-1]) if len(ends) else first
    return tuple(bones)


def draw_front_bones(standing: Standing) -> list[Piece]:
    """Draw the bones behind the muscles, for the back and the front.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        Those furthest ahead last.

    Raises
    ------
    GraphError
        If the body lacks a bone that they belong to.
    """
    pieces = []
    for bone in sorted(read_bones(), key=lambda bone: bone.depth):
        if "side" not in bone.views:
            pieces += [
                _hang(bone, standing, side, FRONTAL, bone.views)
                for side in _list_sides(bone, standing)
            ]
    return pieces


def draw_side_bones(standing: Standing) -> list[Piece]:
    """Draw the bones of the body seen from either side.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        For one view each, the nearest last.

    Raises
    ------
    GraphError
        If the body lacks a bone that they belong to.
    """
    seen = [bone for bone in read_bones() if "side" in bone.views]
    return [
        _hang(bone, standing, side if bone.paired else "", SAGITTAL, (side,))
        for side, _ in standing.sides
        for bone in sorted(seen, key=lambda bone: bone.depth)
    ]


def _list_sides(bone: TracedBone, standing: Standing) -> Iterator[str]:
    if not bone.paired:
        yield ""
    else:
        yield from (side for side, _ in standing.sides)


def _hang(
    bone: TracedBone, standing: Standing, side: str, axis: int, views: tuple[str, ...]
) -> Piece:
    """Hang a traced bone on the rigid body that carries it, mirrored on the left."""
    # both hip bones belong to the one pelvis
    names = (bone.carrier, f"{bone.carrier}_{side}")
    carrier = next((name for name in names if name in standing.number), "")
    if not carrier:
        raise GraphError(
            f"The picture of the body hangs on the bone {names[bool(side)]!r}, which this body"
            f" lacks; it has {', '.join(standing.number)}."
        )
    flat = np.vstack(bone.loops)
    depth = _slant(bone, standing, side, flat) if axis == SAGITTAL and side else bone.depth
    points = lift_points(flat, depth, axis)
    if side == "left":
        points = points * [1, 1, -1]
    carriers = [carrier] * len(points)
    outline = bind_curves(
        standing.place(points, carriers), standing.carry(carriers), count_ends(bone.loops), True
    )
    return Piece(carrier, views, outline, bone.layer, bone.role, bone.digit)


def _slant(bone: TracedBone, standing: Standing, side: str, flat: np.ndarray) -> float | np.ndarray:
    """Find the depth of a bone seen from the side, one number or one for each point, mm: the collar
    bone leads outward from the joint at its inner end as it leads back, so that in a lean this end
    stays under the skin."""
    joint = standing.joints.get(f"sternoclavicular_{side}")
    low, high = flat.min(axis=0), flat.max(axis=0)
    if (
        joint is None
        or bone.carrier != GIRDLE
        or not np.all((low < joint[:2]) & (joint[:2] < high))
    ):
        return bone.depth
    inner = abs(joint[2])
    share = (flat[:, 0] - joint[0]) / ((low[0] + high[0]) / 2 - joint[0])
    return inner + (bone.depth - inner) * np.clip(share, 0, 2)
