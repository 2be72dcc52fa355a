"""Bodies that the tests of this folder share; a body never changes, so one is enough."""

import pytest

from musclechain.anatomy import tables
from musclechain.anatomy.body import read_body

from .hand_bodies import format_cells, hand_cells, is_whole, write_cells


@pytest.fixture(scope="session")
def human():
    """The body of the lessons."""
    return read_body()


@pytest.fixture(scope="session")
def hand(tmp_path_factory):
    """The hand-drawn body."""
    return read_body(write_cells(tmp_path_factory.mktemp("hand"), hand_cells()))


@pytest.fixture(scope="session")
def hand_texts():
    """The files of the hand-drawn body: name -> CSV text."""
    return {name: format_cells(cells) for name, cells in hand_cells().items()}


@pytest.fixture(scope="session")
def sheets_by_text():
    """What was made of each text that a file of a name has had."""
    return {}


@pytest.fixture(autouse=True, scope="module")
def each_text_is_read_once(sheets_by_text):
    """Thousands of tests break one file of some thirty: the others are read for the first of them.
    A sheet and its problems follow from the text alone, and nothing writes to a sheet later."""
    read = tables._read_file

    def read_once(name, path, record_type, problems):
        try:
            # a file that nobody has changed need not be opened
            key = name, path if is_whole(path) else path.read_bytes()
        except OSError:  # what cannot be opened is told by the code that is tested
            return read(name, path, record_type, problems)
        if key not in sheets_by_text:
            found = []
            sheets_by_text[key] = read(name, path, record_type, found), found
        sheet, found = sheets_by_text[key]
        problems.extend(found)
        return sheet

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_read_file", read_once)
        yield
