"""Numbers and names as words: what every sentence and table is made of."""

import math
from collections.abc import Iterable
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from musclechain.anatomy.body import Body

__all__ = [
    "SHOWN_N",
    "call_structure",
    "find_twin",
    "capitalise",
    "format_change",
    "format_degrees",
    "format_newtons",
    "format_percent",
    "format_range",
    "join_words",
    "name_structure",
    "round_figures",
    "round_newtons",
]


# Smaller changes round to 0.0 N: they are not named and not drawn.
SHOWN_N = 0.05

# What is known of a force or an angle bears two digits; from here on in tens, so that the joints of
# two states can still be compared.
IN_TENS_N = 99.5

Figures = TypeVar("Figures", bound=float | NDArray[np.float64] | pd.Series)


def format_newtons(value: float, signed: bool = False) -> str:
    """Write a force with as many digits as are known of it: tenths below 10 N, tens from 100 N on.

    Parameters
    ----------
    value : float
        N.
    signed : bool
        Whether a plus is written too.

    Returns
    -------
    str
        ``not known`` for what is no finite number.

    Examples
    --------
    >>> format_newtons(0.42), format_newtons(12.3), format_newtons(2239)
    ('0.4 N', '12 N', '2240 N')
    >>> format_newtons(-3.14, signed=True)
    '−3.1 N'
    """
    if not np.isfinite(value):
        return "not known"
    size = abs(value)
    if size < SHOWN_N:
        return "0 N"
    sign = "−" if value < 0 else "+" if signed else ""
    if size < 9.95:
        return f"{sign}{size:.1f} N"
    return f"{sign}{round_newtons(size):.0f} N"


def round_newtons(values: Figures) -> Figures:
    """Round forces for a table of large ones: to whole newtons, and to tens from 100 N on.

    Parameters
    ----------
    values : float or array-like of float
        N.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        As `values`.

    Examples
    --------
    >>> float(round_newtons(2239.0)), float(round_newtons(12.3))
    (2240.0, 12.0)
    """
    tens: Any = np.where(np.abs(values) >= IN_TENS_N, 10.0, 1.0)
    # half a step goes up, as in the browser
    size: Any = np.floor(np.abs(values) / tens + 0.5) * tens
    return np.sign(values) * size + 0.0


def format_degrees(value: float, signed: bool = False) -> str:
    """Write an angle with as many digits as are known of it: tenths below 10 degrees.

    Parameters
    ----------
    value : float
        Degrees.
    signed : bool
        Whether a plus is written too.

    Returns
    -------
    str
        Without a unit.

    Examples
    --------
    >>> format_degrees(0.88), format_degrees(-74.2), format_degrees(5.48, signed=True)
    ('0.9', '−74', '+5.5')
    """
    size = f"{abs(value):.{1 if abs(value) < 9.95 else 0}f}"
    if float(size) == 0:
        return "0.0"
    return f"{'−' if value < 0 else '+' if signed else ''}{size}"


def format_change(change_n: float) -> str:
    """Say a change of tension: ``12 N more``, ``0.4 N less`` or ``no change``.

    Parameters
    ----------
    change_n : float
        N.

    Returns
    -------
    str
        ``not known`` for what is no finite number.

    Examples
    --------
    >>> format_change(-12.2)
    '12 N less'
    """
    if not np.isfinite(change_n):
        return "not known"
    return (
        "no change"
        if abs(change_n) < SHOWN_N
        else f"{format_newtons(abs(change_n))} {'more' if change_n > 0 else 'less'}"
    )


def format_range(low_n: float, high_n: float, unit: bool = True) -> str:
    """Write a range of changes: ``+8.0 to +31 N``.

    Parameters
    ----------
    low_n, high_n : float
        N.
    unit : bool
        Whether the N is written.

    Returns
    -------
    str

    Examples
    --------
    >>> format_range(-3.14, 31)
    '−3.1 to +31 N'
    """
    low, high = (format_newtons(value, signed=True).removesuffix(" N") for value in (low_n, high_n))
    return f"{low} to {high}{' N' if unit else ''}"


def format_percent(share: float) -> str:
    """Write a share as whole percent; a trace is called under 1 %.

    Parameters
    ----------
    share : float
        1 is the whole.

    Returns
    -------
    str

    Examples
    --------
    >>> format_percent(0.254), format_percent(0.575), format_percent(0.001)
    ('25 %', '58 %', 'under 1 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    # halves go up, also where the last bit of a sum is short of one
    return f"{math.floor(100 * share + 0.5 + 1e-9)} %"


def name_structure(body: Body, structure: str) -> str:
    """Name a structure with its side, as tables do: ``Gluteus medius, right``.

    Parameters
    ----------
    body : Body
    structure : str
        Any node of the graph; one without a name is called by its id.

    Returns
    -------
    str
        Plain text that may hold anything that stands in the data: escape it
        where it goes into HTML.

    Raises
    ------
    KeyError
        If there is no such node.
    """
    data = body.graph.nodes[structure]
    name, side = str(data.get("name", structure)), data.get("side", "midline")
    return name if side not in ("left", "right") else f"{name}, {side}"


def call_structure(body: Body, structure: str, side: bool = True) -> str:
    """Call a structure as a sentence does: ``the side hip muscle (Gluteus medius) on the right``.

    Parameters
    ----------
    body : Body
    structure : str
        Any node of the graph.
    side : bool
        Whether the side is told.

    Returns
    -------
    str
        The plain name first, then the name of the data in brackets; one of
        them where they are the same or one is missing. Plain text: escape it
        where it goes into HTML.

    Raises
    ------
    KeyError
        If there is no such node.
    """
    data = body.graph.nodes[structure]
    name, plain = str(data.get("name") or structure), str(data.get("plain_name") or "")
    where = f" on the {data['side']}" if side and data.get("side") in ("left", "right") else ""
    latin = f" ({name})" if plain and plain.lower() != name.lower() else ""
    return f"the {plain or name}{latin}{where}"


def find_twin(structure: str) -> str:
    """Find the id of the same structure on the other side.

    Parameters
    ----------
    structure : str
        Any id.

    Returns
    -------
    str
        The same id where it names no side.

    Examples
    --------
    >>> find_twin("soleus_left"), find_twin("nuchal_ligament")
    ('soleus_right', 'nuchal_ligament')
    """
    for side, other in (("_left", "_right"), ("_right", "_left")):
        if structure.endswith(side):
            return structure.removesuffix(side) + other
    return structure


def capitalise(text: str) -> str:
    """Begin a sentence with a capital; the rest stays as it is.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return text[:1].upper() + text[1:]


def join_words(parts: Iterable[str]) -> str:
    """Join words as a sentence does: a, b and c.

    Parameters
    ----------
    parts : iterable of str

    Returns
    -------
    str
        Empty without parts.
    """
    parts = list(parts)
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def round_figures(values: Figures, digits: int = 1) -> Figures:
    """Round for a table, without minus zero.

    Parameters
    ----------
    values : float or array-like of float
    digits : int
        Decimals.

    Returns
    -------
    float, numpy.ndarray or pandas.Series
        As `values`.
    """
    rounded: Any = np.round(values, digits)
    return rounded + 0.0
