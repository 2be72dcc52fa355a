"""Skin and skeleton behind the muscles of the body map: quiet, light, and moved by the same bones.

The forms hang on the joint centres of the body, so a body with other joints
moves them along. They are drawn to be recognised, not to be measured.
Offsets are (across, up) in mm for the right side, across positive to the side.
"""

import numpy as np

from musclechain.views.body.outline.curves import FRONTAL, Piece, bind_curves
from musclechain.views.body.outline.fields import (
    Grid,
    fill_curves,
    fill_polygon,
    fill_spindle,
    find_contours,
)

__all__ = ["Frame", "build_skeleton", "build_skin", "dress_skin", "hang_curves", "trace_form"]

SKIN_MM = 9.0
VIEWS = ("back", "front")

# Chains of discs (across, up, radius), from a joint centre. Each entry: bone, joint, depth (mm
# forward of the joint), discs.
_LIMB_BONES = (
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


def _lift(flat, depth, axis):
    """Give flat points (across, up) their depth in the body."""
    points = (
        np.full((len(flat), 3), depth, float)
        if np.ndim(depth) == 0
        else np.repeat(np.array(depth)[:, None], 3, axis=1)
    )
    points[:, [axis, 1]] = flat
    return points


class Frame:
    """Places of the joints and the bones' numbers, from the body."""

    def __init__(self, body, healthy):
        self.bones = list(body.bones)
        self.healthy = healthy
        self.places = {
            data["joint"]: np.array(data["place_mm"])
            for *_, data in body.graph.edges(data=True)
            if data.get("kind") == "articulates"
        }

    def locate(self, joint, bone):
        """Place of a joint on a bone in healthy standing, mm."""
        move = self.healthy[bone]
        return move[:3, :3] @ self.places[joint] + 1000 * move[:3, 3]

    def sides(self):
        return [
            (side, sign)
            for side, sign in (("right", 1.0), ("left", -1.0))
            if f"hip_{side}" in self.places
        ]


def _discs(centre, sign, discs):
    """Put a chain of discs beside a centre: flat points and radii."""
    discs = np.array(discs, float)
    return np.column_stack([centre[2] + sign * discs[:, 0], centre[1] + discs[:, 1]]), discs[:, 2]


def _polygon(centre, half, sign=None):
    """Put a half outline (mirrored to a whole one, or kept on one side) beside a centre."""
    half = np.array(half, float)
    half = np.vstack([half, half[::-1] * [-1, 1]]) if sign is None else half * [sign, 1]
    return half + [centre[2], centre[1]]


def trace_form(chains=(), polygons=(), holes=(), step=2.0, smooth=1.2):
    """Trace the union of chains and polygons, less the holes."""
    flat = np.vstack([points for points, _ in chains] + list(polygons))
    grid = Grid.around(flat, max((radii.max() for _, radii in chains), default=0) + 6, step)
    field = np.full(grid.shape, 1e3)
    for points, radii in chains:
        field = np.minimum(field, fill_spindle(grid, points, radii))
    for polygon in polygons:
        field = np.minimum(field, fill_polygon(grid, polygon))
    for hole in holes:
        field = np.maximum(field, -fill_polygon(grid, hole))
    return find_contours(field, grid, smooth, 0.3)


def hang_curves(loops, depth, bone, frame, axis=FRONTAL):
    """Hang flat curves on one bone, at a depth (mm) across the picture plane."""
    flat = np.vstack(loops)
    carriers = np.zeros((len(flat), len(frame.bones)))
    carriers[:, frame.bones.index(bone)] = 1
    return bind_curves(
        _lift(flat, depth, axis),
        carriers,
        tuple(np.cumsum([len(loop) for loop in loops]).tolist()),
        True,
    )


def build_skeleton(frame):
    """Draw the bones behind the muscles.

    Parameters
    ----------
    frame : Frame

    Returns
    -------
    tuple of Piece
    """
    pieces = [*_draw_trunk(frame), *_draw_head(frame)]
    for side, sign in frame.sides():
        for bone, joint, depth, discs in _LIMB_BONES:
            centre = frame.locate(f"{joint}_{side}", f"{bone}_{side}")
            pieces.append(
                Piece(
                    f"{bone}_{side}",
                    VIEWS,
                    hang_curves(
                        trace_form([_discs(centre, sign, discs)]),
                        centre[0] + depth,
                        f"{bone}_{side}",
                        frame,
                    ),
                )
            )
        ankle = frame.locate(f"ankle_{side}", f"foot_{side}")
        heel = trace_form([_discs(ankle, sign, _HEEL)], smooth=1.6)
        pieces.append(
            Piece(
                f"foot_{side}",
                ("back",),
                hang_curves(heel, ankle[0] - 45, f"foot_{side}", frame),
                layer=3,
            )
        )
        pieces += _draw_girdle(frame, side, sign)
    return tuple(pieces)


def _draw_girdle(frame, side, sign):
    girdle = f"shoulder_girdle_{side}"
    centre = frame.locate(f"sternoclavicular_{side}", girdle)
    forms = [
        (
            0,
            ("back",),
            -130,
            trace_form([_discs(centre, sign, _SCAPULA_SPINE)], [_polygon(centre, _SCAPULA, sign)]),
        ),
        (0, ("front",), -110, trace_form([], [_polygon(centre, _SCAPULA, sign)])),
        (3, ("front",), 0, trace_form([_discs(centre, sign, _CLAVICLE)])),
    ]
    forms += [
        (0, VIEWS, depth, trace_form([_discs(centre, sign, discs)], smooth=0.8))
        for depth, discs in _ARM_BONES
    ]
    return [
        Piece(girdle, views, hang_curves(loops, centre[0] + depth, girdle, frame), layer)
        for layer, views, depth, loops in forms
    ]


def _draw_trunk(frame):
    """Draw pelvis, spine, ribs and breastbone."""
    low, top = frame.locate("l5_s1", "pelvis"), frame.locate("c7_t1", "thorax")
    chest = frame.locate("t12_l1", "thorax")
    yield Piece(
        "pelvis",
        VIEWS,
        hang_curves(
            trace_form(
                [],
                [_polygon(low, _PELVIS)],
                [_polygon(low, _OBTURATOR, 1), _polygon(low, _OBTURATOR, -1)],
            ),
            low[0] + 40,
            "pelvis",
            frame,
        ),
    )
    for bone, start, stop, count, wide in (
        ("lumbar", low, frame.locate("t12_l1", "lumbar"), 5, 23),
        ("thorax", chest, top, 12, 15),
        ("neck", frame.locate("c7_t1", "neck"), frame.locate("c0_c2", "neck"), 5, 13),
    ):
        yield Piece(
            bone,
            VIEWS,
            hang_curves(_stack(start, stop, count, wide), (start[0] + stop[0]) / 2, bone, frame),
        )
    yield Piece("thorax", VIEWS, hang_curves(_draw_ribs(chest, top), top[0], "thorax", frame))
    breast = [
        (
            np.array([[0, top[1] - 32], [0, top[1] - 60], [0, top[1] - 180]]),
            np.array([19.0, 14, 15]),
        ),
        (np.array([[0, top[1] - 195], [0, top[1] - 222]]), np.array([6.0, 4])),
    ]
    yield Piece(
        "thorax", ("front",), hang_curves(trace_form(breast), top[0] + 110, "thorax", frame)
    )


def _stack(start, stop, count, wide):
    """Stack vertebrae between two joints."""
    tall = (stop[1] - start[1]) / count
    chains = []
    for number in range(count):
        up = start[1] + (number + 0.5) * tall
        chains.append((np.array([[-wide * 0.55, up], [wide * 0.55, up]]), np.full(2, tall * 0.42)))
        chains.append(
            (np.array([[-wide * 1.3, up + 1], [wide * 1.3, up + 1]]), np.full(2, tall * 0.16))
        )
    return trace_form(chains, step=1.6, smooth=0.6)


def _draw_ribs(chest, top):
    """Draw ten pairs of ribs as arcs from the spine round to the side and forward."""
    tall, chains = top[1] - chest[1], []
    for number in range(10):
        up = top[1] - 8 - number * tall * 0.093
        wide = (
            150
            * np.sin(np.pi * (0.2 + 0.36 * min(number, 6) / 6))
            * (1 - 0.035 * max(number - 6, 0))
            - 12
        )
        turn = np.linspace(0.1, 1, 9)
        across, drop = wide * np.sin(turn * np.pi / 2), -10 - (22 + 4.5 * number) * turn**2
        for sign in (1, -1):
            chains.append((np.column_stack([sign * across, up + drop]), np.full(9, 4.2)))
            if number < 7:
                inner = np.column_stack(
                    [
                        sign * np.array([wide, wide * 0.86, wide * 0.5, 16]),
                        up + drop[-1] + np.array([0, -16, -12 + 3 * number, 6 * number]),
                    ]
                )
                chains.append((inner, np.full(4, 3.6)))
    return trace_form(chains, step=2.0, smooth=0.7)


def _draw_head(frame):
    centre = frame.locate("c0_c2", "head")

    def face(polygon, hollow=False, smooth=1.4):
        # the face lies over the deep muscles of the neck
        return Piece(
            "head",
            ("front",),
            hang_curves(
                trace_form([], [polygon], step=1.4, smooth=smooth), centre[0] + 60, "head", frame
            ),
            layer=3,
            hollow=hollow,
        )

    for half in (_TEETH, _JAW, _CRANIUM):
        yield face(_polygon(centre, half), smooth=1.0)
    yield face(_polygon(centre, _NOSE), hollow=True, smooth=1.0)
    for sign in (1, -1):
        yield face(_polygon(centre, _ORBIT, sign), hollow=True)
    row = (
        np.array([[centre[2] - 22, centre[1] - 25.5], [centre[2] + 22, centre[1] - 25.5]]),
        np.full(2, 0.7),
    )
    yield Piece(
        "head",
        ("front",),
        hang_curves(trace_form([row], step=0.8, smooth=0.3), centre[0] + 60, "head", frame),
        layer=3,
        hollow=True,
    )
    yield Piece(
        "head",
        ("back",),
        hang_curves(
            trace_form(
                [_discs(centre, s, ((58, 10, 9), (58, -22, 8), (44, -44, 7))) for s in (1, -1)],
                [_polygon(centre, _OCCIPUT)],
                smooth=1.6,
            ),
            centre[0] - 60,
            "head",
            frame,
        ),
    )


def build_skin(frame, shapes):
    """Draw the outline of the whole body so that it encloses every structure.

    Parameters
    ----------
    frame : Frame
    shapes : iterable of Shape
        The skin lies `SKIN_MM` outside of each.

    Returns
    -------
    Piece
    """
    chains, polygons, axes = _list_skin(frame)
    grid = Grid.around(np.vstack([points for points, _ in chains] + polygons), 60, 4.0)
    field = np.full(grid.shape, 1e3)
    for points, radii in chains:
        field = np.minimum(field, fill_spindle(grid, points, radii))
    for polygon in polygons:
        field = np.minimum(field, fill_polygon(grid, polygon))
    field = np.minimum(
        field,
        fill_curves(grid, [curve[:, [2, 1]] for shape in shapes for curve in shape.outline.split()])
        - SKIN_MM,
    )
    flat = find_contours(field, grid, 1.3, 0.3)[0]
    return Piece("skin", VIEWS, dress_skin(flat, axes, frame), role="skin")


def _list_skin(frame):
    """List the forms of the skin: chains, polygons, and the bones' axes that carry it, each with
    the half-width of flesh round it."""
    low, top, head = (
        frame.locate("l5_s1", "pelvis"),
        frame.locate("c7_t1", "thorax"),
        frame.locate("c0_c2", "head"),
    )
    chest = frame.locate("t12_l1", "thorax")
    polygons = [_polygon(top, _TORSO), _polygon(head, _HEAD_SKIN), _polygon(head, _NECK_SKIN)]
    axes = [
        ("pelvis", low, low - [0, 150, 0], 150),
        ("lumbar", low, chest, 130),
        ("thorax", chest, top, 150),
        ("neck", top, head, 58),
        ("head", head + [0, 20, 0], head + [0, 110, 0], 80),
    ]
    chains = []
    for side, sign in frame.sides():
        for bone, joint, discs in _LEG_SKIN:
            chains.append(_discs(frame.locate(f"{joint}_{side}", f"{bone}_{side}"), sign, discs))
        girdle = frame.locate(f"sternoclavicular_{side}", f"shoulder_girdle_{side}")
        chains += [_discs(girdle, sign, discs) for discs in _ARM_SKIN]
        hip, knee, ankle = (
            frame.locate(f"{joint}_{side}", f"{bone}_{side}")
            for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
        )
        arm = np.array(
            [
                girdle,
                girdle + [-35, -20, sign * 128],
                girdle + [-30, -345, sign * 174],
                girdle + [-20, -770, sign * 205],
            ]
        )
        axes += [
            (f"thigh_{side}", hip, knee, 80),
            (f"shank_{side}", knee, ankle, 48),
            (f"foot_{side}", ankle, ankle - [0, 50, 0], 32),
        ]
        axes += [
            (f"shoulder_girdle_{side}", a, b, thick)
            for a, b, thick in zip(arm[1:], arm[2:], (44, 34), strict=False)
        ]
    return chains, polygons, axes


def dress_skin(flat, axes, frame, axis=FRONTAL):
    """Give the skin its depth and bones: the nearer a bone's axis, measured in the limb's
    half-width, the more it carries."""
    carriers, depth, total = (
        np.zeros((len(flat), len(frame.bones))),
        np.zeros(len(flat)),
        np.zeros(len(flat)),
    )
    for bone, start, stop, thick in axes:
        along = (stop - start)[[axis, 1]]
        t = np.clip((flat - start[[axis, 1]]) @ along / (along @ along), 0, 1)
        weight = (
            thick / (np.linalg.norm(flat - start[[axis, 1]] - t[:, None] * along, axis=1) + 1)
        ) ** 8
        carriers[:, frame.bones.index(bone)] += weight
        depth += weight * (start[2 - axis] + t * (stop - start)[2 - axis])
        total += weight
    carriers /= total[:, None]
    return bind_curves(_lift(flat, depth / total, axis), carriers, (len(flat),), True)
