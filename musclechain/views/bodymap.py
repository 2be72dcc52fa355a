"""The body map: the muscles of the whole body, coloured by how their tension changed, in the
posture that was solved.

The outlines travel to the browser once. After that a change is one small
message of numbers, and the browser paints it; a saved page still answers to
hover, keys and the step control.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from ..anatomy.nerves import find_motor_roots
from .curves import ACROSS, project_points
from .outlines import find_drawing
from .palette import BODY, WORD_EDGES, change_word, list_legend, scale_colour, tissue_colour

__all__ = [
    "CERTAINTY",
    "EXAGGERATIONS",
    "VIEWS",
    "BodyMap",
    "Scene",
    "find_frames",
    "pack_scene",
    "read_levels",
    "read_scene",
    "rest_scene",
]

EXAGGERATIONS = (1, 5, 10)
VIEWS = ("back", "left", "front", "right")
# No bone is drawn turned or moved further than this, or the picture would fold and leave its frame.
WIDEST_TURN_DEG, WIDEST_MOVE_MM = 30.0, 95.0
OVERLOADED = 1
STRONG = 0.5
SLACK_MM, FOOT_MM = 12.0, 34
# How sure a change is: its word, the letter that travels, and what the word means.
CERTAINTY = {
    "settled": ("s", "its direction holds in nearly all bodies tried"),
    "likely": ("l", "its direction holds in most bodies tried"),
    "depends": ("d", "its direction differs among the bodies tried"),
}
HEALTHY = "The healthy body, standing on both feet."
SCRIPTS = ("bodymap_numbers.js", "bodymap_figure.js", "bodymap.js")


@dataclass(frozen=True)
class Scene:
    """What one picture shows.

    Attributes
    ----------
    change_n, before_n : numpy.ndarray, shape (structures,)
        N, in the order of ``body.structures``; NaN where the model computes nothing.
    flags : numpy.ndarray of int, shape (structures,)
        1 overloaded.
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


# ---- scenes --------------------------------------------------------------------------------------
# ----------------------------


def rest_scene(body):
    """Make the scene of the healthy body at rest."""
    count, still = len(body.structures), np.eye(4)[:3]
    return Scene(
        np.full(count, np.nan),
        np.full(count, np.nan),
        np.zeros(count, int),
        (1.0,) * len(EXAGGERATIONS),
        np.tile(still, (len(EXAGGERATIONS), len(body.bones), 1, 1)),
    )


def read_scene(result):
    """Read what a result of `spread` shows.

    Parameters
    ----------
    result : Result

    Returns
    -------
    Scene
    """
    columns = result.columns
    return _make_scene(
        result,
        columns["before_N"],
        columns["after_N"],
        [
            name
            for name, over in zip(result.skeleton.structures, result.overloaded, strict=True)
            if over
        ],
    )


def _make_scene(result, before, after, overloaded, moving=True):
    body = result.body
    place = {name: number for number, name in enumerate(body.structures)}
    rows = [place[name] for name in result.skeleton.structures]
    empty = rest_scene(body)
    empty.before_n[rows], empty.change_n[rows] = before, after - before
    for name in overloaded:
        empty.flags[place[name]] |= OVERLOADED
    if not moving:
        return empty
    once = result.transforms()
    widest = max(
        np.degrees(np.arccos(np.clip((np.trace(move[:3, :3]) - 1) / 2, -1, 1)))
        for move in once.values()
    )
    centres = {
        bone: np.append(np.array(body.graph.nodes[bone]["com_mm"]) / 1000, 1) for bone in body.bones
    }
    furthest = max(
        1000 * np.linalg.norm((move @ centres[bone] - centres[bone])[1:3])
        for bone, move in once.items()
    )
    limit = max(1.0, min(WIDEST_TURN_DEG / max(widest, 1e-9), WIDEST_MOVE_MM / max(furthest, 1e-9)))
    factors = tuple(float(min(factor, limit)) for factor in EXAGGERATIONS)
    moved = np.array(
        [[_to_mm(moves[bone]) for bone in body.bones] for moves in map(result.transforms, factors)]
    )
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
        scene = _make_scene(
            _pose_of(result, one.label, number == len(rounds) - 1),
            before,
            one.tensions_N.to_numpy(),
            one.overloaded,
            moving=number > 0,
        )
        found.append((one.label, scene))
    return found


