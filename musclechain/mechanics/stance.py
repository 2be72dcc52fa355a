"""What a body that stands is made of for all that follows: its pose with the forces of ground and
gravity, and healthy standing as what every other pose is measured from."""

from dataclasses import dataclass

import numpy as np

from musclechain.mechanics.skeleton import (
    Geometry,
    Pose,
    Skeleton,
    gather_below,
    moment_axes,
)
from musclechain.mechanics.strength import JointStrength

__all__ = ["Habit", "Stance", "find_asked_moments", "find_joint_levers", "turn_to_angles"]


@dataclass(frozen=True)
class Stance:
    """A pose on the ground, with the forces that ground and gravity put on it."""

    geometry: Geometry
    # (size,) generalised load of gravity and ground, what the tensions must balance
    load: np.ndarray
    through: np.ndarray  # (bones, 3) weight and ground force on each bone and all below it
    # (bones, 3, 3) sum of force x arm of weight and ground, for the geometric stiffness
    moment: np.ndarray
    ground: np.ndarray  # (2, 3) force on the left and right foot, N
    contact: np.ndarray  # (2, 3) where it acts, m
    standing: tuple[int, ...]  # bones of the feet that are on the ground
    balance: np.ndarray  # (6,) force (N) and moment (Nm) left over for the whole body
    hanging: tuple[int, ...] = ()  # a lifted foot of which nothing is asked
    gave_way: tuple[str, ...] = ()  # joints that could not hold all that was asked


@dataclass(frozen=True)
class Habit:
    """Healthy standing as what every other pose is measured from, so that it is a rest point."""

    pose: Pose
    sideways: float  # N, with which the feet push apart (less than 0) or together
    moments: np.ndarray  # (rows,) Nm that muscles supply about each joint angle
    price: np.ndarray  # (rows,) what a Nm more costs there
    arms: np.ndarray  # (rows, lines) Nm per newton of active force
    tension: np.ndarray  # (lines,) N, what stretch alone gives
    slide: np.ndarray  # (slides,) m, where the junctions rest with it
    stretch: np.ndarray  # (coordinates, coordinates) how stretched lines resist around the pose
    skeleton: Skeleton  # whose tissue that is
    strength: JointStrength | None = None  # what its joints, or very similar ones, can supply


def find_joint_levers(s: Skeleton, geometry: Geometry) -> np.ndarray:
    """Find what each line does at the joints.

    Parameters
    ----------
    s : Skeleton
    geometry : Geometry

    Returns
    -------
    numpy.ndarray, shape (rows, lines)
        Moment per newton in a line, m; a row for each axis of each joint, see `moment_axes`.
    """
    count = len(s.bones)
    turning = geometry.matrix[:, 3 : 3 + 3 * count].reshape(-1, count, 3)
    # what crosses a joint is all that acts on the bones beyond it
    beyond = gather_below(s, turning)[:, 1:].transpose(1, 0, 2)
    frames = _find_frames(s, geometry.pose)
    return (beyond @ frames).transpose(0, 2, 1).reshape(-1, len(s.lines))


def find_asked_moments(s: Skeleton, stance: Stance) -> np.ndarray:
    """Find what gravity and ground want at the joints.

    Parameters
    ----------
    s : Skeleton
    stance : Stance

    Returns
    -------
    numpy.ndarray, shape (rows,)
        Nm; rows as in `find_joint_levers`.
    """
    count = len(s.bones)
    asked = (s.below @ stance.load[3 : 3 + 3 * count].reshape(count, 3))[1:]
    return np.einsum("akj,ak->aj", _find_frames(s, stance.geometry.pose), asked).ravel()


def _find_frames(s: Skeleton, pose: Pose) -> np.ndarray:
    """World axes about which the moments of each joint are counted, as columns: shape (bones - 1,
    3, 3)."""
    return pose.rotation[s.parent[1:]] @ moment_axes(s, pose)[1:].transpose(0, 2, 1)


def turn_to_angles(s: Skeleton, pose: Pose) -> np.ndarray:
    """What turns the moments of each joint, as `find_joint_levers` counts them, into those about
    its angles: shape (bones - 1, 3, 3)."""
    return (pose.axis @ np.linalg.inv(moment_axes(s, pose)))[1:]
