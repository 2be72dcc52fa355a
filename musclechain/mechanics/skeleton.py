"""From a pose to the geometry of pull.

The body is a tree of rigid bones. Its small movements are described by the
coordinates ``u``: the three translations of the root bone, the three world
rotations of every bone, and the free slides of every soft junction. For a pose
this module gives the matrix ``B`` (the rigidity matrix times the tree
kinematics of Section 2.2 of textbooks on tensegrity): ``elongation = B u`` and,
by virtual work, ``B.T t`` is the load that the tensions ``t`` balance.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
import scipy  # its parts load when they are first asked for: few joints turn half round

from musclechain.anatomy.body import Body, Line
from musclechain.anatomy.records import DIRECTIONS, JOINT_AXES
from musclechain.mechanics.change import SolveError
from musclechain.mechanics.turns import Turns, list_turns

__all__ = [
    "Geometry",
    "Midway",
    "Pose",
    "Skeleton",
    "build_skeleton",
    "cross",
    "diagonal",
    "find_geometry",
    "find_midway",
    "gather_below",
    "moment_axes",
    "place_bones",
    "rotate",
    "rotation_vector",
    "skew",
    "spread_forces",
    "turn_joints",
]

GRAVITY = 9.81
NEEDED_BONES = ("foot_left", "foot_right", "head")  # what stands, and what stays level
WORLD = np.eye(3)  # the axes of the world
# the matrix of the vector product with each unit vector, row by row: the slope of a rotation matrix
TURNING = np.array(
    [[0, 0, 0, 0, 0, -1, 0, 1, 0], [0, 0, 1, 0, 0, 0, -1, 0, 0], [0, -1, 0, 1, 0, 0, 0, 0, 0]],
    float,
)
# what makes of a matrix, row by row, its turning and its trace
TWIST_AND_TRACE = np.concatenate([TURNING.T, WORLD.reshape(9, 1)], axis=1)
# far less than any number counts for, so that nothing is divided by zero
NOTHING = 1e-300
# clinical angles (flexion, side bend or abduction, rotation) -> turns about Z, X, Y
TRUNK_SIGNS = (-1.0, 1.0, -1.0)
LIMB_SIGNS = {
    ("thigh", "right"): (1.0, -1.0, 1.0),
    ("thigh", "left"): (1.0, 1.0, -1.0),
    ("shank", "right"): (-1.0, -1.0, 1.0),
    ("shank", "left"): (-1.0, 1.0, -1.0),
    ("foot", "right"): (1.0, -1.0, 1.0),
    ("foot", "left"): (1.0, 1.0, -1.0),
    ("shoulder_girdle", "right"): (1.0, -1.0, 1.0),
    ("shoulder_girdle", "left"): (1.0, 1.0, -1.0),
    ("arm", "right"): (1.0, -1.0, 1.0),
    ("arm", "left"): (1.0, 1.0, -1.0),
}


def cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Vector product over the last axis; for small arrays several times faster than numpy.cross."""
    a0, a1, a2 = a[..., 0], a[..., 1], a[..., 2]
    b0, b1, b2 = b[..., 0], b[..., 1], b[..., 2]
    first = a1 * b2
    product = np.empty((*first.shape, 3))
    np.subtract(first, a2 * b1, out=product[..., 0])
    np.subtract(a2 * b0, a0 * b2, out=product[..., 1])
    np.subtract(a0 * b1, a1 * b0, out=product[..., 2])
    return product


def skew(v: np.ndarray) -> np.ndarray:
    """Matrices of the vector product with v: shape (..., 3) -> (..., 3, 3)."""
    return (v @ TURNING).reshape(*v.shape, 3)


def diagonal(matrix: np.ndarray) -> np.ndarray:
    """Diagonal of a matrix, to be read or written."""
    return np.einsum("ii->i", matrix)


def rotate(vector: np.ndarray) -> np.ndarray:
    """Rotation matrices of rotation vectors (radians): shape (..., 3) -> (..., 3, 3)."""
    angle = np.sqrt(np.einsum("...i,...i->...", vector, vector)) + NOTHING
    return _turn(_turning(vector / angle[..., None]), angle)


