"""What hangs together: what meets at a bone, who shares a root, and how far a pull gets along each
myofascial chain."""

import networkx as nx
import pandas as pd

from musclechain.anatomy.graph_checks import SOFT_KINDS
from musclechain.anatomy.nerves import find_motor_roots, list_shared_roots
from musclechain.anatomy.records import REGIONS
from musclechain.cases.causes import PullOn
from musclechain.mechanics.change import CauseError
from musclechain.mechanics.spread import spread
from musclechain.views.page.palette import GRADE_MARKS
from musclechain.views.words.finding import PLACES, Finding
from musclechain.views.words.format import format_newtons, join_words, name_structure

__all__ = ["describe_chains", "describe_meeting", "describe_roots", "follow_chain"]

NOTICED_N = 1.0
NO_EVIDENCE = "– none found"


def follow_chain(body, chain, newtons=50):
    """Pull on the first station of a myofascial chain, and say what arrives at each of the others.

    The first station is the first one that the model computes.

    Parameters
    ----------
    body : Body
    chain : str
        Id of ``body.chains``, such as ``back_functional_line_left``.
    newtons : float
        0 to 1000.

    Returns
    -------
    Finding
        One row for each station, with the change by pull (N), its share of
        what the pulled station gained (%), the grade of the evidence for the
        step to the next station, and whether that step is a joint of tissue
        in the model or only a drawn line.

    Raises
    ------
    CauseError
        For an unknown chain, one of which nothing is left to pull on, or newtons out of range.
    """
    made = _find_chain(body, chain)
    start, pull = _pull(body, made, newtons)
    shares = (100 * pull.abs() / pull[start]).where(pull.notna()) if pull[start] > 0 else pull * 0.0
    steps = [
        (_mark(one.grade), "tissue to tissue" if one.mechanical else "by way of bones")
        for one in made.transitions
    ]
    evidence, ways = (
        zip(*steps, ("end of the line", ""), strict=True)
        if steps
        else (("end of the line",), ("",))
    )
    figures = pd.DataFrame(
        {
            "Station": [name_structure(body, one) for one in made.stations],
            "Change by pull (N)": pull.round(1).to_numpy() + 0.0,
            "Share of the pull (%)": shares.round(1).to_numpy() + 0.0,
            "Evidence for the step to the next": evidence,
            "In this model the step goes": ways,
        }
    )
    return Finding(
        f"{made.name}: a pull of {newtons:g} N on {name_structure(body, start)}",
        _sentence(body, made, start, pull),
        figures,
    )


def describe_chains(body, newtons=50, side="left"):
    """Pull on every myofascial chain of one side, one after the other, and compare how far the pull
    gets.

    Parameters
    ----------
    body : Body
    newtons : float
        0 to 1000.
    side : "left" or "right"

    Returns
    -------
    Finding
        One row for each chain: where it was pulled, how many of the other
        stations change by at least 1 N, the last of them, and the evidence
        step by step.

    Raises
    ------
    CauseError
        If there is no chain of that side, or newtons is out of range.
    """
    names = [name for name in body.chains if name.endswith(f"_{side}")]
    if not names:
        raise CauseError(f"This body has no chain of the side {side!r}.")
    rows = [_compare(body, body.chains[name], newtons) for name in names]
    figures = pd.DataFrame(rows)
    whole = [row["Chain"] for row in rows if row["_reached"] == row["_others"] > 0]
    told = f"all along {join_words(whole)}" if whole else "along none of them all the way"
    sentence = (
        f"Each chain was pulled with {newtons:g} N at its first station. At least"
        f" {format_newtons(NOTICED_N)} arrives {told}; of {sum(row['_others'] for row in rows)}"
        f" other stations {sum(row['_reached'] for row in rows)} get that much."
    )
    return Finding(
        "How far a pull gets along each chain",
        sentence,
        figures.drop(columns=["_reached", "_others"]),
    )


def _find_chain(body, chain):
    if chain not in body.chains:
        raise CauseError(f"There is no chain {chain!r}. Choose one of: {', '.join(body.chains)}.")
    return body.chains[chain]


def _pull(body, chain, newtons):
    """Pull on the first computed station; its id and the change by pull of every station (gap: not
    computed)."""
    computed = {line.structure for line in body.lines if line.computed}
    start = next((one for one in chain.stations if one in computed), None)
    if start is None:
        raise CauseError(
            f"The model computes no station of {chain.name}, so there is nothing to pull on."
        )
    table = spread(body, PullOn(start, newtons), posture=False).table()
    return start, table["pull_N"].reindex(list(chain.stations))


