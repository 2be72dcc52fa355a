"""The labs: panels that put a cause to a body and show what it does.

A panel is data (its controls) and one rule (controls -> cause). The picture
follows each move at once; charts, card and tables follow when the hand rests.
"""

import asyncio
import base64
import html

import ipywidgets as widgets

from ..anatomy.body import GraphError, UnknownStructureError
from ..cases.causes import HamstringStrain, Limp
from ..mechanics.demand import CauseError, SolveError
from ..mechanics.spread import spread
from ..views import chart_words, describe
from ..views.bodymap import BodyMap
from ..views.panel import PanelDress
from .controls import Control, build_widget, check_values

__all__ = ["HamstringLab", "Lab", "LimpLab"]

REST_S = 0.35

SIDE = Control("side", "Sore leg", "left", kind="choice", choices=("left", "right"))
GUARDING = Control("guarding", "Guarding, if you believe it", 0.0, unit="0 off, 1 full",
                   help="An assumption: how strongly the nervous system holds muscles on around pain. Contested; starts at 0.")
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
    result : Result
        The newest state that could be solved; None until there is one.
    map : BodyMap
    message : str
        What is wrong with the present setting, in words; empty if nothing is.
    """

    title = "Lab"
    controls = ()

    def __init__(self, body, prediction=None, **values):
        self.body, self.result, self.message = body, None, ""
        self._start = check_values(self.controls, values)
        self._inputs = {control.name: build_widget(control, self._start[control.name]) for control in self.controls}
        self.map = BodyMap(body, veiled=prediction is not None)
        self._notice = widgets.HTML()
        self._panes = _Panes(self)
        self._later = _Later(REST_S, self._settle)
        super().__init__(children=[self._build_top(), self._panes.box], layout=widgets.Layout(width="100%"))
        self.add_class("mc-lab")
        self._listen(prediction)
        self._solve()
        self._later.call()

    def _build_top(self):
        reset = widgets.Button(description="Reset", tooltip="Put every control back to where it started")
        reset.on_click(lambda _: self.reset())
        title = widgets.HTML(f"<h3 style='margin:0 0 6px'>{html.escape(self.title)}</h3>")
        dress = PanelDress(sliders=sum(control.kind in ("slider", "steps") for control in self.controls))
        panel = widgets.VBox([title, *self._inputs.values(), reset, self._notice, dress], layout=widgets.Layout(flex="1 1 300px", min_width="280px", max_width="420px"))
        picture = widgets.Box([self.map], layout=widgets.Layout(flex="3 1 560px", min_width="320px"))
        return widgets.Box([panel, picture], layout=widgets.Layout(display="flex", flex_flow="row wrap", align_items="flex-start", width="100%"))

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

        Raises
        ------
        SolveError
            If no setting could be solved yet.
        """
        if self.result is None:
            raise SolveError(self.message)
        return self.result.table()

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

    def _quiet(self):
        return _Quiet(self._inputs.values(), self._on_control_change)

    def _on_control_change(self, _):
        self._solve()
        self._later.call()

    def _solve(self):
        values = self.values
        try:
            self.result = spread(self.body, self.cause(values), pull=values["pull"], posture=values["posture"], guarding=values["guarding"])
        except (CauseError, SolveError, GraphError, UnknownStructureError) as error:
            shown = "the healthy body" if self.result is None else "the last state that could be solved"
            return self._say(f"{describe.describe_error(error)} The picture still shows {shown}.")
        self._say("")
        self.map.show(self.result)  # with its short caption; the full sentence comes when the hand rests

    def _say(self, message):
        if message != self.message:
            self.message = message
            self._notice.value = f"<p role='alert' style='border-left:4px solid #b3261e;padding:4px 10px'>{html.escape(message)}</p>" if message else ""

    def _settle(self):
        """What may wait until the hand rests: steps, charts, card, tables."""
        if self.result is not None:
            self.map.play(self.result, describe.describe_result(self.result))
            self._panes.refresh()

    def _on_selection_change(self, _):
        self._panes.show_card()

    def _on_look_change(self, _):
        self._panes.refresh()

    def _on_prediction_change(self, change):
        self.map.veiled = not change["new"]


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
    """Call a function once, when nothing has asked for it for a while; at once where no event loop runs."""

    def __init__(self, seconds, function):
        self.seconds, self.function, self._waiting = seconds, function, None

    def call(self):
        if self._waiting is not None:
            self._waiting.cancel()
        try:
            self._waiting = asyncio.get_running_loop().call_later(self.seconds, self.function)
        except RuntimeError:
            self.function()


