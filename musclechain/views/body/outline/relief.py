"""What stands out on a sheet: ridges and furrows along it, and flesh that fades into a tendon.

All of it lies between shares of the lines that span the sheet, and so it tapers where these draw
together, and goes with the sheet in every posture. All lengths are millimetres.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL, Curves, bind_curves
from musclechain.views.body.outline.lines import STEPS, PullPath

__all__ = ["draw_relief"]

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
# Flesh whose fibres run on in the iliotibial tract: how much of its length pales towards its end.
FADES = {"tensor_fasciae_latae": 0.36, "gluteus_maximus": 0.12}
FADE_STEPS = 6
# Past the sheet, since flesh is round: from the side past its edge, which fades too, but only as
# far as that where the flesh turns out of sight, from the back and the front.
PAST_MM = {FRONTAL: 2.8, SAGITTAL: 5.5}


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
    if base not in STRIPS and base not in FADES:
        return
    lines = _Lines(*(np.array([getattr(path, part) for path in sheet]) for part in _Lines._fields))
    for role, first, last in STRIPS.get(base, ()):
        start = first if axis == FRONTAL else max(first, HORIZON)
        if start < last:
            rows = (STEPS - 1) * np.array([start, last])
            yield role, _cut_strip(lines, np.tile(rows, (len(sheet), 1)))
    if base in FADES:
        wide = _widen(lines, axis)
        for step in range(FADE_STEPS):
            share = FADES[base] * (1 - step / FADE_STEPS)
            yield "fade", _cut_strip(wide, _list_last(lines, share, axis))


def _widen(lines: _Lines, axis: int) -> _Lines:
    """Let a sheet reach past its first and its last line, as they are seen."""
    points = lines.points.copy()
    way = points[[0, -1]] - points[[1, -2]]
    way[..., FRONTAL - axis] = 0.0
    size = np.linalg.norm(way, axis=-1, keepdims=True) + 1e-6
    points[[0, -1]] += PAST_MM[axis] * way / size
    return lines._replace(points=points)


def _list_last(lines: _Lines, share: float, axis: int) -> np.ndarray:
    """List, for each line, the rows between which the last share of its flesh lies, and a little
    more, shape (lines, 2)."""
    start, stop = lines.fleshy.T
    steps = np.linalg.norm((lines.points[:, -1] - lines.points[:, -2])[:, [axis, 1]], axis=1)
    past = PAST_MM[axis] / np.maximum(steps, 0.1)
    past[[0, -1]] /= 2  # no corner stands out where the rounded flesh has none
    return np.stack([stop - share * (stop - start), stop + past], axis=1)


def _cut_strip(lines: _Lines, rows: np.ndarray) -> Curves:
    """Cut a strip out of a sheet between two rows of each line, shape (lines, 2): there along one
    edge, back along the other."""
    low = np.minimum(rows.astype(int), STEPS - 2)
    part, number = (rows - low)[..., None], np.arange(len(rows))[:, None]
    points, carriers = (
        (1 - part) * of[number, low] + part * of[number, low + 1]
        for of in (lines.points, lines.carriers)
    )
    ring, shares = (np.concatenate([of[:, 0], of[::-1, 1]]) for of in (points, carriers.clip(0, 1)))
    return bind_curves(ring, shares, (len(ring),), True)
