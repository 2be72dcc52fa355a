"""Referred pain in words, and how guarding follows shared roots."""

from collections.abc import Mapping

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    capitalise,
    format_newtons,
    join_words,
    name_structure,
)
from musclechain.anatomy.nerves import find_motor_roots, list_muscles_of_root, list_shared_roots
from musclechain.cases.description import Side
from musclechain.cases.referred import find_referred
from musclechain.mechanics.spread import Result
from musclechain.views.words.finding import Finding

__all__ = ["compare_root_and_nerve", "describe_guarded_roots", "describe_referred"]

# The sciatic nerve below the piriformis, and its branches.
SCIATIC = (
    "sciatic",
    "sciatic_tibial_part",
    "sciatic_common_fibular_part",
    "tibial",
    "deep_fibular",
    "superficial_fibular",
)
# They leave the pelvis through the same gap, below the piriformis (Standring, Gray's Anatomy), so
# that what is pressed on there may be they.
BESIDE = ("inferior_gluteal", "nerve_to_obturator_internus", "nerve_to_quadratus_femoris")
WEAK = (
    "Such maps are weak evidence: clinicians drew what patients told them, and the ovals are our"
    " sketch of their words."
)
# Muscles are told by what they share with the sore one.
SHARES = ("the sore muscle itself", "share a root with it, same side", "share none of its roots")


def describe_referred(result: Result) -> Finding:
    """Say which maps of referred pain a state switches on, and what the model moves there.

    Parameters
    ----------
    result : Result

    Returns
    -------
    Finding
        One row for each place, with its evidence and how far to trust it.
    """
    maps = find_referred(result)
    most = float(result.table()["change_N"].abs().max())
    force = (
        f"The largest change of tension in the whole body is {format_newtons(most)}."
        if most >= 0.1
        else "No tension changes anywhere in the body."
    )
    if not maps:
        return Finding(
            "Referred pain", f"No muscle with a map is sore. {force}", _tabulate(result.body, ())
        )
    told = " ".join(
        f"{name_structure(result.body, one.muscle)}, is {one.state}: pain of it is described at"
        f" {join_words([spot.words for spot in one.spots])}."
        for one in maps
    )
    rows = [
        (name_structure(result.body, one.muscle), spot.words, spot.evidence)
        for one in maps
        for spot in one.spots
    ]
    return Finding("Referred pain", f"{told} {WEAK} {force}", _tabulate(result.body, rows))


def _tabulate(body: Body, rows: object) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["Muscle", "Described at", "Evidence"])
    table["How far to trust it"] = [body.evidence(key)["grade"] for key in table["Evidence"]]
    return table


def describe_guarded_roots(results: Mapping[str, Result], muscle: str) -> Finding:
    """Say how much guarding changes the muscles that share a root with a sore one, by theory.

    Parameters
    ----------
    results : mapping of theory to Result
        As `spread_theories` gives them.
    muscle : str
        The sore one.

    Returns
    -------
    Finding
        Changes of both directions added up by size, N, by what the muscles share.

    Raises
    ------
    UnknownStructureError
        If there is no such muscle.
    """
    body = next(iter(results.values())).body
    shared = set(list_shared_roots(body, muscle))
    muscles = [name for name in body.structures if body.graph.nodes[name]["kind"] == "muscle"]
    groups = {
        SHARES[0]: [muscle],
        SHARES[1]: [name for name in muscles if name in shared],
        SHARES[2]: [name for name in muscles if name not in shared and name != muscle],
    }
    table = pd.DataFrame(
        {
            "Muscles": [capitalise(name) for name in groups],
            "How many": list(map(len, groups.values())),
        }
    )
    sums = {}
    for theory, result in results.items():
        size = result.table()["guarding_N"].abs()
        sums[theory] = [float(size.reindex(names).sum()) for names in groups.values()]
        table[f"{theory.capitalize()} (N)"] = [round(one, 1) for one in sums[theory]]
    told = "; ".join(
        f"by {theory} {with_root:.1f} N in the {len(groups[SHARES[1]])} that share a root"
        f" and {without:.1f} N in the {len(groups[SHARES[2]])} others"
        for theory, (_, with_root, without) in sums.items()
    )
    roots = join_words([root.split("_")[0] for root in find_motor_roots(body, muscle)])
    return Finding(
        "Guarding and shared roots",
        f"{name_structure(body, muscle)}, is driven by {roots or 'no root'}. Muscles change {told}."
        " Only the vicious circle asks which roots are shared; the other two reach a muscle by the"
        " work that it does. Muscles that help or oppose it lie about the same joint, and so share"
        " roots with it too: the sums alone do not tell the theories apart. All three are"
        " assumptions.",
        table,
    )


def compare_root_and_nerve(body: Body, side: Side = "left") -> Finding:
    """Say what tells a spinal root that is irritated from a sciatic nerve that is pressed on at the
    piriformis: the muscles that each reaches.

    Parameters
    ----------
    body : Body
    side : "left" or "right"

    Returns
    -------
    Finding
        One row for each root that the nerve carries: how many of its muscles the sciatic nerve
        drives, how many a nerve that leaves the pelvis beside it, below the piriformis, and which
        neither does.
    """
    graph = body.graph
    below, beside = (_list_supplied(body, nerves, side) for nerves in (SCIATIC, BESIDE))
    rows, told = [], []
    for level in _list_levels(body, side):
        reached = list_muscles_of_root(body, f"{level}_{side}")
        near = [name for name in reached if name in beside and name not in below]
        alone = [name for name in reached if name not in below | beside]
        names = [graph.nodes[name]["name"] for name in alone]
        driven = len(reached) - len(near) - len(alone)
        rows.append((level, driven, len(near), len(alone), ", ".join(names)))
        told.append(f"{level} {len(alone)} of {len(reached)}")
    return Finding(
        "Root or nerve?",
        f"Below the piriformis the sciatic nerve of one side drives {len(below)} muscles of the"
        f" model. Its roots drive others too, in hip, thigh and back, by nerves that do not pass"
        f" there: {join_words(told)}. Weakness there speaks for the root. The nerves of the big"
        " buttock muscle and of some hip turners leave the pelvis beside the sciatic nerve, so they"
        " tell nothing apart. Whoever is numb or weak needs a clinician to find out.",
        pd.DataFrame(
            rows,
            columns=[
                "Root",
                "Muscles by the nerve",
                "By nerves beside it",
                "Others",
                "The others are",
            ],
        ),
    )


def _list_supplied(body: Body, nerves: tuple[str, ...], side: str) -> set[str]:
    """The muscles that these nerves of a side drive."""
    return {
        muscle
        for nerve in nerves
        for _, muscle, way in body.graph.edges(f"{nerve}_{side}", data=True)
        if way.get("kind") == "supplies"
    }


def _list_levels(body: Body, side: str) -> list[str]:
    """The roots that the sciatic nerve carries, from above, as far as they drive muscles here."""
    graph = body.graph
    roots = [
        other
        for _, other, way in graph.edges(f"{SCIATIC[0]}_{side}", data=True)
        if way.get("kind") == "arises" and list_muscles_of_root(body, other)
    ]
    return [graph.nodes[root]["level"] for root in roots]
