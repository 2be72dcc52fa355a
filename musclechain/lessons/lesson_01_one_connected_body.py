"""The panels of lesson 01 (two springs, pull anywhere, lift a leg) and the forward bend of lesson
02."""

import html

import ipywidgets as widgets

from musclechain.cases.bodies import ARRANGEMENTS, HAMSTRINGS, shorten_muscles, two_springs
from musclechain.cases.causes import ForwardBend, LegLift, PullOn
from musclechain.labs.controls import Control, build_widget, check_values
from musclechain.labs.lab import Lab
from musclechain.labs.tabs import Pane
from musclechain.mechanics.change import CauseError
from musclechain.mechanics.spread import spread
from musclechain.views.charts.springs import draw_springs
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.compare import describe_difference
from musclechain.views.words.findings.springs import describe_springs
from musclechain.views.words.format import capitalise, name_structure
from musclechain.views.words.stations import describe_chart_chain_diagram

__all__ = ["BendLab", "ChainDiagram", "LiftLab", "PullLab", "SpringLab"]

NO_CUT = ""
WHOLE = ""


class PullLab(Lab):
    """Pull on any structure, and cut any other, or a link: how far does it get?

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
    **values
        Starting values: structure, newtons, cut.
    """

    title = "Pull anywhere"

    def __init__(self, body, prediction=None, **values):
        names = [
            (name_structure(body, name), name)
            for name in dict.fromkeys(line.structure for line in body.lines if line.computed)
        ]
        names.sort()
        start = next((name for _, name in names if name == "latissimus_dorsi_left"), names[0][1])
        self.controls = (
            Control(
                "structure",
                "Pull on",
                start,
                kind="list",
                choices=tuple(names),
                help="The structure that tightens by itself.",
            ),
            Control(
                "newtons",
                "Pull",
                50,
                low=0,
                high=200,
                step=5,
                unit="N, about a tenth of a kilogram each",
                help="How much tension is added in this structure.",
            ),
            Control(
                "cut",
                "Cut before pulling",
                NO_CUT,
                kind="list",
                choices=(("nothing", NO_CUT), *names, *_list_links(body)),
                help=(
                    "Cut one structure, or one link between two structures, and see whether the"
                    " pull still gets there."
                ),
            ),
        )
        self._cut = (NO_CUT, body)
        super().__init__(body, prediction, **values)

    def choose_body(self, values):
        """Choose the body that is pulled on: whole, or with the cut; see `Lab.choose_body`.

        Raises
        ------
        CauseError
            If what is pulled on is cut.
        """
        if values["structure"] == values["cut"]:
            raise CauseError(
                "what has been cut cannot be pulled on. Choose another structure to pull, or cut"
                " another."
            )
        if self._cut[0] != values["cut"]:
            self._cut = (values["cut"], _cut(self.body, values["cut"]))
        return self._cut[1]

    def describe_body(self, values):
        """Say what is cut; see `Lab.describe_body`."""
        return (
            f"{capitalise(describe_difference(self.body, self._cut[1]))}."
            if values["cut"] != NO_CUT
            else ""
        )

    def cause(self, values):
        """Make the pull that the controls ask for; see `Lab.cause`."""
        return PullOn(values["structure"], values["newtons"])


def _list_links(body):
    """Every link of tissue to tissue that carries force, as (words, value)."""
    links = {
        tuple(sorted((first, second)))
        for first, second, data in body.graph.edges(data=True)
        if data.get("kind") == "continuous" and data.get("junction")
    }
    return sorted(
        (
            f"the link {name_structure(body, first)} – {name_structure(body, second)}",
            f"{first}|{second}",
        )
        for first, second in links
    )


def _cut(body, cut):
    if cut == NO_CUT:
        return body
    return body.without_link(*cut.split("|")) if "|" in cut else body.without(cut)


class LiftLab(Lab):
    """Lift a leg: what does the trunk do to keep you upright?"""

    title = "Lift a leg"
    controls = (
        Control("side", "Lifted leg", "left", kind="choice", choices=("left", "right")),
        Control(
            "height",
            "Thigh raised forward",
            20,
            low=0,
            high=50,
            step=5,
            unit="degrees",
            help="At 0 the foot just leaves the ground; the shank hangs down.",
        ),
        Control(
            "lean",
            "Trunk leans over the standing leg",
            0,
            low=-10,
            high=10,
            step=1,
            unit="degrees",
            help="Negative leans toward the lifted leg.",
        ),
    )

    def cause(self, values):
        """Make the one-leg stance that the controls ask for; see `Lab.cause`."""
        return LegLift(values["side"], values["height"], values["lean"])


class BendLab(Lab):
    """Bend forward with hamstrings of usual length, or shorter ones: what do they cost, and
    whom?"""

    title = "Forward bend"
    controls = (
        Control("degrees", "Bend forward", 30, low=0, high=60, step=5, unit="degrees"),
        Control(
            "shorter",
            "Hamstrings shorter by",
            0,
            low=0,
            high=20,
            step=5,
            unit="mm",
            help="All hamstrings of both legs come to their end that much earlier.",
        ),
        Control(
            "hips",
            "Share of the hips",
            35,
            low=0,
            high=50,
            step=5,
            unit="%; the back bends the rest",
            help="How much of the bend the hips do. The knees stay straight.",
        ),
    )

    def __init__(self, body, prediction=None, **values):
        self._short = (0, body)
        super().__init__(body, prediction, **values)

    def choose_body(self, values):
        """Choose the body that bends: as it is, or with shorter hamstrings; see
        `Lab.choose_body`."""
        if self._short[0] != values["shorter"]:
            self._short = (
                values["shorter"],
                shorten_muscles(self.body, HAMSTRINGS, values["shorter"]),
            )
        return self._short[1]

    def describe_body(self, values):
        """Say how much shorter the hamstrings are; see `Lab.describe_body`."""
        return f"With all hamstrings {values['shorter']:g} mm shorter." if values["shorter"] else ""

    def cause(self, values):
        """Make the bend that the controls ask for; see `Lab.cause`."""
        return ForwardBend(values["degrees"], values["hips"] / 100)


