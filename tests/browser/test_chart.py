"""The place for charts, outside of JupyterLab: figures are drawn over one another, and what they
held is freed."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import plotly
import plotly.graph_objects as go
import pytest

import musclechain as mc
from musclechain.views.charts.graph import draw_chain_diagram
from tests.browser.lab_server import Watch

SCRIPT = Path(mc.__file__).parent / "views" / "page" / "chart.js"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
POINTS = 20_000
REDRAWS = 12
# Places that are thrown away without a word to plotly hold 29 MB after so many redraws; one that is
# drawn over grows by 1.4 MB, once, and then by 0.02 MB.
MOST_GROWTH_MB = 8
SIZE = {"width": 800, "height": 600}

# Keeps what asks for WebGL; stands in for JupyterLab's extension, which loads plotly for its first
# figure, and for the model of a widget.
STAND_INS = """() => {
  const ask = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    if (kind.includes('webgl')) window.painted.add(new WeakRef(this));
    return ask.call(this, kind, ...more);
  };
  const RenderedPlotly = {Plotly: null}, MIME_TYPE = 'figure';
  const createRenderer = () => ({
    renderModel: async () => { RenderedPlotly.Plotly = window.Plotly; }, dispose: () => {},
  });
  window._JUPYTERLAB = {'jupyterlab-plotly': {
    get: async () => () => ({MIME_TYPE, RenderedPlotly, rendererFactory: {createRenderer}}),
  }};
}"""
# What a test before has left on the page, away: its place, its styles, and what it counted.
CLEAR = """() => {
  document.body.removeAttribute('style');
  document.body.innerHTML = "<div id='place'></div><p>beside</p>";
  window.painted = new Set();
}"""
OPEN = """async script => {
  class Model {
    constructor() { this.state = {figure: {}, missing: false}; this.heard = []; }
    get(name) { return this.state[name]; }
    set(name, value) {
      this.state[name] = value;
      this.heard.filter(([event]) => event === `change:${name}`).forEach(([, answer]) => answer());
    }
    save_changes() {}
    on(event, answer) { this.heard.push([event, answer]); }
    off(event, answer) { this.heard = this.heard.filter(([, other]) => other !== answer); }
  }
  const file = new Blob([script], {type: 'text/javascript'});
  const widget = (await import(URL.createObjectURL(file))).default;
  const model = new Model(), el = document.querySelector('#place');
  window.chart = {model, el, close: widget.render({model, el})};
}"""
DRAW = """async figure => {
  const text = JSON.stringify(figure);
  for (const name of NAMES) {
    const next = JSON.parse(text);
    next.data[0].name = name;
    window.chart.model.set('figure', next);
    const drawn = () => document.querySelector('.js-plotly-plot')?._fullData?.[0]?.name === name;
    while (!drawn()) await new Promise(requestAnimationFrame);
  }
}"""


EMPTY = "<!doctype html><title>Chart</title><div id='place'></div><p>beside</p>"


@contextmanager
def open_empty(browser):
    """Open an empty page with a place for a chart: the page and its watch."""
    context = browser.new_context(viewport=SIZE)
    page, watch = context.new_page(), Watch()
    page.set_default_timeout(60_000)
    watch.attach(page)
    page.set_content(EMPTY)
    yield page, watch
    context.close()


@pytest.fixture
def page(browser):
    with open_empty(browser) as (page, watch):
        yield page
    assert watch.console_errors == []


@pytest.fixture(scope="module")
def with_plotly(browser):
    """A page with plotly, which takes two seconds to load, and no chart."""
    with open_empty(browser) as (page, watch):
        page.evaluate(STAND_INS)
        page.add_script_tag(path=PLOTLY)
        yield page, watch


@pytest.fixture
def chart(with_plotly):
    """A page with plotly and one new place for charts."""
    page, watch = with_plotly
    watch.console_errors.clear()
    page.set_viewport_size(SIZE)
    page.mouse.move(0, 0)
    page.evaluate(CLEAR)
    page.evaluate(OPEN, SCRIPT.read_text(encoding="utf-8"))
    yield page
    page.evaluate("window.chart.close()")
    assert watch.console_errors == []


@pytest.fixture(scope="module")
def solid():
    """A 3D figure of about half a megabyte."""
    points = np.random.default_rng(3).normal(size=(3, POINTS))
    corners = np.arange(POINTS - POINTS % 3, dtype=np.uint16).reshape(-1, 3).T
    mesh = go.Mesh3d(
        **dict(zip("xyz", points, strict=True)), **dict(zip("ijk", corners, strict=True))
    )
    camera = {"eye": {"x": 0, "y": -3, "z": 0.1}}
    scene = {"uirevision": "keep", "camera": camera}
    return go.Figure(mesh, {"height": 300, "autosize": True, "scene": scene}).to_plotly_json()


def draw(page, figure, *names):
    """Draw a figure under each name, one after the other, and wait for each."""
    page.evaluate(DRAW.replace("NAMES", repr(list(names))), figure)


def measure_heap(page):
    """Measure what the page's scripts hold, MB, after they have let go of what they can."""
    session = page.context.new_cdp_session(page)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def count_contexts(page):
    return page.evaluate("[...window.painted].filter(kept => kept.deref()).length")


