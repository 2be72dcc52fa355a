"""The half of lesson 06 about referred pain: its lab, tasks and claim."""

import html
from typing import Any

import ipywidgets as widgets

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_newtons, name_structure
from musclechain.cases.causes import SoreMuscle
from musclechain.cases.referred import find_referred, list_mapped
from musclechain.labs.controls import Control, control_of
from musclechain.labs.lab import GUARDING, THEORY, Lab
from musclechain.labs.tasks import Task
from musclechain.lessons.lesson import ClaimShown
from musclechain.mechanics.spread import Result, spread
from musclechain.views.body.referred import pack_referred, say_referred
from musclechain.views.words.findings.referred import describe_referred

__all__ = [
    "NOTHING_CHOICES",
    "REFERRED_TASKS",
    "ReferredLab",
    "compare_sore",
    "show_referred",
    "solve_sore",
]

SORE = "gluteus_minimus_left"
LEAST_N = 1.0  # a smaller change is none


class ReferredLab(Lab):
    """A sore muscle: where clinicians describe its pain, and what the model moves."""

    title = "Referred pain"

    def list_controls(self, body: Body) -> tuple[Control, ...]:
        """List the muscles that have a map, how sore one is, and guarding."""
        names = [(name_structure(body, muscle), muscle) for muscle in list_mapped(body)]
        start = next((name for _, name in names if name == SORE), names[0][1])
        return (
            control_of(SoreMuscle, "muscle", default=start, choices=tuple(sorted(names))),
            control_of(SoreMuscle, "pain"),
            GUARDING,
            THEORY,
        )

    def list_aside(self) -> tuple[widgets.Widget, ...]:
        """List what is said of the dots on the body."""
        self._dotted = widgets.HTML()
        return (self._dotted,)

    def show_aside(self, result: Result | None) -> None:
        """Dot the map of the sore muscle on the body; None where it is covered."""
        self.map.referred = [] if result is None else pack_referred(result)
        self._dotted.value = "" if result is None else html.escape(say_referred(result))


# ---- its question and its tasks ----------------------------------------------------------------

NOTHING_CHOICES = (
    "Nowhere: a sore muscle alone moves no force",
    "In the thigh and calf, where the pain is described",
    "In the low back",
)


def solve_sore(body: Body) -> Result:
    """What the question about a sore muscle asks: guarding off."""
    return spread(body, SoreMuscle(SORE))


def compare_sore(body: Body) -> tuple[str, str]:
    """Where tension changes with a sore muscle and no guarding, as a choice."""
    result = solve_sore(body)
    table = result.table()
    change = table["change_N"].abs().groupby(table["region"]).sum()
    leg, back = float(change[["thigh", "calf"]].sum()), float(change["lumbar"])
    number = 0 if max(leg, back) < LEAST_N else 1 if leg >= back else 2
    return NOTHING_CHOICES[number], str(describe_referred(result))


def _find_strongest(result: Result) -> set[str]:
    """The muscle to which guarding adds most."""
    return {str(result.table()["guarding_N"].idxmax())}


REFERRED_TASKS = (
    Task(
        "Guarding full on, theory: vicious circle. Click the muscle to which it adds most.",
        "It shares a root with the sore muscle, does the same work, and is large.",
        {"guarding": 1.0},
        hint="Open the tab 'What changed most'.",
        structures=_find_strongest,
        look={"depth": 3},  # under the big buttock muscle, which leaves a strip of it in sight
    ),
)


# ---- the claim that it shows -------------------------------------------------------------------


def show_referred(body: Body) -> ClaimShown:
    """Claim 10: a cramped muscle leaves pain up the spine and down the legs; maps alone say so."""
    maps = list_mapped(body)
    results = [spread(body, SoreMuscle(muscle)) for muscle in maps if muscle.endswith("_left")]
    switched = [one for result in results for one in find_referred(result)]
    away = [one for one in switched if any(_is_away(body, one.muscle, spot) for spot in one.spots)]
    most = max(float(result.table()["change_N"].abs().max()) for result in results)
    return ClaimShown.of(
        f"Of {len(switched)} muscles of one side with a published map, {len(away)} have it reach"
        " another part of the body. A map is switched on by a sore muscle and is weak evidence. The"
        f" largest change of a tension that goes with one is {format_newtons(most)}; pain is not"
        " computed.",
        False,
        len(away) > 0,
    )


def _is_away(body: Body, muscle: str, spot: Any) -> bool:
    """Whether a place lies on another bone than the muscle is fixed to."""
    side = muscle.rpartition("_")[2]
    place = spot.place if spot.place in body.bones else f"{spot.place}_{side}"
    held = {bone for line in body.lines if line.structure == muscle for bone in line.places}
    return place not in held
