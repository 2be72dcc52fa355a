"""The claims of the text, each with the computation that shows it: closing tables and the command
``python -m musclechain claims`` are made from the same lists, those of the lessons."""

from collections.abc import Callable
from dataclasses import dataclass

from musclechain.anatomy.body import Body, read_body
from musclechain.lessons.lesson import ClaimShown, find_lesson, list_lessons
from musclechain.views.page.closing import ClaimTable, show_claims

__all__ = ["ClaimsReport", "close_lesson", "compute_claims", "report_claims"]


def close_lesson(name: str, body: Body | None = None) -> ClaimTable:
    """Close a lesson: what the text says, what the model shows, what the evidence says.

    Parameters
    ----------
    name : str
        As the notebook is called: ``02_hamstring_strain``.
    body : Body, optional
        By default the one that comes with the package.

    Returns
    -------
    ClaimTable
        Of the claims of that lesson, computed now.

    Raises
    ------
    ValueError
        If there is no such lesson, or it shows no claim.
    """
    lesson = find_lesson(name)
    if not lesson.claims:
        raise ValueError(f"The lesson {name} shows no claim.")
    body = read_body() if body is None else body
    return show_claims(body, {number: show(body).words for number, show in lesson.claims.items()})


def compute_claims(body: Body) -> dict[int, ClaimShown]:
    """Compute every claim that a lesson shows.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of int to ClaimShown
        By number of the claim.
    """
    shows: dict[int, Callable[[Body], ClaimShown]] = {}
    for lesson in list_lessons():
        shows |= lesson.claims
    return {number: show(body) for number, show in sorted(shows.items())}


@dataclass(frozen=True)
class ClaimsReport:
    """All claims of the text, and what the model says of each.

    Attributes
    ----------
    text : str
        Claim by claim, with a last line that counts.
    missing : tuple of int
        Claims of a lesson that stands, without a computation.
    """

    text: str
    missing: tuple[int, ...]


def report_claims(body: Body) -> ClaimsReport:
    """Report on every claim: what the model gives, the verdict of the evidence, and whether model
    and claim agree.

    Parameters
    ----------
    body : Body

    Returns
    -------
    ClaimsReport
    """
    claims, shown = body.graph.graph["claims"], compute_claims(body)
    standing = {lesson.number for lesson in list_lessons()}
    missing = tuple(
        number
        for number, claim in claims.items()
        if number not in shown and claim.lesson in standing
    )
    parts = []
    for number, claim in claims.items():
        if number in shown:
            found = f"model:    {shown[number].words}\n  together: {shown[number].agreement}"
        elif number in missing:
            found = f"model:    MISSING, although lesson {claim.lesson} stands"
        else:
            found = f"model:    open, lesson {claim.lesson} is not built"
        parts.append(f"{number}. {claim.text}\n  {found}\n  evidence: {claim.verdict}")
    count = f"{len(shown)} of {len(claims)} computed, {len(claims) - len(shown)} open"
    return ClaimsReport("\n\n".join([*parts, count]), missing)
