"""What the model shows, as a sentence and a small table: every figure is read from results when
asked for.

The lessons put these beside what a text claims and what research says. No
sentence takes a side that the figures do not take: whether something grows,
shrinks, vanishes or stays is worked out here, never written down before.
"""

import html
import math
from dataclasses import dataclass

import pandas as pd

from ..anatomy.records import REGIONS
from .certainty_words import (
    HOW_SURE,
    NOT_KNOWN,
    RANGE,
    count_words,
    keep_route,
    list_muscle_groups,
    read_draws,
    read_pair,
    subtract_draws,
    tabulate_certainty,
)
from .chart_words import find_stations
from .describe import compare_results, describe_pose, table_by_region
from .wording import (
    SHOWN_N,
    call_structure,
    capitalise,
    format_change,
    format_newtons,
    format_range,
    name_structure,
    table_to_html,
)

__all__ = [
    "Finding",
    "describe_chain",
    "describe_cut",
    "describe_glance",
    "describe_guarding",
    "describe_head_level",
    "describe_loads",
    "describe_reach",
    "describe_regions",
    "describe_sides",
    "describe_straightening",
    "describe_turning",
    "describe_weakness",
]

PLACES = {
    "foot": "the foot",
    "calf": "the calf",
    "thigh": "the thigh",
    "hip": "the hip",
    "pelvis": "the pelvis",
    "abdomen": "the belly",
    "lumbar": "the low back",
    "thoracic": "the upper back",
    "shoulder": "the shoulder",
    "neck": "the neck",
    "head": "the head",
}
JOINTS = {
    "l5_s1": "base of the spine (L5/S1)",
    "t12_l1": "top of the low back (T12/L1)",
    "c7_t1": "base of the neck (C7/T1)",
    "c0_c2": "joints under the skull (C0/C2)",
}
TURNS = {"flexion_deg": "forward", "side_bend_deg": "side", "rotation_deg": "twist"}
# Loads of joints that differ by less are called the same: a model with this many estimates does not
# tell them apart.
SAME_LOAD = 0.02
# Beyond this the two sides of one region are told apart, N.
SAME_SIDE_N = 0.5
BACK_AND_NECK = ("lumbar", "thoracic", "neck")
NECK = "neck muscles together"


@dataclass(frozen=True)
class Finding:
    """One thing that the model shows: a title, a sentence and the figures behind it.

    In a notebook it shows itself as text and table; ``str()`` gives the sentence.

    Attributes
    ----------
    title, sentence : str
        Plain text.
    table : pandas.DataFrame
        May be empty.
    """

    title: str
    sentence: str
    table: pd.DataFrame

    def __str__(self):
        return self.sentence

    def _repr_html_(self):
        return (
            "<p style='max-width:85ch;line-height:1.5;margin:4px 0 8px'>"
            f"{html.escape(self.sentence)}</p>"
            f"{'' if self.table.empty else table_to_html(self.table, self.title)}"
        )


# ---- pull ------------------------------------------------------------------------------------


def describe_reach(result, certainty=None):
    """Say how much of a tension that was added in one place arrives elsewhere, by the route pull
    alone.

    Parameters
    ----------
    result : Result
        Of a cause that adds tension, such as ``HamstringStrain`` or ``PullOn``.
    certainty : Draws, optional
        Adds how sure the direction of each change by pull is.

    Returns
    -------
    Finding
        One row for each region, the nearest first: the structure there that
        pull changes most, by how much (N), and the share of what was added
        (%). The structures that the cause itself pulls count in the first row only.

    Raises
    ------
    ValueError
        If the cause adds no tension, so that there is nothing to hand on; for
        a table in place of `Draws`.

    Notes
    -----
    Of the neck the sum of its muscles is told, because how they share it is
    not settled.
    """
    own = list(result.demand.tensions)
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
    low = others.index[(others["region"] == "lumbar") & (others["kind"] == "muscle")]
    groups = {
        where: names for where, names in {**rows, "low back muscles": list(low)}.items() if names
    }
    added, sums = (
        table.loc[own, "pull_N"].sum(),
        {where: float(table.loc[names, "pull_N"].sum()) for where, names in groups.items()},
    )
    shown = [where for where in rows if where in groups]
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
    sure = keep_route(certainty, "pull").groups(groups) if certainty is not None else None
    if sure is not None:
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
        _reach_sentence(named, sums, added, limit, {} if sure is None else sure["word"]),
        figures,
    )


