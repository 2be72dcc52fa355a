"""What one picture of the body shows: tensions, marks and posture as numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.sides import SIDES
from musclechain.mechanics.outcome import find_angles
from musclechain.mechanics.spread import Result
from musclechain.mechanics.story import Stage
from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.outline.drawing import Drawing

__all__ = [
    "CERTAINTY",
    "EXAGGERATIONS",
    "FOOT_MM",
    "VIEWS",
    "VIEW_NAMES",
    "VIEW_SIDES",
    "Rectangle",
    "Scene",
    "Step",
    "are_same_moves",
    "build_rest_scene",
    "find_boards",
    "find_factor",
    "find_frames",
    "find_still_moves",
    "is_same_scene",
    "list_steps",
    "match_scene",
    "pack_scene",
    "read_days",
    "read_levels",
    "read_reference",
    "read_scene",
    "unpack_scene",
]


EXAGGERATIONS = (1, 5, 10)


VIEW_NAMES = {"back": "Back", "left": "Left side", "front": "Front", "right": "Right side"}


VIEWS = tuple(VIEW_NAMES)


# What lies to the left and to the right of each picture.
VIEW_SIDES = {
    "back": ("left", "right"),
    "left": ("front", "back"),
    "front": ("right", "left"),
    "right": ("back", "front"),
}


# About as far may a bone be drawn turned or moved, or the picture would fold and leave its frame.
WIDEST_TURN_DEG, WIDEST_MOVE_MM = 30.0, 95.0
# Up to which share of it a posture is drawn as large as asked, and from which on as it is.
ROOMY, WHOLE = 0.9, 1.6


OVERLOADED = 1


# How close two postures are that count as the same, mm.
SAME_MM = 1e-4


LEVELS = 4


# Beside a body that leans, and under its feet.
SLACK_MM, FOOT_MM = 12.0, 34


# How sure a change is: its word, the letter that travels, and what the word means.
CERTAINTY = {
    "settled": ("s", "its direction holds in nearly all bodies tried"),
    "likely": ("l", "its direction holds in most bodies tried"),
    "depends": ("d", "its direction differs among the bodies tried"),
}


# How high a step is drawn. What hangs lower by less is told to hang as high.
STEP_MM, SAME_HEIGHT_MM = 40.0, 1.0


HEALTHY = "The healthy body, standing on both feet."


# Left, top, width and height, mm of a picture.
Rectangle = tuple[float, float, float, float]


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

    change_n: NDArray[np.float64]
    before_n: NDArray[np.float64]
    flags: NDArray[np.int_]
    factors: tuple[float, ...]
    transforms: NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """One stage of a story, and what it shows."""

    stage: Stage
    scene: Scene


def build_rest_scene(body: Body) -> Scene:
    """Build the scene of the healthy body at rest.

    Parameters
    ----------
    body : Body

    Returns
    -------
    Scene
    """
    count = len(body.structures)
    return Scene(
        change_n=np.full(count, np.nan),
        before_n=np.full(count, np.nan),
        flags=np.zeros(count, int),
        factors=(1.0,) * len(EXAGGERATIONS),
        transforms=np.stack([find_still_moves(len(body.bones))] * len(EXAGGERATIONS)),
    )


def find_still_moves(bones: int) -> NDArray[np.float64]:
    """Find the transforms of bones that have not moved.

    Parameters
    ----------
    bones : int
        How many.

    Returns
    -------
    numpy.ndarray, shape (bones, 3, 4)
    """
    return np.tile(np.eye(4)[:3], (bones, 1, 1))


def read_scene(result: Result, beside: Sequence[Result] = ()) -> Scene:
    """Read what a result of `spread` shows.

    Parameters
    ----------
    result : Result
    beside : sequence of Result
        Other states that are drawn no more and no fewer times larger than computed.

    Returns
    -------
    Scene
    """
    return _read_posed(result, _list_factors(result, beside))


def _read_posed(result: Result, factors: tuple[float, ...]) -> Scene:
    columns = result.columns
    tensions = _list_tensions(
        result, columns["before_N"], columns["after_N"], _list_overloaded(result)
    )
    return _pose_scene(tensions, result, factors)


def read_reference(result: Result, beside: Sequence[Result] = ()) -> Scene:
    """Read what a result is compared with, as a scene in which nothing changes.

    Parameters
    ----------
    result : Result
        Compared with another state; see `Result.against`.
    beside : sequence of Result
        See `read_scene`.

    Returns
    -------
    Scene
        In the posture of that state, drawn as many times larger than computed as the result is.
    """
    before = result.columns["before_N"]
    tensions = _list_tensions(result, before, before, ())
    return _pose_scene(tensions, result.reference or result, _list_factors(result, beside))


def _list_tensions(
    result: Result,
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    overloaded: Collection[str],
) -> Scene:
    """Build a scene of these tensions (N, in the order of the table) in which nothing moves."""
    body = result.body
    numbers = {name: number for number, name in enumerate(body.structures)}
    rows = [numbers[name] for name in result.skeleton.structures]
    scene = build_rest_scene(body)
    scene.before_n[rows] = before
    scene.change_n[rows] = after - before
    scene.flags[[numbers[name] for name in overloaded]] |= OVERLOADED
    return scene


def _list_factors(result: Result, beside: Sequence[Result] = ()) -> tuple[float, ...]:
    """List how many times larger than computed the posture of a result is drawn, that of what it is
    compared with, and of what is seen beside it."""
    shown = [result, *([result.reference] if result.reference else []), *beside]
    size = max(map(_find_size, shown))
    return tuple(find_factor(asked, size) for asked in EXAGGERATIONS)


def find_factor(asked: float, size: float) -> float:
    """Find how many times larger a posture of this size is drawn.

    As asked while it is small; from there on what is drawn still grows with the posture, so that a
    deeper bend is always seen to be deeper, up to a posture that is drawn as it is.

    Parameters
    ----------
    asked : float
        How many times, 1 at least.
    size : float
        Of the posture, as a share of what folds nothing when it is drawn.

    Returns
    -------
    float
        1 to `asked`.
    """
    drawn = np.interp(size, [0, ROOMY / asked, WHOLE], [0, ROOMY, WHOLE])
    return float(np.clip(drawn / size, 1, asked)) if size else float(asked)


def _pose_scene(scene: Scene, result: Result, factors: tuple[float, ...]) -> Scene:
    bones = result.body.bones
    transforms = [
        [_to_mm(moves[bone]) for bone in bones] for moves in map(result.transforms, factors)
    ]
    return replace(scene, factors=factors, transforms=np.array(transforms))


def _find_size(result: Result) -> float:
    """Find how far a posture is from rest, as a share of what folds nothing when it is drawn."""
    body, moves = result.body, result.transforms()
    turns = (np.clip((np.trace(move[:3, :3]) - 1) / 2, -1, 1) for move in moves.values())
    widest = float(max(np.degrees(np.arccos(turn)) for turn in turns))
    centres = {
        bone: np.append(np.array(body.graph.nodes[bone]["com_mm"]) / 1000, 1) for bone in body.bones
    }
    furthest = max(
        1000 * float(np.linalg.norm((move @ centres[bone] - centres[bone])[1:3]))
        for bone, move in moves.items()
    )
    return max(widest / WIDEST_TURN_DEG, furthest / WIDEST_MOVE_MM)


def _to_mm(move: NDArray[np.float64]) -> NDArray[np.float64]:
    return move[:3] * [1, 1, 1, 1000]


def list_steps(result: Result, beside: Sequence[Result] = ()) -> list[Step]:
    """List what is shown at each stage of the story of a result.

    Parameters
    ----------
    result : Result
    beside : sequence of Result
        See `read_scene`.

    Returns
    -------
    list of Step
        The last one shows the result, to the last digit.
    """
    before, last = result.columns["before_N"], read_scene(result, beside)
    begin = build_rest_scene(result.body)
    if result.reference:
        begin = read_reference(result, beside)
    still = begin.transforms
    overloaded, told, steps = set(_list_overloaded(result)), set(), []
    stages = result.story()
    for stage in stages:
        if stage.route not in ("", "pull"):
            told |= set(stage.reached) & overloaded
        scene = _list_tensions(result, before, before + stage.changes.to_numpy(), sorted(told))
        moved = still + stage.pose * (last.transforms - still)
        steps.append(Step(stage, replace(scene, factors=last.factors, transforms=moved)))
    return [*steps[:-1], Step(stages[-1], last)]


def read_days(results: Sequence[Result]) -> list[Scene]:
    """Read what the states of some days show, all drawn as many times larger than computed.

    Parameters
    ----------
    results : sequence of Result
        Of one body.

    Returns
    -------
    list of Scene
    """
    each = [_list_factors(result) for result in results]
    factors = tuple(map(min, zip(*each, strict=True)))
    return [_read_posed(result, factors) for result in results]


def _list_overloaded(result: Result) -> list[str]:
    names = result.skeleton.structures
    return [name for name, over in zip(names, result.overloaded, strict=True) if over]


def find_boards(
    result: Result,
    scene: Scene,
    bones: Sequence[str],
    marks: Mapping[str, tuple[str, NDArray[np.float64]]],
    sole_mm: ArrayLike,
) -> dict[str, float]:
    """Find what the feet stand on where that is not the floor.

    Parameters
    ----------
    result : Result
    scene : Scene
        Of the result.
    bones : sequence of str
    marks : dict
        See `Drawing.marks`.
    sole_mm : array_like, shape (2, 3)
        Two corners of a sole from its ankle: forward, up, to the right.

    Returns
    -------
    dict of str to float
        By side how high a step is drawn, mm: under the standing foot where the other hangs below
        its sole. 0 for a board that reaches from the floor to a foot whose ground is raised.
    """
    change, free = result.change, result.change.lifted_foot
    boards = {side: 0.0 for side, height in change.lift_mm.items() if height > 0 and side != free}
    if not free or not {"ankle_left", "ankle_right"} <= marks.keys():
        return boards
    low = {}
    for side in SIDES:
        bone, ankle = marks[f"ankle_{side}"]
        move = scene.transforms[0][list(bones).index(bone)]
        low[side] = min(move[1, :3] @ corner + move[1, 3] for corner in ankle + np.asarray(sole_mm))
    standing = "right" if free == "left" else "left"
    return boards | ({standing: STEP_MM} if low[free] < low[standing] - SAME_HEIGHT_MM else {})


def match_scene(scene: Scene, other: Body, body: Body) -> Scene:
    """Put a scene of another body (with a structure cut, say) into the order of this one.

    Parameters
    ----------
    scene : Scene
        Of the other body.
    other, body : Body

    Returns
    -------
    Scene
        NaN for what the other body lacks.
    """
    numbers = {name: number for number, name in enumerate(other.structures)}
    rows = np.array([numbers.get(name, -1) for name in body.structures])
    missing = rows < 0
    bones = [list(other.bones).index(bone) for bone in body.bones]
    return replace(
        scene,
        change_n=np.where(missing, np.nan, scene.change_n[rows]),
        before_n=np.where(missing, np.nan, scene.before_n[rows]),
        flags=np.where(missing, 0, scene.flags[rows]),
        transforms=scene.transforms[:, bones],
    )


def is_same_scene(scene: Scene, other: Scene) -> bool:
    """Whether two scenes show the same changes in the same posture."""
    return np.allclose(scene.change_n, other.change_n, equal_nan=True) and np.allclose(
        scene.transforms[0], other.transforms[0]
    )


def are_same_moves(moves: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """Whether two rows of bone transforms show the same posture."""
    return bool((np.abs(moves - others) <= SAME_MM).all())


def read_levels(
    scene: Scene, bones: Sequence[str], marks: Mapping[str, tuple[str, NDArray[np.float64]]]
) -> NDArray[np.float64]:
    """Read how level a body stands, as computed: the drawn factor plays no part. Pelvis and trunk
    as `Result.pose` has them, so that table, story and picture say the same number; the shoulders
    by the line through both.

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
    numbers = {bone: number for number, bone in enumerate(bones)}
    moves = scene.transforms[0]
    flexion, side_bend, _ = find_angles(moves[:, :, :3]).T

    def turn(angles: NDArray[np.float64], *needed: str) -> float:
        known = set(needed) <= marks.keys()
        return float(angles[numbers[marks[needed[0]][0]]]) if known else np.nan

    def tilt(first: str, second: str) -> float:
        if first not in marks or second not in marks:
            return np.nan
        (_, up, right), (_, other_up, other_right) = (
            moves[numbers[bone]] @ np.append(point, 1)
            for bone, point in (marks[first], marks[second])
        )
        return np.degrees(np.arctan2(other_up - up, abs(other_right - right)))

    return np.array(
        [
            -turn(side_bend, "crest_left", "crest_right"),
            tilt("shoulder_left", "shoulder_right"),
            turn(flexion, "low_back"),
            turn(flexion, "neck_base"),
        ]
    )


