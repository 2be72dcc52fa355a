"""Lesson 05: uneven hips, a pelvis to one side, and the one-leg test."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise, format_change, format_degrees, format_newtons
from musclechain.cases.causes import OneLegStance, PelvicShift, UnevenHips, Weaken
from musclechain.labs.controls import Control, control_of
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.lab import Lab
from musclechain.labs.questions import Prediction
from musclechain.labs.shown_chart import ShownChart
from musclechain.labs.tasks import Task
from musclechain.lessons.lesson import ClaimShown, Lesson, Question
from musclechain.mechanics.change import Case, check_whole
from musclechain.mechanics.groups import add_up
from musclechain.mechanics.population import LEG_DIFFERENCE, Population, solve_population
from musclechain.mechanics.spread import Result, spread
from musclechain.mechanics.story import add_up_places
from musclechain.views.body.above import draw_above
from musclechain.views.words.charts import ChartText
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.sides import describe_sides, describe_zigzag

__all__ = [
    "LESSON",
    "HipsLab",
    "OneLegLab",
    "describe_hundred",
    "describe_one_leg",
    "describe_thighs",
    "show_hundred",
    "weaken_abductors",
]

SIDES = ("left", "right")
WAIST, ABOVE = ("belly", "low back"), ("upper back and shoulder", "neck and head")
HIGHER, ASIDE = "one hip higher", "pelvis aside"
# The load at the base of the spine that a body of the hundred gets in addition, N, and its chart.
CLASSES_N = (25, 50, 100, 200)
BUCKET_N, COLUMN_N = 100, 5
# From this difference on it is usually thought to matter (LL01).
LARGE_MM = 20
INNER, OUTER, BAND = "adductors", "hip abductors", "iliotibial_tract"
CROSSED = "One leg's inside and the other's outside"
HALF = "Half a cross, as both insides work, the one more than the other"
# A gain from here on counts, N.
GAIN_N = 1.0
# From here on a part of the body pays, N.
PAYS_N = 10.0
PULL_N, TILT_DEG = 600, 5
# With less strength the free leg would swing through the standing one: from here on the drawn shins
# overlap and the ankles stay side by side, below they would change sides.
WEAKEST = 25
# A smaller lean escapes the eye, degrees.
SEEN_DEG = 2


class FromAbove(Lab):
    """A lab that shows from above how pelvis and chest turn, which no other view can."""

    def list_aside(self) -> tuple[widgets.Widget, ...]:
        """List the picture from above."""
        self._above = widgets.HTML()
        return (self._above,)

    def show_aside(self, result: Result | None) -> None:
        """Draw a state from above; None where it is covered."""
        told = self.map.is_at_end
        self._above.value = "" if result is None else draw_above(result, told)

    def near_side(self, values: dict[str, Any]) -> str:
        """The side that the controls ask about."""
        return values["side"]


class HipsLab(FromAbove):
    """Uneven hips: who works harder, and does it cross over on its way up?"""

    title = "Uneven hips"
    controls = (
        Control(
            "kind",
            "What is uneven",
            HIGHER,
            kind="choice",
            choices=(HIGHER, ASIDE),
            help="A longer leg, or higher ground under one foot; or hips that stand to one side.",
        ),
        control_of(UnevenHips, "high_side", name="side", words="To which side", default="left"),
        control_of(
            UnevenHips,
            "mm",
            words="By how much",
            help="Higher ground under that foot, or the pelvis to that side.",
        ),
    )

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the uneven hips, or the shifted pelvis, that the controls ask for."""
        if values["kind"] == HIGHER:
            return [UnevenHips(values["side"], values["mm"])]
        return [PelvicShift(values["side"], values["mm"])]


