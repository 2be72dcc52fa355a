"""Where the bones stand: the cheapest pose that stands on its feet and does what is asked."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from musclechain.mechanics.change import Change
from musclechain.mechanics.junctions import Settled
from musclechain.mechanics.pose_problem import PoseProblem
from musclechain.mechanics.pose_search import search_pose
from musclechain.mechanics.skeleton import (
    GRAVITY,
    Geometry,
    Pose,
    Skeleton,
    cross,
    find_geometry,
    spread_forces,
)
from musclechain.mechanics.stance import Habit, Stance, turn_to_angles
from musclechain.mechanics.strength import JointStrength

__all__ = ["find_habit", "find_stance"]

# With each stance that could not be held the wishes get weaker by this factor.
YIELDING = 0.5


def find_stance(
    skeleton: Skeleton,
    change: Change,
    habit: Habit | None = None,
    strength_left: float | np.ndarray = 1.0,
    rest_length: np.ndarray | None = None,
    beyond: Sequence[tuple[Stance, np.ndarray]] = (),
    near: Pose | None = None,
    rough: bool = False,
) -> Stance:
    """Find the cheapest pose that does what a change asks for, and load it.

    Parameters
    ----------
    skeleton : Skeleton
    change : Change
    habit : Habit, optional
        Healthy standing, from which angles are asked for; without it the
        posture of the data is stood on its feet.
    strength_left : float or numpy.ndarray, shape (lines,)
        Share of each muscle's strength that is left.
    rest_length : numpy.ndarray, shape (lines,), optional
        Lengths in healthy standing, m; without them stretch costs nothing.
    beyond : sequence of (Stance, numpy.ndarray), optional
        Stances that were tried before, with the moments that the muscles could
        not hold there (bones - 1, 3; Nm): the body avoids them.
    near : Pose, optional
        Of a body that differs little and of which the same is asked: only makes this one faster.
    rough : bool
        Tensions in the pose may be off by some hundredths of a newton; by default by less than one.

    Returns
    -------
    Stance

    Raises
    ------
    SolveError
        If no pose answers what is asked.
    """
    problem = PoseProblem(skeleton, change, habit, strength_left, rest_length)
    for stance, gap in beyond:
        problem.avoid(stance, gap)
    # what cannot be held cannot be wished for
    problem.wish *= YIELDING ** len(beyond)
    problem.aside *= YIELDING ** len(beyond)
    pose, sideways = search_pose(problem, near, rough)
    return _load(skeleton, problem, find_geometry(skeleton, pose), sideways)


def find_habit(
    skeleton: Skeleton,
    stance: Stance,
    matrix: np.ndarray,
    settled: Settled,
    near: JointStrength | None = None,
) -> tuple[Habit, Stance]:
    """Find what the poses of a body are measured from.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
        Healthy standing.
    matrix : numpy.ndarray, shape (rows, lines)
        Its joint moments per newton in a line, as `find_joint_levers` gives them.
    settled : Settled
        Its junctions while no muscle is active.
    near : JointStrength, optional
        Of a body that differs little: only makes this one faster.

    Returns
    -------
    habit : Habit
    stance : Stance
        With the push of the feet that every other pose starts from: without it the smallest cause
        would seem to bring the whole push with it.
    """
    s, pose = skeleton, stance.geometry.pose
    arms = settled.pass_on(matrix)
    about = turn_to_angles(s, pose)
    arms = (about @ arms.reshape(len(about), 3, -1)).reshape(arms.shape)
    nothing = np.zeros(len(matrix))
    quiet = Habit(
        pose, 0.0, nothing, nothing, arms, settled.passive, settled.slide, np.zeros((0, 0)), s, near
    )
    problem = PoseProblem(s, Change(), quiet)
    look = problem.look(pose, 0.0)
    _, stretch = problem.resist(stance.geometry, settled, look)
    by_push = look.moment_slope[:, -1]
    sideways = 0.0
    for _ in range(5):  # which way a joint works depends on the push, hence a few rounds
        able = problem.able(look.moments + by_push * sideways)
        sideways = -(by_push / able @ look.moments) / (by_push / able @ by_push)
    moments = look.moments + by_push * sideways
    price = 2 * s.constants["effort_weight"] * moments / problem.able(moments)
    habit = replace(
        quiet,
        sideways=float(sideways),
        moments=moments,
        price=price,
        stretch=stretch,
        strength=problem.strength,
    )
    return habit, _load(s, problem, stance.geometry, habit.sideways)


def _load(skeleton: Skeleton, problem: PoseProblem, geometry: Geometry, sideways: float) -> Stance:
    """Put weight and ground force on a pose, so that the whole body balances."""
    s, pose = skeleton, geometry.pose
    weight = np.zeros((len(s.bones), 3))
    weight[:, 1] = -GRAVITY * s.mass
    total = GRAVITY * s.mass.sum()
    centre = s.mass @ geometry.com / s.mass.sum()
    ground = sideways * problem.push
    ground[:, 1] += total * problem.share
    contact = problem.sole.copy()
    # the push acts along the line between the feet, so it turns nothing
    contact[:, [0, 2]] += (centre - problem.share @ problem.sole)[[0, 2]]
    bone = np.concatenate([np.arange(len(s.bones)), s.feet])
    force = np.concatenate([weight, ground])
    where = np.concatenate([geometry.com, contact])
    arm = where - pose.origin[bone]
    load, through = spread_forces(s, pose, bone, arm, force)
    balance = np.concatenate([force.sum(axis=0), cross(where, force).sum(axis=0)])
    moment = weight[:, :, None] * arm[: len(s.bones), None, :]
    moment[list(s.feet)] += ground[:, :, None] * arm[len(s.bones) :, None, :]
    full = np.concatenate([load[0], np.zeros(len(s.slide_axis))])
    return Stance(
        geometry,
        full,
        through[0],
        moment,
        ground,
        contact,
        problem.standing,
        balance,
        problem.drooping,
    )
