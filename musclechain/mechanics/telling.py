"""The sentences of a story. Each is chosen whole for what was found, and none is put together of
clauses, so that another language can be added sentence by sentence."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    SHOWN_N,
    call_structure,
    capitalise,
    find_twin,
    format_change,
    format_degrees,
    format_newtons,
    format_percent,
    join_words,
    name_structure,
)

__all__ = ["Arrival", "Telling"]

# What share of a pull is left, and how that is called.
NEARLY_NOTHING, LITTLE = 0.03, 0.2
LEAN_DEG = 2.0
TILT_DEG = 1.0
# Smaller turns are called none.
STILL_DEG = 0.05
# A smaller change of what the base of the spine carries is not told.
SEEN_BASE_N = 1.0
# Less on the heavier foot is called standing on both alike.
EVEN = 0.505

SENTENCES = {
    "cause": "It begins in {structure}.",
    "cause on both sides": "It begins in {both} on both sides.",
    "cause of posture": "It begins at {structure}.",
    "cause of posture on both sides": "It begins at {both} on both sides.",
    "no cause": "Nothing is asked of the body: quiet standing on both feet.",
    "no difference": "Nothing else is asked of the body.",
    # what can be read while it plays comes first
    "pull much": (
        "At most {change} of {start}: {plain}. Its name: {name}. All muscles added up: left {left},"
        " right {right}."
    ),
    "pull little": (
        "At most {change} of {start}, a small part: {plain}. Its name: {name}. All muscles added"
        " up: left {left}, right {right}."
    ),
    "pull nearly nothing": (
        "At most {change} of {start}, nearly nothing: {plain}. Its name: {name}. All muscles added"
        " up: left {left}, right {right}."
    ),
    "pull slackens": (
        "At most {change} less: {plain} gets slack. Its name: {name}. All muscles added up: left"
        " {left}, right {right}."
    ),
    "pull nothing": "Nothing arrives of the {start} that were pulled at the start.",
    "shift lean": (
        "{foot} foot carries {share} of the weight, and the trunk leans {degrees} degrees to the"
        " {side}."
    ),
    "shift bend": (
        "{foot} foot carries {share} of the weight, and the trunk leans {degrees} degrees {way}."
    ),
    "shift": "{foot} foot carries {share} of the weight; the trunk stays nearly upright.",
    "even lean": "Both feet carry alike, and the trunk leans {degrees} degrees to the {side}.",
    "even bend": "Both feet carry alike, and the trunk leans {degrees} degrees {way}.",
    "even tilt": (
        "Both feet carry alike; the {side} side of the pelvis stands {degrees} degrees higher, and"
        " the trunk stays nearly upright."
    ),
    "even twist": (
        "Both feet carry alike, and the trunk stays nearly upright; the pelvis turns {degrees}"
        " degrees to the {side}."
    ),
    "even": "Both feet carry alike, and the trunk stays nearly upright.",
    "turns": "Against {reference}, the pelvis turns {pelvis} and the trunk {trunk}.",
    "turns and load": (
        "Against {reference}, the pelvis turns {pelvis} and the trunk {trunk}; {foot} foot carries"
        " {share} of the weight instead of {before}."
    ),
    "posture": "Left {left}, right {right}. Most of all in {structure}: {change}.",
    # muscles may pull less, and the spine carry more all the same
    "posture and base": (
        "Left {left}, right {right}; the base of the spine (L5/S1) carries {load}. Most of all in"
        " {structure}: {change}."
    ),
    "posture nothing": "No muscle here works harder or less to hold the body.",
    "vicious circle": (
        "If the vicious circle holds: pain excites the spinal levels {levels}, and they hold"
        " muscles on."
    ),
    "pain adaptation": (
        "If pain adaptation holds: what hurts and its helpers can do less, their opponents do"
        " slightly more, and who still holds the pose makes up for both; no spinal level is"
        " excited."
    ),
    "redistribution": (
        "If redistribution holds: the load is shared anew, away from what hurts, and no spinal"
        " level is excited."
    ),
    "guarding": (
        "If that holds: left {left}, right {right}. Most of all in {structure}: {change}."
    ),
    "guarding nothing": "Even if that holds, hardly anything changes here.",
    "end": "All muscles of neck and head together: {routes}.",
    "end nothing": "Nothing reaches the muscles of neck and head.",
}


def _say_turn(turn: pd.Series | None) -> str:
    """Say the larger of a bone's turns, forward or to a side."""
    side, forward = (0.0, 0.0) if turn is None else turn[["side_bend_deg", "flexion_deg"]]
    if max(abs(side), abs(forward)) < STILL_DEG:
        return "not at all"
    if abs(side) > abs(forward):
        return f"{format_degrees(abs(side))} degrees to the {'right' if side > 0 else 'left'}"
    return f"{format_degrees(abs(forward))} degrees {'forward' if forward > 0 else 'backward'}"


