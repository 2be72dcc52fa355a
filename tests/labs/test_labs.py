"""The labs, driven without a browser: controls are moved, and captions, tables and cards are
read."""

import asyncio
import base64
import io
import re

import ipywidgets as widgets
import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_change, format_newtons
from musclechain.labs import lab as labs
from musclechain.labs.controls import Control
from musclechain.labs.lab import GUARDING, POSTURE, PULL, Lab
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.views.page.chart import Chart
from musclechain.views.words.card import describe_structure
from musclechain.views.words.result import describe_result
from tests.labs.parts import choose, find_parts
from tests.names import NASTY

CARD, MOST, HEIGHT, CHAINS, TABLE, SOLID, SURE = range(7)


class BendLab(Lab):
    """A lab whose slider reaches further than the model."""

    title = "Bend <b>forward</b>"
    controls = (
        Control("degrees", "Bend", 20, low=0, high=120, step=1, unit="degrees"),
        GUARDING,
        POSTURE,
        PULL,
    )

    def cases(self, values):
        return [mc.ForwardBend(values["degrees"])]


@pytest.fixture
def hamstring(body):
    return mc.HamstringLab(body)


@pytest.fixture
def limp(body):
    return mc.LimpLab(body)


def find_input(lab, words):
    """Find the widget whose description starts with these words."""
    return next(
        widget
        for widget in find_parts(lab, widgets.Widget)
        if getattr(widget, "description", "").startswith(words)
    )


def open_tab(lab, number):
    """Open a tab and return what it says."""
    tabs = find_parts(lab, widgets.Tab)[0]
    tabs.selected_index = number
    return " ".join(box.value for box in find_parts(tabs.children[number], widgets.HTML))


def read_figure(lab, number):
    """Read the chart of a tab; None if it shows none."""
    charts = find_parts(find_parts(lab, widgets.Tab)[0].children[number], Chart)
    return (charts[0].figure or None) if charts else None


def read_outputs(lab, number):
    """Read what a tab hands to the page's own way of showing figures."""
    places = find_parts(find_parts(lab, widgets.Tab)[0].children[number], widgets.Output)
    return [shown for place in places for shown in place.outputs]


def read_state(lab):
    """Read the change of each structure that the map shows and sends to the browser."""
    shown = lab.map.scene.change_n.copy()
    assert shown.astype("<f4").tobytes() in lab.map.state
    return shown


def paints_newest(lab):
    """Whether the map shows the newest result."""
    table = lab.result.table()
    shown = [read_state(lab)[lab.body.structures.index(name)] for name in table.index]
    return np.allclose(shown, table["change_N"], atol=1e-2)


def shows_newest(lab):
    """Whether map and caption tell the newest result, and how sure it is as far as that is
    known."""
    return lab.map.caption == describe_result(lab.result, lab.certainty) and paints_newest(lab)


@pytest.mark.parametrize("kind", [mc.HamstringLab, mc.LimpLab])
def test_a_lab_starts_with_a_result_in_picture_words_and_table(body, kind):
    lab = kind(body)
    assert lab.message == "" and shows_newest(lab)
    assert lab.table().equals(lab.result.table())
    assert lab.map.step_labels[0] == "Where it begins"
    assert lab.map.step_labels[-1] == "At the neck" and lab.map.step == len(lab.map.step_labels) - 1


def test_each_control_has_a_name_and_a_reason_to_be_there(hamstring, limp):
    for lab in (hamstring, limp):
        for control in lab.controls:
            assert (
                find_input(lab, control.words).value == lab.values[control.name] == control.default
            )


def test_starting_values_are_checked_and_used(body):
    lab = mc.HamstringLab(body, side="right", grade=3)
    assert (
        lab.values["side"] == "right"
        and "grade 3" in lab.map.caption
        and "right hamstring" in lab.map.caption
    )
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


@pytest.mark.parametrize(
    ("words", "route"), [("Route posture", "posture_N"), ("Route pull", "pull_N")]
)
def test_a_route_that_is_switched_off_moves_nothing(hamstring, words, route):
    assert hamstring.table()[route].abs().max() > 1
    find_input(hamstring, words).value = False
    assert hamstring.table()[route].abs().max() == 0
    assert "switched off" in hamstring.map.caption


