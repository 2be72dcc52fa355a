"""The lab of the nerves, driven headless."""

import pytest

import musclechain as mc
from musclechain.labs.questions import Prediction
from musclechain.labs.stand import describe_changes, read_stand
from musclechain.labs.tasks import Task


@pytest.fixture(scope="module")
def human():
    return mc.read_body()


@pytest.fixture
def lab(human):
    made = mc.NerveLab(human)
    yield made
    made.close()


def test_it_begins_with_a_root_and_says_what_hangs_together(lab):
    assert lab.result.chosen == lab.map.picked == "S1_left"
    assert "sciatic nerve" in lab._glance.value and "soleus" in lab._glance.value
    assert set(lab.table()["Part"]) == {"root", "nerve", "muscle", "skin"}


@pytest.mark.parametrize("kind", ["root", "nerve", "muscle", "skin"])
def test_each_kind_has_its_own_list_and_the_others_are_away(lab, kind):
    lab.set(what=kind, side="right")
    assert [other for other in ("root", "nerve", "muscle", "skin") if lab.is_shown(other)] == [kind]
    assert lab.map.picked.endswith("_right") and lab.map.skin == (kind == "skin")


@pytest.mark.parametrize(
    "picked", ["L5_right", "tibial_left", "soleus_right", "skin_heel_left", "sacral_plexus_left"]
)
def test_a_click_moves_the_lists(lab, picked):
    lab.map.picked = picked
    assert lab.result.chosen == lab.map.picked == picked
    assert lab.values["side"] == picked.rsplit("_", 1)[1]


def test_one_map_can_be_looked_at_alone(lab):
    lab.set(root="L4", map="keegan1948")
    assert lab.map.supply["skin"]["skin_big_toe_left"] == 1
    assert "(in this map)" in lab.map.supply["words"]
    lab.set(map="lee2008")
    assert set(lab.map.supply["skin"]) == {"skin_shin_inner_left", "skin_ankle_inner_left"}
    lab.set(map="")
    assert lab.map.supply["skin"]["skin_shin_inner_left"] == 3
    words = [choice[0] for choice in lab.controls[-1].choices]
    assert words == [
        "all maps",
        "Foerster O 1933",
        "Keegan JJ, Garrett FD 1948",
        "Lee MWL, McPhee RW, Stringer MD 2008",
    ]


def test_what_no_nerve_reaches_is_named_beside_what_stays_lit(lab):
    lab.map.selected = "achilles_tendon_left"
    assert lab.map.picked == "S1_left" and lab.map.supply["picked"] == "S1_left"
    note = lab._glance.value
    assert "no nerve of the model reaches it. Lit is S1 root, left." in note
    assert "Ways from the spine: S1 root, left" in note
    lab.set(root="L5")
    assert lab.map.selected == "" and "reaches it" not in lab._glance.value


def test_a_click_that_lets_go_leaves_the_lists_and_says_that_nothing_is_picked(lab):
    lab.map.picked = ""
    assert lab.map.supply == {} and lab.result.chosen == "S1_left"
    assert "Nothing is picked" in lab._glance.value and "soleus" not in lab._glance.value
    lab.map.picked = "S1_left"
    assert "soleus" in lab._glance.value and "Nothing is picked" not in lab._glance.value
    lab.set(root="L5")
    assert lab.map.picked == "L5_left"


def test_every_choice_of_every_list_can_be_shown(human, lab):
    for control in lab.controls[2:6]:
        for name in control.allowed:
            assert lab.solve(what=control.name, **{control.name: name}).chosen == f"{name}_left"


def test_a_prediction_covers_what_is_lit_and_said(human):
    prediction = Prediction("Which part does S1 supply?", ["heel", "navel"])
    lab = mc.NerveLab(human, prediction)
    assert lab.map.picked == "" and "soleus" not in lab._glance.value + lab._parts.value
    assert "soleus" not in lab.write_still()
    prediction.answer = "heel"
    assert lab.map.picked == "S1_left" and "soleus" in lab._glance.value
    assert "S1 root, left: it moves" in lab.write_still()
    lab.close()


def test_a_task_asks_what_hangs_together(human):
    task = Task(
        "How many muscles of the model does S1 move?",
        "All that carry S1 among their motor levels.",
        setting={"what": "root", "root": "S1"},
        number=lambda supply: len(supply.muscles),
        unit="",
    )
    lab = mc.NerveLab(human, tasks=[task])
    supply = lab.solve(**task.setting)
    assert task.check(str(len(supply.muscles)), supply).is_right
    assert not task.check("1", supply).is_right
    lab.close()


def test_what_was_set_up_is_told_of_lists_in_sight_alone(human):
    """Root and muscle are put back too, in lists that are away: nobody can look for them."""
    lab = mc.NerveLab(human, tasks=mc.tasks("roots"), root="L3", what="muscle", muscle="soleus")
    lab.set(muscle="gluteus_maximus", root="L4")
    before = read_stand(lab)
    lab.set_up(mc.tasks("roots")[0].setting)
    told = describe_changes(before, read_stand(lab))
    assert "Choose a: skin" in told and "Which skin: Heel" in told
    assert "Which root" not in told and "Which muscle" not in told
    lab.close()


def test_its_still_picture_has_the_words(lab):
    assert "S1 root, left: it moves" in lab.write_still()


def test_a_wrong_value_is_told(human):
    with pytest.raises(ValueError, match="root"):
        mc.NerveLab(human, root="S9")
