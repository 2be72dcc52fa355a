"""What the body map sends to the browser, and what it draws without one."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

import musclechain as mc
from musclechain.views.body.look import read_look, scale_style
from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.scene import (
    EXAGGERATIONS,
    OVERLOADED,
    WHOLE,
    WIDEST_TURN_DEG,
    build_rest_scene,
    find_factor,
    find_frames,
    list_steps,
    pack_scene,
    read_levels,
    read_scene,
    unpack_scene,
)
from musclechain.views.body.sentences import say_levels
from musclechain.views.body.still_setting import Setting, find_lit
from musclechain.views.body.widget import BodyMap
from musclechain.views.page.palette import BODY

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def result(body):
    return mc.spread(body, mc.HamstringStrain(side="left", grade=2), guarding=0.5)


@pytest.fixture
def picture(body):
    return BodyMap(body)


def unpack(data, body):
    """Take a state apart again, in the order that pack_scene promises."""
    numbers, count = np.frombuffer(data, "<f4"), len(body.structures)
    start = 6 + len(EXAGGERATIONS)
    change, before, flags = numbers[start : start + 3 * count].reshape(3, count)
    return {
        "version": numbers[0],
        "count": numbers[1],
        "factors": numbers[2 : start - 4],
        "levels": numbers[start - 4 : start],
        "change": change,
        "before": before,
        "flags": flags,
        "moves": numbers[start + 3 * count :].reshape(len(EXAGGERATIONS), len(body.bones), 3, 4),
    }


def test_the_state_lists_every_structure_in_the_order_of_the_body(body, picture, result):
    picture.show(result)
    state, table = unpack(picture.state, body), result.table()
    assert state["count"] == len(body.structures)
    for name, row in table.iterrows():
        place = body.structures.index(name)
        assert state["change"][place] == pytest.approx(row.change_N, abs=1e-3)
        assert state["before"][place] == pytest.approx(row.before_N, abs=1e-3)
        assert bool(int(state["flags"][place]) & OVERLOADED) == row.overloaded
    assert np.isnan(state["change"][body.structures.index("brachialis_left")])
    assert [structure["id"] for structure in picture.picture["structures"]] == list(body.structures)


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
    for factor, asked, moves in zip(scene.factors, EXAGGERATIONS, scene.transforms, strict=True):
        assert factor <= asked
        turns = [
            np.degrees(np.arccos(np.clip((np.trace(move[:, :3]) - 1) / 2, -1, 1))) for move in moves
        ]
        assert max(turns) <= WHOLE * WIDEST_TURN_DEG


@given(st.floats(0.01, 80), st.floats(1.01, 2))
def test_a_larger_posture_is_drawn_larger(size, times):
    """Also where it is not drawn as many times larger as asked."""
    for asked in EXAGGERATIONS:
        smaller, larger = (find_factor(asked, one / 30) * one for one in (size, size * times))
        assert smaller < larger
        assert 1 <= find_factor(asked, size / 30) <= asked


def test_bones_stay_joined_when_the_posture_is_drawn_larger(body, result):
    scene = read_scene(result)
    for *_, data in body.graph.edges(data=True):
        if data["kind"] == "articulates" and data["joint"].startswith("knee"):
            side = data["joint"].rsplit("_", 1)[1]
            place = np.append(data["place_mm"], 1)
            gaps = [
                np.linalg.norm(
                    moves[body.bones.index(f"thigh_{side}")] @ place
                    - moves[body.bones.index(f"shank_{side}")] @ place
                )
                for moves in scene.transforms
            ]
            assert max(gaps) < 15


def test_stages_become_steps_from_rest_to_the_result(body, picture, result):
    picture.play(result)
    assert picture.step_labels == [stage.title for stage in result.story()]
    assert [stage["title"] for stage in picture.story] == picture.step_labels
    assert picture.step == len(picture.step_labels) - 1
    assert len(picture.steps) == len(picture.step_labels) * len(picture.state)
    first, last = (
        unpack(picture.steps[: len(picture.state)], body),
        unpack(picture.steps[-len(picture.state) :], body),
    )
    assert np.nanmax(np.abs(first["change"])) == 0
    assert np.allclose(first["moves"], build_rest_scene(body).transforms)
    assert np.allclose(last["change"], unpack(picture.state, body)["change"], equal_nan=True)
    assert np.allclose(last["moves"], unpack(picture.state, body)["moves"], atol=1e-3)
    picture.show(result)
    assert picture.steps == b"" and picture.step_labels == [] and picture.story == []


def test_without_posture_and_pull_nothing_moves(body):
    quiet = mc.spread(body, mc.HamstringStrain(side="left", grade=1), pull=False, posture=False)
    for step in list_steps(quiet):
        assert np.allclose(step.scene.transforms, build_rest_scene(body).transforms, atol=1e-6)


def test_certainty_travels_as_one_letter_for_each_structure(body, picture, result):
    picture.play(result)
    state, outlines = picture.state, picture.outlines
    picture.show_certainty(
        {
            "soleus_left": "depends",
            "soleus_right": "likely",
            "biceps_femoris_long_head_left": "settled",
        },
        "How sure? Two of three.",
    )
    assert picture.state is state and picture.outlines is outlines
    assert len(picture.certainty) == len(body.structures)
    letters = dict(zip(body.structures, picture.certainty, strict=True))
    assert [
        letters[name]
        for name in (
            "soleus_left",
            "soleus_right",
            "biceps_femoris_long_head_left",
            "gluteus_maximus_left",
        )
    ] == ["d", "l", "s", "-"]
    assert picture.certainty_note == "How sure? Two of three."
    picture.show_certainty(None, "How sure? Being computed: 60 of 200 bodies tried.")
    assert picture.certainty == "" and "60 of 200" in picture.certainty_note


def test_certainty_belongs_to_one_state(body, picture, result):
    picture.show(result)
    picture.show_certainty({"soleus_left": "depends"}, "How sure?")
    picture.play(result)
    assert "d" in picture.certainty, "the steps of the same state keep it"
    picture.show(mc.spread(body, mc.HamstringStrain(side="left", grade=3)))
    assert picture.certainty == "" and picture.certainty_note == ""
    picture.show_certainty({"soleus_left": "depends"}, "How sure?")
    picture.rest()
    assert picture.certainty == ""


def test_unknown_words_of_certainty_are_refused(picture):
    with pytest.raises(ValueError, match="settled, likely, depends"):
        picture.show_certainty({"soleus_left": "maybe"})
    with pytest.raises(mc.UnknownStructureError):
        picture.show_certainty({"soleus_lft": "likely"})
    assert picture.certainty == ""


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
    for views in ([], ["above"], ["back", "back"]):
        with pytest.raises(traitlets.TraitError):
            picture.views = views
    for trait in ("highlight", "compare"):
        with pytest.raises(traitlets.TraitError):
            setattr(picture, trait, "everything")
    with pytest.raises(traitlets.TraitError):
        picture.reference = b"short"


def test_the_legend_follows_the_span(picture):
    picture.span_n = 100.0
    assert "25 N or beyond" in picture.legend[-1]["range"]


def test_parts_point_into_the_outlines(body, picture):
    vertices = np.frombuffer(picture.outlines, "<i2").reshape(-1, 6)
    assert picture.picture["parts"][-1]["ends"][-1] == len(vertices)
    assert vertices[:, 3:5].min() == 0 and vertices[:, 3:5].max() < len(body.bones)
    assert (vertices[:, 5] >= 499).all() and (vertices[:, 5] <= 1000).all()
    for view in picture.picture["views"].values():
        for group in view["groups"]:
            assert all(0 <= part < len(picture.picture["parts"]) for part in group["parts"])


def test_the_still_picture_is_valid_svg_with_the_same_words(picture, result):
    picture.show(result, caption="Tension <b>moves</b> & fades.")
    root = ElementTree.fromstring(picture.to_svg())
    assert root.find(f"{SVG}desc").text == "Tension <b>moves</b> & fades."
    texts = " ".join(root.itertext())
    assert "times larger than computed" in texts and "much less" in texts
    assert (
        all(name in texts for name in ("Back", "Left side", "Front")) and "Right side" not in texts
    )
    assert len(list(root.iter(f"{SVG}path"))) > 300


def test_a_veiled_picture_gives_nothing_away(body, result):
    assert BodyMap(body, result, veiled=True).to_svg() == BodyMap(body, veiled=True).to_svg()


def list_story(root):
    """List the nodes of the stories of all figures of a still picture, given by its root."""
    parts = root.findall(".//*[@class='story']")
    return [node for part in parts for node in part.iter() if node not in parts]


def test_a_still_picture_tells_the_stage_that_is_shown(body):
    picture = BodyMap(body, mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5))
    picture.views, told = ["back"], []
    for number, stage in enumerate(picture.story):
        picture.step = number
        still = ElementTree.fromstring(picture.to_svg())
        said = " ".join(still.itertext())
        assert f"Step {number + 1} of {len(picture.story)}: {stage['title']}" in said
        assert stage["sentence"] in said
        told.append([node.get("class") for node in list_story(still)].count("trail"))
    titles = [stage["title"] for stage in picture.story]
    # one trail, and fainter ones of the stations before it
    pull = [count for title, count in zip(titles, told, strict=True) if title.startswith("Pull")]
    assert told[0] == 0 and pull == sorted(pull) and pull[-1] > pull[0] >= 1


def test_a_still_picture_without_a_story_tells_none_and_a_covered_one_keeps_its_marks(body):
    picture = BodyMap(body, veiled=True)
    covered = picture.to_svg()
    picture.most_marks, picture.marked = 2, ["soleus_left"]
    style = picture.picture["look"]["outlines"]["marked"][1]["stroke"]
    assert style not in covered and picture.to_svg().count(style) == 2  # from back and side
    picture.veiled = False
    assert list_story(ElementTree.fromstring(picture.to_svg())) == []


def test_hiding_the_top_layer_uncovers_the_erector_spinae(picture):
    whole = picture.to_svg()
    picture.depth = 2
    assert len(picture.to_svg()) < len(whole)


def test_what_lies_under_others_is_drawn_without_what_is_fine(picture):
    """Nobody sees it, and a slower machine has it to paint at each move."""
    setting = Setting(picture)
    groups = {group.structure: group for group in picture.drawing.views["back"] if group.structure}
    top, deep = groups["gluteus_maximus_left"], groups["piriformis_left"]
    assert deep.sight is not None and deep.sight.depth < picture.depth
    assert setting.is_covered(deep) and not setting.is_covered(top)
    fine = read_look()["fine"]
    assert {role for role, _ in deep.curves} & set(fine)
    picture.depth = deep.sight.depth
    assert not Setting(picture).is_covered(deep)


def test_each_frame_holds_the_body_in_its_middle_and_grows_with_a_bend(body, picture):
    moves = read_scene(mc.spread(body, mc.ForwardBend(50))).transforms[0]
    still, bent = find_frames(picture.drawing), find_frames(picture.drawing, [moves])
    for view, (left, _, wide, _) in still.items():
        skin = np.concatenate(
            [
                project_points(curves.points, view)[:, 0]
                for group in picture.drawing.views[view]
                for role, curves in group.curves
                if role == "skin"
            ]
        )
        assert left + wide / 2 == pytest.approx((skin.min() + skin.max()) / 2, abs=1)
        assert left <= skin.min() and skin.max() <= left + wide
    assert bent["left"][2] > still["left"][2] + 100
    # facing left, the body bends to the left of the picture
    assert bent["left"][0] < still["left"][0] - 80 and bent["right"][0] == pytest.approx(
        still["right"][0], abs=60
    )


def test_levels_are_those_of_the_solved_posture(body, picture):
    result = mc.spread(body, mc.Limp("left", 0.5, 10.0))
    pelvis, shoulders, tip, lean = read_levels(
        read_scene(result), body.bones, picture.drawing.marks
    )
    pose = result.pose()
    # side_bend_deg: left side up
    assert pelvis == pytest.approx(-pose.side_bend_deg["pelvis"], abs=1e-6)
    assert shoulders == pytest.approx(-pose.side_bend_deg["thorax"], abs=3) and shoulders < -5
    bent = mc.spread(body, mc.ForwardBend(20))
    _, _, tip, lean = read_levels(read_scene(bent), body.bones, picture.drawing.marks)
    assert tip == pytest.approx(bent.pose().flexion_deg["pelvis"], abs=1e-6)
    assert lean == pytest.approx(bent.pose().flexion_deg["thorax"], abs=1e-6) and lean > 5
    # where a bone turns about several axes at once, too: one number in table, story and picture
    high = mc.spread(body, mc.UnevenHips("left", 20))
    turned = high.pose().loc["pelvis"]
    pelvis, _, tip, _ = read_levels(read_scene(high), body.bones, picture.drawing.marks)
    assert (-pelvis, tip) == pytest.approx((turned.side_bend_deg, turned.flexion_deg), abs=1e-6)
    assert np.allclose(read_levels(build_rest_scene(body), body.bones, picture.drawing.marks), 0)


def test_a_raised_foot_stands_on_a_board_and_a_free_one_hangs_beside_a_step(body, picture):
    for cause, boards in (
        (mc.UnevenHips("left", 20), {"left": 0.0}),
        (mc.OneLegStance("right"), {"right": 40.0}),
        (mc.Limp("left", 0.5), {}),
    ):
        picture.show(mc.spread(body, cause))
        assert picture.boards == boards
    picture.play(mc.spread(body, mc.UnevenHips("left", 20)))
    colour = picture.picture["look"]["board"]["fill"]
    assert picture.to_svg().count(colour) == len(picture.views)
    picture.step = 0
    assert colour not in picture.to_svg()
    picture.rest()
    assert picture.boards == {}


def test_levels_travel_as_computed_whatever_factor_is_drawn(body, picture):
    result = mc.spread(body, mc.HamstringStrain(side="left", grade=2), guarding=0.5)
    picture.show(result)
    sent = unpack(picture.state, body)["levels"]
    assert np.allclose(
        sent, read_levels(read_scene(result), body.bones, picture.drawing.marks), atol=1e-5
    )
    picture.exaggeration = 10
    picture.views = ["left"]
    texts = " ".join(ElementTree.fromstring(picture.to_svg()).itertext())
    assert abs(sent[2]) > 0.1 and all(
        part in texts for part in say_levels(sent, side=True).split(" \u00b7 ")
    )


def test_levels_are_said_with_their_side():
    assert (
        say_levels([1.24, -0.3, 0.0, 0.0], side=False)
        == "shoulders 0.3\u00b0 lower right \u00b7 pelvis 1.2\u00b0 lower left"
    )
    assert (
        say_levels([0.0, 0.0, -2.0, 0.0], side=True)
        == "pelvis 2.0\u00b0 backward \u00b7 trunk upright"
    )
    assert say_levels([np.nan, 0.0, np.nan, np.nan], side=False) == "shoulders level"


def test_a_kept_picture_is_the_one_that_is_shown(body, picture, result):
    picture.play(result)
    picture.step = 1
    picture.keep()
    size = len(picture.state)
    assert picture.reference == picture.steps[size : 2 * size] and picture.compare == "beside"
    picture.show(mc.spread(body, mc.Limp("left", 0.5)))
    picture.show_certainty({"soleus_left": "depends"}, "")
    picture.keep()
    assert picture.reference == picture.state and picture.reference_certainty == picture.certainty
    picture.rest()
    texts = list(ElementTree.fromstring(picture.to_svg()).itertext())
    assert "Back, kept" in texts and "Back, now" in texts
    picture.forget()
    assert "Back, before" in list(ElementTree.fromstring(picture.to_svg()).itertext())


def test_the_still_picture_shows_what_is_switched_on(picture, result):
    picture.show(result)
    plain = picture.to_svg()
    assert "url(#mc-depends)" not in plain and "Soleus, left" not in plain
    picture.show_certainty(
        {"soleus_left": "depends", "soleus_right": "likely"}, "How sure? <b>Two</b> & more."
    )
    paler = picture.to_svg()
    assert "url(#mc-depends)" not in paler
    assert "paler" in list(ElementTree.fromstring(paler).itertext())
    picture.patterns = True
    hatched = picture.to_svg()
    assert "url(#mc-depends)" in hatched and "url(#mc-likely)" in hatched
    texts = list(ElementTree.fromstring(hatched).itertext())
    assert "depends" in texts and "How sure? <b>Two</b> & more." in texts
    picture.labels, picture.selected = True, "soleus_left"
    assert "deep calf muscle" in list(ElementTree.fromstring(picture.to_svg()).itertext())
    picture.labels, picture.selected, picture.nerves = False, "", True
    assert picture.to_svg().count("<path") > hatched.count("<path") + 50
    picture.nerves, picture.posture_lines = False, False
    assert picture.to_svg().count("<path") < hatched.count("<path")
    picture.views = ["right"]
    assert "Right side" in picture.to_svg() and "Back" not in "".join(
        ElementTree.fromstring(picture.to_svg()).itertext()
    )


@pytest.mark.parametrize(
    ("highlight", "lit", "dimmed"),
    [
        ("chain", "tibialis_anterior_left", "tibialis_posterior_left"),
        ("roots", "gluteus_medius_left", "rectus_abdominis_left"),
    ],
)
def test_what_is_not_lit_is_dimmed(body, picture, result, highlight, lit, dimmed):
    picture.show(result)
    whole = picture.to_svg().count('opacity="0.22"')
    picture.highlight, picture.selected = (
        highlight,
        {"chain": "rectus_femoris_left", "roots": "gluteus_minimus_left"}[highlight],
    )
    members = find_lit(picture)
    assert lit in members and dimmed not in members and picture.selected in members
    assert whole == 0 < picture.to_svg().count('opacity="0.22"')


def test_chains_and_nerves_are_described_once_for_the_browser(body, picture):
    described, names = picture.picture, list(body.structures)
    chain = next(
        chain for chain in described["chains"] if chain["id"] == "superficial_back_line_left"
    )
    assert [names[k] for k in chain["stations"]] == list(
        body.chains["superficial_back_line_left"].stations
    )
    assert len(chain["grades"]) == len(chain["stations"]) - 1
    assert described["structures"][names.index("soleus_left")]["roots"] == [
        root
        for root in described["structures"][names.index("soleus_left")]["roots"]
        if root.endswith("_left")
    ]
    for nerve in described["nerves"].values():
        assert nerve["roots"] and all(0 <= k < len(names) for k in nerve["supplies"])


def test_a_body_from_another_hand_is_drawn_with_its_names_as_text():
    body = mc.read_body()
    graph = body.graph.copy()
    graph.nodes["soleus_left"]["name"] = "<script>alert(1)</script>"
    picture = BodyMap(mc.Body.from_graph(graph))
    picture.labels, picture.latin, picture.selected = True, True, "soleus_left"
    svg = picture.to_svg()
    assert "<script>" not in svg
    assert any("<script>" in text for text in ElementTree.fromstring(svg).itertext())


# What XML 1.0 cannot hold: control characters, two that are none, and halves of a pair.
FORBIDDEN = "\x00\x01\x08\x0b\x0c\x0e\x1f\ufffe\uffff\ud800\udfff"


def test_names_that_no_xml_file_can_hold_do_not_break_the_still_picture():
    graph = mc.read_body().graph.copy()
    for number, (_, node) in enumerate(graph.nodes(data=True)):
        letter = FORBIDDEN[number % len(FORBIDDEN)]
        node["name"] = node["plain_name"] = f"So{letter}le<us>\t&"
    body = mc.Body.from_graph(graph)
    picture = BodyMap(body)
    picture.show(mc.spread(body, mc.HamstringStrain("left", 2)), caption=f"A{FORBIDDEN}B")
    picture.show_certainty({"soleus_left": "depends"}, f"C{FORBIDDEN}D")
    picture.labels, picture.selected = True, "soleus_left"
    svg = picture.to_svg().encode("utf-8")
    texts = " ".join(ElementTree.fromstring(svg).itertext())
    blanks = "\ufffd" * len(FORBIDDEN)
    assert all(part in texts for part in ("So\ufffdle<us>", f"A{blanks}B", f"C{blanks}D")), texts


def test_letters_of_all_the_world_stay_as_they_are():
    graph = mc.read_body().graph.copy()
    graph.nodes["soleus_left"]["name"] = "\u7b4b\u0915\u094d \U0001f4aa\ufffd\ud7ff\ue000"
    picture = BodyMap(mc.Body.from_graph(graph))
    picture.labels, picture.latin, picture.selected = True, True, "soleus_left"
    texts = list(ElementTree.fromstring(picture.to_svg().encode("utf-8")).itertext())
    assert "\u7b4b\u0915\u094d \U0001f4aa\ufffd\ud7ff\ue000" in texts


def test_the_still_picture_shows_the_step_that_is_shown(body, picture, result):
    picture.play(result)
    last = picture.to_svg()
    picture.step = 0
    before = picture.to_svg()
    picture.rest()
    fills = [
        [
            path.get("fill")
            for path in ElementTree.fromstring(svg).iterfind(".//*[@class='body']//*[@fill]")
        ]
        for svg in (before, picture.to_svg())
    ]
    assert before != last and fills[0] == fills[1]


def test_certainty_belongs_to_the_last_step(picture, result):
    picture.play(result)
    picture.show_certainty({"soleus_left": "depends"}, "How sure?")
    picture.patterns = True
    assert "url(#mc-depends)" in picture.to_svg()
    picture.step = 1
    assert "url(#mc-depends)" not in picture.to_svg()
    picture.keep()
    assert picture.reference_certainty == "" and "d" in picture.certainty


def test_a_step_that_is_not_there_is_the_nearest_one(picture, result):
    picture.play(result)
    size = len(picture.state)
    for step, shown in ((-3, 0), (99, len(picture.step_labels) - 1)):
        picture.step = step
        assert picture.read_shown() == picture.steps[shown * size : (shown + 1) * size]


def test_a_chain_is_drawn_with_its_stations_and_what_is_lit_up_is_outlined(picture, result):
    picture.show(result)
    picture.selected, picture.highlight = "gastrocnemius_lateral_head_left", "chain"
    root = ElementTree.fromstring(picture.to_svg())
    outlines = [part for part in root.iter(f"{SVG}g") if part.get("class") == "outlines"]
    look = picture.picture["look"]
    strokes = [node.get("stroke") for part in outlines for node in part]
    for style in (look["chain"]["line"], look["outlines"]["lit"][0], look["outlines"]["chosen"][0]):
        assert style["stroke"] in strokes
    stations = len(picture.body.chains["superficial_back_line_left"].stations)
    back = [node for node in outlines[0] if node.tag == f"{SVG}circle"]
    assert 3 < len(back) <= stations


# ---- the look


def test_the_look_names_colours_of_the_palette_only(tmp_path, monkeypatch):
    look = read_look()
    assert look["roles"]["skin"]["fill"] == BODY["skin"] and "about" not in look
    assert "@" not in json.dumps(look)
    wrong = tmp_path / "look.json"
    wrong.write_text('{"about": "", "roles": {"skin": {"fill": "@skyn"}}}', encoding="utf-8")
    monkeypatch.setattr("musclechain.views.body.look.LOOK", wrong)
    with pytest.raises(ValueError, match="names the colour @skyn; there are skin, "):
        read_look()


def test_flesh_pales_to_the_colour_of_the_fascia_it_runs_on_in(body, picture):
    owners = {part["owner"] for part in picture.picture["parts"] if part["role"] == "fade"}
    names = list(body.structures)
    assert {names[owner] for owner in owners} == {
        f"iliotibial_tract_{side}" for side in ("left", "right")
    }


def test_every_role_of_the_drawing_has_a_look(picture):
    roles = {part["role"] for part in picture.picture["parts"]}
    look = picture.picture["look"]
    # a nerve has a width for each calibre, and one for all places where it runs behind a muscle
    nerves = {re.sub(r"_\d+$", "", role) for role in roles if role.startswith("nerve")}
    others = {role for role in roles if not role.startswith("nerve")}
    assert nerves == look["nerves"]["widths"].keys()
    assert others <= look["roles"].keys() and len(others) > 8


def test_lengths_of_a_style_grow_and_nothing_else_does():
    style = {"stroke": "#000", "stroke-width": 2, "opacity": 0.5, "stroke-dasharray": [4, 1.5]}
    assert scale_style(style, 2.0) == {
        "stroke": "#000",
        "stroke-width": 4.0,
        "opacity": 0.5,
        "stroke-dasharray": [8.0, 3.0],
    }


def test_what_counts_as_no_change_has_the_colour_of_rest(body, picture):
    """The scale has a hundred steps, and none of them straddles the edge of what is said."""
    place = body.structures.index("soleus_left")
    rest = build_rest_scene(body)
    fills = []
    for newtons in (0.0, 0.99, 1.01):
        change = np.where(np.arange(len(body.structures)) == place, newtons, 0.0)
        picture.state = pack_scene(replace(rest, change_n=change), 1)
        svg = ElementTree.fromstring(picture.to_svg())
        fills.append([path.get("fill") for path in svg.iter(f"{SVG}path")])
    assert fills[0] == fills[1] != fills[2]


def test_a_packed_scene_is_read_back(body, result):
    scene = read_scene(result)
    back = unpack_scene(pack_scene(scene, 3), body)
    for name in ("change_n", "before_n", "flags", "transforms", "factors"):
        assert np.allclose(getattr(back, name), getattr(scene, name), atol=1e-3, equal_nan=True)
