"""Slow change against closed forms, and what it never does."""

import gc
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.linalg import expm

import musclechain as mc
from musclechain.mechanics.sarcomeres import find_growing_time, grow_sarcomeres
from musclechain.mechanics.slow import QUANTITIES, Asked, Practice, SlowLaws, solve_slow

LAWS = SlowLaws(heal=6.0, guard=0.006, length=16.0, tissue=35.0, disuse=27.0)
DAYS = np.array([0.01, 0.5, 3.0, 20.0, 90.0, 364.0])


def test_a_kept_posture_is_followed_in_first_order_and_tissue_follows_the_fibres():
    found = solve_slow(LAWS, Asked()).at(DAYS)
    a, b = 16.0, 35.0
    length = 1 - np.exp(-DAYS / a)
    tissue = 1 - (a * np.exp(-DAYS / a) - b * np.exp(-DAYS / b)) / (a - b)
    assert found["length"][0] == pytest.approx(length, abs=2e-4)
    assert found["tissue"][0] == pytest.approx(tissue, abs=2e-4)
    assert (found["pain"] == 0).all() and (found["disuse"] == 0).all()


def test_a_posture_that_is_left_fades_with_the_same_time_constant():
    found = solve_slow(LAWS, Asked(kept_until=20.0)).at(20.0 + DAYS[:5])["length"][0]
    expected = (1 - np.exp(-20 / 16)) * np.exp(-DAYS[:5] / 16)
    assert found == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize("loop", [0.0, 0.5, 0.95])
def test_pain_and_guarding_are_a_linear_pair_while_nothing_is_full(loop):
    laws = SlowLaws(6.0, 0.5, 16.0, 35.0, 27.0, loop)
    found = solve_slow(laws, Asked(pain=0.6)).at(DAYS)
    matrix = np.array([[-1 / 6, loop / 6], [1 / 0.5, -1 / 0.5]])
    for number, day in enumerate(DAYS):
        pain, guarding = expm(matrix * day) @ [0.6, 0.0]
        assert found["pain"][0, number] == pytest.approx(pain, abs=2e-4)
        assert found["guarding"][0, number] == pytest.approx(guarding, abs=2e-4)


def test_the_circle_dies_out_below_one_and_fills_up_above_one():
    for loop, end in ((0.9, 0.0), (1.1, 1.0)):
        laws = SlowLaws(6.0, 0.006, 16.0, 35.0, 27.0, loop)
        last = solve_slow(laws, Asked(pain=0.3), days=2000.0).at(2000.0)
        assert last["pain"][0, 0] == pytest.approx(end, abs=1e-3)
        assert last["hurt"][0, 0] < 1e-9, "the injury itself has healed in both"


def test_what_calms_the_circle_enough_makes_it_die_out():
    laws = SlowLaws(6.0, 0.006, 16.0, 35.0, 27.0, 1.2)
    calm = Practice(100.0, 700.0, 1.0, 14.0, calmer=0.4)
    found = solve_slow(laws, Asked(pain=0.5), [calm], 700.0).at([99.0, 700.0])["pain"][0]
    assert found[0] > 0.95 and found[1] < 0.01


def test_relief_takes_pain_away_while_it_lasts_and_heals_nothing():
    ease = Practice(0.0, 5.0, 1.0, 0.5, relief=0.2)
    with_it = solve_slow(LAWS, Asked(pain=0.6), [ease], 60.0)
    plain = solve_slow(LAWS, Asked(pain=0.6), days=60.0)
    gap = plain.at([4.9, 15.0])["pain"][0] - with_it.at([4.9, 15.0])["pain"][0]
    assert gap[0] == pytest.approx(0.2, abs=2e-3) and abs(gap[1]) < 1e-3
    assert (with_it.at([15.0])["hurt"] == plain.at([15.0])["hurt"]).all()


def test_a_practice_grows_and_fades_in_first_order():
    done = Practice(10.0, 40.0, 0.8, 12.0)
    change = solve_slow(LAWS, Asked(), [done])
    found = change.practised(np.array([5.0, 25.0, 40.0, 64.0]))[0, 0]
    full = 0.8 * (1 - np.exp(-30 / 12))
    expected = [0.0, 0.8 * (1 - np.exp(-15 / 12)), full, full * np.exp(-24 / 12)]
    assert found == pytest.approx(expected)


def test_rest_weakens_and_its_edges_are_not_stepped_over():
    rest = Practice(200.0, 204.0, 1.0, 1.0, unloaded=1.0)
    found = solve_slow(LAWS, Asked(), [rest]).at([199.0, 204.0, 231.0])["disuse"][0]
    top = 1 - np.exp(-4 / 27)
    assert found == pytest.approx([0.0, top, top / np.e], abs=2e-4)


def test_draws_are_what_each_would_be_alone():
    heal = np.array([3.0, 6.0, 40.0])
    together = solve_slow(SlowLaws(heal, 0.006, 16.0, 35.0, 27.0, 0.4), Asked(0.6, 0.2))
    for number, one in enumerate(heal):
        alone = solve_slow(SlowLaws(one, 0.006, 16.0, 35.0, 27.0, 0.4), Asked(0.6, 0.2))
        for name in QUANTITIES:
            assert together.at(DAYS)[name][number] == pytest.approx(
                alone.at(DAYS)[name][0], abs=5e-4
            )


