"""The Binder links: made from the remote, quoted, and written into the README between two
markers."""

import json
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest

from musclechain.__main__ import main
from musclechain.tools.checkout import CheckoutError, write_block
from musclechain.tools.links import describe_links, find_lessons, parse_remote

START, END = "<!-- links: start -->", "<!-- links: end -->"


def write_lesson(folder, name, heading="# Lesson"):
    folder = folder / "notebooks"
    folder.mkdir(exist_ok=True)
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [heading]}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def checkout(tmp_path):
    """A small repository with two lessons and no remote."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    write_lesson(tmp_path, "01_body.ipynb", "# One body")
    write_lesson(tmp_path, "00_start_here.ipynb", "# Start here")
    return tmp_path


def add_remote(folder, address):
    subprocess.run(["git", "-C", str(folder), "remote", "add", "origin", address], check=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/body",
        "https://github.com/ada/body.git",
        "https://github.com/ada/body/",
        "https://ada:secret@github.com/ada/body.git",
        "http://www.github.com/ada/body",
        "git@github.com:ada/body.git",
        "git@github.com:ada/body",
        "ssh://git@github.com/ada/body.git",
        "ssh://git@github.com:22/ada/body.git\n",
        "git://github.com/ada/body.git",
    ],
)
def test_remote_is_read_in_all_its_forms(address):
    assert parse_remote(address) == "ada/body"


def test_dots_in_a_name_are_kept():
    assert parse_remote("git@github.com:ada/body.parts.git") == "ada/body.parts"


@pytest.mark.parametrize(
    "address",
    [
        "https://gitlab.com/ada/body.git",
        "https://notgithub.com/ada/body",
        "https://github.com.evil.org/ada/body",
        "/srv/git/body.git",
        "https://github.com/ada",
        "git@example.org:github.com/ada/body",
    ],
)
def test_remote_that_is_not_on_github_is_named_in_the_error(address):
    with pytest.raises(CheckoutError, match="not on GitHub.*--repo OWNER/NAME"):
        parse_remote(address)


def test_command_prints_badge_and_a_link_for_each_lesson(checkout, capsys):
    assert main(["links", "--repo", "ada/body", "--folder", str(checkout)]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = (
        "https://mybinder.org/v2/gh/ada/body/HEAD?urlpath=lab/tree/notebooks/00_start_here.ipynb"
    )
    assert (
        lines[0] == f"[![Open the lessons on Binder](https://mybinder.org/badge_logo.svg)]({start})"
    )
    assert lines[2:] == [
        f"- [Start here]({start})",
        f"- [One body]({start.replace('00_start_here', '01_body')})",
    ]


def test_command_follows_the_remote(checkout, capsys):
    add_remote(checkout, "git@github.com:grace/fork.git")
    assert main(["links", "--folder", str(checkout)]) == 0
    assert "https://mybinder.org/v2/gh/grace/fork/HEAD?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("remote", "arguments", "message"),
    [
        (None, [], "no Git remote named origin"),
        ("https://gitlab.com/ada/body", [], "not on GitHub"),
        (None, ["--repo", "ada"], "write it as OWNER/NAME"),
        (None, ["--repo", "ada/body/x"], "write it as OWNER/NAME"),
        (None, ["--repo", "ada/body?x=1"], "write it as OWNER/NAME"),
        (None, ["--repo", "ada/body", "--write", "no_such_file.md"], "cannot read"),
    ],
)
def test_command_says_in_words_what_is_wrong(checkout, capsys, remote, arguments, message):
    if remote:
        add_remote(checkout, remote)
    assert main(["links", "--folder", str(checkout), *arguments]) == 2
    shown = capsys.readouterr()
    assert message in shown.err and not shown.out


def test_folder_without_lessons_is_an_error(tmp_path, capsys):
    assert main(["links", "--repo", "ada/body", "--folder", str(tmp_path)]) == 2
    assert "no lessons here" in capsys.readouterr().err


def test_odd_names_survive_the_two_steps_of_quoting(tmp_path):
    write_lesson(tmp_path, "00 what? #1.ipynb")
    link = (
        describe_links(tmp_path, "ada/body", "try/this").splitlines()[2].split("](")[1].rstrip(")")
    )
    assert urlsplit(link).path == "/v2/gh/ada/body/try%2Fthis"
    assert parse_qs(urlsplit(link).query)["urlpath"] == [
        "lab/tree/notebooks/00%20what%3F%20%231.ipynb"
    ]


def test_brackets_in_a_title_do_not_break_the_link(tmp_path):
    write_lesson(tmp_path, "00.ipynb", "# Spread [draft]")
    assert find_lessons(tmp_path) == [("notebooks/00.ipynb", r"Spread \[draft\]")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_writing_replaces_the_block_and_nothing_else(checkout, newline):
    page = checkout / "README.md"
    text = newline.join(["# Title", START, "old", END, "", "after é", ""])
    page.write_bytes(text.encode())
    for repository in ("ada/body", "ada/body", "grace/fork"):
        assert (
            main(["links", "--repo", repository, "--folder", str(checkout), "--write", str(page)])
            == 0
        )
    written = page.read_bytes().decode()
    assert "old" not in written and "ada/body" not in written and written.count("grace/fork") == 3
    assert written.startswith(f"# Title{newline}{START}{newline}") and written.endswith(
        f"{END}{newline}{newline}after é{newline}"
    )
    assert written.count("\n") == written.count(newline)


@pytest.mark.parametrize(
    "text", ["no markers", START, f"{END}\n{START}", f"{START}\n{START}\n{END}"]
)
def test_writing_needs_both_markers(tmp_path, text):
    page = tmp_path / "README.md"
    page.write_text(text)
    with pytest.raises(CheckoutError, match="needs the line"):
        write_block(page, "links", "new")
    assert page.read_text() == text


def test_readme_has_a_block_for_the_links(root, tmp_path):
    page = tmp_path / "README.md"
    page.write_bytes((root / "README.md").read_bytes())
    write_block(page, "links", "new")
    assert f"{START}\nnew\n{END}" in page.read_text(encoding="utf-8")
