"""The lab of a hard run, driven without a browser."""

import re

import ipywidgets as widgets
import numpy as np
import pytest

import musclechain as mc
from musclechain.labs.tasks import TaskRow
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.page.chart import Chart
from tests.labs.parts import find_parts


@pytest.fixture
def lab(body):
    lab = mc.ImpactLab(body)
    yield lab
    lab.close()


def read_words(lab):
    return " ".join(part.value for part in find_parts(lab, widgets.HTML))


def test_it_begins_with_a_footfall_in_picture_words_and_table(lab):
    assert lab.message == "" and lab.table().equals(lab.result.table())
    assert [line.split(":")[0] for line in lab.climb.run["lines"]] == [
        "Foot",
        "Knee",
        "Hip",
        "Low back",
        "Head",
    ]
    assert f"{lab.result.peak_bw:.2f}" in read_words(lab)


def test_the_picture_is_the_model(lab):
    lab.set(shoe="soft", cadence=180)
    run, impact = lab.climb.run, lab.result
    for felt, sent in zip(impact.shock_g.T, run["shock"], strict=True):
        at = run["times"].index(10)
        near = abs(1000 * impact.time_s - 10).argmin()
        assert sent[at] == pytest.approx(felt[near], abs=0.2)
    usual = mc.run_impact(lab.body, mc.HardRun())
    assert max(run["before"][0]) == pytest.approx(usual.shock_g[:120, 0].max(), abs=0.05)


@pytest.mark.parametrize(
    ("moved", "run"),
    [
        ({"surface": "track"}, mc.HardRun(surface="track")),
        ({"shoe": "thin"}, mc.HardRun(shoe="thin")),
        ({"cadence": 175}, mc.HardRun(cadence=175)),
        ({"foot_speed": 1.2}, mc.HardRun(foot_speed=1.2)),
        ({"leg": 130}, mc.HardRun(leg=1.3)),
        ({"adapts": True}, mc.HardRun(adapts=True)),
    ],
)
def test_each_control_sets_its_part_of_the_run(lab, moved, run):
    lab.set(**moved)
    assert lab.table().equals(mc.run_impact(lab.body, run).table())


def test_set_it_up_for_me_puts_the_lab_where_the_task_begins(body):
    lab = mc.ImpactLab(body, tasks=mc.tasks("impact"))
    (row,) = find_parts(lab, TaskRow)
    row.show(2)
    (button,) = (b for b in find_parts(row, widgets.Button) if b.description == "Set it up for me")
    button.click()
    assert lab.values["surface"] == "springy" and lab.values["adapts"]
    lab.close()


def test_the_chart_follows_with_the_law_where_there_is_a_first_peak(lab):
    lab._page.ready = True
    (chart,) = find_parts(lab, Chart)
    assert len(chart.figure["data"]) == 3
    lab.set(surface="springy")
    assert len(chart.figure["data"]) == 2
    assert "none of its own" in read_words(lab)
    assert "no dotted line is drawn" in read_words(lab)
    assert "No dotted line" in str(chart.figure["layout"])


def test_the_tasks_use_every_control_that_the_lesson_speaks_of(body):
    used = {name for task in mc.tasks("impact") for name in task.setting}
    assert used >= {"surface", "shoe", "leg", "adapts"}


def test_a_thin_sole_is_noticed_at_foot_and_knee_and_no_further(body):
    lab = mc.ImpactLab(body, tasks=mc.tasks("impact"))
    (task,) = (task for task in lab.tasks if "shoe" in task.setting)
    landing = lab.solve(**task.setting)
    now, usual = (one.table()["shock_g"] for one in (landing.now, landing.usual))
    assert (now / usual)["knee"] > 1.1 > (now / usual)[["hip", "low back", "head"]].max()
    assert task.check("At foot and knee only", landing).state == "right"
    assert task.check("Up to the hip", landing).state == "not yet"
    # the figures that are shown decide as the model does
    lab.set(**task.setting)
    shown = [re.findall(r"([\d.]+) g", line) for line in lab.climb.run["lines"]]
    assert [float(one[0]) > 1.1 * float(one[1]) for one in shown] == [True, True] + 3 * [False]
    lab.close()


