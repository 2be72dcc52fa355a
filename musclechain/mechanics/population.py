"""A population: many people of other sizes, masses and strengths, none of them quite even, put to
the same question.

The people differ as measured people do (case ``people`` of data/cases.csv); what the model itself
does not know is drawn by `mechanics.draws`, which asks another question. Whatever their number,
results are counted as they come in and not kept.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.anatomy.nerves import SpinalNetwork
from musclechain.mechanics.change import LIMITS, Case, CauseError, Change, SolveError, check_whole
from musclechain.mechanics.draws import MOST_DRAWS, read_answer
from musclechain.mechanics.effort import Effort, Healthy, find_healthy
from musclechain.mechanics.routes import one_thread, solve_routes
from musclechain.mechanics.skeleton import Skeleton
from musclechain.mechanics.sketch import Sketch
from musclechain.mechanics.spread import Result, spread

__all__ = [
    "LEG_DIFFERENCE",
    "PEOPLE",
    "Person",
    "Population",
    "PopulationTask",
    "draw_person",
    "scale_skeleton",
    "solve_population",
]

# what is read of data/cases.csv: unit, least, most
PEOPLE = {
    "height_spread": ("share", 0, 0.2),
    "mass_spread": ("share", 0, 0.5),
    "strength_spread": ("share", 0, 0.5),
    "strength_sides": ("share", 0, 0.5),
    "leg_difference": ("mm", 0.1, 30),
    "leg_difference_spread": ("mm", 0.1, 30),
}
LEG_DIFFERENCE = "leg_difference_mm"
CHUNK = 20
# chunks that are under way at a time, so that few answers wait; how often one is handed in
UNDER_WAY, TRIES = 64, 2
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
ANGLES = ("flexion_deg", "side_bend_deg", "rotation_deg")
# no drawn factor is smaller or larger
LEAST, MOST = 0.5, 2.0


@dataclass(frozen=True)
class Person:
    """How one person differs from the body of the data.

    Attributes
    ----------
    size : float
        Factor on all lengths.
    mass : float
        Factor on the mass of every part, beyond what goes with the size.
    strength : numpy.ndarray, shape (structures,)
        Factor on the strength of each structure, beyond what goes with the size.
    longer_left_mm : float
        How much longer the left leg is than the right.
    """

    size: float
    mass: float
    strength: np.ndarray
    longer_left_mm: float


@dataclass(frozen=True)
class Population:
    """What many people answer to one question.

    Each person's change is against the same person with even legs, of whom nothing is asked.

    Attributes
    ----------
    names : tuple of (str, str)
        Kind and name of all that was counted: ("structure", id) and ("joint", id) in N, ("bone",
        "pelvis side_bend_deg") in degrees, ("group", name) in N, and ("person",
        "leg_difference_mm").
    people : int
        How many were drawn.
    solved : int
        How many of them can hold what is asked; the others are left out.
    seed : int
    sums : numpy.ndarray, shape (2, names)
        Sum and sum of squares.
    """

    names: tuple[tuple[str, str], ...]
    people: int
    solved: int
    seed: int
    sums: np.ndarray
    sketch: Sketch

    @property
    def failed(self) -> int:
        """How many people cannot hold what is asked."""
        return self.people - self.solved

    def quantiles(self, name: str, shares: Iterable[float] = SHARES) -> pd.Series:
        """Read how a change is spread over the people.

        Parameters
        ----------
        name : str
            A structure, a joint, a bone with its angle (``"pelvis side_bend_deg"``), a group, or
            ``"leg_difference_mm"``.
        shares : iterable of float
            0 to 1.

        Returns
        -------
        pandas.Series
            Index: share of the people with a smaller number. Exact within 2 % or 0.01.

        Raises
        ------
        CauseError
            For a name that was not counted.
        """
        index = pd.Index(list(shares), name="share")
        read = self.sketch.quantiles(list(index))[:, self._find(name)]
        return pd.Series(read, index, name=name)

    def share_beyond(self, name: str, size: float) -> float:
        """Find the share of the people whose change, whatever its sign, is at least so large.

        Parameters
        ----------
        name : str
            As in `quantiles`.
        size : float
            N, degrees or mm.

        Returns
        -------
        float
            0 to 1; within a bin of 2 % people count as spread evenly.
        """
        return self.sketch.find_share(self._find(name), size)

    def histogram(self, name: str, edges: Iterable[float]) -> np.ndarray:
        """Count the people between edges.

        Parameters
        ----------
        name : str
            As in `quantiles`.
        edges : iterable of float
            Rising; the first may be minus infinity, the last infinity.

        Returns
        -------
        numpy.ndarray of int, shape (edges - 1,)
            People; exact but for those within 2 % of an edge.
        """
        return self.sketch.histogram(self._find(name), list(edges))

    def table(self) -> pd.DataFrame:
        """Change of every structure over the people.

        Returns
        -------
        pandas.DataFrame
            Index: structure. Columns mean_N, spread_N (standard deviation), low_N, median_N and
            high_N (nine people in ten lie between low and high). ``.attrs`` has people and failed.
        """
        return self._tell("structure", "N")

    def joints(self) -> pd.DataFrame:
        """Change of every joint's load over the people; columns as in `table`."""
        return self._tell("joint", "N")

    def groups(self) -> pd.DataFrame:
        """Change of the sums that were asked for; columns as in `table`."""
        return self._tell("group", "N")

    def pose(self) -> pd.DataFrame:
        """Turn of every bone over the people; index as "pelvis side_bend_deg", columns as in
        `table` with deg for N."""
        return self._tell("bone", "deg")

    def _tell(self, kind: str, unit: str) -> pd.DataFrame:
        here = [number for number, (its, _) in enumerate(self.names) if its == kind]
        total, squares = self.sums[:, here]
        mean = total / self.solved
        low, median, high = self.sketch.quantiles((0.05, 0.5, 0.95))[:, here]
        table = pd.DataFrame(
            {
                f"mean_{unit}": mean,
                f"spread_{unit}": np.sqrt(np.maximum(squares / self.solved - mean**2, 0.0)),
                f"low_{unit}": low,
                f"median_{unit}": median,
                f"high_{unit}": high,
            },
            pd.Index([self.names[number][1] for number in here], name=kind),
        )
        table.attrs.update(people=self.people, failed=self.failed)
        return table

    def _find(self, name: str) -> int:
        for number, (_, its) in enumerate(self.names):
            if its == name:
                return number
        raise CauseError(
            f"{name!r} was not counted. Choose a row of table(), joints(), pose() or groups(), or"
            f" {LEG_DIFFERENCE!r}."
        )


