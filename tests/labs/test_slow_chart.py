"""A chart that is worked out once a prediction is made, a part at a time."""

import asyncio

import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.labs.slow_chart import SlowChart
from musclechain.mechanics.change import SolveError
from musclechain.mechanics.circle import draw_constants, find_left, map_circles
from musclechain.views.words.charts import ChartText
from tests.labs.parts import read_words


def count(parts, error=None):
    for done in range(parts):
        if error and done:
            raise error
        yield (done + 1) / parts
    return parts


def build(prediction, **more):
    said = ChartText("Counted", "So many parts.", pd.DataFrame({"Parts": [5]}))
    return SlowChart(lambda: count(5, **more), None, lambda _: said, prediction)


def ask():
    return mc.Prediction("How many?", ["five", "six"])


def test_nothing_is_worked_out_before_the_prediction():
    prediction = ask()
    chart = build(prediction)
    assert chart.found is None and "Answer the prediction" in read_words(chart)
    prediction.answer = "six"
    assert chart.found == 5 and "So many parts." in read_words(chart)


def test_the_page_has_its_turn_between_the_parts():
    async def watch():
        prediction = ask()
        chart = build(prediction)
        prediction.answer = "five"
        seen = [read_words(chart)]
        while chart.found is None:
            await asyncio.sleep(0.01)
            seen.append(read_words(chart))
        return seen

    seen = asyncio.run(asyncio.wait_for(watch(), 20))
    assert "20 % done" in seen[0] and len(set(seen)) >= 3


def test_an_error_on_the_way_is_told_in_words():
    prediction = ask()
    chart = build(prediction, error=SolveError("The muscles cannot hold it."))
    prediction.answer = "five"
    assert chart.found is None and "The muscles cannot hold it." in read_words(chart)


@pytest.mark.thorough
def test_the_map_of_circles_is_what_each_line_is(body):
    strain = mc.spread(body, mc.HamstringStrain("left", 2))
    parts, work = [], map_circles(strain, draws=2, spreads=(0.8,))
    while True:
        try:
            parts.append(next(work))
        except StopIteration as end:
            found = end.value
            break
    assert parts == sorted(parts) and parts[-1] == 1.0
    theory = "vicious circle"
    assert found.lines[theory] == mc.find_circle_line(strain, theory, (0.8,))
    assert found.stronger.gains < found.lines[theory].gains
    assert all(np.isinf(line.gains).all() for name, line in found.lines.items() if name != theory)
    rows = draw_constants(strain, 2)
    assert found.drawn == tuple((row, find_left(strain, row)) for row in rows)
