"""The labs, driven without a browser: controls are moved, and captions, tables and cards are read."""

import asyncio
import base64
import io
import re

import ipywidgets as widgets
import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.lessons import labs
from musclechain.lessons.controls import Control
from musclechain.lessons.labs import GUARDING, POSTURE, PULL, Lab
from musclechain.views import describe
from tests.lessons.conftest import NASTY
from tests.lessons.test_questions import find

CARD, MOST, HEIGHT, CHAINS, TABLE = range(5)


class BendLab(Lab):
    """A lab whose slider reaches further than the model."""

    title = "Bend <b>forward</b>"
    controls = (Control("degrees", "Bend", 20, low=0, high=90, step=1, unit="degrees"), GUARDING, POSTURE, PULL)

    def cause(self, values):
        return mc.ForwardBend(values["degrees"])


@pytest.fixture
def hamstring(body):
    return mc.HamstringLab(body)


@pytest.fixture
def limp(body):
    return mc.LimpLab(body)


def find_input(lab, words):
    """Find the widget whose description starts with these words."""
    return next(widget for widget in find(lab, widgets.Widget) if getattr(widget, "description", "").startswith(words))


def open_tab(lab, number):
    """Open a tab and return what it says."""
    tabs = find(lab, widgets.Tab)[0]
    tabs.selected_index = number
    return " ".join(box.value for box in find(tabs.children[number], widgets.HTML))


def read_figure(lab, number):
    """Read the chart of a tab; None if it shows none."""
    outputs = find(find(lab, widgets.Tab)[0].children[number], widgets.Output)[0].outputs
    return outputs[0]["data"]["application/vnd.plotly.v1+json"] if outputs else None


def read_state(lab):
    """Read the change of each structure that the map sends to the browser."""
    count = len(lab.body.structures)
    return np.frombuffer(lab.map.state, "<f4")[5:5 + count]


def paints_newest(lab):
    """Whether the map shows the newest result."""
    table = lab.result.table()
    shown = [read_state(lab)[lab.body.structures.index(name)] for name in table.index]
    return np.allclose(shown, table["change_N"], atol=1e-2)


def shows_newest(lab):
    """Whether map and caption tell the newest result."""
    return lab.map.caption == describe.describe_result(lab.result) and paints_newest(lab)


@pytest.mark.parametrize("kind", [mc.HamstringLab, mc.LimpLab])
def test_a_lab_starts_with_a_result_in_picture_words_and_table(body, kind):
    lab = kind(body)
    assert lab.message == "" and shows_newest(lab)
    assert lab.table().equals(lab.result.table())
    assert lab.map.frame_labels[0] == "before" and lab.map.frame == len(lab.map.frame_labels) - 1


def test_each_control_has_a_name_and_a_reason_to_be_there(hamstring, limp):
    for lab in (hamstring, limp):
        for control in lab.controls:
            assert find_input(lab, control.words).value == lab.values[control.name] == control.default


def test_starting_values_are_checked_and_used(body):
    lab = mc.HamstringLab(body, side="right", grade=3)
    assert lab.values["side"] == "right" and "grade 3" in lab.map.caption and "right hamstring" in lab.map.caption
    with pytest.raises(ValueError, match="grade must be a whole number from 1 to 3"):
        mc.HamstringLab(body, grade=4)
    with pytest.raises(ValueError, match="no control 'leg'"):
        mc.HamstringLab(body, leg="left")


def test_a_moved_slider_changes_picture_caption_and_tables(hamstring):
    before, state = hamstring.table(), hamstring.map.state
    find_input(hamstring, "Grade").value = 3
    assert "grade 3" in hamstring.map.caption and shows_newest(hamstring)
    assert hamstring.map.state != state and not hamstring.table().equals(before)
    assert f"{hamstring.table()['after_N'].iloc[0]:.1f}" in open_tab(hamstring, TABLE)


