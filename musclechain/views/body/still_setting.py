"""What a still picture of the body map shows: how it is set, which figures, what is lit up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.chains import Chain
from musclechain.views.body.look import Style, scale_style
from musclechain.views.body.outline.curves import Anchor, Curves, project_points
from musclechain.views.body.outline.drawing import Group
from musclechain.views.body.scene import (
    EXAGGERATIONS,
    VIEW_NAMES,
    Rectangle,
    Scene,
    build_rest_scene,
    find_frames,
    unpack_scene,
)
from musclechain.views.body.svg import Spot, write_coarse_way, write_node, write_way

if TYPE_CHECKING:
    from musclechain.views.body.widget import BodyMap

__all__ = [
    "Figure",
    "Setting",
    "find_chain",
    "find_lit",
    "find_main",
    "list_figures",
    "name_pattern",
    "place_anchor",
    "place_mark",
    "set_dash",
    "trace_curves",
    "write_spot",
]

MARGIN_MM = 330.0


@dataclass(frozen=True)
class Figure:
    """One view of the body in one state.

    Attributes
    ----------
    view : str
    frame : (left, top, width, height)
        Millimetres; see `find_frames`.
    title : str
    scene : Scene
    certainty : str
        One letter for each structure, or empty.
    shift : float
        Millimetres to the right of its frame at which the figure stands.
    is_now : bool
        Whether it shows the present state, and not what that is compared with.
    """

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


class Setting:
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
    nerves : set of str
        Ids of the nerves to draw strongly.
    stage : int
        Which one of the story.
    margin : float
        Room for names on either side of a figure, mm.
    coarse : bool
        Whether ways are written in whole millimetres, and what is fine is left out.
    """

    def __init__(self, picture: "BodyMap", coarse: bool = False) -> None:
        self.map, self.coarse = picture, coarse
        self.look: dict[str, Any] = picture.picture["look"]
        self.unit: float = self.look["still_mm_per_px"]
        self.margin = MARGIN_MM if picture.labels else 0.0
        self.choice = EXAGGERATIONS.index(picture.exaggeration)
        self.numbers = {name: number for number, name in enumerate(picture.body.structures)}
        self.lit = find_lit(picture)
        self.stage = max(0, min(picture.step, len(picture.story) - 1))
        self.nerves = self._find_nerves()
        self.rest = build_rest_scene(picture.body)
        is_compared = picture.against and not picture.veiled
        self.before = unpack_scene(picture.against, picture.body) if is_compared else self.rest
        self.shown = unpack_scene(picture.read_shown(), picture.body)

    def _find_nerves(self) -> set[str]:
        """Find what is lit up with what was picked, or the nerve of the selected muscle, as far as
        nerves are drawn."""
        if self.map.supply:
            return set(self.map.supply["nerves"])
        if not (self.map.nerves and self.map.selected):
            return set()
        number = self.numbers[self.map.selected]
        nerves = self.map.picture["nerves"].items()
        return {name for name, nerve in nerves if number in nerve["supplies"]}

    def scale(self, style: Style) -> dict[str, Any]:
        """Give a style whose lengths are pixels its millimetres."""
        return scale_style(style, self.unit)

    def is_shown(self, group: Group) -> bool:
        """Whether a group is drawn: a nerve and a root when nerves are, a patch of skin where skin
        is shown or it is lit, else down from the uppermost layer."""
        if group.curves[0][0] == "patch":
            return self.map.skin or group.supply in self.map.supply.get("skin", ())
        return self.map.nerves if group.nerve or group.supply else group.layer <= self.map.depth

    def is_covered(self, group: Group) -> bool:
        """Whether a structure lies under others: what is fine of it is not drawn then."""
        seen = group.sight is not None and group.sight.depth >= self.map.depth
        return bool(group.structure) and not group.behind and not seen


def list_figures(setting: Setting) -> list[Figure]:
    """List the figures from left to right; in a comparison each view comes twice.

    Parameters
    ----------
    setting : Setting

    Returns
    -------
    list of Figure
    """
    states = _list_states(setting)
    moves = [state.scene.transforms[setting.choice] for state in states]
    frames = find_frames(setting.map.drawing, moves)
    figures: list[Figure] = []
    at = 0.0
    for view in setting.map.views:
        left, _, wide, _ = frames[view]
        for state in states:
            title = f"{VIEW_NAMES[view]}, {state.word}" if state.word else VIEW_NAMES[view]
            figures.append(
                Figure(
                    view=view,
                    frame=frames[view],
                    title=title,
                    scene=state.scene,
                    certainty=state.certainty,
                    shift=at + setting.margin - left,
                    is_now=state.is_now,
                )
            )
            at += wide + 2 * setting.margin
    return figures


