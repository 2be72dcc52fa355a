"""The shock that climbs, on a page of its own: it plays, steps, and hops where less motion is asked
for."""

from pathlib import Path

import pytest

import musclechain as mc
from tests.browser.test_page_parts import open_page  # noqa: F401  (a fixture)

SCRIPT = Path(mc.__file__).parent / "views" / "body" / "climb.js"
# Renders the script with the traits of a widget; `window.climb` takes new ones and closes it.
RENDER = """async ([script, traits]) => {
  const file = new Blob([script], {type: 'text/javascript'}), heard = {};
  const widget = (await import(URL.createObjectURL(file))).default;
  const model = {get: name => traits[name], on: (name, act) => { heard[name] = act; },
    off: name => { delete heard[name]; }, save_changes: () => {},
    set: (name, value) => { traits[name] = value; heard[`change:${name}`]?.(); }};
  const close = widget.render({model, el: document.querySelector('#place')});
  window.climb = {close, heard, traits, set: run => { traits.run = run; heard['change:run'](); }};
}"""


@pytest.fixture
def shown(body):
    climb = mc.ShockClimb(body)
    climb.show(mc.run_impact(body, mc.HardRun()), mc.run_impact(body, mc.HardRun(shoe="soft")))
    return climb


@pytest.fixture
def open_climb(open_page, shown):  # noqa: F811
    def open_it(**options):
        page = open_page("<div id='place'></div>", **options)
        traits = {"picture": shown.picture, "run": shown.run, "told": shown.told}
        page.evaluate(RENDER, [SCRIPT.read_text(encoding="utf-8"), traits])
        return page

    return open_it


def read_glow(page):
    """Radius of the glow at the foot."""
    return float(page.locator(".mc-glow").first.get_attribute("r"))


def test_it_says_what_it_shows_and_follows_a_new_run(open_climb, shown):
    page = open_climb()
    assert page.locator("li").all_inner_texts() == shown.run["lines"]
    label = page.locator("svg").get_attribute("aria-label")
    assert all(line in label for line in shown.run["lines"])
    page.evaluate("run => window.climb.set(run)", {**shown.run, "lines": ["Foot: new."]})
    assert page.locator("li").all_inner_texts() == ["Foot: new."]


def test_steps_and_slider_show_and_tell_the_moment(open_climb, shown):
    page = open_climb()
    page.get_by_role("button", name="5 milliseconds on").click()
    at = shown.run["times"].index(5)
    assert read_glow(page) == pytest.approx(9 * shown.run["shock"][0][at], abs=0.01)
    assert "5 ms after touch-down: foot" in page.get_by_role("status").inner_text()
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    # at the end the same figures as in the lines
    said = page.get_by_role("status").inner_text()
    felt = [line.split(": ")[1].split(" g")[0] for line in shown.run["lines"]]
    assert said.startswith("The most within 50 ms: foot")
    assert [part.split()[-2] for part in said.rstrip(".").split(",")] == felt
    page.get_by_role("button", name="5 milliseconds back").click()
    assert "45 ms after touch-down" in page.get_by_role("status").inner_text()


def test_what_was_felt_is_told_once_it_has_been_played(open_climb, shown):
    shown.told = False
    page = open_climb()
    standing = page.locator("path.mc-skin").first.get_attribute("d")
    assert page.locator("li").count() == 0
    page.get_by_role("button", name="5 milliseconds on").click()
    course = page.locator(".mc-course").first.get_attribute("d")
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    assert page.evaluate("window.climb.traits.told") is True
    assert page.locator("li").all_inner_texts() == shown.run["lines"]
    assert len(page.locator(".mc-course").first.get_attribute("d")) > 5 * len(course)
    assert page.locator("path.mc-skin").first.get_attribute("d") != standing


def test_it_plays_smoothly_pauses_and_stops_when_it_is_closed(open_climb):
    page = open_climb()
    play = page.get_by_role("button", name="Play the shock in slow motion")
    play.click()
    page.wait_for_function("Number(document.querySelector('input').value) > 2")
    play.click()
    paused = page.get_by_role("slider").input_value()
    page.wait_for_timeout(200)
    assert page.get_by_role("slider").input_value() == paused
    play.click()
    page.evaluate("window.climb.close()")
    assert page.evaluate(
        "[document.querySelector('#place').innerHTML, {...window.climb.heard}]"
    ) == [
        "",
        {},
    ]


def test_with_less_motion_it_hops(open_climb):
    page = open_climb(reduced_motion="reduce")
    page.get_by_role("button", name="Play the shock in slow motion").click()
    page.wait_for_function("Number(document.querySelector('input').value) === 5")
    page.wait_for_timeout(200)
    assert float(page.get_by_role("slider").input_value()) % 5 == 0
