"""Patches of skin and the marks of the roots, to be drawn over a body.

A patch of `data/skin.csv` lies between two lines along a part of the body. In each view the part
is looked at from one side, so that a turn about it becomes a place across it; the patch is then
cut out of the outline of the skin, whose vertices know the bones that carry them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy  # its parts load when they are first asked for: only a changed body is drawn anew
from numpy.typing import NDArray

from musclechain.anatomy.body import Body
from musclechain.anatomy.records import SkinArea
from musclechain.views.body.outline.cache import find_healthy_transforms
from musclechain.views.body.outline.curves import ACROSS, FRONTAL, Anchor, Curves, count_ends
from musclechain.views.body.outline.drawing import ARMS_BACK_DEG, ARMS_OUT_DEG, Drawing, Group
from musclechain.views.body.outline.fields import find_area
from musclechain.views.body.outline.standing import SIDES, Standing, read_standing

__all__ = ["add_patches"]

Points = NDArray[np.float64]

# What is seen of the turn about a part, degrees: from the first to the last.
SEEN = {"back": (90.0, 270.0), "front": (-90.0, 90.0), "side": (0.0, 180.0)}
# A part reaches no further to either side of its axis than this, mm, where the outline does not
# end before: the arm lies beside the trunk, and thigh beside thigh.
WIDEST_MM = {
    "head": 130.0,
    "neck": 110.0,
    "trunk": 172.0,
    "thigh": 125.0,
    "shank": 90.0,
    "foot": 90.0,
    "upper_arm": 75.0,
    "forearm": 60.0,
    "hand": 80.0,
}
LEAST_MM2 = 40.0
# Where the cosine of a turn is below the negative of this, a curve runs back on itself.
FOLDED = 0.9995
# Vertices that lie nearer to each other are one, mm.
SAME_MM = 0.05
ROOT_MM = 6.5
ROOT_CORNERS = 10
# So near to the edge of what is seen a patch reaches to the outline.
EDGE = 0.93
ARM_PARTS = ("upper_arm", "forearm", "hand")
LEG_PARTS = ("thigh", "shank", "foot")
# Their outline goes in and out between the fingers.
SPREAD_PARTS = ("hand",)


@dataclass(frozen=True)
class _Axis:
    """The line along a part in one view.

    Attributes
    ----------
    start, end : numpy.ndarray, shape (2,)
        Across and up, mm: where the share along the part is `first`, and where it is `last`.
    first, last : float
    limits : (float, float)
        Shares that this view shows.
    """

    start: Points
    end: Points
    first: float = 0.0
    last: float = 1.0
    limits: tuple[float, float] = (-0.2, 1.4)

    def find(self, share: float) -> Points:
        """The point at a share of the part."""
        part = (share - self.first) / (self.last - self.first)
        return self.start + part * (self.end - self.start)


def add_patches(body: Body, drawing: Drawing) -> Drawing:
    """Add the patches of skin and the roots to what is drawn of a body.

    Parameters
    ----------
    body : Body
    drawing : Drawing
        Of this body.

    Returns
    -------
    Drawing
        Patches lie over the muscles and under the nerves, the roots over all. Their groups carry
        `supply`, the id in the graph of `build_nerve_graph`.
    """
    standing = read_standing(body, find_healthy_transforms(body))
    views = {
        view: _add_to_view(body, standing, view, groups) for view, groups in drawing.views.items()
    }
    return replace(drawing, views=views)


def _add_to_view(
    body: Body, standing: Standing, view: str, groups: Sequence[Group]
) -> tuple[Group, ...]:
    skins = [
        _cut(curves, at)
        for group in groups
        for role, curves in group.curves
        if role == "skin"
        for at in range(len(curves.ends))
    ]
    sides = [(side, sign) for side, sign in standing.sides if view in ("back", "front", side)]
    patches = [
        group
        for side, sign in sides
        for group in _draw_patches(body, standing, view, skins, side, sign)
    ]
    # in front the trunk lies over the spine
    roots = [
        group
        for side, _ in sides
        if view != "front"
        for group in _draw_roots(body, standing, view, side)
    ]
    quiet = [group for group in groups if not group.nerve]
    nerves = [group for group in groups if group.nerve]
    arm = _find_arm_group(quiet) if view in SIDES else len(quiet)
    of_arm = {
        f"{area.skin}_{side}"
        for area in body.graph.graph["skin"]
        if area.part in ARM_PARTS
        for side, _ in sides
    }
    under = [group for group in patches if group.supply not in of_arm]
    over = [group for group in patches if group.supply in of_arm]
    return (*quiet[:arm], *under, *quiet[arm:], *over, *nerves, *roots)


def _find_arm_group(groups: Sequence[Group]) -> int:
    """Where the skin of the arm lies, which from the side is drawn over the trunk."""
    skins = [
        at for at, group in enumerate(groups) if any(role == "skin" for role, _ in group.curves)
    ]
    return skins[-1] if len(skins) > 1 else len(groups)


def _cut(curves: Curves, at: int) -> Curves:
    """One of several curves."""
    rows = slice((0, *curves.ends)[at], curves.ends[at])
    points = curves.points[rows]
    return Curves(points, curves.bones[rows], curves.share[rows], (len(points),), True)


def _draw_patches(
    body: Body,
    standing: Standing,
    view: str,
    skins: Sequence[Curves],
    side: str,
    sign: float,
) -> Iterator[Group]:
    axes = _find_axes(standing, view, side, sign)
    plane = ACROSS[view][0]
    # from the side, forward lies to the right; from the front, the outer side of the right half
    across = sign if plane == FRONTAL else 1.0
    outlines = {part: _find_skin(skins, plane, axis, part) for part, axis in axes.items()}
    for area in body.graph.graph["skin"]:
        axis, skin = axes.get(area.part), outlines.get(area.part)
        if axis is None or skin is None:
            continue
        loops = [
            loop
            for quad in _list_quads(area, axis, view, skin.points[:, [plane, 1]], across)
            for loop in _clip_loop(skin.points[:, [plane, 1]], quad)
        ]
        if loops:
            curves = _carry(loops, skin, plane)
            middle = _find_middle(curves, plane)
            yield Group((("patch", curves),), supply=f"{area.skin}_{side}", anchor=middle)


# ---- where the parts are -----------------------------------------------------------------------


def _find_axes(standing: Standing, view: str, side: str, sign: float) -> dict[str, _Axis]:
    """Find the line along each part of one side, as a view shows it."""
    plane = ACROSS[view][0]
    find = {name: place[[plane, 1]] for name, place in _find_places(standing, side, sign, view)}
    trunk = _Axis(find["neck_base"], find["seat"])
    axes = {
        "head": _Axis(find["skull"], find["crown"]),
        "neck": _Axis(find["neck_base"], find["skull"]),
        "trunk": trunk,
        "thigh": _Axis(find["hip"], find["knee"]),
        "shank": _Axis(find["knee"], find["ankle"]),
        "foot": _Axis(find["heel"], find["toes"]),
    }
    if view == "front":
        axes["foot"] = _Axis(find["ankle"] - [0, 20], find["toes"], 0.3, 1.0, (0.3, 1.0))
    if view == "back":
        axes["foot"] = _Axis(find["ankle"] - [0, 30], find["heel"] - [0, 25], 0.0, 0.3, (0.0, 0.3))
    if "shoulder" in find:
        axes["upper_arm"] = _Axis(find["shoulder"], find["elbow"])
        axes["forearm"] = _Axis(find["elbow"], find["wrist"])
        axes["hand"] = _Axis(find["wrist"], find["fingers"])
    return axes


def _find_places(
    standing: Standing, side: str, sign: float, view: str
) -> Iterator[tuple[str, Points]]:
    """Find the landmarks that the parts lie between, mm in healthy standing."""
    skull = standing.locate("c0_c2", "head")
    base = standing.locate("c7_t1", "thorax")
    hip, knee, ankle = (
        standing.locate(f"{joint}_{side}", f"{bone}_{side}")
        for joint, bone in (("hip", "thigh"), ("knee", "shank"), ("ankle", "foot"))
    )
    yield "skull", skull
    yield "crown", skull + [10, 165, 0]
    yield "neck_base", base
    yield "seat", np.array([base[0] + 20, hip[1], 0.0])
    yield from (("hip", hip), ("knee", knee), ("ankle", ankle))
    yield "heel", ankle + [-95, -48, 0]
    yield "toes", ankle + [208, -58, sign * 10]
    yield from _find_arm(standing, side, view)


def _find_arm(standing: Standing, side: str, view: str) -> Iterator[tuple[str, Points]]:
    """Find the joints of the arm, where a view draws it: further back or out."""
    if f"glenohumeral_{side}" not in standing.joints:
        return
    arm = f"arm_{side}"
    if view in SIDES:
        standing = standing.draw_arms_back({side: [arm]}, ARMS_BACK_DEG)
    else:
        standing = standing.draw_arms_out({side: [arm]}, ARMS_OUT_DEG)
    joint = standing.joints[f"glenohumeral_{side}"]
    sign = SIDES[side]
    for name, offset in ARM_OFFSETS.items():
        yield name, standing.place((joint + offset * [1, 1, sign])[None], [arm])[0]


# From the shoulder joint of the right arm in the posture of the data, mm.
ARM_OFFSETS: Mapping[str, Points] = {
    "shoulder": np.array([0.0, 20.0, 12.0]),
    "elbow": np.array([0.0, -290.0, 30.0]),
    "wrist": np.array([20.0, -530.0, 65.0]),
    "fingers": np.array([30.0, -715.0, 85.0]),
}


def _find_skin(skins: Sequence[Curves], plane: int, axis: _Axis, part: str) -> Curves | None:
    """Find the outline that encloses the middle of a part; of several the shortest for a part of
    the arm, which lies before the trunk, and the tallest for all else."""
    share = (max(axis.limits[0], 0.0) + min(axis.limits[1], 1.0)) / 2
    middle = axis.find(0.35 if part == "hand" else share)
    around = [skin for skin in skins if _encloses(skin.points[:, [plane, 1]], middle)]
    pick = min if part in ARM_PARTS else max
    return pick(around, key=lambda skin: float(np.ptp(skin.points[:, 1])), default=None)


def _encloses(loop: Points, point: Points) -> bool:
    """Whether a closed curve goes round a point."""
    (x, y), (u, v) = point, np.roll(loop, -1, axis=0).T
    a, b = loop.T
    crosses = (b > y) != (v > y)
    left = x < (u - a) * (y - b) / np.where(v == b, np.inf, v - b) + a
    return bool(np.count_nonzero(crosses & left) % 2)


# ---- what a view shows of a patch --------------------------------------------------------------


def _list_quads(
    area: SkinArea, axis: _Axis, view: str, skin: Points, across: float
) -> Iterator[Points]:
    """List the four corners of what a view shows of a patch, mostly one piece."""
    kind = view if view in SEEN else "side"
    for turn in (-360.0, 0.0, 360.0):
        first = max(area.from_deg + turn, SEEN[kind][0])
        last = min(area.to_deg + turn, SEEN[kind][1])
        if last - first < 1e-6:
            continue
        span = area.to_deg - area.from_deg
        ends = []
        for angle in (first, last):
            part = (angle - turn - area.from_deg) / span
            top = area.from_start + part * (area.to_start - area.from_start)
            bottom = area.from_end + part * (area.to_end - area.from_end)
            ends.append((angle, *np.clip([top, bottom], *axis.limits)))
        if any(bottom - top < 1e-6 for _, top, bottom in ends):
            continue
        yield _place_quad(ends, axis, kind, skin, across, area.part)


def _place_quad(
    ends: Sequence[tuple[float, float, float]],
    axis: _Axis,
    kind: str,
    skin: Points,
    across: float,
    part: str,
) -> Points:
    """Place the corners in the plane; an edge at the outline reaches past it."""
    (one, top, bottom), (other, other_top, other_bottom) = ends
    return np.array(
        [
            _place_corner(axis, share, angle, kind, skin, across, part)
            for angle, share in (
                (one, top),
                (other, other_top),
                (other, other_bottom),
                (one, bottom),
            )
        ]
    )


def _place_corner(
    axis: _Axis, share: float, angle: float, kind: str, skin: Points, across: float, part: str
) -> Points:
    """Place what lies at a share along a part and at a turn about it: between the axis and the
    outline, or, at the edge of what is seen, past the outline."""
    radians = np.radians(angle)
    place = float(np.cos(radians) if kind == "side" else np.sin(radians))
    centre, way = axis.find(share), axis.end - axis.start
    # across the axis; on a foot from the side that is upward
    aside = np.array([abs(way[1]), -way[0] * np.sign(way[1])])
    if abs(way[1]) < abs(way[0]):
        aside, across = np.array([0.0, 1.0]), 1.0
    step = aside / np.linalg.norm(aside) * across * np.sign(place)
    most = WIDEST_MM[part]
    if kind != "side" and part in LEG_PARTS and place < 0:
        most = min(most, abs(float(centre[0])))
    is_edge = abs(place) > EDGE or part in SPREAD_PARTS
    return centre + step * abs(place) * (most if is_edge else _find_reach(skin, centre, step, most))


def _find_reach(skin: Points, start: Points, way: Points, most: float) -> float:
    """How far it is from a point to the outline, mm; at most `most`."""
    before, after = skin, np.roll(skin, -1, axis=0)
    normal = np.array([-way[1], way[0]])
    first, last = (before - start) @ normal, (after - start) @ normal
    crosses = (first > 0) != (last > 0)
    if not crosses.any():
        return most
    part = first[crosses] / (first[crosses] - last[crosses])
    places = before[crosses] + part[:, None] * (after[crosses] - before[crosses])
    along = (places - start) @ way
    ahead = along[along > 0]
    return float(min(ahead.min(), most)) if len(ahead) else most


# ---- cut out of the outline --------------------------------------------------------------------


def _clip_loop(loop: Points, quad: Points) -> Iterator[Points]:
    """Cut a closed curve to a convex one: Sutherland and Hodgman's way, edge by edge."""
    if find_area(*quad.T) < 1.0:
        return
    turn = quad if _is_left_turning(quad) else quad[::-1]
    for start, end in zip(turn, np.roll(turn, -1, axis=0), strict=True):
        normal = np.array([start[1] - end[1], end[0] - start[0]])
        inside = (loop - start) @ normal
        loop = _keep_inside(loop, inside)
        if len(loop) < 3:
            return
    loop = _drop_spikes(loop)
    if len(loop) > 2 and find_area(*loop.T) >= LEAST_MM2:
        yield loop


