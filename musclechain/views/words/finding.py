"""One thing that the model shows: a title, a sentence and the figures behind it."""

import html
from dataclasses import dataclass, replace

import pandas as pd

from musclechain.anatomy.format import SHOWN_N, format_change, format_newtons
from musclechain.views.page.html import table_to_html
from musclechain.views.words.certainty import in_brackets

__all__ = [
    "PLACES",
    "SAME_LOAD",
    "SAME_SIDE_N",
    "Finding",
    "name_joint",
    "say_load",
    "say_more",
]

PLACES = {
    "foot": "the foot",
    "calf": "the calf",
    "thigh": "the thigh",
    "hip": "the hip",
    "pelvis": "the pelvis",
    "abdomen": "the belly",
    "lumbar": "the low back",
    "thoracic": "the upper back",
    "shoulder": "the shoulder",
    "neck": "the neck",
    "head": "the head",
}

JOINTS = {
    "l5_s1": "base of the spine (L5/S1)",
    "t12_l1": "top of the low back (T12/L1)",
    "c7_t1": "base of the neck (C7/T1)",
    "c0_c2": "joints under the skull (C0/C2)",
}

# Paired joints whose name is no plain word.
PAIRED = {"glenohumeral": "shoulder joint"}

# Loads of joints that differ by less are called the same: a model with this many estimates does not
# tell them apart.
SAME_LOAD = 0.02

# Beyond this the two sides of one region are told apart, N.
SAME_SIDE_N = 0.5


@dataclass(frozen=True)
class Finding:
    """One thing that the model shows: a title, a sentence and the figures behind it.

    In a notebook it shows itself as text and table; ``str()`` gives the sentence.

    Attributes
    ----------
    title, sentence : str
        Plain text.
    table : pandas.DataFrame
        May be empty.
    is_folded : bool
        Whether the table waits behind its title, to be opened.
    """

    title: str
    sentence: str
    table: pd.DataFrame
    is_folded: bool = False

    def folded(self) -> "Finding":
        """The same with its table folded away behind its title, where the sentence is enough."""
        return replace(self, is_folded=True)

    def __str__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        told = (
            "<p style='max-width:85ch;line-height:1.5;margin:4px 0 8px'>"
            f"{html.escape(self.sentence)}</p>"
        )
        if self.table.empty:
            return told
        if not self.is_folded:
            return told + table_to_html(self.table, self.title)
        return (
            f"{told}<details><summary>Table: {html.escape(self.title)}</summary>"
            f"{table_to_html(self.table)}</details>"
        )


def say_more(change_n: float) -> str:
    """Say a change, where none is worth saying too: ``12 N more``, ``as much as before``."""
    return "as much as before" if abs(change_n) < SHOWN_N else format_change(change_n)


def name_joint(name: str) -> str:
    """Name a joint as a sentence does: ``left hip``, ``base of the spine (L5/S1)``."""
    if name in JOINTS:
        return JOINTS[name]
    joint, side = name.rsplit("_", 1)
    return f"{side} {PAIRED.get(joint, joint)}"


def say_load(name: str, before: float, after: float, word: str = "") -> str:
    """Say a load against the one before; nearly the same is called so.

    The word of certainty is about more or less, so it says nothing about a load
    that is called the same.
    """
    what = f"the {name_joint(name)}"
    verb = "carry" if name == "c0_c2" else "carries"
    if abs(after - before) <= SAME_LOAD * before:
        return f"{what} {verb} about as much as before ({format_newtons(after)})"
    then = f"{format_newtons(after)} instead of {format_newtons(before)}"
    return f"{what} {verb} {then}{in_brackets(word)}"
