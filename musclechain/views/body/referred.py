"""Maps of referred pain on a pale body: dotted, and unlike anything that is computed."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import name_structure
from musclechain.anatomy.records import ReferredSpot
from musclechain.anatomy.sides import name_place
from musclechain.cases.referred import Referred, find_referred
from musclechain.mechanics.spread import Result
from musclechain.views.body.look import read_look
from musclechain.views.body.outline.cache import find_drawing, find_healthy_transforms
from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.scene import VIEW_NAMES
from musclechain.views.body.svg import write_coarse_way, write_node, write_text

__all__ = ["draw_referred"]

# Around what is shown, mm; the least height that is shown; beside a body; between two views.
MARGIN, LEAST, EDGE, GAP = 60.0, 420.0, 12.0, 30.0
# Shares of the larger side of the picture: a dot, from one to the next, and letters.
DOT, STEP, LETTERS = 0.0042, 0.0135, 0.036
MUSCLE = "#7d756f"
DOTS: dict[str, Any] = {"fill": "#1f1f1f", "stroke": "#ffffff", "stroke-width": 1.2}
PALE: dict[str, dict[str, Any]] = {
    "skin": {"fill": "#efece9", "stroke": "#8d8680", "stroke-width": 2.5},
    "hollow": {"fill": "#d8d2cc"},
    "bone": {"fill": "#f8f6f4", "stroke": "#d8d2cc", "stroke-width": 1.2},
}
LEGEND = (
    "Dotted: where clinicians describe the pain of the muscle that is drawn dark. Weak evidence, no"
    " force, nothing computed."
)
Points = NDArray[np.float64]
Box = tuple[float, float, float, float]


def draw_referred(result: Result) -> str:
    """Draw the maps that a state switches on.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        A figure as HTML, with its description; words alone where no map is switched on.
    """
    body, maps = result.body, find_referred(result)
    if not maps:
        return "<p>No muscle with a map of referred pain is sore.</p>"
    boxes = _find_boxes(body, maps, _list_views(maps))
    height = max(tall for *_, tall in boxes.values())
    wide = sum(width for _, _, width, _ in boxes.values()) + GAP * (len(boxes) - 1)
    letters = LETTERS * max(wide, height)
    head, at, drawn = 1.5 * letters, 0.0, []
    look = {"text_anchor": "middle", "font_size": letters, "fill": "currentColor"}
    for view, (left, top, width, _) in boxes.items():
        content = _draw_view(body, maps, view, (top, top + height), max(wide, height))
        place = {"x": at, "y": head, "width": width, "height": height}
        box = f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"
        drawn.append(content.join(_open(place, box)))
        drawn.append(write_text(at + width / 2, letters, VIEW_NAMES[view], **look))
        at += width + GAP
    label = html.escape(_label(body, maps), quote=True)
    return (
        "<figure style='margin:4px 0;color:var(--jp-ui-font-color1,#222)'>"
        f"<svg viewBox='0 0 {wide:.0f} {height + head:.0f}' role='img' aria-label='{label}'"
        " style='width:100%;max-height:360px' font-family='system-ui,sans-serif'>"
        f"{''.join(drawn)}</svg><figcaption style='font-size:0.86em'>{LEGEND}</figcaption></figure>"
    )


def _open(place: dict[str, float], box: str) -> tuple[str, str]:
    head = write_node("svg", {**place, "viewBox": box}).removesuffix("/>")
    return f"{head}>", "</svg>"


def _label(body: Body, maps: Iterable[Referred]) -> str:
    told = "; ".join(
        f"{name_structure(body, one.muscle)}: {', '.join(spot.words for spot in one.spots)}"
        for one in maps
    )
    return f"Where clinicians describe the pain of a sore muscle, dotted. {told}."


def _find_view(spot: ReferredSpot, side: str) -> str:
    return side if spot.view == "side" else spot.view


def _list_views(maps: Iterable[Referred]) -> list[str]:
    return list(dict.fromkeys(_find_view(spot, one.side) for one in maps for spot in one.spots))


def _find_boxes(body: Body, maps: Sequence[Referred], views: Sequence[str]) -> dict[str, Box]:
    """What is shown of each view: the maps and the muscles, all from the same height down."""
    ends = [
        end
        for one in maps
        for spot in one.spots
        for _, y in [_place_spot(body, spot, one.side)]
        for end in (y - spot.high_mm / 2, y + spot.high_mm / 2)
    ]
    ends += [
        float(end)
        for one in maps
        for view in views
        for points in _trace_muscle(body, one.muscle, view)
        for end in (points[:, 1].min(), points[:, 1].max())
    ]
    top, bottom = min(ends) - MARGIN, max(ends) + MARGIN
    short = max(LEAST - (bottom - top), 0) / 2
    top, bottom = top - short, bottom + short
    boxes = {}
    for view in views:
        # the tallest piece of skin; arms may be cut off
        pieces = [points for _, points in _trace_roles(body, view, ("skin",))]
        skin = max(pieces, key=lambda points: np.ptp(points[:, 1]))
        shown = skin[(skin[:, 1] > top) & (skin[:, 1] < bottom), 0]
        left, right = shown.min() - EDGE, shown.max() + EDGE
        boxes[view] = (float(left), top, float(right - left), bottom - top)
    return boxes


def _place_spot(body: Body, spot: ReferredSpot, side: str) -> tuple[float, float]:
    """The middle of a place in its view."""
    point = np.array([spot.x_mm, spot.y_mm, spot.z_mm if side == "right" else -spot.z_mm])
    healthy = find_healthy_transforms(body)
    move = healthy[name_place(body.graph, spot.place, side)]
    now = move[:3, :3] @ point + 1000 * move[:3, 3]
    ((x, y),) = project_points(now[None], _find_view(spot, side))
    return float(x), float(y)


def _trace_roles(body: Body, view: str, roles: Sequence[str]) -> list[tuple[str, Points]]:
    return [
        (role, project_points(points, view))
        for group in find_drawing(body).views[view]
        for role, curves in group.curves
        if role in roles and not group.structure
        for points in curves.split()
    ]


def _trace_muscle(body: Body, muscle: str, view: str) -> list[Points]:
    filled = read_look()["filled"]
    return [
        project_points(points, view)
        for group in find_drawing(body).views[view]
        if group.structure == muscle and not group.behind
        for role, curves in group.curves
        if role in filled
        for points in curves.split()
    ]


def _draw_view(
    body: Body, maps: Sequence[Referred], view: str, ends: tuple[float, float], size: float
) -> str:
    """The pale body, the muscles dark, and the dots of what is seen in this view."""
    top, bottom = ends
    skin = [
        write_node("path", {"d": write_coarse_way(points, True), **PALE[role]})
        for role, points in _trace_roles(body, view, ("skin", "bone", "hollow"))
        if points[:, 1].max() > top and points[:, 1].min() < bottom
    ]
    muscles = [
        write_node("path", {"d": write_coarse_way(points, True), "fill": MUSCLE})
        for one in maps
        for points in _trace_muscle(body, one.muscle, view)
    ]
    dots = [
        write_node("circle", {"cx": f"{x:.0f}", "cy": f"{y:.0f}", "r": DOT * size, **DOTS})
        for one in maps
        for spot in one.spots
        if _find_view(spot, one.side) == view
        for x, y in _list_dots(_place_spot(body, spot, one.side), spot, STEP * size)
    ]
    return "".join([*skin, *muscles, *dots])


def _list_dots(middle: tuple[float, float], spot: ReferredSpot, step: float) -> Points:
    """Dots in rows within an oval, every other row shifted by half."""
    wide, high = spot.wide_mm / 2, spot.high_mm / 2
    rows = np.arange(-np.floor(high / step), np.floor(high / step) + 1)
    dots = [
        (x, step * row)
        for row in rows
        for x in step * (np.arange(-np.floor(wide / step) - 1, wide / step + 1) + row % 2 / 2)
        if (x / wide) ** 2 + (step * row / high) ** 2 <= 1
    ]
    return np.array(dots or [(0.0, 0.0)]) + middle
