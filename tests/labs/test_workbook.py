"""A workbook: answers, marks and settings stay; a file that cannot be read costs nothing but a
message."""

import html
import json
import os

import ipywidgets as widgets
import pytest
from hypothesis import given
from hypothesis import strategies as st

import musclechain as mc
from musclechain.labs.questions import Check
from musclechain.labs.tasks import TaskRow
from musclechain.labs.workbook import Page, PageError, Workbook, read_page, write_page
from tests.labs.parts import find_parts, press, read_words
from tests.names import NASTY

LESSON = "02_hamstring_strain"
FILE = f"{LESSON}.answers.json"


class Sheet:
    """A page of the lesson, as its cells build it."""

    def __init__(self, body, folder):
        self.body = body
        self.workbook = mc.open_workbook(LESSON, folder)
        self.run()

    def run(self):
        """Run the cells of the questions and the lab again."""
        self.prediction = mc.predict("strain", self.body, self.workbook)
        self.lab = mc.HamstringLab(
            self.body,
            prediction=self.prediction,
            tasks=mc.tasks("strain"),
            workbook=self.workbook,
        )
        self.ask = mc.ask_exercise("turn_the_pelvis", self.body, self.workbook)
        (self.row,) = find_parts(self.lab, TaskRow)

    def keep(self, value=True):
        find_parts(self.workbook, widgets.Checkbox)[0].value = value

    def fill_in(self):
        """Answer some of everything; returns the right answer of the second task."""
        self.lab.map.marked = ["soleus_left", "psoas_major_left"]
        self.prediction.answer = mc.predict("strain")._choice.options[-1]
        task = self.lab.tasks[1]
        right = task.tell_answer(self.lab.solve(**task.setting))
        self.row.show(1)
        self.row._typed.value = right
        press(self.row, "Check")
        self.row.show(3)
        self.row._choice.value = "Nothing"
        self.ask.check("50 N")
        return right


def read_note(box):
    return html.unescape(find_parts(box, widgets.HTML)[-1].value)


@pytest.fixture
def sheet(body, tmp_path):
    return Sheet(body, tmp_path)


def test_nothing_is_written_before_the_learner_says_so(sheet, tmp_path):
    sheet.fill_in()
    assert list(tmp_path.iterdir()) == []
    sheet.keep()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_was_answered_is_there_the_next_day(body, sheet, tmp_path):
    right = sheet.fill_in()
    sheet.keep()
    sheet.lab.set(grade=3)
    again = Sheet(body, tmp_path)
    assert again.prediction.answer == sheet.prediction.answer != ""
    assert again.prediction._choice.value == again.prediction.answer
    assert "You predicted" in read_words(again.prediction)
    assert again.lab.map.marked == ["soleus_left", "psoas_major_left"]
    assert not again.lab.map.veiled and "You marked 2" in read_words(again.prediction)
    assert again.row.answers == ["", right, "", "Nothing", "", ""]
    again.row.show(1)
    assert again.row._typed.value == right and "✓ Right" in read_note(again.row)
    again.row.show(3)
    assert again.row._choice.value == "Nothing" and "✓ Right" in read_note(again.row)
    assert again.ask.answer == "50 N" and not again.ask.reply.is_right
    assert "too little" in again.ask.reply.message
    # a lesson starts where it starts: in the state that the prediction asks about
    assert again.lab.values["grade"] == 2 and again.lab.values["posture"] is False
    assert find_parts(again.workbook, widgets.Checkbox)[0].value
    assert FILE in again.workbook.message


def test_a_cell_that_is_run_again_keeps_answers_and_settings(sheet):
    right = sheet.fill_in()
    sheet.lab.set(grade=3, guarding=0.5)
    sheet.run()
    assert sheet.lab.values["grade"] == 3 and sheet.lab.values["guarding"] == 0.5
    assert sheet.lab.result.causes[0].grade == 3
    assert sheet.prediction.answer and not sheet.lab.map.veiled
    assert sheet.lab.map.marked == ["soleus_left", "psoas_major_left"]
    assert sheet.row.answers[1] == right and sheet.ask.answer == "50 N"
    sheet.lab.reset()
    assert sheet.lab.values["grade"] == 2 and sheet.lab.values["guarding"] == 0


def test_every_answer_after_that_is_written_at_once(sheet, tmp_path):
    sheet.keep()
    sheet.ask.check("123")
    assert read_page(tmp_path / FILE).answers["exercise turn_the_pelvis"] == "123"
    sheet.keep(False)
    sheet.ask.check("124")
    assert read_page(tmp_path / FILE).answers["exercise turn_the_pelvis"] == "123"
    assert "stays until you delete it" in sheet.workbook.message


