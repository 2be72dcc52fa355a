"""Keep the outlines of the body that comes with the package, so that its first picture need not
wait for them.

`outlines.npz` holds what `build_drawing` makes of that body and of no other: a
fingerprint of everything the outlines depend on lies beside them. A body with another
fingerprint is drawn anew; if its bones stand alike, only near the structures that
differ. A test draws the body and compares; ``python -m musclechain outlines`` writes
the file again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from musclechain.anatomy.body import Body, read_body
from musclechain.anatomy.graph_checks import GraphError
from musclechain.mechanics.change import SolveError
from musclechain.mechanics.spread import find_healthy_body, find_skeleton
from musclechain.views.body.outline.curves import ACROSS, Anchor, Curves
from musclechain.views.body.outline.drawing import Drawing, Group, build_drawing, read_shape
from musclechain.views.body.outline.kept import Kept
from musclechain.views.body.outline.sight import Sight

__all__ = [
    "OUTLINES",
    "find_drawing",
    "find_healthy_transforms",
    "fingerprint",
    "load_drawing",
    "save_drawing",
    "write_outlines",
]

OUTLINES = Path(__file__).with_name("outlines.npz")
LOOKS = (
    "kind",
    "base",
    "view",
    "layer",
    "region",
    "side",
    "belly",
    "width",
    "tendon_proximal",
    "tendon_distal",
    "attachments",
)
SIZES = ("pcsa_cm2", "fibre_mm", "points", "ends", "midway")
# How far (m, and as a direction cosine) healthy standing may differ between machines before the
# outlines count as others.
SAME_POSTURE = 1e-4
# Digits of the digest of one structure: enough to tell two of a body apart.
SHORT = 16
# The file counts bones in one byte, and places in tenths of a millimetre in two.
MOST_BONES, FURTHEST_MM = 256, 3276.7


def find_healthy_transforms(body: Body) -> dict[str, np.ndarray]:
    """Find how each bone moves from the data's posture to healthy standing.

    Returns
    -------
    dict of bone id to numpy.ndarray, shape (4, 4)
        Metres. A body that cannot stand is drawn in the data's posture.
    """
    kept = body.derived("healthy_transforms", _find_healthy_transforms)
    return {bone: move.copy() for bone, move in kept.items()}


def _find_healthy_transforms(body: Body) -> dict[str, np.ndarray]:
    try:
        skeleton = find_skeleton(body)
        pose = find_healthy_body(body).stance.geometry.pose
    except SolveError:
        return {bone: np.eye(4) for bone in body.bones}
    moves = {}
    for number, bone in enumerate(skeleton.bones):
        moves[bone] = np.eye(4)
        moves[bone][:3, :3] = pose.rotation[number]
        moves[bone][:3, 3] = pose.origin[number] - pose.rotation[number] @ skeleton.joint[number]
    return moves


def find_drawing(body: Body) -> Drawing:
    """Find the outlines of a body: those of the package if they are this body's, else computed;
    kept with the body.

    Raises
    ------
    GraphError
        If the body lacks a joint or a bone that the picture hangs on.
    """
    return body.derived("drawing", _find_drawing)


def _find_drawing(body: Body) -> Drawing:
    healthy = find_healthy_transforms(body)
    plan, drawing = _read_file(OUTLINES, body, healthy)
    if drawing is None:
        return build_drawing(body, healthy)
    if plan["fingerprint"] == fingerprint(body):
        return drawing
    return build_drawing(body, healthy, _list_kept(plan, drawing, body))


def fingerprint(body: Body) -> str:
    """Digest of everything the outlines of a body depend on, except healthy standing.

    Returns
    -------
    str
        SHA-256 as hexadecimal digits.
    """
    told = body.derived("told structures", _describe_structures)
    return _digest([_describe_frame(body), list(told.items()), _describe_nerves(body)])


def _describe_nerves(body: Body) -> list[list[Any]]:
    """Describe where each nerve runs, and what it reaches."""
    return [
        [name, data.get("branches"), sorted(body.graph.adj[name])]
        for name, data in body.graph.nodes(data=True)
        if data.get("kind") == "nerve"
    ]


def _describe_frame(body: Body) -> list[Any]:
    """Describe what carries all structures: the bones, and the places of the joints."""
    joints = sorted(
        (data["joint"], tuple(data["place_mm"]))
        for *_, data in body.graph.edges(data=True)
        if data.get("kind") == "articulates" and "joint" in data
    )
    return [list(body.bones), joints]


def _describe_structures(body: Body) -> dict[str, list[Any]]:
    """Describe what the lines of each structure make its shape of."""
    nodes, junctions = body.graph.nodes, body.graph.graph["junctions"]
    told = {name: [[nodes[name].get(key) for key in LOOKS]] for name in body.structures}
    for line in body.lines:
        # a junction is drawn where its bone goes
        places = [junctions.get(place.split("_part_")[0], place) for place in line.places]
        told[line.structure].append(
            [
                line.number,
                line.places,
                places,
                np.round(line.points, 3).tolist(),
                [line.values.get(key) for key in SIZES],
            ]
        )
    return told


def _digest_structures(body: Body) -> dict[str, str]:
    told = body.derived("told structures", _describe_structures)
    return {name: _digest(of_one)[:SHORT] for name, of_one in told.items()}


def _digest_nerves(body: Body) -> dict[str, str]:
    return {name: _digest(told)[:SHORT] for name, *told in _describe_nerves(body)}


def _digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


# ---- write -----------------------------------------------------------------------------------


def write_outlines(path: Path = OUTLINES) -> int:
    """Draw the body that comes with the package and write its outlines.

    Parameters
    ----------
    path : pathlib.Path
        By default the file that comes with the package.

    Returns
    -------
    int
        Size of the file, bytes.
    """
    save_drawing(path, read_body())
    return path.stat().st_size


def save_drawing(path: Path, body: Body) -> None:
    """Compute the outlines of a body and write them to a file.

    Parameters
    ----------
    path : pathlib.Path
    body : Body

    Raises
    ------
    GraphError
        If the body has more bones, or reaches further, than the file can count.
    """
    healthy = find_healthy_transforms(body)
    drawing = build_drawing(body, healthy)
    curves = _list_curves(drawing)
    points, bones, share = (
        np.concatenate([getattr(curve, name) for curve in curves])
        for name in ("points", "bones", "share")
    )
    _check_room(drawing, points)
    plan = {
        "fingerprint": fingerprint(body),
        "frame": _digest(_describe_frame(body)),
        "structures": _digest_structures(body),
        "nerves": _digest_nerves(body),
        "shapes": [
            [axis, name, shape.kind, round(shape.out, 6)]
            for (axis, name), shape in drawing.shapes.items()
        ],
        **_describe_drawing(drawing, curves),
    }
    np.savez_compressed(
        path,
        plan=np.frombuffer(json.dumps(plan).encode(), np.uint8),
        healthy=np.array([healthy[bone] for bone in drawing.bones]),
        points=np.round(points * 10).astype(np.int16),
        bones=bones.astype(np.uint8),
        share=np.round(share * 1000).astype(np.uint16),
    )


def _list_curves(drawing: Drawing) -> list[Curves]:
    """List the curves of all views, those that views share once."""
    known = {
        id(curves): curves
        for groups in drawing.views.values()
        for group in groups
        for _, curves in group.curves
    }
    return list(known.values())


def _check_room(drawing: Drawing, points: np.ndarray) -> None:
    if len(drawing.bones) > MOST_BONES:
        raise GraphError(
            f"The file of outlines counts up to {MOST_BONES} bones, and this body has"
            f" {len(drawing.bones)}."
        )
    furthest = float(np.abs(points).max())
    if furthest > FURTHEST_MM:
        raise GraphError(
            f"The file of outlines holds places up to {FURTHEST_MM:.0f} mm from the middle, and"
            f" this body reaches {furthest:.0f} mm."
        )


def _describe_drawing(drawing: Drawing, curves: Sequence[Curves]) -> dict[str, Any]:
    """Describe a drawing as plain data, its curves by their numbers."""
    number = {id(curve): at for at, curve in enumerate(curves)}
    return {
        "bones": drawing.bones,
        "frames": drawing.frames,
        "views": {
            view: [_write_group(group, number) for group in groups]
            for view, groups in drawing.views.items()
        },
        "marks": {
            name: [bone, np.round(point, 1).tolist()]
            for name, (bone, point) in drawing.marks.items()
        },
        "skins": list(_find_skins(drawing, number)),
        "ends": [curve.ends for curve in curves],
        "closed": [curve.closed for curve in curves],
    }


def _find_skins(drawing: Drawing, number: Mapping[int, int]) -> Iterator[tuple[str, int, int]]:
    """Find which curve of a drawing, and which line of it, each outline of skin is."""
    found = {
        loop.tobytes(): (number[id(curves)], at)
        for groups in drawing.views.values()
        for group in groups
        for role, curves in group.curves
        if role in ("skin", "far")
        for at, loop in enumerate(curves.split())
    }
    for name, skin in drawing.skins.items():
        yield (name, *found[skin.points.tobytes()])


def _write_group(group: Group, number: Mapping[int, int]) -> list[Any]:
    sight: list[Any] = []
    if group.sight:
        anchors, depth, half_width = group.sight
        sight = [[_write_anchor(anchor) for anchor in anchors], depth, half_width]
    return [
        [[role, number[id(curves)]] for role, curves in group.curves],
        group.structure,
        group.nerve,
        group.layer,
        group.behind,
        _write_anchor(group.anchor) if group.anchor else [],
        sight,
    ]


def _write_anchor(anchor: Anchor) -> list[Any]:
    point, bones, share = anchor
    return [np.round(point, 1).tolist(), [int(bone) for bone in bones], round(share, 3)]


# ---- read ------------------------------------------------------------------------------------


def load_drawing(path: Path, body: Body, healthy: Mapping[str, np.ndarray]) -> Drawing | None:
    """Read outlines that `save_drawing` wrote.

    Parameters
    ----------
    path : pathlib.Path
    body : Body
    healthy : mapping
        From `find_healthy_transforms`.

    Returns
    -------
    Drawing or None
        None if there is no file or it is of another body.
    """
    plan, drawing = _read_file(path, body, healthy)
    return drawing if plan.get("fingerprint") == fingerprint(body) else None


def _read_file(
    path: Path, body: Body, healthy: Mapping[str, np.ndarray]
) -> tuple[dict[str, Any], Drawing | None]:
    """Read the plan and the drawing of a file of outlines; nothing if there is none, or if it is of
    a body that stands otherwise."""
    if not path.exists():
        return {}, None
    with np.load(path) as file:
        plan = json.loads(bytes(file["plan"]))
        same = plan["frame"] == _digest(_describe_frame(body)) and np.allclose(
            file["healthy"], [healthy[bone] for bone in body.bones], atol=SAME_POSTURE
        )
        if not same:
            return {}, None
        curves = _read_curves(plan, file["points"], file["bones"], file["share"])
    views = {
        view: tuple(_read_group(entry, curves) for entry in entries)
        for view, entries in plan["views"].items()
    }
    frames = {view: tuple(frame) for view, frame in plan["frames"].items()}
    marks = {name: (bone, np.array(point)) for name, (bone, point) in plan["marks"].items()}
    skins = {name: curves[number].pick(at) for name, number, at in plan["skins"]}
    return plan, Drawing(tuple(plan["bones"]), views, frames, marks, skins=skins)


def _list_kept(plan: Mapping[str, Any], drawing: Drawing, body: Body) -> Kept:
    """List the shapes of a file, and the structures that a body has otherwise or not at all."""
    groups = {
        (ACROSS[view][0], group.structure): group
        for view, groups in drawing.views.items()
        for group in groups
        if group.structure and not group.behind
    }
    shapes = {
        (axis, name): read_shape(groups[axis, name], kind, out)
        for axis, name, kind, out in plan["shapes"]
    }
    now = _digest_structures(body)
    names = plan["structures"].keys() | now.keys()
    changed = {name for name in names if plan["structures"].get(name) != now.get(name)}
    sights = {
        (view, group.structure): group.sight
        for view, groups in drawing.views.items()
        for group in groups
        if group.structure and not group.behind
    }
    courses = _digest_nerves(body)
    nerves = {
        (view, group.nerve): (group.curves, group.anchor)
        for view, groups in drawing.views.items()
        for group in groups
        if group.nerve
        and group.anchor
        and plan["nerves"][group.nerve] == courses.get(group.nerve)
        and changed.isdisjoint(body.graph.adj[group.nerve])
    }
    return Kept(shapes, frozenset(changed), sights, nerves, drawing.skins)


def _read_curves(
    plan: Mapping[str, Any], points: np.ndarray, bones: np.ndarray, share: np.ndarray
) -> list[Curves]:
    places, carriers, shares = points / 10.0, bones.astype(int), share / 1000.0
    curves, start = [], 0
    for ends, closed in zip(plan["ends"], plan["closed"], strict=True):
        rows = slice(start, start + ends[-1])
        curves.append(Curves(places[rows], carriers[rows], shares[rows], tuple(ends), closed))
        start += ends[-1]
    return curves


def _read_group(entry: Sequence[Any], curves: Sequence[Curves]) -> Group:
    parts, structure, nerve, layer, behind, anchor, sight = entry
    drawn = tuple((role, curves[number]) for role, number in parts)
    place = _read_anchor(anchor) if anchor else None
    seen = Sight(tuple(map(_read_anchor, sight[0])), *sight[1:]) if sight else None
    return Group(drawn, structure, nerve, layer, behind, place, seen)


def _read_anchor(entry: Sequence[Any]) -> Anchor:
    point, bones, share = entry
    return Anchor(np.array(point), tuple(bones), share)
