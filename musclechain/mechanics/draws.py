"""Draw many bodies that fit what is known, and put the same question to each.

Each draw changes stiffness, tone, strength, masses, allowances, attachment
points and the constants of the routes within the ranges of
data/parameters.csv, and solves again. One set of draws answers for single
structures, for sums over groups, for joints and for angles.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.nerves import SpinalNetwork
from musclechain.anatomy.records import Parameter
from musclechain.mechanics.certainty import Answer, Draws
from musclechain.mechanics.change import Change, SolveError, check_whole
from musclechain.mechanics.effort import Effort, Healthy, find_healthy
from musclechain.mechanics.outcome import find_angles, find_joint_loads, find_turns
from musclechain.mechanics.routes import ROUTES, State, one_thread, solve_routes
from musclechain.mechanics.skeleton import Skeleton, cross

__all__ = [
    "CHUNK",
    "DrawTask",
    "Solved",
    "draw_bodies",
    "draw_skeleton",
    "find_line_lengths",
    "read_answer",
]

CHUNK = 5
MOST_DRAWS = 1_000_000
DRAWN_APART = {
    "tissue_stiffness_factor",
    "joint_stiffness_factor",
    "mass_factor",
    "allowance_factor",
    "attachment_offset",
    "axis_tilt",
    "support_forward",
    "ground_height",
}


class Solved(Protocol):
    """What is asked of a result: the body, the question, and its answer."""

    @property
    def body(self) -> Body: ...

    @property
    def change(self) -> Change: ...

    @property
    def skeleton(self) -> Skeleton: ...

    @property
    def network(self) -> SpinalNetwork: ...

    @property
    def state(self) -> State: ...

    @property
    def routes(self) -> dict[str, Any]: ...

    @property
    def reference(self) -> "Solved | None": ...


@dataclass(frozen=True)
class DrawTask:
    """A state to be put to many bodies, cut into chunks that any worker can solve.

    It holds arrays and numbers only, so it travels to another process.

    Attributes
    ----------
    draws : int
    seed : int
    """

    skeleton: Skeleton
    network: SpinalNetwork
    change: Change
    routes: dict[str, Any]
    parameters: Mapping[str, Parameter]
    draws: int
    seed: int
    healthy: Healthy  # the body around which is drawn, and how it holds the state: from these the
    effort: Effort  # searches start
    compared: tuple[Change, dict[str, Any]] | None = None  # change and routes of the reference

    @classmethod
    def of(cls, result: Solved, draws: int = 200, seed: int = 0) -> "DrawTask":
        """Make the task of a `Result`; `draws` from 1 to 1,000,000."""
        draws = check_whole("draws", draws, 1, MOST_DRAWS)
        return cls(
            result.skeleton,
            result.network,
            result.change,
            result.routes,
            dict(result.body.graph.graph["parameters"]),
            draws,
            seed,
            result.state.healthy,
            result.state.effort,
            (result.reference.change, result.reference.routes) if result.reference else None,
        )

    def chunks(self, size: int = CHUNK) -> list[range]:
        """Cut the numbers of the draws into ranges of at most `size`."""
        return [range(first, min(first + size, self.draws)) for first in range(0, self.draws, size)]

    def solve(self, numbers: Iterable[int]) -> list[Answer | None]:
        """Solve some draws.

        Parameters
        ----------
        numbers : iterable of int
            Each number is one body; it does not matter who solves it and when.

        Returns
        -------
        list of Answer or None
            None where a drawn body cannot hold the state.
        """
        with one_thread():
            return [self._solve_one(number) for number in numbers]

    def hold(self, number: int) -> tuple[Skeleton, State] | None:
        """Put the state to one drawn body.

        Parameters
        ----------
        number : int
            Which body.

        Returns
        -------
        tuple of Skeleton and State, or None
            None where it cannot hold the state.
        """
        chance = np.random.default_rng([self.seed, number])
        drawn = draw_skeleton(self.skeleton, self.parameters, chance)
        try:
            healthy = find_healthy(drawn, self.healthy)
            state = solve_routes(
                drawn, healthy, self.network, self.change, **self.routes, near=self.effort
            )
            if self.compared:
                change, routes = self.compared
                other = solve_routes(
                    drawn, healthy, self.network, change, **routes, near=healthy.effort
                )
                state = replace(state, reference=other)
            return drawn, state
        except (SolveError, np.linalg.LinAlgError):
            return None

    def _solve_one(self, number: int) -> Answer | None:
        held = self.hold(number)
        return None if held is None else read_answer(*held)

    def collect(self, result: Solved, answers: Iterable[Answer | None]) -> Draws:
        """Put the answers of all draws together.

        Parameters
        ----------
        result : Result
            The state that the task was made of.
        answers : iterable of Answer or None
            In the order of the draws.

        Returns
        -------
        Draws

        Raises
        ------
        SolveError
            If more than half of the draws could not be solved.
        """
        solved = [(n, answer) for n, answer in enumerate(answers) if answer is not None]
        if len(solved) * 2 < self.draws:
            raise SolveError(
                f"Only {len(solved)} of {self.draws} bodies tried can hold this state: it lies at"
                " the edge of what the model can say. Ask for less."
            )
        s = self.skeleton
        # labs keep many of these: single precision is enough for a share and a range
        by_route, loads, angles = (
            np.array([getattr(answer, part) for _, answer in solved], dtype=np.float32)
            for part in ("by_route", "loads", "angles")
        )
        return Draws(
            structures=s.structures,
            joint_names=tuple(name for name in s.joint_names[1:] if name),
            bones=s.bones,
            shown=read_answer(s, result.state),
            draws=self.draws,
            seed=self.seed,
            numbers=np.array([number for number, _ in solved]),
            by_route=by_route,
            loads=loads,
            angles=angles,
        )


def read_answer(skeleton: Skeleton, state: State) -> Answer:
    """Read of a solved state what is asked of every draw."""
    columns, tensions = state.columns(skeleton), state.tensions()
    now = find_joint_loads(skeleton, state.stance, tensions[3])
    before = find_joint_loads(skeleton, state.stance_before, tensions[0])
    return Answer(
        np.array([columns[f"{route}_N"] for route in ROUTES]),
        now - before,
        find_angles(find_turns(skeleton, state)),
    )


def draw_bodies(
    result: Solved,
    draws: int = 200,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    seed: int = 0,
) -> Draws:
    """Put the question of a result to many drawn bodies.

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
    Draws

    Raises
    ------
    SolveError
        If more than half of the draws could not be solved.
    """
    task = DrawTask.of(result, draws, seed)
    chunks = task.chunks()
    answers: list[Answer | None] = []
    run = map if executor is None else executor.map
    for part in run(task.solve, chunks):
        answers += part
        if progress is not None:
            progress(len(answers), task.draws)
    return task.collect(result, answers)


def draw_skeleton(
    skeleton: Skeleton, parameters: Mapping[str, Parameter], rng: np.random.Generator
) -> Skeleton:
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
    joint, masses for each body part, attachments for each line and bone,
    hinges for each joint that has some; the two sides of a body differ as
    well. Fibre and slack length of a muscle follow the length of its line, as
    when a model is scaled to a person: another place of attachment does not
    stretch a muscle.
    """
    s = skeleton

    def draw(name: str, size: Any = None) -> Any:
        return _draw(parameters[name], rng, size)

    constants = {
        name: row.value if name in DRAWN_APART or row.low == row.high else draw(name)
        for name, row in parameters.items()
    }
    _, group = np.unique(s.line_of * len(s.bones) + s.bone_of, return_inverse=True)
    # all lines of a junction keep meeting
    group = np.where(s.slide_of >= 0, group.max() + 1 + s.slide_of, group)
    point = s.point + draw("attachment_offset", (group.max() + 1, 3))[group] / 1e3
    longer = np.where(s.is_muscle, find_line_lengths(s, point) / find_line_lengths(s, s.point), 1.0)

    def apart(name: str, shape: Any) -> np.ndarray:
        return draw(name, shape) / parameters[name].value

    stiffer = apart("joint_stiffness_factor", (len(s.bones), 1))
    sole = s.sole + [(draw("support_forward") - parameters["support_forward"].value) / 1e3, 0, 0]
    return s.with_changes(
        constants=constants,
        point=point,
        fibre=s.fibre * longer,
        slack=s.slack * longer,
        sole=sole,
        mass=s.mass * apart("mass_factor", len(s.mass)),
        joint_stiffness=s.joint_stiffness * stiffer,
        joint_passive=s.joint_passive * stiffer,
        allowance=s.allowance * apart("allowance_factor", (len(s.bones), 1)),
        stiffness=s.stiffness * apart("tissue_stiffness_factor", len(s.lines)),
        axis=_tilt_axes(s, np.radians(draw("axis_tilt", s.axis.shape))),
    )


def _tilt_axes(s: Skeleton, tilt: np.ndarray) -> np.ndarray:
    """Tilt the axes that joints have of their own by small rotations, rad."""
    tilted = s.axis + cross(tilt, s.axis)
    tilted /= np.linalg.norm(tilted, axis=-1, keepdims=True)
    return np.where(s.oblique[:, None, None], tilted, s.axis)


def find_line_lengths(skeleton: Skeleton, point: np.ndarray) -> np.ndarray:
    """Length of each line in the posture of the data, m."""
    s = skeleton
    return np.bincount(
        s.line_of[s.start],
        np.linalg.norm(point[s.start + 1] - point[s.start], axis=1),
        len(s.lines),
    )


def _draw(row: Parameter, rng: np.random.Generator, size: Any) -> Any:
    # a value that somebody set beyond the range of the data widens it
    low, value, high = min(row.low, row.value), row.value, max(row.high, row.value)
    if low == high:
        return value if size is None else np.full(size, value)
    if low > 0 and high >= 2 * low:
        return np.exp(rng.triangular(np.log(low), np.log(value), np.log(high), size))
    return rng.triangular(low, value, high, size)
