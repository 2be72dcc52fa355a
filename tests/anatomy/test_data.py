"""The data of the package: documented, sourced, and of human size."""

import math
import re
from collections import Counter
from itertools import pairwise

import pytest

from musclechain.anatomy.records import FILES
from musclechain.anatomy.tables import find_data_folder, read_tables

from .hand_bodies import list_columns, read_cells

README = (find_data_folder() / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    part.split(".csv", 1)[0]: part
    for part in README.split("\n## ")
    if ".csv" in part.split("\n", 1)[0]
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def tables():
    return read_tables()


def point(row):
    return row.x_mm, row.y_mm, row.z_mm


def lengths(tables):
    """Length of every line in mm: (structure, line) -> mm."""
    paths = {}
    for row in tables.line_points:
        paths.setdefault((row.structure, row.line), []).append(point(row))
    return {key: sum(math.dist(a, b) for a, b in pairwise(path)) for key, path in paths.items()}


# The README


def test_readme_has_a_section_for_every_file_and_no_other():
    assert (
        sorted(SECTIONS)
        == sorted(FILES)
        == sorted(path.stem for path in find_data_folder().glob("*.csv"))
    )


@pytest.mark.parametrize("name", list(FILES))
def test_readme_explains_every_column_and_no_other(name):
    cells = [line.split("|")[1] for line in SECTIONS[name].splitlines() if line.startswith("| `")]
    told = [column for cell in cells for column in re.findall(r"`([^`]+)`", cell)]
    assert sorted(told) == sorted(list_columns(name))
    assert read_cells(find_data_folder() / f"{name}.csv")[0] == list_columns(name)


@pytest.mark.parametrize("name", list(FILES))
def test_readme_names_every_word_of_a_closed_list(name):
    """A column whose cells come from a fixed list has that list in the README."""
    general = README.split("\n## bones")[0]
    for field, info in FILES[name].model_fields.items():
        for word in getattr(info.annotation, "__args__", ()):
            if isinstance(word, str) and word != "midline" or field in ("view", "kind"):
                assert (
                    f"`{word}`" in SECTIONS[name]
                    or f"`{word}`" in general
                    or "as there" in SECTIONS[name]
                ), (field, word)


def test_readme_names_the_ids_it_cites():
    known = {row.source for row in read_tables().sources} | {
        row.evidence for row in read_tables().evidence
    }
    cited = set(re.findall(r"`([A-Z]{2}[0-9]{2}|[a-z]+[0-9]{4})`", README))
    assert cited - {"L5"} <= known


# Cells


@pytest.mark.parametrize("name", list(FILES))
def test_every_cell_is_filled_and_clean(name):
    header, *rows = read_cells(find_data_folder() / f"{name}.csv")
    text = (find_data_folder() / f"{name}.csv").read_bytes()
    assert not text.startswith(b"\xef\xbb\xbf") and b"\r" not in text and text.endswith(b"\n")
    for row in rows:
        assert len(row) == len(header)
        for column, cell in zip(header, row, strict=True):
            assert cell or column == "note", row
            assert cell == cell.strip() and "\n" not in cell and "  " not in cell, (
                row[0],
                column,
                cell,
            )
            assert cell.lower() not in ("nan", "null", "na", "n/a", "tbd", "todo", "?", "-"), (
                row[0],
                column,
                cell,
            )


def test_text_names_no_folder_of_a_machine():
    for path in find_data_folder().iterdir():
        text = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"(^|[\s\"'(,])/(home|root|tmp|users|usr|var)/|[a-z]:\\\\", text), (
            path.name
        )


# Sources and evidence


def test_every_source_is_cited(tables):
    cited = {
        row.source
        for name in FILES
        for row in getattr(tables, name)
        if hasattr(row, "source") and name != "sources"
    }
    unused = {row.source for row in tables.sources} - cited
    assert not {source for source in unused if f"`{source}`" not in README}, (
        "no row and no sentence of the README cites them"
    )


