"""Findings about guarding."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from musclechain.anatomy.format import (
    SHOWN_N,
    capitalise,
    format_change,
    format_newtons,
    join_words,
)
from musclechain.anatomy.records import REGIONS
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.groups import add_up, list_muscle_groups
from musclechain.mechanics.spread import Result
from musclechain.views.words.certainty import (
    HOW_SURE,
    IF_SETTLED,
    NOT_KNOWN,
    check_certainty,
    in_brackets,
)
from musclechain.views.words.finding import (
    PLACES,
    SAME_SIDE_N,
    Finding,
    name_joint,
    say_load,
    say_more,
)
from musclechain.views.words.tables import table_by_region

__all__ = ["describe_guarding", "describe_straightening", "describe_theories"]

SIDES = ("left", "right")
IF_IT_HOLDS = {
    "vicious circle": "If pain or overload keeps muscles tense (vicious circle)",
    "pain adaptation": "If a painful muscle is spared (pain adaptation)",
    "redistribution": "If the work is shared anew, away from the pain (redistribution)",
}
JOINTS = ("hip_left", "hip_right", "l5_s1", "c7_t1")
ANGLES = ["flexion_deg", "side_bend_deg", "rotation_deg"]
# Smaller turns are called no turn, degrees.
STILL_DEG = 0.1


def describe_guarding(result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say what guarding adds in the low back, on which side, and in the neck.

    Parameters
    ----------
    result : Result
        Solved with ``guarding`` above 0.
    certainty : Certainty
        Where it is known: adds how sure it is what guarding adds; it tells of
        the model with guarding switched on, not of whether there is such a
        thing.

    Returns
    -------
    Finding
        Sums of the muscles by region and side, N; only the part by guarding.
    """
    sums = _add_up_guarding(result)
    if not result.routes["guarding"]:
        return _tell_nothing("Guarding is switched off, so it adds nothing.", sums)
    if result.table()["guarding_N"].abs().max() < SHOWN_N:
        return _tell_nothing(
            "Guarding is switched on and still adds nothing: no pain and no overload starts it.",
            sums,
        )
    sure = check_certainty(certainty).only("guarding").groups(list_muscle_groups(result))["word"]
    sure = sure.replace("settled", IF_SETTLED)
    figures = _tabulate(sums, sure if certainty.is_known else None)
    left, right = (
        f"{say_more(sums.at['lumbar', side])}{in_brackets(sure.get(f'lumbar, {side}', ''))}"
        for side in SIDES
    )
    gap = sums.at["lumbar", "left"] - sums.at["lumbar", "right"]
    lead = f"more on the {'left' if gap > 0 else 'right'}"
    played = sum(step.label.startswith("guarding") for step in result.rounds)
    rest = "stops growing" if result.settled else "is still growing"
    end = (
        f" The circle {rest} after {played} rounds."
        if result.routes["theory"] == "vicious circle"
        else ""
    )
    return Finding(
        "What guarding adds, if you believe in it",
        f"{IF_IT_HOLDS[result.routes['theory']]}: at"
        f" {100 * result.routes['guarding']:.0f} % of its strength guarding gives the low back"
        f" muscles {left} on the left and {right} on the right,"
        f" {lead if abs(gap) >= SAME_SIDE_N else 'about as much on either side'}. The neck gets"
        f" {_say_neck(add_up(result, 'neck', 'guarding_N'), sure.get('neck', ''))}.{end}",
        figures,
    )


def describe_theories(results: Mapping[str, Result]) -> Finding:
    """Compare the three theories of guarding, and say where they agree.

    Parameters
    ----------
    results : mapping of theory to Result
        As `spread_theories` gives them.

    Returns
    -------
    Finding
        What guarding adds to the muscles of each region, both sides, N.
    """
    sums = pd.DataFrame(
        {theory: _add_up_guarding(result).sum(axis=1) for theory, result in results.items()}
    )
    figures = pd.DataFrame({"Muscles of": [PLACES[region] for region in sums.index]})
    for theory in results:
        figures[f"{theory.capitalize()} (N)"] = sums[theory].to_numpy()
    low = "; ".join(f"{say_more(sums.at['lumbar', theory])} by {theory}" for theory in results)
    moved = sums[(sums.abs() >= SAME_SIDE_N).any(axis=1)]
    same = moved[
        (np.sign(moved.where(moved.abs() >= SAME_SIDE_N)).nunique(axis=1) == 1)
        & (moved.abs() >= SAME_SIDE_N).all(axis=1)
    ]
    where = join_words([PLACES[region] for region in same.index])
    idle = [theory for theory in sums if (sums[theory].abs() < SAME_SIDE_N).all()]
    agreed = (
        f"Nothing to speak of changes here by {join_words(idle)}"
        if idle
        else f"All three change {where} in the same direction, by {SAME_SIDE_N} N or more"
        if len(same)
        else "In no part of the body do all three change the muscles in the same direction by"
        f" {SAME_SIDE_N} N or more"
    )
    return Finding(
        "Three theories of guarding",
        f"The low back muscles carry {low}. {agreed}. Which theory is right, if any, is not known"
        " (PN01, PN07, PN08).",
        figures,
    )


