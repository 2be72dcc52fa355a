"""Skin and skeleton of the body seen from the side, behind the muscles: quiet, light, and moved by
the same bones.

As in `background`, the forms hang on the joint centres of the body and are drawn
to be recognised. Offsets are (forward, up) in mm, radii in mm.
"""

import numpy as np

from musclechain.views.body.outline.curves import SAGITTAL, Piece
from musclechain.views.body.outline.fields import (
    Grid,
    fill_curves,
    fill_polygon,
    fill_spindle,
    find_contours,
)
from musclechain.views.body.outline.front import SKIN_MM, dress_skin, hang_curves, trace_form

__all__ = ["build_side_skeleton", "build_side_skin"]

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


class _Place:
    """A joint's centre on a bone, from which offsets turn with the bone's healthy posture."""

    def __init__(self, frame, joint, bone):
        self.centre = frame.locate(joint, bone)[:2]
        self.turn = frame.healthy[bone][:2, :2]

    def discs(self, discs):
        discs = np.array(discs, float)
        return self.centre + discs[:, :2] @ self.turn.T, discs[:, 2]

    def polygon(self, corners):
        return self.centre + np.array(corners, float) @ self.turn.T


def _find_side(frame, side):
    return 1.0 if side == "right" else -1.0


def build_side_skeleton(body, frame, side):
    """Draw the bones of the body seen from one side.

    Parameters
    ----------
    body : Body
    frame : Frame
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
    """
    sign, view = _find_side(frame, side), (side,)

    def hang(bone, loops, depth, role="bone"):
        return Piece(
            bone,
            view,
            hang_curves(loops, sign * depth, bone, frame, SAGITTAL),
            role=role,
            hollow=role == "hollow",
        )

    low, chest, top = (
        frame.locate(joint, bone)
        for joint, bone in (("l5_s1", "pelvis"), ("t12_l1", "thorax"), ("c7_t1", "thorax"))
    )
    pelvis, ribs, skull = (
        _Place(frame, "l5_s1", "pelvis"),
        _Place(frame, "c7_t1", "thorax"),
        _Place(frame, "c0_c2", "head"),
    )
    pieces = [hang("pelvis", trace_form([], [pelvis.polygon(_SACRUM)]), 0)]
    pieces += [
        hang("lumbar", _stack(low, chest, 5, 17, 12, 30), 0),
        hang("thorax", _stack(chest, top, 12, 12, -30, 26), 0),
        hang("neck", _stack(top, frame.locate("c0_c2", "neck"), 6, 8, 8, 18), 0),
    ]
    pieces += [
        hang("thorax", trace_form(list(_list_ribs(chest, top)), step=1.6, smooth=0.6), 100),
        hang("thorax", trace_form([ribs.discs(_BREASTBONE)], smooth=0.8), 0),
    ]
    pieces += [
        hang("head", trace_form([], [skull.polygon(_CRANIUM)], smooth=1.4), 40),
        hang("head", trace_form([], [skull.polygon(_JAW)], smooth=1.2), 45),
        hang("head", trace_form([], [skull.polygon(_CHEEK)], smooth=0.9), 60),
    ]
    pieces += [
        hang("head", trace_form([], [skull.polygon(hollow)], step=1.2, smooth=1.0), 50, "hollow")
        for hollow in (_ORBIT, _NOSE)
    ]
    pieces.append(
        hang("pelvis", trace_form([], [pelvis.polygon(_ILIUM)], [pelvis.polygon(_OBTURATOR)]), 100)
    )
    for bone, joint, discs in _LEG_BONES:
        name = f"{bone}_{side}"
        place = _Place(frame, f"{joint}_{side}", name)
        pieces.append(
            Piece(
                name,
                view,
                hang_curves(
                    trace_form([place.discs(discs)], step=1.6),
                    frame.locate(f"{joint}_{side}", name)[2],
                    name,
                    frame,
                    SAGITTAL,
                ),
            )
        )
    girdle = f"shoulder_girdle_{side}"
    centre, place = (
        frame.locate(f"sternoclavicular_{side}", girdle),
        _Place(frame, f"sternoclavicular_{side}", girdle),
    )
    blade = trace_form(
        [
            place.discs(((-44, 4, 12), (-74, -30, 9), (-100, -110, 7))),
            place.discs(((-70, 4, 6), (-34, 16, 7), (-4, 2, 6), (6, -4, 8))),
        ]
    )
    return [
        *pieces,
        Piece(girdle, view, hang_curves(blade, centre[2] + sign * 110, girdle, frame, SAGITTAL)),
    ]


