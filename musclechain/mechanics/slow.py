"""Slow change: how pain, guarding, fibres, tissue and strength follow what is asked of them, over
minutes to years.

Each of them goes toward its target in proportion to what is missing (first
order), so each has one time constant:

- *pain* fades as the injury heals, and toward what guarding feeds back;
- *guarding* follows the pain that is felt, within minutes;
- *length*: fibres take on the length at which they are held, over weeks;
- *tissue* follows the fibres, over months;
- *disuse*: what carries no load gets weaker, over weeks.

What is done about it (`Practice`) grows and fades in the same way, and relieves
pain, calms guarding or takes load away. All numbers are shares from 0 to 1 and
stay there whatever is asked. Each number may be an array of draws, which are
solved together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import scipy  # its parts load when they are first asked for, so other lessons start without them

from musclechain.mechanics.change import SolveError

__all__ = ["LEAST_PAIN", "QUANTITIES", "Asked", "Practice", "SlowChange", "SlowLaws", "solve_slow"]

QUANTITIES = ("pain", "guarding", "length", "tissue", "disuse")
# The longest step, days: what is done for a week is not stepped over.
LONGEST_STEP = 3.5
# Slower than this, share a day, is still: the solver cannot take numbers that are next to nothing.
STILL = 1e-15
# Jumps that lie nearer together, days, are one.
SHORTEST_PIECE = 1e-3
# Less pain than this is none.
LEAST_PAIN = 1e-6
# Relative and absolute error of a step.
RTOL, ATOL = 1e-5, 1e-7

Draws = float | np.ndarray


@dataclass(frozen=True)
class SlowLaws:
    """Time constants, days, each one number or one for each draw; and how much comes back.

    Attributes
    ----------
    heal, guard, length, tissue, disuse : float or numpy.ndarray, shape (draws,)
        Days in which a quantity goes 63 % of its way.
    loop : float or numpy.ndarray, shape (draws,)
        Share of guarding that comes back as pain: below 1 the circle dies out,
        above 1 it sustains itself.
    """

    heal: Draws
    guard: Draws
    length: Draws
    tissue: Draws
    disuse: Draws
    loop: Draws = 0.0


@dataclass(frozen=True)
class Practice:
    """Something that is done over some time.

    Its effect x grows toward `level` while it is done, and fades afterwards.

    Attributes
    ----------
    first, last : float
        Days from the beginning.
    level : float or numpy.ndarray, shape (draws,)
        0 to 1: how much of the dose at which its effects were measured.
    days : float or numpy.ndarray, shape (draws,)
        Its time constant.
    relief, calmer, unloaded : float or numpy.ndarray, shape (draws,)
        At x = 1: pain taken away (of the greatest pain, 1), share by which less of the
        guarding comes back, and load taken away at once.
    """

    first: float
    last: float
    level: Draws
    days: Draws
    relief: Draws = 0.0
    calmer: Draws = 0.0
    unloaded: Draws = 0.0


@dataclass(frozen=True)
class Asked:
    """What the body is asked, from the first day on.

    Attributes
    ----------
    pain : float or numpy.ndarray, shape (draws,)
        0 to 1, at the beginning.
    spared : float
        0 to 1: how much load the painful part gives away at the beginning; it takes its load
        back as the pain fades.
    kept_until : float
        Day on which the posture is left; infinite where it is never left.
    fades : bool
        Whether the posture is the pain's, and is left by and by as the pain fades.
    """

    pain: Draws = 0.0
    spared: float = 0.0
    kept_until: float = np.inf
    fades: bool = True


@dataclass(frozen=True)
class SlowChange:
    """A course; ask it for any day with `at`. It is solved when a day after the first is asked for.

    Attributes
    ----------
    days : float
        Length of the course.
    """

    laws: SlowLaws
    practices: tuple[Practice, ...]
    asked: Asked
    days: float
    draws: int = 1

    def at(self, days: float | Sequence[float] | np.ndarray) -> dict[str, np.ndarray]:
        """Read the state of some days.

        Parameters
        ----------
        days : float or array, shape (n,)
            Within the course.

        Returns
        -------
        dict of quantity to numpy.ndarray, shape (draws, n)
            `QUANTITIES`, 0 to 1, with pain as it is felt; and ``hurt``, the share of the injury
            that has not healed.

        Raises
        ------
        SolveError
            For a day before the first or after the last, or if the laws cannot be followed.
        """
        at = np.atleast_1d(np.asarray(days, dtype=float))
        if not ((at >= 0) & (at <= self.days)).all():
            raise SolveError(
                f"The course runs from day 0 to day {self.days:g}; {days!r} is not within it."
            )
        state = dict(zip(QUANTITIES, np.clip(self._read(at), 0.0, 1.0), strict=True))
        relief = self._doing.add_up(self._doing.relief, at)
        heal = np.broadcast_to(np.asarray(self.laws.heal, dtype=float), (self.draws,))
        return {
            **state,
            "pain": np.clip(state["pain"] - relief, 0.0, 1.0),
            "hurt": np.exp(-at / heal[:, None]),
        }

    def _read(self, at: np.ndarray) -> np.ndarray:
        """The state of some days, (quantities, draws, days)."""
        if not at.any():  # a picture of the first day need not wait for years to be solved
            states = np.repeat(self._slope.start[:, None], len(at), axis=1)
            return states.reshape(self.draws, len(QUANTITIES), -1).swapaxes(0, 1)
        ends = np.array([end for end, _ in self._pieces])
        piece = np.minimum(np.searchsorted(ends, at, side="left"), len(ends) - 1)
        found = np.empty((len(QUANTITIES), self.draws, len(at)))
        for number in np.unique(piece):
            chosen = piece == number
            states = self._pieces[number][1](at[chosen])
            found[:, :, chosen] = states.reshape(self.draws, len(QUANTITIES), -1).swapaxes(0, 1)
        return found

    def practised(self, days: np.ndarray) -> np.ndarray:
        """How far the effect of each practice has grown.

        Parameters
        ----------
        days : numpy.ndarray, shape (n,)

        Returns
        -------
        numpy.ndarray, shape (practices, draws, n)
            0 to 1.
        """
        return self._doing.grown(np.asarray(days, dtype=float))

    def calmer(self, days: np.ndarray) -> np.ndarray:
        """By what share less of the guarding comes back, for all that is done.

        Parameters
        ----------
        days : numpy.ndarray, shape (n,)

        Returns
        -------
        numpy.ndarray, shape (draws, n)
            0 to 1.
        """
        return self._doing.add_up(self._doing.calmer, np.asarray(days, dtype=float))

    @cached_property
    def _doing(self) -> "_Doing":
        return _Doing(self.practices, self.draws)

    @property
    def _slope(self) -> "_Slope":
        return _Slope(self.laws, self.asked, self._doing, self.draws)

    @cached_property
    def _pieces(self) -> tuple[tuple[float, Any], ...]:
        """The course between two jumps of what is asked: its last day, and the dense solution."""
        slope = self._slope
        state, start, pieces = slope.start, 0.0, []
        for end in _list_ends(self.asked, self.practices, self.days):
            slope.begin(start, end)
            found = scipy.integrate.solve_ivp(
                slope,
                (start, end),
                state,
                method=_find_method(),
                dense_output=True,
                rtol=RTOL,
                atol=ATOL,
                lband=len(QUANTITIES) - 1,
                uband=len(QUANTITIES) - 1,
                max_step=LONGEST_STEP if self.practices else np.inf,
            )
            if not found.success or not np.isfinite(found.y[:, -1]).all():
                raise SolveError(
                    f"Slow change could not be followed to day {end:g}: {found.message}"
                )
            pieces.append((end, found.sol))
            state, start = np.clip(found.y[:, -1], 0.0, 1.0), end
        return tuple(pieces)


class _Doing:
    """All practices as arrays, shape (practices, draws)."""

    def __init__(self, practices: Sequence[Practice], draws: int) -> None:
        shape = (len(practices), draws)

        def column(name: str) -> np.ndarray:
            values = [np.broadcast_to(getattr(one, name), (draws,)) for one in practices]
            return np.array(values, dtype=float).reshape(shape)

        self.first, self.last = column("first"), column("last")
        self.level, self.days = column("level"), column("days")
        self.relief, self.calmer = column("relief"), column("calmer")
        self.unloaded = column("unloaded")
        self.both, self.none = np.stack([self.relief, self.calmer]), np.zeros(draws)

    def grown(self, at: np.ndarray) -> np.ndarray:
        """Effect of each practice on some days, (practices, draws, days)."""
        return np.moveaxis(self._grow(at[:, None, None]), 0, -1)

    def add_up(self, sizes: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Sum of an effect of all practices on some days, not more than 1: (draws, days)."""
        return np.minimum((sizes[..., None] * self.grown(at)).sum(axis=0), 1.0)

    def effects(self, at: float) -> tuple[np.ndarray, np.ndarray]:
        """Relief and calmer of all practices on one day, (draws,) each."""
        if not len(self.first):
            return self.none, self.none
        sums = np.minimum((self.both * self._grow(at)).sum(axis=1), 1.0)
        return sums[0], sums[1]

    def _grow(self, at: float | np.ndarray) -> np.ndarray:
        """The closed form of first order toward a level that is asked from the first to the last
        day: (practices, draws), behind what days are stacked in."""
        done = np.minimum(np.maximum(at, self.first), self.last) - self.first
        since = np.maximum(at - self.last, 0.0)
        grown: np.ndarray = self.level * -np.expm1(-done / self.days) * np.exp(-since / self.days)
        return grown

    def rest(self, at: float) -> np.ndarray:
        """Load that is taken away on a day, (draws,)."""
        doing = (self.first <= at) & (at < self.last)
        return np.minimum((self.unloaded * self.level * doing).sum(axis=0), 1.0)