def test_every_source_has_a_licence_and_a_link(tables):
    for row in tables.sources:
        assert len(row.citation) > 8 and row.licence, row.source
        for link in row.link.split(";"):
            assert link == "none" or link.startswith("https://") or link.startswith("http://"), (
                row.source
            )


def test_no_citation_says_that_it_was_not_looked_up(tables):
    """A reader sees the citation; what could not be confirmed is told in the note."""
    for row in tables.sources:
        for words in ("from memory", "not seen"):
            assert words not in row.citation.lower(), row.source


def test_evidence_ids_tell_their_field_and_statements_are_sentences(tables):
    for row in tables.evidence:
        assert re.fullmatch(r"(CH|RE|HS|LL|LD|TP|FT|NV|PN|TX|AD|NW|ANAT)[0-9]{2}", row.evidence), (
            row.evidence
        )
        assert row.statement[-1] == "." and row.statement[0] == row.statement[0].upper(), (
            row.evidence
        )
        assert len(row.statement) > 20 and row.population, row.evidence
    assert len({row.statement for row in tables.evidence}) == len(tables.evidence)


def test_figures_of_evidence_have_a_unit(tables):
    for row in tables.evidence:
        assert row.value == "none" or row.unit, row.evidence
        assert row.value != "none" or row.unit == "none", row.evidence


def test_every_link_has_a_grade_and_evidence_that_exists(tables):
    grades = {row.evidence: row.grade for row in tables.evidence}
    for row in tables.links:
        assert row.evidence and all(key in grades for key in row.evidence), (row.from_, row.to)
        assert row.statement[-1] == ".", (row.from_, row.to)


def test_no_link_is_graded_better_than_its_best_evidence(tables):
    order = ("folk wisdom", "contested", "plausible", "supported")
    grades = {row.evidence: row.grade for row in tables.evidence}
    for row in tables.links:
        best = max(order.index(grades[key]) for key in row.evidence)
        assert order.index(row.grade) <= best, (row.from_, row.to, row.grade, row.evidence)


def test_links_that_carry_force_are_no_folk_wisdom(tables):
    for row in tables.links:
        assert row.junction == "none" or row.grade in ("supported", "plausible"), (
            row.from_,
            row.to,
        )


def test_steps_of_the_front_line_are_not_shown_as_supported(tables):
    stations = [row.structure for row in tables.chains if row.chain == "superficial_front_line"]
    pairs = {frozenset(pair) for pair in pairwise(stations)}
    found = [
        row.grade
        for row in tables.links
        if frozenset((row.from_, row.to)) in pairs and row.kind == "continuous"
    ]
    assert set(found) <= {"folk wisdom", "contested"}


def test_every_line_end_at_a_junction_has_a_link_there(tables):
    """Otherwise a structure would hang at a junction without a continuity that can be cut."""
    ends = {
        (row.structure, row.place)
        for row in tables.line_points
        if row.place in {one.junction for one in tables.junctions}
    }
    linked = {
        (structure, row.junction) for row in tables.links for structure in (row.from_, row.to)
    }
    assert ends <= linked


def test_links_across_the_midline_have_no_junction_of_one_side(tables):
    """A paired junction belongs to one side: a link to the other side cannot run by it."""
    paired = {row.junction for row in tables.junctions if row.side == "paired"}
    across = {
        (row.structure, row.place.removeprefix("opposite:"))
        for row in tables.line_points
        if row.place.startswith("opposite:")
    }
    for row in tables.links:
        if row.side == "opposite" and row.junction in paired:
            assert {(row.from_, row.junction), (row.to, row.junction)} & across, (
                row.from_,
                row.to,
                row.junction,
            )