def _list_states(setting: Setting) -> list[_State]:
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
    before = _State("before", setting.before, "", is_now=False)
    return [before, _State("after", setting.shown, certainty)]


def find_lit(picture: "BodyMap") -> set[str] | None:
    """Find what is lit up with the selected structure of a body map.

    Parameters
    ----------
    picture : BodyMap

    Returns
    -------
    set of str, or None
        Ids of its chain or of its root family, or of what hangs together with what was picked;
        None where nothing is dimmed.
    """
    if picture.supply:
        return {picture.body.structures[number] for number in picture.supply["structures"]}
    chosen = picture.selected
    if not chosen or picture.highlight == "none":
        return None
    if picture.highlight == "chain":
        chain = find_chain(picture)
        return set(chain.stations) if chain else None
    structures = picture.picture["structures"]
    mine = set(structures[picture.body.structures.index(chosen)]["roots"])
    asked = {picture.lit} & mine or mine
    if not asked:
        return None
    family = {structure["id"] for structure in structures if asked & set(structure["roots"])}
    return {chosen} | family


def find_chain(picture: "BodyMap") -> Chain | None:
    """Find the chain that is lit up: the one that is asked for, or the first of the structure.

    Parameters
    ----------
    picture : BodyMap

    Returns
    -------
    Chain or None
    """
    if not picture.selected or picture.highlight != "chain":
        return None
    chains = {
        key: chain
        for key, chain in picture.body.chains.items()
        if picture.selected in chain.stations
    }
    return chains.get(picture.lit) or next(iter(chains.values()), None)


def name_pattern(pattern: Mapping[str, Any]) -> str:
    """Name a pattern of the look as the picture refers to it."""
    return f"mc-{pattern['name']}"


def set_dash(style: Style, dash: list[float]) -> dict[str, Any]:
    """Give a style other dashes; none for an empty list."""
    return {**style, "stroke-dasharray": dash} if dash else {**style}


def write_spot(setting: Setting, spot: Spot, look: Mapping[str, Any]) -> str:
    """Write a disc of ``spot_radius`` pixels.

    Parameters
    ----------
    setting : Setting
    spot : (float, float)
        Its middle, mm of the picture.
    look : mapping
        The part of the look that has ``spot_radius`` and ``spot``.

    Returns
    -------
    str
    """
    radius = look["spot_radius"] * setting.unit
    place = {"cx": float(spot[0]), "cy": float(spot[1]), "r": radius}
    return write_node("circle", place | scale_style(look["spot"], radius))


def place_anchor(anchor: Anchor, moves: NDArray[np.float64], view: str) -> NDArray[np.float64]:
    """Place the anchor of a group in the picture.

    Parameters
    ----------
    anchor : Anchor
    moves : numpy.ndarray, shape (bones, 3, 4)
    view : str

    Returns
    -------
    numpy.ndarray, shape (2,)
        Millimetres, to the right and downward.
    """
    point, bones, share = anchor
    row = share * moves[bones[0]] + (1 - share) * moves[bones[1]]
    return project_points((row[:, :3] @ point + row[:, 3])[None], view)[0]


def place_mark(
    setting: Setting, figure: Figure, name: str, moves: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Place a landmark in the picture; see `place_anchor`."""
    bone, point = setting.map.drawing.marks[name]
    move = moves[list(setting.map.body.bones).index(bone)]
    return project_points((move[:, :3] @ point + move[:, 3])[None], figure.view)[0]


def trace_curves(setting: Setting, curves: Curves, moves: NDArray[np.float64], view: str) -> str:
    """Write curves as the way of a path, in whole millimetres for a coarse picture.

    Parameters
    ----------
    setting : Setting
    curves : Curves
    moves : numpy.ndarray, shape (bones, 3, 4)
    view : str

    Returns
    -------
    str
    """
    write = write_coarse_way if setting.coarse else write_way
    return "".join(
        write(line, curves.closed)
        for line in curves.split(project_points(curves.place(moves), view))
    )


def find_main(setting: Setting, group: Group) -> Curves:
    """Find the curves that marks are drawn on: the belly, or else the outermost ones."""
    filled = (curves for role, curves in group.curves if role in setting.look["filled"])
    return next(filled, group.curves[0][1])
