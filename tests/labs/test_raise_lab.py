"""The lab of the raised leg, driven without a browser."""

import re
from xml.etree import ElementTree

import ipywidgets as widgets
import numpy as np
import pytest

import musclechain as mc
from musclechain.lessons.raises import RaiseLab
from musclechain.views.body.lying import LYING, SITTING, draw_raise
from tests.labs.parts import find_parts

SVG = re.compile(r"<svg.*</svg>", re.S)
PLACES = re.compile(r"(-?\d+\.\d) (-?\d+\.\d)")


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
    assert lab.table().equals(lab.result.carriers)
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


@pytest.mark.parametrize(
    ("test", "size"),
    [
        (mc.StraightLegRaise("left", 0), LYING),
        (mc.StraightLegRaise("right", 90, 20, 50), LYING),
        (mc.Slump("left", 0, 20, 50, 50), SITTING),
        (mc.Slump("right", 90), SITTING),
    ],
)
def test_the_picture_holds_the_whole_person_and_says_what_it_shows(body, test, size):
    found = mc.raise_leg(body, test)
    drawn = SVG.search(draw_raise(found)).group()
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    added = found.strands()["added_percent"]
    assert f"Sciatic nerve {added['sciatic']:.1f} % longer" in root.get("aria-label")
    places = np.array(PLACES.findall(drawn), float)
    (width, height), _ = size
    assert (places > 0).all() and (places < [width, height]).all()


def test_the_nerve_is_wider_where_it_is_stretched_more(body):
    found = mc.raise_leg(body, mc.StraightLegRaise("left", 70))
    root = ElementTree.fromstring(SVG.search(draw_raise(found)).group())
    wide = [float(part.get("stroke-width")) for part in root if part.get("stroke") == "#d95f10"]
    added = found.nerve["added_percent"].to_numpy()
    assert len(wide) == len(added)
    assert (np.diff(np.array(wide)[np.argsort(added)]) >= 0).all()
