"""Measure attachment curves and lines of pull against the meshes of bones: ``python -m musclechain
attachments``.

Where a curve of `data/attachments.csv` lies off its bone it rests on something else (a
line of pull of another source, fascia, cartilage that no mesh holds), or was placed by
eye. The curves between two ends pass over what lies under them and are left out.
A line of pull that runs through a bone has a lever arm that no muscle has.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from musclechain.anatomy.body import Body
from musclechain.anatomy.records import Attachment
from musclechain.tools.bones import list_bones, read_meshes

__all__ = [
    "Crossing",
    "Gap",
    "describe_crossings",
    "describe_gaps",
    "gather_bones",
    "gather_triangles",
    "list_notes",
    "measure_crossings",
    "measure_gaps",
]

# Muscle, end, number of the point from 1, bone, and how far off it lies, mm.
Gap = tuple[str, str, int, str, float]


class Crossing(NamedTuple):
    """Where a line of pull runs through a bone.

    Attributes
    ----------
    structure : str
    line : int
        Number of the line.
    bone : str
        Name of the mesh.
    length : float
        How much of the line lies deeper in the bone than `DEEP_MM`, mm.
    depth : float
        How deep the deepest of it lies under the bone's surface, mm.
    """

    structure: str
    line: int
    bone: str
    length: float
    depth: float


# Less than this is what a coarse mesh and another person's bone may differ by.
DEEP_MM = 4.0
STEP_MM = 2.0
# The ends of a line lie on their bones, and curves of the data do within NEAR_MM.
FREE_END_MM = 10.0
NEAR_MM = 4.0
# Curves that lie over other flesh and on no bone.
BETWEEN = ("middle", "late", "last")
# Each edge of a triangle is sampled in so many parts: one of a centimetre within a millimetre.
PARTS = 6
SIDE = "_right"


def gather_bones(folder: Path | None = None) -> list[tuple[str, str, np.ndarray]]:
    """Gather the bones of the right side and the midline, with the left half of the midline.

    Parameters
    ----------
    folder : Path, optional
        Where the package of the meshes lies; by default where it is installed.

    Returns
    -------
    list of (carrier, name of the mesh, numpy.ndarray of shape (triangles, 3, 3))
        In the posture of the data, mm.

    Raises
    ------
    CheckoutError
        If the package is not there.
    """
    bones = []
    for bone in list_bones(read_meshes(folder)):
        bones.append((bone.carrier, bone.name, bone.triangles))
        if bone.paired:
            bones.append((bone.carrier, bone.name, (bone.triangles * [1, 1, -1])[:, ::-1]))
    return bones


def gather_triangles(bones: Iterable[tuple[str, str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Put the triangles of all bones of a rigid body together, by its name without a side."""
    parts: dict[str, list[np.ndarray]] = {}
    for carrier, _, triangles in bones:
        parts.setdefault(carrier, []).append(triangles)
    return {carrier: np.concatenate(triangles) for carrier, triangles in parts.items()}


def list_notes(attachments: Iterable[Attachment]) -> dict[tuple[str, str, int], str]:
    """List what each point rests on after the notes of the data, each of which holds for its own
    row and for those after it."""
    notes: dict[tuple[str, str, int], str] = {}
    last: tuple[str, str] | None = None
    note = ""
    for row in attachments:
        if (row.muscle, row.end) != last:
            last, note = (row.muscle, row.end), ""
        note = row.note or note
        notes[row.muscle, row.end, row.point] = note
    return notes


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


def describe_gaps(
    gaps: Iterable[Gap], notes: Mapping[tuple[str, str, int], str] | None = None
) -> str:
    """Say how many points lie on their bone, and list the others, the furthest first, each with
    what it rests on after `notes` (`list_notes`)."""
    known = sorted(gaps, key=lambda gap: -gap[-1])
    off = [gap for gap in known if gap[-1] > NEAR_MM]
    said = [
        f"{len(known) - len(off)} of {len(known)} points lie within {NEAR_MM:.0f} mm of their"
        " bone; the others:"
    ]
    for muscle, end, number, bone, mm in off:
        note = (notes or {}).get((muscle, end, number))
        said.append(f"{mm:6.1f} mm  {muscle}, {end} {number}, {bone}" + f": {note}" * bool(note))
    return "\n".join(said)


