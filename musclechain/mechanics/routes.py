"""The nested solves: before, then posture, then pull, then guarding."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from musclechain.mechanics.change import Demand, SolveError
from musclechain.mechanics.effort import find_effort
from musclechain.mechanics.guarding import find_guarding
from musclechain.mechanics.pose import find_stance
from musclechain.mechanics.pull import find_pull

__all__ = ["State", "one_thread", "solve_routes", "total_by_structure"]


@cache
def _thread_pools():
    return ThreadpoolController()


def one_thread():
    """Keep linear algebra on one core while the block lasts: on matrices this small more threads
    cost time."""
    return _thread_pools().limit(limits=1, user_api="blas")


@dataclass(frozen=True)
class State:
    """The nested solves behind a result: before, + posture, + pull, + guarding."""

    healthy: tuple
    stance: object
    effort: object
    pull: object
    guarding: object
    guarded: object
    guarded_pull: object

    def tensions(self):
        """Tension of each line before, with posture, with posture and pull, and with all; N."""
        before, held = self.healthy[2].tension, self.effort.tension
        return (
            before,
            held,
            held + self.pull.change,
            self.guarded.tension + self.guarded_pull.change,
        )

    def columns(self, skeleton):
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


def total_by_structure(skeleton, per_line):
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


def solve_routes(skeleton, healthy, network, demand, pull=True, posture=True, guarding=0.0):
    """Solve the routes one inside the other.

    Each route is what its own step adds, so a route that is switched off adds
    nothing and the three add up to the whole change.

    Parameters
    ----------
    skeleton : Skeleton
    healthy : tuple
        `find_healthy` of the same skeleton.
    network : SpinalNetwork
    demand : Demand
    pull, posture : bool
    guarding : float

    Returns
    -------
    State
    """
    stance, rest, effort = healthy
    capacity = _per_line(skeleton, demand.capacity, 1.0)
    if posture:
        stance = (
            stance if _is_quiet(demand) else find_stance(skeleton, demand, healthy[0].geometry.pose)
        )
        effort = (
            effort
            if stance is healthy[0] and (capacity == 1).all()
            else find_effort(skeleton, stance, rest, capacity, start=effort)
        )
    added = _added_tension(skeleton, demand.tensions) if pull else np.zeros(len(skeleton.lines))
    answer = find_pull(skeleton, stance, effort, rest, added)
    guarded, guarded_pull, rounds = effort, answer, None
    if guarding:
        pain = _per_structure(skeleton, demand.pain)
        rounds = find_guarding(
            skeleton,
            network,
            stance,
            effort,
            rest,
            healthy[2].activation,
            pain,
            capacity if posture else np.ones_like(capacity),
            guarding,
        )
        if rounds.rounds:
            guarded = rounds.rounds[-1].effort
            guarded_pull = find_pull(skeleton, stance, guarded, rest, added)
    return State(healthy, stance, effort, answer, rounds, guarded, guarded_pull)


def _is_quiet(demand):
    quiet = Demand()
    return all(
        getattr(demand, name) == getattr(quiet, name)
        for name in ("load_shift", "lifted_foot", "head_level")
    ) and not (
        any(map(any, demand.angles.values()))
        or any(demand.lift_mm.values())
        or any(demand.wedge_deg.values())
    )


def _per_structure(skeleton, values, default=0.0):
    return np.array([values.get(name, default) for name in skeleton.structures])


def _per_line(skeleton, values, default):
    return _per_structure(skeleton, values, default)[skeleton.structure]


def _added_tension(skeleton, tensions):
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
