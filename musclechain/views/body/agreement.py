"""How far published maps agree that a patch of skin belongs to a level, in four steps."""

__all__ = ["AGREEMENTS", "find_agreement"]

# Step -> word and meaning, from much to little; 0 is what a nerve reaches.
AGREEMENTS = {
    3: ("skin, all maps", "each that shows the level"),
    2: ("skin, most maps", "not all of them"),
    1: ("skin, one map", "only one of those asked"),
    0: ("skin of a nerve", "the nerve reaches it"),
}


def find_agreement(votes: int, maps: int) -> int:
    """Find how far the maps agree on a patch, as a key of `AGREEMENTS`.

    Parameters
    ----------
    votes : int
        How many maps say so; 0 for what a nerve reaches.
    maps : int
        How many could.

    Returns
    -------
    int

    Examples
    --------
    >>> [find_agreement(votes, 3) for votes in (0, 1, 2, 3)], find_agreement(2, 2)
    ([0, 1, 2, 3], 3)
    """
    return votes if votes < 2 else 3 if votes == maps else 2
