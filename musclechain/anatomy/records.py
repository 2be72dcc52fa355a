"""The rows of the data files as read-only records: each column with its type, range and the words
for what is allowed.

The meaning and source of each column stand in ``data/README.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, get_args, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)

__all__ = [
    "DIRECTIONS",
    "FILES",
    "GRADES",
    "JOINT_AXES",
    "REGIONS",
    "VIEWS",
    "CaseNumber",
    "ChainStation",
    "Claim",
    "Dermatome",
    "Attachment",
    "Evidence",
    "Joint",
    "JointStop",
    "ObliqueAxis",
    "Junction",
    "LinePoint",
    "MuscleLine",
    "NervePoint",
    "NerveStem",
    "Parameter",
    "Record",
    "ReferredSpot",
    "Root",
    "SKIN_PARTS",
    "SkinArea",
    "SkinNerve",
    "Source",
    "Tables",
    "TissueLine",
    "column_name",
]


def _split(cell: object) -> object:
    return tuple(part.strip() for part in cell.split(";")) if isinstance(cell, str) else cell


def _refuse_python_numbers(cell: object) -> object:
    """Python reads 1_0 as ten; in a data file it is a slip of the finger."""
    if isinstance(cell, str) and "_" in cell:
        raise ValueError("no number")
    return cell


Whole = Annotated[int, BeforeValidator(_refuse_python_numbers)]
Decimal = Annotated[float, BeforeValidator(_refuse_python_numbers)]
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
CaseLevelId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_]*$",
        description="a level such as 2 or mild: letters, digits and _",
    ),
]
Place = Annotated[
    str, Field(pattern=r"^(opposite:)?[a-z][a-z0-9_]*$", description="a bone or junction")
]
Count = Annotated[Whole, Field(ge=1, le=99, description="a whole number from 1 to 99")]
Millimetre = Annotated[
    Decimal, Field(ge=-2500, le=2500, description="millimetres from -2500 to 2500")
]
Length = Annotated[Decimal, Field(ge=0, le=1000, description="millimetres from 0 to 1000")]
FibreLength = Annotated[Decimal, Field(ge=0.1, le=1000, description="millimetres from 0.1 to 1000")]
Moment = Annotated[Decimal, Field(ge=0.001, le=500, description="a number from 0.001 to 500")]
Share = Annotated[Decimal, Field(ge=0, le=1, description="a number from 0 to 1")]
Width = Annotated[Decimal, Field(ge=0.2, le=3, description="a number from 0.2 to 3")]
TendonShare = Annotated[Decimal, Field(ge=0, le=0.8, description="a number from 0 to 0.8")]
Mass = Annotated[Decimal, Field(ge=0.001, le=80, description="kilograms from 0.001 to 80")]
Area = Annotated[
    Decimal, Field(ge=0.001, le=200, description="square centimetres from 0.001 to 200")
]
Angle = Annotated[Decimal, Field(ge=0, le=60, description="degrees from 0 to 60")]
Stiffness = Annotated[Decimal, Field(ge=0.001, le=5000, description="N/mm from 0.001 to 5000")]
Newtons = Annotated[Decimal, Field(ge=0, le=1000, description="newtons from 0 to 1000")]
Number = Annotated[Decimal, Field(description="a number")]
JointAxisName = Literal["flexion", "side_bend", "rotation"]
JOINT_AXES: tuple[str, ...] = get_args(JointAxisName)
JointAxis = Annotated[JointAxisName, Field(description="one of " + ", ".join(JOINT_AXES))]
DirectionName = Literal["more", "less"]
DIRECTIONS: tuple[str, ...] = get_args(DirectionName)
Direction = Annotated[DirectionName, Field(description="one of " + ", ".join(DIRECTIONS))]
StopAngle = Annotated[Decimal, Field(ge=0, le=180, description="degrees from 0 to 180")]
Steepness = Annotated[Decimal, Field(ge=0.5, le=60, description="degrees from 0.5 to 60")]
Component = Annotated[Decimal, Field(ge=-1, le=1, description="a number from -1 to 1")]
Turn = Annotated[Decimal, Field(ge=-180, le=360, description="degrees from -180 to 360")]
Along = Annotated[Decimal, Field(ge=-0.2, le=1.4, description="a number from -0.2 to 1.4")]
PartName = Literal[
    "head",
    "neck",
    "trunk",
    "thigh",
    "shank",
    "foot",
    "upper_arm",
    "forearm",
    "hand",
    "hidden",
]
SKIN_PARTS: tuple[str, ...] = get_args(PartName)
Part = Annotated[PartName, Field(description="one of " + ", ".join(SKIN_PARTS))]
PlexusName = Literal["cervical", "brachial", "lumbar", "sacral", "none"]
Plexus = Annotated[PlexusName, Field(description="one of " + ", ".join(get_args(PlexusName)))]
Ids = Annotated[
    tuple[Id, ...], BeforeValidator(_split), Field(min_length=1, description="ids joined by ;")
]
Side = Annotated[Literal["midline", "paired"], Field(description="midline or paired")]
RegionName = Literal[
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
]
REGIONS: tuple[str, ...] = get_args(RegionName)
Region = Annotated[RegionName, Field(description="one of " + ", ".join(REGIONS))]
GradeName = Literal["supported", "plausible", "contested", "folk wisdom"]
GRADES: tuple[str, ...] = get_args(GradeName)
Grade = Annotated[GradeName, Field(description="one of " + ", ".join(GRADES))]
TextbookGrade = Annotated[
    Literal["supported", "plausible", "contested"],
    Field(description="one of " + ", ".join(GRADES[:3])),
]
Verdict = Annotated[
    Literal[GradeName, "weak"], Field(description="one of " + ", ".join((*GRADES, "weak")))
]
Lesson = Annotated[str, Field(pattern=r"^(0[1-9]|10)$", description="a lesson from 01 to 10")]
ViewName = Literal["back", "front", "both", "deep"]
VIEWS: tuple[str, ...] = get_args(ViewName)
View = Annotated[ViewName, Field(description="one of " + ", ".join(VIEWS))]
Layer = Annotated[
    Whole, Field(ge=1, le=4, description="a whole number from 1 (deep) to 4 (under the skin)")
]
UnitName = Literal[
    "none",
    "share",
    "N",
    "N/m",
    "N/cm2",
    "Nm",
    "Nm/rad",
    "J/Nm2",
    "mm",
    "mm2",
    "kPa",
    "deg",
    "s",
    "m/s",
    "Hz",
    "min",
    "days",
]
Unit = Annotated[UnitName, Field(description="one of " + ", ".join(get_args(UnitName)))]


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
    mass_kg: Mass
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
    passive_share: Share
    allowance_flexion_nm: Moment
    allowance_side_bend_nm: Moment
    allowance_rotation_nm: Moment
    source: Key
    note: Note


class JointStop(Record):
    """How a joint begins to resist toward the end of its range: growing by e for each step."""

    key = ("joint", "axis", "direction")
    refers = {"joint": ("joints",), "source": ("sources", "evidence")}
    joint: Id
    axis: JointAxis
    direction: Direction
    angle_deg: StopAngle
    moment_nm: Moment
    steepness_deg: Steepness
    source: Key
    note: Note


class ObliqueAxis(Record):
    """The line about which one angle of a joint turns, where it is not one of the body's axes."""

    key = ("joint", "axis")
    refers = {"joint": ("joints",), "source": ("sources", "evidence")}
    joint: Id
    axis: JointAxis
    x: Component
    y: Component
    z: Component
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
    width: Width
    tendon_proximal: TendonShare
    tendon_distal: TendonShare
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
    width: Width
    tendon_proximal: TendonShare
    tendon_distal: TendonShare
    source: Key
    note: Note


