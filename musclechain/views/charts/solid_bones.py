"""Tubes, slabs and balls, and the plain bones that are made of them.

The bones hang on the joints of the body; their forms are rough and only help
to see where one is. Millimetres, X forward, Y up, Z right.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from musclechain.anatomy.body import Body
from musclechain.views.body.outline.standing import Standing, read_standing

__all__ = [
    "Mesh",
    "build_bones",
    "join_meshes",
    "loft_slab",
    "loft_tube",
    "make_ball",
    "to_picture",
]


@dataclass(frozen=True)
class Mesh:
    """A surface of triangles.

    Attributes
    ----------
    points : numpy.ndarray, shape (n, 3)
    faces : numpy.ndarray of int, shape (m, 3)
    shades : numpy.ndarray, shape (m,)
        For each face between which rings it lies (from 0), or its colour.
    """

    points: np.ndarray
    faces: np.ndarray
    shades: np.ndarray


def to_picture(points: np.ndarray) -> np.ndarray:
    """Turn body axes (mm: forward, up, right) into the picture's (m: right, forward, up), shape
    (n, 3), float32."""
    return (points[:, [2, 0, 1]] / 1000).astype(np.float32)


def join_meshes(meshes: Sequence[Mesh]) -> Mesh:
    """Join surfaces, one or more, to one."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    return Mesh(
        np.vstack([mesh.points for mesh in meshes]),
        np.vstack([mesh.faces + start for mesh, start in zip(meshes, starts, strict=True)]),
        np.concatenate([mesh.shades for mesh in meshes]),
    )


def _loft(rings: np.ndarray) -> Mesh:
    """Close a row of rings, shape (rings, vertices, 3), to a surface with a lid at either end."""
    count, around = rings.shape[:2]
    at = np.arange(around)
    quads = (
        np.stack([at, (at + 1) % around, at + around, (at + 1) % around + around], axis=1)
        + around * np.arange(count - 1)[:, None, None]
    )
    sides = np.concatenate([quads[..., [0, 1, 2]], quads[..., [1, 3, 2]]], axis=1)
    bands = np.repeat(np.arange(count - 1), 2 * around)
    # each lid is a fan about the middle of its ring
    first, last = count * around, count * around + 1
    lids = [
        np.stack([(at + 1) % around, at, np.full(around, first)], axis=1),
        np.stack([at, (at + 1) % around, np.full(around, last)], axis=1)
        + [(count - 1) * around, (count - 1) * around, 0],
    ]
    points = np.vstack([rings.reshape(-1, 3), rings[0].mean(axis=0), rings[-1].mean(axis=0)])
    return Mesh(
        points,
        np.vstack([sides.reshape(-1, 3), *lids]),
        np.concatenate([bands, np.zeros(around, int), np.full(around, count - 2)]),
    )


def loft_tube(
    line: ArrayLike,
    radii: ArrayLike,
    sides: int = 7,
    about: Sequence[float] | np.ndarray | None = None,
    flat: float = 1.0,
) -> Mesh:
    """Put a tube about a line.

    Parameters
    ----------
    line : numpy.ndarray, shape (n, 3)
    radii : array_like, shape (n,)
    sides : int
    about : array_like, shape (3,), optional
        Direction that the line never follows; by default the axis it follows least.
    flat : float
        Share of the radius along `about`.

    Returns
    -------
    Mesh
        `shades` counts the rings.
    """
    points = np.asarray(line, float)
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None] + 1e-9
    if about is None:
        about = np.eye(3)[int(np.argmin(np.abs(along).max(axis=0)))]
    across = np.cross(along, about)
    across /= np.linalg.norm(across, axis=1)[:, None] + 1e-9
    upright = np.cross(along, across) * flat
    turn = np.arange(sides) / sides * 2 * np.pi
    ring = across[:, None] * np.cos(turn)[:, None] + upright[:, None] * np.sin(turn)[:, None]
    return _loft(points[:, None] + np.asarray(radii, float)[:, None, None] * ring)


