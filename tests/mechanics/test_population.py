"""A population: the same people whoever solves them, and people as the data say."""

import pickle
import subprocess
import sys
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from multiprocessing import get_context

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.case_tables import read_levels
from musclechain.mechanics import population
from musclechain.mechanics.change import Change
from musclechain.mechanics.effort import find_healthy
from musclechain.mechanics.outcome import find_body_weight, find_joint_loads
from musclechain.mechanics.population import (
    PEOPLE,
    Person,
    PopulationTask,
    _list_names,
    draw_person,
    scale_skeleton,
)
from musclechain.mechanics.skeleton import build_skeleton
from musclechain.views.words.finding import name_joint

BODY = mc.read_body()
COUNT = 24


@pytest.fixture(scope="module")
def skeleton():
    return build_skeleton(BODY)


@pytest.fixture(scope="module")
def numbers():
    return read_levels(BODY, "people", PEOPLE, ("adults",))["adults"].values


@pytest.fixture(scope="module")
def even(skeleton):
    return np.ones(len(skeleton.structures))


@pytest.fixture(scope="module")
def here():
    return mc.solve_population(BODY, count=COUNT)


def assert_same(first, second):
    """To the last bit."""
    assert np.array_equal(first.sums, second.sums)
    assert np.array_equal(first.sketch.counts, second.sketch.counts)
    assert np.array_equal(first.sketch.least, second.sketch.least)
    assert (first.names, first.solved) == (second.names, second.solved)


class ForgetfulExecutor(ThreadPoolExecutor):
    """A pool that loses each third chunk; with `ever` it loses these chunks each time."""

    def __init__(self, ever):
        super().__init__(1)
        self.ever, self.asked, self.lost = ever, 0, []

    def submit(self, function, chunk):
        self.asked += 1
        if self.asked % 3 and (not self.ever or chunk not in self.lost):
            return super().submit(function, chunk)
        self.lost.append(chunk)
        future = Future()
        future.set_exception(ConnectionError("the worker is gone"))
        return future


def test_the_people_are_the_same_wherever_they_are_solved_and_in_whatever_parts(here, monkeypatch):
    with ThreadPoolExecutor(2) as pool:
        assert_same(here, mc.solve_population(BODY, count=COUNT, executor=pool))
    for size in (1, 7):
        monkeypatch.setattr(PopulationTask.chunks, "__defaults__", (size,))
        assert_same(here, mc.solve_population(BODY, count=COUNT))
    other = mc.solve_population(BODY, count=COUNT, seed=1)
    assert not np.array_equal(here.sums, other.sums)


@pytest.mark.parametrize("ever", [False, True])
def test_a_lost_chunk_is_handed_in_again_and_then_solved_here(here, ever, monkeypatch):
    monkeypatch.setattr(PopulationTask.chunks, "__defaults__", (3,))
    with ForgetfulExecutor(ever) as pool:
        assert_same(here, mc.solve_population(BODY, count=COUNT, executor=pool))
        assert len(pool.lost) >= 3


def test_a_worker_killed_in_the_middle_loses_nothing(here, monkeypatch):
    monkeypatch.setattr(PopulationTask.chunks, "__defaults__", (3,))
    killed = []

    def kill_one(done, count):
        if not killed:
            killed.append(done)
            next(iter(pool._processes.values())).kill()

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = mc.solve_population(BODY, count=COUNT, executor=pool, progress=kill_one)
    assert killed[0] < COUNT
    assert_same(here, found)


