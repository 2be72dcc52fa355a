"""A card for home: what somebody may do every day, on one page to print."""

import base64
import html
from collections.abc import Iterable
from dataclasses import dataclass

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise
from musclechain.cases.plans import Dose, Plan, read_remedy
from musclechain.views.page.palette import GRADE_MARKS
from musclechain.views.words.plan_charts import find_dose_weeks, say_short_dose
from musclechain.views.words.red_flags import RED_FLAGS

__all__ = ["HomeCard", "show_card"]

WEEK_DAYS = 7
FILE = "home_practice.html"
# JupyterLab tells links within text by colour alone
UNDERLINED = "text-decoration:underline"
TITLE = "My practice at home"
LEAD = "Gently, as far as it feels good. Leave out what hurts; better a little every day."
PLANNED = "What I planned"
# so many lines leave room for the rest on one page
MOST_DOSES = 6
BY_HAND = (
    ("I do this on", "Mo &nbsp; Tu &nbsp; We &nbsp; Th &nbsp; Fr &nbsp; Sa &nbsp; Su"),
    ("What I notice", "&nbsp;"),
)
NO_DIAGNOSIS = (
    "This card teaches; it finds no illness and replaces no physician or physiotherapist. If pain"
    " lasts, if you have or have had cancer, or if you are worried, ask one."
)
# on the screen as wide as on paper, and on paper one page of A4 or of letter size
STYLE = """
@page { margin: 12mm; }
.mc-card { max-width: 180mm; font: 11pt/1.35 system-ui, 'Segoe UI', Arial, sans-serif;
  color: #1f1f1f; background: #ffffff; padding: 10px 16px; border: 1px solid #5f5f5f; }
.mc-card .mc-title { margin: 0 0 2px; font-size: 17pt; font-weight: 700; }
.mc-card .mc-what { margin: 8px 0 1px; font-size: 12pt; font-weight: 700; }
.mc-card p { margin: 1px 0; }
.mc-card ul { margin: 1px 0; padding-left: 18px; columns: 2; column-gap: 24px; }
.mc-card .mc-note { color: #4a4a4a; font-size: 9pt; }
.mc-card .mc-help { margin-top: 8px; padding: 4px 10px; border: 2px solid #1f1f1f; }
.mc-card .mc-hand { margin-top: 10px; border-bottom: 1px solid #5f5f5f; min-height: 36px; }
@media print { .mc-card { border: 0; padding: 0; break-inside: avoid; } }
"""


@dataclass(frozen=True)
class Practice:
    """One thing to do.

    Attributes
    ----------
    title, how : str
    rests_on : tuple of str
        Ids of data/evidence.csv.
    """

    title: str
    how: str
    rests_on: tuple[str, ...] = ()


def _list_practices(body: Body) -> tuple[Practice, ...]:
    stretching, daily = (read_remedy(body, one) for one in ("static stretching", "daily practice"))
    stretch = round(stretching.values["week"] / WEEK_DAYS) if stretching else 0
    balance = round(daily.values["week"] / WEEK_DAYS) if daily else 0
    return (
        Practice(
            "Stand on one leg, then on the other",
            "Stand tall beside a wall or a table that you can hold. Lift one foot a little and stay"
            " as long as you are steady; change sides. A side that finds it harder is no fault.",
            ("TX13",),
        ),
        Practice(
            f"Stretch the back of the thigh, about {stretch} minutes in all",
            "Heel on a low step, knee nearly straight, lean forward from the hip until you feel a"
            " gentle pull. Hold, breathe on, ease off, change sides. What grows is what you"
            " tolerate.",
            ("TX07", "TX16"),
        ),
        Practice(
            "Stretch the calf and the side",
            "One foot behind, heel down, lean toward the wall. Then one arm over the head and a"
            " little to the other side.",
        ),
        Practice(
            "Breathe",
            "Some slow breaths, a hand on the belly; let the breath out longer than in.",
        ),
        Practice(
            "Posture, lightly",
            "Now and then grow tall, chest a little open, shoulders soft. Then move: no posture is"
            " the right one for long. Noticing helps, and it is not the only way.",
            ("TX15",),
        ),
        Practice(
            "How much",
            f"All of it in about {balance} minutes a day (our assumption). A missed day does no"
            " harm.",
        ),
    )


