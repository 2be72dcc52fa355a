"""Read the CSV files of a data folder into validated, read-only records.

Every defect that is found in any file is gathered and reported in one
`DataError`, so that a teacher who edits the files mends them in one go. The
meaning of each column stands in ``data/README.md``.
"""

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

__all__ = ["DataError", "Problem", "Tables", "find_data_folder", "read_tables"]


def _split(cell):
    return tuple(part.strip() for part in cell.split(";")) if isinstance(cell, str) else cell


def _number(low, high, words):
    return Annotated[float, Field(ge=low, le=high, description=words)]


Text = Annotated[str, Field(min_length=1, description="some text")]
Note = Annotated[str, Field(description="any text, or nothing")]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="an id: small letters, digits and _")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", description="an id: letters, digits and _")]
Level = Annotated[str, Field(pattern=r"^([CTLS][0-9]{1,2}|XI)$", description="one spinal level such as L5, or XI")]
Levels = Annotated[tuple[Level, ...], BeforeValidator(_split), Field(min_length=1, description="levels such as L5;S1")]
Keys = Annotated[tuple[Key, ...], BeforeValidator(_split), Field(min_length=1, description="ids joined by ;")]
Place = Annotated[str, Field(pattern=r"^(opposite:)?[a-z][a-z0-9_]*$", description="a bone or junction")]
Count = Annotated[int, Field(ge=1, le=99, description="a whole number from 1 to 99")]
Millimetre = _number(-2500, 2500, "millimetres from -2500 to 2500")
Length = _number(0, 1000, "millimetres from 0 to 1000")
PositiveLength = Annotated[float, Field(gt=0, le=1000, description="millimetres above 0, at most 1000")]
Moment = Annotated[float, Field(gt=0, le=500, description="a number above 0, at most 500")]
Share = _number(0, 1, "a number from 0 to 1")
Side = Annotated[Literal["midline", "paired"], Field(description="midline or paired")]
REGIONS = ("foot", "calf", "thigh", "hip", "pelvis", "abdomen", "lumbar", "thoracic", "shoulder", "neck", "head")
Region = Annotated[Literal[REGIONS], Field(description="one of " + ", ".join(REGIONS))]
GRADES = ("supported", "plausible", "contested", "folk wisdom")
Grade = Annotated[Literal[GRADES], Field(description="one of " + ", ".join(GRADES))]
VIEWS = ("back", "front", "both", "deep")
View = Annotated[Literal[VIEWS], Field(description="one of " + ", ".join(VIEWS))]
Layer = Annotated[int, Field(ge=1, le=4, description="a whole number from 1 (deep) to 4 (under the skin)")]
UNITS = ("none", "share", "N", "N/m", "N/cm2", "Nm", "mm", "kPa", "deg")
Unit = Annotated[Literal[UNITS], Field(description="one of " + ", ".join(UNITS))]


