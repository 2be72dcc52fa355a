"""The labs: panels that put a cause to a body and show what it does.

A panel is data (its controls) and one rule (controls -> cause). The picture
follows each move at once; charts, card and tables follow when the hand rests,
and how sure each change is follows a moment later.
"""

import asyncio
import html
import time
from collections import OrderedDict

import ipywidgets as widgets

from musclechain.anatomy.body import UnknownStructureError
from musclechain.anatomy.graph_checks import GraphError
from musclechain.cases.causes import HamstringStrain, Limp
from musclechain.labs.controls import Control, build_widget, check_values
from musclechain.labs.tabs import Panes
from musclechain.labs.workers import Background
from musclechain.mechanics.certainty import Draws, DrawTask
from musclechain.mechanics.change import CauseError, SolveError
from musclechain.mechanics.spread import spread
from musclechain.views.body.widget import BodyMap
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.html import table_to_html
from musclechain.views.words.certainty import (
    HOW_SURE,
    RANGE,
    describe_certainty,
    describe_pending,
    describe_unknown,
    list_words,
)
from musclechain.views.words.errors import describe_error
from musclechain.views.words.findings.joints import describe_glance
from musclechain.views.words.findings.sides import describe_regions
from musclechain.views.words.format import format_newtons
from musclechain.views.words.result import describe_result

__all__ = ["HamstringLab", "Lab", "LimpLab"]

REST_S = 0.35
KEPT_STATES = 32
ROUTES = {"pull": True, "posture": True, "guarding": 0.0}  # where a lab has no control for them

SIDE = Control("side", "Sore leg", "left", kind="choice", choices=("left", "right"))
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
POSTURE = Control("posture", "Route posture: muscles hold the body up", True, kind="switch")
PULL = Control("pull", "Route pull: tissue passes tension on", True, kind="switch")


