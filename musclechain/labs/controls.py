"""Controls as data: what a panel lets you change, with names, ranges and units, checked before a
widget exists."""

from dataclasses import dataclass
from numbers import Integral, Real

import ipywidgets as widgets

__all__ = ["Control", "build_widget", "check_values"]

KINDS = ("slider", "steps", "choice", "list", "switch")


@dataclass(frozen=True)
class Control:
    """One control of a panel.

    Parameters
    ----------
    name : str
        Name of the value in code, also the keyword of the lab.
    words : str
        What stands beside it.
    default : float, str or bool
    kind : "slider", "steps" (whole numbers), "choice" (a few, all in view), "list" (many, to
    unfold) or "switch"
    low, high, step : float
        Range of a slider.
    unit : str
        Shown with the words.
    choices : tuple
        Values to choose from; those of a list may be pairs of (words, value).
    help : str
        One sentence, shown when the pointer rests on the control.

    Raises
    ------
    ValueError
        If the control contradicts itself.
    """

    name: str
    words: str
    default: object
    kind: str = "slider"
    low: float = 0.0
    high: float = 1.0
    step: float = 0.05
    unit: str = ""
    choices: tuple = ()
    help: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, and is {self.kind!r}.")
        if self.kind in ("choice", "list") and len(self.choices) < 2:
            raise ValueError(f"The control {self.name} needs at least two choices.")
        if self.kind in ("slider", "steps") and not (self.low < self.high and self.step > 0):
            raise ValueError(f"The control {self.name} needs low < high and a step above 0.")
        if self.kind == "steps" and not all(
            isinstance(limit, Integral) for limit in (self.low, self.high, self.step)
        ):
            raise ValueError(
                f"The control {self.name} goes in whole steps: its low, high and step must be whole"
                " numbers."
            )
        self.check(self.default)

    @property
    def label(self):
        """Words and unit."""
        return f"{self.words} ({self.unit})" if self.unit else self.words

    @property
    def allowed(self):
        """The values that can be chosen, without their words."""
        return tuple(choice[1] if isinstance(choice, tuple) else choice for choice in self.choices)

    def check(self, value):
        """Return the value if the control can take it; else raise ValueError saying what it can
        take."""
        if self.kind == "switch":
            allowed, fits = "True or False", isinstance(value, bool)
        elif self.kind == "choice":
            allowed, fits = (
                " or ".join(repr(choice) for choice in self.choices),
                value in self.choices,
            )
        elif self.kind == "list":
            allowed, fits = (
                (
                    f"one of {len(self.choices)} names such as"
                    f" {next((one for one in self.allowed if one), '')!r}"
                ),
                value in self.allowed,
            )
        else:
            number = isinstance(
                value, Integral if self.kind == "steps" else Real
            ) and not isinstance(value, bool)
            allowed = (
                f"a {'whole ' if self.kind == 'steps' else ''}number from {self.low:g} to"
                f" {self.high:g}"
            )
            fits = number and self.low <= value <= self.high
        if not fits:
            raise ValueError(f"{self.name} must be {allowed}, and is {value!r}.")
        return value


def check_values(controls, values):
    """Fill in defaults and check values by name.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        For an unknown name or a value out of range.
    """
    known = {control.name: control for control in controls}
    for name in values:
        if name not in known:
            raise ValueError(f"There is no control {name!r}; there are {', '.join(known)}.")
    return {
        name: control.check(values.get(name, control.default)) for name, control in known.items()
    }


def build_widget(control, value):
    """Build the widget of a control; its `value` is what the panel reads."""
    look = {
        "description": control.label,
        "tooltip": control.help or control.label,
        "layout": widgets.Layout(width="100%"),
        "style": {"description_width": "initial"},
    }
    if control.kind == "switch":
        return widgets.Checkbox(
            value=value,
            indent=False,
            description=control.label,
            tooltip=look["tooltip"],
            layout=look["layout"],
        )
    if control.kind == "choice":
        # not ToggleButtons: only their colour says which one is pressed
        return widgets.RadioButtons(
            options=control.choices, value=value, orientation="horizontal", **look
        )
    if control.kind == "list":
        return widgets.Dropdown(
            options=[
                choice if isinstance(choice, tuple) else (str(choice), choice)
                for choice in control.choices
            ],
            value=value,
            **look,
        )
    if control.kind == "steps":
        return widgets.IntSlider(
            value=value, min=int(control.low), max=int(control.high), step=int(control.step), **look
        )
    return widgets.FloatSlider(
        value=value,
        min=control.low,
        max=control.high,
        step=control.step,
        readout_format=".0f" if float(control.step).is_integer() else ".2f",
        **look,
    )
