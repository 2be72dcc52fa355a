"""A straight leg that is raised, and the slump test: a relaxed person and an examiner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeGuard

import numpy as np
import pandas as pd
import scipy

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.anatomy.sides import OTHER_SIDE
from musclechain.cases.description import Number, Side, case, field
from musclechain.cases.nerve import STRANDS, build_cord
from musclechain.mechanics.bench import Bench, Freedom, Posture, Rested, rest_body
from musclechain.mechanics.change import (
    Case,
    CauseError,
    Change,
    add_changes,
    check_body,
    check_number,
    cut_body,
)
from musclechain.mechanics.routes import alter_tissue, one_thread
from musclechain.mechanics.skeleton import GRAVITY
from musclechain.mechanics.spread import find_healthy_body, find_skeleton

__all__ = ["Raise", "Slump", "StraightLegRaise", "find_range", "raise_leg", "raise_through"]

# what lying reads of data/cases.csv: unit, least, most
LYING = {"spine_softer": ("share", 0.05, 1), "roll": ("mm", -50, 200)}
HIGHEST_DEG = 120.0
SEATED_DEG = 90.0
BESIDE = ("canal", "fibular")  # not on the way of the nerve from the spine to the sole
COARSE = 12  # steps in which the range is looked for at first
# what can carry a moment, in words
CARRIERS = ("muscle", "fascia and ligament", "joint", "nerve")


@case
class StraightLegRaise:
    """A straight leg raised by an examiner, of a relaxed person who lies on the back.

    The chest lies still and the other leg is held on the bench; the pelvis may roll.
    """

    side: Side = field("Raised leg")
    degrees: Number = field(
        "Raised by",
        default=60.0,
        low=0,
        high=HIGHEST_DEG,
        unit="degrees",
        help="Of the leg against the bench: hip and pelvis together.",
        step=1,
    )
    ankle_deg: Number = field(
        "Foot bent up",
        default=0.0,
        low=-40,
        high=25,
        unit="degrees",
        help="From a right angle to the shin; negative points the foot.",
        step=1,
    )
    neck_deg: Number = field(
        "Head bent forward", default=0.0, low=-20, high=60, unit="degrees", step=1
    )
    knee_deg: Number = field("Knee bent", default=0.0, low=0, high=90, unit="degrees", step=1)

    @property
    def moved(self) -> str:
        """The bone that the examiner moves last: at its joint the resistance is felt."""
        return f"thigh_{self.side}"

    def posture(self, body: Body) -> Posture:
        """Say which joints are held and which are free; see `Posture`."""
        this, other = f"thigh_{self.side}", f"thigh_{OTHER_SIDE[self.side]}"
        backs = tuple(
            Freedom({bone: 1.0, this: -1.0, other: -1.0}, roll=1.0) for bone in ("lumbar", "thorax")
        )
        return Posture(
            {
                this: self.degrees,
                f"shank_{self.side}": self.knee_deg,
                f"foot_{self.side}": self.ankle_deg,
                "head": self.neck_deg,
            },
            (*backs, Freedom({"neck": 1.0, "head": -1.0})),
            _watch(self.side),
            flat="thorax",
            up=(1.0, 0.0, 0.0),
        )


@case
class Slump:
    """The slump test: sitting upright on the pelvis, back and neck bent forward, one knee
    straightened by an examiner.

    Pelvis and thighs keep their place on the seat.
    """

    side: Side = field("Straightened leg")
    knee_deg: Number = field(
        "Knee bent", default=0.0, low=0, high=90, unit="degrees", help="0 is straight.", step=1
    )
    ankle_deg: Number = field("Foot bent up", default=0.0, low=-40, high=25, unit="degrees", step=1)
    neck_deg: Number = field(
        "Head bent forward", default=0.0, low=-20, high=60, unit="degrees", step=1
    )
    slump_deg: Number = field(
        "Back bent forward",
        default=0.0,
        low=0,
        high=60,
        unit="degrees",
        help="Low back and lower chest together.",
        step=1,
    )

    @property
    def moved(self) -> str:
        """The bone that the examiner moves last: at its joint the resistance is felt."""
        return f"shank_{self.side}"

    def posture(self, body: Body) -> Posture:
        """Say which joints are held and which are free; see `Posture`."""
        return Posture(
            {
                f"thigh_{self.side}": SEATED_DEG,
                f"thigh_{OTHER_SIDE[self.side]}": SEATED_DEG,
                f"shank_{self.side}": self.knee_deg,
                f"shank_{OTHER_SIDE[self.side]}": SEATED_DEG,
                f"foot_{self.side}": self.ankle_deg,
                "thorax": self.slump_deg,
                "head": self.neck_deg,
            },
            (Freedom({"lumbar": 1.0, "thorax": -1.0}), Freedom({"neck": 1.0, "head": -1.0})),
            _watch(self.side),
            flat="pelvis",
            up=(0.0, 1.0, 0.0),
        )


Test = StraightLegRaise | Slump


def _watch(side: str) -> tuple[str, ...]:
    legs = (f"thigh_{side}", f"thigh_{OTHER_SIDE[side]}", f"shank_{side}", f"foot_{side}")
    return ("lumbar", "thorax", "neck", "head", *legs)


@dataclass(frozen=True)
class Raise:
    """What an examiner meets.

    Attributes
    ----------
    body : Body
    test : StraightLegRaise or Slump
    rested : Rested
        The relaxed body as it lies or sits.
    flat : Rested
        The same body lying straight, with which it is compared.
    """

    body: Body
    test: Test
    rested: Rested
    flat: Rested

    @property
    def tissue_nm(self) -> float:
        """Moment at the joint that is moved with which tissue resists the movement, Nm."""
        return self._signed(self.rested.moment(self.test.moved))

    @property
    def weight_nm(self) -> float:
        """The same of the weight that hangs on the joint."""
        return self._signed(self.rested.weight(self.test.moved))

    @property
    def pelvis_deg(self) -> float:
        """How far the pelvis has rolled back on the bench, degrees."""
        return sum(
            self.rested.angle_deg(bone) - self.flat.angle_deg(bone) for bone in ("lumbar", "thorax")
        )

    @property
    def hip_deg(self) -> float:
        """How far the hip of the leg that is tested bends from lying straight, degrees.

        With `pelvis_deg` it makes up by how much a straight leg is raised.
        """
        thigh = f"thigh_{self.test.side}"
        return self.rested.angle_deg(thigh) - self.flat.angle_deg(thigh)

    def _signed(self, moment: float) -> float:
        # a knee resists being straightened with a moment that bends it
        return -moment if self.test.moved.startswith("shank") else moment

    @cached_property
    def carriers(self) -> pd.DataFrame:
        """What resists at the joint that is moved.

        Returns
        -------
        pandas.DataFrame
            Index: structure, ``joint`` and ``nerve``. Columns carrier (one of muscle, fascia and
            ligament, joint, nerve), tension_N (of the nerve the greatest; NaN for the joint) and
            moment_Nm, which add up to `tissue_nm`.
        """
        s, joint = self.rested.bench.skeleton, self._joint
        count = len(s.structures)
        moment = np.bincount(s.structure, self.rested.line_nm[:, joint], count)
        tension = np.bincount(s.structure, self.rested.tension, count)
        muscle = np.bincount(s.structure, s.is_muscle, count) > 0
        rows = {
            "carrier": [*np.where(muscle, CARRIERS[0], CARRIERS[1]), CARRIERS[2], CARRIERS[3]],
            "tension_N": [*tension, np.nan, self._find_tension()],
            "moment_Nm": [
                self._signed(float(one))
                for one in (
                    *moment,
                    self.rested.joint_nm[joint],
                    self.rested.nerve_nm[joint],
                )
            ],
        }
        return pd.DataFrame(rows, index=pd.Index([*s.structures, "joint", "nerve"], name="what"))

    @property
    def _joint(self) -> int:
        return self.rested.posture.watched.index(self.test.moved)

    def _find_tension(self) -> float:
        """The nerve's greatest tension where the joint that is moved stretches its bed."""
        near = np.abs(self.rested.nerve_growth[:, self._joint]) > 0
        return float(self.rested.nerve.tension[near].max(initial=0.0))

    def shares(self) -> pd.Series:
        """Moment that muscle, fascia and ligament, joint and nerve resist with, Nm."""
        return self.carriers.groupby("carrier")["moment_Nm"].sum().reindex(list(CARRIERS))

    @cached_property
    def nerve(self) -> pd.DataFrame:
        """The nerve along its course.

        Returns
        -------
        pandas.DataFrame
            A row for each piece, from the head to the sole and then the fibular part. Columns
            strand (see `STRANDS`), bone, along_mm (from the head, in the straight body),
            strain_percent and added_percent (strain beyond that of the body lying straight),
            tension_N, excursion_mm (how far its middle has slid toward the foot past its bed since
            then).
        """
        now, before = self.rested.nerve, self.flat.nerve
        course = now.cord.course
        along = np.zeros(len(course.point))
        for first, last, length in zip(course.start, course.end, course.length, strict=True):
            along[last] = along[first] + length
        slid = 1000 * (now.slide - before.slide)
        bones = self.rested.bench.skeleton.bones
        return pd.DataFrame(
            {
                "strand": course.strand,
                "bone": [bones[bone] for bone in course.bone[course.end]],
                "along_mm": 1000 * (along[course.start] + along[course.end]) / 2,
                "strain_percent": 100 * now.strain,
                "added_percent": 100 * (now.strain - before.strain),
                "tension_N": now.tension,
                "excursion_mm": (slid[course.start] + slid[course.end]) / 2,
            }
        )

    @property
    def added_percent(self) -> float:
        """The greatest strain that is added to the nerve on its way from the spine to the sole,
        %."""
        rows = self.nerve
        return float(rows.loc[~rows["strand"].isin(BESIDE), "added_percent"].max())

    def strands(self) -> pd.DataFrame:
        """The parts of the nerve: mean added strain (%), greatest tension (N) and the excursion
        (mm) that is furthest from 0, by strand."""
        return self._strands.copy()

    @cached_property
    def _strands(self) -> pd.DataFrame:
        rows = self.nerve
        length = pd.Series(self.rested.nerve.cord.course.length)
        by = rows["strand"]
        added = (rows["added_percent"] * length).groupby(by).sum() / length.groupby(by).sum()
        furthest = rows["excursion_mm"].groupby(by).apply(lambda one: one[one.abs().idxmax()])
        tension = rows["tension_N"].groupby(by).max()
        return pd.DataFrame(
            {"added_percent": added, "tension_N": tension, "excursion_mm": furthest}
        ).reindex(list(STRANDS))

    def excursion_at(self, strand: str, share: float) -> float:
        """How far a place of the nerve has slid toward the foot past its bed, mm.

        Parameters
        ----------
        strand : str
            One of `STRANDS`.
        share : float
            Where along it, 0 (toward the head) to 1.
        """
        rows = self.nerve[self.nerve["strand"] == strand]
        run = rows["along_mm"].to_numpy()
        return float(np.interp(run[0] + share * (run[-1] - run[0]), run, rows["excursion_mm"]))


