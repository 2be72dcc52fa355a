"""The tables of a result: changes ranked, added up by region and by route."""

import numpy as np
import pandas as pd

from musclechain.anatomy.format import SHOWN_N, format_newtons, name_structure, round_figures
from musclechain.anatomy.records import REGIONS
from musclechain.mechanics.certainty import UNKNOWN, Certainty
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.spread import Result
from musclechain.mechanics.story import PLACES, add_up_places
from musclechain.views.words.certainty import HOW_SURE, RANGE, check_certainty, tabulate_certainty

__all__ = [
    "rank_changes",
    "table_by_region",
    "table_of_changes",
    "table_of_places",
    "table_of_routes",
]

PARTS = ("above the pelvis", "pelvis and legs")


def rank_changes(
    result: Result, region: str | None = None, table: pd.DataFrame | None = None
) -> pd.DataFrame:
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
        known = [name for name in REGIONS if (table["region"] == name).any()]
        if region not in table["region"].unique():
            raise ValueError(
                f"There is no region {region!r} in the result. Choose one of: {', '.join(known)}."
            )
        table = table[table["region"] == region]
    # rounded, so that two sides that are equal but for the last digit keep the order of the table
    order = np.argsort(-table["change_N"].abs().round(6).to_numpy(), kind="stable")
    return table.iloc[order]


def table_of_changes(
    result: Result,
    count: int | None = None,
    region: str | None = None,
    certainty: Certainty = UNKNOWN,
) -> pd.DataFrame:
    """Tabulate the changes with readable names and rounded figures, largest first.

    Parameters
    ----------
    result : Result
    count : int, optional
        Number of rows; all by default.
    region : str, optional
    certainty : Certainty
        Where it is known: adds the columns How sure and 90 % range (N).

    Returns
    -------
    pandas.DataFrame
        Index: structure id. Forces in N.
    """
    rows = rank_changes(result, region)
    rows = rows if count is None else rows.head(count)
    known = check_certainty(certainty).is_known
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
            **(tabulate_certainty(certainty.table(), rows.index) if known else {}),
            **{f"By {route} (N)": round_figures(rows[f"{route}_N"]) for route in ROUTES},
            "At full strength": np.where(rows["overloaded"], "yes", "no"),
        },
        index=rows.index,
    )


def table_by_region(result: Result, certainty: Certainty = UNKNOWN) -> pd.DataFrame:
    """Add the muscles up by region and side, from the head down.

    Ligaments, tendons and fasciae are left out: they carry the same tension
    on, and adding them would count it twice.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: adds the columns How sure and 90 % range (N).

    Returns
    -------
    pandas.DataFrame
        Columns Region, Side (left, right, both), Muscles (their number),
        Before, After, Change and the change by each route, N. The row
        ``neck, both`` is the total load of the neck muscles.
    """
    table = result.table()
    muscles = table[table["kind"] == "muscle"]
    others = (region for region in muscles["region"].unique() if region not in REGIONS)
    rows = [
        row for region in (*reversed(REGIONS), *others) for row in _add_up_region(muscles, region)
    ]
    by_route = [f"By {route} (N)" for route in ROUTES]
    titles = ["Region", "Side", "Muscles", "Before (N)", "After (N)", "Change (N)", *by_route]
    sums = pd.DataFrame(rows, columns=titles)
    if not check_certainty(certainty).is_known:
        return sums
    groups = list_muscle_groups(result)
    names = [
        region if side == "both" else f"{region}, {side}"
        for region, side in zip(sums["Region"], sums["Side"], strict=True)
    ]
    asked = certainty.groups({name: groups[name] for name in names if name in groups})
    return sums.assign(**tabulate_certainty(asked, names))


def _add_up_region(muscles: pd.DataFrame, region: str) -> list[list]:
    columns = ["before_N", "after_N", "change_N", *(f"{route}_N" for route in ROUTES)]
    here = muscles[muscles["region"] == region]
    if here.empty:
        return []
    sides = {side: here[here["side"] == side] for side in ("left", "right")} | {"both": here}
    return [
        [region, side, len(part), *round_figures(part[columns].sum().to_numpy())]
        for side, part in sides.items()
    ]


def table_of_places(result: Result, certainty: Certainty = UNKNOWN) -> pd.DataFrame:
    """Tabulate the rungs of the ladder: by how much all muscles of each part change, from the head
    down.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: adds the column How sure, of both sides together.

    Returns
    -------
    pandas.DataFrame
        Columns Muscles of, Left, Right, Both; as words, N, more minus less.
    """
    sums = dict(reversed(add_up_places(result).items()))
    figures = pd.DataFrame(
        [
            (part, *(_say_sum(value) for value in (left, right, left + right)))
            for part, (left, right) in sums.items()
        ],
        columns=["Muscles of", "Left", "Right", "Both"],
    )
    if not check_certainty(certainty).is_known:
        return figures
    groups = list_muscle_groups(result)
    members = {
        part: [name for region in PLACES[part] for name in groups.get(region, ())] for part in sums
    }
    sure = certainty.groups({part: names for part, names in members.items() if names})
    return figures.assign(**{HOW_SURE: [sure["word"].get(part, "") for part in sums]})


def _say_sum(newtons: float) -> str:
    return format_newtons(newtons, signed=True).removesuffix(" N")


def table_of_routes(result: Result, certainty: Certainty = UNKNOWN) -> pd.DataFrame:
    """Add up what each route moves in the muscles, above the pelvis and from the pelvis down.

    Parameters
    ----------
    result : Result
    certainty : Certainty
        Where it is known: adds the columns 90 % range (N) and How sure: whether
        the route keeps its place among the three; a dash for a route that moves
        nothing.

    Returns
    -------
    pandas.DataFrame
        Columns Part, Route, Sum of changes (N: more and less both count as
        positive), Share (0 to 1 of the three routes; 0 if nothing changes).
    """
    table, groups, rows = result.table(), list_muscle_groups(result), []
    for part in PARTS:
        here = table.loc[groups.get(part, [])]
        moved = {route: here[f"{route}_N"].abs().sum() for route in ROUTES}
        total = sum(moved.values())
        rows += [
            [part, route, value, value / total if total >= SHOWN_N else 0.0]
            for route, value in moved.items()
        ]
    sums = pd.DataFrame(rows, columns=["Part", "Route", "Sum of changes (N)", "Share"])
    if not check_certainty(certainty).is_known:
        return sums
    sure = certainty.routes({part: groups[part] for part in PARTS if part in groups})
    sure = sure.reindex(pd.MultiIndex.from_frame(sums[["Part", "Route"]]))
    moves = (sure["high_N"] >= SHOWN_N).to_numpy()
    ranges = [
        f"{low:.0f} to {high:.0f}" if moving else "–"
        for low, high, moving in zip(sure["low_N"], sure["high_N"], moves, strict=True)
    ]
    return sums.assign(**{RANGE: ranges, HOW_SURE: np.where(moves, sure["word"], "–")})
