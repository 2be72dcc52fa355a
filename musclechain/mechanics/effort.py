"""Route 1, posture: the smallest effort that holds a pose."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy

from musclechain.mechanics.bounded import FREELY, solve_bounded
from musclechain.mechanics.change import Change, UnheldError
from musclechain.mechanics.joints import find_passive_moments
from musclechain.mechanics.junctions import Junctions, Settled
from musclechain.mechanics.pose import find_habit, find_stance
from musclechain.mechanics.skeleton import Skeleton
from musclechain.mechanics.stance import Habit, Stance, find_asked_moments, find_joint_levers
from musclechain.mechanics.tissue import find_strength

__all__ = ["Effort", "EffortProblem", "Healthy", "find_effort", "find_healthy"]

# how often the answer of the tissue at the junctions is straightened anew
# (more often only at the edge of what the muscles can hold)
PLACES, MOST_PLACES = 3, 20
LEAST_GAP_NM = 0.5


@dataclass(frozen=True)
class Effort:
    """Tensions that hold a stance."""

    tension: np.ndarray  # (lines,) N
    passive: np.ndarray  # (lines,) N, the part that stretch alone gives
    activation: np.ndarray  # (lines,) share of the strength that is left
    at_limit: np.ndarray  # (lines,) bool
    # (bones, 3) Nm at each joint about its `moment_axes`, carried by ligament and contact
    residual: np.ndarray
    # what the next solve starts from: (places, rows) multipliers, and (places + 1, slides) where
    # the junctions rest at each place and at the end, m
    price: np.ndarray
    slide: np.ndarray


@dataclass(frozen=True)
class Healthy:
    """The healthy body standing on both feet: what everything is compared with."""

    stance: Stance
    rest_length: np.ndarray  # (lines,) m
    effort: Effort
    habit: Habit  # what the poses of this body are measured from


class EffortProblem:
    """The balance of every joint in one stance, to be solved for different strengths and floors.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.
    slide : numpy.ndarray, shape (slides,), optional
        Where the junctions rest about with no muscle active, m: only makes the solves faster.

    Notes
    -----
    Rows are the joint moments about `moment_axes`. Muscle activations and
    what ligament and contact may take are the unknowns. The tissue at soft
    junctions answers the muscles; its answer is straightened at one place at a
    time, which makes each problem convex. The number of places is fixed and
    the first is the body with its muscles at rest, so that the answer is a
    property of the state alone and follows it without jumps.
    """

    def __init__(
        self,
        skeleton: Skeleton,
        stance: Stance,
        rest_length: np.ndarray,
        slide: np.ndarray | None = None,
    ) -> None:
        s = self.skeleton = skeleton
        self.slide = np.zeros(len(s.slide_axis)) if slide is None else slide
        self.matrix = find_joint_levers(s, stance.geometry)
        self.held = find_passive_moments(s, stance.geometry.pose).ravel()
        self.load(stance)
        self.allowed = s.allowance[1:].ravel()
        self.strength = find_strength(s)
        section = np.bincount(s.structure, s.pcsa)[s.structure]
        self.shares = np.divide(section, s.pcsa, out=np.zeros_like(section), where=s.is_muscle)
        self.strands = np.flatnonzero(s.is_free_strand)
        self.junctions = Junctions(s, stance.geometry, rest_length)
        # the strands among the lines near a junction
        place = np.empty(len(s.lines), dtype=int)
        place[self.junctions.near] = np.arange(len(self.junctions.near))
        self.near_strands = place[self.strands]

    def load(self, stance: Stance) -> None:
        """Ask for what gravity and ground want in a stance of the same pose."""
        self.wanted = find_asked_moments(self.skeleton, stance) - self.held

    @cached_property
    def at_rest(self) -> Settled:
        """The junctions while no muscle is active."""
        return self.junctions.settle(np.zeros(len(self.strength)), self.slide)

    def find_arms(self) -> np.ndarray:
        """Moment at each joint axis per newton of active force, by way of the junctions too: shape
        (rows, lines), Nm/N."""
        return self.at_rest.pass_on(self.matrix)

    @cached_property
    def work(self) -> np.ndarray:
        """Moment at each joint axis that each structure gives at full strength: shape (rows,
        structures), Nm."""
        s = self.skeleton
        owner = s.structure == np.arange(len(s.structures))[:, None]
        return (self.find_arms() * self.strength) @ owner.T

    @cached_property
    def work_size(self) -> np.ndarray:
        """Size of these moments of all joints together: shape (structures,), Nm."""
        return np.linalg.norm(self.work, axis=0)

    def solve(
        self,
        strength_left: float | np.ndarray = 1.0,
        floor: float | np.ndarray = 0.0,
        start: Effort | None = None,
        ease: float | np.ndarray = 1.0,
    ) -> Effort:
        """Find the smallest effort; parameters, errors and method as in `find_effort`. `ease` is a
        factor for each line: what is less easy costs more and does less."""
        s = self.skeleton
        shares = self.shares * ease
        strength = self.strength * strength_left
        low = np.clip(s.constants["tone"] + s.tone + floor, 0.0, 1.0) * strength
        rows = len(self.allowed) + len(self.strands)
        near_price = np.zeros((1, rows)) if start is None else start.price
        near_slide = self.slide[None] if start is None else start.slide
        prices: list[np.ndarray] = []
        slides: list[np.ndarray] = []
        active, number = low, 0
        while True:
            settled = self.junctions.settle(active, _guess(slides, near_slide))
            found, price, is_held = self._solve_muscles(
                settled, active, strength, low, shares, _guess(prices, near_price)
            )
            if not is_held:
                # where nothing holds, the answer hangs on where the search began: so from nothing
                found, price, is_held = self._solve_muscles(
                    settled, active, strength, low, shares, np.zeros(rows)
                )
            # of places beyond the usual number the last is kept
            prices[PLACES - 1 :], slides[PLACES - 1 :] = [price], [settled.slide]
            number += 1
            if number >= PLACES:
                at_rest = self.junctions.settle(found, _guess(slides, near_slide))
                residual = self.wanted - self.matrix @ (found + at_rest.passive)
                if (np.abs(residual) <= self.allowed * (1 + 1e-6)).all():
                    break
                if number >= MOST_PLACES or not is_held:
                    raise self._find_unheld(settled, active, strength, low, residual)
            # half-way between two places a strand that changed its mind twice makes up its mind
            active = found if number == 1 else 0.5 * (active + found)
        active, passive = found, at_rest.passive
        in_parent = np.zeros((len(s.bones), 3))
        in_parent[1:] = residual.reshape(-1, 3)
        limit = s.is_muscle & (active >= strength * (1 - 1e-9)) & (strength > low)
        activation = np.divide(active, strength, out=np.zeros_like(active), where=strength > 0)
        return Effort(
            active + passive,
            passive,
            activation,
            limit,
            in_parent,
            np.array(prices),
            np.array([*slides, at_rest.slide]),
        )

    def _solve_muscles(
        self,
        settled: Settled,
        active: np.ndarray,
        strength: np.ndarray,
        low: np.ndarray,
        shares: np.ndarray,
        price: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, bool]:
        """Smallest effort while the tissue at the junctions answers as it does where the muscles
        pull `active`; its multipliers; and whether the joints are held by it."""
        answer = settled.answer(
            np.concatenate([settled.stretch(self.matrix), settled.spring[self.near_strands]])
        )
        # what the answer is counted from, and how much a strand may seem to push: within its toe
        wanted = answer @ active + np.concatenate(
            [
                self.wanted - self.matrix @ settled.passive,
                -settled.passive[self.strands] - self.skeleton.constants["strand_toe"],
            ]
        )
        matrix = answer
        matrix[: len(self.allowed)] += self.matrix
        open_end = np.full(len(self.strands), np.inf)
        found, price = solve_bounded(
            matrix,
            wanted,
            np.concatenate([self.allowed**2, np.full(len(self.strands), FREELY)]),
            strength**2 * shares,
            low,
            strength,
            price,
            np.concatenate([-self.allowed, -open_end]),
            # the muscles may not make a strand push
            np.concatenate([self.allowed, np.zeros(len(self.strands))]),
        )
        rows = len(self.allowed)
        left = np.abs(wanted[:rows] - matrix[:rows] @ found)
        return found, price, bool((left <= self.allowed * (1 + 1e-3)).all())

    def _find_unheld(
        self,
        settled: Settled,
        active: np.ndarray,
        strength: np.ndarray,
        low: np.ndarray,
        residual: np.ndarray,
    ) -> UnheldError:
        """Name the joint that truly cannot be balanced: the smallest gap, by a linear program."""
        rows, lines = self.matrix.shape
        answer = settled.answer(settled.stretch(self.matrix))
        wanted = self.wanted - self.matrix @ settled.passive + answer @ active
        matrix, unit = self.matrix + answer, np.diag(self.allowed)
        found = scipy.optimize.linprog(
            np.concatenate([np.zeros(lines), np.ones(2 * rows)]),
            A_ub=np.block([[matrix, unit, -unit], [-matrix, -unit, unit]]),
            b_ub=np.concatenate([wanted + self.allowed, self.allowed - wanted]),
            bounds=[*zip(low, strength, strict=True), *[(0, None)] * (2 * rows)],
        )
        more, less = found.x[lines:].reshape(2, rows)
        gap = (more - less) * self.allowed
        worst = int(np.argmax(np.abs(gap) / self.allowed))
        if abs(gap[worst]) < LEAST_GAP_NM:
            # at the very edge: it could be held, but the tissue at the junctions does not settle
            worst = int(np.argmax(np.abs(residual) / self.allowed))
            gap[worst] = np.copysign(LEAST_GAP_NM, residual[worst])
        joint = self.skeleton.joint_names[1 + worst // 3]
        axis = ("side bend", "rotation", "flexion")[worst % 3]
        return UnheldError(
            f"This posture cannot be held: at {joint} the muscles at full force leave"
            f" {abs(gap[worst]):.1f} Nm of {axis} over that ligament and contact cannot take. Ask"
            " for less lean or bend, a smaller injury, or undo a cut.",
            gap.reshape(-1, 3),
        )


def _guess(done: list[np.ndarray], near: np.ndarray) -> np.ndarray:
    """Where the next search begins: as far from the place before as it was nearby."""
    place, last = len(done), len(near) - 1
    if not place:
        return near[0]
    return done[-1] + near[min(place, last)] - near[min(place - 1, last)]


def find_effort(
    skeleton: Skeleton,
    stance: Stance,
    rest_length: np.ndarray,
    strength_left: float | np.ndarray = 1.0,
    floor: float | np.ndarray = 0.0,
    start: Effort | None = None,
) -> Effort:
    """Find the smallest effort that holds a stance.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.
    strength_left, floor : float or numpy.ndarray, shape (lines,)
        Share of strength left; activation that is held in any case on top of
        the resting tone.
    start : Effort, optional
        An earlier answer: only makes this one faster.

    Returns
    -------
    Effort

    Raises
    ------
    UnheldError
        If muscles at full force and the stated allowances cannot balance a joint.

    Notes
    -----
    Smallest sum of squared activations, averaged within each muscle by
    cross-section so that cutting a muscle into more lines changes nothing,
    plus squared residual moments over their allowances; activation between
    tone and 1. Solved by Newton's method on the dual problem (a row for each
    joint axis and each strand).
    """
    return EffortProblem(skeleton, stance, rest_length).solve(strength_left, floor, start)


def find_healthy(skeleton: Skeleton, near: Healthy | None = None) -> Healthy:
    """Find the healthy body standing on both feet: stance, resting lengths, effort and habit.

    Parameters
    ----------
    skeleton : Skeleton
    near : Healthy, optional
        A body that differs little: only makes this one faster.

    Returns
    -------
    Healthy
    """
    pose = near.stance.geometry.pose if near else None
    stance = find_stance(skeleton, Change(), near=pose, rough=near is not None)
    length = stance.geometry.length
    problem = EffortProblem(skeleton, stance, length, near.habit.slide if near else None)
    strength = near.habit.strength if near else None
    habit, stance = find_habit(skeleton, stance, problem.matrix, problem.at_rest, strength)
    problem.load(stance)
    effort = problem.solve(start=near.effort if near else None)
    return Healthy(stance, length, effort, habit)
