"""The body in 3D, to be turned: every muscle a tube or a slab made from its lines of pull, over
plain bones.

The same lines, bellies, colours and posture as the body map; nothing is
modelled by hand but the bones, which only help to see where one is.

Lengths are millimetres in the body's axes (X forward, Y up, Z right) until they
are drawn; the picture's axes are right, forward and up, in metres.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from musclechain.views.body.outline.cache import find_healthy_transforms
from musclechain.views.body.outline.curves import FRONTAL
from musclechain.views.body.outline.lines import TENDON_HALF_WIDTH_MM, find_sheet, read_paths
from musclechain.views.body.outline.standing import read_standing
from musclechain.views.body.scene import EXAGGERATIONS, read_scene
from musclechain.views.charts.frame import SPAN_N, escape, find_colours, find_words, lay_out
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
    blend_colours,
    change_position,
    list_legend,
    scale_colour,
    tissue_colour,
)
from musclechain.views.words.certainty import read_certainty
from musclechain.views.words.charts import PENDING, describe_chart_body_3d
from musclechain.views.words.format import format_change, format_newtons, name_structure

__all__ = ["CAMERAS", "draw_body_3d"]

# Eye, in plotly's units of the scene, for each button.
DISTANCE = 3.4
CAMERAS = {
    "Back": (0.0, -DISTANCE, 0.12),
    "Front": (0.0, DISTANCE, 0.12),
    "Left side": (-DISTANCE, 0.0, 0.12),
    "Right side": (DISTANCE, 0.0, 0.12),
}
# Rings of a line with this many mm between them, and at least and at most so many.
RING_MM, FEWEST, MOST = 36.0, 6, 13
SIDES = 6
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
BUTTONS_PX = 40


@dataclass(frozen=True)
class _Form:
    """The lines of one structure, thinned to rings: points (lines, rings, 3), carriers,
    half-widths and which rings are fleshy."""

    points: np.ndarray
    carriers: np.ndarray
    width: np.ndarray
    fleshy: np.ndarray
    slab: bool


def draw_body_3d(body, result=None, theme="light", certainty=None, pending=False):
    """Draw the body in 3D, coloured and posed as on the body map.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Colours by change of tension, and the posture that was solved; without
        it the healthy body at rest.
    theme : {'light', 'dark'}
    certainty : Draws or pandas.DataFrame, optional
        Structures that are likely or depend get dark rings, and the hover tells.
    pending : bool

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
    colour, certainty = (
        find_colours(theme),
        read_certainty(certainty) if result is not None else None,
    )
    forms = body.derived("solid_forms", _read_forms)
    moves, factor = _find_moves(body, result)
    tables = (None, None) if result is None else (result.table(), certainty)
    words = dict(zip(forms, find_words(certainty, forms), strict=True))
    meshes = []
    for kinds, name in (
        (("muscle",), "muscles"),
        (("fascia", "ligament", "tendon"), "tendons, ligaments, fasciae"),
    ):
        own = [structure for structure in forms if body.graph.nodes[structure]["kind"] in kinds]
        parts = [
            _build_mesh(
                forms[structure], moves, *_find_shades(body, structure, tables[0]), words[structure]
            )
            for structure in own
        ]
        if parts:
            meshes.append(
                _draw_mesh(
                    join_meshes(parts),
                    name,
                    [
                        (_say(body, structure, *tables, pending), len(part.points))
                        for structure, part in zip(own, parts, strict=True)
                    ],
                )
            )
    meshes += _draw_bones(
        body,
        moves,
        blend_colours(BODY["bone"], BODY["bone_line"], 0.35) if theme == "light" else "#b9ae9f",
    )
    return go.Figure(
        [*meshes, *(_draw_legend(colour, certainty) if result is not None else [])],
        _place(colour, theme, result, certainty, pending, factor),
    )


# ---- forms ------------------------------------------------------------------------------------


