"""What a state means: angles by their clinical signs, and joints that carry what hangs on them."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics.outcome import (
    find_angles,
    find_body_weight,
    find_joint_loads,
    find_turns,
)
from musclechain.mechanics.skeleton import rotate


@pytest.fixture(scope="module")
def standing():
    return mc.spread(mc.read_body())


@pytest.mark.parametrize(
    ("turn", "angles"),
    [((0, 0, -0.1), (0.1, 0, 0)), ((0.1, 0, 0), (0, 0.1, 0)), ((0, -0.1, 0), (0, 0, 0.1))],
)
def test_angles_have_clinical_signs(turn, angles):
    """X forward, Y up, Z right: bending forward turns about minus Z, left side up about X, left
    side forward about minus Y."""
    assert find_angles(rotate(np.array([turn], float)))[0] == pytest.approx(
        np.degrees(angles), abs=1e-9
    )


def test_a_body_at_rest_has_not_turned(standing):
    assert np.abs(find_angles(find_turns(standing.skeleton, standing.state))).max() < 1e-6


def test_without_muscles_a_joint_carries_the_weight_above_it(standing):
    """The spine's joints in turn carry what lies above them: nothing but weight if no muscle
    pulls."""
    s, stance = standing.skeleton, standing.state.healthy.stance
    loads = dict(
        zip(s.joint_names[1:], find_joint_loads(s, stance, np.zeros(len(s.lines))), strict=True)
    )
    above = {"c0_c2": ("head",), "c7_t1": ("head", "neck")}
    for joint, bones in above.items():
        assert loads[joint] == pytest.approx(
            9.81 * sum(s.mass[s.bones.index(bone)] for bone in bones)
        )
    assert find_body_weight(s) == pytest.approx(9.81 * s.mass.sum())
    assert (standing.joint_loads()["l5_s1"]) > loads["l5_s1"]


def test_before_is_quiet_standing_whatever_was_asked(standing):
    limp = mc.spread(standing.body, mc.Limp("left", 0.5, lean_deg=8))
    assert limp.joint_loads_before().to_numpy() == pytest.approx(
        standing.joint_loads().to_numpy(), rel=1e-9
    )
    assert (
        limp.joint_loads_before().attrs["body_weight_n"]
        == standing.joint_loads().attrs["body_weight_n"]
    )
    assert abs(limp.joint_loads() - limp.joint_loads_before()).max() > 100
