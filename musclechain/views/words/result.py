"""A result in a few short sentences: what was asked, what changed most, where, by which route."""

from collections.abc import Iterable

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
)
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.groups import ABOVE_PELVIS, add_up, list_muscle_groups
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.spread import Result
from musclechain.mechanics.ways import list_cause_structures
from musclechain.views.words.causes import describe_causes
from musclechain.views.words.certainty import check_certainty
from musclechain.views.words.finding import name_joint
from musclechain.views.words.tables import rank_changes, table_of_routes

__all__ = [
    "LITTLE_N",
    "STILL_DEG",
    "describe_pose",
    "describe_result",
    "describe_routes",
    "name_main_route",
]


# "Little changes above the pelvis" is said when no structure there changes by this much (the weight
# of half a litre of water).
LITTLE_N = 5.0


# Smaller turns are called no turn.
STILL_DEG = 0.1


def describe_result(result: Result, certainty: Certainty = UNKNOWN) -> str:
    """Say in a few short sentences what was asked, what changed most, where and by which route.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: each change that is named is called settled, likely
        or said to depend, and so is the sum of the neck.

    Returns
    -------
    str
        Plain text; the names in it come from the data.

    Notes
    -----
    The structure that the cause itself pulls, weakens or hurts is not counted.
    "Little changes above the pelvis" is said when no structure there changes
    by `LITTLE_N` or more. Of the neck the total of its muscles is told, because
    their sharing is not settled. Where the greatest change depends on what
    nobody knows, the greatest settled one is named too.
    """
    if not result.causes and result.reference is None:
        return "Quiet standing on both feet: nothing was asked of the body, and nothing changes."
    table, own = result.table(), list_cause_structures(result)
    ranked = rank_changes(result, table=table[~table.index.isin(own)])
    start = [describe_causes(result), *_say_off(result)]
    if ranked.empty or abs(ranked["change_N"].iloc[0]) < SHOWN_N:
        return _join_sentences(
            [*start, f"nothing {'outside the cause ' if own else ''}changes by {SHOWN_N} N or more"]
        )
    first, sure = ranked.iloc[0], _Sure(result, certainty)
    most = ("outside the cause itself, " if own else "") + _say_most(result, ranked, first, sure)
    told = [
        *start,
        most,
        *_say_settled(result, ranked, first, sure),
        *_say_above(result, ranked, first, sure),
        *_say_limits(result, table),
    ]
    return _join_sentences(told)


def _join_sentences(told: Iterable[str]) -> str:
    return " ".join(f"{capitalise(clause)}." for clause in told)


class _Sure:
    """The words of certainty inside a sentence; empty while nothing is known of it."""

    def __init__(self, result: Result, certainty: Certainty) -> None:
        self.word = check_certainty(certainty).word
        neck = list_muscle_groups(result).get("neck")
        self.neck = certainty.group_word(neck) if neck else ""

    def tell(self, structure: str) -> str:
        return f"; {self.word(structure)}" if self.word(structure) else ""

    def tell_neck(self, table: pd.DataFrame) -> str:
        """How sure the neck's sum is, and whether that is also known of its muscles."""
        names = table.index[(table["region"] == "neck") & (table["kind"] == "muscle")]
        open_ones = any(self.word(name) not in ("settled", "") for name in names)
        parts = [self.neck] if self.neck else []
        return "; ".join([*parts, "how they share it depends"] if open_ones else parts)


def _say_off(result: Result) -> list[str]:
    off = [route for route in ("posture", "pull") if not result.routes[route]]
    return [f"{join_words(off)} {'is' if len(off) == 1 else 'are'} switched off"] if off else []


def _say_most(result: Result, ranked: pd.DataFrame, first: pd.Series, sure: _Sure) -> str:
    if first["region"] == "neck":
        told = sure.tell_neck(ranked)
        return (
            "the neck changes most (its muscles"
            f" {_neck_total(result)}{f'; {told}' if told else ''})"
        )
    both = _is_both(ranked, first.name)
    how = (
        f"{format_newtons(first['before_N'])} before,"
        f" {format_change(first['change_N'])}{' each' if both else ''}"
    )
    return (
        f"{_changes_most(result.body, first.name, both)} ({how}{sure.tell(first.name)}),"
        f" {name_main_route(first)}"
    )


def _changes_most(body: Body, structure: str, both: bool) -> str:
    return (
        f"{call_structure(body, structure, side=not both)} changes"
        f" most{' on both sides' if both else ''}"
    )


def _say_settled(result: Result, ranked: pd.DataFrame, first: pd.Series, sure: _Sure) -> list[str]:
    """Name the greatest change that is settled, where the greatest of all is not."""
    if sure.word(first.name) in ("settled", "") or first["region"] == "neck":
        return []
    settled = [
        name
        for name in ranked.index
        if sure.word(name) == "settled"
        and abs(ranked.at[name, "change_N"]) >= SHOWN_N
        and ranked.at[name, "region"] != "neck"
    ]
    return (
        [
            f"the greatest settled change is that of {call_structure(result.body, settled[0])}"
            f" ({format_change(ranked.at[settled[0], 'change_N'])})"
        ]
        if settled
        else ["no change is settled"]
    )


def _is_both(ranked: pd.DataFrame, structure: str) -> bool:
    twin = find_twin(structure)
    return (
        twin != structure
        and twin in ranked.index
        and abs(ranked.at[twin, "change_N"] - ranked.at[structure, "change_N"]) < SHOWN_N
    )


