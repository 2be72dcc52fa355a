"""Findings about many people, none of whom is quite even."""

import pandas as pd

from musclechain.anatomy.format import capitalise, format_newtons, format_range, round_newtons
from musclechain.mechanics.population import LEG_DIFFERENCE, Population
from musclechain.views.words.finding import Finding, name_joint

__all__ = ["describe_population"]


def describe_population(people: Population) -> Finding:
    """Say how a change is spread over people: their legs, and the joint whose load changes most.

    Parameters
    ----------
    people : Population

    Returns
    -------
    Finding
        With the load of every joint as a table.
    """
    joints = people.joints()
    most = joints[["low_N", "high_N"]].abs().max(axis=1).idxmax()
    low, median, high = joints.loc[most, ["low_N", "median_N", "high_N"]]
    least_mm, middle_mm, most_mm = people.quantiles(LEG_DIFFERENCE, (0.05, 0.5, 0.95))
    left_out = ""
    if people.failed:
        left_out = f" {people.failed} of them cannot hold what is asked, and are left out."
    return Finding(
        f"{people.people} people",
        f"The legs of half of these {people.people} people differ by less than {middle_mm:.1f} mm,"
        f" those of nine in ten by {least_mm:.1f} to {most_mm:.1f} mm. Nothing changes more than"
        f" the load of the {name_joint(most)}: by {format_newtons(median, signed=True)} in the"
        f" middle, and in nine people in ten by {format_range(low, high)}.{left_out}",
        pd.DataFrame(
            [
                (
                    capitalise(name_joint(name)),
                    *(round_newtons(row[key]) for key in ("low_N", "median_N", "high_N")),
                )
                for name, row in joints.iterrows()
            ],
            columns=["Joint", "One in twenty less (N)", "Middle (N)", "One in twenty more (N)"],
        ),
    )
