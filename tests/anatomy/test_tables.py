"""Every way to break a data file must end in one `DataError` that says where and what is
allowed."""

import pickle
import re
import shutil
from collections import Counter
from typing import get_origin

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from musclechain.anatomy.body import Body, read_body
from musclechain.anatomy.limits import PARAMETERS
from musclechain.anatomy.problems import SHOWN
from musclechain.anatomy.records import FILES, column_name
from musclechain.anatomy.tables import DataError, find_data_folder, read_tables

from .hand_bodies import format_cells, is_whole, list_columns, mark_whole, read_cells

ALL_FILES = list(FILES)
FREE_TEXT = {
    "note",
    "name",
    "plain_name",
    "group",
    "action",
    "function",
    "statement",
    "topic",
    "value",
    "unit",
    "population",
    "citation",
    "licence",
    "link",
    "claim_text",
    "evidence_says",
    "meaning",
    "words",
}
NUMBERS = {
    "bones": ("mass_kg", "com_x_mm", "com_y_mm", "com_z_mm"),
    "joints": tuple(
        column
        for column in list_columns("joints")
        if column.endswith(("_mm", "_nm", "_deg", "_share"))
    ),
    "joint_stops": ("angle_deg", "moment_nm", "steepness_deg"),
    "joint_axes": ("x", "y", "z"),
    "roots": ("order",),
    "muscles": ("layer", "belly", "width", "tendon_proximal", "tendon_distal"),
    "soft_tissues": ("layer", "belly", "width", "tendon_proximal", "tendon_distal"),
    "junctions": ("x_mm", "y_mm", "z_mm", "freedom"),
    "muscle_lines": ("line", "pcsa_cm2", "fibre_mm", "slack_mm", "pennation_deg"),
    "tissue_lines": ("line", "stiffness_n_per_mm", "pretension_n"),
    "line_points": ("line", "point", "x_mm", "y_mm", "z_mm"),
    "nerve_points": ("point", "x_mm", "y_mm", "z_mm"),
    "attachments": ("point", "x_mm", "y_mm", "z_mm", "tendon_share"),
    "skin": ("from_deg", "from_start", "from_end", "to_deg", "to_start", "to_end"),
    "chains": ("position",),
    "claims": ("claim", "paragraph"),
    "parameters": ("value", "low", "high"),
    "cases": ("value", "low", "high"),
    "referred_pain": ("x_mm", "y_mm", "z_mm", "wide_mm", "high_mm"),
}
NUMBER_COLUMNS = [(name, column) for name, columns in NUMBERS.items() for column in columns]
COLUMNS = [(name, column) for name in ALL_FILES for column in list_columns(name)]
CHOSEN = [
    (name, column)
    for name, column in COLUMNS
    if (column not in FREE_TEXT or (name, column) in (("parameters", "unit"), ("cases", "unit")))
    and (name, column) not in NUMBER_COLUMNS
]
REFERENCES = [
    (name, FILES[name].model_fields[field].alias or field)
    for name, record in FILES.items()
    for field in record.refers
] + [("bones", "parent")]


@pytest.fixture(scope="module")
def broken_folder(tmp_path_factory):
    """The one folder that is broken again and again."""
    return tmp_path_factory.mktemp("hand")


@pytest.fixture
def folder(broken_folder, hand_texts):
    """A folder with the hand-drawn body, to be broken."""
    return mend(broken_folder, hand_texts)


def mend(folder, texts):
    """Write the files that are not as they should be; to write and delete all of them for each of
    thousands of tests takes longer than the tests."""
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        if not is_whole(path):
            if path.is_dir():
                path.rmdir()
            path.write_text(text, encoding="utf-8")
            mark_whole(path)
    return folder


@pytest.fixture
def human_folder(tmp_path):
    """A copy of the data of the package, to be broken."""
    return shutil.copytree(find_data_folder(), tmp_path / "data")


def list_problems(folder):
    with pytest.raises(DataError) as caught:
        read_body(folder)
    error = caught.value
    told = str(error)
    for problem in error.problems:
        assert problem.file and problem.found and problem.allowed
        assert str(problem) in told or problem.unknown or told.count("\n") > SHOWN
    assert told.count("\n") <= SHOWN + 1 and all(line.isprintable() for line in told.splitlines())
    return error.problems


def change(folder, name, column=None, cell=None, row=2, edit=None):
    """Write one cell, or hand all the rows of a file to `edit`; rows are counted as in messages."""
    cells = read_cells(folder / f"{name}.csv")
    if edit is not None:
        edit(cells)
    else:
        cells[row - 1][cells[0].index(column)] = cell
    (folder / f"{name}.csv").write_text(format_cells(cells), encoding="utf-8")
    return folder


def find_row(folder, name, **wanted):
    """Find the number of the first row with these cells, as messages count it."""
    header, *rows = read_cells(folder / f"{name}.csv")
    return next(
        number
        for number, row in enumerate(rows, start=2)
        if all(row[header.index(key)] == cell for key, cell in wanted.items())
    )


def assert_found(problems, file, row, column, found="", allowed=""):
    places = [
        problem
        for problem in problems
        if (problem.file, problem.row, problem.column) == (f"{file}.csv", row, column)
    ]
    assert any(found in problem.found and allowed in problem.allowed for problem in places), (
        "\n".join(map(str, problems))
    )


def is_key(name, column):
    return column in [FILES[name].model_fields[field].alias or field for field in FILES[name].key]


def test_hand_body_is_sound_and_uses_every_file_and_column(folder):
    files = {path.stem for path in folder.iterdir()}
    assert files == set(ALL_FILES) == {path.stem for path in find_data_folder().glob("*.csv")}
    for name in ALL_FILES:
        assert (
            read_cells(folder / f"{name}.csv")[0]
            == list_columns(name)
            == read_cells(find_data_folder() / f"{name}.csv")[0]
        )
    assert len(read_body(folder).bones) == 4


# The whole file


