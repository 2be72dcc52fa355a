"""A body small enough to draw by hand: a pelvis on two feet, with a head on a stalk.

    head  (5 kg, centre 0.3 m above its joint)
     |        muscles left and right of the joint, 0.1 m away
    pelvis (10 kg)
    /   \
 thigh thigh  (2 kg each, hips and ankles 0.1 m to each side)
  foot  foot  (1 kg each)
"""

from itertools import pairwise

import networkx as nx

import musclechain as mc


def build_graph():
    """The graph of the hand-drawn body, to be changed before `Body.from_graph`."""
    real = mc.read_body().graph
    parameters = real.graph["parameters"]
    # it stands as it is drawn
    as_drawn = parameters["standing_tilt"].model_copy(update={"value": 0.0})
    graph = nx.MultiGraph()
    graph.graph.update(
        {
            **real.graph,
            "junctions": {},
            "parameters": {**parameters, "standing_tilt": as_drawn},
            "stations": (),
        }
    )
    add_bone(graph, "pelvis", "ground", 10.0, (50, 1000, 0), side="midline")
    add_bone(graph, "head", "pelvis", 5.0, (50, 1400, 0), joint=(50, 1100, 0), side="midline")
    for side, sign in (("left", -1), ("right", 1)):
        add_bone(
            graph,
            f"thigh_{side}",
            "pelvis",
            2.0,
            (0, 500, sign * 100),
            joint=(0, 900, sign * 100),
            side=side,
        )
        add_bone(
            graph,
            f"foot_{side}",
            f"thigh_{side}",
            1.0,
            (50, 60, sign * 100),
            joint=(0, 100, sign * 100),
            side=side,
        )
    for side, sign in (("left", -1), ("right", 1)):
        add_soft(
            graph,
            f"stay_{side}",
            "muscle",
            side,
            [("pelvis", (50, 1000, sign * 100)), ("head", (50, 1300, sign * 100))],
        )
    return graph


def add_bone(graph, bone, parent, mass, com, joint=None, side="midline"):
    graph.add_node(
        bone,
        kind="bone",
        name=bone,
        plain_name=bone,
        side=side,
        region="pelvis",
        parent=parent,
        mass_kg=mass,
        com_mm=com,
    )
    if joint:
        graph.add_edge(
            parent,
            bone,
            key=f"{bone}_joint",
            kind="articulates",
            joint=f"{bone}_joint",
            place_mm=joint,
            stiffness_nm_per_deg=(20.0, 20.0, 20.0),
            allowance_nm=(1e-2 if bone == "head" else 500.0, 500.0, 500.0),
        )


def add_soft(graph, name, kind, side, path, junctions=(), **values):
    """Add a soft structure with one line; `junctions` maps a point's number to a junction."""
    muscle = {"pcsa_cm2": 10.0, "fibre_mm": 1000.0, "slack_mm": 0.0, "pennation_deg": 0.0}
    tissue = {"stiffness_n_per_mm": 100.0, "pretension_n": 0.0}
    line = {
        **(muscle if kind == "muscle" else tissue),
        **values,
        "points": len(path) + len(junctions),
        "ends": dict(junctions),
    }
    graph.add_node(
        name,
        kind=kind,
        name=name,
        plain_name=name,
        side=side,
        region="pelvis",
        lines={1: line},
        roots=("L5",),
        source="estimate",
    )
    numbers = [number for number in range(1, line["points"] + 1) if number not in line["ends"]]
    for number, (bone, point) in zip(numbers, path, strict=True):
        graph.add_edge(name, bone, key="attaches", kind="attaches", points={(1, number): point})


def add_junction(graph, name, bone, point, freedom, members):
    """Let soft structures meet in a junction."""
    graph.graph["junctions"][name] = {
        "bone": bone,
        "freedom": freedom,
        "name": name,
        "source": "estimate",
        "point_mm": point,
    }
    for first, second in pairwise(members):
        graph.add_edge(
            first,
            second,
            key="continuous",
            kind="continuous",
            grade="plausible",
            evidence=(),
            statement="",
            junction=name,
        )