def rotation_vector(matrix: np.ndarray) -> np.ndarray:
    """Rotation vectors (radians) of rotation matrices: shape (..., 3, 3) -> (..., 3)."""
    # the library's own checks cost more than the answer, and the pose asks at every step
    read = matrix.reshape(-1, 9) @ TWIST_AND_TRACE
    twist, cosine = read[:, :3], read[:, 3] - 1
    if (cosine < -1.5).any():  # near half a turn the difference says too little
        return scipy.spatial.transform.Rotation.from_matrix(matrix).as_rotvec()
    sine = np.sqrt(np.einsum("ij,ij->i", twist, twist)) + NOTHING
    vector: np.ndarray = twist * (np.arctan2(sine, cosine) / sine)[:, None]
    return vector.reshape(matrix.shape[:-1])


@dataclass(frozen=True)
class Skeleton:
    """A body as arrays: bones in tree order, lines of pull as points on bones.

    Lengths in metres, forces in N. `joint` and `point` are world positions in
    the reference posture, in which every bone has the identity orientation.
    """

    bones: tuple[str, ...]
    parent: np.ndarray  # (bones,) index, -1 for the root
    below: np.ndarray  # (bones, bones) 1 where the second hangs on the first, or is it
    turns: Turns  # of the root and of every joint
    joint: np.ndarray  # (bones, 3) where the bone hangs on its parent
    com: np.ndarray  # (bones, 3)
    mass: np.ndarray  # (bones,) kg
    # (bones, 3, 3) what each clinical angle (flexion, side bend, rotation) turns about, in the
    # reference posture
    axis: np.ndarray
    oblique: np.ndarray  # (bones,) bool: whether the joint has axes of its own
    joint_names: tuple[str | None, ...]  # None for the root
    # (bones, 3) Nm/rad about X, Y, Z, or the axes of its own for side bend, rotation, flexion
    joint_stiffness: np.ndarray
    # what ligaments and discs give of it, (bones, 3) Nm/rad by flexion, side bend, rotation
    joint_passive: np.ndarray
    # where the ends of the range begin: (bones, 3, 2) angle rad, moment Nm, steepness rad, toward
    # more and toward less
    stop_angle: np.ndarray
    stop_moment: np.ndarray
    stop_steepness: np.ndarray
    allowance: np.ndarray  # (bones, 3) Nm about the same axes as joint_stiffness
    lines: tuple[tuple[str, int], ...]  # (structure, number) of every computed line
    structure: np.ndarray  # (lines,) index into `structures`
    structures: tuple[str, ...]
    line_of: np.ndarray  # (points,)
    # (points,) the bone that carries the point; of one that takes half of the turn of a joint, the
    # bone beyond
    bone_of: np.ndarray
    midway: np.ndarray  # (points that do so,) index into `point`
    midway_joint: np.ndarray  # (points that do so,) index into `midway_bone`
    midway_bone: np.ndarray  # (joints with such points,) the bone beyond
    point: np.ndarray  # (points, 3)
    start: np.ndarray  # (segments,) index of each segment's first point
    slide_of: np.ndarray  # (points,) index of the junction that the point is, or -1
    slide_bone: np.ndarray  # (slides,) carrier bone of each free direction
    slide_axis: np.ndarray  # (slides, 3)
    slide_junction: np.ndarray  # (slides,) junction index of each free direction
    junctions: tuple[str, ...]
    is_muscle: np.ndarray  # (lines,)
    is_free_strand: np.ndarray  # (lines,) tissue that ends in a junction
    pcsa: np.ndarray  # (lines,) m2; 0 for tissue
    fibre: np.ndarray  # (lines,) m, along the line; 0 for tissue
    slack: np.ndarray  # (lines,) m
    stiffness: np.ndarray  # (lines,) N/m of tissue; 0 for muscle
    pretension: np.ndarray  # (lines,) N
    strength: np.ndarray  # (lines,) factor
    softness: np.ndarray  # (lines,) factor on the resting stiffness of muscle
    tone: np.ndarray  # (lines,) share added to the resting tone
    feet: tuple[int, int]  # indices of the left and right foot
    sole: np.ndarray  # (2, 3) where each foot carries its load
    constants: dict[str, float]  # the parameters of the model

    @property
    def size(self) -> int:
        """Number of coordinates in `u`."""
        return 3 + 3 * len(self.bones) + len(self.slide_axis)

    @cached_property
    def axis_turning(self) -> tuple[np.ndarray, np.ndarray]:
        """Of every clinical angle and bone, what a turn about its axis is made of: two arrays of
        shape (3, bones, 3, 3)."""
        return _turning(self.axis.swapaxes(0, 1))

    @cached_property
    def slide_ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The points that are junctions, once for each free direction, and which direction."""
        end, way = np.nonzero(self.slide_of[:, None] == self.slide_junction)
        return end, way

    def with_changes(self, **changes: Any) -> "Skeleton":
        """Copy with some arrays exchanged."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Pose:
    """Where every bone is: `rotation` (bones, 3, 3) and `origin` (bones, 3), the place of its
    joint. `axis` (bones, 3, 3) is what each of its `angles` (bones, 3; degrees, clinical signs)
    turns about, in the axes of the parent bone."""

    angles: np.ndarray
    axis: np.ndarray
    rotation: np.ndarray
    origin: np.ndarray


