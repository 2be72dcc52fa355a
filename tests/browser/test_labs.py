"""The labs in JupyterLab, as a hand moves them: both on one page, in light, dark and on a narrow
screen."""

import csv
import re

import pytest

from tests.browser import lab_server
from tests.browser.test_bodymap import find_spot

CODE = (
    "import musclechain as mc\nbody = mc.read_body()",
    "prediction = mc.Prediction('Which calf works harder?', ['left', 'right'])\nprediction",
    "hamstring = mc.HamstringLab(body, prediction)\nhamstring",
    "limp = mc.LimpLab(body)\nlimp",
)
NASTY = """\
import musclechain as mc
graph = mc.read_body().graph.copy()
graph.nodes["soleus_left"].update(name="<img src=x onerror=window.taken=1>", plain_name="<b>x",
  note="<script>window.taken=1</script>")
lab = mc.LimpLab(mc.Body.from_graph(graph))
lab.map.selected = "soleus_left"
lab"""

# Writes down each caption that the second map shows from now on.
WATCH_CAPTION = """() => {
  const caption = document.querySelectorAll('.mc-bodymap')[1].querySelector('.mc-caption');
  window.musclechainCaptions = [];
  new MutationObserver(() => window.musclechainCaptions.push(caption.textContent))
    .observe(caption, {subtree: true, childList: true, characterData: true});
}"""


def open_page(lab, browser, folder, *sources, **options):
    path = lab_server.write_notebook(folder / f"{folder.name}.ipynb", *sources)
    opened = lab_server.open_notebook(lab, browser, path, **options)
    opened.page.set_default_timeout(60_000)
    return opened


@pytest.fixture(scope="module")
def opened(lab, browser, tmp_path_factory):
    """Both labs on one page, the first one covered until a prediction is made."""
    opened = open_page(lab, browser, tmp_path_factory.mktemp("labs"), *CODE)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def narrow(lab, browser, tmp_path_factory):
    """A limp lab on a screen 768 pixels wide, of a body with HTML in its names."""
    opened = open_page(lab, browser, tmp_path_factory.mktemp("narrow"), NASTY, size=(768, 1024))
    yield opened
    opened.close()


class Panel:
    """One lab on the page."""

    def __init__(self, page, number):
        self.page, self.root = page, page.locator(".mc-lab").nth(number)
        self.map = f"document.querySelectorAll('.mc-lab')[{number}].querySelector('.mc-bodymap')"

    def slider(self, name):
        return self.root.get_by_role("slider", name=name)

    def read_version(self):
        return float(self.page.evaluate(f"{self.map}.dataset.version"))

    def wait_for_map(self, condition, timeout=60_000):
        """Wait for a condition about `map`, in JavaScript."""
        self.page.wait_for_function(
            f"(() => {{ const map = {self.map}; return {condition}; }})()", timeout=timeout
        )

    def read_label(self, name):
        return self.root.locator(f".mc-structure[aria-label^='{name}']").first.get_attribute(
            "aria-label"
        )

    def open_tab(self, name):
        """Open a tab and return what it shows."""
        self.root.get_by_role("tab", name=name).click()
        return self.root.locator(".widget-tab-contents > *").filter(visible=True)

    def rest(self):
        """Put the controls back and wait until the map has followed."""
        version = self.read_version()
        self.root.get_by_role("button", name="Reset", exact=True).click()
        self.wait_for_map(f"+map.dataset.version > {version}")


@pytest.fixture
def limp(opened):
    panel = Panel(opened.page, 1)
    panel.rest()
    return panel


def test_both_labs_open_without_an_error_and_stay_on_the_machine(opened):
    assert opened.list_problems() == []
    assert opened.page.locator(".mc-lab .mc-bodymap").count() == 2


def test_a_prediction_covers_the_result_and_then_uncovers_it(opened):
    panel = Panel(opened.page, 0)
    assert panel.root.locator(".mc-cover").is_visible()
    assert panel.read_label("Soleus, left").endswith("covered")
    assert "Predict first" in panel.root.locator(".widget-tab").inner_text()
    opened.page.get_by_label("right", exact=True).first.check()
    assert panel.root.locator(".mc-cover").is_visible()
    opened.page.get_by_role("button", name="That is my answer").first.click()
    panel.root.locator(".mc-cover").wait_for(state="hidden")
    panel.wait_for_map(
        "[...map.querySelectorAll('.mc-structure')].every(node =>"
        " !node.getAttribute('aria-label')?.endsWith('covered'))"
    )
    assert "You predicted: right" in opened.page.locator("p[role=status]").first.inner_text()


