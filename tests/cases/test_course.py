"""The course of a state: what becomes of it on later days."""

import math

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_change
from musclechain.cases.course import NO_PAIN, read_slow_level
from musclechain.mechanics import slow
from musclechain.mechanics.groups import add_up
from musclechain.mechanics.pose_problem import PoseProblem
from musclechain.mechanics.ways import list_cause_structures
from musclechain.views.words.result import describe_result
from tests.counting import count_calls

BODY = mc.read_body()
STRAIN = mc.HamstringStrain("left", 2)
HIPS = mc.UnevenHips("left", 30)
MUSCLE = STRAIN.muscle


@pytest.fixture(scope="module")
def strained():
    return mc.spread(BODY, STRAIN, guarding=1.0)


@pytest.fixture(scope="module")
def uneven():
    return mc.spread(BODY, HIPS)


def test_the_first_day_is_the_state_that_it_starts_from(strained, uneven):
    for result in (strained, uneven):
        same = mc.find_course(result).result_on(0)
        gap = same.table()["after_N"] - result.table()["after_N"]
        assert gap.abs().max() < 1e-6
        assert same.routes == result.routes


def test_a_strain_heals_by_its_grade_and_leaves_a_healthy_body():
    for grade, days in ((1, 10.0), (2, 18.6), (3, 176.0)):
        result = mc.spread(BODY, mc.HamstringStrain("left", grade))
        table = mc.find_course(result).table([0, days])
        assert table["pain"].iloc[1] == pytest.approx(
            table["pain"].iloc[0] * math.exp(-3), abs=1e-3
        )
    last = mc.find_course(result, days=3000).result_on(3000).table()["change_N"]
    assert last.abs().max() < 0.5


def test_uneven_hips_stay_and_the_muscles_fit_themselves_to_them(uneven):
    course = mc.find_course(uneven)
    numbers = read_slow_level(BODY).values
    expected = -numbers["length_share"] * course.held[course.watched]
    table = course.table([0, 365])
    assert table["shorter_mm"].tolist() == pytest.approx([0, expected], abs=1e-3)
    slack = course.state(365).asked.slack_mm
    shorter = [name for name, held in course.held.items() if held < -1]
    assert shorter and all(slack[name] < -0.4 for name in shorter)
    assert all(slack.get(name, 0) >= 0 for name, held in course.held.items() if held > 0)


def test_only_tissue_of_shortened_muscles_gets_stiffer(uneven):
    course = mc.find_course(uneven)
    stiffness = course.state(365).asked.stiffness
    assert stiffness and all(course.held[name] < 0 and one > 1 for name, one in stiffness.items())


def test_a_posture_that_is_left_is_left_and_the_muscles_go_back(uneven):
    course = mc.find_course(mc.spread(BODY, mc.Limp("left", 0.5, 8)), kept_days=60)
    before, after = course.state(59).asked, course.state(61).asked
    assert before.angles and not after.angles and after.load_shift == 0
    shorter = course.table([60, 60 + 15.8])["shorter_mm"].to_numpy()
    assert shorter[1] == pytest.approx(shorter[0] / math.e, rel=1e-3)
    # a longer leg is no habit
    assert mc.find_course(uneven, kept_days=60).state(61).asked.lift_mm == {"left": 30}


def test_the_sore_leg_takes_its_load_back_as_the_pain_fades(strained):
    course = mc.find_course(strained)
    shift = [course.state(day).asked.load_shift for day in (0, 5, 40)]
    assert abs(shift[0]) > abs(shift[1]) > 3 * abs(shift[2])


def test_guarding_feeds_the_pain_in_one_theory_only():
    pains = {
        theory: mc.find_course(mc.spread(BODY, STRAIN, guarding=1.0, theory=theory))
        .table([10])["pain"]
        .iloc[0]
        for theory in ("vicious circle", "pain adaptation", "redistribution")
    }
    alone = mc.find_course(mc.spread(BODY, STRAIN)).table([10])["pain"].iloc[0]
    assert pains["vicious circle"] > 1.5 * alone
    assert pains["pain adaptation"] == pains["redistribution"] == pytest.approx(alone)


def test_a_circle_above_one_goes_on_when_the_injury_has_healed():
    strong = BODY.with_parameters(guarding_loop_gain=1.2)
    course = mc.find_course(mc.spread(strong, STRAIN, guarding=1.0))
    assert course.table([365])["pain"].iloc[0] == pytest.approx(1.0, abs=1e-3)
    assert max(course.state(365).asked.pain.values()) == pytest.approx(1.0, abs=1e-3)