@dataclass(frozen=True)
class Geometry:
    """Lines, arms and masses in one pose."""

    pose: Pose
    points: np.ndarray  # (points, 3)
    direction: np.ndarray  # (segments, 3)
    segment: np.ndarray  # (segments,) lengths
    length: np.ndarray  # (lines,)
    pull: np.ndarray  # (points, 3) force on each point per newton of tension
    matrix: np.ndarray  # (lines, size) B: elongation per unit of u
    midway: "Midway"
    slide_axis: np.ndarray  # (slides, 3) in the world
    com: np.ndarray  # (bones, 3)


@dataclass(frozen=True)
class Midway:
    """What takes half of the turn of a joint: where several segments of the spine bend as one
    joint, it stands for the one in the middle.

    Attributes
    ----------
    rotation : numpy.ndarray, shape (joints, 3, 3)
        World orientation, half-way between parent and child about the axis of the whole turn.
    lag : numpy.ndarray, shape (joints, 3)
        With a turn ``w`` of the child against the parent it turns by ``(w - lag x w) / 2``: along
        the axis of the joint's turn, the tangent of a quarter of its angle.
    """

    rotation: np.ndarray
    lag: np.ndarray


def build_skeleton(body: Body) -> Skeleton:
    """Compile the graph of a body into arrays.

    Parameters
    ----------
    body : Body

    Returns
    -------
    Skeleton

    Raises
    ------
    SolveError
        If a foot or the head is gone, or nothing is left that pulls.
    """
    graph, bones = body.graph, body.bones
    index = {bone: i for i, bone in enumerate(bones)}
    gone = [bone for bone in NEEDED_BONES if bone not in index]
    if gone:
        raise SolveError(
            f"The body has no bone called {gone[0]!r}, and cannot stand or look ahead without it."
            " Cut soft structures instead."
        )
    parent = np.array([index.get(graph.nodes[bone]["parent"], -1) for bone in bones])
    below = np.eye(len(bones))
    for child in range(len(bones) - 1, 0, -1):
        below[parent[child]] += below[child]
    constants = {name: row.value for name, row in graph.graph["parameters"].items()}
    joints = [_find_joint(graph, bone) for bone in bones]
    com = np.array([graph.nodes[bone]["com_mm"] for bone in bones]) / 1e3
    place = (
        np.array(
            [
                joint["place_mm"] if joint else graph.nodes[bone]["com_mm"]
                for bone, joint in zip(bones, joints, strict=True)
            ]
        )
        / 1e3
    )
    stiffness = (
        np.array([joint["stiffness_nm_per_deg"] if joint else (0, 0, 0) for joint in joints])
        * 180
        / np.pi
    )
    stiffness = stiffness * constants["joint_stiffness_factor"]
    share = np.array([joint.get("passive_share", 0.0) if joint else 0.0 for joint in joints])
    feet = index["foot_left"], index["foot_right"]
    sole = place[list(feet)] + [constants["support_forward"] / 1e3, 0, 0]
    sole[:, 1] = constants["ground_height"] / 1e3
    return Skeleton(
        bones=bones,
        parent=parent,
        below=below,
        turns=list_turns(below),
        joint=place,
        com=com,
        mass=np.array([graph.nodes[bone]["mass_kg"] for bone in bones]) * constants["mass_factor"],
        axis=np.array(
            [
                _find_axes(bone, graph.nodes[bone]["side"], joint or {})
                for bone, joint in zip(bones, joints, strict=True)
            ]
        ),
        oblique=np.array([bool(joint and joint.get("oblique_axes")) for joint in joints]),
        joint_names=tuple(joint["joint"] if joint else None for joint in joints),
        joint_stiffness=stiffness,
        joint_passive=share[:, None] * stiffness[:, [2, 0, 1]],
        **_lay_out_stops(joints),
        allowance=np.array([joint["allowance_nm"] if joint else (1, 1, 1) for joint in joints])
        * constants["allowance_factor"],
        feet=feet,
        sole=sole,
        constants=constants,
        **_compile_lines(body, index, place, constants),
    )


