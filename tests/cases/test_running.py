"""A hard run checks itself, and each of its numbers does what it says."""

import pickle

import pytest

import musclechain as mc
from musclechain.cases.running import ADULT, SHOES, SURFACES, build_runner, read_numbers


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"surface": "grass"}, "surface must be 'asphalt', 'track', 'treadmill' or 'springy'"),
        ({"shoe": 3}, "shoe must be 'thin', 'ordinary' or 'soft'"),
        ({"cadence": 149}, "cadence must be a number from 150 to 190"),
        ({"foot_speed": float("nan")}, "foot_speed must be a number from 0.7 to 1.5 m/s"),
        ({"leg": 2}, "leg must be a number from 0.9 to 1.5"),
        ({"adapts": "yes"}, "adapts must be True or False"),
        ({"speed": 3}, "HardRun takes surface, shoe, cadence"),
    ],
)
def test_a_run_refuses_in_words_what_it_cannot_take(values, words):
    with pytest.raises(mc.CauseError, match=words):
        mc.HardRun(**values)


def test_a_run_is_a_value(body):
    run = mc.HardRun("track", "soft", 170)
    assert run == pickle.loads(pickle.dumps(run)) and hash(run) == hash(mc.HardRun(*run_of(run)))
    first, second = (mc.run_impact(body, run).table() for _ in range(2))
    assert first.equals(second)


def run_of(run):
    return [getattr(run, name) for name in ("surface", "shoe", "cadence")]


@pytest.mark.parametrize("quantity", sorted(ADULT))
def test_every_number_of_the_run_says_where_it_comes_from(body, quantity):
    (row,) = (row for row in body.graph.graph["cases"] if row.quantity == quantity)
    assert row.case == "easy_run" and row.low <= read_numbers(body)[quantity] <= row.high


def test_softer_shoes_and_grounds_are_softer(body):
    by_shoe = [build_runner(body, mc.HardRun(shoe=shoe)).contact_n_per_m for shoe in SHOES]
    by_ground = [
        build_runner(body, mc.HardRun(surface=surface)).contact_n_per_m for surface in SURFACES
    ]
    for found in (by_shoe, by_ground):
        assert found == sorted(found, reverse=True) and len(set(found)) == len(found)


def test_more_steps_take_from_the_flight_alone(body):
    few, many = (build_runner(body, mc.HardRun(cadence=steps)) for steps in (150, 190))
    assert few.contact_s == many.contact_s
    assert few.flight_s - many.flight_s == pytest.approx(60 / 150 - 60 / 190)
    assert few.fall_m_s > many.fall_m_s > 0


def test_a_runner_who_adapts_takes_back_what_runners_on_two_tracks_took_back(body):
    """Put onto the very tracks of FT16, the leg changes by as much as it did there."""
    numbers = read_numbers(body)
    stiffness = {
        track: build_runner(
            body, mc.HardRun(adapts=True), {"ground_asphalt": numbers[f"{track}_track"]}
        ).leg_n_per_m
        for track in ("hard", "soft")
    }
    taken_back = 1 / stiffness["hard"] - 1 / stiffness["soft"]
    assert taken_back == pytest.approx(1 / numbers["leg_on_hard"] - 1 / numbers["leg_on_soft"])
    plain = build_runner(body, mc.HardRun())
    assert stiffness["hard"] == pytest.approx(plain.leg_n_per_m)


def test_a_missing_number_is_named(body):
    graph = body.graph.copy()
    graph.graph["cases"] = [row for row in graph.graph["cases"] if row.quantity != "heel"]
    with pytest.raises(mc.DataError, match="heel"):
        mc.run_impact(mc.Body.from_graph(graph), mc.HardRun())
