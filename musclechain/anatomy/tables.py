"""Read the CSV files of a data folder into validated, read-only records.

Every defect that is found in any file is gathered and reported in one
`DataError`, so that a teacher who edits the files mends them in one go. The
meaning of each column stands in ``data/README.md``.
"""

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass, field
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
Level = Annotated[str, Field(pattern=r"^(C[1-8]|T([1-9]|1[0-2])|[LS][1-5]|XI)$", description="one spinal level such as L5, or XI")]
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
TextbookGrade = Annotated[Literal[GRADES[:3]], Field(description="one of " + ", ".join(GRADES[:3]))]
VERDICTS = (*GRADES, "weak")
Verdict = Annotated[Literal[VERDICTS], Field(description="one of " + ", ".join(VERDICTS))]
Lesson = Annotated[str, Field(pattern=r"^(0[1-9]|10)$", description="a lesson from 01 to 10")]
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
    innervation_grade: TextbookGrade
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
    innervation_grade: TextbookGrade
    source: Key
    note: Note


class Root(Record):
    """One spinal level; neighbours in `order` are neighbours in the cord."""

    key = ("root",)
    refers = {"source": ("sources", "evidence")}
    root: Level
    name: Text
    order: Count
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
    verdict: Verdict
    evidence: Keys
    lesson: Lesson
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

# What the mechanics asks for by name; a row that is missing would only be noticed in the middle of a lesson.
NEEDED = MappingProxyType({
    "parameters": (
        "specific_tension", "tone", "short_range_stiffness_q", "resting_stiffness", "passive_shape", "passive_strain",
        "tissue_stiffness_factor", "joint_stiffness_factor", "allowance_factor", "balance_stiffness", "junction_tether", "mass_factor",
        "attachment_offset", "support_forward", "ground_height", "spinal_spread", "crossing_share", "guarding_loop_gain",
        "guarding_floor", "pain_inhibition", "overload_activation",
    ),
    "hamstring_grades": (1, 2, 3),
})
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
    if not folder.is_dir():
        raise DataError(folder, [Problem(str(folder), None, None, "no such folder", "a folder with the CSV files")])
    problems = []
    sheets = {name: _read_file(folder / f"{name}.csv", record, problems) for name, record in FILES.items()}
    for check in (_check_references, _check_names, _check_needed, _check_sides, _check_places, _check_paths, _check_lines,
                  _check_skeleton, _check_joints, _check_words, _check_counts, _check_junctions, _check_links):
        problems.extend(check(sheets))
    if problems:
        raise DataError(folder, problems)
    return Tables(**{name: tuple(sheet.records) for name, sheet in sheets.items()})


@dataclass
class _Sheet:
    """What could be read of one file.

    The rows that failed are kept as they stand: they are reported already, and
    whatever else names them must not be reported a second time.
    """

    records: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    lost: bool = True

    def __iter__(self):
        return zip(self.records, self.rows)

    def ids(self, column):
        """Every id in a column, of good rows and of broken ones."""
        return {getattr(made, column) for made in self.records} | {cells.get(column, "") for cells in self.broken}


def _column_name(record, name):
    return record.model_fields[name].alias or name


def _read_text(path):
    """Return the text of a file and what keeps it from being read (None if nothing does)."""
    try:
        return path.read_text(encoding="utf-8-sig"), None
    except FileNotFoundError:
        return "", Problem(path.name, None, None, "no such file", "a CSV file of this name")
    except OSError as error:
        return "", Problem(path.name, None, None, f"a file that cannot be opened ({error.strerror})", "a CSV file that no other program holds")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        return "", Problem(path.name, row, None, f"a byte that is not UTF-8 ({error.object[error.start]:#04x})", "text saved as UTF-8")


def _split_cells(file, text):
    """Return the rows of a CSV text as lists of cells, and what keeps them from being split."""
    lines = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], Problem(file, len(lines) + 1, None, f"text that is not CSV ({error})", "cells separated by commas, quotes closed")
    return lines, None


