"""Route 3, guarding: the nervous system holds muscles on. An assumption, with its own strength.

Pain and overload excite the spinal levels that a structure shares; excitation
spreads to neighbouring levels and across; excited levels raise the activation
that their muscles hold in any case; posture is solved again with those floors,
and what becomes overloaded feeds the next round.
"""

from dataclasses import dataclass

import numpy as np

from musclechain.anatomy.nerves import SpinalNetwork
from musclechain.mechanics.effort import Effort, EffortProblem
from musclechain.mechanics.pose import Stance
from musclechain.mechanics.skeleton import Skeleton

__all__ = ["Guarding", "GuardingRound", "excite", "find_guarding"]

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
    skeleton: Skeleton,
    network: SpinalNetwork,
    stance: Stance,
    effort: Effort,
    rest_length: np.ndarray,
    healthy_activation: np.ndarray,
    pain: np.ndarray,
    strength_left: np.ndarray,
    belief: float,
    gain: float = 1.0,
) -> Guarding:
    """Play the rounds of guarding until they rest.

    Parameters
    ----------
    skeleton : Skeleton
    network : SpinalNetwork
        With the rows of `share` in the order of ``skeleton.structures``.
    stance, effort : Stance, Effort
        Posture without guarding.
    rest_length : numpy.ndarray, shape (lines,)
    healthy_activation : numpy.ndarray, shape (lines,)
    pain : numpy.ndarray, shape (structures,)
        0 to 1 for each structure.
    strength_left : numpy.ndarray, shape (lines,)
        Share of each line's strength.
    belief : float
        0 to 1, how strongly the assumption is believed.
    gain : float
        Factor on the share of an overload that feeds the next round.

    Returns
    -------
    Guarding
        Without pain and overload there are no rounds.
    """
    s, constants = skeleton, skeleton.constants
    spread, share = network.spread(constants["crossing_share"]), network.share
    inhibited = strength_left * (1 - constants["pain_inhibition"] * belief * pain[s.structure])
    gain = constants["guarding_loop_gain"] * belief * gain
    excitation, last = np.zeros(len(spread)), effort
    rounds: list[GuardingRound] = []
    problem = EffortProblem(s, stance, rest_length)
    for _ in range(MOST_ROUNDS):
        source = np.clip(pain + gain * _find_overload(s, last, healthy_activation), 0, 1)
        if not (source.any() or excitation.any()):
            return Guarding(tuple(rounds), True)
        excitation = excite(spread, share, source, excitation, constants["spinal_spread"])
        # a muscle of several levels is held on by the most excited of them
        drive = ((share > 0) * excitation).max(axis=1, initial=0.0)
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


def _find_overload(s: Skeleton, effort: Effort, healthy: np.ndarray) -> np.ndarray:
    """How far each structure's activation has risen above the healthy body, beyond what it bears:
    0 to 1."""
    limit = s.constants["overload_activation"]
    rise = np.zeros(len(s.structures))
    np.maximum.at(rise, s.structure, effort.activation - healthy)
    return np.clip((rise - limit) / (1 - limit), 0, 1)
