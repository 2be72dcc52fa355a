"""The panels of lesson 01 and the forward bend, driven without a browser."""

import re

import ipywidgets as widgets
import pytest

import musclechain as mc
from musclechain.lessons.lesson_01_one_connected_body import NO_CUT
from musclechain.views.page.chart import Chart
from musclechain.views.page.theme import ThemeWatch
from tests.labs.parts import find_parts
from tests.names import NASTY


@pytest.fixture
def pull(body):
    return mc.PullLab(body)


def test_every_computed_structure_can_be_pulled_on_and_cut(body, pull):
    computed = {line.structure for line in body.lines if line.computed}
    structure, _, cut = pull.controls
    assert set(structure.allowed) == computed and computed <= set(cut.allowed)
    names = [words for words, _ in structure.choices]
    assert names == sorted(names) and len(set(names)) == len(names)


def test_the_pull_follows_the_list_and_the_slider(body, pull):
    pull.set(structure="soleus_left", newtons=40)
    assert pull.message == ""
    expected = mc.spread(body, mc.PullOn("soleus_left", 40)).table()["pull_N"]
    assert (pull.table()["pull_N"] == expected).all()


def test_a_cut_changes_the_body_that_is_solved_and_not_the_lab(body, pull):
    before = pull.table()["pull_N"]
    pull.set(cut="thoracolumbar_fascia_left")
    assert "thoracolumbar_fascia_left" not in pull.table().index and pull.body is body
    pull.set(cut=NO_CUT)
    assert (pull.table()["pull_N"] == before).all()


def test_a_link_can_be_cut_too(body, pull):
    link = next(
        value
        for value in pull.controls[2].allowed
        if "|" in value and "latissimus_dorsi_left" in value
    )
    pull.set(cut=link)
    expected = mc.spread(
        body.without_link(*link.split("|")), mc.PullOn("latissimus_dorsi_left", 50)
    ).table()["pull_N"]
    assert (pull.table()["pull_N"] == expected).all()


def test_every_listed_link_can_be_cut(body, pull):
    links = [value for value in pull.controls[2].allowed if "|" in value]
    assert links and all(body.without_link(*link.split("|")) for link in links)


def test_the_caption_says_what_is_cut_until_it_is_whole_again(pull):
    start = pull.map.caption
    pull.set(cut="thoracolumbar_fascia_left")
    assert pull.map.caption.startswith(
        "The low back sheet (Thoracolumbar fascia, posterior layer) on the left cut through,"
        " together with 50 N of added tension in"
    )
    pull.set(cut=NO_CUT)
    assert pull.map.caption == start and start.startswith("50 N of added tension in")


def test_the_caption_of_a_bend_says_how_much_shorter_the_hamstrings_are(body):
    lab = mc.BendLab(body, shorter=8)
    begin = "A forward bend of 60 degrees, together with all hamstrings 8 mm shorter"
    assert lab.map.caption.startswith(f"{begin}, against the same bend with usual hamstrings.")
    lab.set(compared="standing")
    assert lab.map.caption.startswith(f"{begin}.")
    lab.set(shorter=0)
    assert lab.map.caption.startswith("A forward bend of 60 degrees.")


@pytest.mark.parametrize(
    "lab, route",
    [(mc.LiftLab, "posture"), (mc.BendLab, "posture"), (mc.PullLab, "pull")],
)
def test_the_story_tells_of_the_routes_that_do_something(body, lab, route):
    values = {"shorter": 40} if lab is mc.BendLab else {}
    assert {stage["route"] for stage in lab(body, **values).map.story} == {"", route}


@pytest.mark.parametrize(
    "lab, settings",
    [
        (mc.HamstringLab, [{"grade": 3, "guarding": 1.0, "pull": False}, {"posture": False}]),
        (
            mc.LimpLab,
            [
                {"offload": 100, "lean": -9, "forward": 30, "head_level": False, "pull": False},
                {"offload": 0},
            ],
        ),
        (mc.LiftLab, [{"side": "right", "height": 50, "lean": -10}]),
        (mc.BendLab, [{"degrees": 60, "shorter": 20}]),
        (mc.PullLab, [{"structure": "adductor_magnus_ischiocondylar_part_left", "newtons": 200}]),
    ],
)
def test_no_sentence_of_a_caption_is_long(body, lab, settings):
    panel = lab(body)
    for values in settings:
        panel.set(**values)
        sentences = re.split(r"(?<=[.]) (?=[A-Z0-9])", panel.map.caption)
        assert (
            len(sentences) > 1
            and max(len(one.split()) for one in sentences) <= 35
            and all(one.endswith(".") for one in sentences)
        )


def test_what_is_cut_cannot_be_pulled_on(pull):
    shown = pull.result
    pull.set(structure="soleus_left", cut="soleus_left")
    assert (
        "soleus_left has been cut, so nothing can be asked of it" in pull.message
        and pull.result is shown
    )
    pull.set(cut=NO_CUT)
    assert pull.message == ""


