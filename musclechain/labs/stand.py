"""How a lab stands, in words, so that it can say what a task has changed of it."""

from collections.abc import Mapping
from typing import Any, Protocol

from musclechain.anatomy.format import join_words
from musclechain.labs.controls import Control
from musclechain.views.body.scene import VIEW_NAMES

__all__ = ["Standing", "describe_changes", "read_stand"]

# The uppermost layer that a body map draws, as its own menu calls it.
LAYERS = {4: "all layers", 3: "without the top layer", 2: "deep", 1: "deepest"}
UNCHANGED = "It stands so already."


class Standing(Protocol):
    """A panel, perhaps with a body map."""

    controls: tuple[Control, ...]
    map: Any  # None without a body map

    @property
    def values(self) -> dict[str, Any]:
        """Present value of every control, by name."""

    def is_shown(self, name: str) -> bool:
        """Tell whether a control is in sight."""

    def name_place(self) -> dict[str, str]:
        """Name the place that is shown and that no control names."""


def read_stand(lab: Standing) -> dict[str, str]:
    """Read how a lab stands.

    Parameters
    ----------
    lab : Standing

    Returns
    -------
    dict of str to str
        What can be changed, and how it stands, as the page calls them: controls in sight, the
        place that is shown, and of a body map its layers, bars and views.
    """
    rows = {
        one.label: _say_value(one, lab.values[one.name])
        for one in lab.controls
        if lab.is_shown(one.name)
    }
    rows |= lab.name_place()
    if lab.map is None:
        return rows
    views = [VIEW_NAMES[view].lower() for view in lab.map.views]
    return {
        **rows,
        "Muscles": LAYERS[lab.map.depth],
        "Bars": f"drawn {lab.map.magnifier} times as long",
        "Body seen from": join_words(views),
    }


def _say_value(control: Control, value: Any) -> str:
    if control.kind == "switch":
        return "on" if value else "off"
    if control.kind == "list":
        words = {choice[1]: choice[0] for choice in control.choices if isinstance(choice, tuple)}
        return str(words.get(value, value))
    return str(value) if isinstance(value, str) else f"{value:g}"


def describe_changes(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Say in a line what has changed of a lab.

    Parameters
    ----------
    before, after : mapping of str to str
        As `read_stand` gives them.

    Returns
    -------
    str

    Examples
    --------
    >>> describe_changes({"Muscles": "deep"}, {"Muscles": "deepest"})
    'Changed: Muscles: deepest.'
    """
    rows = [f"{words}: {now}" for words, now in after.items() if before.get(words) != now]
    return f"Changed: {'; '.join(rows)}." if rows else UNCHANGED
