"""Quantiles of a stream: near those of all its numbers, whatever came first."""

import numpy as np
import pytest

from musclechain.mechanics.sketch import Sketch

SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
STREAMS = {
    "normal": lambda rng: rng.normal(3, 20, 4000),
    "skewed": lambda rng: rng.gamma(1.6, 3.2, 4000),
    "small and large": lambda rng: rng.normal(size=4000) * 10.0 ** rng.uniform(-4, 4, 4000),
    "few": lambda rng: rng.normal(0, 5, 7),
    "all alike": lambda rng: np.full(50, -12.5),
    "nothing but zero": lambda rng: np.zeros(50),
}


def count(numbers):
    sketch = Sketch(2)
    for number in numbers:
        sketch.add([number, -number])
    return sketch


@pytest.mark.parametrize("name", STREAMS)
def test_quantiles_are_those_of_numpy_within_a_bin(name):
    numbers = STREAMS[name](np.random.default_rng(5))
    read = count(numbers).quantiles(SHARES)
    for column, sign in enumerate((1, -1)):
        # a bin holds some of the numbers, and which of them a share falls on is left open
        low = np.quantile(sign * numbers, SHARES, method="lower")
        high = np.quantile(sign * numbers, SHARES, method="higher")
        slack = 0.02 * np.maximum(abs(low), abs(high)) + 0.01
        assert (low - slack <= read[:, column]).all()
        assert (read[:, column] <= high + slack).all()


def test_the_order_does_not_matter_and_the_memory_does_not_grow():
    numbers = np.random.default_rng(6).normal(0, 30, 3000)
    first, other = count(numbers), count(numbers[::-1])
    assert np.array_equal(first.counts, other.counts)
    assert np.array_equal(first.quantiles(SHARES), other.quantiles(SHARES))
    assert first.counts.nbytes == count(numbers[:3]).counts.nbytes


def test_a_histogram_counts_everybody_once():
    numbers = np.random.default_rng(7).normal(0, 30, 3000)
    edges = [-np.inf, -40, -10, 0, 5, 60, np.inf]
    read = count(numbers).histogram(0, edges)
    assert read.sum() == 3000
    assert read == pytest.approx(np.histogram(numbers, edges)[0], abs=30)


def test_the_share_beyond_a_size_counts_both_signs():
    numbers = np.random.default_rng(8).normal(0, 30, 3000)
    sketch = count(numbers)
    for size in (0, 5, 50, 1e6):
        assert sketch.find_share(0, size) == pytest.approx((abs(numbers) >= size).mean(), abs=0.01)


def test_nothing_counted_gives_gaps():
    assert np.isnan(Sketch(3).quantiles([0.5])).all()
