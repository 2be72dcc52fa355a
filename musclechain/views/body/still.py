"""The body map as one still SVG: the same picture as in the browser, for print, handouts and pages
without a script."""

from dataclasses import dataclass
from html import escape
from textwrap import wrap

import numpy as np

from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.scene import (
    CERTAINTY,
    EXAGGERATIONS,
    HEALTHY,
    OVERLOADED,
    STRONG,
    Scene,
    find_frames,
    read_levels,
    rest_scene,
)
from musclechain.views.page.palette import (
    BODY,
    WORD_EDGES,
    change_position,
    scale_colour,
    tissue_colour,
)

__all__ = ["find_lit", "say_levels", "write_svg"]

NAMES = {"back": "Back", "front": "Front", "left": "Left side", "right": "Right side"}
SIDES = {
    "back": ("left", "right"),
    "front": ("right", "left"),
    "left": ("front", "back"),
    "right": ("back", "front"),
}
LABELLED, LABEL_MM, MARGIN_MM = 8, 27, 330
AID = "#0b4a5c"
FILLED = ("belly", "tissue")
LOOK = {
    "skin": f'fill="{BODY["skin"]}" stroke="{BODY["skin_line"]}" stroke-width="2.4"',
    "far": f'fill="{BODY["skin"]}" stroke="{BODY["skin_line"]}" stroke-width="1.6" opacity="0.6"',
    "light": 'fill="#ffffff" fill-opacity="0.17"',
    "nerve": 'fill="none" stroke="#f5c518" stroke-width="2.6" stroke-linecap="round"',
    "bone": f'fill="{BODY["bone"]}" stroke="{BODY["bone_line"]}" stroke-width="1.4"',
    "hollow": f'fill="{BODY["hollow"]}"',
    "tendon": (
        f'fill="{BODY["tendon"]}" stroke="{BODY["line"]}" stroke-width="1.8" paint-order="stroke"'
    ),
    "sheet": (
        f'fill="{BODY["tendon"]}" fill-opacity="0.6" stroke="{BODY["line"]}" stroke-width="1.8"'
        ' paint-order="stroke"'
    ),
    "tissue": (
        f'fill-opacity="0.75" stroke="{BODY["line"]}" stroke-width="1.8" paint-order="stroke"'
    ),
    "belly": f'stroke="{BODY["line"]}" stroke-width="1.6" paint-order="stroke"',
    "fibres": (
        f'fill="none" stroke="{BODY["fibre"]}" stroke-opacity="0.34" stroke-width="1.3"'
        ' stroke-linecap="round"'
    ),
    "ghost": f'fill="none" stroke="{BODY["skin_line"]}" stroke-width="2.6" stroke-dasharray="12 9"',
}
NERVE_EDGE = 'fill="none" stroke="#4d3a00" stroke-width="4.4" stroke-linecap="round"'
PATTERNS = (
    '<pattern id="mc-depends" width="17" height="17" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="5" height="17" fill="#ffffff"/><rect x="5"'
    ' width="2.8" height="17" fill="#1a1a1a"/></pattern><pattern id="mc-likely" width="17"'
    ' height="17" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><circle cx="8" cy="8"'
    ' r="4.3" fill="#ffffff"/><circle cx="8" cy="8" r="2.5" fill="#1a1a1a"/></pattern>'
)
PATTERN_OF = {"d": "mc-depends", "l": "mc-likely"}


@dataclass(frozen=True)
class _Figure:
    """One view in one state, in its `frame`, `shift` to the right of where that lies."""

    view: str
    frame: tuple
    title: str
    scene: Scene
    certainty: str
    shift: float


