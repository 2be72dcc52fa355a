"""Left and right: names with their side, and what is written for the right mirrored to the left."""

from collections.abc import Container

__all__ = ["OTHER_SIDE", "SIDES", "Point", "list_sides", "mirror_point", "name_place", "name_side"]

SIDES = ("left", "right")
OTHER_SIDE = {"left": "right", "right": "left"}

Point = tuple[float, float, float]


def list_sides(side: str) -> tuple[str, ...]:
    """List the sides on which something exists that a file calls ``paired`` or ``midline``."""
    return SIDES if side == "paired" else ("midline",)


def name_side(base: str, side: str) -> str:
    """Give a name the ending of its side; in the midline it has none."""
    return base if side == "midline" else f"{base}_{side}"


def name_place(known: Container[str], place: str, side: str) -> str:
    """Give a place the ending of its side unless it is known without one.

    Parameters
    ----------
    known : container of str
        Ids that exist.
    place : str
        As a file has it; ``opposite:`` before it crosses the midline.
    side : str

    Returns
    -------
    str
    """
    if place.startswith("opposite:"):
        place, side = place.removeprefix("opposite:"), OTHER_SIDE.get(side, side)
    return place if place in known else f"{place}_{side}"


def mirror_point(point: Point, side: str) -> Point:
    """Turn a point that is written for the right side to the side where it lies.

    Parameters
    ----------
    point : tuple of float
        (x, y, z) in millimetres.
    side : str

    Returns
    -------
    tuple of float
    """
    x, y, z = point
    return (x, y, -z) if side == "left" else (x, y, z)
