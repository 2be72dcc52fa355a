"""Plans of treatment as pictures: their calendar, what becomes of a state with each over the weeks,
and the minutes after one session."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import capitalise
from musclechain.cases.course import Course
from musclechain.cases.plans import Plan
from musclechain.views.charts.frame import (
    escape,
    fade,
    find_colours,
    lay_out,
    let_mark_move,
    mark_at,
    note,
    shade_band,
    wrap_name,
)
from musclechain.views.words.plan_charts import (
    AFTER_MINUTES,
    MOST_WEEKS,
    QUANTITIES,
    SESSION_KINDS,
    WEEKS,
    describe_chart_calendar,
    describe_chart_courses,
    describe_chart_sessions,
    find_dose_weeks,
    find_quantity,
    find_session_curves,
    say_short_dose,
)

__all__ = ["draw_calendar", "draw_courses", "draw_sessions"]

# Of each course, in their order: colour on a light and a dark ground, dash, and the pattern of its
# bars.
LOOKS = (
    ("#5f5f5f", "#b4b4b4", "dot", "."),
    ("#b34700", "#e8853a", "solid", ""),
    ("#0072b2", "#56b4e9", "dash", "/"),
)
# The first is the widest, so that lines that lie on each other are all seen.
WIDTHS = (5.0, 3.5, 2.0)
# Of both charts, px, so that their weeks stand under each other.
LEFT_PX = 116
ROW_PX, MOST_LABEL = 44, 30
# What changes less than this over a year is drawn flat, in the unit shown.
LEAST_SPAN = 1.0
# Where the beginning stands, weeks: the nearest mark is looked for by ratio.
BEGIN = 0.05


def _find_look(number: int, theme: str) -> tuple[str, str, str]:
    light, dark, dash, pattern = LOOKS[number % len(LOOKS)]
    return dark if theme == "dark" else light, dash, pattern


# ---- over the weeks ---------------------------------------------------------------------------


def draw_courses(
    courses: Mapping[str, Course],
    quantity: str,
    week: float = 0.0,
    bands: Mapping[str, pd.DataFrame] | None = None,
    theme: str = "light",
    stops: Sequence[float] = (),
) -> go.Figure:
    """Draw a quantity over the weeks of a year, for each course.

    Parameters
    ----------
    courses : mapping of str to Course
        By the name of what is done; the first is to do nothing.
    quantity : str
        One of `QUANTITIES`.
    week : float
        Which is marked.
    bands : mapping of str to pandas.DataFrame, optional
        By the same names, as `Course.band` gives them for the days of `WEEKS`.
    theme : {'light', 'dark'}
    stops : sequence of float
        Weeks that the mark can be moved to (``layout.meta["times"]``).

    Returns
    -------
    plotly.graph_objects.Figure
        Weeks against the unit of the quantity. A band holds nine in ten of the courses tried.
    """
    what, said = QUANTITIES[quantity], describe_chart_courses(courses, quantity, week)
    traces: list[go.Scatter] = []
    for number, (name, course) in enumerate(courses.items()):
        colour, dash, _ = _find_look(number, theme)
        group = f"course {number}"
        if bands and name in bands:
            low, high = (what.factor * bands[name][what.column, end] for end in ("low", "high"))
            traces.append(shade_band(WEEKS, low, high, colour, legendgroup=group))
        traces.append(
            go.Scatter(
                x=WEEKS.tolist(),
                y=find_quantity(course, quantity, WEEKS).round(3).tolist(),
                mode="lines",
                name=escape(capitalise(name), MOST_LABEL),
                legendgroup=group,
                line={"color": colour, "dash": dash, "width": WIDTHS[number % len(WIDTHS)]},
                hovertemplate=f"week %{{x}}: %{{y:.1f}} {what.unit}<extra></extra>",
            )
        )
    layout = lay_out(
        said,
        theme,
        340,
        {"l": LEFT_PX, "r": 16, "b": 96},
        small="Shaded: nine in ten of the courses tried." if bands else "",
        shapes=[mark_at(week, find_colours(theme)["quiet"])],
        xaxis={"title": {"text": "Weeks", "standoff": 6}, "range": [0, MOST_WEEKS], "dtick": 4},
        yaxis={
            # what it is stands in the title; a long one would run through the words above the axis
            "title": {"text": what.unit},
            "range": _find_range(traces),
        },
        legend={"orientation": "h", "x": 0, "y": -0.28, "yanchor": "top"},
    )
    return go.Figure(traces, let_mark_move(layout, _place_weeks(stops)))


def _place_weeks(weeks: Sequence[float]) -> list[float]:
    return [max(float(week), BEGIN) for week in weeks]


def _find_range(traces: list[go.Scatter]) -> list[float]:
    """Room for all that is drawn, and never so little that noise looks like a change."""
    values = np.concatenate([np.asarray(trace.y, dtype=float) for trace in traces])
    low, high = float(values.min()), float(values.max())
    span = max(high - low, LEAST_SPAN)
    return [low - 0.06 * span, low + 1.06 * span]


# ---- the calendar -----------------------------------------------------------------------------


def draw_calendar(
    plans: Mapping[str, Plan],
    week: float = 0.0,
    theme: str = "light",
    stops: Sequence[float] = (),
) -> go.Figure:
    """Draw when each dose of some plans is done: a row for each.

    Parameters
    ----------
    plans : mapping of str to Plan
        In the colours of `draw_courses`, where to do nothing comes first.
    week : float
        Which is marked.
    theme : {'light', 'dark'}
    stops : sequence of float
        Weeks that the mark can be moved to.

    Returns
    -------
    plotly.graph_objects.Figure
        The first 52 weeks.
    """
    colour = find_colours(theme)
    bars, ticks, count = [], [], 0
    for number, (name, plan) in enumerate(plans.items(), start=1):
        ink, _, pattern = _find_look(number, theme)
        rows = range(count, count + len(plan.doses))
        spans = [find_dose_weeks(dose) for dose in plan.doses]
        bars.append(
            go.Bar(
                orientation="h",
                y=list(rows),
                base=[min(first, MOST_WEEKS) for first, _ in spans],
                x=[max(min(last, MOST_WEEKS) - first, 0.0) for first, last in spans],
                text=[say_short_dose(dose) for dose in plan.doses],
                textposition="inside",
                insidetextanchor="start",
                textfont={"color": colour["ink"]},
                textangle=0,
                cliponaxis=False,
                name=escape(capitalise(name), MOST_LABEL),
                marker={
                    "color": fade(ink),
                    "line": {"color": ink, "width": 2},
                    "pattern": {"shape": pattern, "fgcolor": ink, "fgopacity": 0.2, "size": 9},
                },
                hovertext=[
                    f"{escape(capitalise(dose.remedy))}, weeks {first:g} to {last:g}"
                    for dose, (first, last) in zip(plan.doses, spans, strict=True)
                ],
                hoverinfo="text",
            )
        )
        ticks += [wrap_name(capitalise(dose.remedy), 15) for dose in plan.doses]
        count += len(plan.doses)
    layout = lay_out(
        describe_chart_calendar(plans),
        theme,
        150 + ROW_PX * max(count, 1),
        {"l": LEFT_PX, "r": 16, "b": 84},
        shapes=[mark_at(week, colour["quiet"])],
        annotations=[] if count else [note("Nothing is planned.", x=0.5, y=0.5)],
        barmode="overlay",
        bargap=0.25,
        xaxis={"title": {"text": "Weeks", "standoff": 6}, "range": [0, MOST_WEEKS], "dtick": 4},
        yaxis={
            "tickvals": list(range(count)),
            "ticktext": ticks,
            "range": [max(count, 1) - 0.5, -0.5],
            "showgrid": False,
        },
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
    )
    return go.Figure(bars, let_mark_move(layout, _place_weeks(stops)))


# ---- after one session ------------------------------------------------------------------------


def draw_sessions(body: Body, minutes: float = 30.0, theme: str = "light") -> go.Figure:
    """Draw what one session leaves, minute by minute: of softness, and of range.

    Parameters
    ----------
    body : Body
    minutes : float
        Of the session, 1 to 120.
    theme : {'light', 'dark'}

    Returns
    -------
    plotly.graph_objects.Figure
        A panel for each kind of change.
    """
    found = find_session_curves(body, minutes, AFTER_MINUTES)
    titles = [f"{words} ({unit})" for words, unit, _ in SESSION_KINDS.values()]
    figure = make_subplots(rows=1, cols=len(found), subplot_titles=titles, horizontal_spacing=0.1)
    number = 0
    for column, (kind, curves) in enumerate(found.items(), start=1):
        for name, left in curves.items():
            number += 1
            colour, dash, _ = _find_look(number, theme)
            figure.add_trace(
                go.Scatter(
                    x=AFTER_MINUTES.round(1).tolist(),
                    y=left.round(3).tolist(),
                    mode="lines",
                    name=wrap_name(name, 40),
                    line={"color": colour, "dash": dash, "width": 3},
                    hovertemplate=f"%{{x:.0f}} min: %{{y:.1f}} {SESSION_KINDS[kind][1]}"
                    "<extra></extra>",
                ),
                row=1,
                col=column,
            )
        figure.update_xaxes(title={"text": "Minutes after"}, rangemode="tozero", col=column)
        figure.update_yaxes(rangemode="tozero", col=column)
    made = figure.layout.to_plotly_json()
    layout = lay_out(
        describe_chart_sessions(body, minutes),
        theme,
        360,
        {"l": 46, "r": 16, "b": 116},
        legend={"orientation": "h", "x": 0, "y": -0.26, "yanchor": "top"},
    )
    for key in ("xaxis", "yaxis", "xaxis2", "yaxis2", "annotations"):
        layout[key] = made[key]
    layout.margin.t += 20
    return go.Figure(figure.data, layout)
