"""The findings that were kept back: each has one question, each question an answer, and the report
hides nothing."""

import csv
import io
import math
import re

import pandas as pd
import pytest

import musclechain as mc
from musclechain.__main__ import main
from musclechain.anatomy.records import FILES
from musclechain.anatomy.tables import find_data_folder, read_tables
from musclechain.mechanics.draws import DrawTask
from musclechain.tools.validation import question, report
from musclechain.tools.validation.question import (
    AGREES,
    CANNOT,
    DISAGREES,
    Answer,
    Asker,
    Expected,
    Measured,
    Part,
    Question,
    Way,
    answer,
    at_least,
    less,
    measure,
    more,
    near,
    within,
)
from musclechain.tools.validation.report import (
    answer_all,
    build_table,
    count_verdicts,
    describe_answers,
    format_number,
    list_questions,
    write_table,
)

QUESTIONS = {one.evidence: one for one in list_questions()}
COUNT = re.compile(r"(\d+) asked: (\d+) agree, (\d+) disagree; (\d+) cannot be asked")


@pytest.fixture(scope="module")
def answers(body):
    return answer_all(body, draws=2)


@pytest.fixture
def kept_back():
    """The ids that data/README.md names as kept back."""
    readme = (find_data_folder() / "README.md").read_text(encoding="utf-8")
    listed = readme.split("**Kept back to test the model:**")[1].split("The findings are")[1]
    return re.findall(r"`([A-Z]{2}\d\d)`", listed.split("\n")[0])


# ---- the questions


def test_every_finding_that_is_kept_back_has_exactly_one_entry(body, kept_back):
    assert sorted(one.evidence for one in list_questions()) == sorted(kept_back)
    assert len(set(kept_back)) == len(kept_back) and set(kept_back) <= set(
        body.graph.graph["evidence"]
    )


def test_no_number_of_the_model_rests_on_a_finding_that_is_kept_back(kept_back):
    tables = read_tables()
    used = {
        (name, row.source)
        for name in FILES
        for row in getattr(tables, name)
        if getattr(row, "source", None) in kept_back
    }
    # this one says what is joined, not how much passes; its question says that it is a weak test
    assert used == {("junctions", "CH13")}, "a finding cannot both make the model and test it"
    assert "weak test" in QUESTIONS["CH13"].ways[0].asked


@pytest.mark.parametrize("one", QUESTIONS.values(), ids=list(QUESTIONS))
def test_an_entry_is_asked_or_says_why_not(one):
    assert one.published and bool(one.ways) != bool(one.why_not)
    assert one.why_not == "" or one.why_not.endswith(".")
    assert all(way.asked.endswith(".") for way in one.ways)


@pytest.mark.parametrize("one", QUESTIONS.values(), ids=list(QUESTIONS))
def test_figures_of_an_entry_are_those_of_the_data(body, one):
    """A figure in the words of an entry stands in its finding, so that the two cannot part."""
    finding = body.evidence(one.evidence)
    told = set(re.findall(r"\d+(?:\.\d+)?", f"{finding['value']} {finding['statement']}"))
    conditions = {"LD11": {"20", "15"}, "LL10": {"30"}, "FT12": {"4"}, "FT07": {"5"}, "LL03": {"5"}}
    conditions |= {"TX16": {"4"}, "TX03": {"5"}, "TP21": {"50"}, "RE06": {"2"}, "LL02": {"15"}}
    said = set(re.findall(r"\d+(?:\.\d+)?", one.published))
    assert said - told <= conditions.get(one.evidence, set())


# ---- the answers


@pytest.mark.parametrize("evidence", list(QUESTIONS))
def test_every_answer_has_one_of_three_verdicts(answers, evidence):
    given = [one for one in answers if one.question.evidence == evidence]
    assert [one.decides for one in given] == [True] + [False] * (len(given) - 1)
    for one in given:
        assert one.verdict in (AGREES, DISAGREES, CANNOT)
        assert (one.verdict == CANNOT) == (not QUESTIONS[evidence].ways)
        assert bool(one.parts) != bool(one.reason)
        assert all(math.isfinite(part.measured.value) for part in one.parts)
        if one.parts:
            assert (one.verdict == AGREES) == all(part.agrees for part in one.parts)


def test_the_count_adds_up(answers):
    asked, agree, disagree, cannot = map(int, COUNT.fullmatch(count_verdicts(answers)).groups())
    assert asked == agree + disagree and asked + cannot == len(QUESTIONS)
    assert asked == sum(bool(one.ways) for one in QUESTIONS.values())


