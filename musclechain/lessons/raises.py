"""The labs of lesson 06 in which an examiner moves a leg: what resists, and is it muscle or
nerve?"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.cases.causes import HAMSTRINGS, Shorten
from musclechain.cases.nerve import STRANDS
from musclechain.cases.raises import Raise, Slump, StraightLegRaise, Test, raise_leg
from musclechain.labs.controls import Control, build_cases, check_values, control_of
from musclechain.labs.pane import Pane
from musclechain.labs.panel import Later, Panel
from musclechain.labs.questions import Prediction, build_cover
from musclechain.labs.tasks import Task, build_head
from musclechain.labs.workbook import Workbook
from musclechain.mechanics.change import SolveError, check_body
from musclechain.views.body.lying import draw_raise
from musclechain.views.body.resistance import draw_resistance
from musclechain.views.page.html import table_to_html
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.errors import describe_error
from musclechain.views.words.findings.nerve import describe_chart_course
from musclechain.views.words.findings.raises import describe_raise

__all__ = ["RaiseLab", "SlumpLab"]

REST_S = 0.3
NERVE = Control(
    "nerve",
    "Stiffness of the nerve",
    1.0,
    low=0.25,
    high=4.0,
    step=0.25,
    help="A factor: less than 1 is softer, more is stiffer.",
)
SHORTER = control_of(Shorten, "mm", name="shorter", words="Hamstrings shorter by", default=0.0)


class ExaminerLab(Panel):
    """A relaxed person and an examiner: a picture, what resists, and the nerve along its course.

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
    test : type
        What the examiner does.
    body : Body
    result : Raise
        The newest test that could be solved.
    """

    test: type[StraightLegRaise] | type[Slump]
    plain = "the same without foot and head"
    map = None

    def __init__(
        self,
        body: Body,
        prediction: Prediction | None = None,
        tasks: Sequence[Task] = (),
        workbook: Workbook | None = None,
        **values: Any,
    ) -> None:
        self.body, self.tasks = check_body(body), tuple(tasks)
        self._start = check_values(self.controls, values)
        self.result = self._examine(self._start, None)
        self._picture, self._bar, self._words, self._glance = (widgets.HTML() for _ in range(4))
        self._pane, self._page = Pane(), ThemeWatch()
        self._later = Later(REST_S, self._settle)
        self._is_covered = prediction is not None and not prediction.is_open
        self._cover = build_cover(prediction)
        super().__init__(
            widgets.VBox([self._bar, self._picture, self._cover, self._words]),
            glance=self._glance,
            below=[self._pane.box, self._page],
            head=build_head(self, workbook, prediction),
            workbook=workbook,
            **values,
        )
        self._page.observe(lambda _: self._draw_chart(), ["dark", "ready"])
        if prediction is not None:
            prediction.observe(lambda _: self._on_prediction(prediction), ["answer", "is_open"])
        self._show_cover()
        self.answer()

    def solve(self, **values: Any) -> Raise:
        """Solve the setting in which the lab began, but for these values, without showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        Raise

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        SolveError
            For a test that finds no rest.
        """
        return self._examine(check_values(self.controls, {**self._start, **values}), None)

    def _examine(self, values: Mapping[str, Any], near: Raise | None, **other: Any) -> Raise:
        sided = tuple(f"{name}_{values['side']}" for name in HAMSTRINGS)
        shorter = Shorten(sided, values["shorter"])
        test = replace(self._read_test(values), **other)
        return raise_leg(self.body, test, shorter, values["nerve"], near=near)

    def _read_test(self, values: Mapping[str, Any]) -> Test:
        controls = [one for one in self.controls if one.field and one.field[0] is self.test]
        (test,) = build_cases(controls, values)
        return test  # type: ignore[return-value]

    def answer(self) -> None:
        """Move the leg, and show it in picture and bar; words and chart follow when the hand
        rests."""
        try:
            self.result = self._examine(self.values, self.result)
        except SolveError as error:
            return self.say(f"{describe_error(error)} The picture still shows the last test.")
        self.say("")
        self._show()
        return self._later.call()

    def _show(self) -> None:
        self._picture.value = draw_raise(self.result, covered=self._is_covered)
        if self._is_covered:
            self._bar.value = self._words.value = self._glance.value = ""
            return
        self._bar.value = draw_resistance(self.result)
        self._glance.value = table_to_html(self._list_figures(), "At a glance")

    def close(self) -> None:
        """Drop what is under way and close the panel."""
        self._later.stop()
        super().close()

    def table(self) -> pd.DataFrame:
        """What resists in the newest test, with its moment; see `Raise.carriers`."""
        return self.result.carriers.drop(columns="tension_N")

    def draw_still(self) -> str:
        """Draw what stays of the picture, with its words."""
        return self._bar.value + self._picture.value + self._words.value

    def _settle(self) -> None:
        """Say what is there and draw the chart; a drag is not read aloud step by step."""
        if not self._is_covered:
            said = html.escape(describe_raise(self.result).sentence)
            self._words.value = f"<p role='status'>{said}</p>"
        self._draw_chart()

    def _draw_chart(self) -> None:
        """Draw the nerve along its course, beside the same test without foot and head."""
        if self._is_covered:
            return self._pane.write("")
        raises = {"now": self.result}
        if self.result.test != replace(self.result.test, ankle_deg=0.0, neck_deg=0.0):
            raises[self.plain] = self._examine(self.values, None, ankle_deg=0.0, neck_deg=0.0)
        said = describe_chart_course(raises)
        if not self._page.ready:
            return self._pane.write(f"<p>{html.escape(said.sentence)}</p>")
        from musclechain.views.charts import draw_nerve_course

        return self._pane.draw(draw_nerve_course(raises, self._page.theme), said)

    def _list_figures(self) -> pd.DataFrame:
        found = self.result
        shares, added = found.shares(), found.strands()["added_percent"]
        rows = {
            "Tissue resists (Nm)": found.tissue_nm,
            "of it muscle (Nm)": shares["muscle"],
            "of it nerve (Nm)": shares["nerve"],
            **{
                f"{STRANDS[strand].capitalize()}, longer on average (%)": added[strand]
                for strand in ("canal", "sciatic", "tibial", "plantar")
            },
        }
        if isinstance(found.test, StraightLegRaise):
            rows = {"Pelvis rolls back (deg)": found.pelvis_deg, **rows}
        return pd.DataFrame({"": list(rows), "Now": [f"{one + 0.0:.1f}" for one in rows.values()]})

    def _show_cover(self) -> None:
        self._cover.layout.display = "" if self._is_covered else "none"

    def _on_prediction(self, prediction: Prediction) -> None:
        self._is_covered = not prediction.is_open
        self._show_cover()
        self.set_up(prediction.setting)


class RaiseLab(ExaminerLab):
    """A straight leg that is raised on a bench: foot and head can be added, and the hamstrings or
    the nerve be tighter."""

    title = "A raised leg"
    test = StraightLegRaise
    controls = (
        control_of(StraightLegRaise, "degrees"),
        control_of(StraightLegRaise, "ankle_deg"),
        control_of(StraightLegRaise, "neck_deg"),
        SHORTER,
        NERVE,
        control_of(StraightLegRaise, "side", default="left"),
    )


class SlumpLab(ExaminerLab):
    """The slump test: sitting with the back bent forward, a knee is straightened; the head can be
    bent and lifted again."""

    title = "The slump test"
    test = Slump
    controls = (
        control_of(Slump, "knee_deg", default=30.0),
        control_of(Slump, "slump_deg"),
        control_of(Slump, "neck_deg"),
        control_of(Slump, "ankle_deg"),
        SHORTER,
        NERVE,
        control_of(Slump, "side", default="left"),
    )
