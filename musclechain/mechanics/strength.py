"""How much the muscles of a joint can supply about each of its axes while they leave nothing over
about the other two.

Adding up all levers at full force would count muscles that turn the joint some other way as well.
What can really be supplied is a small linear program: the most of ``lever @ share`` with shares of
full force from 0 to 1 and ``|other levers @ share|`` within what ligament and contact may take. Its
dual has only two unknowns, what a newton metre about each other axis is worth. Whatever they are,
it gives no less than the program (weak duality), so a rounded minimum is near enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

__all__ = ["JointStrength", "find_joint_strength"]

OTHERS = np.array([[1, 2], [0, 2], [0, 1]])
# The kinks of the dual are rounded over so many Nm, less and less, with so many steps of Newton's
# method each; where an answer is known nearby, the last ones are enough.
ROUNDING = ((5.0, 6), (1.0, 4), (0.2, 4))
NEARBY = ((1.0, 3), (0.2, 3))
# A line that does not act on a joint is left with this much, Nm, by rounding.
ROUNDED = 1e-9
# Within this much of zero (Nm per Nm) a price is rounded too.
SMALL = 1e-3
# The longest step of a price, how often a step is shortened, and by how much.
LONGEST, SHORTENED, SHORTER = 5.0, 6, 0.3


@dataclass(frozen=True)
class JointStrength:
    """What muscles, ligament and contact can supply about each joint angle.

    Attributes
    ----------
    lift : numpy.ndarray, shape (rows, lines)
        Moment about each joint angle of each line at full force, Nm; three rows a joint.
    allowed : numpy.ndarray, shape (rows,)
        What ligament and contact may take, Nm.
    more, less : numpy.ndarray, shape (rows,)
        The most that can be supplied, toward positive and toward negative angles, Nm.
    price : numpy.ndarray, shape (2, 6, joints)
        What a Nm about each of the two other axes is worth, for each axis and way.
    """

    lift: np.ndarray
    allowed: np.ndarray
    more: np.ndarray
    less: np.ndarray
    price: np.ndarray


def find_joint_strength(
    lift: np.ndarray, allowed: np.ndarray, near: JointStrength | None = None
) -> JointStrength:
    """Find what can be supplied about each joint angle.

    Parameters
    ----------
    lift : numpy.ndarray, shape (rows, lines)
        Moment about each joint angle of each line at full force, Nm; three rows a joint.
    allowed : numpy.ndarray, shape (rows,)
        What ligament and contact may take, Nm.
    near : JointStrength, optional
        Of the same joints: what has not changed is taken from it, the rest is near it.

    Returns
    -------
    JointStrength
    """
    joints = len(lift) // 3
    if near is None:
        price = np.zeros((2, 6, joints))
        more, less, price = _solve(lift.reshape(joints, 3, -1), allowed, price, ROUNDING)
        return JointStrength(lift, allowed, more, less, price)
    changed = (lift != near.lift).any(axis=1) | (allowed != near.allowed)
    changed = changed.reshape(joints, 3).any(axis=1)
    if not changed.any():
        return near
    rows = np.repeat(changed, 3)
    more, less, price = near.more.copy(), near.less.copy(), near.price.copy()
    more[rows], less[rows], price[:, :, changed] = _solve(
        lift[rows].reshape(changed.sum(), 3, -1), allowed[rows], price[:, :, changed], NEARBY
    )
    return JointStrength(lift, allowed, more, less, price)


def _solve(
    lift: np.ndarray,
    allowed: np.ndarray,
    price: np.ndarray,
    rounding: Sequence[tuple[float, int]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`more` and `less` of some joints (joints, 3, lines), and the prices that they rest on."""
    program = _Dual(lift, allowed.reshape(-1, 3))
    y = price
    for width, steps in rounding:
        y = program.minimise(y, width, steps)
    most = program.evaluate(y) + np.repeat(allowed.reshape(-1, 3).T, 2, axis=0)
    return most[::2].T.ravel(), most[1::2].T.ravel(), y


