"""What is wrong with a data folder, in words: each defect in its place, causes before what follows
from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

__all__ = ["DataError", "Problem", "Stage"]

SHOWN = 20
# So many unknown ids of one file, each of them named more than once, are rows that it has lost.
MANY_IDS = 4


class Stage(IntEnum):
    """When a defect is found; what is found early causes what is found late."""

    READING = 0
    FITTING = 1
    NAMING = 2


@dataclass(frozen=True)
class Problem:
    """One defect in one place of a data folder.

    Attributes
    ----------
    file : str
    row : int or None
        1 is the header.
    column : str or None
    found, allowed : str
    stage : Stage
    unknown : str or None
        The id that no file has, where that is what is wrong.
    targets : tuple of str
        The files (without their ending) that could have it.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: str
    stage: Stage = Stage.READING
    unknown: str | None = None
    targets: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = (
            self.file
            + (f", row {self.row}" if self.row else "")
            + (f", column {self.column}" if self.column else "")
        )
        return _write_out(f"{place}: found {self.found}; allowed: {self.allowed}")


class DataError(ValueError):
    """All defects of a data folder, each with file, row, column, found and allowed.

    The message shows the first twenty and folds rows that name the same unknown id into one;
    `problems` has all of them.
    """

    def __init__(self, folder: object, problems: Iterable[Problem]) -> None:
        self.folder = None if folder is None else str(folder)
        self.problems = tuple(sorted(problems, key=lambda problem: problem.stage))
        lines = _list_lines(self.problems)
        count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
        place = "data of this body" if folder is None else f"data folder {folder}"
        shown = "".join(f"\n  {line}" for line in lines[:SHOWN])
        more = len(lines) - SHOWN
        rest = f"\n  and {more} more (error.problems lists every one)" if more > 0 else ""
        super().__init__(f"{count} in the {place}:{shown}{rest}")

    def __reduce__(self) -> tuple[type, tuple[str | None, tuple[Problem, ...]]]:
        return type(self), (self.folder, self.problems)


@dataclass
class _Gap:
    """An id that no file has, with the rows that name it."""

    name: str
    targets: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        others = len(self.problems) - 1
        more = f"; {others} more row{'s name' if others > 1 else ' names'} it" if others else ""
        return f"{self.problems[0]}{more}"


def _write_out(text: str) -> str:
    """Write characters that cannot be seen as their code, so that a message is one line."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def _list_lines(problems: Sequence[Problem]) -> list[str]:
    """List what a message tells: files that cannot be read, rows that are lost, rows that do not
    fit, and ids that nobody knows."""
    gaps = _collect_gaps([problem for problem in problems if problem.unknown is not None])
    lost: dict[tuple[str, ...], list[_Gap]] = {}
    for gap in gaps:
        if len(gap.problems) > 1:
            lost.setdefault(gap.targets, []).append(gap)
    lost = {targets: missing for targets, missing in lost.items() if len(missing) >= MANY_IDS}
    folded = [gap for missing in lost.values() for gap in missing]
    own = [problem for problem in problems if problem.unknown is None]
    return [
        *(str(problem) for problem in own if problem.stage is Stage.READING),
        *(_describe_lost_rows(targets, missing) for targets, missing in lost.items()),
        *(str(problem) for problem in own if problem.stage is not Stage.READING),
        *(str(gap) for gap in gaps if gap not in folded),
    ]


def _collect_gaps(problems: Iterable[Problem]) -> list[_Gap]:
    """Gather the rows that name the same id of the same file."""
    gaps: dict[str, list[_Gap]] = {}
    for problem in problems:
        known = gaps.setdefault(str(problem.unknown), [])
        for gap in known:
            common = tuple(target for target in gap.targets if target in problem.targets)
            if common:
                gap.targets = common
                gap.problems.append(problem)
                break
        else:
            known.append(_Gap(str(problem.unknown), problem.targets, [problem]))
    return [gap for known in gaps.values() for gap in known]


def _describe_lost_rows(targets: Sequence[str], missing: Sequence[_Gap]) -> str:
    """Say that a file lacks many rows, in place of all the rows that name what it lacks."""
    rows = sum(len(gap.problems) for gap in missing)
    files = dict.fromkeys(problem.file for gap in missing for problem in gap.problems)
    names = [f"'{gap.name}'" for gap in missing]
    listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return _write_out(
        f"{' or '.join(f'{target}.csv' for target in targets)}: found no row for {listed}, which"
        f" {rows} rows of {', '.join(files)} name; allowed: a row for every id that is named"
    )
