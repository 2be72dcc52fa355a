"""How fast a picture answers a slider, in a real browser: ``python -m
tests.benchmarks.browser_latency``.

The floor is the least that JupyterLab can do: an IntSlider, the kernel, a Label. It is measured in
the same run as the labs, before and after them, since machines differ and are busy at times. The
labs are uncovered and at rest, in a JupyterLab that is set up as a learner finds it; covered ones
answer sooner, since a body that nobody sees need not be painted. With `--bare` each lab is measured
once more with the body taken off the page, which tells apart what the browser takes to paint
it: without a graphics card most of the answer.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.browser.lab_server import (
    FLOOR_CODE,
    FLOOR_PROBE,
    FLOOR_SLIDER,
    RECORD_TIMING,
    copy_lessons,
    open_notebook,
    start_browser,
    start_lab,
    write_notebook,
)

ROOT = Path(__file__).resolve().parents[2]


def describe_times(times):
    """Describe key-press times (ms) as median and 95th percentile.

    Examples
    --------
    >>> describe_times([90.0, 100.0, 110.0])
    'median 100 ms, 95 % within 110 ms'
    """
    ordered = sorted(times)
    slow = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"median {statistics.median(ordered):.0f} ms, 95 % within {slow:.0f} ms"


def measure_floor(lab, browser, presses):
    """Measure slider -> kernel -> label (ms, one a press)."""
    write_notebook(lab.folder / "floor.ipynb", FLOOR_CODE)
    page = open_notebook(lab, browser, "floor.ipynb", run_all=False)
    page.run_all(first=".floor")
    times = page.measure_keys(FLOOR_SLIDER, FLOOR_PROBE, presses)
    page.close()
    return times


# what a picture draws of bodies; its frame, ladder and sentences stay
TAKE_BODIES_OFF = "() => document.querySelectorAll('.mc-layer').forEach(layer => layer.remove())"


def measure_lesson(lab, browser, path, presses, bare):
    """Measure a lesson: ms to its first picture (or None) from its cell and from the first cell,
    for each of its labs the times of its slider, and the same without the body if `bare`.

    Raises
    ------
    RuntimeError
        If the page reports an error: what stopped halfway was not measured.
    """
    page = open_notebook(lab, browser, path)
    first = [page.find_first_picture_ms(of_all) for of_all in (False, True)]
    page.uncover()
    labs = measure_labs(page, presses)
    bared = []
    if bare:
        page.page.evaluate(TAKE_BODIES_OFF)
        bared = measure_labs(page, presses)
    page.close()
    if page.watch.console_errors:
        raise RuntimeError(f"{path}: {page.watch.console_errors[0]}")
    return first, labs, bared


def measure_labs(page, presses):
    """Measure the slider of each lab on a page (ms, a list for each)."""
    labs = []
    for slider, probe in page.find_lab_sliders():
        page.wait_for_rest()  # the draws of the lab before would be measured too
        labs.append(page.measure_keys(slider, probe, presses))
    return labs


def main(arguments=None):
    """Measure and print; return 1 when a lab takes more than the allowed multiple of the floor."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.browser_latency", description=__doc__
    )
    parser.add_argument("lessons", nargs="*", type=Path, help="lessons to measure (default: all)")
    parser.add_argument("--presses", type=int, default=30)
    parser.add_argument(
        "--limit", type=float, help="fail when a lab's median exceeds this multiple of the floor"
    )
    parser.add_argument("--bare", action="store_true", help="measure without the body too")
    options = parser.parse_args(arguments)
    # a learner's second kernel finds modules compiled; else each would compile two hundred of them
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    lessons = options.lessons or sorted((ROOT / "notebooks").glob("*.ipynb"))
    lessons = [path.resolve().relative_to(ROOT) for path in lessons]
    with tempfile.TemporaryDirectory() as folder, start_browser() as browser:
        copy_lessons(ROOT, Path(folder))
        with start_lab(Path(folder), RECORD_TIMING) as lab:
            floor = measure_floor(lab, browser, options.presses)
            measured = {
                path.stem: measure_lesson(lab, browser, path, options.presses, options.bare)
                for path in lessons
            }
            floor += measure_floor(lab, browser, options.presses)
    print(f"floor (slider, kernel, label), key press to painted: {describe_times(floor)}")
    ratios = []
    for name, (first, labs, bared) in measured.items():
        told = "none"
        if None not in first:
            told = f"{first[0]:.0f} ms after its cell started, {first[1]:.0f} ms after the first"
        print(f"{name}: first picture {told}")
        for number, times in enumerate(labs, 1):
            ratios.append(statistics.median(times) / statistics.median(floor))
            print(f"  lab {number}: {describe_times(times)}, {ratios[-1]:.2f} x the floor")
        for number, times in enumerate(bared, 1):
            share = statistics.median(times) / statistics.median(floor)
            print(f"  lab {number} without its body: {describe_times(times)}, {share:.2f} x")
    return int(bool(options.limit and max(ratios, default=0) > options.limit))


if __name__ == "__main__":
    sys.exit(main())
