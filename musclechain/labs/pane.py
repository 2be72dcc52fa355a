"""A place for a chart with its sentence and table, or for words alone."""

import html
from typing import Any

import ipywidgets as widgets

from musclechain.views.page.html import table_to_html
from musclechain.views.words.charts import ChartText

__all__ = ["Pane"]


class Pane:
    """A place for a chart with its sentence and table, or for words alone.

    Attributes
    ----------
    box : ipywidgets.VBox
    """

    def __init__(self) -> None:
        self._figure, self._words = widgets.Output(), widgets.HTML()
        self.box = widgets.VBox([self._figure, self._words])

    def write(self, text: str) -> None:
        """Show HTML alone."""
        self._figure.outputs = ()
        self._words.value = text

    def draw(self, figure: Any, text: ChartText) -> None:
        """Show a chart (a plotly figure), its sentence, and the same as a table."""
        self._figure.outputs = (
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {
                    "application/vnd.plotly.v1+json": figure.to_plotly_json(),
                    "text/plain": text.sentence,
                },
            },
        )
        table = table_to_html(text.table, text.title)
        self._words.value = (
            f"<p>{html.escape(text.sentence)}</p>"
            "<details><summary>The same as a table</summary>"
            f"<div class='mc-scroll' tabindex='0' role='region' aria-label='Table'>{table}</div>"
            "</details>"
        )
