"""The lab of plans, driven without a browser: plans chosen, put together by hand, saved and
loaded."""

import ipywidgets as widgets
import pytest

import musclechain as mc
from musclechain.cases.plan_files import format_plan
from musclechain.cases.plans import REMEDIES
from musclechain.labs.planner import MOST_ROWS, NO_FILE, PlanEditor, PlanFiles, list_row_controls
from musclechain.labs.tasks import TaskRow
from musclechain.lessons.planning import BOTH, NOTHING, OWN, PLAN_A, PLAN_B, PLANS, STARTS
from musclechain.views.page.chart import Chart
from musclechain.views.words.plan_charts import QUANTITIES
from musclechain.views.words.result import describe_result
from tests.labs.parts import find_parts, press, read_words

MASSAGE = mc.Dose("deep massage", 30, 1, weeks=12)


@pytest.fixture(scope="module")
def shared(body):
    lab = mc.PlanLab(body)
    yield lab
    lab.close()


@pytest.fixture
def lab(shared):
    shared.set_up({})
    yield shared
    shared._page.ready = False


@pytest.fixture
def editor():
    return PlanEditor("plan A", mc.Plan(MASSAGE))


# ---- the lab


def test_it_begins_with_two_plans_beside_doing_nothing_a_week_after_the_last_massage(lab):
    assert lab.message == "" and lab.values["week"] == 13
    table = lab.describe_now().table
    assert list(table.columns[1:]) == ["Doing nothing", "Plan A", "Plan B"]
    courses = lab.solve().courses
    assert courses[PLAN_A].plan == PLANS["weekly massage"] and not courses[NOTHING].plan.doses
    words = read_words(lab)
    assert "Week 13" in words and "Fibres shorter by" in words and "12 weeks" not in words


def test_the_body_is_that_of_the_week_with_the_plan_that_is_shown(lab, body):
    lab.set(week=4, shown=PLAN_B, start="uneven hips")
    start = mc.spread(body, STARTS["uneven hips"])
    course = mc.find_course(start, PLANS["practice every day"])
    assert lab.table().equals(course.result_on(28).table())
    lab.set(shown=NOTHING)
    assert lab.table().equals(mc.find_course(start).result_on(28).table())


def test_a_week_that_was_solved_is_shown_again_without_solving(lab, monkeypatch):
    lab.set(week=5)
    there = lab.result
    lab.set(week=6)
    monkeypatch.setattr("musclechain.cases.course.spread", None)
    lab.set(week=5)
    assert lab.result is there and lab.message == ""


def test_the_figures_of_the_week_are_those_of_the_courses(lab):
    lab.set(week=1)
    state, table = lab.solve(week=1), lab.describe_now().table.set_index("")
    assert (
        table.at["Pain (0 to 100)", "Doing nothing"] == f"{100 * state.find('pain', NOTHING):.1f}"
    )
    assert table.at["Leg raised higher", "Plan B"] == f"{state.find('range_deg', PLAN_B):.1f}°"
    assert table.loc["Pelvis tilted"].nunique() == 1


def test_chart_and_calendar_follow_week_quantity_and_plan(lab):
    lab._page.ready = True
    weeks, calendar = (pane.box.children[0] for pane in (lab._chart, lab._calendar))
    assert isinstance(weeks, Chart) and len(weeks.figure["data"]) == 6  # three bands, three lines
    assert weeks.figure["layout"]["shapes"][0]["x0"] == 13
    lab._quantity.value = "reach"
    assert "Leg raised higher" in weeks.figure["layout"]["title"]["text"]
    lab.set(plan_b="rest for six weeks", week=2)
    assert weeks.figure["layout"]["shapes"][0]["x0"] == 2
    assert list(calendar.figure["layout"]["yaxis"]["ticktext"]) == ["Deep massage", "Rest"]
    lab._quantity.value = "length"


def test_a_plan_that_is_changed_by_hand_is_ones_own_and_a_ready_one_comes_back(lab):
    row = lab._editors[PLAN_A]._rows[0]
    row._inputs["minutes"].value = 45
    assert lab.values["plan_a"] == OWN
    assert lab.solve(plan_a=OWN).courses[PLAN_A].plan.doses[0].minutes == 45
    lab.set(plan_a="strength alone")
    assert lab._editors[PLAN_A].plan == PLANS["strength alone"]
    lab.set(plan_a=OWN)
    assert lab._editors[PLAN_A].plan.doses[0].minutes == 45


