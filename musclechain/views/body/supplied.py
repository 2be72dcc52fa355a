"""The nerve part of the graph on the body map: what is lit up with a root, a nerve, a muscle or a
patch of skin."""

from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.supply import find_nerve_graph, find_supply
from musclechain.views.body.agreement import find_agreement
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.drawing import Drawing
from musclechain.views.body.outline.patches import add_patches
from musclechain.views.words.supply import describe_supply, summarise_supply

__all__ = [
    "ASK_TO_PICK",
    "find_supply_drawing",
    "pack_supply",
]

ASK_TO_PICK = "Pick a root, a nerve, a muscle or a patch of skin, and see what hangs together."


def find_supply_drawing(body: Body) -> Drawing:
    """Find the outlines of a body with its patches of skin and roots; kept with the body.

    Parameters
    ----------
    body : Body

    Returns
    -------
    Drawing
    """
    return body.derived("supply_drawing", lambda body: add_patches(body, find_drawing(body)))


def pack_supply(body: Body, picked: str, source: str = "") -> dict[str, Any]:
    """Say what the body map lights up with what was picked.

    Parameters
    ----------
    body : Body
    picked : str
        Id of a root, nerve, muscle or patch of skin.
    source : str
        One map of the skin, to be asked alone; see `find_supply`.

    Returns
    -------
    dict
        picked, structures (numbers), nerves and roots (ids), skin (patch -> see
        `find_agreement`), caption (what and how much is lit), words.

    Raises
    ------
    UnknownStructureError
    """
    found = find_supply(body, picked, source)
    numbers = {name: number for number, name in enumerate(body.structures)}
    return {
        "picked": picked,
        "structures": [numbers[muscle] for muscle in found.muscles],
        "nerves": list(found.nerves),
        # from the head down
        "roots": [node for node in find_nerve_graph(body) if node in found.roots],
        "skin": {skin: find_agreement(votes, found.maps) for skin, votes in found.skin.items()},
        "caption": summarise_supply(body, found),
        "words": describe_supply(body, picked, source).sentence,
    }