def test_claims_are_all_there_with_evidence_for_what_is_supported(tables):
    assert [row.claim for row in tables.claims] == list(range(1, 44))
    assert {row.paragraph for row in tables.claims} == set(range(1, 8))
    for row in tables.claims:
        assert row.text[-1] == "." and row.evidence_says[-1] == ".", row.claim
        assert row.verdict not in ("supported", "plausible", "contested") or row.evidence != (
            "none",
        ), row.claim


# Muscles and nerves


def test_levels_are_single_known_and_in_order(tables):
    order = {row.root: row.order for row in tables.roots}
    assert [row.order for row in tables.roots] == list(range(1, 32))
    for row in (*tables.muscles, *tables.nerves):
        places = [order[level] for level in row.roots]
        assert places == sorted(set(places)), row.name


def test_muscle_names_and_drawing_hints(tables):
    assert len(tables.muscles) >= 80
    for column in ("name", "plain_name"):
        twice = [
            name
            for name, times in Counter(
                getattr(row, column) for row in (*tables.muscles, *tables.soft_tissues)
            ).items()
            if times > 1
        ]
        assert not twice, column
    for row in (*tables.muscles, *tables.soft_tissues):
        assert row.tendon_proximal + row.tendon_distal < 1, row.name
        assert row.name[0].isupper(), row.name


def test_supported_innervation_carries_no_doubt_in_its_note(tables):
    for row in tables.muscles:
        assert row.innervation_grade != "contested" or row.note, row.muscle


# Numbers of human size


def test_masses_make_an_adult(tables):
    assert 60 <= sum(row.mass_kg * (2 if row.side == "paired" else 1) for row in tables.bones) <= 95


def test_bones_and_joints_stand_in_order_of_height(tables):
    heights = {row.bone: row.com_y_mm for row in tables.bones}
    assert (
        heights["foot"]
        < heights["shank"]
        < heights["thigh"]
        < heights["pelvis"]
        < heights["lumbar"]
        < heights["thorax"]
        < heights["neck"]
        < heights["head"]
        < 1900
    )
    joints = {row.joint: row.y_mm for row in tables.joints}
    assert (
        joints["ankle"]
        < joints["knee"]
        < joints["hip"]
        < joints["l5_s1"]
        < joints["t12_l1"]
        < joints["c7_t1"]
        < joints["c0_c2"]
    )
    for row in (*tables.bones, *tables.joints):
        sideways = row.com_z_mm if hasattr(row, "com_z_mm") else row.z_mm
        assert sideways == 0 if row.side == "midline" else 10 < sideways < 250, row.name


def test_joint_stiffness_and_allowance_in_published_size(tables):
    for row in tables.joints:
        for column in ("flexion", "side_bend", "rotation"):
            assert 0.05 <= getattr(row, f"stiffness_{column}_nm_per_deg") <= 40, row.joint
            assert 0.1 <= getattr(row, f"allowance_{column}_nm") <= 300, row.joint


def test_muscle_lines_of_human_size(tables):
    length = lengths(tables)
    for row in tables.muscle_lines:
        key, whole = (row.structure, row.line), length[row.structure, row.line]
        assert (
            0.1 <= row.pcsa_cm2 <= 150 and 10 <= row.fibre_mm <= 600 and row.pennation_deg <= 40
        ), key
        assert 15 <= whole <= 800, key
        # fibres at rest between a quarter and one and three quarter times the length at which they
        # are strongest
        fibre = (whole - row.slack_mm) / math.cos(math.radians(row.pennation_deg)) / row.fibre_mm
        assert 0.25 <= fibre <= 1.75, (key, round(fibre, 2))


def test_muscle_strength_adds_up(tables):
    area = Counter()
    for row in tables.muscle_lines:
        area[row.structure] += row.pcsa_cm2
    for muscle, low, high in (
        ("gluteus_maximus", 20, 70),
        ("soleus", 40, 140),
        ("biceps_femoris_long_head", 8, 40),
        ("gluteus_medius", 25, 60),
        ("sternocleidomastoid", 1.5, 12),
        ("psoas_major", 8, 40),
        ("rectus_abdominis", 2, 15),
        ("trapezius_descending_part", 1, 15),
    ):
        assert low <= area[muscle] <= high, (muscle, area[muscle])
    assert area["soleus"] > area["gastrocnemius_medial_head"] > area["gastrocnemius_lateral_head"]


