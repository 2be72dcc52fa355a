"""What a joint resists with, as one bar."""

import numpy as np

from musclechain.cases.raises import CARRIERS, Raise, StraightLegRaise
from musclechain.views.body.svg import write_node, write_text

__all__ = ["draw_resistance"]

# Colour of each carrier, and the ends that the scale may have, Nm.
COLOURS = dict(zip(CARRIERS, ("#b5574c", "#c9bda6", "#8a8f98", "#f5c518"), strict=True))
ENDS_NM = (10, 20, 40, 80, 160, 320)
# The picture: width, height, where the bar stands, and from where on a part is named inside it.
WIDTH, HEIGHT, LEFT, TOP, TALL = 620, 74, 4, 24, 20
GAP, LETTER = 14, 7.4
LEAST_NM = 0.05


def draw_resistance(found: Raise) -> str:
    """Draw how many newton metres each kind of tissue resists with at the joint that is moved.

    Parameters
    ----------
    found : Raise

    Returns
    -------
    str
        A picture as HTML, with its description. What helps the examiner is named behind it.
    """
    joint = "hip" if isinstance(found.test, StraightLegRaise) else "knee"
    shares = found.shares()
    parts = {name: value for name, value in shares.items() if value >= LEAST_NM}
    end = next((one for one in ENDS_NM if sum(parts.values()) <= one), ENDS_NM[-1])
    scale = (WIDTH - 2 * LEFT) / end
    title = f"At the {joint} tissue resists with {found.tissue_nm:.1f} Nm. Scale: 0 to {end} Nm."
    drawn = [write_text(LEFT, 14, title), _draw_ground()]
    at, note = float(LEFT), float(LEFT)
    for name, value in parts.items():
        drawn.append(_draw_part(at, min(value * scale, WIDTH - LEFT - at), COLOURS[name]))
        at += value * scale
        words = f"{name} {value:.1f}"
        drawn += _write_key(note, words, COLOURS[name])
        note += GAP + 14 + LETTER * len(words)
    helps = [f"{name} {-value:.1f}" for name, value in shares.items() if value <= -LEAST_NM]
    if helps:
        drawn.append(write_text(note, 66, f"helps: {', '.join(helps)}"))
    told = ", ".join(f"{name} {value:.1f} Nm" for name, value in parts.items()) or "nothing"
    return (
        f"<svg viewBox='0 0 {WIDTH} {HEIGHT}' width='100%' role='img' style='max-width:{WIDTH}px;"
        f"color:var(--jp-ui-font-color1,#222)' aria-label='{title} {told}.'"
        f" font-family='system-ui,sans-serif' font-size='13' fill='currentColor'>"
        f"{''.join(drawn)}</svg>"
    )


def _draw_ground() -> str:
    look = {"fill": "none", "stroke": "currentColor", "stroke-opacity": 0.45}
    return write_node(
        "rect", {"x": LEFT, "y": TOP, "width": WIDTH - 2 * LEFT, "height": TALL, **look}
    )


def _draw_part(at: float, wide: float, colour: str) -> str:
    place = {"x": f"{at:.1f}", "y": TOP, "width": f"{np.maximum(wide, 0):.1f}", "height": TALL}
    edge = {"stroke": "currentColor", "stroke-width": 1}
    return write_node("rect", {**place, "fill": colour, **edge, "class": "part"})


def _write_key(at: float, words: str, colour: str) -> list[str]:
    square = {"x": f"{at:.1f}", "y": 56, "width": 10, "height": 10, "fill": colour}
    return [
        write_node("rect", {**square, "stroke": "currentColor"}),
        write_text(at + 15, 66, words),
    ]
