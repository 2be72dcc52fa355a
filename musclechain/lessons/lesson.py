"""What makes up a lesson, and the list of all lessons.

A module of this folder whose name begins with ``lesson_`` is a lesson: it
describes itself in `LESSON`, and nothing else lists it.
"""

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from musclechain.labs.exercises import Exercise
from musclechain.labs.questions import Prediction

__all__ = ["Lesson", "Question", "find_exercise", "find_public", "list_lessons", "predict"]

PREFIX = "lesson_"


@dataclass(frozen=True)
class Question:
    """A prediction to be asked: the question and its choices."""

    text: str
    choices: Sequence[str]


@dataclass(frozen=True)
class Lesson:
    """What makes up a lesson.

    Attributes
    ----------
    name : str
        Its number and subject, as its notebook is called: ``02_hamstring_strain``.
    title : str
    about : str
        What it is about, in half a sentence, for the table of lessons.
    minutes : int
    labs : tuple of type
        Its panels.
    findings : tuple of callable
        Its own functions, beside those of `views.words.findings`.
    exercises : tuple of Exercise
    predictions : mapping of str to Question
    """

    name: str
    title: str
    about: str
    minutes: int
    labs: tuple[type, ...] = ()
    findings: tuple[Callable, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    predictions: Mapping[str, Question] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def number(self) -> str:
        """Two digits, such as ``02``."""
        return self.name[:2]

    @property
    def notebook(self) -> str:
        """File name of its notebook, which stands in `notebooks` and again in its `solutions`."""
        return f"{self.name}.ipynb"

    @property
    def public(self) -> dict[str, Any]:
        """What the package offers of it, by name."""
        things: tuple[Any, ...] = (*self.labs, *self.findings)
        return {thing.__name__: thing for thing in things}


@cache
def list_lessons() -> tuple[Lesson, ...]:
    """List all lessons, in the order in which they are meant."""
    package = import_module("musclechain.lessons")
    names = sorted(name for _, name, _ in pkgutil.iter_modules(package.__path__))
    return tuple(
        import_module(f"{package.__name__}.{name}").LESSON
        for name in names
        if name.startswith(PREFIX)
    )


def find_public() -> dict[str, Any]:
    """Find what the lessons offer to the package, by name."""
    return {name: thing for lesson in list_lessons() for name, thing in lesson.public.items()}


def find_exercise(name: str) -> Exercise:
    """Find an exercise of any lesson.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    known = {exercise.name: exercise for lesson in list_lessons() for exercise in lesson.exercises}
    if name not in known:
        raise ValueError(f"There is no exercise {name!r}; there are {', '.join(known)}.")
    return known[name]


def predict(name: str) -> Prediction:
    """Ask a prediction of any lesson.

    Parameters
    ----------
    name : str
        Its name in the lesson's module.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If there is no such prediction.
    """
    known = {key: asked for lesson in list_lessons() for key, asked in lesson.predictions.items()}
    if name not in known:
        raise ValueError(f"There is no prediction {name!r}; there are {', '.join(known)}.")
    return Prediction(known[name].text, known[name].choices)
