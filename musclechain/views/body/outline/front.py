"""Skin behind the muscles of the body map, from the back and the front: quiet, light,
and moved by the same bones.

The forms hang on the joint centres of the body, so a body with other joints
moves them along. They are drawn to be recognised, not to be measured.
Offsets are (across, up) in mm for the right side, across positive to the side.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from musclechain.views.body.outline.curves import (
    FRONTAL,
    Curves,
    Piece,
    bind_curves,
    lift_points,
    put_together,
)
from musclechain.views.body.outline.fields import find_area
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
    mirror_half,
)
from musclechain.views.body.outline.hands import find_fingers, find_hand, mark_fingers
from musclechain.views.body.outline.heads import CHIN_UP_MM, FRONT_HEAD
from musclechain.views.body.outline.lines import hang_line, smooth_lines
from musclechain.views.body.outline.shapes import Shape
from musclechain.views.body.outline.standing import SIDES, Standing

__all__ = [
    "draw_front_skin",
    "draw_hollows",
    "draw_navel",
    "draw_shins",
    "draw_soles",
    "dress_hands",
    "dress_heels",
    "dress_toes",
    "list_front_rooms",
]

VIEWS = ("back", "front")
LEG_BONES = ("thigh", "shank", "foot")
# The skin of an arm or a leg encloses what it carries to this share: a leg also the gluteus medius,
# so that the hip is round. The trunk's encloses what arms carry less than half of, and legs less
# than a buttock.
SOME = {"arm": 0.3, "leg": 0.15}
HALF, BUTTOCK = 0.5, 0.25

# Shoulder, elbow and fingertips from the collarbone's inner end: forward, up, to the side.
_ARM = ((-35, -20, 128), (-30, -345, 174), (-20, -770, 205))

# How far behind the joints the roof of the shoulders lies, trapezius and acromion, mm: in a forward
# bend it rises over what lies before it.
_ROOF_BACK_MM = 80
_EAR_MM = 90

# How far muscles fill a limb, mm, at shares of the way from joint to joint: buttock and thigh, but
# not the knee; the calf, but not the ankle, where tendons run; arm and forearm, but not elbow and
# wrist.
_THIGH_REACH = ((-0.46, -0.38, 0.82, 0.97), (0.0, 40.0, 34.0, 0.0))
_CALF_REACH = ((-0.06, 0.2, 0.36, 0.78), (0.0, 26.0, 24.0, 0.0))
_ARM_REACH = ((0.05, 0.45, 0.6, 1.04), (0.0, 34.0, 34.0, 0.0))
_FOREARM_REACH = ((-0.1, 0.08, 0.34, 0.58), (0.0, 32.0, 26.0, 0.0))
# Where along the shank its inner border is drawn, shares of the way from knee to ankle.
_BORDER_SHARES = (0.12, 0.2, 0.32, 0.45, 0.58, 0.7, 0.8, 0.87)
# The shin: how far down the shank (share) no muscle covers the inner face of the tibia, and how far
# inside of the bone's outer edge that face begins, mm.
_SHIN_SHARE, _SHIN_INWARD_MM = 0.72, 6.0
_TRUNK_REACH = ((-0.05, 0.05, 0.85, 1.0), (0.0, 26.0, 26.0, 0.0))

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
    (154, -500),
    (160, -570),
    (160, -640),
    (70, -640),
    (0, -590),
)
# Skin of the limbs: chains of discs from a joint centre.
_LEG_SKIN = (
    ("thigh", "hip", ((6, -20, 71), (6, -100, 73), (6, -200, 72), (4, -300, 61), (2, -400, 50))),
    (
        "shank",
        "knee",
        (
            (0, 0, 49),
            (2, -60, 47),
            (3, -120, 53),
            (3, -190, 49),
            (2, -280, 32),
            (1, -340, 27),
            (0, -400, 31),
        ),
    ),
    ("foot", "ankle", ((0, 0, 30), (0, -34, 28))),
    ("foot", "ankle", ((0, -26, 27), (-18, -53, 15), (26, -56, 12), (54, -58, 10))),
)
# The heel as it is seen from behind: its outer edge before the forefoot, from the sole up to the
# outer malleolus; its upper edge, which deep tendons pass behind, its inner edge and the sole run
# in those of the foot. The outer forefoot, over which the fibular tendons run to its edge and,
# before the heel, to the sole; how far ahead of the ankle both hide the bones of the foot, mm. On
# the heel lies its bone, and there the calcaneal tendon ends.
_HEEL = ((19, -70), (28, -63), (32, -53), (32, -40), (29, -26), (24, -10))
_HEEL_INSIDE = (
    *((14, -12), (4, -10), (-8, -10), (-18, -12), (-28, -7)),
    *((-32, -20), (-35.5, -36), (-34, -48), (-24, -60), (-10, -68)),
)
# The bands under the malleoli that tendons pass behind on their way to the sole.
_ANKLE_BANDS = (((19, -8), (27, -10), (36, -8)), ((-15, -12), (-23, -12), (-29, -9)))
_BEFORE_HEEL = (
    *((24, -8), (35, -8), (45, -17), (55, -37), (61, -53), (57, -62), (44, -65)),
    *((19, -70), (28, -63), (32, -53), (32, -40), (29, -26)),
)
_HEEL_HIDES_MM = 15.0
_HEEL_LAYER, _FOREFOOT_LAYER = 2, 1
# The hollow of the knee from the knee joint: fat round vessels and nerves fills what the hamstrings
# and the heads of the calf leave open between them, and lies over the bones and the popliteus.
_HOLLOW = ((4, 190), (-12, 110), (-24, 50), (-22, 0), (0, -50), (22, -10), (30, 40), (20, 110))
_HOLLOW_LAYER, _HOLLOW_DEPTH = 1, 3
# Height of the floor above the ankle, mm.
_SOLE_UP_MM = -71.0
# The edge of a sole, ahead of the ankle and outward, mm: from the heel along the outer border to
# the toes, and back by the ball and the arch; and how far its rim rises off the floor, by how far
# out it lies: under a standing foot it is the lower edge of the skin. Of a foot that hangs it is
# the skin, from behind over all of the foot and from the front under it.
_SOLE = (
    *((-60, 2), (-46, 27), (0, 40), (45, 53), (95, 60), (140, 58), (170, 48), (192, 36)),
    *((206, 20), (210, -4), (196, -22), (140, -34), (60, -24), (-30, -28)),
)
_SOLE_RIM = ((-34, -28, -24, -13, 0, 27, 51, 57, 62), (12, 9, 5, 1, 0, 0.5, 4, 6.5, 12))
_SOLE_LAYERS = {"back": 9, "front": -1}
# What is seen on it, in the same measures: the roots of the toes, the clefts between them, the edge
# of their ball, and that of the heel.
_SOLE_CREASES = (
    ((160, -29), (171, -14), (171, -2), (167, 14), (157, 28), (144, 42), (132, 54)),
    *(((172, -3), (205, -2)), ((167, 13), (204, 14))),
    *(((157, 28), (196, 29)), ((146, 40), (186, 38))),
    ((120, -31), (133, -14), (134, 8), (126, 28), (112, 50)),
    ((4, -24), (10, -6), (8, 16), (-2, 34)),
)
# The outer forefoot lies this far ahead of the ankle, from where the heel ends outward, mm.
_FOREFOOT_AHEAD = ((32, 60), (0, 95))
# How tall each toe stands there, from the big one on, and half its width, mm.
_TOE_UP_MM = (39.0, 36.0, 33.0, 29.0, 25.0)
_TOE_HALF_MM = (13.6, 7.3, 6.9, 6.4, 6.0)
# The outline of a toe from its root over the rounded tip: across and up, as shares of these; the
# root lies further inward by this share of the height.
_TOE = (
    *((-0.8, 1.0), (-0.86, 0.74), (-0.99, 0.46), (-0.95, 0.22), (-0.62, 0.045), (0.0, 0.0)),
    *((0.62, 0.045), (0.95, 0.22), (0.99, 0.46), (0.86, 0.74), (0.8, 1.0)),
)
_TOE_ROOT, _TOE_INWARD = (0.0, 1.14), 0.12
# The nail, in the same shares.
_NAIL = (
    *((-0.44, 0.42), (-0.46, 0.25), (-0.3, 0.15), (0.0, 0.13)),
    *((0.3, 0.15), (0.46, 0.25), (0.44, 0.42), (0.0, 0.46)),
)
# The navel lies over the disc between the third and the fourth lumbar vertebra: so far above and
# before the joint at the sacrum, mm. What is round it moves with lumbar spine and pelvis alike.
_NAVEL_UP_MM, _NAVEL_AHEAD_MM = 72.0, 100.0
# Its rim, and the fold within, from its middle: across and up, mm.
_NAVEL_RIM = ((0, 8), (5.5, 6), (7.5, 0), (5.5, -6), (0, -8), (-5.5, -6), (-7.5, 0), (-5.5, 6))
_NAVEL_FOLD = ((-3.6, 0.6), (-2.2, 2.8), (0, 3.6), (2.2, 2.8), (3.6, 0.6))
# All of the trunk lies under it.
_NAVEL_LAYER = 4
# From the collarbone's inner end: the arm to the wrist, the palm and the ball of the thumb.
_ARM_SKIN = (
    (
        (100, -11, 38),
        (118, -16, 40),
        (138, -60, 42),
        (148, -140, 38),
        (158, -240, 36),
        (170, -330, 33),
        (176, -390, 36),
        (184, -460, 32),
        (196, -570, 22),
        (198, -596, 22),
    ),
    ((198, -600, 20), (206, -640, 25), (209, -668, 24)),
    ((208, -632, 24), (228, -656, 16)),
)
_NECK_SKIN = ((0, 40), (56, 20), (56, -40), (58, -80), (66, -104), (90, -124), (0, -140))


def _find_seat(centre: np.ndarray, sign: float = 1.0) -> Seat:
    """Sit forms on a joint; those of the left are mirrored."""
    return Seat(centre[[FRONTAL, 1]], np.diag([sign, 1.0]))


def draw_front_skin(
    standing: Standing,
    shapes: Iterable[Shape],
    bones: Iterable[Piece] = (),
    skins: Skins | None = None,
) -> Piece:
    """Draw the outline of the whole body so that it encloses every structure.

    Parameters
    ----------
    standing : Standing
    shapes : iterable of Shape
    bones : iterable of Piece
    skins : dict, optional
        Those that are known; see `draw_skin`.

    Returns
    -------
    Piece
    """
    # each limb has a skin of its own: an arm hangs free of a trunk that leans, thighs part
    arms = [f"arm_{side}" for side, _ in standing.sides]
    bones = list(bones)
    parts = [(_list_skin(standing), "")]
    for side, sign in standing.sides:
        parts.append((_list_dressed_arm(standing, side, sign, bones), f"arm_{side}"))
        parts.append((_list_leg_skin(standing, side, sign), f"leg_{side}"))
    limbs = {name: [name] for name in arms}
    limbs |= {f"leg_{side}": [f"{bone}_{side}" for bone in LEG_BONES] for side, _ in standing.sides}
    soft = [(shape.outline, _share_of_limbs(shape.outline, standing, limbs)) for shape in shapes]
    hard = [
        (piece.outline, _share_of_limbs(piece.outline, standing, limbs))
        for piece in bones
        if not (piece.digit and piece.name in arms)
    ]
    inside = {part: _list_inside(soft, part) for _, part in parts}
    loops = [
        draw_skin(
            forms,
            inside[part],
            standing,
            step=FINE_STEP_MM if part in arms else 4.0,
            smooth=FINE_SMOOTH if part in arms else 1.7,
            bones=_list_inside(hard, part),
            beside=[loop for other in _list_beside(part) for loop in inside.get(other, ())],
            skins=skins,
        )
        for forms, part in parts
    ]
    return Piece("skin", VIEWS, put_together(loops), role="skin")


def _list_beside(part: str) -> list[str]:
    """List the parts that lie beside one without growing out of it."""
    limb, _, side = part.partition("_")
    if limb == "leg":
        return [f"leg_{other}" for other in SIDES if other != side]
    return [""] if limb == "arm" else [f"arm_{other}" for other in SIDES]


def dress_toes(standing: Standing, bones: Iterable[Piece]) -> list[Piece]:
    """Draw each toe in its skin, as it is seen from the front, over its bones: the big one over
    all.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece
        Those of a foot that have a `Piece.digit` are of the toes.

    Returns
    -------
    list of Piece
        The other bones, and then toe by toe its flesh (role face), its edge and its nail (crease).
    """
    bones = list(bones)
    feet = {f"foot_{side}" for side, _ in standing.sides}
    dressed = [piece for piece in bones if not (piece.digit and piece.name in feet)]
    for side, _ in standing.sides:
        foot = f"foot_{side}"
        for digit in range(5, 0, -1):
            own = [piece for piece in bones if piece.digit == digit and piece.name == foot]
            if own:
                # the big toe has two bones, and the first is that of its ball
                tip = own[-1:] if digit == 1 else own[-2:]
                dressed += _draw_toe(standing, side, digit, tip)
    return dressed


def _draw_toe(standing: Standing, side: str, digit: int, tip: Sequence[Piece]) -> Iterator[Piece]:
    """Draw a toe that stands on the floor before the last bones of its tip: its flesh, the edge of
    it, open at the root, and its nail."""
    foot = f"foot_{side}"
    places = np.vstack([piece.outline.points for piece in tip])
    low, high = places[:, FRONTAL].min(), places[:, FRONTAL].max()
    floor = float(standing.locate(f"ankle_{side}", foot)[1]) + _SOLE_UP_MM
    tall, half = _TOE_UP_MM[digit - 1], _TOE_HALF_MM[digit - 1]
    inward = -np.sign(low + high) * _TOE_INWARD
    for line, role in (
        ((*_TOE, _TOE_ROOT, _TOE[0]), "face"),
        (_TOE, "crease"),
        ((*_NAIL, _NAIL[0]), "crease"),
    ):
        shares = np.array(line)
        across = (low + high) / 2 + half * shares[:, 0] + inward * tall * shares[:, 1]
        flat = np.column_stack([across, floor + tall * shares[:, 1]])
        depth = float(places[:, 0].mean())
        edge = hang_line(standing, foot, flat, depth, FRONTAL, 4, closed=role == "face")
        yield Piece("skin", ("front",), edge, role=role)


def dress_hands(standing: Standing, bones: Iterable[Piece]) -> list[Piece]:
    """Draw thin skin over the bones of each hand, through which they are seen, as they are from the
    back and the front, with a fold at each joint of a finger and its nail.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece

    Returns
    -------
    list of Piece
        Roles thin and crease.
    """
    bones, hands = list(bones), []
    for side, sign in standing.sides:
        arm = f"arm_{side}"
        if arm not in standing.number:
            continue
        forms = _list_dressed_arm(standing, side, sign, bones)
        loops = find_hand(bones, arm, forms.calm[0], FRONTAL)
        if loops:
            palm = SkinForms(forms.chains[1:], [], forms.axes[-1:])
            skin = draw_skin(palm, [], standing, step=FINE_STEP_MM, smooth=FINE_SMOOTH, bones=loops)
            hands.append(Piece(arm, VIEWS, skin, role="thin"))
            fingers = find_fingers(bones, arm, FRONTAL)
            hands += mark_fingers(standing, arm, fingers, float(forms.axes[-1].stop[0]))
    return hands


def dress_heels(standing: Standing, bones: Iterable[Piece]) -> list[Piece]:
    """Draw each heel, as it is seen from the back, before the forefoot that it hides.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece

    Returns
    -------
    list of Piece
        The bones that are left in sight, and of each foot roles face and crease.
    """
    seen = list(bones)
    for side, sign in standing.sides:
        foot = f"foot_{side}"
        centre = standing.locate(f"ankle_{side}", foot)
        ahead = float(centre[0]) + _HEEL_HIDES_MM
        own = [piece for piece in seen if piece.name == foot]
        seen = [piece for piece in seen if piece.name != foot]
        own = [piece for piece in own if piece.outline.points[:, 0].mean() < ahead]
        seen += own
        for line, role, layer in (
            ((*_BEFORE_HEEL, _BEFORE_HEEL[0]), "face", _FOREFOOT_LAYER),
            ((*_HEEL, *_HEEL_INSIDE, _HEEL[0]), "face", _HEEL_LAYER),
            *((line, "crease", _HEEL_LAYER) for line in (_HEEL, *_ANKLE_BANDS)),
        ):
            flat, depth = _find_seat(centre, sign).put(line), float(centre[0])
            if layer == _FOREFOOT_LAYER:
                depth = depth + np.interp(np.array(line)[:, 0], *_FOREFOOT_AHEAD)
            edge = hang_line(standing, foot, flat, depth, FRONTAL, closed=role == "face")
            seen.append(Piece("skin", ("back",), edge, layer, role))
        if own:
            heel = min(own, key=lambda piece: float(piece.outline.points[:, 1].min()))
            seen.append(replace(heel, layer=_HEEL_LAYER))
    return seen


def draw_soles(standing: Standing, view: str) -> list[Piece]:
    """Draw the sole of each foot, which is seen where a foot hangs.

    Parameters
    ----------
    standing : Standing
    view : str
        back or front.

    Returns
    -------
    list of Piece
        Roles sole and crease.
    """
    soles = []
    for side, sign in standing.sides:
        foot = f"foot_{side}"
        centre = standing.locate(f"ankle_{side}", foot)
        lines = []
        for line in ((*_SOLE, _SOLE[0]), *_SOLE_CREASES):
            ahead, outward = np.array(line).T
            up = centre[1] + _SOLE_UP_MM + np.interp(outward, *_SOLE_RIM)
            flat = np.column_stack([centre[2] + sign * outward, up])
            closed, depth = line[0] == line[-1], centre[0] + ahead
            lines.append(hang_line(standing, foot, flat, depth, FRONTAL, 4, closed=closed))
        edge, *creases = lines
        soles.append(Piece("skin", (view,), edge, _SOLE_LAYERS[view], "sole"))
        if view == "back":
            creased = put_together(creases)
            soles.append(Piece(foot, (view,), creased, _SOLE_LAYERS[view], "crease"))
    return soles


def draw_shins(standing: Standing, bones: Iterable[Piece]) -> list[Piece]:
    """Draw the inner border of each tibia, which lies right under the skin, as it is seen from the
    front: so its inner face is told from the calf behind it.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece

    Returns
    -------
    list of Piece
        Role crease.
    """
    bones, borders = list(bones), []
    for side, sign in standing.sides:
        shank = f"shank_{side}"
        tibia = _find_tibia(bones, side)
        knee, ankle = (
            standing.locate(f"{joint}_{side}", bone)
            for joint, bone in (("knee", shank), ("ankle", f"foot_{side}"))
        )
        inner = tibia[sign * tibia[:, 0] < sign * tibia[:, 0].mean()]
        inner = inner[np.argsort(inner[:, 1])]
        heights = knee[1] + np.array(_BORDER_SHARES) * (ankle[1] - knee[1])
        across = np.interp(heights, *inner.T[::-1])
        flat = np.column_stack([across, heights])
        border = hang_line(standing, shank, flat, float(knee[0]), FRONTAL)
        borders.append(Piece(shank, ("front",), border, role="crease"))
    return borders


def draw_hollows(standing: Standing) -> list[Piece]:
    """Draw the hollow behind each knee, as far as muscles leave it open, as it is seen from the
    back.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        Role fat.
    """
    hollows = []
    for side, sign in standing.sides:
        thigh, shank = f"thigh_{side}", f"shank_{side}"
        centre = standing.locate(f"knee_{side}", shank)
        points = _find_seat(centre, sign).put([*_HOLLOW, _HOLLOW[0]])
        curve, _ = smooth_lines(lift_points(points, float(centre[0]), FRONTAL))
        carriers = standing.carry([thigh if up > centre[1] else shank for up in curve[:-1, 1]])
        outline = bind_curves(curve[:-1], carriers, (len(curve) - 1,), True)
        hollows.append(Piece(thigh, ("back",), outline, _HOLLOW_LAYER, "fat", depth=_HOLLOW_DEPTH))
    return hollows


def draw_navel(standing: Standing) -> list[Piece]:
    """Draw the navel, as it is seen from the front.

    Parameters
    ----------
    standing : Standing

    Returns
    -------
    list of Piece
        Roles face and crease.
    """
    centre = standing.locate("l5_s1", "lumbar") + [_NAVEL_AHEAD_MM, _NAVEL_UP_MM, 0]
    pieces = []
    for line, role in (
        ((*_NAVEL_RIM, _NAVEL_RIM[0]), "face"),
        ((*_NAVEL_RIM, _NAVEL_RIM[0]), "crease"),
        (_NAVEL_FOLD, "crease"),
    ):
        flat = centre[[FRONTAL, 1]] + np.array(line, float)
        edge = hang_line(standing, "lumbar", flat, float(centre[0]), FRONTAL, 4, role == "face")
        halves = np.tile(standing.carry(["lumbar", "pelvis"]).mean(axis=0), (len(edge.points), 1))
        edge = bind_curves(edge.points, halves, edge.ends, edge.closed)
        pieces.append(Piece("lumbar", ("front",), edge, _NAVEL_LAYER, role, depth=_NAVEL_LAYER))
    return pieces


def _share_of_limbs(
    curves: Curves, standing: Standing, limbs: Mapping[str, Iterable[str]]
) -> dict[str, float]:
    """How much of some curves the bones of each limb carry; the rest is the trunk's."""
    number = standing.number
    counts = np.bincount(curves.bones[:, 0], minlength=len(number)) / len(curves.bones)
    return {
        limb: float(sum(counts[number[bone]] for bone in bones if bone in number))
        for limb, bones in limbs.items()
    }