def test_strengthening_gives_what_was_measured_and_it_goes_again():
    plan = mc.Plan(mc.Dose("strengthening", 60, 2, weeks=22, region="thigh"))
    course = mc.find_course(mc.spread(BODY, ()), plan, days=730)
    strength = course.table([0, 154, 730])["strength"].to_numpy()
    assert strength[1] == pytest.approx(1 + 0.211 * (1 - math.exp(-3)), abs=1e-6)
    assert strength[2] < 1.001
    asked = course.state(154).asked.strength
    assert asked["rectus_femoris_left"] > 1.19 and "multifidus_lumborum_left" not in asked


def test_the_strength_of_the_table_is_that_of_the_weakest_muscle_in_the_state(strained):
    """What trains the feet makes no hamstring stronger, and resting legs no arm weaker."""
    arm = mc.spread(BODY, mc.Weaken("deltoid_left", 0.5))
    for result, plan in (
        (strained, mc.Plan(mc.Dose("strengthening", 60, 2, weeks=20, region="foot"))),
        (strained, mc.Plan(mc.Dose("strengthening", 60, 2, weeks=20, region="thigh"))),
        (arm, mc.Plan(mc.Dose("rest", weeks=20))),
    ):
        course = mc.find_course(result, plan)
        told = course.table([3, 42])["strength"].tolist()
        asked = [course.state(day).asked.strength[course.weakest] for day in (3, 42)]
        assert told == pytest.approx(asked)
    assert mc.find_course(mc.spread(BODY, ())).weakest is None


def test_no_plan_puts_a_pelvis_level(uneven):
    """Claims 36 and 43: nothing that is measured moves the bones back."""
    plan = mc.Plan(
        [
            mc.Dose("deep massage", 60, 2, weeks=52),
            mc.Dose("balance work", 60, 2, weeks=52),
            mc.Dose("static stretching", 5, 7, weeks=52),
        ]
    )
    done, nothing = (mc.find_course(uneven, one).result_on(360).pose() for one in (plan, None))
    tilt = uneven.pose().loc["pelvis", "side_bend_deg"]
    assert abs(done.loc["pelvis", "side_bend_deg"] - nothing.loc["pelvis", "side_bend_deg"]) < 0.02
    assert abs(done.loc["pelvis", "side_bend_deg"]) > 0.8 * abs(tilt)


def test_rest_weakens_the_legs_and_pain_only_its_side(strained):
    course = mc.find_course(mc.spread(BODY, ()), mc.Plan(mc.Dose("rest", weeks=4)))
    weaker = course.state(28).asked.strength
    assert weaker["soleus_left"] == weaker["soleus_right"] < 0.95
    assert "splenius_capitis_left" not in weaker
    spared = mc.find_course(strained).state(10).asked.strength
    assert spared["soleus_left"] < 1 and "soleus_right" not in spared


def test_massage_softens_for_minutes_only(strained):
    course = mc.find_course(strained, mc.Plan(mc.Dose("sports massage", 30, region="thigh")))
    now, later = (course.state(1, after).asked.stiffness for after in (0.0, None))
    assert now["rectus_femoris_left"] == pytest.approx(1 - 0.052, abs=1e-6)
    assert "rectus_femoris_left" not in later


def test_the_band_holds_the_course_and_comes_again(strained):
    plan = mc.Plan([mc.Dose("Pilates", 60, 2), mc.Dose("static stretching", 3, 7)])
    course, days = mc.find_course(strained, plan), [7, 60]
    band, table = course.band(days, draws=80), course.table(days)
    for name in ("range_deg", "strength", "balance"):
        assert (band[name]["low"] <= table[name] + 1e-6).all()
        assert (table[name] <= band[name]["high"] + 1e-6).all()
    assert band.equals(course.band(days, draws=80))
    assert (course.band([7], draws=80)["pain"]["high"] > table["pain"].iloc[0]).all()


def test_stretching_gives_range_without_softer_muscle(uneven):
    plan = mc.Plan(mc.Dose("static stretching", 2.5, 7, weeks=6))
    course = mc.find_course(uneven, plan)
    assert course.table([42])["range_deg"].iloc[0] > 9
    plain = mc.find_course(uneven).state(42).asked.stiffness
    assert course.state(42).asked.stiffness == pytest.approx(plain, abs=1e-6)