@pytest.mark.parametrize("name", ALL_FILES)
def test_removed_file_is_the_only_problem(human_folder, name):
    (human_folder / f"{name}.csv").unlink()
    (problem,) = list_problems(human_folder)
    assert problem.file == f"{name}.csv" and problem.found == "no such file"


@pytest.mark.parametrize("name", ALL_FILES)
@pytest.mark.parametrize(
    ("text", "found"),
    [("", "empty file"), ("\ufeff", "empty file"), (None, "a header and no rows")],
)
def test_file_without_rows_is_the_only_problem(folder, name, text, found):
    path = folder / f"{name}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").splitlines()[0] + "\n" if text is None else text,
        encoding="utf-8",
    )
    (problem,) = list_problems(folder)
    assert problem.file == f"{name}.csv" and found in problem.found


@pytest.mark.parametrize("name", ALL_FILES)
def test_file_in_another_encoding_names_the_row(folder, name):
    path = folder / f"{name}.csv"
    lines = path.read_bytes().split(b"\n")
    lines[1] = lines[1][:-1] + b"\xe9" + lines[1][-1:]
    path.write_bytes(b"\n".join(lines))
    (problem,) = list_problems(folder)
    assert (
        (problem.file, problem.row) == (f"{name}.csv", 2)
        and "0xe9" in problem.found
        and "UTF-8" in problem.allowed
    )


@pytest.mark.parametrize("name", ALL_FILES)
def test_utf_16_is_told(folder, name):
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    assert_found(list_problems(folder), name, 1, None, "not UTF-8")


@pytest.mark.parametrize("name", ALL_FILES)
def test_open_quote_names_the_row_in_which_it_opens(folder, name):
    path = folder / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], '"' + lines[1], *lines[2:]]), encoding="utf-8")
    (problem,) = list_problems(folder)
    assert (problem.file, problem.row) == (f"{name}.csv", 2) and "not CSV" in problem.found


def test_quote_with_text_behind_it_is_told(folder):
    path = folder / "bones.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("trunk,Trunk", 'trunk,"Trunk"x', 1),
        encoding="utf-8",
    )
    assert_found(list_problems(folder), "bones", 2, None, "not CSV", "quotes closed")


@pytest.mark.parametrize("name", ALL_FILES)
def test_folder_in_place_of_a_file_is_told(folder, name):
    (folder / f"{name}.csv").unlink()
    (folder / f"{name}.csv").mkdir()
    assert_found(list_problems(folder), name, None, None, "cannot be opened")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["crlf", "bom", "bom and crlf", "no last newline"],
)
def test_what_a_spreadsheet_adds_changes_nothing(human_folder, encode):
    for path in human_folder.glob("*.csv"):
        path.write_bytes(encode(path.read_text(encoding="utf-8")))
    assert read_tables(human_folder) == read_tables()


def test_spaces_around_cells_change_nothing(folder):
    plain = read_tables(folder)
    for name in ALL_FILES:
        change(
            folder,
            name,
            edit=lambda cells: cells.__setitem__(
                slice(None), [[f" {cell} " for cell in row] for row in cells]
            ),
        )
    assert read_tables(folder) == plain


def test_no_such_folder_and_a_file_as_folder(tmp_path):
    assert "no such folder" in list_problems(tmp_path / "nowhere")[0].found
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "no such folder" in list_problems(tmp_path / "file")[0].found


def test_empty_folder_lists_every_file(tmp_path):
    assert [problem.file for problem in list_problems(tmp_path)] == [
        f"{name}.csv" for name in ALL_FILES
    ]


# Columns


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_missing_column_is_the_only_problem(folder, name, column):
    def drop(cells):
        place = cells[0].index(column)
        for row in cells:
            del row[place]

    (problem,) = list_problems(change(folder, name, edit=drop))
    assert (problem.file, problem.row, problem.column) == (f"{name}.csv", 1, column)


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_renamed_column_names_the_old_and_the_new(folder, name, column):
    problems = list_problems(change(folder, name, column, f"{column}_x", row=1))
    assert len(problems) == 2
    assert_found(problems, name, 1, column, "no such column")
    assert_found(problems, name, 1, f"{column}_x", f"'{column}_x'", column)


@pytest.mark.parametrize("name", ALL_FILES)
@pytest.mark.parametrize("title", ["extra", "", "from_", "text"])
def test_extra_column_is_told_once(folder, name, title):
    change(
        folder,
        name,
        edit=lambda cells: [row.append(title if row is cells[0] else "x") for row in cells],
    )
    (problem,) = list_problems(folder)
    assert (problem.file, problem.row) == (f"{name}.csv", 1) and f"'{title}'" in problem.found


@pytest.mark.parametrize("name", ALL_FILES)
def test_column_written_twice_is_told(folder, name):
    change(folder, name, edit=lambda cells: [row.append(row[0]) for row in cells])
    (problem,) = list_problems(folder)
    assert (problem.column, problem.found) == (list_columns(name)[0], "the same column twice")


def test_semicolons_in_place_of_commas_are_told(folder):
    path = folder / "roots.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert_found(list_problems(folder), "roots", 1, "root", "no such column")


@pytest.mark.parametrize("name", ALL_FILES)
def test_order_of_the_columns_is_free(folder, name):
    plain = read_tables(folder)
    change(folder, name, edit=lambda cells: [row.reverse() for row in cells])
    assert read_tables(folder) == plain


# Rows and cells


@pytest.mark.parametrize("name", ALL_FILES)
def test_row_written_twice_names_both_rows(folder, name):
    change(folder, name, edit=lambda cells: cells.append(cells[1]))
    rows = len(read_cells(folder / f"{name}.csv"))
    (problem,) = list_problems(folder)
    assert (
        (problem.file, problem.row) == (f"{name}.csv", rows)
        and "a second time" in problem.found
        and "row 2" in problem.allowed
    )


