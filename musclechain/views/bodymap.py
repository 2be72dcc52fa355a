"""The body map: the muscles of the whole body, coloured by how their tension changed, in the posture that was solved.

The outlines travel to the browser once. After that a change is one small
message of numbers, and the browser paints it; a saved page still answers to
hover, keys and the step control.
"""

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from textwrap import wrap

import anywidget
import numpy as np
import traitlets

from ..mechanics.demand import SolveError
from ..mechanics.posture import find_healthy
from ..mechanics.skeleton import build_skeleton
from .curves import VIEWS, find_anchor, project_points
from .palette import BODY, change_position, change_word, list_legend, scale_colour, tissue_colour
from .shapes import build_drawing

__all__ = ["EXAGGERATIONS", "BodyMap", "Scene", "find_drawing", "find_healthy_transforms", "pack_scene", "read_scene", "rest_scene"]

EXAGGERATIONS = (1, 5, 10)
# No bone is drawn turned or moved further than this, or the picture would fold and leave its frame.
WIDEST_TURN_DEG, WIDEST_MOVE_MM = 30.0, 95.0
OVERLOADED, UNSETTLED = 1, 2
STRONG = 0.5
FRAME = (-300, -1805, 600, 1790)
# Parts of the body that hide what lies behind them: nothing from the other side is drawn there.
SOLID_REGIONS = frozenset({"hip", "pelvis", "abdomen", "lumbar"})


@dataclass(frozen=True)
class Scene:
    """What one picture shows.

    Attributes
    ----------
    change_n, before_n : numpy.ndarray, shape (structures,)
        N, in the order of ``body.structures``; NaN where the model computes nothing.
    flags : numpy.ndarray of int, shape (structures,)
        1 overloaded, 2 direction not settled; may be added.
    factors : tuple of float
        How many times larger than computed the posture of each of
        `EXAGGERATIONS` is drawn; less than asked where the picture would fold.
    transforms : numpy.ndarray, shape (len(EXAGGERATIONS), bones, 3, 4)
        Healthy standing to now, mm.
    """

    change_n: np.ndarray
    before_n: np.ndarray
    flags: np.ndarray
    factors: tuple
    transforms: np.ndarray


def find_healthy_transforms(body):
    """Find how each bone moves from the data's posture to healthy standing.

    Returns
    -------
    dict of bone id to numpy.ndarray, shape (4, 4)
        Metres. A body that cannot stand is drawn in the data's posture.
    """
    try:
        skeleton = body.derived("skeleton", build_skeleton)
        pose = body.derived("healthy", lambda body: find_healthy(body.derived("skeleton", build_skeleton)))[0].geometry.pose
    except SolveError:
        return {bone: np.eye(4) for bone in body.bones}
    found = {}
    for number, bone in enumerate(skeleton.bones):
        found[bone] = np.eye(4)
        found[bone][:3, :3] = pose.rotation[number]
        found[bone][:3, 3] = pose.origin[number] - pose.rotation[number] @ skeleton.joint[number]
    return found


def find_drawing(body):
    """Find the outlines of a body; they are computed once and kept with it."""
    return body.derived("drawing", lambda body: build_drawing(body, find_healthy_transforms(body)))


def rest_scene(body):
    """Make the scene of the healthy body at rest."""
    count, still = len(body.structures), np.eye(4)[:3]
    return Scene(np.full(count, np.nan), np.full(count, np.nan), np.zeros(count, int), (1.0,) * len(EXAGGERATIONS),
                 np.tile(still, (len(EXAGGERATIONS), len(body.bones), 1, 1)))


def read_scene(result, unsettled=()):
    """Read what a result of `spread` shows.

    Parameters
    ----------
    result : Result
    unsettled : iterable of str
        Structures whose direction of change is not sure; they are dotted.

    Returns
    -------
    Scene
    """
    columns = result.columns
    return _make_scene(result, columns["before_N"], columns["after_N"], [name for name, over in zip(result.skeleton.structures, result.overloaded) if over], unsettled)


