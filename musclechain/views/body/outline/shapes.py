"""Compute the outlines of the body map from the lines of pull.

Nothing here is drawn by hand over the muscles: each outline is the zero level
of a distance field that the structure's lines make, so a body with other lines
gets another picture. A line swells to a spindle that holds the volume of its
muscle; neighbouring lines of a sheet are filled between. Every vertex keeps its
place in the body and the two bones that carry it, and so a posture moves the
picture without computing the outlines again.

All lengths are millimetres in the body's axes (X forward, Y up, Z right).
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.anatomy.body import Body
from musclechain.views.body.outline.curves import FRONTAL, Carriers, Curves, join_lines
from musclechain.views.body.outline.fields import (
    FAR_MM,
    Contours,
    Grid,
    fill_sheet,
    fill_spindles,
    simplify_loops,
)
from musclechain.views.body.outline.flesh import (
    ARM_REGIONS,
    GROW_MM,
    LEG_REGIONS,
    ROOM_MM,
    Floor,
    Room,
    StructureFields,
    close_gaps,
    fill_rooms,
    find_front_place,
    find_side_place,
    lay_out,
    measure_widths,
)
from musclechain.views.body.outline.joined import join_parts
from musclechain.views.body.outline.lines import (
    ALONG,
    SHEETS,
    SLIPS,
    STEPS,
    PullPath,
    do_cross,
    find_sheet,
    mix_rows,
)

__all__ = ["SIDE_ENDS", "STEP_MM", "Shape", "build_shapes", "comb_sheet"]

FIBRE_GAP_MM = 8.5
# Muscles of coarse bundles that fat parts: how many times as far apart their fibres are drawn.
COARSE = {"gluteus_maximus": 1.5}
# Where the lines of a sheet draw together not all of its fibres go on, or they would run into a
# dark bundle: each of four ends where they have come to this share of their greatest distance.
CROWDED = (0.0, 0.4, 0.2, 0.4)

# Fascia that faces the side is broad from there and thin from the front; the buttock is thick.
SIDE_WIDTH = {
    "iliotibial_tract": 1.7,
    "gluteus_maximus": 2.2,
    "tensor_fasciae_latae": 1.2,
}

# Rectus abdominis is crossed by tendons; shares of its length from the pubis upward.
CROSSINGS = {"rectus_abdominis": (0.61, 0.76, 0.88)}

# Half of the breadth of such a tendon, mm.
CROSSING_MM = 3.8

# Where two heads of a sheet meet, a furrow: its place across the sheet, from which share of the
# length to which it runs, from the origin on, and half of its breadth in its middle, mm. A narrow
# one is a shadow; a wide one is a cut, as thin as a seam where the triceps' heads meet. One that
# begins with the flesh lies between two slips: it is open there and runs out.
FURROWS = {
    "biceps_brachii": ((0.5, 0.2, 0.64, 2.6),),
    "triceps_brachii": ((0.5, 0.2, 0.56, 3.1),),
    # between the slips that interlock with the serratus, on from where they part
    "external_oblique": tuple(((slip + 0.5) / 7, 0.0, 0.6, 1.4) for slip in range(5)),
}

# The smaller of two heads is seen if it has this share of what a view shows of both.
HEAD_SHARE = 0.08

# A sheet whose one face shows at least this share of what the other does turns round the body
# there: its furrows lie on one of two views that show the same outline, so neither gets them.
TURNED_SHARE = 0.6

# Breadth of a furrow at its ends, as a share of that in its middle.
FURROW_END = 0.4

# Muscles of the hip whose fibres run on in the iliotibial tract: their tendon is a part of its
# sheet, and not drawn beside it.
INTO_TRACT = frozenset({"tensor_fasciae_latae", "gluteus_maximus"})

# Half-thickness of a broad tendon, from the side, mm.
TENDON_THICKNESS_MM = 4.5
# A tendon of a limb that is a cord, no wider than this where it ends, narrows over the last share
# of its line to a tip, mm: it dives to its bone.
CORD_WIDTH_MM, TIP_SHARE, TIP_MM = 9.0, 0.1, 2.6
# A tendon that is drawn as cords, one for each toe or finger: how many, from which share of its
# line on, and half the width of each there; they narrow to another at their tip, mm.
PARTED = {
    "extensor_digitorum_longus": (4, 0.45, 1.9),
    "extensor_digitorum_brevis": (3, 0.5, 1.8),
    "extensor_hallucis_longus": (1, 0.45, 2.4),
    "flexor_digitorum_longus": (4, 0.8, 1.8),
    "tibialis_anterior": (1, 0.45, 3.6),
    "palmaris_longus": (4, 0.94, 2.6),
    "extensor_digitorum": (4, 0.47, 1.6),
    "flexor_digitorum_superficialis": (4, 0.3, 1.9),
}
# The flesh of such a muscle ends in a point over each cord: between two of them sooner, by this
# share of its line.
FORKS = {"flexor_digitorum_superficialis": 0.06}
SLIP_TIP_MM = 1.3
# They are smoothed by fewer steps of the grid and keep more of their vertices than the rest, from
# so many mm above the parting downward.
SLIP_SMOOTH, SLIP_TOLERANCE_MM, SLIP_FADE_MM = 0.6, 0.5, 12.0

# How far flesh reaches round the surface between its lines, and a limb's tendon, mm.
SHEET_ROUND_MM, CORD_ROUND_MM = 3.0, 2.0
SHEET_BULGE = 0.45
# Over how much of its height the flesh of a muscle draws to a point at its lower end, mm: it passes
# little by little into a tendon.
TIPS_MM = {
    "sartorius": 70.0,
    "extensor_digitorum": 50.0,
    "extensor_carpi_ulnaris": 60.0,
    "flexor_carpi_ulnaris": 50.0,
    "brachioradialis": 50.0,
    "flexor_carpi_radialis": 50.0,
    "palmaris_longus": 50.0,
    "extensor_carpi_radialis_longus": 50.0,
    "abductor_pollicis_brevis": 30.0,
    "abductor_digiti_minimi_of_hand": 25.0,
}
# The same of what ends as a cord on the leg: of hamstrings and gracilis, and of all muscles of the
# lower leg but those of the calcaneal tendon.
CORD_TIP_REGIONS, CORD_TIP_MM = frozenset({"thigh", "calf"}), 60.0

STEP_MM = 2.0
SIDE_ENDS = ("_left", "_right")

# How deep inside the belly a light lies, as a share of its half-thickness, at most so many mm.
LIGHTS = ((0.42, 5.0), (0.72, 9.0))
SMALLEST_LIGHT_MM2, FEWEST_OF_LIGHT = 60.0, 5
# How far from the next part of its sheet light ends, mm.
LIGHT_INSET_MM = 1.0


@dataclass(frozen=True)
class Shape:
    """Picture of one soft structure in one plane.

    Attributes
    ----------
    structure, kind : str
        Id; muscle, fascia, ligament or tendon.
    layer : int
        1 deepest to 4 superficial.
    is_flat : bool
        Whether it is a muscle of the trunk, or one that ends in the iliotibial tract, whose lines
        span a surface: its flat tendon is seen through, where a limb's is a cord or a band.
    out : float
        Mean distance of its lines from the midplane of the body, mm.
    outline : Curves
        Encloses all of it, tendons included.
    belly : Curves or None
        The fleshy part; None for fascia, ligament and tendon.
    lights : tuple of Curves
        The rounded heights of the belly, from wide to narrow.
    fibres : Curves or None
        Open curves inside it; None for a plain plate of fascia.
    """

    structure: str
    kind: str
    layer: int
    is_flat: bool
    out: float
    outline: Curves
    belly: Curves | None
    lights: tuple[Curves, ...]
    fibres: Curves | None


def build_shapes(
    body: Body,
    paths: Mapping[str, Sequence[PullPath]],
    names: Container[str],
    swap: np.ndarray,
    axis: int,
    sheets: Mapping[str, Sequence[PullPath]] = MappingProxyType({}),
    rooms: Sequence[Room] = (),
) -> dict[str, Shape]:
    """Compute the outlines of structures in one plane.

    Parameters
    ----------
    body : Body
    paths : mapping of str to sequence of PullPath
        From `read_paths`.
    names : container of str
        Those that are drawn, both of a pair or one without the other's paths; the others still
        take their room.
    swap : numpy.ndarray of int, shape (bones,)
        For each bone the number of its twin.
    axis : int
        Axis of the body that runs across the plane: 2 for back and front, 0 for the sides.
    sheets : mapping of str to sequence of PullPath, optional
        From `read_sheets`; other sheets are found between the lines.
    rooms : sequence of Room, optional
        What the muscles of the limbs fill.

    Returns
    -------
    dict of structure id to Shape

    Notes
    -----
    Muscles grow towards their neighbours. A left structure whose lines mirror
    the right one's is mirrored, not computed again, unless it lies beside one
    without a twin.
    """
    nodes = body.graph.nodes
    left = [name for name in paths if name.endswith("_left")]
    twins = {name: f"{name.removesuffix('_left')}_right" for name in left}
    twins = {name: twin for name, twin in twins.items() if _are_twins(body, name, paths, swap)}
    fields = {
        name: _fill_structure(name, nodes[name], paths, axis, sheets.get(name))
        for name in paths
        if not name.endswith("_left")
    }
    # what is of the left alone is drawn as if of the right, and mirrored as a whole
    turned, turned_sheets = (
        {
            name: [path.mirror(swap) for path in lines]
            for name, lines in known.items()
            if name.endswith("_left")
        }
        if len(twins) < len(left)
        else {}
        for known in (paths, sheets)
    )
    others = {
        name: _fill_structure(name, nodes[name], turned, axis, turned_sheets.get(name))
        for name in left
        if name not in twins
    }
    for name in _list_touched(twins, fields, others):
        others[name] = fields[twins.pop(name)]
    drawn = [name for name in fields if name in names]
    closed = close_gaps(fields, fields)
    floors = _lay_out_floors(rooms, [fields[name] for name in drawn], axis)
    shapes = _finish(_fill_limbs(closed, drawn, "right", floors, axis), axis)
    own = [name for name in others if name in names]
    if own:
        known = {name: others.get(name) or fields[twins.get(name, name)] for name in paths}
        known = {name: known[name] for name in paths if not name.endswith("_right")}
        closed |= {name: closed[twin] for name, twin in twins.items()}
        closed |= close_gaps(known, others)
        closed = {name: closed[name] for name in known}
        floors = _lay_out_floors(rooms, [known[name] for name in own], axis)
        alone = _finish(_fill_limbs(closed, own, "left", floors, axis), axis)
        shapes |= {name: _mirror_shape(shape, name, swap) for name, shape in alone.items()}
    return shapes | {
        name: _mirror_shape(shapes[twin], name, swap)
        for name, twin in twins.items()
        if twin in shapes
    }


def _lay_out_floors(
    rooms: Iterable[Room], drawn: Sequence[StructureFields], axis: int
) -> list[Floor]:
    """Lay out the rooms that some structures fill."""
    faces = ("back", "front") if axis == FRONTAL else ("side",)
    return [lay_out(room, faces, STEP_MM) for room in rooms if any(map(room.holds, drawn))]


def _list_touched(
    twins: Mapping[str, str],
    fields: Mapping[str, StructureFields],
    others: Mapping[str, StructureFields],
) -> list[str]:
    """List left muscles that mirror right ones and lie beside one that has no twin, or where only
    the right has one: what they grow towards differs from the right side."""
    mirrored = set(twins.values())
    odd = [
        filled.grid
        for name, filled in (*fields.items(), *others.items())
        if filled.belly is not None and name not in mirrored and name.endswith(SIDE_ENDS)
    ]
    return [
        name
        for name, twin in twins.items()
        if fields[twin].belly is not None
        and any(fields[twin].grid.overlap(grid)[0] is not None for grid in odd)
    ]


def _fill_limbs(
    fields: Mapping[str, StructureFields],
    names: Sequence[str],
    side: str,
    floors: Sequence[Floor],
    axis: int,
) -> dict[str, StructureFields]:
    """Let structures of some names fill the limbs of one side, among all the others."""
    faces: Sequence[str]
    if axis == FRONTAL:
        rank = {name: number for number, name in enumerate(fields)}
        faces = ("back", "front")
        order = sorted(fields, key=lambda name: find_front_place(fields[name].node, rank[name]))
    else:
        faces = ("side",)
        order = sorted(
            fields, key=lambda name: find_side_place(fields[name].node, fields[name].out)
        )
    beside = {name: fields[name] for name in order if name.endswith(side)}
    filled = {**fields, **fill_rooms(beside, set(names), floors, faces)}
    # in the order of the body, whatever lies over what
    return join_parts(filled, names)


def _are_twins(
    body: Body, left: str, paths: Mapping[str, Sequence[PullPath]], swap: np.ndarray
) -> bool:
    """Ask whether a left structure and its neighbours in a sheet mirror the right side."""
    base = body.graph.nodes[left].get("base", left.removesuffix("_left"))
    names = next((names for names, _ in SHEETS if base in names), (base,))
    return f"{left.removesuffix('_left')}_right" in paths and all(
        _mirror_each_other(paths.get(f"{name}_right", ()), paths.get(f"{name}_left", ()), swap)
        for name in names
    )


def _mirror_each_other(
    right: Sequence[PullPath], left: Sequence[PullPath], swap: np.ndarray
) -> bool:
    return len(right) == len(left) and all(
        np.abs(path.points - twin.points * [1, 1, -1]).max() < 0.05
        and np.abs(path.carriers - twin.carriers[:, swap]).max() < 1e-5
        and np.abs(path.width - twin.width).max() < 1e-3
        for path, twin in zip(right, left, strict=True)
    )


def _mirror_shape(shape: Shape, structure: str, swap: np.ndarray) -> Shape:
    """Make the left twin of a right shape."""
    return replace(
        shape,
        structure=structure,
        outline=shape.outline.mirror(swap),
        belly=shape.belly and shape.belly.mirror(swap),
        lights=tuple(light.mirror(swap) for light in shape.lights),
        fibres=shape.fibres and shape.fibres.mirror(swap),
    )


# ---- fields ----------------------------------------------------------------------------------


def _fill_structure(
    name: str,
    node: Mapping[str, Any],
    paths: Mapping[str, Sequence[PullPath]],
    axis: int,
    spanned: Sequence[PullPath] | None = None,
) -> StructureFields:
    """Fill one structure on a window of its own."""
    lines, sheet = paths[name], spanned or find_sheet(name, node, paths, axis)
    if axis != FRONTAL and node.get("base") in SIDE_WIDTH:
        lines = [replace(path, width=SIDE_WIDTH[node["base"]] * path.width) for path in lines]
    if axis != FRONTAL and node["kind"] == "tendon":
        lines = [replace(path, width=np.minimum(path.width, TENDON_THICKNESS_MM)) for path in lines]
    flat = np.array([path.points[:, [axis, 1]] for path in (*lines, *sheet)])
    half = np.array([path.width for path in (*lines, *sheet)])[..., None]
    half *= SHEET_BULGE if sheet else 1.0
    corners = np.array([(flat - half).min(axis=(0, 1)), (flat + half).max(axis=(0, 1))])
    grid = Grid.around(corners, GROW_MM + ROOM_MM, STEP_MM)
    if node["kind"] == "muscle":
        # between two attachment curves the surface is all there is
        swelling = () if spanned else lines
        tip = _find_tip(node, sheet, axis)
        fleshy = _fork(sheet, node) if sheet else sheet
        belly = _clip_midline(_fill_belly(grid, swelling, fleshy, axis, tip), grid, lines, axis)
        cord = SHEET_ROUND_MM if _is_flat(node) else CORD_ROUND_MM
        parted = PARTED.get(node.get("base", "")) if sheet else None
        tendons = (
            _fill_slips(grid, sheet, axis, *parted)
            if parted
            else _fill_tendons(grid, lines, sheet, axis, cord)
        )
        tendons = _clip_midline(tendons, grid, lines, axis)
        if not sheet or node.get("base") not in INTO_TRACT:
            return StructureFields(node, lines, sheet, grid, belly, np.minimum(belly, tendons))
        ends = np.vstack([mix_rows(path.points, np.array(path.fleshy[1:])) for path in sheet])
        return StructureFields(node, lines, sheet, grid, belly, belly, ends=ends[:, [axis, 1]])
    swelling = () if spanned else lines
    whole = _clip_midline(_fill_tissue(grid, swelling, sheet, axis), grid, lines, axis)
    return StructureFields(node, lines, sheet, grid, None, whole)


def _fill_belly(
    grid: Grid,
    paths: Sequence[PullPath],
    sheet: Sequence[PullPath],
    axis: int,
    tip: float,
) -> np.ndarray:
    """Fill the fleshy part: spindles, and in a sheet the surface between them, see `TIPS_MM`."""
    spindles = []
    for path in paths:
        first, last = path.fleshy
        rows = np.unique(np.append(np.arange(first, last, 2), last))
        # in a sheet the surface between the lines makes the width, so a spindle only rounds it
        width = path.width[rows] * (SHEET_BULGE if sheet else 1.0)
        spindles.append((path.points[rows][:, [axis, 1]], width))
    field = fill_spindles(grid, spindles) if spindles else np.full(grid.shape, FAR_MM)
    if not sheet:
        return field
    inner = [mix_rows(path.points, _spread_rows(*path.fleshy))[:, [axis, 1]] for path in sheet]
    return np.minimum(field, fill_sheet(grid, inner) - _round_flesh(grid, inner, tip))


def _find_tip(node: Mapping[str, Any], sheet: Sequence[PullPath], axis: int) -> float:
    """Find over how much of its height a muscle's flesh draws to a point; see `TIPS_MM`."""
    ends = np.array([path.points[-1, [axis, 1]] for path in sheet])
    of_leg = node.get("region") in CORD_TIP_REGIONS and len(ends) > 0
    is_cord = of_leg and (node.get("base") in PARTED or _measure_width(ends) < CORD_WIDTH_MM)
    return TIPS_MM.get(node.get("base", ""), CORD_TIP_MM if is_cord else 0.0)


