"""A chart that waits for a prediction, and for a page that shows it."""

import pandas as pd
import plotly.graph_objects as go
import pytest

import musclechain as mc
from musclechain.labs.shown_chart import ShownChart
from musclechain.views.words.charts import ChartText

SAID = ChartText("Few", "Few of them <carry> more.", pd.DataFrame({"More": ["5 N"], "Who": [3]}))


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def prediction():
    return mc.Prediction("How many?", ["few", "many"])


def shown(drawn, prediction=None):
    def draw(theme):
        drawn.append(theme)
        return go.Figure(layout={"title": {"text": theme}})

    return ShownChart(draw, SAID, prediction)


def texts(chart):
    return chart._pane.box.children[-1].value


def test_it_is_drawn_when_the_page_shows_it_and_again_in_another_theme(drawn):
    chart = shown(drawn)
    assert drawn == [] and "Few of them &lt;carry&gt; more." in texts(chart)
    chart._page.ready = True
    chart._page.dark = True
    assert drawn == ["light", "dark"]
    assert chart._pane.box.children[0].figure["layout"]["title"]["text"] == "dark"
    assert "Few of them &lt;carry&gt; more." in texts(chart) and "5 N" in texts(chart)


def test_nothing_is_given_away_before_the_prediction(drawn, prediction):
    chart = shown(drawn, prediction)
    chart._page.ready = True
    for text in (texts(chart), chart.write_still()):
        assert "5 N" not in text and "prediction above" in text
    assert drawn == []
    prediction.answer = "few"
    assert drawn == ["light"] and "5 N" in texts(chart) and "5 N" in chart.write_still()


def test_who_looks_first_sees_it_too(drawn, prediction):
    chart = shown(drawn, prediction)
    prediction.uncover()
    assert not chart.is_covered and "5 N" in texts(chart)


def test_the_hundred_bodies_say_the_same_as_their_finding(body):
    chart = mc.show_hundred(body)
    chart._page.ready = True
    figure = chart._pane.box.children[0].figure
    assert sum(len(dots["x"]) for dots in figure["data"]) == 100
    assert str(mc.describe_hundred(body)) in chart.write_still()
