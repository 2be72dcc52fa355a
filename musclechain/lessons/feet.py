"""The half of lesson 04 about feet: its lab, findings, tasks and claims."""

from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_degrees, format_newtons
from musclechain.cases.causes import Insole, RollingFoot
from musclechain.cases.description import Side, Sides
from musclechain.cases.foot import draw_foot_numbers, find_arch
from musclechain.cases.running import SURFACES, HardRun, run_impact
from musclechain.labs.controls import Control, control_of
from musclechain.labs.lab import Lab
from musclechain.labs.tasks import Task
from musclechain.lessons.lesson import ClaimShown
from musclechain.mechanics.change import Case, check_whole
from musclechain.mechanics.outcome import find_body_weight
from musclechain.mechanics.spread import Result, spread
from musclechain.mechanics.story import add_up_places
from musclechain.views.body.above import draw_above
from musclechain.views.body.feet import draw_foot
from musclechain.views.page.html import table_to_html
from musclechain.views.words.certainty import HOW_SURE
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.feet import (
    describe_insole,
    describe_rolling,
    find_rolled_side,
    find_turns_in,
)

__all__ = [
    "FEET_TASKS",
    "REACH_CHOICES",
    "FeetLab",
    "compare_reach",
    "compare_running_arch",
    "describe_foot_draws",
    "find_arch_gain",
    "show_insole",
    "show_twist",
    "solve_rolled",
]

ROLLED_DEG = 8.0
SIDE: Side = "right"
# A part of the body that pays more than this is strained, N.
PAYS_N = 10.0


