"""The script of the body map: its modules are tested and formatted, the file that the widget loads
is made of them, and what Python packs they read as it was meant."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.graph_checks import GraphError
from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.picture import pack_vertices
from musclechain.views.body.scene import read_scene
from musclechain.views.body.sentences import say_factor, say_kept_scale, say_levels
from tests.front_end.many_bones import build_many_bones

HERE = Path(__file__).resolve().parent
VIEWS = HERE.parents[1] / "musclechain" / "views"
BUNDLE = VIEWS / "body" / "bodymap.bundle.js"
SOURCES = [
    *sorted((VIEWS / "body" / "js").glob("*.js")),
    VIEWS / "body" / "climb.js",
    *sorted((VIEWS / "page").glob("*.js")),
]
# What belongs to the whole page: a widget reaches it from its own element only.
GLOBALS = re.compile(
    r"(?<![\w.])(document|window|globalThis)\s*[.\[]"
    r"|(?<![\w.])(setTimeout|clearTimeout|requestAnimationFrame|cancelAnimationFrame"
    r"|queueMicrotask|matchMedia|getComputedStyle|addEventListener)\("
    r"|(?<![\w.])new (ResizeObserver|MutationObserver|Blob|XMLSerializer)\("
    r"|(?<![\w.])(performance|crypto|URL)\."
    r"|\.body\b|document\.(querySelector|getElementById)"
)
LONGEST_LINE, LONGEST_FUNCTION = 100, 30
AGREED = json.loads((HERE / "agreed_words.json").read_text(encoding="utf-8"))

Run = Callable[..., str]


@pytest.fixture(scope="module")
def run_node(missing_tool: Callable[[str], None]) -> Run:
    """Function that runs node in this folder and returns what it wrote."""
    node = shutil.which("node")
    if node is None:
        missing_tool("node is not installed (apt-get install nodejs npm)")

    def run(*arguments: str, text: str | None = None) -> str:
        answer = subprocess.run(
            [node, *arguments],
            cwd=HERE,
            input=text,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert answer.returncode == 0, (answer.stdout + answer.stderr)[-3000:]
        return answer.stdout

    return run


@pytest.fixture(scope="module")
def run_npm(run_node: Run, missing_tool: Callable[[str], None]) -> Run:
    """The same, with the packages of package.json at hand."""
    if not (HERE / "node_modules" / "esbuild").exists():
        missing_tool("the packages of tests/front_end are not installed (npm ci, in that folder)")
    return run_node


# ---- the modules


def test_the_modules_pass_their_own_tests(run_node: Run) -> None:
    said = run_node("--test", "--test-reporter=tap")
    passed = re.search(r"^# pass (\d+)$", said, re.MULTILINE)
    assert passed and int(passed[1]) >= 50, said[-2000:]
    assert re.search(r"^# (skipped|todo) [1-9]", said, re.MULTILINE) is None


def test_the_script_that_the_widget_loads_is_made_of_the_modules(
    run_npm: Run, tmp_path: Path
) -> None:
    run_npm("build.js", str(tmp_path / "bundle.js"))
    fresh = (tmp_path / "bundle.js").read_text(encoding="utf-8")
    assert fresh == BUNDLE.read_text(encoding="utf-8"), (
        "a module was changed after the script was made: run `npm run build` in tests/front_end"
    )


def test_a_stale_script_would_be_found_out(run_npm: Run, tmp_path: Path) -> None:
    """A check that cannot fail is none: the same modules with one word changed give another
    script."""
    shutil.copytree(VIEWS, tmp_path / "musclechain" / "views")
    module = tmp_path / "musclechain" / "views" / "body" / "js" / "wording.js"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("not computed", "unknown"), encoding="utf-8")
    folder = tmp_path / "tests" / "front_end"
    folder.mkdir(parents=True)
    shutil.copy(HERE / "build.js", folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "node_modules").symlink_to(HERE / "node_modules", target_is_directory=True)
    run_npm(str(folder / "build.js"), str(tmp_path / "bundle.js"))
    made = (tmp_path / "bundle.js").read_text(encoding="utf-8")
    assert "unknown" in made and made != BUNDLE.read_text(encoding="utf-8")


def test_the_modules_are_formatted(run_npm: Run) -> None:
    scripts = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["scripts"]
    program, *arguments = scripts["check-format"].split()
    assert program == "prettier"
    run_npm("node_modules/prettier/bin/prettier.cjs", *arguments)


def test_every_name_in_the_modules_is_defined_and_used(run_npm: Run) -> None:
    files = re.search(r"^(\d+) files$", run_npm("lint.js"), re.MULTILINE)
    assert files and int(files[1]) > len(SOURCES)


@pytest.mark.parametrize(
    "code", ["addNode(1);", "export function f() { return g(); }", "import { f } from './f.js';"]
)
def test_a_name_without_a_meaning_would_be_found_out(run_npm: Run, code: str) -> None:
    with pytest.raises(AssertionError, match="no-undef|no-unused-vars"):
        run_npm("lint.js", "-", text=code)


def strip_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_module_touches_nothing_outside_of_its_own_element(path: Path) -> None:
    found = GLOBALS.findall(strip_comments(path.read_text(encoding="utf-8")))
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        "document.querySelector('p')",
        "node.ownerDocument.body.append(x)",
        "window.alert(1)",
        "setTimeout(f)",
        "new ResizeObserver(f)",
        "URL.createObjectURL(b)",
    ],
)
def test_a_module_that_did_would_be_found_out(code: str) -> None:
    assert GLOBALS.search(code)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_modules_are_short_and_so_are_their_functions(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= LONGEST_LINE
    start = 0
    for number, line in enumerate(lines):
        # a function or method begins and ends at the same indent
        if re.match(r"(export )?(async )?function |  (get )?\w+\(.*\) \{$", line):
            start = number
        if line in ("}", "  }"):
            assert number - start <= LONGEST_FUNCTION, f"{path.name}:{start + 1} is long"
            start = number


# ---- what Python and the browser agree on


@pytest.mark.parametrize("case", AGREED["levels"], ids=lambda case: case["words"])
def test_levels_are_said_as_in_the_browser(case: dict[str, Any]) -> None:
    levels = [np.nan if value is None else value for value in case["levels"]]
    assert say_levels(levels, case["side"]) == case["words"]


@pytest.mark.parametrize("case", AGREED["factors"], ids=lambda case: case["words"])
def test_factors_are_said_as_in_the_browser(case: dict[str, Any]) -> None:
    assert say_factor(case["drawn"], case["asked"]) == case["words"]


@pytest.mark.parametrize("case", AGREED["scales"], ids=lambda case: case["words"])
def test_another_scale_is_said_as_in_the_browser(case: dict[str, Any]) -> None:
    assert say_kept_scale(case["drawn"], case["kept"]) == case["words"]


@pytest.fixture(scope="module")
def many() -> mc.Body:
    return build_many_bones()


def test_a_body_of_twenty_bones_is_drawn_with_each_of_them(many: mc.Body) -> None:
    picture = mc.BodyMap(many)
    assert len(many.bones) == picture.picture["bones"] == 20
    vertices = np.frombuffer(picture.outlines, "<i2").reshape(-1, 6)
    points, bones, share = (
        np.concatenate([getattr(curves, name) for curves in list_curves(picture)])
        for name in ("points", "bones", "share")
    )
    assert {many.bones.index(f"forearm_{side}") for side in ("left", "right")} <= set(bones.flat)
    assert np.array_equal(vertices[:, 3:5], bones)
    assert np.allclose(vertices[:, :3] / 10, points, atol=0.0501)
    assert np.allclose(vertices[:, 5] / 1000, share, atol=0.000501)


@pytest.mark.parametrize("view", ["back", "left"])
def test_the_browser_draws_twenty_bones_where_python_does(
    run_node: Run, many: mc.Body, view: str
) -> None:
    result = mc.spread(many, mc.Limp("left", 0.5, 10.0))
    picture = mc.BodyMap(many, result)
    moves = read_scene(result).transforms[-1]
    message = {
        "view": view,
        "picture": picture.picture,
        "outlines": base64.b64encode(picture.outlines).decode(),
        "state": base64.b64encode(picture.state).decode(),
    }
    parts = json.loads(run_node("draw_parts.js", text=json.dumps(message)))
    curves = list_curves(picture)
    assert len(parts) == len(curves)
    furthest = 0.0
    for part, drawn in zip(parts, curves, strict=True):
        numbers = np.array(re.findall(r"-?[\d.]+", part["path"]), float).reshape(-1, 2)
        expected = project_points(drawn.place(moves), view)
        assert np.allclose(numbers, expected, atol=0.16)
        assert set(part["bones"]) <= set(drawn.bones.flat)
        furthest = max(furthest, np.abs(expected - project_points(drawn.points, view)).max())
    assert furthest > 20, "the posture moves nothing, so nothing was tried"


def list_curves(picture: mc.BodyMap) -> list[Any]:
    """List the curves of a drawing, each once for each way in which it is drawn, in the order in
    which they travel."""
    parts = [
        part
        for groups in picture.drawing.views.values()
        for group in groups
        for part in group.curves
    ]
    return list({(role, id(drawn)): drawn for role, drawn in parts}.values())


# ---- what cannot be packed


def pack(point: list[float], count: int = 20) -> bytes:
    return pack_vertices(np.array([point]), np.array([[count - 1, 0]]), np.array([0.75]), count)


def test_the_last_bone_that_fits_is_packed() -> None:
    assert np.frombuffer(pack([0, 0, 0], count=32768), "<i2")[3] == 32767


def test_more_bones_than_fit_are_refused_in_words() -> None:
    with pytest.raises(GraphError, match="has 32769 bones, and the body map can draw 32768"):
        pack([0, 0, 0], count=32769)


@pytest.mark.parametrize("place", [3300.0, -3300.0, np.nan, np.inf])
def test_a_body_that_is_too_large_is_refused_in_words(place: float) -> None:
    with pytest.raises(GraphError, match="from the origin, and the body map can draw as far as"):
        pack([0, place, 0])