def _make_scene(result, before, after, overloaded, unsettled, moving=True):
    body = result.body
    place = {name: number for number, name in enumerate(body.structures)}
    rows = [place[name] for name in result.skeleton.structures]
    empty = rest_scene(body)
    empty.before_n[rows], empty.change_n[rows] = before, after - before
    for names, flag in ((overloaded, OVERLOADED), (unsettled, UNSETTLED)):
        for name in names:
            empty.flags[place[name]] |= flag
    if not moving:
        return empty
    once = result.transforms()
    widest = max(np.degrees(np.arccos(np.clip((np.trace(move[:3, :3]) - 1) / 2, -1, 1))) for move in once.values())
    centres = {bone: np.append(np.array(body.graph.nodes[bone]["com_mm"]) / 1000, 1) for bone in body.bones}
    furthest = max(1000 * np.linalg.norm((move @ centres[bone] - centres[bone])[1:3]) for bone, move in once.items())
    limit = max(1.0, min(WIDEST_TURN_DEG / max(widest, 1e-9), WIDEST_MOVE_MM / max(furthest, 1e-9)))
    factors = tuple(float(min(factor, limit)) for factor in EXAGGERATIONS)
    moved = np.array([[_to_mm(moves[bone]) for bone in body.bones] for moves in map(result.transforms, factors)])
    return replace(empty, factors=factors, transforms=moved)


def _to_mm(move):
    return move[:3] * [1, 1, 1, 1000]


def list_rounds(result):
    """List the steps of a spread as scenes with their labels.

    Returns
    -------
    list of (str, Scene)
    """
    rounds, found = result.rounds, []
    before = rounds[0].tensions_N.to_numpy()
    for number, one in enumerate(rounds):
        scene = _make_scene(_pose_of(result, one.label, number == len(rounds) - 1), before, one.tensions_N.to_numpy(), one.overloaded, (), moving=number > 0)
        found.append((one.label, scene))
    return found


def _pose_of(result, label, last):
    """Give the result the movement that belongs to a step: none of pull's in the posture step, the unguarded one before the end."""
    if last and label != "posture":
        return result
    state = result.state
    movement = 0 * state.pull.movement if label == "posture" else state.pull.movement
    return replace(result, state=replace(state, guarded_pull=replace(state.pull, movement=movement)))


def pack_scene(scene, version):
    """Pack a scene as float32 bytes.

    The order is: version, number of structures, factors, change (N), before
    (N), flags, and the transforms row by row for each exaggeration.
    """
    head = [version, len(scene.change_n), *scene.factors]
    return np.concatenate([head, scene.change_n, scene.before_n, scene.flags, scene.transforms.ravel()]).astype("<f4").tobytes()


def _pack_drawing(body, drawing):
    """Pack the outlines: int16 vertices (0.1 mm, two bones, share) and, as plain data, what each part is."""
    parts, vertices, layers = [], [], {view: [] for view in VIEWS}
    shape_parts, piece_parts = {}, []

    def add(curves, role, owner):
        start = sum(len(block) for block in vertices)
        vertices.append(np.column_stack([np.round(curves.points * 10), curves.bones[:, 0] * 16 + curves.bones[:, 1], np.round(curves.share * 1000)]))
        parts.append({"owner": owner, "role": role, "ends": [start, *(start + end for end in curves.ends)], "closed": curves.closed})
        return len(parts) - 1

    place = {name: number for number, name in enumerate(body.structures)}
    skin = add(drawing.skin.outline, "skin", -1)
    for piece in drawing.skeleton:
        piece_parts.append(add(piece.outline, "hollow" if piece.hollow else "bone", -1))
    for shape in drawing.shapes:
        roles = (("sheet" if shape.belly is not None and shape.sheet else "tendon" if shape.belly is not None else "tissue", shape.outline), ("belly", shape.belly), ("fibres", shape.fibres))
        shape_parts[shape.structure] = [add(curves, role, place[shape.structure]) for role, curves in roles if curves is not None]
    for view in VIEWS:
        layers[view] = [{"parts": [skin]}, *_order_view(body, drawing, view, shape_parts, piece_parts)]
    return parts, np.vstack(vertices).astype("<i2").tobytes(), layers


def _order_view(body, drawing, view, shape_parts, piece_parts):
    """List the groups of a view from back to front."""
    for shape in reversed(drawing.shapes):
        solid = body.graph.nodes[shape.structure]["region"] in SOLID_REGIONS
        if view not in shape.views and shape.layer >= 3 and not solid:
            yield {"parts": [part for part in shape_parts[shape.structure]][:2], "behind": True, "layer": shape.layer}
    waiting = sorted(((piece.layer, part) for piece, part in zip(drawing.skeleton, piece_parts) if view in piece.views))
    for shape in drawing.shapes:
        while waiting and waiting[0][0] < (0 if shape.deep else shape.layer):
            yield {"parts": [waiting.pop(0)[1]]}
        if view in shape.views:
            yield {"parts": shape_parts[shape.structure], "structure": body.structures.index(shape.structure), "layer": shape.layer}
    for _, part in waiting:
        yield {"parts": [part]}