def _read_file(path, record, problems):
    """Read one file into a sheet; append what is wrong with it."""
    text, problem = _read_text(path)
    lines, problem = _split_cells(path.name, text) if problem is None else ([], problem)
    columns = [_column_name(record, name) for name in record.model_fields]
    if problem is None and not lines:
        problem = Problem(path.name, None, None, "an empty file", "a header row with " + ", ".join(columns))
    if problem is not None:
        problems.append(problem)
        return _Sheet()
    header = [cell.strip() for cell in lines[0]]
    if not _check_header(path.name, header, columns, problems):
        return _Sheet()
    if len(lines) == 1:
        problems.append(Problem(path.name, None, None, "a header and no rows", "at least one row"))
        return _Sheet()
    return _read_rows(path.name, header, lines, record, problems)


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
    sheet, seen = _Sheet(lost=False), {}
    columns = {_column_name(record, name) for name in record.model_fields}
    for number, cells in enumerate(lines[1:], start=2):
        row = {column: cell.strip() for column, cell in zip(header, cells) if column in columns}
        made, found = _read_row(file, number, header, cells, row, record)
        if found:
            problems.extend(found)
            sheet.broken.append(row)
            continue
        key = tuple(getattr(made, name) for name in record.key)
        if key in seen:
            words = ", ".join(str(part) for part in key)
            problems.append(Problem(file, number, _column_name(record, record.key[0]), f"'{words}' a second time", f"each once (first in row {seen[key]})"))
            continue
        seen[key] = number
        sheet.records.append(made)
        sheet.rows.append(number)
    return sheet


def _read_row(file, number, header, cells, row, record):
    """Return the record of one row, or None and what is wrong with it."""
    if not any(cell.strip() for cell in cells):
        return None, [Problem(file, number, None, "an empty row", "a row with every cell filled")]
    if len(cells) != len(header):
        return None, [Problem(file, number, None, f"{len(cells)} cells", f"{len(header)} cells, one for each column")]
    found = [Problem(file, number, column, "an empty cell", _allowed(record, column)) for column, cell in row.items() if not cell and column != "note"]
    try:
        return record.model_validate(row), found
    except ValidationError as error:
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        return None, found + [Problem(file, number, column, f"'{row[column]}'", _allowed(record, column)) for column in wrong if row[column]]


def _allowed(record, column):
    return next(info.description for name, info in record.model_fields.items() if column in (name, info.alias))


def _check_references(sheets):
    """Every id that a row names must exist in the file that it points to."""
    for name, record in FILES.items():
        for field_name, targets in record.refers.items():
            files = [target for target in targets if target != "none"]
            if any(sheets[target].lost for target in files):
                continue  # the whole target file failed and was reported: do not add a complaint for each row
            allowed = {"none"} if "none" in targets else set()
            allowed = allowed.union(*(sheets[target].ids(FILES[target].key[0]) for target in files))
            words = "an id from " + " or ".join(f"{target}.csv" for target in files)
            for made, number in sheets[name]:
                cells = getattr(made, field_name)
                for cell in cells if isinstance(cells, tuple) else (cells,):
                    if _split_side(cell)[0] not in allowed:
                        yield Problem(f"{name}.csv", number, _column_name(record, field_name), f"'{cell}', an unknown id", words)


def _check_names(sheets):
    """An id must mean one thing only, also with the ending that its side gets."""
    owners = {"ground": "bones.csv, where it means no parent", "none": "links.csv, where it means no junction"}
    for name in NAMED:
        column = FILES[name].key[0]
        for made, number in sheets[name]:
            one = getattr(made, column)
            if one.endswith(("_left", "_right")):
                yield Problem(f"{name}.csv", number, column, f"'{one}'", "an id without an ending for the side")
            if one in owners:
                yield Problem(f"{name}.csv", number, column, f"'{one}', which is used in {owners[one]}", "an id that no other file uses")
            owners.setdefault(one, f"{name}.csv")


def _check_needed(sheets):
    """Rows that the model asks for by name must be there."""
    for name, needed in NEEDED.items():
        column = FILES[name].key[0]
        there = {str(one) for one in sheets[name].ids(column)}
        for one in needed if not sheets[name].lost else ():
            if str(one) not in there:
                yield Problem(f"{name}.csv", None, column, f"no row '{one}'", "a row for each of " + ", ".join(map(str, needed)))