def name_main_route(row: pd.Series) -> str:
    """Name the route that makes a change, or the two that make it together."""
    sizes = {route: abs(row[f"{route}_N"]) for route in ROUTES}
    total = sum(sizes.values())
    largest = sorted(sizes, key=lambda route: sizes[route], reverse=True)
    share = sizes[largest[0]] / total if total else 0.0
    if share > 0.9:
        return f"almost all by {largest[0]}" if share < 0.9995 else f"by {largest[0]}"
    return (
        f"mostly by {largest[0]}" if share > 0.6 else f"by {largest[0]} and {largest[1]} together"
    )


def _neck_total(result: Result) -> str:
    """By how much all muscles of the neck change, those that the cause alters among them."""
    change = add_up(result, "neck")
    return (
        f"together carry {format_change(change)}"
        if abs(change) >= SHOWN_N
        else "together carry as much as before"
    )


def _say_above(result: Result, ranked: pd.DataFrame, first: pd.Series, sure: _Sure) -> list[str]:
    above = ranked[ranked["region"].isin(ABOVE_PELVIS)]
    if above.empty:
        return []
    largest = abs(above["change_N"].iloc[0])
    if largest < LITTLE_N:
        sums = [
            f"all muscles of the {part} together {format_change(add_up(result, region))}"
            for part, region in (("low back", "lumbar"), ("neck", "neck"))
            if region in list_muscle_groups(result) and first["region"] != region
        ]
        told = f" ({join_words(sums)})" if sums else ""
        return [
            f"little {'else ' if first['region'] in ABOVE_PELVIS else ''}changes above the"
            f" pelvis{told}"
        ]
    clauses = []
    trunk = above[above["region"] != "neck"]
    named = first["region"] in ABOVE_PELVIS
    if not named and len(trunk) and abs(trunk["change_N"].iloc[0]) >= LITTLE_N:
        row = trunk.iloc[0]
        both = _is_both(trunk, row.name)
        clauses.append(
            f"above the pelvis, {_changes_most(result.body, row.name, both)}"
            f" ({format_change(row['change_N'])}{' each' if both else ''}{sure.tell(row.name)})"
        )
    if first["region"] != "neck" and (above["region"] == "neck").any():
        how_sure = sure.tell_neck(above)
        end = f" ({how_sure})" if how_sure else ""
        clauses.append(f"the neck muscles {_neck_total(result)}{end}")
    return clauses


def _say_limits(result: Result, table: pd.DataFrame) -> list[str]:
    clauses = []
    over = [call_structure(result.body, name) for name in table.index[table["overloaded"]]]
    if over:
        named = over[:2] if len(over) > 2 else over
        more = [f"{len(over) - 2} more"] if len(over) > 2 else []
        clauses.append(
            f"{join_words(named + more)} {'works' if len(over) == 1 else 'work'} at full strength"
        )
    if result.gave_way:
        where = join_words([f"the {name_joint(name)}" for name in result.gave_way])
        clauses.append(f"not all that was asked can be held at {where}, and the body gives way")
    if not result.settled:
        clauses.append("the rounds of guarding did not come to rest")
    return clauses


POSE_PARTS = (("pelvis", "the pelvis"), ("thorax", "the trunk"), ("head", "the head"))


# column -> part -> words for a positive and for a negative turn
POSE_WORDS = {
    "flexion_deg": {
        "pelvis": ("turns forward", "turns backward"),
        "thorax": ("bends forward", "leans backward"),
        "head": ("nods forward", "tips backward"),
    },
    "side_bend_deg": {
        "pelvis": ("drops on the right", "drops on the left"),
        "thorax": ("leans to the right", "leans to the left"),
        "head": ("tilts to the right", "tilts to the left"),
    },
    "rotation_deg": dict.fromkeys(
        ("pelvis", "thorax", "head"), ("twists to the right", "twists to the left")
    ),
}


def describe_pose(result: Result) -> str:
    """Say how pelvis, trunk and head turn in the room, in degrees.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        Turns under `STILL_DEG` are left out.
    """
    pose, moving, still = result.pose(), [], []
    for bone, part in POSE_PARTS:
        turns = [
            (words[bone][0 if pose.at[bone, column] > 0 else 1], abs(pose.at[bone, column]))
            for column, words in POSE_WORDS.items()
        ]
        said = [
            f"{word} by {format_degrees(size)} degrees" for word, size in turns if size >= STILL_DEG
        ]
        moving += [f"{part} {join_words(said)}"] if said else []
        still += [] if said else [part]
    if not moving:
        return f"Pelvis, trunk and head stay as they were (no turn of {STILL_DEG} degrees or more)."
    rest = (
        f"; {join_words(still)} {'stays' if len(still) == 1 else 'stay'} as before" if still else ""
    )
    return capitalise("; ".join(moving)) + rest + "."


def describe_routes(result: Result) -> str:
    """Say how much of the muscles' change each route carries, above the pelvis and from the pelvis
    down.

    More and less both count, each route for itself, so that routes that work
    against each other do not vanish from the sum.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        Sums in N, shares in percent.
    """
    table, clauses = table_of_routes(result), []
    for part in ("pelvis and legs", "above the pelvis"):
        here = table[table["Part"] == part]
        total = here["Sum of changes (N)"].sum()
        where = "in the pelvis and the legs" if part == "pelvis and legs" else part
        if total < SHOWN_N:
            clauses.append(f"{where} no muscle changes")
            continue
        shares = join_words(
            f"{route} {format_percent(share)}"
            for route, share in zip(here["Route"], here["Share"], strict=True)
        )
        clauses.append(f"{where} the changes add up to {format_newtons(total)}: {shares}")
    if "no muscle changes" in clauses[0] and "no muscle changes" in clauses[1]:
        return "No muscle changes by any route."
    return capitalise("; ".join(clauses)) + "."
