"""A cause or a remedy described once: its fields say what they may hold.

The check, the message, the table of the docstring and the control of a lab are made from that.
"""

import inspect
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform, get_args, get_origin

import numpy as np
from pydantic import BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass
from pydantic.fields import FieldInfo

from musclechain.mechanics.change import CauseError

__all__ = [
    "Grade",
    "Number",
    "Side",
    "Sides",
    "Switch",
    "case",
    "describe_field",
    "field",
    "find_range",
    "list_fields",
    "list_options",
    "read_extra",
    "say_allowed",
]

Kind = TypeVar("Kind", bound=type)


def _read_number(value: Any) -> Any:
    """Let through what is a number, whatever library made it; not what only looks like one."""
    if isinstance(value, (bool, np.bool_, str, bytes)):
        raise ValueError("no number")
    try:
        return float(value)
    except (TypeError, OverflowError):
        raise ValueError("no number") from None


def _read_choice(value: Any) -> Any:
    """True is 1 to Python, and no choice."""
    if isinstance(value, (bool, np.bool_)):
        raise ValueError("no choice")
    return value.item() if isinstance(value, np.generic) else value


def _read_switch(value: Any) -> Any:
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError("neither yes nor no")
    return bool(value)


Number = Annotated[float, BeforeValidator(_read_number)]
Switch = Annotated[bool, BeforeValidator(_read_switch)]
Side = Literal["left", "right"]
Sides = Literal["left", "right", "both"]
Grade = Annotated[Literal[1, 2, 3], BeforeValidator(_read_choice)]


def field(
    label: str,
    *,
    default: Any = ...,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    help: str = "",
    step: float | None = None,
    percent: bool = False,
) -> Any:
    """Describe one field of a case.

    Parameters
    ----------
    label : str
        What stands beside its control.
    default : object
        None given: the field must be.
    low, high : float
        Range of a number, both ends allowed.
    unit : str
        Such as ``degrees``; of a choice what its values mean.
    help : str
        A sentence more.
    step : float
        Of its slider.
    percent : bool
        Whether a share is shown as percent.

    Returns
    -------
    pydantic.fields.FieldInfo
    """
    range_: dict[str, Any] = {} if low is None else {"ge": low, "le": high, "allow_inf_nan": False}
    shown: dict[str, Any] = {"unit": unit, "step": step, "percent": percent}
    return Field(default, title=label, description=help, json_schema_extra=shown, **range_)


def list_fields(kind: type) -> dict[str, FieldInfo]:
    """List the described fields of a case, by name."""
    return dict(kind.__pydantic_fields__)  # type: ignore[attr-defined]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def case(kind: Kind) -> Kind:
    """Make a class a frozen record whose fields check themselves; for use as a decorator.

    What a field cannot take is refused with a `CauseError` that names it, what
    it can take and what was given. The docstring gets the table of the fields.
    """
    summary = inspect.cleandoc(kind.__doc__ or "")
    record: Any = dataclass(frozen=True, config=ConfigDict(extra="forbid"))(kind)
    record.__init__ = _refuse_in_words(record, record.__init__)
    record.__doc__ = _write_docstring(record, summary)
    return record


def _refuse_in_words(kind: type, build: Callable) -> Callable:
    def __init__(self: Any, *args: Any, **values: Any) -> None:
        try:
            build(self, *args, **values)
        except ValidationError as error:
            raise CauseError(_say_refused(kind, error)) from None

    __init__.__signature__ = inspect.signature(build)  # type: ignore[attr-defined]
    return __init__


def _say_refused(kind: type, error: ValidationError) -> str:
    first = error.errors()[0]
    told = first.get("ctx", {}).get("error")
    if isinstance(told, CauseError):
        return str(told)
    fields, where = list_fields(kind), first["loc"][0] if first["loc"] else ""
    name = list(fields)[where] if isinstance(where, int) and where < len(fields) else where
    if name not in fields or first["type"] == "unexpected_positional_argument":
        takes = ", ".join(fields)
        return f"{kind.__name__} takes {takes}, and was given {first['input']!r} for {name!r}."
    if first["type"].startswith("missing"):
        return f"{kind.__name__} needs {name}: {say_allowed(fields[name])}."
    return f"{name} must be {say_allowed(fields[name])}, and is {first['input']!r}."


def say_allowed(info: FieldInfo) -> str:
    """Say what a field can take: ``a number from 0 to 1``, ``'left' or 'right'``, ``True or
    False``."""
    options = list_options(info)
    if options:
        *others, last = map(repr, options)
        return f"{', '.join(others)} or {last}"
    if info.annotation is bool:
        return "True or False"
    limits = find_range(info)
    if limits:
        unit = read_extra(info, "unit")
        unit = "" if read_extra(info, "percent") or "," in unit else unit
        return f"a number from {limits[0]:g} to {limits[1]:g}{f' {unit}' if unit else ''}"
    return "the name of a structure" if info.annotation is str else "as the docstring says"


def list_options(info: FieldInfo) -> tuple:
    """List the values of a field that takes only some, with None where that is allowed too."""
    annotation = info.annotation
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    found = [part for part in get_args(annotation) if get_origin(part) is Literal]
    return (*get_args(found[0]), None) if found else ()


def find_range(info: FieldInfo) -> tuple[float, float] | None:
    """Find the least and the greatest number of a field; None where it has no range."""
    limits = {
        name: getattr(part, name)
        for part in info.metadata
        for name in ("ge", "le")
        if hasattr(part, name)
    }
    return (limits["ge"], limits["le"]) if len(limits) == 2 else None


def read_extra(info: FieldInfo, name: str) -> Any:
    """Read what `field` was told of a control: unit, step or percent."""
    extra = info.json_schema_extra
    return extra.get(name) if isinstance(extra, dict) else None


def describe_field(info: FieldInfo) -> str:
    """Describe a field in a sentence or two: its label and its help."""
    return " ".join(f"{text.rstrip('.')}." for text in (info.title, info.description) if text)


def _write_docstring(kind: type, summary: str) -> str:
    """Put the table of the fields behind the summary, before the sections that follow it."""
    rows = "\n".join(
        f"{name} : {say_allowed(info)}\n    {describe_field(info)}"
        for name, info in list_fields(kind).items()
    )
    head, *rest = re.split(r"\n\n(?=[A-Z][a-z]+\n-+\n)", summary, maxsplit=1)
    parts = [head, f"Parameters\n----------\n{rows}", *rest]
    return "\n\n".join(parts)
