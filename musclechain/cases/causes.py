"""Causes: small frozen records that check themselves and say what they change."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.cases.description import Grade, Number, Side, Sides, Switch, case, field
from musclechain.mechanics.change import Angles, CauseError, Change, check_number, check_side

__all__ = [
    "HAMSTRINGS",
    "Cut",
    "CutLink",
    "ForwardBend",
    "HamstringStrain",
    "HoldPose",
    "Insole",
    "LegLift",
    "Limp",
    "OneLegStance",
    "PelvicShift",
    "PullOn",
    "Shorten",
    "SoreMuscle",
    "Soften",
    "RollingFoot",
    "UnevenHips",
    "Weaken",
]

HAMSTRINGS = ("biceps_femoris_long_head", "semitendinosus", "semimembranosus")
JOINT_NAMES = ("flexion", "side bend or abduction", "rotation")
WIDEST_DEG, HIGHEST_MM, STEEPEST_DEG = 120, 60, 20
# what a strain reads of data/cases.csv: unit, least, most
STRAIN = {
    "protective_tension": ("N", 0, 1000),
    "capacity": ("share", 0, 1),
    "transmission": ("share", 0.01, 1),
    "pain": ("share", 0, 1),
    "spared": ("share", 0, 1),
}


# what an insole reads of data/cases.csv
ORTHOSIS = {"tilt": ("deg", 0, 10)}
# what bracing reads of data/cases.csv, and which muscles brace: belly and buttocks
BRACING = {"tone": ("share", 0, 1)}
BRACED = ("abdominals", "gluteals")


def _unload(side: str, share: float) -> float:
    """Change of the left foot's share when a side gives up a part of its half."""
    return (-0.5 if side == "left" else 0.5) * share


# ---- what happens to a person -----------------------------------------------------------------


@case
class HamstringStrain:
    """A strained hamstring: the long head of the biceps femoris tightens, weakens, hurts and is
    spared.

    Examples
    --------
    >>> HamstringStrain("left", grade=4)
    Traceback (most recent call last):
    ...
    musclechain.mechanics.change.CauseError: grade must be 1, 2 or 3, and is 4.
    """

    side: Side = field("Sore leg")
    grade: Grade = field(
        "Grade of the strain",
        default=2,
        unit="1 mild, 2 partial, 3 complete",
        help=(
            "What each grade means for tension, strength, pain and sparing is an assumption; see"
            " the table of grades."
        ),
    )

    @property
    def muscle(self) -> str:
        """The muscle that is strained."""
        return f"biceps_femoris_long_head_{self.side}"

    def change(self, body: Body) -> Change:
        """Say what the strain changes; see `Change`."""
        levels = read_levels(body, "hamstring_strain", STRAIN, ("1", "2", "3"))
        values = levels[str(self.grade)].values
        return Change(
            load_shift=_unload(self.side, values["spared"]),
            tensions={self.muscle: values["protective_tension"]},
            strength={self.muscle: values["capacity"]},
            stiffness={self.muscle: values["transmission"]},
            pain={self.muscle: values["pain"]},
        )


@case
class Limp:
    """A limp: weight is kept off one leg, with or without leaning the trunk."""

    side: Side = field("Sore leg")
    offload: Number = field(
        "Weight kept off the sore leg",
        default=0.5,
        low=0,
        high=1,
        unit="%",
        help="How much of that leg's half of the weight the other leg takes over.",
        step=0.05,
        percent=True,
    )
    lean_deg: Number = field(
        "Trunk leans to the sound side",
        default=0.0,
        low=-20,
        high=20,
        unit="degrees",
        help=(
            "What the person means to do; the trunk ends up a little beside it. Negative leans over"
            " the sore leg."
        ),
        step=1,
    )
    forward_deg: Number = field(
        "Trunk bends forward", default=0.0, low=0, high=30, unit="degrees", step=1
    )
    head_level: Switch = field(
        "The head stays level",
        default=True,
        help="The neck bends back so that the eyes stay level.",
    )

    def change(self, body: Body) -> Change:
        """Say what the limp asks of a body; see `Change`."""
        toward_sound = self.lean_deg * (1 if self.side == "left" else -1)
        half = (self.forward_deg / 2, toward_sound / 2, 0.0)
        return Change(
            angles={"lumbar": half, "thorax": half},
            load_shift=_unload(self.side, self.offload),
            head_level=self.head_level,
        )


