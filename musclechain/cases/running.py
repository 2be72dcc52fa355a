"""A hard run: what is under the foot, and how the runner lands on it."""

from collections.abc import Mapping
from typing import Literal, get_args

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.cases.description import Number, Switch, case, field
from musclechain.mechanics.impact import (
    Footfall,
    Impact,
    Runner,
    find_leg_stiffness,
    measure_body,
    solve_footfall,
    stack,
)

__all__ = [
    "ADULT",
    "SHOES",
    "SURFACES",
    "HardRun",
    "build_runner",
    "find_law",
    "read_numbers",
    "run_impact",
]

Shoe = Literal["thin", "ordinary", "soft"]
Surface = Literal["asphalt", "track", "treadmill", "springy"]
SHOES: tuple[Shoe, ...] = get_args(Shoe)
SURFACES: tuple[Surface, ...] = get_args(Surface)
STIFFNESS = ("N/m", 1000, 1e9)
# what a run reads of data/cases.csv: unit, least, most
ADULT = {
    **{f"sole_{shoe}": STIFFNESS for shoe in SHOES},
    **{f"ground_{surface}": STIFFNESS for surface in SURFACES},
    "leg_on_hard": ("N/m", 1000, 1e5),
    "leg_on_soft": ("N/m", 1000, 1e5),
    "hard_track": STIFFNESS,
    "soft_track": STIFFNESS,
    "heel": STIFFNESS,
    "energy_return": ("share", 0.05, 1),
    "foot_speed": ("m/s", 0.1, 5),
    "speed": ("m/s", 0.5, 8),
    "contact": ("s", 0.1, 0.5),
    "spine": ("Hz", 1, 50),
    "spine_damping": ("share", 0, 2),
    "neck": ("Hz", 1, 100),
    "neck_damping": ("share", 0, 2),
    "limb_share": ("share", 0.01, 0.3),
    "second_peak": ("share", 0.2, 0.8),
}


@case
class HardRun:
    """An easy run at one speed, landing on the heel: which ground, which shoe, how many steps, and
    how the runner lands."""

    surface: Surface = field(
        "Ground",
        default="asphalt",
        help="The springy track is the one of an experiment; nobody runs on ground so soft.",
    )
    shoe: Shoe = field("Sole", default="ordinary")
    cadence: Number = field(
        "Steps a minute",
        default=160.0,
        low=150,
        high=190,
        step=5,
        help="At the same speed: more steps are shorter, with less time in the air.",
    )
    foot_speed: Number = field(
        "The foot comes down at",
        default=1.0,
        low=0.7,
        high=1.5,
        step=0.05,
        unit="m/s",
        help="How hard the runner lands.",
    )
    leg: Number = field(
        "Stiffness of the leg",
        default=1.0,
        low=0.9,
        high=1.5,
        step=0.05,
        unit="%",
        percent=True,
        help="Of what it is on hard ground: muscles hold the knee and the ankle.",
    )
    adapts: Switch = field(
        "The runner adapts the leg to what is underfoot",
        default=False,
        help=(
            "As measured on tracks: on softer ground the leg gets stiffer. That a sole counts like"
            " ground is an assumption."
        ),
    )


def run_impact(body: Body, run: HardRun) -> Impact:
    """Let a body land as in a run.

    It is no posture, so `spread` does not know it.

    Parameters
    ----------
    body : Body
        Gives the masses and the length of the leg.
    run : HardRun

    Returns
    -------
    Impact

    Raises
    ------
    DataError
        If data/cases.csv lacks a number.
    SolveError
        As `solve_footfall`.

    Examples
    --------
    >>> import musclechain as mc
    >>> impact = mc.run_impact(mc.read_body(), mc.HardRun(shoe="soft"))
    >>> list(impact.table().index)
    ['foot', 'knee', 'hip', 'low back', 'head']
    """
    return solve_footfall(build_runner(body, run))


def build_runner(
    body: Body,
    run: HardRun,
    numbers: Mapping[str, float] | None = None,
) -> Runner:
    """Build the chain that lands.

    Parameters
    ----------
    body : Body
    run : HardRun
    numbers : mapping of str to float, optional
        In place of those of data/cases.csv, by quantity of the easy run.

    Returns
    -------
    Runner
    """
    numbers = {**read_numbers(body), **(numbers or {})}
    sole, ground = numbers[f"sole_{run.shoe}"], numbers[f"ground_{run.surface}"]
    masses, leg_m = measure_body(body)
    speed, contact = numbers["speed"], numbers["contact"]
    # who takes more steps stays on the ground as long, and in the air for less time (FT22)
    flight = 60 / run.cadence - contact
    leg = find_leg_stiffness(sum(masses), leg_m, speed, contact, flight)
    if run.adapts:
        usual = 1 / numbers["sole_ordinary"] + 1 / numbers["hard_track"]
        give = 1 / ground + 1 / sole - usual
        leg = 1 / (1 / leg - _find_share_taken_back(numbers) * give)
    return Runner(
        masses_kg=masses,
        leg_m=leg_m,
        leg_n_per_m=run.leg * leg,
        contact_n_per_m=stack(ground, sole, numbers["heel"]),
        energy_return=numbers["energy_return"],
        spine_hz=numbers["spine"],
        spine_damping=numbers["spine_damping"],
        neck_hz=numbers["neck"],
        neck_damping=numbers["neck_damping"],
        speed_m_s=speed,
        contact_s=contact,
        flight_s=flight,
        foot_m_s=run.foot_speed * numbers["foot_speed"],
    )


def draw_numbers(body: Body, count: int, seed: int = 0) -> list[dict[str, float]]:
    """Draw the numbers of an easy run from their ranges, each evenly and apart.

    Parameters
    ----------
    body : Body
    count : int
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    list of dict
        As `build_runner` takes them.
    """
    return read_levels(body, "easy_run", ADULT, ("adult",))["adult"].draw(ADULT, count, seed)


def find_law(body: Body, impact: Impact) -> Footfall:
    """Find what the law of the footfall (FT19) says of the contact of a landed chain.

    Parameters
    ----------
    body : Body
    impact : Impact

    Returns
    -------
    Footfall
    """
    numbers = read_numbers(body)
    return impact.footfall(numbers["limb_share"], numbers["second_peak"])


def _find_share_taken_back(numbers: Mapping[str, float]) -> float:
    """How much of what the ground gives way runners take back with a stiffer leg (FT16)."""
    leg = 1 / numbers["leg_on_hard"] - 1 / numbers["leg_on_soft"]
    return leg / (1 / numbers["soft_track"] - 1 / numbers["hard_track"])


def read_numbers(body: Body) -> Mapping[str, float]:
    """Read the numbers of an easy run.

    Parameters
    ----------
    body : Body

    Returns
    -------
    mapping of str to float
        By quantity of data/cases.csv.
    """
    return read_levels(body, "easy_run", ADULT, ("adult",))["adult"].values
