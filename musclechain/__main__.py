"""Commands of the package: ``python -m musclechain links``."""

import argparse
import sys
from pathlib import Path

from musclechain.tools.links import LinkError, describe_links, find_repository, write_links


def build_parser():
    """Build the parser of the command line.

    Returns
    -------
    argparse.ArgumentParser
    """
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
    links.add_argument(
        "--folder", type=Path, default=Path(), help="folder of the checkout (default: here)"
    )
    links.add_argument(
        "--write", metavar="FILE", type=Path, help="replace the links block of this Markdown file"
    )
    return parser


def main(arguments=None):
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
        repository = find_repository(options.folder, options.repo)
        block = describe_links(options.folder, repository, options.branch)
        if options.write is None:
            print(block)
        else:
            write_links(options.write, block)
            print(f"{options.write}: the links now open {repository}")
    except LinkError as error:
        print(f"musclechain links: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