class SpringLab(widgets.VBox):
    """Two springs and a hook: the smallest body, solved by the same code as the large one.

    Parameters
    ----------
    **values
        Starting values: arrangement, k1, k2 (N/mm), newtons.

    Attributes
    ----------
    result : Result
        The newest state.
    """

    title = "Two springs"
    controls = (
        Control(
            "arrangement",
            "The springs lie",
            "series",
            kind="choice",
            choices=ARRANGEMENTS,
            help="In series: one behind the other. In parallel: side by side.",
        ),
        Control(
            "k1", "Stiffness of spring 1", 10, kind="steps", low=1, high=50, step=1, unit="N/mm"
        ),
        Control(
            "k2", "Stiffness of spring 2", 30, kind="steps", low=1, high=50, step=1, unit="N/mm"
        ),
        Control("newtons", "Pull on the hook", 30, kind="steps", low=1, high=60, step=1, unit="N"),
    )

    def __init__(self, **values):
        self.result = None
        self._inputs = {
            name: build_widget(control, value)
            for control, (name, value) in zip(
                self.controls, check_values(self.controls, values).items(), strict=False
            )
        }
        self._picture, self._words = widgets.HTML(), widgets.HTML()
        title = widgets.HTML(f"<h3 style='margin:0 0 6px'>{html.escape(self.title)}</h3>")
        dress = PanelDress(
            sliders=sum(control.kind in ("slider", "steps") for control in self.controls)
        )
        panel = widgets.VBox(
            [title, *self._inputs.values(), dress],
            layout=widgets.Layout(flex="1 1 280px", min_width="260px", max_width="400px"),
        )
        shown = widgets.VBox(
            [self._picture, self._words], layout=widgets.Layout(flex="3 1 420px", min_width="300px")
        )
        super().__init__(
            children=[
                widgets.Box(
                    [panel, shown],
                    layout=widgets.Layout(
                        display="flex", flex_flow="row wrap", align_items="flex-start", width="100%"
                    ),
                )
            ]
        )
        self.add_class("mc-lab")
        self._listen(True)
        self._on_control_change(None)

    def _listen(self, on):
        for widget in self._inputs.values():
            (widget.observe if on else widget.unobserve)(self._on_control_change, "value")

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
        self._listen(False)
        for name, value in checked.items():
            self._inputs[name].value = value
        self._listen(True)
        self._on_control_change(None)

    def table(self):
        """The table of the newest result; see `Result.table`.

        Returns
        -------
        pandas.DataFrame
        """
        return self.result.table()

    def _on_control_change(self, _):
        values = self.values
        self.result = spread(
            two_springs(values["arrangement"], values["k1"], values["k2"]),
            PullOn("hook", values["newtons"]),
        )
        self._picture.value = draw_springs(self.result)
        self._words.value = describe_springs(self.result)._repr_html_()


class ChainDiagram(widgets.VBox):
    """The graph of a body as a picture, with a list of the myofascial chains to bring out, a
    sentence and a table.

    Parameters
    ----------
    body : Body
    result : Result, optional
        Colours the structures by their change of tension.
    path : sequence of str, optional
        Nodes to bring out, for example of ``networkx.shortest_path``; without the list of chains.
    reference : Body, optional
        The uncut body; what `body` lacks of it is drawn dashed.

    Attributes
    ----------
    said : ChartText
        Title, sentence and table of what is drawn.
    """

    def __init__(self, body, result=None, path=None, reference=None):
        self._given, self.said = {"result": result, "path": path, "reference": reference}, None
        self.body = body
        self._chain = widgets.Dropdown(
            options=[
                ("the whole graph", WHOLE),
                *((chain.name, key) for key, chain in body.chains.items()),
            ],
            description="Show",
            layout=widgets.Layout(max_width="420px"),
        )
        self._pane, self._page = Pane(), ThemeWatch()
        super().__init__(
            children=[*([self._chain] if path is None else []), self._pane.box, self._page]
        )
        self.add_class("mc-lab")
        self._chain.observe(self._on_chain_change, "value")
        self._page.observe(self._on_chain_change, ["dark", "ready"])
        self._on_chain_change(None)

    def _on_chain_change(self, _):
        given = {**self._given, "chain": self._chain.value or None}
        self.said = describe_chart_chain_diagram(self.body, **given)
        if not self._page.ready:
            # the first figure brings plotly into the page, which would keep the panels of other
            # cells waiting
            return self._pane.write(f"<p>{html.escape(self.said.sentence)}</p>")
        from musclechain.views.charts import draw_chain_diagram

        return self._pane.draw(
            draw_chain_diagram(self.body, **given, theme=self._page.theme), self.said
        )
