"""Draws beside the lesson: computed by processes of low priority, or a little at a time where there
are none.

A lab must answer the hand at once. So the draws of the certainty run in a small
pool of other processes, one chunk at a time, and are dropped when a control
moves. Where no process can be started (in the browser, or where the system
forbids it) one draw at a time is solved between two events.
"""

import asyncio
import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from musclechain.mechanics.certainty import Answer, Draws
from musclechain.mechanics.draws import DrawTask, Solved

__all__ = ["NICENESS", "Background", "draw_beside", "find_pool"]

NICENESS = 15
MOST_WORKERS = 2  # a class shares one computer; two finish 200 draws in about two seconds
BREATH_S = (
    0.005  # pause between two draws where there are no processes, so that events get their turn
)
SOON_S = 0.25  # at most four reports a second
FIRST_PICTURE_S = (
    1.5  # starting the pool takes a core for a second; the first picture of a lesson goes first
)


@cache
def find_pool() -> Any:
    """Start the pool of this kernel, once; None where there are no processes.

    It is kept because starting takes half a second and every lab of a kernel
    can share it. ``find_pool.cache_clear()`` forgets a broken one.

    Returns
    -------
    concurrent.futures.ProcessPoolExecutor or None
    """
    if sys.platform == "emscripten":
        return None
    try:
        # here, because in the browser these cannot even be imported
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # spawn, because a kernel has threads, and a fork would copy their locks
        pool = ProcessPoolExecutor(
            count_workers(),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin_worker,
        )
        # the imports of the workers take most of the time: let them begin
        for _ in range(count_workers()):
            pool.submit(_begin_import)
    except (OSError, ImportError, NotImplementedError, RuntimeError):
        return None
    atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    return pool


def count_workers() -> int:
    """Number of processes: as many as cores, two at most."""
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


def _begin_worker() -> None:
    """Step back behind the kernel, leave interrupts to it, and end when it ends."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_kernel, daemon=True).start()


def _end_with_kernel() -> None:
    """A kernel that is killed cannot shut its pool down."""
    from multiprocessing import parent_process

    kernel = parent_process()
    if kernel is None:
        return
    kernel.join()
    os._exit(0)


def _begin_import() -> str:
    return DrawTask.__name__


async def draw_beside(task: DrawTask, result: Solved, tell: Callable[[int], None]) -> Draws:
    """Solve all draws of a task without holding the event loop up.

    Cancelling the coroutine drops what has not begun.

    Parameters
    ----------
    task : DrawTask
    result : Result
    tell : callable
        Called with the number of draws done, at most four times a second.

    Returns
    -------
    Draws

    Raises
    ------
    SolveError
        If too few of the drawn bodies can be solved.
    """
    if not find_pool.cache_info().currsize:
        await asyncio.sleep(FIRST_PICTURE_S)
    report, pool, answers = _Report(tell), find_pool(), None
    if pool is not None:
        try:
            answers = await _draw_in_pool(pool, task, report)
        except (OSError, RuntimeError):  # a broken pool is a RuntimeError
            find_pool.cache_clear()
    if answers is None:
        answers = await _draw_here(task, report)
    return task.collect(result, answers)


async def _draw_in_pool(
    pool: Any, task: DrawTask, report: Callable[[int], None]
) -> list[Answer | None]:
    """Keep every worker busy with one chunk, so that little is under way when all is dropped."""
    waiting = list(enumerate(task.chunks()))
    running: dict[asyncio.Future, int] = {}
    answers: dict[int, list[Answer | None]] = {}
    waiting.reverse()
    done = 0
    try:
        while waiting or running:
            while waiting and len(running) <= count_workers():
                number, chunk = waiting.pop()
                running[asyncio.wrap_future(pool.submit(task.solve, chunk))] = number
            for future in (await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED))[0]:
                part = answers[running.pop(future)] = future.result()
                done += len(part)
            report(done)
    finally:
        for future in running:
            future.cancel()
    return [answer for number in sorted(answers) for answer in answers[number]]


async def _draw_here(task: DrawTask, report: Callable[[int], None]) -> list[Answer | None]:
    answers: list[Answer | None] = []
    for number in range(task.draws):
        answers += task.solve([number])
        report(len(answers))
        await asyncio.sleep(BREATH_S)
    return answers


class _Report:
    """Pass on how far the draws are, but not too often."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.tell, self._last = tell, time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self._last >= SOON_S:
            self._last = now
            self.tell(done)


class Background:
    """One task at a time beside the event loop; a new one, or `stop`, drops the one before.

    Parameters
    ----------
    tell : callable
        Called with the number of draws done.
    finish : callable
        Called with the `Draws`, or with the error that says why there are none.
    """

    def __init__(
        self, tell: Callable[[int], None], finish: Callable[[Draws | Exception], None]
    ) -> None:
        self._tell, self._finish = tell, finish
        self._task: asyncio.Task | None = None

    @property
    def running(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None and not self._task.done()

    def start(self, task: DrawTask, result: Solved) -> bool:
        """Begin a task.

        Returns
        -------
        bool
            False where no event loop runs, so nothing was begun.
        """
        self.stop()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        self._task = loop.create_task(self._run(task, result))
        return True

    def stop(self) -> None:
        """Drop the task under way."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self, task: DrawTask, result: Solved) -> None:
        try:
            answer: Draws | Exception = await draw_beside(task, result, self._tell)
        except Exception as error:  # a lab says it in words; there is nobody else to tell
            answer = error
        self._task = None
        self._finish(answer)
