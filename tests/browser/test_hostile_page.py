"""A body all of whose texts are hostile, in JupyterLab: no script of it runs, and no tag of it
becomes an element."""

import pickle

import pytest

from tests.browser import lab_server
from tests.test_hostile_names import HOSTILE, build_hostile_body

# The path is that of a body saved by the test, so that the notebook needs nothing of the tests.
CODE = (
    "import pickle, musclechain as mc\nbody = pickle.load(open({path!r}, 'rb'))",
    (
        "mc.Prediction(body.graph.nodes['soleus_left']['name'],"
        " [body.graph.nodes['soleus_left']['note'], 'other'])"
    ),
    "lab = mc.HamstringLab(body, guarding=0.5)\nlab.map.selected = 'soleus_left'\nlab",
    "result = mc.spread(body, mc.HamstringStrain('left', 2))\nmc.describe_reach(result)",
    (
        "claims = mc.show_claims(body, {{number: claim.text for number, claim in"
        " body.graph.graph['claims'].items()}})\nclaims"
    ),
    "mc.show_sources(body, claims)",
)
BROKEN_IN = """() => {
  const css = 'pwned, [data-pwned], img[src=x], .jp-OutputArea-output script';
  const found = [...document.querySelectorAll(css)].map(node => node.outerHTML.slice(0, 200));
  return window.pwned === undefined ? found : ['a script ran', ...found];
}"""


@pytest.fixture(scope="module")
def opened(lab, browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "body.pickle"
    path.write_bytes(pickle.dumps(build_hostile_body()))
    sources = [source.format(path=str(path)) for source in CODE]
    opened = lab_server.open_notebook(
        lab, browser, lab_server.write_notebook(folder / "hostile.ipynb", *sources)
    )
    opened.page.set_default_timeout(60_000)
    yield opened
    opened.close()


def test_the_page_opens_and_nothing_of_a_name_came_alive(opened):
    assert opened.list_problems() == []
    assert opened.page.evaluate(BROKEN_IN) == []
    assert HOSTILE in opened.page.locator(".mc-structure").first.get_attribute("aria-label")


def test_hover_and_selection_show_names_as_text(opened):
    page = opened.page
    page.mouse.move(*opened.find_structure("Gluteus maximus"))
    page.locator(".mc-tip").wait_for(state="visible")
    assert "<script>window.pwned=1</script>" in page.locator(".mc-tip").inner_text()
    page.mouse.click(*opened.find_structure("Gluteus maximus"))
    page.wait_for_function(
        "document.querySelector('.mc-detail').textContent"
        ".includes('<script>window.pwned=1</script>')"
    )
    assert page.evaluate(BROKEN_IN) == []


def sweep_chart(page):
    """Move the pointer over the chart in view; return what its hover labels said."""
    plots, said = page.locator(".mc-lab .js-plotly-plot").filter(visible=True), []
    if not plots.count():
        return said
    plots.first.scroll_into_view_if_needed()
    box = plots.first.bounding_box()
    for across in range(1, 9):
        for down in range(1, 7):
            page.mouse.move(
                box["x"] + box["width"] * across / 9, box["y"] + box["height"] * down / 7
            )
        page.wait_for_timeout(60)
        said += page.locator(".mc-lab .hoverlayer .hovertext").all_text_contents()
    return said


def test_no_tab_lets_a_name_come_alive(opened):
    page, said = opened.page, []
    for tab in page.locator(".mc-lab").get_by_role("tab").all():
        opened.open_tab(tab)
        said += sweep_chart(page)
        assert page.evaluate(BROKEN_IN) == [], tab.inner_text()
    assert any("<script>" in words for words in said), said[:5]


def test_a_script_that_ran_would_be_seen(opened):
    page = opened.page
    page.evaluate(
        "document.querySelector('.jp-OutputArea-output').insertAdjacentHTML('beforeend', '<img"
        ' src=x onerror="window.pwned=1">\')'
    )
    page.wait_for_function("window.pwned === 1")
    assert len(page.evaluate(BROKEN_IN)) == 2
    page.evaluate("() => { delete window.pwned; document.querySelector('img[src=x]').remove(); }")
