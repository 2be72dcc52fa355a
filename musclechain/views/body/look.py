"""How the body map looks: one file of styles for the two painters, the browser and the still
picture."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from musclechain.views.page.palette import BODY

__all__ = ["LOOK", "Style", "read_look", "scale_style"]

LOOK = Path(__file__).with_name("look.json")
LENGTHS = ("stroke-width", "stroke-dasharray")

Style = Mapping[str, Any]


def read_look() -> dict[str, Any]:
    """Read `look.json`, with the colours of the palette in place of their names.

    Returns
    -------
    dict
        See what the file says of itself under ``about``.

    Raises
    ------
    ValueError
        For a colour that the palette does not have.

    Examples
    --------
    >>> read_look()["roles"]["bone"]["stroke-width"]
    1.4
    """
    look = json.loads(LOOK.read_text(encoding="utf-8"))
    del look["about"]
    return _put_colours(look)


def _put_colours(part: Any) -> Any:
    """Put colours in place of their names, such as ``@skin``, everywhere in a part of the look."""
    if isinstance(part, dict):
        return {key: _put_colours(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_put_colours(value) for value in part]
    if isinstance(part, str) and part.startswith("@"):
        if part[1:] not in BODY:
            raise ValueError(f"look.json names the colour {part}; there are {', '.join(BODY)}.")
        return BODY[part[1:]]
    return part


def scale_style(style: Style, size: float) -> dict[str, Any]:
    """Make all lengths of a style larger: pixels to millimetres, say.

    Parameters
    ----------
    style : mapping
        Attributes of SVG; a dash is a list.
    size : float

    Returns
    -------
    dict
    """

    def scale(value: Any) -> Any:
        return [scale(part) for part in value] if isinstance(value, list) else value * size

    return {key: scale(value) if key in LENGTHS else value for key, value in style.items()}