def _describe_structures(body, drawing):
    found = []
    anchors = {shape.structure: find_anchor(shape.belly or shape.outline) for shape in drawing.shapes}
    for name in body.structures:
        node = body.graph.nodes[name]
        point, bones, share = anchors.get(name, (np.zeros(3), (0, 0), 1.0))
        side = "" if node["side"] == "midline" else f", {node['side']}"
        found.append({"id": name, "name": f"{node.get('name', name)}{side}", "plain": str(node.get("plain_name", "")), "muscle": node["kind"] == "muscle",
                      "layer": int(node.get("layer", 1)), "anchor": [*np.round(point, 1).tolist(), int(bones[0]), int(bones[1]), round(float(share), 3)]})
    return found


class BodyMap(anywidget.AnyWidget):
    """The body from the back and the front, to hover, click, step through and walk with the keys.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Shown at once; else the healthy body.
    span_n : float
        Change of tension at which the colour scale ends, N; it stays fixed so
        that pictures can be compared.
    exaggeration : {1, 5, 10}
        How many times larger than computed the posture is drawn. Said under the picture.
    veiled : bool
        Cover the result until the learner asks for it.

    Attributes
    ----------
    selected : str
        Id of the selected structure, or ``""``; set by a click and settable.
    caption : str
        The sentence under the picture.
    frame : int
        The step of the spread that is shown.
    depth : {1, 2, 3, 4}
        The uppermost layer that is drawn: 4 all muscles, 1 only the deepest.
    dark : bool
        Whether the page is dark; told by the browser.

    Examples
    --------
    >>> import musclechain as mc
    >>> picture = BodyMap(mc.read_body())
    >>> picture.selected
    ''
    """

    _esm = Path(__file__).with_name("bodymap.js")
    _css = Path(__file__).with_name("bodymap.css")

    picture = traitlets.Dict().tag(sync=True)
    outlines = traitlets.Bytes().tag(sync=True)
    state = traitlets.Bytes().tag(sync=True)
    frames = traitlets.Bytes().tag(sync=True)
    frame_labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    frame = traitlets.Int(0).tag(sync=True)
    span_n = traitlets.Float(40.0).tag(sync=True)
    legend = traitlets.List().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    exaggeration = traitlets.Enum(EXAGGERATIONS, default_value=5).tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    veiled = traitlets.Bool(False).tag(sync=True)
    depth = traitlets.Int(4, min=1, max=4).tag(sync=True)
    dark = traitlets.Bool(False).tag(sync=True)

    def __init__(self, body, result=None, span_n=40.0, exaggeration=5, veiled=False):
        self.body, self.drawing = body, find_drawing(body)
        parts, outlines, views = body.derived("packed_drawing", lambda body: _pack_drawing(body, self.drawing))
        picture = {"bones": len(body.bones), "structures": _describe_structures(body, self.drawing), "parts": parts, "views": views, "frame": FRAME,
                   "colours": BODY, "scales": [[colour(k / 50) for k in range(-50, 51)] for colour in (tissue_colour, scale_colour)], "exaggerations": EXAGGERATIONS, "strong": STRONG}
        self._version = 0
        self.scene = rest_scene(body)
        super().__init__(picture=picture, outlines=outlines, state=pack_scene(self.scene, 0), span_n=span_n, legend=list_legend(span_n),
                         exaggeration=exaggeration, veiled=veiled, caption="The healthy body, standing on both feet.")
        if result is not None:
            self.show(result)

    @traitlets.validate("span_n")
    def _check_span(self, proposal):
        if not (np.isfinite(proposal["value"]) and proposal["value"] > 0):
            raise traitlets.TraitError(f"span_n must be a number of newtons above 0, and is {proposal['value']!r}.")
        return proposal["value"]

    @traitlets.validate("selected")
    def _check_selected(self, proposal):
        if proposal["value"] and proposal["value"] not in self.body.structures:
            self.body.find(proposal["value"])
        return proposal["value"]

    @traitlets.observe("span_n")
    def _on_span_change(self, change):
        self.legend = list_legend(change["new"])

    def show(self, result, caption=None, unsettled=()):
        """Show a result of `spread`.

        Parameters
        ----------
        result : Result
            Of the same body, or of one with the same structures and bones.
        caption : str, optional
            The sentence under the picture; by default the three greatest changes.
        unsettled : iterable of str
            Structures to be dotted because the direction of their change is not sure.
        """
        scene = read_scene(result, unsettled) if result.body is self.body else _match_scene(read_scene(result, unsettled), result.body, self.body)
        self._paint(scene, self._describe(scene) if caption is None else caption, clear=True)

    def play(self, result, caption=None):
        """Show a result and load its steps into the step control.

        The steps are before, posture, pull, and the rounds of guarding.
        """
        steps = [(label, scene if result.body is self.body else _match_scene(scene, result.body, self.body)) for label, scene in list_rounds(result)]
        scene = steps[-1][1]
        packed = b"".join(pack_scene(step, self._version + 1) for _, step in steps)
        with self.hold_sync():
            self._paint(scene, self._describe(scene) if caption is None else caption)
            self.frame_labels = [label for label, _ in steps]
            self.frames = packed
            self.frame = len(steps) - 1

    def rest(self):
        """Show the healthy body again."""
        self._paint(rest_scene(self.body), "The healthy body, standing on both feet.", clear=True)

    def _paint(self, scene, caption, clear=False):
        self._version += 1
        self.scene = scene
        with self.hold_sync():
            if clear and self.frames:
                self.frames, self.frame_labels, self.frame = b"", [], 0
            self.state = pack_scene(scene, self._version)
            self.caption = caption

    def _describe(self, scene):
        order = np.argsort(-np.abs(np.nan_to_num(scene.change_n)))[:3]
        words = [f"{self.picture['structures'][k]['name']}: {_say_change(scene.change_n[k])}" for k in order if change_word(np.nan_to_num(scene.change_n[k]), self.span_n) != "no change"]
        return "Changed most: " + "; ".join(words) + "." if words else "No tension changes enough to be seen."

    def to_svg(self):
        """Draw the same picture as one SVG that needs neither Python nor a browser script.

        Returns
        -------
        str
            A standalone SVG document, with a title, a description and a legend.
        """
        return _write_svg(self)


