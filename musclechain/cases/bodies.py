"""Bodies made for a lesson: two springs on a stand."""

from functools import cache

import networkx as nx

from musclechain.anatomy.body import Body, read_body
from musclechain.mechanics.change import CauseError, check_number

__all__ = ["ARRANGEMENTS", "two_springs"]

ARRANGEMENTS = ("series", "parallel")
# The hook is as good as free of stiffness of its own: it hands on the pull and holds nothing back.
HOOK_N_PER_MM = 1e-4
PRETENSION_N = 1.0
BED_N_PER_M = 0.1


def two_springs(arrangement="series", k1=10.0, k2=30.0):
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
        With the structures ``hook``, ``spring_1`` and ``spring_2``; every
        function that takes the large body takes this one.

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
    if arrangement not in ARRANGEMENTS:
        raise CauseError(f"arrangement must be 'series' or 'parallel', and is {arrangement!r}.")
    check_number("k1", k1, 1, 100, "N/mm")
    check_number("k2", k2, 1, 100, "N/mm")
    graph = _build_stand()
    if arrangement == "series":
        _add_spring(graph, "hook", "Hook", HOOK_N_PER_MM, PRETENSION_N, "left", {2: "first_knot"})
        _add_spring(
            graph,
            "spring_1",
            "Spring 1",
            k1,
            PRETENSION_N,
            None,
            {1: "first_knot", 2: "second_knot"},
        )
        _add_spring(graph, "spring_2", "Spring 2", k2, PRETENSION_N, "right", {1: "second_knot"})
        _add_knot(graph, "first_knot", -50.0, ("hook", "spring_1"))
        _add_knot(graph, "second_knot", 25.0, ("spring_1", "spring_2"))
    else:
        _add_spring(
            graph, "hook", "Hook", HOOK_N_PER_MM, 2 * PRETENSION_N, "left", {2: "first_knot"}
        )
        for number, stiffness in (("1", k1), ("2", k2)):
            _add_spring(
                graph,
                f"spring_{number}",
                f"Spring {number}",
                stiffness,
                PRETENSION_N,
                "right",
                {1: "first_knot"},
            )
        _add_knot(graph, "first_knot", -50.0, ("hook", "spring_1", "spring_2"))
    return Body.from_graph(graph).with_parameters(junction_tether=BED_N_PER_M)


@cache
def _read_library():
    """Parameters, sources and evidence of the package's data, read once: a slider asks for a new
    body at every step."""
    return read_body().graph.graph


def _build_stand():
    """A stand in the place of a skeleton: what the springs are fixed to."""
    library, graph = _read_library(), nx.MultiGraph()
    graph.graph.update(
        {
            **library,
            "name": "two springs",
            "junctions": {},
            "parameters": dict(library["parameters"]),
            "stations": (),
        }
    )
    _add_bone(graph, "pelvis", "Stand", "ground", 10.0, (50, 1000, 0))
    _add_bone(graph, "head", "Top of the stand", "pelvis", 1.0, (50, 1400, 0), (50, 1100, 0))
    for side, sign in (("left", -1), ("right", 1)):
        _add_bone(
            graph,
            f"thigh_{side}",
            "Post",
            "pelvis",
            2.0,
            (50, 500, sign * 100),
            (50, 900, sign * 100),
            side,
        )
        _add_bone(
            graph,
            f"foot_{side}",
            "Foot of the stand",
            f"thigh_{side}",
            1.0,
            (50, 60, sign * 100),
            (0, 100, sign * 100),
            side,
        )
    return graph


def _add_bone(graph, bone, name, parent, mass_kg, com_mm, joint_mm=None, side="midline"):
    region = {"pelvis": "pelvis", "head": "head"}.get(bone, bone.split("_")[0])
    graph.add_node(
        bone,
        kind="bone",
        name=name,
        plain_name=name.lower(),
        side=side,
        region=region,
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


def _add_spring(graph, name, words, stiffness_n_per_mm, pretension_n, foot, knots):
    graph.add_node(
        name,
        kind="tendon",
        name=words,
        plain_name=words.lower(),
        side="midline",
        region="foot",
        source="estimate",
        note="",
        layer=1,
        view="both",
        lines={
            1: {
                "stiffness_n_per_mm": stiffness_n_per_mm,
                "pretension_n": pretension_n,
                "points": 2,
                "ends": dict(knots),
            }
        },
    )
    if foot:
        number = next(point for point in (1, 2) if point not in knots)
        graph.add_edge(
            name,
            f"foot_{foot}",
            key="attaches",
            kind="attaches",
            points={(1, number): (0.0, 100.0, -100.0 if foot == "left" else 100.0)},
        )


def _add_knot(graph, name, z_mm, members):
    graph.graph["junctions"][name] = {
        "bone": "foot_left",
        "freedom": 1,
        "name": name.replace("_", " ").capitalize(),
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
            junction=name,
        )