def _find_most_pulled(here):
    """The structure of a region that pull changes most; of the neck all muscles, because only
    their sum can be told."""
    neck = here.index[(here["region"] == "neck") & (here["kind"] == "muscle")]
    return list(neck) if len(neck) else [here["pull_N"].abs().idxmax()] if len(here) else []


def _by_distance(home):
    """Order the regions by their distance from one, those above first."""
    place = REGIONS.index(home)
    return sorted(
        REGIONS,
        key=lambda region: (REGIONS.index(region) < place, abs(REGIONS.index(region) - place)),
    )


def _reach_sentence(named, sums, added, limit, words):
    """Tell what arrives in hip, pelvis, low back and neck, with the words of certainty where there
    are any."""
    if added < SHOWN_N:
        return "Pull adds nothing here, so nothing is handed on."

    def tell(where):
        return f"{_more(sums[where])} ({words[where]})" if where in words else _more(sums[where])

    told = [
        f"{capitalise(named[where])} {'carry' if named[where].endswith(NECK) else 'carries'}"
        f" {tell(where)}."
        for where in ("the hip", "the pelvis", "the low back", "the neck")
        if where in named
    ]
    low = (
        [f"The low back muscles together carry {tell('low back muscles')}."]
        if "low back muscles" in sums
        else []
    )
    return " ".join(
        [
            (
                f"Pull adds {format_newtons(added)} in {named['the cause itself']}, and this"
                " arrives elsewhere."
            ),
            *told,
            *([limit] if limit else []),
            *low,
        ]
    )


def describe_chain(result, chain, certainty=None):
    """Say what pull changes at each station of a myofascial chain.

    Parameters
    ----------
    result : Result
    chain : str
        Id of ``body.chains``, such as ``superficial_back_line_left``.
    certainty : Draws, optional
        Adds how sure the direction of each change by pull is.

    Returns
    -------
    Finding
        Changes in N; stations that the model does not compute have a gap.

    Raises
    ------
    ValueError
        For an unknown chain, or a table in place of `Draws`.
    """
    chains = result.body.chains
    if chain not in chains:
        raise ValueError(f"There is no chain {chain!r}. Choose one of: {', '.join(chains)}.")
    stations = list(chains[chain].stations)
    pull = result.table()["pull_N"].reindex(stations)
    grades = [link["grade"] or "none" for link in find_stations(result.body, chain)[1]]
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
    if certainty is not None:
        sure = keep_route(certainty, "pull").table()
        for place, (title, column) in enumerate(
            tabulate_certainty(sure, stations).items(), start=2
        ):
            figures.insert(place, title, column)
        sentence += (
            " How sure the direction is, station by station:"
            f" {count_words(sure['word'].reindex(pull.dropna().index))}."
        )
    return Finding(f"{chains[chain].name}, station by station", sentence, figures)


def describe_turning(result, certainty=None):
    """Say how pelvis, trunk and head turn, with the angles as a table.

    Parameters
    ----------
    result : Result
    certainty : Draws, optional
        Adds to each angle how sure its direction is.

    Returns
    -------
    Finding
    """
    pose = result.pose().loc[["pelvis", "thorax", "head"]].round(1) + 0.0
    pose.columns = ["Forward (deg)", "Right side down (deg)", "Left side forward (deg)"]
    pose.insert(0, "Part", ["pelvis", "trunk", "head"])
    sentence = describe_pose(result)
    if certainty is not None:
        words = read_draws(certainty).pose()["word"].unstack().loc[pose.index]
        sentence += f" The direction of the pelvis' tilt: {words.at['pelvis', 'flexion_deg']}."
        for place, angle in ((4, "rotation_deg"), (3, "side_bend_deg"), (2, "flexion_deg")):
            pose.insert(place, f"{HOW_SURE} ({TURNS[angle]})", words[angle])
    return Finding("How the body turns (minus: the other way)", sentence, pose)


def describe_cut(whole, cut):
    """Say what cutting a structure or a link changes, and whether less or more arrives above the
    pelvis.

    Parameters
    ----------
    whole, cut : Result
        The same cause put to the whole body and to the body with the cut.

    Returns
    -------
    Finding
        The six greatest differences, N. The structures that the cause itself
        pulls are not counted among back and neck.
    """
    made, own = compare_results(whole, cut), {*whole.demand.tensions, *cut.demand.tensions}
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
        f"{made.sentence} By pull, back and neck change {turn} than before the cut ({before:.1f} N"
        f" whole, {after:.1f} N cut).",
        made.table.head(6).rename(
            columns=lambda name: name.replace("first", "whole").replace("second", "cut")
        ),
    )


