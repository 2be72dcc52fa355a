"""A lesson in JupyterLab as it comes, which skips cells that are out of sight: what changed there
is seen when one gets there."""

from pathlib import Path

LESSON = Path("notebooks/02_hamstring_strain.ipynb")
SCROLL = """id => {
  const {content} = window.jupyterapp.shell.currentWidget;
  return content.scrollToItem(content.widgets.findIndex(cell => cell.model.id === id), 'start');
}"""


def test_what_a_prediction_uncovers_out_of_sight_is_there_when_one_gets_there(open_plain_notebook):
    opened = open_plain_notebook(LESSON, size=(1280, 720))
    page = opened.page
    page.evaluate(SCROLL, "title")
    opened.settle()
    assert_on_the_first_screen(page)
    page.evaluate(SCROLL, "lab")
    opened.settle()
    page.locator(".mc-question input[type=radio]").first.click()
    page.get_by_role("button", name="That is my answer").first.click()
    page.get_by_text("Press Play, and watch").first.wait_for()
    play = page.locator(".mc-lab .mc-play").first
    play.wait_for(state="visible", timeout=60_000)
    play.click()
    page.locator(".mc-lab .mc-play", has_text="Pause").first.wait_for()
    assert not page.locator(".mc-lab .mc-cover").first.is_visible()
    page.evaluate(SCROLL, "reach")
    page.locator(".mc-question table", has_text="Most changed by pull").first.wait_for()
    assert opened.list_problems() == []


def assert_on_the_first_screen(page):
    """Title, question and the upper half of the body, before anything is scrolled."""
    tall = page.viewport_size["height"]
    for css, least in (("h1", 20), (".mc-lab .mc-ask", 20), (".mc-lab .mc-stage", 100)):
        box = page.locator(css).first.bounding_box()
        assert box["y"] > 0 and box["y"] + least < tall, f"{css} lies at {box}"
