"""Skin and skeleton of the body seen from the side, behind the muscles: quiet, light, and moved by
the same bones.

As from the front, the forms hang on the joint centres of the body and are drawn
to be recognised. Offsets are (forward, up) in mm, radii in mm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from musclechain.views.body.outline.curves import SAGITTAL, Piece
from musclechain.views.body.outline.forms import (
    BoneForm,
    Chain,
    Seat,
    SkinAxis,
    SkinForms,
    draw_skin,
    hang_bone,
    read_discs,
    simplify_forms,
    trace_form,
)
from musclechain.views.body.outline.shapes import Shape
from musclechain.views.body.outline.standing import SIDES, Standing

__all__ = ["draw_side_bones", "draw_side_skin"]

# Chains of discs (forward, up, radius) from a joint centre: bone, joint, discs.
_LEG_BONES = (
    (
        "thigh",
        "hip",
        (
            (0, 0, 23),
            (-10, -20, 15),
            (-2, -60, 15),
            (12, -160, 12.5),
            (12, -270, 12.5),
            (4, -350, 16),
            (0, -378, 20),
        ),
    ),
    ("thigh", "hip", ((-16, -396, 22), (6, -390, 20))),
    ("thigh", "hip", ((-30, -8, 12), (-24, -40, 12))),
    ("shank", "knee", ((-12, -28, 18), (14, -28, 17), (8, -46, 17))),
    (
        "shank",
        "knee",
        (
            (10, -42, 17),
            (10, -80, 13),
            (4, -180, 10.5),
            (-4, -320, 10),
            (-6, -376, 14),
            (-6, -392, 15),
        ),
    ),
    (
        "shank",
        "knee",
        ((-24, -42, 9), (-24, -80, 5.5), (-22, -300, 5.5), (-18, -390, 8), (-16, -408, 7)),
    ),
    ("thigh", "hip", ((54, -384, 10), (56, -402, 12), (53, -418, 7))),
    ("foot", "ankle", ((-30, -42, 15), (-50, -38, 16), (-38, -56, 13))),
    ("foot", "ankle", ((-6, -34, 14), (18, -42, 11))),
    ("foot", "ankle", ((-2, -6, 16), (16, -14, 15), (30, -20, 12))),
    ("foot", "ankle", ((40, -24, 13), (58, -32, 12))),
    ("foot", "ankle", ((62, -36, 9), (90, -46, 6.5), (116, -54, 8))),
    ("foot", "ankle", ((124, -56, 6.5), (142, -60, 5.5))),
    ("foot", "ankle", ((148, -60, 5.5), (158, -62, 5))),
)
_ILIUM = (
    (-58, -6),
    (-46, 12),
    (-24, 30),
    (8, 38),
    (40, 32),
    (62, 14),
    (74, -10),
    (76, -22),
    (66, -34),
    (64, -54),
    (68, -66),
    (60, -82),
    (56, -104),
    (66, -118),
    (84, -132),
    (90, -146),
    (84, -164),
    (70, -170),
    (58, -164),
    (44, -172),
    (20, -190),
    (-2, -214),
    (-20, -222),
    (-32, -210),
    (-28, -186),
    (-14, -164),
    (-22, -148),
    (-14, -132),
    (-18, -104),
    (-22, -80),
    (-38, -64),
    (-58, -56),
    (-62, -36),
)
_OBTURATOR = ((30, -140), (54, -136), (60, -148), (46, -160), (22, -176), (12, -170), (16, -152))
_SACRUM = (
    (12, 2),
    (-22, -4),
    (-56, -22),
    (-70, -56),
    (-70, -92),
    (-56, -128),
    (-40, -146),
    (-32, -142),
    (-42, -112),
    (-38, -76),
    (-18, -40),
    (16, -16),
)
_CRANIUM = (
    (-84, 84),
    (-80, 112),
    (-62, 136),
    (-32, 150),
    (0, 154),
    (32, 149),
    (58, 134),
    (74, 112),
    (79, 90),
    (77, 74),
    (72, 64),
    (76, 56),
    (86, 46),
    (80, 40),
    (76, 26),
    (82, 14),
    (82, 6),
    (70, 0),
    (44, 4),
    (26, 14),
    (14, 12),
    (6, -8),
    (-6, -14),
    (-14, 0),
    (-38, -2),
    (-60, 14),
    (-76, 40),
)
_JAW = (
    (84, 2),
    (82, -12),
    (84, -30),
    (78, -42),
    (60, -42),
    (36, -34),
    (20, -22),
    (12, 6),
    (14, 22),
    (24, 22),
    (30, 4),
    (46, -6),
    (66, -4),
)
_ORBIT = ((48, 66), (62, 72), (72, 62), (70, 48), (56, 42), (46, 50))
_NOSE = ((76, 44), (84, 40), (79, 26), (72, 26))
_CHEEK = ((22, 24), (44, 30), (60, 36), (56, 26), (40, 22), (24, 17))
_BREASTBONE = ((52, -28, 8), (62, -60, 6), (74, -110, 6), (84, -160, 6), (88, -186, 4))
_BLADE = (
    ((-44, 4, 12), (-74, -30, 9), (-100, -110, 7)),
    ((-70, 4, 6), (-34, 16, 7), (-4, 2, 6), (6, -4, 8)),
)
# How far forward each rib reaches, from the first down.
_RIBS_REACH = (60, 92, 116, 132, 142, 148, 150, 138, 116, 92)

_HEAD_SKIN = (
    (0, 164),
    (38, 159),
    (68, 144),
    (88, 116),
    (93, 92),
    (88, 76),
    (93, 64),
    (104, 46),
    (112, 34),
    (106, 26),
    (96, 24),
    (101, 13),
    (97, 5),
    (101, -4),
    (94, -13),
    (98, -24),
    (96, -40),
    (84, -54),
    (60, -58),
    (36, -62),
    (28, -84),
    (30, -110),
    (40, -134),
    (-70, -134),
    (-66, -90),
    (-58, -48),
    (-60, -6),
    (-72, 22),
    (-88, 52),
    (-94, 88),
    (-88, 120),
    (-68, 146),
    (-36, 160),
)
_TORSO = (
    (36, 10),
    (60, -24),
    (86, -66),
    (104, -110),
    (112, -150),
    (108, -200),
    (104, -260),
    (106, -330),
    (108, -400),
    (40, -430),
    (-40, -400),
    (-56, -350),
    (-72, -290),
    (-84, -220),
    (-88, -160),
    (-84, -90),
    (-74, -40),
    (-60, 10),
    (-50, 50),
    (30, 50),
)
_HIPS = (
    (104, 40),
    (108, -10),
    (102, -60),
    (94, -110),
    (96, -150),
    (84, -200),
    (0, -220),
    (-60, -236),
    (-84, -216),
    (-96, -176),
    (-98, -130),
    (-90, -84),
    (-76, -40),
    (-62, 0),
    (-56, 40),
    (0, 60),
)
_LEG_SKIN = (
    ("thigh", "hip", ((-6, -30, 78), (2, -110, 82), (4, -200, 75), (4, -300, 62), (2, -390, 54))),
    (
        "shank",
        "knee",
        (
            (2, 0, 54),
            (-4, -50, 50),
            (-12, -110, 55),
            (-12, -180, 51),
            (-8, -270, 38),
            (-6, -340, 31),
            (-6, -390, 33),
        ),
    ),
    ("foot", "ankle", ((-10, 0, 34), (-30, -36, 36))),
)
_FOOT = (
    (-62, -24),
    (-72, -50),
    (-66, -72),
    (-50, -77),
    (-20, -77),
    (40, -70),
    (90, -77),
    (150, -77),
    (170, -71),
    (172, -60),
    (158, -50),
    (124, -38),
    (80, -12),
    (40, 14),
    (20, 30),
    (-40, 20),
)


def _find_seat(standing: Standing, joint: str, bone: str) -> Seat:
    """Sit forms on a joint; they turn with the bone's healthy posture."""
    return Seat(standing.locate(joint, bone)[:2], standing.moves[standing.number[bone]][:2, :2])