def _mark(grade):
    return f"{GRADE_MARKS[grade]} {grade}" if grade else NO_EVIDENCE


def _list_reached(start, pull):
    return [one for one, change in pull.items() if one != start and abs(change) >= NOTICED_N]


def _sentence(body, chain, start, pull):
    """Say how far the unbroken run of stations above 1 N reaches."""
    after = list(pull.index[list(pull.index).index(start) + 1 :])
    run = next(
        (number for number, one in enumerate(after) if not abs(pull[one]) >= NOTICED_N), len(after)
    )
    where = (
        f"on to {name_structure(body, after[run - 1])}"
        if run
        else "no further than the station that is pulled"
    )
    end = "the end of the line" if after and run == len(after) else where
    return (
        f"{chain.name}: of what was pulled, {format_newtons(pull[start])} stay in"
        f" {name_structure(body, start)}. At least {format_newtons(NOTICED_N)} gets {end}; the last"
        f" station changes by {format_newtons(pull.iloc[-1], signed=True)}."
    )


def _compare(body, chain, newtons):
    start, pull = _pull(body, chain, newtons)
    reached, others = _list_reached(start, pull), int(pull.notna().sum()) - 1
    grades = " ".join(GRADE_MARKS[one.grade] if one.grade else "–" for one in chain.transitions)
    return {
        "Chain": chain.name,
        "Pulled at": name_structure(body, start),
        "Other stations that change by 1 N or more": f"{len(reached)} of {others}",
        "The furthest of them": name_structure(body, reached[-1]) if reached else "none",
        "At the end of the line (N)": round(float(pull.iloc[-1]), 1) + 0.0,
        "Evidence, step by step": grades,
        "_reached": len(reached),
        "_others": others,
    }


def describe_meeting(body, bone="pelvis"):
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
    body.find(bone, kinds=("bone",))
    nodes = body.graph.nodes
    met = sorted(one for one in body.graph[bone] if nodes[one]["kind"] in SOFT_KINDS)
    rows = {}
    for one in met:
        rows.setdefault(nodes[one]["region"], [0, 0])[nodes[one]["kind"] != "muscle"] += 1
    figures = pd.DataFrame(
        [(PLACES[region], *rows[region]) for region in REGIONS if region in rows],
        columns=["Part of the body", "Muscles fixed here", "Fascia, ligaments, tendons fixed here"],
    )
    legs = sum(sum(rows.get(region, (0, 0))) for region in ("foot", "calf", "thigh", "hip"))
    trunk = sum(
        sum(rows.get(region, (0, 0)))
        for region in ("abdomen", "lumbar", "thoracic", "shoulder", "neck")
    )
    tissue = nx.Graph(
        (first, second) for first, second, key in body.graph.edges(keys=True) if key == "continuous"
    )
    groups = [group & set(met) for group in nx.connected_components(tissue)]
    held = max(map(len, groups), default=0)
    name = str(nodes[bone]["name"]).lower()
    return Finding(
        f"What meets at the {name}",
        f"{len(met)} structures are fixed to the {name}: {legs} of thigh, calf and hip, {trunk} of"
        f" the trunk and above, and {len(met) - legs - trunk} of the pelvis itself. Take the bone"
        f" away in thought, and {held} of them would still hang together in one piece, by tissue"
        " alone.",
        figures,
    )


def describe_roots(body, muscle):
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
    parts = {}
    for other, roots in shared.items():
        parts.setdefault(nodes[other]["region"], []).append((str(nodes[other]["name"]), roots))
    rows = [
        (
            PLACES[region],
            len(parts[region]),
            ", ".join(
                f"{name} ({', '.join(root.split('_')[0] for root in roots)})"
                for name, roots in parts[region]
            ),
        )
        for region in REGIONS
        if region in parts
    ]
    own = join_words([root.split("_")[0] for root in find_motor_roots(body, muscle)])
    far = join_words([PLACES[region] for region in REGIONS if region in parts])
    return Finding(
        f"Who shares a root with {name_structure(body, muscle)}",
        f"{name_structure(body, muscle)} is driven by {own or 'no root'}. {len(shared)} other"
        " muscles of its side share at least one of these roots; they lie in"
        f" {far or 'no part of the body'}.",
        pd.DataFrame(rows, columns=["They lie in", "How many", "Muscles and shared roots"]),
    )
