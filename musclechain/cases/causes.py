"""Causes: small frozen records that check themselves and say what they ask of a body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real

from musclechain.anatomy.case_tables import read_levels
from musclechain.mechanics.change import CauseError, Demand, check_flag, check_number, check_side

__all__ = ["ForwardBend", "HamstringStrain", "HoldPose", "LegLift", "Limp", "PullOn", "Weaken"]

JOINT_NAMES = ("flexion", "side bend or abduction", "rotation")
# what a strain reads of data/cases.csv: unit, least, most
STRAIN = {
    "protective_tension": ("N", 0, 1000),
    "capacity": ("share", 0, 1),
    "pain": ("share", 0, 1),
    "spared": ("share", 0, 1),
}


@dataclass(frozen=True)
class HamstringStrain:
    """A strained hamstring: the long head of the biceps femoris tightens, weakens, hurts and is
    spared.

    Parameters
    ----------
    side : "left" or "right"
    grade : 1, 2 or 3
        Mild strain, partial tear, complete tear. What each grade means stands
        in data/cases.csv.

    Examples
    --------
    >>> HamstringStrain("left", grade=4)
    Traceback (most recent call last):
    ...
    musclechain.mechanics.change.CauseError: grade must be 1, 2 or 3, and is 4.
    """

    side: str
    grade: int = 2

    def __post_init__(self):
        check_side(self.side)
        if (
            isinstance(self.grade, bool)
            or not isinstance(self.grade, Real)
            or self.grade not in (1, 2, 3)
        ):
            raise CauseError(f"grade must be 1, 2 or 3, and is {self.grade!r}.")

    @property
    def muscle(self):
        """The muscle that is strained."""
        return f"biceps_femoris_long_head_{self.side}"

    def demand(self, body):
        """Say what the strain asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        levels = read_levels(body, "hamstring_strain", STRAIN, ("1", "2", "3"))
        values = levels[str(int(self.grade))].values
        return Demand(
            load_shift=_unload(self.side, values["spared"]),
            tensions={self.muscle: values["protective_tension"]},
            capacity={self.muscle: values["capacity"]},
            pain={self.muscle: values["pain"]},
        )


@dataclass(frozen=True)
class Limp:
    """A limp: weight is kept off one leg, with or without leaning the trunk.

    Parameters
    ----------
    side : "left" or "right"
        The sore leg.
    offload : float
        0 to 1, how much of that leg's half of the weight is moved to the other.
    lean_deg : float
        Trunk lean, positive toward the sound side, -20 to 20.
    forward_deg : float
        Forward bend of the trunk, 0 to 30.
    head_level : bool
        Whether the neck keeps the head upright over the leaning trunk.
    """

    side: str
    offload: float = 0.5
    lean_deg: float = 0.0
    forward_deg: float = 0.0
    head_level: bool = True

    def __post_init__(self):
        check_side(self.side)
        check_number("offload", self.offload, 0, 1)
        check_number("lean_deg", self.lean_deg, -20, 20, "degrees")
        check_number("forward_deg", self.forward_deg, 0, 30, "degrees")
        check_flag("head_level", self.head_level)

    def demand(self, body):
        """Say what the limp asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        toward_sound = self.lean_deg * (1 if self.side == "left" else -1)
        half = (self.forward_deg / 2, toward_sound / 2, 0.0)
        return Demand(
            angles={"lumbar": half, "thorax": half},
            load_shift=_unload(self.side, self.offload),
            head_level=self.head_level,
        )


def _unload(side, share):
    """Change of the left foot's share when a side gives up a part of its half."""
    return (-0.5 if side == "left" else 0.5) * share


@dataclass(frozen=True)
class ForwardBend:
    """Bend forward from hips and back, knees straight.

    Parameters
    ----------
    degrees : float
        Trunk inclination, 0 to 60.
    hip_share : float
        0 to 1, the part that the hips do; the back does the rest.
    """

    degrees: float
    hip_share: float = 1 / 3

    def __post_init__(self):
        check_number("degrees", self.degrees, 0, 60, "degrees")
        check_number("hip_share", self.hip_share, 0, 1)

    def demand(self, body):
        """Say what the bend asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        back = (self.degrees * (1 - self.hip_share) / 2, 0.0, 0.0)
        hips = (self.degrees * self.hip_share, 0.0, 0.0)
        return Demand(
            angles={"lumbar": back, "thorax": back, "thigh_left": hips, "thigh_right": hips},
            head_level=False,
        )


@dataclass(frozen=True)
class LegLift:
    """One leg off the ground, the thigh raised forward and the shank hanging down.

    Parameters
    ----------
    side : "left" or "right"
        The lifted leg.
    height_deg : float
        How far the thigh is raised, 0 (the foot just leaves the ground) to 50.
    lean_deg : float
        Trunk lean, positive over the standing leg, -20 to 20.
    """

    side: str
    height_deg: float = 0.0
    lean_deg: float = 0.0

    def __post_init__(self):
        check_side(self.side)
        check_number("height_deg", self.height_deg, 0, 50, "degrees")
        check_number("lean_deg", self.lean_deg, -20, 20, "degrees")

    def demand(self, body):
        """Say what standing on the other leg asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        height, lean = (
            (self.height_deg, 0.0, 0.0),
            (0.0, self.lean_deg / 2 * (1 if self.side == "left" else -1), 0.0),
        )
        return HoldPose(
            {
                f"thigh_{self.side}": height,
                f"shank_{self.side}": height,
                "lumbar": lean,
                "thorax": lean,
            },
            lifted_foot=self.side,
        ).demand(body)


