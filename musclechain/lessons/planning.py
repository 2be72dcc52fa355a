"""The lab of lesson 08: two plans of treatment beside doing nothing."""

import html
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import call_structure, capitalise, format_degrees
from musclechain.cases.course import Course, find_course
from musclechain.cases.plans import TABLES, Dose, Plan
from musclechain.labs.controls import Control, check_values
from musclechain.labs.lab import GUARDING, Lab
from musclechain.labs.pane import Pane
from musclechain.labs.panel import Later
from musclechain.labs.planner import PlanEditor, PlanFiles
from musclechain.labs.questions import Prediction
from musclechain.labs.tabs import COVERED, TABS
from musclechain.labs.workbook import Workbook
from musclechain.lessons.examples import (
    BALANCE,
    CAUSES,
    MASSAGE,
    PILATES,
    PRACTICE,
    STRAIN,
    STRENGTH,
    STRETCHING,
    UNEVEN,
)
from musclechain.mechanics.certainty import Certainty
from musclechain.mechanics.change import Case
from musclechain.mechanics.guarding import THEORIES
from musclechain.mechanics.spread import Result, spread
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.html import table_to_html
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.errors import MODEL_ERRORS, describe_error
from musclechain.views.words.finding import Finding
from musclechain.views.words.findings.plans import compare_done
from musclechain.views.words.plan_charts import (
    MOST_WEEKS,
    QUANTITIES,
    WEEKS,
    describe_chart_calendar,
    describe_chart_courses,
)
from musclechain.views.words.result import describe_result

__all__ = ["NOTHING", "OWN", "PLANS", "PLAN_A", "PLAN_B", "STARTS", "PlanLab", "PlanState"]

BOTH = "a strained hamstring, on uneven hips"
STARTS: Mapping[str, tuple[Case, ...]] = {
    BOTH: (STRAIN, UNEVEN),
    **{name: (cause,) for name, cause in CAUSES.items()},
}
PLANS: Mapping[str, Plan] = {
    "weekly massage": Plan((MASSAGE,)),
    "massage and strength": Plan((MASSAGE, STRENGTH)),
    "stretches for six weeks": Plan((replace(STRETCHING, weeks=6),)),
    "strength alone": Plan((STRENGTH,)),
    "Pilates and balance": Plan((PILATES, BALANCE)),
    "practice every day": Plan((PRACTICE, STRETCHING)),
    "rest for six weeks": Plan((Dose("rest", 120, 7, weeks=6),)),
}
OWN = "a plan of my own"
NOTHING, PLAN_A, PLAN_B = "doing nothing", "plan A", "plan B"
CHOSEN = {PLAN_A: "plan_a", PLAN_B: "plan_b"}
# The weeks that are played, with the one that is set; and how long a played one rests before the
# figures follow it, s.
PLAYED_WEEKS, STILL_S = (0, 1, 2, 4, 8, 13, 26, 52), 2.6
FIRST_QUANTITY = "length"
A_WEEK, LAST_DAY, WEEK_AFTER = 7.0, 365.0, 13
# A plan that works a tear within its first days is shown, and not advised.
HANDLED, FRESH_DAYS = ("massage", "stretching", "training"), 7
ON_PAPER = " On paper only: a fresh tear is not kneaded, stretched or trained hard."
# Drawn bodies of a band: nine in ten of them are shown.
DRAWS = 20
SHORT_S = 0.05
KEPT = {"states": 2, "courses": 6, "bands": 6, "weeks": 16}


@dataclass(frozen=True)
class PlanState:
    """What tasks are asked about: a week, and what is done until then.

    Attributes
    ----------
    courses : dict of str to Course
        Doing nothing, plan A and plan B.
    shown : str
        Which of them the body map shows.
    week : float
    """

    courses: Mapping[str, Course]
    shown: str
    week: float

    @property
    def body(self) -> Body:
        """The healthy body."""
        return self.courses[NOTHING].result.body

    @cached_property
    def result(self) -> Result:
        """The state of that week."""
        return self.courses[self.shown].result_on(A_WEEK * self.week)

    def find(self, quantity: str, name: str) -> float:
        """Find a quantity of `Course.table` with one of the courses."""
        return float(self.courses[name].table([A_WEEK * self.week])[quantity].iloc[0])


class _Memory:
    """What was computed last, found again by what it depends on."""

    def __init__(self) -> None:
        self._kept: dict[str, OrderedDict[Any, Any]] = {kind: OrderedDict() for kind in KEPT}

    def find(self, kind: str, key: Any, compute: Callable[[], Any]) -> Any:
        """What is kept under a key, or else computed now."""
        if key not in self._kept[kind]:
            self.put(kind, key, compute())
        self._kept[kind].move_to_end(key)
        return self._kept[kind][key]

    def put(self, kind: str, key: Any, value: Any) -> None:
        """Keep something; the oldest of its kind goes when there are too many."""
        kept = self._kept[kind]
        kept[key] = value
        kept.move_to_end(key)
        while len(kept) > KEPT[kind]:
            kept.popitem(last=False)

    def peek(self, kind: str, key: Any) -> Any:
        """What is kept under a key; None where nothing is."""
        return self._kept[kind].get(key)


