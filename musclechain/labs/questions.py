"""Questions: predict before you look, and check yourself with hints."""

import html
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise
from musclechain.labs.exercises import Exercise, Reply, judge, read_number
from musclechain.labs.workbook import Workbook
from musclechain.views.body.still import COVERED
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.reopened import Reopened, write_question

__all__ = [
    "After",
    "Ask",
    "Check",
    "NumberCheck",
    "Prediction",
    "after",
    "build_cover",
    "listen_to_checks",
    "show_reply",
]


PLAY, LOOK = "Press Play, and watch.", "The figures are below."
SHOWN, SHOWED = "What the model shows", "What the model showed of it"
LATER = "<p>Answer the prediction above; then this is shown.</p>"
LOOKED = "You looked without predicting."
CHOOSE = "Choose; then the result is uncovered."
MY_ANSWER = "That is my answer"
# within so many seconds of a press what arrives had been typed before it
LATE_S = 0.5


class _Asked(Reopened, widgets.VBox):
    """What all questions share: a saved notebook keeps their words."""

    kind = "question"
    asked = ""
    choices: Sequence[str] = ()

    def write_still(self) -> str:
        """Write what is asked, and what can be chosen."""
        return write_question(self.asked, self.choices)


class Prediction(_Asked):
    """A question to answer before the result is shown. It covers the result; it never stops the
    notebook.

    Parameters
    ----------
    question : str
    choices : sequence of str
    compare : callable, optional
        Called without arguments once it is answered; gives the right choice and what the model
        shows, in one sentence.
    setting : mapping of str to object
        Values of the lab's controls that it asks about.
    name : str
        Of the prediction, as a workbook calls it.
    workbook : Workbook, optional
        Keeps the answer.
    plays : bool
        Whether a lab tells its story; then the verdict is folded away, to be opened after it.

    Attributes
    ----------
    answer : str
        The choice, or "" until one is made; settable.
    is_open : bool
        Whether what it covers may be seen: it was answered, or somebody uncovered the result.

    Raises
    ------
    ValueError
        With fewer than two choices, or two alike.
    traitlets.TraitError
        If the answer is set to what is no choice.

    Examples
    --------
    >>> Prediction("Which side?", ["left", "right"]).answer
    ''
    """

    answer = traitlets.Unicode("")
    is_open = traitlets.Bool(False)

    def __init__(
        self,
        question: str,
        choices: Sequence[str],
        compare: Callable[[], tuple[str, str]] | None = None,
        setting: Mapping[str, Any] | None = None,
        name: str = "",
        workbook: Workbook | None = None,
        plays: bool = True,
    ) -> None:
        self.compare, self.setting, self.name = compare, dict(setting or {}), name
        self.plays, self._marks = plays, ""
        self._is_told, self._is_shown, self._is_unfolded = False, False, False
        self.asked, self.choices = question, list(choices)
        self._choice = widgets.RadioButtons(
            options=_check_choices(choices), value=None, layout=widgets.Layout(width="auto")
        )
        self._note = widgets.HTML(f"<p>{CHOOSE}</p>")
        self._confirm = widgets.Button(
            description=MY_ANSWER, layout=widgets.Layout(width="auto", display="none")
        )
        self._confirm.add_class("mc-primary")
        self._confirm.on_click(lambda _: self._take_choice())
        super().__init__(
            children=[
                _ask(question),
                self._choice,
                self._confirm,
                self._note,
                PanelDress(radios=1),
            ]
        )
        self.add_class("mc-question")
        self._choice.observe(self._on_choice_change, "value")
        if workbook is not None:
            workbook.tie(f"prediction {name}", self, "answer")

    def wait_for_marks(self, most: int) -> None:
        """Take a choice only when its button is pressed, so that muscles can be marked before and
        after it.

        Parameters
        ----------
        most : int
            How many may be marked.
        """
        if not self.is_open:
            self._confirm.layout.display = ""
            self._note.value = (
                f"<p>Choose, and mark up to {most} muscles on the body; then press <b>{MY_ANSWER}"
                "</b>.</p>"
            )

    @traitlets.validate("answer")
    def _check_answer(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in ("", *self._choice.options):
            raise traitlets.TraitError(f"{proposal['value']!r} is none of the choices.")
        return proposal["value"]

    @traitlets.observe("answer")
    def _on_answer_change(self, change: Any) -> None:
        if change["new"]:
            self._choice.value = change["new"]
            self._show_note()
            self._open()

    def uncover(self) -> None:
        """Show what it covers to somebody who does not answer it first."""
        if not self.is_open:
            self._show_note()
            self._open()

    def tell_marks(self, words: str) -> None:
        """Say beside the verdict what became of what was marked.

        Parameters
        ----------
        words : str
            Plain text.
        """
        self._marks = words
        self._show_note()

    def tell_verdict(self, is_shown: bool) -> None:
        """Unfold the verdict once its story has been told. It stays when another result is shown,
        and says so: what stands under it must not move away from a hand on a control.

        Parameters
        ----------
        is_shown : bool
            Whether the result that was asked about is shown to its end.
        """
        if is_shown != self._is_shown:
            self._is_told, self._is_shown = self._is_told or is_shown, is_shown
            self._is_unfolded = self._is_unfolded or is_shown
            self._show_note()

    def make_room(self) -> None:
        """Fold the verdict away if another result is shown, as where a task begins."""
        if self._is_unfolded and not self._is_shown:
            self._is_unfolded = False
            self._show_note()

    def _show_note(self) -> None:
        self._note.value = (
            self._reply() if self.answer else _say(self._lead(LOOKED)) + self._fold("")
        )

    def _open(self) -> None:
        # in a lab the question makes room for what comes next
        self.add_class("mc-open")
        self._confirm.layout.display = "none"
        self.is_open = True

    def _on_choice_change(self, _: Any) -> None:
        if self._confirm.layout.display == "none":
            self._take_choice()

    def _take_choice(self) -> None:
        if self._choice.value is None:
            self._note.value = _say("Choose one of the answers first.")
        else:
            self.answer = self._choice.value

    def _reply(self) -> str:
        you = f"You predicted: <b>{html.escape(self.answer)}</b>."
        if self.compare is None:
            return _say(f"{you} Now look at the result, and see whether it agrees.")
        right, shown = self.compare()
        shown = html.escape(capitalise(shown))
        agrees = right == self.answer
        verdict = "✓ So does the model." if agrees else f"✗ It shows: <b>{html.escape(right)}</b>."
        if not self.plays:
            return _say(f"{you} {verdict} {shown} {LOOK}")
        return _say(self._lead(you)) + self._fold(f"{verdict} {shown}")

    def _lead(self, words: str) -> str:
        return words if self._is_told else f"{words} {PLAY}"

    def _fold(self, verdict: str) -> str:
        """What would give the story away, until it is told."""
        told = "".join(f"<p>{words}</p>" for words in (verdict, html.escape(self._marks)) if words)
        is_open = " open" if self._is_unfolded else ""
        title = SHOWED if self._is_told and not self._is_shown else SHOWN
        folded = f"<details{is_open}><summary>{title}</summary>{told}</details>"
        return folded if told else ""


def build_cover(prediction: Prediction | None) -> widgets.VBox:
    """Build what stands over a picture until a prediction is made, with a button for those who
    look without one."""
    button = widgets.Button(description="Uncover", layout=widgets.Layout(width="auto"))
    if prediction is not None:
        button.on_click(lambda _: prediction.uncover())
    cover = widgets.VBox([widgets.HTML(f"<p>{COVERED}</p>"), button])
    cover.add_class("mc-covered")
    return cover


class After(Reopened, widgets.HTML):
    """What `after` gives: what the model shows, or a line that says when."""

    kind = "answer"

    def __init__(self, prediction: Prediction, shown: Any) -> None:
        self.shown = shown
        super().__init__(layout=widgets.Layout(width="100%"))
        self.add_class("mc-question")
        prediction.observe(self._show, "is_open")
        self._show({"new": prediction.is_open})

    def _show(self, change: Any) -> None:
        self.value = self.shown._repr_html_() if change["new"] else LATER

    def write_still(self) -> str:
        """Write what is shown now."""
        return self.value


def after(prediction: Prediction, shown: Any) -> After:
    """Show what the model shows only after a prediction is made, or its result uncovered.

    Parameters
    ----------
    prediction : Prediction
    shown : object
        Whatever shows itself as HTML, such as a finding.

    Returns
    -------
    After
    """
    return After(prediction, shown)


class Ask(_Asked):
    """An exercise as a field to type into, so that no mistake of a learner breaks the page.

    Parameters
    ----------
    exercise : Exercise
    body : Body
        That it is about.
    workbook : Workbook, optional
        Keeps the answer.

    Attributes
    ----------
    answer : str
        The last one that was checked, as it was typed.
    reply : Reply
        To it.
    """

    answer = traitlets.Unicode("")

    def __init__(self, exercise: Exercise, body: Body, workbook: Workbook | None = None) -> None:
        self.exercise, self.body, self.asked = exercise, body, exercise.text
        self.reply = judge(exercise, body, ...)
        kind = f"a number ({exercise.unit})" if exercise.unit else "a name"
        self._typed = widgets.Text(description="Answer", placeholder=kind)
        self._button = widgets.Button(description="Check")
        self._note = widgets.HTML()
        super().__init__(
            [
                _ask(exercise.text),
                widgets.HBox([self._typed, self._button]),
                self._note,
                PanelDress(),
            ]
        )
        self.add_class("mc-question")
        listen_to_checks(self._typed, self._button, self.check)
        if workbook is not None:
            workbook.tie(f"exercise {exercise.name}", self, "answer", self.check)

    def check(self, answer: str) -> Reply:
        """Check an answer as it was typed, and show the reply; nothing typed stays open."""
        self.reply = judge(self.exercise, self.body, answer if answer.strip() else ...)
        self._note.value = show_reply(self.reply)
        self.answer = self._typed.value = answer
        return self.reply


class Check(_Asked):
    """A question with a hint for each wrong answer.

    Parameters
    ----------
    question : str
    hints : mapping of choice to hint
        The hint of the right choice is "".
    because : str
        Why the right answer is right.
    workbook : Workbook, optional
        Keeps the answer.

    Raises
    ------
    ValueError
        Unless exactly one choice has an empty hint.
    """

    def __init__(
        self,
        question: str,
        hints: Mapping[str, str],
        because: str,
        workbook: Workbook | None = None,
    ) -> None:
        if sum(hint == "" for hint in hints.values()) != 1:
            raise ValueError("Exactly one choice is right; give it the empty hint ''.")
        self.hints, self.because = dict(hints), because
        self.asked, self.choices = question, list(hints)
        self._choice = widgets.RadioButtons(
            options=_check_choices(hints), value=None, layout=widgets.Layout(width="auto")
        )
        self._note = widgets.HTML()
        super().__init__(children=[_ask(question), self._choice, self._note, PanelDress(radios=1)])
        self.add_class("mc-question")
        self._choice.observe(self._on_choice_change, "value")
        if workbook is not None:
            workbook.tie(f"check {question}", self._choice, "value")

    def check_answer(self, choice: str) -> str:
        """Check one choice.

        Parameters
        ----------
        choice : str

        Returns
        -------
        str
            "" if the choice is right, else its hint.
        """
        return self.hints[choice]

    def _on_choice_change(self, change: Any) -> None:
        if change["new"] is not None:
            hint = self.check_answer(change["new"])
            self._note.value = _reply(hint, self.because)


class NumberCheck(_Asked):
    """A question for a number that the lab can tell.

    Parameters
    ----------
    question : str
    answer : float
        Computed by the lesson, never typed.
    within : float
        How far off still counts as right.
    hint : str
    because : str
    unit : str
        "N", "mm" or "deg", which may be typed behind the number.
    """

    def __init__(
        self,
        question: str,
        answer: float,
        within: float,
        hint: str,
        because: str,
        unit: str = "",
    ) -> None:
        self.answer, self.within = float(answer), float(within)
        self.hint, self.because, self.unit = hint, because, unit
        self.asked = question
        # a line of text: a number field would start at 0, which nobody answered
        self._number = widgets.Text(description="Answer", placeholder="a number")
        self._button = widgets.Button(description="Check")
        self._note = widgets.HTML()
        super().__init__(
            children=[
                _ask(question),
                widgets.HBox([self._number, self._button]),
                self._note,
                PanelDress(),
            ]
        )
        self.add_class("mc-question")
        listen_to_checks(self._number, self._button, self._reply_to)

    def check_answer(self, number: float) -> str:
        """Return "" if the number is near enough, else a hint that says in which direction to
        look."""
        if not math.isfinite(number):
            return f"Give a number in digits{f', in {self.unit}' if self.unit else ''}."
        if abs(number - self.answer) <= self.within:
            return ""
        return f"{'Too small' if number < self.answer else 'Too large'}. {self.hint}"

    def _reply_to(self, typed: str) -> None:
        number = read_number(typed, self.unit)
        self._note.value = _reply(self.check_answer(number), self.because)


def _check_choices(given: Iterable[str]) -> list[str]:
    choices = list(given)
    if len(choices) < 2 or len(set(choices)) != len(choices):
        raise ValueError("A question needs at least two different choices.")
    return choices


def _say(words: str) -> str:
    return f"<p role='status'>{words}</p>"


def _ask(question: str) -> widgets.HTML:
    return widgets.HTML(
        "<p class='mc-ask' style='font-weight:600;line-height:1.4;margin:4px"
        f" 0'>{html.escape(question)}</p>"
    )


def listen_to_checks(
    typed: widgets.Text, button: widgets.Button, check: Callable[[str], Any]
) -> None:
    """Have what was typed checked when a button is pressed, or Enter in the field.

    A page holds letters back while the kernel is busy, but not the press. So where the letters
    that were still on their way arrive just after it, the whole answer is checked.
    """
    checked, at_s = "", -LATE_S

    def check_now() -> None:
        nonlocal checked, at_s
        checked, at_s = typed.value, time.monotonic()
        check(checked)

    def listen(_: Any, content: Mapping[str, Any], __: Any) -> None:
        if content.get("event") == "submit":
            check_now()

    def complete(change: Mapping[str, Any]) -> None:
        goes_on = change["new"] != checked and change["new"].startswith(checked)
        if goes_on and time.monotonic() - at_s < LATE_S:
            check_now()

    typed.on_msg(listen)
    typed.observe(complete, "value")
    button.on_click(lambda _: check_now())


def show_reply(reply: Reply) -> str:
    """Write a reply as HTML that a screen reader speaks."""
    return f"<p role='status'>{html.escape(repr(reply))}</p>"


def _reply(hint: str, because: str) -> str:
    return show_reply(Reply("not yet", hint) if hint else Reply("right", because))
