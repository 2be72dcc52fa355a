"""What must hold between the files of a data folder: every id known, every line whole, bones in one
tree.

Each check is a generator of problems over the sheets that could be read.
"""

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from musclechain.anatomy.records import FILES

__all__ = ["Problem", "Sheet", "check_sheets", "column_name"]

# What the mechanics asks for by name: its unit, and the least and greatest number that the
# equations can take.
PARAMETERS = MappingProxyType(
    {
        "specific_tension": ("N/cm2", 1, 500),
        "tone": ("share", 0, 0.2),
        "short_range_stiffness_q": ("none", 0, 200),
        "resting_stiffness": ("none", 0, 5),
        "passive_shape": ("none", 0.5, 20),
        "passive_strain": ("none", 0.05, 5),
        "tissue_stiffness_factor": ("none", 0.01, 100),
        "joint_stiffness_factor": ("none", 0.01, 100),
        "allowance_factor": ("none", 0.01, 100),
        "balance_stiffness": ("N/m", 0, 1e8),
        "junction_tether": ("N/m", 1, 1e8),
        "mass_factor": ("none", 0.1, 10),
        "attachment_offset": ("mm", -50, 50),
        "support_forward": ("mm", 0, 200),
        "ground_height": ("mm", -500, 500),
        "spinal_spread": ("none", 0, 0.99),
        "crossing_share": ("none", 0, 1),
        "guarding_loop_gain": ("none", 0, 10),
        "guarding_floor": ("share", 0, 1),
        "pain_inhibition": ("none", 0, 1),
        "overload_activation": ("share", 0, 1),
    }
)
# A row that is missing would only be noticed in the middle of a lesson.
NEEDED = MappingProxyType({"parameters": tuple(PARAMETERS), "hamstring_grades": (1, 2, 3)})
# These become nodes of one graph (or ends of lines in it), so an id may stand in one of them only.
NAMED = ("bones", "muscles", "soft_tissues", "junctions", "nerves")


@dataclass(frozen=True)
class Problem:
    """One defect in one place of a data folder."""

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: str

    def __str__(self):
        place = (
            self.file
            + (f", row {self.row}" if self.row else "")
            + (f", column {self.column}" if self.column else "")
        )
        return f"{place}: found {self.found}; allowed: {self.allowed}"


@dataclass
class Sheet:
    """What could be read of one file.

    The rows that failed are kept as they stand: they are reported already, and
    whatever else names them must not be reported a second time.
    """

    records: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    lost: bool = True

    def __iter__(self):
        return zip(self.records, self.rows, strict=True)

    def ids(self, column):
        """Every id in a column, of good rows and of broken ones."""
        return {getattr(made, column) for made in self.records} | {
            cells.get(column, "") for cells in self.broken
        }


def column_name(record, name):
    """Name of a field as the header of the file writes it."""
    return record.model_fields[name].alias or name


def check_sheets(sheets):
    """Find everything that is wrong between the files.

    Parameters
    ----------
    sheets : dict of file name to Sheet

    Yields
    ------
    Problem
    """
    for check in (
        _check_references,
        _check_names,
        _check_needed,
        _check_sides,
        _check_places,
        _check_paths,
        _check_lines,
        _check_skeleton,
        _check_joints,
        _check_words,
        _check_parameters,
        _check_counts,
        _check_junctions,
        _check_links,
    ):
        yield from check(sheets)


def _check_references(sheets):
    """Every id that a row names must exist in the file that it points to."""
    for name, record in FILES.items():
        for field_name, targets in record.refers.items():
            files = [target for target in targets if target != "none"]
            if any(sheets[target].lost for target in files):
                # the whole target file failed and was reported: do not add a complaint for each row
                continue
            allowed = {"none"} if "none" in targets else set()
            allowed = allowed.union(*(sheets[target].ids(FILES[target].key[0]) for target in files))
            words = "an id from " + " or ".join(f"{target}.csv" for target in files)
            for made, number in sheets[name]:
                cells = getattr(made, field_name)
                for cell in cells if isinstance(cells, tuple) else (cells,):
                    if _split_side(cell)[0] not in allowed:
                        yield Problem(
                            f"{name}.csv",
                            number,
                            column_name(record, field_name),
                            f"'{cell}', an unknown id",
                            words,
                        )


