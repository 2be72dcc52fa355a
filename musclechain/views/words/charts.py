"""The words beside each chart: a title, a sentence and a table, made from the same numbers as the
figure.

Every `draw_` function of `charts` has its `describe_chart_` twin here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    SHOWN_N,
    format_change,
    format_newtons,
    join_words,
    name_structure,
    round_figures,
)
from musclechain.anatomy.places import find_places
from musclechain.anatomy.records import REGIONS
from musclechain.mechanics.certainty import UNKNOWN, WORDS, Certainty
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.spread import Result
from musclechain.views.words.certainty import (
    HOW_SURE,
    NOT_KNOWN,
    PENDING,
    RANGE,
    check_certainty,
    count_words,
    tabulate_certainty,
)
from musclechain.views.words.tables import rank_changes, table_of_changes

__all__ = [
    "SURE_WORDS",
    "ChartText",
    "add_sure",
    "describe_chart_body_3d",
    "describe_chart_certainty",
    "describe_chart_ranked_changes",
    "describe_chart_rounds",
    "describe_chart_tension_by_height",
    "list_regions",
    "name_from_id",
    "rank_certainty",
    "say_sure",
    "table_of_heights",
    "table_of_regions",
    "table_of_rounds",
]


# What each word of the certainty means.
SURE_WORDS = {
    "settled": "same direction in 95 % of bodies or more",
    "likely": "same direction in 80 % or more",
    "depends": "on what nobody knows",
}


@dataclass(frozen=True)
class ChartText:
    """The text version of a figure.

    Attributes
    ----------
    title, sentence : str
        Plain text.
    table : pandas.DataFrame
        The figure's numbers, forces in N.
    """

    title: str
    sentence: str
    table: pd.DataFrame


def say_sure(names: Iterable[str], certainty: Certainty, shown: str = "of those shown") -> str:
    """Say in a sentence how sure the changes of some structures are; empty if nothing is known of
    it."""
    if not certainty.is_known:
        return f" {PENDING}" if certainty.is_pending else ""
    counts = count_words(word or NOT_KNOWN for word in certainty.words(names))
    return f" How sure: {shown}, {counts}." if counts else ""


def add_sure(table: pd.DataFrame, certainty: Certainty) -> pd.DataFrame:
    """Add the columns of certainty to a table whose index is the structures."""
    if check_certainty(certainty).is_known:
        return table.assign(**tabulate_certainty(certainty.table(), table.index))
    if certainty.is_pending:
        return table.assign(**{HOW_SURE: "not computed yet", RANGE: "–"})
    return table


def describe_chart_ranked_changes(
    result: Result,
    count: int = 12,
    region: str | None = None,
    certainty: Certainty = UNKNOWN,
) -> ChartText:
    """Describe `draw_ranked_changes` in words and as a table.

    Parameters
    ----------
    result : Result
    count : int
        Structures at most.
    region : str, optional
    certainty : Certainty

    Returns
    -------
    ChartText

    Raises
    ------
    ValueError
        For a region that does not exist.
    """
    rows = rank_changes(result, region).head(count)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    where = f" in the region {region}" if region else ""
    title = f"Largest changes of tension{where}"
    table = table_of_changes(result, len(rows), region)
    place = list(table.columns).index("Change (N)") + 1
    sure = add_sure(table[[]], certainty)
    for column in reversed(sure.columns):
        table.insert(place, column, sure[column])
    if rows.empty:
        return ChartText(title, f"No structure{where} changes by {SHOWN_N} N or more.", table)
    said = [
        f"{name_structure(result.body, name)} ({format_change(change)})"
        for name, change in rows["change_N"].items()
    ]
    sentence = f"The largest change{where} is in {said[0]}" + (
        f"; the smallest of the {len(said)} shown is in {said[-1]}." if len(said) > 1 else "."
    )
    return ChartText(title, sentence + say_sure(rows.index, certainty), table)


def list_regions(result: Result) -> list[str]:
    """List the regions of the body that hold a computed structure, from the foot up.

    Parameters
    ----------
    result : Result

    Returns
    -------
    list of str
    """
    regions = result.table()["region"].unique()
    return [
        *(region for region in REGIONS if region in regions),
        *(region for region in regions if region not in REGIONS),
    ]


def table_of_heights(result: Result) -> pd.DataFrame:
    """Tabulate, for each structure, its region, height and change by route: the data of
    `draw_tension_by_height`.

    Parameters
    ----------
    result : Result

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Columns Structure, Region, Side, Height (m: where
        the middle of the structure lies), By posture, By pull, By guarding,
        Change (N), not rounded; from the foot up, region by region.
    """
    places, table = find_places(result.body), result.table()
    heights = pd.DataFrame(
        {
            "Structure": [name_structure(result.body, name) for name in table.index],
            "Region": table["region"],
            "Side": table["side"],
            "Height (m)": [places[name][1] for name in table.index],
            **{f"By {route} (N)": table[f"{route}_N"] for route in ROUTES},
            "Change (N)": table["change_N"],
        },
        index=table.index,
    )
    rank = {region: number for number, region in enumerate(list_regions(result))}
    return heights.sort_values("Height (m)", kind="stable").sort_values(
        "Region", key=lambda column: column.map(rank), kind="stable"
    )


def table_of_regions(result: Result, certainty: Certainty = UNKNOWN) -> pd.DataFrame:
    """Tabulate the most changed structure of each region and side, from the foot up.

    Parameters
    ----------
    result : Result
    certainty : Certainty

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Columns Region, Side, Structures (their number),
        Most changed, Change (N), How sure and 90 % range (N) if asked for, and
        the change by each route, N.
    """
    heights, found = table_of_heights(result), []
    for (_, _), here in heights.groupby(["Region", "Side"], sort=False):
        found.append((here["Change (N)"].abs().idxmax(), len(here)))
    rows = heights.loc[[name for name, _ in found]]
    table = pd.DataFrame(
        {
            "Region": rows["Region"],
            "Side": rows["Side"],
            "Structures": [number for _, number in found],
            "Most changed": rows["Structure"],
            "Change (N)": round_figures(rows["Change (N)"]),
        },
        index=rows.index,
    )
    table = add_sure(table, certainty).assign(
        **{f"By {route} (N)": round_figures(rows[f"By {route} (N)"]) for route in ROUTES}
    )
    order = {side: number for number, side in enumerate(("left", "right", "midline"))}
    rank = {region: number for number, region in enumerate(list_regions(result))}
    return table.iloc[np.lexsort((table["Side"].map(order).fillna(3), table["Region"].map(rank)))]


def describe_chart_tension_by_height(result: Result, certainty: Certainty = UNKNOWN) -> ChartText:
    """Describe `draw_tension_by_height` in words, with a table of the same regions.

    Parameters
    ----------
    result : Result
    certainty : Certainty

    Returns
    -------
    ChartText
        The table is that of `table_of_regions`.
    """
    title = "Change of tension from foot to head"
    table, heights = table_of_regions(result, certainty), table_of_heights(result)
    largest = heights["Change (N)"].abs().groupby(heights["Region"], sort=False).max()
    if (largest < SHOWN_N).all():
        return ChartText(title, "Nothing changes in any part of the body.", table)
    said = ", ".join(
        f"{region} {format_newtons(largest[region])}" for region in list_regions(result)
    )
    changed = heights.index[heights["Change (N)"].abs() >= SHOWN_N]
    return ChartText(
        title,
        f"The largest change of one structure in each part of the body, from the foot up: {said}."
        + say_sure(changed, certainty, f"of {len(changed)} changes"),
        table,
    )


def table_of_rounds(
    result: Result, count: int = 6, structures: Sequence[str] | None = None
) -> pd.DataFrame:
    """Tabulate how the tension of the most changed structures grows step by step.

    Parameters
    ----------
    result : Result
    count : int
    structures : sequence of str, optional
        Your own choice in place of the most changed.

    Returns
    -------
    pandas.DataFrame
        Index: labels of the steps. One column for each structure id: change
        against the first step, N.

    Raises
    ------
    UnknownStructureError, ValueError
        For a structure that the body lacks, or that is not computed.
    """
    rounds = result.rounds
    if structures is None:
        ranked = rank_changes(result)
        structures = list(ranked.index[ranked["change_N"].abs() >= SHOWN_N][:count])
    for name in structures:
        result.body.find(name)
        if name not in result.skeleton.structures:
            raise ValueError(
                f"{name_structure(result.body, name)} is not computed, so it has no rounds. Choose"
                " another structure."
            )
    steps = np.array(
        [
            [step.tensions_N[name] - rounds[0].tensions_N[name] for name in structures]
            for step in rounds
        ]
    )
    return pd.DataFrame(
        steps.reshape(len(rounds), -1),
        index=pd.Index([step.label for step in rounds], name="Step"),
        columns=list(structures),
    )


def describe_chart_rounds(
    result: Result,
    count: int = 6,
    structures: Sequence[str] | None = None,
    certainty: Certainty = UNKNOWN,
) -> ChartText:
    """Describe `draw_rounds` in words and as a table.

    Parameters
    ----------
    result : Result
    count : int
    structures : sequence of str, optional
        Your own choice in place of the most changed.
    certainty : Certainty

    Returns
    -------
    ChartText
        One row for each step, one column for each structure: change, N.

    Raises
    ------
    UnknownStructureError, ValueError
        As `table_of_rounds`.
    """
    steps = table_of_rounds(result, count, structures)
    names = [name_structure(result.body, name) for name in steps.columns]
    table = pd.DataFrame(round_figures(steps.to_numpy()), index=range(len(steps)), columns=names)
    table.insert(0, "Step", list(steps.index))
    if certainty.is_known or certainty.is_pending:
        sure = add_sure(pd.DataFrame(index=steps.columns), certainty)
        table = pd.concat(
            [
                table.astype(object),
                pd.DataFrame(
                    [[title, *sure[title]] for title in sure.columns], columns=table.columns
                ),
            ],
            ignore_index=True,
        )
    title = "How the change grows, step by step"
    if not names:
        return ChartText(title, "Nothing changes in any step.", table)
    played = sum(label.startswith("guarding") for label in steps.index)
    end = (
        f"after {played} round{'' if played == 1 else 's'} of guarding"
        if played
        else "without guarding"
    )
    rest = "" if result.settled else "; the rounds did not come to rest"
    reached = join_words(
        f"{name} {format_change(value)}" for name, value in zip(names, steps.iloc[-1], strict=True)
    )
    return ChartText(
        title,
        f"Changes reached {end}: {reached}{rest}." + say_sure(steps.columns, certainty),
        table,
    )


def rank_certainty(certainty: Certainty, count: int = 6) -> pd.DataFrame:
    """Pick the most changed structures of each word: settled, likely, depends.

    Parameters
    ----------
    certainty : Certainty
    count : int
        Structures of each word at most.

    Returns
    -------
    pandas.DataFrame
        Rows of the table of certainty, word by word, largest change first.
        Left out is what changes by less than 0.05 N in nearly every body.
    """
    table = check_certainty(certainty).table()
    told = table[
        (table["change_N"].abs() >= SHOWN_N) | (table["high_N"] - table["low_N"] >= 2 * SHOWN_N)
    ]
    order = np.argsort(-told["change_N"].abs().round(6).to_numpy(), kind="stable")
    told = told.iloc[order]
    return pd.concat([told[told["word"] == word].head(count) for word in WORDS])


def name_from_id(structure: str, body: Body | None = None) -> str:
    """Name a structure by the body it belongs to or, without one, by its id: ``Gluteus medius,
    right``.

    Parameters
    ----------
    structure : str
    body : Body, optional

    Returns
    -------
    str
        Plain text: escape it for HTML.

    Examples
    --------
    >>> name_from_id("gluteus_medius_right")
    'Gluteus medius, right'
    """
    if body is not None and structure in body.graph:
        return name_structure(body, structure)
    stem, _, side = str(structure).rpartition("_")
    words = f"{stem}, {side}" if side in ("left", "right") and stem else str(structure)
    return (words[:1].upper() + words[1:]).replace("_", " ")


def describe_chart_certainty(
    certainty: Certainty, body: Body | None = None, count: int = 6
) -> ChartText:
    """Describe `draw_certainty` in words and as a table.

    Parameters
    ----------
    certainty : Certainty
    body : Body, optional
        Names the structures.
    count : int
        Structures of each word at most.

    Returns
    -------
    ChartText
        Changes and ranges in N.
    """
    rows, title = rank_certainty(certainty, count), "How sure is the direction of each change?"
    table = pd.DataFrame(
        {
            "Structure": [name_from_id(name, body) for name in rows.index],
            "Change (N)": round_figures(rows["change_N"]),
            **tabulate_certainty(rows, rows.index),
            "Same direction (%)": round_figures(100 * rows["same_sign"], 0),
        },
        index=rows.index,
    )
    if not certainty.is_known:
        said = "Being computed: the picture comes by itself."
        said = said if certainty.is_pending else "Not known for this setting."
        return ChartText(title, f"{said} {certainty.reason}".strip(), table)
    if rows.empty:
        return ChartText(title, "Nothing changes in any of the bodies tried.", table)
    whole = certainty.table()
    whole = whole[whole["change_N"].abs() >= SHOWN_N]
    counts = join_words(f"{int((whole['word'] == word).sum())} {word}" for word in WORDS)
    crossing = [name for name in rows.index if rows.at[name, "low_N"] < 0 < rows.at[name, "high_N"]]
    across = (
        f" Of the {len(rows)} shown, {len(crossing)} {'has' if len(crossing) == 1 else 'have'} a"
        " range on both sides of zero: in some bodies more tension, in others less."
        if crossing
        else ""
    )
    return ChartText(title, f"Of {len(whole)} changes: {counts}.{across}", table)


def describe_chart_body_3d(
    result: Result | None = None, certainty: Certainty = UNKNOWN
) -> ChartText:
    """Describe `draw_body_3d` in words and as a table of everything that changes.

    Parameters
    ----------
    result : Result, optional
        None for the healthy body at rest.
    certainty : Certainty

    Returns
    -------
    ChartText
    """
    title = "The body in 3D"
    if result is None:
        return ChartText(
            title,
            "The muscles, tendons, ligaments and fasciae of the healthy body over its bones; drag"
            " to turn it.",
            pd.DataFrame(columns=["Structure", "Change (N)"]),
        )
    rows = rank_changes(result)
    rows = rows[rows["change_N"].abs() >= SHOWN_N]
    table = describe_chart_ranked_changes(result, len(rows), certainty=certainty).table
    more, less = int((rows["change_N"] > 0).sum()), int((rows["change_N"] < 0).sum())
    said = (
        f"{more} structures carry more tension than before and {less} less"
        if len(rows)
        else "no structure changes"
    )
    return ChartText(
        title,
        f"The body over its bones, to be turned with the mouse or a finger: {said}."
        + say_sure(rows.index, certainty, "of the changes"),
        table,
    )