class Record(BaseModel):
    """One row of a file: read-only, strict about its columns."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    key: ClassVar[tuple[str, ...]] = ()
    refers: ClassVar[dict[str, tuple[str, ...]]] = {}


class Bone(Record):
    """A rigid body: one bone, or several that the model moves as one."""

    key = ("bone",)
    refers = {"source": ("sources", "evidence")}
    bone: Id
    name: Text
    plain_name: Text
    side: Side
    parent: Id
    region: Region
    mass_kg: Annotated[float, Field(gt=0, le=80, description="kilograms above 0, at most 80")]
    com_x_mm: Millimetre
    com_y_mm: Millimetre
    com_z_mm: Millimetre
    source: Key
    note: Note


class Joint(Record):
    """Where two rigid bodies meet, with its passive stiffness."""

    key = ("joint",)
    refers = {"parent": ("bones",), "child": ("bones",), "source": ("sources", "evidence")}
    joint: Id
    name: Text
    side: Side
    parent: Id
    child: Id
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre
    stiffness_flexion_nm_per_deg: Moment
    stiffness_side_bend_nm_per_deg: Moment
    stiffness_rotation_nm_per_deg: Moment
    allowance_flexion_nm: Moment
    allowance_side_bend_nm: Moment
    allowance_rotation_nm: Moment
    source: Key
    note: Note


class Muscle(Record):
    """A muscle in words: its names, nerve, action and how it is drawn."""

    key = ("muscle",)
    refers = {"nerve": ("nerves",), "roots": ("roots",), "source": ("sources", "evidence")}
    muscle: Id
    name: Text
    plain_name: Text
    group: Text
    region: Region
    view: View
    layer: Layer
    nerve: Id
    roots: Levels
    action: Text
    belly: Share
    width: _number(0.2, 3, "a number from 0.2 to 3")
    tendon_proximal: _number(0, 0.8, "a number from 0 to 0.8")
    tendon_distal: _number(0, 0.8, "a number from 0 to 0.8")
    innervation_grade: Grade
    source: Key
    note: Note


class SoftTissue(Record):
    """A fascia, ligament or tendon in words."""

    key = ("tissue",)
    refers = {"source": ("sources", "evidence")}
    tissue: Id
    kind: Annotated[Literal["fascia", "ligament", "tendon"], Field(description="fascia, ligament or tendon")]
    name: Text
    plain_name: Text
    side: Side
    region: Region
    view: View
    layer: Layer
    function: Text
    belly: Share
    width: _number(0.2, 3, "a number from 0.2 to 3")
    tendon_proximal: _number(0, 0.8, "a number from 0 to 0.8")
    tendon_distal: _number(0, 0.8, "a number from 0 to 0.8")
    source: Key
    note: Note


class MuscleLine(Record):
    """One line of pull of a muscle."""

    key = ("structure", "line")
    refers = {"structure": ("muscles",), "source": ("sources", "evidence")}
    structure: Id
    line: Count
    pcsa_cm2: Annotated[float, Field(gt=0, le=200, description="square centimetres above 0, at most 200")]
    fibre_mm: PositiveLength
    slack_mm: Length
    pennation_deg: _number(0, 60, "degrees from 0 to 60")
    source: Key
    note: Note


class TissueLine(Record):
    """One strand of a fascia, ligament or tendon."""

    key = ("structure", "line")
    refers = {"structure": ("soft_tissues",), "source": ("sources", "evidence")}
    structure: Id
    line: Count
    stiffness_n_per_mm: Annotated[float, Field(gt=0, le=5000, description="N/mm above 0, at most 5000")]
    pretension_n: _number(0, 1000, "newtons from 0 to 1000")
    source: Key
    note: Note


class LinePoint(Record):
    """One point on the path of a line, on the right side of the body."""

    key = ("structure", "line", "point")
    refers = {"structure": ("muscles", "soft_tissues"), "place": ("bones", "junctions")}
    structure: Id
    line: Count
    point: Count
    place: Place
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre


class Junction(Record):
    """A point where soft tissue joins soft tissue."""

    key = ("junction",)
    refers = {"bone": ("bones",), "source": ("sources", "evidence")}
    junction: Id
    name: Text
    side: Side
    bone: Id
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre
    freedom: Annotated[int, Field(ge=1, le=3, description="1, 2 or 3 free directions")]
    source: Key
    note: Note


class Nerve(Record):
    """A peripheral nerve and the spinal levels that it carries."""

    key = ("nerve",)
    refers = {"roots": ("roots",), "source": ("sources", "evidence")}
    nerve: Id
    name: Text
    plain_name: Text
    roots: Levels
    innervation_grade: Grade
    source: Key
    note: Note


class Root(Record):
    """One spinal level; neighbours in `order` are neighbours in the cord."""

    key = ("root",)
    refers = {"source": ("sources", "evidence")}
    root: Level
    name: Text
    order: _number(0, 99, "a number from 0 to 99")
    region: Region
    source: Key
    note: Note


class Link(Record):
    """A continuity between two soft tissues, or a nerve that passes a muscle."""

    key = ("from_", "to", "kind", "side")
    refers = {
        "from_": ("muscles", "soft_tissues", "nerves"),
        "to": ("muscles", "soft_tissues"),
        "junction": ("junctions", "none"),
        "evidence": ("evidence",),
    }
    from_: Id = Field(alias="from", description="an id: small letters, digits and _")
    to: Id
    kind: Annotated[Literal["continuous", "passes"], Field(description="continuous or passes")]
    side: Annotated[Literal["same", "opposite", "midline"], Field(description="same, opposite or midline")]
    junction: Id
    grade: Grade
    evidence: Keys
    statement: Text
    note: Note


class ChainStation(Record):
    """One station of a myofascial chain, from the foot upward."""

    key = ("chain", "position")
    refers = {"structure": ("muscles", "soft_tissues")}
    chain: Id
    name: Text
    position: Count
    structure: Id
    side: Annotated[Literal["same", "opposite", "midline"], Field(description="same, opposite or midline")]
    note: Note


class Evidence(Record):
    """A finding with its figure, source and grade."""

    key = ("evidence",)
    refers = {"source": ("sources",)}
    evidence: Key
    topic: Text
    statement: Text
    value: Text
    unit: Text
    population: Text
    source: Key
    grade: Grade
    note: Note


class Source(Record):
    """Where a figure or a shape comes from."""

    key = ("source",)
    source: Key
    citation: Text
    licence: Text
    link: Text
    note: Note


class Claim(Record):
    """A claim of the text that the lessons put to the model."""

    key = ("claim",)
    refers = {"evidence": ("evidence", "none")}
    claim: Count
    paragraph: Annotated[int, Field(ge=1, le=20, description="a whole number from 1 to 20")]
    text: str = Field(alias="claim_text", min_length=1, description="some text")
    verdict: Text
    evidence: Keys
    lesson: Text
    evidence_says: Text


class Parameter(Record):
    """A constant of the model with the range that certainty draws from."""

    key = ("parameter",)
    refers = {"source": ("sources", "evidence")}
    parameter: Id
    value: float = Field(description="a number")
    unit: Unit
    low: float = Field(description="a number")
    high: float = Field(description="a number")
    meaning: Text
    source: Key
    grade: Grade
    note: Note


class HamstringGrade(Record):
    """What a hamstring strain of one grade means for the model."""

    key = ("grade",)
    refers = {"source": ("sources", "evidence")}
    grade: Annotated[int, Field(ge=1, le=3, description="1, 2 or 3")]
    name: Text
    protective_tension_n: _number(0, 1000, "newtons from 0 to 1000")
    capacity: Share
    pain: Share
    spared: Share
    source: Key
    note: Note


FILES = MappingProxyType({
    "sources": Source,
    "evidence": Evidence,
    "bones": Bone,
    "joints": Joint,
    "roots": Root,
    "nerves": Nerve,
    "muscles": Muscle,
    "soft_tissues": SoftTissue,
    "junctions": Junction,
    "muscle_lines": MuscleLine,
    "tissue_lines": TissueLine,
    "line_points": LinePoint,
    "links": Link,
    "chains": ChainStation,
    "claims": Claim,
    "parameters": Parameter,
    "hamstring_grades": HamstringGrade,
})


@dataclass(frozen=True)
class Problem:
    """One defect in one place of a data folder."""

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: str

    def __str__(self):
        place = self.file + (f", row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        return f"{place}: found {self.found}; allowed: {self.allowed}"


class DataError(ValueError):
    """All defects of a data folder, each with file, row, column, found and allowed."""

    def __init__(self, folder, problems):
        self.folder = str(folder)
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__(f"{count} in the data folder {folder}:\n" + "\n".join(f"  {p}" for p in self.problems))

    def __reduce__(self):
        return type(self), (self.folder, self.problems)


@dataclass(frozen=True)
class Tables:
    """The records of every file of a data folder, in the order of their rows."""

    sources: tuple
    evidence: tuple
    bones: tuple
    joints: tuple
    roots: tuple
    nerves: tuple
    muscles: tuple
    soft_tissues: tuple
    junctions: tuple
    muscle_lines: tuple
    tissue_lines: tuple
    line_points: tuple
    links: tuple
    chains: tuple
    claims: tuple
    parameters: tuple
    hamstring_grades: tuple


def find_data_folder():
    """Find the data that come with the package, in a checkout or an installed wheel.

    Returns
    -------
    pathlib.Path
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def read_tables(folder=None):
    """Read and check every CSV file of a data folder.

    Parameters
    ----------
    folder : path, optional
        A folder with the files that ``data/README.md`` describes; by default
        the data that come with the package.

    Returns
    -------
    Tables

    Raises
    ------
    DataError
        Lists every defect with file, row (1 = the header), column, what was
        found and what is allowed.
    """
    folder = find_data_folder() if folder is None else Path(folder)
    problems, tables, rows = [], {}, {}
    if not folder.is_dir():
        raise DataError(folder, [Problem(str(folder), None, None, "no such folder", "a folder with the CSV files")])
    for name, record in FILES.items():
        tables[name], rows[name] = _read_file(folder / f"{name}.csv", record, problems)
    _check_references(tables, rows, problems)
    _check_lines(tables, rows, problems)
    _check_skeleton(tables, rows, problems)
    _check_words(tables, rows, problems)
    if problems:
        raise DataError(folder, problems)
    return Tables(**{name: tuple(records) for name, records in tables.items()})


