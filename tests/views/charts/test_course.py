"""The timeline of a course shows the numbers of the course."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.charts.course import FIRST_DAY, QUANTITIES, draw_course, space_days
from musclechain.views.words.findings.slow import describe_chart_timeline


@pytest.fixture(scope="module")
def course(body):
    return mc.find_course(mc.spread(body, mc.HamstringStrain("left", 2), guarding=1.0))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_line_is_the_course_and_lies_in_its_band(course, theme):
    said = describe_chart_timeline(course)
    figure = draw_course(course, said, now=7.0, theme=theme, draws=20)
    days = space_days(course.days)
    table = course.table(days)
    bands, lines = figure.data[::2], figure.data[1::2]
    for quantity, band, line in zip(QUANTITIES, bands, lines, strict=True):
        wanted = quantity.scale * table[quantity.column].to_numpy()
        assert list(line.y) == pytest.approx(wanted.tolist(), abs=0.006)
        low, high = np.split(np.array(band.y), 2)
        assert (low <= np.array(line.y) + 0.01).all()
        assert (high[::-1] >= np.array(line.y) - 0.01).all()
        axis = figure.layout["yaxis" if line.yaxis == "y" else f"yaxis{line.yaxis[1]}"]
        assert axis.range[0] <= low.min() and high.max() <= axis.range[1]
    assert said.sentence in str(figure.layout.meta)


def test_the_axis_runs_from_a_minute_to_the_end_and_a_line_marks_the_day(course):
    figure = draw_course(course, describe_chart_timeline(course), now=0.0, draws=0)
    assert len(figure.data) == len(QUANTITIES)
    assert (figure.data[0].x[0], figure.data[0].x[-1]) == pytest.approx((FIRST_DAY, 365.0))
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == FIRST_DAY
    assert list(figure.layout.xaxis.ticktext)[0] == "1 minute"
