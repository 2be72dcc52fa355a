"""How muscles fill the room that a body gives them: side by side without gaps, out to the skin.

A line of pull says where a muscle is and how bulky; it does not say which edge it
shares with its neighbour. First, neighbours of a layer that lie close meet half-way.
Then, in the limbs, each place between the bones that lie bare and the skin goes to
the muscle that is nearest, as far as flesh reaches there.
All lengths are millimetres.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.views.body.outline.fields import (
    FAR_MM,
    Grid,
    fill_polygon,
    fill_spindles,
)
from musclechain.views.body.outline.forms import SKIN_MM, Chain
from musclechain.views.body.outline.lines import PullPath

__all__ = [
    "ARM_REGIONS",
    "GROW_MM",
    "ROOM_MM",
    "LEG_REGIONS",
    "TRUNK_REGIONS",
    "TUCK_STEPS",
    "Floor",
    "Room",
    "Sleeve",
    "StructureFields",
    "close_gaps",
    "fill_rooms",
    "find_front_layer",
    "find_front_place",
    "find_side_place",
    "lay_out",
    "measure_widths",
]

# Muscles of one layer that lie closer than twice this grow together: between them there is no gap
# in a body.
GROW_MM = 9.0
MEET_MM = 0.4
# Flesh whose fibres run on in a flat tendon of another does not grow so near to their ends: it
# pales, and has no edge there that could meet another's.
PALING_MM = 24.0
# A structure's window reaches this much further than it can grow: where smoothing looks.
ROOM_MM = 8.0
# The deepest muscles that a limb's surface counts as its own; what lies deeper is covered.
LEAST_LAYER = 2
# From the side a muscle of a higher layer lies outside of one that reaches this much further to the
# side, mm a layer.
LAYER_MM = 14.0
# What lies less far out, counted like this, is of the inner face of the thigh: from the side it is
# covered.
INNER_MM = 110.0
# From the back and the front what lies under (-1) or over (1) the others of its layer: the upper
# edge of the latissimus runs under the trapezius and the teres major, the levator scapulae under
# splenius and rhomboids, the descending part of the trapezius goes on over the shoulder to the
# collar bone, and the deltoid passes over what ends at the arm, as the pronator teres does over the
# end of the brachialis; the psoas crosses the inner border of the iliacus, and the linea alba is
# what the sheets of both sides end in. The vastus lateralis lies under the iliotibial tract, which
# is seen on edge along the outer border of the thigh. The adductor longus lies over the inner
# border of the pectineus.
WITHIN_LAYER = {
    "latissimus_dorsi": -1,
    "levator_scapulae": -1,
    "trapezius_descending_part": -1,
    "rectus_abdominis": -1,
    "vastus_lateralis": -1,
    "pectineus": -1,
    "serratus_anterior": 1,
    "deltoid": 1,
    "pronator_teres": 1,
    "psoas_major": 1,
    "linea_alba": 1,
    "teres_minor": 1,
}
# Behind the knee the calf rises between the hamstrings: its heads lie under all of them, and still
# over the soleus. Levels of these between the layers of the others.
BEHIND_KNEE = {
    "gastrocnemius_medial_head": 3.3,
    "gastrocnemius_lateral_head": 3.3,
    "semimembranosus": 3.6,
    "biceps_femoris_short_head": 3.6,
}
LEG_REGIONS = frozenset({"hip", "thigh", "calf"})
# What passes outside of a muscle whose middle lies further out, or (below 0) inside, mm: the
# trapezius covers the shoulder blade and its muscles, the rhomboids the serratus, whose slips lie
# over those of the external oblique, the thoracolumbar fascia the long back muscles; the sheet of
# the external oblique and the rectus in its sheath lie outside of the internal oblique; both heads
# of the biceps femoris pass the calf's outer head; the calcaneal tendon covers the soleus, whose
# fibres end on it from within.
OUTSIDE_MM = {
    "sternocleidomastoid": 110.0,
    "trapezius_descending_part": 85.0,
    "trapezius_transverse_part": 65.0,
    "trapezius_ascending_part": 75.0,
    "rhomboid_minor": 80.0,
    "rhomboid_major": 80.0,
    "deltoid": 60.0,
    "biceps_femoris_short_head": 30.0,
    "biceps_femoris_long_head": 20.0,
    "achilles_tendon": 8.0,
    "gluteus_maximus": 55.0,
    "pectoralis_major": 10.0,
    "latissimus_dorsi": 8.0,
    "external_oblique": -22.0,
    "external_oblique_aponeurosis": 28.0,
    "rectus_abdominis": 28.0,
    "thoracolumbar_fascia": 30.0,
}
ARM_REGIONS = frozenset({"shoulder"})
TRUNK_REGIONS = frozenset({"abdomen", "lumbar", "thoracic", "shoulder", "neck"})
# Here the flat tendons of broad muscles, and fascia, lie bare.
PLATE_REGIONS = frozenset({"thoracic", "lumbar", "abdomen"})
# How far about what a muscle gained its edge is measured anew, steps.
SEAM_STEPS = 2
# How far what a muscle gained reaches under one that lies over it, so that no gap shows, steps.
TUCK_STEPS = 4


@dataclass(frozen=True)
class StructureFields:
    """A structure on its way to a shape: its fields on a window of the common grid.

    Attributes
    ----------
    node : mapping
        Its data in the graph.
    paths, sheet : sequence of PullPath
        Its lines, and those that span its surface, if it has one.
    grid : Grid
    belly : numpy.ndarray or None
        Signed distance to its flesh, mm; None for fascia, ligament and tendon.
    whole : numpy.ndarray
        Signed distance to all of it, mm.
    seam : numpy.ndarray or None
        Signed distance to where the other parts of its sheet begin, mm, if these are in its belly
        and its whole too; see `joined`.
    ends : numpy.ndarray or None
        Flat places where its fibres run on in a flat tendon of another, shape (n, 2).
    """

    node: Mapping[str, Any]
    paths: Sequence[PullPath]
    sheet: Sequence[PullPath]
    grid: Grid
    belly: np.ndarray | None
    whole: np.ndarray
    seam: np.ndarray | None = None
    ends: np.ndarray | None = None

    @property
    def layer(self) -> int:
        """1 deepest to 4 superficial."""
        return int(self.node.get("layer", 1))

    @property
    def lines(self) -> Sequence[PullPath]:
        """The lines that stand for all of it: of its surface, if it has one."""
        return self.sheet or self.paths

    @property
    def is_spanned(self) -> bool:
        """Whether attachment curves say where all of it lies: it fills no room beyond."""
        return bool(self.sheet) and "insertion" in self.node.get("attachments", {})

    @property
    def out(self) -> float:
        """Mean distance of its lines from the midplane of the body, mm."""
        return float(np.mean([np.abs(path.points[:, 2]).mean() for path in self.lines]))

    def find_share(self, bones: Sequence[int]) -> float:
        """How much of its lines some bones carry, 0 to 1."""
        return float(np.mean([path.carriers[:, bones].sum(axis=1).mean() for path in self.lines]))

    def can_meet(self, other: "StructureFields") -> bool:
        """Ask whether two muscles lie side by side, and not one over the other."""
        return (
            self is not other
            and abs(other.layer - self.layer) <= 1
            and (other.node.get("view") == "deep") == (self.node.get("view") == "deep")
        )

    def is_seen(self, face: str) -> bool:
        """Ask whether a face of the body shows it as a part of its surface: back, front or side."""
        view = self.node.get("view", "both")
        if face == "side":
            inner = INNER_MM if self.node.get("region") in LEG_REGIONS else 0.0
            return find_side_place(self.node, self.out) > (True, inner)
        return view in (face, "both") and self.layer >= LEAST_LAYER


def find_front_layer(node: Mapping[str, Any]) -> float:
    """Layer of a structure among those that it lies with, seen from the back or the front."""
    return BEHIND_KNEE.get(node.get("base", ""), int(node.get("layer", 1)))


def find_front_place(node: Mapping[str, Any], rank: int) -> tuple[bool, float, bool, int, int]:
    """Place of a structure between the deepest (least) and the one that lies over all, seen from
    the back or the front; of two of a layer the one of the lower rank lies over the other."""
    deep, tendon = node.get("view") == "deep", node["kind"] == "tendon"
    within = WITHIN_LAYER.get(node.get("base", ""), 0)
    return not deep, find_front_layer(node), tendon, within, -rank


def find_side_place(node: Mapping[str, Any], out: float) -> tuple[bool, float]:
    """The same seen from the side: the further out (mm), the later; the deep ones lie under all
    others."""
    outside = OUTSIDE_MM.get(node.get("base", ""), 0.0)
    far = out + LAYER_MM * int(node.get("layer", 1)) + outside
    # two that lie equally far keep their order, whatever the last digits of a machine are
    return node.get("view") != "deep", round(far, 6)


# ---- neighbours ------------------------------------------------------------------------------


def close_gaps(
    fields: Mapping[str, StructureFields], names: Iterable[str]
) -> dict[str, StructureFields]:
    """Let neighbouring muscles of a layer meet half-way where there is little room between them.

    Parameters
    ----------
    fields : mapping of str to StructureFields
    names : iterable of str
        Which of them to grow.

    Returns
    -------
    dict of str to StructureFields
        Of `names`.
    """
    others = list(fields.values())
    low = np.array([(other.grid.row, other.grid.column) for other in others])
    high = low + [other.grid.shape for other in others]
    closed = {}
    for name in names:
        grid = fields[name].grid
        corner = np.array([grid.row, grid.column])
        near = ((low < corner + grid.shape) & (high > corner)).all(axis=1)
        closed[name] = _grow(fields[name], [others[number] for number in np.flatnonzero(near)])
    return closed


def _grow(fields: StructureFields, others: Iterable[StructureFields]) -> StructureFields:
    """Let a muscle grow towards others, as far as they had reached before they grew."""
    if fields.belly is None:
        return fields
    beside = np.full(fields.grid.shape, FAR_MM)
    for other in others:
        mine, theirs = fields.grid.overlap(other.grid)
        if mine is not None and other.belly is not None and fields.can_meet(other):
            np.minimum(beside[mine], other.belly[theirs], out=beside[mine])
    gap = fields.belly + beside
    # fades out where the gap gets wide, so that no step is left
    share = np.minimum(np.maximum((2 * GROW_MM - gap) / GROW_MM, 0), 1)
    if fields.ends is not None:
        near = fill_spindles(fields.grid, [(fields.ends, np.full(len(fields.ends), PALING_MM))])
        share *= np.minimum(1 + near / PALING_MM, 1)
    belly = fields.belly - share * np.maximum(gap / 2 + MEET_MM, 0)
    return replace(fields, belly=belly, whole=np.minimum(fields.whole, belly))


# ---- rooms -----------------------------------------------------------------------------------


class Sleeve(NamedTuple):
    """Where along a bone flesh reaches how far from the nearest muscle.

    Attributes
    ----------
    start, stop : numpy.ndarray, shape (2,)
        Flat ends of the bone, mm.
    shares : sequence of float
        Places along it, 0 at the start and 1 at the stop.
    reach : sequence of float
        How far a muscle grows there, mm; straight between, and as at the ends beyond.
    """

    start: np.ndarray
    stop: np.ndarray
    shares: Sequence[float]
    reach: Sequence[float]

    def find_reach(self, grid: Grid) -> np.ndarray:
        """How far a muscle grows at each node, mm."""
        across, up = grid.nodes
        along = self.stop - self.start
        share = ((across - self.start[0]) * along[0] + (up - self.start[1]) * along[1]) / (
            along @ along
        )
        return np.interp(share, self.shares, self.reach)


@dataclass(frozen=True)
class Room:
    """A part of the right side in the picture plane: what its muscles fill.

    Attributes
    ----------
    regions : frozenset of str
        Of the muscles that fill it.
    chains : sequence of Chain
    polygons : sequence of numpy.ndarray
        Forms of its skin; flesh ends `SKIN_MM` under it.
    sleeves : sequence of Sleeve
    carried : tuple of (tuple of int, float, float)
        Numbers of bones, and the least and the most of a muscle's lines that these carry.
    bare : mapping of str to sequence of numpy.ndarray
        For each face, flat outlines of what no muscle grows over there.
    clear : mapping of str to sequence of numpy.ndarray
        For each face, outlines of bone right under the skin: a muscle of that face alone draws
        back from it.
    """

    regions: frozenset[str]
    chains: Sequence[Chain]
    polygons: Sequence[np.ndarray]
    sleeves: Sequence[Sleeve]
    carried: tuple[tuple[int, ...], float, float] = ((), 0.0, 1.0)
    bare: Mapping[str, Sequence[np.ndarray]] = field(default_factory=dict)
    clear: Mapping[str, Sequence[np.ndarray]] = field(default_factory=dict)

    def holds(self, fields: StructureFields) -> bool:
        """Ask whether a structure is a muscle that fills the room."""
        bones, least, most = self.carried
        return (
            fields.belly is not None
            and fields.node.get("region") in self.regions
            and least <= fields.find_share(bones) <= most
        )


class Floor(NamedTuple):
    """A room laid out on the common grid.

    Attributes
    ----------
    room : Room
    grid : Grid
        Where its muscles can grow.
    reach : numpy.ndarray
        How far they grow there, mm; 0 outside of the flesh.
    bare : mapping of str to numpy.ndarray of bool
        For each face, where none grows.
    clear : mapping of str to sequence of (Grid, numpy.ndarray)
        For each face, the signed distance to bones from which muscles draw back, mm.
    """

    room: Room
    grid: Grid
    reach: np.ndarray
    bare: Mapping[str, np.ndarray]
    clear: Mapping[str, Sequence[tuple[Grid, np.ndarray]]]


class _Surface(NamedTuple):
    """What is seen of a room's muscles on one face.

    Attributes
    ----------
    owner : numpy.ndarray of int
        For each node the number of the muscle that has it, or -1.
    gained : numpy.ndarray of bool
        Nodes that a muscle has only since it grew.
    depth : numpy.ndarray
        Distance to where the owner changes, mm.
    """

    owner: np.ndarray
    gained: np.ndarray
    depth: np.ndarray


def lay_out(room: Room, faces: Sequence[str], step: float) -> Floor:
    """Lay a room out on the common grid.

    Parameters
    ----------
    room : Room
    faces : sequence of str
        back and front, or side.
    step : float
        Of the grid, mm.
    """
    corners = [points + sign * radii[:, None] for points, radii in room.chains for sign in (1, -1)]
    grid = Grid.around(np.vstack([*corners, *room.polygons]), ROOM_MM, step)
    reach = np.max([sleeve.find_reach(grid) for sleeve in room.sleeves], axis=0)
    if "side" not in faces:  # what belongs to one side ends at the midline
        reach[:, grid.nodes[0][0] < MEET_MM] = 0.0
    grid, inner = grid.crop(reach > 0)
    reach = reach[inner]
    flesh = fill_spindles(grid, room.chains)
    for polygon in room.polygons:
        np.minimum(flesh, fill_polygon(grid, polygon), out=flesh)
    # seen from within, the grid's rim is no skin
    depth = (
        scipy.ndimage.distance_transform_edt(np.pad(flesh < 0, 1, mode="edge"))[1:-1, 1:-1] * step
    )
    reach[depth < SKIN_MM] = 0.0
    bare = {face: np.zeros(grid.shape, bool) for face in faces}
    for face, loops in room.bare.items():
        for loop in loops:
            window, field = _fill_loop(loop, step)
            mine, theirs = grid.overlap(window)
            if mine is not None:
                bare[face][mine] |= field[theirs] < 0
    clear = {face: [_fill_loop(loop, step) for loop in room.clear.get(face, ())] for face in faces}
    return Floor(room, grid, reach, bare, clear)


def _fill_loop(loop: np.ndarray, step: float) -> tuple[Grid, np.ndarray]:
    """Measure the signed distance to a closed curve on a window round it."""
    window = Grid.around(loop, ROOM_MM, step)
    return window, fill_polygon(window, loop)


def fill_rooms(
    fields: Mapping[str, StructureFields],
    names: Container[str],
    floors: Iterable[Floor],
    faces: Sequence[str],
) -> dict[str, StructureFields]:
    """Let muscles fill their rooms.

    Parameters
    ----------
    fields : mapping of str to StructureFields
        Of one side, from the deepest to the one that lies over all; those of the left mirrored.
    names : container of str
        Which of them to grow.
    floors : iterable of Floor
    faces : sequence of str
        back and front, or side.

    Returns
    -------
    dict of str to StructureFields
        Of all.
    """
    filled = dict(fields)
    for floor in floors:
        inside = {name: filled[name] for name in fields if floor.room.holds(filled[name])}
        if any(name in names for name in inside):
            others = [filled[name] for name in fields if name not in inside]
            filled |= _fill_room(inside, others, names, floor, faces)
    return filled


def _fill_room(
    fields: Mapping[str, StructureFields],
    others: Sequence[StructureFields],
    names: Container[str],
    floor: Floor,
    faces: Sequence[str],
) -> dict[str, StructureFields]:
    grid, covering = floor.grid, [*fields.values(), *others]
    seen = {face: _list_seen(fields, face, grid) for face in faces}
    grown = dict(fields)
    # of no muscle, the last of all numbers: see `_list_seen`
    grows = np.array([*(not filled.is_spanned for filled in fields.values()), False])
    for face in faces:
        free = (seen[face] < 0) & ~floor.bare[face] & ~_cover(face, grid, covering)
        surface = _divide(free, grid, floor.reach, seen[face], grows)
        for number, (name, filled) in enumerate(fields.items()):
            if name not in names or filled.is_spanned:
                continue
            gained = surface.gained & (surface.owner == number)
            over = surface.owner > number
            if filled.node.get("view", "both") == "both":
                # what grows on both faces must not cover what the other one shows
                for other in faces:
                    shown = (seen[other] < 0) | (seen[other] >= number)
                    gained &= shown
                    over &= shown
            gained &= _hang_together(gained, filled, grid)
            if gained.any():
                own = gained | (seen[face] == number)
                grown[name] = _join(grown[name], grid, surface.depth, own, gained, over)
        for window, bone in floor.clear[face]:
            for name in fields:
                if name in names and fields[name].node.get("view") == face:
                    grown[name] = _draw_back(grown[name], window, bone)
    return grown


def _draw_back(fields: StructureFields, grid: Grid, bone: np.ndarray) -> StructureFields:
    """Take a muscle's flesh from over a bone."""
    mine, theirs = fields.grid.overlap(grid)
    if mine is None or fields.belly is None:
        return fields
    belly, whole = fields.belly.copy(), fields.whole.copy()
    # tendons stay, so that only where it was flesh the whole goes too
    fleshy = belly[mine] < grid.step
    np.maximum(belly[mine], -bone[theirs], out=belly[mine])
    np.maximum(whole[mine], -bone[theirs], out=whole[mine], where=fleshy)
    return replace(fields, belly=belly, whole=whole) if belly.min() < 0 else fields


