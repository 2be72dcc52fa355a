"""Skin drawn over bones: the head's form and the hands'."""

import numpy as np
import pytest

from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.curves import ACROSS


@pytest.fixture(scope="module")
def drawing(body):
    return find_drawing(body)


def list_loops(drawing, view, *roles):
    """List the flat curves of some roles, shape (n, 2); the heel has a face of its own."""
    axis, _ = ACROSS[view]
    return [
        loop[:, [axis, 1]]
        for group in drawing.views[view]
        for role, curves in group.curves
        if role in roles and (role != "face" or is_of_head(drawing, curves))
        for loop in curves.split()
    ]


def is_of_head(drawing, curves):
    return drawing.bones[int(curves.bones[0, 0])] == "head"


def is_inside(point, loops):
    """Whether a point lies within a union of closed curves."""
    return any(count_edges(point, loop) % 2 for loop in loops)


def count_edges(point, loop):
    start, end = loop - point, np.roll(loop, -1, axis=0) - point
    crosses = (start[:, 1] > 0) != (end[:, 1] > 0)
    start, end = start[crosses], end[crosses]
    across = start[:, 0] - start[:, 1] * (end - start)[:, 0] / (end - start)[:, 1]
    return int((across > 0).sum())


@pytest.mark.parametrize("view", ACROSS)
def test_the_face_hides_the_skull_and_stays_within_the_skin(drawing, view):
    axis, _ = ACROSS[view]
    (face,) = list_loops(drawing, view, "face")
    # but for a millimetre or two where the profile has corners
    inner = face.mean(axis=0) + 0.96 * (face - face.mean(axis=0))
    assert all(is_inside(point, list_loops(drawing, view, "skin")) for point in inner)
    skull = [
        group.curves[0][1].points[:, [axis, 1]]
        for group in drawing.views[view]
        if group.curves[0][0] == "bone"
        and drawing.bones[int(group.curves[0][1].bones[0, 0])] == "head"
    ]
    assert skull
    # the jaw and the base of the skull reach under the neck, which its muscles cover
    upper = np.vstack(skull)
    upper = upper[upper[:, 1] > np.median(upper[:, 1])]
    assert np.mean([is_inside(point, [face]) for point in upper]) > 0.9


@pytest.mark.parametrize("view", ["front", "left", "right"])
def test_the_folds_of_the_face_lie_on_the_head_and_carry_no_name(drawing, view):
    axis, _ = ACROSS[view]
    (face,) = list_loops(drawing, view, "face")
    folds = [
        (group, curves)
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "crease" and is_of_head(drawing, curves)
    ]
    assert len(folds) > 5
    low, high = face.min(axis=0), face.max(axis=0)
    for group, curves in folds:
        assert not group.structure and not curves.closed
        assert {drawing.bones[bone] for bone in curves.bones[:, 0]} == {"head"}
        flat = curves.points[:, [axis, 1]]
        # the ears stand out from the face
        assert (flat > low - [18, 6]).all() and (flat < high + [18, 6]).all()


@pytest.mark.parametrize("view", ["back", "front"])
def test_an_ear_stands_out_from_either_side_of_the_head(drawing, view):
    axis, _ = ACROSS[view]
    ears = [
        curves.points[:, [axis, 1]]
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "skin" and is_of_head(drawing, curves) and len(curves.ends) == 1
    ]
    (face,) = list_loops(drawing, view, "face")
    assert len(ears) == 2 and ears[0][:, 0].mean() * ears[1][:, 0].mean() < 0
    for ear in ears:
        assert 50 < np.ptp(ear[:, 1]) < 85
        assert abs(ear[:, 0]).max() > abs(face[:, 0]).max() + 10


@pytest.mark.parametrize("view", ACROSS)
def test_thin_skin_covers_the_fingers(drawing, view):
    hands = [
        curves
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "thin" and drawing.bones[int(curves.bones[0, 0])].startswith("arm_")
    ]
    axis, _ = ACROSS[view]
    assert len(hands) == (1 if view in ("left", "right") else 2)
    lowest = min(float(hand.points[:, 1].min()) for hand in hands)
    loops = [hand.points[:, [axis, 1]] for hand in hands]
    for loop in list_loops(drawing, view, "bone"):
        is_fingertip = loop[:, 1].min() < lowest + 10 and loop[:, 1].max() < lowest + 60
        if is_fingertip and any(is_inside(loop.mean(axis=0), [hand]) for hand in loops):
            assert all(is_inside(point, loops) for point in loop)


@pytest.mark.parametrize("side", ["left", "right"])
def test_three_sheets_fill_the_side_of_the_neck(drawing, side):
    """Between sternocleidomastoid and trapezius splenius, levator and scalenes are seen, from
    above to below; what lies under them, and what the jaw covers, is not."""
    seen = {
        group.structure.removesuffix(f"_{side}"): group.sight
        for group in drawing.views[side]
        if group.structure.endswith(side) and group.sight
    }
    whole = {name for name, sight in seen.items() if sight.depth == 4}
    assert {"splenius_capitis", "levator_scapulae", "scalenus_medius"} <= whole
    for covered in ("obliquus_capitis_superior", "obliquus_capitis_inferior", "longus_capitis"):
        assert covered not in whole


@pytest.mark.parametrize("view", ACROSS)
def test_the_skin_of_trunk_and_limbs_runs_in_long_curves(drawing, view):
    """Between hand and shoulder, foot and chin, it bends to and fro at most once in six
    centimetres; when it followed each corner of what lies under it, up to three times."""
    loops = [loop for loop in list_loops(drawing, view, "skin") if np.ptp(loop[:, 1]) > 600]
    assert len(loops) == (5 if view in ("back", "front") else 2)
    for loop in loops:
        low, high = loop[:, 1].min() + 230, loop[:, 1].max()
        high -= 60 if high - low < 700 else 260
        turns, heights = measure_turns(loop, 8.0)
        turns = turns[(heights > low) & (heights < high)]
        signs = np.sign(turns[abs(turns) > np.radians(1)])
        assert np.count_nonzero(np.diff(signs)) * 60 < len(turns) * 8.0


def measure_turns(loop, step):
    """How far a closed flat curve turns at points so many mm apart, and how high these lie."""
    ring = np.vstack([loop, loop[:1]])
    run = np.append(0, np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1)))
    points = np.stack([np.interp(np.arange(0, run[-1], step), run, axis) for axis in ring.T], 1)
    ways = np.diff(points, axis=0) @ [1, 1j]
    return np.angle(ways[1:] / ways[:-1]), points[1:-1, 1]


@pytest.mark.parametrize("degrees", [0, 30, 60, 80])
def test_a_head_seen_from_in_front_stays_round_and_holds_its_face(drawing, degrees):
    """Bent about the ear, a flat face had become a strip; a head is as deep as it is high."""
    radians = np.radians(degrees)
    turn = np.array([np.sin(-radians), np.cos(radians)])  # of forward and up to up
    solid, folds = [], []
    for group in drawing.views["front"]:
        for role, curves in group.curves:
            if role in ("crown", "face", "crease") and is_of_head(drawing, curves):
                flat = [
                    np.column_stack([loop[:, 2], loop[:, :2] @ turn]) for loop in curves.split()
                ]
                (folds if role == "crease" else solid).extend(flat)
    assert np.ptp(np.vstack(solid)[:, 1]) > 0.7 * 220
    middle = np.vstack(solid).mean(axis=0)
    places = np.vstack(folds)
    # but for the ears, which stand out
    places = places[abs(places[:, 0]) < 60]
    assert all(is_inside(middle + 0.95 * (place - middle), solid) for place in places)
