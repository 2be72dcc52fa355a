"""Read the CSV files of a data folder into validated, read-only records.

Every defect that is found in any file is gathered and reported in one
`DataError`, so that a teacher who edits the files mends them in one go.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from musclechain.anatomy.checks import Problem, Sheet, check_sheets, column_name
from musclechain.anatomy.records import FILES

__all__ = ["DataError", "Tables", "find_data_folder", "read_tables"]


class DataError(ValueError):
    """All defects of a data folder, each with file, row, column, found and allowed."""

    def __init__(self, folder, problems):
        self.folder = str(folder)
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__(
            f"{count} in the data folder {folder}:\n" + "\n".join(f"  {p}" for p in self.problems)
        )

    def __reduce__(self):
        return type(self), (self.folder, self.problems)


@dataclass(frozen=True)
class Tables:
    """The records of every file of a data folder, in the order of their rows."""

    sources: tuple
    evidence: tuple
    bones: tuple
    joints: tuple
    roots: tuple
    nerves: tuple
    muscles: tuple
    soft_tissues: tuple
    junctions: tuple
    muscle_lines: tuple
    tissue_lines: tuple
    line_points: tuple
    nerve_points: tuple
    links: tuple
    chains: tuple
    claims: tuple
    parameters: tuple
    hamstring_grades: tuple


def find_data_folder():
    """Find the data that come with the package, in a checkout or an installed wheel.

    Returns
    -------
    pathlib.Path
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def read_tables(folder=None):
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
    folder = find_data_folder() if folder is None else Path(folder)
    if not folder.is_dir():
        raise DataError(
            folder,
            [Problem(str(folder), None, None, "no such folder", "a folder with the CSV files")],
        )
    problems = []
    sheets = {
        name: _read_file(folder / f"{name}.csv", record, problems) for name, record in FILES.items()
    }
    problems.extend(check_sheets(sheets))
    if problems:
        raise DataError(folder, problems)
    return Tables(**{name: tuple(sheet.records) for name, sheet in sheets.items()})


def _read_text(path):
    """Return the text of a file and what keeps it from being read (None if nothing does)."""
    try:
        return path.read_text(encoding="utf-8-sig"), None
    except FileNotFoundError:
        return "", Problem(path.name, None, None, "no such file", "a CSV file of this name")
    except OSError as error:
        return "", Problem(
            path.name,
            None,
            None,
            f"a file that cannot be opened ({error.strerror})",
            "a CSV file that no other program holds",
        )
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        return "", Problem(
            path.name,
            row,
            None,
            f"a byte that is not UTF-8 ({error.object[error.start]:#04x})",
            "text saved as UTF-8",
        )


def _split_cells(file, text):
    """Return the rows of a CSV text as lists of cells, and what keeps them from being split."""
    lines = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], Problem(
            file,
            len(lines) + 1,
            None,
            f"text that is not CSV ({error})",
            "cells separated by commas, quotes closed",
        )
    return lines, None


def _read_file(path, record, problems):
    """Read one file into a sheet; append what is wrong with it."""
    text, problem = _read_text(path)
    lines, problem = _split_cells(path.name, text) if problem is None else ([], problem)
    columns = [column_name(record, name) for name in record.model_fields]
    if problem is None and not lines:
        problem = Problem(
            path.name, None, None, "an empty file", "a header row with " + ", ".join(columns)
        )
    if problem is not None:
        problems.append(problem)
        return Sheet()
    header = [cell.strip() for cell in lines[0]]
    if not _check_header(path.name, header, columns, problems):
        return Sheet()
    if len(lines) == 1:
        problems.append(Problem(path.name, None, None, "a header and no rows", "at least one row"))
        return Sheet()
    return _read_rows(path.name, header, lines, record, problems)


def _check_header(file, header, columns, problems):
    missing = [column for column in columns if column not in header]
    for column in missing:
        problems.append(Problem(file, 1, column, "no such column", f"a column named {column}"))
    for column, times in Counter(header).items():
        if times > 1:
            problems.append(Problem(file, 1, column, "the same column twice", "each column once"))
        elif column not in columns:
            problems.append(
                Problem(file, 1, column, f"a column named '{column}'", "only " + ", ".join(columns))
            )
    return not missing and len(set(header)) == len(header)


def _read_rows(file, header, lines, record, problems):
    sheet, seen = Sheet(lost=False), {}
    columns = {column_name(record, name) for name in record.model_fields}
    for number, cells in enumerate(lines[1:], start=2):
        row = {
            column: cell.strip()
            for column, cell in zip(header, cells, strict=False)
            if column in columns
        }
        made, found = _read_row(file, number, header, cells, row, record)
        if found:
            problems.extend(found)
            sheet.broken.append(row)
            continue
        key = tuple(getattr(made, name) for name in record.key)
        if key in seen:
            words = ", ".join(str(part) for part in key)
            problems.append(
                Problem(
                    file,
                    number,
                    column_name(record, record.key[0]),
                    f"'{words}' a second time",
                    f"each once (first in row {seen[key]})",
                )
            )
            continue
        seen[key] = number
        sheet.records.append(made)
        sheet.rows.append(number)
    return sheet


def _read_row(file, number, header, cells, row, record):
    """Return the record of one row, or None and what is wrong with it."""
    if not any(cell.strip() for cell in cells):
        return None, [Problem(file, number, None, "an empty row", "a row with every cell filled")]
    if len(cells) != len(header):
        return None, [
            Problem(
                file,
                number,
                None,
                f"{len(cells)} cells",
                f"{len(header)} cells, one for each column",
            )
        ]
    found = [
        Problem(file, number, column, "an empty cell", _allowed(record, column))
        for column, cell in row.items()
        if not cell and column != "note"
    ]
    try:
        return record.model_validate(row), found
    except ValidationError as error:
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        return None, found + [
            Problem(file, number, column, f"'{row[column]}'", _allowed(record, column))
            for column in wrong
            if row[column]
        ]


def _allowed(record, column):
    return next(
        info.description
        for name, info in record.model_fields.items()
        if column in (name, info.alias)
    )
