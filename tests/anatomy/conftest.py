"""Bodies that the tests of this folder share; a body never changes, so one is enough."""

import pytest

from musclechain.anatomy.body import read_body

from .hand_bodies import hand_cells, write_cells


@pytest.fixture(scope="session")
def human():
    """The body of the lessons."""
    return read_body()


@pytest.fixture(scope="session")
def hand(tmp_path_factory):
    """The hand-drawn body."""
    return read_body(write_cells(tmp_path_factory.mktemp("hand"), hand_cells()))
