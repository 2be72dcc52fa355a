"""A state compared with another one than standing: the difference, in every table."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.story import find_ladder
from musclechain.mechanics.ways import list_cause_structures

BEND = mc.ForwardBend(60)
SHORT = mc.Shorten(mc.HAMSTRINGS, mm=40)
STRAIN = mc.HamstringStrain("left", 2)


@pytest.fixture(scope="module")
def usual(body):
    return mc.spread(body, BEND)


@pytest.fixture(scope="module")
def compared(body, usual):
    return mc.spread(body, [BEND, SHORT]).against(usual, "the same bend")


@pytest.mark.parametrize(
    "causes, other, routes",
    [
        ([BEND, SHORT], BEND, {}),
        ([mc.Limp("left", 0.5), STRAIN], mc.Limp("left", 0.5), {"guarding": 1.0}),
        (STRAIN, mc.HamstringStrain("left", 1), {"posture": False}),
    ],
)
def test_routes_add_up_to_the_difference_of_both_states(body, causes, other, routes):
    now, then = (mc.spread(body, asked, **routes) for asked in (causes, other))
    table, here, there = (one.table() for one in (now.against(then), now, then))
    assert table["before_N"].to_numpy() == pytest.approx(there["after_N"], abs=1e-9)
    assert table["after_N"].to_numpy() == pytest.approx(here["after_N"], abs=1e-9)
    by_route = [f"{route}_N" for route in ROUTES]
    assert table[by_route].sum(axis=1).to_numpy() == pytest.approx(table["change_N"], abs=1e-12)
    beyond = here[by_route].to_numpy() - there[by_route].to_numpy()
    assert table[by_route].to_numpy() == pytest.approx(beyond, abs=1e-9)


def test_loads_angles_and_ladder_tell_the_difference_too(compared, usual):
    assert compared.joint_loads_before().to_numpy() == pytest.approx(usual.joint_loads())
    alone = compared.alone
    assert alone.reference is None and alone.joint_loads().equals(compared.joint_loads())
    difference = alone.pose()["flexion_deg"] - usual.pose()["flexion_deg"]
    assert compared.pose()["flexion_deg"].to_numpy() == pytest.approx(difference, abs=0.01)
    assert compared.pose().at["pelvis", "flexion_deg"] < -1
    ladder = find_ladder(compared)
    sums = (ladder[..., 0] - ladder[..., 1]).sum()
    table = compared.table()
    muscles = table[(table["kind"] == "muscle") & (table["side"] != "midline")]
    assert sums == pytest.approx(muscles["change_N"].sum(), abs=1e-6)
    # bones are drawn where they stand, whatever they are compared with
    moves, same = compared.transforms(), alone.transforms()
    assert all(np.array_equal(moves[bone], same[bone]) for bone in moves)


def test_the_story_begins_in_what_is_asked_beyond_the_reference(compared, usual):
    own = set(list_cause_structures(compared))
    assert {"semimembranosus_left", "semimembranosus_right"} <= own and "thorax" not in own
    story = compared.story()
    assert story[0].sentence.endswith("on both sides.")
    assert "Against the same bend, the pelvis turns" in story[1].sentence and story[-1].pose == 1
    assert (story[-1].changes == compared.table()["change_N"]).all()
    unnamed = compared.alone.against(usual).story()[1].sentence
    assert unnamed.startswith("Against what this is compared with, the pelvis turns")


def test_a_state_against_itself_has_nothing_to_tell(usual):
    same = usual.against(usual)
    assert not same.table()["change_N"].any() and not same.is_asked
    assert [stage.route for stage in same.story()] == ["", ""]
    assert same.story()[0].sentence == "Nothing else is asked of the body."


def test_draws_answer_for_the_difference_body_by_body(compared, usual):
    drawn = compared.draws(6)
    beyond = compared.alone.draws(6).beyond(usual.draws(6))
    assert drawn.by_route == pytest.approx(beyond.by_route, abs=1e-2)
    assert drawn.loads == pytest.approx(beyond.loads, abs=1e-2)


def test_two_bodies_cannot_be_compared_so(body, usual):
    cut = mc.spread(body, [mc.Cut("sacrotuberous_ligament_left"), BEND])
    with pytest.raises(ValueError, match="of one body"):
        cut.against(usual)
