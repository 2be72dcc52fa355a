"""Tasks of a lab, one at a time beside its picture: the setting that a task starts from, what is
asked, and an answer that the model computes when it is asked."""

import html
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

import ipywidgets as widgets
import traitlets

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    call_structure,
    format_newtons,
    join_words,
    name_structure,
)
from musclechain.labs.exercises import OPEN, Reply, find_structure, read_number, strip_side
from musclechain.labs.questions import Prediction, listen_to_checks, show_reply
from musclechain.labs.stand import Standing, describe_changes, read_stand
from musclechain.labs.workbook import Workbook
from musclechain.mechanics.spread import Result
from musclechain.views.body.outline.sight import DEPTHS
from musclechain.views.words.errors import MODEL_ERRORS, describe_error

__all__ = ["Answers", "Task", "TaskRow", "build_head", "show_answers"]

# How many times its tolerance a number may be off and is still called almost right.
ALMOST = 3.0

ELSEWHERE = "The controls stand otherwise than this task says: press Set it up for me."
ALL_ANSWERED = "Every task has an answer now; the lesson goes on below."
SO_IT_IS_SEEN = "So what the task asks for lies open."
WAITING = "The tasks come here once you have predicted."

# How the body map stands where a task begins, unless it says otherwise, and what it may say.
LOOK: Mapping[str, Any] = MappingProxyType({"magnifier": 1})
LOOKS = ("magnifier", "depth")


class TaskLab(Standing, Protocol):
    """What tasks need of a lab."""

    body: Body
    tasks: tuple["Task", ...]
    title: str

    def set_up(self, values: Mapping[str, Any]) -> None:
        """Put every control back to where it started, but for these."""

    def go_to(self, place: Any = None) -> None:
        """Go to a place that no control names; by default to where it begins."""

    def stands_at(self, values: Mapping[str, Any]) -> bool:
        """Whether every control stands where it started, but for these."""

    def solve(self, **values: Any) -> Any:
        """Solve the setting in which the lab began, but for these values, without showing it."""