def _list_inside(curves: Iterable[tuple[Curves, dict[str, float]]], part: str) -> list[np.ndarray]:
    """List the flat curves that the skin of a part encloses."""
    return [
        loop[:, [FRONTAL, 1]]
        for outline, shares in curves
        if (shares.get(part, 0.0) > SOME[part[:3]] if part else _is_of_trunk(shares))
        for loop in outline.split()
    ]


def _is_of_trunk(shares: Mapping[str, float]) -> bool:
    """Whether something lies within the skin of the trunk; buttocks would join the thighs there."""
    legs = sum(share for limb, share in shares.items() if limb.startswith("leg"))
    return legs < BUTTOCK and sum(shares.values()) < HALF


def _list_skin(standing: Standing) -> SkinForms:
    """List the forms of the skin without the arms, and the axes that carry it."""
    low, top, head = (
        standing.locate(joint, bone)
        for joint, bone in (("l5_s1", "pelvis"), ("c7_t1", "thorax"), ("c0_c2", "head"))
    )
    chest = standing.locate("t12_l1", "thorax")
    polygons = [
        _find_seat(centre).put(mirror_half(half))
        for centre, half in ((top, _TORSO), (head, FRONT_HEAD), (head, _NECK_SKIN))
    ]
    axes = [
        SkinAxis("pelvis", low, low - [0, 150, 0], 150),
        SkinAxis("lumbar", low, chest, 130),
        SkinAxis("thorax", chest, top - [_ROOF_BACK_MM, 0, 0], 150),
        SkinAxis("neck", top, head, 58),
        SkinAxis("head", head + [0, 20, 0], head + [0, 110, 0], 80),
        # from ear to ear, which else would hang on the chest
        SkinAxis("head", head + [0, 40, -_EAR_MM], head + [0, 40, _EAR_MM], 40),
    ]
    for side, sign in standing.sides:
        axes += _list_leg_skin(standing, side, sign).axes[1:]
    return SkinForms([], polygons, axes, (-np.inf, head[1] + CHIN_UP_MM))


