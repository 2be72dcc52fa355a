"""The tabs under a lab's picture: card, charts, tables. Only the open one is drawn.

A tab is a name and a rule (lab -> what its pane shows); `TABS` lists those that
every lab has, and a lab may list others.
"""

import base64
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.labs.pane import Pane
from musclechain.mechanics.certainty import Certainty
from musclechain.views.body.widget import BodyMap
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

__all__ = ["TABS", "Tab", "Tabs", "draw_card"]

COVERED = "<p>Predict first; then uncover the result.</p>"
NOTHING_SOLVED = "<p>No setting could be solved yet.</p>"
NOTHING_SELECTED = (
    "<p>Click a structure in the picture, or move to it with Tab and the arrow keys and press"
    " Enter.</p>"
)


class Shown(Protocol):
    """What a tab asks of a lab."""

    body: Body
    certainty: Certainty
    map: BodyMap

    @property
    def result(self) -> Any:
        """a Result, or None until there is one"""

    @property
    def theme(self) -> str:
        """dark or light"""


@dataclass(frozen=True)
class Tab:
    """One tab.

    Attributes
    ----------
    title : str
    draw : callable
        Called with the lab, its pane, and the value of the menu (None without one).
    menu : callable, optional
        Called with the lab; gives the options of a menu above the pane, as
        pairs of words and value.
    label : str
        Of the menu.
    """

    title: str
    draw: Callable[[Shown, Pane, Any], None]
    menu: Callable[[Shown], list[tuple[str, Any]]] | None = None
    label: str = ""


class Tabs:
    """The tabs under the picture.

    Parameters
    ----------
    lab : Lab
    tabs : sequence of Tab

    Attributes
    ----------
    box : ipywidgets.Tab
    """

    def __init__(self, lab: Shown, tabs: Sequence[Tab]) -> None:
        self.lab, self.tabs = lab, tuple(tabs)
        self._pages: dict[int, tuple[Pane, widgets.Dropdown | None]] = {}
        pages = [widgets.VBox() for _ in self.tabs]
        self.box = widgets.Tab(children=pages, titles=tuple(tab.title for tab in self.tabs))
        self.box.observe(self._on_open_change, "selected_index")

    def _find_page(self, number: int) -> tuple[Pane, widgets.Dropdown | None]:
        """The pane of a tab and its menu, made when it is first opened: parts that few open would
        keep the first picture waiting."""
        if number not in self._pages:
            pane, menu = Pane(), self._build_menu(self.tabs[number])
            self._pages[number] = pane, menu
            inside = [pane.box] if menu is None else [menu, pane.box]
            self.box.children[number].children = inside
        return self._pages[number]

    def _build_menu(self, tab: Tab) -> widgets.Dropdown | None:
        if tab.menu is None:
            return None
        menu = widgets.Dropdown(options=tab.menu(self.lab), description=tab.label)
        menu.observe(self._on_open_change, "value")
        return menu

    def refresh(self, only: Callable | None = None) -> None:
        """Draw the open tab from the newest result.

        Parameters
        ----------
        only : callable, optional
            Draw it only if this is what draws it.
        """
        number = self.box.selected_index
        if number is None:
            return
        pane, menu = self._find_page(number)
        if self.lab.map.veiled:
            for each, _ in self._pages.values():
                each.write(COVERED)
        elif only in (None, self.tabs[number].draw):
            if self.lab.result is None:
                pane.write(NOTHING_SOLVED)
            else:
                self.tabs[number].draw(self.lab, pane, None if menu is None else menu.value)

    def _on_open_change(self, _: Any) -> None:
        number = self.box.selected_index
        # the body shows how sure each change is while that is asked about
        self.lab.map.patterns = number is not None and self.tabs[number].draw is draw_sure
        self.refresh()


def draw_card(lab: Shown, pane: Pane, _: Any = None) -> None:
    """Show the card of the selected structure."""
    if not lab.map.selected:
        return pane.write(NOTHING_SELECTED)
    card = describe_structure(lab.result, lab.map.selected, lab.certainty)
    rows = "".join(
        "<tr><th scope='row' style='text-align:left;padding-right:14px;vertical-align:top;"
        f"white-space:nowrap'>{html.escape(str(name))}</th>"
        f"<td style='text-align:left'>{html.escape(str(value))}</td></tr>"
        for name, value in card.rows()
    )
    return pane.write(
        f"<h4 style='margin:4px 0'>{html.escape(card.title)}</h4>"
        f"<p>{html.escape(card.sentence)}</p><table>{rows}</table>"
    )


