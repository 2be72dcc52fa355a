"""Lesson 08: a treatment plan: two plans beside doing nothing, what they do and for how long
(`lessons.planning`, `lessons.treatment`)."""

from typing import Any

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import call_structure, capitalise
from musclechain.cases.course import find_course
from musclechain.cases.plans import Dose, Plan, find_effects, read_remedy
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.questions import Prediction
from musclechain.labs.shown_chart import ShownChart
from musclechain.labs.tasks import Task
from musclechain.lessons.examples import MASSAGE, STRAIN, UNEVEN
from musclechain.lessons.lesson import Lesson, Question
from musclechain.lessons.planning import NOTHING, PLAN_A, PLAN_B, PlanLab, PlanState
from musclechain.lessons.treatment import PLAN_CLAIMS, STRAIGHTER_DEG
from musclechain.lessons.wording import show_words
from musclechain.mechanics.spread import spread
from musclechain.views.words.home_card import show_card
from musclechain.views.words.plan_charts import describe_chart_sessions

__all__ = ["LESSON", "show_sessions"]

A_WEEK_MINUTES = 7 * 24 * 60
MINUTES = 30.0


# ---- its chart --------------------------------------------------------------------------------


def show_sessions(body: Body, prediction: Prediction | None = None) -> ShownChart:
    """Show what one session of each remedy leaves, minute by minute.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Covers the chart until it is answered.

    Returns
    -------
    ShownChart
    """

    def draw(theme: str) -> Any:
        from musclechain.views.charts import draw_sessions

        return draw_sessions(body, MINUTES, theme)

    return ShownChart(draw, describe_chart_sessions(body, MINUTES), prediction)


# ---- its exercises ----------------------------------------------------------------------------


def judge_sessions(body: Body, count: Any) -> str:
    """How many massages a week keep a muscle soft around the clock."""
    if not is_number(count) or count <= 0:
        return "Put a number of sessions a week in, more than 0."
    gone = _find_gone_minutes(body)
    needed = A_WEEK_MINUTES / gone
    return compare_number(
        count * gone / 60, A_WEEK_MINUTES / 60, 0.03 * needed * gone / 60, "it lasts", "hours"
    )


def _find_gone_minutes(body: Body) -> float:
    """After how many minutes nothing is left of what a massage softens."""
    level = read_remedy(body, MASSAGE.remedy)
    return level.values["gone_after"] if level else 0.0


def judge_stretching(body: Body, minutes: Any) -> str:
    """How many minutes a day of stretching give the whole gain, and no more than are needed."""
    if not is_number(minutes):
        return "Put a number of minutes in, from 1 to 120."
    most = _find_gain(body, 120)
    gain = _find_gain(body, minutes)
    if gain < 0.99 * most:
        return f"That gives {gain:.1f} degrees, and more minutes give up to {most:.1f}."
    if _find_gain(body, max(0.75 * minutes, 1)) >= 0.99 * most:
        return f"That gives all {most:.1f} degrees, and fewer minutes would as well."
    return ""


def _find_gain(body: Body, minutes: float) -> float:
    dose = Dose("static stretching", minutes=minutes, per_week=7, region="thigh")
    return float(find_effects(body, Plan((dose,)))[0].range_deg)


# ---- what its questions are compared with, and its tasks ---------------------------------------

LEFT_CHOICES = (
    "Hardly anything: twelve sessions have made the muscle longer",
    "About half of it",
    "All of it, as if nothing had been done",
)
MINUTES_CHOICES = ("Some minutes", "About a day", "Until the next session")
EASED_CHOICES = ("With weekly massage", "With doing nothing", "Nobody would notice a difference")
TILT_CHOICES = ("It is nearer to level", "It stands as with doing nothing", "It is tilted more")
# A difference that a person would notice, of pain in points of 100.
FELT = 2.0


