"""Questions about weeks of treatment."""

from musclechain.cases.causes import HAMSTRINGS
from musclechain.cases.course import Course, find_course
from musclechain.cases.plans import Dose, Plan, read_remedy
from musclechain.mechanics.spread import spread
from musclechain.tools.validation.question import (
    Asker,
    Expected,
    Measured,
    Part,
    Question,
    Way,
    less,
    near,
)

__all__ = ["QUESTIONS"]

MUSCLE, BACK = "trapezius_descending_part_right", "longissimus_thoracis_right"
STRETCHED_WEEKS, MASSAGED_WEEKS, FOLLOWED_DAYS = 4, 5, 21.0
MASSAGED_MIN = 30.0
# Of stiffness: less than a percent is none.
LEAST_PERCENT = 1.0
SAME = Expected(-LEAST_PERCENT, LEAST_PERCENT, f"the same, within {LEAST_PERCENT:g} %")


def _follow(ask: Asker, dose: Dose) -> Course:
    return find_course(spread(ask.body), Plan((dose,)))


def _stiffness(course: Course, day: float, muscle: str) -> Measured:
    """Change of the stiffness of a muscle, %."""
    return Measured(100 * (course.state(day).asked.stiffness.get(muscle, 1.0) - 1))


def _stretch_for_weeks(ask: Asker) -> list[Part]:
    level = read_remedy(ask.body, "static stretching")
    daily = level.values["week"] / 7 if level else 1.0
    course = _follow(
        ask, Dose("static stretching", daily, per_week=7, weeks=STRETCHED_WEEKS, region="thigh")
    )
    day = 7.0 * STRETCHED_WEEKS
    gain = Measured(float(course.table([day])["range_deg"].iloc[0]))
    if ask.draws:
        band = course.band([day], max(ask.draws, 2))["range_deg"].iloc[0]
        gain = Measured(gain.value, float(band["low"]), float(band["high"]))
    return [
        Part("how much higher the leg is raised", "deg", gain, near(17)),
        Part(
            "stiffness of the hamstrings",
            "%",
            _stiffness(course, day, f"{HAMSTRINGS[0]}_right"),
            SAME,
        ),
    ]


def _massage_for_weeks(ask: Asker) -> list[Part]:
    course = _follow(ask, Dose("deep massage", MASSAGED_MIN, per_week=1, weeks=MASSAGED_WEEKS))
    day = 7.0 * MASSAGED_WEEKS + FOLLOWED_DAYS
    return [
        Part("stiffness of the upper trapezius", "%", _stiffness(course, day, MUSCLE), less(1.0)),
        Part("stiffness of a long back muscle", "%", _stiffness(course, day, BACK), SAME),
    ]


QUESTIONS = (
    Question(
        "TX16",
        "after 4 weeks the leg rises 17 deg higher at no less resistance",
        (
            Way(
                "Four weeks of daily stretching at the dose of other studies, as the minutes of"
                " this one were not seen. The gain of those studies is in the model, so that the"
                " leg rises is no test; by how much is.",
                _stretch_for_weeks,
            ),
        ),
    ),
    Question(
        "TX03",
        "upper trapezius softer after 5 weeks, long back muscles not",
        (
            Way(
                "Five massages of 30 minutes, one a week, and three weeks more. What massage does"
                " in the model is gone after minutes.",
                _massage_for_weeks,
            ),
        ),
    ),
)