@dataclass(frozen=True)
class PopulationTask:
    """A question to many people, cut into chunks that any worker can answer.

    It holds arrays and numbers only, so it travels to another process.
    """

    skeleton: Skeleton
    network: SpinalNetwork
    change: Change
    healthy: Healthy  # of the body of the data, and how it holds the state: from these the
    effort: Effort  # searches start
    numbers: Mapping[str, float]
    members: np.ndarray  # (groups, structures) 1 where a structure belongs to a group
    people: int
    seed: int

    @classmethod
    def of(
        cls, result: Result, people: int, groups: Mapping[str, Iterable[str]], seed: int
    ) -> "PopulationTask":
        """Make the task of a result, of the body around which people are drawn."""
        numbers = read_levels(result.body, "people", PEOPLE, ("adults",))["adults"].values
        structures = result.skeleton.structures
        members = np.zeros((len(groups), len(structures)))
        for row, (group, names) in enumerate(groups.items()):
            for name in names:
                if name not in structures:
                    raise CauseError(
                        f"The group {group!r} names {name!r}, which is not computed. Choose among"
                        " the rows of result.table()."
                    )
                members[row, structures.index(name)] = 1.0
        return cls(
            result.skeleton,
            result.network,
            result.change,
            result.state.healthy,
            result.state.effort,
            dict(numbers),
            members,
            people,
            seed,
        )

    def chunks(self, size: int = CHUNK) -> list[range]:
        """Cut the numbers of the people into ranges of at most `size`."""
        return [
            range(first, min(first + size, self.people)) for first in range(0, self.people, size)
        ]

    def solve(self, numbers: Iterable[int]) -> list[np.ndarray | None]:
        """Solve some people.

        Parameters
        ----------
        numbers : iterable of int
            Each number is one person; it does not matter who solves it and when.

        Returns
        -------
        list of numpy.ndarray or None
            What is counted, in the order of `Population.names`; None for who cannot hold what is
            asked.
        """
        with one_thread():
            return [self._solve_one(number) for number in numbers]

    def _solve_one(self, number: int) -> np.ndarray | None:
        chance = np.random.default_rng([self.seed, number])
        person = draw_person(self.skeleton, self.numbers, chance)
        grown = scale_skeleton(self.skeleton, person)
        try:
            healthy = find_healthy(grown, self.healthy)
            state = solve_routes(
                grown,
                healthy,
                self.network,
                _lengthen_leg(self.change, person.longer_left_mm),
                near=self.effort,
            )
        except (SolveError, np.linalg.LinAlgError):
            return None
        answer = read_answer(grown, state)
        changes = answer.by_route.sum(axis=0)
        return np.concatenate(
            [
                changes,
                answer.loads,
                answer.angles.ravel(),
                self.members @ changes,
                [abs(person.longer_left_mm)],
            ]
        )


