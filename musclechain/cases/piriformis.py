"""The sciatic nerve at the piriformis: under, through or over it, and what presses on it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import CaseLevel, read_levels
from musclechain.cases.raises import Raise
from musclechain.mechanics.change import CauseError, check_number, check_side
from musclechain.mechanics.interface import find_bend, press_of_bend, press_of_parting
from musclechain.mechanics.skeleton import Skeleton

__all__ = [
    "VARIANTS",
    "Course",
    "Interface",
    "Variant",
    "draw_interface_numbers",
    "find_interface",
    "read_frequency",
    "read_spread",
    "trace_course",
]

Variant = Literal["under", "through", "over"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
# what is read of data/cases.csv: unit, least, most
GEOMETRY = {
    "width": ("mm", 5, 80),
    "thickness": ("mm", 2, 40),
    "nerve_back": ("mm", -20, 20),
}
MUSCLE = {
    **GEOMETRY,
    **{f"nerve_{variant}": ("share", 0, 1) for variant in VARIANTS},
}
MOST_N = 500.0
# the nerve runs freely from this far above the muscle to this far below, m
BESIDE_M = 0.04
# places of the nerve that lie nearer to each other count as one, m
APART_M = 0.001


@dataclass(frozen=True)
class Interface:
    """What presses on the sciatic nerve where it passes the piriformis.

    Attributes
    ----------
    variant : "under", "through" or "over"
    nerve_n, muscle_n : float
        Tension of each, N.
    nerve_bend_deg : float
        How much the nerve changes its direction round the muscle.
    from_nerve_n : float
        What the tension of the nerve presses with, N.
    from_muscle_n : float
        What the tension of the muscle presses with, N.
    """

    variant: str
    nerve_n: float
    muscle_n: float
    nerve_bend_deg: float
    from_nerve_n: float
    from_muscle_n: float

    @property
    def load_n(self) -> float:
        """What presses on the nerve in all, N."""
        return self.from_nerve_n + self.from_muscle_n


@dataclass(frozen=True)
class Course:
    """The nerve on its way past the muscle, as `find_interface` bends it.

    Attributes
    ----------
    before, past, after : numpy.ndarray, shape (n, 3)
        Its places in front of the muscle, from the spine down; those at which it bends round the
        muscle; and those behind the small muscles below. Metres, in the posture of the data's
        pelvis.
    along : numpy.ndarray, shape (3,)
        Direction of the muscle there.
    across : float
        Width of the nerve, m.
    """

    before: np.ndarray
    past: np.ndarray
    after: np.ndarray
    along: np.ndarray
    across: float


def read_spread(body: Body, variant: Variant) -> tuple[float, float]:
    """Read the least and the greatest share that a series found, 0 to 1; see `read_frequency`."""
    check_side(variant, VARIANTS, "variant")
    row = _read_adult(body).records[f"nerve_{variant}"]
    return float(row.low), float(row.high)


def read_frequency(body: Body, variant: Variant) -> float:
    """Read how often the nerve, or a part of it, runs so: a share from 0 to 1.

    The shares are of different series and do not add up to 1.
    """
    check_side(variant, VARIANTS, "variant")
    return _read_adult(body).values[f"nerve_{variant}"]


def _read_adult(body: Body) -> CaseLevel:
    return read_levels(body, "piriformis", MUSCLE, ("adult",))["adult"]


def draw_interface_numbers(body: Body, count: int, seed: int = 0) -> list[dict[str, float]]:
    """Draw width and thickness of the muscle, and the place of the nerve, from their ranges, each
    evenly and apart.

    Parameters
    ----------
    body : Body
    count : int
    seed : int
        The same seed draws the same numbers.

    Returns
    -------
    list of dict
        As `find_interface` takes them.
    """
    return _read_adult(body).draw(GEOMETRY, count, seed)


def find_interface(
    found: Raise,
    variant: Variant = "under",
    piriformis_n: float = 0.0,
    numbers: Mapping[str, float] | None = None,
) -> Interface:
    """Find what presses on the nerve at the piriformis.

    From geometry and tension alone: a cord that bends over something presses on it. The plexus
    lies in front of the muscle and the nerve goes down behind the small muscles below it. Under:
    it bends round the lower edge, and where the muscle bends over the edge of the notch it bears
    on the nerve with the share of its width that the nerve takes up. Through: the nerve bends in
    the middle of the muscle, whose halves part round it. Over: it bends round the upper edge and
    back down behind the muscle. What a swollen or thickened muscle does is not known to it.

    Parameters
    ----------
    found : Raise
        Gives the hip's position and the tension of nerve and muscle.
    variant : "under", "through" or "over"
    piriformis_n : float
        Tension of the muscle beyond what stretch gives it, N, 0 to 500; it is only added here,
        and turns no bone.
    numbers : mapping of str to float, optional
        In place of those of data/cases.csv, by quantity of the piriformis.

    Returns
    -------
    Interface

    Raises
    ------
    CauseError
        For another variant or tension, or a body without the muscle.

    Examples
    --------
    >>> import musclechain as mc
    >>> raised = mc.raise_leg(mc.read_body(), mc.StraightLegRaise("left", 70))
    >>> mc.find_interface(raised, "over").load_n > mc.find_interface(raised, "under").load_n
    True
    """
    check_side(variant, VARIANTS, "variant")
    added = check_number("piriformis_n", piriformis_n, 0, MOST_N, "N")
    at = _cross(found, {**_read_adult(found.body).values, **(numbers or {})})
    points = [at.front, *at.bend(variant), at.down]
    bends = [find_bend(*points[i : i + 3]) for i in range(len(points) - 2)]
    muscle_n = at.muscle_n + added
    return Interface(
        variant,
        at.nerve_n,
        muscle_n,
        float(np.degrees(sum(bends))),
        sum(press_of_bend(at.nerve_n, bend) for bend in bends),
        _press_of_muscle(variant, at.muscle, muscle_n, at.middle, at.across, at.width),
    )


def trace_course(found: Raise, variant: Variant = "under") -> Course:
    """Trace the nerve past the muscle, as `find_interface` bends it.

    Parameters
    ----------
    found : Raise
    variant : "under", "through" or "over"

    Returns
    -------
    Course

    Raises
    ------
    CauseError
        For another variant, or a body without the muscle.
    """
    check_side(variant, VARIANTS, "variant")
    at = _cross(found, _read_adult(found.body).values)
    s, pose = found.rested.bench.skeleton, found.rested.pose
    pelvis = s.bones.index("pelvis")

    def hold(places: list[np.ndarray]) -> np.ndarray:
        back: np.ndarray = (np.array(places) - pose.origin[pelvis]) @ pose.rotation[pelvis]
        return back + s.joint[pelvis]

    before, after = _list_beside(found, at)
    along = (at.muscle[1] - at.muscle[0]) @ pose.rotation[pelvis]
    return Course(
        hold([*before, at.front]),
        hold(at.bend(variant)),
        hold([at.down, *after]),
        along / np.linalg.norm(along),
        at.across,
    )


@dataclass(frozen=True)
class _Crossing:
    """Muscle and nerve where they cross: lengths in m, tensions in N."""

    muscle: np.ndarray
    muscle_n: float
    nerve_n: float
    across: float
    width: float
    middle: np.ndarray
    front: np.ndarray
    down: np.ndarray
    edge: np.ndarray  # from the middle to the lower edge, on the way of the nerve
    off: np.ndarray  # from the middle to a nerve that lies behind the muscle

    def bend(self, variant: Variant) -> list[np.ndarray]:
        """Where the nerve bends, from above to below."""
        ways = {
            "under": [self.middle + self.edge],
            "through": [self.middle],
            "over": [self.middle - self.edge, self.middle + self.off],
        }
        return ways[variant]


def _cross(found: Raise, values: Mapping[str, float]) -> _Crossing:
    width, thick, behind = (values[name] / 1000 for name in GEOMETRY)
    muscle, muscle_n = _find_muscle(found)
    up, down, area, nerve_n = _find_nerve(found, muscle)
    across = 2 * float(np.sqrt(area / np.pi))
    # the frame of the muscle at the crossing: along it, backward, and toward its lower edge
    along = (muscle[1] - muscle[0]) / np.linalg.norm(muscle[1] - muscle[0])
    back = np.array([-1.0, 0.0, 0.0])
    back -= (back @ along) * along
    back /= np.linalg.norm(back)
    lower = np.cross(along, back)
    lower *= np.sign(-lower[1])
    middle = _find_crossing(muscle, up, down)
    down = down + behind * back
    off, way = (thick + across) / 2, down - up
    way -= (way @ back) * back
    # the nerve meets the edges on its own way, not straight beside the middle
    edge = (width + across) / 2 / float(way @ lower) * way
    front = up + ((middle - up) @ back - off) * back
    return _Crossing(
        muscle, muscle_n, nerve_n, across, width, middle, front, down, edge, off * back
    )


def _list_beside(found: Raise, at: _Crossing) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The places of the nerve above and below those of its crossing, from the spine down."""
    course = found.rested.nerve.cord.course
    places = found.rested.carry(course.bone, course.point)
    trunk = np.flatnonzero(np.isin(np.array(course.strand), ("root", "sciatic")))
    run = [places[course.start[trunk[0]]], *(places[course.end[piece]] for piece in trunk)]
    heights = np.array([place[1] for place in run])
    above, below = heights > at.front[1] + APART_M, heights < at.down[1] - APART_M
    return (
        [place for place, is_above in zip(run, above, strict=True) if is_above],
        [place for place, is_below in zip(run, below, strict=True) if is_below],
    )