def _check_names(sheets):
    """An id must mean one thing only, also with the ending that its side gets."""
    owners = {
        "ground": "bones.csv, where it means no parent",
        "none": "links.csv, where it means no junction",
    }
    for name in NAMED:
        column = FILES[name].key[0]
        for made, number in sheets[name]:
            one = getattr(made, column)
            if one.endswith(("_left", "_right")):
                yield Problem(
                    f"{name}.csv",
                    number,
                    column,
                    f"'{one}'",
                    "an id without an ending for the side",
                )
            if one in owners:
                yield Problem(
                    f"{name}.csv",
                    number,
                    column,
                    f"'{one}', which is used in {owners[one]}",
                    "an id that no other file uses",
                )
            owners.setdefault(one, f"{name}.csv")


def _check_needed(sheets):
    """Rows that the model asks for by name must be there."""
    for name, needed in NEEDED.items():
        column = FILES[name].key[0]
        there = {str(one) for one in sheets[name].ids(column)}
        for one in needed if not sheets[name].lost else ():
            if str(one) not in there:
                yield Problem(
                    f"{name}.csv",
                    None,
                    column,
                    f"no row '{one}'",
                    "a row for each of " + ", ".join(map(str, needed)),
                )


def _list_sides(sheets):
    """Side of every structure and place; muscles are paired, and only the good rows are known."""
    sides = {made.muscle: "paired" for made, _ in sheets["muscles"]}
    for name in ("bones", "soft_tissues", "junctions"):
        sides.update((getattr(made, FILES[name].key[0]), made.side) for made, _ in sheets[name])
    return sides


def _check_sides(sheets):
    """What lies in the midline cannot hang on one of a pair, because nothing says on which."""
    sides = _list_sides(sheets)
    carried = [
        ("bones", "parent", "bone"),
        ("joints", "parent", "joint"),
        ("joints", "child", "joint"),
        ("junctions", "bone", "junction"),
    ]
    for name, column, owner in carried:
        for made, number in sheets[name]:
            carrier = getattr(made, column)
            if made.side == "midline" and sides.get(carrier) == "paired":
                yield Problem(
                    f"{name}.csv",
                    number,
                    column,
                    f"'{carrier}', one of a pair, for '{getattr(made, owner)}' in the midline",
                    "a bone in the midline",
                )
    for made, number in sheets["joints"]:
        if made.side == "paired" and sides.get(made.child) == "midline":
            yield Problem(
                "joints.csv",
                number,
                "side",
                f"'paired' above '{made.child}' in the midline",
                "midline",
            )
    for made, number in sheets["line_points"]:
        if (
            sides.get(made.structure) == "midline"
            and sides.get(_split_side(made.place)[0]) == "paired"
        ):
            yield Problem(
                "line_points.csv",
                number,
                "place",
                f"'{made.place}', one of a pair, for '{made.structure}' in the midline",
                "a place in the midline",
            )


def _check_places(sheets):
    """Points must be millimetres on the right side, near the bone that carries them."""
    centres = {
        made.bone: (made.com_x_mm, made.com_y_mm, made.com_z_mm) for made, _ in sheets["bones"]
    }
    carriers = {
        "bones": (),
        "joints": ("parent", "child"),
        "junctions": ("bone",),
        "line_points": ("place",),
        "nerve_points": ("place",),
    }
    for name, columns in carriers.items():
        axes = "com_{}_mm" if name == "bones" else "{}_mm"
        for made, number in sheets[name]:
            point = tuple(getattr(made, axes.format(axis)) for axis in "xyz")
            if 0 < max(map(abs, point)) < 3:
                yield Problem(
                    f"{name}.csv",
                    number,
                    axes.format("x"),
                    ", ".join(f"{value:g}" for value in point),
                    "millimetres; these look like metres",
                )
                continue
            if getattr(made, "side", "midline") == "paired" and point[2] <= 0:
                yield Problem(
                    f"{name}.csv",
                    number,
                    axes.format("z"),
                    f"{point[2]:g}",
                    "a number above 0: the right side is written, the left is mirrored",
                )
            if name == "nerve_points" and point[2] < 0:
                yield Problem(
                    f"{name}.csv",
                    number,
                    "z_mm",
                    f"{point[2]:g}",
                    "0 or more: the right side is written, the left is mirrored",
                )
            for column in columns:
                bone, side = _split_side(getattr(made, column))
                if (
                    bone in centres
                    and math.dist(point, (*centres[bone][:2], side * centres[bone][2])) > 600
                ):
                    yield Problem(
                        f"{name}.csv",
                        number,
                        axes.format("x"),
                        f"a point more than 600 mm from the centre of mass of '{bone}'",
                        "a point on or near its bone",
                    )