def _trunk_pull(result, own):
    table = result.table()
    return (
        table.loc[
            (table["kind"] == "muscle")
            & table["region"].isin(BACK_AND_NECK)
            & ~table.index.isin(own),
            "pull_N",
        ]
        .abs()
        .sum()
    )


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


# ---- sides, regions and joints ---------------------------------------------------------------


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


def _more(change_n):
    return "as much as before" if abs(change_n) < SHOWN_N else format_change(change_n)


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


def describe_loads(standing, result, certainty=None):
    """Say what each joint carries, muscles included, against quiet standing.

    Parameters
    ----------
    standing, result : Result
    certainty : Draws, optional
        Of `result`: adds how sure it is that a joint carries more, or less, than in quiet standing.

    Returns
    -------
    Finding
        Loads in N and in body weights.
    """
    before, after = standing.joint_loads(), result.joint_loads()
    weight = after.attrs["body_weight_n"]
    names = [
        name
        for name in (
            "ankle_left",
            "ankle_right",
            "knee_left",
            "knee_right",
            "hip_left",
            "hip_right",
            *JOINTS,
        )
        if name in after.index
    ]
    figures = pd.DataFrame(
        {
            "Joint": [_name_joint(name) for name in names],
            "Standing (N)": before[names].round(0).to_numpy(int),
            "Now (N)": after[names].round(0).to_numpy(int),
            "Standing (body weights)": (before[names] / weight).round(2).to_numpy(),
            "Now (body weights)": (after[names] / weight).round(2).to_numpy(),
        }
    )
    sure = read_draws(certainty).joints()["word"] if certainty is not None else {}
    if certainty is not None:
        figures[f"{HOW_SURE} (more or less)"] = [sure[name] for name in names]
    # the certainty is about more or less, so it says nothing about a load that is called the same
    told = [
        _say_load(name, before[name], after[name])
        + (
            f" ({sure[name]})"
            if name in sure and abs(after[name] - before[name]) > SAME_LOAD * before[name]
            else ""
        )
        for name in ("hip_left", "hip_right", "l5_s1", "c7_t1")
    ]
    share = 100 * result.demand.load_share
    return Finding(
        "What the joints carry",
        f"The left foot carries {share:.0f} % of the body's weight, the right {100 - share:.0f} %;"
        f" {'; '.join(told)}.",
        figures,
    )


GLANCE_JOINTS = ("l5_s1", "hip_left", "hip_right", "c7_t1")
GLANCE_TURNS = (
    ("pelvis", "flexion_deg", "Pelvis, forward"),
    ("pelvis", "side_bend_deg", "Pelvis, right side down"),
    ("thorax", "flexion_deg", "Trunk, forward"),
    ("thorax", "side_bend_deg", "Trunk, to the right"),
)


def describe_glance(result, certainty=None):
    """Tell in one small table what the joints carry and how pelvis and trunk have turned.

    Parameters
    ----------
    result : Result
    certainty : Draws, optional

    Returns
    -------
    Finding
        Columns What, Before, Now and, with certainty, How sure. Loads in N,
        turns in degrees against the healthy body (minus: the other way).
    """
    before, after, pose = result.joint_loads_before(), result.joint_loads(), result.pose()
    loads, turns = (
        (read_draws(certainty).joints()["word"], read_draws(certainty).pose()["word"])
        if certainty is not None
        else ({}, {})
    )
    rows = [
        (
            f"{_name_joint(name)[:1].upper()}{_name_joint(name)[1:]}",
            f"{before[name]:.0f} N",
            f"{after[name]:.0f} N",
            loads.get(name, ""),
        )
        for name in GLANCE_JOINTS
        if name in after.index
    ]
    for bone, angle, words in GLANCE_TURNS:
        if bone in pose.index:
            rows.append(
                (
                    words,
                    "0.0°",
                    f"{round(pose.at[bone, angle], 1) + 0.0:+.1f}°".replace("-", "−").replace(
                        "+0.0", "0.0"
                    ),
                    turns.get((bone, angle), ""),
                )
            )
    figures = pd.DataFrame(rows, columns=["What", "Before", "Now", HOW_SURE])
    if certainty is None:
        figures = figures.drop(columns=HOW_SURE)
    return Finding(
        "At a glance",
        "What the joints carry, muscles included, and how pelvis and trunk turn (minus: the other"
        " way).",
        figures,
    )


