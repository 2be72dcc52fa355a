"""Compute the outlines of the body map from the lines of pull.

Nothing here is drawn by hand over the muscles: each outline is the zero level
of a distance field that the structure's lines make, so a body with other lines
gets another picture. A line swells to a spindle that holds the volume of its
muscle; neighbouring lines of a sheet are filled between. Every vertex keeps its
place in the body and the two bones that carry it, and so a posture moves the
picture without computing the outlines again.

All lengths are millimetres in the body's axes (X forward, Y up, Z right).
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, Curves, bind_curves, carry_curves
from musclechain.views.body.outline.fields import Grid, fill_sheet, fill_spindle, find_contours
from musclechain.views.body.outline.lines import (
    SHEETS,
    STEPS,
    TENDON_HALF_WIDTH_MM,
    _do_cross,
    _mix,
    find_sheet,
)

__all__ = ["Shape", "are_twins", "build_shapes", "mirror_shape"]


FIBRE_GAP_MM = 11.0


# Fascia that faces the side is broad from there and thin from the front; the buttock is thick.
SIDE_WIDTH = {"iliotibial_tract": 2.6, "gluteus_maximus": 2.2}


# Rectus abdominis is crossed by tendons; shares of its length from the pubis upward.
CROSSINGS = {"rectus_abdominis": (0.52, 0.68, 0.84)}


SHEET_ROUND_MM = 3.0


SHEET_BULGE = 0.45


@dataclass(frozen=True)
class Shape:
    """Picture of one soft structure in one plane.

    `outline` encloses all of it, tendons included; `belly` is the fleshy part, None for fascia,
    ligament and tendon; `lights` are
    the rounded heights of the belly, from wide to narrow; `fibres` are open curves inside it. `out`
    is the mean
    distance of its lines from the midplane of the body, mm.
    """

    structure: str
    kind: str
    layer: int
    sheet: bool
    out: float
    outline: Curves
    belly: Curves | None
    lights: tuple
    fibres: Curves | None


# Muscles of one layer that lie closer than twice this grow together: between them there is no gap
# in a body.
GROW_MM = 9.0


MEET_MM = 0.4


STEP_MM = 2.0


# How deep inside the belly a light lies, as a share of its half-thickness, at most so many mm.
LIGHTS = ((0.42, 5.0), (0.72, 9.0))


@dataclass
class _Form:
    """A structure on its way to a shape: its fields on a window of the common grid."""

    node: dict
    paths: list
    sheet: list
    grid: Grid
    belly: np.ndarray | None
    whole: np.ndarray


def build_shapes(body, found, names, axis=FRONTAL):
    """Compute the outlines of structures in one plane.

    Parameters
    ----------
    body : Body
    found : dict
        From `read_paths`.
    names : iterable of str
        Structures to draw; muscles among them grow towards each other.
    axis : int
        Axis of the body that runs across the plane: 2 for back and front, 0 for the sides.

    Returns
    -------
    dict of structure id to Shape
    """
    forms = {name: _make_form(name, body.graph.nodes[name], found, axis) for name in names}
    _close_gaps(forms)
    return {name: _finish(name, form, axis) for name, form in forms.items()}


def _make_form(name, node, found, axis):
    paths, sheet = found[name], find_sheet(name, node, found, axis)
    if axis != FRONTAL and node.get("base") in SIDE_WIDTH:
        paths = [replace(path, width=SIDE_WIDTH[node["base"]] * path.width) for path in paths]
    samples = np.vstack([path.points for path in sheet or paths])
    grid = Grid.around(
        samples[:, [axis, 1]], max(path.width.max() for path in paths) + 12 + GROW_MM, STEP_MM
    )
    muscle = node["kind"] == "muscle"
    belly = (
        _clip_midline(_fill_belly(grid, paths, sheet, axis), grid, paths, axis) if muscle else None
    )
    whole = _clip_midline(
        _fill_whole(grid, paths, sheet, TENDON_HALF_WIDTH_MM if muscle else 0.0, axis),
        grid,
        paths,
        axis,
    )
    return _Form(node, paths, sheet, grid, belly, whole)


def _close_gaps(forms):
    """Let neighbouring muscles of a layer meet half-way where there is little room between them."""
    fleshy = [form for form in forms.values() if form.belly is not None]
    original = {id(form): form.belly for form in fleshy}
    for form in fleshy:
        others = np.full(form.grid.shape, 1e3)
        for other in fleshy:
            if (
                other is not form
                and abs(other.node.get("layer", 1) - form.node.get("layer", 1)) <= 1
                and (other.node.get("view") == "deep") == (form.node.get("view") == "deep")
            ):
                mine, theirs = form.grid.overlap(other.grid)
                if mine is not None:
                    others[mine] = np.minimum(others[mine], original[id(other)][theirs])
        gap = original[id(form)] + others
        share = np.clip(
            (2 * GROW_MM - gap) / GROW_MM, 0, 1
        )  # fades out where the gap gets wide, so that no step is left
        form.belly = original[id(form)] - share * np.maximum(gap / 2 + MEET_MM, 0)
        form.whole = np.minimum(form.whole, form.belly)


def _finish(name, form, axis):
    samples = np.vstack([path.points for path in form.sheet or form.paths])
    carriers = np.vstack([path.carriers for path in form.sheet or form.paths])
    smooth, tolerance = (2.6, 0.9) if form.sheet else (1.0, 0.7)

    def outline(loops):
        return carry_curves(loops, samples, carriers, axis=axis)

    def trace(field):
        return outline(find_contours(field, form.grid, smooth, tolerance))

    belly, lights = (
        (None, ())
        if form.belly is None
        else (trace(form.belly), tuple(map(outline, _find_lights(form, smooth, tolerance))))
    )
    return Shape(
        name,
        form.node["kind"],
        int(form.node.get("layer", 1)),
        bool(form.sheet),
        float(np.mean(np.abs(samples[:, 2]))),
        trace(form.whole),
        belly,
        lights,
        _draw_fibres(form.node, form.paths, form.sheet, axis),
    )


def _find_lights(form, smooth, tolerance):
    """Find the contours at some depth inside the belly, as flat curves."""
    deepest = -form.belly.min()
    for share, most in LIGHTS:
        loops = find_contours(
            form.belly + min(share * deepest, most), form.grid, smooth, 1.6 * tolerance, 60.0
        )
        if loops and max(len(loop) for loop in loops) > 5:
            yield loops


def _fill_belly(grid, paths, sheet, axis):
    """Fill the fleshy part: spindles, and in a sheet the surface between them."""
    field = np.full(grid.shape, 1e3)
    for path in paths:
        first, last = path.fleshy
        # in a sheet the surface between the lines makes the width, so a spindle only rounds it
        rows = np.unique(np.append(np.arange(first, last, 2), last))
        width = path.width[rows] * (SHEET_BULGE if sheet else 1.0)
        field = np.minimum(field, fill_spindle(grid, path.points[rows][:, [axis, 1]], width))
    if sheet:
        inner = [
            path.points[np.linspace(*path.fleshy, STEPS).round().astype(int)][:, [axis, 1]]
            for path in sheet
        ]
        field = np.minimum(field, fill_sheet(grid, inner) - SHEET_ROUND_MM)
    return field


def _fill_whole(grid, paths, sheet, thinnest, axis):
    """Fill everything from attachment to attachment, tendons included."""
    field = np.full(grid.shape, 1e3)
    for path in paths:
        width = np.maximum(path.width * (SHEET_BULGE if sheet else 1.0), thinnest)[::2]
        field = np.minimum(field, fill_spindle(grid, path.points[::2, [axis, 1]], width))
    if sheet:
        field = np.minimum(
            field, fill_sheet(grid, [path.points[:, [axis, 1]] for path in sheet]) - SHEET_ROUND_MM
        )
    return field


def _clip_midline(field, grid, paths, axis):
    """Keep a muscle of one side on its side, so that left and right meet in a straight line."""
    across = np.concatenate([path.points[:, 2] for path in paths])
    if axis != FRONTAL or abs(across.mean()) < 5:
        return field  # of the midline, or seen from the side
    side = 1.0 if across.mean() > 0 else -1.0
    return np.maximum(field, 0.6 - side * grid.nodes[0]) if abs(across).max() > 2 else field


def _draw_fibres(node, paths, sheet, axis):
    """Draw thin lines along the fibres, inside the belly."""
    drawn = (
        list(_comb_sheet(sheet, FIBRE_GAP_MM * (1 if node["kind"] == "muscle" else 2), axis))
        if sheet
        else [
            line
            for path in paths
            for line in (*_comb_spindle(path, axis), *_draw_crossings(node, path, axis))
        ]
    )
    drawn = [line for line in drawn if len(line[0]) > 1]
    if not drawn:
        return None
    ends = tuple(np.cumsum([len(points) for points, _ in drawn]).tolist())
    return bind_curves(
        np.vstack([points for points, _ in drawn]),
        np.vstack([carriers for _, carriers in drawn]),
        ends,
        False,
    )


def _fibre_rows(path):
    return np.linspace(path.fleshy[0] + 1, path.fleshy[1] - 1, 6).round().astype(int)


def _comb_sheet(sheet, gap, axis):
    """Lines at even distance between the lines of a sheet: pairs of points and carriers."""
    for one, other in pairwise(sheet):
        count = (
            1
            if _do_cross(one, other, axis)
            else max(int(np.linalg.norm(one.points - other.points, axis=1).max() / gap), 1)
        )
        for part in (np.arange(count) + 0.5) / count:
            line = _mix(one, other, part)
            rows = _fibre_rows(line)
            yield line.points[rows], line.carriers[rows]


def _comb_spindle(path, axis):
    """Lines at even shares of a spindle's width; they draw together towards its tendons."""
    normal, rows = _find_normal(path, axis), _fibre_rows(path)
    count = int(np.clip(path.width.max() / 4, 1, 7))
    for offset in np.linspace(-0.68, 0.68, count) if count > 1 else (0.0,):
        moved = path.points.copy()
        moved[:, [axis, 1]] += normal * (offset * path.width)[:, None]
        yield moved[rows], path.carriers[rows]


