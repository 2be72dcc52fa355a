"""The traced bones: they lie where the joints and the attachments of the data are."""

import struct

import numpy as np
import pytest

import musclechain as mc
from musclechain.__main__ import main
from musclechain.anatomy.tables import read_tables
from musclechain.tools.attachments import (
    describe_crossings,
    describe_gaps,
    list_notes,
    measure_crossings,
    measure_gaps,
)
from musclechain.tools.bones import read_meshes, take_apart
from musclechain.tools.checkout import CheckoutError
from musclechain.views.body.outline.bones import (
    BONES,
    TracedBone,
    draw_front_bones,
    draw_side_bones,
    read_bones,
    write_bones,
)
from musclechain.views.body.outline.cache import find_healthy_transforms
from musclechain.views.body.outline.standing import read_standing

JOINTS = {
    "hip_right": "thigh",
    "knee_right": "thigh",
    "ankle_right": "foot",
    "glenohumeral_right": "arm",
    "sternoclavicular_right": "shoulder_girdle",
    "l5_s1": "lumbar",
    "c0_c2": "head",
}


@pytest.fixture(scope="module")
def standing(body):
    return read_standing(body, find_healthy_transforms(body))


def find_gap(point, bones):
    """How far a flat point lies outside the box of the nearest bone, mm."""
    gaps = []
    for bone in bones:
        corners = np.vstack(bone.loops)
        outside = np.maximum(corners.min(axis=0) - point, point - corners.max(axis=0))
        gaps.append(np.linalg.norm(np.maximum(outside, 0)))
    return min(gaps)


def test_the_skeleton_is_there():
    bones = [bone for bone in read_bones() if "front" in bone.views and bone.role == "bone"]
    count = {
        carrier: sum(bone.carrier == carrier for bone in bones)
        for carrier in {bone.carrier for bone in bones}
    }
    assert count["lumbar"] == 5 and count["thorax"] > 12 + 24 and count["neck"] >= 7
    assert count["arm"] == 3 + 8 + 3 + 16 and count["shank"] == 3 and count["foot"] > 20
    assert {bone.role for bone in read_bones() if bone.carrier == "head"} == {"bone", "hollow"}
    assert BONES.stat().st_size < 60_000


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize(("view", "axis"), [("front", 2), ("side", 0)])
def test_joints_lie_in_their_bones(body, joint, view, axis):
    place = next(
        np.array(data["place_mm"])
        for *_, data in body.graph.edges(data=True)
        if data.get("joint") == joint
    )
    bones = [b for b in read_bones() if b.carrier == JOINTS[joint] and view in b.views]
    assert find_gap(place[[axis, 1]], bones) < 12


# The muscles of the trunk come from a model whose iliac crest stands 27 mm higher; hand and elbow
# are estimates; aponeurosis and transversalis fascia are sheets of the belly wall.
OFF_THEIR_BONE = (
    "iliocostalis_lumborum quadratus_lumborum external_oblique internal_oblique"
    " transversus_abdominis serratus_anterior brachioradialis abductor_pollicis_brevis"
    " thoracolumbar_fascia external_oblique_aponeurosis transversalis_fascia"
).split()


def test_muscles_end_on_their_bone(body):
    far = set()
    for line in body.lines:
        for end in (0, -1):
            place = line.places[end]
            if body.graph.nodes[line.structure].get("side") != "right" or place not in body.bones:
                continue
            carrier = place.removesuffix("_right").removesuffix("_left")
            bones = [b for b in read_bones() if b.carrier == carrier and "front" in b.views]
            if find_gap(line.points[end][[2, 1]], bones) > 15:
                far.add(body.graph.nodes[line.structure]["base"])
    assert far <= set(OFF_THEIR_BONE)


def test_a_loose_patch_of_a_mesh_is_no_bone():
    corners = np.array([[0.0, 0, 0], [9, 0, 0], [0, 9, 0], [0, 0, 9]])
    solid = np.array([np.delete(corners, at, axis=0) for at in range(4)])
    patch = solid[:1] + [0.0, 40, 0]
    (part,) = take_apart({"hat_cervical": np.concatenate([solid, patch])}, "hat_cervical")
    assert part == pytest.approx(solid)