def _list_seen(fields: Mapping[str, StructureFields], face: str, grid: Grid) -> np.ndarray:
    """Number, for each node, the muscle that a face shows there; -1 for none."""
    seen = np.full(grid.shape, -1)
    for number, filled in enumerate(fields.values()):
        mine, theirs = grid.overlap(filled.grid)
        if mine is not None and filled.is_seen(face):
            assert filled.belly is not None
            seen[mine][filled.belly[theirs] < 0] = number
    return seen


def _cover(face: str, grid: Grid, structures: Iterable[StructureFields]) -> np.ndarray:
    """Mark what flat tendons and fascia of the trunk cover on a face."""
    covered = np.zeros(grid.shape, bool)
    for filled in structures:
        mine, theirs = grid.overlap(filled.grid)
        plate = bool(filled.sheet) and filled.node.get("region") in PLATE_REGIONS
        if mine is not None and plate and filled.is_seen(face):
            covered[mine] |= filled.whole[theirs] < 0
    return covered


def _divide(
    free: np.ndarray, grid: Grid, reach: np.ndarray, seen: np.ndarray, grows: np.ndarray
) -> _Surface:
    """Give each free node of a face to the nearest muscle in reach, of those that grow."""
    owner = seen.copy()
    far, nearest = scipy.ndimage.distance_transform_edt(~grows[owner], return_indices=True)
    gained = free & (far * grid.step < reach)
    owner[gained] = owner[nearest[0], nearest[1]][gained]
    edge = np.zeros(grid.shape, bool)
    for before, after in (
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
    ):
        differ = owner[before] != owner[after]
        edge[before] |= differ
        edge[after] |= differ
    depth = (scipy.ndimage.distance_transform_edt(~edge) + 0.5) * grid.step
    return _Surface(owner, gained, depth)


