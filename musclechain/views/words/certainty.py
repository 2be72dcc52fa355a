"""How sure, in words: settled, likely, depends; for one structure, for sums, for one route, for two
results compared, and for a whole picture.

What the views call "certainty" is either the table of `Result.certainty`, which
knows single structures, or the `Draws` behind it, which know sums as well.
"""

from dataclasses import replace

import numpy as np

from musclechain.anatomy.records import REGIONS
from musclechain.mechanics.certainty import ROUTES, Answer
from musclechain.views.words.format import SHOWN_N, format_range, join_words

__all__ = [
    "ABOVE_PELVIS",
    "HOW_SURE",
    "NOT_KNOWN",
    "RANGE",
    "WORDS",
    "count_bodies",
    "count_words",
    "describe_certainty",
    "describe_pending",
    "describe_sum",
    "describe_unknown",
    "keep_route",
    "list_muscle_groups",
    "list_words",
    "read_certainty",
    "read_draws",
    "read_pair",
    "say_certainty",
    "subtract_draws",
    "tabulate_certainty",
]


ABOVE_PELVIS = ("abdomen", "lumbar", "thoracic", "shoulder", "neck", "head")


HOW_SURE, RANGE, NOT_KNOWN = "How sure", "90 % range (N)", "not known"


WORDS = ("settled", "likely", "depends")


def read_certainty(certainty):
    """Read the table of structures from a table or from `Draws`.

    Parameters
    ----------
    certainty : Draws, pandas.DataFrame or None

    Returns
    -------
    pandas.DataFrame or None
        As `Result.certainty` gives it; None stays None.
    """
    return certainty.table() if callable(getattr(certainty, "table", None)) else certainty


def read_draws(certainty):
    """Return `Draws`; a table of certainty, which knows no sums, is refused in words.

    Parameters
    ----------
    certainty : Draws

    Returns
    -------
    Draws

    Raises
    ------
    ValueError
        For anything else.
    """
    if not hasattr(certainty, "groups") or not hasattr(certainty, "joints"):
        raise ValueError(
            "Sums, joints and angles need the draws themselves: give certainty=result.draws(), not"
            " the table of result.certainty()."
        )
    return certainty


def read_pair(certainty, first):
    """Return the `Draws` of two results that are compared.

    Parameters
    ----------
    certainty : (Draws, Draws) or Draws
        Of both results; or of the second one alone, with the usual seed: then
        those of the first are made here, which takes as long again.
    first : Result

    Returns
    -------
    (Draws, Draws)

    Raises
    ------
    ValueError
        For anything else.
    SolveError
        If too few of the drawn bodies can hold the first state.
    """
    if not isinstance(certainty, (tuple, list)):
        second = read_draws(certainty)
        return first.draws(second.draws), second
    if len(certainty) != 2:
        raise ValueError(
            "Two results are compared here, so how sure it is needs the draws of both: give"
            " certainty=(first.draws(), second.draws())."
        )
    return tuple(map(read_draws, certainty))


def keep_route(draws, route):
    """Keep of drawn answers only what one route adds.

    Parameters
    ----------
    draws : Draws
    route : "posture", "pull" or "guarding"

    Returns
    -------
    Draws
        Its table and its groups tell of this route alone; joints and angles stay those of all
        routes.
    """
    draws, at = read_draws(draws), ROUTES.index(route)
    only = np.arange(len(ROUTES)) == at
    mask = only[:, None]
    return replace(
        draws,
        by_route=draws.by_route * mask,
        shown=replace(draws.shown, by_route=draws.shown.by_route * mask),
    )


def subtract_draws(first, second, absolute_angles=False):
    """Answer body by body how much more the second result shows than the first.

    Parameters
    ----------
    first, second : Draws
        Of the same body, with the same seed and number of draws: draw by draw
        they are then the same bodies.
    absolute_angles : bool
        Whether angles are compared by their size, whichever way they turn.

    Returns
    -------
    Draws or None
        Second minus first. None where the bodies cannot be paired: some of
        them could not hold one of the states, or the draws differ in number.
    """
    paired = first.draws == second.draws == len(first.by_route) == len(second.by_route) and (
        first.structures,
        first.bones,
    ) == (second.structures, second.bones)
    if not paired:
        return None
    size = np.abs if absolute_angles else np.asarray
    shown = Answer(
        second.shown.by_route - first.shown.by_route,
        second.shown.loads - first.shown.loads,
        size(second.shown.angles) - size(first.shown.angles),
    )
    return replace(
        second,
        shown=shown,
        by_route=second.by_route - first.by_route,
        loads=second.loads - first.loads,
        angles=size(second.angles) - size(first.angles),
    )


def list_muscle_groups(result):
    """List the muscles that are added up: of each region and side, above the pelvis, and from the
    pelvis down.

    Ligaments, tendons and fasciae are left out: they carry the same tension
    on, and adding them would count it twice.

    Parameters
    ----------
    result : Result

    Returns
    -------
    dict of str to list of str
        Such as ``"neck"``, ``"neck, left"``, ``"above the pelvis"``; groups without muscles are
        left out.
    """
    table = result.table()
    muscles = table[table["kind"] == "muscle"]
    above = muscles["region"].isin(ABOVE_PELVIS)
    groups = {"above the pelvis": muscles.index[above], "pelvis and legs": muscles.index[~above]}
    for region in (*REGIONS, *(one for one in muscles["region"].unique() if one not in REGIONS)):
        here = muscles[muscles["region"] == region]
        groups |= {
            region: here.index,
            **{f"{region}, {side}": here.index[here["side"] == side] for side in ("left", "right")},
        }
    return {name: list(members) for name, members in groups.items() if len(members)}


