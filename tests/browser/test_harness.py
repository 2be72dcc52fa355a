"""The harness itself, on notebooks of a few lines: it must see what goes wrong."""

import pytest

from tests.browser import lab_server
from tests.browser.lab_server import FLOOR_CODE, FLOOR_PROBE, FLOOR_SLIDER

PICTURE = """\
import time; from IPython.display import HTML
time.sleep(0.5)
HTML('<div class="mc-bodymap">body</div>')"""
BROKEN = """\
from IPython.display import HTML, display
display(HTML('<img src="https://example.invalid/picture.png" alt="">'))
display(HTML('<img src="/no-such-picture.png" alt="">'))"""
WRONG = (
    "import time; time.sleep(1)",
    PICTURE,
    "import warnings; warnings.warn('look out')",
    BROKEN,
    "1 / 0",
    "2 + 2",
)


@pytest.fixture(scope="module")
def wrong(lab, browser, tmp_path_factory):
    """A page on which all goes wrong that a harness should see."""
    path = lab_server.write_notebook(tmp_path_factory.mktemp("wrong") / "wrong.ipynb", *WRONG)
    opened = lab_server.open_notebook(lab, browser, path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def floor(lab, browser, tmp_path_factory, wrong):
    """A page with a slider from 0 to 3, opened beside the one on which all goes wrong."""
    path = tmp_path_factory.mktemp("floor") / "floor.ipynb"
    lab_server.write_notebook(path, FLOOR_CODE.replace("max=1000", "max=3"))
    opened = lab_server.open_notebook(lab, browser, path)
    yield opened
    opened.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_slider_is_answered_and_timed_and_keys_turn_round_at_its_end(floor, dark):
    floor.change_theme(dark)
    floor.page.locator(FLOOR_SLIDER).press("Home")
    floor.page.wait_for_function(f"{FLOOR_PROBE} === '0'")
    times = floor.measure_keys(FLOOR_SLIDER, FLOOR_PROBE, presses=3, warm_up=1)
    assert floor.list_problems() == []
    assert floor.page.inner_text(".floor") == "2"
    assert len(times) == 3 and all(5 < time < 5000 for time in times)


def test_a_press_without_an_answer_is_an_error(floor):
    with pytest.raises(TimeoutError, match="not answered within 0.5 s"):
        floor.measure_keys(FLOOR_SLIDER, "1", presses=1, warm_up=0, limit_ms=500)


def test_errors_of_cells_and_what_follows_them_are_seen(wrong):
    stops = [
        problem for problem in wrong.list_problems() if problem.startswith(("cell 4", "cell 5"))
    ]
    assert stops == ["cell 4: ZeroDivisionError: division by zero", "cell 5 did not run"]


def test_output_to_stderr_is_seen(wrong):
    assert any("cell 2" in text and "look out" in text for text in wrong.list_problems())


def test_requests_that_fail_or_leave_the_machine_are_seen(wrong):
    assert set(wrong.watch.left_the_machine) == {"https://example.invalid/picture.png"}
    assert any("404" in text and "no-such-picture" in text for text in wrong.watch.failed)
    assert wrong.watch.console_errors


def test_first_picture_is_timed_from_the_start_of_its_cell(wrong):
    assert 500 < wrong.find_first_picture_ms() < 1500


def test_a_page_sees_only_its_own_notebook(wrong, floor):
    assert wrong.list_problems() and floor.list_problems() == []
    assert len(floor.read_cells()) == 1
