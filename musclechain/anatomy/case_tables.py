"""Numbers of a case by level, such as what a strain of grade 2 means, as a cause reads them.

What each number means stands with the cause; this module knows no case by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musclechain.anatomy.errors import suggest_names
from musclechain.anatomy.frozen import ReadOnlyDict
from musclechain.anatomy.limits import Limits
from musclechain.anatomy.problems import DataError, Problem, Stage
from musclechain.anatomy.records import CaseNumber

if TYPE_CHECKING:
    from musclechain.anatomy.body import Body

__all__ = ["CaseLevel", "read_levels"]

FILE = "cases.csv"
FIRST_ROW = 2  # below the header
# a number and the row of the file in which it stands
Row = tuple[int, CaseNumber]


@dataclass(frozen=True)
class CaseLevel:
    """One level of a case with its numbers.

    Attributes
    ----------
    level : str
        As in the file, for example ``2``.
    name : str
        In words, for example ``partial tear``.
    values : mapping of str to float
        Quantity -> value, in the unit of the file.
    records : mapping of str to CaseNumber
        Quantity -> the whole row, with unit, range, source and grade.
    """

    level: str
    name: str
    values: Mapping[str, float]
    records: Mapping[str, CaseNumber]

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources and findings on which the numbers rest, each once."""
        return tuple(dict.fromkeys(record.source for record in self.records.values()))

    def draw(self, names: Collection[str], count: int, seed: int) -> list[dict[str, float]]:
        """Draw some of its numbers from their ranges, each evenly and apart.

        Parameters
        ----------
        names : collection of str
            Of the quantities.
        count : int
        seed : int
            The same seed draws the same numbers.

        Returns
        -------
        list of dict
            Quantity -> number, so many times.
        """
        ranges = {name: (self.records[name].low, self.records[name].high) for name in names}
        rows = np.random.default_rng(seed).uniform(size=(count, len(ranges)))
        return [
            {
                name: low + share * (high - low)
                for (name, (low, high)), share in zip(ranges.items(), row, strict=True)
            }
            for row in rows
        ]


def read_levels(
    body: Body,
    case: str,
    needs: Mapping[str, tuple[str, float, float]],
    levels: Sequence[str] = (),
) -> dict[str, CaseLevel]:
    """Read the numbers of a case from the table of a body, and check what a cause needs of them.

    Parameters
    ----------
    body : Body
    case : str
        Id from data/cases.csv, for example ``hamstring_strain``.
    needs : mapping of str to (unit, least, most)
        For each quantity that the cause reads: the unit in which it reads it, and
        the least and greatest number that it can take.
    levels : sequence of str, optional
        Levels that must be there.

    Returns
    -------
    dict of str to CaseLevel
        By level, read-only; kept with the body, so that asking again costs nothing.

    Raises
    ------
    DataError
        If the case, a level or a quantity is missing, or a number is in another unit or out of
        reach: with file, row, column, what was found and what is allowed.
    """
    asked = {quantity: Limits(*need) for quantity, need in needs.items()}
    key = ("levels", case, tuple(asked.items()), tuple(levels))
    return body.derived(key, lambda body: _read_levels(body, case, asked, levels))


def _read_levels(
    body: Body, case: str, needs: Mapping[str, Limits], levels: Sequence[str]
) -> dict[str, CaseLevel]:
    table: Sequence[CaseNumber] = body.graph.graph["cases"]
    found: dict[str, list[Row]] = {}
    for number, record in enumerate(table, start=FIRST_ROW):
        if record.case == case:
            found.setdefault(record.level, []).append((number, record))
    problems = [
        *_find_missing(case, found, needs, levels, table),
        *_find_unfit([row for rows in found.values() for row in rows], needs),
    ]
    if problems:
        raise DataError(None, problems)
    return ReadOnlyDict({level: _build_level(rows) for level, rows in found.items()})


def _build_level(rows: Sequence[Row]) -> CaseLevel:
    records = {record.quantity: record for _, record in rows}
    values = {quantity: record.value for quantity, record in records.items()}
    first = rows[0][1]
    return CaseLevel(first.level, first.name, ReadOnlyDict(values), ReadOnlyDict(records))


def _report(row: int | None, column: str, found: str, allowed: str) -> Problem:
    return Problem(FILE, row, column, found, allowed, Stage.FITTING)


def _find_missing(
    case: str,
    found: Mapping[str, Sequence[Row]],
    needs: Mapping[str, Limits],
    levels: Sequence[str],
    table: Sequence[CaseNumber],
) -> Iterator[Problem]:
    """Find what a cause needs and the table lacks."""
    if not found:
        near = suggest_names(case, dict.fromkeys(record.case for record in table))
        words = f"rows of this case with {', '.join(needs)}{near and f'.{near}'}"
        yield _report(None, "case", f"no row '{case}'", words)
        return
    for level in levels:
        if level not in found:
            words = f"rows for each of the levels {', '.join(levels)}"
            yield _report(None, "level", f"no level '{level}' of {case}", words)
    for level, rows in found.items():
        there = {record.quantity for _, record in rows}
        for quantity in needs:
            if quantity not in there:
                words = f"a row for each of {', '.join(needs)}"
                missing = f"level {level} of {case} without {quantity}"
                yield _report(rows[0][0], "quantity", missing, words)


def _find_unfit(rows: Sequence[Row], needs: Mapping[str, Limits]) -> Iterator[Problem]:
    """Find numbers that a cause cannot take."""
    for row, record in rows:
        limits = needs.get(record.quantity)
        if limits is None:
            continue
        if record.unit != limits.unit:
            words = f"{limits.unit}, in which {record.quantity} is read"
            yield _report(row, "unit", f"'{record.unit}'", words)
        for column in ("value", "low", "high"):
            number = getattr(record, column)
            if not limits.allows(number):
                words = f"a number {limits.words} for {record.quantity}"
                yield _report(row, column, f"{number:g}", words)
