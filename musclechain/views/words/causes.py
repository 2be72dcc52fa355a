"""What a cause is, in a few words."""

import re
from functools import singledispatch

from musclechain.cases.causes import (
    ForwardBend,
    HamstringStrain,
    HoldPose,
    LegLift,
    Limp,
    PullOn,
    Weaken,
)
from musclechain.views.words.format import (
    call_structure,
    capitalise,
    format_percent,
    name_structure,
)

__all__ = ["describe_cause"]


USUAL_HIP_SHARE = ForwardBend(0).hip_share


GRADE_WORDS = {1: "mild strain", 2: "partial tear", 3: "complete tear"}


@singledispatch
def describe_cause(cause, body):
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
def _(cause: HamstringStrain, body):
    return f"a {GRADE_WORDS[cause.grade]} (grade {cause.grade}) of the {cause.side} hamstring"


@describe_cause.register
def _(cause: Limp, body):
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
def _(cause: ForwardBend, body):
    hips = (
        ""
        if abs(cause.hip_share - USUAL_HIP_SHARE) < 0.005
        else f", {format_percent(cause.hip_share)} of it in the hips"
    )
    return f"a forward bend of {cause.degrees:g} degrees{hips}"


@describe_cause.register
def _(cause: LegLift, body):
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
def _(cause: PullOn, body):
    return (
        f"{round(cause.newtons, 1):g} N of added tension in {call_structure(body, cause.structure)}"
    )


@describe_cause.register
def _(cause: Weaken, body):
    return (
        f"{call_structure(body, cause.muscle)} with {format_percent(cause.capacity)} of its"
        " strength"
    )


@describe_cause.register
def _(cause: HoldPose, body):
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


def _describe_causes(result):
    return (
        capitalise(
            ", together with ".join(describe_cause(cause, result.body) for cause in result.causes)
        )
        or "Quiet standing"
    )


def _cause_structures(result):
    """Structures that the cause itself names (its tension, strength or pain), with their own
    tendons."""
    demand, graph = result.demand, result.body.graph
    own = {
        *demand.tensions,
        *demand.pain,
        *(name for name, left in demand.capacity.items() if left != 1),
    }
    tendons = {
        other
        for name in own
        if name in graph
        for _, other, edge in graph.edges(name, data=True)
        if edge.get("kind") == "continuous" and graph.nodes[other]["kind"] == "tendon"
    }
    return own | tendons
