"""The signs with which to seek help: each place that names them says what the one list says."""

import re

import pytest

import musclechain as mc
from musclechain.views.words.home_card import NO_DIAGNOSIS
from musclechain.views.words.red_flags import ASK, RED_FLAGS
from tests.notebooks.lessons import NOTEBOOKS, is_solution, read_notebook

LESSONS = [path for path in NOTEBOOKS if not is_solution(path)]
START, *OTHERS = LESSONS
LINK = "00_start_here.ipynb#When-to-see-a-clinician"
# what stands between the signs
BETWEEN = (
    "a plan for a person belongs to that person and a clinician",
    "seek help **at once**",
    "see a clinician",
    "all signs",
    "or",
)
LEG, SEAT, BLADDER = RED_FLAGS[:3]


def read_note(path):
    """The note at the top of a lesson, in small letters, up to its link to the whole list."""
    note = next(
        line for line in read_notebook(path).cells[0].source.splitlines() if line.startswith(">")
    )
    said, link, _ = note.partition(f"]({LINK})")
    assert link, "the note leads to the whole list"
    return said.rpartition("[")[0].split("** ", 1)[1].lower(), said.rpartition("[")[2].lower()


def find_named(said):
    """The signs that a text names, and what is left of it without them."""
    named = []
    ways = [(short, flag) for flag in (*RED_FLAGS, *ASK) for short in flag.short]
    for short, flag in sorted(ways, key=lambda way: -len(way[0])):
        if re.search(rf"\b{re.escape(short)}\b", said):
            named.append(flag)
            said = re.sub(rf"\b{re.escape(short)}\b", "", said)
    for words in BETWEEN:
        said = said.replace(words, "")
    return named, re.sub(r"[\s.,:]", "", said)


def find_cell(path, name):
    return next(cell.source for cell in read_notebook(path).cells if cell.get("id") == name)


def test_lesson_00_has_the_whole_list_and_says_when_to_ask():
    text = find_cell(START, "red-flags")
    assert re.findall(r"^- (.+)$", text, re.MULTILINE) == [flag.words for flag in RED_FLAGS]
    for words in ("lasts", "worries", "cancer"):
        assert words in text


def test_the_card_has_the_whole_list_and_says_when_to_ask(body):
    card = str(mc.show_card(body))
    told = card.partition("Get help at once if\n")[2].splitlines()
    assert told[: len(RED_FLAGS)] == [f"- {flag.words}" for flag in RED_FLAGS]
    for words in (part for flag in ASK for part in flag.words.split(", or ")):
        assert words in NO_DIAGNOSIS


@pytest.mark.parametrize("path", OTHERS, ids=str)
def test_the_note_at_the_top_of_a_lesson_names_signs_of_the_list_alone(path):
    said, link = read_note(path)
    named, left = find_named(said)
    assert left == "", "each sign in a note is one of the list, in words that the list gives"
    assert link in BETWEEN and {LEG, BLADDER} <= {*named}
    if "at once" in said:
        urgent, _ = find_named(said.partition("seek help")[0])
        assert {LEG, SEAT, BLADDER} <= {*urgent}


def test_who_felt_a_pop_is_told_before_the_warm_up_of_the_hamstring_lesson():
    (path,) = (path for path in OTHERS if path.name.startswith("02"))
    texts = [cell.source.lower() for cell in read_notebook(path).cells]
    assert any(f"after {RED_FLAGS[-1].short[0]}, see a clinician" in text for text in texts)
