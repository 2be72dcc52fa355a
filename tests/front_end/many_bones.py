"""A body of twenty bones, five more than that of the data: arms in two parts, toes, and a jaw."""

from typing import Any

import musclechain as mc

# Bone, the bone that it hangs on, its joint (mm); of the right side, the left one is its mirror.
LIMBS = (
    ("forearm", "arm", (-200.0, 1150.0, 200.0)),
    ("toes", "foot", (-60.0, 60.0, 80.0)),
)
JAW = (-170.0, 1640.0, 0.0)
# Stiff enough for the body to stand without a muscle that holds it.
STIFF = {"stiffness_nm_per_deg": (50.0, 50.0, 50.0), "allowance_nm": (500.0, 500.0, 500.0)}
# Points below a height (mm), or ahead of a line, go from the old bone to the new one.
ELBOW_MM = 1140.0
TOES_AHEAD_MM = -60.0


def build_many_bones() -> mc.Body:
    """Build the body; the muscles of arm and foot hold on to the new bones."""
    graph = mc.read_body().graph.copy()
    for side, sign in (("left", -1), ("right", 1)):
        for name, parent, (x, y, z) in LIMBS:
            _add_bone(graph, f"{name}_{side}", f"{parent}_{side}", (x, y, sign * z), side)
        _move_points(graph, f"arm_{side}", f"forearm_{side}", lambda point: point[1] < ELBOW_MM)
        _move_points(graph, f"foot_{side}", f"toes_{side}", lambda point: point[0] > TOES_AHEAD_MM)
    _add_bone(graph, "jaw", "head", JAW, "midline")
    return mc.Body.from_graph(graph)


def _add_bone(graph: Any, bone: str, parent: str, place: tuple, side: str) -> None:
    graph.add_node(
        bone,
        kind="bone",
        name=bone,
        plain_name=bone,
        side=side,
        region=graph.nodes[parent]["region"],
        parent=parent,
        mass_kg=0.5,
        com_mm=place,
        source="",
        note="",
    )
    graph.add_edge(
        bone,
        parent,
        key="articulates",
        kind="articulates",
        joint=f"{bone}_joint",
        name=f"{bone} joint",
        place_mm=place,
        source="",
        **STIFF,
    )


def _move_points(graph: Any, old: str, new: str, is_moved: Any) -> None:
    """Let the points of lines that lie on the new bone be carried by it."""
    attached = [
        (structure, edge)
        for _, structure, edge in graph.edges(old, data=True)
        if edge.get("kind") == "attaches"
    ]
    for structure, edge in attached:
        moved = {key: point for key, point in edge["points"].items() if is_moved(point)}
        if not moved:
            continue
        edge["points"] = {key: point for key, point in edge["points"].items() if key not in moved}
        graph.add_edge(structure, new, key="attaches", **{**edge, "points": moved})
        _move_curves(graph.nodes[structure], old, new, is_moved)


def _move_curves(structure: dict[str, Any], old: str, new: str, is_moved: Any) -> None:
    """The same for the curves along which it is drawn."""
    structure["attachments"] = {
        curve: tuple(
            (new if bone == old and is_moved(place) else bone, place, share)
            for bone, place, share in points
        )
        for curve, points in structure.get("attachments", {}).items()
    }
