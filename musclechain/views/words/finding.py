"""One thing that the model shows: a title, a sentence and the figures behind it."""

import html
from dataclasses import dataclass

import pandas as pd

from musclechain.views.page.html import table_to_html
from musclechain.views.words.format import (
    SHOWN_N,
    format_change,
    format_newtons,
)

__all__ = ["Finding"]


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
    """

    title: str
    sentence: str
    table: pd.DataFrame

    def __str__(self):
        return self.sentence

    def _repr_html_(self):
        return (
            "<p style='max-width:85ch;line-height:1.5;margin:4px 0 8px'>"
            f"{html.escape(self.sentence)}</p>"
            f"{'' if self.table.empty else table_to_html(self.table, self.title)}"
        )


def _more(change_n):
    return "as much as before" if abs(change_n) < SHOWN_N else format_change(change_n)


def _name_joint(name):
    if name in JOINTS:
        return JOINTS[name]
    joint, side = name.rsplit("_", 1)
    return f"{side} {joint}"


def _say_load(name, before, after):
    """Say a load against the one before; nearly the same is called so."""
    what = f"the {_name_joint(name)}"
    plural = name == "c0_c2"
    if abs(after - before) <= SAME_LOAD * before:
        return (
            f"{what} {'carry' if plural else 'carries'} about as much as before"
            f" ({format_newtons(after)})"
        )
    return (
        f"{what} {'carry' if plural else 'carries'} {format_newtons(after)} instead of"
        f" {format_newtons(before)}"
    )
