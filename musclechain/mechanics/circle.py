"""When a circle of guarding dies out, and when it keeps itself going.

The rounds of guarding are played with the cause, and then played on in the
healthy body, as if the cause were gone all at once. What is still overloaded
then is kept going by the circle alone. Pain adaptation and redistribution have
no rounds: without pain nothing is left of them, whatever the gain.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from musclechain.mechanics.change import SolveError, check_number, check_side
from musclechain.mechanics.effort import Effort, EffortProblem
from musclechain.mechanics.guarding import THEORIES, Guarding, find_guarding, find_overload
from musclechain.mechanics.routes import one_thread
from musclechain.mechanics.skeleton import Skeleton
from musclechain.mechanics.spread import Result

__all__ = [
    "CircleLine",
    "CircleMap",
    "Echo",
    "draw_constants",
    "draw_echoes",
    "find_circle_line",
    "find_echo",
    "find_left",
    "map_circles",
]

# Loop gains that are looked through; spreads that are, as the range of the parameter.
MOST_GAIN = 10.0
SPREADS = (0.2, 0.35, 0.5, 0.65, 0.8)
HALVINGS = 6
# What the circle turns on, as data/parameters.csv calls it.
TURNS_ON = (
    "guarding_loop_gain",
    "spinal_spread",
    "crossing_share",
    "guarding_floor",
    "overload_activation",
)
# Less overload than this, summed over the structures, is none.
NOTHING = 1e-6


@dataclass(frozen=True)
class Echo:
    """What guarding does with a cause, and what is left of it once the cause has gone.

    Attributes
    ----------
    with_cause_n, after_n : float
        Sum over all muscles of how much guarding changes their tension, N.
    overload : float
        Sum over the structures of their overload, 0 to 1 each, once the cause has gone.
    settled : bool
        Whether the rounds came to rest.
    """

    with_cause_n: float
    after_n: float
    overload: float
    settled: bool

    @property
    def sustained(self) -> bool:
        """Whether the circle keeps itself going."""
        return self.overload > NOTHING


@dataclass(frozen=True)
class CircleLine:
    """The line between dying out and going on.

    Attributes
    ----------
    theory : str
    spreads : tuple of float
        Share that a spinal level hands on to its neighbours.
    gains : tuple of float
        For each, the loop gain from which on the circle keeps itself going; infinite where it
        does so for no gain up to 10.
    floor, bears : float
        The greatest activation that guarding adds, and the rise that a muscle bears without
        overload: shares.
    """

    theory: str
    spreads: tuple[float, ...]
    gains: tuple[float, ...]
    floor: float
    bears: float


def find_echo(
    result: Result, theory: str = "vicious circle", belief: float = 1.0, **constants: float
) -> Echo:
    """Play guarding with a cause, and on without it.

    Parameters
    ----------
    result : Result
        Of any cause; its own strength of guarding does not matter.
    theory : str
        One of `THEORIES`.
    belief : float
        0 to 1, how strongly the theory is believed.
    **constants : float
        Of `data/parameters.csv` by name, in place of those of the body; only those that guarding
        reads.

    Returns
    -------
    Echo

    Raises
    ------
    CauseError
        For another theory, or a belief out of range.
    SolveError
        If the muscles cannot hold the posture with what guarding adds.
    ValueError
        For a constant that guarding does not turn on.
    """
    check_side(theory, THEORIES, "theory")
    check_number("belief", belief, 0, 1)
    wrong = set(constants) - set(TURNS_ON)
    if wrong:
        raise ValueError(f"A circle turns on {', '.join(TURNS_ON)}, and not on {min(wrong)}.")
    s = result.skeleton.with_changes(constants={**result.skeleton.constants, **constants})
    state = result.alone.state
    healthy = state.healthy
    with one_thread():
        with_cause = _play_with_cause(result, s, belief, theory)
        after = _play_on(result, s, with_cause, belief, theory)
    held, end = (one.rounds[-1].effort if one.rounds else None for one in (with_cause, after))
    return Echo(
        _sum_change(s, held, state.effort),
        _sum_change(s, end, healthy.effort),
        float(find_overload(s, end, healthy.effort.activation).sum()) if end else 0.0,
        with_cause.settled and after.settled,
    )


def _sum_change(s: Skeleton, guarded: Effort | None, plain: Effort) -> float:
    """How much guarding changes the tension of all muscles, N."""
    if guarded is None:
        return 0.0
    return float(np.abs(guarded.tension - plain.tension)[s.is_muscle].sum())


def _play_with_cause(result: Result, s: Skeleton, belief: float, theory: str) -> Guarding:
    """Play the rounds in the state itself."""
    state, change = result.alone.state, result.change
    return find_guarding(
        EffortProblem(s, state.stance, state.healthy.rest_length, state.healthy.habit.slide),
        result.network,
        state.effort,
        state.healthy.effort.activation,
        np.array([change.pain.get(name, 0.0) for name in s.structures]),
        np.array([change.strength.get(name, 1.0) for name in s.structures])[s.structure],
        belief,
        change.guarding_gain,
        theory,
    )


def _play_on(
    result: Result, skeleton: Skeleton, with_cause: Guarding, belief: float, theory: str
) -> Guarding:
    """Play the rounds on in the healthy body."""
    healthy = result.state.healthy
    if not with_cause.rounds:
        return with_cause
    problem = EffortProblem(skeleton, healthy.stance, healthy.rest_length, healthy.habit.slide)
    after = with_cause
    for _ in range(2):  # some take long to die out
        after = find_guarding(
            problem,
            result.network,
            healthy.effort,
            healthy.effort.activation,
            np.zeros(len(skeleton.structures)),
            np.ones(len(skeleton.lines)),
            belief,
            1.0,
            theory,
            after.rounds[-1],
        )
        if after.settled:
            break
    return after


def find_circle_line(
    result: Result,
    theory: str = "vicious circle",
    spreads: Sequence[float] = SPREADS,
    **constants: float,
) -> CircleLine:
    """Find from which loop gain on guarding keeps itself going, for each spread.

    Parameters
    ----------
    result : Result
        Of any cause: the circle begins with it.
    theory : str
        One of `THEORIES`.
    spreads : sequence of float
        0 to 0.99 each.
    **constants : float
        As in `find_echo`; gain and spread are looked through.

    Returns
    -------
    CircleLine

    Raises
    ------
    CauseError, ValueError
        As `find_echo`, and for a spread out of range.

    Notes
    -----
    Halving of the range: more gain is taken to keep no less going. A gain at
    which the muscles cannot hold the posture any more counts as one that keeps
    going.
    """
    for spread in spreads:
        check_number("spread", spread, 0, 0.99)
    known = {**result.skeleton.constants, **constants}
    gains = tuple(_find_gain(result, theory, spread, constants) for spread in spreads)
    return CircleLine(
        theory,
        tuple(map(float, spreads)),
        gains,
        known["guarding_floor"],
        known["overload_activation"],
    )


def _find_gain(result: Result, theory: str, spread: float, constants: Mapping) -> float:
    """The least gain that keeps the circle going at one spread."""

    def goes_on(gain: float) -> bool:
        asked = {**constants, "guarding_loop_gain": gain, "spinal_spread": spread}
        try:
            return find_echo(result, theory, **asked).sustained
        except SolveError:
            return True

    if theory != THEORIES[0] or not goes_on(MOST_GAIN):
        find_echo(result, theory, **constants)  # which checks what was given
        return np.inf
    low, high = 0.0, MOST_GAIN
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if goes_on(middle) else (middle, high)
    return high


@dataclass(frozen=True)
class CircleMap:
    """Where circles of guarding die out and where they go on, by loop gain and spread.

    Attributes
    ----------
    lines : mapping of str to CircleLine
        By theory.
    stronger : CircleLine
        Of the first theory, with the greatest activation that guarding is thought able to add.
    drawn : tuple of (dict of str to float, float)
        Constants from their ranges, and the overload that each circle leaves (`find_left`).
    own : mapping of str to float
        The constants of the body.
    """

    lines: Mapping[str, CircleLine]
    stronger: CircleLine
    drawn: tuple[tuple[Mapping[str, float], float], ...]
    own: Mapping[str, float]


def map_circles(
    result: Result, draws: int = 30, spreads: Sequence[float] = SPREADS
) -> Generator[float, None, CircleMap]:
    """Map where circles of guarding die out and where they go on, a part at a time.

    Parameters
    ----------
    result : Result
        Of any cause: the circles begin with it.
    draws : int
        1 to 1000: how many circles have their constants drawn.
    spreads : sequence of float
        Rising, 0 to 0.99 each.

    Yields
    ------
    float
        Share that is done, 0 to 1.

    Returns
    -------
    CircleMap

    Raises
    ------
    CauseError
        As `find_circle_line` and `draw_echoes`.
    """
    floor = result.body.graph.graph["parameters"]["guarding_floor"].high
    asked: list[tuple[str, dict[str, float]]] = [(theory, {}) for theory in THEORIES]
    asked.append((THEORIES[0], {"guarding_floor": floor}))
    rows, steps = draw_constants(result, draws), len(asked) * len(spreads) + draws
    lines: list[CircleLine] = []
    for number, (theory, constants) in enumerate(asked):
        parts = []
        for done, spread in enumerate(spreads, number * len(spreads)):
            parts.append(find_circle_line(result, theory, (spread,), **constants))
            yield (done + 1) / steps
        gains = tuple(part.gains[0] for part in parts)
        lines.append(replace(parts[0], spreads=tuple(map(float, spreads)), gains=gains))
    drawn = []
    for done, row in enumerate(rows, len(asked) * len(spreads)):
        drawn.append((row, find_left(result, row)))
        yield (done + 1) / steps
    own = {name: result.skeleton.constants[name] for name in TURNS_ON}
    return CircleMap(dict(zip(THEORIES, lines, strict=False)), lines[-1], tuple(drawn), own)


def draw_echoes(result: Result, draws: int = 40, seed: int = 0) -> np.ndarray:
    """Draw what the circle turns on from the ranges of its parameters, and see what goes on.

    Parameters
    ----------
    result : Result
    draws : int
        1 to 1000.
    seed : int
        The same seed draws the same circles.

    Returns
    -------
    numpy.ndarray, shape (draws,)
        Overload that is left once the cause has gone, as in `Echo`; not a number where the
        muscles cannot hold what guarding adds.
    """
    constants = draw_constants(result, draws, seed)
    return np.array([find_left(result, row) for row in constants])


def draw_constants(result: Result, draws: int = 40, seed: int = 0) -> list[dict[str, float]]:
    """Draw the constants that the circle turns on from their ranges.

    Parameters
    ----------
    result : Result
    draws : int
        1 to 1000.
    seed : int
        The same seed draws the same constants.

    Returns
    -------
    list of dict of str to float
        Those of `data/parameters.csv` that guarding reads, for each draw.
    """
    check_number("draws", draws, 1, 1000)
    parameters = result.body.graph.graph["parameters"]
    low, high = np.array([(parameters[name].low, parameters[name].high) for name in TURNS_ON]).T
    shares = np.random.default_rng(seed).uniform(size=(int(draws), len(low)))
    rows = (low + shares * (high - low)).tolist()
    return [dict(zip(TURNS_ON, row, strict=True)) for row in rows]


def find_left(result: Result, constants: Mapping[str, float]) -> float:
    """Find the overload that a circle with these constants leaves once its cause has gone.

    Parameters
    ----------
    result : Result
    constants : mapping of str to float
        As `find_echo` takes them.

    Returns
    -------
    float
        Not a number where the muscles cannot hold what guarding adds.
    """
    try:
        return find_echo(result, THEORIES[0], 1.0, **constants).overload
    except SolveError:
        return np.nan
