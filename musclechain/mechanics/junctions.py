"""Where soft tissue joins soft tissue: each junction slides until its lines balance."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dposv

from musclechain.mechanics.skeleton import Geometry, Skeleton
from musclechain.mechanics.tissue import PassiveLaw

__all__ = ["Junctions", "Settled"]

MOST_STEPS, MOST_TRIES = 60, 30
LEFT_N = 1e-7


@dataclass(frozen=True)
class Settled:
    """The junctions at rest under the active forces of the muscles."""

    passive: np.ndarray  # (lines,) N, what stretch gives, with the junctions where they lie
    stiffness: np.ndarray  # (lines,) N/m, slope of the same
    slide: np.ndarray  # (slides,) m
    near: np.ndarray  # index of the lines that slides stretch, and of every strand
    spring: np.ndarray  # (near lines, slides) N/m, tension per slide
    give: np.ndarray  # (slides, slides) m/N, slide per force on a junction
    pulls: np.ndarray  # (slides, near lines) force on a junction per newton in a line

    def stretch(self, matrix: np.ndarray) -> np.ndarray:
        """What the tensions that slides bring do, as `matrix` (rows, lines) says: shape (rows,
        slides)."""
        return matrix.take(self.near, axis=1) @ self.spring

    def answer(self, spring: np.ndarray) -> np.ndarray:
        """Answer to one newton of active force in each line, of what has the given spring
        (rows, slides), as `stretch` finds it: shape (rows, lines)."""
        found = np.zeros((len(spring), len(self.passive)))
        found[:, self.near] = -(spring @ self.give) @ self.pulls
        return found

    def pass_on(self, matrix: np.ndarray) -> np.ndarray:
        """What one newton of active force in each line does in all: by itself, as `matrix` (rows,
        lines) says, and by what the tissue at the junctions makes of it."""
        return matrix + self.answer(self.stretch(matrix))


class Junctions:
    """The soft junctions of a body in one pose.

    Parameters
    ----------
    skeleton : Skeleton
    geometry : Geometry
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.

    Notes
    -----
    All lines that end in a junction, muscles too, follow their own law of
    length and tension, so the energy of the slides is convex and where they
    rest is unique.
    """

    def __init__(self, skeleton: Skeleton, geometry: Geometry, rest_length: np.ndarray) -> None:
        s = skeleton
        slides = geometry.matrix[:, 3 + 3 * len(s.bones) :]
        near = np.flatnonzero(slides.any(axis=1) | s.is_free_strand)
        # lines that follow the same law beside each other, which is quicker
        self.near = near[np.lexsort((s.is_free_strand[near], ~s.is_muscle[near]))]
        self.own = slides[self.near]
        self.length = geometry.length[self.near]
        self.law = PassiveLaw(s, rest_length, self.near)
        # keeps a junction defined when all that holds it is slack; carries less than a thousandth
        # otherwise
        self.bed = 1e-3 * s.constants["junction_tether"] * np.eye(slides.shape[1])
        self.passive, self.stiffness = PassiveLaw(s, rest_length).pull(geometry.length)

    def settle(self, active: np.ndarray, start: np.ndarray | None = None) -> Settled:
        """Find where the junctions rest.

        Parameters
        ----------
        active : numpy.ndarray, shape (lines,)
            Active force of each line, N.
        start : numpy.ndarray, shape (slides,), optional
            Slides to start from; the answer does not depend on them.

        Returns
        -------
        Settled
        """
        pulled = self.own.T @ active[self.near]
        slide = np.zeros(len(self.bed)) if start is None else start
        tension, stiffness, force = self._pull(slide, pulled)
        for _ in range(MOST_STEPS):
            resist = (self.own.T * stiffness) @ self.own + self.bed
            if force @ force < LEFT_N**2:
                break
            step, length = -dposv(resist, force)[1], 1.0
            fall = force @ step
            for _ in range(MOST_TRIES):
                tension, stiffness, left = self._pull(slide + length * step, pulled)
                # the energy is convex: not too far while it still falls, or is nearly level
                if left @ step <= 0.5 * abs(fall):
                    break
                length *= 0.5
            slide, force = slide + length * step, left
        passive, slopes = self.passive.copy(), self.stiffness.copy()
        passive[self.near], slopes[self.near] = tension, stiffness
        spring = stiffness[:, None] * self.own
        give = dposv(resist, np.eye(len(resist)))[1] if len(resist) else resist
        return Settled(passive, slopes, slide, self.near, spring, give, self.own.T)

    def bend(self, slide: np.ndarray) -> np.ndarray:
        """How fast the stiffness of the near lines grows with their length, N/m^2, where the
        junctions lie at `slide` (m)."""
        return self.law.bend(self.length + self.own @ slide)

    def _pull(
        self, slide: np.ndarray, pulled: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Tension and stiffness of the lines near the junctions, and the force left on each."""
        tension, stiffness = self.law.pull(self.length + self.own @ slide)
        return tension, stiffness, self.own.T @ tension + pulled + self.bed @ slide
