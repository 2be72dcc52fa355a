"""The head as a quiet form over the skull: skin with the folds by which a face is known.

Muscles of the face are not in the model, so none are drawn. The forms hang on the
joint of the head and are drawn to be recognised, not to be measured. Offsets are
(across, up) from the front, for the right side, and (forward, up) from the side, in mm.
"""

from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

import numpy as np

from musclechain.views.body.outline.curves import (
    FRONTAL,
    SAGITTAL,
    Curves,
    Piece,
    bind_curves,
)
from musclechain.views.body.outline.forms import Seat, mirror_half
from musclechain.views.body.outline.lines import hang_line
from musclechain.views.body.outline.standing import SIDES, Standing

__all__ = ["CHIN_UP_MM", "FRONT_HEAD", "SIDE_HEAD", "draw_front_head", "draw_side_head"]

# The right half of the skin round the head without the ear, from the crown to the chin.
FRONT_HEAD = (
    (0, 148),
    (30, 145),
    (55, 132),
    (71, 108),
    (77, 84),
    (78, 62),
    (77, 34),
    (75, 4),
    (73, -10),
    (68, -30),
    (56, -50),
    (38, -64),
    (20, -71),
    (0, -73),
)
# The right ear: its root on the head, from below upward, and its free edge, down to the lobe.
_EAR = (
    *((76, 4), (73, 22), (73, 44), (76, 60)),
    *((83, 70), (91, 69), (95, 59), (94, 46), (90, 31), (85, 17), (82, 5), (79, 0)),
)
# Folds of the right half: jaw, upper and lower lid, side of the nose, inner edge of the ear.
_FRONT_HALVES = (
    ((75, 4), (73, -10), (68, -30), (56, -50), (38, -64), (20, -71), (0, -73)),
    ((14, 42), (21, 48), (30, 49), (38, 45), (43, 40)),
    ((14, 42), (22, 38), (32, 37), (43, 40)),
    ((8, 38), (9, 24), (15, 13), (15, 6), (8, 5), (0, 1)),
    ((82, 59), (88, 61), (90, 51), (86, 34), (81, 24)),
)
# Folds across the midline: mouth, lower lip.
_FRONT_FOLDS = (
    ((-25, -18), (-12, -17), (-5, -15), (0, -17), (5, -15), (12, -17), (25, -18)),
    ((-14, -27), (0, -30), (14, -27)),
)
# What of the folds is seen of a bent head too: brows, hair line.
_UPPER_FOLDS = (
    ((-48, 56), (-36, 63), (-24, 63), (-12, 58)),
    ((12, 58), (24, 63), (36, 63), (48, 56)),
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
)
# From behind it ends under the back of the head, and the neck is seen to both sides.
_OCCIPUT = ((75, 4), (62, -4), (34, -12), (0, -14))
# The hair line behind the right ear, down to the muscles of the nape.
_NAPE_HAIR = ((74, 30), (71, 14), (66, 0), (58, -12), (46, -18))
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
# The head cut level above the ears: forward, backward and to each side of the joint, and how high
# above it, mm. It is hidden in a head held upright, and makes a bent one round.
_CROWN_MM, _CROWN_UP_MM, _CROWN_CORNERS = (93.0, 87.0, 73.0), 72.0, 28
# Folds of the face lie so far forward, as a share of the profile: nothing of a face shows past a
# head that is bent down, whose crown is turned to the viewer.
_FOLD_SHARE = 0.72
# Of the lower jaw: the height of its angles, half its breadth there, and how far forward the chin
# lies, mm.
_JAW_UP_MM, _JAW_MM, _CHIN_MM = 4.0, 75.0, 84.0
# What lies lower is neck, mm above the joint of the head.
CHIN_UP_MM = -50.0
# Over the muscles of the neck, which pass behind the jaw.
_FRONT_LAYER = 4


def draw_front_head(standing: Standing) -> list[Piece]:
    """Draw the head as it is seen from the back and the front.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        Roles crown, face, crease and cap, which lies over all of a bent face but brows and hair
        line.
    """
    seat, depth = _find_seat(standing, FRONTAL)
    upper = [place for place in FRONT_HEAD if place[1] > _OCCIPUT[0][1]]
    form = _INSET * mirror_half(FRONT_HEAD)
    front = _hang(
        standing, _close(seat.put(form)), depth + _close(_find_forward(form)), FRONTAL, True
    )
    behind = seat.put(_INSET * mirror_half([*upper, *_OCCIPUT]))
    back = _hang(standing, _close(behind), depth, FRONTAL, True)
    below, above = (
        [_hang(standing, seat.put(fold), depth + _find_forward(fold), FRONTAL) for fold in folds]
        for folds in (list(_list_front_folds()), [np.array(fold, float) for fold in _UPPER_FOLDS])
    )
    crown = _draw_crown(standing)
    parts: list[tuple[str, Curves]] = [
        ("crown", crown),
        ("face", front),
        *(("crease", fold) for fold in below),
        ("cap", replace(crown)),
        *(("crease", fold) for fold in above),
    ]
    ears, hair = (
        [_hang(standing, seat.put(line * [sign, 1]), depth, FRONTAL, closed) for sign in (1, -1)]
        for line, closed in ((_close(np.array(_EAR)), True), (np.array(_NAPE_HAIR), False))
    )
    return [
        Piece("head", ("back",), back, 0, "face"),
        *(Piece("head", ("back",), line, 0, "crease") for line in hair),
        *(Piece("head", ("back",), ear, 0, "skin") for ear in ears),
        # the cheek lies before the root of the ear
        *(Piece("head", ("front",), ear, _FRONT_LAYER, "skin") for ear in ears),
        *(Piece("head", ("front",), curves, _FRONT_LAYER, role) for role, curves in parts),
    ]


def _draw_crown(standing: Standing) -> Curves:
    """Draw the level cut through the head, which is seen when the head is bent forward."""
    turns = np.linspace(0, 2 * np.pi, _CROWN_CORNERS, endpoint=False)
    forward, backward, aside = _CROWN_MM
    along = np.where(np.cos(turns) > 0, forward, backward) * np.cos(turns)
    ring = np.column_stack([along, np.full(len(turns), _CROWN_UP_MM), aside * np.sin(turns)])
    places = standing.locate("c0_c2", "head") + ring
    return bind_curves(places, standing.carry(["head"] * len(ring)), (len(ring),), True)


def _find_forward(fold: np.ndarray) -> np.ndarray:
    """How far forward of the joint a form of the face lies: on the profile in the middle, less and
    less toward the outline, mm."""
    up = fold[:, 1]
    middle, half = (
        np.interp(up, form[:, 1], form[:, 0])
        for form in (np.array(sorted(form, key=itemgetter(1))) for form in (SIDE_HEAD, FRONT_HEAD))
    )
    # the jaw comes forward to the chin
    jaw = np.where(up < _JAW_UP_MM, _CHIN_MM * (1 - (fold[:, 0] / _JAW_MM) ** 2), 0.0)
    share = np.clip(fold[:, 0] / np.maximum(half, 1.0), -1, 1)
    return np.asarray(_FOLD_SHARE * np.maximum(middle * np.sqrt(1 - share**2), jaw))


def _close(points: np.ndarray) -> np.ndarray:
    """Let a ring end where it begins."""
    return np.concatenate([points, points[:1]])


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
    standing: Standing,
    flat: np.ndarray,
    depth: float | np.ndarray,
    axis: int,
    closed: bool = False,
) -> Curves:
    """Hang a smooth line through flat points on the head; a closed one begins where it ends."""
    return hang_line(standing, "head", flat, depth, axis, 5, closed)