class HomeCard:
    """A card for home; a notebook shows it with a link that saves it as a page to print, ``str()``
    gives plain text."""

    def __init__(self, body: Body, plan: Plan | None = None) -> None:
        self.practices = _list_practices(body)
        self.planned = [_say_dose(dose) for dose in plan.doses[:MOST_DOSES]] if plan else []
        left = len(plan.doses) - MOST_DOSES if plan else 0
        if left > 0:
            self.planned.append(f"{left} more, in the file of the plan")
        self._grades = {
            key: str(body.evidence(key)["grade"]) for one in self.practices for key in one.rests_on
        }

    def __repr__(self) -> str:
        told = "\n".join(f"{one.title}: {one.how}" for one in self.practices)
        if self.planned:
            told += "\n" + "\n- ".join([f"{PLANNED}:", *self.planned])
        flags = "\n".join(f"- {flag.words}" for flag in RED_FLAGS)
        return f"{TITLE}\n{LEAD}\n{told}\nGet help at once if\n{flags}\n{NO_DIAGNOSIS}"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.write_page().encode()).decode()
        link = (
            f"<a style='{UNDERLINED}' download='{FILE}'"
            f" href='data:text/html;charset=utf-8;base64,{data}'>Save this card as a page</a>"
        )
        return (
            f"<style>{STYLE}</style>{self._write_card('h3', 'h4')}"
            f"<p>{link}, open it, and print: it fits on one sheet.</p>"
        )

    def write_page(self) -> str:
        """Write the card as a page of its own, which prints on one sheet of A4 or letter size.

        Returns
        -------
        str
            HTML that needs no network and no script.
        """
        return (
            f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE}</title>"
            f"<style>{STYLE}</style></head><body style='margin:0'>"
            f"{self._write_card('h2', 'h3')}</body></html>"
        )

    def _write_card(self, large: str, small: str) -> str:
        practices = "".join(
            f"<{small} class='mc-what'>{html.escape(one.title)}</{small}><p>{html.escape(one.how)}"
            f"{self._say_grades(one)}</p>"
            for one in self.practices
        )
        if self.planned:
            practices += f"<{small} class='mc-what'>{PLANNED}</{small}>{_list(self.planned)}"
        by_hand = "".join(f"<p class='mc-hand'><b>{name}:</b> {rest}</p>" for name, rest in BY_HAND)
        return (
            f"<section class='mc-card' aria-label='{TITLE}'>"
            f"<{large} class='mc-title'>{TITLE}</{large}><p>{LEAD}</p>{practices}"
            "<div class='mc-help'><p><b>Get help at once if</b></p>"
            f"{_list(flag.words for flag in RED_FLAGS)}</div>{by_hand}"
            f"<p class='mc-note'>{NO_DIAGNOSIS}</p></section>"
        )

    def _say_grades(self, practice: Practice) -> str:
        if not practice.rests_on:
            return ""
        told = ", ".join(
            f"{key} {GRADE_MARKS[self._grades[key]]} {self._grades[key]}"
            for key in practice.rests_on
        )
        return f" <span class='mc-note'>({html.escape(told)})</span>"


def _say_dose(dose: Dose) -> str:
    first, last = find_dose_weeks(dose)
    place = "" if dose.region == "body" else f", {dose.region}"
    side = "" if dose.side == "both" else f", {dose.side}"
    return (
        f"{capitalise(dose.remedy)}{place}{side}: {say_short_dose(dose)}, weeks {first:g} to"
        f" {last:g}"
    )


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"


def show_card(body: Body, plan: Plan | None = None) -> HomeCard:
    """Show a card for home: the text's balance exercise and stretches, breathing, posture
    reminders, and the signs with which to seek help.

    Parameters
    ----------
    body : Body
        Gives doses and grades.
    plan : Plan, optional
        Its first six doses stand on the card too.

    Returns
    -------
    HomeCard
    """
    return HomeCard(body, plan)