def _drop_spikes(loop: Points) -> Points:
    """Leave out where a curve runs to a corner of the piece outside of the body and back."""
    while len(loop) > 2:
        loop = loop[np.linalg.norm(loop - np.roll(loop, 1, axis=0), axis=1) > SAME_MM]
        come, go = loop - np.roll(loop, 1, axis=0), np.roll(loop, -1, axis=0) - loop
        lengths = np.linalg.norm(come, axis=1) * np.linalg.norm(go, axis=1)
        turns_back = (come * go).sum(axis=1) <= -FOLDED * lengths
        if not turns_back.any():
            break
        loop = np.delete(loop, int(np.argmax(turns_back)), axis=0)
    return loop


def _is_left_turning(quad: Points) -> bool:
    x, y = quad.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) > 0


def _keep_inside(loop: Points, inside: Points) -> Points:
    """Keep the vertices on the inner side of a line, and where the curve crosses it."""
    is_in, back = inside >= 0, np.roll(inside, 1)
    crosses = is_in != np.roll(is_in, 1)
    before = np.roll(loop, 1, axis=0)[crosses]
    part = (back[crosses] / (back[crosses] - inside[crosses]))[:, None]
    # a crossing comes before the vertex that follows it
    places = np.concatenate([np.flatnonzero(crosses) - 0.5, np.flatnonzero(is_in)])
    points = np.concatenate([before + part * (loop[crosses] - before), loop[is_in]])
    return points[np.argsort(places, kind="stable")]