def _lay_out_stops(joints: list[dict | None]) -> dict[str, Any]:
    """Lay the ends of the joints' ranges out as arrays; where there is none its moment is 0."""
    shape = (len(joints), len(JOINT_AXES), len(DIRECTIONS))
    angle, moment, steepness = np.zeros(shape), np.zeros(shape), np.ones(shape)
    for bone, joint in enumerate(joints):
        for axis, direction, degrees, newton_metres, step in (joint or {}).get("stops", ()):
            place = bone, JOINT_AXES.index(axis), DIRECTIONS.index(direction)
            angle[place], moment[place] = np.radians(degrees), newton_metres
            steepness[place] = np.radians(step)
    return {"stop_angle": angle, "stop_moment": moment, "stop_steepness": steepness}


def _find_axes(bone: str, side: str, joint: dict) -> np.ndarray:
    """Find the axes of the clinical angles of a joint: those of the body, or the joint's own."""
    limb = bone.removesuffix("_left").removesuffix("_right")
    axes = np.eye(3)[[2, 0, 1]] * np.array(LIMB_SIGNS.get((limb, side), TRUNK_SIGNS))[:, None]
    for name, line in joint.get("oblique_axes", ()):
        place = JOINT_AXES.index(name)
        own = np.array(line) / np.linalg.norm(line)
        # the data give a line; the angle grows the same way as about the usual axis
        axes[place] = own * np.sign(own @ axes[place])
    return axes


def _find_joint(graph: nx.MultiGraph, bone: str) -> dict | None:
    parent = graph.nodes[bone]["parent"]
    if parent == "ground":
        return None
    return next(
        d for d in graph.get_edge_data(bone, parent).values() if d.get("kind") == "articulates"
    )


def _compile_lines(
    body: Body, index: dict[str, int], joint: np.ndarray, constants: dict[str, float]
) -> dict[str, Any]:
    """Lay the computed lines of a body out as arrays of points and of properties."""
    graph, lines = body.graph, [line for line in body.lines if line.computed]
    if not lines:
        raise SolveError(
            "Nothing is left that pulls from one bone to another, so nothing can hold the body up."
            " Undo a cut."
        )
    junctions = tuple(body.junctions)
    position = {name: i for i, name in enumerate(junctions)}
    structures = tuple(dict.fromkeys(line.structure for line in lines))
    row = {name: i for i, name in enumerate(structures)}
    places = [place for line in lines for place in line.places]
    carrier = [
        index[place] if place in index else index[body.junctions[place]["bone"]] for place in places
    ]
    counts = [len(line.places) for line in lines]
    first = np.cumsum([0, *counts[:-1]])
    node = [graph.nodes[line.structure] for line in lines]
    muscle = np.array([data["kind"] == "muscle" for data in node])
    values = [line.values for line in lines]

    def column(key: str, unit: float = 1.0) -> np.ndarray:
        return np.array([value.get(key, 0.0) * unit for value in values])

    def factor(key: str) -> np.ndarray:
        return np.array([data.get(key, 1.0) for data in node])

    free = np.array([bool(set(line.places) & set(position)) for line in lines]) & ~muscle
    axes, bones_of, junction_of = _free_directions(body, junctions, index)
    tissue = constants["tissue_stiffness_factor"]
    return {
        "lines": tuple((line.structure, line.number) for line in lines),
        "structures": structures,
        "structure": np.array([row[line.structure] for line in lines]),
        "line_of": np.repeat(np.arange(len(lines)), counts),
        "bone_of": np.array(carrier),
        **_find_halfway(lines, np.array(carrier)),
        "point": np.concatenate([line.points for line in lines]) / 1e3,
        "start": np.concatenate(
            [np.arange(a, a + n - 1) for a, n in zip(first, counts, strict=True)]
        ),
        "slide_of": np.array([position.get(place, -1) for place in places]),
        "slide_bone": bones_of,
        "slide_axis": axes,
        "slide_junction": junction_of,
        "junctions": junctions,
        "is_muscle": muscle,
        "is_free_strand": free,
        "pcsa": column("pcsa_cm2", 1e-4),
        "fibre": column("fibre_mm", 1e-3) * np.cos(np.radians(column("pennation_deg"))),
        "slack": column("slack_mm", 1e-3),
        "stiffness": column("stiffness_n_per_mm", 1e3)
        * factor("stiffness_factor")
        * tissue
        * ~muscle,
        "pretension": column("pretension_n"),
        "strength": factor("strength_factor"),
        "softness": factor("stiffness_factor"),
        "tone": np.zeros(len(lines)),
    }


