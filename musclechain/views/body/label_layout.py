"""Where names stand in the two margins of a figure of the still picture.

The browser does the same in js/label_layout.js; both are held to
tests/front_end/agreed_labels.json. Lengths are in the unit of the figure.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

__all__ = ["ColumnLabel", "Label", "Name", "Room", "place_columns", "place_names", "wrap_name"]

MOST_LINES = 3
# From here on a letter is counted as two: those of China, Japan and Korea, and pictures.
FIRST_WIDE = 0x1100
# What a longer way to its margin costs a name, beside what moving up or down costs it.
REACH_SHARE = 0.15
# How far a column of short names stands from what it names, in heights of a line.
ASIDE = 2.0


@dataclass(frozen=True)
class Name:
    """A name, the places where what it names is seen (to the right and downward), and its weight:
    where there is no room for all, the lightest are left out."""

    name: str
    spots: Sequence[tuple[float, float]]
    weight: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True)
class Room:
    """The margins of a figure.

    Attributes
    ----------
    edges : (float, float)
        Where the names of the left margin end, and those of the right begin.
    top, bottom : float
    line : float
        Height of a line of text.
    letters : int
        At most so many in a line.
    gap : float
        Between two names.
    """

    edges: tuple[float, float]
    top: float
    bottom: float
    line: float
    letters: int
    gap: float


@dataclass(frozen=True)
class Label:
    """A name in a margin: its lines of text, the place that it points at, and its upper edge."""

    name: Name
    lines: list[str]
    tall: float
    x: float
    y: float
    is_right: bool
    at: float = 0.0

    @property
    def middle(self) -> float:
        """The height at which its line begins."""
        return self.at + self.tall / 2


@dataclass(frozen=True)
class ColumnLabel:
    """A short name in a column beside its spot: `end` is the middle of the end of its text that
    points at the spot, `side` -1 on the left and 1 on the right."""

    name: str
    spot: tuple[float, float]
    end: tuple[float, float]
    side: int


def _count_letters(text: str) -> int:
    return sum(1 if ord(letter) < FIRST_WIDE else 2 for letter in text)


def _break_word(word: str, most: int) -> list[str]:
    """Break a word that is longer than a line, after a hyphen if it has one."""
    parts = [""]
    for letter in word:
        last = parts.pop()
        if _count_letters(last + letter) <= most:
            parts.append(last + letter)
        else:
            cut = last.rfind("-") + 1 or len(last)
            parts += [last[:cut], last[cut:] + letter]
    return parts


def wrap_name(name: str, most: int) -> list[str]:
    """Cut a name into lines of at most `most` letters, and what is longer than three lines short.

    Examples
    --------
    >>> wrap_name("Biceps femoris, long head", 16)
    ['Biceps femoris,', 'long head']
    """
    lines: list[str] = []
    for word in (part for whole in name.split(" ") for part in _break_word(whole, most)):
        if lines and _count_letters(f"{lines[-1]} {word}") <= most:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: most - 1]}…"]


def stack_labels(labels: Sequence[Label], room: Room) -> list[Label]:
    """Give labels, in their order from above to below, their upper edges: none overlap, and each is
    as near to its wish as its neighbours allow (least squares, by pooling adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    before = 0.0
    for label in labels:
        blocks.append((label.y - label.tall / 2 - before, 1))
        before += label.tall + room.gap
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (low, few), (mean, count) = blocks.pop(), blocks.pop()
            blocks.append(((mean * count + low * few) / (count + few), count + few))
    most = max(room.bottom - before + room.gap, room.top)
    starts = [min(max(mean, room.top), most) for mean, count in blocks for _ in range(count)]
    placed, passed = [], 0.0
    for label, start in zip(labels, starts, strict=True):
        placed.append(replace(label, at=start + passed))
        passed += label.tall + room.gap
    return placed


def place_columns(
    items: Sequence[tuple[str, tuple[float, float]]], size: float
) -> list[ColumnLabel]:
    """Place short names in a column beside their spots, away from the midline (x = 0).

    Parameters
    ----------
    items : sequence of (name, spot)
    size : float
        Height of a line.

    Returns
    -------
    list of ColumnLabel
        Those of the left first, each from above to below.
    """
    placed: list[ColumnLabel] = []
    room = Room((0.0, 0.0), -math.inf, math.inf, size, 0, 0.0)
    for side in (-1, 1):
        column = sorted(
            (item for item in items if (item[1][0] < 0) == (side < 0)), key=lambda one: one[1][1]
        )
        across = side * (max((side * spot[0] for _, spot in column), default=0.0) + ASIDE * size)
        wishes = [Label(Name(name, [spot]), [name], size, *spot, side > 0) for name, spot in column]
        placed += [
            ColumnLabel(one.name.name, (one.x, one.y), (across, one.middle), side)
            for one in stack_labels(wishes, room)
        ]
    return placed


def place_names(names: Iterable[Name], room: Room) -> list[Label]:
    """Place names in the margins: each in the one where it moves least, and so that lines of one
    margin do not cross.

    Parameters
    ----------
    names : iterable of Name
        Each with one spot at least.
    room : Room

    Returns
    -------
    list of Label
        Those of the left margin first, each from above to below.
    """
    columns: tuple[list[Label], list[Label]] = ([], [])
    free, filled = [room.top, room.top], [0.0, 0.0]
    kept = _fit([(name, wrap_name(name.name, room.letters)) for name in names], room)
    for name, lines in sorted(kept, key=lambda one: min(y for _, y in one[0].spots)):
        tall = len(lines) * room.line
        needs = tall + room.gap
        (cost, left), (dearer, right) = (_wish(name, tall, free, room, side) for side in (0, 1))
        is_full = [height + needs > room.bottom - room.top + room.gap for height in filled]
        is_right = is_full[0] or (not is_full[1] and dearer < cost)
        x, y = right if is_right else left
        columns[is_right].append(Label(name, lines, tall, x, y, is_right))
        free[is_right] = max(y - tall / 2, free[is_right]) + needs
        filled[is_right] += needs
    return [
        label
        for column in columns
        for label in _uncross(sorted(column, key=lambda label: label.y), room)
    ]


def _fit(names: Sequence[tuple[Name, list[str]]], room: Room) -> list[tuple[Name, list[str]]]:
    """Leave out the names of the least weight until the rest fit into two columns."""
    kept = sorted(names, key=lambda one: -one[0].weight)
    heights = [len(lines) * room.line for _, lines in kept]
    most = 2 * (room.bottom - room.top + room.gap) - max(heights, default=0.0) - room.gap
    while kept and sum(heights) + room.gap * len(heights) > most:
        kept.pop()
        heights.pop()
    return kept


def _wish(
    name: Name, tall: float, free: Sequence[float], room: Room, side: int
) -> tuple[float, tuple[float, float]]:
    """What it costs a name to stand in a margin, and its spot that lies nearest to it."""
    spot = min(name.spots, key=lambda spot: abs(spot[0] - room.edges[side]))
    late = max(free[side] - (spot[1] - tall / 2), 0.0)
    return late + REACH_SHARE * abs(spot[0] - room.edges[side]), spot


def _uncross(column: Sequence[Label], room: Room) -> list[Label]:
    """Stack a column, and change the order of neighbours whose lines would cross."""
    labels = stack_labels(column, room)
    for _ in column:
        pairs = enumerate(zip(labels, labels[1:], strict=False))
        crossed = next((at for at, pair in pairs if _do_cross(*pair, room)), None)
        if crossed is None:
            break
        labels[crossed : crossed + 2] = labels[crossed + 1], labels[crossed]
        labels = stack_labels(labels, room)
    return labels


def _do_cross(upper: Label, lower: Label, room: Room) -> bool:
    """Ask whether the lines of a label and of the one under it cross."""
    edge = room.edges[upper.is_right]
    near, far = sorted((upper, lower), key=lambda label: abs(label.x - edge))
    if abs(upper.x - edge) == abs(lower.x - edge):
        near, far = lower, upper
    along = (near.x - edge) / ((far.x - edge) or 1.0)
    level = far.middle + along * (far.y - far.middle)
    return level < near.y if near is upper else level > near.y
