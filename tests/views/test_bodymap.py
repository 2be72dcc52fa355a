"""What the body map sends to the browser, and what it draws without one."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import traitlets

import musclechain as mc
from musclechain.views.bodymap import EXAGGERATIONS, OVERLOADED, UNSETTLED, WIDEST_TURN_DEG, BodyMap, list_rounds, read_scene, rest_scene

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def body():
    return mc.read_body()


@pytest.fixture(scope="module")
def result(body):
    return mc.spread(body, mc.HamstringStrain(side="left", grade=2), guarding=0.5)


@pytest.fixture
def picture(body):
    return BodyMap(body)


def unpack(data, body):
    """Take a state apart again, in the order that pack_scene promises."""
    numbers, count = np.frombuffer(data, "<f4"), len(body.structures)
    start = 2 + len(EXAGGERATIONS)
    change, before, flags = numbers[start:start + 3 * count].reshape(3, count)
    return {"version": numbers[0], "count": numbers[1], "factors": numbers[2:start], "change": change, "before": before, "flags": flags,
            "moves": numbers[start + 3 * count:].reshape(len(EXAGGERATIONS), len(body.bones), 3, 4)}


def test_the_state_lists_every_structure_in_the_order_of_the_body(body, picture, result):
    picture.show(result)
    state, table = unpack(picture.state, body), result.table()
    assert state["count"] == len(body.structures)
    for name, row in table.iterrows():
        place = body.structures.index(name)
        assert state["change"][place] == pytest.approx(row.change_N, abs=1e-3)
        assert state["before"][place] == pytest.approx(row.before_N, abs=1e-3)
        assert bool(int(state["flags"][place]) & OVERLOADED) == row.overloaded
    assert np.isnan(state["change"][body.structures.index("deltoid_left")])
    assert [one["id"] for one in picture.picture["structures"]] == list(body.structures)


def test_each_change_is_one_small_message_with_a_new_version(body, picture, result):
    assert unpack(picture.state, body)["version"] == 0
    outlines = picture.outlines
    picture.show(result)
    assert unpack(picture.state, body)["version"] == 1
    assert len(picture.state) < 10_000
    assert picture.outlines is outlines
    picture.rest()
    assert unpack(picture.state, body)["version"] == 2
    assert np.isnan(unpack(picture.state, body)["change"]).all()


def test_the_posture_is_drawn_larger_but_never_folded(body):
    scene = read_scene(mc.spread(body, mc.ForwardBend(20)))
    assert scene.factors[0] == 1
    assert list(scene.factors) == sorted(scene.factors)
    for factor, asked, moves in zip(scene.factors, EXAGGERATIONS, scene.transforms):
        assert factor <= asked
        turns = [np.degrees(np.arccos(np.clip((np.trace(move[:, :3]) - 1) / 2, -1, 1))) for move in moves]
        assert max(turns) <= max(WIDEST_TURN_DEG, 21) + 0.1


def test_bones_stay_joined_when_the_posture_is_drawn_larger(body, result):
    scene = read_scene(result)
    for *_, data in body.graph.edges(data=True):
        if data["kind"] == "articulates" and data["joint"].startswith("knee"):
            side = data["joint"].rsplit("_", 1)[1]
            place = np.append(data["place_mm"], 1)
            gaps = [np.linalg.norm(moves[body.bones.index(f"thigh_{side}")] @ place - moves[body.bones.index(f"shank_{side}")] @ place) for moves in scene.transforms]
            assert max(gaps) < 15


def test_rounds_become_frames_from_rest_to_the_result(body, picture, result):
    picture.play(result)
    assert picture.frame_labels[0] == "before"
    assert len(picture.frame_labels) == len(result.rounds)
    assert picture.frame == len(picture.frame_labels) - 1
    assert len(picture.frames) == len(picture.frame_labels) * len(picture.state)
    first, last = unpack(picture.frames[: len(picture.state)], body), unpack(picture.frames[-len(picture.state):], body)
    assert np.nanmax(np.abs(first["change"])) == 0
    assert np.allclose(first["moves"], rest_scene(body).transforms)
    assert np.allclose(last["change"], unpack(picture.state, body)["change"], equal_nan=True)
    assert np.allclose(last["moves"], unpack(picture.state, body)["moves"], atol=1e-3)
    picture.show(result)
    assert picture.frames == b"" and picture.frame_labels == []


def test_without_posture_and_pull_the_rounds_do_not_move(body):
    quiet = mc.spread(body, mc.HamstringStrain(side="left", grade=1), pull=False, posture=False)
    for _, scene in list_rounds(quiet):
        assert np.allclose(scene.transforms, rest_scene(body).transforms, atol=1e-6)


def test_unsettled_structures_are_flagged(body, result):
    scene = read_scene(result, unsettled=["soleus_left"])
    assert scene.flags[body.structures.index("soleus_left")] & UNSETTLED
    assert not scene.flags[body.structures.index("soleus_right")] & UNSETTLED


def test_a_body_with_a_cut_is_shown_on_the_picture_of_the_whole(body, picture):
    cut = body.without("sacrotuberous_ligament_left")
    picture.show(mc.spread(cut, mc.PullOn("soleus_left", newtons=20)))
    state = unpack(picture.state, body)
    assert np.isnan(state["change"][body.structures.index("sacrotuberous_ligament_left")])
    assert state["change"][body.structures.index("achilles_tendon_left")] > 1


def test_the_caption_names_what_changed_most(picture, result):
    picture.show(result)
    top = result.table().change_N.abs().idxmax()
    assert picture.body.graph.nodes[top]["name"] in picture.caption
    picture.show(result, caption="My words.")
    assert picture.caption == "My words."
    picture.rest()
    assert "healthy" in picture.caption


def test_wrong_settings_are_refused(picture):
    with pytest.raises(traitlets.TraitError):
        picture.exaggeration = 3
    with pytest.raises(traitlets.TraitError):
        picture.span_n = 0.0
    with pytest.raises(mc.UnknownStructureError):
        picture.selected = "gluteus_maximos_left"
    picture.selected = "gluteus_maximus_left"


def test_the_legend_follows_the_span(picture):
    picture.span_n = 100.0
    assert "25 N more or beyond" in picture.legend[-1]["range"]


def test_parts_point_into_the_outlines(body, picture):
    vertices = np.frombuffer(picture.outlines, "<i2").reshape(-1, 5)
    assert picture.picture["parts"][-1]["ends"][-1] == len(vertices)
    assert (vertices[:, 3] >> 4).max() < len(body.bones) <= 16
    assert (vertices[:, 4] >= 499).all() and (vertices[:, 4] <= 1000).all()
    for view in picture.picture["views"].values():
        for group in view:
            assert all(0 <= part < len(picture.picture["parts"]) for part in group["parts"])


def test_the_still_picture_is_valid_svg_with_the_same_words(picture, result):
    picture.show(result, caption="Tension <b>moves</b> & fades.")
    root = ElementTree.fromstring(picture.to_svg())
    assert root.find(f"{SVG}desc").text == "Tension <b>moves</b> & fades."
    texts = " ".join(root.itertext())
    assert "times larger than computed" in texts and "much less" in texts and "Back" in texts and "Front" in texts
    assert len(list(root.iter(f"{SVG}path"))) > 300


def test_a_veiled_picture_gives_nothing_away(body, result):
    assert BodyMap(body, result, veiled=True).to_svg() == BodyMap(body, veiled=True).to_svg()


def test_hiding_the_top_layer_uncovers_the_erector_spinae(picture):
    whole = picture.to_svg()
    picture.depth = 2
    assert len(picture.to_svg()) < len(whole)
