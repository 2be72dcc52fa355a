"""What a cell leaves in a saved notebook: the widget, and behind it one still picture or the words
of it."""

import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from html import unescape
from html.parser import HTMLParser

import pytest

import musclechain as mc
from musclechain.labs.questions import Check, NumberCheck, Prediction
from musclechain.views.body.look import read_look
from musclechain.views.page import reopened
from tests.names import NASTY

WIDGET = "application/vnd.jupyter.widget-view+json"
MOST_BYTES = 400_000  # of one lab: a lesson has at most three, and its file stays far below 5 MB


@pytest.fixture
def show(monkeypatch):
    """Function that shows a widget as a cell does, and returns what is published."""

    def show(widget):
        published = []
        monkeypatch.setattr(
            reopened, "display", lambda bundle, raw, **_: published.append((bundle, raw))
        )
        widget._ipython_display_()
        assert all(raw for _, raw in published)
        return [bundle for bundle, _ in published]

    return show


def list_widgets(body):
    return {
        "map": mc.BodyMap(body),
        "lab": mc.LimpLab(body),
        "springs": mc.SpringLab(),
        "diagram": mc.ChainDiagram(body),
        "exercise": mc.ask_exercise("the_neighbour", body),
        "prediction": Prediction("Which side?", ["left", "right"]),
        "check": Check("Which nerve?", {"sciatic": "", "femoral": "In front."}, "It is so."),
        "number": NumberCheck("How many newtons?", 12.5, 0.5, "Look.", "The card says so."),
    }


@pytest.fixture(scope="module")
def shown(body):
    return list_widgets(body)


def read_picture(html):
    """Read the SVG that an image of a still picture holds."""
    sources = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag == "img":
                sources.append(dict(attributes))

    Reader().feed(html)
    (image,) = sources
    return urllib.parse.unquote(image["src"].removeprefix("data:image/svg+xml,")), image["alt"]


@pytest.mark.parametrize(
    "name", ["map", "lab", "springs", "diagram", "exercise", "prediction", "check", "number"]
)
def test_a_widget_is_followed_by_one_still_part_that_names_it(show, shown, name):
    widget = shown[name]
    first, second = show(widget)
    assert first[WIDGET]["model_id"] == widget.model_id
    assert first["text/plain"] == type(widget).__name__
    assert list(second) == ["text/html"]
    assert second["text/html"].count("class='mc-still'") == 1
    assert "has lost its kernel. Choose Run &gt; Run All Cells" in second["text/html"]


def test_a_lab_leaves_one_picture_of_its_body_as_it_stands(show, body):
    lab = mc.LimpLab(body)
    before, words = read_picture(show(lab)[1]["text/html"])
    lab.set(offload=10)
    after, _ = read_picture(show(lab)[1]["text/html"])
    for svg in (before, after):
        ElementTree.fromstring(svg)
    assert before != after
    assert words.startswith("Body map. A limp that spares the left leg (50 % of its load")
    said = " ".join(ElementTree.fromstring(after).itertext())
    assert lab.map.caption in re.sub(r"\s+", " ", said)


def test_of_a_covered_lab_only_the_covered_body_stays(show, body):
    prediction = Prediction("Which side?", ["left", "right"])
    lab = mc.LimpLab(body, prediction)
    svg, words = read_picture(show(lab)[1]["text/html"])
    assert words == "Body map. Predict first, then uncover."
    healthy, _ = read_picture(show(mc.BodyMap(body, veiled=True))[1]["text/html"])
    assert svg == healthy


def test_the_springs_leave_their_picture_and_their_sentence(show, shown):
    html = show(shown["springs"])[1]["text/html"]
    assert "<svg" in html and "both springs carry the whole 30 N" in html


def test_a_question_leaves_its_words_and_choices_and_no_answer(show, shown):
    html = show(shown["check"])[1]["text/html"]
    assert "Which nerve?" in html and "<li>sciatic</li><li>femoral</li>" in html
    assert "In front." not in html and "It is so." not in html
    number = show(shown["number"])[1]["text/html"]
    assert "How many newtons?" in number and "12.5" not in number
    assert unescape(shown["exercise"].exercise.text) in unescape(
        show(shown["exercise"])[1]["text/html"]
    )


def test_a_still_picture_is_small(show, body):
    picture = mc.BodyMap(body)
    picture.play(mc.spread(body, mc.HamstringStrain("left", 3), guarding=1.0))
    html = show(picture)[1]["text/html"]
    assert len(html.encode()) < MOST_BYTES < len(picture.to_svg())


def test_the_coarse_picture_has_every_structure_of_the_fine_one(show, body):
    picture = mc.BodyMap(body)
    picture.play(mc.spread(body, mc.HamstringStrain("left", 3), guarding=1.0))
    coarse, _ = read_picture(show(picture)[1]["text/html"])
    # what the coarse one leaves out is no structure: heights on muscles and sheets
    look = read_look()
    lights = {str(look["roles"][role].get("fill-opacity")) for role in look["fine"]} - {"None"}
    fills = [
        [
            node.get("fill")
            for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path")
            if node.get("fill", "none") != "none" and node.get("fill-opacity") not in lights
        ]
        for svg in (picture.to_svg(), coarse)
    ]
    assert fills[0] == fills[1] and len(fills[0]) > 300


def test_html_in_a_question_and_in_a_name_stays_text(show, body):
    html = show(Prediction(NASTY, [NASTY, "right"]))[1]["text/html"]
    assert "<img" not in html
    picture = mc.BodyMap(body)
    picture.caption = NASTY + " 100 % #1"
    svg, words = read_picture(show(picture)[1]["text/html"])
    assert words == f"Body map. {picture.caption}"
    said = [text for text in ElementTree.fromstring(svg).itertext() if "100 %" in text]
    assert picture.caption in said


def test_a_closed_widget_leaves_nothing_behind(show, body):
    lab = mc.SpringLab()
    lab.close()
    assert show(lab) == [{"text/plain": "SpringLab"}]
