"""The body in 3D, to be turned: every muscle a tube or a slab made from its lines of pull, or
between its attachment curves, over plain bones.

The same lines, bellies, colours and posture as the body map; nothing is
modelled by hand but the bones, which only help to see where one is.

Lengths are millimetres in the body's axes (X forward, Y up, Z right) until they
are drawn; the picture's axes are right, forward and up, in metres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_change, format_newtons, name_structure
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.spread import Result
from musclechain.views.body.outline.cache import find_healthy_transforms
from musclechain.views.body.outline.curves import FRONTAL
from musclechain.views.body.outline.lines import (
    TENDON_HALF_WIDTH_MM,
    PullPath,
    find_sheet,
    read_paths,
    read_sheets,
)
from musclechain.views.body.outline.standing import read_standing
from musclechain.views.body.scene import EXAGGERATIONS, read_scene
from musclechain.views.charts.frame import escape, find_colours, lay_out
from musclechain.views.charts.solid_bones import (
    Mesh,
    build_bones,
    join_meshes,
    loft_slab,
    loft_tube,
    to_picture,
)
from musclechain.views.page.palette import (
    BODY,
    SPAN_N,
    WORD_EDGES,
    blend_colours,
    change_position,
    list_legend,
    scale_colour,
    tissue_colour,
)
from musclechain.views.words.certainty import PENDING, check_certainty
from musclechain.views.words.charts import describe_chart_body_3d

__all__ = ["CAMERAS", "draw_body_3d"]

# Eye, in plotly's units of the scene, for each button. It is the same for every posture, so that a
# body that a reader has turned stays turned; what changes is how large the body is drawn.
DISTANCE, LIFT = 2.6, 0.06
CAMERAS = {
    "Back": (0.0, -DISTANCE, LIFT),
    "Front": (0.0, DISTANCE, LIFT),
    "Left side": (-DISTANCE, 0.0, LIFT),
    "Right side": (DISTANCE, 0.0, LIFT),
}
# Half of what the camera sees at distance 1 (plotly's angle of 45 degrees), less a little air; and
# the width of the narrowest scene by its height.
SEEN, NARROWEST = 0.97 * np.tan(np.pi / 8), 0.48
# Rings of a line with this many mm between them, and at least and at most so many.
RING_MM, FEWEST, MOST = 56.0, 5, 10
SIDES = 5
# Of the lines between two attachment curves so many make the slab, and of a strap, which is at most
# so many mm broad, the second.
SPANNED_LINES, STRAP_LINES, STRAP_MM = 5, 3, 120.0
# Sheets are drawn between these half-thicknesses, mm.
THINNEST_MM, THICKEST_MM = 1.8, 11.0
# A dark ring round every second part of a structure whose direction depends, round every fourth of
# one that is likely.
STRIPES = {"depends": 2, "likely": 4}
# The posture is drawn this many times larger than computed, as on the body map.
EXAGGERATION = 5
# The light moves with the viewer (x right, y up, z towards him); plotly lights nothing in an
# orthographic picture.
LIGHTING = {"ambient": 0.42, "diffuse": 0.75, "specular": 0.08, "roughness": 0.8, "fresnel": 0.1}
LIGHT = {"x": -25000, "y": 45000, "z": 100000}
HEIGHT_PX, BUTTONS_PX = 840, 40
# Words, buttons and legend stand left of the body, which has the whole height of the pane: their
# width (px), and the signs of a line.
WORDS_PX, WORDS_WIDTH, EDGE_PX = 292, 42, 8
DARK_BONE = "#b9ae9f"
LEGEND = {
    "orientation": "v",
    "xref": "container",
    "x": 0.01,
    "xanchor": "left",
    "yref": "container",
    "y": 8 / HEIGHT_PX,
    "yanchor": "bottom",
    "traceorder": "normal",
    "itemsizing": "constant",
}
# What each mesh shows: name, and kinds of structure.
TRACES = {
    "muscles": ("muscle",),
    "tendons, ligaments, fasciae": ("fascia", "ligament", "tendon"),
}


@dataclass(frozen=True)
class _Form:
    """The lines of one structure, thinned to rings.

    Attributes
    ----------
    points : numpy.ndarray, shape (lines, rings, 3)
        Healthy standing, mm.
    carriers : numpy.ndarray, shape (lines, rings, bones)
    width : numpy.ndarray, shape (lines, rings)
        Half-widths, mm.
    fleshy : numpy.ndarray of bool, shape (lines, rings - 1)
        Between each two rings.
    slab : bool
        Whether the lines span a sheet.
    """

    points: np.ndarray
    carriers: np.ndarray
    width: np.ndarray
    fleshy: np.ndarray
    slab: bool


@dataclass(frozen=True)
class _Shown:
    """What the figure tells of a body: its changes and how sure they are, if something changed.

    Attributes
    ----------
    body : Body
    table : pandas.DataFrame or None
        See `Result.table`.
    certainty : Certainty
    """

    body: Body
    table: pd.DataFrame | None
    certainty: Certainty


def draw_body_3d(
    body: Body,
    result: Result | None = None,
    theme: str = "light",
    certainty: Certainty = UNKNOWN,
) -> go.Figure:
    """Draw the body in 3D, coloured and posed as on the body map.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Colours by change of tension, and the posture that was solved; without
        it the healthy body at rest.
    theme : {'light', 'dark'}
    certainty : Certainty
        Structures that are likely or depend get dark rings, and the hover tells.

    Returns
    -------
    plotly.graph_objects.Figure
        One mesh for the muscles, one for other tissue, one for the bones;
        metres. Buttons turn it to the back, the front and either side.

    Raises
    ------
    ValueError
        For an unknown theme.
    """
    colour = find_colours(theme)
    sure = UNKNOWN if result is None else check_certainty(certainty)
    shown = _Shown(body, None if result is None else result.table(), sure)
    moves, factor = _find_moves(body, result)
    traces = [*_draw_structures(shown, moves), *_draw_bones(body, moves, theme)]
    box = _fit_box(traces)
    if result is not None:
        traces += _draw_legend(colour, sure.is_known)
    return go.Figure(traces, _lay_out_scene(theme, result, sure, factor, box))


# ---- forms ------------------------------------------------------------------------------------


def _read_forms(body: Body) -> dict[str, _Form]:
    """Thin the lines of every structure to rings, in healthy standing; kept with the body."""
    standing = read_standing(body, find_healthy_transforms(body))
    paths = read_paths(body, standing)
    spanned = read_sheets(body, standing, paths)
    return {
        structure: _thin_out(
            lines,
            _choose_lines(spanned[structure])
            if structure in spanned
            else find_sheet(structure, body.graph.nodes[structure], paths, FRONTAL),
        )
        for structure, lines in paths.items()
    }


def _choose_lines(sheet: Sequence[PullPath]) -> list[PullPath]:
    """Choose lines of a sheet, both edges among them: fewer of a strap than of a broad one."""
    apart = np.diff([path.points for path in sheet], axis=0)
    breadth = np.linalg.norm(apart, axis=2).sum(axis=0).max()
    count = SPANNED_LINES if breadth > STRAP_MM else STRAP_LINES
    chosen = np.linspace(0, len(sheet) - 1, count).round().astype(int)
    return [sheet[number] for number in chosen.tolist()]


def _thin_out(paths: Sequence[PullPath], sheet: Sequence[PullPath]) -> _Form:
    """Thin the lines of a structure, or those that span its sheet, to rings."""
    lines = sheet or paths
    length = max(np.linalg.norm(np.diff(path.points, axis=0), axis=1).sum() for path in lines)
    rings = int(np.clip(length / RING_MM, FEWEST, MOST)) + 1
    rows = np.linspace(0, len(lines[0].points) - 1, rings).round().astype(int)
    between = (rows[1:] + rows[:-1]) / 2
    return _Form(
        np.array([path.points[rows] for path in lines]),
        np.array([path.carriers[rows] for path in lines]),
        # the flesh of a sheet is spread over the whole of it, whichever of its lines it belongs to
        np.array([path.width[rows] for path in paths]),
        np.array([(between >= path.fleshy[0]) & (between <= path.fleshy[1]) for path in lines]),
        bool(sheet),
    )


def _find_moves(body: Body, result: Result | None) -> tuple[np.ndarray, float]:
    """Find where each bone goes from healthy standing (4 x 4, metres), and how many times larger
    than computed that is drawn."""
    if result is None:
        return np.tile(np.eye(4), (len(body.bones), 1, 1)), 1.0
    factor = read_scene(result).factors[EXAGGERATIONS.index(EXAGGERATION)]
    moved = result.transforms(factor)
    return np.array([moved[bone] for bone in body.bones]), factor


def _find_place(shown: _Shown, structure: str) -> float:
    """Where the change of a structure lies on the scale of colours, -1 to 1."""
    table, change = shown.table, 0.0
    if table is not None and structure in table.index:
        change = table.at[structure, "change_N"]
    return change_position(change, SPAN_N)


def _find_shades(shown: _Shown, structure: str) -> tuple[str, str]:
    """Find the colours of the fleshy part and of the tendons, as on the body map."""
    at = _find_place(shown, structure)
    tissue = tissue_colour(at)
    is_muscle = shown.body.graph.nodes[structure]["kind"] == "muscle"
    return scale_colour(at) if is_muscle else tissue, tissue


def _build_mesh(form: _Form, moves: np.ndarray, shades: tuple[str, str], word: str) -> Mesh:
    """Build the solid of one structure where the bones have carried it."""
    rows = np.einsum("lrb,bij->lrij", form.carriers, moves)
    points = np.einsum("lrij,lrj->lri", rows[..., :3, :3], form.points) + 1000 * rows[..., :3, 3]
    if form.slab:
        across = np.linalg.norm(np.diff(points, axis=0), axis=2).sum(axis=0)
        half = np.pi * (form.width**2).sum(axis=0) / (2 * np.maximum(across, 5.0))
        slab = loft_slab(points, np.clip(half, THINNEST_MM, THICKEST_MM))
        return _paint(slab, form.fleshy.mean(axis=0) > 0.5, shades, word)
    width = np.maximum(form.width, TENDON_HALF_WIDTH_MM)
    tubes = [loft_tube(line, radii, SIDES) for line, radii in zip(points, width, strict=True)]
    return join_meshes(
        [
            _paint(tube, fleshy, shades, word)
            for tube, fleshy in zip(tubes, form.fleshy, strict=True)
        ]
    )


def _paint(mesh: Mesh, fleshy: np.ndarray, shades: tuple[str, str], word: str) -> Mesh:
    """Give every face its colour: `mesh.shades` says between which rings it lies."""
    flesh, tendon = shades
    bands = [flesh if here else tendon for here in fleshy]
    every = STRIPES.get(word)
    if every:
        bands = [
            blend_colours(shade, "#1a1a1a", 0.62) if number % every == every - 1 else shade
            for number, shade in enumerate(bands)
        ]
    return Mesh(mesh.points, mesh.faces, np.array(bands, dtype=object)[mesh.shades])


# ---- words and traces -------------------------------------------------------------------------


def _draw_structures(shown: _Shown, moves: np.ndarray) -> list[dict[str, Any]]:
    """Make the traces of muscles and of other tissue, where there are any."""
    forms = shown.body.derived("solid_forms", _read_forms)
    # rings on what has a colour, as patterns on the body map: no change needs no doubt
    words = {
        structure: word if abs(_find_place(shown, structure)) >= WORD_EDGES[0] else ""
        for structure, word in zip(forms, shown.certainty.words(forms), strict=True)
    }
    traces = []
    for name, kinds in TRACES.items():
        meshes = {
            structure: _build_mesh(form, moves, _find_shades(shown, structure), words[structure])
            for structure, form in forms.items()
            if shown.body.graph.nodes[structure]["kind"] in kinds
        }
        if meshes:
            texts = [
                text
                for structure, mesh in meshes.items()
                for text in [_say(shown, structure)] * len(mesh.points)
            ]
            traces.append(_draw_mesh(join_meshes(list(meshes.values())), name, texts))
    return traces


def _say(shown: _Shown, structure: str) -> str:
    """Say a structure in a hover."""
    body, table, certainty = shown.body, shown.table, shown.certainty
    name = escape(name_structure(body, structure), 60)
    if table is None:
        return f"{name}<br>{escape(body.graph.nodes[structure].get('plain_name', ''), 40)}"
    if structure not in table.index:
        return f"{name}<br>not computed"
    row = table.loc[structure]
    word = "how sure: not computed yet" if certainty.is_pending else certainty.word(structure)
    sure = f", {word}" if word else ""
    return (
        f"{name}<br>{format_newtons(row['before_N'])} to {format_newtons(row['after_N'])}:"
        f" {format_change(row['change_N'])}{sure}"
    )


def _draw_mesh(
    mesh: Mesh, name: str, texts: Sequence[str] = (), shade: str | None = None
) -> dict[str, Any]:
    """Make one trace, with a hover text for each of its vertices, or one colour.

    A plain dict, so that plotly checks its long lists once and not twice.
    """
    place = to_picture(mesh.points)
    faces = mesh.faces.astype(np.uint16 if len(place) < 65536 else np.uint32)
    return dict(
        type="mesh3d",
        **dict(zip("xyz", place.T, strict=True)),
        **dict(zip("ijk", faces.T, strict=True)),
        name=name,
        hovertext=list(texts) or None,
        hoverinfo="text" if texts else "skip",
        lighting=LIGHTING,
        lightposition=LIGHT,
        flatshading=False,
        **({"color": shade} if shade else _number_colours(mesh.shades)),
    )


def _number_colours(shades: np.ndarray) -> dict[str, Any]:
    """Give each face the number of its colour in a scale of steps: a tenth of the length of as many
    words."""
    colours, numbers = np.unique(shades.astype(str), return_inverse=True)
    edges = np.linspace(0, 1, len(colours) + 1).tolist()
    steps = [
        [edge, colour]
        for colour, ends in zip(colours.tolist(), pairwise(edges), strict=True)
        for edge in ends
    ]
    return {
        "intensity": numbers.astype(np.uint8 if len(colours) <= 256 else np.uint16),
        "intensitymode": "cell",
        "colorscale": steps,
        "cmin": -0.5,
        "cmax": len(colours) - 0.5,
        "showscale": False,
    }


def _draw_bones(body: Body, moves: np.ndarray, theme: str) -> list[dict[str, Any]]:
    """Make the trace of the bones, or none for a body without joints."""
    light = blend_colours(BODY["bone"], BODY["bone_line"], 0.35)
    shade = light if theme == "light" else DARK_BONE
    parts = body.derived(
        "solid_bones", lambda body: build_bones(body, find_healthy_transforms(body))
    )
    move = dict(zip(body.bones, moves, strict=True))
    moved = [
        Mesh(mesh.points @ move[bone][:3, :3].T + 1000 * move[bone][:3, 3], mesh.faces, mesh.shades)
        for bone, mesh in parts
    ]
    return [_draw_mesh(join_meshes(moved), "bones", shade=shade)] if moved else []


def _draw_legend(colour: Mapping[str, str], has_rings: bool) -> list[go.Scatter3d]:
    """Make empty traces that explain the colours in words."""
    edge = {"size": 12, "line": {"color": colour["ink"], "width": 1}}
    marks = {
        f"{row['mark']} {row['word']} ({row['range']})".strip(): {
            "symbol": "square",
            "color": row["colour"],
            **edge,
        }
        for row in list_legend(SPAN_N)
    }
    if has_rings:
        marks["dark rings: depends"] = {"symbol": "square", "color": "#1a1a1a", **edge}
        marks["fewer dark rings: likely"] = {
            "symbol": "square-open",
            "color": colour["ink"],
            "size": 12,
        }
    nowhere = {axis: [None] for axis in "xyz"}
    return [
        go.Scatter3d(
            **nowhere, mode="markers", name=name, marker=mark, hoverinfo="skip", showlegend=True
        )
        for name, mark in marks.items()
    ]


# ---- layout -----------------------------------------------------------------------------------


def _fit_box(meshes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Find how large the body can be drawn so that all of it is seen from each button's eye.

    Returns
    -------
    dict
        Ranges of the axes (m) and the aspect of a plotly scene, true to proportion; of a body
        without a mesh plotly's own.
    """
    if not meshes:
        return {"aspectmode": "data"}
    places = np.concatenate([np.column_stack([mesh[axis] for axis in "xyz"]) for mesh in meshes])
    low, high = places.min(axis=0), places.max(axis=0)
    right, forward, up = np.abs(places - (low + high) / 2).T
    # a point is seen if its distance from the middle of the view, over that from the eye, is small;
    # there is an eye on either side, so that each point is once before and once behind the middle
    needed = [
        away / seen + near
        for across, near in ((right, forward), (forward, right))
        for away, seen in ((up, SEEN), (across, SEEN * NARROWEST))
    ]
    units = DISTANCE / max(need.max() for need in needed)
    return {
        **{
            f"{axis}axis": {"visible": False, "showspikes": False, "range": [start, end]}
            for axis, start, end in zip("xyz", low.tolist(), high.tolist(), strict=True)
        },
        "aspectmode": "manual",
        "aspectratio": dict(zip("xyz", (units * (high - low)).tolist(), strict=True)),
    }


