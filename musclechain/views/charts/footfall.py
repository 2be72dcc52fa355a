"""The force under the foot over a footfall."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from musclechain.mechanics.impact import IMPACT_S, Footfall, Impact, find_footfall_force
from musclechain.views.charts.frame import escape, find_colours, lay_out
from musclechain.views.words.findings.impact import describe_chart_footfall

__all__ = ["draw_footfall"]

# Colour on a light and a dark ground, dash and width: the run at hand, what it is compared with,
# and the law.
LOOKS = (
    ("#b34700", "#e8853a", "solid", 3.0),
    ("#0072b2", "#56b4e9", "dash", 2.0),
    ("#5f5f5f", "#b4b4b4", "dot", 1.5),
)
LAW = "what force plates find for such a step"
MOST_POINTS = 300
LONGEST_MS = 360


def draw_footfall(
    impacts: Mapping[str, Impact], law: Footfall | None = None, theme: str = "light"
) -> go.Figure:
    """Draw the force under the foot from touch-down on.

    Parameters
    ----------
    impacts : mapping of str to Impact
        One or two, each under its name.
    law : Footfall, optional
        Of the first one: what force plates find for such times (`find_footfall_force`).
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        Milliseconds, body weights.
    """
    colour = find_colours(theme)
    curves = [
        _draw_curve(name, 1000 * one.time_s, one.force_bw[:, 0], look, theme)
        for (name, one), look in zip(impacts.items(), LOOKS, strict=False)
    ]
    if law is not None:
        time = np.linspace(0, law.contact_s, MOST_POINTS)
        force = find_footfall_force(law, time) / law.weight_n
        curves.append(_draw_curve(LAW, 1000 * time, force, LOOKS[2], theme))
    window = {
        "type": "rect",
        "x0": 0,
        "x1": 1000 * IMPACT_S,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "fillcolor": colour["band"],
        "line": {"width": 0},
        "layer": "below",
    }
    layout = lay_out(
        describe_chart_footfall(impacts),
        theme,
        380,
        {"l": 60, "r": 16, "b": 116},
        small=_say_marks(impacts),
        shapes=[window],
        xaxis={"title": {"text": "After touch-down (ms)", "standoff": 6}, "range": [0, LONGEST_MS]},
        yaxis={"title": {"text": "Body weights"}, "rangemode": "tozero"},
        legend={"orientation": "h", "x": 0, "y": -0.24, "yanchor": "top"},
    )
    return go.Figure(curves, layout)


def _say_marks(impacts: Mapping[str, Impact]) -> str:
    shaded = "Shaded: the first 50 ms, the impact."
    has_peak = next(iter(impacts.values())).has_peak
    return shaded if has_peak else f"{shaded} No dotted line, since there is no first peak."


def _draw_curve(
    name: str,
    time_ms: np.ndarray,
    force_bw: np.ndarray,
    look: tuple[str, str, str, float],
    theme: str,
) -> go.Scatter:
    light, dark, dash, width = look
    step = max(1, len(time_ms) // MOST_POINTS)
    return go.Scatter(
        x=time_ms[::step].round(1).tolist(),
        y=force_bw[::step].round(3).tolist(),
        mode="lines",
        name=escape(name, 60),
        hovertemplate="%{x:.0f} ms: %{y:.2f} body weights<extra></extra>",
        line={"color": dark if theme == "dark" else light, "dash": dash, "width": width},
    )
