"""Elements of SVG as text. Names may hold anything, so every text and attribute is escaped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musclechain.views.body.look import Style

__all__ = [
    "Spot",
    "replace_forbidden",
    "wrap_text",
    "write_attributes",
    "write_coarse_way",
    "write_group",
    "write_line",
    "write_node",
    "write_text",
    "write_way",
]

# What XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Spot = Sequence[float] | NDArray[np.float64]


def replace_forbidden(text: object) -> str:
    """Put the sign for an unknown letter in place of what XML forbids.

    Examples
    --------
    >>> replace_forbidden("Sol\\x00eus")
    'Sol\ufffdeus'
    """
    return FORBIDDEN.sub("\ufffd", str(text))


def wrap_text(text: str, letters: int) -> list[str]:
    """Cut a text into lines of at most so many letters."""
    return wrap(replace_forbidden(text), letters)


def write_attributes(attributes: Mapping[str, Any]) -> str:
    """Write attributes, each with a space before it.

    Parameters
    ----------
    attributes : mapping of str to object
        A list, such as that of a dash, is written with spaces; numbers with five digits.

    Returns
    -------
    str

    Examples
    --------
    >>> write_attributes({"fill": "none", "stroke-dasharray": [7, 4.5]})
    ' fill="none" stroke-dasharray="7 4.5"'
    """

    def write(value: Any) -> str:
        if isinstance(value, list):
            return " ".join(map(write, value))
        return f"{value:.5g}" if isinstance(value, float) else escape(replace_forbidden(value))

    return "".join(f' {key}="{write(value)}"' for key, value in attributes.items())


def write_node(name: str, attributes: Mapping[str, Any], text: object = None) -> str:
    """Write an element; without a text an empty one.

    Examples
    --------
    >>> write_node("title", {}, "a < b")
    '<title>a &lt; b</title>'
    """
    start = f"<{name}{write_attributes(attributes)}"
    return f"{start}/>" if text is None else f"{start}>{escape(replace_forbidden(text))}</{name}>"


def write_group(content: str, attributes: Mapping[str, Any]) -> str:
    """Write a group around elements that are written already."""
    return f"<g{write_attributes(attributes)}>{content}</g>"


def write_text(x: float, y: float, text: object, **more: Any) -> str:
    """Write a text at a place; more attributes by name, such as ``text_anchor``."""
    attributes = {key.replace("_", "-"): value for key, value in more.items()}
    return write_node("text", {"x": float(x), "y": float(y)} | attributes, text)


def write_line(start: Spot, end: Spot, styles: Iterable[Style]) -> str:
    """Write a straight line in several styles, from below to above."""
    way = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    return "".join(write_node("path", {"d": way, **style}) for style in styles)


def write_way(points: NDArray[np.float64], closed: bool) -> str:
    """Write a way through points in tenths.

    Examples
    --------
    >>> write_way(np.array([[0, 0.04], [2.5, 1]]), closed=True)
    'M0.0 0.0L2.5 1.0Z'
    """
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def write_coarse_way(points: NDArray[np.float64], closed: bool) -> str:
    """Write a way through points as steps of whole units, without those that do not move.

    Examples
    --------
    >>> write_coarse_way(np.array([[0, 0.04], [0.3, 0], [2.5, -1], [4, 3]]), closed=False)
    'M0 0l2-1 2 4'
    """
    places = np.rint(points).astype(int)
    steps = np.diff(places, axis=0)
    steps = steps[steps.any(axis=1)]
    way = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    start = f"M{places[0, 0]} {places[0, 1]}"
    return start + (f"l{way}" if way else "") + ("Z" if closed else "")
