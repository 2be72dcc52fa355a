"""Route 2, pull: how a shortening spreads through tissue and through muscles whose activation
stays as it is, with balance kept.

A line that tightens by itself pulls on its bones; they give way until joints,
tissue and weight hold them, and that stretches or slackens every other line.
Standing is unstable without control, so the centre of mass is held by a
spring, far stiffer than the least that stands: this route is pull with balance
control.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.linalg.lapack import dposv
from scipy.special import expit

from musclechain.mechanics.change import SolveError
from musclechain.mechanics.effort import Effort
from musclechain.mechanics.skeleton import (
    Geometry,
    Pose,
    Skeleton,
    cross,
    moment_axes,
    skew,
    spread_forces,
)
from musclechain.mechanics.stance import Stance
from musclechain.mechanics.tissue import find_passive, find_strength

__all__ = ["Pull", "PullProblem", "find_pull", "find_stiffness"]

MOST_GUESSES = 100
SETTLED_N, NEAR_N = 1e-4, 5.0
# By which share of what it should be a strand's stiffness is mended at least.
LEAST_STEP = 1 / 32


@dataclass(frozen=True)
class Pull:
    """Answer to tensions that are added to some lines."""

    change: np.ndarray  # (lines,) N, added tension included
    movement: np.ndarray  # (size,) root m, bone rotations rad, slides m
    slack: np.ndarray  # (lines,) lines that hang loose


class _Segments(NamedTuple):
    """The segments of all lines whose ends can move apart."""

    line: np.ndarray  # (segments,)
    length: np.ndarray  # (segments,) m
    ends: np.ndarray  # (2 * segments,) points: all that begin one, then all that end one
    along: np.ndarray  # (2 * segments, 3) force on them per newton in the line
    swing: np.ndarray  # (segments, 2, size) how far the ends move apart in both ways across it


def find_pull(
    skeleton: Skeleton,
    stance: Stance,
    effort: Effort,
    rest_length: np.ndarray,
    added: np.ndarray,
) -> Pull:
    """Find how added tensions spread from a held stance.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    effort : Effort
        Tensions that hold the stance.
    rest_length : numpy.ndarray, shape (lines,)
    added : numpy.ndarray, shape (lines,)
        Tension added to each line, N.

    Returns
    -------
    Pull

    Raises
    ------
    SolveError
        If the body is not stable in this state.

    Notes
    -----
    ``K u = -B.T added`` and ``change = added + k B u``, with the feet that
    stand held fixed. K sums line stiffness, the geometric stiffness of loaded
    lines and of weight, passive joints, the tissue bed of junctions and the
    balance spring, and the habits that keep trunk and head upright. A line
    whose tension would turn negative is taken out and the system solved again,
    until none pushes and the strands are as stiff as their toe says.
    """
    return PullProblem(skeleton, stance, rest_length).solve(effort, added)


class PullProblem:
    """What resists a small movement around one stance, to be solved for different tensions.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.
    """

    def __init__(self, skeleton: Skeleton, stance: Stance, rest_length: np.ndarray) -> None:
        self.skeleton, self.stance, self.rest_length = skeleton, stance, rest_length

    @cached_property
    def free(self) -> np.ndarray:
        """Basis of the movements that leave every standing foot where it is: shape (size,
        free)."""
        return _free_moves(self.skeleton, self.stance)

    @cached_property
    def reduced(self) -> np.ndarray:
        """How these stretch each line: shape (lines, free)."""
        return self.stance.geometry.matrix @ self.free

    @cached_property
    def _segments(self) -> _Segments:
        return _list_segments(self.skeleton, self.stance.geometry)

    @cached_property
    def _quiet(self) -> np.ndarray:
        """What resists with no tension in the lines: joints, junctions, righting and balance."""
        return _find_quiet_base(self.skeleton, self.stance)

    def solve(self, effort: Effort, added: np.ndarray) -> Pull:
        """Find how added tensions spread; parameters, errors and method as in `find_pull`."""
        s = self.skeleton
        if not added.any():
            return Pull(np.zeros(len(added)), np.zeros(s.size), np.zeros(len(added), dtype=bool))
        free, reduced = self.free, self.reduced
        stiffness = find_stiffness(s, self.stance, effort, self.rest_length, added)
        held = free.T @ self.find_base(effort.tension) @ free
        slack, nearest = np.zeros(len(added), dtype=bool), np.inf
        best, step = np.inf, 1.0
        strands = np.flatnonzero(s.is_free_strand & (s.stiffness > 0))
        begun = np.zeros(len(added))
        resist = _resist(held, reduced, np.where(s.is_free_strand, 0.0, stiffness))
        for _ in range(MOST_GUESSES):
            k = np.where(slack, 0.0, stiffness)
            load = np.where(slack, -effort.tension, added + begun)
            system = _resist(resist, reduced[strands], k[strands])
            move = _solve_stable(system, -reduced.T @ load, s, free)
            stretch = reduced @ move
            change = load + k * stretch
            wanted = ~s.is_free_strand & (effort.tension + added + stiffness * stretch < -1e-9)
            far = stretch[strands]
            gain, slope = _tauten(s, strands, effort.tension[strands], far)
            off = float(np.abs(added[strands] + gain - change[strands]).max(initial=0.0))
            if (wanted == slack).all() and off < SETTLED_N:
                # to the last digit as their law says, so that none pushes
                change[strands] = added[strands] + gain
                return Pull(change, free @ move, slack)
            if off < NEAR_N and off < nearest:
                # along the tangent, which is quick once it is near
                stiffness[strands], begun[strands] = slope, gain - slope * far
            else:
                # as stiff as over its whole stretch; a strand that was taken for too stiff is next
                # taken for too soft: half-way if that does not help, and less where it does harm,
                # or the two would follow each other for ever
                moved = np.abs(far) > 1e-12
                over = np.divide(gain, far, out=stiffness[strands], where=moved)
                over = np.clip(over, 0.0, s.stiffness[strands])
                if off < 0.5 * nearest and off < 0.9 * best:
                    step = 1.0
                else:
                    step = max(0.5 * step, LEAST_STEP) if off > best else min(step, 0.5)
                best = min(best, off)
                stiffness[strands] += step * (over - stiffness[strands])
                begun[:] = 0.0
            if (wanted != slack).any():
                resist = _resist(held, reduced, np.where(wanted | s.is_free_strand, 0, stiffness))
            slack, nearest = wanted, off
        raise SolveError(
            "It stays undecided which lines hang loose in this state. Ask for a smaller added"
            " tension."
        )

    def find_base(self, tension: np.ndarray) -> np.ndarray:
        """Find everything that resists a small movement, but for the lines' own stiffness.

        Parameters
        ----------
        tension : numpy.ndarray, shape (lines,)
            N.

        Returns
        -------
        numpy.ndarray, shape (size, size)
        """
        base = self._quiet + self._find_swing(tension)
        tilt = _tilt(self._find_moments(tension))
        for bone in range(len(self.skeleton.bones)):
            here = slice(3 + 3 * bone, 6 + 3 * bone)
            base[here, here] += tilt[bone]
        for child, tilt_both in self._find_midway_tilt(tension):
            both = _turns_of_both(self.skeleton, child)
            base[both[:, None], both] += tilt_both
        return base

    def _find_swing(self, tension: np.ndarray) -> np.ndarray:
        """Geometric stiffness of loaded lines: a taut segment resists being swung sideways."""
        each, size = self._segments, self.skeleton.size
        taut = np.sqrt(np.maximum(tension[each.line], 0) / each.length)
        # of a matrix by its own transpose numpy works out only half
        swung = (taut[:, None, None] * each.swing).reshape(-1, size)
        return swung.T @ swung

    def _find_moments(self, tension: np.ndarray) -> np.ndarray:
        """Sum of force x arm of all that acts on each bone, and on what hangs on it: shape (bones,
        3, 3). Of a point that takes half of the turn of a joint only the force counts, see
        `_find_midway_tilt`."""
        s, stance, each = self.skeleton, self.stance, self._segments
        pose = stance.geometry.pose
        force = each.along * np.tile(tension[each.line], 2)[:, None]
        bone = s.bone_of[each.ends]
        arm = stance.geometry.points[each.ends] - pose.origin[bone]
        whole = ~np.isin(each.ends, s.midway)
        moment = stance.moment.copy()
        np.add.at(moment, bone[whole], (force[:, :, None] * arm[:, None, :])[whole])
        through = stance.through + spread_forces(s, pose, bone, arm, force)[1][0]
        step = pose.origin[1:] - pose.origin[s.parent[1:]]
        np.add.at(moment, s.parent[1:], through[1:, :, None] * step[:, None, :])
        return moment

    def _find_midway_tilt(self, tension: np.ndarray) -> list[tuple[int, np.ndarray]]:
        """What loaded lines give to a turn of the bones of a joint, of whose turn their points
        take half: bone beyond the joint, and stiffness (6, 6) against turns of its parent and of
        itself."""
        s, geometry = self.skeleton, self.stance.geometry
        pose, child = geometry.pose, s.bone_of[s.midway]
        force = geometry.pull[s.midway] * tension[s.line_of[s.midway]][:, None]
        arm = geometry.points[s.midway] - pose.origin[child]
        found = []
        for joint, bone in enumerate(s.midway_bone.tolist()):
            mine, lag = s.midway_joint == joint, geometry.midway.lag[joint]
            half = geometry.midway.rotation[joint] @ pose.rotation[s.parent[bone]].T
            moment = (force[mine][:, :, None] * arm[mine][:, None, :]).sum(axis=0)
            turning = cross(arm[mine], force[mine]).sum(axis=0)
            follow = _follow_both(lag)
            bent = _bend_half_turn(turning, half, lag)
            found.append((bone, follow.T @ _tilt(moment[None])[0] @ follow + bent))
        return found


def _tilt(moment: np.ndarray) -> np.ndarray:
    """What forces give to a turn of what they act on, from their sum of force x arm (n, 3, 3)."""
    trace = np.trace(moment, axis1=1, axis2=2)[:, None, None]
    return trace * np.eye(3) - 0.5 * (moment + moment.transpose(0, 2, 1))


def _turns_of_both(s: Skeleton, child: int) -> np.ndarray:
    """Coordinates of the turns of a bone's parent and of the bone."""
    return np.concatenate([3 + 3 * bone + np.arange(3) for bone in (s.parent[child], child)])


