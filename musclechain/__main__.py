"""Commands of the package: ``python -m musclechain``, for whoever keeps the lessons."""

import argparse
import sys
from pathlib import Path

from musclechain.tools.checkout import CheckoutError, write_block
from musclechain.tools.contents import describe_lessons
from musclechain.tools.links import describe_links, find_repository
from musclechain.tools.new_lesson import write_lesson

__all__ = ["build_parser", "main"]


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m musclechain")
    commands = parser.add_subparsers(dest="command", required=True)

    links = commands.add_parser(
        "links", help="print the Binder badge and a Binder link for each lesson"
    )
    links.add_argument(
        "--repo", metavar="OWNER/NAME", help="repository on GitHub (default: the remote `origin`)"
    )
    links.add_argument(
        "--branch", default="HEAD", help="branch, tag or commit to open (default: HEAD)"
    )
    links.set_defaults(run=_make_links)

    lessons = commands.add_parser("lessons", help="print the table of lessons")
    lessons.set_defaults(run=_make_contents)
    for command in (links, lessons):
        command.add_argument(
            "--write", metavar="FILE", type=Path, help="replace this block of a Markdown file"
        )

    new = commands.add_parser(
        "new-lesson", help="write module, notebook and solution of a new lesson"
    )
    new.add_argument("name", help="two digits and the subject, such as 11_stiff_big_toe")
    new.add_argument("title", help='such as "The stiff big toe"')
    new.set_defaults(run=_make_lesson)

    outlines = commands.add_parser(
        "outlines", help="trace the body's outlines again, after its data have changed"
    )
    outlines.set_defaults(run=_make_outlines)
    for command in (links, new):
        command.add_argument(
            "--folder", type=Path, default=Path(), help="folder of the checkout (default: here)"
        )
    return parser


def _make_links(options: argparse.Namespace) -> str:
    repository = find_repository(options.folder, options.repo)
    block = describe_links(options.folder, repository, options.branch)
    if options.write is None:
        return block
    write_block(options.write, "links", block)
    return f"{options.write}: the links now open {repository}"


def _make_contents(options: argparse.Namespace) -> str:
    if options.write is None:
        return describe_lessons()
    write_block(options.write, "lessons", describe_lessons())
    return f"{options.write}: the table of lessons is up to date"


def _make_lesson(options: argparse.Namespace) -> str:
    written = write_lesson(options.folder, options.name, options.title)
    return "\n".join(
        [
            *(f"wrote {path}" for path in written),
            "Next: write it, then run python -m musclechain lessons --write README.md",
        ]
    )


def _make_outlines(_: argparse.Namespace) -> str:
    from musclechain.views.body.outline.cache import OUTLINES, write_outlines

    return f"wrote {OUTLINES}, {write_outlines() / 1024:.0f} kB"


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        Words of the command line; those of the running program when left out.

    Returns
    -------
    int
        0 when all went well, 2 when the command could not be carried out.
    """
    options = build_parser().parse_args(arguments)
    try:
        print(options.run(options))
    except CheckoutError as error:
        print(f"musclechain {options.command}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
