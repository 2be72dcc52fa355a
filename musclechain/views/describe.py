"""Words and tables: what a result says, for people who do not see the picture.

Every figure of `charts` has its twin here: a title, a sentence and a table,
made from the same numbers. No sentence says more than the tables show.
"""

import re
from dataclasses import dataclass
from functools import singledispatch

import networkx as nx
import numpy as np
import pandas as pd

from ..anatomy.body import SOFT_KINDS, GraphError, UnknownStructureError
from ..anatomy.nerves import find_motor_roots
from ..anatomy.records import REGIONS
from ..anatomy.tables import DataError
from ..cases.causes import ForwardBend, HamstringStrain, HoldPose, LegLift, Limp, PullOn, Weaken
from ..mechanics.demand import CauseError, SolveError
from .certainty_words import (
    ABOVE_PELVIS,
    HOW_SURE,
    RANGE,
    count_bodies,
    describe_sum,
    list_muscle_groups,
    read_certainty,
    read_draws,
    say_certainty,
    tabulate_certainty,
)
from .wording import (
    SHOWN_N,
    call_structure,
    capitalise,
    format_change,
    format_newtons,
    format_percent,
    join_words,
    name_structure,
    round_figures,
    table_to_html,
)

__all__ = [
    "ABOVE_PELVIS",
    "LITTLE_N",
    "ROUTE_ORDER",
    "SHOWN_N",
    "STILL_DEG",
    "Comparison",
    "StructureCard",
    "compare_results",
    "describe_cause",
    "describe_difference",
    "join_words",
    "round_figures",
    "describe_error",
    "describe_pose",
    "describe_result",
    "describe_routes",
    "describe_structure",
    "format_change",
    "format_newtons",
    "name_structure",
    "rank_changes",
    "table_by_region",
    "table_of_changes",
    "table_of_routes",
    "table_to_html",
]

ROUTE_ORDER = ("posture", "pull", "guarding")
# "Little changes above the pelvis" is said when no structure there changes by this much (the weight
# of half a litre of water).
LITTLE_N = 5.0
# Smaller turns are called no turn.
STILL_DEG = 0.1
USUAL_HIP_SHARE = ForwardBend(0).hip_share
GRADE_WORDS = {1: "mild strain", 2: "partial tear", 3: "complete tear"}
PLURALS = {"fascia": "fasciae"}
NECK_CAUTION = (
    "How the neck muscles share their load is uncertain: trust the total of the neck more than this"
    " one figure."
)


# ---- causes -----------------------------------------------------------------------------------