def _draw_crossings(node, path, axis):
    normal = _find_normal(path, axis)
    for share in CROSSINGS.get(node.get("base"), ()):
        row = int(share * (STEPS - 1))
        cross = np.repeat(path.points[row : row + 1], 3, axis=0)
        cross[:, [axis, 1]] += normal[row] * path.width[row] * np.array([[-0.92], [0], [0.92]])
        cross[1, 1] -= 2.5
        yield cross, np.repeat(path.carriers[row : row + 1], 3, axis=0)


def _find_normal(path, axis):
    """Unit normal of a line in the picture plane."""
    along = np.gradient(path.points[:, [axis, 1]], axis=0)
    return np.stack([-along[:, 1], along[:, 0]], axis=1) / (
        np.linalg.norm(along, axis=1)[:, None] + 1e-9
    )


def mirror_shape(shape, structure, swap):
    """Make the left twin of a right shape.

    Parameters
    ----------
    shape : Shape
    structure : str
        Id of the twin.
    swap : numpy.ndarray of int
        For each bone the number of its twin.
    """

    def turn(curves):
        return curves and Curves(
            curves.points * [1, 1, -1], swap[curves.bones], curves.share, curves.ends, curves.closed
        )

    return replace(
        shape,
        structure=structure,
        outline=turn(shape.outline),
        belly=turn(shape.belly),
        lights=tuple(map(turn, shape.lights)),
        fibres=turn(shape.fibres),
    )


def are_twins(left, right, node, found, swap):
    """Ask whether a left structure and its neighbours in a sheet mirror the right side."""
    names = next(
        (names for names, _ in SHEETS if node.get("base") in names),
        (node.get("base", left.removesuffix("_left")),),
    )
    return all(
        _mirror_each_other(found.get(name + "_right", ()), found.get(name + "_left", ()), swap)
        for name in names
    )


def _mirror_each_other(one, other, swap):
    return len(one) == len(other) and all(
        np.allclose(a.points, b.points * [1, 1, -1], atol=0.05)
        and np.allclose(a.carriers, b.carriers[:, swap])
        and np.allclose(a.width, b.width)
        for a, b in zip(one, other, strict=True)
    )