def test_guarding_adds_stages_to_the_story(hamstring):
    assert not any("Guarding" in label for label in hamstring.map.step_labels)
    find_input(hamstring, "Guarding").value = 0.5
    assert any("Guarding" in label for label in hamstring.map.step_labels)
    find_input(hamstring, "Guarding").value = 0
    assert not any("Guarding" in label for label in hamstring.map.step_labels)


def test_controls_set_together_are_solved_once(limp, monkeypatch):
    solved = []
    monkeypatch.setattr(
        labs, "spread", lambda *args, **more: solved.append(args) or mc.spread(*args, **more)
    )
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
    state, caption, result = read_state(lab), lab.map.caption, lab.result
    find_input(lab, "Bend").value = 100
    assert "degrees must be" in lab.message and "still shows the last state" in lab.message
    assert any(
        lab.message in box.value and "role='alert'" in box.value
        for box in find_parts(lab, widgets.HTML)
    )
    assert (lab.map.caption, lab.result) == (caption, result) and np.array_equal(
        read_state(lab), state, equal_nan=True
    )
    find_input(lab, "Bend").value = 30
    assert (
        lab.message == ""
        and not any("role='alert'" in box.value for box in find_parts(lab, widgets.HTML))
        and shows_newest(lab)
    )


def test_a_lab_that_starts_with_a_setting_that_cannot_be_solved_still_opens(body):
    lab = BendLab(body, degrees=110)
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
    card, made = (
        open_tab(hamstring, CARD),
        describe_structure(hamstring.result, "soleus_left"),
    )
    for label in (
        "Plain name",
        "Nerve",
        "Roots",
        "What it does",
        "Tension before",
        "Change",
        "By posture",
        "By pull",
        "By guarding",
        "Source",
    ):
        assert f">{label}</th>" in card
    assert "Soleus, left" in card and "Tibial nerve, left" in card and "S1 left" in card
    assert format_newtons(made.before_n) in card and format_change(made.change_n) in card


def test_the_card_follows_the_controls_and_the_selection(hamstring):
    hamstring.map.selected = "soleus_left"
    first = open_tab(hamstring, CARD)
    hamstring.set(grade=3)
    second = open_tab(hamstring, CARD)
    hamstring.map.selected = ""
    assert first != second and "Click a structure" in open_tab(hamstring, CARD)


def test_the_card_of_a_structure_that_is_only_drawn_says_so(hamstring):
    hamstring.map.selected = "brachialis_left"
    assert "drawn, not computed" in open_tab(hamstring, CARD)


@pytest.mark.parametrize("number", [MOST, HEIGHT, CHAINS])
def test_every_chart_has_its_sentence_and_its_table(hamstring, number):
    said = open_tab(hamstring, number)
    assert read_figure(hamstring, number)["data"]
    assert (
        re.match(r"<p>[^<]{20,}</p><details><summary>The same as a table</summary>", said)
        and "<table" in said
    )


def test_only_the_open_tab_is_drawn_and_it_follows_the_controls(hamstring):
    assert read_figure(hamstring, MOST) is None
    first = open_tab(hamstring, MOST)
    hamstring.set(side="right")
    assert open_tab(hamstring, MOST) != first
    assert read_figure(hamstring, HEIGHT) is None


def test_a_page_that_keeps_plotly_to_itself_shows_the_charts_its_own_way(hamstring):
    open_tab(hamstring, MOST)
    assert read_outputs(hamstring, MOST) == []
    find_parts(find_parts(hamstring, widgets.Tab)[0].children[MOST], Chart)[0].missing = True
    (first,) = read_outputs(hamstring, MOST)
    assert "Change" in str(first["data"]["application/vnd.plotly.v1+json"]["layout"])
    hamstring.set(side="right")
    open_tab(hamstring, MOST)
    (second,) = read_outputs(hamstring, MOST)
    assert "right" in second["data"]["text/plain"] and second != first
    hamstring.map.veiled = True
    assert read_outputs(hamstring, MOST) == []


def test_the_chain_is_chosen_from_those_of_the_body(hamstring, body):
    said = open_tab(hamstring, CHAINS)
    menu = next(
        menu
        for menu in find_parts(hamstring, widgets.Dropdown)
        if ("Vicious circle", "vicious circle") not in menu.options
    )
    assert [value for _, value in menu.options] == list(body.chains)
    menu.value = list(body.chains)[3]
    assert open_tab(hamstring, CHAINS) != said
    assert body.chains[menu.value].name in str(read_figure(hamstring, CHAINS)["layout"]["title"])


