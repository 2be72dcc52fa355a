"""Lesson 06: nerves and referred pain: what resists in a raised leg, what presses on the sciatic
nerve, and where a sore muscle is felt (`lessons.raises`, `lessons.referred`)."""

from dataclasses import replace
from typing import Any

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.nerves import list_muscles_of_root, list_shared_roots
from musclechain.anatomy.supply import Supply, find_supply
from musclechain.cases.causes import HAMSTRINGS, Shorten
from musclechain.cases.description import Side
from musclechain.cases.nerve import STRANDS
from musclechain.cases.piriformis import VARIANTS, find_interface
from musclechain.cases.raises import Raise, Slump, StraightLegRaise, find_range, raise_leg
from musclechain.labs.exercises import Exercise, compare_number, find_structure, is_number
from musclechain.labs.nerves import NerveLab
from musclechain.labs.questions import Prediction
from musclechain.labs.shown_chart import ShownChart
from musclechain.labs.tasks import Task
from musclechain.lessons.lesson import ClaimShown, Lesson, Question
from musclechain.lessons.raises import RaiseLab, SlumpLab
from musclechain.lessons.referred import (
    NOTHING_CHOICES,
    REFERRED_TASKS,
    ReferredLab,
    compare_sore,
    show_referred,
    solve_sore,
)
from musclechain.views.body.crossing import CrossingPicture
from musclechain.views.words.findings.nerve import (
    COURSE,
    Loads,
    describe_chart_loads,
    find_loads,
)
from musclechain.views.words.findings.referred import BESIDE, SCIATIC

__all__ = ["LESSON", "show_interface", "show_ways"]

SIDE: Side = "left"
RAISED_DEG, LIMIT_NM, ASKED_DEG = 70.0, 15.0, 65.0
TENSE_N = 100.0
POSITIONS: dict[str, StraightLegRaise | Slump] = {
    "lying flat": StraightLegRaise(SIDE, 0),
    "leg raised, 60 degrees": StraightLegRaise(SIDE, 60),
    "leg raised, 90 degrees": StraightLegRaise(SIDE, 90),
    "sitting, knees bent": Slump(SIDE, 90),
}
# A change of resistance that an examiner might feel, Nm.
FELT_NM = 1.0


# ---- its chart --------------------------------------------------------------------------------


def _find_loads(body: Body) -> tuple[Loads, Loads]:
    """What presses on the nerve at the piriformis, with the muscle relaxed and tense."""

    def find(body: Body) -> tuple[Loads, Loads]:
        return find_loads(
            {name: raise_leg(body, test) for name, test in POSITIONS.items()}, TENSE_N
        )

    return body.derived("interface loads", find)


def show_ways(body: Body) -> CrossingPicture:
    """Show the three ways of the sciatic nerve past the piriformis, from behind.

    Parameters
    ----------
    body : Body

    Returns
    -------
    CrossingPicture
    """
    return CrossingPicture(raise_leg(body, POSITIONS["lying flat"]))


def show_interface(body: Body, prediction: Prediction | None = None) -> ShownChart:
    """Show what presses on the sciatic nerve at the piriformis, for each way past the muscle.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Covers the chart until it is answered.

    Returns
    -------
    ShownChart
        In four positions of the hip, with the muscle relaxed and tense.
    """
    relaxed, tense = _find_loads(body)
    said = describe_chart_loads(relaxed, tense, TENSE_N)
    panels = {"Muscle relaxed": relaxed, f"Muscle tense, {TENSE_N:.0f} N more": tense}

    def draw(theme: str) -> Any:
        from musclechain.views.charts import draw_interface_loads

        return draw_interface_loads(panels, said, theme)

    return ShownChart(draw, said, prediction)


# ---- its exercises ----------------------------------------------------------------------------


def judge_shorter(body: Body, mm: Any) -> str:
    """How much shorter the hamstrings must be for the range to end at 65 degrees."""
    if not is_number(mm):
        return "Put a number of millimetres in, from 0 to 40."
    sided = tuple(f"{name}_{SIDE}" for name in HAMSTRINGS)
    reached = find_range(body, StraightLegRaise(SIDE), LIMIT_NM, Shorten(sided, mm))
    return compare_number(reached, ASKED_DEG, 0.6, "tissue resists with 15 Nm at", "degrees")