def write_svg(picture):
    """Draw what a body map shows as one standalone SVG.

    Parameters
    ----------
    picture : BodyMap

    Returns
    -------
    str
    """
    figures, wide = _list_figures(picture)
    margin = MARGIN_MM if picture.labels else 0
    tall, top = (
        max(figure.frame[3] for figure in figures),
        min(figure.frame[1] for figure in figures),
    )
    caption = "Predict first, then uncover." if picture.veiled else picture.caption
    body = "".join(_write_figure(picture, figure) for figure in figures)
    labels = _write_labels(picture, figures, wide) if picture.labels and not picture.veiled else ""
    foot, foot_tall = _write_foot(picture, caption, wide + 2 * margin)
    box = (-margin, top - 50, wide + 2 * margin, tall + 100 + foot_tall)
    shown = ", ".join(figure.title for figure in figures)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
        f' viewBox="{" ".join(f"{number:g}" for number in box)}" font-family="sans-serif"'
        ' font-size="21" fill="#222222" stroke-linejoin="round"><title>Body map:'
        f" {escape(shown)}</title><desc>{escape(caption)}</desc><defs>{PATTERNS}</defs><rect"
        f' x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}"'
        f' fill="#ffffff"/>{body}{labels}<g'
        f' transform="translate({20 - margin},{top + tall + 60})">{foot}</g></svg>'
    )


def _list_figures(picture):
    """List the figures from left to right; in a comparison each view comes twice."""
    now = rest_scene(picture.body) if picture.veiled else picture.scene
    states = [("", now, "" if picture.veiled else picture.certainty)]
    if picture.compare != "off" and not picture.veiled:
        kept = bool(picture.reference)
        states = [
            (
                ", kept" if kept else ", before",
                _unpack(picture),
                picture.reference_certainty if kept else "",
            ),
            (", now" if kept else ", after", *states[0][1:]),
        ]
    choice, figures, at = EXAGGERATIONS.index(picture.exaggeration), [], 0.0
    frames = find_frames(picture.drawing, [scene.transforms[choice] for _, scene, _ in states])
    for view in picture.views:
        left, _, wide, _ = frames[view]
        for words, scene, certainty in states:
            figures.append(
                _Figure(view, frames[view], NAMES[view] + words, scene, certainty, at - left)
            )
            at += wide
    return figures, at


def _unpack(picture):
    """Read the kept picture back from its bytes; without one, the healthy body."""
    body = picture.body
    if not picture.reference:
        return rest_scene(body)
    numbers, count, choices = (
        np.frombuffer(picture.reference, "<f4").astype(float),
        len(body.structures),
        len(EXAGGERATIONS),
    )
    start = 2 + choices + 4
    change, before, flags = numbers[start : start + 3 * count].reshape(3, count)
    return Scene(
        change,
        before,
        flags.astype(int),
        tuple(numbers[2 : 2 + choices]),
        numbers[start + 3 * count :].reshape(choices, len(body.bones), 3, 4),
    )


# ---- one figure ----------------------------------------------------------------------------------
# ----------------------------


def _write_figure(picture, figure):
    moves = figure.scene.transforms[EXAGGERATIONS.index(picture.exaggeration)]
    left, top, wide, tall = figure.frame
    sides, middle = SIDES[figure.view], left + wide / 2
    out = [
        f'<g transform="translate({figure.shift:g},0)"><text x="{middle}" y="{top - 14}"'
        f' text-anchor="middle" font-size="27" font-weight="bold">{figure.title}</text><text'
        f' x="{left + 25}" y="{top + tall - 8}">{sides[0]}</text><text x="{left + wide - 25}"'
        f' y="{top + tall - 8}" text-anchor="end">{sides[1]}</text>'
    ]
    place = {name: number for number, name in enumerate(picture.body.structures)}
    lit = find_lit(picture)
    skin = [
        curves
        for group in picture.drawing.views[figure.view]
        for role, curves in group.curves
        if role == "skin"
    ]
    if skin and not np.allclose(moves, np.eye(4)[:3], atol=1e-4):
        out.append(
            _write_path(skin[0], "ghost", np.tile(np.eye(4)[:3], (len(moves), 1, 1)), figure.view)
        )
    for group in picture.drawing.views[figure.view]:
        if group.layer > picture.depth or (group.nerve and not picture.nerves):
            continue
        out.append(_write_group(picture, figure, group, place.get(group.structure, -1), moves, lit))
    if picture.posture_lines:
        out.append(_write_aids(picture, figure, moves))
    return "".join(out) + "</g>"


