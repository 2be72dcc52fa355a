"""A notebook that is opened again the next day: what has lost its kernel shows a still picture or
its words, never an error; and after Run All Cells the lab itself, once."""

import nbformat
import pytest
from nbconvert import HTMLExporter

from tests.browser import lab_server

CODE = (
    "import musclechain as mc\nbody = mc.read_body()\nmc.BodyMap(body)",
    "prediction = mc.predict('limp', body)\nprediction",
    "lab = mc.LimpLab(body, prediction)\ndisplay(lab)",
    "mc.LimpLab(body)",
    "mc.SpringLab()",
    "mc.ask_exercise('the_neighbour', body)",
)
PICTURES, WIDGETS = 3, 6
LOST = "has lost its kernel. Choose Run > Run All Cells to bring it back."
ERRORS = ("model not found", "Error displaying widget", "Loading widget")
MOST_BYTES = 5_000_000
MOST_LOADS = 8

IS_SEEN = """node => node.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})
  && node.getBoundingClientRect().height > 2"""
LIST_SEEN = f"""() => {{
  const seen = css => [...document.querySelectorAll(css)].filter({IS_SEEN});
  return {{
    stills: seen('.mc-still').map(node => node.innerText),
    pictures: seen('.mc-still img').filter(node => node.naturalWidth > 0).length,
    live: seen('.jp-OutputArea-output:has(.mc-lab, .mc-question, .mc-bodymap)').length,
    words: seen('.jp-OutputArea-output').map(node => node.innerText).join(' '),
  }};
}}"""
# Whether each widget lives or was given up, of which `now` is what is seen.
IS_LOADED = f"""now.live + now.stills.length === {WIDGETS}
  && ![...document.querySelectorAll('.jp-OutputArea-output')].some(
    node => node.textContent.startsWith('Loading widget'))"""
# Every moment of a run at which a still picture was seen.
WATCH = f"""() => {{
  window.flashed = [];
  const look = () => {{
    const seen = [...document.querySelectorAll('.mc-still')].filter({IS_SEEN});
    if (seen.length) window.flashed.push(seen.map(node => node.innerText.slice(0, 60)));
    requestAnimationFrame(look);
  }};
  look();
}}"""


def save(opened):
    """Save a notebook, and read the file."""
    opened.page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    path = opened.lab.folder / opened.path
    return path, nbformat.read(path, as_version=4)


def wait_until_lost(page):
    """Wait for the still parts of all cells, and list what is seen in a window so tall that all
    pictures are in it: one that is out of sight is not decoded."""
    page.wait_for_function(
        f"[...document.querySelectorAll('.mc-still')].filter({IS_SEEN}).length === {WIDGETS}"
    )
    page.set_viewport_size({"width": 1280, "height": 6500})
    page.wait_for_function(
        "[...document.querySelectorAll('.mc-still img')].every(node => node.naturalWidth > 0)"
    )
    return page.evaluate(LIST_SEEN)


@pytest.fixture(scope="module")
def first(lab, browser, tmp_path_factory):
    """The first day: what was seen while it ran and at its end, and the saved file."""
    path = lab_server.write_notebook(tmp_path_factory.mktemp("reopened") / "reopened.ipynb", *CODE)
    opened = lab_server.open_notebook(lab, browser, path, run_all=False)
    opened.page.evaluate(WATCH)
    opened.run_all()
    seen = opened.page.evaluate(LIST_SEEN)
    flashed, problems = opened.page.evaluate("window.flashed"), opened.list_problems()
    saved = save(opened)
    path = opened.path
    opened.close()
    return {"seen": seen, "flashed": flashed, "problems": problems, "saved": saved, "path": path}


@pytest.fixture(scope="module")
def reopened(lab, browser, first):
    """The next day, with a new kernel, and nothing run."""
    opened = lab_server.open_notebook(lab, browser, first["path"], run_all=False)
    yield opened
    opened.close()


def test_while_the_kernel_lives_no_still_picture_is_seen(first):
    assert first["problems"] == [] and first["flashed"] == []
    assert first["seen"]["stills"] == [] and first["seen"]["live"] == WIDGETS


def test_each_output_is_saved_with_one_still_part_and_the_file_stays_small(first):
    path, notebook = first["saved"]
    outputs = [
        [next(iter(output.data.keys() - {"text/plain"})) for output in cell.outputs]
        for cell in notebook.cells
    ]
    assert outputs == [["application/vnd.jupyter.widget-view+json", "text/html"]] * WIDGETS
    assert path.stat().st_size < MOST_BYTES


def test_the_next_day_pictures_and_words_stand_in_place_of_errors(reopened):
    seen = wait_until_lost(reopened.page)
    assert seen["live"] == 0 and seen["pictures"] == PICTURES
    assert all(text.count(LOST) == 1 for text in seen["stills"])
    assert "Whose muscles get most extra work?" in seen["stills"][1]
    assert seen["stills"][2].startswith("Limp") and seen["stills"][4].startswith("Two springs")
    assert not [error for error in ERRORS if error in seen["words"]]


