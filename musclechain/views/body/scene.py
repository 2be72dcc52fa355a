"""What one picture of the body shows: tensions, marks and posture as numbers."""

from dataclasses import dataclass, replace

import numpy as np

from musclechain.views.body.outline.curves import project_points

__all__ = [
    "CERTAINTY",
    "EXAGGERATIONS",
    "VIEWS",
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