def _follow_both(lag: np.ndarray) -> np.ndarray:
    """How a point that takes half of the turn of a joint turns with parent and child: shape (3,
    6)."""
    child = 0.5 * (np.eye(3) - skew(lag))
    return np.concatenate([np.eye(3) - child, child], axis=1)


def _bend_half_turn(turning: np.ndarray, half: np.ndarray, lag: np.ndarray) -> np.ndarray:
    """Stiffness against turns of parent and child from how the half turn itself bends away.

    Parameters
    ----------
    turning : numpy.ndarray, shape (3,)
        Moment on what takes the half turn, Nm.
    half : numpy.ndarray, shape (3, 3)
        The half turn in the axes of the world.
    lag : numpy.ndarray, shape (3,)
        As in `Midway`.

    Notes
    -----
    Second order of ``N' N' = exp(c) N N exp(-a)`` for turns a of the parent and c of the child,
    with the first two terms of the Baker-Campbell-Hausdorff series.
    """
    none, one = np.zeros((3, 3)), np.eye(3)
    parent, child = np.hstack([one, none]), np.hstack([none, one])
    share = 0.5 * (one - skew(lag))
    whole = half @ half @ parent
    turn = share @ (child - whole)  # of the half turn itself
    own = skew(share.T @ turning)
    bent = turn.T @ (skew(turning) @ half @ parent - own @ half @ turn) - child.T @ own @ whole
    return 0.5 * (bent + bent.T)


