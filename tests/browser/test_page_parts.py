"""The unseen parts of a panel, outside of JupyterLab: one tells the theme, one names what
ipywidgets leaves unnamed, and neither touches anything further out."""

from pathlib import Path

import pytest

import musclechain as mc
from tests.browser.lab_server import Watch

PAGE = Path(mc.__file__).parent / "views" / "page"
# Renders a script into an element; `window.part` holds the traits and how to close it.
RENDER = """async ([script, traits, css, shadow]) => {
  const el = document.createElement('div'), place = document.querySelector(css);
  (shadow ? place.attachShadow({mode: 'open'}) : place).append(el);
  const file = new Blob([script], {type: 'text/javascript'});
  const widget = (await import(URL.createObjectURL(file))).default;
  const model = {get: name => traits[name], set: (name, value) => { traits[name] = value; },
    save_changes: () => {}};
  window.part = {traits, close: widget.render({model, el})};
}"""
PANEL = """<div class="mc-lab" id="{name}"><div class="dress"></div>
  <div class="widget-slider"><label class="widget-label">Weight {name}</label>
    <div role="slider"></div><div class="widget-readout"></div></div>
  <div class="widget-radio"><label class="widget-label">Side {name}</label>
    <div class="widget-radio-box"><input type="radio"><input type="radio"></div></div>
  <div class="widget-tab"><div class="lm-TabBar"><div role="tab">Table</div></div>
    <div class="widget-tab-contents"><div>words</div></div></div></div>"""


@pytest.fixture
def open_page(browser):
    """Function that opens a page of some HTML; what it did wrong is looked at in the end."""
    contexts, watches = [], []

    def open_html(html, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        watches.append(Watch())
        watches[-1].attach(page)
        page.set_content(f"<!doctype html><title>Parts</title>{html}")
        return page

    yield open_html
    for context in contexts:
        context.close()
    assert [watch.console_errors for watch in watches if watch.console_errors] == []


def render(page, name, traits, css, shadow=False):
    script = (PAGE / name).read_text(encoding="utf-8")
    page.evaluate(RENDER, [script, traits, css, shadow])


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
@pytest.mark.parametrize("shadow", [False, True], ids=["open", "shadow"])
def test_the_theme_is_told_now_and_when_it_changes(open_page, shadow, motion):
    page = open_page(
        "<style>* { transition: none !important; }</style>"
        "<main style='--jp-layout-color0: #111111'><div id='place'></div></main>",
        reduced_motion=motion,
    )
    render(page, "theme.js", {"dark": False, "ready": False}, "#place", shadow)
    page.wait_for_function("window.part.traits.ready && window.part.traits.dark")
    for colour, dark in (("#ffffff", "false"), ("rgb(20, 20, 30)", "true")):
        page.evaluate(
            "colour => document.querySelector('main').style.setProperty('--jp-layout-color0',"
            " colour)",
            colour,
        )
        page.wait_for_function(f"window.part.traits.dark === {dark}")


def test_a_part_that_is_closed_tells_no_more(open_page):
    page = open_page("<main><div id='place'></div></main>")
    render(page, "theme.js", {"dark": False, "ready": False}, "#place")
    page.wait_for_function("window.part.traits.ready")
    page.evaluate("window.part.close()")
    page.evaluate(
        "document.querySelector('main').style.setProperty('--jp-layout-color0', '#000000')"
    )
    page.wait_for_timeout(150)
    assert page.evaluate("window.part.traits.dark") is False
    assert page.evaluate("document.querySelectorAll('#place span').length") == 0


def test_a_panel_is_named_and_the_one_beside_it_left_alone(open_page):
    page = open_page(PANEL.format(name="first") + PANEL.format(name="second"))
    before = page.evaluate("document.querySelector('#second').outerHTML")
    render(page, "dress.js", {"sliders": 1, "radios": 1, "tabs": 1}, "#first .dress")
    page.get_by_role("slider", name="Weight first").wait_for(state="attached")
    page.get_by_role("radiogroup", name="Side first").wait_for(state="attached")
    page.get_by_role("tabpanel", name="Table").wait_for(state="attached")
    assert (
        page.evaluate(
            "new Set([...document.querySelectorAll('#first input')].map(input => input.name)).size"
        )
        == 1
    )
    assert page.evaluate("document.querySelector('#second').outerHTML") == before
    assert page.evaluate("document.body.attributes.length") == 0