@dataclass(frozen=True)
class Task:
    """A task with one answer: a number, a structure to click, or a choice.

    Attributes
    ----------
    text : str
        What to do and what is asked.
    because : str
        Why the answer is right, shown once it is.
    setting : mapping of str to object
        Values of the lab's controls that the task starts from; the others as the lab began.
    hint : str
        Where to look, for a wrong number or structure.
    number : callable, optional
        Called with the result of the setting (of a `Lab` a `Result`); gives the right number.
    within : float
        How far off a number still counts as right.
    unit : str
        One of `exercises.UNITS`.
    structures : callable, optional
        Called with the result of the setting; gives the ids that are right to click or to name.
    choices : mapping of str to str, optional
        Each choice, and the hint for whoever chooses it wrongly.
    right : callable, optional
        Called with the result of the setting; gives the right one of the choices.
    look : mapping of str to object
        How the body map stands where the task begins, by trait: of `LOOKS`. Without a depth its
        layers are taken off as far as what is asked for can be clicked.
    place : object, optional
        Where in what the lab shows the task begins, as `Panel.go_to` of the lab takes it; by
        default where the lab begins.
    moves : bool
        Whether it asks to move the controls; then nobody is sent back to where it begins.

    Raises
    ------
    ValueError
        Unless exactly one of `number`, `structures` and `choices` is given, and `right` with
        `choices` alone; for another trait in `look`.
    """

    text: str
    because: str
    setting: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    hint: str = ""
    number: Callable[[Any], float] | None = None
    within: float = 0.0
    unit: str = "N"
    structures: Callable[[Any], Collection[str]] | None = None
    choices: Mapping[str, str] | None = None
    right: Callable[[Any], str] | None = None
    look: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    place: Any = None
    moves: bool = False

    def __post_init__(self) -> None:
        kinds = (self.number, self.structures, self.choices)
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("A task asks for a number, for structures, or for a choice.")
        if (self.choices is None) != (self.right is None):
            raise ValueError("A task with choices says which one is right, and no other does.")
        unknown = sorted(set(self.look) - set(LOOKS))
        if unknown:
            raise ValueError(f"look sets {', '.join(LOOKS)}, and not {unknown[0]!r}.")

    def check(self, answer: Any, result: Any) -> Reply:
        """Check an answer.

        Parameters
        ----------
        answer : str
            As it was typed, clicked (an id) or chosen; "" for none.
        result : object
            What the lab solves for the task's setting.

        Returns
        -------
        Reply
            It never tells the answer.
        """
        text = str(answer)
        if not text.strip():
            return OPEN
        if self.number is not None:
            return self._check_number(text, self.number(result))
        if self.structures is not None:
            return self._check_structure(text, result, self.structures(result))
        if self.right is not None and text == self.right(result):
            return self._right
        return Reply("not yet", (self.choices or {}).get(text, "Choose one of the answers."))

    @property
    def _right(self) -> Reply:
        return Reply("right", self.because)

    def _check_number(self, text: str, right: float) -> Reply:
        number = read_number(text, self.unit)
        if math.isnan(number):
            return Reply("not yet", f"Type a number in digits, in {self.unit}.")
        off = abs(number - right)
        if off <= self.within:
            return self._right
        if abs(number + right) <= self.within:
            return Reply("almost", "The size is right. Is it more, or less (a minus sign)?")
        if off <= ALMOST * self.within:
            return Reply("almost", f"Read it once more. {self.hint}")
        return Reply("not yet", f"{'Too small' if number < right else 'Too large'}. {self.hint}")

    def _check_structure(self, name: str, result: Result, right: Collection[str]) -> Reply:
        body = result.body
        structures = [*right, *(one for one in body.structures if one not in right)]
        found = find_structure(body, name, structures)
        if found is None:
            return Reply(
                "not yet", "No structure of this body has this name. Click it on the body."
            )
        if found in right:
            return self._right
        called = name_structure(body, found)
        if strip_side(found) in map(strip_side, right):
            return Reply("almost", f"{called}: the right one, but on which side?")
        return Reply("not yet", f"{called} is another one. {self.hint}")

    def tell_answer(self, result: Any) -> str:
        """Tell the answer in words, for a teacher."""
        if self.number is not None:
            number = self.number(result)
            if self.unit == "N":
                return format_newtons(number)
            return f"{number:.1f} {self.unit}"
        if self.structures is not None:
            return " or ".join(
                call_structure(result.body, name) for name in self.structures(result)
            )
        return self.right(result) if self.right else ""


