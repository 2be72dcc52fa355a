"""The charts of plans show the numbers of the model, and their words say the same."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.charts import draw_calendar, draw_courses, draw_sessions
from musclechain.views.words.plan_charts import (
    AFTER_MINUTES,
    QUANTITIES,
    WEEKS,
    describe_chart_calendar,
    describe_chart_courses,
    describe_chart_sessions,
)

PLANS = {
    "plan A": mc.Plan(mc.Dose("deep massage", 30, 1, weeks=12)),
    "plan B": mc.Plan(
        [
            mc.Dose("static stretching", 3, 7, weeks=6, region="thigh"),
            mc.Dose("strengthening", 60, 2, from_day=14, weeks=520),
        ]
    ),
}


@pytest.fixture(scope="module")
def courses(body):
    result = mc.spread(body, mc.UnevenHips("left", 30))
    nothing = mc.find_course(result)
    return {"doing nothing": nothing} | {
        name: mc.find_course(result, plan) for name, plan in PLANS.items()
    }


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_lines_and_bands_are_the_courses(courses, quantity):
    what, days = QUANTITIES[quantity], 7.0 * WEEKS
    bands = {"plan B": courses["plan B"].band(days, 4)}
    figure = draw_courses(courses, quantity, 13, bands)
    lines = {trace.name: trace for trace in figure.data if trace.showlegend is not False}
    assert list(lines) == ["Doing nothing", "Plan A", "Plan B"]
    for name, line in lines.items():
        course = courses[name[0].lower() + name[1:]]
        values = what.factor * course.table(days)[what.column].to_numpy()
        assert line.x == tuple(WEEKS) and np.allclose(line.y, values, atol=1e-3)
    (band,) = [trace for trace in figure.data if trace.showlegend is False]
    low, high = np.array(band.y[: len(WEEKS)]), np.array(band.y[len(WEEKS) :][::-1])
    assert (low <= np.array(lines["Plan B"].y) + 2e-3).all()
    assert (high >= np.array(lines["Plan B"].y) - 2e-3).all()
    assert len({line.line.dash for line in lines.values()}) == 3, "told apart without colour"


def test_words_and_table_of_the_weeks_are_the_same_numbers(courses):
    said = describe_chart_courses(courses, "reach", 6)
    row = said.table.set_index("Week").loc[6]
    assert row["Plan B"] == pytest.approx(12, abs=1.5) and row["Doing nothing"] == 0
    assert f"{row['Plan B']:.1f} with plan B" in said.sentence
    assert "plan B can be noticed by then, plan A cannot" in said.sentence
    assert "nobody would notice" in describe_chart_courses(courses, "length", 52).sentence


def test_the_calendar_has_a_bar_for_each_dose_and_ends_with_the_year():
    figure = draw_calendar(PLANS, 13, "dark")
    first, second = figure.data
    assert (first.base, first.x) == ((0,), (12,))
    assert (second.base, second.x) == ((0, 2), (6, 50))
    assert first.marker.pattern.shape != second.marker.pattern.shape
    said = describe_chart_calendar(PLANS)
    assert list(said.table["Weeks"]) == ["0 to 12", "0 to 6", "2 to 522"]
    assert said.table["Hours in all"][0] == "6.0" and "Plan A: deep massage" in said.sentence
    empty = {"plan A": mc.Plan()}
    assert "Nothing is planned" in draw_calendar(empty).layout.annotations[0].text
    assert "is to do nothing" in describe_chart_calendar(empty).sentence


def test_the_minutes_after_a_session_are_those_of_the_model(body):
    figure = draw_sessions(body, 30)
    massage, stretching = figure.data
    left = mc.find_after_session(body, "sports massage", 30, AFTER_MINUTES)["softer"]
    assert np.allclose(massage.y, 100 * left, atol=1e-3)
    assert "massage" in massage.name and "stretching" in stretching.name
    said = describe_chart_sessions(body, 30)
    later = said.table.set_index("Minutes after").loc[10]
    assert (later < 0.1).all() and "nothing of the kind was measured" in said.sentence
