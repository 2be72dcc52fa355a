"""Quantiles of a stream of numbers in a memory that does not grow."""

import math
from collections.abc import Sequence

import numpy as np

__all__ = ["Sketch"]


class Sketch:
    """Counts of numbers in bins whose width is a fixed share of where they lie.

    Whatever comes in which order and in how many parts, the counts are the same. A quantile read
    from them is off by at most `share` of itself, or by `smallest` where it is smaller than that.

    Parameters
    ----------
    columns : int
        How many numbers come in each row.
    smallest, largest : float
        Sizes from which on bins begin, and at which they end: smaller numbers count as one bin
        around zero, larger ones as of the largest size.
    share : float
        Width of a bin by where it lies.

    Notes
    -----
    The bins of Masson, Rim and Lee 2019 (DDSketch, Proc VLDB Endow 12:2195), here with both ends
    fixed. Least and greatest number are kept as they are.

    Examples
    --------
    >>> sketch = Sketch(1)
    >>> for number in range(101):
    ...     sketch.add([number])
    >>> [round(float(value[0])) for value in sketch.quantiles([0, 0.5, 1])]
    [0, 50, 100]
    """

    def __init__(
        self, columns: int, smallest: float = 0.01, largest: float = 1e5, share: float = 0.02
    ) -> None:
        self.steps = math.ceil(math.log(largest / smallest) / math.log1p(share))
        sizes = smallest * (1 + share) ** np.arange(self.steps + 1)
        self.edges = np.concatenate([-sizes[::-1], sizes])  # of the bins, the one around 0 amid
        self.counts = np.zeros((columns, len(self.edges) - 1), dtype=np.int64)
        self.least, self.most = np.full(columns, np.inf), np.full(columns, -np.inf)

    def add(self, row: Sequence[float] | np.ndarray) -> None:
        """Count one number for each column."""
        numbers = np.asarray(row, dtype=float)
        places = np.searchsorted(self.edges, numbers, side="right") - 1
        self.counts[np.arange(len(numbers)), places.clip(0, self.counts.shape[1] - 1)] += 1
        self.least, self.most = np.minimum(self.least, numbers), np.maximum(self.most, numbers)

    def quantiles(self, shares: Sequence[float]) -> np.ndarray:
        """Read quantiles.

        Parameters
        ----------
        shares : sequence of float
            0 to 1: which share of the numbers is smaller.

        Returns
        -------
        numpy.ndarray, shape (shares, columns)
            Numbers within a bin count as spread evenly over it. NaN before anything was counted.
        """
        read = [self._read(column, shares) for column in range(len(self.counts))]
        return np.array(read).reshape(len(self.counts), len(shares)).T

    def _read(self, column: int, shares: Sequence[float]) -> np.ndarray:
        filled = np.flatnonzero(self.counts[column])
        if not len(filled):
            return np.full(len(shares), np.nan)
        counts = self.counts[column, filled]
        behind = np.cumsum(counts)
        rank = np.asarray(shares) * (behind[-1] - 1)
        place = np.searchsorted(behind, rank, side="right").clip(0, len(filled) - 1)
        before = behind[place] - counts[place]
        within = (rank - before + 0.5) / counts[place]
        low, high = self.edges[filled[place]], self.edges[filled[place] + 1]
        least, most = self.least[column], self.most[column]
        read = (low + within * (high - low)).clip(least, most)
        return np.select([rank <= 0, rank >= behind[-1] - 1], [least, most], read)

    def histogram(self, column: int, edges: Sequence[float]) -> np.ndarray:
        """Count the numbers of a column between rising edges: integers, shape (edges - 1,).

        Numbers within a bin that an edge cuts count as spread evenly over it, to whole numbers."""
        behind = np.concatenate([[0], np.cumsum(self.counts[column])])
        return np.diff(np.interp(edges, self.edges, behind).round().astype(int))

    def find_share(self, column: int, size: float) -> float:
        """Find the share of the numbers of a column that are at least so large, whatever their
        sign (0 to 1)."""
        inside = self.histogram(column, [-size, size])[0]
        return float(1 - inside / max(self.counts[column].sum(), 1))
