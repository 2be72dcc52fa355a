"""What stands out on a sheet: ridges and furrows along it, and flesh that fades into a tendon.

All of it lies between shares of the lines that span the sheet, and so it tapers where these draw
together, and goes with the sheet in every posture. All lengths are millimetres.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL, Curves, bind_curves
from musclechain.views.body.outline.lines import STEPS, PullPath, mix_rows

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
    for role, first, last in STRIPS.get(base, ()):
        start = first if axis == FRONTAL else max(first, HORIZON)
        if start < last:
            rows = np.tile((STEPS - 1) * np.array([start, last]), (len(sheet), 1))
            yield role, _cut_strip(sheet, rows)
    if base in FADES:
        wide = _widen(sheet, axis)
        for step in range(FADE_STEPS):
            share = FADES[base] * (1 - step / FADE_STEPS)
            yield "fade", _cut_strip(wide, _list_last(wide, share, axis))


def _widen(sheet: Sequence[PullPath], axis: int) -> list[PullPath]:
    """Let a sheet reach past its first and its last line, as they are seen."""
    first, last = _push(sheet[0], sheet[1], axis), _push(sheet[-1], sheet[-2], axis)
    return [first, *sheet[1:-1], last]


def _list_last(sheet: Sequence[PullPath], share: float, axis: int) -> np.ndarray:
    """List, for each line, the rows between which the last share of its flesh lies, and a little
    more."""
    ends = np.array([path.fleshy for path in sheet])
    steps = [np.linalg.norm((path.points[-1] - path.points[-2])[[axis, 1]]) for path in sheet]
    past = PAST_MM[axis] / np.maximum(steps, 0.1)
    past[[0, -1]] /= 2  # no corner stands out where the rounded flesh has none
    start = ends[:, 1] - share * (ends[:, 1] - ends[:, 0])
    return np.stack([start, ends[:, 1] + past], axis=1)


def _push(path: PullPath, inner: PullPath, axis: int) -> PullPath:
    """Push a line away from the one beside it in the picture."""
    way = path.points - inner.points
    way[:, FRONTAL - axis] = 0.0
    size = np.linalg.norm(way, axis=1, keepdims=True) + 1e-6
    return replace(path, points=path.points + PAST_MM[axis] * way / size)


def _cut_strip(sheet: Sequence[PullPath], rows: np.ndarray) -> Curves:
    """Cut a strip out of a sheet between two rows of each line, shape (lines, 2): there along one
    edge, back along the other."""
    points, carriers = (
        _go_round([mix_rows(part, ends) for part, ends in zip(parts, rows, strict=True)])
        for parts in ([path.points for path in sheet], [path.carriers for path in sheet])
    )
    return bind_curves(points, carriers.clip(0, 1), (len(points),), True)


def _go_round(cuts: Sequence[np.ndarray]) -> np.ndarray:
    """Put the first ends of cuts of two rows after each other, and then their last ends, from the
    last cut to the first."""
    return np.concatenate([[first for first, _ in cuts], [last for _, last in reversed(cuts)]])
