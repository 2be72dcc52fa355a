"""The retinacula of ankle and wrist: bands of the deep fascia that hold the tendons to the bones.

No line of pull runs in them, so they are bands between the bones that they bridge, over the tendons
that they hold. Offsets from the ankle joint are (forward, up, outward) in mm.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from musclechain.views.body.outline.curves import ACROSS, FRONTAL, Piece, bind_curves
from musclechain.views.body.outline.lines import hang_line, smooth_lines
from musclechain.views.body.outline.standing import Standing

__all__ = ["draw_retinacula", "draw_wrist_bands"]

# Along each edge of a band so many points, and from which of them on, from either end, it is dense
# and has a line: its ends pass into skin and bone.
_BAND_POINTS, _CORE_FROM, _HEM_FROM = 13, 2, 1
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
# retinaculum goes on over the tendons. Its edges above the lower end of either bone (it reaches
# onto the carpus, where the cords of the wrist end under it), how far it passes beyond the bones,
# nearly to the skin, since it goes on round the wrist, and how much its middle sags toward the
# hand, mm.
_BAND_UP_MM, _BAND_OUT_MM, _BAND_SAG_MM = (-7.0, 12.0), 3.4, 3.0
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
        Roles of `_dress_band`.
    """
    pieces: list[Piece] = []
    for side, sign in standing.sides:
        if view not in (side, "front"):
            continue
        ankle = standing.locate(f"ankle_{side}", f"foot_{side}")
        for band in _BANDS:
            count = len(band.middle) if view == "front" else band.shown
            if count and (band.from_front or view == side):
                middle = ankle + np.array(band.middle[:count]) * [1, 1, sign]
                edges = _broaden(middle, band.half, ACROSS[view][0])
                bone = f"{band.bone}_{side}"
                pieces += _dress_band(standing, bone, (view,), edges, _DEPTH)
    return pieces


def _broaden(middle: np.ndarray, half: float, axis: int) -> np.ndarray:
    """Find both edges of a band of one breadth, in the picture plane, along the smooth line through
    points, shape (2, n, 3)."""
    line = _space_evenly(smooth_lines(middle, 4)[0], axis)
    way = np.gradient(line[:, [axis, 1]], axis=0)
    normal = np.column_stack([-way[:, 1], way[:, 0]]) / np.linalg.norm(way, axis=1)[:, None]
    edges = np.stack([line, line])
    edges[..., [axis, 1]] += np.array([half, -half])[:, None, None] * normal
    return edges


def _space_evenly(line: np.ndarray, axis: int) -> np.ndarray:
    """Put points at even distances along a line in the picture plane."""
    steps = np.linalg.norm(np.diff(line[:, [axis, 1]], axis=0), axis=1)
    run = np.append(0, np.cumsum(steps))
    at = np.linspace(0, run[-1], _BAND_POINTS)
    return np.stack([np.interp(at, run, row) for row in line.T], axis=1)


def _dress_band(
    standing: Standing, bone: str, views: tuple[str, ...], edges: np.ndarray, depth: int
) -> Iterator[Piece]:
    """Draw a band between two edges, shape (2, n, 3): the fascia whole (role strap), once more
    short of its ends, so that these fade (role core), and its edges, which run out sooner than the
    fascia does (role hem)."""

    def draw(role: str, lines: Sequence[np.ndarray], closed: bool) -> Piece:
        points, ends = np.vstack(lines), tuple(np.cumsum([len(line) for line in lines]).tolist())
        curves = bind_curves(points, standing.carry([bone] * len(points)), ends, closed)
        return Piece(bone, views, curves, _LAYER, role, depth=depth)

    first, second = edges
    core, hem = slice(_CORE_FROM, -_CORE_FROM), slice(_HEM_FROM, -_HEM_FROM)
    yield draw("strap", [np.vstack([first, second[::-1]])], True)
    yield draw("core", [np.vstack([first[core], second[core][::-1]])], True)
    yield draw("hem", [first[hem], second[hem]], False)


def draw_wrist_bands(
    standing: Standing, bones: Iterable[Piece], views: Sequence[str] = ("back", "front")
) -> list[Piece]:
    """Draw the band over the tendons of each wrist from the radius to the ulna.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece
        Those of an arm without a `Piece.digit` are of the arm itself.
    views : sequence of str
        Back and front, or the side that shows its own wrist.

    Returns
    -------
    list of Piece
        Roles of `_dress_band`.
    """
    axis = ACROSS[views[0]][0]
    bones, bands = list(bones), list[Piece]()
    for side, sign in standing.sides:
        arm = f"arm_{side}"
        turn = sign if axis == FRONTAL else 1.0
        ends = _find_forearm_ends(bones, arm, axis, turn)
        if ends and (axis == FRONTAL or side in views):
            depth = float(standing.locate(f"sternoclavicular_{side}", arm)[FRONTAL - axis])
            lines = [
                hang_line(standing, arm, flat * [turn, 1], depth, axis, 4).points
                for flat in _list_edges(*ends)
            ]
            edges = np.stack([_space_evenly(line, axis) for line in lines])
            bands += _dress_band(standing, arm, tuple(views), edges, _LAYER)
    return bands


def _find_forearm_ends(
    bones: Iterable[Piece], arm: str, axis: int, sign: float
) -> list[np.ndarray]:
    """Find the outer lower corner of the radius and the inner one of the ulna, across counted
    outward, or forward from the side, and the way up the forearm, of length 1; none if these bones
    are not there."""
    loops = (
        loop[:, [axis, 1]] * [sign, 1]
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
    return loop[loop[:, 1] < loop[:, 1].min() + np.ptp(_BAND_UP_MM)]


def _find_low_end(loop: np.ndarray) -> float:
    """How far out the lower end of an outline lies."""
    return float(_crop_end(loop)[:, 0].mean())


def _list_edges(outer: np.ndarray, inner: np.ndarray, up: np.ndarray) -> Iterator[np.ndarray]:
    """List the lower and the upper edge of the band, each from its outer end."""
    out, middle = _BAND_OUT_MM * np.array([up[1], -up[0]]), (outer + inner) / 2
    line = np.stack([outer + out, middle - _BAND_SAG_MM * up, inner - out])
    yield from (line + rise * up for rise in _BAND_UP_MM)