def test_tissue_lines_of_human_size(tables):
    for row in tables.tissue_lines:
        assert 0.1 <= row.stiffness_n_per_mm <= 1000 and row.pretension_n <= 200, (
            row.structure,
            row.line,
        )


def test_lines_lie_on_the_right_unless_the_file_says_that_they_cross(tables):
    """What is written is the right side; a line that leaves it says so in its note."""
    crossing = {
        (row.structure, row.line)
        for row in (*tables.muscle_lines, *tables.tissue_lines)
        if "cross" in row.note
    }
    wrong = {(row.structure, row.line) for row in tables.line_points if row.z_mm < 0} - crossing
    assert not wrong, "these lines of the right side lie on the left"


def test_points_lie_near_the_bone_that_carries_them(tables):
    centres = {row.bone: (row.com_x_mm, row.com_y_mm, row.com_z_mm) for row in tables.bones}
    for row in (*tables.line_points, *tables.nerve_points):
        if row.place in centres:
            # the arm reaches from the shoulder to the fingers
            assert math.dist(point(row), centres[row.place]) < (
                450 if row.place == "arm" else 320
            ), row


def test_muscles_of_the_arm_and_the_small_ones_of_the_foot_are_marked_as_drawn(tables):
    """One body of the model carries each of them, so they can take no part in the mechanics, and
    their notes say so."""
    places = {}
    for row in tables.line_points:
        places.setdefault((row.structure, row.line), set()).add(row.place)
    drawn = {key for key, where in places.items() if len(where) == 1}
    assert {name for name, _ in drawn} >= {
        "brachialis",
        "brachioradialis",
        "pronator_teres",
        "flexor_carpi_ulnaris",
        "extensor_digitorum",
        "abductor_pollicis_brevis",
        "abductor_hallucis",
    }
    for row in (*tables.muscle_lines, *tables.tissue_lines):
        assert ("drawn" in row.note) == ((row.structure, row.line) in drawn), (
            row.structure,
            row.line,
        )


# Courses of the nerves


def courses(tables):
    """Branches of every nerve: nerve -> branch -> points."""
    found = {}
    for row in tables.nerve_points:
        found.setdefault(row.nerve, {}).setdefault(row.branch, []).append(point(row))
    return found


def fill(a, b):
    """Places between two points."""
    return [tuple(p + step / 8 * (q - p) for p, q in zip(a, b, strict=True)) for step in range(9)]


def test_every_nerve_has_a_course_that_begins_at_its_levels_or_at_another_nerve(tables):
    found, levels = courses(tables), {row.root for row in tables.roots}
    assert set(found) == {row.nerve for row in tables.nerves}
    foramina = {}
    for _nerve, branches in found.items():
        for name, points in branches.items():
            if name in levels:
                foramina.setdefault(name, set()).add(points[0])
    assert all(len(places) == 1 for places in foramina.values()), (
        "one opening of the spine for each level"
    )
    openings = {place for places in foramina.values() for place in places}
    known = {
        (nerve, name): points
        for nerve, branches in found.items()
        for name, points in branches.items()
    }
    for key, points in known.items():
        others = [
            place
            for other, way in known.items()
            if other != key
            for a, b in pairwise(way)
            for place in fill(a, b)
        ]
        assert points[0] in openings or min(math.dist(points[0], place) for place in others) < 8, (
            key
        )


def test_branches_named_by_a_level_are_levels_of_their_nerve(tables):
    roots, levels = (
        {row.nerve: row.roots for row in tables.nerves},
        {row.root for row in tables.roots},
    )
    for nerve, branches in courses(tables).items():
        assert {name for name in branches if name in levels} <= set(roots[nerve]), nerve
        assert set(branches) - levels or set(branches) == set(roots[nerve]), nerve


