"""Tasks: one at a time, with an answer that the model computes for the setting that was asked."""

import html
from functools import partial

import ipywidgets as widgets
import pytest

import musclechain as mc
from musclechain.labs.exercises import STATES, Reply
from musclechain.labs.tasks import WAITING, Task, TaskRow
from musclechain.lessons.lesson import list_lessons
from musclechain.lessons.lesson_03_limp import sum_neck
from musclechain.views.words.marks import describe_marks
from tests.labs.parts import choose, find_parts, press, read_words
from tests.names import NASTY

LABS = {
    "strain": mc.HamstringLab,
    "bend": mc.BendLab,
    "limp": mc.LimpLab,
    "pull": mc.PullLab,
    "lift": mc.LiftLab,
    "hips": mc.HipsLab,
    "one_leg": mc.OneLegLab,
    "impact": mc.ImpactLab,
    "feet": mc.FeetLab,
    "raise": mc.RaiseLab,
    "slump": mc.SlumpLab,
    "roots": partial(mc.NerveLab, side="left"),
    "referred": mc.ReferredLab,
    "course": mc.CourseLab,
    "plan": mc.PlanLab,
}
ALL = [(name, number) for name in LABS for number in range(len(mc.tasks(name)))]


@pytest.fixture(scope="module")
def labs(body):
    return {name: kind(body, tasks=mc.tasks(name)) for name, kind in LABS.items()}


@pytest.fixture
def row(labs):
    (row,) = find_parts(labs["strain"], TaskRow)
    row.show(0)
    return row


def read_note(row):
    return html.unescape(find_parts(row, widgets.HTML)[-1].value)


def test_every_lab_of_a_lesson_has_its_tasks_and_a_lesson_has_no_more_than_ten():
    assert set(LABS) == {name for lesson in list_lessons() for name in lesson.tasks}
    for lesson in list_lessons():
        count = sum(map(len, lesson.tasks.values())) + len(lesson.exercises)
        assert count <= 10, lesson.name


@pytest.mark.parametrize("name, number", ALL)
def test_the_answer_that_teachers_are_told_is_right_and_others_are_not(labs, name, number):
    lab, task = labs[name], labs[name].tasks[number]
    result = lab.solve(**task.setting)
    told = task.tell_answer(result)
    assert told
    if task.number:
        reply = task.check(told, result)
        right = task.number(result)
        assert task.check(str(right + 2 * task.within), result).state == "almost"
        assert task.check(str(right + 9 * task.within), result).state == "not yet"
        assert task.check("a lot", result).state == "not yet"
        # it must be told apart from what a learner reads in the healthy body
        assert abs(right) > 2 * task.within or right == 0
    elif task.structures:
        (one, *_) = task.structures(result)
        reply = task.check(one, result)
        assert task.check("ear", result).state == "not yet"
    else:
        reply = task.check(told, result)
        assert told in task.choices
        for choice in set(task.choices) - {told}:
            assert task.check(choice, result) == Reply("not yet", task.choices[choice])
    assert reply == Reply("right", task.because)
    assert task.check(" ", result).state == "open"


def test_the_reasons_fit_the_answers(labs):
    """A reason is typed, its answer is computed: where the model comes to another answer, the
    reason has to be written anew."""
    told = {
        name: [task.tell_answer(lab.solve(**task.setting)) for task in lab.tasks if not task.number]
        for name, lab in labs.items()
    }
    ligament = "the sacrum to sitting bone band (Sacrotuberous ligament) on the left"
    assert told["strain"] == [ligament, "Less", "Nothing", "The sound one", "On the sore side"]
    assert told["limp"][1:] == ["The left side"]
    loads = [labs["limp"].solve(lean=8, head_level=held).joint_loads() for held in (True, False)]
    assert loads[1]["c7_t1"] == pytest.approx(loads[0]["c7_t1"], rel=0.15)
    level, follows = (
        sum_neck(labs["limp"].solve(lean=8, head_level=held)) for held in (True, False)
    )
    assert follows == pytest.approx(level, rel=0.1)
    assert told["pull"] == [
        "the saw muscle (Serratus anterior) on the left",
        "Less, but most of it still arrives",
    ]
    assert told["lift"] == ["Less"]
    assert told["impact"] == ["At foot and knee only", "The shock at the hip"]
    assert told["raise"] == ["Nerve of the sole", "Dura in the spinal canal"]
    assert told["slump"] == ["By less than 1 Nm"]
    assert told["roots"] == ["S1", "On fewer than half"]
    assert told["course"] == [
        "Guarding",
        "As with guarding off",
        "Anything from gone to as strong as can be",
        "the side hip muscle (Gluteus medius) on the right",
        "Hardly anything: less than 2 N",
    ]
    assert told["referred"] == ["the side hip muscle (Gluteus medius) on the left"]
    assert told["plan"] == [
        "Nobody would notice a difference",
        "It stands as with doing nothing",
        "the side hip muscle (Gluteus medius) on the right",
        "Plan B",
    ]