def _fork(sheet: Sequence[PullPath], node: Mapping[str, Any]) -> list[PullPath]:
    """Let the flesh of a muscle whose tendon parts end in points, see `FORKS`: least half-way
    between two cords."""
    depth = FORKS.get(node.get("base", ""), 0.0) * (STEPS - 1)
    if not depth:
        return list(sheet)
    count = PARTED[node["base"]][0]
    place = np.linspace(0, count - 1, len(sheet))
    sooner = depth * 2 * np.abs(place - place.round())
    return [
        replace(path, fleshy=(path.fleshy[0], path.fleshy[1] - less))
        for path, less in zip(sheet, sooner.tolist(), strict=True)
    ]


def _round_flesh(grid: Grid, lines: Sequence[np.ndarray], tip: float) -> np.ndarray | float:
    """Find how far flesh reaches round the surface between its flat lines at each height, mm."""
    if not tip:
        return SHEET_ROUND_MM
    lowest = min(line[-1, 1] for line in lines)
    return SHEET_ROUND_MM * np.clip((grid.nodes[1] - lowest) / tip, 0, 1)


def _spread_rows(first: float, last: float) -> np.ndarray:
    """Spread as many places as a path has rows evenly between two of them."""
    return first + (last - first) * ALONG


def _is_flat(node: Mapping[str, Any]) -> bool:
    """Ask whether the tendons of a muscle are flat sheets: those of the trunk are."""
    limb = node.get("region") in LEG_REGIONS | ARM_REGIONS
    return not limb or node.get("base") in INTO_TRACT


