"""Two body maps on one page, each in a shadow root: both live, and neither touches the other or the
page around them."""

import xml.etree.ElementTree as ElementTree

import pytest

import musclechain as mc
from tests.browser.map_page import open_maps

CALF = "Gastrocnemius, medial head, left"
# Where a pointer meets a structure of a map, after scrolling to it.
FIND_SPOT = """([number, name]) => {
  const {root} = window.maps[number];
  for (const node of root.querySelectorAll(`.mc-structure[aria-label^="${name}"]`)) {
    node.scrollIntoView({block: 'center'});
    const box = node.getBoundingClientRect();
    for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
      const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20;
      const met = root.elementFromPoint(x, y);
      if (met && met.closest('.mc-structure') === node) return [x, y];
    }
  }
}"""
DARK, LIGHT = "#111111", "#fdf6e3"


def build_pictures(body):
    """A strain of the left and one of the right hamstrings."""
    pictures = [mc.BodyMap(body), mc.BodyMap(body)]
    for picture, side in zip(pictures, ("left", "right"), strict=True):
        picture.play(mc.spread(body, mc.HamstringStrain(side, 2), guarding=0.5))
    return pictures


@pytest.fixture(scope="module")
def opened(browser, body):
    with open_maps(browser, build_pictures(body), shadow=True) as (page, watch):
        yield page, watch


@pytest.fixture
def page(opened):
    page = opened[0]
    page.mouse.move(0, 0)
    page.evaluate("for (const {model} of window.maps) model.set('selected', '')")
    return page


def place_of(page, number):
    return page.locator(f"#place{number}")


def ask(page, number, question):
    """The answer to a question about `map` (model, root, close) in JavaScript."""
    return page.evaluate(f"(() => {{ const map = window.maps[{number}]; return {question}; }})()")


def wait_for(page, number, condition):
    page.wait_for_function(
        f"(() => {{ const map = window.maps[{number}]; return {condition}; }})()"
    )


def test_both_are_painted_each_with_its_own_state(page):
    for number in (0, 1):
        assert ask(page, number, "map.root.querySelectorAll('.mc-structure path[d]').length") > 300
        assert ask(page, number, "map.root.querySelectorAll('.mc-view:not([hidden])').length") == 3
    fills = [
        ask(
            page,
            number,
            "[...map.root.querySelectorAll('.mc-structure path')]"
            ".map(path => path.getAttribute('fill')).join()",
        )
        for number in (0, 1)
    ]
    assert fills[0] != fills[1]


def test_no_id_is_given_twice(page):
    ids = [
        name
        for number in (0, 1)
        for name in ask(page, number, "[...map.root.querySelectorAll('[id]')].map(node => node.id)")
    ]
    assert len(ids) == len(set(ids)) > 20


def test_hover_shows_the_note_of_the_map_under_the_pointer(page):
    for number in (0, 1):
        page.mouse.move(*page.evaluate(FIND_SPOT, [number, CALF]))
        tip = place_of(page, number).locator(".mc-tip")
        tip.wait_for(state="visible")
        assert CALF in tip.inner_text() and " N" in tip.inner_text()
        assert place_of(page, 1 - number).locator(".mc-tip").is_hidden()


def test_keys_walk_and_choose_and_the_focus_is_seen(page):
    place_of(page, 1).locator(".mc-structure[tabindex='0']").focus()
    first = ask(page, 1, "map.root.activeElement.getAttribute('aria-label')")
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    wait_for(page, 1, "map.root.activeElement.matches('.mc-structure')")
    assert ask(page, 1, "map.root.activeElement.getAttribute('aria-label')") != first
    # the outline of what has the focus is dashed
    wait_for(page, 1, "map.root.querySelector('.mc-frame svg path[stroke-dasharray=\"5 3\"]')")
    page.keyboard.press("Enter")
    wait_for(page, 1, "map.model.get('selected') !== ''")
    assert ask(page, 0, "map.model.get('selected')") == ""
    assert ask(page, 1, "map.root.querySelector('.mc-detail').textContent").startswith("Selected: ")
    page.keyboard.press("+")
    wait_for(page, 1, "map.root.querySelector('.mc-zoom').textContent === '125 %'")
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    wait_for(page, 1, "map.model.get('selected') === ''")
    assert ask(page, 0, "map.root.querySelector('.mc-zoom').textContent") == "100 %"