def test_a_cluster_gives_the_same_and_loses_nothing_with_a_worker(here, root, tmp_path):
    if find_spec("distributed") is None:
        pytest.skip("the extra dask is not installed")
    path = tmp_path / "people.pickle"
    command = [sys.executable, "-m", "tests.mechanics.cluster", str(path), str(COUNT)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert_same(here, pickle.loads(path.read_bytes()))


def test_a_state_that_hardly_anybody_holds_is_refused(monkeypatch):
    monkeypatch.setattr(PopulationTask, "_solve_one", lambda task, number: None)
    with pytest.raises(mc.SolveError, match="Only 0 of 12 people"):
        mc.solve_population(BODY, count=12)


def test_an_error_that_is_not_the_worker_s_is_not_swallowed(monkeypatch):
    def fail(task, number):
        raise ZeroDivisionError(number)

    monkeypatch.setattr(PopulationTask, "_solve_one", fail)
    with ThreadPoolExecutor(1) as pool, pytest.raises(ZeroDivisionError):
        mc.solve_population(BODY, count=12, executor=pool)


def test_progress_counts_the_people():
    told = []
    mc.solve_population(BODY, count=23, progress=lambda done, of: told.append((done, of)))
    assert told == [(20, 23), (23, 23)]


def test_tables_hold_the_rows_of_a_result_and_agree_with_the_people_themselves(here):
    result = mc.spread(BODY)
    assert list(here.table().index) == list(result.table().index)
    assert list(here.joints().index) == list(result.joint_loads().index)
    assert here.pose().index[1] == "pelvis side_bend_deg"
    task = PopulationTask.of(result, COUNT, {}, 0)
    rows = np.array(task.solve(range(COUNT)))
    for number, (_, name) in list(enumerate(here.names))[::29]:
        column, read = rows[:, number], here.quantiles(name, (0, 0.5, 1))
        assert read[0] == column.min() and read[1] == column.max()
        assert read[0.5] == pytest.approx(np.median(column), abs=0.2 * np.ptp(column) + 0.01)
    table = here.table()
    assert table["mean_N"].to_numpy() == pytest.approx(rows.mean(axis=0)[: len(table)])
    assert table["spread_N"].to_numpy() == pytest.approx(rows.std(axis=0)[: len(table)], abs=1e-6)
    assert (table.low_N <= table.median_N).all() and (table.median_N <= table.high_N).all()
    assert table.attrs == {"people": COUNT, "failed": COUNT - here.solved}


def test_a_sum_is_that_of_its_members(here):
    names = ["psoas_major_left", "psoas_major_right"]
    both = mc.solve_population(BODY, count=COUNT, groups={"psoas": names})
    assert both.groups().at["psoas", "mean_N"] == pytest.approx(
        here.table().loc[names, "mean_N"].sum()
    )
    assert both.histogram("psoas", [-np.inf, 0, np.inf]).sum() == COUNT
    with pytest.raises(mc.CauseError, match="names 'psoas', which is not computed"):
        mc.solve_population(BODY, count=2, groups={"a": ["psoas"]})


def test_what_was_not_counted_cannot_be_asked(here):
    with pytest.raises(mc.CauseError, match="'knee' was not counted"):
        here.quantiles("knee")
    for count in (0, 2.5, "many"):
        with pytest.raises(mc.CauseError):
            mc.solve_population(BODY, count=count)


def test_people_differ_as_the_data_say(skeleton, numbers):
    rng = np.random.default_rng(2)
    people = [draw_person(skeleton, numbers, rng) for _ in range(1500)]
    size, mass = (np.log([getattr(one, name) for one in people]) for name in ("size", "mass"))
    assert size.std() == pytest.approx(numbers["height_spread"], rel=0.06)
    assert mass.std() == pytest.approx(numbers["mass_spread"], rel=0.06)
    legs = np.array([one.longer_left_mm for one in people])
    assert abs(legs).mean() == pytest.approx(numbers["leg_difference"], rel=0.06)
    assert abs(legs).std() == pytest.approx(numbers["leg_difference_spread"], rel=0.1)
    assert 0.45 < (legs > 0).mean() < 0.55
    left, right = (
        np.array([one.strength[skeleton.structures.index(f"psoas_major_{side}")] for one in people])
        for side in ("left", "right")
    )
    apart = abs(left - right) / ((left + right) / 2)
    assert apart.mean() == pytest.approx(numbers["strength_sides"], rel=0.06)
    both = np.log((left + right) / 2)
    assert both.std() == pytest.approx(numbers["strength_spread"], rel=0.06)


def test_a_person_of_another_size_carries_the_same_share_of_the_weight(skeleton, even):
    """Forces grow with the square of the size, as the weight does; habits and skin-deep constants
    of the model do not, so it holds nearly."""
    shares = []
    for size in (1.0, 1.06):
        grown = scale_skeleton(skeleton, Person(size, 1.0, even, 0.0))
        healthy = find_healthy(grown)
        loads = find_joint_loads(grown, healthy.stance, healthy.effort.tension)
        shares.append(loads / find_body_weight(grown))
    assert shares[1] == pytest.approx(shares[0], rel=0.06, abs=0.01)


def test_the_body_of_the_data_is_a_person_too(even, monkeypatch):
    """Who is as the data say, with one longer leg, answers as `spread` does with a higher hip."""
    usual = Person(1.0, 1.0, even, 20.0)
    monkeypatch.setattr(population, "draw_person", lambda *_: usual)
    people = mc.solve_population(BODY, mc.Limp("left", 0.3), count=2)
    result = mc.spread(BODY, (mc.Limp("left", 0.3), mc.UnevenHips("left", 20)))
    changes = result.table()["change_N"]
    assert people.table()["mean_N"].to_numpy() == pytest.approx(changes.to_numpy(), abs=0.1)
    loads = result.joint_loads() - result.joint_loads_before()
    assert people.joints()["mean_N"].to_numpy() == pytest.approx(loads.to_numpy(), abs=0.2)
    assert people.quantiles("pelvis side_bend_deg")[0.5] == pytest.approx(
        result.pose().at["pelvis", "side_bend_deg"], abs=0.01
    )


def test_who_has_even_legs_stands_as_in_health(numbers):
    task = PopulationTask.of(mc.spread(BODY), 4, {}, 0)
    level = replace(
        task, numbers={**numbers, "leg_difference": 1e-4, "leg_difference_spread": 1e-5}
    )
    people = np.array(level.solve(range(4)))
    bones = [
        number for number, (kind, _) in enumerate(_list_names(task.skeleton, ())) if kind == "bone"
    ]
    assert np.abs(people[:, bones]).max() < 1e-3


def test_a_longer_leg_comes_on_top_of_what_is_asked():
    change = Change(lift_mm={"left": 10.0, "right": 2.0})
    assert population._lengthen_leg(change, 5.0).lift_mm == {"left": 15.0, "right": 2.0}
    assert population._lengthen_leg(change, -5.0).lift_mm == {"left": 10.0, "right": 7.0}
    assert population._lengthen_leg(change, 55.0).lift_mm["left"] == 60.0


def test_the_words_name_the_people_and_the_joint_that_changes_most(here):
    found = mc.describe_population(here)
    joints = here.joints()
    most = joints[["low_N", "high_N"]].abs().max(axis=1).idxmax()
    assert found.title == f"{COUNT} people" and name_joint(most) in found.sentence
    assert f"{here.quantiles('leg_difference_mm')[0.5]:.1f} mm" in found.sentence
    assert len(found.table) == len(joints) and "left out" not in found.sentence
    some = mc.describe_population(replace(here, people=COUNT + 3))
    assert "3 of them cannot hold what is asked" in some.sentence
