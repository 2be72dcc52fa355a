"""Route 1, posture: the smallest effort that holds a pose."""

from dataclasses import dataclass

import numpy as np

from musclechain.mechanics.bounded import FREELY, solve_bounded
from musclechain.mechanics.change import Change, SolveError
from musclechain.mechanics.pose import Stance, find_stance
from musclechain.mechanics.skeleton import Skeleton, gather_below
from musclechain.mechanics.tissue import find_passive, find_strength

__all__ = ["Effort", "EffortProblem", "Healthy", "find_effort", "find_healthy"]

STRAND_GUESSES = 6


@dataclass(frozen=True)
class Effort:
    """Tensions that hold a stance."""

    tension: np.ndarray  # (lines,) N
    passive: np.ndarray  # (lines,) N, the part that stretch alone gives
    activation: np.ndarray  # (lines,) share of the strength that is left
    at_limit: np.ndarray  # (lines,) bool
    # (bones, 3) Nm at each joint, parent's axes, carried by ligament and contact
    residual: np.ndarray
    price: np.ndarray  # multipliers, kept to start the next solve from


@dataclass(frozen=True)
class Healthy:
    """The healthy body standing on both feet: what everything is compared with."""

    stance: Stance
    rest_length: np.ndarray  # (lines,) m
    effort: Effort