def _hang_together(gained: np.ndarray, fields: StructureFields, grid: Grid) -> np.ndarray:
    """Mark the parts of what a muscle gained that touch its own flesh."""
    window, inner = grid.crop(gained)
    parts, count = scipy.ndimage.label(gained[inner])
    mine, theirs = window.overlap(fields.grid)
    held = np.zeros(gained.shape, bool)
    if not count or mine is None or fields.belly is None:
        return held
    touching = np.unique(parts[mine][fields.belly[theirs] < 2 * grid.step])
    held[inner] = np.isin(parts, touching[touching > 0])
    return held


def _join(
    fields: StructureFields,
    grid: Grid,
    depth: np.ndarray,
    own: np.ndarray,
    gained: np.ndarray,
    over: np.ndarray,
) -> StructureFields:
    """Give a muscle what it gained, and a strip under what lies over it there; in what is its own,
    its depth is measured from its new edge."""
    rows, columns = (np.flatnonzero(gained.any(axis=other)) for other in (1, 0))
    margin = int(ROOM_MM / grid.step) + 1
    window = fields.grid.reach_to(
        grid.row + int(rows[0]) - margin,
        grid.column + int(columns[0]) - margin,
        grid.row + int(rows[-1]) + margin + 1,
        grid.column + int(columns[-1]) + margin + 1,
    )
    assert fields.belly is not None
    belly, whole = (window.embed(part, fields.grid) for part in (fields.belly, fields.whole))
    mine, theirs = window.overlap(grid)
    assert mine is not None and theirs is not None
    seam = scipy.ndimage.binary_dilation(gained[theirs], iterations=SEAM_STEPS)
    edge = np.where(seam, depth[theirs], FAR_MM)
    edge[own[theirs]] = -depth[theirs][own[theirs]]
    tucked = scipy.ndimage.binary_dilation(gained[theirs], iterations=TUCK_STEPS) & over[theirs]
    edge[tucked] = -grid.step
    belly[mine] = np.minimum(belly[mine], edge)
    return replace(fields, grid=window, belly=belly, whole=np.minimum(whole, belly))


def measure_widths(
    fields: StructureFields, points: np.ndarray, normals: np.ndarray, most: float
) -> Iterator[np.ndarray]:
    """Measure how far the flesh reaches from flat points along their normals, and then against
    them, at most so many mm; shape (n,) each."""
    belly, grid = fields.belly, fields.grid
    assert belly is not None
    rungs = np.arange(0, most, grid.step)
    for sign in (1, -1):
        places = points[:, None] + sign * rungs[:, None] * normals[:, None]
        nodes = np.rint(places / grid.step - [grid.column, grid.row]).astype(int)
        nodes = np.clip(nodes, 0, [grid.shape[1] - 1, grid.shape[0] - 1])
        inside = belly[nodes[..., 1], nodes[..., 0]] < 0
        yield np.cumprod(inside, axis=1).sum(axis=1) * grid.step