def draw_side_bones(standing: Standing) -> list[Piece]:
    """Draw the bones of the body seen from either side.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        For one view each.

    Raises
    ------
    GraphError
        If the body lacks a joint that they hang on.
    """
    trunk = simplify_forms(
        [*_trace_trunk(standing), *_trace_head(standing), _trace_hip_bone(standing)]
    )
    limbs, forms = simplify_forms([*_trace_legs(), _trace_blade()]), []
    for side, sign in standing.sides:
        forms += [replace(form, depth=sign * form.depth, views=(side,)) for form in trunk]
        for form in limbs:
            joint, bone = f"{form.joint}_{side}", f"{form.bone}_{side}"
            loops = list(map(_find_seat(standing, joint, bone).put, form.loops))
            depth = standing.locate(joint, bone)[2] + sign * form.depth
            forms.append(replace(form, bone=bone, loops=loops, depth=depth, views=(side,)))
    return [hang_bone(form, standing, SAGITTAL) for form in forms]


def _trace_trunk(standing: Standing) -> Iterator[BoneForm]:
    """Trace sacrum, spine, ribs and breastbone where they lie."""
    low, chest, top, head = (
        standing.locate(joint, bone)
        for joint, bone in (
            ("l5_s1", "pelvis"),
            ("t12_l1", "thorax"),
            ("c7_t1", "thorax"),
            ("c0_c2", "neck"),
        )
    )
    sacrum = _find_seat(standing, "l5_s1", "pelvis").put(_SACRUM)
    yield BoneForm("pelvis", "", trace_form([], [sacrum]), 0)
    yield BoneForm("lumbar", "", _trace_vertebrae(low, chest, 5, 17, 12, 30), 0)
    yield BoneForm("thorax", "", _trace_vertebrae(chest, top, 12, 12, -30, 26), 0)
    yield BoneForm("neck", "", _trace_vertebrae(top, head, 6, 8, 8, 18), 0)
    ribs = trace_form(list(_list_ribs(chest, top)), step=1.6, smooth=0.6)
    yield BoneForm("thorax", "", ribs, 100)
    breast = _find_seat(standing, "c7_t1", "thorax").put_discs(_BREASTBONE)
    yield BoneForm("thorax", "", trace_form([breast], smooth=0.8), 0)


