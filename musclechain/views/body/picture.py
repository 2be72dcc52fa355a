"""What the body map sends to the browser once: outlines, names, chains, nerves, looks."""

import numpy as np

from musclechain.anatomy.nerves import find_motor_roots
from musclechain.views.body.outline.curves import ACROSS
from musclechain.views.body.scene import CERTAINTY, EXAGGERATIONS, STRONG, find_frames
from musclechain.views.page.palette import (
    BODY,
    WORD_EDGES,
    scale_colour,
    tissue_colour,
)

__all__ = []


def _pack_drawing(body, drawing):
    """Pack the outlines: int16 vertices (0.1 mm, two bones, share) and, as plain data, what each
    part is and what each view shows."""
    parts, drawn, known, place, size = (
        [],
        [],
        {},
        {name: number for number, name in enumerate(body.structures)},
        0,
    )

    def add(curves, role, owner):
        nonlocal size
        if id(curves) not in known:
            drawn.append(curves)
            parts.append(
                {
                    "owner": owner,
                    "role": role,
                    "ends": [size, *(size + end for end in curves.ends)],
                    "closed": curves.closed,
                }
            )
            size += len(curves.points)
            known[id(curves)] = len(parts) - 1
        return known[id(curves)]

    def write(group):
        entry = {
            "parts": [
                add(curves, role, place.get(group.structure, -1)) for role, curves in group.curves
            ]
        }
        if group.structure:
            entry |= (
                {"layer": group.layer, "behind": True}
                if group.behind
                else {
                    "layer": group.layer,
                    "structure": place[group.structure],
                    "anchor": _write_anchor(group.anchor),
                }
            )
        if group.nerve:
            entry |= {"nerve": group.nerve, "anchor": _write_anchor(group.anchor)}
        return entry

    frames = find_frames(drawing)
    views = {
        view: {
            "frame": frames[view],
            "axis": ACROSS[view][0],
            "sign": ACROSS[view][1],
            "groups": [write(group) for group in groups],
        }
        for view, groups in drawing.views.items()
    }
    points, bones, share = (
        np.concatenate([getattr(curves, name) for curves in drawn])
        for name in ("points", "bones", "share")
    )
    return (
        parts,
        np.column_stack(
            [np.round(points * 10), bones[:, 0] * 16 + bones[:, 1], np.round(share * 1000)]
        )
        .astype("<i2")
        .tobytes(),
        views,
    )


def _write_anchor(anchor):
    point, bones, share = anchor
    return [*np.round(point, 1).tolist(), int(bones[0]), int(bones[1]), round(float(share), 3)]


def _name(node):
    side = "" if node["side"] == "midline" else f", {node['side']}"
    return f"{node.get('name', '')}{side}"


def _describe_structures(body):
    found = []
    for name in body.structures:
        node = body.graph.nodes[name]
        found.append(
            {
                "id": name,
                "name": _name(node) if "name" in node else name,
                "plain": str(node.get("plain_name", "")),
                "muscle": node["kind"] == "muscle",
                "layer": int(node.get("layer", 1)),
                "nerve": str(node.get("nerve", "")),
                "roots": list(find_motor_roots(body, name)) if node["kind"] == "muscle" else [],
            }
        )
    return found


def _describe_chains(body):
    """List the chains: name, stations by number, and the grade of each step (none where no
    evidence stands behind it)."""
    place = {name: number for number, name in enumerate(body.structures)}
    return [
        {
            "id": key,
            "name": chain.name,
            "stations": [place[one] for one in chain.stations if one in place],
            "grades": [step.grade or "no evidence" for step in chain.transitions],
        }
        for key, chain in body.chains.items()
    ]


def _describe_nerves(body):
    graph, found, place = (
        body.graph,
        {},
        {name: number for number, name in enumerate(body.structures)},
    )
    for name, node in graph.nodes(data=True):
        if node.get("kind") == "nerve":
            ways = [(other, data.get("kind")) for _, other, data in graph.edges(name, data=True)]
            found[name] = {
                "name": _name(node),
                "plain": str(node.get("plain_name", "")),
                "roots": [graph.nodes[root]["level"] for root, kind in ways if kind == "arises"],
                "supplies": [
                    place[other] for other, kind in ways if kind == "supplies" and other in place
                ],
            }
    return found


def _describe_picture(body, drawing):
    parts, outlines, views = _pack_drawing(body, drawing)
    bones = list(body.bones)
    return outlines, {
        "bones": len(bones),
        "structures": _describe_structures(body),
        "chains": _describe_chains(body),
        "nerves": _describe_nerves(body),
        "parts": parts,
        "views": views,
        "marks": {
            name: [bones.index(bone), *np.round(np.asarray(point, float), 1).tolist()]
            for name, (bone, point) in drawing.marks.items()
        },
        "colours": BODY,
        "scales": [
            [colour(k / 50) for k in range(-50, 51)] for colour in (tissue_colour, scale_colour)
        ],
        "exaggerations": EXAGGERATIONS,
        "mild": WORD_EDGES[0],
        "strong": STRONG,
        "certainty": [
            {"letter": letter, "word": word, "meaning": meaning}
            for word, (letter, meaning) in CERTAINTY.items()
        ],
    }
