"""Maps of referred pain on the body map: dotted, and unlike anything that is computed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import join_words, name_structure
from musclechain.anatomy.records import ReferredSpot
from musclechain.anatomy.sides import name_place
from musclechain.cases.referred import find_referred
from musclechain.mechanics.spread import Result
from musclechain.views.body.look import read_look
from musclechain.views.body.outline.cache import find_healthy_transforms
from musclechain.views.body.outline.curves import ACROSS, project_points

__all__ = ["pack_referred", "say_referred"]

Points = NDArray[np.float64]


def pack_referred(result: Result) -> list[dict[str, Any]]:
    """Pack the maps that a state switches on, as dots for the body map.

    Parameters
    ----------
    result : Result

    Returns
    -------
    list of dict
        For each place: view; dots, each [x, y, z, bone, bone, 1] (mm, healthy standing).
    """
    return [
        {"view": view, "dots": _carry_dots(result.body, spot, one.side, view)}
        for one in find_referred(result)
        for spot in one.spots
        for view in [_find_view(spot, one.side)]
    ]


def say_referred(result: Result) -> str:
    """Say what the dots on the body are, and what they are worth; "" where there are none."""
    told = "; ".join(
        f"{name_structure(result.body, one.muscle)}, at the"
        f" {join_words([spot.words for spot in one.spots])}"
        for one in find_referred(result)
    )
    if not told:
        return ""
    return (
        f"Dotted on the body: where clinicians describe the pain of a sore muscle: {told}. Weak"
        " evidence, no force: nothing about it is computed."
    )


def _find_view(spot: ReferredSpot, side: str) -> str:
    return side if spot.view == "side" else spot.view


def _stand_spot(body: Body, spot: ReferredSpot, side: str) -> tuple[str, Points]:
    """The bone of a place, and its middle in healthy standing, mm."""
    point = np.array([spot.x_mm, spot.y_mm, spot.z_mm if side == "right" else -spot.z_mm])
    bone = name_place(body.graph, spot.place, side)
    move = find_healthy_transforms(body)[bone]
    return bone, move[:3, :3] @ point + 1000 * move[:3, 3]


def _place_spot(body: Body, spot: ReferredSpot, side: str) -> tuple[float, float]:
    """The middle of a place in its view."""
    _, now = _stand_spot(body, spot, side)
    ((x, y),) = project_points(now[None], _find_view(spot, side))
    return float(x), float(y)


def _carry_dots(body: Body, spot: ReferredSpot, side: str, view: str) -> list[list[float]]:
    bone, middle = _stand_spot(body, spot, side)
    number, (axis, _) = list(body.bones).index(bone), ACROSS[view]
    rows = []
    for across, up in _list_dots((0.0, 0.0), spot, read_look()["referred"]["step_mm"]):
        place = middle.copy()
        place[axis] += across
        place[1] += up
        rows.append([*place.round(1).tolist(), number, number, 1])
    return rows


def _list_dots(middle: tuple[float, float], spot: ReferredSpot, step: float) -> Points:
    """Dots in rows within an oval, every other row shifted by half."""
    wide, high = spot.wide_mm / 2, spot.high_mm / 2
    rows = np.arange(-np.floor(high / step), np.floor(high / step) + 1)
    dots = [
        (x, step * row)
        for row in rows
        for x in step * (np.arange(-np.floor(wide / step) - 1, wide / step + 1) + row % 2 / 2)
        if (x / wide) ** 2 + (step * row / high) ** 2 <= 1
    ]
    return np.array(dots or [(0.0, 0.0)]) + middle