def test_a_muscle_of_the_wrong_side_is_almost_right(labs):
    lab = labs["strain"]
    task = lab.tasks[0]
    result = lab.solve(**task.setting)
    reply = task.check("sacrotuberous_ligament_right", result)
    assert reply.state == "almost" and "which side" in reply.message


def test_the_minus_sign_is_almost_right(labs):
    task = Task("?", "because", number=lambda result: -3.0, within=0.1)
    assert task.check("3", None).state == "almost"
    assert task.check("-3,0 N", None).state == "right"


def test_tasks_come_one_at_a_time_and_keep_what_was_answered(row):
    press(row, "▶")
    (typed,) = find_parts(row, widgets.Text)
    typed.value = "1000"
    press(row, "Check")
    assert STATES["not yet"] in read_note(row) and "Too large" in read_note(row)
    press(row, "◀")
    assert row.number == 0 and read_note(row) == ""
    press(row, "▶")
    assert typed.value == "1000" and "Too large" in read_note(row)


def test_a_choice_is_checked_at_once(row):
    row.show(2)
    (choice,) = find_parts(row, widgets.RadioButtons)
    assert choice.value is None and choice.layout.display == ""
    choice.value = "More"
    assert STATES["not yet"] in read_note(row)
    choice.value = "Less"
    assert STATES["right"] in read_note(row)
    row.show(3)
    row.show(2)
    assert choice.value == "Less" and STATES["right"] in read_note(row)


def test_the_last_right_answer_says_what_is_still_open_or_that_nothing_is(body):
    asked = Task("Which?", "So it is.", choices={"this": "", "that": "No."}, right=lambda _: "this")
    (row,) = find_parts(mc.BendLab(body, tasks=(asked,) * 4), TaskRow)
    (choice,) = find_parts(row, widgets.RadioButtons)
    for number, notes in (
        (1, "So it is."),
        (3, "So it is. Without an answer yet: task 1 and 3."),
        (0, "So it is."),
        (2, "So it is. Every task has an answer now; the lesson goes on below."),
    ):
        row.show(number)
        choice.value = "that"
        assert "answer" not in read_note(row)
        choice.value = "this"
        assert read_note(row).endswith(f"{notes}</p>")
    row.show(3)
    assert read_note(row).endswith("So it is.</p>"), "what was open then is not said later"


def test_a_click_on_the_body_answers(row):
    row.lab.map.selected = "gluteus_maximus_left"
    assert STATES["not yet"] in read_note(row)
    row.lab.map.selected = "sacrotuberous_ligament_left"
    assert STATES["right"] in read_note(row)
    row.lab.map.selected = ""


def test_set_it_up_for_me_puts_the_lab_where_the_task_begins(row):
    row.lab.set(grade=3, guarding=0.5)
    press(row, "Set it up for me")
    assert row.lab.values == {**row.lab._start, "posture": False}
    row.lab.reset()


def test_set_it_up_for_me_says_what_it_has_changed(row):
    def read_changed():
        return html.unescape(row._changed.value)

    row.show(0)
    assert read_changed() == ""
    press(row, "Set it up for me")
    row.lab.set(grade=3)
    row.lab.map.depth = 4
    press(row, "Set it up for me")
    assert "Changed: Grade" in read_changed() and "Muscles: without the top layer" in read_changed()
    assert "Side" not in read_changed() and "Bars" not in read_changed()
    press(row, "Set it up for me")
    assert "It stands so already." in read_changed()
    press(row, "▶")  # a task that begins with all layers
    said = "Changed: Muscles: all layers. So what the task asks for lies open."
    assert said in read_changed()
    row.lab.reset()


def test_set_it_up_for_me_sets_the_bars_that_a_task_needs(row):
    # little of a pull comes to the low back: its bars are seen ten times as long
    row.show(1)
    press(row, "Set it up for me")
    assert row.lab.map.magnifier == 10
    row.show(0)
    press(row, "Set it up for me")
    assert row.lab.map.magnifier == 1
    with pytest.raises(ValueError, match="look sets magnifier"):
        Task("?", "!", number=lambda _: 1.0, look={"selected": "soleus_left"})