def test_what_is_drawn_has_a_range(answers):
    """Two bodies were drawn, and every number has a range between them, but for two kinds: what the
    tables of a treatment set, and a posture that fewer than half of the bodies can hold."""
    ranged = {
        (one.question.evidence, part.what): part.measured for one in answers for part in one.parts
    }
    assert all(found.low <= found.high for found in ranged.values() if not math.isnan(found.low))
    assert {key for key, found in ranged.items() if math.isnan(found.low)} <= {
        ("TX16", "stiffness of the hamstrings"),
        ("TX03", "stiffness of the upper trapezius"),
        ("TX03", "stiffness of a long back muscle"),
        ("TP21", "both upper trapezius muscles"),
    }


def test_a_range_is_read_body_by_body(body):
    """Of a number that no body changes the range is the number; of a ratio it is that of the
    ratios, and not of its parts."""
    asker = Asker(body, draws=4)
    low, high = (asker.put(mc.HoldPose({}, lift_mm={"left": mm})) for mm in (10, 20))
    assert measure(lambda _result: 3, low) == Measured(3, 3, 3)

    def tilt(result):
        return result.pose().at["pelvis", "side_bend_deg"]

    ratio = measure(lambda first, second: tilt(second) / tilt(first), low, high)
    one, other = measure(tilt, low), measure(tilt, high)
    assert ratio.low > other.low / one.high and ratio.high < other.high / one.low
    assert 1.9 < ratio.low <= ratio.value <= ratio.high < 2.1
    # three of four bodies hold the first, and one of these the second too
    low.drawn.pop(0)
    for number in (1, 2):
        high.drawn.pop(number)
    assert not math.isnan(measure(tilt, low).low)
    assert math.isnan(measure(lambda first, second: tilt(first), low, high).low)


@pytest.mark.parametrize(
    ("expected", "found", "agrees"),
    [
        (more(0.1), Measured(0.1), True),
        (more(0.1), Measured(0.05, 0.0, 5.0), False),  # of a direction the value alone decides
        (less(1), Measured(-1.5), True),
        (less(1), Measured(1.5), False),
        (at_least(1.2), Measured(1.1), False),
        (at_least(1.2), Measured(1.1, 0.9, 1.3), True),
        (within(400, 600), Measured(700), False),
        (within(400, 600), Measured(700, 590, 800), True),
        (within(400, 600), Measured(700, 610, 800), False),
        (within(400, 600), Measured(500, 610, 800), True),
        (near(100), Measured(75), True),
        (near(100), Measured(126), False),
        (near(-100), Measured(-120), True),
        (more(0.1), Measured(math.nan), False),
    ],
)
def test_what_counts_as_agreement(expected, found, agrees):
    assert expected.agrees(found) is agrees


def test_a_number_that_is_turned_keeps_its_range_in_order():
    assert Measured(2, 1, 4).turned() == Measured(-2, -4, -1)


def test_the_signs_of_angles_are_those_of_the_questions(body):
    """Of a hanging left leg: bending, drawing in and turning in the hip all count up. How far it
    follows what is asked is the business of others."""
    asker = Asker(body, draws=0)
    still = asker.put(mc.LegLift("left"))
    for angle, turn, bones in (
        ("flexion", (10, 0, 0), ("pelvis", "thigh_left")),
        ("side_bend", (0, -10, 0), ("pelvis", "thigh_left")),
        ("rotation", (0, 0, 10), ("thigh_left", "pelvis")),
    ):
        pose = mc.HoldPose({"thigh_left": turn})
        moved = asker.put(mc.LegLift("left"), pose).against(still)
        assert moved.turn_between(*bones, angle).value > 1
    # leaning to the left, and raising the left foot
    lean = asker.put(mc.HoldPose({"thorax": (0, -10, 0)})).angle("thorax", "side_bend")
    assert lean.turned().value > 1
    assert asker.put(mc.HoldPose({}, lift_mm={"left": 20})).angle("pelvis", "side_bend").value > 0


def test_a_state_compared_with_itself_is_no_change(body):
    asker = Asker(body, draws=3)
    lean = asker.put(mc.Limp("left", 0.3))
    again = asker.put(mc.Limp("left", 0.3)).against(lean)
    for found in (again.load("hip_right"), again.tension(["gluteus_medius_right"])):
        assert (found.value, found.low, found.high) == pytest.approx((0, 0, 0), abs=1e-3)
    assert lean.load("hip_right").low < lean.load("hip_right").high


