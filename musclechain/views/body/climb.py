"""The shock of a footfall on its way up the body, in slow motion."""

import html
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets

from musclechain.anatomy.body import Body
from musclechain.mechanics.impact import STATIONS, Impact
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.curves import Curves
from musclechain.views.body.svg import write_coarse_way
from musclechain.views.page.reopened import Reopened
from musclechain.views.words.findings.impact import list_climb_lines

__all__ = ["ShockClimb"]

# Which landmark of the drawing each station is.
MARKS = dict(
    zip(STATIONS, ("ankle_right", "knee_right", "hip_right", "low_back", "ear"), strict=True)
)
VIEW = "right"
# So much of a footfall is played, and so finely.
SHOWN_MS, STEP_MS = 60, 0.5


class ShockClimb(Reopened, anywidget.AnyWidget):
    """A body from the side with five stations on it, each with a glow as large as the shock that
    it feels, and with its course in time.

    Played on the page itself, with play, pause and step; whoever asks for less motion gets steps.
    The same stands below in a line for each station.

    Parameters
    ----------
    body : Body

    Attributes
    ----------
    picture : dict
        Outlines (role and way, the lowest first) and stations, mm, y downward.
    run : dict
        Times (ms), shock of each station at each time (g), those of the run it is compared with,
        and the lines of text. Empty: the body alone, nothing to play.
    """

    _esm = Path(__file__).with_name("climb.js")
    _css = Path(__file__).with_name("climb.css")

    picture = traitlets.Dict().tag(sync=True)
    run = traitlets.Dict().tag(sync=True)

    def __init__(self, body: Body) -> None:
        super().__init__(picture=_draw_body(body))

    def show(self, impact: Impact, reference: Impact | None = None) -> None:
        """Show a footfall.

        Parameters
        ----------
        impact : Impact
        reference : Impact, optional
            Its course is drawn thinly beside.
        """
        self.run = {
            "times": np.arange(0, SHOWN_MS + STEP_MS, STEP_MS).tolist(),
            "shock": _sample(impact),
            "before": [] if reference is None else _sample(reference),
            "lines": list_climb_lines(impact),
        }

    def write_still(self) -> str:
        """Write what stays of it in a saved notebook: a line for each station."""
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.run.get("lines", ()))
        return f"<p><b>The shock on its way up</b></p><ul>{items}</ul>"


def _sample(impact: Impact) -> list[list[float]]:
    """Shock of each station at the times that are played, g."""
    times = np.arange(0, SHOWN_MS + STEP_MS, STEP_MS) / 1000
    return [np.interp(times, impact.time_s, felt).round(2).tolist() for felt in impact.shock_g.T]


def _draw_body(body: Body) -> dict[str, Any]:
    """Outlines of the body from the side, and where the stations lie."""
    drawing = find_drawing(body)
    outlines = [
        [role, _write_outline(curves)]
        for group in drawing.views[VIEW]
        for role, curves in group.curves
        if role in ("skin", "far")
    ]
    places = {name: drawing.marks[mark][1] for name, mark in MARKS.items()}
    return {
        "outlines": outlines,
        "frame": list(drawing.frames[VIEW]),
        "stations": [
            {"name": name, "x": round(float(place[0])), "y": round(-float(place[1]))}
            for name, place in places.items()
        ],
    }


def _write_outline(curves: Curves) -> str:
    return "".join(
        write_coarse_way(np.column_stack([points[:, 0], -points[:, 1]]), curves.closed)
        for points in curves.split()
    )
