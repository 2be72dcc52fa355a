"""The rows of the data files as read-only records: each column with its type, range and the words
for what is allowed.

The meaning and source of each column stand in ``data/README.md``.
"""

from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

__all__ = ["FILES", "GRADES", "REGIONS", "Record"]


def _split(cell):
    return tuple(part.strip() for part in cell.split(";")) if isinstance(cell, str) else cell


def _number(low, high, words):
    return Annotated[float, Field(ge=low, le=high, description=words)]


Text = Annotated[str, Field(min_length=1, description="some text")]
Note = Annotated[str, Field(description="any text, or nothing")]
Id = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="an id: small letters, digits and _")
]
Key = Annotated[
    str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", description="an id: letters, digits and _")
]
Level = Annotated[
    str,
    Field(
        pattern=r"^(C[1-8]|T([1-9]|1[0-2])|[LS][1-5]|XI)$",
        description="one spinal level such as L5, or XI",
    ),
]
Levels = Annotated[
    tuple[Level, ...],
    BeforeValidator(_split),
    Field(min_length=1, description="levels such as L5;S1"),
]
Keys = Annotated[
    tuple[Key, ...], BeforeValidator(_split), Field(min_length=1, description="ids joined by ;")
]
Place = Annotated[
    str, Field(pattern=r"^(opposite:)?[a-z][a-z0-9_]*$", description="a bone or junction")
]
Count = Annotated[int, Field(ge=1, le=99, description="a whole number from 1 to 99")]
Millimetre = _number(-2500, 2500, "millimetres from -2500 to 2500")
Length = _number(0, 1000, "millimetres from 0 to 1000")
PositiveLength = Annotated[
    float, Field(gt=0, le=1000, description="millimetres above 0, at most 1000")
]
Moment = Annotated[float, Field(gt=0, le=500, description="a number above 0, at most 500")]
Share = _number(0, 1, "a number from 0 to 1")
Side = Annotated[Literal["midline", "paired"], Field(description="midline or paired")]
REGIONS = (
    "foot",
    "calf",
    "thigh",
    "hip",
    "pelvis",
    "abdomen",
    "lumbar",
    "thoracic",
    "shoulder",
    "neck",
    "head",
)
Region = Annotated[Literal[REGIONS], Field(description="one of " + ", ".join(REGIONS))]
GRADES = ("supported", "plausible", "contested", "folk wisdom")
Grade = Annotated[Literal[GRADES], Field(description="one of " + ", ".join(GRADES))]
TextbookGrade = Annotated[Literal[GRADES[:3]], Field(description="one of " + ", ".join(GRADES[:3]))]
VERDICTS = (*GRADES, "weak")
Verdict = Annotated[Literal[VERDICTS], Field(description="one of " + ", ".join(VERDICTS))]
Lesson = Annotated[str, Field(pattern=r"^(0[1-9]|10)$", description="a lesson from 01 to 10")]
VIEWS = ("back", "front", "both", "deep")
View = Annotated[Literal[VIEWS], Field(description="one of " + ", ".join(VIEWS))]
Layer = Annotated[
    int, Field(ge=1, le=4, description="a whole number from 1 (deep) to 4 (under the skin)")
]
UNITS = ("none", "share", "N", "N/m", "N/cm2", "Nm", "mm", "kPa", "deg")
Unit = Annotated[Literal[UNITS], Field(description="one of " + ", ".join(UNITS))]


class Record(BaseModel):
    """One row of a file: read-only, strict about its columns."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    key: ClassVar[tuple[str, ...]] = ()
    refers: ClassVar[dict[str, tuple[str, ...]]] = {}

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_python_numbers(cls, cell, info):
        """Python reads 1_0 as ten; in a data file it is a slip of the finger."""
        if (
            isinstance(cell, str)
            and "_" in cell
            and cls.model_fields[info.field_name].annotation in (int, float)
        ):
            raise ValueError("no number")
        return cell


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
    kind: Annotated[
        Literal["fascia", "ligament", "tendon"], Field(description="fascia, ligament or tendon")
    ]
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
    pcsa_cm2: Annotated[
        float, Field(gt=0, le=200, description="square centimetres above 0, at most 200")
    ]
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
    stiffness_n_per_mm: Annotated[
        float, Field(gt=0, le=5000, description="N/mm above 0, at most 5000")
    ]
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


class NervePoint(Record):
    """One point on the drawn course of a nerve, on the right side of the body."""

    key = ("nerve", "branch", "point")
    refers = {"nerve": ("nerves",), "place": ("bones",), "source": ("sources", "evidence")}
    nerve: Id
    branch: Key
    point: Count
    place: Id
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre
    source: Key
    note: Note


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
    side: Annotated[
        Literal["same", "opposite", "midline"], Field(description="same, opposite or midline")
    ]
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
    side: Annotated[
        Literal["same", "opposite", "midline"], Field(description="same, opposite or midline")
    ]
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


FILES = MappingProxyType(
    {
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
        "nerve_points": NervePoint,
        "links": Link,
        "chains": ChainStation,
        "claims": Claim,
        "parameters": Parameter,
        "hamstring_grades": HamstringGrade,
    }
)
