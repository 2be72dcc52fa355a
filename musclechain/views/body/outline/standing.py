"""Where the joints of a body are in healthy standing: what skin, bones and landmarks hang on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.graph_checks import GraphError

__all__ = ["SIDES", "Standing", "read_standing"]

SIDES = {"right": 1.0, "left": -1.0}


@dataclass(frozen=True)
class Standing:
    """The joints and bones of a body in healthy standing.

    Attributes
    ----------
    number : mapping of str to int
        The place of each bone in ``body.bones``.
    moves : numpy.ndarray, shape (bones, 3, 4)
        How each bone moves from the data's posture to healthy standing, mm.
    joints : mapping of str to numpy.ndarray, shape (3,)
        Place of each joint in the data's posture, mm.
    """

    number: Mapping[str, int]
    moves: np.ndarray
    joints: Mapping[str, np.ndarray]

    @property
    def sides(self) -> list[tuple[str, float]]:
        """Sides that have a hip, each with the sign of its direction across the body."""
        return [(side, sign) for side, sign in SIDES.items() if f"hip_{side}" in self.joints]

    def locate(self, joint: str, bone: str) -> np.ndarray:
        """Find the place of a joint on a bone in healthy standing.

        Returns
        -------
        numpy.ndarray, shape (3,)
            Millimetres.

        Raises
        ------
        GraphError
            If the body lacks the joint or the bone.
        """
        for kind, name, known in (("joint", joint, self.joints), ("bone", bone, self.number)):
            if name not in known:
                raise GraphError(
                    f"The picture of the body hangs on the {kind} {name!r}, which this body lacks;"
                    f" it has {', '.join(map(str, known)) or 'none'}."
                )
        move = self.moves[self.number[bone]]
        return move[:, :3] @ self.joints[joint] + move[:, 3]

    def place(self, points: np.ndarray, bones: Sequence[str]) -> np.ndarray:
        """Put points, shape (n, 3) in mm and each on a bone, into healthy standing."""
        moves = self.moves[[self.number[bone] for bone in bones]]
        return (moves[:, :, :3] @ np.asarray(points, float)[:, :, None])[..., 0] + moves[:, :, 3]

    def draw_arms_back(self, arms: Mapping[str, Iterable[str]], degrees: float) -> "Standing":
        """The same body with the bones of its arms, by side, turned backward about the shoulder
        joint of that side, where it has one."""
        cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turn = np.array([[cosine, sine, 0], [-sine, cosine, 0], [0, 0, 1]])
        return self._turn_arms(arms, dict.fromkeys(SIDES, turn))

    def draw_arms_out(self, arms: Mapping[str, Iterable[str]], degrees: float) -> "Standing":
        """The same, turned away from the trunk."""
        cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turns = {
            side: np.array([[1, 0, 0], [0, cosine, sign * sine], [0, -sign * sine, cosine]])
            for side, sign in SIDES.items()
        }
        return self._turn_arms(arms, turns)

    def _turn_arms(
        self, arms: Mapping[str, Iterable[str]], turns: Mapping[str, np.ndarray]
    ) -> "Standing":
        moves = self.moves.copy()
        for side, bones in arms.items():
            joint = f"glenohumeral_{side}"
            if joint not in self.joints:
                continue
            centre, turn = self.locate(joint, f"arm_{side}"), turns[side]
            for number in (self.number[bone] for bone in bones):
                move = moves[number]
                moves[number] = np.column_stack(
                    [turn @ move[:, :3], turn @ (move[:, 3] - centre) + centre]
                )
        return replace(self, moves=moves)

    def carry(self, bones: Sequence[str]) -> np.ndarray:
        """Say how much each bone carries points that hang on one bone each, shape (n, bones)."""
        carriers = np.zeros((len(bones), len(self.number)))
        carriers[np.arange(len(bones)), [self.number[bone] for bone in bones]] = 1
        return carriers


def read_standing(body: Body, healthy: Mapping[str, np.ndarray]) -> Standing:
    """Read the joints of a body.

    Parameters
    ----------
    body : Body
    healthy : mapping of str to numpy.ndarray, shape (4, 4)
        Bone id to its way from the data's posture to healthy standing, metres.

    Returns
    -------
    Standing
    """
    joints = {
        data["joint"]: np.array(data["place_mm"])
        for *_, data in body.graph.edges(data=True)
        if data.get("kind") == "articulates" and "joint" in data
    }
    number = {bone: at for at, bone in enumerate(body.bones)}
    moves = np.array([healthy[bone][:3] * [1, 1, 1, 1000] for bone in body.bones])
    return Standing(number, moves, joints)
