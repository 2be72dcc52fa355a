"""Imports go one way, and the drawing libraries stay where they belong."""

import ast
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "musclechain"
# What stands later may import what stands earlier, and never the other way round.
LAYERS = ["anatomy", "mechanics", "cases", "views", "labs", "lessons"]
ROOMS_OF_VIEWS = ["page", "words", "body", "charts"]
ONLY_IN = {
    "ipywidgets": {"labs", "lessons"},
    "plotly": {"views"},
    "anywidget": {"views"},
}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


class WithoutTypes(ast.NodeTransformer):
    """Leaves out ``if TYPE_CHECKING:``."""

    def visit_If(self, node):
        is_for_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return None if is_for_types else self.generic_visit(node)


def list_imports(path, for_types=True):
    """List the absolute names of the modules that a file of the package imports, anywhere in it,
    with or without those that only a type checker sees.

    For ``from a import b`` both ``a`` and ``a.b`` are named, because ``b`` may be a module.
    """
    package = ["musclechain", *path.parent.parts]
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    if not for_types:
        tree = WithoutTypes().visit(tree)
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module.split(".") if node.module else [])])
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return names


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_layers_import_only_earlier_layers(path):
    for before, layers in (("", LAYERS), ("views.", ROOMS_OF_VIEWS)):
        layer = path.parts[before.count(".")] if len(path.parts) > before.count(".") else ""
        if layer not in layers or not str(path.as_posix()).startswith(before.replace(".", "/")):
            continue
        later = layers[layers.index(layer) + 1 :]
        wrong = {
            name
            for name in list_imports(path)
            for other in later
            if f"{name}.".startswith(f"musclechain.{before}{other}.")
        }
        assert not wrong, f"{before}{layer} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_drawing_and_widget_libraries_stay_in_their_layer(path):
    wrong = {
        name
        for name in list_imports(path)
        if path.parts[0] not in ONLY_IN.get(name.split(".")[0], {path.parts[0]})
    }
    assert not wrong, f"{path} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_star_import_and_no_global_statement(path):
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    stars = [node for node in ast.walk(tree) if isinstance(node, ast.alias) and node.name == "*"]
    states = [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    assert not stars and not states


def run_python(code, folder):
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_importing_the_package_imports_no_drawing_library():
    heavy = run_python(
        f"import sys, musclechain; print([name for name in {list(ONLY_IN)} if name in"
        " sys.modules])",
        ROOT,
    )
    assert heavy == "[]"


def test_notebooks_import_the_package_that_the_tests_import(tmp_path):
    """A kernel starts outside the checkout: an old copy in the environment would be tested in its
    place."""
    found = Path(run_python("import musclechain; print(musclechain.__file__)", tmp_path))
    assert found.resolve().parent == PACKAGE, 'install the checkout with: pip install -e ".[test]"'


def name_module(path):
    """Absolute name of a module or, for ``__init__.py``, of its package."""
    parts = path.with_suffix("").parts
    return ".".join(["musclechain", *(parts[:-1] if parts[-1] == "__init__" else parts)])


def test_no_module_imports_itself_by_way_of_others():
    # the package's own list of public names imports all, and nothing imports from it
    names = {name_module(path): path for path in MODULES}
    graph = nx.DiGraph(
        (name, other)
        for name, path in names.items()
        for other in list_imports(path, for_types=False)
        if other in names and other != name and not other.startswith(f"{name}.")
    )
    assert graph.number_of_edges() > 100
    assert list(nx.simple_cycles(graph)) == []
