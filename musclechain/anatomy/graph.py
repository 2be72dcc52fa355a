"""Build the body as one networkx graph from the records of one side.

Nodes are anatomical structures, edges say how they hang together. This is the only place that
builds
the graph.
"""

import networkx as nx
import numpy as np

from musclechain.anatomy.nerves import add_nerves

__all__ = ["build_graph"]


SIDES = ("left", "right")


MIRROR = {"left": np.array([1.0, 1.0, -1.0]), "right": np.ones(3)}


class AnatomyGraph(nx.MultiGraph):
    """A networkx graph whose copies share nothing, so that changing a copy never reaches the body
    it came from."""

    def copy(self, as_view=False):
        """Copy the graph with all that hangs on its nodes and edges."""
        return super().copy(as_view=True) if as_view else _copy(self)


def _sided(base, side):
    return base if side == "midline" else f"{base}_{side}"


def _sides(paired):
    return SIDES if paired == "paired" else ("midline",)


def build_graph(tables):
    """Build the graph of both sides of the body from the records of one side.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    networkx.MultiGraph
        Nodes carry `kind`, edges carry `kind`; points are in millimetres.
    """
    graph = AnatomyGraph(name="musclechain body")
    graph.graph["parameters"] = {made.parameter: made for made in tables.parameters}
    graph.graph["evidence"] = {made.evidence: made for made in tables.evidence}
    graph.graph["sources"] = {made.source: made for made in tables.sources}
    graph.graph["claims"] = {made.claim: made for made in tables.claims}
    graph.graph["grades"] = {made.grade: made for made in tables.hamstring_grades}
    graph.graph["stations"] = tables.chains
    _add_bones(graph, tables)
    _add_soft_tissues(graph, tables)
    _add_lines(graph, tables)
    _add_links(graph, tables)
    add_nerves(graph, tables)
    return graph


def _add_bones(graph, tables):
    paired = {made.bone for made in tables.bones if made.side == "paired"}

    def name(bone, side):
        return f"{bone}_{side}" if bone in paired else bone

    for made in tables.bones:
        for side in _sides(made.side):
            centre = np.array([made.com_x_mm, made.com_y_mm, made.com_z_mm]) * MIRROR.get(side, 1.0)
            graph.add_node(
                name(made.bone, side),
                kind="bone",
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                region=made.region,
                parent=name(made.parent, side),
                mass_kg=made.mass_kg,
                com_mm=tuple(centre),
                source=made.source,
                note=made.note,
            )
    for made in tables.joints:
        for side in _sides(made.side):
            place = np.array([made.x_mm, made.y_mm, made.z_mm]) * MIRROR.get(side, 1.0)
            joint = _sided(made.joint, side)
            # order of the axes everywhere: X side bend, Y rotation, Z flexion
            graph.add_edge(
                name(made.parent, side),
                name(made.child, side),
                key=joint,
                kind="articulates",
                joint=joint,
                name=made.name,
                place_mm=tuple(place),
                stiffness_nm_per_deg=(
                    made.stiffness_side_bend_nm_per_deg,
                    made.stiffness_rotation_nm_per_deg,
                    made.stiffness_flexion_nm_per_deg,
                ),
                allowance_nm=(
                    made.allowance_side_bend_nm,
                    made.allowance_rotation_nm,
                    made.allowance_flexion_nm,
                ),
                source=made.source,
            )
    graph.graph["junctions"] = {
        _sided(made.junction, side): {
            "bone": name(made.bone, side),
            "freedom": made.freedom,
            "name": made.name,
            "source": made.source,
            "point_mm": tuple(np.array([made.x_mm, made.y_mm, made.z_mm]) * MIRROR.get(side, 1.0)),
        }
        for made in tables.junctions
        for side in _sides(made.side)
    }


def _add_soft_tissues(graph, tables):
    drawing = ("view", "layer", "belly", "width", "tendon_proximal", "tendon_distal")
    for made in tables.muscles:
        for side in SIDES:
            graph.add_node(
                _sided(made.muscle, side),
                kind="muscle",
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                region=made.region,
                group=made.group,
                action=made.action,
                nerve=_sided(made.nerve, side),
                roots=made.roots,
                source=made.source,
                note=made.note,
                innervation_grade=made.innervation_grade,
                base=made.muscle,
                lines={},
                **{key: getattr(made, key) for key in drawing},
            )
    for made in tables.soft_tissues:
        for side in _sides(made.side):
            graph.add_node(
                _sided(made.tissue, side),
                kind=made.kind,
                name=made.name,
                plain_name=made.plain_name,
                side=side,
                region=made.region,
                function=made.function,
                source=made.source,
                note=made.note,
                base=made.tissue,
                lines={},
                **{key: getattr(made, key) for key in drawing},
            )


def _place_name(graph, place, side):
    """Give the bone or junction of a point its side; `opposite:` crosses the midline."""
    if place.startswith("opposite:"):
        place, side = place.removeprefix("opposite:"), "left" if side == "right" else "right"
    return place if place in graph or place in graph.graph["junctions"] else f"{place}_{side}"


def _add_lines(graph, tables):
    """Hang every line on its bones: one `attaches` edge per bone, with the points of all lines."""
    points = {}
    for made in tables.line_points:
        points.setdefault((made.structure, made.line), []).append(made)
    for made in (*tables.muscle_lines, *tables.tissue_lines):
        for side in SIDES if f"{made.structure}_left" in graph else ("midline",):
            structure = _sided(made.structure, side)
            values = made.model_dump(exclude={"structure", "line"})
            path = points[made.structure, made.line]
            values.update(points=len(path), ends={})
            for point in path:
                place = _place_name(graph, point.place, side)
                where = tuple(
                    np.array([point.x_mm, point.y_mm, point.z_mm]) * MIRROR.get(side, 1.0)
                )
                if place in graph.graph["junctions"]:
                    values["ends"][point.point] = place
                    continue
                if not graph.has_edge(structure, place, key="attaches"):
                    graph.add_edge(structure, place, key="attaches", kind="attaches", points={})
                graph.edges[structure, place, "attaches"]["points"][made.line, point.point] = where
            graph.nodes[structure]["lines"][made.line] = values


def _add_links(graph, tables):
    for made in tables.links:
        if made.kind != "continuous":
            continue
        for side in SIDES:
            other = side if made.side != "opposite" else ("left" if side == "right" else "right")
            ends = [f"{made.from_}_{side}", f"{made.to}_{other}"]
            ends = [end if end in graph else end.rsplit("_", 1)[0] for end in ends]
            if graph.has_edge(*ends, key="continuous"):
                continue
            junction = None if made.junction == "none" else _place_name(graph, made.junction, side)
            graph.add_edge(
                *ends,
                key="continuous",
                kind="continuous",
                grade=made.grade,
                evidence=made.evidence,
                statement=made.statement,
                junction=junction,
            )


def _copy(graph):
    """Copy so far down that no change of the copy reaches the original."""
    twin = AnatomyGraph(graph)
    junctions = {name: dict(made) for name, made in graph.graph.get("junctions", {}).items()}
    twin.graph = dict(
        graph.graph, parameters=dict(graph.graph.get("parameters", {})), junctions=junctions
    )
    for _, data in twin.nodes(data=True):
        if "lines" in data:
            data["lines"] = {
                number: {**values, "ends": dict(values["ends"])}
                for number, values in data["lines"].items()
            }
    for _, _, data in twin.edges(data=True):
        if "points" in data:
            data["points"] = dict(data["points"])
    return twin
