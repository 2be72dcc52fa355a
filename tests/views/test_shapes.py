"""Outlines come from the lines: closed, mirrored, around their lines, and carried by the right
bones."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.body.outline.cache import (
    OUTLINES,
    find_drawing,
    find_healthy_transforms,
    fingerprint,
    load_drawing,
    save_drawing,
)
from musclechain.views.body.outline.curves import ACROSS, FRONTAL, SAGITTAL, project_points
from musclechain.views.body.outline.drawing import SOLID_REGIONS, build_drawing
from musclechain.views.body.outline.fields import (
    Grid,
    fill_polygon,
    fill_sheet,
    fill_spindle,
    find_area,
    find_contours,
)
from musclechain.views.body.outline.shapes import STEP_MM, _close_gaps, _Form


@pytest.fixture(scope="module")
def body():
    return mc.read_body()


@pytest.fixture(scope="module")
def drawing(body):
    return build_drawing(body, find_healthy_transforms(body))


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


def still(drawing):
    return np.tile(np.eye(4)[:3], (len(drawing.bones), 1, 1))


# ---- contours of fields


def test_the_contour_of_a_disc_is_a_circle():
    grid = Grid.around(np.array([[0.0, 0.0]]), 30, 1.0)
    (loop,) = find_contours(
        fill_spindle(grid, np.array([[0.0, -0.01], [0.0, 0.01]]), [20.0, 20.0]), grid, 0.3, 0.05
    )
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
    for line in body.lines:
        loops = [loop[:, [2, 1]] for loop in shapes[line.structure].outline.split()]
        if line.places[0] not in healthy or line.places[-1] not in healthy:
            continue
        ends = [
            healthy[place][:3, :3] @ point + 1000 * healthy[place][:3, 3]
            for place, point in zip(line.places, line.points, strict=True)
        ]
        middle = (
            (np.array(ends[0]) + ends[-1]) / 2 if len(ends) == 2 else np.array(ends[len(ends) // 2])
        )
        if not is_inside(middle[[2, 1]], loops):
            flat = np.vstack(loops)
            # a line on the midline lies on the border where left and right meet
            assert np.min(np.linalg.norm(flat - middle[[2, 1]], axis=1)) < 8, (
                line.structure,
                line.number,
            )


def test_attachments_move_rigidly_with_their_bone(drawing, shapes):
    moves = still(drawing)
    thigh = drawing.bones.index("thigh_left")
    moves[thigh, :, 3] = [0, 10, 50]
    soleus = shapes["soleus_left"].outline
    assert np.allclose(soleus.place(moves), soleus.points)
    gluteus = shapes["gluteus_medius_left"].outline
    shift = gluteus.place(moves) - gluteus.points
    lowest, highest = np.argmin(gluteus.points[:, 1]), np.argmax(gluteus.points[:, 1])
    assert np.allclose(shift[lowest], [0, 10, 50])
    assert np.allclose(shift[highest], 0)


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
    (skin,) = [
        curves for group in drawing.views[view] for role, curves in group.curves if role == "skin"
    ]
    (skin,) = [loop[:, [axis, 1]] for loop in skin.split()]
    for group in drawing.views[view]:
        for point in group.curves[0][1].points[::7] if group.structure else ():
            assert is_inside(point[[axis, 1]], [skin]), (view, group.structure)


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
    layers = [group.layer for group in shown[count:]]
    assert layers == sorted(layers)
    assert {"back": "trapezius_descending_part_left", "front": "rectus_femoris_left"}[view] in {
        group.structure for group in shown
    }


def test_what_shines_through_from_the_other_side_is_no_muscle_of_the_trunk(body, drawing):
    behind = [group for group in drawing.views["front"] if group.behind]
    assert behind and not any(
        body.graph.nodes[group.structure]["region"] in SOLID_REGIONS for group in behind
    )


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_shows_its_own_structures_and_leaves_the_arm_out(body, drawing, side):
    shown = {group.structure for group in drawing.views[side] if group.structure}
    assert {body.graph.nodes[name]["side"] for name in shown} <= {side, "midline"}
    assert {
        f"deltoid_{side}",
        f"gluteus_maximus_{side}",
        f"sternocleidomastoid_{side}",
        f"iliotibial_tract_{side}",
    } <= shown
    assert f"biceps_brachii_{side}" not in shown
    assert [role for group in drawing.views[side] for role, _ in group.curves].count("far") == 1


def test_the_tract_lies_outside_of_the_thigh(drawing):
    order = [group.structure for group in drawing.views["right"]]
    assert (
        order.index("iliotibial_tract_right")
        > order.index("vastus_lateralis_right")
        > order.index("gracilis_right")
    )


@pytest.mark.parametrize("apart, gap", [(6.0, 0.0), (30.0, 30.0)])
def test_muscles_with_little_room_between_them_meet_and_others_keep_their_form(apart, gap):

    forms = {}
    for name, across in (("one", 0.0), ("other", 20.0 + apart)):
        line = np.array([[across, 0.0], [across, 100.0]])
        grid = Grid.around(line, 40, STEP_MM)
        field = fill_spindle(grid, line, [10.0, 10.0])
        forms[name] = _Form({"layer": 3, "view": "back"}, [], [], grid, field, field.copy())
    _close_gaps(forms)
    (one,), (other,) = (find_contours(form.belly, form.grid, 0.3, 0.05) for form in forms.values())
    one, other = (loop[abs(loop[:, 1] - 50) < 10] for loop in (one, other))
    assert other[:, 0].min() - one[:, 0].max() == pytest.approx(gap, abs=1.0)


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


def test_a_cut_structure_leaves_the_picture_and_its_neighbours_stay(body):
    drawing = build_drawing(body.without("soleus_left"))
    for view in ("back", "left"):
        found = {group.structure for group in drawing.views[view]}
        assert "soleus_left" not in found and "achilles_tendon_left" in found
    assert "soleus_right" in {group.structure for group in drawing.views["back"]}


def test_a_bigger_cross_section_gives_a_wider_picture(body):
    graph = body.graph.copy()
    graph.nodes["soleus_left"]["lines"] = {
        1: {**graph.nodes["soleus_left"]["lines"][1], "pcsa_cm2": 206.5}
    }
    found = {
        name: shape
        for (axis, name), shape in build_drawing(mc.Body.from_graph(graph)).shapes.items()
        if axis == FRONTAL
    }
    wide, usual = (np.ptp(found[f"soleus_{side}"].belly.points[:, 2]) for side in ("left", "right"))
    assert wide == pytest.approx(usual * np.sqrt(2), rel=0.15)


# ---- outlines that come with the package


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
    assert kept is not None, (
        "the body has changed: run python -m musclechain.views.body.outline.cache"
    )
    (areas, count), (fresh_areas, fresh_count) = measure(kept), measure(drawing)
    assert areas.keys() == fresh_areas.keys() and list(areas) == list(fresh_areas)
    assert count == pytest.approx(fresh_count, rel=0.02)
    assert all(areas[key] == pytest.approx(fresh_areas[key], rel=0.03, abs=10) for key in areas), (
        "run python -m musclechain.views.body.outline.cache"
    )


def test_another_body_is_drawn_anew(body):
    cut = body.without("soleus_left")
    assert fingerprint(cut) != fingerprint(body)
    assert load_drawing(OUTLINES, cut, find_healthy_transforms(cut)) is None
    assert "soleus_left" not in {group.structure for group in find_drawing(cut).views["back"]}


def test_another_posture_is_drawn_anew(body):
    healthy = find_healthy_transforms(body)
    healthy["head"] = (
        healthy["head"] + np.diag([0, 0, 0, 0.0]) + np.array([[0, 0, 0, 0.01]] + [[0] * 4] * 3)
    )
    assert load_drawing(OUTLINES, body, healthy) is None


def test_saved_outlines_come_back_as_they_were(body, tmp_path):
    small = body.without("soleus_left")
    save_drawing(tmp_path / "outlines.npz", small)
    back = load_drawing(tmp_path / "outlines.npz", small, find_healthy_transforms(small))
    fresh = build_drawing(small, find_healthy_transforms(small))
    assert [[group.structure for group in groups] for groups in back.views.values()] == [
        [group.structure for group in groups] for groups in fresh.views.values()
    ]
    for one, other in zip(list_curves(back, "left"), list_curves(fresh, "left"), strict=True):
        assert (
            one.ends == other.ends
            and np.allclose(one.points, other.points, atol=0.051)
            and (one.bones == other.bones).all()
        )
    assert load_drawing(tmp_path / "none.npz", small, {}) is None


def test_the_side_has_shapes_of_its_own(drawing):
    assert (
        drawing.shapes[SAGITTAL, "soleus_right"].outline
        is not drawing.shapes[FRONTAL, "soleus_right"].outline
    )
