"""Lesson 02: the strained hamstring, and the forward bend, where a short one does show."""

from typing import Any

from musclechain.anatomy.body import Body
from musclechain.cases.causes import HAMSTRINGS, ForwardBend, HamstringStrain, PullOn, Shorten
from musclechain.labs.controls import control_of
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.lab import GUARDING, POSTURE, PULL, THEORY, Lab
from musclechain.lessons.lesson import Lesson, Question
from musclechain.mechanics.change import Case
from musclechain.mechanics.spread import spread

__all__ = ["LESSON", "BendLab", "HamstringLab"]

PELVIS_DEG = 2
SHORTER_MM, BACK_LOAD_N = 40, 2000


class HamstringLab(Lab):
    """A strained hamstring: how far does it reach, and by which route?"""

    title = "Hamstring strain"
    controls = (
        control_of(HamstringStrain, "side"),
        control_of(HamstringStrain, "grade"),
        GUARDING,
        THEORY,
        POSTURE,
        PULL,
    )


class BendLab(Lab):
    """Bend forward with hamstrings of usual length, or shorter ones: what do they cost, and
    whom?"""

    title = "Forward bend"
    controls = (
        control_of(ForwardBend, "degrees", default=60),
        control_of(
            Shorten,
            "mm",
            name="shorter",
            words="Hamstrings shorter by",
            default=0,
            high=40,
            help="All hamstrings of both legs come to their end that much earlier.",
        ),
    )

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the bend, and the shorter hamstrings, that the controls ask for."""
        bend = ForwardBend(values["degrees"])
        return [bend, Shorten(HAMSTRINGS, values["shorter"])] if values["shorter"] else [bend]


def judge_pelvis(body: Body, newtons: Any) -> str:
    """A pull of the hamstring that turns the pelvis backward by 2 degrees."""
    if not is_number(newtons):
        return "Put a number in, such as 120."
    pull = PullOn("biceps_femoris_long_head_left", newtons)
    turned = -spread(body, pull, posture=False).pose().at["pelvis", "flexion_deg"]
    return compare_number(turned, PELVIS_DEG, 0.1, "the pelvis turns backward by", "degrees")


def judge_bend(body: Body, degrees: Any) -> str:
    """A bend in which, with short hamstrings, the base of the spine carries 2,000 N."""
    if not is_number(degrees):
        return "Put a number of degrees in, from 0 to 90."
    bend: list[Case] = [ForwardBend(degrees), Shorten(HAMSTRINGS, SHORTER_MM)]
    carried = spread(body, bend).joint_loads()["l5_s1"]
    return compare_number(carried, BACK_LOAD_N, 40, "the base of the spine carries", "N")


LESSON = Lesson(
    name="02_hamstring_strain",
    title="The strained hamstring",
    about=(
        "how far a pull gets, what guarding adds, and the forward bend, where a short hamstring"
        " does show"
    ),
    minutes=60,
    labs=(HamstringLab, BendLab),
    exercises=(
        Exercise(
            "turn_the_pelvis",
            judge_pelvis,
            "It takes a strong pull to turn the pelvis by an angle that hardly anybody would see.",
            unit="N",
            mistakes=((50, "too little"), (500, "too much"), ("x", "Put a number")),
        ),
        Exercise(
            "short_hamstrings",
            judge_bend,
            "The further the hamstrings hold the pelvis back, the more the back bends in its"
            " place.",
            unit="deg",
            mistakes=(
                (5, "too little"),
                (90, "too much"),
                (120, "degrees must be"),
                (None, "Put a number"),
            ),
        ),
    ),
    predictions={
        "strain": Question(
            "The left hamstring is strained and tightens. Only tissue hands its pull on. What do"
            " the muscles of the low back do?",
            [
                "They tighten about as much as the hamstring",
                "They tighten about half as much",
                "They tighten about a tenth as much",
                "They hardly notice, or they even slacken a little",
            ],
        ),
        "bend": Question(
            "The hamstrings are 4 cm shorter, and you bend forward just as far, with straight"
            " knees. Who gets the largest extra load?",
            ["The low back", "The hip joints", "The neck", "Nobody: a bend is a bend"],
        ),
    },
)
