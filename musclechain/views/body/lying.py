"""A person on a bench, or on a seat, from the side: the body of the map, laid down, with the nerve
as wide as it is stretched."""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from musclechain.cases.raises import Raise, StraightLegRaise
from musclechain.views.body.bent import BentBody, Shown, find_bent_body, find_moves, find_turn
from musclechain.views.body.look import read_look
from musclechain.views.body.svg import write_coarse_way, write_node, write_text
from musclechain.views.page.palette import SPAN_N, change_position, scale_colour

__all__ = ["FRAMES", "draw_raise"]

# Left, top, width and height of the picture, mm from the joint above the part that lies flat: chest
# or pelvis; as seen from the right side, of a left one mirrored.
FRAMES = {"lying": (-560, -1150, 1865, 1325), "sitting": (-340, -830, 1500, 1480)}
# Lying, the arms are turned forward from where the outlines have them, so that they rest beside the
# trunk, rad; sitting, they hang.
ARMS_FORWARD = np.radians(13.0)
# How far below that joint bench and seat are, from where to where the seat reaches, and how thick
# they are, mm.
LEVELS, SEAT, BENCH_MM = {"lying": 122.0, "sitting": 198.0}, (-230.0, 330.0), 26.0
# The nerve: width (mm) without stretch, for each percent of strain added, and the most; its edge.
THIN, WIDER, WIDEST, EDGE = 5.0, 2.1, 34.0, 5.0
# Where the numbers stand: what the part is called, how far along it, and how far from there in
# front of it and along it (mm).
NOTES = {
    "canal": ("dura", 0.35, (175.0, 0.0)),
    "sciatic": ("sciatic", 0.75, (150.0, 0.0)),
    "tibial": ("tibial", 0.5, (120.0, 0.0)),
    "plantar": ("sole", 1.0, (0.0, 90.0)),
}
LETTERS_MM, LETTER = 44, 0.62  # size of the letters, and how wide one is for it
MARGIN = 30.0  # over a covered picture, mm
LEAST_N = 1.0  # a smaller change has no colour
NOTE = {
    "fill": "currentColor",
    "stroke": "var(--jp-layout-color0,#fff)",
    "stroke_width": 9,
    "paint_order": "stroke",
}
LEGEND = (
    "Muscles: orange pulls more than lying straight, blue less. Yellow: the nerve from the head to"
    " the sole, wider where it is stretched more; % says by how much. It is drawn over all else."
)
HIDDEN = (
    "Yellow: the nerve from the head to the sole. Predict first; then colours and numbers come."
)
Points = NDArray[np.float64]


def draw_raise(found: Raise, covered: bool = False) -> str:
    """Draw a raised leg, or the slump test, from the side of the leg that is moved.

    Parameters
    ----------
    found : Raise
    covered : bool
        Whether colours, widths and numbers are kept back.

    Returns
    -------
    str
        A figure as HTML, with its description. Muscles have the colour of how much more or less
        they pull than lying straight; the nerve is drawn along its course over all else, wider
        where more strain is added.
    """
    place = _Frame(found)
    bent = find_bent_body(found.body, found.test.side)
    points = place(
        bent.place(_lay_arms(bent, find_moves(found.body, found.rested.pose), place.kind))
    )
    left, top, width, height = place.frame
    if covered:  # nothing moves yet: no room is kept for a leg that is raised higher
        height, top = height + top - points[:, 1].min() + MARGIN, points[:, 1].min() - MARGIN
    drawn = [
        place.draw_bench(),
        *_draw_body(bent, points, found, covered),
        *_draw_nerve(place, found, covered),
        *([] if covered else _write_notes(place, found)),
    ]
    return (
        "<figure class='mc-lying' style='margin:2px 0;color:var(--jp-ui-font-color1,#222)'>"
        f"<svg viewBox='{left:.0f} {top:.0f} {width:.0f} {height:.0f}' role='img'"
        f" aria-label='{_label(found, covered)}' font-family='system-ui,sans-serif'"
        " style='width:100%;max-height:430px'"
        f" font-size='{LETTERS_MM}'>{''.join(drawn)}</svg>"
        f"<figcaption style='font-size:0.86em'>{HIDDEN if covered else LEGEND}</figcaption>"
        "</figure>"
    )


def _label(found: Raise, covered: bool) -> str:
    strands, test = found.strands()["added_percent"], found.test
    what = (
        f"The {test.side} leg raised by {test.degrees:.0f} degrees"
        if isinstance(test, StraightLegRaise)
        else f"Sitting, the {test.side} knee bent by {test.knee_deg:.0f} degrees"
    )
    if covered:
        return f"{what}, seen from the side. {HIDDEN}"
    return (
        f"{what}, seen from the side. Sciatic nerve {strands['sciatic']:.1f} % longer than lying"
        f" straight, tibial nerve {strands['tibial']:.1f} %, nerve of the sole"
        f" {strands['plantar']:.1f} %."
    )