def _split_side(place):
    """Return a place without its prefix, and the factor on z that the prefix stands for."""
    bare = place.removeprefix("opposite:")
    return bare, 1 if bare == place else -1


def _check_paths(sheets):
    """The points of a line or nerve must be counted from 1, apart, and together of human size."""
    for name, owner, part in (
        ("line_points", "structure", "line"),
        ("nerve_points", "nerve", "branch"),
    ):
        paths, loose = {}, {cells.get(owner) for cells in sheets[name].broken}
        for made, number in sheets[name]:
            paths.setdefault((getattr(made, owner), getattr(made, part)), []).append((made, number))
        for (one, which), points in paths.items():
            if one not in loose:
                yield from _check_path(f"{name}.csv", f"{one} {part} {which}", points)


def _check_path(file, words, points):
    order, number = [made.point for made, _ in points], points[0][1]
    if order != list(range(1, len(order) + 1)):
        yield Problem(
            file,
            number,
            "point",
            f"{words} with points {order}",
            "points counted 1, 2, 3 ... in order",
        )
    elif len(points) < 2 and file == "nerve_points.csv":
        yield Problem(file, number, "point", f"{words} with one point", "at least two points")
    steps = [math.dist(_point(a), _point(b)) for (a, _), (b, _) in pairwise(points)]
    if steps and not 5 <= sum(steps) <= 1200:
        yield Problem(
            file,
            number,
            "x_mm",
            f"{words}, {sum(steps):.3g} mm long",
            "5 to 1200 mm; are the coordinates in millimetres?",
        )
    for step, (_, row) in zip(steps, points[1:], strict=False):
        if step < 0.05:
            yield Problem(
                file,
                row,
                "x_mm",
                "the same point as in the row before",
                "points at least 0.05 mm apart",
            )


def _point(made):
    return made.x_mm, made.y_mm, made.z_mm


def _check_lines(sheets):
    """Structures, their lines and the points of the lines must match."""
    if any(sheets[name].lost for name in ("line_points", "muscle_lines", "tissue_lines")):
        return
    loose = {
        cells.get("structure")
        for name in ("line_points", "muscle_lines", "tissue_lines")
        for cells in sheets[name].broken
    }
    points = Counter(
        (made.structure, made.line)
        for made, _ in sheets["line_points"]
        if made.structure not in loose
    )
    for owners, name in (("muscles", "muscle_lines"), ("soft_tissues", "tissue_lines")):
        lines = {}
        for made, number in sheets[name]:
            count = points.pop((made.structure, made.line), 0)
            lines.setdefault(made.structure, []).append(made.line)
            if count < 2 and made.structure not in loose:
                yield Problem(
                    f"{name}.csv",
                    number,
                    "line",
                    f"{made.structure} line {made.line} with {count} points",
                    "at least two rows in line_points.csv",
                )
        column = FILES[owners].key[0]
        for made, number in sheets[owners]:
            owner = getattr(made, column)
            found = sorted(lines.get(owner, []))
            if owner not in loose and (not found or found != list(range(1, len(found) + 1))):
                yield Problem(
                    f"{owners}.csv",
                    number,
                    column,
                    f"{owner} with lines {found or 'none'}",
                    f"lines counted 1, 2, 3 ... in {name}.csv",
                )
    for made, number in sheets["line_points"]:
        if made.point == 1 and (made.structure, made.line) in points:
            yield Problem(
                "line_points.csv",
                number,
                "line",
                f"points of {made.structure} line {made.line}, which is in no file of lines",
                "a line from muscle_lines.csv or tissue_lines.csv",
            )