def describe_sum(certainty, result, group):
    """Find the certainty of a group of `list_muscle_groups`; None where only single structures are
    known.

    Parameters
    ----------
    certainty : Draws, pandas.DataFrame or None
    result : Result
    group : str
        Such as ``"neck"``.

    Returns
    -------
    pandas.Series or None
        change_N, same_sign, low_N, high_N, word.

    Raises
    ------
    KeyError
        With `Draws`, for a group that is not of `list_muscle_groups`.
    """
    if not hasattr(certainty, "groups"):
        return None
    return certainty.groups({group: list_muscle_groups(result)[group]}).loc[group]


def say_certainty(row, bodies, rises=("rises", "falls", "stays about the same")):
    """Say how sure one change is: ``settled: in 100 % of 200 bodies it rises; 90 % range +8.0 to
    +31 N``.

    Parameters
    ----------
    row : pandas.Series
        A row of a table of certainty.
    bodies : int
        Number of bodies that were drawn and could be solved.
    rises : (str, str, str)
        Words for more, less and no change.

    Returns
    -------
    str
    """
    change = row["change_N"]
    how = rises[2] if abs(change) < SHOWN_N else rises[0] if change > 0 else rises[1]
    return (
        f"{row['word']}: in {100 * row['same_sign']:.0f} % of {bodies} bodies it {how}; 90 % range"
        f" {format_range(row['low_N'], row['high_N'])}"
    )


def count_bodies(table):
    """Count the bodies behind a table of certainty: those that were drawn and could hold the state.

    Parameters
    ----------
    table : pandas.DataFrame
        As `Result.certainty` gives it.

    Returns
    -------
    int
        0 if the table does not know.
    """
    return table.attrs.get("draws", 0) - table.attrs.get("failed", 0)


def count_words(words):
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
    return join_words(
        f"{words.count(word)} {word}" for word in (*WORDS, NOT_KNOWN) if word in words
    )


def tabulate_certainty(certainty, names):
    """Make the two columns that every table of changes gets: how sure, and the 90 % range.

    Parameters
    ----------
    certainty : Draws or pandas.DataFrame
    names : iterable of str
        Structures, or groups if the table is one of groups.

    Returns
    -------
    dict of str to list of str
        Two columns in the order of `names`: `HOW_SURE` and `RANGE` (N); what
        the table lacks is not known.
    """
    rows = read_certainty(certainty).reindex(list(names))
    known = rows["word"].notna()
    return {
        HOW_SURE: [
            word if fine else NOT_KNOWN for word, fine in zip(rows["word"], known, strict=True)
        ],
        RANGE: [
            format_range(low, high, unit=False) if fine else "–"
            for low, high, fine in zip(rows["low_N"], rows["high_N"], known, strict=True)
        ],
    }


def list_words(certainty):
    """List the word of each structure, as the body map takes it.

    Parameters
    ----------
    certainty : Draws or pandas.DataFrame

    Returns
    -------
    dict of str to {"settled", "likely", "depends"}
        By structure id.
    """
    return read_certainty(certainty)["word"].to_dict()


def describe_certainty(certainty):
    """Say how many of the changes are settled, likely, or depend on what nobody knows.

    Parameters
    ----------
    certainty : Draws or pandas.DataFrame

    Returns
    -------
    str
        One sentence or two. Counted are changes of 0.05 N and more; structures that do not change
        here, but do in some of the drawn bodies, are told apart.
    """
    table = read_certainty(certainty)
    changed = table["change_N"].abs() >= SHOWN_N
    word, others = table.loc[changed, "word"], int((table.loc[~changed, "word"] != "settled").sum())
    if word.empty and not others:
        return (
            f"How sure? In {count_bodies(table)} bodies that fit what is known nothing changes"
            " either: settled."
        )
    count = {one: int((word == one).sum()) for one in ("settled", "likely", "depends")}
    parts = (
        [f"{count['likely']} {'is' if count['likely'] == 1 else 'are'} likely (dotted)"]
        if count["likely"]
        else []
    )
    parts += (
        [
            f"{count['depends']} {'depends' if count['depends'] == 1 else 'depend'} on what nobody"
            " knows (hatched)"
        ]
        if count["depends"]
        else []
    )
    rest = f"; {join_words(parts)}" if parts else ""
    more = (
        f" {others} more {'does' if others == 1 else 'do'} not change here, but in other bodies"
        f" {'it does' if others == 1 else 'they do'}."
        if others
        else ""
    )
    return (
        f"How sure? Of {len(word)} changes {count['settled']}"
        f" {'is' if count['settled'] == 1 else 'are'} settled{rest}.{more}"
    )


def describe_pending(done, draws):
    """Say that the certainty is on its way: ``How sure? Being computed: 60 of 200 draws.``

    Parameters
    ----------
    done, draws : int

    Returns
    -------
    str

    Examples
    --------
    >>> describe_pending(60, 200)
    'How sure? Being computed: 60 of 200 draws.'
    """
    return f"How sure? Being computed: {done} of {draws} draws."


def describe_unknown(error):
    """Say why no certainty could be found.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str
    """
    return f"How sure? Not known. {str(error).strip() or type(error).__name__}"
