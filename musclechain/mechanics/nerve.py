"""A nerve in its bed: an elastic cord that slides along its course and is tethered a little.

The course passes over joints, which make its bed longer or shorter. Each place of the nerve may
slide along the bed; tissue around it pulls it back a little, and its ends are held. The nerve rests
where the energy of cord and tethers is least, and that depends on the bed alone: not on the order
of movements. Lengths in metres, forces in N.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit, spence

from musclechain.mechanics.change import SolveError

__all__ = ["Cord", "CordLaw", "Course", "Stretched", "find_bed", "stretch_cord"]

# Newton's method: most steps, most halvings of one, and the force (N) that may be left
MOST_STEPS, MOST_TRIES, LEFT_N = 60, 40, 1e-8
UNSETTLED = (
    "The nerve found no place to rest. Ask for smaller angles, or for a nerve that is less stiff."
)


@dataclass(frozen=True)
class Course:
    """Where a nerve runs: places on bones, joined by straight pieces.

    Attributes
    ----------
    bone : numpy.ndarray of int, shape (places,)
        What carries each place.
    point : numpy.ndarray, shape (places, 3)
        World position in the reference posture, m.
    start, end : numpy.ndarray of int, shape (pieces,)
        The places that a piece joins, away from the head.
    strand : tuple of str
        Which part of the nerve each piece belongs to.
    """

    bone: np.ndarray
    point: np.ndarray
    start: np.ndarray
    end: np.ndarray
    strand: tuple[str, ...]

    @cached_property
    def length(self) -> np.ndarray:
        """Length of each piece in the reference posture, shape (pieces,)."""
        return np.linalg.norm(self.point[self.end] - self.point[self.start], axis=1)


@dataclass(frozen=True)
class CordLaw:
    """How nerve resists stretch: hardly at first, then like a spring.

    Attributes
    ----------
    modulus : float
        Of the straight part, Pa.
    toe, width : float
        Strain at which it straightens, and over how much more or less.

    Notes
    -----
    ``stress = modulus width ln(1 + exp((strain - toe) / width))``: with a slope that grows
    e-fold for each `width` in the toe, as measured, and straight beyond.
    """

    modulus: float
    toe: float
    width: float

    def stress(self, strain: np.ndarray) -> np.ndarray:
        """Stress at a strain, Pa; never less than 0."""
        return self.modulus * self.width * np.logaddexp(0.0, (strain - self.toe) / self.width)

    def slope(self, strain: np.ndarray) -> np.ndarray:
        """Slope of the stress, Pa."""
        return self.modulus * expit((strain - self.toe) / self.width)

    def energy(self, strain: np.ndarray) -> np.ndarray:
        """Energy of stretch, J for each cubic metre."""
        # the integral of ln(1 + exp x) is a dilogarithm; beyond e to the 30 it is a parabola
        x = (strain - self.toe) / self.width
        curved = -spence(1 + np.exp(np.minimum(x, 30.0)))
        straight = x**2 / 2 + np.pi**2 / 6
        return self.modulus * self.width**2 * np.where(x < 30.0, curved, straight)


@dataclass(frozen=True)
class Cord:
    """A nerve with its stiffness, its tethers and its natural length.

    Attributes
    ----------
    course : Course
    law : CordLaw
    area : numpy.ndarray, shape (pieces,)
        Cross-section, m2.
    natural : numpy.ndarray, shape (pieces,)
        Length at which a piece, cut out, would lie, m.
    tether : numpy.ndarray, shape (places,)
        Stiffness with which the bed holds each place, N/m.
    held : numpy.ndarray of bool, shape (places,)
        Where the nerve is fixed to its bed: its ends.
    """

    course: Course
    law: CordLaw
    area: np.ndarray
    natural: np.ndarray
    tether: np.ndarray
    held: np.ndarray

    @cached_property
    def step(self) -> np.ndarray:
        """How much longer each piece gets per slide of each place that is free, shape (pieces,
        free)."""
        course, count = self.course, len(self.held)
        pieces = np.arange(len(course.start))
        step = np.zeros((len(pieces), count))
        step[pieces, course.end] += 1.0
        step[pieces, course.start] -= 1.0
        return step[:, ~self.held]


@dataclass(frozen=True)
class Stretched:
    """A nerve at rest in a bed of given length.

    Attributes
    ----------
    cord : Cord
    bed : numpy.ndarray, shape (pieces,)
        Length of the bed under each piece, m.
    slide : numpy.ndarray, shape (places,)
        How far each place of the nerve lies toward the foot of where it lies in the reference
        posture with no slide, m.
    strain : numpy.ndarray, shape (pieces,)
        Against the natural length.
    tension : numpy.ndarray, shape (pieces,)
        N.
    stiff : numpy.ndarray, shape (pieces,)
        Slope of the tension of each piece by itself, N/m.
    resist : numpy.ndarray, shape (free, free)
        Force on each place that is free per slide of each, N/m.
    """

    cord: Cord
    bed: np.ndarray
    slide: np.ndarray
    strain: np.ndarray
    tension: np.ndarray
    stiff: np.ndarray
    resist: np.ndarray

    @property
    def energy(self) -> float:
        """Of cord and tethers, J."""
        cord = self.cord
        stretched = cord.area * cord.natural * cord.law.energy(self.strain)
        return float(stretched.sum() + cord.tether @ self.slide**2 / 2)

    def find_stiffness(self, growth: np.ndarray) -> np.ndarray:
        """Find how the nerve resists longer beds, with the nerve at rest again.

        Parameters
        ----------
        growth : numpy.ndarray, shape (pieces, ways)
            How much longer the bed under each piece gets, for instance with each joint (m/rad).

        Returns
        -------
        numpy.ndarray, shape (ways, ways)
            How much more force works along each way for each way, for instance Nm/rad.
        """
        pulled = self.stiff[:, None] * growth
        through = self.cord.step.T @ pulled
        found: np.ndarray = growth.T @ pulled - through.T @ np.linalg.solve(self.resist, through)
        return found


def find_bed(
    course: Course, points: np.ndarray, moves: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Find how long the bed is in a pose, and how it grows with the joints.

    Parameters
    ----------
    course : Course
    points : numpy.ndarray, shape (places, 3)
        Where the places are now, m.
    moves : numpy.ndarray, shape (places, joints, 3)
        How each place moves with each joint angle, m/rad.

    Returns
    -------
    length : numpy.ndarray, shape (pieces,)
        m.
    growth : numpy.ndarray, shape (pieces, joints)
        m/rad.
    """
    gap = points[course.end] - points[course.start]
    length = np.sqrt((gap * gap).sum(axis=1))
    apart = moves[course.end] - moves[course.start]
    return length, np.einsum("pc,pjc->pj", gap / length[:, None], apart)


