"""Muscles whose attachments go on in one another are one sheet: one outer edge, thin lines within.

The parts of the trapezius share the ends of their attachment curves, and so an edge. Each is drawn
as the whole sheet cut off where the next part is nearer: no edge is rounded, and no light ends,
where flesh goes on. Where two lie over each other, as over the shoulder, each is whole.
All lengths are millimetres.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew

from musclechain.views.body.outline.fields import FAR_MM
from musclechain.views.body.outline.flesh import StructureFields

__all__ = ["join_parts"]

# Two parts overlap by twice this, mm: no gap shows where their edge meets that of the sheet.
OVERLAP_MM = 1.0


def join_parts(
    fields: Mapping[str, StructureFields], names: Sequence[str]
) -> dict[str, StructureFields]:
    """Let the parts of one sheet fill it together, each as far as the next one.

    Parameters
    ----------
    fields : mapping of str to StructureFields
        Of one side, or of both.
    names : sequence of str
        Which of them to join, to any of `fields`.

    Returns
    -------
    dict of str to StructureFields
        Of `names`, in their order.
    """
    sheets = _list_sheets({name: filled for name, filled in fields.items() if filled.is_spanned})
    joined = {
        name: _join(fields[name], [fields[part] for part in sheet if part != name])
        for sheet in sheets
        for name in sheet & set(names)
    }
    return {name: joined.get(name, fields[name]) for name in names}


def _list_sheets(fields: Mapping[str, StructureFields]) -> list[set[str]]:
    """List what hangs together: sets of at least two names."""
    sheets: list[set[str]] = []
    for pair in _list_pairs(fields):
        apart = [sheet for sheet in sheets if not sheet & pair]
        sheets = [*apart, pair.union(*(sheet for sheet in sheets if sheet & pair))]
    return sheets


def _list_pairs(fields: Mapping[str, StructureFields]) -> Iterator[set[str]]:
    """List muscles of which one begins, at both ends, where the other stops."""
    first, last = (
        {name: _find_corners(filled.node, at) for name, filled in fields.items()} for at in (0, -1)
    )
    return ({one, other} for one, other in permutations(fields, 2) if last[one] == first[other])


def _find_corners(node: Mapping[str, Any], at: int) -> list[tuple[str, tuple[float, ...]]]:
    """Find the first (0) or the last (-1) point of a muscle's origin and of its insertion, each
    with its bone."""
    ends = (node["attachments"][end][at] for end in ("origin", "insertion"))
    return [(bone, tuple(point)) for bone, point, _ in ends]


def _join(fields: StructureFields, others: Sequence[StructureFields]) -> StructureFields:
    """Let a part fill what the others fill too, and measure where they begin."""
    assert fields.belly is not None
    belly, whole = fields.belly.copy(), fields.whole
    beside = np.full(fields.grid.shape, FAR_MM)
    for other in others:
        mine, theirs = fields.grid.overlap(other.grid)
        if mine is not None and other.belly is not None:
            np.minimum(belly[mine], other.belly[theirs], out=belly[mine])
            np.minimum(beside[mine], other.whole[theirs], out=beside[mine])
    # what was an edge of either lies deep inside of both
    deep = scipy.ndimage.distance_transform_edt(belly < 0) - 1
    belly = np.minimum(belly, -fields.grid.step * deep, out=belly, where=deep > 0)
    seam = np.minimum((whole - beside) / 2, whole) - OVERLAP_MM
    return replace(fields, belly=belly, whole=np.minimum(whole, beside), seam=seam)