class EffortProblem:
    """The balance of every joint in one stance, to be solved for different strengths and floors.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.

    Notes
    -----
    Rows are the joint moments in the parent's axes. Muscle activations and
    what ligament and contact may take are the unknowns; strands of tissue that
    end in a soft junction answer the muscles as springs: which of them are taut
    follows from the pose and the muscles' pull, and the muscles may not make a
    taut one push.
    """

    def __init__(self, skeleton: Skeleton, stance: Stance, rest_length: np.ndarray) -> None:
        s = self.skeleton = skeleton
        self.matrix, self.slides, self.wanted, self.allowed = _joint_equations(s, stance)
        self.passive, _ = find_passive(s, stance.geometry.length, rest_length)
        self.strength = find_strength(s)
        section = np.bincount(s.structure, s.pcsa)[s.structure]
        self.shares = np.divide(section, s.pcsa, out=np.zeros_like(section), where=s.is_muscle)
        self.spring = np.where(s.is_free_strand, s.stiffness, 0.0)[:, None] * self.slides
        # keeps a junction defined when all that holds it is slack; carries less than a thousandth
        # otherwise
        self.bed = 1e-3 * s.constants["junction_tether"]
        self._answers: dict[bytes, _StrandAnswer] = {}

    def solve(
        self,
        strength_left: float | np.ndarray = 1.0,
        floor: float | np.ndarray = 0.0,
        start: Effort | None = None,
    ) -> Effort:
        """Find the smallest effort; parameters, errors and method as in `find_effort`."""
        s = self.skeleton
        strength = self.strength * strength_left
        low = np.clip(s.constants["tone"] + s.tone + floor, 0.0, 1.0) * strength
        price = np.zeros(len(self.allowed) + len(low)) if start is None else start.price
        taut = (
            self.pull_strands(
                low if start is None else np.maximum(low, start.activation * strength)
            )
            > 0
        )
        for guess in range(STRAND_GUESSES):
            active, price = self._solve_muscles(taut, strength, low, price)
            strands = self.pull_strands(active, taut)
            now = strands > 0
            if not (now & ~taut).any():
                break
            # later guesses only add strands, so that guessing cannot go round in circles
            taut = taut | now if guess else now
        passive = np.where(s.is_free_strand, strands, self.passive)
        residual = self.wanted - self.matrix @ (active + passive)
        _check_residual(s, residual, self.allowed)
        in_parent = np.zeros((len(s.bones), 3))
        in_parent[1:] = residual.reshape(-1, 3)
        limit = s.is_muscle & (active >= strength * (1 - 1e-9)) & (strength > low)
        activation = np.divide(active, strength, out=np.zeros_like(active), where=strength > 0)
        return Effort(active + passive, passive, activation, limit, in_parent, price)

    def _solve_muscles(
        self, taut: np.ndarray, strength: np.ndarray, low: np.ndarray, price: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Smallest effort while the taut strands answer linearly, and the muscles let none of them
        go slack."""
        rows = self._answer(taut)
        price = price.copy()
        active, price[rows.kept] = solve_bounded(
            rows.matrix,
            rows.wanted,
            rows.softness,
            strength**2 * self.shares,
            low,
            strength,
            price[rows.kept],
            rows.least,
            rows.most,
        )
        return active, price

    def pull_strands(self, active: np.ndarray, taut: np.ndarray | None = None) -> np.ndarray:
        """Tension of the strands at soft junctions, N: each junction slides until its forces
        balance.

        The strands stretch with it as springs that cannot push. `taut` is a
        first guess of which are not slack.
        """
        s = self.skeleton
        taut = s.is_free_strand if taut is None else taut
        for _ in range(8):
            answer = self._answer(taut)
            tension = answer.try_strands(active)
            if ((tension > 0) == taut).all():
                return np.maximum(tension, 0.0)
            taut = tension > 0
        return self._search_strands(active)

    def _search_strands(self, active: np.ndarray) -> np.ndarray:
        """The same by a descent that always ends, for the rare case that guessing goes round in
        circles."""
        s, strands = self.skeleton, np.flatnonzero(self.skeleton.is_free_strand)
        outside = self.slides.T @ (active + np.where(s.is_free_strand, 0.0, self.passive))
        rest, part = self.passive[strands], self.slides[strands].T
        stretch, _ = solve_bounded(
            part,
            -outside - part @ rest,
            np.full(len(part), self.bed),
            s.stiffness[strands],
            -rest,
            np.inf,
        )
        tension = np.zeros(len(s.lines))
        tension[strands] = np.maximum(rest + stretch, 0.0)
        return tension

    def _answer(self, taut: np.ndarray) -> "_StrandAnswer":
        """How the taut strands answer the muscles, kept per set of taut strands."""
        key = taut.tobytes()
        if key not in self._answers:
            self._answers[key] = _StrandAnswer(self, taut)
        return self._answers[key]


class _StrandAnswer:
    """The linear answer of a set of taut strands.

    Attributes
    ----------
    slid, rest : numpy.ndarray
        Slide of the junctions per newton of active force in each line, and
        when no muscle is active.
    matrix, wanted, softness, least, most : numpy.ndarray
        Equations of the muscles with the strands' answer put in, as
        `solve_bounded` takes them: a row for each joint axis, then one for
        each taut strand whose residual is minus its tension (any size, one sign).
    kept : numpy.ndarray of int
        Where the multipliers of these rows lie among those of all joints and lines.
    """

    def __init__(self, problem: EffortProblem, taut: np.ndarray) -> None:
        s, slides = problem.skeleton, problem.slides
        stiffness, held = np.where(taut, s.stiffness, 0.0), np.where(taut, problem.passive, 0.0)
        fixed = np.where(s.is_free_strand, 0.0, problem.passive)
        give = np.linalg.inv(
            (slides.T * stiffness) @ slides + problem.bed * np.eye(slides.shape[1])
        )
        self.passive, self.spring = np.where(s.is_free_strand, problem.passive, 0.0), problem.spring
        self.slid = -give @ (slides.T * ~s.is_free_strand)
        self.rest = self.slid @ fixed - give @ (slides.T @ held)
        spring = np.where(taut[:, None], problem.spring, 0.0)
        strands, allowed = np.flatnonzero(taut), problem.allowed
        self.kept = np.concatenate([np.arange(len(allowed)), len(allowed) + strands])
        self.matrix = np.concatenate(
            [
                problem.matrix + (problem.matrix @ spring) @ self.slid,
                self.spring[strands] @ self.slid,
            ]
        )
        self.wanted = np.concatenate(
            [
                problem.wanted - problem.matrix @ (fixed + held + spring @ self.rest),
                -self.passive[strands] - self.spring[strands] @ self.rest,
            ]
        )
        self.softness = np.concatenate([allowed**2, np.full(len(strands), FREELY)])
        self.least = np.concatenate([-allowed, np.full(len(strands), -np.inf)])
        self.most = np.concatenate([allowed, np.zeros(len(strands))])

    def try_strands(self, active: np.ndarray) -> np.ndarray:
        """Tension of every strand, N, negative where it would have to push."""
        return self.passive + self.spring @ (self.rest + self.slid @ active)


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
    SolveError
        If muscles at full force and the stated allowances cannot balance a joint.

    Notes
    -----
    Smallest sum of squared activations, averaged within each muscle by
    cross-section so that cutting a muscle into more lines changes nothing,
    plus squared residual moments over their allowances; activation between
    tone and 1. Solved by Newton's method on the dual problem (36 unknowns).
    """
    return EffortProblem(skeleton, stance, rest_length).solve(strength_left, floor, start)


def _joint_equations(
    s: Skeleton, stance: Stance
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Matrix of the joint moments (parent's axes) per newton in each line, of the slides, and what
    is wanted."""
    count, geometry = len(s.bones), stance.geometry
    turning = geometry.matrix[:, 3 : 3 + 3 * count].reshape(-1, count, 3)
    frames = geometry.pose.rotation[s.parent[1:]]
    # what crosses a joint is all that acts on the bones beyond it
    beyond = gather_below(s, turning)[:, 1:]
    asked = (s.below @ stance.load[3 : 3 + 3 * count].reshape(count, 3))[1:]
    matrix = (beyond[:, :, None, :] @ frames)[:, :, 0].reshape(len(s.lines), -1).T
    wanted = np.einsum("akj,ak->aj", frames, asked).ravel()
    return matrix, geometry.matrix[:, 3 + 3 * count :], wanted, s.allowance[1:].ravel()


def _check_residual(s: Skeleton, residual: np.ndarray, allowed: np.ndarray) -> None:
    over = np.abs(residual) / allowed
    if over.max() > 1 + 1e-6:
        worst = int(np.argmax(over))
        joint, axis = s.joint_names[1 + worst // 3], ("side bend", "rotation", "flexion")[worst % 3]
        raise SolveError(
            f"This posture cannot be held: at {joint} the muscles at full force leave"
            f" {abs(residual[worst]):.1f} Nm of {axis} over, and ligament and contact may take"
            f" {allowed[worst]:.1f} Nm. Ask for less lean or bend, a smaller injury, or undo a cut."
        )


def find_healthy(skeleton: Skeleton) -> Healthy:
    """Find the healthy body standing on both feet: stance, resting lengths and effort."""
    stance = find_stance(skeleton, Change())
    length = stance.geometry.length
    return Healthy(stance, length, find_effort(skeleton, stance, length))