def _list_sides(sheets):
    """Side of every structure and place; muscles are paired, and only the good rows are known."""
    sides = {made.muscle: "paired" for made, _ in sheets["muscles"]}
    for name in ("bones", "soft_tissues", "junctions"):
        sides.update((getattr(made, FILES[name].key[0]), made.side) for made, _ in sheets[name])
    return sides


def _check_sides(sheets):
    """What lies in the midline cannot hang on one of a pair, because nothing says on which."""
    sides = _list_sides(sheets)
    carried = [("bones", "parent", "bone"), ("joints", "parent", "joint"), ("joints", "child", "joint"), ("junctions", "bone", "junction")]
    for name, column, owner in carried:
        for made, number in sheets[name]:
            carrier = getattr(made, column)
            if made.side == "midline" and sides.get(carrier) == "paired":
                yield Problem(f"{name}.csv", number, column, f"'{carrier}', one of a pair, for '{getattr(made, owner)}' in the midline", "a bone in the midline")
    for made, number in sheets["joints"]:
        if made.side == "paired" and sides.get(made.child) == "midline":
            yield Problem("joints.csv", number, "side", f"'paired' above '{made.child}' in the midline", "midline")
    for made, number in sheets["line_points"]:
        if sides.get(made.structure) == "midline" and sides.get(_split_side(made.place)[0]) == "paired":
            yield Problem("line_points.csv", number, "place", f"'{made.place}', one of a pair, for '{made.structure}' in the midline", "a place in the midline")


def _check_places(sheets):
    """Points must be millimetres on the right side, near the bone that carries them."""
    centres = {made.bone: (made.com_x_mm, made.com_y_mm, made.com_z_mm) for made, _ in sheets["bones"]}
    carriers = {"bones": (), "joints": ("parent", "child"), "junctions": ("bone",), "line_points": ("place",)}
    for name, columns in carriers.items():
        axes = "com_{}_mm" if name == "bones" else "{}_mm"
        for made, number in sheets[name]:
            point = tuple(getattr(made, axes.format(axis)) for axis in "xyz")
            if 0 < max(map(abs, point)) < 3:
                yield Problem(f"{name}.csv", number, axes.format("x"), ", ".join(f"{value:g}" for value in point), "millimetres; these look like metres")
                continue
            if name != "line_points" and made.side == "paired" and point[2] <= 0:
                yield Problem(f"{name}.csv", number, axes.format("z"), f"{point[2]:g}", "a number above 0: the right side is written, the left is mirrored")
            for column in columns:
                bone, side = _split_side(getattr(made, column))
                if bone in centres and math.dist(point, (*centres[bone][:2], side * centres[bone][2])) > 600:
                    yield Problem(f"{name}.csv", number, axes.format("x"), f"a point more than 600 mm from the centre of mass of '{bone}'", "a point on or near its bone")


def _split_side(place):
    """Return a place without its prefix, and the factor on z that the prefix stands for."""
    bare = place.removeprefix("opposite:")
    return bare, 1 if bare == place else -1


def _check_paths(sheets):
    """The points of a line must be counted from 1, apart, and together of human size."""
    paths, loose = {}, {cells.get("structure") for cells in sheets["line_points"].broken}
    for made, number in sheets["line_points"]:
        paths.setdefault((made.structure, made.line), []).append((made, number))
    for (structure, line), points in paths.items():
        if structure in loose:
            continue
        order, number = [made.point for made, _ in points], points[0][1]
        if order != list(range(1, len(order) + 1)):
            yield Problem("line_points.csv", number, "point", f"{structure} line {line} with points {order}", "points counted 1, 2, 3 ... in order")
        steps = [math.dist(_point(a), _point(b)) for (a, _), (b, _) in zip(points, points[1:])]
        if steps and not 5 <= sum(steps) <= 1200:
            yield Problem("line_points.csv", number, "x_mm", f"{structure} line {line}, {sum(steps):.3g} mm long", "5 to 1200 mm; are the coordinates in millimetres?")
        for step, (_, row) in zip(steps, points[1:]):
            if step < 0.05:
                yield Problem("line_points.csv", row, "x_mm", "the same point as in the row before", "points at least 0.05 mm apart")


