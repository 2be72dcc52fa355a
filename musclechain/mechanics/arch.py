"""The arch of a standing foot: two rigid parts on the ground, one joint, and a tie beneath.

Hindfoot and forefoot meet at the arch joint. The heel stays in its place on the ground and may be
rolled in; the ball slides forward as the arch gives way. What is left is one angle, the pitch of
the hindfoot, and the arch rests where its energy is least: the load sinks, and the slips of the
plantar fascia and the ligaments of the joint are stretched. Lengths in metres; x forward, y up,
z outward from the point on the ground under the ankle, on either side.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy

from musclechain.mechanics.change import SolveError

__all__ = ["Arch", "Foot", "FootLoad", "find_energy", "find_slope", "solve_arch"]

# Between these pitches of the hindfoot the rest is looked for, rad.
REACH = 0.35
CRUSHED = (
    "Under this load the arch of the foot lies flat on the ground. Put less weight on the foot,"
    " or roll it in less."
)


@dataclass(frozen=True)
class _Strand:
    """The points of all slips, one after the other."""

    points: np.ndarray  # (points, 3) in the unloaded foot
    is_behind: np.ndarray  # (points, 1) whether a point rides on the hindfoot
    step: np.ndarray  # (pieces,) the point that a straight piece begins at
    of: np.ndarray  # (pieces,) its slip
    length: np.ndarray  # (slips,) in the unloaded foot, where each slip is just taut


@dataclass(frozen=True)
class Foot:
    """The unloaded foot.

    Attributes
    ----------
    heel, ball : numpy.ndarray, shape (3,)
        Where it stands, on the ground.
    joint : numpy.ndarray, shape (3,)
        The arch joint, at the navicular bone.
    slips : tuple of numpy.ndarray, shape (n, 3)
        The slips of the plantar fascia from the heel bone on; points behind the joint ride on the
        hindfoot.
    slip_n_per_m : numpy.ndarray, shape (slips,)
    ligament_nm_per_rad : float
        Stiffness of the joint without the fascia.
    """

    heel: np.ndarray
    joint: np.ndarray
    ball: np.ndarray
    slips: tuple[np.ndarray, ...]
    slip_n_per_m: np.ndarray
    ligament_nm_per_rad: float

    @cached_property
    def strand(self) -> "_Strand":
        """The points of all slips, one after the other."""
        counts = [len(slip) for slip in self.slips]
        points = np.concatenate([np.zeros((0, 3)), *self.slips])
        first = np.cumsum([0, *counts])[:-1].astype(int)
        step = np.setdiff1d(np.arange(len(points)), first + counts - 1 if counts else first)
        of = np.repeat(np.arange(len(counts)), counts)[step]
        behind = (points[:, 0] < self.joint[0])[:, None]
        long = np.linalg.norm(points[step + 1] - points[step], axis=1)
        return _Strand(points, behind, step, of, np.bincount(of, long, len(counts)))


@dataclass(frozen=True)
class FootLoad:
    """What a foot bears.

    Attributes
    ----------
    newtons : float
        Of the ground on the whole foot, upward.
    forward_m : float
        How far ahead of the ankle the middle of that load lies.
    tendon_nm : float
        Moment about the arch joint of the tendons that pull on the forefoot; what lifts the
        forefoot, and so flattens the arch, is positive.
    eversion_rad : float
        How far the heel is rolled in, against a forefoot that stays flat.
    """

    newtons: float
    forward_m: float
    tendon_nm: float = 0.0
    eversion_rad: float = 0.0


@dataclass(frozen=True)
class Arch:
    """A foot under its load, at rest.

    Attributes
    ----------
    foot : Foot
    load : FootLoad
    pitch_rad : float
        Of the hindfoot; less than 0 lowers its front end.
    flattening_rad : float
        By how much the angle between hindfoot and forefoot has opened.
    heel, joint, ball : numpy.ndarray, shape (3,)
    slips : tuple of numpy.ndarray, shape (n, 3)
    slip_n : numpy.ndarray, shape (slips,)
        Tension of each slip.
    fascia_nm : float
        Moment of all slips about the arch joint.
    """

    foot: Foot
    load: FootLoad
    pitch_rad: float
    flattening_rad: float
    heel: np.ndarray
    joint: np.ndarray
    ball: np.ndarray
    slips: tuple[np.ndarray, ...]
    slip_n: np.ndarray
    fascia_nm: float

    def carry(self, points: np.ndarray, part: str) -> np.ndarray:
        """Carry points of the unloaded foot to where they are now.

        Parameters
        ----------
        points : numpy.ndarray, shape (n, 3)
        part : "hind" or "fore"
            What they are fixed to.

        Returns
        -------
        numpy.ndarray, shape (n, 3)
        """
        foot = self.foot
        if part == "hind":
            rolled = _roll(points - foot.heel, self.load.eversion_rad)
            return foot.heel + _turn(rolled, self.pitch_rad)
        return self.joint + _turn(points - foot.joint, self.pitch_rad + self.flattening_rad)

    @property
    def drop_mm(self) -> float:
        """By how much the navicular bone is lower than in the unloaded foot."""
        return 1000 * float(self.foot.joint[1] - self.joint[1])

    @property
    def flattening_deg(self) -> float:
        """By how much the angle of the arch has opened."""
        return float(np.degrees(self.flattening_rad))

    @property
    def fascia_n(self) -> float:
        """Tension of the whole plantar fascia."""
        return float(self.slip_n.sum())

    @property
    def ball_n(self) -> float:
        """What the ground bears under the ball; the heel has the rest."""
        sunk = np.cos(self.pitch_rad) * (self.load.forward_m - self.heel[0])
        return float(self.load.newtons * sunk / (self.ball[0] - self.heel[0]))

    @property
    def heel_n(self) -> float:
        """What the ground bears under the heel."""
        return self.load.newtons - self.ball_n

    @property
    def load_nm(self) -> float:
        """Moment about the arch joint with which the ground lifts the forefoot."""
        return self.ball_n * float(self.ball[0] - self.joint[0])

    @property
    def fascia_share(self) -> float:
        """How much of what flattens the arch the fascia holds, 0 to 1; 0 where nothing does."""
        whole = self.fascia_nm + self.foot.ligament_nm_per_rad * self.flattening_rad
        return self.fascia_nm / whole if whole else 0.0


@dataclass(frozen=True)
class _Shape:
    """The linkage at one pitch of the hindfoot, and how it moves with it."""

    joint: np.ndarray
    ball: np.ndarray
    flattening: float
    flattening_slope: float
    points: np.ndarray  # of all slips
    point_slopes: np.ndarray


def _turn(points: np.ndarray, angle: float) -> np.ndarray:
    """Turn points about the crosswise axis, the front end up."""
    x, y = points[..., 0], points[..., 1]
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * x - s * y, s * x + c * y, points[..., 2]], axis=-1)


def _sweep(points: np.ndarray) -> np.ndarray:
    """How turned points move with the angle."""
    return np.stack([-points[..., 1], points[..., 0], np.zeros(points.shape[:-1])], axis=-1)


def _roll(points: np.ndarray, eversion: float) -> np.ndarray:
    """Roll points about the long axis: the outer side rises."""
    y, z = points[..., 1], points[..., 2]
    c, s = np.cos(eversion), np.sin(eversion)
    return np.stack([points[..., 0], c * y + s * z, c * z - s * y], axis=-1)


def _shape(foot: Foot, eversion: float, pitch: float) -> _Shape:
    hind = _turn(_roll(foot.joint - foot.heel, eversion), pitch)
    joint, joint_slope = foot.heel + hind, _sweep(hind)
    arm = foot.joint - foot.ball
    reach = float(np.hypot(arm[0], arm[1]))
    # the forefoot turns until its hind end is as high as the joint
    lean = np.arccos(joint[1] / reach)
    fore = float(lean - np.arctan2(-arm[0], arm[1]))
    fore_slope = -float(joint_slope[1]) / (reach * np.sin(lean))
    strand = foot.strand
    behind = _turn(_roll(strand.points - foot.heel, eversion), pitch)
    ahead = _turn(strand.points - foot.joint, fore)
    slopes = joint_slope + fore_slope * _sweep(ahead)
    return _Shape(
        joint,
        joint - _turn(arm, fore),
        fore - pitch,
        fore_slope - 1,
        np.where(strand.is_behind, foot.heel + behind, joint + ahead),
        np.where(strand.is_behind, _sweep(behind), slopes),
    )


def _pull(foot: Foot, shape: _Shape) -> tuple[np.ndarray, np.ndarray]:
    """Tension of each slip, which cannot push, and how its length grows with the pitch."""
    strand, count = foot.strand, len(foot.slips)
    piece = shape.points[strand.step + 1] - shape.points[strand.step]
    sweep = shape.point_slopes[strand.step + 1] - shape.point_slopes[strand.step]
    long = np.sqrt((piece * piece).sum(axis=1))
    length = np.bincount(strand.of, long, count)
    growth = np.bincount(strand.of, (piece * sweep).sum(axis=1) / long, count)
    return foot.slip_n_per_m * np.maximum(length - strand.length, 0.0), growth


def find_energy(foot: Foot, load: FootLoad, pitch: float) -> float:
    """Find the energy of a foot at a pitch of its hindfoot.

    Parameters
    ----------
    foot : Foot
    load : FootLoad
    pitch : float
        rad.

    Returns
    -------
    float
        J: of the load, the slips, the ligaments and the tendons, which pull alike at any pitch.
    """
    shape = _shape(foot, load.eversion_rad, pitch)
    tension, _ = _pull(foot, shape)
    taut = tension > 0
    stretched = (tension[taut] ** 2 / foot.slip_n_per_m[taut]).sum() / 2
    lever = load.forward_m - float(foot.heel[0])
    return float(
        load.newtons * lever * np.sin(pitch)
        + stretched
        + foot.ligament_nm_per_rad * shape.flattening**2 / 2
        - load.tendon_nm * shape.flattening
    )


def find_slope(foot: Foot, load: FootLoad, pitch: float) -> float:
    """Find the slope of `find_energy`: the moment that the hindfoot still feels about the heel.

    Parameters
    ----------
    foot : Foot
    load : FootLoad
    pitch : float
        rad.

    Returns
    -------
    float
        Nm.
    """
    shape = _shape(foot, load.eversion_rad, pitch)
    tension, growth = _pull(foot, shape)
    lever = load.forward_m - float(foot.heel[0])
    held = foot.ligament_nm_per_rad * shape.flattening - load.tendon_nm
    return float(
        load.newtons * lever * np.cos(pitch) + tension @ growth + held * shape.flattening_slope
    )


def solve_arch(foot: Foot, load: FootLoad) -> Arch:
    """Find where the arch of a loaded foot comes to rest.

    Parameters
    ----------
    foot : Foot
    load : FootLoad

    Returns
    -------
    Arch

    Raises
    ------
    SolveError
        If the arch cannot bear the load.
    """
    ends = [find_slope(foot, load, pitch) for pitch in (-REACH, REACH)]
    if ends[0] > 0 or ends[1] < 0:
        raise SolveError(CRUSHED)
    pitch = float(
        scipy.optimize.brentq(lambda at: find_slope(foot, load, at), -REACH, REACH, xtol=1e-14)
    )
    shape = _shape(foot, load.eversion_rad, pitch)
    if shape.joint[1] <= 0:
        raise SolveError(CRUSHED)
    tension, growth = _pull(foot, shape)
    cuts = np.cumsum([len(slip) for slip in foot.slips], dtype=int)
    return Arch(
        foot,
        load,
        pitch,
        shape.flattening,
        foot.heel,
        shape.joint,
        shape.ball,
        tuple(np.split(shape.points, cuts)[:-1]),
        tension,
        float(tension @ growth / shape.flattening_slope),
    )
