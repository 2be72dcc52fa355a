"""How sure is it? One object that is asked the same way, whether it is known, on its way, or not.

`Certainty` itself knows nothing, `Pending` says how far the draws are, `Draws`
holds the answers of many drawn bodies (made in `mechanics.draws`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from musclechain.mechanics.change import CauseError
from musclechain.mechanics.routes import ROUTES

__all__ = [
    "UNKNOWN",
    "WORDS",
    "Answer",
    "Certainty",
    "Draws",
    "Pending",
    "name_certainty",
]

# Below the first a change counts as none; two changes that are both below the second are alike,
# whatever their signs.
FORCE, LOAD, ANGLE = (0.05, 0.2), (0.5, 2.0), (0.02, 0.05)
# The share of draws from which each word is said, in the order in which a reader trusts them.
WORDS = {"settled": 0.95, "likely": 0.8, "depends": 0.0}
GUARDING = ROUTES.index("guarding")
# where guarding makes this share of a change, its direction hangs on an assumption
ASSUMED_SHARE = 0.5
ANGLES = ("flexion_deg", "side_bend_deg", "rotation_deg")


def name_certainty(share: float) -> str:
    """Word for a share of draws: settled (95 % and more), likely (80 % and more), depends."""
    return next(word for word, least in WORDS.items() if share >= least)


def _list_columns(unit: str) -> list[str]:
    return [f"change_{unit}", "same_sign", f"low_{unit}", f"high_{unit}", "word"]


@dataclass(frozen=True)
class Certainty:
    """How sure the changes of a state are; of this kind, nothing is known.

    Every kind answers the same questions. What is not known has the word ``""``
    and gaps in the place of numbers, so that whoever asks need not ask first
    whether there is an answer.

    Attributes
    ----------
    reason : str
        Why nothing is known, in words; empty where nobody has asked.
    """

    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there are answers."""
        return False

    @property
    def is_pending(self) -> bool:
        """Whether the answers are on their way."""
        return False

    @property
    def bodies(self) -> int:
        """Number of bodies that were drawn and could hold the state."""
        return 0

    def table(self) -> pd.DataFrame:
        """Certainty of every structure; columns change_N, same_sign, low_N, high_N, word."""
        return pd.DataFrame(columns=_list_columns("N"), index=pd.Index([], name="structure"))

    def groups(self, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
        """Certainty of sums over groups of structures; index: name of the group."""
        return self._tell_nothing(pd.Index(list(groups), name="group"), "N")

    def routes(self, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
        """Certainty of how much each route moves; index: (group, route)."""
        index = pd.MultiIndex.from_product([list(groups), ROUTES], names=["group", "route"])
        blank = pd.DataFrame(np.nan, index, ["sum_N", "low_N", "high_N", "same_place"])
        return blank.assign(word="")

    def joints(self) -> pd.DataFrame:
        """Certainty of the change of each joint's load; columns as in `table`."""
        return pd.DataFrame(columns=_list_columns("N"), index=pd.Index([], name="joint"))

    def pose(self) -> pd.DataFrame:
        """Certainty of each bone's angles: index (bone, angle)."""
        index = pd.MultiIndex.from_tuples([], names=["bone", "angle"])
        return pd.DataFrame(columns=_list_columns("deg"), index=index)

    def only(self, route: str) -> "Certainty":
        """Keep only what one route adds."""
        return self

    def beyond(self, first: "Certainty", sizes: bool = False) -> "Certainty":
        """Tell how sure it is that this state has more, or less, than another."""
        return UNKNOWN

    def word(self, structure: str) -> str:
        """Word of one structure; empty where it is not known."""
        table = self._words
        return table.get(structure, "")

    def words(self, structures: Iterable[str]) -> list[str]:
        """Word of each structure; empty where it is not known."""
        return [self.word(name) for name in structures]

    def joint_word(self, joint: str) -> str:
        """Word of the load of a joint; empty where it is not known."""
        words = self.joints()["word"]
        return words.get(joint, "")

    def angle_word(self, bone: str, angle: str) -> str:
        """Word of one angle of a bone; empty where it is not known."""
        words = self.pose()["word"]
        return words.get((bone, angle), "")

    def group_word(self, members: Iterable[str]) -> str:
        """Word of the sum over some structures; empty where it is not known."""
        return self.groups({"sum": list(members)}).at["sum", "word"]

    @property
    def _words(self) -> dict[str, str]:
        return {}

    @staticmethod
    def _tell_nothing(index: pd.Index, unit: str) -> pd.DataFrame:
        return pd.DataFrame(np.nan, index, _list_columns(unit)[:-1]).assign(word="")


UNKNOWN = Certainty()


@dataclass(frozen=True)
class Pending(Certainty):
    """The answers are on their way.

    Attributes
    ----------
    done, asked : int
        Number of draws that are there, and of all.
    """

    done: int = 0
    asked: int = 0

    @property
    def is_pending(self) -> bool:
        """True."""
        return True


@dataclass(frozen=True)
class Answer:
    """What one body answers: the change of every structure by route, of every joint's load and of
    every bone's angles."""

    by_route: np.ndarray  # (3, structures) N
    loads: np.ndarray  # (joints,) N
    angles: np.ndarray  # (bones, 3) degrees


@dataclass(frozen=True)
class Draws(Certainty):
    """The answers of many drawn bodies to one question.

    Each table has the change that the result shows, same_sign (share of draws
    in which its sign holds), low and high (90 % of the draws lie between) and
    word (settled, likely, depends); its ``.attrs`` have draws and failed, the
    number of draws that could not be solved and are left out, and for forces
    assumed, the names whose change guarding makes for half or more. Less than
    0.05 N counts as no change, and two changes that are both under 0.2 N as
    alike (joints: 0.5 and 2 N; angles: 0.02 and 0.05 degrees).
    """

    structures: tuple[str, ...] = ()
    joint_names: tuple[str, ...] = ()
    bones: tuple[str, ...] = ()
    shown: Answer = field(default_factory=lambda: Answer(*np.zeros((3, 0))))
    draws: int = 0
    seed: int = 0
    numbers: np.ndarray = field(default_factory=lambda: np.zeros(0, int))  # of the solved draws
    by_route: np.ndarray = field(default_factory=lambda: np.zeros((0, 3, 0)))  # (solved, 3, s.) N
    loads: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))  # (solved, joints) N
    angles: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 3)))  # (solved, bones, 3)

    @property
    def is_known(self) -> bool:
        """True."""
        return True

    @property
    def bodies(self) -> int:
        """Number of bodies that were drawn and could hold the state."""
        return len(self.by_route)

    @property
    def changes(self) -> np.ndarray:
        """Change of each structure in each solved draw, N: shape (solved draws, structures)."""
        return self.by_route.sum(axis=1, dtype=float)

    @cached_property
    def _table(self) -> pd.DataFrame:
        index = pd.Index(self.structures, name="structure")
        table = self._summarise(index, self.shown.by_route.sum(axis=0), self.changes, FORCE, "N")
        return self._mark_assumed(table, self.shown.by_route[GUARDING])

    @cached_property
    def _words(self) -> dict[str, str]:  # type: ignore[override]
        return self._table["word"].to_dict()

    def table(self) -> pd.DataFrame:
        """Certainty of every structure; columns change_N, same_sign, low_N, high_N, word."""
        return self._table.copy()

    def groups(self, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
        """Certainty of sums.

        Parameters
        ----------
        groups : dict of str to iterable of str
            Name of the group to the ids of its structures.

        Returns
        -------
        pandas.DataFrame
            Index: name of the group; columns as in `table`.

        Raises
        ------
        CauseError
            For a structure that is not computed, or an empty group.

        Notes
        -----
        Add muscles only: a tendon carries on what its muscle pulls.
        """
        member = self._membership(groups)
        shown = member @ self.shown.by_route.sum(axis=0)
        index = pd.Index(list(groups), name="group")
        table = self._summarise(index, shown, self.changes @ member.T, FORCE, "N")
        return self._mark_assumed(table, member @ self.shown.by_route[GUARDING])

    def routes(self, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
        """Certainty of how much each route moves: sums of the changes by one route, more and less
        both positive.

        Parameters
        ----------
        groups : dict of str to iterable of str

        Returns
        -------
        pandas.DataFrame
            Index: (group, route). Columns sum_N, low_N, high_N, same_place
            (share of draws in which the route has the same place among the
            three) and word.
        """
        member = self._membership(groups)
        shown = np.abs(self.shown.by_route) @ member.T
        drawn = np.abs(self.by_route.astype(float)) @ member.T

        def place(sums: np.ndarray) -> np.ndarray:
            return (sums[..., :, None, :] < sums[..., None, :, :] - FORCE[1]).sum(axis=-2)

        same = (place(drawn) == place(shown)).mean(axis=0)
        low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
        columns = {"sum_N": shown, "low_N": low, "high_N": high, "same_place": same}
        table = super().routes(groups).assign(**{k: v.T.ravel() for k, v in columns.items()})
        return table.assign(word=[name_certainty(share) for share in table["same_place"]])

    def joints(self) -> pd.DataFrame:
        """Certainty of the change of each joint's load; columns as in `table`."""
        index = pd.Index(self.joint_names, name="joint")
        return self._summarise(index, self.shown.loads, self.loads, LOAD, "N")

    def pose(self) -> pd.DataFrame:
        """Certainty of each bone's angles: index (bone, angle), columns as in `table` with deg for
        N."""
        index = pd.MultiIndex.from_product([self.bones, ANGLES], names=["bone", "angle"])
        drawn = self.angles.reshape(len(self.angles), -1)
        return self._summarise(index, self.shown.angles.ravel(), drawn, ANGLE, "deg")

    def only(self, route: str) -> "Draws":
        """Keep of the answers only what one route adds.

        Parameters
        ----------
        route : "posture", "pull" or "guarding"

        Returns
        -------
        Draws
            Its table and its groups tell of this route alone; joints and
            angles stay those of all routes.
        """
        mask = (np.arange(len(ROUTES)) == ROUTES.index(route))[:, None]
        return replace(
            self,
            by_route=self.by_route * mask,
            shown=replace(self.shown, by_route=self.shown.by_route * mask),
        )

    def beyond(self, first: Certainty, sizes: bool = False) -> Certainty:
        """Answer body by body how much more this state has than another.

        Parameters
        ----------
        first : Certainty
            Of the state that this one is compared with.
        sizes : bool
            Whether angles are compared by their size, whichever way they turn.

        Returns
        -------
        Certainty
            This minus the first, over the bodies that can hold both states; not
            known where the first is not.

        Raises
        ------
        ValueError
            Where the draws are not of the same bodies: another seed, or other structures.
        """
        if not isinstance(first, Draws):
            return first
        if (self.structures, self.bones, self.seed) != (first.structures, first.bones, first.seed):
            raise ValueError(
                "Two states can be compared body by body only where the draws are of the same"
                " bodies: make both with the same seed, of a body with the same structures."
            )
        both = np.intersect1d(self.numbers, first.numbers)
        if not len(both):
            return Certainty("None of the bodies tried can hold both states.")
        here, there = np.searchsorted(self.numbers, both), np.searchsorted(first.numbers, both)
        size = np.abs if sizes else np.asarray
        shown = Answer(
            self.shown.by_route - first.shown.by_route,
            self.shown.loads - first.shown.loads,
            size(self.shown.angles) - size(first.shown.angles),
        )
        return replace(
            self,
            shown=shown,
            draws=min(self.draws, first.draws),
            numbers=both,
            by_route=self.by_route[here] - first.by_route[there],
            loads=self.loads[here] - first.loads[there],
            angles=size(self.angles[here]) - size(first.angles[there]),
        )

    @staticmethod
    def _mark_assumed(table: pd.DataFrame, guarded: np.ndarray) -> pd.DataFrame:
        most = np.maximum(np.abs(table["change_N"]) * ASSUMED_SHARE, FORCE[0])
        table.attrs["assumed"] = frozenset(table.index[np.abs(guarded) >= most])
        return table

    def _membership(self, groups: Mapping[str, Iterable[str]]) -> np.ndarray:
        row = {name: number for number, name in enumerate(self.structures)}
        member = np.zeros((len(groups), len(row)))
        for number, (group, members) in enumerate(groups.items()):
            names = list(members)
            unknown = [name for name in names if name not in row]
            if unknown or not names:
                wrong = f"names {unknown[0]!r}, which is not computed" if unknown else "is empty"
                raise CauseError(
                    f"The group {group!r} {wrong}. Choose among the rows of result.table()."
                )
            member[number, [row[name] for name in names]] = 1
        return member

    def _summarise(
        self,
        index: pd.Index,
        shown: np.ndarray,
        drawn: np.ndarray,
        small: tuple[float, float],
        unit: str,
    ) -> pd.DataFrame:
        zero, alike = small

        def sign(values: np.ndarray) -> np.ndarray:
            return np.sign(np.where(np.abs(values) < zero, 0.0, values))

        same = (
            (sign(drawn) == sign(shown)) | (np.maximum(np.abs(drawn), np.abs(shown)) < alike)
        ).mean(axis=0)
        low, high = np.quantile(drawn.astype(float), (0.05, 0.95), axis=0)
        words = [name_certainty(share) for share in same]
        values: list[Any] = [shown, same, low, high, words]
        table = pd.DataFrame(dict(zip(_list_columns(unit), values, strict=True)), index=index)
        table.attrs.update(draws=self.draws, failed=self.draws - len(drawn))
        return table
