"""Links that open the lessons on Binder, for this repository or for any fork of it.

Binder builds a repository from its address, so a link belongs to one owner and one name. The
links are therefore made from the checkout's own remote and not written down once for all.
"""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import quote

from musclechain.tools.checkout import CheckoutError

__all__ = ["check_repository", "describe_links", "find_lessons", "find_repository", "parse_remote"]

BINDER = "https://mybinder.org"
REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?/[A-Za-z0-9._-]+")
REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]+@)?(?:www\.)?github\.com(?::\d+)?/"
    r"|(?:[^/@\s]+@)?github\.com:/?)"
    r"(?P<repository>[^/\s]+/[^/\s]+?)(?:\.git)?/?",
    re.IGNORECASE,
)


def parse_remote(address: str) -> str:
    """Find ``owner/name`` in the address of a Git remote.

    Parameters
    ----------
    address : str
        Address as ``git remote get-url`` prints it, in its https or its ssh form.

    Returns
    -------
    str

    Raises
    ------
    CheckoutError
        When the address does not lead to GitHub.

    Examples
    --------
    >>> parse_remote("git@github.com:ada/body.git")
    'ada/body'
    >>> parse_remote("https://github.com/ada/body")
    'ada/body'
    """
    match = REMOTE.fullmatch(address.strip())
    if match is None:
        raise CheckoutError(
            f"the remote {address.strip()!r} is not on GitHub; say which repository with --repo"
            " OWNER/NAME"
        )
    return check_repository(match["repository"])


def check_repository(repository: str) -> str:
    """Return `repository` when it reads like ``owner/name``.

    Raises
    ------
    CheckoutError
        When it does not.

    Examples
    --------
    >>> check_repository("ada/body")
    'ada/body'
    """
    if not REPOSITORY.fullmatch(repository) or repository.endswith(("/.", "/..")):
        raise CheckoutError(
            f"{repository!r} is not a repository; write it as OWNER/NAME, for example"
            " ada/musclechain"
        )
    return repository


def find_repository(folder: Path, repository: str | None = None) -> str:
    """Find the GitHub repository that links should open.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the checkout.
    repository : str, optional
        ``owner/name``; taken from the remote ``origin`` when left out.

    Returns
    -------
    str

    Raises
    ------
    CheckoutError
        When there is no remote, or it is not on GitHub.
    """
    if repository is not None:
        return check_repository(repository)
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise CheckoutError(
            "git is not installed; say which repository with --repo OWNER/NAME"
        ) from None
    if answer.returncode:
        raise CheckoutError(
            "this folder has no Git remote named origin; say which repository with --repo"
            " OWNER/NAME"
        )
    return parse_remote(answer.stdout)


def find_lessons(folder: Path) -> list[tuple[str, str]]:
    """List the lessons of a checkout, in order.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the checkout.

    Returns
    -------
    list of (str, str)
        Path from the folder, with forward slashes, and title (the first heading).

    Raises
    ------
    CheckoutError
        When the folder holds no lesson.
    """
    paths = sorted((Path(folder) / "notebooks").glob("*.ipynb"))
    if not paths:
        raise CheckoutError(
            "no lessons here; run this from the folder that holds notebooks/, or give it with"
            " --folder"
        )
    return [(f"notebooks/{path.name}", _find_title(path)) for path in paths]


def describe_links(folder: Path, repository: str, branch: str = "HEAD") -> str:
    """Describe the badge and the links of a repository's lessons as Markdown.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the checkout; its lessons are the ones listed.
    repository : str
        ``owner/name`` on GitHub.
    branch : str
        Branch, tag or commit.

    Returns
    -------
    str
    """
    lessons = find_lessons(folder)
    badge = (
        "[![Open the lessons on"
        f" Binder]({BINDER}/badge_logo.svg)]({_build_link(repository, branch, lessons[0][0])})"
    )
    rows = [f"- [{title}]({_build_link(repository, branch, path)})" for path, title in lessons]
    return "\n".join([badge, "", *rows])


def _build_link(repository: str, branch: str, path: str) -> str:
    # Binder decodes `urlpath` once and hands the rest to JupyterLab as an address, so the path
    # is quoted for the address first and for the query after that.
    inside = quote(f"lab/tree/{quote(path)}", safe="/")
    return f"{BINDER}/v2/gh/{repository}/{quote(branch, safe='')}?urlpath={inside}"


def _find_title(path: Path) -> str:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        match = re.search(r"^# +(.+)$", "".join(cell["source"]), re.MULTILINE)
        if cell["cell_type"] == "markdown" and match:
            return re.sub(r"([\[\]\\])", r"\\\1", match[1].strip())
    return path.stem
