"""The harness itself, on notebooks of a few lines: it must see what goes wrong."""

import pytest

from tests.browser import lab_server
from tests.browser.lab_server import FLOOR_CODE, FLOOR_PROBE, FLOOR_SLIDER

BROKEN = """\
from IPython.display import HTML, display
display(HTML('<img src="https://example.invalid/picture.png" alt="">'))
display(HTML('<img src="/no-such-picture.png" alt="">'))"""


@pytest.fixture
def write_notebook(tmp_path):
    """Function that writes a notebook of the given code cells."""

    def write(*sources):
        return lab_server.write_notebook(tmp_path / "small.ipynb", *sources)

    return write


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_slider_is_answered_and_timed(open_notebook, write_notebook, dark):
    page = open_notebook(write_notebook(FLOOR_CODE), dark=dark)
    times = page.measure_keys(FLOOR_SLIDER, FLOOR_PROBE, presses=3, warm_up=1)
    assert page.list_problems() == []
    assert page.page.inner_text(".floor") == "4"
    assert len(times) == 3 and all(5 < time < 5000 for time in times)


def test_keys_turn_round_at_the_end_of_a_slider(open_notebook, write_notebook):
    page = open_notebook(write_notebook(FLOOR_CODE.replace("max=1000", "max=2")))
    page.measure_keys(FLOOR_SLIDER, FLOOR_PROBE, presses=5, warm_up=0)
    assert page.page.inner_text(".floor") == "1"


def test_a_press_without_an_answer_is_an_error(open_notebook, write_notebook):
    page = open_notebook(write_notebook(FLOOR_CODE))
    with pytest.raises(TimeoutError, match="not answered within 0.5 s"):
        page.measure_keys(FLOOR_SLIDER, "1", presses=1, warm_up=0, limit_ms=500)


def test_errors_of_cells_and_what_follows_them_are_seen(open_notebook, write_notebook):
    problems = open_notebook(write_notebook("1 / 0", "2 + 2")).list_problems()
    assert problems == ["cell 0: ZeroDivisionError: division by zero", "cell 1 did not run"]


def test_output_to_stderr_is_seen(open_notebook, write_notebook):
    page = open_notebook(write_notebook("import warnings; warnings.warn('look out')"))
    assert "look out" in page.list_problems()[0]


def test_requests_that_fail_or_leave_the_machine_are_seen(open_notebook, write_notebook):
    watch = open_notebook(write_notebook(BROKEN)).watch
    assert set(watch.left_the_machine) == {"https://example.invalid/picture.png"}
    assert any("404" in text and "no-such-picture" in text for text in watch.failed)
    assert watch.console_errors


def test_first_picture_is_timed_from_the_start_of_its_cell(open_notebook, write_notebook):
    picture = (
        "import time; from IPython.display import HTML\ntime.sleep(0.5)\nHTML('<div"
        ' class="mc-bodymap">body</div>\')'
    )
    page = open_notebook(write_notebook("import time; time.sleep(1)", picture))
    assert 500 < page.find_first_picture_ms() < 1500


def test_a_page_sees_only_its_own_notebook(open_notebook, write_notebook):
    open_notebook(write_notebook("1 / 0"))
    assert open_notebook(write_notebook("1 + 1")).list_problems() == []
