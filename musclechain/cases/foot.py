"""The arch of a foot that stands: which foot the body has, and what the solved body puts on it."""

from collections.abc import Mapping

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.mechanics.arch import Arch, Foot, FootLoad, solve_arch
from musclechain.mechanics.change import check_number, check_side
from musclechain.mechanics.spread import Result, find_skeleton

__all__ = ["FOOT", "draw_foot_numbers", "find_arch", "read_foot"]

SIDES = ("left", "right")
FASCIA = "plantar_fascia"
# what a foot reads of data/cases.csv: unit, least, most
FOOT = {
    "joint_forward": ("mm", 5, 80),
    "joint_height": ("mm", 15, 80),
    "joint_inward": ("mm", -20, 40),
    "heel_back": ("mm", 5, 60),
    "ball_forward": ("mm", 90, 220),
    "ligaments": ("Nm/rad", 5, 5000),
}
MOST_N = 5000.0


def find_arch(
    result: Result,
    side: str,
    load_n: float | None = None,
    numbers: Mapping[str, float] | None = None,
) -> Arch:
    """Find how the arch of a foot of a solved body gives way.

    The whole body is solved with each foot in one piece; the arch is worked out afterwards, from
    what the pose puts on the foot: the force of the ground and its place, the tendons that pull on
    the forefoot, and how far the heel is rolled in. The forefoot stays flat, and what the arch does
    changes nothing above.

    Parameters
    ----------
    result : Result
    side : "left" or "right"
    load_n : float, optional
        Another load on the foot, N, at the same place; 0 to 5000. The tendons then pull in
        proportion.
    numbers : mapping of str to float, optional
        In place of those of data/cases.csv, by quantity of the standing foot.

    Returns
    -------
    Arch

    Raises
    ------
    CauseError
        For another side or load.
    SolveError
        If the arch cannot bear the load.

    Examples
    --------
    >>> import musclechain as mc
    >>> arch = mc.find_arch(mc.spread(mc.read_body()), "left")
    >>> 0.5 < arch.drop_mm < 10
    True
    """
    side = check_side(side, SIDES)
    if load_n is not None:
        load_n = check_number("load_n", load_n, 0, MOST_N, "N")
    return solve_arch(read_foot(result.body, side, numbers), _read_load(result, side, load_n))


def read_foot(body: Body, side: str, numbers: Mapping[str, float] | None = None) -> Foot:
    """Read the foot of a body: where its parts meet, and what ties them.

    Parameters
    ----------
    body : Body
    side : "left" or "right"
    numbers : mapping of str to float, optional
        In place of those of data/cases.csv, by quantity of the standing foot.

    Returns
    -------
    Foot
        Without slips where the plantar fascia was cut.
    """
    if numbers is None:
        return body.derived(f"foot_{side}", lambda body: read_foot(body, side, {}))
    numbers = {**_read_numbers(body), **numbers}
    mm = {name: value / 1000 for name, value in numbers.items()}
    joint = np.array([mm["joint_forward"], mm["joint_height"], -mm["joint_inward"]])
    name = f"{FASCIA}_{side}"
    slips = [line for line in body.lines if line.structure == name]
    softer = body.graph.nodes[name].get("stiffness_factor", 1.0) if slips else 1.0
    softer *= body.parameter("tissue_stiffness_factor")
    return Foot(
        heel=np.array([-mm["heel_back"], 0.0, 0.0]),
        joint=joint,
        ball=np.array([mm["ball_forward"], 0.0, 0.0]),
        slips=tuple(_to_foot(body, side, line.points / 1000) for line in slips),
        slip_n_per_m=np.array(
            [1000 * softer * line.values["stiffness_n_per_mm"] for line in slips]
        ),
        ligament_nm_per_rad=numbers["ligaments"],
    )


def draw_foot_numbers(body: Body, count: int, seed: int = 0) -> list[dict[str, float]]:
    """Draw the numbers of a standing foot from their ranges, each evenly and apart.

    Parameters
    ----------
    body : Body
    count : int
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    list of dict
        As `find_arch` takes them.
    """
    return read_levels(body, "standing_foot", FOOT, ("adult",))["adult"].draw(FOOT, count, seed)


def _read_numbers(body: Body) -> Mapping[str, float]:
    return read_levels(body, "standing_foot", FOOT, ("adult",))["adult"].values


def _to_foot(body: Body, side: str, points: np.ndarray) -> np.ndarray:
    """Points of the data (m) as the foot has them: from the ground under the ankle, z outward."""
    s = find_skeleton(body)
    ankle = s.joint[s.feet[SIDES.index(side)]]
    ground = s.sole[SIDES.index(side), 1]
    out = 1 if side == "right" else -1
    return (points - [ankle[0], ground, ankle[2]]) * [1, 1, out]


def _read_load(result: Result, side: str, load_n: float | None) -> FootLoad:
    """Read what the pose puts on a foot; a lifted one bears nothing."""
    s, state, number = result.skeleton, result.state, SIDES.index(side)
    stance = state.stance
    borne = float(stance.ground[number, 1])
    if borne <= 0:
        return FootLoad(0.0, 0.0)
    foot = s.feet[number]
    ahead = float(stance.contact[number, 0] - stance.geometry.pose.origin[foot, 0])
    newtons = borne if load_n is None else load_n
    return FootLoad(
        newtons,
        ahead,
        _find_tendon_moment(result, side) * newtons / borne,
        float(np.radians(result.change.wedge_deg.get(side, 0.0))),
    )


def _find_tendon_moment(result: Result, side: str) -> float:
    """Moment about the arch joint of the tendons that pull on the forefoot, Nm.

    Of the foot as it is in the data, so that a rolled foot has the same levers.
    """
    s, geometry = result.skeleton, result.state.stance.geometry
    foot, joint = s.feet[SIDES.index(side)], read_foot(result.body, side).joint
    mine = s.bone_of == foot
    place = _to_foot(result.body, side, s.point[mine])
    turn = geometry.pose.rotation[foot]
    force = geometry.pull[mine] * result.state.tensions()[3][s.line_of[mine]][:, None]
    force = force @ turn
    ahead = place[:, 0] > joint[0] + 1e-6
    arm = place - joint
    return float((arm[:, 0] * force[:, 1] - arm[:, 1] * force[:, 0])[ahead].sum())