def _column_name(record, field):
    return record.model_fields[field].alias or field


def _read_file(path, record, problems):
    """Read one file; append what is wrong with it; return records and their row numbers."""
    file = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem(file, None, None, "no such file", "a CSV file of this name"))
        return [], []
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(Problem(file, row, None, f"a byte that is not UTF-8 ({error.object[error.start]:#04x})", "text saved as UTF-8"))
        return [], []
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        problems.append(Problem(file, None, None, f"text that is not CSV ({error})", "cells separated by commas, quotes closed"))
        return [], []
    columns = [_column_name(record, field) for field in record.model_fields]
    if not lines:
        problems.append(Problem(file, None, None, "an empty file", "a header row with " + ", ".join(columns)))
        return [], []
    header = [cell.strip() for cell in lines[0]]
    if not _check_header(file, header, columns, problems):
        return [], []
    if len(lines) == 1:
        problems.append(Problem(file, None, None, "a header and no rows", "at least one row"))
    return _read_rows(file, header, lines, record, problems)


def _check_header(file, header, columns, problems):
    missing = [column for column in columns if column not in header]
    for column in missing:
        problems.append(Problem(file, 1, column, "no such column", f"a column named {column}"))
    for column, times in Counter(header).items():
        if times > 1:
            problems.append(Problem(file, 1, column, "the same column twice", "each column once"))
        elif column not in columns:
            problems.append(Problem(file, 1, column, f"a column named '{column}'", "only " + ", ".join(columns)))
    return not missing and len(set(header)) == len(header)


