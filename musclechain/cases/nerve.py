"""The sciatic nerve of a body as a cord: from the head through the spine to the sole."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.mechanics.change import CauseError
from musclechain.mechanics.nerve import Cord, CordLaw, Course
from musclechain.mechanics.spread import find_skeleton

__all__ = ["NERVE", "STRANDS", "build_cord", "draw_nerve_numbers", "read_nerve_numbers"]

# what a nerve reads of data/cases.csv: unit, least, most
NERVE = {
    "modulus": ("kPa", 100, 200000),
    "toe_strain": ("share", 0.0, 0.4),
    "toe_width": ("share", 0.002, 0.1),
    "resting_strain": ("share", 0.0, 0.3),
    "tibial_area_knee": ("mm2", 1, 200),
    "tibial_area_ankle": ("mm2", 1, 200),
    "fibular_area": ("mm2", 1, 200),
    "dura_area": ("mm2", 1, 500),
    "tether": ("kPa", 0, 1000),
    "root_hold": ("N/m", 0, 1e6),
    "fibular_hold": ("N/m", 0, 1e6),
    "canal_behind": ("mm", 2, 60),
}
# the parts of the nerve from the head on, in words
STRANDS = {
    "canal": "dura in the spinal canal",
    "root": "fifth lumbar root",
    "sciatic": "sciatic nerve",
    "tibial": "tibial nerve",
    "plantar": "nerve of the sole",
    "fibular": "common and deep fibular nerve",
}
# the joints that the spinal canal passes, by the bone below it in the tree, and how far above and
# below the joint its places lie
CANAL = ("head", "neck", "thorax")
BESIDE_M = 0.008
# nerve and branch of data/nerve_points.csv that each part follows
BRANCHES = {
    "root": (("sciatic", "L5"),),
    "sciatic": (("sciatic", "trunk"),),
    "tibial": (("tibial", "trunk"),),
    "plantar": (("tibial", "medial_plantar"),),
    "fibular": (("sciatic_common_fibular_part", "trunk"), ("deep_fibular", "trunk")),
}
LONGEST_M = 0.06  # of a piece that lies on one bone
Place = tuple[str, np.ndarray]


def read_nerve_numbers(body: Body) -> Mapping[str, float]:
    """Read the numbers of the sciatic nerve.

    Parameters
    ----------
    body : Body

    Returns
    -------
    mapping of str to float
        By quantity of data/cases.csv.
    """
    return read_levels(body, "sciatic_nerve", NERVE, ("adult",))["adult"].values


def draw_nerve_numbers(body: Body, count: int, seed: int = 0) -> list[dict[str, float]]:
    """Draw the numbers of the sciatic nerve from their ranges, each evenly and apart.

    Parameters
    ----------
    body : Body
    count : int
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    list of dict
        As `build_cord` takes them.
    """
    return read_levels(body, "sciatic_nerve", NERVE, ("adult",))["adult"].draw(NERVE, count, seed)


def build_cord(
    body: Body,
    side: str,
    numbers: Mapping[str, float] | None = None,
    stiffness: float = 1.0,
) -> Cord:
    """Build the nerve of one side from its course in the data.

    One root stands for all, and both halves of the sciatic nerve are joined down to where they
    part. Roots are held more firmly at their openings, and so is the fibular half at the neck of
    the fibula, where it winds round the bone and divides. Branches to muscles and skin are left
    out; what they hold is part of the tether.

    Parameters
    ----------
    body : Body
    side : "left" or "right"
    numbers : mapping of str to float, optional
        In place of those of data/cases.csv, by quantity of the sciatic nerve.
    stiffness : float
        A factor on the stiffness of the nerve itself.

    Returns
    -------
    Cord

    Raises
    ------
    CauseError
        If the data have no course for a part of the nerve.
    """
    values = {**read_nerve_numbers(body), **(numbers or {})}
    course = _lay_out(body, side, values["canal_behind"] / 1000)
    area = _find_areas(course, values)
    length = course.length
    tether = np.zeros(len(course.point))
    for place in (course.start, course.end):
        np.add.at(tether, place, 1000 * values["tether"] * length / 2)
    strand = np.array(course.strand)
    tether[course.start[strand == "root"][0]] += values["root_hold"]
    tether[_find_neck(body, side, course)] += values["fibular_hold"]
    held = ~np.isin(np.arange(len(tether)), course.start)
    held[course.start[strand == "canal"][0]] = True
    return Cord(
        course,
        CordLaw(1000 * values["modulus"] * stiffness, values["toe_strain"], values["toe_width"]),
        area,
        length / (1 + values["resting_strain"]),
        tether,
        held,
    )


def _lay_out(body: Body, side: str, behind: float) -> Course:
    """Lay all parts out as one tree of places."""
    bones = list(find_skeleton(body).bones)
    parts: dict[str, list[Place]] = {"canal": _find_canal(body, behind)}
    for strand, branches in BRANCHES.items():
        parts[strand] = _divide([at for one in branches for at in _read_branch(body, side, *one)])
    places: list[Place] = list(parts["canal"])
    start, end, names = [], [], []

    def join(strand: str, first: int, rest: Sequence[Place]) -> int:
        for place in rest:
            places.append(place)
            start.append(first)
            end.append(len(places) - 1)
            names.append(strand)
            first = len(places) - 1
        return first

    for first in range(len(places) - 1):
        start.append(first)
        end.append(first + 1)
        names.append("canal")
    at = join("root", join("canal", len(places) - 1, parts["root"][:1]), parts["root"][1:])
    parting = join("sciatic", at, parts["sciatic"][1:])
    join("plantar", join("tibial", parting, parts["tibial"][1:]), parts["plantar"][1:])
    # the common fibular part runs within the trunk until it divides
    division = places[parting][1][1]
    beyond = [place for place in parts["fibular"] if place[1][1] < division - 0.001]
    join("fibular", parting, beyond)
    return Course(
        np.array([bones.index(bone) for bone, _ in places]),
        np.array([point for _, point in places]),
        np.array(start),
        np.array(end),
        tuple(names),
    )


def _read_branch(body: Body, side: str, nerve: str, branch: str) -> list[Place]:
    name = f"{nerve}_{side}"
    branches = dict(body.graph.nodes[name].get("branches", ())) if name in body.graph else {}
    if len(branches.get(branch, ())) < 2:
        raise CauseError(
            f"The body has no course of the branch {branch} of {name}, along which the sciatic"
            " nerve could be stretched. Put it into data/nerve_points.csv."
        )
    return [(bone, np.array(point) / 1000) for bone, point in branches[branch]]


def _find_neck(body: Body, side: str, course: Course) -> int:
    """The place at the neck of the fibula, where the common fibular nerve ends."""
    _, point = _read_branch(body, side, *BRANCHES["fibular"][0])[-1]
    return int(np.argmin(np.linalg.norm(course.point - point, axis=1)))


def _find_canal(body: Body, behind: float) -> list[Place]:
    """Places of the spinal canal, from the head down: above and below each joint of the spine."""
    s = find_skeleton(body)
    places: list[Place] = []
    for bone in CANAL:
        joint = s.bones.index(bone)
        for carrier, above in ((bone, BESIDE_M), (s.bones[s.parent[joint]], -BESIDE_M)):
            places.append((carrier, s.joint[joint] + [-behind, above, 0]))
    return _divide(places)


def _divide(places: Sequence[Place]) -> list[Place]:
    """Divide long pieces that lie on one bone; leave out places that are given twice."""
    divided = [places[0]]
    for (bone, point), (after, stop) in pairwise(places):
        gap = float(np.linalg.norm(stop - point))
        if gap < 0.001:
            continue
        count = int(np.ceil(gap / LONGEST_M)) if bone == after else 1
        divided += [(after, point + (stop - point) * part / count) for part in range(1, count + 1)]
    return divided


def _find_areas(course: Course, values: Mapping[str, float]) -> np.ndarray:
    """Cross-section of each piece, m2; the tibial nerve gets thinner on its way."""
    knee, ankle = values["tibial_area_knee"], values["tibial_area_ankle"]
    strand = np.array(course.strand)
    whole = knee + values["fibular_area"]
    areas = {"root": whole, "sciatic": whole, "plantar": ankle, "fibular": values["fibular_area"]}
    area = np.array([areas.get(name, values["dura_area"]) for name in course.strand])
    tibial = strand == "tibial"
    run = np.cumsum(course.length[tibial]) - course.length[tibial] / 2
    area[tibial] = knee + (ankle - knee) * run / course.length[tibial].sum()
    return area / 1e6
