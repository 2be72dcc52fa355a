"""Results and draws made by hand, for what is said and drawn of them."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd

import musclechain as mc
from musclechain.mechanics.certainty import Answer, Draws
from musclechain.mechanics.change import Change

ZERO = {"flexion_deg": 0.0, "side_bend_deg": 0.0, "rotation_deg": 0.0}


BENT = (mc.ForwardBend(30),)


def make_result(body, rows, causes=BENT, asked=None, pose=None, settled=True):
    """Make a result by hand: structure -> (before, posture, pull, guarding), every other structure
    5 N and unchanged."""
    names = [
        line
        for line in body.structures
        if any(one.structure == line and one.computed for one in body.lines)
    ]
    figures = np.array([rows.get(name, (5.0, 0.0, 0.0, 0.0)) for name in names], dtype=float)
    change = figures[:, 1:].sum(axis=1)
    table = pd.DataFrame(
        {
            **{
                key: [body.graph.nodes[name][key] for name in names]
                for key in ("kind", "side", "region")
            },
            "before_N": figures[:, 0],
            "after_N": figures[:, 0] + change,
            "change_N": change,
            "change_percent": 100 * change / figures[:, 0],
            "posture_N": figures[:, 1],
            "pull_N": figures[:, 2],
            "guarding_N": figures[:, 3],
            "overloaded": False,
        },
        index=pd.Index(names, name="structure"),
    )
    turns = pd.DataFrame(
        [{**ZERO, **(pose or {}).get(bone, {})} for bone in body.bones],
        index=pd.Index(body.bones, name="bone"),
    )
    steps = (("before", 0), ("posture", 1), ("pull", 2), ("guarding, round 1", 3))
    rounds = tuple(
        SimpleNamespace(
            number=n,
            label=label,
            overloaded=(),
            tensions_N=table["before_N"] + figures[:, 1 : 1 + upto].sum(axis=1),
        )
        for n, (label, upto) in enumerate(steps)
    )
    return SimpleNamespace(
        body=body,
        whole=body,
        causes=causes,
        change=asked or Change(),
        asked=asked or Change(),
        reference=None,
        table=lambda: table.copy(),
        pose=lambda: turns.copy(),
        rounds=rounds,
        settled=settled,
        gave_way=(),
        routes={"posture": True, "pull": True, "guarding": 0.5, "theory": "vicious circle"},
        skeleton=SimpleNamespace(structures=tuple(names)),
    )


def make_draws(result, words):
    """Draws by hand: "settled" keeps the change, "likely" turns it round in one of ten draws,
    "depends" in half of them; structures that are not named are settled."""
    table, count = result.table(), 10
    change = table["change_N"].to_numpy()
    by_route = np.zeros((count, 3, len(table)))
    turned = {"settled": 0, "likely": 1, "depends": 5}
    for column, name in enumerate(table.index):
        flips = turned[words.get(name, "settled")]
        by_route[:, 0, column] = np.where(np.arange(count) < flips, -1.0, 1.0) * change[column]
    shown = np.array([table[f"{route}_N"].to_numpy() for route in ("posture", "pull", "guarding")])
    return Draws(
        structures=tuple(table.index),
        joint_names=("l5_s1",),
        bones=("pelvis",),
        shown=Answer(shown, np.zeros(1), np.zeros((1, 3))),
        draws=count,
        numbers=np.arange(count),
        by_route=by_route,
        loads=np.zeros((count, 1)),
        angles=np.zeros((count, 1, 3)),
    )


def say_words(sure, words, others=None):
    """Give structures of some draws the words that are asked for, their changes as they are; with
    `others` all others get that one."""
    turned = {"settled": 0.0, "likely": 0.15, "depends": 0.6}
    change, by_route = sure.shown.by_route.sum(axis=0), sure.by_route.copy()
    count = len(by_route)
    for column, name in enumerate(sure.structures):
        word = words.get(name, others)
        if word:
            sign = np.where(np.arange(count) < round(turned[word] * count), -1.0, 1.0)
            by_route[:, :, column] = 0
            by_route[:, 0, column] = sign * change[column]
    return replace(sure, by_route=by_route)


def leave_out(sure, structure):
    """Draws that know nothing of one structure."""
    kept = [column for column, name in enumerate(sure.structures) if name != structure]
    shown = replace(sure.shown, by_route=sure.shown.by_route[:, kept])
    names = tuple(sure.structures[column] for column in kept)
    return replace(sure, structures=names, by_route=sure.by_route[:, :, kept], shown=shown)


def hold_still(sure):
    """The same draws, in which nothing changes."""
    shown = replace(sure.shown, by_route=0 * sure.shown.by_route)
    return replace(sure, by_route=0 * sure.by_route, shown=shown)
