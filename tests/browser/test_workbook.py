"""A learner keeps answers and marks, closes the page, and finds them again."""

import json
from pathlib import Path

import pytest

from tests.browser.lab_server import write_notebook

CELLS = (
    "import musclechain as mc\nbody = mc.read_body()",
    "workbook = mc.open_workbook('02_hamstring_strain')",
    "prediction = mc.predict('strain', body, workbook)",
    "mc.HamstringLab(body, prediction, mc.tasks('strain'), workbook)",
    "mc.ask_exercise('turn_the_pelvis', body, workbook)",
    "workbook",
)
FILE = "02_hamstring_strain.answers.json"


@pytest.mark.browser
def test_answers_and_marks_are_there_the_next_day(lab, open_notebook):
    path = Path("kept.ipynb")
    write_notebook(lab.folder / path, *CELLS)
    page = open_notebook(path).page
    page.get_by_role("button", name="Soleus, left").first.press("Enter")
    page.get_by_text("Keep my answers in a file").click()
    page.locator(".mc-question").first.locator("input[type=radio]").nth(3).click()
    page.get_by_role("button", name="That is my answer").click()
    page.locator(".mc-question details", has_text="You marked 1.").wait_for()
    field = page.locator(".mc-question").nth(1).get_by_placeholder("a number (N)")
    field.fill("50")
    page.locator(".mc-question").nth(1).get_by_role("button", name="Check").click()
    page.get_by_text("too little").wait_for()
    page.get_by_role("status").get_by_text(f"Your answers are in {FILE}").wait_for()
    kept = json.loads((lab.folder / FILE).read_text(encoding="utf-8"))
    assert kept["answers"]["exercise turn_the_pelvis"] == "50"
    assert kept["marks"] == {"strain": ["soleus_left"]}

    page = open_notebook(path).page
    page.get_by_role("status").get_by_text(f"Your answers were read from {FILE}").wait_for()
    assert page.locator(".mc-question").first.locator("input[type=radio]").nth(3).is_checked()
    page.locator(".mc-question details", has_text="You marked 1.").wait_for()
    field = page.locator(".mc-question").nth(1).get_by_placeholder("a number (N)")
    assert field.input_value() == "50"
    page.get_by_text("too little").wait_for()
