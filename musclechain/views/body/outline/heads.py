"""The head as a quiet form over the skull: skin with the folds by which a face is known.

Muscles of the face are not in the model, so none are drawn. The forms hang on the
joint of the head and are drawn to be recognised, not to be measured. Offsets are
(across, up) from the front, for the right side, and (forward, up) from the side, in mm.
"""

from collections.abc import Iterator

import numpy as np

from musclechain.views.body.outline.curves import (
    FRONTAL,
    SAGITTAL,
    Curves,
    Piece,
    bind_curves,
    lift_points,
)
from musclechain.views.body.outline.forms import Seat, mirror_half
from musclechain.views.body.outline.lines import smooth_lines
from musclechain.views.body.outline.standing import SIDES, Standing

__all__ = ["CHIN_UP_MM", "FRONT_HEAD", "SIDE_HEAD", "draw_front_head", "draw_side_head"]

# The right half of the skin round the head, ear included, from the crown to the chin.
FRONT_HEAD = (
    (0, 148),
    (30, 145),
    (55, 132),
    (71, 108),
    (77, 84),
    (77, 66),
    (84, 70),
    (90, 62),
    (90, 48),
    (87, 30),
    (81, 12),
    (75, 4),
    (73, -10),
    (68, -30),
    (56, -50),
    (38, -64),
    (20, -71),
    (0, -73),
)
# Folds of the right half: jaw, upper and lower lid, brow, side of the nose, inner edge of the ear.
_FRONT_HALVES = (
    ((75, 4), (73, -10), (68, -30), (56, -50), (38, -64), (20, -71), (0, -73)),
    ((14, 42), (21, 48), (30, 49), (38, 45), (43, 40)),
    ((14, 42), (22, 38), (32, 37), (43, 40)),
    ((12, 58), (24, 63), (36, 63), (48, 56)),
    ((8, 38), (9, 24), (15, 13), (15, 6), (8, 5), (0, 1)),
    ((80, 60), (85, 60), (86, 48), (83, 34), (79, 28)),
)
# Folds across the midline: hair line, mouth, lower lip.
_FRONT_FOLDS = (
    (
        (-74, 74),
        (-64, 82),
        (-56, 102),
        (-30, 116),
        (0, 112),
        (30, 116),
        (56, 102),
        (64, 82),
        (74, 74),
    ),
    ((-25, -18), (-12, -17), (-5, -15), (0, -17), (5, -15), (12, -17), (25, -18)),
    ((-14, -27), (0, -30), (14, -27)),
)
# From behind it ends under the back of the head, and the neck is seen to both sides.
_OCCIPUT = ((75, 4), (62, -4), (34, -12), (0, -14))
_IRIS, _IRIS_MM = (29, 43), 4.5
# Profile from the crown over the brow to the chin, along the jaw to the ear, under the back of the
# head and up again.
SIDE_HEAD = (
    (0, 149),
    (36, 146),
    (65, 132),
    (85, 110),
    (94, 88),
    (95, 74),
    (91, 60),
    (98, 44),
    (107, 28),
    (115, 14),
    (110, 6),
    (99, 3),
    (104, -6),
    (99, -15),
    (103, -24),
    (96, -35),
    (98, -48),
    (86, -62),
    (60, -63),
)
_SIDE_BACK = ((-72, 22), (-85, 52), (-88, 84), (-82, 112), (-64, 134), (-34, 146))
_JAW = ((86, -62), (60, -63), (38, -55), (22, -43), (10, -26), (4, -2))
_NAPE = ((-12, -12), (-44, -8), (-62, 4))
# Lids, brow, wing of the nose, mouth, hair line.
_SIDE_FOLDS = (
    ((88, 51), (83, 50), (76, 46), (70, 42)),
    ((86, 37), (78, 38), (70, 42)),
    ((66, 62), (77, 67), (91, 63)),
    ((95, 20), (89, 13), (91, 5), (100, 4)),
    ((99, -15), (91, -15), (82, -19)),
    ((76, 122), (67, 108), (63, 90), (52, 78), (38, 74), (28, 60), (18, 46)),
)
# Within the line of the skin.
_INSET = 0.985
# What lies lower is neck, mm above the joint of the head.
CHIN_UP_MM = -50.0
# Over the muscles of the neck, which pass behind the jaw.
_FRONT_LAYER = 4
# The ears stand out from the face.
_EAR_MM = 80.0


def draw_front_head(standing: Standing) -> list[Piece]:
    """Draw the head as it is seen from the back and the front.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        Roles face and crease.
    """
    seat, depth = _find_seat(standing, FRONTAL)
    half = [place for place in FRONT_HEAD if place[0] <= _EAR_MM]
    upper = [place for place in half if place[1] > _OCCIPUT[0][1]]
    back, front = (
        _hang(standing, np.vstack([form, form[:1]]), depth, FRONTAL, True)
        for form in (seat.put(_INSET * mirror_half(part)) for part in ([*upper, *_OCCIPUT], half))
    )
    folds = [seat.put(fold) for fold in _list_front_folds()]
    return [
        Piece("head", ("back",), back, 0, "face"),
        Piece("head", ("front",), front, _FRONT_LAYER, "face"),
        *(
            Piece("head", ("front",), _hang(standing, fold, depth, FRONTAL), _FRONT_LAYER, "crease")
            for fold in folds
        ),
    ]


def _list_front_folds() -> Iterator[np.ndarray]:
    for half in _FRONT_HALVES:
        yield from (np.asarray(half, float) * [sign, 1] for sign in (1, -1))
    turns = np.linspace(0, 2 * np.pi, 9)
    for sign in (1, -1):
        centre = np.array(_IRIS) * [sign, 1]
        yield centre + _IRIS_MM * np.column_stack([np.cos(turns), np.sin(turns)])
    yield from (np.asarray(fold, float) for fold in _FRONT_FOLDS)


def draw_side_head(standing: Standing, side: str) -> list[Piece]:
    """Draw the head as it is seen from one side.

    Parameters
    ----------
    standing : Standing
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
        Roles face and crease.
    """
    seat, _ = _find_seat(standing, SAGITTAL)
    depth = SIDES[side] * max(across for across, _ in FRONT_HEAD)
    profile = seat.put(_INSET * np.array(SIDE_HEAD + _SIDE_BACK))
    count = len(SIDE_HEAD)
    ring = np.vstack([profile[:count], seat.put(_JAW[2:] + _NAPE), profile[count:], profile[:1]])
    return [
        Piece("head", (side,), _hang(standing, ring, depth, SAGITTAL, True), role="face"),
        *(
            Piece("head", (side,), _hang(standing, seat.put(fold), depth, SAGITTAL), role="crease")
            for fold in (_JAW, *_SIDE_FOLDS)
        ),
    ]


def _find_seat(standing: Standing, axis: int) -> tuple[Seat, float]:
    """Sit forms on the joint of the head; also returns how deep it lies."""
    centre = standing.locate("c0_c2", "head")
    turn = standing.moves[standing.number["head"]][:2, :2] if axis == SAGITTAL else np.eye(2)
    return Seat(centre[[axis, 1]], turn), float(centre[2 - axis])


def _hang(
    standing: Standing, flat: np.ndarray, depth: float, axis: int, closed: bool = False
) -> Curves:
    """Hang a smooth line through flat points on the head; a closed one begins where it ends."""
    curve, _ = smooth_lines(lift_points(flat, depth, axis), 5)
    curve = curve[:-1] if closed else curve
    return bind_curves(curve, standing.carry(["head"] * len(curve)), (len(curve),), closed)
