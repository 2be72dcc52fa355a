"""What stands out on a sheet: ridges and furrows along it, and flesh that fades into a tendon.

All of it lies between shares of the lines that span the sheet, and so it tapers where these draw
together, and goes with the sheet in every posture. All lengths are millimetres.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from musclechain.views.body.outline.curves import ACROSS, FRONTAL, Curves, bind_curves
from musclechain.views.body.outline.lines import STEPS, PullPath, mix_paths

__all__ = ["draw_clefts", "draw_relief", "find_painted", "look_toward"]

# Strips across the lines of a sheet: role, and the shares of each line where it begins and ends.
# The thoracolumbar fascia lies over the erector spinae: it falls to the spines, where its lines
# begin, and to the flank, and on the ridge between them lies light.
STRIPS: Mapping[str, Sequence[tuple[str, float, float]]] = {
    "thoracolumbar_fascia": (
        ("furrow", 0.0, 0.22),
        ("furrow", 0.0, 0.12),
        ("furrow", 0.76, 1.0),
        ("furrow", 0.87, 1.0),
        ("ridge", 0.32, 0.7),
        ("ridge", 0.41, 0.61),
    ),
}
# From the side a ridge is the horizon: what lies before its height is out of sight.
HORIZON = 0.5
# Flesh whose fibres run on in the iliotibial tract: how much of its length pales towards its end,
# at places across the sheet. The lower fibres of the buttock end at the bone instead.
FADES: Mapping[str, Sequence[tuple[float, float]]] = {
    "tensor_fasciae_latae": ((0.0, 0.36), (1.0, 0.36)),
    "gluteus_maximus": ((0.0, 0.04), (0.3, 0.18), (0.55, 0.13), (0.8, 0.0)),
}
# What it runs on in, and in how many steps: each leaves this much of the flesh in sight, by the
# opacity that the look gives it. They lie the closer, the further it has paled, so that it pales
# evenly.
FADES_INTO = "iliotibial_tract"
FADE_STEPS, LEFT_BY_STEP = 22, 0.835
# Past the sheet, since flesh is round: past its edge, which fades too, and past its end.
PAST_EDGE_MM, PAST_END_MM = 4.0, 6.0
# Lines that meet the row of their ends more aslant than this count as if they met it like this.
LEAST_SINE = 0.3
# From the side the tract goes on over the gluteus medius to the iliac crest, ever thinner: in how
# many steps, the power by which these lie the closer, the thicker it is, and how many rows they
# reach over the edge of its dense part.
FILM_STEPS, FILM_POWER, FILM_PAST_ROWS = 12, 0.3, 1.0

# Heads of a sheet that lie in one plane: light falls on them as on one, and between them is a thin
# line. Its place across the sheet, and the shares of the length between which it runs: between the
# parts of the deltoid from either end of the acromion, between those of the pectoralis from beside
# the joint of the collar bone, and between the tendons of the fingers as long as they lie side by
# side, down to the wrist.
CLEFTS: Mapping[str, Sequence[tuple[float, float, float]]] = {
    "deltoid": ((0.33, 0.06, 0.88), (0.78, 0.06, 0.88)),
    "pectoralis_major": ((0.333, 0.18, 0.72),),
    "extensor_digitorum": tuple((cord / 6, 0.39, 0.53) for cord in (1, 3, 5)),
}
# They are drawn where the sheet turns this share of its area there to the eye.
LEAST_FACING = 0.3


class _Lines(NamedTuple):
    """The lines of a sheet: points, shape (lines, STEPS, 3), how much each bone carries them, and
    the rows between which each is flesh."""

    points: np.ndarray
    carriers: np.ndarray
    fleshy: np.ndarray


def draw_relief(base: str, sheet: Sequence[PullPath], axis: int) -> Iterator[tuple[str, Curves]]:
    """Draw what stands out on a sheet.

    Parameters
    ----------
    base : str
        The structure's name without its side.
    sheet : sequence of PullPath
        Its lines from one edge to the other.
    axis : int
        Axis of the body that runs across the plane.

    Yields
    ------
    (str, Curves)
        Role and closed curve, from below to above.
    """
    thins_out = axis != FRONTAL and base == FADES_INTO
    if base not in STRIPS and base not in FADES and not thins_out:
        return
    lines = _Lines(*(np.array([getattr(path, part) for path in sheet]) for part in _Lines._fields))
    for role, first, last in STRIPS.get(base, ()):
        start = first if axis == FRONTAL else max(first, HORIZON)
        if start < last:
            rows = (STEPS - 1) * np.array([start, last])
            yield role, _cut_strip(lines, np.tile(rows, (len(sheet), 1)))
    if base in FADES:
        across, share = np.array(FADES[base]).T
        shares = np.interp(np.linspace(0, 1, len(sheet)), across, share)
        wide, past = _widen(lines, shares, axis), _list_past(lines, shares, axis)
        start, stop = lines.fleshy.T
        for step in range(FADE_STEPS):
            paled = (1 - LEFT_BY_STEP**step) / (1 - LEFT_BY_STEP**FADE_STEPS)
            first = stop - (1 - paled) * shares * (stop - start)
            yield "fade", _cut_strip(wide, np.stack([first, stop + past], axis=1))
    if thins_out:
        dense = lines.fleshy[:, 0]
        for step in range(FILM_STEPS):
            first = (step / FILM_STEPS) ** FILM_POWER * dense
            yield "film", _cut_strip(lines, np.stack([first, dense + FILM_PAST_ROWS], axis=1))


def draw_clefts(base: str, sheet: Sequence[PullPath], view: str) -> Iterator[tuple[str, Curves]]:
    """Draw the lines between the heads of a sheet on the face of it that a view shows.

    Parameters
    ----------
    base : str
        The structure's name without its side.
    sheet : sequence of PullPath
        Its lines from one edge to the other.
    view : str

    Yields
    ------
    (str, Curves)
        Role and open curve.
    """
    if base not in CLEFTS:
        return
    faces, eye = _find_faces(sheet), _find_eye(view)
    for place, first, last in CLEFTS[base]:
        rows = np.arange(round(first * STEPS), round(last * STEPS))
        at = place * (len(sheet) - 1)
        low = min(int(at), len(sheet) - 2)
        beside = faces[low, rows]
        if (beside @ eye).sum() > LEAST_FACING * np.linalg.norm(beside, axis=1).sum():
            line = mix_paths(sheet[low], sheet[low + 1], at - low)
            carriers = line.carriers[rows].clip(0, 1)
            yield "cleft", bind_curves(line.points[rows], carriers, (len(rows),), False)


def look_toward(sheet: Sequence[PullPath], view: str) -> np.ndarray:
    """Find how far the outer face of a sheet looks toward the eye of a view, below 0 away from it,
    shape (lines, STEPS)."""
    return _find_faces(sheet) @ _find_eye(view)


def _find_eye(view: str) -> np.ndarray:
    """Find which way the eye of a view lies: of what runs to its right, and of up."""
    axis, sign = ACROSS[view]
    return np.cross(sign * np.eye(3)[axis], [0.0, 1.0, 0.0])


def _find_faces(sheet: Sequence[PullPath]) -> np.ndarray:
    """Find which way the outer face of a sheet looks at each row of its lines, shape
    (lines, STEPS, 3): it bulges outward, away from its middle."""
    points = np.array([path.points for path in sheet])
    faces = np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1))
    return faces * np.sign((faces * (points - points.mean(axis=(0, 1)))).sum())


def find_painted(structure: str, role: str) -> str:
    """Find the structure whose colour a part of another has: flesh pales into the fascia in which
    its fibres run on, all else has its own.

    Parameters
    ----------
    structure, role : str
        Whose part it is, and its role.
    """
    return f"{FADES_INTO}_{structure.rpartition('_')[2]}" if role == "fade" else structure


def _widen(lines: _Lines, shares: np.ndarray, axis: int) -> _Lines:
    """Let a sheet reach past its first and its last line, as they are seen, where flesh pales."""
    points = lines.points.copy()
    edges = points[[0, -1]]
    way, along = edges - points[[1, -2]], np.gradient(edges, axis=1)
    way[..., FRONTAL - axis] = along[..., FRONTAL - axis] = 0.0
    # straight across the line, whatever way the ends of the others lie
    along /= np.linalg.norm(along, axis=-1, keepdims=True) + 1e-6
    way -= (way * along).sum(axis=-1, keepdims=True) * along
    way /= np.linalg.norm(way, axis=-1, keepdims=True) + 1e-6
    points[[0, -1]] += PAST_EDGE_MM * (shares[[0, -1]] / shares.max())[:, None, None] * way
    return lines._replace(points=points)


def _list_past(lines: _Lines, shares: np.ndarray, axis: int) -> np.ndarray:
    """List, for each line, how many rows flesh that pales reaches past its end: the more, the more
    aslant the line meets the row of all ends, so that as much is covered everywhere."""
    flat = lines.points[..., [axis, 1]]
    along = flat[:, -1] - flat[:, -2]
    ends, _ = _find_places(lines, lines.fleshy[:, 1])
    row = np.gradient(ends[:, [axis, 1]], axis=0)
    cross = np.abs(along[:, 0] * row[:, 1] - along[:, 1] * row[:, 0])
    step = np.linalg.norm(along, axis=1)
    sine = np.maximum(cross / (step * np.linalg.norm(row, axis=1) + 1e-6), LEAST_SINE)
    return PAST_END_MM * shares / shares.max() / (sine * np.maximum(step, 0.1))


def _cut_strip(lines: _Lines, rows: np.ndarray) -> Curves:
    """Cut a strip out of a sheet between two rows of each line, shape (lines, 2): there along one
    edge, back along the other."""
    points, carriers = _find_places(lines, rows.T)
    ring, shares = (np.concatenate([of[0], of[1, ::-1]]) for of in (points, carriers.clip(0, 1)))
    return bind_curves(ring, shares, (len(ring),), True)


def _find_places(lines: _Lines, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find a place of each line at a row, shape (..., lines), and how much each bone carries it; a
    row beyond its last lies straight on."""
    low = np.minimum(rows.astype(int), STEPS - 2)
    part, number = (rows - low)[..., None], np.arange(rows.shape[-1])
    points, carriers = (
        (1 - part) * of[number, low] + part * of[number, low + 1]
        for of in (lines.points, lines.carriers)
    )
    return points, carriers