@singledispatch
def describe_cause(cause, body):
    """Say in a few words, without a full stop, what a cause is.

    A kind of cause that is not known here is called by the name of its class.

    Parameters
    ----------
    cause : cause
    body : Body
        Names the structures and bones of the cause.

    Returns
    -------
    str
        Begins with a small letter.

    Examples
    --------
    >>> describe_cause(ForwardBend(30), None)
    'a forward bend of 30 degrees'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(cause).__name__).lower()
    side = getattr(cause, "side", None)
    return f"{words} ({side})" if side in ("left", "right") else words


@describe_cause.register
def _(cause: HamstringStrain, body):
    return f"a {GRADE_WORDS[cause.grade]} (grade {cause.grade}) of the {cause.side} hamstring"


@describe_cause.register
def _(cause: Limp, body):
    other = {"left": "right", "right": "left"}[cause.side]
    parts = (
        [f"{format_percent(cause.offload)} of its load moved to the {other} leg"]
        if cause.offload
        else []
    )
    if cause.lean_deg:
        parts.append(
            f"trunk leaned {abs(cause.lean_deg):g} degrees to the"
            f" {other if cause.lean_deg > 0 else cause.side}"
        )
    if cause.forward_deg:
        parts.append(f"trunk bent {cause.forward_deg:g} degrees forward")
    if not cause.head_level:
        parts.append("head not held level")
    stance = (
        f"a limp that spares the {cause.side} leg"
        if cause.offload
        else "a stance with the weight on both feet"
    )
    return f"{stance} ({', '.join(parts)})" if parts else stance


@describe_cause.register
def _(cause: ForwardBend, body):
    hips = (
        ""
        if abs(cause.hip_share - USUAL_HIP_SHARE) < 0.005
        else f", {format_percent(cause.hip_share)} of it in the hips"
    )
    return f"a forward bend of {cause.degrees:g} degrees{hips}"


@describe_cause.register
def _(cause: LegLift, body):
    lean = (
        f", the trunk leaning {abs(cause.lean_deg):g} degrees"
        f" {'over the standing leg' if cause.lean_deg > 0 else 'toward the lifted leg'}"
        if cause.lean_deg
        else ""
    )
    height = (
        f"with the thigh raised by {cause.height_deg:g} degrees"
        if cause.height_deg
        else "just off the ground"
    )
    return f"the {cause.side} foot lifted, {height}{lean}"


@describe_cause.register
def _(cause: PullOn, body):
    return (
        f"{round(cause.newtons, 1):g} N of added tension in {call_structure(body, cause.structure)}"
    )


@describe_cause.register
def _(cause: Weaken, body):
    return (
        f"{call_structure(body, cause.muscle)} with {format_percent(cause.capacity)} of its"
        " strength"
    )


@describe_cause.register
def _(cause: HoldPose, body):
    parts = [
        f"{name_structure(body, bone)}: "
        + ", ".join(
            f"{word} {angle:g} degrees"
            for word, angle in zip(("flexion", "side", "rotation"), angles, strict=True)
            if angle
        )
        for bone, angles in cause.angles.items()
        if any(angles)
    ]
    if cause.load_share != 0.5:
        parts.append(f"{format_percent(cause.load_share)} of the weight on the left foot")
    parts += [
        f"ground {abs(value):g} mm {'higher' if value > 0 else 'lower'} under the {side} foot"
        for side, value in cause.lift_mm.items()
        if value
    ]
    parts += [
        f"{side} foot rolled {'in' if value > 0 else 'out'} by {abs(value):g} degrees"
        for side, value in cause.wedge_deg.items()
        if value
    ]
    if cause.lifted_foot:
        parts.append(f"{cause.lifted_foot} foot lifted")
    return f"a held pose ({'; '.join(parts) or 'quiet standing'})"


def _describe_causes(result):
    return (
        capitalise(
            ", together with ".join(describe_cause(cause, result.body) for cause in result.causes)
        )
        or "Quiet standing"
    )


def _cause_structures(result):
    """Structures that the cause itself names (its tension, strength or pain), with their own
    tendons."""
    demand, graph = result.demand, result.body.graph
    own = {
        *demand.tensions,
        *demand.pain,
        *(name for name, left in demand.capacity.items() if left != 1),
    }
    tendons = {
        other
        for name in own
        if name in graph
        for _, other, edge in graph.edges(name, data=True)
        if edge.get("kind") == "continuous" and graph.nodes[other]["kind"] == "tendon"
    }
    return own | tendons


# ---- tables -----------------------------------------------------------------------------------


def rank_changes(result, region=None, table=None):
    """Sort the rows of `result.table()` by the size of their change, largest first.

    Parameters
    ----------
    result : Result
    region : str, optional
        Keep only this region.
    table : pandas.DataFrame, optional
        Rows to sort in place of the whole table.

    Returns
    -------
    pandas.DataFrame
        Forces in N.

    Raises
    ------
    ValueError
        For a region that does not exist.
    """
    table = result.table() if table is None else table
    if region is not None:
        known = [one for one in REGIONS if (table["region"] == one).any()]
        if region not in table["region"].unique():
            raise ValueError(
                f"There is no region {region!r} in the result. Choose one of: {', '.join(known)}."
            )
        table = table[table["region"] == region]
    # rounded, so that two sides that are equal but for the last digit keep the order of the table
    order = np.argsort(-table["change_N"].abs().round(6).to_numpy(), kind="stable")
    return table.iloc[order]


def table_of_changes(result, count=None, region=None, certainty=None):
    """Tabulate the changes with readable names and rounded figures, largest first.

    Parameters
    ----------
    result : Result
    count : int, optional
        Number of rows; all by default.
    region : str, optional
    certainty : Draws or pandas.DataFrame, optional
        Adds the columns How sure and 90 % range (N).

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Forces in N.
    """
    rows = (
        rank_changes(result, region).head(count)
        if count is not None
        else rank_changes(result, region)
    )
    return pd.DataFrame(
        {
            "Structure": [name_structure(result.body, name) for name in rows.index],
            "Kind": rows["kind"],
            "Side": rows["side"],
            "Region": rows["region"],
            "Before (N)": round_figures(rows["before_N"]),
            "After (N)": round_figures(rows["after_N"]),
            "Change (N)": round_figures(rows["change_N"]),
            "Change (%)": round_figures(rows["change_percent"], 0),
            **({} if certainty is None else tabulate_certainty(certainty, rows.index)),
            **{f"By {route} (N)": round_figures(rows[f"{route}_N"]) for route in ROUTE_ORDER},
            "At full strength": np.where(rows["overloaded"], "yes", "no"),
        },
        index=rows.index,
    )


def table_by_region(result, certainty=None):
    """Add the muscles up by region and side, from the head down.

    Ligaments, tendons and fasciae are left out: they carry the same tension
    on, and adding them would count it twice.

    Parameters
    ----------
    result : Result
    certainty : Draws, optional
        Adds the columns How sure and 90 % range (N).

    Returns
    -------
    pandas.DataFrame
        Columns Region, Side (left, right, both), Muscles (their number),
        Before, After, Change and the change by each route, N. The row
        ``neck, both`` is the total load of the neck muscles.
    """
    columns = ["before_N", "after_N", "change_N", *(f"{route}_N" for route in ROUTE_ORDER)]
    table = result.table()
    muscles, rows = table[table["kind"] == "muscle"], []
    regions = [
        *reversed(REGIONS),
        *(one for one in muscles["region"].unique() if one not in REGIONS),
    ]
    for region in regions:
        here = muscles[muscles["region"] == region]
        for side in ("left", "right", "both") if len(here) else ():
            part = here if side == "both" else here[here["side"] == side]
            rows.append([region, side, len(part), *round_figures(part[columns].sum().to_numpy())])
    table = pd.DataFrame(
        rows,
        columns=[
            "Region",
            "Side",
            "Muscles",
            "Before (N)",
            "After (N)",
            "Change (N)",
            *(f"By {route} (N)" for route in ROUTE_ORDER),
        ],
    )
    if certainty is None:
        return table
    groups = list_muscle_groups(result)
    names = [
        region if side == "both" else f"{region}, {side}"
        for region, side in zip(table["Region"], table["Side"], strict=True)
    ]
    return table.assign(
        **tabulate_certainty(
            read_draws(certainty).groups({name: groups[name] for name in names if name in groups}),
            names,
        )
    )


def table_of_routes(result, certainty=None):
    """Add up what each route moves in the muscles, above the pelvis and from the pelvis down.

    Parameters
    ----------
    result : Result
    certainty : Draws, optional
        Adds the columns 90 % range (N) and How sure: whether the route keeps
        its place among the three; a dash for a route that moves nothing.

    Returns
    -------
    pandas.DataFrame
        Columns Part, Route, Sum of changes (N: more and less both count as
        positive), Share (0 to 1 of the three routes; 0 if nothing changes).
    """
    table, groups, rows = result.table(), list_muscle_groups(result), []
    parts = ["above the pelvis", "pelvis and legs"]
    for part in parts:
        here = table.loc[groups.get(part, [])]
        sums = {route: here[f"{route}_N"].abs().sum() for route in ROUTE_ORDER}
        total = sum(sums.values())
        rows += [
            [part, route, value, value / total if total >= SHOWN_N else 0.0]
            for route, value in sums.items()
        ]
    made = pd.DataFrame(rows, columns=["Part", "Route", "Sum of changes (N)", "Share"])
    if certainty is None:
        return made
    sure = (
        read_draws(certainty)
        .routes({part: groups[part] for part in parts if part in groups})
        .reindex(pd.MultiIndex.from_frame(made[["Part", "Route"]]))
    )
    moves = (sure["high_N"] >= SHOWN_N).to_numpy()
    ranges = [
        f"{low:.0f} to {high:.0f}" if moving else "–"
        for low, high, moving in zip(sure["low_N"], sure["high_N"], moves, strict=True)
    ]
    return made.assign(**{RANGE: ranges, HOW_SURE: np.where(moves, sure["word"], "–")})


# ---- sentences about a result -----------------------------------------------------------------


def describe_result(result, certainty=None):
    """Say in a few short sentences what was asked, what changed most, where and by which route.

    Parameters
    ----------
    result : Result
    certainty : Draws or pandas.DataFrame, optional
        Each change that is named is then called settled, likely or said to
        depend; with `Draws` the sum of the neck as well.

    Returns
    -------
    str
        Plain text; the names in it come from the data.

    Notes
    -----
    The structure that the cause itself pulls, weakens or hurts is not counted.
    "Little changes above the pelvis" is said when no structure there changes
    by `LITTLE_N` or more. Of the neck the total of its muscles is told, because
    their sharing is not settled. Where the greatest change depends on what
    nobody knows, the greatest settled one is named too.
    """
    if not result.causes:
        return "Quiet standing on both feet: nothing was asked of the body, and nothing changes."
    table, own = result.table(), _cause_structures(result)
    ranked = rank_changes(result, table=table[~table.index.isin(own)])
    start = [_describe_causes(result), *_say_off(result)]
    if ranked.empty or abs(ranked["change_N"].iloc[0]) < SHOWN_N:
        return _join_sentences(
            [*start, f"nothing {'outside the cause ' if own else ''}changes by {SHOWN_N} N or more"]
        )
    first, sure = ranked.iloc[0], _Sure(result, certainty)
    most = ("outside the cause itself, " if own else "") + _say_most(result, ranked, first, sure)
    told = [
        *start,
        most,
        *_say_settled(result, ranked, first, sure),
        *_say_above(result, ranked, first, sure),
        *_say_limits(result, table),
    ]
    return _join_sentences(told)


def _join_sentences(told):
    return " ".join(f"{capitalise(one)}." for one in told)


class _Sure:
    """The words of certainty inside a sentence; empty while nothing is known of it."""

    def __init__(self, result, certainty):
        self.table, self.neck = (
            read_certainty(certainty),
            (
                describe_sum(certainty, result, "neck")
                if "neck" in list_muscle_groups(result)
                else None
            ),
        )

    def word(self, structure):
        return "" if self.table is None else self.table["word"].get(structure, "")

    def tell(self, structure):
        return f"; {self.word(structure)}" if self.word(structure) else ""

    def tell_neck(self, table):
        """How sure the neck's sum is, and whether that is also known of its muscles."""
        if self.table is None:
            return ""
        names = table.index[(table["region"] == "neck") & (table["kind"] == "muscle")]
        open_ones = any(self.word(name) not in ("settled", "") for name in names)
        parts = ([] if self.neck is None else [self.neck["word"]]) + [
            "how they share it depends"
        ] * open_ones
        return "; ".join(parts)


