"""Lesson 02: the strained hamstring, and the forward bend, where a short one does show."""

from collections.abc import Collection
from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_change, format_newtons, round_newtons
from musclechain.cases.causes import HAMSTRINGS, ForwardBend, HamstringStrain, PullOn, Shorten
from musclechain.labs.controls import Control, control_of
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.lab import GUARDING, POSTURE, PULL, THEORY, Lab
from musclechain.labs.tasks import Task
from musclechain.lessons.lesson import ClaimShown, Lesson, Question
from musclechain.mechanics.change import Case
from musclechain.mechanics.groups import add_up
from musclechain.mechanics.spread import Result, spread
from musclechain.mechanics.story import PLACES
from musclechain.mechanics.ways import list_cause_structures
from musclechain.views.words.findings.guarding import describe_guarding, describe_straightening
from musclechain.views.words.findings.joints import describe_loads
from musclechain.views.words.findings.pull import describe_reach

__all__ = ["LESSON", "BendLab", "HamstringLab"]

PELVIS_DEG = 2
SHORTER_MM, BACK_LOAD_N = 40, 2000
SAME_BEND = "the same bend with usual hamstrings"


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
    # from the front it would be seen along the trunk
    views = ("back", "left")
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
        Control(
            "compared",
            "Compared with",
            "bend",
            kind="list",
            choices=(("the same bend, usual hamstrings", "bend"), ("quiet standing", "standing")),
            help="Colours, bars and tables tell the difference from this.",
        ),
    )

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the bend, and the shorter hamstrings, that the controls ask for."""
        bend = ForwardBend(values["degrees"])
        return [bend, Shorten(HAMSTRINGS, values["shorter"])] if values["shorter"] else [bend]

    def reference(self, values: dict[str, Any]) -> tuple[list[Case], str] | None:
        """Compare with the same bend of somebody with hamstrings of usual length."""
        if values["compared"] == "standing":
            return None
        return [ForwardBend(values["degrees"])], SAME_BEND


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


# ---- what its questions are compared with, and its tasks ---------------------------------------

BICEPS = "biceps_femoris_long_head_left"
BEND_DEG = 90  # so far down that short hamstrings cost the back something
STRAIN_CHOICES = (
    "They tighten about as much as the hamstring",
    "They tighten about half as much",
    "They tighten about a tenth as much",
    "They hardly notice",
)
BACK_AND_NECK = ("lumbar", "thoracic", "neck", "head")
CUT_CHOICES = (
    "They change less than with the ligament",
    "They change more than with the ligament",
    "About as before",
)
BEND_CHOICES = ("The low back", "The hip joints", "The neck", "Nobody: a bend is a bend")


def solve_strain(body: Body) -> Result:
    """What the prediction of the strain asks about."""
    return spread(body, HamstringStrain("left", 2), posture=False)


def solve_bend(body: Body) -> Result:
    """What the prediction of the bend asks about."""
    bend = ForwardBend(BEND_DEG)
    short = spread(body, [bend, Shorten(HAMSTRINGS, SHORTER_MM)])
    return short.against(spread(body, bend), SAME_BEND)


def compare_strain(body: Body) -> tuple[str, str]:
    """How much of the pull of a strain the low back gets, as one of the choices."""
    pulled = solve_strain(body)
    start, arrived = pulled.table().at[BICEPS, "pull_N"], add_up(pulled, "lumbar", "pull_N")
    number = sum(arrived / start < limit for limit in (0.7, 0.3, 0.05))
    return STRAIN_CHOICES[number], (
        f"the hamstring pulls with {format_newtons(start)}, and all muscles of the low back"
        f" together carry {format_change(arrived)}."
    )


def compare_bend(body: Body) -> tuple[str, str]:
    """Which joint carries most more in a bend when the hamstrings are short, as one choice."""
    short = solve_bend(body)
    # of the loads as they are printed, so that the difference is the one that a reader finds
    more = round_newtons(short.joint_loads()) - round_newtons(short.joint_loads_before())
    gains = (more["l5_s1"], max(more["hip_left"], more["hip_right"]), more["c7_t1"])
    largest = max(gains)
    choice = BEND_CHOICES[gains.index(largest)] if largest > 20 else BEND_CHOICES[3]
    back, belly = (add_up(short, part, "change_N") for part in ("lumbar", "abdomen"))
    return choice, (
        f"at {BEND_DEG} degrees the base of the spine carries {format_change(gains[0])}, a hip"
        f" {format_change(gains[1])} and the base of the neck {format_change(gains[2])}. These are"
        f" joints; the muscles of the low back carry {format_change(back)} and those of the belly"
        f" {format_change(belly)}."
    )


def sum_back_and_neck(result: Result) -> float:
    """By how much pull changes back and neck, their muscles taken one by one, N."""
    table = result.table()
    muscles = table[table["region"].isin(BACK_AND_NECK) & (table["kind"] == "muscle")]
    return float(muscles["pull_N"].abs().sum())


def compare_cut(body: Body) -> tuple[str, str]:
    """What the muscles of back and neck lose when the sacrotuberous ligament is cut."""
    whole, cut = solve_strain(body), solve_strain(body.without("sacrotuberous_ligament_left"))
    before, after = sum_back_and_neck(whole), sum_back_and_neck(cut)
    share = after / before
    choice = CUT_CHOICES[0 if share < 0.8 else 1 if share > 1.25 else 2]
    return choice, (
        f"all changes of the muscles of back and neck, more and less alike, come to"
        f" {format_newtons(before)} with the ligament and to {format_newtons(after)} without it."
    )


def list_most_pulled(result: Result) -> list[str]:
    """The structure of hip and pelvis that gets most of a pull, beside what pulls."""
    table = result.table().drop(sorted(list_cause_structures(result)))
    near = table.loc[table["region"].isin(PLACES["hip and pelvis"]), "pull_N"]
    return [str(near.abs().idxmax())]


def find_most(result: Result, regions: Collection[str], column: str) -> float:
    """The largest gain of any structure of some regions, N."""
    table = result.table()
    return float(table.loc[table["region"].isin(regions), column].max())


def compare_sides(result: Result, region: str, column: str) -> float:
    """By how much more the muscles of the left change than those of the right, N."""
    return add_up(result, f"{region}, left", column) - add_up(result, f"{region}, right", column)


PULL_ALONE = {"posture": False}
TASKS = {
    "strain": (
        Task(
            "Only the route pull is switched on. Press Play under the picture and watch. Beside the"
            " hamstring and its tendon: what in hip and pelvis gets most of the pull, muscles,"
            " ligaments, tendons and fasciae alike? Type its name, or click it: 'Set it up for me'"
            " takes off what lies over it.",
            "It begins where the hamstring begins, and still it gets only a part. Of the muscles"
            " alone another one gets most, and less than this.",
            PULL_ALONE,
            "Not only muscles count. Look around the sitting bone, and read the card of what you"
            " click.",
            structures=list_most_pulled,
        ),
        Task(
            "Go to the stage 'Pull: low back' with the arrows beside Play. By how many newtons do"
            " its muscles on the left rise, all together?",
            "The pelvis turns a little, and that turn is all that the back gets.",
            PULL_ALONE,
            "It stands in the sentence under the picture, and on the left of the ladder.",
            number=lambda result: add_up(result, "lumbar, left", "pull_N"),
            within=0.3,
            look={"magnifier": 10},
        ),
        Task(
            "Click the big buttock muscle of the sore side. Does it carry more than before, or"
            " less?",
            "The pelvis turns backward, and that brings its two ends nearer to each other.",
            PULL_ALONE,
            choices={
                "More": "Look at its colour, or at its arrow.",
                "Less": "Look at its colour, or at its arrow.",
                "The same": "It has a colour. Which one?",
            },
            right=lambda result: (
                "Less" if result.table().at["gluteus_maximus_left", "pull_N"] < 0 else "More"
            ),
        ),
        Task(
            "A complete tear. What is left of the pull?",
            "A muscle that is torn through hands nothing on. What grows is weakness.",
            {**PULL_ALONE, "grade": 3},
            choices={
                "More than with a partial tear": "Play it. Where would the pull come from?",
                "Nothing": "Play it once more.",
            },
            right=lambda result: (
                "Nothing"
                if abs(result.table().at[BICEPS, "pull_N"]) < 1
                else "More than with a partial tear"
            ),
        ),
        Task(
            "Only posture: the person spares the sore leg a little. Which calf works harder?",
            "The weight moves to the sound leg.",
            {"pull": False},
            choices={
                "The sore one": "Look at the lowest rung of the ladder.",
                "The sound one": "Look at the lowest rung of the ladder.",
            },
            right=lambda result: (
                "The sore one"
                if compare_sides(result, "calf", "posture_N") > 0
                else "The sound one"
            ),
        ),
        Task(
            "Guarding at 1, if you believe in it. Look at the ladder with bars ×10. On which side"
            " does guarding add more in the low back?",
            "It spreads among the spinal levels of one side first. It is an assumption, and it"
            " hardly reaches the neck.",
            {"guarding": 1.0},
            choices={
                "On the sore side": "Look for the colour of guarding on the ladder.",
                "On the sound side": "Look for the colour of guarding on the ladder.",
            },
            right=lambda result: (
                "On the sore side"
                if compare_sides(result, "lumbar", "guarding_N") > 0
                else "On the sound side"
            ),
            look={"magnifier": 10},
        ),
    ),
    "bend": (
        Task(
            f"Hamstrings 40 mm shorter, a bend of {BEND_DEG} degrees. How many newtons does the"
            " base of the spine (L5/S1) carry?",
            "The hips stop early, and the low back does what they do not.",
            {"degrees": BEND_DEG, "shorter": 40},
            "Look at the first row of 'At a glance', under 'Now'.",
            number=lambda result: float(result.joint_loads()["l5_s1"]),
            within=15.0,
        ),
    ),
}


# ---- the claims that it shows -----------------------------------------------------------------

# What a load, a turn or a change must differ by to count; a smaller turn nobody sees.
SAME_SHARE, TURN_DEG, ADDED_N = 0.02, 0.5, 1.0
STRAIN = HamstringStrain("left", 2)


def show_sparing(body: Body) -> ClaimShown:
    """Claim 6: who hurts stands differently, and the back pays."""
    standing, held = spread(body), spread(body, STRAIN)
    before, after = (result.joint_loads()["l5_s1"] for result in (standing, held))
    shifts = held.ground()["upward_N"].max() > 1.02 * standing.ground()["upward_N"].max()
    pays = after > (1 + SAME_SHARE) * before
    return ClaimShown.of(describe_loads(standing, held), shifts and pays, shifts)


def show_tug(body: Body) -> ClaimShown:
    """Claim 7: a tight hamstring tugs straight at the back."""
    pulled = solve_strain(body)
    share = find_most(pulled, ("lumbar",), "pull_N") / pulled.table().at[BICEPS, "pull_N"]
    return ClaimShown.of(describe_reach(pulled), share > 0.3, share > 0.1)


def show_shield(body: Body) -> ClaimShown:
    """Claim 8: the back cramps and locks; here only if a theory of guarding holds."""
    guarded = spread(body, STRAIN, guarding=1)
    added = find_most(guarded, ("lumbar",), "guarding_N")
    return ClaimShown.of(describe_guarding(guarded), False, added > ADDED_N)


def show_repair(body: Body) -> ClaimShown:
    """Claim 9: by cramping the back straightens the body."""
    held, guarded = (spread(body, STRAIN, guarding=strength) for strength in (0, 1))
    turns = [result.pose().loc[["pelvis", "thorax"]].abs().to_numpy() for result in (held, guarded)]
    straighter = float((turns[0] - turns[1]).max()) > TURN_DEG
    worse = float((turns[1] - turns[0]).max()) > TURN_DEG
    return ClaimShown.of(
        describe_straightening(held, guarded), straighter and not worse, straighter
    )


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
            text="How many newtons must the long head of the left biceps femoris tighten by, so"
            " that the pelvis turns backward by 2 degrees? Each try tells you how far you got.",
            mistakes=((50, "too little"), (500, "too much"), ("x", "Put a number")),
        ),
        Exercise(
            "short_hamstrings",
            judge_bend,
            "The further the hamstrings hold the pelvis back, the more the back bends in its"
            " place.",
            unit="deg",
            text="With hamstrings 4 cm shorter: at which forward bend, in degrees, does the base"
            " of the spine carry about 2000 N? Each try tells you how far you got.",
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
            "The left hamstring is strained. Suppose that it tightens. Only tissue hands its"
            " pull on. What do the muscles of the low back do?",
            STRAIN_CHOICES,
            compare_strain,
            PULL_ALONE,
            solve_strain,
        ),
        "cut": Question(
            "The ligament between sacrum and sitting bone is cut on the sore side, and the"
            " hamstring pulls as before. What do the muscles of back and neck do?",
            CUT_CHOICES,
            compare_cut,
        ),
        "bend": Question(
            "The hamstrings are 4 cm shorter, and you bend forward just as far, to"
            f" {BEND_DEG} degrees, with straight knees. Whose joints get the largest extra load?",
            BEND_CHOICES,
            compare_bend,
            {"degrees": BEND_DEG, "shorter": SHORTER_MM},
            solve_bend,
        ),
    },
    tasks=TASKS,
    claims={6: show_sparing, 7: show_tug, 8: show_shield, 9: show_repair},
)
