"""The nested solves: before, then posture, then pull, then guarding."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from musclechain.anatomy.nerves import SpinalNetwork
from musclechain.mechanics.change import Change, SolveError, UnheldError
from musclechain.mechanics.effort import Effort, EffortProblem, Healthy
from musclechain.mechanics.guarding import Guarding, find_guarding
from musclechain.mechanics.pose import find_stance
from musclechain.mechanics.pull import Pull, PullProblem
from musclechain.mechanics.skeleton import Skeleton
from musclechain.mechanics.stance import Stance

__all__ = [
    "ROUTES",
    "Held",
    "State",
    "guard",
    "hold",
    "one_thread",
    "solve_routes",
    "total_by_structure",
]

# how often the body gives way before a stance counts as one that nothing can hold
MOST_TRIES = 8

ROUTES = ("posture", "pull", "guarding")


@cache
def _thread_pools() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager:
    """Keep linear algebra on one core while the block lasts: on matrices this small more threads
    cost time."""
    return _thread_pools().limit(limits=1, user_api="blas")


@dataclass(frozen=True)
class State:
    """The nested solves behind a result: before, + posture, + pull, + guarding.

    Attributes
    ----------
    healthy : Healthy
    stance : Stance
    effort : Effort
        Of the stance, without guarding.
    pull : Pull
        Without guarding.
    guarding : Guarding or None
        None where it is switched off.
    guarded : Effort
    guarded_pull : Pull
        The last of each, guarding included.
    reference : State or None
        With which it is compared; None for the healthy body.
    """

    healthy: Healthy
    stance: Stance
    effort: Effort
    pull: Pull
    guarding: Guarding | None
    guarded: Effort
    guarded_pull: Pull
    reference: "State | None" = None

    def tensions(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Tension of each line before, with posture, with posture and pull, and with all; N.

        Compared with another state, before is what that one ends with, and a step adds what it
        adds here more than there: the steps still add up to the whole difference.
        """
        before, held = self.healthy.effort.tension, self.effort.tension
        steps = (
            before,
            held,
            held + self.pull.change,
            self.guarded.tension + self.guarded_pull.change,
        )
        if self.reference is None:
            return steps
        first, second, third, end = self.reference.tensions()
        return (
            end + (before - first),
            end + (held - second),
            end + (steps[2] - third),
            steps[3],
        )

    @property
    def stance_before(self) -> Stance:
        """The stance with which it is compared."""
        return self.reference.stance if self.reference else self.healthy.stance

    def columns(self, skeleton: Skeleton) -> dict[str, np.ndarray]:
        """before_N, posture_N, pull_N, guarding_N and after_N of each structure."""
        before, held, pulled, guarded = (
            total_by_structure(skeleton, tension) for tension in self.tensions()
        )
        return {
            "before_N": before,
            "posture_N": held - before,
            "pull_N": pulled - held,
            "guarding_N": guarded - pulled,
            "after_N": guarded,
        }


def total_by_structure(skeleton: Skeleton, per_line: np.ndarray) -> np.ndarray:
    """Add the lines of each muscle up, and take the mean of the strands of other tissue.

    Parameters
    ----------
    skeleton : Skeleton
    per_line : numpy.ndarray, shape (lines,)
        N.

    Returns
    -------
    numpy.ndarray, shape (structures,)
        N.
    """
    s = skeleton
    count = np.bincount(s.structure, minlength=len(s.structures))
    whole = np.bincount(s.structure, per_line, len(s.structures))
    muscle = np.bincount(s.structure, s.is_muscle, len(s.structures)) > 0
    return whole / np.where(muscle, 1, count)


@dataclass(frozen=True)
class Held:
    """A state in which no muscle guards: how far posture and pull alone get."""

    skeleton: Skeleton  # with the tissue that the change asks for
    change: Change
    healthy: Healthy
    stance: Stance
    effort: Effort
    problem: EffortProblem | None  # of the stance; None where it is the healthy one
    strength: np.ndarray  # (lines,) share that is left
    around: PullProblem
    added: np.ndarray  # (lines,) N
    pull: Pull


def hold(
    skeleton: Skeleton,
    healthy: Healthy,
    change: Change,
    pull: bool = True,
    posture: bool = True,
    near: Effort | None = None,
) -> Held:
    """Solve posture, and pull inside it.

    Parameters
    ----------
    skeleton, healthy, change, pull, posture, near
        As `solve_routes`.

    Returns
    -------
    Held

    Raises
    ------
    SolveError
    """
    stance, effort, rest = healthy.stance, healthy.effort, healthy.rest_length
    altered = alter_tissue(skeleton, change)
    strength = _per_line(skeleton, change.strength, 1.0)
    same = altered is skeleton and not change.asks_for_pose and bool((strength == 1).all())
    problem: EffortProblem | None = None
    if posture and not same:
        stance, effort, problem = _stand(altered, change, healthy, strength, near)
    added = _added_tension(skeleton, change.tensions) if pull else np.zeros(len(skeleton.lines))
    around = PullProblem(altered, stance, rest)
    return Held(
        altered,
        change,
        healthy,
        stance,
        effort,
        problem,
        strength if posture else np.ones_like(strength),
        around,
        added,
        around.solve(effort, added),
    )