def test_states_of_any_cause_can_be_followed():
    for cause in (
        mc.RollingFoot("left", 8),
        mc.OneLegStance("left", 0.5),
        mc.PullOn("soleus_left", 50),
        mc.Cut("sacrotuberous_ligament_left"),
        mc.Weaken("gluteus_medius_left", 0.5),
    ):
        later = mc.find_course(mc.spread(BODY, cause)).result_on(100)
        assert np.isfinite(later.table()["after_N"]).all()
        assert later.state.stance is not None


def test_a_later_day_can_be_told_compared_drawn_and_shown(strained):
    later = mc.find_course(strained).result_on(5)
    assert [stage.title for stage in later.story()][-1] == "At the neck"
    less = later.against(strained, "the first day").table()["pull_N"]
    assert less[MUSCLE] < -1
    assert later.draws(4).table()["low_N"].notna().all()
    still, shown = mc.BodyMap(BODY), mc.BodyMap(BODY)
    shown.play(later)
    assert shown.to_svg() != still.to_svg()


def test_what_answers_to_a_cause_is_not_the_cause():
    """Fibres that fit themselves to a stance, and muscles that a plan trains, are still told of."""
    uneven = mc.spread(BODY, mc.UnevenHips("left", mm=30))
    later = mc.find_course(uneven, mc.Plan((mc.Dose("deep massage"),))).result_on(91)
    assert later.change.slack_mm and list_cause_structures(later) == []
    assert f"The neck muscles together carry {format_change(add_up(later, 'neck'))}." in (
        describe_result(later)
    )
    hurt = mc.spread(BODY, [mc.HamstringStrain("left", 2), mc.UnevenHips("left", mm=30)])
    whole = set(list_cause_structures(mc.find_course(hurt).result_on(91)))
    assert whole == set(list_cause_structures(hurt))


def test_the_neck_is_told_whole_where_a_cause_alters_it():
    short = mc.spread(BODY, mc.Shorten("sternocleidomastoid_left", mm=10))
    assert format_change(add_up(short, "neck")) in describe_result(short)


def test_what_stays_stays():
    weak = mc.find_course(mc.spread(BODY, mc.Weaken("gluteus_medius_left", 0.5)))
    assert weak.state(300).asked.strength["gluteus_medius_left"] == 0.5
    assert weak.table([300])["strength"].iloc[0] == 0.5


def test_a_course_checks_what_it_is_given(strained):
    with pytest.raises(mc.CauseError, match="days must be a number from 1 to 7300"):
        mc.find_course(strained, days=0)
    with pytest.raises(mc.CauseError, match="A Plan is needed"):
        mc.find_course(strained, [mc.Dose("rest")])
    with pytest.raises(mc.CauseError, match="result of spread is needed, and this is a Body"):
        mc.find_course(BODY)
    with pytest.raises(mc.SolveError, match="day 0 to day 365"):
        mc.find_course(strained).state(366)
    with pytest.raises(mc.CauseError, match="draws must be a number from 2 to 2000"):
        mc.find_course(strained).band([1], draws=1)


def test_a_year_of_a_plan_is_followed_in_few_steps(strained, monkeypatch):
    """Some slopes a day, however many doses overlap; how long that takes:
    tests/benchmarks/plan_speed.py."""
    asked = count_calls(monkeypatch, slow._Slope, "__call__")
    plan = mc.Plan([mc.Dose("Pilates", 60, 2, 7 * k, 8) for k in range(10)])
    mc.find_course(strained, plan).table([365])
    assert 0 < len(asked) < 7 * 365


def test_a_day_is_searched_for_no_longer_than_the_state_that_it_starts_from(uneven, monkeypatch):
    course = mc.find_course(uneven, mc.Plan(mc.Dose("strengthening", 60, 2, weeks=20)))
    looked = count_calls(monkeypatch, PoseProblem, "look")
    course.result_on(60)
    of_a_day = len(looked)
    mc.spread(BODY, HIPS)
    assert 0 < of_a_day <= len(looked) - of_a_day


def test_the_day_without_pain_is_found_for_each_draw_and_endless_where_it_stays(strained, uneven):
    drawn = mc.find_course(strained, days=730).draw(60)
    days = drawn.find_painless_days()
    assert 0 < np.isinf(days).sum() < 60
    for number, day in enumerate(days):
        last, then = drawn.slow.at([min(day, 730) - 0.5, min(day, 730)])["pain"][number]
        assert last >= NO_PAIN and (then < NO_PAIN) == np.isfinite(day)
    assert mc.find_course(uneven).find_painless_days() == 0