def _find_halfway(lines: list[Line], carrier: np.ndarray) -> dict[str, np.ndarray]:
    """Find the points that take half of the turn of a joint, and these joints."""
    points = np.flatnonzero([half for line in lines for half in line.midway])
    bones, joints = np.unique(carrier[points], return_inverse=True)
    return {"midway": points, "midway_joint": joints, "midway_bone": bones}


def _free_directions(
    body: Body, junctions: tuple[str, ...], index: dict[str, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the directions in which each junction can slide.

    The other directions are held by the tissue bed: a junction lies against
    its carrier bone like a rope in a pulley. The free ones are those along
    which its lines run most, so a tendon slides along itself and a sheet of
    fascia moves in its own plane.
    """
    axes: list[np.ndarray] = []
    bones: list[int] = []
    owner: list[int] = []
    for number, name in enumerate(junctions):
        junction = body.junctions[name]
        rays = []
        for i in junction["lines"]:
            line = body.lines[i]
            for end, other in ((0, 1), (-1, -2)):
                if line.places[end] == name:
                    ray = line.points[other] - line.points[end]
                    rays.append(ray / np.linalg.norm(ray))
        directions = np.linalg.svd(np.array(rays))[2][: junction["freedom"]]
        for direction in directions:
            axes.append(direction * np.sign(direction[np.argmax(np.abs(direction))]))
            bones.append(index[junction["bone"]])
            owner.append(number)
    return np.array(axes).reshape(-1, 3), np.array(bones, dtype=int), np.array(owner, dtype=int)


def turn_joints(skeleton: Skeleton, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn every joint: flexion first, then side bend about an axis that flexion has turned, then
    rotation about one that both have.

    Parameters
    ----------
    skeleton : Skeleton
    angles : numpy.ndarray, shape (bones, 3)
        Degrees, clinical signs.

    Returns
    -------
    rotation : numpy.ndarray, shape (bones, 3, 3)
        Of each bone against its parent.
    axis : numpy.ndarray, shape (bones, 3, 3)
        Bone, angle, and what it turns about, in the axes of the parent bone.
    """
    axis = skeleton.axis.copy()
    flexed, bent, turned = _turn(skeleton.axis_turning, np.radians(angles).T)
    axis[:, 1] = (flexed @ axis[:, 1, :, None])[..., 0]
    both = flexed @ bent
    axis[:, 2] = (both @ axis[:, 2, :, None])[..., 0]
    return both @ turned, axis


def moment_axes(skeleton: Skeleton, pose: Pose) -> np.ndarray:
    """Axes about which the moments of each joint are counted, in the axes of the parent bone.

    Parameters
    ----------
    skeleton : Skeleton
    pose : Pose

    Returns
    -------
    numpy.ndarray, shape (bones, 3, 3)
        Bone, row, axis: X, Y and Z. Where the joint has axes of its own these, as they stand, for
        side bend, rotation and flexion: what a hinge may not carry is a moment about its axis.
    """
    return np.where(skeleton.oblique[:, None, None], pose.axis[:, [1, 2, 0]], WORLD)


def _turning(axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Matrices of the vector product with unit axes (..., 3), once and twice: all of a rotation
    about them that does not depend on its angle."""
    once = skew(axis)
    return once, once @ once


def _turn(turning: tuple[np.ndarray, np.ndarray], angle: np.ndarray) -> np.ndarray:
    """Rotation matrices about axes, given as `_turning` does, by angles (...) in radians."""
    once, twice = turning
    turn: np.ndarray = np.sin(angle)[..., None, None] * once
    turn += (1 - np.cos(angle))[..., None, None] * twice
    turn += WORLD
    return turn


def place_bones(
    skeleton: Skeleton, angles: np.ndarray, root_rotation: np.ndarray, root_place: np.ndarray
) -> Pose:
    """Forward kinematics: joint angles and the root's place -> every bone's place.

    Parameters
    ----------
    skeleton : Skeleton
    angles : numpy.ndarray, shape (bones, 3)
        Degrees, clinical signs (flexion, side bend or abduction, rotation).
    root_rotation : numpy.ndarray, shape (3, 3)
    root_place : numpy.ndarray, shape (3,)
        World position of the root bone's reference point, metres.

    Returns
    -------
    Pose
    """
    turn, axis = turn_joints(skeleton, angles)
    rotation, origin = np.empty((len(skeleton.bones), 3, 3)), np.empty((len(skeleton.bones), 3))
    rotation[0] = root_rotation @ turn[0]
    for bone, up in enumerate(skeleton.parent[1:].tolist(), start=1):
        np.matmul(rotation[up], turn[bone], out=rotation[bone])
    step = skeleton.joint - skeleton.joint[skeleton.parent]
    origin[0], origin[1:] = root_place, (rotation[skeleton.parent] @ step[..., None])[1:, :, 0]
    return Pose(angles, axis, rotation, skeleton.below.T @ origin)


def find_midway(skeleton: Skeleton, pose: Pose) -> Midway:
    """Find how what takes half of the turn of a joint lies in a pose.

    Parameters
    ----------
    skeleton : Skeleton
    pose : Pose

    Returns
    -------
    Midway

    Notes
    -----
    With ``H`` the half turn as the parent sees it, ``H H`` is the whole one, so that a small turn
    ``w`` of the child against the parent turns what is half-way by ``inverse(I + H) w``.
    """
    child = skeleton.midway_bone
    parent = pose.rotation[skeleton.parent[child]]
    whole = rotation_vector(parent.transpose(0, 2, 1) @ pose.rotation[child])
    angle = np.sqrt((whole * whole).sum(axis=1))
    slow = np.tan(angle / 4) / np.where(angle > 0, angle, 1.0)
    lag = (parent @ (slow[:, None] * whole)[..., None])[..., 0]
    return Midway(parent @ rotate(0.5 * whole), lag)


def _carry(pose: Pose, bone: np.ndarray, point: np.ndarray, joint: np.ndarray) -> np.ndarray:
    """Move points that are fixed to bones from the reference posture into a pose."""
    # for so many points `take` and `einsum` are several times as fast as an index and a product
    rotation, arm = pose.rotation.take(bone, axis=0), point - joint.take(bone, axis=0)
    return pose.origin.take(bone, axis=0) + np.einsum("nij,nj->ni", rotation, arm)


def spread_forces(
    skeleton: Skeleton,
    pose: Pose,
    bone: np.ndarray,
    arm: np.ndarray,
    force: np.ndarray,
    owner: np.ndarray | None = None,
    owners: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Generalised load of forces on bones: their work per unit of `u`.

    Parameters
    ----------
    bone : numpy.ndarray of int, shape (n,)
    arm : numpy.ndarray, shape (n, 3)
        From the bone's origin to where the force acts, world axes.
    force : numpy.ndarray, shape (n, 3)
    owner : numpy.ndarray of int, shape (n,), optional
        Row that each force belongs to.
    owners : int
        Number of rows.

    Returns
    -------
    load : numpy.ndarray, shape (owners, 3 + 3 * bones)
    through : numpy.ndarray, shape (owners, bones, 3)
        Total force on each bone and all that hangs on it.
    """
    count = len(skeleton.bones)
    place = bone if owner is None else bone * owners + owner
    each = (3 * place[:, None] + np.arange(3)).ravel()

    def total(vectors: np.ndarray) -> np.ndarray:
        summed = np.bincount(each, vectors.ravel(), 3 * count * owners)
        return summed.reshape(count, owners, 3)

    through = (skeleton.below @ total(force).reshape(count, -1)).reshape(count, owners, 3)
    step = pose.origin[1:] - pose.origin[skeleton.parent[1:]]
    # the vector product as a matrix, which is the faster way for as many rows as there are lines
    turned = (step @ TURNING).reshape(-1, 3, 3).swapaxes(1, 2)
    passed = (through[1:] @ turned).reshape(count - 1, -1)
    hangs = (skeleton.parent[1:] == np.arange(count)[:, None]).astype(float)
    turning = total(cross(arm, force))
    turning += (hangs @ passed).reshape(through.shape)
    load = np.empty((owners, 1 + count, 3))
    load[:, 0], load[:, 1:] = through[0], turning.swapaxes(0, 1)
    return load.reshape(owners, -1), through.swapaxes(0, 1)


def gather_below(skeleton: Skeleton, values: np.ndarray) -> np.ndarray:
    """For each bone, sum the values of the bone and of all that hangs on it: shape (rows, bones,
    3)."""
    count = len(skeleton.bones)
    return (
        (skeleton.below @ values.transpose(1, 0, 2).reshape(count, -1))
        .reshape(count, -1, 3)
        .transpose(1, 0, 2)
    )


def find_geometry(skeleton: Skeleton, pose: Pose) -> Geometry:
    """Find directions, lengths and the matrix B of all lines in a pose.

    Parameters
    ----------
    skeleton : Skeleton
    pose : Pose

    Returns
    -------
    Geometry
    """
    points = _carry(pose, skeleton.bone_of, skeleton.point, skeleton.joint)
    midway, half = find_midway(skeleton, pose), skeleton.midway
    beyond = skeleton.bone_of[half]
    turned = (
        midway.rotation[skeleton.midway_joint]
        @ (skeleton.point[half] - skeleton.joint[beyond])[..., None]
    )
    points[half] = pose.origin[beyond] + turned[..., 0]
    gap = (points[1:] - points[:-1]).take(skeleton.start, axis=0)
    segment = np.sqrt(np.einsum("ij,ij->i", gap, gap))
    direction = gap / segment[:, None]
    # every segment pulls its first point on and the point behind that one back
    pull = np.zeros_like(points)
    pull[skeleton.start] = direction
    pull[1:] -= pull[:-1].copy()
    arm = points - pose.origin.take(skeleton.bone_of, axis=0)
    count = len(skeleton.lines)
    load, _ = spread_forces(skeleton, pose, skeleton.bone_of, arm, pull, skeleton.line_of, count)
    # of the moment on a point that takes half of a turn, the parent bears a part
    moment = cross(arm[half], pull[half])
    back = 0.5 * (moment - cross(midway.lag[skeleton.midway_joint], moment))
    line = skeleton.line_of[half, None]
    for bone, part in ((beyond, -back), (skeleton.parent[beyond], back)):
        np.add.at(load, (line, 3 + 3 * bone[:, None] + np.arange(3)), part)
    axis = (pose.rotation[skeleton.slide_bone] @ skeleton.slide_axis[..., None])[..., 0]
    bones = load.shape[1]
    # shortening a line by pulling does work t * (-elongation), hence the signs
    matrix = np.zeros((count, bones + len(axis)))
    np.negative(load, out=matrix[:, :bones])
    end, way = skeleton.slide_ends
    matrix[skeleton.line_of[end], bones + way] = -np.einsum("ij,ij->i", pull[end], axis[way])
    length = np.bincount(skeleton.line_of[skeleton.start], segment, count)
    return Geometry(
        pose,
        points,
        direction,
        segment,
        length,
        pull,
        matrix,
        midway,
        axis,
        _carry(pose, np.arange(len(skeleton.bones)), skeleton.com, skeleton.joint),
    )
