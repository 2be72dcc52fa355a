"""Findings about left and right, about regions, and about a weakened muscle."""

import pandas as pd

from musclechain.views.words.certainty import (
    HOW_SURE,
    NOT_KNOWN,
    RANGE,
    list_muscle_groups,
    read_draws,
    read_pair,
    subtract_draws,
)
from musclechain.views.words.finding import PLACES, SAME_SIDE_N, Finding, _more
from musclechain.views.words.format import (
    SHOWN_N,
    call_structure,
    capitalise,
    format_change,
    format_newtons,
    format_range,
    name_structure,
)
from musclechain.views.words.tables import table_by_region

__all__ = ["describe_regions", "describe_sides", "describe_weakness"]


def describe_weakness(strong, weak, certainty=None):
    """Say how much less a weakened muscle gives in the same task, and who takes over.

    Parameters
    ----------
    strong, weak : Result
        The same task, the second with a muscle weakened.
    certainty : Draws or (Draws, Draws), optional
        Of `weak`, or of `strong` and `weak`, which is faster: adds how sure it
        is that a muscle carries more, or less, than in the strong body.

    Returns
    -------
    Finding
        The weakened muscle and the four others that change most, N.

    Raises
    ------
    ValueError
        If the second result has no weakened muscle, or for a table in place of `Draws`.
    """
    muscles = [name for name, left in weak.demand.capacity.items() if left < 1]
    if not muscles:
        raise ValueError(
            "The second result weakens no muscle. Add a Weaken or a HamstringStrain to its causes."
        )
    muscle, one, two = muscles[0], strong.table(), weak.table()
    kept = [name for name in one.index if name in two.index and one.at[name, "kind"] == "muscle"]
    change = (two.loc[kept, "after_N"] - one.loc[kept, "after_N"]).drop(muscle)
    order = change.abs().sort_values(ascending=False, kind="stable").index[:4]
    names = [muscle, *order]
    figures = pd.DataFrame(
        {
            "Muscle": [name_structure(weak.body, name) for name in names],
            "Strong (N)": one.loc[names, "after_N"].round(1),
            "Weakened (N)": two.loc[names, "after_N"].round(1),
        }
    )
    most, word = change.idxmax(), {}
    if certainty is not None:
        sure = subtract_draws(*read_pair(certainty, strong))
        word = dict.fromkeys(one.index, NOT_KNOWN) if sure is None else sure.table()["word"]
        figures[HOW_SURE] = [word[name] for name in names]

    def tell(name):
        return f" ({word[name]})" if len(word) else ""

    helper = (
        f" {capitalise(call_structure(weak.body, most))} takes over most"
        f" ({format_change(change[most])}{f'; {word[most]}' if len(word) else ''})."
        if change[most] >= SHOWN_N
        else ""
    )
    return Finding(
        "The same task with a weakened muscle",
        f"{capitalise(call_structure(weak.body, muscle))} with"
        f" {100 * weak.demand.capacity[muscle]:.0f} % of its strength carries"
        f" {format_newtons(two.at[muscle, 'after_N'])} instead of"
        f" {format_newtons(one.at[muscle, 'after_N'])} in the same task{tell(muscle)}.{helper}",
        figures,
    )


def describe_sides(result, region="lumbar", certainty=None):
    """Say how the muscles of a region change on the left and on the right.

    Parameters
    ----------
    result : Result
    region : str
        Such as ``lumbar``, ``abdomen`` or ``neck``.
    certainty : Draws, optional
        Adds how sure the change of each side is, to the sentence and the table.

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
    left, right = here.at["left", "Change (N)"], here.at["right", "Change (N)"]
    lead = here.at["left", "After (N)"] - here.at["right", "After (N)"]
    if max(abs(left), abs(right)) < SAME_SIDE_N:
        sides = "neither side changes noticeably"
    elif abs(lead) < SAME_SIDE_N:
        sides = "both sides carry the same"
    else:
        sides = (
            f"now the {'left' if lead > 0 else 'right'} side carries more than the"
            f" {'right' if lead > 0 else 'left'}"
        )
    sure = [HOW_SURE, RANGE] if certainty is not None else []
    figures = here.reset_index()[
        [
            "Side",
            "Before (N)",
            "After (N)",
            "Change (N)",
            *sure,
            "By posture (N)",
            "By pull (N)",
            "By guarding (N)",
        ]
    ]
    word = {side: f" ({here.at[side, HOW_SURE]})" if sure else "" for side in ("left", "right")}
    return Finding(
        f"The muscles of {PLACES[region]}, side by side",
        f"In {PLACES[region]} the muscles on the left carry {_more(left)}{word['left']}, those on"
        f" the right {_more(right)}{word['right']}: {sides}.",
        figures,
    )


def describe_regions(result, certainty=None):
    """Say how much more or less the muscles carry, from the calf up to the neck.

    Parameters
    ----------
    result : Result
    certainty : Draws, optional
        Adds how sure the change of each part is, to the sentence and the table.

    Returns
    -------
    Finding
        Sums over both sides, the lowest region first; pelvis and hip, which
        work as one, are added.
    """
    groups, table = list_muscle_groups(result), result.table()
    parts = {
        "calf": ["calf"],
        "thigh": ["thigh"],
        "hip and pelvis": ["hip", "pelvis"],
        "belly": ["abdomen"],
        "low back": ["lumbar"],
        "upper back": ["thoracic"],
        "neck": ["neck"],
    }
    members = {
        part: [name for region in regions for name in groups.get(region, ())]
        for part, regions in parts.items()
    }
    sums = {part: float(table.loc[names, "change_N"].sum()) for part, names in members.items()}
    figures = pd.DataFrame(
        {
            "Muscles of": list(sums),
            "Change, both sides together (N)": [round(value, 1) + 0.0 for value in sums.values()],
        }
    )
    word = dict.fromkeys(sums, "")
    if certainty is not None:
        sure = (
            read_draws(certainty)
            .groups({part: names for part, names in members.items() if names})
            .reindex(list(members))
        )
        figures[HOW_SURE] = sure["word"].fillna("not known").to_list()
        figures[RANGE] = [
            format_range(low, high, unit=False)
            for low, high in zip(sure["low_N"], sure["high_N"], strict=True)
        ]
        word = {part: f" ({figures.set_index('Muscles of').at[part, HOW_SURE]})" for part in sums}
    neck = (
        "the neck as before"
        if abs(sums["neck"]) < SAME_SIDE_N
        else (
            f"the neck as a whole {format_change(sums['neck'])}"
            if certainty is not None
            else f"the neck {format_change(sums['neck'])}"
        )
    )
    most = max(sums, key=lambda part: abs(sums[part]))
    return Finding(
        "From the calf to the neck",
        "The muscles around hip and pelvis together carry"
        f" {_more(sums['hip and pelvis'])}{word['hip and pelvis']}, those of the low back"
        f" {_more(sums['low back'])}{word['low back']}, {neck}{word['neck']}. Most changes in:"
        f" {most}.",
        figures,
    )
