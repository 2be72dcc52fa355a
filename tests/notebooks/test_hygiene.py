"""How a notebook is kept: no output, short cells, nothing hidden, headings in order, pictures
described."""

import ast
import re
from itertools import pairwise
from urllib.parse import unquote

import nbformat
import pytest

from tests.notebooks.lessons import (
    FOLDER,
    NOTEBOOKS,
    is_solution,
    list_code,
    list_text,
    read_notebook,
)

LONGEST_CELL = 8
MOST_WORDS, MOST_WORDS_BEFORE = 1500, 160
# what builds a question, a lab or a list of answers
BUILDS = (
    r"mc\.((predict|ask_exercise|show_answers|NumberCheck|Check|\w+Lab)\b|ChainDiagram\(body\))"
)
OPENS = r"mc\.open_workbook\("
NETWORK = {"requests", "urllib", "http", "httpx", "aiohttp", "socket"}
# tables that answer a prediction or a task; that of root and nerve answers neither
ANSWERS = r"mc\.(?!compare_root_and_nerve)(describe|compare)_\w+\("
# what explains, and so tells what the model shows; these only ask, or tell nothing that is asked
EXPLAINS = r"(^|-)(why|people|lean|honest|along)(-|$)"
ASKS = {
    "03_limp.ipynb": {"lean", "lean-compare", "lean-sides-text"},
    "04_running_shoes_and_feet.ipynb": {
        "why",
        "stack-why",
        "sole-why",
        "ground-why",
        "feet-lab-why",
    },
    "05_uneven_hips.ipynb": {"why", "hundred-why", "one-leg-why"},
    "06_nerves_and_referred_pain.ipynb": {"why"},
}
LESSONS = [path for path in NOTEBOOKS if not is_solution(path)]
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=str)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=str)
every_predicting = pytest.mark.parametrize(
    "path", [path for path in LESSONS if path.name >= "02"], ids=str
)


@every_notebook
def test_format_is_valid_and_the_kernel_is_plain_python(path):
    notebook = read_notebook(path)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "widgets" not in notebook.metadata, "saved widget states must not be committed"


@every_notebook
def test_no_output_is_committed(path):
    kept = [
        index
        for index, cell in list_code(read_notebook(path))
        if cell.outputs or cell.execution_count is not None
    ]
    assert not kept, f"cells {kept} hold outputs or execution counts"


@every_notebook
def test_only_the_source_of_questions_and_labs_is_folded_away(path):
    """It would tell the answer above the question, and what begins a lesson would push the body off
    the first screen; what explains stays open."""
    for index, cell in enumerate(read_notebook(path).cells):
        jupyter = cell.metadata.get("jupyter", {})
        tags = [tag for tag in cell.metadata.get("tags", []) if re.match("hide|remove", tag)]
        assert not (jupyter.get("outputs_hidden") or tags or cell.metadata.get("collapsed")), (
            f"cell {index} is hidden"
        )
        if cell.cell_type == "code":
            folded = re.search(f"{BUILDS}|{OPENS}", cell.source) and not is_solution(path)
            assert bool(jupyter.get("source_hidden")) == bool(folded), (
                f"cell {index}: {'fold its source' if folded else 'open its source'}"
            )


@every_lesson
def test_a_lab_that_is_run_again_keeps_its_workbook(path):
    for index, cell in list_code(read_notebook(path)):
        assert not (re.search(OPENS, cell.source) and re.search(BUILDS, cell.source)), (
            f"cell {index} would begin with a new workbook each time"
        )


@every_lesson
def test_a_lesson_keeps_to_its_words(path):
    cells = [cell for cell in read_notebook(path).cells if cell.cell_type == "markdown"]
    words = sum(len(cell.source.split()) for cell in cells if "For teachers" not in cell.source)
    assert words <= MOST_WORDS, f"{words} words before the notes for teachers"


@every_lesson
def test_the_body_is_met_before_much_is_read(path):
    """A title, a question and what is folded; then the picture, on the first screen."""
    words = 0
    for cell in read_notebook(path).cells:
        if re.search(r"mc\.(\w+Lab|BodyMap)\(", cell.source):
            break
        words += 0 if cell.source.startswith("<details>") else len(cell.source.split())
    assert words <= MOST_WORDS_BEFORE or path.name.startswith("00"), f"{words} words"


@every_notebook
def test_code_cells_are_short(path):
    for index, cell in list_code(read_notebook(path)):
        lines = [
            line
            for line in cell.source.splitlines()
            if line.strip() and not line.strip().startswith("#")
        ]
        assert lines, f"cell {index} is empty"
        assert len(lines) <= LONGEST_CELL, f"cell {index} has {len(lines)} lines"


@every_notebook
def test_code_cells_are_plain_statements(path):
    """No definitions outside exercises, no star imports, no global state, no path tricks, no
    shell, no network."""
    for index, cell in list_code(read_notebook(path)):
        tree = ast.parse(cell.source)
        nodes = list(ast.walk(tree))
        may_define = is_solution(path) or "exercise" in cell.metadata.get("tags", [])
        definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        assert may_define or not any(isinstance(node, definitions) for node in nodes), (
            f"cell {index} defines something"
        )
        assert not any(isinstance(node, ast.alias) and node.name == "*" for node in nodes), (
            f"cell {index}: star import"
        )
        assert not any(isinstance(node, ast.Global) for node in nodes), f"cell {index}: global"
        assert "sys.path" not in cell.source, f"cell {index}: path"
        assert not NETWORK & _list_imported(nodes) and "://" not in cell.source, (
            f"cell {index}: network"
        )


