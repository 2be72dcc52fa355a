"""What a solved state means beside the tensions: how the bones have turned and what the joints
carry."""

import numpy as np

from musclechain.mechanics.routes import State
from musclechain.mechanics.skeleton import GRAVITY, Skeleton, rotate, rotation_vector
from musclechain.mechanics.stance import Stance

__all__ = [
    "find_angles",
    "find_body_weight",
    "find_joint_forces",
    "find_joint_loads",
    "find_pull_turns",
    "find_turns",
]


def find_turns(skeleton: Skeleton, state: State) -> np.ndarray:
    """Find the world rotation of every bone, posture and then the small turn of pull, against the
    healthy body or whatever else the state is compared with.

    Parameters
    ----------
    skeleton : Skeleton
    state : State

    Returns
    -------
    numpy.ndarray, shape (bones, 3, 3)
    """
    now, healthy = state.stance.geometry.pose.rotation, state.healthy.stance.geometry.pose.rotation
    turns = find_pull_turns(skeleton, state) @ now @ healthy.transpose(0, 2, 1)
    if state.reference is None:
        return turns
    return turns @ find_turns(skeleton, state.reference).transpose(0, 2, 1)


def find_pull_turns(skeleton: Skeleton, state: State) -> np.ndarray:
    """Find the small rotation by which pull alone turns every bone.

    Parameters
    ----------
    skeleton : Skeleton
    state : State

    Returns
    -------
    numpy.ndarray, shape (bones, 3, 3)
    """
    movement = state.guarded_pull.movement[3 : 3 + 3 * len(skeleton.bones)]
    return rotate(movement.reshape(-1, 3))


def find_angles(turns: np.ndarray) -> np.ndarray:
    """Read rotations as clinical angles.

    Parameters
    ----------
    turns : numpy.ndarray, shape (bones, 3, 3)

    Returns
    -------
    numpy.ndarray, shape (bones, 3)
        Degrees: flexion (pelvis: anterior tilt), side bend (left side up), rotation (left side
        forward).
    """
    vectors = np.degrees(rotation_vector(turns))
    return np.stack([-vectors[:, 2], vectors[:, 0], -vectors[:, 1]], axis=1)


def find_joint_loads(skeleton: Skeleton, stance: Stance, tension: np.ndarray) -> np.ndarray:
    """Find the size of the force that passes each joint, muscles included.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    tension : numpy.ndarray, shape (lines,)
        N.

    Returns
    -------
    numpy.ndarray, shape (bones - 1,)
        N, in the order of ``skeleton.joint_names[1:]``.
    """
    return np.linalg.norm(find_joint_forces(skeleton, stance, tension), axis=1)


def find_joint_forces(skeleton: Skeleton, stance: Stance, tension: np.ndarray) -> np.ndarray:
    """Find the force that passes each joint, muscles included, as a vector.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    tension : numpy.ndarray, shape (lines,)
        N.

    Returns
    -------
    numpy.ndarray, shape (bones - 1, 3)
        N, in the order of ``skeleton.joint_names[1:]``.
    """
    s, geometry = skeleton, stance.geometry
    force = geometry.pull * tension[s.line_of][:, None]
    each = (3 * s.bone_of[:, None] + np.arange(3)).ravel()
    on_bone = np.bincount(each, force.ravel(), 3 * len(s.bones)).reshape(-1, 3)
    # what presses on the middle of a joint, both of its bones bear alike
    beyond, half = s.bone_of[s.midway], 0.5 * force[s.midway]
    np.add.at(on_bone, beyond, -half)
    np.add.at(on_bone, s.parent[beyond], half)
    forces: np.ndarray = (stance.through + s.below @ on_bone)[1:]
    return forces


def find_body_weight(skeleton: Skeleton) -> float:
    """Weight of the whole body, N."""
    return float(GRAVITY * skeleton.mass.sum())