class Lab(widgets.VBox):
    """A panel with controls, body map, charts, card and tables.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Covers the result until it is answered or the learner uncovers it.
    **values
        Starting values by control name.

    Attributes
    ----------
    controls : tuple of Control
    draws : int
        Number of bodies that are drawn for the certainty of a state.
    result : Result
        The newest state that could be solved; None until there is one.
    drawn : Draws
        What the drawn bodies answer to the shown state; None until it is there.
    map : BodyMap
    message : str
        What is wrong with the present setting, in words; empty if nothing is.
    """

    title = "Lab"
    controls = ()
    draws = 200

    def __init__(self, body, prediction=None, **values):
        self.body, self.result, self.drawn, self.message = body, None, None, ""
        self._later, self._background = (
            _Later(REST_S, self._settle),
            Background(self._on_draws_progress, self._on_draws_end),
        )
        self._start = check_values(self.controls, values)
        self._inputs = {
            control.name: build_widget(control, self._start[control.name])
            for control in self.controls
        }
        self.map = BodyMap(body, veiled=prediction is not None)
        self._notice, self._glance = widgets.HTML(), widgets.HTML()
        self._kept, self._state, self._body_words = _Kept(KEPT_STATES), None, ""
        self._panes = Panes(self)
        super().__init__(
            children=[self._build_top(), self._panes.box], layout=widgets.Layout(width="100%")
        )
        self.add_class("mc-lab")
        self._listen(prediction)
        self._solve()
        self._later.call()

    def _build_top(self):
        reset = widgets.Button(
            description="Reset",
            tooltip="Put every control back to where it started",
            layout=widgets.Layout(width="auto"),
        )
        reset.on_click(lambda _: self.reset())
        title = widgets.HTML(f"<h3 style='margin:0 0 6px'>{html.escape(self.title)}</h3>")
        dress = PanelDress(
            sliders=sum(control.kind in ("slider", "steps") for control in self.controls),
            radios=sum(control.kind == "choice" for control in self.controls),
            tabs=len(self._panes.box.children),
        )
        panel = widgets.VBox(
            [title, *self._inputs.values(), widgets.HBox([reset]), self._notice, dress]
        )
        picture = widgets.Box([self.map])
        # the style sheet of the panel puts them side by side, or one under the other where there is
        # little room
        for part, name in (
            (panel, "mc-controls"),
            (picture, "mc-picture"),
            (self._glance, "mc-glance"),
        ):
            part.add_class(name)
        top = widgets.Box([panel, picture, self._glance], layout=widgets.Layout(width="100%"))
        top.add_class("mc-top")
        return top

    def _listen(self, prediction):
        for widget in self._inputs.values():
            widget.observe(self._on_control_change, "value")
        self.map.observe(self._on_selection_change, "selected")
        self.map.observe(self._on_look_change, ["veiled", "dark"])
        if prediction is not None:
            prediction.observe(self._on_prediction_change, "answer")
            self.map.veiled = not prediction.answer

    @property
    def values(self):
        """Present value of every control, by name."""
        return {name: widget.value for name, widget in self._inputs.items()}

    def set(self, **values):
        """Move controls, as a hand would.

        Parameters
        ----------
        **values
            New values by control name.

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        """
        checked = check_values(self.controls, {**self.values, **values})
        with self._quiet():
            for name in values:
                self._inputs[name].value = checked[name]
        self._on_control_change(None)

    def reset(self):
        """Put every control back to where it started."""
        self.set(**self._start)

    def table(self):
        """The table of the newest result; see `Result.table`.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        SolveError
            If no setting could be solved yet.
        """
        if self.result is None:
            raise SolveError(self.message)
        return self.result.table()

    @property
    def certainty(self):
        """How sure each change of the shown state is, as `Result.certainty` gives it; None until
        it is there."""
        return None if self.drawn is None else self.drawn.table()

    @property
    def pending(self):
        """Whether the certainty of the shown state is being computed."""
        return self._background.running

    def wait_certainty(self, timeout_s=60.0):
        """Have the certainty of the shown state computed here and now, if it is not there yet.

        Parameters
        ----------
        timeout_s : float

        Returns
        -------
        pandas.DataFrame or None
            As `Result.certainty` gives it; None if too few of the drawn bodies can hold the state.

        Raises
        ------
        SolveError
            If no setting could be solved yet.
        TimeoutError
            If the draws take longer than that.
        """
        self.table()
        if self._kept.get(self._state) is None:
            self._background.stop()
            task, answers, end = (
                DrawTask.of(self.result, self.draws),
                [],
                time.monotonic() + timeout_s,
            )
            for chunk in task.chunks():
                if time.monotonic() > end:
                    raise TimeoutError(
                        f"After {timeout_s:g} seconds {len(answers)} of {self.draws} bodies are"
                        " solved. Allow more time."
                    )
                answers += task.solve(chunk)
            try:
                self._on_draws_end(task.collect(self.result, answers))
            except SolveError as error:
                self._on_draws_end(error)
        return self.certainty

    def cause(self, values):
        """Make the cause that the controls ask for.

        Parameters
        ----------
        values : dict
            Value of every control by name.

        Returns
        -------
        cause
        """
        raise NotImplementedError("A lab says which cause its controls make.")

    def choose_body(self, values):
        """Choose the body that is solved; a lab that cuts or softens something returns another.

        Parameters
        ----------
        values : dict
            Value of every control by name.

        Returns
        -------
        Body
            With the same bones; by default the body of the lab.
        """
        return self.body

    def describe_body(self, values):
        """Say what is different about the body that `choose_body` gives; the caption begins with
        it.

        Parameters
        ----------
        values : dict
            Value of every control by name.

        Returns
        -------
        str
            Sentences, or nothing where the body is the healthy one.
        """
        return ""

    def close(self):
        """Drop what is under way and close the panel."""
        self._background.stop()
        self._later.stop()
        super().close()

    def _quiet(self):
        return _Quiet(self._inputs.values(), self._on_control_change)

    def _on_control_change(self, _):
        self._background.stop()
        self._solve()
        self._later.call()

    def _solve(self):
        values = self.values
        try:
            routes = {route: values.get(route, default) for route, default in ROUTES.items()}
            self.result = spread(self.choose_body(values), self.cause(values), **routes)
        except (CauseError, SolveError, GraphError, UnknownStructureError) as error:
            shown = (
                "the healthy body" if self.result is None else "the last state that could be solved"
            )
            return self._say(f"{describe_error(error)} The picture still shows {shown}.")
        self._state, self.drawn, self._body_words = (
            repr(sorted(values.items())),
            None,
            self.describe_body(values),
        )
        self._say("")
        self.map.show(
            self.result
        )  # with its short caption; the full sentence comes when the hand rests

    def _say(self, message):
        if message != self.message:
            self.message = message
            self._notice.value = (
                "<p role='alert' style='border-left:4px solid #b3261e;padding:4px"
                f" 10px'>{html.escape(message)}</p>"
                if message
                else ""
            )

    def _settle(self):
        """What may wait until the hand rests: steps, charts, card, tables, and how sure it all
        is."""
        if self.result is None:
            return
        known = self._kept.get(self._state)
        self.drawn = known if isinstance(known, Draws) else None
        self.map.play(self.result, self._write_caption())
        if known is not None:
            self._show_certainty(known)
        elif self._background.start(DrawTask.of(self.result, self.draws), self.result):
            self._on_draws_progress(0)
        self._refresh()

    def _write_caption(self):
        return f"{self._body_words} {describe_result(self.result, self.drawn)}".strip()

    def _refresh(self):
        self._panes.refresh()
        self._glance.value = "" if self.map.veiled or self.result is None else self._write_glance()

    def _write_glance(self):
        glance, sums = (
            describe_glance(self.result, self.drawn),
            describe_regions(self.result, self.drawn).table,
        )
        sums.insert(
            1,
            "Change",
            [
                format_newtons(value, signed=True)
                for value in sums.pop("Change, both sides together (N)")
            ],
        )
        sums = sums.drop(columns=RANGE, errors="ignore")
        waiting = {HOW_SURE: "…"} if self.pending else {}  # keeps the place, so that nothing jumps
        return (
            table_to_html(glance.table.assign(**waiting), glance.title)
            + f"<p>{html.escape(glance.sentence)}</p>"
            + table_to_html(sums.assign(**waiting), "Muscles added up, left and right")
        )

    def _on_draws_progress(self, done):
        self.map.show_certainty({}, describe_pending(done, self.draws))

    def _on_draws_end(self, made):
        """Keep and show what the drawn bodies answer, or the error that says why there is no
        answer."""
        self._kept.put(self._state, made)
        with self.map.hold_sync():  # one message, so that a screen reader is told once
            if isinstance(made, Draws):
                self.drawn = made
                self.map.caption = self._write_caption()
            self._show_certainty(made)
        self._refresh()

    def _show_certainty(self, made):
        if isinstance(made, Draws):
            table = made.table()
            self.map.show_certainty(list_words(table), describe_certainty(table))
        else:
            self.map.show_certainty({}, describe_unknown(made))

    def _on_selection_change(self, _):
        self._panes.show_card()

    def _on_look_change(self, _):
        self._refresh()

    def _on_prediction_change(self, change):
        self.map.veiled = not change["new"]