def _read_rows(file, header, lines, record, problems):
    records, rows, seen = [], [], {}
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            problems.append(Problem(file, number, None, "an empty row", "a row with every cell filled"))
            continue
        if len(cells) != len(header):
            problems.append(Problem(file, number, None, f"{len(cells)} cells", f"{len(header)} cells, one for each column"))
            continue
        row = {column: cell.strip() for column, cell in zip(header, cells)}
        empty = [column for column, cell in row.items() if not cell and column != "note"]
        problems.extend(Problem(file, number, column, "an empty cell", _allowed(record, column)) for column in empty)
        if empty:
            continue
        try:
            made = record.model_validate(row)
        except ValidationError as error:
            problems.extend(_explain(file, number, record, row, error))
            continue
        key = tuple(getattr(made, field) for field in record.key)
        if key in seen:
            column = _column_name(record, record.key[0])
            words = ", ".join(str(part) for part in key)
            problems.append(Problem(file, number, column, f"'{words}' a second time", f"each once (first in row {seen[key]})"))
            continue
        seen[key] = number
        records.append(made)
        rows.append(number)
    return records, rows


def _allowed(record, column):
    for field, info in record.model_fields.items():
        if column in (field, info.alias):
            return info.description or "a value as in data/README.md"
    return "no such column"


