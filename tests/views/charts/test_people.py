"""The dots of many people."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.charts import draw_people
from musclechain.views.words.charts import ChartText

WIDTH = 5


@pytest.fixture(scope="module")
def people(body):
    return mc.solve_population(body, count=30, seed=2)


def draw(people, limit, theme="light"):
    said = ChartText("Thirty bodies", "They stand.", people.table().head(0))
    return draw_people(people, "l5_s1", WIDTH, (limit, "a bucket"), said, "More (N)", theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_person_is_a_dot_in_a_column_without_a_gap(people, theme):
    figure = draw(people, 100, theme)
    x, y = np.concatenate([np.array([dots.x, dots.y]) for dots in figure.data], axis=1)
    assert len(x) == people.solved
    for middle in np.unique(x):
        assert sorted(y[x == middle]) == list(np.arange((x == middle).sum()) + 0.5)
    low, high = people.quantiles("l5_s1", (0, 1))
    assert abs(x.min() - low) <= WIDTH and abs(x.max() - high) <= WIDTH
    assert figure.layout.meta["description"] == "They stand."


def test_who_lies_beyond_the_line_has_another_colour(people):
    figure = draw(people, 10)
    before, beyond = figure.data
    assert max(before.x) < 10 < min(beyond.x)
    assert len(beyond.x) == people.histogram("l5_s1", [10, np.inf]).item()
    assert before.marker.color != beyond.marker.color
    assert draw(people, 1000).layout.xaxis.range[1] > 1000


def test_what_was_not_counted_is_refused(people):
    said = ChartText("", "", people.table().head(0))
    with pytest.raises(mc.CauseError, match="'heart' was not counted"):
        draw_people(people, "heart", WIDTH, (100, ""), said, "N")
