"""The parts of a lab or a question."""

import html

import ipywidgets as widgets


def find_parts(widget, kind):
    """List the widgets of a kind inside another, in order."""
    inside = [part for child in getattr(widget, "children", ()) for part in find_parts(child, kind)]
    return [widget, *inside] if isinstance(widget, kind) else inside


def read_words(part):
    """Read what a lab or a question says, as it stands in its HTML."""
    return " ".join(html.unescape(box.value) for box in find_parts(part, widgets.HTML))


def choose(prediction, index):
    """Choose an answer of a prediction by its number, and press its button where it has one."""
    (choice,) = find_parts(prediction, widgets.RadioButtons)
    choice.index = index
    (button,) = find_parts(prediction, widgets.Button)
    if button.layout.display != "none":
        button.click()


def press(part, words):
    """Press the one button inside a part that is called so."""
    (button,) = [one for one in find_parts(part, widgets.Button) if one.description == words]
    button.click()
