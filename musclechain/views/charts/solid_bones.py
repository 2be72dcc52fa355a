"""Tubes, slabs and balls, and the plain bones that are made of them.

The bones hang on the joints of the body; their forms are rough and only help
to see where one is. Millimetres, X forward, Y up, Z right.
"""

from dataclasses import dataclass

import numpy as np

from musclechain.views.body.outline.standing import read_standing

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


def to_picture(points):
    """Turn body axes (mm: forward, up, right) into the picture's (m: right, forward, up)."""
    return (points[:, [2, 0, 1]] / 1000).astype(np.float32)


def join_meshes(meshes):
    """Join surfaces to one."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    return Mesh(
        np.vstack([mesh.points for mesh in meshes]),
        np.vstack([mesh.faces + start for mesh, start in zip(meshes, starts, strict=True)]),
        np.concatenate([mesh.shades for mesh in meshes]),
    )


def _loft(rings):
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


def loft_tube(line, radii, sides=7, about=None, flat=1.0):
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
    line = np.asarray(line, float)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None] + 1e-9
    if about is None:
        about = np.eye(3)[int(np.argmin(np.abs(along).max(axis=0)))]
    one = np.cross(along, about)
    one /= np.linalg.norm(one, axis=1)[:, None] + 1e-9
    other = np.cross(along, one) * flat
    turn = np.arange(sides) / sides * 2 * np.pi
    ring = one[:, None] * np.cos(turn)[:, None] + other[:, None] * np.sin(turn)[:, None]
    return _loft(line[:, None] + np.asarray(radii, float)[:, None, None] * ring)


def loft_slab(lines, half, rim=0.45):
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


def make_ball(centre, radii, rings=9, sides=14):
    """Make a ball, longer or shorter along each axis."""
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


def build_bones(body, healthy):
    """Build plain bones on the joints of the body.

    Parameters
    ----------
    body : Body
    healthy : dict of bone id to numpy.ndarray, shape (4, 4)
        From the data's posture to healthy standing, metres.

    Returns
    -------
    list of (str, Mesh)
        Rigid body and form in healthy standing. A body that lacks joints gets
        the bones that hang on the others.
    """
    standing, parts = read_standing(body, healthy), []
    places = standing.joints
    if {"l5_s1", "t12_l1", "c7_t1", "c0_c2"} <= set(places):
        parts += [*_build_spine(standing), *_build_chest(standing), *_build_skull(standing)]
    for side, sign in standing.sides:
        parts += _build_leg(standing, side, sign)
        if "l5_s1" in places:
            parts += _build_hip_bone(standing, side, sign)
        if f"sternoclavicular_{side}" in places:
            parts += _build_arm(standing, side, sign)
    return parts


def _curve(low, top, bow, count):
    """Points between two joints of the spine, bowed forward (or back) by so many mm."""
    share = (np.arange(count) + 0.5) / count
    return low + share[:, None] * (top - low) + np.sin(np.pi * share)[:, None] * [bow, 0, 0]


def _build_spine(standing):
    low, chest, top, head = (
        standing.locate("l5_s1", "pelvis"),
        standing.locate("t12_l1", "thorax"),
        standing.locate("c7_t1", "thorax"),
        standing.locate("c0_c2", "neck"),
    )
    for bone, start, end, bow, count, wide in (
        ("lumbar", low, chest, 10, 5, 21),
        ("thorax", chest, top, -16, 12, 15),
        ("neck", top, head, 6, 6, 11),
    ):
        middles, tall = _curve(start, end, bow, count), np.linalg.norm(end - start) / count
        for middle in middles:
            yield (
                bone,
                loft_tube(
                    middle + np.outer([-0.42, 0, 0.42], [0, tall, 0]),
                    [wide * 1.05, wide * 0.9, wide * 1.05],
                    9,
                    (0, 0, 1),
                    1.2,
                ),
            )
            yield (
                bone,
                loft_tube(
                    middle + [[-wide, 0, 0], [-wide - 14, -4, 0], [-wide - 24, -10, 0]],
                    [5, 3.5, 4],
                    6,
                    (0, 1, 0),
                ),
            )
            yield (
                bone,
                loft_tube(
                    middle + [[-wide, 0, -wide - 10], [-wide + 3, 0, 0], [-wide, 0, wide + 10]],
                    [3, 5, 3],
                    5,
                    (0, 1, 0),
                ),
            )
    yield (
        "pelvis",
        loft_tube(
            low + [[-4, -14, 0], [-30, -45, 0], [-50, -85, 0], [-48, -115, 0], [-34, -135, 0]],
            [26, 24, 18, 10, 5],
            9,
            (0, 0, 1),
            1.7,
        ),
    )


def _build_chest(standing):
    """Build twelve pairs of ribs and the breastbone."""
    top, low = standing.locate("c7_t1", "thorax"), standing.locate("t12_l1", "thorax")
    spine = _curve(top, low, -16, 12)
    breast = top + [[40, -38, 0], [52, -80, 0], [64, -140, 0], [70, -195, 0], [70, -222, 0]]
    yield "thorax", loft_tube(breast, [17, 12, 13, 12, 4], 8, (1, 0, 0), 0.35)
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
            yield "thorax", loft_tube(line, np.full(len(line), 4.6), 6, (0, 1, 0), 1.35)


def _build_skull(standing):
    centre = standing.locate("c0_c2", "head")
    yield "head", make_ball(centre + [8, 82, 0], (90, 68, 72), 11, 18)
    yield "head", make_ball(centre + [46, 12, 0], (46, 62, 52), 9, 14)
    jaw = np.array(
        [
            [6, 10, 54],
            [10, -22, 52],
            [40, -44, 40],
            [78, -54, 14],
            [78, -54, -14],
            [40, -44, -40],
            [10, -22, -52],
            [6, 10, -54],
        ],
        float,
    )
    yield "head", loft_tube(centre + jaw, np.array([7, 9, 9, 11, 11, 9, 9, 7]), 7, (0.2, 1, 0))
    yield "head", make_ball(centre + [90, 26, 0], (10, 15, 8), 6, 8)
    for sign in (1, -1):
        yield (
            "head",
            loft_tube(
                centre + [[30, 34, sign * 68], [58, 30, sign * 62], [82, 26, sign * 40]],
                [5, 6, 6],
                6,
                (0, 1, 0),
            ),
        )
        yield "head", make_ball(centre + [84, 62, sign * 28], (10, 7, 20), 6, 10)


def _build_leg(standing, side, sign):
    hip, knee, ankle = (
        standing.locate(f"hip_{side}", f"thigh_{side}"),
        standing.locate(f"knee_{side}", f"shank_{side}"),
        standing.locate(f"ankle_{side}", f"foot_{side}"),
    )
    z = np.array([1, 1, sign])
    thigh, shank, foot = (f"{bone}_{side}" for bone in ("thigh", "shank", "foot"))
    yield thigh, make_ball(hip, (23, 23, 23), 7, 10)
    yield (
        thigh,
        loft_tube(hip + z * [[0, 0, 6], [0, -10, 24], [0, -18, 46]], [15, 13, 17], 8, (0, 1, 0)),
    )
    yield (
        thigh,
        loft_tube(
            np.vstack(
                [
                    hip + z * [[-4, -4, 52], [0, -40, 44], [10, -150, 34], [12, -280, 16]],
                    knee + z * [[2, 60, 4], [-4, 14, 2]],
                ]
            ),
            [12, 17, 13.5, 13, 18, 24],
            9,
            (1, 0, 0),
        ),
    )
    yield thigh, make_ball(knee + z * [-6, 8, 21], (27, 22, 18), 7, 10)
    yield thigh, make_ball(knee + z * [-6, 8, -21], (27, 22, 18), 7, 10)
    yield shank, make_ball(knee + z * [36, 16, 2], (9, 19, 18), 6, 9)
    yield (
        shank,
        loft_tube(
            np.vstack(
                [
                    knee + z * [[-4, -16, 0], [-4, -36, 0], [6, -90, -4]],
                    ankle + z * [[2, 150, -2], [0, 40, -4], [0, 8, -6]],
                ]
            ),
            [33, 27, 15, 12, 15, 19],
            9,
            (1, 0, 0),
        ),
    )
    yield (
        shank,
        loft_tube(
            np.vstack(
                [
                    knee + z * [[-20, -40, 34], [-18, -80, 30]],
                    ankle + z * [[-10, 120, 26], [-10, 10, 28], [-8, -16, 27]],
                ]
            ),
            [10, 6, 6, 9, 8],
            7,
            (1, 0, 0),
        ),
    )
    yield foot, make_ball(ankle + z * [4, -12, 0], (27, 17, 21), 7, 10)
    yield (
        foot,
        loft_tube(
            ankle + z * [[8, -34, 2], [-22, -40, 3], [-52, -44, 0]], [18, 18, 19], 8, (0, 0, 1)
        ),
    )
    yield foot, make_ball(ankle + z * [42, -30, 0], (26, 15, 27), 6, 10)
    for number, (reach, aside) in enumerate(
        ((158, -20), (160, -4), (152, 9), (140, 21), (126, 33))
    ):
        thick = 9 if number == 0 else 6
        yield (
            foot,
            loft_tube(
                ankle
                + z
                * [
                    [52, -32 - 2 * number, aside * 0.55],
                    [82, -42 - number, aside * 0.8],
                    [reach - 48, -56, aside],
                    [reach - 20, -59, aside],
                    [reach, -61, aside],
                ],
                np.array([1.1, 0.85, 1.1, 0.8, 0.6]) * thick,
                6,
                (0, 1, 0),
            ),
        )


def _build_hip_bone(standing, side, sign):
    low, hip = standing.locate("l5_s1", "pelvis"), standing.locate(f"hip_{side}", "pelvis")
    z = np.array([1, 1, sign])
    middle = np.array([hip[0], hip[1], 0.0])
    crest = np.vstack(
        [
            low + z * [[-50, -38, 36], [-34, 0, 58], [0, 24, 98], [40, 22, 124], [84, -12, 126]],
            low + z * [[96, -42, 116]],
        ]
    )
    rim = np.vstack(
        [
            low + z * [[-26, -62, 40], [-8, -72, 56]],
            middle + z * [[-26, 46, 74], [0, 34, 84], [26, 36, 88], [34, 48, 96]],
        ]
    )
    wing = np.stack([crest, (crest + rim) / 2 + z * [0, 0, 6], rim])
    yield "pelvis", loft_slab(wing, np.full(len(crest), 4.0), 1.0)
    yield "pelvis", loft_tube(crest, [7, 6, 6, 6, 7, 7], 7, (0, 0, 1))
    yield "pelvis", make_ball(middle + z * [-2, 4, 70], (30, 32, 16), 7, 10)
    yield (
        "pelvis",
        loft_tube(middle + z * [[22, 6, 62], [40, 2, 34], [46, -14, 8]], [11, 8, 11], 7, (0, 1, 0)),
    )
    yield (
        "pelvis",
        loft_tube(
            middle + z * [[-14, -12, 66], [-30, -46, 60], [-26, -74, 54]],
            [17, 13, 14],
            7,
            (1, 0, 0),
        ),
    )
    yield (
        "pelvis",
        loft_tube(
            middle + z * [[-22, -76, 52], [8, -62, 34], [42, -32, 10]], [9, 6, 8], 7, (0, 1, 0)
        ),
    )
    yield "pelvis", loft_tube(low + z * [[-40, -40, 22], [-44, -44, 40]], [16, 14], 7, (0, 1, 0))


def _build_arm(standing, side, sign):
    girdle = f"shoulder_girdle_{side}"
    centre, z = standing.locate(f"sternoclavicular_{side}", girdle), np.array([1, 1, sign])

    def tube(points, radii, about=(1, 0, 0), sides=7):
        return girdle, loft_tube(centre + z * np.array(points, float), radii, sides, about)

    yield tube([[-4, 0, -4], [2, 6, 28], [-14, 12, 74], [-34, 16, 116]], [11, 8, 7, 8], (0, 1, 0))
    inner = centre + z * np.array(
        [[-100, 22, 46], [-112, -30, 38], [-112, -80, 44], [-104, -116, 58]], float
    )
    outer = centre + z * np.array(
        [[-62, 8, 92], [-58, -20, 108], [-74, -62, 88], [-100, -112, 66]], float
    )
    yield (
        girdle,
        loft_slab(np.stack([inner, (inner + outer) / 2 - [8, 0, 0], outer]), np.full(4, 3.5), 1.0),
    )
    yield tube(
        [[-114, -2, 46], [-100, 10, 84], [-66, 18, 122], [-36, 16, 126]], [5, 7, 8, 8], (0, 1, 0)
    )
    yield girdle, make_ball(centre + z * [-38, -16, 126], (24, 24, 24), 7, 10)
    yield tube(
        [[-38, -18, 134], [-36, -60, 138], [-32, -180, 148], [-34, -290, 160], [-34, -326, 166]],
        [20, 14, 11.5, 12, 17],
    )
    yield tube([[-34, -332, 152], [-34, -334, 182]], [14, 14], (0, 1, 0))
    yield tube(
        [[-44, -326, 164], [-34, -350, 166], [-26, -450, 172], [-10, -580, 184]], [12, 12, 8, 6]
    )
    yield tube(
        [[-28, -350, 186], [-22, -450, 194], [-8, -560, 202], [-4, -592, 204]], [9, 7, 10, 11]
    )
    yield tube([[-6, -600, 186], [-4, -616, 196], [-2, -604, 208]], [10, 12, 9], (0, 1, 0))
    for forward, aside, reach in ((14, 193, 756), (6, 199, 772), (-3, 204, 768), (-12, 208, 752)):
        yield tube(
            [
                [0, -616, aside],
                [forward * 0.7, -680, aside],
                [forward, -720, aside],
                [forward + 4, -reach, aside - 6],
            ],
            [6, 5.5, 5, 4],
            (0, 0, 1),
            6,
        )
    yield tube(
        [[8, -612, 200], [28, -640, 198], [40, -676, 194], [44, -704, 190]],
        [7, 6, 5.5, 4.5],
        (0, 0, 1),
        6,
    )
