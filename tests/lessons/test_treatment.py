"""The claims about time and treatment: each has a computation, and the numbers decide."""

import pytest

from musclechain.cases.tightness import LESSON_STATES
from musclechain.lessons.feet import FeetLab
from musclechain.lessons.lesson import AGREEMENTS
from musclechain.lessons.lesson_02_hamstring_strain import HamstringLab
from musclechain.lessons.lesson_03_limp import LimpLab
from musclechain.lessons.lesson_05_uneven_hips import HipsLab, OneLegLab
from musclechain.lessons.treatment import PLAN_CLAIMS, SLOW_CLAIMS

CLAIMS = {**SLOW_CLAIMS, **PLAN_CLAIMS}


@pytest.fixture(scope="module")
def shown(body):
    return {number: show(body) for number, show in CLAIMS.items()}


def test_every_claim_of_the_two_lessons_has_a_computation(body):
    claims = body.graph.graph["claims"]
    for lesson, mine in (("07", SLOW_CLAIMS), ("08", PLAN_CLAIMS)):
        assert {number for number, one in claims.items() if one.lesson == lesson} == set(mine)


def test_each_is_said_with_a_number_and_judged(shown):
    for number, one in shown.items():
        assert one.agreement in AGREEMENTS and len(one.words) > 60, number
        assert any(letter.isdigit() for letter in one.words), number


def test_where_model_and_claim_agree(shown):
    """What comes out today; whoever changes a law sees here what it changes."""
    judged = {number: one.agreement for number, one in shown.items()}
    assert {n for n, one in judged.items() if one == "agree"} == {22, 29, 42}
    assert {n for n, one in judged.items() if one == "agree in part"} == {21, 23, 30, 39}


def test_a_circle_that_goes_on_changes_the_verdict(body):
    strong = body.with_parameters(guarding_loop_gain=8.0, guarding_floor=0.08, spinal_spread=0.8)
    assert SLOW_CLAIMS[25](strong).agreement == "agree in part"
    assert SLOW_CLAIMS[26](strong).agreement == "agree"


@pytest.mark.parametrize(
    ("lab", "state", "names"),
    [
        (HamstringLab, "a complete tear", {"grade"}),
        (LimpLab, "a limp", {"offload", "lean", "forward"}),
        (FeetLab, "a rolled foot", {"rolls_in"}),
        (OneLegLab, "one leg, braced", {"brace"}),
        (HipsLab, "uneven hips", {"mm"}),
        (HipsLab, "a pelvis to one side", {"mm"}),
    ],
)
def test_displacement_is_asked_of_the_strongest_states_of_the_labs(body, lab, state, names):
    controls = {one.name: one for one in lab(body).controls if one.name in names}
    assert set(controls) == names
    for name, one in controls.items():
        field = one.field[1] if one.field else name
        assert getattr(LESSON_STATES[state], field) == one.high / one.scale