def judge_root(body: Body, name: Any) -> str:
    """A muscle of L5 whose nerve does not pass below the piriformis."""
    found = find_structure(body, name, list_muscles_of_root(body, f"L5_{SIDE}"))
    if found is None:
        known = find_structure(body, name, body.structures)
        return (
            "L5 does not drive this muscle." if known else "No muscle of this body has this name."
        )
    supplied = {
        nerve.removesuffix(f"_{SIDE}")
        for _, nerve, way in body.graph.edges(found, data=True)
        if way.get("kind") == "supplies"
    }
    if supplied & set(SCIATIC):
        return "The sciatic nerve drives it too, below the piriformis."
    if supplied & set(BESIDE):
        return (
            "Its nerve leaves the pelvis beside the sciatic nerve, and may be pressed on with it."
        )
    return ""


# ---- what its questions are compared with, and its tasks ---------------------------------------

CARRIER_CHOICES = (
    "The muscles at the back of the thigh",
    "The sciatic nerve",
    "The capsule of the hip",
)
FOOT_CHOICES = ("About 20 degrees earlier", "5 to 10 degrees earlier", "Hardly any earlier")
WAY_CHOICES = tuple(f"{variant.capitalize()} the muscle" for variant in VARIANTS)


def compare_carriers(body: Body) -> tuple[str, str]:
    """What resists most in a raised leg, as a choice."""
    shares = raise_leg(body, StraightLegRaise(SIDE, RAISED_DEG)).shares()
    most = shares[["muscle", "nerve", "joint"]].to_numpy().argmax()
    told = ", ".join(f"{name} {abs(shares[name]):.1f} Nm" for name in ("muscle", "nerve", "joint"))
    return CARRIER_CHOICES[int(most)], f"{told}."


def compare_foot(body: Body) -> tuple[str, str]:
    """How much earlier a bent-up foot lets tissue resist as much, as a choice."""
    usual, foot = (
        find_range(body, StraightLegRaise(SIDE, ankle_deg=ankle), LIMIT_NM) for ankle in (0, 20)
    )
    less = usual - foot
    number = 0 if less > 15 else 1 if less > 3 else 2
    return FOOT_CHOICES[number], (
        f"{usual:.1f} degrees with the foot at a right angle, {foot:.1f} with the foot bent up."
    )


def compare_ways(body: Body) -> tuple[str, str]:
    """By which way past the piriformis the raised leg presses most, as a choice."""
    raised = raise_leg(body, StraightLegRaise(SIDE, 60))
    loads = {variant: find_interface(raised, variant).load_n for variant in VARIANTS}
    most = max(VARIANTS, key=lambda variant: loads[variant])
    told = ", ".join(f"{variant} it {newtons:.1f} N" for variant, newtons in loads.items())
    return WAY_CHOICES[VARIANTS.index(most)], f"{told}, all of it uncertain."


def find_stretched_most(raised: Raise) -> str:
    """The part of the nerve that gains most beyond the same test without foot and head."""
    plain = raise_leg(raised.body, replace(raised.test, ankle_deg=0.0, neck_deg=0.0))
    gain = raised.strands()["added_percent"] - plain.strands()["added_percent"]
    return str(gain[list(COURSE)].idxmax())


PART_CHOICES = dict.fromkeys(
    [STRANDS[part].capitalize() for part in ("canal", "sciatic", "plantar")],
    "Compare the % in the picture with and without it.",
)
HEAD_CHOICES = dict.fromkeys(
    ("By about half", "By about a tenth", "By less than 1 Nm"),
    "Read the bar with the head bent, and with the head lifted.",
)


