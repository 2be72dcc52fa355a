"""What the verdict of lesson 03 says of the part that works hardest in a limp."""

import pytest

import musclechain as mc
from musclechain.anatomy.format import format_change
from musclechain.lessons.lesson_03_limp import compare_limp, find_hardest_group, say_hardest
from musclechain.mechanics.story import add_up_places


@pytest.mark.parametrize(("side", "number"), [("left", 0), ("right", 1)])
def test_the_thigh_of_the_spared_leg_is_named_with_the_reason(body, side, number):
    result = mc.spread(body, mc.Limp(side, offload=0.5))
    gain = add_up_places(result)["thigh"][number]
    slant = abs(result.pose().at[f"thigh_{side}", "side_bend_deg"])
    said = say_hardest(result)
    assert f"thigh of the spared {side} leg ({format_change(gain)}" in said
    assert f"stands {slant:.0f} degrees aslant" in said
    assert find_hardest_group(result, side) in said


def test_another_part_that_works_hardest_is_named_without_that_reason(body):
    result = mc.spread(body, mc.OneLegStance("right"))
    most = max(
        (gain, place, side)
        for place, pair in add_up_places(result).items()
        for side, gain in zip(("left", "right"), pair, strict=True)
    )
    said = say_hardest(result)
    assert f"{most[1]} on the {most[2]}" in said and "aslant" not in said


def test_the_verdict_ends_with_it(body):
    _, shown = compare_limp(body)
    assert shown.endswith(say_hardest(mc.spread(body, mc.Limp("left", offload=0.5))))
