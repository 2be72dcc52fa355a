"""What a pose must keep, and what it costs.

All joints are free. What a pose costs is made of physics and of stated habits: the energy of
stretched joints, muscles and tissue; the moments that muscles must supply, weighed by the strength
that is left for them; the habit to keep trunk and head upright; and what the cause asks for, as a
strong wish. The feet on their ground and the centre of mass over its support are held exactly. The
ankles of standing feet follow that balance forward and back at no price of their own: who bends
the trunk moves the hips back over the feet (LD27).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from musclechain.mechanics.change import Change
from musclechain.mechanics.joints import find_stop_energy, find_stops
from musclechain.mechanics.junctions import Junctions, Settled
from musclechain.mechanics.skeleton import (
    GRAVITY,
    WORLD,
    Geometry,
    Pose,
    Skeleton,
    cross,
    diagonal,
    find_geometry,
    place_bones,
    rotate,
    rotation_vector,
    skew,
    turn_joints,
)
from musclechain.mechanics.stance import Habit, Stance, turn_to_angles
from musclechain.mechanics.strength import find_joint_strength
from musclechain.mechanics.tissue import find_strength

__all__ = ["Look", "PoseProblem"]

SIDES = ("left", "right")
# what makes of an arm (m) the moment (Nm) of a kilogram there
BY_WEIGHT = GRAVITY * np.array([[0.0, 0.0, -1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
# in healthy standing trunk and head are upright, whatever that costs: Nm/rad
UPRIGHT = 1e9
# An asked angle counts in full from a few degrees on, so that nothing jumps as it begins: of a leg
# soon, as a degree of it moves the pelvis by centimetres, of the rest later, which sways by itself.
WISHED_DEG, WISHED_ABOVE_DEG = 1.8, 7.0
# A pelvis that is asked to stand aside counts by half from so far on, mm; in full it is held by the
# strength of a wish for an angle at the end of such a lever, m.
ASIDE_MM, LEVER = 5.0, 0.2
# Up to this share of its strength a joint is only dear; beyond, the price climbs this much faster.
NEARLY_ALL, STEEPER = 0.85, 200.0


class Look(NamedTuple):
    """A pose, and how it changes with the coordinates: the root's place (m) and turn (rad), every
    joint angle (rad), and the sideways push of the feet (N)."""

    error: np.ndarray  # (held,) feet and centre of mass, rad and m
    error_slope: np.ndarray  # (held, coordinates)
    turning: np.ndarray  # (bones, 3, coordinates) rad
    moments: np.ndarray  # (rows,) Nm that muscles must supply about each joint angle
    moment_slope: np.ndarray  # (rows, coordinates)
    stop: np.ndarray  # (bones, 3) Nm with which the ends of the joints' ranges hold
    stop_slope: np.ndarray  # (bones, 3) Nm/rad


class PoseProblem:
    """What a pose must keep, and what it costs.

    Its coordinates are the root's place (m) and turn (rad), every joint angle (rad) and the
    sideways push of the feet (N); slopes and curvatures are J by these.

    Parameters
    ----------
    skeleton : Skeleton
    change : Change
    habit : Habit, optional
        Healthy standing, from which angles are asked for; without it the posture of the data is
        stood on its feet.
    strength_left : float or numpy.ndarray, shape (lines,)
        Share of each muscle's strength that is left.
    rest_length : numpy.ndarray, shape (lines,), optional
        Lengths in healthy standing, m; without them stretch costs nothing.
    """

    def __init__(
        self,
        skeleton: Skeleton,
        change: Change,
        habit: Habit | None,
        strength_left: float | np.ndarray = 1.0,
        rest_length: np.ndarray | None = None,
    ) -> None:
        s = self.skeleton = skeleton
        self.habit, self.rest_length = habit, rest_length
        self.quiet = np.zeros(len(s.lines))
        self.slide = habit.slide if habit else np.zeros(len(s.slide_axis))
        self.rest = habit.pose if habit else _stand_in_data(s)
        self._set_ground(change)
        count = len(s.bones)
        self.joint, self.axis = s.turns.bone[3:], s.turns.angle[3:]
        self.size = 6 + len(self.joint) + 1
        self.carried_mass = s.below @ s.mass
        asked = np.zeros((count, 3))
        for bone, angles in change.angles.items():
            asked[s.bones.index(bone)] += angles
        self.asked = np.radians(asked)[self.joint, self.axis]
        of_leg = s.below[:, list(s.feet)].any(axis=1, keepdims=True)
        counts = _count_wish(np.radians(asked) ** 2, np.where(of_leg, WISHED_DEG, WISHED_ABOVE_DEG))
        self.wish = (counts * s.constants["wish_strength"])[self.joint, self.axis]
        aside = _count(change.aside_mm**2, ASIDE_MM)
        self.aside = aside * s.constants["wish_strength"] / LEVER**2
        # measured from where the weight is
        self.place_aside = self.rest.origin[0, 2] + self.target[2] - s.sole[:, 2].mean()
        self.place_aside += change.aside_mm / 1e3
        self.stop = find_stops(s, self.rest.angles)[0]
        self.spring = s.joint_stiffness[self.joint, np.array([2, 0, 1])[self.axis]]
        if not habit:
            # in the posture of the data only hips and ankles give way, to stand in balance
            limbs = [
                bone
                for bone in range(1, count)
                if bone in s.feet or (s.parent[bone] == 0 and s.below[bone, list(s.feet)].any())
            ]
            self.spring = np.where(self._turns_of(limbs), self.spring, UPRIGHT)
        else:
            # forward and back the ankles of standing feet go where balance, which is held exactly,
            # takes them: their hold on quiet standing is that balance and not a price beside it
            ankles = self._turns_of(self.standing) & (self.axis == 0)
            self.spring = np.where(ankles, 0.0, self.spring)
        self._set_upright(change, asked)
        self._let_foot_hang(asked)
        if habit:
            lift = habit.arms * find_strength(s) * strength_left
            allowed = s.allowance[1:, [2, 0, 1]].ravel()
            self.strength = find_joint_strength(lift, allowed, habit.strength)
            self.more, self.less = self.strength.more, self.strength.less
            self.most_more, self.most_less = NEARLY_ALL * self.more, NEARLY_ALL * self.less

    def _turns_of(self, bones: Sequence[int]) -> np.ndarray:
        """Which joint angles turn one of these bones against its parent."""
        turned = np.zeros(len(self.skeleton.bones), dtype=bool)
        turned[list(bones)] = True
        return turned[self.joint]

    def _set_ground(self, change: Change) -> None:
        s = self.skeleton
        self.standing = tuple(
            foot for side, foot in zip(SIDES, s.feet, strict=True) if side != change.lifted_foot
        )
        self.on_ground = [k for k, foot in enumerate(s.feet) if foot in self.standing]
        apart = (s.constants["feet_apart"] + change.feet_apart_mm) / 2e3
        out = np.sign(s.sole[:, 2] - s.sole[::-1, 2])
        move = np.zeros((2, 3))
        move[:, 1] = [change.lift_mm.get(side, 0.0) / 1e3 for side in SIDES]
        move[:, 2] = out * apart
        self.sole = s.sole + move
        self.turn = np.array(
            [_tilt_ground(side, change.wedge_deg.get(side, 0.0)) for side in SIDES]
        )
        arm = s.joint[list(s.feet)] - s.sole
        self.place = self.sole + (self.turn @ arm[..., None])[..., 0]
        self.share = np.array([change.load_share, 1 - change.load_share])
        self.target = self.share @ self.sole
        line = self.sole[1] - self.sole[0]
        self.push = np.zeros((2, 3))
        if len(self.standing) == 2:
            self.push[0] = line / np.linalg.norm(line)
            self.push[1] = -self.push[0]
        weight = np.outer(self.share * s.mass.sum(), [0.0, GRAVITY, 0.0])
        force = np.array([weight, self.push])
        # (force or moment, weight or push, bones, 3)
        self.from_ground = s.below[:, list(s.feet)] @ np.array([force, cross(self.sole, force)])
        self.by_push = self.from_ground[:, 1].take(s.turns.bone[3:], axis=1)

    def _set_upright(self, change: Change, asked: np.ndarray) -> None:
        """Which way trunk and head want to be turned, and how much."""
        s, rest = self.skeleton, self.rest
        leans = {
            bone: np.radians(change.inclination.get(bone, (0.0, 0.0, 0.0)))
            for bone in ("thorax", "head")
        }
        wished = rest.rotation
        if asked.any():
            turned = np.zeros(3)
            for foot in self.standing:
                bone = foot
                while s.parent[bone] >= 0:
                    turned -= np.radians(asked[bone]) @ s.axis[bone] / len(self.standing)
                    bone = s.parent[bone]
            # where the trunk is told how to lean, legs that are asked to turn do not tilt it too
            turned *= 1 - _count_wish((leans["thorax"] ** 2).sum())
            root = rotate(turned) @ rest.rotation[0]
            wished = place_bones(s, rest.angles + asked, root, rest.origin[0]).rotation
        upright: list[tuple[int, float, np.ndarray]] = []
        lean = np.eye(3)
        for name in [name for name in leans if name in s.bones]:
            bone = s.bones.index(name)
            if leans[name].any():
                inclined = np.zeros_like(asked)
                inclined[bone] = np.degrees(leans[name])
                lean = turn_joints(s, inclined)[0][bone] @ lean
            level = name == "head" and change.head_level
            # an asked lean is a wish, and counts as one
            strength = s.constants["righting_head" if name == "head" else "righting_trunk"]
            strength += float(_count_wish((leans[name] ** 2).sum())) * s.constants["wish_strength"]
            goal = rest.rotation[bone] if level else lean @ wished[bone]
            upright.append((bone, strength if self.habit else UPRIGHT, goal))
        # arms hang loose of which nothing is asked
        hanging = [
            bone
            for bone, name in enumerate(s.bones)
            if name.startswith("arm_") and not asked[bone].any()
        ]
        if not self.habit:
            upright += [(bone, UPRIGHT, rest.rotation[bone]) for bone in hanging]
        bones, strengths, goals = zip(*upright, strict=True)
        # a strength counts about each of three axes
        self.upright = np.array(bones), np.repeat(strengths, 3), np.array(goals).transpose(0, 2, 1)
        self.hanging = s.constants["hanging_limbs"] * self._turns_of(hanging)

    def _let_foot_hang(self, asked: np.ndarray) -> None:
        """Leave a lifted foot of which nothing is asked to its weight, to its muscles at rest and
        to what stretch gives.

        In healthy standing stretched calf muscles carry part of the body, so that their pull
        there costs nothing; in the air it is pull, and no reflex of standing meets it.
        """
        s, habit = self.skeleton, self.habit
        self.drooping = tuple(
            foot for foot in s.feet if foot not in self.standing and not asked[foot].any()
        )
        if habit is None:
            return
        self.loose, self.taken = habit.moments, habit.tension
        if not self.drooping:
            return
        # bone blocks rotation all the same
        droops = self._turns_of(self.drooping) & (self.axis < 2)
        self.spring = np.where(droops, s.joint_passive[self.joint, self.axis], self.spring)
        self.hanging = np.where(droops, s.constants["hanging_limbs"], self.hanging)
        self.loose = np.where(droops, 0.0, habit.moments)
        # with all that meets at a junction with a line of the foot
        on_foot = np.isin(s.line_of, s.line_of[np.isin(s.bone_of, self.drooping)])
        meets = np.isin(s.slide_of, s.slide_of[on_foot & (s.slide_of >= 0)])
        lines = np.unique(s.line_of[on_foot | meets])
        self.taken = habit.tension.copy()
        self.taken[lines] = 0.0
        self.quiet[lines] = ((s.constants["tone"] + s.tone).clip(0) * find_strength(s))[lines]

    def able(self, moments: np.ndarray) -> np.ndarray:
        """What muscles, ligament and contact could supply at each joint axis, the way they must,
        Nm."""
        return np.where(moments > 0, self.more, self.less)

    def most(self, moments: np.ndarray) -> np.ndarray:
        """How much of it is only dear, Nm; beyond, the price climbs fast."""
        return np.where(moments > 0, self.most_more, self.most_less)

    def avoid(self, stance: Stance, gap: np.ndarray) -> None:
        """Ask less of the joints that could not be held in a stance, by what was missing there."""
        s, pose = self.skeleton, stance.geometry.pose
        push = float((stance.ground * self.push).sum() / max((self.push**2).sum(), 1.0))
        moments = self.look(pose, push).moments
        missing = (turn_to_angles(s, pose) @ gap[..., None]).ravel()
        short = np.abs(missing) > 1e-9
        least = np.maximum(np.abs(moments) - np.abs(missing), 0.0)
        for most, way in ((self.most_more, moments > 0), (self.most_less, moments <= 0)):
            here = short & way
            most[here] = np.minimum(most[here], least[here])

    def look(self, pose: Pose, push: float) -> Look:
        """Look at a pose: what it must keep, and the moments of its joints."""
        s = self.skeleton
        # the root turns about the axes of the world, then each joint about its own
        axes = np.concatenate([WORLD, self._axes(pose)])
        com = pose.origin + (pose.rotation @ (s.com - s.joint)[..., None])[..., 0]
        # mass times arm of all that a bone carries, from the joint that it hangs on
        lever = s.below @ (s.mass[:, None] * com) - self.carried_mass[:, None] * pose.origin
        through, by_ground = self.from_ground[:, 0] + push * self.from_ground[:, 1]
        # of each turn: what its bone carries, what the ground does there, and where it goes through
        arms = np.array([lever, by_ground, pose.origin, through]).take(s.turns.bone, axis=1)
        turned = cross(axes, arms)
        turning = np.zeros((len(s.bones), 3, self.size))
        turning[:, :, 3:-1] = axes.T * s.turns.carried[:, None]
        error, slope = self._hold(pose, com, axes, turned, turning)
        stops = find_stops(s, pose.angles)
        moments, moment_slope = np.zeros(len(self.joint)), np.zeros((len(self.joint), self.size))
        if self.habit:  # without it moments cost nothing
            moments, moment_slope = self._find_moments(pose, axes, arms, turned, stops)
        return Look(error, slope, turning, moments, moment_slope, *stops)

    def _axes(self, pose: Pose) -> np.ndarray:
        """World axis of each joint angle, per radian of the clinical angle."""
        s = self.skeleton
        return (pose.axis[1:] @ pose.rotation[s.parent[1:]].swapaxes(1, 2)).reshape(-1, 3)

    def _hold(
        self,
        pose: Pose,
        com: np.ndarray,
        axes: np.ndarray,
        turned: np.ndarray,
        turning: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Errors of the standing feet and of the centre of mass, and their slopes."""
        s, bones, feet = self.skeleton, list(self.standing), self.on_ground
        swung, _, around, _ = turned
        tilted = rotation_vector(pose.rotation[bones] @ self.turn[feet].swapaxes(1, 2))
        away = pose.origin[bones] - self.place[feet]
        mass = self.carried_mass[0]
        off = s.mass @ com / mass - self.target
        motion = np.zeros((len(bones) + 1, 3, self.size))
        motion[:, [0, 1, 2], [0, 1, 2]] = 1.0
        # a turn moves a foot that it carries about its centre
        moved = (axes @ skew(pose.origin[bones]) - around) * s.turns.carried[bones][..., None]
        motion[:-1, :, 3:-1] = moved.swapaxes(1, 2)
        motion[-1, :, 3:-1] = swung.T / mass
        return np.concatenate([tilted.ravel(), away.ravel(), off[::2]]), np.concatenate(
            [
                turning[bones].reshape(-1, self.size),
                motion[:-1].reshape(-1, self.size),
                motion[-1, ::2],
            ]
        )

    def _find_moments(
        self,
        pose: Pose,
        axes: np.ndarray,
        arms: np.ndarray,
        turned: np.ndarray,
        stops: tuple[np.ndarray, np.ndarray],
    ) -> tuple[np.ndarray, np.ndarray]:
        """Moments that gravity and ground ask of the muscles about each joint angle, and their
        slopes."""
        s, about = self.skeleton, axes[3:]
        lever, by_ground, _, through = arms[:, 3:]
        swung, swayed, centred, pressed = turned[:, 3:]
        moments = _dot(about, by_ground + lever @ BY_WEIGHT) - _dot(centred, through)
        # What is carried turns with a joint. The slopes of weight are those of its energy: the same
        # for a turn above as for the one below it.
        slopes = np.zeros((len(about), self.size))
        turns = slopes[:, 3:-1]
        turns += (swung @ BY_WEIGHT @ axes.T) * s.turns.up_to
        turns[:, 3:] += (turns * s.turns.ahead)[:, 3:].T
        # the ground stays where it is, the joints and their axes move with those ahead of them
        bent = swayed + cross(through, centred)
        turns += (bent @ axes.T - pressed @ turned[2].T) * s.turns.ahead
        slopes[:, :3] = pressed
        by_push = self.by_push
        slopes[:, -1] = _dot(about, by_push[1]) - _dot(centred, by_push[0])
        # ligaments take their part
        held = (s.joint_passive * np.radians(pose.angles) + stops[0])[1:].ravel()
        diagonal(slopes[:, 6:-1])[:] -= (s.joint_passive + stops[1])[1:].ravel()
        return moments - held, slopes

    def relieve(self, look: Look, held: np.ndarray, stiffness: np.ndarray) -> Look:
        """Take off the muscles what stretched lines hold: their moments (Nm) and how these grow
        with the coordinates, both against healthy standing."""
        return look._replace(
            moments=look.moments - held[6:-1],
            moment_slope=look.moment_slope - stiffness[6:-1],
        )

    def price(self, pose: Pose, look: Look) -> tuple[np.ndarray, np.ndarray]:
        """Slope and curvature of what a pose costs by the coordinates, stretched lines left
        out."""
        size = look.moment_slope.shape[1]
        slope, curvature = np.zeros(size), np.zeros((size, size))
        bent = np.radians(pose.angles - self.rest.angles)[1:].ravel()
        slope[6:-1] = self.spring * bent + self.wish * (bent - self.asked)
        slope[6:-1] += (look.stop - self.stop)[1:].ravel()
        diagonal(curvature)[6:-1] = self.spring + self.wish + look.stop_slope[1:].ravel()
        slope[2] = self.aside * (pose.origin[0, 2] - self.place_aside)
        curvature[2, 2] = self.aside
        bones, strengths, back = self.upright
        off = rotation_vector(pose.rotation[bones] @ back)
        turning = look.turning[bones].reshape(-1, size)
        righting = turning.T * strengths
        slope += righting @ off.ravel()
        curvature += righting @ turning
        if self.habit:
            price, steepness = self._price_moments(look.moments)
            price += self.hanging * (look.moments - self.loose)
            slope += (price - self.habit.price) @ look.moment_slope
            curvature += (look.moment_slope.T * (steepness + self.hanging)) @ look.moment_slope
        return slope, curvature

    def _price_moments(self, moments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What a Nm more costs at each joint axis, and how fast that grows."""
        steepness = 2 * self.skeleton.constants["effort_weight"] / self.able(moments)
        over = np.abs(moments) - self.most(moments)
        beyond = STEEPER * steepness * (over > 0)
        return steepness * moments + beyond * np.copysign(over, moments), steepness + beyond

    def cost(self, pose: Pose, push: float) -> float:
        """What a pose costs, J; `price` and `stretch` are its slopes."""
        look = self.look(pose, push)
        bent = np.radians(pose.angles - self.rest.angles)[1:].ravel()
        total = 0.5 * (self.spring * bent**2 + self.wish * (bent - self.asked) ** 2).sum()
        total += 0.5 * self.aside * (pose.origin[0, 2] - self.place_aside) ** 2
        stop = find_stop_energy(self.skeleton, pose.angles)
        total += stop - (self.stop[1:].ravel() * bent).sum()
        bones, strengths, back = self.upright
        off = rotation_vector(pose.rotation[bones] @ back)
        total += 0.5 * (strengths * off.ravel() ** 2).sum()
        if self.habit:
            m, able = look.moments, self.able(look.moments)
            weight = self.skeleton.constants["effort_weight"]
            over = np.maximum(np.abs(m) - self.most(m), 0)
            total += (weight * (m**2 + STEEPER * over**2) / able - self.habit.price * m).sum()
            total += 0.5 * (self.hanging * (m - self.loose) ** 2).sum()
        return float(total)

    def stretch(self, pose: Pose, look: Look) -> tuple[np.ndarray, np.ndarray]:
        """Slope and curvature of the energy of stretched lines, with the junctions at rest; of a
        foot that hangs, of its muscles at rest too."""
        assert self.rest_length is not None
        geometry = find_geometry(self.skeleton, pose)
        settled = Junctions(self.skeleton, geometry, self.rest_length).settle(
            self.quiet, self.slide
        )
        self.slide = settled.slide
        return self.resist(geometry, settled, look)

    def resist(
        self, geometry: Geometry, settled: Settled, look: Look
    ) -> tuple[np.ndarray, np.ndarray]:
        """Slope and curvature of the energy of stretched lines whose junctions have settled."""
        count = 3 * len(self.skeleton.bones)
        by_turn = geometry.matrix[:, 3 : 3 + count] @ look.turning.reshape(count, -1)
        by_turn[:, :3] += geometry.matrix[:, :3]
        stiff = settled.stiffness
        soft = settled.stretch(by_turn.T)
        return (self.quiet + settled.passive - self.taken) @ by_turn, (
            (by_turn.T * stiff) @ by_turn - soft @ settled.give @ soft.T
        )


def _stand_in_data(s: Skeleton) -> Pose:
    """The posture of the data with the trunk tipped forward over the hips as people stand (LD29):
    legs, arms, neck and head stay upright."""
    tilt = s.constants["standing_tilt"]
    angles = np.zeros((len(s.bones), 3))
    for bone, name in enumerate(s.bones):
        # limbs bend forward as much as the trunk that carries them, and the neck back
        if name.startswith(("thigh_", "arm_")):
            angles[bone, 0] = tilt
        elif name == "neck":
            angles[bone, 0] = -tilt
    return place_bones(s, angles, rotate(np.radians([0.0, 0.0, -tilt])), s.joint[0])


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Inner products of the rows of two arrays."""
    return np.einsum("ij,ij->i", a, b)


def _count_wish(squared: np.ndarray, half_deg: float | np.ndarray = WISHED_DEG) -> np.ndarray:
    """How much an asked angle counts, from its square (rad2)."""
    return _count(squared, np.radians(half_deg))


def _count(squared: Any, half: float | np.ndarray) -> Any:
    """How much counts what is asked, from its square: by half at `half`, in full from a few times
    that on."""
    return squared / (squared + half**2)


def _tilt_ground(side: str, degrees: float) -> np.ndarray:
    """Rotation of a wedge: positive rolls the foot in (sole outward, eversion)."""
    if not degrees:
        return np.eye(3)
    return rotate(np.array([np.radians(degrees) * (-1 if side == "right" else 1), 0, 0]))
