"""Outlines come from the lines: closed, mirrored, around their lines, and carried by the right
bones."""

import subprocess
import sys
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import KDTree

import musclechain as mc
from musclechain.anatomy.limits import DRAWING_NUMBERS
from musclechain.views.body.look import read_look
from musclechain.views.body.outline.cache import (
    OUTLINES,
    find_drawing,
    find_healthy_transforms,
    fingerprint,
    load_drawing,
    save_drawing,
    write_outlines,
)
from musclechain.views.body.outline.curves import ACROSS, FRONTAL, SAGITTAL, project_points
from musclechain.views.body.outline.drawing import ARMS_OUT_DEG, SOLID_REGIONS, build_drawing
from musclechain.views.body.outline.fields import (
    PASSES,
    Contours,
    Grid,
    fill_polygon,
    fill_sheet,
    fill_spindles,
    find_area,
    simplify_loops,
)
from musclechain.views.body.outline.flesh import StructureFields, close_gaps
from musclechain.views.body.outline.lines import smooth_lines
from musclechain.views.body.outline.shapes import STEP_MM
from musclechain.views.body.outline.standing import SIDES, read_standing


@pytest.fixture(scope="module")
def drawing(body, draw):
    return draw(body)


@pytest.fixture(scope="module")
def cut(body):
    """A body without the left semitendinosus."""
    return body.without("semitendinosus_left")


@pytest.fixture(scope="module")
def thick(body):
    """A body with a muscle beside which nothing is, and one of a calf, of twice the cross-section,
    and without the ligament in the midline of the neck."""
    thicker = thicken(body.without("nuchal_ligament"), "tibialis_posterior_left", 2)
    return thicken(thicker, "longissimus_capitis_left", 2)


@pytest.fixture(scope="module")
def shapes(drawing):
    return {name: shape for (axis, name), shape in drawing.shapes.items() if axis == FRONTAL}


def is_inside(point, loops):
    """Winding number of a flat point against closed curves."""
    total = 0.0
    for loop in loops:
        spokes = loop - point
        turn = np.arctan2(spokes[:, 1], spokes[:, 0])
        total += np.sum((np.diff(np.append(turn, turn[0])) + np.pi) % (2 * np.pi) - np.pi)
    return abs(total) > 1


def find_contours(field, grid, smooth, tolerance):
    loops = Contours(field, grid, smooth).trace()
    return simplify_loops(loops, [tolerance] * len(loops))


def fill_spindle(grid, points, radii):
    return fill_spindles(grid, [(np.array(points, float), np.array(radii, float))])


def sample_densely(loop, count=200):
    """Points along a closed curve, near to each other: so many for each of its segments."""
    share = np.linspace(0, 1, count)[:, None, None]
    return ((1 - share) * loop + share * np.roll(loop, -1, axis=0)).reshape(-1, 2)


def thicken(body, name, factor):
    """A body one of whose muscles has so many times the cross-section."""
    graph = body.graph.copy()
    graph.nodes[name]["lines"] = {
        number: {**values, "pcsa_cm2": factor * values["pcsa_cm2"]}
        for number, values in graph.nodes[name]["lines"].items()
    }
    return mc.Body.from_graph(graph)


def still(drawing):
    return np.tile(np.eye(4)[:3], (len(drawing.bones), 1, 1))


# ---- contours of fields


def test_the_contour_of_a_disc_is_a_circle():
    grid = Grid.around(np.array([[0.0, 0.0]]), 30, 1.0)
    (loop,) = find_contours(fill_spindle(grid, [[0, -0.01], [0, 0.01]], [20, 20]), grid, 0.3, 0.05)
    assert np.allclose(np.linalg.norm(loop, axis=1), 20, atol=0.3)
    assert find_area(*loop.T) == pytest.approx(np.pi * 400, rel=0.02)


def test_two_forms_apart_give_two_contours():
    grid = Grid.around(np.array([[0.0, 0.0], [100.0, 0.0]]), 30, 2.0)
    field = np.minimum(
        *(
            fill_polygon(grid, np.array([[x - 20, -20], [x + 20, -20], [x + 20, 20], [x - 20, 20]]))
            for x in (0.0, 100.0)
        )
    )
    assert len(find_contours(field, grid, 0.5, 0.3)) == 2


def test_a_polygon_is_filled_to_its_edges_and_a_hole_runs_the_other_way():
    grid = Grid.around(np.array([[-40.0, -40.0], [40.0, 40.0]]), 10, 1.0)
    wide, narrow = (
        fill_polygon(grid, half * np.array([[-1.0, -1.0], [1, -1], [1, 1], [-1, 1]]))
        for half in (30.3, 12.7)
    )
    outline, hole = find_contours(np.maximum(wide, -narrow), grid, 0.3, 0.05)
    for loop, half in ((outline, 30.3), (hole, 12.7)):
        assert np.abs(loop).max() == pytest.approx(half, abs=0.2)
        assert find_area(*loop.T) == pytest.approx(4 * half**2, rel=0.01)
    turns = [
        np.sum(loop[:, 0] * np.roll(loop[:, 1], -1) - loop[:, 1] * np.roll(loop[:, 0], -1))
        for loop in (outline, hole)
    ]
    assert turns[0] * turns[1] < 0


@given(st.integers(0, 2**32 - 1), st.integers(3, 300), st.sampled_from([0.3, 0.9]))
def test_a_simplified_curve_stays_near_the_curve_and_keeps_no_vertex_that_was_not_there(
    seed, count, tolerance
):
    chance = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    loop = (60 + 8 * chance.random(count))[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    (simple,) = simplify_loops([loop], [tolerance])
    assert {tuple(vertex) for vertex in simple} <= {tuple(vertex) for vertex in loop}
    # each of the passes may leave out a vertex this far from the rest
    near = KDTree(sample_densely(simple))
    assert near.query(loop)[0].max() < PASSES * 0.8 * tolerance + 0.3


def test_curves_are_simplified_together_as_they_are_alone():
    turn = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    loops = [
        size * np.column_stack([np.cos(turn), np.sin(turn)])[:count]
        for size, count in ((40, 180), (9, 11), (25, 90), (3, 4))
    ]
    together = simplify_loops(loops, [0.5, 0.5, 0.9, 0.9])
    for loop, tolerance, simple in zip(loops, [0.5, 0.5, 0.9, 0.9], together, strict=True):
        (alone,) = simplify_loops([loop], [tolerance])
        assert np.array_equal(alone, simple) and len(simple) <= len(loop)
    assert simplify_loops([], []) == [] and len(together[0]) < 60


def test_a_form_that_smoothing_leaves_nothing_of_still_has_an_outline():
    grid = Grid.around(np.array([[0.0, 0.0], [0.0, 80.0]]), 20, 2.0)
    contours = Contours(fill_spindle(grid, [[0, 0], [0, 80]], [0.01, 0.01]), grid, 1.0)
    assert contours.trace() == []
    (loop,) = contours.trace_outline()
    assert np.abs(loop[:, 0]).max() < 4 and np.ptp(loop[:, 1]) > 0


def test_a_smooth_line_is_the_published_curve_and_runs_through_its_points():
    """Barry and Goldman 1988: a Catmull-Rom curve as linear mixes of linear mixes."""
    points = np.array([[0.0, 0, 0], [1, 0, 0], [1, 60, 0], [80, 60, 5]])
    curve, number = smooth_lines(points, 20)
    assert np.allclose(curve[::20], points) and np.array_equal(number[::20], range(4))
    knots = np.append(0, np.cumsum(np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))))
    at = np.linspace(knots[1], knots[2], 21)[:, None]
    mixes = [np.tile(point, (21, 1)) for point in points]
    for span, ends in ((1, range(3)), (2, range(2))):
        mixes = [
            ((knots[k + span] - at) * mixes[k] + (at - knots[k]) * mixes[k + 1])
            / (knots[k + span] - knots[k])
            for k in ends
        ]
    middle = ((knots[2] - at) * mixes[0] + (at - knots[1]) * mixes[1]) / (knots[2] - knots[1])
    assert np.allclose(curve[20:41], middle, atol=1e-4)
    both, _ = smooth_lines(np.stack([points, 2 * points]), 20)
    assert np.allclose(both[0], curve)
    straight, number = smooth_lines(points[:2])
    assert np.array_equal(straight, points[:2]) and number.tolist() == [0, 1]


def test_a_sheet_fills_what_lies_between_its_lines():
    grid = Grid.around(np.array([[0.0, 0.0], [60.0, 90.0]]), 10, 2.0)
    up = np.linspace(0, 90, 10)
    field = fill_sheet(
        grid, [np.column_stack([np.zeros(10), up]), np.column_stack([np.full(10, 60.0), up])]
    )
    (loop,) = find_contours(field, grid, 0.5, 0.3)
    assert find_area(*loop.T) == pytest.approx(60 * 90, rel=0.06)


# ---- the body's shapes


def test_every_structure_has_a_picture(body, shapes):
    assert set(shapes) == set(body.structures)


def test_outlines_are_closed_and_have_an_area(shapes):
    for shape in shapes.values():
        for curves in filter(None, (shape.outline, shape.belly)):
            assert curves.closed
            assert curves.ends[-1] == len(curves.points)
            assert np.isfinite(curves.points).all()
            assert sum(find_area(loop[:, 2], loop[:, 1]) for loop in curves.split()) > 40, (
                shape.structure
            )


def find_distance(point, loop):
    """Distance from a flat point to a closed curve."""
    ways = np.roll(loop, -1, axis=0) - loop
    lengths = np.maximum(np.sum(ways**2, axis=1), 1e-12)
    shares = np.clip(np.sum((point - loop) * ways, axis=1) / lengths, 0, 1)
    return np.min(np.linalg.norm(loop + shares[:, None] * ways - point, axis=1))


def do_cross(line, other):
    """Ask whether two flat lines of several points cross."""
    way, along = np.diff(line, axis=0)[:, None], np.diff(other, axis=0)
    apart = other[:-1] - line[:-1, None]
    turn = way[..., 0] * along[..., 1] - way[..., 1] * along[..., 0]
    here, there = (
        (apart[..., 0] * ray[..., 1] - apart[..., 1] * ray[..., 0]) / turn for ray in (along, way)
    )
    return bool(np.any((here > 0) & (here < 1) & (there > 0) & (there < 1)))


