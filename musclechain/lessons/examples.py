"""What the lessons about time and treatment share: the states that they begin with, and the doses
that their plans and claims are made of."""

from collections.abc import Mapping

from musclechain.cases.causes import (
    HamstringStrain,
    Limp,
    PelvicShift,
    RollingFoot,
    UnevenHips,
)
from musclechain.cases.plans import Dose
from musclechain.mechanics.change import Case

__all__ = [
    "A_LIMP",
    "A_STRAIN",
    "BALANCE",
    "CAUSES",
    "MASSAGE",
    "PELVIS_ASIDE",
    "PILATES",
    "PRACTICE",
    "STRAIN",
    "STRENGTH",
    "STRETCHING",
    "UNEVEN",
    "UNEVEN_HIPS",
]

STRAIN = HamstringStrain("left", grade=2)
UNEVEN = UnevenHips("left", mm=30)
A_STRAIN, A_LIMP, UNEVEN_HIPS, PELVIS_ASIDE = (
    "a strained hamstring",
    "a limp",
    "uneven hips",
    "a pelvis to one side",
)
# Causes of lessons 02 to 05, as their labs and tasks have them.
CAUSES: Mapping[str, Case] = {
    A_STRAIN: STRAIN,
    A_LIMP: Limp("left", offload=0.5, lean_deg=8),
    "a rolled foot": RollingFoot("left", 8),
    UNEVEN_HIPS: UNEVEN,
    PELVIS_ASIDE: PelvicShift("left", 30),
}

MASSAGE = Dose("deep massage", minutes=30, per_week=1, weeks=12)
STRETCHING = Dose("static stretching", minutes=3, per_week=7, weeks=52, region="thigh")
PRACTICE = Dose("daily practice", minutes=10, per_week=7, weeks=52)
BALANCE = Dose("balance work", minutes=30, per_week=2, weeks=12)
STRENGTH = Dose("strengthening", minutes=60, per_week=2, weeks=22)
PILATES = Dose("Pilates", minutes=60, per_week=2, weeks=12)