@pytest.mark.parametrize("name", ALL_FILES)
@pytest.mark.parametrize(
    "edit",
    [lambda row: row.append(""), lambda row: row.append("x"), lambda row: row.pop()],
    ids=["empty", "full", "short"],
)
def test_row_of_another_length_is_the_only_problem(folder, name, edit):
    change(folder, name, edit=lambda cells: edit(cells[1]))
    (problem,) = list_problems(folder)
    assert (
        (problem.file, problem.row) == (f"{name}.csv", 2)
        and "cells" in problem.found
        and str(len(list_columns(name))) in problem.allowed
    )


@pytest.mark.parametrize("name", ALL_FILES)
def test_empty_row_is_the_only_problem(folder, name):
    change(folder, name, edit=lambda cells: cells.append([]))
    (problem,) = list_problems(folder)
    assert problem.found == "an empty row" and problem.file == f"{name}.csv"


@pytest.mark.parametrize(("name", "column"), COLUMNS)
@pytest.mark.parametrize("cell", ["", "   "])
def test_empty_cell_is_told(folder, name, column, cell):
    change(folder, name, column, cell)
    if column == "note":
        read_body(folder)
        return
    problems = list_problems(folder)
    assert_found(problems, name, 2, column, "an empty cell")
    assert is_key(name, column) or len(problems) == 1


NO_NUMBERS = (
    "abc",
    "1,5",
    "1.5.2",
    "--3",
    "0x10",
    "nan",
    "NaN",
    "inf",
    "-Infinity",
    "1e999",
    "5 mm",
    "None",
    "True",
)


@pytest.mark.parametrize(("name", "column"), NUMBER_COLUMNS)
def test_text_in_a_number_is_told(folder, name, column):
    """Each column is tried with some, so that each text is tried in several columns."""
    first = NUMBER_COLUMNS.index((name, column)) % 4
    for cell in NO_NUMBERS[first::4]:
        problems = list_problems(change(folder, name, column, cell))
        assert_found(problems, name, 2, column, f"'{cell}'")
        assert is_key(name, column) or len(problems) == 1


@pytest.mark.parametrize(
    ("name", "column"), [pair for pair in NUMBER_COLUMNS if pair[0] not in ("parameters", "cases")]
)
@pytest.mark.parametrize("cell", ["-100000", "100000"])
def test_number_out_of_range_is_told(folder, name, column, cell):
    problems = list_problems(change(folder, name, column, cell))
    assert_found(problems, name, 2, column, f"'{cell}'")
    assert is_key(name, column) or len(problems) == 1


@pytest.mark.parametrize(
    ("column", "cell"), [("value", "-1e6"), ("value", "1e6"), ("low", "1e6"), ("high", "-1e6")]
)
@pytest.mark.parametrize("name", ["parameters", "cases"])
def test_number_outside_its_own_range_is_told(folder, name, column, cell):
    (problem,) = list_problems(change(folder, name, column, cell))
    assert (problem.row, problem.column) == (2, "value") and "low" in problem.allowed


def test_parameter_in_another_unit_or_beyond_the_equations_is_told(human_folder):
    rows = {name: find_row(human_folder, "parameters", parameter=name) for name in PARAMETERS}
    for name, (_, least, most) in PARAMETERS.items():
        change(human_folder, "parameters", "unit", "kPa", rows[name])
        change(human_folder, "parameters", "low", str(least - 1), rows[name])
        change(human_folder, "parameters", "high", str(most + 1), rows[name])
    problems = list_problems(human_folder)
    wrong = {(row, column) for row in rows.values() for column in ("unit", "low", "high")}
    assert {(problem.row, problem.column) for problem in problems} == wrong
    for name, (unit, _, _) in PARAMETERS.items():
        assert_found(problems, "parameters", rows[name], "unit", "'kPa'", unit)


@pytest.mark.parametrize(("name", "column"), NUMBER_COLUMNS)
def test_number_as_python_writes_it_is_told(folder, name, column):
    assert_found(list_problems(change(folder, name, column, "1_0")), name, 2, column, "'1_0'")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("roots", "order"),
        ("muscles", "layer"),
        ("junctions", "freedom"),
        ("muscle_lines", "line"),
        ("tissue_lines", "line"),
        ("line_points", "line"),
        ("line_points", "point"),
        ("nerve_points", "point"),
        ("chains", "position"),
        ("claims", "claim"),
        ("claims", "paragraph"),
    ],
)
@pytest.mark.parametrize("cell", ["1.5", "0", "-1"])
def test_count_must_be_whole_and_from_one(folder, name, column, cell):
    assert_found(list_problems(change(folder, name, column, cell)), name, 2, column, f"'{cell}'")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("bones", "mass_kg"),
        ("muscle_lines", "pcsa_cm2"),
        ("muscle_lines", "fibre_mm"),
        ("tissue_lines", "stiffness_n_per_mm"),
        ("muscles", "width"),
        *(
            (name, column)
            for name, column in NUMBER_COLUMNS
            if column.startswith(("stiffness_", "allowance_"))
        ),
    ],
)
def test_zero_is_told_where_it_means_nothing(folder, name, column):
    assert_found(list_problems(change(folder, name, column, "0")), name, 2, column, "'0'")


NO_WORDS = ("Not an id!", "supported;", "L5;", ";", "x,y", "Ä")


@pytest.mark.parametrize(("name", "column"), CHOSEN)
def test_word_that_is_not_allowed_is_told(folder, name, column):
    """Each column is tried with some, so that each word is tried in several columns; one that holds
    a list, which may end in an empty part, with all."""
    record = FILES[name]
    (field,) = (key for key in record.model_fields if column_name(record, key) == column)
    is_list = get_origin(record.model_fields[field].annotation) is tuple
    first = CHOSEN.index((name, column)) % 3
    for cell in NO_WORDS if is_list else NO_WORDS[first::3]:
        problems = list_problems(change(folder, name, column, cell))
        assert_found(problems, name, 2, column, cell.split(";")[0])


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("roots", "root", "L6"),
        ("roots", "root", "T13"),
        ("roots", "root", "C0"),
        ("roots", "root", "C9"),
        ("nerves", "roots", "S6"),
        ("muscles", "innervation_grade", "folk wisdom"),
        ("nerves", "innervation_grade", "folk wisdom"),
        ("claims", "verdict", "true"),
        ("claims", "lesson", "00"),
        ("claims", "lesson", "11"),
        ("claims", "lesson", "1"),
        ("soft_tissues", "kind", "muscle"),
        ("bones", "side", "left"),
        ("muscles", "view", "Back"),
        ("links", "side", "left"),
        ("links", "kind", "supplies"),
    ],
)
def test_value_outside_the_list_of_the_readme_is_told(folder, name, column, cell):
    assert_found(list_problems(change(folder, name, column, cell)), name, 2, column, f"'{cell}'")


