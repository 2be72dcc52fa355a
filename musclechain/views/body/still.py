"""The body map as one still SVG: the same picture as in the browser, for print, handouts and pages
without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from musclechain.views.body.scene import CERTAINTY, are_same_moves
from musclechain.views.body.sentences import say_factor
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
from musclechain.views.page.palette import WORD_EDGES, change_position

if TYPE_CHECKING:
    from musclechain.views.body.widget import BodyMap

__all__ = ["say_caption", "write_svg"]

LABEL_MM, LABEL_LETTERS, MARGIN_MM = 27, 20, 330
COVERED = "Predict first, then uncover."

Point = NDArray[np.float64]


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
    wide = sum(figure.frame[2] for figure in figures)
    margin = MARGIN_MM if picture.labels else 0
    top = min(figure.frame[1] for figure in figures)
    tall = max(figure.frame[3] for figure in figures)
    caption = say_caption(picture)
    foot, foot_tall = _write_foot(setting, caption, wide + 2 * margin)
    box = (-margin, top - 50, wide + 2 * margin, tall + 100 + foot_tall)
    parts = [
        write_node("title", {}, f"Body map: {', '.join(figure.title for figure in figures)}"),
        write_node("desc", {}, caption),
        f"<defs>{''.join(_write_pattern(setting, letter) for letter in setting.look['patterns'])}"
        "</defs>",
        write_node("rect", _place_box(box) | {"fill": "#ffffff"}),
        *(write_figure(setting, figure) for figure in figures),
        _write_labels(setting, figures, wide) if picture.labels and not picture.veiled else "",
        write_group(foot, {"transform": f"translate({20 - margin},{top + tall + 60})"}),
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


def _write_pattern(setting: Setting, letter: str) -> str:
    pattern = setting.look["patterns"][letter]
    attributes = {
        "id": name_pattern(pattern),
        "width": pattern["size"],
        "height": pattern["size"],
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate(45) scale({setting.unit})",
    }
    shapes = "".join(write_node(shape, look) for shape, look in pattern["shapes"])
    return f"<pattern{write_attributes(attributes)}>{shapes}</pattern>"


@dataclass(frozen=True)
class _Label:
    """A name in a margin, and the place of its structure."""

    x: float
    y: float
    lines: list[str]
    is_bold: bool


def _write_labels(setting: Setting, figures: Sequence[Figure], wide: float) -> str:
    """Names of the selected and the most changed structures in the margins, pushed apart."""
    columns: dict[bool, list[_Label]] = {False: [], True: []}
    for structure, words in _rank_structures(setting).items():
        spots = _list_spots(setting, figures, structure)
        if not spots:
            continue
        x, y = min(spots, key=lambda spot: min(spot[0], wide - spot[0]))
        name = setting.map.picture["structures"][setting.numbers[structure]]["name"]
        lines = wrap_text(f"{words}{name}", LABEL_LETTERS)
        columns[bool(x > wide / 2)].append(_Label(x, y, lines, structure == setting.map.selected))
    return "".join(
        _write_column(setting, labels, is_right, wide) for is_right, labels in columns.items()
    )


def _rank_structures(setting: Setting) -> dict[str, str]:
    """List the structures to name, with the words before their name: those that most learners
    marked, or else the selected one, and those that changed most."""
    most, tally = setting.look["labels"]["most"], setting.map.tally
    if tally:
        often = sorted(tally, key=lambda name: (-tally[name], setting.numbers[name]))
        return {name: f"{tally[name]}× " for name in often[:most]}
    changes, chosen = setting.shown.change_n, setting.map.selected
    names = setting.map.body.structures
    ranked = [
        names[number]
        for number in np.argsort(-np.abs(np.nan_to_num(changes)), kind="stable")
        if abs(change_position(changes[number], setting.map.span_n)) >= WORD_EDGES[0]
        and names[number] != chosen
    ]
    return dict.fromkeys(([chosen] if chosen else []) + ranked[:most], "")


def _list_spots(setting: Setting, figures: Sequence[Figure], structure: str) -> list[Point]:
    """List where a structure is seen in the figures of the present state."""
    return [
        place_anchor(group.mark, figure.scene.transforms[setting.choice], figure.view)
        + [figure.shift, 0]
        for figure in figures
        if figure.is_now
        for group in setting.map.drawing.views[figure.view]
        if group.structure == structure and not group.behind and setting.is_shown(group)
    ]


def _write_column(setting: Setting, labels: Sequence[_Label], is_right: bool, wide: float) -> str:
    parts, free = [], -np.inf
    for label in sorted(labels, key=lambda label: label.y):
        tall = len(label.lines) * LABEL_MM
        start = max(label.y - tall / 2, free)
        free = start + tall + 10
        parts.append(_write_label(setting, label, start, is_right, wide + 12 if is_right else -12))
    return "".join(parts)


def _write_label(setting: Setting, label: _Label, start: float, is_right: bool, edge: float) -> str:
    """A name whose upper edge is `start`, and the line to its structure."""
    look = setting.look["labels"]
    middle = start + len(label.lines) * LABEL_MM / 2
    begin, end = (edge + (-6 if is_right else 6), middle), (label.x, label.y)
    line = write_line(begin, end, map(setting.scale, (look["casing"], look["line"])))
    style = {
        "text_anchor": "start" if is_right else "end",
        "font_size": 25,
        "font_weight": "bold" if label.is_bold else "normal",
    }
    texts = [
        write_text(edge, start + (number + 0.8) * LABEL_MM, words, **style)
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
    rows = [
        _LegendRow(row["word"], row["range"], row["colour"], row["mark"]) for row in picture.legend
    ]
    rows.append(_LegendRow("overloaded", "works at its full strength", rest, "!"))
    letters = "" if picture.veiled else picture.read_shown_certainty()
    if not picture.patterns:
        paler = _LegendRow("paler", "its direction is not settled", "#ebb98a")
        return [*rows, paler] if {"l", "d"} & set(letters) else rows
    return rows + [
        _LegendRow(word, meaning, rest, pattern=name_pattern(setting.look["patterns"][letter]))
        for word, (letter, meaning) in CERTAINTY.items()
        if letter in setting.look["patterns"] and letter in letters
    ]


def _write_legend_row(row: _LegendRow) -> str:
    box = {"width": 38, "height": 28}
    edge = {"fill": row.colour, "stroke": "#1a1a1a", "stroke-width": 4 if row.mark == "!" else 1}
    parts = [write_node("rect", box | edge)]
    if row.pattern:
        parts.append(write_node("rect", box | {"fill": f"url(#{row.pattern})"}))
    parts += [
        write_text(19, 22, row.mark, text_anchor="middle"),
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


def _list_notes(setting: Setting) -> list[str]:
    """The stage of the story, how the change came to what is selected, what became of the marks,
    how sure the changes are, and how much larger than computed the posture is drawn."""
    picture, scene, choice = setting.map, setting.shown, setting.choice
    if picture.veiled:
        return []
    told = []
    if picture.story:
        stage, count = picture.story[setting.stage], len(picture.story)
        told = [f"Step {setting.stage + 1} of {count}: {stage['title']}", stage["sentence"]]
    is_still = are_same_moves(scene.transforms[choice], setting.rest.transforms[choice])
    factor = "" if is_still else say_factor(scene.factors[choice], picture.exaggeration)
    trace = picture.trace.get("words", "")
    notes = [picture.marks_reply, picture.certainty_note, picture.against_words, factor]
    return [*told, trace, *notes]
