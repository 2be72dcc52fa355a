"""A person on a bench, or on a seat, from the side: bones as lines, the nerve as wide as it is
stretched."""

import numpy as np

from musclechain.anatomy.sides import OTHER_SIDE
from musclechain.cases.raises import Raise, StraightLegRaise

__all__ = ["draw_raise"]

# Pixels for a metre; the picture (width, height) and where the flat bone's joint lies in it.
SCALE = 290.0
LYING, SITTING = ((560, 390), (178, 348)), ((420, 420), (120, 262))
BENCH_M = 0.09  # under the chest, or under the hips
TOE_M = (0.17, -0.06)  # from the ankle to the toes: forward and up
# The nerve: width without stretch, for each percent of strain added, and the most.
THIN, WIDER, WIDEST = 1.4, 0.55, 9.0
BODY, NERVE = "#8a8f98", "#d95f10"


def draw_raise(found: Raise) -> str:
    """Draw a raised leg, or the slump test, from the side.

    Parameters
    ----------
    found : Raise

    Returns
    -------
    str
        A figure as HTML, with its description. The nerve is drawn along its course, wider where
        more strain is added; against lying straight, with the other leg in grey.
    """
    place = _Frame(found)
    width, height = place.size
    side = found.test.side
    strands = found.strands()["added_percent"]
    drawn = [
        _draw_leg(place, found, OTHER_SIDE[side], 0.35),
        _draw_trunk(place, found),
        _draw_leg(place, found, side, 1.0),
        _draw_nerve(place, found),
        place.bench(),
    ]
    what = (
        f"The {side} leg raised by {found.test.degrees:.0f} degrees"
        if isinstance(found.test, StraightLegRaise)
        else f"Sitting, the {side} knee bent by {found.test.knee_deg:.0f} degrees"
    )
    label = (
        f"{what}, seen from the side. Sciatic nerve {strands['sciatic']:.1f} % longer than lying"
        f" straight, tibial nerve {strands['tibial']:.1f} %, nerve of the sole"
        f" {strands['plantar']:.1f} %."
    )
    return (
        "<figure style='margin:6px 0;color:var(--jp-ui-font-color1,#222)'>"
        f"<svg viewBox='0 0 {width} {height}' width='100%' role='img' aria-label='{label}'>"
        f"{''.join(drawn)}</svg>"
        "<figcaption style='font-size:0.86em'>Orange: the nerve from the head to the sole, wider"
        " where it is stretched more.</figcaption></figure>"
    )


class _Frame:
    """From world places (m) to those of the picture."""

    def __init__(self, found: Raise) -> None:
        rested = found.rested
        s = rested.bench.skeleton
        flat = s.bones.index(rested.posture.flat)
        self.lies = isinstance(found.test, StraightLegRaise)
        self.size, self.origin = LYING if self.lies else SITTING
        self.turn, self.at = rested.pose.rotation[flat], rested.pose.origin[flat]

    def __call__(self, points: np.ndarray) -> np.ndarray:
        x, y, _ = ((points - self.at) @ self.turn).T
        # lying, the feet are to the right; sitting, they point there
        ahead, up = (-y, x) if self.lies else (x, y)
        return np.column_stack([self.origin[0] + SCALE * ahead, self.origin[1] - SCALE * up])

    def bench(self) -> str:
        width, height = self.size
        level = self.origin[1] + SCALE * (BENCH_M if self.lies else 0.18)
        last = width - 8 if self.lies else self.origin[0] + 70
        return (
            f"<path d='M8 {min(level, height - 4):.1f}H{last:.0f}' stroke='currentColor'"
            " stroke-width='3' fill='none'/>"
        )


def _draw_way(points: np.ndarray, width: float, colour: str, opacity: float = 1.0) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return (
        f"<path d='M{steps}' fill='none' stroke='{colour}' stroke-width='{width:.1f}'"
        f" stroke-linecap='round' stroke-linejoin='round' opacity='{opacity:g}'/>"
    )


def _draw_leg(place: _Frame, found: Raise, side: str, opacity: float) -> str:
    rested = found.rested
    row = {bone: number for number, bone in enumerate(rested.bench.skeleton.bones)}
    foot = row[f"foot_{side}"]
    toe = rested.pose.rotation[foot] @ np.array([*TOE_M, 0.0]) + rested.pose.origin[foot]
    joints = [rested.pose.origin[row[f"{bone}_{side}"]] for bone in ("thigh", "shank", "foot")]
    return _draw_way(place(np.array([*joints, toe])), 16, BODY, 0.55 * opacity)


def _draw_trunk(place: _Frame, found: Raise) -> str:
    rested = found.rested
    row = {bone: number for number, bone in enumerate(rested.bench.skeleton.bones)}
    s = rested.bench.skeleton
    thighs = [rested.pose.origin[row[f"thigh_{side}"]] for side in OTHER_SIDE]
    spine = [rested.pose.origin[row[bone]] for bone in ("lumbar", "thorax", "neck", "head")]
    skull = row["head"]
    crown = rested.carry(np.array([skull]), s.com[[skull]])[0]
    points = place(np.array([np.mean(thighs, axis=0), *spine, crown]))
    x, y = points[-1]
    return (
        _draw_way(points, 24, BODY, 0.45)
        + f"<circle cx='{x:.1f}' cy='{y:.1f}' r='30' fill='{BODY}' opacity='0.45'/>"
    )


def _draw_nerve(place: _Frame, found: Raise) -> str:
    course = found.rested.nerve.cord.course
    points = place(found.rested.carry(course.bone, course.point))
    added = found.nerve["added_percent"].to_numpy()
    width = np.clip(THIN + WIDER * np.maximum(added, 0), THIN, WIDEST)
    return "".join(
        _draw_way(points[[first, last]], float(wide), NERVE)
        for first, last, wide in zip(course.start, course.end, width, strict=True)
    )
