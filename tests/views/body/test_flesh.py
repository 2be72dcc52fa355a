"""Muscles fill the room that a body gives them: side by side, out to the skin, around bare bone."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musclechain.views.body.outline.bones import draw_front_bones
from musclechain.views.body.outline.cache import find_healthy_transforms
from musclechain.views.body.outline.curves import FRONTAL, SAGITTAL
from musclechain.views.body.outline.fields import FAR_MM, Grid, fill_polygon, fill_spindles
from musclechain.views.body.outline.flesh import (
    TUCK_STEPS,
    Room,
    Sleeve,
    StructureFields,
    fill_rooms,
    lay_out,
)
from musclechain.views.body.outline.forms import SKIN_MM
from musclechain.views.body.outline.front import list_front_rooms
from musclechain.views.body.outline.lines import STEPS, PullPath
from musclechain.views.body.outline.shapes import STEP_MM
from musclechain.views.body.outline.side import list_side_rooms
from musclechain.views.body.outline.standing import read_standing

LIMB = (np.array([[60.0, 0.0], [60.0, 300.0]]), np.array([50.0, 50.0]))
BACK_AND_FRONT = ("back", "front")


@pytest.fixture(scope="module")
def standing(body):
    return read_standing(body, find_healthy_transforms(body))


@pytest.fixture(scope="module")
def drawing(body, draw):
    return draw(body)


def make_muscle(across, radius=8.0, view="back", layer=3):
    """A muscle like a rod, upright in the limb."""
    flat = np.column_stack([np.full(STEPS, across), np.linspace(40, 260, STEPS)])
    grid = Grid.around(flat, 20, STEP_MM)
    filled = fill_spindles(grid, [(flat, np.full(STEPS, radius))])
    points = np.column_stack([np.zeros(STEPS), flat[:, ::-1]])
    path = PullPath(points, np.ones((STEPS, 1)), np.full(STEPS, radius))
    node = {"layer": layer, "view": view, "region": "thigh", "kind": "muscle"}
    return StructureFields(node, [path], [], grid, filled, filled.copy())


def make_room(reach=40.0, bare=(), clear=()):
    sleeve = Sleeve(*LIMB[0], (0.0, 0.1, 0.9, 1.0), (0.0, reach, reach, 0.0))
    return Room(
        frozenset({"thigh"}), [LIMB], [], [sleeve], bare={"back": bare}, clear={"back": clear}
    )


def fill(muscles, room, names=None):
    floors = [lay_out(room, BACK_AND_FRONT, STEP_MM)]
    return fill_rooms(muscles, names or set(muscles), floors, BACK_AND_FRONT)


def find_edges(fields, up=150.0):
    """Where a row of a muscle's flesh begins and ends, mm."""
    across, rows = fields.grid.nodes
    row = fields.belly[int(np.argmin(abs(rows[:, 0] - up)))] < 0
    assert row.any() and np.count_nonzero(np.diff(row.astype(int))) <= 2
    return across[0][row].min(), across[0][row].max()


def lay_box(left, right, low=0.0, top=300.0):
    return np.array([[left, low], [right, low], [right, top], [left, top]])


@given(st.floats(4, 7), st.floats(25, 40), st.lists(st.floats(1.5, 4.0), max_size=2))
def test_muscles_of_a_limb_share_their_edges_and_reach_the_skin(radius, first, gaps):
    """Gaps between their lines are given as multiples of the radius: below 2 they overlap."""
    places = np.cumsum([first, *(radius * gap for gap in gaps)])
    muscles = {f"m{k}": make_muscle(place, radius) for k, place in enumerate(places)}
    filled = fill(muscles, make_room(100.0))
    edges = [find_edges(one) for one in filled.values()]
    assert edges[0][0] == pytest.approx(10 + SKIN_MM, abs=2 * STEP_MM)
    assert edges[-1][1] == pytest.approx(110 - SKIN_MM, abs=2 * STEP_MM)
    lie = [find_edges(one) for one in muscles.values()]
    for ((_, end), (start, _)), ((_, before), (after, _)) in zip(
        pairwise(edges), pairwise(lie), strict=True
    ):
        # no node between two muscles belongs to neither, and to both only what did before and the
        # strip that the lower one keeps under the upper one
        tucked = TUCK_STEPS * STEP_MM
        assert min(after - before, STEP_MM) - tucked <= start - end <= 1.01 * STEP_MM
    for name, one in filled.items():
        assert (one.whole <= one.belly).all()
        mine, before = one.grid.overlap(muscles[name].grid)
        assert (one.belly[mine] <= muscles[name].belly[before] + 1e-9).all()