class FeetLab(Lab):
    """A rolled foot: what its arch does, how far the twist gets, and what an insole takes back."""

    title = "A rolled foot"
    controls = (
        control_of(RollingFoot, "side", default=SIDE),
        control_of(RollingFoot, "eversion_deg", name="rolls_in", default=ROLLED_DEG),
        Control(
            "insole",
            "Insole: a wedge under the inner heel",
            False,
            kind="switch",
            help="Takes back what trials of foot orthoses found, about two degrees (FT06).",
        ),
    )

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the rolled foot, and the insole, that the controls ask for."""
        rolled = RollingFoot(values["side"], values["rolls_in"])
        return [rolled, Insole(values["side"])] if values["insole"] else [rolled]

    def beside(self, values: dict[str, Any]) -> list[list[Case]]:
        """The same foot without its insole, so that what the insole takes back is seen."""
        return [self.cases({**values, "insole": False})] if values["insole"] else []

    def near_side(self, values: dict[str, Any]) -> str:
        """The side of the rolled foot."""
        return values["side"]

    def list_aside(self) -> tuple[widgets.Widget, ...]:
        """List the pictures of the foot, and of the body from above."""
        self._foot, self._above = widgets.HTML(), widgets.HTML()
        return self._foot, self._above

    def show_aside(self, result: Result | None) -> None:
        """Draw the foot and the body from above; None where they are covered."""
        told = self.map.is_at_end
        self._foot.value = "" if result is None else draw_foot(result, told)
        self._above.value = "" if result is None else draw_above(result, told)

    def _write_glance(self, result: Result) -> str:
        found = describe_rolling(result, self.certainty)
        # keeps the place of what is on its way, so that nothing jumps
        waiting = {HOW_SURE: "…"} if self.certainty.is_pending else {}
        turns = found.table.drop(columns="Tilts forward (deg)").assign(**waiting)
        return table_to_html(turns, found.title) + super()._write_glance(result)


def solve_rolled(body: Body, side: Sides = SIDE, insole: bool = False) -> Result:
    """Stand on a rolled foot, or on two, as the lab begins."""
    rolled = RollingFoot(side, ROLLED_DEG)
    return spread(body, [rolled, Insole(side)] if insole else [rolled])


# ---- its findings -----------------------------------------------------------------------------


def compare_running_arch(body: Body) -> Finding:
    """Compare how far the arch gives way in standing and under the push of a run on each ground.

    Under the push the load lies where it does in quiet standing, and the tendons pull more in
    proportion.

    Parameters
    ----------
    body : Body

    Returns
    -------
    Finding
    """
    drops, rows = _find_running_arches(body), []
    for name, (newtons, drop, fascia) in drops.items():
        rows.append((name, format_newtons(newtons), f"{drop:.1f}", format_newtons(fascia)))
    standing, asphalt, track = (drops[name][1] for name in ("Standing", "Asphalt", "Track"))
    return Finding(
        "The arch in a run",
        f"In standing the arch sinks by {standing:.1f} mm, under the push of a run on asphalt by"
        f" {asphalt:.1f} mm, on a running track by {track:.1f} mm; when the load goes it springs"
        " back.",
        pd.DataFrame(rows, columns=["", "On the foot", "Arch lower by (mm)", "Plantar fascia"]),
    )


def _find_running_arches(body: Body) -> dict[str, tuple[float, float, float]]:
    """Load on the right foot (N), how far its arch sinks (mm), tension of its fascia (N)."""
    standing = spread(body)
    weight = find_body_weight(standing.skeleton)
    loads: dict[str, float | None] = {"Standing": None}
    for ground in SURFACES:
        push = run_impact(body, HardRun(surface=ground)).force_bw[:, 0].max()
        loads[ground.capitalize()] = float(push) * weight
    arches = {name: find_arch(standing, SIDE, load_n=newtons) for name, newtons in loads.items()}
    return {name: (one.load.newtons, one.drop_mm, one.fascia_n) for name, one in arches.items()}


def describe_foot_draws(body: Body, count: int = 60, seed: int = 0) -> Finding:
    """Say how sure it is what a rolled foot does to its arch.

    Each time all numbers of the foot are drawn from their ranges.

    Parameters
    ----------
    body : Body
    count : int
        10 to 1000.
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    Finding
        The lowest, middle and highest of nine in ten feet.

    Raises
    ------
    CauseError
        For another count.
    """
    count = check_whole("count", count, 10, 1000)
    found = body.derived(
        f"foot_draws_{count}_{seed}",
        lambda body: np.array(_draw_feet(body, [{}, *draw_foot_numbers(body, count, seed)])),
    )
    here, found = found[0], found[1:]
    low, middle, high = np.percentile(found, (5, 50, 95), axis=0)
    lower = 100 * (found[:, 2] > 0).mean()
    names = (
        "Sinks in standing (mm)",
        "Plantar fascia in standing (N)",
        "Sinks further, rolled in (mm)",
    )
    return Finding(
        f"The arch in {count} varied feet",
        f"In {lower:.0f} % of {count} copies of this foot, with other numbers each, the arch gets"
        f" lower when the heel rolls in by {ROLLED_DEG:g} degrees, by {low[2]:.1f} to"
        f" {high[2]:.1f} mm in nine of ten. In standing the plantar fascia is under {low[1]:.0f} to"
        f" {high[1]:.0f} N.",
        pd.DataFrame(
            {
                "What": names,
                "Low": low.round(1),
                "Middle": middle.round(1),
                "High": high.round(1),
                "This foot": here.round(1),
            }
        ),
    )


def _draw_feet(body: Body, numbers: list[dict[str, float]]) -> list[list[float]]:
    standing, rolled = spread(body), solve_rolled(body)
    rows = []
    for one in numbers:
        before, now = (find_arch(state, SIDE, numbers=one) for state in (standing, rolled))
        rows.append([before.drop_mm, before.fascia_n, now.drop_mm - before.drop_mm])
    return rows


# ---- its question and its tasks ----------------------------------------------------------------

REACH_CHOICES = (
    "Nearly all of it: bones stand upon each other",
    "About half of it",
    "Less than a tenth of it",
)


def compare_reach(body: Body) -> tuple[str, str]:
    """How much of a heel's rolling the chest turns, as a choice."""
    turns = find_turns_in(solve_rolled(body), SIDE)
    share = float(turns.at["chest", "share_percent"])
    turn = turns["turns_in_deg"]
    number = 2 if share < 20 else 1 if share < 75 else 0
    return REACH_CHOICES[number], (
        f"the shin turns in with the heel, the pelvis follows by {turn['pelvis']:.1f} degrees, the"
        f" chest by {turn['chest']:.1f}."
    )


ARCH_CHOICES = ("It gets higher", "It stays as it is", "It gets lower")
BOTH_CHOICES = ("It turns as far", "It turns twice as far", "It turns hardly at all")