def test_the_other_side_is_the_mirror_image(hamstring):
    left = hamstring.table()["change_N"]
    find_input(hamstring, "Sore leg").value = "right"
    right = hamstring.table()["change_N"]
    assert right["soleus_right"] == pytest.approx(left["soleus_left"], abs=0.05)
    assert right["gluteus_medius_left"] == pytest.approx(left["gluteus_medius_right"], abs=0.05)


@pytest.mark.parametrize(("words", "route"), [("Route posture", "posture_N"), ("Route pull", "pull_N")])
def test_a_route_that_is_switched_off_moves_nothing(hamstring, words, route):
    assert hamstring.table()[route].abs().max() > 1
    find_input(hamstring, words).value = False
    assert hamstring.table()[route].abs().max() == 0
    assert "switched off" in hamstring.map.caption


def test_guarding_adds_rounds_to_the_steps(hamstring):
    assert not any("guarding" in label for label in hamstring.map.frame_labels)
    find_input(hamstring, "Guarding").value = 0.5
    assert any("guarding" in label for label in hamstring.map.frame_labels)
    find_input(hamstring, "Guarding").value = 0
    assert not any("guarding" in label for label in hamstring.map.frame_labels)


def test_controls_set_together_are_solved_once(limp, monkeypatch):
    solved = []
    monkeypatch.setattr(labs, "spread", lambda *args, **more: solved.append(args) or mc.spread(*args, **more))
    limp.set(lean=5, offload=80, side="right")
    assert len(solved) == 1
    assert (limp.values["lean"], limp.values["offload"], limp.values["side"]) == (5, 80, "right")
    assert shows_newest(limp)


def test_a_wrong_value_moves_nothing(limp):
    values = limp.values
    with pytest.raises(ValueError, match="lean must be a number from -20 to 20"):
        limp.set(offload=10, lean=50)
    with pytest.raises(ValueError, match="no control 'weight'"):
        limp.set(weight=50)
    assert limp.values == values and shows_newest(limp)


def test_reset_goes_back_to_where_the_lab_started(body):
    lab = mc.LimpLab(body, offload=30)
    start, table = lab.values, lab.table()
    lab.set(lean=10, offload=90, side="right", head_level=False, guarding=0.5, pull=False)
    find_input(lab, "Reset").click()
    assert lab.values == start and shows_newest(lab)
    pd.testing.assert_frame_equal(lab.table(), table, atol=0.05)


def test_a_setting_that_cannot_be_solved_keeps_the_last_picture_and_says_so(body):
    lab = BendLab(body)
    state, caption, result = lab.map.state, lab.map.caption, lab.result
    find_input(lab, "Bend").value = 80
    assert "degrees must be" in lab.message and "still shows the last state" in lab.message
    assert any(lab.message in box.value and "role='alert'" in box.value for box in find(lab, widgets.HTML))
    assert (lab.map.caption, lab.result) == (caption, result) and (read_state(lab) == np.frombuffer(state, "<f4")[5:5 + len(body.structures)])[~np.isnan(read_state(lab))].all()
    find_input(lab, "Bend").value = 30
    assert lab.message == "" and not any("role='alert'" in box.value for box in find(lab, widgets.HTML)) and shows_newest(lab)


def test_a_lab_that_starts_with_a_setting_that_cannot_be_solved_still_opens(body):
    lab = BendLab(body, degrees=85)
    assert lab.result is None and "still shows the healthy body" in lab.message
    lab.map.selected = "soleus_left"
    for number in range(5):
        open_tab(lab, number)
    with pytest.raises(mc.SolveError, match="degrees must be"):
        lab.table()
    lab.set(degrees=10)
    assert lab.message == "" and shows_newest(lab)


def test_a_hamstring_that_was_cut_out_is_told_not_raised(body):
    lab = mc.HamstringLab(body.without("biceps_femoris_long_head_left"), side="right")
    find_input(lab, "Sore leg").value = "left"
    assert "biceps_femoris_long_head_left" in lab.message
    find_input(lab, "Sore leg").value = "right"
    assert lab.message == "" and shows_newest(lab)


