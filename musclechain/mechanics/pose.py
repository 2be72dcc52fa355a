"""Where the bones stand: the pose that is asked for, on the ground, in balance."""

from dataclasses import dataclass

import numpy as np

from musclechain.mechanics.change import Change, SolveError
from musclechain.mechanics.skeleton import (
    GRAVITY,
    Geometry,
    Pose,
    Skeleton,
    cross,
    find_geometry,
    joint_rotations,
    place_bones,
    rotate,
    rotation_vector,
    skew,
    spread_forces,
)

__all__ = ["Stance", "find_stance"]

# Resistance of the free angles (flexion, side, rotation): the ankles answer first, the hips follow
# to keep both feet flat.
FREE_ANGLES = {
    "foot": (1.0, 1.0, None),
    "thigh": (30.0, 1.0, 10.0),
    "neck": (1.0, 1.0, 1.0),
    "head": (1.0, 1.0, 1.0),
}

STEPS = 40


@dataclass(frozen=True)
class Stance:
    """A pose on the ground, with the forces that ground and gravity put on it."""

    geometry: Geometry
    # (size,) generalised load of gravity and ground, what the tensions must balance
    load: np.ndarray
    through: np.ndarray  # (bones, 3) weight and ground force on each bone and all below it
    # (bones, 3, 3) sum of force x arm of weight and ground, for the geometric stiffness
    moment: np.ndarray
    ground: np.ndarray  # (2, 3) force on the left and right foot, N
    contact: np.ndarray  # (2, 3) where it acts, m
    standing: tuple[int, ...]  # bones of the feet that are on the ground
    balance: np.ndarray  # (6,) force (N) and moment (Nm) left over for the whole body


def find_stance(skeleton: Skeleton, change: Change, rest: Pose | None = None) -> Stance:
    """Find the pose that a change asks for, and load it.

    Parameters
    ----------
    skeleton : Skeleton
    change : Change
    rest : Pose, optional
        Healthy standing: angles are asked for, and kept small, relative to it.

    Returns
    -------
    Stance

    Raises
    ------
    SolveError
        If no pose answers what is asked.
    """
    problem = _StanceProblem(skeleton, change, rest)
    pose = problem.solve()
    return _load(skeleton, problem, find_geometry(skeleton, pose))


