"""The lab of the nerves: choose a root, a nerve, a muscle or a patch of skin, and see the rest."""

import html
import re
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import networkx as nx
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise, name_structure
from musclechain.anatomy.sides import SIDES
from musclechain.anatomy.supply import Supply, find_nerve_graph, find_supply, list_maps
from musclechain.labs.controls import Control, check_values
from musclechain.labs.panel import Panel
from musclechain.labs.questions import Prediction
from musclechain.labs.tasks import Task, TaskRow, build_head
from musclechain.labs.workbook import Workbook
from musclechain.mechanics.change import check_body
from musclechain.views.body.widget import BodyMap
from musclechain.views.page.html import table_to_html
from musclechain.views.words.finding import Finding
from musclechain.views.words.supply import describe_supply, list_ways, name_part

__all__ = ["NerveLab"]

KINDS = ("root", "nerve", "muscle", "skin")
# The authors and the year with which a citation begins.
YEAR = re.compile(r".*?\b(?:18|19|20)\d\d\b")
# What a lab begins with, where the body has it.
FIRST = {"root": "S1", "nerve": "sciatic", "muscle": "gluteus_maximus", "skin": "skin_heel"}
NOTHING_PICKED = "Nothing is picked: click on the body, or choose in the lists."
UNREACHED = "no nerve of the model reaches it."


class NerveLab(Panel):
    """The nerve part of the graph on the body map: choose a root, a nerve, a muscle or a patch of
    skin, in the lists or by a click, and see the rest lit up, and said as ways from the spine.

    Parameters
    ----------
    body : Body
    prediction : Prediction, optional
        Stands above the controls, and covers what is lit and said until it is answered.
    tasks : sequence of Task
        Stand above the controls, one at a time. They ask a `Supply` for a number or a choice; not
        for a click, which moves the lists and with them the setting.
    workbook : Workbook, optional
        Keeps answers, and the settings for when the cell is run again.
    **values
        Starting values by control name: ``what`` is "root", "nerve", "muscle" or "skin", ``side``
        "left" or "right"; ``root``, ``nerve``, ``muscle`` and ``skin`` take ids without their
        side; ``map`` the source of one map of the skin, or "" for all.

    Attributes
    ----------
    body : Body
    map : BodyMap
        Its `picked` is what is chosen, with its side.
    result : Supply
        What hangs together with it.

    Examples
    --------
    >>> import musclechain as mc
    >>> lab = NerveLab(mc.read_body(), what="skin", skin="skin_heel", side="left")
    >>> lab.result.roots
    ('S1_left',)
    >>> lab.close()
    """

    title = "Roots, nerves, muscles and skin"

    def __init__(
        self,
        body: Body,
        prediction: Prediction | None = None,
        tasks: Sequence[Task] = (),
        workbook: Workbook | None = None,
        **values: Any,
    ) -> None:
        self.body = check_body(body)
        self.controls = _list_controls(body)
        self.tasks, self._prediction = tuple(tasks), prediction
        start = check_values(self.controls, values)
        self.result = self._find(start)
        self.map = BodyMap(body, supply=True)
        self._glance, self._parts = widgets.HTML(), widgets.HTML()
        head = build_head(self, workbook, prediction)
        super().__init__(
            self.map, self._glance, [self._parts], head=head, workbook=workbook, **values
        )
        for row in head:
            if isinstance(row, TaskRow):
                row.listen()
        self.map.observe(self._on_pick, "picked")
        self.map.observe(lambda _: self._show_words(), "selected")
        if prediction is not None:
            prediction.observe(lambda _: self.answer(), "is_open")
        self.answer()

    def solve(self, **values: Any) -> Supply:
        """Find what hangs together with the setting in which the lab began, but for these values,
        without showing it.

        Parameters
        ----------
        **values
            By control name.

        Returns
        -------
        Supply

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        """
        return self._find(check_values(self.controls, {**self._start, **values}))

    def _find(self, values: dict[str, Any]) -> Supply:
        return find_supply(self.body, f"{values[values['what']]}_{values['side']}", values["map"])

    def answer(self) -> None:
        """Light up what hangs together with what is chosen, and say it."""
        values = self.values
        for kind in KINDS:
            self._inputs[kind].layout.display = "" if kind == values["what"] else "none"
        self.result = self._find(values)
        self.map.skin, self.map.skin_map = values["what"] == "skin", values["map"]
        self.map.picked = "" if self._is_covered else self.result.chosen
        self._show_words()

    def _show_words(self) -> None:
        """Say what is lit, and what was selected on the body beside it."""
        is_told = not self._is_covered and self.map.picked == self.result.chosen
        self._glance.value = self._write_note() + (self._write_routes() if is_told else "")
        self._parts.value = self._write_parts() if is_told else ""

    def _write_note(self) -> str:
        """Say what the lists cannot: that nothing is picked, or that no nerve reaches a part."""
        selected, picked = self.map.selected, self.map.picked
        if self._is_covered or (picked and selected in ("", picked)):
            return ""
        lit = f"Lit is {self._name_chosen()}." if picked else NOTHING_PICKED
        if not selected:
            return f"<p>{html.escape(lit)}</p>"
        name = html.escape(name_structure(self.body, selected))
        return f"<p><b>{name}</b>: {UNREACHED} {html.escape(lit)}</p>"

    def _name_chosen(self) -> str:
        return name_part(find_nerve_graph(self.body), self.result.chosen)

    @property
    def _is_covered(self) -> bool:
        """Whether a prediction is still waited for."""
        return self._prediction is not None and not self._prediction.is_open

    def table(self) -> pd.DataFrame:
        """Every part that hangs together with what is chosen; see `describe_supply`."""
        return self._describe().table

    def _describe(self) -> Finding:
        return describe_supply(self.body, self.result.chosen, self.values["map"])

    def draw_still(self) -> str:
        """Draw the body map as it stands, with its words."""
        sentence = "" if self._is_covered else html.escape(self._describe().sentence)
        return f"{self.map.write_still()}<p>{sentence}</p>"

    def _on_pick(self, _: Any) -> None:
        """Move the lists to what was clicked on the body."""
        graph, picked = find_nerve_graph(self.body), self.map.picked
        if not picked or picked == self.result.chosen:
            return self._show_words()
        side, kind = graph.nodes[picked]["side"], graph.nodes[picked]["kind"]
        what = "nerve" if kind == "plexus" else kind
        return self.set(what=what, side=side, **{what: picked.removesuffix(f"_{side}")})

    def _write_routes(self) -> str:
        """The ways from the spine."""
        rows = [f"<li>{html.escape(way)}</li>" for way in list_ways(self.body, self.result)]
        title = f"Ways from the spine: {self._name_chosen()}"
        return (
            f"<p><b>{html.escape(title)}</b></p>"
            "<div class='mc-scroll' tabindex='0' role='region' aria-label='Ways from the spine'"
            f" style='max-height:24em'><ul>{''.join(rows)}</ul></div>"
        )

    def _write_parts(self) -> str:
        told = self._describe()
        return (
            "<details><summary>All parts as a table</summary>"
            "<div class='mc-scroll' tabindex='0' role='region' aria-label='Table'>"
            f"{table_to_html(told.table, told.title)}</div></details>"
        )


