"""What stands out on a sheet: ridges and furrows along it, and flesh that fades into a tendon.

All of it lies between shares of the lines that span the sheet, and so it tapers where these draw
together, and goes with the sheet in every posture. All lengths are millimetres.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, Curves, bind_curves
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
# Flesh whose fibres run on in the iliotibial tract: how much of its length pales towards its end,
# at places across the sheet. The lower fibres of the buttock end at the bone instead.
FADES: Mapping[str, Sequence[tuple[float, float]]] = {
    "tensor_fasciae_latae": ((0.0, 0.36), (1.0, 0.36)),
    "gluteus_maximus": ((0.0, 0.12), (0.6, 0.12), (1.0, 0.0)),
}
FADE_STEPS = 10
# Past the sheet, since flesh is round: past its edge, which fades too, and its line.
PAST_MM = 4.0


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
        across, share = np.array(FADES[base]).T
        shares = np.interp(np.linspace(0, 1, len(sheet)), across, share)
        wide, past = _widen(lines, shares, axis), _list_past(lines, shares, axis)
        start, stop = lines.fleshy.T
        for step in range(FADE_STEPS):
            first = stop - (1 - step / FADE_STEPS) * shares * (stop - start)
            yield "fade", _cut_strip(wide, np.stack([first, stop + past], axis=1))


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
    points[[0, -1]] += PAST_MM * (shares[[0, -1]] / shares.max())[:, None, None] * way
    return lines._replace(points=points)


def _list_past(lines: _Lines, shares: np.ndarray, axis: int) -> np.ndarray:
    """List, for each line, how many rows flesh that pales reaches past its end."""
    steps = np.linalg.norm((lines.points[:, -1] - lines.points[:, -2])[:, [axis, 1]], axis=1)
    past = PAST_MM * shares / shares.max() / np.maximum(steps, 0.1)
    past[[0, -1]] /= 2  # no corner stands out where the rounded flesh has none
    return past


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