def test_bones_are_drawn_on_both_sides_and_move_with_the_body(body, standing):
    pieces = draw_front_bones(standing)
    carriers = [piece.name for piece in pieces]
    for name in ("thigh", "arm", "shoulder_girdle", "foot"):
        assert carriers.count(f"{name}_left") == carriers.count(f"{name}_right") > 0
    for piece in pieces:
        carrier = standing.number[piece.name]
        assert (piece.outline.bones[:, 0] == carrier).all() and (piece.outline.share == 1).all()
    left, right = (
        np.vstack([p.outline.points for p in pieces if p.name == f"thigh_{side}"])
        for side in ("left", "right")
    )
    assert left[:, 2].mean() == pytest.approx(-right[:, 2].mean(), abs=0.5)
    side = draw_side_bones(standing)
    assert {view for piece in side for view in piece.views} == {"left", "right"}
    assert any(piece.name.startswith("arm") for piece in side)


def test_a_body_without_a_bone_of_the_picture_is_refused_in_words(body, standing):
    import dataclasses

    number = {bone: at for bone, at in standing.number.items() if bone != "lumbar"}
    with pytest.raises(mc.GraphError, match="hangs on the bone 'lumbar'"):
        draw_front_bones(dataclasses.replace(standing, number=number))


def test_what_was_traced_is_read_back(tmp_path):
    square = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.5], [0.0, 10.0]])
    traced = [
        TracedBone("thigh", True, ("back", "front"), -12.34, 3, [square, square + 20]),
        TracedBone("head", False, ("side",), 0.0, 0, [], "hollow"),
    ]
    path = tmp_path / "bones.npz"
    assert write_bones(traced, path) == path.stat().st_size
    first, second = read_bones(path)
    assert (first.carrier, first.paired, first.views, first.layer) == (
        "thigh",
        True,
        ("back", "front"),
        3,
    )
    assert first.depth == pytest.approx(-12.3) and second.role == "hollow" and not second.loops
    assert [loop.tolist() for loop in first.loops] == [square.tolist(), (square + 20).tolist()]


def write_package(folder):
    """A package with one mesh of one triangle, on a part that is moved and turned."""
    model = folder / "model"
    for name in ("body", "meshes"):
        (model / name).mkdir(parents=True)
    (model / "body" / "part.xml").write_text(
        '<mujocoinclude><body pos="0 0 1"><geom mesh="shin" pos="0.1 0 0"/>'
        '<body pos="0 0.2 0" euler="0 0 1.5707963"><geom mesh="shin"/></body></body>'
        "</mujocoinclude>"
    )
    (model / "body" / "myofullbody.xml").write_text(
        '<mujoco><asset><mesh name="shin" file="meshes/shin.stl" scale="2 1 1"/></asset>'
        '<worldbody><include file="part.xml"/></worldbody></mujoco>'
    )
    corners = (0, 0, 0, 0.1, 0, 0, 0, 0, 0.1)
    (model / "meshes" / "shin.stl").write_bytes(
        bytes(80) + struct.pack("<I", 1) + struct.pack("<12fH", 0, 0, 0, *corners, 0)
    )


def test_meshes_are_read_where_their_parts_stand(tmp_path):
    write_package(tmp_path)
    meshes = read_meshes(tmp_path)
    # of two geoms with one mesh the last stays: 0.2 m back, and turned a quarter to the left
    (triangle,) = meshes["shin"]
    start = np.array([-200.0, 1000.0, -25.1])
    assert triangle == pytest.approx(
        np.array([start, start + [-200, 0, 0], start + [0, 100, 0]]), abs=1e-3
    )