def stretch_cord(cord: Cord, bed: np.ndarray, start: np.ndarray | None = None) -> Stretched:
    """Find where a nerve comes to rest.

    Parameters
    ----------
    cord : Cord
    bed : numpy.ndarray, shape (pieces,)
        Length of the bed under each piece, m.
    start : numpy.ndarray, shape (places,), optional
        Slides to start from; the answer does not depend on them.

    Returns
    -------
    Stretched

    Raises
    ------
    SolveError
        If it finds no rest.
    """
    free, step, tether = ~cord.held, cord.step, cord.tether[~cord.held]
    slide = np.zeros(len(tether)) if start is None else start[free]
    scale = cord.area / cord.natural

    def pull(slide: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        strain = (bed + step @ slide) / cord.natural - 1
        return strain, step.T @ (cord.area * cord.law.stress(strain)) + tether * slide

    strain, force = pull(slide)
    for _ in range(MOST_STEPS):
        stiff = scale * cord.law.slope(strain)
        resist = (step.T * stiff) @ step + np.diag(tether)
        if np.abs(force).max(initial=0.0) < LEFT_N:
            break
        move, share = -np.linalg.solve(resist, force), 1.0
        fall = force @ move
        for _ in range(MOST_TRIES):
            strain, left = pull(slide + share * move)
            # the energy is convex: not too far while it still falls, or is nearly level
            if left @ move <= 0.5 * abs(fall):
                break
            share *= 0.5
        slide, force = slide + share * move, left
    else:
        raise SolveError(UNSETTLED)
    whole = np.zeros(len(cord.held))
    whole[free] = slide
    return Stretched(
        cord,
        bed,
        whole,
        strain,
        cord.area * cord.law.stress(strain),
        stiff,
        resist,
    )
