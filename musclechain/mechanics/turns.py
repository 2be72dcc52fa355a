"""Which bones a joint carries with it, and which joints it turns: the order of a body's turns."""

from dataclasses import dataclass

import numpy as np

__all__ = ["Turns", "list_turns"]


@dataclass(frozen=True)
class Turns:
    """All turns of a body: the root's about the three axes of the world, then the three angles of
    each joint, joint after joint.

    Attributes
    ----------
    bone : numpy.ndarray, shape (turns,)
        The bone that is turned, with all that hangs on it.
    angle : numpy.ndarray, shape (turns,)
        Which of its three angles.
    carried : numpy.ndarray of bool, shape (bones, turns)
        Which turns carry a bone.
    ahead : numpy.ndarray of bool, shape (turns - 3, turns)
        Which turns move the axis of a joint's angle.
    up_to : numpy.ndarray of bool, shape (turns - 3, turns)
        The same, and the turn that is the joint's angle itself.
    """

    bone: np.ndarray
    angle: np.ndarray
    carried: np.ndarray
    ahead: np.ndarray
    up_to: np.ndarray


def list_turns(below: np.ndarray) -> Turns:
    """List the turns of a body.

    Parameters
    ----------
    below : numpy.ndarray, shape (bones, bones)
        1 where the second bone hangs on the first, or is it; the root comes first.

    Returns
    -------
    Turns
    """
    bone, angle = np.repeat(np.arange(len(below)), 3), np.tile(np.arange(3), len(below))
    carried = below.T[:, bone] > 0
    # of the angles of one joint each turns the axes of those behind it
    behind = (bone[3:, None] == bone) & (angle[3:, None] <= angle)
    own = np.eye(len(bone), dtype=bool)[3:]
    ahead = carried[bone[3:]] & ~behind
    return Turns(bone, angle, carried, ahead, ahead | own)