def _list_leg_skin(standing: Standing, side: str, sign: float) -> SkinForms:
    chains = [
        _find_seat(standing.locate(f"{joint}_{side}", f"{bone}_{side}"), sign).put_discs(discs)
        for bone, joint, discs in _LEG_SKIN
    ]
    hip, knee, ankle = (
        standing.locate(f"{joint}_{side}", f"{bone}_{side}")
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
    )
    low = standing.locate("l5_s1", "pelvis")
    axes = [
        SkinAxis("pelvis", low, low - [0, 150, 0], 100),
        SkinAxis(f"thigh_{side}", hip, knee, 80),
        SkinAxis(f"shank_{side}", knee, ankle, 48),
        SkinAxis(f"foot_{side}", ankle, ankle - [0, 50, 0], 32),
        # what stands out beside the heel lies ahead, and goes down with hanging toes
        SkinAxis(f"foot_{side}", ankle + [40, -56, sign * 40], ankle + [100, -58, sign * 58], 20),
    ]
    return SkinForms(chains, [], axes, (float(ankle[1]), np.inf))


def _list_arm_skin(standing: Standing, side: str, sign: float) -> SkinForms:
    bone, girdle = f"arm_{side}", f"shoulder_girdle_{side}"
    seat = _find_arm_seat(standing, side, sign)
    chains = [seat.put_discs(discs) for discs in _ARM_SKIN]
    shoulder, elbow, fingers = _find_arm(standing, side, sign)
    # the shoulder itself stays with the collar bone
    centre = standing.locate(f"sternoclavicular_{side}", girdle)
    axes = [
        SkinAxis(girdle, centre, shoulder + [-_ROOF_BACK_MM, 10, 0], 40),
        SkinAxis(bone, shoulder - [0, 60, 0], elbow, 44),
        SkinAxis(bone, elbow, fingers, 34),
    ]
    return SkinForms(chains, [], axes, (float(chains[1][0][0, 1]), np.inf))


