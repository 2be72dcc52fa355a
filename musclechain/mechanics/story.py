"""The story of a result: in which order it is told how a cause reaches the neck, or does not.

It is an order of telling and not of time: first the pull, station by station
by its distance in the graph, then the posture from the ground up, then
guarding. Every number in it stands in the table of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from musclechain.anatomy.format import SHOWN_N, find_twin
from musclechain.mechanics.outcome import find_joint_loads
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.telling import Arrival, Telling
from musclechain.mechanics.ways import (
    Ways,
    find_shares,
    find_tissue_graph,
    list_cause_structures,
    list_sources,
)

if TYPE_CHECKING:
    from musclechain.mechanics.spread import Result

__all__ = ["PLACES", "Stage", "add_up_places", "build_story", "find_ladder", "find_places"]

# The stations of every story, from the ground up, and the regions that belong to each.
PLACES: Mapping[str, tuple[str, ...]] = {
    "foot and calf": ("foot", "calf"),
    "thigh": ("thigh",),
    "hip and pelvis": ("hip", "pelvis"),
    "belly": ("abdomen",),
    "low back": ("lumbar",),
    "upper back and shoulder": ("thoracic", "shoulder"),
    "neck and head": ("neck", "head"),
}
FINISH = "neck and head"
# The station that also tells what a joint carries.
BACK, BASE = "low back", "l5_s1"

# Of guarding, which spreads to everything a little, smaller changes are no station of their own.
GUARDED_N = 1.0

# Of the excitation of the most excited spinal level: a level that has less is not named.
FELT_SHARE = 0.1

# Two postures that differ by less are told as the same.
SEEN_DEG = 0.05

# At a station so many structures light up, the most changed ones.
REACHED = 5

# Nodes from the cause, and what is left of the change at each.
Way = tuple[tuple[str, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Stage:
    """One stage of a story.

    Attributes
    ----------
    title, sentence : str
        Plain text; names in it come from the data.
    route : str
        "pull", "posture" or "guarding"; "" for where it begins and what comes of it.
    changes : pandas.Series
        What is told so far of the change of each computed structure, N. The
        last stage has the whole change of the table.
    path : tuple of str
        Nodes of the graph from the cause to the structure that the sentence names.
    shares : tuple of float
        How much of a pull is left at each node of the path, 0 to 1; a bone
        hands on what comes to it. Ones for the other routes, which do not fade.
    pose : float
        How much of the solved posture is told so far, 0 to 1.
    place : str
        One of `PLACES`, or "".
    reached : tuple of str
        The structures that this stage tells of: the one that its sentence names, then the most
        changed ones.
    levels : tuple of str
        Spinal levels that guarding excites.
    begins : tuple of str
        Of the first stage: the bones with which a posture begins, both of a pair where it is asked
        of both; else the first structure of the cause. Empty where nothing is asked.
    """

    title: str
    sentence: str
    route: str
    changes: pd.Series
    path: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    pose: float = 1.0
    place: str = ""
    reached: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def build_story(result: Result) -> tuple[Stage, ...]:
    """Build the story of a result; see `Stage`.

    Parameters
    ----------
    result : Result

    Returns
    -------
    tuple of Stage
        It begins at the cause and ends at the neck, also when nothing arrives there.
    """
    return tuple(_Teller(result).tell())


def find_places(result: Result) -> np.ndarray:
    """Find the number of the place of each computed structure, -1 for none; shape (structures,)."""
    number = {region: k for k, regions in enumerate(PLACES.values()) for region in regions}
    nodes = result.body.graph.nodes
    return np.array([number.get(nodes[name]["region"], -1) for name in result.skeleton.structures])


def find_ladder(result: Result) -> np.ndarray:
    """Add up by how much the muscles of each place carry more, and less, by each route and side.

    Tendons and fasciae hand on the tension of muscles and are not added. More
    and less are kept apart, so that they do not hide each other.

    Parameters
    ----------
    result : Result

    Returns
    -------
    numpy.ndarray, shape (places, 2, routes, 2)
        N: place from the ground up; left and right; posture, pull and
        guarding; more and less (both 0 or above).
    """
    rungs = result.body.derived("rungs", lambda _: _build_rungs(result))
    changes = np.stack([result.columns[f"{route}_N"] for route in ROUTES], axis=1)
    ladder = np.stack([rungs @ np.maximum(changes, 0), rungs @ np.maximum(-changes, 0)], axis=-1)
    return ladder.reshape(len(PLACES), 2, len(ROUTES), 2)


def add_up_places(result: Result) -> dict[str, tuple[float, float]]:
    """Add up by how much the muscles of each place change on the left and on the right: the rungs
    of the ladder, all routes, more and less taken together.

    Parameters
    ----------
    result : Result

    Returns
    -------
    dict of str to (float, float)
        N, by place from the ground up.
    """
    rungs = find_ladder(result).sum(axis=2)
    changes = (rungs[..., 0] - rungs[..., 1]).tolist()
    return {place: (left, right) for place, (left, right) in zip(PLACES, changes, strict=True)}


def _build_rungs(result: Result) -> np.ndarray:
    """Which structures each rung adds up, a row for each place and side; shape (2 places,
    structures)."""
    nodes, names = result.body.graph.nodes, result.skeleton.structures
    places = find_places(result)
    rungs = [
        (places == place)
        & [nodes[name]["kind"] == "muscle" and nodes[name]["side"] == side for name in names]
        for place in range(len(PLACES))
        for side in ("left", "right")
    ]
    return np.array(rungs, dtype=float)


def _share_weight(result: Result) -> pd.Series:
    """The share of the weight on each foot, by side."""
    on_feet = result.ground()["upward_N"]
    return on_feet / on_feet.sum()


def _find_shift(result: Result) -> bool:
    """Whether the body stands otherwise than in what it is compared with."""
    if result.reference is None:
        return result.state.stance is not result.state.healthy.stance
    return bool(result.pose().abs().to_numpy().max() >= SEEN_DEG)


class _Teller:
    def __init__(self, result: Result) -> None:
        self.result = result
        self.names = result.skeleton.structures
        self.words = Telling(result.body)
        self.place_of = find_places(result)
        named = list_cause_structures(result)
        self.own = np.isin(self.names, named)
        self.begun = tuple(name for name in named if name in self.names)
        nodes = result.body.graph.nodes
        self.is_muscle = np.array([nodes[name]["kind"] == "muscle" for name in self.names])
        self.side = np.array([nodes[name]["side"] for name in self.names])
        self.told = np.zeros(len(self.names))
        self.shifts = _find_shift(result)
        self.ways = {route: Ways(result, route) for route in ROUTES}

    def tell(self) -> Iterable[Stage]:
        yield self._stage(
            *self._tell_begin(),
            "",
            pose=0.0,
            reached=self.begun,
            begins=self.begun[:1] or self._list_begins(),
            way=self._begin(),
        )
        yield from self._tell_pull()
        yield from self._tell_posture()
        yield from self._tell_guarding()
        # to the last digit what the table says
        self.told = self.result.table()["change_N"].to_numpy(copy=True)
        finish = self._here(FINISH) & self.is_muscle
        by_route = {route: float(self._column(route)[finish].sum()) for route in ROUTES}
        yield self._stage(*self.words.tell_end(by_route), "", place=FINISH)

    def _tell_begin(self) -> tuple[str, str]:
        result = self.result
        where = self.begun or self._list_begins()
        return self.words.tell_cause(where, result.is_asked, result.reference is not None)

    def _stage(
        self, title: str, sentence: str, route: str, way: Way = ((), ()), **more: Any
    ) -> Stage:
        changes = pd.Series(self.told, pd.Index(self.names, name="structure"), name="change_N")
        return Stage(title, sentence, route, changes.copy(), *way, **more)

    def _column(self, route: str) -> np.ndarray:
        return self.result.columns[f"{route}_N"]

    def _here(self, place: str) -> np.ndarray:
        return self.place_of == list(PLACES).index(place)

    def _add_up(self, place: str, change: np.ndarray) -> list[float]:
        """By how much all muscles of a place change on the left and on the right, N."""
        here = self._here(place) & self.is_muscle
        return [float(change[here & (self.side == side)].sum()) for side in ("left", "right")]

    def _reach(self, route: str, place: str) -> np.ndarray:
        """Numbers of the structures that a route changes at a place: first the one to be named,
        then the most changed ones."""
        here = self._here(place) & ~self.own
        change = self._column(route) * (here if route == "pull" else here & self.is_muscle)
        order = np.argsort(-np.abs(change), kind="stable")
        order = order[np.abs(change[order]) >= SHOWN_N]
        if not len(order):
            return order
        named = int(order[0])
        if route == "pull" and change.max() >= SHOWN_N:
            # what arrives is more tension; what slackens is told where nothing arrives
            named = int(np.argmax(change))
        elif route == "posture":
            named = self._find_leader(change, named)
        return np.array([named, *order[order != named]])[:REACHED]

    def _find_leader(self, change: np.ndarray, most: int) -> int:
        """The muscle that changes most on the side that changes most, in the same direction."""
        sums = {side: float(change[self.side == side].sum()) for side in ("left", "right")}
        side = max(sums, key=lambda one: abs(sums[one]))
        same = change * np.sign(sums[side]) * (self.side == side)
        return int(np.argmax(same)) if same.max(initial=0.0) >= SHOWN_N else most

    def _begin(self) -> Way:
        """Where the cause is: what it pulls or alters, or the bone that it asks for; nowhere
        where nothing differs from what the result is compared with."""
        asked = self._list_asked()
        return tuple(asked[:1]), (1.0,) * len(asked[:1])

    def _list_asked(self) -> list[str]:
        change = self.result.table()["change_N"].abs().max()
        if self.result.reference is not None and not self.shifts and change < SHOWN_N:
            return []
        return list_sources(self.result, "pull") or list_sources(self.result, "posture")

    def _list_begins(self) -> tuple[str, ...]:
        """Where the cause is, on both sides where it is asked of both."""
        asked = self._list_asked() if self.result.is_asked else []
        pair = [*asked[:1], *(find_twin(name) for name in asked[:1])]
        return tuple(dict.fromkeys(name for name in pair if name in asked))

    def _follow(self, reached: np.ndarray, route: str) -> Way:
        """The way to the most changed structure, and what is left on it."""
        way = self.ways[route].find(self.names[reached[0]]) if len(reached) else []
        return tuple(one.node for one in way), find_shares(way, route)

    # ---- pull

    def _tell_pull(self) -> Iterable[Stage]:
        change = self._column("pull")
        if not np.abs(change).max(initial=0.0) >= SHOWN_N:
            return
        start = float(np.abs(change[self.own]).max(initial=0.0)) or float(np.abs(change).max())
        places = self._order_by_distance()
        self.told = self.told + np.where(self.own, change, 0.0)
        for count, place in enumerate(places, start=1):
            reached = self._reach("pull", place)
            rest = place == places[-1]
            self.told = self.told + np.where(
                (self._here(place) | (rest & (self.told == 0))) & ~self.own, change, 0.0
            )
            yield self._stage(
                *self.words.tell_pull(
                    place, self._arrival(reached, change), start, self._add_up(place, change)
                ),
                "pull",
                way=self._follow(reached, "pull"),
                pose=0.0 if self.shifts else count / len(places),
                place=place,
                reached=tuple(self.names[k] for k in reached),
            )

    def _arrival(self, reached: np.ndarray, change: np.ndarray) -> Arrival | None:
        if not len(reached):
            return None
        return Arrival(self.names[reached[0]], float(change[reached[0]]))

    def _order_by_distance(self) -> list[str]:
        """Order the places as the pull gets there: the way down first, the nearest before the
        others, then from one to the next up to the neck."""
        tissue = find_tissue_graph(self.result.body)
        sources = {name for name in self.result.asked.tensions if name in tissue}
        distance = nx.multi_source_dijkstra_path_length(tissue, sources) if sources else {}
        home = [self.place_of[k] for k in np.flatnonzero(self.own) if self.place_of[k] >= 0]
        first = int(min(home, default=0))

        def far(place: str) -> tuple[bool, float, int]:
            number = list(PLACES).index(place)
            here = self._here(place) & ~self.own
            near = (distance.get(self.names[k], np.inf) for k in np.flatnonzero(here))
            if number > first:
                return True, number, 0
            return False, min(near, default=np.inf), first - number

        reached = [place for place in PLACES if len(self._reach("pull", place)) or place == FINISH]
        return sorted(reached, key=lambda place: (place == FINISH, *far(place)))

    # ---- posture

    def _tell_posture(self) -> Iterable[Stage]:
        change = self._column("posture")
        if not self.shifts and not np.abs(change).max(initial=0.0) >= SHOWN_N:
            return
        if self.shifts:
            yield self._stage(*self._tell_shift(), "posture")
        places = [place for place in PLACES if len(self._reach("posture", place))]
        for place in dict.fromkeys([*places, FINISH]):
            reached = self._reach("posture", place)
            rest = place == FINISH
            here = self._here(place) | (rest & ~np.isin(self.place_of, self._numbers(places)))
            self.told = self.told + np.where(here, change, 0.0)
            yield self._stage(
                *self.words.tell_posture(
                    place,
                    self._arrival(reached, change),
                    self._add_up(place, change),
                    self._load_base() if place == BACK else 0.0,
                ),
                "posture",
                way=self._follow(reached, "posture"),
                place=place,
                reached=tuple(self.names[k] for k in reached),
            )

    def _load_base(self) -> float:
        """How much more the base of the spine carries by posture, N; 0 where a body has none."""
        s, state = self.result.skeleton, self.result.state
        if BASE not in s.joint_names:
            return 0.0
        before, held, *_ = state.tensions()
        more = find_joint_loads(s, state.stance, held)
        more -= find_joint_loads(s, state.stance_before, before)
        return float(more[s.joint_names.index(BASE) - 1])

    def _tell_shift(self) -> tuple[str, str]:
        result, pose = self.result, self.result.pose()
        trunk, pelvis = (
            pose.loc[bone] if bone in pose.index else None for bone in ("thorax", "pelvis")
        )
        share = _share_weight(result)
        if result.reference is None:
            return self.words.tell_shift(share, trunk, pelvis)
        before, name = _share_weight(result.reference), result.reference_words
        return self.words.tell_turns(share, before, trunk, pelvis, name)

    def _numbers(self, places: Iterable[str]) -> list[int]:
        return [list(PLACES).index(place) for place in places]

    # ---- guarding

    def _tell_guarding(self) -> Iterable[Stage]:
        change = self._column("guarding")
        guarding, theory = self.result.state.guarding, self.result.routes["theory"]
        if not guarding or not guarding.rounds:
            return
        excitation = guarding.rounds[-1].excitation
        felt = excitation > FELT_SHARE * excitation.max(initial=0.0)
        levels = tuple(
            root for root, is_felt in zip(self.result.network.roots, felt, strict=True) if is_felt
        )
        yield self._stage(
            *self.words.tell_levels(levels, theory),
            "guarding",
            levels=levels,
        )
        places = [
            place
            for place in PLACES
            if np.abs(change[self._reach("guarding", place)]).max(initial=0.0) >= GUARDED_N
        ]
        for place in dict.fromkeys([*places, FINISH]):
            reached = self._reach("guarding", place)
            self.told = self.told + np.where(self._here(place), change, 0.0)
            yield self._stage(
                *self.words.tell_guarding(
                    place, self._arrival(reached, change), self._add_up(place, change)
                ),
                "guarding",
                way=self._follow(reached, "guarding"),
                place=place,
                reached=tuple(self.names[k] for k in reached),
                levels=levels,
            )
