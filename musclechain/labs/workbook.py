"""A workbook: what a learner answers, predicts and marks in a lesson, kept in a small file beside
the notebook once they say so, and read back."""

import base64
import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import ipywidgets as widgets
import traitlets
from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from pydantic_core import to_jsonable_python

from musclechain.anatomy.body import UnknownStructureError
from musclechain.anatomy.files import find_aside, write_whole
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.reopened import Reopened

__all__ = ["ENDING", "Page", "PageError", "Workbook", "open_workbook", "read_page", "write_page"]

ENDING = ".answers.json"
MOST_BYTES = 500_000
SHOWN = 3  # problems of one file
LESSON = re.compile(r"\w+")

Name = Annotated[str, StringConstraints(max_length=500)]
Answer = Annotated[str, StringConstraints(max_length=2000)]


class PageError(ValueError):
    """A file of answers that cannot be read: where, what was found, what is allowed."""


@dataclass(config=ConfigDict(extra="forbid", strict=True))
class Page:
    """What a file of answers holds.

    Attributes
    ----------
    lesson : str
        As the notebook is called: ``02_hamstring_strain``.
    learner : str
        A name or a code word; may be empty.
    answers : dict of str to str, or list of str
        By kind and name of the question; those of a lab's tasks in their order.
    marks : dict of str to list of str
        Ids of the structures that were marked, by name of the prediction.
    """

    lesson: Name
    learner: Annotated[str, StringConstraints(max_length=80)] = ""
    answers: dict[Name, Answer | list[Answer]] = field(default_factory=dict)
    marks: dict[Name, list[Name]] = field(default_factory=dict)
    format: Literal["musclechain answers 1"] = "musclechain answers 1"


PAGES = TypeAdapter(Page)


def read_page(path: Path) -> Page:
    """Read a file of answers.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    Page

    Raises
    ------
    PageError
        Naming file, field (or row and column), what was found and what is allowed.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PageError(f"{path.name}: found more than {MOST_BYTES // 1000} kB; allowed: less")
        text = path.read_text("utf-8")
        json.loads(text)  # which says row and column of what it cannot read
        return PAGES.validate_json(text)
    except json.JSONDecodeError as error:
        raise PageError(
            f"{path.name}, row {error.lineno}, column {error.colno}: found no JSON"
            f" ({error.msg}); allowed: a file as the lesson wrote it"
        ) from error
    except ValidationError as error:
        lines = [
            f"{path.name}, {'.'.join(map(str, problem['loc'])) or 'the whole file'}: found"
            f" {str(problem['input'])[:60]!r}; allowed: {problem['msg']}"
            for problem in error.errors()[:SHOWN]
        ]
        raise PageError("\n".join(lines)) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise PageError(f"{path.name} cannot be read: {error}") from error


def write_page(page: Page, path: Path, aside: Path | None = None) -> None:
    """Write a file of answers: whole, or not at all; `aside` as in `write_whole`.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    write_whole(path, _write_text(page), aside)


def _write_text(page: Page) -> str:
    return json.dumps(to_jsonable_python(page), ensure_ascii=False, indent=1) + "\n"


def link_copy(page: Page) -> str:
    """Write a link, in HTML, that saves a copy of a page under the learner's name, so that the
    files of a class lie beside each other in one folder; "" without a name."""
    learner = re.sub(r"\W+", "_", page.learner).strip("_")
    if not learner:
        return ""
    data = base64.b64encode(_write_text(page).encode()).decode()
    file = html.escape(f"{page.lesson}.{learner}{ENDING}")
    return (
        f"<a download='{file}' href='data:application/json;base64,{data}'>Save a copy to hand in"
        f"</a>: {file}"
    )