def _find_arm_seat(standing: Standing, side: str, sign: float) -> Seat:
    """Sit forms of an arm on the inner end of its collar bone, turned as the arm hangs."""
    bone = f"arm_{side}"
    centre = standing.locate(f"sternoclavicular_{side}", bone)
    plane = [FRONTAL, 1]
    turn = standing.moves[standing.number[bone]][np.ix_(plane, plane)]
    return Seat(centre[plane], turn * [sign, 1])


def _find_arm(standing: Standing, side: str, sign: float) -> list[np.ndarray]:
    """Find shoulder, elbow and fingertips of an arm."""
    seat = _find_arm_seat(standing, side, sign)
    depth = standing.locate(f"sternoclavicular_{side}", f"arm_{side}")[0]
    flat = seat.put([(across, up) for _, up, across in _ARM])
    return list(lift_points(flat, depth + np.array(_ARM)[:, 0], FRONTAL))


def _list_dressed_arm(
    standing: Standing, side: str, sign: float, bones: Iterable[Piece]
) -> SkinForms:
    """List the forms of the skin of an arm with its fingers."""
    forms = _list_arm_skin(standing, side, sign)
    fingers = find_fingers(bones, f"arm_{side}", FRONTAL)
    return replace(forms, chains=[*forms.chains, *fingers.values()])


