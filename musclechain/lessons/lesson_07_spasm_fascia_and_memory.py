"""Lesson 07: spasm, sticky fascia and muscle memory: what time does (`lessons.course`), when
guarding goes on, early against late, layers that slide, and whether bones leave their place."""

from typing import Any

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.cases.course import NO_PAIN, Course, find_course
from musclechain.cases.neglect import compare_starts
from musclechain.cases.tightness import compare_sliding
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.questions import Prediction
from musclechain.labs.shown_chart import ShownChart
from musclechain.labs.slow_chart import SlowChart
from musclechain.labs.tasks import Task
from musclechain.lessons.course import DAYS, DRAWS, CourseLab
from musclechain.lessons.examples import A_LIMP, STRAIN, UNEVEN_HIPS
from musclechain.lessons.lesson import Lesson, Question
from musclechain.lessons.treatment import CIRCLES, SLOW_CLAIMS, find_starts, find_strongest_turns
from musclechain.mechanics.circle import CircleMap, find_echo, map_circles
from musclechain.mechanics.guarding import THEORIES
from musclechain.mechanics.spread import Result, spread
from musclechain.views.words.charts import ChartText
from musclechain.views.words.findings.slow import (
    describe_chart_circles,
    describe_chart_starts,
    say_days,
    say_painless_range,
)

__all__ = ["LESSON", "show_circles", "show_starts"]

WEEK_DAYS = 7.0
ASKED_WEEKS = 12.0
# The exercise about the circle: the greatest activation that guarding may add, and the spread.
FLOOR, SPREAD, NEAR_GAIN = 0.08, 0.8, 0.2


# ---- its charts -------------------------------------------------------------------------------


def show_circles(body: Body, prediction: Prediction) -> SlowChart[CircleMap]:
    """Show under which numbers a circle of guarding dies out, and under which it goes on.

    Parameters
    ----------
    body : Body
    prediction : Prediction
        Once it is answered the map is worked out, which takes some seconds.

    Returns
    -------
    SlowChart
    """

    def draw(found: CircleMap, said: ChartText, theme: str) -> Any:
        from musclechain.views.charts import draw_circle_map

        return draw_circle_map(found, said, theme)

    return SlowChart(
        lambda: map_circles(_strain(body), CIRCLES), draw, describe_chart_circles, prediction
    )


def show_starts(body: Body, prediction: Prediction | None = None) -> ShownChart:
    """Show how long the way back takes after short and after long neglect.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Covers the chart until it is answered.

    Returns
    -------
    ShownChart
    """
    starts = find_starts(body)
    said = describe_chart_starts(starts)

    def draw(theme: str) -> Any:
        from musclechain.views.charts import draw_starts

        return draw_starts(starts, said, theme)

    return ShownChart(draw, said, prediction)


def _strain(body: Body, guarding: float = 0.0, theory: str = THEORIES[0]) -> Result:
    return spread(body, STRAIN, guarding=guarding, theory=theory)


# ---- its exercises ----------------------------------------------------------------------------


def judge_weeks(body: Body, weeks: Any) -> str:
    """How long a muscle must be kept short for the way back to take twelve weeks."""
    if not is_number(weeks):
        return "Put a number of weeks in, such as 10."
    back = compare_starts(body, weeks=(weeks,))
    longest = float(back[[f"{name}_back_days" for name in HUMAN]].iloc[0].max()) / WEEK_DAYS
    return compare_number(longest, ASKED_WEEKS, 0.5, "the way back takes", "weeks")


HUMAN = ("fibres", "tissue", "strength")


def judge_gain(body: Body, gain: Any) -> str:
    """The loop gain from which on a strong circle that spreads far goes on."""
    if not is_number(gain) or not 0 < gain <= MOST_GAIN:
        return f"Put a loop gain in, above 0 and up to {MOST_GAIN:g}."
    if not _goes_on(body, gain):
        return "With this gain it still dies out: it takes more."
    if gain > NEAR_GAIN and _goes_on(body, gain - NEAR_GAIN):
        return "It goes on, but less would do."
    return ""


