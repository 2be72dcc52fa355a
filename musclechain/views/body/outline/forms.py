"""The skin that encloses everything: how its forms are traced and hung on the body.

A form is a union of chains of discs and of polygons, given as offsets from a
joint. It is drawn to be recognised, not to be measured.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.views.body.outline.curves import (
    FRONTAL,
    Curves,
    bind_curves,
    lift_points,
)
from musclechain.views.body.outline.fields import (
    Contours,
    Grid,
    fill_curves,
    fill_polygon,
    fill_spindles,
    simplify_loops,
)
from musclechain.views.body.outline.standing import Standing

__all__ = [
    "FINE_SMOOTH",
    "FINE_STEP_MM",
    "Chain",
    "Seat",
    "SkinAxis",
    "SkinForms",
    "Skins",
    "draw_skin",
    "mirror_half",
    "read_discs",
]

SKIN_MM, OVER_BONE_MM = 6.0, 4.0
# Where parts lie against each other, arm and flank or thigh and thigh, each skin keeps this far
# from halfway between what both enclose, mm: so a fold or a gap shows up to where flesh meets. It
# gets no thinner than this.
SEAM_MM, THIN_MM = 2.5, 1.5
# Beyond this distance between what two skins enclose neither gets thinner, mm.
NEAR_MM = 2 * (SKIN_MM + SEAM_MM)
TOLERANCE_MM = 0.3
# The grid of the skin of arms, whose fingers are finer than the rest, and how far corners are
# rounded there, in steps.
FINE_STEP_MM, FINE_SMOOTH = 1.5, 0.9
# Room about the skin to round it, in steps.
ROOM_STEPS = 10
# Over muscles skin runs in one long curve: shorter waves than about twice this are taken out, mm;
# points along it lie so far apart. Toward hands, feet and head, which are finer, that fades over
# this height.
CALM_MM, ALONG_MM, FADE_MM = 18.0, 2.0, 40.0

# Flat points, shape (n, 2), and the radius at each, mm.
Chain = tuple[np.ndarray, np.ndarray]
Offsets = Sequence[Sequence[float]] | np.ndarray
# Outlines of skin, each by a name of all that it comes from.
Skins = dict[str, Curves]


@dataclass(frozen=True)
class Seat:
    """Where forms sit in the picture plane.

    Attributes
    ----------
    centre : numpy.ndarray, shape (2,)
        What offsets are counted from, mm.
    turn : numpy.ndarray, shape (2, 2)
        How offsets lie in the plane: turned with the bone, or mirrored to the other side.
    """

    centre: np.ndarray
    turn: np.ndarray = field(default_factory=lambda: np.eye(2))

    def put(self, offsets: Offsets) -> np.ndarray:
        """Put offsets, shape (n, 2), into the plane."""
        return self.centre + np.asarray(offsets, float) @ self.turn.T

    def put_discs(self, discs: Offsets) -> Chain:
        """Put a chain of discs, each (across, up, radius), into the plane."""
        points, radii = read_discs(discs)
        return self.put(points), radii


class SkinAxis(NamedTuple):
    """The axis of a bone, from one point to another, shape (3,), and the half-width of flesh round
    it, mm."""

    bone: str
    start: np.ndarray
    stop: np.ndarray
    half_width: float


@dataclass(frozen=True)
class SkinForms:
    """The forms of the skin in the picture plane, and the axes of the bones that carry it.

    Attributes
    ----------
    chains : list of Chain
    polygons : list of numpy.ndarray
    axes : list of SkinAxis
    calm : (float, float)
        Heights between which the skin runs in one long curve, mm; by default nowhere.
    """

    chains: list[Chain]
    polygons: list[np.ndarray]
    axes: list[SkinAxis]
    calm: tuple[float, float] = (0.0, 0.0)


def read_discs(discs: Offsets) -> Chain:
    """Read a chain of discs, each (across, up, radius): points and radii."""
    numbers = np.asarray(discs, float)
    return numbers[:, :2], numbers[:, 2]


def mirror_half(half: Offsets) -> np.ndarray:
    """Make a whole outline of its right half, shape (n, 2)."""
    right = np.asarray(half, float)
    return np.vstack([right, right[::-1] * [-1, 1]])


def _fill(grid: Grid, chains: Iterable[Chain], polygons: Iterable[np.ndarray]) -> np.ndarray:
    """Measure the signed distance to the union of chains and polygons, mm."""
    distance = fill_spindles(grid, chains)
    for polygon in polygons:
        np.minimum(distance, fill_polygon(grid, polygon), out=distance)
    return distance


def draw_skin(
    forms: SkinForms,
    inside: Sequence[np.ndarray],
    standing: Standing,
    axis: int = FRONTAL,
    step: float = 4.0,
    smooth: float = 1.7,
    bones: Sequence[np.ndarray] = (),
    beside: Sequence[np.ndarray] = (),
    skins: Skins | None = None,
) -> Curves:
    """Draw the outline of the skin, if it is not known yet.

    Parameters
    ----------
    forms : SkinForms
    inside : sequence of numpy.ndarray, shape (n, 2)
        Flat closed curves that it encloses: it lies `SKIN_MM` outside of each.
    standing : Standing
    axis : int
        Axis of the body that runs across the plane.
    step : float
        Of the grid, mm.
    smooth : float
        How far corners are rounded, in steps.
    bones : sequence of numpy.ndarray, shape (n, 2)
        The same for bones, over which the skin is thinner.
    beside : sequence of numpy.ndarray, shape (n, 2)
        Flat closed curves that a part beside this one encloses: toward them the skin gets thinner.
    skins : dict, optional
        Those that are known; what is drawn is put there too.

    Returns
    -------
    Curves
        One closed curve.
    """
    skins = {} if skins is None else skins
    name = _name_skin(forms, [inside, bones, beside], [axis, step, smooth])
    if name not in skins:
        skins[name] = _draw_skin(forms, inside, standing, axis, step, smooth, bones, beside)
    return skins[name]


def _name_skin(
    forms: SkinForms, curves: Iterable[Sequence[np.ndarray]], numbers: Sequence[float]
) -> str:
    """Name a skin by all that its outline comes from, in tenths of a millimetre, as files keep
    it."""
    carried = [(axis.bone, axis.half_width) for axis in forms.axes]
    axes = [np.array([axis.start, axis.stop]) for axis in forms.axes]
    chains = [part for chain in forms.chains for part in chain]
    digest = hashlib.sha256(repr([numbers, forms.calm, carried]).encode())
    for group in (axes, chains, forms.polygons, *curves):
        # whatever their order is: they are enclosed together
        told = sorted(np.rint(10 * points).astype(np.int32).tobytes() for points in group)
        digest.update(b"|" + b"/".join(told))
    return digest.hexdigest()


def _draw_skin(
    forms: SkinForms,
    inside: Sequence[np.ndarray],
    standing: Standing,
    axis: int,
    step: float,
    smooth: float,
    bones: Sequence[np.ndarray],
    beside: Sequence[np.ndarray],
) -> Curves:
    edges = [points + sign * radii[:, None] for points, radii in forms.chains for sign in (1, -1)]
    corners = np.vstack([*edges, *forms.polygons, *inside, *bones])
    grid = Grid.around(corners, SKIN_MM + ROOM_STEPS * step, step)
    distance = _fill(grid, forms.chains, forms.polygons)
    soft = fill_curves(grid, inside)
    np.minimum(distance, soft - _thin_out(grid, soft, _list_near(beside, inside)), out=distance)
    if bones:
        np.minimum(distance, fill_curves(grid, bones) - OVER_BONE_MM, out=distance)
    largest = _calm_down(Contours(distance, grid, smooth).trace_outline()[0], *forms.calm)
    (flat,) = simplify_loops([largest], [TOLERANCE_MM])
    return _dress(flat, forms.axes, standing, axis)


def _thin_out(grid: Grid, soft: np.ndarray, beside: Sequence[np.ndarray]) -> np.ndarray:
    """Find how thick skin is, mm, at each node of a grid, given how far off what it encloses is,
    where a part beside it encloses some curves."""
    thick = np.full(grid.shape, SKIN_MM)
    if beside:
        # measured only where they are near
        around = Grid.around(np.vstack(beside), NEAR_MM, grid.step)
        here, _ = grid.overlap(around)
        if here is not None:
            rows, columns = here
            part = Grid(
                grid.column + columns.start, grid.row + rows.start, grid.step, soft[here].shape
            )
            halfway = (soft[here] + fill_curves(part, beside)) / 2
            thick[here] = np.clip(halfway - SEAM_MM, THIN_MM, SKIN_MM)
    return thick


def _list_near(loops: Iterable[np.ndarray], others: Sequence[np.ndarray]) -> list[np.ndarray]:
    """List the flat closed curves that may come so near to the box of others that skin gets thin
    there."""
    if not others:
        return []
    corners = np.vstack(others)
    low, high = corners.min(axis=0) - NEAR_MM, corners.max(axis=0) + NEAR_MM
    return [
        loop for loop in loops if (loop.max(axis=0) > low).all() and (loop.min(axis=0) < high).all()
    ]


def _calm_down(loop: np.ndarray, low: float, high: float) -> np.ndarray:
    """Take the short waves out of a closed flat curve between two heights, mm; long ones stay,
    which one smoothing alone would flatten."""
    if high <= low:
        return loop
    ring = np.vstack([loop, loop[:1]])
    run = np.append(0, np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1)))
    at = np.arange(0, run[-1], ALONG_MM)
    fine = np.stack([np.interp(at, run, ring[:, axis]) for axis in (0, 1)], axis=1)
    smooth = _smooth_ring(fine)
    smooth += _smooth_ring(fine - smooth)
    inside = np.minimum(fine[:, 1] - low, high - fine[:, 1])
    share = np.clip(inside / FADE_MM, 0, 1)[:, None]
    return fine + share**2 * (3 - 2 * share) * (smooth - fine)


def _smooth_ring(points: np.ndarray) -> np.ndarray:
    return scipy.ndimage.gaussian_filter1d(points, CALM_MM / ALONG_MM, axis=0, mode="wrap")


def _dress(flat: np.ndarray, axes: Iterable[SkinAxis], standing: Standing, axis: int) -> Curves:
    """Give the skin its depth and bones: the nearer a bone's axis, measured in the limb's
    half-width, the more it carries."""
    carriers = np.zeros((len(flat), len(standing.number)))
    depth, total = np.zeros(len(flat)), np.zeros(len(flat))
    for bone, start, stop, half_width in axes:
        along, spokes = (stop - start)[[axis, 1]], flat - start[[axis, 1]]
        share = np.clip(spokes @ along / (along @ along), 0, 1)
        gap = np.linalg.norm(spokes - share[:, None] * along, axis=1)
        weight = (half_width / (gap + 1)) ** 8
        carriers[:, standing.number[bone]] += weight
        depth += weight * (start[2 - axis] + share * (stop - start)[2 - axis])
        total += weight
    points = lift_points(flat, depth / total, axis)
    return bind_curves(points, carriers / total[:, None], (len(flat),), True)