def test_a_muscle_grows_no_further_than_flesh_reaches_and_not_into_the_joint():
    (filled,) = fill({"m": make_muscle(60.0)}, make_room(12.0)).values()
    assert find_edges(filled) == pytest.approx((60 - 20, 60 + 20), abs=2 * STEP_MM)
    across, up = filled.grid.nodes
    rows = up[(filled.belly < 0).any(axis=1), 0]
    assert rows.min() >= 0 and rows.max() <= 300


def test_no_muscle_grows_over_bare_bone_and_one_draws_back_from_the_shin():
    box = lay_box(30, 44)
    bare = fill({"m": make_muscle(60.0)}, make_room(bare=[box]))["m"]
    assert find_edges(bare)[0] > 43
    clear = fill({"m": make_muscle(44.0)}, make_room(bare=[box], clear=[box]))["m"]
    assert find_edges(clear)[0] > 43
    # a muscle that both faces show lies beside the bone, and stays
    both = fill({"m": make_muscle(44.0, view="both")}, make_room(bare=[box], clear=[box]))["m"]
    assert find_edges(both)[0] < 40


def test_what_both_faces_show_does_not_grow_over_a_muscle_that_only_one_shows():
    muscles = {"front": make_muscle(75.0, view="front"), "both": make_muscle(40.0, view="both")}
    filled = fill(muscles, make_room())
    mine, theirs = filled["both"].grid.overlap(muscles["front"].grid)
    shown = muscles["front"].belly[theirs] < 0
    assert not (filled["both"].belly[mine] < 0)[shown].any()
    # under one that lies over it, it may
    under = fill(dict(reversed(muscles.items())), make_room())
    assert find_edges(under["both"])[1] > find_edges(muscles["front"])[0] + 5
    alone = fill({"both": muscles["both"]}, make_room())
    assert find_edges(alone["both"])[1] == pytest.approx(48 + 40, abs=2 * STEP_MM)


def test_only_those_that_are_asked_for_grow_and_they_grow_as_among_all():
    muscles = {"a": make_muscle(35.0), "b": make_muscle(80.0)}
    all_grown, one = fill(muscles, make_room()), fill(muscles, make_room(), {"a"})
    assert np.array_equal(one["a"].belly, all_grown["a"].belly)
    assert one["b"] is muscles["b"]


def test_the_depth_of_what_grew_is_measured_from_its_new_edge():
    (filled,) = fill({"m": make_muscle(60.0)}, make_room(24.0)).values()
    across, up = filled.grid.nodes
    row = filled.belly[int(np.argmin(abs(up[:, 0] - 150)))]
    low, high = find_edges(filled)
    depth = np.minimum(across[0] - low, high - across[0]) + STEP_MM / 2
    inside = row < 0
    assert -row[inside] == pytest.approx(depth[inside], abs=STEP_MM)


def test_a_grid_reaches_out_and_keeps_what_it_held():
    grid = Grid(3, -4, 2.0, (5, 6))
    wide = grid.reach_to(-10, 0, 3, 20)
    assert (wide.row, wide.column, wide.shape) == (-10, 0, (13, 20))
    field = np.arange(30.0).reshape(5, 6)
    whole = wide.embed(field, grid)
    mine, _ = wide.overlap(grid)
    assert np.array_equal(whole[mine], field) and (whole == FAR_MM).sum() == 13 * 20 - 30
    cropped, inner = wide.crop(whole < FAR_MM)
    assert cropped == grid and np.array_equal(whole[inner], field)
    assert wide.crop(np.zeros(wide.shape, bool))[0].shape == (1, 1)