@pytest.mark.parametrize(("name", "column"), REFERENCES)
def test_unknown_id_is_told_with_the_files_to_look_in(folder, name, column):
    unknown = "S5" if column in ("root", "roots") else "nobody"
    problems = list_problems(change(folder, name, column, unknown))
    assert_found(
        problems,
        name,
        2,
        column,
        f"'{unknown}', an unknown id",
        "a bone" if (name, column) == ("bones", "parent") else ".csv",
    )


def test_unknown_id_within_a_list_and_across_the_midline(folder):
    change(folder, "links", "evidence", "EX01;EX99")
    change(folder, "line_points", "place", "opposite:tail", row=4)
    problems = list_problems(folder)
    assert_found(problems, "links", 2, "evidence", "'EX99', an unknown id")
    assert_found(
        problems,
        "line_points",
        4,
        "place",
        "'opposite:tail', an unknown id",
        "bones.csv or junctions.csv or joints.csv",
    )


# What must fit together


def test_line_without_points_and_points_without_line(folder):
    change(folder, "muscle_lines", "line", "3", row=4)
    problems = list_problems(folder)
    assert_found(
        problems, "muscle_lines", 4, "line", "back_muscle line 3 with 0 points", "line_points.csv"
    )
    assert_found(
        problems, "line_points", 7, "line", "points of back_muscle line 2", "muscle_lines.csv"
    )
    assert_found(problems, "muscles", 3, "muscle", "[1, 3]", "counted 1, 2, 3")


def test_line_with_one_point_only(folder):
    change(folder, "line_points", edit=lambda cells: cells.pop(2))
    assert_found(
        list_problems(folder),
        "muscle_lines",
        2,
        "line",
        "hamstring line 1 with 1 points",
        "at least two",
    )


@pytest.mark.parametrize(
    ("name", "column", "lines"),
    [("muscles", "muscle", "muscle_lines"), ("soft_tissues", "tissue", "tissue_lines")],
)
def test_structure_without_lines(folder, name, column, lines):
    change(folder, lines, edit=lambda cells: cells.pop(1))
    assert_found(list_problems(folder), name, 2, column, "with lines none", f"{lines}.csv")


def test_points_must_be_counted_in_order(folder):
    for order in (("2", "1"), ("1", "3"), ("2", "3")):
        change(folder, "line_points", "point", order[0], row=2)
        change(folder, "line_points", "point", order[1], row=3)
        assert_found(
            list_problems(folder), "line_points", 2, "point", f"[{order[0]}, {order[1]}]", "1, 2, 3"
        )


def test_points_that_fall_together(folder):
    change(
        folder, "line_points", edit=lambda cells: cells[4].__setitem__(slice(4, 7), cells[3][4:7])
    )
    assert_found(
        list_problems(folder), "line_points", 5, "x_mm", "the same point as in the row before"
    )


def test_line_longer_than_a_body(folder):
    change(folder, "line_points", "y_mm", "2400", row=6)
    assert_found(list_problems(folder), "line_points", 4, "x_mm", "mm long", "5 to 1200 mm")


@pytest.mark.parametrize(
    ("name", "axes"),
    [
        ("bones", "com_{}_mm"),
        ("joints", "{}_mm"),
        ("junctions", "{}_mm"),
        ("line_points", "{}_mm"),
        ("nerve_points", "{}_mm"),
    ],
)
def test_coordinates_in_metres_are_told_for_each_row(human_folder, name, axes):
    rows = read_cells(human_folder / f"{name}.csv")
    places = [rows[0].index(axes.format(axis)) for axis in "xyz"]

    def shrink(cells):
        for row in cells[1:]:
            for place in places:
                row[place] = f"{float(row[place]) / 1000:.5f}"

    problems = list_problems(change(human_folder, name, edit=shrink))
    told = {
        problem.row
        for problem in problems
        if problem.file == f"{name}.csv" and "metres" in problem.allowed
    }
    assert told == set(range(2, len(rows) + 1))


def test_point_far_from_its_bone(human_folder):
    row = find_row(human_folder, "bones", bone="head")
    problems = list_problems(change(human_folder, "bones", "com_y_mm", "166.72", row=row))
    assert_found(
        problems,
        "joints",
        find_row(human_folder, "joints", joint="c0_c2"),
        "x_mm",
        "600 mm from the centre of mass of 'head'",
    )


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [("bones", 4, "com_z_mm"), ("joints", 3, "z_mm"), ("junctions", 2, "z_mm")],
)
def test_paired_structure_on_the_wrong_side(folder, name, row, column):
    assert_found(
        list_problems(change(folder, name, column, "-90", row=row)),
        name,
        row,
        column,
        "-90",
        "right side",
    )


def test_course_of_a_nerve_lies_on_the_right(folder):
    change(folder, "nerve_points", "z_mm", "0", row=2)
    read_body(folder)
    (problem,) = list_problems(change(folder, "nerve_points", "z_mm", "-5", row=3))
    assert (problem.file, problem.row, problem.column, problem.found) == (
        "nerve_points.csv",
        3,
        "z_mm",
        "-5",
    ) and "right side" in problem.allowed


