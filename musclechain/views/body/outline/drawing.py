"""Put the picture of the body together: for each view, what lies over what.

Structures, skin and bones are curves that two bones carry each vertex of, so
that a posture moves the picture without computing it again.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL, bind_curves, find_anchor
from musclechain.views.body.outline.front import Frame, build_skeleton, build_skin
from musclechain.views.body.outline.lines import read_paths, smooth_line
from musclechain.views.body.outline.shapes import are_twins, build_shapes, mirror_shape
from musclechain.views.body.outline.side import build_side_skeleton, build_side_skin

__all__ = ["Drawing", "Group", "build_drawing"]

# Parts of the body that hide what lies behind them: nothing from the other side is drawn there.
SOLID_REGIONS = frozenset(
    {"hip", "pelvis", "abdomen", "lumbar", "thoracic", "shoulder", "neck", "head"}
)
# Left, top, width and height of each view's picture, mm.
FRAMES = {
    "back": (-300, -1805, 600, 1790),
    "front": (-300, -1805, 600, 1790),
    "left": (-99, -1805, 430, 1790),
    "right": (-331, -1805, 430, 1790),
}
# From the side the arm would hide the trunk: what hangs lower than this under the inner end of the
# collarbone is left out, mm.
ARM_BELOW_MM = 120.0
# A muscle of a higher layer lies outside of one that reaches this much further to the side, mm a
# layer.
LAYER_MM = 14.0
# A narrow muscle that passes outside of a broad one whose middle lies further out, mm.
OUTSIDE_MM = {"sternocleidomastoid": 60.0}


@dataclass(frozen=True)
class Group:
    """What is drawn together: a structure, a nerve, a bone, or the skin.

    Attributes
    ----------
    curves : tuple of (str, Curves)
        Role and curves, from below to above. Roles: skin, far (a limb of the
        far side), bone, hollow (in a bone),
        tendon, sheet, tissue, belly, light, fibres, nerve.
    structure, nerve : str
        Id, or empty.
    layer : int
        1 deepest to 4 superficial; 0 for what has none.
    behind : bool
        Belongs to the other side of the body and only shows past the rest.
    anchor : tuple
        Where a mark or a label of it belongs: point (3,), two bones, share of the first.
    """

    curves: tuple
    structure: str = ""
    nerve: str = ""
    layer: int = 0
    behind: bool = False
    anchor: tuple = ()


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
    """

    bones: tuple
    views: dict
    frames: dict = field(default_factory=lambda: dict(FRAMES))
    marks: dict = field(default_factory=dict)
    shapes: dict = field(default_factory=dict)


def build_drawing(body, healthy=None):
    """Compute every outline of the body map.

    Parameters
    ----------
    body : Body
    healthy : dict, optional
        Bone id -> 4x4 transform (metres) from the data's posture to healthy
        standing; by default the data's posture is drawn.

    Returns
    -------
    Drawing

    Notes
    -----
    A left structure whose lines mirror the right one's is mirrored, not
    computed again.
    """
    healthy = healthy or {bone: np.eye(4) for bone in body.bones}
    frame, found = Frame(body, healthy), read_paths(body, healthy)
    swap = _find_twins(body.bones)
    shapes = {
        (axis, name): shape
        for axis in (FRONTAL, SAGITTAL)
        for name, shape in _build_both_sides(body, found, swap, axis).items()
    }
    nerves = _draw_nerves(body, healthy)
    flat = [shape for (axis, _), shape in shapes.items() if axis == FRONTAL]
    skin, skeleton = build_skin(frame, flat), build_skeleton(frame)
    groups = {(axis, name): _make_group(shape, axis) for (axis, name), shape in shapes.items()}
    views = {
        view: tuple(_stack_front(body, groups, flat, skin, skeleton, nerves, view))
        for view in ("back", "front")
    }
    views |= {
        side: tuple(_stack_side(body, frame, groups, shapes, nerves, side))
        for side, _ in frame.sides()
    }
    return Drawing(tuple(body.bones), views, marks=_find_marks(frame), shapes=shapes)


def _find_twins(bones):
    bones = list(bones)
    twin = {
        name: name.removesuffix(end) + other
        for name in bones
        for end, other in (("_left", "_right"), ("_right", "_left"))
        if name.endswith(end)
    }
    return np.array([bones.index(twin.get(bone, bone)) for bone in bones])


def _build_both_sides(body, found, swap, axis):
    """Compute right and midline shapes, and of the left ones those that do not mirror the right."""
    twins = {
        name: name.removesuffix("_left") + "_right" for name in found if name.endswith("_left")
    }
    twins = {
        name: other
        for name, other in twins.items()
        if other in found and are_twins(name, other, body.graph.nodes[name], found, swap)
    }
    own = [name for name in found if name.endswith("_left") and name not in twins]
    shapes = build_shapes(body, found, [name for name in found if not name.endswith("_left")], axis)
    if own:
        left = build_shapes(
            body, found, [name for name in found if not name.endswith("_right")], axis
        )
        shapes |= {name: left[name] for name in own}
    return shapes | {name: mirror_shape(shapes[other], name, swap) for name, other in twins.items()}


def _list_roles(shape):
    outer = "tissue" if shape.belly is None else "sheet" if shape.sheet else "tendon"
    return tuple(
        (role, curves)
        for role, curves in (
            (outer, shape.outline),
            ("belly", shape.belly),
            *(("light", light) for light in shape.lights),
            ("fibres", shape.fibres),
        )
        if curves is not None
    )


