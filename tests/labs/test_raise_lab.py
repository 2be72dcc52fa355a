"""The labs of the raised leg and of the slump test, driven without a browser."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import ipywidgets as widgets
import numpy as np
import pytest

import musclechain as mc
from musclechain.lessons.raises import RaiseLab, SlumpLab
from musclechain.views.body.bent import find_bent_body, find_moves
from musclechain.views.body.lying import draw_raise
from musclechain.views.body.resistance import draw_resistance
from musclechain.views.page.chart import Chart
from musclechain.views.words.findings.nerve import describe_chart_course
from tests.labs.parts import find_parts

SVG = re.compile(r"<svg.*</svg>", re.S)


@pytest.fixture
def lab(body):
    lab = RaiseLab(body)
    yield lab
    lab.close()


def read_words(lab):
    return " ".join(part.value for part in find_parts(lab, widgets.HTML))


def test_it_begins_with_a_raised_leg_in_picture_words_and_table(lab):
    assert lab.message == ""
    assert mc.describe_raise(lab.result).sentence in read_words(lab)
    assert "<svg" in read_words(lab) and f"{lab.result.tissue_nm:.1f}" in read_words(lab)
    assert lab.table()["moment_Nm"].sum() == pytest.approx(lab.result.tissue_nm, abs=1e-9)
    assert "<svg" in lab.write_still()


@pytest.mark.parametrize(
    ("moved", "test", "more"),
    [
        ({"degrees": 80}, mc.StraightLegRaise("left", 80), {}),
        ({"side": "right"}, mc.StraightLegRaise("right", 60), {}),
        ({"ankle": 15}, mc.StraightLegRaise("left", 60, 15), {}),
        ({"neck": 40}, mc.StraightLegRaise("left", 60, 0, 40), {}),
        ({"nerve": 2.0}, mc.StraightLegRaise("left", 60), {"nerve": 2.0}),
        (
            {"shorter": 20},
            mc.StraightLegRaise("left", 60),
            {"remedies": mc.Shorten([f"{name}_left" for name in mc.HAMSTRINGS], 20)},
        ),
    ],
)
def test_each_control_sets_its_part_of_the_test(lab, body, moved, test, more):
    lab.set(**moved)
    found = mc.raise_leg(body, test, **more)
    assert lab.result.tissue_nm == pytest.approx(found.tissue_nm, abs=1e-4)
    assert lab.result.strands().to_numpy() == pytest.approx(found.strands().to_numpy(), abs=1e-3)
    assert lab.solve(**moved).tissue_nm == pytest.approx(found.tissue_nm, abs=1e-4)


def test_reset_puts_everything_back(lab):
    first = lab.result.tissue_nm
    lab.set(degrees=90, ankle=20)
    lab.reset()
    assert lab.result.tissue_nm == pytest.approx(first, abs=1e-4)


def test_the_slump_lab_straightens_a_knee(body):
    lab = SlumpLab(body)
    lab.set(knee=10, slump=40, neck=45, ankle=20)
    found = mc.raise_leg(body, mc.Slump("left", 10, 20, 45, 40))
    assert lab.result.tissue_nm == pytest.approx(found.tissue_nm, abs=1e-3)
    assert "At the knee tissue resists" in read_words(lab)
    lab.close()


def test_the_chart_shows_the_nerve_beside_the_same_test_without_foot_and_head(lab):
    lab._page.ready = True
    (chart,) = find_parts(lab, Chart)
    assert len(chart.figure["data"]) == 2
    lab.set(ankle=20)
    now, slid, plain, _ = chart.figure["data"]
    rows = lab.result.nerve[lab.result.nerve["strand"] != "fibular"]
    assert now["y"] == pytest.approx(rows["added_percent"], abs=0.006)
    assert slid["y"] == pytest.approx(rows["excursion_mm"], abs=0.006)
    # the foot is felt at the foot: that end differs and the head's does not
    assert now["y"][-1] > plain["y"][-1] + 0.5 and now["y"][0] == pytest.approx(
        plain["y"][0], abs=0.1
    )
    said = describe_chart_course({"now": lab.result, "flat": lab.result})
    assert "Nothing differs from flat" in said.sentence


def test_a_prediction_covers_colours_and_numbers_and_shows_the_body(body):
    prediction = mc.Prediction("What resists?", ["muscle", "nerve"], setting={"degrees": 70.0})
    lab = RaiseLab(body, prediction)
    assert "<svg" in lab._picture.value and "%" not in lab._picture.value.replace("100%", "")
    assert "Nm" not in read_words(lab) and "veiled" not in lab.message
    prediction.answer = "muscle"
    assert lab.values["degrees"] == 70 and "At a glance" in read_words(lab)
    assert "sciatic +" in lab._picture.value
    lab.close()


def test_a_test_that_finds_no_rest_is_told_and_the_last_one_stays(lab, monkeypatch):
    def refuse(*_, **__):
        raise mc.SolveError("The body on the bench found no place to rest.")

    before = lab.result
    monkeypatch.setattr("musclechain.lessons.raises.raise_leg", refuse)
    lab.set(degrees=80)
    assert "found no place to rest" in lab.message and lab.result is before


TESTS = (
    mc.StraightLegRaise("left", 0),
    mc.StraightLegRaise("left", 120, 25, 60),
    mc.StraightLegRaise("right", 90, -40, -20),
    mc.Slump("left", 0, 25, 60, 60),
    mc.Slump("right", 90),
)


def read_picture(found, **more):
    return ElementTree.fromstring(SVG.search(draw_raise(found, **more)).group())


@pytest.mark.parametrize("test", TESTS, ids=repr)
def test_the_picture_holds_the_whole_person_and_says_what_it_shows(body, test):
    found = mc.raise_leg(body, test)
    root = read_picture(found)
    assert root.get("role") == "img"
    added = found.strands()["added_percent"]
    assert f"Sciatic nerve {added['sciatic']:.1f} % longer" in root.get("aria-label")
    left, top, width, height = map(float, root.get("viewBox").split())
    for part in root.iter("path"):
        ways = part.get("d").split("M")[1:]
        places = np.array([place for way in ways for place in follow(way)])
        assert (places >= [left, top]).all() and (places <= [left + width, top + height]).all()
    words = {part.text for part in root.iter("text")}
    assert f"sole {added['plantar']:+.1f} %".replace("-", "\u2212") in words
    # the other leg's nerve is not drawn, and a mirrored picture is the same picture
    other = mc.raise_leg(body, replace(test, side={"left": "right", "right": "left"}[test.side]))
    assert {part.text for part in read_picture(other).iter("text")} == words


def follow(way):
    """Follow a way of whole steps."""
    start, _, steps = way.partition("l")
    at = np.array(start.removesuffix("Z").split(), int)
    yield at
    numbers = list(map(int, re.findall(r"-?\d+", steps)))
    for step in zip(numbers[::2], numbers[1::2], strict=True):
        at = at + step
        yield at


def test_bent_by_nothing_the_outlines_are_those_of_healthy_standing(body):
    bent = find_bent_body(body, "left")
    still = np.tile(np.eye(4)[:3], (len(body.bones), 1, 1))
    assert bent.place(still) == pytest.approx(bent.points[:, :2], abs=1e-9)


@pytest.mark.parametrize("degrees", [30, 60, 90])
def test_a_bent_leg_keeps_skin_and_muscle_together(body, degrees):
    """Below the hip all turns with the thigh, above it nothing does, whatever carries it."""
    found = mc.raise_leg(body, mc.StraightLegRaise("left", degrees))
    bent, moves = find_bent_body(body, "left"), find_moves(body, found.rested.pose)
    placed, turns = bent.place(moves), bent.turns["left"]
    shin = (turns[:, 1] == 1) & (turns[:, 2] == 0)
    move = moves[body.bones.index("shank_left")]
    stiff = bent.points @ move[:2, :3].T + move[:2, 3]
    assert shin.sum() > 100 and np.abs(placed - stiff)[shin].max() < 12
    hams = [
        placed[one.rows]
        for one in bent.curves
        if one.structure == "biceps_femoris_long_head_left" and one.role == "belly"
    ]
    hip, knee = (
        1000 * found.rested.pose.origin[found.rested.bench.skeleton.bones.index(bone)][:2]
        for bone in ("thigh_left", "shank_left")
    )
    along = (knee - hip) / np.linalg.norm(knee - hip)
    far = [abs((points - hip) @ [-along[1], along[0]]) for points in hams]
    assert max(map(np.max, far)) < 125


def test_the_nerve_is_wider_where_it_is_stretched_more(body):
    found = mc.raise_leg(body, mc.StraightLegRaise("left", 70))
    added = found.nerve["added_percent"].to_numpy()
    for covered in (False, True):
        root = read_picture(found, covered=covered)
        wide = np.array(
            [float(part.get("stroke-width")) for part in root if part.get("class") == "nerve-core"]
        )
        assert len(wide) == len(added)
        assert (np.diff(wide[np.argsort(added)]) >= 0).all()
        assert covered == (np.ptp(wide) == 0)


@pytest.mark.parametrize("test", TESTS, ids=repr)
def test_the_bar_is_as_long_as_what_each_carrier_resists_with(body, test):
    found = mc.raise_leg(body, test)
    root = ElementTree.fromstring(draw_resistance(found))
    parts = [float(part.get("width")) for part in root if part.get("class") == "part"]
    shares = found.shares()
    shown = shares[shares >= 0.05]
    assert len(parts) == len(shown)
    if len(parts):
        assert np.array(parts) / sum(parts) == pytest.approx(shown / shown.sum(), abs=2e-3)
    assert f"resists with {found.tissue_nm:.1f} Nm" in root.get("aria-label")