def test_own_plans_stay_when_the_cell_is_run_again(body, tmp_path):
    workbook = mc.open_workbook("plans", tmp_path)
    first = mc.PlanLab(body, workbook=workbook)
    first._editors[PLAN_A]._rows[0]._inputs["minutes"].value = 45
    first.set(plan_b="strength alone")
    first.close()
    again = mc.PlanLab(body, workbook=workbook)
    assert again.values["plan_a"] == OWN and again.plans[PLAN_A].doses[0].minutes == 45
    assert again._editors[PLAN_A].plan == again.plans[PLAN_A]
    assert again.values["plan_b"] == "strength alone"
    again.set(plan_b=OWN)
    assert again.plans[PLAN_B] == PLANS["practice every day"]
    again.close()


def test_own_plans_are_told_apart_where_certainty_is_kept(lab):
    lab.set(plan_a=OWN)
    first = lab.name_state(lab.values)
    lab._editors[PLAN_A].plan = mc.Plan(mc.Dose("rest"))
    assert lab.name_state(lab.values) != first


def test_a_table_says_what_plans_do_and_that_none_puts_bones_back(lab):
    words = read_words(lab)
    assert "Puts bones back" in words and "puts bones back" in words
    table = mc.compare_done(lab.body, {"all": mc.Plan([mc.Dose(one) for one in REMEDIES])})
    done = table.table.set_index("What it does")["All"]
    assert (done[["Makes fibres longer", "Puts bones back"]] == "no").all()
    assert (done.drop(["Makes fibres longer", "Puts bones back"]) != "no").sum() >= 9


def test_a_prediction_covers_chart_figures_and_table_until_it_is_answered(body):
    prediction = mc.predict("left_over", body)
    lab = mc.PlanLab(body, prediction)
    assert lab.map.veiled and lab.map.most_marks == 0
    assert "Week 13" not in read_words(lab) and "Puts bones back" not in read_words(lab)
    prediction.answer = prediction.choices[0]
    assert not lab.map.veiled and "Week 13" in read_words(lab)
    assert "All of it" in read_words(prediction)
    lab.close()


def test_the_weeks_are_played_and_the_figures_follow_where_it_rests(lab):
    lab.set(week=5, shown=PLAN_B)
    titles = [stage["title"] for stage in lab.map.story]
    assert titles == [f"Week {week}" for week in (0, 1, 2, 4, 5, 8, 13, 26, 52)]
    course = lab.solve(shown=PLAN_B).courses[PLAN_B]
    assert lab.map.step == 4
    assert lab.map.caption == describe_result(course.result_on(7 * 52)), "shown with the last one"
    strength = 100 * course.table([28])["strength"].iloc[0]
    assert f"{strength:.0f} % of the usual strength" in lab.map.story[3]["sentence"]
    # while it plays, one sentence is seen: it has what the lesson asks about
    for stage in lab.map.story:
        seen = stage["sentence"].split(". ")[0]
        assert "fibres" in seen and "pelvis tilted by 11 degrees" in seen and len(seen) < 75
    assert "Gluteus medius" in lab.map.story[3]["sentence"]
    lab.map.step = 6
    assert lab.values["week"] == 13 and "Week 13" in read_words(lab)
    assert lab.table().equals(course.result_on(91).table())
    assert lab.map.step == 6, "what is played goes on"


def test_a_plan_that_works_a_fresh_tear_is_said_to_stand_on_paper_only(lab):
    assert "On paper only" in lab.describe_now().sentence  # weekly massage from the first day
    lab.set(start="uneven hips")
    assert "On paper only" not in lab.describe_now().sentence
    rest = "rest for six weeks"
    lab.set(start=BOTH, plan_a=rest, plan_b=rest)
    assert "On paper only" not in lab.describe_now().sentence


def test_the_week_stays_while_the_weeks_of_another_plan_are_solved(lab):
    """A picture that still rests at one of the last weeks says nothing about those to come."""
    lab.set(week=13)
    lab.map.show(lab.result)  # as before the weeks are loaded
    assert lab.map.step == 0 and not lab.map.steps
    lab._on_rest()
    assert lab.values["week"] == 13


def test_the_mark_in_chart_and_calendar_can_be_moved_to_the_played_weeks(lab):
    lab._page.ready = True
    lab.set(week=13)
    for pane in (lab._chart, lab._calendar):
        chart = pane.box.children[0]
        assert chart.figure["layout"]["meta"]["times"] == [0.05, 1, 2, 4, 8, 13, 26, 52]
        assert chart.figure["layout"]["shapes"][0]["x0"] == 13


def test_each_task_follows_the_quantity_that_it_asks_about(body):
    lab = mc.PlanLab(body, tasks=mc.tasks("plan"))
    (row,) = find_parts(lab, TaskRow)
    for number, task in enumerate(lab.tasks):
        row.show(number)
        press(row, "Set it up for me")
        words = f"{task.text} {task.hint} {' '.join((task.choices or {}).values())}"
        asked = [one.label for one in QUANTITIES.values() if f"Choose {one.label}" in words]
        shown = QUANTITIES[lab._quantity.value].label
        assert asked in ([], [shown]) and shown in lab._chart.box.children[-1].value
    assert shown == "Balance" and "Over the weeks: Balance" in row._changed.value
    with pytest.raises(ValueError, match="'hope' is none of the quantities"):
        lab.go_to("hope")
    lab.close()


