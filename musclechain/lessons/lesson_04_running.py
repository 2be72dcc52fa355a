"""Lesson 04: running, shoes and feet: what a footfall does, what of it travels up, and how far a
rolled foot reaches (`lessons.feet`)."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.cases.running import (
    SHOES,
    HardRun,
    build_runner,
    draw_numbers,
    find_law,
    read_numbers,
    run_impact,
)
from musclechain.labs.controls import build_cases, check_values, control_of
from musclechain.labs.exercises import Exercise, compare_number, is_number
from musclechain.labs.pane import Pane
from musclechain.labs.panel import Later, Panel
from musclechain.labs.questions import Prediction, build_cover
from musclechain.labs.tasks import Task, build_head
from musclechain.labs.workbook import Workbook
from musclechain.lessons.feet import (
    FEET_TASKS,
    REACH_CHOICES,
    FeetLab,
    compare_reach,
    compare_running_arch,
    describe_foot_draws,
    find_arch_gain,
    show_insole,
    show_twist,
    solve_rolled,
)
from musclechain.lessons.lesson import ClaimShown, Lesson, Question
from musclechain.mechanics.change import SolveError, check_body, check_whole
from musclechain.mechanics.impact import Impact, solve_footfall, stack
from musclechain.views.body.climb import ShockClimb
from musclechain.views.page.html import table_to_html
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.errors import describe_error
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.impact import (
    compare_impacts,
    describe_chart_footfall,
    describe_impact,
    format_shock,
)

__all__ = ["LESSON", "ImpactLab", "compare_soles", "describe_sole_draws"]

REST_S = 0.3
AT_END = "<p>The figures come once the landing has been played.</p>"
USUAL = HardRun()
BEFORE = "ordinary sole on asphalt"
SOFT = HardRun(shoe="soft")
METRES_A_KM = 1000


@dataclass(frozen=True)
class Landing:
    """A footfall beside the usual one of the same body."""

    now: Impact
    usual: Impact


class ImpactLab(Panel):
    """A hard run: the force under the foot, and the shock on its way up.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Stands above the controls, and covers the picture until it is answered.
    tasks : sequence of Task
        Stand above the controls, one at a time.
    workbook : Workbook, optional
        Keeps answers and settings for when the cell is run again.
    **values
        Starting values by control name.

    Attributes
    ----------
    body : Body
    climb : ShockClimb
        The picture.
    """

    title = "A hard run"
    map = None
    controls = (
        control_of(HardRun, "surface"),
        control_of(HardRun, "shoe"),
        control_of(HardRun, "cadence"),
        control_of(HardRun, "foot_speed"),
        control_of(HardRun, "leg"),
        control_of(HardRun, "adapts"),
    )

    def __init__(
        self,
        body: Body,
        prediction: Prediction | None = None,
        tasks: Sequence[Task] = (),
        workbook: Workbook | None = None,
        **values: Any,
    ) -> None:
        self.body, self.tasks = check_body(body), tuple(tasks)
        self._result: Impact | None = None
        self.climb = ShockClimb(body)
        self._cover, self._glance = build_cover(prediction), widgets.HTML()
        self._pane, self._page = Pane(), ThemeWatch()
        self._later = Later(REST_S, self._settle)
        self._is_covered = prediction is not None and not prediction.is_open
        self._start = check_values(self.controls, values)
        head = build_head(self, workbook, prediction)
        super().__init__(
            widgets.VBox([self._cover, _place_beside(self.climb, self._glance)]),
            below=[self._pane.box, self._page],
            head=head,
            workbook=workbook,
            **values,
        )
        self._page.observe(lambda _: self._draw_chart(), ["dark", "ready"])
        self.climb.observe(lambda _: self._on_told(prediction), "told")
        if prediction is not None:
            prediction.observe(lambda _: self._on_prediction(prediction), ["answer", "is_open"])
        self._show_cover()
        self.answer()

    @property
    def result(self) -> Impact:
        """The newest footfall; an ordinary one until one of its own could be solved."""
        if self._result is None:
            self._result = self._usual
            self._solve()
        return self._result

    @cached_property
    def _usual(self) -> Impact:
        return run_impact(self.body, USUAL)

    def solve(self, **values: Any) -> Landing:
        """Solve the setting in which the lab began, but for these values, without showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        Landing

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        SolveError
            For a run that cannot be.
        """
        now = self._land(check_values(self.controls, {**self._start, **values}))
        return Landing(now, self._usual)

    def _land(self, values: Mapping[str, Any]) -> Impact:
        (run,) = build_cases(self.controls, values)
        return run_impact(self.body, run)  # type: ignore[arg-type]

    def answer(self) -> None:
        """Let the runner land, and show it; the chart follows when the hand rests."""
        if self._is_covered:  # nothing of it is seen, so the page need not wait for it
            self._result, self.climb.run, self._glance.value = None, {}, ""
        elif self._solve():
            self.climb.show(self.result, self._usual)
            self._glance.value = self._write_glance() if self.climb.told else AT_END
        return self._later.call()

    def _solve(self) -> bool:
        """Let the runner land; whether that can be."""
        try:
            self._result = self._land(self.values)
        except SolveError as error:
            self.say(f"{describe_error(error)} The picture still shows the last run.")
            return False
        self.say("")
        return True

    def _settle(self) -> None:
        if self._result is None:
            self._solve()
        self._draw_chart()

    def close(self) -> None:
        """Drop what is under way and close the panel."""
        self._later.stop()
        super().close()

    def table(self) -> pd.DataFrame:
        """The table of the newest footfall; see `Impact.table`."""
        return self.result.table()

    def draw_still(self) -> str:
        """Write what stays of it: a line for each station."""
        return "" if self._is_covered else self.climb.write_still()

    def _runs(self) -> dict[str, Impact]:
        return {"this run": self.result, BEFORE: self._usual}

    def _write_glance(self) -> str:
        found, usual = _list_figures(self.result), _list_figures(self._usual)
        table = pd.DataFrame({"": list(found), "Now": found.values(), "Ordinary": usual.values()})
        return (
            table_to_html(table, "At a glance")
            + f"<p>Ordinary: {BEFORE}, {USUAL.cadence:.0f} steps a minute. Dashed in the"
            " pictures.</p>"
        )

    def _draw_chart(self) -> None:
        if self._is_covered or not self.climb.told:
            return self._pane.write("")
        said = describe_chart_footfall(self._runs())
        if not self._page.ready:
            return self._pane.write(f"<p>{html.escape(said.sentence)}</p>")
        from musclechain.views.charts import draw_footfall

        law = find_law(self.body, self.result) if self.result.has_peak else None
        return self._pane.draw(draw_footfall(self._runs(), law, self._page.theme), said)

    def _show_cover(self) -> None:
        self._cover.layout.display = "" if self._is_covered else "none"

    def _set_cover(self, covered: bool) -> None:
        self._is_covered = covered
        self._show_cover()
        self.answer()

    def _on_prediction(self, prediction: Prediction) -> None:
        if self._is_covered:  # then its figures wait until it has been played
            self.climb.told = False
        self._set_cover(not prediction.is_open)
        self.set_up(prediction.setting)

    def _on_told(self, prediction: Prediction | None) -> None:
        if self.climb.told and not self._is_covered:
            self._glance.value = self._write_glance()
            self._draw_chart()
            if prediction is not None:
                prediction.tell_verdict(True)


def _place_beside(first: widgets.Widget, second: widgets.Widget) -> widgets.Box:
    """Place two parts side by side, or one under the other where there is little room."""
    first.layout, second.layout = (
        widgets.Layout(flex=f"1 1 {width}px", min_width="0") for width in (380, 270)
    )
    return widgets.Box([first, second], layout=widgets.Layout(flex_flow="row wrap", width="100%"))


def _list_figures(impact: Impact) -> dict[str, str]:
    """The numbers of a footfall that tasks ask for, in words."""
    none = "none of its own"
    shock = impact.table()["shock_g"]
    return {
        "First peak (body weights)": f"{impact.peak_bw:.2f}" if impact.has_peak else none,
        "comes after (ms)": f"{impact.peak_ms:.1f}" if impact.has_peak else none,
        "rises by (body weights a second)": f"{impact.rate_bw_s:.0f}" if impact.has_peak else none,
        "Shock at the hip (g)": f"{shock['hip']:.2f}",
        "Push of the leg (body weights)": f"{impact.force_bw[:, 0].max():.2f}",
        "Body sinks (mm)": f"{1000 * impact.sunk_m.max():.0f}",
        "On the ground (ms)": f"{1000 * impact.contact_s:.0f}",
        "Stiffness of the leg (kN/m)": f"{impact.runner.leg_n_per_m / 1000:.1f}",
    }


# ---- its findings -----------------------------------------------------------------------------


def compare_soles(body: Body, **landing: Any) -> Finding:
    """Compare three soles on asphalt, from the thinnest to the softest.

    Parameters
    ----------
    body : Body
    **landing
        What else the run is told, as of `HardRun`.

    Returns
    -------
    Finding
        As of `compare_impacts`.

    Raises
    ------
    CauseError
        As `HardRun`.
    """
    return compare_impacts(
        {f"{shoe} sole": run_impact(body, HardRun(shoe=shoe, **landing)) for shoe in SHOES}
    )


def describe_sole_draws(body: Body, count: int = 60, seed: int = 0) -> Finding:
    """Say how sure it is what a softer sole does, if nothing else changes.

    Each time all numbers of the run are drawn from their ranges, and land in an ordinary and in a
    soft sole.

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
        Share of the draws in which each number gets less, and by how much in the middle of them.

    Raises
    ------
    CauseError
        For another count.
    """
    count = check_whole("count", count, 10, 1000)
    found = body.derived(
        f"sole_draws_{count}_{seed}",
        lambda body: np.array(
            [_compare_draw(body, one) for one in draw_numbers(body, count, seed)]
        ),
    )
    names = ("First peak", "Loading rate", "Shock at the shin", "Shock at the hip", "At the head")
    # a few runners have no first peak of their own
    share = 100 * (found < 0).sum(axis=0) / np.isfinite(found).sum(axis=0)
    middle = np.nanmedian(found, axis=0)
    return Finding(
        f"A softer sole under {count} varied runners",
        f"In {share[0]:.0f} % of {count} copies of this runner, with other numbers each, the first"
        f" peak gets lower in the soft sole, by {-middle[0]:.0f} % in the middle of them; at the"
        f" hip the shock changes by {abs(middle[3]):.0f} %.",
        pd.DataFrame(
            {
                "What": names,
                "Less in (% of them)": share.round().astype(int),
                "Change, middle (%)": middle.round(1),
            }
        ),
    )


def _compare_draw(body: Body, numbers: Mapping[str, float]) -> list[float]:
    """By how many percent the soft sole changes each number."""
    pair = [solve_footfall(build_runner(body, run, numbers)) for run in (USUAL, SOFT)]
    first, second = (
        np.array([one.peak_bw, one.rate_bw_s, *one.table().loc[["foot", "hip", "head"], "shock_g"]])
        for one in pair
    )
    return list(100 * (second / first - 1))


# ---- its exercises ----------------------------------------------------------------------------


def judge_stack(body: Body, stiffness: Any) -> str:
    """How stiff sole and heel are, one upon the other."""
    if not is_number(stiffness):
        return "Put a number of kN/m in, such as 80."
    numbers = read_numbers(body)
    sole, heel = numbers["sole_ordinary"] / 1000, numbers["heel"] / 1000
    if abs(stiffness - stack(sole, heel)) <= 1:
        return ""
    if abs(stiffness - (sole + heel)) < 1:
        return "You have added the stiffnesses. Both carry the same force here: what adds up?"
    return "Each gives x = F / k under the same force F. Add what they give, and divide F by it."


def judge_landing(body: Body, speed: Any) -> str:
    """The speed of the foot at which the soft sole has the first peak of the ordinary one."""
    if not is_number(speed):
        return "Put a number of m/s in, from 0.7 to 1.5."
    reached = run_impact(body, HardRun(shoe="soft", foot_speed=speed)).peak_bw
    wanted = run_impact(body, USUAL).peak_bw
    if abs(reached - wanted) <= 0.015:
        return ""
    return compare_number(
        100 * reached / wanted, 100, 0.5, "the first peak is at", "% of that in the ordinary sole"
    )


# ---- what its questions are compared with, and its tasks ---------------------------------------

CLIMB_CHOICES = (
    "About as much as the shin",
    "About half of it",
    "About a quarter of it",
    "Less than a tenth of it",
)
SOLE_CHOICES = (
    "The first peak gets much lower, by half or more",
    "The first peak gets a little lower, and comes later",
    "The first peak stays as high as it was",
    "The first peak gets higher",
)


def compare_climb(body: Body) -> tuple[str, str]:
    """What the head feels of the shock at the shin, as a choice."""
    table = run_impact(body, USUAL).table()
    share = float(table.at["head", "share_percent"])
    number = 3 if share < 10 else 2 if share < 37 else 1 if share < 75 else 0
    return CLIMB_CHOICES[number], (
        f"the shin feels {format_shock(table.at['foot', 'shock_g'])}, the head"
        f" {format_shock(table.at['head', 'shock_g'])}. Standing still is 1 g."
    )


def compare_sole(body: Body) -> tuple[str, str]:
    """What a soft sole does to the first peak, as a choice."""
    first, second = (run_impact(body, run) for run in (USUAL, SOFT))
    ratio = second.peak_bw / first.peak_bw
    number = 0 if ratio < 0.5 else 1 if ratio < 0.98 else 2 if ratio < 1.02 else 3
    return SOLE_CHOICES[number], (
        f"{first.peak_bw:.2f} body weights in the ordinary sole, {second.peak_bw:.2f} in the very"
        f" soft one, {second.peak_ms - first.peak_ms:.1f} ms later."
    )


THIN_CHOICES = ("Nowhere", "At foot and knee only", "Up to the hip", "Up to the head")
NOTICED = 1.1  # times the usual shock
LEG_CHOICES = ("The first peak under the foot", "The shock at the hip")


def choose_reach(landing: Landing) -> str:
    """How far up the shock is more than a tenth larger than the usual one, as a choice."""
    ratio = landing.now.table()["shock_g"] / landing.usual.table()["shock_g"]
    noticed = [name for name in ratio.index if ratio[name] > NOTICED]
    reach = {"": 0, "foot": 1, "knee": 1, "hip": 2, "low back": 2, "head": 3}
    return THIN_CHOICES[reach[noticed[-1] if noticed else ""]]


def choose_leg(landing: Landing) -> str:
    """What a change does more to, the first peak or the shock at the hip, as a choice."""
    now, usual = landing.now, landing.usual
    peak = abs(now.peak_bw / usual.peak_bw - 1)
    hip = abs(now.table().at["hip", "shock_g"] / usual.table().at["hip", "shock_g"] - 1)
    return LEG_CHOICES[0 if peak > hip else 1]


TASKS = {
    "impact": (
        Task(
            "An ordinary sole on asphalt. Press Play. How many percent of the shin's shock does the"
            " low back feel?",
            "The leg folds at knee and ankle like a soft spring, and a heavy body sits on it. What"
            " is soft and heavy lets quick shocks through badly.",
            hint="Its line comes under the picture once it has been played.",
            number=lambda landing: float(landing.now.table().at["low back", "share_percent"]),
            within=1.0,
            unit="%",
        ),
        Task(
            "A thin sole in place of the ordinary one. How far up is the shock more than a"
            " tenth larger?",
            "What the thin sole lets through is quick, and nearly all of it is gone above the knee."
            " From the hip up the slow push is what is felt, and it hardly changes.",
            {"shoe": "thin"},
            choices=dict.fromkeys(
                THIN_CHOICES,
                "Each line under the picture has the ordinary shock in brackets. Add a tenth to"
                " that: is the new one larger still?",
            ),
            right=choose_reach,
        ),
        Task(
            "The springy test track, and the runner adapts. By how many mm does the body sink?",
            "The leg gets stiffer by as much as was measured, and the body bounces as on asphalt."
            " Runners do this within one step.",
            {"surface": "springy", "adapts": True},
            "Look at 'Body sinks', and compare with asphalt.",
            number=lambda landing: 1000 * float(landing.now.sunk_m.max()),
            within=1.5,
            unit="mm",
        ),
        Task(
            "Back on asphalt, with the leg at 130 % of its stiffness. What grows by the larger"
            " share?",
            "The first peak stops foot and shank, before the leg has shortened much. What arrives"
            " above comes through the leg.",
            {"leg": 130},
            choices=dict.fromkeys(LEG_CHOICES, "Compare 'Now' and 'Ordinary' for both."),
            right=choose_leg,
        ),
    ),
}


# ---- the claims that it shows -----------------------------------------------------------------


def show_absorber(body: Body) -> ClaimShown:
    """Claim 15: the running body softens its own landings."""
    impact = run_impact(body, USUAL)
    share = impact.table()["share_percent"]
    passive, adapted = (
        run_impact(body, HardRun(surface="springy", adapts=adapts)) for adapts in (False, True)
    )
    sinks = [1000 * float(one.sunk_m.max()) for one in (impact, passive, adapted)]
    return ClaimShown.of(
        f"{describe_impact(impact)} On asphalt the body sinks by {sinks[0]:.0f} mm, on a springy"
        f" track by {sinks[1]:.0f} with the same leg and by {sinks[2]:.0f} with a leg that adapts"
        " as measured.",
        share["hip"] < 25 and share["head"] < 10,
        share["hip"] < 50,
    )


def show_landings(body: Body) -> ClaimShown:
    """Claim 16: many hard landings; whether they harm is not computed."""
    impact = run_impact(body, USUAL)
    steps = USUAL.cadence / 60 * METRES_A_KM / read_numbers(body)["speed"]
    push = float(impact.force_bw[:, 0].max())
    return ClaimShown.of(
        f"Each landing presses the foot with {push:.2f} times body weight, about"
        f" {round(steps, -1):.0f} times in a kilometre. Whether this wears a body out, or makes it"
        " stronger, is not computed.",
        False,
        push > 1.5,
    )


def show_soles(body: Body) -> ClaimShown:
    """Claim 17: soft soles spare the joints from leg to low back."""
    thin, soft = (run_impact(body, HardRun(shoe=shoe)) for shoe in ("thin", "soft"))
    found = {
        name: 1 - soft.table().at[name, "shock_g"] / thin.table().at[name, "shock_g"]
        for name in ("foot", "hip", "low back")
    }
    return ClaimShown.of(
        f"{compare_soles(body)} Against the thin sole the soft one takes"
        f" {100 * found['foot']:.0f} % of the shock at the shin, {100 * found['hip']:.0f} % at the"
        f" hip and {100 * found['low back']:.0f} % at the low back, if the runner changes nothing."
        " Harm is not computed.",
        min(found.values()) > 0.2,
        found["foot"] > 0.1,
    )


def show_grounds(body: Body) -> ClaimShown:
    """Claim 18: hard ground presses arches flat; many feet lean."""
    asphalt, track = (run_impact(body, HardRun(surface=name)) for name in ("asphalt", "track"))
    more = 100 * (asphalt.force_bw[:, 0].max() / track.force_bw[:, 0].max() - 1)
    peak = 100 * (asphalt.peak_bw / track.peak_bw - 1)
    times, further = find_arch_gain(body)
    return ClaimShown.of(
        f"On asphalt the first peak is {peak:.0f} % higher than on a running track, and the push of"
        f" the leg {more:.0f} %. {compare_running_arch(body)} That is {times:.1f} times as far as"
        f" in standing, and {further:.0f} % further on asphalt than on the track. How many feet"
        " lean is not computed.",
        max(more, peak, further) > 10,
        times > 1.5,
    )


LESSON = Lesson(
    name="04_running_shoes_and_feet",
    title="Running, shoes and feet",
    about=(
        "what a footfall does under the foot, what of its shock reaches knee, hip, low back and"
        " head, what soft soles and soft ground change, and how far a rolled foot reaches"
    ),
    minutes=60,
    labs=(ImpactLab, FeetLab),
    findings=(compare_soles, describe_sole_draws, compare_running_arch, describe_foot_draws),
    exercises=(
        Exercise(
            "sole_and_heel",
            judge_stack,
            "Softer than either alone. Asphalt below is hundreds of times stiffer, and so is"
            " concrete: they change next to nothing.",
            unit="kN/m",
            text="Sole (118 kN/m) and heel (150 kN/m) lie one upon the other, like two springs in"
            " series. How stiff are they together?",
            mistakes=((268, "added the stiffnesses"), (134, "what they give"), ("x", "Put a")),
        ),
        Exercise(
            "harder_landing",
            judge_landing,
            "A little haste is enough to use up all that the soft sole saved. Runners who trust a"
            " soft sole may well put the foot down harder.",
            unit="m/s",
            text="In the soft sole: how fast must the foot come down for the first peak to be"
            " as high as in the ordinary sole at 1 m/s? Each try tells you how far you got.",
            mistakes=((1, "too little"), (1.5, "too much"), (3, "must be"), ("x", "Put a")),
        ),
    ),
    predictions={
        "climb": Question(
            "A foot lands on asphalt, and the shin feels a sharp shock. How much of it does the"
            " head feel within the same twentieth of a second?",
            CLIMB_CHOICES,
            compare_climb,
            plays=True,
        ),
        "sole": Question(
            "A runner changes to soft soles, and nothing else. What happens to the first peak"
            " of the force under the foot?",
            SOLE_CHOICES,
            compare_sole,
        ),
        "reach": Question(
            "The right heel rolls in by 8 degrees. How much of that turn does the chest join in?",
            REACH_CHOICES,
            compare_reach,
            solve=solve_rolled,
        ),
    },
    tasks={**TASKS, "feet": FEET_TASKS},
    claims={
        15: show_absorber,
        16: show_landings,
        17: show_soles,
        18: show_grounds,
        19: show_insole,
        20: show_twist,
    },
)
