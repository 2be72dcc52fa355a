"""The end of a lesson: what the text says, what the model shows, what the evidence says; and the
sources."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.records import Claim
from musclechain.views.page.palette import GRADE_MARKS

__all__ = ["ClaimTable", "SourceList", "show_claims", "show_sources"]

# The text's claims have one verdict more than findings have grades.
VERDICT_MARKS = {
    **{grade: mark for grade, mark in GRADE_MARKS.items() if grade != "folk wisdom"},
    "weak": "◔",
    "folk wisdom": GRADE_MARKS["folk wisdom"],
}
CELL = (
    "text-align:left;vertical-align:top;padding:8px"
    " 10px;line-height:1.45;white-space:normal;overflow-wrap:anywhere"
)


def show_claims(body: Body, shown: Mapping[int, object]) -> "ClaimTable":
    """Put claims of the text beside what the model shows and what the evidence says.

    Parameters
    ----------
    body : Body
    shown : mapping of claim number to Finding or str
        What the model shows for each claim, made from results.

    Returns
    -------
    ClaimTable

    Raises
    ------
    ValueError
        For a claim that the data do not have, or one without words.
    """
    claims = body.graph.graph["claims"]
    if not isinstance(shown, Mapping) or not shown:
        raise ValueError(
            "Give a dict of claim number to what the model shows, such as {7:"
            " describe_reach(result)}."
        )
    for number, words in shown.items():
        if number not in claims:
            raise ValueError(
                f"There is no claim {number!r}; there are {min(claims)} to {max(claims)}."
            )
        if not str(words).strip():
            raise ValueError(f"Claim {number} needs words about what the model shows.")
    return ClaimTable(
        tuple(_gather(body, claims[number], str(words)) for number, words in shown.items())
    )


def _gather(body: Body, claim: Claim, words: str) -> dict[str, Any]:
    found = [body.evidence(key) for key in claim.evidence if key != "none"]
    return {
        "number": claim.claim,
        "paragraph": claim.paragraph,
        "text": claim.text,
        "model": words,
        "verdict": claim.verdict,
        "evidence": claim.evidence_says,
        "found": found,
    }


class ClaimTable:
    """The closing table of a lesson; a notebook shows it as a table, ``str()`` gives it as plain
    text.

    Attributes
    ----------
    rows : tuple of dict
        number, paragraph, text, model, verdict, evidence, found.
    """

    def __init__(self, rows: tuple[dict[str, Any], ...]) -> None:
        self.rows = rows

    def __repr__(self) -> str:
        return "\n\n".join(
            f"Claim {row['number']}. The text says: {row['text']}\nThe model shows:"
            f" {row['model']}\nThe evidence says: {row['verdict']}. {row['evidence']}"
            for row in self.rows
        )

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th scope='col' style='{CELL};width:{width}'>{word}</th>"
            for word, width in (
                ("Claim", "3.4em"),
                ("The text says", "19%"),
                ("The model shows", "29%"),
                ("The evidence says", "auto"),
            )
        )
        caption = (
            "<caption style='text-align:left;padding:4px 10px'>The text says, the model shows, the"
            " evidence says</caption>"
        )
        return (
            "<table style='width:100%;table-layout:fixed;border-collapse:collapse'>"
            f"{caption}<thead><tr>{head}</tr></thead>"
            f"<tbody>{''.join(map(_write_row, self.rows))}</tbody></table>"
            f"<p>{_legend(VERDICT_MARKS)}</p>"
        )


def _write_row(row: Mapping[str, Any]) -> str:
    count = len(row["found"])
    sources = (
        f"<details><summary>{count} {'source' if count == 1 else 'sources'}</summary>"
        f"{_write_list(row['found'])}</details>"
        if count
        else ""
    )
    verdict = (
        f"<strong>{VERDICT_MARKS[row['verdict']]} {html.escape(row['verdict'])}.</strong>"
        f" {html.escape(row['evidence'])}"
    )
    cells = "".join(
        f"<td style='{CELL}'>{text}</td>"
        for text in (html.escape(row["text"]), html.escape(row["model"]), verdict + sources)
    )
    return f"<tr><th scope='row' style='{CELL}'>{row['number']}</th>{cells}</tr>"


def show_sources(body: Body, *keys: "str | ClaimTable") -> "SourceList":
    """List findings with grade and citation, each once.

    Parameters
    ----------
    body : Body
    *keys : str or ClaimTable
        Ids of data/evidence.csv or data/sources.csv; a closing table stands for all that it cites.

    Returns
    -------
    SourceList

    Raises
    ------
    UnknownStructureError
        If there is no such id.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for key in keys:
        for finding in (
            [cited for row in key.rows for cited in row["found"]]
            if isinstance(key, ClaimTable)
            else [body.evidence(key)]
        ):
            found.setdefault(finding["evidence"], finding)
    return SourceList(tuple(found[key] for key in sorted(found)))


class SourceList:
    """Findings with their citations; a notebook shows them as a folded list, since what they found
    answers predictions, ``str()`` gives plain text.

    Attributes
    ----------
    found : tuple of dict
        As `Body.evidence` gives them.
    """

    def __init__(self, found: tuple[Mapping[str, Any], ...]) -> None:
        self.found = found

    def __repr__(self) -> str:
        return "\n".join(
            f"{finding['evidence']} ({finding['grade']}): {finding['statement']}"
            f" {finding['citation']}"
            for finding in self.found
        )

    def _repr_html_(self) -> str:
        count = len(self.found)
        return (
            f"<details><summary>{count} {'finding' if count == 1 else 'findings'} with grade and"
            f" source</summary>{_write_list(self.found)}</details><p>{_legend(GRADE_MARKS)}</p>"
        )


def _write_list(found: Iterable[Mapping[str, Any]]) -> str:
    items = "".join(
        f"<li style='margin:4px 0'><b>{html.escape(finding['evidence'])}</b>"
        f" {GRADE_MARKS[finding['grade']]} {html.escape(finding['grade'])}:"
        f" {html.escape(finding['statement'])}"
        f" <cite>{html.escape(finding['citation'])}</cite>{_note(finding)}</li>"
        for finding in found
    )
    return f"<ul style='padding-left:20px;margin:4px 0'>{items}</ul>"


def _note(finding: Mapping[str, Any]) -> str:
    return f" <small>({html.escape(finding['note'])})</small>" if finding.get("note") else ""


def _legend(marks: Mapping[str, str]) -> str:
    return " &nbsp; ".join(f"{mark} {html.escape(word)}" for word, mark in marks.items())
