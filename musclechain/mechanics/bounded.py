"""A least-squares problem with bounds, solved on its dual."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.linalg.lapack import dposv

from musclechain.mechanics.change import SolveError

__all__ = ["solve_bounded"]

# how little a residual gives beyond its allowance: just enough to find out that a state cannot be
# held
BEYOND = 1e-9
MOST_STEPS, MOST_TRIES, KINK_TRIES = 100, 30, 8
# a step that was cut short is worth more looks while the cost falls this much as fast as it began
STILL_FALLING = 0.3


def solve_bounded(
    matrix: np.ndarray,
    wanted: np.ndarray,
    softness: np.ndarray,
    ease: np.ndarray,
    low: np.ndarray,
    high: np.ndarray | float,
    price: np.ndarray | None = None,
    least: np.ndarray | float = -np.inf,
    most: np.ndarray | float = np.inf,
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise sum(x**2 / ease) + sum(r**2 / softness) with matrix x + r = wanted, low <= x <= high
    and least <= r <= most.

    Parameters
    ----------
    matrix : numpy.ndarray, shape (rows, n)
    wanted, softness : numpy.ndarray, shape (rows,)
        Softness above 0.
    ease, low, high : numpy.ndarray, shape (n,)
        Where `ease` is 0, x stays at its lower bound.
    price : numpy.ndarray, shape (rows,), optional
        Start of the search.
    least, most : float or numpy.ndarray, shape (rows,)
        Where they cannot be kept, r goes beyond them as little as possible.

    Returns
    -------
    x : numpy.ndarray, shape (n,)
    price : numpy.ndarray, shape (rows,)
        Multipliers.

    Raises
    ------
    SolveError
        If a number of the problem is not finite.

    Notes
    -----
    The dual function is strictly convex and piecewise quadratic, so Newton's
    method with a line search ends after a handful of solves of size `rows`.
    """
    started, price = price, np.zeros(len(wanted)) if price is None else price
    scale = 1e-11 * (np.abs(wanted).max() + np.abs(matrix @ low).max() + 1.0)
    if not np.isfinite(scale):
        raise SolveError(
            "A number of this state is too large to be worked with, or is none. Ask for less, or"
            " undo what was scaled."
        )
    # x of no ease is a constant, and its square adds nothing that depends on price
    dear = np.divide(1.0, ease, out=np.zeros(len(ease)), where=ease > 0)
    eased, root = ease > 0, np.sqrt(ease)
    value = partial(_dual, matrix, wanted, softness, ease, dear, low, high, least, most)
    here = value(price)
    for _ in range(MOST_STEPS):
        if np.abs(here.slope).max() < scale:
            return here.x, price
        inside = np.flatnonzero(here.inside & eased)
        # of a matrix by its own transpose numpy works out only half
        part = matrix.take(inside, axis=1) * root[inside]
        hessian = part @ part.T
        hessian.flat[:: len(hessian) + 1] += softness * (here.gives + BEYOND)
        price, here = _search(value, price, here, dposv(hessian, -here.slope)[1])
    if started is not None and np.abs(here.slope).max() > 1e3 * scale:
        # a start that lies far off can leave the search on a ridge of rounding
        return solve_bounded(matrix, wanted, softness, ease, low, high, None, least, most)
    return here.x, price


class _Dual(NamedTuple):
    """The dual function at one place."""

    cost: float
    slope: np.ndarray  # (rows,)
    x: np.ndarray  # (n,) the x that belongs to it
    inside: np.ndarray  # (n,) which x lie between their bounds
    gives: np.ndarray  # (rows,) which r do


def _search(
    value: Callable[[np.ndarray], _Dual], price: np.ndarray, here: _Dual, step: np.ndarray
) -> tuple[np.ndarray, _Dual]:
    """Go along a step as far as the cost falls; each try is at most half as long as the one
    before. Where a kink stopped the step, the kink itself is looked for: short of it the next step
    would run into it again."""
    length, fall, too_long = 1.0, here.slope @ step, 0.0
    for _ in range(MOST_TRIES):
        trial = price + length * step
        new = value(trial)
        # rounding hides the last falls of the cost, hence the small allowance
        if new.cost <= here.cost + 1e-4 * length * fall + 1e-13 * abs(here.cost) or length < 1e-8:
            break
        too_long = length
        # where the slope along the step would be zero if it were straight; it has kinks, so not
        # too near 0
        length *= min(max(fall / (fall - new.slope @ step), 0.1), 0.5)
    for _ in range(KINK_TRIES if too_long else 0):
        if new.slope @ step > STILL_FALLING * fall:
            break
        middle = 0.5 * (length + too_long)
        further = value(price + middle * step)
        if further.cost < new.cost:
            length, trial, new = middle, price + middle * step, further
        else:
            too_long = middle
    return trial, new


def _dual(
    matrix: np.ndarray,
    wanted: np.ndarray,
    softness: np.ndarray,
    ease: np.ndarray,
    dear: np.ndarray,
    low: np.ndarray,
    high: np.ndarray | float,
    least: np.ndarray | float,
    most: np.ndarray | float,
    price: np.ndarray,
) -> _Dual:
    pulled = price @ matrix
    free = ease * pulled
    x = np.minimum(np.maximum(free, low), high)
    soft = softness * price
    kept = np.minimum(np.maximum(soft, least), most)
    beyond = BEYOND * soft
    cost = (
        (pulled - 0.5 * dear * x) @ x
        + price @ (kept + 0.5 * beyond - wanted)
        - 0.5 * (kept @ (kept / softness))
    )
    return _Dual(cost, matrix @ x + (kept + beyond - wanted), x, x == free, kept == soft)
