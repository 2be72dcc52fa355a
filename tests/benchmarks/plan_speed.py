"""How fast a plan is followed, on one core: ``python -m tests.benchmarks.plan_speed``.

Prints how long a year of a plan takes to solve, against 0.2 s; what the state of any day of it
costs beside a state of the first day; and what a band of draws costs.
"""

import argparse

import numpy as np

import musclechain as mc
from musclechain.lessons.planning import PLANS, STARTS
from musclechain.mechanics.routes import one_thread
from tests.benchmarks.raise_speed import measure_s
from tests.benchmarks.solve_speed import solve_anew

YEAR, DRAWS, BUDGET_S = 365.0, 20, 0.2
WEEKS = 7.0 * np.arange(53)


def _follow(first, plan):
    """Solve a year; it is solved when a day after the first is asked for."""
    return mc.find_course(first, plan, YEAR).table([YEAR])


def main(arguments=None):
    """Print the figures."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--repeats", type=int, default=5)
    repeats = asked.parse_args(arguments).repeats
    body, plan = mc.read_body(), mc.Plan([dose for one in PLANS.values() for dose in one.doses])
    days = iter(np.resize(np.arange(1.0, YEAR, 17.0), 1000))
    with one_thread():
        for name, causes in STARTS.items():
            first = mc.spread(body, causes)
            course = mc.find_course(first, plan, YEAR)
            begun = measure_s(lambda first=first: solve_anew(first), repeats)
            year = measure_s(lambda first=first: _follow(first, plan), repeats)
            day = measure_s(lambda course=course: course.result_on(next(days)), repeats)
            band = measure_s(lambda course=course: course.band(WEEKS, DRAWS), repeats)
            print(
                f"{name}, {len(plan.doses)} doses: a year in {1000 * year:.0f} ms,"
                f" {year / BUDGET_S:.2f} times the budget of {1000 * BUDGET_S:.0f} ms; any day of"
                f" it {1000 * day:.0f} ms, {day / begun:.1f} times the first day; the band of"
                f" {DRAWS} draws {1000 * band:.0f} ms"
            )


if __name__ == "__main__":
    main()
