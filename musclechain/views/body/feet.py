"""A standing foot from the inside and from behind, drawn from the points of its arch."""

import numpy as np

from musclechain.anatomy.format import format_newtons
from musclechain.cases.causes import Insole
from musclechain.cases.foot import find_arch
from musclechain.mechanics.arch import Arch
from musclechain.mechanics.spread import Result
from musclechain.views.words.findings.feet import (
    SAME_DEG,
    find_rolled_side,
    find_turns_in,
)

__all__ = ["EXAGGERATION", "draw_foot"]

# So many times the movement of the arch is drawn in the view from the inside.
EXAGGERATION = 3
# The two parts of the foot around the points of the model, mm: from the inside (x forward, y up)
# and, for the heel, from behind (z outward, y up).
HIND = ((-50, 12), (-48, 42), (-20, 58), (-8, 78), (16, 74), (34, 54), (28, 40), (2, 24), (-26, 3))
FORE = ((24, 54), (60, 54), (105, 36), (150, 22), (186, 13), (188, 3), (149, 2), (96, 24), (30, 38))
HEEL = (
    *((-20, 0), (-23, 22), (-17, 56), (-27, 64), (-24, 82)),
    *((24, 78), (27, 58), (17, 52), (22, 22), (20, 0)),
)
WEDGE_MM = 7  # height of a drawn insole at the inner side
SHANK_MM = 46
# Pixels for a millimetre; where the ankle of a right and of a left foot stands in the view from the
# inside, and the middle of the heel in that from behind.
SCALE = 0.78
SIDE_X = {"right": 161, "left": 47}
BACK_X, GROUND_Y = 278, 128
LEAST_WIDTH, MORE_WIDTH_N = 1.5, 90  # a tie gets a unit wider for so many newtons


def draw_foot(result: Result, is_told: bool = True) -> str:
    """Draw the foot that is rolled further, from the inside and from behind.

    Solid: now. Dashed: the unloaded foot. From the inside the movement of the arch is drawn
    `EXAGGERATION` times; from behind all angles are true.

    Parameters
    ----------
    result : Result
    is_told : bool
        False leaves out the numbers, for a story that has not come to its end.

    Returns
    -------
    str
        A figure as HTML, with its description.
    """
    side = find_rolled_side(result)
    arch = find_arch(result, side)
    parts = [
        _draw_side(arch, side),
        _draw_back(result, arch, side),
        _text(4, 14, f"{side.capitalize()} foot, from the inside"),
        _text(BACK_X, 14, "from behind", "middle"),
    ]
    label = (
        f"{side.capitalize()} foot from the inside and from behind: heel rolled in by"
        f" {np.degrees(arch.load.eversion_rad):.1f} degrees"
    )
    if is_told:
        turns = find_turns_in(result, side)
        parts += _write_forces(arch, side)
        parts.append(_text(BACK_X, 162, _say_shin(turns.at["shin", "turns_in_deg"]), "middle"))
        label += (
            f", arch {arch.drop_mm:.1f} mm lower than without load, plantar fascia"
            f" {arch.fascia_n:.0f} N"
        )
    return (
        "<figure style='margin:6px 0;max-width:480px;color:var(--jp-ui-font-color1,#222)'>"
        f"<svg viewBox='0 0 340 176' width='100%' role='img' aria-label='{label}.'"
        f" font-family='system-ui,sans-serif' font-size='11'>{''.join(parts)}</svg>"
        "<figcaption style='font-size:0.86em'>Dashed: without load. Seen from the inside the arch"
        f" moves {EXAGGERATION} times as far as in the model; from behind the angles are true. The"
        " tension of the sole band is worked out for this picture; on the body the band is only"
        " drawn.</figcaption></figure>"
    )


def _say_shin(turn: float) -> str:
    if abs(turn) < SAME_DEG:
        return ""
    return f"shin turns {'in' if turn > 0 else 'out'} {abs(turn):.1f}°"


def _draw_side(arch: Arch, side: str) -> str:
    """Hindfoot, forefoot, joint and tie, seen from the inside; the toes of a right foot then point
    to the left."""
    drawn = []
    for part, shape in (("hind", HIND), ("fore", FORE)):
        rest = _lift(shape)
        now = _stretch(rest, arch.carry(rest, part))
        drawn.append(_way(_place(rest, side), "fill:none;stroke-dasharray:4 3;opacity:0.7"))
        drawn.append(_way(_place(now, side), "fill:#d9a066;fill-opacity:0.5"))
    for now, rest, newtons in zip(arch.slips, arch.foot.slips, arch.slip_n, strict=True):
        look = f"fill:none;stroke:#d95f10;stroke-width:{LEAST_WIDTH + newtons / MORE_WIDTH_N:.1f}"
        drawn.append(_way(_place(_stretch(rest, now), side), look, closed=False))
    rest = arch.foot.joint[None]
    ((x, y),) = _place(_stretch(rest, arch.joint[None]), side)
    drawn.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.5' fill='currentColor'/>")
    drawn.append(_ground(4, 208))
    for x, _ in _place(np.stack([arch.heel, arch.ball]), side):
        drawn.append(_way(np.array([[x, 152], [x, 133]]), "fill:none;stroke-width:2", closed=False))
        head = np.array([[x - 4, 138], [x, 130], [x + 4, 138]])
        drawn.append(_way(head, "fill:currentColor"))
    return "".join(drawn)


