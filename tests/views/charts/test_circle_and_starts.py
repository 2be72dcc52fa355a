"""The map of circles and the chart of early against late show what was computed."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics.circle import CircleLine, CircleMap
from musclechain.mechanics.guarding import THEORIES
from musclechain.views.charts import draw_circle_map, draw_starts
from musclechain.views.charts.starts import LOST
from musclechain.views.words.findings.slow import describe_chart_circles, describe_chart_starts

SPREADS = (0.2, 0.5, 0.8)
NEVER = (np.inf,) * 3
OWN = {
    "guarding_loop_gain": 0.5,
    "spinal_spread": 0.5,
    "guarding_floor": 0.04,
    "overload_activation": 0.05,
}


@pytest.fixture
def found():
    """A map by hand."""
    lines = {theory: CircleLine(theory, SPREADS, NEVER, 0.04, 0.05) for theory in THEORIES}
    lines[THEORIES[0]] = CircleLine(THEORIES[0], SPREADS, (np.inf, 5.0, 3.0), 0.04, 0.05)
    drawn = tuple(
        ({**OWN, "guarding_loop_gain": gain}, left) for gain, left in ((0.3, 0.0), (1.1, 2.0))
    )
    stronger = CircleLine(THEORIES[0], SPREADS, (3.0, 2.0, 0.8), 0.08, 0.05)
    return CircleMap(lines, stronger, drawn, OWN)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_line_stands_where_circles_begin_to_go_on(found, theme):
    said = describe_chart_circles(found)
    figure = draw_circle_map(found, said, theme)
    by_name = {trace.name: trace for trace in figure.data}
    line = by_name["line, if guarding adds at most 4 %"]
    assert (list(line.x), list(line.y)) == ([50, 80], [5.0, 3.0])
    assert list(by_name["line, if guarding adds at most 8 %"].y) == [3.0, 2.0, 0.8]
    assert list(by_name["drawn, goes on (1)"].y) == [1.1]
    assert list(by_name["drawn, dies out (1)"].y) == [0.3]
    stars = [trace for trace in figure.data if trace.name == "the numbers of the model"]
    assert [trace.y[0] for trace in stars] == [0.5] * len(THEORIES)
    assert sum("whatever the gain" in one.text for one in figure.layout.annotations) == 2


def test_the_words_say_what_would_change_the_answer(found):
    said = describe_chart_circles(found)
    assert "By pain adaptation and redistribution nothing goes on" in said.sentence
    assert "With 8 % the lower line holds; the model has a loop gain of 0.5." in said.sentence
    assert list(said.table["Pain adaptation"]) == ["never"] * 3


def test_each_mark_of_early_against_late_is_a_number_of_the_table(body):
    starts = mc.compare_starts(body, weeks=(1, 104), draws=10)
    said = describe_chart_starts(starts)
    figure = draw_starts(starts, said)
    for mark, name in zip(figure.data, LOST, strict=True):
        weeks = starts[f"{name}_back_days"].to_numpy() / 7
        assert list(mark.y) == pytest.approx(weeks, abs=0.01)
        low = np.array(mark.y) - np.array(mark.error_y.arrayminus)
        wanted = np.minimum(starts[f"{name}_back_low"].to_numpy() / 7, weeks)
        assert low == pytest.approx(wanted, abs=0.02)
    assert list(figure.layout.xaxis.ticktext) == ["7 days", "2 years"]
