"""Two springs on a stand: what each carries and how far each gives way, in words and as a
picture."""

import html

import pandas as pd

from .describe import format_newtons
from .findings import Finding

__all__ = ["describe_springs", "draw_springs"]

SPRINGS = ("spring_1", "spring_2")
COLOURS = ("#0072b2", "#b34700")
COILS = 7


def describe_springs(result):
    """Say what each of two springs carries, how much longer each gets, and how stiff the pair is.

    Parameters
    ----------
    result : Result
        Of a body from ``two_springs`` and a ``PullOn("hook", ...)``.

    Returns
    -------
    Finding
        One row for each spring and one for the pair: stiffness (N/mm), force
        (N), stretch (mm).

    Raises
    ------
    ValueError
        For another body, or if nothing pulls.
    """
    stiffness, force, stretch, moved = _read(result)
    pull = result.table().at["hook", "pull_N"]
    series = _in_series(result)
    rows = [
        (f"Spring {number}", *values)
        for number, values in enumerate(zip(stiffness, force, stretch, strict=True), start=1)
    ]
    rows.append(("Both together", pull / moved, pull, moved))
    figures = pd.DataFrame(
        rows, columns=["Spring", "Stiffness (N/mm)", "Force (N)", "Gets longer by (mm)"]
    ).round(2)
    if series:
        how = (
            f"In series: both springs carry the whole {format_newtons(pull)}, and their stretches"
            f" add up: {stretch[0]:.2f} + {stretch[1]:.2f} = {moved:.2f} mm"
        )
    else:
        how = (
            f"In parallel: both springs get longer by the same {moved:.2f} mm, and their forces add"
            f" up: {force[0]:.1f} + {force[1]:.1f} = {pull:.1f} N"
        )
    return Finding(
        "Two springs",
        f"{how}. Together they are as stiff as one spring of {pull / moved:.2f} N/mm.",
        figures,
    )


def _read(result):
    """Stiffness, force and stretch of both springs, and how far the hook's knot moves, all from
    the solved body."""
    if not {"hook", *SPRINGS} <= set(result.body.structures):
        raise ValueError("This is not a body of two springs; make one with two_springs(...).")
    if result.table().at["hook", "pull_N"] <= 0:
        raise ValueError(
            "Nothing pulls here. Ask about PullOn('hook', newtons) with more than 0 N, and leave"
            " the route pull on."
        )
    stiffness = [
        result.body.graph.nodes[name]["lines"][1]["stiffness_n_per_mm"] for name in SPRINGS
    ]
    force = [float(result.table().at[name, "pull_N"]) for name in SPRINGS]
    slides = result.state.pull.movement[3 + 3 * len(result.skeleton.bones) :]
    knot = list(result.skeleton.slide_junction).index(result.skeleton.junctions.index("first_knot"))
    return (
        stiffness,
        force,
        [f / k for f, k in zip(force, stiffness, strict=True)],
        1e3 * abs(float(slides[knot])),
    )


def _in_series(result):
    return "second_knot" in result.body.junctions


def draw_springs(result):
    """Draw two springs on their stand, at rest (pale) and pulled, with force and stretch written to
    them.

    Parameters
    ----------
    result : Result
        As for `describe_springs`.

    Returns
    -------
    str
        SVG. Stretches are drawn larger by a factor that the picture states.
    """
    _, force, stretch, moved = _read(result)
    scale = min(20.0, 60.0 / max(moved, 1e-9))
    said = html.escape(str(describe_springs(result)))
    words = [f"spring {number}: {f:.1f} N" for number, f in enumerate(force, start=1)]
    paths = (
        _draw_series(stretch, scale, words)
        if _in_series(result)
        else _draw_parallel(moved, scale, words)
    )
    return (
        f"<svg viewBox='0 0 520 176' role='img' aria-label='{said}' style='width:100%;"
        f"max-width:620px;height:auto;font-family:system-ui,sans-serif'>{paths}"
        "<text x='16' y='168' fill='currentColor' font-size='12'>Pale: before the pull."
        f" Stretch drawn {scale:.0f} times as large.</text></svg>"
    )


def _draw_series(stretch, scale, words):
    """Wall on the right; spring 2 on the wall, spring 1 on spring 2, the hook on spring 1."""
    middle, end = 320 - scale * stretch[1], 180 - scale * sum(stretch)
    pale = _coil(180, 320, 75, None, 1) + _coil(320, 460, 75, None, 2)
    return (
        _wall()
        + pale
        + _coil(end, middle, 75, COLOURS[0], 1)
        + _coil(middle, 460, 75, COLOURS[1], 2)
        + _knot(middle, 75)
        + _hook(end, 75)
        + _label((end + middle) / 2, 46, words[0])
        + _label((middle + 460) / 2, 46, words[1])
    )


def _draw_parallel(moved, scale, words):
    """Both springs on the wall and on one bar, the hook on the bar."""
    end = 240 - scale * moved
    coils = "".join(
        _coil(240, 460, y, None, k)
        + _coil(end, 460, y, COLOURS[k - 1], k)
        + _label((end + 460) / 2, y - 20, words[k - 1])
        for k, y in ((1, 50), (2, 120))
    )
    bar = (
        f"<line x1='{end:.1f}' y1='30' x2='{end:.1f}' y2='135' stroke='currentColor'"
        " stroke-width='4'/>"
    )
    return _wall() + coils + bar + _hook(end, 82)


def _wall():
    return (
        "<rect x='460' y='14' width='12' height='136' fill='currentColor' opacity='0.45'/><text"
        " x='478' y='86' fill='currentColor' font-size='13'>fixed</text>"
    )


def _coil(start, end, y, colour, number):
    """A spring as a zigzag; without a colour it is the pale one at rest. Spring 2 has sharper
    teeth, so that colour is not needed."""
    high = 9 if number == 1 else 14
    inner = [start + 14 + (end - start - 28) * step / (2 * COILS) for step in range(2 * COILS + 1)]
    teeth = [
        f"{x:.1f},{y + (0 if step in (0, 2 * COILS) else high * (-1) ** step):.1f}"
        for step, x in enumerate(inner)
    ]
    look = (
        f"stroke='{colour}' stroke-width='3'"
        if colour
        else "stroke='currentColor' stroke-width='1.5' opacity='0.25'"
    )
    return (
        f"<polyline points='{start:.1f},{y} {' '.join(teeth)} {end:.1f},{y}' fill='none' {look}"
        " stroke-linejoin='round'/>"
    )


def _knot(x, y):
    return f"<circle cx='{x:.1f}' cy='{y}' r='5' fill='currentColor'/>"


def _hook(x, y):
    """The arrow of the pull."""
    return (
        f"{_knot(x, y)}<line x1='{x:.1f}' y1='{y}' x2='{x - 60:.1f}' y2='{y}' stroke='currentColor'"
        f" stroke-width='3'/><polygon points='{x - 74:.1f},{y} {x - 58:.1f},{y - 8}"
        f" {x - 58:.1f},{y + 8}' fill='currentColor'/><text x='{x - 66:.1f}' y='{y + 26}'"
        " fill='currentColor' font-size='13' text-anchor='middle'>hook</text>"
    )


def _label(x, y, words):
    return (
        f"<text x='{x:.1f}' y='{y}' fill='currentColor' font-size='14' text-anchor='middle'"
        f" font-weight='600'>{words}</text>"
    )