def test_the_card_tells_names_nerve_roots_action_tension_route_and_source(hamstring):
    assert "Click a structure" in open_tab(hamstring, CARD)
    hamstring.map.selected = "soleus_left"
    card, made = open_tab(hamstring, CARD), describe.describe_structure(hamstring.result, "soleus_left")
    for label in ("Plain name", "Nerve", "Roots", "What it does", "Tension before", "Tension after", "Change", "By posture", "By pull", "By guarding", "Source"):
        assert f">{label}</th>" in card
    assert "Soleus, left" in card and "Tibial nerve, left" in card and "S1 left" in card
    assert describe.format_newtons(made.before_n) in card and describe.format_newtons(made.after_n) in card


def test_the_card_follows_the_controls_and_the_selection(hamstring):
    hamstring.map.selected = "soleus_left"
    first = open_tab(hamstring, CARD)
    hamstring.set(grade=3)
    second = open_tab(hamstring, CARD)
    hamstring.map.selected = ""
    assert first != second and "Click a structure" in open_tab(hamstring, CARD)


def test_the_card_of_a_structure_that_is_only_drawn_says_so(hamstring):
    hamstring.map.selected = "deltoid_left"
    assert "drawn, not computed" in open_tab(hamstring, CARD)


@pytest.mark.parametrize("number", [MOST, HEIGHT, CHAINS])
def test_every_chart_has_its_sentence_and_its_table(hamstring, number):
    said = open_tab(hamstring, number)
    assert read_figure(hamstring, number)["data"]
    assert re.match(r"<p>[^<]{20,}</p><details><summary>The same as a table</summary>", said) and "<table" in said


def test_only_the_open_tab_is_drawn_and_it_follows_the_controls(hamstring):
    assert read_figure(hamstring, MOST) is None
    first = open_tab(hamstring, MOST)
    hamstring.set(side="right")
    assert open_tab(hamstring, MOST) != first
    assert read_figure(hamstring, HEIGHT) is None


def test_the_chain_is_chosen_from_those_of_the_body(hamstring, body):
    menu = find(hamstring, widgets.Dropdown)[0]
    assert [value for _, value in menu.options] == list(body.chains)
    said = open_tab(hamstring, CHAINS)
    menu.value = list(body.chains)[3]
    assert open_tab(hamstring, CHAINS) != said
    assert body.chains[menu.value].name in str(read_figure(hamstring, CHAINS)["layout"]["title"])


def test_a_body_without_a_whole_chain_still_has_a_lab(body):
    lab = mc.LimpLab(body.without("plantar_fascia_left"))
    assert open_tab(lab, CHAINS)


def test_the_csv_link_holds_the_table(hamstring):
    hamstring.set(grade=1)
    name, data = re.search(r"download='([^']+)' href='data:text/csv;base64,([^']+)'", open_tab(hamstring, TABLE)).groups()
    saved = pd.read_csv(io.BytesIO(base64.b64decode(data)), index_col=0)
    assert name == "HamstringLab.csv"
    pd.testing.assert_frame_equal(saved, hamstring.table(), check_dtype=False, check_index_type=False, check_column_type=False)


def test_dark_pages_get_dark_charts(hamstring):
    open_tab(hamstring, MOST)
    light = read_figure(hamstring, MOST)["layout"]
    hamstring.map.dark = True
    assert read_figure(hamstring, MOST)["layout"] != light
    hamstring.map.dark = False
    assert read_figure(hamstring, MOST)["layout"] == light


