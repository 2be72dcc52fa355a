"""Build the body as one networkx graph from the records of one side.

Nodes are anatomical structures, edges say how they hang together. This is the only place that
builds the graph.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from musclechain.anatomy.frozen import AnatomyGraph
from musclechain.anatomy.nerves import add_nerves
from musclechain.anatomy.records import (
    Attachment,
    Joint,
    Junction,
    LinePoint,
    MuscleLine,
    Tables,
    TissueLine,
)
from musclechain.anatomy.sides import (
    OTHER_SIDE,
    SIDES,
    Point,
    list_sides,
    mirror_point,
    name_place,
    name_side,
)

__all__ = ["build_graph"]

DRAWING = ("view", "layer", "belly", "width", "tendon_proximal", "tendon_distal")


def build_graph(tables: Tables) -> nx.MultiGraph:
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
    graph.graph["parameters"] = {record.parameter: record for record in tables.parameters}
    graph.graph["evidence"] = {record.evidence: record for record in tables.evidence}
    graph.graph["sources"] = {record.source: record for record in tables.sources}
    graph.graph["claims"] = {record.claim: record for record in tables.claims}
    graph.graph["cases"] = tables.cases
    graph.graph["stations"] = tables.chains
    graph.graph["nerve_stems"] = tables.nerve_stems
    graph.graph["skin"] = tables.skin
    graph.graph["skin_nerves"] = tables.skin_nerves
    graph.graph["dermatomes"] = tables.dermatomes
    graph.graph["referred_pain"] = tables.referred_pain
    _add_bones(graph, tables)
    _add_joints(graph, tables)
    _add_junctions(graph, tables)
    _add_muscles(graph, tables)
    _add_tissues(graph, tables)
    _add_lines(graph, tables)
    _add_attachments(graph, tables)
    _add_links(graph, tables)
    add_nerves(graph, tables)
    return graph


def _add_bones(graph: nx.MultiGraph, tables: Tables) -> None:
    paired = {bone.bone for bone in tables.bones if bone.side == "paired"}
    for bone in tables.bones:
        for side in list_sides(bone.side):
            graph.add_node(
                name_side(bone.bone, side),
                kind="bone",
                name=bone.name,
                plain_name=bone.plain_name,
                side=side,
                region=bone.region,
                parent=f"{bone.parent}_{side}" if bone.parent in paired else bone.parent,
                mass_kg=bone.mass_kg,
                com_mm=mirror_point((bone.com_x_mm, bone.com_y_mm, bone.com_z_mm), side),
                source=bone.source,
                note=bone.note,
            )


def _place(record: Joint | Junction | LinePoint | Attachment, side: str) -> Point:
    return mirror_point((record.x_mm, record.y_mm, record.z_mm), side)


def _add_joints(graph: nx.MultiGraph, tables: Tables) -> None:
    stops = defaultdict(list)
    for stop in tables.joint_stops:
        stops[stop.joint].append(
            (stop.axis, stop.direction, stop.angle_deg, stop.moment_nm, stop.steepness_deg)
        )
    oblique = defaultdict(list)
    for line in tables.joint_axes:
        oblique[line.joint].append((line.axis, (line.x, line.y, line.z)))
    for joint in tables.joints:
        for side in list_sides(joint.side):
            name = name_side(joint.joint, side)
            # order of the axes everywhere: X side bend, Y rotation, Z flexion
            graph.add_edge(
                name_place(graph, joint.parent, side),
                name_place(graph, joint.child, side),
                key=name,
                kind="articulates",
                joint=name,
                name=joint.name,
                place_mm=_place(joint, side),
                stiffness_nm_per_deg=(
                    joint.stiffness_side_bend_nm_per_deg,
                    joint.stiffness_rotation_nm_per_deg,
                    joint.stiffness_flexion_nm_per_deg,
                ),
                passive_share=joint.passive_share,
                stops=tuple(stops[joint.joint]),
                oblique_axes=tuple(
                    (axis, mirror_point(line, side)) for axis, line in oblique[joint.joint]
                ),
                allowance_nm=(
                    joint.allowance_side_bend_nm,
                    joint.allowance_rotation_nm,
                    joint.allowance_flexion_nm,
                ),
                source=joint.source,
            )


def _add_junctions(graph: nx.MultiGraph, tables: Tables) -> None:
    graph.graph["junctions"] = {
        name_side(junction.junction, side): {
            "bone": name_place(graph, junction.bone, side),
            "freedom": junction.freedom,
            "name": junction.name,
            "source": junction.source,
            "point_mm": _place(junction, side),
        }
        for junction in tables.junctions
        for side in list_sides(junction.side)
    }


def _add_muscles(graph: nx.MultiGraph, tables: Tables) -> None:
    for muscle in tables.muscles:
        for side in SIDES:
            graph.add_node(
                name_side(muscle.muscle, side),
                kind="muscle",
                name=muscle.name,
                plain_name=muscle.plain_name,
                side=side,
                region=muscle.region,
                group=muscle.group,
                action=muscle.action,
                nerve=name_side(muscle.nerve, side),
                roots=muscle.roots,
                source=muscle.source,
                note=muscle.note,
                innervation_grade=muscle.innervation_grade,
                base=muscle.muscle,
                lines={},
                **{column: getattr(muscle, column) for column in DRAWING},
            )


def _add_tissues(graph: nx.MultiGraph, tables: Tables) -> None:
    for tissue in tables.soft_tissues:
        for side in list_sides(tissue.side):
            graph.add_node(
                name_side(tissue.tissue, side),
                kind=tissue.kind,
                name=tissue.name,
                plain_name=tissue.plain_name,
                side=side,
                region=tissue.region,
                function=tissue.function,
                source=tissue.source,
                note=tissue.note,
                base=tissue.tissue,
                lines={},
                **{column: getattr(tissue, column) for column in DRAWING},
            )


def _add_attachments(graph: nx.MultiGraph, tables: Tables) -> None:
    """Give sheets the curves along which they begin and end: (bone, place, tendon share)."""
    curves: dict[str, dict[str, list[Attachment]]] = defaultdict(lambda: defaultdict(list))
    for point in tables.attachments:
        curves[point.muscle][point.end].append(point)
    for muscle, ends in curves.items():
        for side in _list_sides_of(graph, muscle):
            graph.nodes[name_side(muscle, side)]["attachments"] = {
                end: tuple(
                    (name_place(graph, point.place, side), _place(point, side), point.tendon_share)
                    for point in sorted(points, key=lambda point: point.point)
                )
                for end, points in ends.items()
            }


def _list_sided_lines(
    graph: nx.MultiGraph, tables: Tables
) -> Iterator[tuple[MuscleLine | TissueLine, str]]:
    """List every line of the files with each side on which it exists."""
    lines: tuple[MuscleLine | TissueLine, ...] = (*tables.muscle_lines, *tables.tissue_lines)
    for line in lines:
        for side in _list_sides_of(graph, line.structure):
            yield line, side


def _list_sides_of(graph: nx.MultiGraph, structure: str) -> tuple[str, ...]:
    """List the sides on which a structure of the files exists."""
    return tuple(SIDES) if f"{structure}_left" in graph else ("midline",)


def _add_lines(graph: nx.MultiGraph, tables: Tables) -> None:
    """Hang every line on its bones: one `attaches` edge per bone, with the points of all lines."""
    paths: dict[tuple[str, int], list[LinePoint]] = {}
    for point in tables.line_points:
        paths.setdefault((point.structure, point.line), []).append(point)
    junctions = graph.graph["junctions"]
    beyond = _list_bones_beyond(graph)
    places = {*graph, *junctions, *beyond}
    for line, side in _list_sided_lines(graph, tables):
        structure, path = name_side(line.structure, side), paths[line.structure, line.line]
        ends: dict[int, str] = {}
        midway: list[int] = []
        for point in path:
            place = name_place(places, point.place, side)
            if place in junctions:
                ends[point.point] = place
                continue
            if place in beyond and place not in graph:
                midway.append(point.point)
                place = beyond[place]
            if not graph.has_edge(structure, place, key="attaches"):
                graph.add_edge(structure, place, key="attaches", kind="attaches", points={})
            points = graph.edges[structure, place, "attaches"]["points"]
            points[line.line, point.point] = _place(point, side)
        values: Mapping[str, Any] = line.model_dump(exclude={"structure", "line"})
        graph.nodes[structure]["lines"][line.line] = {
            **values,
            "points": len(path),
            "ends": ends,
            "midway": tuple(midway),
        }


def _list_bones_beyond(graph: nx.MultiGraph) -> dict[str, str]:
    """List the bone that hangs on each joint."""
    found = {}
    for first, second, data in graph.edges(data=True):
        if data["kind"] == "articulates":
            found[data["joint"]] = second if graph.nodes[second]["parent"] == first else first
    return found


def _add_links(graph: nx.MultiGraph, tables: Tables) -> None:
    places = {*graph, *graph.graph["junctions"]}
    for link in tables.links:
        if link.kind != "continuous":
            continue
        for side in SIDES:
            other = OTHER_SIDE[side] if link.side == "opposite" else side
            first, second = _name_end(graph, link.from_, side), _name_end(graph, link.to, other)
            if graph.has_edge(first, second, key="continuous"):
                continue
            graph.add_edge(
                first,
                second,
                key="continuous",
                kind="continuous",
                grade=link.grade,
                evidence=link.evidence,
                statement=link.statement,
                junction=(
                    None if link.junction == "none" else name_place(places, link.junction, side)
                ),
            )


def _name_end(graph: nx.MultiGraph, structure: str, side: str) -> str:
    """Give a structure the ending of its side unless it lies in the midline."""
    return f"{structure}_{side}" if f"{structure}_{side}" in graph else structure