def compare_left(body: Body) -> tuple[str, str]:
    """What is left of the shortness a week after twelve weekly massages, as a choice."""
    result, day = spread(body, [STRAIN, UNEVEN]), MASSAGE.last_day + 7
    courses = [find_course(result, plan) for plan in (Plan((MASSAGE,)), Plan())]
    left, nothing = (float(course.table([day])["shorter_mm"].iloc[0]) for course in courses)
    share = left / nothing
    number = 0 if share < 0.25 else 1 if share < 0.75 else 2
    return LEFT_CHOICES[number], (
        f"the fibres of {call_structure(body, courses[0].watched)} are {left:.1f} mm shorter with"
        f" twelve massages and {nothing:.1f} mm with doing nothing: they fit the stance, and the"
        " stance is the same."
    )


def compare_minutes(body: Body) -> tuple[str, str]:
    """How long a massage keeps a muscle softer, as a choice."""
    gone = _find_gone_minutes(body)
    number = 0 if gone < 120 else 1 if gone < 3 * 24 * 60 else 2
    said = f"the calf was as stiff as before after {gone:g} minutes (TX01)."
    return MINUTES_CHOICES[number], said


def find_relief(state: PlanState) -> float:
    """By how many points of 100 plan A leaves less pain than doing nothing."""
    return 100 * (state.find("pain", NOTHING) - state.find("pain", PLAN_A))


def choose_eased(state: PlanState) -> str:
    """With which of two there is less pain, as a choice."""
    less = find_relief(state)
    return EASED_CHOICES[2 if abs(less) < FELT else 0 if less > 0 else 1]


def choose_tilt(state: PlanState) -> str:
    """What a plan has done to the tilt of the pelvis, as a choice."""
    day = 7 * state.week
    nothing, done = (
        abs(float(state.courses[name].result_on(day).pose().at["pelvis", "side_bend_deg"]))
        for name in (NOTHING, state.shown)
    )
    less = nothing - done
    return TILT_CHOICES[1 if abs(less) < STRAIGHTER_DEG else 0 if less > 0 else 2]


def choose_balance(state: PlanState) -> str:
    """Which of both plans trains balance more by that week."""
    first, second = (state.find("balance", name) for name in (PLAN_A, PLAN_B))
    return capitalise(PLAN_A) if first > second else capitalise(PLAN_B)


def find_half_week(state: PlanState) -> float:
    """The first week after the end of plan A in which less than half of its gain is left."""
    course = state.courses[PLAN_A]
    last = max(dose.last_day for dose in course.plan.doses) / 7
    weeks = np.arange(last, 53)
    left = course.table(7 * weeks)["range_deg"].to_numpy()
    return float(weeks[np.argmax(left < 0.5 * left[0])])