def test_openings_of_the_spine_stand_in_order_of_height(tables):
    heights = {
        name: points[0][1]
        for nerve in ("dorsal_rami", "sciatic")
        for name, points in courses(tables)[nerve].items()
    }
    order = [
        row.root for row in sorted(tables.roots, key=lambda row: row.order) if row.root in heights
    ]
    assert (
        len(order) >= 28
        and [heights[level] for level in order] == sorted(heights[level] for level in order)[::-1]
    )


def at_height(points, height):
    """Where a course passes a height, going down: (x, z)."""
    for (x0, y0, z0), (x1, y1, z1) in pairwise(points):
        if y0 >= height >= y1 and y0 > y1:
            share = (y0 - height) / (y0 - y1)
            return x0 + share * (x1 - x0), z0 + share * (z1 - z0)
    raise AssertionError(height)


def test_courses_follow_the_textbook(tables):
    """A few landmarks that every book names, against the attachments in the files of lines."""
    found, lines = courses(tables), {}
    for row in tables.line_points:
        lines.setdefault((row.structure, row.line), []).append(point(row))
    sciatic = found["sciatic"]["trunk"]
    # below the piriformis, between sitting bone and greater trochanter, behind the femur
    piriformis = lines["piriformis", 1]
    assert at_height(sciatic, 955)[1] < piriformis[1][2] + 5 and sciatic[1][1] < piriformis[1][1]
    sitting, trochanter = lines["semitendinosus", 1][0], lines["piriformis", 1][-1]
    assert sitting[2] + 10 < at_height(sciatic, 886)[1] < trochanter[2] - 10
    hip = next(row for row in tables.joints if row.joint == "hip")
    assert all(at_height(sciatic, height)[0] < hip.x_mm for height in (880, 800, 700, 600))
    # behind the inner ankle, between the tendons to the toes and to the big toe
    nerve = at_height(found["tibial"]["trunk"], 152)
    assert (
        at_height(lines["tibialis_posterior", 1], 152)[0] > nerve[0]
        and nerve[1] < at_height(lines["flexor_hallucis_longus", 1], 152)[1]
    )
    # outside of the head of the fibula; in front of the hip; behind the inner elbow
    assert found["deep_fibular"]["trunk"][0][2] > lines["biceps_femoris_long_head", 1][-1][2]
    assert at_height(found["femoral"]["trunk"], 900)[0] > hip.x_mm + 20
    assert (
        at_height(found["ulnar"]["trunk"], 1148)[0]
        < at_height(found["median"]["trunk"], 1150)[0] - 20
    )
    assert (
        at_height(found["radial"]["trunk"], 1300)[0]
        < at_height(found["musculocutaneous"]["trunk"], 1300)[0] - 20
    )


def test_lines_of_pull_run_between_the_curves_that_the_picture_fills(tables):
    """What is drawn and what pulls are one muscle. The last stretch of a line may run on in a
    sheet of tendon beyond the flesh (the external oblique to the midline), and a line may end
    within the sheet, short of its edge. It runs under the outer face, by the depth of the flesh:
    most in the loins, whose deepest slips end on the vertebrae under all of the long muscles."""
    junctions = {row.junction for row in tables.junctions}
    lines, curves = {}, {}
    for row in tables.line_points:
        lines.setdefault((row.structure, row.line), []).append(row)
    for row in tables.attachments:
        curves.setdefault(row.muscle, {}).setdefault(row.end, []).append(point(row))
    for (structure, line), rows in lines.items():
        if structure not in curves or junctions & {row.place for row in rows}:
            continue
        path = sample(map(point, rows))
        surface = span(curves[structure])
        for end, curve in curves[structure].items():
            away = find_nearest(path, sample(curve))
            tip = min((path[0], path[-1]), key=lambda place: find_nearest([place], sample(curve)))
            within = find_nearest([tip], surface)
            most = 50 if end == "middle" else 40
            assert away < most or within < 35, (structure, line, end, away, within)