def raise_leg(
    body: Body,
    test: Test,
    remedies: Case | Iterable[Case] = (),
    nerve: float = 1.0,
    numbers: Mapping[str, float] | None = None,
    near: Raise | None = None,
) -> Raise:
    """Raise the leg of a relaxed person, or straighten the knee in the slump test.

    It is no posture that muscles hold, so `spread` does not know it: nothing is active.

    Parameters
    ----------
    body : Body
    test : StraightLegRaise or Slump
    remedies : remedy or sequence of remedies
        Such as ``Shorten`` or ``Soften``: what they change of tissue counts.
    nerve : float
        A factor on the stiffness of the nerve, 0.01 to 100.
    numbers : mapping of str to float, optional
        In place of those of data/cases.csv, by quantity of the sciatic nerve and of lying.
    near : Raise, optional
        A test that differs little; only makes this one faster.

    Returns
    -------
    Raise

    Raises
    ------
    CauseError, SolveError, UnknownStructureError
        In words that say what to change.

    Examples
    --------
    >>> import musclechain as mc
    >>> found = mc.raise_leg(mc.read_body(), mc.StraightLegRaise("left", degrees=70))
    >>> found.tissue_nm > 5 and found.pelvis_deg > 0
    True
    """
    return raise_through(body, [test], remedies, nerve, numbers, near)[0]


