"""Plans: what a dose does, what a plan refuses, and its file."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import musclechain as mc
from musclechain.anatomy.records import REGIONS
from musclechain.cases.description import find_range, list_fields
from musclechain.cases.plan_files import COLUMNS, format_plan, parse_plan
from musclechain.cases.plans import (
    PLACES,
    REMEDIES,
    TABLES,
    find_effects,
    read_remedy,
)

BODY = mc.read_body()


def numbers(name):
    low, high = find_range(list_fields(mc.Dose)[name])
    return st.floats(low, high)


doses = st.builds(
    mc.Dose,
    st.sampled_from(REMEDIES),
    numbers("minutes"),
    numbers("per_week"),
    numbers("from_day"),
    numbers("weeks"),
    st.sampled_from(PLACES),
    st.sampled_from(["left", "right", "both"]),
)
names = st.text(max_size=80).map(str.strip).filter(str.isprintable)
plans = st.builds(mc.Plan, st.lists(doses, max_size=6), names)


def effect_of(*dose, **more):
    return find_effects(BODY, mc.Plan(mc.Dose(*dose, **more)))[0]


# ---- what a dose does


def test_a_place_of_a_plan_is_the_body_or_one_of_its_regions():
    assert ("body", *REGIONS) == PLACES


def test_each_remedy_has_its_numbers_or_none_by_intent():
    for remedy in REMEDIES:
        level = read_remedy(BODY, remedy)
        assert (level is None) == (remedy in ("insoles", "shoes"))
        assert level is None or set(level.values) == set(TABLES[remedy][2])
    with pytest.raises(mc.CauseError, match="remedy must be one of deep massage"):
        read_remedy(BODY, "leeches")


def test_more_than_the_dose_that_was_measured_gives_no_more():
    week = read_remedy(BODY, "static stretching").values["week"]
    half, full, much = (
        effect_of("static stretching", minutes / 7, 7).range_deg
        for minutes in (week / 2, week, 3 * week)
    )
    assert half == pytest.approx(full / 2) and much == full


def test_only_a_very_high_dose_of_stretching_softens():
    assert effect_of("static stretching", 2, 7).softer == 0
    assert effect_of("static stretching", 10, 7).softer == pytest.approx(0.1)


def test_stretching_the_neck_raises_no_leg():
    assert effect_of("static stretching", region="neck").range_deg == 0


def test_massage_relieves_by_the_mean_of_what_each_session_gives_and_loses():
    dose = mc.Dose("deep massage", 30, per_week=1)
    practice = find_effects(BODY, mc.Plan(dose))[0].practice
    values = read_remedy(BODY, "deep massage").values
    since = np.linspace(0, 7, 20001)
    # what is left of all sessions so far, between two of them
    left = sum(np.exp(-(since + 7 * k) / practice.days) for k in range(30))
    assert practice.relief == pytest.approx(values["relief"] * left.mean(), rel=1e-3)


def test_massage_and_stretching_are_gone_after_minutes():
    for remedy, quantity in (("sports massage", "softer"), ("static stretching", "range_deg")):
        table = mc.find_after_session(BODY, remedy, 10, [0, 60])[quantity]
        assert table[0] > 0 and table[60] < 1e-3 * table[0]
    values = read_remedy(BODY, "sports massage").values
    gone = mc.find_after_session(BODY, "sports massage", 10, [values["gone_after"]])["softer"]
    assert gone.iloc[0] == pytest.approx(math.exp(-3) * values["softer_now"])
    assert (mc.find_after_session(BODY, "Pilates", 60, [0]).to_numpy() == 0).all()


def test_drawn_effects_stay_in_their_ranges_and_are_the_same_for_one_seed():
    plan = mc.Plan([mc.Dose("Pilates", 60, 2), mc.Dose("strengthening", 60, 2)])
    first, second = (find_effects(BODY, plan, np.random.default_rng(3), 50) for _ in range(2))
    record = read_remedy(BODY, "Pilates").records["relief"]
    relief = first[0].practice.relief
    assert relief.shape == (50,) and (relief == second[0].practice.relief).all()
    assert relief.max() <= record.high and np.ptp(relief) > 0.5 * (record.high - record.low)


def test_insoles_are_worn_while_the_plan_says_so():
    plan = mc.Plan(mc.Dose("insoles", from_day=7, weeks=2, side="left"))
    assert plan.list_aids(6) == () == plan.list_aids(21)
    assert plan.list_aids(7) == (mc.Insole("left"),)
    assert mc.Plan(mc.Dose("insoles")).list_aids(0) == (mc.Insole("left"), mc.Insole("right"))


# ---- what is refused


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ({"remedy": "leeches"}, "remedy must be 'deep massage', .* or 'rest', and is 'leeches'"),
        ({"remedy": "rest", "minutes": 0}, "minutes must be a number from 1 to 120 minutes"),
        ({"remedy": "rest", "weeks": math.inf}, "weeks must be a number from 1 to 520 weeks"),
        ({"remedy": "rest", "region": "knee"}, "region must be 'body'"),
        ({"remedy": "rest", "from_day": True}, "from_day must be a number"),
    ],
)
def test_a_dose_checks_what_it_is_given(words, match):
    with pytest.raises(mc.CauseError, match=match):
        mc.Dose(**words)


@pytest.mark.parametrize("wrong", ["rest", [mc.Insole("left")], 5, None])
def test_a_plan_is_made_of_doses(wrong):
    with pytest.raises(mc.CauseError, match="made of doses"):
        mc.Plan(wrong)


@pytest.mark.parametrize("name", ["x" * 81, "two\nlines", " spaces ", 5])
def test_a_plan_has_a_name_of_one_line(name):
    with pytest.raises(mc.CauseError, match="name of a plan is one line"):
        mc.Plan((), name)


def test_a_plan_has_so_many_doses_at_most():
    with pytest.raises(mc.CauseError, match="at most 40 doses, and this one has 41"):
        mc.Plan([mc.Dose("rest")] * 41)


# ---- the file


@given(plans)
@example(mc.Plan((), 'a "quoted", name'))
@example(mc.Plan(mc.Dose("rest", 1.1, 0.3), "=1+1"))
@settings(max_examples=40)
def test_a_plan_round_trips_exactly(plan):
    assert parse_plan(format_plan(plan)) == plan


def test_a_plan_is_written_and_read(tmp_path):
    plan = mc.Plan([mc.Dose("Pilates", 60, 2), mc.Dose("rest", weeks=2)], "Ärger mit „Ü“")
    path = tmp_path / "mine.plan.txt"
    assert mc.write_plan(plan, path) is None and mc.read_plan(path) == plan
    assert mc.write_plan(mc.Plan(), path) is None and mc.read_plan(path) == mc.Plan()
    assert [one.name for one in tmp_path.iterdir()] == ["mine.plan.txt"]


def test_a_plan_from_a_word_processor_is_read(tmp_path):
    plan = mc.Plan(mc.Dose("balance work"), "b")
    path = tmp_path / "b.plan.txt"
    path.write_bytes(b"\xef\xbb\xbf" + format_plan(plan).replace("\n", "\r\n").encode() + b"\r\n")
    assert mc.read_plan(path) == plan


GOOD = format_plan(mc.Plan([mc.Dose("rest"), mc.Dose("Pilates")], "n"))


@pytest.mark.parametrize(
    ("text", "match", "readable"),
    [
        ("", r"p, row 1: found ''; allowed: 'musclechain plan 1'", 0),
        (GOOD.replace("plan 1", "plan 9"), "row 1: found 'musclechain plan 9'", 0),
        (GOOD.replace("name,n", "title,n"), "row 2, column name: found 'title,n'", 2),
        (GOOD.replace("minutes", "hours"), "row 3: found 'remedy,hours", 0),
        (GOOD.replace("rest,30", "rest,0"), "row 4, column minutes: found '0'; allowed: a num", 1),
        (GOOD.replace("rest,30", "rest,3_0"), "row 4, column minutes: found '3_0'", 1),
        (GOOD.replace("Pilates,30", "Pilates,nan"), "row 5, column minutes: found 'nan'", 1),
        (
            GOOD.replace("Pilates", "Pilots"),
            "row 5, column remedy: found 'Pilots'",
            1,
        ),
        (GOOD.replace("both", "up", 1), "row 4, column side: found 'up'", 1),
        (GOOD + "rest\n", "row 6: found 1 cells; allowed: 7", 2),
        (GOOD + "\n\nrest\n", "row 6: found 0 cells", 2),
        (GOOD + 'rest,"30\n', "row 6: found .*cells parted by commas", 2),
        (GOOD + "rest,30,1,0,5,body,both\n" * 60, "found 62 doses; allowed: at most 40", 40),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_row_and_field(text, match, readable):
    with pytest.raises(mc.PlanError, match=match) as caught:
        parse_plan(text, "p")
    assert len(caught.value.readable.doses) == readable


def test_every_problem_of_a_file_is_found():
    text = GOOD.replace("rest,30", "rest,x").replace("Pilates,30,1", "Pilates,30,99")
    with pytest.raises(mc.PlanError) as caught:
        parse_plan(text)
    assert [(one.row, one.column) for one in caught.value.problems] == [
        (4, "minutes"),
        (5, "per_week"),
    ]


@given(st.text(max_size=300))
def test_any_text_is_a_plan_or_refused_in_words(text):
    for whole in (text, GOOD + text, "\n".join([*GOOD.split("\n")[:2], text])):
        try:
            plan = parse_plan(whole)
        except mc.PlanError as error:
            assert error.problems and str(error)
        else:
            assert parse_plan(format_plan(plan)) == plan


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 200_000, GOOD.replace("30", "x").encode()])
def test_a_broken_file_loses_nothing(tmp_path, data):
    path = tmp_path / "mine.plan.txt"
    path.write_bytes(data)
    with pytest.raises(mc.PlanError):
        mc.read_plan(path)
    assert path.read_bytes() == data
    aside = mc.write_plan(mc.Plan(), path)
    assert aside == tmp_path / "mine.broken1.txt" and aside.read_bytes() == data
    path.write_bytes(data)
    assert mc.write_plan(mc.Plan(), path) == tmp_path / "mine.broken2.txt"
    assert mc.read_plan(path) == mc.Plan()


def test_a_missing_file_is_told_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        mc.read_plan(tmp_path / "none.plan.txt")
    assert tuple(list_fields(mc.Dose)) == COLUMNS


# ---- random plans


def follow(plan, result):
    course = mc.find_course(result, plan)
    table = course.table(np.linspace(0, 365, 25))
    assert np.isfinite(table.to_numpy()).all()
    for name in ("pain", "guarding", "balance", "calmer"):
        assert table[name].between(0, 1).all(), name
    assert table["shorter_mm"].abs().max() < 60 and table["stiffer"].between(0, 5).all()
    assert table["strength"].between(0, 10).all() and table["range_deg"].between(0, 600).all()
    return course


@pytest.fixture(scope="module")
def results():
    return [
        mc.spread(BODY, mc.HamstringStrain("left", 3), guarding=1.0),
        mc.spread(BODY, mc.UnevenHips("left", 30)),
        mc.spread(BODY, [mc.HamstringStrain("right", 1), mc.Limp("right", 0.3)], guarding=0.5),
    ]


which = st.integers(0, 2)


@given(plans, which, st.floats(0, 365))
@settings(max_examples=15)
def test_any_plan_can_be_followed_and_any_day_of_it_be_solved(results, plan, number, day):
    solved = follow(plan, results[number]).result_on(day, minutes_after=1.0)
    assert np.isfinite(solved.table()["after_N"]).all()


@pytest.mark.thorough
@given(plans, which)
@settings(max_examples=10_000)
def test_ten_thousand_random_plans_have_no_error_and_do_not_run_away(results, plan, number):
    follow(plan, results[number])
