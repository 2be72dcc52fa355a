"""How sure is it? The same question put to many bodies that fit what is known.

Each draw changes stiffness, tone, strength, masses, allowances, attachment
points and the constants of the routes within the ranges of
data/parameters.csv, and solves again. One set of draws (`Draws`) answers for
single structures, for sums over groups, for joints and for angles.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from musclechain.mechanics.change import CauseError, SolveError, check_number
from musclechain.mechanics.effort import find_healthy
from musclechain.mechanics.outcome import find_angles, find_joint_loads, find_turns
from musclechain.mechanics.routes import one_thread, solve_routes

__all__ = ["CHUNK", "Draws", "DrawTask", "draw_bodies", "draw_skeleton", "name_certainty"]

# Below the first a change counts as none; two changes that are both below the second are alike,
# whatever their signs.
FORCE, LOAD, ANGLE = (0.05, 0.2), (0.5, 2.0), (0.02, 0.05)
CHUNK = 5
WORDS = ((0.95, "settled"), (0.8, "likely"), (0.0, "depends"))
ROUTES = ("posture", "pull", "guarding")
ANGLES = ("flexion_deg", "side_bend_deg", "rotation_deg")
DRAWN_APART = {
    "tissue_stiffness_factor",
    "joint_stiffness_factor",
    "mass_factor",
    "allowance_factor",
    "attachment_offset",
    "support_forward",
    "ground_height",
}


def name_certainty(share):
    """Word for a share of draws: settled (95 % and more), likely (80 % and more), depends."""
    return next(word for least, word in WORDS if share >= least)


@dataclass(frozen=True)
class Answer:
    """What one body answers: the change of every structure by route, of every joint's load and of
    every bone's angles."""

    by_route: np.ndarray  # (3, structures) N
    loads: np.ndarray  # (joints,) N
    angles: np.ndarray  # (bones, 3) degrees


@dataclass(frozen=True)
class DrawTask:
    """A state to be put to many bodies, cut into chunks that any worker can solve.

    It holds arrays and numbers only, so it travels to another process.

    Attributes
    ----------
    draws : int
    seed : int
    """

    skeleton: object
    network: object
    demand: object
    routes: dict
    parameters: dict
    draws: int
    seed: int

    @classmethod
    def of(cls, result, draws=200, seed=0):
        """Make the task of a `Result`; `draws` from 1 to 1,000,000."""
        draws = int(check_number("draws", draws, 1, 1_000_000))
        return cls(
            result.skeleton,
            result.network,
            result.demand,
            result.routes,
            result.body.graph.graph["parameters"],
            draws,
            seed,
        )

    def chunks(self, size=CHUNK):
        """Cut the numbers of the draws into ranges of at most `size`."""
        return [range(first, min(first + size, self.draws)) for first in range(0, self.draws, size)]

    def solve(self, numbers):
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

    def _solve_one(self, number):
        drawn = draw_skeleton(
            self.skeleton, self.parameters, np.random.default_rng([self.seed, number])
        )
        try:
            return _answer(
                drawn,
                solve_routes(drawn, find_healthy(drawn), self.network, self.demand, **self.routes),
            )
        except (SolveError, np.linalg.LinAlgError):
            return None

    def collect(self, result, answers):
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
        solved = [answer for answer in answers if answer is not None]
        if len(solved) * 2 < self.draws:
            raise SolveError(
                f"Only {len(solved)} of {self.draws} drawn bodies can hold this state: it lies at"
                " the edge of what the model can say. Ask for less."
            )
        s = self.skeleton
        return Draws(
            s.structures,
            s.joint_names[1:],
            s.bones,
            _answer(s, result.state),
            self.draws,
            # labs keep many of these: single precision is enough for a share and a range
            *(
                np.array([getattr(answer, part) for answer in solved], dtype=np.float32)
                for part in ("by_route", "loads", "angles")
            ),
        )