class TaskRow(widgets.VBox):
    """The tasks of a lab, one at a time: what is asked, a button that sets it up, a place for the
    answer, and what the model says of it.

    Parameters
    ----------
    lab : TaskLab

    workbook : Workbook, optional
        Keeps the answers.
    prediction : Prediction, optional
        The tasks wait for it, since they tell what it asks.

    Attributes
    ----------
    number : int
        Which task is shown.
    answers : list of str
        What was answered to each task; "" where nothing was.
    """

    answers = traitlets.List(traitlets.Unicode())

    def __init__(
        self,
        lab: TaskLab,
        workbook: Workbook | None = None,
        prediction: Prediction | None = None,
    ) -> None:
        self.lab, self.number, self._prediction = lab, 0, prediction
        self._replies = [""] * len(lab.tasks)
        self._head, self._text, self._note = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._changed = widgets.HTML()
        self._set_up = _button("Set it up for me", self._on_set_up)
        self._before = _button("◀", lambda _: self._go(-1), "Task before")
        self._after = _button("▶", lambda _: self._go(1), "Next task")
        self._typed = widgets.Text(
            description="Answer",
            layout=widgets.Layout(flex="1 1 230px", min_width="0"),
            style={"description_width": "initial"},
        )
        self._check = _button("Check")
        listen_to_checks(self._typed, self._check, self._answer)
        self._choice = widgets.RadioButtons(
            options=[""], description="Answer", layout=widgets.Layout(width="auto")
        )
        self._typing = widgets.HBox([self._typed, self._check])
        parts = [
            widgets.HBox([self._head, self._before, self._after]),
            self._text,
            self._set_up,
            self._changed,
            self._typing,
            self._choice,
            self._note,
        ]
        super().__init__(parts)
        self.answers = [""] * len(lab.tasks)
        self.add_class("mc-task")
        if prediction is not None and not prediction.is_open:
            self._wait_for(prediction, parts)
        if workbook is not None:
            workbook.tie(f"tasks {type(lab).__name__}", self, "answers", self._restore)
        self._choice.observe(self._on_choice_change, "value")
        self.show(0)

    def _wait_for(self, prediction: Prediction, tasks: list[widgets.Widget]) -> None:
        """Show one line in place of the tasks, which stay in the page: its dress counts on them."""
        waiting = widgets.HTML(f"<p>{WAITING}</p>")
        self.children = [waiting, *tasks]
        waiting.add_class("mc-waiting")
        self.add_class("mc-waits")

        def show(_: Any) -> None:
            self.children = tasks
            self.remove_class("mc-waits")

        prediction.observe(show, "is_open")

    @property
    def task(self) -> Task:
        """The task that is shown."""
        return self.lab.tasks[self.number]

    def listen(self) -> None:
        """Follow the clicks on the body of the lab, once it is there."""
        self.lab.map.observe(self._on_click, "selected")

    def show(self, number: int) -> None:
        """Show a task; what was answered to it stays."""
        count = len(self.lab.tasks)
        self.number = max(0, min(number, count - 1))
        task = self.task
        self._head.value = f"<b>Task {self.number + 1} of {count}</b>"
        self._before.disabled, self._after.disabled = self.number == 0, self.number == count - 1
        self._text.value, self._changed.value = f"<p>{html.escape(task.text)}</p>", ""
        self._typing.layout.display = "none" if task.choices else ""
        self._choice.layout.display = "" if task.choices else "none"
        kept = self.answers[self.number]
        # ipywidgets chooses the first of new options, which nobody has answered
        self._choice.unobserve(self._on_choice_change, "value")
        self._choice.options = list(task.choices or [""])
        self._choice.value = kept if task.choices and kept else None
        self._choice.observe(self._on_choice_change, "value")
        self._typed.placeholder = "name, or click" if task.structures else f"a number ({task.unit})"
        self._typed.value = "" if task.choices else kept
        if kept and not self._replies[self.number]:  # read from a workbook
            self._replies[self.number] = show_reply(self._judge(kept))
        self._note.value = self._replies[self.number]

    def _go(self, steps: int) -> None:
        """Go to another task, and look at the layer that it speaks of."""
        self.show(self.number + steps)
        if self.lab.map is None:
            return
        before = read_stand(self.lab)
        self.lab.map.depth = self._find_look()["depth"]
        if read_stand(self.lab) != before:
            self._tell_changes(before, SO_IT_IS_SEEN)

    def _on_set_up(self, _: Any) -> None:
        before = read_stand(self.lab)
        self.lab.go_to(self.task.place)
        self.lab.set_up(self.task.setting)
        if self.lab.map is not None:
            with self.lab.map.hold_sync():
                self.lab.map.selected = ""
                for trait, value in self._find_look().items():
                    setattr(self.lab.map, trait, value)
        if self._prediction is not None:
            self._prediction.make_room()
        self._tell_changes(before)

    def _tell_changes(self, before: Mapping[str, str], why: str = "") -> None:
        """Say what was changed for a task, so that nothing goes without a word."""
        words = f"{describe_changes(before, read_stand(self.lab))} {why}".strip()
        self._changed.value = f"<p role='status' class='mc-changed'>{html.escape(words)}</p>"

    def _find_look(self) -> dict[str, Any]:
        return {**LOOK, "depth": self._find_depth(), **self.task.look}

    def _find_depth(self) -> int:
        """Find the uppermost layer under which one of the structures that are right is in sight."""
        task = self.task
        if task.structures is None:
            return DEPTHS[0]
        right = task.structures(self.lab.solve(**task.setting))
        return max(map(self.lab.map.drawing.find_depth, right), default=DEPTHS[0])

    def _on_choice_change(self, change: Any) -> None:
        if change["new"] and change["new"] != self.answers[self.number]:
            self._answer(change["new"])

    def _on_click(self, change: Any) -> None:
        if self.task.structures is not None and change["new"]:
            self._typed.value = name_structure(self.lab.body, change["new"])
            self._answer(change["new"])

    def _answer(self, answer: str) -> None:
        answers = list(self.answers)
        answers[self.number] = self._typed.value if self.task.structures else answer
        self.answers = answers
        reply = self._judge(answer)
        self._replies[self.number] = show_reply(reply)
        if reply.state == "right":
            reply = Reply(reply.state, f"{reply.message} {self._tell_open()}".strip())
        self._note.value = show_reply(reply)

    def _tell_open(self) -> str:
        """Say at the end which tasks have no answer yet, or that all have one."""
        still = [str(k) for k, answer in enumerate(self.answers, 1) if not answer.strip()]
        if not still:
            return ALL_ANSWERED
        is_last = self.number == len(self.lab.tasks) - 1
        return f"Without an answer yet: task {join_words(still)}." if is_last else ""

    def _judge(self, answer: str) -> Reply:
        try:
            reply = self.task.check(answer, self.lab.solve(**self.task.setting))
        except MODEL_ERRORS as error:
            reply = Reply("not yet", describe_error(error))
        stands = self.task.moves or self.lab.stands_at(self.task.setting)
        if reply.state in ("almost", "not yet") and not stands:
            reply = Reply(reply.state, f"{reply.message} {ELSEWHERE}")
        return reply

    def _restore(self, kept: list[str]) -> None:
        """Take over answers that fit the tasks; a task may have gone since they were given."""
        tasks = self.lab.tasks
        self.answers = [
            answer if not task.choices or answer in task.choices else ""
            for task, answer in zip(tasks, kept + [""] * len(tasks), strict=False)
        ]


