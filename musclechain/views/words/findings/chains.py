"""Findings about what hangs together: what meets at a bone, who shares a root, and how far a pull
gets along each myofascial chain.
"""

from collections.abc import Sequence

import pandas as pd

from musclechain.anatomy.body import Body
from musclechain.anatomy.format import format_newtons, join_words, name_structure
from musclechain.anatomy.nerves import find_motor_roots, list_shared_roots
from musclechain.anatomy.records import REGIONS
from musclechain.anatomy.ways import find_meeting
from musclechain.cases.chains import NOTICED_N, ChainPull
from musclechain.views.page.palette import GRADE_MARKS
from musclechain.views.words.finding import PLACES, Finding

__all__ = ["compare_chain_pulls", "describe_chain_pull", "describe_meeting", "describe_roots"]

NO_EVIDENCE = "– none found"
LEG = ("foot", "calf", "thigh", "hip")
TRUNK = ("abdomen", "lumbar", "thoracic", "shoulder", "neck")


def describe_chain_pull(pulled: ChainPull) -> Finding:
    """Say what a pull on the first station of a chain changes at each of the others.

    Parameters
    ----------
    pulled : ChainPull

    Returns
    -------
    Finding
        One row for each station, with the change by pull (N), its share of
        what the pulled station gained (%), the grade of the evidence for the
        step to the next station, and whether that step is a joint of tissue
        in the model or only a drawn line.
    """
    body, chain, pull = pulled.body, pulled.chain, pulled.change_n
    gained = pull[pulled.start]
    shares = (100 * pull.abs() / gained).where(pull.notna()) if gained > 0 else pull * 0.0
    ways = [
        "tissue to tissue" if step.mechanical else "by way of bones" for step in chain.transitions
    ]
    figures = pd.DataFrame(
        {
            "Station": [name_structure(body, name) for name in chain.stations],
            "Change by pull (N)": pull.round(1).to_numpy() + 0.0,
            "Share of the pull (%)": shares.round(1).to_numpy() + 0.0,
            "Evidence for the step to the next": [
                *(_mark_grade(step.grade) for step in chain.transitions),
                "end of the line",
            ],
            "In this model the step goes": [*ways, ""],
        }
    )
    start = name_structure(body, pulled.start)
    return Finding(
        f"{chain.name}: a pull of {pulled.newtons:g} N on {start}",
        f"{chain.name}: of what was pulled, {format_newtons(gained)} stay in {start}. At least"
        f" {format_newtons(NOTICED_N)} gets {_say_how_far(pulled)}; the last station changes by"
        f" {format_newtons(pull.iloc[-1], signed=True)}.",
        figures,
    )


def _say_how_far(pulled: ChainPull) -> str:
    """Say how far the unbroken run of stations above 1 N reaches."""
    run, last = pulled.unbroken, pulled.change_n.index[-1]
    if not run:
        return "no further than the station that is pulled"
    if run[-1] == last:
        return "the end of the line"
    return f"on to {name_structure(pulled.body, run[-1])}"


def compare_chain_pulls(pulls: Sequence[ChainPull]) -> Finding:
    """Compare how far a pull gets along several chains.

    Parameters
    ----------
    pulls : sequence of ChainPull

    Returns
    -------
    Finding
        One row for each chain: where it was pulled, how many of the other
        stations change by at least 1 N, the last of them, and the evidence
        step by step.
    """
    whole = [pull.chain.name for pull in pulls if len(pull.reached) == pull.others > 0]
    told = f"all along {join_words(whole)}" if whole else "along none of them all the way"
    return Finding(
        "How far a pull gets along each chain",
        f"Each chain was pulled with {pulls[0].newtons:g} N at its first station. At least"
        f" {format_newtons(NOTICED_N)} arrives {told}; of {sum(pull.others for pull in pulls)}"
        f" other stations {sum(len(pull.reached) for pull in pulls)} get that much.",
        pd.DataFrame(map(_tabulate_pull, pulls)),
    )


