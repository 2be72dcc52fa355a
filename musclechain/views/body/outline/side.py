"""Skin of the body seen from the side, behind the muscles: quiet, light, and moved by
the same bones.

As from the front, the forms hang on the joint centres of the body and are drawn
to be recognised. Offsets are (forward, up) in mm, radii in mm.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from musclechain.views.body.outline.curves import (
    FRONTAL,
    SAGITTAL,
    Piece,
)
from musclechain.views.body.outline.flesh import (
    ARM_REGIONS,
    LEG_REGIONS,
    TRUNK_REGIONS,
    Room,
    Sleeve,
)
from musclechain.views.body.outline.forms import (
    FINE_SMOOTH,
    FINE_STEP_MM,
    Seat,
    SkinAxis,
    SkinForms,
    Skins,
    draw_skin,
)
from musclechain.views.body.outline.hands import find_fingers, find_hand
from musclechain.views.body.outline.heads import CHIN_UP_MM, SIDE_HEAD
from musclechain.views.body.outline.lines import hang_line
from musclechain.views.body.outline.shapes import Shape
from musclechain.views.body.outline.standing import SIDES, Standing

__all__ = [
    "draw_ear",
    "draw_side_arm_skin",
    "draw_side_hand",
    "draw_side_skin",
    "draw_side_toes",
    "list_side_rooms",
]

# As from the front; the buttock is thick behind its lines of pull.
_HIP_REACH = ((-0.36, -0.3, 0.2, 0.3), (0.0, 60.0, 60.0, 0.0))
_THIGH_REACH = ((-0.1, 0.0, 0.76, 0.9), (0.0, 34.0, 34.0, 0.0))
_CALF_REACH = ((-0.06, 0.2, 0.36, 0.78), (0.0, 26.0, 24.0, 0.0))
_ARM_REACH = ((0.05, 0.45, 0.6, 1.04), (0.0, 34.0, 34.0, 0.0))
_FOREARM_REACH = ((-0.1, 0.08, 0.34, 0.58), (0.0, 24.0, 20.0, 0.0))
_TRUNK_REACH = ((0.0, 0.06, 0.85, 0.97), (0.0, 36.0, 36.0, 0.0))


# Under the chin, down the throat and up the nape.
_HEAD_SKIN = (
    *SIDE_HEAD,
    (36, -62),
    (28, -84),
    (30, -110),
    (40, -134),
    (-70, -134),
    (-66, -90),
    (-58, -48),
    (-60, -6),
    (-72, 22),
    (-85, 52),
    (-88, 84),
    (-82, 112),
    (-64, 134),
    (-34, 146),
)
_EAR_OUT_MM = 80.0
# The auricle, from above the mastoid process upward along its outer edge.
_EAR = (
    (-2, -6),
    (-7, 8),
    (-17, 22),
    (-23, 40),
    (-20, 54),
    (-8, 60),
    (4, 56),
    (8, 46),
    (2, 36),
    (4, 24),
    (9, 16),
    (6, 2),
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
    (-32, -400),
    (-46, -350),
    (-68, -290),
    (-92, -220),
    (-106, -160),
    (-104, -100),
    (-84, -40),
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
    (0, -260),
    (-44, -272),
    (-66, -250),
    (-84, -216),
    (-96, -176),
    (-94, -130),
    (-80, -84),
    (-64, -40),
    (-56, 0),
    (-46, 40),
    (0, 60),
)
_LEG_SKIN = (
    ("thigh", "hip", ((-6, -30, 78), (2, -110, 82), (4, -200, 75), (4, -300, 62), (0, -390, 52))),
    (
        "shank",
        "knee",
        (
            (-2, 0, 50),
            (-8, -52, 47),
            (-14, -110, 53),
            (-12, -180, 51),
            (-8, -270, 38),
            (-6, -340, 31),
            (-6, -390, 33),
        ),
    ),
    ("foot", "ankle", ((-10, 0, 34), (-30, -36, 36))),
)
# From the hip joint: fat rounds the fold between the buttock and the hamstrings.
_FOLD_SKIN = ((-34, -60, 86), (-10, -112, 82), (0, -160, 76), (6, -210, 72))
# From the shoulder joint.
_ELBOW, _FINGERTIP = (18, -331), (57, -759)
_ARM_SKIN = (
    (8, -110, 40),
    (12, -220, 40),
    (18, -331, 36),
    (22, -390, 33),
    (28, -470, 28),
    (34, -570, 22),
    (36, -596, 20),
    (40, -640, 17),
    (44, -680, 13),
)
# Which of these lies at the wrist.
_WRIST_DISC = 5
_FOOT = (
    (-62, -24),
    (-70, -42),
    (-66, -56),
    (-50, -62),
    (-20, -61),
    (40, -52),
    (90, -65),
    (150, -67),
    (202, -67),
    (216, -57),
    (207, -45),
    (176, -46),
    (158, -50),
    (124, -38),
    (80, -12),
    (40, 14),
    (20, 30),
    (-40, 20),
)


# How tall each toe stands above the floor from the big one on, how far back from its tip it shows,
# and how far flesh reaches before the bone, mm.
_FLOOR_UP_MM = -68.0
_TOE_UP_MM = (32.0, 30.0, 28.0, 26.0, 24.0)
_TOE_BACK_MM = (52.0, 46.0, 42.0, 38.0, 36.0)
_TOE_AHEAD_MM = 5.0
# They lie over what ends in them: tendons and the plantar fascia.
_TOE_LAYER = 4
# A toe from its root over the tip to the ball, as shares of these: back from the tip, up.
_TOE = (
    *((1.0, 1.12), (0.72, 1.03), (0.44, 0.96), (0.2, 0.84), (0.04, 0.56)),
    *((0.02, 0.3), (0.12, 0.08), (0.34, 0.02), (0.54, 0.12), (0.62, 0.24)),
)


def _find_seat(standing: Standing, joint: str, bone: str) -> Seat:
    """Sit forms on a joint; they turn with the bone's healthy posture."""
    return Seat(standing.locate(joint, bone)[:2], standing.moves[standing.number[bone]][:2, :2])