def find_nearest(points, others):
    return min(math.dist(one, other) for one in points for other in others)


def span(curves, count=15):
    """Points of the sheet between the curves of a muscle."""
    ends = [curves[end] for end in ("origin", "middle", "insertion") if end in curves]
    rows = [[mix(curve, k / (count - 1)) for curve in ends] for k in range(count)]
    return [place for row in rows for place in sample(row, count)]


def mix(curve, share):
    """The place at a share of the way along a curve by its points' numbers."""
    number = share * (len(curve) - 1)
    low = min(int(number), len(curve) - 2)
    part = number - low
    return tuple(a + (b - a) * part for a, b in zip(curve[low], curve[low + 1], strict=True))


def sample(path, steps=20):
    """Points along a bent line."""
    return [
        tuple(a + (b - a) * step / steps for a, b in zip(one, other, strict=True))
        for one, other in pairwise(path)
        for step in range(steps + 1)
    ]


def test_neighbouring_lines_of_a_muscle_are_numbered_side_by_side(tables):
    """The space between neighbouring lines is drawn as a fan: no line may lie far from the one
    before."""
    middles, muscles = {}, {row.muscle for row in tables.muscles}
    for row in tables.line_points:
        middles.setdefault((row.structure, row.line), []).append(point(row))
    for (structure, line), path in middles.items():
        other = middles.get((structure, line + 1))
        if other and structure in muscles:
            assert (
                math.dist(
                    *(
                        tuple(sum(axis) / len(axis) for axis in zip(*one, strict=True))
                        for one in (path, other)
                    )
                )
                < 260
            ), (structure, line)


def test_parameters_have_a_range_with_their_value_inside(tables):
    for row in tables.parameters:
        assert row.low <= row.value <= row.high and len(row.meaning) > 10, row.parameter
        assert row.low >= 0 or row.parameter in ("attachment_offset", "axis_tilt"), row.parameter
        assert row.low < row.high or row.note == "not drawn", row.parameter


def test_cases_have_a_range_with_their_value_inside_and_say_what_they_rest_on(tables):
    for number in tables.cases:
        key = (number.case, number.level, number.quantity)
        assert number.low <= number.value <= number.high > number.low, key
        assert number.note and (number.source != "estimate" or number.grade == "contested"), key
        assert number.unit != "share" or 0 <= number.low < number.high <= 1, key


def test_a_worse_strain_is_worse_in_every_way(tables):
    for quantity, sign in (("capacity", -1), ("transmission", -1), ("pain", 1), ("spared", 1)):
        rows = [
            number
            for number in tables.cases
            if (number.case, number.quantity) == ("hamstring_strain", quantity)
        ]
        for column in ("value", "low", "high"):
            ordered = sorted(rows, key=lambda number: int(number.level))
            values = [sign * getattr(number, column) for number in ordered]
            assert len(values) == 3 and values == sorted(values), (quantity, column)
        assert len({number.value for number in rows}) == 3, quantity


def test_a_muscle_that_is_torn_through_pulls_no_more(tables):
    pulls = {
        number.level: number.value
        for number in tables.cases
        if (number.case, number.quantity) == ("hamstring_strain", "protective_tension")
    }
    assert pulls["2"] > pulls["1"] > pulls["3"] == 0


def test_numbers_are_written_plainly(tables):
    for name in FILES:
        header, *rows = read_cells(find_data_folder() / f"{name}.csv")
        for place, column in enumerate(header):
            kinds = FILES[name].model_fields
            info = next(info for field, info in kinds.items() if column in (field, info.alias))
            if info.annotation in (int, float):
                assert all(NUMBER.fullmatch(row[place]) for row in rows), (name, column)