MOST_GAIN = 10.0


def _goes_on(body: Body, gain: float) -> bool:
    asked = {"guarding_loop_gain": gain, "spinal_spread": SPREAD, "guarding_floor": FLOOR}
    return find_echo(_strain(body), THEORIES[0], 1.0, **asked).sustained


# ---- what its questions are compared with ------------------------------------------------------

GONE_CHOICES = (
    "Within two weeks",
    "Within two months",
    "Not within two years: the circle keeps it going",
)
CIRCLE_CHOICES = ("By all three theories", "By the vicious circle alone", "By none of them")
LATE_CHOICES = ("About four times as long", "Up to twice as long", "Hardly any longer")
PLACE_CHOICES = ("By several millimetres", "By about a millimetre", "By less than half of one")


def compare_gone(body: Body) -> tuple[str, str]:
    """When a guarded strain has stopped hurting, as a choice."""
    guarded, plain = (find_course(_strain(body, one), days=DAYS[-1]) for one in (1.0, 0.0))
    day, sooner = (float(one.find_painless_days()[0]) for one in (guarded, plain))
    if not np.isfinite(day):
        return GONE_CHOICES[2], "it never goes."
    number = 0 if day <= 2 * WEEK_DAYS else 1 if day <= 2 * 31 else 2
    return GONE_CHOICES[number], (
        f"hardly any is left after {say_days(day)}, without guarding after {say_days(sooner)}"
        f" (with it, {say_painless_range(guarded, DRAWS)}: how much pain guarding adds nobody has"
        " measured)."
    )


def compare_outlasting(body: Body) -> tuple[str, str]:
    """By which theories guarding outlasts its cause, as a choice."""
    left = {theory: find_echo(_strain(body), theory) for theory in THEORIES}
    stays = [theory for theory, echo in left.items() if echo.sustained]
    number = 2 if not stays else 0 if len(stays) == len(THEORIES) else 1
    circle = left[THEORIES[0]]
    return CIRCLE_CHOICES[number], (
        f"with the cause the circle changes the muscles by {circle.with_cause_n:.0f} N in all, and"
        f" once it has gone by {circle.after_n:.1f} N."
    )


def compare_late(body: Body) -> tuple[str, str]:
    """How much longer the way back is after two years than after half a year, as a choice."""
    back = find_starts(body)[[f"{name}_back_days" for name in HUMAN]].max(axis=1)
    half, two = float(back.loc[26]), float(back.loc[104])
    number = 0 if two > 2 * half else 1 if two - half > WEEK_DAYS else 2
    return LATE_CHOICES[number], f"{say_days(half)} after half a year, {say_days(two)} after two."


def compare_place(body: Body) -> tuple[str, str]:
    """How far tight muscles could move one vertebra on the next, as a choice."""
    most = float(find_strongest_turns(body)["shift_mm"].max())
    number = 0 if most > 2 else 1 if most > 0.5 else 2
    return PLACE_CHOICES[number], (
        f"{most:.1f} mm at most, in the strongest states of these lessons and for the softest level"
        " that was measured."
    )


# ---- its tasks ---------------------------------------------------------------------------------

LINE_CHOICES = dict.fromkeys(
    ("Pain", "Guarding", "Strength", "Fibres", "Tissue"),
    "Follow each line from the left to the mark of one hour.",
)
COLUMNS = ("pain", "guarding", "strength", "shorter_mm", "stiffer")
HOUR = 1 / 24


def choose_first_line(course: Course) -> str:
    """What has gone most of its way after an hour, as a choice."""
    table = course.table([0.0, HOUR, *np.geomspace(HOUR, course.days, 60)[:-1], course.days])
    ways = [
        abs(table[name].iloc[1] - table[name].iloc[0])
        / max(float((table[name] - table[name].iloc[0]).abs().max()), 1e-9)
        for name in COLUMNS
    ]
    return list(LINE_CHOICES)[int(np.argmax(ways))]