# ---- refusals


def refuse(_asker):
    raise mc.SolveError("This posture cannot be held: ask for less.")


def hold(_asker):
    return [Part("a hold", "N", Measured(2), more(1))]


def test_a_refused_state_disagrees_in_the_words_of_the_refusal(body):
    asked = Question("LL02", "something", (Way("Too far.", refuse), Way("Less far.", hold)))
    first, second = answer(asked, Asker(body, 0))
    assert (first.verdict, first.decides, first.parts) == (DISAGREES, True, ())
    assert first.reason == "The model refuses: This posture cannot be held: ask for less."
    assert (second.verdict, second.decides) == (AGREES, False)
    assert count_verdicts([first, second]) == "1 asked: 0 agree, 1 disagree; 0 cannot be asked"
    text = describe_answers(body, [first, second])
    assert "LL02: disagrees" in text and "LL02, another way: agrees" in text
    assert "This posture cannot be held" in text and "Traceback" not in text


def test_a_state_that_few_bodies_can_hold_has_no_range(body, monkeypatch):
    monkeypatch.setattr(DrawTask, "hold", lambda *_given: None)
    lift = Asker(body, 5).put(mc.HoldPose({}, lift_mm={"left": 10}))
    found = lift.angle("pelvis", "side_bend")
    assert found.value > 0 and math.isnan(found.low) and math.isnan(found.high)
    assert math.isnan(lift.against(lift).load("l5_s1").low)


# ---- the report


def test_the_report_ends_with_the_count_and_names_every_finding(body, answers):
    text = describe_answers(body, answers)
    assert text.splitlines()[-1] == count_verdicts(answers)
    for evidence in QUESTIONS:
        assert len(re.findall(rf"^{evidence}: ", text, re.MULTILINE)) == 1
    assert max(map(len, text.splitlines())) <= 100


def test_the_table_comes_back_from_its_file(body, answers, tmp_path):
    table, path = build_table(body, answers), tmp_path / "answers.csv"
    write_table(path, table)
    pd.testing.assert_frame_equal(
        pd.read_csv(path, keep_default_na=False, dtype=str), table.astype(str), check_dtype=False
    )
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    deciding = [row for row in rows if row["decides"] == "yes"]
    assert {row["evidence"] for row in deciding} == set(QUESTIONS)
    assert len(deciding) == len(QUESTIONS) and all(row["source"] for row in rows)


@pytest.fixture
def one_question(monkeypatch):
    """Only one question, so that the command itself is quick."""
    asked = (Question("LL02", "something", (Way("Quietly.", hold),)),)
    monkeypatch.setattr(report, "list_questions", lambda: asked)


def test_the_command_prints_and_writes(one_question, tmp_path, capsys):
    path = tmp_path / "answers.csv"
    assert main(["validate", "--csv", str(path), "--draws", "0"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("1 asked: 1 agree, 0 disagree; 0 cannot be asked\n")
    assert next(csv.DictReader(io.StringIO(path.read_text())))["verdict"] == AGREES


def test_a_path_that_cannot_be_is_refused_before_anything_is_asked(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(report, "list_questions", lambda: pytest.fail("this takes a minute"))
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "where.csv", "there is no folder"),
    ):
        assert main(["validate", "--csv", str(path)]) == 2
        said = capsys.readouterr()
        assert words in said.err and not said.out


def test_a_file_that_cannot_be_written_is_told(one_question, tmp_path, capsys, monkeypatch):
    def deny(*_given, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pd.DataFrame, "to_csv", deny)
    assert main(["validate", "--csv", str(tmp_path / "a.csv"), "--draws", "0"]) == 2
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize("draws", ["-1", "many", "2.5", "1e9", "20000"])
def test_a_number_of_draws_that_cannot_be_is_refused(draws, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["validate", "--draws", draws])
    assert caught.value.code == 2 and "whole number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (-0.0001, "0.00"), (0.05, "0.05"), (99.96, "100.0"), (1234.5, "1234")],
)
def test_numbers_have_the_digits_that_they_deserve(value, text):
    assert format_number(value) == text


def test_everything_that_is_public_is_named():
    for module in (question, report):
        assert all(hasattr(module, name) for name in module.__all__)
    assert {Answer, Expected} <= {getattr(question, name) for name in question.__all__}