def _check_skeleton(sheets):
    """The bones must form one tree that hangs on the ground."""
    parents = {made.bone: made.parent for made, _ in sheets["bones"]}
    grounded = sum(parent == "ground" for parent in parents.values())
    if not sheets["bones"].broken and not sheets["bones"].lost and grounded != 1:
        yield Problem(
            "bones.csv", None, "parent", f"{grounded} bones with the parent 'ground'", "exactly one"
        )
    known = sheets["bones"].ids("bone") | {"ground"}
    for made, number in sheets["bones"]:
        seen, bone = {made.bone}, made.parent
        while bone in parents and bone not in seen:
            seen.add(bone)
            bone = parents[bone]
        if made.parent not in known:
            yield Problem(
                "bones.csv",
                number,
                "parent",
                f"'{made.parent}', an unknown id",
                "a bone, or ground",
            )
        elif bone == made.bone:
            yield Problem(
                "bones.csv",
                number,
                "parent",
                f"'{made.parent}', which leads round in a circle",
                "a tree of bones",
            )


def _check_joints(sheets):
    """Every bone but the first has exactly one joint, and that is to its parent."""
    if sheets["bones"].lost or sheets["joints"].lost:
        return
    parents = {made.bone: made.parent for made, _ in sheets["bones"]}
    joined, broken = {}, {cells.get("child") for cells in sheets["joints"].broken}
    for made, number in sheets["joints"]:
        if made.child in parents and made.parent != parents[made.child]:
            yield Problem(
                "joints.csv",
                number,
                "parent",
                f"'{made.parent}', which does not carry '{made.child}'",
                f"the parent in bones.csv ('{parents[made.child]}')",
            )
        if made.child in joined:
            yield Problem(
                "joints.csv",
                number,
                "child",
                f"a second joint below which '{made.child}' hangs",
                f"one joint for each bone (first in row {joined[made.child]})",
            )
        joined.setdefault(made.child, number)
    for made, number in sheets["bones"]:
        if (
            made.parent != "ground"
            and made.bone not in joined
            and broken.isdisjoint(("", made.bone))
        ):
            yield Problem(
                "bones.csv",
                number,
                "bone",
                f"'{made.bone}' without a joint to its parent '{made.parent}'",
                "one row in joints.csv",
            )


def _check_words(sheets):
    """Motor roots must run in the named nerve."""
    nerves = {made.nerve: set(made.roots) for made, _ in sheets["nerves"]}
    for made, number in sheets["muscles"]:
        extra = sorted(set(made.roots) - nerves.get(made.nerve, set(made.roots)))
        if extra:
            yield Problem(
                "muscles.csv",
                number,
                "roots",
                ";".join(extra),
                f"levels that the nerve {made.nerve} carries",
            )


def _check_parameters(sheets):
    """A range must hold its value; what the model asks for must be in its unit and within what the
    equations can take."""
    for made, number in sheets["parameters"]:
        if not made.low <= made.value <= made.high:
            yield Problem(
                "parameters.csv",
                number,
                "value",
                f"{made.value}",
                f"a number from low ({made.low}) to high ({made.high})",
            )
            continue
        unit, least, most = PARAMETERS.get(made.parameter, (made.unit, -math.inf, math.inf))
        if made.unit != unit:
            yield Problem(
                "parameters.csv",
                number,
                "unit",
                f"'{made.unit}'",
                f"{unit}, in which the model reads {made.parameter}",
            )
        for column in ("value", "low", "high"):
            if not least <= getattr(made, column) <= most:
                yield Problem(
                    "parameters.csv",
                    number,
                    column,
                    f"{getattr(made, column):g}",
                    f"a number from {least:g} to {most:g} for {made.parameter}",
                )


