"""What the lessons say is said without words that frighten: those of the list, quotations of the
text's claims apart."""

import ast
import re

import pytest

import musclechain as mc
from musclechain.anatomy.problems import DataError
from musclechain.lessons.wording import OWN, find_avoided, read_words
from tests.notebooks.lessons import NOTEBOOKS, read_notebook

WORDS = read_words()
SHOWN = ("lessons", "labs", "views")
# what students or clients say, for teachers to answer: in quotation marks
SAID_BY_OTHERS = re.compile(r"\*\"[^\"]*\"\*|\"[^\"]*\"|'[^'\n]*'(?=\.?[\"'])")


def list_module_texts(root):
    """The strings of modules that put words on a page, without docstrings."""
    for folder in SHOWN:
        for path in sorted((root / "musclechain" / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docs = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
                and node.body
                and isinstance(node.body[0], ast.Expr)
            }
            for node in ast.walk(tree):
                is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
                if is_text and id(node) not in docs:
                    yield f"{path.name}, line {node.lineno}", node.value


def list_notebook_texts():
    for path in NOTEBOOKS:
        for number, cell in enumerate(read_notebook(path).cells):
            # a code cell holds what it asks; its strings are no quotations
            text = cell.source if cell.cell_type == "code" else SAID_BY_OTHERS.sub("", cell.source)
            yield f"{path}, cell {number}", text


def test_no_lesson_uses_a_word_of_the_list(root):
    texts = [*list_module_texts(root), *list_notebook_texts()]
    found = [
        f"{place}: {word!r}; say: {entry.instead}"
        for place, text in texts
        for word, entry in find_avoided(text, WORDS)
    ]
    assert len(texts) > 1000 and not found, "\n".join(found)


def test_what_the_data_say_of_claims_keeps_to_it_too(body):
    said = [claim.evidence_says for claim in body.graph.graph["claims"].values()]
    assert not [found for text in said for found in find_avoided(text, WORDS)]


def test_a_word_is_found_in_any_case_and_only_whole():
    found = [word for word, _ in find_avoided("Worn  out, DAMAGED; undamaged knotsweed", WORDS)]
    assert sorted(found) == ["DAMAGED", "Worn out"]


def test_each_entry_says_what_to_say_why_and_after_whom(body):
    known = {*body.graph.graph["sources"], *body.graph.graph["evidence"], OWN}
    spelled = [word for entry in WORDS for word in entry.avoid]
    assert {entry.source for entry in WORDS} <= known
    assert len(set(spelled)) == len(spelled) and all(one == one.lower() for one in spelled)
    for entry in WORDS:
        assert not find_avoided(f"{entry.instead} {entry.because}", WORDS)
    shown = mc.show_words(body)
    assert "<details>" in shown._repr_html_() and "our own judgement" in shown._repr_html_()
    assert "out of place" in repr(shown) and len(shown.table) == len(WORDS)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("avoid,instead\n", "row 1"),
        ("avoid,instead,because,source\na,b,c\n", "row 2: found 3 cells"),
        ("avoid,instead,because,source\na,,c,d\n", "row 2, column instead: found nothing"),
    ],
)
def test_a_broken_list_is_told_with_row_and_column(tmp_path, text, match):
    (tmp_path / "words.csv").write_text(text)
    with pytest.raises(DataError, match=match):
        read_words(tmp_path / "words.csv")