def _say_off(result):
    off = [route for route in ("posture", "pull") if not result.routes[route]]
    return [f"{join_words(off)} {'is' if len(off) == 1 else 'are'} switched off"] if off else []


def _say_most(result, ranked, first, sure):
    if first["region"] == "neck":
        told = sure.tell_neck(ranked)
        return (
            "the neck changes most (its muscles"
            f" {_neck_total(ranked)}{f'; {told}' if told else ''})"
        )
    both = _is_both(ranked, first.name)
    how = (
        f"from {format_newtons(first['before_N'])} to {format_newtons(first['after_N'])},"
        f" {format_change(first['change_N'])}{' each' if both else ''}"
    )
    return (
        f"{_changes_most(result.body, first.name, both)} ({how}{sure.tell(first.name)}),"
        f" {_main_route(first)}"
    )


def _changes_most(body, structure, both):
    return (
        f"{call_structure(body, structure, side=not both)} changes"
        f" most{' on both sides' if both else ''}"
    )


def _say_settled(result, ranked, first, sure):
    """Name the greatest change that is settled, where the greatest of all is not."""
    if sure.word(first.name) in ("settled", "") or first["region"] == "neck":
        return []
    settled = [
        name
        for name in ranked.index
        if sure.word(name) == "settled"
        and abs(ranked.at[name, "change_N"]) >= SHOWN_N
        and ranked.at[name, "region"] != "neck"
    ]
    return (
        [
            f"the greatest settled change is that of {call_structure(result.body, settled[0])}"
            f" ({format_change(ranked.at[settled[0], 'change_N'])})"
        ]
        if settled
        else ["no change is settled"]
    )