def test_course_of_a_nerve_is_counted_apart_and_of_human_size(folder):
    whole = read_cells(folder / "nerve_points.csv")
    for edit, row, column, found, allowed in (
        (
            lambda cells: cells[4].__setitem__(2, "5"),
            4,
            "point",
            "sciatic branch trunk with points [1, 5, 3]",
            "1, 2, 3",
        ),
        (lambda cells: cells.pop(1), 2, "point", "sciatic branch L5 with points [2]", "1, 2, 3"),
        (
            lambda cells: cells[5].__setitem__(slice(4, 7), cells[4][4:7]),
            6,
            "x_mm",
            "the same point",
            "0.05 mm apart",
        ),
        (lambda cells: cells[5].__setitem__(5, "2400"), 4, "x_mm", "mm long", "5 to 1200 mm"),
        (lambda cells: cells.pop(2), 2, "point", "with one point", "two points"),
    ):
        change(
            folder,
            "nerve_points",
            edit=lambda cells: cells.__setitem__(slice(None), [list(row) for row in whole]),
        )
        assert_found(
            list_problems(change(folder, "nerve_points", edit=edit)),
            "nerve_points",
            row,
            column,
            found,
            allowed,
        )


def test_course_of_a_nerve_runs_on_bones_only(folder):
    assert_found(
        list_problems(change(folder, "nerve_points", "place", "sit_junction", row=3)),
        "nerve_points",
        3,
        "place",
        "'sit_junction', an unknown id",
        "bones.csv",
    )
    assert_found(
        list_problems(change(folder, "nerve_points", "place", "opposite:leg", row=3)),
        "nerve_points",
        3,
        "place",
        "'opposite:leg'",
        "an id",
    )


def test_course_far_from_its_bone(human_folder):
    row = find_row(human_folder, "nerve_points", nerve="tibial", branch="trunk", place="foot")
    assert_found(
        list_problems(change(human_folder, "nerve_points", "place", "head", row=row)),
        "nerve_points",
        row,
        "x_mm",
        "600 mm from the centre of mass of 'head'",
    )


def test_bones_in_a_circle(folder):
    change(folder, "bones", "parent", "leg", row=2)
    problems = list_problems(folder)
    assert_found(problems, "bones", 2, "parent", "leads round in a circle", "a tree")
    assert_found(problems, "bones", None, "parent", "0 bones with the parent 'ground'")


def test_bone_that_is_its_own_parent(folder):
    assert_found(
        list_problems(change(folder, "bones", "parent", "head", row=3)),
        "bones",
        3,
        "parent",
        "circle",
    )


def test_two_bones_on_the_ground(folder):
    assert_found(
        list_problems(change(folder, "bones", "parent", "ground", row=3)),
        "bones",
        None,
        "parent",
        "2 bones",
        "exactly one",
    )


def test_bone_without_a_joint_with_a_wrong_one_and_with_two(folder):
    cells = read_cells(folder / "joints.csv")
    change(folder, "joints", edit=lambda rows: rows.pop(1))
    assert_found(list_problems(folder), "bones", 3, "bone", "'head' without a joint", "joints.csv")
    change(
        folder,
        "joints",
        edit=lambda rows: rows.append(["x", *cells[1][1:]]) or rows.append(["y", *cells[1][1:]]),
    )
    assert_found(list_problems(folder), "joints", 4, "child", "a second joint", "row 3")
    change(folder, "joints", "parent", "head", row=2)
    assert_found(list_problems(folder), "joints", 2, "parent", "does not carry 'leg'", "trunk")


@pytest.mark.parametrize(
    ("name", "row", "column", "cell"),
    [
        ("bones", 3, "parent", "leg"),
        ("junctions", 2, "bone", "leg"),
        ("joints", 2, "child", "leg"),
        ("line_points", 15, "place", "leg"),
    ],
)
def test_midline_cannot_hang_on_one_of_a_pair(folder, name, row, column, cell):
    change(folder, "junctions", "side", "midline" if name == "junctions" else "paired")
    problems = list_problems(change(folder, name, column, cell, row=row))
    assert_found(problems, name, row, column, "one of a pair", "midline")


def test_joint_with_the_side_of_another_bone(folder):
    assert_found(
        list_problems(change(folder, "joints", "side", "paired", row=2)),
        "joints",
        2,
        "side",
        "'head' in the midline",
    )


@pytest.mark.parametrize(
    ("name", "row", "column", "cell", "found"),
    [
        ("nerves", 2, "nerve", "hamstring", "used in muscles.csv"),
        ("soft_tissues", 2, "tissue", "trunk", "used in bones.csv"),
        ("bones", 3, "bone", "ground", "means no parent"),
        ("junctions", 2, "junction", "none", "means no junction"),
        ("bones", 4, "bone", "leg_left", "'leg_left'"),
        ("muscles", 2, "muscle", "hamstring_right", "'hamstring_right'"),
    ],
)
def test_id_must_mean_one_thing(folder, name, row, column, cell, found):
    assert_found(
        list_problems(change(folder, name, column, cell, row=row)),
        name,
        row,
        column,
        found,
        "an id",
    )


def restore(folder, name, whole):
    change(folder, name, edit=lambda cells: cells.__setitem__(slice(None), whole))


def test_row_that_the_model_asks_for_cannot_be_deleted(folder):
    whole = read_cells(folder / "parameters.csv")
    for row in range(1, len(whole)):
        change(folder, "parameters", edit=lambda cells, row=row: cells.pop(row))
        (problem,) = list_problems(folder)
        assert problem.file == "parameters.csv" and f"no row '{whole[row][0]}'" == problem.found
        restore(folder, "parameters", whole)