def _lay_out_scene(
    theme: str,
    result: Result | None,
    certainty: Certainty,
    factor: float,
    box: Mapping[str, Any],
) -> go.Layout:
    colour = find_colours(theme)
    low = 8 if result is None else 150 if certainty.is_known else 112
    edge = {"l": 0, "r": 0, "t": EDGE_PX, "b": EDGE_PX}
    layout = lay_out(
        describe_chart_body_3d(result, certainty),
        theme,
        HEIGHT_PX,
        {"l": 0, "r": 0, "b": low},
        small=_say_how(result, factor, certainty.is_pending),
        small_width=WORDS_WIDTH,
        scene=_place_scene(colour, box),
        legend=LEGEND,
    )
    legend, buttons = layout.legend.to_plotly_json(), _place_buttons(colour)
    top = layout.margin.t + BUTTONS_PX
    # in a narrow window words stand above the body, and the legend below it
    layout.meta["narrow"] = {
        "margin": {**edge, "t": top, "b": low},
        "legend": {**legend, "orientation": "h"},
        "updatemenus": [buttons],
    }
    high = 1 - (top - EDGE_PX) / (HEIGHT_PX - 2 * EDGE_PX)
    beside = {**buttons, "x": 0, "y": high, "pad": {**buttons["pad"], "l": 14 - WORDS_PX}}
    return layout.update(margin={**edge, "l": WORDS_PX}, updatemenus=[beside])


