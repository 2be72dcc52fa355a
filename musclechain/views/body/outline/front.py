"""Skin and skeleton behind the muscles of the body map, from the back and the front: quiet, light,
and moved by the same bones.

The forms hang on the joint centres of the body, so a body with other joints
moves them along. They are drawn to be recognised, not to be measured.
Offsets are (across, up) in mm for the right side, across positive to the side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, Piece
from musclechain.views.body.outline.forms import (
    BoneForm,
    Chain,
    Seat,
    SkinAxis,
    SkinForms,
    draw_skin,
    hang_bone,
    mirror_half,
    read_discs,
    simplify_forms,
    trace_form,
)
from musclechain.views.body.outline.shapes import Shape
from musclechain.views.body.outline.standing import Standing

__all__ = ["draw_front_bones", "draw_front_skin"]

VIEWS = ("back", "front")

# Chains of discs (across, up, radius), from a joint centre. Each entry: bone, joint, depth (mm
# forward of the joint), discs.
_LEG_BONES = (
    (
        "thigh",
        "hip",
        0,
        (
            (0, 0, 22),
            (24, -8, 13),
            (44, -14, 17),
            (40, -50, 14),
            (34, -120, 12),
            (18, -280, 12),
            (6, -360, 17),
        ),
    ),
    ("thigh", "hip", 0, ((-14, -398, 21), (28, -398, 21))),
    ("shank", "knee", 5, ((-16, -20, 20), (20, -20, 20), (2, -44, 18))),
    (
        "shank",
        "knee",
        5,
        (
            (0, -40, 17),
            (-4, -90, 12),
            (-6, -220, 10),
            (-8, -340, 11),
            (-10, -385, 15),
            (-20, -408, 9),
        ),
    ),
    (
        "shank",
        "knee",
        -20,
        ((30, -36, 10), (29, -80, 6), (26, -300, 6), (26, -390, 9), (26, -410, 7)),
    ),
    ("foot", "ankle", -20, ((0, -14, 19), (2, -40, 22))),
    ("foot", "ankle", 90, ((-4, -20, 18), (-10, -50, 10), (-16, -60, 10))),
    ("foot", "ankle", 90, ((4, -22, 14), (2, -58, 7))),
    ("foot", "ankle", 90, ((8, -26, 13), (14, -59, 7))),
    ("foot", "ankle", 90, ((12, -28, 12), (25, -58, 6))),
    ("foot", "ankle", 90, ((14, -32, 11), (35, -56, 6))),
)
# From behind the heel hides what runs through the foot.
_HEEL = ((2, -8, 17), (2, -26, 19), (3, -46, 24))
_ARM_BONES = (
    (-35, ((128, -18, 24), (134, -40, 16), (142, -90, 12), (160, -300, 11), (166, -330, 16))),
    (-35, ((158, -342, 13), (186, -342, 12))),
    (-30, ((160, -352, 13), (170, -450, 8), (186, -580, 7))),
    (-20, ((186, -362, 9), (196, -450, 8), (202, -580, 11), (206, -596, 9))),
    (-15, ((187, -606, 8), (206, -606, 9))),
    (-15, ((190, -620, 7), (186, -680, 6), (184, -716, 5), (183, -746, 4))),
    (-15, ((197, -620, 7), (196, -684, 6), (195, -730, 5), (195, -766, 4))),
    (-15, ((203, -620, 7), (206, -684, 6), (208, -732, 5), (208, -770, 4))),
    (-15, ((209, -620, 7), (216, -680, 6), (220, -726, 5), (221, -756, 4))),
    (-5, ((212, -618, 7), (229, -656, 6), (240, -690, 5), (243, -708, 4))),
)
_CLAVICLE = ((-12, -4, 9), (30, 8, 7), (75, 12, 6.5), (112, 15, 8), (128, 8, 8))
_SCAPULA = (
    (40, 22),
    (70, 12),
    (108, 2),
    (112, -22),
    (96, -34),
    (74, -84),
    (54, -108),
    (46, -98),
    (38, -30),
    (34, 4),
)
_SCAPULA_SPINE = ((42, -8, 5), (80, 4, 6), (112, 14, 8), (130, 10, 8))
# From the neck's joint: across 0 is the midline.
_BREASTBONE = (((0, -32, 19), (0, -60, 14), (0, -180, 15)), ((0, -195, 6), (0, -222, 4)))
_MOUTH = ((-22, -25.5, 0.7), (22, -25.5, 0.7))
_JAW_BEHIND = ((58, 10, 9), (58, -22, 8), (44, -44, 7))
# Shoulder, elbow and fingertips from the collarbone's inner end: forward, up, to the side.
_ARM = ((-35, -20, 128), (-30, -345, 174), (-20, -770, 205))

# Half outlines, mirrored about the midline.
_CRANIUM = (
    (0, 153),
    (20, 152),
    (40, 144),
    (57, 130),
    (69, 108),
    (74, 82),
    (73, 62),
    (66, 50),
    (68, 38),
    (65, 26),
    (55, 18),
    (48, 8),
    (42, -4),
    (34, -14),
    (18, -18),
    (0, -19),
)
_JAW = (
    (0, -63),
    (16, -63),
    (28, -59),
    (42, -48),
    (52, -34),
    (57, -12),
    (61, 12),
    (57, 20),
    (51, 12),
    (47, -8),
    (38, -24),
    (22, -33),
    (0, -35),
)
_TEETH = ((0, -17), (24, -16), (27, -22), (24, -33), (0, -36))
_OCCIPUT = (
    (0, 152),
    (30, 149),
    (54, 134),
    (70, 108),
    (76, 78),
    (73, 50),
    (62, 28),
    (60, 4),
    (40, -4),
    (0, -6),
)
_ORBIT = ((13, 64), (20, 70), (34, 72), (47, 67), (51, 56), (47, 45), (36, 40), (22, 43), (14, 52))
_NOSE = ((0, 40), (5, 36), (11, 18), (10, 10), (4, 7), (0, 9))
_PELVIS = (
    (0, 12),
    (26, 14),
    (40, 4),
    (58, 26),
    (84, 30),
    (112, 16),
    (129, -14),
    (118, -70),
    (106, -92),
    (98, -112),
    (106, -140),
    (98, -168),
    (74, -190),
    (58, -208),
    (42, -206),
    (30, -188),
    (14, -176),
    (0, -172),
    (0, -146),
    (16, -140),
    (52, -126),
    (60, -104),
    (54, -80),
    (40, -68),
    (30, -72),
    (22, -100),
    (10, -128),
    (0, -132),
)
_OBTURATOR = ((34, -158), (60, -154), (68, -172), (52, -190), (38, -182))
_TORSO = (
    (0, 70),
    (40, 58),
    (70, 40),
    (104, 26),
    (136, 8),
    (150, -30),
    (150, -90),
    (146, -170),
    (134, -250),
    (126, -320),
    (128, -380),
    (142, -440),
    (158, -500),
    (168, -570),
    (168, -640),
    (20, -640),
    (0, -600),
)
# Skin of the limbs: chains of discs from a joint centre.
_LEG_SKIN = (
    ("thigh", "hip", ((8, -20, 80), (10, -100, 82), (8, -200, 76), (4, -300, 62), (2, -400, 50))),
    (
        "shank",
        "knee",
        (
            (0, 0, 49),
            (2, -60, 47),
            (3, -120, 53),
            (3, -190, 49),
            (1, -280, 35),
            (0, -350, 29),
            (0, -400, 32),
        ),
    ),
    ("foot", "ankle", ((0, 0, 31), (0, -36, 31))),
    ("foot", "ankle", ((0, -30, 30), (-14, -56, 15), (30, -56, 13))),
)
_ARM_SKIN = (
    (
        (118, -16, 44),
        (138, -60, 46),
        (148, -140, 43),
        (158, -240, 38),
        (170, -330, 33),
        (176, -390, 36),
        (184, -460, 32),
        (196, -570, 22),
        (198, -596, 22),
    ),
    ((198, -600, 20), (199, -660, 24), (201, -690, 22)),
    ((186, -670, 11), (184, -720, 9), (183, -750, 8)),
    ((195, -680, 11), (195, -735, 9), (195, -770, 8)),
    ((206, -680, 11), (208, -735, 9), (208, -774, 8)),
    ((217, -675, 10), (220, -728, 8), (221, -758, 7)),
    ((212, -618, 14), (230, -656, 11), (240, -690, 9), (244, -712, 8)),
)
_HEAD_SKIN = (
    (0, 163),
    (32, 160),
    (60, 144),
    (78, 114),
    (84, 80),
    (84, 62),
    (90, 62),
    (91, 42),
    (86, 28),
    (80, 26),
    (76, 2),
    (66, -26),
    (46, -54),
    (24, -68),
    (0, -72),
)
_NECK_SKIN = ((0, 40), (56, 20), (56, -40), (58, -80), (66, -104), (90, -124), (0, -140))


def _find_seat(centre: np.ndarray, sign: float = 1.0) -> Seat:
    """Sit forms on a joint; those of the left are mirrored."""
    return Seat(centre[[FRONTAL, 1]], np.diag([sign, 1.0]))


def draw_front_bones(standing: Standing) -> list[Piece]:
    """Draw the bones behind the muscles, for the back and the front.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece

    Raises
    ------
    GraphError
        If the body lacks a joint that they hang on.
    """
    forms = simplify_forms([*_trace_trunk(standing), *_trace_head(standing)])
    pairs = simplify_forms([*_trace_legs(), *_trace_girdle()])
    for side, sign in standing.sides:
        for form in pairs:
            bone = f"{form.bone}_{side}"
            centre = standing.locate(f"{form.joint}_{side}", bone)
            loops = list(map(_find_seat(centre, sign).put, form.loops))
            forms.append(replace(form, bone=bone, loops=loops, depth=centre[0] + form.depth))
    return [hang_bone(form, standing, FRONTAL) for form in forms]


def _trace_legs() -> Iterator[BoneForm]:
    """Trace the bones of the right leg about their joints."""
    for bone, joint, depth, discs in _LEG_BONES:
        yield BoneForm(bone, joint, trace_form([read_discs(discs)]), depth, VIEWS)
    heel = trace_form([read_discs(_HEEL)], smooth=1.6)
    yield BoneForm("foot", "ankle", heel, -45, ("back",), layer=3)


def _trace_girdle() -> Iterator[BoneForm]:
    """Trace shoulder blade, collarbone and arm of the right side about the collarbone's inner
    end."""
    girdle, arm = ("shoulder_girdle", "sternoclavicular"), ("arm", "sternoclavicular")
    blade = np.array(_SCAPULA, float)
    behind = trace_form([read_discs(_SCAPULA_SPINE)], [blade])
    yield BoneForm(*girdle, behind, -130, ("back",))
    yield BoneForm(*girdle, trace_form([], [blade]), -110, ("front",))
    yield BoneForm(*girdle, trace_form([read_discs(_CLAVICLE)]), 0, ("front",), layer=3)
    for depth, discs in _ARM_BONES:
        yield BoneForm(*arm, trace_form([read_discs(discs)], smooth=0.8), depth, VIEWS)


def _trace_trunk(standing: Standing) -> Iterator[BoneForm]:
    """Trace pelvis, spine, ribs and breastbone where they lie."""
    low, top = standing.locate("l5_s1", "pelvis"), standing.locate("c7_t1", "thorax")
    chest = standing.locate("t12_l1", "thorax")
    hips = _find_seat(low)
    holes = [_find_seat(low, sign).put(_OBTURATOR) for sign in (1.0, -1.0)]
    pelvis = trace_form([], [hips.put(mirror_half(_PELVIS))], holes)
    yield BoneForm("pelvis", "", pelvis, low[0] + 40, VIEWS)
    for bone, start, stop, count, wide in (
        ("lumbar", low, standing.locate("t12_l1", "lumbar"), 5, 23),
        ("thorax", chest, top, 12, 15),
        ("neck", standing.locate("c7_t1", "neck"), standing.locate("c0_c2", "neck"), 5, 13),
    ):
        column = _trace_vertebrae(start, stop, count, wide)
        yield BoneForm(bone, "", column, (start[0] + stop[0]) / 2, VIEWS)
    ribs = trace_form(list(_list_ribs(chest, top)), step=2.0, smooth=0.7)
    yield BoneForm("thorax", "", ribs, top[0], VIEWS)
    breast = trace_form([Seat(np.array([0.0, top[1]])).put_discs(discs) for discs in _BREASTBONE])
    yield BoneForm("thorax", "", breast, top[0] + 110, ("front",))


def _trace_vertebrae(
    start: np.ndarray, stop: np.ndarray, count: int, wide: float
) -> list[np.ndarray]:
    """Trace a stack of vertebrae between two joints: bodies and transverse processes."""
    tall = (stop[1] - start[1]) / count
    chains = []
    for number in range(count):
        up = start[1] + (number + 0.5) * tall
        for half, rise, radius in ((wide * 0.55, 0, tall * 0.42), (wide * 1.3, 1, tall * 0.16)):
            ends = np.array([[-half, up + rise], [half, up + rise]])
            chains.append((ends, np.full(2, radius)))
    return trace_form(chains, step=1.6, smooth=0.6)


def _list_ribs(chest: np.ndarray, top: np.ndarray) -> Iterator[Chain]:
    """List ten pairs of ribs as arcs from the spine round to the side, and seven of them forward to
    the breastbone."""
    turn = np.linspace(0.1, 1, 9)
    for number in range(10):
        up = top[1] - 8 - number * (top[1] - chest[1]) * 0.093
        bow = np.sin(np.pi * (0.2 + 0.36 * min(number, 6) / 6))
        wide = 150 * bow * (1 - 0.035 * max(number - 6, 0)) - 12
        across, drop = wide * np.sin(turn * np.pi / 2), -10 - (22 + 4.5 * number) * turn**2
        inner = np.array([wide, wide * 0.86, wide * 0.5, 16])
        fall = drop[-1] + np.array([0, -16, -12 + 3 * number, 6 * number])
        for sign in (1, -1):
            yield np.column_stack([sign * across, up + drop]), np.full(9, 4.2)
            if number < 7:
                yield np.column_stack([sign * inner, up + fall]), np.full(4, 3.6)


def _trace_head(standing: Standing) -> Iterator[BoneForm]:
    """Trace the face, which lies over the deep muscles of the neck, and the skull from behind."""
    centre = standing.locate("c0_c2", "head")
    seat, depth = _find_seat(centre), centre[0] + 60

    def face(loops: list[np.ndarray], role: str = "bone") -> BoneForm:
        return BoneForm("head", "", loops, depth, ("front",), 3, role)

    for half in (_TEETH, _JAW, _CRANIUM):
        yield face(trace_form([], [seat.put(mirror_half(half))], step=1.4, smooth=1.0))
    nose = trace_form([], [seat.put(mirror_half(_NOSE))], step=1.4, smooth=1.0)
    yield face(nose, "hollow")
    orbit = trace_form([], [np.array(_ORBIT, float)], step=1.4, smooth=1.4)
    for sign in (1.0, -1.0):
        yield face(list(map(_find_seat(centre, sign).put, orbit)), "hollow")
    mouth = trace_form([seat.put_discs(_MOUTH)], step=0.8, smooth=0.3)
    yield face(mouth, "hollow")
    behind = trace_form(
        [_find_seat(centre, sign).put_discs(_JAW_BEHIND) for sign in (1.0, -1.0)],
        [seat.put(mirror_half(_OCCIPUT))],
        smooth=1.6,
    )
    yield BoneForm("head", "", behind, centre[0] - 60, ("back",))


def draw_front_skin(standing: Standing, shapes: Iterable[Shape]) -> Piece:
    """Draw the outline of the whole body so that it encloses every structure.

    Parameters
    ----------
    standing : Standing
    shapes : iterable of Shape

    Returns
    -------
    Piece
    """
    inside = [curve[:, [FRONTAL, 1]] for shape in shapes for curve in shape.outline.split()]
    return Piece("skin", VIEWS, draw_skin(_list_skin(standing), inside, standing), role="skin")


def _list_skin(standing: Standing) -> SkinForms:
    """List the forms of the skin and the axes that carry it."""
    low, top, head = (
        standing.locate(joint, bone)
        for joint, bone in (("l5_s1", "pelvis"), ("c7_t1", "thorax"), ("c0_c2", "head"))
    )
    chest = standing.locate("t12_l1", "thorax")
    polygons = [
        _find_seat(centre).put(mirror_half(half))
        for centre, half in ((top, _TORSO), (head, _HEAD_SKIN), (head, _NECK_SKIN))
    ]
    axes = [
        SkinAxis("pelvis", low, low - [0, 150, 0], 150),
        SkinAxis("lumbar", low, chest, 130),
        SkinAxis("thorax", chest, top, 150),
        SkinAxis("neck", top, head, 58),
        SkinAxis("head", head + [0, 20, 0], head + [0, 110, 0], 80),
    ]
    chains: list[Chain] = []
    for side, sign in standing.sides:
        for part in (_list_leg_skin(standing, side, sign), _list_arm_skin(standing, side, sign)):
            chains += part.chains
            axes += part.axes
    return SkinForms(chains, polygons, axes)


def _list_leg_skin(standing: Standing, side: str, sign: float) -> SkinForms:
    chains = [
        _find_seat(standing.locate(f"{joint}_{side}", f"{bone}_{side}"), sign).put_discs(discs)
        for bone, joint, discs in _LEG_SKIN
    ]
    hip, knee, ankle = (
        standing.locate(f"{joint}_{side}", f"{bone}_{side}")
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
    )
    axes = [
        SkinAxis(f"thigh_{side}", hip, knee, 80),
        SkinAxis(f"shank_{side}", knee, ankle, 48),
        SkinAxis(f"foot_{side}", ankle, ankle - [0, 50, 0], 32),
    ]
    return SkinForms(chains, [], axes)


def _list_arm_skin(standing: Standing, side: str, sign: float) -> SkinForms:
    bone = f"arm_{side}"
    centre = standing.locate(f"sternoclavicular_{side}", bone)
    chains = [_find_seat(centre, sign).put_discs(discs) for discs in _ARM_SKIN]
    shoulder, elbow, fingers = (centre + np.array(place) * [1, 1, sign] for place in _ARM)
    axes = [SkinAxis(bone, shoulder, elbow, 44), SkinAxis(bone, elbow, fingers, 34)]
    return SkinForms(chains, [], axes)
