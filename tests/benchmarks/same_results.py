"""Whether this checkout solves as another commit does: ``python -m tests.benchmarks.same_results
--commit COMMIT``.

Random states from a fixed seed, of every kind of cause, are solved by the package as it stands and
as it stood at the commit; the largest difference is printed. For a change of structure it is to be
zero.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import musclechain as mc

ROOT = Path(__file__).resolve().parents[2]
STATES = 200
SIDES = ("left", "right")


def draw_cause(chance: random.Random, structures: list[str], muscles: list[str]) -> object:
    """Draw one cause of any kind."""
    side = chance.choice(SIDES)
    return chance.choice(
        (
            lambda: mc.HamstringStrain(side, chance.randint(1, 3)),
            lambda: mc.Limp(
                side,
                chance.uniform(0, 1),
                chance.uniform(-12, 12),
                chance.uniform(0, 20),
                chance.random() < 0.5,
            ),
            lambda: mc.ForwardBend(chance.uniform(0, 45), chance.uniform(0.1, 0.5)),
            lambda: mc.LegLift(side, chance.uniform(0, 40), chance.uniform(-5, 5)),
            lambda: mc.PullOn(chance.choice(structures), chance.uniform(0, 120)),
            lambda: mc.Weaken(chance.choice(muscles), chance.uniform(0.3, 1)),
            lambda: mc.HoldPose(
                {"neck": (chance.uniform(-10, 20), chance.uniform(-10, 10), 0)},
                chance.uniform(0.2, 0.8),
                {side: chance.uniform(-20, 20)},
                {side: chance.uniform(-8, 8)},
            ),
        )
    )()


def solve_states(count: int = STATES, seed: int = 7) -> list[np.ndarray]:
    """Solve random states; a state that is refused gives an empty array.

    Returns
    -------
    list of numpy.ndarray
        For each state all numbers of table, pose and joint loads in a row.
    """
    body, found = mc.read_body(), []
    rows = mc.spread(body).table()
    structures, muscles = list(rows.index), list(rows.index[rows["kind"] == "muscle"])
    for number in range(count):
        chance = random.Random(seed * 10_000 + number)
        causes = [
            draw_cause(chance, structures, muscles) for _ in range(chance.choice((1, 1, 1, 2)))
        ]
        routes = {
            "pull": chance.random() < 0.9,
            "posture": chance.random() < 0.9,
            "guarding": chance.choice((0.0, 0.0, 0.4, 1.0)),
        }
        try:
            result = mc.spread(body, causes, **routes)
        except (mc.CauseError, mc.SolveError):
            found.append(np.zeros(0))
            continue
        numbers = result.table().select_dtypes("number").to_numpy(float).ravel()
        loads = result.joint_loads().to_numpy(float)
        found.append(np.concatenate([numbers, result.pose().to_numpy(float).ravel(), loads]))
    return found


def solve_at(commit: str) -> list[np.ndarray]:
    """Solve the same states with the package as it stood at a commit of this repository."""
    with tempfile.TemporaryDirectory() as folder:
        place, answers = Path(folder, "then"), Path(folder, "answers.npz")
        subprocess.run(
            ["git", "worktree", "add", "--detach", str(place), commit],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        try:
            subprocess.run(
                [sys.executable, str(Path(__file__).resolve()), "--write", str(answers)],
                cwd=place,
                env={**os.environ, "PYTHONPATH": str(place)},
                check=True,
            )
            with np.load(answers) as file:
                return [file[name] for name in file.files]
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(place)],
                cwd=ROOT,
                check=True,
                capture_output=True,
            )


def compare(now: list[np.ndarray], then: list[np.ndarray]) -> tuple[int, float]:
    """Count the states that both solve, and find the largest difference between their numbers.

    Raises
    ------
    SystemExit
        If one refuses a state that the other solves.
    """
    other = [
        number for number, (a, b) in enumerate(zip(now, then, strict=True)) if a.size != b.size
    ]
    if other:
        raise SystemExit(f"States {other} are solved by one of the two and refused by the other.")
    gaps = [np.abs(a - b).max() for a, b in zip(now, then, strict=True) if a.size]
    return len(gaps), float(max(gaps))


def main(arguments: list[str] | None = None) -> int:
    """Solve, compare, print; 1 if the difference is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commit", default="HEAD", help="what to compare with (default: HEAD)")
    parser.add_argument("--limit", type=float, default=1e-9, help="N, Nm, degrees")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    now = solve_states()
    if options.write:
        np.savez(options.write, *now)
        return 0
    solved, gap = compare(now, solve_at(options.commit))
    print(f"{solved} of {STATES} states solved alike; largest difference {gap:.1e}")
    return int(gap > options.limit)


if __name__ == "__main__":
    sys.exit(main())
