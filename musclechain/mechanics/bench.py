"""A relaxed body on a bench or a seat: an examiner holds some joints, and the others give way.

Nothing is active. What resists is the stretch of muscle, fascia and nerve, and the ligaments and
discs of the joints; the joints that are left free come to rest where all that is in balance. Only
flexion and extension are looked at. Angles in rad and moments in Nm, about the axis of flexion,
unless said otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from musclechain.mechanics.change import SolveError
from musclechain.mechanics.joints import find_stops
from musclechain.mechanics.junctions import Junctions
from musclechain.mechanics.nerve import Cord, Stretched, find_bed, stretch_cord
from musclechain.mechanics.skeleton import (
    GRAVITY,
    Pose,
    Skeleton,
    cross,
    find_geometry,
    place_bones,
)

__all__ = ["Bench", "Freedom", "Posture", "Rested", "rest_body"]

# Newton's method: most steps, halvings of one, the longest (rad), and the moment that may be left
MOST_STEPS, MOST_TRIES, LONGEST, LEFT_NM = 60, 12, 0.3, 1e-6
UNSETTLED = "The body on the bench found no place to rest. Ask for smaller angles."


@dataclass(frozen=True)
class Freedom:
    """One way in which the body may give way.

    Attributes
    ----------
    turns : mapping of bone to float
        How much each joint bends with it.
    roll : float
        How much of it turns the body on its weight.
    """

    turns: Mapping[str, float]
    roll: float = 0.0


@dataclass(frozen=True)
class Posture:
    """What is held, what is free, and which way is up.

    Attributes
    ----------
    flexion_deg : mapping of bone to float
        At the joint above the bone, before anything gives way; others are straight.
    freedoms : tuple of Freedom
    watched : tuple of str
        Bones at whose joints the moments are wanted.
    flat : str
        A bone that keeps its place in space.
    up : tuple of float
        The direction in the axes of that bone that points up.
    """

    flexion_deg: Mapping[str, float]
    freedoms: tuple[Freedom, ...]
    watched: tuple[str, ...]
    flat: str
    up: tuple[float, float, float]


@dataclass(frozen=True)
class Bench:
    """A body that is laid down or sat down.

    Attributes
    ----------
    skeleton : Skeleton
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.
    cord : Cord
        The nerve.
    spine_factor : float
        On the stiffness of the spine's joints: without the weight of standing they are softer.
    roll_nm : float
        Moment with which weight turns the body back, per rad that it rolls.
    """

    skeleton: Skeleton
    rest_length: np.ndarray
    cord: Cord
    spine_factor: float
    roll_nm: float


@dataclass(frozen=True)
class Rested:
    """A relaxed body at rest.

    Attributes
    ----------
    bench : Bench
    posture : Posture
    pose : Pose
    given : numpy.ndarray, shape (freedoms,)
        How far it gave way, rad.
    tension : numpy.ndarray, shape (lines,)
        N.
    growth : numpy.ndarray, shape (lines, watched)
        How much longer each line gets with each joint, m/rad.
    slide : numpy.ndarray, shape (slides,)
        Where the soft junctions rest, m.
    nerve : Stretched
    nerve_growth : numpy.ndarray, shape (pieces, watched)
        The same of the bed under each piece of the nerve.
    joint_nm : numpy.ndarray, shape (watched,)
        What ligaments, discs and capsules resist.
    weight_nm : numpy.ndarray, shape (watched,)
        What the weight of all that hangs on the joint resists.
    left_nm : float
        Greatest moment that a free joint still feels.
    """

    bench: Bench
    posture: Posture
    pose: Pose
    given: np.ndarray
    tension: np.ndarray
    growth: np.ndarray
    slide: np.ndarray
    nerve: Stretched
    nerve_growth: np.ndarray
    joint_nm: np.ndarray
    weight_nm: np.ndarray
    left_nm: float

    @property
    def line_nm(self) -> np.ndarray:
        """What each line resists at each joint, shape (lines, watched)."""
        return self.tension[:, None] * self.growth

    @property
    def nerve_nm(self) -> np.ndarray:
        """What the nerve resists at each joint, shape (watched,)."""
        return self.nerve.tension @ self.nerve_growth

    def carry(self, bone: np.ndarray, point: np.ndarray) -> np.ndarray:
        """Carry points of the reference posture to where they are now.

        Parameters
        ----------
        bone : numpy.ndarray of int, shape (n,)
            What each is fixed to.
        point : numpy.ndarray, shape (n, 3)
            m.

        Returns
        -------
        numpy.ndarray, shape (n, 3)
        """
        pose = self.pose
        arm = point - self.bench.skeleton.joint[bone]
        return pose.origin[bone] + (pose.rotation[bone] @ arm[..., None])[..., 0]

    def angle_deg(self, bone: str) -> float:
        """Flexion at the joint above a bone, degrees."""
        return float(self.pose.angles[self.bench.skeleton.bones.index(bone), 0])

    def moment(self, bone: str) -> float:
        """What all tissue together resists at the joint above a watched bone."""
        joint = self.posture.watched.index(bone)
        return float(self.line_nm[:, joint].sum() + self.nerve_nm[joint] + self.joint_nm[joint])

    def weight(self, bone: str) -> float:
        """What weight resists at the joint above a watched bone."""
        return float(self.weight_nm[self.posture.watched.index(bone)])


@dataclass(frozen=True)
class _Look:
    """The body as it is for some way of giving way."""

    rested: Rested
    gradient: np.ndarray
    slope: np.ndarray
    axis: np.ndarray


class _Problem:
    def __init__(self, bench: Bench, posture: Posture) -> None:
        s = bench.skeleton
        self.bench, self.posture = bench, posture
        row = {bone: number for number, bone in enumerate(s.bones)}
        self.base = np.zeros(len(s.bones))
        for bone, degrees in posture.flexion_deg.items():
            self.base[row[bone]] = np.radians(degrees)
        self.joints = np.array([row[bone] for bone in posture.watched])
        # how much each watched joint, and each bone's, turns with each freedom
        self.free = np.zeros((len(posture.freedoms), len(s.bones)))
        for number, freedom in enumerate(posture.freedoms):
            for bone, share in freedom.turns.items():
                self.free[number, row[bone]] = share
        self.roll = np.array([freedom.roll for freedom in posture.freedoms])
        self.carried = s.below[self.joints] > 0
        self.flat = row[posture.flat]

    def look(self, given: np.ndarray, near: Rested | None = None) -> _Look:
        bench, s, joints = self.bench, self.bench.skeleton, self.joints
        angles = np.zeros((len(s.bones), 3))
        angles[:, 0] = np.degrees(self.base + given @ self.free)
        pose = place_bones(s, angles, np.eye(3), s.joint[0])
        axis = (pose.rotation[s.parent[joints]] @ pose.axis[joints, 0, :, None])[..., 0]
        geometry = find_geometry(s, pose)
        turning = (self.carried.T[:, None, :] * axis.T).reshape(-1, len(joints))
        growth = geometry.matrix[:, 3 : 3 + 3 * len(s.bones)] @ turning
        junctions = Junctions(s, geometry, bench.rest_length)
        settled = junctions.settle(np.zeros(len(s.lines)), near.slide if near else None)
        nerve, nerve_growth = self._stretch(pose, axis, near)
        joint_nm, joint_slope = self._bend(angles)
        rested = Rested(
            bench,
            self.posture,
            pose,
            given,
            settled.passive,
            growth,
            settled.slide,
            nerve,
            nerve_growth,
            joint_nm,
            np.zeros(len(joints)),
            0.0,
        )
        through = settled.stretch(growth.T)
        resist = (growth.T * settled.stiffness) @ growth - through @ settled.give @ through.T
        resist += nerve.find_stiffness(nerve_growth) + np.diag(joint_slope)
        share = self.free[:, joints]
        rolled = float(self.roll @ given)
        moments = rested.line_nm.sum(axis=0) + rested.nerve_nm + joint_nm
        return _Look(
            rested,
            share @ moments + bench.roll_nm * np.sin(rolled) * self.roll,
            share @ resist @ share.T
            + bench.roll_nm * np.cos(rolled) * np.outer(self.roll, self.roll),
            axis,
        )

    def finish(self, look: _Look, left: float) -> Rested:
        """The body at rest, with what weight does and the moment that is left over."""
        weight = self._weigh(look.rested.pose, look.axis)
        return replace(look.rested, weight_nm=weight, left_nm=left)

    def _stretch(
        self, pose: Pose, axis: np.ndarray, near: Rested | None
    ) -> tuple[Stretched, np.ndarray]:
        s, course = self.bench.skeleton, self.bench.cord.course
        arm = (pose.rotation[course.bone] @ (course.point - s.joint[course.bone])[..., None])[
            ..., 0
        ]
        points = pose.origin[course.bone] + arm
        reach = points[:, None] - pose.origin[self.joints]
        moves = self.carried[:, course.bone].T[..., None] * cross(axis, reach)
        bed, growth = find_bed(course, points, moves)
        start = near.nerve.slide if near else None
        return stretch_cord(self.bench.cord, bed, start), growth

    def _bend(self, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What the joints themselves resist, and its slope."""
        s, joints = self.bench.skeleton, self.joints
        moment, slope = find_stops(s, angles)
        plain = s.joint_passive[joints, 0] * self.bench.spine_factor
        turned = np.radians(angles[joints, 0])
        return moment[joints, 0] + plain * turned, slope[joints, 0] + plain

    def _weigh(self, pose: Pose, axis: np.ndarray) -> np.ndarray:
        s = self.bench.skeleton
        com = find_geometry(s, pose).com
        up = pose.rotation[self.flat] @ np.array(self.posture.up)
        reach = com - pose.origin[self.joints][:, None]
        lift = cross(axis[:, None], reach) @ up
        return GRAVITY * ((lift * self.carried) @ s.mass)


