"""Put the picture of the body together: for each view, what lies over what.

Structures, skin and bones are curves that two bones carry each vertex of, so
that a posture moves the picture without computing it again.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.views.body.outline.bones import draw_front_bones, draw_side_bones
from musclechain.views.body.outline.curves import (
    ACROSS,
    FRONTAL,
    SAGITTAL,
    Anchor,
    Curves,
    Piece,
    find_anchor,
)
from musclechain.views.body.outline.flesh import find_front_layer, find_front_place, find_side_place
from musclechain.views.body.outline.forms import Skins
from musclechain.views.body.outline.front import (
    draw_front_skin,
    draw_hollows,
    draw_navel,
    draw_shins,
    draw_soles,
    dress_hands,
    dress_heels,
    dress_toes,
    list_front_rooms,
)
from musclechain.views.body.outline.hands import draw_side_fingers
from musclechain.views.body.outline.heads import draw_front_head, draw_side_head
from musclechain.views.body.outline.kept import Kept, KeptView, build_changed, find_kept_view
from musclechain.views.body.outline.lines import (
    PullPath,
    read_paths,
    read_sheets,
)
from musclechain.views.body.outline.nerves import Course, Cover, draw_nerves, split_nerves
from musclechain.views.body.outline.relief import draw_clefts, draw_relief, look_toward
from musclechain.views.body.outline.retinacula import draw_retinacula, draw_wrist_bands
from musclechain.views.body.outline.shapes import Shape, comb_sheet
from musclechain.views.body.outline.shoulders import HUMERUS_LAYER, dress_shoulders
from musclechain.views.body.outline.side import (
    draw_ear,
    draw_side_arm_skin,
    draw_side_hand,
    draw_side_skin,
    draw_side_toes,
    list_side_rooms,
)
from musclechain.views.body.outline.sight import (
    STEP_MM,
    Mask,
    Seen,
    Sight,
    find_sights,
    lay_out_masks,
)
from musclechain.views.body.outline.standing import Standing, read_standing

__all__ = ["SOLID_REGIONS", "Drawing", "Group", "build_drawing", "read_shape"]

# Parts of the body that hide what lies behind them, but for the arm: nothing from the other side is
# drawn there.
SOLID_REGIONS = frozenset({"pelvis", "abdomen", "lumbar", "thoracic", "shoulder", "head"})
# Fascia and flat tendons with a look of their own, by its role: over the columns beside the spine a
# pale plate with a crisp edge, which lets hardly a tint of them through; on the outer thigh a pale
# band; over the groin a sheet whose lower edge, the inguinal ligament, is a line, and which hardly
# lets the two sheets under it be seen, since their fibres cross its own. Theirs is a pale sheath as
# far as the belly seam, so that their flesh does not seem to end at a free edge. The parts of the
# trapezius begin in one white lens round the spine of C7, which hides what lies under it;
# the aponeurosis of the palm is a quiet fan, whose edge is no cord's.
SEE_THROUGH = {
    "thoracolumbar_fascia": "veil",
    "iliotibial_tract": "band",
    "nuchal_ligament": "plate",
    "external_oblique_aponeurosis": "sheer",
    "internal_oblique": "sheath",
    "transversus_abdominis": "sheath",
    "palmaris_longus": "fan",
    "trapezius_descending_part": "aponeurosis",
    "trapezius_transverse_part": "aponeurosis",
    "trapezius_ascending_part": "aponeurosis",
}
# Roles of the flat tendons of muscles.
FLAT_TENDONS = frozenset({"sheet", "sheath", "aponeurosis"})
# The sheath of the rectus, which the aponeuroses of the oblique muscles make, lies thin over it.
SHEATHED = "rectus_abdominis"
# Left, top, width and height of each view's picture, mm.
FRAMES = {
    "back": (-378, -1805, 756, 1790),
    "front": (-378, -1805, 756, 1790),
    "left": (-104, -1805, 556, 1790),
    "right": (-452, -1805, 556, 1790),
}
# From the side the arm would hide the trunk, so there it is drawn this far back: the hand, all but
# its thumb, then lies behind the buttock.
ARMS_BACK_DEG = 14.0
# From the back and the front an arm that hangs straight down would lie against the flank: there it
# is drawn this far out, so that the armpit opens below the edge of the chest.
ARMS_OUT_DEG = 5.0
# What the arm carries to more than this share lies over the trunk.
OVER_TRUNK = 0.6
# The palm reaches this far above the roots of its fingers, mm.
HAND_UP_MM = 80.0
# It covers the upper end of the arm's skin.
CAP = "deltoid"
# What bones cover from the side: the shoulder blade what lies between it and the ribs, the hip bone
# what lies within the pelvis, bones of the leg what comes to them from the inner side or from
# behind, the jaw what ends at the base of the skull inside of it.
BEHIND_BLADE = frozenset({"subscapularis"})
BEHIND_HIP = frozenset({"iliacus", "psoas_major"})
BEHIND_LEG = frozenset(
    {
        "piriformis",
        "obturator_internus",
        "obturator_externus",
        "gemellus_superior",
        "gemellus_inferior",
        "quadratus_femoris",
        "pectineus",
        "adductor_longus",
        "adductor_brevis",
        "adductor_magnus",
        "adductor_magnus_ischiocondylar_part",
        "gracilis",
        "sartorius",
        "semimembranosus",
        "semitendinosus",
        "popliteus",
        "flexor_digitorum_longus",
    }
)
BEHIND_JAW = frozenset({"longus_capitis", "longus_colli"})
# From the back these lie under others of their layer, over what has this one: under all hamstrings
# the vastus, which turns forward from the outer lip of the femur, and the tract on its outer face;
# under the humerus the teres major, which ends on its front; over the humerus, under the triceps,
# the long radial extensor, which rises from the ridge before it. Under the heel the fibularis
# longus, which turns to the sole before it, and under the forefoot the brevis, which runs to its
# edge, and the fascia of the sole.
UNDER_BACK = {
    "vastus_lateralis": 1,
    "iliotibial_tract": 1,
    "teres_major": HUMERUS_LAYER,
    "fibularis_longus": 2,
    "fibularis_brevis": 1,
    "plantar_fascia": 1,
    "extensor_carpi_radialis_longus": HUMERUS_LAYER + 0.5,
}
# From the front these lie behind all bones of the leg: their tendons pass behind the outer
# malleolus and under the edge of the foot.
UNDER_FRONT = frozenset({"fibularis_longus", "fibularis_brevis"})
GIRDLE_BONES = ("shoulder_girdle",)
LEG_BONES = ("thigh", "shank", "foot")
# What shows past a limb from its other side: the layers from this one up, and a deep muscle that
# lies under the skin behind the inner border of the tibia.
BEHIND_LAYER = 3
BEHIND_BORDER = frozenset({"flexor_digitorum_longus"})


@dataclass(frozen=True)
class Group:
    """What is drawn together: a structure, a nerve, a bone, or the skin.

    Attributes
    ----------
    curves : tuple of (str, Curves)
        Role and curves, from below to above. Roles: skin, far (a limb of the
        far side), bone, hollow (in a bone), fat (between muscles),
        tendon, aponeurosis (flat), fan (of the palm), sheet and sheath (flat tendons, seen
        through), tissue, plate, sheer, band and veil (fascia, the last seen through),
        strap, core and hem (a band over tendons),
        crease (an edge of the skin within it), face, crown and cap (of the head), sole,
        belly, light, fibres, furrow and ridge (on a sheet, of what lies under it),
        cleft (between heads), fade (where flesh runs on in fascia), film (where fascia is thin),
        those of `nerves`, and patch and root of `patches`.
    structure, nerve : str
        Id, or empty.
    layer : int
        1 deepest to 4 superficial; 0 for what has none.
    behind : bool
        Belongs to the other side of the body and only shows past the rest.
    anchor : Anchor or None
        Where a mark of it belongs; None for bones and skin.
    sight : Sight or None
        Where its name points; None for what has none or is nowhere in sight.
    supply : str
        Id of the patch of skin or the root that it is, see `patches`; or empty.
    """

    curves: tuple[tuple[str, Curves], ...]
    structure: str = ""
    nerve: str = ""
    layer: int = 0
    behind: bool = False
    anchor: Anchor | None = None
    sight: Sight | None = None
    supply: str = ""

    @property
    def mark(self) -> Anchor:
        """Where its mark belongs; only what has a name has one."""
        if self.anchor is None:
            raise ValueError("A group without a structure or nerve has no place for a mark.")
        return self.anchor


@dataclass(frozen=True)
class Drawing:
    """Everything the body map draws.

    Attributes
    ----------
    bones : tuple of str
        What `Curves.bones` counts.
    views : dict of view to tuple of Group
        From the back to the front of the picture; views that show the same curves share them.
    frames : dict of view to (left, top, width, height)
        Millimetres of the picture plane, y downward.
    marks : dict of str to (str, numpy.ndarray)
        Bone and place (mm, healthy standing) of landmarks: ``shoulder_left``, ``crest_left``,
        ``hip_left``, ``knee_left``, ``ankle_left``, their right twins, ``ear``, ``neck_base`` and
        ``low_back``.
    shapes : dict of (axis, structure) to Shape
        Empty for a drawing that was read from the store.
    skins : dict of str to Curves
        Outlines of the skin, part by part, by a name of what they come from.
    """

    bones: tuple[str, ...]
    views: dict[str, tuple[Group, ...]]
    frames: dict[str, tuple[int, int, int, int]] = field(default_factory=lambda: dict(FRAMES))
    marks: dict[str, tuple[str, np.ndarray]] = field(default_factory=dict)
    shapes: dict[tuple[int, str], Shape] = field(default_factory=dict)
    skins: Skins = field(default_factory=dict)

    def find_depth(self, structure: str) -> int:
        """Find the uppermost layer that may be drawn while a structure is in sight in some view:
        4 for one that nothing covers, 1 for one that is nowhere in sight."""
        sights = (
            group.sight
            for groups in self.views.values()
            for group in groups
            if group.structure == structure and group.sight
        )
        return max((sight.depth for sight in sights), default=1)


def build_drawing(
    body: Body,
    healthy: Mapping[str, np.ndarray] | None = None,
    kept: Kept | None = None,
) -> Drawing:
    """Compute every outline of the body map.

    Parameters
    ----------
    body : Body
    healthy : mapping, optional
        Bone id -> 4x4 transform (metres) from the data's posture to healthy
        standing; by default the data's posture is drawn.
    kept : Kept, optional
        Shapes of a body that stands alike, to take what is the same from.

    Returns
    -------
    Drawing

    Raises
    ------
    GraphError
        If the body lacks a joint or a bone that the picture hangs on.

    Notes
    -----
    A left structure whose lines mirror the right one's is mirrored, not
    computed again.
    """
    healthy = healthy or {bone: np.eye(4) for bone in body.bones}
    standing = read_standing(body, healthy)
    arms = {
        side: _list_bones_below(body, f"arm_{side}")
        for side, _ in standing.sides
        if f"arm_{side}" in standing.number
    }
    upright, standing = standing, standing.draw_arms_out(arms, ARMS_OUT_DEG)
    paths = read_paths(body, standing)
    swap = _find_twin_bones(body.bones)
    sheets = read_sheets(body, standing, paths)
    bones = draw_front_bones(standing)
    marks = _find_marks(standing)  # a body that cannot be drawn is refused before what takes long
    rooms = list_front_rooms(standing, bones)
    fronts = build_changed(body, paths, swap, FRONTAL, sheets, rooms, kept)
    still = {view: find_kept_view(fronts, view, kept) for view in ("back", "front")}
    # the back and the front show each nerve, a side those of its own
    known = still["back"].nerves.keys() & still["front"].nerves.keys()
    nerves = _draw_nerves(body, standing, {name: still["back"].nerves[name] for name in known})
    of_the_arm = _list_arms(body, paths, arms)
    skins = dict(kept.skins) if kept else {}
    views = _stack_fronts(body, standing, fronts, sheets, bones, nerves, of_the_arm, skins)
    back = upright.draw_arms_back(arms, ARMS_BACK_DEG)
    moved = _list_carried(body, paths, set().union(*arms.values()))
    paths |= read_paths(body, back, moved)
    sheets |= read_sheets(body, back, {name: paths[name] for name in moved}, SAGITTAL)
    sides = build_changed(body, paths, swap, SAGITTAL, sheets, list_side_rooms(back), kept)
    still |= {side: find_kept_view(sides, side, kept) for side, _ in standing.sides}
    of_sides = (still[side].nerves for side, _ in standing.sides)
    nerves = _draw_nerves(body, back, {name: it for own in of_sides for name, it in own.items()})
    views |= _stack_sides(body, back, sides, sheets, nerves, of_the_arm, skins)
    shapes = {(FRONTAL, name): shape for name, shape in fronts.items()}
    shapes |= {(SAGITTAL, name): shape for name, shape in sides.items()}
    masks: dict[tuple[int, int], Mask] = {}
    views = {view: _look_out(groups, view, masks, still[view]) for view, groups in views.items()}
    return Drawing(tuple(body.bones), views, marks=marks, shapes=shapes, skins=skins)


def _find_twin_bones(bones: Sequence[str]) -> np.ndarray:
    """For each bone the number of its twin on the other side, or its own if it has none."""
    number = {bone: at for at, bone in enumerate(bones)}
    twins = {
        bone: bone.removesuffix(end) + other
        for bone in bones
        for end, other in (("_left", "_right"), ("_right", "_left"))
        if bone.endswith(end)
    }
    return np.array([number.get(twins.get(bone, bone), number[bone]) for bone in bones])


def _list_roles(shape: Shape) -> Iterator[tuple[str, Curves]]:
    look = SEE_THROUGH.get(shape.structure.removesuffix("_left").removesuffix("_right"))
    if shape.belly is None:
        yield look or "plate" if shape.kind == "fascia" else "tissue", shape.outline
    else:
        yield look or ("sheet" if shape.is_flat else "tendon"), shape.outline
    if shape.belly:
        yield "belly", shape.belly
    yield from (("light", light) for light in shape.lights)
    if shape.fibres:
        yield "fibres", shape.fibres
    if shape.structure.startswith(SHEATHED):
        yield "film", shape.outline


def read_shape(group: Group, kind: str, out: float) -> Shape:
    """Make of what is drawn of a structure the shape that it was drawn from; see `Shape`."""
    (role, outline), *rest = group.curves
    parts = dict(rest)
    lights = tuple(curves for name, curves in rest if name == "light")
    belly, fibres = parts.get("belly"), parts.get("fibres")
    flat = role in FLAT_TENDONS
    return Shape(group.structure, kind, group.layer, flat, out, outline, belly, lights, fibres)


def _make_group(shape: Shape, axis: int) -> Group:
    anchor = find_anchor(shape.belly or shape.outline, axis)
    return Group(tuple(_list_roles(shape)), shape.structure, layer=shape.layer, anchor=anchor)


def _look_out(
    groups: Sequence[Group],
    view: str,
    known: dict[tuple[int, int], Mask],
    kept: KeptView,
) -> tuple[Group, ...]:
    """Say of each structure where it is in sight, and of each nerve where a muscle covers it, as
    far as that is not known; back and front share the masks of what both show."""
    drawn = [group for group in groups if not group.nerve]
    fresh = [group for group in groups if group.nerve and group.nerve not in kept.nerves]
    asked = {
        number
        for number, group in enumerate(drawn)
        if group.structure and not group.behind and group.structure not in kept.sights
    }
    # what lies apart from all that is asked for hides none of it
    beside = _list_meeting(drawn, [*(drawn[number] for number in sorted(asked)), *fresh], view)
    seen = [Seen(drawn[at].curves, drawn[at].layer, at in asked) for at in beside]
    masks = lay_out_masks(seen, view, known)
    found = {beside[at]: sight for at, sight in find_sights(seen, view, masks).items()}
    sights = [
        found.get(at) if at in asked or group.behind else kept.sights.get(group.structure)
        for at, group in enumerate(drawn)
    ]
    covers: list[Cover] = [
        (group.layer, mask, np.vstack([curves.points for _, curves in group.curves]))
        for group, mask in zip((drawn[at] for at in beside), masks, strict=True)
        if group.structure and not group.behind
    ]
    split = split_nerves([group.curves for group in fresh], covers, view)
    courses = {name: tuple(parts) for name, (parts, _) in kept.nerves.items()}
    courses |= {group.nerve: tuple(parts) for group, parts in zip(fresh, split, strict=True)}
    nerves = [group for group in groups if group.nerve]
    return (
        *(replace(group, sight=sight) for group, sight in zip(drawn, sights, strict=True)),
        *(replace(group, curves=courses[group.nerve]) for group in nerves),
    )


def _list_meeting(groups: Sequence[Group], asked: Sequence[Group], view: str) -> list[int]:
    """List the numbers of the groups whose box meets that of one that is asked for."""
    if not asked:
        return []
    own, other = _enclose(groups, view), _enclose(asked, view)
    apart = (own[:, None, 0] > other[:, 1]) | (own[:, None, 1] < other[:, 0])
    meets = np.any(~np.any(apart, axis=2), axis=1)
    return [int(at) for at in np.flatnonzero(meets)]


def _enclose(groups: Sequence[Group], view: str) -> np.ndarray:
    """Lower and upper corner of each group, shape (groups, 2, 2), a step of the masks wider."""
    corners = []
    for group in groups:
        points = np.concatenate([curves.points for _, curves in group.curves])
        corners.append([points.min(axis=0), points.max(axis=0)])
    boxes = np.array(corners)[..., [ACROSS[view][0], 1]]
    return boxes + np.array([[-STEP_MM], [STEP_MM]])


def _draw_piece(piece: Piece) -> Group:
    return Group(((piece.role, piece.outline),), layer=piece.depth)


# ---- back and front --------------------------------------------------------------------------


def _stack_fronts(
    body: Body,
    standing: Standing,
    shapes: Mapping[str, Shape],
    sheets: Mapping[str, Sequence[PullPath]],
    bones: Sequence[Piece],
    nerves: Iterable[Group],
    of_the_arm: Container[str],
    skins: Skins,
) -> dict[str, tuple[Group, ...]]:
    """Stack the groups of the back and of the front."""
    groups = {name: _make_group(shape, FRONTAL) for name, shape in shapes.items()}
    groups |= _raise_relief(body, groups, sheets, FRONTAL)
    order = _order_fronts(body, shapes)
    skin = draw_front_skin(standing, shapes.values(), bones, skins)
    views = {}
    for view, hidden in (("back", "front"), ("front", "back")):
        here = [name for name in order if not _is_hidden(body.graph.nodes[name], view, hidden)]
        limbs = [
            name
            for name in order
            if name in of_the_arm or body.graph.nodes[name]["region"] not in SOLID_REGIONS
        ]
        behind = _list_behind(body, groups, [name for name in limbs if name not in set(here)])
        seen = [piece for piece in bones if view in piece.views]
        if view == "back":  # from there what lies furthest ahead is the furthest away
            seen = dress_shoulders(body, standing, reversed(seen))
            seen = [*dress_heels(standing, seen), *draw_hollows(standing)]
        else:
            seen = [*dress_toes(standing, seen), *draw_shins(standing, seen)]
            seen += draw_retinacula(standing, view)
        seen += draw_soles(standing, view)
        dressed = [*dress_hands(standing, seen), *draw_front_head(standing)]
        dressed += [*draw_navel(standing), *draw_wrist_bands(standing, seen)]
        seen += [piece for piece in dressed if view in piece.views]
        levels = {name: _find_level(body.graph.nodes[name], view) for name in here}
        # those of a level keep their order
        shown = groups | dict(_part_heads(body, groups, sheets, view))
        stack = _stack_layers(shown, sorted(levels, key=levels.__getitem__), levels, seen)
        views[view] = (_draw_piece(skin), *behind, *stack, *nerves)
    return views


def _is_hidden(node: Mapping[str, Any], view: str, other: str) -> bool:
    """Ask whether a structure is seen from the other side only; a foot stands before its sole."""
    of_sole = node["region"] == "foot" and node.get("view") == "deep"
    return node.get("view", "both") == other or (of_sole and view == "front")


def _raise_relief(
    body: Body,
    groups: Mapping[str, Group],
    sheets: Mapping[str, Sequence[PullPath]],
    axis: int,
) -> Iterator[tuple[str, Group]]:
    """Let what lies under a sheet stand out on it."""
    for name in groups.keys() & sheets.keys():
        base = body.graph.nodes[name].get("base", "")
        relief = tuple(draw_relief(base, sheets[name], axis))
        if relief:
            yield name, replace(groups[name], curves=(*groups[name].curves, *relief))


def _part_heads(
    body: Body,
    groups: Mapping[str, Group],
    sheets: Mapping[str, Sequence[PullPath]],
    view: str,
) -> Iterator[tuple[str, Group]]:
    """Part the heads of sheets on the face that a view shows; one that turns round the body shows
    its own fibres there."""
    axis, _ = ACROSS[view]
    for name in groups.keys() & sheets.keys():
        node, curves = body.graph.nodes[name], groups[name].curves
        base = node.get("base", "")
        clefts = tuple(draw_clefts(base, sheets[name], view))
        if clefts and axis == FRONTAL and node.get("view", "both") == "both":
            fibres = comb_sheet(base, sheets[name], axis, look_toward(sheets[name], view))
            rest = (part for part in curves if part[0] != "fibres")
            curves = (*rest, ("fibres", fibres)) if fibres else tuple(rest)
        if clefts:
            yield name, replace(groups[name], curves=(*curves, *clefts))


def _find_level(node: Mapping[str, Any], view: str) -> float:
    """Find the level of a structure in a view, 0 for the deepest: its layer, but for what lies
    under others of whatever layer."""
    if node.get("view") == "deep" or (view == "front" and node.get("base") in UNDER_FRONT):
        return 0
    level = find_front_layer(node)
    return UNDER_BACK.get(node.get("base", ""), level) if view == "back" else level


def _order_fronts(body: Body, shapes: Mapping[str, Shape]) -> list[str]:
    """Order structures from the deepest to the one that lies over all."""
    rank = {name: number for number, name in enumerate(body.structures)}
    return sorted(shapes, key=lambda name: find_front_place(body.graph.nodes[name], rank[name]))


def _list_behind(body: Body, groups: Mapping[str, Group], hidden: Sequence[str]) -> Iterator[Group]:
    """List what shows past the rest from the other side of the limbs, the nearest to the eye
    last."""
    for name in reversed(hidden):
        base = body.graph.nodes[name].get("base")
        if groups[name].layer >= BEHIND_LAYER or base in BEHIND_BORDER:
            yield replace(groups[name], behind=True)


def _stack_layers(
    groups: Mapping[str, Group],
    order: Iterable[str],
    levels: Mapping[str, float],
    bones: Sequence[Piece],
) -> Iterator[Group]:
    """Put each bone over the structures of its layer and under those of the next."""
    waiting = sorted(bones, key=lambda piece: piece.layer)
    for name in order:
        while waiting and waiting[0].layer < levels[name]:
            yield _draw_piece(waiting.pop(0))
        yield groups[name]
    yield from map(_draw_piece, waiting)


# ---- sides -----------------------------------------------------------------------------------


def _stack_sides(
    body: Body,
    standing: Standing,
    shapes: Mapping[str, Shape],
    sheets: Mapping[str, Sequence[PullPath]],
    nerves: Sequence[Group],
    of_the_arm: Container[str],
    skins: Skins,
) -> dict[str, tuple[Group, ...]]:
    """Stack the groups of the body seen from either side: that side's structures, the further out
    the later, and over the trunk the arm."""
    nodes, bones, views = body.graph.nodes, draw_side_bones(standing), {}
    groups = {name: _make_group(shape, SAGITTAL) for name, shape in shapes.items()}
    groups |= _raise_relief(body, groups, sheets, SAGITTAL)
    for side, _ in standing.sides:
        near = sorted(
            (shape for name, shape in shapes.items() if nodes[name]["side"] in (side, "midline")),
            key=lambda shape: find_side_place(nodes[shape.structure], shape.out),
        )
        arm = [shape for shape in near if shape.structure in of_the_arm]
        trunk = [shape for shape in near if shape.structure not in of_the_arm]
        seen = [piece for piece in bones if side in piece.views]
        seen += draw_retinacula(standing, side)
        seen += draw_side_toes(standing, seen, side)
        on_arm = [shape for shape in arm if nodes[shape.structure].get("base") != CAP]
        arm_bones = [piece for piece in seen if piece.name == f"arm_{side}"]
        others = [piece for piece in seen if piece.name != f"arm_{side}"]
        over = [piece for piece in others if piece.layer]
        below = [piece for piece in others if not piece.layer]
        covered, outer = _divide_covered(body, groups, trunk, below)
        of_hand = _list_hand(arm, arm_bones)
        shown = groups | dict(_part_heads(body, groups, sheets, side))
        views[side] = (
            *map(_draw_piece, draw_side_skin(standing, trunk, side, skins)),
            *covered,
            *map(_draw_piece, draw_side_head(standing, side)),
            *(shown[shape.structure] for shape in outer),
            *map(_draw_piece, [*over, draw_ear(standing, side)]),
            *map(_draw_piece, draw_side_arm_skin(standing, on_arm, arm_bones, side, skins)),
            *map(_draw_piece, arm_bones),
            *(groups[name] for name in of_hand),
            *map(_draw_piece, draw_side_hand(standing, arm_bones, side)),
            *map(_draw_piece, draw_side_fingers(standing, arm_bones, side)),
            *(shown[shape.structure] for shape in arm if shape.structure not in of_hand),
            *map(_draw_piece, draw_wrist_bands(standing, arm_bones, (side,))),
            *(group for group in nerves if nodes[group.nerve]["side"] == side),
        )
    return views


def _list_hand(shapes: Iterable[Shape], bones: Iterable[Piece]) -> list[str]:
    """List the muscles within the hand, as a side shows it: they lie before the palm, under thin
    skin, and not on the edge of the hand that faces the side."""
    fingers = [piece.outline.points for piece in bones if piece.digit]
    if not fingers:
        return []
    wrist = max(points[:, 1].max() for points in fingers) + HAND_UP_MM
    return [shape.structure for shape in shapes if shape.outline.points[:, 1].max() < wrist]


def _divide_covered(
    body: Body,
    drawn: Mapping[str, Group],
    shapes: Sequence[Shape],
    bones: Iterable[Piece],
) -> tuple[list[Group], list[Shape]]:
    """Divide what the side shows of the trunk and the leg into the bones with what they cover, from
    below to above, and what lies over them all."""
    bases = {shape.structure: body.graph.nodes[shape.structure].get("base") for shape in shapes}
    levels: tuple[list[Piece], ...] = ([], [], [], [])
    for piece in bones:
        over = [piece.name.startswith(names) for names in (GIRDLE_BONES, "pelvis", LEG_BONES)]
        levels[1 + over.index(True) if any(over) else 0].append(piece)
    groups, inner = [], (BEHIND_BLADE, BEHIND_HIP, BEHIND_LEG, BEHIND_JAW)
    for level, names in zip(levels, inner, strict=True):
        covered = [shape for shape in shapes if bases[shape.structure] in names]
        groups += [*map(_draw_piece, level), *(drawn[shape.structure] for shape in covered)]
    below = frozenset().union(*inner)
    return groups, [shape for shape in shapes if bases[shape.structure] not in below]


def _list_arms(
    body: Body, paths: Mapping[str, Sequence[PullPath]], bones: Mapping[str, set[str]]
) -> set[str]:
    """List the structures that lie on the arms and not on the trunk, as they are seen from the
    side: those of the chest, the back and the shoulder blade end under the deltoid."""
    of_arms = set().union(*bones.values())
    arms = [at for at, bone in enumerate(body.bones) if bone in of_arms]
    return {
        name
        for name, lines in paths.items()
        if min(path.carriers[:, arms].sum(axis=1).mean() for path in lines) > OVER_TRUNK
    }


def _list_carried(
    body: Body, paths: Mapping[str, Sequence[PullPath]], bones: Container[str]
) -> list[str]:
    """List the structures that some bones carry at all."""
    some = [at for at, bone in enumerate(body.bones) if bone in bones]
    return [
        name
        for name, lines in paths.items()
        if any(path.carriers[:, some].any() for path in lines)
        or any(
            bone in bones
            for curve in body.graph.nodes[name].get("attachments", {}).values()
            for bone, _, _ in curve
        )
    ]


def _list_bones_below(body: Body, bone: str) -> set[str]:
    """List a bone and all that hang on it."""
    below = {bone}
    for name in body.bones:  # parents come before their children
        if body.graph.nodes[name]["parent"] in below:
            below.add(name)
    return below


# ---- nerves and landmarks --------------------------------------------------------------------


def _draw_nerves(body: Body, standing: Standing, known: Mapping[str, Course]) -> list[Group]:
    """Draw the course of each nerve, where the body knows it and it is not known yet."""
    nerves = [name for name, data in body.graph.nodes(data=True) if data.get("kind") == "nerve"]
    courses = draw_nerves(body, standing, [name for name in nerves if name not in known])
    courses |= known
    return [
        Group(tuple(courses[name][0]), nerve=name, anchor=courses[name][1])
        for name in nerves
        if name in courses
    ]


def _find_marks(standing: Standing) -> dict[str, tuple[str, np.ndarray]]:
    """Find the landmarks that levels and a plumb line are judged by."""
    locate = standing.locate
    low = locate("l5_s1", "pelvis")
    marks = {
        "ear": ("head", locate("c0_c2", "head") + [-5, 28, 0]),
        "neck_base": ("thorax", locate("c7_t1", "thorax")),
        "low_back": ("pelvis", low),
    }
    for side, sign in standing.sides:
        marks[f"crest_{side}"] = ("pelvis", low + [30, 24, sign * 104])
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot")):
            name = f"{bone}_{side}"
            marks[f"{joint}_{side}"] = (name, locate(f"{joint}_{side}", name))
        girdle = f"shoulder_girdle_{side}"
        shoulder = locate(f"sternoclavicular_{side}", girdle) + [-35, 14, sign * 128]
        marks[f"shoulder_{side}"] = (girdle, shoulder)
    return marks
