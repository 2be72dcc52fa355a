"""The body map alone in JupyterLab: pointer, keys, steps, saving."""

import xml.etree.ElementTree as ElementTree

import pytest

import musclechain as mc
from tests.browser import lab_server
from tests.browser.map_page import open_maps

CODE = """\
import musclechain as mc
body = mc.read_body()
picture = mc.BodyMap(body)
picture.play(mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5))
picture"""
AT_THE_START = "document.querySelector('.mc-step-name').textContent.endsWith('Where it begins')"
SHOWN = "document.querySelector('.mc-bodymap')"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def opened(lab, browser, tmp_path_factory):
    path = lab_server.write_notebook(tmp_path_factory.mktemp("map") / "bodymap.ipynb", CODE)
    opened = lab_server.open_notebook(lab, browser, path)
    opened.page.evaluate(lab_server.OPEN_VIEW)
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
    """Find a point of the window where the pointer meets a structure of map `number` on the page,
    after scrolling to it."""
    return page.evaluate(
        """([name, number]) => {
      const map = document.querySelectorAll('.mc-bodymap')[number];
      const found = [...map.querySelectorAll('.mc-structure')]
        .filter(node => node.getAttribute('aria-label').startsWith(name));
      for (const node of found) {
        node.scrollIntoView({block: 'center'});
        const box = node.getBoundingClientRect();
        for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
          const x = box.left + box.width * i / 20, y = box.top + box.height * j / 20,
            // well inside: what a zoom rounds must not lead to its neighbour
            inside = [[0, 0], [2, 0], [-2, 0], [0, 2], [0, -2]].every(([right, down]) =>
              document.elementFromPoint(x + right, y + down)?.closest('.mc-structure') === node);
          if (inside) return [x, y];
        }
      }
    }""",
        [name, number],
    )


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
    page.wait_for_function(
        "document.querySelector('.mc-detail').textContent.startsWith('Selected: Gastrocnemius,"
        " medial head, left')"
    )
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
    name, slider = (
        page.locator(".mc-step-name"),
        page.get_by_role("slider", name="Step of the spread"),
    )
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function(AT_THE_START)
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-structure')].every(node => /no change|not"
        " computed/.test(node.getAttribute('aria-label')))"
    )
    page.get_by_role("button", name="Next step").click()
    page.wait_for_function(
        "document.querySelector('.mc-step-name').textContent.endsWith('Pull: thigh')"
    )
    page.get_by_role("button", name="Previous step").click()
    page.wait_for_function(AT_THE_START)
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_function(
        "document.querySelector('.mc-step-name').textContent.endsWith('At the neck')"
    )
    assert slider.get_attribute("aria-valuetext") == name.inner_text()


def test_the_deep_muscles_can_be_uncovered(page):
    shown = (
        "[...document.querySelectorAll('.mc-structure')].filter(node => node.style.display !=="
        " 'none').length"
    )
    all_layers = page.evaluate(shown)
    page.get_by_label("Muscles", exact=True).select_option("1")
    page.wait_for_function(f"{shown} < {all_layers}")
    assert page.locator(".mc-structure[tabindex='0']").is_visible()
    page.get_by_label("Muscles", exact=True).select_option("4")
    page.wait_for_function(f"{shown} === {all_layers}")


def test_the_posture_can_be_drawn_as_computed(page):
    page.get_by_label("Movement drawn").select_option("1")
    page.wait_for_function(
        "document.querySelector('.mc-factor').textContent === 'Movement drawn as computed.'"
    )
    page.get_by_label("Movement drawn").select_option("5")
    page.wait_for_function(
        "/5 times larger/.test(document.querySelector('.mc-factor').textContent)"
    )


