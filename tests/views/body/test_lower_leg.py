"""The lower leg looks like one: muscles side by side, tendons drawn in, bands that hold them."""

import numpy as np
import pytest

from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL

TO_THE_TOES = ("tibialis_anterior", "extensor_hallucis_longus", "extensor_digitorum_longus")


@pytest.fixture(scope="module")
def drawing(body, draw):
    return draw(body)


def find_ends(curves, up, axis):
    """The least and the most that an outline reaches across at a height, mm."""
    places = []
    for loop in curves.split():
        flat = loop[:, [axis, 1]]
        for (x, y), (after, level) in zip(flat, np.roll(flat, -1, axis=0), strict=True):
            if (y - up) * (level - up) < 0:
                places.append(x + (up - y) / (level - y) * (after - x))
    return min(places), max(places)


def find_straps(drawing, view, bone):
    return [
        curves
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "strap" and drawing.bones[curves.bones[0, 0]] == bone
    ]


def test_the_outer_face_shows_extensors_fibularis_soleus_and_gastrocnemius_in_a_row(drawing):
    row = ["extensor_digitorum_longus", "fibularis_longus", "soleus", "gastrocnemius_lateral_head"]
    shapes = [drawing.shapes[SAGITTAL, f"{name}_right"] for name in row]
    ends = [find_ends(shape.belly, 370, SAGITTAL) for shape in shapes]
    fronts = [most for _, most in ends]
    assert fronts == sorted(fronts, reverse=True)
    # what is seen of the soleus is as broad as half of the fibularis longus at least
    (low, high), seen = ends[1], ends[1][0] - ends[3][1]
    assert seen > (high - low) / 2
    soleus, calf = (shape.belly.points[:, 1].min() for shape in shapes[2:])
    assert soleus < calf - 60


@pytest.mark.parametrize("name", [*TO_THE_TOES, "fibularis_longus", "fibularis_brevis"])
def test_flesh_draws_to_a_point_before_the_ankle(drawing, name):
    belly = drawing.shapes[SAGITTAL, f"{name}_right"].belly
    low = belly.points[:, 1].min()
    near, far = (np.ptp(find_ends(belly, low + up, SAGITTAL)) for up in (6, 60))
    assert low > 130 and near < 0.6 * far


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_band_of_the_shank_holds_the_tendons_of_the_extensors(drawing, side):
    (band,) = find_straps(drawing, "front", f"shank_{side}")
    level = float(band.points[:, 1].mean())
    low, high = band.points[:, FRONTAL].min(), band.points[:, FRONTAL].max()
    for name in TO_THE_TOES:
        tendon = drawing.shapes[FRONTAL, f"{name}_{side}"].outline
        least, most = find_ends(tendon, level, FRONTAL)
        assert low < least and most < high
    assert len(find_straps(drawing, "front", f"foot_{side}")) == 2


def test_each_side_shows_the_bands_of_its_own_ankle(drawing):
    for side, other in (("left", "right"), ("right", "left")):
        assert len(find_straps(drawing, side, f"foot_{side}")) == 3
        assert not find_straps(drawing, side, f"foot_{other}")
    assert not find_straps(drawing, "back", "foot_left")


def test_bands_go_with_the_muscles_of_the_layer_under_them(drawing):
    depths = {
        (drawing.bones[curves.bones[0, 0]].split("_")[0], group.layer)
        for groups in drawing.views.values()
        for group in groups
        for role, curves in group.curves
        if role == "strap"
    }
    assert depths == {("shank", 3), ("foot", 3), ("arm", 4)}


def test_muscles_of_the_sole_are_not_seen_from_the_front(drawing):
    soles = {f"{name}_left" for name in ("abductor_hallucis", "abductor_digiti_minimi_of_foot")}
    front, side = ({group.structure for group in drawing.views[view]} for view in ("front", "left"))
    assert not soles & front and soles <= side


def test_fibular_tendons_pass_behind_the_bones_from_the_front(drawing):
    names = [group.structure for group in drawing.views["front"]]
    bones = [
        number
        for number, group in enumerate(drawing.views["front"])
        for role, curves in group.curves
        if role == "bone" and drawing.bones[curves.bones[0, 0]] in ("shank_left", "foot_left")
    ]
    for muscle in ("fibularis_longus_left", "fibularis_brevis_left"):
        assert names.index(muscle) < min(bones)
        assert any(group.sight for group in drawing.views["front"] if group.structure == muscle)


@pytest.mark.parametrize(("view", "count"), [("front", 8), ("back", 2), ("left", 5)])
def test_bands_have_no_edge_where_they_pass_into_skin_and_bone(drawing, view, count):
    roles = ("strap", "core", "hem")
    parts = {
        role: [c for group in drawing.views[view] for name, c in group.curves if name == role]
        for role in roles
    }
    for whole, dense, edges in zip(*(parts[role] for role in roles), strict=True):
        assert whole.closed and dense.closed and not edges.closed
        axis = SAGITTAL if view == "left" else FRONTAL
        long = [np.ptp(c.points[:, [axis, 1]], axis=0).max() for c in (whole, edges, dense)]
        assert long == sorted(long, reverse=True)
    assert len(parts["strap"]) == count
