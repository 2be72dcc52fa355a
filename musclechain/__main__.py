"""Commands of the package: ``python -m musclechain``, for whoever keeps the lessons."""

import argparse
import sys
from pathlib import Path

from musclechain.anatomy.body import read_body
from musclechain.anatomy.tables import read_tables
from musclechain.lessons.claims import report_claims
from musclechain.tools.checkout import CheckoutError, write_block
from musclechain.tools.contents import describe_lessons
from musclechain.tools.links import describe_links, find_repository
from musclechain.tools.new_lesson import write_lesson
from musclechain.tools.validation.report import (
    answer_all,
    build_table,
    check_path,
    describe_answers,
    write_table,
)
from musclechain.views.words.about import about_model

__all__ = ["build_parser", "main"]

MOST_DRAWS = 10_000


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

    bones = commands.add_parser(
        "bones", help="trace the bones of the picture again, from the package musclemimic-models"
    )
    bones.set_defaults(run=_make_bones)

    attachments = commands.add_parser(
        "attachments",
        help="measure how far attachment curves lie off the bones of that package, and which"
        " lines of pull run through one",
    )
    attachments.set_defaults(run=_measure_attachments)
    for command in (bones, attachments):
        command.add_argument(
            "--folder",
            metavar="DIR",
            type=Path,
            help="where that package lies, if it is not installed",
        )

    outlines = commands.add_parser(
        "outlines", help="trace the body's outlines again, after its data have changed"
    )
    outlines.set_defaults(run=_make_outlines)

    validate = commands.add_parser(
        "validate", help="put the findings that were kept back to the model, and print what it says"
    )
    validate.add_argument(
        "--csv", metavar="FILE", type=Path, help="write the table to this file as well"
    )
    validate.add_argument(
        "--draws",
        metavar="N",
        type=_read_draws,
        default=60,
        help="bodies that the ranges are drawn from; 0 for no ranges (default: 60)",
    )
    validate.set_defaults(run=_make_validation)

    claims = commands.add_parser(
        "claims", help="compute the claims of the text, and say whether model and claim agree"
    )
    claims.set_defaults(run=_report_claims)

    model = commands.add_parser(
        "model", help="print on one page what the model holds, leaves out and assumes"
    )
    model.set_defaults(run=_make_model_page)
    for command in (links, new):
        command.add_argument(
            "--folder", type=Path, default=Path(), help="folder of the checkout (default: here)"
        )
    return parser


def _read_draws(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to {MOST_DRAWS}")
    return int(text)


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


def _make_bones(options: argparse.Namespace) -> str:
    from musclechain.tools.bones import BONES, trace_bones

    return f"wrote {BONES}, {trace_bones(options.folder) / 1024:.0f} kB"


def _measure_attachments(options: argparse.Namespace) -> str:
    from musclechain.tools import attachments

    body, bones = read_body(), attachments.gather_bones(options.folder)
    gaps = attachments.measure_gaps(body, attachments.gather_triangles(bones))
    notes = attachments.list_notes(read_tables().attachments)
    crossings = attachments.measure_crossings(body, bones)
    said = attachments.describe_gaps(gaps, notes), attachments.describe_crossings(*crossings)
    return "\n\n".join(said)


def _make_outlines(_: argparse.Namespace) -> str:
    from musclechain.views.body.outline.cache import OUTLINES, write_outlines

    return f"wrote {OUTLINES}, {write_outlines() / 1024:.0f} kB"


def _make_validation(options: argparse.Namespace) -> str:
    if options.csv is not None:
        check_path(options.csv)
    body = read_body()
    answers = answer_all(body, options.draws, _tell_progress if sys.stderr.isatty() else None)
    if options.csv is not None:
        write_table(options.csv, build_table(body, answers))
    return describe_answers(body, answers)


def _tell_progress(evidence: str) -> None:
    """A minute is long without a word; the words go where they are in nobody's way."""
    print(f"asking {evidence}", end="\r", file=sys.stderr, flush=True)


def _report_claims(_: argparse.Namespace) -> str:
    report = report_claims(read_body())
    if report.missing:
        print(report.text)
        numbers = ", ".join(map(str, report.missing))
        raise CheckoutError(f"no computation shows claim {numbers} of a lesson that stands")
    return report.text


def _make_model_page(_: argparse.Namespace) -> str:
    return str(about_model(read_body()))


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