def _twin(structure):
    for side, other in (("_left", "_right"), ("_right", "_left")):
        if structure.endswith(side):
            return structure.removesuffix(side) + other
    return structure


def _is_both(ranked, structure):
    twin = _twin(structure)
    return (
        twin != structure
        and twin in ranked.index
        and abs(ranked.at[twin, "change_N"] - ranked.at[structure, "change_N"]) < SHOWN_N
    )


def _main_route(row):
    """Name the route that makes a change, or the two that make it together."""
    sizes = {route: abs(row[f"{route}_N"]) for route in ROUTE_ORDER}
    total = sum(sizes.values())
    largest = sorted(sizes, key=sizes.get, reverse=True)
    share = sizes[largest[0]] / total if total else 0.0
    if share > 0.9:
        return f"almost all by {largest[0]}" if share < 0.9995 else f"by {largest[0]}"
    return (
        f"mostly by {largest[0]}" if share > 0.6 else f"by {largest[0]} and {largest[1]} together"
    )


def _neck_total(table):
    neck = table[(table["region"] == "neck") & (table["kind"] == "muscle")]
    return (
        f"together carry {format_change(neck['change_N'].sum())}"
        if abs(neck["change_N"].sum()) >= SHOWN_N
        else "together carry as much as before"
    )


