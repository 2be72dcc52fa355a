"""Findings about turns and about what the joints carry."""

import pandas as pd

from musclechain.anatomy.format import (
    capitalise,
    format_degrees,
    format_newtons,
    round_newtons,
)
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.mechanics.spread import Result
from musclechain.views.words.causes import name_reference
from musclechain.views.words.certainty import HOW_SURE, check_certainty, in_brackets
from musclechain.views.words.finding import JOINTS, SAME_LOAD, Finding, name_joint, say_load
from musclechain.views.words.result import describe_pose

__all__ = ["describe_glance", "describe_head_level", "describe_loads", "describe_turning"]

PARTS = {"pelvis": "pelvis", "thorax": "trunk", "head": "head"}
# Each angle: its column, and the word for its certainty.
TURNS = {
    "flexion_deg": ("Forward (deg)", "forward"),
    "side_bend_deg": ("Right side down (deg)", "side"),
    "rotation_deg": ("Left side forward (deg)", "twist"),
}
LIMB_JOINTS = tuple(
    f"{joint}_{side}" for joint in ("ankle", "knee", "hip") for side in ("left", "right")
)
TOLD_JOINTS = ("hip_left", "hip_right", "l5_s1", "c7_t1")
GLANCE_JOINTS = ("l5_s1", "hip_left", "hip_right", "c7_t1")
GLANCE_TURNS = (
    ("pelvis", "flexion_deg", "Pelvis, forward"),
    ("pelvis", "side_bend_deg", "Pelvis, right side down"),
    ("thorax", "flexion_deg", "Trunk, forward"),
    ("thorax", "side_bend_deg", "Trunk, to the right"),
)
NECK_JOINT = "c7_t1"
# Two angles that differ by less, and are not smaller themselves, are both told in tenths.
NEAR_DEG = 1.0