def _answer(skeleton, state):
    columns, tensions = state.columns(skeleton), state.tensions()
    loads = find_joint_loads(skeleton, state.stance, tensions[3]) - find_joint_loads(
        skeleton, state.healthy[0], tensions[0]
    )
    return Answer(
        np.array([columns[f"{route}_N"] for route in ROUTES]),
        loads,
        find_angles(find_turns(skeleton, state)),
    )


@dataclass(frozen=True)
class Draws:
    """The answers of many drawn bodies to one question.

    Each table has the change that the result shows, same_sign (share of draws
    in which its sign holds), low and high (90 % of the draws lie between) and
    word (settled, likely, depends); its ``.attrs`` have draws and failed, the
    number of draws that could not be solved and are left out. Less than
    0.05 N counts as no change, and two changes that are both under 0.2 N as
    alike (joints: 0.5 and 2 N; angles: 0.02 and 0.05 degrees).
    """

    structures: tuple
    joint_names: tuple
    bones: tuple
    shown: Answer
    draws: int
    by_route: np.ndarray  # (solved draws, 3, structures) N
    loads: np.ndarray  # (solved draws, joints) N
    angles: np.ndarray  # (solved draws, bones, 3) degrees

    @property
    def changes(self):
        """Change of each structure in each solved draw, N: shape (solved draws, structures)."""
        return self.by_route.sum(axis=1, dtype=float)

    def table(self):
        """Certainty of every structure; columns change_N, same_sign, low_N, high_N, word."""
        return self._summarise(
            "structure", self.structures, self.shown.by_route.sum(axis=0), self.changes, FORCE, "N"
        )

    def groups(self, groups):
        """Certainty of sums.

        Parameters
        ----------
        groups : dict of str to iterable of str
            Name of the group to the ids of its structures.

        Returns
        -------
        pandas.DataFrame
            Index: name of the group; columns as in `table`.

        Raises
        ------
        CauseError
            For a structure that is not computed, or an empty group.

        Notes
        -----
        Add muscles only: a tendon carries on what its muscle pulls.
        """
        member = self._membership(groups)
        return self._summarise(
            "group",
            list(groups),
            member @ self.shown.by_route.sum(axis=0),
            self.changes @ member.T,
            FORCE,
            "N",
        )

    def routes(self, groups):
        """Certainty of how much each route moves: sums of the changes by one route, more and less
        both positive.

        Parameters
        ----------
        groups : dict of str to iterable of str

        Returns
        -------
        pandas.DataFrame
            Index: (group, route). Columns sum_N, low_N, high_N, same_place
            (share of draws in which the route has the same place among the
            three) and word.
        """
        member, rows = self._membership(groups), []
        shown, drawn = (
            np.abs(self.shown.by_route) @ member.T,
            np.abs(self.by_route.astype(float)) @ member.T,
        )

        def place(sums):
            return (sums[..., :, None, :] < sums[..., None, :, :] - FORCE[1]).sum(axis=-2)

        same = (place(drawn) == place(shown)).mean(axis=0)
        low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
        for column in range(len(member)):
            rows += [
                (
                    shown[k, column],
                    low[k, column],
                    high[k, column],
                    same[k, column],
                    name_certainty(same[k, column]),
                )
                for k in range(len(ROUTES))
            ]
        return pd.DataFrame(
            rows,
            columns=["sum_N", "low_N", "high_N", "same_place", "word"],
            index=pd.MultiIndex.from_product([list(groups), ROUTES], names=["group", "route"]),
        )

    def joints(self):
        """Certainty of the change of each joint's load; columns as in `table`."""
        return self._summarise("joint", self.joint_names, self.shown.loads, self.loads, LOAD, "N")

    def pose(self):
        """Certainty of each bone's angles: index (bone, angle), columns as in `table` with deg for
        N."""
        index = pd.MultiIndex.from_product([self.bones, ANGLES], names=["bone", "angle"])
        return self._summarise(
            None,
            index,
            self.shown.angles.ravel(),
            self.angles.reshape(len(self.angles), -1),
            ANGLE,
            "deg",
        )

    def _membership(self, groups):
        row = {name: number for number, name in enumerate(self.structures)}
        member = np.zeros((len(groups), len(row)))
        for number, (group, names) in enumerate(groups.items()):
            unknown = [name for name in names if name not in row]
            if unknown or not len(list(names)):
                raise CauseError(
                    f"The group {group!r}"
                    f" {f'names {unknown[0]!r}, which is not computed' if unknown else 'is empty'}."
                    " Choose among the rows of result.table()."
                )
            member[number, [row[name] for name in names]] = 1
        return member

    def _summarise(self, label, names, shown, drawn, small, unit):
        zero, alike = small

        def sign(values):
            return np.sign(np.where(np.abs(values) < zero, 0.0, values))

        same = (
            (sign(drawn) == sign(shown)) | (np.maximum(np.abs(drawn), np.abs(shown)) < alike)
        ).mean(axis=0)
        low, high = np.quantile(drawn.astype(float), (0.05, 0.95), axis=0)
        index = names if isinstance(names, pd.Index) else pd.Index(names, name=label)
        table = pd.DataFrame(
            {
                f"change_{unit}": shown,
                "same_sign": same,
                f"low_{unit}": low,
                f"high_{unit}": high,
                "word": [name_certainty(share) for share in same],
            },
            index=index,
        )
        table.attrs.update(draws=self.draws, failed=self.draws - len(drawn))
        return table