def _trace_head(standing: Standing) -> Iterator[BoneForm]:
    """Trace the skull where it lies."""
    seat = _find_seat(standing, "c0_c2", "head")
    for corners, depth, smooth in ((_CRANIUM, 40, 1.4), (_JAW, 45, 1.2), (_CHEEK, 60, 0.9)):
        yield BoneForm("head", "", trace_form([], [seat.put(corners)], smooth=smooth), depth)
    for hollow_corners in (_ORBIT, _NOSE):
        hollow = trace_form([], [seat.put(hollow_corners)], step=1.2, smooth=1.0)
        yield BoneForm("head", "", hollow, 50, role="hollow")


def _trace_hip_bone(standing: Standing) -> BoneForm:
    seat = _find_seat(standing, "l5_s1", "pelvis")
    loops = trace_form([], [seat.put(_ILIUM)], [seat.put(_OBTURATOR)])
    return BoneForm("pelvis", "", loops, 100)


def _trace_legs() -> Iterator[BoneForm]:
    """Trace the bones of a leg about their joints."""
    for bone, joint, discs in _LEG_BONES:
        yield BoneForm(bone, joint, trace_form([read_discs(discs)], step=1.6), 0)


def _trace_blade() -> BoneForm:
    """Trace the shoulder blade about the collarbone's inner end."""
    loops = trace_form(list(map(read_discs, _BLADE)))
    return BoneForm("shoulder_girdle", "sternoclavicular", loops, 110)


def _trace_vertebrae(
    start: np.ndarray, stop: np.ndarray, count: int, half: float, bulge: float, spine: float
) -> list[np.ndarray]:
    """Trace a stack of vertebrae between two joints: bodies on a curve that bulges forward (or
    backward), and their spinous processes."""
    tall, chains = (stop[1] - start[1]) / count, []
    body = np.array([[-half * 0.55, 0], [half * 0.55, 0]])
    process = np.array([[-half - 4, -tall * 0.1], [-half - spine, -tall * 0.55]])
    for number in range(count):
        part = (number + 0.5) / count
        middle = (1 - part) * start[:2] + part * stop[:2] + [bulge * 4 * part * (1 - part), 0]
        chains.append((middle + body, np.full(2, tall * 0.43)))
        chains.append((middle + process, np.array([tall * 0.18, tall * 0.2])))
    return trace_form(chains, step=1.4, smooth=0.6)