class _Frame:
    """From the places of a pose to those of the picture: mm, across and down."""

    def __init__(self, found: Raise) -> None:
        rested = found.rested
        flat = rested.bench.skeleton.bones.index(rested.posture.flat)
        self.turn = rested.pose.rotation[flat][:2, :2]
        self.at = 1000 * rested.pose.origin[flat][:2]
        self.kind = "lying" if isinstance(found.test, StraightLegRaise) else "sitting"
        self.mirror = -1 if found.test.side == "left" else 1
        left, top, width, height = FRAMES[self.kind]
        self.frame = (left if self.mirror == 1 else -left - width, top, width, height)

    def __call__(self, points: Points) -> Points:
        """Carry points that are given forward and up, mm."""
        ahead, up = ((points - self.at) @ self.turn).T
        across, down = (-up, -ahead) if self.kind == "lying" else (ahead, -up)
        return np.column_stack([self.mirror * across, down])

    def keep(self, x: float, words: str, anchor: str) -> float:
        """Keep a text within the picture."""
        left, _, width, _ = self.frame
        long = len(words) * LETTERS_MM * LETTER
        before = {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        return float(np.clip(x, left + before, left + width - long + before))

    def draw_bench(self) -> str:
        """Draw what the person lies or sits on."""
        left, _, width, _ = self.frame
        ends: list[float] = [left + 20, left + width - 20]
        if self.kind == "sitting":
            ends = sorted(self.mirror * end for end in SEAT)
        return write_node(
            "rect",
            {
                "x": float(ends[0]),
                "y": LEVELS[self.kind],
                "width": float(ends[1] - ends[0]),
                "height": BENCH_MM,
                "rx": 8,
                "fill": "currentColor",
                "opacity": 0.35,
            },
        )


def _draw_body(bent: BentBody, points: Points, found: Raise, covered: bool) -> list[str]:
    """Draw skin, bones and muscles of the body as it lies or sits."""
    look = read_look()
    colours = {} if covered else _find_colours(found)
    rest = look["veiled"] if covered else scale_colour(0.0)
    drawn = []
    for (role, structure, behind), curves in groupby(bent.curves, _find_kind):
        style = dict(look["roles"][role])
        if structure and role in look["filled"]:
            style["fill"] = colours.get(structure, rest)
        if behind:
            style["opacity"] = look["opacity"]["behind"]
        way = "".join(write_coarse_way(points[one.rows], one.closed) for one in curves)
        drawn.append(write_node("path", {"d": way, **style}))
    return drawn


def _find_kind(one: Shown) -> tuple[str, str, bool]:
    return one.role, one.structure, one.behind


def _lay_arms(bent: BentBody, moves: Points, kind: str) -> Points:
    """Turn the arms at the shoulders."""
    moved = moves.copy()
    for side, shoulder in bent.shoulders.items():
        arm = bent.names.index(f"arm_{side}")
        angle = ARMS_FORWARD if kind == "lying" else -find_turn(moves[arm])
        turn = np.array(
            [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
        )
        moved[arm, :, :3] = moves[arm, :, :3] @ turn
        moved[arm, :, 3] += moves[arm, :, :3] @ (shoulder - turn @ shoulder)
    return moved


def _find_colours(found: Raise) -> dict[str, str]:
    """Colour of each structure by how much more or less it pulls than lying straight."""
    s = found.rested.bench.skeleton
    now, before = (
        np.bincount(s.structure, one.tension, len(s.structures))
        for one in (found.rested, found.flat)
    )
    change = now - before
    return {
        s.structures[row]: scale_colour(change_position(float(change[row]), SPAN_N))
        for row in np.flatnonzero(np.abs(change) >= LEAST_N)
    }


def _draw_nerve(place: _Frame, found: Raise, covered: bool) -> list[str]:
    course = found.rested.nerve.cord.course
    points = place(1000 * found.rested.carry(course.bone, course.point)[:, :2])
    added = found.nerve["added_percent"].to_numpy()
    widths = np.clip(THIN + WIDER * np.maximum(added * (not covered), 0), THIN, WIDEST)
    look = read_look()["nerves"]
    return [
        write_node(
            "path",
            {
                "d": write_coarse_way(points[[first, last]], False),
                **look[layer],
                "class": f"nerve-{layer}",
                "stroke-width": f"{width + edge:.1f}",
            },
        )
        for layer, edge in (("edge", EDGE), ("core", 0.0))
        for first, last, width in zip(course.start, course.end, widths, strict=True)
    ]


def _write_notes(place: _Frame, found: Raise) -> list[str]:
    """Write by how much each part of the nerve is stretched, beside it."""
    course = found.rested.nerve.cord.course
    points = 1000 * found.rested.carry(course.bone, course.point)[:, :2]
    strands, added = np.array(course.strand), found.strands()["added_percent"]
    notes = []
    for strand, (name, share, (ahead, beyond)) in NOTES.items():
        if place.kind == "sitting" and strand == "tibial":
            ahead = -ahead  # in front of the shin is the sole's place
        pieces = np.flatnonzero(strands == strand)
        run = np.cumsum(course.length[pieces])
        piece = pieces[np.searchsorted(run, share * run[-1])]
        first, last = points[course.start[piece]], points[course.end[piece]]
        along = (last - first) / np.linalg.norm(last - first)
        # in front of a leg that hangs down is forward
        beside = last + ahead * np.array([-along[1], along[0]]) + beyond * along
        (x, y), (from_x, _) = place(np.array([beside, last]))
        lean = int(np.clip(2 * (x - from_x) / abs(ahead + beyond), -1, 1))
        anchor = ("middle", "start", "end")[lean]
        words = f"{name} {added[strand]:+.1f} %".replace("-", "\N{MINUS SIGN}")
        x = place.keep(x, words, anchor)
        notes.append(write_text(x, y, words, text_anchor=anchor, **NOTE))
    return notes
