"""What all charts share: colours for a light and a dark page, safe text, the layout round a
figure, the signs of certainty."""

import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from musclechain.anatomy.format import format_change, format_newtons
from musclechain.mechanics.certainty import WORDS, Certainty
from musclechain.views.page.palette import read_colour, scale_colour
from musclechain.views.words.certainty import PENDING, say_certainty
from musclechain.views.words.charts import ChartText

__all__ = [
    "LINEAR_N",
    "THEMES",
    "count_legend_px",
    "escape",
    "fade",
    "find_colours",
    "hover_change",
    "hover_sure",
    "lay_out",
    "let_mark_move",
    "list_sure_marks",
    "mark_at",
    "note",
    "note_nothing",
    "place_legend",
    "scale_ticks",
    "shade_band",
    "show_symbols",
    "stretch_newtons",
    "sure_pattern",
    "wrap_name",
]

THEMES = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1f1f1f",
        "quiet": "#5f5f5f",
        "grid": "#dedede",
        "band": "#f3efe9",
        "faint": "#d8d2cc",
        "thread": "#a39a92",
        "empty": "#ffffff",
    },
    "dark": {
        "paper": "#111111",
        "ink": "#f2f2f2",
        "quiet": "#b4b4b4",
        "grid": "#3a3a3a",
        "band": "#1f1d1b",
        "faint": "#413d3a",
        "thread": "#77706a",
        "empty": "#111111",
    },
}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
# Of what is shaded between two lines.
BAND_OPACITY = 0.18
# Below this a stretched scale is about linear, above it about logarithmic, N.
LINEAR_N = 0.3
SCALE_TICKS_N = (1, 3, 10, 30, 100, 300, 1000, 3000)
# The less sure a change, the emptier its mark.
MARK_ENDS = {"settled": "", "likely": "-dot", "depends": "-open"}
TITLE_WIDTH = 42


def find_colours(theme: str) -> dict[str, str]:
    """Find the colours of a theme; an unknown one is refused in words."""
    if theme not in THEMES:
        raise ValueError(f"theme must be {' or '.join(map(repr, THEMES))}, and is {theme!r}.")
    return THEMES[theme]


def escape(text: object, longest: int | None = None) -> str:
    """Make text safe for plotly, which reads some HTML in names and labels; a name that is cut
    short keeps its side."""
    return html.escape(_shorten(text, longest) if longest else str(text), quote=False)


def wrap_name(text: object, width: int = 40, lines: int = 2) -> str:
    """Break a long name into lines, escaped; what does not fit is left out, but not its side."""
    text = str(text)
    # two lines of about the same length, so that the side does not stand alone
    broken = (
        [text]
        if len(text) <= width
        else textwrap.wrap(
            text,
            max(width if lines == 1 else 0, min(width, len(text) // 2 + 6)),
            break_long_words=True,
        )
    )
    if len(broken) > lines:
        broken = [*broken[: lines - 1], _shorten(" ".join(broken[lines - 1 :]), width)]
    return "<br>".join(html.escape(part, quote=False) for part in broken)


def _shorten(text: object, longest: int) -> str:
    """Cut a name short, but not its side."""
    text = str(text)
    if len(text) <= longest:
        return text
    start, comma, side = text.rpartition(", ")
    tail = comma + side if side in ("left", "right") else ""
    return (start if tail else text)[: longest - 1 - len(tail)].rstrip(" ,") + "…" + tail


def lay_out(
    said: ChartText, theme: str, height: int, margin: dict[str, int], **more: Any
) -> go.Layout:
    """Everything that the figures share; a template of their own, because plotly's default stays
    white.

    Parameters
    ----------
    said : ChartText
        Gives the title, and the sentence for those who do not see the picture.
    theme : {'light', 'dark'}
    height : int
        Pixels.
    margin : dict
        l, r and b; the top follows the title and the small line under it.
    **more
        `small` (str) is the line under the title, broken after `small_width` (int) signs; the
        rest goes to the layout.

    Returns
    -------
    plotly.graph_objects.Layout
    """
    colour = find_colours(theme)
    axis = {
        "gridcolor": colour["grid"],
        "linecolor": colour["quiet"],
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": colour["quiet"],
        "automargin": False,
        "tickfont": {"size": 12},
        "title": {"font": {"size": 13}},
    }
    template = go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": colour["ink"]},
            "xaxis": axis,
            "yaxis": axis,
        }
    )
    title = wrap_name(said.title, TITLE_WIDTH)
    small = textwrap.wrap(more.pop("small", ""), more.pop("small_width", 58))
    lines = title.count("<br>") + 1
    text = f"<span style='font-size:12px;color:{colour['quiet']}'>{'<br>'.join(small)}</span>"
    return go.Layout(
        template=template,
        paper_bgcolor=colour["paper"],
        plot_bgcolor=colour["paper"],
        height=height,
        autosize=True,
        # another chain or chart in the same place starts with a look of its own
        uirevision=escape(said.title),
        title={
            "text": title,
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "font": {"size": 17},
            "automargin": False,
            "pad": {"l": 14, "t": 12 + 18 * (lines - 1)},
            **(
                {"subtitle": {"text": text, "font": {"size": 12, "color": colour["quiet"]}}}
                if small
                else {}
            ),
        },
        margin={"t": 30 + 22 * lines + 17 * len(small), **margin},
        meta={"description": said.sentence},
        hovermode="closest",
        hoverlabel={
            "bgcolor": colour["paper"],
            "bordercolor": colour["quiet"],
            "font": {"color": colour["ink"], "family": FONT, "size": 13},
            "align": "left",
        },
        legend={"font": {"size": 12}, "bgcolor": "rgba(0,0,0,0)"} | more.pop("legend", {}),
        **more,
    )


