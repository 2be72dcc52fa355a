"""Sarcomeres in series: a muscle that is held at another length adds or loses them until each has
its old length again.

After the model of Zoellner and others (AD07), which was fitted to animals. The
stretch of a muscle is shared: ``stretch = elastic x grown``. The grown part
follows what the elastic part is off one: ``d grown / dt = (elastic - 1) / days``.
Their limit on how far a muscle can grow is left out here, since no posture
comes near it.
"""

import numpy as np
import scipy  # its parts load when they are first asked for, so other lessons start without them

from musclechain.mechanics.change import check_number

__all__ = ["find_growing_time", "grow_sarcomeres"]

SHORTEST, LONGEST = 0.5, 1.5
RTOL = 1e-8


def grow_sarcomeres(stretch: float, at: np.ndarray, days: float, grown: float = 1.0) -> np.ndarray:
    """Follow how the number of sarcomeres in series fits itself to a held length.

    Parameters
    ----------
    stretch : float
        Held length over the length at which the muscle was at home, 0.5 to 1.5.
    at : numpy.ndarray, shape (n,)
        Days, rising from 0.
    days : float
        Time constant.
    grown : float
        At the beginning: number of sarcomeres over the usual number.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Number of sarcomeres over the usual number; it tends to `stretch`.

    Raises
    ------
    CauseError
        For a stretch out of range.

    Examples
    --------
    >>> grow_sarcomeres(1.14, np.array([0.0, 14.0]), days=4.27).round(2).tolist()
    [1.0, 1.13]
    """
    check_number("stretch", stretch, SHORTEST, LONGEST)
    check_number("grown", grown, SHORTEST, LONGEST)
    at = np.asarray(at, dtype=float)
    if not at[-1]:
        return np.full(len(at), grown)
    found = scipy.integrate.solve_ivp(
        lambda _, now: (stretch / now - 1) / days,
        (0.0, at[-1]),
        [grown],
        method="LSODA",
        t_eval=at,
        rtol=RTOL,
        atol=RTOL,
    )
    grown_now: np.ndarray = found.y[0]
    return grown_now


def find_growing_time(stretch: float, grown: float, to: float, days: float) -> float:
    """Find how long the sarcomeres take from one number to another: the closed form of the law.

    Parameters
    ----------
    stretch : float
        Held length over the length at which the muscle was at home.
    grown, to : float
        Number of sarcomeres over the usual one, first and last; both on the same side of `stretch`.
    days : float
        Time constant.

    Returns
    -------
    float
        Days.

    Examples
    --------
    >>> round(find_growing_time(1.14, 1.0, 1.133, days=4.27), 1)
    14.0
    """
    return float(days * (stretch * np.log((stretch - grown) / (stretch - to)) - (to - grown)))