def test_figures_drawn_one_after_the_other_hold_no_more_than_one(chart, solid):
    draw(chart, solid, "first", "second", "third")
    heap, contexts = measure_heap(chart), chart.evaluate("window.painted.size")
    draw(chart, solid, *(f"figure {number}" for number in range(REDRAWS)))
    assert chart.evaluate("window.painted.size") == contexts
    assert chart.locator(".js-plotly-plot").count() == 1
    assert measure_heap(chart) - heap < MOST_GROWTH_MB


def test_a_turned_body_stays_turned(chart, solid):
    draw(chart, solid, "before")
    eye = "document.querySelector('.js-plotly-plot')._fullLayout.scene._scene.getCamera().eye"
    start = chart.evaluate(eye)
    chart.mouse.move(400, 150)
    chart.mouse.down()
    chart.mouse.move(500, 180, steps=4)
    chart.mouse.up()
    turned = chart.evaluate(eye)
    assert turned != start
    draw(chart, solid, "after")
    assert chart.evaluate(eye) == pytest.approx(turned)


@pytest.mark.parametrize("end", ["model.set('figure', {})", "close()"], ids=["empty", "closed"])
def test_what_is_taken_away_is_freed(chart, solid, end):
    beside = "[...document.body.children].map(node => node.localName + node.id).join()"
    draw(chart, solid, "only")
    before = chart.evaluate(beside)
    chart.evaluate(f"window.chart.{end}")
    chart.wait_for_function("!document.querySelector('#place canvas, #place svg')")
    assert chart.evaluate(beside) == before
    measure_heap(chart)
    assert count_contexts(chart) == 0


def test_a_figure_may_be_laid_out_otherwise_in_a_narrow_place(chart, solid):
    figure = {**solid, "layout": {**solid["layout"], "meta": {"narrow": {"margin": {"l": 3}}}}}
    chart.evaluate("document.querySelector('#place').style.width = '640px'")
    draw(chart, figure, "only")
    margin = "document.querySelector('.js-plotly-plot')._fullLayout.margin.l"
    width = "document.querySelector('.js-plotly-plot')._fullLayout.width"
    assert chart.evaluate(margin) == 80
    for narrower, edge in ((600, 3), (500, 3), (700, 80)):
        chart.evaluate(
            "width => { document.querySelector('#place').style.width = `${width}px`; }", narrower
        )
        chart.wait_for_function(f"{margin} === {edge} && {width} === {narrower}")


def test_only_the_last_of_those_that_wait_is_drawn(chart, solid):
    chart.evaluate(
        """figure => {
          const {react} = window.Plotly, drawn = window.drawn = [];
          window.putBack = () => { window.Plotly.react = react; };
          window.Plotly.react = (place, data, ...more) => {
            drawn.push(data[0].name);
            return react(place, data, ...more);
          };
          for (const name of ['one', 'two', 'three', 'four']) {
            const next = structuredClone(figure);
            next.data[0].name = name;
            window.chart.model.set('figure', next);
          }
        }""",
        solid,
    )
    chart.wait_for_function("window.drawn.at(-1) === 'four'")
    chart.evaluate("window.putBack()")
    assert len(chart.evaluate("window.drawn")) == 1