def _pose_of(result, label, last):
    """Give the result the movement that belongs to a step: none of pull's in the posture step, the
    unguarded one before the end."""
    if last and label != "posture":
        return result
    state = result.state
    movement = 0 * state.pull.movement if label == "posture" else state.pull.movement
    return replace(
        result, state=replace(state, guarded_pull=replace(state.pull, movement=movement))
    )


def _match_scene(scene, other, body):
    """Put a scene of another body (with a structure cut, say) into the order of this one."""
    place = {name: number for number, name in enumerate(other.structures)}
    rows = np.array([place.get(name, -1) for name in body.structures])
    missing = rows < 0
    change, before, flags = (
        np.where(missing, empty, values[rows])
        for values, empty in ((scene.change_n, np.nan), (scene.before_n, np.nan), (scene.flags, 0))
    )
    bones = [list(other.bones).index(bone) for bone in body.bones]
    return replace(
        scene, change_n=change, before_n=before, flags=flags, transforms=scene.transforms[:, bones]
    )


def _is_same(one, other):
    return np.allclose(one.change_n, other.change_n, equal_nan=True) and np.allclose(
        one.transforms[0], other.transforms[0]
    )


def read_levels(scene, bones, marks):
    """Read how level a body stands, as computed: the drawn factor plays no part.

    Parameters
    ----------
    scene : Scene
    bones : sequence of str
    marks : dict
        See `Drawing.marks`.

    Returns
    -------
    numpy.ndarray, shape (4,)
        Degrees: pelvis lower on the left, shoulders lower on the left, pelvis
        tipped forward, trunk leaned forward. NaN where the body lacks the marks.
    """
    moves, bones = scene.transforms[0], list(bones)

    def tilt(first, second):
        if first not in marks or second not in marks:
            return np.nan
        (_, up, right), (_, other_up, other_right) = (
            moves[bones.index(bone)] @ np.append(point, 1)
            for bone, point in (marks[first], marks[second])
        )
        return np.degrees(np.arctan2(other_up - up, abs(other_right - right)))

    def turn(mark):
        move = moves[bones.index(marks[mark][0])] if mark in marks else np.full((3, 4), np.nan)
        return np.degrees(np.arctan2(move[0, 1], move[1, 1]))

    return np.array(
        [
            tilt("crest_left", "crest_right"),
            tilt("shoulder_left", "shoulder_right"),
            turn("low_back"),
            turn("neck_base"),
        ]
    )


def pack_scene(scene, version, levels=(0.0,) * 4):
    """Pack a scene as float32 bytes.

    The order is: version, number of structures, factors, levels (degrees),
    change (N), before (N), flags, and the transforms row by row for each
    exaggeration.
    """
    head = [version, len(scene.change_n), *scene.factors, *levels]
    return (
        np.concatenate(
            [head, scene.change_n, scene.before_n, scene.flags, scene.transforms.ravel()]
        )
        .astype("<f4")
        .tobytes()
    )


def find_frames(drawing, moves=()):
    """Find the frame of each view: as the drawing says, with the body in its middle, and wider
    where a posture leans out.

    Parameters
    ----------
    drawing : Drawing
    moves : iterable of numpy.ndarray, shape (bones, 3, 4)
        Postures that the frames should hold.

    Returns
    -------
    dict of view to (left, top, width, height)
        Millimetres.
    """
    frames = {}
    for view, (left, top, wide, tall) in drawing.frames.items():
        skin = [
            curves
            for group in drawing.views[view]
            for role, curves in group.curves
            if role == "skin"
        ]
        across = [
            project_points(points, view)[:, 0]
            for curves in skin
            for points in (curves.points, *(curves.place(move) for move in moves))
        ]
        if across:
            left = round((across[0].min() + across[0].max() - wide) / 2)
            low, high = (
                min(left, *(row.min() - SLACK_MM for row in across)),
                max(left + wide, *(row.max() + SLACK_MM for row in across)),
            )
            left, wide = (left, wide) if not moves else (low, high - low)
        frames[view] = (
            left,
            top,
            wide,
            tall + FOOT_MM,
        )  # room under the feet for the names of the sides
    return frames


# ---- what is sent once ---------------------------------------------------------------------------
# ----------------------------


