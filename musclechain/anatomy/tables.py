"""Read the CSV files of a data folder into validated, read-only records.

Every defect that is found in any file is gathered and reported in one
`DataError`, so that a teacher who edits the files mends them in one go.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from musclechain.anatomy.checks import check_sheets
from musclechain.anatomy.problems import DataError, Problem
from musclechain.anatomy.records import FILES, Record, Tables, column_name
from musclechain.anatomy.sheets import Sheet

__all__ = ["DataError", "Tables", "find_data_folder", "read_tables"]

# What no cell may hold, because nobody sees it: control characters, marks that turn the direction
# of writing round, line ends of Unicode, a byte order mark within the text, and no characters.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


def find_data_folder() -> Path:
    """Find the data that come with the package, in a checkout or an installed wheel.

    Returns
    -------
    pathlib.Path
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def read_tables(folder: str | PathLike[str] | None = None) -> Tables:
    """Read and check every CSV file of a data folder.

    Parameters
    ----------
    folder : path, optional
        A folder with the files that ``data/README.md`` describes; by default
        the data that come with the package.

    Returns
    -------
    Tables

    Raises
    ------
    DataError
        Lists every defect with file, row (1 = the header), column, what was
        found and what is allowed.
    """
    place = find_data_folder() if folder is None else Path(folder)
    if not place.is_dir():
        words = "a folder with the CSV files"
        raise DataError(place, [Problem(str(place), None, None, "no such folder", words)])
    problems: list[Problem] = []
    sheets = {
        name: _read_file(name, place / f"{name}.csv", record_type, problems)
        for name, record_type in FILES.items()
    }
    problems.extend(check_sheets(sheets))
    if problems:
        raise DataError(place, problems)
    return Tables(**{name: tuple(sheet.records) for name, sheet in sheets.items()})


def _read_text(path: Path) -> tuple[str, Problem | None]:
    """Return the text of a file and what keeps it from being read (None if nothing does)."""
    try:
        return path.read_text(encoding="utf-8-sig"), None
    except FileNotFoundError:
        return "", Problem(path.name, None, None, "no such file", "a CSV file of this name")
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        return "", Problem(path.name, None, None, found, "a CSV file that no other program holds")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        found = f"a byte that is not UTF-8 ({error.object[error.start]:#04x})"
        return "", Problem(path.name, row, None, found, "text saved as UTF-8")


def _split_cells(file: str, text: str) -> tuple[list[list[str]], Problem | None]:
    """Return the rows of a CSV text as lists of cells, and what keeps them from being split."""
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        found, words = f"text that is not CSV ({error})", "cells separated by commas, quotes closed"
        return [], Problem(file, len(lines) + 1, None, found, words)
    return lines, None


def _list_columns(record_type: type[Record]) -> list[str]:
    return [column_name(record_type, field) for field in record_type.model_fields]


def _read_file(name: str, path: Path, record_type: type[Record], problems: list[Problem]) -> Sheet:
    """Read one file into a sheet; append what is wrong with it."""
    text, problem = _read_text(path)
    lines, problem = _split_cells(path.name, text) if problem is None else ([], problem)
    columns = _list_columns(record_type)
    if problem is None and not lines:
        words = "a header row with " + ", ".join(columns)
        problem = Problem(path.name, None, None, "an empty file", words)
    if problem is not None:
        problems.append(problem)
        return Sheet(name)
    header = [cell.strip() for cell in lines[0]]
    defects, is_usable = _check_header(path.name, header, columns)
    problems.extend(defects)
    if not is_usable:
        return Sheet(name)
    if len(lines) == 1:
        problems.append(Problem(path.name, None, None, "a header and no rows", "at least one row"))
        return Sheet(name)
    return _read_rows(name, header, lines, record_type, problems)


def _check_header(
    file: str, header: Sequence[str], columns: Sequence[str]
) -> tuple[list[Problem], bool]:
    """Return what is wrong with a header, and whether the rows below can be read all the same."""
    missing = [column for column in columns if column not in header]
    problems = [
        Problem(file, 1, column, "no such column", f"a column named {column}") for column in missing
    ]
    for column, times in Counter(header).items():
        if times > 1:
            problems.append(Problem(file, 1, column, "the same column twice", "each column once"))
        elif column not in columns:
            found, words = f"a column named '{column}'", "only " + ", ".join(columns)
            problems.append(Problem(file, 1, column, found, words))
    return problems, not missing and len(set(header)) == len(header)


def _read_rows(
    name: str,
    header: Sequence[str],
    lines: Sequence[Sequence[str]],
    record_type: type[Record],
    problems: list[Problem],
) -> Sheet:
    """Read the rows below a header into a sheet; append what is wrong with them."""
    sheet, file = Sheet(name, lost=False), f"{name}.csv"
    first_rows: dict[tuple[object, ...], int] = {}
    columns = set(_list_columns(record_type))
    for row, cells in enumerate(lines[1:], start=2):
        pairs = zip(header, cells, strict=False)
        named = {column: cell.strip() for column, cell in pairs if column in columns}
        record, found = _read_row(file, row, header, cells, named, record_type)
        if record is None or found:
            problems.extend(found)
            sheet.broken.append(named)
            continue
        key = tuple(getattr(record, field) for field in record_type.key)
        if key in first_rows:
            words = f"'{', '.join(str(part) for part in key)}' a second time"
            column = column_name(record_type, record_type.key[0])
            allowed = f"each once (first in row {first_rows[key]})"
            problems.append(Problem(file, row, column, words, allowed))
            continue
        first_rows[key] = row
        sheet.records.append(record)
        sheet.rows.append(row)
    return sheet


def _read_row(
    file: str,
    row: int,
    header: Sequence[str],
    cells: Sequence[str],
    named: dict[str, str],
    record_type: type[Record],
) -> tuple[Record | None, list[Problem]]:
    """Return the record of one row, or None, and what is wrong with it."""
    if not any(cell.strip() for cell in cells):
        words = "a row with every cell filled"
        return None, [Problem(file, row, None, "an empty row", words)]
    if len(cells) != len(header):
        words = f"{len(header)} cells, one for each column"
        return None, [Problem(file, row, None, f"{len(cells)} cells", words)]
    if UNSEEN.search("".join(cells)):
        return None, [
            _tell_unseen(file, row, column, cell)
            for column, cell in zip(header, cells, strict=True)
            if UNSEEN.search(cell)
        ]
    return _make_record(file, row, named, record_type)


def _tell_unseen(file: str, row: int, column: str, cell: str) -> Problem:
    codes = dict.fromkeys(f"U+{ord(character):04X}" for character in UNSEEN.findall(cell))
    found = f"'{cell}' with the character {', '.join(codes)}, which cannot be seen"
    return Problem(file, row, column, found, "text in one line without control characters")


def _make_record(
    file: str, row: int, cells: dict[str, str], record_type: type[Record]
) -> tuple[Record | None, list[Problem]]:
    """Return the record that cells with their column make, or None, and what is wrong."""
    found = [
        Problem(file, row, column, "an empty cell", _say_allowed(record_type, column))
        for column, cell in cells.items()
        if not cell and column != "note"
    ]
    try:
        return record_type.model_validate(cells), found
    except ValidationError as error:
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        return None, found + [
            Problem(file, row, column, f"'{cells[column]}'", _say_allowed(record_type, column))
            for column in wrong
            if cells[column]
        ]


def _say_allowed(record_type: type[Record], column: str) -> str:
    """Say in words what a column may hold."""
    return next(
        str(info.description)
        for name, info in record_type.model_fields.items()
        if column in (name, info.alias)
    )
