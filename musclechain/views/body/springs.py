"""Two springs on their stand, as a picture."""

import html

from musclechain.cases.springs import PulledSprings, read_springs
from musclechain.mechanics.spread import Result
from musclechain.views.words.findings.springs import describe_springs

__all__ = ["draw_springs"]

COLOURS = ("#0072b2", "#b34700")

COILS = 7


def draw_springs(result: Result) -> str:
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
    springs = read_springs(result)
    scale = min(20.0, 60.0 / max(springs.moved, 1e-9))
    said = html.escape(str(describe_springs(result)))
    paths = (_draw_series if springs.in_series else _draw_parallel)(springs, scale)
    return (
        f"<svg viewBox='0 0 520 176' role='img' aria-label='{said}' style='width:100%;"
        f"max-width:620px;height:auto;font-family:system-ui,sans-serif'>{paths}"
        "<text x='16' y='168' fill='currentColor' font-size='12'>Pale: before the pull."
        f" Stretch drawn {scale:.0f} times as large.</text></svg>"
    )


def _say_forces(springs: PulledSprings) -> list[str]:
    return [f"spring {n}: {newtons:.1f} N" for n, newtons in enumerate(springs.force, start=1)]


def _draw_series(springs: PulledSprings, scale: float) -> str:
    """Wall on the right; spring 2 on the wall, spring 1 on spring 2, the hook on spring 1."""
    words = _say_forces(springs)
    middle, end = 320 - scale * springs.stretch[1], 180 - scale * sum(springs.stretch)
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


def _draw_parallel(springs: PulledSprings, scale: float) -> str:
    """Both springs on the wall and on one bar, the hook on the bar."""
    end, words = 240 - scale * springs.moved, _say_forces(springs)
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


def _wall() -> str:
    return (
        "<rect x='460' y='14' width='12' height='136' fill='currentColor' opacity='0.45'/><text"
        " x='478' y='86' fill='currentColor' font-size='13'>fixed</text>"
    )


def _coil(start: float, end: float, y: float, colour: str | None, number: int) -> str:
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


def _knot(x: float, y: float) -> str:
    return f"<circle cx='{x:.1f}' cy='{y}' r='5' fill='currentColor'/>"


def _hook(x: float, y: float) -> str:
    """The arrow of the pull."""
    return (
        f"{_knot(x, y)}<line x1='{x:.1f}' y1='{y}' x2='{x - 60:.1f}' y2='{y}' stroke='currentColor'"
        f" stroke-width='3'/><polygon points='{x - 74:.1f},{y} {x - 58:.1f},{y - 8}"
        f" {x - 58:.1f},{y + 8}' fill='currentColor'/><text x='{x - 66:.1f}' y='{y + 26}'"
        " fill='currentColor' font-size='13' text-anchor='middle'>hook</text>"
    )


def _label(x: float, y: float, words: str) -> str:
    return (
        f"<text x='{x:.1f}' y='{y}' fill='currentColor' font-size='14' text-anchor='middle'"
        f" font-weight='600'>{words}</text>"
    )
