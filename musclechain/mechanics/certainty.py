"""How sure is it? The same question put to many bodies that fit what is known.

Each draw changes stiffness, tone, strength, masses, allowances, attachment
points and the constants of the routes within the ranges of
data/parameters.csv, and solves again.
"""

import numpy as np
import pandas as pd

from .demand import SolveError, check_number
from .posture import find_healthy
from .routes import one_thread, solve_routes

__all__ = ["draw_skeleton", "find_certainty", "name_certainty"]

ZERO_N = 0.05
CHUNK = 5
WORDS = ((0.95, "settled"), (0.8, "likely"), (0.0, "depends"))
DRAWN_APART = {"tissue_stiffness_factor", "joint_stiffness_factor", "mass_factor", "allowance_factor", "attachment_offset", "support_forward", "ground_height"}


def name_certainty(share):
    """Word for a share of draws: settled (95 % and more), likely (80 % and more), depends."""
    return next(word for least, word in WORDS if share >= least)


def find_certainty(result, draws=200, executor=None, progress=None, seed=0):
    """Find in which share of drawn bodies each change keeps its sign.

    Parameters
    ----------
    result : Result
    draws : int
        1 to 1,000,000.
    executor : concurrent.futures.Executor, optional
        Where the draws run; by default here, one after the other.
    progress : callable, optional
        Called with the number of draws done and of all.
    seed : int
        The same seed gives the same draws, however they are spread over workers.

    Returns
    -------
    pandas.DataFrame
        Index as in ``result.table()``. Columns change_N; same_sign (share of
        draws in which the sign of change_N holds, where less than 0.05 N
        counts as zero); low_N and high_N (90 % of the draws lie between);
        word (settled, likely, depends). ``.attrs`` has draws and failed, the
        number of draws that could not be solved and are left out.

    Raises
    ------
    SolveError
        If more than half of the draws could not be solved.
    """
    draws = int(check_number("draws", draws, 1, 1_000_000))
    parameters = result.body.graph.graph["parameters"]
    payload = (result.skeleton, result.network, result.demand, result.routes, parameters, seed)
    chunks = [range(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]
    run = map if executor is None else executor.map
    changes, done = [], 0
    for part, chunk in zip(run(_draw_chunk, [payload] * len(chunks), chunks), chunks):
        changes += [change for change in part if change is not None]
        done += len(chunk)
        if progress is not None:
            progress(done, draws)
    if len(changes) * 2 < draws:
        raise SolveError(f"Only {len(changes)} of {draws} drawn bodies can hold this state: it lies at the edge of what the model can say. Ask for less.")
    return _summarise(result, np.array(changes), draws)


def _summarise(result, changes, draws):
    columns = result.columns
    shown = columns["after_N"] - columns["before_N"]
    sign = lambda values: np.sign(np.where(np.abs(values) < ZERO_N, 0.0, values))
    same = (sign(changes) == sign(shown)).mean(axis=0)
    low, high = np.quantile(changes, (0.05, 0.95), axis=0)
    table = pd.DataFrame({"change_N": shown, "same_sign": same, "low_N": low, "high_N": high, "word": [name_certainty(share) for share in same]},
                         index=pd.Index(result.skeleton.structures, name="structure"))
    table.attrs.update(draws=draws, failed=draws - len(changes))
    return table


def _draw_chunk(payload, numbers):
    """Solve some draws; None where a drawn body cannot hold the state."""
    skeleton, network, demand, routes, parameters, seed = payload
    changes = []
    with one_thread():
        for number in numbers:
            drawn = draw_skeleton(skeleton, parameters, np.random.default_rng([seed, number]))
            try:
                columns = solve_routes(drawn, find_healthy(drawn), network, demand, **routes).columns(drawn)
                changes.append(columns["after_N"] - columns["before_N"])
            except SolveError:
                changes.append(None)
    return changes


def draw_skeleton(skeleton, parameters, rng):
    """Draw one body from all that fit what is known.

    Parameters
    ----------
    skeleton : Skeleton
    parameters : mapping of name to Parameter
        With value, low and high.
    rng : numpy.random.Generator

    Returns
    -------
    Skeleton

    Notes
    -----
    Constants follow a triangular distribution with the value as its peak. A
    range that spans a factor of two or more is drawn on a logarithmic scale.
    Factors on stiffness and allowances are drawn apart for each line and
    joint, masses for each body part, attachments for each line and bone; the
    two sides of a body differ as well.
    """
    s = skeleton
    draw = lambda name, size=None: _draw(parameters[name], rng, size)
    constants = {name: made.value if name in DRAWN_APART or made.low == made.high else draw(name) for name, made in parameters.items()}
    _, group = np.unique(s.line_of * len(s.bones) + s.bone_of, return_inverse=True)
    group = np.where(s.slide_of >= 0, group.max() + 1 + s.slide_of, group)  # all lines of a junction keep meeting
    offset = draw("attachment_offset", (group.max() + 1, 3))[group] / 1e3
    apart = lambda name, shape: draw(name, shape) / parameters[name].value
    sole = s.sole + [(draw("support_forward") - parameters["support_forward"].value) / 1e3, 0, 0]
    return s.with_changes(
        constants=constants, point=s.point + offset, sole=sole, mass=s.mass * apart("mass_factor", len(s.mass)),
        joint_stiffness=s.joint_stiffness * apart("joint_stiffness_factor", (len(s.bones), 1)),
        allowance=s.allowance * apart("allowance_factor", (len(s.bones), 1)),
        stiffness=s.stiffness * apart("tissue_stiffness_factor", len(s.lines)),
    )


def _draw(made, rng, size):
    if made.low == made.high:
        return made.value if size is None else np.full(size, made.value)
    if made.low > 0 and made.high >= 2 * made.low:
        return np.exp(rng.triangular(np.log(made.low), np.log(made.value), np.log(made.high), size))
    return rng.triangular(made.low, made.value, made.high, size)