def choose_arch(result: Result) -> str:
    """What the arch of the rolled foot does against healthy standing, as a choice."""
    side = find_rolled_side(result)
    more = find_arch(result, side).drop_mm - find_arch(spread(result.body), side).drop_mm
    return ARCH_CHOICES[1 if abs(more) < 0.1 else 2 if more > 0 else 0]


def choose_both(result: Result) -> str:
    """How far the pelvis turns when both feet are rolled, against one, as a choice."""
    one, both = (
        abs(float(state.pose().at["pelvis", "rotation_deg"]))
        for state in (solve_rolled(result.body), result)
    )
    return BOTH_CHOICES[2 if both < 0.2 * one else 0 if both < 1.5 * one else 1]


FEET_TASKS = (
    Task(
        "The right heel rolls in by 8 degrees. Press Play. How many degrees does the shin turn in?",
        "The hinge under the ankle lies slantwise, about 42 degrees up: what rolls the heel turns"
        " the shin.",
        hint="It stands in the table under the picture of the foot.",
        number=lambda result: float(find_turns_in(result, SIDE).at["shin", "turns_in_deg"]),
        within=0.35,
        unit="deg",
    ),
    Task(
        "The same foot. What has its arch done, against healthy standing?",
        "The inner side of the foot comes down with the rolling heel, and the band of the sole gets"
        " tighter.",
        choices=dict.fromkeys(ARCH_CHOICES, "Compare with the rolling at 0 degrees."),
        right=choose_arch,
    ),
    Task(
        "Now with the insole. How many degrees is the heel still rolled in?",
        "Insoles take back about two degrees; nobody's foot is put straight by that.",
        {"insole": True},
        "It stands under the heel in the picture.",
        number=lambda result: float(result.change.wedge_deg[SIDE]),
        within=0.1,
        unit="deg",
    ),
    Task(
        "Both feet roll in by 8 degrees, no insole. What does the pelvis do, against one rolled"
        " foot?",
        "Both legs turn in, and the two twists meet at the pelvis.",
        {"side": "both"},
        choices=dict.fromkeys(BOTH_CHOICES, "Compare the row of the pelvis for one foot and both."),
        right=choose_both,
    ),
)


# ---- the claims that it shows -----------------------------------------------------------------


def find_arch_gain(body: Body) -> tuple[float, float]:
    """How much further the arch sinks in a run than in standing (times), and on asphalt than on a
    running track (%)."""
    drops = _find_running_arches(body)
    standing, asphalt, track = (drops[name][1] for name in ("Standing", "Asphalt", "Track"))
    return asphalt / standing, 100 * (asphalt / track - 1)


def show_insole(body: Body) -> ClaimShown:
    """Claim 19: an insole puts a leaning foot right."""
    rolled, helped = (solve_rolled(body, insole=insole) for insole in (False, True))
    left = helped.change.wedge_deg[SIDE]
    return ClaimShown.of(describe_insole(rolled, helped), left < 1, left < ROLLED_DEG)


def show_twist(body: Body) -> ClaimShown:
    """Claim 20: a twist goes up through knee and hip, and strains muscles on the way and above."""
    one, both = solve_rolled(body), solve_rolled(body, "both")
    turn = find_turns_in(one, SIDE)["turns_in_deg"]
    goes_up = turn["shin"] >= turn["thigh"] > turn["pelvis"] > turn["chest"] > 0
    gains = {place: max(pair) for place, pair in add_up_places(one).items()}
    above = max(gains["low back"], gains["upper back and shoulder"])
    neck, tilt = gains["neck and head"], float(both.pose().at["pelvis", "flexion_deg"])
    return ClaimShown.of(
        f"{describe_rolling(one)} With both feet rolled in the pelvis tilts by"
        f" {format_degrees(tilt, signed=True)} degrees (forward is plus; FT01 found forward). Of"
        f" one side the calf works harder by {format_newtons(gains['foot and calf'])}, the back by"
        f" {format_newtons(above)}, the neck by {format_newtons(neck)}.",
        bool(goes_up and above > PAYS_N and neck > PAYS_N),
        bool(turn["shin"] > turn["pelvis"] > 0),
    )