def _read_forms(body):
    """Thin the lines of every structure to rings, in healthy standing; kept with the body."""
    standing = read_standing(body, find_healthy_transforms(body))
    found, forms = read_paths(body, standing), {}
    for structure, paths in found.items():
        node = body.graph.nodes[structure]
        sheet = find_sheet(structure, node, found, FRONTAL)
        lines = sheet or paths
        length = max(np.linalg.norm(np.diff(path.points, axis=0), axis=1).sum() for path in lines)
        rows = (
            np.linspace(
                0, len(lines[0].points) - 1, int(np.clip(length / RING_MM, FEWEST, MOST)) + 1
            )
            .round()
            .astype(int)
        )
        # the flesh of a sheet is spread over the whole of it, whichever of its lines it belongs to
        width = np.array([path.width[rows] for path in paths])
        fleshy = np.array([(rows >= path.fleshy[0]) & (rows <= path.fleshy[1]) for path in lines])
        forms[structure] = _Form(
            np.array([path.points[rows] for path in lines]),
            np.array([path.carriers[rows] for path in lines]),
            width,
            fleshy,
            bool(sheet),
        )
    return forms


def _find_moves(body, result):
    """Find where each bone goes from healthy standing (4 x 4, metres), and how many times larger
    than computed that is drawn."""
    if result is None:
        return np.tile(np.eye(4), (len(body.bones), 1, 1)), 1.0
    factor = read_scene(result).factors[EXAGGERATIONS.index(EXAGGERATION)]
    moved = result.transforms(factor)
    return np.array([moved[bone] for bone in body.bones]), factor


def _find_shades(body, structure, table):
    """Colours of the fleshy part and of the tendons, as on the body map."""
    change = (
        table.at[structure, "change_N"] if table is not None and structure in table.index else 0.0
    )
    at = change_position(change, SPAN_N)
    tissue = tissue_colour(at)
    return (
        (scale_colour(at), tissue)
        if body.graph.nodes[structure]["kind"] == "muscle"
        else (tissue, tissue)
    )


def _build_mesh(form, moves, flesh, tendon, word):
    """Build the solid of one structure where the bones have carried it."""
    shape = form.points.shape
    rows = np.einsum("lrb,bij->lrij", form.carriers, moves)
    points = np.einsum("lrij,lrj->lri", rows[..., :3, :3], form.points) + 1000 * rows[..., :3, 3]
    if form.slab:
        across = np.linalg.norm(np.diff(points, axis=0), axis=2).sum(axis=0)
        half = np.clip(
            np.pi * (form.width**2).sum(axis=0) / (2 * np.maximum(across, 5.0)),
            THINNEST_MM,
            THICKEST_MM,
        )
        parts = [(loft_slab(points, half), form.fleshy.mean(axis=0) > 0.5)]
    else:
        parts = [
            (
                loft_tube(points[line], np.maximum(form.width[line], TENDON_HALF_WIDTH_MM), SIDES),
                form.fleshy[line],
            )
            for line in range(shape[0])
        ]
    return join_meshes(
        [
            Mesh(mesh.points, mesh.faces, _paint(mesh, fleshy, flesh, tendon, word))
            for mesh, fleshy in parts
        ]
    )


def _paint(mesh, fleshy, flesh, tendon, word):
    """List the colour of every face: `mesh.shades` says between which rings it lies."""
    bands = [flesh if a and b else tendon for a, b in pairwise(fleshy)]
    every = STRIPES.get(word)
    if every:
        bands = [
            blend_colours(shade, "#1a1a1a", 0.62) if number % every == every - 1 else shade
            for number, shade in enumerate(bands)
        ]
    return np.array(bands, dtype=object)[mesh.shades]


# ---- words and traces -------------------------------------------------------------------------


def _say(body, structure, table, certainty, pending):
    """Say a structure in a hover."""
    name = escape(name_structure(body, structure), 60)
    if table is None:
        return f"{name}<br>{escape(body.graph.nodes[structure].get('plain_name', ''), 40)}"
    if structure not in table.index:
        return f"{name}<br>not computed"
    row = table.loc[structure]
    sure = (
        f", {certainty.at[structure, 'word']}"
        if certainty is not None and structure in certainty.index
        else ", how sure: not computed yet"
        if pending
        else ""
    )
    return (
        f"{name}<br>{format_newtons(row['before_N'])} to {format_newtons(row['after_N'])}:"
        f" {format_change(row['change_N'])}{sure}"
    )