def _list_controls(body: Body) -> tuple[Control, ...]:
    """List the controls: what to choose, its side, and a list of each kind."""
    return (
        Control(
            "what",
            "Choose a",
            KINDS[0],
            kind="choice",
            choices=KINDS,
            help="With skin, the patches can be clicked on the body; else nerves and muscles.",
        ),
        Control("side", "Side", SIDES[0], kind="choice", choices=tuple(SIDES)),
        *(_list_kind(body, kind) for kind in KINDS),
        Control(
            "map",
            "Skin after",
            "",
            kind="list",
            choices=(("all maps", ""), *_list_maps(body)),
            help="Published maps of the skin of the levels disagree: look at each alone.",
        ),
    )


def _list_maps(body: Body) -> list[tuple[str, str]]:
    """Name the maps of the skin by their authors and year."""
    sources = body.graph.graph["sources"]
    cited = {source: YEAR.match(sources[source].citation) for source in list_maps(body)}
    return [(found[0] if found else source, source) for source, found in cited.items()]


def _name_choice(graph: nx.DiGraph, node: str, side: str) -> str:
    """Name a choice for both sides; a patch of skin by the words that people use first."""
    name, plain = name_part(graph, node).removesuffix(f", {side}"), graph.nodes[node]["plain_name"]
    if graph.nodes[node]["kind"] != "skin":
        return name
    return f"{capitalise(plain)} ({name[0].lower()}{name[1:]})"


def _list_kind(body: Body, kind: str) -> Control:
    """Make the list of one kind, each part once for both sides; plexuses stand with the nerves."""
    graph, kinds = find_nerve_graph(body), {kind, "plexus" if kind == "nerve" else kind}
    side = SIDES[0]
    choices = [
        (_name_choice(graph, node, side), node.removesuffix(f"_{side}"))
        for node, data in graph.nodes(data=True)
        if data["kind"] in kinds and data["side"] == side
    ]
    if kind != "root":
        choices.sort()
    ids = [name for _, name in choices]
    first = FIRST[kind] if FIRST[kind] in ids else ids[0]
    return Control(kind, f"Which {kind}", first, kind="list", choices=tuple(choices))
