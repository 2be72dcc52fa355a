"""The dress of a panel: what ipywidgets leaves out of its sliders, tabs and tables."""

from pathlib import Path

import anywidget
import traitlets

__all__ = ["PanelDress"]


class PanelDress(anywidget.AnyWidget):
    """An invisible part of a panel or question that names its sliders, radio buttons and tab pages
    for screen readers and brings its style sheet.

    ipywidgets writes the words of a slider beside it but does not tie them to
    its handle, so a screen reader would say "slider" and no more. For this it walks up from its own
    element to the panel around it, and touches nothing further out. Keys that are pressed on a
    control of the panel are kept from JupyterLab, which would take an "r" for the cell.

    Parameters
    ----------
    sliders : int
        Number of sliders in the panel, the nearest element of class ``mc-lab`` or ``mc-question``
        around this one.
    radios : int
        Number of its groups of radio buttons.
    tabs : int
        Number of its tabs.
    """

    _esm = Path(__file__).with_name("dress.js")
    _css = Path(__file__).with_name("dress.css")

    sliders = traitlets.Int(0).tag(sync=True)
    radios = traitlets.Int(0).tag(sync=True)
    tabs = traitlets.Int(0).tag(sync=True)
