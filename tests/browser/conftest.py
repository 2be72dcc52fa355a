"""Fixtures for tests that look at the lessons in JupyterLab.

They live as long as this folder's tests: playwright keeps an event loop running, which the tests
that execute notebooks without a browser must not meet.
"""

import pytest

from tests.browser import lab_server

# enough for every word of certainty; each page has several labs, and 200 draws for each of them
# would keep both cores busy for seconds
FEW_DRAWS = 30


@pytest.fixture(scope="package")
def browser(missing_tool):
    """Headless browser."""
    try:
        with lab_server.start_browser() as started:
            yield started
    except lab_server.BrowserMissing as reason:
        missing_tool(str(reason))


@pytest.fixture(scope="package")
def lab(browser, root, tmp_path_factory):
    """JupyterLab with a copy of the lessons, set to keep every cell painted."""
    folder = lab_server.copy_lessons(root, tmp_path_factory.mktemp("lessons"))
    with lab_server.start_lab(folder, lab_server.PAINT_EVERYTHING, FEW_DRAWS) as started:
        yield started


@pytest.fixture(scope="package")
def plain_lab(browser, root, tmp_path_factory):
    """JupyterLab with a copy of the lessons, set as it comes."""
    folder = lab_server.copy_lessons(root, tmp_path_factory.mktemp("plain"))
    with lab_server.start_lab(folder, draws=FEW_DRAWS) as started:
        yield started


@pytest.fixture
def open_notebook(lab, browser):
    """Function that opens a notebook in `lab`: ``open_notebook(path, run_all=True, ...)``, with
    the options of `lab_server.open_notebook`."""
    yield from _open_and_close(lab, browser)


@pytest.fixture
def open_plain_notebook(plain_lab, browser):
    """The same as `open_notebook`, in `plain_lab`."""
    yield from _open_and_close(plain_lab, browser)


def _open_and_close(lab, browser):
    pages = []

    def open_page(path, run_all=True, **options):
        # Kept before anything runs in it, so that a page whose lesson fails is closed too.
        pages.append(lab_server.open_notebook(lab, browser, path, run_all=False, **options))
        if run_all:
            pages[-1].run_all()
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
