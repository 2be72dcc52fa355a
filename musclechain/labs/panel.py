"""A panel: controls on the left, what they show beside them, and a place for what is wrong.

Labs, spring experiments, timelines and planners stand on it. A panel is data
(its controls) and one rule (`answer`: what to do when one of them has moved).
"""

import asyncio
import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from musclechain.labs.controls import Control, build_widget, check_values
from musclechain.labs.workbook import Workbook
from musclechain.views.page.dress import PanelDress
from musclechain.views.page.reopened import Reopened

__all__ = ["Later", "Panel"]


class Panel(Reopened, widgets.VBox):
    """Controls beside what they show.

    Parameters
    ----------
    picture : ipywidgets.Widget
        What stands beside the controls.
    glance : ipywidgets.Widget, optional
        What stands under the controls, or below the picture where there is little room.
    below : sequence of ipywidgets.Widget
        What stands under both.
    tabs : int
        Number of tabs among them.
    head : sequence of ipywidgets.Widget
        What stands above the controls.
    workbook : Workbook, optional
        Keeps the settings for when the cell is run again.
    **values
        Starting values by control name.

    Attributes
    ----------
    controls : tuple of Control
    message : str
        What is wrong with the present setting, in words; empty if nothing is.
    was_kept : bool
        Whether it began with settings of a workbook.
    """

    title = ""
    kind = "lab"
    controls: tuple[Control, ...] = ()

    def __init__(
        self,
        picture: widgets.Widget,
        glance: widgets.Widget | None = None,
        below: Sequence[widgets.Widget] = (),
        tabs: int = 0,
        head: Sequence[widgets.Widget] = (),
        workbook: Workbook | None = None,
        **values: Any,
    ) -> None:
        self.message = ""
        self._start = check_values(self.controls, values)
        self._inputs = {
            control.name: build_widget(control, self._start[control.name])
            for control in self.controls
        }
        self.was_kept = workbook is not None and workbook.tie_settings(
            type(self).__name__, self._inputs
        )
        self._notice = widgets.HTML()
        parts = {
            "mc-controls": self._build_controls(tabs, head),
            "mc-picture": widgets.Box([picture]),
            "mc-glance": glance or widgets.HTML(),
        }
        # the style sheet puts them side by side, or one under the other where there is little room
        for name, part in parts.items():
            part.add_class(name)
        top = widgets.Box(list(parts.values()), layout=widgets.Layout(width="100%"))
        top.add_class("mc-top")
        super().__init__(children=[top, *below], layout=widgets.Layout(width="100%"))
        self.add_class("mc-lab")
        for control in self._inputs.values():
            control.observe(self._on_control_change, "value")

    def _build_controls(self, tabs: int, head: Sequence[widgets.Widget]) -> widgets.VBox:
        reset = widgets.Button(
            description="Reset",
            tooltip="Put every control back to where it started",
            layout=widgets.Layout(width="auto"),
        )
        reset.on_click(lambda _: self.reset())
        title = widgets.HTML(f"<h3 style='margin:0 0 6px'>{html.escape(self.title)}</h3>")
        dress = PanelDress(
            sliders=sum(control.kind in ("slider", "steps") for control in self.controls),
            # a prediction and a row of tasks have a group of their own
            radios=sum(control.kind == "choice" for control in self.controls) + len(head),
            tabs=tabs,
        )
        rows = [title, *head, *self._inputs.values(), widgets.HBox([reset]), self._notice, dress]
        return widgets.VBox(rows)

    @property
    def values(self) -> dict[str, Any]:
        """Present value of every control, by name."""
        return {name: control.value for name, control in self._inputs.items()}

    def set(self, **values: Any) -> None:
        """Move controls, as a hand would.

        Parameters
        ----------
        **values
            New values by control name.

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        """
        checked = check_values(self.controls, {**self.values, **values})
        with _Quiet(self._inputs.values(), self._on_control_change):
            for name in values:
                self._inputs[name].value = checked[name]
        self.answer()

    def reset(self) -> None:
        """Put every control back to where it started."""
        self.set_up({})

    def set_up(self, values: Mapping[str, Any]) -> None:
        """Put every control back to where it started, but for these.

        Parameters
        ----------
        values : mapping of str to object
            By control name.

        Raises
        ------
        ValueError
            For an unknown control or a value out of range.
        """
        self.set(**{**self._start, **values})

    def stands_at(self, values: Mapping[str, Any]) -> bool:
        """Tell whether every control stands where it started, but for these.

        Parameters
        ----------
        values : mapping of str to object
            By control name.

        Returns
        -------
        bool
        """
        return self.values == check_values(self.controls, {**self._start, **values})

    def is_shown(self, name: str) -> bool:
        """Tell whether a control is in sight.

        Parameters
        ----------
        name : str
            Of a control.

        Returns
        -------
        bool
        """
        return self._inputs[name].layout.display != "none"

    def go_to(self, place: Any = None) -> None:
        """Go to a place in what the panel shows that no control names, such as a day that is
        played; a panel that has such places says what they are.

        Parameters
        ----------
        place : object, optional
            By default where the panel begins.

        Raises
        ------
        ValueError
            For a place that the panel does not have.
        """
        if place is not None:
            raise ValueError(f"{type(self).__name__} has no place {place!r} to go to.")

    def name_place(self) -> dict[str, str]:
        """Name the place that is shown (`go_to`), as the page calls it; empty where there are
        none."""
        return {}

    def answer(self) -> None:
        """Show what belongs to the present values; called whenever a control has moved."""
        raise NotImplementedError("A panel says what it does when a control has moved.")

    def write_still(self) -> str:
        """Write what stays of it in a saved notebook: its title, and its picture if there is
        one."""
        return f"<p><b>{html.escape(self.title)}</b></p>{self.draw_still()}"

    def draw_still(self) -> str:
        """Draw what stays of its picture, as HTML."""
        return ""

    def say(self, message: str) -> None:
        """Say what is wrong with the present setting; nothing takes the words away."""
        if message != self.message:
            self.message = message
            self._notice.value = (
                "<p role='alert' style='border-left:4px solid #b3261e;padding:4px 10px'>"
                f"{html.escape(message)}</p>"
                if message
                else ""
            )

    def _on_control_change(self, _: Any) -> None:
        self.answer()


class _Quiet:
    """Keep a handler silent while several widgets are moved together."""

    def __init__(self, inputs: Iterable[widgets.Widget], handler: Callable) -> None:
        self.inputs, self.handler = list(inputs), handler

    def __enter__(self) -> None:
        for widget in self.inputs:
            widget.unobserve(self.handler, "value")

    def __exit__(self, *_: object) -> None:
        for widget in self.inputs:
            widget.observe(self.handler, "value")


class Later:
    """Call a function once, when nothing has asked for it for a while; at once where no event loop
    runs."""

    def __init__(self, seconds: float, function: Callable[[], None]) -> None:
        self.seconds, self.function = seconds, function
        self._waiting: asyncio.TimerHandle | None = None

    def stop(self) -> None:
        """Do not call it."""
        if self._waiting is not None:
            self._waiting.cancel()

    def call(self) -> None:
        """Call it when this has not been asked for again for a while."""
        self.stop()
        try:
            self._waiting = asyncio.get_running_loop().call_later(self.seconds, self.function)
        except RuntimeError:
            self.function()
