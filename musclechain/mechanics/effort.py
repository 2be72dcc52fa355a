"""Route 1, posture: the smallest effort that holds a pose."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import scipy

from musclechain.mechanics.bounded import solve_bounded
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
# From the second place on only this share of a step is taken. Where two ways to share a load cost
# the same to a thousandth, as where a strand is just taut, the whole way would tip from one to the
# other within a degree of a lean.
SHARE = 0.45
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
    # what the next solve starts from: (places, rows + near lines) multipliers, and (places + 1,
    # slides) where the junctions rest at each place and at the end, m
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
    junctions answers the muscles along a curve, so the smallest effort is
    looked for place by place (sequential quadratic programming, Nocedal &
    Wright 2006, chapter 18): the answer is straightened at a place, what its
    curvature adds to the cost is kept where it adds, and a part of the way to
    the smallest effort of that convex problem is the next place. The number of
    places is fixed and the first is the body with its muscles at their lowest,
    so that the answer is a property of the state alone and follows it without
    jumps: balanced, and next to the smallest effort, not at it.
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
        self.junctions = Junctions(s, stance.geometry, rest_length)

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
        strength = self.strength * strength_left
        low = np.clip(s.constants["tone"] + s.tone + floor, 0.0, 1.0) * strength
        asked = _Asked(low, strength, strength**2 * self.shares * ease)
        rows = len(self.allowed) + len(self.junctions.near)
        near_price = np.zeros((1, rows)) if start is None else start.price
        near_slide = self.slide[None] if start is None else start.slide
        here = self._look(low, near_slide[0])
        prices: list[np.ndarray] = []
        slides = [here.settled.slide]
        price, number = np.zeros(rows), 0
        while True:
            before, guess = price, _guess(prices, near_price)
            found, price, is_held = self._solve_muscles(here, asked, before, guess)
            if not is_held:
                # where nothing holds, the answer hangs on where the search began: so from nothing
                found, price, is_held = self._solve_muscles(here, asked, before, np.zeros(rows))
            number += 1
            # of places beyond the usual number the last is kept
            prices[PLACES - 1 :] = [price]
            slide = _guess(slides, near_slide)
            if number >= PLACES:
                end = self._look(found, slide)
                if (np.abs(end.residual) <= self.allowed * (1 + 1e-6)).all():
                    break
                if number >= MOST_PLACES or not is_held:
                    raise self._find_unheld(here, asked, end.residual)
            share = 1.0 if number == 1 else SHARE
            here = self._look(here.active + share * (found - here.active), slide)
            slides[PLACES - 1 :] = [here.settled.slide]
        active, passive, residual = found, end.settled.passive, end.residual
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
            np.array([*slides, end.settled.slide]),
        )

    def _look(self, active: np.ndarray, slide: np.ndarray) -> "_Look":
        """What active forces do; `slide` only makes it faster."""
        settled = self.junctions.settle(active, slide)
        return _Look(active, settled, self.wanted - self.matrix @ (active + settled.passive))

    def _solve_muscles(
        self, here: "_Look", asked: "_Asked", before: np.ndarray, guess: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, bool]:
        """Smallest effort while the tissue at the junctions answers as it does where the muscles
        pull as they do `here`; its multipliers, for which those of the place `before` and a `guess`
        are known; and whether the joints are held by it.

        A row for each line whose curvature makes a step dearer stands for that part of the cost's
        second derivative (the others would make it concave): `dearer` times the square of how much
        longer the line gets."""
        rows, settled = len(self.allowed), here.settled
        stretch = settled.stretch(self.matrix)
        # what a newton more in each near line is worth, by itself and by way of the slides
        worth = before[:rows] @ self.matrix.take(settled.near, axis=1)
        worth -= self.junctions.own @ (settled.give @ (before[:rows] @ stretch))
        dearer = np.maximum(-worth * self.junctions.bend(settled.slide), 0.0)
        some = np.flatnonzero(dearer)
        longer = np.sqrt(dearer[some])[:, None] * self.junctions.own[some]
        matrix = settled.answer(np.concatenate([stretch, longer]))
        # what the answer is counted from
        wanted = matrix @ here.active
        wanted[:rows] += self.wanted - self.matrix @ settled.passive
        matrix[:rows] += self.matrix
        in_use = np.concatenate([np.arange(rows), rows + some])
        most = np.concatenate([self.allowed, np.full(len(some), np.inf)])
        softness = np.concatenate([self.allowed**2, np.ones(len(some))])
        found, paid = solve_bounded(
            matrix, wanted, softness, asked.ease, asked.low, asked.high, guess[in_use], -most, most
        )
        price = np.zeros(len(guess))
        price[in_use] = paid
        left = np.abs(wanted[:rows] - matrix[:rows] @ found)
        return found, price, bool((left <= self.allowed * (1 + 1e-3)).all())

    def _find_unheld(self, here: "_Look", asked: "_Asked", residual: np.ndarray) -> UnheldError:
        """Name the joint that truly cannot be balanced: the smallest gap, by a linear program."""
        rows, lines = self.matrix.shape
        answer = here.settled.answer(here.settled.stretch(self.matrix))
        wanted = self.wanted - self.matrix @ here.settled.passive + answer @ here.active
        matrix, unit = self.matrix + answer, np.diag(self.allowed)
        found = scipy.optimize.linprog(
            np.concatenate([np.zeros(lines), np.ones(2 * rows)]),
            A_ub=np.block([[matrix, unit, -unit], [-matrix, -unit, unit]]),
            b_ub=np.concatenate([wanted + self.allowed, self.allowed - wanted]),
            bounds=[*zip(asked.low, asked.high, strict=True), *[(0, None)] * (2 * rows)],
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


@dataclass(frozen=True)
class _Asked:
    """What the muscles may do, each of shape (lines,): N, N and N^2."""

    low: np.ndarray
    high: np.ndarray
    ease: np.ndarray


class _Look(NamedTuple):
    """What the active forces of the muscles do."""

    active: np.ndarray  # (lines,) N
    settled: Settled
    residual: np.ndarray  # (rows,) Nm


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
    tone and 1. How it is found: `EffortProblem`.
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