def _press_of_muscle(
    variant: Variant,
    muscle: np.ndarray,
    muscle_n: float,
    middle: np.ndarray,
    across: float,
    width: float,
) -> float:
    if variant == "over":
        return 0.0
    if variant == "through":
        ends = [float(np.linalg.norm(end - middle)) for end in (muscle[0], muscle[-1])]
        return 2 * press_of_parting(muscle_n / 2, across / 2, *ends)
    share = min(across / width, 1.0)
    return share * press_of_bend(muscle_n, find_bend(*muscle[:3]))


def _find_muscle(found: Raise) -> tuple[np.ndarray, float]:
    """The line of the piriformis of the raised leg as it runs now (m), and its tension."""
    s: Skeleton = found.rested.bench.skeleton
    name = f"piriformis_{found.test.side}"
    if name not in s.structures:
        raise CauseError(f"The body has no {name}; undo its cut.")
    (line,) = np.flatnonzero(s.structure == s.structures.index(name))
    points = found.rested.carry(s.bone_of, s.point)[s.line_of == line]
    return points, float(found.rested.tension[line])


def _find_nerve(found: Raise, muscle: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """The places of the nerve above and below the muscle (m), its cross-section and tension."""
    nerve = found.rested.nerve
    course = nerve.cord.course
    places = found.rested.carry(course.bone, course.point)
    strand = np.array(course.strand)
    trunk = np.flatnonzero((strand == "root") | (strand == "sciatic"))
    piece = trunk[
        np.argmin([_gap(muscle, places[[course.start[i], course.end[i]]]) for i in trunk])
    ]
    beside = places[[course.start[piece], course.end[piece]]].mean(axis=0)
    far = np.linalg.norm(places - beside, axis=1) > BESIDE_M
    up, down = int(course.start[piece]), int(course.end[piece])
    while not far[up]:
        up = int(course.start[np.flatnonzero(course.end == up)[0]])
    while not far[down]:
        down = int(course.end[np.flatnonzero(course.start == down)[0]])
    return places[up], places[down], float(nerve.cord.area[piece]), float(nerve.tension[piece])


def _gap(muscle: np.ndarray, piece: np.ndarray) -> float:
    """How far the middle of a piece of nerve lies from the first stretch of the muscle, m."""
    way, at = muscle[1] - muscle[0], piece.mean(axis=0) - muscle[0]
    share = float(np.clip(at @ way / (way @ way), 0, 1))
    return float(np.linalg.norm(at - share * way))


def _find_crossing(muscle: np.ndarray, up: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The place on the first stretch of the muscle that the nerve passes, seen from behind."""
    way, nerve = muscle[1] - muscle[0], down - up
    sides = np.stack([way[1:], -nerve[1:]], axis=1)
    share = float(np.clip(np.linalg.solve(sides, (up - muscle[0])[1:])[0], 0.05, 1.0))
    place: np.ndarray = muscle[0] + share * way
    return place
