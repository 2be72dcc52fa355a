"""Findings about left and right, about regions, and about a weakened muscle."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from musclechain.anatomy.format import (
    SHOWN_N,
    call_structure,
    capitalise,
    format_change,
    format_newtons,
    join_words,
    name_structure,
    round_figures,
)
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.mechanics.spread import Result
from musclechain.mechanics.story import add_up_places
from musclechain.views.words.certainty import (
    HOW_SURE,
    RANGE,
    check_certainty,
    in_brackets,
    tabulate_certainty,
)
from musclechain.views.words.finding import PLACES, SAME_SIDE_N, Finding, say_more
from musclechain.views.words.tables import table_by_region

__all__ = ["describe_regions", "describe_sides", "describe_weakness", "describe_zigzag"]

SIDES = ("left", "right")
NEITHER, BOTH, TOLD_APART_N = "neither", "both", 1.0
# Two sides that work harder, and differ by less than this share, work alike.
ALIKE = 0.2
# The parts of the body that `describe_regions` adds up, from below; pelvis and hip work as one.
PARTS = {
    "calf": ("calf",),
    "thigh": ("thigh",),
    "hip and pelvis": ("hip", "pelvis"),
    "belly": ("abdomen",),
    "low back": ("lumbar",),
    "upper back": ("thoracic",),
    "neck": ("neck",),
}


def describe_weakness(strong: Result, weak: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say how much less a weakened muscle gives in the same task, and who takes over.

    Parameters
    ----------
    strong, weak : Result
        The same task, the second with a muscle weakened.
    certainty : Certainty
        Of what the weakness changes, ``weak.draws().beyond(strong.draws())``:
        where it is known, adds how sure it is that a muscle carries more, or
        less, than in the strong body.

    Returns
    -------
    Finding
        The weakened muscle and the four others that change most, N.

    Raises
    ------
    ValueError
        If the second result has no weakened muscle.
    """
    muscles = [name for name, left in weak.change.strength.items() if left < 1]
    if not muscles:
        raise ValueError(
            "The second result weakens no muscle. Add a Weaken or a HamstringStrain to its causes."
        )
    muscle, before, after = muscles[0], strong.table(), weak.table()
    kept = before.index[(before["kind"] == "muscle") & before.index.isin(after.index)]
    change = (after.loc[kept, "after_N"] - before.loc[kept, "after_N"]).drop(muscle)
    names = [muscle, *change.abs().sort_values(ascending=False, kind="stable").index[:4]]
    figures = pd.DataFrame(
        {
            "Muscle": [name_structure(weak.body, name) for name in names],
            "Strong (N)": before.loc[names, "after_N"].round(1),
            "Weakened (N)": after.loc[names, "after_N"].round(1),
        }
    )
    if check_certainty(certainty).is_known:
        figures[HOW_SURE] = certainty.words(names)
    most = change.idxmax()
    end = f"; {certainty.word(most)}" if certainty.word(most) else ""
    helper = (
        f" {capitalise(call_structure(weak.body, most))} takes over most"
        f" ({format_change(change[most])}{end})."
        if change[most] >= SHOWN_N
        else ""
    )
    return Finding(
        "The same task with a weakened muscle",
        f"{capitalise(call_structure(weak.body, muscle))} with"
        f" {100 * weak.change.strength[muscle]:.0f} % of its strength carries"
        f" {format_newtons(after.at[muscle, 'after_N'])} instead of"
        f" {format_newtons(before.at[muscle, 'after_N'])} in the same"
        f" task{in_brackets(certainty.word(muscle))}.{helper}",
        figures,
    )


def describe_sides(
    result: Result, region: str = "lumbar", certainty: Certainty = UNKNOWN
) -> Finding:
    """Say how the muscles of a region change on the left and on the right.

    Parameters
    ----------
    result : Result
    region : str
        Such as ``lumbar``, ``abdomen`` or ``neck``.
    certainty : Certainty
        Where it is known: adds how sure the change of each side is.

    Returns
    -------
    Finding

    Raises
    ------
    ValueError
        For a region without muscles.
    """
    table = table_by_region(result, certainty)
    here = table[table["Region"] == region].set_index("Side")
    if here.empty:
        raise ValueError(
            f"There is no region {region!r} with muscles. Choose one of:"
            f" {', '.join(table['Region'].unique())}."
        )
    columns = ["Side", "Before (N)", "After (N)", "Change (N)", HOW_SURE, RANGE]
    columns += ["By posture (N)", "By pull (N)", "By guarding (N)"]
    figures = here.reset_index()
    word = {side: here.at[side, HOW_SURE] if HOW_SURE in here else "" for side in SIDES}
    left, right = (
        f"{say_more(here.at[side, 'Change (N)'])}{in_brackets(word[side])}" for side in SIDES
    )
    return Finding(
        f"The muscles of {PLACES[region]}, side by side",
        f"In {PLACES[region]} the muscles on the left carry {left}, those on the right {right}:"
        f" {_say_lead(here)}.",
        figures[[column for column in columns if column in figures]],
    )