def test_a_body_without_a_whole_chain_still_has_a_lab(body):
    lab = mc.LimpLab(body.without("plantar_fascia_left"))
    assert open_tab(lab, CHAINS)


def test_the_csv_link_holds_the_table(hamstring):
    hamstring.set(grade=1)
    name, data = re.search(
        r"download='([^']+)' href='data:text/csv;base64,([^']+)'", open_tab(hamstring, TABLE)
    ).groups()
    saved = pd.read_csv(io.BytesIO(base64.b64decode(data)), index_col=0)
    assert name == "HamstringLab.csv"
    pd.testing.assert_frame_equal(
        saved, hamstring.table(), check_dtype=False, check_index_type=False, check_column_type=False
    )


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
    assert all(
        open_tab(lab, number).count("Predict first") and read_figure(lab, max(number, 1)) is None
        for number in (CARD, MOST, HEIGHT, CHAINS)
    )
    assert "Predict first" in open_tab(lab, TABLE) and "csv" not in open_tab(lab, TABLE)
    choose(prediction, 0)
    assert (
        not lab.map.veiled
        and "Predict first" not in open_tab(lab, CARD)
        and "csv" in open_tab(lab, TABLE)
    )


def test_a_prediction_already_made_covers_nothing(body):
    prediction = mc.Prediction("Which calf?", ["left", "right"])
    find_parts(prediction, widgets.RadioButtons)[0].value = "right"
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
    boxes = " ".join(box.value for box in find_parts(lab, widgets.HTML))
    assert "<img" not in boxes and "<script" not in boxes and "alert(1)><b>" not in boxes
    assert (
        NASTY in lab.map.picture["structures"][nasty_body.structures.index("soleus_left")]["name"]
    )


def test_html_in_the_title_and_in_an_error_is_shown_as_text(body):
    lab = BendLab(body)
    assert any("Bend &lt;b&gt;" in box.value for box in find_parts(lab, widgets.HTML))
    lab.say(NASTY)
    assert not any("<img" in box.value for box in find_parts(lab, widgets.HTML))


def test_a_fast_series_of_changes_ends_in_the_newest_state(limp):
    slider, settled = find_input(limp, "Trunk leans"), []
    open_tab(limp, CARD)
    limp.map.selected = "gluteus_medius_right"
    limp.map.observe(lambda change: settled.append(change["new"]), "story")

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
    assert limp.map.story and settled[-1] == limp.map.story and sum(map(bool, settled)) == 1
    assert format_change(limp.table().at["gluteus_medius_right", "change_N"]) in open_tab(
        limp, CARD
    )


def test_a_hundred_changes_leave_no_widget_behind(limp):
    for number in range(5):
        open_tab(limp, number)
    count = len(widgets.widgets.widget._instances)

    async def move(number):  # inside an event loop the charts wait until the hand rests
        open_tab(limp, number % 5)
        for lean in range(20):
            find_input(limp, "Trunk leans").value = lean + number % 2
            limp.map.selected = limp.body.structures[lean]
        limp._settle()

    for number in range(5):
        asyncio.run(move(number))
    assert len(widgets.widgets.widget._instances) == count


def test_labs_do_not_disturb_each_other(body):
    first, second = mc.LimpLab(body), mc.LimpLab(body)
    state = second.map.state
    first.set(lean=15, side="right")
    assert second.map.state == state and second.values["lean"] == 0


def test_a_lab_without_a_cause_shows_the_healthy_body(body):
    class Empty(Lab):
        controls = (GUARDING, POSTURE, PULL)

    lab = Empty(body)
    assert lab.message == "" and (lab.table()["change_N"].abs() < 0.05).all()


# ---- how sure? -------------------------------------------------------------------------------


class Shown(list):
    """What a lab told its map about certainty."""

    def __init__(self, lab, monkeypatch):
        super().__init__()
        show = lab.map.show_certainty
        monkeypatch.setattr(
            lab.map,
            "show_certainty",
            lambda words, note: (self.append((words, note)), show(words, note)),
        )


@pytest.fixture
def quick(monkeypatch):
    """Few draws, and a short wait for the hand to rest."""
    monkeypatch.setattr(Lab, "draws", 20)
    monkeypatch.setattr(labs, "REST_S", 0.02)


def sit_with(lab_of, seconds=90, until=lambda lab: lab.certainty.is_known, then=None):
    """Make a lab inside an event loop and wait for its certainty, as in a notebook."""

    async def sit():
        lab = lab_of()
        end = asyncio.get_running_loop().time() + seconds
        while not until(lab) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.01)
        if then is not None:
            await then(lab)
        return lab

    return asyncio.run(sit())