def test_every_slider_has_a_name_and_tells_its_value(opened):
    for name, low, high in (
        ("Weight kept off the sore leg (%)", 0, 100),
        ("Trunk leans to the sound side (degrees)", -20, 20),
        ("Guarding, if you believe it (0 off, 1 full)", 0, 1),
    ):
        slider = Panel(opened.page, 1).slider(name)
        assert (
            float(slider.get_attribute("aria-valuemin")),
            float(slider.get_attribute("aria-valuemax")),
        ) == (low, high)
    handles = opened.page.locator(".mc-lab [role=slider]")
    assert handles.count() == 6 and all(
        handles.nth(number).get_attribute("aria-label") for number in range(6)
    )


def test_a_key_on_a_slider_repaints_the_map(limp):
    version, label = limp.read_version(), limp.read_label("Gluteus medius, right")
    limp.slider("Weight").press("ArrowRight")
    limp.wait_for_map(f"+map.dataset.version > {version}")
    limp.page.wait_for_function(
        "label =>"
        " [...document.querySelectorAll('.mc-lab')[1].querySelectorAll('.mc-structure')].every(node"
        " => node.getAttribute('aria-label') !== label)",
        arg=label,
    )
    assert limp.slider("Weight").get_attribute("aria-valuenow") == "55.0"


def test_a_click_opens_the_card_with_the_nerve(limp):
    limp.page.mouse.click(*find_spot(limp.page, "Gastrocnemius, medial head, left", number=1))
    card = limp.open_tab("Selected structure")
    card.get_by_text("Tibial nerve, left").wait_for()
    assert "S1 left" in card.inner_text() and "Tension before" in card.inner_text()


def test_the_steps_are_played_when_guarding_is_on(limp):
    limp.slider("Guarding").press("End")
    limp.wait_for_map("/Step \\d+ of 1\\d:/.test(map.querySelector('.mc-step-name').textContent)")
    limp.root.get_by_role("button", name="Previous step").click()
    limp.root.get_by_role("button", name="Previous step").click()
    limp.wait_for_map("!/Step (\\d+) of \\1:/.test(map.querySelector('.mc-step-name').textContent)")
    limp.root.get_by_role("button", name="Play").click()
    limp.root.get_by_role("button", name="Pause").wait_for()
    limp.wait_for_map("/Step (\\d+) of \\1:/.test(map.querySelector('.mc-step-name').textContent)")
    limp.root.get_by_role("button", name="Play").wait_for()


def test_a_held_key_ends_in_the_newest_state(limp):
    slider = limp.slider("Trunk leans")
    slider.press("Home")
    said = "map.querySelector('.mc-caption').textContent.includes('leaned {} degrees to the {}')"
    limp.wait_for_map(said.format(20, "left"), timeout=60_000)
    for _ in range(40):
        slider.page.keyboard.press("ArrowRight")
        limp.page.wait_for_timeout(30)
    limp.page.evaluate(WATCH_CAPTION)
    limp.wait_for_map(
        "map.querySelector('.mc-caption').textContent.includes('leaned 20 degrees to the right')",
        timeout=60_000,
    )
    assert slider.get_attribute("aria-valuenow") == "20.0"
    # those in between would be shown one after the other
    assert len(limp.page.evaluate("window.musclechainCaptions")) <= 5