# ---- the body's limbs


def measure_cover(body, drawing, floor, face, axis, least_reach):
    """Share of the right limb's flesh that some muscle of a face covers."""
    covered = np.zeros(floor.grid.shape, bool)
    for (plane, name), shape in drawing.shapes.items():
        view = body.graph.nodes[name].get("view", "both")
        seen = view != "deep" if face == "side" else view in (face, "both")
        if plane == axis and name.endswith("_right") and shape.belly and seen:
            for loop in shape.belly.split():
                covered |= fill_polygon(floor.grid, loop[:, [axis, 1]]) < 0
    flesh = (floor.reach > least_reach) & ~floor.bare[face]
    return covered[flesh].mean()


# From the front the pubic bone lies between the adductors, and the calf behind shows at the shin;
# from the back there is a dip between gluteus medius and maximus.
@pytest.mark.parametrize(("face", "least"), [("back", 0.95), ("front", 0.88), ("side", 0.94)])
def test_thigh_and_calf_are_filled_with_muscle(body, drawing, standing, face, least):
    faces = ("side",) if face == "side" else BACK_AND_FRONT
    axis = SAGITTAL if face == "side" else FRONTAL
    rooms = (
        list_side_rooms(standing)
        if face == "side"
        else list_front_rooms(standing, draw_front_bones(standing))
    )
    leg = next(room for room in rooms if "calf" in room.regions)
    floor = lay_out(leg, faces, STEP_MM)
    assert measure_cover(body, drawing, floor, face, axis, 20.0) > least


def test_the_kneecap_lies_behind_the_quadriceps_and_is_seen_over_its_tendon(body, drawing):
    names = [
        group.structure or (group.curves[0][0], drawing.bones[group.curves[0][1].bones[0, 0]])
        for group in drawing.views["front"]
    ]
    assert ("bone", "shank_right") in names[names.index("rectus_femoris_right") :]
    (kneecap,) = (
        group.curves[0][1]
        for group in drawing.views["front"][names.index("rectus_femoris_right") :]
        if group.curves[0][0] == "bone"
        and drawing.bones[group.curves[0][1].bones[0, 0]] == "shank_right"
    )
    line = next(line for line in body.lines if line.structure == "rectus_femoris_right")
    via = np.array(line.points)[2:4]
    low, high = kneecap.points[:, 1].min(), kneecap.points[:, 1].max()
    assert low < via[:, 1].mean() < high
    assert np.ptp(kneecap.points[:, 2]) < 60
    assert kneecap.points[:, 0].mean() == pytest.approx(via[:, 0].mean(), abs=45)


def test_the_tendon_of_the_calf_narrows_from_its_muscles_to_the_heel(drawing):
    plate = drawing.shapes[FRONTAL, "achilles_tendon_right"].outline.points
    heights = plate[:, 1]
    span = [
        np.ptp(plate[abs(heights - (heights.min() + share * np.ptp(heights))) < 14, 2])
        for share in (0.12, 0.35, 0.85)
    ]
    assert span[2] > 1.8 * span[1] and span[0] > span[1]
    calf = drawing.shapes[FRONTAL, "gastrocnemius_medial_head_right"].belly.points
    assert heights.max() > calf[:, 1].min() + 20 and heights.min() < 95


def test_the_buttock_reaches_the_skin_behind(drawing):
    muscle = drawing.shapes[SAGITTAL, "gluteus_maximus_right"].belly.points
    skin = next(  # the trunk's comes before the arm's
        curves
        for group in drawing.views["right"]
        for role, curves in group.curves
        if role == "skin"
    )
    level = muscle[np.argmin(muscle[:, 0]), 1]
    behind = skin.points[abs(skin.points[:, 1] - level) < 30, 0].min()
    assert 0 < muscle[:, 0].min() - behind < 3 * SKIN_MM
