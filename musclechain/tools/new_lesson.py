"""A lesson to begin with: its module, its notebook and its solution, complete and running."""

import json
import re
from pathlib import Path
from string import Template
from typing import Any

from musclechain.tools.checkout import CheckoutError

__all__ = ["write_lesson"]

TEMPLATES = Path(__file__).parent / "templates"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def write_lesson(folder: Path, name: str, title: str) -> list[Path]:
    """Write the files of a new lesson into a checkout.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the checkout.
    name : str
        Two digits and the subject, such as ``11_stiff_big_toe``.
    title : str
        Such as ``The stiff big toe``.

    Returns
    -------
    list of pathlib.Path
        Module, notebook and solution.

    Raises
    ------
    CheckoutError
        For another form of name or an empty title, a number or name that is taken, or a
        folder that is no checkout; nothing is written then.
    """
    match = re.fullmatch(r"(\d\d)_([a-z][a-z0-9_]*)", name)
    if match is None:
        raise CheckoutError(
            f"{name!r} is no name of a lesson; write two digits and the subject in small letters,"
            " such as 11_stiff_big_toe"
        )
    if not title.strip() or '"' in title or "\n" in title:
        raise CheckoutError(f"{title!r} is no title; write a few words without quotation marks")
    number, slug = match.groups()
    modules, notebooks = folder / "musclechain" / "lessons", folder / "notebooks"
    if not modules.is_dir() or not notebooks.is_dir():
        raise CheckoutError(
            f"{folder.resolve()} is no checkout of musclechain; run this from the folder that holds"
            " notebooks/, or give it with --folder"
        )
    taken = [path.name for path in notebooks.glob(f"{number}_*.ipynb")]
    if taken:
        raise CheckoutError(f"the number {number} is taken by {taken[0]}; choose another")
    same = [path.name for path in notebooks.glob(f"[0-9][0-9]_{slug}.ipynb")]
    if same:
        raise CheckoutError(
            f"the name {slug} is taken by {same[0]}; it also names the lab and the exercise, so"
            " choose another"
        )
    camel = "".join(word.capitalize() for word in slug.split("_"))
    lower = title[0].lower() + title[1:]
    words = {"number": number, "slug": slug, "title": title, "lower": lower, "camel": camel}
    texts = {
        modules / f"lesson_{name}.py": _fill("lesson.py.txt", words),
        notebooks / f"{name}.ipynb": _build_notebook(_fill("lesson.cells", words)),
        notebooks / "solutions" / f"{name}.ipynb": _build_notebook(_fill("solution.cells", words)),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _fill(template: str, words: dict[str, str]) -> str:
    return Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(words)


def _build_notebook(text: str) -> str:
    """Build a notebook from cells that begin with ``%% kind id tags``; the tag "hidden" folds
    the source away."""
    cells = []
    for block in re.split(r"^%% ", text, flags=re.MULTILINE)[1:]:
        head, _, source = block.partition("\n")
        kind, key, *tags = head.split()
        cell: dict[str, Any] = {"cell_type": kind, "id": key, "metadata": {}}
        if "hidden" in tags:
            tags.remove("hidden")
            cell["metadata"]["jupyter"] = {"source_hidden": True}
        if tags:
            cell["metadata"]["tags"] = tags
        cell["source"] = source.rstrip("\n").splitlines(keepends=True)
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(dict(sorted(cell.items())))
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
