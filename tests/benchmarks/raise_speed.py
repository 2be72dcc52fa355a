"""How fast a leg is raised, on one core: ``python -m tests.benchmarks.raise_speed``.

Prints how long sixty frames of a straight leg that is raised take, as ratios to half a second and
to what the same frames take when none starts from the one before, and what drawing a frame costs
beside solving it.
"""

import argparse
import statistics
import time

import numpy as np

import musclechain as mc
from musclechain.cases.raises import raise_through
from musclechain.mechanics.routes import one_thread
from musclechain.views.body.lying import draw_raise

FRAMES, LAST_DEG, BUDGET_S = 60, 80.0, 0.5


def measure_s(function, repeats):
    """Median processor time of a call, s, after one call that is not counted."""
    function()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main(arguments=None):
    """Print the figures."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--repeats", type=int, default=5)
    repeats = asked.parse_args(arguments).repeats
    body = mc.read_body()
    tests = [mc.StraightLegRaise("left", float(x)) for x in np.linspace(0, LAST_DEG, FRAMES)]
    with one_thread():
        through = measure_s(lambda: raise_through(body, tests), repeats)
        alone = measure_s(lambda: [mc.raise_leg(body, test) for test in tests], repeats)
        frames = raise_through(body, tests)
        drawn = measure_s(lambda: [draw_raise(one) for one in frames], repeats)
    print(
        f"{FRAMES} frames of a raised leg: {through:.2f} s, {through / BUDGET_S:.2f} times the"
        f" budget of {BUDGET_S:g} s; {alone:.2f} s, {alone / through:.1f} times as long, if none"
        f" starts from the one before; drawing them {drawn:.2f} s, {drawn / through:.1f} times as"
        " long as solving"
    )


if __name__ == "__main__":
    main()
