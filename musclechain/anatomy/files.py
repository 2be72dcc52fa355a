"""Small files that a learner keeps: written whole or not at all, and nothing in them is lost."""

import os
import tempfile
from itertools import count
from pathlib import Path

__all__ = ["find_aside", "write_whole"]


def write_whole(path: Path, text: str, aside: Path | None = None) -> None:
    """Write a text file: whole, or not at all.

    Parameters
    ----------
    path : pathlib.Path
    text : str
    aside : pathlib.Path, optional
        What a file that stands at `path`, if one does, is called from then on; by default it is
        overwritten.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        if aside is not None and path.exists():
            os.replace(path, aside)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def find_aside(path: Path, ending: str) -> Path:
    """Find a free name for a file that cannot be read, so that it is kept beside its successor.

    Parameters
    ----------
    path : pathlib.Path
    ending : str
        Of its name, which ``.broken1.txt`` or the next number takes the place of.

    Returns
    -------
    pathlib.Path
    """
    stem = path.name.removesuffix(ending)
    names = (path.with_name(f"{stem}.broken{number}.txt") for number in count(1))
    return next(name for name in names if not name.exists())
