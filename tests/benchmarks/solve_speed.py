"""How fast a state is solved, on one core: ``python -m tests.benchmarks.solve_speed``.

Prints the time of a state without and with guarding, the share of each step,
the ratio to the same effort problem in ``scipy.optimize.minimize`` (SLSQP), and
how long 200 draws of the certainty take on two cores; and what a year of a plan
and a day of it cost.
"""

import argparse
import itertools
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import scipy.optimize

import musclechain as mc
from musclechain.mechanics.change import add_changes
from musclechain.mechanics.effort import EffortProblem, find_effort
from musclechain.mechanics.guarding import find_guarding
from musclechain.mechanics.pose import find_stance
from musclechain.mechanics.pull import find_pull
from musclechain.mechanics.routes import one_thread, solve_routes

STATES = {
    "hamstring strain, grade 2": mc.HamstringStrain("left", grade=2),
    "limp, leaning 8 degrees": mc.Limp("left", offload=0.5, lean_deg=8),
}
BUDGET_MS = {0.0: 6.0, 1.0: 15.0}
DRAWS, BUDGET_S = 200, 3.0
YEAR_BUDGET_MS, DAY = 200.0, 40.0


def measure_ms(function, repeats):
    """Median time of a call, ms, after one call that is not counted."""
    function()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def list_steps(body, cause):
    """The steps of one state as calls, by name."""
    result = mc.spread(body, cause, guarding=1.0)
    s, state, change = result.skeleton, result.state, add_changes(body, (cause,))
    healthy = state.healthy
    _stance, rest, effort = healthy.stance, healthy.rest_length, healthy.effort
    added = np.zeros(len(s.lines))
    added[[name == "biceps_femoris_long_head_left" for name, _ in s.lines]] = 100.0
    pain = np.array([change.pain.get(name, 0.0) for name in s.structures])
    return {
        "posture search": lambda: find_stance(s, change, healthy.habit, 1.0, rest),
        "effort": lambda: find_effort(s, state.stance, rest, 1.0, start=effort),
        "pull": lambda: find_pull(s, state.stance, state.effort, rest, added),
        "guarding rounds": lambda: find_guarding(
            EffortProblem(s, state.stance, rest),
            result.network,
            state.effort,
            effort.activation,
            pain,
            np.ones(len(s.lines)),
            1.0,
        ),
    }


def solve_with_slsqp(problem):
    """The same effort problem by scipy: activations within bounds, residuals in the cost."""
    s = problem.skeleton
    low = s.constants["tone"] * problem.strength
    settled = problem.junctions.settle(low)
    muscles = np.flatnonzero(s.is_muscle)
    matrix, wanted, weight = (
        problem.find_arms()[:, muscles],
        problem.wanted - problem.matrix @ settled.passive,
        1 / (problem.strength**2 * problem.shares)[muscles],
    )

    def cost(x):
        left = (wanted - matrix @ x) / problem.allowed
        return weight @ x**2 + left @ left, 2 * weight * x - 2 * matrix.T @ (left / problem.allowed)

    bounds = list(zip(low[muscles], problem.strength[muscles], strict=True))
    return scipy.optimize.minimize(
        cost,
        low[muscles],
        jac=True,
        bounds=bounds,
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-10},
    )


def measure_certainty(result):
    """Time of all draws in this process and in two, s; the start of the two is not counted."""
    start = time.perf_counter()
    result.draws(DRAWS)
    alone = time.perf_counter() - start
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        result.draws(20, executor=pool)
        start = time.perf_counter()
        result.draws(DRAWS, executor=pool)
        return alone, time.perf_counter() - start


def solve_anew(result):
    """Solve the state of a result once more; `spread` would know its posture and pull."""
    solve_routes(
        result.skeleton, result.state.healthy, result.network, result.change, **result.routes
    )


def measure_course(body, cause, guarding, repeats):
    """Time of a year of a plan, and of one day of it, ms."""
    plan = mc.Plan(
        [
            mc.Dose("deep massage", 30, 1, weeks=12),
            mc.Dose("static stretching", 3, 7, weeks=26),
            mc.Dose("strengthening", 60, 2, from_day=14, weeks=20),
            mc.Dose("Pilates", 60, 2, from_day=7, weeks=30),
        ]
    )
    result = mc.spread(body, cause, guarding=guarding)
    course = mc.find_course(result, plan)
    days = itertools.cycle((DAY, DAY + 1))  # of the last one posture and pull are known
    return (
        measure_ms(lambda: mc.find_course(result, plan).table([365]), repeats // 4),
        measure_ms(lambda: course.result_on(next(days)), repeats),
    )


def main(arguments=None):
    """Print the figures."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--repeats", type=int, default=60)
    repeats = asked.parse_args(arguments).repeats
    body = mc.read_body()
    with one_thread():
        for name, cause in STATES.items():
            for guarding, budget in BUDGET_MS.items():
                result = mc.spread(body, cause, guarding=guarding)
                took, rounds = measure_ms(partial(solve_anew, result), repeats), len(result.rounds)
                print(
                    f"{name}, {'posture and pull' if not guarding else 'with guarding'}: {took:.1f}"
                    f" ms (budget {budget:.0f} ms, {rounds} steps)"
                )
                year, day = measure_course(body, cause, guarding, repeats)
                print(
                    f"  a year of a plan from there: {year:.0f} ms (budget"
                    f" {YEAR_BUDGET_MS:.0f} ms), day {DAY:.0f} of it: {day:.1f} ms"
                )
            steps = {
                step: measure_ms(call, repeats) for step, call in list_steps(body, cause).items()
            }
            total = sum(steps.values())
            print(
                "  "
                + ", ".join(
                    f"{step} {took:.1f} ms ({took / total:.0%})" for step, took in steps.items()
                )
            )
        result = mc.spread(body, STATES["limp, leaning 8 degrees"])
        problem = EffortProblem(
            result.skeleton, result.state.stance, result.state.healthy.rest_length
        )
        ours = measure_ms(problem.solve, repeats)
        theirs = measure_ms(lambda: solve_with_slsqp(problem), 1)
        for name, cause in STATES.items():
            for guarding in BUDGET_MS:
                alone, two = measure_certainty(mc.spread(body, cause, guarding=guarding))
                print(
                    f"certainty of {name}{' with guarding' if guarding else ''}: {DRAWS} draws in"
                    f" {two:.1f} s on two cores (budget {BUDGET_S:.0f} s), {alone:.1f} s on one:"
                    f" {alone / two:.1f} times as long"
                )
        print(
            f"effort problem alone: {ours:.2f} ms here, {theirs:.0f} ms with SLSQP:"
            f" {theirs / ours:.0f} times as long"
        )


if __name__ == "__main__":
    main()
