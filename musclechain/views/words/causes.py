"""What a cause is, in a few words."""

import re
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import (
    call_structure,
    capitalise,
    format_percent,
    join_words,
    name_structure,
)
from musclechain.cases.causes import (
    HAMSTRINGS,
    Cut,
    CutLink,
    ForwardBend,
    HamstringStrain,
    HoldPose,
    Insole,
    LegLift,
    Limp,
    OneLegStance,
    PelvicShift,
    PullOn,
    RollingFoot,
    Shorten,
    Soften,
    SoreMuscle,
    UnevenHips,
    Weaken,
)
from musclechain.cases.course import Later
from musclechain.mechanics.spread import Result

__all__ = ["describe_cause", "describe_causes", "name_reference"]

# Of muscles that are weak alike so many beside the first are named.
MOST_NAMED = 3
GRADE_WORDS = {1: "mild strain", 2: "partial tear", 3: "complete tear"}


@singledispatch
def describe_cause(cause: Any, body: Body) -> str:
    """Say in a few words, without a full stop, what a cause is.

    A kind of cause that is not known here is called by the name of its class.

    Parameters
    ----------
    cause : cause
    body : Body
        Names the structures and bones of the cause.

    Returns
    -------
    str
        Begins with a small letter.

    Examples
    --------
    >>> describe_cause(ForwardBend(30), None)
    'a forward bend of 30 degrees'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(cause).__name__).lower()
    side = getattr(cause, "side", None)
    return f"{words} ({side})" if side in ("left", "right") else words


@describe_cause.register
def _(cause: HamstringStrain, body: Body) -> str:
    return f"a {GRADE_WORDS[cause.grade]} (grade {cause.grade}) of the {cause.side} hamstring"


@describe_cause.register
def _(cause: Limp, body: Body) -> str:
    other = {"left": "right", "right": "left"}[cause.side]
    parts = (
        [f"{format_percent(cause.offload)} of its load moved to the {other} leg"]
        if cause.offload
        else []
    )
    if cause.lean_deg:
        parts.append(
            f"trunk leaned {abs(cause.lean_deg):g} degrees to the"
            f" {other if cause.lean_deg > 0 else cause.side}"
        )
    if cause.forward_deg:
        parts.append(f"trunk bent {cause.forward_deg:g} degrees forward")
    if not cause.head_level:
        parts.append("head not held level")
    stance = (
        f"a limp that spares the {cause.side} leg"
        if cause.offload
        else "a stance with the weight on both feet"
    )
    return f"{stance} ({', '.join(parts)})" if parts else stance


@describe_cause.register
def _(cause: ForwardBend, body: Body) -> str:
    hips = (
        "" if cause.hip_share is None else f", {format_percent(cause.hip_share)} of it in the hips"
    )
    return f"a forward bend of {cause.degrees:g} degrees{hips}"


@describe_cause.register
def _(cause: LegLift, body: Body) -> str:
    lean = (
        f", the trunk leaning {abs(cause.lean_deg):g} degrees"
        f" {'over the standing leg' if cause.lean_deg > 0 else 'toward the lifted leg'}"
        if cause.lean_deg
        else ""
    )
    height = (
        f"with the thigh raised by {cause.height_deg:g} degrees"
        if cause.height_deg
        else "just off the ground"
    )
    return f"the {cause.side} foot lifted, {height}{lean}"


@describe_cause.register
def _(cause: UnevenHips, body: Body) -> str:
    return f"the {cause.high_side} hip {cause.mm:g} mm higher"


@describe_cause.register
def _(cause: PelvicShift, body: Body) -> str:
    return f"the pelvis {cause.mm:g} mm to the {cause.side}"


@describe_cause.register
def _(cause: OneLegStance, body: Body) -> str:
    brace = f", belly and buttocks braced to {format_percent(cause.brace)}" if cause.brace else ""
    return f"standing on the {cause.side} leg alone{brace}"


@describe_cause.register
def _(cause: RollingFoot, body: Body) -> str:
    way = "out" if cause.eversion_deg < 0 else "in"
    return f"{_name_feet(cause.side)} rolled {way} by {abs(cause.eversion_deg):g} degrees"


@describe_cause.register
def _(cause: Insole, body: Body) -> str:
    high = "" if cause.wedge == 1 else f" at {format_percent(cause.wedge)} of its usual height"
    return f"an insole under {_name_feet(cause.side)}{high}"


def _name_feet(side: str) -> str:
    return "both feet" if side == "both" else f"the {side} foot"


@describe_cause.register
def _(cause: PullOn, body: Body) -> str:
    return (
        f"{round(cause.newtons, 1):g} N of added tension in {call_structure(body, cause.structure)}"
    )


@describe_cause.register
def _(cause: Weaken, body: Body) -> str:
    return (
        f"{call_structure(body, cause.muscle)} with {format_percent(cause.capacity)} of its"
        " strength"
    )


@describe_cause.register
def _(cause: SoreMuscle, body: Body) -> str:
    how = "" if cause.pain == 1 else f" ({format_percent(cause.pain)} of the most pain)"
    return f"soreness of {call_structure(body, cause.muscle)}{how}"


@describe_cause.register
def _(cause: HoldPose, body: Body) -> str:
    parts = [
        f"{name_structure(body, bone)}: "
        + ", ".join(
            f"{word} {angle:g} degrees"
            for word, angle in zip(("flexion", "side", "rotation"), angles, strict=True)
            if angle
        )
        for bone, angles in cause.angles.items()
        if any(angles)
    ]
    if cause.load_share != 0.5:
        parts.append(f"{format_percent(cause.load_share)} of the weight on the left foot")
    parts += [
        f"ground {abs(value):g} mm {'higher' if value > 0 else 'lower'} under the {side} foot"
        for side, value in cause.lift_mm.items()
        if value
    ]
    parts += [
        f"{side} foot rolled {'in' if value > 0 else 'out'} by {abs(value):g} degrees"
        for side, value in cause.wedge_deg.items()
        if value
    ]
    if cause.lifted_foot:
        parts.append(f"{cause.lifted_foot} foot lifted")
    return f"a held pose ({'; '.join(parts) or 'quiet standing'})"


@describe_cause.register
def _(cause: Soften, body: Body) -> str:
    return (
        f"{call_structure(body, cause.structure)} {cause.stiffness:g} times as stiff as in the"
        " healthy body"
    )


@describe_cause.register
def _(cause: Shorten, body: Body) -> str:
    if set(cause.muscles) == set(HAMSTRINGS):
        return f"all hamstrings {cause.mm:g} mm shorter"
    names = join_words(
        call_structure(body, name)
        if name in body.graph
        else f"{name.replace('_', ' ')}, both sides"
        for name in cause.muscles
    )
    return f"{names} {cause.mm:g} mm shorter"


@describe_cause.register
def _(cause: Cut, body: Body) -> str:
    return f"{call_structure(body, cause.structure)} cut through"


@describe_cause.register
def _(cause: CutLink, body: Body) -> str:
    ends = f"{call_structure(body, cause.first)} and {call_structure(body, cause.second)}"
    return f"the link between {ends} cut through"


@describe_cause.register
def _(cause: Later, body: Body) -> str:
    first = ", together with ".join(describe_cause(one, body) for one in cause.causes)
    return f"{first or 'quiet standing'}, on day {cause.day:g}"


def describe_causes(result: Result) -> str:
    """Say in a few words, without a full stop, what was asked of the body.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        Begins with a capital; ``Quiet standing`` where nothing was asked. What it is
        compared with is named where that is not healthy standing.
    """
    told = _list_causes(result)
    against = f", against {name_reference(result)}" if result.reference else ""
    return (capitalise(", together with ".join(told)) or "Quiet standing") + against


def name_reference(result: Result) -> str:
    """Name what a result is compared with, as a sentence does.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        The words that `Result.against` was given, or the causes of the reference.
    """
    if result.reference is None:
        return "quiet standing on both feet"
    told = ", together with ".join(_list_causes(result.reference))
    return result.reference_words or told or "quiet standing on both feet"


def _list_causes(result: Result) -> list[str]:
    body, weak = result.whole, [one for one in result.causes if isinstance(one, Weaken)]
    told = [describe_cause(one, body) for one in result.causes if one not in weak]
    for capacity in dict.fromkeys(one.capacity for one in weak):
        first, *more = [one for one in weak if one.capacity == capacity]
        told.append(
            f"{_call_together(body, first, more)} with {format_percent(capacity)} of their strength"
            if more
            else describe_cause(first, body)
        )
    return told


def _call_together(body: Body, first: Weaken, more: Sequence[Weaken]) -> str:
    """Name several muscles that are weak alike: a few of one side one by one, else their number."""
    words, nodes = call_structure(body, first.muscle), body.graph.nodes
    sides = {nodes[one.muscle]["side"] for one in (first, *more)}
    if len(more) > MOST_NAMED or len(sides) > 1:
        return f"{words} and {len(more)} more muscle{'s' * (len(more) > 1)}"
    return join_words([words, *(nodes[one.muscle]["name"] for one in more)])
