"""Controls as data: what a panel lets you change, with names, ranges and units, checked before a
widget exists. Those of a cause are made from the description of its fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import ipywidgets as widgets

from musclechain.cases.description import find_range, list_fields, list_options, read_extra
from musclechain.mechanics.change import Case

__all__ = ["Control", "build_cases", "build_widget", "check_values", "control_of"]

KINDS = ("slider", "steps", "choice", "list", "switch")
UNIT_ENDINGS = ("_deg", "_mm")


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
    field : (type, str), optional
        The field of a case that it sets.
    scale : float
        How many times larger than the field it shows: 100 for percent.

    Raises
    ------
    ValueError
        If the control contradicts itself.
    """

    name: str
    words: str
    default: Any
    kind: str = "slider"
    low: float = 0.0
    high: float = 1.0
    step: float = 0.05
    unit: str = ""
    choices: tuple = ()
    help: str = ""
    field: tuple[type, str] | None = None
    scale: float = 1.0

    def __post_init__(self) -> None:
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
    def label(self) -> str:
        """Words and unit."""
        return f"{self.words} ({self.unit})" if self.unit else self.words

    @property
    def allowed(self) -> tuple:
        """The values that can be chosen, without their words."""
        return tuple(choice[1] if isinstance(choice, tuple) else choice for choice in self.choices)

    def check(self, value: Any) -> Any:
        """Return the value if the control can take it; else raise ValueError saying what it can
        take."""
        if not self._fits(value):
            raise ValueError(f"{self.name} must be {self._say_allowed()}, and is {value!r}.")
        return value

    def _fits(self, value: Any) -> bool:
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind in ("choice", "list"):
            return value in self.allowed
        number = Integral if self.kind == "steps" else Real
        right = isinstance(value, number) and not isinstance(value, bool)
        return right and self.low <= value <= self.high

    def _say_allowed(self) -> str:
        if self.kind == "switch":
            return "True or False"
        if self.kind == "choice":
            return " or ".join(map(repr, self.choices))
        if self.kind == "list":
            first = next((name for name in self.allowed if name), "")
            return f"one of {len(self.choices)} names such as {first!r}"
        whole = "whole " if self.kind == "steps" else ""
        return f"a {whole}number from {self.low:g} to {self.high:g}"


def control_of(case: type, field: str, **changes: Any) -> Control:
    """Make the control of one field of a case, from its description.

    Parameters
    ----------
    case : type
        A class made with `cases.description.case`.
    field : str
    **changes
        What the panel wants otherwise, such as another `name` or a narrower range.

    Returns
    -------
    Control
        Called as the field without the ending for its unit; a share that is
        shown as percent counts to 100.

    Examples
    --------
    >>> from musclechain.cases.causes import Limp
    >>> control_of(Limp, "offload").high, control_of(Limp, "lean_deg").name
    (100, 'lean')
    """
    info = list_fields(case)[field]
    options, limits = list_options(info), find_range(info)
    scale = 100 if read_extra(info, "percent") else 1
    name = field
    for ending in UNIT_ENDINGS:
        name = name.removesuffix(ending)
    look: dict[str, Any] = {"kind": "switch"}
    if limits:
        step = (read_extra(info, "step") or 0.05) * scale
        low, high = (round(limit * scale, 9) for limit in limits)
        low, high, step = (int(x) if float(x).is_integer() else x for x in (low, high, step))
        look = {"kind": "slider", "low": low, "high": high, "step": step}
    elif options and all(isinstance(option, int) for option in options):
        look = {"kind": "steps", "low": min(options), "high": max(options), "step": 1}
    elif options or "choices" in changes:
        look = {"kind": "choice" if options else "list", "choices": options}
    default = changes.pop("default", None)
    if default is None:
        first = changes.get("choices", options)
        default = first[0] if info.is_required() else info.default
        default = default * scale if limits else default
    words = {"unit": read_extra(info, "unit") or "", "help": info.description or ""}
    settings = {"words": info.title, "default": default, **look, **words, **changes}
    return Control(**{"name": name, "field": (case, field), "scale": scale, **settings})


def check_values(controls: Iterable[Control], values: Mapping[str, Any]) -> dict[str, Any]:
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


def build_cases(controls: Iterable[Control], values: Mapping[str, Any]) -> list[Case]:
    """Build the cases whose fields the controls set, each of its own kind once.

    Raises
    ------
    CauseError
        If a case cannot take what its controls say.
    """
    found: dict[type, dict[str, Any]] = {}
    for control in controls:
        if control.field is not None:
            kind, field = control.field
            value = values[control.name]
            found.setdefault(kind, {})[field] = (
                value / control.scale if control.scale != 1 else value
            )
    return [kind(**fields) for kind, fields in found.items()]


def build_widget(control: Control, value: Any) -> widgets.Widget:
    """Build the widget of a control; its `value` is what the panel reads."""
    look = {
        "description": control.label,
        "tooltip": control.help or control.label,
        "layout": widgets.Layout(width="100%"),
    }
    if control.kind == "switch":
        return widgets.Checkbox(value=value, indent=False, **look)
    look["style"] = {"description_width": "initial"}
    if control.kind == "choice":
        # not ToggleButtons: only their colour says which one is pressed
        return widgets.RadioButtons(
            options=control.choices, value=value, orientation="horizontal", **look
        )
    if control.kind == "list":
        options = [
            choice if isinstance(choice, tuple) else (str(choice), choice)
            for choice in control.choices
        ]
        return widgets.Dropdown(options=options, value=value, **look)
    limits = {"min": control.low, "max": control.high, "step": control.step}
    if control.kind == "steps":
        return widgets.IntSlider(value=value, **{k: int(v) for k, v in limits.items()}, **look)
    digits = ".0f" if float(control.step).is_integer() else ".2f"
    return widgets.FloatSlider(value=value, **limits, readout_format=digits, **look)
