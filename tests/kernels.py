"""How the kernels of the tests begin."""


def let_draw(folder, draws):
    """Let each kernel whose IPython folder this is draw so many bodies for each lab: 200 of them,
    for labs at which nobody looks, would keep both cores of a small machine busy for seconds."""
    script = folder / "profile_default" / "startup" / "few_draws.py"
    script.parent.mkdir(parents=True)
    script.write_text(
        f"import musclechain.labs.lab\nmusclechain.labs.lab.Lab.draws = {draws}\ndel musclechain\n",
        encoding="utf-8",
    )