def _pack_drawing(body, drawing):
    """Pack the outlines: int16 vertices (0.1 mm, two bones, share) and, as plain data, what each
    part is and what each view shows."""
    parts, drawn, known, place, size = (
        [],
        [],
        {},
        {name: number for number, name in enumerate(body.structures)},
        0,
    )

    def add(curves, role, owner):
        nonlocal size
        if id(curves) not in known:
            drawn.append(curves)
            parts.append(
                {
                    "owner": owner,
                    "role": role,
                    "ends": [size, *(size + end for end in curves.ends)],
                    "closed": curves.closed,
                }
            )
            size += len(curves.points)
            known[id(curves)] = len(parts) - 1
        return known[id(curves)]

    def write(group):
        entry = {
            "parts": [
                add(curves, role, place.get(group.structure, -1)) for role, curves in group.curves
            ]
        }
        if group.structure:
            entry |= (
                {"layer": group.layer, "behind": True}
                if group.behind
                else {
                    "layer": group.layer,
                    "structure": place[group.structure],
                    "anchor": _write_anchor(group.anchor),
                }
            )
        if group.nerve:
            entry |= {"nerve": group.nerve, "anchor": _write_anchor(group.anchor)}
        return entry

    frames = find_frames(drawing)
    views = {
        view: {
            "frame": frames[view],
            "axis": ACROSS[view][0],
            "sign": ACROSS[view][1],
            "groups": [write(group) for group in groups],
        }
        for view, groups in drawing.views.items()
    }
    points, bones, share = (
        np.concatenate([getattr(curves, name) for curves in drawn])
        for name in ("points", "bones", "share")
    )
    return (
        parts,
        np.column_stack(
            [np.round(points * 10), bones[:, 0] * 16 + bones[:, 1], np.round(share * 1000)]
        )
        .astype("<i2")
        .tobytes(),
        views,
    )


def _write_anchor(anchor):
    point, bones, share = anchor
    return [*np.round(point, 1).tolist(), int(bones[0]), int(bones[1]), round(float(share), 3)]


def _name(node):
    side = "" if node["side"] == "midline" else f", {node['side']}"
    return f"{node.get('name', '')}{side}"


def _describe_structures(body):
    found = []
    for name in body.structures:
        node = body.graph.nodes[name]
        found.append(
            {
                "id": name,
                "name": _name(node) if "name" in node else name,
                "plain": str(node.get("plain_name", "")),
                "muscle": node["kind"] == "muscle",
                "layer": int(node.get("layer", 1)),
                "nerve": str(node.get("nerve", "")),
                "roots": list(find_motor_roots(body, name)) if node["kind"] == "muscle" else [],
            }
        )
    return found


def _describe_chains(body):
    """List the chains: name, stations by number, and the grade of each step (none where no
    evidence stands behind it)."""
    place = {name: number for number, name in enumerate(body.structures)}
    return [
        {
            "id": key,
            "name": chain.name,
            "stations": [place[one] for one in chain.stations if one in place],
            "grades": [step.grade or "no evidence" for step in chain.transitions],
        }
        for key, chain in body.chains.items()
    ]


def _describe_nerves(body):
    graph, found, place = (
        body.graph,
        {},
        {name: number for number, name in enumerate(body.structures)},
    )
    for name, node in graph.nodes(data=True):
        if node.get("kind") == "nerve":
            ways = [(other, data.get("kind")) for _, other, data in graph.edges(name, data=True)]
            found[name] = {
                "name": _name(node),
                "plain": str(node.get("plain_name", "")),
                "roots": [graph.nodes[root]["level"] for root, kind in ways if kind == "arises"],
                "supplies": [
                    place[other] for other, kind in ways if kind == "supplies" and other in place
                ],
            }
    return found


def _describe_picture(body, drawing):
    parts, outlines, views = _pack_drawing(body, drawing)
    bones = list(body.bones)
    return outlines, {
        "bones": len(bones),
        "structures": _describe_structures(body),
        "chains": _describe_chains(body),
        "nerves": _describe_nerves(body),
        "parts": parts,
        "views": views,
        "marks": {
            name: [bones.index(bone), *np.round(np.asarray(point, float), 1).tolist()]
            for name, (bone, point) in drawing.marks.items()
        },
        "colours": BODY,
        "scales": [
            [colour(k / 50) for k in range(-50, 51)] for colour in (tissue_colour, scale_colour)
        ],
        "exaggerations": EXAGGERATIONS,
        "mild": WORD_EDGES[0],
        "strong": STRONG,
        "certainty": [
            {"letter": letter, "word": word, "meaning": meaning}
            for word, (letter, meaning) in CERTAINTY.items()
        ],
    }