def solve_slow(
    laws: SlowLaws, asked: Asked, practices: Sequence[Practice] = (), days: float = 365.0
) -> SlowChange:
    """Follow slow change for some time.

    Parameters
    ----------
    laws : SlowLaws
    asked : Asked
    practices : sequence of Practice
    days : float
        How long.

    Returns
    -------
    SlowChange

    Raises
    ------
    SolveError
        If a number is not finite, or the course is shorter than a minute.

    Notes
    -----
    Minutes and months together are stiff, so LSODA is used, which changes to
    an implicit method by itself; its matrix has a band for each draw. Where
    what is asked jumps (a posture is left, rest begins or ends) the course is
    solved in pieces.
    """
    if not SHORTEST_PIECE <= days < np.inf:
        raise SolveError(f"A course lasts some minutes at least, and is asked for {days!r} days.")
    draws = _count_draws(laws, asked, practices)
    return SlowChange(laws, tuple(practices), asked, days, draws)


@cache
def _find_method() -> Any:
    """LSODA that empties its work space at the end: that of scipy 1.17 keeps a reference to it for
    ever, some kilobytes for each course with draws. Made when first asked for, as scipy loads."""

    class Lsoda(scipy.integrate.LSODA):
        def dense_output(self) -> Any:
            found = super().dense_output()  # which has copies of its own
            integrator = getattr(self._lsoda_solver, "_integrator", None)
            if self.status == "finished" and integrator is not None:
                for work in (integrator.rwork, integrator.iwork):
                    work.resize(0, refcheck=False)
            return found

    return Lsoda