def _list_ribs(chest: np.ndarray, top: np.ndarray) -> Iterator[Chain]:
    """List ten ribs: each leaves the spine backward and comes round to the front, lower than it
    began."""
    turn = np.linspace(0.12, 1, 12)
    for number, reach in enumerate(_RIBS_REACH):
        part = 1 - (number + 0.4) / 12.2
        up = chest[1] + part * (top[1] - chest[1])
        back = (1 - part) * chest[0] + part * top[0] - 30 * 4 * part * (1 - part)
        forward = back - 22 + reach * (1 - np.cos(turn * np.pi)) / 2
        yield np.column_stack([forward, up - 12 - (34 + 5 * number) * turn**1.3]), np.full(12, 4.0)


def draw_side_skin(standing: Standing, shapes: Iterable[Shape], side: str) -> list[Piece]:
    """Draw the outline of the body seen from one side, and the far leg; the arm is left out,
    because it would hide the trunk.

    Parameters
    ----------
    standing : Standing
    shapes : iterable of Shape
        The skin lies outside of each.
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
        Roles far and skin.
    """
    (other,) = set(SIDES) - {side}
    inside = [curve[:, [SAGITTAL, 1]] for shape in shapes for curve in shape.outline.split()]
    return [
        Piece("skin", (side,), draw_skin(forms, curves, standing, SAGITTAL, 3.0, 1.4), role=role)
        for role, forms, curves in (
            ("far", _list_leg_skin(standing, other), []),
            ("skin", _list_skin(standing, side), inside),
        )
    ]


def _list_leg_skin(standing: Standing, side: str) -> SkinForms:
    """List the forms of the skin of one leg and the axes that carry it."""
    chains = [
        _find_seat(standing, f"{joint}_{side}", f"{bone}_{side}").put_discs(discs)
        for bone, joint, discs in _LEG_SKIN
    ]
    hip, knee, ankle = (
        standing.locate(f"{joint}_{side}", f"{bone}_{side}")
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
    )
    axes = [
        SkinAxis(f"thigh_{side}", hip, knee, 80),
        SkinAxis(f"shank_{side}", knee, ankle, 48),
        SkinAxis(f"foot_{side}", ankle + [0, -20, 0], ankle + [110, -60, 0], 36),
    ]
    foot = _find_seat(standing, f"ankle_{side}", f"foot_{side}").put(_FOOT)
    return SkinForms(chains, [foot], axes)


def _list_skin(standing: Standing, side: str) -> SkinForms:
    """List the forms of the skin of trunk, head and one leg, and the axes that carry it."""
    leg, chest = _list_leg_skin(standing, side), standing.locate("t12_l1", "thorax")
    low, top, skull = (
        standing.locate(joint, bone)
        for joint, bone in (("l5_s1", "pelvis"), ("c7_t1", "thorax"), ("c0_c2", "head"))
    )
    axes = [
        *leg.axes,
        SkinAxis("pelvis", low, low - [-20, 130, 0], 120),
        SkinAxis("lumbar", low + [20, 0, 0], chest + [20, 0, 0], 110),
        SkinAxis("thorax", chest + [20, 0, 0], top, 120),
        SkinAxis("neck", top, skull, 55),
        SkinAxis("head", skull + [10, 10, 0], skull + [0, 110, 0], 90),
    ]
    polygons = [
        _find_seat(standing, joint, bone).put(corners)
        for joint, bone, corners in (
            ("c7_t1", "thorax", _TORSO),
            ("l5_s1", "pelvis", _HIPS),
            ("c0_c2", "head", _HEAD_SKIN),
        )
    ]
    return SkinForms(leg.chains, [*leg.polygons, *polygons], axes)
