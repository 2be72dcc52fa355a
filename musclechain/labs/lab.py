"""A lab: a panel that puts causes to a body and shows what they do.

The picture follows each move at once; charts, card and tables follow when the
hand rests, and how sure each change is follows a moment later.
"""

import html
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.labs.controls import Control, build_cases, check_values
from musclechain.labs.panel import Later, Panel
from musclechain.labs.questions import Prediction
from musclechain.labs.tabs import TABS, Tab, Tabs, draw_card
from musclechain.labs.tasks import Task, TaskRow, build_head
from musclechain.labs.workbook import Workbook
from musclechain.labs.workers import Background
from musclechain.mechanics.certainty import UNKNOWN, Certainty, Draws, Pending
from musclechain.mechanics.change import Case, SolveError, check_body
from musclechain.mechanics.draws import DrawTask
from musclechain.mechanics.guarding import THEORIES
from musclechain.mechanics.spread import Result, spread
from musclechain.views.body.widget import BodyMap
from musclechain.views.page.html import table_to_html
from musclechain.views.words.certainty import HOW_SURE, describe_certainty, list_words
from musclechain.views.words.errors import MODEL_ERRORS, describe_error
from musclechain.views.words.findings.joints import describe_glance
from musclechain.views.words.marks import describe_marks
from musclechain.views.words.result import describe_result
from musclechain.views.words.tables import table_of_places

__all__ = ["GUARDING", "POSTURE", "PULL", "THEORY", "Lab"]

REST_S = 0.35
KEPT_STATES = 32
MOST_MARKS = 5
AT_END = "<p>The figures come at the end of the story.</p>"
# where a lab has no control for them
ROUTES = {"pull": True, "posture": True, "guarding": 0.0, "theory": THEORIES[0]}

GUARDING = Control(
    "guarding",
    "Guarding, if you believe it",
    0.0,
    unit="0 off, 1 full",
    help=(
        "An assumption: how strongly the nervous system holds muscles on around pain. Contested;"
        " starts at 0."
    ),
)
THEORY = Control(
    "theory",
    "Theory of guarding",
    THEORIES[0],
    kind="list",
    choices=tuple((theory.capitalize(), theory) for theory in THEORIES),
    help="The literature disagrees: choose one and compare. Without guarding it changes nothing.",
)
POSTURE = Control("posture", "Route posture: muscles hold the body up", True, kind="switch")
PULL = Control("pull", "Route pull: tissue passes tension on", True, kind="switch")