class Arrival(NamedTuple):
    """What changes most at a station: a structure, and by how much."""

    structure: str
    change_N: float


class Telling:
    """Tells the stages of a story: title and sentence of each.

    Parameters
    ----------
    body : Body
        Names its structures.
    """

    def __init__(self, body: Body) -> None:
        self.body = body

    def tell_cause(
        self, structures: Sequence[str], is_asked: bool, is_compared: bool = False
    ) -> tuple[str, str]:
        """Tell where it begins: in a structure, or at the bone with which a posture begins."""
        title, nodes = "Where it begins", self.body.graph.nodes
        if not structures or not is_asked:
            return title, SENTENCES["no difference" if is_compared else "no cause"]
        first = next(
            (name for name in structures if nodes[name]["kind"] == "muscle"), structures[0]
        )
        key = "cause of posture" if nodes[first]["kind"] == "bone" else "cause"
        twin = find_twin(first)
        if twin != first and twin in structures:
            called = call_structure(self.body, first, side=False)
            return title, self._fill(f"{key} on both sides", both=called)
        return title, self._fill(key, structure=first)

    def tell_pull(
        self, place: str, arrival: Arrival | None, start: float, sums: Sequence[float]
    ) -> tuple[str, str]:
        """Tell how much of a pull arrives at a place: both sides, and the structure that gets
        most."""
        title, begun = f"Pull: {place}", format_newtons(start)
        if arrival is None:
            return title, self._fill("pull nothing", start=begun)
        share = abs(arrival.change_N) / start
        key = "pull much"
        if arrival.change_N < 0:
            key = "pull slackens"
        elif share < NEARLY_NOTHING:
            key = "pull nearly nothing"
        elif share < LITTLE:
            key = "pull little"
        told = dict(zip(("left", "right"), map(format_change, sums), strict=True))
        told |= {"change": format_newtons(abs(arrival.change_N)), "start": begun}
        return title, self._fill(key, arrival.structure, **told)

    def tell_shift(
        self, share: pd.Series, trunk: pd.Series | None, pelvis: pd.Series | None
    ) -> tuple[str, str]:
        """Tell how the body shifts: the share of weight on each foot, and how trunk and pelvis
        turn."""
        title, foot = "Posture: the body shifts", str(share.idxmax())
        weight = "even" if float(share[foot]) < EVEN else "shift"
        told = {"foot": f"The {foot}", "share": format_percent(float(share[foot]))}
        side, forward = (0.0, 0.0) if trunk is None else trunk[["side_bend_deg", "flexion_deg"]]
        if abs(side) >= max(LEAN_DEG, abs(forward)):
            way = "right" if side > 0 else "left"
            told |= {"degrees": format_degrees(abs(side)), "side": way}
            return title, self._fill(f"{weight} lean", **told)
        if abs(forward) >= LEAN_DEG:
            way = "forward" if forward > 0 else "backward"
            told |= {"degrees": format_degrees(abs(forward)), "way": way}
            return title, self._fill(f"{weight} bend", **told)
        tilt = 0.0 if pelvis is None else float(pelvis["side_bend_deg"])
        if weight == "even" and abs(tilt) >= TILT_DEG:
            told |= {"degrees": format_degrees(abs(tilt)), "side": "left" if tilt > 0 else "right"}
            return title, self._fill("even tilt", **told)
        twist = 0.0 if pelvis is None else float(pelvis["rotation_deg"])
        if weight == "even" and abs(twist) >= TILT_DEG:
            way = "right" if twist > 0 else "left"
            told |= {"degrees": format_degrees(abs(twist)), "side": way}
            return title, self._fill("even twist", **told)
        return title, self._fill(weight, **told)

    def tell_turns(
        self,
        share: pd.Series,
        before: pd.Series,
        trunk: pd.Series | None,
        pelvis: pd.Series | None,
        reference: str,
    ) -> tuple[str, str]:
        """Tell how the body stands otherwise than in what it is compared with, under the name that
        was given to it."""
        foot = str(share.idxmax())
        told = {"pelvis": _say_turn(pelvis), "trunk": _say_turn(trunk)}
        told["reference"] = reference or "what this is compared with"
        told |= {"foot": f"the {foot}", "share": format_percent(float(share[foot]))}
        told["before"] = format_percent(float(before[foot]))
        key = "turns" if told["share"] == told["before"] else "turns and load"
        return "Posture: the body shifts", self._fill(key, **told)

    def tell_posture(
        self, place: str, arrival: Arrival | None, sums: Sequence[float], base: float = 0.0
    ) -> tuple[str, str]:
        """Tell who works harder or less at a place: both sides, and the muscle that changes
        most; and how much more the base of the spine carries, N."""
        title = f"Posture: {place}"
        if arrival is None:
            return title, SENTENCES["posture nothing"]
        left, right, load = map(format_change, (*sums, base))
        return title, self._fill(
            "posture" if abs(base) < SEEN_BASE_N else "posture and base",
            arrival.structure,
            left=left,
            right=right,
            load=load,
            change=format_change(arrival.change_N),
        )

    def tell_levels(self, levels: Sequence[str], theory: str) -> tuple[str, str]:
        """Tell what guarding does if its theory holds, and which spinal levels it excites."""
        nodes = self.body.graph.nodes
        sides = {
            side: [str(nodes[root]["level"]) for root in levels if nodes[root]["side"] == side]
            for side in ("left", "right")
        }
        named = join_words(
            f"{found[0]} to {found[-1]} on the {side}"
            if len(found) > 1
            else f"{found[0]} on the {side}"
            for side, found in sides.items()
            if found
        )
        return f"Guarding: {theory}", self._fill(theory, levels=named or "nowhere")

    def tell_guarding(
        self, place: str, arrival: Arrival | None, sums: Sequence[float]
    ) -> tuple[str, str]:
        """Tell what guarding adds at a place: both sides, and the muscle that changes most."""
        title = f"Guarding: {place}"
        if arrival is None:
            return title, SENTENCES["guarding nothing"]
        left, right = map(format_change, sums)
        change = format_change(arrival.change_N)
        return title, self._fill(
            "guarding", arrival.structure, left=left, right=right, change=change
        )

    def tell_end(self, by_route: Mapping[str, float]) -> tuple[str, str]:
        """Tell what reaches the muscles of neck and head, by route."""
        told = [
            f"{format_change(newtons)} by {route}"
            for route, newtons in by_route.items()
            if abs(newtons) >= SHOWN_N
        ]
        if not told:
            return "At the neck", SENTENCES["end nothing"]
        return "At the neck", self._fill("end", routes=join_words(told))

    def _fill(self, key: str, structure: str = "", **words: str) -> str:
        if structure:
            words["structure"] = call_structure(self.body, structure)
            plain = self.body.graph.nodes[structure].get("plain_name")
            words["name"] = name_structure(self.body, structure)
            words["plain"] = (
                f"the {plain or self.body.graph.nodes[structure].get('name', structure)}"
            )
        return capitalise(SENTENCES[key].format(**words))
