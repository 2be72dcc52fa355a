"""The labs under a finger, on a tablet 768 pixels wide."""

import pytest

from tests.browser import lab_server

TABLET = (768, 1024)
# WCAG 2.2, 2.5.8 (AA): 24 CSS pixels a side, or as much room around a smaller target's middle; the
# main buttons have more.
LEAST_PX, LEAST_MAIN_PX = 24, 32
CODE = (
    "import musclechain as mc\nbody = mc.read_body()",
    "mc.Prediction('Which calf works harder?', ['left', 'right'])",
    "limp = mc.LimpLab(body, guarding=0.5)\nlimp",
    (
        "mc.Check('Which leg is sore?', {'left': '', 'right': 'Look at the control.'}, 'It is what"
        " the control says.')"
    ),
    "mc.NumberCheck('How many legs?', 2, 0.1, 'Count.', 'Two.')",
)

# The targets of the outputs with the room that each has: its own box, and that of its label.
# A structure of the body map is left out: its place and size are the anatomy's (the "essential"
# exception).
FIND_TARGETS = """() => {
  const css = ['button', 'select', 'input:not([type=hidden])', 'summary', 'a[href]',
    '[role=slider]', '[role=tab]', '[role=textbox]', '[contenteditable=true]'].join(', ');
  const boxOf = node => {
    const around = node.closest('label'), boxes = [node, around].filter(Boolean).map(part =>
      part.getBoundingClientRect());
    return {width: Math.max(...boxes.map(box => box.width)), height: Math.max(...boxes.map(box =>
      box.height)),
            x: boxes[0].left + boxes[0].width / 2, y: boxes[0].top + boxes[0].height / 2};
  };
  return [...document.querySelectorAll('.jp-OutputArea-output')].flatMap(area =>
    [...area.querySelectorAll(css)])
    .filter(node => node.checkVisibility({visibilityProperty: true, opacityProperty: true}) &&
      node.getBoundingClientRect().width > 1)
    // a link within a sentence is as high as its line (the "inline" exception)
    .filter(node => !(node.matches('a') && node.parentElement.textContent.trim()
      !== node.textContent.trim()))
    .map(node => ({name: (node.getAttribute('aria-label') || node.textContent.trim() ||
      node.closest('label, .jupyter-widgets')?.textContent.trim() || node.outerHTML).slice(0, 60),
                   kind: node.localName, type: node.type || node.getAttribute('role') || '',
                     main: node.matches('button:not(.mc-tools *)'), ...boxOf(node)}));
}"""
# What sticks out of its output to the right without a place to scroll it.
FIND_OVERFLOW = """() => [
  ...document.querySelectorAll('.jp-OutputArea-output, .jp-RenderedMarkdown')
].flatMap(area => {
  const right = area.getBoundingClientRect().right + 1;
  const scrolls = node => { for (let box = node; box && box !== area; box = box.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(box).overflowX))
      return true; return false; };
  const out = [...area.querySelectorAll('*')].filter(node =>
    node.checkVisibility({visibilityProperty: true}) && node.getBoundingClientRect().width > 1
    && node.getBoundingClientRect().right > right && !scrolls(node.parentElement) &&
      !node.closest('svg svg, defs, .js-plotly-plot svg'));
  return [...out.map(node => node.outerHTML.slice(0, 120)),
    ...(area.scrollWidth > area.clientWidth + 1 ?
      ['scrolls sideways: ' + area.className + ' ' + area.scrollWidth + ' > ' + area.clientWidth] :
        [])];
})"""


def list_small_targets(page):
    """List the targets that are too small, in words, as WCAG 2.2 counts: by their own size, or by
    the room around them."""
    targets, small = page.evaluate(FIND_TARGETS), []
    for target in targets:
        size = min(target["width"], target["height"])
        nearest = min(
            (
                max(abs(target["x"] - other["x"]), abs(target["y"] - other["y"]))
                for other in targets
                if other is not target
            ),
            default=LEAST_PX,
        )
        if size < LEAST_PX and nearest < LEAST_PX or target["main"] and size < LEAST_MAIN_PX:
            small.append(
                f"{target['kind']} {target['type']} {target['name']!r}: {target['width']:.0f} x"
                f" {target['height']:.0f}, next one {nearest:.0f} away"
            )
    return small


@pytest.fixture(scope="module")
def tablet(lab, browser, tmp_path_factory):
    path = lab_server.write_notebook(tmp_path_factory.mktemp("touch") / "touch.ipynb", *CODE)
    opened = lab_server.open_notebook(lab, browser, path, size=TABLET, touch=True)
    opened.page.set_default_timeout(60_000)
    opened.page.wait_for_function(
        "/Step/.test(document.querySelector('.mc-step-name').textContent)"
    )
    opened.settle()
    yield opened
    opened.close()


