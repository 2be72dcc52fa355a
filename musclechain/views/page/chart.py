"""A place for figures of plotly, each drawn over the last."""

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Chart"]


class Chart(anywidget.AnyWidget):
    """A place for figures of plotly, each drawn over the last.

    It draws with the plotly that JupyterLab loads for its own figures, and tells where a page has
    none. What a reader turned or zoomed stays as it is, as far as the figures ask for it
    (``layout.uirevision``).

    Attributes
    ----------
    figure : dict
        As of `plotly.graph_objects.Figure.to_plotly_json`; an empty one shows nothing and frees
        what the last one held. In a place narrower than 620 px the parts of a layout that stand in
        ``layout.meta["narrow"]`` take the place of those of the same name.
    missing : bool
        Whether the page has no plotly that this part can find.
    step : int
        Which of the times in ``layout.meta["times"]`` the first shape of a figure marks; a pointer
        moves it. Without such times it does nothing.
    """

    _esm = Path(__file__).with_name("chart.js")

    figure = traitlets.Dict().tag(sync=True)
    missing = traitlets.Bool(False).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
