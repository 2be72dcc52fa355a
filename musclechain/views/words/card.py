"""The card of one structure: names, nerve and roots, tension, routes and sources."""

from dataclasses import dataclass

import pandas as pd

from musclechain.anatomy.body import Body, UnknownStructureError
from musclechain.anatomy.format import (
    SHOWN_N,
    format_change,
    format_newtons,
    format_percent,
    join_words,
    name_structure,
)
from musclechain.anatomy.graph_checks import SOFT_KINDS
from musclechain.anatomy.nerves import find_motor_roots
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.spread import Result
from musclechain.views.words.certainty import check_certainty, say_certainty
from musclechain.views.words.result import name_main_route

__all__ = ["StructureCard", "describe_structure"]


NECK_CAUTION = (
    "How the neck muscles share their load is uncertain: trust the total of the neck more than this"
    " one figure."
)


@dataclass(frozen=True)
class StructureCard:
    """What is known about one structure, as `describe_structure` gathers it. Texts are plain:
    escape them for HTML.

    Attributes
    ----------
    before_n, after_n, change_n, change_percent : float or None
        N, and percent of the tension at rest; None where nothing is computed.
    routes_n, shares : dict of str to float
        Change by each route, N, and its share, 0 to 1; empty without a result.
    sources : tuple of dict
        id, citation and link.
    sentence, how_sure : str
        The card in one sentence; how sure its change is, empty if not known.
    """

    id: str
    title: str
    name: str
    plain_name: str
    kind: str
    side: str
    region: str
    group: str
    action: str
    nerve: str
    roots: tuple[str, ...]
    innervation_grade: str
    note: str
    computed: bool
    computed_words: str
    before_n: float | None
    after_n: float | None
    change_n: float | None
    change_percent: float | None
    routes_n: dict[str, float]
    shares: dict[str, float]
    overloaded: bool
    caution: str
    sources: tuple[dict, ...]
    sentence: str
    how_sure: str = ""

    def rows(self) -> list[tuple[str, str]]:
        """List the card as pairs of label and text, the empty ones left out.

        Returns
        -------
        list of (str, str)
        """
        pairs = [
            ("Plain name", self.plain_name),
            ("Kind", self.kind),
            ("Region", self.region),
            ("Group", self.group),
            ("What it does", self.action),
            ("Nerve", self.nerve),
            ("Roots", ", ".join(self.roots)),
            ("Nerve supply is", self.innervation_grade),
            ("Note", self.note),
        ]
        if self.before_n is not None and self.after_n is not None and self.change_n is not None:
            pairs += [
                ("Tension before", format_newtons(self.before_n)),
                (
                    "Change",
                    format_change(self.change_n)
                    + (
                        f" ({self.change_percent:+.0f} %)".replace("-", "−")
                        if abs(self.change_n) >= SHOWN_N
                        else ""
                    ),
                ),
            ]
            pairs += [("How sure", self.how_sure)]
            pairs += [
                (
                    f"By {route}",
                    (
                        f"{format_newtons(self.routes_n[route], signed=True)}"
                        f" ({format_percent(self.shares[route])})"
                    ),
                )
                for route in ROUTES
            ]
            pairs += [("At full strength", "yes" if self.overloaded else "no")]
        pairs += [("Computed", self.computed_words), ("Caution", self.caution)]
        pairs += [("Source", source["citation"]) for source in self.sources]
        return [(label, text) for label, text in pairs if text]


