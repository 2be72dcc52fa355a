"""The course of a state over days and years, with a plan or without: any day of it is a state that
can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import CaseLevel, read_levels
from musclechain.cases.plans import (
    TIME_CONSTANTS,
    DoseEffect,
    Plan,
    draw_level,
    find_after_session,
    find_effects,
)
from musclechain.mechanics.change import LIMITS, Case, CauseError, Change, check_number, check_side
from musclechain.mechanics.guarding import THEORIES
from musclechain.mechanics.slow import LEAST_PAIN, Asked, SlowChange, SlowLaws, solve_slow
from musclechain.mechanics.spread import Result, spread

__all__ = ["NO_PAIN", "Course", "Later", "find_course", "read_slow_level"]

LONGEST_DAYS = 7300.0
# A share of the greatest pain that counts as none; and how finely a course is looked through, days.
NO_PAIN, FINELY = 0.02, 0.5
A_DAY_MIN = 1440.0
# Muscles whose length a posture changes by less than this, mm, are held as they were.
HELD_MM = 0.5
MOST_MM = 60.0
# a pain that no grade goes with heals as a partial tear does
USUAL_GRADE = "2"
LEG = ("foot", "calf", "thigh", "hip")
# what slow change reads of data/cases.csv: unit, least, most
SLOW: Mapping[str, tuple[str, float, float]] = {
    "guard": ("min", 0.1, 10_000),
    "length": ("days", 0.1, 1000),
    "length_share": ("share", 0, 1),
    "tissue": ("days", 0.1, 1000),
    "tissue_share": ("none", 0, 10),
    "disuse": ("days", 0.1, 1000),
    "disuse_loss": ("share", 0, 1),
    "sarcomere": ("days", 0.1, 100),
}
HEALING: Mapping[str, tuple[str, float, float]] = {"healed": ("days", 0.5, 3650)}


@dataclass(frozen=True)
class Later:
    """What is asked of the body on a later day, and what its tissue is like by then: a cause like
    any other.

    Attributes
    ----------
    day : float
    causes : tuple
        Of the first day.
    asked : Change
    """

    day: float
    causes: tuple[Case, ...]
    asked: Change

    def change(self, body: Body) -> Change:
        """Say what that day asks; see `Change`."""
        return self.asked


@dataclass(frozen=True)
class Course:
    """A state and what becomes of it.

    Attributes
    ----------
    result : Result
        Of the first day.
    plan : Plan
    slow : SlowChange
    effects : tuple of DoseEffect
    numbers : dict of str to float, or to numpy.ndarray, shape (draws,)
        Of the laws, by quantity of the case ``slow_change``.
    routes : dict
        pull, posture, guarding and theory of `spread`, with which its days are solved.
    """

    result: Result
    plan: Plan
    slow: SlowChange
    effects: tuple[DoseEffect, ...]
    numbers: Mapping[str, Any]
    routes: Mapping[str, Any]

    @property
    def body(self) -> Body:
        """The body that it happens to."""
        return self.result.body

    @property
    def days(self) -> float:
        """Its length."""
        return self.slow.days

    def table(self, days: Sequence[float] | np.ndarray) -> pd.DataFrame:
        """Tell how things stand on some days.

        Parameters
        ----------
        days : sequence of float, shape (n,)

        Returns
        -------
        pandas.DataFrame
            Index: day. pain (0 to 1), guarding (0 to 1, as strong as it is believed; what a theory
            makes of it is in the states), shorter_mm (fibres of the muscle that is `watched`; less
            than 0 is longer), stiffer (its tissue, share), strength (share of the usual, of the
            `weakest` muscle, or else of one that only trains and rests), range_deg (how much
            higher the straight leg is raised, by tolerance), balance (share of what practice can
            give), calmer (share by which less of the guarding comes back).

        Raises
        ------
        SolveError
            For a day that the course does not have.
        """
        found = {name: values[0] for name, values in self._quantities(days).items()}
        return pd.DataFrame(found, index=pd.Index(np.asarray(days, dtype=float), name="day"))

    def band(
        self, days: Sequence[float] | np.ndarray, draws: int = 100, seed: int = 0
    ) -> pd.DataFrame:
        """Draw all numbers of the laws and of the remedies from their ranges, and tell what comes
        of it.

        Parameters
        ----------
        days : sequence of float, shape (n,)
        draws : int
            2 to 2000.
        seed : int
            The same seed gives the same draws.

        Returns
        -------
        pandas.DataFrame
            As `table`, with two columns for each quantity, (quantity, "low") and (quantity,
            "high"): nine in ten of the draws lie between, and the course itself. They tell of the
            mean effects of studies; single people differ more.
        """
        drawn, middle = self.draw(draws, seed)._quantities(days), self._quantities(days)
        columns = {}
        for name, values in drawn.items():
            low, high = np.quantile(values, (0.05, 0.95), axis=0)
            # a value may lie at the edge of its range
            columns[name, "low"] = np.minimum(low, middle[name][0])
            columns[name, "high"] = np.maximum(high, middle[name][0])
        return pd.DataFrame(columns, index=pd.Index(np.asarray(days, dtype=float), name="day"))

    def find_painless_days(self) -> np.ndarray:
        """Find the day from which on nothing hurts to speak of.

        Returns
        -------
        numpy.ndarray, shape (draws,)
            0 where nothing ever hurts, infinite where it still hurts at the end. A course that
            was not drawn (`draw`) has one.
        """
        at = np.arange(0, self.days, FINELY)
        hurts = self.slow.at(at)["pain"] >= NO_PAIN
        after = at[-1] + FINELY - FINELY * np.argmax(hurts[:, ::-1], axis=1)
        ends = np.where(hurts[:, -1], np.inf, after)
        return np.where(hurts.any(axis=1), ends, 0.0)

    def draw(self, draws: int = 100, seed: int = 0) -> "Course":
        """Draw the numbers of laws and remedies from their ranges.

        Parameters
        ----------
        draws : int
            2 to 2000.
        seed : int

        Returns
        -------
        Course
            The same course with so many draws; its states are those of the first.
        """
        key = int(check_number("draws", draws, 2, 2000)), seed
        if key not in self._drawn:
            self._drawn.clear()  # the last one is kept
            self._drawn[key] = _solve_course(
                self.result,
                self.plan,
                self.days,
                self.slow.asked.kept_until,
                self.routes,
                np.random.default_rng(seed),
                key[0],
            )
        return self._drawn[key]

    @cached_property
    def _drawn(self) -> dict[tuple[int, int], "Course"]:
        """The last draws, which a chart and its words both ask for."""
        return {}

    def state(self, day: float, minutes_after: float | None = None) -> Later:
        """Find what a day asks of the body.

        Parameters
        ----------
        day : float
        minutes_after : float, optional
            Minutes after a session of the remedies that are done on that day, whose effects are
            gone soon; not given, they are gone.

        Returns
        -------
        Later
            A cause for `spread`.

        Raises
        ------
        SolveError
            For a day that the course does not have.
        """
        asked = _Day(self, float(day), minutes_after).change()
        for aid in self.plan.list_aids(day):
            asked = asked + aid.change(self.result.body)
        return Later(float(day), self.result.causes, asked)

    def result_on(self, day: float, minutes_after: float | None = None) -> Result:
        """Solve the state of a day, with the routes of the course.

        Parameters
        ----------
        day, minutes_after
            As in `state`.

        Returns
        -------
        Result

        Raises
        ------
        SolveError
            For a day that the course does not have, or a state that cannot be held.
        """
        return self.solve(self.state(day, minutes_after), self.routes)

    def solve(self, later: Later, routes: Mapping[str, Any]) -> Result:
        """Solve a state of the course.

        Parameters
        ----------
        later : Later
            As `state` finds it.
        routes : dict
            As the attribute of that name; guarding need not be as strong.

        Returns
        -------
        Result

        Raises
        ------
        SolveError
            For a state that cannot be held.
        """
        if later.asked == self.result.change and routes == self.result.routes:
            return replace(self.result, causes=(later,))  # nothing has changed yet
        return spread(self.result.whole, later, **routes)

    @cached_property
    def watched(self) -> str:
        """The muscle that the posture holds furthest from its length, as a share of its fibres,
        weighed by cross-section."""
        s = self.result.skeleton
        section = dict(
            zip(s.structures, np.bincount(s.structure, s.pcsa, len(s.structures)), strict=True)
        )
        return max(
            self.held, key=lambda name: abs(self.held[name] / self.fibres[name]) * section[name]
        )

    @property
    def weakest(self) -> str | None:
        """The muscle that the causes weaken most; None where they weaken none."""
        strength = self.result.change.strength
        return min(strength, key=lambda name: strength[name], default=None)

    @cached_property
    def idle(self) -> tuple[str, ...]:
        """Muscles of the legs that carry less where load is spared: of the side that hurts, or of
        both."""
        nodes, pain = self.result.body.graph.nodes, self.result.change.pain
        sides = {nodes[name]["side"] for name in pain} & {"left", "right"} or {"left", "right"}
        return tuple(
            name
            for name in self.held
            if nodes[name]["region"] in LEG and nodes[name]["side"] in sides
        )

    @cached_property
    def treated(self) -> tuple[tuple[str, ...], ...]:
        """Muscles that each dose of the plan is for."""
        nodes = self.result.body.graph.nodes
        return tuple(
            tuple(
                name
                for name in self.held
                if dose.region in ("body", nodes[name]["region"])
                and dose.side in ("both", nodes[name]["side"])
            )
            for dose in self.plan.doses
        )

    @cached_property
    def held(self) -> dict[str, float]:
        """How much longer the posture holds each muscle than healthy standing, mm."""
        state = self.result.alone.state
        longer = 1e3 * (state.stance.geometry.length - state.healthy.rest_length)
        return _mean_of_lines(self.result, longer)

    @cached_property
    def fibres(self) -> dict[str, float]:
        """Length of the fibres of each muscle, mm."""
        return _mean_of_lines(self.result, 1e3 * self.result.skeleton.fibre)

    def _quantities(self, days: Sequence[float] | np.ndarray) -> dict[str, np.ndarray]:
        """What `table` has, as arrays of shape (draws, n)."""
        at = np.atleast_1d(np.asarray(days, dtype=float))
        slow, muscle = self.slow.at(at), self.watched
        numbers = {name: np.reshape(value, (-1, 1)) for name, value in self.numbers.items()}
        shorter = -numbers["length_share"] * self.held[muscle] * slow["length"]
        stiffer = (
            numbers["tissue_share"]
            * numbers["length_share"]
            * max(-self.held[muscle] / self.fibres[muscle], 0.0)
            * slow["tissue"]
        )
        sums = self._add_up(at)
        return {
            "pain": slow["pain"],
            "guarding": self.routes["guarding"] * slow["guarding"],
            "shorter_mm": shorter,
            "stiffer": stiffer,
            "strength": self._find_strength(slow, numbers["disuse_loss"], sums["stronger"]),
            "range_deg": sums["range_deg"],
            "balance": np.minimum(sums["balance"], 1.0),
            "calmer": self.slow.calmer(at),
        }

    def _find_strength(
        self, slow: Mapping[str, np.ndarray], disuse_loss: np.ndarray, stronger: np.ndarray
    ) -> np.ndarray:
        """Share of the usual strength of the weakest muscle, or else of one that only trains and
        rests."""
        weakest = self.weakest
        left = 1.0 if weakest is None else min(self.result.change.strength[weakest], 1.0)
        hurt = slow["hurt"] if weakest in self.result.change.pain else 1.0
        lost = disuse_loss * slow["disuse"] if weakest in (None, *self.idle) else 0.0
        strength: np.ndarray = (1 - (1 - left) * hurt) * (1 - lost) * (1 + stronger)
        return strength

    def _add_up(self, at: np.ndarray) -> dict[str, np.ndarray]:
        """What all doses give on some days, (draws, n) each; strength, where they train the weakest
        muscle."""
        grown, weakest = self.slow.practised(at), self.weakest
        sums = {}
        for name in ("stronger", "range_deg", "balance"):
            sums[name] = np.zeros((self.slow.draws, len(at)))
            for effect, one, muscles in zip(self.effects, grown, self.treated, strict=True):
                if name != "stronger" or weakest in (None, *muscles):
                    sums[name] = sums[name] + np.reshape(getattr(effect, name), (-1, 1)) * one
        return sums


def find_course(
    result: Result,
    plan: Plan | None = None,
    days: float = 365.0,
    kept_days: float | None = None,
    guarding: float | None = None,
    theory: str | None = None,
) -> Course:
    """Find what becomes of a state.

    Parameters
    ----------
    result : Result
        Of the first day: any cause that `spread` can solve.
    plan : Plan, optional
        What is done; by default nothing.
    days : float
        How long it is followed, 1 to 7300.
    kept_days : float, optional
        Day on which the posture is left; not given it is kept, or, where it comes of pain alone,
        left as the pain fades.
    guarding, theory : float and str, optional
        As in `spread`; by default those of the result. With them, the result may be that of the
        first moment, in which no guarding is there yet.

    Returns
    -------
    Course

    Raises
    ------
    CauseError
        If a value is out of range.
    DataError
        If a number of data/cases.csv is missing or out of reach.

    Examples
    --------
    >>> import musclechain as mc
    >>> strained = mc.spread(mc.read_body(), mc.HamstringStrain("left", 2))
    >>> mc.find_course(strained).table([0, 18.6])["pain"].round(2).tolist()
    [0.6, 0.03]

    Notes
    -----
    Pain and weakness of an injury fade together. Guarding feeds pain only under
    the theory of the vicious circle, with the gain of data/parameters.csv: the
    most that the theory allows, as if all guarding came back as overload.
    """
    if not isinstance(result, Result):
        raise CauseError(f"A result of spread is needed, and this is a {type(result).__name__}.")
    plan = Plan() if plan is None else plan
    if not isinstance(plan, Plan):
        raise CauseError(f"A Plan is needed, and this is {plan!r}.")
    days = check_number("days", days, 1, LONGEST_DAYS)
    until = np.inf if kept_days is None else check_number("kept_days", kept_days, 0, LONGEST_DAYS)
    routes = dict(result.routes)
    if guarding is not None:
        routes["guarding"] = check_number("guarding", guarding, 0, 1)
    if theory is not None:
        routes["theory"] = check_side(theory, THEORIES, "theory")
    return _solve_course(result.alone, plan, days, until, routes, None, 1)


def read_slow_level(body: Body) -> CaseLevel:
    """Read the numbers of slow change.

    Parameters
    ----------
    body : Body

    Returns
    -------
    CaseLevel
        With quantities of data/cases.csv.

    Raises
    ------
    DataError
        If a number is missing or out of reach.
    """
    return read_levels(body, "slow_change", SLOW, ("adult",))["adult"]


def _solve_course(
    result: Result,
    plan: Plan,
    days: float,
    until: float,
    routes: Mapping[str, Any],
    chance: np.random.Generator | None,
    count: int,
) -> Course:
    body, change = result.whole, result.change
    numbers = draw_level(read_slow_level(body), chance, count)
    healing = read_levels(body, "healing", HEALING, (USUAL_GRADE,))
    healed = draw_level(healing[_find_grade(result, healing)], chance, count)["healed"]
    effects = find_effects(body, plan, chance, count)
    laws = SlowLaws(
        heal=healed / TIME_CONSTANTS,
        guard=numbers["guard"] / A_DAY_MIN,
        length=numbers["length"],
        tissue=numbers["tissue"],
        disuse=numbers["disuse"],
        loop=_find_loop(result, routes, chance, count),
    )
    pain = max(change.pain.values(), default=0.0)
    asked = Asked(
        pain=pain,
        spared=min(2 * abs(change.load_shift), 1.0) if pain > LEAST_PAIN else 0.0,
        kept_until=until,
        fades=not replace(change, load_shift=0.0).asks_for_pose,
    )
    slow = solve_slow(laws, asked, [effect.practice for effect in effects], days)
    return Course(result, plan, slow, effects, numbers, routes)


def _find_grade(result: Result, known: Mapping[str, Any]) -> str:
    """Level of healing: the worst grade of the causes."""
    grades = [str(getattr(cause, "grade", "")) for cause in result.causes]
    return max((grade for grade in grades if grade in known), default=USUAL_GRADE)


def _find_loop(
    result: Result,
    routes: Mapping[str, Any],
    chance: np.random.Generator | None,
    count: int,
) -> Any:
    """Share of guarding that comes back as pain."""
    belief = routes["guarding"] * result.change.guarding_gain
    if routes["theory"] != THEORIES[0]:
        belief = 0.0
    record = result.body.graph.graph["parameters"]["guarding_loop_gain"]
    gain = record.value if chance is None else chance.uniform(record.low, record.high, count)
    return belief * gain


def _mean_of_lines(result: Result, values: np.ndarray) -> dict[str, float]:
    """Mean of the lines of each muscle, by cross-section."""
    s = result.skeleton
    weight = np.bincount(s.structure, s.pcsa, len(s.structures))
    total = np.bincount(s.structure, s.pcsa * values, len(s.structures))
    return {
        name: float(total[number] / weight[number])
        for number, name in enumerate(s.structures)
        if weight[number] > 0
    }


class _Day:
    """What is asked on one day."""

    def __init__(self, course: Course, day: float, minutes_after: float | None) -> None:
        self.course, self.day, self.after = course, day, minutes_after
        self.first = course.result.change
        self.slow = {name: float(values[0, 0]) for name, values in course.slow.at(day).items()}
        pain = float(np.max(course.slow.asked.pain))
        self.hurts = pain > LEAST_PAIN
        self.felt = min(self.slow["pain"] / pain, 1.0 / pain) if self.hurts else 1.0
        self.numbers = {name: _first(one) for name, one in course.numbers.items()}

    def change(self) -> Change:
        first, healed = self.first, self._heal
        kept = self.day < self.course.slow.asked.kept_until
        posture = first if kept else Change(lift_mm=first.lift_mm, wedge_deg=first.wedge_deg)
        left = replace(
            posture,
            load_shift=posture.load_shift * (min(self.felt, 1.0) if self.hurts else 1.0),
            tensions=healed(first.tensions, 0.0),
            strength=healed(first.strength, 1.0),
            stiffness=healed(first.stiffness, 1.0),
            slack_mm=first.slack_mm,
            tone=first.tone,
            pain={name: min(one * self.felt, 1.0) for name, one in first.pain.items()},
            guarding_gain=first.guarding_gain
            * (1 - float(self.course.slow.calmer(np.array([self.day]))[0, 0])),
            cuts=first.cuts,
        )
        whole = left + self._find_grown()
        return replace(
            whole,
            strength=_keep_within_limits("strength", whole.strength),
            stiffness=_keep_within_limits("stiffness", whole.stiffness),
        )

    def _heal(self, values: Mapping[str, float], neutral: float) -> dict[str, float]:
        """What is left of a change in the structures that hurt; in others it stays."""
        hurt = self.slow["hurt"]
        return {
            name: neutral + (value - neutral) * (hurt if name in self.first.pain else 1.0)
            for name, value in values.items()
        }

    def _slack(self) -> dict[str, float]:
        """How much longer fibres have grown, mm."""
        share = self.numbers["length_share"] * self.slow["length"]
        return {
            name: min(max(share * held, -MOST_MM), MOST_MM)
            for name, held in self.course.held.items()
            if abs(held) >= HELD_MM and abs(share * held) > 1e-9
        }

    def _find_grown(self) -> Change:
        """What slow change, remedies and the hour have made of the muscles."""
        strength: dict[str, float] = {}
        stiffness: dict[str, float] = {}
        stiffer = self.numbers["tissue_share"] * self.numbers["length_share"] * self.slow["tissue"]
        for name, held in self.course.held.items():
            if held <= -HELD_MM and stiffer > 1e-9:
                stiffness[name] = 1 - stiffer * held / self.course.fibres[name]
        if self.slow["disuse"] > 1e-9:
            lost = self.numbers["disuse_loss"] * self.slow["disuse"]
            strength |= dict.fromkeys(self.course.idle, 1 - lost)
        grown = self.course.slow.practised(np.array([self.day]))[:, 0, 0]
        for effect, part, names in zip(
            self.course.effects, grown, self.course.treated, strict=True
        ):
            gain = 1 + _first(effect.stronger) * float(part)
            soft = 1 - _first(effect.softer) * float(part)
            soft *= 1 - self._find_softer_now(effect)
            for name in names if (gain, soft) != (1, 1) else ():
                strength[name] = strength.get(name, 1.0) * gain
                stiffness[name] = stiffness.get(name, 1.0) * soft
        slack, first = self._slack(), self.first
        named = {*first.strength, *first.stiffness, *first.slack_mm, *first.tone, *first.pain}
        return Change(
            strength=strength,
            stiffness=stiffness,
            slack_mm=slack,
            answers=frozenset({*strength, *stiffness, *slack} - named - {*first.tensions}),
        )

    def _find_softer_now(self, effect: DoseEffect) -> float:
        """Share of stiffness that the last session takes away for some minutes."""
        if self.after is None or not effect.dose.from_day <= self.day < effect.dose.last_day:
            return 0.0
        return find_after_session(
            self.course.result.whole, effect.dose.remedy, effect.dose.minutes, [self.after]
        )["softer"].iloc[0]


def _first(value: Any) -> float:
    """A number, or the first of its draws."""
    return float(np.ravel(value)[0])


def _keep_within_limits(name: str, values: Mapping[str, float]) -> dict[str, float]:
    """What the equations can bear of a quantity of `Change`."""
    low, high, _ = LIMITS[name]
    return {key: min(max(value, low), high) for key, value in values.items()}