def test_steps_are_played_in_one_map_only(page):
    place = place_of(page, 0)
    place.get_by_role("button", name="Previous step").click()
    wait_for(
        page, 0, "!/Step (\\d+) of \\1:/.test(map.root.querySelector('.mc-step-name').textContent)"
    )
    place.get_by_role("button", name="Play").click()
    wait_for(
        page, 0, "/Step (\\d+) of \\1:/.test(map.root.querySelector('.mc-step-name').textContent)"
    )
    assert ask(page, 1, "map.model.get('step') === map.model.get('story').length - 1")


def test_roots_are_offered_however_soon_after_each_other_all_is_chosen(page):
    """Within one picture of the screen: what is offered must follow the last choice."""
    page.evaluate("""async () => {
      const {model} = window.maps[0], rest = () => new Promise(requestAnimationFrame);
      model.set('caption', 'First.');
      await Promise.resolve();
      await Promise.resolve();
      model.set('highlight', 'roots');
      model.set('selected', 'gluteus_minimus_left');
      for (let k = 0; k < 4; k++) await rest();
    }""")
    which = place_of(page, 0).get_by_label("Which", exact=True)
    assert which.is_visible()
    assert which.locator("option").all_text_contents() == ["all its roots", "L4", "L5", "S1"]
    page.evaluate("window.maps[0].model.set('highlight', 'none')")
    which.wait_for(state="hidden")


def set_theme(page, number, colour):
    page.evaluate(
        "([number, colour]) => document.querySelector(`#place${number}`)"
        ".style.setProperty('--jp-layout-color0', colour)",
        [number, colour],
    )


def try_themes(page):
    """The theme is that of the place where a map lies, now and later."""
    assert [ask(page, number, "map.model.get('dark')") for number in (0, 1)] == [False, False]
    set_theme(page, 1, DARK)
    wait_for(page, 1, "map.model.get('dark')")
    assert ask(page, 0, "map.model.get('dark')") is False
    set_theme(page, 1, LIGHT)
    wait_for(page, 1, "!map.model.get('dark')")


def test_each_follows_the_theme_of_its_place(page):
    try_themes(page)


def test_a_theme_that_changes_under_a_hidden_map_is_seen_when_it_is_shown(page):
    page.evaluate("document.querySelector('#place0').style.display = 'none'")
    set_theme(page, 0, DARK)
    page.wait_for_timeout(100)
    page.evaluate("document.querySelector('#place0').style.display = ''")
    wait_for(page, 0, "map.model.get('dark')")
    set_theme(page, 0, LIGHT)
    wait_for(page, 0, "!map.model.get('dark')")


def test_a_picture_can_be_saved_from_a_shadow_root(page, tmp_path):
    with page.expect_download() as download:
        place_of(page, 0).get_by_role("button", name="Save as SVG").click()
    download.value.save_as(tmp_path / "map.svg")
    assert len(list(ElementTree.parse(tmp_path / "map.svg").getroot().iter())) > 600


def test_the_page_around_is_left_alone(page):
    assert page.evaluate("document.body.children.length") == 1
    assert page.evaluate("document.querySelector('main').children.length") == 2
    assert page.evaluate("document.body.attributes.length") == 0


def test_nothing_of_this_was_an_error(opened):
    _, watch = opened
    assert watch.console_errors == [] and watch.left_the_machine == []


def test_the_theme_is_followed_by_who_asks_for_less_motion(browser, body):
    with open_maps(browser, build_pictures(body), shadow=True, reduced_motion="reduce") as opened:
        page, watch = opened
        try_themes(page)
        assert watch.console_errors == []


def test_a_map_that_is_closed_listens_no_more(browser, body):
    with open_maps(browser, build_pictures(body)[:1]) as (page, watch):
        assert ask(page, 0, "map.model.heard.length") > 20
        page.evaluate("window.maps[0].close()")
        assert ask(page, 0, "map.model.heard.length") == 0
        saved = ask(page, 0, "map.model.saved")
        set_theme(page, 0, DARK)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.wait_for_timeout(200)
        assert ask(page, 0, "map.model.saved") == saved
        assert watch.console_errors == []
