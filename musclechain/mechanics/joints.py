"""What ligaments, discs and capsules resist with when a joint is bent."""

import numpy as np

from musclechain.mechanics.skeleton import Pose, Skeleton, moment_axes

__all__ = ["find_passive_moments", "find_stop_energy", "find_stops"]

# beyond e to this power a stop goes on along its tangent: bone has met bone
STRAIGHT = 3.0
# the two ways of an angle
WAYS = np.array([1.0, -1.0])


def find_stops(skeleton: Skeleton, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How the joints resist toward the ends of their ranges.

    Parameters
    ----------
    skeleton : Skeleton
    angles : numpy.ndarray, shape (bones, 3)
        Flexion, side bend and rotation from the posture of the data, degrees.

    Returns
    -------
    moment : numpy.ndarray, shape (bones, 3)
        Nm, with which the joint is held: the slope of `find_stop_energy`.
    stiffness : numpy.ndarray, shape (bones, 3)
        Nm/rad.

    Notes
    -----
    ``moment exp((angle - stop_angle) / steepness)`` each way, the form of
    Riener and Edrich 1999 (TP28); angles and moments are in
    data/joint_stops.csv.
    """
    s = skeleton
    curved, further = _bend_stops(s, angles)
    curved *= s.stop_moment
    moment = curved * (1 + further)
    curved /= s.stop_steepness
    return moment[..., 0] - moment[..., 1], curved[..., 0] + curved[..., 1]


def find_stop_energy(skeleton: Skeleton, angles: np.ndarray) -> float:
    """Energy of the ends of the joints' ranges, J; parameters and form as in `find_stops`."""
    curved, further = _bend_stops(skeleton, angles)
    moment = skeleton.stop_moment * skeleton.stop_steepness * curved
    return float((moment * (1 + further + 0.5 * further**2)).sum())


def _bend_stops(s: Skeleton, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The exponential of each stop, and how far beyond its straight end the joint is bent."""
    deep = (np.radians(angles)[..., None] * WAYS - s.stop_angle) / s.stop_steepness
    return np.exp(np.minimum(deep, STRAIGHT)), np.maximum(deep - STRAIGHT, 0)


def find_passive_moments(skeleton: Skeleton, pose: Pose) -> np.ndarray:
    """Find what the joints themselves hold in a pose.

    Parameters
    ----------
    skeleton : Skeleton
    pose : Pose

    Returns
    -------
    numpy.ndarray, shape (bones - 1, 3)
        Nm at each joint, about its `moment_axes`.
    """
    s = skeleton
    held = s.joint_passive * np.radians(pose.angles) + find_stops(s, pose.angles)[0]
    turning = np.linalg.solve(pose.axis, held[..., None])
    return (moment_axes(s, pose) @ turning)[1:, :, 0]
