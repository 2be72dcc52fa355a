"""The search for the cheapest pose: Newton's method that looks at stretched lines now and then."""

from typing import NamedTuple

import numpy as np
from scipy.linalg.lapack import dgelss, dgesv

from musclechain.mechanics.change import SolveError
from musclechain.mechanics.pose_problem import Look, PoseProblem
from musclechain.mechanics.skeleton import Pose, diagonal, place_bones, rotate

__all__ = ["search_pose"]

# Newton's method: most steps, from which on they are halved, and the longest one (rad or m).
STEPS, UNSURE, LONGEST = 100, 20, 0.5
# How far the body may move before the stretch of its lines is looked at anew (rad or m); once its
# steps are shorter than a share of that way they are looked at again.
STALE, CLOSE = 0.03, 0.1


class _End(NamedTuple):
    """How near to its answer a search ends, rad or m."""

    last: float  # its last step
    fresh: float  # how far it may have moved since it last looked at stretched lines


# to a hundredth of a newton wherever the search began, and to some hundredths
PRECISE, ROUGH = _End(5e-7, 1e-5), _End(4e-6, 5e-5)
# how much a number may be off by rounding
ROUNDING = float(np.finfo(float).eps)
# how many steps back are looked at to guess the next
MEMORY = 2
# how far down a foot that hangs is looked for at first; where it comes to rest is another matter
DROOP_DEG = 20.0
TOO_MUCH = (
    "No pose was found that keeps the feet on the ground with the weight where the cause asks for"
    " it. Ask for less: a smaller lean or lift, or a load share nearer to one half."
)


def search_pose(
    problem: PoseProblem, near: Pose | None = None, rough: bool = False
) -> tuple[Pose, float]:
    """Find the cheapest pose that keeps what it must.

    Parameters
    ----------
    problem : PoseProblem
    near : Pose, optional
        Whose angles the search starts from; by default those of healthy standing.
    rough : bool
        Some hundredths of a newton are near enough.

    Returns
    -------
    pose : Pose
    push : float
        With which the feet push sideways, N.

    Raises
    ------
    SolveError
        If the search does not come to an end.
    """
    start = near or problem.rest
    angles, rotation = start.angles.copy(), start.rotation[0]
    if not near:
        angles[list(problem.drooping), 0] -= DROOP_DEG
    place = problem.rest.origin[0]
    push = problem.habit.sideways if problem.habit and len(problem.standing) == 2 else 0.0
    before = np.zeros(problem.size)
    wanted: list[np.ndarray] = []
    taken: list[np.ndarray] = []
    stretched = _StretchedLines(problem, near)
    for number in range(STEPS):
        pose = place_bones(problem.skeleton, angles, rotation, place)
        look = problem.look(pose, push)
        looked = stretched.look_again(pose, look)
        held, stiffness = stretched.find_pull(), stretched.stiffness
        slope, curvature = problem.price(pose, problem.relieve(look, held, stiffness))
        step = _step(slope + held, curvature + stiffness, look, bool(problem.push.any()))
        if looked:
            wanted, taken = [], []
            stretched.shorten_steps(step)
        longest = stretched.share * float(np.abs(step[:-1]).max())
        end = ROUGH if rough or number >= UNSURE else PRECISE
        done = longest < end.last and stretched.stale < end.fresh
        # where a price climbs at once whole steps may go to and fro, and never quite end
        turning = number > UNSURE and step @ before < 0
        before = step
        if len(taken):
            step = _shorten_the_way(step, wanted, taken)
        wanted.append(before)
        step = step * min(0.5 if turning else stretched.share, LONGEST / max(longest, end.last))
        taken.append(step)
        stretched.move(step, longest, end.fresh)
        place = place + step[:3]
        rotation = rotate(step[3:6]) @ rotation
        angles = angles.copy()
        angles[problem.joint, problem.axis] += np.degrees(step[6:-1])
        push += step[-1]
        if done:
            return place_bones(problem.skeleton, angles, rotation, place), push
    raise SolveError(TOO_MUCH)


class _StretchedLines:
    """What stretched lines add to the slope of a problem: looked at now and then in a search, and
    taken as straight from one look to the next."""

    def __init__(self, problem: PoseProblem, near: Pose | None) -> None:
        self.problem, count = problem, problem.size
        self.pull, self.stiffness = np.zeros(count), np.zeros((count, count))
        self.moved, self.way = np.zeros(count), np.zeros(count)  # since the last look, and before
        self.share = 1.0  # of each step that is gone
        self.stale = np.inf  # how far the last look lies back, rad or m
        habit = problem.habit
        if problem.rest_length is None:
            self.stale = 0.0
        elif habit and not near and habit.skeleton is problem.skeleton and not problem.drooping:
            # around healthy standing the habit knows how they resist, if no tissue was altered
            self.stale, self.stiffness = 0.0, habit.stretch

    def look_again(self, pose: Pose, look: Look) -> bool:
        """Look at them if the last look lies too far back."""
        if self.stale <= STALE:
            return False
        self.pull, self.stiffness = self.problem.stretch(pose, look)
        self.way, self.moved, self.stale = self.moved, np.zeros(len(self.moved)), 0.0
        return True

    def find_pull(self) -> np.ndarray:
        """Slope of their energy where the search has come to."""
        return self.pull + self.stiffness @ self.moved

    def shorten_steps(self, step: np.ndarray) -> None:
        """Go half as far from now on if a look sends the body back: where a line becomes taut,
        looks on either side of that would send it to and fro."""
        if step @ self.way < -0.5 * (self.way @ self.way):
            self.share *= 0.5

    def move(self, step: np.ndarray, longest: float, fresh: float) -> None:
        """Follow a step of the search, whose longest coordinate was to be so long; at its end the
        last look must be so fresh."""
        self.moved += step
        if self.problem.rest_length is None:
            return
        self.stale = float(np.abs(self.moved[:-1]).max())
        # close to the end it is looked at again
        if self.stale > fresh and (self.share < 1 or longest < CLOSE * self.stale):
            self.stale = np.inf


def _step(slope: np.ndarray, curvature: np.ndarray, look: Look, pushes: bool) -> np.ndarray:
    """Smallest cost to second order while the errors are mended to first."""
    size, held = len(slope), len(look.error)
    system = np.zeros((size + held, size + held))
    system[:size, :size] = curvature
    system[:size, size:] = look.error_slope.T
    system[size:, :size] = look.error_slope
    # keeps the last directions that nothing holds where they are
    diagonal(system)[:size] += 1e-9
    if not pushes or not curvature[-1, -1]:
        system[size - 1, size - 1] = 1.0
    # by itself, since the checks of numpy.linalg take as long as the solution
    found, failed = dgesv(system, -np.concatenate([slope, look.error]))[2:]
    if failed:
        raise SolveError(TOO_MUCH)
    step: np.ndarray = found[:size]
    return step


def _shorten_the_way(
    step: np.ndarray, wanted: list[np.ndarray], taken: list[np.ndarray]
) -> np.ndarray:
    """Guess from how the last steps shrank where they lead (Anderson's mixing): Newton's matrix
    leaves out how the moments bend, so that its steps shrink by a steady factor."""
    last = np.array([*wanted[-MEMORY:], step])
    shrunk = (last[1:] - last[:-1]).T
    # least squares; steps that are all alike share alike
    found = dgelss(shrunk[:-1], step[:-1], cond=ROUNDING * len(step))[1]
    return step - (np.array(taken[-MEMORY:]).T + shrunk) @ found[: shrunk.shape[1]]
