"""A question to the model that a study has answered already, and what the model says to it.

What counts as agreement is written down with the question, before it is put.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.mechanics.change import Case, SolveError
from musclechain.mechanics.draws import DrawTask
from musclechain.mechanics.routes import one_thread
from musclechain.mechanics.spread import Result, spread

__all__ = [
    "LEAST_DEG",
    "LEAST_N",
    "AGREES",
    "CANNOT",
    "DISAGREES",
    "Answer",
    "Asker",
    "Expected",
    "Measured",
    "Part",
    "Question",
    "Trial",
    "Way",
    "answer",
    "at_least",
    "find_added_load",
    "less",
    "measure",
    "more",
    "near",
    "within",
]

AGREES, DISAGREES, CANNOT = "agrees", "disagrees", "cannot be asked"
# The least change that counts where a study gives a direction only.
LEAST_DEG, LEAST_N = 0.1, 1.0
# Published values without a spread are taken to be this uncertain.
QUARTER = 0.25
UNKNOWN = math.nan


# ---- what a study says ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """What a study says of one number.

    Attributes
    ----------
    low, high : float
        Between these it agrees.
    words : str
        The same for a reader, without the unit.
    is_direction : bool
        Whether the study gives no more than a direction. Then the value itself
        decides; else it is enough that the model's range meets the study's.
    """

    low: float
    high: float
    words: str
    is_direction: bool = False

    def agrees(self, measured: "Measured") -> bool:
        """Whether a number of the model is what the study says."""
        if self.low <= measured.value <= self.high:
            return True
        # a range that was not drawn compares as no
        return not self.is_direction and measured.low <= self.high and measured.high >= self.low


def more(least: float) -> Expected:
    """A direction: more than before, by `least` or more."""
    return Expected(least, math.inf, f"more, by {least:g} or more", is_direction=True)


def less(least: float) -> Expected:
    """A direction: less than before, by `least` or more."""
    return Expected(-math.inf, -least, f"less, by {least:g} or more", is_direction=True)


def at_least(low: float) -> Expected:
    """A published lower bound."""
    return Expected(low, math.inf, f"at least {low:g}")


def within(low: float, high: float) -> Expected:
    """A published range."""
    return Expected(low, high, f"{low:g} to {high:g}")


def near(value: float) -> Expected:
    """A published value without a spread: 25 % to each side of it."""
    low, high = sorted((value * (1 - QUARTER), value * (1 + QUARTER)))
    return Expected(low, high, f"{value:g}, give or take 25 %")


# ---- what the model says -------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """A number of the model, with the range that holds 90 % of the drawn bodies.

    Attributes
    ----------
    value : float
    low, high : float
        NaN where no range was drawn.
    """

    value: float
    low: float = UNKNOWN
    high: float = UNKNOWN

    def turned(self) -> "Measured":
        """The same with the other sign."""
        return Measured(-self.value, -self.high, -self.low)

    def times(self, factor: float) -> "Measured":
        """The same in another unit; `factor` above 0."""
        return Measured(factor * self.value, factor * self.low, factor * self.high)


@dataclass(frozen=True)
class Part:
    """One number that study and model both have.

    Attributes
    ----------
    what : str
        What is measured, for a reader.
    unit : str
    measured : Measured
    expected : Expected
    """

    what: str
    unit: str
    measured: Measured
    expected: Expected

    @property
    def agrees(self) -> bool:
        """Whether the model says what the study says."""
        return self.expected.agrees(self.measured)


@dataclass(frozen=True)
class Trial:
    """One state put to the model, on its own or against another one.

    Bodies are drawn when a range is first asked for.
    """

    result: Result
    count: int
    first: "Trial | None" = None

    @cached_property
    def drawn(self) -> dict[int, Result]:
        """The same state of the drawn bodies that can hold it, by the number of the body."""
        if not self.count:
            return {}
        task = DrawTask.of(self.result, self.count)
        with one_thread():
            held = {number: task.hold(number) for number in range(self.count)}
        return {
            number: replace(self.result, skeleton=found[0], state=found[1])
            for number, found in held.items()
            if found is not None
        }

    def against(self, first: "Trial") -> "Trial":
        """Compare this state with another one instead of quiet standing, body by body."""
        return replace(self, first=first)

    def read(self, what: Callable[[Result], float]) -> Measured:
        """A number that can be read off a result, less the same of the first."""
        if self.first is None:
            return measure(what, self)
        return measure(lambda own, first: what(own) - what(first), self, self.first)

    def angle(self, bone: str, angle: str) -> Measured:
        """How far a bone has turned, degrees; `angle` is flexion, side_bend or rotation."""
        return self.read(lambda result: result.pose().at[bone, f"{angle}_deg"])

    def turn_between(self, bone: str, other: str, angle: str) -> Measured:
        """How far a bone has turned less how far another has, degrees."""
        turned = f"{angle}_deg"
        return self.read(
            lambda result: result.pose().at[bone, turned] - result.pose().at[other, turned]
        )

    def load(self, joint: str) -> Measured:
        """How much more force passes a joint, N."""
        return self.read(lambda result: find_added_load(result, joint))

    def whole_load(self, joint: str) -> Measured:
        """The force that passes a joint, N."""
        return measure(lambda result: result.joint_loads()[joint], self)

    def share_of_weight(self, joint: str) -> Measured:
        """The force that passes a joint, % of the weight of the body of the data."""
        weight = self.result.joint_loads().attrs["body_weight_n"]
        return self.whole_load(joint).times(100 / weight)

    def tension(self, structures: Iterable[str]) -> Measured:
        """How much more some structures pull together, N."""
        names = list(structures)
        return self.read(lambda result: result.table().loc[names, "change_N"].sum())


def measure(read: Callable[..., float], *trials: Trial) -> Measured:
    """Read a number off one state, or off several that each drawn body is put in.

    Parameters
    ----------
    read : callable
        From as many results as there are trials.
    *trials : Trial
        Put with equally many draws.

    Returns
    -------
    Measured
        Without a range where fewer than half of the drawn bodies can hold all the states.
    """
    value = float(read(*(trial.result for trial in trials)))
    held = sorted(set.intersection(*(set(trial.drawn) for trial in trials)))
    if not held or len(held) * 2 < trials[0].count:
        return Measured(value)
    drawn = [float(read(*(trial.drawn[number] for trial in trials))) for number in held]
    low, high = np.quantile(drawn, (0.05, 0.95))
    return Measured(value, float(low), float(high))


def find_added_load(result: Result, joint: str) -> float:
    """How much more force passes a joint than in quiet standing, N."""
    return float(result.joint_loads()[joint] - result.joint_loads_before()[joint])


@dataclass(frozen=True)
class Asker:
    """Puts states to one body.

    Attributes
    ----------
    body : Body
    draws : int
        Number of bodies that a range is drawn from; 0 for no ranges.
    """

    body: Body
    draws: int

    def put(self, *causes: Case, guarding: float = 0.0, posture: bool = True) -> Trial:
        """Put a state to the body."""
        return Trial(spread(self.body, causes, guarding=guarding, posture=posture), self.draws)

    def to(self, body: Body) -> "Asker":
        """Put the same to another body."""
        return replace(self, body=body)


# ---- questions and answers -----------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One way to put a question.

    Attributes
    ----------
    asked : str
        One or two sentences.
    ask : callable
        From an `Asker` to the parts, all of which must agree.
    """

    asked: str
    ask: Callable[[Asker], list[Part]]