def test_certainty_comes_by_itself_and_reaches_caption_glance_card_and_table(body, quick):
    lab = sit_with(lambda: mc.HamstringLab(body))
    pd.testing.assert_frame_equal(lab.certainty.table(), lab.result.certainty(20))
    assert "; settled" in lab.map.caption and shows_newest(lab) and not lab.certainty.is_pending
    assert ">settled<" in lab._glance.value and "…" not in lab._glance.value
    neck = lab.certainty.groups({"neck": list_muscle_groups(lab.result)["neck"]}).loc["neck"]
    change = format_newtons(neck["change_N"], signed=True).removesuffix(" N")
    assert (
        ">neck and head</th>" in lab._glance.value
        and f"<td style='text-align:right'>{change}</td>"
        f"<td style='text-align:left'>{neck['word']}</td>"
        in lab._glance.value
    )
    lab.map.selected = "gluteus_medius_right"
    assert "of 20 bodies it" in open_tab(lab, CARD)
    said = open_tab(lab, TABLE)
    assert said.count("How sure") == 2 and "90 % range (N)" in said
    saved = base64.b64decode(re.search(r"base64,([^']+)'", said).group(1)).decode()
    assert saved.splitlines()[0].endswith("same_sign,low_N,high_N,word")


def test_the_map_is_told_that_certainty_is_pending_and_then_what_it_is(body, quick, monkeypatch):
    seen = []

    async def go_back(lab):
        shown = Shown(lab, monkeypatch)
        lab.set(grade=3)
        while not lab.certainty.is_known:
            await asyncio.sleep(0.01)
        seen.extend(shown)

    lab = sit_with(lambda: mc.HamstringLab(body), then=go_back)
    notes = [note for _, note in seen]
    assert notes[0] == "How sure? Being computed: 0 of 20 bodies tried." and " settled" in notes[-1]
    assert seen[0][0] == {} and seen[-1][0] == lab.certainty.table()["word"].to_dict()
    assert set(seen[-1][0].values()) <= {"settled", "likely", "depends"}


def test_going_back_shows_the_certainty_of_that_state_at_once(body, quick):
    async def go_back(lab):
        first = lab.certainty
        lab.set(grade=3)
        assert not lab.certainty.is_known
        while not lab.certainty.is_known:
            await asyncio.sleep(0.01)
        lab.set(grade=2)
        lab._settle()
        assert not lab.certainty.is_pending
        assert lab.certainty is first

    lab = sit_with(lambda: mc.HamstringLab(body), then=go_back)
    assert lab.values["grade"] == 2 and shows_newest(lab)


def test_a_moving_hand_drops_the_draws_under_way(body, quick, monkeypatch):
    monkeypatch.setattr(Lab, "draws", 100_000)

    async def move(lab):
        for lean in range(10):
            lab.set(lean=lean)
            assert not lab.certainty.is_pending
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.1)
        assert lab.certainty.is_pending
        lab.close()
        assert not lab.certainty.is_pending

    lab = sit_with(lambda: mc.LimpLab(body), until=lambda lab: lab.certainty.is_pending, then=move)
    assert not lab.certainty.is_known and len(lab._kept) == 0


def test_only_the_newest_states_are_kept(body, monkeypatch):
    monkeypatch.setattr(Lab, "draws", 2)
    monkeypatch.setattr(labs, "KEPT_STATES", 3)
    lab = mc.LimpLab(body)
    for lean in range(6):
        lab.set(lean=lean)
        lab.wait_certainty()
    assert len(lab._kept) == 3


def test_in_plain_python_certainty_is_computed_when_it_is_asked_for(body, monkeypatch):
    monkeypatch.setattr(Lab, "draws", 10)
    lab = mc.LimpLab(body)
    assert not lab.certainty.is_known and not lab.certainty.is_pending
    pd.testing.assert_frame_equal(lab.wait_certainty().table(), lab.result.certainty(10))
    assert shows_newest(lab) and "; settled" in lab.map.caption
    with pytest.raises(TimeoutError, match="0 of 10 bodies"):
        lab.set(lean=3)
        lab.wait_certainty(timeout_s=-1)
    with pytest.raises(mc.SolveError, match="degrees must be"):
        BendLab(body, degrees=110).wait_certainty()