def _carry(loops: Iterable[Points], skin: Curves, plane: int) -> Curves:
    """Give flat loops the depth and the bones of the outline where they lie beside it."""
    loops = list(loops)
    flat = np.vstack(loops)
    _, near = scipy.spatial.KDTree(skin.points[:, [plane, 1]]).query(flat)
    points = skin.points[near].copy()
    points[:, [plane, 1]] = flat
    return Curves(points, skin.bones[near], skin.share[near], count_ends(loops), True)


def _find_middle(curves: Curves, plane: int) -> Anchor:
    """The middle of the largest loop, for the arrow keys."""
    loops = curves.split()
    largest = max(range(len(loops)), key=lambda at: find_area(*loops[at][:, [plane, 1]].T))
    first = (0, *curves.ends)[largest]
    middle = loops[largest].mean(axis=0)
    return Anchor(middle, curves.bones[first], float(curves.share[first]))


# ---- roots -------------------------------------------------------------------------------------


def _draw_roots(body: Body, standing: Standing, view: str, side: str) -> Iterator[Group]:
    """Draw a disc where the nerves of a level leave the spine."""
    plane = ACROSS[view][0]
    for root, (bone, place) in _find_root_places(body, side).items():
        centre = standing.place(np.array([place]), [bone])[0]
        turns = np.linspace(0, 2 * np.pi, ROOT_CORNERS, endpoint=False)
        points = np.tile(centre, (ROOT_CORNERS, 1))
        points[:, plane] += ROOT_MM * np.cos(turns)
        points[:, 1] += ROOT_MM * np.sin(turns)
        bones = np.full((ROOT_CORNERS, 2), standing.number[bone])
        curves = Curves(points, bones, np.ones(ROOT_CORNERS), (ROOT_CORNERS,), True)
        anchor = Anchor(centre, bones[0], 1.0)
        yield Group((("root", curves),), supply=root, anchor=anchor)


def _find_root_places(body: Body, side: str) -> dict[str, tuple[str, tuple[float, float, float]]]:
    """Find where a branch that bears the name of a level begins, for each level that has one."""
    found: dict[str, tuple[str, tuple[float, float, float]]] = {}
    nodes = body.graph.nodes
    for data in (data for _, data in nodes(data=True) if data["kind"] == "nerve"):
        if data.get("side") != side:
            continue
        for branch, points in data.get("branches", ()):
            root = f"{branch}_{side}"
            if root in nodes and points[0][0] in nodes:
                found.setdefault(root, points[0])
    return found
