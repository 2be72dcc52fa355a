"""What the nodes of a graph are, and what an id may look like."""

import re

from musclechain.anatomy.errors import GraphError, show_value

__all__ = ["KINDS", "SOFT_KINDS", "check_id"]

SOFT_KINDS = ("muscle", "fascia", "ligament", "tendon")
KINDS = ("bone", *SOFT_KINDS, "nerve", "root")
# People read ids in hover texts, tables and downloaded files, where other signs could mean more.
ID = re.compile(r"\w[\w.-]{0,79}")
ID_WORDS = "letters, digits, _, - and . (at most 80 of them, the first no - and no .)"


def check_id(thing: str, name: object) -> None:
    """Make sure that an id looks like one.

    Parameters
    ----------
    thing : str
        What bears it, for example ``node``.
    name : object

    Raises
    ------
    GraphError
    """
    if not isinstance(name, str) or not ID.fullmatch(name):
        raise GraphError(
            f"The {thing} has the id {show_value(name)}, which cannot be used; an id is made of"
            f" {ID_WORDS}."
        )
