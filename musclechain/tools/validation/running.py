"""Questions about the footfall of a run."""

from typing import Any

import numpy as np

from musclechain.cases.running import HardRun, build_runner, draw_numbers, read_numbers
from musclechain.mechanics.impact import Impact, solve_footfall
from musclechain.tools.validation.question import (
    Asker,
    Expected,
    Measured,
    Part,
    Question,
    Way,
    less,
    near,
)

__all__ = ["QUESTIONS"]

# Half as much cushioning again: the sole gives half as much again under the same force.
MORE_GIVE = 1.5
LATER_MS = 26.6 - 22.5
# Peaks that differ by less are the same.
SAME_PERCENT = 10.0
SAME = Expected(-SAME_PERCENT, SAME_PERCENT, f"the same, within {SAME_PERCENT:g} %")


def _land_twice(ask: Asker, numbers: dict[str, float], **soft: Any) -> tuple[Impact, Impact]:
    """The footfall in an ordinary sole and in one that gives half as much again."""
    sole = numbers["sole_ordinary"] / MORE_GIVE
    hard = build_runner(ask.body, HardRun(), numbers)
    gives = {**numbers, "sole_soft": sole}
    runner = build_runner(ask.body, HardRun(shoe="soft", **soft), gives)
    return solve_footfall(hard), solve_footfall(runner)


def _compare(ask: Asker, **soft: Any) -> list[Part]:
    usual = dict(read_numbers(ask.body))
    sets = [usual, *draw_numbers(ask.body, ask.draws)]
    pairs = [_land_twice(ask, numbers, **soft) for numbers in sets]
    found = np.array(
        [
            (
                100 * (second.peak_bw / first.peak_bw - 1),
                second.peak_ms - first.peak_ms,
                100 * (second.rate_bw_s / first.rate_bw_s - 1),
            )
            for first, second in pairs
        ]
    )
    peak, later, rate = (_measure(column) for column in found.T)
    return [
        Part("impact peak, softer against harder", "%", peak, SAME),
        Part("the peak comes later by", "ms", later, near(LATER_MS)),
        Part("mean loading rate, softer against harder", "%", rate, less(1.0)),
    ]


def _measure(column: np.ndarray) -> Measured:
    """The value of the data, with the range that holds 90 % of what was drawn."""
    value, drawn = float(column[0]), column[1:][np.isfinite(column[1:])]
    if not len(drawn):
        return Measured(value)
    low, high = np.quantile(drawn, (0.05, 0.95))
    return Measured(value, float(low), float(high))


def _softer_sole(ask: Asker) -> list[Part]:
    return _compare(ask)


def _softer_sole_and_adapted_leg(ask: Asker) -> list[Part]:
    return _compare(ask, adapts=True)


QUESTIONS = (
    Question(
        "FT12",
        "impact peak 2.30 and 2.34 times body weight, 4 ms later in the softer shoe",
        (
            Way(
                "A passive chain lands in an ordinary sole and in one that gives half as much"
                " again. The study ran at 4.5 m/s and the model at 2.7, so peak and rate are"
                " compared as shares.",
                _softer_sole,
            ),
            Way(
                "The same, with a leg that adapts to the sole as legs do to the ground.",
                _softer_sole_and_adapted_leg,
            ),
        ),
    ),
)
