"""Route 1, posture: the pose that a demand asks for, and the effort that holds it.

The pose puts the centre of mass over the point that the load share asks for,
with the feet flat on their ground and the head level, at the smallest change
of the free angles. The effort is the one with the smallest sum of squared
activations that balances every joint.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dposv

from .demand import Demand, SolveError
from .skeleton import (
    GRAVITY,
    Geometry,
    cross,
    find_geometry,
    gather_below,
    joint_rotations,
    place_bones,
    rotate,
    rotation_vector,
    skew,
    spread_forces,
)

__all__ = [
    "Effort",
    "EffortProblem",
    "Stance",
    "find_effort",
    "find_healthy",
    "find_passive",
    "find_stance",
    "find_strength",
    "solve_bounded",
]

# Resistance of the free angles (flexion, side, rotation): the ankles answer first, the hips follow
# to keep both feet flat.
FREE_ANGLES = {
    "foot": (1.0, 1.0, None),
    "thigh": (30.0, 1.0, 10.0),
    "neck": (1.0, 1.0, 1.0),
    "head": (1.0, 1.0, 1.0),
}
STEPS = 40
STRAND_GUESSES = 6
FREELY = 1e8  # softness of a row whose residual costs nothing
# how little a residual gives beyond its allowance: just enough to find out that a state cannot be
# held
BEYOND = 1e-9


@dataclass(frozen=True)
class Stance:
    """A pose on the ground, with the forces that ground and gravity put on it."""

    geometry: Geometry
    load: (
        np.ndarray
    )  # (size,) generalised load of gravity and ground, what the tensions must balance
    through: np.ndarray  # (bones, 3) weight and ground force on each bone and all below it
    moment: (
        np.ndarray
    )  # (bones, 3, 3) sum of force x arm of weight and ground, for the geometric stiffness
    ground: np.ndarray  # (2, 3) force on the left and right foot, N
    contact: np.ndarray  # (2, 3) where it acts, m
    standing: tuple  # bones of the feet that are on the ground
    balance: np.ndarray  # (6,) force (N) and moment (Nm) left over for the whole body


@dataclass(frozen=True)
class Effort:
    """Tensions that hold a stance."""

    tension: np.ndarray  # (lines,) N
    passive: np.ndarray  # (lines,) N, the part that stretch alone gives
    activation: np.ndarray  # (lines,) share of the strength that is left
    at_limit: np.ndarray  # (lines,) bool
    residual: (
        np.ndarray
    )  # (bones, 3) Nm at each joint, parent's axes, carried by ligament and contact
    price: np.ndarray  # multipliers, kept to start the next solve from


def find_stance(skeleton, demand, rest=None):
    """Find the pose that a demand asks for, and load it.

    Parameters
    ----------
    skeleton : Skeleton
    demand : Demand
    rest : Pose, optional
        Healthy standing: angles are asked for, and kept small, relative to it.

    Returns
    -------
    Stance

    Raises
    ------
    SolveError
        If no pose answers the demand.
    """
    problem = _StanceProblem(skeleton, demand, rest)
    pose = problem.solve()
    return _load(skeleton, demand, problem, find_geometry(skeleton, pose))


class _StanceProblem:
    """The constraints of standing, and their derivatives, as one small nonlinear problem."""

    def __init__(self, skeleton, demand, rest):
        self.skeleton, self.rest = skeleton, rest
        bones = skeleton.bones
        self.asked = np.zeros((len(bones), 3)) if rest is None else rest.angles.copy()
        for bone, angles in demand.angles.items():
            self.asked[bones.index(bone)] += angles
        sides = ("left", "right")
        self.standing = tuple(
            foot
            for side, foot in zip(sides, skeleton.feet, strict=True)
            if side != demand.lifted_foot
        )
        self.turn = [_ground_tilt(side, demand.wedge_deg.get(side, 0.0)) for side in sides]
        rise = np.array([[0, demand.lift_mm.get(side, 0.0) / 1e3, 0] for side in sides])
        arm = skeleton.joint[list(skeleton.feet)] - skeleton.sole
        self.sole = skeleton.sole + rise
        self.place = np.array(
            [sole + turn @ a for sole, turn, a in zip(self.sole, self.turn, arm, strict=True)]
        )
        self.share = demand.load_share
        self.target = self.share * self.sole[0] + (1 - self.share) * self.sole[1]
        self.level = demand.head_level
        self.head = bones.index("head")
        self.free = self._list_free(demand)
        self.weight = np.concatenate([np.full(6, 1e-2), [weight for *_, weight in self.free]])

    def _list_free(self, demand):
        free = []
        for i, bone in enumerate(self.skeleton.bones):
            kind = bone.removesuffix("_left").removesuffix("_right")
            if (
                kind in ("neck", "head")
                and not self.level
                or demand.lifted_foot
                and bone == f"foot_{demand.lifted_foot}"
            ):
                continue
            if kind == "thigh" and demand.lifted_foot and bone.endswith(demand.lifted_foot):
                continue
            free += [
                (i, axis, weight) for axis, weight in enumerate(FREE_ANGLES.get(kind, ())) if weight
            ]
        return free

    def solve(self):
        """Newton's method from the healthy pose with the asked angles put in."""
        angles = self.asked.copy()
        rotation, place = (
            (np.eye(3), self.skeleton.joint[0])
            if self.rest is None
            else (self.rest.rotation[0], self.rest.origin[0])
        )
        rows, columns = (np.array([one[k] for one in self.free]) for k in (0, 1))
        for _ in range(STEPS):
            pose = place_bones(self.skeleton, angles, rotation, place)
            error, slope = self._measure(pose)
            if np.abs(error).max() < 1e-11:
                return pose
            kept = np.concatenate([np.zeros(6), np.radians(angles - self.asked)[rows, columns]])
            step = self._step(kept, error, slope)
            step *= min(1.0, 0.5 / np.abs(step).max())
            place = place + step[:3]
            rotation = rotate(step[3:6]) @ rotation
            angles = angles.copy()
            angles[rows, columns] += np.degrees(step[6:])
        raise SolveError(
            "No pose was found that keeps the feet on the ground with the weight where the cause"
            " asks for it. Ask for less: a smaller lean or lift, or a load share nearer to one"
            " half."
        )

    def _step(self, kept, error, slope):
        """Smallest weighted change of the free angles that mends the error to first order."""
        eased = slope / self.weight
        price = np.linalg.solve(eased @ slope.T, slope @ kept - error)
        return eased.T @ price - kept

    def _measure(self, pose):
        """Errors of feet, centre of mass and head, and their slopes by root move, root turn and
        free angles."""
        s = self.skeleton
        axes, centres = self._axes(pose)
        carries = s.below[
            [bone for bone, *_ in self.free]
        ].T  # (bones, free): does this angle move that bone?
        feet = [k for k, foot in enumerate(s.feet) if foot in self.standing]
        kept = [*(s.feet[k] for k in feet), *([self.head] if self.level else [])]
        aims = np.array([*(self.turn[k] for k in feet), *([np.eye(3)] if self.level else [])])
        error = list(rotation_vector(pose.rotation[kept] @ aims.transpose(0, 2, 1)))
        slope = [self._turning(axes, carries[bone]) for bone in kept]
        for k in feet:
            where = pose.origin[s.feet[k]]
            error.append(where - self.place[k])
            slope.append(self._motion(pose, axes, centres, carries[s.feet[k]], where))
        error.append(self._centre(pose)[[0, 2]] - self.target[[0, 2]])
        slope.append(self._centre_motion(pose, axes, centres)[[0, 2]])
        return np.concatenate(error), np.concatenate(slope)

    def _axes(self, pose):
        """World axis of each free angle (per radian of the clinical angle) and the joint that it
        turns about."""
        s = self.skeleton
        _, first, second = joint_rotations(s, pose.angles)
        base = np.concatenate([np.eye(3)[None], pose.rotation[s.parent[1:]]])
        frames = (base[:, :, 2], (base @ first)[:, :, 0], (base @ second)[:, :, 1])
        axes = np.array([frames[axis][bone] * s.signs[bone, axis] for bone, axis, _ in self.free])
        return axes, pose.origin[[bone for bone, *_ in self.free]]

    def _turning(self, axes, carried):
        return np.concatenate([np.zeros((3, 3)), np.eye(3), (axes * carried[:, None]).T], axis=1)

    def _motion(self, pose, axes, centres, carried, where):
        by_angle = cross(axes, where - centres) * carried[:, None]
        return np.concatenate([np.eye(3), skew(pose.origin[0] - where), by_angle.T], axis=1)

    def _centre(self, pose):
        s = self.skeleton
        places = pose.origin + (pose.rotation @ (s.com - s.joint)[..., None])[..., 0]
        return s.mass @ places / s.mass.sum()

    def _centre_motion(self, pose, axes, centres):
        s = self.skeleton
        places = pose.origin + (pose.rotation @ (s.com - s.joint)[..., None])[..., 0]
        mass = s.below @ s.mass
        middle = (s.below @ (s.mass[:, None] * places)) / mass[:, None]
        bones = [bone for bone, *_ in self.free]
        share = (mass / s.mass.sum())[bones, None]
        by_angle = cross(axes, middle[bones] - centres) * share
        return np.concatenate([np.eye(3), skew(pose.origin[0] - middle[0]), by_angle.T], axis=1)


