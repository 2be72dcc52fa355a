"""An error of the model as a calm sentence that says what to do."""

import networkx as nx

from musclechain.anatomy.body import UnknownStructureError
from musclechain.anatomy.graph_checks import GraphError
from musclechain.anatomy.tables import DataError
from musclechain.mechanics.change import CauseError, SolveError

__all__ = ["MODEL_ERRORS", "describe_error"]

# What the model raises for a setting, a name or a changed body that it cannot take.
MODEL_ERRORS = (CauseError, SolveError, GraphError, UnknownStructureError)


def describe_error(error: Exception) -> str:
    """Turn an error of the model into a calm sentence that says what to do.

    Parameters
    ----------
    error : Exception
        One that is not of the model is told as one that was not foreseen.

    Returns
    -------
    str

    Examples
    --------
    >>> describe_error(CauseError("grade must be 1, 2 or 3, and is 4."))
    'This setting cannot be used: grade must be 1, 2 or 3, and is 4.'
    """
    text = str(error).strip()
    for kinds, start in (
        (CauseError, "This setting cannot be used"),
        (SolveError, "The model finds no answer for this, and shows none"),
        (UnknownStructureError, "That name is not in the body"),
        (GraphError, "The changed graph is not a body yet"),
        (DataError, "The data files need mending"),
    ):
        if isinstance(error, kinds):
            return f"{start}: {text or 'no more is known.'}"
    if isinstance(error, (nx.NetworkXNoPath, nx.NodeNotFound)):
        return f"The graph holds no such way: {text or 'start and goal do not hang together.'}"
    return (
        "Something went wrong that the lesson did not foresee"
        f" ({type(error).__name__}{f': {text}' if text else ''}). Nothing was lost; change a"
        " setting and try again."
    )
