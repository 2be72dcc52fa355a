"""Two springs in words."""

import pandas as pd

from musclechain.anatomy.format import format_newtons
from musclechain.cases.springs import read_springs
from musclechain.mechanics.spread import Result
from musclechain.views.words.finding import Finding

__all__ = ["describe_springs"]


def describe_springs(result: Result) -> Finding:
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
    springs = read_springs(result)
    (first, second), (stretched, other) = springs.force, springs.stretch
    pull, moved = springs.pull, springs.moved
    together = pull / moved
    figures = pd.DataFrame(
        [
            ("Spring 1", springs.stiffness[0], first, stretched),
            ("Spring 2", springs.stiffness[1], second, other),
            ("Both together", together, pull, moved),
        ],
        columns=["Spring", "Stiffness (N/mm)", "Force (N)", "Gets longer by (mm)"],
    ).round(2)
    if springs.in_series:
        how = (
            f"In series: both springs carry the whole {format_newtons(pull)}, and their stretches"
            f" add up: {stretched:.2f} + {other:.2f} = {moved:.2f} mm"
        )
    else:
        how = (
            f"In parallel: both springs get longer by the same {moved:.2f} mm, and their forces add"
            f" up: {first:.1f} + {second:.1f} = {pull:.1f} N"
        )
    return Finding(
        "Two springs",
        f"{how}. Together they are as stiff as one spring of {together:.2f} N/mm.",
        figures,
    )