def _fill_tendons(
    grid: Grid, paths: Sequence[PullPath], sheet: Sequence[PullPath], axis: int, cord: float
) -> np.ndarray:
    """Fill what a muscle needs to reach from attachment to attachment."""
    flat = np.array([path.points[:, [axis, 1]] for path in (sheet or paths)])
    if sheet:
        is_cord = cord == CORD_ROUND_MM and _measure_width(flat[:, -1]) < CORD_WIDTH_MM
        return _fill_tapered(grid, flat) if is_cord else fill_sheet(grid, list(flat)) - cord
    if axis != FRONTAL:  # broad tendons are thin from the side
        paths = [replace(path, tendon=min(path.tendon, TENDON_THICKNESS_MM)) for path in paths]
    return fill_spindles(grid, chain.from_iterable(map(_list_tendons, flat, paths)))


def _measure_width(places: np.ndarray) -> float:
    """Measure how far flat places, shape (n, 2), reach at most from the first to another, mm."""
    return float(np.linalg.norm(places - places[0], axis=1).max())


def _fill_tapered(grid: Grid, lines: np.ndarray) -> np.ndarray:
    """Fill a tendon between lines that narrows to a tip where it ends."""
    row = round((1 - TIP_SHARE) * (STEPS - 1))
    middle = lines[:, row:].mean(axis=0)
    half = np.linalg.norm(lines[:, row] - middle[0], axis=1).max() + CORD_ROUND_MM
    whole = fill_sheet(grid, list(lines[:, : row + 1])) - CORD_ROUND_MM
    radii = np.linspace(half, TIP_MM, len(middle))
    return np.minimum(whole, fill_spindles(grid, [(middle, radii)]))


