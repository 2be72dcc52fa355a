"""The sciatic nerve under, through and over the piriformis, from behind: drawn from the outlines of
the body map and from the course that the interface load is computed with."""

import html
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.cases.piriformis import (
    VARIANTS,
    Course,
    Variant,
    read_frequency,
    read_spread,
    trace_course,
)
from musclechain.cases.raises import Raise
from musclechain.views.body.look import read_look
from musclechain.views.body.outline.cache import find_drawing, find_healthy_transforms
from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.svg import write_coarse_way, write_node, write_way

__all__ = ["CrossingPicture", "draw_crossing"]

VIEW = "back"
# What is drawn around the crossing, mm: beside it toward the midline and outward, above and below.
INWARD, OUTWARD, ABOVE, BELOW = 74.0, 96.0, 96.0, 104.0
MUSCLE = "piriformis"
NEIGHBOURS = (
    "gemellus_superior",
    "gemellus_inferior",
    "obturator_internus",
    "quadratus_femoris",
    "sacrotuberous_ligament",
)
BONE = {"fill": "#f3efe6", "stroke": "#a49a88", "stroke-width": 1.0}
PALE = {"fill": "#e6cfcb", "stroke": "#b79a95", "stroke-width": 0.8}
DARK = {"fill": "#b5544c", "stroke": "#6d2721", "stroke-width": 1.2}
SLIT = {"fill": "#6d2721"}
SLIT_LONG, SLIT_WIDE = 13.0, 5.0  # half of the slit that a parted muscle shows, mm
HIDDEN = {"stroke-dasharray": [5, 3.5], "stroke-width": 2.2, "stroke-linecap": "butt"}
SHOWN = ("bone", "tendon", "belly", "tissue", "band", "sheer", "plate")
LEGEND = (
    "From behind, one side: the piriformis red, the nerve yellow, dashed where muscle or bone lies"
    " over it. How often each way is found comes from different series (in brackets the least and"
    " the most), so the shares do not add up to 100 %. Through or over the muscle mostly only a"
    " part of the nerve runs (NV02, NV03; partly from memory)."
)
Points = NDArray[np.float64]
Box = tuple[float, float, float, float]


def draw_crossing(found: Raise) -> str:
    """Draw the three ways of the sciatic nerve past the piriformis, from behind.

    Parameters
    ----------
    found : Raise
        Its body and side; the pose is that of the body map, standing.

    Returns
    -------
    str
        A figure as HTML, with its description.

    Raises
    ------
    CauseError
        For a body without the muscle.
    """
    panels = [_draw_panel(found, variant) for variant in VARIANTS]
    return (
        "<figure style='margin:4px 0;max-width:760px;color:var(--jp-ui-font-color1,#222)'>"
        f"<div role='img' aria-label='{html.escape(_label(found), quote=True)}'"
        " style='display:flex;gap:10px;flex-wrap:wrap'>"
        f"{''.join(panels)}</div>"
        f"<figcaption style='font-size:0.86em'>{LEGEND}</figcaption></figure>"
    )


class CrossingPicture:
    """What `draw_crossing` draws; a notebook shows the picture, ``str()`` gives its description."""

    def __init__(self, found: Raise) -> None:
        self.found = found

    def __repr__(self) -> str:
        return f"{_label(self.found)} {LEGEND}"

    def _repr_html_(self) -> str:
        return draw_crossing(self.found)


def _label(found: Raise) -> str:
    told = ", ".join(f"{one} it in {_say_share(found.body, one)}" for one in VARIANTS)
    return (
        f"The {found.test.side} sciatic nerve and the piriformis from behind, three times: the"
        f" nerve runs {told} of people."
    )


def _say_share(body: Body, variant: Variant) -> str:
    low, high = read_spread(body, variant)
    share = read_frequency(body, variant)
    return f"{100 * share:.0f} % ({100 * low:.2g} to {100 * high:.2g} %)"