@pytest.mark.parametrize(
    "extension", ["undefined", "{get: async () => () => ({RenderedPlotly: {Plotly: {}}})}"]
)
def test_a_page_without_a_plotly_of_this_form_is_told_so(page, solid, extension):
    page.evaluate(f"() => {{ window._JUPYTERLAB = {{'jupyterlab-plotly': {extension}}}; }}")
    page.evaluate(OPEN, SCRIPT.read_text(encoding="utf-8"))
    assert not page.evaluate("window.chart.model.get('missing')"), "nothing is asked for yet"
    page.evaluate("figure => window.chart.model.set('figure', figure)", solid)
    page.wait_for_function("window.chart.model.get('missing')")
    assert page.evaluate("document.querySelector('#place').innerText") == ""


# The boxes of the texts of a chart: those of names with their numbers, and all others.
READ_TEXTS = """() => [...document.querySelectorAll('.js-plotly-plot svg.main-svg text')]
  .filter(node => node.textContent.trim() && node.getClientRects().length)
  .map(node => {
    const {left, top, right, bottom} = node.getBoundingClientRect();
    return [node.textContent, left, top, right, bottom];
  })"""


@pytest.mark.parametrize("width", [700, 1000])
def test_the_words_of_every_chain_are_whole_and_apart(chart, body, width):
    result = mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5)
    chart.set_viewport_size({"width": width + 20, "height": 1000})
    chart.evaluate(
        "width => { document.body.style.margin = 0;"
        " document.querySelector('#place').style.width = `${width}px`; }",
        width,
    )
    for number, chain in enumerate(body.chains):
        figure = draw_chain_diagram(body, result, chain=chain)
        figure.data[0].name, count = f"{figure.data[0].name} {number}", len(figure.data)
        draw(chart, figure.to_plotly_json(), figure.data[0].name)
        texts = chart.evaluate(READ_TEXTS)
        assert len(texts) > count
        for at, (words, left, top, right, bottom) in enumerate(texts):
            assert min(left, top) >= 0 and right <= width, (chain, words)
            assert bottom <= figure.layout.height, (chain, words)
            for other, *box in texts[:at]:
                across = min(right, box[2]) - max(left, box[0])
                down = min(bottom, box[3]) - max(top, box[1])
                assert min(across, down) <= 1, (chain, words, other)


TIMES = [0.001, 1, 7, 365]


@pytest.fixture
def timeline():
    """A line over times, of which one is marked."""
    mark = {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1}
    axis = {"type": "log", "range": [-3, 3], "autorange": False}
    layout = {"height": 300, "xaxis": axis, "shapes": [mark], "dragmode": False}
    figure = go.Figure(go.Scatter(x=TIMES, y=[0, 1, 2, 3]), layout)
    return figure.update_layout(meta={"times": TIMES}).to_plotly_json()


def test_a_mark_follows_the_step_and_a_pointer_moves_it(chart, timeline):
    marked = "document.querySelector('.js-plotly-plot').layout.shapes[0].x0"
    chart.evaluate("window.chart.model.set('step', 2)")
    draw(chart, timeline, "line")
    assert chart.evaluate(marked) == 7, "the step of the model, whatever the figure brings"
    chart.evaluate("window.chart.model.set('step', 3)")
    chart.wait_for_function(f"{marked} === 365")
    left, width = chart.evaluate(
        """() => {
          const place = document.querySelector('.js-plotly-plot'), {xaxis} = place._fullLayout;
          return [place.getBoundingClientRect().left + xaxis._offset, xaxis._length];
        }"""
    )
    y = chart.locator(".js-plotly-plot").bounding_box()["y"] + 150
    chart.mouse.move(left + 0.9 * width, y)
    chart.mouse.move(left + 0.52 * width, y)
    assert chart.evaluate("window.chart.model.get('step')") == 3, "a pointer that only passes by"
    chart.mouse.down()
    chart.wait_for_function(f"{marked} === 1")
    chart.mouse.move(left + 2, y, steps=4)
    chart.mouse.up()
    chart.wait_for_function(f"{marked} === 0.001")
    assert chart.evaluate("window.chart.model.get('step')") == 0