@case
class ForwardBend:
    """Bend forward from hips and back, knees straight."""

    degrees: Number = field("Bend forward", low=0, high=90, unit="degrees", step=5)
    hip_share: Number | None = field(
        "Share of the hips",
        default=None,
        low=0.1,
        high=1,
        unit="%; the back bends the rest",
        help="How much of the bend the hips do; not given, hips and back share it as their"
        " stiffness and strength have it. The knees stay straight.",
        step=0.05,
        percent=True,
    )

    def change(self, body: Body) -> Change:
        """Say what the bend asks of a body; see `Change`."""
        hips = {}
        if self.hip_share is not None:
            thigh = (self.degrees * self.hip_share, 0.0, 0.0)
            hips = {"thigh_left": thigh, "thigh_right": thigh}
        lean = {"thorax": (self.degrees, 0.0, 0.0)}
        return Change(angles=hips, inclination=lean, head_level=False)


@case
class LegLift:
    """One leg off the ground, the thigh raised forward and the shank hanging down."""

    side: Side = field("Lifted leg")
    height_deg: Number = field(
        "Thigh raised forward",
        default=0.0,
        low=0,
        high=50,
        unit="degrees",
        help=(
            "At 0 the leg hangs straight down, as beside a low step; shank and foot hang by their"
            " weight."
        ),
        step=5,
    )
    lean_deg: Number = field(
        "Trunk leans over the standing leg",
        default=0.0,
        low=-20,
        high=20,
        unit="degrees",
        help="Negative leans toward the lifted leg.",
        step=1,
    )

    def change(self, body: Body) -> Change:
        """Say what standing on the other leg asks of a body; see `Change`."""
        over = self.lean_deg / 2 * (1 if self.side == "left" else -1)
        height, lean = (self.height_deg, 0.0, 0.0), (0.0, over, 0.0)
        angles = {
            f"thigh_{self.side}": height,
            f"shank_{self.side}": height,
            "lumbar": lean,
            "thorax": lean,
        }
        return HoldPose(angles, lifted_foot=self.side).change(body)


@case
class UnevenHips:
    """One hip higher than the other: a longer leg, or higher ground under that foot."""

    high_side: Side = field("Higher hip")
    mm: Number = field(
        "Higher by",
        default=20.0,
        low=0,
        high=40,
        unit="mm",
        help="How much longer that leg is, or how much higher the ground is under its foot.",
        step=5,
    )

    def change(self, body: Body) -> Change:
        """Say what uneven hips ask of a body; see `Change`."""
        return Change(lift_mm={self.high_side: self.mm})


@case
class PelvicShift:
    """The pelvis stands to one side of the feet; the weight stays even, so the trunk makes up for
    it above."""

    side: Side = field("Pelvis stands to the")
    mm: Number = field(
        "Shifted by",
        default=20.0,
        low=0,
        high=40,
        unit="mm",
        help="How far the pelvis stands to that side of the weight.",
        step=5,
    )

    def change(self, body: Body) -> Change:
        """Say what the shift asks of a body; see `Change`."""
        return Change(aside_mm=self.mm if self.side == "right" else -self.mm)


@case
class OneLegStance:
    """Standing on one leg as on a low step, the other hanging beside it, with or without
    bracing."""

    side: Side = field("Standing leg")
    brace: Number = field(
        "Belly and buttocks braced",
        default=0.0,
        low=0,
        high=1,
        unit="%",
        help=(
            "How firmly belly and buttocks are tensed on purpose; how much that is at 100 % is an"
            " assumption (data/cases.csv)."
        ),
        step=0.1,
        percent=True,
    )

    def change(self, body: Body) -> Change:
        """Say what standing on one leg asks of a body; see `Change`."""
        other = {"left": "right", "right": "left"}[self.side]
        firm = read_levels(body, "bracing", BRACING, ("1",))["1"].values["tone"]
        braced = [name for name, node in body.graph.nodes(data=True) if node.get("group") in BRACED]
        tone = dict.fromkeys(braced, firm * self.brace) if self.brace else {}
        return Change(lifted_foot=other, tone=tone)


@case
class RollingFoot:
    """A foot that stands rolled in (pronated) or out, as on a wedge.

    How far shank, thigh and pelvis follow is not asked for: it comes from the
    slant of the heel's hinge and from what resists. The body is solved with each
    foot in one piece; what its arch does, under a forefoot that stays flat, is
    worked out afterwards (`find_arch`).
    """

    side: Sides = field("Rolled foot")
    eversion_deg: Number = field(
        "Rolls in by",
        default=5.0,
        low=-15,
        high=15,
        unit="degrees",
        help="How far the outer edge of the sole is raised; less than 0 rolls the foot out.",
        step=1,
    )

    def change(self, body: Body) -> Change:
        """Say what the rolled foot asks of a body; see `Change`."""
        return Change(wedge_deg=dict.fromkeys(_list_feet(self.side), self.eversion_deg))


