"""Measure attachment curves against the meshes of bones: ``python -m musclechain attachments``.

Where a curve of `data/attachments.csv` lies off its bone it rests on something else (a
line of pull of another source, fascia, cartilage that no mesh holds), or was placed by
eye. The curves between two ends pass over what lies under them and are left out.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from scipy.spatial import KDTree

from musclechain.anatomy.body import Body
from musclechain.tools.bones import list_bones, read_meshes

__all__ = ["Gap", "describe_gaps", "gather_triangles", "measure_gaps"]

# Muscle, end, number of the point from 1, bone, and how far off it lies, mm.
Gap = tuple[str, str, int, str, float]
NEAR_MM = 4.0
# Curves that lie over other flesh and on no bone.
BETWEEN = ("middle", "late", "last")
# Each edge of a triangle is sampled in so many parts: one of a centimetre within a millimetre.
PARTS = 6
SIDE = "_right"


def gather_triangles(folder: Path | None = None) -> dict[str, np.ndarray]:
    """Gather the triangles of each rigid body of the right side and the midline.

    Parameters
    ----------
    folder : Path, optional
        Where the package of the meshes lies; by default where it is installed.

    Returns
    -------
    dict of str to numpy.ndarray, shape (triangles, 3, 3)
        In the posture of the data, mm.

    Raises
    ------
    CheckoutError
        If the package is not there.
    """
    parts: dict[str, list[np.ndarray]] = {}
    for bone in list_bones(read_meshes(folder)):
        parts.setdefault(bone.carrier, []).append(bone.triangles)
        if bone.paired:
            parts[bone.carrier].append(bone.triangles * [1, 1, -1])
    return {carrier: np.concatenate(triangles) for carrier, triangles in parts.items()}


def measure_gaps(body: Body, triangles: Mapping[str, np.ndarray]) -> list[Gap]:
    """Measure how far each point of the right attachment curves lies off its bone.

    Parameters
    ----------
    body : Body
    triangles : mapping of str to numpy.ndarray, shape (n, 3, 3)
        By bone without its side, mm; points on others are left out.

    Returns
    -------
    list of Gap
    """
    trees = {bone: KDTree(_sample(corners)) for bone, corners in triangles.items()}
    gaps = []
    for name, node in body.graph.nodes(data=True):
        for end, curve in node.get("attachments", {}).items() if name.endswith(SIDE) else ():
            for number, (bone, point, _) in enumerate(curve, 1):
                tree = trees.get(bone.removesuffix(SIDE))
                if tree and end not in BETWEEN:
                    off = float(tree.query(point)[0])
                    gaps.append((name.removesuffix(SIDE), end, number, bone, off))
    return gaps


def describe_gaps(gaps: Iterable[Gap]) -> str:
    """Say how many points lie on their bone, and list the others, the furthest first."""
    known = sorted(gaps, key=lambda gap: -gap[-1])
    off = [gap for gap in known if gap[-1] > NEAR_MM]
    return "\n".join(
        [
            f"{len(known) - len(off)} of {len(known)} points lie within {NEAR_MM:.0f} mm of their"
            " bone; the others:",
            *(
                f"{mm:6.1f} mm  {muscle}, {end} {number}, {bone}"
                for muscle, end, number, bone, mm in off
            ),
        ]
    )


def _sample(triangles: np.ndarray) -> np.ndarray:
    """Put points over triangles, shape (n, 3, 3)."""
    shares = [
        (first, second, PARTS - first - second)
        for first in range(PARTS + 1)
        for second in range(PARTS + 1 - first)
    ]
    return np.einsum("wk,tkd->twd", np.array(shares) / PARTS, triangles).reshape(-1, 3)