def test_a_check_keeps_its_choice(tmp_path):
    workbook = Workbook(LESSON, tmp_path)
    question = ("Which?", {"a": "", "b": "No."}, "Because.", workbook)
    Check(*question)._choice.value = "b"
    assert Check(*question)._choice.value == "b" and "No." in read_note(Check(*question))


BROKEN = {
    "": "row 1, column 1",
    "{": "row 1, column 2",
    '{\n "lesson": 3\n}': "lesson: found '3'",
    "[]": "the whole file",
    '{"lesson": "03_limp"}': "lesson: found '03_limp'",
    '{"lesson": "02_hamstring_strain", "answers": {"prediction strain": 3}}': "answers",
    '{"lesson": "02_hamstring_strain", "marks": {"strain": "soleus_left"}}': "marks.strain",
    '{"lesson": "02_hamstring_strain", "more": 1}': "more",
    "[" * 100_000: "",
    "x" * 600_000: "more than 500 kB",
}


@pytest.mark.parametrize("text, words", BROKEN.items(), ids=lambda text: text[:20])
def test_a_broken_file_costs_a_message_and_is_set_aside(body, tmp_path, text, words):
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    sheet = Sheet(body, tmp_path)
    assert "could not be read" in sheet.workbook.message and words in sheet.workbook.message
    assert FILE in sheet.workbook.message
    sheet.fill_in()
    assert path.read_text(encoding="utf-8") == text
    sheet.keep()
    assert read_page(path).answers["exercise turn_the_pelvis"] == "50 N"
    assert (tmp_path / f"{LESSON}.broken1.txt").read_text(encoding="utf-8") == text


def test_answers_are_kept_where_a_broken_file_was_deleted_meanwhile(body, tmp_path):
    path = tmp_path / FILE
    path.write_text("no page", encoding="utf-8")
    sheet = Sheet(body, tmp_path)
    path.unlink()
    sheet.fill_in()
    sheet.keep()
    assert read_page(path).answers["exercise turn_the_pelvis"] == "50 N"
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


def test_what_fits_no_more_is_left_out_and_the_rest_is_there(body, tmp_path):
    page = Page(
        lesson=LESSON,
        answers={
            "prediction strain": "an answer of last year",
            "tasks HamstringLab": ["", "2.5", "", "another", "", "", "a seventh"],
            "exercise turn_the_pelvis": ["a list"],
        },
        marks={"strain": ["no_such_muscle"]},
    )
    write_page(page, tmp_path / FILE)
    sheet = Sheet(body, tmp_path)
    assert sheet.prediction.answer == "" and sheet.lab.map.veiled and sheet.lab.map.marked == []
    assert sheet.row.answers == ["", "2.5", "", "", "", ""]
    assert sheet.ask.answer == ""
    assert "does not fit this lesson any more" in sheet.workbook.message


@pytest.mark.parametrize("lesson", ["", "../x", "a/b", "a.b", 3, None])
def test_a_workbook_is_named_as_a_notebook(lesson, tmp_path):
    with pytest.raises(ValueError, match="named as its notebook"):
        mc.open_workbook(lesson, tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to this user"
)
def test_a_folder_that_cannot_be_written_to_is_said(sheet, tmp_path):
    tmp_path.chmod(0o500)
    sheet.keep()
    assert "could not be written" in sheet.workbook.message
    tmp_path.chmod(0o700)


def test_a_folder_that_is_gone_is_said(body, tmp_path):
    sheet = Sheet(body, tmp_path / "gone")
    sheet.keep()
    assert "could not be written" in sheet.workbook.message
    sheet.ask.check("50")
    assert sheet.ask.reply.message


TEXT = st.text(max_size=60)


@given(
    st.builds(
        Page,
        lesson=TEXT,
        learner=TEXT,
        answers=st.dictionaries(TEXT, st.one_of(TEXT, st.lists(TEXT, max_size=4)), max_size=4),
        marks=st.dictionaries(TEXT, st.lists(TEXT, max_size=4), max_size=4),
    )
)
def test_what_is_written_is_read_back(tmp_path_factory, page):
    path = tmp_path_factory.mktemp("pages") / "page.answers.json"
    write_page(page, path)
    assert read_page(path) == page
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@given(st.text(max_size=200))
def test_any_text_is_a_page_or_an_error_in_words(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("texts") / "page.answers.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PageError, match=r"page\.answers\.json"):
        read_page(path)


def test_a_name_that_tries_to_be_more_is_shown_as_text(tmp_path):
    (tmp_path / FILE).write_text(json.dumps({"lesson": NASTY}), encoding="utf-8")
    workbook = Workbook(LESSON, tmp_path)
    assert "<img" not in workbook._note.value and "&lt;img" in workbook._note.value
