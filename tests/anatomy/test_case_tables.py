"""Numbers of a case by level: what a cause gets, and how it is told what is missing."""

import pytest

import musclechain as mc
from musclechain.anatomy.body import Body, read_body
from musclechain.anatomy.case_tables import read_levels

from .hand_bodies import hand_cells, write_cells

NEEDS = {"offload": ("share", 0, 1), "pull": ("N", 0, 50)}
ROWS = """
    sprain,mild,mild sprain,offload,0.2,share,0,0.5,book,plausible,
    sprain,mild,mild sprain,pull,10,N,5,20,EX01,contested,guessed
    sprain,bad,bad sprain,offload,0.6,share,0.3,0.9,book,plausible,
    sprain,bad,bad sprain,pull,30,N,15,50,book,plausible,""".split("\n    ")[1:]


@pytest.fixture
def sprained(tmp_path):
    """The hand-drawn body with a case of its own, which no module of the package knows."""
    files = hand_cells()
    files["cases"] = [files["cases"][0], *(row.split(",") for row in ROWS)]
    return read_body(write_cells(tmp_path, files))


def change_row(body, number, **values):
    """Change one row of the table of a body; rows are counted as in the file."""
    graph = body.graph.copy()
    rows = list(graph.graph["cases"])
    rows[number - 2] = rows[number - 2].model_copy(update=values)
    graph.graph["cases"] = tuple(rows)
    return Body.from_graph(graph)


def drop_row(body, number):
    graph = body.graph.copy()
    rows = graph.graph["cases"]
    graph.graph["cases"] = rows[: number - 2] + rows[number - 1 :]
    return Body.from_graph(graph)


def list_problems(body, case="sprain", needs=NEEDS, levels=("mild", "bad")):
    with pytest.raises(mc.DataError) as caught:
        read_levels(body, case, needs, levels)
    assert "in the data of this body" in str(caught.value)
    assert all(problem.file == "cases.csv" for problem in caught.value.problems)
    assert all(str(problem) in str(caught.value) for problem in caught.value.problems)
    return [
        (problem.row, problem.column, problem.found, problem.allowed)
        for problem in caught.value.problems
    ]


def test_a_case_of_the_data_is_read_by_level(sprained):
    levels = read_levels(sprained, "sprain", NEEDS, ("mild", "bad"))
    assert list(levels) == ["mild", "bad"]
    mild = levels["mild"]
    assert (mild.level, mild.name, mild.values) == (
        "mild",
        "mild sprain",
        {"offload": 0.2, "pull": 10.0},
    )
    assert mild.sources == ("book", "EX01") and mild.records["pull"].low == 5
    assert mild.records["pull"].note == "guessed"


def test_levels_are_read_once_for_each_body_and_cannot_be_changed(sprained):
    levels = read_levels(sprained, "sprain", NEEDS)
    assert read_levels(sprained, "sprain", dict(NEEDS)) is levels
    for mapping in (levels, levels["mild"].values, levels["mild"].records):
        with pytest.raises(TypeError, match="cannot be changed"):
            mapping["x"] = 1
    worse = change_row(sprained, 2, value=0.4)
    assert read_levels(worse, "sprain", NEEDS)["mild"].values["offload"] == 0.4
    assert read_levels(sprained, "sprain", NEEDS)["mild"].values["offload"] == 0.2


def test_the_strain_of_the_lessons_reads_its_table(human):
    strain = mc.HamstringStrain("left", grade=2)
    assert strain.change(human).tensions == {strain.muscle: 100.0}
    weaker = change_row(human, 7, value=0.5)
    assert strain.change(weaker).strength == {strain.muscle: 0.5}


def test_what_is_missing_is_told(sprained):
    assert list_problems(sprained, "strain") == [
        (
            None,
            "case",
            "no row 'strain'",
            "rows of this case with offload, pull. Did you mean sprain?",
        )
    ]
    assert list_problems(sprained, levels=("mild", "worst")) == [
        (None, "level", "no level 'worst' of sprain", "rows for each of the levels mild, worst")
    ]
    words = "a row for each of offload, pull"
    assert list_problems(drop_row(sprained, 3)) == [
        (2, "quantity", "level mild of sprain without pull", words)
    ]


def test_what_a_cause_cannot_take_is_told_with_its_row(sprained):
    assert list_problems(change_row(sprained, 5, value=60.0)) == [
        (5, "value", "60", "a number from 0 to 50 N for pull")
    ]
    assert list_problems(change_row(sprained, 4, high=1.5)) == [
        (4, "high", "1.5", "a number from 0 to 1 for offload")
    ]
    assert list_problems(change_row(sprained, 3, unit="Nm")) == [
        (3, "unit", "'Nm'", "N, in which pull is read")
    ]
    assert list_problems(change_row(sprained, 4, value=float("nan")))[0][:3] == (4, "value", "nan")


def test_a_data_folder_without_the_case_is_told_by_the_cause(sprained, human):
    with pytest.raises(mc.DataError, match="cases.csv, column case: found no row 'hamstring_str"):
        mc.HamstringStrain("left").change(sprained)
    for number in (16, 13, 12, 11, 10):
        human = drop_row(human, number)
    with pytest.raises(mc.DataError, match="no level '3' of hamstring_strain"):
        mc.spread(human, mc.HamstringStrain("left", 3))