def draw_side_skin(
    standing: Standing, shapes: Iterable[Shape], side: str, skins: Skins | None = None
) -> list[Piece]:
    """Draw the outline of the body seen from one side without its arm, and the far leg.

    Parameters
    ----------
    standing : Standing
    shapes : iterable of Shape
        The skin lies outside of each.
    side : {'left', 'right'}
    skins : dict, optional
        Those that are known; see `draw_skin`.

    Returns
    -------
    list of Piece
        Roles far and skin.
    """
    (other,) = set(SIDES) - {side}
    inside = [curve[:, [SAGITTAL, 1]] for shape in shapes for curve in shape.outline.split()]
    return [
        Piece(
            "skin",
            (side,),
            draw_skin(forms, curves, standing, SAGITTAL, 3.0, 1.4, skins=skins),
            role=role,
        )
        for role, forms, curves in (
            ("far", _list_leg_skin(standing, other), []),
            ("skin", _list_skin(standing, side), inside),
        )
    ]


def draw_ear(standing: Standing, side: str) -> Piece:
    """Draw the ear of one side, as it lies over the skull and the muscles behind it."""
    points = _find_seat(standing, "c0_c2", "head").put([*_EAR, _EAR[0]])
    depth = SIDES[side] * _EAR_OUT_MM
    outline = hang_line(standing, "head", points, depth, SAGITTAL, closed=True)
    return Piece("skin", (side,), outline, role="skin")


def draw_side_toes(standing: Standing, bones: Iterable[Piece], side: str) -> list[Piece]:
    """Draw the toes as they are seen from one side over their bones, the little one before all.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece
        Those of a foot that have a `Piece.digit` are of the toes.
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
        Of each toe its flesh, role face, and its edge, role crease.
    """
    foot, pieces = f"foot_{side}", []
    toes = [piece for piece in bones if piece.digit and piece.name == foot]
    floor = float(standing.locate(f"ankle_{side}", foot)[1]) + _FLOOR_UP_MM
    for digit in sorted({piece.digit for piece in toes}):
        points = np.vstack([piece.outline.points for piece in toes if piece.digit == digit])
        back, tall = _TOE_BACK_MM[digit - 1], _TOE_UP_MM[digit - 1]
        tip = points[:, SAGITTAL].max() + _TOE_AHEAD_MM
        for line, role in (((*_TOE, _TOE[0]), "face"), (_TOE, "crease")):
            flat = np.array([tip, floor]) + np.array(line) * [-back, tall]
            depth = float(points[:, FRONTAL].mean())
            edge = hang_line(standing, foot, flat, depth, SAGITTAL, 4, closed=role == "face")
            pieces.append(Piece(foot, (side,), edge, _TOE_LAYER, role))
    return pieces


def draw_side_arm_skin(
    standing: Standing,
    shapes: Iterable[Shape],
    bones: Iterable[Piece],
    side: str,
    skins: Skins | None = None,
) -> list[Piece]:
    """Draw the outline of the arm, as it lies over the trunk.

    Parameters
    ----------
    standing : Standing
    shapes, bones : iterable of Shape, of Piece
        Those of the arm, which it encloses.
    side : {'left', 'right'}
    skins : dict, optional
        Those that are known; see `draw_skin`.

    Returns
    -------
    list of Piece
        Empty for a body without arms.
    """
    if f"glenohumeral_{side}" not in standing.joints:
        return []
    bones = list(bones)
    inner = [piece for piece in bones if not piece.digit]
    soft, hard = (
        [curve[:, [SAGITTAL, 1]] for part in parts for curve in part.outline.split()]
        for parts in (shapes, inner)
    )
    forms = _list_dressed_arm(standing, side, bones)
    fine = (FINE_STEP_MM, FINE_SMOOTH)
    skin = draw_skin(forms, soft, standing, SAGITTAL, *fine, bones=hard, skins=skins)
    return [Piece("skin", (side,), skin, role="skin")]


