"""Words that the lessons avoid, and what they say instead: words about pain do something by
themselves."""

import csv
import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.problems import DataError, Problem
from musclechain.views.page.html import table_to_html

__all__ = ["Wording", "WordList", "find_avoided", "read_words", "show_words"]

FILE = Path(__file__).with_name("avoided_words.csv")
COLUMNS = ("avoid", "instead", "because", "source")
OWN = "estimate"


@dataclass(frozen=True)
class Wording:
    """Words to avoid, and what to say.

    Attributes
    ----------
    avoid : tuple of str
        In small letters.
    instead, because : str
    source : str
        An id of data/sources.csv or data/evidence.csv; ``estimate`` for a judgement of our own.
    """

    avoid: tuple[str, ...]
    instead: str
    because: str
    source: str


def read_words(path: Path = FILE) -> tuple[Wording, ...]:
    """Read the list of words to avoid.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    tuple of Wording

    Raises
    ------
    DataError
        With row and column of every cell that is empty, and of a row that is too long or short.
    """
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    problems = []
    if tuple(rows[0] if rows else ()) != COLUMNS:
        problems.append(Problem(path.name, 1, None, repr(rows[:1]), ",".join(COLUMNS)))
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) != len(COLUMNS):
            found = f"{len(cells)} cells"
            problems.append(Problem(path.name, number, None, found, f"{len(COLUMNS)} cells"))
        problems += [
            Problem(path.name, number, column, "nothing", "some text")
            for column, cell in zip(COLUMNS, cells, strict=False)
            if not cell.strip()
        ]
    if problems:
        raise DataError(path.parent, problems)
    return tuple(
        Wording(tuple(word.strip() for word in avoid.split(";")), instead, because, source)
        for avoid, instead, because, source in rows[1:]
    )


def find_avoided(text: str, words: Iterable[Wording]) -> list[tuple[str, Wording]]:
    """Find words to avoid in a text, as whole words and in any case of letters.

    Parameters
    ----------
    text : str
    words : iterable of Wording

    Returns
    -------
    list of (str, Wording)
        What stands in the text, and the entry that it belongs to.

    Examples
    --------
    >>> [found for found, _ in find_avoided("Nothing is damaged.", read_words())]
    ['damaged']
    """
    entries = {word: entry for entry in words for word in entry.avoid}
    plain = re.sub(r"\s+", " ", text)
    return [(found, entries[found.lower()]) for found in _spell(tuple(entries)).findall(plain)]


@cache
def _spell(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


class WordList:
    """The list of words to avoid; a notebook shows it folded, ``str()`` gives plain text."""

    def __init__(self, body: Body, words: tuple[Wording, ...]) -> None:
        self.words = words
        self.table = pd.DataFrame(
            [
                (", ".join(one.avoid), one.instead, one.because, _cite(body, one.source))
                for one in words
            ],
            columns=["Rather not", "Say instead", "Because", "After"],
        )

    def __repr__(self) -> str:
        return "\n".join(
            f"{', '.join(one.avoid)}: say {one.instead}. {one.because}" for one in self.words
        )

    def _repr_html_(self) -> str:
        count = len(self.words)
        return (
            f"<details><summary>Words about pain: {html.escape(str(count))} kinds to avoid, and"
            f" what to say instead</summary>{table_to_html(self.table)}</details>"
        )


def show_words(body: Body) -> WordList:
    """Show the words about pain that the lessons avoid, with what they say instead.

    Parameters
    ----------
    body : Body
        Gives the citations.

    Returns
    -------
    WordList

    Raises
    ------
    UnknownStructureError
        If a source is not in the data.
    """
    return WordList(body, read_words())


def _cite(body: Body, source: str) -> str:
    if source == OWN:
        return "our own judgement"
    sources = body.graph.graph["sources"]
    if source in sources:
        return str(sources[source].citation)
    return f"{source}: {body.evidence(source)['citation']}"
