"""The body map as one still SVG: the same picture as in the browser, for print, handouts and pages
without a script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from musclechain.views.body.label_layout import Label, Name, Room, place_names
from musclechain.views.body.scene import CERTAINTY, FOOT_MM, are_same_moves, unpack_scene
from musclechain.views.body.sentences import say_factor, say_kept_scale
from musclechain.views.body.still_figure import write_figure
from musclechain.views.body.still_setting import (
    Figure,
    Setting,
    list_figures,
    name_pattern,
    place_anchor,
    write_spot,
)
from musclechain.views.body.svg import (
    wrap_text,
    write_attributes,
    write_group,
    write_line,
    write_node,
    write_text,
)
from musclechain.views.page.palette import blend_colours

if TYPE_CHECKING:
    from musclechain.views.body.widget import BodyMap

__all__ = ["COVERED", "say_caption", "write_svg"]

ASIDE_MM, LABEL_MM, LABEL_LETTERS = 12.0, 27.0, 22
# From this share on a kept picture counts as drawn to another scale, as in js/drawn_scale.js.
SEEN = 0.1
CHOSEN_WEIGHT = 1000.0  # what is chosen is named before all others
ARMS_OFF = "The arms are drawn a little off the trunk, so that it is seen."
COVERED = "Predict first, then uncover."


def write_svg(picture: "BodyMap", coarse: bool = False) -> str:
    """Draw what a body map shows as one standalone SVG.

    Parameters
    ----------
    picture : BodyMap
    coarse : bool
        In whole millimetres and without what is fine: a third of the size, for a picture that a
        page shows small.

    Returns
    -------
    str
    """
    setting = Setting(picture, coarse)
    figures = list_figures(setting)
    margin = setting.margin
    wide = sum(figure.frame[2] + 2 * margin for figure in figures)
    top = min(figure.frame[1] for figure in figures)
    tall = max(figure.frame[3] for figure in figures)
    caption = say_caption(picture)
    foot, foot_tall = _write_foot(setting, caption, wide)
    box = (0, top - 50, wide, tall + 100 + foot_tall)
    parts = [
        write_node("title", {}, f"Body map: {', '.join(figure.title for figure in figures)}"),
        write_node("desc", {}, caption),
        f"<defs>{''.join(_write_pattern(setting, pattern) for pattern in _list_patterns(setting))}"
        "</defs>",
        write_node("rect", _place_box(box) | {"fill": "#ffffff"}),
        *(write_figure(setting, figure) for figure in figures),
        *(_write_labels(setting, figure) for figure in figures if margin and figure.is_now),
        write_group(foot, {"transform": f"translate(20,{top + tall + 60})"}),
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
    return f"<svg{write_attributes(root)}>{''.join(parts)}</svg>"


def say_caption(picture: "BodyMap") -> str:
    """Say what stands under the picture; of what is covered nothing is told."""
    return COVERED if picture.veiled else picture.caption


def _place_box(box: Sequence[float]) -> dict[str, float]:
    return dict(zip(("x", "y", "width", "height"), map(float, box), strict=True))


def _list_patterns(setting: Setting) -> list[Mapping[str, Any]]:
    """List the patterns of certainty, and those of the skin where it is drawn."""
    skin = setting.look["supply"]["patterns"] if setting.map.picture["supply"] else {}
    return [*setting.look["patterns"].values(), *skin.values()]


def _write_pattern(setting: Setting, pattern: Mapping[str, Any]) -> str:
    attributes = {
        "id": name_pattern(pattern),
        "width": pattern["size"],
        "height": pattern["size"],
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate(45) scale({setting.unit})",
    }
    shapes = "".join(write_node(shape, look) for shape, look in pattern["shapes"])
    return f"<pattern{write_attributes(attributes)}>{shapes}</pattern>"


def _write_labels(setting: Setting, figure: Figure) -> str:
    """Names in the margins of a figure."""
    left, top, wide, tall = map(float, figure.frame)
    edges = (-ASIDE_MM, wide + ASIDE_MM)
    room = Room(edges, top, top + tall - FOOT_MM, LABEL_MM, LABEL_LETTERS, LABEL_MM / 6)
    labels = place_names(_list_names(setting, figure), room)
    parts = "".join(_write_label(setting, label, edges[label.is_right]) for label in labels)
    return write_group(parts, {"transform": f"translate({figure.shift + left:g},0)"})


def _list_names(setting: Setting, figure: Figure) -> list[Name]:
    """List what is named in a figure: a muscle and its twin have one name."""
    picture, moves = setting.map, figure.scene.transforms[setting.choice]
    counts = _count_marks(setting)
    structures = picture.picture["structures"]
    names: dict[str, Name] = {}
    for group in picture.drawing.views[figure.view]:
        if not group.structure or group.behind or not setting.is_shown(group):
            continue
        is_chosen = group.structure == picture.selected
        is_asked = group.structure in counts if counts else is_chosen
        in_sight = not counts and group.sight is not None and group.sight.depth >= picture.depth
        if not (is_asked or in_sight):
            continue
        number = setting.numbers[group.structure]
        key = group.structure if counts else structures[number]["base"]
        anchor = group.sight.anchors[0] if group.sight else group.mark
        x, y = place_anchor(anchor, moves, figure.view) - [figure.frame[0], 0]
        weight = CHOSEN_WEIGHT if is_asked or not group.sight else group.sight.half_width
        before = names.get(key, Name(_find_name(setting, group.structure, counts), ()))
        names[key] = replace(
            before,
            spots=(*before.spots, (float(x), float(y))),
            weight=max(before.weight, weight),
            is_bold=before.is_bold or is_chosen,
        )
    return list(names.values())


def _count_marks(setting: Setting) -> dict[str, int]:
    """How many learners marked each structure, those that most did."""
    tally = setting.map.tally
    often = sorted(tally, key=lambda name: (-tally[name], setting.numbers[name]))
    return {name: tally[name] for name in often[: setting.look["labels"]["most"]]}


def _find_name(setting: Setting, structure: str, counts: Mapping[str, int]) -> str:
    """Marks are counted for each side, so there a name has its side."""
    names = setting.map.picture["structures"][setting.numbers[structure]]
    if counts:
        return f"{counts[structure]}× {names['name']}"
    return (not setting.map.latin and names["plain"]) or names["latin"]


def _write_label(setting: Setting, label: Label, edge: float) -> str:
    """A name, and the line to what it names."""
    look = setting.look["labels"]
    begin, end = (edge + (-6 if label.is_right else 6), label.middle), (label.x, label.y)
    line = write_line(begin, end, map(setting.scale, (look["casing"], look["line"])))
    style = {
        "text_anchor": "start" if label.is_right else "end",
        "font_size": 25,
        "font_weight": "bold" if label.name.is_bold else "normal",
    }
    texts = [
        write_text(edge, label.at + (number + 0.8) * LABEL_MM, words, **style)
        for number, words in enumerate(label.lines)
    ]
    return line + write_spot(setting, end, look) + "".join(texts)


@dataclass(frozen=True)
class _LegendRow:
    """One row of the legend."""

    word: str
    meaning: str
    colour: str
    mark: str = ""
    pattern: str = ""


def _list_legend(setting: Setting) -> list[_LegendRow]:
    picture, rest = setting.map, "#d29088"
    if picture.picture["supply"]:
        return _list_agreements(setting)
    rows = [
        _LegendRow(row["word"], row["range"], row["colour"], row["mark"]) for row in picture.legend
    ]
    rows.append(_LegendRow("overloaded", "works at its full strength", rest, "!"))
    if picture.referred:
        look = setting.look["referred"]
        rows.append(_LegendRow(look["word"], look["meaning"], "#ffffff", "\u2237"))
    letters = "" if picture.veiled else picture.read_shown_certainty()
    if not picture.patterns:
        paler = _LegendRow("paler", "its direction is not settled", "#ebb98a")
        return [*rows, paler] if {"l", "d"} & set(letters) else rows
    return rows + [
        _LegendRow(word, meaning, rest, pattern=name_pattern(setting.look["patterns"][letter]))
        for word, (letter, meaning) in CERTAINTY.items()
        if letter in setting.look["patterns"] and letter in letters
    ]


def _list_agreements(setting: Setting) -> list[_LegendRow]:
    """List how far maps agree on skin."""
    levels = setting.look["supply"]["levels"]
    return [
        _LegendRow(
            entry["word"],
            entry["meaning"],
            blend_colours("#ffffff", look["fill"], look["fill-opacity"]),
            pattern=f"mc-{look['pattern']}" if look["pattern"] else "",
        )
        for entry in setting.map.picture["agreements"]
        for look in [levels[entry["level"]]]
    ]


def _write_legend_row(row: _LegendRow) -> str:
    box = {"width": 38, "height": 28}
    edge = {"fill": row.colour, "stroke": "#1a1a1a", "stroke-width": 4 if row.mark == "!" else 1}
    parts = [write_node("rect", box | edge)]
    if row.pattern:
        parts.append(write_node("rect", box | {"fill": f"url(#{row.pattern})"}))
    parts += [
        # on the darkest colours a letter needs a rim
        write_text(
            19,
            22,
            row.mark,
            text_anchor="middle",
            stroke="#ffffff",
            stroke_width=3,
            paint_order="stroke",
        ),
        write_text(46, 14, row.word),
        *(
            write_text(46, 34 + 18 * number, line, font_size=16)
            for number, line in enumerate(wrap_text(row.meaning, 21))
        ),
    ]
    return "".join(parts)


def _write_foot(setting: Setting, caption: str, wide: float) -> tuple[str, float]:
    """The legend, and what is said under the picture; returns the text and its height."""
    rows = _list_legend(setting)
    columns = max(int(wide // 235), 1)
    parts = []
    for number, row in enumerate(rows):
        x, y = number % columns * (wide - 20) / columns, number // columns * 84
        parts.append(write_group(_write_legend_row(row), {"transform": f"translate({x:.0f},{y})"}))
    texts = (caption, *_list_notes(setting))
    lines = [line for text in texts for line in wrap_text(text, int(wide / 11))]
    start = -(-len(rows) // columns) * 84 + 22
    parts += [
        write_node("text", {"y": start + 27 * number}, line) for number, line in enumerate(lines)
    ]
    return "".join(parts), start + 27 * len(lines) + 10


def _say_scale(setting: Setting, drawn: float) -> str:
    """How much larger than computed the posture is drawn, and a kept picture of another scale."""
    picture = setting.map
    if picture.reference and picture.compare != "off":
        kept = unpack_scene(picture.reference, picture.body).factors[setting.choice]
        if abs(drawn - kept) > SEEN * max(drawn, kept):
            return say_kept_scale(drawn, kept)
    return say_factor(drawn, picture.exaggeration)


def _list_notes(setting: Setting) -> list[str]:
    """The stage of the story, how the change came to what is selected, how sure the
    changes are, how much larger than computed the posture is drawn, and that the arms are
    drawn off the trunk."""
    picture, scene, choice = setting.map, setting.shown, setting.choice
    if picture.veiled:
        return [ARMS_OFF]
    told = [picture.supply["words"]] if picture.supply else []
    if picture.story:
        stage, count = picture.story[setting.stage], len(picture.story)
        told = [f"Step {setting.stage + 1} of {count}: {stage['title']}", stage["sentence"]]
    is_still = are_same_moves(scene.transforms[choice], setting.rest.transforms[choice])
    factor = "" if is_still else _say_scale(setting, scene.factors[choice])
    trace = picture.trace.get("words", "")
    notes = [picture.certainty_note, picture.against_words, factor]
    return [*told, trace, *notes, ARMS_OFF]
