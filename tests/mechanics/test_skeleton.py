"""Kinematics and the matrix of the lines, against differences of the lengths themselves."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics.effort import find_healthy
from musclechain.mechanics.skeleton import (
    Pose,
    build_skeleton,
    find_geometry,
    place_bones,
    rotate,
    rotation_vector,
    spread_forces,
)


@pytest.fixture(scope="module")
def skeleton():
    return build_skeleton(mc.read_body())


def move(skeleton, pose, u):
    """Move every bone by u: root shift, world turns of the bones; joints stay joined. Slides are
    left alone."""
    turns = np.array([rotate(w) for w in u[3 : 3 + 3 * len(skeleton.bones)].reshape(-1, 3)])
    origin = pose.origin.copy()
    origin[0] += u[:3]
    for bone in range(1, len(skeleton.bones)):
        up = skeleton.parent[bone]
        origin[bone] = origin[up] + turns[up] @ (pose.origin[bone] - pose.origin[up])
    return Pose(pose.angles, pose.axis, turns @ pose.rotation, origin)


def test_rotation_and_its_vector_undo_each_other():
    for vector in ([0, 0, 0], [1e-9, 0, 0], [0.3, -0.2, 0.9], [0, 2.5, 0]):
        assert rotation_vector(rotate(np.array(vector, float))) == pytest.approx(vector, abs=1e-12)


def test_the_reference_posture_leaves_every_point_where_the_data_put_it(skeleton):
    pose = place_bones(skeleton, np.zeros((len(skeleton.bones), 3)), np.eye(3), skeleton.joint[0])
    assert find_geometry(skeleton, pose).points == pytest.approx(skeleton.point, abs=1e-15)


def test_clinical_signs(skeleton):
    where = {}
    for bone, angles in {
        "thigh_left": (30, 0, 0),
        "thigh_right": (0, 30, 0),
        "shank_left": (30, 0, 0),
        "foot_right": (20, 0, 0),
        "lumbar": (0, 20, 0),
    }.items():
        turned = np.zeros((len(skeleton.bones), 3))
        turned[skeleton.bones.index(bone)] = angles
        pose = place_bones(skeleton, turned, np.eye(3), skeleton.joint[0])
        end = {
            "thigh_left": "shank_left",
            "thigh_right": "shank_right",
            "shank_left": "foot_left",
            "lumbar": "thorax",
        }.get(bone)
        k = skeleton.bones.index(end or bone)
        where[bone] = (pose.origin[k] - skeleton.joint[k]) if end else pose.rotation[k] @ [1, 0, 0]
    assert where["thigh_left"][0] > 0.1, "hip flexion brings the knee forward"
    assert where["thigh_right"][2] > 0.1, "abduction brings the right knee out to the right"
    assert where["shank_left"][0] < -0.1, "knee flexion brings the foot back"
    assert where["foot_right"][1] > 0.1, "dorsiflexion lifts the toes"
    assert where["lumbar"][2] > 0.02, "side bend, left side up, leans to the right"


def bend_thorax(skeleton, *angles):
    turned = np.zeros((len(skeleton.bones), 3))
    turned[skeleton.bones.index("thorax")] = angles
    return place_bones(skeleton, turned, np.eye(3), skeleton.joint[0])


def test_points_on_a_joint_take_half_of_its_turn(skeleton):
    s, half, flat = skeleton, skeleton.midway, bend_thorax(skeleton, 0, 0, 0)
    assert {s.structures[s.structure[s.line_of[k]]] for k in half} >= {"longissimus_thoracis_left"}
    for angles in ((40, 0, 0), (0, 15, 0), (0, 0, -12), (35, -10, 12)):
        pose = bend_thorax(s, *angles)
        whole = rotation_vector(pose.rotation[s.bone_of[half]])
        middle = s.joint[s.bone_of[half]]
        turned = middle + (rotate(0.5 * whole) @ (s.point[half] - middle)[..., None])[..., 0]
        assert find_geometry(s, pose).points[half] == pytest.approx(turned, abs=1e-12)
    # straight on in the data, so that nothing changes in standing
    points = find_geometry(s, flat).points
    before, after = points[half] - points[half - 1], points[half + 1] - points[half]
    cosine = (before * after).sum(axis=1) / np.linalg.norm(before, axis=1)
    assert cosine / np.linalg.norm(after, axis=1) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("thorax", [None, (40, 0, 0), (30, 15, -20)])
def test_matrix_gives_the_change_of_every_length(skeleton, thorax):
    pose = find_healthy(skeleton).stance.geometry.pose
    if thorax:
        pose = bend_thorax(skeleton, *thorax)
    geometry = find_geometry(skeleton, pose)
    rng = np.random.default_rng(1)
    for _ in range(5):
        u = rng.normal(size=skeleton.size)
        u[3 + 3 * 13 :] = 0
        change = [
            find_geometry(skeleton, move(skeleton, pose, sign * 1e-6 * u)).length
            for sign in (1, -1)
        ]
        # junctions ride on their carrier here, as in move(): their slides are the remaining columns
        assert geometry.matrix @ u == pytest.approx((change[0] - change[1]) / 2e-6, abs=1e-6)


def test_slides_are_unit_moves_of_the_junctions(skeleton):
    pose = place_bones(skeleton, np.zeros((len(skeleton.bones), 3)), np.eye(3), skeleton.joint[0])
    geometry = find_geometry(skeleton, pose)
    for k, junction in enumerate(skeleton.slide_junction):
        step = np.where((skeleton.slide_of == junction)[:, None], 1e-6 * skeleton.slide_axis[k], 0)
        there, back = (
            find_geometry(skeleton.with_changes(point=skeleton.point + sign * step), pose).length
            for sign in (1, -1)
        )
        assert geometry.matrix[:, 3 + 3 * len(skeleton.bones) + k] == pytest.approx(
            (there - back) / 2e-6, abs=1e-6
        )


def test_lines_pull_on_nothing_outside_the_body(skeleton):
    """Action and reaction: no line moves or turns the body as a whole."""
    geometry = find_healthy(skeleton).stance.geometry
    force = np.array([np.bincount(skeleton.line_of, geometry.pull[:, k]) for k in range(3)])
    moment = np.array(
        [
            np.bincount(skeleton.line_of, np.cross(geometry.points, geometry.pull)[:, k])
            for k in range(3)
        ]
    )
    assert np.abs(force).max() < 1e-12
    assert np.abs(moment).max() < 1e-12


def test_forces_pass_up_the_tree(skeleton):
    pose = place_bones(skeleton, np.zeros((len(skeleton.bones), 3)), np.eye(3), skeleton.joint[0])
    head, neck, foot = (skeleton.bones.index(bone) for bone in ("head", "neck", "foot_left"))
    load, through = spread_forces(
        skeleton, pose, np.array([head]), np.zeros((1, 3)), np.array([[0, -10.0, 0]])
    )
    assert through[0, neck] == pytest.approx([0, -10, 0])
    assert through[0, foot] == pytest.approx([0, 0, 0])
    arm = pose.origin[head] - pose.origin[neck]
    assert load[0, 3 + 3 * neck : 6 + 3 * neck] == pytest.approx(np.cross(arm, [0, -10, 0]))
