"""A plan as a small text file that can be read, handed in and read back.

Its first line says what it is, the second holds the name of the plan, the third
the columns, and each line after that one dose::

    musclechain plan 1
    name,Six weeks
    remedy,minutes,per_week,from_day,weeks,region,side
    static stretching,3,7,0,6,thigh,both
"""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from musclechain.anatomy.files import find_aside, write_whole
from musclechain.anatomy.problems import Problem
from musclechain.cases.description import find_range, list_fields, list_options, say_allowed
from musclechain.cases.plans import LONGEST_NAME, MOST_DOSES, Dose, Plan
from musclechain.mechanics.change import CauseError

__all__ = ["PLAN_ENDING", "PlanError", "format_plan", "parse_plan", "read_plan", "write_plan"]

PLAN_ENDING = ".plan.txt"
FIRST_LINE = "musclechain plan 1"
NAME = "name"
COLUMNS = tuple(list_fields(Dose))
HEADER_ROW = 3
MOST_BYTES = 100_000
SHOWN = 20


class PlanError(ValueError):
    """A file of a plan that cannot be read as a whole: row, field, what was found, what is allowed.

    Attributes
    ----------
    problems : tuple of Problem
        All of them; the message shows the first twenty.
    readable : Plan
        What could be read of it.
    """

    def __init__(self, problems: Sequence[Problem], readable: Plan) -> None:
        self.problems, self.readable = tuple(problems), readable
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        super().__init__("\n".join([*lines, *([f"and {more} more"] if more > 0 else [])]))

    def __reduce__(self) -> tuple[type, tuple[tuple[Problem, ...], Plan]]:
        return type(self), (self.problems, self.readable)


def format_plan(plan: Plan) -> str:
    """Write a plan as text; `parse_plan` gives back just the same plan.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    str
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    text.write(f"{FIRST_LINE}\n")
    rows.writerow([NAME, plan.name])
    rows.writerow(COLUMNS)
    for dose in plan.doses:
        rows.writerow([_write_cell(getattr(dose, column)) for column in COLUMNS])
    return text.getvalue()


def parse_plan(text: str, file: str = "plan") -> Plan:
    """Read a plan from text.

    Parameters
    ----------
    text : str
    file : str
        What the message calls it.

    Returns
    -------
    Plan

    Raises
    ------
    PlanError
        With every row and field that is wrong.
    """
    reader = _Reader(file)
    plan = reader.read(text)
    if reader.problems:
        raise PlanError(reader.problems, plan)
    return plan


def read_plan(path: str | Path) -> Plan:
    """Read a plan from its file.

    Parameters
    ----------
    path : str or pathlib.Path

    Returns
    -------
    Plan

    Raises
    ------
    PlanError
        If it is no plan, or a row of it is wrong. The file stays as it is.
    OSError
        If there is no such file, or it may not be read.
    """
    path = Path(path)
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    found = ""
    if len(data) > MOST_BYTES:
        found = f"more than {MOST_BYTES // 1000} kB"
    else:
        try:
            return parse_plan(data.decode("utf-8-sig"), path.name)
        except UnicodeDecodeError:
            found = "no text in UTF-8"
    raise PlanError([Problem(path.name, None, None, found, "a plan as it was saved")], Plan())


def write_plan(plan: Plan, path: str | Path) -> Path | None:
    """Write a plan to a file: whole, or not at all.

    Parameters
    ----------
    plan : Plan
    path : str or pathlib.Path

    Returns
    -------
    pathlib.Path or None
        Where a file that stood there and could not be read was put, so that nothing is lost.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    path = Path(path)
    aside = None
    if path.exists():
        try:
            read_plan(path)
        except PlanError:
            aside = find_aside(path, PLAN_ENDING if path.name.endswith(PLAN_ENDING) else ".txt")
    write_whole(path, format_plan(plan), aside)
    return aside


def _write_cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


class _Reader:
    """Reads the lines of a plan and gathers what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def read(self, text: str) -> Plan:
        lines = text.split("\n")
        if lines[0].rstrip("\r") != FIRST_LINE:
            self.report(1, None, repr(lines[0][:60]), repr(FIRST_LINE))
            return Plan()
        rows = list(self.split(lines[1:]))
        name = self.read_name(rows[0][1] if rows else [])
        if len(rows) < 2 or tuple(rows[1][1]) != COLUMNS:
            found = ",".join(rows[1][1])[:80] if len(rows) > 1 else "nothing"
            self.report(HEADER_ROW, None, repr(found), repr(",".join(COLUMNS)))
            return Plan((), name)
        doses = [self.read_dose(row, cells) for row, cells in rows[2:]]
        good = tuple(dose for dose in doses if dose is not None)
        if len(good) > MOST_DOSES:
            self.report(None, None, f"{len(good)} doses", f"at most {MOST_DOSES}")
        return Plan(good[:MOST_DOSES], name)

    def split(self, lines: list[str]) -> Iterator[tuple[int, list[str]]]:
        """Cells of each line with the number of the line; an empty line at the end is none."""
        while lines and not lines[-1].strip("\r"):
            lines = lines[:-1]
        for row, line in enumerate(lines, start=2):
            try:
                yield row, next(csv.reader([line.rstrip("\r")], strict=True), [])
            except csv.Error as error:
                self.report(row, None, repr(line[:60]), f"cells parted by commas ({error})")
                yield row, []

    def read_name(self, cells: list[str]) -> str:
        allowed = f"name, and one line of at most {LONGEST_NAME} characters"
        if len(cells) != 2 or cells[0] != NAME:
            self.report(2, NAME, repr(",".join(cells)[:60]), allowed)
            return ""
        try:
            return Plan((), cells[1]).name
        except CauseError:
            self.report(2, NAME, repr(cells[1][:60]), allowed)
            return ""

    def read_dose(self, row: int, cells: list[str]) -> Dose | None:
        if len(cells) != len(COLUMNS):
            self.report(row, None, f"{len(cells)} cells", f"{len(COLUMNS)}: {','.join(COLUMNS)}")
            return None
        values = {
            column: self.read_cell(row, column, cell)
            for column, cell in zip(COLUMNS, cells, strict=True)
        }
        if None in values.values():
            return None
        return Dose(**values)

    def read_cell(self, row: int, column: str, cell: str) -> Any:
        """The value of a cell, or None where it is reported."""
        info = list_fields(Dose)[column]
        options, limits = list_options(info), find_range(info)
        if options and cell in options:
            return cell
        if limits:
            try:
                number = float(cell) if cell.isascii() and "_" not in cell else math.nan
            except ValueError:
                number = math.nan
            if limits[0] <= number <= limits[1]:
                return number
        self.report(row, column, repr(cell[:60]), say_allowed(info))
        return None

    def report(self, row: int | None, column: str | None, found: str, allowed: str) -> None:
        self.problems.append(Problem(self.file, row, column, found, allowed))