class PlanLab(Lab):
    """Two plans of treatment beside doing nothing: the weeks of each as a chart and a calendar, and
    the body in any week.

    The plans are chosen ready-made, put together by hand, or loaded from a file.
    """

    title = "A plan of treatment"
    tells_story, most_marks = False, 0
    tabs = tuple(TABS[number] for number in (0, 1, 2, 4))
    controls = (
        Control("start", "Begin with", BOTH, kind="list", choices=tuple(STARTS)),
        Control(
            "plan_a",
            "Plan A",
            "weekly massage",
            kind="list",
            choices=(*PLANS, OWN),
            help="Ready-made, or put together by hand below.",
        ),
        Control("plan_b", "Plan B", "practice every day", kind="list", choices=(*PLANS, OWN)),
        Control("shown", "The body with", PLAN_A, kind="choice", choices=(NOTHING, PLAN_A, PLAN_B)),
        Control("week", "Week", WEEK_AFTER, kind="steps", low=0, high=MOST_WEEKS, step=1),
        GUARDING,
    )

    # ---- what it is made of

    def list_below(self) -> tuple[widgets.Widget, ...]:
        """List the weeks as chart and calendar, and beside them the planner."""
        self._memory, self._is_filling, self._is_following = _Memory(), False, False
        self._weeks = list[tuple[int, Result]]()
        self._chart, self._calendar, self._done = Pane(), Pane(), widgets.HTML()
        self._page = ThemeWatch()
        self._bands = Later(SHORT_S, self._draw_next_band)
        self._quantity = widgets.RadioButtons(
            options=[(what.label, name) for name, what in QUANTITIES.items()],
            value=FIRST_QUANTITY,
            description="Over the weeks",
            orientation="horizontal",
            layout=widgets.Layout(width="100%"),
            style={"description_width": "initial"},
        )
        self._quantity.observe(lambda _: self._draw_weeks(), "value")
        self._page.observe(lambda _: self._draw_weeks(), ["dark", "ready"])
        for pane in (self._chart, self._calendar):
            pane.follow(self.map)
        self._at_rest = Later(STILL_S, self._on_rest)
        self.map.observe(lambda _: self._on_week_played(), "step")
        weeks = widgets.VBox([self._quantity, self._chart.box, self._calendar.box])
        weeks.add_class("mc-weeks")
        box = widgets.Box([weeks, self._build_planner(), self._page, PanelDress(radios=1, tabs=4)])
        for name in ("mc-plans", "mc-part"):
            box.add_class(name)
        return (box,)

    def _build_planner(self) -> widgets.Widget:
        self._editors = {
            name: PlanEditor(name, PLANS.get(self._start[key], Plan()))
            for name, key in CHOSEN.items()
        }
        for name, editor in self._editors.items():
            editor.observe(partial(self._on_edit, name), "plan")
        files = PlanFiles(self._editors)
        pages = [*self._editors.values(), files, self._done]
        titles = [*map(capitalise, self._editors), "Save and load", "What it does, and what not"]
        tabs = widgets.Tab(children=pages, titles=titles, selected_index=0)
        tabs.add_class("mc-planner")
        return tabs

    def _listen(self, prediction: Prediction | None, workbook: Workbook | None) -> None:
        if workbook is not None:
            workbook.tie_settings(f"{type(self).__name__} own", self._editors, "own")
        super()._listen(prediction, workbook)

    # ---- what it computes

    @property
    def plans(self) -> dict[str, Plan]:
        """What is done, by the name of each plan."""
        return self._find_plans(self.values)

    def solve(self, **values: Any) -> PlanState:  # type: ignore[override]
        """Find what the setting in which the lab began, but for these values, comes to, without
        showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        PlanState

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        SolveError
            For a state that cannot be held or solved.
        """
        asked = check_values(self.controls, {**self._start, **values})
        return PlanState(self._find_courses(asked), asked["shown"], asked["week"])

    def _find_plans(self, values: Mapping[str, Any]) -> dict[str, Plan]:
        return {
            name: self._editors[name].own if values[key] == OWN else PLANS[values[key]]
            for name, key in CHOSEN.items()
        }

    def _find_courses(self, values: Mapping[str, Any]) -> dict[str, Course]:
        plans = {NOTHING: Plan(), **self._find_plans(values)}
        return {name: self._find_course(values, plan) for name, plan in plans.items()}

    def _find_course(self, values: Mapping[str, Any], plan: Plan) -> Course:
        cause, guarding = values["start"], values["guarding"]

        def begin() -> Result:  # at the first moment, in which no guarding is there yet
            return spread(self.body, STARTS[cause], theory=THEORIES[0])

        def follow() -> Course:
            first = self._memory.find("states", cause, begin)
            return find_course(first, plan, LAST_DAY, guarding=guarding)

        return self._memory.find("courses", (cause, guarding, plan), follow)

    def name_state(self, values: Mapping[str, Any]) -> str:
        """Name a state by its controls and, where it is shown, the plan of one's own."""
        return super().name_state(values) + repr(self._find_plans(values))

    def _spread(self, values: Mapping[str, Any]) -> Result:
        plan = {NOTHING: Plan(), **self._find_plans(values)}[values["shown"]]
        return self._find_week(self._find_course(values, plan), values["week"])

    def _find_week(self, course: Course, week: float) -> Result:
        key = (*self._name_course(course), week)
        return self._memory.find("weeks", key, lambda: course.result_on(A_WEEK * week))

    def _find_tilt(self, course: Course, week: float) -> float:
        """By how much the pelvis stands tilted to a side in a week, degrees."""
        pose = self._find_week(course, week).pose()
        return float(pose.at["pelvis", "side_bend_deg"])

    # ---- what it shows

    def answer(self) -> None:
        """Take over the plans that are chosen, and show what the present setting comes to."""
        if self._is_following:  # the picture shows that week already
            return
        self._fill_editors()
        super().answer()

    def _begin_covered(self) -> None:
        self._fill_editors()
        super()._begin_covered()

    def _fill_editors(self) -> None:
        self._is_filling = True
        try:
            for name, plan in self.plans.items():
                self._editors[name].plan = plan
        finally:
            self._is_filling = False

    def go_to(self, place: str | None = None) -> None:
        """Follow one of `QUANTITIES` over the weeks; see `Panel.go_to`."""
        quantity = FIRST_QUANTITY if place is None else place
        if quantity not in QUANTITIES:
            raise ValueError(f"{quantity!r} is none of the quantities: {', '.join(QUANTITIES)}.")
        self._quantity.value = quantity

    def name_place(self) -> dict[str, str]:
        """Name the quantity that is followed."""
        return {self._quantity.description: QUANTITIES[self._quantity.value].label}

    def _on_edit(self, name: str, change: Any) -> None:
        """A plan that was changed by hand, or loaded, is one's own."""
        if self._is_filling:
            return
        self._editors[name].own = change["new"]
        self.set(**{CHOSEN[name]: OWN})

    def wait_certainty(self, timeout_s: float = 60.0) -> Certainty:
        """How sure the shown week is: the chart has its band, and bodies are not drawn."""
        self._require_result()
        return self.certainty

    def _settle(self) -> None:
        """Solve the weeks that are played and load them, at the one that is set."""
        if self.result is None:
            return
        values = self.values
        course = self._find_courses(values)[values["shown"]]
        self._weeks = self._solve_weeks(course, sorted({*PLAYED_WEEKS, values["week"]}))
        told = [
            (result, f"Week {week}", self._say_week(course, values["shown"], week))
            for week, result in self._weeks
        ]
        step = [week for week, _ in self._weeks].index(values["week"])
        self.map.play_days(told, describe_result(self._weeks[-1][1]), step)
        self._refresh()

    def _solve_weeks(self, course: Course, weeks: Sequence[int]) -> list[tuple[int, Result]]:
        """The states of the weeks that can be held; a note says which cannot."""
        solved: list[tuple[int, Result]] = []
        for week in weeks:
            try:
                solved.append((week, self._find_week(course, week)))
            except MODEL_ERRORS as error:
                self.say(f"{describe_error(error)} So week {week} is left out.")
        return solved

    def _say_week(self, course: Course, shown: str, week: int) -> str:
        """Say what a week is like; what the lesson is about comes first, since playing shows one
        sentence at a time."""
        now = course.table([A_WEEK * week]).iloc[0]
        tilt = format_degrees(abs(self._find_tilt(course, week)))
        fibres = float(now["shorter_mm"])
        muscle = call_structure(self.body, course.watched)
        return (
            f"Pain {100 * now['pain']:.0f} of 100, fibres {abs(fibres):.1f} mm"
            f" {'longer' if fibres < 0 else 'shorter'}, pelvis tilted by {tilt} degrees. This is"
            f" with {shown}; the fibres are those of {muscle}, and {100 * now['strength']:.0f} % of"
            " the usual strength is there."
        )

    def _on_week_played(self) -> None:
        """The figures follow the picture when it rests at another week."""
        if self.map.steps and self._weeks:
            self._at_rest.call()

    def _on_rest(self) -> None:
        if not self.map.steps:  # another plan is asked for, and its weeks are not there yet
            return
        week, result = self._weeks[min(self.map.step, len(self._weeks) - 1)]
        if week == self.values["week"]:
            return
        self._is_following = True
        try:
            self._inputs["week"].value = week
        finally:
            self._is_following = False
        self._result = result
        self._refresh()

    def _show_glance(self) -> None:
        """The three side by side, whatever is played."""
        hidden = self.map.veiled or self.result is None
        self._glance.value = "" if hidden else self._write_glance(self._require_result())

    def _refresh(self) -> None:
        super()._refresh()
        self._draw_weeks()
        self._show_done()

    def _show_done(self) -> None:
        if self.map.veiled:
            self._done.value = COVERED
            return
        found = compare_done(self.body, self.plans)
        self._done.value = f"<p>{html.escape(found.sentence)}</p>{table_to_html(found.table)}"

    def _write_glance(self, result: Result) -> str:
        found = self.describe_now()
        return table_to_html(found.table, found.title) + f"<p>{html.escape(found.sentence)}</p>"

    def describe_now(self) -> Finding:
        """Compare doing nothing and both plans in the week that is shown.

        Returns
        -------
        Finding
        """
        values = self.values
        state = PlanState(self._find_courses(values), values["shown"], values["week"])
        columns = {
            capitalise(name): [
                f"{100 * state.find('pain', name):.1f}",
                f"{state.find('shorter_mm', name):.1f} mm",
                f"{100 * state.find('strength', name):.0f} %",
                f"{state.find('range_deg', name):.1f}°",
                f"{format_degrees(self._find_tilt(course, state.week))}°",
            ]
            for name, course in state.courses.items()
        }
        rows = [
            "Pain (0 to 100)",
            "Fibres shorter",
            "Strength",
            "Leg raised higher",
            "Pelvis tilted",
        ]
        tilts = [self._find_tilt(course, state.week) for course in state.courses.values()]
        apart = max(tilts) - min(tilts)
        return Finding(
            f"Week {values['week']}",
            f"The tilt of the pelvis differs by {format_degrees(apart)} degrees between the three."
            f"{ON_PAPER if self._works_fresh_tear(values) else ''}",
            pd.DataFrame({"": rows, **columns}),
        )

    def _works_fresh_tear(self, values: Mapping[str, Any]) -> bool:
        """Whether a plan begins to work the muscles of a strain in its first days."""
        return STRAIN in STARTS[values["start"]] and any(
            TABLES.get(dose.remedy, ("",))[0] in HANDLED
            and dose.region in ("body", "thigh")
            and dose.from_day < FRESH_DAYS
            for plan in self._find_plans(values).values()
            for dose in plan.doses
        )

    def _draw_weeks(self) -> None:
        """Draw the weeks as they are known; bands come after one another."""
        values, theme = self.values, self._page.theme
        if self.map.veiled or self.result is None:
            self._chart.write(COVERED)
            return self._calendar.write("")
        courses = self._find_courses(values)
        plans = {name: courses[name].plan for name in CHOSEN}
        asked = (courses, self._quantity.value, values["week"])
        said, told = describe_chart_courses(*asked), describe_chart_calendar(plans)
        if not self._page.ready:
            self._chart.write(f"<p>{html.escape(said.sentence)}</p>")
            return self._calendar.write(f"<p>{html.escape(told.sentence)}</p>")
        from musclechain.views.charts import draw_calendar, draw_courses

        found = {name: self._peek_band(course) for name, course in courses.items()}
        bands = {name: band for name, band in found.items() if band is not None}
        stops = [week for week, _ in self._weeks]
        self._chart.draw(draw_courses(*asked, bands, theme, stops), said)
        self._calendar.draw(draw_calendar(plans, values["week"], theme, stops), told)
        if len(bands) < len(courses):
            self._bands.call()
        return None

    def _name_course(self, course: Course) -> tuple:
        return (course.result.causes, course.routes["guarding"], course.plan)

    def _peek_band(self, course: Course) -> pd.DataFrame | None:
        return self._memory.peek("bands", self._name_course(course))

    def _draw_next_band(self) -> None:
        """Compute the first band that is missing, so that a hand that moves on need not wait for
        all of them."""
        for course in self._find_courses(self.values).values():
            if self._peek_band(course) is None:
                self._memory.find(
                    "bands",
                    self._name_course(course),
                    partial(course.band, A_WEEK * WEEKS, DRAWS),
                )
                return self._draw_weeks()
        return None

    def close(self) -> None:
        """Drop what is under way and close the panel."""
        if hasattr(self, "_bands"):
            self._bands.stop()
            self._at_rest.stop()
            for pane in (self._chart, self._calendar):
                pane.close()
        super().close()