def _ground_tilt(side, degrees):
    """Rotation of a wedge: positive rolls the foot in (sole outward, eversion)."""
    return rotate(np.array([np.radians(degrees) * (-1 if side == "right" else 1), 0, 0]))


def _load(skeleton, demand, problem, geometry):
    """Put weight and ground force on a pose; solve the ground wrench so that the whole body
    balances."""
    s, pose = skeleton, geometry.pose
    weight = np.zeros((len(s.bones), 3))
    weight[:, 1] = -GRAVITY * s.mass
    total = GRAVITY * s.mass.sum()
    centre = s.mass @ geometry.com / s.mass.sum()
    ground = np.zeros((2, 3))
    ground[:, 1] = total * np.array([problem.share, 1 - problem.share])
    contact = problem.sole.copy()
    contact[:, [0, 2]] += (centre - ground[:, 1] @ contact / total)[[0, 2]]
    bone = np.concatenate([np.arange(len(s.bones)), s.feet])
    force = np.concatenate([weight, ground])
    where = np.concatenate([geometry.com, contact])
    arm = where - pose.origin[bone]
    load, through = spread_forces(s, pose, bone, arm, force)
    balance = np.concatenate([force.sum(axis=0), cross(where, force).sum(axis=0)])
    moment = np.zeros((len(s.bones), 3, 3))
    np.add.at(moment, bone, force[:, :, None] * arm[:, None, :])
    full = np.concatenate([load[0], np.zeros(len(s.slide_axis))])
    return Stance(geometry, full, through[0], moment, ground, contact, problem.standing, balance)