class _Panes:
    """The tabs under the picture. Only the open one is drawn."""

    def __init__(self, lab):
        self.lab = lab
        self.chain = widgets.Dropdown(options=[(chain.name, key) for key, chain in lab.body.chains.items()], description="Chain")
        self.chain.observe(self._on_open_change, "value")
        self.card, self.most, self.height, self.path, self.numbers, self.files = (_Pane() for _ in range(6))
        pages = {"Selected structure": [self.card.box], "What changed most": [self.most.box], "From foot to skull": [self.height.box],
                 "Chains": [self.chain, self.path.box], "Table": [self.files.box, self.numbers.box]}
        self.box = widgets.Tab(children=[widgets.VBox(page) for page in pages.values()], titles=tuple(pages))
        self.draw = (self.show_card, self._show_most, self._show_height, self._show_chain, self._show_numbers)
        self.box.observe(self._on_open_change, "selected_index")

    def refresh(self):
        """Draw the open tab from the newest result."""
        if self.box.selected_index is not None and self.lab.result is not None:
            if self.lab.map.veiled:
                for pane in (self.card, self.most, self.height, self.path, self.numbers, self.files):
                    pane.write("<p>Predict first; then uncover the result.</p>")
            else:
                self.draw[self.box.selected_index]()

    def _on_open_change(self, _):
        self.refresh()

    @property
    def _theme(self):
        return "dark" if self.lab.map.dark else "light"

    def show_card(self):
        """Show the card of the selected structure."""
        if self.lab.map.veiled:
            return self.card.write("<p>Predict first; then uncover the result.</p>")
        if not self.lab.map.selected or self.lab.result is None:
            return self.card.write("<p>Click a structure in the picture, or move to it with Tab and the arrow keys and press Enter.</p>")
        card = describe.describe_structure(self.lab.result, self.lab.map.selected)
        rows = "".join(f"<tr><th scope='row' style='text-align:left;padding-right:14px;vertical-align:top;white-space:nowrap'>{html.escape(str(name))}</th>"
                       f"<td style='text-align:left'>{html.escape(str(value))}</td></tr>" for name, value in card.rows())
        return self.card.write(f"<h4 style='margin:4px 0'>{html.escape(card.title)}</h4><p>{html.escape(card.sentence)}</p><table>{rows}</table>")

    def _show_most(self):
        text = chart_words.describe_chart_ranked_changes(self.lab.result)
        self.most.draw(_charts().draw_ranked_changes(self.lab.result, theme=self._theme), text)

    def _show_height(self):
        text = chart_words.describe_chart_tension_by_height(self.lab.result)
        self.height.draw(_charts().draw_tension_by_height(self.lab.result, theme=self._theme), text)

    def _show_chain(self):
        text = chart_words.describe_chart_chain_diagram(self.lab.body, self.lab.result, chain=self.chain.value)
        self.path.draw(_charts().draw_chain_diagram(self.lab.body, self.lab.result, chain=self.chain.value, theme=self._theme), text)

    def _show_numbers(self):
        result = self.lab.result
        routes = describe.table_to_html(describe.table_of_routes(result).round({"Sum of changes (N)": 1, "Share": 2}), "Change by route and height")
        changes = describe.table_to_html(describe.table_of_changes(result), "Every structure, most changed first")
        self.files.write(_link_csv(result.table(), f"{type(self.lab).__name__}.csv"))
        self.numbers.write(f"<p>{html.escape(describe.describe_pose(result))}</p>{routes}"
                           f"<div class='mc-scroll' style='max-height:420px' tabindex='0' role='region' aria-label='Every structure'>{changes}</div>")


class _Pane:
    """A place for a chart with its sentence and table, or for words alone."""

    def __init__(self):
        self._figure, self._words = widgets.Output(), widgets.HTML()
        self.box = widgets.VBox([self._figure, self._words])

    def write(self, text):
        self._figure.outputs = ()
        self._words.value = text

    def draw(self, figure, text):
        self._figure.outputs = ({"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json": figure.to_plotly_json(), "text/plain": text.sentence}},)
        table = describe.table_to_html(text.table, text.title)
        self._words.value = f"<p>{html.escape(text.sentence)}</p><details><summary>The same as a table</summary><div class='mc-scroll' tabindex='0' role='region' aria-label='Table'>{table}</div></details>"


def _charts():
    """The charts, fetched when the first one is drawn: plotly would keep the first picture waiting."""
    from ..views import charts

    return charts


def _link_csv(table, name):
    """A link that saves a table from the page itself."""
    data = base64.b64encode(table.to_csv().encode()).decode()
    return f"<a download='{name}' href='data:text/csv;base64,{data}'>Save this table as CSV</a>"


class HamstringLab(Lab):
    """A strained hamstring: how far does it reach, and by which route?"""

    title = "Hamstring strain"
    controls = (
        SIDE,
        Control("grade", "Grade of the strain", 2, kind="steps", low=1, high=3, step=1, unit="1 mild, 2 partial, 3 complete",
                help="What each grade means for tension, strength, pain and sparing is an assumption; see the table of grades."),
        GUARDING, POSTURE, PULL,
    )

    def cause(self, values):
        """Make the strain that the controls ask for."""
        return HamstringStrain(values["side"], values["grade"])


class LimpLab(Lab):
    """A limp: who works harder when weight is kept off one leg?"""

    title = "Limp"
    controls = (
        SIDE,
        Control("offload", "Weight kept off the sore leg", 50, low=0, high=100, step=5, unit="%", help="How much of that leg's half of the weight the other leg takes over."),
        Control("lean", "Trunk leans to the sound side", 0, low=-20, high=20, step=1, unit="degrees", help="Negative leans over the sore leg."),
        Control("forward", "Trunk bends forward", 0, low=0, high=30, step=1, unit="degrees"),
        Control("head_level", "The head stays level", True, kind="switch", help="The neck bends back so that the eyes stay level."),
        GUARDING, POSTURE, PULL,
    )

    def cause(self, values):
        """Make the limp that the controls ask for."""
        return Limp(values["side"], values["offload"] / 100, values["lean"], values["forward"], values["head_level"])
