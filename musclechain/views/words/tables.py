"""The tables of a result: changes ranked, added up by region and by route."""

import numpy as np
import pandas as pd

from musclechain.anatomy.records import REGIONS
from musclechain.views.words.certainty import (
    HOW_SURE,
    RANGE,
    list_muscle_groups,
    read_draws,
    tabulate_certainty,
)
from musclechain.views.words.format import SHOWN_N, name_structure, round_figures

__all__ = ["ROUTE_ORDER", "rank_changes", "table_by_region", "table_of_changes", "table_of_routes"]


ROUTE_ORDER = ("posture", "pull", "guarding")


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
