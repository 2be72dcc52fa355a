"""Small forms on the surface of trunk and arm by which they are known: the navel, and the bands
that hold the tendons down over the wrist. They hang on joints and on bones.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, Piece, bind_curves
from musclechain.views.body.outline.lines import hang_line
from musclechain.views.body.outline.standing import Standing

__all__ = ["draw_navel", "draw_wrist_bands"]

# The navel lies over the disc between the third and the fourth lumbar vertebra: so far above and
# before the joint at the sacrum, mm. What is round it moves with lumbar spine and pelvis alike.
_NAVEL_UP_MM, _NAVEL_AHEAD_MM = 72.0, 100.0
# Its rim, and the fold within, from its middle: across and up, mm.
_NAVEL_RIM = ((0, 8), (5.5, 6), (7.5, 0), (5.5, -6), (0, -8), (-5.5, -6), (-7.5, 0), (-5.5, 6))
_NAVEL_FOLD = ((-3.6, 0.6), (-2.2, 2.8), (0, 3.6), (2.2, 2.8), (3.6, 0.6))
# All of the trunk and the arm lies under these forms.
_LAYER = 4

# The band over the wrist runs from the outer edge of the radius to the inner edge of the ulna: from
# behind the extensor retinaculum, in front the palmar carpal ligament, in which the flexor
# retinaculum goes on over the tendons. Its edges above the lower end of either bone, how far it
# passes beyond the bones, and how much its middle sags toward the hand, mm.
_BAND_UP_MM, _BAND_OUT_MM, _BAND_SAG_MM = (0.0, 19.0), 1.6, 3.0
# A bone of this height is no bone of the wrist, mm.
_LONG_MM = 150.0


def draw_navel(standing: Standing) -> list[Piece]:
    """Draw the navel, as it is seen from the front.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        Roles face and crease.
    """
    centre = standing.locate("l5_s1", "lumbar") + [_NAVEL_AHEAD_MM, _NAVEL_UP_MM, 0]
    pieces = []
    for line, role in (
        ((*_NAVEL_RIM, _NAVEL_RIM[0]), "face"),
        ((*_NAVEL_RIM, _NAVEL_RIM[0]), "crease"),
        (_NAVEL_FOLD, "crease"),
    ):
        flat = centre[[FRONTAL, 1]] + np.array(line, float)
        edge = hang_line(standing, "lumbar", flat, float(centre[0]), FRONTAL, 4, role == "face")
        halves = np.tile(standing.carry(["lumbar", "pelvis"]).mean(axis=0), (len(edge.points), 1))
        edge = bind_curves(edge.points, halves, edge.ends, edge.closed)
        pieces.append(Piece("lumbar", ("front",), edge, _LAYER, role, depth=_LAYER))
    return pieces


def draw_wrist_bands(standing: Standing, bones: Iterable[Piece]) -> list[Piece]:
    """Draw the band over the tendons of each wrist from the radius to the ulna, as it is seen from
    the back and the front.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece
        Those of an arm without a `Piece.digit` are of the arm itself.

    Returns
    -------
    list of Piece
        Role strap.
    """
    bones, bands = list(bones), []
    for side, sign in standing.sides:
        arm = f"arm_{side}"
        ends = _find_forearm_ends(bones, arm, sign)
        if ends:
            flat = np.array([*_list_band(*ends)])
            depth = float(standing.locate(f"sternoclavicular_{side}", arm)[0])
            edge = hang_line(standing, arm, flat * [sign, 1], depth, FRONTAL, 4, closed=True)
            bands.append(Piece(arm, ("back", "front"), edge, _LAYER, "strap", depth=_LAYER))
    return bands


def _find_forearm_ends(bones: Iterable[Piece], arm: str, sign: float) -> list[np.ndarray]:
    """Find the outer lower corner of the radius and the inner one of the ulna, across counted
    outward, and the way up the forearm, of length 1; none if these bones are not there."""
    loops = (
        loop[:, [FRONTAL, 1]] * [sign, 1]
        for piece in bones
        if piece.name == arm and not piece.digit
        for loop in piece.outline.split()
    )
    long = [loop for loop in loops if np.ptp(loop[:, 1]) > _LONG_MM]
    forearm = sorted(sorted(long, key=lambda loop: loop[:, 1].min())[:2], key=_find_low_end)
    if len(forearm) < 2:
        return []
    ulna, radius = forearm
    corners = [
        np.array([pick(_crop_end(loop)[:, 0]), loop[:, 1].min()])
        for loop, pick in ((radius, np.max), (ulna, np.min))
    ]
    way = ulna[ulna[:, 1].argmax()] - ulna[ulna[:, 1].argmin()]
    return [*corners, way / np.linalg.norm(way)]


def _crop_end(loop: np.ndarray) -> np.ndarray:
    """Crop an outline to its lower end, as high as the band."""
    return loop[loop[:, 1] < loop[:, 1].min() + _BAND_UP_MM[1]]


def _find_low_end(loop: np.ndarray) -> float:
    """How far out the lower end of an outline lies."""
    return float(_crop_end(loop)[:, 0].mean())


def _list_band(outer: np.ndarray, inner: np.ndarray, up: np.ndarray) -> Iterator[np.ndarray]:
    """List the corners of the band, round it and closed."""
    out, sag = _BAND_OUT_MM * np.array([up[1], -up[0]]), -_BAND_SAG_MM * up
    low, high = (rise * up for rise in _BAND_UP_MM)
    middle = (outer + inner) / 2 + sag
    start = outer + out + low
    yield from (start, middle + low, inner - out + low)
    yield inner - 1.5 * out + (low + high) / 2
    yield from (inner - out + high, middle + high, outer + out + high)
    yield from (outer + 1.5 * out + (low + high) / 2, start)