class Workbook(Reopened, widgets.VBox):
    """What a learner answers, predicts and marks in a lesson.

    Questions and labs that are given a workbook find their answers in it when their cell is run
    again; with *Keep my answers* they stand in a file beside the notebook, and are there the next
    day. A file that cannot be read costs nothing but a message: it is set aside before another one
    is written.

    Parameters
    ----------
    lesson : str
        As the notebook is called: ``02_hamstring_strain``.
    folder : str or pathlib.Path
        Where its file lies; by default where the notebook runs.

    Attributes
    ----------
    path : pathlib.Path
    page : Page
        What is answered so far.
    message : str
        What became of the file, in words.

    Raises
    ------
    ValueError
        If the lesson's name is no name of a file.
    """

    kind = "workbook"

    def __init__(self, lesson: str, folder: str | Path = "") -> None:
        if not isinstance(lesson, str) or not LESSON.fullmatch(lesson):
            raise ValueError(
                "A workbook is named as its notebook, in letters, digits and _, such as"
                f" 02_hamstring_strain, and not {lesson!r}."
            )
        self.path = Path(folder) / f"{lesson}{ENDING}"
        self.page, self.message = Page(lesson=lesson), ""
        self._settings: dict[str, dict[str, Any]] = {}
        self._is_broken = False
        self._keep = widgets.Checkbox(
            value=False,
            description="Keep my answers in a file beside this page",
            indent=False,
            layout=widgets.Layout(width="100%"),
        )
        self._learner = widgets.Text(
            description="Name",
            placeholder="or a code word; may stay empty",
            layout=widgets.Layout(width="min(100%, 380px)"),
        )
        self._note, self._copy = widgets.HTML(), widgets.HTML()
        self._read()
        super().__init__([self._keep, self._learner, self._note, self._copy, PanelDress()])
        self._copy.value = link_copy(self.page)
        self.add_class("mc-question")
        self._keep.observe(self._on_keep_change, "value")
        self._learner.observe(self._on_learner_change, "value")

    def _read(self) -> None:
        if not self.path.exists():
            self._say(f"Nothing is kept yet. The file would be called {self.path.name}.")
            return
        try:
            page = read_page(self.path)
            if page.lesson != self.page.lesson:
                raise PageError(
                    f"{self.path.name}, lesson: found {page.lesson!r}; allowed:"
                    f" {self.page.lesson!r}"
                )
        except PageError as error:
            self._is_broken = True
            self._say(f"The kept answers could not be read, and stay as they are. {error}")
            return
        self.page = page
        self._keep.value, self._learner.value = True, page.learner
        self._say(f"Your answers were read from {self.path.name}.")

    def write_still(self) -> str:
        """Write what became of the file."""
        return f"<p>{html.escape(self.message)}</p>"

    def tie(
        self,
        name: str,
        owner: traitlets.HasTraits,
        trait: str,
        restore: Callable[[Any], Any] | None = None,
    ) -> None:
        """Tie a trait that holds an answer to this workbook: what is kept goes into it, and what
        is answered from now on is kept.

        Parameters
        ----------
        name : str
            Of the answer.
        owner : traitlets.HasTraits
        trait : str
            A text or a list of texts.
        restore : callable, optional
            Called with what is kept; by default the trait is set to it.
        """
        self._tie(self.page.answers, name, owner, trait, restore)

    def tie_marks(self, name: str, owner: traitlets.HasTraits) -> None:
        """Tie the marks on a body map to this workbook, as those of a prediction."""
        self._tie(self.page.marks, name, owner, "marked", None)

    def _tie(
        self,
        kept: dict[str, Any],
        name: str,
        owner: traitlets.HasTraits,
        trait: str,
        restore: Callable[[Any], Any] | None,
    ) -> None:
        if kept.get(name):
            try:
                if isinstance(kept[name], list) != isinstance(getattr(owner, trait), list):
                    raise ValueError(f"found {kept[name]!r}")
                (restore or partial(owner.set_trait, trait))(kept[name])
            except (traitlets.TraitError, UnknownStructureError, ValueError) as error:
                self._say(f"One kept answer does not fit this lesson any more ({name}): {error}")

        def put(change: dict[str, Any]) -> None:
            kept[name] = change["new"]
            self._save()

        owner.observe(put, trait)

    def tie_settings(
        self, name: str, inputs: Mapping[str, widgets.Widget], trait: str = "value"
    ) -> bool:
        """Tie the controls of a panel to this workbook, so that they stay when its cell is run
        again. They are not written to the file: *Run All* starts where the lesson starts.

        Parameters
        ----------
        name : str
            Of the panel, or of a part of it.
        inputs : mapping of str to widget
        trait : str
            Which trait of each is kept.

        Returns
        -------
        bool
            Whether there were settings.
        """
        kept = self._settings.setdefault(name, {})
        had = bool(kept)
        for control, box in inputs.items():
            if control in kept:
                try:
                    box.set_trait(trait, kept[control])
                except traitlets.TraitError:  # another body offers other choices
                    del kept[control]
            box.observe(partial(_remember, kept, control), trait)
        return had

    def _on_keep_change(self, change: Any) -> None:
        if change["new"]:
            self._save()
        else:
            self._say(
                f"From now on nothing is written. {self.path.name} stays until you delete it;"
                " without it this page starts clean."
            )

    def _on_learner_change(self, change: Any) -> None:
        self.page.learner = change["new"].strip()[:80]
        self._save()

    def _save(self) -> None:
        self._copy.value = link_copy(self.page)
        if not self._keep.value:
            return
        try:
            write_page(
                self.page, self.path, find_aside(self.path, ENDING) if self._is_broken else None
            )
            self._is_broken = False
        except OSError as error:
            self._say(f"The answers could not be written to {self.path.name}: {error.strerror}.")
        else:
            self._say(f"Your answers are in {self.path.name}.")

    def _say(self, message: str) -> None:
        if message != self.message:
            self.message = message
            lines = html.escape(message).replace("\n", "<br>")
            self._note.value = f"<p role='status' style='line-height:1.5'>{lines}</p>"


def _remember(kept: dict[str, Any], control: str, change: dict[str, Any]) -> None:
    kept[control] = change["new"]


def open_workbook(lesson: str, folder: str | Path = "") -> Workbook:
    """Open the workbook of a lesson; what was kept in its file is read back. See `Workbook`."""
    return Workbook(lesson, folder)
