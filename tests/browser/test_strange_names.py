"""A body whose names hold what no XML file may hold: the saved picture is one all the same."""

import xml.etree.ElementTree as ElementTree

import pytest

import musclechain as mc
from tests.browser.map_page import open_maps

STRANGE = "So\x00l\x08e\x0bu\x1fs \ufffe<&>\"'\t\x7f\x85"
SHOWN = STRANGE.translate(dict.fromkeys(map(ord, "\x00\x08\x0b\x1f\ufffe"), "\ufffd"))


@pytest.fixture
def picture():
    graph = mc.read_body().graph.copy()
    for _, node in graph.nodes(data=True):
        node["name"] = node["plain_name"] = STRANGE
    body = mc.Body.from_graph(graph)
    picture = mc.BodyMap(body, mc.spread(body, mc.HamstringStrain("left", 2)))
    picture.labels = picture.nerves = True
    picture.selected, picture.highlight = "gastrocnemius_lateral_head_left", "chain"
    return picture


def test_the_saved_picture_is_well_formed(browser, picture, tmp_path):
    with open_maps(browser, [picture]) as (page, watch):
        page.wait_for_function("window.maps[0].root.querySelectorAll('.mc-labels text').length > 6")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as SVG").click()
        download.value.save_as(tmp_path / "map.svg")
        assert watch.console_errors == []
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    labels = [node.get("aria-label", "") for node in root.iter()]
    assert sum(label.startswith(f"{SHOWN}, left: ") for label in labels) > 50
    # long lines are cut between words
    assert any(text.startswith("So\ufffdl\ufffde\ufffdu\ufffds") for text in root.itertext())