def build_head(
    lab: TaskLab, workbook: Workbook | None, prediction: Prediction | None
) -> list[widgets.Widget]:
    """Build what stands above the controls of a lab: its prediction, and its tasks."""
    head: list[widgets.Widget] = [] if prediction is None else [prediction]
    return [*head, TaskRow(lab, workbook, prediction)] if lab.tasks else head


def _button(
    words: str, answer: Callable[[Any], None] | None = None, tip: str = ""
) -> widgets.Button:
    button = widgets.Button(
        description=words, tooltip=tip or words, layout=widgets.Layout(width="auto")
    )
    if answer:
        button.on_click(answer)
    return button


class Answers:
    """The tasks of labs with their answers, for a teacher; a notebook shows them folded."""

    def __init__(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self.rows = tuple(rows)

    def __repr__(self) -> str:
        return "\n".join(
            f"{lab}: {task} Answer: {answer}. {because}" for lab, task, answer, because in self.rows
        )

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li>{html.escape(task)} <b>{html.escape(answer)}.</b> {html.escape(because)}</li>"
            for _, task, answer, because in self.rows
        )
        return (
            "<details><summary>For teachers: the tasks of the labs with their answers</summary>"
            f"<ol>{items}</ol></details>"
        )


def show_answers(*labs: TaskLab) -> Answers:
    """Show the tasks of labs with the answers that the model gives now, for a teacher.

    Parameters
    ----------
    *labs : Lab

    Returns
    -------
    Answers
    """
    return Answers(
        [
            (lab.title, task.text, task.tell_answer(lab.solve(**task.setting)), task.because)
            for lab in labs
            for task in lab.tasks
        ]
    )