def _point(made):
    return made.x_mm, made.y_mm, made.z_mm


def _check_lines(sheets):
    """Structures, their lines and the points of the lines must match."""
    if any(sheets[name].lost for name in ("line_points", "muscle_lines", "tissue_lines")):
        return
    loose = {cells.get("structure") for name in ("line_points", "muscle_lines", "tissue_lines") for cells in sheets[name].broken}
    points = Counter((made.structure, made.line) for made, _ in sheets["line_points"] if made.structure not in loose)
    for owners, name in (("muscles", "muscle_lines"), ("soft_tissues", "tissue_lines")):
        lines = {}
        for made, number in sheets[name]:
            count = points.pop((made.structure, made.line), 0)
            lines.setdefault(made.structure, []).append(made.line)
            if count < 2 and made.structure not in loose:
                yield Problem(f"{name}.csv", number, "line", f"{made.structure} line {made.line} with {count} points", "at least two rows in line_points.csv")
        column = FILES[owners].key[0]
        for made, number in sheets[owners]:
            owner = getattr(made, column)
            found = sorted(lines.get(owner, []))
            if owner not in loose and (not found or found != list(range(1, len(found) + 1))):
                yield Problem(f"{owners}.csv", number, column, f"{owner} with lines {found or 'none'}", f"lines counted 1, 2, 3 ... in {name}.csv")
    for made, number in sheets["line_points"]:
        if made.point == 1 and (made.structure, made.line) in points:
            yield Problem("line_points.csv", number, "line", f"points of {made.structure} line {made.line}, which is in no file of lines",
                          "a line from muscle_lines.csv or tissue_lines.csv")


def _check_skeleton(sheets):
    """The bones must form one tree that hangs on the ground."""
    parents = {made.bone: made.parent for made, _ in sheets["bones"]}
    grounded = sum(parent == "ground" for parent in parents.values())
    if not sheets["bones"].broken and not sheets["bones"].lost and grounded != 1:
        yield Problem("bones.csv", None, "parent", f"{grounded} bones with the parent 'ground'", "exactly one")
    known = sheets["bones"].ids("bone") | {"ground"}
    for made, number in sheets["bones"]:
        seen, bone = {made.bone}, made.parent
        while bone in parents and bone not in seen:
            seen.add(bone)
            bone = parents[bone]
        if made.parent not in known:
            yield Problem("bones.csv", number, "parent", f"'{made.parent}', an unknown id", "a bone, or ground")
        elif bone == made.bone:
            yield Problem("bones.csv", number, "parent", f"'{made.parent}', which leads round in a circle", "a tree of bones")


def _check_joints(sheets):
    """Every bone but the first has exactly one joint, and that is to its parent."""
    if sheets["bones"].lost or sheets["joints"].lost:
        return
    parents = {made.bone: made.parent for made, _ in sheets["bones"]}
    joined, broken = {}, {cells.get("child") for cells in sheets["joints"].broken}
    for made, number in sheets["joints"]:
        if made.child in parents and made.parent != parents[made.child]:
            yield Problem("joints.csv", number, "parent", f"'{made.parent}', which does not carry '{made.child}'", f"the parent in bones.csv ('{parents[made.child]}')")
        if made.child in joined:
            yield Problem("joints.csv", number, "child", f"a second joint below which '{made.child}' hangs", f"one joint for each bone (first in row {joined[made.child]})")
        joined.setdefault(made.child, number)
    for made, number in sheets["bones"]:
        if made.parent != "ground" and made.bone not in joined and broken.isdisjoint(("", made.bone)):
            yield Problem("bones.csv", number, "bone", f"'{made.bone}' without a joint to its parent '{made.parent}'", "one row in joints.csv")


