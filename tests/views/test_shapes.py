"""Outlines come from the lines: closed, mirrored, around their lines, and carried by the right bones."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.bodymap import find_drawing, find_healthy_transforms
from musclechain.views.contours import Grid, fill_polygon, fill_sheet, fill_spindle, find_area, find_contours
from musclechain.views.curves import VIEWS, project_points
from musclechain.views.shapes import build_drawing


@pytest.fixture(scope="module")
def body():
    return mc.read_body()


@pytest.fixture(scope="module")
def drawing(body):
    return find_drawing(body)


@pytest.fixture(scope="module")
def shapes(drawing):
    return {shape.structure: shape for shape in drawing.shapes}


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
    (loop,) = find_contours(fill_spindle(grid, np.array([[0.0, -0.01], [0.0, 0.01]]), [20.0, 20.0]), grid, 0.3, 0.05)
    assert np.allclose(np.linalg.norm(loop, axis=1), 20, atol=0.3)
    assert find_area(*loop.T) == pytest.approx(np.pi * 400, rel=0.02)


def test_two_forms_apart_give_two_contours():
    grid = Grid.around(np.array([[0.0, 0.0], [100.0, 0.0]]), 30, 2.0)
    field = np.minimum(*(fill_polygon(grid, np.array([[x - 20, -20], [x + 20, -20], [x + 20, 20], [x - 20, 20]])) for x in (0.0, 100.0)))
    assert len(find_contours(field, grid, 0.5, 0.3)) == 2


def test_a_sheet_fills_what_lies_between_its_lines():
    grid = Grid.around(np.array([[0.0, 0.0], [60.0, 90.0]]), 10, 2.0)
    up = np.linspace(0, 90, 10)
    field = fill_sheet(grid, [np.column_stack([np.zeros(10), up]), np.column_stack([np.full(10, 60.0), up])])
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
            assert sum(find_area(loop[:, 2], loop[:, 1]) for loop in curves.split()) > 40, shape.structure


def test_left_mirrors_right(shapes, drawing):
    twin = {name: name.replace("_left", "_right") for name in drawing.bones}
    for name, left in shapes.items():
        if name.endswith("_left"):
            right = shapes[name.removesuffix("_left") + "_right"]
            assert np.allclose(left.outline.points, right.outline.points * [1, 1, -1])
            assert [twin[drawing.bones[bone]] for bone in left.outline.bones[:, 0]] == [drawing.bones[bone].replace("_left", "_right") for bone in right.outline.bones[:, 0]]


def test_outlines_contain_their_lines(body, shapes):
    healthy = find_healthy_transforms(body)
    for line in body.lines:
        loops = [loop[:, [2, 1]] for loop in shapes[line.structure].outline.split()]
        if line.places[0] not in healthy or line.places[-1] not in healthy:
            continue
        ends = [healthy[place][:3, :3] @ point + 1000 * healthy[place][:3, 3] for place, point in zip(line.places, line.points)]
        middle = (np.array(ends[0]) + ends[-1]) / 2 if len(ends) == 2 else np.array(ends[len(ends) // 2])
        if not is_inside(middle[[2, 1]], loops):
            flat = np.vstack(loops)
            # a line on the midline lies on the border where left and right meet
            assert np.min(np.linalg.norm(flat - middle[[2, 1]], axis=1)) < 8, (line.structure, line.number)


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


def test_a_rigid_move_of_the_whole_body_keeps_every_shape(drawing):
    angle = 0.3
    turn = np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])
    moves = np.tile(np.column_stack([turn, [5, 6, 7]]), (len(drawing.bones), 1, 1))
    for shape in drawing.shapes[::9]:
        assert np.allclose(shape.outline.place(moves), shape.outline.points @ turn.T + [5, 6, 7])


def test_the_skin_encloses_every_structure(drawing):
    (skin,) = [loop[:, [2, 1]] for loop in drawing.skin.outline.split()]
    for shape in drawing.shapes:
        for point in shape.outline.points[::7]:
            assert is_inside(point[[2, 1]], [skin]), shape.structure


def test_the_viewer_of_the_back_sees_left_on_the_left():
    right = np.array([[0.0, 100.0, 30.0]])
    assert project_points(right, "back").tolist() == [[30, -100]]
    assert project_points(right, "front").tolist() == [[-30, -100]]


def test_deep_muscles_are_drawn_first_and_in_both_views(shapes, drawing):
    deep = [shape for shape in drawing.shapes if shape.deep]
    assert deep and all(shape.views == VIEWS for shape in deep)
    assert list(drawing.shapes[: len(deep)]) == deep
    layers = [shape.layer for shape in drawing.shapes[len(deep):]]
    assert layers == sorted(layers)
    assert shapes["trapezius_descending_part_left"].views == ("back",)


def test_a_cut_structure_leaves_the_picture_and_its_neighbours_stay(body):
    found = {shape.structure: shape for shape in build_drawing(body.without("soleus_left")).shapes}
    assert "soleus_left" not in found and "soleus_right" in found and "achilles_tendon_left" in found


def test_a_bigger_cross_section_gives_a_wider_picture(body):
    graph = body.graph.copy()
    graph.nodes["soleus_left"]["lines"] = {1: {**graph.nodes["soleus_left"]["lines"][1], "pcsa_cm2": 206.5}}
    found = {shape.structure: shape for shape in build_drawing(mc.Body.from_graph(graph)).shapes}
    wide, usual = (np.ptp(found[f"soleus_{side}"].belly.points[:, 2]) for side in ("left", "right"))
    assert wide == pytest.approx(usual * np.sqrt(2), rel=0.1)