def _match_scene(scene, other, body):
    """Put a scene of another body (with a structure cut, say) into the order of this one."""
    place = {name: number for number, name in enumerate(other.structures)}
    rows = np.array([place.get(name, -1) for name in body.structures])
    missing = rows < 0
    change, before, flags = (np.where(missing, empty, values[rows]) for values, empty in ((scene.change_n, np.nan), (scene.before_n, np.nan), (scene.flags, 0)))
    bones = [list(other.bones).index(bone) for bone in body.bones]
    return replace(scene, change_n=change, before_n=before, flags=flags, transforms=scene.transforms[:, bones])


def _say_change(newtons):
    return f"{abs(newtons):.{0 if abs(newtons) >= 9.95 else 1}f} N {'more' if newtons > 0 else 'less'}"


# ---- the same picture without a browser --------------------------------------------------------------------------------------

_STYLE = {
    "skin": f'fill="{BODY["skin"]}" stroke="{BODY["skin_line"]}" stroke-width="2.4"',
    "bone": f'fill="{BODY["bone"]}" stroke="{BODY["bone_line"]}" stroke-width="1.4"',
    "hollow": f'fill="{BODY["hollow"]}"',
    "tendon": f'fill="{BODY["tendon"]}" stroke="{BODY["line"]}" stroke-width="1.8" paint-order="stroke"',
    "sheet": f'fill="{BODY["tendon"]}" fill-opacity="0.6" stroke="{BODY["line"]}" stroke-width="1.8" paint-order="stroke"',
    "tissue": f'fill-opacity="0.75" stroke="{BODY["line"]}" stroke-width="1.8" paint-order="stroke"',
    "belly": f'stroke="{BODY["line"]}" stroke-width="1.6" paint-order="stroke"',
    "fibres": f'fill="none" stroke="{BODY["fibre"]}" stroke-opacity="0.34" stroke-width="1.3" stroke-linecap="round"',
}