def test_too_few_solvable_draws_are_said_in_a_sentence(body, monkeypatch):
    monkeypatch.setattr(labs.DrawTask, "solve", lambda self, numbers: [None for _ in numbers])
    lab = mc.LimpLab(body)
    shown = Shown(lab, monkeypatch)
    assert not lab.wait_certainty().is_known and lab.message == ""
    assert shown[-1][0] == {} and shown[-1][1].startswith(
        "How sure? Not known. Only 0 of 200 bodies tried"
    )
    lab._settle()
    assert shown[-1][1].startswith("How sure? Not known.") and shows_newest(lab)


def test_a_covered_result_does_not_betray_itself_at_a_glance(body, monkeypatch):
    monkeypatch.setattr(Lab, "draws", 5)
    prediction = mc.Prediction("Which calf?", ["left", "right"])
    lab = mc.HamstringLab(body, prediction)
    lab.wait_certainty()
    assert lab._glance.value == ""
    choose(prediction, 0)
    assert ">settled<" not in lab._glance.value
    lab.map.step = len(lab.map.story) - 1
    assert "At a glance" in lab._glance.value and ">settled<" in lab._glance.value


class CutLab(BendLab):
    """A lab that may cut the sacrotuberous ligament."""

    controls = (*BendLab.controls, Control("cut", "Cut", False, kind="switch"))

    def cases(self, values):
        cut = [mc.Cut("sacrotuberous_ligament_left")] if values["cut"] else []
        return [*cut, *super().cases(values)]


def test_a_lab_may_cut_what_it_was_given(body):
    lab = CutLab(body)
    assert "sacrotuberous_ligament_left" in lab.table().index
    lab.set(cut=True)
    assert "sacrotuberous_ligament_left" not in lab.table().index and lab.message == ""
    for number in range(7):
        assert open_tab(lab, number)
    lab.set(cut=False)
    assert "sacrotuberous_ligament_left" in lab.table().index


def test_the_body_in_3d_is_drawn_when_it_is_opened(hamstring):
    assert read_figure(hamstring, SOLID) is None
    said = open_tab(hamstring, SOLID)
    assert read_figure(hamstring, SOLID)["data"] and said.startswith("<p>")


def test_the_certainty_has_a_chart_of_its_own(body, monkeypatch):
    monkeypatch.setattr(Lab, "draws", 10)
    lab = mc.LimpLab(body)
    assert "Not known" in open_tab(lab, SURE) and read_figure(lab, SURE) is None
    lab.wait_certainty()
    assert read_figure(lab, SURE)["data"] and "How sure" in open_tab(lab, SURE)


@pytest.mark.parametrize("number", [MOST, HEIGHT, CHAINS])
def test_charts_say_how_sure_once_it_is_known(body, monkeypatch, number):
    monkeypatch.setattr(Lab, "draws", 10)
    lab = mc.LimpLab(body)
    before = open_tab(lab, number)
    lab.wait_certainty()
    assert ">settled<" in open_tab(lab, number) and ">settled<" not in before


@pytest.mark.thorough
def test_moving_for_long_does_not_grow_memory(body, quick):
    """Old results, draws and futures go; what is kept is bounded."""
    import gc

    from musclechain.mechanics.spread import Result

    async def move(lab):
        for number in range(60):
            lab.set(lean=number % 20, offload=5 * (number % 7))
            await asyncio.sleep(0.03 if number % 5 == 0 else 0)
        await asyncio.sleep(0.2)
        lab._background.stop()
        await asyncio.sleep(0.2)
        gc.collect()
        results = [
            made
            for made in gc.get_objects()
            if type(made) is Result
            and made.body is lab.body
            and isinstance(made.causes[0] if made.causes else None, mc.Limp)
        ]
        assert len(results) <= 3, len(results)
        assert len(asyncio.all_tasks()) == 1 and len(lab._kept) <= labs.KEPT_STATES

    own = mc.Body.from_graph(body.graph.copy())
    sit_with(lambda: mc.LimpLab(own), then=move)


@pytest.mark.parametrize("kind", [mc.BodyMap, mc.HamstringLab, mc.LimpLab, mc.BendLab, mc.PullLab])
@pytest.mark.parametrize("given", [None, "body", 3])
def test_a_lab_of_no_body_is_refused_in_words(kind, given):
    with pytest.raises(mc.CauseError, match="must be a body such as read_body.. gives"):
        kind(given)
