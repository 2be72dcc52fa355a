"""Bodies made for a lesson: two springs on a stand."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import networkx as nx

from musclechain.anatomy.body import Body, read_body
from musclechain.anatomy.sides import Point
from musclechain.mechanics.change import CauseError, check_number

__all__ = ["ARRANGEMENTS", "two_springs"]

ARRANGEMENTS = ("series", "parallel")
# The hook is as good as free of stiffness of its own: it hands on the pull and holds nothing back.
HOOK_N_PER_MM = 1e-4
PRETENSION_N = 1.0
BED_N_PER_M = 0.1
TOE_N = 0.01  # springs are straight from the start
FIRST_KNOT_MM, SECOND_KNOT_MM = -50.0, 25.0  # to the right of the middle between the feet
END_MM = 100.0  # from the middle to the end that is fixed to a foot


def two_springs(arrangement: str = "series", k1: float = 10.0, k2: float = 30.0) -> Body:
    """Build the smallest body that shows how springs share a pull: a hook and two springs between
    the feet of a stand.

    In series the hook pulls on spring 1, and spring 1 on spring 2. In parallel
    the hook pulls on both at once. The other end is fixed.

    Parameters
    ----------
    arrangement : "series" or "parallel"
    k1, k2 : float
        Stiffness of the springs, N/mm, 1 to 100.

    Returns
    -------
    Body
        With the structures ``hook``, ``spring_1`` and ``spring_2``. It can be solved with
        `spread`, cut and changed like any body, and told of by `describe_springs`. It has no
        muscle, no nerve and no spine: causes that name a part of the human body do not find it,
        and pictures of the human form (`BodyMap` and the labs around it) cannot draw it.

    Raises
    ------
    CauseError
        For another arrangement, or a stiffness out of range.

    Examples
    --------
    >>> from musclechain import PullOn, spread
    >>> pulled = spread(two_springs("series", 10, 30), PullOn("hook", 30)).table()
    >>> pulled["pull_N"].round(1).to_dict()
    {'hook': 30.0, 'spring_1': 30.0, 'spring_2': 30.0}

    Notes
    -----
    The stand is needed because the model asks every body to stand on two feet;
    both ends of the springs are fixed to feet, which do not move.
    """
    if not isinstance(arrangement, str) or arrangement not in ARRANGEMENTS:
        raise CauseError(f"arrangement must be 'series' or 'parallel', and is {arrangement!r}.")
    check_number("k1", k1, 1, 100, "N/mm")
    check_number("k2", k2, 1, 100, "N/mm")
    graph = _build_stand()
    if arrangement == "series":
        _hang_in_series(graph, k1, k2)
    else:
        _hang_in_parallel(graph, k1, k2)
    return Body.from_graph(graph).with_parameters(junction_tether=BED_N_PER_M, strand_toe=TOE_N)


def _hang_in_series(graph: nx.MultiGraph, k1: float, k2: float) -> None:
    _add_spring(graph, "hook", HOOK_N_PER_MM, PRETENSION_N, "left", {2: "first_knot"})
    _add_spring(graph, "spring_1", k1, PRETENSION_N, None, {1: "first_knot", 2: "second_knot"})
    _add_spring(graph, "spring_2", k2, PRETENSION_N, "right", {1: "second_knot"})
    _add_knot(graph, "first_knot", FIRST_KNOT_MM, ("hook", "spring_1"))
    _add_knot(graph, "second_knot", SECOND_KNOT_MM, ("spring_1", "spring_2"))


def _hang_in_parallel(graph: nx.MultiGraph, k1: float, k2: float) -> None:
    _add_spring(graph, "hook", HOOK_N_PER_MM, 2 * PRETENSION_N, "left", {2: "first_knot"})
    _add_spring(graph, "spring_1", k1, PRETENSION_N, "right", {1: "first_knot"})
    _add_spring(graph, "spring_2", k2, PRETENSION_N, "right", {1: "first_knot"})
    _add_knot(graph, "first_knot", FIRST_KNOT_MM, ("hook", "spring_1", "spring_2"))


@cache
def _read_library() -> Mapping[str, Any]:
    """Parameters, sources and evidence of the package's data, read once: a slider asks for a new
    body at every step."""
    library: Mapping[str, Any] = read_body().graph.graph
    return library


def _build_stand() -> nx.MultiGraph:
    """A stand in the place of a skeleton: what the springs are fixed to."""
    graph: nx.MultiGraph = nx.MultiGraph()
    changes = {"name": "two springs", "junctions": {}, "stations": ()}
    graph.graph.update({**_read_library(), **changes})
    _add_bone(graph, "pelvis", "Stand", "ground", 10.0, (50, 1000, 0))
    _add_bone(graph, "head", "Top of the stand", "pelvis", 1.0, (50, 1400, 0), (50, 1100, 0))
    for side, sign in (("left", -1), ("right", 1)):
        hip, ankle = (50, 900, sign * 100), (0, 100, sign * 100)
        thigh, foot = f"thigh_{side}", f"foot_{side}"
        _add_bone(graph, thigh, "Post", "pelvis", 2.0, (50, 500, sign * 100), hip, side)
        _add_bone(graph, foot, "Foot of the stand", thigh, 1.0, (50, 60, sign * 100), ankle, side)
    return graph


def _add_bone(
    graph: nx.MultiGraph,
    bone: str,
    name: str,
    parent: str,
    mass_kg: float,
    com_mm: Point,
    joint_mm: Point | None = None,
    side: str = "midline",
) -> None:
    graph.add_node(
        bone,
        kind="bone",
        name=name,
        plain_name=name.lower(),
        side=side,
        region=bone.split("_")[0],
        parent=parent,
        mass_kg=mass_kg,
        com_mm=com_mm,
        source="estimate",
        note="",
    )
    if joint_mm:
        graph.add_edge(
            parent,
            bone,
            key=f"{bone}_joint",
            kind="articulates",
            joint=f"{bone}_joint",
            name=f"Joint of {name.lower()}",
            place_mm=joint_mm,
            stiffness_nm_per_deg=(100.0, 100.0, 100.0),
            allowance_nm=(1000.0, 1000.0, 1000.0),
            source="estimate",
        )


def _add_spring(
    graph: nx.MultiGraph,
    spring: str,
    stiffness_n_per_mm: float,
    pretension_n: float,
    foot: str | None,
    knots: Mapping[int, str],
) -> None:
    """Add a spring between knots, the end without a knot fixed to a foot."""
    name = spring.replace("_", " ")
    line = {
        "stiffness_n_per_mm": stiffness_n_per_mm,
        "pretension_n": pretension_n,
        "points": 2,
        "ends": dict(knots),
    }
    graph.add_node(
        spring,
        kind="tendon",
        name=name.capitalize(),
        plain_name=name,
        side="midline",
        region="foot",
        source="estimate",
        note="",
        layer=1,
        view="both",
        lines={1: line},
    )
    if foot:
        point = next(point for point in (1, 2) if point not in knots)
        place = (0.0, 100.0, -END_MM if foot == "left" else END_MM)
        points = {(1, point): place}
        graph.add_edge(spring, f"foot_{foot}", key="attaches", kind="attaches", points=points)


def _add_knot(graph: nx.MultiGraph, knot: str, z_mm: float, members: tuple[str, ...]) -> None:
    graph.graph["junctions"][knot] = {
        "bone": "foot_left",
        "freedom": 1,
        "name": knot.replace("_", " ").capitalize(),
        "source": "estimate",
        "point_mm": (0.0, 100.0, z_mm),
    }
    for second in members[1:]:
        graph.add_edge(
            members[0],
            second,
            key="continuous",
            kind="continuous",
            grade="supported",
            evidence=(),
            statement="",
            junction=knot,
        )
