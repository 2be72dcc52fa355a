"""What a person of a population costs: ``python -m tests.benchmarks.population_speed``.

Prints, for 100 to 10,000 people, the time on two cores, the processor time of a person, and how
much memory the process that counts them takes.
"""

import argparse
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import musclechain as mc

COUNTS = (100, 1000, 10_000)
BUDGET_PEOPLE, BUDGET_S = 1000, 6.0
CORES = 2


def measure(body, count, pool):
    """Time of so many people, s, and processor time of a person that is solved here, ms."""
    start = time.perf_counter()
    mc.solve_population(body, count=count, executor=pool)
    took = time.perf_counter() - start
    start = time.process_time()
    mc.solve_population(body, count=min(count, 100))
    return took, 1e3 * (time.process_time() - start) / min(count, 100)


def main(arguments=None):
    """Print the figures."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--most", type=int, default=COUNTS[-1], help="largest number of people")
    most = asked.parse_args(arguments).most
    body = mc.read_body()
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        mc.solve_population(body, count=20, executor=pool)  # the start is not counted
        for count in (count for count in COUNTS if count <= most):
            took, each = measure(body, count, pool)
            budget = f" (budget {BUDGET_S:.0f} s)" if count == BUDGET_PEOPLE else ""
            # in kilobytes on Linux
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{count} people: {took:.1f} s on {CORES} cores{budget},"
                f" {1e3 * CORES * took / count:.1f} ms of a core each; one after the other"
                f" {each:.1f} ms of processor time each; at most {memory:.0f} MB here"
            )


if __name__ == "__main__":
    main()