def test_names_with_html_stay_text_in_the_lists(nasty_body):
    lab = mc.PullLab(nasty_body, structure="soleus_left")
    assert any(words.startswith(NASTY) for words, _ in lab.controls[0].choices)
    assert not any("<img" in box.value for box in find_parts(lab, widgets.HTML))


@pytest.mark.parametrize("side", ["left", "right"])
def test_lifting_a_leg_unloads_its_foot(body, side):
    lab = mc.LiftLab(body, side=side, height=10)
    other = "right" if side == "left" else "left"
    assert lab.message == "" and lab.result.change.lifted_foot == side
    assert lab.result.joint_loads()[f"hip_{other}"] > 2 * lab.result.joint_loads()[f"hip_{side}"]


@pytest.mark.parametrize(
    "values", [{"height": height, "lean": lean} for height in (0, 50) for lean in (-10, 10)]
)
def test_every_corner_of_the_lift_can_be_held(body, values):
    assert mc.LiftLab(body, **values).message == ""


def test_leaning_over_the_standing_leg_rests_its_hip(body):
    lab = mc.LiftLab(body, lean=10)
    leaning = lab.result.joint_loads()["hip_right"]
    lab.set(lean=0)
    assert leaning < lab.result.joint_loads()["hip_right"]


def test_what_a_bend_is_compared_with_is_solved_once_while_the_hamstrings_shorten(
    body, monkeypatch
):
    lab, solved = mc.BendLab(body, degrees=70), []

    def count(body, causes=(), **routes):
        solved.append(causes)
        return mc.spread(body, causes, **routes)

    monkeypatch.setattr("musclechain.labs.lab.spread", count)
    for shorter in (0, 10, 20):
        lab.set(shorter=shorter)
    bend, one, two = mc.ForwardBend(70), *(mc.Shorten(mc.HAMSTRINGS, mm) for mm in (10, 20))
    asked = [list(causes) for causes in solved]
    assert sorted(map(len, asked)) == [1, 1, 2, 2] and asked.count([bend]) == 2
    assert [bend, one] in asked and [bend, two] in asked
    wanted = mc.spread(body, [bend, two]).against(mc.spread(body, bend))
    assert lab.table()["change_N"].sub(wanted.table()["change_N"]).abs().max() < 1e-9
    lab.close()


def test_shorter_hamstrings_leave_more_of_the_bend_to_the_back(body):
    lab = mc.BendLab(body, degrees=90)
    before = lab.result.joint_loads()["l5_s1"]
    lab.set(shorter=40)
    assert lab.message == "" and lab.result.joint_loads()["l5_s1"] > before + 100
    lab.reset()
    assert lab.result.joint_loads()["l5_s1"] == pytest.approx(before)


@pytest.mark.parametrize("shorter", [0, 40])
@pytest.mark.parametrize("degrees", [0, 90])
def test_every_corner_of_the_bend_can_be_held(body, degrees, shorter):
    assert mc.BendLab(body, degrees=degrees, shorter=shorter).message == ""


def test_the_spring_lab_follows_its_sliders():
    lab = mc.SpringLab(k1=10, k2=30, newtons=30)
    assert lab.table()["pull_N"]["spring_2"] == pytest.approx(30, rel=0.01)
    lab.set(arrangement="parallel")
    assert lab.table()["pull_N"]["spring_2"] == pytest.approx(22.5, rel=0.01)
    assert "22.5 N" in lab._picture.value and "<svg" in lab._picture.value
    lab.set(k2=10)
    assert lab.table()["pull_N"]["spring_2"] == pytest.approx(15, rel=0.01)


@pytest.mark.parametrize("values", [{"k1": 0}, {"arrangement": "star"}, {"colour": 1}])
def test_the_spring_lab_refuses_what_it_cannot_show(values):
    with pytest.raises(ValueError):
        mc.SpringLab(**values)


def test_the_diagram_draws_the_graph_and_each_chain(body):
    diagram = mc.ChainDiagram(body)
    assert "seen from behind" in diagram.said.sentence
    assert find_parts(diagram, Chart) == [], "nothing is drawn before the page shows the place"
    find_parts(diagram, ThemeWatch)[0].ready = True
    (chart,) = find_parts(diagram, Chart)
    choice = find_parts(diagram, widgets.Dropdown)[0]
    for chain in body.chains:
        choice.value = chain
        assert diagram.said.title == body.chains[chain].name
        assert chart.figure["layout"]["meta"]["description"] == diagram.said.sentence


def test_a_way_is_drawn_without_the_list_of_chains(body):
    way = mc.find_soft_path(body, "plantar_fascia_left", "semispinalis_capitis_left")
    diagram = mc.ChainDiagram(body, path=way)
    assert (
        not find_parts(diagram, widgets.Dropdown)
        and f"{len(way)} stations" in diagram.said.sentence
    )


def test_the_diagram_follows_the_theme_of_the_page(body):
    diagram = mc.ChainDiagram(body)
    page = find_parts(diagram, ThemeWatch)[0]
    page.ready, papers = True, []
    for dark in (False, True, False):
        page.dark = dark
        papers.append(find_parts(diagram, Chart)[0].figure["layout"]["paper_bgcolor"])
    assert papers[0] == papers[2] != papers[1]
