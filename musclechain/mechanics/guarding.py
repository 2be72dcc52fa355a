"""Route 3, guarding: what the nervous system does about pain. An assumption, with its own strength.

The literature disagrees, so there are three theories to choose from.

*Vicious circle*: pain and overload excite the spinal levels that a structure
shares; excitation spreads to neighbouring levels and across; excited levels
raise the activation that muscles hold in any case, most of all those that do
the same work as the painful one, and the deep ones of the back; posture is
solved again with those floors, and what becomes overloaded feeds the next
round. *Pain adaptation* (PN07): the painful muscle and its helpers do less,
their opponents slightly more. *Redistribution* (PN08): the work is shared anew,
away from what hurts.
"""

from dataclasses import dataclass

import numpy as np

from musclechain.anatomy.nerves import SpinalNetwork
from musclechain.mechanics.effort import Effort, EffortProblem
from musclechain.mechanics.skeleton import Skeleton

__all__ = [
    "THEORIES",
    "Guarding",
    "GuardingRound",
    "excite",
    "find_guarding",
    "find_overload",
    "find_likeness",
]

THEORIES = ("vicious circle", "pain adaptation", "redistribution")

MOST_ROUNDS = 30
SETTLED_N = 0.1
# from this share of the greatest drive on, a muscle gives up nothing of what it does for posture
HELD_FROM = 0.1


@dataclass(frozen=True)
class GuardingRound:
    """One round of the spread."""

    effort: Effort
    excitation: np.ndarray  # (roots,) 0..1


@dataclass(frozen=True)
class Guarding:
    """All rounds, and whether they came to rest."""

    rounds: tuple[GuardingRound, ...]
    settled: bool


def excite(
    spread: np.ndarray,
    share: np.ndarray,
    pain: np.ndarray,
    excitation: np.ndarray,
    spinal_spread: float,
) -> np.ndarray:
    """One step of excitation on the spinal network, limited to 1.

    Parameters
    ----------
    spread : numpy.ndarray, shape (roots, roots)
        Weights between levels, spectral radius 1.
    share : numpy.ndarray, shape (structures, roots)
    pain : numpy.ndarray, shape (structures,)
    excitation : numpy.ndarray, shape (roots,)
        Of the round before.
    spinal_spread : float
        Share handed on, below 1.

    Notes
    -----
    While nothing reaches 1, the repeated step tends to the Katz centrality
    ``(I - a A)^-1 W.T p``.
    """
    return np.minimum(share.T @ pain + spinal_spread * (spread @ excitation), 1.0)


def find_guarding(
    problem: EffortProblem,
    network: SpinalNetwork,
    effort: Effort,
    healthy_activation: np.ndarray,
    pain: np.ndarray,
    strength_left: np.ndarray,
    belief: float,
    gain: float = 1.0,
    theory: str = "vicious circle",
    begun: GuardingRound | None = None,
) -> Guarding:
    """Find what guarding does, by one of three theories.

    Parameters
    ----------
    problem : EffortProblem
        Of the stance.
    network : SpinalNetwork
        With its rows in the order of the skeleton's structures.
    effort : Effort
        Posture without guarding.
    healthy_activation : numpy.ndarray, shape (lines,)
    pain : numpy.ndarray, shape (structures,)
        0 to 1 for each structure.
    strength_left : numpy.ndarray, shape (lines,)
        Share of each line's strength.
    belief : float
        0 to 1, how strongly the assumption is believed.
    gain : float
        Factor on the share of an overload that feeds the next round.
    theory : str
        One of `THEORIES`.
    begun : GuardingRound, optional
        A round that the rounds of a circle go on from, of the same stance; by default none has
        been.

    Returns
    -------
    Guarding
        Without pain and overload there are no rounds.
    """
    if theory == "vicious circle":
        return _play_rounds(
            problem, network, effort, healthy_activation, pain, strength_left, belief, gain, begun
        )
    if not pain.any():
        return Guarding((), True)
    play = _adapt if theory == "pain adaptation" else _redistribute
    quiet = np.zeros(len(network.roots))
    return Guarding(
        (GuardingRound(play(problem, pain, strength_left, belief, effort), quiet),), True
    )


def find_likeness(problem: EffortProblem, pain: np.ndarray) -> np.ndarray:
    """Find how much each structure does the work of the painful ones.

    Parameters
    ----------
    problem : EffortProblem
    pain : numpy.ndarray, shape (structures,)

    Returns
    -------
    numpy.ndarray, shape (structures,)
        The cosine between the moments that its full strength and those of the
        painful structures give at all joints: 1 the same work, -1 the opposite.
    """
    asked = problem.work @ pain
    size = problem.work_size * np.linalg.norm(asked)
    return np.divide(asked @ problem.work, size, out=np.zeros(len(size)), where=size > 1e-9)