def test_quantity_of_a_case_cannot_be_deleted_in_one_level(folder):
    whole = read_cells(folder / "cases.csv")
    sizes = Counter((case, level) for case, level, *_ in whole[1:])
    for row in range(1, len(whole)):
        name = whole[row][0]
        if sum(case == name for case, _ in sizes) == 1 or sizes[name, whole[row][1]] == 1:
            continue  # of a case of one level, or a level of one row, only its cause knows
        change(folder, "cases", edit=lambda cells, row=row: cells.pop(row))
        (problem,) = list_problems(folder)
        case, level, _, quantity, *_ = whole[row]
        assert (problem.file, problem.column) == ("cases.csv", "quantity")
        assert problem.found == f"level {level} of {case} without {quantity}"
        assert quantity in problem.allowed
        restore(folder, "cases", whole)


def test_numbers_of_a_case_have_one_unit_and_its_levels_one_name(folder):
    change(folder, "cases", "unit", "Nm", row=6)
    change(folder, "cases", "name", "other", row=4)
    problems = list_problems(folder)
    assert len(problems) == 2
    assert_found(problems, "cases", 6, "unit", "'Nm'", "N, the unit of protective_tension in row 2")
    assert_found(problems, "cases", 4, "name", "'other'", "whole level ('mild strain')")


def test_a_new_case_needs_no_more_than_its_rows(folder):
    row = "sprain,mild,mild sprain,offload,0.2,share,0,0.5,book,plausible,".split(",")
    change(folder, "cases", edit=lambda cells: cells.append(row))
    found = [record for record in read_body(folder).graph.graph["cases"] if record.case == "sprain"]
    assert [(record.level, record.value) for record in found] == [("mild", 0.2)]


@pytest.mark.parametrize(
    ("column", "cell", "most"),
    [("claim", "44", "43"), ("paragraph", "8", "7"), ("claim", "0", "43")],
)
def test_claims_beyond_those_of_the_text_are_told(folder, column, cell, most):
    (problem,) = list_problems(change(folder, "claims", column, cell))
    assert (problem.row, problem.column, problem.found) == (2, column, f"'{cell}'")
    assert problem.allowed.endswith(f"of the text, 1 to {most}")


UNSEEN = ["\x00", "\x07", "\t", "\n", "\x1b", "\x1f", "\x7f", "\x85", "\u2028", "\u202e", "\ufffe"]


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_characters_that_nobody_sees_are_told_in_every_column(folder, name, column):
    header, row, *_ = read_cells(folder / f"{name}.csv")
    cell, unseen = row[header.index(column)], UNSEEN[len(name + column) % len(UNSEEN)]
    problems = list_problems(change(folder, name, column, f"{cell[:1]}{unseen}{cell[1:]}"))
    assert_found(problems, name, 2, column, f"U+{ord(unseen):04X}", "control characters")
    assert is_key(name, column) or len(problems) == 1
    assert str(problems[0]).isprintable()


@pytest.mark.parametrize("unseen", UNSEEN, ids=lambda unseen: f"U+{ord(unseen):04X}")
def test_each_character_that_nobody_sees_is_told(folder, unseen):
    for cell in (f"a{unseen}b", f"{unseen}b", f"a{unseen}"):
        (problem,) = list_problems(change(folder, "bones", "note", cell))
        assert (problem.row, problem.column) == (2, "note")
        assert f"U+{ord(unseen):04X}" in problem.found


def test_letters_and_signs_of_any_language_are_welcome(folder):
    change(folder, "bones", "name", "Rücken – 腰 «x» 💪 = + @")
    assert read_body(folder).graph.nodes["trunk"]["name"] == "Rücken – 腰 «x» 💪 = + @"


def test_motor_roots_must_run_in_the_nerve(folder):
    (problem,) = list_problems(change(folder, "muscles", "roots", "L4;L5"))
    assert (problem.row, problem.column, problem.found) == (
        2,
        "roots",
        "L4",
    ) and "sciatic" in problem.allowed


def test_two_levels_at_one_place_in_the_cord(folder):
    (problem,) = list_problems(change(folder, "roots", "order", "3", row=3))
    assert (problem.row, problem.column) == (3, "order") and "S1" in problem.allowed


def test_chain_counts_from_one_under_one_name(folder):
    change(folder, "chains", "position", "7", row=3)
    change(folder, "chains", "name", "Other", row=8)
    problems = list_problems(folder)
    assert len(problems) == 2
    assert_found(problems, "chains", 2, "position", "[1, 7, 3, 4]", "1, 2, 3")
    assert_found(problems, "chains", 8, "name", "'Other'", "Cross chain")


def test_junction_needs_two_line_ends_at_its_place(folder):
    change(folder, "line_points", "x_mm", "-45", row=3)
    assert_found(
        list_problems(folder), "line_points", 3, "x_mm", "not at sit_junction", "-40, 850, 80"
    )
    for row in (3, 7, 9):
        change(folder, "line_points", "place", "trunk", row=row)
    problems = list_problems(folder)
    assert_found(problems, "junctions", 2, "junction", "1 line ends", "at least two")
    assert_found(problems, "links", 2, "from", "'hamstring', which does not reach sit_junction")


def test_a_line_passes_a_joint_half_way_and_does_not_end_there(folder):
    change(folder, "line_points", "place", "nod", row=5)
    line = next(line for line in read_body(folder).lines if line.structure == "back_muscle_left")
    assert line.midway == (False, True, False) and line.places == ("trunk", "head", "head")
    change(folder, "line_points", "place", "nod", row=6)
    assert_found(
        list_problems(folder), "line_points", 6, "place", "'nod' at the end of a line", "half"
    )


def test_junction_in_the_middle_of_a_line(folder):
    change(
        folder,
        "line_points",
        edit=lambda cells: cells[4].__setitem__(slice(3, 7), ["sit_junction", "-40", "850", "80"]),
    )
    assert_found(
        list_problems(folder),
        "line_points",
        5,
        "place",
        "in the middle of a line",
        "first and the last point",
    )


@pytest.mark.parametrize(
    ("row", "column", "cell", "where", "found"),
    [
        (3, "to", "hamstring", "to", "linked with itself"),
        (2, "kind", "passes", "kind", "'passes' from 'hamstring'"),
        (7, "kind", "continuous", "kind", "'continuous' from 'sciatic'"),
        (5, "side", "same", "side", "'same'"),
        (2, "side", "midline", "side", "'midline'"),
    ],
)
def test_link_of_unfit_kind_or_side(folder, row, column, cell, where, found):
    assert_found(
        list_problems(change(folder, "links", column, cell, row=row)), "links", row, where, found
    )