class OneLegLab(FromAbove):
    """The one-leg test: what holds the pelvis level, and what happens if it is weak?"""

    title = "The one-leg test"
    controls = (
        control_of(OneLegStance, "side", default="right"),
        Control(
            "strength",
            "Strength of its side hip and buttock",
            100,
            low=WEAKEST,
            high=100,
            step=5,
            unit="%",
            help=(
                "What is left of the force of the hip abductors and the big buttock muscle. Ends at"
                f" {WEAKEST} %: there the legs touch, and the model does not know it; with less the"
                " free leg would swing through the other."
            ),
        ),
        control_of(OneLegStance, "brace"),
    )

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the stance, and the weak muscles, that the controls ask for."""
        weak = weaken_abductors(self.body, values["side"], values["strength"] / 100)
        return [OneLegStance(values["side"], values["brace"] / 100), *weak]


def weaken_abductors(body: Body, side: str, left: float) -> list[Case]:
    """Leave a part of the strength of the muscles that hold the pelvis level over one leg.

    Parameters
    ----------
    body : Body
    side : "left" or "right"
    left : float
        0 to 1; 1 weakens nothing.

    Returns
    -------
    list of Weaken
        Of the hip abductors and gluteus maximus, the abductors first: a story begins with them.
    """
    if left == 1:
        return []
    return [
        Weaken(name, left)
        for group in (OUTER, "gluteals")
        for name, node in body.graph.nodes(data=True)
        if node.get("group") == group and node.get("side") == side
    ]


# ---- its findings -----------------------------------------------------------------------------


def describe_thighs(result: Result) -> Finding:
    """Say which thigh works harder on its inside, and which is tighter on its outside.

    Parameters
    ----------
    result : Result

    Returns
    -------
    Finding
        Change of the adductors, of the hip abductors and of the iliotibial tract of each side, N.
    """
    inside, muscles = (
        [_add_group(result, group, side) for side in SIDES] for group in (INNER, OUTER)
    )
    table = result.table()["change_N"]
    band = [float(table.get(f"{BAND}_{side}", 0.0)) for side in SIDES]
    outside = [muscle + strip for muscle, strip in zip(muscles, band, strict=True)]
    outer = _find_more(outside)
    inner = SIDES[int(np.argmax(inside))] if max(inside) > GAIN_N else ""
    crossed = bool(outer and inner) and outer != inner
    verdict = CROSSED if crossed and _find_more(inside) else HALF if crossed else "No such cross"
    told = "; ".join(
        f"{place} left {format_change(left)}, right {format_change(right)}"
        for place, (left, right) in (("inside", inside), ("outside (hip and band)", outside))
    )
    rows = {
        "Inner thigh (adductors)": inside,
        "Outer hip (abductors)": muscles,
        "Outer thigh band (iliotibial tract)": band,
    }
    return Finding(
        "Inside and outside of the thighs",
        f"{verdict}: {told}.",
        pd.DataFrame(
            [
                (name, *(format_newtons(change, signed=True) for change in changes))
                for name, changes in rows.items()
            ],
            columns=["Where", "Left", "Right"],
        ),
    )


def _add_group(result: Result, group: str, side: str) -> float:
    """Change of all muscles of an anatomical group on one side, N."""
    table, nodes = result.table(), result.body.graph.nodes
    names = [
        name
        for name in table.index
        if nodes[name].get("group") == group and nodes[name]["side"] == side
    ]
    return float(table.loc[names, "change_N"].sum())


def _find_more(changes: Sequence[float]) -> str:
    """The side that gains, where one does and the other gains less; else nothing."""
    most = max(changes)
    return SIDES[changes.index(most)] if most > GAIN_N and most > 2 * min(changes) else ""


def describe_hundred(body: Body, count: int = 100, seed: int = 0) -> Finding:
    """Say how little the leg lengths of ordinary people ask of their backs.

    Each of so many bodies, which differ in size, mass and strength too, gets a difference of leg
    length as X-rays found them (LL01; see `solve_population`) and stands quietly.

    Parameters
    ----------
    body : Body
    count : int
        10 to 1000.
    seed : int
        The same seed draws the same people.

    Returns
    -------
    Finding
        How many of them get how much more load at the base of the spine.

    Raises
    ------
    CauseError
        For another count.
    """
    count = check_whole("count", count, 10, 1000)
    people = _solve_hundred(body, count, seed)
    usual = float(spread(body).joint_loads()["l5_s1"])
    names = [f"less than {CLASSES_N[0]} N", *_name_classes(), f"{CLASSES_N[-1]} N or more"]
    counts = people.histogram("l5_s1", [-np.inf, *CLASSES_N, np.inf])
    large = round(people.share_beyond(LEG_DIFFERENCE, LARGE_MM) * people.solved)
    return Finding(
        f"{count} bodies with legs of ordinary length",
        f"{counts[:3].sum()} of {people.solved} get less than {CLASSES_N[2]} N more at the base of"
        f" the spine, which in an even body carries {format_newtons(usual)} in quiet standing; half"
        f" of them get less than {people.quantiles('l5_s1', (0.5,)).item():.0f} N. Legs that differ"
        f" by {LARGE_MM} mm or more, which is usually thought to matter:"
        f" {large or 'none'} of them.",
        pd.DataFrame({"More load at L5/S1": names, "Bodies": counts}),
    )


def _solve_hundred(body: Body, count: int, seed: int) -> Population:
    return body.derived(
        f"hundred_{count}_{seed}", lambda body: solve_population(body, count=count, seed=seed)
    )


def show_hundred(body: Body, prediction: Prediction | None = None) -> ShownChart:
    """Show a dot for each of a hundred bodies, at how much more the base of its spine carries.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Covers the chart until it is answered.

    Returns
    -------
    ShownChart
        Of the people of `describe_hundred`.
    """
    found, people = describe_hundred(body), _solve_hundred(body, 100, 0)
    said = ChartText(found.title, found.sentence, found.table)

    def draw(theme: str) -> Any:
        from musclechain.views.charts import draw_people

        line = (BUCKET_N, f"{BUCKET_N} N, a full bucket")
        axis = "More load at the base of the spine (N)"
        return draw_people(people, "l5_s1", COLUMN_N, line, said, axis, theme)

    return ShownChart(draw, said, prediction)


def _find_load(body: Body, mm: float) -> float:
    """What the base of the spine carries with one hip higher, N."""
    return float(spread(body, UnevenHips("left", mm)).joint_loads()["l5_s1"])


def _name_classes() -> list[str]:
    return [f"{low} to {high} N" for low, high in pairwise(CLASSES_N)]


def describe_one_leg(stances: Mapping[str, Result]) -> Finding:
    """Say what bodies do on one leg: how they lean, how the pelvis stands, what the hip carries.

    Parameters
    ----------
    stances : mapping of str to Result
        Each under its name; the first is what the others are compared with. All stand on the same
        leg.

    Returns
    -------
    Finding

    Raises
    ------
    ValueError
        If a result does not stand on one leg, or not all on the same.
    """
    lifted = {result.change.lifted_foot for result in stances.values()}
    if not stances or None in lifted or len(lifted) > 1:
        raise ValueError("Give stances that all stand on the same leg, such as of OneLegStance.")
    side = "right" if lifted == {"left"} else "left"
    over = 1 if side == "right" else -1
    bends = [over * result.pose()["side_bend_deg"] for result in stances.values()]
    loads = [float(result.joint_loads()[f"hip_{side}"]) for result in stances.values()]
    first, *_, last = stances
    (lean_first, up_first), (lean, up) = (
        (float(bend["thorax"]), float(bend["pelvis"])) for bend in (bends[0], bends[-1])
    )
    return Finding(
        f"Standing on the {side} leg",
        f"{capitalise(last)} against {first}: the trunk leans {format_degrees(lean)} degrees over"
        f" the standing leg in place of {format_degrees(lean_first)}, the free side of the pelvis"
        f" is up by {format_degrees(up)} in place of {format_degrees(up_first)}, and the hip"
        f" carries {format_change(loads[-1] - loads[0])}.",
        pd.DataFrame(
            {
                "Body": list(stances),
                "Trunk over the leg (degrees)": [round(float(bend["thorax"]), 1) for bend in bends],
                "Free side up (degrees)": [round(float(bend["pelvis"]), 1) for bend in bends],
                "Load of the hip (N)": [round(load) for load in loads],
            }
        ),
    )


# ---- its exercises ----------------------------------------------------------------------------


def judge_tilt(body: Body, mm: Any) -> str:
    """A higher hip that tilts the pelvis by 5 degrees."""
    if not is_number(mm):
        return "Put a number of millimetres in, from 0 to 40."
    tilt = float(spread(body, UnevenHips("left", mm)).pose().at["pelvis", "side_bend_deg"])
    return compare_number(tilt, TILT_DEG, 0.3, "the pelvis tilts by", "degrees")


def judge_strength(body: Body, percent: Any) -> str:
    """The strength of the side hip muscles at which the gluteus medius pulls with `PULL_N`."""
    if not is_number(percent) or not WEAKEST <= percent <= 100:
        return f"Put a number of percent in, from {WEAKEST} to 100."
    weak = weaken_abductors(body, "right", percent / 100)
    table = spread(body, [OneLegStance("right"), *weak]).table()
    pull = float(table.at["gluteus_medius_right", "after_N"])
    return compare_number(pull, PULL_N, 20, "the right gluteus medius pulls with", "N")


# ---- what its questions are compared with, and its tasks ---------------------------------------

HIPS_CHOICES = (
    "The back on the side of the higher hip; the neck hardly notices",
    "The back on the other side; the neck hardly notices",
    "It changes sides on its way up, and the neck works as well",
    "Nowhere: a tilted pelvis costs nothing",
)
WEAK_CHOICES = (
    "The trunk leans over the standing leg",
    "The trunk leans away from the standing leg",
    "The body stays as it is",
    "The free side of the pelvis drops below level",
)


def solve_hips(body: Body) -> Result:
    """What the prediction of the hips asks about."""
    return spread(body, UnevenHips("left", 20))


def solve_weak(body: Body) -> Result:
    """What the prediction of the one-leg test asks about."""
    return spread(body, [OneLegStance("right"), *weaken_abductors(body, "right", WEAKEST / 100)])


def compare_hips(body: Body) -> tuple[str, str]:
    """On which side the parts of the trunk work harder with the left hip higher, as a choice."""
    change = add_up_places(solve_hips(body))
    trunk = {place: change[place] for place in (*WAIST, *ABOVE)}
    told = "; ".join(
        f"{place} left {format_change(left)}, right {format_change(right)}"
        for place, (left, right) in trunk.items()
    )
    sides = {SIDES[int(np.argmax(pair))] for pair in trunk.values() if max(pair) > PAYS_N}
    number = 3 if not sides else 2 if len(sides) > 1 else 0 if sides == {"left"} else 1
    return HIPS_CHOICES[number], f"{told}."


def compare_weak(body: Body) -> tuple[str, str]:
    """What a body with weak abductors does on one leg, as a choice."""
    strong, weak = (
        result.pose()["side_bend_deg"]
        for result in (spread(body, OneLegStance("right")), solve_weak(body))
    )
    lean = float(weak["thorax"] - strong["thorax"])
    number = 3 if weak["pelvis"] < 0 else 2 if abs(lean) < 1 else 0 if lean > 0 else 1
    return WEAK_CHOICES[number], (
        f"with {WEAKEST} % of the strength the trunk leans {weak['thorax']:.1f} degrees over the"
        f" standing leg, with full strength {strong['thorax']:.1f}. The free side of the pelvis is"
        f" up by {weak['pelvis']:.1f} degrees, with full strength by {strong['pelvis']:.1f}."
    )


HUNDRED_CHOICES = ("About 10", "About 50", "More than 80")


def compare_hundred(body: Body) -> tuple[str, str]:
    """How many of a hundred bodies get less than 100 N more, as a choice."""
    found = describe_hundred(body)
    few = int(found.table["Bodies"].iloc[:3].sum())
    return HUNDRED_CHOICES[(few > 30) + (few > 80)], f"it is {few} of 100."


def find_side(result: Result, place: str) -> str:
    """The side on which a part works harder, as a choice."""
    left, right = (add_up(result, f"{place}, {side}") for side in SIDES)
    return "The left side" if left > right else "The right side"


SIDE_HINTS = dict.fromkeys(
    ("The left side", "The right side"),
    "Compare the bars of both sides at that height, beside the body.",
)
TASKS = {
    "hips": (
        Task(
            "The left hip stands 20 mm higher. Press Play. By how many degrees is the pelvis"
            " tilted?",
            "The hips lie close together, so a small step under one foot tilts them a good deal.",
            hint="It stands under the picture from behind: the level of the pelvis.",
            number=lambda result: float(result.pose().at["pelvis", "side_bend_deg"]),
            within=0.3,
            unit="deg",
        ),
        Task(
            "The same. Which side of the low back works harder?",
            "It bends the spine back, so that the chest stands upright over the tilted pelvis.",
            choices=SIDE_HINTS,
            right=lambda result: find_side(result, "lumbar"),
        ),
        Task(
            "Now 5 mm, as X-rays found on average. By how many newtons do all muscles of neck and"
            " head rise together?",
            "Below, the spine has made up for it already. Hardly anything is left for the neck.",
            {"mm": 5},
            "It is in the last sentence of the story.",
            number=lambda result: add_up(result, "neck") + add_up(result, "head"),
            within=0.05,
        ),
        Task(
            "The pelvis stands 20 mm to the right. On which side does the belly work harder now?",
            "The trunk comes back over the feet, so it leans to the left. What leans is held from"
            " the other side.",
            {"kind": ASIDE, "side": "right"},
            choices=SIDE_HINTS,
            right=lambda result: find_side(result, "abdomen"),
        ),
    ),
    "one_leg": (
        Task(
            "Side hip and buttock with 25 % of their strength. Press Play. By how many degrees does"
            " the trunk lean over the standing leg?",
            "The lean brings the weight nearer to the hip, and other muscles there help the weak"
            " ones.",
            {"strength": WEAKEST},
            "It is in the second step of the story.",
            number=lambda result: float(result.pose().at["thorax", "side_bend_deg"]),
            within=0.3,
            unit="deg",
        ),
        Task(
            "Now on the right leg with full strength: press Set it up for me, then Play. How many"
            " newtons does the right hip carry?",
            "The weight of the body wants to tip the pelvis; the side hip muscles hold against it"
            " with a short lever, and press the hip together.",
            hint="It is in the table 'At a glance' below the controls, under 'Now'.",
            number=lambda result: float(result.joint_loads()["hip_right"]),
            within=30.0,
        ),
        Task(
            "Full strength, belly and buttocks braced at 100 %. By how many newtons more than"
            " without bracing is the base of the spine loaded?",
            "Muscles on both sides of the spine press it together. That steadies, and it costs.",
            {"brace": 100},
            "In the table 'At a glance' below the controls, put 'Now' beside that of task 2: the"
            " same leg, bracing at 0.",
            number=lambda result: (
                float(result.joint_loads()["l5_s1"])
                - float(spread(result.body, OneLegStance("right")).joint_loads()["l5_s1"])
            ),
            within=20.0,
        ),
    ),
}


# ---- the claims that it shows -----------------------------------------------------------------


def _solve_both(body: Body) -> tuple[Result, Result]:
    """The pelvis aside, and one hip higher."""
    return spread(body, PelvicShift("right", 20)), solve_hips(body)


def show_bearable(body: Body) -> ClaimShown:
    """Claim 31: a little off is common and bearable."""
    found = describe_hundred(body)
    few = float(found.table["Bodies"].iloc[:3].sum())
    return ClaimShown.of(found, few > 80, few > 50)


def show_larger(body: Body) -> ClaimShown:
    """Claim 32: imbalance that grows; here only what a larger one costs."""
    usual = float(spread(body).joint_loads()["l5_s1"])
    small, large = (_find_load(body, mm) - usual for mm in (10, 40))
    return ClaimShown.of(
        f"A hip 10 mm higher adds {format_newtons(small)} at the base of the spine, one 40 mm"
        f" higher {format_newtons(large)}. Whether an imbalance grows with time is not computed"
        " here.",
        False,
        large > 4 * small > 0,
    )


def show_cross_of_thighs(body: Body) -> ClaimShown:
    """Claim 33: inner thigh of one leg, outer thigh of the other."""
    aside, higher = (describe_thighs(result) for result in _solve_both(body))
    crossed = [str(found).startswith(CROSSED) for found in (aside, higher)]
    return ClaimShown.of(
        f"Pelvis aside: {aside} One hip higher: {higher}", all(crossed), any(crossed)
    )


def show_cross_of_trunk(body: Body) -> ClaimShown:
    """Claim 34: waist on one side, shoulder and neck on the other."""
    both = _solve_both(body)
    aside, higher = map(describe_zigzag, both)
    crossed = [_crosses(result) for result in both]
    return ClaimShown.of(
        f"Pelvis aside: {aside} One hip higher: {higher}", all(crossed), any(crossed)
    )


def _crosses(result: Result) -> bool:
    """Whether shoulder or neck work harder on the other side than the waist, by more than a
    newton."""
    change = add_up_places(result)
    leads = {place: left - right for place, (left, right) in change.items()}
    waist = sum(leads[place] for place in WAIST)
    return any(
        leads[place] * waist < 0 and min(abs(leads[place]), abs(waist)) > GAIN_N for place in ABOVE
    )


def show_level_head(body: Body) -> ClaimShown:
    """Claim 35: the head stays level, and the neck pays."""
    higher = solve_hips(body)
    bend = higher.pose()["side_bend_deg"].abs()
    level = bend["head"] < 0.1 * bend["pelvis"]
    pays = max(add_up(higher, f"neck, {side}") for side in SIDES) > PAYS_N
    return ClaimShown.of(describe_sides(higher, "neck"), level and pays, level or pays)


def show_one_leg(body: Body) -> ClaimShown:
    """Claim 37: one leg shows which side is favoured; here, which one is weak."""
    stances = {
        f"{percent} % strength": spread(
            body, [OneLegStance("right"), *weaken_abductors(body, "right", percent / 100)]
        )
        for percent in (100, 60, 30, WEAKEST)
    }
    lean = [result.pose().at["thorax", "side_bend_deg"] for result in stances.values()]
    # what is seen at once, and what only a very weak hip shows
    seen = [abs(one - lean[0]) > SEEN_DEG for one in lean[1:]]
    return ClaimShown.of(
        f"{describe_one_leg(stances)} A hip that is weaker still is not asked: the legs would"
        " cross.",
        all(seen),
        any(seen),
    )


def show_bracing(body: Body) -> ClaimShown:
    """Claim 38: bracing sets both sides to work; balance of both was not computed."""
    plain, braced = (spread(body, OneLegStance("right", firm)) for firm in (0, 1))
    more = [
        add_up(braced, f"abdomen, {side}") - add_up(plain, f"abdomen, {side}") for side in SIDES
    ]
    left, right = map(format_change, more)
    loads = [format_newtons(float(one.joint_loads()["l5_s1"])) for one in (plain, braced)]
    return ClaimShown.of(
        f"Told to tense on one leg, the belly works on both sides: left {left}, right {right}. The"
        f" base of the spine then carries {loads[1]} in place of {loads[0]}. Whether both sides"
        " balance each other better is not computed.",
        False,
        min(more) > PAYS_N,
    )


LESSON = Lesson(
    name="05_uneven_hips",
    title="Uneven hips and the one-leg test",
    about=(
        "what a higher hip or a pelvis to one side asks of the body above, whether it crosses over,"
        " and what keeps you up on one leg"
    ),
    minutes=50,
    labs=(HipsLab, OneLegLab),
    findings=(
        describe_hundred,
        describe_one_leg,
        describe_thighs,
        show_hundred,
        weaken_abductors,
    ),
    exercises=(
        Exercise(
            "tilt_the_pelvis",
            judge_tilt,
            "The 5 mm by which ordinary legs differ tilt it by about a third of that.",
            unit="mm",
            text="How many millimetres higher must the left hip stand for the pelvis to tilt by 5"
            " degrees? Each try tells you how far you got.",
            mistakes=((5, "too little"), (30, "too much"), (100, "mm must be"), ("x", "Put a")),
        ),
        Exercise(
            "weak_enough",
            judge_strength,
            "It has a reserve: down to half of its strength it pulls nearly as before, only nearer"
            " to its limit. Then others help, and at last the body leans.",
            unit="%",
            text="On the right leg: with how many percent of the strength of its side hip and"
            f" buttock does its gluteus medius pull with about {PULL_N} N? Try less than half.",
            mistakes=((100, "too much"), (25, "too little"), (500, "percent"), ("x", "Put a")),
        ),
    ),
    predictions={
        "hips": Question(
            "The left hip stands 20 mm higher. On which side do low back, upper back and neck work"
            " harder?",
            HIPS_CHOICES,
            compare_hips,
            solve=solve_hips,
        ),
        "hundred": Question(
            "Give a hundred bodies legs as X-rays found them. How many of them get less than 100 N"
            " more at the base of the spine, about the weight of a full bucket?",
            HUNDRED_CHOICES,
            compare_hundred,
        ),
        "one_leg": Question(
            "Somebody stands on the right leg. The muscles at the side and the back of that hip"
            " have 25 % of their strength left. What does the body do?",
            WEAK_CHOICES,
            compare_weak,
            {"strength": WEAKEST},
            solve_weak,
        ),
    },
    tasks=TASKS,
    claims={
        31: show_bearable,
        32: show_larger,
        33: show_cross_of_thighs,
        34: show_cross_of_trunk,
        35: show_level_head,
        37: show_one_leg,
        38: show_bracing,
    },
)
