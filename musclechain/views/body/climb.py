"""The shock of a footfall on its way up the body, in slow motion."""

import html
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.sides import SIDES
from musclechain.mechanics.impact import IMPACT_S, STATIONS, Impact
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.curves import Curves
from musclechain.views.body.outline.drawing import Drawing
from musclechain.views.body.scene import find_still_moves
from musclechain.views.page.reopened import Reopened
from musclechain.views.words.findings.impact import list_climb_lines

__all__ = ["ShockClimb"]

# Which landmark of the drawing each station is.
MARKS = dict(
    zip(STATIONS, ("ankle_right", "knee_right", "hip_right", "low_back", "ear"), strict=True)
)
VIEW = "right"
# So much of a footfall is played, and so finely: the time of which its figures tell.
SHOWN_MS, STEP_MS = round(1000 * IMPACT_S), 0.5
# The body is drawn standing, and with its knees folded until it has sunk so far.
FOLDED_MM = 40.0


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
        Outlines (role, way, and its way with folded knees, the lowest first), stations (x and y,
        each standing and folded) and how far the folded body has sunk, mm, y downward.
    run : dict
        Times (ms), shock of each station at each time and at most (g), those of the run it is
        compared with, how far the body has sunk at each time (mm), and the lines of text. Empty:
        the body alone, nothing to play.
    told : bool
        Whether the whole of it is told: the courses and the lines. False: only what has been
        played; the browser sets it at the end.
    """

    _esm = Path(__file__).with_name("climb.js")
    _css = Path(__file__).with_name("climb.css")

    picture = traitlets.Dict().tag(sync=True)
    run = traitlets.Dict().tag(sync=True)
    told = traitlets.Bool(True).tag(sync=True)

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
            "times": _list_times().tolist(),
            "shock": [_sample(impact, felt) for felt in impact.shock_g.T],
            "before": []
            if reference is None
            else [_sample(reference, felt) for felt in reference.shock_g.T],
            "most": impact.table()["shock_g"].round(4).to_list(),
            "sunk": _sample(impact, 1000 * impact.sunk_m),
            "lines": list_climb_lines(impact, reference),
        }

    def write_still(self) -> str:
        """Write what stays of it in a saved notebook: a line for each station."""
        lines = self.run.get("lines", ()) if self.told else ()
        items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        return f"<p><b>The shock on its way up</b></p><ul>{items}</ul>"


def _list_times() -> NDArray[np.float64]:
    return np.arange(0, SHOWN_MS + STEP_MS, STEP_MS)


def _sample(impact: Impact, values: NDArray[np.float64]) -> list[float]:
    """Values of a footfall at the times that are played."""
    return np.interp(_list_times() / 1000, impact.time_s, values).round(2).tolist()


def _draw_body(body: Body) -> dict[str, Any]:
    """Outlines of the body from the side, standing and folded, and where the stations lie."""
    drawing = find_drawing(body)
    standing = find_still_moves(len(body.bones))
    folded = _fold_knees(body, drawing)
    outlines = [
        [role, *(_write_outline(curves, moves) for moves in (standing, folded))]
        for group in drawing.views[VIEW]
        for role, curves in group.curves
        if role in ("skin", "far")
    ]
    bones = list(body.bones)
    stations = []
    for name, mark in MARKS.items():
        bone, point = drawing.marks[mark]
        places = [moves[bones.index(bone)] @ np.append(point, 1) for moves in (standing, folded)]
        x, y = (
            [round(float(sign * place[k])) for place in places] for k, sign in ((0, 1), (1, -1))
        )
        stations.append({"name": name, "x": x, "y": y})
    return {
        "outlines": outlines,
        "frame": list(drawing.frames[VIEW]),
        "stations": stations,
        "folded_mm": FOLDED_MM,
    }


def _fold_knees(body: Body, drawing: Drawing) -> NDArray[np.float64]:
    """Move the bones of a standing body that sinks by `FOLDED_MM`: the feet stay, the knees go
    forward, and all above the hips comes straight down; shape (bones, 3, 4), mm."""
    bones, moves = list(body.bones), find_still_moves(len(body.bones))
    moves[:, 1, 3] = -FOLDED_MM
    for side in SIDES:
        hip, knee, ankle = (
            drawing.marks[f"{name}_{side}"][1][:2] for name in ("hip", "knee", "ankle")
        )
        low = hip - [0, FOLDED_MM]
        bent = _find_knee(low, ankle, np.linalg.norm(knee - hip), np.linalg.norm(knee - ankle))
        moves[bones.index(f"thigh_{side}")] = _carry(hip, knee, low, bent)
        moves[bones.index(f"shank_{side}")] = _carry(ankle, knee, ankle, bent)
        moves[bones.index(f"foot_{side}")] = np.eye(4)[:3]
    return moves


def _find_knee(
    hip: NDArray[np.float64], ankle: NDArray[np.float64], thigh: Any, shank: Any
) -> NDArray[np.float64]:
    """The knee in front of the line from ankle to hip, by the lengths of thigh and shank."""
    reach = np.linalg.norm(hip - ankle)
    along = (shank**2 - thigh**2 + reach**2) / (2 * reach)
    up = (hip - ankle) / reach
    ahead = np.sqrt(max(shank**2 - along**2, 0.0))
    return ankle + along * up + ahead * np.array([up[1], -up[0]])


def _carry(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    start_now: NDArray[np.float64],
    end_now: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The move, (3, 4), that takes a bone from between two places to between two others, in the
    plane that is seen from the side."""
    before, now = np.array([1, 1j]) @ np.column_stack([end - start, end_now - start_now])
    turn = now / before / abs(now / before)
    move = np.eye(4)[:3]
    move[:2, :2] = [[turn.real, -turn.imag], [turn.imag, turn.real]]
    move[:2, 3] = start_now - move[:2, :2] @ start
    return move


def _write_outline(curves: Curves, moves: NDArray[np.float64]) -> str:
    """Write curves in whole millimetres, with as many points whatever the moves."""
    ways = (
        "L".join(f"{x:.0f} {-y:.0f}" for x, y, _ in points)
        for points in curves.split(curves.place(moves))
    )
    return "".join(f"M{way}{'Z' if curves.closed else ''}" for way in ways)