def _explain(file, number, record, row, error):
    columns = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
    return [Problem(file, number, column, f"'{row.get(column, '')}'", _allowed(record, column)) for column in columns]


def _check_references(tables, rows, problems):
    """Every id that a row names must exist in the file that it points to."""
    known = {name: {getattr(record, FILES[name].key[0]) for record in records} for name, records in tables.items()}
    known["none"] = {"none"}
    for name, record in FILES.items():
        for field, targets in record.refers.items():
            if not any(known[target] for target in targets if target != "none"):
                continue  # the whole target file failed and was reported: do not add a complaint for each row
            allowed = set().union(*(known[target] for target in targets))
            words = "an id from " + " or ".join(f"{target}.csv" for target in targets if target != "none")
            for made, number in zip(tables[name], rows[name]):
                cells = getattr(made, field)
                for cell in cells if isinstance(cells, tuple) else (cells,):
                    bare = cell.removeprefix("opposite:")
                    if bare not in allowed:
                        problems.append(Problem(f"{name}.csv", number, _column_name(record, field), f"'{cell}', an unknown id", words))


def _check_lines(tables, rows, problems):
    """Lines and their points must match, be counted from 1 and be of human size."""
    paths = {}
    for made, number in zip(tables["line_points"], rows["line_points"]):
        paths.setdefault((made.structure, made.line), []).append((made, number))
    for name in ("muscle_lines", "tissue_lines"):
        for made, number in zip(tables[name], rows[name]):
            points = paths.pop((made.structure, made.line), [])
            if len(points) < 2:
                problems.append(Problem(f"{name}.csv", number, "line", f"{made.structure} line {made.line} with {len(points)} points",
                                        "at least two rows in line_points.csv"))
                continue
            _check_path(points, problems)
    for (structure, line), points in paths.items():
        problems.append(Problem("line_points.csv", points[0][1], "line", f"points of {structure} line {line}, which is in no file of lines",
                                "a line from muscle_lines.csv or tissue_lines.csv"))
    for name, owner, lines in (("muscles", "muscle", "muscle_lines"), ("soft_tissues", "tissue", "tissue_lines")):
        counts = {}
        for made in tables[lines]:
            counts.setdefault(made.structure, []).append(made.line)
        for made, number in zip(tables[name], rows[name]):
            found = sorted(counts.get(getattr(made, owner), []))
            if tables[lines] and found != list(range(1, len(found) + 1)) or tables[lines] and not found:
                problems.append(Problem(f"{name}.csv", number, owner, f"{getattr(made, owner)} with lines {found or 'none'}",
                                        f"lines counted 1, 2, 3 ... in {lines}.csv"))


def _check_path(points, problems):
    order = [made.point for made, _ in points]
    first, number = points[0]
    if order != list(range(1, len(order) + 1)):
        problems.append(Problem("line_points.csv", number, "point", f"{first.structure} line {first.line} with points {order}", "points counted 1, 2, 3 ... in order"))
    places = [(made.x_mm, made.y_mm, made.z_mm) for made, _ in points]
    length = sum(math.dist(a, b) for a, b in zip(places, places[1:]))
    if not 5 <= length <= 1200:
        problems.append(Problem("line_points.csv", number, "x_mm", f"{first.structure} line {first.line}, {length:.3g} mm long",
                                "5 to 1200 mm; are the coordinates in millimetres?"))
    for (a, _), (b, row) in zip(points, points[1:]):
        if math.dist((a.x_mm, a.y_mm, a.z_mm), (b.x_mm, b.y_mm, b.z_mm)) < 0.05:
            problems.append(Problem("line_points.csv", row, "x_mm", "the same point as in the row before", "points at least 0.05 mm apart"))