def guard(
    held: Held,
    network: SpinalNetwork,
    guarding: float = 0.0,
    theory: str = "vicious circle",
) -> State:
    """Let muscles guard in a state in which none did.

    Parameters
    ----------
    held : Held
    network, guarding, theory
        As `solve_routes`.

    Returns
    -------
    State

    Raises
    ------
    SolveError
    """
    effort, answer, rounds = held.effort, held.pull, None
    if guarding:
        rounds = find_guarding(
            held.problem
            or EffortProblem(
                held.skeleton, held.stance, held.healthy.rest_length, held.healthy.habit.slide
            ),
            network,
            effort,
            held.healthy.effort.activation,
            _per_structure(held.skeleton, held.change.pain),
            held.strength,
            guarding,
            held.change.guarding_gain,
            theory,
        )
        if rounds.rounds:
            effort = rounds.rounds[-1].effort
            answer = held.around.solve(effort, held.added)
    return State(held.healthy, held.stance, held.effort, held.pull, rounds, effort, answer)


def solve_routes(
    skeleton: Skeleton,
    healthy: Healthy,
    network: SpinalNetwork,
    change: Change,
    pull: bool = True,
    posture: bool = True,
    guarding: float = 0.0,
    theory: str = "vicious circle",
    near: Effort | None = None,
) -> State:
    """Solve the routes one inside the other.

    Each route is what its own step adds, so a route that is switched off adds
    nothing and the three add up to the whole change.

    Parameters
    ----------
    skeleton : Skeleton
        Of the healthy body.
    healthy : Healthy
        `find_healthy` of the same skeleton.
    network : SpinalNetwork
    change : Change
    pull, posture : bool
    guarding : float
        0 to 1.
    theory : str
        Of guarding, one of `THEORIES`.
    near : Effort, optional
        Of the same state of a body that differs little: makes this one faster. One body of many
        needs no more than some hundredths of a newton, so the pose is found to these.

    Returns
    -------
    State

    Raises
    ------
    SolveError
    """
    return guard(hold(skeleton, healthy, change, pull, posture, near), network, guarding, theory)


def _stand(
    skeleton: Skeleton,
    change: Change,
    healthy: Healthy,
    strength: np.ndarray,
    near: Effort | None = None,
) -> tuple[Stance, Effort, EffortProblem]:
    """Find the cheapest pose that can be held: where the strength that is left does not do, the
    body leans, turns or drops until it does."""
    tried: list[tuple[Stance, np.ndarray]] = []
    while True:
        stance = find_stance(
            skeleton,
            change,
            healthy.habit,
            strength,
            healthy.rest_length,
            tried,
            rough=near is not None,
        )
        problem = EffortProblem(skeleton, stance, healthy.rest_length, healthy.habit.slide)
        try:
            effort = problem.solve(strength, start=near or healthy.effort)
        except UnheldError as reason:
            if len(tried) == MOST_TRIES:
                raise
            tried.append((stance, reason.gap))
        else:
            short = {int(np.argmax(np.abs(gap).max(axis=1))) for _, gap in tried}
            names = (skeleton.joint_names[1 + joint] for joint in sorted(short))
            gave_way = tuple(name for name in names if name)
            return replace(stance, gave_way=gave_way), effort, problem


def alter_tissue(skeleton: Skeleton, change: Change) -> Skeleton:
    """Give the lines of a skeleton the stiffness, slack length and tone that a change asks for.

    Parameters
    ----------
    skeleton : Skeleton
    change : Change

    Returns
    -------
    Skeleton
        The same object where no tissue is altered.
    """
    if not change.alters_tissue:
        return skeleton
    factor = _per_line(skeleton, change.stiffness, 1.0)
    longer = _per_line(skeleton, change.slack_mm, 0.0) / 1e3
    return skeleton.with_changes(
        stiffness=skeleton.stiffness * factor,
        softness=skeleton.softness * factor,
        slack=np.maximum(skeleton.slack + longer, 0.0),
        tone=skeleton.tone + _per_line(skeleton, change.tone, 0.0),
    )


def _per_structure(
    skeleton: Skeleton, values: Mapping[str, float], default: float = 0.0
) -> np.ndarray:
    if not values:
        return np.full(len(skeleton.structures), default)
    return np.array([values.get(name, default) for name in skeleton.structures])


def _per_line(skeleton: Skeleton, values: Mapping[str, float], default: float) -> np.ndarray:
    return _per_structure(skeleton, values, default)[skeleton.structure]


def _added_tension(skeleton: Skeleton, tensions: Mapping[str, float]) -> np.ndarray:
    """Share the tension added to a structure among its lines, by cross-section or by stiffness."""
    weight = np.where(skeleton.is_muscle, skeleton.pcsa, skeleton.stiffness)
    total = np.bincount(skeleton.structure, weight, len(skeleton.structures))[skeleton.structure]
    missing = [
        name for name, value in tensions.items() if value and name not in skeleton.structures
    ]
    if missing:
        raise SolveError(
            f"{missing[0]} cannot pull on anything: it lies within one rigid body, or it was cut."
            " Choose another structure."
        )
    return _per_line(skeleton, tensions, 0.0) * weight / total