def test_the_answer_is_that_of_the_asked_setting_wherever_the_lab_stands(row):
    row.lab.set(grade=1, pull=False)
    row.lab.map.selected = "sacrotuberous_ligament_left"
    assert STATES["right"] in read_note(row)
    row.lab.map.selected = ""
    row.lab.reset()


def test_what_cannot_be_solved_is_said_and_not_raised(body):
    task = Task("?", "!", {"structure": "soleus_left", "cut": "soleus_left"}, number=lambda _: 1.0)
    lab = mc.PullLab(body, tasks=(task,))
    (row,) = find_parts(lab, TaskRow)
    find_parts(row, widgets.Text)[0].value = "1"
    press(row, "Check")
    assert STATES["not yet"] in read_note(row) and "has been cut" in read_note(row)
    lab.close()


def test_text_stays_text(nasty_body):
    task = Task(NASTY, NASTY, structures=lambda result: ["soleus_left"])
    lab = mc.HamstringLab(nasty_body, tasks=(task,))
    lab.map.selected = "soleus_left"
    (row,) = find_parts(lab, TaskRow)
    shown = " ".join(box.value for box in find_parts(row, widgets.HTML))
    shown += mc.show_answers(lab)._repr_html_()
    assert "<img" not in shown and "&lt;img" in shown
    lab.close()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"number": float, "structures": list},
        {"choices": {"a": "", "b": ""}},
        {"number": float, "right": str},
    ],
)
def test_a_task_asks_for_one_thing(given):
    with pytest.raises(ValueError):
        Task("?", "!", **given)


def test_unknown_tasks_are_named():
    with pytest.raises(ValueError, match="no list of tasks 'dance'; there are"):
        mc.tasks("dance")


def test_teachers_read_all_tasks_with_their_answers(labs):
    told = repr(mc.show_answers(*labs.values()))
    for lab in labs.values():
        assert all(task.text in told and task.because in told for task in lab.tasks)
    assert "Sacrotuberous ligament" in told and "Answer: The left side" in told


@pytest.mark.parametrize("name", ["strain", "bend", "limp", "latissimus", "lift"])
def test_a_prediction_is_compared_with_what_the_model_shows(body, name):
    prediction = mc.predict(name, body)
    right, shown = prediction.compare()
    (choice,) = find_parts(prediction, widgets.RadioButtons)
    assert right in choice.options and any(letter.isdigit() for letter in shown)
    for option in choice.options:
        choice.value = option
        note = html.unescape(find_parts(prediction, widgets.HTML)[-1].value)
        assert ("✓ So does the model" if option == right else "✗ It shows") in note
        assert shown[1:] in note


def test_an_answered_prediction_opens_what_was_asked_at_the_beginning_of_its_story(body):
    prediction = mc.predict("strain", body)
    lab = mc.HamstringLab(body, prediction=prediction)
    assert lab.map.veiled
    choose(prediction, 0)
    assert not lab.map.veiled and lab.values["posture"] is False
    assert lab.map.step == 0 and {stage["route"] for stage in lab.map.story} == {"", "pull"}
    lab.reset()
    assert lab.map.step == len(lab.map.story) - 1
    lab.close()


def test_verdict_and_figures_wait_for_the_end_of_the_story(body):
    prediction = mc.predict("strain", body)
    lab = mc.HamstringLab(body, prediction=prediction)
    choose(prediction, 0)
    last = len(lab.map.story) - 1
    for step in range(last):
        lab.map.step = step
        assert "<details>" in read_words(prediction) and "At a glance" not in read_words(lab)
        assert "The figures come at the end of the story" in read_words(lab)
    lab.map.step = last
    assert "<details open>" in read_words(prediction) and "At a glance" in read_words(lab)
    # once told it stays, says when another state is shown, and makes room where a task begins
    lab.map.step = 0
    assert "<details open>" in read_words(prediction) and "At a glance" not in read_words(lab)
    lab.set(grade=3)
    assert "<details open><summary>What the model showed" in read_words(prediction)
    assert "Press Play" not in read_words(prediction)
    prediction.make_room()
    assert "<details><summary>What the model showed" in read_words(prediction)
    lab.set(grade=2)
    lab.map.step = last
    assert "<details open><summary>What the model shows<" in read_words(prediction)
    lab.close()


