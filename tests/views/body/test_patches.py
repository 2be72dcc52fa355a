"""Patches of skin and roots on the body map: where they lie, and what is lit."""

import itertools
import re

import numpy as np
import pytest
import traitlets

import musclechain as mc
from musclechain.views.body.agreement import AGREEMENTS
from musclechain.views.body.outline.curves import ACROSS
from musclechain.views.body.outline.patches import add_patches
from musclechain.views.body.scene import find_still_moves
from musclechain.views.body.supplied import ASK_TO_PICK, find_supply_drawing


@pytest.fixture(scope="module")
def human():
    return mc.read_body()


@pytest.fixture(scope="module")
def drawing(human):
    return find_supply_drawing(human)


def list_patches(drawing, view):
    return {
        group.supply: group.curves[0][1]
        for group in drawing.views[view]
        if group.curves[0][0] == "patch"
    }


def find_area(curves, view):
    plane = ACROSS[view][0]
    total = 0.0
    for loop in curves.split():
        x, y = loop[:, plane], loop[:, 1]
        total += abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2
    return total


def test_every_patch_but_the_hidden_ones_is_in_sight_in_some_view(human, drawing):
    seen = {skin for view in drawing.views for skin in list_patches(drawing, view)}
    for area in human.graph.graph["skin"]:
        for side in ("left", "right"):
            assert (f"{area.skin}_{side}" in seen) == (area.part != "hidden"), area.skin


def test_a_view_from_the_side_shows_its_own_side_alone(drawing):
    for side in ("left", "right"):
        assert {skin.rsplit("_", 1)[1] for skin in list_patches(drawing, side)} == {side}


@pytest.mark.parametrize("view", ["back", "front"])
def test_the_two_halves_mirror_each_other(drawing, view):
    patches = list_patches(drawing, view)
    for skin, curves in patches.items():
        if skin.endswith("_left"):
            other = patches[skin.replace("_left", "_right")]
            assert find_area(curves, view) == pytest.approx(
                find_area(other, view), rel=0.06, abs=60
            )
            middle, twin = (
                (one.points[:, 2].min() + one.points[:, 2].max()) / 2 for one in (curves, other)
            )
            assert middle == pytest.approx(-twin, abs=6)


@pytest.mark.parametrize("view", ["back", "front", "left"])
def test_patches_lie_within_the_outline_of_the_body(drawing, view):
    plane = ACROSS[view][0]
    skins = np.vstack(
        [
            curves.points
            for group in drawing.views[view]
            for role, curves in group.curves
            if role == "skin"
        ]
    )
    low, high = skins[:, [plane, 1]].min(axis=0), skins[:, [plane, 1]].max(axis=0)
    for skin, curves in list_patches(drawing, view).items():
        flat = curves.points[:, [plane, 1]]
        assert (flat >= low - 1e-6).all() and (flat <= high + 1e-6).all(), skin


def test_no_patch_has_a_spike(drawing):
    """Cutting an outline that goes in and out leaves edges that run out and back; they are gone."""
    for view in drawing.views:
        plane = ACROSS[view][0]
        for skin, curves in list_patches(drawing, view).items():
            for loop in curves.split():
                flat = loop[:, [plane, 1]]
                come = flat - np.roll(flat, 1, axis=0)
                go = np.roll(flat, -1, axis=0) - flat
                lengths = np.linalg.norm(come, axis=1) * np.linalg.norm(go, axis=1)
                assert ((come * go).sum(axis=1) > -0.9996 * lengths).all(), (view, skin)


def test_landmarks_stand_where_the_words_say(drawing):
    """Heights of patches in order, from the head to the toes, as their levels are."""
    front = list_patches(drawing, "front")
    order = ["below_collarbone", "trunk_3", "trunk_9", "groin", "thigh_front_lower", "shin_inner"]
    heights = [front[f"skin_{name}_left"].points[:, 1].mean() for name in (*order, "big_toe")]
    assert all(above > below for above, below in itertools.pairwise(heights))
    # the little toe lies further out than the big one, the thumb than the little finger
    assert (
        front["skin_little_toe_left"].points[:, 2].mean()
        < front["skin_big_toe_left"].points[:, 2].mean()
    )
    assert (
        front["skin_hand_outer_left"].points[:, 2].mean()
        < front["skin_hand_inner_left"].points[:, 2].mean()
    )


