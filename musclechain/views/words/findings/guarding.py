"""Findings about guarding."""

import pandas as pd

from musclechain.anatomy.records import REGIONS
from musclechain.views.words.certainty import (
    HOW_SURE,
    NOT_KNOWN,
    keep_route,
    list_muscle_groups,
    read_pair,
    subtract_draws,
)
from musclechain.views.words.finding import (
    PLACES,
    SAME_LOAD,
    SAME_SIDE_N,
    Finding,
    _more,
    _name_joint,
    _say_load,
)
from musclechain.views.words.format import (
    SHOWN_N,
    capitalise,
    format_change,
    format_newtons,
)
from musclechain.views.words.tables import table_by_region

__all__ = ["describe_guarding", "describe_straightening"]


def describe_guarding(result, certainty=None):
    """Say what guarding adds in the low back, on which side, and in the neck.

    Parameters
    ----------
    result : Result
        Solved with ``guarding`` above 0.
    certainty : Draws, optional
        Adds how sure it is what guarding adds; it tells of the model with
        guarding switched on, not of whether there is such a thing.

    Returns
    -------
    Finding
        Sums of the muscles by region and side, N; only the part by guarding.

    Raises
    ------
    ValueError
        For a table in place of `Draws`.
    """
    table = table_by_region(result)
    wide = (
        table[table["Side"] != "both"]
        .pivot(index="Region", columns="Side", values="By guarding (N)")
        .reindex([r for r in REGIONS if r in set(table["Region"])])
    )
    figures = pd.DataFrame(
        {
            "Muscles of": [PLACES[region] for region in wide.index],
            "By guarding, left (N)": wide["left"].to_numpy(),
            "By guarding, right (N)": wide["right"].to_numpy(),
        }
    )
    if not result.routes["guarding"]:
        return Finding(
            "What guarding adds", "Guarding is switched off, so it adds nothing.", figures.head(0)
        )
    if result.table()["guarding_N"].abs().max() < SHOWN_N:
        return Finding(
            "What guarding adds",
            "Guarding is switched on and still adds nothing: no pain and no overload starts it.",
            figures.head(0),
        )
    left, right = wide.at["lumbar", "left"], wide.at["lumbar", "right"]
    side = (
        f", more on the {'left' if left > right else 'right'}"
        if abs(left - right) >= SAME_SIDE_N
        else ", on both sides alike"
    )
    neck, word = wide.loc["neck"].sum(), {}
    if certainty is not None:
        groups = list_muscle_groups(result)
        sure = keep_route(certainty, "guarding").groups(groups)
        word = dict(sure["word"])
        for column, at in (("left", 2), ("right", 4)):
            figures.insert(
                at,
                f"{HOW_SURE}, {column}",
                [sure["word"].get(f"{region}, {column}", NOT_KNOWN) for region in wide.index],
            )

    def tell(group):
        return f" ({word[group]})" if group in word else ""

    more = f"; {word['neck']}" if "neck" in word else ""
    there = (
        f"{format_change(neck)}{tell('neck')}"
        if abs(neck) >= SAME_SIDE_N
        else f"hardly anything ({format_newtons(neck, signed=True)}{more})"
    )
    played = sum(one.label.startswith("guarding") for one in result.rounds)
    rest = (
        f"comes to rest after {played} rounds"
        if result.settled
        else f"has not come to rest after {played} rounds"
    )
    return Finding(
        "What guarding adds, if you believe in it",
        f"At {100 * result.routes['guarding']:.0f} % of its strength guarding gives the low back"
        f" muscles {_more(left)}{tell('lumbar, left')} on the left and"
        f" {_more(right)}{tell('lumbar, right')} on the right{side}. The neck gets {there}. It"
        f" {rest}.",
        figures,
    )


def describe_straightening(without, guarded, certainty=None):
    """Say whether guarding straightens the body, what it does to the painful muscle, and what it
    costs at the joints.

    Parameters
    ----------
    without, guarded : Result
        The same cause without and with guarding.
    certainty : Draws or (Draws, Draws), optional
        Of `guarded`, or of `without` and `guarded`, which is faster: adds how
        sure the greatest turn is, and that a joint carries more, or less,
        with guarding.

    Returns
    -------
    Finding
        Loads of the joints, N.

    Raises
    ------
    ValueError
        For a table in place of `Draws`.
    """
    columns = ["flexion_deg", "side_bend_deg", "rotation_deg"]
    old, new = (
        (result.pose().loc[["pelvis", "thorax"], columns]).abs() for result in (without, guarded)
    )
    moved = (new - old).stack()
    turn = float(moved.max()), float(moved.min())
    sure, tell = _guarded_words(certainty, without, moved)
    if max(turn) < 0.1 and min(turn) > -0.1:
        straight = (
            "Guarding turns neither pelvis nor trunk by a tenth of a degree: it does not straighten"
            " the body"
        )
    elif max(turn) < 0.1:
        straight = (
            f"With guarding pelvis or trunk stand up to {-min(turn):.1f} degrees nearer to where"
            " they were before the injury"
        )
    elif min(turn) > -0.1:
        straight = (
            f"With guarding pelvis or trunk stand up to {max(turn):.1f} degrees further from where"
            " they were: it does not straighten the body"
        )
    else:
        straight = (
            f"Guarding turns the body by up to {max(max(turn), -min(turn)):.1f} degrees, here"
            " nearer to straight and there further away"
        )
    one, two = without.joint_loads(), guarded.joint_loads()
    names = ["hip_left", "hip_right", "l5_s1", "c7_t1"]
    figures = pd.DataFrame(
        {
            "Joint": [_name_joint(name) for name in names],
            "Without guarding (N)": one[names].round(0).to_numpy(int),
            "With guarding (N)": two[names].round(0).to_numpy(int),
        }
    )
    if certainty is not None:
        figures[f"{HOW_SURE} (more or less)"] = [sure[name] for name in names]
    costs = "; ".join(
        _say_load(name, one[name], two[name])
        + (
            f" ({sure[name]})"
            if len(sure) and abs(two[name] - one[name]) > SAME_LOAD * one[name]
            else ""
        )
        for name in ("l5_s1", *_painful_hips(guarded))
    )
    return Finding(
        "Does guarding straighten, and what does it cost?",
        f"{straight}{tell}. {capitalise(costs)}.",
        figures,
    )


def _guarded_words(certainty, without, moved):
    """Words for the loads of the joints (by name), and for the greatest turn (in brackets)."""
    if certainty is None:
        return {}, ""
    first, second = read_pair(certainty, without)
    made = subtract_draws(first, second, absolute_angles=True)
    if made is None:
        return dict.fromkeys(second.joint_names, NOT_KNOWN), f" ({NOT_KNOWN})"
    return made.joints()["word"], f" ({made.pose().at[moved.abs().idxmax(), 'word']})"


def _painful_hips(result):
    sides = {result.body.graph.nodes[name]["side"] for name in result.demand.pain}
    return [f"hip_{side}" for side in ("left", "right") if side in sides]