def _make_group(shape, axis):
    return Group(
        _list_roles(shape),
        shape.structure,
        "",
        shape.layer,
        False,
        find_anchor(shape.belly or shape.outline, axis),
    )


def _draw_piece(piece):
    return Group((("hollow" if piece.hollow else piece.role, piece.outline),))


def _stack_front(body, groups, flat, skin, skeleton, nerves, view):
    """List the groups of the back or the front."""
    rank = {name: number for number, name in enumerate(body.structures)}
    nodes = body.graph.nodes
    deep = {shape.structure: nodes[shape.structure].get("view") == "deep" for shape in flat}
    flat = sorted(
        flat,
        key=lambda shape: (
            not deep[shape.structure],
            shape.layer,
            shape.kind == "tendon",
            -rank[shape.structure],
        ),
    )
    here = [
        shape
        for shape in flat
        if nodes[shape.structure].get("view", "both") not in ({"back", "front"} - {view})
    ]
    yield _draw_piece(skin)
    for shape in reversed(flat):
        if (
            shape not in here
            and shape.layer >= 3
            and nodes[shape.structure]["region"] not in SOLID_REGIONS
        ):
            group = groups[FRONTAL, shape.structure]
            yield replace(group, curves=group.curves[:2], behind=True)
    pieces = sorted(
        (piece for piece in skeleton if view in piece.views), key=lambda piece: piece.layer
    )
    for shape in here:
        while pieces and pieces[0].layer < (0 if deep[shape.structure] else shape.layer):
            yield _draw_piece(pieces.pop(0))
        yield groups[FRONTAL, shape.structure]
    yield from map(_draw_piece, pieces)
    yield from nerves


def _stack_side(body, frame, groups, shapes, nerves, side):
    """List the groups of the body seen from one side: that side's structures, the further out the
    later."""
    nodes = body.graph.nodes
    joint = f"sternoclavicular_{side}"
    low = (
        frame.locate(joint, f"shoulder_girdle_{side}")[1] - ARM_BELOW_MM
        if joint in frame.places
        else -np.inf
    )
    near = [
        shape
        for (axis, name), shape in shapes.items()
        if axis == SAGITTAL
        and nodes[name]["side"] in (side, "midline")
        and not _hangs(body, shape, low)
    ]
    near.sort(
        key=lambda shape: (
            nodes[shape.structure].get("view") != "deep",
            shape.out
            + LAYER_MM * shape.layer
            + OUTSIDE_MM.get(nodes[shape.structure].get("base"), 0.0),
        )
    )
    for piece in (
        *build_side_skin(body, frame, near, side),
        *build_side_skeleton(body, frame, side),
    ):
        yield _draw_piece(piece)
    for shape in near:
        yield groups[SAGITTAL, shape.structure]
    yield from (group for group in nerves if nodes[group.nerve]["side"] == side)


def _hangs(body, shape, low):
    """Ask whether a structure lies in the arm, which hangs before the trunk."""
    bones = {body.bones[bone] for bone in shape.outline.bones[:, 0]}
    return (
        all(bone.startswith("shoulder_girdle") for bone in bones)
        and shape.outline.points[:, 1].mean() < low
    )


def _draw_nerves(body, healthy):
    """Draw the course of each nerve, where the body knows it."""
    bones, found = list(body.bones), []
    for nerve, branches in body.nerve_paths.items():
        drawn = [
            _draw_branch(
                [point for _, point in branch],
                [bones.index(bone) for bone, _ in branch],
                [healthy[bone] for bone, _ in branch],
                len(bones),
            )
            for branch in branches
            if len(branch) > 1
        ]
        if drawn:
            curves = bind_curves(
                np.vstack([points for points, _ in drawn]),
                np.vstack([carriers for _, carriers in drawn]),
                tuple(np.cumsum([len(points) for points, _ in drawn]).tolist()),
                False,
            )
            middle = curves.ends[0] // 2
            found.append(
                Group(
                    (("nerve", curves),),
                    "",
                    nerve,
                    0,
                    False,
                    (curves.points[middle], curves.bones[middle], curves.share[middle]),
                )
            )
    return found


def _draw_branch(points, bones, moves, count):
    """Draw one branch as a smooth curve: points in healthy standing and how much each bone carries
    them."""
    placed = np.array(
        [
            move[:3, :3] @ point + 1000 * move[:3, 3]
            for point, move in zip(points, moves, strict=True)
        ]
    )
    curve, number = smooth_line(placed, 3)
    low = np.clip(number.astype(int), 0, len(placed) - 2)
    part, one = (number - low)[:, None], np.eye(count)[bones]
    return curve, (1 - part) * one[low] + part * one[low + 1]


def _find_marks(frame):
    marks = {
        "ear": ("head", frame.locate("c0_c2", "head") + [-5, 28, 0]),
        "neck_base": ("thorax", frame.locate("c7_t1", "thorax")),
        "low_back": ("pelvis", frame.locate("l5_s1", "pelvis")),
    }
    for side, sign in frame.sides():
        marks[f"crest_{side}"] = ("pelvis", frame.locate("l5_s1", "pelvis") + [30, 24, sign * 104])
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot")):
            marks[f"{joint}_{side}"] = (
                f"{bone}_{side}",
                frame.locate(f"{joint}_{side}", f"{bone}_{side}"),
            )
        girdle = f"shoulder_girdle_{side}"
        if girdle in frame.bones:
            marks[f"shoulder_{side}"] = (
                girdle,
                frame.locate(f"sternoclavicular_{side}", girdle) + [-35, 14, sign * 128],
            )
    return marks