# ---- the rows of a plan


def test_each_control_of_a_row_sets_its_part_of_the_dose(editor):
    for name, value, field, found in (
        ("remedy", "Pilates", "remedy", "Pilates"),
        ("minutes", 60.0, "minutes", 60),
        ("per_week", 2.0, "per_week", 2),
        ("from_week", 3.0, "from_day", 21),
        ("weeks", 6.0, "weeks", 6),
        ("region", "thigh", "region", "thigh"),
        ("side", "left", "side", "left"),
    ):
        editor._rows[0]._inputs[name].value = value
        assert getattr(editor.plan.doses[0], field) == found
    assert set(editor._rows[0]._inputs) == {one.name for one in list_row_controls()}


def test_rows_are_added_up_to_six_and_removed(editor):
    for _ in range(10):
        press(editor, "Add a remedy")
    assert len(editor.plan.doses) == MOST_ROWS and editor._add.disabled
    editor._rows[2]._inputs["remedy"].value = "rest"
    press(editor._rows[2], "Remove")
    assert len(editor._rows) == 5 and "rest" not in [one.remedy for one in editor.plan.doses]
    press(editor, "Clear")
    assert editor.plan == mc.Plan() and "Nothing is planned" in read_words(editor)


def test_what_no_slider_shows_stays_until_it_is_moved(editor):
    odd = mc.Dose("rest", minutes=1.1, per_week=0.3, from_day=3000, weeks=500)
    editor.plan = mc.Plan([odd] * 8)
    assert "2 more are part of the plan" in read_words(editor)
    editor._rows[0]._inputs["minutes"].value = 5.0
    first, *others = editor.plan.doses
    assert (first.minutes, first.from_day, first.weeks) == (5, 3000, 500)
    assert others == [odd] * 7


# ---- files


@pytest.fixture
def files(tmp_path):
    editors = {name: PlanEditor(name, mc.Plan(MASSAGE)) for name in (PLAN_A, PLAN_B)}
    return PlanFiles(editors, tmp_path)


def test_a_plan_is_saved_and_loaded_into_the_other(files, tmp_path):
    files._name.value = "six weeks, Ärger"
    press(files, "Save")
    assert (tmp_path / "six_weeks_Ärger.plan.txt").exists() and "Saved as" in files.message
    files.editors[PLAN_B].plan = mc.Plan()
    files._which.value = PLAN_B
    press(files, "Load")
    assert files.editors[PLAN_B].plan == mc.Plan(MASSAGE, "six weeks, Ärger")


def test_a_broken_file_is_told_with_row_and_field_and_changes_nothing(files, tmp_path):
    text = format_plan(mc.Plan(MASSAGE)).replace("massage,30", "massage,many")
    path = tmp_path / "<b>.plan.txt"
    path.write_text(text)
    press(files, "Look again")
    press(files, "Load")
    assert "row 4, column minutes: found 'many'" in files.message
    assert files.editors[PLAN_A].plan == mc.Plan(MASSAGE) and path.read_text() == text
    assert "<b>" not in find_parts(files, widgets.HTML)[-1].value


def test_a_broken_file_of_the_same_name_is_set_aside(files, tmp_path):
    (tmp_path / "mine.plan.txt").write_text("no plan")
    files._name.value = "mine"
    press(files, "Save")
    assert "kept as mine.broken1.txt" in files.message
    assert (tmp_path / "mine.broken1.txt").read_text() == "no plan"


@pytest.mark.parametrize("name", ["", "  ", "../..", "a\x00b", "x" * 81])
def test_no_name_breaks_the_page(files, tmp_path, name):
    files._name.value = name
    press(files, "Save")
    assert files.message and files.message[0].isupper()
    assert not [*tmp_path.parent.glob("*.plan.txt"), *tmp_path.parent.parent.glob("*.plan.txt")]


def test_what_cannot_be_opened_or_is_not_there_is_told(files, tmp_path):
    assert files._files.value == NO_FILE
    press(files, "Load")
    assert "no plan in this folder" in files.message
    (tmp_path / "gone.plan.txt").write_text("")
    press(files, "Look again")
    (tmp_path / "gone.plan.txt").unlink()
    press(files, "Load")
    assert "could not be opened" in files.message
    files.folder = tmp_path / "nowhere"
    files._name.value = "x"
    press(files, "Save")
    assert "could not be saved" in files.message


def test_every_quantity_can_be_followed(lab):
    for name in QUANTITIES:
        lab._quantity.value = name
        assert QUANTITIES[name].label in read_words(lab)
    lab._quantity.value = "length"
