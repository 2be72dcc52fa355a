"""The retinacula of the ankle: bands of the deep fascia that hold the tendons to the bones.

No line of pull runs in them, so they are bands of one breadth between the bones that they bridge,
over the tendons that they hold. Offsets from the ankle joint are (forward, up, outward) in mm.
"""

from typing import NamedTuple

import numpy as np

from musclechain.views.body.outline.curves import ACROSS, Curves, Piece, bind_curves
from musclechain.views.body.outline.lines import smooth_lines
from musclechain.views.body.outline.standing import Standing

__all__ = ["draw_retinacula"]

# They lie over all that runs to the foot, and are lifted off with the muscles of this layer.
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
    """Make a band of one breadth, in the picture plane, round the smooth line through points."""
    line, _ = smooth_lines(middle, 4)
    way = np.gradient(line[:, [axis, 1]], axis=0)
    across = half * np.column_stack([-way[:, 1], way[:, 0]]) / np.linalg.norm(way, axis=1)[:, None]
    edges = []
    for edge in (1, -1):
        points = line.copy()
        points[:, [axis, 1]] += edge * across
        edges.append(points[::edge])
    outline = np.vstack(edges)
    return bind_curves(outline, standing.carry([bone] * len(outline)), (len(outline),), True)