class Lab(Panel):
    """A panel with controls, body map, charts, card and tables.

    A lab names its controls; those made with `control_of` build their causes by
    themselves, others need a `cases` of its own.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Stands above the controls, and covers the result until it is answered or the learner
        uncovers it.
        Then the setting that it asks about stands at the beginning of its story.
    tasks : sequence of Task
        Stand above the controls, one at a time.
    workbook : Workbook, optional
        Keeps answers, marks, and the settings for when the cell is run again.
    **values
        Starting values by control name.

    Attributes
    ----------
    draws : int
        Number of bodies that are drawn for the certainty of a state.
    most_marks : int
        How many muscles may be marked on the body before a prediction; 0 for none.
    tabs : tuple of Tab
        What can be opened under the picture.
    result : Result
        The newest state that could be solved; None until there is one.
    certainty : Certainty
        How sure the changes of the shown state are, as far as that is known.
    map : BodyMap
    """

    title = "Lab"
    draws = 200
    most_marks = MOST_MARKS
    tabs: tuple[Tab, ...] = TABS
    # from where the body is seen at first
    views: tuple[str, ...] = ("back", "left", "front")
    # how many times larger than computed the posture is drawn at first, where that fits
    exaggeration = 5
    # whether the answer to a prediction begins with the story of its state
    tells_story = True

    def __init__(
        self,
        body: Body,
        prediction: Prediction | None = None,
        tasks: Sequence[Task] = (),
        workbook: Workbook | None = None,
        **values: Any,
    ) -> None:
        self._result: Result | None = None
        self._waits = False
        self.certainty: Certainty = UNKNOWN
        self._later = Later(REST_S, self._come_to_rest)
        self._background = Background(self._on_draws_progress, self._on_draws_end)
        # a lab that comes to nothing is closed too, so all that `close` needs stands before this
        self.body = check_body(body)
        self.controls = self.list_controls(self.body)
        self._kept, self._state = _Kept(KEPT_STATES), ""
        self._marks_state = ""
        self._glance = widgets.HTML()
        self.map = BodyMap(body, veiled=prediction is not None, exaggeration=self.exaggeration)
        self.map.views = list(self.views)
        self._tabs = Tabs(self, self.tabs)
        self.tasks, self._from_start, self._shows_end = tuple(tasks), False, True
        self._start = check_values(self.controls, values)
        head = build_head(self, workbook, prediction)
        super().__init__(
            self.map,
            widgets.VBox([*self.list_aside(), self._glance]),
            [*self.list_below(), self._tabs.box],
            len(self.tabs),
            head=head,
            workbook=workbook,
            **values,
        )
        for row in head:
            if isinstance(row, TaskRow):
                row.listen()
        self._listen(prediction, workbook)

    def _listen(self, prediction: Prediction | None, workbook: Workbook | None) -> None:
        self.map.observe(self._on_selection_change, "selected")
        if prediction is not None:
            # before what is told of the state, which is then the one that was asked about
            self.map.observe(lambda _: self._on_veil_change(prediction), "veiled")
            self.map.observe(lambda _: self._on_step_change(prediction), ["step", "veiled"])
        self.map.observe(lambda _: self._refresh(), ["veiled", "dark"])
        self.map.observe(lambda _: self._on_end_change(), "step")
        if prediction is None:
            return self.answer()
        self.map.most_marks = self.most_marks
        if self.most_marks:
            prediction.wait_for_marks(self.most_marks)
        if workbook is not None:
            workbook.tie_marks(prediction.name, self.map)
        prediction.observe(lambda _: self._on_prediction(prediction), "answer")
        if prediction.answer and not self.was_kept:
            return self._on_prediction(prediction)
        if not prediction.answer:
            return self._begin_covered()
        self.answer()
        self.map.veiled = False
        return None

    def _begin_covered(self) -> None:
        """A covered picture shows nothing of a state, so it is sent before one is solved."""
        self._waits = True
        self.map.turn_to(self.near_side(self.values))
        self._later.call()

    @property
    def result(self) -> Result | None:
        """The newest state that could be solved; one that waits is solved now."""
        if self._waits:
            self._solve()
        return self._result

    @property
    def theme(self) -> str:
        """The word that charts take for the look of the page: dark or light."""
        return "dark" if self.map.dark else "light"

    def table(self) -> pd.DataFrame:
        """The table of the newest result; see `Result.table`.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        SolveError
            If no setting could be solved yet.
        """
        return self._require_result().table()

    def _require_result(self) -> Result:
        if self.result is None:
            raise SolveError(self.message)
        return self.result

    def wait_certainty(self, timeout_s: float = 60.0) -> Certainty:
        """Have the certainty of the shown state computed here and now, if it is not there yet.

        Parameters
        ----------
        timeout_s : float

        Returns
        -------
        Certainty
            Not known if too few of the drawn bodies can hold the state.

        Raises
        ------
        SolveError
            If no setting could be solved yet.
        TimeoutError
            If the draws take longer than that.
        """
        result = self._require_result()
        if self._kept.get(self._state) is None:
            self._background.stop()
            task, end = DrawTask.of(result, self.draws), time.monotonic() + timeout_s
            answers: list = []
            for chunk in task.chunks():
                if time.monotonic() > end:
                    raise TimeoutError(
                        f"After {timeout_s:g} seconds {len(answers)} of {self.draws} bodies are"
                        " solved. Allow more time."
                    )
                answers += task.solve(chunk)
            try:
                self._on_draws_end(task.collect(result, answers))
            except SolveError as error:
                self._on_draws_end(error)
        return self.certainty

    def cases(self, values: dict[str, Any]) -> list[Case]:
        """Make the causes and remedies that the controls ask for.

        Parameters
        ----------
        values : dict
            Value of every control by name.

        Returns
        -------
        list
            By default those whose fields the controls describe.
        """
        return build_cases(self.controls, values)

    def reference(self, values: dict[str, Any]) -> tuple[list[Case], str] | None:
        """Name what the picture, the ladder and the tables are compared with.

        Parameters
        ----------
        values : dict
            Value of every control by name.

        Returns
        -------
        (list, str), or None
            The causes of the other state, and what it is called in a sentence;
            None, the default, for healthy standing.
        """
        return None

    def name_state(self, values: Mapping[str, Any]) -> str:
        """Name a state, so that what is known of it is found again: all that it depends on."""
        return repr(sorted(values.items()))

    def beside(self, values: dict[str, Any]) -> list[list[Case]]:
        """Name other states that the one of these values is seen beside in turn, by their causes:
        all are drawn to one scale. By default none."""
        return []

    def near_side(self, values: dict[str, Any]) -> str:
        """Name the side from which the body is shown where a side view is: left or right, or "",
        the default, to leave it as it is."""
        return ""

    def list_controls(self, body: Body) -> tuple[Control, ...]:
        """List the controls; a lab that offers what a body holds makes them here."""
        return self.controls

    def list_aside(self) -> tuple[widgets.Widget, ...]:
        """List what a lab shows beside the body map and above its figures; by default nothing."""
        return ()

    def list_below(self) -> tuple[widgets.Widget, ...]:
        """List what a lab shows under the body map and above its tabs; by default nothing."""
        return ()

    def show_aside(self, result: Result | None) -> None:
        """Show a state in what `list_aside` named, at each move and where the story comes to its
        end; None where it is covered. Figures wait for that end (`map.is_at_end`)."""

    def close(self) -> None:
        """Drop what is under way and close the panel."""
        self._background.stop()
        self._later.stop()
        if self.certainty.is_pending:
            self.certainty = UNKNOWN
        super().close()

    def draw_still(self) -> str:
        """Draw the body map as it stands."""
        return self.map.write_still()

    def answer(self) -> None:
        """Solve the present setting and show it; what may wait follows when the hand rests."""
        self._background.stop()
        self._solve()
        self._later.call()

    def _solve(self) -> None:
        values, self._waits = self.values, False
        try:
            result = self._result = self._spread(values)
        except MODEL_ERRORS as error:
            shown = "the last state that could be solved" if self._result else "the healthy body"
            return self.say(f"{describe_error(error)} The picture still shows {shown}.")
        self._state, self.certainty = self.name_state(values), UNKNOWN
        self.say("")
        self._show_marks()
        # with its short caption; the full sentence comes when the hand rests
        with self.map.hold_sync():
            self.map.beside = [
                self._find_other(f"beside, {number}", causes, {})
                for number, causes in enumerate(self.beside(values))
            ]
            self.map.turn_to(self.near_side(values))
            self.map.show(result)
        return self.show_aside(None if self.map.veiled else result)

    def _spread(self, values: dict[str, Any]) -> Result:
        routes = {route: values.get(route, default) for route, default in ROUTES.items()}
        causes = self.cases(values)
        result, reference = spread(self.body, causes, **routes), self.reference(values)
        if reference is None:
            return result
        others, words = reference
        same = others == causes
        other = result if same else self._find_other("reference", others, routes)
        return result.against(other, words)

    def _find_other(self, name: str, causes: list[Case], routes: Mapping[str, Any]) -> Result:
        """A state that the shown one is seen beside, which stays while other controls move."""
        return self.body.latest(
            f"other state of a lab, {name}",
            (causes, routes),
            lambda body, asked: spread(body, asked[0], **asked[1]),
        )

    def solve(self, **values: Any) -> Result:
        """Solve the setting in which the lab began, but for these values, without showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        Result

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        SolveError
            For a state that cannot be held or solved.
        """
        return self._spread(check_values(self.controls, {**self._start, **values}))

    def _come_to_rest(self) -> None:
        if self._waits:
            self._solve()
        self._settle()

    def _settle(self) -> None:
        """What may wait until the hand rests: steps, charts, card, tables, and how sure it all
        is."""
        if self.result is None:
            return
        known = self._kept.get(self._state)
        if known is not None:
            self.certainty = known
        elif self._background.start(DrawTask.of(self.result, self.draws), self.result):
            self.certainty = Pending(done=0, asked=self.draws)
        self.map.play(self.result, describe_result(self.result, self.certainty))
        if self._from_start:
            self._from_start, self.map.step = False, 0
        self._show_certainty()
        self._refresh()

    def _refresh(self) -> None:
        self._tabs.refresh()
        hidden = self.map.veiled or self.result is None
        self._show_glance()
        self.show_aside(None if hidden else self.result)

    def _on_end_change(self) -> None:
        if self.map.is_at_end != self._shows_end:
            self._show_glance()
            self.show_aside(None if self.map.veiled else self.result)

    def _show_glance(self) -> None:
        """The figures of the whole, at the end of the story."""
        self._shows_end = self.map.is_at_end
        if self.map.veiled or self.result is None:
            self._glance.value = ""
        elif self.map.is_at_end:
            self._glance.value = self._write_glance(self.result)
        else:
            self._glance.value = AT_END

    def _write_glance(self, result: Result) -> str:
        glance = describe_glance(result, self.certainty)
        sums = table_of_places(result, self.certainty)
        # keeps the place of what is on its way, so that nothing jumps
        waiting = {HOW_SURE: "…"} if self.certainty.is_pending else {}
        return (
            table_to_html(glance.table.assign(**waiting), glance.title)
            + f"<p>{html.escape(glance.sentence)}</p>"
            + table_to_html(sums.assign(**waiting), "Muscles added up: more minus less, N")
        )

    def _on_draws_progress(self, done: int) -> None:
        self.certainty = Pending(done=done, asked=self.draws)
        self._show_certainty()

    def _on_draws_end(self, outcome: Draws | Exception) -> None:
        """Keep and show what the drawn bodies answer, or the error that says why there is no
        answer."""
        known = outcome if isinstance(outcome, Draws) else _say_unknown(outcome)
        self._kept.put(self._state, known)
        self.certainty = known
        with self.map.hold_sync():  # one message, so that a screen reader is told once
            if known.is_known and self.result is not None:
                self.map.caption = describe_result(self.result, known)
            self._show_certainty()
        self._refresh()

    def _show_certainty(self) -> None:
        self.map.show_certainty(list_words(self.certainty), describe_certainty(self.certainty))

    def _on_selection_change(self, _: Any) -> None:
        self._tabs.refresh(only=draw_card)

    def _show_marks(self) -> None:
        """Outline what was marked, while the state that the words about it speak of is shown."""
        self.map.marks_told = self._marks_state != "" and self._state == self._marks_state

    def _on_veil_change(self, prediction: Prediction) -> None:
        """Uncover the same state and the same tables for somebody who does not predict, and compare
        once what was marked."""
        if self.map.veiled:
            return
        if not prediction.is_open:
            self._from_start = self.tells_story
            self.set_up(prediction.setting)
            prediction.uncover()
        if self.map.marked and not self._marks_state:
            self._marks_state = self._state
            prediction.tell_marks(describe_marks(self._require_result(), self.map.marked))
            self._show_marks()

    def _on_step_change(self, prediction: Prediction) -> None:
        """At the end of its story the prediction gets its answer; it says when another state is
        shown."""
        if not self.stands_at(prediction.setting):
            prediction.tell_verdict(False)
        elif self.map.is_at_end and not self._from_start and not self.map.veiled:
            prediction.tell_verdict(True)

    def _on_prediction(self, prediction: Prediction) -> None:
        """Uncover exactly what was asked about, at the beginning of its story."""
        self._from_start = self.tells_story
        self.set_up(prediction.setting)
        self.map.veiled = not prediction.answer


def _say_unknown(error: Exception) -> Certainty:
    return Certainty(str(error).strip() or type(error).__name__)


class _Kept:
    """The certainty of the states that were shown last, so that going back shows it at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[str, Certainty] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, state: str) -> Certainty | None:
        """What is known of a state; None where nobody has asked, or it is forgotten."""
        if state in self._answers:
            self._answers.move_to_end(state)
        return self._answers.get(state)

    def put(self, state: str, answer: Certainty) -> None:
        """Keep an answer; the oldest goes when there are too many."""
        self._answers[state] = answer
        while len(self._answers) > self.most:
            self._answers.popitem(last=False)