shares, times = st.floats(0, 1), st.floats(0.001, 1000)
practices = st.builds(
    lambda first, span, level, days, a, b, c: Practice(first, first + span, level, days, a, b, c),
    st.floats(0, 400),
    st.floats(0, 400),
    shares,
    times,
    shares,
    shares,
    shares,
)


@given(
    st.tuples(times, times, times, times, times),
    st.floats(0, 10),
    shares,
    shares,
    st.floats(0, 800),
    st.lists(practices, max_size=4),
)
@example((1.0, 1.0, 1.0, 1.0, 1.0), 0.0, 2e-309, 0.0, 0.0, [])
@example((1.0,) * 5, 0.0, 0.0, 0.0, 0.0, [Practice(0, 1, 1.0, 1.0, 0.0, 0.0, 1.85e-307)])
def test_nothing_runs_away_whatever_is_asked(days, loop, pain, spared, until, done):
    change = solve_slow(SlowLaws(*days, loop), Asked(pain, spared, until), done, 365.0)
    for name, values in change.at(np.linspace(0, 365, 40)).items():
        assert np.isfinite(values).all() and values.min() >= 0 and values.max() <= 1, name


def test_days_outside_the_course_and_numbers_that_are_none_are_refused():
    with pytest.raises(mc.SolveError, match="from day 0 to day 365; 400"):
        solve_slow(LAWS, Asked()).at(400)
    with pytest.raises(mc.SolveError, match="finite"):
        solve_slow(SlowLaws(np.nan, 1, 1, 1, 1), Asked())


def test_the_first_day_is_told_before_the_years_are_solved(monkeypatch):
    done = [Practice(0.0, 60.0, 0.5, 14.0, 0.1, 0.1, 0.3)]
    early, late = (solve_slow(LAWS, Asked(np.array([0.6, 0.3]), 0.2), done) for _ in range(2))
    solved = late.at([0.0, 0.0, 1.0])
    monkeypatch.setattr("scipy.integrate.solve_ivp", None)
    for name, values in early.at([0.0, 0.0]).items():
        assert values == pytest.approx(solved[name][:, :2], abs=1e-12), name
    with pytest.raises(TypeError):
        early.at(1.0)


def test_a_course_that_cannot_be_followed_says_so(monkeypatch):
    monkeypatch.setattr("musclechain.mechanics.slow._Slope.__call__", lambda *_: np.full(5, np.nan))
    with pytest.raises(mc.SolveError, match="could not be followed to day 365"):
        solve_slow(LAWS, Asked(0.6)).at(1.0)


def test_a_year_with_many_practices_is_solved_within_its_budget():
    done = [Practice(7.0 * k, 7.0 * k + 60, 0.5, 14.0, 0.1, 0.1) for k in range(12)]
    took = []
    for _ in range(5):
        start = time.process_time()  # other work on the machine does not count
        solve_slow(LAWS, Asked(0.6, 0.2), done).at(365.0)
        took.append(time.process_time() - start)
    assert min(took) < 0.2


# ---- sarcomeres


def test_sarcomeres_follow_the_closed_form_of_their_law():
    at = np.array([0.0, 3.0, 8.0, 14.0])
    for stretch in (1.14, 0.8):
        for day, grown in zip(at[1:], grow_sarcomeres(stretch, at, 4.27)[1:], strict=True):
            assert find_growing_time(stretch, 1.0, grown, 4.27) == pytest.approx(day, rel=1e-4)


def test_the_time_constant_is_that_of_two_weeks_for_a_muscle_held_longer_by_a_seventh():
    """AD07: 3.09 micrometres stretched to 3.51, and home within about two weeks."""
    number = mc.read_body().graph.graph["cases"]
    days = next(one.value for one in number if one.quantity == "sarcomere")
    stretch = 3.51 / 3.09
    assert find_growing_time(stretch, 1.0, 1 + 0.95 * (stretch - 1), days) == pytest.approx(
        14, rel=0.02
    )


def test_a_stretch_that_no_muscle_has_is_refused():
    with pytest.raises(mc.CauseError, match="stretch must be a number from 0.5 to 1.5"):
        grow_sarcomeres(3, np.array([0.0, 1.0]), 4.0)


def test_a_solved_course_leaves_nothing_behind():
    """The work space of scipy's LSODA is some 50 kB for so many draws."""
    laws = SlowLaws(np.full(200, 6.0), 0.01, 16.0, 35.0, 27.0)
    solve_slow(laws, Asked(pain=0.6), days=30.0).at(30.0)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(5):
            solve_slow(laws, Asked(pain=0.6), days=30.0).at(30.0)
        gc.collect()
        assert (tracemalloc.get_traced_memory()[0] - before) / 5 < 5000
    finally:
        tracemalloc.stop()