def draw_side_hand(standing: Standing, bones: Iterable[Piece], side: str) -> list[Piece]:
    """Draw thin skin over the bones of the hand, through which they are seen.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece
        Those of the arm.
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
        Role thin; empty for a body without arms.
    """
    if f"glenohumeral_{side}" not in standing.joints:
        return []
    bones = list(bones)
    forms = _list_dressed_arm(standing, side, bones)
    (points, radii), *fingers = forms.chains
    wrist = float(points[_WRIST_DISC, 1])
    loops = find_hand(bones, f"arm_{side}", wrist, SAGITTAL)
    if not loops:
        return []
    chains = [(points[_WRIST_DISC:], radii[_WRIST_DISC:]), *fingers]
    palm = SkinForms(chains, [], forms.axes[-1:])
    skin = draw_skin(palm, [], standing, SAGITTAL, FINE_STEP_MM, FINE_SMOOTH, bones=loops)
    return [Piece(f"arm_{side}", (side,), skin, role="thin")]


def _list_arm_skin(standing: Standing, side: str) -> SkinForms:
    """List the forms of the skin of one arm and the axes that carry it."""
    bone = f"arm_{side}"
    seat = _find_seat(standing, f"glenohumeral_{side}", bone)
    centre = standing.locate(f"glenohumeral_{side}", bone)
    elbow, fingers = (np.append(seat.put([place])[0], centre[2]) for place in (_ELBOW, _FINGERTIP))
    axes = [
        SkinAxis(f"shoulder_girdle_{side}", centre + [0, 30, 0], centre + [0, 10, 0], 34),
        SkinAxis(bone, centre - [0, 30, 0], elbow, 44),
        SkinAxis(bone, elbow, fingers, 34),
    ]
    discs = seat.put_discs(_ARM_SKIN)
    return SkinForms([discs], [], axes, (float(discs[0][_WRIST_DISC, 1]), np.inf))


def _list_dressed_arm(standing: Standing, side: str, bones: Iterable[Piece]) -> SkinForms:
    """List the forms of the skin of an arm with its fingers."""
    forms = _list_arm_skin(standing, side)
    fingers = find_fingers(bones, f"arm_{side}", SAGITTAL)
    return replace(forms, chains=[*forms.chains, *fingers.values()])


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
    return SkinForms(chains, [foot], axes, (float(ankle[1]), np.inf))


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
    calm = (float(leg.axes[-1].start[1]), float(skull[1]) + CHIN_UP_MM)
    fold = _find_seat(standing, f"hip_{side}", f"thigh_{side}").put_discs(_FOLD_SKIN)
    return SkinForms([*leg.chains, fold], [*leg.polygons, *polygons], axes, calm)


def list_side_rooms(standing: Standing) -> list[Room]:
    """List trunk and right leg as they are seen from the side, for their muscles to fill.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Room
    """
    rooms = []
    hips = _find_seat(standing, "l5_s1", "pelvis").put(_HIPS)
    arms = tuple(number for bone, number in standing.number.items() if bone.startswith("arm_"))
    for side, _ in standing.sides[:1]:
        if f"glenohumeral_{side}" in standing.joints:
            arm = _list_arm_skin(standing, side)
            (_, upper_arm, forearm) = arm.axes
            sleeves = [
                Sleeve(axis.start[:2], axis.stop[:2], *reach)
                for axis, reach in ((upper_arm, _ARM_REACH), (forearm, _FOREARM_REACH))
            ]
            rooms.append(Room(ARM_REGIONS, arm.chains, [], sleeves, (arms, 0.6, 1.0)))
        hip, knee, ankle = (
            standing.locate(f"{joint}_{side}", f"{bone}_{side}")[:2]
            for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
        )
        sleeves = [
            Sleeve(hip, knee, *_HIP_REACH),
            Sleeve(hip, knee, *_THIGH_REACH),
            Sleeve(knee, ankle, *_CALF_REACH),
        ]
        skin = _list_leg_skin(standing, side)
        low, top = (
            standing.locate(joint, bone)[:2]
            for joint, bone in (("l5_s1", "pelvis"), ("c7_t1", "thorax"))
        )
        trunk = _find_seat(standing, "c7_t1", "thorax").put(_TORSO)
        upper = [Sleeve(low, top, *_TRUNK_REACH)]
        rooms.append(Room(TRUNK_REGIONS, [], [trunk, hips], upper, (arms, 0.0, 0.6)))
        rooms.append(Room(LEG_REGIONS, skin.chains, [*skin.polygons, hips], sleeves))
    return rooms
