"""How the kernels of the tests begin."""

SCRIPT = """\
import musclechain.labs.lab
musclechain.labs.lab.Lab.draws = {draws}
musclechain.labs.workers.MOST_WORKERS = 1
del musclechain
"""


def let_draw(folder, draws):
    """Let each kernel whose IPython folder this is draw so many bodies for each lab, in one process
    beside it: 200 of them in two processes, for labs at which nobody looks, would keep both cores
    of a small machine busy for seconds, and each process begins with a second of imports."""
    script = folder / "profile_default" / "startup" / "few_draws.py"
    script.parent.mkdir(parents=True)
    script.write_text(SCRIPT.format(draws=draws), encoding="utf-8")
