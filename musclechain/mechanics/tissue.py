"""What stretch alone and full effort give each line of pull."""

import numpy as np
from scipy.special import expit

from musclechain.mechanics.skeleton import Skeleton

__all__ = ["PassiveLaw", "find_passive", "find_strength"]


# Over this share of passive_strain, half of it below the optimal length, the curve of muscle begins
# to rise. With a kink there two poses side by side could each be the cheapest.
TOE = 0.02


class PassiveLaw:
    """Tension that stretch alone gives some lines, as a function of their length.

    Muscle follows an exponential length-tension curve that begins at the
    optimal fibre length and is straight from its greatest active force on;
    tissue is a spring that pulls only. Neither muscle nor a strand that ends
    in a junction goes from slack to taut with a kink.

    Parameters
    ----------
    skeleton : Skeleton
    rest_length : numpy.ndarray, shape (lines,)
        In healthy standing, m.
    lines : numpy.ndarray of int, optional
        Which lines are asked for; by default all.

    Notes
    -----
    The curve of muscle is that of Thelen 2003 (data/parameters.csv:
    passive_shape, passive_strain), continued along its tangent as in Rajagopal
    2016: an exponential would tear bones off in a far stretch. Fibres and the
    tendon behind them share a stretch: at the greatest active force they have
    got longer by passive_strain and tendon_strain of their own lengths, and
    below that one curve stands for both, since a tendon stiffens as it
    straightens, too. Where it begins
    its strain is rounded by a parabola, which is the curve itself from half of
    `TOE` on: no tension differs by more than 0.03 % of the greatest active
    force. The toe of a strand is ``w ln(1 + exp(x / w))`` with x the tension of a straight spring
    and w the parameter strand_toe: crimped collagen straightens little by
    little, and with a kink the smallest effort would have several answers.
    """

    def __init__(
        self, skeleton: Skeleton, rest_length: np.ndarray, lines: np.ndarray | None = None
    ) -> None:
        s, some = skeleton, np.arange(len(skeleton.lines)) if lines is None else lines
        is_muscle, is_strand = s.is_muscle[some], s.is_free_strand[some]
        self.count, self.muscle = len(some), _find_run(is_muscle)
        self.strand = _find_run(is_strand)
        self.spring = _find_run(~is_muscle & ~is_strand)
        self.has_springs = not (is_muscle | is_strand).all()
        self.shape = s.constants["passive_shape"]
        muscle = some[self.muscle]
        self.optimal = s.slack[muscle] + s.fibre[muscle]
        far = s.constants["passive_strain"] * s.fibre[muscle]
        self.per_far = 1 / (far + s.constants["tendon_strain"] * s.slack[muscle])
        self.scale = (find_strength(s) * s.softness)[muscle] / np.expm1(self.shape)
        self.toe = s.constants["strand_toe"]
        self.stiffness = s.stiffness[some]
        self.strand_stiffness = self.stiffness[self.strand]
        # the length at which a straight spring would begin to pull
        self.loose = rest_length[some] - np.divide(
            s.pretension[some], self.stiffness, out=np.zeros(self.count), where=self.stiffness > 0
        )

    def pull(self, length: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Tension (N) and stiffness (N/m) at a length (m) of each of the lines; neither is less
        than 0."""
        tension, stiffness = np.empty(self.count), np.empty(self.count)
        stretch, begun = self._stretch(length)
        curved = np.minimum(stretch, 1.0)
        steep = self.scale * np.exp(self.shape * curved)
        slope = self.shape * steep
        tension[self.muscle] = steep - self.scale + slope * (stretch - curved)
        stiffness[self.muscle] = slope * begun * self.per_far
        bent = self._straighten(length)
        tension[self.strand] = self.toe * np.logaddexp(0.0, bent)
        stiffness[self.strand] = self.strand_stiffness * expit(bent)
        if self.has_springs:
            plain = (self.stiffness * (length - self.loose))[self.spring]
            tension[self.spring] = np.maximum(plain, 0)
            stiffness[self.spring] = self.stiffness[self.spring] * (plain > 0)
        return tension, stiffness

    def bend(self, length: np.ndarray) -> np.ndarray:
        """How fast the stiffness grows with length (N/m^2, at least 0) at a length (m) of each of
        the lines; the kink of a plain spring counts as none."""
        growth = np.zeros(self.count)
        stretch, begun = self._stretch(length)
        steep = self.scale * self.shape * self.per_far**2
        steep *= np.exp(self.shape * np.minimum(stretch, 1.0))
        rounded = (begun > 0.0) & (begun < 1.0)
        growth[self.muscle] = steep * (self.shape * begun**2 * (stretch < 1.0) + rounded / TOE)
        straight = expit(self._straighten(length))
        growth[self.strand] = self.strand_stiffness**2 / self.toe * straight * (1.0 - straight)
        return growth

    def _stretch(self, length: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Stretch of each muscle in units of `passive_strain`, its beginning rounded, and the slope
        of that."""
        far = (length[self.muscle] - self.optimal) * self.per_far
        begun = (far / TOE + 0.5).clip(0.0, 1.0)
        return np.where(begun < 1.0, 0.5 * TOE * begun * begun, far), begun

    def _straighten(self, length: np.ndarray) -> np.ndarray:
        """Tension that each strand would have as a straight spring that also pushes, in units of
        its toe."""
        return self.strand_stiffness * (length - self.loose)[self.strand] / self.toe


def _find_run(mask: np.ndarray) -> slice | np.ndarray:
    """Indices of what a mask holds: a slice, which is read and written quicker, if they follow one
    another."""
    found = np.flatnonzero(mask)
    if len(found) and found[-1] - found[0] + 1 == len(found):
        return slice(int(found[0]), int(found[-1]) + 1)
    return found


def find_passive(
    skeleton: Skeleton, length: np.ndarray, rest_length: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Tension that stretch alone gives each line, if no junction slides; see `PassiveLaw`.

    Parameters
    ----------
    skeleton : Skeleton
    length, rest_length : numpy.ndarray, shape (lines,)
        Now, and in healthy standing; metres.

    Returns
    -------
    tension, stiffness : numpy.ndarray, shape (lines,)
        N and N/m.
    """
    return PassiveLaw(skeleton, rest_length).pull(length)


def find_strength(skeleton: Skeleton) -> np.ndarray:
    """Greatest active force of each line, N (cross-section times specific tension); 0 for
    tissue."""
    return (
        skeleton.pcsa
        * skeleton.constants["specific_tension"]
        * 1e4
        * skeleton.strength
        * skeleton.is_muscle
    )