def _write_svg(picture):
    left, top, wide, tall = FRAME
    scene = rest_scene(picture.body) if picture.veiled else picture.scene
    caption = "Predict first, then uncover." if picture.veiled else picture.caption
    choice = EXAGGERATIONS.index(picture.exaggeration)
    body = "".join(_write_view(picture, scene, choice, view, number * wide) for number, view in enumerate(VIEWS))
    factor = scene.factors[choice]
    note = f"Posture drawn {factor:.3g} times larger than computed." if factor > 1.0001 else "Posture drawn as computed."
    lines = "".join(f'<text y="{62 + 24 * k}">{escape(line)}</text>' for k, line in enumerate([*wrap(caption, 115), note]))
    legend = "".join(
        f'<g transform="translate({k * 250},0)"><rect width="34" height="24" fill="{row["colour"]}" stroke="#555"/><text x="42" y="12">{row["mark"]} {row["word"]}</text>'
        f'<text x="42" y="31" font-size="16">{row["range"]}</text></g>' for k, row in enumerate(picture.legend))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{left} {top - 40} {2 * wide} {tall + 190}" font-family="sans-serif" font-size="21" fill="#222">'
        f"<title>Body map, back and front</title><desc>{escape(caption)}</desc>"
        f'<defs><pattern id="mc-over" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="#1a1a1a" stroke-width="2.4"/></pattern></defs>'
        f'<rect x="{left}" y="{top - 40}" width="{2 * wide}" height="{tall + 190}" fill="#ffffff"/>{body}'
        f'<g transform="translate({left + 20},{top + tall + 20})">{legend}<g font-size="18">{lines}</g></g></svg>')


def _write_view(picture, scene, choice, view, shift):
    drawing = picture.drawing
    moves = scene.transforms[choice]
    sides = ("left", "right") if view == "back" else ("right", "left")
    out = [f'<g transform="translate({shift},0)" stroke-linejoin="round"><text x="0" y="{FRAME[1] - 12}" text-anchor="middle" font-weight="bold">{view.capitalize()}</text>'
           f'<text x="-230" y="{FRAME[1] + FRAME[3] - 25}">{sides[0]}</text><text x="180" y="{FRAME[1] + FRAME[3] - 25}">{sides[1]}</text>', _write_path(drawing.skin.outline, "skin", moves, view)]
    shapes = {picture.body.structures.index(shape.structure): shape for shape in drawing.shapes}
    flat = [drawing.skin.outline, *(piece.outline for piece in drawing.skeleton), *(c for s in drawing.shapes for c in (s.outline, s.belly, s.fibres) if c is not None)]
    for group in picture.picture["views"][view][1:]:
        if group.get("layer", 0) > picture.depth:
            continue
        owner = picture.picture["parts"][group["parts"][0]]["owner"]
        colour = _find_colour(picture, scene, owner)
        out.append('<g opacity="0.55">' if group.get("behind") else "<g>")
        out += [_write_path(flat[part], picture.picture["parts"][part]["role"], moves, view, colour) for part in group["parts"]]
        if "structure" in group:
            out.append(_write_marks(shapes[owner], scene, owner, moves, view, picture.span_n))
        out.append("</g>")
    return "".join(out) + "</g>"


def _find_colour(picture, scene, owner):
    if owner < 0:
        return None
    if picture.veiled:
        return BODY["veiled"]
    colour = scale_colour if picture.picture["structures"][owner]["muscle"] else tissue_colour
    return colour(change_position(scene.change_n[owner], picture.span_n))


def _write_path(curves, role, moves, view, colour=None):
    d = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + ("Z" if curves.closed else "") for line in curves.split(project_points(curves.place(moves), view)))
    fill = f' fill="{colour}"' if role in ("belly", "tissue") else ""
    return f'<path d="{d}" {_STYLE[role]}{fill}/>'


def _write_marks(shape, scene, owner, moves, view, span_n):
    at = change_position(scene.change_n[owner], span_n)
    curves = shape.belly or shape.outline
    marks = ""
    if scene.flags[owner] & OVERLOADED:
        marks += _write_path(curves, "skin", moves, view).replace(_STYLE["skin"], f'fill="url(#mc-over)" stroke="{BODY["overload"]}" stroke-width="4"')
    if abs(at) >= STRONG:
        point, bones, share = find_anchor(curves)
        row = share * moves[bones[0]] + (1 - share) * moves[bones[1]]
        x, y = project_points((row[:, :3] @ point + row[:, 3])[None], view)[0]
        s = -9 if at > 0 else 9
        marks += f'<path d="M{x - 10:.1f} {y - s:.1f}L{x + 10:.1f} {y - s:.1f}L{x:.1f} {y + s:.1f}Z" fill="#1a1a1a" stroke="#fff" stroke-width="2"/>'
    return marks