# ---- the widget ----------------------------------------------------------------------------------
# ----------------------------


class BodyMap(anywidget.AnyWidget):
    """The body from the back, the side and the front, to hover, click, zoom, step through, compare
    and walk with the keys.

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
    views : list of {"back", "left", "front", "right"}
        What is shown, from left to right; ``"left"`` is the body seen from its left.
    selected : str
        Id of the selected structure, or ``""``; set by a click and settable.
    highlight : {"none", "chain", "roots"}
        What is lit up with the selected structure: its myofascial chain, or
        the muscles that share a motor root with it.
    lit : str
        Which chain or root, where the selected structure has several; ``""`` for the first chain,
        or all roots.
    compare : {"off", "wipe", "beside"}
        Compare with the healthy body, or with what `keep` has kept.
    nerves, labels, posture_lines : bool
        Whether nerves, names, and the plumb and level lines are drawn.
    caption : str
        The sentence under the picture.
    certainty_note : str
        What is known of how sure the changes are.
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

    _css = Path(__file__).with_name("bodymap.css")

    picture = traitlets.Dict().tag(sync=True)
    outlines = traitlets.Bytes().tag(sync=True)
    state = traitlets.Bytes().tag(sync=True)
    frames = traitlets.Bytes().tag(sync=True)
    frame_labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    frame = traitlets.Int(0).tag(sync=True)
    span_n = traitlets.Float(40.0).tag(sync=True)
    legend = traitlets.List().tag(sync=True)
    views = traitlets.List(
        traitlets.Enum(VIEWS), default_value=["back", "left", "front"], minlen=1
    ).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    highlight = traitlets.Enum(("none", "chain", "roots"), default_value="none").tag(sync=True)
    lit = traitlets.Unicode("").tag(sync=True)
    compare = traitlets.Enum(("off", "wipe", "beside"), default_value="off").tag(sync=True)
    reference = traitlets.Bytes().tag(sync=True)
    reference_certainty = traitlets.Unicode("").tag(sync=True)
    nerves = traitlets.Bool(False).tag(sync=True)
    labels = traitlets.Bool(False).tag(sync=True)
    posture_lines = traitlets.Bool(True).tag(sync=True)
    exaggeration = traitlets.Enum(EXAGGERATIONS, default_value=5).tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    certainty = traitlets.Unicode("").tag(sync=True)
    certainty_note = traitlets.Unicode("").tag(sync=True)
    veiled = traitlets.Bool(False).tag(sync=True)
    depth = traitlets.Int(4, min=1, max=4).tag(sync=True)
    dark = traitlets.Bool(False).tag(sync=True)

    def __init__(self, body, result=None, span_n=40.0, exaggeration=5, veiled=False):
        self.body, self.drawing = body, find_drawing(body)
        self._esm = "\n".join(
            Path(__file__).with_name(name).read_text(encoding="utf-8") for name in SCRIPTS
        )
        outlines, picture = body.derived(
            "packed_drawing", lambda body: _describe_picture(body, self.drawing)
        )
        self._version = 0
        self.scene = rest_scene(body)
        super().__init__(
            picture=picture,
            outlines=outlines,
            state=self._pack(self.scene),
            span_n=span_n,
            legend=list_legend(span_n),
            exaggeration=exaggeration,
            veiled=veiled,
            caption=HEALTHY,
        )
        if result is not None:
            self.show(result)

    @traitlets.validate("span_n")
    def _check_span(self, proposal):
        if not (np.isfinite(proposal["value"]) and proposal["value"] > 0):
            raise traitlets.TraitError(
                f"span_n must be a number of newtons above 0, and is {proposal['value']!r}."
            )
        return proposal["value"]

    @traitlets.validate("selected")
    def _check_selected(self, proposal):
        if proposal["value"] and proposal["value"] not in self.body.structures:
            self.body.find(proposal["value"])
        return proposal["value"]

    @traitlets.validate("views")
    def _check_views(self, proposal):
        if len(set(proposal["value"])) < len(proposal["value"]):
            raise traitlets.TraitError(f"views lists each view once, and is {proposal['value']!r}.")
        return proposal["value"]

    @traitlets.validate("reference")
    def _check_reference(self, proposal):
        if len(proposal["value"]) not in (0, len(self.state)):
            raise traitlets.TraitError(
                "reference holds one kept picture of the same body, or nothing."
            )
        return bytes(proposal["value"])

    @traitlets.observe("span_n")
    def _on_span_change(self, change):
        self.legend = list_legend(change["new"])

    def show(self, result, caption=None):
        """Show a result of `spread`.

        Parameters
        ----------
        result : Result
            Of the same body, or of one with the same structures and bones.
        caption : str, optional
            The sentence under the picture; by default the three greatest changes.
        """
        scene = (
            read_scene(result)
            if result.body is self.body
            else _match_scene(read_scene(result), result.body, self.body)
        )
        self._paint(scene, self._describe(scene) if caption is None else caption, clear=True)

    def play(self, result, caption=None):
        """Show a result and load its steps into the step control.

        The steps are before, posture, pull, and the rounds of guarding.
        """
        steps = [
            (
                label,
                scene if result.body is self.body else _match_scene(scene, result.body, self.body),
            )
            for label, scene in list_rounds(result)
        ]
        scene = steps[-1][1]
        with self.hold_sync():
            self._paint(scene, self._describe(scene) if caption is None else caption)
            self.frame_labels = [label for label, _ in steps]
            self.frames = b"".join(self._pack(step) for _, step in steps)
            self.frame = len(steps) - 1

    def rest(self):
        """Show the healthy body again."""
        self._paint(rest_scene(self.body), HEALTHY, clear=True)

    def show_certainty(self, words, note=""):
        """Show how sure the changes of the present picture are.

        Parameters
        ----------
        words : dict of str to {"settled", "likely", "depends"}, or None
            By structure id; what is missing is not known. None clears them.
        note : str
            One plain sentence under the caption.

        Raises
        ------
        ValueError
            For another word.
        UnknownStructureError
        """
        letters = ["-"] * len(self.body.structures) if words else []
        place = {name: number for number, name in enumerate(self.body.structures)}
        for name, word in (words or {}).items():
            if word not in CERTAINTY:
                raise ValueError(
                    f"Certainty is said as {', '.join(CERTAINTY)}, and not as {word!r}."
                )
            letters[place[name if name in place else self.body.find(name)]] = CERTAINTY[word][0]
        with self.hold_sync():
            self.certainty, self.certainty_note = "".join(letters), note

    def keep(self):
        """Keep the present picture as what `compare` compares with; side by side, if nothing was
        compared yet."""
        size = len(self.state)
        with self.hold_sync():
            self.reference = self.frames[self.frame * size : (self.frame + 1) * size] or self.state
            self.reference_certainty = self.certainty
            if self.compare == "off":
                self.compare = "beside"

    def forget(self):
        """Compare with the healthy body again."""
        self.reference, self.reference_certainty = b"", ""

    def _pack(self, scene):
        return pack_scene(
            scene, self._version, read_levels(scene, self.body.bones, self.drawing.marks)
        )

    def _paint(self, scene, caption, clear=False):
        same, self.scene = _is_same(scene, self.scene), scene
        self._version += 1
        with self.hold_sync():
            if clear and self.frames:
                self.frames, self.frame_labels, self.frame = b"", [], 0
            if not same:
                self.certainty, self.certainty_note = "", ""
            self.state = self._pack(scene)
            self.caption = caption

    def _describe(self, scene):
        order = np.argsort(-np.abs(np.nan_to_num(scene.change_n)))[:3]
        words = [
            f"{self.picture['structures'][k]['name']}: {_say_change(scene.change_n[k])}"
            for k in order
            if change_word(np.nan_to_num(scene.change_n[k]), self.span_n) != "no change"
        ]
        return (
            "Changed most: " + "; ".join(words) + "."
            if words
            else "No tension changes enough to be seen."
        )

    def to_svg(self):
        """Draw the same picture as one SVG that needs neither Python nor a browser script.

        Returns
        -------
        str
            A standalone SVG document, with a title, a description and a legend.
        """
        from .still import write_svg  # which draws scenes, and so imports this module

        return write_svg(self)


def _say_change(newtons):
    return (
        f"{abs(newtons):.{0 if abs(newtons) >= 9.95 else 1}f} N {'more' if newtons > 0 else 'less'}"
    )