def test_the_saved_picture_is_well_formed_and_complete(page, tmp_path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    download.value.save_as(tmp_path / "map.svg")
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert root.tag == f"{SVG}svg" and root.find(f"{SVG}title") is not None
    assert len(root.findall(f"{SVG}svg")) == 3 and len(root.findall(f".//{SVG}path")) > 300
    assert "much more" in "".join(root.itertext())


# ---- views, zoom, comparing, lighting up


def list_views(page):
    return page.evaluate(
        "[...document.querySelectorAll('.mc-view')].filter(view => !view.hidden).sort((a, b) =>"
        " a.style.order - b.style.order).map(view =>"
        " view.querySelector('.mc-view-name').textContent)"
    )


def choose(page, label, option):
    page.get_by_label(label, exact=True).select_option(label=option)


def flip(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def read_box(page, number=0):
    """The view box of a view of the body: left, top, width, height in mm."""
    return page.evaluate(
        "number => [...document.querySelectorAll('.mc-view')].filter(view =>"
        " !view.hidden)[number].querySelector('svg').getAttribute('viewBox').split('"
        " ').map(Number)",
        number,
    )


def test_the_views_stand_on_one_floor_at_one_scale(page):
    assert list_views(page) == ["Back", "Left side", "Front"]
    frames = page.evaluate(
        "[...document.querySelectorAll('.mc-frame svg')].map(svg => { const box ="
        " svg.getBoundingClientRect(); return [box.top, box.height, box.width /"
        " svg.viewBox.baseVal.width]; })"
    )
    for frame in frames[1:]:
        assert frame == pytest.approx(frames[0], rel=0.01)
    assert frames[0][1] >= 540


def test_the_views_can_be_chosen(page):
    choose(page, "Views", "side")
    page.wait_for_function("document.querySelectorAll('.mc-view:not([hidden])').length === 1")
    choose(page, "Side", "from the right")
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-view')].some(view => !view.hidden &&"
        " view.textContent.includes('Right side'))"
    )
    assert list_views(page) == ["Right side"]
    assert (
        page.locator(".mc-structure[tabindex='0']").count() == 1
        and page.locator(".mc-structure[tabindex='0']").is_visible()
    )
    choose(page, "Side", "from the left")
    choose(page, "Views", "back, side, front")
    page.wait_for_function("document.querySelectorAll('.mc-view:not([hidden])').length === 3")
    assert list_views(page) == ["Back", "Left side", "Front"]


def test_a_narrow_page_shows_one_view_with_the_chooser(page):
    size = page.viewport_size
    page.evaluate("document.querySelector('.mc-bodymap').style.width = '380px'")
    page.wait_for_function("document.querySelectorAll('.mc-view:not([hidden])').length === 1")
    assert page.evaluate("document.querySelector('.mc-bodymap').scrollWidth <= 381")
    page.evaluate("document.querySelector('.mc-bodymap').style.width = ''")
    page.wait_for_function("document.querySelectorAll('.mc-view:not([hidden])').length === 3")
    assert page.viewport_size == size


def test_zoom_by_buttons_keys_and_wheel_keeps_the_views_together(page):
    whole = read_box(page)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("document.querySelector('.mc-zoom').textContent === '125 %'")
    boxes = [read_box(page, number) for number in range(3)]
    assert boxes[0][3] == pytest.approx(whole[3] / 1.25, rel=0.01)
    assert all(box[1] == boxes[0][1] and box[3] == boxes[0][3] for box in boxes)
    page.locator(".mc-structure[tabindex='0']").focus()
    page.keyboard.press("-")
    page.wait_for_function("document.querySelector('.mc-zoom').textContent === '100 %'")
    page.keyboard.press("+")
    page.keyboard.press("0")
    page.wait_for_function("document.querySelector('.mc-zoom').textContent === '100 %'")
    x, y = find_spot(page, "Gastrocnemius, medial head, left")
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function("document.querySelector('.mc-zoom').textContent !== '100 %'")
    met = page.evaluate(
        "([x, y]) => document.elementFromPoint(x,"
        " y).closest('.mc-structure')?.getAttribute('aria-label') || ''",
        [x, y],
    )
    assert met.startswith("Gastrocnemius, medial head, left"), (
        "what is under the pointer stays there"
    )
    page.get_by_role("button", name="Show the whole body again").click()
    page.wait_for_function("document.querySelector('.mc-zoom').textContent === '100 %'")
    assert read_box(page) == whole


def test_the_wheel_alone_and_one_finger_scroll_the_page(page):
    page.mouse.move(*find_spot(page, "Gastrocnemius, medial head, left"))
    page.mouse.wheel(0, 40)
    page.wait_for_timeout(200)
    assert page.locator(".mc-zoom").inner_text() == "100 %"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.mc-frame svg')).touchAction")
        == "pan-x pan-y"
    )


