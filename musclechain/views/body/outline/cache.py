"""Keep the outlines of the body that comes with the package, so that its first picture need not
wait for them.

`outlines.npz` holds what `build_drawing` makes of that body and of no other: a
fingerprint of everything the outlines depend on lies beside them, and a body
with another fingerprint is drawn anew. A test draws the body and compares.
Write the file again with ``python -m musclechain.views.body.outline.cache``.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from musclechain.anatomy.body import read_body
from musclechain.mechanics.change import SolveError
from musclechain.mechanics.spread import find_healthy_body, find_skeleton
from musclechain.views.body.outline.curves import Curves
from musclechain.views.body.outline.drawing import Drawing, Group, build_drawing

__all__ = [
    "OUTLINES",
    "find_drawing",
    "find_healthy_transforms",
    "fingerprint",
    "load_drawing",
    "save_drawing",
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
)
SIZES = ("pcsa_cm2", "fibre_mm", "points", "ends")
# How far (m, and as a direction cosine) healthy standing may differ between machines before the
# outlines count as others.
SAME_POSTURE = 1e-4


def find_healthy_transforms(body):
    """Find how each bone moves from the data's posture to healthy standing.

    Returns
    -------
    dict of bone id to numpy.ndarray, shape (4, 4)
        Metres. A body that cannot stand is drawn in the data's posture.
    """
    try:
        skeleton = find_skeleton(body)
        pose = find_healthy_body(body).stance.geometry.pose
    except SolveError:
        return {bone: np.eye(4) for bone in body.bones}
    found = {}
    for number, bone in enumerate(skeleton.bones):
        found[bone] = np.eye(4)
        found[bone][:3, :3] = pose.rotation[number]
        found[bone][:3, 3] = pose.origin[number] - pose.rotation[number] @ skeleton.joint[number]
    return found


def find_drawing(body):
    """Find the outlines of a body: those of the package if they are this body's, else computed;
    kept with the body."""
    return body.derived("drawing", _find_drawing)


def _find_drawing(body):
    healthy = find_healthy_transforms(body)
    return load_drawing(OUTLINES, body, healthy) or build_drawing(body, healthy)


def fingerprint(body):
    """Digest of everything the outlines of a body depend on, except healthy standing.

    Returns
    -------
    str
        SHA-256 as hexadecimal digits.
    """
    joints = sorted(
        (data["joint"], tuple(data["place_mm"]))
        for *_, data in body.graph.edges(data=True)
        if data.get("kind") == "articulates"
    )
    looks = [(name, [body.graph.nodes[name].get(key) for key in LOOKS]) for name in body.structures]
    lines = [
        (
            line.structure,
            line.number,
            line.places,
            np.round(line.points, 3).tolist(),
            [line.values.get(key) for key in SIZES],
        )
        for line in body.lines
    ]
    junctions = sorted((name, data["bone"]) for name, data in body.graph.graph["junctions"].items())
    nerves = [
        (name, data.get("branches"), sorted(body.graph.adj[name]))
        for name, data in body.graph.nodes(data=True)
        if data.get("kind") == "nerve"
    ]
    text = json.dumps([list(body.bones), joints, looks, lines, junctions, nerves], default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def save_drawing(path, body):
    """Compute the outlines of a body and write them to a file.

    Parameters
    ----------
    path : pathlib.Path
    body : Body
    """
    healthy = find_healthy_transforms(body)
    drawing = build_drawing(body, healthy)
    curves, numbers = [], {}

    def number(one):
        if id(one) not in numbers:
            numbers[id(one)] = len(curves)
            curves.append(one)
        return numbers[id(one)]

    def write(group):
        anchor = (
            [
                np.round(group.anchor[0], 1).tolist(),
                [int(bone) for bone in group.anchor[1]],
                round(float(group.anchor[2]), 3),
            ]
            if group.anchor
            else []
        )
        return [
            [[role, number(one)] for role, one in group.curves],
            group.structure,
            group.nerve,
            group.layer,
            group.behind,
            anchor,
        ]

    plan = {
        "fingerprint": fingerprint(body),
        "bones": drawing.bones,
        "frames": drawing.frames,
        "views": {
            view: [write(group) for group in groups] for view, groups in drawing.views.items()
        },
        "marks": {
            name: [bone, np.round(point, 1).tolist()]
            for name, (bone, point) in drawing.marks.items()
        },
        "ends": [one.ends for one in curves],
        "closed": [one.closed for one in curves],
    }
    np.savez_compressed(
        path,
        plan=np.frombuffer(json.dumps(plan).encode(), np.uint8),
        healthy=np.array([healthy[bone] for bone in drawing.bones]),
        points=np.round(np.vstack([one.points for one in curves]) * 10).astype(np.int16),
        bones=np.vstack([one.bones for one in curves]).astype(np.uint8),
        share=np.round(np.concatenate([one.share for one in curves]) * 1000).astype(np.uint16),
    )


def load_drawing(path, body, healthy):
    """Read outlines that `save_drawing` wrote.

    Parameters
    ----------
    path : pathlib.Path
    body : Body
    healthy : dict
        From `find_healthy_transforms`.

    Returns
    -------
    Drawing or None
        None if there is no file or it is of another body.
    """
    if not path.exists():
        return None
    with np.load(path) as file:
        plan = json.loads(bytes(file["plan"]))
        same = plan["fingerprint"] == fingerprint(body) and np.allclose(
            file["healthy"], [healthy[bone] for bone in body.bones], atol=SAME_POSTURE
        )
        if not same:
            return None
        points, bones, share = (
            file["points"] / 10.0,
            file["bones"].astype(int),
            file["share"] / 1000.0,
        )
    curves, start = [], 0
    for ends, closed in zip(plan["ends"], plan["closed"], strict=True):
        rows = slice(start, start + ends[-1])
        curves.append(Curves(points[rows], bones[rows], share[rows], tuple(ends), closed))
        start += ends[-1]
    views = {
        view: tuple(_read_group(entry, curves) for entry in entries)
        for view, entries in plan["views"].items()
    }
    marks = {name: (bone, np.array(point)) for name, (bone, point) in plan["marks"].items()}
    return Drawing(
        tuple(plan["bones"]),
        views,
        {view: tuple(frame) for view, frame in plan["frames"].items()},
        marks,
    )


def _read_group(entry, curves):
    parts, structure, nerve, layer, behind, anchor = entry
    return Group(
        tuple((role, curves[number]) for role, number in parts),
        structure,
        nerve,
        layer,
        behind,
        (np.array(anchor[0]), tuple(anchor[1]), anchor[2]) if anchor else (),
    )


if __name__ == "__main__":
    save_drawing(OUTLINES, read_body())
    sys.stdout.write(f"{OUTLINES.name}: {OUTLINES.stat().st_size / 1000:.0f} kB\n")
