"""The footfall of a run: laws of both layers, closed forms, and what published experiments ask."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp, trapezoid

import musclechain as mc
from musclechain.cases.running import build_runner, find_law
from musclechain.mechanics.impact import (
    STATIONS,
    Footfall,
    G,
    find_footfall_force,
    find_leg_stiffness,
    find_loss,
    measure_body,
    solve_footfall,
    stack,
)

WEIGHT_N = 700.0
FOOTFALL = Footfall(WEIGHT_N, contact_s=0.26, flight_s=0.1, limb_m_s=1.2, stop_s=0.03)


@pytest.fixture
def runner(body):
    return build_runner(body, mc.HardRun())


# ---- the law of the footfall --------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(
    contact=st.floats(0.1, 0.35),
    flight=st.floats(0, 0.2),
    stop=st.floats(0.02, 0.05),
    speed=st.floats(0.2, 2),
)
def test_impulse_is_body_weight_times_the_time_of_a_step(contact, flight, stop, speed):
    footfall = Footfall(WEIGHT_N, contact, flight, speed, stop)
    time = np.linspace(-0.05, contact + 0.05, 8001)
    force = find_footfall_force(footfall, time)
    assert trapezoid(force, time) == pytest.approx(WEIGHT_N * (contact + flight), rel=1e-4)
    assert (force >= 0).all()


def test_there_is_no_force_at_touch_down_and_at_toe_off():
    ends = np.array([-1, 0, FOOTFALL.contact_s, FOOTFALL.contact_s + 1])
    assert find_footfall_force(FOOTFALL, ends) == pytest.approx(np.zeros(4), abs=1e-9)


def test_the_first_pulse_stops_foot_and_shank_and_carries_their_weight():
    mass = 0.08 * WEIGHT_N / G
    stopping = mass * FOOTFALL.limb_m_s * 2
    assert FOOTFALL.limb_impulse_ns == pytest.approx(stopping + mass * G * 2 * FOOTFALL.stop_s)


def test_without_a_first_pulse_the_force_is_greatest_at_0_47_of_the_contact():
    quiet = replace(FOOTFALL, limb_share=1e-9)
    time = np.linspace(0, quiet.contact_s, 2601)
    force = find_footfall_force(quiet, time)
    assert time[force.argmax()] == pytest.approx(0.47 * quiet.contact_s, abs=1e-3)
    # a raised cosine is on average half as high as its peak
    mean = WEIGHT_N * (quiet.contact_s + quiet.flight_s) / quiet.contact_s
    assert force.max() == pytest.approx(2 * mean, rel=1e-4)


@pytest.mark.parametrize("wrong", [{"stop_s": 0.2}, {"limb_m_s": 40.0}])
def test_a_stop_that_the_contact_has_no_room_for_is_refused(wrong):
    with pytest.raises(mc.SolveError, match="cannot stop"):
        find_footfall_force(replace(FOOTFALL, **wrong), np.zeros(1))


def test_law_and_chain_of_an_easy_run_tell_about_the_same_push(body):
    impact = mc.run_impact(body, mc.HardRun())
    law = find_footfall_force(find_law(body, impact), impact.time_s)
    late = impact.time_s > 2 * find_law(body, impact).stop_s
    assert law[late].max() == pytest.approx(impact.force_n[late, 0].max(), rel=0.3)


# ---- parts of the chain -------------------------------------------------------------------------


@pytest.mark.parametrize("rebound", [0.2, 0.6, 0.9, 0.99])
def test_a_lone_mass_bounces_back_as_fast_as_was_asked(rebound):
    mass, stiffness, speed = 4.0, 1e5, 1.3
    damped = find_loss(rebound) / speed

    def move(_, state):
        return [state[1], -stiffness * state[0] * (1 + damped * state[1]) / mass]

    def leave(time, state):
        return state[0] if time > 1e-4 else 1.0

    leave.terminal, leave.direction = True, -1
    found = solve_ivp(move, (0, 1), [0, speed], events=leave, rtol=1e-9, atol=1e-12)
    assert -found.y[1, -1] == pytest.approx(rebound * speed, rel=1e-4)
    assert find_loss(1.0) == 0
    for lost in (1e-12, 2e-6, 2.5e-4):
        assert find_loss(1 - lost) == pytest.approx(1.5 * lost, abs=2e-6, rel=1e-3)
    assert find_loss(1e-6) == pytest.approx(1e6)


def test_springs_one_upon_the_other_add_what_they_give():
    assert stack(10, 10) == 5 and stack(3, 6) == pytest.approx(2)


def test_a_runner_who_goes_nowhere_has_the_stiffness_of_half_a_sine_wave():
    mass, contact, flight = 70.0, 0.25, 0.1
    most = mass * G * np.pi / 2 * (1 + flight / contact)
    sinks = contact**2 * (most / (mass * np.pi**2) - G / 8)
    stiffness = find_leg_stiffness(mass, 0.9, 0.0, contact, flight)
    assert stiffness == pytest.approx(most / sinks)
    # who goes forward stands aslant, and so shortens the leg by more
    assert find_leg_stiffness(mass, 0.9, 2.7, contact, flight) < stiffness


def test_the_chain_has_the_mass_of_the_body_and_its_leg(body):
    masses, leg = measure_body(body)
    nodes = body.graph.nodes
    assert sum(masses) == pytest.approx(sum(nodes[bone]["mass_kg"] for bone in body.bones))
    assert 0.8 < leg < 1.0 and masses[0] == pytest.approx(0.06 * sum(masses), rel=0.1)


def test_a_mass_on_a_sole_follows_the_closed_form(runner):
    """A leg that weighs all, on a sole without loss: one mass on one spring."""
    heavy = replace(
        runner,
        masses_kg=(70.0, 1e-6, 1e-6, 1e-6, 1e-6),
        leg_n_per_m=1e-3,
        contact_n_per_m=1e5,
        energy_return=1.0,
        speed_m_s=8.0,
        contact_s=0.1,
    )
    impact = solve_footfall(heavy)
    turn = np.sqrt(1e5 / 70)
    rest = 70 * G
    assert impact.force_n[:, 0].max() == pytest.approx(rest + np.hypot(rest, 1e5 / turn), rel=1e-3)


# ---- laws of the chain --------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(
    sole=st.floats(5e4, 5e5),
    leg=st.floats(9e3, 1.6e4),
    speed=st.floats(0.7, 1.5),
    share=st.floats(0.1, 1),
)
def test_impulse_of_the_chain_is_its_change_of_momentum(body, sole, leg, speed, share):
    runner = replace(
        build_runner(body, mc.HardRun()),
        contact_n_per_m=sole,
        leg_n_per_m=leg,
        foot_m_s=speed,
        energy_return=share,
    )
    impact = solve_footfall(runner)
    limb, *rest = runner.masses_kg
    mass = limb + sum(rest)
    velocity = np.gradient(impact.sunk_m, impact.time_s)
    before = (limb * speed + sum(rest) * runner.fall_m_s) / mass
    impulse = trapezoid(impact.force_n[:, 0] - runner.weight_n, impact.time_s)
    assert impulse == pytest.approx(mass * (before - velocity[-2]), abs=0.01 * mass)
    assert impact.force_n[0] == pytest.approx(np.zeros(5), abs=1e-6)
    # at its end the leg is straight and carries nothing
    assert impact.force_n[-1, 1] == pytest.approx(0, abs=1)


def test_each_station_hands_on_what_its_part_of_the_body_does_not_take(runner):
    impact = solve_footfall(runner)
    limb, thigh, pelvis, trunk, head = runner.masses_kg
    shin, _, hip, back, top = impact.shock_g.T * G
    taken = np.array([limb * shin, thigh * hip, pelvis * hip, trunk * back, head * top])
    handed = impact.force_n - np.column_stack([impact.force_n[:, 1:], np.zeros(len(shin))])
    assert pytest.approx(handed, abs=1e-6) == taken.T


def test_the_shock_gets_less_at_every_station_up_to_the_low_back(body):
    shock = mc.run_impact(body, mc.HardRun()).table()["shock_g"]
    assert (np.diff(shock[list(STATIONS[:4])]) < 0).all()
    assert shock["head"] < 0.2 * shock["foot"]


def test_a_leg_that_is_too_short_and_one_that_folds_up_are_refused(runner):
    with pytest.raises(mc.SolveError, match="cannot land"):
        solve_footfall(replace(runner, speed_m_s=8.0))
    with pytest.raises(mc.SolveError, match="folds up"):
        solve_footfall(replace(runner, leg_n_per_m=100.0, speed_m_s=0.5))


# ---- what experiments ask -----------------------------------------------------------------------


def test_a_softer_sole_lets_the_force_rise_later_and_less_steeply(body):
    thin, ordinary, soft = (
        mc.run_impact(body, mc.HardRun(shoe=shoe)) for shoe in ("thin", "ordinary", "soft")
    )
    assert thin.peak_ms < ordinary.peak_ms < soft.peak_ms
    assert thin.rate_bw_s > ordinary.rate_bw_s > soft.rate_bw_s


def test_the_passive_chain_cannot_land_harder_in_a_softer_shoe(body):
    """People do (FT13, FT14): that is what it lacks."""
    ordinary, soft = (mc.run_impact(body, mc.HardRun(shoe=shoe)) for shoe in ("ordinary", "soft"))
    assert soft.peak_bw < ordinary.peak_bw
    stiff = mc.run_impact(body, mc.HardRun(shoe="soft", leg=1.3))
    assert stiff.peak_bw < ordinary.peak_bw
    # a foot that comes down faster does it, and only that
    assert mc.run_impact(body, mc.HardRun(shoe="soft", foot_speed=1.3)).peak_bw > ordinary.peak_bw


def test_a_runner_who_adapts_bounces_on_soft_ground_nearly_as_on_hard(body):
    """FT16: with the leg as measured, the centre of mass sinks alike on both tracks."""
    hard, passive, adapted = (
        mc.run_impact(body, run)
        for run in (
            mc.HardRun(surface="asphalt", adapts=True),
            mc.HardRun(surface="springy"),
            mc.HardRun(surface="springy", adapts=True),
        )
    )
    sinks = [impact.sunk_m.max() for impact in (hard, passive, adapted)]
    assert abs(sinks[2] - sinks[0]) < 0.5 * abs(sinks[1] - sinks[0])
    assert abs(adapted.contact_s - hard.contact_s) < 0.5 * abs(passive.contact_s - hard.contact_s)
    assert not passive.has_peak and np.isnan(passive.peak_bw)