def solve_population(
    body: Body,
    causes: Case | Iterable[Case] = (),
    count: int = 100,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    seed: int = 0,
    groups: Mapping[str, Iterable[str]] | None = None,
) -> Population:
    """Put one question to many people, none of whom is quite even.

    Sizes, masses, strengths of each muscle on each side, and a difference of leg length are drawn
    from published spreads. Without causes the people only stand there, and what is counted is what
    their own uneven legs do.

    Parameters
    ----------
    body : Body
        Around which people are drawn.
    causes : cause or sequence of causes
    count : int
        1 to 1,000,000. Memory does not grow with it.
    executor : concurrent.futures.Executor, optional
        Where people are solved; by default here, one after the other. That of a Dask client is
        ``client.get_executor()``. What a worker loses is handed in again, and solved here if it
        is lost again.
    progress : callable, optional
        Called with the number of people done and of all.
    seed : int
        The same seed draws the same people, and gives the same answer to the last bit, however
        they are spread over workers.
    groups : dict of str to iterable of str, optional
        Sums to count as well: name of the group to the ids of its structures. Add muscles only: a
        tendon carries on what its muscle pulls.

    Returns
    -------
    Population

    Raises
    ------
    CauseError, SolveError, UnknownStructureError
        As `spread`; SolveError also if more than half of the people cannot hold what is asked.

    Examples
    --------
    >>> import musclechain as mc
    >>> people = mc.solve_population(mc.read_body(), count=20)
    >>> bool(people.quantiles("leg_difference_mm")[0.5] < 10)
    True
    """
    count = check_whole("count", count, 1, MOST_DRAWS)
    result = spread(body, causes)
    groups = {name: tuple(members) for name, members in (groups or {}).items()}
    task = PopulationTask.of(result, count, groups, seed)
    names = _list_names(result.skeleton, groups)
    sketch, sums, solved, done = Sketch(len(names)), np.zeros((2, len(names))), 0, 0
    for answers in _run(task, executor):
        # one after the other, so that no sum hangs on how people were spread over workers
        for answer in answers:
            if answer is not None:
                sketch.add(answer)
                sums += answer, answer * answer
                solved += 1
        done += len(answers)
        if progress is not None:
            progress(done, count)
    if solved * 2 < count:
        raise SolveError(
            f"Only {solved} of {count} people can hold this state: it lies at the edge of what the"
            " model can say. Ask for less."
        )
    return Population(names, count, solved, seed, sums, sketch)


def _run(task: PopulationTask, executor: Executor | None) -> Iterator[list[np.ndarray | None]]:
    """Answers of all chunks in their order, a few chunks ahead."""
    chunks = iter(task.chunks())
    if executor is None:
        yield from map(task.solve, chunks)
        return
    waiting: deque[tuple[range, Future | None]] = deque()
    while True:
        while len(waiting) < UNDER_WAY and (chunk := next(chunks, None)) is not None:
            waiting.append((chunk, _submit(executor, task, chunk)))
        if not waiting:
            return
        yield _fetch(executor, task, *waiting.popleft())


def _submit(executor: Executor, task: PopulationTask, chunk: range) -> Future | None:
    """Hand a chunk in; None where the executor takes nothing any more."""
    try:
        return executor.submit(task.solve, chunk)
    except RuntimeError:  # a broken pool is one, and so is one that was shut down
        return None


def _fetch(
    executor: Executor, task: PopulationTask, chunk: range, future: Future | None
) -> list[np.ndarray | None]:
    """Wait for a chunk. If its worker died it is handed in again, and then solved here: an error
    that is not the worker's comes up where it can be read."""
    for _ in range(TRIES):
        if future is None:
            break
        try:
            return future.result()
        except Exception:
            future = _submit(executor, task, chunk)
    return task.solve(chunk)