def raise_through(
    body: Body,
    tests: Sequence[Test],
    remedies: Case | Iterable[Case] = (),
    nerve: float = 1.0,
    numbers: Mapping[str, float] | None = None,
    near: Raise | None = None,
) -> list[Raise]:
    """Put one body through several tests, each starting from where the last one ended.

    Where it comes to rest does not depend on what came before; it is only faster so.

    Parameters
    ----------
    body : Body
    tests : sequence of StraightLegRaise or Slump
        All on one side.
    remedies, nerve, numbers, near
        As `raise_leg`.

    Returns
    -------
    list of Raise
    """
    nerve = check_number("nerve", nerve, 0.01, 100)
    cases = tuple(remedies) if isinstance(remedies, Iterable) else (remedies,)
    for test in tests:
        if not isinstance(test, (StraightLegRaise, Slump)):
            raise CauseError(f"StraightLegRaise('left') or Slump('left') is needed, not {test!r}.")
    change = add_changes(check_body(body), cases)
    cut = cut_body(body, change.cuts)
    missing = {bone for test in tests for bone in test.posture(cut).watched} - set(cut.bones)
    if missing:
        raise CauseError(f"The body has no {min(missing)}, so no examiner can raise its leg.")
    with one_thread():
        found: list[Raise] = []
        for test in tests:
            bench = _lay_down(cut, test.side, change, nerve, numbers)
            flat = _lie_flat(cut, bench, test.side)
            past = [one.rested for one in (near, *found)[-2:] if _is_alike(one, test)]
            rested = rest_body(bench, test.posture(cut), *past[::-1])
            found.append(Raise(cut, test, rested, flat))
    return found


