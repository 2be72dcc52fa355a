"""Questions about the straight leg that is raised."""

from collections.abc import Callable

import numpy as np

from musclechain.cases.nerve import draw_nerve_numbers
from musclechain.cases.raises import StraightLegRaise, raise_through
from musclechain.tools.validation.question import (
    LEAST_N,
    Asker,
    Expected,
    Measured,
    Part,
    Question,
    Way,
    more,
)

__all__ = ["QUESTIONS"]

# How far the cadavers' hip and ankle went was not seen: the usual test.
HIP_DEG, ANKLE_DEG = 60.0, 20.0
# Of strain: less than a tenth of a percent is none.
LEAST_PERCENT = 0.1
ORDER_PERCENT = 0.8
SAME_N = Expected(-LEAST_N, LEAST_N, f"the same, within {LEAST_N:g} N")
SAME_ORDER = Expected(-ORDER_PERCENT, ORDER_PERCENT, f"at most {ORDER_PERCENT:g} either way")


def _measure(
    ask: Asker, values: Callable[[dict[str, float] | None], list[float]]
) -> list[Measured]:
    """Some values with the numbers of the data, each with the range of drawn nerves."""
    usual = values(None)
    drawn = np.array([values(numbers) for numbers in draw_nerve_numbers(ask.body, ask.draws)])
    if not len(drawn):
        return [Measured(value) for value in usual]
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    return [Measured(*map(float, one)) for one in zip(usual, low, high, strict=True)]


def _raise_with_foot_up(ask: Asker) -> list[Part]:
    """What raising the hip adds, with the foot bent up before."""

    def values(numbers: dict[str, float] | None) -> list[float]:
        tests = [StraightLegRaise("left", hip, ANKLE_DEG) for hip in (0.0, HIP_DEG)]
        flat, raised = raise_through(ask.body, tests, numbers=numbers)
        added = raised.strands()["added_percent"] - flat.strands()["added_percent"]
        calf = [found.carriers.at["achilles_tendon_left", "tension_N"] for found in (flat, raised)]
        return [added["plantar"], added["sciatic"] - added["plantar"], calf[1] - calf[0]]

    foot, nearer, tendon = _measure(ask, values)
    return [
        Part("nerve of the sole, strain added by the hip", "%", foot, more(LEAST_PERCENT)),
        Part("sciatic nerve beyond that", "%", nearer, more(LEAST_PERCENT)),
        Part("Achilles tendon, by which a leg could pull at the sole band", "N", tendon, SAME_N),
    ]


def _hip_or_ankle_first(ask: Asker) -> list[Part]:
    end = StraightLegRaise("left", HIP_DEG, ANKLE_DEG)
    ways = (
        [StraightLegRaise("left", HIP_DEG, 0.0), end],
        [StraightLegRaise("left", 0.0, ANKLE_DEG), end],
    )

    def values(numbers: dict[str, float] | None) -> list[float]:
        first, second = (
            raise_through(ask.body, way, numbers=numbers)[-1].strands()["added_percent"]
            for way in ways
        )
        return [first[name] - second[name] for name in ("sciatic", "tibial", "plantar")]

    names = ("sciatic nerve", "tibial nerve", "nerve of the sole")
    return [
        Part(f"{name}, hip first less ankle first", "%", found, SAME_ORDER)
        for name, found in zip(names, _measure(ask, values), strict=True)
    ]


QUESTIONS = (
    Question(
        "NV05",
        "a straight-leg raise pulls at nerves beyond the ankle, not at the sole band",
        (
            Way(
                "Lying, the foot bent up by 20 degrees, then the leg raised by 60: what the raise"
                " adds to the nerve. The sole band lies within the foot, which is one block, so it"
                " is asked whether the tendon that could pull at it gets tighter. What slides is"
                " only the nerve, so it is asked too whether more is added nearer the hip.",
                _raise_with_foot_up,
            ),
        ),
    ),
    Question(
        "NV06",
        "0.8 % strain between two orders of movement",
        (
            Way(
                "Hip by 60 and foot by 20 degrees, in either order. The nerve of the model is"
                " elastic, so it cannot answer otherwise: a weak test, which only says that the"
                " solver keeps to it.",
                _hip_or_ankle_first,
            ),
        ),
    ),
)