def draw_most(lab: Shown, pane: Pane, _: Any = None) -> None:
    """Show what changed most."""
    from musclechain.views.charts import draw_ranked_changes  # plotly would keep a picture waiting

    figure = draw_ranked_changes(lab.result, theme=lab.theme, certainty=lab.certainty)
    pane.draw(figure, describe_chart_ranked_changes(lab.result, certainty=lab.certainty))


def draw_heights(lab: Shown, pane: Pane, _: Any = None) -> None:
    """Show the change from foot to skull."""
    from musclechain.views.charts import draw_tension_by_height

    figure = draw_tension_by_height(lab.result, theme=lab.theme, certainty=lab.certainty)
    pane.draw(figure, describe_chart_tension_by_height(lab.result, certainty=lab.certainty))


def list_chains(lab: Shown) -> list[tuple[str, str]]:
    """Options of the menu of chains."""
    return [(chain.name, key) for key, chain in lab.body.chains.items()]


def draw_chain(lab: Shown, pane: Pane, chain: str) -> None:
    """Show the chain that is chosen."""
    from musclechain.views.charts import draw_chain_diagram

    asked: dict[str, Any] = {"chain": chain, "certainty": lab.certainty}
    figure = draw_chain_diagram(lab.result.body, lab.result, theme=lab.theme, **asked)
    pane.draw(figure, describe_chart_chain_diagram(lab.result.body, lab.result, **asked))


def draw_numbers(lab: Shown, pane: Pane, _: Any = None) -> None:
    """Show every number, with a link that saves them."""
    routes = table_of_routes(lab.result, lab.certainty).round({"Sum of changes (N)": 1})
    shares = [f"{share:.0%}".replace("%", " %") for share in routes["Share"]]
    title = "Change by route and height"
    if lab.certainty.is_known:
        title += " (how sure it is that a route keeps its place among the three)"
    changes = table_of_changes(lab.result, certainty=lab.certainty)
    pane.write(
        f"{_link_csv(_list_figures(lab), f'{type(lab).__name__}.csv')}"
        f"<p>{html.escape(describe_pose(lab.result))}</p>"
        f"{table_to_html(routes.assign(Share=shares), title)}"
        "<div class='mc-scroll' style='max-height:420px' tabindex='0' role='region'"
        " aria-label='Every structure'>"
        f"{table_to_html(changes, 'Every structure, most changed first')}</div>"
    )


def _list_figures(lab: Shown) -> pd.DataFrame:
    """The table to be saved: with the certainty, once it is there."""
    table = lab.result.table()
    if not lab.certainty.is_known:
        return table
    return table.join(lab.certainty.table()[["same_sign", "low_N", "high_N", "word"]])


def _link_csv(table: pd.DataFrame, name: str) -> str:
    """A link that saves a table from the page itself."""
    data = base64.b64encode(table.to_csv().encode()).decode()
    return f"<a download='{name}' href='data:text/csv;base64,{data}'>Save this table as CSV</a>"


def draw_solid(lab: Shown, pane: Pane, _: Any = None) -> None:
    """Show the body in 3D."""
    from musclechain.views.charts import draw_body_3d

    figure = draw_body_3d(lab.result.body, lab.result, theme=lab.theme, certainty=lab.certainty)
    pane.draw(figure, describe_chart_body_3d(lab.result, certainty=lab.certainty))


def draw_sure(lab: Shown, pane: Pane, _: Any = None) -> None:
    """Show how sure each change is."""
    said = describe_chart_certainty(lab.certainty, body=lab.result.body)
    if not lab.certainty.is_known:
        return pane.write(f"<p>{html.escape(said.sentence)}</p>")
    from musclechain.views.charts import draw_certainty

    figure = draw_certainty(lab.certainty, body=lab.result.body, theme=lab.theme)
    return pane.draw(figure, said)


TABS = (
    Tab("Selected structure", draw_card),
    Tab("What changed most", draw_most),
    Tab("From foot to skull", draw_heights),
    Tab("Chains", draw_chain, menu=list_chains, label="Chain"),
    Tab("Table", draw_numbers),
    Tab("In 3D", draw_solid),
    Tab("How sure?", draw_sure),
)