def _is_alike(found: Raise | None, test: Test) -> TypeGuard[Raise]:
    return found is not None and type(found.test) is type(test) and found.test.side == test.side


def _lay_down(
    body: Body,
    side: str,
    change: Change,
    nerve: float,
    numbers: Mapping[str, float] | None,
) -> Bench:
    """The body with its nerve; the last one of each side is kept, as a slider asks for it at every
    step."""
    key = (change, nerve, tuple(sorted((numbers or {}).items())))

    def build(body: Body, key: object) -> Bench:
        lying = {**read_levels(body, "lying", LYING, ("adult",))["adult"].values, **(numbers or {})}
        s = alter_tissue(find_skeleton(body), change)
        carried = [s.bones.index(bone) for bone in ("pelvis", "lumbar")]
        return Bench(
            s,
            find_healthy_body(body).rest_length,
            build_cord(body, side, numbers, nerve),
            lying["spine_softer"],
            GRAVITY * float(s.mass[carried].sum()) * lying["roll"] / 1000,
        )

    return body.latest(f"bench {side}", key, build)


def _lie_flat(body: Body, bench: Bench, side: Side) -> Rested:
    posture = StraightLegRaise(side, degrees=0.0).posture(body)
    kept = body.latest(f"flat {side}", id(bench), lambda _, __: (bench, rest_body(bench, posture)))
    return kept[1]


def find_range(
    body: Body,
    test: Test,
    limit_nm: float | None = None,
    remedies: Case | Iterable[Case] = (),
    nerve: float = 1.0,
    limit_percent: float | None = None,
    numbers: Mapping[str, float] | None = None,
) -> float:
    """Find how far the examiner gets before a limit is reached.

    People stop a test when it is too much for them. What is too much is told to the model: a
    moment of all tissue, or a stretch of the nerve.

    Parameters
    ----------
    body : Body
    test : StraightLegRaise or Slump
        Its `degrees`, or its `knee_deg`, is what is looked for.
    limit_nm : float, optional
        Moment of tissue at hip or knee, Nm, 0.5 to 200.
    remedies, nerve, numbers
        As `raise_leg`.
    limit_percent : float, optional
        In place of `limit_nm`: the greatest strain that is added to the nerve on its way from the
        spine to the sole, 0.1 to 30.

    Returns
    -------
    float
        Degrees of the raised leg, or of the knee that is still bent. The end of what can be asked
        (120, or 0) where the limit is not reached.

    Raises
    ------
    CauseError, SolveError, UnknownStructureError
        As `raise_leg`, and where not just one limit is given.
    """
    if (limit_nm is None) == (limit_percent is None):
        raise CauseError("Give one limit: limit_nm, or limit_percent.")
    by_moment = limit_nm is not None
    limit = (
        check_number("limit_nm", limit_nm, 0.5, 200, "Nm")
        if by_moment
        else check_number("limit_percent", limit_percent, 0.1, 30)
    )
    first, last = (0.0, HIGHEST_DEG) if isinstance(test, StraightLegRaise) else (90.0, 0.0)
    latest: Raise | None = None

    def beyond(degrees: float) -> float:
        nonlocal latest
        latest = raise_leg(body, _move(test, float(degrees)), remedies, nerve, numbers, latest)
        return (latest.tissue_nm if by_moment else latest.added_percent) - limit

    # far beyond the range the resistance is steep, so it is approached from below
    ends = np.linspace(first, last, COARSE + 1)
    if beyond(first) >= 0:
        return first
    for low, high in pairwise(ends):
        if beyond(high) >= 0:
            return float(scipy.optimize.brentq(beyond, low, high, xtol=1e-6))
    return last


def _move(test: Test, degrees: float) -> Test:
    if isinstance(test, StraightLegRaise):
        return replace(test, degrees=degrees)
    return replace(test, knee_deg=degrees)
