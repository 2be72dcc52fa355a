"""What makes up a lesson, and the list of all lessons.

A module of this folder whose name begins with ``lesson_`` is a lesson: it
describes itself in `LESSON`, and nothing else lists it.
"""

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from types import MappingProxyType
from typing import Any

from musclechain.anatomy.body import Body
from musclechain.labs.exercises import Exercise
from musclechain.labs.questions import Prediction
from musclechain.labs.tasks import Task
from musclechain.labs.workbook import Workbook
from musclechain.mechanics.spread import Result

__all__ = [
    "ClaimShown",
    "Lesson",
    "Question",
    "find_exercise",
    "find_lesson",
    "find_public",
    "list_lessons",
    "predict",
    "tasks",
]

PREFIX = "lesson_"


@dataclass(frozen=True)
class Question:
    """A prediction to be asked.

    Attributes
    ----------
    text : str
    choices : sequence of str
    compare : callable, optional
        Called with the body; gives the right choice and what the model shows, in one sentence.
    setting : mapping of str to object
        Values of the lab's controls that it asks about.
    solve : callable, optional
        Called with the body; gives the state that it asks about.
    plays : bool
        Whether a lab plays the answer, also where it is no such state.
    """

    text: str
    choices: Sequence[str]
    compare: Callable[[Body], tuple[str, str]] | None = None
    setting: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    solve: Callable[[Body], Result] | None = None
    plays: bool = False


AGREEMENTS = ("agree", "agree in part", "disagree")


@dataclass(frozen=True)
class ClaimShown:
    """What the model shows of a claim.

    Attributes
    ----------
    words : str
        A finding, or a sentence made of results.
    agreement : {"agree", "agree in part", "disagree"}
        Model and claim; decided by the same results.
    """

    words: str
    agreement: str

    def __post_init__(self) -> None:
        if self.agreement not in AGREEMENTS:
            raise ValueError(f"{self.agreement!r} is none of {', '.join(AGREEMENTS)}.")

    @classmethod
    def of(cls, shown: object, holds: bool, in_part: bool = False) -> "ClaimShown":
        """What is shown, and whether the claim holds, or a part of it does."""
        return cls(str(shown), AGREEMENTS[0 if holds else 1 if in_part else 2])


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
    tasks : mapping of str to sequence of Task
        Of its labs.
    claims : mapping of int to callable
        The claims of the text that it shows: called with the body, each gives a `ClaimShown`.
    """

    name: str
    title: str
    about: str
    minutes: int
    labs: tuple[type, ...] = ()
    findings: tuple[Callable, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    predictions: Mapping[str, Question] = field(default_factory=lambda: MappingProxyType({}))
    tasks: Mapping[str, Sequence[Task]] = field(default_factory=lambda: MappingProxyType({}))
    claims: Mapping[int, Callable[[Body], ClaimShown]] = field(
        default_factory=lambda: MappingProxyType({})
    )

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


def find_lesson(name: str) -> Lesson:
    """Find a lesson by its name.

    Raises
    ------
    ValueError
        If there is no such lesson.
    """
    return _find({lesson.name: lesson for lesson in list_lessons()}, name, "lesson")


def find_exercise(name: str) -> Exercise:
    """Find an exercise of any lesson.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    known = {exercise.name: exercise for lesson in list_lessons() for exercise in lesson.exercises}
    return _find(known, name, "exercise")


def _find(known: Mapping[str, Any], name: str, kind: str) -> Any:
    if name not in known:
        raise ValueError(f"There is no {kind} {name!r}; there are {', '.join(known)}.")
    return known[name]


def predict(name: str, body: Body | None = None, workbook: Workbook | None = None) -> Prediction:
    """Ask a prediction of any lesson.

    Parameters
    ----------
    name : str
        Its name in the lesson's module.
    body : Body, optional
        With it the answer is compared with what the model shows.
    workbook : Workbook, optional
        Keeps the answer.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If there is no such prediction.
    """
    known = {key: asked for lesson in list_lessons() for key, asked in lesson.predictions.items()}
    question = _find(known, name, "prediction")
    compare = None if question.compare is None or body is None else partial(question.compare, body)
    return Prediction(
        question.text,
        question.choices,
        compare,
        question.setting,
        name,
        workbook,
        plays=question.plays or question.solve is not None,
    )


def tasks(name: str) -> tuple[Task, ...]:
    """Find the tasks of a lab of any lesson.

    Parameters
    ----------
    name : str
        Their name in the lesson's module.

    Returns
    -------
    tuple of Task

    Raises
    ------
    ValueError
        If there are no such tasks.
    """
    known = {key: told for lesson in list_lessons() for key, told in lesson.tasks.items()}
    return tuple(_find(known, name, "list of tasks"))