def _write_group(picture, figure, group, owner, moves, lit):
    colour, view = _find_colour(picture, figure.scene, owner), figure.view
    shade = (0.55 if group.behind else 1.0) * (
        0.22 if lit is not None and owner >= 0 and group.structure not in lit else 1.0
    )
    out = ["<g>" if shade == 1 else f'<g opacity="{shade:.3g}">']
    if group.nerve:
        out += [
            _write_path(curves, "nerve", moves, view).replace(LOOK["nerve"], NERVE_EDGE)
            for _, curves in group.curves
        ]
    out += [_write_path(curves, role, moves, view, colour) for role, curves in group.curves]
    if owner >= 0 and not group.behind and not picture.veiled:
        out.append(_write_marks(picture, figure, group, owner, moves))
    if owner >= 0 and group.structure == picture.selected:
        out.append(
            f'<path d="{_trace(group.curves[0][1], moves, view)}" fill="none"'
            f' stroke="{BODY["halo"]}" stroke-width="11"/><path'
            f' d="{_trace(group.curves[0][1], moves, view)}" fill="none" stroke="#000000"'
            ' stroke-width="4"/>'
        )
    return "".join(out) + "</g>"


def _find_colour(picture, scene, owner):
    if owner < 0:
        return None
    if picture.veiled:
        return BODY["veiled"]
    colour = scale_colour if picture.picture["structures"][owner]["muscle"] else tissue_colour
    return colour(change_position(scene.change_n[owner], picture.span_n))


def _trace(curves, moves, view):
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + ("Z" if curves.closed else "")
        for line in curves.split(project_points(curves.place(moves), view))
    )


def _write_path(curves, role, moves, view, colour=None):
    fill = f' fill="{colour}"' if role in FILLED else ""
    return f'<path d="{_trace(curves, moves, view)}" {LOOK[role]}{fill}/>'


def _place_anchor(anchor, moves, view):
    point, bones, share = anchor
    row = share * moves[bones[0]] + (1 - share) * moves[bones[1]]
    return project_points((row[:, :3] @ point + row[:, 3])[None], view)[0]


def _write_marks(picture, figure, group, owner, moves):
    """Certainty as a pattern, overload as a heavy edge with a sign, a strong change as an arrow."""
    scene, at, marks = (
        figure.scene,
        change_position(figure.scene.change_n[owner], picture.span_n),
        "",
    )
    main = next((curves for role, curves in group.curves if role in FILLED), group.curves[0][1])
    over, pattern = (
        scene.flags[owner] & OVERLOADED,
        PATTERN_OF.get(figure.certainty[owner : owner + 1]),
    )
    if pattern:
        marks += (
            f'<path d="{_trace(main, moves, figure.view)}" fill="url(#{pattern})"'
            f' stroke="{BODY["line"]}" stroke-width="1.4"/>'
        )
    if over:
        marks += "".join(
            f'<path d="{_trace(main, moves, figure.view)}" fill="none" stroke="{colour}"'
            f' stroke-width="{width}"/>'
            for colour, width in (("#ffffff", 9), (BODY["overload"], 5))
        )
    x, y = _place_anchor(group.anchor, moves, figure.view)
    if abs(at) >= WORD_EDGES[0]:
        full = abs(at) >= STRONG
        size = 10 if full else 6
        s = -0.9 * size if at > 0 else 0.9 * size
        look = 'fill="#1a1a1a" stroke="#ffffff"' if full else 'fill="#ffffff" stroke="#1a1a1a"'
        marks += (
            f'<path d="M{x - size:.1f} {y - s:.1f}L{x + size:.1f} {y - s:.1f}L{x:.1f} {y + s:.1f}Z"'
            f' {look} stroke-width="2"/>'
        )
        y -= 24
    if over:
        marks += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="#1a1a1a" stroke="#ffffff"'
            f' stroke-width="2"/><text x="{x:.1f}" y="{y + 6:.1f}" text-anchor="middle"'
            ' font-size="17" font-weight="bold" fill="#ffffff">!</text>'
        )
    return marks