def test_a_task_that_begins_elsewhere_makes_room(body):
    prediction = mc.predict("one_leg", body)
    lab = mc.OneLegLab(body, prediction=prediction, tasks=mc.tasks("one_leg"))
    choose(prediction, 0)
    lab.map.step = len(lab.map.story) - 1
    assert "<details open>" in read_words(prediction)
    row = next(part for part in find_parts(lab, TaskRow))
    row.show(1)
    row._on_set_up(None)
    assert "<details><summary>What the model showed" in read_words(prediction)
    lab.close()


# ---- marks on the body


def test_where_marks_are_asked_a_choice_waits_for_its_button(body):
    prediction = mc.predict("strain", body)
    (radio,), (button,) = (
        find_parts(prediction, kind) for kind in (widgets.RadioButtons, widgets.Button)
    )
    assert button.layout.display == "none"  # alone it is answered by choosing
    lab = mc.HamstringLab(body, prediction=prediction)
    assert button.layout.display == ""
    assert f"then press <b>{button.description}</b>" in read_words(prediction)
    button.click()
    assert "Choose one of the answers first" in read_words(prediction) and lab.map.veiled
    radio.index = 3
    assert prediction.answer == "" and lab.map.veiled
    lab.map.marked = ["soleus_left"]
    radio.index = 1
    button.click()
    assert prediction.answer == radio.options[1] and not lab.map.veiled
    assert "You marked 1." in read_words(prediction) and button.layout.display == "none"
    lab.close()


def test_marks_on_the_covered_body_are_compared_with_what_is_uncovered(body):
    prediction = mc.predict("strain", body)
    lab = mc.HamstringLab(body, prediction=prediction)
    assert lab.map.veiled and lab.map.most_marks == 5 and not lab.map.marks_told
    lab.map.marked = ["sacrotuberous_ligament_left", "gluteus_maximus_left"]
    choose(prediction, 3)
    change = lab.result.table()["change_N"]
    said = read_words(prediction)
    assert "You marked 2. ✓ Tighter: Sacrotuberous ligament, left (" in said
    assert f"{change['sacrotuberous_ligament_left']:.0f} N more" in said
    assert "✗ Not tighter, or by less than 1 N: Gluteus maximus, left (" in said
    assert "Of the muscles not marked, most tighter: " in said
    # they are outlined on the state that was covered, and on no other one
    assert lab.map.marks_told
    lab.set(grade=1)
    assert not lab.map.marks_told and "You marked 2" in read_words(prediction)
    lab.set(grade=2)
    assert lab.map.marks_told
    lab.close()


def test_uncovering_without_a_mark_says_nothing(body):
    lab = mc.HamstringLab(body, prediction=mc.predict("strain", body))
    lab.map.veiled = False
    assert not lab.map.marks_told
    lab.close()


def test_no_more_than_five_marks_and_only_of_structures(body):
    lab = mc.HamstringLab(body, prediction=mc.predict("strain", body))
    lab.map.marked = [*body.structures[:8], body.structures[0]]
    assert lab.map.marked == list(body.structures[:5])
    with pytest.raises(mc.UnknownStructureError):
        lab.map.marked = ["wing_left"]
    lab.close()
    free = mc.HamstringLab(body)
    free.map.marked = ["soleus_left"]
    assert free.map.marked == [] and free.map.most_marks == 0
    free.close()


def test_marks_of_what_is_not_computed_count_as_unchanged(body):
    drawn = next(name for name in body.structures if name not in mc.spread(body).table().index)
    said = describe_marks(mc.spread(body, mc.PullOn("soleus_left", 50)), [drawn])
    assert "✓" not in said and "(no change)" in said
    assert describe_marks(mc.spread(body), ["soleus_left"]).endswith("(no change).")
    assert describe_marks(mc.spread(body), []) == ""


def test_a_task_with_choices_is_open_until_one_is_chosen(labs):
    lab = mc.HamstringLab(labs["strain"].body, tasks=mc.tasks("strain"))
    (row,) = find_parts(lab, TaskRow)
    for number in range(len(lab.tasks)):
        row.show(number)
        if row.task.choices:
            buttons = find_parts(row, widgets.RadioButtons)[0]
            assert buttons.value is None and read_note(row) == ""
            buttons.value = list(row.task.choices)[-1]
    asked = [bool(task.choices) for task in lab.tasks]
    assert [bool(answer) for answer in row.answers] == asked


def test_what_is_to_be_clicked_is_in_sight_once_the_task_is_set_up(body):
    """A task asks for what lies under a muscle, and takes that muscle off."""
    lab = mc.HamstringLab(body, tasks=mc.tasks("strain"))
    row = next(part for part in find_parts(lab, TaskRow))
    right = lab.tasks[0].structures(lab.solve(**lab.tasks[0].setting))
    row._on_set_up(None)
    seen = [
        group.sight
        for groups in lab.map.drawing.views.values()
        for group in groups
        if group.structure in right and group.sight
    ]
    assert lab.map.depth == 3 and max(sight.depth for sight in seen) == 3
    row.show(1)
    row._on_set_up(None)
    assert lab.map.depth == 4