def _adapt(
    problem: EffortProblem,
    pain: np.ndarray,
    strength_left: np.ndarray,
    belief: float,
    effort: Effort,
) -> Effort:
    """Pain adaptation: the painful muscle and its helpers can do less, their opponents do slightly
    more. The pose stays, so who holds it makes up for both: in a bend one of the helpers."""
    s, constants = problem.skeleton, problem.skeleton.constants
    worst, like = float(pain.max()), find_likeness(problem, pain)
    spared = np.maximum(pain, constants["adaptation_helpers"] * worst * np.maximum(like, 0))
    left = 1 - constants["adaptation_inhibition"] * belief * spared[s.structure]
    opposed = worst * np.maximum(-like, 0)
    floor = belief * constants["adaptation_opponents"] * opposed[s.structure]
    return problem.solve(strength_left * left, floor, effort)


def _redistribute(
    problem: EffortProblem,
    pain: np.ndarray,
    strength_left: np.ndarray,
    belief: float,
    effort: Effort,
) -> Effort:
    """Redistribution: tension in what hurts is dearer, so the work is shared anew."""
    s = problem.skeleton
    dearer = 1 + belief * s.constants["redistribution_price"] * pain[s.structure]
    return problem.solve(strength_left, 0.0, effort, 1 / dearer)


def _play_rounds(
    problem: EffortProblem,
    network: SpinalNetwork,
    effort: Effort,
    healthy_activation: np.ndarray,
    pain: np.ndarray,
    strength_left: np.ndarray,
    belief: float,
    gain: float,
    begun: GuardingRound | None,
) -> Guarding:
    """Vicious circle: play the rounds until they rest."""
    s, constants = problem.skeleton, problem.skeleton.constants
    spread, share = network.spread(constants["crossing_share"]), network.share
    inhibited = strength_left * (1 - constants["pain_inhibition"] * belief * pain[s.structure])
    gain = constants["guarding_loop_gain"] * belief * gain
    excitation = begun.excitation if begun else np.zeros(len(spread))
    last = begun.effort if begun else effort
    rounds: list[GuardingRound] = []
    for _ in range(MOST_ROUNDS):
        source = np.clip(pain + gain * find_overload(s, last, healthy_activation), 0, 1)
        if not (source.any() or excitation.any()):
            return Guarding(tuple(rounds), True)
        excitation = excite(spread, share, source, excitation, constants["spinal_spread"])
        # a muscle of several levels is held on by the most excited of them
        drive = ((share > 0) * excitation).max(axis=1, initial=0.0)
        drive = drive * _weigh_targets(problem, network, source)
        added = belief * constants["guarding_floor"] * drive[s.structure]
        # guarding comes on top of what the muscle does for posture; undriven muscles stay free to
        # relax, and those that are hardly driven nearly so
        held = np.minimum(added / (HELD_FROM * constants["guarding_floor"] + 1e-12), 1.0)
        floor = held * np.maximum(effort.activation - constants["tone"] - s.tone, 0) + added
        now = problem.solve(inhibited, floor, last)
        rounds.append(GuardingRound(now, excitation))
        moved = np.abs(np.bincount(s.structure, now.tension - last.tension)).max()
        last = now
        if moved < SETTLED_N:
            return Guarding(tuple(rounds), True)
    return Guarding(tuple(rounds), False)


def _weigh_targets(
    problem: EffortProblem, network: SpinalNetwork, source: np.ndarray
) -> np.ndarray:
    """How much of the drive of its levels each structure takes: most those that do the same work
    as the source, then the deep muscles of the back, the others little."""
    constants = problem.skeleton.constants
    like = constants["guarding_function"] * np.maximum(find_likeness(problem, source), source > 0)
    deep = constants["guarding_deep_back"] * network.deep_back
    return np.maximum(np.maximum(like, deep), constants["guarding_others"])


def find_overload(s: Skeleton, effort: Effort, healthy: np.ndarray) -> np.ndarray:
    """Find how far each structure's activation has risen above the healthy body, beyond what it
    bears.

    Parameters
    ----------
    s : Skeleton
    effort : Effort
    healthy : numpy.ndarray, shape (lines,)
        Activation of the healthy body.

    Returns
    -------
    numpy.ndarray, shape (structures,)
        0 to 1.
    """
    limit = s.constants["overload_activation"]
    rise = np.zeros(len(s.structures))
    np.maximum.at(rise, s.structure, effort.activation - healthy)
    return np.clip((rise - limit) / (1 - limit), 0, 1)