def test_the_table_can_be_saved_as_csv(limp, tmp_path):
    # the table is written anew when its certainty is there, and a click in that moment is lost
    limp.root.locator(".mc-glance td", has_text=re.compile("^settled")).first.wait_for(
        timeout=60_000
    )
    page = limp.open_tab("Table")
    page.get_by_text("How sure").first.wait_for()
    with limp.page.expect_download() as download:
        page.get_by_role("link", name="Save this table as CSV").click()
    download.value.save_as(tmp_path / "table.csv")
    rows = list(csv.DictReader((tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()))
    assert download.value.suggested_filename == "LimpLab.csv"
    assert (
        len(rows) > 100
        and float(
            next(row for row in rows if row["structure"] == "gluteus_medius_right")["change_N"]
        )
        > 10
    )


def test_the_tabs_are_reached_with_the_keyboard(limp):
    limp.open_tab("Selected structure")
    tab = limp.root.get_by_role("tab", name="Selected structure")
    tab.focus()
    limp.page.keyboard.press("ArrowRight")
    limp.page.keyboard.press("Enter")
    limp.root.get_by_role("tab", name="What changed most", selected=True).wait_for()


def test_keys_on_a_drop_down_list_are_for_the_list(opened):
    page, panel = opened.page, Panel(opened.page, 0)
    read_types = "window.jupyterapp.shell.currentWidget.content.widgets.map(it => it.model.type)"
    types = page.evaluate(read_types)
    theory = panel.root.locator(".widget-dropdown select").first
    theory.focus()
    chosen = theory.evaluate("list => list.selectedIndex")
    page.keyboard.press("ArrowDown")
    assert theory.evaluate("list => list.selectedIndex") == chosen + 1
    for key in ("b", "r"):
        page.keyboard.press(key)
        assert theory.evaluate("list => list === document.activeElement")
    panel.root.get_by_role("button", name="Reset", exact=True).focus()
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    assert page.evaluate(read_types) == types


def test_charts_follow_the_theme_of_the_page(opened, limp):
    limp.open_tab("What changed most")
    colour = (
        "getComputedStyle(document.querySelectorAll('.mc-lab')[1].querySelector('.js-plotly-plot"
        " .main-svg')).backgroundColor"
    )
    limp.page.wait_for_function(
        "document.querySelectorAll('.mc-lab')[1].querySelector('.js-plotly-plot .main-svg')"
    )
    light = limp.page.evaluate(colour)
    for dark, same in ((True, False), (False, True)):
        opened.change_theme(dark)
        limp.page.wait_for_function(
            "light => document.querySelectorAll('.mc-lab')[1].querySelector('.js-plotly-plot"
            f" .main-svg') && ({colour} === light) === {str(same).lower()}",
            arg=light,
        )


def test_a_chart_is_drawn_over_the_last_one(limp):
    page = limp.open_tab("In 3D")
    page.locator(".js-plotly-plot canvas").first.wait_for()
    page.locator(".js-plotly-plot").evaluate("plot => { plot.first = plot._fullData[0].x; }")
    place, plots = page.locator(".js-plotly-plot"), limp.page.locator(".js-plotly-plot").count()
    limp.slider("Weight").press("Home")
    limp.page.wait_for_function(
        "plot => plot.isConnected && plot._fullData[0].x !== plot.first",
        arg=place.element_handle(),
    )
    assert limp.page.locator(".js-plotly-plot").count() == plots
    assert page.locator(".jp-RenderedPlotly").count() == 0


def test_nothing_of_this_was_an_error(opened):
    assert opened.list_problems() == []


def test_a_finger_selects_on_a_narrow_screen(narrow):
    page = narrow.page
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    x, y = find_spot(page, "Gluteus maximus, right")
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(
        "document.querySelector('.mc-detail').textContent.startsWith('Selected: Gluteus maximus,"
        " right')"
    )
    page.locator(".mc-lab .widget-tab").get_by_text("Inferior gluteal nerve, right").wait_for()


def test_a_narrow_screen_cuts_nothing_off(narrow):
    assert (
        narrow.page.evaluate("""() => {
      const area = document.querySelector('.jp-OutputArea-output:has(.mc-lab)'),
        right = area.getBoundingClientRect().right + 1;
      const css = ['.widget-slider', '.widget-radio', '.widget-checkbox', '.mc-stage', '.mc-tools',
        '.mc-legend', '.lm-TabBar-tab'].join(', ');
      const wide = [...area.querySelectorAll(css)]
        .filter(node => node.getBoundingClientRect().right > right ||
          node.scrollWidth > node.clientWidth + 1);
      return wide.map(node => node.className);
    }""")
        == []
    )


def test_html_in_names_stays_text_in_the_browser(narrow):
    page = narrow.page
    for tab in ("What changed most", "From foot to skull", "Chains", "Table", "Selected structure"):
        page.locator(".mc-lab").get_by_role("tab", name=tab).click()
        narrow.settle(150)
    assert page.evaluate(
        "window.taken === undefined && !document.querySelector('.mc-lab img[src=x]')"
    )
    assert narrow.list_problems() == []


def test_certainty_comes_by_itself_and_is_dropped_by_a_moving_hand(limp):
    limp.wait_for_map(
        "map.querySelector('.mc-caption').textContent.includes('; settled') && /How sure\\? Of"
        " \\d+/.test(map.textContent)",
        timeout=60_000,
    )
    # the caption and the table beside it travel in two messages
    limp.root.locator(".mc-glance td", has_text=re.compile("^settled")).first.wait_for(
        timeout=60_000
    )
    limp.slider("Weight").press("ArrowRight")
    # the note, and not what was read aloud before
    note = "/How sure\\? Of \\d+/.test(map.querySelector('.mc-sure-note').textContent)"
    limp.wait_for_map(f"!{note}")
    limp.wait_for_map(note, timeout=60_000)


def test_every_page_of_the_tabs_is_named_by_its_tab(limp):
    pages = limp.page.evaluate(
        """() => [...document.querySelectorAll('.mc-lab')].flatMap(lab =>
      [...lab.querySelectorAll('.widget-tab-contents > *')].map(page =>
      [page.getAttribute('role'),
        document.getElementById(page.getAttribute('aria-labelledby'))?.textContent.trim()]))"""
    )
    assert {role for role, _ in pages} == {"tabpanel"}
    assert [name for _, name in pages] == [
        "Selected structure",
        "What changed most",
        "From foot to skull",
        "Chains",
        "Table",
        "In 3D",
        "How sure?",
    ] * 2


def test_the_facts_at_a_glance_stand_below_the_picture_where_there_is_little_room(opened, narrow):
    for page, beside in ((opened.page, True), (narrow.page, False)):
        boxes = page.evaluate(
            """() => { const lab = [...document.querySelectorAll('.mc-lab')].at(-1);
          return ['controls', 'picture', 'glance'].map(name =>
            lab.querySelector('.mc-' + name).getBoundingClientRect().toJSON()); }"""
        )
        controls, picture, glance = boxes
        assert glance["top"] >= controls["bottom"] - 1 and glance["height"] > 100
        assert (glance["right"] <= picture["left"]) is beside and (
            glance["top"] >= picture["bottom"] - 1
        ) is not beside


def test_with_the_list_of_files_open_a_lab_still_fits_one_screen(opened, limp):
    """JupyterLab opens so, and a projector shows 1280 by 720."""
    page, size = opened.page, opened.page.viewport_size
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("window.jupyterapp.shell.activateById('filebrowser')")
    limp.root.evaluate("lab => lab.scrollIntoView({block: 'start'})")
    try:
        limp.wait_for_map("map.closest('.mc-lab').classList.contains('mc-wide')")
        opened.settle()
        edges = limp.root.evaluate("""lab => {
          const find = what => lab.querySelector(what).getBoundingClientRect().toJSON();
          const controls = find('.mc-controls');
          const wide = [...lab.querySelectorAll('.mc-controls :is(label, button, select, input)')]
            .filter(node => node.getBoundingClientRect().right > controls.right + 1);
          return {top: lab.getBoundingClientRect().top, room: innerHeight, controls,
            picture: find('.mc-picture'), play: find('.mc-play'), words: find('.mc-story'),
            wide: wide.map(node => node.textContent)};
        }""")
        assert edges["controls"]["right"] <= edges["picture"]["left"]
        assert abs(edges["controls"]["top"] - edges["picture"]["top"]) < 40
        assert edges["words"]["bottom"] - edges["top"] < edges["room"] - 130  # menu and status
        assert edges["play"]["bottom"] <= edges["words"]["top"] + 1 and edges["wide"] == []
    finally:
        page.evaluate("window.jupyterapp.shell.collapseLeft()")
        page.set_viewport_size(size)