def find_lit(picture):
    """Find what is lit up with the selected structure of a body map.

    Returns
    -------
    set of str, or None
        Ids of its chain or of its root family; None where nothing is dimmed.
    """
    body, chosen = picture.body, picture.selected
    if not chosen or picture.highlight == "none":
        return None
    if picture.highlight == "chain":
        chains = {key: chain for key, chain in body.chains.items() if chosen in chain.stations}
        chain = chains.get(picture.lit) or next(iter(chains.values()), None)
        return set(chain.stations) if chain else None
    described = picture.picture["structures"]
    mine = described[body.structures.index(chosen)]["roots"]
    asked = {picture.lit} & set(mine) or set(mine)
    return (
        {chosen} | {one["id"] for one in described if asked & set(one["roots"])} if asked else None
    )


# ---- plumb line and levels -----------------------------------------------------------------------
# ----------------------------


def say_levels(levels, side):
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
        still if abs(value) < 0.05 else f"{name} {abs(value):.1f}° {plus if value > 0 else minus}"
        for name, value, plus, minus, still in rows
        if np.isfinite(value)
    )


def _write_aids(picture, figure, moves):
    marks, bones, view = picture.drawing.marks, list(picture.body.bones), figure.view
    left, top, wide, tall = figure.frame

    def at(name, rows):
        bone, point = marks[name]
        move = rows[bones.index(bone)]
        return project_points((move[:, :3] @ point + move[:, 3])[None], view)[0]

    def line(x1, y1, x2, y2, dash=""):
        return "".join(
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" {style}/>'
            for style in (
                'stroke="#ffffff" stroke-width="8" stroke-opacity="0.75"',
                (
                    f'stroke="{AID}" stroke-width="3.5" stroke-dasharray="{dash}"'
                    if dash
                    else f'stroke="{AID}" stroke-width="3.5"'
                ),
            )
        )

    words = (
        ""
        if picture.veiled
        else say_levels(read_levels(figure.scene, bones, marks), view in ("left", "right"))
    )
    out = "".join(
        f'<text x="{left + wide / 2}" y="{top + tall + 18 + 24 * k}"'
        f' text-anchor="middle">{escape(row)}</text>'
        for k, row in enumerate(wrap(words, int(wide / 11)))
    )
    if not {"ankle_left", "ankle_right"} <= marks.keys():
        return out
    still = np.tile(np.eye(4)[:3], (len(bones), 1, 1))
    plumb, floor = (at("ankle_left", still) + at("ankle_right", still)) / 2
    out += line(plumb, top + 4, plumb, floor + 70, "17 10")
    if view in ("left", "right"):
        spots = [
            at(name, moves)
            for name in (
                "ear",
                *(f"{mark}_{view}" for mark in ("shoulder", "hip", "knee", "ankle")),
            )
            if name in marks
        ]
        return out + "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="{AID}" stroke="#ffffff"'
            ' stroke-width="3.5"/>'
            for x, y in spots
        )
    for name in ("shoulder", "crest"):
        if {f"{name}_left", f"{name}_right"} <= marks.keys():
            one, other = at(f"{name}_left", moves), at(f"{name}_right", moves)
            reach = (other - one) * 55 / max(abs(other[0] - one[0]), 1)
            level = (one[1] + other[1]) / 2
            out += (
                line(one[0] - reach[0], level, other[0] + reach[0], level, "4 10")
                if abs(other[1] - one[1]) > 1
                else ""
            )
            out += line(*(one - reach), *(other + reach))
    return out


# ---- names and foot ------------------------------------------------------------------------------
# ----------------------------


