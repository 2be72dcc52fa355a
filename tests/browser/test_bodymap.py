"""The body map alone in JupyterLab: pointer, keys, steps, saving."""

import xml.etree.ElementTree as ElementTree

import pytest

from tests.browser import lab_server

CODE = """\
import musclechain as mc
body = mc.read_body()
picture = mc.BodyMap(body)
picture.play(mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5))
picture"""
SHOWN = "document.querySelector('.mc-bodymap')"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def opened(lab, browser, tmp_path_factory):
    path = lab_server.write_notebook(tmp_path_factory.mktemp("map") / "bodymap.ipynb", CODE)
    opened = lab_server.open_notebook(lab, browser, path)
    yield opened
    opened.close()


@pytest.fixture
def page(opened):
    """The page with the pointer away, nothing selected, and the last step shown."""
    page = opened.page
    page.mouse.move(0, 0)
    if page.locator(".mc-structure[aria-pressed=true]").count():
        page.locator(".mc-structure[aria-pressed=true]").first.focus()
        page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.mc-structure[aria-pressed=true]')")
    return page


def find_spot(page, name, number=0):
    """Find a point of the window where the pointer meets a structure of map `number` on the page, after scrolling to it."""
    return page.evaluate("""([name, number]) => {
      const found = [...document.querySelectorAll('.mc-bodymap')[number].querySelectorAll('.mc-structure')].filter(one => one.getAttribute('aria-label').startsWith(name));
      for (const node of found) {
        node.scrollIntoView({block: 'center'});
        const box = node.getBoundingClientRect();
        for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
          const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20, met = document.elementFromPoint(x, y);
          if (met && met.closest('.mc-structure') === node) return [x, y];
        }
      }
    }""", [name, number])


def test_it_opens_without_an_error_and_stays_on_the_machine(opened):
    assert opened.list_problems() == []


def test_hover_tells_the_name_and_the_tension(page):
    page.mouse.move(*find_spot(page, "Gastrocnemius, medial head, left"))
    tip = page.locator(".mc-tip")
    tip.wait_for(state="visible")
    assert "Gastrocnemius, medial head, left" in tip.inner_text() and " N" in tip.inner_text()
    page.mouse.move(0, 0)
    tip.wait_for(state="hidden")


def test_a_click_selects_and_a_second_one_lets_go(page):
    spot = find_spot(page, "Gastrocnemius, medial head, left")
    page.mouse.click(*spot)
    page.wait_for_function("document.querySelector('.mc-detail').textContent.startsWith('Selected: Gastrocnemius, medial head, left')")
    assert page.locator(".mc-structure[aria-pressed=true]").count() >= 1
    page.mouse.click(*spot)
    page.wait_for_function("document.querySelector('.mc-detail').textContent === ''")


def test_one_tab_stop_then_arrows_enter_and_escape(page):
    assert page.locator(".mc-structure[tabindex='0']").count() == 1
    page.locator(".mc-structure[tabindex='0']").focus()
    names = []
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(names)) >= 3
    page.locator(".mc-tip").wait_for(state="visible")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.getAttribute('aria-pressed') === 'true'")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.mc-structure[aria-pressed=true]')")
    assert page.locator(".mc-tip").is_hidden()


def test_tab_leads_into_the_map_and_out_again(page):
    page.locator(".mc-structure[tabindex='0']").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.classList.contains('mc-structure')")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.classList.contains('mc-structure')")


def test_the_steps_lead_from_before_to_the_last_round(page):
    name, slider = page.locator(".mc-step-name"), page.get_by_role("slider", name="Step of the spread")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('.mc-step-name').textContent.endsWith('before')")
    page.wait_for_function("[...document.querySelectorAll('.mc-structure')].every(one => /no change|not computed/.test(one.getAttribute('aria-label')))")
    page.get_by_role("button", name="Next step").click()
    page.wait_for_function("document.querySelector('.mc-step-name').textContent.endsWith('posture')")
    page.get_by_role("button", name="Previous step").click()
    page.wait_for_function("document.querySelector('.mc-step-name').textContent.endsWith('before')")
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_function("/guarding/.test(document.querySelector('.mc-step-name').textContent)")
    assert slider.get_attribute("aria-valuetext") == name.inner_text()


def test_the_deep_muscles_can_be_uncovered(page):
    shown = "[...document.querySelectorAll('.mc-structure')].filter(one => one.style.display !== 'none').length"
    all_layers = page.evaluate(shown)
    page.get_by_label("Muscles").select_option("1")
    page.wait_for_function(f"{shown} < {all_layers}")
    assert page.locator(".mc-structure[tabindex='0']").is_visible()
    page.get_by_label("Muscles").select_option("4")
    page.wait_for_function(f"{shown} === {all_layers}")


def test_the_posture_can_be_drawn_as_computed(page):
    page.get_by_label("Posture drawn").select_option("1")
    page.wait_for_function("document.querySelector('.mc-factor').textContent === 'Posture drawn as computed.'")
    page.get_by_label("Posture drawn").select_option("5")
    page.wait_for_function("/5 times larger/.test(document.querySelector('.mc-factor').textContent)")


def test_the_saved_picture_is_well_formed_and_complete(page, tmp_path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    download.value.save_as(tmp_path / "map.svg")
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert root.tag == f"{SVG}svg" and root.find(f"{SVG}title") is not None
    assert len(root.findall(f"{SVG}svg")) == 2 and len(root.findall(f".//{SVG}path")) > 300
    assert "much more" in "".join(root.itertext())


def test_nothing_of_this_was_an_error(opened):
    assert opened.list_problems() == []