def _say_above(result, ranked, first, sure):
    above = ranked[ranked["region"].isin(ABOVE_PELVIS)]
    if above.empty:
        return []
    largest = abs(above["change_N"].iloc[0])
    if largest < LITTLE_N:
        told = (
            [first.name, _twin(first.name)]
            if first["region"] != "neck"
            else above.index[above["region"] == "neck"]
        )
        rest = above[~above.index.isin(told)]
        most = 0.0 if rest.empty else abs(rest["change_N"].iloc[0])
        return [
            f"little {'else ' if first['region'] in ABOVE_PELVIS else ''}changes above the pelvis"
            f" (at most {format_newtons(most)} in any one structure)"
        ]
    told, clauses = first["region"] in ABOVE_PELVIS, []
    trunk = above[above["region"] != "neck"]
    if not told and len(trunk) and abs(trunk["change_N"].iloc[0]) >= LITTLE_N:
        row = trunk.iloc[0]
        both = _is_both(trunk, row.name)
        clauses.append(
            f"above the pelvis, {_changes_most(result.body, row.name, both)}"
            f" ({format_change(row['change_N'])}{' each' if both else ''}{sure.tell(row.name)})"
        )
    if first["region"] != "neck" and (above["region"] == "neck").any():
        told = sure.tell_neck(above)
        clauses.append(f"the neck muscles {_neck_total(above)}{f' ({told})' if told else ''}")
    return clauses


