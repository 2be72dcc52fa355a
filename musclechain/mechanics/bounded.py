"""A least-squares problem with bounds, solved on its dual."""

import numpy as np
from scipy.linalg.lapack import dposv

__all__ = ["solve_bounded"]


FREELY = 1e8  # softness of a row whose residual costs nothing


# how little a residual gives beyond its allowance: just enough to find out that a state cannot be
# held
BEYOND = 1e-9


def solve_bounded(
    matrix, wanted, softness, ease, low, high, price=None, least=-np.inf, most=np.inf
):
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

    Notes
    -----
    The dual function is strictly convex and piecewise quadratic, so Newton's
    method with a line search ends after a handful of solves of size `rows`.
    """
    price = np.zeros(len(wanted)) if price is None else price
    scale = 1e-11 * (np.abs(wanted).max() + np.abs(matrix @ low).max() + 1.0)

    def value(price):
        return _dual(matrix, wanted, softness, ease, low, high, least, most, price)

    cost, slope, x, inside, give = value(price)
    for _ in range(100):
        if np.abs(slope).max() < scale:
            break
        part = matrix[:, inside]
        hessian = (part * ease[inside]) @ part.T
        hessian.flat[:: len(hessian) + 1] += give
        step = dposv(hessian, -slope)[1]
        length, fall = 1.0, slope @ step
        while True:
            trial = price + length * step
            new = value(trial)
            # rounding hides the last falls of the cost, hence the small allowance
            if new[0] <= cost + 1e-4 * length * fall + 1e-13 * abs(cost) or length < 1e-8:
                break
            # where the slope along the step would be zero if it were straight; it has kinks, so not
            # too near 0
            length *= min(max(fall / (fall - new[1] @ step), 0.1), 0.5)
        price, (cost, slope, x, inside, give) = trial, new
    return x, price


def _dual(matrix, wanted, softness, ease, low, high, least, most, price):
    """Value and slope of the dual function, the x that belongs to it, which x are between their
    bounds, and how r gives."""
    pulled = price @ matrix
    free = ease * pulled
    x = np.minimum(np.maximum(free, low), high)
    inside = x == free
    # where ease is 0, x is a constant and its square adds nothing that depends on price
    square = x * x / np.maximum(ease, 1e-30) * (ease > 0)
    soft = softness * price
    kept = np.minimum(np.maximum(soft, least), most)
    beyond = BEYOND * soft
    cost = (
        pulled @ x
        - 0.5 * square.sum()
        + price @ (kept + 0.5 * beyond - wanted)
        - 0.5 * (kept * kept / softness).sum()
    )
    return (
        cost,
        matrix @ x + kept + beyond - wanted,
        x,
        inside & (ease > 0),
        softness * ((kept == soft) + BEYOND),
    )
