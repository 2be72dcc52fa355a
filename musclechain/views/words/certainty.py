"""How sure, in words: settled, likely, depends; for one structure, for sums, and for a whole
picture.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from musclechain.anatomy.format import SHOWN_N, format_range, join_words
from musclechain.mechanics.certainty import WORDS, Certainty, Pending

__all__ = [
    "HOW_SURE",
    "IF_SETTLED",
    "NOT_KNOWN",
    "PENDING",
    "RANGE",
    "check_certainty",
    "count_words",
    "describe_certainty",
    "in_brackets",
    "list_words",
    "say_certainty",
    "tabulate_certainty",
]

HOW_SURE, RANGE, NOT_KNOWN = "How sure", "90 % range (N)", "not known"
IF_SETTLED = "settled if this theory holds"
PENDING = "How sure: not computed yet."


def check_certainty(certainty: Any) -> Certainty:
    """Return what can be asked how sure a change is; anything else is refused in words.

    Raises
    ------
    ValueError
    """
    if not isinstance(certainty, Certainty):
        raise ValueError(
            "How sure a change is can be asked of draws alone: give certainty=result.draws(), not"
            f" a {type(certainty).__name__} such as the table of result.certainty()."
        )
    return certainty


def in_brackets(word: str) -> str:
    """Put a word of certainty behind what it is about: `` (settled)``; nothing where there is
    none."""
    return f" ({word})" if word else ""


def say_certainty(
    certainty: Certainty,
    structure: str,
    rises: tuple[str, str, str] = ("rises", "falls", "stays about the same"),
) -> str:
    """Say how sure one change is: ``settled: in 100 % of 200 bodies it rises; 90 % range +8.0 to
    +31 N``.

    Parameters
    ----------
    certainty : Certainty
        Known.
    structure : str
    rises : (str, str, str)
        Words for more, less and no change.

    Returns
    -------
    str
    """
    table = certainty.table()
    row = table.loc[structure]
    change = row["change_N"]
    word = _qualify(row["word"], structure in table.attrs["assumed"])
    how = rises[2] if abs(change) < SHOWN_N else rises[0] if change > 0 else rises[1]
    return (
        f"{word}: in {100 * row['same_sign']:.0f} % of {certainty.bodies} bodies it {how}; 90 %"
        " range"
        f" {format_range(row['low_N'], row['high_N'])}"
    )


def _qualify(word: str, assumed: bool) -> str:
    """No draw can settle what an assumption makes."""
    return IF_SETTLED if assumed and word == "settled" else word


def count_words(words: Iterable[str]) -> str:
    """Count words of certainty in a sentence: ``3 settled, 1 likely and 2 depends``.

    Parameters
    ----------
    words : iterable of str

    Returns
    -------
    str
        Words that do not occur are left out; empty without words.

    Examples
    --------
    >>> count_words(["depends", "settled", "settled"])
    '2 settled and 1 depends'
    """
    words = list(words)
    known = (*WORDS, NOT_KNOWN)
    return join_words(f"{words.count(word)} {word}" for word in known if word in words)


def tabulate_certainty(rows: pd.DataFrame, names: Iterable[str]) -> dict[str, list[str]]:
    """Make the two columns that every table of changes gets: how sure, and the 90 % range.

    Parameters
    ----------
    rows : pandas.DataFrame
        As ``certainty.table()`` or ``certainty.groups(...)`` gives it.
    names : iterable of str
        Structures, or groups if the table is one of groups.

    Returns
    -------
    dict of str to list of str
        Two columns in the order of `names`: `HOW_SURE` and `RANGE` (N); what
        the table lacks is not known.
    """
    known, assumed = rows.reindex(list(names)), rows.attrs.get("assumed", ())
    fine = known["word"].isin(list(WORDS))
    return {
        HOW_SURE: [
            _qualify(word, name in assumed) if there else NOT_KNOWN
            for name, word, there in zip(known.index, known["word"], fine, strict=True)
        ],
        RANGE: [
            format_range(low, high, unit=False) if there else "–"
            for low, high, there in zip(known["low_N"], known["high_N"], fine, strict=True)
        ],
    }


def list_words(certainty: Certainty) -> dict[str, str]:
    """List the word of each structure, as the body map takes it: id to settled, likely or
    depends."""
    return certainty.table()["word"].to_dict()


def describe_certainty(certainty: Certainty) -> str:
    """Say how many of the changes are settled, likely, or depend on what nobody knows.

    Parameters
    ----------
    certainty : Certainty

    Returns
    -------
    str
        One sentence or two; how far the draws are where they are under way;
        nothing where nobody has asked. Counted are changes of 0.05 N and more;
        structures that do not change here, but do in some of the drawn bodies,
        are told apart.

    Examples
    --------
    >>> describe_certainty(Pending(done=60, asked=200))
    'How sure? Being computed: 60 of 200 bodies tried.'
    """
    if isinstance(certainty, Pending):
        return f"How sure? Being computed: {certainty.done} of {certainty.asked} bodies tried."
    if not certainty.is_known:
        return f"How sure? Not known. {certainty.reason}" if certainty.reason else ""
    table = certainty.table()
    changed = table["change_N"].abs() >= SHOWN_N
    word, others = table.loc[changed, "word"], int((table.loc[~changed, "word"] != "settled").sum())
    if word.empty and not others:
        return (
            f"How sure? In {certainty.bodies} bodies that fit what is known nothing changes"
            " either: settled."
        )
    count = {known: int((word == known).sum()) for known in WORDS}
    rest = join_words(_say_unsettled(count))
    return (
        f"How sure? Of {len(word)} changes {count['settled']}"
        f" {'is' if count['settled'] == 1 else 'are'} settled{f'; {rest}' if rest else ''}."
        f"{_say_others(others)}{_say_assumed(certainty)}"
    )


def _say_assumed(certainty: Certainty) -> str:
    """No draw can settle what an assumption makes."""
    added = certainty.only("guarding").table()["change_N"].abs().max()
    return " What guarding adds holds only if its theory does." if added >= SHOWN_N else ""


def _say_unsettled(count: dict[str, int]) -> list[str]:
    likely, depends = count["likely"], count["depends"]
    parts = []
    if likely:
        parts.append(f"{likely} {'is' if likely == 1 else 'are'} likely (paler)")
    if depends:
        verb = "depends" if depends == 1 else "depend"
        parts.append(f"{depends} {verb} on what nobody knows (palest)")
    return parts


def _say_others(others: int) -> str:
    if not others:
        return ""
    single = others == 1
    return (
        f" {others} more {'does' if single else 'do'} not change here, but in other bodies"
        f" {'it does' if single else 'they do'}."
    )
