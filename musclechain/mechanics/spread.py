"""The three routes together: what a cause does to every structure of the body."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.frozen import ReadOnlyDict
from musclechain.anatomy.nerves import SpinalNetwork, spinal_network
from musclechain.mechanics.certainty import Draws
from musclechain.mechanics.change import (
    Case,
    Change,
    add_changes,
    check_body,
    check_flag,
    check_number,
    check_side,
    cut_body,
)
from musclechain.mechanics.draws import draw_bodies
from musclechain.mechanics.effort import Effort, Healthy, find_healthy
from musclechain.mechanics.guarding import THEORIES
from musclechain.mechanics.outcome import (
    find_angles,
    find_body_weight,
    find_joint_loads,
    find_pull_turns,
    find_turns,
)
from musclechain.mechanics.routes import State, guard, hold, one_thread, total_by_structure
from musclechain.mechanics.skeleton import Skeleton, build_skeleton, rotate, rotation_vector
from musclechain.mechanics.story import Stage, build_story
from musclechain.mechanics.ways import Station, trace_change

__all__ = ["Result", "Round", "find_healthy_body", "find_skeleton", "spread", "spread_theories"]

RESTING_AT_LEAST_N = 1.0


@dataclass(frozen=True)
class Round:
    """One step of the spread, as the step control plays it."""

    number: int
    label: str
    tensions_N: pd.Series
    excitation: pd.Series
    overloaded: tuple[str, ...]


def spread(
    body: Body,
    causes: Case | Iterable[Case] = (),
    pull: bool = True,
    posture: bool = True,
    guarding: float = 0.0,
    remedies: Case | Iterable[Case] = (),
    theory: str = "vicious circle",
) -> "Result":
    """Work out how one cause, or several, change the tension of every structure.

    Parameters
    ----------
    body : Body
    causes : cause or sequence of causes
        For example ``HamstringStrain("left", grade=2)``.
    pull, posture : bool
        Switch a route off to see what the others do.
    guarding : float
        0 to 1, how strongly the guarding assumption works.
    remedies : remedy or sequence of remedies
        They change the body as causes do, and are added after them.
    theory : str
        Which theory of guarding is believed: "vicious circle", "pain
        adaptation" or "redistribution".

    Returns
    -------
    Result
        Its body is the one that was solved: where a cause cuts something, the
        body with the cut.

    Raises
    ------
    CauseError, SolveError, UnknownStructureError
        In words that say what to change.

    Examples
    --------
    >>> import musclechain as mc
    >>> result = mc.spread(mc.read_body(), mc.PullOn("soleus_left", newtons=20))
    >>> float(result.table().loc["achilles_tendon_left", "pull_N"]) > 5
    True
    """
    check_body(body)
    routes = {
        "pull": check_flag("pull", pull),
        "posture": check_flag("posture", posture),
        "guarding": check_number("guarding", guarding, 0, 1),
        "theory": check_side(theory, THEORIES, "theory"),
    }
    cases = (*_list_cases(causes), *_list_cases(remedies))
    change = add_changes(body, cases)
    with one_thread():
        return _spread(body, cases, change, routes)


def spread_theories(
    body: Body, causes: Case | Iterable[Case], guarding: float = 1.0
) -> dict[str, "Result"]:
    """Put one question to each theory of guarding.

    Parameters
    ----------
    body : Body
    causes : cause or sequence of causes
    guarding : float
        0 to 1, how strongly each theory is believed.

    Returns
    -------
    dict of theory to Result

    Raises
    ------
    CauseError, SolveError, UnknownStructureError
        As `spread`.
    """
    return {theory: spread(body, causes, guarding=guarding, theory=theory) for theory in THEORIES}


def _list_cases(cases: Any) -> tuple[Case, ...]:
    return tuple(cases) if isinstance(cases, Iterable) else (cases,)


def _spread(
    whole: Body, cases: tuple[Case, ...], change: Change, routes: dict[str, Any]
) -> "Result":
    body = cut_body(whole, change.cuts)
    skeleton = find_skeleton(body)
    network = body.derived("network", lambda body: spinal_network(body, skeleton.structures))
    # what only guards otherwise is held alike, as a slider of guarding asks at every step
    held = body.latest(
        "held",
        (change, routes["pull"], routes["posture"]),
        lambda body, key: hold(skeleton, find_healthy_body(body), *key),
    )
    state = guard(held, network, routes["guarding"], routes["theory"])
    return Result(body, whole, cases, change, skeleton, network, state, routes)


def find_skeleton(body: Body) -> Skeleton:
    """Find the skeleton of a body; kept with the body."""
    return body.derived("skeleton", build_skeleton)


def find_healthy_body(body: Body) -> Healthy:
    """Find how a body stands on both feet when nothing is asked of it; kept with the body."""
    return body.derived("healthy", lambda body: find_healthy(find_skeleton(body)))


@dataclass(frozen=True)
class Result:
    """What a cause does to a body. Tables are made when they are asked for."""

    body: Body  # that was solved
    whole: Body  # that was given; the same where nothing was cut
    causes: tuple[Case, ...]
    change: Change
    skeleton: Skeleton
    network: SpinalNetwork
    state: State
    routes: dict[str, Any]
    reference: "Result | None" = None  # with which it is compared; None: healthy standing
    reference_words: str = ""

    def against(self, reference: "Result", words: str = "") -> "Result":
        """Compare with another state in place of healthy standing.

        Tables, story, ladder, angles and certainty of the answer tell the
        difference: before is what the reference ends with, and each route has
        what it does here more, or less, than there. The three still add up to
        the whole difference.

        Parameters
        ----------
        reference : Result
            Of the same body. What it is itself compared with plays no part.
        words : str
            What it is called, such as ``the same bend with usual hamstrings``;
            by default by its causes.

        Returns
        -------
        Result

        Raises
        ------
        ValueError
            If the reference is of another body.

        Examples
        --------
        >>> import musclechain as mc
        >>> body, bend = mc.read_body(), mc.ForwardBend(75)
        >>> short = mc.spread(body, [bend, mc.Shorten(mc.HAMSTRINGS, mm=40)])
        >>> float(short.against(short).table()["change_N"].abs().max())
        0.0
        """
        if reference.body is not self.body:
            raise ValueError(
                "Two states can be compared where both are of one body: put both causes to the"
                " same body, with the same cuts."
            )
        plain = reference.alone
        state = replace(self.state, reference=plain.state)
        return replace(self, state=state, reference=plain, reference_words=words)

    @property
    def alone(self) -> "Result":
        """The same state against healthy standing, whatever it is compared with."""
        if self.reference is None:
            return self
        state = replace(self.state, reference=None)
        return replace(self, state=state, reference=None, reference_words="")

    @property
    def asked(self) -> Change:
        """What is asked of the body otherwise than in what it is compared with."""
        return self.change.beyond(self.reference.change) if self.reference else self.change

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked of the body otherwise than in what it is compared with."""
        return self.asked != Change() if self.reference else bool(self.causes)

    def total(self, per_line: np.ndarray) -> np.ndarray:
        """Add the lines of each muscle up, and take the mean of the strands of other tissue.

        Parameters
        ----------
        per_line : numpy.ndarray, shape (lines,)
            N.

        Returns
        -------
        numpy.ndarray, shape (structures,)
            N, in the order of the table.
        """
        return total_by_structure(self.skeleton, per_line)

    @cached_property
    def columns(self) -> Mapping[str, np.ndarray]:
        """before_N, posture_N, pull_N, guarding_N and after_N as arrays in the order of the
        table. Read-only, since every table is made of them."""
        columns = self.state.columns(self.skeleton)
        for column in columns.values():
            column.setflags(write=False)
        return ReadOnlyDict(columns)

    @property
    def overloaded(self) -> np.ndarray:
        """For each structure, whether some line of it works at its full strength."""
        return (
            np.bincount(
                self.skeleton.structure, self.state.guarded.at_limit, len(self.skeleton.structures)
            )
            > 0
        )

    def table(self) -> pd.DataFrame:
        """Tension of every computed structure before and after, by route.

        Returns
        -------
        pandas.DataFrame
            Index: structure. Columns kind, side, region, before_N, after_N,
            change_N, change_percent, posture_N, pull_N, guarding_N,
            overloaded. A muscle's tension is the sum of its lines, that of
            other tissue the mean of its strands. Percent of the resting
            tension, which counts as at least 1 N. Structures that lie within
            one rigid body are drawn but not computed and stand not here.
            Where the result is compared (see `against`), before is the reference.
        """
        nodes, columns = self.body.graph.nodes, self.columns
        change = columns["posture_N"] + columns["pull_N"] + columns["guarding_N"]
        return pd.DataFrame(
            {
                **{
                    key: [nodes[name][key] for name in self.skeleton.structures]
                    for key in ("kind", "side", "region")
                },
                "before_N": columns["before_N"],
                "after_N": columns["before_N"] + change,
                "change_N": change,
                "change_percent": (
                    100 * change / np.maximum(columns["before_N"], RESTING_AT_LEAST_N)
                ),
                **{key: columns[key] for key in ("posture_N", "pull_N", "guarding_N")},
                "overloaded": self.overloaded,
            },
            index=pd.Index(self.skeleton.structures, name="structure"),
        )

    def pose(self) -> pd.DataFrame:
        """Orientation of every bone in the world, compared with the healthy body, or with the
        reference of `against`.

        Returns
        -------
        pandas.DataFrame
            Index: bone. flexion_deg (pelvis: anterior tilt), side_bend_deg
            (left side up), rotation_deg (left side forward).
        """
        return pd.DataFrame(
            find_angles(self.turns),
            columns=["flexion_deg", "side_bend_deg", "rotation_deg"],
            index=pd.Index(self.skeleton.bones, name="bone"),
        )

    def pull_pose(self) -> pd.DataFrame:
        """How the pull alone turns every bone: by that a pull gets across bones to the other side.

        Returns
        -------
        pandas.DataFrame
            As `pose`, of the route pull without the others.
        """
        angles = find_angles(find_pull_turns(self.skeleton, self.state))
        if self.reference is not None:
            angles = angles - self.reference.pull_pose().to_numpy()
        return pd.DataFrame(
            angles,
            columns=["flexion_deg", "side_bend_deg", "rotation_deg"],
            index=pd.Index(self.skeleton.bones, name="bone"),
        )

    @cached_property
    def turns(self) -> np.ndarray:
        """World rotation of every bone against what the result is compared with: posture, then the
        small turn of pull."""
        return find_turns(self.skeleton, self.state)

    def ground(self) -> pd.DataFrame:
        """What the ground does under each foot, as posture holds the body.

        Returns
        -------
        pandas.DataFrame
            Index: side. forward_N, upward_N, rightward_N: force on the foot.
            The two feet push apart or together along the line between them;
            how much comes out of the cheapest pose. forward_mm, upward_mm,
            rightward_mm: where it acts.
        """
        stance = self.state.stance
        return pd.DataFrame(
            np.concatenate([stance.ground, 1e3 * stance.contact], axis=1),
            pd.Index(["left", "right"], name="side"),
            [f"{way}_{unit}" for unit in ("N", "mm") for way in ("forward", "upward", "rightward")],
        )

    def transforms(self, exaggeration: float = 1.0) -> dict[str, np.ndarray]:
        """Where each bone has moved, as 4 x 4 matrices (metres) that move points of the healthy
        body.

        Parameters
        ----------
        exaggeration : float
            Factor on every turn; bones stay joined. The pelvis keeps its
            solved shift, enlarged by the same factor.

        Returns
        -------
        dict of bone id to numpy.ndarray, shape (4, 4)
        """
        s, before = self.skeleton, self.state.healthy.stance.geometry.pose
        now = self.state.stance.geometry.pose
        turn = rotate(exaggeration * rotation_vector(self.alone.turns))
        shift = now.origin[0] - before.origin[0] + self.state.guarded_pull.movement[:3]
        place = np.empty_like(before.origin)
        place[0] = before.origin[0] + exaggeration * shift
        for bone in range(1, len(s.bones)):
            up = s.parent[bone]
            place[bone] = place[up] + turn[up] @ (before.origin[bone] - before.origin[up])
        moved = np.zeros((len(s.bones), 4, 4))
        moved[:, :3, :3], moved[:, 3, 3] = turn, 1.0
        moved[:, :3, 3] = place - (turn @ before.origin[..., None])[..., 0]
        return dict(zip(s.bones, moved, strict=True))

    def slides(self) -> pd.Series:
        """How far pull moves each soft junction along its first free direction, with all routes.

        Returns
        -------
        pandas.Series
            Millimetres, index: junction.
        """
        s = self.skeleton
        moved = self.state.guarded_pull.movement[3 + 3 * len(s.bones) :] * 1e3
        first = [list(s.slide_junction).index(number) for number in range(len(s.junctions))]
        return pd.Series(moved[first], pd.Index(s.junctions, name="junction"), name="slide_mm")

    def joint_loads(self) -> pd.Series:
        """Size of the force that passes each joint, muscles included.

        Returns
        -------
        pandas.Series
            N, index: joint. ``.attrs["body_weight_n"]`` is the body weight.
        """
        loads = pd.Series(
            find_joint_loads(self.skeleton, self.state.stance, self.state.tensions()[3]),
            index=pd.Index(self.skeleton.joint_names[1:], name="joint"),
            name="load_N",
        )
        loads.attrs["body_weight_n"] = find_body_weight(self.skeleton)
        return loads

    def joint_loads_before(self) -> pd.Series:
        """The same as `joint_loads` in what the result is compared with: the healthy body, before
        anything was asked of it, or the reference of `against`."""
        loads = self.joint_loads()
        loads[:] = find_joint_loads(
            self.skeleton, self.state.stance_before, self.state.tensions()[0]
        )
        return loads

    def story(self) -> tuple[Stage, ...]:
        """Tell, stage by stage, how the cause reaches the neck, or does not.

        Returns
        -------
        tuple of Stage
            In the order of telling, which is not one of time: where it begins;
            the pull, station by station; the posture, from the ground up;
            guarding; and what comes to the neck.

        Examples
        --------
        >>> import musclechain as mc
        >>> stages = mc.spread(mc.read_body(), mc.HamstringStrain("left", 2)).story()
        >>> stages[0].title, stages[-1].title
        ('Where it begins', 'At the neck')
        """
        return build_story(self)

    def trace(self, structure: str) -> dict[str, list[Station]]:
        """Find how a change came to a structure, for each route that changes it.

        Parameters
        ----------
        structure : str

        Returns
        -------
        dict of route to list of (node, edge, change_N)
            From the cause to the structure: each node of the graph, the kind
            of edge that led to it, and the change of its tension by this
            route, N (0 at a bone, nerve or spinal level).

        Raises
        ------
        UnknownStructureError
            If there is no such structure.

        Examples
        --------
        >>> import musclechain as mc
        >>> result = mc.spread(mc.read_body(), mc.PullOn("soleus_left", newtons=20))
        >>> [station.node for station in result.trace("achilles_tendon_left")["pull"]]
        ['soleus_left', 'achilles_tendon_left']
        """
        return trace_change(self, structure)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The steps of the spread from healthy standing: before, posture, pull, then the rounds of
        guarding (`Round`).

        A route that does nothing at all gives no step: pull where nothing
        pulls, posture where none is asked for.
        """
        before, held, pulled, guarded = self.alone.state.tensions()
        quiet = np.zeros(len(self.network.roots))
        steps = [("before", before, quiet, self.state.healthy.effort)]
        if self.state.stance is not self.state.healthy.stance or not np.array_equal(held, before):
            steps.append(("posture", held, quiet, self.state.effort))
        if self.state.pull.change.any() or self.state.pull.movement.any():
            steps.append(("pull", pulled, quiet, self.state.effort))
        played = self.state.guarding.rounds if self.state.guarding else ()
        for number, guarding in enumerate(played, start=1):
            last = number == len(played)
            # rounds on the way carry the pull of the unguarded body; the last one is solved in full
            tension = (
                guarded if last else np.maximum(guarding.effort.tension + self.state.pull.change, 0)
            )
            steps.append(
                (
                    f"guarding, round {number}",
                    tension,
                    guarding.excitation,
                    guarding.effort,
                )
            )
        structures, roots = (
            pd.Index(self.skeleton.structures, name="structure"),
            pd.Index(self.network.roots, name="root"),
        )
        return tuple(
            Round(
                number,
                label,
                pd.Series(self.total(tension), structures),
                pd.Series(excitation, roots),
                self._at_limit(effort),
            )
            for number, (label, tension, excitation, effort) in enumerate(steps)
        )

    def _at_limit(self, effort: Effort) -> tuple[str, ...]:
        hit = (
            np.bincount(self.skeleton.structure, effort.at_limit, len(self.skeleton.structures)) > 0
        )
        return tuple(name for name, over in zip(self.skeleton.structures, hit, strict=True) if over)

    @property
    def gave_way(self) -> tuple[str, ...]:
        """Joints that could not hold all that was asked, so that the body leans, turns or drops;
        empty where everything can be held."""
        return self.state.stance.gave_way

    @property
    def settled(self) -> bool:
        """Whether the rounds of guarding came to rest (True without guarding)."""
        return self.state.guarding is None or self.state.guarding.settled

    def draws(
        self,
        draws: int = 200,
        executor: Executor | None = None,
        progress: Callable[[int, int], None] | None = None,
        seed: int = 0,
    ) -> Draws:
        """Put the same question to many bodies that fit what is known.

        One set of draws answers for structures, groups, joints and angles; see `Draws`.

        Parameters
        ----------
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
            If more than half of the drawn bodies cannot hold this state.
        """
        return draw_bodies(self, draws, executor, progress, seed)

    def certainty(
        self,
        draws: int = 200,
        executor: Executor | None = None,
        progress: Callable[[int, int], None] | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """How sure each change is, given what the model does not know.

        Parameters
        ----------
        draws, executor, progress, seed
            As in `draws`.

        Returns
        -------
        pandas.DataFrame
            Index as in `table`. Columns change_N; same_sign (share of draws in
            which the sign of change_N holds, where less than 0.05 N counts as
            zero and two changes that are both under 0.2 N as alike); low_N and
            high_N (90 % of the draws lie between); word
            (settled, likely, depends). ``.attrs`` has draws and failed, the
            number of draws that could not be solved and are left out.

        Raises
        ------
        SolveError
            If more than half of the drawn bodies cannot hold this state.
        """
        return self.draws(draws, executor, progress, seed).table()

    def certainty_of(
        self,
        groups: Mapping[str, Iterable[str]],
        draws: int = 200,
        executor: Executor | None = None,
        progress: Callable[[int, int], None] | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """How sure the changes of sums are, such as the muscles of the whole neck.

        Parameters
        ----------
        groups : dict of str to iterable of str
            Name of the group to the ids of its structures. Add muscles only:
            a tendon carries on what its muscle pulls.
        draws, executor, progress, seed
            As in `draws`; for several questions about one result make the
            draws once: ``sure = result.draws()``, then ``sure.table()`` and
            ``sure.groups(...)``.

        Returns
        -------
        pandas.DataFrame
            Index: name of the group; columns as in `certainty`.
        """
        return self.draws(draws, executor, progress, seed).groups(groups)
