"""Draws beside the event loop: the same answers wherever they are made, dropped when nobody wants
them, and no silence when they fail."""

import ast
import asyncio
import concurrent.futures
import os
import subprocess
import sys
import time
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from functools import cache

import pandas as pd
import pytest

import musclechain as mc
from musclechain.labs import workers
from musclechain.mechanics.draws import DrawTask

DRAWS = 12


@pytest.fixture(scope="module")
def result():
    return mc.spread(mc.read_body(), mc.HamstringStrain("left", 2))


@pytest.fixture(scope="module")
def expected(result):
    return result.certainty(DRAWS)


@pytest.fixture
def without_processes(monkeypatch):
    monkeypatch.setattr(workers, "find_pool", cache(lambda: None))


class Hopeless(DrawTask):
    """A task that no drawn body can solve."""

    def solve(self, numbers):
        return [None for _ in numbers]


class Clumsy(DrawTask):
    """A task with a mistake in it."""

    def solve(self, numbers):
        raise ZeroDivisionError("by nothing")


def run(task, result):
    """Run a task to its end beside a clock that counts the turns of the event loop; give what came
    out, what was told, and the turns."""

    async def main():
        told, ends, turns = [], [], 0
        background = workers.Background(told.append, ends.append)
        assert background.start(task, result) and background.running
        while not ends:
            await asyncio.sleep(0)
            turns += 1
        assert not background.running
        return ends, told, turns

    return asyncio.run(main())


def test_processes_give_the_draws_that_one_process_gives(result, expected):
    (made,), _, turns = run(DrawTask.of(result, DRAWS), result)
    pd.testing.assert_frame_equal(made.table(), expected)
    assert turns > 10


def test_without_processes_the_draws_are_made_between_events(
    result, expected, without_processes, monkeypatch
):
    monkeypatch.setattr(workers, "SOON_S", 0.0)
    (made,), told, turns = run(DrawTask.of(result, DRAWS), result)
    pd.testing.assert_frame_equal(made.table(), expected)
    assert told == list(range(1, DRAWS + 1)) and turns > DRAWS


def test_in_the_browser_no_pool_is_tried(monkeypatch):
    monkeypatch.setattr(workers.sys, "platform", "emscripten")
    assert workers.find_pool.__wrapped__() is None


def test_a_python_without_processes_can_import_labs():
    """As in the browser, where the module behind multiprocessing is missing."""
    code = (
        "import sys; sys.modules['_multiprocessing'] = None; from musclechain.labs import lab,"
        " workers; print(workers.find_pool())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.stdout.strip() == "None", said.stderr


def test_where_the_system_forbids_processes_there_is_no_pool(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError("no semaphores here")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", refuse)
    assert workers.find_pool.__wrapped__() is None


def test_a_broken_pool_is_forgotten_and_the_draws_are_made_here(result, expected, monkeypatch):
    class Broken(Executor):
        def submit(self, *_, **__):
            raise BrokenProcessPool("a worker was killed")

    asked = []
    monkeypatch.setattr(workers, "find_pool", cache(lambda: asked.append(1) or Broken()))
    (made,), _, _ = run(DrawTask.of(result, DRAWS), result)
    pd.testing.assert_frame_equal(made.table(), expected)
    workers.find_pool()
    assert len(asked) == 2


def test_reports_are_rare(result, without_processes):
    _, told, _ = run(DrawTask.of(result, DRAWS), result)
    assert len(told) < DRAWS


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [(Hopeless, mc.SolveError, "Only 0 of 12"), (Clumsy, ZeroDivisionError, "by nothing")],
)
def test_a_failure_is_handed_over(result, without_processes, kind, error, words):
    (made,), _, _ = run(kind.of(result, DRAWS), result)
    assert isinstance(made, error) and words in str(made)


def test_a_dropped_task_says_nothing_more_and_leaves_the_workers_free(result):
    async def main():
        told, ends, background = [], [], None
        background = workers.Background(told.append, ends.append)
        background.start(DrawTask.of(result, 100_000), result)
        while not told:
            await asyncio.sleep(0.05)
        background.stop()
        said = list(told)
        # a new task ends although 100,000 draws were asked for before
        background.start(DrawTask.of(result, DRAWS), result)
        while not ends:
            await asyncio.sleep(0.05)
        return said, told, ends

    said, told, ends = asyncio.run(main())
    assert len(ends) == 1 and ends[0].draws == DRAWS
    assert max(told[len(said) :], default=0) <= DRAWS


def test_a_new_task_drops_the_one_before(result, without_processes):
    async def main():
        ends = []
        background = workers.Background(lambda _: None, ends.append)
        for _ in range(5):
            background.start(DrawTask.of(result, DRAWS), result)
            await asyncio.sleep(0.01)
        while not ends:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        return ends

    assert len(asyncio.run(main())) == 1


def test_without_an_event_loop_nothing_begins(result):
    background = workers.Background(print, print)
    assert background.start(DrawTask.of(result, DRAWS), result) is False and not background.running
    background.stop()


def test_workers_step_back_and_end_with_the_kernel():
    pool = workers.find_pool()
    assert pool is workers.find_pool()
    assert pool.submit(os.nice, 0).result(60) == min(19, os.nice(0) + workers.NICENESS)
    assert 1 <= workers.count_workers() <= 2


START_AND_DIE = """\
import os, sys, time
if __name__ == "__main__":
    from musclechain.labs import workers
    pool = workers.find_pool()
    print({pool.submit(os.getpid).result(60) for _ in range(4)}, flush=True)
    os._exit(9)
"""


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs /proc")
def test_no_worker_outlives_a_kernel_that_is_killed(tmp_path):
    script = tmp_path / "kernel.py"
    script.write_text(START_AND_DIE, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False
    )
    assert said.returncode == 9, said.stderr
    workers_left = ast.literal_eval(said.stdout.strip().splitlines()[-1])
    end = time.monotonic() + 20
    while time.monotonic() < end and any(is_python(pid) for pid in workers_left):
        time.sleep(0.1)
    assert not any(is_python(pid) for pid in workers_left)


def is_python(pid):
    """Whether a process is still there and no zombie."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