def _say_limits(result, table):
    clauses = []
    over = [call_structure(result.body, name) for name in table.index[table["overloaded"]]]
    if over:
        named = over[:2] if len(over) > 2 else over
        more = [f"{len(over) - 2} more"] if len(over) > 2 else []
        clauses.append(
            f"{join_words(named + more)} {'works' if len(over) == 1 else 'work'} at full strength"
        )
    if not result.settled:
        clauses.append("the rounds of guarding did not come to rest")
    return clauses


POSE_PARTS = (("pelvis", "the pelvis"), ("thorax", "the trunk"), ("head", "the head"))
# column -> part -> words for a positive and for a negative turn
POSE_WORDS = {
    "flexion_deg": {
        "pelvis": ("turns forward", "turns backward"),
        "thorax": ("bends forward", "leans backward"),
        "head": ("nods forward", "tips backward"),
    },
    "side_bend_deg": {
        "pelvis": ("drops on the right", "drops on the left"),
        "thorax": ("leans to the right", "leans to the left"),
        "head": ("tilts to the right", "tilts to the left"),
    },
    "rotation_deg": dict.fromkeys(
        ("pelvis", "thorax", "head"), ("twists to the right", "twists to the left")
    ),
}


def describe_pose(result):
    """Say how pelvis, trunk and head turn in the room, in degrees.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        Turns under `STILL_DEG` are left out.
    """
    pose, moving, still = result.pose(), [], []
    for bone, part in POSE_PARTS:
        turns = [
            (words[bone][0 if pose.at[bone, column] > 0 else 1], abs(pose.at[bone, column]))
            for column, words in POSE_WORDS.items()
        ]
        said = [f"{word} by {size:.1f} degrees" for word, size in turns if size >= STILL_DEG]
        moving += [f"{part} {join_words(said)}"] if said else []
        still += [] if said else [part]
    if not moving:
        return f"Pelvis, trunk and head stay as they were (no turn of {STILL_DEG} degrees or more)."
    rest = (
        f"; {join_words(still)} {'stays' if len(still) == 1 else 'stay'} as before" if still else ""
    )
    return capitalise("; ".join(moving)) + rest + "."


def describe_routes(result):
    """Say how much of the muscles' change each route carries, above the pelvis and from the pelvis
    down.

    More and less both count, each route for itself, so that routes that work
    against each other do not vanish from the sum.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        Sums in N, shares in percent.
    """
    table, clauses = table_of_routes(result), []
    for part in ("pelvis and legs", "above the pelvis"):
        here = table[table["Part"] == part]
        total = here["Sum of changes (N)"].sum()
        where = "in the pelvis and the legs" if part == "pelvis and legs" else part
        if total < SHOWN_N:
            clauses.append(f"{where} no muscle changes")
            continue
        shares = join_words(
            f"{route} {format_percent(share)}"
            for route, share in zip(here["Route"], here["Share"], strict=True)
        )
        clauses.append(f"{where} the changes add up to {format_newtons(total)}: {shares}")
    if "no muscle changes" in clauses[0] and "no muscle changes" in clauses[1]:
        return "No muscle changes by any route."
    return capitalise("; ".join(clauses)) + "."


# ---- one structure ----------------------------------------------------------------------------


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
    roots: tuple
    innervation_grade: str
    note: str
    computed: bool
    computed_words: str
    before_n: float | None
    after_n: float | None
    change_n: float | None
    change_percent: float | None
    routes_n: dict
    shares: dict
    overloaded: bool
    caution: str
    sources: tuple
    sentence: str
    how_sure: str = ""

    def rows(self):
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
        if self.change_n is not None:
            pairs += [
                ("Tension before", format_newtons(self.before_n)),
                ("Tension after", format_newtons(self.after_n)),
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
                for route in ROUTE_ORDER
            ]
            pairs += [("At full strength", "yes" if self.overloaded else "no")]
        pairs += [("Computed", self.computed_words), ("Caution", self.caution)]
        pairs += [("Source", made["citation"]) for made in self.sources]
        return [(label, text) for label, text in pairs if text]