@case
class Insole:
    """An insole with a wedge under the inner heel, which takes some of the rolling-in back.

    By how much is what trials of foot orthoses found (FT06, in data/cases.csv).
    A support under the arch is left out: its height changed nothing that was
    regular (FT08).
    """

    side: Sides = field("Insole in the shoe of")
    wedge: Number = field(
        "Height of its wedge",
        default=1.0,
        low=0,
        high=2,
        unit="%",
        help="Of the usual one, as trials found it to work.",
        step=0.1,
        percent=True,
    )

    def change(self, body: Body) -> Change:
        """Say what the insole changes of the ground; see `Change`."""
        tilt = read_levels(body, "insole", ORTHOSIS, ("orthosis",))["orthosis"].values["tilt"]
        return Change(wedge_deg=dict.fromkeys(_list_feet(self.side), -self.wedge * tilt))


def _list_feet(side: str) -> tuple[str, ...]:
    return ("left", "right") if side == "both" else (side,)


# ---- general causes: pull anywhere, cut a link, hold any pose ---------------------------------


@case
class PullOn:
    """Added tension in one structure, to see how far it reaches."""

    structure: str = field("Pull on", help="The structure that tightens by itself.")
    newtons: Number = field(
        "Pull",
        default=50.0,
        low=0,
        high=1000,
        unit="N, about a tenth of a kilogram each",
        help="How much tension is added in this structure.",
        step=5,
    )

    def change(self, body: Body) -> Change:
        """Say what the pull changes; see `Change`."""
        return Change(tensions={body.find(self.structure): self.newtons})


@case
class Weaken:
    """A muscle with only a part of its strength left."""

    muscle: str = field("Muscle")
    capacity: Number = field(
        "Strength that is left", default=0.5, low=0, high=1, unit="%", step=0.05, percent=True
    )

    def change(self, body: Body) -> Change:
        """Say what the weakness changes; see `Change`."""
        return Change(strength={body.find(self.muscle, kinds=("muscle",)): self.capacity})


@case
class SoreMuscle:
    """A muscle that hurts, and nothing else: by itself it moves no force.

    Guarding is what may follow from it, by the theory that is chosen; see `spread`.
    """

    muscle: str = field("Sore muscle")
    pain: Number = field(
        "How sore", default=1.0, low=0, high=1, unit="0 not at all, 1 as much as can be", step=0.1
    )

    def change(self, body: Body) -> Change:
        """Say what hurts; see `Change`."""
        return Change(pain={body.find(self.muscle, kinds=("muscle",)): self.pain})


@case
class Soften:
    """Tissue that is softer, or stiffer, than in the healthy body."""

    structure: str = field("Structure")
    stiffness: Number = field(
        "Stiffness",
        default=0.5,
        low=0.01,
        high=100,
        help="A factor: less than 1 is softer, more is stiffer.",
    )

    def change(self, body: Body) -> Change:
        """Say what the softening changes; see `Change`."""
        return Change(stiffness={body.find(self.structure): self.stiffness})


def _read_names(value: Any) -> tuple[str, ...]:
    listed = (
        tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
    )
    if not listed or not all(isinstance(name, str) for name in listed):
        raise CauseError(f"muscles must be a name or a list of names of muscles, and is {value!r}.")
    return listed


@case
class Shorten:
    """Muscles that are shorter, so that they come to their end sooner when they are stretched.

    The slack length of each line gets less; the muscle meets its passive
    resistance that much earlier, and is otherwise as before.
    """

    muscles: Annotated[tuple[str, ...], BeforeValidator(_read_names)] = field(
        "Muscles", help="Ids; a name without a side, as in `HAMSTRINGS`, means both."
    )
    mm: Number = field(
        "Shorter by",
        default=10.0,
        low=0,
        high=60,
        unit="mm",
        help="The muscles come to their end that much earlier.",
        step=5,
    )

    def change(self, body: Body) -> Change:
        """Say what the shortening changes; see `Change`."""
        sided = [
            name
            for muscle in self.muscles
            for name in (
                [muscle] if muscle in body.graph else [f"{muscle}_left", f"{muscle}_right"]
            )
        ]
        return Change(slack_mm={body.find(name, kinds=("muscle",)): -self.mm for name in sided})


