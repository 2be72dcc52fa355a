"""How far a pull gets along a myofascial chain."""

from dataclasses import dataclass

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.chains import Chain
from musclechain.cases.causes import PullOn
from musclechain.mechanics.change import CauseError
from musclechain.mechanics.spread import spread

__all__ = ["NOTICED_N", "ChainPull", "pull_chain", "pull_chains"]

# A change that somebody might notice.
NOTICED_N = 1.0


@dataclass(frozen=True)
class ChainPull:
    """What a pull on the first computed station of a chain changes at the others.

    Attributes
    ----------
    body : Body
    chain : Chain
    start : str
        The station that is pulled.
    newtons : float
    change_n : pandas.Series
        Change by pull of every station, N; a gap where it is not computed.
    """

    body: Body
    chain: Chain
    start: str
    newtons: float
    change_n: pd.Series

    @property
    def others(self) -> int:
        """Number of the other stations that are computed."""
        return int(self.change_n.notna().sum()) - 1

    @property
    def reached(self) -> list[str]:
        """The other stations that change by `NOTICED_N` or more."""
        noticed = self.change_n[self.change_n.abs() >= NOTICED_N]
        return [name for name in noticed.index if name != self.start]

    @property
    def unbroken(self) -> list[str]:
        """The stations behind the pulled one, as far as each changes by `NOTICED_N` or more."""
        stations = list(self.change_n.index)
        run = []
        for name in stations[stations.index(self.start) + 1 :]:
            if not abs(self.change_n[name]) >= NOTICED_N:
                break
            run.append(name)
        return run


def pull_chain(body: Body, chain: str, newtons: float = 50) -> ChainPull:
    """Pull on the first station of a chain that the model computes.

    Parameters
    ----------
    body : Body
    chain : str
        Id of ``body.chains``, such as ``back_functional_line_left``.
    newtons : float
        0 to 1000.

    Returns
    -------
    ChainPull

    Raises
    ------
    CauseError
        For an unknown chain, one of which nothing is left to pull on, or newtons out of range.
    """
    if chain not in body.chains:
        raise CauseError(f"There is no chain {chain!r}. Choose one of: {', '.join(body.chains)}.")
    found = body.chains[chain]
    computed = {line.structure for line in body.lines if line.computed}
    start = next((name for name in found.stations if name in computed), None)
    if start is None:
        raise CauseError(
            f"The model computes no station of {found.name}, so there is nothing to pull on."
        )
    table = spread(body, PullOn(start, newtons), posture=False).table()
    return ChainPull(body, found, start, newtons, table["pull_N"].reindex(list(found.stations)))


def pull_chains(body: Body, newtons: float = 50, side: str = "left") -> list[ChainPull]:
    """Pull on every myofascial chain of one side, one after the other.

    Raises
    ------
    CauseError
        If there is no chain of that side, or newtons is out of range.
    """
    names = [name for name in body.chains if name.endswith(f"_{side}")]
    if not names:
        raise CauseError(f"This body has no chain of the side {side!r}.")
    return [pull_chain(body, name, newtons) for name in names]