def measure_crossings(
    body: Body, bones: Iterable[tuple[str, str, np.ndarray]]
) -> tuple[int, list[Crossing]]:
    """Find where lines of pull of the right side and the midline run through bones.

    Parameters
    ----------
    body : Body
        Its lines in the posture of the data.
    bones : iterable of (carrier, name, numpy.ndarray of shape (n, 3, 3))
        Closed meshes, mm (`gather_bones`).

    Returns
    -------
    tuple of (int, list of Crossing)
        How many lines were looked at, and the crossings, the longest first.
    """
    lines = [
        line
        for line in body.lines
        if line.computed and body.graph.nodes[line.structure].get("side") != "left"
    ]
    courses = [_walk(line.points) for line in lines]
    found = []
    for _, name, triangles in bones:
        low, high = triangles.min(axis=(0, 1)), triangles.max(axis=(0, 1))
        tree: KDTree | None = None
        for line, course in zip(lines, courses, strict=True):
            near = course[((course > low) & (course < high)).all(axis=1)]
            near = near[_winding(near, triangles) > 0.5] if len(near) else near
            if not len(near):
                continue
            tree = tree or KDTree(_sample(triangles))
            depth = tree.query(near)[0]
            if (deep := depth > DEEP_MM).any():
                length = STEP_MM * float(deep.sum())
                found.append(
                    Crossing(line.structure, line.number, name, length, float(depth.max()))
                )
    return len(lines), sorted(found, key=lambda crossing: -crossing.length)


def describe_crossings(count: int, crossings: Iterable[Crossing]) -> str:
    """Say how many of `count` lines run through no bone, and list the others."""
    known = list(crossings)
    through = {(one.structure, one.line) for one in known}
    return "\n".join(
        [
            f"{count - len(through)} of {count} lines of pull run nowhere deeper than"
            f" {DEEP_MM:.0f} mm under the surface of a bone; the others:",
            *(
                f"{one.length:6.0f} mm, {one.depth:.0f} mm deep  {one.structure}, line {one.line},"
                f" {one.bone}"
                for one in known
            ),
        ]
    )


def _walk(points: np.ndarray) -> np.ndarray:
    """Walk along a line in steps, its two ends left out."""
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    steps = np.arange(FREE_END_MM, along[-1] - FREE_END_MM, STEP_MM)
    return np.stack([np.interp(steps, along, points[:, axis]) for axis in range(3)], axis=1)


def _winding(places: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """How often a mesh winds around each place: 1 within a closed one, 0 outside (van Oosterom and
    Strackee 1983, doi:10.1109/TBME.1983.325207)."""
    a, b, c = np.moveaxis(triangles[None] - places[:, None, None], 2, 0)
    la, lb, lc = (np.linalg.norm(corner, axis=-1) for corner in (a, b, c))
    volume = np.einsum("ptd,ptd->pt", a, np.cross(b, c))
    below = (
        la * lb * lc
        + np.einsum("ptd,ptd->pt", a, b) * lc
        + np.einsum("ptd,ptd->pt", b, c) * la
        + np.einsum("ptd,ptd->pt", c, a) * lb
    )
    return np.abs(np.arctan2(volume, below).sum(axis=1)) / (2 * np.pi)


def _sample(triangles: np.ndarray) -> np.ndarray:
    """Put points over triangles, shape (n, 3, 3)."""
    shares = [
        (first, second, PARTS - first - second)
        for first in range(PARTS + 1)
        for second in range(PARTS + 1 - first)
    ]
    return np.einsum("wk,tkd->twd", np.array(shares) / PARTS, triangles).reshape(-1, 3)
