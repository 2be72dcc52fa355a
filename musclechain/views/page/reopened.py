"""What stays of a widget when its page is opened again: a saved notebook keeps outputs, and no
kernel to ask."""

import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from IPython.display import display

__all__ = ["Reopened", "embed_svg", "write_question"]

STYLE = Path(__file__).with_name("reopened.css")

WIDE_PX = 700

# An address of data ends at a #, and begins a letter at a %; HTML reads & and ". A picture has its
# double quotes around attributes only, since its texts are escaped.
IN_ADDRESS = str.maketrans({"%": "%25", "#": "%23", "&": "%26", '"': "'"})


class Reopened:
    """Mixed into a widget, it leaves a still picture of itself, or its words, in a saved notebook.

    A cell then has two parts of output: the widget, and behind it what
    `write_still` gives. The style sheet hides the second one as long as the
    first one lives, and the first one when it is lost; so nothing is shown twice.

    Attributes
    ----------
    kind : str
        What a reader would call it.
    """

    kind = "picture"
    _repr_mimebundle_: Any  # of the widget; None once it is closed

    def write_still(self) -> str:
        """Write what stays of it as HTML that needs no script.

        Returns
        -------
        str
        """
        raise NotImplementedError("Say what stays of this widget when its kernel is gone.")

    def _ipython_display_(self, **_: Any) -> None:
        # a page that does not trust the notebook shows the plain text, which would be all children
        plain = {"text/plain": type(self).__name__}
        if self._repr_mimebundle_ is None:
            display(plain, raw=True)
            return
        found = self._repr_mimebundle_()
        bundle, metadata = found if isinstance(found, tuple) else (found, {})
        # the widget first, so that the page can paint it while its still picture is drawn
        display({**bundle, **plain}, metadata=metadata, raw=True)
        display({"text/html": self._write_output()}, raw=True)

    def _write_output(self) -> str:
        style = STYLE.read_text(encoding="utf-8")
        line = (
            f"This {html.escape(self.kind)} has lost its kernel. Choose Run &gt; Run All Cells to"
            " bring it back."
        )
        return (
            f"<style>{style}</style><div class='mc-still'>{self.write_still()}"
            f"<p class='mc-still-line'>{line}</p></div>"
        )


def embed_svg(svg: str, words: str) -> str:
    """Write an image that holds its SVG, which a page that trusts nobody shows too.

    Parameters
    ----------
    svg : str
        A document as `write_svg` makes it.
    words : str
        What a screen reader says instead.

    Returns
    -------
    str
        An ``<img>`` that is not decoded before it is seen.

    Examples
    --------
    >>> print(embed_svg('<svg fill="#fff"/>', "A body.").split(" src=")[1])
    "data:image/svg+xml,<svg fill='%23fff'/>">
    """
    address = f"data:image/svg+xml,{svg.translate(IN_ADDRESS)}"
    alt = html.escape(words)
    return f'<img loading="lazy" width="{WIDE_PX}" alt="{alt}" src="{address}">'


def write_question(text: str, choices: Iterable[str] = ()) -> str:
    """Write what is asked, and what can be chosen, as words.

    Examples
    --------
    >>> write_question("Which side?", ["left", "right"])
    '<p><b>Which side?</b></p><ul><li>left</li><li>right</li></ul>'
    """
    items = "".join(f"<li>{html.escape(choice)}</li>" for choice in choices)
    return f"<p><b>{html.escape(text)}</b></p>" + (f"<ul>{items}</ul>" if items else "")
