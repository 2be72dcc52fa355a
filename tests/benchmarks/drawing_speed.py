"""How fast the outlines of a body are drawn and read: ``python -m tests.benchmarks.drawing_speed``.

Prints the time of a body that was cut, of one whose left side was changed, and of the body whose
outlines come with the package, each as a multiple of the same work for numpy and for Python,
measured in the same run, since machines differ and are busy at times.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

import musclechain as mc
from musclechain.views.body.outline.cache import find_drawing, find_healthy_transforms

MUSCLE = "soleus_left"
BUDGET_MS = {"cut": 1500.0, "changed on the left": None, "of the package": 50.0}


def cut_muscle() -> mc.Body:
    """Read the body and cut a muscle out of it."""
    return mc.read_body().without(MUSCLE)


def thicken_muscle() -> mc.Body:
    """Read the body and make a muscle of the left side twice as thick, so that it has no twin."""
    graph = mc.read_body().graph.copy()
    lines = graph.nodes[MUSCLE]["lines"]
    graph.nodes[MUSCLE]["lines"] = {
        number: {**values, "pcsa_cm2": 2 * values["pcsa_cm2"]} for number, values in lines.items()
    }
    return mc.Body.from_graph(graph)


def measure_drawing_ms(make_body: Callable[[], mc.Body]) -> float:
    """Time the drawing of a fresh body, ms; its healthy standing is not counted."""
    body = make_body()
    find_healthy_transforms(body)
    start = time.perf_counter()
    find_drawing(body)
    return 1e3 * (time.perf_counter() - start)


def measure_reference_ms() -> float:
    """Time a fixed amount of work, ms: small numpy arrays, and plain Python."""
    numbers = np.random.default_rng(7).random((60, 60))
    start = time.perf_counter()
    for _ in range(4000):
        np.sqrt(np.minimum(numbers * numbers, 1) + numbers)[2:, 2:].sum()
    sum(number * number for number in range(400_000))
    return 1e3 * (time.perf_counter() - start)


def main(arguments: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.drawing_speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args(arguments).repeats
    # the first drawing of a process also pays for imports
    measure_drawing_ms(mc.read_body)
    bodies = dict(zip(BUDGET_MS, (cut_muscle, thicken_muscle, mc.read_body), strict=True))
    for name, make_body in bodies.items():
        times, references = [], []
        for _ in range(repeats):
            references.append(measure_reference_ms())
            times.append(measure_drawing_ms(make_body))
        took, reference = statistics.median(times), statistics.median(references)
        budget = f" (budget {BUDGET_MS[name]:.0f} ms)" if BUDGET_MS[name] else ""
        print(
            f"body {name}: {took:.0f} ms{budget}, {took / reference:.1f} times the reference of"
            f" {reference:.0f} ms; fastest {min(times):.0f} ms"
        )


if __name__ == "__main__":
    main()
