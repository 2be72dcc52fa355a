"""The errors of a body and its graph, and words that help to mend them."""

import difflib
from collections.abc import Iterable
from typing import NoReturn

__all__ = [
    "GraphError",
    "UnknownStructureError",
    "refuse_attribute",
    "show_value",
    "suggest_names",
]

LONGEST_WORDS = 200


class GraphError(ValueError):
    """A changed graph that no longer describes a body."""


class UnknownStructureError(ValueError):
    """An id that the body does not have, or a way between two ids that it does not have."""


def suggest_names(word: object, known: Iterable[object]) -> str:
    """Write which of the known names may have been meant.

    Parameters
    ----------
    word : object
        What was given.
    known : iterable
        Names that would have been right.

    Returns
    -------
    str
        A sentence that begins with a space, or nothing where no name is near or the word is
        no text.
    """
    if not isinstance(word, str):
        return ""
    names = [str(name) for name in known]
    close = difflib.get_close_matches(word[:LONGEST_WORDS], names, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def show_value(value: object) -> str:
    """Write a value as Python would, cut where it is too long to be read.

    Parameters
    ----------
    value : object

    Returns
    -------
    str
    """
    try:
        text = repr(value)
    except Exception:  # of somebody else's class, or a number of thousands of digits
        return f"a {type(value).__name__} that cannot be written out"
    return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]}..."


def refuse_attribute(thing: str, key: str, value: object, needed: str) -> NoReturn:
    """Say what an attribute of a graph is and what it should be.

    Parameters
    ----------
    thing : str
        What bears it, for example ``The bone 'head'``.
    key : str
    value : object
    needed : str
        A sentence without its full stop, for example ``a number is needed``.

    Raises
    ------
    GraphError
    """
    raise GraphError(f"{thing} has {key} = {show_value(value)}; {needed}.")
