"""Colours, marks and words of every picture, safe for colour-blind eyes.

No meaning rests on a colour alone: each comes with a mark, a pattern or a word.
"""

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

__all__ = [
    "BODY",
    "CHANGE_STOPS",
    "GRADE_MARKS",
    "ROUTE_LOOKS",
    "SPAN_N",
    "WORD_EDGES",
    "blend_colours",
    "change_colour",
    "change_position",
    "change_word",
    "list_legend",
    "read_colour",
    "route_colour",
    "scale_colour",
    "tissue_colour",
]

# Less tension is blue, more is orange to dark vermilion, no change is the rose of a
# muscle on a chart.
CHANGE_STOPS = (
    (-1.0, "#0a2552"),
    (-0.85, "#123c78"),
    (-0.55, "#3a7bbf"),
    (-0.3, "#8fbbe0"),
    (0.0, "#d29088"),
    (0.3, "#f8cc6e"),
    (0.55, "#d95f10"),
    (0.85, "#8a2400"),
    (1.0, "#5e1500"),
)
# The scale ends here; a change is placed on it by the fourth root of its share, so that one newton
# and hundreds of them can be told apart.
SPAN_N, ROOT = 400.0, 0.25
# How far along the scale (0 to 1) each word begins: with the span above at 1, 10 and 100 N.
WORD_EDGES = tuple((newtons / SPAN_N) ** ROOT for newtons in (1.0, 10.0, 100.0))

# Each route of the spread: colour, mark, the dash of its lines and the pattern of its bars.
ROUTE_LOOKS = {
    "pull": {
        "colour": "#00604f",
        "mark": "circle",
        "dash": "solid",
        "pattern": "",
        "word": "pull",
    },
    "posture": {
        "colour": "#d9a300",
        "mark": "square",
        "dash": "dash",
        "pattern": "-",
        "word": "posture",
    },
    "guarding": {
        "colour": "#a45fc4",
        "mark": "triangle-up",
        "dash": "dot",
        "pattern": "x",
        "word": "guarding",
    },
}
GRADE_MARKS = {"supported": "●", "plausible": "◐", "contested": "○", "folk wisdom": "✕"}
BODY = {
    "skin": "#f3e6dc",
    "skin_line": "#a8968a",
    "bone": "#faf5ea",
    "bone_line": "#cdbfae",
    "hollow": "#d9c9b8",
    "tendon": "#f7f1e6",
    "line": "#7d5d54",
    "fibre": "#6b4238",
    "veiled": "#cfcac6",
    "overload": "#1a1a1a",
    "selected": "#000000",
    "halo": "#ffe34d",
}


def route_colour(route: str, theme: str = "light") -> str:
    """Find the colour of a route; on a dark page it is lighter."""
    colour = ROUTE_LOOKS[route]["colour"]
    return blend_colours(colour, "#ffffff", 0.3) if theme == "dark" else colour


def read_colour(colour: str) -> np.ndarray:
    """Read a colour such as ``#5a9bd4`` as red, green and blue from 0 to 1, shape (3,)."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255


def _write_colour(rgb: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in rgb)


def blend_colours(first: str, second: str, share: float) -> str:
    """Mix two colours; `share` 0 gives the first, 1 the second."""
    return _write_colour((1 - share) * read_colour(first) + share * read_colour(second))


def change_position(change_n: float, span_n: float) -> float:
    """Find the place of a change on the scale, -1 to 1.

    Parameters
    ----------
    change_n : float
        Change of tension against resting, N.
    span_n : float
        Change at which the scale ends, N.

    Returns
    -------
    float
        The signed fourth root of the share of the span, so that small changes
        can be told from none and large ones from each other; 0 for a value
        that is not a number.

    Examples
    --------
    >>> change_position(-25, 400)
    -0.5
    """
    if not math.isfinite(change_n):
        return 0.0
    return math.copysign(min(abs(change_n) / span_n, 1.0) ** ROOT, change_n) if change_n else 0.0


def change_colour(change_n: float, span_n: float) -> str:
    """Find the colour of a change of tension: blue for less, orange for more.

    Examples
    --------
    >>> change_colour(0, 100)
    '#d29088'
    """
    return scale_colour(change_position(change_n, span_n))


def scale_colour(position: float) -> str:
    """Find the colour at a place of the scale, -1 to 1; what counts as no change has the colour of
    rest."""
    if abs(position) < WORD_EDGES[0]:
        position = 0.0
    for (low, colour), (high, next_colour) in pairwise(CHANGE_STOPS):
        if position <= high:
            share = (max(position, low) - low) / (high - low)
            return blend_colours(colour, next_colour, share)
    return CHANGE_STOPS[-1][1]


def tissue_colour(position: float) -> str:
    """Find the colour of fascia, ligament or tendon at a place of the scale: as a muscle's, but
    cream at rest."""
    share = 0.0 if abs(position) < WORD_EDGES[0] else min(abs(position) / 0.35, 1.0)
    return blend_colours(BODY["tendon"], scale_colour(position), share)


def change_word(change_n: float, span_n: float) -> str:
    """Say a change in words: no change, more, much more, very much more, or the same with less."""
    size = abs(change_position(change_n, span_n))
    if size < WORD_EDGES[0]:
        return "no change"
    how = sum(size >= edge for edge in WORD_EDGES[1:])
    return ("", "much ", "very much ")[how] + ("more" if change_n > 0 else "less")


def list_legend(span_n: float) -> list[dict[str, str]]:
    """List the legend of the scale, from very much less to very much more.

    Returns
    -------
    list of dict
        `word`, `range` (in N, as text), `colour` and `mark` of each step.
    """
    small, large, huge = (_round_short(edge ** (1 / ROOT) * span_n) for edge in WORD_EDGES)
    rows = [
        ("very much less", f"{huge} N or beyond", -0.85, "▼▼"),
        ("much less", f"{large} to {huge} N", -0.55, "▼"),
        ("less", f"{small} to {large} N", -0.3, "▽"),
        ("no change", f"within {small} N", 0.0, ""),
        ("more", f"{small} to {large} N", 0.3, "△"),
        ("much more", f"{large} to {huge} N", 0.55, "▲"),
        ("very much more", f"{huge} N or beyond", 0.85, "▲▲"),
    ]
    return [
        {"word": word, "range": text, "colour": scale_colour(at), "mark": mark}
        for word, text, at, mark in rows
    ]


def _round_short(value: float) -> str:
    return f"{value:.2g}" if value < 9.95 else f"{value:.0f}"