def draw_bodies(result, draws=200, executor=None, progress=None, seed=0):
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
    chunks, answers = task.chunks(), []
    run = map if executor is None else executor.map
    for part in run(task.solve, chunks):
        answers += part
        if progress is not None:
            progress(len(answers), task.draws)
    return task.collect(result, answers)


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
    two sides of a body differ as well. Fibre and slack length of a muscle
    follow the length of its line, as when a model is scaled to a person:
    another place of attachment does not stretch a muscle.
    """
    s = skeleton

    def draw(name, size=None):
        return _draw(parameters[name], rng, size)

    constants = {
        name: made.value if name in DRAWN_APART or made.low == made.high else draw(name)
        for name, made in parameters.items()
    }
    _, group = np.unique(s.line_of * len(s.bones) + s.bone_of, return_inverse=True)
    group = np.where(
        s.slide_of >= 0, group.max() + 1 + s.slide_of, group
    )  # all lines of a junction keep meeting
    point = s.point + draw("attachment_offset", (group.max() + 1, 3))[group] / 1e3
    longer = np.where(s.is_muscle, _line_lengths(s, point) / _line_lengths(s, s.point), 1.0)

    def apart(name, shape):
        return draw(name, shape) / parameters[name].value

    sole = s.sole + [(draw("support_forward") - parameters["support_forward"].value) / 1e3, 0, 0]
    return s.with_changes(
        constants=constants,
        point=point,
        fibre=s.fibre * longer,
        slack=s.slack * longer,
        sole=sole,
        mass=s.mass * apart("mass_factor", len(s.mass)),
        joint_stiffness=s.joint_stiffness * apart("joint_stiffness_factor", (len(s.bones), 1)),
        allowance=s.allowance * apart("allowance_factor", (len(s.bones), 1)),
        stiffness=s.stiffness * apart("tissue_stiffness_factor", len(s.lines)),
    )


def _line_lengths(skeleton, point):
    """Length of each line in the posture of the data, m."""
    s = skeleton
    return np.bincount(
        s.line_of[s.start],
        np.linalg.norm(point[s.start + 1] - point[s.start], axis=1),
        len(s.lines),
    )


def _draw(made, rng, size):
    if made.low == made.high:
        return made.value if size is None else np.full(size, made.value)
    if made.low > 0 and made.high >= 2 * made.low:
        return np.exp(rng.triangular(np.log(made.low), np.log(made.value), np.log(made.high), size))
    return rng.triangular(made.low, made.value, made.high, size)