THEORY_CHOICES = dict.fromkeys(
    ("As with guarding off", "It goes, but more slowly", "It stays"),
    "Compare pain after 4 weeks, with guarding off and with each of the two theories.",
)


def choose_theories(course: Course) -> str:
    """How pain goes by the two theories without a circle, against guarding off, as a choice."""
    courses = (
        find_course(_strain(course.body, belief, theory), days=course.days)
        for belief, theory in ((0.0, THEORIES[0]), (1.0, THEORIES[1]), (1.0, THEORIES[2]))
    )
    off, *others = (float(one.find_painless_days()[0]) for one in courses)
    longest = max(others)
    number = 2 if not np.isfinite(longest) else 1 if longest - off >= WEEK_DAYS / 2 else 0
    return list(THEORY_CHOICES)[number]


DRAWN_CHOICES = dict.fromkeys(
    ("It is gone", "Anything from gone to as strong as can be", "It is as on the first day"),
    "Look at the shade at the right end of the uppermost panel.",
)


def choose_drawn(course: Course) -> str:
    """What nine in ten drawn courses say of the pain at the end, as a choice."""
    low, high = course.band([course.days])["pain"].iloc[0][["low", "high"]]
    number = 0 if high < NO_PAIN else 1 if low < NO_PAIN and high > 0.9 else 2
    return list(DRAWN_CHOICES)[number]


SLIDING_CHOICES = dict.fromkeys(
    ("Hardly anything: less than 2 N", "Something: up to 10 N", "Much: more than 10 N"),
    "Click the biceps femoris and the sacrotuberous ligament in both settings, on the first day.",
)


def choose_sliding(course: Course) -> str:
    """By how much layers that slide less change any tension, as a choice."""
    slid = compare_sliding(course.result.whole, course.result.causes)
    most = (slid["less"].table()["after_N"] - slid["usual"].table()["after_N"]).abs().max()
    return list(SLIDING_CHOICES)[0 if most < 2 else 1 if most < 10 else 2]


def _read(column: str, day: float, scale: float = 1.0) -> Any:
    """What reads a number of a course."""
    return lambda course: abs(scale * float(course.table([day])[column].iloc[0]))


TASKS = {
    "course": (
        Task(
            "A strained hamstring, guarding off. Press Play, then go back to 'after 7 days'. How"
            " much pain is left, if 100 % is the worst there can be?",
            "Nothing was done. Most of it goes as the injury heals.",
            hint="The sentence of that day begins with it. It is a share of the worst pain, not of"
            " that of the first day.",
            number=_read("pain", 7.0, 100.0),
            within=1.0,
            unit="%",
        ),
        Task(
            "Guarding full on, by the vicious circle. In the timeline under the body: what has gone"
            " most of its way after one hour?",
            "Nerves need minutes, healing takes days, tissue months: hence the axis in powers of"
            " ten.",
            {"guarding": 1.0},
            choices=LINE_CHOICES,
            right=choose_first_line,
            place=1.0,
        ),
        Task(
            "Guarding full on. Choose pain adaptation, then redistribution. How does the pain go,"
            " against guarding off?",
            "Only the circle feeds guarding back into pain; the other two change which muscles bear"
            " the load, if anything.",
            {"guarding": 1.0},
            choices=THEORY_CHOICES,
            right=choose_theories,
            place=28.0,
            moves=True,
        ),
        Task(
            "Guarding full on, by the vicious circle. The shade holds nine of ten courses, each"
            " with other numbers that are possible. What do they say of pain after two years?",
            "Nobody has measured how much guarding comes back as pain. Where it is more than what"
            " heals, the circle stays; a single line would have hidden that.",
            {"guarding": 1.0},
            choices=DRAWN_CHOICES,
            right=choose_drawn,
            place=DAYS[-1],
        ),
        Task(
            "Uneven hips. The words under the body name the muscle that this stance holds"
            " furthest from its length. Find it on the body and click it.",
            "It is the one whose fibres have most to fit themselves to.",
            {"cause": UNEVEN_HIPS},
            "Read the sentence under the body: after a week and later it names the muscle.",
            structures=lambda course: (course.watched,),
            place=182.0,
        ),
        Task(
            "Uneven hips, and the muscle that they hold furthest from its length. By how many"
            " millimetres are its fibres shorter after 6 months?",
            "If people's muscles do with a stance as they do in high heels; small differences of"
            " stance were never studied.",
            {"cause": UNEVEN_HIPS},
            "It is in the sentence, and in 'At a glance'.",
            number=_read("shorter_mm", 182.0),
            within=0.15,
            unit="mm",
            place=182.0,
        ),
        Task(
            "A limp is kept for 4 weeks and then left. By how many millimetres are the fibres still"
            " longer after 8 weeks?",
            "The way back follows the law of the way there: fast at first, and the last of it"
            " takes longest.",
            {"cause": A_LIMP, "kept": "for 4 weeks"},
            "Go to the step 'after 8 weeks'.",
            number=_read("shorter_mm", 56.0),
            within=0.1,
            unit="mm",
            place=56.0,
        ),
        Task(
            "A strained hamstring, guarding off. Let the layers of fascia slide less. By how much"
            " does that change what any tissue pulls on the first day?",
            "What slides past a layer is held by it, but in this model only a little.",
            choices=SLIDING_CHOICES,
            right=choose_sliding,
            moves=True,
        ),
    ),
}