@dataclass(frozen=True)
class PullOn:
    """Added tension in one structure, to see how far it reaches.

    Parameters
    ----------
    structure : str
        Id such as ``latissimus_dorsi_left``.
    newtons : float
        0 to 1000.
    """

    structure: str
    newtons: float = 50.0

    def __post_init__(self):
        check_number("newtons", self.newtons, 0, 1000, "N")

    def demand(self, body):
        """Say what the pull asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        body.find(self.structure)
        return Demand(tensions={self.structure: self.newtons})


@dataclass(frozen=True)
class Weaken:
    """A muscle with only a part of its strength left.

    Parameters
    ----------
    muscle : str
    capacity : float
        Share of strength left, 0 to 1.
    """

    muscle: str
    capacity: float = 0.5

    def __post_init__(self):
        check_number("capacity", self.capacity, 0, 1)

    def demand(self, body):
        """Say what the weakness asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        body.find(self.muscle, kinds=("muscle",))
        return Demand(capacity={self.muscle: self.capacity})


@dataclass(frozen=True)
class HoldPose:
    """A pose to hold, by the joint above each bone.

    Parameters
    ----------
    angles : mapping of bone to (flexion, side bend or abduction, rotation)
        Degrees relative to the parent bone, clinical signs: trunk, neck and
        head flexion, bend to the right (left side up), rotation with the left
        side forward; limbs flexion (dorsiflexion), abduction (eversion),
        internal rotation. ``{"neck": (30, 0, 0)}`` nods the neck. Feet on the
        ground stay flat, so hips and ankles of standing legs give way to
        balance and what is asked of them is a wish.
    load_share : float
        Share of the weight on the left foot, 0 to 1.
    lift_mm : mapping of side to number
        Raises the ground under a foot, -60 to 60.
    wedge_deg : mapping of side to number
        Tilts the ground under a foot, positive rolls it in, -20 to 20.
    lifted_foot : "left", "right" or None
        A foot that hangs free.
    head_level : bool
        False leaves neck and head to the angles given.
    """

    angles: Mapping = field(default_factory=dict)
    load_share: float = 0.5
    lift_mm: Mapping = field(default_factory=dict)
    wedge_deg: Mapping = field(default_factory=dict)
    lifted_foot: str | None = None
    head_level: bool = True

    def __post_init__(self):
        for name in ("angles", "lift_mm", "wedge_deg"):
            given = getattr(self, name)
            if not isinstance(given, Mapping):
                raise CauseError(f"{name} must be a dict such as {{...: ...}}, and is {given!r}.")
            object.__setattr__(
                self, name, dict(given)
            )  # a copy: the caller may go on changing what was given
        check_flag("head_level", self.head_level)
        for bone, angles in self.angles.items():
            if not isinstance(angles, (tuple, list)) or len(angles) != 3:
                raise CauseError(
                    f"The angles of {bone} must be three numbers (flexion, side, rotation), and are"
                    f" {angles!r}."
                )
            for name, value in zip(JOINT_NAMES, angles, strict=True):
                check_number(f"{name} of {bone}", value, -120, 120, "degrees")
        check_number("load_share", self.load_share, 0, 1)
        for name, values, limit, unit in (
            ("lift_mm", self.lift_mm, 60, "mm"),
            ("wedge_deg", self.wedge_deg, 20, "degrees"),
        ):
            for side, value in values.items():
                check_side(side)
                check_number(f"{name} of the {side} foot", value, -limit, limit, unit)
        if self.lifted_foot is not None:
            check_side(self.lifted_foot)
            if self.load_share not in (0.5, 0.0 if self.lifted_foot == "left" else 1.0):
                raise CauseError(
                    f"With the {self.lifted_foot} foot lifted the other one carries everything;"
                    " leave load_share out."
                )

    def demand(self, body):
        """Say what the pose asks of a body.

        Parameters
        ----------
        body : Body

        Returns
        -------
        Demand
        """
        for bone in self.angles:
            body.find(bone, kinds=("bone",))
            if body.graph.nodes[bone]["parent"] == "ground":
                raise CauseError(
                    f"{bone} hangs on no joint, so it cannot be turned by itself: turn the thighs,"
                    " or the bone above it."
                )
        level = self.head_level and not {"neck", "head"} & set(self.angles)
        return Demand(
            angles=dict(self.angles),
            load_shift=self.load_share - 0.5,
            lift_mm=dict(self.lift_mm),
            wedge_deg=dict(self.wedge_deg),
            lifted_foot=self.lifted_foot,
            head_level=level,
        )