def describe_turning(result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say how pelvis, trunk and head turn, with the angles as a table.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: adds to each angle how sure its direction is.

    Returns
    -------
    Finding
    """
    pose = result.pose()
    bones = [bone for bone in PARTS if bone in pose.index]
    figures = pd.DataFrame({"Part": [PARTS[bone] for bone in bones]}, index=bones)
    for angle, (title, turn) in TURNS.items():
        figures[title] = pose.loc[bones, angle].round(1) + 0.0
        if check_certainty(certainty).is_known:
            words = [certainty.angle_word(bone, angle) for bone in bones]
            figures[f"{HOW_SURE} ({turn})"] = words
    sentence = describe_pose(result)
    tilt = certainty.angle_word("pelvis", "flexion_deg")
    if tilt:
        sentence += f" The direction of the pelvis' tilt: {tilt}."
    return Finding("How the body turns (minus: the other way)", sentence, figures)


def describe_loads(standing: Result, result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say what each joint carries, muscles included, against quiet standing or another state.

    Parameters
    ----------
    standing, result : Result
        First what it is compared with.
    certainty : Certainty
        Of `result`; where it is known, adds how sure it is that a joint carries
        more, or less, than in quiet standing.

    Returns
    -------
    Finding
        Loads in N and in body weights.
    """
    before, after = standing.joint_loads(), result.joint_loads()
    weight = after.attrs["body_weight_n"]
    names = [name for name in (*LIMB_JOINTS, *JOINTS) if name in after.index]
    first = "Before" if standing.is_asked else "Standing"
    figures = pd.DataFrame(
        {
            "Joint": [name_joint(name) for name in names],
            f"{first} (N)": round_newtons(before[names]).to_numpy(int),
            "Now (N)": round_newtons(after[names]).to_numpy(int),
            f"{first} (body weights)": (before[names] / weight).round(2).to_numpy(),
            "Now (body weights)": (after[names] / weight).round(2).to_numpy(),
        }
    )
    word = {name: check_certainty(certainty).joint_word(name) for name in names}
    if certainty.is_known:
        figures[f"{HOW_SURE} (more or less)"] = list(word.values())
    told = [say_load(name, before[name], after[name], word[name]) for name in TOLD_JOINTS]
    share = 100 * result.change.load_share
    return Finding(
        "What the joints carry",
        f"The left foot carries {share:.0f} % of the body's weight, the right {100 - share:.0f} %;"
        f" {'; '.join(told)}.",
        figures,
    )


def describe_glance(result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Tell in one small table what the joints carry and how pelvis and trunk have turned.

    Parameters
    ----------
    result : Result
    certainty : Certainty

    Returns
    -------
    Finding
        Columns What, Before, Now and, where the certainty is known, How sure (empty where
        nothing changes as printed).
        Loads in N, turns in degrees against the healthy body (minus: the other
        way).
    """
    before, after, pose = result.joint_loads_before(), result.joint_loads(), result.alone.pose()
    stood = result.reference.pose() if result.reference else 0 * pose
    known = check_certainty(certainty)
    rows = [
        (
            capitalise(name_joint(name)),
            format_newtons(before[name]),
            format_newtons(after[name]),
            known.joint_word(name),
        )
        for name in GLANCE_JOINTS
        if name in after.index
    ]
    rows += [
        (
            words,
            *_format_turns(stood.at[bone, angle], pose.at[bone, angle]),
            known.angle_word(bone, angle),
        )
        for bone, angle, words in GLANCE_TURNS
        if bone in pose.index
    ]
    rows = [
        (what, stood, stands, word if stood != stands else "") for what, stood, stands, word in rows
    ]
    figures = pd.DataFrame(rows, columns=["What", "Before", "Now", HOW_SURE])
    return Finding(
        "At a glance",
        "What the joints carry, muscles included, and how pelvis and trunk turn (minus: the other"
        f" way). Before: {name_reference(result)}.",
        figures if known.is_known else figures.drop(columns=HOW_SURE),
    )


def _format_turns(stood: float, stands: float) -> tuple[str, str]:
    """Write two angles; large ones that are nearly the same both in tenths, so that rounding makes
    no degree out of two tenths."""
    if abs(stands - stood) < NEAR_DEG and min(abs(stood), abs(stands)) >= NEAR_DEG:
        return f"{stood:+.1f}°".replace("-", "−"), f"{stands:+.1f}°".replace("-", "−")
    before, now = (f"{format_degrees(angle, signed=True)}°" for angle in (stood, stands))
    return before, now


def describe_head_level(
    standing: Result,
    level: Result,
    free: Result,
    certainty: Certainty = UNKNOWN,
    following: Certainty = UNKNOWN,
) -> Finding:
    """Compare the load on the neck: upright, leaning with a level head, leaning with the head
    following.

    Parameters
    ----------
    standing, level, free : Result
        Quiet standing; the same lean with the head held level and not.
    certainty : Certainty
        Of `level`; where it is known, adds how sure it is that the neck carries
        more, or less, than upright.
    following : Certainty
        Of what following changes, ``free.draws().beyond(level.draws())``; where
        it is known, adds whether the neck carries more, or less, than level.

    Returns
    -------
    Finding
        The load on the joint at the base of the neck, and the sum of the neck muscles, N.

    Notes
    -----
    The total is told and not single neck muscles, because how they share it
    is not settled.
    """
    rows = {
        "standing quietly": standing,
        "leaning, head level": level,
        "leaning, head follows": free,
    }
    loads = {word: float(result.joint_loads()[NECK_JOINT]) for word, result in rows.items()}
    figures = pd.DataFrame(
        {
            "Stance": list(rows),
            "Load at the base of the neck (N)": [int(round_newtons(one)) for one in loads.values()],
            "Neck muscles together (N)": [
                int(round_newtons(_add_up_neck(result))) for result in rows.values()
            ],
        }
    )
    if check_certainty(certainty).is_known or check_certainty(following).is_known:
        neck = list_muscle_groups(level)["neck"]
        asked = [UNKNOWN, certainty, following]
        figures[f"{HOW_SURE} (load)"] = [sure.joint_word(NECK_JOINT) or "–" for sure in asked]
        figures[f"{HOW_SURE} (muscles)"] = [sure.group_word(neck) or "–" for sure in asked]
    upright, held, loose = loads.values()
    cost = _say_cost(held, upright, certainty)
    follows = _say_following(loose, held, upright, following)
    return Finding(
        "The neck, standing and leaning",
        f"The base of the neck carries {format_newtons(upright)} in quiet standing,"
        f" {format_newtons(held)} leaning with the head level and {format_newtons(loose)} leaning"
        f" with the head following. {cost}; {follows}.",
        figures,
    )


def _say_cost(held: float, upright: float, certainty: Certainty) -> str:
    lean = _compare(held, upright)
    cost = {
        "more": "So the lean costs the neck something",
        "less": "So the neck carries less while leaning with a level head",
        "the same": "So the lean with a level head costs the neck nothing noticeable",
    }[lean]
    # the certainty is about more or less, so it says nothing about a load that is called the same
    return cost + in_brackets(certainty.joint_word(NECK_JOINT) if lean != "the same" else "")


def _say_following(loose: float, held: float, upright: float, following: Certainty) -> str:
    # what is printed alike is called alike
    is_alike = format_newtons(loose) == format_newtons(held)
    then = "the same" if is_alike else _compare(loose, held)
    even = "even " if _compare(held, upright) == "more" else ""
    said = {
        "more": f"letting the head follow the trunk costs {even}more than keeping it level",
        "less": "letting the head follow the trunk costs less than keeping it level",
        "the same": "whether the head stays level or follows makes hardly a difference",
    }[then]
    return said + in_brackets(following.joint_word(NECK_JOINT) if then != "the same" else "")


def _add_up_neck(result: Result) -> float:
    table = result.table()
    neck = (table["region"] == "neck") & (table["kind"] == "muscle")
    return float(table.loc[neck, "after_N"].sum())


def _compare(now: float, then: float) -> str:
    if abs(now - then) <= SAME_LOAD * then:
        return "the same"
    return "more" if now > then else "less"