class _Dual:
    """The duals of the six ways (each axis, more and less) of some joints, minimised together.

    All lines that act on a joint stand behind each other, joint after joint.
    """

    def __init__(self, lift: np.ndarray, allowed: np.ndarray) -> None:
        acts = np.any(np.abs(lift) > ROUNDED, axis=1)
        acts[:, 0] |= ~np.any(acts, axis=1)  # none is empty
        self.joint, line = np.nonzero(acts)
        self.start = np.searchsorted(self.joint, np.arange(len(lift)))
        levers = lift[self.joint, :, line].T
        self.lever = np.stack([levers, -levers], axis=1).reshape(6, -1)
        # of both other axes: their levers, and behind these the products of the levers
        self.others = np.empty((5, *self.lever.shape))
        first, second = self.others[:2] = np.repeat(levers[OTHERS], 2, axis=0).transpose(1, 0, 2)
        self.others[2:] = first**2, first * second, second**2
        self.taken = np.repeat(allowed.T[OTHERS], 2, axis=0).transpose(1, 0, 2)

    def evaluate(self, y: np.ndarray) -> np.ndarray:
        """What can be supplied at these prices, Nm; prices of shape (2, 6, joints)."""
        supplied = self._add(np.maximum(self._subtract(y), 0))
        return supplied + (self.taken * np.abs(y)).sum(axis=0)

    def minimise(self, y: np.ndarray, width: float, steps: int) -> np.ndarray:
        """Newton's method with kinks rounded over a width (Nm); steps that lead up are shorter."""
        now = self._round(y, width)
        for _ in range(steps):
            step = self._find_step(y, width, now)
            share = np.ones(y.shape[1:])
            for _ in range(SHORTENED):
                there = y + share * step
                then = self._round(there, width)
                up = then.cost > now.cost + 1e-12
                if not up.any():
                    break
                share[up] *= SHORTER
            else:  # near enough to the least
                there = np.where(up, y, there)
                then = self._round(there, width)
            y, now = there, then
        return y

    def _add(self, per_line: np.ndarray) -> np.ndarray:
        return np.add.reduceat(per_line, self.start, axis=-1)

    def _subtract(self, y: np.ndarray) -> np.ndarray:
        first, second = y.take(self.joint, axis=2) * self.others[:2]
        return self.lever - first - second

    def _round(self, y: np.ndarray, width: float) -> "_Rounded":
        left = self._subtract(y)
        size = np.sqrt(left * left + width * width)
        way = np.sqrt(y * y + SMALL**2)
        cost = 0.5 * self._add(left + size) + (self.taken * way).sum(axis=0)
        return _Rounded(left, size, way, cost)

    def _find_step(self, y: np.ndarray, width: float, now: "_Rounded") -> np.ndarray:
        smaller = 1 / now.size
        share = 0.5 + 0.5 * (now.left * smaller)
        bend = (0.5 * width * width) * (smaller * smaller * smaller)
        per_line = np.empty_like(self.others)
        np.multiply(self.others[:2], share, out=per_line[:2])
        np.multiply(self.others[2:], bend, out=per_line[2:])
        added = self._add(per_line)
        down, aside = added[:2] - self.taken * y / now.way
        # a trace of steepness, where no line acts
        steep = self.taken * SMALL**2 / (now.way * now.way * now.way) + 1e-6
        a, b, c = added[2:]
        a, c = a + steep[0], c + steep[1]
        step = np.stack([c * down - b * aside, a * aside - b * down]) / (a * c - b * b)
        return step * (LONGEST / np.maximum(np.abs(step).max(axis=0), LONGEST))


class _Rounded(NamedTuple):
    """What the duals look like at some prices."""

    left: np.ndarray
    size: np.ndarray
    way: np.ndarray
    cost: np.ndarray