def _say_how(result: Result | None, factor: float, pending: bool) -> str:
    """Say how to turn the body, and how its posture is drawn."""
    words = "Drag to turn, scroll to come nearer."
    if result is not None and factor < 1.05:
        words += " Posture as computed."
    elif result is not None:
        words += f" Movement drawn {factor:.3g} times larger than computed."
    return f"{words} {PENDING}" if pending else words


def _place_scene(colour: Mapping[str, str], box: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{f"{axis}axis": {"visible": False, "showspikes": False} for axis in "xyz"},
        **box,
        "dragmode": "turntable",
        "camera": _place_camera(CAMERAS["Back"]),
        "bgcolor": colour["paper"],
        "uirevision": "keep",
    }


def _place_buttons(colour: Mapping[str, str]) -> dict[str, Any]:
    """Place the buttons that turn the body."""
    return {
        "type": "buttons",
        "direction": "right",
        "x": 0.02,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "buttons": [
            {"label": label, "method": "relayout", "args": [{"scene.camera": _place_camera(eye)}]}
            for label, eye in CAMERAS.items()
        ],
        "showactive": False,
        "bgcolor": colour["paper"],
        "bordercolor": colour["quiet"],
        "font": {"size": 12, "color": colour["ink"]},
        "pad": {"t": 0, "b": 6, "l": 0},
    }


def _place_camera(eye: tuple[float, float, float]) -> dict[str, dict[str, float]]:
    return {
        "eye": dict(zip("xyz", eye, strict=True)),
        "up": {"x": 0, "y": 0, "z": 1},
        "center": {"x": 0, "y": 0, "z": 0},
    }