def rest_body(
    bench: Bench, posture: Posture, near: Rested | None = None, before: Rested | None = None
) -> Rested:
    """Find where a relaxed body comes to rest.

    Parameters
    ----------
    bench : Bench
    posture : Posture
        Joints that its freedoms bend must be watched.
    near : Rested, optional
        A posture with the same freedoms that differs little; only makes this one faster.
    before : Rested, optional
        The one before that, from which both guess where the next will be.

    Returns
    -------
    Rested

    Raises
    ------
    SolveError
        If it finds no rest.
    """
    problem = _Problem(bench, posture)
    given = _guess(posture, near, before)
    look = problem.look(given, near)
    # what the slope lacks (lines that turn, and junctions with them), learnt from the steps
    missing = np.zeros((len(given), len(given)))
    for _ in range(MOST_STEPS):
        left = float(np.abs(look.gradient).max(initial=0.0))
        if left < LEFT_NM:
            return problem.finish(look, left)
        step = -np.linalg.solve(look.slope + missing, look.gradient)
        if look.gradient @ step >= 0:  # it would climb: what was learnt no longer holds here
            missing[:] = 0.0
            step = -np.linalg.solve(look.slope, look.gradient)
        step *= min(1.0, LONGEST / float(np.abs(step).max()))
        fall, share = float(look.gradient @ step), 1.0
        for _ in range(MOST_TRIES):
            tried = problem.look(given + share * step, look.rested)
            if tried.gradient @ step <= 0.5 * abs(fall):
                break
            share *= 0.5
        step *= share
        mean = (look.slope + tried.slope) / 2 + missing
        gap = tried.gradient - look.gradient - mean @ step
        missing += np.outer(gap, step) / (step @ step)
        given, look = given + step, tried
    raise SolveError(UNSETTLED)


def _guess(posture: Posture, near: Rested | None, before: Rested | None) -> np.ndarray:
    """Where the body will give way to: as near by, or further along the way that it took."""
    if near is None:
        return np.zeros(len(posture.freedoms))
    if before is None:
        return near.given
    bones = sorted({*posture.flexion_deg, *near.posture.flexion_deg, *before.posture.flexion_deg})
    held = np.array(
        [
            [one.flexion_deg.get(bone, 0.0) for bone in bones]
            for one in (before.posture, near.posture, posture)
        ]
    )
    way, ahead = held[1] - held[0], held[2] - held[1]
    length = float(way @ way)
    further = float(way @ ahead) / length if length > 0 else 0.0
    return near.given + min(max(further, 0.0), 2.0) * (near.given - before.given)