@dataclass(frozen=True)
class Question:
    """A finding that was kept back, and how it is put to the model.

    Attributes
    ----------
    evidence : str
        Id in data/evidence.csv.
    published : str
        What the study found, for a reader.
    ways : tuple of Way
        The first one decides; the others are fair too, and are shown.
    why_not : str
        Where there is no way: why.
    """

    evidence: str
    published: str = ""
    ways: tuple[Way, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of one way to put a question.

    Attributes
    ----------
    question : Question
    verdict : str
        agrees, disagrees or cannot be asked.
    asked : str
    parts : tuple of Part
    reason : str
        Why it cannot be asked, or the words in which the model refused.
    decides : bool
        False for a further way, which is shown and does not count.
    """

    question: Question
    verdict: str
    asked: str = ""
    parts: tuple[Part, ...] = ()
    reason: str = ""
    decides: bool = True


def answer(question: Question, asker: Asker) -> list[Answer]:
    """Put a question in every way that it has.

    Parameters
    ----------
    question : Question
    asker : Asker

    Returns
    -------
    list of Answer
        One for each way, or one that says why there is none. A state that the
        model refuses disagrees, since people can be in it.
    """
    if not question.ways:
        return [Answer(question, CANNOT, reason=question.why_not)]
    return [_try(question, way, asker, not number) for number, way in enumerate(question.ways)]


def _try(question: Question, way: Way, asker: Asker, decides: bool) -> Answer:
    try:
        parts = tuple(way.ask(asker))
    except SolveError as refusal:
        return Answer(
            question,
            DISAGREES,
            way.asked,
            reason=f"The model refuses: {refusal}",
            decides=decides,
        )
    verdict = AGREES if all(part.agrees for part in parts) else DISAGREES
    return Answer(question, verdict, way.asked, parts, decides=decides)