def describe_structure(result_or_body, structure, certainty=None):
    """Gather the card of one structure: names, nerve and roots, tension, routes and sources.

    Parameters
    ----------
    result_or_body : Result or Body
        With a body alone the card has no tensions.
    structure : str
        Id of a muscle, fascia, ligament, tendon or bone.
    certainty : Draws or pandas.DataFrame, optional
        Adds how sure the change is; with `Draws` a neck muscle's card tells of the neck as a whole.

    Returns
    -------
    StructureCard

    Raises
    ------
    UnknownStructureError
    """
    result = result_or_body if hasattr(result_or_body, "table") else None
    body = result.body if result else result_or_body
    data = body.graph.nodes[body.find(structure, kinds=(*SOFT_KINDS, "bone"))]
    row = (
        result.table().loc[structure]
        if result and structure in result.skeleton.structures
        else None
    )
    computed, words = _find_computed(body, structure)
    nerve, roots = _find_nerve(body, structure)
    title = name_structure(body, structure)
    routes = {} if row is None else {route: float(row[f"{route}_N"]) for route in ROUTE_ORDER}
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


def _caution(result, row, certainty):
    if row is None or row["region"] != "neck":
        return ""
    neck = describe_sum(certainty, result, "neck")
    if neck is None:
        return NECK_CAUTION
    return (
        f"{NECK_CAUTION} The neck as a whole carries"
        f" {format_change(neck['change_N']).replace('no change', 'as much as before')}"
        f" ({neck['word']})."
    )


def _say_sure(row, certainty):
    table = read_certainty(certainty)
    return (
        ""
        if row is None or table is None or row.name not in table.index
        else say_certainty(table.loc[row.name], count_bodies(table))
    )


def _card_sentence(title, row, words):
    if row is None:
        return (
            f"{title}: computed, once a cause is given."
            if words == "yes"
            else f"{title} is {words}."
        )
    if abs(row["change_N"]) < SHOWN_N:
        return f"{title}: {format_newtons(row['before_N'])} before and after, no change."
    return (
        f"{title}: from {format_newtons(row['before_N'])} to {format_newtons(row['after_N'])}"
        f" ({format_change(row['change_N'])}), {_main_route(row)}."
    )


def _find_computed(body, structure):
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


def _find_nerve(body, structure):
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


def _find_sources(body, structure):
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
    found = {}
    for key in filter(None, keys):
        try:
            made = body.evidence(key)
        except UnknownStructureError:
            continue  # a structure that a student added may name a source of its own
        found.setdefault(
            made["citation"], {"id": key, "citation": made["citation"], "link": made["link"]}
        )
    return tuple(found.values())


# ---- two results ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Two results side by side: one sentence and the table of differences."""

    sentence: str
    table: pd.DataFrame


def compare_results(first, second):
    """Compare two results, for example a whole body and one with a link cut.

    Parameters
    ----------
    first, second : Result

    Returns
    -------
    Comparison
        The table is sorted by the size of the difference; a structure that one
        of the bodies lacks has gaps and stands last.
    """
    one, two = first.table(), second.table()
    both = (
        one[["change_N", "after_N"]]
        .add_suffix("_1")
        .join(two[["change_N", "after_N"]].add_suffix("_2"), how="outer")
    )
    both = both.loc[[*one.index, *(name for name in two.index if name not in one.index)]]
    both["difference"] = both["change_N_2"] - both["change_N_1"]
    order = np.argsort(-both["difference"].abs().round(6).fillna(-1).to_numpy(), kind="stable")
    both = both.iloc[order]
    names = [
        name_structure(first.body if name in first.body.graph else second.body, name)
        for name in both.index
    ]
    table = pd.DataFrame(
        {
            "Structure": names,
            "Change, first (N)": round_figures(both["change_N_1"]),
            "Change, second (N)": round_figures(both["change_N_2"]),
            "Difference (N)": round_figures(both["difference"]),
            "After, first (N)": round_figures(both["after_N_1"]),
            "After, second (N)": round_figures(both["after_N_2"]),
        },
        index=both.index,
    )
    return Comparison(_compare_sentence(first, second, both), table)


