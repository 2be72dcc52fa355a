"""What a person of a population costs: ``python -m tests.benchmarks.population_speed``.

Prints, for 100 to 10,000 people on two cores, the time that it takes, the processor time of a
person in all processes together, and how much memory the process that counts them takes.
"""

import argparse
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import musclechain as mc

COUNTS = (100, 1000, 10_000)
BUDGET_PEOPLE, BUDGET_S = 1000, 6.0
CORES, WARM = 2, 20


def find_processor_s():
    """Processor time of this process and of those that have ended, s."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def solve(body, count):
    """Solve so many people in a pool of its own: time without the start of the pool, s, and
    processor time with it, s."""
    begun = find_processor_s()
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        mc.solve_population(body, count=WARM, executor=pool)
        start = time.perf_counter()
        mc.solve_population(body, count=count, executor=pool)
        took = time.perf_counter() - start
    return took, find_processor_s() - begun


def main(arguments=None):
    """Print the figures."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--most", type=int, default=COUNTS[-1], help="largest number of people")
    most = asked.parse_args(arguments).most
    body = mc.read_body()
    _, idle = solve(body, WARM)  # what the start of two processes takes
    for count in (count for count in COUNTS if count <= most):
        took, used = solve(body, count)
        budget = f" (budget {BUDGET_S:.0f} s)" if count == BUDGET_PEOPLE else ""
        # in kilobytes on Linux
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count} people: {took:.1f} s on {CORES} cores{budget},"
            f" {1e3 * (used - idle) / count:.1f} ms of processor time each;"
            f" at most {memory:.0f} MB in the process that counts"
        )


if __name__ == "__main__":
    main()
