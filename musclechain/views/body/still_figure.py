"""One figure of a still picture: the body in one view and one state, with all marks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.chains import Chain
from musclechain.views.body.label_layout import place_columns
from musclechain.views.body.look import scale_style
from musclechain.views.body.outline.curves import Anchor, project_points
from musclechain.views.body.outline.drawing import Group
from musclechain.views.body.outline.nerves import UNDER
from musclechain.views.body.outline.relief import find_painted
from musclechain.views.body.picture import SCALE_STEPS
from musclechain.views.body.scene import (
    OVERLOADED,
    VIEW_SIDES,
    are_same_moves,
    find_still_moves,
    read_levels,
)
from musclechain.views.body.sentences import say_levels
from musclechain.views.body.still_setting import (
    Figure,
    Setting,
    find_chain,
    find_main,
    name_pattern,
    place_anchor,
    place_mark,
    set_dash,
    trace_curves,
    write_spot,
)
from musclechain.views.body.still_story import write_story
from musclechain.views.body.svg import (
    Spot,
    wrap_text,
    write_group,
    write_line,
    write_node,
    write_text,
    write_way,
)
from musclechain.views.page.palette import WORD_EDGES, change_position

__all__ = ["write_figure"]

# Of the line to the name of a root: where it leaves the root, and how far it ends before the name,
# in heights of the name.
ROOT_EDGE, ROOT_GAP = 0.4, 0.25
# Lower boards are not seen.
SEEN_MM = 1.0

Moves = NDArray[np.float64]
Point = NDArray[np.float64]


def write_figure(setting: Setting, figure: Figure) -> str:
    """Draw a figure: from below to above its outline at rest, what it stands on, the body, lines of
    posture, story, dots of referred pain, outlines. Seen from the side, what the near foot stands
    on lies over the body, as it hides the far foot.

    Parameters
    ----------
    setting : Setting
    figure : Figure

    Returns
    -------
    str
        One group of SVG.
    """
    moves = figure.scene.transforms[setting.choice]
    groups = [group for group in setting.map.drawing.views[figure.view] if setting.is_shown(group)]
    ground = {"ground": _write_boards(setting, figure, moves) if figure.is_now else ""}
    is_over = figure.view in setting.map.boards
    parts = {
        "ghost": _write_ghost(setting, figure, moves),
        **({} if is_over else ground),
        "body": "".join(_write_part(setting, figure, group, moves) for group in groups),
        **(ground if is_over else {}),
        "aids": _write_aids(setting, figure, moves),
        "story": write_story(setting, figure, groups, moves) if figure.is_now else "",
        "referred": _write_referred(setting, figure, moves) if figure.is_now else "",
        "outlines": _write_outlines(setting, figure, groups, moves) if figure.is_now else "",
    }
    content = "".join(write_group(part, {"class": name}) for name, part in parts.items())
    names = _write_names(setting, figure)
    return write_group(content + names, {"transform": f"translate({figure.shift:g},0)"})


def _write_referred(setting: Setting, figure: Figure, moves: Moves) -> str:
    """Dots where the pain of a sore muscle is described; of what is covered nothing is told."""
    look, style = setting.look["referred"], setting.scale(setting.look["referred"]["dot"])
    spots = () if setting.map.veiled else setting.map.referred
    places = (
        place_anchor(
            Anchor(np.array(dot[:3]), (int(dot[3]), int(dot[4])), dot[5]), moves, spot["view"]
        )
        for spot in spots
        if spot["view"] == figure.view
        for dot in spot["dots"]
    )
    return "".join(
        write_node("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": look["radius_mm"], **style})
        for x, y in places
    )


def _write_names(setting: Setting, figure: Figure) -> str:
    """The title, the names of the sides at the feet, and how level the body stands."""
    left, top, wide, tall = figure.frame
    middle, foot = left + wide / 2, top + tall
    first, second = VIEW_SIDES[figure.view]
    centred = {"text_anchor": "middle"}
    title = {"font_size": 27, "font_weight": "bold"}
    return "".join(
        [
            write_text(middle, top - 14, figure.title, **centred, **title),
            write_text(left + 25, foot - 8, first),
            write_text(left + wide - 25, foot - 8, second, text_anchor="end"),
            *(
                write_text(middle, foot + 18 + 24 * number, line, **centred)
                for number, line in enumerate(_wrap_levels(setting, figure))
            ),
        ]
    )


def _wrap_levels(setting: Setting, figure: Figure) -> list[str]:
    picture = setting.map
    if picture.veiled or not picture.posture_lines:
        return []
    levels = read_levels(figure.scene, picture.body.bones, picture.drawing.marks)
    return wrap_text(say_levels(levels, _is_side(figure.view)), int(figure.frame[2] / 11))


def _is_side(view: str) -> bool:
    return view in ("left", "right")


def _write_ghost(setting: Setting, figure: Figure, moves: Moves) -> str:
    """The outline of the body at rest, or of what it is compared with, where the posture differs
    from it."""
    still = setting.before.transforms[setting.choice]
    skins = (
        curves
        for group in setting.map.drawing.views[figure.view]
        for role, curves in group.curves
        if role == "skin"
    )
    skin = next(skins, None)
    if skin is None or are_same_moves(moves, still):
        return ""
    style = setting.scale(setting.look["ghost"])
    return write_node("path", {"d": trace_curves(setting, skin, still, figure.view)} | style)


def _write_boards(setting: Setting, figure: Figure, moves: Moves) -> str:
    """What a foot stands on: a board from the floor to where it is drawn, or a step of a height."""
    marks = setting.map.drawing.marks
    return "".join(
        _write_board(setting, figure, f"ankle_{side}", step, moves)
        for side, step in setting.map.boards.items()
        if f"ankle_{side}" in marks
    )


def _write_board(setting: Setting, figure: Figure, mark: str, step: float, moves: Moves) -> str:
    bone, ankle = setting.map.drawing.marks[mark]
    move = moves[list(setting.map.body.bones).index(bone)]
    sole = ankle + setting.look["sole_mm"]
    first, second = project_points(sole @ move[:, :3].T + move[:, 3], figure.view)
    rest = float(project_points(sole[:1], figure.view)[0][1])
    floor = first[1] + step if step else rest
    if floor - max(first[1], second[1]) < SEEN_MM:
        return ""
    corners = np.array([first, second, [second[0], floor], [first[0], floor]])
    style = setting.scale(setting.look["board"])
    return write_node("path", {"d": write_way(corners, closed=True)} | style)


def _write_part(setting: Setting, figure: Figure, group: Group, moves: Moves) -> str:
    """A structure, a nerve, a bone or the skin."""
    owner = setting.numbers.get(group.structure, -1)
    colours = {
        role: _find_colour(
            setting, figure, setting.numbers.get(find_painted(group.structure, role), owner)
        )
        for role in {role for role, _ in group.curves} & set(setting.look["filled"])
        if owner >= 0
    }
    paths = [
        path
        for role, curves in group.curves
        if not (role in setting.look["fine"] and (setting.coarse or setting.is_covered(group)))
        for way in [trace_curves(setting, curves, moves, figure.view)]
        for path in _write_curves(setting, group, role, way, colours.get(role))
    ]
    if owner >= 0 and not group.behind and not setting.map.veiled:
        paths += _write_marks(setting, figure, group, owner, moves)
    opacity = _find_opacity(setting, group)
    return write_group("".join(paths), {} if opacity == 1 else {"opacity": opacity})


def _find_opacity(setting: Setting, group: Group) -> float:
    look = setting.look["opacity"]
    if group.nerve:
        is_other = group.nerve not in setting.nerves if setting.nerves else False
        return look["other_nerve"] if is_other else 1.0
    is_unlit = setting.lit is not None and group.structure and group.structure not in setting.lit
    return (look["behind"] if group.behind else 1.0) * (look["unlit"] if is_unlit else 1.0)


def _find_colour(setting: Setting, figure: Figure, owner: int) -> str:
    """Find the colour of a structure, one of those that the browser has too."""
    if setting.map.veiled:
        return setting.look["veiled"]
    picture = setting.map.picture
    position = change_position(figure.scene.change_n[owner], setting.map.span_n)
    if not setting.map.patterns:
        position *= setting.look["paler"].get(figure.certainty[owner : owner + 1], 1)
    shown = 0.0 if abs(position) < WORD_EDGES[0] else position
    scale = picture["scales"][int(picture["structures"][owner]["muscle"])]
    return scale[int(np.floor(SCALE_STEPS * (1 + shown) + 0.5))]


def _write_curves(
    setting: Setting, group: Group, role: str, way: str, colour: str | None
) -> Iterable[str]:
    """The paths of one role of a group, from below to above."""
    look = setting.look
    if group.nerve:
        yield from _write_nerve(setting, group, role, way)
        return
    if group.supply:
        yield from _write_supply(setting, group, way)
        return
    fill = {"fill": colour} if colour else {}
    yield write_node("path", {"d": way, **look["roles"][role], **fill})


def _write_supply(setting: Setting, group: Group, way: str) -> Iterable[str]:
    """A patch of skin by how far maps agree on it, or a root."""
    look, supply = setting.look["supply"], setting.map.supply
    if group.supply in supply.get("roots", ()):
        yield write_node("path", {"d": way} | look["lit_root"])
        return
    level = supply.get("skin", {}).get(group.supply)
    style = dict(look["levels"][level] if level is not None else look["open"])
    if group.curves[0][0] == "root":
        style = look["root"]
    pattern = style.pop("pattern", "")
    yield write_node("path", {"d": way} | style)
    if pattern:
        yield write_node("path", {"d": way, "fill": f"url(#mc-{pattern})"})


def _write_nerve(setting: Setting, group: Group, role: str, way: str) -> Iterable[str]:
    """A part of a nerve as thick as it is, or with dashes where a muscle that is shown lies over
    it."""
    look = setting.look["nerves"]
    layer = int(role.removeprefix(UNDER)) if role.startswith(UNDER) else 0
    is_under = 0 < layer <= setting.map.depth
    width = look["widths"]["nerve_under" if is_under else "nerve_branch" if layer else role]
    if group.nerve in setting.nerves:
        width *= look["chosen_times"]
    more = look["under"] if is_under else {}
    edge = {"stroke-width": 0 if is_under else width + look["edge_mm"]}
    yield write_node("path", {"d": way, **look["edge"], **more, **edge})
    yield write_node("path", {"d": way, **look["core"], **more, "stroke-width": width})


def _write_marks(
    setting: Setting, figure: Figure, group: Group, owner: int, moves: Moves
) -> list[str]:
    """Certainty as a pattern, overload as a heavy edge with a sign, more or less as an arrow."""
    look, marks = setting.look, setting.look["marks"]
    way = trace_curves(setting, find_main(setting, group), moves, figure.view)
    position = change_position(figure.scene.change_n[owner], setting.map.span_n)
    is_over = bool(figure.scene.flags[owner] & OVERLOADED)
    is_large = abs(figure.scene.change_n[owner]) >= look["patterned_n"]
    letter = figure.certainty[owner : owner + 1]
    pattern = look["patterns"].get(letter) if setting.map.patterns and is_large else None
    paths = []
    if pattern:
        fill = {"d": way, "fill": f"url(#{name_pattern(pattern)})"}
        paths.append(write_node("path", fill | look["pattern_edge"]))
    if is_over:
        edges = map(setting.scale, look["overload_edges"])
        paths += [write_node("path", {"d": way} | edge) for edge in edges]
    x, y = place_anchor(group.mark, moves, figure.view)
    radius = float(np.clip(marks["radius"] * setting.unit, marks["least_mm"], marks["most_mm"]))
    has_arrow = abs(position) >= WORD_EDGES[0]
    if has_arrow:
        paths.append(_write_arrow(marks, position, x, y, radius))
    if is_over:
        up = marks["step_share"] * radius if has_arrow else 0.0
        paths += _write_sign(marks, x, y - up, radius)
    return paths


def _write_arrow(
    marks: Mapping[str, Any], position: float, x: float, y: float, radius: float
) -> str:
    """A small open arrow for more or less, a full one for much of it, two for very much."""
    size = abs(position)
    is_full = size >= WORD_EDGES[1]
    wide = radius if is_full else marks["open_share"] * radius
    tip = -marks["height_share"] * wide * np.sign(position)
    ups = (-tip, tip) if size >= WORD_EDGES[2] else (0.0,)
    way = "".join(
        f"M{x - wide:.1f} {y + up - tip:.1f}L{x + wide:.1f} {y + up - tip:.1f}"
        f"L{x:.1f} {y + up + tip:.1f}Z"
        for up in ups
    )
    style = scale_style(marks["full" if is_full else "open"], radius)
    return write_node("path", {"d": way} | style)


def _write_sign(marks: Mapping[str, Any], x: float, y: float, radius: float) -> list[str]:
    """A disc with an exclamation mark."""
    turn = f"a{radius:.2f} {radius:.2f} 0 1 0"
    disc = f"M{x - radius:.1f} {y:.1f}{turn} {2 * radius:.2f} 0{turn} {-2 * radius:.2f} 0Z"
    sign = (
        f"M{x:.1f} {y - 0.62 * radius:.1f}V{y + 0.15 * radius:.1f}"
        f"M{x:.1f} {y + 0.5 * radius:.1f}v{0.1 * radius:.2f}"
    )
    styles = (scale_style(marks[name], radius) for name in ("full", "sign"))
    return [
        write_node("path", {"d": way} | style)
        for way, style in zip((disc, sign), styles, strict=True)
    ]


def _write_outlines(setting: Setting, figure: Figure, groups: Sequence[Group], moves: Moves) -> str:
    """Outlines of what is marked, chosen or lit up, and the line of a chain."""
    look, picture = setting.look["outlines"], setting.map
    is_compared = picture.marks_told and setting.stage >= len(picture.story) - 1
    is_spoken_of = picture.veiled or is_compared or not picture.most_marks
    marked = picture.marked if is_spoken_of else []
    parts = []
    for group in groups:
        if not group.structure or group.behind:
            if group.supply and group.supply == picture.picked:
                way = {"d": trace_curves(setting, group.curves[0][1], moves, figure.view)}
                parts += [write_node("path", way | setting.scale(one)) for one in look["chosen"]]
            continue
        is_chosen = group.structure == picture.selected
        is_lit = setting.lit is not None and group.structure in setting.lit
        outer, main = group.curves[0][1], find_main(setting, group)
        wanted = [
            (group.structure in {*marked, *picture.tally}, outer, look["marked"]),
            (is_lit and not is_chosen, main, look["supplied" if picture.supply else "lit"]),
            (is_chosen, outer, look["chosen"]),
        ]
        for is_wanted, outline, styles in wanted:
            if is_wanted:
                way = {"d": trace_curves(setting, outline, moves, figure.view)}
                parts += [write_node("path", way | setting.scale(style)) for style in styles]
    chain = find_chain(picture)
    parts += _name_roots(setting, figure, groups, moves)
    return "".join(parts) + (_write_chain(setting, figure, chain, groups, moves) if chain else "")


def _name_roots(
    setting: Setting, figure: Figure, groups: Sequence[Group], moves: Moves
) -> list[str]:
    """The levels of the roots that are lit in a column beside them, with lines between."""
    look, roots = setting.look["supply"], setting.map.supply.get("roots", ())
    size = look["root_label_px"] * setting.unit
    lit = [group for group in groups if group.supply in roots]
    spots = [map(float, place_anchor(group.mark, moves, figure.view)) for group in lit]
    items = [(group.supply.split("_")[0], (x, y)) for group, (x, y) in zip(lit, spots, strict=True)]
    labels, texts = place_columns(items, size), []
    lines = [setting.scale(style) for style in look["root_line"]]
    for one in labels:
        start = one.spot[0] + one.side * ROOT_EDGE * size, one.spot[1]
        texts.append(write_line(start, one.end, lines))
    for one in labels:
        x, y = one.end[0] + one.side * ROOT_GAP * size, one.end[1] + 0.35 * size
        spot = {"x": f"{x:.1f}", "y": f"{y:.1f}"}
        side = {"text-anchor": "end" if one.side < 0 else "start", "font-size": f"{size:.1f}"}
        label = setting.scale(look["root_label"])
        texts.append(write_node("text", spot | side | label, one.name))
    return texts


def _write_chain(
    setting: Setting, figure: Figure, chain: Chain, groups: Sequence[Group], moves: Moves
) -> str:
    """The steps of a chain from station to station; the less evidence, the more broken."""
    look = setting.look["chain"]
    spots = {
        group.structure: place_anchor(group.mark, moves, figure.view)
        for group in reversed(groups)
        if group.structure in chain.stations and not group.behind
    }
    stations = [station for station in chain.stations if station in setting.numbers]
    parts = []
    for start, end, step in zip(stations, stations[1:], chain.transitions, strict=False):
        if start in spots and end in spots:
            dash = look["dashes"].get(step.grade, look["other_dash"])
            styles = (look["casing"], set_dash(look["line"], dash))
            parts.append(write_line(spots[start], spots[end], map(setting.scale, styles)))
    discs = [write_spot(setting, spots[station], look) for station in stations if station in spots]
    return "".join(parts + discs)


def _write_aids(setting: Setting, figure: Figure, moves: Moves) -> str:
    """The plumb line, and how level the body stands."""
    marks = setting.map.drawing.marks
    if not setting.map.posture_lines or not {"ankle_left", "ankle_right"} <= marks.keys():
        return ""
    lines = [_write_plumb_line(setting, figure)]
    if _is_side(figure.view):
        names = ["ear", *(f"{name}_{figure.view}" for name in ("shoulder", "hip", "knee", "ankle"))]
        lines += [
            write_spot(setting, place_mark(setting, figure, name, moves), setting.look["aids"])
            for name in names
            if name in marks
        ]
    else:
        lines += [_write_level(setting, figure, name, moves) for name in ("shoulder", "crest")]
    return "".join(lines)


def _write_aid_line(setting: Setting, start: Spot, end: Spot, dash: list[float]) -> str:
    look = setting.look["aids"]
    styles = (look["casing"], set_dash(look["line"], dash))
    return write_line(start, end, map(setting.scale, styles))


def _write_plumb_line(setting: Setting, figure: Figure) -> str:
    still = find_still_moves(len(setting.map.body.bones))
    left, right = (
        place_mark(setting, figure, name, still) for name in ("ankle_left", "ankle_right")
    )
    plumb = (left[0] + right[0]) / 2
    ends = (plumb, figure.frame[1] + 4), (plumb, left[1] + 70)
    return _write_aid_line(setting, *ends, setting.look["aids"]["plumb_dash"])


def _write_level(setting: Setting, figure: Figure, name: str, moves: Moves) -> str:
    """A line through two landmarks, and a dotted one that is level."""
    if not {f"{name}_left", f"{name}_right"} <= setting.map.drawing.marks.keys():
        return ""
    left, right = (
        place_mark(setting, figure, f"{name}_{side}", moves) for side in ("left", "right")
    )
    reach = (right - left) * 55 / max(abs(right[0] - left[0]), 1)
    line = _write_aid_line(setting, left - reach, right + reach, [])
    if abs(right[1] - left[1]) <= 1:
        return line
    level = (left[1] + right[1]) / 2
    ends = (left[0] - reach[0], level), (right[0] + reach[0], level)
    return _write_aid_line(setting, *ends, setting.look["aids"]["level_dash"]) + line
