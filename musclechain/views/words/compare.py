"""Two results, or two bodies, side by side."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
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
from musclechain.mechanics.groups import ABOVE_PELVIS
from musclechain.mechanics.spread import Result

__all__ = ["Comparison", "compare_results", "describe_difference"]


@dataclass(frozen=True)
class Comparison:
    """Two results side by side: in words, the greatest difference and the sums above the pelvis,
    and the table of differences."""

    difference: str
    above: str
    table: pd.DataFrame

    @property
    def sentence(self) -> str:
        """All of it in words."""
        return f"{self.difference} {self.above}".strip()


def compare_results(first: Result, second: Result) -> Comparison:
    """Compare two results, for example a whole body and one with a link cut.

    Parameters
    ----------
    first, second : Result

    Returns
    -------
    Comparison
        The table is sorted by the size of the difference; a structure that one
        of the bodies lacks has gaps and stands last.
    """
    left, right = first.table(), second.table()
    both = (
        left[["change_N", "after_N"]]
        .add_suffix("_1")
        .join(right[["change_N", "after_N"]].add_suffix("_2"), how="outer")
    )
    both = both.loc[[*left.index, *(name for name in right.index if name not in left.index)]]
    both["difference"] = both["change_N_2"] - both["change_N_1"]
    order = np.argsort(-both["difference"].abs().round(6).fillna(-1).to_numpy(), kind="stable")
    both = both.iloc[order]
    names = [
        name_structure(first.body if name in first.body.graph else second.body, name)
        for name in both.index
    ]
    table = pd.DataFrame(
        {
            "Structure": names,
            "Change, first (N)": round_figures(both["change_N_1"]),
            "Change, second (N)": round_figures(both["change_N_2"]),
            "Difference (N)": round_figures(both["difference"]),
            "After, first (N)": round_figures(both["after_N_1"]),
            "After, second (N)": round_figures(both["after_N_2"]),
        },
        index=both.index,
    )
    return Comparison(*_say_difference(first, second, both), table)


def _say_difference(first: Result, second: Result, both: pd.DataFrame) -> tuple[str, str]:
    start = capitalise(describe_difference(first.body, second.body))
    known = both.dropna(subset=["difference"])
    if known.empty or abs(known["difference"].iloc[0]) < SHOWN_N:
        return (
            f"{start}, no tension in this model changes otherwise than before by {SHOWN_N} N or"
            " more.",
            "",
        )
    row = known.iloc[0]
    old, new = row["change_N_1"], row["change_N_2"]
    where = call_structure(first.body if row.name in first.body.graph else second.body, row.name)
    own = {*first.change.tensions, *second.change.tensions}
    sums = [_sum_above(result, own) for result in (first, second)]
    above = (
        "stay at " + format_newtons(sums[0])
        if abs(sums[1] - sums[0]) < SHOWN_N
        else f"add up to {format_newtons(sums[1])} instead of {format_newtons(sums[0])}"
    )
    return (
        f"{start}, the difference is greatest in {where}:"
        f" {format_change(new)} instead of {format_change(old)} ({_direction(old, new)}).",
        f"The changes of the {'other ' if own else ''}muscles above the pelvis {above}.",
    )


def _direction(old: float, new: float) -> str:
    if abs(new) < SHOWN_N:
        return "the change vanishes"
    if abs(old) < SHOWN_N:
        return "a change appears"
    if old * new < 0:
        return "the change turns round"
    return "a smaller change" if abs(new) < abs(old) else "a larger change"


def _sum_above(result: Result, own: set[str]) -> float:
    """Add up the changes of the muscles above the pelvis, more and less both positive; those that
    the cause pulls are left out."""
    table = result.table()
    return (
        table.loc[
            (table["kind"] == "muscle")
            & table["region"].isin(ABOVE_PELVIS)
            & ~table.index.isin(own),
            "change_N",
        ]
        .abs()
        .sum()
    )


def describe_difference(first: Body, second: Body) -> str:
    """Say what the second body lacks; its own words if it lacks nothing.

    Parameters
    ----------
    first, second : Body

    Returns
    -------
    str
        Begins with a small letter: without ..., with the link cut between ..., in the second case.
    """
    gone = [node for node in first.graph if node not in second.graph]
    if gone:
        return f"without {join_words(call_structure(first, node) for node in gone)}"
    cut = [
        (a, b)
        for a, b, key, data in first.graph.edges(keys=True, data=True)
        if data.get("kind") in ("continuous", "attaches", "supplies")
        and not second.graph.has_edge(a, b, key=key)
    ]
    if cut:
        return "with the link cut between " + ", and between ".join(
            f"{call_structure(first, a)} and {call_structure(first, b)}" for a, b in cut
        )
    return "in the second case"