def _is_on_midline(piece: Piece) -> bool:
    return abs(float(piece.outline.points[:, FRONTAL].mean())) < 5


def _find_tibia(bones: Iterable[Piece], side: str) -> np.ndarray:
    """Find the outline of the tibia, the largest bone of a shank, shape (n, 2)."""
    loops = (
        loop[:, [FRONTAL, 1]]
        for piece in bones
        if piece.name == f"shank_{side}" and piece.role == "bone"
        for loop in piece.outline.split()
    )
    return max(loops, key=lambda loop: find_area(*loop.T))


def list_front_rooms(standing: Standing, bones: Iterable[Piece]) -> list[Room]:
    """List the limbs of the right side as they are seen from the back and the front, for their
    muscles to fill.

    Parameters
    ----------
    standing : Standing
    bones : iterable of Piece

    Returns
    -------
    list of Room
    """
    bones, rooms = list(bones), []
    trunk = _find_seat(standing.locate("c7_t1", "thorax")).put(mirror_half(_TORSO))
    sacrum, middle = (
        [
            loop[:, [FRONTAL, 1]]
            for piece in bones
            if piece.name in names and _is_on_midline(piece)
            for loop in piece.outline.split()
        ]
        for names in (("pelvis",), ("pelvis", "lumbar", "thorax", "neck"))
    )
    arms = tuple(number for bone, number in standing.number.items() if bone.startswith("arm_"))
    for side, sign in standing.sides[:1]:
        hip, knee, ankle = (
            standing.locate(f"{joint}_{side}", f"{bone}_{side}")[[FRONTAL, 1]]
            for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
        )
        # of the shank the tibia lies bare, and from the front nothing of what lies inside of it is
        # seen but the calf behind
        tibia = _find_tibia(bones, side)
        bare = [tibia - [sign * inward, 0] for inward in range(0, 45, 9)]
        face = tibia[tibia[:, 1] > knee[1] + _SHIN_SHARE * (ankle[1] - knee[1])]
        shin = [face - [sign * _SHIN_INWARD_MM, 0]]
        sleeves = [Sleeve(hip, knee, *_THIGH_REACH), Sleeve(knee, ankle, *_CALF_REACH)]
        skin = _list_leg_skin(standing, side, sign)
        bare_faces = {"front": bare, "back": sacrum}
        rooms.append(
            Room(
                LEG_REGIONS,
                skin.chains,
                [trunk],
                sleeves,
                bare=bare_faces,
                clear={"front": shin},
            )
        )
        arm = _list_arm_skin(standing, side, sign)
        shoulder, elbow, fingers = (
            place[[FRONTAL, 1]] for place in _find_arm(standing, side, sign)
        )
        sleeves = [
            Sleeve(shoulder, elbow, *_ARM_REACH),
            Sleeve(elbow, fingers, *_FOREARM_REACH),
        ]
        rooms.append(Room(ARM_REGIONS, arm.chains, [], sleeves, (arms, 0.3, 1.0)))
        low, top = (
            standing.locate(joint, bone)[[FRONTAL, 1]]
            for joint, bone in (("l5_s1", "pelvis"), ("c7_t1", "thorax"))
        )
        sleeves = [Sleeve(low, top, *_TRUNK_REACH)]
        rooms.append(
            Room(
                TRUNK_REGIONS,
                [],
                [trunk],
                sleeves,
                (arms, 0.0, 0.6),
                {"front": middle, "back": middle},
            )
        )
    return rooms
