"""The body map as one still SVG: the same picture as in the browser, for print, handouts and pages
without a script."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.chains import Chain
from musclechain.views.body.look import Style, scale_style
from musclechain.views.body.outline.curves import Curves, project_points
from musclechain.views.body.outline.drawing import Group
from musclechain.views.body.picture import SCALE_STEPS
from musclechain.views.body.scene import (
    CERTAINTY,
    EXAGGERATIONS,
    OVERLOADED,
    STRONG,
    VIEW_NAMES,
    VIEW_SIDES,
    Rectangle,
    Scene,
    are_same_moves,
    build_rest_scene,
    find_frames,
    find_still_moves,
    read_levels,
    unpack_scene,
)
from musclechain.views.page.palette import WORD_EDGES, change_position

if TYPE_CHECKING:
    from musclechain.views.body.widget import BodyMap

__all__ = ["find_lit", "say_factor", "say_levels", "write_svg"]

LABEL_MM, LABEL_LETTERS, MARGIN_MM = 27, 20, 330
COVERED = "Predict first, then uncover."
NO_LEVEL_DEG = 0.05
# What XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Moves = NDArray[np.float64]
Point = NDArray[np.float64]
Spot = Sequence[float] | Point


@dataclass(frozen=True)
class _Figure:
    """One view in one state, in its `frame`, `shift` to the right of where that lies."""

    view: str
    frame: Rectangle
    title: str
    scene: Scene
    certainty: str
    shift: float
    is_now: bool


@dataclass(frozen=True)
class _State:
    """What a figure shows, and the word for it in a comparison."""

    word: str
    scene: Scene
    certainty: str
    is_now: bool = True


class _Setting:
    """What all figures of a body map share: how it is set, and how it looks.

    Attributes
    ----------
    map : BodyMap
    look : dict
        See `read_look`.
    unit : float
        Millimetres that a pixel of the look is drawn large.
    choice : int
        Which of `EXAGGERATIONS`.
    numbers : dict of str to int
        Place of each structure in the body.
    lit : set of str, or None
    nerve : str
        Id of the nerve to draw strongly.
    """

    def __init__(self, picture: "BodyMap") -> None:
        self.map = picture
        self.look: dict[str, Any] = picture.picture["look"]
        self.unit: float = self.look["still_mm_per_px"]
        self.choice = EXAGGERATIONS.index(picture.exaggeration)
        self.numbers = {name: number for number, name in enumerate(picture.body.structures)}
        self.lit = find_lit(picture)
        self.nerve = self._find_nerve()
        self.rest = build_rest_scene(picture.body)
        self.shown = unpack_scene(picture.read_shown(), picture.body)

    def _find_nerve(self) -> str:
        """Find the nerve of the selected muscle, as far as nerves are drawn."""
        if not (self.map.nerves and self.map.selected):
            return ""
        number = self.numbers[self.map.selected]
        nerves = self.map.picture["nerves"].items()
        return next((name for name, nerve in nerves if number in nerve["supplies"]), "")

    def scale(self, style: Style) -> dict[str, Any]:
        """A style whose lengths are pixels."""
        return scale_style(style, self.unit)

    def is_shown(self, group: Group) -> bool:
        return self.map.nerves if group.nerve else group.layer <= self.map.depth


def write_svg(picture: "BodyMap") -> str:
    """Draw what a body map shows as one standalone SVG.

    Parameters
    ----------
    picture : BodyMap

    Returns
    -------
    str
    """
    setting = _Setting(picture)
    figures = _list_figures(setting)
    wide = sum(figure.frame[2] for figure in figures)
    margin = MARGIN_MM if picture.labels else 0
    top = min(figure.frame[1] for figure in figures)
    tall = max(figure.frame[3] for figure in figures)
    caption = COVERED if picture.veiled else picture.caption
    foot, foot_tall = _write_foot(setting, caption, wide + 2 * margin)
    box = (-margin, top - 50, wide + 2 * margin, tall + 100 + foot_tall)
    parts = [
        _write_node("title", {}, f"Body map: {', '.join(figure.title for figure in figures)}"),
        _write_node("desc", {}, caption),
        f"<defs>{''.join(_write_pattern(setting, letter) for letter in setting.look['patterns'])}"
        "</defs>",
        _write_node("rect", _place_box(box) | {"fill": "#ffffff"}),
        *(_write_figure(setting, figure) for figure in figures),
        _write_labels(setting, figures, wide) if picture.labels and not picture.veiled else "",
        _write_group(foot, {"transform": f"translate({20 - margin},{top + tall + 60})"}),
    ]
    root = {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "img",
        "viewBox": " ".join(f"{number:g}" for number in box),
        "font-family": "sans-serif",
        "font-size": 21,
        "fill": "#222222",
        "stroke-linejoin": "round",
    }
    return f"<svg{_write_attributes(root)}>{''.join(parts)}</svg>"


# ---- elements ------------------------------------------------------------------------------------


def _clean(text: object) -> str:
    """Escape a text; what XML forbids becomes the sign for an unknown letter."""
    return escape(FORBIDDEN.sub("\ufffd", str(text)))


def _write_attributes(attributes: Mapping[str, Any]) -> str:
    def write(value: Any) -> str:
        if isinstance(value, list):
            return " ".join(map(write, value))
        return f"{value:.5g}" if isinstance(value, float) else _clean(value)

    return "".join(f' {key}="{write(value)}"' for key, value in attributes.items())


def _write_node(name: str, attributes: Mapping[str, Any], text: object = None) -> str:
    start = f"<{name}{_write_attributes(attributes)}"
    return f"{start}/>" if text is None else f"{start}>{_clean(text)}</{name}>"


def _write_group(content: str, attributes: Mapping[str, Any]) -> str:
    return f"<g{_write_attributes(attributes)}>{content}</g>"


def _write_text(x: float, y: float, text: object, **more: Any) -> str:
    attributes = {key.replace("_", "-"): value for key, value in more.items()}
    return _write_node("text", {"x": float(x), "y": float(y)} | attributes, text)


def _write_line(start: Spot, end: Spot, styles: Iterable[Style]) -> str:
    way = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    return "".join(_write_node("path", {"d": way, **style}) for style in styles)


def _write_spot(setting: _Setting, spot: Spot, look: Mapping[str, Any]) -> str:
    """A disc of ``spot_radius`` pixels."""
    radius = look["spot_radius"] * setting.unit
    place = {"cx": float(spot[0]), "cy": float(spot[1]), "r": radius}
    return _write_node("circle", place | scale_style(look["spot"], radius))


def _place_box(box: Sequence[float]) -> dict[str, float]:
    return dict(zip(("x", "y", "width", "height"), map(float, box), strict=True))


def _write_pattern(setting: _Setting, letter: str) -> str:
    pattern = setting.look["patterns"][letter]
    attributes = {
        "id": _name_pattern(pattern),
        "width": pattern["size"],
        "height": pattern["size"],
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate(45) scale({setting.unit})",
    }
    shapes = "".join(_write_node(shape, look) for shape, look in pattern["shapes"])
    return f"<pattern{_write_attributes(attributes)}>{shapes}</pattern>"


def _name_pattern(pattern: Mapping[str, Any]) -> str:
    return f"mc-{pattern['name']}"


def _set_dash(style: Style, dash: list[float]) -> dict[str, Any]:
    return {**style, "stroke-dasharray": dash} if dash else {**style}


# ---- which figures -------------------------------------------------------------------------------


def _list_figures(setting: _Setting) -> list[_Figure]:
    """List the figures from left to right; in a comparison each view comes twice."""
    states = _list_states(setting)
    moves = [state.scene.transforms[setting.choice] for state in states]
    frames = find_frames(setting.map.drawing, moves)
    figures: list[_Figure] = []
    at = 0.0
    for view in setting.map.views:
        left, _, wide, _ = frames[view]
        for state in states:
            title = f"{VIEW_NAMES[view]}, {state.word}" if state.word else VIEW_NAMES[view]
            figures.append(
                _Figure(
                    view=view,
                    frame=frames[view],
                    title=title,
                    scene=state.scene,
                    certainty=state.certainty,
                    shift=at - left,
                    is_now=state.is_now,
                )
            )
            at += wide
    return figures


def _list_states(setting: _Setting) -> list[_State]:
    """List what is shown of each view: the present state, and what it is compared with."""
    picture = setting.map
    if picture.veiled:
        return [_State("", setting.rest, "")]
    certainty = picture.read_shown_certainty()
    if picture.compare == "off":
        return [_State("", setting.shown, certainty)]
    if picture.reference:
        kept = unpack_scene(picture.reference, picture.body)
        before = _State("kept", kept, picture.reference_certainty, is_now=False)
        return [before, _State("now", setting.shown, certainty)]
    before = _State("before", setting.rest, "", is_now=False)
    return [before, _State("after", setting.shown, certainty)]


# ---- one figure ----------------------------------------------------------------------------------


def _write_figure(setting: _Setting, figure: _Figure) -> str:
    moves = figure.scene.transforms[setting.choice]
    groups = [group for group in setting.map.drawing.views[figure.view] if setting.is_shown(group)]
    parts = {
        "ghost": _write_ghost(setting, figure, moves),
        "body": "".join(_write_part(setting, figure, group, moves) for group in groups),
        "aids": _write_aids(setting, figure, moves),
        "outlines": _write_outlines(setting, figure, groups, moves) if figure.is_now else "",
    }
    content = "".join(_write_group(part, {"class": name}) for name, part in parts.items())
    names = _write_names(setting, figure)
    return _write_group(content + names, {"transform": f"translate({figure.shift:g},0)"})


def _write_names(setting: _Setting, figure: _Figure) -> str:
    """The title, the names of the sides at the feet, and how level the body stands."""
    left, top, wide, tall = figure.frame
    middle, foot = left + wide / 2, top + tall
    first, second = VIEW_SIDES[figure.view]
    centred = {"text_anchor": "middle"}
    title = {"font_size": 27, "font_weight": "bold"}
    return "".join(
        [
            _write_text(middle, top - 14, figure.title, **centred, **title),
            _write_text(left + 25, foot - 8, first),
            _write_text(left + wide - 25, foot - 8, second, text_anchor="end"),
            *(
                _write_text(middle, foot + 18 + 24 * number, line, **centred)
                for number, line in enumerate(_wrap_levels(setting, figure))
            ),
        ]
    )


def _wrap_levels(setting: _Setting, figure: _Figure) -> list[str]:
    picture = setting.map
    if picture.veiled or not picture.posture_lines:
        return []
    levels = read_levels(figure.scene, picture.body.bones, picture.drawing.marks)
    return wrap(say_levels(levels, _is_side(figure.view)), int(figure.frame[2] / 11))


def _is_side(view: str) -> bool:
    return view in ("left", "right")


def _write_ghost(setting: _Setting, figure: _Figure, moves: Moves) -> str:
    """The outline of the body at rest, where the posture differs from it."""
    still = find_still_moves(len(moves))
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
    return _write_node("path", {"d": _trace(skin, still, figure.view)} | style)


def _write_part(setting: _Setting, figure: _Figure, group: Group, moves: Moves) -> str:
    """A structure, a nerve, a bone or the skin."""
    owner = setting.numbers.get(group.structure, -1)
    colour = _find_colour(setting, figure.scene, owner) if owner >= 0 else None
    paths = [
        path
        for role, curves in group.curves
        for path in _write_curves(setting, group, role, _trace(curves, moves, figure.view), colour)
    ]
    if owner >= 0 and not group.behind and not setting.map.veiled:
        paths += _write_marks(setting, figure, group, owner, moves)
    opacity = _find_opacity(setting, group)
    return _write_group("".join(paths), {} if opacity == 1 else {"opacity": opacity})


def _find_opacity(setting: _Setting, group: Group) -> float:
    look = setting.look["opacity"]
    if group.nerve:
        return look["other_nerve"] if setting.nerve not in ("", group.nerve) else 1.0
    is_unlit = setting.lit is not None and group.structure and group.structure not in setting.lit
    return (look["behind"] if group.behind else 1.0) * (look["unlit"] if is_unlit else 1.0)


def _find_colour(setting: _Setting, scene: Scene, owner: int) -> str:
    """Find the colour of a structure, one of those that the browser has too."""
    if setting.map.veiled:
        return setting.look["veiled"]
    picture = setting.map.picture
    position = change_position(scene.change_n[owner], setting.map.span_n)
    shown = 0.0 if abs(position) < WORD_EDGES[0] else position
    scale = picture["scales"][int(picture["structures"][owner]["muscle"])]
    return scale[int(np.floor(SCALE_STEPS * (1 + shown) + 0.5))]


def _write_curves(
    setting: _Setting, group: Group, role: str, way: str, colour: str | None
) -> Iterable[str]:
    """The paths of one role of a group, from below to above."""
    look = setting.look
    if role == "nerve":
        for part in ("nerve_edge", "nerve"):
            width = look["chosen_nerve_widths"][part] if group.nerve == setting.nerve else None
            chosen = {"stroke-width": width} if width else {}
            yield _write_node("path", {"d": way, **look["roles"][part], **chosen})
        return
    fill = {"fill": colour} if colour and role in look["filled"] else {}
    yield _write_node("path", {"d": way, **look["roles"][role], **fill})


def _trace(curves: Curves, moves: Moves, view: str) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + ("Z" if curves.closed else "")
        for line in curves.split(project_points(curves.place(moves), view))
    )


def _place_anchor(anchor: tuple, moves: Moves, view: str) -> Point:
    point, bones, share = anchor
    row = share * moves[bones[0]] + (1 - share) * moves[bones[1]]
    return project_points((row[:, :3] @ point + row[:, 3])[None], view)[0]


def _find_main(setting: _Setting, group: Group) -> Curves:
    """Find the curves that marks are drawn on: the belly, or else the outermost ones."""
    filled = (curves for role, curves in group.curves if role in setting.look["filled"])
    return next(filled, group.curves[0][1])


# ---- marks ---------------------------------------------------------------------------------------


def _write_marks(
    setting: _Setting, figure: _Figure, group: Group, owner: int, moves: Moves
) -> list[str]:
    """Certainty as a pattern, overload as a heavy edge with a sign, more or less as an arrow."""
    look, marks = setting.look, setting.look["marks"]
    way = _trace(_find_main(setting, group), moves, figure.view)
    position = change_position(figure.scene.change_n[owner], setting.map.span_n)
    is_over = bool(figure.scene.flags[owner] & OVERLOADED)
    pattern = look["patterns"].get(figure.certainty[owner : owner + 1])
    paths = []
    if pattern:
        fill = {"d": way, "fill": f"url(#{_name_pattern(pattern)})"}
        paths.append(_write_node("path", fill | look["pattern_edge"]))
    if is_over:
        edges = map(setting.scale, look["overload_edges"])
        paths += [_write_node("path", {"d": way} | edge) for edge in edges]
    x, y = _place_anchor(group.anchor, moves, figure.view)
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
    """A full arrow for much more or less, a small open one for more or less."""
    is_full = abs(position) >= STRONG
    wide = radius if is_full else marks["open_share"] * radius
    tip = -marks["height_share"] * wide * np.sign(position)
    way = f"M{x - wide:.1f} {y - tip:.1f}L{x + wide:.1f} {y - tip:.1f}L{x:.1f} {y + tip:.1f}Z"
    style = scale_style(marks["full" if is_full else "open"], radius)
    return _write_node("path", {"d": way} | style)


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
        _write_node("path", {"d": way} | style)
        for way, style in zip((disc, sign), styles, strict=True)
    ]


# ---- what is lit up and chosen -------------------------------------------------------------------


def find_lit(picture: "BodyMap") -> set[str] | None:
    """Find what is lit up with the selected structure of a body map.

    Parameters
    ----------
    picture : BodyMap

    Returns
    -------
    set of str, or None
        Ids of its chain or of its root family; None where nothing is dimmed.
    """
    chosen = picture.selected
    if not chosen or picture.highlight == "none":
        return None
    if picture.highlight == "chain":
        chain = _find_chain(picture)
        return set(chain.stations) if chain else None
    structures = picture.picture["structures"]
    mine = set(structures[picture.body.structures.index(chosen)]["roots"])
    asked = {picture.lit} & mine or mine
    if not asked:
        return None
    family = {structure["id"] for structure in structures if asked & set(structure["roots"])}
    return {chosen} | family


def _find_chain(picture: "BodyMap") -> Chain | None:
    """Find the chain that is lit up: the one that is asked for, or the first of the structure."""
    if not picture.selected or picture.highlight != "chain":
        return None
    chains = {
        key: chain
        for key, chain in picture.body.chains.items()
        if picture.selected in chain.stations
    }
    return chains.get(picture.lit) or next(iter(chains.values()), None)


def _write_outlines(
    setting: _Setting, figure: _Figure, groups: Sequence[Group], moves: Moves
) -> str:
    """Outlines of what is chosen or lit up, and the line of a chain."""
    look, picture = setting.look["outlines"], setting.map
    parts = []
    for group in groups:
        if not group.structure or group.behind:
            continue
        is_chosen = group.structure == picture.selected
        is_lit = setting.lit is not None and group.structure in setting.lit
        if is_chosen:
            outline, styles = group.curves[0][1], look["chosen"]
        elif is_lit:
            outline, styles = _find_main(setting, group), look["lit"]
        else:
            continue
        way = {"d": _trace(outline, moves, figure.view)}
        parts += [_write_node("path", way | setting.scale(style)) for style in styles]
    chain = _find_chain(picture)
    return "".join(parts) + (_write_chain(setting, figure, chain, groups, moves) if chain else "")


def _write_chain(
    setting: _Setting, figure: _Figure, chain: Chain, groups: Sequence[Group], moves: Moves
) -> str:
    """The steps of a chain from station to station; the less evidence, the more broken."""
    look = setting.look["chain"]
    spots = {
        group.structure: _place_anchor(group.anchor, moves, figure.view)
        for group in reversed(groups)
        if group.structure in chain.stations and not group.behind
    }
    stations = [station for station in chain.stations if station in setting.numbers]
    parts = []
    for start, end, step in zip(stations, stations[1:], chain.transitions, strict=False):
        if start in spots and end in spots:
            dash = look["dashes"].get(step.grade, look["other_dash"])
            styles = (look["casing"], _set_dash(look["line"], dash))
            parts.append(_write_line(spots[start], spots[end], map(setting.scale, styles)))
    discs = [_write_spot(setting, spots[station], look) for station in stations if station in spots]
    return "".join(parts + discs)


# ---- plumb line and levels -----------------------------------------------------------------------


def say_levels(levels: Sequence[float] | NDArray[np.float64], side: bool) -> str:
    """Say how level a body stands, or from the side how it leans.

    Parameters
    ----------
    levels : numpy.ndarray, shape (4,)
        See `read_levels`.
    side : bool
        Whether the body is seen from a side.

    Returns
    -------
    str

    Examples
    --------
    >>> say_levels([1.2, 0.0, 0.0, 0.0], side=False)
    'shoulders level · pelvis 1.2° lower left'
    """
    pelvis, shoulders, tip, lean = levels
    rows = (
        (
            ("pelvis tipped", tip, "forward", "backward", "pelvis as at rest"),
            ("trunk leans", lean, "forward", "backward", "trunk upright"),
        )
        if side
        else (
            ("shoulders", shoulders, "lower left", "lower right", "shoulders level"),
            ("pelvis", pelvis, "lower left", "lower right", "pelvis level"),
        )
    )
    return " · ".join(
        level
        if abs(value) < NO_LEVEL_DEG
        else f"{name} {abs(value):.1f}° {plus if value > 0 else minus}"
        for name, value, plus, minus, level in rows
        if np.isfinite(value)
    )


def _write_aids(setting: _Setting, figure: _Figure, moves: Moves) -> str:
    """The plumb line, and how level the body stands."""
    marks = setting.map.drawing.marks
    if not setting.map.posture_lines or not {"ankle_left", "ankle_right"} <= marks.keys():
        return ""
    lines = [_write_plumb_line(setting, figure)]
    if _is_side(figure.view):
        names = ["ear", *(f"{name}_{figure.view}" for name in ("shoulder", "hip", "knee", "ankle"))]
        lines += [
            _write_spot(setting, _place_mark(setting, figure, name, moves), setting.look["aids"])
            for name in names
            if name in marks
        ]
    else:
        lines += [_write_level(setting, figure, name, moves) for name in ("shoulder", "crest")]
    return "".join(lines)


def _place_mark(setting: _Setting, figure: _Figure, name: str, moves: Moves) -> Point:
    bone, point = setting.map.drawing.marks[name]
    move = moves[list(setting.map.body.bones).index(bone)]
    return project_points((move[:, :3] @ point + move[:, 3])[None], figure.view)[0]


def _write_aid_line(setting: _Setting, start: Spot, end: Spot, dash: list[float]) -> str:
    look = setting.look["aids"]
    styles = (look["casing"], _set_dash(look["line"], dash))
    return _write_line(start, end, map(setting.scale, styles))


def _write_plumb_line(setting: _Setting, figure: _Figure) -> str:
    still = find_still_moves(len(setting.map.body.bones))
    left, right = (
        _place_mark(setting, figure, name, still) for name in ("ankle_left", "ankle_right")
    )
    plumb = (left[0] + right[0]) / 2
    ends = (plumb, figure.frame[1] + 4), (plumb, left[1] + 70)
    return _write_aid_line(setting, *ends, setting.look["aids"]["plumb_dash"])


def _write_level(setting: _Setting, figure: _Figure, name: str, moves: Moves) -> str:
    """A line through two landmarks, and a dotted one that is level."""
    if not {f"{name}_left", f"{name}_right"} <= setting.map.drawing.marks.keys():
        return ""
    left, right = (
        _place_mark(setting, figure, f"{name}_{side}", moves) for side in ("left", "right")
    )
    reach = (right - left) * 55 / max(abs(right[0] - left[0]), 1)
    line = _write_aid_line(setting, left - reach, right + reach, [])
    if abs(right[1] - left[1]) <= 1:
        return line
    level = (left[1] + right[1]) / 2
    ends = (left[0] - reach[0], level), (right[0] + reach[0], level)
    return _write_aid_line(setting, *ends, setting.look["aids"]["level_dash"]) + line


# ---- names and foot ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Label:
    """A name in a margin, and the place of its structure."""

    x: float
    y: float
    lines: list[str]
    is_bold: bool


def _write_labels(setting: _Setting, figures: Sequence[_Figure], wide: float) -> str:
    """Names of the selected and the most changed structures in the margins, pushed apart."""
    columns: dict[bool, list[_Label]] = {False: [], True: []}
    for structure in _rank_structures(setting):
        spots = _list_spots(setting, figures, structure)
        if not spots:
            continue
        x, y = min(spots, key=lambda spot: min(spot[0], wide - spot[0]))
        name = setting.map.picture["structures"][setting.numbers[structure]]["name"]
        columns[bool(x > wide / 2)].append(
            _Label(x, y, wrap(name, LABEL_LETTERS), structure == setting.map.selected)
        )
    return "".join(
        _write_column(setting, labels, is_right, wide) for is_right, labels in columns.items()
    )


def _rank_structures(setting: _Setting) -> list[str]:
    """List the structures to name: the selected one, then those that changed most."""
    changes, chosen = setting.shown.change_n, setting.map.selected
    names = setting.map.body.structures
    ranked = [
        names[number]
        for number in np.argsort(-np.abs(np.nan_to_num(changes)), kind="stable")
        if abs(change_position(changes[number], setting.map.span_n)) >= WORD_EDGES[0]
        and names[number] != chosen
    ]
    return ([chosen] if chosen else []) + ranked[: setting.look["labels"]["most"]]


def _list_spots(setting: _Setting, figures: Sequence[_Figure], structure: str) -> list[Point]:
    """List where a structure is seen in the figures of the present state."""
    return [
        _place_anchor(group.anchor, figure.scene.transforms[setting.choice], figure.view)
        + [figure.shift, 0]
        for figure in figures
        if figure.is_now
        for group in setting.map.drawing.views[figure.view]
        if group.structure == structure and not group.behind and setting.is_shown(group)
    ]


def _write_column(setting: _Setting, labels: Sequence[_Label], is_right: bool, wide: float) -> str:
    parts, free = [], -np.inf
    for label in sorted(labels, key=lambda label: label.y):
        tall = len(label.lines) * LABEL_MM
        start = max(label.y - tall / 2, free)
        free = start + tall + 10
        parts.append(_write_label(setting, label, start, is_right, wide + 12 if is_right else -12))
    return "".join(parts)


def _write_label(
    setting: _Setting, label: _Label, start: float, is_right: bool, edge: float
) -> str:
    """A name whose upper edge is `start`, and the line to its structure."""
    look = setting.look["labels"]
    middle = start + len(label.lines) * LABEL_MM / 2
    begin, end = (edge + (-6 if is_right else 6), middle), (label.x, label.y)
    line = _write_line(begin, end, map(setting.scale, (look["casing"], look["line"])))
    style = {
        "text_anchor": "start" if is_right else "end",
        "font_size": 25,
        "font_weight": "bold" if label.is_bold else "normal",
    }
    texts = [
        _write_text(edge, start + (number + 0.8) * LABEL_MM, words, **style)
        for number, words in enumerate(label.lines)
    ]
    return line + _write_spot(setting, end, look) + "".join(texts)


def say_factor(drawn: float, asked: float) -> str:
    """Say how many times larger than computed a posture is drawn.

    Parameters
    ----------
    drawn, asked : float
        Less is drawn than asked for where the picture would fold.

    Returns
    -------
    str

    Examples
    --------
    >>> say_factor(2.9, 5)
    'Posture drawn 2.9 times larger than computed (5 times would leave the picture).'
    """
    size = f"{round(drawn, 1):g} times larger than" if drawn >= 1.05 else "as"
    limit = f" ({asked} times would leave the picture)" if drawn < asked - 0.05 else ""
    return f"Posture drawn {size} computed{limit}."


@dataclass(frozen=True)
class _LegendRow:
    """One row of the legend."""

    word: str
    meaning: str
    colour: str
    mark: str = ""
    pattern: str = ""


def _list_legend(setting: _Setting) -> list[_LegendRow]:
    picture, rest = setting.map, "#e0c4ba"
    rows = [
        _LegendRow(row["word"], row["range"], row["colour"], row["mark"]) for row in picture.legend
    ]
    rows.append(_LegendRow("overloaded", "works at its full strength", rest, "!"))
    letters = "" if picture.veiled else picture.read_shown_certainty()
    return rows + [
        _LegendRow(word, meaning, rest, pattern=_name_pattern(setting.look["patterns"][letter]))
        for word, (letter, meaning) in CERTAINTY.items()
        if letter in setting.look["patterns"] and letter in letters
    ]


def _write_legend_row(row: _LegendRow) -> str:
    box = {"width": 38, "height": 28}
    edge = {"fill": row.colour, "stroke": "#1a1a1a", "stroke-width": 4 if row.mark == "!" else 1}
    parts = [_write_node("rect", box | edge)]
    if row.pattern:
        parts.append(_write_node("rect", box | {"fill": f"url(#{row.pattern})"}))
    parts += [
        _write_text(19, 22, row.mark, text_anchor="middle"),
        _write_text(46, 14, row.word),
        *(
            _write_text(46, 34 + 18 * number, line, font_size=16)
            for number, line in enumerate(wrap(row.meaning, 21))
        ),
    ]
    return "".join(parts)


def _write_foot(setting: _Setting, caption: str, wide: float) -> tuple[str, float]:
    """The legend, and what is said under the picture; returns the text and its height."""
    rows = _list_legend(setting)
    columns = max(int(wide // 235), 1)
    parts = []
    for number, row in enumerate(rows):
        x, y = number % columns * (wide - 20) / columns, number // columns * 84
        parts.append(_write_group(_write_legend_row(row), {"transform": f"translate({x:.0f},{y})"}))
    texts = (caption, *_list_notes(setting))
    lines = [line for text in texts for line in wrap(text, int(wide / 11))]
    start = -(-len(rows) // columns) * 84 + 22
    parts += [
        _write_node("text", {"y": start + 27 * number}, line) for number, line in enumerate(lines)
    ]
    return "".join(parts), start + 27 * len(lines) + 10


def _list_notes(setting: _Setting) -> list[str]:
    """How sure the changes are, and how much larger than computed the posture is drawn."""
    picture, scene, choice = setting.map, setting.shown, setting.choice
    if picture.veiled:
        return []
    is_still = are_same_moves(scene.transforms[choice], setting.rest.transforms[choice])
    factor = "" if is_still else say_factor(scene.factors[choice], picture.exaggeration)
    return [picture.certainty_note, factor]