def find_passive(skeleton, length, rest_length):
    """Tension that stretch alone gives each line.

    Muscle follows an exponential length-tension curve, zero up to the optimal
    fibre length and straight from its greatest active force on; tissue is a
    spring that pulls only.

    Parameters
    ----------
    length, rest_length : numpy.ndarray, shape (lines,)
        Now, and in healthy standing; metres.

    Returns
    -------
    tension, stiffness : numpy.ndarray, shape (lines,)
        N and N/m. For strands that end in a junction this is the tension if
        the junction did not slide; it may be negative, which `find_effort`
        resolves.

    Notes
    -----
    The curve is that of Thelen 2003 (data/parameters.csv: passive_shape,
    passive_strain), continued along its tangent as in Rajagopal 2016: an
    exponential would tear bones off in a far stretch.
    """
    s = skeleton
    shape, strain = s.constants["passive_shape"], s.constants["passive_strain"]
    fibre = np.where(s.is_muscle, s.fibre, 1.0)
    stretch = np.maximum((length - s.slack) / fibre - 1, 0) / strain * s.is_muscle
    curved = np.minimum(stretch, 1.0)
    scale = find_strength(s) / np.expm1(shape)
    slope = np.where(stretch > 0, scale * shape * np.exp(shape * curved), 0.0)
    muscle, muscle_stiffness = (
        scale * np.expm1(shape * curved) + slope * (stretch - curved),
        slope / strain / fibre,
    )
    spring = s.pretension + s.stiffness * (length - rest_length)
    tight = s.is_free_strand | (spring > 0)
    tissue = np.where(s.is_free_strand, spring, np.maximum(spring, 0))
    return np.where(s.is_muscle, muscle, tissue), np.where(
        s.is_muscle, muscle_stiffness, s.stiffness * tight
    )