class _Kept:
    """The answers of the states that were shown last, so that going back shows them at once."""

    def __init__(self, most):
        self.most, self._answers = most, OrderedDict()

    def __len__(self):
        return len(self._answers)

    def get(self, state):
        if state in self._answers:
            self._answers.move_to_end(state)
        return self._answers.get(state)

    def put(self, state, answer):
        self._answers[state] = answer
        while len(self._answers) > self.most:
            self._answers.popitem(last=False)


class _Quiet:
    """Keep a handler silent while several widgets are moved together."""

    def __init__(self, inputs, handler):
        self.inputs, self.handler = list(inputs), handler

    def __enter__(self):
        for widget in self.inputs:
            widget.unobserve(self.handler, "value")

    def __exit__(self, *_):
        for widget in self.inputs:
            widget.observe(self.handler, "value")


class _Later:
    """Call a function once, when nothing has asked for it for a while; at once where no event loop
    runs."""

    def __init__(self, seconds, function):
        self.seconds, self.function, self._waiting = seconds, function, None

    def stop(self):
        if self._waiting is not None:
            self._waiting.cancel()

    def call(self):
        self.stop()
        try:
            self._waiting = asyncio.get_running_loop().call_later(self.seconds, self.function)
        except RuntimeError:
            self.function()


class HamstringLab(Lab):
    """A strained hamstring: how far does it reach, and by which route?"""

    title = "Hamstring strain"
    controls = (
        SIDE,
        Control(
            "grade",
            "Grade of the strain",
            2,
            kind="steps",
            low=1,
            high=3,
            step=1,
            unit="1 mild, 2 partial, 3 complete",
            help=(
                "What each grade means for tension, strength, pain and sparing is an assumption;"
                " see the table of grades."
            ),
        ),
        GUARDING,
        POSTURE,
        PULL,
    )

    def cause(self, values):
        """Make the strain that the controls ask for; see `Lab.cause`."""
        return HamstringStrain(values["side"], values["grade"])


class LimpLab(Lab):
    """A limp: who works harder when weight is kept off one leg?"""

    title = "Limp"
    controls = (
        SIDE,
        Control(
            "offload",
            "Weight kept off the sore leg",
            50,
            low=0,
            high=100,
            step=5,
            unit="%",
            help="How much of that leg's half of the weight the other leg takes over.",
        ),
        Control(
            "lean",
            "Trunk leans to the sound side",
            0,
            low=-20,
            high=20,
            step=1,
            unit="degrees",
            help="Negative leans over the sore leg.",
        ),
        Control("forward", "Trunk bends forward", 0, low=0, high=30, step=1, unit="degrees"),
        Control(
            "head_level",
            "The head stays level",
            True,
            kind="switch",
            help="The neck bends back so that the eyes stay level.",
        ),
        GUARDING,
        POSTURE,
        PULL,
    )

    def cause(self, values):
        """Make the limp that the controls ask for; see `Lab.cause`."""
        return Limp(
            values["side"],
            values["offload"] / 100,
            values["lean"],
            values["forward"],
            values["head_level"],
        )
