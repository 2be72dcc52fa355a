"""A running footfall: the force under the foot, and the shock that travels up from there.

Two layers, kept apart. `find_footfall_force` is a law that fits what force plates measure, and
knows nothing of shoes. `solve_footfall` lands a passive chain of masses and springs on a sole and
a ground; its leg is as stiff as it was told, so what runners do about a shoe is put in, not found.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import scipy  # its parts load when they are first asked for, so other lessons start without them

from musclechain.anatomy.body import Body
from musclechain.mechanics.change import SolveError

__all__ = [
    "G",
    "IMPACT_S",
    "STATIONS",
    "Footfall",
    "Impact",
    "Runner",
    "find_footfall_force",
    "find_leg_stiffness",
    "find_loss",
    "measure_body",
    "solve_footfall",
    "stack",
]

G = 9.81
STATIONS = ("foot", "knee", "hip", "low back", "head")
# Impact forces are those that peak earlier than this after touch-down (nigg1986).
IMPACT_S = 0.05
MOST_S, SAMPLES = 0.6, 1201
# Before this the leg has no reason to be straight again.
EARLIEST_S = 0.02
# A share of the speed that nobody could measure, and that rounding would swallow.
LEAST_LOST = 1e-6


# ---- what a force plate measures ---------------------------------------------------------------


@dataclass(frozen=True)
class Footfall:
    """What the law of the footfall needs.

    Attributes
    ----------
    weight_n : float
        Body weight, N.
    contact_s, flight_s : float
        Time on the ground and in the air, s.
    limb_m_s, stop_s : float
        Vertical speed of foot and shank at touch-down, m/s, and the time until they stop, s.
    limb_share : float
        Their share of the body's mass.
    second_peak : float
        When the second pulse is greatest, as a share of the contact.
    """

    weight_n: float
    contact_s: float
    flight_s: float
    limb_m_s: float
    stop_s: float
    limb_share: float = 0.08
    second_peak: float = 0.47

    @property
    def impulse_ns(self) -> float:
        """Impulse of the whole footfall, N s: body weight times the time of a step."""
        return self.weight_n * (self.contact_s + self.flight_s)

    @property
    def limb_impulse_ns(self) -> float:
        """Impulse of the pulse that stops foot and shank, N s."""
        mass = self.limb_share * self.weight_n / G
        return mass * (self.limb_m_s / self.stop_s + G) * 2 * self.stop_s


def find_footfall_force(footfall: Footfall, time_s: np.ndarray) -> np.ndarray:
    """Find the vertical force under the foot of a runner.

    Two raised cosines: one stops foot and shank, one carries the rest of the body.

    Parameters
    ----------
    footfall : Footfall
    time_s : numpy.ndarray, shape (n,)
        Since touch-down, s.

    Returns
    -------
    numpy.ndarray, shape (n,)
        N; 0 outside the contact.

    Raises
    ------
    SolveError
        If foot and shank take longer to stop than half the contact, or need more than the whole
        impulse.

    Notes
    -----
    A raised cosine whose peak lies off the middle of the contact would not be 0 at one of its
    ends, so its two halves are as long as the time that each has.

    References
    ----------
    FT19 (R2 = 0.95 over 500 footfalls).
    """
    first, whole = footfall.limb_impulse_ns, footfall.impulse_ns
    if not 0 < 2 * footfall.stop_s <= footfall.contact_s or first >= whole:
        raise SolveError(
            f"Foot and shank cannot stop within {footfall.stop_s * 1000:.0f} ms of a contact of"
            f" {footfall.contact_s * 1000:.0f} ms with this impulse; give a shorter time to stop,"
            " or a longer contact."
        )
    stop, middle = footfall.stop_s, footfall.second_peak * footfall.contact_s
    return _pulse(time_s, first, stop, stop) + _pulse(
        time_s, whole - first, middle, footfall.contact_s - middle
    )


def _pulse(time_s: np.ndarray, impulse: float, rise_s: float, fall_s: float) -> np.ndarray:
    """A raised cosine of a given area that begins at 0 s."""
    since = np.asarray(time_s, float) - rise_s
    phase = np.clip(since / np.where(since < 0, rise_s, fall_s), -1, 1)
    return impulse / (rise_s + fall_s) * (1 + np.cos(np.pi * phase))


# ---- a passive chain that lands ----------------------------------------------------------------


def stack(*stiffnesses: float) -> float:
    """Stiffness of springs one upon the other, in the unit of each."""
    return 1 / sum(1 / stiffness for stiffness in stiffnesses)


def find_loss(rebound: float) -> float:
    """Find how strongly a contact must be damped for a mass to bounce back so fast.

    Parameters
    ----------
    rebound : float
        Speed after over speed before, above 0 to 1.

    Returns
    -------
    float
        ``b v`` of a contact ``k x (1 + b x')`` that is hit at the speed v.

    Notes
    -----
    From the equation of a lone mass, ``b v (1 + e) = ln((1 + b v) / (1 - b v e))``, which knows
    neither mass nor stiffness.

    References
    ----------
    hunt1975.
    """
    lost = 1 - rebound
    if lost < LEAST_LOST:
        return 0.0

    def miss(loss: float) -> float:
        return loss * (1 + rebound) - np.log1p(loss) + np.log1p(-loss * rebound)

    most = (1 - 1e-12) / rebound
    if miss(most) > 0:
        return most
    # it begins as 1.5 times the speed that is lost, and is never below
    return float(scipy.optimize.brentq(miss, lost / 2, most))


def find_leg_stiffness(
    mass_kg: float, leg_m: float, speed_m_s: float, contact_s: float, flight_s: float
) -> float:
    """Find how stiff the leg of a runner is from the times on the ground and in the air.

    Parameters
    ----------
    mass_kg, leg_m : float
    speed_m_s : float
        Forward, m/s.
    contact_s, flight_s : float

    Returns
    -------
    float
        Along the leg, N/m.

    Notes
    -----
    The force is taken as half a sine wave, whose impulse carries the body through a whole step.

    References
    ----------
    morin2005.
    """
    most_n = mass_kg * G * np.pi / 2 * (flight_s / contact_s + 1)
    sinks = most_n * contact_s**2 / (mass_kg * np.pi**2) - G * contact_s**2 / 8
    aslant = leg_m - np.sqrt(leg_m**2 - (speed_m_s * contact_s / 2) ** 2)
    return float(most_n / (sinks + aslant))


@dataclass(frozen=True)
class Runner:
    """A passive chain: foot and shank, thigh and pelvis, trunk, head.

    Attributes
    ----------
    masses_kg : tuple of float
        Foot and shank; thigh; pelvis with the other leg; trunk with the arms; head and neck.
    leg_m : float
        Height of the hip over the ground with the leg straight, m.
    leg_n_per_m : float
        Stiffness of the leg along its length, N/m.
    contact_n_per_m : float
        Of ground, sole and heel, one upon the other, N/m.
    energy_return : float
        Share of the energy of an impact that sole and heel give back.
    spine_hz, neck_hz : float
        At which frequency all above would swing on the spine, and the head on the neck.
    spine_damping, neck_damping : float
        Share of critical damping.
    speed_m_s : float
        Forward, m/s.
    contact_s, flight_s : float
        Time of a footfall on the ground and in the air, s; they set how far ahead the foot lands,
        and how fast the body falls.
    foot_m_s : float
        How fast the foot comes down, m/s.
    """

    masses_kg: tuple[float, float, float, float, float]
    leg_m: float
    leg_n_per_m: float
    contact_n_per_m: float
    energy_return: float
    spine_hz: float
    spine_damping: float
    neck_hz: float
    neck_damping: float
    speed_m_s: float
    contact_s: float
    flight_s: float
    foot_m_s: float

    @property
    def weight_n(self) -> float:
        """Body weight, N."""
        return G * sum(self.masses_kg)

    @property
    def fall_m_s(self) -> float:
        """How fast the body falls at touch-down, m/s: half of the flight is a fall."""
        return G * self.flight_s / 2

    @property
    def ahead_m(self) -> float:
        """How far ahead of the hip the foot lands, m: half of the way that the hip goes over it."""
        return self.speed_m_s * self.contact_s / 2


def measure_body(body: Body) -> tuple[tuple[float, float, float, float, float], float]:
    """Measure what a runner takes from a body.

    Parameters
    ----------
    body : Body

    Returns
    -------
    masses_kg : tuple of float
        As `Runner.masses_kg`.
    leg_m : float
        Height of the hip joint over the sole, m.
    """
    limb, leg = _weigh(body, "shank_right"), _weigh(body, "thigh_right")
    upper, head = _weigh(body, "lumbar"), _weigh(body, "neck")
    pelvis = _weigh(body, "pelvis") - leg - upper
    (hip,) = body.graph.get_edge_data("pelvis", "thigh_right").values()
    sole = body.graph.graph["parameters"]["ground_height"].value
    return (limb, leg - limb, pelvis, upper - head, head), (hip["place_mm"][1] - sole) / 1000


def _weigh(body: Body, bone: str) -> float:
    """Mass of a bone with all that hangs on it, kg."""
    nodes = body.graph.nodes
    hanging = [name for name in body.bones if nodes[name]["parent"] == bone]
    return float(nodes[bone]["mass_kg"]) + sum(_weigh(body, name) for name in hanging)


def solve_footfall(runner: Runner) -> "Impact":
    """Let a passive chain land, and follow it until its leg is straight again.

    Parameters
    ----------
    runner : Runner

    Returns
    -------
    Impact

    Raises
    ------
    SolveError
        If the leg cannot reach the ground so far ahead, or folds up.

    Notes
    -----
    The hip moves forward over the foot at constant speed, so the leg also shortens because it
    stands aslant; a published leg stiffness is measured along the leg (FT16) and would be too soft
    for a chain that only moves up and down. Sole and heel resist as ``k x (1 + b v)``, so the force
    begins at 0 (hunt1975). Soft tissue does not wobble, and the foot does not roll.
    """
    if runner.ahead_m >= 0.8 * runner.leg_m:
        raise SolveError(
            f"The leg is {runner.leg_m:.2f} m long and cannot land {runner.ahead_m:.2f} m ahead;"
            " give a lower speed or a shorter contact."
        )
    chain = _Chain(runner)
    falling = runner.fall_m_s
    start = [0.0] * 4 + [runner.foot_m_s, falling, falling, falling]
    found = scipy.integrate.solve_ivp(
        chain.move,
        (0, MOST_S),
        start,
        events=(chain.press, chain.stay_up),
        dense_output=True,
        rtol=1e-5,
        atol=1e-6,
    )
    if not len(found.t_events[0]):
        raise SolveError("The leg folds up under the runner; give it more stiffness.")
    time_s = np.linspace(0, found.t[-1], SAMPLES)
    state = found.sol(time_s)
    forces = np.array([chain.find_forces(t, y) for t, y in zip(time_s, state.T, strict=True)])
    return chain.tell(time_s, state, forces)


class _Chain:
    """The chain of a runner with what its equations need; down is positive."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        limb, thigh, pelvis, trunk, head = runner.masses_kg
        self.masses = (limb, thigh + pelvis, trunk, head)
        above = (trunk + head, head)
        turns = [2 * np.pi * hz for hz in (runner.spine_hz, runner.neck_hz)]
        shares = (runner.spine_damping, runner.neck_damping)
        self.springs = [mass * turn**2 for mass, turn in zip(above, turns, strict=True)]
        self.dampers = [
            2 * share * mass * turn for share, mass, turn in zip(shares, above, turns, strict=True)
        ]
        self.loss = find_loss(np.sqrt(runner.energy_return)) / runner.foot_m_s
        self.height = np.sqrt(runner.leg_m**2 - runner.ahead_m**2)

    def find_forces(self, time_s: float, state: np.ndarray) -> tuple[float, float, float, float]:
        """Forces under the foot, from shank to thigh, at the base of spine and neck, N."""
        limb, pelvis, trunk, head, v_limb, v_pelvis, v_trunk, v_head = state
        runner = self.runner
        ground = max(0.0, runner.contact_n_per_m * limb * (1 + self.loss * v_limb))
        upright = self.height - pelvis + limb
        length = np.hypot(upright, runner.speed_m_s * time_s - runner.ahead_m)
        leg = max(0.0, runner.leg_n_per_m * (runner.leg_m - length)) * upright / length
        (spine, neck), (slow_spine, slow_neck) = self.springs, self.dampers
        return (
            ground if limb > 0 else 0.0,
            leg,
            spine * (trunk - pelvis) + slow_spine * (v_trunk - v_pelvis),
            neck * (head - trunk) + slow_neck * (v_head - v_trunk),
        )

    def press(self, time_s: float, state: np.ndarray) -> float:
        """How much shorter the leg is than when it is straight, m; the footfall ends at 0."""
        forward = self.runner.speed_m_s * time_s - self.runner.ahead_m
        length = np.hypot(self.height - state[1] + state[0], forward)
        return float(self.runner.leg_m - length) if time_s > EARLIEST_S else 1.0

    press.terminal = True  # type: ignore[attr-defined]
    press.direction = -1  # type: ignore[attr-defined]

    def stay_up(self, time_s: float, state: np.ndarray) -> float:
        """How much higher than half of the leg the hip is over the foot, m."""
        return float(self.height - state[1] + state[0] - self.runner.leg_m / 2)

    stay_up.terminal = True  # type: ignore[attr-defined]

    def move(self, time_s: float, state: np.ndarray) -> list[float]:
        """Speeds and accelerations of the four masses."""
        forces = (*self.find_forces(time_s, state), 0.0)
        pulls = [G - (forces[i] - forces[i + 1]) / mass for i, mass in enumerate(self.masses)]
        return [*state[4:], *pulls]

    def tell(self, time_s: np.ndarray, state: np.ndarray, forces: np.ndarray) -> "Impact":
        """Say what arrives at each station."""
        masses = np.array(self.masses)
        lifted = forces - np.column_stack([forces[:, 1:], np.zeros(len(forces))])
        felt = lifted / masses
        shank, pelvis, trunk, head = felt.T
        hip = forces[:, 1] - self.runner.masses_kg[1] * pelvis
        return Impact(
            self.runner,
            time_s,
            np.column_stack([forces[:, 0], forces[:, 1], hip, forces[:, 2], forces[:, 3]]),
            # in a leg that folds, the knee moves half as the ankle does and half as the hip
            np.column_stack([shank, (shank + pelvis) / 2, pelvis, trunk, head]) / G,
            masses @ state[:4] / masses.sum(),
        )


@dataclass(frozen=True)
class Impact:
    """What a footfall does on its way up the body.

    Attributes
    ----------
    runner : Runner
    time_s : numpy.ndarray, shape (n,)
        Since touch-down, s.
    force_n : numpy.ndarray, shape (n, 5)
        Force that passes each of `STATIONS`, N: under the foot, and from there up what is left of
        it. Muscles that press a joint together come on top and are not in it.
    shock_g : numpy.ndarray, shape (n, 5)
        Acceleration that each station feels, g: 0 in flight, 1 in standing still. That of the foot
        is that of foot and shank.
    sunk_m : numpy.ndarray, shape (n,)
        How far the centre of mass has sunk since touch-down, m.
    """

    runner: Runner
    time_s: np.ndarray
    force_n: np.ndarray
    shock_g: np.ndarray
    sunk_m: np.ndarray

    @property
    def force_bw(self) -> np.ndarray:
        """The forces in body weights, shape (n, 5)."""
        return self.force_n / self.runner.weight_n

    @cached_property
    def _first(self) -> int | None:
        """Where the force under the foot has its first peak within the impact; None without one."""
        force = self.force_n[:, 0]
        early = self.time_s[1:-1] <= IMPACT_S
        peaks = np.flatnonzero((force[1:-1] > force[:-2]) & (force[1:-1] >= force[2:]) & early)
        return int(peaks[0]) + 1 if len(peaks) else None

    @property
    def has_peak(self) -> bool:
        """Whether the impact makes a peak of its own, before the push of the leg."""
        return self._first is not None

    @property
    def peak_bw(self) -> float:
        """The impact peak under the foot, body weights; NaN where it has none of its own."""
        return float("nan") if self._first is None else float(self.force_bw[self._first, 0])

    @property
    def peak_ms(self) -> float:
        """When the impact peak is reached, ms after touch-down; NaN where there is none."""
        return float("nan") if self._first is None else float(self.time_s[self._first] * 1000)

    @property
    def rate_bw_s(self) -> float:
        """Mean loading rate up to the impact peak, body weights a second; NaN without a peak."""
        return 1000 * self.peak_bw / self.peak_ms

    @property
    def contact_s(self) -> float:
        """How long the foot stays on the ground, s."""
        return float(self.time_s[-1])

    def footfall(self, limb_share: float, second_peak: float) -> Footfall:
        """What the law of the footfall makes of the same contact and the same stop of the shank.

        Parameters
        ----------
        limb_share, second_peak : float
            As of `Footfall`.

        Returns
        -------
        Footfall
        """
        runner = self.runner
        # foot and shank stop where the sole is pressed most, early on
        fallen = np.cumsum(self.shock_g[:, 0] - 1) * G * self.time_s[1]
        stop = float(self.time_s[int(np.argmax(fallen >= runner.foot_m_s))])
        return Footfall(
            runner.weight_n,
            self.contact_s,
            runner.flight_s,
            runner.foot_m_s,
            stop,
            limb_share,
            second_peak,
        )

    def table(self) -> pd.DataFrame:
        """Say what arrives at each station, and when.

        Returns
        -------
        pandas.DataFrame
            Index: the stations. Columns: ``shock_g``, ``shock_ms`` and ``force_bw``, ``force_ms``,
            the most in the first 50 ms and when; ``share_percent``, the shock as a share of the
            shin's; ``later_bw``, ``later_ms``, the most force of the whole contact.
        """
        early = self.time_s <= IMPACT_S
        shock, force, whole = self.shock_g[early], self.force_bw[early], self.force_bw
        milliseconds = 1000 * self.time_s
        return pd.DataFrame(
            {
                "shock_g": shock.max(axis=0),
                "shock_ms": milliseconds[shock.argmax(axis=0)],
                "share_percent": 100 * shock.max(axis=0) / shock[:, 0].max(),
                "force_bw": force.max(axis=0),
                "force_ms": milliseconds[force.argmax(axis=0)],
                "later_bw": whole.max(axis=0),
                "later_ms": milliseconds[whole.argmax(axis=0)],
            },
            index=pd.Index(STATIONS, name="station"),
        )