def choose_head(raised: Raise) -> str:
    """By how much the knee resists less when the head is lifted, as a choice."""
    lifted = raise_leg(raised.body, replace(raised.test, neck_deg=0.0))
    less = raised.tissue_nm - lifted.tissue_nm
    number = 2 if less < FELT_NM else 1 if less < 0.3 * raised.tissue_nm else 0
    return list(HEAD_CHOICES)[number]


AGREE_CHOICES = ("On all of them", "On more than half", "On fewer than half", "On none")


def choose_agreement(supply: Supply) -> str:
    """On how many patches of skin all maps agree, as a choice."""
    share = np.mean([count == supply.maps for count in supply.skin.values()])
    return AGREE_CHOICES[0 if share == 1 else 1 if share > 0.5 else 2 if share > 0 else 3]


TASKS = {
    "raise": (
        Task(
            "Raise the left leg to 70 degrees. By how many degrees does the pelvis roll back?",
            "The hip does the rest. Whoever reads the leg alone reads hip and pelvis together.",
            hint="It is in 'At a glance'.",
            number=lambda raised: raised.pelvis_deg,
            within=0.5,
            unit="deg",
            setting={"degrees": RAISED_DEG},
        ),
        Task(
            "Leg at 70 degrees. Bend the foot up by 20 degrees, and watch the four figures. To"
            " which part of the nerve does that add most?",
            "A pull is largest near the joint that makes it, and fades on the way.",
            {"degrees": RAISED_DEG, "ankle": 20.0},
            choices=PART_CHOICES,
            right=lambda raised: STRANDS[find_stretched_most(raised)].capitalize(),
        ),
        Task(
            "Foot at a right angle again, head bent forward by 45 degrees. To which part of the"
            " nerve does that add most?",
            "The dura is pulled up by the head. Hardly any of it arrives in the leg.",
            {"degrees": RAISED_DEG, "neck": 45.0},
            choices=PART_CHOICES,
            right=lambda raised: STRANDS[find_stretched_most(raised)].capitalize(),
        ),
        Task(
            "The hamstrings are 20 mm shorter. Find the angle at which tissue resists with 15 Nm."
            " How many degrees is it?",
            "Shorter muscle ends the test many degrees earlier, and says nothing about the nerve.",
            {"degrees": RAISED_DEG, "shorter": 20.0},
            "Lower the leg until the bar says 15.0 Nm.",
            number=lambda raised: find_range(
                raised.body,
                StraightLegRaise(SIDE),
                LIMIT_NM,
                Shorten(tuple(f"{name}_{SIDE}" for name in HAMSTRINGS), 20.0),
            ),
            within=1.0,
            unit="deg",
            moves=True,
        ),
    ),
    "slump": (
        Task(
            "The back bent forward by 40 degrees, the head by 45, the knee at 30. Read the bar,"
            " then lift the head. By how much does the knee resist less?",
            "An examiner's hand can feel nothing of it. If the person feels it ease all the same,"
            " that points to the nerve: a hamstring runs from pelvis to knee, and not to the head.",
            {"slump": 40.0, "neck": 45.0},
            choices=HEAD_CHOICES,
            right=choose_head,
        ),
    ),
    "roots": (
        Task(
            "Somebody's heel tingles. Choose the skin of the left heel. Which root do the maps give"
            " it?",
            "Neighbouring roots overlap and people differ: a patch hints at a root, no more.",
            {"what": "skin"},
            choices=dict.fromkeys(("L4", "L5", "S1", "S2"), "Read the ways: where do they begin?"),
            right=lambda supply: supply.roots[0].partition("_")[0],
        ),
        Task(
            "Choose the root L5. On how many of its patches of skin do all the maps agree?",
            "Where one maps a strip, another maps its neighbour. Skin hints at a root.",
            {"what": "root", "root": "L5"},
            choices=dict.fromkeys(AGREE_CHOICES, "The darkest are those on which all agree."),
            right=choose_agreement,
        ),
    ),
    "referred": REFERRED_TASKS,
}


# ---- the claims that it shows -----------------------------------------------------------------


