"""Findings about slow change: what time does, what neglect leaves, and whether guarding goes on."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from musclechain.anatomy.format import (
    SHOWN_N,
    call_structure,
    capitalise,
    format_degrees,
    format_newtons,
    format_percent,
    join_words,
)
from musclechain.cases.course import FINELY, NO_PAIN, Course
from musclechain.cases.neglect import NEARLY_BACK
from musclechain.mechanics.circle import CircleLine, CircleMap, Echo
from musclechain.mechanics.spread import Result
from musclechain.views.words.charts import ChartText
from musclechain.views.words.finding import Finding, name_joint

__all__ = [
    "describe_chart_circles",
    "describe_chart_starts",
    "describe_chart_timeline",
    "describe_circle",
    "describe_course",
    "describe_day",
    "describe_echoes",
    "describe_joint_turns",
    "describe_sliding",
    "describe_starts",
    "say_days",
    "say_painless_range",
    "say_moment",
]

DAYS = (0.0, 7.0, 28.0, 91.0, 182.0, 365.0)
# what counts as none: of length in mm, of a turn in degrees, of a shift in mm, of tissue
NO_MM, NO_DEG, NO_SHIFT_MM, NO_STIFFER = 0.1, 0.1, 0.1, 0.005
TRACE = 0.001
SLIDES = {"usual": "As usual", "less": "Less (TP26)", "more": "More (TP27)"}


def say_days(days: float) -> str:
    """Say a time in the unit that people count it in: ``3 days``, ``5 weeks``, ``4 months``.

    Parameters
    ----------
    days : float

    Returns
    -------
    str

    Examples
    --------
    >>> say_days(3.4), say_days(36), say_days(125), say_days(0.2)
    ('3 days', '5 weeks', '4 months', 'less than a day')
    """
    if days < 1:
        return "less than a day"
    for least, length, unit in ((700, 365, "year"), (75, 30.4, "month"), (13.5, 7, "week")):
        if days >= least:
            return f"{days / length:.0f} {unit}s"
    return f"{days:.0f} day{'' if f'{days:.0f}' == '1' else 's'}"


def say_moment(day: float) -> str:
    """Say when a day is: ``at the beginning``, ``after 10 minutes``, ``after 4 weeks``.

    Parameters
    ----------
    day : float

    Returns
    -------
    str

    Examples
    --------
    >>> say_moment(0), say_moment(1 / 144), say_moment(28)
    ('at the beginning', 'after 10 minutes', 'after 4 weeks')
    """
    if day == 0:
        return "at the beginning"
    return f"after {day * 1440:.0f} minutes" if day < 0.5 else f"after {say_days(day)}"


def describe_day(course: Course, day: float, result: Result) -> str:
    """Say how things stand on a day of a course, the figures first. While days are played a picture
    shows the first sentence only, so that is a short one.

    Parameters
    ----------
    course : Course
    day : float
    result : Result
        Of that day.

    Returns
    -------
    str
    """
    row = course.table([day]).iloc[0]
    first, told = [], _list_fibres(course, row)
    if course.result.change.pain:
        first.append(f"pain {_say_share_left(row['pain'])}")
        if course.routes["guarding"]:
            first.append(f"guarding {_say_share_left(row['guarding'])}")
        told.insert(0, f"strength {format_percent(row['strength'])}")
    else:
        first, told = told[:1], told[1:]
    muscles = result.table().query("kind == 'muscle'")["change_N"]
    told.append(f"all muscles together change by {format_newtons(float(muscles.abs().sum()))}")
    when = f"Day {day:.0f}" if day >= 0.5 or day == 0 else capitalise(say_moment(day))
    if not first:
        return f"{when}: {', '.join(told)}."
    return f"{when}: {', '.join(first)}. {capitalise(', '.join(told))}."


def _say_share_left(share: float) -> str:
    """A share in percent, without the traces that a fading exponential leaves for ever."""
    return format_percent(share if share >= TRACE else 0.0)


def _list_fibres(course: Course, row: pd.Series) -> list[str]:
    """What has become of the fibres that are held furthest from their length, and their tissue."""
    shorter, told = float(row["shorter_mm"]), []
    if abs(shorter) >= NO_MM:
        name = call_structure(course.result.body, course.watched)
        told.append(f"{name} {abs(shorter):.1f} mm {'shorter' if shorter > 0 else 'longer'}")
    if row["stiffer"] >= NO_STIFFER:
        told.append(f"its tissue {format_percent(row['stiffer'])} stiffer")
    return told


def say_painless_range(course: Course, draws: int) -> str:
    """Say when nine in ten draws of a course are without pain: ``between 4 weeks and more than 2
    years in nine of ten courses tried``.

    Parameters
    ----------
    course : Course
    draws : int
        How often the numbers of the laws are drawn, 2 to 2000.

    Returns
    -------
    str
    """
    usual, drawn = (one.find_painless_days() for one in (course, course.draw(draws)))
    # by whole draws: where the pain stays there is nothing to go between
    low, high = np.quantile(drawn, (0.05, 0.95), method="nearest")
    ends = [
        f"more than {say_days(course.days)}" if np.isinf(day) else say_days(day)
        for day in (min(low, usual[0]), max(high, usual[0]))
    ]
    return f"between {ends[0]} and {ends[1]} in nine of ten courses tried"


def describe_course(course: Course, days: Sequence[float] = DAYS, draws: int = 0) -> Finding:
    """Say what becomes of pain, of the muscle that is held furthest from its length, and of
    strength.

    Parameters
    ----------
    course : Course
    days : sequence of float
        Of the table; those that the course has.
    draws : int
        How often the numbers of the laws are drawn for the range of the pain, 2 to 2000; 0 to say
        none.

    Returns
    -------
    Finding
    """
    shown = [day for day in days if day <= course.days]
    table = course.table(shown)
    figures = pd.DataFrame(
        {
            "After": ["at the beginning" if day == 0 else say_days(day) for day in shown],
            "Pain (0 to 1)": table["pain"].round(2).to_numpy(),
            "Guarding by pain (0 to 1)": table["guarding"].round(2).to_numpy(),
            "Fibres shorter by (mm)": table["shorter_mm"].round(1).to_numpy() + 0.0,
            "Tissue stiffer by (%)": (100 * table["stiffer"]).round(0).to_numpy(),
            "Strength (% of usual)": (100 * table["strength"]).round(0).to_numpy(),
        }
    )
    said = [_say_pain(course, draws), _say_fibres(course)]
    return Finding("What time does", " ".join(one for one in said if one), figures)


def describe_chart_timeline(
    course: Course, days: Sequence[float] = DAYS, draws: int = 60
) -> ChartText:
    """Say what the timeline of a course shows.

    Parameters
    ----------
    course : Course
    days : sequence of float
        Of the table; those that the course has.
    draws : int
        How often the numbers of the laws are drawn, 2 to 2000.

    Returns
    -------
    ChartText
        With the range of pain and of the fibres' length.
    """
    told, shown = describe_course(course, days, draws), [day for day in days if day <= course.days]
    band = course.band(shown, draws)
    figures = told.table
    for name, column, digits in (
        ("Pain", "pain", 2),
        ("Fibres (mm)", "shorter_mm", 1),
    ):
        low, high = (band[column, end].to_numpy().round(digits) + 0.0 for end in ("low", "high"))
        ends = [f"{one:g} to {other:g}" for one, other in zip(low, high, strict=True)]
        figures[f"{name}: nine of ten"] = ends
    return ChartText("From minutes to years", f"{told.sentence}{_say_band(course, band)}", figures)


def _say_band(course: Course, band: pd.DataFrame) -> str:
    """How far apart the draws are at the end."""
    last, when = band.iloc[-1], say_days(band.index[-1])
    if last["pain", "high"] - last["pain", "low"] > NO_PAIN:
        ends = " to ".join(_say_share_left(last["pain", end]) for end in ("low", "high"))
        return (
            " Where the numbers of the laws are drawn from their ranges, nine of ten have"
            f" {ends} of the greatest pain left after {when}."
        )
    low, high = sorted(abs(last["shorter_mm", end]) for end in ("low", "high"))
    if high - low > NO_MM:
        return (
            f" Where the numbers of the laws are drawn from their ranges, that is {low:.1f} to"
            f" {high:.1f} mm in nine of ten."
        )
    return ""


def _say_pain(course: Course, draws: int) -> str:
    first, last = course.table([0.0, course.days])["pain"]
    gone = float(course.find_painless_days()[0])
    if not gone:
        return "Nothing hurts here."
    if np.isinf(gone):
        return (
            f"The pain does not go: after {say_days(course.days)} it is at"
            f" {format_percent(last)} of the greatest pain."
        )
    return (
        f"The pain begins at {format_percent(first)} of the greatest pain, and hardly any is left"
        f" after {say_days(gone)}{f' ({say_painless_range(course, draws)})' if draws else ''}."
    )


def _say_fibres(course: Course) -> str:
    at = np.arange(0, course.days, FINELY)
    shorter = course.table(at)["shorter_mm"].to_numpy()
    most = int(np.argmax(np.abs(shorter)))
    if abs(shorter[most]) < NO_MM:
        return "No muscle is held away from its length far enough to fit itself to it."
    name = capitalise(call_structure(course.result.body, course.watched))
    way = "shorter" if shorter[most] > 0 else "longer"
    half = at[int(np.argmax(np.abs(shorter) >= abs(shorter[most]) / 2))]
    return (
        f"{name} is the muscle that this posture holds furthest from its length: its fibres get"
        f" {way} by up to {abs(shorter[most]):.1f} mm, half of that within {say_days(half)}, if"
        " people's muscles do with a posture as they do without load (AD02) and in high heels"
        " (AD01)."
    )


def describe_starts(starts: pd.DataFrame) -> Finding:
    """Say how long the way back takes after short and after long neglect.

    Parameters
    ----------
    starts : pandas.DataFrame
        As `compare_starts` gives it.

    Returns
    -------
    Finding
    """
    figures = pd.DataFrame({"Kept short for": [say_days(7 * weeks) for weeks in starts.index]})
    for name, label in (
        ("fibres", "Fibres"),
        ("tissue", "Tissue"),
        ("strength", "Strength"),
        ("sarcomeres", "Sarcomeres of animals"),
    ):
        figures[f"{label}: changed by (%)"] = (100 * starts[f"{name}_lost"]).round(1).to_numpy()
        figures[f"{label}: days back"] = starts[f"{name}_back_days"].round(0).to_numpy(int)
    longest = starts[["fibres_back_days", "tissue_back_days", "strength_back_days"]].max(axis=1)
    first, last = longest.iloc[0], longest.iloc[-1]
    early = f"After {say_days(7 * starts.index[0])} of it the way back takes {say_days(first)}"
    late = f"after {say_days(7 * starts.index[-1])} it takes {say_days(last)}"
    return Finding(
        "Early against late",
        f"{early}, {late}, until less than {format_percent(NEARLY_BACK)} is left of anything;"
        f" {_name_slowest(starts)} is the slowest{_say_days_between(starts)}."
        f" {_say_ceiling(starts, longest)} Ordinary stretching makes none of this quicker: it"
        " changed neither length nor stiffness (TX07)."
        " That something may stay for good (AD06) is not in the laws.",
        figures,
    )


def _name_slowest(starts: pd.DataFrame) -> str:
    last = starts.iloc[-1]
    return max(("fibres", "tissue", "strength"), key=lambda name: last[f"{name}_back_days"])


def _say_days_between(starts: pd.DataFrame) -> str:
    """Between which days nine in ten draws of the slowest lie, where they were made."""
    last, name = starts.iloc[-1], _name_slowest(starts)
    if f"{name}_back_low" not in starts:
        return ""
    low, high = (say_days(last[f"{name}_back_{end}"]) for end in ("low", "high"))
    return f" (at the end {low} to {high} in nine of ten courses tried)"


def _say_ceiling(starts: pd.DataFrame, longest: pd.Series) -> str:
    """Whether waiting longer goes on costing more."""
    if len(longest) < 2:
        return ""
    before, last = starts.index[-2:]
    gap = longest.iloc[-1] - longest.iloc[-2]
    if gap < 1:
        return (
            f"Whether one waits {say_days(7 * before)} or {say_days(7 * last)} makes no difference"
            " by these laws: there is nothing more to lose."
        )
    return f"Waiting {say_days(7 * last)} in place of {say_days(7 * before)} costs {say_days(gap)}."


def describe_echoes(echoes: Mapping[str, Echo]) -> Finding:
    """Say what guarding does with its cause, and what is left of it once the cause has gone.

    Parameters
    ----------
    echoes : mapping of theory to Echo
        As `find_echo` gives them.

    Returns
    -------
    Finding
    """
    figures = pd.DataFrame(
        {
            "Theory": [capitalise(theory) for theory in echoes],
            "Change by guarding with the cause (N)": [
                round(echo.with_cause_n, 1) for echo in echoes.values()
            ],
            "Once it has gone (N)": [round(echo.after_n, 1) for echo in echoes.values()],
            "Goes on by itself": ["yes" if echo.sustained else "no" for echo in echoes.values()],
        }
    )
    stays = [theory for theory, echo in echoes.items() if echo.sustained]
    idle = [theory for theory, echo in echoes.items() if echo.with_cause_n < SHOWN_N]
    said = (
        f"By {join_words(stays)} guarding goes on when its cause has gone"
        if stays
        else "By none of these theories does guarding go on when its cause has gone"
    )
    still = f"; by {join_words(idle)} it changes nothing here to begin with" if idle else ""
    return Finding(
        "Does guarding outlast its cause?",
        f"{said}{still}. In an experiment it faded together with the pain (PN03).",
        figures,
    )


def describe_circle(border: CircleLine, drawn: np.ndarray | None = None) -> Finding:
    """Say from which loop gain on a circle of guarding keeps itself going.

    Parameters
    ----------
    border : CircleLine
    drawn : numpy.ndarray, shape (draws,), optional
        As `draw_echoes` gives them: adds in how many of the draws it does.

    Returns
    -------
    Finding
    """
    gains = np.array(border.gains)
    figures = pd.DataFrame(
        {
            "Handed on to the next level (%)": [round(100 * one) for one in border.spreads],
            "Goes on from a loop gain of": _list_gains(border),
        }
    )
    if not np.isfinite(gains).any():
        said = f"By {border.theory} guarding never keeps itself going, whatever the loop gain"
    else:
        never = [one for one, gain in zip(border.spreads, gains, strict=True) if np.isinf(gain)]
        rare = f", and never where they hand on {format_percent(max(never))}" if never else ""
        least = int(np.argmin(gains))
        said = (
            f"By {border.theory} guarding keeps itself going from a loop gain of"
            f" {gains[least]:.1f} on where levels hand on"
            f" {format_percent(border.spreads[least])} of their excitation{rare}; below, it dies"
            " out with its cause"
        )
    share = _say_share(drawn)
    return Finding(
        "When does a circle of guarding go on?",
        f"{said}.{share} No study at hand measured either number.",
        figures,
    )


def describe_chart_circles(found: CircleMap) -> ChartText:
    """Say what the map of circles shows.

    Parameters
    ----------
    found : CircleMap

    Returns
    -------
    ChartText
    """
    circle, *others = found.lines
    left = np.array([one for _, one in found.drawn])
    told = describe_circle(found.lines[circle], left)
    never = [theory for theory in others if not np.isfinite(found.lines[theory].gains).any()]
    figures = told.table.rename(columns={told.table.columns[1]: capitalise(circle)})
    for theory in others:
        figures[capitalise(theory)] = _list_gains(found.lines[theory])
    strong = found.stronger
    figures[f"{capitalise(circle)}, guarding up to {format_percent(strong.floor)}"] = _list_gains(
        strong
    )
    none = f" By {join_words(never)} nothing goes on, whatever the gain." if never else ""
    return ChartText(
        "Dies out, or goes on?", f"{told.sentence}{none}{_say_stronger(strong, found)}", figures
    )


def _list_gains(line: CircleLine) -> list[str]:
    return [f"{gain:.1f}" if np.isfinite(gain) else "never" for gain in line.gains]


def _say_stronger(strong: CircleLine, found: CircleMap) -> str:
    """What would change the answer."""
    least = min(strong.gains)
    if not np.isfinite(least):
        return ""
    own = found.own
    return (
        " What would change the answer is the most that guarding adds: here"
        f" {format_percent(own['guarding_floor'])} of a muscle's strength, less than the"
        f" {format_percent(own['overload_activation'])} that a muscle bears. With"
        f" {format_percent(strong.floor)} the lower line holds; the model has a loop gain of"
        f" {own['guarding_loop_gain']:.1f}."
    )


def describe_chart_starts(starts: pd.DataFrame) -> ChartText:
    """Say what the chart of early against late shows.

    Parameters
    ----------
    starts : pandas.DataFrame
        As `compare_starts` gives it.

    Returns
    -------
    ChartText
    """
    told = describe_starts(starts)
    return ChartText(told.title, told.sentence, told.table)


def _say_share(drawn: np.ndarray | None) -> str:
    if drawn is None or not np.isfinite(drawn).any():
        return ""
    known = drawn[np.isfinite(drawn)]
    on = int((known > 0).sum())
    return (
        f" Of {len(known)} circles with numbers from the ranges that are thought possible,"
        f" {on or 'none'} {'go' if on > 1 else 'goes'} on."
    )


def describe_joint_turns(turns: pd.DataFrame) -> Finding:
    """Say how far tight muscles turn joints and move the bones of the low back.

    Parameters
    ----------
    turns : pandas.DataFrame
        As `find_joint_turns` gives it.

    Returns
    -------
    Finding
    """
    figures = pd.DataFrame(
        {
            "State": list(turns.index),
            "Most turned joint": [capitalise(name_joint(name)) for name in turns["joint"]],
            "Turn (degrees)": turns["turn_deg"].round(1).to_numpy(),
            "By tight muscles alone (degrees)": turns["tight_deg"].round(1).to_numpy(),
            "Vertebra on vertebra, at most (mm)": turns["shift_mm"].round(1).to_numpy(),
        }
    )
    most = turns["turn_deg"].idxmax()
    tight, shift = turns["tight_deg"].max(), turns["shift_mm"].max()
    tightest = name_joint(turns.at[turns["tight_deg"].idxmax(), "tight_joint"])
    turn = (
        f"tight muscles alone turn the {tightest} by {format_degrees(tight)} degrees at most"
        if tight >= NO_DEG
        else "tight muscles alone turn no joint by a tenth of a degree"
    )
    moved = f"by {shift:.1f} mm at most" if shift >= NO_SHIFT_MM else "by less than a tenth of a mm"
    return Finding(
        "How far joints turn",
        f"Of these states {most} turns a joint furthest: the"
        f" {name_joint(turns.at[most, 'joint'])} by"
        f" {format_degrees(turns.at[most, 'turn_deg'])} degrees, which is a movement and no change"
        f" of place. In all of them {turn}. What they add could move one vertebra of the low back"
        f" on the next {moved} (TP11), and back again when they let go. The joints of the model"
        " cannot come apart, so that is worked out from the force across the spine.",
        figures,
    )


def describe_sliding(slid: Mapping[str, Result]) -> Finding:
    """Say what it changes when layers of fascia slide less, or more.

    Parameters
    ----------
    slid : mapping of str to Result
        As `compare_sliding` gives them.

    Returns
    -------
    Finding
    """
    usual = slid["usual"]
    rows, most = [], 0.0
    for name, result in slid.items():
        beside = (result.table()["after_N"] - usual.table()["after_N"]).abs()
        turned = (result.pose() - usual.pose()).abs().to_numpy().max()
        most = max(most, float(beside.max()))
        rows.append(
            (SLIDES.get(name, name), round(float(beside.max()), 1), round(float(turned), 2))
        )
    figures = pd.DataFrame(
        rows, columns=["Layers slide", "Greatest change of a tension (N)", "Of a turn (degrees)"]
    )
    turned = max(row[2] for row in rows)
    return Finding(
        "Layers that slide less, or more",
        f"Whether the layers slide as much less as one study of back pain found, or as much more as"
        f" another, changes no tension{_say_beside(usual, most)}, and {_say_drag(turned)}. The two"
        " studies disagree (TP26, TP27).",
        figures,
    )


def _say_beside(usual: Result, most: float) -> str:
    """The greatest change of a tension beside those of the state itself, N."""
    if most < SHOWN_N:
        return " to speak of"
    greatest = float(usual.table()["change_N"].abs().max())
    return (
        f" by more than {format_newtons(most)}, against up to {format_newtons(greatest)} that the"
        " state itself changes"
    )


def _say_drag(turned: float) -> str:
    if turned < NO_DEG:
        return "turns no bone by a tenth of a degree"
    return f"turns bones by up to {format_degrees(turned)} degrees"
