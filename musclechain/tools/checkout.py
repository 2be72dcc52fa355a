"""What the commands do with a checkout: find its parts, and write blocks of its pages."""

from pathlib import Path

__all__ = ["CheckoutError", "write_block"]


class CheckoutError(ValueError):
    """A command could not be carried out; the message says why and what to do."""


def write_block(path: Path, name: str, block: str) -> None:
    """Replace what stands between two markers of a Markdown file; all else stays as it is.

    Parameters
    ----------
    path : pathlib.Path
        File with the lines ``<!-- name: start -->`` and, below, ``<!-- name: end -->``.
    name : str
    block : str
        Markdown that goes between them.

    Raises
    ------
    CheckoutError
        When the file cannot be read, or does not hold each marker once and in order.
    """
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckoutError(f"cannot read {path}: {error}") from None
    if text.count(start) != 1 or text.count(end) != 1 or text.index(start) > text.index(end):
        raise CheckoutError(
            f"{path} needs the line {start} and, below it, the line {end}, once each"
        )
    newline = "\r\n" if "\r\n" in text else "\n"
    before, after = text[: text.index(start)], text[text.index(end) :]
    inside = newline.join([start, *block.splitlines(), ""])
    path.write_bytes((before + inside + after).encode("utf-8"))