def find_strength(skeleton):
    """Greatest active force of each line, N (cross-section times specific tension); 0 for
    tissue."""
    return (
        skeleton.pcsa
        * skeleton.constants["specific_tension"]
        * 1e4
        * skeleton.strength
        * skeleton.is_muscle
    )


class EffortProblem:
    """The balance of every joint in one stance, to be solved for different strengths and floors.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.

    Notes
    -----
    Rows are the joint moments in the parent's axes. Muscle activations and
    what ligament and contact may take are the unknowns; strands of tissue that
    end in a soft junction answer the muscles as springs: which of them are taut
    follows from the pose and the muscles' pull, and the muscles may not make a
    taut one push.
    """

    def __init__(self, skeleton, stance, rest_length):
        s = self.skeleton = skeleton
        self.matrix, self.slides, self.wanted, self.allowed = _joint_equations(s, stance)
        self.passive, _ = find_passive(s, stance.geometry.length, rest_length)
        self.strength = find_strength(s)
        section = np.bincount(s.structure, s.pcsa)[s.structure]
        self.shares = np.divide(section, s.pcsa, out=np.zeros_like(section), where=s.is_muscle)
        self.spring = np.where(s.is_free_strand, s.stiffness, 0.0)[:, None] * self.slides
        # keeps a junction defined when all that holds it is slack; carries less than a thousandth
        # otherwise
        self.bed = 1e-3 * s.constants["junction_tether"]
        self._answers = {}

    def solve(self, capacity=1.0, floor=0.0, start=None):
        """Find the smallest effort; parameters, errors and method as in `find_effort`."""
        s = self.skeleton
        strength = self.strength * capacity
        low = np.minimum(s.constants["tone"] + floor, 1.0) * strength
        price = np.zeros(len(self.allowed) + len(low)) if start is None else start.price
        taut = (
            self.pull_strands(
                low if start is None else np.maximum(low, start.activation * strength)
            )
            > 0
        )
        for guess in range(STRAND_GUESSES):
            active, price = self._solve_muscles(taut, strength, low, price)
            strands = self.pull_strands(active, taut)
            now = strands > 0
            if not (now & ~taut).any():
                break
            # later guesses only add strands, so that guessing cannot go round in circles
            taut = taut | now if guess else now
        passive = np.where(s.is_free_strand, strands, self.passive)
        residual = self.wanted - self.matrix @ (active + passive)
        _check_residual(s, residual, self.allowed)
        in_parent = np.zeros((len(s.bones), 3))
        in_parent[1:] = residual.reshape(-1, 3)
        limit = s.is_muscle & (active >= strength * (1 - 1e-9)) & (strength > low)
        activation = np.divide(active, strength, out=np.zeros_like(active), where=strength > 0)
        return Effort(active + passive, passive, activation, limit, in_parent, price)

    def _solve_muscles(self, taut, strength, low, price):
        """Smallest effort while the taut strands answer linearly, and the muscles let none of them
        go slack."""
        rows = self._answer(taut)
        price = price.copy()
        active, price[rows.kept] = solve_bounded(
            rows.matrix,
            rows.wanted,
            rows.softness,
            strength**2 * self.shares,
            low,
            strength,
            price[rows.kept],
            rows.least,
            rows.most,
        )
        return active, price

    def pull_strands(self, active, taut=None):
        """Tension of the strands at soft junctions, N: each junction slides until its forces
        balance.

        The strands stretch with it as springs that cannot push. `taut` is a
        first guess of which are not slack.
        """
        s = self.skeleton
        taut = s.is_free_strand if taut is None else taut
        for _ in range(8):
            answer = self._answer(taut)
            tension = answer.try_strands(active)
            if ((tension > 0) == taut).all():
                return np.maximum(tension, 0.0)
            taut = tension > 0
        return self._search_strands(active)

    def _search_strands(self, active):
        """The same by a descent that always ends, for the rare case that guessing goes round in
        circles."""
        s, strands = self.skeleton, np.flatnonzero(self.skeleton.is_free_strand)
        outside = self.slides.T @ (active + np.where(s.is_free_strand, 0.0, self.passive))
        rest, part = self.passive[strands], self.slides[strands].T
        stretch, _ = solve_bounded(
            part,
            -outside - part @ rest,
            np.full(len(part), self.bed),
            s.stiffness[strands],
            -rest,
            np.inf,
        )
        tension = np.zeros(len(s.lines))
        tension[strands] = np.maximum(rest + stretch, 0.0)
        return tension

    def _answer(self, taut):
        """How the taut strands answer the muscles, kept per set of taut strands."""
        key = taut.tobytes()
        if key not in self._answers:
            self._answers[key] = _StrandAnswer(self, taut)
        return self._answers[key]