def note(text: str, **place: Any) -> dict[str, Any]:
    """Make an annotation without an arrow, placed by shares of the plot."""
    return {
        "text": text,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "align": "left",
    } | place


def mark_at(place: float, colour: str, width: float = 1.5, dash: str = "dash") -> dict[str, Any]:
    """Make an upright line through the whole plot, at a place of its first axis."""
    ends = {"x0": place, "x1": place, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", **ends, "line": {"color": colour, "width": width, "dash": dash}}


def let_mark_move(layout: go.Layout, places: Sequence[float]) -> go.Layout:
    """Let a pointer move the first shape of a figure to some places, which the page looks for by
    ratio (``meta["times"]``); where there are none the layout stays as it is."""
    if places:
        layout.meta = {**layout.meta, "times": list(places)}
        layout.dragmode = False
    return layout


def fade(colour: str) -> str:
    """Make a colour such as ``#5a9bd4`` so clear that lines are seen through it."""
    red, green, blue = (round(255 * part) for part in read_colour(colour))
    return f"rgba({red},{green},{blue},{BAND_OPACITY})"


def shade_band(
    x: ArrayLike, low: ArrayLike, high: ArrayLike, colour: str, **more: Any
) -> go.Scatter:
    """Shade what lies between two lines.

    Parameters
    ----------
    x, low, high : array_like, shape (n,)
    colour : str
        Such as ``#5a9bd4``.
    **more
        Of the trace.

    Returns
    -------
    plotly.graph_objects.Scatter
        The outline, there along the lower line and back along the upper one; not in the legend.
    """
    there, back = np.asarray(x, dtype=float), np.asarray(x, dtype=float)[::-1]
    values = np.concatenate([low, np.asarray(high, dtype=float)[::-1]])
    look = {
        "x": [*there.tolist(), *back.tolist()],
        "y": values.round(3).tolist(),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": fade(colour),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return go.Scatter(look | more)


def note_nothing(colour: dict[str, str]) -> dict[str, Any]:
    """Make the words of an empty chart."""
    return note(
        "Nothing changes.",
        x=0.5,
        y=0.5,
        xanchor="center",
        yanchor="middle",
        bgcolor=colour["paper"],
        borderpad=6,
        font={"size": 16, "color": colour["quiet"]},
    )


def place_legend(height: int, width: int = 86) -> dict[str, Any]:
    """Place the legend at the lower edge, in two columns or more; the margin must leave room for
    its rows, or plotly lifts the axis title."""
    return {
        "orientation": "h",
        "xref": "container",
        "x": 0.02,
        "xanchor": "left",
        "yref": "container",
        "y": 8 / height,
        "yanchor": "bottom",
        "traceorder": "normal",
        "entrywidth": width,
        "entrywidthmode": "pixels",
    }


def count_legend_px(entries: int) -> int:
    """Height of a legend of two columns, px."""
    return 14 + 20 * ((entries + 1) // 2)


# ---- certainty --------------------------------------------------------------------------------


def hover_sure(certainty: Certainty, name: str) -> list[str]:
    """Say how sure one change is, for a hover: a list of one line, or of none."""
    if not certainty.is_known:
        return [PENDING.rstrip(".")] if certainty.is_pending else []
    if not certainty.word(name):
        return ["how sure: not known"]
    return [_break(say_certainty(certainty, name))]


def _break(text: str) -> str:
    return "<br>".join(textwrap.wrap(html.escape(text, quote=False), 48))


def show_symbols(mark: str, words: Iterable[str]) -> list[str]:
    """List the marks of structures: filled if settled, with a dot if likely, open if it depends."""
    return [mark + MARK_ENDS.get(word, "") for word in words]


def list_sure_marks(colour: dict[str, str], bars: bool = False) -> list[go.Bar] | list[go.Scatter]:
    """Make empty traces that explain the signs of certainty in the legend."""
    if bars:
        return [
            go.Bar(
                x=[None],
                y=[None],
                orientation="h",
                name=word,
                hoverinfo="skip",
                legendgroup="sure",
                marker={
                    "color": scale_colour(0.0),
                    "line": {"color": colour["ink"], "width": 0.8},
                    "pattern": sure_pattern([word], colour),
                },
            )
            for word in WORDS
        ]
    return [
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=word,
            hoverinfo="skip",
            legendgroup="sure",
            marker={
                "symbol": "circle" + MARK_ENDS[word],
                "size": 11,
                "color": colour["ink"] if word == "depends" else colour["thread"],
                "line": {"color": colour["ink"], "width": 1.6},
            },
        )
        for word in WORDS
    ]


def sure_pattern(words: Iterable[str], colour: dict[str, str]) -> dict[str, Any]:
    """Pattern of bars: plain, sparse dots, hatched."""
    shapes = {"likely": ".", "depends": "/"}
    return {
        "shape": [shapes.get(word, "") for word in words],
        "fillmode": "overlay",
        "fgcolor": "#1f1f1f",
        "fgopacity": 0.85,
        "size": [7 if word == "likely" else 6 for word in words],
        "solidity": [0.12 if word == "likely" else 0.3 for word in words],
    }


def hover_change(name: str, row: Mapping[str, Any] | pd.Series, routes: Iterable[str]) -> list[str]:
    """Say a change for a hover, as a list of lines: name, before and after, by each route."""
    parts = [
        f"<b>{escape(name)}</b>",
        (
            f"before {format_newtons(row['before_N'])}, after {format_newtons(row['after_N'])}:"
            f" {format_change(row['change_N'])}"
        ),
    ]
    parts += [f"by {route}: {format_newtons(row[f'{route}_N'], signed=True)}" for route in routes]
    return [*parts, *(["works at full strength"] if row["overloaded"] else [])]


# ---- the stretched scale ----------------------------------------------------------------------


def stretch_newtons(value_n: ArrayLike) -> NDArray[np.float64]:
    """Place a change on a scale that is linear near 0 and logarithmic beyond `LINEAR_N` (inverse
    hyperbolic sine).

    So 0.3 N in the neck can be seen beside 100 N in the leg; the ticks carry
    the true figures.

    Examples
    --------
    >>> round(float(stretch_newtons(0.3)), 2), round(float(stretch_newtons(-30)), 2)
    (0.88, -5.3)
    """
    return np.arcsinh(np.asarray(value_n, dtype=float) / LINEAR_N)


def scale_ticks(largest_n: float) -> dict[str, Any]:
    """Make the range and the ticks of a stretched axis that holds a change.

    Returns
    -------
    dict
        range, tickvals and ticktext of a plotly axis.
    """
    limit = next((tick for tick in SCALE_TICKS_N if tick >= largest_n), largest_n)
    ticks = [tick for tick in SCALE_TICKS_N if tick <= limit and str(tick)[0] == "1"]
    values = [*(-tick for tick in reversed(ticks)), 0, *ticks]
    edge = float(stretch_newtons(limit)) * 1.06
    return {
        "range": [-edge, edge],
        "tickvals": stretch_newtons(values).tolist(),
        "ticktext": [f"{value:g}".replace("-", "−") for value in values],
        "tickangle": 0,
    }
