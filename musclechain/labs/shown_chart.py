"""A chart in the page of a lesson, covered until a prediction is made."""

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from musclechain.labs.pane import Pane
from musclechain.labs.questions import LATER, Prediction
from musclechain.views.page.html import table_to_html
from musclechain.views.page.reopened import Reopened
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.charts import ChartText

__all__ = ["ShownChart"]


class ShownChart(Reopened, widgets.VBox):
    """A chart with its sentence and table, in the theme of the page.

    Parameters
    ----------
    draw : callable
        Called with a theme, "light" or "dark"; gives a plotly figure. Not called before the page
        shows this part.
    said : ChartText
    prediction : Prediction, optional
        Covers the chart until it is answered.

    Attributes
    ----------
    is_covered : bool
    """

    kind = "chart"

    def __init__(
        self, draw: Callable[[str], Any], said: ChartText, prediction: Prediction | None = None
    ) -> None:
        self.said, self._draw, self._prediction = said, draw, prediction
        self._pane, self._page = Pane(), ThemeWatch()
        super().__init__([self._pane.box, self._page], layout=widgets.Layout(width="100%"))
        self.add_class("mc-question")
        self._page.observe(self._show, ["dark", "ready"])
        if prediction is not None:
            prediction.observe(self._show, "is_open")
        self._show()

    @property
    def is_covered(self) -> bool:
        """Whether a prediction is still waited for."""
        return self._prediction is not None and not self._prediction.is_open

    def write_still(self) -> str:
        """Write its sentence and its table, or when they are shown."""
        if self.is_covered:
            return LATER
        table = table_to_html(self.said.table, self.said.title)
        return f"<p>{html.escape(self.said.sentence)}</p>{table}"

    def _show(self, _: Any = None) -> None:
        if self.is_covered or not self._page.ready:
            self._pane.write(self.write_still())
        else:
            self._pane.draw(self._draw(self._page.theme), self.said)