def _say_lead(here: pd.DataFrame) -> str:
    """Say which side of a region carries more."""
    lead = here.at["left", "After (N)"] - here.at["right", "After (N)"]
    if here.loc[list(SIDES), "Change (N)"].abs().max() < SAME_SIDE_N:
        return "neither side changes noticeably"
    # as the table prints them
    if round(abs(lead), 1) <= TOLD_APART_N:
        return "both sides carry about the same"
    more, less = SIDES if lead > 0 else reversed(SIDES)
    return f"now the {more} side carries more than the {less}"


def describe_regions(result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say how much more or less the muscles carry, from the calf up to the neck.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: adds how sure the change of each part is.

    Returns
    -------
    Finding
        Sums over both sides, the lowest region first; pelvis and hip, which
        work as one, are added.
    """
    groups, table = list_muscle_groups(result), result.table()
    members = {
        part: [name for region in regions for name in groups.get(region, ())]
        for part, regions in PARTS.items()
    }
    sums = {part: float(table.loc[names, "change_N"].sum()) for part, names in members.items()}
    figures = pd.DataFrame(
        {
            "Muscles of": list(sums),
            "Change, both sides together (N)": [round(value, 1) + 0.0 for value in sums.values()],
        }
    )
    sure = check_certainty(certainty).groups({part: m for part, m in members.items() if m})
    if certainty.is_known:
        figures = figures.assign(**tabulate_certainty(sure, sums))
    word = {part: in_brackets(sure["word"].get(part, "")) for part in sums}
    whole = "the neck as a whole" if certainty.is_known else "the neck"
    neck = f"{whole} {format_change(sums['neck'])}"
    if abs(sums["neck"]) < SAME_SIDE_N:
        neck = "the neck as before"
    return Finding(
        "From the calf to the neck",
        "The muscles around hip and pelvis together carry"
        f" {say_more(sums['hip and pelvis'])}{word['hip and pelvis']}, those of the low back"
        f" {say_more(sums['low back'])}{word['low back']}, {neck}{word['neck']}. Most changes in:"
        f" {max(sums, key=lambda part: abs(sums[part]))}.",
        figures,
    )


def _find_lead(left: float, right: float) -> str:
    """On which side more is added: a side, both or neither."""
    apart, most = abs(left - right), max(left, right)
    if round(apart, 1) <= TOLD_APART_N or most <= 0:
        return NEITHER
    if apart < ALIKE * most:
        return BOTH
    return "left" if left > right else "right"


def _say_where(places: Sequence[str]) -> str:
    """Say at which parts the side changes, on the way up."""
    return f", at {join_words(f'the {place}' for place in places)}" if places else ""


def describe_zigzag(result: Result) -> Finding:
    """Say, from the ground up, on which side the muscles work harder, and how often that changes.

    Sides that differ by less than 1 N, or that both work less, are not told apart; nor are two that
    both work harder and differ by less than a fifth.

    Parameters
    ----------
    result : Result

    Returns
    -------
    Finding
        By how much all muscles of each part change on the left and on the right, N; the rungs of
        the ladder, more and less taken together.
    """
    change = add_up_places(result)
    leads = [_find_lead(left, right) for left, right in change.values()]
    turns = [(place, side) for place, side in zip(change, leads, strict=True) if side in SIDES]
    where = [place for (_, below), (place, side) in pairwise(turns) if side != below]
    count = len(where)
    told = join_words(f"{place} {side}" for place, side in zip(change, leads, strict=True))
    often = {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")
    figures = pd.DataFrame(
        {
            "Part": list(change),
            "Left (N)": round_figures(np.array([left for left, _ in change.values()])),
            "Right (N)": round_figures(np.array([right for _, right in change.values()])),
            "Works harder": leads,
        }
    )
    return Finding(
        "From the ground up, left and right",
        f"The side that works harder, from the ground up: {told}. It changes {often}"
        f"{_say_where(where)}.",
        figures.iloc[::-1].reset_index(drop=True),
    )