def _name_joint(name):
    if name in JOINTS:
        return JOINTS[name]
    joint, side = name.rsplit("_", 1)
    return f"{side} {joint}"


def _say_load(name, before, after):
    """Say a load against the one before; nearly the same is called so."""
    what = f"the {_name_joint(name)}"
    plural = name == "c0_c2"
    if abs(after - before) <= SAME_LOAD * before:
        return (
            f"{what} {'carry' if plural else 'carries'} about as much as before"
            f" ({format_newtons(after)})"
        )
    return (
        f"{what} {'carry' if plural else 'carries'} {format_newtons(after)} instead of"
        f" {format_newtons(before)}"
    )


def describe_head_level(standing, level, free, certainty=None):
    """Compare the load on the neck: upright, leaning with a level head, leaning with the head
    following.

    Parameters
    ----------
    standing, level, free : Result
        Quiet standing; the same lean with the head held level and not.
    certainty : Draws or (Draws, Draws), optional
        Of `level`, or of `level` and `free`: adds how sure it is that the
        neck carries more, or less; with both also whether it carries more, or
        less, when the head follows.

    Returns
    -------
    Finding
        The load on the joint at the base of the neck, and the sum of the neck muscles, N.

    Raises
    ------
    ValueError
        For a table in place of `Draws`.

    Notes
    -----
    The total is told and not single neck muscles, because how they share it
    is not settled.
    """
    rows = {"upright": standing, "leaning, head level": level, "leaning, head follows": free}
    loads = {word: float(one.joint_loads()["c7_t1"]) for word, one in rows.items()}
    muscles = {word: _neck_sum(one) for word, one in rows.items()}
    figures = pd.DataFrame(
        {
            "Stance": list(rows),
            "Load at the base of the neck (N)": [round(value) for value in loads.values()],
            "Neck muscles together (N)": [round(value) for value in muscles.values()],
        }
    )
    upright, held, loose = loads.values()
    lean = _compare(held, upright)
    cost = {
        "more": "So keeping the head level over the lean costs the neck something",
        "less": "So the neck carries less while leaning with a level head",
        "the same": "So the lean with a level head costs the neck nothing noticeable",
    }[lean]
    then = _compare(loose, held)
    follow = {
        "more": (
            "letting the head follow the trunk costs even more than keeping it level"
            if lean == "more"
            else "letting the head follow the trunk costs more than keeping it level"
        ),
        "less": "letting the head follow the trunk costs less than keeping it level",
        "the same": "whether the head stays level or follows makes no difference",
    }[then]
    words, columns = _head_words(certainty, level, free)
    if certainty is not None:
        figures = figures.assign(**columns)

    # the certainty is about more or less, so it says nothing about a load that is called the same
    def tell(key, said):
        return f" ({words[key]})" if key in words and said != "the same" else ""

    return Finding(
        "The neck, upright and leaning",
        f"The base of the neck carries {format_newtons(upright)} upright, {format_newtons(held)}"
        f" leaning with the head level and {format_newtons(loose)} leaning with the head following."
        f" {cost}{tell('level', lean)}; {follow}{tell('follow', then)}.",
        figures,
    )


def _head_words(certainty, level, free):
    """Words for the load of the neck: level against upright, and following against level; and the
    columns of the table."""
    if certainty is None:
        return {}, {}
    first, *others = (
        read_pair(certainty, level)
        if isinstance(certainty, (tuple, list))
        else (read_draws(certainty),)
    )
    known = [(first, level), *((one, free) for one in others)]
    loads, sums = (
        [one.joints().at["c7_t1", "word"] for one, _ in known],
        [
            one.groups({"neck": list_muscle_groups(made)["neck"]}).at["neck", "word"]
            for one, made in known
        ],
    )
    gap = ["–"] * (2 - len(known))
    columns = {
        f"{HOW_SURE} (load)": ["–", *loads, *gap],
        f"{HOW_SURE} (muscles)": ["–", *sums, *gap],
    }
    paired = subtract_draws(first, others[0]) if others else None
    follow = (
        {"follow": NOT_KNOWN if paired is None else paired.joints().at["c7_t1", "word"]}
        if others
        else {}
    )
    return {"level": loads[0], **follow}, columns


def _neck_sum(result):
    table = result.table()
    return float(
        table.loc[(table["region"] == "neck") & (table["kind"] == "muscle"), "after_N"].sum()
    )


def _compare(now, then):
    if abs(now - then) <= SAME_LOAD * then:
        return "the same"
    return "more" if now > then else "less"


# ---- guarding --------------------------------------------------------------------------------


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
