"""Two springs in words."""

import pandas as pd

from musclechain.views.words.finding import Finding
from musclechain.views.words.format import format_newtons

__all__ = ["describe_springs"]


SPRINGS = ("spring_1", "spring_2")


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
