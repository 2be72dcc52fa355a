"""The lab that plays a course through time, without a browser."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.labs.panel import Later
from musclechain.labs.tasks import TaskRow
from musclechain.lessons import course as module
from musclechain.lessons.course import DAYS, solve_moment
from musclechain.lessons.examples import A_LIMP, CAUSES, UNEVEN_HIPS
from musclechain.mechanics.change import SolveError
from musclechain.views.body.scene import unpack_scene
from tests.labs.parts import find_parts, press, read_words


@pytest.fixture(scope="module")
def lab(body):
    lab = mc.CourseLab(body)
    yield lab
    lab.close()


def read_scenes(lab):
    size = len(lab.map.state)
    steps = lab.map.steps
    return [unpack_scene(steps[at : at + size], lab.body) for at in range(0, len(steps), size)]


def test_each_step_shows_its_day_in_colours_figures_and_bars(lab):
    scenes = read_scenes(lab)
    assert len(scenes) == len(DAYS) == len(lab.map.story)
    rows = [list(lab.body.structures).index(name) for name in lab.course.result.skeleton.structures]
    for day, scene, stage in list(zip(DAYS, scenes, lab.map.story, strict=True))[::4]:
        result = lab.course.result_on(day)
        changes = result.table()["change_N"].to_numpy()
        assert scene.change_n[rows] == pytest.approx(changes, abs=1e-3)
        pain = lab.course.table([day])["pain"].iloc[0]
        assert f"pain {100 * pain:.0f} %" in stage["sentence"] or pain < 0.01
        muscles = result.table().query("kind == 'muscle'")["change_N"].abs().sum()
        assert sum(stage["ladder"]) >= muscles - 1  # routes that pull against each other add up
    assert lab.map.story[0]["sentence"].startswith("Day 0: ")
    assert [stage["title"] for stage in lab.map.story][-1] == "after 2 years"


def test_a_moved_control_keeps_the_day_and_the_tabs_tell_of_it(lab):
    lab.map.step = DAYS.index(28.0)
    assert lab.result.causes[0].day == 28.0
    lab.set(guarding=1.0)
    assert lab.map.step == DAYS.index(28.0) and lab.result.causes[0].day == 28.0
    wanted = lab.course.result_on(28.0).table()["after_N"]
    assert lab.table()["after_N"].sub(wanted).abs().max() < 1e-9
    pain = 100 * lab.course.table([28])["pain"].iloc[0]
    assert "4 weeks" in read_words(lab) and f"{pain:.1f}" in read_words(lab)
    lab.reset()


def test_only_a_habit_can_be_left(lab):
    kept = lab._inputs["kept"]
    assert kept.disabled
    lab.set(cause=A_LIMP, kept="for 4 weeks")
    assert not kept.disabled
    left, now = (abs(lab.course.table([day])["shorter_mm"].iloc[0]) for day in (28, 91))
    assert left > 1 > now
    lab.set(cause=UNEVEN_HIPS)
    assert abs(lab.course.table([730])["shorter_mm"].iloc[0]) > 1
    # and all days are drawn to one scale
    assert len({scene.factors for scene in read_scenes(lab)}) == 1
    lab.reset()


def test_guarding_comes_within_minutes(body):
    strain = mc.HamstringStrain("left", 2)
    course = mc.find_course(mc.spread(body, strain, guarding=1.0))
    plain = mc.spread(body, strain).table()["after_N"]
    gaps = [
        solve_moment(course, day).table()["after_N"].sub(plain).abs().sum()
        for day in (0.0, 1 / 144, 1 / 12)
    ]
    assert gaps[0] < 1e-9 < gaps[1] < gaps[2]
    later = course.result_on(1.0).table()["after_N"]
    assert solve_moment(course, 1.0).table()["after_N"].sub(later).abs().max() < 5


def test_less_sliding_hardly_moves_anything(lab):
    usual, less = (lab.solve(sliding=how).result.table()["after_N"] for how in ("usual", "less"))
    assert 0 < less.sub(usual).abs().max() < 2


def test_the_timeline_marks_the_day_and_knows_the_others(lab):
    lab._page.ready = True
    lab.map.step = 4
    lab._draw_timeline()
    figure = lab._timeline.box.children[0].figure
    times = figure["layout"]["meta"]["times"]
    assert len(times) == len(DAYS) and times == sorted(times)
    assert figure["layout"]["shapes"][0]["x0"] == times[4] == 28.0
    assert lab._timeline._link.source == (lab.map, "step")


def test_a_day_that_cannot_be_held_is_left_out_and_named(lab, monkeypatch):
    solve = module.solve_moment

    def refuse(course, day):
        if day == 7.0:
            raise SolveError("This posture cannot be held.")
        return solve(course, day)

    monkeypatch.setattr(module, "solve_moment", refuse)
    lab.answer()
    assert len(lab.map.story) == len(DAYS) - 1
    assert lab.message.endswith("So after 7 days is left out.")


def test_each_task_opens_on_the_day_on_which_its_point_is_seen(body):
    lab = mc.CourseLab(body, tasks=mc.tasks("course"))
    (row,) = find_parts(lab, TaskRow)
    lab.map.step = len(DAYS) - 1
    opened = []
    for number in range(len(lab.tasks)):
        row.show(number)
        press(row, "Set it up for me")
        opened.append(DAYS[lab.map.step])
    assert opened == [0, 1, 28, 730, 182, 182, 56, 0]
    assert "Day: at the beginning" in row._changed.value
    with pytest.raises(ValueError, match="3 is none of the days"):
        lab.go_to(3)
    lab.close()


def test_a_prediction_covers_body_timeline_and_figures_until_it_is_made(body):
    prediction = mc.predict("course", body)
    lab = mc.CourseLab(body, prediction, mc.tasks("course"))
    assert lab.map.veiled and lab.map.most_marks == 0 and "At a glance" not in read_words(lab)
    assert "hardly any is left" not in read_words(lab)
    prediction.answer = prediction.choices[0]
    assert lab.map.step == 0 and lab.values["guarding"] == 1.0 and not lab.map.veiled
    assert "<details>" in read_words(lab)
    lab.map.step = len(DAYS) - 1
    assert "<details open>" in read_words(lab) and "6 weeks" in read_words(lab)
    lab.close()


def test_the_picture_of_the_first_day_waits_for_no_other_and_guarding_costs_it_no_solving(
    body, monkeypatch
):
    monkeypatch.setattr(Later, "call", lambda self: None)  # a hand that does not rest
    lab = mc.CourseLab(body)
    try:
        for cause in CAUSES:
            lab.set(cause=cause, guarding=0.0)
            shown, hurts = lab.map.state, bool(lab.course.result.change.pain)
            with monkeypatch.context() as years:
                years.setattr("scipy.integrate.solve_ivp", None)
                if hurts:  # else guarding answers to overload alone, which must be found
                    years.setattr("musclechain.cases.course.spread", None)
                lab.set(guarding=1.0)
            assert lab.message == "" and lab.map.state != shown, cause
            later = solve_moment(lab.course, 1.0)
            whole = mc.find_course(mc.spread(body, CAUSES[cause], guarding=1.0))
            gap = whole.result_on(1.0).table()["after_N"] - later.table()["after_N"]
            assert gap.abs().max() < 1e-3, cause
    finally:
        lab.close()


def test_years_that_cannot_be_followed_are_told_in_words(body, monkeypatch):
    lab = mc.CourseLab(body)
    try:
        monkeypatch.setattr("musclechain.mechanics.slow._Slope.__call__", lambda *_: [np.nan] * 5)
        lab.set(guarding=1.0)
        assert "could not be followed" in lab.message and "at the beginning" in lab.message
        monkeypatch.undo()
        lab.set(guarding=0.5)
        assert lab.message == "" and len(lab.map.story) == len(DAYS)
    finally:
        lab.close()