def _check_words(sheets):
    """Motor roots must run in the named nerve; a range must hold its value."""
    nerves = {made.nerve: set(made.roots) for made, _ in sheets["nerves"]}
    for made, number in sheets["muscles"]:
        extra = sorted(set(made.roots) - nerves.get(made.nerve, set(made.roots)))
        if extra:
            yield Problem("muscles.csv", number, "roots", ";".join(extra), f"levels that the nerve {made.nerve} carries")
    for made, number in sheets["parameters"]:
        if not made.low <= made.value <= made.high:
            yield Problem("parameters.csv", number, "value", f"{made.value}", f"a number from low ({made.low}) to high ({made.high})")


def _check_counts(sheets):
    """Stations of a chain count from 1 under one name; no two levels share a place in the cord."""
    orders = {}
    for made, number in sheets["roots"]:
        if made.order in orders:
            yield Problem("roots.csv", number, "order", f"{made.order} a second time", f"each once (first at {orders[made.order]})")
        orders.setdefault(made.order, made.root)
    chains, broken = {}, {cells.get("chain") for cells in sheets["chains"].broken}
    for made, number in sheets["chains"]:
        chains.setdefault(made.chain, []).append((made, number))
    for chain, found in chains.items():
        positions, (first, row) = [made.position for made, _ in found], found[0]
        if chain not in broken and positions != list(range(1, len(found) + 1)):
            yield Problem("chains.csv", row, "position", f"{chain} with positions {positions}", "positions counted 1, 2, 3 ... in order")
        for made, number in found:
            if made.name != first.name:
                yield Problem("chains.csv", number, "name", f"'{made.name}'", f"one name for the whole chain ('{first.name}')")


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
            yield Problem("line_points.csv", number, "place", f"'{made.place}' in the middle of a line", "a bone; only the first and the last point lie on a junction")
        x, y, z = places[junction]
        if math.dist(_point(made), (x, y, side * z)) > 1:
            yield Problem("line_points.csv", number, "x_mm", f"a point that is not at {junction}", f"its place in junctions.csv: {x:g}, {y:g}, {side * z:g}")
    for made, number in sheets["junctions"]:
        if not sheets["line_points"].lost and not sheets["line_points"].broken and ends[made.junction] < 2:
            yield Problem("junctions.csv", number, "junction", f"'{made.junction}' with {ends[made.junction]} line ends", "at least two lines that end there")


def _check_links(sheets):
    """A link names two different structures of fitting kind and side, once."""
    sides, nerves, seen = _list_sides(sheets), {made.nerve for made, _ in sheets["nerves"]}, {}
    for made, number in sheets["links"]:
        if made.from_ == made.to and made.side != "opposite":
            yield Problem("links.csv", number, "to", f"'{made.to}' linked with itself", "two different structures")
        if (made.from_ in nerves) != (made.kind == "passes") and (made.from_ in nerves or made.from_ in sides):
            yield Problem("links.csv", number, "kind", f"'{made.kind}' from '{made.from_}'", "passes from a nerve, continuous from soft tissue")
        pair = (frozenset((made.from_, made.to)), made.kind, made.side)
        if pair in seen:
            yield Problem("links.csv", number, "from", f"'{made.from_}, {made.to}' a second time", f"each once (first in row {seen[pair]})")
        seen.setdefault(pair, number)
        middle = "midline" in (sides.get(made.from_), sides.get(made.to))
        if made.from_ in sides and made.to in sides and middle != (made.side == "midline"):
            yield Problem("links.csv", number, "side", f"'{made.side}'", "midline if one of the two lies in the midline, else same or opposite")
    yield from _check_link_junctions(sheets)


def _check_link_junctions(sheets):
    """Both structures of a link must reach the junction by which it carries force."""
    reaches, loose = {}, {cells.get("structure") for cells in sheets["line_points"].broken}
    for made, _ in sheets["line_points"]:
        reaches.setdefault(made.structure, set()).add(_split_side(made.place)[0])
    known = {made.junction for made, _ in sheets["junctions"]}
    for made, number in sheets["links"]:
        for column, structure in (("from", made.from_), ("to", made.to)):
            if made.junction in known and structure in reaches and structure not in loose and made.junction not in reaches[structure]:
                yield Problem("links.csv", number, column, f"'{structure}', which does not reach {made.junction}", "a structure with a line that ends there")