class _StrandAnswer:
    """The linear answer of a set of taut strands.

    Attributes
    ----------
    slid, rest : numpy.ndarray
        Slide of the junctions per newton of active force in each line, and
        when no muscle is active.
    matrix, wanted, softness, least, most : numpy.ndarray
        Equations of the muscles with the strands' answer put in, as
        `solve_bounded` takes them: a row for each joint axis, then one for
        each taut strand whose residual is minus its tension (any size, one sign).
    kept : numpy.ndarray of int
        Where the multipliers of these rows lie among those of all joints and lines.
    """

    def __init__(self, problem, taut):
        s, slides = problem.skeleton, problem.slides
        stiffness, held = np.where(taut, s.stiffness, 0.0), np.where(taut, problem.passive, 0.0)
        fixed = np.where(s.is_free_strand, 0.0, problem.passive)
        give = np.linalg.inv(
            (slides.T * stiffness) @ slides + problem.bed * np.eye(slides.shape[1])
        )
        self.passive, self.spring = np.where(s.is_free_strand, problem.passive, 0.0), problem.spring
        self.slid = -give @ (slides.T * ~s.is_free_strand)
        self.rest = self.slid @ fixed - give @ (slides.T @ held)
        spring = np.where(taut[:, None], problem.spring, 0.0)
        strands, allowed = np.flatnonzero(taut), problem.allowed
        self.kept = np.concatenate([np.arange(len(allowed)), len(allowed) + strands])
        self.matrix = np.concatenate(
            [
                problem.matrix + (problem.matrix @ spring) @ self.slid,
                self.spring[strands] @ self.slid,
            ]
        )
        self.wanted = np.concatenate(
            [
                problem.wanted - problem.matrix @ (fixed + held + spring @ self.rest),
                -self.passive[strands] - self.spring[strands] @ self.rest,
            ]
        )
        self.softness = np.concatenate([allowed**2, np.full(len(strands), FREELY)])
        self.least = np.concatenate([-allowed, np.full(len(strands), -np.inf)])
        self.most = np.concatenate([allowed, np.zeros(len(strands))])

    def try_strands(self, active):
        """Tension of every strand, N, negative where it would have to push."""
        return self.passive + self.spring @ (self.rest + self.slid @ active)


def find_effort(skeleton, stance, rest_length, capacity=1.0, floor=0.0, start=None):
    """Find the smallest effort that holds a stance.

    Parameters
    ----------
    skeleton : Skeleton
    stance : Stance
    rest_length : numpy.ndarray, shape (lines,)
        Lengths in healthy standing, m.
    capacity, floor : float or numpy.ndarray, shape (lines,)
        Share of strength left; activation that is held in any case on top of
        the resting tone.
    start : Effort, optional
        An earlier answer: only makes this one faster.

    Returns
    -------
    Effort

    Raises
    ------
    SolveError
        If muscles at full force and the stated allowances cannot balance a joint.

    Notes
    -----
    Smallest sum of squared activations, averaged within each muscle by
    cross-section so that cutting a muscle into more lines changes nothing,
    plus squared residual moments over their allowances; activation between
    tone and 1. Solved by Newton's method on the dual problem (36 unknowns).
    """
    return EffortProblem(skeleton, stance, rest_length).solve(capacity, floor, start)


def _joint_equations(s, stance):
    """Matrix of the joint moments (parent's axes) per newton in each line, of the slides, and what
    is wanted."""
    count, geometry = len(s.bones), stance.geometry
    turning = geometry.matrix[:, 3 : 3 + 3 * count].reshape(-1, count, 3)
    frames = geometry.pose.rotation[s.parent[1:]]
    # what crosses a joint is all that acts on the bones beyond it
    beyond = gather_below(s, turning)[:, 1:]
    asked = (s.below @ stance.load[3 : 3 + 3 * count].reshape(count, 3))[1:]
    matrix = (beyond[:, :, None, :] @ frames)[:, :, 0].reshape(len(s.lines), -1).T
    wanted = np.einsum("akj,ak->aj", frames, asked).ravel()
    return matrix, geometry.matrix[:, 3 + 3 * count :], wanted, s.allowance[1:].ravel()