def test_the_words_can_be_read_in_both_themes(reopened):
    wait_until_lost(reopened.page)
    line = reopened.page.locator(".mc-still-line").first
    read = "node => getComputedStyle(node).color"
    colours = set()
    for dark in (True, False):
        reopened.change_theme(dark)
        reopened.settle(500)
        colours.add(line.evaluate(read))
    assert len(colours) == 2


def test_a_print_of_the_page_shows_each_picture_once(reopened):
    wait_until_lost(reopened.page)
    reopened.page.emulate_media(media="print")
    seen = reopened.page.evaluate(LIST_SEEN)
    reopened.page.emulate_media(media="screen")
    assert seen["pictures"] == PICTURES and seen["live"] == 0
    assert LOST not in seen["words"] and "Error" not in seen["words"]


def test_after_run_all_the_labs_are_there_and_the_still_pictures_are_not(reopened):
    wait_until_lost(reopened.page)
    reopened.run_all()
    seen = reopened.page.evaluate(LIST_SEEN)
    assert seen["live"] == WIDGETS and seen["stills"] == []
    assert reopened.page.locator(".mc-lab .mc-bodymap").count() == 2


def test_a_page_that_is_loaded_anew_finds_its_kernel_and_shows_no_still_picture(reopened):
    """Runs after the labs have come back. On a busy machine JupyterLab's widget manager looks up
    some models before it has them, and writes that they were not found: then their still parts are
    right, and the page is loaded once more."""
    save(reopened)
    page = reopened.page
    for _ in range(MOST_LOADS):
        page.reload()
        page.locator(".mc-lab .mc-bodymap, .mc-still").first.wait_for(state="attached")
        page.wait_for_function(f"() => {{ const now = ({LIST_SEEN})(); return {IS_LOADED}; }}")
        seen = page.evaluate(LIST_SEEN)
        assert seen["live"] + len(seen["stills"]) == WIDGETS
        if seen["live"] == WIDGETS:
            break
    page.locator(".mc-lab .mc-bodymap").nth(1).wait_for()
    assert page.evaluate(LIST_SEEN)["stills"] == []


def test_without_a_kernel_the_still_pictures_come_too(lab, browser, first):
    """JupyterLab waits for widgets for ever then, and says that it is loading them."""
    context = browser.new_context(viewport={"width": 1280, "height": 6500})
    page = context.new_page()
    page.route("**/api/sessions**", lambda route: route.abort())
    page.goto(f"{lab.url}/lab/workspaces/without_kernel/tree/{first['path']}?reset")
    page.locator(".jp-OutputArea-output", has_text="Loading widget").first.wait_for()
    assert page.evaluate(LIST_SEEN)["stills"] == []
    seen = wait_until_lost(page)
    context.close()
    assert seen["pictures"] == PICTURES and seen["live"] == 0
    assert not [error for error in ERRORS if error in seen["words"]]


def test_a_notebook_that_nobody_trusts_shows_its_pictures_and_no_markup(lab, browser, first):
    notebook = nbformat.from_dict(first["saved"][1])
    for cell in notebook.cells:
        for output in cell.outputs:
            if "text/html" in output.data:
                output.data["text/html"] += "<p>Changed by hand.</p>"
    path = lab.folder / "other" / "from_elsewhere.ipynb"
    nbformat.write(notebook, path)
    opened = lab_server.open_notebook(lab, browser, path.relative_to(lab.folder), run_all=False)
    seen = wait_until_lost(opened.page)
    opened.close()
    assert seen["pictures"] == PICTURES
    assert not [error for error in (*ERRORS, "children=", "object at") if error in seen["words"]]


def test_an_export_shows_each_picture_once_and_sends_nobody_to_a_menu(browser, first):
    html, _ = HTMLExporter().from_notebook_node(first["saved"][1])
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 6500})
    page = context.new_page()
    page.set_content(html, wait_until="commit")
    seen = wait_until_lost(page)
    context.close()
    assert len(seen["stills"]) == WIDGETS and seen["pictures"] == PICTURES
    assert LOST not in seen["words"] and "LimpLab\n" not in seen["words"]


def test_an_export_that_is_printed_shows_what_is_folded(browser, first):
    saved = first["saved"][1].copy()
    fold = "<details>\n<summary>Notes</summary>\n\nA script for the teacher.\n\n</details>"
    saved.cells = [*saved.cells, nbformat.v4.new_markdown_cell(fold)]
    html, _ = HTMLExporter().from_notebook_node(saved)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_content(html, wait_until="commit")
    folded = page.get_by_text("A script for the teacher.")
    folded.wait_for(state="attached")
    seen = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        seen.append(folded.evaluate(IS_SEEN))
    context.close()
    assert seen == [False, True]
