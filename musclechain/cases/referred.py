"""Referred pain: published maps that the state of a muscle switches on. No force is computed from
them."""

from dataclasses import dataclass

from musclechain.anatomy.body import Body
from musclechain.anatomy.records import ReferredSpot
from musclechain.anatomy.sides import SIDES
from musclechain.mechanics.spread import Result

__all__ = ["STATES", "Referred", "find_referred", "list_mapped"]

STATES = ("sore", "at its limit")


@dataclass(frozen=True)
class Referred:
    """A muscle whose map is switched on.

    Attributes
    ----------
    muscle : str
        Its id.
    side : "left" or "right"
    state : str
        Why, one of `STATES`: it was said to hurt, or all its strength is asked for.
    spots : tuple of ReferredSpot
        Where clinicians describe its pain; of the right side, to be mirrored.
    """

    muscle: str
    side: str
    state: str
    spots: tuple[ReferredSpot, ...]


def list_mapped(body: Body) -> dict[str, tuple[ReferredSpot, ...]]:
    """List the muscles that have a map.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of muscle id to tuple of ReferredSpot
    """
    found: dict[str, list[ReferredSpot]] = {}
    for side in SIDES:
        for spot in body.graph.graph["referred_pain"]:
            muscle = f"{spot.muscle}_{side}"
            if muscle in body.structures:
                found.setdefault(muscle, []).append(spot)
    return {muscle: tuple(spots) for muscle, spots in found.items()}


def find_referred(result: Result) -> tuple[Referred, ...]:
    """Find the maps that a state of the body switches on.

    Parameters
    ----------
    result : Result

    Returns
    -------
    tuple of Referred
        Muscles with a map that are sore, or at the limit of their strength.

    Examples
    --------
    >>> import musclechain as mc
    >>> sore = mc.spread(mc.read_body(), mc.SoreMuscle("gluteus_minimus_left"))
    >>> [one.state for one in find_referred(sore)]
    ['sore']
    """
    over = dict(zip(result.skeleton.structures, result.overloaded, strict=True))
    found = []
    for muscle, spots in list_mapped(result.body).items():
        sore = result.change.pain.get(muscle, 0.0) > 0
        if sore or over.get(muscle, False):
            state = STATES[0] if sore else STATES[1]
            found.append(Referred(muscle, muscle.rpartition("_")[2], state, spots))
    return tuple(found)