def loft_slab(lines: np.ndarray, half: np.ndarray, rim: float = 0.45) -> Mesh:
    """Fill between neighbouring lines, with some thickness.

    Parameters
    ----------
    lines : numpy.ndarray, shape (lines, n, 3)
    half : numpy.ndarray, shape (n,)
        Half of the thickness along the lines.
    rim : float
        Share of the thickness at the outer lines.

    Returns
    -------
    Mesh
        `shades` counts the rings.
    """
    between = (lines[1:] + lines[:-1]) / 2
    dense = np.empty((2 * len(lines) - 1, *lines.shape[1:]))
    dense[::2], dense[1::2] = lines, between
    normal = np.cross(np.gradient(dense, axis=1), np.gradient(dense, axis=0))
    normal /= np.linalg.norm(normal, axis=2)[..., None] + 1e-9
    # where the lines draw together into one point the normal is that of the ring before
    weak = np.linalg.norm(normal, axis=2) < 0.5
    normal[weak] = np.broadcast_to(normal[:, lines.shape[1] // 2][:, None], normal.shape)[weak]
    share = rim + (1 - rim) * np.sin(np.pi * np.linspace(0, 1, len(dense))) ** 0.5
    shift = normal * (share[:, None] * half)[..., None]
    rings = np.concatenate([dense + shift, (dense - shift)[::-1]]).transpose(1, 0, 2)
    return _loft(rings)


def make_ball(centre: ArrayLike, radii: ArrayLike, rings: int = 9, sides: int = 14) -> Mesh:
    """Make a ball, longer or shorter along each axis.

    Parameters
    ----------
    centre, radii : array_like, shape (3,)
    rings, sides : int
        How finely.

    Returns
    -------
    Mesh
    """
    lift = np.linspace(0.04, np.pi - 0.04, rings)
    turn = np.arange(sides) / sides * 2 * np.pi
    unit = np.stack(
        [
            np.outer(np.sin(lift), np.cos(turn)),
            np.repeat(np.cos(lift)[:, None], sides, axis=1),
            np.outer(np.sin(lift), np.sin(turn)),
        ],
        axis=2,
    )
    return _loft(np.asarray(centre, float) + unit * np.asarray(radii, float))


# ---- bones ------------------------------------------------------------------------------------

# A part of a rigid body.
Part = tuple[str, Mesh]
# Offsets (forward, up, to the side; mm) from a joint, put into the body on one side.
Put = Callable[[ArrayLike], np.ndarray]
Offsets = tuple[tuple[float, float, float], ...]
FORWARD, UP, ASIDE = (1, 0, 0), (0, 1, 0), (0, 0, 1)


@dataclass(frozen=True)
class _Tube:
    """A tube through offsets from joints; see `loft_tube`."""

    points: tuple[tuple[str, Offsets], ...]
    radii: tuple[float, ...]
    sides: int
    about: tuple[float, float, float]

    def build(self, put: Mapping[str, Put]) -> Mesh:
        line = np.vstack([put[joint](offsets) for joint, offsets in self.points])
        return loft_tube(line, self.radii, self.sides, self.about)


@dataclass(frozen=True)
class _Ball:
    """A ball at an offset from a joint; see `make_ball`."""

    joint: str
    centre: tuple[float, float, float]
    radii: tuple[float, float, float]
    rings: int
    sides: int

    def build(self, put: Mapping[str, Put]) -> Mesh:
        return make_ball(put[self.joint](self.centre), self.radii, self.rings, self.sides)


_LEG = (
    ("thigh", _Ball("hip", (0, 0, 0), (23, 23, 23), 7, 10)),
    ("thigh", _Tube((("hip", ((0, 0, 6), (0, -10, 24), (0, -18, 46))),), (15, 13, 17), 8, UP)),
    (
        "thigh",
        _Tube(
            (
                ("hip", ((-4, -4, 52), (0, -40, 44), (10, -150, 34), (12, -280, 16))),
                ("knee", ((2, 60, 4), (-4, 14, 2))),
            ),
            (12, 17, 13.5, 13, 18, 24),
            9,
            FORWARD,
        ),
    ),
    ("thigh", _Ball("knee", (-6, 8, 21), (27, 22, 18), 7, 10)),
    ("thigh", _Ball("knee", (-6, 8, -21), (27, 22, 18), 7, 10)),
    ("shank", _Ball("knee", (36, 16, 2), (9, 19, 18), 6, 9)),
    (
        "shank",
        _Tube(
            (
                ("knee", ((-4, -16, 0), (-4, -36, 0), (6, -90, -4))),
                ("ankle", ((2, 150, -2), (0, 40, -4), (0, 8, -6))),
            ),
            (33, 27, 15, 12, 15, 19),
            9,
            FORWARD,
        ),
    ),
    (
        "shank",
        _Tube(
            (
                ("knee", ((-20, -40, 34), (-18, -80, 30))),
                ("ankle", ((-10, 120, 26), (-10, 10, 28), (-8, -16, 27))),
            ),
            (10, 6, 6, 9, 8),
            7,
            FORWARD,
        ),
    ),
    ("foot", _Ball("ankle", (4, -12, 0), (27, 17, 21), 7, 10)),
    (
        "foot",
        _Tube((("ankle", ((8, -34, 2), (-22, -40, 3), (-52, -44, 0))),), (18, 18, 19), 8, ASIDE),
    ),
    ("foot", _Ball("ankle", (42, -30, 0), (26, 15, 27), 6, 10)),
)
# How far forward and to the side each toe reaches, from the great toe on.
_TOES = ((158, -20), (160, -4), (152, 9), (140, 21), (126, 33))
_HIP_BONE = (
    _Ball("middle", (-2, 4, 70), (30, 32, 16), 7, 10),
    _Tube((("middle", ((22, 6, 62), (40, 2, 34), (46, -14, 8))),), (11, 8, 11), 7, UP),
    _Tube(
        (("middle", ((-14, -12, 66), (-30, -46, 60), (-26, -74, 54))),), (17, 13, 14), 7, FORWARD
    ),
    _Tube((("middle", ((-22, -76, 52), (8, -62, 34), (42, -32, 10))),), (9, 6, 8), 7, UP),
    _Tube((("low", ((-40, -40, 22), (-44, -44, 40))),), (16, 14), 7, UP),
)
_CREST = (
    (-50, -38, 36),
    (-34, 0, 58),
    (0, 24, 98),
    (40, 22, 124),
    (84, -12, 126),
    (96, -42, 116),
)
# The lower rim of the wing, from the lumbar joint and from between the hips.
_RIM_LOW = ((-26, -62, 40), (-8, -72, 56))
_RIM_MIDDLE = ((-26, 46, 74), (0, 34, 84), (26, 36, 88), (34, 48, 96))
_SACRUM = ((-4, -14, 0), (-30, -45, 0), (-50, -85, 0), (-48, -115, 0), (-34, -135, 0))
_BREASTBONE = ((40, -38, 0), (52, -80, 0), (64, -140, 0), (70, -195, 0), (70, -222, 0))
_JAW = (
    (6, 10, 54),
    (10, -22, 52),
    (40, -44, 40),
    (78, -54, 14),
    (78, -54, -14),
    (40, -44, -40),
    (10, -22, -52),
    (6, 10, -54),
)
_CHEEK = ((30, 34, 68), (58, 30, 62), (82, 26, 40))
_CLAVICLE = ((-4, 0, -4), (2, 6, 28), (-14, 12, 74), (-34, 16, 116))
_BLADE_INNER = ((-100, 22, 46), (-112, -30, 38), (-112, -80, 44), (-104, -116, 58))
_BLADE_OUTER = ((-62, 8, 92), (-58, -20, 108), (-74, -62, 88), (-100, -112, 66))
_BLADE_SPINE = ((-114, -2, 46), (-100, 10, 84), (-66, 18, 122), (-36, 16, 126))
_HUMERAL_HEAD = (-52, -18, 129)
# Tubes of the arm from the collarbone's inner end, and what they are flattened about.
_ARM = (
    (
        ((-50, -20, 136), (-42, -60, 138), (-32, -180, 148), (-34, -290, 160), (-34, -326, 166)),
        (20, 14, 11.5, 12, 17),
        FORWARD,
    ),
    (((-34, -332, 152), (-34, -334, 182)), (14, 14), UP),
    (
        ((-44, -326, 164), (-34, -350, 166), (-26, -450, 172), (-10, -580, 184)),
        (12, 12, 8, 6),
        FORWARD,
    ),
    (
        ((-28, -350, 186), (-22, -450, 194), (-8, -560, 202), (-4, -592, 204)),
        (9, 7, 10, 11),
        FORWARD,
    ),
    (((-6, -600, 186), (-4, -616, 196), (-2, -604, 208)), (10, 12, 9), UP),
)
# How far forward, to the side and down each finger reaches.
_FINGERS = ((14, 193, 756), (6, 199, 772), (-3, 204, 768), (-12, 208, 752))
_THUMB = ((8, -612, 200), (28, -640, 198), (40, -676, 194), (44, -704, 190))


def build_bones(body: Body, healthy: Mapping[str, np.ndarray]) -> list[Part]:
    """Build plain bones on the joints of the body.

    Parameters
    ----------
    body : Body
    healthy : mapping of bone id to numpy.ndarray, shape (4, 4)
        From the data's posture to healthy standing, metres.

    Returns
    -------
    list of (str, Mesh)
        Rigid body and form in healthy standing. A body that lacks joints gets
        the bones that hang on the others.
    """
    standing, parts = read_standing(body, healthy), []
    joints = set(standing.joints)
    if {"l5_s1", "t12_l1", "c7_t1", "c0_c2"} <= joints:
        parts += [*_build_spine(standing), *_build_chest(standing), *_build_skull(standing)]
    for side, sign in standing.sides:
        if {f"knee_{side}", f"ankle_{side}"} <= joints:
            parts += _build_leg(standing, side, sign)
        if "l5_s1" in joints:
            parts += _build_hip_bone(standing, side, sign)
        if f"sternoclavicular_{side}" in joints:
            parts += _build_arm(standing, side, sign)
    return parts


def _put_about(centre: np.ndarray, sign: float) -> Put:
    """Put offsets beside a centre, mirrored on the left."""
    return lambda offsets: centre + np.array([1, 1, sign]) * np.asarray(offsets, float)


def _bow(low: np.ndarray, top: np.ndarray, forward: float, count: int) -> np.ndarray:
    """Points between two joints of the spine, bowed forward (or back) by so many mm."""
    share = (np.arange(count) + 0.5) / count
    return low + share[:, None] * (top - low) + np.sin(np.pi * share)[:, None] * [forward, 0, 0]


def _build_spine(standing: Standing) -> Iterator[Part]:
    low, chest, top, head = (
        standing.locate(joint, bone)
        for joint, bone in (
            ("l5_s1", "pelvis"),
            ("t12_l1", "thorax"),
            ("c7_t1", "thorax"),
            ("c0_c2", "neck"),
        )
    )
    for bone, start, end, forward, count, wide in (
        ("lumbar", low, chest, 10, 5, 21),
        ("thorax", chest, top, -16, 12, 15),
        ("neck", top, head, 6, 6, 11),
    ):
        tall = np.linalg.norm(end - start) / count
        for middle in _bow(start, end, forward, count):
            yield from ((bone, mesh) for mesh in _build_vertebra(middle, float(tall), wide))
    yield "pelvis", loft_tube(low + np.array(_SACRUM), (26, 24, 18, 10, 5), 9, ASIDE, 1.7)


def _build_vertebra(middle: np.ndarray, tall: float, wide: float) -> Iterator[Mesh]:
    """Build the body of a vertebra and its processes, backward and to the sides."""
    lifts = np.outer([-0.42, 0, 0.42], [0, tall, 0])
    yield loft_tube(middle + lifts, (wide * 1.05, wide * 0.9, wide * 1.05), 9, ASIDE, 1.2)
    spine = [[-wide, 0, 0], [-wide - 14, -4, 0], [-wide - 24, -10, 0]]
    yield loft_tube(middle + spine, (5, 3.5, 4), 6, UP)
    aside = [[-wide, 0, -wide - 10], [-wide + 3, 0, 0], [-wide, 0, wide + 10]]
    yield loft_tube(middle + aside, (3, 5, 3), 5, UP)


def _build_chest(standing: Standing) -> Iterator[Part]:
    """Build twelve pairs of ribs and the breastbone."""
    top, low = standing.locate("c7_t1", "thorax"), standing.locate("t12_l1", "thorax")
    spine = _bow(top, low, -16, 12)
    breast = top + np.array(_BREASTBONE)
    yield "thorax", loft_tube(breast, (17, 12, 13, 12, 4), 8, FORWARD, 0.35)
    heights = np.array([-45, -70, -95, -122, -150, -176, -192, -206, -222, -238])
    for number, start in enumerate(spine):
        wide = np.interp(number, [0, 2, 6, 9, 11], [58, 92, 132, 128, 96])
        turn = np.linspace(
            0.12, (1.0, 0.62, 0.5)[0 if number < 10 else number - 9], 13 if number < 10 else 8
        )
        front = np.interp(heights[min(number, 9)], breast[::-1, 1] - top[1], breast[::-1, 0])
        # from the spine a little back and out, round the side and forward, falling as it goes
        back, drop = start[0] - 18, heights[min(number, 9)] + top[1] - start[1]
        forward = back + (front - back) * (1 - np.cos(np.pi * turn)) / 2
        aside = wide * np.sin(np.pi * turn) ** 0.75
        fall = np.where(
            turn < 0.75, (drop - 28) * (turn / 0.75) ** 1.2, drop - 28 + 28 * (turn - 0.75) / 0.25
        )
        if number > 6:
            aside = aside + np.clip(turn - 0.7, 0, 1) * (22 + 26 * (number - 7))
        for sign in (1, -1):
            line = np.stack([forward, start[1] + fall, sign * np.maximum(aside, 10)], axis=1)
            yield "thorax", loft_tube(line, np.full(len(line), 4.6), 6, UP, 1.35)


def _build_skull(standing: Standing) -> Iterator[Part]:
    centre = standing.locate("c0_c2", "head")
    yield "head", make_ball(centre + [8, 82, 0], (90, 68, 72), 11, 18)
    yield "head", make_ball(centre + [46, 12, 0], (46, 62, 52), 9, 14)
    jaw = centre + np.array(_JAW)
    yield "head", loft_tube(jaw, (7, 9, 9, 11, 11, 9, 9, 7), 7, (0.2, 1, 0))
    yield "head", make_ball(centre + [90, 26, 0], (10, 15, 8), 6, 8)
    for put in (_put_about(centre, 1.0), _put_about(centre, -1.0)):
        yield "head", loft_tube(put(_CHEEK), (5, 6, 6), 6, UP)
        yield "head", make_ball(put((84, 62, 28)), (10, 7, 20), 6, 10)


def _build_leg(standing: Standing, side: str, sign: float) -> Iterator[Part]:
    put = {
        joint: _put_about(standing.locate(f"{joint}_{side}", f"{bone}_{side}"), sign)
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
    }
    for bone, part in _LEG:
        yield f"{bone}_{side}", part.build(put)
    for number, (reach, aside) in enumerate(_TOES):
        line = (
            (52, -32 - 2 * number, aside * 0.55),
            (82, -42 - number, aside * 0.8),
            (reach - 48, -56, aside),
            (reach - 20, -59, aside),
            (reach, -61, aside),
        )
        thick = np.array([1.1, 0.85, 1.1, 0.8, 0.6]) * (9 if number == 0 else 6)
        yield f"foot_{side}", loft_tube(put["ankle"](line), thick, 6, UP)


def _build_hip_bone(standing: Standing, side: str, sign: float) -> Iterator[Part]:
    hip = standing.locate(f"hip_{side}", "pelvis")
    put = {
        "low": _put_about(standing.locate("l5_s1", "pelvis"), sign),
        "middle": _put_about(np.array([hip[0], hip[1], 0.0]), sign),
    }
    crest = put["low"](_CREST)
    rim = np.vstack([put["low"](_RIM_LOW), put["middle"](_RIM_MIDDLE)])
    between = (crest + rim) / 2 + [0, 0, sign * 6]
    yield "pelvis", loft_slab(np.stack([crest, between, rim]), np.full(len(crest), 4.0), 1.0)
    yield "pelvis", loft_tube(crest, (7, 6, 6, 6, 7, 7), 7, ASIDE)
    for part in _HIP_BONE:
        yield "pelvis", part.build(put)


def _build_arm(standing: Standing, side: str, sign: float) -> Iterator[Part]:
    girdle, arm = f"shoulder_girdle_{side}", f"arm_{side}"
    put = _put_about(standing.locate(f"sternoclavicular_{side}", girdle), sign)
    yield girdle, loft_tube(put(_CLAVICLE), (11, 8, 7, 8), 7, UP)
    inner, outer = put(_BLADE_INNER), put(_BLADE_OUTER)
    blade = np.stack([inner, (inner + outer) / 2 - [8, 0, 0], outer])
    yield girdle, loft_slab(blade, np.full(4, 3.5), 1.0)
    yield girdle, loft_tube(put(_BLADE_SPINE), (5, 7, 8, 8), 7, UP)
    yield arm, make_ball(put(_HUMERAL_HEAD), (24, 24, 24), 7, 10)
    for offsets, radii, about in _ARM:
        yield arm, loft_tube(put(offsets), radii, 7, about)
    for forward, aside, reach in _FINGERS:
        finger = (
            (0, -616, aside),
            (forward * 0.7, -680, aside),
            (forward, -720, aside),
            (forward + 4, -reach, aside - 6),
        )
        yield arm, loft_tube(put(finger), (6, 5.5, 5, 4), 6, ASIDE)
    yield arm, loft_tube(put(_THUMB), (7, 6, 5.5, 4.5), 6, ASIDE)
