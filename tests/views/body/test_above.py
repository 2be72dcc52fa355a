"""The body from above: its bars stand as the model turns."""

import re

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.body.above import EXAGGERATION, draw_above, find_turns, say_turns


def read_bars(figure, name):
    """Ends of a bar in healthy standing and now, as drawn: left and right, mm."""
    colour = {"shoulders": "#d95f10", "pelvis": "#2b83ba"}[name]
    ways = re.findall(rf'<path d="M([^"Z]+)" stroke="{colour}"', figure)
    return [np.array([end.split() for end in way.split("L")], float) for way in ways]


def find_angle(ends):
    """How far a bar is turned to the right, as seen from above (y is down), degrees."""
    across, back = ends[1] - ends[0]
    return np.degrees(np.arctan2(back, across))


CAUSES = [
    mc.UnevenHips("left", 20),
    mc.PelvicShift("right", 30),
    mc.OneLegStance("left"),
    mc.RollingFoot("right", 8),
]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: type(cause).__name__)
def test_bars_are_turned_by_the_stated_factor_in_every_state(body, cause):
    result = mc.spread(body, cause)
    figure, pose = draw_above(result), result.pose()["rotation_deg"]
    assert f"drawn {EXAGGERATION} times larger" in figure
    for name, bone in (("pelvis", "pelvis"), ("shoulders", "thorax")):
        rest, now = read_bars(figure, name)
        assert find_angle(rest) == pytest.approx(0, abs=0.1)
        assert find_angle(now) == pytest.approx(EXAGGERATION * pose[bone], abs=0.15)
        assert f"{name} {abs(pose[bone]):.1f}°" in figure


def test_before_the_end_of_the_story_healthy_standing_is_shown_and_said(body):
    result = mc.spread(body, mc.UnevenHips("left", 20))
    before, told = draw_above(result, is_told=False), draw_above(result)
    assert "Healthy standing; how far" in before and "°" not in before
    dashed = re.findall(r'<path d="([^"]+)"[^>]*stroke-dasharray', told)
    assert len(dashed) == 4 and all(way in before for way in dashed)  # two feet, two bars
    assert before.count("<path") == before.count("stroke-dasharray") == len(dashed) + 1  # the head
    assert before == draw_above(mc.spread(body, mc.OneLegStance("left")), is_told=False)


def test_on_one_leg_all_stands_over_that_leg(body):
    for side, sign in (("left", -1), ("right", 1)):
        rest, now = read_bars(draw_above(mc.spread(body, mc.OneLegStance(side))), "pelvis")
        assert sign * (now - rest).mean(axis=0)[0] > 40


def test_mirrored_causes_turn_the_other_way(body):
    left, right = (
        find_turns(mc.spread(body, mc.UnevenHips(side, 20))) for side in ("left", "right")
    )
    assert left["pelvis"] == pytest.approx(-right["pelvis"], abs=1e-6) and left["pelvis"] > 1
    assert "pelvis 3.1° to the right" in say_turns(left)
    assert "pelvis 3.1° to the left" in say_turns(right)


def test_quiet_standing_is_not_turned(body):
    assert say_turns(find_turns(mc.spread(body))) == (
        "shoulders not turned, pelvis not turned and head not turned"
    )


@pytest.mark.parametrize("panel", [mc.HipsLab, mc.OneLegLab, mc.FeetLab])
def test_labs_show_it_and_cover_it_with_the_rest(body, panel):
    lab = panel(body)
    assert "From above" in lab._above.value
    lab.map.veiled = True
    assert lab._above.value == ""
    lab.close()