def test_tasks_wait_for_the_prediction_or_for_whoever_uncovers_the_result(body):
    for open_it in (
        lambda lab, prediction: setattr(prediction, "answer", prediction.choices[0]),
        lambda lab, prediction: setattr(lab.map, "veiled", False),
    ):
        prediction = mc.predict("strain", body)
        lab = mc.HamstringLab(body, prediction, mc.tasks("strain"))
        row = next(part for part in find_parts(lab, TaskRow))
        told = mc.after(prediction, mc.describe_reach(lab.result))
        assert row.children[0].value == f"<p>{WAITING}</p>" and "mc-waits" in row._dom_classes
        assert "table" not in told.value and lab.values["posture"]
        open_it(lab, prediction)
        assert isinstance(row.children[0], widgets.HBox) and "mc-waits" not in row._dom_classes
        assert "table" in told.value
        assert lab.values["posture"] is False and lab.result.table()["posture_N"].abs().max() == 0


def test_the_next_task_brings_its_own_layer_and_lets_go_of_what_was_selected(body):
    lab = mc.HamstringLab(body, tasks=mc.tasks("strain"))
    (row,) = find_parts(lab, TaskRow)
    row._on_set_up(None)
    lab.map.selected = "soleus_left"
    press(row, "▶")
    assert row.number == 1 and lab.map.depth == 4
    press(row, "Set it up for me")
    assert lab.map.selected == ""
    lab.close()


def test_enter_checks_what_was_typed(body):
    lab = mc.HamstringLab(body, tasks=mc.tasks("strain"))
    (row,) = find_parts(lab, TaskRow)
    number = next(k for k, task in enumerate(lab.tasks) if task.number)
    row.show(number)
    asked = mc.ask_exercise("turn_the_pelvis", body)
    for part in (row, asked):
        (typed,) = find_parts(part, widgets.Text)
        typed.value = "-1000"
        typed._handle_custom_msg({"event": "submit"}, [])
    assert STATES["not yet"] in read_note(row) and asked.reply.state == "not yet"
    lab.close()


def test_letters_that_arrive_just_after_the_press_belong_to_the_answer(body, monkeypatch):
    """The page holds them back while the kernel is busy."""
    now = [0.0]
    monkeypatch.setattr("musclechain.labs.questions.time.monotonic", lambda: now[0])
    lab = mc.HamstringLab(
        body, tasks=(Task("?", "!", {}, number=lambda result: 0.3, hint="Look."),)
    )
    (row,) = find_parts(lab, TaskRow)
    (typed,) = find_parts(row, widgets.Text)
    typed.value = "0"
    press(row, "Check")
    assert STATES["not yet"] in read_note(row)
    typed.value = "0.3"
    assert STATES["right"] in read_note(row) and row.answers == ["0.3"]
    # what is typed later, or anew, waits for its own press
    for seconds, text in ((1.0, "0.34"), (1.1, "7")):
        now[0] = seconds
        typed.value = text
        assert STATES["right"] in read_note(row)
    lab.close()


def test_a_wrong_answer_from_another_setting_is_told_so(body):
    task = Task("?", "!", {"grade": 3}, number=lambda result: 1.0, hint="Look there.")
    lab = mc.HamstringLab(body, tasks=(task,))
    (row,) = find_parts(lab, TaskRow)
    for stands in (False, True):
        find_parts(row, widgets.Text)[0].value = "50"
        press(row, "Check")
        assert ("Set it up for me" in read_note(row)) == (not stands)
        press(row, "Set it up for me")
    assert lab.stands_at({"grade": 3}) and not lab.stands_at({})
    lab.close()


def test_who_is_asked_to_move_the_controls_is_not_sent_back(body):
    lab = mc.RaiseLab(body, tasks=mc.tasks("raise"))
    (row,) = find_parts(lab, TaskRow)
    number = next(k for k, task in enumerate(lab.tasks) if task.moves)
    lab.set_up(lab.tasks[number].setting)
    row.show(number)
    lab.set(degrees=68)
    row._answer("68")
    assert "Lower the leg" in read_words(row) and "Set it up" not in read_words(row)
    row.show(0)
    lab.set(degrees=20)
    row._answer("40")
    assert "Set it up" in read_words(row)
    lab.close()
