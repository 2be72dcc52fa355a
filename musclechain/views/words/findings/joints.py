"""Findings about turns and about what the joints carry."""

import pandas as pd

from musclechain.views.words.certainty import (
    HOW_SURE,
    NOT_KNOWN,
    list_muscle_groups,
    read_draws,
    read_pair,
    subtract_draws,
)
from musclechain.views.words.finding import JOINTS, SAME_LOAD, Finding, _name_joint, _say_load
from musclechain.views.words.format import (
    format_newtons,
)
from musclechain.views.words.result import describe_pose

__all__ = ["describe_glance", "describe_head_level", "describe_loads", "describe_turning"]


TURNS = {"flexion_deg": "forward", "side_bend_deg": "side", "rotation_deg": "twist"}


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