def _list_ends(asked: Asked, practices: Sequence[Practice], days: float) -> list[float]:
    """Days at which a piece of the course ends: where what is asked jumps, and the last."""
    jumps = {asked.kept_until}
    jumps |= {day for one in practices if np.any(one.unloaded) for day in (one.first, one.last)}
    ends: list[float] = []
    for day in sorted(jumps):
        if (ends[-1] if ends else 0.0) + SHORTEST_PIECE < day < days - SHORTEST_PIECE:
            ends.append(day)
    return [*ends, days]


def _count_draws(laws: SlowLaws, asked: Asked, practices: Sequence[Practice]) -> int:
    """Number of draws, with a check that all numbers are there, finite and of one size."""
    values = [*vars(laws).values(), asked.pain, asked.spared]
    values += [value for one in practices for value in vars(one).values()]
    if not all(np.isfinite(value).all() for value in values):
        raise SolveError("Slow change needs finite numbers.")
    return int(np.broadcast_shapes(*(np.shape(value) for value in values), (1,))[0])


class _Slope:
    """How fast everything changes: the laws."""

    def __init__(self, laws: SlowLaws, asked: Asked, doing: _Doing, draws: int) -> None:
        def row(value: Draws) -> np.ndarray:
            return np.broadcast_to(np.asarray(value, dtype=float), (draws,))

        self.asked, self.doing, self.draws = asked, doing, draws
        self.loop, self.hurts = row(laws.loop), row(asked.pain) > LEAST_PAIN
        self.pain = np.where(self.hurts, row(asked.pain), 0.0)
        # of the posture that pain asks for, as much is left as of the pain
        self.share = np.where(self.hurts, 1 / np.where(self.hurts, self.pain, 1.0), 0.0)
        self.without = np.where(self.hurts & asked.fades, 0.0, 1.0)
        days = (laws.heal, laws.guard, laws.length, laws.tissue, laws.disuse)
        self.rates = 1 / np.stack([row(one) for one in days], axis=1)

    @property
    def start(self) -> np.ndarray:
        """On the first day there is pain and nothing else yet, draw after draw."""
        state = np.zeros((self.draws, len(QUANTITIES)))
        state[:, 0] = self.pain
        return state.ravel()

    def begin(self, start: float, end: float) -> None:
        """Take up a piece of the course: what jumps is the same in all of it."""
        middle = (start + end) / 2
        self.kept = float(middle < self.asked.kept_until)
        self.rest = self.doing.rest(middle)

    def __call__(self, day: float, state: np.ndarray) -> np.ndarray:
        now = state.reshape(self.draws, -1)
        relief, calmer = self.doing.effects(day)
        felt = np.minimum(np.maximum(now[:, 0] - relief, 0.0), 1.0)
        left = np.minimum(felt * self.share, 1.0)
        target = np.empty_like(now)
        target[:, 0] = np.minimum(self.loop * (1 - calmer) * now[:, 1], 1.0)
        target[:, 1] = felt
        target[:, 2] = np.maximum(left, self.without) * self.kept
        target[:, 3] = now[:, 2]
        target[:, 4] = np.minimum(self.asked.spared * left + self.rest, 1.0)
        slopes = (target - now) * self.rates
        slopes[np.abs(slopes) < STILL] = 0.0
        return slopes.ravel()