def _draw_mesh(mesh, name, texts, shade=None):
    """Make one trace; the hover text of a structure stands at each of its vertices."""
    place = to_picture(mesh.points)
    small = np.uint16 if len(place) < 65536 else np.uint32
    faces = mesh.faces.astype(small)
    said = [text for text, number in texts for _ in range(number)]
    # a plain dict, so that plotly checks these long lists once and not twice
    return dict(
        type="mesh3d",
        x=place[:, 0],
        y=place[:, 1],
        z=place[:, 2],
        i=faces[:, 0],
        j=faces[:, 1],
        k=faces[:, 2],
        name=name,
        hovertext=said or None,
        hoverinfo="text" if said else "skip",
        lighting=LIGHTING,
        lightposition=LIGHT,
        flatshading=False,
        **({"color": shade} if shade else {"facecolor": mesh.shades.tolist()}),
    )


def _draw_bones(body, moves, shade):
    """Make the trace of the bones, or none for a body without joints."""
    parts, order = (
        body.derived("solid_bones", lambda body: build_bones(body, find_healthy_transforms(body))),
        list(body.bones),
    )
    moved = [
        Mesh(
            mesh.points @ moves[order.index(bone), :3, :3].T
            + 1000 * moves[order.index(bone), :3, 3],
            mesh.faces,
            mesh.shades,
        )
        for bone, mesh in parts
    ]
    return [_draw_mesh(join_meshes(moved), "bones", (), shade)] if moved else []


def _draw_legend(colour, certainty):
    """Make empty traces that explain the colours in words."""
    rows = [
        (
            f"{row['mark']} {row['word']} ({row['range']})".strip(),
            {
                "symbol": "square",
                "color": row["colour"],
                "size": 12,
                "line": {"color": colour["ink"], "width": 1},
            },
        )
        for row in list_legend(SPAN_N)
    ]
    if certainty is not None:
        rows += [
            (
                "dark rings: depends",
                {
                    "symbol": "square",
                    "color": "#1a1a1a",
                    "size": 12,
                    "line": {"color": colour["ink"], "width": 1},
                },
            ),
            (
                "fewer dark rings: likely",
                {"symbol": "square-open", "color": colour["ink"], "size": 12},
            ),
        ]
    return [
        go.Scatter3d(
            x=[None],
            y=[None],
            z=[None],
            mode="markers",
            name=name,
            marker=marker,
            hoverinfo="skip",
            showlegend=True,
        )
        for name, marker in rows
    ]


def _place(colour, theme, result, certainty, pending, factor):
    hidden = {"visible": False, "showspikes": False}
    small = "Drag to turn, scroll to come nearer." + (
        ""
        if result is None
        else (
            " Posture as computed."
            if factor < 1.05
            else f" Posture drawn {factor:.3g} times larger than computed."
        )
    )
    small += f" {PENDING}" if pending and certainty is None else ""
    button = [
        {"label": label, "method": "relayout", "args": [{"scene.camera": _camera(eye)}]}
        for label, eye in CAMERAS.items()
    ]
    made = lay_out(
        describe_chart_body_3d(result, certainty, pending),
        theme,
        840,
        {"l": 0, "r": 0, "b": 8 if result is None else 112 if certainty is None else 150},
        small=small,
        scene={
            "xaxis": hidden,
            "yaxis": hidden,
            "zaxis": hidden,
            "aspectmode": "data",
            "dragmode": "turntable",
            "camera": _camera(CAMERAS["Back"]),
            "bgcolor": colour["paper"],
            "uirevision": "keep",
        },
        updatemenus=[
            {
                "type": "buttons",
                "direction": "right",
                "x": 0.02,
                "xanchor": "left",
                "y": 1,
                "yanchor": "bottom",
                "buttons": button,
                "showactive": False,
                "bgcolor": colour["paper"],
                "bordercolor": colour["quiet"],
                "font": {"size": 12, "color": colour["ink"]},
                "pad": {"t": 0, "b": 6, "l": 0},
            }
        ],
        legend={
            "orientation": "h",
            "xref": "container",
            "x": 0.02,
            "xanchor": "left",
            "yref": "container",
            "y": 8 / 840,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemsizing": "constant",
        },
    )
    made.margin.t += BUTTONS_PX
    return made


def _camera(eye):
    return {
        "eye": dict(zip("xyz", eye, strict=True)),
        "up": {"x": 0, "y": 0, "z": 1},
        "center": {"x": 0, "y": 0, "z": 0},
    }
