"""The relaxed leg beside measurements of lying people (TP28 and TP29: Riener and Edrich 1999)."""

import numpy as np
import pytest

from musclechain.cases.raises import _lay_down
from musclechain.mechanics.bench import Posture, rest_body
from musclechain.mechanics.change import Change


def resist(body, hip=0.0, knee=0.0, foot=0.0):
    """Moments with which a relaxed leg resists being bent, Nm, by bone."""
    angles = {"thigh_left": hip, "shank_left": knee, "foot_left": foot}
    bench = _lay_down(body, "left", Change(), 1.0, None)
    rested = rest_body(bench, Posture(angles, (), tuple(angles), "pelvis", (0, 1, 0)))
    return {bone: rested.moment(bone) for bone in angles}


def published_hip(hip, knee):
    return -(np.exp(1.4655 - 0.0034 * knee - 0.075 * hip)) + (
        np.exp(1.3403 - 0.0226 * knee + 0.0305 * hip) - 8.072
    )


def published_knee(hip, knee):
    first = np.exp(1.8 - 0.0352 * knee + 0.0217 * hip)
    second = np.exp(-3.971 + 0.0495 * knee - 0.0128 * hip)
    return -(first - second - 4.82 + np.exp(2.22 - 0.15 * knee))


def published_ankle(foot, knee):
    up = np.exp(2.1016 + 0.0843 * foot - 0.0176 * knee)
    return up - np.exp(-7.9763 - 0.1949 * foot + 0.0008 * knee) - 1.792


@pytest.mark.parametrize(("hip", "knee"), [(60, 0), (70, 0), (80, 0), (80, 15)])
def test_hamstrings_resist_a_raised_straight_leg_as_in_people(body, hip, knee):
    """With tendons that do not stretch it was two and a half times as much at 80 degrees."""
    found = resist(body, hip, knee)["thigh_left"]
    assert found == pytest.approx(published_hip(hip, knee), rel=0.3)


def test_a_bent_knee_frees_the_hip(body):
    assert resist(body, 60, 90)["thigh_left"] < 0.3 * resist(body, 60, 0)["thigh_left"]


def test_a_far_bent_knee_stretches_rectus_femoris_as_in_people(body):
    found = resist(body, 0, 90)["shank_left"]
    assert found == pytest.approx(published_knee(0, 90), rel=0.15)


@pytest.mark.parametrize(("foot", "knee"), [(10, 0), (20, 60)])
def test_the_calf_resists_a_foot_that_is_bent_up_nearly_as_in_people(body, foot, knee):
    """By a quarter or a third less, so that it does not carry all of quiet standing."""
    found = resist(body, 0, knee, foot)["foot_left"]
    assert found == pytest.approx(published_ankle(foot, knee), rel=0.35)


def test_a_straight_knee_doubles_what_the_calf_resists_with(body):
    assert resist(body, 0, 0, 20)["foot_left"] > 2 * resist(body, 0, 60, 20)["foot_left"]


def test_tendons_take_a_part_of_a_far_stretch(body):
    """Of semimembranosus, whose tendon is five times as long as its fibres, a third."""
    stiff = resist(body.with_parameters(tendon_strain=0.0), 80)["thigh_left"]
    assert stiff > 1.5 * resist(body, 80)["thigh_left"]