def _tabulate_pull(pull: ChainPull) -> dict[str, str | float]:
    body, reached = pull.body, pull.reached
    steps = pull.chain.transitions
    return {
        "Chain": pull.chain.name,
        "Pulled at": name_structure(body, pull.start),
        "Other stations that change by 1 N or more": f"{len(reached)} of {pull.others}",
        "The furthest of them": name_structure(body, reached[-1]) if reached else "none",
        "At the end of the line (N)": round(float(pull.change_n.iloc[-1]), 1) + 0.0,
        "Evidence, step by step": " ".join(
            GRADE_MARKS[step.grade] if step.grade else "–" for step in steps
        ),
    }


def _mark_grade(grade: str | None) -> str:
    return f"{GRADE_MARKS[grade]} {grade}" if grade else NO_EVIDENCE


def describe_meeting(body: Body, bone: str = "pelvis") -> Finding:
    """Say what meets at a bone: how many structures of which part of the body, and how many of them
    tissue alone would hold together.

    Parameters
    ----------
    body : Body
    bone : str

    Returns
    -------
    Finding
        One row for each region: how many muscles and how many other
        structures are fixed to the bone.

    Raises
    ------
    UnknownStructureError
        If there is no such bone.
    """
    met, nodes = find_meeting(body, bone), body.graph.nodes
    fixed = pd.DataFrame(
        [(nodes[name]["region"], nodes[name]["kind"] == "muscle") for name in met.structures],
        columns=["region", "muscle"],
    ).groupby("region")["muscle"]
    count, muscles = fixed.size(), fixed.sum()
    figures = pd.DataFrame(
        [
            (PLACES[region], int(muscles[region]), int(count[region] - muscles[region]))
            for region in REGIONS
            if region in count
        ],
        columns=["Part of the body", "Muscles fixed here", "Fascia, ligaments, tendons fixed here"],
    )
    legs, trunk = (int(count.reindex(regions, fill_value=0).sum()) for regions in (LEG, TRUNK))
    name, whole = str(nodes[bone]["name"]).lower(), len(met.structures)
    return Finding(
        f"What meets at the {name}",
        f"{whole} structures are fixed to the {name}: {legs} of thigh, calf and hip, {trunk} of"
        f" the trunk and above, and {whole - legs - trunk} of the pelvis itself. Take the bone"
        f" away in thought, and {met.held} of them would still hang together in one piece, by"
        " tissue alone.",
        figures,
    )


def describe_roots(body: Body, muscle: str) -> Finding:
    """List the muscles that share a spinal root with one muscle, by part of the body.

    Parameters
    ----------
    body : Body
    muscle : str

    Returns
    -------
    Finding
        One row for each region of the same side.

    Raises
    ------
    UnknownStructureError
        If there is no such muscle.
    """
    shared, nodes = list_shared_roots(body, muscle), body.graph.nodes
    parts: dict[str, list[str]] = {}
    for other, roots in shared.items():
        levels = ", ".join(root.split("_")[0] for root in roots)
        parts.setdefault(nodes[other]["region"], []).append(f"{nodes[other]['name']} ({levels})")
    known = [region for region in REGIONS if region in parts]
    rows = [(PLACES[region], len(parts[region]), ", ".join(parts[region])) for region in known]
    own = join_words([root.split("_")[0] for root in find_motor_roots(body, muscle)])
    far = join_words([PLACES[region] for region in known])
    return Finding(
        f"Who shares a root with {name_structure(body, muscle)}",
        f"{name_structure(body, muscle)} is driven by {own or 'no root'}. {len(shared)} other"
        " muscles of its side share at least one of these roots; they lie in"
        f" {far or 'no part of the body'}.",
        pd.DataFrame(rows, columns=["They lie in", "How many", "Muscles and shared roots"]),
    )
