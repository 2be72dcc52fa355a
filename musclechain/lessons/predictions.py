"""What a class predicted: the saved answers of its learners, counted, and their marks on one
body."""

import html
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from musclechain.anatomy.body import Body, read_body
from musclechain.anatomy.format import format_change, name_structure
from musclechain.labs.workbook import Page, PageError, read_page
from musclechain.lessons.lesson import Question, list_lessons
from musclechain.mechanics.spread import Result, spread
from musclechain.views.body.widget import BodyMap
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.html import table_to_html
from musclechain.views.page.reopened import Reopened

__all__ = ["ClassPredictions", "show_predictions"]

# such as 02_hamstring_strain.answers.json, also as a browser renames a second one
FILES = "*.answers*.json"
ASKED = "prediction "  # how a workbook begins the name of an answer to one
MOST_FILES = 1000
SHOWN = 5


class ClassPredictions(Reopened, widgets.VBox):
    """What a class predicted, one question at a time: how often each answer was chosen, and the
    marks of all on one body.

    Parameters
    ----------
    pages : sequence of Page
    body : Body
    problems : sequence of str
        Files that could not be read, in words.

    Attributes
    ----------
    asked : str
        The prediction that is shown; settable through `menu`.
    map : BodyMap
        The body with the marked structures outlined and named, and what the model shows once that
        is asked for.
    reveal : ipywidgets.ToggleButton
        Whether what the model shows is shown beside the votes; first they are talked about.
    """

    kind = "count"

    def __init__(self, pages: Sequence[Page], body: Body, problems: Sequence[str] = ()) -> None:
        self.pages, self.body, self.problems = tuple(pages), body, tuple(problems)
        self._questions = _list_questions(self.pages)
        self.map = BodyMap(body)
        self.map.labels = True
        self._words, self._table = widgets.HTML(), widgets.HTML()
        self.menu = widgets.Dropdown(
            options=[
                (f"{lesson}: {question.text[:60]}…", name)
                for name, (lesson, question) in self._questions.items()
            ],
            description="Prediction",
            layout=widgets.Layout(width="min(100%, 720px)"),
        )
        self.reveal = widgets.ToggleButton(
            description="What the model shows", layout=widgets.Layout(width="auto")
        )
        self._problems = widgets.HTML(_say_problems(self.problems))
        shown = [self.menu, self._words, self.reveal, self.map, self._table]
        if not self._questions:
            self._words.value = "<p>No file with a prediction was found.</p>"
            shown = [self._words]
        super().__init__([*shown, self._problems, PanelDress()])
        self.add_class("mc-question")
        self.menu.observe(self._on_question_change, "value")
        self.reveal.observe(lambda _: self._show(), "value")
        self._show()

    def write_still(self) -> str:
        """Write the counts that are shown now, and the body."""
        return f"{self._words.value}{self.map.write_still()}{self._table.value}"

    @property
    def asked(self) -> str:
        """The name of the prediction that is shown; "" where there is none."""
        return self.menu.value or ""

    def count_choices(self) -> dict[str, int]:
        """Count how often each choice of the shown prediction was chosen."""
        _, question = self._questions[self.asked]
        given = Counter(page.answers.get(f"{ASKED}{self.asked}") for page in self.pages)
        return {choice: given[choice] for choice in question.choices}

    def count_marks(self) -> dict[str, int]:
        """Count how many learners marked each structure, the most marked first."""
        marked = (set(page.marks.get(self.asked, ())) for page in self.pages)
        known = set(self.body.structures)
        counts = Counter(name for names in marked for name in names if name in known)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def _on_question_change(self, _: Any) -> None:
        if self.reveal.value:
            self.reveal.value = False  # which shows the votes on the new question
        else:
            self._show()

    def _show(self) -> None:
        if not self.asked:
            return
        _, question = self._questions[self.asked]
        is_told = self.reveal.value and question.solve is not None
        result = question.solve(self.body) if is_told and question.solve else spread(self.body)
        marks = self.count_marks()
        self.map.play(result)
        self.map.tally = marks
        self.map.layout.display = "" if marks else "none"
        told = question.compare(self.body) if self.reveal.value and question.compare else None
        self._words.value = _say_choices(question, self.count_choices(), told)
        self._table.value = _say_marks(marks, result if is_told else None, self.body)


def _list_questions(pages: Sequence[Page]) -> dict[str, tuple[str, Question]]:
    """The predictions that somebody answered or marked, with their lesson, by name."""
    touched = {
        name
        for page in pages
        for name in (
            *page.marks,
            *(key.removeprefix(ASKED) for key in page.answers if key.startswith(ASKED)),
        )
    }
    return {
        name: (lesson.number, question)
        for lesson in list_lessons()
        for name, question in lesson.predictions.items()
        if name in touched
    }


def _say_choices(question: Question, counts: dict[str, int], told: tuple[str, str] | None) -> str:
    """The votes, and what the model shows where it is told: the right choice and a sentence."""
    table = pd.DataFrame({"Predicted": list(counts), "Learners": list(counts.values())})
    after = ""
    if told is not None:
        table["The model"] = ["this one" if choice == told[0] else "" for choice in counts]
        after = f"<p style='line-height:1.5'>The model shows: {html.escape(told[1])}</p>"
    return (
        f"<p style='font-weight:600;line-height:1.4'>{html.escape(question.text)}</p>"
        f"{table_to_html(table, 'How often each answer was chosen')}{after}"
    )


def _say_marks(marks: dict[str, int], result: Result | None, body: Body) -> str:
    if not marks:
        return "<p>Nobody marked anything on the body.</p>"
    table = pd.DataFrame(
        {
            "Marked": [name_structure(body, name) for name in marks],
            "Learners": list(marks.values()),
        }
    )
    if result is not None:
        change = result.table()["change_N"]
        table["The model"] = [format_change(float(change.get(name, 0.0))) for name in marks]
    return table_to_html(table, "What the class marked, most often first")


def _say_problems(problems: Sequence[str]) -> str:
    if not problems:
        return ""
    items = "".join(f"<li>{html.escape(problem)}</li>" for problem in problems[:SHOWN])
    more = len(problems) - SHOWN
    rest = f"<li>and {more} more</li>" if more > 0 else ""
    return f"<p>Could not be read:</p><ul>{items}{rest}</ul>"


def show_predictions(folder: str | Path, body: Body | None = None) -> ClassPredictions:
    """Show what a class predicted, from the files of answers that its learners have handed in.

    Parameters
    ----------
    folder : str or pathlib.Path
        Looked through with its folders for files such as ``02_hamstring_strain.answers.json``.
    body : Body, optional
        By default the one that comes with the package.

    Returns
    -------
    ClassPredictions
        Files that cannot be read are left out, and named in it, as a folder that is not there.

    Raises
    ------
    ValueError
        If it holds more than a thousand such files.
    """
    place = Path(folder)
    if not place.is_dir():
        beside = f" Folders are looked for beside this page, in {Path.cwd().name!r}."
        words = f"There is no folder {str(folder)!r}.{'' if place.is_absolute() else beside}"
        return ClassPredictions((), read_body() if body is None else body, [words])
    files = sorted(path for path in place.rglob(FILES) if path.is_file())
    if len(files) > MOST_FILES:
        raise ValueError(
            f"The folder {str(folder)!r} holds {len(files)} files of answers; at most"
            f" {MOST_FILES} are counted at once."
        )
    pages: list[Any] = []
    problems = []
    for path in files:
        try:
            pages.append(read_page(path))
        except PageError as error:
            problems.append(str(error).splitlines()[0])
    return ClassPredictions(pages, read_body() if body is None else body, problems)
