"""The charts of the nerve show what the words beside them say."""

import pytest

import musclechain as mc
from musclechain.cases.piriformis import VARIANTS
from musclechain.views.charts import draw_interface_loads, draw_nerve_course
from musclechain.views.words.findings.nerve import (
    COURSE,
    describe_chart_course,
    describe_chart_loads,
    find_loads,
)


@pytest.fixture(scope="module")
def raised(body):
    return {
        "now": mc.raise_leg(body, mc.StraightLegRaise("left", 60, 20)),
        "without": mc.raise_leg(body, mc.StraightLegRaise("left", 60)),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_course_runs_from_head_to_sole_and_names_its_parts(raised, theme):
    figure = draw_nerve_course(raised, theme)
    assert [curve.name for curve in figure.data] == ["now", "now", "without", "without"]
    for curve in figure.data:
        assert (abs(sorted(curve.x)[0]) < 60) and list(curve.x) == sorted(curve.x)
    assert [note.text for note in figure.layout.annotations] == list(COURSE.values())
    said = describe_chart_course(raised)
    assert "nerve of the sole: +0.9" in said.sentence and said.sentence in str(figure.layout.meta)
    assert len(said.table) == len(COURSE)
    # the place that is named is the highest that is drawn, and not that of a part on average
    curve = next(one for one in figure.data if one.name == "now" and one.yaxis != "y2")
    highest = max(curve.y)
    assert f"{curve.x[curve.y.index(highest)]:.0f} mm from the head: {highest:.1f} %" in (
        said.sentence
    )


def test_a_name_keeps_its_hyphen_beside_a_minus_sign(raised):
    now, plain = raised.values()
    said = describe_chart_course({"now": plain, "the bent-up foot": now}).sentence
    assert "Against the bent-up foot most changes" in said and "\N{MINUS SIGN}0.9" in said


def test_each_way_past_the_piriformis_has_a_mark_and_its_range(raised):
    relaxed, tense = find_loads({"raised, 60": raised["without"]}, 100)
    said = describe_chart_loads(relaxed, tense, 100)
    figure = draw_interface_loads({"Relaxed": relaxed, "Tense": tense}, said)
    assert len(figure.data) == 2 * len(VARIANTS)
    assert len({mark.marker.symbol for mark in figure.data}) == len(VARIANTS)
    for mark, (rows, way) in zip(
        figure.data, [(rows, way) for rows in (relaxed, tense) for way in VARIANTS], strict=True
    ):
        low, value, high = rows["raised, 60", way]
        assert list(mark.y) == pytest.approx([value], abs=0.01)
        assert mark.error_y.array[0] == pytest.approx(max(high - value, 0), abs=0.01)
        assert mark.error_y.arrayminus[0] == pytest.approx(max(value - low, 0), abs=0.01)
        shown = figure.layout["yaxis" if mark.yaxis == "y" else "yaxis2"].range
        assert shown[0] < low and high < shown[1]
    assert f"{tense['raised, 60', 'under'][1]:.0f} N with 100 N more" in said.sentence