@case
class Cut:
    """One soft structure cut through before anything else is asked.

    What is compared with is then the body with the cut, as of ``body.without(structure)``.
    """

    structure: str = field("Cut", help="The structure that is cut through.")

    def change(self, body: Body) -> Change:
        """Say what is cut; see `Change`."""
        return Change(cuts=(body.find(self.structure),))


@case
class CutLink:
    """One continuity of tissue with tissue cut through, as of ``body.without_link(a, b)``."""

    first: str = field("One end of the link")
    second: str = field("The other end")

    def change(self, body: Body) -> Change:
        """Say what is cut; see `Change`."""
        return Change(cuts=((body.find(self.first), body.find(self.second)),))


def _read_angles(value: Any) -> dict[str, Angles]:
    angles = _read_mapping("angles", value)
    for bone, turns in angles.items():
        if not isinstance(turns, (tuple, list)) or len(turns) != 3:
            raise CauseError(
                f"The angles of {bone} must be three numbers (flexion, side, rotation), and are"
                f" {turns!r}."
            )
        for name, turn in zip(JOINT_NAMES, turns, strict=True):
            check_number(f"{name} of {bone}", turn, -WIDEST_DEG, WIDEST_DEG, "degrees")
    return angles


def _read_mapping(name: str, value: Any) -> dict:
    """Copy a mapping: the caller may go on changing what was given."""
    if not isinstance(value, Mapping):
        raise CauseError(f"{name} must be a dict such as {{...: ...}}, and is {value!r}.")
    return dict(value)


def _read_ground(name: str, limit: float, unit: str) -> BeforeValidator:
    def read(value: Any) -> dict[str, float]:
        sides = _read_mapping(name, value)
        for side, number in sides.items():
            check_side(side)
            check_number(f"{name} of the {side} foot", number, -limit, limit, unit)
        return sides

    return BeforeValidator(read)


@case
class HoldPose:
    """A pose to hold, by the joint above each bone.

    Angles are relative to the parent bone, clinical signs: trunk, neck and
    head flexion, bend to the right (left side up), rotation with the left side
    forward; limbs flexion (dorsiflexion), abduction (eversion), internal
    rotation, at the ankle about its own hinges.
    ``HoldPose({"neck": (30, 0, 0)})`` nods the neck. Feet on the ground stay
    flat and the weight stays over them; the angles are strong wishes, and the
    other joints take the cheapest pose that goes with them.
    """

    angles: Annotated[dict[str, Any], BeforeValidator(_read_angles)] = field(
        "Angles", default={}, help="Bone to (flexion, side bend or abduction, rotation), degrees."
    )
    load_share: Number = field("Share of the weight on the left foot", default=0.5, low=0, high=1)
    lift_mm: Annotated[dict[str, Any], _read_ground("lift_mm", HIGHEST_MM, "mm")] = field(
        "Height of the ground", default={}, help="Side to millimetres, -60 to 60."
    )
    wedge_deg: Annotated[dict[str, Any], _read_ground("wedge_deg", STEEPEST_DEG, "degrees")] = (
        field(
            "Tilt of the ground",
            default={},
            help="Side to degrees, -20 to 20; positive rolls the foot in.",
        )
    )
    feet_apart_mm: Number = field(
        "Feet further apart", default=0.0, low=-60, high=400, unit="mm", help="Than the hips are."
    )
    lifted_foot: Side | None = field(
        "A foot that hangs free",
        default=None,
        help="As beside a low step; if nothing is asked of it, it hangs by its weight.",
    )
    head_level: Switch = field(
        "The head stays level", default=True, help="False leaves neck and head to the angles given."
    )

    def __post_init__(self) -> None:
        if self.lifted_foot is not None:
            alone = 0.0 if self.lifted_foot == "left" else 1.0
            if self.load_share not in (0.5, alone):
                raise CauseError(
                    f"With the {self.lifted_foot} foot lifted the other one carries everything;"
                    " leave load_share out."
                )

    def change(self, body: Body) -> Change:
        """Say what the pose asks of a body; see `Change`."""
        for bone in self.angles:
            body.find(bone, kinds=("bone",))
            if body.graph.nodes[bone]["parent"] == "ground":
                raise CauseError(
                    f"{bone} hangs on no joint, so it cannot be turned by itself: turn the thighs,"
                    " or the bone above it."
                )
        return Change(
            angles=dict(self.angles),
            load_shift=self.load_share - 0.5,
            lift_mm=dict(self.lift_mm),
            wedge_deg=dict(self.wedge_deg),
            feet_apart_mm=self.feet_apart_mm,
            lifted_foot=self.lifted_foot,
            head_level=self.head_level and not {"neck", "head"} & set(self.angles),
        )