def _write_labels(picture, figures, wide):
    """Names of the selected and the most changed structures in the margins, pushed apart."""
    scene, described, choice = (
        picture.scene,
        picture.picture["structures"],
        EXAGGERATIONS.index(picture.exaggeration),
    )
    chosen = picture.body.structures.index(picture.selected) if picture.selected else -1
    size = np.abs(np.nan_to_num(scene.change_n))
    ranked = [
        k
        for k in np.argsort(-size, kind="stable")
        if abs(change_position(scene.change_n[k], picture.span_n)) >= 0.16 and k != chosen
    ][:LABELLED]
    columns = {False: [], True: []}
    for k in [chosen, *ranked] if chosen >= 0 else ranked:
        spots = [
            (_place_anchor(group.anchor, scene.transforms[choice], figure.view) + [figure.shift, 0])
            for figure in figures
            if figure.scene is scene
            for group in picture.drawing.views[figure.view]
            if group.structure == described[k]["id"]
            and not group.behind
            and group.layer <= picture.depth
        ]
        if spots:
            x, y = min(spots, key=lambda spot: min(spot[0], wide - spot[0]))
            columns[x > wide / 2].append((y, x, wrap(described[k]["name"], 20), k == chosen))
    return "".join(_write_column(column, right, wide) for right, column in columns.items())


def _write_column(column, right, wide):
    out, free, edge = [], -np.inf, wide + 12 if right else -12
    for y, x, lines, bold in sorted(column, key=lambda row: row[0]):
        start = max(y - len(lines) * LABEL_MM / 2, free)
        free = start + len(lines) * LABEL_MM + 10
        way = (
            f'd="M{edge + (-6 if right else 6)} {start + len(lines) * LABEL_MM / 2:.1f}L{x:.1f}'
            f' {y:.1f}" fill="none"'
        )
        out.append(
            f'<path {way} stroke="#ffffff" stroke-width="6" stroke-opacity="0.6"/><path {way}'
            f' stroke="#3a3a3a" stroke-width="2"/><circle cx="{x:.1f}" cy="{y:.1f}" r="5"'
            ' fill="#1a1a1a" stroke="#ffffff" stroke-width="2"/>'
        )
        look = (
            f'text-anchor="{"start" if right else "end"}" font-size="25"'
            f' font-weight="{"bold" if bold else "normal"}"'
        )
        out += [
            f'<text x="{edge}" y="{start + (k + 0.8) * LABEL_MM:.1f}" {look}>{escape(line)}</text>'
            for k, line in enumerate(lines)
        ]
    return "".join(out)


def _write_foot(picture, caption, wide):
    """The legend, and what is said under the picture; returns the text and its height."""
    rows = [
        (row["word"], row["range"], row["colour"], row["mark"], "") for row in picture.legend
    ] + [("overloaded", "works at its full strength", "#e0c4ba", "!", "")]
    rows += [
        (word, meaning, "#e0c4ba", "", PATTERN_OF[letter])
        for word, (letter, meaning) in CERTAINTY.items()
        if letter in PATTERN_OF and letter in picture.certainty and not picture.veiled
    ]
    columns = max(int(wide // 235), 1)
    out = []
    for number, (word, meaning, colour, mark, pattern) in enumerate(rows):
        x, y = number % columns * (wide - 20) / columns, number // columns * 84
        out.append(
            f'<g transform="translate({x:.0f},{y})"><rect width="38" height="28" fill="{colour}"'
            f' stroke="#1a1a1a" stroke-width="{4 if mark == "!" else 1}"/>'
            + (f'<rect width="38" height="28" fill="url(#{pattern})"/>' if pattern else "")
            + f'<text x="19" y="22" text-anchor="middle">{mark}</text><text x="46"'
            f' y="14">{word}</text>'
            + "".join(
                f'<text x="46" y="{34 + 18 * k}" font-size="16">{escape(line)}</text>'
                for k, line in enumerate(wrap(meaning, 21))
            )
            + "</g>"
        )
    factor = picture.scene.factors[EXAGGERATIONS.index(picture.exaggeration)]
    notes = [
        "" if picture.veiled else picture.certainty_note,
        (
            f"Posture drawn {factor:.3g} times larger than computed."
            if factor > 1.0001 and not picture.veiled
            else "Posture drawn as computed."
            if caption != HEALTHY
            else ""
        ),
    ]
    lines = [line for text in (caption, *notes) for line in wrap(text, int(wide / 11))]
    start = -(-len(rows) // columns) * 84 + 22
    out += [f'<text y="{start + 27 * k}">{escape(line)}</text>' for k, line in enumerate(lines)]
    return "".join(out), start + 27 * len(lines) + 10