def _list_names(s: Skeleton, groups: Iterable[str]) -> tuple[tuple[str, str], ...]:
    joints = (name or bone for name, bone in zip(s.joint_names[1:], s.bones[1:], strict=True))
    return (
        *(("structure", name) for name in s.structures),
        *(("joint", name) for name in joints),
        *(("bone", f"{bone} {angle}") for bone in s.bones for angle in ANGLES),
        *(("group", name) for name in groups),
        ("person", LEG_DIFFERENCE),
    )


def draw_person(s: Skeleton, numbers: Mapping[str, float], rng: np.random.Generator) -> Person:
    """Draw one person.

    Parameters
    ----------
    s : Skeleton
        Of the body around which is drawn.
    numbers : mapping of str to float
        The quantities of `PEOPLE`.
    rng : numpy.random.Generator

    Returns
    -------
    Person

    Notes
    -----
    Factors follow a log-normal distribution around 1. The two sides of a muscle differ by a
    normally distributed share, drawn for each muscle; the mean of its size is `strength_sides`. A
    difference of leg length follows a gamma distribution, since its size is never below zero; which
    leg is longer is even chance.
    """
    size, mass, strength = np.exp(
        rng.normal(size=3)
        * [numbers["height_spread"], numbers["mass_spread"], numbers["strength_spread"]]
    ).clip(LEAST, MOST)
    pair, side = _pair_sides(s.structures)
    # the mean size of a normal number is sqrt(2 / pi) of its spread
    apart = rng.normal(size=pair.max() + 1) * numbers["strength_sides"] * np.sqrt(np.pi / 2)
    shape = (numbers["leg_difference"] / numbers["leg_difference_spread"]) ** 2
    longer = rng.gamma(shape, numbers["leg_difference"] / shape)
    longer = min(longer, LIMITS["lift_mm"][1]) * (1 if rng.random() < 0.5 else -1)
    strengths = (strength * (1 + 0.5 * side * apart[pair])).clip(LEAST, MOST)
    return Person(float(size), float(mass), strengths, float(longer))


@lru_cache(maxsize=8)
def _pair_sides(structures: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Number of the pair that each structure belongs to, and its side: 1 left, -1 right, 0
    neither."""
    names = [name.removesuffix("_left").removesuffix("_right") for name in structures]
    pair = np.unique(names, return_inverse=True)[1]
    side = [float(name.endswith("_left")) - float(name.endswith("_right")) for name in structures]
    return pair, np.array(side)


def scale_skeleton(s: Skeleton, person: Person) -> Skeleton:
    """Give a body the size, mass and strength of a person.

    Parameters
    ----------
    s : Skeleton
    person : Person

    Returns
    -------
    Skeleton
        Its legs are even: their difference is asked of it as higher ground.

    Notes
    -----
    The same shape in another size: cross-sections, and with them forces, grow with its square,
    moments with its cube, stiffness of tissue with the size itself. Masses grow with its square,
    as body mass does among adults (that the body mass index does not depend on height), times the
    person's own factor; of what joints hold, the same share of the weight is kept.
    """
    size, square = person.size, person.size**2
    moment = square * size
    return s.with_changes(
        joint=s.joint * size,
        com=s.com * size,
        mass=s.mass * square * person.mass,
        joint_stiffness=s.joint_stiffness * moment,
        joint_passive=s.joint_passive * moment,
        stop_moment=s.stop_moment * moment,
        allowance=s.allowance * moment,
        point=s.point * size,
        pcsa=s.pcsa * square,
        fibre=s.fibre * size,
        slack=s.slack * size,
        stiffness=s.stiffness * size,
        pretension=s.pretension * square,
        strength=s.strength * person.strength[s.structure],
        sole=s.sole * size,
    )


def _lengthen_leg(change: Change, longer_left_mm: float) -> Change:
    """Let a person stand on the legs that are their own: a longer leg is higher ground under it."""
    side = "left" if longer_left_mm > 0 else "right"
    most = LIMITS["lift_mm"][1]
    lift: dict[str, Any] = dict(change.lift_mm)
    lift[side] = min(lift.get(side, 0.0) + abs(longer_left_mm), most)
    return replace(change, lift_mm=lift)