def pack_scene(
    scene: Scene, version: int, levels: Sequence[float] | NDArray[np.float64] = (0.0,) * LEVELS
) -> bytes:
    """Pack a scene as float32 bytes.

    The order is: version, number of structures, factors, levels (degrees),
    change (N), before (N), flags, and the transforms row by row for each
    exaggeration.

    Parameters
    ----------
    scene : Scene
    version : int
    levels : sequence of float
        See `read_levels`.

    Returns
    -------
    bytes
    """
    head = [version, len(scene.change_n), *scene.factors, *levels]
    return (
        np.concatenate(
            [head, scene.change_n, scene.before_n, scene.flags, scene.transforms.ravel()]
        )
        .astype("<f4")
        .tobytes()
    )


def unpack_scene(data: bytes, body: Body) -> Scene:
    """Read a scene of a body back from the bytes of `pack_scene`.

    Parameters
    ----------
    data : bytes
    body : Body

    Returns
    -------
    Scene
    """
    numbers = np.frombuffer(data, "<f4").astype(float)
    count, choices = len(body.structures), len(EXAGGERATIONS)
    start = 2 + choices + LEVELS
    change, before, flags = numbers[start : start + 3 * count].reshape(3, count)
    return Scene(
        change_n=change,
        before_n=before,
        flags=flags.astype(int),
        factors=tuple(numbers[2 : 2 + choices].tolist()),
        transforms=numbers[start + 3 * count :].reshape(choices, len(body.bones), 3, 4),
    )


def find_frames(
    drawing: Drawing, moves: Iterable[NDArray[np.float64]] = ()
) -> dict[str, Rectangle]:
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
    moves = list(moves)
    return {view: _find_frame(drawing, view, moves) for view in drawing.frames}


def _find_frame(drawing: Drawing, view: str, moves: list[NDArray[np.float64]]) -> Rectangle:
    left, top, wide, tall = drawing.frames[view]
    skin = [
        curves for group in drawing.views[view] for role, curves in group.curves if role == "skin"
    ]
    still, moved = (
        [project_points(points, view)[:, 0] for points in placed]
        for placed in (
            [curves.points for curves in skin],
            [curves.place(move) for curves in skin for move in moves],
        )
    )
    if still:
        left = round((min(map(np.min, still)) + max(map(np.max, still)) - wide) / 2)
    if moved:
        low = min(left, *(row.min() - SLACK_MM for row in moved))
        high = max(left + wide, *(row.max() + SLACK_MM for row in moved))
        left, wide = low, high - low
    return (left, top, wide, tall + FOOT_MM)  # room under the feet for the names of the sides
