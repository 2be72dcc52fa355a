"""What the two springs of `two_springs` do when their hook is pulled."""

from dataclasses import dataclass

from musclechain.mechanics.spread import Result

__all__ = ["PulledSprings", "read_springs"]

SPRINGS = ("spring_1", "spring_2")


@dataclass(frozen=True)
class PulledSprings:
    """Two springs under a pull.

    Attributes
    ----------
    stiffness : tuple of float
        N/mm.
    force : tuple of float
        N.
    pull : float
        On the hook, N.
    moved : float
        How far the hook moves, mm.
    in_series : bool
    """

    stiffness: tuple[float, ...]
    force: tuple[float, ...]
    pull: float
    moved: float
    in_series: bool

    @property
    def stretch(self) -> tuple[float, ...]:
        """How much longer each spring gets, mm."""
        return tuple(force / k for force, k in zip(self.force, self.stiffness, strict=True))


def read_springs(result: Result) -> PulledSprings:
    """Read stiffness, force and stretch of both springs from the solved body.

    Parameters
    ----------
    result : Result
        Of a body from ``two_springs`` and a ``PullOn("hook", ...)``.

    Raises
    ------
    ValueError
        For another body, or if nothing pulls.
    """
    body, table = result.body, result.table()
    if not {"hook", *SPRINGS} <= set(body.structures):
        raise ValueError("This is not a body of two springs; make one with two_springs(...).")
    if table.at["hook", "pull_N"] <= 0:
        raise ValueError(
            "Nothing pulls here. Ask about PullOn('hook', newtons) with more than 0 N, and leave"
            " the route pull on."
        )
    lines = [body.graph.nodes[name]["lines"][1] for name in SPRINGS]
    return PulledSprings(
        stiffness=tuple(float(line["stiffness_n_per_mm"]) for line in lines),
        force=tuple(float(table.at[name, "pull_N"]) for name in SPRINGS),
        pull=float(table.at["hook", "pull_N"]),
        moved=abs(float(result.slides()["first_knot"])),
        in_series="second_knot" in body.junctions,
    )
