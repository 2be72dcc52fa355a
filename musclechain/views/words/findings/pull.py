"""Findings about the route pull: how far it reaches, along a chain, before and after a cut."""

import math
from typing import Any

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
from musclechain.anatomy.records import REGIONS
from musclechain.anatomy.ways import find_stations
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.spread import Result
from musclechain.views.words.certainty import (
    check_certainty,
    count_words,
    in_brackets,
    tabulate_certainty,
)
from musclechain.views.words.compare import compare_results
from musclechain.views.words.finding import PLACES, Finding, say_more

__all__ = ["describe_chain", "describe_cut", "describe_reach"]

BACK_AND_NECK = ("lumbar", "thoracic", "neck")
NECK = "neck muscles together"


def describe_reach(result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say how much of a tension that was added in one place arrives elsewhere, by the route pull
    alone.

    Parameters
    ----------
    result : Result
        Of a cause that adds tension, such as ``HamstringStrain`` or ``PullOn``.
    certainty : Certainty
        Where it is known: adds how sure the direction of each change by pull is.

    Returns
    -------
    Finding
        One row for each region, the nearest first: by how much pull changes
        all its muscles together (N), then the structure there that it changes
        most, by how much (N), and the share of what was added (%). The
        structures that the cause itself pulls count in the first row only.

    Raises
    ------
    ValueError
        If the cause adds no tension, so that there is nothing to hand on.

    Notes
    -----
    Of the neck the sum of its muscles is told, because how they share it is
    not settled.
    """
    own = list(result.change.tensions)
    if not own:
        raise ValueError(
            "This cause adds no tension anywhere, so nothing is handed on. Ask about a"
            " HamstringStrain or a PullOn."
        )
    table = result.table()
    others, home = table[~table.index.isin(own)], table.at[own[0], "region"]
    rows = {
        "the cause itself": own,
        **{
            PLACES[region]: _find_most_pulled(others[others["region"] == region])
            for region in _by_distance(home)
        },
    }
    muscles = others[others["kind"] == "muscle"]
    together = {
        PLACES[region]: list(muscles.index[muscles["region"] == region]) for region in REGIONS
    }
    groups = {where: names for where, names in rows.items() if names}
    added, sums = (
        table.loc[own, "pull_N"].sum(),
        {where: float(table.loc[names, "pull_N"].sum()) for where, names in groups.items()},
    )
    shown = [where for where in rows if where in groups]
    added_up = {
        where: float(table.loc[names, "pull_N"].sum()) for where, names in together.items() if names
    }
    named = {
        where: (
            f"the {NECK}"
            if where == PLACES["neck"] and len(names) > 1
            else call_structure(result.body, names[0])
        )
        for where, names in groups.items()
    }
    figures = pd.DataFrame(
        {
            "Where": shown,
            "Its muscles, without the cause (N)": [
                round(added_up[where], 1) + 0.0 if where in added_up else np.nan for where in shown
            ],
            "Most changed by pull": [
                (
                    capitalise(NECK)
                    if NECK in named[where]
                    else name_structure(result.body, groups[where][0])
                )
                for where in shown
            ],
            "Change by pull (N)": [round(sums[where], 1) + 0.0 for where in shown],
            "Share of what was added (%)": [
                round(100 * abs(sums[where]) / added, 1) if added >= SHOWN_N else 0.0
                for where in shown
            ],
        }
    )
    pulled = check_certainty(certainty).only("pull")
    sure = pulled.groups(groups)
    words = {where: pulled.group_word(together[where]) for where in added_up}
    if certainty.is_known:
        figures = figures.assign(**tabulate_certainty(sure, shown))
    trunk, kind = (
        others.loc[others["region"].isin(BACK_AND_NECK), "pull_N"],
        "other structure" if table.loc[own, "region"].isin(BACK_AND_NECK).any() else "structure",
    )
    limit = (
        f"No {kind} of back or neck changes by more than"
        f" {math.ceil(100 * trunk.abs().max() / added)} % of what was added."
        if len(trunk) and added >= SHOWN_N
        else ""
    )
    return Finding(
        "How far the pull reaches",
        _reach_sentence(named["the cause itself"], added_up, added, limit, words),
        figures,
    )


def _find_most_pulled(here: pd.DataFrame) -> list[str]:
    """The structure of a region that pull changes most; of the neck all muscles, because only
    their sum can be told."""
    neck = here.index[(here["region"] == "neck") & (here["kind"] == "muscle")]
    return list(neck) if len(neck) else [here["pull_N"].abs().idxmax()] if len(here) else []


def _by_distance(home: str) -> list[str]:
    """Order the regions by their distance from this one, those above first."""
    place = REGIONS.index(home)
    return sorted(
        REGIONS,
        key=lambda region: (REGIONS.index(region) < place, abs(REGIONS.index(region) - place)),
    )


def _reach_sentence(
    cause: str,
    sums: dict[str, float],
    added: float,
    limit: str,
    words: dict[str, str],
) -> str:
    """Tell what arrives in hip, pelvis, low back and neck, with the words of certainty where there
    are any."""
    if added < SHOWN_N:
        return "Pull adds nothing here, so nothing is handed on."

    told = [
        f"those of {where} {say_more(sums[where])}{in_brackets(words[where])}"
        for where in ("the hip", "the pelvis", "the low back", "the neck")
        if where in sums
    ]
    arrived = f"All muscles added up, it arrives so: {join_words(told)}." if told else ""
    parts = (f"Pull adds {format_newtons(added)} in {cause}.", arrived, limit)
    return " ".join(part for part in parts if part)


def describe_chain(result: Result, chain: str, certainty: Certainty = UNKNOWN) -> Finding:
    """Say what pull changes at each station of a myofascial chain.

    Parameters
    ----------
    result : Result
    chain : str
        Id of ``body.chains``, such as ``superficial_back_line_left``.
    certainty : Certainty
        Where it is known: adds how sure the direction of each change by pull is.

    Returns
    -------
    Finding
        Changes in N; stations that the model does not compute have a gap.

    Raises
    ------
    ValueError
        For an unknown chain.
    """
    chains = result.body.chains
    if chain not in chains:
        raise ValueError(f"There is no chain {chain!r}. Choose one of: {', '.join(chains)}.")
    stations, steps = find_stations(result.body, chain)
    pull = result.table()["pull_N"].reindex(stations)
    grades = [step.grade or "none" for step in steps]
    figures = pd.DataFrame(
        {
            "Station": [name_structure(result.body, name) for name in stations],
            "Change by pull (N)": pull.round(1).to_numpy() + 0.0,
            "Evidence for the link to the next": [*grades, "end of the line"],
        }
    )
    told = [format_newtons(value, signed=True) for value in pull.dropna()]
    sentence = (
        f"Along this line pull changes the tension, from station to station, by {', '.join(told)}."
    )
    if check_certainty(certainty).is_known:
        sure = certainty.only("pull").table()
        for place, (title, column) in enumerate(
            tabulate_certainty(sure, stations).items(), start=2
        ):
            figures.insert(place, title, column)
        sentence += (
            " How sure the direction is, station by station:"
            f" {count_words(sure['word'].reindex(pull.dropna().index))}."
        )
    return Finding(f"{chains[chain].name}, station by station", sentence, figures)


def describe_cut(whole: Result, cut: Result) -> Finding:
    """Say what cutting a structure or a link changes, and whether less or more arrives above the
    pelvis.

    Parameters
    ----------
    whole, cut : Result
        The same cause put to the whole body and to the body with the cut.

    Returns
    -------
    Finding
        The six greatest differences, then all muscles of the low back, of the
        upper back and of the neck together, N. The structures that the cause
        itself pulls are not counted among them.
    """
    compared, own = compare_results(whole, cut), {*whole.change.tensions, *cut.change.tensions}
    sums = pd.DataFrame(
        [_add_up_cut(whole, cut, region, own) for region in BACK_AND_NECK],
        columns=compared.table.columns,
        index=BACK_AND_NECK,
    )
    told = [
        f"those of {PLACES[region]} {_say_cut(then, now)}"
        for region, then, now in zip(sums.index, *(sums.iloc[:, k] for k in (1, 2)), strict=True)
    ]
    before, after = _trunk_pull(whole, own), _trunk_pull(cut, own)
    turn = (
        "no more and no less"
        if abs(after - before) < SHOWN_N
        else "less"
        if after < before
        else "more"
    )
    return Finding(
        "Before and after the cut",
        f"{compared.difference} By pull, back and neck change {turn} than before the cut: all"
        f" muscles added up, {join_words(told)}.",
        pd.concat([compared.table.head(6), sums]).rename(
            columns=lambda name: name.replace("first", "whole").replace("second", "cut")
        ),
    )


def _say_cut(then: float, now: float) -> str:
    """Say a change after a cut, and the one before it where that was another."""
    if abs(now - then) < SHOWN_N:
        return f"{format_change(now)} as before"
    return f"{format_change(now)} instead of {format_change(then)}"


def _trunk_pull(result: Result, own: set[str]) -> float:
    """Add up what pull changes in the muscles of back and neck, more and less both positive."""
    table = result.table()
    here = (table["kind"] == "muscle") & table["region"].isin(BACK_AND_NECK)
    return table.loc[here & ~table.index.isin(own), "pull_N"].abs().sum()


def _add_up_cut(whole: Result, cut: Result, region: str, own: set[str]) -> list[Any]:
    """Make the row of all muscles of a region, as `compare_results` makes that of a structure."""
    tables = [result.table() for result in (whole, cut)]
    here = [
        table[(table["kind"] == "muscle") & (table["region"] == region) & ~table.index.isin(own)]
        for table in tables
    ]
    then, now = (part["change_N"].sum() for part in here)
    after = (part["after_N"].sum() for part in here)
    figures = (round_figures(float(value)) for value in (then, now, now - then, *after))
    return [f"All muscles of {PLACES[region]} together", *figures]