class _StanceProblem:
    """The constraints of standing, and their derivatives, as one small nonlinear problem."""

    def __init__(self, skeleton: Skeleton, change: Change, rest: Pose | None) -> None:
        self.skeleton, self.rest = skeleton, rest
        bones = skeleton.bones
        self.asked = np.zeros((len(bones), 3)) if rest is None else rest.angles.copy()
        for bone, angles in change.angles.items():
            self.asked[bones.index(bone)] += angles
        sides = ("left", "right")
        self.standing = tuple(
            foot
            for side, foot in zip(sides, skeleton.feet, strict=True)
            if side != change.lifted_foot
        )
        self.turn = [_ground_tilt(side, change.wedge_deg.get(side, 0.0)) for side in sides]
        rise = np.array([[0, change.lift_mm.get(side, 0.0) / 1e3, 0] for side in sides])
        arm = skeleton.joint[list(skeleton.feet)] - skeleton.sole
        self.sole = skeleton.sole + rise
        self.place = np.array(
            [sole + turn @ a for sole, turn, a in zip(self.sole, self.turn, arm, strict=True)]
        )
        self.share = change.load_share
        self.target = self.share * self.sole[0] + (1 - self.share) * self.sole[1]
        self.level = change.head_level
        self.head = bones.index("head")
        self.free = self._list_free(change)
        self.weight = np.concatenate([np.full(6, 1e-2), [weight for *_, weight in self.free]])

    def _list_free(self, change: Change) -> list[tuple[int, int, float]]:
        free = []
        for i, bone in enumerate(self.skeleton.bones):
            kind = bone.removesuffix("_left").removesuffix("_right")
            if (
                kind in ("neck", "head")
                and not self.level
                or change.lifted_foot
                and bone == f"foot_{change.lifted_foot}"
            ):
                continue
            if kind == "thigh" and change.lifted_foot and bone.endswith(change.lifted_foot):
                continue
            free += [
                (i, axis, weight) for axis, weight in enumerate(FREE_ANGLES.get(kind, ())) if weight
            ]
        return free

    def solve(self) -> Pose:
        """Newton's method from the healthy pose with the asked angles put in."""
        angles = self.asked.copy()
        rotation, place = (
            (np.eye(3), self.skeleton.joint[0])
            if self.rest is None
            else (self.rest.rotation[0], self.rest.origin[0])
        )
        rows, columns = (np.array([angle[k] for angle in self.free]) for k in (0, 1))
        for _ in range(STEPS):
            pose = place_bones(self.skeleton, angles, rotation, place)
            error, slope = self._measure(pose)
            if np.abs(error).max() < 1e-11:
                return pose
            kept = np.concatenate([np.zeros(6), np.radians(angles - self.asked)[rows, columns]])
            step = self._step(kept, error, slope)
            step *= min(1.0, 0.5 / np.abs(step).max())
            place = place + step[:3]
            rotation = rotate(step[3:6]) @ rotation
            angles = angles.copy()
            angles[rows, columns] += np.degrees(step[6:])
        raise SolveError(
            "No pose was found that keeps the feet on the ground with the weight where the cause"
            " asks for it. Ask for less: a smaller lean or lift, or a load share nearer to one"
            " half."
        )

    def _step(self, kept: np.ndarray, error: np.ndarray, slope: np.ndarray) -> np.ndarray:
        """Smallest weighted change of the free angles that mends the error to first order."""
        eased = slope / self.weight
        price = np.linalg.solve(eased @ slope.T, slope @ kept - error)
        return eased.T @ price - kept

    def _measure(self, pose: Pose) -> tuple[np.ndarray, np.ndarray]:
        """Errors of feet, centre of mass and head, and their slopes by root move, root turn and
        free angles."""
        s = self.skeleton
        axes, centres = self._axes(pose)
        carries = s.below[
            [bone for bone, *_ in self.free]
        ].T  # (bones, free): does this angle move that bone?
        feet = [k for k, foot in enumerate(s.feet) if foot in self.standing]
        kept = [*(s.feet[k] for k in feet), *([self.head] if self.level else [])]
        aims = np.array([*(self.turn[k] for k in feet), *([np.eye(3)] if self.level else [])])
        error = list(rotation_vector(pose.rotation[kept] @ aims.transpose(0, 2, 1)))
        slope = [self._turning(axes, carries[bone]) for bone in kept]
        for k in feet:
            where = pose.origin[s.feet[k]]
            error.append(where - self.place[k])
            slope.append(self._motion(pose, axes, centres, carries[s.feet[k]], where))
        error.append(self._centre(pose)[[0, 2]] - self.target[[0, 2]])
        slope.append(self._centre_motion(pose, axes, centres)[[0, 2]])
        return np.concatenate(error), np.concatenate(slope)

    def _axes(self, pose: Pose) -> tuple[np.ndarray, np.ndarray]:
        """World axis of each free angle (per radian of the clinical angle) and the joint that it
        turns about."""
        s = self.skeleton
        _, first, second = joint_rotations(s, pose.angles)
        base = np.concatenate([np.eye(3)[None], pose.rotation[s.parent[1:]]])
        frames = (base[:, :, 2], (base @ first)[:, :, 0], (base @ second)[:, :, 1])
        axes = np.array([frames[axis][bone] * s.signs[bone, axis] for bone, axis, _ in self.free])
        return axes, pose.origin[[bone for bone, *_ in self.free]]

    def _turning(self, axes: np.ndarray, carried: np.ndarray) -> np.ndarray:
        return np.concatenate([np.zeros((3, 3)), np.eye(3), (axes * carried[:, None]).T], axis=1)

    def _motion(
        self,
        pose: Pose,
        axes: np.ndarray,
        centres: np.ndarray,
        carried: np.ndarray,
        where: np.ndarray,
    ) -> np.ndarray:
        by_angle = cross(axes, where - centres) * carried[:, None]
        return np.concatenate([np.eye(3), skew(pose.origin[0] - where), by_angle.T], axis=1)

    def _centre(self, pose: Pose) -> np.ndarray:
        s = self.skeleton
        places = pose.origin + (pose.rotation @ (s.com - s.joint)[..., None])[..., 0]
        return s.mass @ places / s.mass.sum()

    def _centre_motion(self, pose: Pose, axes: np.ndarray, centres: np.ndarray) -> np.ndarray:
        s = self.skeleton
        places = pose.origin + (pose.rotation @ (s.com - s.joint)[..., None])[..., 0]
        mass = s.below @ s.mass
        middle = (s.below @ (s.mass[:, None] * places)) / mass[:, None]
        bones = [bone for bone, *_ in self.free]
        share = (mass / s.mass.sum())[bones, None]
        by_angle = cross(axes, middle[bones] - centres) * share
        return np.concatenate([np.eye(3), skew(pose.origin[0] - middle[0]), by_angle.T], axis=1)


def _ground_tilt(side: str, degrees: float) -> np.ndarray:
    """Rotation of a wedge: positive rolls the foot in (sole outward, eversion)."""
    return rotate(np.array([np.radians(degrees) * (-1 if side == "right" else 1), 0, 0]))


def _load(skeleton: Skeleton, problem: _StanceProblem, geometry: Geometry) -> Stance:
    """Put weight and ground force on a pose; solve the ground wrench so that the whole body
    balances."""
    s, pose = skeleton, geometry.pose
    weight = np.zeros((len(s.bones), 3))
    weight[:, 1] = -GRAVITY * s.mass
    total = GRAVITY * s.mass.sum()
    centre = s.mass @ geometry.com / s.mass.sum()
    ground = np.zeros((2, 3))
    ground[:, 1] = total * np.array([problem.share, 1 - problem.share])
    contact = problem.sole.copy()
    contact[:, [0, 2]] += (centre - ground[:, 1] @ contact / total)[[0, 2]]
    bone = np.concatenate([np.arange(len(s.bones)), s.feet])
    force = np.concatenate([weight, ground])
    where = np.concatenate([geometry.com, contact])
    arm = where - pose.origin[bone]
    load, through = spread_forces(s, pose, bone, arm, force)
    balance = np.concatenate([force.sum(axis=0), cross(where, force).sum(axis=0)])
    moment = np.zeros((len(s.bones), 3, 3))
    np.add.at(moment, bone, force[:, :, None] * arm[:, None, :])
    full = np.concatenate([load[0], np.zeros(len(s.slide_axis))])
    return Stance(geometry, full, through[0], moment, ground, contact, problem.standing, balance)