def _add_up_guarding(result: Result) -> pd.DataFrame:
    """What guarding adds in the muscles of each region, left and right, N."""
    table = table_by_region(result)
    regions = set(table["Region"])
    return (
        table[table["Side"] != "both"]
        .pivot(index="Region", columns="Side", values="By guarding (N)")
        .reindex([region for region in REGIONS if region in regions])
    )


def _tell_nothing(words: str, sums: pd.DataFrame) -> Finding:
    return Finding("What guarding adds", words, _tabulate(sums, None).head(0))


def _tabulate(sums: pd.DataFrame, sure: pd.Series | None) -> pd.DataFrame:
    figures = pd.DataFrame({"Muscles of": [PLACES[region] for region in sums.index]})
    for side in SIDES:
        figures[f"By guarding, {side} (N)"] = sums[side].to_numpy()
        if sure is not None:
            words = [sure.get(f"{region}, {side}", NOT_KNOWN) for region in sums.index]
            figures[f"{HOW_SURE}, {side}"] = words
    return figures


def _say_neck(newtons: float, word: str) -> str:
    if abs(newtons) >= SAME_SIDE_N:
        return f"{format_change(newtons)}{in_brackets(word)}"
    end = f"; {word}" if word else ""
    return f"hardly anything ({format_newtons(newtons, signed=True)}{end})"


def describe_straightening(
    without: Result, guarded: Result, certainty: Certainty = UNKNOWN
) -> Finding:
    """Say whether guarding straightens the body, what it does to the painful muscle, and what it
    costs at the joints.

    Parameters
    ----------
    without, guarded : Result
        The same cause without and with guarding.
    certainty : Certainty
        Of what guarding changes,
        ``guarded.draws().beyond(without.draws(), sizes=True)``: where it is
        known, adds how sure the greatest turn is, and that a joint carries
        more, or less, with guarding.

    Returns
    -------
    Finding
        Loads of the joints, N.
    """
    old, new = (
        result.pose().loc[["pelvis", "thorax"], ANGLES].abs() for result in (without, guarded)
    )
    moved = (new - old).stack()
    before, after = without.joint_loads(), guarded.joint_loads()
    figures = pd.DataFrame(
        {
            "Joint": [name_joint(name) for name in JOINTS],
            "Without guarding (N)": before[list(JOINTS)].round(0).to_numpy(int),
            "With guarding (N)": after[list(JOINTS)].round(0).to_numpy(int),
        }
    )
    word = {name: check_certainty(certainty).joint_word(name) for name in JOINTS}
    if certainty.is_known:
        figures[f"{HOW_SURE} (more or less)"] = list(word.values())
    costs = "; ".join(
        say_load(name, before[name], after[name], word[name])
        for name in ("l5_s1", *_list_painful_hips(guarded))
    )
    turn = in_brackets(certainty.angle_word(*moved.abs().idxmax()))
    return Finding(
        "Does guarding straighten, and what does it cost?",
        f"{_say_straightened(float(moved.max()), float(moved.min()))}{turn}. {capitalise(costs)}.",
        figures,
    )


def _say_straightened(most: float, least: float) -> str:
    """Say what guarding does to the turns of pelvis and trunk: the greatest growth of one, and the
    greatest shrinking, degrees."""
    if most < STILL_DEG and least > -STILL_DEG:
        return (
            "Guarding turns neither pelvis nor trunk by a tenth of a degree: it does not straighten"
            " the body"
        )
    if most < STILL_DEG:
        return (
            f"With guarding pelvis or trunk stand up to {-least:.1f} degrees nearer to where they"
            " were before the injury"
        )
    if least > -STILL_DEG:
        return (
            f"With guarding pelvis or trunk stand up to {most:.1f} degrees further from where they"
            " were: it does not straighten the body"
        )
    return (
        f"Guarding turns the body by up to {max(most, -least):.1f} degrees, here nearer to straight"
        " and there further away"
    )


def _list_painful_hips(result: Result) -> list[str]:
    sides = {result.body.graph.nodes[name]["side"] for name in result.change.pain}
    return [f"hip_{side}" for side in SIDES if side in sides]
