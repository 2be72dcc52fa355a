"""The retinacula of ankle and wrist: bands of the deep fascia that hold the tendons to the bones.

No line of pull runs in them, so they are bands between the bones that they bridge, over the tendons
that they hold. Offsets from the ankle joint are (forward, up, outward) in mm.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from musclechain.views.body.outline.curves import ACROSS, FRONTAL, Curves, Piece, bind_curves
from musclechain.views.body.outline.lines import hang_line, smooth_lines
from musclechain.views.body.outline.standing import Standing

__all__ = ["draw_retinacula", "draw_wrist_bands"]

# How round the corners of a band are, as a share of half its breadth, and where they are sampled.
_CORNER_SHARE, _CORNER_ANGLES = 0.6, np.radians([0, 35, 65, 90])
# They lie over all that runs to foot and hand; those of the ankle are lifted off with the muscles
# of this layer.
_LAYER, _DEPTH = 4, 3


class _Band(NamedTuple):
    """A band from bone to bone.

    Attributes
    ----------
    bone : str
        What carries it, without its side.
    half : float
        Half of its breadth, mm.
    middle : sequence of (float, float, float)
        Its middle line, from its outer end.
    shown : int
        Of how many points of that line, from the outer end, the outer side shows the band.
    from_front : bool
        Whether it is seen from the front too.
    """

    bone: str
    half: float
    middle: tuple[tuple[float, float, float], ...]
    shown: int
    from_front: bool = True


_BANDS = (
    # superior extensor retinaculum, from the fibula to the inner border of the tibia
    _Band("shank", 6.0, ((4, 34, 35), (24, 38, 26), (39, 40, 8), (37, 38, -10), (12, 32, -26)), 3),
    # inferior one: from the calcaneus over the tendons up to the inner malleolus
    _Band("foot", 4.5, ((18, -22, 37), (36, -8, 27), (50, 0, 8), (44, 5, -10), (20, 12, -26)), 3),
    # and from there its lower limb to the inner border of the foot
    _Band("foot", 4.0, ((52, 0, 4), (62, -10, -12), (60, -24, -27)), 0),
    # superior fibular retinaculum, from the outer malleolus back to the calcaneus
    _Band("foot", 5.0, ((-8, -2, 36), (-24, -13, 36), (-42, -24, 28)), 3, False),
    # inferior one, over both tendons on the outer face of the calcaneus
    _Band("foot", 4.0, ((16, -22, 37), (4, -29, 37), (-2, -38, 34)), 3, False),
)

# The band over the wrist runs from the outer edge of the radius to the inner edge of the ulna: from
# behind the extensor retinaculum, in front the palmar carpal ligament, in which the flexor
# retinaculum goes on over the tendons. Its edges above the lower end of either bone, how far it
# passes beyond the bones, nearly to the skin, since it goes on round the wrist, and how much its
# middle sags toward the hand, mm.
_BAND_UP_MM, _BAND_OUT_MM, _BAND_SAG_MM = (0.0, 19.0), 3.4, 3.0
# A bone of this height is no bone of the wrist, mm.
_LONG_MM = 150.0


def draw_retinacula(standing: Standing, view: str) -> list[Piece]:
    """Draw the retinacula of each ankle as one view shows them.

    Parameters
    ----------
    standing : Standing
    view : {'front', 'left', 'right'}

    Returns
    -------
    list of Piece
        Role strap.
    """
    pieces = []
    for side, sign in standing.sides:
        if view not in (side, "front"):
            continue
        ankle = standing.locate(f"ankle_{side}", f"foot_{side}")
        for band in _BANDS:
            count = len(band.middle) if view == "front" else band.shown
            if count and (band.from_front or view == side):
                middle = ankle + np.array(band.middle[:count]) * [1, 1, sign]
                bone = f"{band.bone}_{side}"
                outline = _broaden(standing, bone, middle, band.half, ACROSS[view][0])
                pieces.append(Piece(bone, (view,), outline, _LAYER, "strap", depth=_DEPTH))
    return pieces


def _broaden(standing: Standing, bone: str, middle: np.ndarray, half: float, axis: int) -> Curves:
    """Make a band of one breadth with rounded corners, in the picture plane, round the smooth line
    through points."""
    curve, _ = smooth_lines(middle, 4)
    flat = curve[:, [axis, 1]]
    run = np.append(0, np.cumsum(np.linalg.norm(np.diff(flat, axis=0), axis=1)))
    # close to its ends it is sampled along the arcs that round the corners off
    corner = _CORNER_SHARE * half
    caps = corner * (1 - np.cos(_CORNER_ANGLES))
    between = run[(run > corner) & (run < run[-1] - corner)]
    at = np.concatenate([caps, between, (run[-1] - caps)[::-1]])
    line = np.stack([np.interp(at, run, row) for row in curve.T], axis=1)
    way = np.gradient(line[:, [axis, 1]], at, axis=0)
    from_end = np.minimum(np.minimum(at, run[-1] - at) / corner, 1)
    breadth = half - corner * (1 - np.sqrt(1 - (1 - from_end) ** 2))
    normal = np.column_stack([-way[:, 1], way[:, 0]]) / np.linalg.norm(way, axis=1)[:, None]
    across = breadth[:, None] * normal
    edges = []
    for edge in (1, -1):
        points = line.copy()
        points[:, [axis, 1]] += edge * across
        edges.append(points[::edge])
    outline = np.vstack(edges)
    return bind_curves(outline, standing.carry([bone] * len(outline)), (len(outline),), True)


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
    yield inner - 1.15 * out + (low + high) / 2
    yield from (inner - out + high, middle + high, outer + out + high)
    yield from (outer + 1.15 * out + (low + high) / 2, start)