def tap(page, locator, share=0.5):
    """Tap an element, `share` of its width from its left."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def swipe(page, x, y, across=0.0, down=0.0, steps=12):
    """Put a finger down, move it by some pixels, and lift it."""
    touch = page.context.new_cdp_session(page)
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for step in range(1, steps + 1):
        touch.send(
            "Input.dispatchTouchEvent",
            {
                "type": "touchMove",
                "touchPoints": [{"x": x + across * step / steps, "y": y + down * step / steps}],
            },
        )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_it_is_a_screen_for_fingers(tablet):
    assert tablet.page.evaluate(
        "navigator.maxTouchPoints > 0 && matchMedia('(pointer: coarse)').matches && innerWidth"
        " === 768"
    )
    assert tablet.list_problems() == []


def test_a_tap_on_a_muscle_selects_it_and_tells_its_name(tablet):
    page = tablet.page
    page.touchscreen.tap(*tablet.find_structure("Gluteus maximus, right"))
    page.wait_for_function(
        "document.querySelector('.mc-detail').textContent.startsWith('Selected: Gluteus maximus,"
        " right')"
    )
    tip = page.locator(".mc-tip")
    tip.wait_for(state="visible")
    assert "Gluteus maximus, right" in tip.inner_text() and " N" in tip.inner_text()
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= TABLET[0]
    page.locator(".mc-lab .widget-tab").get_by_text("Inferior gluteal nerve, right").wait_for()


def test_a_tap_on_a_slider_moves_it_and_the_picture(tablet):
    page = tablet.page
    version = float(page.locator(".mc-bodymap").get_attribute("data-version"))
    handle = page.get_by_role("slider", name="Weight")
    before = float(handle.get_attribute("aria-valuenow"))
    tap(
        page,
        page.locator(".mc-lab .widget-slider")
        .filter(has=page.get_by_role("slider", name="Weight"))
        .locator(".noUi-target"),
        0.9,
    )
    page.wait_for_function(
        "version => +document.querySelector('.mc-bodymap').dataset.version > version", arg=version
    )
    assert float(handle.get_attribute("aria-valuenow")) > before


def test_a_finger_drags_a_slider(tablet):
    page = tablet.page
    handle = page.get_by_role("slider", name="Trunk leans")
    handle.scroll_into_view_if_needed()
    box, before = handle.bounding_box(), float(handle.get_attribute("aria-valuenow"))
    swipe(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, across=64)
    assert float(handle.get_attribute("aria-valuenow")) > before + 2


def test_taps_lead_through_the_steps(tablet):
    page, name = tablet.page, tablet.page.locator(".mc-step-name")
    # a slider that was dragged before may still be answered, with other steps
    tablet.wait_for_kernel()
    page.wait_for_function(
        "/Step \\d+ of \\d\\d:/.test(document.querySelector('.mc-step-name').textContent)"
    )
    last = name.inner_text()
    tap(page, page.get_by_role("button", name="Previous step"))
    page.wait_for_function(
        "last => document.querySelector('.mc-step-name').textContent !== last", arg=last
    )
    tap(page, page.get_by_role("button", name="Next step"))
    page.wait_for_function(
        "last => document.querySelector('.mc-step-name').textContent === last", arg=last
    )


def test_a_swipe_over_the_map_scrolls_the_page(tablet):
    """The map must not hold the page fast: it fills the screen, and there would be no way past
    it."""
    page = tablet.page
    page.locator(".mc-stage").first.scroll_into_view_if_needed()
    x, y = tablet.find_structure("Gluteus maximus, right")
    top = page.locator(".mc-stage").first.bounding_box()["y"]
    swipe(page, x, y, down=-250)
    tablet.settle()
    assert page.locator(".mc-stage").first.bounding_box()["y"] < top - 100


def test_every_target_is_large_enough_for_a_finger(tablet):
    assert list_small_targets(tablet.page) == []


def test_a_target_that_is_too_small_is_found_out(tablet):
    page = tablet.page
    page.evaluate(
        """() => document.querySelector('.jp-OutputArea-output').insertAdjacentHTML('beforeend',
      '<div class=tiny>' + ['one', 'two'].map(name =>
        `<button style="width:15px;height:15px;padding:0" aria-label="tiny ${name}">a</button>`)
        .join('') + '</div>')"""
    )
    found = [words for words in list_small_targets(page) if "tiny" in words]
    page.evaluate("document.querySelector('.tiny').remove()")
    assert len(found) == 2


def test_nothing_sticks_out_to_the_right(tablet):
    page = tablet.page
    for tab in [None, *page.locator(".mc-lab").get_by_role("tab").all()]:
        if tab:
            tablet.open_tab(tab, press="tap")
        assert page.evaluate(FIND_OVERFLOW) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_what_sticks_out_is_found_out(tablet):
    page = tablet.page
    page.evaluate(
        "document.querySelector('.jp-OutputArea-output').insertAdjacentHTML('beforeend', '<div"
        ' class=broad style="width:2000px">broad</div>\')'
    )
    found = page.evaluate(FIND_OVERFLOW)
    page.evaluate("document.querySelector('.broad').remove()")
    assert any("broad" in words for words in found)
    assert tablet.list_problems() == []