def _check_skeleton(tables, rows, problems):
    """The bones must form one tree that hangs on the ground, with a joint for each step."""
    parents = {made.bone: made.parent for made in tables["bones"]}
    roots = [bone for bone, parent in parents.items() if parent == "ground"]
    if parents and len(roots) != 1:
        problems.append(Problem("bones.csv", None, "parent", f"{len(roots)} bones with the parent 'ground'", "exactly one"))
    for made, number in zip(tables["bones"], rows["bones"]):
        seen, bone = set(), made.bone
        while bone in parents and bone not in seen:
            seen.add(bone)
            bone = parents[bone]
        if bone in seen:
            problems.append(Problem("bones.csv", number, "parent", f"'{made.parent}', which leads round in a circle", "a tree of bones"))
        elif bone != "ground":
            problems.append(Problem("bones.csv", number, "parent", f"'{bone}', an unknown id", "a bone, or ground"))
    joined = {made.child: made for made in tables["joints"]}
    for made, number in zip(tables["bones"], rows["bones"]):
        joint = joined.get(made.bone)
        if tables["joints"] and made.parent != "ground" and (joint is None or joint.parent != made.parent):
            problems.append(Problem("bones.csv", number, "bone", f"'{made.bone}' without a joint to its parent '{made.parent}'", "one row in joints.csv"))


def _check_words(tables, rows, problems):
    """Motor roots must run in the named nerve; ranges must hold their value; chains count from 1."""
    nerves = {made.nerve: set(made.roots) for made in tables["nerves"]}
    for made, number in zip(tables["muscles"], rows["muscles"]):
        extra = sorted(set(made.roots) - nerves.get(made.nerve, set(made.roots)))
        if extra:
            problems.append(Problem("muscles.csv", number, "roots", ";".join(extra), f"levels that the nerve {made.nerve} carries"))
    for made, number in zip(tables["parameters"], rows["parameters"]):
        if not made.low <= made.value <= made.high:
            problems.append(Problem("parameters.csv", number, "value", f"{made.value}", f"a number from low ({made.low}) to high ({made.high})"))
    stations = {}
    for made, number in zip(tables["chains"], rows["chains"]):
        stations.setdefault(made.chain, []).append((made.position, number))
    for chain, found in stations.items():
        if [position for position, _ in found] != list(range(1, len(found) + 1)):
            problems.append(Problem("chains.csv", found[0][1], "position", f"{chain} with positions {[p for p, _ in found]}", "positions counted 1, 2, 3 ... in order"))
    shared = Counter(made.place for made in tables["line_points"])
    for made, number in zip(tables["junctions"], rows["junctions"]):
        if tables["line_points"] and shared[made.junction] < 2:
            problems.append(Problem("junctions.csv", number, "junction", f"'{made.junction}' with {shared[made.junction]} line ends", "at least two lines that end there"))
    _check_links(tables, rows, problems)


def _check_links(tables, rows, problems):
    """A link names two different structures, and a junction that both of them reach."""
    reaches = {}
    for made in tables["line_points"]:
        reaches.setdefault(made.structure, set()).add(made.place)
    for made, number in zip(tables["links"], rows["links"]):
        if made.from_ == made.to and made.side == "same":
            problems.append(Problem("links.csv", number, "to", f"'{made.to}' linked with itself", "two different structures"))
        if made.junction == "none" or not tables["line_points"]:
            continue
        for column, structure in (("from", made.from_), ("to", made.to)):
            if made.junction not in reaches.get(structure, ()):
                problems.append(Problem("links.csv", number, column, f"'{structure}', which does not reach {made.junction}", "a structure with a line that ends there"))