TASKS = {
    "plan": (
        Task(
            "A strained hamstring on uneven hips, plan A: weekly massage (on paper only: a fresh"
            " tear is not kneaded). Choose Pain over the weeks. In week 1, how many points of 100"
            " less pain does plan A leave than doing nothing?",
            "Ease is what massage gives. The size rests on one small trial, of new back pain"
            " (TX04); the band shows how unsure it is.",
            {"week": 1},
            "It stands in the table of week 1: subtract.",
            number=find_relief,
            place="comfort",
            within=1.0,
            unit="points",
        ),
        Task(
            "The same in week 13, one week after the last massage. With which is there less pain?",
            "A partial tear heals in its weeks either way. A plan that ends well is easily thanked"
            " for what time did.",
            {"week": 13},
            choices=dict.fromkeys(EASED_CHOICES, "Read the pain of week 13 in the table."),
            right=choose_eased,
            place="comfort",
        ),
        Task(
            "A year has gone by; the body is shown with plan B, practice every day. What has"
            " become of the tilted pelvis?",
            "The hip still stands higher, and no remedy here moves a bone.",
            {"week": 52, "shown": PLAN_B},
            choices=dict.fromkeys(TILT_CHOICES, "Compare the tilt in the table."),
            right=choose_tilt,
        ),
        Task(
            "Doing nothing, week 52. Click the muscle whose fibres have fitted the stance most.",
            "It was held shorter for a year, and took on that length. The sentence under the chart"
            " names it.",
            {"week": 52, "shown": NOTHING},
            "Choose Fibres shorter by, and read the sentence under the chart.",
            structures=lambda state: {state.courses[NOTHING].watched},
        ),
        Task(
            "Plan A: stretches for six weeks. Choose Leg raised higher by. In which week is less"
            " than half of the gain of week 6 left for the first time?",
            "What weeks of stretching give is mostly that people tolerate more (TX07, TX16). It"
            " goes as it came.",
            {"plan_a": "stretches for six weeks", "week": 6},
            "Move the week on, or open the table under the chart.",
            number=find_half_week,
            within=0.4,
            unit="weeks",
            place="reach",
            moves=True,
        ),
        Task(
            "Uneven hips, plan A: strength alone. How many percent of the usual strength are there"
            " in week 22?",
            "Exercise is the part of these plans that changes tissue (TX19).",
            {"start": "uneven hips", "plan_a": "strength alone", "week": 22},
            "It stands in the table.",
            number=lambda state: 100 * state.find("strength", PLAN_A),
            within=1.0,
            unit="%",
            place="strength",
        ),
        Task(
            "Uneven hips, plan B: rest for six weeks. How many percent of the usual strength are"
            " left in week 6?",
            "Rest costs strength, and gives nothing to hips that do not hurt. How much load rest"
            " takes away is an assumption; see the band.",
            {"start": "uneven hips", "plan_b": "rest for six weeks", "week": 6, "shown": PLAN_B},
            "It stands in the table.",
            number=lambda state: 100 * state.find("strength", PLAN_B),
            within=0.6,
            unit="%",
            place="strength",
        ),
        Task(
            "Plan A: massage and strength. Plan B: Pilates and balance. Which trains balance more"
            " by week 12?",
            "Balance comes from balancing: training improves the tasks that are trained (TX13),"
            " and strength has little to do with it (TX14).",
            {"plan_a": "massage and strength", "plan_b": "Pilates and balance", "week": 12},
            choices=dict.fromkeys(
                (capitalise(PLAN_A), capitalise(PLAN_B)), "Choose Balance over the weeks."
            ),
            right=choose_balance,
            place="control",
        ),
    ),
}


LESSON = Lesson(
    name="08_a_treatment_plan",
    title="A treatment plan",
    about=(
        "what massage, stretching, training and rest do, for how long, how sure that is, and what"
        " they do not do"
    ),
    minutes=60,
    labs=(PlanLab,),
    findings=(show_sessions, show_card, show_words),
    exercises=(
        Exercise(
            "soft_around_the_clock",
            judge_sessions,
            "So nobody is kept soft by massage. If several sessions help, it is by something else"
            " than stiffness.",
            unit="sessions",
            text="A massage leaves the muscle softer for a while: see the chart. How many"
            " sessions a week would keep it softer around the clock, each starting when the one"
            " before is gone?",
            mistakes=((7, "too little"), (10000, "too much"), (-1, "Put a"), ("x", "Put a")),
        ),
        Exercise(
            "enough_stretching",
            judge_stretching,
            "Three minutes a day do what three hours would. Beyond that dose no more range was"
            " found.",
            unit="minutes",
            text="Stretching the back of the thigh every day: how many minutes a day are just"
            " enough for the whole gain of range? Each try tells you what it gives.",
            mistakes=((1, "more minutes give"), (60, "fewer minutes"), (500, "minutes must be")),
        ),
    ),
    predictions={
        "left_over": Question(
            "The left hip stands 30 mm higher, and a muscle at the right hip has got shorter. It is"
            " massaged once a week for 12 weeks. A week after the last session, how much of the"
            " shortness is left?",
            LEFT_CHOICES,
            compare_left,
        ),
        "minutes": Question(
            "A calf is massaged for seven minutes and gets softer. How long does that last?",
            MINUTES_CHOICES,
            compare_minutes,
        ),
    },
    tasks=TASKS,
    claims=PLAN_CLAIMS,
)
