"""The check of an exercise, as the cells of the lessons call it."""

from typing import Any

from musclechain.anatomy.body import Body, read_body
from musclechain.labs.exercises import Reply, judge
from musclechain.labs.questions import Ask
from musclechain.labs.workbook import Workbook
from musclechain.lessons.lesson import find_exercise

__all__ = ["ask_exercise", "check_exercise"]


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
    ✎ Open. Give an answer first.
    >>> check_exercise("springs_in_series", 0.4).is_right
    False
    """
    exercise = find_exercise(name)
    return judge(exercise, read_body() if body is None else body, value)


def ask_exercise(name: str, body: Body | None = None, workbook: Workbook | None = None) -> Ask:
    """Ask an exercise: what is asked, and a field for the answer.

    Parameters
    ----------
    name : str
        Name of the exercise.
    body : Body, optional
        The body that the lesson is about; by default the one that comes with the package.
    workbook : Workbook, optional
        Keeps the answer.

    Returns
    -------
    Ask

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    return Ask(find_exercise(name), read_body() if body is None else body, workbook)