def _find_quiet_base(s: Skeleton, stance: Stance) -> np.ndarray:
    count, pose = len(s.bones), stance.geometry.pose
    base = np.zeros((s.size, s.size))
    about, held = moment_axes(s, pose), s.joint_stiffness.copy()
    for bone in stance.hanging:
        # of flexion and side bend: rotation is blocked by bone
        held[bone, [2, 0]] = s.joint_passive[bone, [0, 1]]
    for bone in range(1, count):
        here, first = slice(3 + 3 * bone, 6 + 3 * bone), 3 + 3 * s.parent[bone]
        up = slice(first, first + 3)
        axes = np.linalg.inv(about[bone] @ pose.rotation[s.parent[bone]].T)
        joint = (axes * held[bone]) @ axes.T
        base[here, here] += joint
        base[up, up] += joint
        base[here, up] -= joint
        base[up, here] -= joint
    for name, habit in (("thorax", "righting_trunk"), ("head", "righting_head")):
        if name in s.bones:
            first = 3 + 3 * s.bones.index(name)
            base[range(first, first + 3), range(first, first + 3)] += s.constants[habit]
    base[range(3 + 3 * count, s.size), range(3 + 3 * count, s.size)] += s.constants[
        "junction_tether"
    ]
    centre = _centre_motion(s, stance)[[0, 2]]
    return base + s.constants["balance_stiffness"] * centre.T @ centre


