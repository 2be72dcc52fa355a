"""What tight muscles do to bones, and what it matters how layers of fascia slide."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.case_tables import read_levels
from musclechain.cases.causes import (
    HamstringStrain,
    Limp,
    OneLegStance,
    PelvicShift,
    RollingFoot,
    UnevenHips,
)
from musclechain.mechanics.change import Case, check_body, check_number, check_side
from musclechain.mechanics.outcome import find_joint_forces, find_pull_turns, find_turns
from musclechain.mechanics.skeleton import Skeleton, rotation_vector
from musclechain.mechanics.spread import Result, spread

__all__ = [
    "LESSON_STATES",
    "compare_sliding",
    "find_joint_turns",
    "slide_layers",
    "solve_lesson_states",
]

# The strongest states that the labs on standing can be set to, one cause each.
LESSON_STATES: Mapping[str, Case] = {
    "a mild strain": HamstringStrain("left", 1),
    "a partial tear": HamstringStrain("left", 2),
    "a complete tear": HamstringStrain("left", 3),
    "a limp": Limp("left", 1, 20, 30),
    "a rolled foot": RollingFoot("left", 15),
    "uneven hips": UnevenHips("left", 40),
    "a pelvis to one side": PelvicShift("left", 40),
    "one leg, braced": OneLegStance("left", 1),
}
SHEAR = {"shear": ("N/m", 1000, 1e7)}
SLIDING = {"sliding": ("none", 0.01, 100)}
SLIDINGS = ("usual", "less", "more")
TETHER = "junction_tether"
LOW_BACK = ("l5_s1", "t12_l1")


def solve_lesson_states(body: Body, guarding: float = 1.0) -> dict[str, Result]:
    """Solve the strongest states of the lessons on standing, with guarding.

    Parameters
    ----------
    body : Body
    guarding : float
        0 to 1.

    Returns
    -------
    dict of str to Result

    Raises
    ------
    CauseError, SolveError
        As `spread`.
    """
    check_number("guarding", guarding, 0, 1)
    return {name: spread(body, cause, guarding=guarding) for name, cause in LESSON_STATES.items()}


def find_joint_turns(results: Mapping[str, Result]) -> pd.DataFrame:
    """Find how far joints turn in some states, by the posture and by tight muscles alone.

    Parameters
    ----------
    results : mapping of str to Result

    Returns
    -------
    pandas.DataFrame
        Index: state. joint and turn_deg: the joint that turns most against healthy standing, and
        by how much; tight_joint and tight_deg: the same of the turn that pull and guarding add;
        shift_mm: the most by which the force that they add could move one vertebra of the low
        back on the next (TP11).

    Notes
    -----
    The joints of the model cannot come apart, so a shift is no answer of its equations. It is
    worked out from the force across the spine that pull and guarding add at both ends of the low
    back, and from the softest level that was measured.
    """
    return pd.DataFrame(
        [_find_turns(result.alone) for result in results.values()],
        index=pd.Index(list(results), name="state"),
    )


def _find_turns(result: Result) -> dict[str, object]:
    s, state = result.skeleton, result.state
    whole = _turn_at_joints(s, find_turns(s, state))
    tight = _turn_at_joints(s, find_pull_turns(s, state))
    names = s.joint_names[1:]
    return {
        "joint": names[int(np.argmax(whole))],
        "turn_deg": float(whole.max()),
        "tight_joint": names[int(np.argmax(tight))],
        "tight_deg": float(tight.max()),
        "shift_mm": _find_shift(result),
    }


def _turn_at_joints(s: Skeleton, turns: np.ndarray) -> np.ndarray:
    """Size of the turn of each bone against the bone that carries it, degrees: (bones - 1,)."""
    parent = turns[s.parent[1:]]
    between = turns[1:] @ parent.transpose(0, 2, 1)
    return np.degrees(np.linalg.norm(rotation_vector(between), axis=1))


def _find_shift(result: Result) -> float:
    """Shear that pull and guarding add in the low back, over its stiffness, mm."""
    s, state = result.skeleton, result.state
    held, _, after = state.tensions()[1:]
    added = find_joint_forces(s, state.stance, after) - find_joint_forces(s, state.stance, held)
    upward = state.stance.geometry.pose.rotation[1:, :, 1]
    along = (added * upward).sum(axis=1, keepdims=True) * upward
    shear = np.linalg.norm(added - along, axis=1)
    back = [number for number, name in enumerate(s.joint_names[1:]) if name in LOW_BACK]
    stiffness = read_levels(result.body, "spine_shear", SHEAR, ("adult",))["adult"].values["shear"]
    return float(1e3 * max(shear[back], default=0.0) / stiffness)


def compare_sliding(
    body: Body, causes: Case | Iterable[Case], guarding: float = 0.0
) -> dict[str, Result]:
    """Solve a state with layers of fascia that slide as usual, less, and more.

    Parameters
    ----------
    body : Body
    causes : cause or sequence of causes
    guarding : float
        0 to 1.

    Returns
    -------
    dict of str to Result
        ``usual``, ``less`` (as one study of back pain found, TP26) and ``more`` (as a newer one
        found, TP27).

    Raises
    ------
    CauseError, SolveError
        As `spread`.

    See Also
    --------
    slide_layers : what is changed.
    """
    check_body(body)
    causes = tuple(causes) if isinstance(causes, Iterable) else (causes,)
    return {
        sliding: spread(slide_layers(body, sliding), causes, guarding=guarding)
        for sliding in SLIDINGS
    }


def slide_layers(body: Body, sliding: str) -> Body:
    """Let the layers of fascia slide as usual, less, or more.

    Parameters
    ----------
    body : Body
    sliding : {"usual", "less", "more"}

    Returns
    -------
    Body
        Built once for each body.

    Raises
    ------
    CauseError
        For another word.

    Notes
    -----
    Under the same force layers that slide by a share of the usual are held by so much more, so
    the bed in which junctions of soft tissue lie (`junction_tether`) is divided by that share.
    """
    check_side(sliding, SLIDINGS, "sliding")
    return body.derived(("sliding", sliding), lambda body: _set_sliding(body, sliding))


def _set_sliding(body: Body, sliding: str) -> Body:
    if sliding == SLIDINGS[0]:
        return body
    share = read_levels(body, "fascia_sliding", SLIDING, SLIDINGS[1:])[sliding].values["sliding"]
    return body.with_parameters(**{TETHER: body.graph.graph["parameters"][TETHER].value / share})
