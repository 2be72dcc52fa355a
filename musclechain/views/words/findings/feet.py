"""Rolled feet in words: what the arch does, how far the rolling gets, what an insole takes back."""

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise, format_newtons
from musclechain.cases.foot import find_arch
from musclechain.mechanics.arch import Arch
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.spread import Result, spread
from musclechain.views.words.certainty import HOW_SURE, check_certainty
from musclechain.views.words.finding import Finding

__all__ = [
    "SAME_DEG",
    "describe_arch",
    "describe_insole",
    "describe_rolling",
    "find_rolled_side",
    "find_turns_in",
]

SIDES = ("left", "right")
# The levels above the heel, from below, and the bone of each; those of the leg have a side.
LEVELS = {
    "shin": "shank",
    "thigh": "thigh",
    "pelvis": "pelvis",
    "low back": "lumbar",
    "chest": "thorax",
    "head": "head",
}
OF_THE_LEG = ("shin", "thigh")
# Turns that are smaller are told as none, degrees.
SAME_DEG = 0.05
# An arch whose angle changes by less opens as far, and one that moves by less stands as high.
OPENS_DEG, SAME_MM = 0.2, 0.1


def find_rolled_side(result: Result) -> str:
    """Find the foot that is rolled further; the right one where both are alike.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        "left" or "right".
    """
    left, right = (abs(result.change.wedge_deg.get(side, 0.0)) for side in SIDES)
    return "left" if left > right else "right"


def find_turns_in(result: Result, side: str) -> pd.DataFrame:
    """Find how far each level above a rolled heel turns with it.

    Parameters
    ----------
    result : Result
    side : "left" or "right"

    Returns
    -------
    pandas.DataFrame
        Index: heel, shin, thigh, pelvis, low back, chest, head. `turns_in_deg`: as this leg turns
        inward; for the heel, how far it is rolled in. `share_percent`: of the heel's; a gap where
        it is not rolled. `forward_deg`: tilt forward.
    """
    pose = result.pose()
    inward = -1 if side == "right" else 1
    rolled = result.change.wedge_deg.get(side, 0.0)
    bones = _list_bones(side)
    turns = [rolled, *(inward * pose.loc[bones, "rotation_deg"])]
    return pd.DataFrame(
        {
            "turns_in_deg": turns,
            "share_percent": [100 * turn / rolled if rolled else float("nan") for turn in turns],
            "forward_deg": [0.0, *pose.loc[bones, "flexion_deg"]],
        },
        index=pd.Index(["heel", *LEVELS], name="level"),
    )


def describe_rolling(result: Result, certainty: Certainty = UNKNOWN) -> Finding:
    """Say how far the rolling of a foot gets: shin, thigh, pelvis, spine and head.

    Of the foot that is rolled further; where both are rolled alike, of the right one.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: adds how sure the direction of each turn is.

    Returns
    -------
    Finding
    """
    side = find_rolled_side(result)
    turns = find_turns_in(result, side)
    turn = turns["turns_in_deg"]
    table = pd.DataFrame(
        {
            "Level": [capitalise(str(level)) for level in turns.index],
            "Turns in (deg)": (turn.round(1) + 0.0).to_list(),
            "Share (%)": (turns["share_percent"].round() + 0.0).to_list(),
            "Tilts forward (deg)": (turns["forward_deg"].round(1) + 0.0).to_list(),
        }
    )
    if check_certainty(certainty).is_known:
        # a turn that is told as none has no direction
        words = [
            certainty.angle_word(bone, "rotation_deg") if abs(turn[level]) >= SAME_DEG else ""
            for level, bone in zip(LEVELS, _list_bones(side), strict=True)
        ]
        table[HOW_SURE] = ["given", *words]
    return Finding(
        "How far it gets",
        _say_rolling(turn, _name_heels(result, side), turns.at["pelvis", "forward_deg"]),
        table,
    )


def _list_bones(side: str) -> list[str]:
    return [f"{bone}_{side}" if level in OF_THE_LEG else bone for level, bone in LEVELS.items()]


def _name_heels(result: Result, side: str) -> tuple[str, str]:
    """The heels that are rolled alike, and what a level of the leg above is called."""
    left, right = (result.change.wedge_deg.get(one, 0.0) for one in SIDES)
    return ("Both heels are", "Each") if left == right else (f"The {side} heel is", "The")


