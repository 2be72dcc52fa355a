"""The planner: the doses of a plan as rows of ordinary controls, and plans as files beside the
notebook."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import traitlets

from musclechain.anatomy.format import capitalise
from musclechain.cases.plan_files import PLAN_ENDING, PlanError, read_plan, write_plan
from musclechain.cases.plans import MOST_DOSES, PLACES, REMEDIES, Dose, Plan
from musclechain.labs.controls import Control, build_widget, control_of
from musclechain.mechanics.change import CauseError

__all__ = ["MOST_ROWS", "PlanEditor", "PlanFiles"]

MOST_ROWS = 6
A_WEEK = 7
FIRST = Dose("deep massage")
# Longer than this no slider goes; what a file holds beyond it stays as it is until it is moved.
LONGEST_WEEKS = 52
NO_FILE = "none yet"
TYPED = "The number beside a slider can be clicked and typed."


def list_row_controls() -> tuple[Control, ...]:
    """List the controls of one dose; the week in which it begins stands for its first day."""
    weeks = {"high": LONGEST_WEEKS, "unit": ""}
    return (
        control_of(Dose, "remedy", kind="list", choices=REMEDIES),
        control_of(Dose, "minutes", unit="min"),
        control_of(Dose, "per_week"),
        control_of(Dose, "from_day", name="from_week", words="From week", help="", **weeks),
        control_of(Dose, "weeks", words="For how many weeks", **weeks),
        control_of(Dose, "region", kind="list", choices=PLACES),
        control_of(Dose, "side", kind="list", choices=("left", "right", "both")),
    )


class _Row(widgets.Box):
    """One dose: its controls, and a button that takes it away."""

    def __init__(
        self,
        dose: Dose,
        number: int,
        on_change: Callable[["_Row"], None],
        on_remove: Callable[["_Row"], None],
    ) -> None:
        self.dose, self._on_change = dose, on_change
        self._inputs = {
            control.name: build_widget(control, _show(control, dose))
            for control in list_row_controls()
        }
        remove = widgets.Button(
            description="Remove",
            tooltip=f"Remove remedy {number}: {dose.remedy}",
            layout=widgets.Layout(width="auto"),
        )
        remove.on_click(lambda _: on_remove(self))
        super().__init__([*self._inputs.values(), remove])
        self.add_class("mc-dose")
        for name, box in self._inputs.items():
            box.observe(self._listen(name), "value")

    def _listen(self, name: str) -> Callable[[Any], None]:
        def move(change: Any) -> None:
            field, value = name, change["new"]
            if name == "from_week":
                field, value = "from_day", A_WEEK * value
            # only what was moved: a file may hold what no slider shows
            self.dose = replace(self.dose, **{field: value})
            self._on_change(self)

        return move


def _show(control: Control, dose: Dose) -> Any:
    """The value of a control for a dose, as near as its slider comes."""
    if control.name == "from_week":
        return min(dose.from_day / A_WEEK, control.high)
    value = getattr(dose, control.name)
    return min(max(value, control.low), control.high) if control.kind == "slider" else value


class PlanEditor(widgets.VBox):
    """A plan, dose by dose, as rows of controls; the `PanelDress` of the part around it names its
    sliders.

    Parameters
    ----------
    title : str
        What the plan is called here.
    plan : Plan

    Attributes
    ----------
    plan : Plan
        What is planned; settable. The first six doses are shown, others are kept.
    own : Plan
        What was last put together by hand, or loaded.
    """

    plan, own = traitlets.Instance(Plan), traitlets.Instance(Plan)

    def __init__(self, title: str, plan: Plan) -> None:
        self._rows: list[_Row] = []
        self._is_moving = False
        self._note = widgets.HTML()
        self._add = widgets.Button(
            description="Add a remedy",
            tooltip=f"Add a remedy to {title}",
            layout=widgets.Layout(width="auto"),
        )
        self._clear = widgets.Button(
            description="Clear",
            tooltip=f"Take every remedy out of {title}",
            layout=widgets.Layout(width="auto"),
        )
        self._add.on_click(lambda _: self._on_add())
        self._clear.on_click(lambda _: self.set_trait("plan", Plan()))
        self._box = widgets.VBox()
        super().__init__([self._box, widgets.HBox([self._add, self._clear]), self._note])
        for name in ("mc-plan", "mc-renewed"):
            self.add_class(name)
        self.plan = self.own = plan
        self._build()
        self.observe(self._on_plan_change, "plan")

    def _build(self) -> None:
        old = self._rows
        shown = self.plan.doses[:MOST_ROWS]
        self._rows = [
            _Row(dose, number, self._on_row_change, self._on_remove)
            for number, dose in enumerate(shown, start=1)
        ]
        self._box.children = tuple(self._rows)
        for row in old:
            _close(row)
        self._tell()

    def _tell(self) -> None:
        count = len(self.plan.doses)
        self._add.disabled = count >= MOST_ROWS
        self._clear.disabled = count == 0
        words = TYPED if count else "Nothing is planned. Add a remedy."
        if count > MOST_ROWS:
            words = (
                f"{count - MOST_ROWS} more are part of the plan and not shown here; they count, and"
                " are saved with it."
            )
        elif count == MOST_ROWS:
            words = f"{MOST_ROWS} remedies are the most that are shown here."
        self._note.value = f"<p role='status'>{words}</p>" if words else ""

    def _on_plan_change(self, _: Any) -> None:
        if not self._is_moving:
            self._build()

    def _on_row_change(self, row: _Row) -> None:
        doses = list(self.plan.doses)
        doses[self._rows.index(row)] = row.dose
        self._is_moving = True
        try:
            self.plan = replace(self.plan, doses=tuple(doses))
        finally:
            self._is_moving = False

    def _on_remove(self, row: _Row) -> None:
        number = self._rows.index(row)
        doses = (*self.plan.doses[:number], *self.plan.doses[number + 1 :])
        self.plan = replace(self.plan, doses=doses)
        # the button that had the focus is gone; who uses the keys should stay in the planner
        self._add.focus()

    def _on_add(self) -> None:
        if len(self.plan.doses) < min(MOST_ROWS, MOST_DOSES):
            self.plan = replace(self.plan, doses=(*self.plan.doses, FIRST))


def _close(part: widgets.Widget) -> None:
    """Close a widget with all that stands in it."""
    for child in getattr(part, "children", ()):
        _close(child)
    part.close()


class PlanFiles(widgets.VBox):
    """Plans as small text files in a folder: save one, load one.

    Parameters
    ----------
    editors : mapping of str to PlanEditor
        By what each plan is called.
    folder : str or pathlib.Path
        By default where the notebook runs.

    Attributes
    ----------
    message : str
        What became of the last file, in words.
    """

    def __init__(self, editors: Mapping[str, PlanEditor], folder: str | Path = "") -> None:
        self.editors, self.folder, self.message = dict(editors), Path(folder), ""
        self._which = widgets.Dropdown(options=list(editors), description="Plan")
        self._name = widgets.Text(description="Name", placeholder="such as: six weeks")
        self._files = widgets.Dropdown(description="File", options=[NO_FILE])
        save, load = (
            widgets.Button(description=words, tooltip=tip, layout=widgets.Layout(width="auto"))
            for words, tip in (
                ("Save", "Save this plan in a file beside the page"),
                ("Load", "Load the chosen file into this plan"),
            )
        )
        look = widgets.Button(
            description="Look again",
            tooltip="List the files beside the page again",
            layout=widgets.Layout(width="auto"),
        )
        save.on_click(lambda _: self.save())
        load.on_click(lambda _: self.load())
        look.on_click(lambda _: self.list_files())
        self._note = widgets.HTML()
        rows = (
            widgets.Box([self._which, self._name, save]),
            widgets.Box([self._files, load, look]),
        )
        for row in rows:
            row.add_class("mc-files")
        super().__init__([*rows, self._note])
        self.add_class("mc-plan")
        self.list_files()

    def list_files(self) -> None:
        """List the plans of the folder anew."""
        try:
            found = sorted(path.name for path in self.folder.glob(f"*{PLAN_ENDING}"))
        except OSError:
            found = []
        chosen = self._files.value
        self._files.options = found or [NO_FILE]
        if chosen in found:
            self._files.value = chosen

    def save(self) -> None:
        """Save the chosen plan under the name that was typed; a file that was there and could not
        be read is set aside."""
        name, editor = self._name.value.strip(), self.editors[self._which.value]
        stem = re.sub(r"\W+", "_", name).strip("_")
        if not stem:
            return self._say("Give the plan a name first: letters or digits, such as six weeks.")
        path = self.folder / f"{stem}{PLAN_ENDING}"
        try:
            plan = replace(editor.plan, name=name)
            aside = write_plan(plan, path)
        except (CauseError, OSError) as error:
            words = getattr(error, "strerror", None) or str(error)
            return self._say(f"The plan could not be saved as {path.name}: {words}")
        editor.plan = plan
        self.list_files()
        self._files.value = path.name
        kept = f" What stood there could not be read and is kept as {aside.name}." if aside else ""
        return self._say(f"Saved as {path.name}, beside this page.{kept}")

    def load(self) -> None:
        """Load the chosen file into the chosen plan; a broken one changes nothing."""
        which, file = self._which.value, self._files.value
        if file == NO_FILE:
            return self._say("There is no plan in this folder yet. Save one, or put a file there.")
        try:
            plan = read_plan(self.folder / file)
        except PlanError as error:
            return self._say(
                f"{file} could not be read and stays as it is; {which} has not changed.\n{error}"
            )
        except OSError as error:
            return self._say(f"{file} could not be opened: {error.strerror}.")
        self.editors[which].plan = plan
        self._name.value = plan.name
        count = len(plan.doses)
        doses = f"{count} dose{'' if count == 1 else 's'}"
        return self._say(f"{capitalise(which)} is now what {file} holds: {doses}.")

    def _say(self, message: str) -> None:
        self.message = message
        lines = html.escape(message).replace("\n", "<br>")
        self._note.value = f"<p role='status' style='line-height:1.5'>{lines}</p>"
