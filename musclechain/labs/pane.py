"""A place for a chart with its sentence and table, or for words alone."""

import html
from typing import Any

import ipywidgets as widgets

from musclechain.views.page.chart import Chart
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
        self._words = widgets.HTML()
        self._chart: Chart | None = None  # made with its first figure
        self._sentence = ""
        self._picture: widgets.Widget | None = None
        self._link: widgets.Widget | None = None
        self.box = widgets.VBox([self._words])

    def follow(self, picture: widgets.Widget) -> None:
        """Mark in the chart the time of the step that a body map shows, and show the step of the
        time that a pointer marks; on the page itself, without the kernel."""
        self._picture = picture

    def close(self) -> None:
        """Let go of the body map."""
        if self._link is not None:
            self._link.close()

    def write(self, text: str) -> None:
        """Show HTML alone."""
        self._show({})
        self._words.value = text

    def draw(self, figure: Any, text: ChartText) -> None:
        """Show a chart (a plotly figure), its sentence, and the same as a table."""
        self._sentence = text.sentence
        self._show(figure.to_plotly_json())
        table = table_to_html(text.table, text.title)
        self._words.value = (
            f"<p>{html.escape(text.sentence)}</p>"
            "<details><summary>The same as a table</summary>"
            f"<div class='mc-scroll' tabindex='0' role='region' aria-label='Table'>{table}</div>"
            "</details>"
        )

    def _show(self, figure: dict[str, Any]) -> None:
        if self._chart is None:
            if not figure:
                return
            self._chart = self._make_chart()
        self._chart.figure = figure
        if self._chart.missing:
            self._show_as_output(figure)

    def _make_chart(self) -> Chart:
        chart = Chart()
        chart.observe(self._on_missing, "missing")
        if self._picture is not None:
            self._link = widgets.jslink((self._picture, "step"), (chart, "step"))
        self.box.children = [chart, self._words]
        return chart

    def _on_missing(self, change: Any) -> None:
        """Leave figures to the page's own way of showing them, where it keeps plotly to itself."""
        self._show_as_output(change["owner"].figure)

    def _show_as_output(self, figure: dict[str, Any]) -> None:
        output = widgets.Output()
        if figure:
            data = {"application/vnd.plotly.v1+json": figure, "text/plain": self._sentence}
            shown = {"output_type": "display_data", "metadata": {}, "data": data}
            output.outputs = (shown,)
        old, _ = self.box.children
        self.box.children = [output, self._words]
        if old is not self._chart:
            old.close()