def solve_bounded(
    matrix, wanted, softness, ease, low, high, price=None, least=-np.inf, most=np.inf
):
    """Minimise sum(x**2 / ease) + sum(r**2 / softness) with matrix x + r = wanted, low <= x <= high
    and least <= r <= most.

    Parameters
    ----------
    matrix : numpy.ndarray, shape (rows, n)
    wanted, softness : numpy.ndarray, shape (rows,)
        Softness above 0.
    ease, low, high : numpy.ndarray, shape (n,)
        Where `ease` is 0, x stays at its lower bound.
    price : numpy.ndarray, shape (rows,), optional
        Start of the search.
    least, most : float or numpy.ndarray, shape (rows,)
        Where they cannot be kept, r goes beyond them as little as possible.

    Returns
    -------
    x : numpy.ndarray, shape (n,)
    price : numpy.ndarray, shape (rows,)
        Multipliers.

    Notes
    -----
    The dual function is strictly convex and piecewise quadratic, so Newton's
    method with a line search ends after a handful of solves of size `rows`.
    """
    price = np.zeros(len(wanted)) if price is None else price
    scale = 1e-11 * (np.abs(wanted).max() + np.abs(matrix @ low).max() + 1.0)

    def value(price):
        return _dual(matrix, wanted, softness, ease, low, high, least, most, price)

    cost, slope, x, inside, give = value(price)
    for _ in range(100):
        if np.abs(slope).max() < scale:
            break
        part = matrix[:, inside]
        hessian = (part * ease[inside]) @ part.T
        hessian.flat[:: len(hessian) + 1] += give
        step = dposv(hessian, -slope)[1]
        length, fall = 1.0, slope @ step
        while True:
            trial = price + length * step
            new = value(trial)
            # rounding hides the last falls of the cost, hence the small allowance
            if new[0] <= cost + 1e-4 * length * fall + 1e-13 * abs(cost) or length < 1e-8:
                break
            # where the slope along the step would be zero if it were straight; it has kinks, so not
            # too near 0
            length *= min(max(fall / (fall - new[1] @ step), 0.1), 0.5)
        price, (cost, slope, x, inside, give) = trial, new
    return x, price


def _dual(matrix, wanted, softness, ease, low, high, least, most, price):
    """Value and slope of the dual function, the x that belongs to it, which x are between their
    bounds, and how r gives."""
    pulled = price @ matrix
    free = ease * pulled
    x = np.minimum(np.maximum(free, low), high)
    inside = x == free
    # where ease is 0, x is a constant and its square adds nothing that depends on price
    square = x * x / np.maximum(ease, 1e-30) * (ease > 0)
    soft = softness * price
    kept = np.minimum(np.maximum(soft, least), most)
    beyond = BEYOND * soft
    cost = (
        pulled @ x
        - 0.5 * square.sum()
        + price @ (kept + 0.5 * beyond - wanted)
        - 0.5 * (kept * kept / softness).sum()
    )
    return (
        cost,
        matrix @ x + kept + beyond - wanted,
        x,
        inside & (ease > 0),
        softness * ((kept == soft) + BEYOND),
    )


def _check_residual(s, residual, allowed):
    over = np.abs(residual) / allowed
    if over.max() > 1 + 1e-6:
        worst = int(np.argmax(over))
        joint, axis = s.joint_names[1 + worst // 3], ("side bend", "rotation", "flexion")[worst % 3]
        raise SolveError(
            f"This posture cannot be held: at {joint} the muscles at full force leave"
            f" {abs(residual[worst]):.1f} Nm of {axis} over, and ligament and contact may take"
            f" {allowed[worst]:.1f} Nm. Ask for less lean or bend, a smaller injury, or undo a cut."
        )


def find_healthy(skeleton):
    """Find the healthy body standing on both feet: stance, resting lengths and effort."""
    stance = find_stance(skeleton, Demand())
    return stance, stance.geometry.length, find_effort(skeleton, stance, stance.geometry.length)