def _list_imported(nodes):
    plain = {
        alias.name.split(".")[0]
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return plain | {
        (node.module or "").split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)
    }


@every_lesson
def test_first_cell_is_the_title_and_headings_are_in_order(path):
    notebook = read_notebook(path)
    assert notebook.cells[0].cell_type == "markdown" and re.match(r"# \S", notebook.cells[0].source)
    levels = [
        len(marks)
        for text in list_text(notebook)
        for marks in re.findall(r"^(#+) ", text, re.MULTILINE)
    ]
    assert levels.count(1) == 1, "a lesson has one title"
    jumps = [(before, after) for before, after in pairwise(levels) if after > before + 1]
    assert not jumps, f"heading levels jump: {jumps}"


@every_predicting
def test_a_table_that_answers_a_question_waits_for_the_prediction(path):
    for _, cell in list_code(read_notebook(path)):
        shown = cell.source.strip().rpartition("\n")[2]
        assert not re.search(ANSWERS, cell.source) or shown.startswith("mc.after("), (
            f"{shown} shows itself without mc.after"
        )


@every_predicting
def test_a_text_that_explains_what_is_asked_is_folded(path):
    """At most a heading stands open above the fold: what follows it may ask, and go on."""
    for cell in read_notebook(path).cells:
        if cell.cell_type == "markdown" and re.search(EXPLAINS, cell.id):
            opened, fold, _ = cell.source.partition("<details>\n<summary>")
            lines = [line for line in opened.splitlines() if line and not line.startswith("#")]
            told = lines if fold else cell.source.splitlines()
            assert not told or cell.id in ASKS.get(path.name, ()), f"{cell.id}: {told[0]}"


@every_predicting
def test_what_closes_a_lesson_waits_for_its_last_prediction(path):
    code = "\n".join(cell.source for _, cell in list_code(read_notebook(path)))
    *_, last = re.findall(r"^(\w+) = mc\.predict\(", code, re.MULTILINE)
    assert f"mc.after({last}, closing)" in code


@every_notebook
def test_pictures_have_words(path):
    for text in list_text(read_notebook(path)):
        assert not re.search(r"!\[\s*\]\(", text), "a picture lacks its alternative text"
        for tag in re.findall(r"<img\b[^>]*>", text):
            assert re.search(r"""alt=(["']).+?\1""", tag), f"{tag} lacks its alternative text"


@every_notebook
def test_links_lead_somewhere_and_pictures_are_local(path):
    folder = (FOLDER / path).parent
    for text in list_text(read_notebook(path)):
        pictures = re.findall(r"!\[[^\]]*\]\(([^)\s]+)", text) + re.findall(
            r"""src=["']([^"']+)""", text
        )
        links = (
            re.findall(r"\]\(([^)\s]+)", text)
            + re.findall(r"""href=["']([^"']+)""", text)
            + pictures
        )
        away = {link for link in links if re.match(r"[a-z]+:", link)}
        assert not away & set(pictures), "a picture is fetched from the network"
        lost = [
            link
            for link in links
            if link not in away and not (folder / unquote(link.split("#")[0])).exists()
        ]
        assert not lost, f"{lost} lead nowhere"


@every_lesson
def test_name_is_numbered(path):
    assert re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", path.name)


def test_numbers_are_used_once():
    numbers = [path.name[:2] for path in LESSONS]
    assert len(numbers) == len(set(numbers))


@every_lesson
def test_minutes_of_the_goals_add_up_to_the_time_that_is_stated(path):
    text = "\n".join(list_text(read_notebook(path)))
    stated = int(re.search(r"\*\*About (\d+) minutes\.\*\*", text)[1])
    goals = re.search(r"## Goals\n(.+?)(?=\n##|\Z)", text, re.DOTALL)[1]
    assert sum(map(int, re.findall(r"^\d+\. .*\((\d+) minutes\)$", goals, re.MULTILINE))) == stated


@every_lesson
def test_teachers_find_timing_misconceptions_and_a_version_without_computers(path):
    last = read_notebook(path).cells[-1].source
    assert last.startswith("<details>") and "**For teachers**" in last.replace("<b>", "**").replace(
        "</b>", "**"
    )
    for words in (r"\*\*(Tim|A script)", "What students often say", r"\*\*Without computers"):
        assert re.search(words, last), f"the notes for teachers lack {words!r}"


@every_lesson
def test_each_lesson_names_the_signs_for_a_clinician_and_links_on(path):
    text = "\n".join(list_text(read_notebook(path)))
    for sign in ("numb", "weak", "clinician"):
        assert sign in text.lower()
    assert "## Where to go next" in text and f"solutions/{path.name}" in text


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if is_solution(path)], ids=str)
def test_a_solution_belongs_to_a_lesson_and_answers_its_exercises(path):
    lesson = read_notebook(path.name)
    tagged = [
        [cell.id for cell in notebook.cells if "exercise" in cell.metadata.get("tags", [])]
        for notebook in (lesson, read_notebook(path))
    ]
    assert tagged[0] == tagged[1] and tagged[0]


def test_start_page_calls_the_controls_of_the_map_by_their_names():
    cells = {cell.id: cell.source for cell in read_notebook("00_start_here.ipynb").cells}
    script = "".join(
        path.read_text(encoding="utf-8")
        for path in (FOLDER.parent / "musclechain" / "views" / "body" / "js").glob("*.js")
    )
    left = [
        line.split("|")[1]
        for key in ("click-table", "compare")
        for line in cells[key].splitlines()
        if line.startswith("| ")
    ]
    named = {name for cell in left for name in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", cell)}
    assert len(named) >= 12 and not [name for name in named if f'"{name}"' not in script]
