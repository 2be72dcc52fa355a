"""The check of an exercise, as the cells of the lessons call it."""

from typing import Any

from musclechain.anatomy.body import Body, read_body
from musclechain.labs.exercises import Reply, judge
from musclechain.lessons.lesson import find_exercise

__all__ = ["check_exercise"]


def check_exercise(name: str, value: Any, body: Body | None = None) -> Reply:
    """Check the answer to an exercise.

    Parameters
    ----------
    name : str
        Name of the exercise, as its cell has it.
    value : object
        The answer; three dots for none.
    body : Body, optional
        The body that the lesson is about; by default the one that comes with the package.

    Returns
    -------
    Reply
        With a hint if the answer is wrong; it never tells the solution.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> check_exercise("springs_in_series", ...)
    ✎ Open. Replace the three dots with your answer, and run the cell again.
    >>> check_exercise("springs_in_series", 0.4).is_right
    False
    """
    exercise = find_exercise(name)
    return judge(exercise, read_body() if body is None else body, value)
