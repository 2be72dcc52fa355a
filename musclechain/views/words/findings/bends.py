"""Words for forward bends compared: who pays when hamstrings are short."""

from collections.abc import Iterable, Mapping

import pandas as pd

from musclechain.anatomy.format import capitalise, format_newtons, round_newtons
from musclechain.cases.causes import HAMSTRINGS
from musclechain.mechanics.spread import Result
from musclechain.views.words.finding import Finding

__all__ = ["describe_bend"]

SAME = 0.02


def describe_bend(bends: Mapping[str, Result]) -> Finding:
    """Compare forward bends: hamstrings, hip, base of the spine, how far pelvis and trunk lean, and
    how far hips and knees bend.

    Parameters
    ----------
    bends : mapping of words to Result
        At least two; the others are compared with the first.

    Returns
    -------
    Finding
        One column for each bend; forces in N, both sides together for muscles,
        the mean of both sides for the hip joint; angles in degrees.

    Raises
    ------
    ValueError
        Unless there are two bends or more.
    """
    if not isinstance(bends, Mapping) or len(bends) < 2:
        raise ValueError(
            'Give a dict with two bends or more, such as {"usual": first, "short hamstrings":'
            " second}."
        )
    measured = {words: _measure(result) for words, result in bends.items()}
    figures = pd.DataFrame(
        {
            "What": list(next(iter(measured.values()))),
            **{
                words: pd.Series(
                    [_round(what, value) for what, value in figures.items()], dtype=object
                )
                for words, figures in measured.items()
            },
        }
    )
    (first, usual), *others = measured.items()
    told = [_compare(words, bent, usual) for words, bent in others]
    return Finding(
        "Forward bends compared", f"{'. '.join(told)}. All compared with: {first}.", figures
    )


def _measure(result: Result) -> dict[str, float]:
    table, loads, pose = result.table(), result.joint_loads(), result.pose()["flexion_deg"]

    def both(names: Iterable[str]) -> float:
        sided = [f"{name}_{side}" for name in names for side in ("left", "right")]
        return float(table["after_N"].reindex(sided).sum())

    # by how much a bone leans beyond the ones that it stands on
    thighs, shanks = (pose[[f"{bone}_left", f"{bone}_right"]].mean() for bone in ("thigh", "shank"))
    low = table[(table["region"] == "lumbar") & (table["kind"] == "muscle")]
    return {
        "Hamstrings together (N)": both(HAMSTRINGS),
        "Big buttock muscles together (N)": both(("gluteus_maximus",)),
        "Low back muscles together (N)": float(low["after_N"].sum()),
        "Hip joint, each side (N)": float(loads[["hip_left", "hip_right"]].mean()),
        "Base of the spine, L5/S1 (N)": float(loads["l5_s1"]),
        "Pelvis tips forward (degrees)": float(pose["pelvis"]),
        "Trunk leans forward (degrees)": float(pose["thorax"]),
        "Hip joints bent (degrees)": float(pose["pelvis"] - thighs),
        "Knees bent (degrees)": float(shanks - thighs),
    }


def _round(what: str, value: float) -> float:
    """Angles to tenths: rounded to degrees, two tenths would look like one whole."""
    return round(value, 1) if "(degrees)" in what else int(round_newtons(value))


def _compare(words: str, bent: dict[str, float], usual: dict[str, float]) -> str:
    parts = [
        ("the hamstrings", "Hamstrings together (N)", "carry"),
        ("each hip joint", "Hip joint, each side (N)", "carries"),
        ("the base of the spine", "Base of the spine, L5/S1 (N)", "carries"),
    ]
    told = [_say_turn(bent, usual), *(_say(*part, bent, usual) for part in parts)]
    return f"{capitalise(words)}: " + ", ".join(told)


def _say_turn(bent: dict[str, float], usual: dict[str, float]) -> str:
    now, before = (round(angles["Pelvis tips forward (degrees)"]) for angles in (bent, usual))
    if now == before:
        return f"the pelvis tips as far ({now} degrees)"
    return f"the pelvis tips {now} degrees instead of {before}"


def _say(what: str, key: str, verb: str, bent: dict[str, float], usual: dict[str, float]) -> str:
    if abs(bent[key] - usual[key]) <= SAME * usual[key]:
        return f"{what} {verb} about the same ({format_newtons(bent[key])})"
    return f"{what} {verb} {format_newtons(bent[key])} instead of {format_newtons(usual[key])}"
