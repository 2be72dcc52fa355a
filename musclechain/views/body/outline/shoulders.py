"""The shoulder blade as it is seen from behind: its spine lies over the muscles of its hollows, and
what ends on the front of the humerus passes under that bone.

The spine of the shoulder blade is traced from what ends on its two lips: the trapezius on the upper
one, the deltoid on the lower one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.views.body.outline.curves import Piece, bind_curves
from musclechain.views.body.outline.lines import smooth_lines
from musclechain.views.body.outline.standing import Standing

__all__ = ["HUMERUS_LAYER", "dress_shoulders"]

# The humerus lies over the muscles of this layer, its cuff over the humerus.
HUMERUS_LAYER = 2
# The spine lies over the muscles of this layer: those of the cuff run under it.
_SPINE_LAYER = 3
# A bone of the arm of this height that reaches the shoulder is the humerus, mm.
_LONG_MM = 250.0
# Its upper lip from the acromion to its root, and its lower one from there to the acromion: muscle,
# end, and which points of that curve from which on.
_LIPS = (
    ("trapezius_descending_part", "insertion", slice(3, 4)),
    ("trapezius_transverse_part", "insertion", slice(None)),
    ("trapezius_ascending_part", "insertion", slice(1, None)),
    ("infraspinatus", "origin", slice(0, 1)),
    ("deltoid", "origin", slice(-1, -4, -1)),
)


def dress_shoulders(body: Body, standing: Standing, bones: Iterable[Piece]) -> list[Piece]:
    """Put the bones of each shoulder in their places among its muscles, as the back shows them.

    Parameters
    ----------
    body : Body
    standing : Standing
    bones : iterable of Piece

    Returns
    -------
    list of Piece
        All bones, with the humerus over what passes before it, and the spine of each shoulder
        blade, as far as the body has what ends on it.
    """
    pieces = [
        replace(piece, layer=HUMERUS_LAYER) if _is_humerus(piece) else piece for piece in bones
    ]
    for side, _ in standing.sides:
        girdle = f"shoulder_girdle_{side}"
        points = _find_lips(body.graph.nodes, girdle, side)
        if len(points) > 2:
            ring = standing.place(np.array(points), [girdle] * len(points))
            edge = smooth_lines(np.vstack([ring, ring[:1]]), 4)[0][:-1]
            carriers = standing.carry([girdle] * len(edge))
            outline = bind_curves(edge, carriers, (len(edge),), True)
            pieces.append(Piece(girdle, ("back",), outline, _SPINE_LAYER))
    return pieces


def _is_humerus(piece: Piece) -> bool:
    return (
        piece.name.startswith("arm_")
        and not piece.digit
        and float(np.ptp(piece.outline.points[:, 1])) > _LONG_MM
    )


def _find_lips(nodes: Mapping[str, Any], girdle: str, side: str) -> list[tuple[float, ...]]:
    """Find what ends on the lips of the spine of a shoulder blade, in order round it."""
    points = []
    for muscle, end, chosen in _LIPS:
        node = nodes.get(f"{muscle}_{side}", {})
        curve = node.get("attachments", {}).get(end, ())
        points += [point for bone, point, _ in curve[chosen] if bone == girdle]
    return points
