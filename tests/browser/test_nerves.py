"""The nerve part of the graph on the body, in a browser: pointer, keys, words, axe-core."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest

import musclechain as mc
from tests.browser import lab_server
from tests.browser.axe import OF_COLOURS, find_violations
from tests.browser.map_page import open_maps

LAB = """\
import musclechain as mc
lab = mc.NerveLab(mc.read_body())
lab"""
OPEN_FOLDS = (
    "() => { for (const fold of document.querySelectorAll('.jp-Notebook details')) fold.open ="
    " true; }"
)
# The patches that are drawn, by name: opacity of their colour, pattern, and dash of their edge.
READ_PATCHES = """() => Object.fromEntries(
  [...document.querySelectorAll('.mc-supply')]
    .filter(node => node.style.display !== 'none' && node.querySelectorAll('path').length === 2)
    .map(node => [node.getAttribute('aria-label'), [...node.querySelectorAll('path')]])
    .map(([name, [area, cover]]) => [name, {
      opacity: Number(area.getAttribute('fill-opacity')),
      pattern: /agree\\d/.exec(cover.getAttribute('fill'))?.[0] ?? '',
      dash: area.getAttribute('stroke-dasharray') ?? '',
    }]))"""
# What the pointer meets on a nerve, and 5 mm to its side, half-way along its longest part that lies
# under muscles, or is bare.
MEET = """([name, isUnder]) => {
  const group = [...document.querySelectorAll(`.mc-nerve[aria-label^='${name}']`)]
    .find(node => node.getBoundingClientRect().width);
  const [reach] = [...group.children]
    .filter((node, k) => k % 3 === 0 && isUnder === Boolean(
      node.nextSibling.nextSibling.getAttribute('stroke-dasharray')))
    .sort((one, other) => other.getTotalLength() - one.getTotalLength());
  const { x, y } = reach.getPointAtLength(reach.getTotalLength() / 2);
  const meet = aside => {
    const { x: left, y: top } = new DOMPoint(x + aside, y).matrixTransform(reach.getScreenCTM());
    return document.elementFromPoint(left, top)?.closest('[role=button]')
      ?.getAttribute('aria-label') ?? '';
  };
  return [meet(0), meet(5), meet(-5)];
}"""
# The names of lit roots: text, x, y and size of its letters.
READ_NAMES = """() => [...document.querySelectorAll('.mc-frame svg text')]
  .filter(node => /^[CTLS]\\d+$/.test(node.textContent))
  .map(node => [node.textContent, ...['x', 'y', 'font-size'].map(name =>
    Number(node.getAttribute(name)))])"""
FOCUS = "() => document.activeElement.getAttribute('aria-label')"


@pytest.fixture(scope="module")
def human():
    return mc.read_body()


def read_picked(page):
    return page.evaluate("window.maps[0].model.get('picked')")


def test_agreement_is_drawn_by_colour_pattern_and_edge_together(browser, human):
    with open_maps(browser, [mc.show_nerves(human, "S1_left")]) as (page, watch):
        patches = page.evaluate(READ_PATCHES)
        heel, calf, knee = (
            patches[f"{name}, left"]
            for name in (
                "Heel region",
                "Posterolateral region of the leg, upper half",
                "Posterior region of the knee",
            )
        )
        assert heel["opacity"] > calf["opacity"] > knee["opacity"] > 0
        assert (heel["pattern"], calf["pattern"], knee["pattern"]) == ("agree3", "agree2", "agree1")
        assert knee["dash"] and not heel["dash"]
        assert "Heel region, right" not in patches
        assert watch.console_errors == []


def test_a_click_picks_a_root_a_nerve_and_a_muscle(browser, human):
    with open_maps(browser, [mc.show_nerves(human)]) as (page, watch):
        for name, picked in (
            ("L5 root, left", "L5_left"),
            ("Radial nerve, right", "radial_right"),
            ("Gluteus maximus, right", "gluteus_maximus_right"),
        ):
            node = page.locator(".mc-supply, .mc-nerve, .mc-structure").filter(visible=True)
            node = node.and_(page.locator(f"[aria-label^='{name}']")).first
            node.dispatch_event("click")
            assert read_picked(page) == picked
        assert watch.console_errors == []


def test_what_is_in_sight_is_met_beside_a_nerve_that_lies_under_it(browser, human):
    picture = mc.show_nerves(human)
    picture.views = ["back"]
    with open_maps(browser, [picture]) as (page, _):
        on, *beside = page.evaluate(MEET, ["Tibial nerve, left", True])
        assert on.startswith("Tibial nerve, left")
        assert not any(name.startswith("Tibial nerve") for name in beside) and all(beside)
        bare = page.evaluate(MEET, ["Tibial nerve, left", False])
        assert all(name.startswith("Tibial nerve, left") for name in bare)


def test_names_of_lit_roots_stand_in_one_column_as_in_the_still_picture(browser, human):
    picture = mc.show_nerves(human, "sciatic_left")
    picture.views = ["back"]
    with open_maps(browser, [picture]) as (page, _):
        names = page.evaluate(READ_NAMES)
    still = ElementTree.fromstring(picture.to_svg())
    texts = [node for node in still.iter() if re.fullmatch(r"[CTLS]\d+", node.text or "")]
    drawn = [(node.text, float(node.get("x"))) for node in texts]
    assert [name for name, *_ in names] == [name for name, _ in drawn]
    assert [name for name, _ in drawn] == ["L4", "L5", "S1", "S2", "S3"]
    assert len({round(x, 1) for _, x, *_ in names}) == 1 == len({x for _, x in drawn})
    assert all(lower[2] - upper[2] > 0.99 * upper[3] for upper, lower in pairwise(names))


def test_skin_is_clicked_where_it_is_shown_and_lets_the_pointer_through_elsewhere(browser, human):
    skin, lit = mc.show_nerves(human, skin=True), mc.show_nerves(human, "S1_left")
    heel = "[aria-label='Heel region, left']"
    with open_maps(browser, [skin, lit]) as (page, _):
        page.locator(f"#place0 {heel}").first.click()
        assert read_picked(page) == "skin_heel_left"
        assert page.locator(f"#place1 {heel}").first.get_attribute("pointer-events") == "none"


def test_keys_walk_the_skin_and_pick_and_let_go(browser, human):
    picture = mc.show_nerves(human, skin=True)
    picture.views = ["front"]
    with open_maps(browser, [picture]) as (page, _):
        page.evaluate("document.querySelector('svg [tabindex=\"0\"]').focus()")
        names = set()
        for key in ("ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
            names.add(page.evaluate(FOCUS))
        assert len(names) >= 3
        page.keyboard.press("Enter")
        picked = read_picked(page)
        assert picked and page.evaluate("document.activeElement.getAttribute('aria-pressed')")
        page.keyboard.press("Escape")
        assert read_picked(page) == ""


def test_the_lab_follows_a_click_says_it_and_has_no_barrier(open_notebook, tmp_path):
    opened = open_notebook(lab_server.write_notebook(tmp_path / "nerves.ipynb", LAB))
    page = opened.page
    page.wait_for_selector(".mc-supply", state="attached")
    page.evaluate(OPEN_FOLDS)
    page.locator(".mc-supply[aria-label='L4 root, left']").first.dispatch_event("click")
    page.wait_for_function(
        "document.querySelector('.mc-lab .mc-live').textContent.includes('L4 root, left: it moves')"
    )
    shown = page.locator(".mc-controls select").filter(visible=True).first
    assert shown.evaluate("node => node.value").split() == ["L4", "root"]
    page.get_by_label("skin", exact=True).first.check()
    page.wait_for_function("document.querySelector('.mc-lit').textContent.includes('Heel region')")
    assert find_violations(page) == []
    opened.change_theme(True)
    assert find_violations(page, rules=OF_COLOURS) == []