def _fill_slips(
    grid: Grid, sheet: Sequence[PullPath], axis: int, count: int, share: float, half: float
) -> np.ndarray:
    """Fill a tendon that parts at a share of its lines into slips of some half-width, each
    narrowing to its toe."""
    lines = np.array([path.points[:, [axis, 1]] for path in sheet])
    row = round(share * (STEPS - 1))
    whole = fill_sheet(grid, list(lines[:, : row + 1])) - CORD_ROUND_MM
    radii = np.linspace(half, SLIP_TIP_MM, STEPS - row)
    chosen = _choose_slips(sheet, axis, count)
    return np.minimum(whole, fill_spindles(grid, [(lines[at, row:], radii) for at in chosen]))


def _choose_slips(sheet: Sequence[PullPath], axis: int, count: int) -> list[int]:
    """Choose the lines of a tendon that become slips: evenly, but from the side only the outermost
    of those that end further behind each other than beside each other, as in a hand."""
    ends = np.array([path.points[-1] for path in sheet])
    spread = np.ptp(ends, axis=0)
    if axis != FRONTAL and spread[2 - axis] > spread[axis]:
        return [int(np.argmax(np.abs(ends[:, FRONTAL])))]
    last = len(sheet) - 1
    return np.linspace(0, last, count).round().astype(int).tolist() if count > 1 else [last // 2]


def _fill_tissue(
    grid: Grid, paths: Sequence[PullPath], sheet: Sequence[PullPath], axis: int
) -> np.ndarray:
    """Fill fascia, ligament or tendon."""
    bulge = SHEET_BULGE if sheet else 1.0
    spindles = [(path.points[::2, [axis, 1]], bulge * path.width[::2]) for path in paths]
    field = fill_spindles(grid, spindles)
    if not sheet:
        return field
    # thin where it begins; towards its end it only has no fibres
    begins = [_spread_rows(path.fleshy[0], len(path.points) - 1) for path in sheet]
    dense = [
        mix_rows(path.points, rows)[:, [axis, 1]] for path, rows in zip(sheet, begins, strict=True)
    ]
    return np.minimum(field, fill_sheet(grid, dense) - SHEET_ROUND_MM)


def _list_tendons(flat: np.ndarray, path: PullPath) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """List the stretches of a line whose flesh is thinner than a tendon, with a step of the flesh
    at either end, as spindles of a tendon's width at least."""
    width = path.width[::2]
    # between each two samples: whether one of them, or of their neighbours, is thin
    thin = np.convolve(width < path.tendon, np.ones(4))[2:-2] > 0
    turns = np.flatnonzero(np.diff(thin, prepend=False, append=False))
    for first, last in turns.reshape(-1, 2).tolist():
        stretch = slice(first, last + 1)
        yield flat[::2][stretch], np.maximum(width[stretch], path.tendon)


def _clip_midline(
    field: np.ndarray, grid: Grid, paths: Sequence[PullPath], axis: int
) -> np.ndarray:
    """Keep a muscle of one side on its side, so that left and right meet in a straight line."""
    across = np.concatenate([path.points[:, 2] for path in paths])
    if axis != FRONTAL or abs(across.mean()) < 5:
        return field  # of the midline, or seen from the side
    side = 1.0 if across.mean() > 0 else -1.0
    return np.maximum(field, 0.6 - side * grid.nodes[0]) if abs(across).max() > 2 else field


# ---- curves ----------------------------------------------------------------------------------


def _finish(fields: Mapping[str, StructureFields], axis: int) -> dict[str, Shape]:
    """Trace what structures fill, and give the curves their place in the body."""
    fields = {name: _part_heads(_cross_over(filled, axis), axis) for name, filled in fields.items()}
    traced = {name: list(_trace_curves(filled)) for name, filled in fields.items()}
    drawn = [curve for curves in traced.values() for curve in curves]
    simple = iter(
        simplify_loops(
            [loop for loops, _ in drawn for loop in loops],
            [tolerance for loops, tolerance in drawn for _ in loops],
        )
    )
    return {
        name: _make_shape(
            name, fields[name], [list(islice(simple, len(loops))) for loops, _ in curves], axis
        )
        for name, curves in traced.items()
    }


def _cross_over(fields: StructureFields, axis: int) -> StructureFields:
    """Take from a sheet's flesh the tendons that cross it from its first line to its last: from the
    side only its edge is seen, and that is whole."""
    shares = CROSSINGS.get(fields.node.get("base", ""), ()) if fields.sheet else ()
    if fields.belly is None or not shares or axis != FRONTAL:
        return fields
    rows = [round(share * (STEPS - 1)) for share in shares]
    lines = np.stack([path.points[rows][:, [axis, 1]] for path in fields.sheet], axis=1)
    bars = [(line, np.full(len(line), CROSSING_MM)) for line in lines]
    return replace(fields, belly=np.maximum(fields.belly, -fill_spindles(fields.grid, bars)))


def _part_heads(fields: StructureFields, axis: int) -> StructureFields:
    """Take from a sheet's flesh the furrows between its heads, of the face that most of it
    shows."""
    furrows = FURROWS.get(fields.node.get("base", ""), ()) if fields.sheet else ()
    if fields.belly is None or not furrows:
        return fields
    lines, areas = _measure_facing(fields.sheet, axis)
    strips = areas.sum(axis=1) * np.sign(areas.sum())
    seen = np.maximum(strips, 0)
    if seen.sum() - strips.sum() > TURNED_SHARE * seen.sum():
        return fields
    spindles = []
    for place, start, stop, half in furrows:
        at = place * (len(lines) - 1)
        number = min(int(at), len(lines) - 2)
        # of two heads that meet where a sheet turns away, one is out of sight
        if min(seen[:number].sum(), seen[number:].sum()) > HEAD_SHARE * seen.sum():
            rows = np.arange(round(start * STEPS), round(stop * STEPS))
            points = (lines[number] + (at - number) * (lines[number + 1] - lines[number]))[rows]
            spindles.append((points, _list_furrow_radii(len(rows), half, open_end=not start)))
    if not spindles:
        return fields
    return replace(fields, belly=np.maximum(fields.belly, -fill_spindles(fields.grid, spindles)))


def _list_furrow_radii(count: int, half: float, open_end: bool) -> np.ndarray:
    """List half of the breadth of a furrow along it: widest in its middle, or, where it begins
    between two slips, at that end; such a one runs out without an end in the light."""
    if open_end:
        return np.linspace(half, -LIGHTS[-1][1], count)
    return half * (FURROW_END + (1 - FURROW_END) * np.sin(np.pi * np.linspace(0, 1, count)))


def _trace_curves(fields: StructureFields) -> Iterator[tuple[list[np.ndarray], float]]:
    """Trace a structure, its belly, and the contours at some depth inside it, each with how far it
    may be simplified, mm."""
    # slips are as fine as cords, those for toes finer
    base = fields.node.get("base", "")
    plain = fields.sheet and base not in SLIPS
    smooth, tolerance = (1.8, 0.9) if plain else (1.0, 0.7)
    if fields.sheet and base in PARTED:
        whole = _smooth_above_slips(fields, PARTED[base][1], smooth)
        yield Contours(whole, fields.grid, SLIP_SMOOTH).trace_outline(), SLIP_TOLERANCE_MM
    else:
        yield _cut_off(fields, fields.whole, smooth).trace_outline(), tolerance
    if fields.belly is None:
        return
    yield _cut_off(fields, fields.belly, smooth).trace_outline(), tolerance
    depth = -float(fields.belly.min())
    contours = Contours(fields.belly, fields.grid, smooth)
    for share, most in LIGHTS:
        level = -min(share * depth, most)
        if fields.seam is not None:
            contours = _cut_off(fields, fields.belly, smooth, level)
        yield contours.trace(level, SMALLEST_LIGHT_MM2), 1.6 * tolerance


def _cut_off(
    fields: StructureFields, field: np.ndarray, smooth: float, level: float = 0.0
) -> Contours:
    """Smooth a field of a structure; at a level of it a part of a sheet ends sharply where the
    next part begins."""
    if fields.seam is None:
        return Contours(field, fields.grid, smooth)
    soft, seam = (scipy.ndimage.gaussian_filter(part, smooth) for part in (field, fields.seam))
    # what lies deep inside ends a little before it, to stay inside when both are simplified
    beyond = level + LIGHT_INSET_MM if level else 0.0
    return Contours(np.maximum(soft, seam + beyond), fields.grid, 0.0)


def _smooth_above_slips(fields: StructureFields, share: float, smooth: float) -> np.ndarray:
    """Smooth what a structure fills, by steps of its grid, above where its tendon parts."""
    row = round(share * (STEPS - 1))
    parting = max(path.points[row, 1] for path in fields.sheet)
    above = np.clip((fields.grid.nodes[1] - parting) / SLIP_FADE_MM, 0, 1)
    soft = scipy.ndimage.gaussian_filter(fields.whole, smooth)
    return above * soft + (1 - above) * fields.whole


def _make_shape(
    name: str, fields: StructureFields, outlines: Sequence[list[np.ndarray]], axis: int
) -> Shape:
    """Give the curves of a structure, from outside to inside, their place in the body."""
    samples = np.vstack([path.points for path in fields.lines])
    carriers = Carriers(samples, np.vstack([path.carriers for path in fields.lines]), axis, STEPS)
    lights = [loops for loops in outlines[2:] if max(map(len, loops), default=0) > FEWEST_OF_LIGHT]
    outline, *inner = carriers.carry([*outlines[:2], *lights])
    return Shape(
        name,
        fields.node["kind"],
        fields.layer,
        bool(fields.sheet) and _is_flat(fields.node),
        fields.out,
        outline,
        inner[0] if inner else None,
        tuple(inner[1:]),
        _draw_fibres(fields, axis),
    )


# ---- fibres ----------------------------------------------------------------------------------

# Lines of equally many points, shape (lines, n, 3), and how much each bone carries these.
Threads = tuple[np.ndarray, np.ndarray]
FIBRE_POINTS = 8
# Fascia whose fibres all run one way.
COMBED = frozenset({"external_oblique_aponeurosis", "iliotibial_tract"})
# Shorter ones are not drawn of it, mm: beside the rectus they would be the rungs of a ladder.
LEAST_COMBED_MM = 40.0
# How far beyond its spindle a muscle's fibres are looked for, mm.
WIDEST_GROWN_MM = 40.0


def _draw_fibres(fields: StructureFields, axis: int) -> Curves | None:
    """Draw thin lines along the fibres, inside the belly; fascia whose layers cross each other is a
    plain plate, and a sheet that is seen on edge shows none."""
    plain = fields.node["kind"] == "fascia" and fields.node.get("base") not in COMBED
    if fields.sheet and plain:
        return None
    if fields.sheet:
        return comb_sheet(fields.node.get("base", ""), fields.sheet, axis)
    threads = [_comb_spindle(path, fields, axis) for path in fields.paths]
    return join_lines(threads) if threads else None


def comb_sheet(
    base: str, sheet: Sequence[PullPath], axis: int, toward: np.ndarray | None = None
) -> Curves | None:
    """Draw lines along the fibres of a sheet.

    Parameters
    ----------
    base : str
        The structure's name without its side.
    sheet : sequence of PullPath
        Its lines from one edge to the other.
    axis : int
        Axis of the body that runs across the plane.
    toward : numpy.ndarray, optional
        For each line and row above 0 where the sheet looks toward the eye: draws the fibres of
        this face. By default those of the face that most of the sheet shows.

    Returns
    -------
    Curves or None
    """
    threads, rest, drawn = [], 0.5, 0
    shares, apart = CROSSINGS.get(base, ()), FIBRE_GAP_MM * COARSE.get(base, 1.0)
    for path, beside in _list_facing(sheet, axis, toward):
        # where lines lie closer than fibres, a fibre stands for several, cross or not
        gap = _measure_gap(path, beside, axis) / apart
        if gap > 1 and do_cross(path, beside, axis):
            places, rest = np.array([0.5]), 0.0
        else:
            # one gap after the last fibre, in whatever strip that was
            count = int(rest + gap)
            places, rest = (np.arange(1, count + 1) - rest) / gap, rest + gap - count
        if len(places):
            parts = zip(_part(path, shares), _part(beside, shares), strict=True)
            rows = _find_uncrowded(path, beside, axis, drawn + np.arange(len(places)))
            threads += [_comb_strip(part, other, places, rows) for part, other in parts]
            drawn += len(places)
    if base in COMBED:
        threads = [kept for kept in map(_keep_long, threads) if len(kept[0])]
    return join_lines(threads) if threads else None


def _keep_long(threads: Threads) -> Threads:
    """Keep the lines that are no shorter than `LEAST_COMBED_MM`."""
    points, carriers = threads
    is_long = np.linalg.norm(np.diff(points, axis=1), axis=2).sum(axis=1) >= LEAST_COMBED_MM
    return points[is_long], carriers[is_long]


def _list_facing(
    sheet: Sequence[PullPath], axis: int, toward: np.ndarray | None
) -> list[tuple[PullPath, PullPath]]:
    """List the strips of a sheet that show the face that looks toward the eye, or that most of it
    shows, along the longest way that they do: where it turns round the body, fibres of one face
    would cross those of the other."""
    _, areas = _measure_facing(sheet, axis)
    face = (areas if toward is None else areas * toward[:-1, :-1]).sum()
    facing, shown = areas * face >= 0, []
    for (path, beside), wide, fits in zip(pairwise(sheet), areas, facing, strict=True):
        if wide.sum() * face >= 0:
            turns = np.flatnonzero(np.diff(fits, prepend=False, append=False)).reshape(-1, 2)
            ends = turns[np.argmax(turns[:, 1] - turns[:, 0])].tolist()
            shown.append((_shorten(path, *ends), _shorten(beside, *ends)))
    return shown


def _measure_facing(sheet: Sequence[PullPath], axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Measure a sheet's flat lines, and twice the signed area of each field between two lines and
    two samples, by its diagonals: the sign says which face is seen."""
    flat = np.array([path.points[:, [axis, 1]] for path in sheet])
    first, second = flat[1:, 1:] - flat[:-1, :-1], flat[1:, :-1] - flat[:-1, 1:]
    return flat, first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]


def _shorten(path: PullPath, first: int, last: int) -> PullPath:
    """Let a line be flesh from one of its samples to another at most."""
    start, stop = path.fleshy
    return replace(path, fleshy=(max(start, first), min(stop, last)))


def _list_fibre_rows(first: np.ndarray | float, last: np.ndarray | float) -> np.ndarray:
    """List the rows of a path at which a fibre has its points, shape (..., FIBRE_POINTS)."""
    share = np.arange(FIBRE_POINTS) / (FIBRE_POINTS - 1)
    rows = np.multiply.outer(first, 1 - share) + np.multiply.outer(last, share) + 1 - 2 * share
    return np.minimum(np.maximum(rows.round().astype(int), 1), STEPS - 2)


def _measure_gap(path: PullPath, beside: PullPath, axis: int) -> float:
    """Measure how far two lines of a sheet lie apart where they are flesh, mm: lines that run the
    same way lie apart across it, even if one reaches further."""
    return float(_measure_apart(path, beside, _list_flesh_rows(path), axis).max())


def _list_flesh_rows(path: PullPath) -> np.ndarray:
    """List the rows at which a line is flesh, without its ends."""
    first, last = sorted(min(max(int(row), 1), STEPS - 2) for row in path.fleshy)
    return np.arange(first, last + 1)


def _measure_apart(path: PullPath, beside: PullPath, rows: np.ndarray, axis: int) -> np.ndarray:
    """Measure how far a line lies from another across its own way, at some rows, mm."""
    off = (beside.points - path.points)[rows][:, [axis, 1]]
    return np.abs((off * _find_normal(path, rows, axis)).sum(axis=1))


def _find_uncrowded(path: PullPath, beside: PullPath, axis: int, numbers: np.ndarray) -> np.ndarray:
    """Find between which rows each fibre of some numbers may run, see `CROWDED`; shape (2, n)."""
    inside = _list_flesh_rows(path)
    apart = _measure_apart(path, beside, inside, axis)
    least = np.array(CROWDED)[numbers % len(CROWDED)]
    free = apart >= least[:, None] * apart.max()
    return inside[np.array([free.argmax(axis=1), len(inside) - 1 - free[:, ::-1].argmax(axis=1)])]


def _comb_strip(path: PullPath, beside: PullPath, part: np.ndarray, within: np.ndarray) -> Threads:
    """Draw lines between two lines of a sheet, at shares of the way from one to the other, each
    within two rows."""
    first, last = (
        ((1 - part) * row + part * other).round()
        for row, other in zip(path.fleshy, beside.fleshy, strict=True)
    )
    first = np.maximum(first, np.minimum(within[0], last))
    last = np.minimum(last, np.maximum(within[1], first))
    rows, share = _list_fibre_rows(first, last), part[:, None, None]
    points = (1 - share) * path.points[rows] + share * beside.points[rows]
    return points, (1 - share) * path.carriers[rows] + share * beside.carriers[rows]


def _comb_spindle(path: PullPath, fields: StructureFields, axis: int) -> Threads:
    """Draw lines at even shares of a spindle's width; they draw together towards its tendons.

    A muscle of one line has fibres as far as its flesh has grown, one of several
    as far as each spindle reaches.
    """
    rows = _list_fibre_rows(*path.fleshy)
    normal = _find_normal(path, rows, axis)
    right = left = path.width[rows]
    if fields.belly is not None and len(fields.paths) == 1:
        flat, most = path.points[rows][:, [axis, 1]], path.width.max() + WIDEST_GROWN_MM
        right, left = measure_widths(fields, flat, normal, most)
    count = int(np.clip((right + left).max() / 8, 1, 9))
    share = np.linspace(-0.76, 0.76, count) if count > 1 else np.zeros(1)
    offsets = np.where(share[:, None] > 0, share[:, None] * right, share[:, None] * left)
    points = np.repeat(path.points[rows][None], count, axis=0)
    points[..., [axis, 1]] += offsets[..., None] * normal
    return points, np.repeat(path.carriers[rows][None], count, axis=0)


def _part(path: PullPath, shares: Sequence[float]) -> list[PullPath]:
    """Part a line where tendons cross it, at shares of its length: the flesh between them."""
    first, last = path.fleshy
    rows = [first, *(round(share * (STEPS - 1)) for share in shares), last]
    return [replace(path, fleshy=ends) for ends in pairwise(rows)]


def _find_normal(path: PullPath, rows: np.ndarray, axis: int) -> np.ndarray:
    """Across a path in the picture plane, of length 1, shape (rows, 2)."""
    along = (path.points[rows + 1] - path.points[rows - 1])[:, [axis, 1]]
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    return normal / (np.hypot(*along.T) + 1e-9)[:, None]