LESSON = Lesson(
    name="07_spasm_fascia_and_memory",
    title="Spasm, sticky fascia and muscle memory",
    about=(
        "what minutes, weeks and years do with pain, guarding, length and tissue; when guarding"
        " goes on by itself; early against late; layers that slide; whether bones leave their place"
    ),
    minutes=60,
    labs=(CourseLab,),
    findings=(show_circles, show_starts),
    exercises=(
        Exercise(
            "weeks_kept_short",
            judge_weeks,
            "Weeks of holding still cost months of way back, since tissue rebuilds itself slowly.",
            unit="weeks",
            text="A muscle is kept a fifth shorter, then moves again. For how many weeks was it"
            " kept, if the way back takes 12 weeks? Each try tells you how far you got.",
            mistakes=((0.5, "too little"), (26, "too much"), ("x", "number of weeks")),
        ),
        Exercise(
            "gain_that_goes_on",
            judge_gain,
            "Three things had to come together: strong guarding, far spread, and a gain well above"
            " the model's 0.5.",
            text="Let guarding add up to 8 % of a muscle's strength, and let levels hand on 80 % of"
            " their excitation. From which loop gain on does the circle of a strained hamstring"
            " keep itself going?",
            unit="loop gain",
            mistakes=(
                (0.3, "dies out"),
                (5, "less would do"),
                (50, "up to 10"),
                ("x", "loop gain"),
            ),
        ),
    ),
    predictions={
        "course": Question(
            "A hamstring is torn in part. The body guards as strongly as the vicious circle lets"
            " it, and nobody treats it. When is hardly any pain left?",
            GONE_CHOICES,
            compare_gone,
            {"guarding": 1.0},
            plays=True,
        ),
        "outlasting": Question(
            "The strained hamstring heals all at once, and only the guarding is there. By which"
            " theories does it go on?",
            CIRCLE_CHOICES,
            compare_outlasting,
        ),
        "late": Question(
            "A muscle is kept short for half a year, or for two years. How much longer is the way"
            " back after two years?",
            LATE_CHOICES,
            compare_late,
        ),
        "place": Question(
            "Take the strongest states of lessons 02 to 05, with guarding full on. By how much"
            " could all that tightness move one vertebra of the low back on the next?",
            PLACE_CHOICES,
            compare_place,
        ),
    },
    tasks=TASKS,
    claims=SLOW_CLAIMS,
)