def test_link_written_again_the_other_way_round(folder):
    change(
        folder, "links", edit=lambda cells: cells.append([cells[1][1], cells[1][0], *cells[1][2:]])
    )
    assert_found(list_problems(folder), "links", 8, "from", "a second time", "row 2")


def test_link_to_nothing(folder):
    change(folder, "links", "to", "nobody", row=2)
    change(folder, "links", "junction", "nowhere", row=3)
    problems = list_problems(folder)
    assert_found(problems, "links", 2, "to", "unknown id", "muscles.csv or soft_tissues.csv")
    assert_found(problems, "links", 3, "junction", "unknown id", "junctions.csv")


# One error for all, and no echoes


def test_defects_in_several_files_come_in_one_error(human_folder):
    change(
        human_folder, "bones", "mass_kg", "heavy", row=find_row(human_folder, "bones", bone="thigh")
    )
    change(human_folder, "muscles", "layer", "9")
    change(human_folder, "muscles", "nerve", "nobody", row=3)
    change(human_folder, "chains", "structure", "nobody")
    change(human_folder, "links", "evidence", "")
    change(human_folder, "tissue_lines", "stiffness_n_per_mm", "-1")
    change(human_folder, "line_points", "x_mm", "nan", row=5)
    (human_folder / "claims.csv").unlink()
    problems = list_problems(human_folder)
    wanted = Counter(
        [
            ("bones.csv", "mass_kg"),
            ("muscles.csv", "layer"),
            ("muscles.csv", "nerve"),
            ("chains.csv", "structure"),
            ("links.csv", "evidence"),
            ("tissue_lines.csv", "stiffness_n_per_mm"),
            ("line_points.csv", "x_mm"),
            ("claims.csv", None),
        ]
    )
    assert Counter((problem.file, problem.column) for problem in problems) == wanted
    with pytest.raises(DataError, match="8 problems"):
        read_tables(human_folder)


def test_several_bad_cells_of_one_row_are_all_told(folder):
    for column, cell in (("mass_kg", "x"), ("com_x_mm", ""), ("region", "tail")):
        change(folder, "bones", column, cell, row=4)
    assert {(problem.row, problem.column) for problem in list_problems(folder)} == {
        (4, "mass_kg"),
        (4, "com_x_mm"),
        (4, "region"),
    }


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("bones", "mass_kg", "x"),
        ("muscles", "layer", "x"),
        ("soft_tissues", "layer", "x"),
        ("muscle_lines", "fibre_mm", "x"),
        ("tissue_lines", "pretension_n", "x"),
        ("line_points", "x_mm", "x"),
        ("junctions", "freedom", "x"),
        ("joints", "x_mm", "x"),
        ("nerves", "roots", "x"),
        ("roots", "order", "x"),
        ("evidence", "grade", "x"),
        ("sources", "licence", ""),
        ("chains", "side", "x"),
        ("parameters", "value", "x"),
        ("cases", "value", "x"),
    ],
)
def test_a_broken_row_is_not_complained_of_by_the_rows_that_name_it(
    human_folder, name, column, cell
):
    last = min(12, len(read_cells(human_folder / f"{name}.csv")))
    for row in range(2, last + 1):
        change(human_folder, name, column, cell, row=row)
        if row in (2, last):
            problems = list_problems(human_folder)
            assert {problem.file for problem in problems} == {f"{name}.csv"} and len(
                problems
            ) == row - 1, "\n".join(map(str, problems))


def test_error_can_be_pickled_and_reads_well(folder):
    with pytest.raises(DataError) as caught:
        read_body(change(folder, "bones", "mass_kg", "x"))
    twin = pickle.loads(pickle.dumps(caught.value))
    assert twin.problems == caught.value.problems and str(twin) == str(caught.value)
    assert "1 problem in the data folder" in str(twin)
    words = "bones.csv, row 2, column mass_kg: found 'x'; allowed: kilograms from 0.001 to 80"
    assert words in str(twin)


# What follows from one defect


def list_told(folder):
    """Lines of the message about a folder, the headline first."""
    with pytest.raises(DataError) as caught:
        read_body(folder)
    return str(caught.value).splitlines(), caught.value.problems


def test_a_misspelled_bone_is_told_before_the_rows_that_name_it(human_folder):
    row = find_row(human_folder, "bones", bone="thigh")
    lines, problems = list_told(change(human_folder, "bones", "bone", "thgh", row=row))
    assert lines[0].startswith("2 problems in the data folder") and len(lines) == 3
    assert lines[1].startswith(f"  bones.csv, row {row}, column bone: found 'thgh' without a joint")
    assert "'thigh', an unknown id" in lines[2] and "perhaps 'thgh'" in lines[2]
    assert lines[2].endswith(f"; {len(problems) - 2} more rows name it") and len(problems) >= 100
    assert [problem.unknown for problem in problems] == [None] + ["thigh"] * (len(problems) - 1)


@pytest.mark.parametrize(
    ("name", "column", "cell", "wrong"),
    [
        ("muscles", "muscle", "soleus", "soleuss"),
        ("soft_tissues", "tissue", "achilles_tendon", "achiles_tendon"),
        ("junctions", "junction", "achilles_junction", "achilles_junktion"),
        ("nerves", "nerve", "tibial", "tibal"),
        ("sources", "source", "rajagopal2016", "rajagopal2061"),
    ],
)
def test_a_misspelled_id_makes_few_lines(human_folder, name, column, cell, wrong):
    row = find_row(human_folder, name, **{column: cell})
    lines, problems = list_told(change(human_folder, name, column, wrong, row=row))
    assert len(lines) <= 4 < len(problems)
    assert any(f"perhaps '{wrong}'" in line for line in lines)


