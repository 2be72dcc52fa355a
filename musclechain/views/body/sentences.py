"""Numbers of the body map as words, as ``js/wording.js`` says them too."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.format import format_degrees

__all__ = ["say_factor", "say_kept_scale", "say_levels"]

NO_LEVEL_DEG = 0.05


def say_levels(levels: Sequence[float] | NDArray[np.float64], side: bool) -> str:
    """Say how level a body stands, or from the side how it leans.

    Parameters
    ----------
    levels : numpy.ndarray, shape (4,)
        See `read_levels`.
    side : bool
        Whether the body is seen from a side.

    Returns
    -------
    str

    Examples
    --------
    >>> say_levels([1.2, 0.0, 0.0, 0.0], side=False)
    'shoulders level · pelvis 1.2° lower left'
    """
    pelvis, shoulders, tip, lean = levels
    rows = (
        (
            ("pelvis", tip, "forward", "backward", "pelvis as at rest"),
            ("trunk", lean, "forward", "backward", "trunk upright"),
        )
        if side
        else (
            ("shoulders", shoulders, "lower left", "lower right", "shoulders level"),
            ("pelvis", pelvis, "lower left", "lower right", "pelvis level"),
        )
    )
    return " · ".join(
        level
        if abs(value) < NO_LEVEL_DEG
        else f"{name} {format_degrees(abs(value))}° {plus if value > 0 else minus}"
        for name, value, plus, minus, level in rows
        if np.isfinite(value)
    )


def say_factor(drawn: float, asked: float) -> str:
    """Say how many times larger than computed a posture is drawn.

    Parameters
    ----------
    drawn, asked : float
        Less is drawn than asked for where the picture would fold.

    Returns
    -------
    str

    Examples
    --------
    >>> say_factor(2.9, 5)
    'Movement drawn 2.9 times larger than computed (5 times would not fit).'
    """
    limit = f" ({asked} times would not fit)" if drawn < asked - 0.05 else ""
    return f"Movement drawn {_say_size(drawn)}{limit}."


def say_kept_scale(drawn: float, kept: float) -> str:
    """Say how many times larger than computed a posture is drawn, beside a kept picture of another
    scale.

    Examples
    --------
    >>> say_kept_scale(2.9, 5)
    'Not to one scale: now drawn 2.9 times larger than computed, kept 5 times.'
    """
    then = f"{round(kept, 1):g} times" if kept >= 1.05 else "as computed"
    return f"Not to one scale: now drawn {_say_size(drawn)}, kept {then}."


def _say_size(factor: float) -> str:
    size = f"{round(factor, 1):g} times larger than" if factor >= 1.05 else "as"
    return f"{size} computed"
