"""What could be read of the files of a data folder, for the checks between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from musclechain.anatomy.problems import Problem, Stage

__all__ = ["Sheet", "Sheets"]


@dataclass
class Sheet:
    """What could be read of one file.

    The rows that failed are kept as they stand: they are reported already, and
    whatever else names them must not be reported a second time.

    Attributes
    ----------
    name : str
        Name of the file without its ending.
    records : list of Record
        The good rows.
    rows : list of int
        The number of each, where 1 is the header.
    broken : list of dict
        The cells of each row that failed, by column.
    lost : bool
        Whether nothing of the file could be read.
    """

    name: str
    records: list[Any] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    broken: list[dict[str, str]] = field(default_factory=list)
    lost: bool = True

    def __iter__(self) -> Iterator[tuple[Any, int]]:
        return zip(self.records, self.rows, strict=True)

    def list_ids(self, column: str) -> set[str]:
        """List every id in a column, of good rows and of broken ones."""
        return {getattr(record, column) for record in self.records} | self.list_broken(column)

    def list_broken(self, column: str) -> set[str]:
        """List the cells in a column of the rows that failed."""
        return {cells.get(column, "") for cells in self.broken}

    def report(self, row: int | None, column: str | None, found: str, allowed: str) -> Problem:
        """Make a problem of a row that does not fit to others."""
        return Problem(f"{self.name}.csv", row, column, found, allowed, Stage.FITTING)


Sheets = Mapping[str, Sheet]
