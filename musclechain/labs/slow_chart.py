"""A chart that takes some seconds to work out: it begins once a prediction is made, a part at a
time, so that the rest of the page goes on answering."""

import asyncio
import html
from collections.abc import Callable, Generator
from typing import Any, Generic, TypeVar

import ipywidgets as widgets

from musclechain.labs.pane import Pane
from musclechain.labs.questions import LATER, Prediction
from musclechain.views.page.html import table_to_html
from musclechain.views.page.reopened import Reopened
from musclechain.views.page.theme import ThemeWatch
from musclechain.views.words.charts import ChartText
from musclechain.views.words.errors import MODEL_ERRORS, describe_error

__all__ = ["SlowChart"]

PAUSE_S = 0.01
Found = TypeVar("Found")


class SlowChart(Reopened, widgets.VBox, Generic[Found]):
    """A chart with its sentence and table that is worked out once a prediction is made.

    Parameters
    ----------
    work : callable
        Gives a generator that yields the share that is done and returns what was found.
    draw : callable
        Called with what was found, its words and a theme, "light" or "dark"; gives a plotly
        figure.
    say : callable
        Called with what was found; gives its words.
    prediction : Prediction

    Attributes
    ----------
    found : object
        What was found; None until it is there.
    """

    kind = "chart"

    def __init__(
        self,
        work: Callable[[], Generator[float, None, Found]],
        draw: Callable[[Found, ChartText, str], Any],
        say: Callable[[Found], ChartText],
        prediction: Prediction,
    ) -> None:
        self.found: Found | None = None
        self._work, self._draw, self._say = work, draw, say
        self._under_way: Generator[float, None, Found] | None = None
        self._pane, self._page = Pane(), ThemeWatch()
        super().__init__([self._pane.box, self._page], layout=widgets.Layout(width="100%"))
        self.add_class("mc-question")
        self._page.observe(lambda _: self._show(), ["dark", "ready"])
        prediction.observe(lambda _: self._begin(), "is_open")
        self._pane.write(LATER)
        if prediction.is_open:
            self._begin()

    def write_still(self) -> str:
        """Write its sentence and its table, or when they are shown."""
        if self.found is None:
            return LATER
        said = self._say(self.found)
        return f"<p>{html.escape(said.sentence)}</p>{table_to_html(said.table, said.title)}"

    def close(self) -> None:
        """Drop what is under way and close it."""
        self._under_way = None
        super().close()

    def _begin(self) -> None:
        if self._under_way is None and self.found is None:
            self._under_way = self._work()
            self._go_on()

    def _go_on(self) -> None:
        """Do a part, and the next one when the page has had its turn; all at once where no event
        loop runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            while self._take_step():
                pass
            return
        if self._take_step():
            loop.call_later(PAUSE_S, self._go_on)

    def _take_step(self) -> bool:
        """Do one part; whether there is more to do."""
        if self._under_way is None:
            return False
        try:
            done = next(self._under_way)
        except StopIteration as end:
            self._under_way, self.found = None, end.value
            self._show()
            return False
        except MODEL_ERRORS as error:
            self._under_way = None
            self._pane.write(f"<p role='status'>{html.escape(describe_error(error))}</p>")
            return False
        self._pane.write(f"<p>Being worked out: {100 * done:.0f} % done.</p>")
        return True

    def _show(self) -> None:
        if self.found is None:
            return
        if not self._page.ready:
            self._pane.write(self.write_still())
            return
        said = self._say(self.found)
        self._pane.draw(self._draw(self.found, said, self._page.theme), said)
