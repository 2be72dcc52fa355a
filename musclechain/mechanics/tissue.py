"""What stretch alone and full effort give each line of pull."""

import numpy as np

from musclechain.mechanics.skeleton import Skeleton

__all__ = ["find_passive", "find_strength"]


def find_passive(
    skeleton: Skeleton, length: np.ndarray, rest_length: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Tension that stretch alone gives each line.

    Muscle follows an exponential length-tension curve, zero up to the optimal
    fibre length and straight from its greatest active force on; tissue is a
    spring that pulls only.

    Parameters
    ----------
    length, rest_length : numpy.ndarray, shape (lines,)
        Now, and in healthy standing; metres.

    Returns
    -------
    tension, stiffness : numpy.ndarray, shape (lines,)
        N and N/m. For strands that end in a junction this is the tension if
        the junction did not slide; it may be negative, which `find_effort`
        resolves.

    Notes
    -----
    The curve is that of Thelen 2003 (data/parameters.csv: passive_shape,
    passive_strain), continued along its tangent as in Rajagopal 2016: an
    exponential would tear bones off in a far stretch.
    """
    s = skeleton
    shape, strain = s.constants["passive_shape"], s.constants["passive_strain"]
    fibre = np.where(s.is_muscle, s.fibre, 1.0)
    stretch = np.maximum((length - s.slack) / fibre - 1, 0) / strain * s.is_muscle
    curved = np.minimum(stretch, 1.0)
    scale = find_strength(s) / np.expm1(shape)
    slope = np.where(stretch > 0, scale * shape * np.exp(shape * curved), 0.0)
    muscle, muscle_stiffness = (
        scale * np.expm1(shape * curved) + slope * (stretch - curved),
        slope / strain / fibre,
    )
    spring = s.pretension + s.stiffness * (length - rest_length)
    tight = s.is_free_strand | (spring > 0)
    tissue = np.where(s.is_free_strand, spring, np.maximum(spring, 0))
    return np.where(s.is_muscle, muscle, tissue), np.where(
        s.is_muscle, muscle_stiffness, s.stiffness * tight
    )


def find_strength(skeleton: Skeleton) -> np.ndarray:
    """Greatest active force of each line, N (cross-section times specific tension); 0 for
    tissue."""
    return (
        skeleton.pcsa
        * skeleton.constants["specific_tension"]
        * 1e4
        * skeleton.strength
        * skeleton.is_muscle
    )
