"""What two soft cords press on each other with where they cross: geometry and tension alone."""

import numpy as np

__all__ = ["find_bend", "press_of_bend", "press_of_parting"]


def find_bend(before: np.ndarray, at: np.ndarray, after: np.ndarray) -> float:
    """Find by how much a cord changes its direction at a place.

    Parameters
    ----------
    before, at, after : numpy.ndarray, shape (3,)
        Where it comes from, the place, and where it goes to, m.

    Returns
    -------
    float
        rad, 0 where it runs straight on.
    """
    first, second = at - before, after - at
    return float(np.arctan2(np.linalg.norm(np.cross(first, second)), np.dot(first, second)))


def press_of_bend(tension: float, bend: float) -> float:
    """Find what a cord presses with on what it bends over without friction (a capstan).

    Parameters
    ----------
    tension : float
        N.
    bend : float
        rad.

    Returns
    -------
    float
        N: what both of its ends add up to, ``2 tension sin(bend / 2)``.
    """
    return 2.0 * tension * float(np.sin(bend / 2))


def press_of_parting(tension: float, aside: float, before: float, after: float) -> float:
    """Find what one half of a muscle presses with on a nerve that parts it.

    Parameters
    ----------
    tension : float
        Of this half, N.
    aside : float
        How far the nerve pushes it out of its straight line, m.
    before, after : float
        From its two ends to the nerve, m.

    Returns
    -------
    float
        N.
    """
    bend = float(np.arctan2(aside, before) + np.arctan2(aside, after))
    return press_of_bend(tension, bend)
