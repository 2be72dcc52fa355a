"""Whether the page is light or dark: figures are drawn by the kernel, which cannot see it."""

from pathlib import Path

import anywidget
import traitlets

__all__ = ["ThemeWatch"]


class ThemeWatch(anywidget.AnyWidget):
    """An invisible part of a panel that follows the theme of the page.

    The theme is told by the colour that the page paints behind its cells, as its element inherits
    it; so it works on any page that sets it, and in a shadow root.

    Attributes
    ----------
    dark : bool
    ready : bool
        Whether the page has shown this part yet; pages that scroll do so when a reader comes near.
    theme : str
        "dark" or "light", as the charts take it.
    """

    _esm = Path(__file__).with_name("theme.js")

    dark = traitlets.Bool(False).tag(sync=True)
    ready = traitlets.Bool(False).tag(sync=True)

    @property
    def theme(self) -> str:
        """The word that the charts take."""
        return "dark" if self.dark else "light"