def test_a_drag_moves_the_zoomed_picture_and_selects_nothing(page):
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("document.querySelector('.mc-zoom').textContent === '156 %'")
    before = read_box(page)
    frame = page.locator(".mc-frame").first
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 30, steps=4)
    page.mouse.move(x + 20, y + 60, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)
    after = read_box(page)
    assert after[1] < before[1] and after[2:] == before[2:]
    assert page.locator(".mc-structure[aria-pressed=true]").count() == 0
    page.get_by_role("button", name="Show the whole body again").click()


def test_a_wipe_compares_with_the_healthy_body_by_keys_too(page):
    choose(page, "Compare", "wipe")
    handle = page.get_by_role("slider", name="How much of the picture shows before")
    handle.wait_for()
    assert page.locator("[role=slider].mc-wipe").count() == 1
    handle.focus()
    page.keyboard.press("Home")
    assert handle.get_attribute("aria-valuenow") == "0"
    page.keyboard.press("ArrowRight")
    assert (
        handle.get_attribute("aria-valuenow") == "5"
        and handle.get_attribute("aria-valuetext") == "5 % before, the rest after"
    )
    assert list_views(page) == [
        "Back: before | after",
        "Left side: before | after",
        "Front: before | after",
    ]
    page.keyboard.press("End")
    fills = page.evaluate("""() => {
      const svg = document.querySelector('.mc-frame svg'), fills = layer =>
        [...layer.querySelectorAll('path')].map(path => path.getAttribute('fill')).join();
      const [then, now] = ['reference', 'now'].map(which => [...svg.children].find(layer =>
        (layer.getAttribute('clip-path') || '').includes(which + ')')));
      return [fills(then), fills(now)];
    }""")
    assert fills[0] != fills[1]
    choose(page, "Compare", "off")
    handle.wait_for(state="hidden")
    assert page.locator(".mc-frame svg > g[clip-path]").count() == 3, (
        "only the hidden layers keep their cut"
    )


def test_a_kept_picture_stands_beside_the_present_one(page):
    page.get_by_role("button", name="Keep this picture").click()
    page.get_by_role("button", name="Forget the kept picture").wait_for()
    page.wait_for_function("document.querySelectorAll('.mc-view:not([hidden])').length === 4")
    assert page.get_by_label("Compare", exact=True).input_value() == "beside"
    assert list_views(page) == ["Back, kept", "Back, now", "Front, kept", "Front, now"]
    page.get_by_role("button", name="Forget the kept picture").click()
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-view-name')].some(title => title.textContent === 'Back,"
        " before')"
    )
    choose(page, "Compare", "off")
    page.wait_for_function("document.querySelectorAll('.mc-view:not([hidden])').length === 3")


def test_a_selected_structure_lights_up_its_chain_or_its_root_family(page):
    page.mouse.click(*find_spot(page, "Gastrocnemius, lateral head, left"))
    page.wait_for_function(
        "document.querySelector('.mc-detail').textContent.startsWith('Selected: Gastrocnemius,"
        " lateral head, left')"
    )
    faded = (
        "[...document.querySelectorAll('.mc-structure')].filter(node =>"
        " Number(node.getAttribute('opacity')) < 0.5).length"
    )
    choose(page, "Light up", "its chain")
    page.wait_for_function(
        "document.querySelector('.mc-lit').textContent.startsWith('Superficial back line, left:')"
    )
    assert "supported" in page.locator(".mc-lit").inner_text()
    page.wait_for_function(f"{faded} > 100")
    choose(page, "Light up", "its root family")
    page.wait_for_function(
        "/ shares S1 with \\d+ muscles/.test(document.querySelector('.mc-lit').textContent)"
    )
    which = page.get_by_label("Which", exact=True)
    which.select_option(label="S2")
    page.wait_for_function(
        "/ shares S2 with \\d+ muscles? of its"
        " side/.test(document.querySelector('.mc-lit').textContent)"
    )
    choose(page, "Light up", "nothing")
    page.wait_for_function(f"{faded} === 0")
    which.wait_for(state="hidden")


