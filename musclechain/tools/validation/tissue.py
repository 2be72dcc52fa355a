"""Questions about single muscles: who passes a pull on, who is stretched, who works in pain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.cases.causes import ForwardBend, HoldPose, PullOn
from musclechain.mechanics.change import Change
from musclechain.mechanics.junctions import Junctions
from musclechain.mechanics.spread import Result
from musclechain.tools.validation.question import (
    LEAST_N,
    Asker,
    Expected,
    Measured,
    Part,
    Question,
    Trial,
    Way,
    less,
    measure,
    more,
)

__all__ = ["QUESTIONS"]

SIDES = ("left", "right")
# Of the pull, a hundredth of it counts.
PULL_N = 10.0
LEAST_PASSED_N = 0.1
LEAST_N_PER_CM2 = 0.1
FASCIA = tuple(f"thoracolumbar_fascia_{side}" for side in SIDES)
PULLS_MOST = ("latissimus_dorsi", "transversus_abdominis")
PULLS_LESS = ("gluteus_maximus", "internal_oblique", "external_oblique")
LONG_BACK_MUSCLES = tuple(
    f"{name}_{side}" for name in ("iliocostalis_lumborum", "longissimus_thoracis") for side in SIDES
)
STRETCH_DEG = 20


@dataclass(frozen=True)
class SoreBack:
    """Long back muscles that hurt as much as can be, with nothing else amiss."""

    def change(self, body: Body) -> Change:
        """Say what hurts; see `Change`."""
        return Change(pain=dict.fromkeys(LONG_BACK_MUSCLES, 1.0))


def _pull_with_bones_held(ask: Asker) -> list[Part]:
    return _compare_pulls(_move_with_bones_held, ask.put())


def _move_with_bones_held(result: Result) -> dict[str, float]:
    """The pull shared by cross-section; what the lumbar fascia takes when only junctions slide."""
    s, state = result.skeleton, result.state
    junctions = Junctions(s, state.stance.geometry, state.healthy.rest_length)
    resting = state.effort.tension - state.effort.passive
    before = junctions.settle(resting).passive
    fascia = np.isin(s.structure, [s.structures.index(name) for name in FASCIA])
    moved = {}
    for name in (*PULLS_MOST, *PULLS_LESS):
        section = s.pcsa * (s.structure == s.structures.index(f"{name}_left"))
        added = PULL_N * section / section.sum()
        change = junctions.settle(resting + added).passive - before
        moved[name] = float(np.abs(change[fascia]).sum())
    return moved


def _pull_while_standing(ask: Asker) -> list[Part]:
    pulls = [
        ask.put(PullOn(f"{name}_left", PULL_N), posture=False)
        for name in (*PULLS_MOST, *PULLS_LESS)
    ]
    return _compare_pulls(_move_while_standing, *pulls)


def _move_while_standing(*pulls: Result) -> dict[str, float]:
    return {
        name: float(pull.table().loc[list(FASCIA), "pull_N"].abs().sum())
        for name, pull in zip((*PULLS_MOST, *PULLS_LESS), pulls, strict=True)
    }


def _compare_pulls(move: Callable[..., Mapping[str, float]], *trials: Trial) -> list[Part]:
    def exceed(name: str) -> Measured:
        def read(*results: Result) -> float:
            moved = move(*results)
            return moved[name] - max(moved[other] for other in PULLS_LESS)

        return measure(read, *trials)

    return [
        Part(
            f"fascia moved by {name.replace('_', ' ')}, beyond the most that another of the three"
            " moves it",
            "N",
            exceed(name),
            more(LEAST_PASSED_N),
        )
        for name in PULLS_MOST
    ]


def _pull_on_calf(ask: Asker) -> list[Part]:
    heads = [PullOn(f"gastrocnemius_{head}_head_left", 50) for head in ("medial", "lateral")]
    pulled = ask.put(*heads, posture=False)
    return [
        Part(
            "semimembranosus",
            "N",
            pulled.tension(["semimembranosus_left"]),
            more(LEAST_PASSED_N),
        )
    ]


def _stretch_calf(ask: Asker) -> list[Part]:
    straight, bent = (
        ask.put(
            HoldPose(
                {"shank_left": (knee_deg, 0, 0), "foot_left": (STRETCH_DEG, 0, 0)},
                lifted_foot="left",
            )
        )
        for knee_deg in (0, 90)
    )
    inner, outer = (f"gastrocnemius_{head}_head_left" for head in ("medial", "lateral"))
    beyond_outer = measure(
        lambda result: _per_area(result, inner) - _per_area(result, outer), straight
    )
    beyond_soleus = measure(
        lambda result, other: _per_area(result, inner) - _per_area(other, "soleus_left"),
        straight,
        bent,
    )
    return [
        Part(f"inner head of gastrocnemius beyond {other}", "N/cm2", found, more(LEAST_N_PER_CM2))
        for other, found in (
            ("its outer head", beyond_outer),
            ("soleus with the knee bent", beyond_soleus),
        )
    ]


def _per_area(result: Result, muscle: str) -> float:
    """Tension of a muscle for its cross-section, N/cm2."""
    area = sum(line.values["pcsa_cm2"] for line in result.body.lines if line.structure == muscle)
    return float(result.table().at[muscle, "after_N"] / area)


def _nod(ask: Asker, neck_deg: float, head_deg: float) -> list[Part]:
    nod = ask.put(HoldPose({"neck": (neck_deg, 0, 0), "head": (head_deg, 0, 0)}))
    upper = [f"trapezius_descending_part_{side}" for side in SIDES]
    return [Part("both upper trapezius muscles", "N", nod.tension(upper), more(LEAST_N))]


def _nod_at_both_ends(ask: Asker) -> list[Part]:
    return _nod(ask, 25, 25)


def _nod_at_base(ask: Asker) -> list[Part]:
    return _nod(ask, 50, 0)


def _sore_back(ask: Asker) -> list[Part]:
    standing = ask.put(SoreBack(), guarding=0.5)
    bent = ask.put(ForwardBend(20), SoreBack(), guarding=0.5)
    bent = bent.against(ask.put(ForwardBend(20), guarding=0.5))
    # quiet standing is where they do little, a bend where they work
    cases: tuple[tuple[str, Trial, Expected], ...] = (
        ("in quiet standing", standing, more(LEAST_N)),
        ("bent forward", bent, less(LEAST_N)),
    )
    return [
        Part(f"long back muscles, {what}", "N", trial.tension(LONG_BACK_MUSCLES), expected)
        for what, trial, expected in cases
    ]


QUESTIONS = (
    Question(
        "CH13",
        "most fascial tension from latissimus and transversus; gluteus maximus and the obliques"
        " reach only part of the sheet",
        (
            Way(
                "10 N on each of the five muscles in turn, with the bones held where they stand, as"
                " a cadaver on a table neither sways nor leans: how much the lumbar fascia of both"
                " sides changes. It is one sheet a side in the model, so its levels are not asked"
                " about. Which muscles are joined to it there rests on this study too, so this is a"
                " weak test.",
                _pull_with_bones_held,
            ),
            Way(
                "The same on the standing body, which sways with the pull and keeps its balance.",
                _pull_while_standing,
            ),
        ),
    ),
    Question(
        "CH15",
        "stretching the relaxed calf drags the semimembranosus footward, by 5.76 mm (SD 2.67)",
        (
            Way(
                "50 N more in each head of the gastrocnemius, with no change of posture asked for."
                " The model has no sliding bellies, so it is asked only whether the semimembranosus"
                " is pulled on.",
                _pull_on_calf,
            ),
        ),
    ),
    Question(
        "TP21",
        "upper trapezius stiffer by 35.6 % with the neck bent forward by 50 deg",
        (
            Way(
                "Neck and head bent forward by 50 degrees together, half at each end of the neck."
                " The model tells tension, not stiffness, so only the direction counts; arms cannot"
                " be lifted in it.",
                _nod_at_both_ends,
            ),
            Way("By 50 degrees, all at the base of the neck.", _nod_at_base),
        ),
    ),
    Question(
        "TP25",
        "128.5 kPa in the inner and 67.1 in the outer head of gastrocnemius; 55.1 in soleus with"
        " the knee bent",
        (
            Way(
                "The left foot hangs and is bent up by 20 degrees, knee straight for gastrocnemius"
                " and bent by 90 degrees for soleus. The model tells tension, not stiffness, so the"
                " order of tension for each square centimetre counts.",
                _stretch_calf,
            ),
        ),
    ),
    Question(
        "PN02",
        "with pain the long back muscles are more active when they are usually silent and less"
        " active when they usually work",
        (
            Way(
                "The long back muscles hurt, guarding at half strength: in quiet standing, and bent"
                " forward by 20 degrees against the same bend without pain.",
                _sore_back,
            ),
        ),
    ),
)