class MuscleLine(Record):
    """One line of pull of a muscle."""

    key = ("structure", "line")
    refers = {"structure": ("muscles",), "source": ("sources", "evidence")}
    structure: Id
    line: Count
    pcsa_cm2: Area
    fibre_mm: FibreLength
    slack_mm: Length
    pennation_deg: Angle
    source: Key
    note: Note


class TissueLine(Record):
    """One strand of a fascia, ligament or tendon."""

    key = ("structure", "line")
    refers = {"structure": ("soft_tissues",), "source": ("sources", "evidence")}
    structure: Id
    line: Count
    stiffness_n_per_mm: Stiffness
    pretension_n: Newtons
    source: Key
    note: Note


class LinePoint(Record):
    """One point on the path of a line, on the right side of the body."""

    key = ("structure", "line", "point")
    refers = {
        "structure": ("muscles", "soft_tissues"),
        "place": ("bones", "junctions", "joints"),
    }
    structure: Id
    line: Count
    point: Count
    place: Place
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre


class Attachment(Record):
    """One point of the curve along which a broad muscle or fascia begins, ends, or passes over what
    lies under it, on the right side."""

    key = ("muscle", "end", "point")
    refers = {
        "muscle": ("muscles", "soft_tissues"),
        "place": ("bones",),
        "source": ("sources", "evidence"),
    }
    muscle: Id
    end: Annotated[
        Literal["origin", "first", "middle", "late", "last", "insertion"],
        Field(description="origin, first, middle, late, last or insertion"),
    ]
    point: Count
    place: Id
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre
    tendon_share: Share
    source: Key
    note: Note


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
    freedom: Annotated[Whole, Field(ge=1, le=3, description="1, 2 or 3 free directions")]
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


