"""The graph of a body as a picture, with a list of the chains to bring out."""

import html
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from musclechain.anatomy.body import Body
from musclechain.labs.pane import Pane
from musclechain.mechanics.spread import Result
from musclechain.views.page.reopened import Reopened
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.charts import ChartText
from musclechain.views.words.stations import describe_chart_chain_diagram

__all__ = ["ChainDiagram"]

WHOLE = ""


class ChainDiagram(Reopened, widgets.VBox):
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

    def __init__(
        self,
        body: Body,
        result: Result | None = None,
        path: Sequence[str] | None = None,
        reference: Body | None = None,
    ) -> None:
        self.body = body
        self._given: dict[str, Any] = {"result": result, "path": path, "reference": reference}
        options = [("the whole graph", WHOLE)]
        options += [(chain.name, key) for key, chain in body.chains.items()]
        self._chain = widgets.Dropdown(
            options=options, description="Show", layout=widgets.Layout(max_width="420px")
        )
        self._pane, self._page = Pane(), ThemeWatch()
        menu = [self._chain] if path is None else []
        super().__init__(children=[*menu, self._pane.box, self._page])
        self.add_class("mc-lab")
        self._chain.observe(self._on_chain_change, "value")
        self._page.observe(self._on_chain_change, ["dark", "ready"])
        self.said = self._draw()

    def write_still(self) -> str:
        """Write what stays of it in a saved notebook: its words."""
        title, sentence = html.escape(self.said.title), html.escape(self.said.sentence)
        return f"<p><b>{title}</b></p><p>{sentence}</p>"

    def _on_chain_change(self, _: Any) -> None:
        self.said = self._draw()

    def _draw(self) -> ChartText:
        given = {**self._given, "chain": self._chain.value or None}
        said = describe_chart_chain_diagram(self.body, **given)
        if not self._page.ready:
            # the first figure brings plotly into the page, which would keep the panels of other
            # cells waiting
            self._pane.write(f"<p>{html.escape(said.sentence)}</p>")
            return said
        from musclechain.views.charts import draw_chain_diagram

        figure = draw_chain_diagram(self.body, **given, theme=self._page.theme)
        self._pane.draw(figure, said)
        return said