@pytest.mark.parametrize(
    ("axis", "name"),
    [
        (FRONTAL, "external_oblique_left"),
        (FRONTAL, "deltoid_left"),
        (SAGITTAL, "trapezius_ascending_part_left"),
    ],
)
def test_fibres_of_a_sheet_that_turns_round_the_body_do_not_cross(drawing, axis, name):
    lines = drawing.shapes[axis, name].fibres.split()
    assert len(lines) > 5
    # each is bent, as round the waist, where the straight ways between their ends do cross
    for line, other in combinations(lines, 2):
        assert not do_cross(line[:, [axis, 1]], other[:, [axis, 1]])


def test_left_mirrors_right(shapes, drawing):
    twin = {name: name.replace("_left", "_right") for name in drawing.bones}
    for name, left in shapes.items():
        if name.endswith("_left"):
            right = shapes[name.removesuffix("_left") + "_right"]
            assert np.allclose(left.outline.points, right.outline.points * [1, 1, -1])
            assert [twin[drawing.bones[bone]] for bone in left.outline.bones[:, 0]] == [
                drawing.bones[bone].replace("_left", "_right") for bone in right.outline.bones[:, 0]
            ]


def test_outlines_contain_their_lines(body, shapes):
    healthy = find_healthy_transforms(body)
    arms = {side: [f"arm_{side}"] for side in SIDES}
    drawn = read_standing(body, healthy).draw_arms_out(arms, ARMS_OUT_DEG)
    for line in body.lines:
        loops = [loop[:, [2, 1]] for loop in shapes[line.structure].outline.split()]
        if line.places[0] not in healthy or line.places[-1] not in healthy:
            continue
        ends = drawn.place(line.points, line.places)
        middle = (ends[0] + ends[-1]) / 2 if len(ends) == 2 else ends[len(ends) // 2]
        if not is_inside(middle[[2, 1]], loops):
            # a line on the midline lies on the border where left and right meet
            away = min(find_distance(middle[[2, 1]], loop) for loop in loops)
            # the inguinal ligament is drawn straight; its line of pull hangs a little
            most = 14 if "external_oblique_aponeurosis" in line.structure else 8
            assert away < most, (line.structure, line.number, away)


def test_attachments_move_rigidly_with_their_bone(drawing, shapes):
    moves = still(drawing)
    thigh = drawing.bones.index("thigh_left")
    moves[thigh, :, 3] = [0, 10, 50]
    soleus = shapes["soleus_left"].outline
    assert np.allclose(soleus.place(moves), soleus.points)
    gluteus = shapes["gluteus_medius_left"].outline
    shift = gluteus.place(moves) - gluteus.points
    lowest, highest = np.argmin(gluteus.points[:, 1]), np.argmax(gluteus.points[:, 1])
    # the edge lies a little off the curve on the bone, which alone is carried by it wholly
    assert np.allclose(shift[lowest], [0, 10, 50], atol=0.2)
    assert np.allclose(shift[highest], 0, atol=0.1)


def list_curves(drawing, view):
    return [curves for group in drawing.views[view] for _, curves in group.curves]


def test_a_rigid_move_of_the_whole_body_keeps_every_shape(drawing):
    angle = 0.3
    turn = np.array(
        [[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]]
    )
    moves = np.tile(np.column_stack([turn, [5, 6, 7]]), (len(drawing.bones), 1, 1))
    for view in drawing.views:
        for curves in list_curves(drawing, view)[::9]:
            assert np.allclose(curves.place(moves), curves.points @ turn.T + [5, 6, 7])


@pytest.mark.parametrize("view", ACROSS)
def test_the_skin_encloses_every_structure(drawing, view):
    axis = ACROSS[view][0]
    parts = [
        curves for group in drawing.views[view] for role, curves in group.curves if role == "skin"
    ]
    # trunk and limbs have a skin each, and what lies in any of them is covered
    skins = [loop[:, [axis, 1]] for skin in parts for loop in skin.split()]
    for group in drawing.views[view]:
        for point in group.curves[0][1].points[::7] if group.structure else ():
            assert any(is_inside(point[[axis, 1]], [skin]) for skin in skins), (
                view,
                group.structure,
            )


def bend_forward(body, drawing, degrees):
    """Moves of a body that bends at the joint over the sacrum, its arms hanging straight down."""
    angle = np.radians(degrees)
    turn = np.array(
        [[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    joints = {
        data["joint"]: np.array(data["place_mm"])
        for *_, data in body.graph.edges(data=True)
        if data.get("kind") == "articulates"
    }
    low, moves = joints["l5_s1"], still(drawing)
    for number, bone in enumerate(drawing.bones):
        if bone.startswith("arm_"):
            shoulder = joints[bone.replace("arm", "glenohumeral")]
            moves[number, :, 3] = turn @ (shoulder - low) + low - shoulder
        elif not bone.startswith(("pelvis", "thigh", "shank", "foot")):
            moves[number] = np.column_stack([turn, low - turn @ low])
    return moves


def test_the_skin_goes_along_over_the_shoulders_of_a_body_that_bends(body, drawing):
    moves = bend_forward(body, drawing, 45)
    groups = drawing.views["back"]
    skins = [
        sample_densely(loop[:, [FRONTAL, 1]], 4)
        for group in groups
        for role, curves in group.curves
        if role == "skin"
        for loop in np.split(curves.place(moves), curves.ends[:-1])
    ]
    edges = KDTree(np.vstack(skins))
    for name in ("trapezius_descending_part_right", "deltoid_right"):
        (group,) = (group for group in groups if group.structure == name and not group.behind)
        places = group.curves[0][1].place(moves)[:, [FRONTAL, 1]]
        bare = [place for place in places if not any(is_inside(place, [skin]) for skin in skins)]
        # the acromion had stood out by as much as it lies behind the joint
        assert not bare or edges.query(bare)[0].max() < 10, name


@pytest.mark.parametrize("view", ["back", "front"])
def test_a_foot_that_hangs_lies_in_its_skin_and_its_sole(body, drawing, view):
    """Toes and tendons of a foot that hangs by 35 degrees had stood out of the skin; in standing
    the sole is its lower edge."""
    foot, angle = drawing.bones.index("foot_left"), np.radians(35)
    joint = next(
        np.array(data["place_mm"])
        for *_, data in body.graph.edges(data=True)
        if data.get("kind") == "articulates" and data["joint"] == "ankle_left"
    )
    turn = np.array(
        [[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    hangs = still(drawing)
    hangs[foot] = np.column_stack([turn, joint - turn @ joint])
    for moves, furthest in ((still(drawing), 3.0), (hangs, 10.0)):
        loops = [
            loop[:, [FRONTAL, 1]]
            for group in drawing.views[view]
            for role, curves in group.curves
            if role in ("skin", "sole")
            for loop in np.split(curves.place(moves), curves.ends[:-1])
        ]
        edges = KDTree(np.vstack([sample_densely(loop, 4) for loop in loops]))
        for group in drawing.views[view]:
            if not group.structure.endswith("_left") or group.behind:
                continue
            curves = group.curves[0][1]
            own = curves.bones[:, 0] == foot
            places = curves.place(moves)[own][::5][:, [FRONTAL, 1]]
            bare = [place for place in places if not any(is_inside(place, [one]) for one in loops)]
            assert not bare or edges.query(bare)[0].max() < furthest, group.structure


def test_the_viewer_sees_left_and_right_and_forward_where_they_are():
    right, front = np.array([[0.0, 100.0, 30.0]]), np.array([[30.0, 100.0, 0.0]])
    assert project_points(right, "back").tolist() == [[30, -100]]
    assert project_points(right, "front").tolist() == [[-30, -100]]
    assert project_points(front, "right").tolist() == [[30, -100]]
    assert project_points(front, "left").tolist() == [[-30, -100]]


@pytest.mark.parametrize("view", ["back", "front"])
def test_deep_muscles_lie_under_superficial_ones_and_each_view_shows_its_own(body, drawing, view):
    shown = [group for group in drawing.views[view] if group.structure and not group.behind]
    views = [body.graph.nodes[group.structure].get("view", "both") for group in shown]
    assert set(views) <= {view, "both", "deep"}
    count = views.count("deep")
    assert count and set(views[:count]) == {"deep"}
    # but for the outer vastus and the tract on it, which from behind lie under hamstrings of lower
    # layers, for the knee, where the heads of the calf rise between these, and for the foot, where
    # the heel hides a tendon that turns to the sole and the forefoot the fascia there; and from the
    # front for the fibular muscles, which lie behind the fibula; at the elbow the long radial
    # extensor rises under the triceps
    apart = {
        "back": (
            *("vastus_lateralis", "iliotibial", "gastrocnemius", "biceps_femoris_short_head"),
            *("fibularis", "plantar_fascia", "extensor_carpi_radialis_longus"),
        ),
        "front": ("fibularis",),
    }[view]
    layers = [group.layer for group in shown[count:] if not group.structure.startswith(apart)]
    assert layers == sorted(layers)
    assert {"back": "trapezius_descending_part_left", "front": "rectus_femoris_left"}[view] in {
        group.structure for group in shown
    }


def test_what_shines_through_from_the_other_side_is_no_muscle_of_the_trunk(body, drawing):
    behind = [group for group in drawing.views["front"] if group.behind]
    arms = [drawing.bones.index(f"arm_{side}") for side in ("left", "right")]
    of_trunk = [
        group
        for group in behind
        if body.graph.nodes[group.structure]["region"] in SOLID_REGIONS
        and np.isin(group.curves[0][1].bones[:, 0], arms).mean() < 0.5
    ]
    assert behind and not of_trunk
    shown = {group.structure for group in behind}
    assert {"triceps_brachii_left", "gluteus_medius_left", "soleus_left"} <= shown
    assert not {"latissimus_dorsi_left", "trapezius_ascending_part_left"} & shown


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_shows_its_own_structures_and_its_arm_behind_the_trunk(body, drawing, side):
    shown = {group.structure for group in drawing.views[side] if group.structure}
    assert {body.graph.nodes[name]["side"] for name in shown} <= {side, "midline"}
    assert {
        f"deltoid_{side}",
        f"gluteus_maximus_{side}",
        f"sternocleidomastoid_{side}",
        f"iliotibial_tract_{side}",
    } <= shown
    groups = {group.structure: group for group in drawing.views[side]}
    (hand,) = (
        curves.points
        for group in drawing.views[side]
        for role, curves in group.curves
        if role == "thin"
    )
    buttock = groups[f"gluteus_maximus_{side}"].curves[0][1].points
    # at its height the hand lies behind the buttock, but for the ball of the thumb, and before the
    # arm the flank is in sight
    beside = buttock[buttock[:, 1] < hand[:, 1].max()]
    assert hand[:, 0].max() < beside[:, 0].min() + 28
    for flank in ("external_oblique", "latissimus_dorsi"):
        sight = groups[f"{flank}_{side}"].sight
        assert sight.depth == 4 and sight.half_width > 10
    order = [group.structure for group in drawing.views[side]]
    assert order.index(f"biceps_brachii_{side}") > order.index(f"latissimus_dorsi_{side}")
    assert [role for group in drawing.views[side] for role, _ in group.curves].count("far") == 1


def test_the_tract_lies_outside_of_the_thigh(drawing):
    order = [group.structure for group in drawing.views["right"]]
    assert (
        order.index("iliotibial_tract_right")
        > order.index("vastus_lateralis_right")
        > order.index("gracilis_right")
    )


@pytest.mark.parametrize("view", ["back", "front"])
def test_the_tract_is_a_narrow_band_along_the_outer_border_of_the_thigh(drawing, view):
    order = [group.structure for group in drawing.views[view] if not group.behind]
    at = [order.index(f"{name}_right") for name in ("vastus_lateralis", "iliotibial_tract")]
    assert at == sorted(at)
    band, flesh = (
        sample_densely(drawing.shapes[FRONTAL, f"{name}_right"].outline.points[:, [2, 1]], 20)
        for name in ("iliotibial_tract", "vastus_lateralis")
    )
    for up in range(580, 821, 20):
        edge, outer = (part[abs(part[:, 1] - up) < 3, 0] for part in (band, flesh))
        # seen on edge, outside of all flesh, and most of the vastus still in sight beside it
        assert edge.max() > outer.max() - 1 and 10 < np.ptp(edge) < 30


def test_the_tract_narrows_between_two_strips_of_the_vastus_down_to_the_tibia(drawing):
    tract, vastus = (
        drawing.shapes[SAGITTAL, f"{name}_right"].outline
        for name in ("iliotibial_tract", "vastus_lateralis")
    )
    widths = [measure_width(tract, up, SAGITTAL) for up in (780, 680, 580, 490)]
    assert widths == sorted(widths, reverse=True)
    assert 40 < widths[0] < 60 and widths[2] < 25
    # it ends past the joint, which lies at 500, on the tibia
    assert tract.points[:, 1].min() < 470
    band, flesh = (sample_densely(part.points[:, [SAGITTAL, 1]], 20) for part in (tract, vastus))
    for up in (660, 700, 740):
        inner, outer = (part[abs(part[:, 1] - up) < 4, 0] for part in (band, flesh))
        assert outer.max() > inner.max() + 12 and outer.min() < inner.min() - 8


def test_the_buttock_is_a_broad_plate_with_a_fold_below(drawing):
    (flesh, *_) = drawing.shapes[FRONTAL, "gluteus_maximus_right"].belly.split()
    places = sample_densely(flesh[:, [FRONTAL, 1]], 20)
    heights = {
        across: np.ptp(places[abs(places[:, 0] - across) < 2, 1]) for across in (20, 60, 100, 145)
    }
    # a leaf would end in a point at the thigh: there the plate still has much of its height
    assert min(heights.values()) > 0.4 * max(heights.values())
    # both halves meet down to the fold, which is rounded at either end and lowest between them
    low = [places[abs(places[:, 0] - across) < 2, 1].min() for across in (5, 30, 60, 90, 110, 145)]
    assert low[:4] == sorted(low[:4], reverse=True) and 30 < low[0] - low[3] < 70
    assert low[5] > low[4] + 10
    # which makes it a quadrilateral: nearly level below, and above the fold as broad as at the hip
    assert max(low[1:5]) - min(low[1:5]) < 35
    breadths = [np.ptp(places[abs(places[:, 1] - up) < 2, 0]) for up in (840, 880, 940)]
    assert min(breadths) > 0.85 * max(breadths)


def test_the_lower_fibres_of_the_buttock_end_at_the_bone_and_do_not_pale(drawing):
    (curves,) = (
        group.curves
        for group in drawing.views["back"]
        if group.structure == "gluteus_maximus_right"
    )
    (belly,) = (part.points for role, part in curves if role == "belly")
    widths = []
    for role, part in curves:
        if role == "fade":
            inner, outer = np.split(part.points[:, [FRONTAL, 1]], 2)
            widths.append(np.linalg.norm(inner - outer[::-1], axis=1))
            assert part.points[:, 1].min() > belly[:, 1].min()
    assert len(widths) > 8 and all(wide[-1] < 0.1 * wide.max() for wide in widths)


def test_fibres_of_a_sheet_lie_at_even_distances(drawing):
    shape = drawing.shapes[FRONTAL, "rectus_abdominis_right"]
    (low,) = {round(float(line[:, 1].min())) for line in shape.fibres.split()[:1]}
    across = sorted(
        line[np.argmin(abs(line[:, 1] - 1090)), FRONTAL]
        for line in shape.fibres.split()
        if line[:, 1].min() < low + 60 < 1090 < line[:, 1].max()
    )
    gaps = np.diff(across)
    assert len(gaps) > 4 and gaps.max() < 1.4 * gaps.min()


def test_the_fibres_of_the_buttock_run_side_by_side_from_sacrum_to_thigh(drawing):
    shape = drawing.shapes[FRONTAL, "gluteus_maximus_right"]
    ways = np.array([line[-1] - line[0] for line in shape.fibres.split()])[:, [FRONTAL, 1]]
    angles = np.degrees(np.arctan2(-ways[:, 1], ways[:, 0]))
    assert np.ptp(angles) < 40 and 15 < angles.min() < angles.max() < 70
    # it begins beside the spine of the ilium, and the medius shows above and outside of it
    top = shape.belly.points[shape.belly.points[:, 1].argmax()]
    assert top[FRONTAL] < 65
    (sight,) = (
        group.sight for group in drawing.views["back"] if group.structure == "gluteus_medius_right"
    )
    assert sight.depth == 4 and sight.half_width > 12


@pytest.mark.parametrize("view", ["front", "right"])
def test_the_tensor_begins_at_its_spine_and_fades_into_the_tract(drawing, view):
    axis, _ = ACROSS[view]
    tensor, tract = (
        drawing.shapes[axis, f"{name}_right"]
        for name in ("tensor_fasciae_latae", "iliotibial_tract")
    )
    assert tensor.is_flat
    # its tendon is a part of the tract, and not drawn beside it
    end = tensor.belly.points[tensor.belly.points[:, 1].argmin()]
    assert tensor.outline.points[:, 1].min() == pytest.approx(end[1], abs=0.5)
    flesh = sample_densely(tensor.belly.split()[0][:, [axis, 1]], 20)
    spine = np.array([[-42, 0, 120][axis], 996])
    assert np.hypot(*(flesh - spine).T).min() < 16 and flesh[:, 1].max() < spine[1] + 24
    # its flesh pales step by step, the last step at its end, which is no point
    (curves,) = (
        group.curves
        for group in drawing.views[view]
        if group.structure == "tensor_fasciae_latae_right" and not group.behind
    )
    steps = [part.points[:, 1].max() for role, part in curves if role == "fade"]
    assert len(steps) > 4 and steps == sorted(steps, reverse=True)
    assert steps[0] < end[1] + 90 and steps[-1] > end[1]
    assert np.ptp(flesh[abs(flesh[:, 1] - end[1] - 8) < 2, 0]) > 8
    if axis == SAGITTAL:  # it ends on the tract, in line with its front edge
        band = sample_densely(tract.outline.split()[0][:, [SAGITTAL, 1]], 20)
        edges = (part[abs(part[:, 1] - end[1] - 8) < 4, 0].max() for part in (flesh, band))
        assert abs(np.diff(list(edges))) < 8


@pytest.mark.parametrize("view", ["front", "right"])
def test_no_hem_of_the_tensor_is_left_where_it_runs_on(drawing, view):
    axis, _ = ACROSS[view]
    (curves,) = (
        group.curves
        for group in drawing.views[view]
        if group.structure == "tensor_fasciae_latae_right" and not group.behind
    )
    (belly,) = (part.split()[0][:, [axis, 1]] for role, part in curves if role == "belly")
    fades = [part.split()[0][:, [axis, 1]] for role, part in curves if role == "fade"]
    hem = sample_densely(belly, 20)
    hem = hem[hem[:, 1] < belly[:, 1].min() + 12]
    # its edge lies under so many of them that it is hardly seen, all round its end
    over = np.array([sum(is_inside(point, [fade]) for fade in fades) for point in hem])
    assert len(fades) > 12 and np.mean(over > 6) > 0.95


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_tract_thins_out_over_the_gluteus_medius_up_to_the_crest(drawing, side):
    (curves,) = (
        group.curves
        for group in drawing.views[side]
        if group.structure == f"iliotibial_tract_{side}"
    )
    (band,) = (part for role, part in curves if role == "band")
    heights = [np.ptp(part.points[:, 1]) for role, part in curves if role == "film"]
    # the lower, the more of them lie over each other; no upper edge of the dense part is left
    assert len(heights) > 8 and heights == sorted(heights, reverse=True)
    films = [part for role, part in curves if role == "film"]
    assert films[0].points[:, 1].max() > 1060
    assert min(part.points[:, 1].min() for part in films) < band.points[:, 1].max() - 8


@pytest.mark.parametrize("side", ["left", "right"])
def test_from_the_side_bones_cover_what_lies_behind_them(drawing, side):
    carried, order = {}, {}
    for number, group in enumerate(drawing.views[side]):
        role, curves = group.curves[0]
        if role == "bone":
            carried.setdefault(drawing.bones[curves.bones[0, 0]], []).append(number)
        order[group.structure.removesuffix(f"_{side}")] = number
    assert max(order["iliacus"], order["psoas_major"]) < min(carried["pelvis"])
    assert max(carried["pelvis"]) < min(order["quadratus_femoris"], order["adductor_brevis"])
    assert max(order["quadratus_femoris"], order["gracilis"]) < min(carried[f"thigh_{side}"])
    assert max(carried[f"thigh_{side}"]) < min(order["gluteus_minimus"], order["vastus_lateralis"])


def test_flesh_reaches_down_to_the_groin_and_no_sheet_hangs_under_it(shapes):
    rectus, oblique, sheet = (
        shapes[f"{name}_right"]
        for name in ("rectus_abdominis", "external_oblique", "external_oblique_aponeurosis")
    )
    # from the linea alba to near the anterior superior iliac spine; below the navel the border of
    # the oblique's flesh slants to the spine in a wide curve and leaves the sheet bare
    flesh = [*rectus.belly.split(), *oblique.belly.split()]
    loops = [loop[:, [2, 1]] for loop in flesh]
    across = np.arange(8.0, 110.0, 2.0)
    for up, most in ((1080.0, 10), (1046.0, 17), (1012.0, 22)):
        bare = [z for z in across if not any(is_inside((z, up), [loop]) for loop in loops)]
        assert len(bare) <= most, up
    low = rectus.belly.points[:, 1].min()
    assert sheet.outline.points[:, 1].min() > low - 6
    assert sheet.fibres is not None


@pytest.mark.parametrize("apart, gap", [(6.0, 0.0), (30.0, 30.0)])
def test_muscles_with_little_room_between_them_meet_and_others_keep_their_form(apart, gap):
    fields = {}
    for name, across in (("near", 0.0), ("far", 20.0 + apart)):
        line = np.array([[across, 0.0], [across, 100.0]])
        grid = Grid.around(line, 40, STEP_MM)
        filled = fill_spindle(grid, line, [10.0, 10.0])
        node = {"layer": 3, "view": "back"}
        fields[name] = StructureFields(node, [], [], grid, filled, filled.copy())
    closed = close_gaps(fields, fields)
    near, far = (
        find_contours(closed[name].belly, closed[name].grid, 0.3, 0.05)[0] for name in fields
    )
    near, far = (points[abs(points[:, 1] - 50) < 10] for points in map(sample_densely, (near, far)))
    assert far[:, 0].min() - near[:, 0].max() == pytest.approx(gap, abs=1.0)
    # what a muscle grows towards is how far the other had reached before
    assert close_gaps(fields, ["near"])["near"].belly == pytest.approx(closed["near"].belly)


def test_lights_lie_inside_their_belly(shapes):
    for shape in shapes.values():
        for light in shape.lights:
            loops = [loop[:, [2, 1]] for loop in shape.belly.split()]
            assert all(is_inside(point, loops) for point in light.points[::5, [2, 1]]), (
                shape.structure
            )


def test_landmarks_lie_where_a_plumb_line_is_judged(drawing):
    places = {name: point for name, (_, point) in drawing.marks.items()}
    heights = [
        places[name][1]
        for name in ("ankle_left", "knee_left", "hip_left", "crest_left", "shoulder_left", "ear")
    ]
    assert heights == sorted(heights)
    assert np.allclose(places["crest_left"], places["crest_right"] * [1, 1, -1])


def test_a_cut_structure_leaves_the_picture_and_its_neighbours_stay(cut, draw):
    drawing = draw(cut)
    for view in ("back", "left"):
        found = {group.structure for group in drawing.views[view]}
        assert "semitendinosus_left" not in found and "semimembranosus_left" in found
    assert "semitendinosus_right" in {group.structure for group in drawing.views["back"]}


def test_a_bigger_cross_section_gives_a_wider_picture(drawing, thick, draw):
    """Where nothing is beside it by the root of its volume, and what is spanned between attachment
    curves keeps its breadth, as all of the calf but its two deepest muscles."""
    wide, usual = (
        {
            name: sum(find_area(loop[:, 2], loop[:, 1]) for loop in shape.belly.split())
            for (axis, name), shape in drawn.shapes.items()
            if axis == FRONTAL and shape.belly
        }
        for drawn in (draw(thick), drawing)
    )
    strap = "longissimus_capitis_left"
    assert wide[strap] == pytest.approx(usual[strap] * np.sqrt(2), rel=0.15)
    assert wide["tibialis_posterior_left"] > 1.1 * usual["tibialis_posterior_left"]
    assert wide["soleus_right"] == pytest.approx(usual["soleus_right"], rel=0.01)


@pytest.mark.thorough
def test_a_left_side_that_differs_is_drawn_as_the_right_side_would_be(body):
    """The left is computed on its own, among left neighbours that are mirrored."""
    left, right = (
        build_drawing(thicken(body, f"gluteus_medius_{side}", 3)).shapes
        for side in ("left", "right")
    )
    for axis in (FRONTAL, SAGITTAL):
        mine, twin = left[axis, "gluteus_medius_left"], right[axis, "gluteus_medius_right"]
        for curves, others in ((mine.outline, twin.outline), (mine.belly, twin.belly)):
            mirrored = [
                loop[:, [axis, 1]] * [-1 if axis == FRONTAL else 1, 1] for loop in others.split()
            ]
            assert np.allclose(np.vstack(mirrored), curves.points[:, [axis, 1]], atol=0.01)


@pytest.mark.parametrize(
    "muscle", [pytest.param("soleus", marks=pytest.mark.thorough), "semitendinosus"]
)
def test_neighbours_of_a_cut_muscle_look_alike_on_either_side(body, drawing, draw, muscle):
    left, right = (draw(body.without(f"{muscle}_{side}")).shapes for side in ("left", "right"))
    usual, changed = drawing.shapes, set()
    for axis, name in usual:
        if name.endswith("_left") and not name.startswith(muscle):
            mine, before = (shapes[axis, name].outline.points for shapes in (left, usual))
            twin = right[axis, f"{name.removesuffix('_left')}_right"].outline.points
            assert np.allclose(mine, twin * [1, 1, -1], atol=0.01), name
            # the other side does not change with it
            assert np.allclose(right[axis, name].outline.points, before, atol=0.01), name
            if mine.shape != before.shape or not np.allclose(mine, before, atol=0.01):
                changed.add(name)
    assert changed


# ---- bodies that a graph can become


def add_bones(graph, names, parent="arm"):
    """Hang more bones on a body, one on the other, at the elbow."""
    for name in names:
        side = name.rsplit("_", 1)[1]
        place = (-30.0, 1100.0, 190.0 if side == "right" else -190.0)
        above = f"{parent}_{side}"
        graph.add_node(
            name, kind="bone", parent=above, mass_kg=0.5, com_mm=place, side=side, name=name
        )
        graph.add_edge(
            name,
            above,
            key="articulates",
            kind="articulates",
            joint=f"joint_of_{name}",
            place_mm=place,
            stiffness_nm_per_deg=(1.0, 1.0, 1.0),
            allowance_nm=(1.0, 1.0, 1.0),
        )


@pytest.mark.thorough
def test_a_body_of_twenty_bones_is_drawn_as_one_of_fifteen(body, tmp_path):
    graph = body.graph.copy()
    # one of them has no twin
    add_bones(
        graph, [f"extra_{number}_{side}" for number in range(4) for side in ("left", "right")][:5]
    )
    many = mc.Body.from_graph(graph)
    assert len(many.bones) == 20
    drawing, usual = build_drawing(many), build_drawing(body)
    areas, count = measure(drawing)
    assert (areas, count) == measure(usual)
    for view in drawing.views:
        for mine, other in zip(list_curves(drawing, view), list_curves(usual, view), strict=True):
            assert [drawing.bones[bone] for bone in mine.bones[:, 0]] == [
                usual.bones[bone] for bone in other.bones[:, 0]
            ]
    save_drawing(tmp_path / "outlines.npz", many)
    back = load_drawing(tmp_path / "outlines.npz", many, find_healthy_transforms(many))
    assert back.bones == many.bones and measure(back)[1] == pytest.approx(count, rel=0.02)


# looks at the limits of what a table may say
THINNEST, WIDEST = DRAWING_NUMBERS["width"].least, DRAWING_NUMBERS["width"].most
AT_LIMITS = {
    "soleus_right": {"width": THINNEST},
    "gluteus_maximus_right": {"width": WIDEST},
    "iliotibial_tract_right": {"width": THINNEST},
    "achilles_tendon_right": {"width": WIDEST},
    "gracilis_right": {"tendon_proximal": 1.0},
    "latissimus_dorsi_right": {"tendon_distal": 1.0, "tendon_proximal": 1.0},
    "sartorius_right": {"belly": 1.0},
}


def move_to_a_forearm(graph):
    """Hang a forearm on the right arm, and the brachialis with its lower end on that."""
    add_bones(graph, ["forearm_right"])
    carried = graph.edges["brachialis_right", "arm_right", "attaches"]
    graph.add_edge("brachialis_right", "forearm_right", key="attaches", **carried)
    graph.remove_edge("brachialis_right", "arm_right", "attaches")
    node = graph.nodes["brachialis_right"]
    node["attachments"] = {
        end: [("forearm_right", *rest) for _, *rest in curve]
        for end, curve in node["attachments"].items()
    }


@pytest.fixture(scope="module")
def odd(body):
    """The drawing of a body with a forearm, looks at their limits and a muscle of a hundredth."""
    graph = body.graph.copy()
    move_to_a_forearm(graph)
    for name, values in AT_LIMITS.items():
        graph.nodes[name].update(values)
    return build_drawing(thicken(mc.Body.from_graph(graph), "gluteus_medius_right", 0.01))


def test_an_arm_with_bones_of_its_own_still_leaves_the_trunk_free(odd):
    # from the side that bone hangs on the arm, and is drawn back with it
    level = {
        group.structure: group.mark.point
        for group in odd.views["right"]
        if group.structure in ("brachialis_right", "triceps_brachii_right")
    }
    assert abs(level["brachialis_right"][0] - level["triceps_brachii_right"][0]) < 60
    (arm,) = [
        group
        for group in odd.views["front"]
        if group.structure == "brachialis_right" and not group.behind
    ]
    assert {odd.bones[bone] for bone in arm.curves[0][1].bones[:, 0]} == {"forearm_right"}


@pytest.mark.parametrize("joint", ["c0_c2", "hip_left", "sternoclavicular_right", "ankle_left"])
def test_a_body_without_a_joint_is_refused_in_words(body, joint):
    graph = body.graph.copy()
    for *_, data in graph.edges(data=True):
        if data.get("joint") == joint:
            data["joint"] = "other"
    with pytest.raises(mc.GraphError, match=f"hangs on the joint '{joint}'.*it has .*other"):
        build_drawing(mc.Body.from_graph(graph))
    with pytest.raises(mc.GraphError, match="hangs on the bone 'thorax'"):
        find_drawing(mc.two_springs())


def test_looks_at_the_limits_are_drawn_within_measure(odd):
    for axis in (FRONTAL, SAGITTAL):
        for name in (*AT_LIMITS, "gluteus_medius_right"):
            shape = odd.shapes[axis, name]
            assert np.isfinite(shape.outline.points).all() and len(shape.outline.points) >= 4
            assert np.ptp(shape.outline.points[:, axis]) < 1000
            assert (shape.belly is None) == (shape.kind != "muscle")


# ---- outlines that come with the package


WRITE_AGAIN = "run python -m musclechain outlines"


def measure(drawing):
    """Area of every structure in every view, mm2, and the number of vertices."""
    areas = {}
    for view, groups in drawing.views.items():
        for group in groups:
            if group.structure:
                areas[view, group.structure, group.behind] = sum(
                    find_area(loop[:, ACROSS[view][0]], loop[:, 1])
                    for loop in group.curves[0][1].split()
                )
    return areas, sum(
        len(curves.points) for view in drawing.views for curves in list_curves(drawing, view)
    )


def test_the_outlines_of_the_package_are_those_of_its_body(body, drawing):
    kept = load_drawing(OUTLINES, body, find_healthy_transforms(body))
    assert kept is not None, f"the body has changed: {WRITE_AGAIN}"
    (areas, count), (fresh_areas, fresh_count) = measure(kept), measure(drawing)
    assert areas.keys() == fresh_areas.keys() and list(areas) == list(fresh_areas)
    assert count == pytest.approx(fresh_count, rel=0.02)
    assert all(areas[key] == pytest.approx(fresh_areas[key], rel=0.03, abs=10) for key in areas), (
        WRITE_AGAIN
    )


def test_another_body_is_drawn_anew(body, cut):
    assert fingerprint(cut) != fingerprint(body)
    assert load_drawing(OUTLINES, cut, find_healthy_transforms(cut)) is None
    shown = {group.structure for group in find_drawing(cut).views["back"]}
    assert "semitendinosus_left" not in shown


@pytest.fixture(scope="module")
def sheetless(body):
    return body.without("trapezius_transverse_part_right")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("cut", id="a hamstring cut"),
        pytest.param("sheetless", id="a part of a sheet cut", marks=pytest.mark.thorough),
        pytest.param("thick", id="the midline cut, a calf and a neck thicker"),
    ],
)
def test_what_is_drawn_near_a_change_is_what_would_be_drawn_of_all(request, draw, change):
    """Within a step of the grid: the file's tenths of a millimetre move vertices along a curve."""
    changed = request.getfixturevalue(change)
    whole = draw(changed)
    for view, groups in find_drawing(changed).views.items():
        others, plane = whole.views[view], [ACROSS[view][0], 1]
        assert [(group.structure, group.nerve) for group in groups] == [
            (group.structure, group.nerve) for group in others
        ]
        for group, other in zip(groups, others, strict=True):
            if not group.structure and group.curves[0][0] not in ("skin", "far"):
                continue
            # a strip just wide enough to count may come or go with those tenths
            wide = [it.sight.depth for it in (group, other) if it.sight and it.sight.half_width > 6]
            assert len(wide) < 2 or wide[0] == wide[1], (view, group.structure)
            assert [role for role, _ in group.curves] == [role for role, _ in other.curves]
            for (role, curves), (_, same) in zip(group.curves, other.curves, strict=True):
                if role != "fibres":
                    # few points to a segment make gaps look wider, never narrower
                    dense = np.vstack([sample_densely(loop[:, plane], 20) for loop in same.split()])
                    gaps, _ = KDTree(dense).query(curves.points[:, plane])
                    assert gaps.max() < STEP_MM, (view, group.structure, role)


def test_a_nerve_far_from_a_change_is_taken_over_and_one_whose_course_differs_is_not(body):
    graph = body.graph.copy()
    (name, points), *others = graph.nodes["median_left"]["branches"]
    moved = tuple((bone, (x + 40, y, z)) for bone, (x, y, z) in points)
    graph.nodes["median_left"]["branches"] = ((name, moved), *others)
    shown, before = (
        {group.nerve: group for group in find_drawing(it).views["left"] if group.nerve}
        for it in (mc.Body.from_graph(graph), body)
    )

    def reach(group):
        return max(float(curves.points[:, SAGITTAL].max()) for _, curves in group.curves)

    (_, kept), *_ = shown["ulnar_left"].curves
    assert np.array_equal(kept.points, before["ulnar_left"].curves[0][1].points)
    assert reach(shown["median_left"]) > reach(before["median_left"]) + 10


def test_skin_round_what_stays_is_taken_over_and_that_of_the_legs_is_not(body):
    def list_skin(body):
        first, *_ = find_drawing(body).views["back"]
        ((role, curves),) = first.curves
        assert role == "skin"
        return curves.split()

    loops = zip(list_skin(body), list_skin(body.without("soleus_left")), strict=True)
    # trunk, left arm and leg, right arm and leg: the skin of that one is thinner toward the left
    assert [np.array_equal(*both) for both in loops] == [True, True, False, True, False]


def test_another_posture_is_drawn_anew(body):
    healthy = find_healthy_transforms(body)
    healthy["head"] = (
        healthy["head"] + np.diag([0, 0, 0, 0.0]) + np.array([[0, 0, 0, 0.01]] + [[0] * 4] * 3)
    )
    assert load_drawing(OUTLINES, body, healthy) is None


def keep_drawn(monkeypatch, body, drawing):
    """Let the file be written of a drawing that was made of this body, standing so."""

    def give(asked, healthy):
        assert fingerprint(asked) == fingerprint(body)
        mine = find_healthy_transforms(body)
        assert all(np.array_equal(healthy[bone], mine[bone]) for bone in body.bones)
        return drawing

    monkeypatch.setattr("musclechain.views.body.outline.cache.build_drawing", give)


def test_saved_outlines_come_back_as_they_were(cut, draw, tmp_path, monkeypatch):
    small, fresh = cut, draw(cut)
    keep_drawn(monkeypatch, small, fresh)
    save_drawing(tmp_path / "outlines.npz", small)
    back = load_drawing(tmp_path / "outlines.npz", small, find_healthy_transforms(small))
    assert [[group.structure for group in groups] for groups in back.views.values()] == [
        [group.structure for group in groups] for groups in fresh.views.values()
    ]
    for kept, new in zip(list_curves(back, "left"), list_curves(fresh, "left"), strict=True):
        assert kept.ends == new.ends and kept.closed == new.closed
        assert np.allclose(kept.points, new.points, atol=0.051)
        assert (kept.bones == new.bones).all()
    assert load_drawing(tmp_path / "none.npz", small, {}) is None


def test_the_file_of_the_package_can_be_written_again(tmp_path, body, drawing, monkeypatch):
    keep_drawn(monkeypatch, body, drawing)
    path = tmp_path / "outlines.npz"
    size = write_outlines(path)
    assert size == path.stat().st_size == pytest.approx(OUTLINES.stat().st_size, rel=0.02)
    assert load_drawing(path, body, find_healthy_transforms(body)) is not None


@pytest.mark.parametrize(
    ("limit", "words"),
    [("MOST_BONES", "up to 12 bones, and this body has 15"), ("FURTHEST_MM", "up to 12 mm")],
)
def test_what_the_file_cannot_count_is_refused_in_words(
    body, drawing, tmp_path, monkeypatch, limit, words
):
    monkeypatch.setattr("musclechain.views.body.outline.cache.build_drawing", lambda *_: drawing)
    monkeypatch.setattr(f"musclechain.views.body.outline.cache.{limit}", 12)
    with pytest.raises(mc.GraphError, match=words):
        save_drawing(tmp_path / "outlines.npz", body)
    assert not list(tmp_path.iterdir())


def test_the_model_runs_without_what_traces_outlines():
    code = "import sys, musclechain; sys.exit('contourpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_side_has_shapes_of_its_own(drawing):
    assert (
        drawing.shapes[SAGITTAL, "soleus_right"].outline
        is not drawing.shapes[FRONTAL, "soleus_right"].outline
    )


def find_belly_at(drawing, view, structure, up):
    """Where a level line enters and leaves the flesh of a structure, from left to right, mm."""
    (group,) = [
        group for group in drawing.views[view] if group.structure == structure and not group.behind
    ]
    crossed = []
    for loop in dict(group.curves)["belly"].split():
        ends = zip(loop, np.roll(loop, -1, axis=0), strict=True)
        for start, stop in ends:
            if (start[1] > up) != (stop[1] > up):
                share = (up - start[1]) / (stop[1] - start[1])
                crossed.append(start[2] + share * (stop[2] - start[2]))
    return sorted(crossed)


def test_the_tendon_of_the_triceps_parts_its_heads(drawing):
    inner, *between, outer = find_belly_at(drawing, "back", "triceps_brachii_right", 1240.0)
    assert len(between) == 2
    # the flesh on either side is wider than the tendon between
    assert min(between[0] - inner, outer - between[1]) > between[1] - between[0] > 1


def test_above_their_tendon_the_heads_of_the_triceps_meet(drawing):
    for level in (1290.0, 1320.0):
        assert len(find_belly_at(drawing, "back", "triceps_brachii_right", level)) == 2


def test_the_chest_muscle_runs_along_the_breastbone(drawing):
    inner = [
        min(find_belly_at(drawing, "front", "pectoralis_major_right", level))
        for level in (1360.0, 1400.0, 1440.0)
    ]
    assert min(inner) > 3 and max(inner) < 12 and max(inner) - min(inner) < 4


def test_the_finger_extensors_taper_into_cords_that_part_at_the_wrist(drawing):
    shape = drawing.shapes[FRONTAL, "extensor_digitorum_right"]
    # above it they lie side by side, with a line between each two
    assert count_strips(shape.outline, 920.0) == 1 and count_strips(shape.outline, 875.0) == 4
    group = next(
        group for group in drawing.views["back"] if group.structure == "extensor_digitorum_right"
    )
    clefts = [curves.points for role, curves in group.curves if role == "cleft"]
    assert len(clefts) == 3
    assert all(line[:, 1].min() < 910 < 940 < line[:, 1].max() for line in clefts)
    low = shape.belly.points[:, 1].min()
    tip, above = (
        np.ptp(find_belly_at(drawing, "back", "extensor_digitorum_right", low + rise))
        for rise in (6, 45)
    )
    # over four cords, and not over one
    assert tip < 0.55 * above


@pytest.mark.parametrize("view", ["back", "front"])
def test_a_band_holds_the_tendons_down_over_each_wrist(drawing, view):
    groups = drawing.views[view]
    bands = [
        (at, curves.points)
        for at, group in enumerate(groups)
        for role, curves in group.curves
        if role == "strap" and drawing.bones[curves.bones[0, 0]].startswith("arm_")
    ]
    assert len(bands) == 2
    cords = {"back": "extensor_digitorum", "front": "palmaris_longus"}[view]
    for at, points in bands:
        side = "right" if points[:, FRONTAL].mean() > 0 else "left"
        (under,) = (number for number, g in enumerate(groups) if g.structure == f"{cords}_{side}")
        assert at > under and groups[at].layer == 4
        assert np.ptp(points[:, FRONTAL]) > 1.5 * np.ptp(points[:, 1])


def test_the_navel_lies_in_the_midline_over_the_belly_seam(drawing):
    seam = next(g for g in drawing.views["front"] if g.structure == "linea_alba")
    height = seam.curves[0][1].points[:, 1]
    rims = [
        curves.points
        for group in drawing.views["front"]
        for role, curves in group.curves
        if role == "face" and height.min() < curves.points[:, 1].mean() < height.max()
    ]
    (rim,) = rims
    assert abs(rim[:, FRONTAL].mean()) < 1 and np.ptp(rim[:, FRONTAL]) < 20


def test_the_brachialis_is_seen_on_both_sides_of_the_biceps(drawing):
    under = find_belly_at(drawing, "front", "brachialis_right", 1210.0)
    over = find_belly_at(drawing, "front", "biceps_brachii_right", 1210.0)
    assert over[0] - under[0] > 5 and under[-1] - over[-1] > 5


def list_toes(drawing, view, sign=1):
    """The flesh of the toes of one side in a view, from the inner one on."""
    toes = [
        curves.points
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "face" and curves.points[:, 1].max() < 95
    ]
    toes = [points for points in toes if sign * points[:, FRONTAL].mean() > 0]
    return sorted(toes, key=lambda points: abs(points[:, FRONTAL].mean()))


@pytest.mark.parametrize("sign", [1, -1])
def test_the_toes_stand_as_low_as_the_sole(drawing, sign):
    skin = next(curves for role, curves in drawing.views["front"][0].curves if role == "skin")
    toes = list_toes(drawing, "front", sign)
    assert len(toes) == 5
    assert all(abs(toe[:, 1].min() - skin.points[:, 1].min()) < 4 for toe in toes)


@pytest.mark.parametrize("side", ["left", "right"])
def test_from_the_side_each_toe_reaches_less_far_than_the_one_before_it(drawing, side):
    toes = list_toes(drawing, side, 1 if side == "right" else -1)
    tips = [toe[:, SAGITTAL].max() for toe in toes]
    assert len(toes) == 5 and tips == sorted(tips, reverse=True)
    skin = next(
        curves for group in drawing.views[side] for role, curves in group.curves if role == "skin"
    )
    assert max(tips) < skin.points[:, SAGITTAL].max() + 3


def test_the_serratus_ends_in_fingers_over_the_external_oblique(drawing):
    names = [group.structure for group in drawing.views["right"]]
    assert names.index("serratus_anterior_right") > names.index("external_oblique_right")
    (flesh, *_) = drawing.shapes[SAGITTAL, "serratus_anterior_right"].belly.split()
    forward = sample_densely(flesh[:, [SAGITTAL, 1]], 20)
    # along the row of tips, from the lowest up, the front edge comes and goes
    levels = np.arange(1262, 1360, 3.0)
    edge = np.array(
        [forward[abs(forward[:, 1] - level) < 3, 0].max(initial=-np.inf) for level in levels]
    )
    notches = (edge[1:-1] < edge[:-2]) & (edge[1:-1] <= edge[2:])
    assert notches.sum() >= 3


def measure_width(curves, up, axis=FRONTAL):
    """How wide an outline is over a strip of its height, mm."""
    points = np.vstack([sample_densely(loop[:, [axis, 1]], 20) for loop in curves.split()])
    across = points[np.abs(points[:, 1] - up) < 3, 0]
    return float(np.ptp(across))


@pytest.mark.parametrize(
    "muscle", ["tibialis_anterior", "flexor_carpi_radialis", "extensor_carpi_ulnaris"]
)
def test_the_cord_of_a_limb_narrows_to_a_tip(drawing, muscle):
    outline = drawing.shapes[FRONTAL, f"{muscle}_right"].outline
    low = outline.points[:, 1].min()
    assert measure_width(outline, low + 3) < 0.75 * measure_width(outline, low + 35)


def test_the_shin_tendon_is_soon_a_cord(drawing):
    shape = drawing.shapes[FRONTAL, "tibialis_anterior_right"]
    flesh = shape.belly.points[:, 1].min()
    assert measure_width(shape.outline, flesh - 60) < 14 < measure_width(shape.outline, flesh + 60)


def test_the_deep_layer_shows_what_lies_before_what(drawing):
    front = [group.structure for group in drawing.views["front"]]
    assert front.index("internal_oblique_left") > front.index("psoas_major_left")
    back = {group.structure: group for group in drawing.views["back"]}
    assert back["quadratus_lumborum_left"].sight.depth >= 2
    assert back["sacrotuberous_ligament_left"].sight.depth >= 2


def test_the_deepest_layer_shows_the_hind_wall_of_the_belly_from_the_front(drawing):
    front = {group.structure: group for group in drawing.views["front"]}
    order = list(front)
    for name in ("psoas_major_right", "quadratus_lumborum_right", "iliacus_right"):
        assert front[name].layer == 1 and front[name].sight
    names = [f"{name}_left" for name in ("transversus_abdominis", "iliacus", "psoas_major")]
    assert sorted(names, key=order.index) == names
    assert order.index("quadratus_lumborum_left") > order.index(names[0])


def test_without_the_superficial_layer_the_arm_keeps_its_triceps(drawing):
    for view in ("back", "left"):
        order = [group.structure for group in drawing.views[view]]
        assert order.index("triceps_brachii_left") < order.index("deltoid_left")
    assert drawing.shapes[FRONTAL, "triceps_brachii_left"].layer == 3


def test_the_nuchal_ligament_is_a_thin_sheet_on_edge_from_behind(drawing):
    edge, face = (drawing.shapes[axis, "nuchal_ligament"].outline for axis in (FRONTAL, SAGITTAL))
    assert np.ptp(edge.points[:, FRONTAL]) < 5
    middle = np.ptp(edge.points[:, 1]) / 2 + edge.points[:, 1].min()
    assert measure_width(face, middle, SAGITTAL) > 10


def test_the_long_toe_extensor_parts_into_a_slip_for_each_small_toe(drawing, body):
    outline = drawing.shapes[FRONTAL, "extensor_digitorum_longus_right"].outline
    ends = body.graph.nodes["extensor_digitorum_longus_right"]["attachments"]["insertion"]
    toes = np.array([place for _, place, _ in ends])
    assert len(toes) == 4
    # a line across the slips crosses two edges of each
    flat = np.concatenate([loop[:, [FRONTAL, 1]] for loop in outline.split()])
    above = flat[:, 1] > flat[:, 1].min() + 4
    assert np.sum(above != np.roll(above, 1)) == 8
    low = flat[flat[:, 1] < flat[:, 1].min() + 4, 0]
    assert all(np.abs(low - across).min() < 6 for across in toes[:, 2])


def test_toes_stand_on_the_floor_fall_in_size_and_lie_apart(drawing):
    right = list_toes(drawing, "front")
    tall = [np.ptp(points[:, 1]) for points in right]
    wide = [np.ptp(points[:, FRONTAL]) for points in right]
    assert tall == sorted(tall, reverse=True) and wide == sorted(wide, reverse=True)
    assert np.ptp([points[:, 1].min() for points in right]) < 0.01
    # where they touch the floor there is a gap between any two
    low = [points[points[:, 1] < points[:, 1].min() + 3, FRONTAL] for points in right]
    assert all(after.min() > before.max() for before, after in pairwise(low))


def test_from_behind_the_heel_hides_the_bones_of_the_forefoot(drawing):
    hidden = [
        np.mean(curves.points[:, 0]) - drawing.marks["ankle_right"][1][0]
        for group in drawing.views["back"]
        for role, curves in group.curves
        if role == "bone" and curves.points[:, 1].max() < 130
    ]
    assert hidden and max(hidden) < 20


@pytest.mark.parametrize("side", ["left", "right"])
def test_from_the_side_the_bones_of_the_knee_hide_what_passes_inside_of_it(drawing, side):
    groups = drawing.views[side]
    shank = drawing.bones.index(f"shank_{side}")
    first = next(
        at
        for at, group in enumerate(groups)
        if group.curves[0][0] == "bone" and group.curves[0][1].bones[0, 0] == shank
    )
    order = [group.structure for group in groups]
    assert order.index(f"sartorius_{side}") < first < order.index(f"vastus_lateralis_{side}")


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_columns_of_the_back_stand_out_on_the_sheet_over_them(drawing, side):
    joint = drawing.marks["low_back"][1][1]
    for view in ("back", side):
        groups = {group.structure: group for group in drawing.views[view]}
        sheet, column = (
            groups[f"{name}_{side}"] for name in ("thoracolumbar_fascia", "longissimus_thoracis")
        )
        assert sheet.layer > column.layer
        ridges, furrows = (
            [curves.points for role, curves in sheet.curves if role == of]
            for of in ("ridge", "furrow")
        )
        assert len(ridges) >= 2 <= len(furrows)
        # from the chest down onto the sacrum
        for strip in (*ridges, *furrows):
            assert strip[:, 1].min() < joint - 60 and strip[:, 1].max() > joint + 220
    spine, *_, flank = (
        np.abs(part[np.abs(part[:, 1] - joint - 60) < 30, FRONTAL]).mean()
        for part in (
            part.points
            for role, part in next(
                group.curves
                for group in drawing.views["back"]
                if group.structure == f"thoracolumbar_fascia_{side}"
            )
            if role == "furrow"
        )
    )
    assert spine < 12 and flank > 45


def test_the_sheet_of_the_low_back_covers_all_between_latissimus_and_buttock(drawing):
    (sheet, *_), (tip, *_) = (
        curves.split()
        for curves in (
            drawing.shapes[FRONTAL, "thoracolumbar_fascia_right"].outline,
            drawing.shapes[FRONTAL, "gluteus_maximus_right"].belly,
        )
    )
    sheet, tip = (sample_densely(part[:, [FRONTAL, 1]], 20) for part in (sheet, tip))
    joint = drawing.marks["low_back"][1][1]
    # to the tip of the sacrum, under the edge of the gluteus maximus all the way
    assert sheet[:, 1].min() < joint - 120
    for down in (30.0, 60.0, 90.0):
        beside = [
            np.abs(points[np.abs(points[:, 1] - joint + down) < 14][:, 0])
            for points in (sheet, tip)
        ]
        assert beside[0].max() > beside[1].min() - 1


PARTS = ("descending", "transverse", "ascending")


@pytest.mark.parametrize("out", [30, 50, 70])
def test_light_runs_on_over_the_edges_between_the_parts_of_the_trapezius(shapes, out):
    parts = [shapes[f"trapezius_{part}_part_right"] for part in PARTS]
    lights = [
        loop[:, [FRONTAL, 1]] for part in parts for light in part.lights for loop in light.split()
    ]
    bellies = [
        np.vstack([sample_densely(loop[:, [FRONTAL, 1]], 20) for loop in part.belly.split()])
        for part in parts[1:]
    ]
    edges = [belly[abs(belly[:, 0] - out) < 2, 1].max() for belly in bellies]
    for height in edges:
        for above in (-12, -8, -4, 4, 8, 12):
            point = np.array([out, height + above])
            assert any(is_inside(point, [loop]) for loop in lights), (out, height, above)


def test_behind_c7_the_trapezius_begins_in_a_slim_lens(shapes):
    descending, transverse = (shapes[f"trapezius_{part}_part_right"] for part in PARTS[:2])
    middle = np.vstack(
        [sample_densely(loop[:, [FRONTAL, 1]], 20) for loop in transverse.belly.split()]
    )
    inner = {height: middle[abs(middle[:, 1] - height) < 6, 0].min() for height in (1490, 1450)}
    assert 5 < inner[1490] < 14 and inner[1450] < 6
    neck = descending.belly.points
    assert neck[abs(neck[:, 1] - 1580) < 15][:, FRONTAL].min() < 4


def test_from_behind_and_in_front_the_deltoid_begins_all_along_its_bones(shapes):
    flesh = shapes["deltoid_right"].belly.points
    inner = flesh[np.argmin(flesh[:, FRONTAL])]
    assert inner[1] > flesh[:, 1].max() - 30
    lowest = flesh[np.argmin(flesh[:, 1])]
    # its tip lies nearer to the outer edge of the flesh than to the inner one
    assert lowest[FRONTAL] > (flesh[:, FRONTAL].min() + flesh[:, FRONTAL].max()) / 2 + 15
    # and light reaches as near to the outer edge as elsewhere
    light = shapes["deltoid_right"].lights[0].points
    assert flesh[:, FRONTAL].max() - light[:, FRONTAL].max() < 8


def test_from_the_side_the_deltoid_is_a_triangle_that_ends_in_a_point(drawing):
    flesh = drawing.shapes[SAGITTAL, "deltoid_right"].belly
    low, high = flesh.points[:, 1].min(), flesh.points[:, 1].max()
    widths = [
        measure_width(flesh, low + share * (high - low), SAGITTAL) for share in (0.08, 0.3, 0.55)
    ]
    assert widths[0] < 0.5 * widths[1] < 0.5 * widths[2] and widths[1] < 0.75 * widths[2]


def test_from_the_side_the_deltoid_is_a_round_cap_that_bows_out_behind(drawing):
    flesh = drawing.shapes[SAGITTAL, "deltoid_right"].belly
    low, high = flesh.points[:, 1].min(), flesh.points[:, 1].max()
    top, full = (measure_width(flesh, high - below, SAGITTAL) for below in (4, 50))
    assert top < 0.6 * full
    places = sample_densely(flesh.points[:, [SAGITTAL, 1]], 20)
    heights = low + np.array([0.1, 0.5, 0.9]) * (high - low)
    below, middle, above = (places[abs(places[:, 1] - height) < 3, 0].min() for height in heights)
    # a straight border behind would lie half-way between its ends
    assert middle < (below + above) / 2 - 8


@pytest.mark.parametrize(("view", "count"), [("front", 1), ("back", 1), ("left", 2)])
def test_lines_part_the_heads_of_the_deltoid_on_the_face_that_is_seen(drawing, view, count):
    group = next(group for group in drawing.views[view] if group.structure == "deltoid_left")
    clefts = [curves.points for role, curves in group.curves if role == "cleft"]
    assert len(clefts) == count
    # each view has the fibres of its own face: they lie before or behind the middle of the arm
    fibres = dict(group.curves)["fibres"].points[:, SAGITTAL]
    middle = group.curves[0][1].points[:, SAGITTAL].mean()
    if view != "left":
        assert (fibres.mean() > middle) == (view == "front")


def test_from_the_side_the_subscapularis_lies_behind_the_shoulder_blade(drawing):
    groups = drawing.views["left"]
    (muscle,) = (at for at, group in enumerate(groups) if group.structure == "subscapularis_left")
    blades = [
        at
        for at, group in enumerate(groups)
        for role, curves in group.curves
        if role == "bone" and drawing.bones[curves.bones[0, 0]] == "shoulder_girdle_left"
    ]
    assert blades and muscle < min(blades)


@pytest.mark.parametrize("view", ["back", "front"])
def test_the_outer_vastus_fills_the_thigh_out_to_the_skin(drawing, view):
    vastus = sample_densely(
        drawing.shapes[FRONTAL, "vastus_lateralis_right"].belly.points[:, [FRONTAL, 1]], 20
    )
    loops = next(
        curves.split()
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "skin"
    )
    trunk = max(loops, key=lambda points: np.ptp(points[:, 1]))
    skin = sample_densely(trunk[:, [FRONTAL, 1]], 20)
    for height in range(660, 821, 20):
        flesh, edge = (part[abs(part[:, 1] - height) < 4, 0].max() for part in (vastus, skin))
        assert flesh > edge - 12


@pytest.mark.parametrize(
    "muscle", ["sartorius", "brachioradialis", "flexor_carpi_radialis", "palmaris_longus"]
)
def test_flesh_of_a_strap_draws_to_a_point_at_its_tendon(drawing, muscle):
    flesh = drawing.shapes[FRONTAL, f"{muscle}_right"].belly
    low, high = flesh.points[:, 1].min(), flesh.points[:, 1].max()
    tip, widest = (
        measure_width(flesh, low + 5, FRONTAL),
        max(measure_width(flesh, low + share * (high - low), FRONTAL) for share in (0.4, 0.6)),
    )
    assert tip < 0.5 * widest


def test_the_oblique_has_a_free_border_behind_above_the_crest(drawing):
    oblique, latissimus = (
        sample_densely(drawing.shapes[SAGITTAL, f"{name}_right"].belly.points[:, [SAGITTAL, 1]], 20)
        for name in ("external_oblique", "latissimus_dorsi")
    )
    above_crest, higher = (1092.0, 1200.0)
    behind, before = (
        [
            (part[:, 0].min(), part[:, 0].max())
            for part in (places[abs(places[:, 1] - up) < 4] for up in (above_crest, higher))
        ]
        for places in (oblique, latissimus)
    )
    assert behind[0][0] > before[0][1] and behind[1][0] < before[1][1]


def is_hollow(group, side):
    """Ask whether a group is the hollow of the knee of a side, as it is seen from the back."""
    role, curves = group.curves[0]
    across = curves.points[:, FRONTAL].mean()
    return role == "fat" and group.layer > 0 and (across > 0) == (side == "right")


@pytest.mark.parametrize("side", ["left", "right"])
def test_behind_the_knee_a_hollow_lies_between_the_short_head_and_the_bones(drawing, side):
    back = drawing.views["back"]
    order = [group.structure for group in back]
    (at,) = (number for number, group in enumerate(back) if is_hollow(group, side))
    assert order.index(f"popliteus_{side}") < at < order.index(f"biceps_femoris_short_head_{side}")
    # it is drawn while the muscles are that it lies between
    assert back[at].layer == back[order.index(f"semimembranosus_{side}")].layer


@pytest.mark.parametrize("head", ["medial", "lateral"])
def test_behind_the_knee_the_calf_rises_between_the_hamstrings(drawing, head):
    order = [group.structure for group in drawing.views["back"]]
    calf = order.index(f"gastrocnemius_{head}_head_right")
    hamstrings = ("semimembranosus", "semitendinosus", "biceps_femoris_short_head")
    assert order.index("soleus_right") < calf
    assert calf < min(order.index(f"{name}_right") for name in hamstrings)


@pytest.mark.parametrize("side", ["left", "right"])
def test_from_the_side_the_biceps_ends_on_the_fibula_over_the_calf(drawing, side):
    order = [group.structure for group in drawing.views[side]]
    calf, *biceps = (
        order.index(f"{name}_{side}")
        for name in (
            "gastrocnemius_lateral_head",
            "biceps_femoris_short_head",
            "biceps_femoris_long_head",
        )
    )
    assert calf < biceps[0] < biceps[1]


@pytest.mark.parametrize("side", ["left", "right"])
def test_from_behind_the_outer_vastus_lies_under_the_hamstrings(drawing, side):
    order = [group.structure for group in drawing.views["back"]]
    at = order.index(f"vastus_lateralis_{side}")
    hollow = next(at for at, group in enumerate(drawing.views["back"]) if is_hollow(group, side))
    assert order.index(f"adductor_magnus_{side}") < at < hollow
    assert hollow < order.index(f"biceps_femoris_short_head_{side}")


def test_the_flexor_of_the_toes_shows_behind_the_inner_border_of_the_tibia(drawing):
    front = drawing.views["front"]
    (group,) = (
        group
        for group in front
        if group.behind and group.structure == "flexor_digitorum_longus_right"
    )
    tibia = max(
        (
            curves.points
            for part in front
            for role, curves in part.curves
            if role == "bone" and drawing.bones[curves.bones[0, 0]] == "shank_right"
        ),
        key=lambda points: np.ptp(points[:, 1]),
    )
    belly = dict(group.curves)["belly"].points
    for up in (190, 220, 250):
        inner = belly[abs(belly[:, 1] - up) < 15, FRONTAL].min()
        assert inner < tibia[abs(tibia[:, 1] - up) < 15, FRONTAL].min() - 4


def test_the_sartorius_has_crossed_the_thigh_before_its_middle(drawing):
    shape = drawing.shapes[FRONTAL, "sartorius_right"]

    def find_middle(up):
        return np.mean(find_belly_at(drawing, "front", "sartorius_right", up))

    top, bottom = find_middle(970.0), find_middle(560.0)
    assert shape.belly.points[:, 1].min() < 560
    # below the middle of its length it runs down along the inner border
    assert find_middle(765.0) - bottom < 0.25 * (top - bottom)


def test_the_patellar_ligament_narrows_from_the_kneecap_to_the_tibia(drawing):
    outline = drawing.shapes[FRONTAL, "vastus_intermedius_right"].outline
    assert measure_width(outline, 465) < 0.75 * measure_width(outline, 505)


def test_the_palm_has_a_ball_on_either_side_of_its_aponeurosis(drawing):
    thumb = find_belly_at(drawing, "front", "abductor_pollicis_brevis_right", 861.0)
    little = find_belly_at(drawing, "front", "abductor_digiti_minimi_of_hand_right", 861.0)
    assert thumb[-1] - thumb[0] > 15 and little[-1] - little[0] > 12
    assert little[-1] < 283 < thumb[-1]
    # near the fingers the plate has parted into four slips, two edges each
    outline = drawing.shapes[FRONTAL, "palmaris_longus_right"].outline
    flat = np.concatenate([loop[:, [FRONTAL, 1]] for loop in outline.split()])
    above = flat[:, 1] > flat[:, 1].min() + 12
    assert np.sum(above != np.roll(above, 1)) == 8


def count_strips(curves, height):
    """Count the strips that a height cuts out of closed curves seen from the front."""
    above = [loop[:, 1] > height for loop in curves.split()]
    return sum(int(np.sum(part != np.roll(part, 1))) for part in above) // 2


@pytest.mark.parametrize("view", ["back", "front"])
def test_four_fingers_lie_apart_and_are_long(drawing, view):
    (hand,) = (
        curves
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "thin" and curves.points[:, FRONTAL].mean() > 0
    )
    strips = [count_strips(hand, height) for height in (768.0, 783.0)]
    assert strips[0] == 4 and strips[1] >= 3
    assert 783.0 - hand.points[:, 1].min() > 60


@pytest.mark.parametrize(
    ("muscle", "height"), [("extensor_digitorum", 780.0), ("flexor_digitorum_superficialis", 785.0)]
)
def test_tendons_of_the_fingers_fan_out_each_to_its_own(drawing, muscle, height):
    outline = drawing.shapes[FRONTAL, f"{muscle}_right"].outline
    assert count_strips(outline, height) == 4
    # from the side the fingers lie behind each other
    assert count_strips(drawing.shapes[SAGITTAL, f"{muscle}_right"].outline, height) == 1


def test_the_inner_border_of_the_shin_parts_the_bone_from_the_calf(drawing):
    (border,) = (
        curves.points
        for group in drawing.views["front"]
        for role, curves in group.curves
        if role == "crease"
        and not curves.closed
        and drawing.bones[curves.bones[0, 0]] == "shank_right"
    )
    assert np.ptp(border[:, 1]) > 250
    shin = find_belly_at(drawing, "front", "tibialis_anterior_right", 350.0)
    across = border[abs(border[:, 1] - 350).argmin(), FRONTAL]
    assert 8 < min(shin) - across < 35


def test_the_calcaneal_tendon_narrows_and_ends_on_the_heel_bone(drawing):
    back = drawing.views["back"]
    (tendon,) = (at for at, group in enumerate(back) if group.structure == "achilles_tendon_right")
    plate = back[tendon].curves[0][1]
    of_foot = [
        (at, role, curves.points)
        for at, group in enumerate(back)
        for role, curves in group.curves
        if not group.structure and drawing.bones[curves.bones[0, 0]] == "foot_right"
    ]
    # the bone lies over the skin of the heel, and the tendon, which widens, on the bone
    heel = max(at for at, role, _ in of_foot if role == "bone")
    (bone,) = (points for at, _, points in of_foot if at == heel)
    skin = max(at for at, role, _ in of_foot if role == "face" and at < heel)
    assert skin < heel < tendon
    assert bone[:, 1].min() < plate.points[:, 1].min() < bone[:, 1].mean()
    assert measure_width(plate, 100.0) > 1.2 * measure_width(plate, 170.0)
    # the edge of the heel runs down on the outer side alone
    edges = (points for _, role, points in of_foot if role == "crease")
    edge = max(edges, key=lambda points: np.ptp(points[:, 1]))
    assert np.ptp(edge[:, 1]) > 40 and edge[:, FRONTAL].min() > plate.points[:, FRONTAL].mean()


def find_gap(drawing, view, height, low, high):
    """How wide the widest stretch is that no skin covers at a height between two places, mm."""
    across = np.arange(low, high, 0.5)
    loops = [
        loop[:, [FRONTAL, 1]]
        for group in drawing.views[view]
        for role, curves in group.curves
        if role == "skin"
        for loop in curves.split()
    ]
    bare = [not any(is_inside([place, height], [loop]) for loop in loops) for place in across]
    return 0.5 * sum(bare)


@pytest.mark.parametrize("view", ["back", "front"])
def test_thighs_part_below_the_pubis_and_armpits_open_below_the_chest(drawing, view):
    pubis, chest = 885.0, 1345.0
    for height in (pubis - 40, pubis - 60, 780.0, 700.0):
        assert find_gap(drawing, view, height, -25.0, 25.0) > 3
    for height in (chest - 45, chest - 80, 1200.0):
        assert find_gap(drawing, view, height, 120.0, 200.0) >= 3
    assert find_gap(drawing, view, 920.0, -25.0, 25.0) == 0


def test_the_fingers_lie_over_each_other_from_the_side_and_the_thumb_over_all(drawing):
    fingers = [
        curves.points
        for group in drawing.views["left"]
        for role, curves in group.curves
        if role == "face" and drawing.bones[curves.bones[0, 0]] == "arm_left"
    ]
    assert len(fingers) == 5
    outward = [-points[:, FRONTAL].mean() for points in fingers]
    assert outward == sorted(outward)
    assert fingers[-1][:, 1].min() > max(points[:, 1].min() for points in fingers[:-1]) + 20


def test_the_flesh_of_the_external_oblique_curves_to_the_iliac_spine(drawing):
    inner = [
        min(find_belly_at(drawing, "front", "external_oblique_right", up))
        for up in (1200.0, 1100.0, 1050.0, 1030.0, 1015.0)
    ]
    # a little outward beside the semilunar line, and then the further out the lower, ever faster
    assert 2 < inner[1] - inner[0] < 12
    steps = np.diff(inner[1:]) / [50, 20, 15]
    assert np.all(steps > 0) and np.all(np.diff(steps) > 0)


def test_front_and_side_agree_where_the_flesh_of_the_external_oblique_ends(drawing):
    oblique, rectus = (
        drawing.shapes[SAGITTAL, f"{name}_right"].belly.points
        for name in ("external_oblique", "rectus_abdominis")
    )
    # between it and the rectus the sheet is bare below the navel, broader and broader
    bare = []
    for up in (1250.0, 1150.0, 1100.0):
        flesh, strap = (
            sample_densely(places[:, [SAGITTAL, 1]], 20) for places in (oblique, rectus)
        )
        ahead = flesh[abs(flesh[:, 1] - up) < 4, 0].max()
        bare.append(strap[abs(strap[:, 1] - up) < 4, 0].min() - ahead)
    assert bare[0] < bare[1] < bare[2] and bare[2] > 4
    # fibres of its front run down and inward
    lines = drawing.shapes[FRONTAL, "external_oblique_right"].fibres.split()
    fore = [line for line in lines if line[:, 1].max() > 1240]
    assert len(fore) > 5
    for line in fore:
        high, low = line[np.argsort(line[[0, -1], 1])[::-1] * (len(line) - 1)]
        assert low[FRONTAL] < high[FRONTAL]


def test_sheets_under_the_aponeurosis_do_not_show_through_it(drawing):
    groups = {group.structure: group for group in drawing.views["front"]}
    sheet = groups["external_oblique_aponeurosis_right"]
    assert read_look()["roles"][sheet.curves[0][0]]["fill-opacity"] > 0.9
    # its own fibres all run down and inward
    for line in dict(sheet.curves)["fibres"].split():
        high, low = line[np.argsort(line[[0, -1], 1])[::-1] * (len(line) - 1)]
        assert low[FRONTAL] < high[FRONTAL]


@pytest.mark.parametrize("side", ["left", "right"])
def test_from_the_side_the_gluteus_medius_shows_between_tensor_and_buttock(drawing, side):
    groups = {group.structure: group for group in drawing.views[side]}
    sight = groups[f"gluteus_medius_{side}"].sight
    assert sight.depth == 4 and sight.half_width > 12
    tract = drawing.shapes[SAGITTAL, f"iliotibial_tract_{side}"].outline
    assert tract.points[:, 1].max() < sight.anchors[0].point[1]


def test_from_the_side_the_edge_of_the_rectus_is_one_strip(drawing):
    assert len(drawing.shapes[SAGITTAL, "rectus_abdominis_right"].belly.ends) == 1
    assert len(drawing.shapes[FRONTAL, "rectus_abdominis_right"].belly.ends) == 4


@pytest.mark.parametrize(
    ("name", "axis"), [("pectoralis_major", FRONTAL), ("external_oblique", SAGITTAL)]
)
def test_light_falls_over_the_furrows_of_a_flat_muscle(drawing, name, axis):
    assert all(len(light.ends) == 1 for light in drawing.shapes[axis, f"{name}_right"].lights)


def test_each_muscle_of_the_shoulder_blade_can_be_told_from_behind(drawing):
    names = [
        *("levator_scapulae", "rhomboid_minor", "rhomboid_major", "supraspinatus"),
        *("infraspinatus", "teres_minor", "teres_major"),
    ]
    seen = {group.structure: group.sight for group in drawing.views["back"] if group.structure}
    for name in names:
        # once the trapezius and the deltoid are taken away, if not before
        assert seen[f"{name}_right"].depth >= 3 and seen[f"{name}_right"].half_width > 5, name
    order = [group.structure for group in drawing.views["back"]]
    splenius, rhomboid, levator = (
        order.index(f"{name}_right")
        for name in ("splenius_capitis", "rhomboid_minor", "levator_scapulae")
    )
    assert levator < min(splenius, rhomboid)


def test_the_spine_of_the_shoulder_blade_parts_the_muscles_of_its_hollows(drawing):
    """It lies over them and under the trapezius and the deltoid, which end on it; the humerus lies
    over the teres major, which ends on its front."""
    groups = list(drawing.views["back"])
    order = [group.structure for group in groups]
    number = drawing.bones.index("shoulder_girdle_right")
    of_blade = [
        at
        for at, group in enumerate(groups)
        if group.curves[0][0] == "bone" and (group.curves[0][1].bones[:, 0] == number).all()
    ]
    spine = of_blade[-1]
    for under, over in (
        ("supraspinatus", "deltoid"),
        ("infraspinatus", "trapezius_ascending_part"),
    ):
        assert order.index(f"{under}_right") < spine < order.index(f"{over}_right")
    heights = groups[spine].curves[0][1].points[:, 1]
    above, below = (
        drawing.shapes[FRONTAL, f"{name}_right"].belly.points[:, 1].mean()
        for name in ("supraspinatus", "infraspinatus")
    )
    assert below < heights.mean() < above
    arm = drawing.bones.index("arm_right")
    humerus = next(
        at
        for at, group in enumerate(groups)
        if group.curves[0][0] == "bone"
        and (group.curves[0][1].bones[:, 0] == arm).all()
        and np.ptp(group.curves[0][1].points[:, 1]) > 250
    )
    assert order.index("teres_major_right") < humerus < order.index("infraspinatus_right")