def _write_forces(arch: Arch, side: str) -> list[str]:
    """The forces on the foot from the inside, where `_draw_side` has their arrows and the band."""
    ends = _place(np.stack([arch.heel, arch.ball]), side)
    words = [
        _text(x, 166, format_newtons(newtons), "middle")
        for (x, _), newtons in zip(ends, (arch.heel_n, arch.ball_n), strict=True)
    ]
    if arch.slips:
        middle = float(_place(arch.foot.slips[0], side)[:, 0].mean())
        words.append(_text(middle, 144, f"sole band {format_newtons(arch.fascia_n)}", "middle"))
    return words


def _place(points: np.ndarray, side: str) -> np.ndarray:
    """Points of the foot (m) in the view from the inside."""
    x, y = SCALE * 1e3 * points[:, :2].T
    return np.column_stack([SIDE_X[side] + (-1 if side == "right" else 1) * x, GROUND_Y - y])


def _draw_back(result: Result, arch: Arch, side: str) -> str:
    """Heel and shank from behind; the outer side of a right foot is to the right."""
    out = 1 if side == "right" else -1
    rolled = arch.load.eversion_rad
    # a heel that stands on its edge stands on the ground
    edge = 1e-3 * abs(HEEL[0][0] * np.sin(rolled))

    def place(points: np.ndarray, lift: float = 0.0) -> np.ndarray:
        return np.column_stack(
            [
                BACK_X + out * SCALE * 1e3 * points[:, 2],
                GROUND_Y - SCALE * 1e3 * (points[:, 1] + lift),
            ]
        )

    rest = _lift(HEEL, arch.foot.heel[0], behind=True)
    ankle = np.array([[arch.foot.heel[0], 0.078, 0.0]])
    now = arch.carry(rest, "hind")
    bend = np.radians(result.pose().at[f"shank_{side}", "side_bend_deg"])
    top = np.array([0.0, np.cos(bend), out * np.sin(bend)]) * SHANK_MM / 1e3
    foot_of_shank = arch.carry(ankle, "hind")
    shank = np.concatenate([foot_of_shank, foot_of_shank + top])
    drawn = [
        _way(place(rest), "fill:none;stroke-dasharray:4 3;opacity:0.7"),
        _way(place(now, edge), "fill:#d9a066;fill-opacity:0.5"),
        _way(place(shank, edge), "fill:none;stroke-width:9;opacity:0.55", closed=False),
        _ground(BACK_X - 54, BACK_X + 54),
        _text(BACK_X - out * 40, 122, "inside", "middle"),
    ]
    if any(isinstance(one, Insole) and one.side in (side, "both") for one in result.causes):
        wedge = np.array([[-24, 0], [-24, WEDGE_MM], [20, 0]]) / 1e3
        points = np.column_stack([np.zeros(3), wedge[:, 1], wedge[:, 0]])
        drawn.append(_way(place(points), "fill:#00806a"))
    if abs(rolled) > 1e-3:
        way = "in" if rolled > 0 else "out"
        words = f"heel rolled {way} {abs(np.degrees(rolled)):.1f}°"
        drawn.append(_text(BACK_X, 146, words, "middle"))
    return "".join(drawn)


def _lift(shape: tuple, ahead: float = 0.0, behind: bool = False) -> np.ndarray:
    """A drawn shape (mm) as points of the foot (m)."""
    flat = np.array(shape, float) / 1e3
    nothing = np.full(len(flat), ahead)
    columns = (nothing, flat[:, 1], flat[:, 0]) if behind else (flat[:, 0], flat[:, 1], nothing)
    return np.column_stack(columns)


def _stretch(rest: np.ndarray, now: np.ndarray) -> np.ndarray:
    return rest + EXAGGERATION * (now - rest)


def _way(points: np.ndarray, look: str, closed: bool = True) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    end = "Z" if closed else ""
    return (
        f"<path d='M{steps}{end}' stroke='currentColor' stroke-linejoin='round'"
        f" stroke-linecap='round' style='{look}'/>"
    )


def _ground(start: float, end: float) -> str:
    return _way(np.array([[start, GROUND_Y + 1], [end, GROUND_Y + 1]]), "stroke-width:2", False)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f"<text x='{x:.1f}' y='{y}' text-anchor='{anchor}' fill='currentColor'>{words}</text>"