def _say_rolling(turn: pd.Series, names: tuple[str, str], tilt: float) -> str:
    if abs(turn["heel"]) < SAME_DEG:
        return "No heel is rolled in or out."
    sign, way = (1, "in") if turn["heel"] > 0 else (-1, "out")
    shin, thigh, pelvis, chest, head = (
        _say(sign * turn[level]) for level in ("shin", "thigh", "pelvis", "chest", "head")
    )
    heels, each = names
    above = (
        "Pelvis, chest and head do not turn."
        if {pelvis, chest, head} == {"0"}
        else f"The pelvis turns the same way by {pelvis}, the chest by {chest}, the head by {head}."
    )
    return (
        f"{heels} rolled {way} by {abs(turn['heel']):.1f} degrees. {each} shin turns {way} by"
        f" {shin} degrees, {each.lower()} thigh by {thigh}. {above} The pelvis tilts"
        f" {_say_tilt(tilt)}."
    )


def _say(degrees: float) -> str:
    return f"{degrees:.1f}" if abs(degrees) >= SAME_DEG else "0"


def _say_tilt(degrees: float) -> str:
    if abs(degrees) < SAME_DEG:
        return "neither forward nor back"
    return f"{abs(degrees):.1f} degrees {'forward' if degrees > 0 else 'back'}"


def describe_arch(result: Result) -> Finding:
    """Say how far the arch of a foot gives way, and what the plantar fascia holds.

    Of the foot that is rolled further; where both are rolled alike, of the right one.

    Parameters
    ----------
    result : Result

    Returns
    -------
    Finding
        Now, and in healthy standing; sinking is against the unloaded foot.
    """
    side = find_rolled_side(result)
    now, usual = find_arch(result, side), _find_usual(result.body, side)
    rows = {
        "Arch is lower by (mm)": [f"{one.drop_mm:.1f}" for one in (usual, now)],
        "Arch opens by (deg)": [f"{one.flattening_deg:.1f}" for one in (usual, now)],
        "Plantar fascia": [format_newtons(one.fascia_n) for one in (usual, now)],
        "It holds of the arch (%)": [f"{100 * one.fascia_share:.0f}" for one in (usual, now)],
        "Under the heel": [format_newtons(one.heel_n) for one in (usual, now)],
        "Under the ball": [format_newtons(one.ball_n) for one in (usual, now)],
    }
    return Finding(
        f"The arch of the {side} foot",
        f"The arch stands {_say_low(now.drop_mm)} than in the unloaded foot (in"
        f" healthy standing {usual.drop_mm:.1f} mm lower). {_say_opening(usual, now)} The plantar"
        " fascia is under"
        f" {format_newtons(now.fascia_n)} of tension (healthy: {format_newtons(usual.fascia_n)}),"
        " and ligaments hold the rest.",
        pd.DataFrame(
            [(what, *values) for what, values in rows.items()], columns=["", "Before", "Now"]
        ),
    )


def _say_opening(usual: Arch, now: Arch) -> str:
    """Whether an arch opens, or only comes down with the heel that rolls."""
    more = now.flattening_deg - usual.flattening_deg
    if abs(more) >= OPENS_DEG:
        return f"Its angle opens by {now.flattening_deg:.1f} degrees ({usual.flattening_deg:.1f})."
    if abs(now.drop_mm - usual.drop_mm) < SAME_MM:
        return "Its angle opens as far."
    way = "comes down" if now.drop_mm > usual.drop_mm else "is lifted"
    return f"Its angle opens no further than there: its inner side {way} with the heel that rolls."


def _say_low(drop_mm: float) -> str:
    return f"{abs(drop_mm):.1f} mm {'lower' if drop_mm >= 0 else 'higher'}"


def _find_usual(body: Body, side: str) -> Arch:
    """The arch in healthy standing; kept with the body."""
    return body.derived(f"usual_arch_{side}", lambda body: find_arch(spread(body), side))


def describe_insole(rolled: Result, helped: Result) -> Finding:
    """Say what an insole takes back at each level.

    Parameters
    ----------
    rolled, helped : Result
        The same rolled foot without and with the insole.

    Returns
    -------
    Finding
    """
    side = find_rolled_side(rolled)
    without, with_ = (find_turns_in(result, side)["turns_in_deg"] for result in (rolled, helped))
    drops = [find_arch(result, side).drop_mm for result in (rolled, helped)]
    back = without - with_
    return Finding(
        "What the insole takes back",
        f"The heel is still rolled in by {with_['heel']:.1f} of {without['heel']:.1f} degrees. At"
        f" the shin the insole takes {back['shin']:.1f} degrees back, at the pelvis"
        f" {back['pelvis']:.1f} and at the chest {_say(back['chest'])}; the arch stands"
        f" {drops[0] - drops[1]:.1f} mm higher.",
        pd.DataFrame(
            {
                "Level": [capitalise(str(level)) for level in without.index],
                "Turns in without (deg)": (without.round(1) + 0.0).to_list(),
                "With (deg)": (with_.round(1) + 0.0).to_list(),
                "Taken back (deg)": (back.round(1) + 0.0).to_list(),
            }
        ),
    )