def _check_counts(sheets):
    """Stations of a chain count from 1 under one name; no two levels share a place in the cord."""
    orders = {}
    for made, number in sheets["roots"]:
        if made.order in orders:
            yield Problem(
                "roots.csv",
                number,
                "order",
                f"{made.order} a second time",
                f"each once (first at {orders[made.order]})",
            )
        orders.setdefault(made.order, made.root)
    chains, broken = {}, {cells.get("chain") for cells in sheets["chains"].broken}
    for made, number in sheets["chains"]:
        chains.setdefault(made.chain, []).append((made, number))
    for chain, found in chains.items():
        positions, (first, row) = [made.position for made, _ in found], found[0]
        if chain not in broken and positions != list(range(1, len(found) + 1)):
            yield Problem(
                "chains.csv",
                row,
                "position",
                f"{chain} with positions {positions}",
                "positions counted 1, 2, 3 ... in order",
            )
        for made, number in found:
            if made.name != first.name:
                yield Problem(
                    "chains.csv",
                    number,
                    "name",
                    f"'{made.name}'",
                    f"one name for the whole chain ('{first.name}')",
                )


def _check_junctions(sheets):
    """At least two lines must end at a junction, at its place, and none may run through it."""
    places = {made.junction: _point(made) for made, _ in sheets["junctions"]}
    last, ends = {}, Counter()
    for made, _ in sheets["line_points"]:
        last[made.structure, made.line] = made.point
    for made, number in sheets["line_points"]:
        junction, side = _split_side(made.place)
        if junction not in places:
            continue
        ends[junction] += 1
        if made.point not in (1, last[made.structure, made.line]):
            yield Problem(
                "line_points.csv",
                number,
                "place",
                f"'{made.place}' in the middle of a line",
                "a bone; only the first and the last point lie on a junction",
            )
        x, y, z = places[junction]
        if math.dist(_point(made), (x, y, side * z)) > 1:
            yield Problem(
                "line_points.csv",
                number,
                "x_mm",
                f"a point that is not at {junction}",
                f"its place in junctions.csv: {x:g}, {y:g}, {side * z:g}",
            )
    for made, number in sheets["junctions"]:
        if (
            not sheets["line_points"].lost
            and not sheets["line_points"].broken
            and ends[made.junction] < 2
        ):
            yield Problem(
                "junctions.csv",
                number,
                "junction",
                f"'{made.junction}' with {ends[made.junction]} line ends",
                "at least two lines that end there",
            )


def _check_links(sheets):
    """A link names two different structures of fitting kind and side, once."""
    sides, nerves, seen = _list_sides(sheets), {made.nerve for made, _ in sheets["nerves"]}, {}
    for made, number in sheets["links"]:
        if made.from_ == made.to and made.side != "opposite":
            yield Problem(
                "links.csv",
                number,
                "to",
                f"'{made.to}' linked with itself",
                "two different structures",
            )
        if (made.from_ in nerves) != (made.kind == "passes") and (
            made.from_ in nerves or made.from_ in sides
        ):
            yield Problem(
                "links.csv",
                number,
                "kind",
                f"'{made.kind}' from '{made.from_}'",
                "passes from a nerve, continuous from soft tissue",
            )
        pair = (frozenset((made.from_, made.to)), made.kind, made.side)
        if pair in seen:
            yield Problem(
                "links.csv",
                number,
                "from",
                f"'{made.from_}, {made.to}' a second time",
                f"each once (first in row {seen[pair]})",
            )
        seen.setdefault(pair, number)
        middle = "midline" in (sides.get(made.from_), sides.get(made.to))
        if made.from_ in sides and made.to in sides and middle != (made.side == "midline"):
            yield Problem(
                "links.csv",
                number,
                "side",
                f"'{made.side}'",
                "midline if one of the two lies in the midline, else same or opposite",
            )
    yield from _check_link_junctions(sheets)


def _check_link_junctions(sheets):
    """Both structures of a link must reach the junction by which it carries force."""
    reaches, loose = {}, {cells.get("structure") for cells in sheets["line_points"].broken}
    for made, _ in sheets["line_points"]:
        reaches.setdefault(made.structure, set()).add(_split_side(made.place)[0])
    known = {made.junction for made, _ in sheets["junctions"]}
    for made, number in sheets["links"]:
        for column, structure in (("from", made.from_), ("to", made.to)):
            if (
                made.junction in known
                and structure in reaches
                and structure not in loose
                and made.junction not in reaches[structure]
            ):
                yield Problem(
                    "links.csv",
                    number,
                    column,
                    f"'{structure}', which does not reach {made.junction}",
                    "a structure with a line that ends there",
                )