@pytest.mark.parametrize("name", ["bones", "roots", "muscles", "evidence"])
@pytest.mark.parametrize("torn", [False, True], ids=["between rows", "within a row"])
def test_a_truncated_file_is_told_first(human_folder, name, torn):
    path = human_folder / f"{name}.csv"
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    half = len(whole) // 2
    path.write_text("".join(whole[:half]) + whole[half][:9] * torn, encoding="utf-8")
    lines, problems = list_told(human_folder)
    assert len(lines) <= SHOWN + 2 and len(problems) > 20
    if torn:
        assert lines[1].startswith(f"  {name}.csv, row {half + 1}: found")
    # of a source either file may lack the row
    assert re.match(rf"  (sources.csv or )?{name}.csv: found no row for '", lines[1 + torn])
    assert "a row for every id that is named" in lines[1 + torn]


def test_a_missing_file_is_told_first(human_folder):
    (human_folder / "bones.csv").unlink()
    change(human_folder, "links", "grade", "x")
    lines, _ = list_told(human_folder)
    assert "bones.csv: found no such file" in lines[1] and "links.csv" in lines[2]


def test_long_lists_show_the_first_and_count_the_rest(human_folder):
    cells = read_cells(human_folder / "line_points.csv")
    for row in cells[1:]:
        row[4] = "x"
    (human_folder / "line_points.csv").write_text(format_cells(cells), encoding="utf-8")
    lines, problems = list_told(human_folder)
    assert lines[0].startswith(f"{len(problems)} problems") and len(problems) == len(cells) - 1
    assert len(lines) == SHOWN + 2
    assert lines[1:-1] == [f"  {problem}" for problem in problems[:SHOWN]]
    words = f"  and {len(problems) - SHOWN} more (error.problems lists every one)"
    assert lines[-1] == words


def test_slips_in_many_rows_are_not_taken_for_a_torn_file(human_folder):
    for row in range(2, 8):
        change(human_folder, "chains", "structure", f"nobody{row}", row=row)
    lines, problems = list_told(human_folder)
    assert len(problems) == 6 and [line.strip() for line in lines[1:]] == list(map(str, problems))


def test_records_are_read_only():
    with pytest.raises(ValueError, match="frozen"):
        read_tables().bones[0].mass_kg = 3.0


# Anything at all


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "none",
            "ground",
            "nobody",
            "trunk",
            "head",
            "leg",
            "hamstring",
            "sit_junction",
            "opposite:leg",
            "opposite:sit_junction",
            "L5",
            "S1",
            "L4;L5",
            "same",
            "opposite",
            "midline",
            "paired",
            "book",
            "EX01",
            "0",
            "1",
            "2",
            "-1",
            "1e9",
            "nan",
            "inf",
            "0.5",
            '"',
            ";",
            "\ufeff",
            "\x00",
            "leg_left",
        ]
    ),
    st.text(max_size=6),
)
STEP = st.tuples(
    st.sampled_from(ALL_FILES),
    st.sampled_from(
        ["cell", "row out", "row twice", "swap", "cell in", "cell out", "char in", "char out"]
    ),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    CELLS,
)


def mutate(folder, name, how, first, second, cell):
    """Apply one random mishap to a file."""
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    if how.startswith("char"):
        place = first * 7 % (len(text) + 1)
        path.write_text(
            text[:place] + (cell if how == "char in" else "") + text[place + (how == "char out") :],
            encoding="utf-8",
            errors="replace",
        )
        return
    cells = [line.split(",") for line in text.splitlines()] or [[""]]
    row = first % len(cells)
    column = second % len(cells[row])
    if how == "cell":
        cells[row][column] = cell
    elif how == "cell in":
        cells[row].insert(column, cell)
    elif how == "cell out":
        del cells[row][column]
    elif how == "row out":
        del cells[row]
    elif how == "row twice":
        cells.insert(second % len(cells), cells[row])
    elif how == "swap":
        cells[row], cells[second % len(cells)] = cells[second % len(cells)], cells[row]
    path.write_text("\n".join(",".join(line) for line in cells), encoding="utf-8", errors="replace")


@settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(STEP, min_size=1, max_size=3))
@example([("bones", "cell", 3, 4, "leg")])
def test_any_mishap_gives_a_sound_body_or_a_data_error(broken_folder, hand_texts, steps):
    folder = mend(broken_folder, hand_texts)
    for step in steps:
        mutate(folder, *step)
    try:
        body = read_body(folder)
    except DataError as error:
        assert error.problems
        return
    assert isinstance(body, Body)
    assert (
        len(body.bones) >= 2
        and body.lines
        and body.structures
        and body.junctions is not None
        and body.chains
    )


@pytest.mark.parametrize(
    ("row", "cells", "column", "found", "allowed"),
    [
        (2, {"z": "0.05"}, "z", "0.1, 0.2, 0.05", "within 75 degrees of z"),
        (2, {"x": "0", "y": "0", "z": "0"}, "z", "0, 0, 0", "within 75 degrees of z"),
        (3, {"x": "0.05", "y": "0.28", "z": "0.9"}, "joint", "0.05, 0.28, 0.9", "in one plane"),
        (2, {"joint": "nod"}, "z", "0.1, 0.2, 0.9", "along z"),
        (3, {"joint": "nod"}, "z", "0.3, 0.9, 0.1", "0, as the joint lies in the midline"),
        (2, {"joint": "elbow"}, "joint", "'elbow', an unknown id", "joints.csv"),
        (2, {"axis": "twist"}, "axis", "twist", "flexion, side_bend, rotation"),
        (2, {"x": "2"}, "x", "2", "from -1 to 1"),
    ],
)
def test_a_hinge_that_no_joint_can_have_is_told(folder, row, cells, column, found, allowed):
    for name, value in cells.items():
        change(folder, "joint_axes", name, value, row=row)
    assert_found(list_problems(folder), "joint_axes", row, column, found, allowed)
