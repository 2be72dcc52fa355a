"""What all tests share: the folder of the checkout, and what to do when a tool is missing."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import musclechain as mc
from tests.names import NASTY

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false") or "MUSCLECHAIN_CI" in os.environ

# A busy machine is slow now and then, which is no fault of what is tested; and the gate tries the
# same examples each time, so that what is red stays red.
settings.register_profile("musclechain", deadline=None, derandomize=IN_CI)
settings.load_profile("musclechain")


@pytest.fixture(scope="session")
def root():
    """Folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def missing_tool():
    """Function to call with a reason when a test lacks a tool: a skip at home, a failure in CI."""

    def report(reason):
        if IN_CI:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)

    return report


def pytest_collection_modifyitems(config, items):
    for item in items:
        if ROOT / "tests" / "browser" in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items[:] = _deal(items, getattr(config, "workerinput", {}).get("workercount", 1))
    if "thorough" not in config.getoption("-m"):
        left = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _deal(items, workers):
    """Put tests in an order that keeps several workers busy: each begins with one stretch of the
    list, so those in the browser, which take longest, begin two of the stretches."""
    in_browser, others = [], []
    for item in items:
        (in_browser if item.get_closest_marker("browser") else others).append(item)
    if workers < 2:
        return in_browser + others
    # what shares a page stays together
    pages = {}
    for item in in_browser:
        lesson = item.callspec.params.get("lesson") if hasattr(item, "callspec") else None
        pages.setdefault((item.path, lesson), []).append(item)
    pages = list(pages.values())
    first, second = (sum(pages[start::2], []) for start in range(2))
    stretch = len(items) // workers - len(first)
    return first + others[:stretch] + second + others[stretch:]


@pytest.fixture(scope="session")
def body():
    """The body of the data."""
    return mc.read_body()


@pytest.fixture(scope="session")
def nasty_body(body):
    """The body with a left soleus whose name and note are HTML."""
    graph = body.graph.copy()
    graph.nodes["soleus_left"].update(
        name=NASTY, plain_name=NASTY, note=f"<script>alert(2)</script>{NASTY}"
    )
    return mc.Body.from_graph(graph)
