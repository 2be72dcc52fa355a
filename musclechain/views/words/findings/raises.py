"""A raised leg and the slump test in words: what holds it back, and whether muscle or nerve."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    call_structure,
    capitalise,
    format_newtons,
    join_words,
)
from musclechain.cases.causes import HAMSTRINGS, Shorten, Soften
from musclechain.cases.description import Side
from musclechain.cases.nerve import STRANDS, draw_nerve_numbers
from musclechain.cases.piriformis import VARIANTS, find_interface, read_frequency
from musclechain.cases.raises import Raise, StraightLegRaise, find_range, raise_leg, raise_through
from musclechain.mechanics.change import check_whole
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.nerve import COURSE

__all__ = [
    "compare_orders",
    "compare_raises",
    "compare_ranges",
    "describe_interface",
    "describe_nerve_draws",
    "describe_raise",
]

CALF = ("soleus", "gastrocnemius_medial_head", "gastrocnemius_lateral_head")
# what pulls less, is stretched less or turns less is told as nothing
SAME_NM, SAME_N, SAME_PERCENT, SAME_MM, SAME_DEG = 0.05, 1.0, 0.05, 0.5, 0.05
SHOWN = 6  # rows of what resists most
MIDDLE = 0.55  # of the thigh, where the sliding of the nerve is told
SHORTER_MM, HALF, UP_DEG, BENT_DEG, ORDER_DEG = 20.0, 0.5, 20.0, 45.0, 60.0
SAME_RANGE_DEG = 1.0


def describe_raise(found: Raise) -> Finding:
    """Say what an examiner meets, what carries it, and what becomes of the nerve.

    Parameters
    ----------
    found : Raise

    Returns
    -------
    Finding
        What resists most, with its tension (N) and its moment (Nm) at the joint that is moved.
    """
    rows = found.carriers
    rows = rows[rows["moment_Nm"].abs() >= SAME_NM]
    rows = rows.reindex(rows["moment_Nm"].abs().sort_values(ascending=False).index)[:SHOWN]
    return Finding(
        "What resists",
        f"{_say_pose(found)} {_say_resistance(found)} {_say_nerve(found)}",
        pd.DataFrame(
            {
                "What resists": [_name(found, what) for what in rows.index],
                "Kind": [capitalise(kind) for kind in rows["carrier"]],
                "Tension (N)": ["" if pd.isna(n) else f"{n:.0f}" for n in rows["tension_N"]],
                "At the joint (Nm)": (rows["moment_Nm"].round(1) + 0.0).to_list(),
            }
        ),
    )


def _name(found: Raise, what: str) -> str:
    if what in ("joint", "nerve"):
        side = found.test.side
        return f"Capsule and ligaments, {side}" if what == "joint" else f"Sciatic nerve, {side}"
    return capitalise(call_structure(found.body, what))


def _say_pose(found: Raise) -> str:
    test = found.test
    if isinstance(test, StraightLegRaise):
        return (
            f"The {test.side} leg is raised by {test.degrees:.0f} degrees: the hip bends by"
            f" {found.hip_deg:.1f} degrees, and the pelvis rolls {_say_roll(found)}."
        )
    return (
        f"Sitting with the back bent forward by {test.slump_deg:.0f} degrees and the head by"
        f" {test.neck_deg:.0f}, the {test.side} knee is bent by {test.knee_deg:.0f} degrees."
    )


def _say_roll(found: Raise) -> str:
    turned = found.pelvis_deg
    if abs(turned) < SAME_DEG:
        return "neither way"
    return f"{'back' if turned > 0 else 'forward'} by {abs(turned):.1f} degrees"


def _say_resistance(found: Raise) -> str:
    joint = "hip" if isinstance(found.test, StraightLegRaise) else "knee"
    if abs(found.tissue_nm) < SAME_NM:
        return f"At the {joint} tissue does not resist."
    if found.tissue_nm < 0:
        return f"At the {joint} tissue helps the examiner with {-found.tissue_nm:.1f} Nm."
    parts = {name: value for name, value in found.shares().items() if value >= SAME_NM}
    parts = dict(sorted(parts.items(), key=lambda one: -one[1]))
    told = join_words(f"{name} {value:.1f}" for name, value in parts.items())
    return (
        f"At the {joint} tissue resists with {found.tissue_nm:.1f} Nm, and the weight of the leg"
        f" with {found.weight_nm:.1f}. Of the tissue, in Nm: {told}."
    )


def _say_nerve(found: Raise) -> str:
    added = found.strands()["added_percent"]
    slid = found.excursion_at("sciatic", MIDDLE)
    if abs(slid) < SAME_MM:
        slides = "stays where it lay"
    else:
        slides = f"slides {abs(slid):.0f} mm {'down' if slid > 0 else 'up'} past its bed"
    return (
        f"Against lying straight the sciatic nerve is {_say_stretch(added['sciatic'])}, the tibial"
        f" nerve {_say_stretch(added['tibial'])} and the nerve of the sole"
        f" {_say_stretch(added['plantar'])}; in the middle of the thigh the nerve {slides}."
    )


def _say_stretch(percent: float) -> str:
    if abs(percent) < SAME_PERCENT:
        return "as long as before"
    return f"{abs(percent):.1f} % {'longer' if percent > 0 else 'shorter'}"


def compare_raises(found: Mapping[str, Raise]) -> Finding:
    """Say what each addition changes in muscle and in nerve: so a tight muscle is told from a
    nerve that is pulled on.

    Parameters
    ----------
    found : mapping of str to Raise
        In words: what was done, beginning with the test that the others are compared with, such
        as ``{"the leg raised": ..., "the foot bent up": ..., "the head bent forward": ...}``. All
        of one body and one side.

    Returns
    -------
    Finding
        One row each: resistance, tension of hamstrings and calf, and by how much the nerve is
        stretched beyond lying straight.

    Raises
    ------
    ValueError
        If there are not at least two, or of two sides.
    """
    (first, *others), tests = found.items(), list(found.values())
    if not others or len({one.test.side for one in tests}) > 1:
        raise ValueError(
            "Give at least two tests of one side; the others are compared with the first."
        )
    return Finding(
        "Muscle or nerve?",
        " ".join(_say_addition(words, one, first[1]) for words, one in others),
        pd.DataFrame(
            {
                "": [capitalise(words) for words in found],
                "Resistance (Nm)": [round(one.tissue_nm, 1) + 0.0 for one in tests],
                "Hamstrings (N)": [round(_pull(one, HAMSTRINGS)) for one in tests],
                "Calf (N)": [round(_pull(one, CALF)) for one in tests],
                **{
                    f"{capitalise(STRANDS[strand])} (%)": [
                        round(one.strands().at[strand, "added_percent"], 1) + 0.0 for one in tests
                    ]
                    for strand in COURSE
                },
            }
        ),
    )


def compare_orders(body: Body, side: Side = "left") -> Finding:
    """Say what becomes of the nerve if the foot is bent up first, and if the leg is raised first.

    Parameters
    ----------
    body : Body
    side : "left" or "right"

    Returns
    -------
    Finding
        One row for each step of both orders.
    """
    both = StraightLegRaise(side, ORDER_DEG, UP_DEG)
    # told to the model in that order, each from where the last one ended
    foot, foot_first = raise_through(body, [replace(both, degrees=0.0), both])
    leg, leg_first = raise_through(body, [replace(both, ankle_deg=0.0), both])
    ends = [one.strands()["added_percent"] for one in (foot_first, leg_first)]
    apart = float((ends[0] - ends[1]).abs().max())
    rows = {
        "Foot first: the foot is up": foot,
        "then the leg is raised": foot_first,
        "Leg first: the leg is raised": leg,
        "then the foot is up": leg_first,
    }
    same = "alike" if apart < SAME_PERCENT else f"up to {apart:.1f} percentage points apart"
    return Finding(
        "Foot first, or leg first?",
        f"Both orders end {same}: the nerve of the sole is"
        f" {ends[0]['plantar']:.1f} % longer, the sciatic nerve {ends[0]['sciatic']:.1f} %. Halfway"
        f" they differ: the foot alone reaches the sole"
        f" ({foot.strands().at['plantar', 'added_percent']:.1f} %) and hardly the thigh, the leg"
        f" alone begins at the thigh"
        f" ({leg.strands().at['sciatic', 'added_percent']:.1f} %).",
        pd.DataFrame(
            {
                "": list(rows),
                **{
                    f"{capitalise(STRANDS[part])} (%)": [
                        round(one.strands().at[part, "added_percent"], 1) + 0.0
                        for one in rows.values()
                    ]
                    for part in ("sciatic", "tibial", "plantar")
                },
            }
        ),
    )


def _say_addition(words: str, found: Raise, first: Raise) -> str:
    hamstrings, calf = (_pull(found, names) - _pull(first, names) for names in (HAMSTRINGS, CALF))
    gain = found.strands()["added_percent"] - first.strands()["added_percent"]
    longer = [
        f"the {STRANDS[part]} {gain[part]:.1f} %" for part in COURSE if gain[part] >= SAME_PERCENT
    ]
    nerve = f"longer are {join_words(longer)}" if longer else "no part of the nerve is longer"
    return (
        f"With {words} the hamstrings pull {_say_more(hamstrings, _pull(first, HAMSTRINGS))}, the"
        f" calf {_say_more(calf, _pull(first, CALF))}; {nerve}."
    )


def _say_more(change: float, before: float) -> str:
    # a hundredth is within what the pelvis gives way
    if abs(change) < max(SAME_N, 0.01 * before):
        return "as before"
    return f"{format_newtons(abs(change))} {'more' if change > 0 else 'less'}"


def _pull(found: Raise, names: tuple[str, ...]) -> float:
    sided = [f"{name}_{found.test.side}" for name in names]
    return float(found.carriers["tension_N"].reindex(sided).sum())


def compare_ranges(body: Body, side: Side = "left", limit_nm: float = 15.0) -> Finding:
    """Say how far the straight leg goes before tissue resists with a moment, and what changes that.

    Parameters
    ----------
    body : Body
    side : "left" or "right"
    limit_nm : float
        0.5 to 200.

    Returns
    -------
    Finding
        One row each: as usual, with foot or head bent, with shorter or softer hamstrings, and with
        a softer nerve.

    Raises
    ------
    CauseError
        As `find_range`.
    """
    sided = tuple(f"{name}_{side}" for name in HAMSTRINGS)
    plain = StraightLegRaise(side)
    usual = find_range(body, plain, limit_nm)
    foot = find_range(body, StraightLegRaise(side, ankle_deg=UP_DEG), limit_nm)
    head = find_range(body, StraightLegRaise(side, neck_deg=BENT_DEG), limit_nm)
    short = find_range(body, plain, limit_nm, Shorten(sided, SHORTER_MM))
    soft = find_range(body, plain, limit_nm, [Soften(name, HALF) for name in sided])
    nerve = find_range(body, plain, limit_nm, nerve=HALF)
    rows = {
        "As usual": usual,
        f"Foot bent up by {UP_DEG:.0f} degrees": foot,
        f"Head bent forward by {BENT_DEG:.0f} degrees": head,
        f"Hamstrings {SHORTER_MM:.0f} mm shorter": short,
        "Hamstrings half as stiff": soft,
        "Nerve half as stiff": nerve,
    }
    return Finding(
        "How far the leg goes",
        f"Tissue resists with {limit_nm:g} Nm at {usual:.0f} degrees. Hamstrings that are"
        f" {SHORTER_MM:.0f} mm shorter would {_say_range(short, usual)}, hamstrings half as stiff"
        f" would {_say_range(soft, usual)}, and a nerve half as stiff would"
        f" {_say_range(nerve, usual)}. A bent-up foot would {_say_range(foot, usual)}, and a head"
        f" that is bent forward would {_say_range(head, usual)}. What people feel, and when they"
        " say stop, is another matter.",
        pd.DataFrame(
            {
                "": list(rows),
                "Raised to (deg)": [round(one) for one in rows.values()],
                "Against usual (deg)": [round(one - usual) + 0 for one in rows.values()],
            }
        ),
    )


def _say_range(degrees: float, usual: float) -> str:
    change = degrees - usual
    if abs(change) < SAME_RANGE_DEG:
        return "change that by less than one degree"
    return f"{'add' if change > 0 else 'take'} {abs(change):.0f} degrees"


def describe_nerve_draws(
    body: Body, test: StraightLegRaise, count: int = 60, seed: int = 0
) -> Finding:
    """Say how sure it is what a raised leg does to the nerve.

    Each time all numbers of the nerve are drawn from their ranges, evenly and apart; where a range
    is wider on one side, so is the answer.

    Parameters
    ----------
    body : Body
    test : StraightLegRaise
    count : int
        10 to 1000.
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    Finding
        The lowest, middle and highest of nine in ten nerves.

    Raises
    ------
    CauseError
        For another count.
    """
    count = check_whole("count", count, 10, 1000)
    drawn = [
        raise_leg(body, test, numbers=numbers) for numbers in draw_nerve_numbers(body, count, seed)
    ]
    rows = {
        "Sciatic nerve longer by (%)": [
            one.strands().at["sciatic", "added_percent"] for one in drawn
        ],
        "Nerve of the sole longer by (%)": [
            one.strands().at["plantar", "added_percent"] for one in drawn
        ],
        "Slides up in the thigh (mm)": [-one.excursion_at("sciatic", MIDDLE) for one in drawn],
        "Nerve at the hip (Nm)": [one.shares()["nerve"] for one in drawn],
        "Muscle at the hip (Nm)": [one.shares()["muscle"] for one in drawn],
    }
    low, middle, high = np.percentile(np.array(list(rows.values())), (5, 50, 95), axis=1)
    usual = raise_leg(body, test).strands().at["sciatic", "added_percent"]
    return Finding(
        f"The nerve with {count} sets of numbers",
        f"In nine of ten sets of numbers the sciatic nerve is {low[0]:.1f} to {high[0]:.1f} %"
        f" longer than lying straight, in the middle one {middle[0]:.1f} %, and the nerve of the"
        f" sole {low[1]:.1f} to {high[1]:.1f} %. At the hip the nerve holds {low[3]:.1f} to"
        f" {high[3]:.1f} Nm and muscle {low[4]:.1f} to {high[4]:.1f}."
        f" {_say_usual(usual, low[0], high[0])}",
        pd.DataFrame(
            {
                "What": list(rows),
                "Low": low.round(1) + 0.0,
                "Middle": middle.round(1) + 0.0,
                "High": high.round(1) + 0.0,
            }
        ),
    )


def _say_usual(usual: float, low: float, high: float) -> str:
    """Say where what the lesson computes with lies among the draws."""
    words = f"The lesson computes with the numbers of the data, which give {usual:.1f} %."
    if round(low, 1) <= round(usual, 1) <= round(high, 1):
        return words
    # tether, root_hold and fibular_hold of data/cases.csv reach further up than down
    reason = (
        " How firmly the nerve is held at the root, at the knee and on its way is hardly known:"
        " most sets hold it more firmly than the data do, and that stretches it more."
    )
    return (
        f"{words} That is less than in almost every set, and so perhaps too little.{reason}"
        if usual < low
        else f"{words} That is more than in almost every set, and so perhaps too much."
    )


def describe_interface(found: Raise, piriformis_n: float = 0.0) -> Finding:
    """Say what presses on the sciatic nerve at the piriformis, for each way past the muscle.

    Parameters
    ----------
    found : Raise
    piriformis_n : float
        Tension of the muscle beyond what stretch gives it, N, 0 to 500.

    Returns
    -------
    Finding
        One row for each way: how common it is, by how much the nerve bends, and what presses.
    """
    ways = [find_interface(found, variant, piriformis_n) for variant in VARIANTS]
    common = [round(100 * read_frequency(found.body, variant)) for variant in VARIANTS]
    under, through, over = (way.load_n for way in ways)
    return Finding(
        "The nerve at the piriformis",
        f"{_say_place(found)} the nerve is pressed on, by its bends and by the muscle, with"
        f" {under:.1f} N under the piriformis, {through:.1f} N through it and {over:.1f} N over it."
        " How common each way is comes from different studies, so the shares add up to"
        f" {sum(common)} % and not to 100. The other ways are found as often in cadavers as in"
        " patients with the syndrome, so they do not explain the pain; where exactly the nerve"
        " bends is an estimate.",
        pd.DataFrame(
            {
                "The nerve runs": list(VARIANTS),
                "In (% of people)": common,
                "It bends by (deg)": [round(way.nerve_bend_deg) for way in ways],
                "By its own tension (N)": [round(way.from_nerve_n, 1) for way in ways],
                "By the muscle's (N)": [round(way.from_muscle_n, 1) for way in ways],
                "Presses (N)": [round(way.load_n, 1) for way in ways],
            }
        ),
    )


def _say_place(found: Raise) -> str:
    test = found.test
    if isinstance(test, StraightLegRaise):
        return f"With the {test.side} leg raised by {test.degrees:.0f} degrees"
    return f"Sitting with the {test.side} knee bent by {test.knee_deg:.0f} degrees"
