"""Which muscles are added up: by region and side, and above the pelvis or from there down."""

from musclechain.anatomy.records import REGIONS
from musclechain.mechanics.spread import Result

__all__ = ["ABOVE_PELVIS", "add_up", "list_muscle_groups"]

ABOVE_PELVIS = ("abdomen", "lumbar", "thoracic", "shoulder", "neck", "head")


def list_muscle_groups(result: Result) -> dict[str, list[str]]:
    """List the muscles that are added up: of each region and side, above the pelvis, and from the
    pelvis down.

    Ligaments, tendons and fasciae are left out: they carry the same tension
    on, and adding them would count it twice.

    Parameters
    ----------
    result : Result

    Returns
    -------
    dict of str to list of str
        Such as ``"neck"``, ``"neck, left"``, ``"above the pelvis"``; groups without muscles are
        left out.
    """
    table = result.table()
    muscles = table[table["kind"] == "muscle"]
    groups: dict[str, list[str]] = {"above the pelvis": [], "pelvis and legs": []}
    for region in dict.fromkeys((*REGIONS, *muscles["region"])):
        groups |= {f"{region}{side}": [] for side in ("", ", left", ", right")}
    # a plain loop: selecting rows for each group took six times as long as all of this
    for name, region, side in zip(muscles.index, muscles["region"], muscles["side"], strict=True):
        half = "above the pelvis" if region in ABOVE_PELVIS else "pelvis and legs"
        for group in {half, region, f"{region}, {side}"} & groups.keys():
            groups[group].append(name)
    return {group: members for group, members in groups.items() if members}


def add_up(result: Result, group: str, column: str = "change_N") -> float:
    """Add one column of the table up over a group of muscles.

    Parameters
    ----------
    result : Result
    group : str
        Of `list_muscle_groups`, such as ``"lumbar, left"``.
    column : str
        Of `Result.table`.

    Returns
    -------
    float
        N; 0 where the body has no such muscles.
    """
    names = list_muscle_groups(result).get(group, [])
    return float(result.table().loc[names, column].sum())