def test_a_prediction_covers_picture_and_numbers_until_it_is_answered(body):
    prediction = mc.predict("climb", body)
    lab = mc.ImpactLab(body, prediction)
    assert lab.climb.run == {}
    assert "At a glance" not in read_words(lab) and lab.draw_still() == ""
    prediction.answer = prediction.choices[0]
    # its figures wait until it has been played
    assert lab.climb.run["lines"] and "At a glance" not in read_words(lab)
    assert "Head" not in lab.draw_still() and "<details open" not in read_words(lab)
    lab.climb.told = True
    assert "At a glance" in read_words(lab) and "<details open" in read_words(lab)
    assert "Head" in lab.draw_still()
    lab.set(shoe="thin")
    assert "At a glance" in read_words(lab)
    lab.close()


def test_the_cover_can_be_taken_away_without_an_answer(body):
    lab = mc.ImpactLab(body, mc.predict("climb", body))
    (button,) = (b for b in find_parts(lab, widgets.Button) if b.description == "Uncover")
    button.click()
    lab.climb.told = True
    assert lab.climb.run["lines"] and "At a glance" in read_words(lab)
    lab.close()


def test_a_run_that_cannot_be_is_told_and_the_last_one_stays(body, monkeypatch):
    lab = mc.ImpactLab(body)
    before = lab.result

    def refuse(*_):
        raise mc.SolveError("The leg folds up under the runner; give it more stiffness.")

    monkeypatch.setattr("musclechain.lessons.lesson_04_running.run_impact", refuse)
    lab.set(shoe="thin")
    assert "The leg folds up" in lab.message and lab.result is before
    lab.close()


def test_comparing_one_run_with_nothing_is_refused(lab):
    with pytest.raises(ValueError, match="at least two"):
        mc.compare_impacts({"alone": lab.result})


def test_a_run_without_a_first_peak_is_said_to_have_none(body):
    springy = mc.run_impact(body, mc.HardRun(surface="springy"))
    assert "no peak of its own" in str(mc.describe_impact(springy))
    found = mc.compare_impacts({"a": mc.run_impact(body, mc.HardRun()), "b": springy})
    assert "not both have" in str(found)
    assert list(found.table["Impact peak (BW)"]) != ["none", "none"]


def test_drawn_runners_are_the_same_each_time_and_counted_in_words(body):
    first, second = (mc.describe_sole_draws(body, 10, seed=3) for _ in range(2))
    assert first.table.equals(second.table)
    with pytest.raises(mc.CauseError, match="count must be"):
        mc.describe_sole_draws(body, 5)


def test_the_picture_has_every_piece_of_skin_and_its_courses_stand_beside_it(lab):
    drawing, picture = find_drawing(lab.body), lab.climb.picture
    pieces = [
        role
        for group in drawing.views["right"]
        for role, _ in group.curves
        if role in ("skin", "far")
    ]
    assert [role for role, *_ in picture["outlines"]] == pieces
    assert all(
        way.startswith("M") and way.endswith("Z") and way.count("L") == folded.count("L")
        for _, way, folded in picture["outlines"]
    )
    left, _, wide, _ = picture["frame"]
    assert all(left < x < left + wide for station in picture["stations"] for x in station["x"])


def test_the_drawn_leg_folds_at_the_knee_and_keeps_its_lengths(lab):
    stations = lab.climb.picture["stations"]
    foot, knee, hip = (np.column_stack([station["x"], station["y"]]) for station in stations[:3])
    assert (foot[0] == foot[1]).all() and knee[1, 0] > knee[0, 0] + 50
    # y is downward
    assert hip[1, 1] - hip[0, 1] == pytest.approx(lab.climb.picture["folded_mm"], abs=1)
    for first, second in ((foot, knee), (knee, hip)):
        standing, folded = np.linalg.norm(first - second, axis=1)
        assert folded == pytest.approx(standing, abs=2)
    sunk = lab.climb.run["sunk"]
    assert sunk[-1] == pytest.approx(
        1000 * np.interp(0.05, lab.result.time_s, lab.result.sunk_m), abs=0.1
    )
