"""The three routes together: what a cause does to every structure of the body."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..anatomy.nerves import spinal_network
from .demand import Demand, SolveError, check_number, combine
from .guarding import find_guarding
from .posture import find_effort, find_healthy, find_stance
from .pull import find_pull
from .skeleton import GRAVITY, build_skeleton, rotate, rotation_vector, spread_forces

__all__ = ["Result", "Round", "State", "solve_routes", "spread"]

RESTING_AT_LEAST_N = 1.0


@dataclass(frozen=True)
class Round:
    """One step of the spread, as the step control plays it."""

    number: int
    label: str
    tensions_N: pd.Series
    excitation: pd.Series
    overloaded: tuple


@dataclass(frozen=True)
class State:
    """The nested solves behind a result: before, + posture, + pull, + guarding."""

    healthy: tuple
    stance: object
    effort: object
    pull: object
    guarding: object
    guarded: object
    guarded_pull: object

    def tensions(self):
        """Tension of each line before, with posture, with posture and pull, and with all; N."""
        before, held = self.healthy[2].tension, self.effort.tension
        return before, held, held + self.pull.change, self.guarded.tension + self.guarded_pull.change


def spread(body, causes=(), pull=True, posture=True, guarding=0.0, remedies=()):
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
    remedies : sequence
        Remedies act as causes do, after them.

    Returns
    -------
    Result

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
    causes = tuple(causes) if isinstance(causes, Iterable) else (causes,)
    remedies = tuple(remedies) if isinstance(remedies, Iterable) else (remedies,)
    guarding = check_number("guarding", guarding, 0, 1)
    demand = combine(body, (*causes, *remedies))
    skeleton = body.derived("skeleton", build_skeleton)
    healthy = body.derived("healthy", lambda body: find_healthy(body.derived("skeleton", build_skeleton)))
    network = body.derived("network", _build_network)
    state = solve_routes(skeleton, healthy, network, demand, bool(pull), bool(posture), guarding)
    return Result(body, causes + remedies, demand, skeleton, network, state, {"pull": bool(pull), "posture": bool(posture), "guarding": guarding})


def _build_network(body):
    """The spinal network with one row for each structure of the skeleton."""
    roots, matrix, share = spinal_network(body)
    rows = [body.structures.index(name) for name in body.derived("skeleton", build_skeleton).structures]
    return roots, matrix, share[rows]


def solve_routes(skeleton, healthy, network, demand, pull=True, posture=True, guarding=0.0):
    """Solve the routes one inside the other.

    Each route is what its own step adds, so a route that is switched off adds
    nothing and the three add up to the whole change.

    Parameters
    ----------
    skeleton : Skeleton
    healthy : tuple
        `find_healthy` of the same skeleton.
    network : tuple
    demand : Demand
    pull, posture : bool
    guarding : float

    Returns
    -------
    State
    """
    stance, rest, effort = healthy
    capacity = _per_line(skeleton, demand.capacity, 1.0)
    if posture:
        stance = stance if _is_quiet(demand) else find_stance(skeleton, demand, healthy[0].geometry.pose)
        effort = effort if stance is healthy[0] and (capacity == 1).all() else find_effort(skeleton, stance, rest, capacity, price=effort.price)
    added = _added_tension(skeleton, demand.tensions) if pull else np.zeros(len(skeleton.lines))
    answer = find_pull(skeleton, stance, effort, rest, added)
    guarded, guarded_pull, rounds = effort, answer, None
    if guarding:
        pain = _per_structure(skeleton, demand.pain)
        rounds = find_guarding(skeleton, network, stance, effort, rest, healthy[2].activation, pain, capacity if posture else np.ones_like(capacity), guarding)
        if rounds.rounds:
            guarded = rounds.rounds[-1].effort
            guarded_pull = find_pull(skeleton, stance, guarded, rest, added)
    return State(healthy, stance, effort, answer, rounds, guarded, guarded_pull)


def _is_quiet(demand):
    quiet = Demand()
    return all(getattr(demand, name) == getattr(quiet, name) for name in ("load_shift", "lifted_foot", "head_level")) and not (
        any(map(any, demand.angles.values())) or any(demand.lift_mm.values()) or any(demand.wedge_deg.values()))


def _per_structure(skeleton, values, default=0.0):
    return np.array([values.get(name, default) for name in skeleton.structures])


def _per_line(skeleton, values, default):
    return _per_structure(skeleton, values, default)[skeleton.structure]


def _added_tension(skeleton, tensions):
    """Share the tension added to a structure among its lines, by cross-section or by stiffness."""
    weight = np.where(skeleton.is_muscle, skeleton.pcsa, skeleton.stiffness)
    total = np.bincount(skeleton.structure, weight, len(skeleton.structures))[skeleton.structure]
    missing = [name for name, value in tensions.items() if value and name not in skeleton.structures]
    if missing:
        raise SolveError(f"{missing[0]} cannot pull on anything: it lies within one rigid body, or it was cut. Choose another structure.")
    return _per_line(skeleton, tensions, 0.0) * weight / total


@dataclass(frozen=True)
class Result:
    """What a cause does to a body. Tables are made when they are asked for."""

    body: object
    causes: tuple
    demand: Demand
    skeleton: object
    network: tuple
    state: State
    routes: dict

    def total(self, per_line):
        """Add the lines of each muscle up, and take the mean of the strands of other tissue; N."""
        s = self.skeleton
        count = np.bincount(s.structure, minlength=len(s.structures))
        whole = np.bincount(s.structure, per_line, len(s.structures))
        muscle = np.bincount(s.structure, s.is_muscle, len(s.structures)) > 0
        return whole / np.where(muscle, 1, count)

    @property
    def columns(self):
        """before_N, posture_N, pull_N, guarding_N and after_N as arrays in the order of the table."""
        before, held, pulled, guarded = (self.total(tension) for tension in self.state.tensions())
        return {"before_N": before, "posture_N": held - before, "pull_N": pulled - held, "guarding_N": guarded - pulled, "after_N": guarded}

    @property
    def overloaded(self):
        """For each structure, whether some line of it works at its full strength."""
        return np.bincount(self.skeleton.structure, self.state.guarded.at_limit, len(self.skeleton.structures)) > 0

    def table(self):
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
        """
        nodes, columns = self.body.graph.nodes, self.columns
        change = columns["posture_N"] + columns["pull_N"] + columns["guarding_N"]
        return pd.DataFrame({
            **{key: [nodes[name][key] for name in self.skeleton.structures] for key in ("kind", "side", "region")},
            "before_N": columns["before_N"], "after_N": columns["before_N"] + change, "change_N": change,
            "change_percent": 100 * change / np.maximum(columns["before_N"], RESTING_AT_LEAST_N),
            **{key: columns[key] for key in ("posture_N", "pull_N", "guarding_N")}, "overloaded": self.overloaded,
        }, index=pd.Index(self.skeleton.structures, name="structure"))

    def pose(self):
        """Orientation of every bone in the world, compared with the healthy body.

        Returns
        -------
        pandas.DataFrame
            Index: bone. flexion_deg (pelvis: anterior tilt), side_bend_deg
            (left side up), rotation_deg (left side forward).
        """
        vectors = np.degrees([rotation_vector(turn) for turn in self.turns()])
        return pd.DataFrame({"flexion_deg": -vectors[:, 2], "side_bend_deg": vectors[:, 0], "rotation_deg": -vectors[:, 1]},
                            index=pd.Index(self.skeleton.bones, name="bone"))

    def turns(self):
        """World rotation of every bone against the healthy body: posture, then the small turn of pull."""
        now, healthy = self.state.stance.geometry.pose.rotation, self.state.healthy[0].geometry.pose.rotation
        small = self.state.guarded_pull.movement[3:3 + 3 * len(self.skeleton.bones)].reshape(-1, 3)
        return np.array([rotate(w) for w in small]) @ now @ healthy.transpose(0, 2, 1)

    def transforms(self, exaggeration=1.0):
        """Where each bone has moved, as 4 x 4 matrices (metres) that move points of the healthy body.

        Parameters
        ----------
        exaggeration : float
            Factor on every turn; bones stay joined. The pelvis keeps its
            solved shift, enlarged by the same factor.

        Returns
        -------
        dict of bone id to numpy.ndarray, shape (4, 4)
        """
        s, before = self.skeleton, self.state.healthy[0].geometry.pose
        now = self.state.stance.geometry.pose
        turn = np.array([rotate(exaggeration * rotation_vector(one)) for one in self.turns()])
        shift = now.origin[0] - before.origin[0] + self.state.guarded_pull.movement[:3]
        place = np.empty_like(before.origin)
        place[0] = before.origin[0] + exaggeration * shift
        moved = {}
        for bone, name in enumerate(s.bones):
            if bone:
                up = s.parent[bone]
                place[bone] = place[up] + turn[up] @ (before.origin[bone] - before.origin[up])
            moved[name] = np.eye(4)
            moved[name][:3, :3] = turn[bone]
            moved[name][:3, 3] = place[bone] - turn[bone] @ before.origin[bone]
        return moved

    def joint_loads(self):
        """Size of the force that passes each joint, muscles included.

        Returns
        -------
        pandas.Series
            N, index: joint. ``.attrs["body_weight_n"]`` is the body weight.
        """
        s, stance = self.skeleton, self.state.stance
        geometry, tension = stance.geometry, self.state.tensions()[3]
        force = geometry.pull * tension[s.line_of][:, None]
        arm = geometry.points - geometry.pose.origin[s.bone_of]
        through = stance.through + spread_forces(s, geometry.pose, s.bone_of, arm, force)[1][0]
        loads = pd.Series(np.linalg.norm(through[1:], axis=1), index=pd.Index(s.joint_names[1:], name="joint"), name="load_N")
        loads.attrs["body_weight_n"] = float(GRAVITY * s.mass.sum())
        return loads

    @property
    def rounds(self):
        """The steps of the spread: before, posture, pull, then the rounds of guarding (`Round`)."""
        before, held, pulled, guarded = self.state.tensions()
        quiet = np.zeros(len(self.network[0]))
        steps = [("before", before, quiet, self.state.healthy[2])]
        if self.routes["posture"]:
            steps.append(("posture", held, quiet, self.state.effort))
        if self.routes["pull"]:
            steps.append(("pull", pulled, quiet, self.state.effort))
        played = self.state.guarding.rounds if self.state.guarding else ()
        for number, one in enumerate(played, start=1):
            last = number == len(played)
            # rounds on the way carry the pull of the unguarded body; the last one is solved in full
            tension = guarded if last else np.maximum(one.effort.tension + self.state.pull.change, 0)
            steps.append((f"guarding, round {number}", tension, one.excitation, one.effort))
        structures, roots = pd.Index(self.skeleton.structures, name="structure"), pd.Index(self.network[0], name="root")
        return tuple(Round(number, label, pd.Series(self.total(tension), structures), pd.Series(excitation, roots), self._at_limit(effort))
                     for number, (label, tension, excitation, effort) in enumerate(steps))

    def _at_limit(self, effort):
        hit = np.bincount(self.skeleton.structure, effort.at_limit, len(self.skeleton.structures)) > 0
        return tuple(name for name, over in zip(self.skeleton.structures, hit) if over)

    @property
    def settled(self):
        """Whether the rounds of guarding came to rest (True without guarding)."""
        return self.state.guarding is None or self.state.guarding.settled

    def certainty(self, draws=200, executor=None, progress=None, seed=0):
        """How sure each change is, given what the model does not know; see `find_certainty`."""
        from .certainty import find_certainty

        return find_certainty(self, draws, executor, progress, seed)