def _compare_sentence(first, second, both):
    start = capitalise(describe_difference(first.body, second.body))
    known = both.dropna(subset=["difference"])
    if known.empty or abs(known["difference"].iloc[0]) < SHOWN_N:
        return (
            f"{start}, no tension in this model changes otherwise than before by {SHOWN_N} N or"
            " more."
        )
    row = known.iloc[0]
    old, new = row["change_N_1"], row["change_N_2"]
    where = call_structure(first.body if row.name in first.body.graph else second.body, row.name)
    own = {*first.demand.tensions, *second.demand.tensions}
    sums = [_sum_above(result, own) for result in (first, second)]
    above = (
        "stay at " + format_newtons(sums[0])
        if abs(sums[1] - sums[0]) < SHOWN_N
        else f"add up to {format_newtons(sums[1])} instead of {format_newtons(sums[0])}"
    )
    return (
        f"{start}, this model answers otherwise than before. The difference is greatest in {where}:"
        f" {format_change(new)} instead of {format_change(old)} ({_direction(old, new)}). The"
        f" changes of the {'other ' if own else ''}muscles above the pelvis {above}."
    )


def _direction(old, new):
    if abs(new) < SHOWN_N:
        return "the change vanishes"
    if abs(old) < SHOWN_N:
        return "a change appears"
    if old * new < 0:
        return "the change turns round"
    return "a smaller change" if abs(new) < abs(old) else "a larger change"


def _sum_above(result, own):
    """Add up the changes of the muscles above the pelvis, more and less both positive; those that
    the cause pulls are left out."""
    table = result.table()
    return (
        table.loc[
            (table["kind"] == "muscle")
            & table["region"].isin(ABOVE_PELVIS)
            & ~table.index.isin(own),
            "change_N",
        ]
        .abs()
        .sum()
    )


def describe_difference(first, second):
    """Say what the second body lacks; its own words if it lacks nothing.

    Parameters
    ----------
    first, second : Body

    Returns
    -------
    str
        Begins with a small letter: without ..., with the link cut between ..., in the second case.
    """
    gone = [node for node in first.graph if node not in second.graph]
    if gone:
        return f"without {join_words(call_structure(first, node) for node in gone)}"
    cut = [
        (a, b)
        for a, b, key, data in first.graph.edges(keys=True, data=True)
        if data.get("kind") in ("continuous", "attaches", "supplies")
        and not second.graph.has_edge(a, b, key=key)
    ]
    if cut:
        return "with the link cut between " + ", and between ".join(
            f"{call_structure(first, a)} and {call_structure(first, b)}" for a, b in cut
        )
    return "in the second case"


# ---- errors -----------------------------------------------------------------------------------


def describe_error(error):
    """Turn an error of the model into a calm sentence that says what to do.

    Parameters
    ----------
    error : Exception
        One that is not of the model is told as one that was not foreseen.

    Returns
    -------
    str

    Examples
    --------
    >>> describe_error(CauseError("grade must be 1, 2 or 3, and is 4."))
    'This setting cannot be used: grade must be 1, 2 or 3, and is 4.'
    """
    text = str(error).strip()
    for kinds, start in (
        (CauseError, "This setting cannot be used"),
        (SolveError, "The model finds no answer for this, and shows none"),
        (UnknownStructureError, "That name is not in the body"),
        (GraphError, "The changed graph is not a body yet"),
        (DataError, "The data files need mending"),
    ):
        if isinstance(error, kinds):
            return f"{start}: {text or 'no more is known.'}"
    if isinstance(error, (nx.NetworkXNoPath, nx.NodeNotFound)):
        return f"The graph holds no such way: {text or 'start and goal do not hang together.'}"
    return (
        "Something went wrong that the lesson did not foresee"
        f" ({type(error).__name__}{f': {text}' if text else ''}). Nothing was lost; change a"
        " setting and try again."
    )
