"""All findings that were kept back, put to the model: as a text and as a file."""

import math
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.tools.checkout import CheckoutError
from musclechain.tools.validation import (
    loads,
    raises,
    running,
    standing,
    tissue,
    treatment,
    unasked,
)
from musclechain.tools.validation.question import (
    AGREES,
    CANNOT,
    DISAGREES,
    Answer,
    Asker,
    Measured,
    Part,
    Question,
    answer,
)

__all__ = [
    "answer_all",
    "build_table",
    "check_path",
    "count_verdicts",
    "describe_answers",
    "format_number",
    "list_questions",
    "write_table",
]

WIDTH = 100
COLUMNS = (
    "evidence",
    "verdict",
    "decides",
    "statement",
    "published",
    "asked",
    "model",
    "reason",
    "source",
)


def list_questions() -> tuple[Question, ...]:
    """List the questions, one for each finding that was kept back, by their ids."""
    modules = (standing, loads, tissue, running, raises, treatment, unasked)
    asked = (one for module in modules for one in module.QUESTIONS)
    return tuple(sorted(asked, key=lambda question: question.evidence))


def answer_all(body: Body, draws: int, tell: Callable[[str], object] | None = None) -> list[Answer]:
    """Put every question.

    Parameters
    ----------
    body : Body
    draws : int
        Number of bodies that the ranges are drawn from; 0 for no ranges.
    tell : callable, optional
        Called with the id of each finding before it is asked about.

    Returns
    -------
    list of Answer
    """
    asker, answers = Asker(body, draws), []
    for question in list_questions():
        if tell is not None:
            tell(question.evidence)
        answers += answer(question, asker)
    return answers


def build_table(body: Body, answers: Iterable[Answer]) -> pd.DataFrame:
    """Build the table of the answers.

    Parameters
    ----------
    body : Body
    answers : iterable of Answer

    Returns
    -------
    pandas.DataFrame
        One row for each way to put a question. `decides` is yes for the way
        that counts; the verdict of another row is that of its way alone.
    """
    return pd.DataFrame([_list_cells(body, given) for given in answers], columns=list(COLUMNS))


def _list_cells(body: Body, given: Answer) -> tuple[str, ...]:
    finding = body.evidence(given.question.evidence)
    return (
        given.question.evidence,
        given.verdict,
        "yes" if given.decides else "no",
        finding["statement"],
        given.question.published,
        given.asked,
        " | ".join(f"{_judge(part)}: {_say_part(part)}" for part in given.parts),
        given.reason,
        finding["citation"],
    )


def _say_part(part: Part) -> str:
    number, unit = format_number(part.measured.value), part.unit
    return (
        f"{part.what}: {number} {unit}{_say_range(part.measured)}; published: {part.expected.words}"
    )


def _judge(part: Part) -> str:
    return "agrees" if part.agrees else "differs"


def _say_range(measured: Measured) -> str:
    if math.isnan(measured.low):
        return ""
    return f" ({format_number(measured.low)} to {format_number(measured.high)})"


def format_number(value: float) -> str:
    """Write a number with three digits that count, and never less than tells it from 0.

    Examples
    --------
    >>> format_number(712.8), format_number(-0.0123), format_number(5.514)
    ('713', '−0.01', '5.51')
    """
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if abs(value) > 0.01 else 2
    return f"{round(value, min(digits, 2)) + 0.0:.{min(digits, 2)}f}".replace("-", "−")


def count_verdicts(answers: Iterable[Answer]) -> str:
    """Count what the deciding ways came to, in one line."""
    count = Counter(given.verdict for given in answers if given.decides)
    asked = count[AGREES] + count[DISAGREES]
    return (
        f"{asked} asked: {count[AGREES]} agree, {count[DISAGREES]} disagree;"
        f" {count[CANNOT]} cannot be asked"
    )


def describe_answers(body: Body, answers: list[Answer]) -> str:
    """Describe the answers as text, the count last.

    Parameters
    ----------
    body : Body
    answers : list of Answer

    Returns
    -------
    str
    """
    head = textwrap.fill(
        "Findings that were kept back when the model was built, put to it. A direction agrees where"
        " the model's value has it; a published value agrees where it meets the model's value or"
        " the range in brackets, which holds 90 % of the drawn bodies. Without brackets fewer than"
        " half of them can hold the posture, or a table sets the number. A value may lie outside"
        " its brackets: some numbers of the model stand near one end of the range that the drawn"
        " bodies take them from, such as the tone of a muscle at rest. Nothing is tuned to agree.",
        WIDTH,
    )
    return "\n\n".join(
        [head, *(_describe(body, given) for given in answers), count_verdicts(answers)]
    )


def _describe(body: Body, given: Answer) -> str:
    statement = body.evidence(given.question.evidence)["statement"]
    title = given.question.evidence if given.decides else f"{given.question.evidence}, another way"
    lines = [f"{title}: {given.verdict}"]
    if given.decides:
        lines += [_indent("finding", statement), _indent("study", given.question.published)]
    lines += [
        _indent(label, text)
        for label, text in (("asked", given.asked), ("why", given.reason))
        if text
    ]
    lines += [_indent(_judge(part), _say_part(part)) for part in given.parts]
    return "\n".join(lines)


def _indent(label: str, text: str) -> str:
    start = f"  {label:<8}"
    return textwrap.fill(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))


def check_path(path: Path) -> None:
    """Refuse a path that no table can be written to, before any time is spent on its rows.

    Raises
    ------
    CheckoutError
    """
    if path.is_dir():
        raise CheckoutError(f"{path} is a folder; give the name of a file, such as answers.csv")
    if not path.parent.is_dir():
        raise CheckoutError(f"there is no folder {path.parent}; make it first, or choose another")


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write the table as CSV.

    Raises
    ------
    CheckoutError
        When the file cannot be written.
    """
    check_path(path)
    try:
        table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise CheckoutError(f"cannot write {path}: {error}") from None