def describe_structure(
    result_or_body: Result | Body, structure: str, certainty: Certainty = UNKNOWN
) -> StructureCard:
    """Gather the card of one structure: names, nerve and roots, tension, routes and sources.

    Parameters
    ----------
    result_or_body : Result or Body
        With a body alone the card has no tensions.
    structure : str
        Id of a muscle, fascia, ligament, tendon or bone.
    certainty : Certainty
        Where it is known: adds how sure the change is, and to a neck muscle's
        card the neck as a whole.

    Returns
    -------
    StructureCard

    Raises
    ------
    UnknownStructureError
    """
    result = None if isinstance(result_or_body, Body) else result_or_body
    body = result_or_body if isinstance(result_or_body, Body) else result_or_body.body
    data = body.graph.nodes[body.find(structure, kinds=(*SOFT_KINDS, "bone"))]
    row = (
        result.table().loc[structure]
        if result and structure in result.skeleton.structures
        else None
    )
    computed, words = _find_computed(body, structure)
    nerve, roots = _find_nerve(body, structure)
    title = name_structure(body, structure)
    routes = {} if row is None else {route: float(row[f"{route}_N"]) for route in ROUTES}
    total = sum(map(abs, routes.values()))
    figures = {
        key: None if row is None else float(row[column])
        for key, column in (
            ("before_n", "before_N"),
            ("after_n", "after_N"),
            ("change_n", "change_N"),
            ("change_percent", "change_percent"),
        )
    }
    return StructureCard(
        id=structure,
        title=title,
        name=str(data.get("name", structure)),
        plain_name=str(data.get("plain_name", "")),
        kind=data["kind"],
        side=data.get("side", "midline"),
        region=data.get("region", ""),
        group=data.get("group", ""),
        action=data.get("action", data.get("function", "")),
        nerve=nerve,
        roots=roots,
        innervation_grade=data.get("innervation_grade", ""),
        note=data.get("note", ""),
        computed=computed,
        computed_words=words,
        **figures,
        routes_n=routes,
        shares={
            route: abs(value) / total if total >= SHOWN_N else 0.0
            for route, value in routes.items()
        },
        overloaded=bool(row is not None and row["overloaded"]),
        caution=_caution(result, row, certainty),
        sources=_find_sources(body, structure),
        sentence=_card_sentence(title, row, words),
        how_sure=_say_sure(row, certainty),
    )


def _caution(result: Result | None, row: pd.Series | None, certainty: Certainty) -> str:
    if result is None or row is None or row["region"] != "neck":
        return ""
    members = list_muscle_groups(result).get("neck", [])
    word = certainty.group_word(members) if members else ""
    if not word:
        return NECK_CAUTION
    change = result.table().loc[members, "change_N"].sum()
    return (
        f"{NECK_CAUTION} The neck as a whole carries"
        f" {format_change(change).replace('no change', 'as much as before')} ({word})."
    )


def _say_sure(row: pd.Series | None, certainty: Certainty) -> str:
    if row is None or not check_certainty(certainty).word(row.name):
        return ""
    return say_certainty(certainty, str(row.name))


def _card_sentence(title: str, row: pd.Series | None, words: str) -> str:
    if row is None:
        return (
            f"{title}: computed, once a cause is given."
            if words == "yes"
            else f"{title} is {words}."
        )
    if abs(row["change_N"]) < SHOWN_N:
        return f"{title}: {format_newtons(row['before_N'])} before and after, no change."
    return (
        f"{title}: {format_newtons(row['before_N'])} before, {format_change(row['change_N'])},"
        f" {name_main_route(row)}."
    )


def _find_computed(body: Body, structure: str) -> tuple[bool, str]:
    if body.graph.nodes[structure]["kind"] == "bone":
        return True, "a bone: it moves as one rigid body and carries no tension"
    lines = [line for line in body.lines if line.structure == structure]
    if any(line.computed for line in lines):
        return True, "yes"
    if any(
        len(set(line.places)) == 1 and len(line.points) == line.values["points"] for line in lines
    ):
        return False, "drawn, not computed: lies within one rigid body"
    return False, "not computed: an end of it was cut, so it pulls on nothing"


def _find_nerve(body: Body, structure: str) -> tuple[str, tuple[str, ...]]:
    """Name the nerve that still reaches a muscle, and its motor roots with their side."""
    data, nodes = body.graph.nodes[structure], body.graph.nodes
    if data["kind"] != "muscle":
        return "", ()
    nerves = [
        nerve
        for _, nerve, edge in body.graph.edges(structure, data=True)
        if edge.get("kind") == "supplies"
    ]
    roots = tuple(
        f"{nodes[root]['level']} {nodes[root]['side']}"
        for root in find_motor_roots(body, structure)
    )
    return (
        join_words(name_structure(body, nerve) for nerve in nerves)
        or "none reaches it: the nerve was cut",
        roots,
    )


def _find_sources(body: Body, structure: str) -> tuple[dict, ...]:
    """List the sources of a structure, of its lines and of its links, each once."""
    data = body.graph.nodes[structure]
    keys = [
        data.get("source"),
        *(values.get("source") for values in data.get("lines", {}).values()),
    ]
    keys += [
        key
        for _, _, edge in body.graph.edges(structure, data=True)
        if edge.get("kind") == "continuous"
        for key in edge.get("evidence", ())
    ]
    found: dict[str, dict] = {}
    for key in filter(None, keys):
        try:
            finding = body.evidence(key)
        except UnknownStructureError:
            continue  # a structure that a student added may name a source of its own
        entry = {"id": key, "citation": finding["citation"], "link": finding["link"]}
        found.setdefault(finding["citation"], entry)
    return tuple(found.values())