def _draw_panel(found: Raise, variant: Variant) -> str:
    course, side = trace_course(found, variant), found.test.side
    flat = _Flat(found.body)
    box = _find_box(flat.place(trace_course(found, "through").past)[0], side)
    past = flat.place(course.past)
    before, after = flat.place(course.before), flat.place(course.after)
    hidden, seen = np.vstack([before, past[:1]]), np.vstack([past, after])
    drawn = [
        _draw_outlines(found.body, side, box),
        _draw_muscle(found.body, side),
        _draw_slit(course, past[0], flat) if variant == "through" else "",
        _draw_nerve(hidden, 1000 * course.across, True),
        _draw_nerve(seen, 1000 * course.across, False),
    ]
    left, top, wide, tall = box
    view = f"{left:.0f} {top:.0f} {wide:.0f} {tall:.0f}"
    return (
        "<div style='flex:1 1 180px;max-width:240px'>"
        f"<div style='font-weight:600'>{variant.capitalize()}</div>"
        f"<div style='font-size:0.86em'>{_say_share(found.body, variant)}</div>"
        f"<svg viewBox='{view}' style='width:100%;display:block'"
        f" stroke-linejoin='round'>{''.join(drawn)}</svg></div>"
    )


class _Flat:
    """Lays places of the data's pelvis (m) into the picture, as it stands there."""

    def __init__(self, body: Body) -> None:
        self.move = find_healthy_transforms(body)["pelvis"]

    def place(self, places: Points) -> Points:
        standing = places @ self.move[:3, :3].T + self.move[:3, 3]
        flat: Points = project_points(1000 * standing, VIEW)
        return flat


def _find_box(middle: Points, side: str) -> Box:
    left, right = (INWARD, OUTWARD) if side == "right" else (OUTWARD, INWARD)
    return middle[0] - left, middle[1] - ABOVE, left + right, ABOVE + BELOW


def _list_ways(body: Body, structures: Iterable[str]) -> list[tuple[str, Points, bool]]:
    """The outlines of bones ("") and of some structures, from below to above."""
    wanted = set(structures)
    return [
        (group.structure, project_points(points, VIEW), role == "bone")
        for group in find_drawing(body).views[VIEW]
        if group.structure in wanted and not group.nerve and not group.behind
        for role, curves in group.curves
        if role in SHOWN
        for points in curves.split()
    ]


def _draw_outlines(body: Body, side: str, box: Box) -> str:
    names = [f"{name}_{side}" for name in NEIGHBOURS]
    left, top, wide, tall = box
    low, high = np.array([left, top]), np.array([left + wide, top + tall])
    return "".join(
        write_node("path", {"d": write_coarse_way(points, True), **(PALE if name else BONE)})
        for name, points, is_bone in _list_ways(body, ["", *names])
        if (name or is_bone) and (points.max(axis=0) > low).all() and (points.min(0) < high).all()
    )


def _draw_muscle(body: Body, side: str) -> str:
    return "".join(
        write_node("path", {"d": write_way(points, True), **DARK})
        for _, points, _ in _list_ways(body, [f"{MUSCLE}_{side}"])
    )


def _draw_slit(course: Course, middle: Points, flat: _Flat) -> str:
    """Where the halves of the muscle part round the nerve."""
    ends = flat.place(np.array([course.past[0], course.past[0] + course.along / 1000]))
    turn = float(np.degrees(np.arctan2(*(ends[1] - ends[0])[::-1])))
    place = {"cx": float(middle[0]), "cy": float(middle[1]), "rx": SLIT_LONG, "ry": SLIT_WIDE}
    turned = {"transform": f"rotate({turn:.1f} {middle[0]:.1f} {middle[1]:.1f})"}
    return write_node("ellipse", {**place, **turned, **SLIT})


def _draw_nerve(points: Points, wide: float, is_hidden: bool) -> str:
    look = read_look()["nerves"]
    way, edge = {"d": write_way(points, False)}, float(look["edge_mm"])
    if is_hidden:
        return write_node("path", {**way, **look["edge"], **HIDDEN})
    return "".join(
        write_node("path", {**way, **look[part], "stroke-width": width})
        for part, width in (("edge", wide + edge), ("core", wide))
    )
