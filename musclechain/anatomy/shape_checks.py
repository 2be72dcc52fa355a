"""What must hold between the files for bones, joints, lines and junctions to make one body.

Each check is a generator of problems over the sheets that could be read.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from musclechain.anatomy.limits import USUAL_AXES, is_axis
from musclechain.anatomy.problems import Problem, Stage
from musclechain.anatomy.records import FILES
from musclechain.anatomy.sheets import Sheet, Sheets
from musclechain.anatomy.sides import Point

__all__ = ["SHAPE_CHECKS", "list_side_of_ids", "split_side"]

FAR_MM = 600  # from the centre of mass of the bone that carries a point
NEAREST_MM = 0.05  # of two points that follow each other
LEAST_SPREAD = 0.1  # volume that the three axes of a joint span
SHORTEST_MM, LONGEST_MM = 5, 1200  # of a line or a branch of a nerve
# columns that name what carries a point, by file
CARRIERS: dict[str, tuple[str, ...]] = {
    "bones": (),
    "joints": ("parent", "child"),
    "junctions": ("bone",),
    "line_points": ("place",),
    "nerve_points": ("place",),
    "attachments": ("place",),
}


def split_side(place: str) -> tuple[str, int]:
    """Return a place without its prefix, and the factor on z that the prefix stands for."""
    bare = place.removeprefix("opposite:")
    return bare, 1 if bare == place else -1


def list_side_of_ids(sheets: Sheets) -> dict[str, str]:
    """List the side of every structure and place; muscles are paired, and only the good rows are
    known."""
    sides = {muscle.muscle: "paired" for muscle, _ in sheets["muscles"]}
    for name in ("bones", "soft_tissues", "junctions", "joints"):
        column = FILES[name].key[0]
        sides.update((getattr(record, column), record.side) for record, _ in sheets[name])
    return sides


def _check_sides(sheets: Sheets) -> Iterator[Problem]:
    """What lies in the midline cannot hang on one of a pair, because nothing says on which."""
    sides = list_side_of_ids(sheets)
    for name, column, owner in (
        ("bones", "parent", "bone"),
        ("joints", "parent", "joint"),
        ("joints", "child", "joint"),
        ("junctions", "bone", "junction"),
    ):
        for record, row in sheets[name]:
            carrier = getattr(record, column)
            if record.side == "midline" and sides.get(carrier) == "paired":
                found = f"'{carrier}', one of a pair, for '{getattr(record, owner)}' in the midline"
                yield sheets[name].report(row, column, found, "a bone in the midline")
    for joint, row in sheets["joints"]:
        if joint.side == "paired" and sides.get(joint.child) == "midline":
            found = f"'paired' above '{joint.child}' in the midline"
            yield sheets["joints"].report(row, "side", found, "midline")
    for point, row in sheets["line_points"]:
        place_side = sides.get(split_side(point.place)[0])
        if sides.get(point.structure) == "midline" and place_side == "paired":
            found = f"'{point.place}', one of a pair, for '{point.structure}' in the midline"
            yield sheets["line_points"].report(row, "place", found, "a place in the midline")


def _check_places(sheets: Sheets) -> Iterator[Problem]:
    """Points must be millimetres on the right side, near the bone that carries them."""
    centres = {
        bone.bone: (bone.com_x_mm, bone.com_y_mm, bone.com_z_mm) for bone, _ in sheets["bones"]
    }
    for name in CARRIERS:
        for record, row in sheets[name]:
            yield from _check_place(sheets[name], record, row, centres)


def _check_place(
    sheet: Sheet, record: Any, row: int, centres: dict[str, Point]
) -> Iterator[Problem]:
    axes = "com_{}_mm" if sheet.name == "bones" else "{}_mm"
    point = tuple(getattr(record, axes.format(axis)) for axis in "xyz")
    if 0 < max(map(abs, point)) < 3:
        found = ", ".join(f"{value:g}" for value in point)
        yield sheet.report(row, axes.format("x"), found, "millimetres; these look like metres")
        return
    if getattr(record, "side", "midline") == "paired" and point[2] <= 0:
        words = "a number above 0: the right side is written, the left is mirrored"
        yield sheet.report(row, axes.format("z"), f"{point[2]:g}", words)
    if sheet.name == "nerve_points" and point[2] < 0:
        words = "0 or more: the right side is written, the left is mirrored"
        yield sheet.report(row, "z_mm", f"{point[2]:g}", words)
    for column in CARRIERS[sheet.name]:
        bone, sign = split_side(getattr(record, column))
        if bone in centres:
            x, y, z = centres[bone]
            if math.dist(point, (x, y, sign * z)) > FAR_MM:
                found = f"a point more than {FAR_MM} mm from the centre of mass of '{bone}'"
                words = "a point on or near its bone"
                yield sheet.report(row, axes.format("x"), found, words)


def _check_paths(sheets: Sheets) -> Iterator[Problem]:
    """The points of a line or nerve must be counted from 1, apart, and together of human size."""
    for name, owner, part in (
        ("line_points", "structure", "line"),
        ("nerve_points", "nerve", "branch"),
        ("attachments", "muscle", "end"),
    ):
        paths: dict[tuple[str, Any], list[tuple[Any, int]]] = {}
        loose = sheets[name].list_broken(owner)
        for point, row in sheets[name]:
            paths.setdefault((getattr(point, owner), getattr(point, part)), []).append((point, row))
        for (structure, which), points in paths.items():
            if structure not in loose:
                yield from _check_path(sheets[name], f"{structure} {part} {which}", points)


def _check_path(sheet: Sheet, words: str, points: list[tuple[Any, int]]) -> Iterator[Problem]:
    order, row = [point.point for point, _ in points], points[0][1]
    if order != list(range(1, len(order) + 1)):
        found = f"{words} with points {order}"
        yield sheet.report(row, "point", found, "points counted 1, 2, 3 ... in order")
    elif len(points) < 2 and sheet.name in ("nerve_points", "attachments"):
        yield sheet.report(row, "point", f"{words} with one point", "at least two points")
    steps = [math.dist(_place(a), _place(b)) for (a, _), (b, _) in pairwise(points)]
    if steps and not SHORTEST_MM <= sum(steps) <= LONGEST_MM:
        allowed = f"{SHORTEST_MM} to {LONGEST_MM} mm; are the coordinates in millimetres?"
        yield sheet.report(row, "x_mm", f"{words}, {sum(steps):.3g} mm long", allowed)
    for step, (_, row) in zip(steps, points[1:], strict=True):
        if step < NEAREST_MM:
            found, allowed = (
                "the same point as in the row before",
                f"points at least {NEAREST_MM} mm",
            )
            yield sheet.report(row, "x_mm", found, f"{allowed} apart")


def _place(record: Any) -> Point:
    return record.x_mm, record.y_mm, record.z_mm


def _check_lines(sheets: Sheets) -> Iterator[Problem]:
    """Structures, their lines and the points of the lines must match."""
    names = ("line_points", "muscle_lines", "tissue_lines")
    if any(sheets[name].lost for name in names):
        return
    loose = set().union(*(sheets[name].list_broken("structure") for name in names))
    points = Counter((point.structure, point.line) for point, _ in sheets["line_points"])
    for owners, name in (("muscles", "muscle_lines"), ("soft_tissues", "tissue_lines")):
        numbers: dict[str, list[int]] = {}
        for line, row in sheets[name]:
            count = points.pop((line.structure, line.line), 0)
            numbers.setdefault(line.structure, []).append(line.line)
            if count < 2 and line.structure not in loose:
                found = f"{line.structure} line {line.line} with {count} points"
                words = "at least two rows in line_points.csv"
                yield sheets[name].report(row, "line", found, words)
        yield from _check_line_numbers(sheets[owners], name, numbers, loose)
    for point, row in sheets["line_points"]:
        line = (point.structure, point.line)
        if point.point == 1 and line in points and point.structure not in loose:
            found = f"points of {point.structure} line {point.line}, which is in no file of lines"
            words = "a line from muscle_lines.csv or tissue_lines.csv"
            yield sheets["line_points"].report(row, "line", found, words)


def _check_line_numbers(
    owners: Sheet, name: str, numbers: dict[str, list[int]], loose: set[str]
) -> Iterator[Problem]:
    """The lines of a structure are counted from 1."""
    column = FILES[owners.name].key[0]
    for record, row in owners:
        structure = getattr(record, column)
        found = sorted(numbers.get(structure, []))
        is_counted = bool(found) and found == list(range(1, len(found) + 1))
        if structure not in loose and not is_counted:
            words = f"lines counted 1, 2, 3 ... in {name}.csv"
            yield owners.report(row, column, f"{structure} with lines {found or 'none'}", words)


def _check_skeleton(sheets: Sheets) -> Iterator[Problem]:
    """The bones must form one tree that hangs on the ground."""
    sheet = sheets["bones"]
    parents = {bone.bone: bone.parent for bone, _ in sheet}
    grounded = sum(parent == "ground" for parent in parents.values())
    if not sheet.broken and not sheet.lost and grounded != 1:
        found = f"{grounded} bones with the parent 'ground'"
        yield sheet.report(None, "parent", found, "exactly one")
    known = sheet.list_ids("bone") | {"ground"}
    for bone, row in sheet:
        seen, above = {bone.bone}, bone.parent
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if bone.parent not in known:
            found, words = f"'{bone.parent}', an unknown id", "a bone, or ground"
            stage = Stage.NAMING
            yield Problem("bones.csv", row, "parent", found, words, stage, bone.parent, ("bones",))
        elif above == bone.bone:
            found = f"'{bone.parent}', which leads round in a circle"
            yield sheet.report(row, "parent", found, "a tree of bones")


def _check_joints(sheets: Sheets) -> Iterator[Problem]:
    """Every bone but the first has exactly one joint, and that is to its parent."""
    bones, joints = sheets["bones"], sheets["joints"]
    if bones.lost or joints.lost:
        return
    parents = {bone.bone: bone.parent for bone, _ in bones}
    joined: dict[str, int] = {}
    for joint, row in joints:
        if joint.child in parents and joint.parent != parents[joint.child]:
            found = f"'{joint.parent}', which does not carry '{joint.child}'"
            words = f"the parent in bones.csv ('{parents[joint.child]}')"
            yield joints.report(row, "parent", found, words)
        if joint.child in joined:
            found = f"a second joint below which '{joint.child}' hangs"
            words = f"one joint for each bone (first in row {joined[joint.child]})"
            yield joints.report(row, "child", found, words)
        joined.setdefault(joint.child, row)
    broken = joints.list_broken("child")
    # a row that failed and names no bone may be the joint of any
    is_sure = broken <= set(parents)
    for bone, row in bones:
        is_joined = bone.parent == "ground" or bone.bone in joined
        if is_sure and not is_joined and bone.bone not in broken:
            found = f"'{bone.bone}' without a joint to its parent '{bone.parent}'"
            yield bones.report(row, "bone", found, "one row in joints.csv")


def _check_axes(sheets: Sheets) -> Iterator[Problem]:
    """An axis lies near the usual one of its angle, those of a joint in the midline turn both sides
    alike, and the three of a joint do not lie in one plane."""
    sheet = sheets["joint_axes"]
    midline = {joint.joint for joint, _ in sheets["joints"] if joint.side == "midline"}
    axes: dict[str, np.ndarray] = {}
    for record, number in sheet:
        line, usual = (record.x, record.y, record.z), "xyz"[USUAL_AXES[record.axis]]
        found = f"{line[0]:g}, {line[1]:g}, {line[2]:g}"
        if not is_axis(record.axis, line):
            words = f"a direction within 75 degrees of {usual}, about which {record.axis} turns"
            yield sheet.report(number, usual, found, words)
            continue
        aside = math.hypot(record.x, record.y) if record.axis == "flexion" else abs(record.z)
        if record.joint in midline and aside > 0:
            words = "along z" if record.axis == "flexion" else "0, as the joint lies in the midline"
            yield sheet.report(number, "z", found, words)
        own = axes.setdefault(record.joint, np.eye(3))
        own[USUAL_AXES[record.axis]] = np.array(line) / math.hypot(*line)
        if abs(np.linalg.det(own)) < LEAST_SPREAD:
            yield sheet.report(number, "joint", found, "three axes that do not lie in one plane")


def _check_junctions(sheets: Sheets) -> Iterator[Problem]:
    """At least two lines must end at a junction, at its place, and none may run through it."""
    sheet = sheets["line_points"]
    places = {junction.junction: _place(junction) for junction, _ in sheets["junctions"]}
    last = {(point.structure, point.line): point.point for point, _ in sheet}
    ends: Counter[str] = Counter()
    for point, row in sheet:
        junction, sign = split_side(point.place)
        if junction not in places:
            continue
        ends[junction] += 1
        if point.point not in (1, last[point.structure, point.line]):
            words = "a bone; only the first and the last point lie on a junction"
            yield sheet.report(row, "place", f"'{point.place}' in the middle of a line", words)
        x, y, z = places[junction]
        if math.dist(_place(point), (x, y, sign * z)) > 1:
            words = f"its place in junctions.csv: {x:g}, {y:g}, {sign * z:g}"
            yield sheet.report(row, "x_mm", f"a point that is not at {junction}", words)
    for junction, row in sheets["junctions"] if not sheet.lost and not sheet.broken else ():
        count = ends[junction.junction]
        if count < 2:
            found = f"'{junction.junction}' with {count} line ends"
            words = "at least two lines that end there"
            yield sheets["junctions"].report(row, "junction", found, words)


def _check_halfway(sheets: Sheets) -> Iterator[Problem]:
    """A line may pass a joint half-way, and cannot end there."""
    sheet = sheets["line_points"]
    joints = {joint.joint for joint, _ in sheets["joints"]}
    last = {(point.structure, point.line): point.point for point, _ in sheet}
    for point, row in sheet:
        at_end = point.point in (1, last[point.structure, point.line])
        if at_end and split_side(point.place)[0] in joints:
            words = "a bone or a junction; only points between the ends take half of a joint's turn"
            yield sheet.report(row, "place", f"'{point.place}' at the end of a line", words)


SHAPE_CHECKS: tuple[Callable[[Sheets], Iterator[Problem]], ...] = (
    _check_sides,
    _check_places,
    _check_paths,
    _check_lines,
    _check_skeleton,
    _check_joints,
    _check_axes,
    _check_junctions,
    _check_halfway,
)