class NerveStem(Record):
    """Where a nerve of the nerves comes from: a plexus, and the nerve of which it is a branch."""

    key = ("nerve",)
    refers = {
        "nerve": ("nerves",),
        "stem": ("nerves", "none"),
        "source": ("sources", "evidence"),
    }
    nerve: Id
    plexus: Plexus
    stem: Id
    source: Key
    note: Note


class SkinArea(Record):
    """A patch of skin of one side, between two lines along a part of the body."""

    key = ("skin",)
    refers = {"source": ("sources", "evidence")}
    skin: Id
    name: Text
    plain_name: Text
    part: Part
    from_deg: Turn
    from_start: Along
    from_end: Along
    to_deg: Turn
    to_start: Along
    to_end: Along
    region: Region
    source: Key
    note: Note


class SkinNerve(Record):
    """A nerve of the skin, the levels whose fibres it carries and the patches that it reaches."""

    key = ("nerve",)
    refers = {
        "roots": ("roots",),
        "stem": ("nerves", "none"),
        "skin": ("skin",),
        "source": ("sources", "evidence"),
    }
    nerve: Id
    name: Text
    plain_name: Text
    roots: Levels
    plexus: Plexus
    stem: Id
    skin: Ids
    grade: TextbookGrade
    source: Key
    note: Note


class Dermatome(Record):
    """The patches that one published map gives to one spinal level."""

    key = ("source", "root")
    refers = {"source": ("sources",), "root": ("roots",), "skin": ("skin",)}
    source: Key
    root: Level
    skin: Ids
    grade: Grade
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
    claim: Annotated[Whole, Field(ge=1, le=43, description="a claim of the text, 1 to 43")]
    paragraph: Annotated[Whole, Field(ge=1, le=7, description="a paragraph of the text, 1 to 7")]
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
    value: Number
    unit: Unit
    low: Number
    high: Number
    meaning: Text
    source: Key
    grade: Grade
    note: Note


class CaseNumber(Record):
    """One number of a case: how large one quantity is at one level of an injury or a state."""

    key = ("case", "level", "quantity")
    refers = {"source": ("sources", "evidence")}
    case: Id
    level: CaseLevelId
    name: Text
    quantity: Id
    value: Number
    unit: Unit
    low: Number
    high: Number
    source: Key
    grade: Grade
    note: Note


class ReferredSpot(Record):
    """A place, on the side of a muscle, at which clinicians describe its pain; drawn as an oval."""

    key = ("muscle", "spot")
    refers = {
        "muscle": ("muscles",),
        "place": ("bones",),
        "evidence": ("evidence",),
    }
    muscle: Id
    spot: Id
    words: Text
    view: Annotated[Literal["back", "front", "side"], Field(description="back, front or side")]
    place: Place
    x_mm: Millimetre
    y_mm: Millimetre
    z_mm: Millimetre
    wide_mm: Annotated[Decimal, Field(gt=0, le=400, description="a number above 0 up to 400")]
    high_mm: Annotated[Decimal, Field(gt=0, le=400, description="a number above 0 up to 400")]
    evidence: Key
    note: Note


@dataclass(frozen=True)
class Tables:
    """The records of every file of a data folder, in the order of their rows.

    What is listed here is what a data folder holds: each name is that of a CSV file.
    """

    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    bones: tuple[Bone, ...]
    joints: tuple[Joint, ...]
    joint_stops: tuple[JointStop, ...]
    joint_axes: tuple[ObliqueAxis, ...]
    roots: tuple[Root, ...]
    nerves: tuple[Nerve, ...]
    muscles: tuple[Muscle, ...]
    soft_tissues: tuple[SoftTissue, ...]
    junctions: tuple[Junction, ...]
    muscle_lines: tuple[MuscleLine, ...]
    tissue_lines: tuple[TissueLine, ...]
    line_points: tuple[LinePoint, ...]
    nerve_points: tuple[NervePoint, ...]
    attachments: tuple[Attachment, ...]
    nerve_stems: tuple[NerveStem, ...]
    skin: tuple[SkinArea, ...]
    skin_nerves: tuple[SkinNerve, ...]
    dermatomes: tuple[Dermatome, ...]
    links: tuple[Link, ...]
    chains: tuple[ChainStation, ...]
    claims: tuple[Claim, ...]
    parameters: tuple[Parameter, ...]
    cases: tuple[CaseNumber, ...]
    referred_pain: tuple[ReferredSpot, ...]


FILES: Mapping[str, type[Record]] = MappingProxyType(
    {name: get_args(hint)[0] for name, hint in get_type_hints(Tables).items()}
)


def column_name(record: type[Record], field: str) -> str:
    """Name of a field as the header of its file writes it."""
    return record.model_fields[field].alias or field
