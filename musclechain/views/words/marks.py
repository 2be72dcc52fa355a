"""What became of the muscles that a learner marked before looking."""

from collections.abc import Sequence

from musclechain.anatomy.format import format_change, join_words, name_structure
from musclechain.mechanics.spread import Result
from musclechain.mechanics.ways import list_cause_structures

__all__ = ["describe_marks"]

# A change from here on counts as seen: the weight of a bar of chocolate.
SEEN_N = 1.0
MOST = 3


def describe_marks(result: Result, marked: Sequence[str]) -> str:
    """Compare marked structures with a result: which of them tighten, which do not, and which were
    missed.

    Parameters
    ----------
    result : Result
    marked : sequence of str
        Ids; those that the result does not compute count as unchanged.

    Returns
    -------
    str
        Plain text; empty without marks.
    """
    if not marked:
        return ""
    change, body = result.table()["change_N"], result.whole
    gains = change.drop(sorted(list_cause_structures(result)), errors="ignore")
    hits = [name for name in marked if change.get(name, 0.0) >= SEEN_N]
    others = [name for name in marked if name not in hits]
    muscles = result.table()["kind"] == "muscle"
    most = gains[muscles].sort_values(ascending=False, kind="stable")
    missed = [name for name in most.index if name not in marked and most[name] >= SEEN_N][:MOST]

    def tell(names: Sequence[str]) -> str:
        return join_words(
            f"{name_structure(body, name)} ({format_change(float(change.get(name, 0.0)))})"
            for name in names
        )

    told = [f"You marked {len(marked)}."]
    if hits:
        told.append(f"✓ Tighter: {tell(hits)}.")
    if others:
        told.append(f"✗ Not tighter, or by less than {SEEN_N:.0f} N: {tell(others)}.")
    if missed:
        told.append(
            f"Of the muscles not marked, most tighter: {tell(missed)}. Click one to see how."
        )
    return " ".join(told)
