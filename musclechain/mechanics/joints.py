"""What ligaments, discs and capsules resist with when a joint is bent."""

import numpy as np

from musclechain.mechanics.skeleton import Pose, Skeleton, moment_axes

__all__ = ["find_passive_moments", "find_stops"]

# beyond e to this power a stop goes on along its tangent: bone has met bone
STRAIGHT = 3.0


def find_stops(skeleton: Skeleton, angles: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """How the joints resist toward the ends of their ranges.

    Parameters
    ----------
    skeleton : Skeleton
    angles : numpy.ndarray, shape (bones, 3)
        Flexion, side bend and rotation from the posture of the data, degrees.

    Returns
    -------
    energy : float
        J.
    slope : numpy.ndarray, shape (bones, 3)
        Nm: slope of the energy, the moment with which the joint is held.
    stiffness : numpy.ndarray, shape (bones, 3)
        Nm/rad.

    Notes
    -----
    ``moment exp((angle - stop_angle) / steepness)`` each way, the form of
    Riener and Edrich 1999 (TP28); angles and moments are in
    data/joint_stops.csv.
    """
    s, way = skeleton, np.array([1.0, -1.0])
    deep = (np.radians(angles)[..., None] * way - s.stop_angle) / s.stop_steepness
    curved = np.exp(np.minimum(deep, STRAIGHT))
    further = np.maximum(deep - STRAIGHT, 0)
    moment = s.stop_moment * curved * (1 + further)
    energy = s.stop_moment * s.stop_steepness * curved * (1 + further + 0.5 * further**2)
    stiffness = s.stop_moment / s.stop_steepness * curved
    return float(energy.sum()), moment @ way, stiffness.sum(axis=-1)


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
    held = s.joint_passive * np.radians(pose.angles) + find_stops(s, pose.angles)[1]
    turning = np.linalg.solve(pose.axis, held[..., None])
    return (moment_axes(s, pose) @ turning)[1:, :, 0]