def show_shared_nerves(body: Body) -> ClaimShown:
    """Claim 4: nerves join back and legs, so a bad back can send pain down a leg."""
    shared = list_shared_roots(body, f"multifidus_lumborum_{SIDE}")
    legs = [name for name in shared if body.graph.nodes[name]["region"] in LEG_REGIONS]
    roots = sorted({root.split("_")[0] for name in legs for root in shared[name]})
    skin = find_supply(body, f"S1_{SIDE}").skin
    return ClaimShown.of(
        f"{len(legs)} muscles of one leg share a root ({', '.join(roots)}) with the deep muscle"
        f" of the low back, and the root S1 alone supplies {len(skin)} patches of skin down to the"
        " foot, in at least one of the maps. Pain itself is not computed.",
        False,
        len(legs) > 0,
    )


LEG_REGIONS = ("hip", "thigh", "calf", "foot")


def show_pressing(body: Body) -> ClaimShown:
    """Claim 5: tense muscle leaves the nerves in the pelvis too little room."""
    relaxed, tense = _find_loads(body)
    where = "leg raised, 60 degrees"
    (_, before, _), (low, after, high) = relaxed[where, "under"], tense[where, "under"]
    return ClaimShown.of(
        f"With the leg raised by 60 degrees and the nerve under the piriformis, {TENSE_N:.0f} N"
        f" more in the muscle raise what presses on the nerve from {before:.1f} to {after:.1f} N"
        f" ({low:.0f} to {high:.0f} N within the millimetres that are not known). What a nerve can"
        " bear there, and how often this is the cause, is not computed.",
        False,
        after > before + FELT_NM,
    )


LESSON = Lesson(
    name="06_nerves_and_referred_pain",
    title="Nerves and referred pain",
    about=(
        "what resists when a straight leg is raised, how a nerve is told from a muscle, what"
        " presses on the sciatic nerve, and where a sore muscle is felt"
    ),
    minutes=60,
    labs=(RaiseLab, SlumpLab, NerveLab, ReferredLab),
    findings=(show_interface, show_ways),
    exercises=(
        Exercise(
            "shorter_hamstrings",
            judge_shorter,
            "A centimetre and a half takes eleven degrees. Where somebody says stop is another"
            " matter.",
            unit="mm",
            text="The straight leg reaches about 76 degrees before tissue resists with 15 Nm. How"
            " many millimetres shorter must the hamstrings be for it to end at 65? Each try tells"
            " you how far you got.",
            mistakes=((5, "too much"), (30, "too little"), (500, "mm must be"), ("x", "Put a")),
        ),
        Exercise(
            "root_not_nerve",
            judge_root,
            "It has a nerve of its own: pressing on the sciatic nerve spares it, an irritated root"
            " does not.",
            text="Name a muscle that an irritated root L5 may weaken, and a sciatic nerve that is"
            " pressed on at the piriformis does not.",
            mistakes=(
                ("tibialis anterior", "drives it too"),
                ("soleus", "does not drive"),
                ("x", "No muscle"),
            ),
        ),
    ),
    predictions={
        "raise": Question(
            "The straight left leg is raised to 70 degrees. What resists most at the hip?",
            CARRIER_CHOICES,
            compare_carriers,
            {"degrees": RAISED_DEG},
        ),
        "foot": Question(
            "Tissue resists with 15 Nm at about 76 degrees. Now the foot is bent up by 20 degrees"
            " before the leg is raised. Where does tissue resist as much?",
            FOOT_CHOICES,
            compare_foot,
        ),
        "piriformis": Question(
            "The sciatic nerve runs under, through or over the piriformis, which is relaxed. By"
            " which way is it pressed on most when the straight leg is raised by 60 degrees?",
            WAY_CHOICES,
            compare_ways,
        ),
        "sore": Question(
            "A deep side hip muscle, the left gluteus minimus, is sore, and nothing else is amiss."
            " Its pain is described down to the calf. Where does tension change in the model?",
            NOTHING_CHOICES,
            compare_sore,
            solve=solve_sore,
        ),
    },
    tasks=TASKS,
    claims={4: show_shared_nerves, 5: show_pressing, 10: show_referred},
)
