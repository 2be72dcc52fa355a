"""What a story adds to a still picture: where it begins, the neck as its finish line, the trail
from the cause to where the story has come, the structures that it tells of, and spinal levels.

Drawn as js/story.js draws a stage that is told to its end. The ladder beside the body is left to
the browser.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musclechain.views.body.outline.curves import Anchor
from musclechain.views.body.outline.drawing import Group
from musclechain.views.body.still_setting import (
    Figure,
    Setting,
    find_main,
    place_anchor,
    place_mark,
    trace_curves,
)
from musclechain.views.body.svg import (
    Spot,
    write_group,
    write_node,
    write_text,
    write_way,
)

__all__ = ["find_width", "write_story"]

# Of words beside a figure, in pixels: how large, and how far from the edge of the figure, from the
# finish line, and from the ring; and how far from the lower edge the sides are named.
WORD_PX, EDGE_PX, ABOVE_FINISH_PX = 12, 2, 5
ABOVE_RING_PX, UNDER_RING_PX, SIDES_PX = 3, 12, 30
BESIDE_RING_PX, LINE_PX = 3, 13
# what stands at a ring around a bone, or around a spot that is no structure
BEGINS = "begins here"

Moves = NDArray[np.float64]
Stage = Mapping[str, Any]


def write_story(setting: Setting, figure: Figure, groups: Sequence[Group], moves: Moves) -> str:
    """Draw the stage of the story that a body map shows, or how the change came to what is
    selected.

    Parameters
    ----------
    setting : Setting
    figure : Figure
    groups : sequence of Group
        Those that are drawn, from below to above.
    moves : numpy.ndarray, shape (bones, 3, 4)

    Returns
    -------
    str
        Empty where the map has no story, or is covered.
    """
    stages, at = setting.map.story, setting.stage
    if not stages or setting.map.veiled:
        return ""
    seen = [group for group in groups if group.structure and not group.behind]
    trails = setting.map.trace.get("trails", [])
    now = stages[at]["route"] or "pull"
    told = [stage for stage in stages[1:at] if stage["route"] == now]
    faint = setting.look["story"]["told_opacity"]
    parts = [
        *(
            _write_trail(setting, figure, trail, moves, 1 if trails else faint)
            for trail in trails or told
        ),
        "" if trails or not at else _write_glow(setting, figure, stages[at - 1], seen, moves, True),
        _write_levels(setting, figure, stages[at], moves),
    ]
    if not trails:
        parts += [
            _write_trail(setting, figure, stages[at], moves, 1),
            _write_glow(setting, figure, stages[at], seen, moves, False),
        ]
    # over the lines, so that none runs through a name
    parts += [
        _write_finish(setting, figure, moves),
        _write_rings(setting, figure, stages, seen, moves),
    ]
    return "".join(parts)


def find_glow_width(look: Mapping[str, Any], stage: Stage) -> float:
    """Find the width of the outlines of what a stage tells of, pixels: thin where little of a pull
    arrives.

    Examples
    --------
    >>> look = {"glow": {"stroke-width": 2.5}, "glow_least_px": 0.5, "glow_full_share": 0.2}
    >>> find_glow_width(look, {"route": "pull", "trail": [{"share": 0.1}]})
    1.5
    >>> find_glow_width(look, {"route": "posture", "trail": []})
    2.5
    """
    full = float(look["glow"]["stroke-width"])
    if stage["route"] != "pull":
        return full
    share = stage["trail"][-1]["share"] if stage["trail"] else 0.0
    least = float(look["glow_least_px"])
    return least + (full - least) * min(share / look["glow_full_share"], 1.0)


def find_width(look: Mapping[str, Any], route: str, share: float) -> float:
    """Find the width of a trail, pixels: that of a pull shows what is left of it.

    Examples
    --------
    >>> look = {"least_px": 1, "most_px": 9, "steady_px": 3}
    >>> find_width(look, "pull", 0.5), find_width(look, "guarding", 0.5)
    (5.0, 3)
    """
    if route != "pull":
        return look["steady_px"]
    return look["least_px"] + share * (look["most_px"] - look["least_px"])


def find_trail_look(look: Mapping[str, Any], route: str, share: float) -> dict[str, Any]:
    """Find the look of a piece of a trail: dotted where next to nothing of a pull is left.

    Examples
    --------
    >>> look = {"trail": {"fill": "none"}, "trace": {"dash": 1}, "trace_share": 0.03}
    >>> find_trail_look(look, "pull", 0.02), find_trail_look(look, "posture", 0.02)
    ({'fill': 'none', 'dash': 1}, {'fill': 'none'})
    """
    is_trace = route == "pull" and share < look["trace_share"]
    return look["trail"] | (look["trace"] if is_trace else {})


def _write_trail(
    setting: Setting, figure: Figure, stage: Stage, moves: Moves, opacity: float
) -> str:
    """The pieces of a way, first all their casings and then all their lines."""
    look, route = setting.look["story"], stage["route"]
    if not stage["trail"] or not route:
        return ""
    ways, widths, lines_of = [], [], []
    for piece in stage["trail"]:
        points = [_place_spot(spot, moves, figure.view) for spot in piece["points"]]
        ways.append(write_way(np.array(points), closed=False))
        widths.append(find_width(look, route, piece["share"]))
        lines_of.append(find_trail_look(look, route, piece["share"]))
    colour = setting.map.picture["routes"][route]
    styles = [look["casing"] | {"stroke-width": width + look["casing_px"]} for width in widths]
    styles += [
        line | {"stroke-width": width, "stroke": colour}
        for line, width in zip(lines_of, widths, strict=True)
    ]
    lines = "".join(
        write_node("path", {"d": way} | setting.scale(style))
        for way, style in zip(2 * ways, styles, strict=True)
    )
    return write_group(lines, {"class": "trail"} | ({"opacity": opacity} if opacity != 1 else {}))


def _write_glow(
    setting: Setting,
    figure: Figure,
    stage: Stage,
    seen: Iterable[Group],
    moves: Moves,
    is_told: bool,
) -> str:
    """The structures that a stage tells of shine, and a little still when it has been told."""
    if not stage["route"]:
        return ""
    look = setting.look["story"]
    colour = {"stroke": setting.map.picture["routes"][stage["route"]]}
    opacity = {"opacity": look["glow_opacity"] if is_told else 1}
    width = {"stroke-width": find_glow_width(look, stage)}
    style = setting.scale(look["glow"] | width) | colour | opacity
    reached = set(stage["reached"])
    return "".join(
        write_node(
            "path",
            {"d": trace_curves(setting, find_main(setting, group), moves, figure.view)} | style,
        )
        for group in seen
        if setting.numbers[group.structure] in reached
    )


def _write_levels(setting: Setting, figure: Figure, stage: Stage, moves: Moves) -> str:
    look = setting.look["story"]
    if stage["route"] != "guarding":
        return ""
    style = {"fill": setting.map.picture["routes"]["guarding"]} | setting.scale(look["level"])
    return "".join(
        _write_circle(_place_spot(spot, moves, figure.view), look["level_px"] * setting.unit, style)
        for spot in stage["levels"]
    )


def _write_finish(setting: Setting, figure: Figure, moves: Moves) -> str:
    """The neck, to which every story leads: a line at both sides of it, and its name; none beside
    dots of referred pain and in days with bars of their own, which lead nowhere."""
    leads_there = not setting.map.referred and "ladder" not in setting.map.story[0]
    if "neck_base" not in setting.map.drawing.marks or not leads_there:
        return ""
    look, unit = setting.look["story"], setting.unit
    _, y = place_mark(setting, figure, "neck_base", moves)
    left, _, wide, _ = figure.frame
    reach = look["finish_px"] * unit
    way = f"M{left:.1f} {y:.1f}h{reach:.2f}M{left + wide:.1f} {y:.1f}h{-reach:.2f}"
    lines = (
        write_node("path", {"d": way} | setting.scale(style))
        for style in (setting.look["aids"]["casing"], look["finish"])
    )
    words = _write_word(setting, left + EDGE_PX * unit, y - ABOVE_FINISH_PX * unit, "neck", "start")
    return "".join(lines) + words


def list_spots(stage: Stage, view: str) -> list[Sequence[float]]:
    """List the spots where it begins as a view shows them: from a side not what is on the other.

    Examples
    --------
    >>> begins = [{"side": "left", "spot": [1]}, {"side": "right", "spot": [2]}]
    >>> list_spots({"begins": begins}, "back"), list_spots({"begins": begins}, "right")
    ([[1], [2]], [[2]])
    """
    far = {"left": "right", "right": "left"}.get(view)
    return [one["spot"] for one in stage["begins"] if one["side"] != far]


def _write_rings(
    setting: Setting, figure: Figure, stages: Sequence[Stage], seen: Iterable[Group], moves: Moves
) -> str:
    """Rings around where it begins, and its name at the first; as in the browser the end has no
    name."""
    stage, name = stages[0], BEGINS
    spots = [_place_spot(spot, moves, figure.view) for spot in list_spots(stage, figure.view)]
    if stage["reached"]:
        first = stage["reached"][0]
        ringed = (group for group in seen if setting.numbers[group.structure] == first)
        # on its belly where it has one in this view
        spots = [place_anchor(group.mark, moves, figure.view) for group in islice(ringed, 1)]
        name = setting.map.picture["structures"][first]["plain"]
    is_named = not 0 < setting.stage == len(stages) - 1
    return "".join(
        _write_ring(setting, figure, spot, name if is_named and not number else None)
        for number, spot in enumerate(spots)
    )


def _write_ring(setting: Setting, figure: Figure, spot: Spot, name: str | None) -> str:
    look, unit = setting.look["story"], setting.unit
    radius = look["ring_px"] * unit
    rings = "".join(_write_circle(spot, radius, setting.scale(ring)) for ring in look["rings"])
    if name is None:
        return rings
    left, top, wide, tall = figure.frame
    is_left = spot[0] < left + wide / 2
    x = left + EDGE_PX * unit if is_left else left + wide - EDGE_PX * unit
    # above it the trail goes up, but under the feet stand the sides
    y = spot[1] + radius + UNDER_RING_PX * unit
    if y > top + tall - SIDES_PX * unit:
        if name == BEGINS:
            return rings + _write_beside(setting, figure, spot, radius, name.split())
        y = spot[1] - radius - ABOVE_RING_PX * unit
    return rings + _write_word(setting, x, y, name, "start" if is_left else "end")


def _write_beside(
    setting: Setting, figure: Figure, spot: Spot, radius: float, lines: Sequence[str]
) -> str:
    """Words beside a ring, a line each: away from the body, which stands above a foot, and in a
    view from a side behind its heel."""
    left, _, wide, _ = figure.frame
    is_left = spot[0] < left + wide / 2
    if figure.view in ("left", "right"):
        is_left = figure.view == "right"
    x = spot[0] + (-1 if is_left else 1) * (radius + BESIDE_RING_PX * setting.unit)
    anchor = "end" if is_left else "start"
    return "".join(
        _write_word(
            setting, x, spot[1] + (k + 1 - len(lines)) * LINE_PX * setting.unit, line, anchor
        )
        for k, line in enumerate(lines)
    )


def _write_circle(spot: Spot, radius: float, style: Mapping[str, Any]) -> str:
    place = {"cx": float(spot[0]), "cy": float(spot[1]), "r": float(radius)}
    return write_node("circle", {**place, **style})


def _write_word(setting: Setting, x: float, y: float, word: str, anchor: str) -> str:
    """A word on a white edge, so that it can be read on the body."""
    edge = {"stroke": "#ffffff", "stroke_width": 3 * setting.unit, "paint_order": "stroke"}
    return write_text(x, y, word, font_size=WORD_PX * setting.unit, text_anchor=anchor, **edge)


def _place_spot(spot: Sequence[float], moves: Moves, view: str) -> NDArray[np.float64]:
    """Place a spot as `describe_trail` gives it: point, two bones, share of the first."""
    bones = (int(spot[3]), int(spot[4]))
    return place_anchor(Anchor(np.array(spot[:3]), bones, spot[5]), moves, view)
