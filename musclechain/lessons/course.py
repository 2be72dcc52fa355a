"""The lab of lesson 07: what becomes of a state over days and years."""

import html
from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise
from musclechain.cases.course import Course, find_course
from musclechain.cases.tightness import SLIDINGS, slide_layers
from musclechain.labs.controls import Control, check_values
from musclechain.labs.lab import GUARDING, THEORY, Lab
from musclechain.labs.pane import Pane
from musclechain.labs.panel import Later
from musclechain.labs.tabs import TABS
from musclechain.lessons.examples import A_LIMP, A_STRAIN, CAUSES, PELVIS_ASIDE
from musclechain.mechanics.certainty import Certainty
from musclechain.mechanics.spread import Result, spread
from musclechain.views.page.html import table_to_html
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.errors import MODEL_ERRORS, describe_error
from musclechain.views.words.findings.slow import (
    describe_chart_timeline,
    describe_course,
    describe_day,
    say_moment,
)

__all__ = ["DAYS", "KEPT", "CourseLab", "follow", "solve_moment"]

# Causes that are habits and can be left; a strain's posture goes with its pain, and a longer leg or
# a foot that rolls stays as it is.
HABITS = (A_LIMP, PELVIS_ASIDE)
KEPT: Mapping[str, float | None] = {
    "for good": None,
    "for 1 week": 7.0,
    "for 4 weeks": 28.0,
    "for 26 weeks": 182.0,
}
# The days that are played, spaced as on the axis of the timeline.
DAYS = (0.0, 1 / 144, 1.0, 7.0, 28.0, 56.0, 182.0, 730.0)
# Drawn laws of a timeline and its words: nine in ten of them are shown.
DRAWS = 60
# A story that is played goes on to its next day sooner than this, s, so the tabs wait for its end.
STILL_S = 2.6
SAME_AS = "<p>Drag in the timeline under the body, or step, to go to another day.</p>"


def follow(body: Body, values: Mapping[str, Any]) -> Course:
    """Follow what the lab is set to for two years.

    Parameters
    ----------
    body : Body
    values : mapping of str to object
        Of the lab's controls: cause, guarding, theory, kept, sliding.

    Returns
    -------
    Course

    Raises
    ------
    CauseError, SolveError
        As `spread`.
    """
    belief = {"guarding": values["guarding"], "theory": values["theory"]}
    first = slide_layers(body, values["sliding"]).latest(
        "first moment of a course", (values["cause"], values["theory"]), _solve_first
    )
    kept = KEPT[values["kept"]] if values["cause"] in HABITS else None
    return find_course(first, days=DAYS[-1], kept_days=kept, **belief)


def _solve_first(body: Body, asked: tuple[str, str]) -> Result:
    """The first moment, in which no guarding is there yet."""
    cause, theory = asked
    return spread(body, CAUSES[cause], theory=theory)


def solve_moment(course: Course, day: float) -> Result:
    """Solve the state of a moment, with as much of the guarding as is there by then.

    Parameters
    ----------
    course : Course
    day : float

    Returns
    -------
    Result
        That of `Course.result_on`, in which guarding is as strong as the pain asks for, but for
        the first minutes.

    Raises
    ------
    SolveError
        As `Course.result_on`.
    """
    now, routes = course.table([day]).iloc[0], course.routes
    asked = routes["guarding"] * now["pain"]
    if now["guarding"] >= asked:
        return course.result_on(day)
    there = {**routes, "guarding": float(routes["guarding"] * now["guarding"] / asked)}
    return course.solve(course.state(day), there)


def _name_column(day: float) -> str:
    return capitalise(say_moment(day).removeprefix("after ").removeprefix("at the "))