def test_patches_move_with_the_bones_that_carry_the_skin(human, drawing):
    moves = find_still_moves(len(human.bones))
    moves[list(human.bones).index("foot_left"), :, 3] = [0, 40, 0]
    heel = list_patches(drawing, "left")["skin_heel_left"]
    risen = heel.place(moves)[:, 1] - heel.points[:, 1]
    # the shank carries a part of it
    assert 20 < risen.max() <= 40 and (risen >= 0).all()
    chest = list_patches(drawing, "front")["skin_trunk_3_left"]
    assert np.allclose(chest.place(moves), chest.points)


def test_roots_stand_in_order_on_either_side_of_the_spine_and_not_in_front(drawing):
    roots = {g.supply: g.mark.point for g in drawing.views["back"] if g.curves[0][0] == "root"}
    for side, sign in (("left", -1), ("right", 1)):
        levels = [f"T{number}" for number in range(1, 13)] + [f"L{n}" for n in range(1, 6)]
        heights = [roots[f"{level}_{side}"][1] for level in (*levels, "S1", "S2")]
        assert all(above > below for above, below in itertools.pairwise(heights))
        assert all(sign * roots[f"{level}_{side}"][2] > 0 for level in levels)
    assert not [g for g in drawing.views["front"] if g.curves[0][0] == "root"]


def test_other_maps_are_not_made_heavier(human):
    assert mc.BodyMap(human).picture["supply"] == {}
    extra = len(mc.BodyMap(human, supply=True).outlines) - len(mc.BodyMap(human).outlines)
    assert 0 < extra < 100_000


def test_what_is_picked_is_lit_and_said(human):
    picture = mc.show_nerves(human)
    assert picture.caption == ASK_TO_PICK and picture.supply == {}
    picture.picked = "S1_left"
    lit = picture.supply
    assert lit["skin"]["skin_heel_left"] == 3 and lit["skin"]["skin_knee_back_left"] == 1
    assert "tibial_left" in lit["nerves"] and lit["roots"] == ["S1_left"]
    names = [human.structures[number] for number in lit["structures"]]
    assert "soleus_left" in names and picture.selected == ""
    assert lit["words"].startswith("S1 root, left: it moves")
    picture.picked = "skin_trunk_3_left"
    assert picture.supply["roots"] == ["T3_left", "T4_left", "T5_left"]
    picture.picked = "soleus_left"
    assert picture.selected == "soleus_left"
    assert picture.views == ["back", "left", "front"]
    picture.picked = "soleus_right"
    assert picture.views == ["back", "right", "front"]
    picture.views = ["left", "right"]
    picture.picked = ""
    assert picture.supply == {} and picture.caption == ASK_TO_PICK and picture.selected == ""


def test_what_is_no_part_of_it_cannot_be_picked(human):
    with pytest.raises((mc.UnknownStructureError, traitlets.TraitError)):
        mc.show_nerves(human, "skin_wing_left")


def test_the_still_picture_draws_agreement_darker_and_with_another_pattern(human):
    picture = mc.show_nerves(human, "S1_left")
    picture.views = ["back", "left"]
    svg = picture.to_svg()
    levels = picture.picture["look"]["supply"]["levels"]
    for step in (1, 2, 3):
        assert f'id="mc-{levels[step]["pattern"]}"' in svg
        assert f'fill="url(#mc-{levels[step]["pattern"]})"' in svg
    opacities = [levels[step]["fill-opacity"] for step in (1, 2, 3)]
    assert opacities == sorted(opacities) and len(set(opacities)) == 3
    for word, _ in AGREEMENTS.values():
        assert word in svg
    assert re.search(r"<text[^>]*>S1</text>", svg)


def test_a_body_without_arms_or_skin_is_drawn(human):
    graph = human.graph.copy()
    graph.graph["skin"], graph.graph["dermatomes"] = (), ()
    graph.graph["skin_nerves"] = ()
    bare = mc.Body.from_graph(graph)
    drawn = add_patches(bare, find_supply_drawing(bare))
    assert not list_patches(drawn, "back")
