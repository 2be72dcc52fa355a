"""Hands: fingers in their skin, with folds over their joints and nails.

A finger is a chain of discs at its knuckle, its joints and its tip, found from its bones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL, Piece, put_together
from musclechain.views.body.outline.forms import Chain, Seat
from musclechain.views.body.outline.lines import hang_line
from musclechain.views.body.outline.standing import Standing

__all__ = ["draw_side_fingers", "find_fingers", "find_hand", "mark_fingers"]

VIEWS = ("back", "front")
INDEX = 2
# A finger from its knuckle to its tip: half of its breadth at either end, mm, and how much stouter
# each is than the index, from the thumb on; its flesh goes on past the last bone by so many mm.
FINGER_HALF_MM, FINGER_SIZES = (8.6, 6.6), (1.2, 1.0, 1.03, 0.98, 0.87)
PULP_MM = 3.5
# A fold over the joint of a finger, and a nail, in half-breadths of the finger: across, and toward
# the tip.
_FOLD = ((-0.72, -0.12), (0.0, 0.1), (0.72, -0.12))
_FINGER_NAIL = (
    *((-0.56, -0.7), (-0.62, 0.0), (-0.42, 0.5), (0.0, 0.64)),
    *((0.42, 0.5), (0.62, 0.0), (0.56, -0.7), (0.0, -0.95)),
)
# From the side, where fingers show the edge of the thumb's side: folds on back and palm of a joint,
# and a nail on the back of the tip.
_SIDE_FOLDS = (((-0.95, -0.1), (-0.4, 0.06)), ((0.95, -0.1), (0.5, 0.04)))
_SIDE_NAIL = ((-0.93, -0.75), (-0.6, -0.62), (-0.5, 0.1), (-0.66, 0.68))
# The round tip of a finger and the round knuckle that it begins with, in half-breadths.
_TIP = ((0.8, 0.6), (0.42, 0.91), (0.0, 1.0), (-0.42, 0.91), (-0.8, 0.6))
_KNUCKLE = ((-0.96, -0.4), (-0.62, -0.9), (0.0, -1.1), (0.62, -0.9), (0.96, -0.4))


def find_hand(bones: Iterable[Piece], arm: str, wrist: float, axis: int) -> list[np.ndarray]:
    """List the flat outlines of the bones of an arm that lie below its wrist (mm upward) and are of
    no finger."""
    return [
        loop[:, [axis, 1]]
        for piece in bones
        if piece.name == arm and not piece.digit
        for loop in piece.outline.split()
        if loop[:, 1].max() < wrist
    ]


def find_fingers(bones: Iterable[Piece], arm: str, axis: int) -> dict[int, Chain]:
    """Find the fingers of an arm by their bones: for each, numbered from the thumb on, a chain of
    discs at its knuckle, its joints and its tip."""
    parts: dict[int, list[np.ndarray]] = {}
    for piece in bones:
        if piece.name == arm and piece.digit:
            ends = _find_ends(piece.outline.points[:, [axis, 1]])
            parts.setdefault(piece.digit, []).append(ends)
    return {digit: _flesh_out(digit, bones_of_it) for digit, bones_of_it in parts.items()}


def _find_ends(outline: np.ndarray) -> np.ndarray:
    """Find the ends of a long bone on its own axis, the upper one first, shape (2, 2)."""
    middle = outline.mean(axis=0)
    way = np.linalg.svd(outline - middle, full_matrices=False)[2][0]
    down = -way if way[1] > 0 else way
    along = (outline - middle) @ down
    return middle + np.outer([along.min(), along.max()], down)


def _flesh_out(digit: int, ends: Sequence[np.ndarray]) -> Chain:
    """Give a finger between the ends of its bones its flesh."""
    in_order = sorted(ends, key=lambda places: float(-places[:, 1].mean()))
    rows = np.vstack(in_order)
    joints = (rows[1:-1:2] + rows[2:-1:2]) / 2
    line = np.vstack([rows[:1], joints, rows[-1:]])
    radii = FINGER_SIZES[digit - 1] * np.linspace(*FINGER_HALF_MM, len(line))
    way = line[-1] - line[-2]
    line[-1] -= (radii[-1] - PULP_MM) * way / np.linalg.norm(way)
    return line, radii


def mark_fingers(
    standing: Standing, arm: str, fingers: Mapping[int, Chain], depth: float
) -> Iterator[Piece]:
    """Draw the folds over the joints of fingers and, from behind, their nails; that of the thumb,
    which stands across the palm, is seen on edge."""
    folds = [
        _sit_on_finger(finger, joint).put(_FOLD)
        for finger in fingers.values()
        for joint in range(1, len(finger[1]) - 1)
    ]
    nails = [
        _sit_on_finger(finger, len(finger[1]) - 1).put([*_FINGER_NAIL, _FINGER_NAIL[0]])
        for digit, finger in fingers.items()
        if digit > 1
    ]
    for marks, views in ((folds, VIEWS), (nails, ("back",))):
        lines = [hang_line(standing, arm, flat, depth, FRONTAL, 4) for flat in marks]
        if lines:
            yield Piece(arm, views, put_together(lines), role="crease")


def _sit_on_finger(finger: Chain, number: int) -> Seat:
    """Sit forms on a disc of a finger, in half-breadths of it: across, and toward the tip."""
    points, radii = finger
    way = points[number] - points[number - 1]
    along = radii[number] * way / np.linalg.norm(way)
    return Seat(points[number], np.column_stack([[-along[1], along[0]], along]))


def draw_side_fingers(standing: Standing, bones: Iterable[Piece], side: str) -> list[Piece]:
    """Draw the fingers as they are seen from one side, the nearer over the further: the little one
    first, the thumb, whose nail faces outward, last.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece
        Those of the arm.
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
        Of each finger its flesh, role face, and its edge, folds and nail, role crease.
    """
    bones, pieces = list(bones), []
    arm = f"arm_{side}"
    fingers = find_fingers(bones, arm, SAGITTAL)
    for digit in sorted(fingers, reverse=True):
        own = [piece.outline.points for piece in bones if piece.digit == digit]
        depth = float(np.vstack(own)[:, FRONTAL].mean())
        edge, knuckle = _trace_finger(fingers[digit])
        ring = np.vstack([edge, knuckle, edge[:1]])
        flesh = hang_line(standing, arm, ring, depth, SAGITTAL, 4, closed=True)
        marks = [edge, *_mark_side_finger(fingers[digit], digit)]
        if digit == INDEX:  # it lies before the roots of the others
            marks.append(knuckle)
        lines = [hang_line(standing, arm, mark, depth, SAGITTAL, 4) for mark in marks]
        pieces.append(Piece(arm, (side,), flesh, role="face"))
        pieces.append(Piece(arm, (side,), put_together(lines), role="crease"))
    return pieces


def _mark_side_finger(finger: Chain, digit: int) -> Iterator[np.ndarray]:
    """Find the folds over the joints of a finger and its nail as a side shows them: those of the
    thumb lie on its outer face, of others on their edges."""
    tip = len(finger[1]) - 1
    for joint in range(1, tip):
        for fold in (_FOLD,) if digit == 1 else _SIDE_FOLDS:
            yield _sit_on_finger(finger, joint).put(fold)
    nail = [*_FINGER_NAIL, _FINGER_NAIL[0]] if digit == 1 else list(_SIDE_NAIL)
    yield _sit_on_finger(finger, tip).put(nail)


def _trace_finger(finger: Chain) -> tuple[np.ndarray, np.ndarray]:
    """Trace the edge of a finger from its root round the tip and back, and its knuckle, each of
    shape (n, 2)."""
    seats = [_sit_on_finger(finger, number) for number in range(1, len(finger[1]))]
    root = Seat(finger[0][0], seats[0].turn * finger[1][0] / finger[1][1])
    flanks = np.array([seat.put([(1, 0), (-1, 0)]) for seat in (root, *seats)])
    edge = np.vstack([flanks[:, 0], seats[-1].put(_TIP), flanks[::-1, 1]])
    return edge, root.put(_KNUCKLE)
