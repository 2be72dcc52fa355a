"""The tabs under a lab's picture: card, charts, tables. Only the open one is drawn."""

import base64
import html

import ipywidgets as widgets

from musclechain.views.page.html import table_to_html
from musclechain.views.words.card import describe_structure
from musclechain.views.words.charts import (
    describe_chart_body_3d,
    describe_chart_certainty,
    describe_chart_ranked_changes,
    describe_chart_tension_by_height,
)
from musclechain.views.words.result import describe_pose
from musclechain.views.words.stations import describe_chart_chain_diagram
from musclechain.views.words.tables import table_of_changes, table_of_routes

__all__ = ["Pane", "Panes"]


class Panes:
    """The tabs under the picture.

    Parameters
    ----------
    lab : Lab

    Attributes
    ----------
    box : ipywidgets.Tab
    """

    def __init__(self, lab):
        self.lab = lab
        self.chain = widgets.Dropdown(
            options=[(chain.name, key) for key, chain in lab.body.chains.items()],
            description="Chain",
        )
        self.chain.observe(self._on_open_change, "value")
        (
            self.card,
            self.most,
            self.height,
            self.path,
            self.numbers,
            self.files,
            self.solid,
            self.sure,
        ) = (Pane() for _ in range(8))
        pages = {
            "Selected structure": [self.card.box],
            "What changed most": [self.most.box],
            "From foot to skull": [self.height.box],
            "Chains": [self.chain, self.path.box],
            "Table": [self.files.box, self.numbers.box],
            "In 3D": [self.solid.box],
            "How sure?": [self.sure.box],
        }
        self.box = widgets.Tab(
            children=[widgets.VBox(page) for page in pages.values()], titles=tuple(pages)
        )
        self.draw = (
            self.show_card,
            self._show_most,
            self._show_height,
            self._show_chain,
            self._show_numbers,
            self._show_solid,
            self._show_sure,
        )
        self.box.observe(self._on_open_change, "selected_index")

    def refresh(self):
        """Draw the open tab from the newest result."""
        if self.box.selected_index is not None and self.lab.result is not None:
            if self.lab.map.veiled:
                for pane in (
                    self.card,
                    self.most,
                    self.height,
                    self.path,
                    self.numbers,
                    self.files,
                    self.solid,
                    self.sure,
                ):
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
            return self.card.write(
                "<p>Click a structure in the picture, or move to it with Tab and the arrow keys and"
                " press Enter.</p>"
            )
        card = describe_structure(self.lab.result, self.lab.map.selected, self.lab.drawn)
        rows = "".join(
            "<tr><th scope='row' style='text-align:left;padding-right:14px;vertical-align:top;"
            f"white-space:nowrap'>{html.escape(str(name))}</th>"
            f"<td style='text-align:left'>{html.escape(str(value))}</td></tr>"
            for name, value in card.rows()
        )
        return self.card.write(
            f"<h4 style='margin:4px 0'>{html.escape(card.title)}</h4>"
            f"<p>{html.escape(card.sentence)}</p><table>{rows}</table>"
        )

    @property
    def _known(self):
        """What is known of the certainty, as charts and their words take it."""
        return {"certainty": self.lab.certainty, "pending": self.lab.pending}

    def _show_most(self):
        result = self.lab.result
        self.most.draw(
            _charts().draw_ranked_changes(result, theme=self._theme, **self._known),
            describe_chart_ranked_changes(result, **self._known),
        )

    def _show_height(self):
        result = self.lab.result
        self.height.draw(
            _charts().draw_tension_by_height(result, theme=self._theme, **self._known),
            describe_chart_tension_by_height(result, **self._known),
        )

    def _show_chain(self):
        result, chain = self.lab.result, self.chain.value
        text = describe_chart_chain_diagram(result.body, result, chain=chain, **self._known)
        self.path.draw(
            _charts().draw_chain_diagram(
                result.body, result, chain=chain, theme=self._theme, **self._known
            ),
            text,
        )

    def _show_solid(self):
        result = self.lab.result
        self.solid.draw(
            _charts().draw_body_3d(result.body, result, theme=self._theme, **self._known),
            describe_chart_body_3d(result, **self._known),
        )

    def _show_sure(self):
        lab = self.lab
        if lab.certainty is None:
            return self.sure.write(
                "<p>Being computed: the picture comes by itself.</p>"
                if lab.pending
                else "<p>Not known for this setting.</p>"
            )
        return self.sure.draw(
            _charts().draw_certainty(lab.certainty, body=lab.result.body, theme=self._theme),
            describe_chart_certainty(lab.certainty, body=lab.result.body),
        )

    def _show_numbers(self):
        result, drawn = self.lab.result, self.lab.drawn
        title = "Change by route and height" + (
            " (how sure it is that a route keeps its place among the three)"
            if drawn is not None
            else ""
        )
        routes = table_of_routes(result, drawn).round({"Sum of changes (N)": 1})
        routes = table_to_html(
            routes.assign(Share=[f"{share:.0%}".replace("%", " %") for share in routes["Share"]]),
            title,
        )
        changes = table_to_html(
            table_of_changes(result, certainty=drawn),
            "Every structure, most changed first",
        )
        self.files.write(_link_csv(self._figures(), f"{type(self.lab).__name__}.csv"))
        self.numbers.write(
            f"<p>{html.escape(describe_pose(result))}</p>{routes}<div class='mc-scroll'"
            " style='max-height:420px' tabindex='0' role='region' aria-label='Every"
            f" structure'>{changes}</div>"
        )

    def _figures(self):
        """The table to be saved: with the certainty, once it is there."""
        table, sure = self.lab.result.table(), self.lab.certainty
        return table if sure is None else table.join(sure[["same_sign", "low_N", "high_N", "word"]])


class Pane:
    """A place for a chart with its sentence and table, or for words alone."""

    def __init__(self):
        self._figure, self._words = widgets.Output(), widgets.HTML()
        self.box = widgets.VBox([self._figure, self._words])

    def write(self, text):
        self._figure.outputs = ()
        self._words.value = text

    def draw(self, figure, text):
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
            f"<p>{html.escape(text.sentence)}</p><details><summary>The same as a"
            " table</summary><div class='mc-scroll' tabindex='0' role='region'"
            f" aria-label='Table'>{table}</div></details>"
        )


def _charts():
    """The charts, fetched when the first one is drawn: plotly would keep the first picture
    waiting."""
    from musclechain.views import charts

    return charts


def _link_csv(table, name):
    """A link that saves a table from the page itself."""
    data = base64.b64encode(table.to_csv().encode()).decode()
    return f"<a download='{name}' href='data:text/csv;base64,{data}'>Save this table as CSV</a>"
