"""What the model shows of the claims about time and treatment, 21 to 30, 36 and 39 to 43: those of
lesson 07 and of lesson 08."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_degrees
from musclechain.cases.compared import compare_courses
from musclechain.cases.course import Course, find_course
from musclechain.cases.neglect import compare_starts
from musclechain.cases.plans import Dose, Plan, find_after_session, find_effects
from musclechain.cases.tightness import compare_sliding, find_joint_turns, solve_lesson_states
from musclechain.lessons.examples import (
    BALANCE,
    MASSAGE,
    PILATES,
    PRACTICE,
    STRAIN,
    STRENGTH,
    STRETCHING,
    UNEVEN,
)
from musclechain.lessons.lesson import ClaimShown
from musclechain.mechanics.circle import CircleLine, draw_echoes, find_circle_line, find_echo
from musclechain.mechanics.guarding import THEORIES
from musclechain.mechanics.spread import Result, spread
from musclechain.views.words.findings import (
    describe_circle,
    describe_course,
    describe_echoes,
    describe_joint_turns,
    describe_plan,
    describe_plans,
    describe_sessions,
    describe_sliding,
    describe_starts,
)

__all__ = [
    "CIRCLES",
    "PLAN_CLAIMS",
    "SLOW_CLAIMS",
    "STRAIGHTER_DEG",
    "find_starts",
    "find_strongest_turns",
]

YEAR, MONTHS_DAYS, WEEK_DAYS = 365.0, 60.0, 7.0
# what counts: of a tilt in degrees, of pain, strength and stiffness, of fibres in mm, of N
STRAIGHTER_DEG, GAIN, FIBRES_MM, DRAGGED_N = 1.0, 0.05, 1.0, 10.0
STARTS = 40
# so many circles are drawn, the same for the chart of lesson 07 and for claim 26
CIRCLES = 40
# what fewer draws show lies outside of the nine in ten that are shaded elsewhere
RARE = 0.05
OUT_OF_PLACE_MM, DRAGGED_DEG = 2.0, 0.5


# ---- claims about time


def find_starts(body: Body) -> pd.DataFrame:
    """Early against late with the range of its numbers; see `compare_starts`."""
    return body.derived("starts", lambda body: compare_starts(body, draws=STARTS))


def find_strongest_turns(body: Body) -> pd.DataFrame:
    """How far joints turn in the strongest states of the lessons; see `find_joint_turns`."""
    return body.derived("strongest turns", lambda body: find_joint_turns(solve_lesson_states(body)))


def show_fitting(body: Body) -> ClaimShown:
    """Claim 22: muscles fit their length and tightness to the stance that is kept."""
    course = find_course(spread(body, UNEVEN))
    last = course.table([YEAR]).iloc[0]
    fitted = abs(last["shorter_mm"]) > FIBRES_MM
    return ClaimShown.of(describe_course(course), fitted and last["stiffer"] > GAIN, fitted)


def show_locking(body: Body) -> ClaimShown:
    """Claim 25: only deep massage with neuromuscular therapy parts locked fibres."""
    result = spread(body, STRAIN)
    echoes = {theory: find_echo(result, theory) for theory in THEORIES}
    stay = [echo.sustained for echo in echoes.values()]
    return ClaimShown.of(describe_echoes(echoes), all(stay), any(stay))


def show_circle(body: Body) -> ClaimShown:
    """Claim 26: tight muscles left alone keep tugging, and new trouble follows."""
    result = spread(body, STRAIN)
    border, drawn = body.derived("circles", lambda _: _find_circles(result))
    return ClaimShown.of(
        describe_circle(border, drawn), find_echo(result).sustained, bool((drawn > 0).mean() > RARE)
    )


def _find_circles(result: Result) -> tuple[CircleLine, np.ndarray]:
    return find_circle_line(result, spreads=(0.5, 0.65, 0.8)), draw_echoes(result, draws=CIRCLES)


def show_gluing(body: Body) -> ClaimShown:
    """Claim 27: fascia glues itself to muscle and drags at the skeleton."""
    slid = compare_sliding(body, STRAIN)
    usual, less = slid["usual"], slid["less"]
    dragged = (less.table()["after_N"] - usual.table()["after_N"]).abs().max() > DRAGGED_N
    turned = (less.pose() - usual.pose()).abs().to_numpy().max() > DRAGGED_DEG
    return ClaimShown.of(describe_sliding(slid), bool(dragged and turned), bool(dragged or turned))


def show_displacement(body: Body) -> ClaimShown:
    """Claim 28: this shifts a vertebra or a hip from its place."""
    turns = find_strongest_turns(body)
    moved = turns["shift_mm"].max() > OUT_OF_PLACE_MM
    return ClaimShown.of(describe_joint_turns(turns), bool(moved))


def show_memory(body: Body) -> ClaimShown:
    """Claim 29: after some time in one position muscles find it hard to get long again."""
    starts = compare_starts(body, weeks=(1, 4))
    back = starts[["fibres_back_days", "tissue_back_days"]].max(axis=1)
    kept = WEEK_DAYS * starts.index.to_numpy()
    return ClaimShown.of(
        describe_starts(starts), bool((back > kept).all()), bool((back > kept / 2).any())
    )


def show_neglect(body: Body) -> ClaimShown:
    """Claim 30: what has been neglected over years needs months."""
    starts = find_starts(body)
    longest = starts.filter(like="_back_days").max(axis=1)
    months = longest.loc[104] > MONTHS_DAYS
    # years must matter, and not just half a year
    years = longest.loc[104] - longest.loc[26] > WEEK_DAYS
    return ClaimShown.of(describe_starts(starts), bool(months and years), bool(months))


# ---- claims about treatment


def show_massage(body: Body) -> ClaimShown:
    """Claim 21: for faults of posture massage is a great help."""
    table = _beside_nothing(spread(body, [STRAIN, UNEVEN]), Plan((MASSAGE,), "massage"), WEEK_DAYS)
    words = f"{describe_plans(table)} {describe_sessions(body)}"
    relieved = table["pain"].iloc[0] - table["pain"].iloc[1] > GAIN
    return ClaimShown.of(words, _straighten(table), bool(relieved))


def show_longer_and_stronger(body: Body) -> ClaimShown:
    """Claim 23: massage with training makes muscles longer and stronger, and people straighter."""
    plan = Plan((MASSAGE, STRENGTH), "massage and training")
    table = _beside_nothing(spread(body, UNEVEN), plan, STRENGTH.last_day)
    nothing, done = table.iloc[0], table.iloc[1]
    stronger = done["strength"] - nothing["strength"] > GAIN
    longer = nothing["shorter_mm"] - done["shorter_mm"] > FIBRES_MM
    return ClaimShown.of(
        describe_plans(table), bool(stronger and longer and _straighten(table)), bool(stronger)
    )


def show_workout(body: Body) -> ClaimShown:
    """Claim 24: moving stretches around a workout make good what it strained."""
    stretching = Dose("dynamic stretching", minutes=5, per_week=7, weeks=4, region="thigh")
    table = _beside_nothing(
        spread(body, STRAIN), Plan((stretching,), "moving stretches"), WEEK_DAYS
    )
    nothing, done = table.iloc[0], table.iloc[1]
    healed = nothing["pain"] - done["pain"] > GAIN or done["strength"] - nothing["strength"] > GAIN
    words = f"{describe_plans(table)} {describe_sessions(body, stretching.minutes)}"
    return ClaimShown.of(words, bool(healed))


def show_levelling(body: Body) -> ClaimShown:
    """Claim 36: massage with balance training puts uneven hips right."""
    plan = Plan((MASSAGE, BALANCE), "massage and balance work")
    table = _beside_nothing(spread(body, UNEVEN), plan, BALANCE.last_day)
    return ClaimShown.of(describe_plans(table), _straighten(table))


def show_pilates(body: Body) -> ClaimShown:
    """Claim 39: Pilates goes well with massage and trains what holds the body upright."""
    plan = Plan((PILATES, MASSAGE), "Pilates and massage")
    table = _beside_nothing(spread(body, [STRAIN, UNEVEN]), plan, WEEK_DAYS)
    relieved = table["pain"].iloc[0] - table["pain"].iloc[1] > GAIN
    words = f"{describe_plan(body, plan)} {describe_plans(table)}"
    return ClaimShown.of(words, _straighten(table) and bool(relieved), bool(relieved))


def show_noticing(body: Body) -> ClaimShown:
    """Claim 40: nobody mends a posture without noticing it first."""
    strain, uneven = (find_course(spread(body, cause)) for cause in (STRAIN, UNEVEN))
    before, after = (_find_turn(strain, day) for day in (0.0, YEAR))
    kept = [format_degrees(_find_turn(uneven, day)) for day in (0.0, YEAR)]
    words = (
        "The model knows no noticing, and with nothing done and nothing noticed the posture of a"
        f" strain goes with its pain: of {format_degrees(before)} degrees by which the pelvis is"
        f" turned, {format_degrees(after)} are left after a year; of {kept[0]} degrees"
        f" with uneven hips, {kept[1]}."
    )
    return ClaimShown.of(words, after > before / 2)


def show_sessions(body: Body) -> ClaimShown:
    """Claim 41: loosening takes several sessions."""
    week, minutes = 7 * 24 * 60.0, MASSAGE.minutes
    left = float(find_after_session(body, MASSAGE.remedy, minutes, [week])["softer"].iloc[0])
    softened = [float(effect.softer) for effect in find_effects(body, Plan((MASSAGE,)))]
    kept = left + max(softened)
    softer = f"{100 * kept:.1f} % softer" if kept > GAIN else "no softer"
    words = (
        f"{describe_sessions(body, minutes)} So the next weekly session begins where the first did,"
        f" and several leave the muscle {softer}."
    )
    return ClaimShown.of(words, kept > GAIN)


def show_daily_practice(body: Body) -> ClaimShown:
    """Claim 42: a daily habit of raising each foot, stretching and breathing is advised."""
    plan = Plan((PRACTICE, STRETCHING), "every day")
    effects = find_effects(body, plan)
    gains = sum(float(one.balance) for one in effects), sum(float(one.range_deg) for one in effects)
    words = str(describe_plan(body, plan))
    return ClaimShown.of(words, all(gain > GAIN for gain in gains), any(gains))


def show_patience(body: Body) -> ClaimShown:
    """Claim 43: with time, stretches at home and patience the posture comes right."""
    plan = Plan((PRACTICE, STRETCHING), "a year of practice")
    table = _beside_nothing(spread(body, UNEVEN), plan, STRETCHING.last_day)
    return ClaimShown.of(describe_plans(table), _straighten(table))


def _beside_nothing(result: Result, plan: Plan, day: float) -> pd.DataFrame:
    courses = {"nothing": find_course(result), plan.name: find_course(result, plan)}
    return compare_courses(courses, day, draws=20)


def _straighten(table: pd.DataFrame) -> bool:
    """Whether the plan brings the pelvis nearer to level than doing nothing."""
    nothing, done = table["pelvis_deg"].abs()
    return bool(nothing - done > STRAIGHTER_DEG)


def _find_turn(course: Course, day: float) -> float:
    """By how much the pelvis is turned on a day, degrees."""
    return float(course.result_on(day).pose().loc["pelvis"].abs().max())


SLOW_CLAIMS: Mapping[int, Callable[[Body], ClaimShown]] = {
    22: show_fitting,
    25: show_locking,
    26: show_circle,
    27: show_gluing,
    28: show_displacement,
    29: show_memory,
    30: show_neglect,
}
PLAN_CLAIMS: Mapping[int, Callable[[Body], ClaimShown]] = {
    21: show_massage,
    23: show_longer_and_stronger,
    24: show_workout,
    36: show_levelling,
    39: show_pilates,
    40: show_noticing,
    41: show_sessions,
    42: show_daily_practice,
    43: show_patience,
}