def _tauten(
    s: Skeleton, strands: np.ndarray, tension: np.ndarray, far: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Tension (N) that strands at junctions gain over a stretch (m), as their toe bends, and how
    fast it grows there (N/m)."""
    toe, spring = s.constants["strand_toe"], s.stiffness[strands]
    # a tension of w ln(1 + exp(x)) belongs to the x of a straight spring
    begin = np.log(np.expm1(np.clip(tension / toe, 1e-12, 500.0)))
    end = begin + spring * far / toe
    return toe * np.logaddexp(0.0, end) - tension, spring * expit(end)


def find_stiffness(
    skeleton: Skeleton,
    stance: Stance,
    effort: Effort,
    rest_length: np.ndarray,
    added: float | np.ndarray = 0.0,
) -> np.ndarray:
    """Stiffness of each line, N/m.

    Muscle: short-range stiffness of its active force (q F / L), the slope of
    its passive curve, and the resting tissue (three times the shear modulus
    times cross-section over length). Other tissue: its spring, if it is taut.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    effort : Effort
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.
    added : float or numpy.ndarray, shape (lines,)
        Tension that comes on top, N: a muscle that pulls harder is stiffer.

    Returns
    -------
    numpy.ndarray, shape (lines,)

    References
    ----------
    TP18 (q), TP20 and TP22 (shear modulus of resting muscle).
    """
    s, length = skeleton, stance.geometry.length
    slope = find_passive(s, length, rest_length)[1]
    pulling = np.maximum(effort.tension + added, 0)
    active = s.constants["short_range_stiffness_q"] * pulling / length
    fibre = np.where(s.is_muscle, s.fibre, 1.0)
    resting = s.constants["resting_stiffness"] * find_strength(s) / fibre
    # along its toe a strand is as stiff as it is taut
    taut = -np.expm1(-np.maximum(effort.tension, 0) / s.constants["strand_toe"])
    tissue = np.where(s.is_free_strand, s.stiffness * taut, slope)
    return np.where(s.is_muscle, (active + resting) * s.softness + slope, tissue)


def _point_motion(s: Skeleton, pose: Pose, bone: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Movement of points on bones per unit of u: shape (points, 3, size)."""
    step = np.zeros((len(bone), len(s.bones), 3))
    # a bone turns everything below it: what lies between its joint and the next, or the point
    reach = s.below[:, bone].T.astype(bool)
    where = np.broadcast_to(pose.origin[None], step.shape)
    toward = _next_joint(s, bone)
    ends = np.where((toward >= 0)[..., None], pose.origin[np.maximum(toward, 0)], point[:, None])
    step[reach] = (ends - where)[reach]
    motion = np.zeros((len(bone), 3, s.size))
    motion[:, [0, 1, 2], [0, 1, 2]] = 1.0
    turn = motion[:, :, 3 : 3 + 3 * len(s.bones)].reshape(len(bone), 3, len(s.bones), 3)
    # rotation w moves an arm v by w x v
    turn[:, 0, :, 1], turn[:, 0, :, 2] = step[..., 2], -step[..., 1]
    turn[:, 1, :, 0], turn[:, 1, :, 2] = -step[..., 2], step[..., 0]
    turn[:, 2, :, 0], turn[:, 2, :, 1] = step[..., 1], -step[..., 0]
    motion[:, :, 3 : 3 + 3 * len(s.bones)] = turn.reshape(len(bone), 3, -1)
    return motion


def _next_joint(s: Skeleton, bone: np.ndarray) -> np.ndarray:
    """For each point and each bone above it, the child bone on the way down to the point (-1 at
    the end)."""
    count = len(s.bones)
    table = np.full((count, count), -1)
    for end in range(count):
        child = end
        while s.parent[child] >= 0:
            table[end, s.parent[child]] = child
            child = s.parent[child]
    return table[bone]


def _free_segments(s: Skeleton) -> np.ndarray:
    """First points of the segments whose ends can move apart; one that lies on a single bone does
    no work."""
    halfway = np.isin(np.arange(len(s.point)), s.midway)
    return s.start[
        (s.bone_of[s.start] != s.bone_of[s.start + 1])
        | (halfway[s.start] != halfway[s.start + 1])
        | (s.slide_of[s.start] >= 0)
        | (s.slide_of[s.start + 1] >= 0)
    ]


def _list_segments(s: Skeleton, geometry: Geometry) -> _Segments:
    first = _free_segments(s)
    gap = geometry.points[first + 1] - geometry.points[first]
    length = np.sqrt((gap * gap).sum(axis=1))
    along = gap / length[:, None]
    one = cross(along, np.eye(3)[np.abs(along).argmin(axis=1)])
    one /= np.sqrt((one * one).sum(axis=1))[:, None]
    across = np.stack([one, cross(along, one)], axis=1)
    pose = geometry.pose
    place = _point_motion(s, pose, np.arange(len(s.bones)), pose.origin)
    here, there = (_swing_ends(s, geometry, place, ends, across) for ends in (first, first + 1))
    return _Segments(
        s.line_of[first],
        length,
        np.concatenate([first, first + 1]),
        np.concatenate([along, -along]),
        there - here,
    )


def _swing_ends(
    s: Skeleton, geometry: Geometry, place: np.ndarray, ends: np.ndarray, across: np.ndarray
) -> np.ndarray:
    """How points move in some directions (points, ways, 3) per unit of u: with the `place` of
    their bone (bones, 3, size), its turn and the slides of their junction; shape (points, ways,
    size)."""
    bone = s.bone_of[ends]
    motion = across @ place[bone]
    turning = cross((geometry.points[ends] - geometry.pose.origin[bone])[:, None], across)
    joint = np.full(len(s.point), -1)
    joint[s.midway] = s.midway_joint
    whole = np.flatnonzero(joint[ends] < 0)
    turns = 3 + 3 * bone[whole][:, None] + np.arange(3)
    motion[whole[:, None], :, turns] += turning[whole].transpose(0, 2, 1)
    for number, (beyond, lag) in enumerate(zip(s.midway_bone, geometry.midway.lag, strict=True)):
        mine, both = np.flatnonzero(joint[ends] == number), _turns_of_both(s, beyond)
        motion[mine[:, None], :, both] += (turning[mine] @ _follow_both(lag)).transpose(0, 2, 1)
    for number, owner in enumerate(s.slide_junction, start=s.size - len(s.slide_axis)):
        mine = np.flatnonzero(s.slide_of[ends] == owner)
        motion[mine, :, number] += across[mine] @ geometry.slide_axis[number - s.size]
    return motion


def _centre_motion(s: Skeleton, stance: Stance) -> np.ndarray:
    """Movement of the centre of mass per unit of u: shape (3, size)."""
    geometry = stance.geometry
    motion = _point_motion(s, geometry.pose, np.arange(len(s.bones)), geometry.com)
    return np.tensordot(s.mass / s.mass.sum(), motion, axes=1)


def _free_moves(s: Skeleton, stance: Stance) -> np.ndarray:
    """Basis of the movements that leave every standing foot where it is: shape (size, free)."""
    pose = stance.geometry.pose
    feet = np.array(stance.standing, dtype=int)
    held = _point_motion(s, pose, feet, pose.origin[feet]).reshape(-1, s.size)
    fixed = np.concatenate([3 + 3 * foot + np.arange(3) for foot in feet])
    kept = np.setdiff1d(np.arange(s.size), fixed)
    q = np.linalg.qr(held[:, kept].T, mode="complete")[0][:, len(held) :]
    free = np.zeros((s.size, q.shape[1]))
    free[kept] = q
    return free


def _resist(base: np.ndarray, stretch: np.ndarray, stiffness: np.ndarray) -> np.ndarray:
    """What resists a movement by itself (moves, moves) and by lines that it stretches (lines,
    moves), of some stiffness, N/m."""
    # of a matrix by its own transpose numpy works out only half
    weighed = stretch * np.sqrt(stiffness)[:, None]
    return base + weighed.T @ weighed


def _solve_stable(
    system: np.ndarray, load: np.ndarray, s: Skeleton, free: np.ndarray
) -> np.ndarray:
    move, tips = dposv(system, load)[1:]
    if tips:
        low, modes = np.linalg.eigh(system)
        mode = (free @ modes[:, 0])[3 : 3 + 3 * len(s.bones)].reshape(-1, 3)
        bone = s.bones[int(np.argmax((mode**2).sum(axis=1)))]
        raise SolveError(
            f"This state is not stable: {bone} would tip over (lowest stiffness {low[0]:.2g}). Undo"
            " a cut, ask for a smaller lean, or raise balance_stiffness or joint_stiffness_factor"
            " with body.with_parameters(...)."
        )
    return move