def test_names_stand_in_the_margins_and_do_not_overlap(page):
    flip(page, "Names")
    page.wait_for_function("document.querySelectorAll('.mc-labels text').length > 6")
    clash = page.evaluate("""() => {
      const texts = [...document.querySelectorAll('.mc-labels text')].map(node =>
        node.getBoundingClientRect()),
          frames = [...document.querySelectorAll('.mc-frame')].map(node =>
            node.getBoundingClientRect());
      const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 &&
        a.top < b.bottom - 2 && b.top < a.bottom - 2;
      const among = texts.flatMap((a, k) => texts.slice(k + 1).filter(b => meet(a, b))),
        body = texts.filter(a => frames.some(b => meet(a, b)));
      return [among.length, body.length,
        Math.min(...[...document.querySelectorAll('.mc-labels text')].map(node =>
          parseFloat(getComputedStyle(node).fontSize)))];
    }""")
    assert clash[:2] == [0, 0] and clash[2] >= 11
    flip(page, "in Latin")
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-labels text')].some(node =>"
        " node.textContent.startsWith('Gluteus'))"
    )
    flip(page, "in Latin")
    flip(page, "Names")
    page.wait_for_function("document.querySelector('.mc-labels').style.display === 'none'")


def test_nerves_are_drawn_when_asked_for_and_tell_their_roots(page):
    assert page.locator(".mc-nerve:visible").count() == 0
    flip(page, "Nerves")
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-nerve')].some(node => node.style.display !== 'none')"
    )
    labels = page.evaluate(
        "[...document.querySelectorAll('.mc-nerve')].filter(node => node.style.display !=="
        " 'none').map(node => node.getAttribute('aria-label'))"
    )
    assert all(": root" in label for label in labels)
    nerve = page.locator(".mc-nerve[aria-label^='Tibial nerve, left']").first
    nerve.dispatch_event("click")
    page.wait_for_function(
        "/^Selected: Tibial nerve, left .+ – roots .+ supplies \\d+"
        " muscles?/.test(document.querySelector('.mc-detail').textContent)"
    )
    nerve.dispatch_event("click")
    page.wait_for_function("document.querySelector('.mc-detail').textContent === ''")
    flip(page, "Nerves")
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-nerve')].every(node => node.style.display === 'none')"
    )


def test_posture_lines_can_be_left_out(page):
    assert "pelvis" in page.locator(".mc-levels").first.inner_text()
    lines = "document.querySelectorAll('.mc-frame svg > g[pointer-events=none] path').length"
    drawn = page.evaluate(lines)
    flip(page, "Posture lines")
    page.wait_for_function(f"{lines} < {drawn}")
    assert page.locator(".mc-levels").first.is_hidden()
    flip(page, "Posture lines")
    page.wait_for_function(f"{lines} === {drawn}")


@pytest.fixture
def sure(browser, body):
    """A page with a map that says how sure three of its structures are."""
    picture = mc.BodyMap(body)
    picture.play(mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5))
    words = {
        "soleus_left": "depends",
        "vastus_lateralis_right": "likely",
        "gluteus_maximus_left": "settled",
    }
    picture.show_certainty(words, "How sure? One of three.")
    picture.patterns = True
    with open_maps(browser, [picture]) as (page, watch):
        yield page
        assert watch.console_errors == []


def test_certainty_is_hatched_dotted_and_said(sure):
    page = sure
    page.wait_for_function(
        "document.querySelector('.mc-sure-note').textContent === 'How sure? One of three.'"
    )
    marks = (
        "name => [...document.querySelectorAll('.mc-structure')].filter(node =>"
        " node.getAttribute('aria-label').startsWith(name)).map(node =>"
        " [node.getAttribute('aria-label').split(', ').pop(),"
        " [...node.querySelectorAll('path')].map(path => path.getAttribute('fill') ||"
        " '').filter(fill => fill.startsWith('url')).join()])"
    )
    depends, likely, settled = (
        page.evaluate(marks, name)
        for name in ("Soleus, left", "Vastus lateralis, right", "Gluteus maximus, left")
    )
    assert depends and all(word == "depends" and "depends)" in fill for word, fill in depends)
    assert likely and all(word == "likely" and "likely)" in fill for word, fill in likely)
    assert settled and all(word == "settled" and fill == "" for word, fill in settled)
    assert (
        page.locator(".mc-legend [data-letter=d]").is_visible()
        and page.locator(".mc-legend [data-letter=l]").is_visible()
    )
    page.wait_for_function(
        "document.querySelector('.mc-live').textContent.includes('How sure? One of three.')"
    )
    slider = page.get_by_role("slider", name="Step of the spread")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function(AT_THE_START)
    page.wait_for_function(
        "![...document.querySelectorAll('.mc-structure path')].some(path =>"
        " (path.getAttribute('fill') || '').startsWith('url'))"
    )


def test_nothing_of_this_was_an_error(opened):
    assert opened.list_problems() == []