class CourseLab(Lab):
    """What becomes of a state: the body on some days from the first minutes to two years, to be
    played, above a timeline with the range of what is not known.

    Attributes
    ----------
    course : Course
        The newest one that could be solved.
    result : Result
        Of the day that is shown.
    """

    title = "What time does"
    most_marks = 0
    tabs = TABS[:-1]  # how sure it is stands in the timeline
    controls = (
        Control("cause", "It begins with", A_STRAIN, kind="list", choices=tuple(CAUSES)),
        GUARDING,
        THEORY,
        Control(
            "kept",
            "The habit is kept",
            "for good",
            kind="list",
            choices=tuple(KEPT),
            help=(
                "A limp and a pelvis to one side can be left. A strain's posture goes with its"
                " pain; a rolled foot and uneven hips stay."
            ),
        ),
        Control(
            "sliding",
            "Layers of fascia slide",
            SLIDINGS[0],
            kind="choice",
            choices=SLIDINGS[:2],
            help="Less: as one study found in people with back pain (TP26); another found more"
            " (TP27).",
        ),
    )

    def list_below(self) -> tuple[widgets.Widget, ...]:
        """List the timeline."""
        self.course: Course | None = None
        self._day, self._days = DAYS[0], list[tuple[float, Result]]()
        self._timeline, self._page = Pane(), ThemeWatch()
        self._timeline.follow(self.map)
        self._at_rest = Later(STILL_S, self._on_rest)
        self.map.observe(lambda _: self._on_day_change(), "step")
        self._page.observe(lambda _: self._draw_timeline(), ["ready", "dark"])
        return self._timeline.box, self._page

    def go_to(self, place: float | None = None) -> None:
        """Show one of `DAYS` from the next setting on; see `Panel.go_to`."""
        day = DAYS[0] if place is None else place
        if day not in DAYS:
            raise ValueError(f"{day!r} is none of the days that are played: {DAYS}.")
        self._day = day

    def name_place(self) -> dict[str, str]:
        """Name the day that is shown."""
        return {"Day": say_moment(self._day)}

    def close(self) -> None:
        """Drop what is under way and close the panel."""
        self._at_rest.stop()
        self._timeline.close()
        super().close()

    def solve(self, **values: Any) -> Course:  # type: ignore[override]
        """Follow the setting in which the lab began, but for these values, without showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        Course

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        SolveError
            For a state that cannot be held or solved.
        """
        return follow(self.body, check_values(self.controls, {**self._start, **values}))

    def wait_certainty(self, timeout_s: float = 60.0) -> Certainty:
        """How sure the shown day is: the timeline has its range, and bodies are not drawn."""
        self._require_result()
        return self.certainty

    def _spread(self, values: dict[str, Any]) -> Result:
        """The day that is shown; the others follow when the hand rests."""
        self._inputs["kept"].disabled = values["cause"] not in HABITS
        course = follow(self.body, values)
        result = solve_moment(course, self._day)
        self.course = course
        return result

    def _settle(self) -> None:
        """Follow the years, solve all days and load them, to be played, at the one that was
        shown."""
        if self.course is None:
            return
        try:
            self.course.table([DAYS[-1]])
        except MODEL_ERRORS as error:
            return self.say(f"{describe_error(error)} The picture shows {say_moment(self._day)}.")
        if self._from_start:
            self._from_start, self._day = False, DAYS[0]
        self._days = self._solve_days(self.course)
        if self._days:
            told = [
                (result, say_moment(day), describe_day(self.course, day, result))
                for day, result in self._days
            ]
            days = [day for day, _ in self._days]
            step = days.index(self._day) if self._day in days else 0
            self.map.play_days(told, describe_course(self.course, draws=DRAWS).sentence, step)
        self._refresh()

    def _solve_days(self, course: Course) -> list[tuple[float, Result]]:
        """The states of the days that can be held; a note says which cannot."""
        solved: list[tuple[float, Result]] = []
        for day in DAYS:
            try:
                solved.append((day, solve_moment(course, day)))
            except MODEL_ERRORS as error:
                self.say(f"{describe_error(error)} So {say_moment(day)} is left out.")
        return solved

    def _on_day_change(self) -> None:
        """Follow the day that the picture shows; its tabs follow when it rests there."""
        if self.map.steps and self._days:
            self._day = self._days[min(self.map.step, len(self._days) - 1)][0]
            self._at_rest.call()

    def _on_rest(self) -> None:
        shown = dict(self._days).get(self._day)
        if shown is not None and shown is not self.result:
            self._result = shown
            self._tabs.refresh()
        self._show_glance()

    def _refresh(self) -> None:
        super()._refresh()
        self._draw_timeline()

    def _draw_timeline(self) -> None:
        if self.map.veiled or self.course is None:
            return self._timeline.write("")
        said = describe_chart_timeline(self.course, DAYS, DRAWS)
        if not self._page.ready:
            return self._timeline.write(f"<p>{html.escape(said.sentence)}</p>")
        from musclechain.views.charts import draw_course

        days = [day for day, _ in self._days] or [self._day]
        figure = draw_course(self.course, said, days, self._day, self._page.theme, DRAWS)
        return self._timeline.draw(figure, said)

    def _show_glance(self) -> None:
        """The first day, the one that is shown, and the last."""
        if self.map.veiled or self.course is None:
            self._glance.value = ""
        else:
            self._glance.value = self._write_days(self.course)

    def _write_days(self, course: Course) -> str:
        days = {_name_column(day): day for day in (DAYS[0], self._day, DAYS[-1])}
        table = course.table(list(days.values()))
        is_longer = course.held[course.watched] > 0
        rows = {
            "Pain (%)": 100 * table["pain"],
            "Guarding by pain (%)": 100 * table["guarding"],
            "Strength (%)": 100 * table["strength"],
            f"Fibres {'longer' if is_longer else 'shorter'} (mm)": table["shorter_mm"].abs(),
            "Tissue stiffer (%)": 100 * table["stiffer"],
        }
        figures = [[f"{one + 0.0:.1f}" for one in row] for row in rows.values()]
        shown = pd.DataFrame(figures, columns=list(days), index=list(rows))
        return table_to_html(shown.rename_axis("").reset_index(), "At a glance") + SAME_AS