def test_a_prediction_covers_everything_until_it_is_made(body):
    prediction = mc.Prediction("Which calf?", ["left", "right"])
    lab = mc.HamstringLab(body, prediction)
    lab.map.selected = "soleus_left"
    assert lab.map.veiled
    assert all(open_tab(lab, number).count("Predict first") and read_figure(lab, max(number, 1)) is None for number in (CARD, MOST, HEIGHT, CHAINS))
    assert "Predict first" in open_tab(lab, TABLE) and "csv" not in open_tab(lab, TABLE)
    find(prediction, widgets.RadioButtons)[0].value = "left"
    assert not lab.map.veiled and "Predict first" not in open_tab(lab, CARD) and "csv" in open_tab(lab, TABLE)


def test_a_prediction_already_made_covers_nothing(body):
    prediction = mc.Prediction("Which calf?", ["left", "right"])
    find(prediction, widgets.RadioButtons)[0].value = "right"
    assert not mc.HamstringLab(body, prediction).map.veiled


def test_the_result_may_be_uncovered_without_an_answer_and_covered_again(body):
    lab = mc.HamstringLab(body, mc.Prediction("Which calf?", ["left", "right"]))
    open_tab(lab, MOST)
    lab.map.veiled = False
    assert read_figure(lab, MOST)
    lab.map.veiled = True
    assert read_figure(lab, MOST) is None


def test_html_in_names_is_shown_as_text(nasty_body):
    lab = mc.HamstringLab(nasty_body)
    lab.map.selected = "soleus_left"
    said = [open_tab(lab, number) for number in range(5)]
    assert "&lt;img" in said[CARD] and "&lt;script&gt;" in said[CARD] and "&lt;img" in said[TABLE]
    boxes = " ".join(box.value for box in find(lab, widgets.HTML))
    assert "<img" not in boxes and "<script" not in boxes and "alert(1)><b>" not in boxes
    assert NASTY in lab.map.picture["structures"][nasty_body.structures.index("soleus_left")]["name"]


def test_html_in_the_title_and_in_an_error_is_shown_as_text(body):
    lab = BendLab(body)
    assert any("Bend &lt;b&gt;" in box.value for box in find(lab, widgets.HTML))
    lab._say(NASTY)
    assert not any("<img" in box.value for box in find(lab, widgets.HTML))


def test_a_fast_series_of_changes_ends_in_the_newest_state(limp):
    slider, settled = find_input(limp, "Trunk leans"), []
    open_tab(limp, CARD)
    limp.map.selected = "gluteus_medius_right"
    limp.map.observe(lambda change: settled.append(change["new"]), "frame_labels")

    async def hold():
        for lean in range(-20, 21):
            slider.value = lean
            await asyncio.sleep(0)
        newest = paints_newest(limp), list(settled)
        await asyncio.sleep(labs.REST_S + 0.3)
        return newest

    followed, labels = asyncio.run(hold())
    assert followed and not any(labels[1:])
    assert limp.result.causes[0].lean_deg == 20 and shows_newest(limp)
    assert limp.map.frame_labels and settled[-1] == limp.map.frame_labels and sum(map(bool, settled)) == 1
    assert describe.format_newtons(limp.table().at["gluteus_medius_right", "after_N"]) in open_tab(limp, CARD)


def test_two_hundred_changes_leave_no_widget_behind(limp):
    for number in range(5):
        open_tab(limp, number)
    count = len(widgets.widgets.widget._instances)

    async def move(number):  # inside an event loop the charts wait until the hand rests
        open_tab(limp, number % 5)
        for lean in range(20):
            find_input(limp, "Trunk leans").value = lean + number % 2
            limp.map.selected = limp.body.structures[lean]
        limp._settle()

    for number in range(10):
        asyncio.run(move(number))
    assert len(widgets.widgets.widget._instances) == count


def test_labs_do_not_disturb_each_other(body):
    first, second = mc.LimpLab(body), mc.LimpLab(body)
    state = second.map.state
    first.set(lean=15, side="right")
    assert second.map.state == state and second.values["lean"] == 0


def test_a_lab_without_a_cause_says_so(body):
    class Empty(Lab):
        controls = (GUARDING, POSTURE, PULL)

    with pytest.raises(NotImplementedError, match="which cause"):
        Empty(body)
