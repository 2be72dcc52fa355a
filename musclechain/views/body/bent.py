"""Outlines of the body from the side in postures that bend hips and knees far.

The body map blends the two bones of a vertex in a straight line, which serves small turns; bent by
a right angle a muscle would leave the thigh. Here each vertex of a leg turns about hip, knee and
ankle by a share that depends on its place alone, so that skin, muscle and bone stay together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.sides import SIDES
from musclechain.mechanics.skeleton import Pose
from musclechain.mechanics.spread import find_skeleton
from musclechain.views.body.look import read_look
from musclechain.views.body.outline.cache import find_drawing, find_healthy_transforms

__all__ = ["BentBody", "Shown", "find_bent_body", "find_moves", "find_turn"]

# The joints of a leg by the bone below, from the hip down: how far above and below it (mm) a bend
# is spread, and how much higher the crease lies in front than behind (mm a mm).
LEG = {"thigh": (60.0, 110.0, 0.5), "shank": (45.0, 45.0, 0.0), "foot": (25.0, 40.0, 0.0)}
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Shown:
    """A curve that is drawn.

    Attributes
    ----------
    role, structure : str
        As of the drawing; a structure or "".
    behind : bool
        It belongs to the other side of the body.
    rows : slice
        Its vertices.
    closed : bool
    """

    role: str
    structure: str
    behind: bool
    rows: slice
    closed: bool


@dataclass(frozen=True)
class BentBody:
    """The outlines of one side view, ready to be bent.

    Attributes
    ----------
    curves : tuple of Shown
        From below to above, without fibres and other fine lines.
    points : numpy.ndarray, shape (n, 3)
        Healthy standing, mm.
    bones : numpy.ndarray of int, shape (n, 2)
    share : numpy.ndarray, shape (n,)
    turns : mapping of side to numpy.ndarray, shape (n, 3)
        How much of the bend at hip, knee and ankle a vertex takes part in; NaN for those that no
        leg carries.
    joints : mapping of side to numpy.ndarray, shape (3, 2)
        Where hip, knee and ankle are in healthy standing: forward and up, mm.
    shoulders : mapping of side to numpy.ndarray, shape (3,)
        Where the arms hang, likewise, and to the right.
    names : tuple of str
        Of the bones.
    """

    curves: tuple[Shown, ...]
    points: Points
    bones: NDArray[np.int_]
    share: Points
    turns: Mapping[str, Points]
    joints: Mapping[str, Points]
    shoulders: Mapping[str, Points]
    names: tuple[str, ...]

    def place(self, moves: Points) -> Points:
        """Place all vertices.

        Parameters
        ----------
        moves : numpy.ndarray, shape (bones, 3, 4)
            Healthy standing to now, mm; see `find_moves`.

        Returns
        -------
        numpy.ndarray, shape (n, 2)
            Forward and up, mm.
        """
        flat = moves[:, :2]
        rows = (
            self.share[:, None, None] * flat[self.bones[:, 0]]
            + (1 - self.share)[:, None, None] * flat[self.bones[:, 1]]
        )
        placed: Points = np.einsum("nij,nj->ni", rows[:, :, :3], self.points) + rows[:, :, 3]
        for side in SIDES:
            carried = np.isfinite(self.turns[side][:, 0])
            placed[carried] = self._bend_leg(moves, side, carried)
        return placed

    def _bend_leg(self, moves: Points, side: str, carried: NDArray[np.bool_]) -> Points:
        chain = ["pelvis", *(f"{bone}_{side}" for bone in LEG)]
        angles = [find_turn(moves[self.names.index(bone)]) for bone in chain]
        points = self.points[carried, :2]
        for joint in (2, 1, 0):
            bend = (angles[joint + 1] - angles[joint]) * self.turns[side][carried, joint]
            points = _turn(points, self.joints[side][joint], bend)
        base = moves[self.names.index("pelvis")]
        depth = self.points[carried, 2:]
        return np.hstack([points, depth]) @ base[:2, :3].T + base[:2, 3]


def find_turn(move: Points) -> float:
    """Find by how much a bone has turned in the side view, rad."""
    return float(np.arctan2(move[1, 0], move[0, 0]))


def _turn(points: Points, centre: Points, angle: Points) -> Points:
    x, y = (points - centre).T
    cos, sin = np.cos(angle), np.sin(angle)
    return np.column_stack([cos * x - sin * y, sin * x + cos * y]) + centre


def find_moves(body: Body, pose: Pose) -> Points:
    """Find how each bone moves from healthy standing to a pose.

    Parameters
    ----------
    body : Body
    pose : Pose
        Of its skeleton.

    Returns
    -------
    numpy.ndarray, shape (bones, 3, 4)
        Millimetres, in the order of ``body.bones``.
    """
    s, healthy = find_skeleton(body), find_healthy_transforms(body)
    moves = np.empty((len(body.bones), 3, 4))
    for number, bone in enumerate(body.bones):
        at = s.bones.index(bone)
        turn = pose.rotation[at] @ healthy[bone][:3, :3].T
        now = pose.origin[at] + pose.rotation[at] @ -s.joint[at]
        moves[number, :, :3] = turn
        moves[number, :, 3] = 1000 * (now - turn @ healthy[bone][:3, 3])
    return moves


def find_bent_body(body: Body, view: str) -> BentBody:
    """Find the outlines of a side view, ready to be bent; kept with the body.

    Parameters
    ----------
    body : Body
    view : "left" or "right"

    Returns
    -------
    BentBody

    Raises
    ------
    GraphError
        If the body lacks a joint or a bone that the picture hangs on.
    """
    return body.derived(f"bent {view}", lambda body: _lay_out(body, view))


def _lay_out(body: Body, view: str) -> BentBody:
    fine = read_look()["fine"]
    drawn = [
        (group, role, curves)
        for group in find_drawing(body).views[view]
        if not group.nerve
        for role, curves in group.curves
        if role not in fine
    ]
    points, bones, share = (
        np.concatenate([getattr(curves, name) for *_, curves in drawn])
        for name in ("points", "bones", "share")
    )
    listed, start = [], 0
    for group, role, curves in drawn:
        for first, last in pairwise((0, *curves.ends)):
            rows = slice(start + first, start + last)
            listed.append(Shown(role, group.structure, group.behind, rows, curves.closed))
        start += curves.ends[-1]
    joints = {
        side: np.array([_find_joint(body, f"{bone}_{side}")[:2] for bone in LEG]) for side in SIDES
    }
    turns = {side: _find_shares(body, points, bones, share, side, joints[side]) for side in SIDES}
    shoulders = {side: _find_joint(body, f"arm_{side}") for side in SIDES}
    return BentBody(tuple(listed), points, bones, share, turns, joints, shoulders, body.bones)


def _find_joint(body: Body, bone: str) -> Points:
    """Where a bone hangs in healthy standing, mm."""
    s, healthy = find_skeleton(body), find_healthy_transforms(body)
    place: Points = healthy[bone][:3, :3] @ s.joint[s.bones.index(bone)] + healthy[bone][:3, 3]
    return 1000 * place


def _find_shares(
    body: Body,
    points: Points,
    bones: NDArray[np.int_],
    share: Points,
    side: str,
    joints: Points,
) -> Points:
    """How much of the bend at hip, knee and ankle each vertex takes part in."""
    leg = [body.bones.index(f"{bone}_{side}") for bone in LEG]
    second = np.isin(bones[:, 1], leg) & (share < 1)
    carried = np.isin(bones[:, 0], leg) | second
    found = np.full((len(points), len(LEG)), np.nan)
    for joint, (above, below, tilt) in enumerate(LEG.values()):
        ahead, up = (points[:, :2] - joints[joint]).T
        part = np.clip((above + tilt * ahead - up) / (above + below), 0, 1)
        found[carried, joint] = (part * part * (3 - 2 * part))[carried]
    return found