def _stack(start, stop, count, half, bulge, spine):
    """Stack vertebrae between two joints: bodies on a curve that bulges forward (or backward), and
    their spinous processes."""
    chains = []
    for number in range(count):
        part = (number + 0.5) / count
        middle = (1 - part) * start[:2] + part * stop[:2] + [bulge * 4 * part * (1 - part), 0]
        tall = (stop[1] - start[1]) / count
        chains.append((middle + [[-half * 0.55, 0], [half * 0.55, 0]], np.full(2, tall * 0.43)))
        chains.append(
            (
                middle + [[-half - 4, -tall * 0.1], [-half - spine, -tall * 0.55]],
                np.array([tall * 0.18, tall * 0.2]),
            )
        )
    return trace_form(chains, step=1.4, smooth=0.6)


def _list_ribs(chest, top):
    """Ten ribs: each leaves the spine backward and comes round to the front, lower than it
    began."""
    tall = top[1] - chest[1]
    for number in range(10):
        part = 1 - (number + 0.4) / 12.2
        up, back = (
            chest[1] + part * tall,
            (1 - part) * chest[0] + part * top[0] - 30 * 4 * part * (1 - part),
        )
        reach = (60, 92, 116, 132, 142, 148, 150, 138, 116, 92)[number]
        turn = np.linspace(0.12, 1, 12)
        forward = back - 22 + reach * (1 - np.cos(turn * np.pi)) / 2
        yield np.column_stack([forward, up - 12 - (34 + 5 * number) * turn**1.3]), np.full(12, 4.0)


def build_side_skin(body, frame, shapes, side):
    """Draw the outline of the body seen from one side, and the far leg; the arm is left out,
    because it would hide the trunk.

    Parameters
    ----------
    body : Body
    frame : Frame
    shapes : iterable of Shape
        The skin lies outside of each.
    side : {'left', 'right'}

    Returns
    -------
    list of Piece
        Roles far and skin.
    """
    view, other = (side,), "left" if side == "right" else "right"
    far = Piece("skin", view, _trace_leg(frame, other), role="far")
    polygons, chains, axes = _list_skin(frame, side)
    grid = Grid.around(np.vstack([points for points, _ in chains] + polygons), 60, 3.0)
    field = _fill(grid, chains, polygons)
    near = [curve[:, [SAGITTAL, 1]] for shape in shapes for curve in shape.outline.split()]
    field = np.minimum(field, fill_curves(grid, near) - SKIN_MM)
    skin = Piece(
        "skin",
        view,
        dress_skin(find_contours(field, grid, 1.4, 0.3)[0], axes, frame, SAGITTAL),
        role="skin",
    )
    return [far, skin]


def _fill(grid, chains, polygons):
    field = np.full(grid.shape, 1e3)
    for points, radii in chains:
        field = np.minimum(field, fill_spindle(grid, points, radii))
    for polygon in polygons:
        field = np.minimum(field, fill_polygon(grid, polygon))
    return field


def _list_leg(frame, side):
    chains = [
        _Place(frame, f"{joint}_{side}", f"{bone}_{side}").discs(discs)
        for bone, joint, discs in _LEG_SKIN
    ]
    hip, knee, ankle = (
        frame.locate(f"{joint}_{side}", f"{bone}_{side}")
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
    )
    axes = [
        (f"thigh_{side}", hip, knee, 80),
        (f"shank_{side}", knee, ankle, 48),
        (f"foot_{side}", ankle + [0, -20, 0], ankle + [110, -60, 0], 36),
    ]
    return chains, [_Place(frame, f"ankle_{side}", f"foot_{side}").polygon(_FOOT)], axes


def _trace_leg(frame, side):
    chains, polygons, axes = _list_leg(frame, side)
    grid = Grid.around(np.vstack([points for points, _ in chains] + polygons), 90, 3.0)
    return dress_skin(
        find_contours(_fill(grid, chains, polygons), grid, 1.4, 0.3)[0], axes, frame, SAGITTAL
    )


def _list_skin(frame, side):
    chains, polygons, axes = _list_leg(frame, side)
    low, top, skull, chest = (
        frame.locate(joint, bone)
        for joint, bone in (
            ("l5_s1", "pelvis"),
            ("c7_t1", "thorax"),
            ("c0_c2", "head"),
            ("t12_l1", "thorax"),
        )
    )
    axes += [
        ("pelvis", low, low - [-20, 130, 0], 120),
        ("lumbar", low + [20, 0, 0], chest + [20, 0, 0], 110),
        ("thorax", chest + [20, 0, 0], top, 120),
        ("neck", top, skull, 55),
        ("head", skull + [10, 10, 0], skull + [0, 110, 0], 90),
    ]
    return (
        polygons
        + [
            _Place(frame, "c7_t1", "thorax").polygon(_TORSO),
            _Place(frame, "l5_s1", "pelvis").polygon(_HIPS),
            _Place(frame, "c0_c2", "head").polygon(_HEAD_SKIN),
        ],
        chains,
        axes,
    )