def test_attachment_curves_are_measured_against_the_faces_of_their_bone(body):
    curve = body.graph.nodes["triceps_brachii_right"]["attachments"]["insertion"]
    place = np.array(curve[0][1])
    # a large face, 5 mm in front of the first point, which lies before the middle of it
    face = place + np.array([[5.0, -8, -8], [5, 16, -8], [5, -8, 16]])
    gaps = measure_gaps(body, {"arm": face[None]})
    of_ends = {(muscle, end, number): (bone, mm) for muscle, end, number, bone, mm in gaps}
    bone, mm = of_ends["triceps_brachii", "insertion", 1]
    assert bone == "arm_right" and mm == pytest.approx(5, abs=0.01)
    assert not any(end == "middle" or bone != "arm_right" for _, end, _, bone, _ in gaps)
    said = describe_gaps([("soleus", "origin", 2, "shank_right", 4.06)])
    assert said.splitlines() == [
        "0 of 1 points lie within 4 mm of their bone; the others:",
        "   4.1 mm  soleus, origin 2, shank_right",
    ]


def test_a_point_off_its_bone_is_listed_with_what_the_data_say_it_rests_on():
    notes = list_notes(read_tables().attachments)
    assert notes["transversus_abdominis", "insertion", 4] == "linea alba"  # said of the first point
    assert notes["transversus_abdominis", "origin", 5] == "thoracolumbar fascia"
    gap = ("transversus_abdominis", "insertion", 4, "pelvis", 137.06)
    assert describe_gaps([gap], notes).endswith(
        " 137.1 mm  transversus_abdominis, insertion 4, pelvis: linea alba"
    )


def make_box(low, high):
    """A closed box of twelve triangles."""
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
    # each face once round, seen from outside
    faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    sides = [(a, b, c) for a, b, c, _ in faces] + [(a, c, d) for a, _, c, d in faces]
    return np.array(low) + corners[np.array(sides)] * (np.array(high) - np.array(low))


def test_a_line_that_runs_through_a_bone_is_found_and_one_beside_it_is_not(body):
    line = next(one for one in body.lines if one.structure == "semitendinosus_right")
    start, stop = line.points[:2]
    middle = (start + stop) / 2
    # as wide as a bone about the middle of a straight stretch that is longer than it
    assert np.linalg.norm(stop - start) > 60
    through = make_box(middle - 12, middle + 12)
    count, crossings = measure_crossings(body, [("thigh", "femur", through)])
    assert count > 100
    mine = next(one for one in crossings if one.structure == "semitendinosus_right")
    # the stretch within the box, less 4 mm under either face
    along = (stop - start) / np.linalg.norm(stop - start)
    inside = 2 * (12 - 4) / np.abs(along).max()
    assert mine.line == 1 and mine.bone == "femur"
    assert mine.length == pytest.approx(inside, abs=4) and 8 < mine.depth <= 12.5
    assert "semitendinosus_left" not in {one.structure for one in crossings}
    beside = make_box(middle + [30, -12, 30], middle + [54, 12, 54])
    _, others = measure_crossings(body, [("thigh", "femur", beside)])
    assert "semitendinosus_right" not in {one.structure for one in others}
    said = describe_crossings(144, [mine._replace(length=24.0, depth=6.2)])
    assert said.splitlines() == [
        "143 of 144 lines of pull run nowhere deeper than 4 mm under the surface of a bone; the"
        " others:",
        "    24 mm, 6 mm deep  semitendinosus_right, line 1, femur",
    ]


def test_a_line_whose_end_lies_in_a_bone_does_not_run_through_it(body):
    end = next(one for one in body.lines if one.structure == "semitendinosus_right").points[0]
    _, crossings = measure_crossings(body, [("pelvis", "ischium", make_box(end - 9, end + 9))])
    assert "semitendinosus_right" not in {one.structure for one in crossings}


def test_without_the_meshes_the_command_says_what_to_install(capsys):
    with pytest.raises(CheckoutError, match="pip install musclemimic-models"):
        read_meshes(None)
    for command in ("bones", "attachments"):
        assert main([command]) != 0
        assert "pip install musclemimic-models" in capsys.readouterr().err
