"""The lab of a rolled foot, driven without a browser."""

import re

import ipywidgets as widgets
import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_newtons
from musclechain.views.body.feet import EXAGGERATION, draw_foot
from musclechain.views.words.findings.feet import find_turns_in
from tests.labs.parts import find_parts


@pytest.fixture
def lab(body):
    lab = mc.FeetLab(body)
    yield lab
    lab.close()


def read_words(lab):
    return " ".join(part.value for part in find_parts(lab, widgets.HTML))


def read_texts(picture):
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture)


def test_the_picture_and_the_table_tell_the_model(lab):
    arch = mc.find_arch(lab.result, "right")
    turn = find_turns_in(lab.result, "right")["turns_in_deg"]
    texts = read_texts(lab._foot.value)
    assert f"sole band {format_newtons(arch.fascia_n)}" in texts
    assert format_newtons(arch.heel_n) in texts and format_newtons(arch.ball_n) in texts
    assert f"shin turns in {turn['shin']:.1f}°" in texts and "heel rolled in 8.0°" in texts
    assert "How far it gets" in read_words(lab)
    assert f"{EXAGGERATION} times as far as in the model" in lab._foot.value


def test_the_joint_that_is_drawn_sinks_as_far_as_stated(body):
    """Against the foot of another state: pixels by the scale and the exaggeration."""
    drawn, model = [], []
    for degrees in (0, 8):
        result = mc.spread(body, mc.RollingFoot("right", degrees))
        drawn.append(float(re.search(r"<circle cx='[\d.]+' cy='([\d.]+)'", draw_foot(result))[1]))
        model.append(mc.find_arch(result, "right").drop_mm)
    assert np.diff(drawn)[0] == pytest.approx(0.78 * EXAGGERATION * np.diff(model)[0], abs=0.1)


def test_left_and_right_are_mirrored_in_the_picture(body):
    first, second = (
        draw_foot(mc.spread(body, mc.RollingFoot(side, 6))) for side in ("left", "right")
    )
    numbers = [sorted(re.findall(r"[\d.]+(?= N|°)", one)) for one in (first, second)]
    assert numbers[0] == numbers[1] and "Left foot" in first and "Right foot" in second


@pytest.mark.parametrize(
    ("moved", "causes"),
    [
        ({"side": "left"}, [mc.RollingFoot("left", 8)]),
        ({"side": "both", "rolls_in": -5}, [mc.RollingFoot("both", -5)]),
        ({"insole": True}, [mc.RollingFoot("right", 8), mc.Insole("right")]),
    ],
)
def test_each_control_sets_its_part(lab, moved, causes):
    lab.set(**moved)
    assert lab.table().equals(mc.spread(lab.body, causes).table())
    assert ("fill:#00806a" in lab._foot.value) == ("insole" in moved), "the wedge is drawn"


def test_how_sure_each_turn_is_comes_with_the_draws(lab):
    lab.draws = 20
    table = mc.describe_rolling(lab.result, lab.wait_certainty()).table.set_index("Level")
    assert table.at["Heel", "How sure"] == "given" and table.at["Head", "How sure"] == ""
    assert set(table.loc[["Shin", "Thigh"], "How sure"]) == {"settled"}
    assert "How sure" not in mc.describe_rolling(lab.result).table


def test_a_prediction_covers_the_foot_too(body):
    prediction = mc.predict("reach", body)
    lab = mc.FeetLab(body, prediction)
    assert lab._foot.value == "" and "How far it gets" not in read_words(lab)
    prediction.answer = prediction.choices[0]
    assert "<svg" in lab._foot.value and "How far it gets" not in read_words(lab)
    # no figure beside a story that is still to be told
    assert not re.search(r"\d N|shin turns|\d° to the", lab._foot.value + lab._above.value)
    lab.map.step = len(lab.map.story) - 1
    assert "How far it gets" in read_words(lab)
    turned = abs(lab.result.pose().at["pelvis", "rotation_deg"])
    assert "shin turns in" in lab._foot.value
    assert f"pelvis {turned:.1f}° to the" in lab._above.value
    lab.close()


def test_the_foot_is_seen_from_its_side_and_to_one_scale_with_and_without_insole(lab):
    assert "right" in lab.map.views
    lab.set(side="left")
    assert "left" in lab.map.views and "right" not in lab.map.views
    drawn = []
    for insole in (False, True):
        lab.set(insole=insole)
        drawn.append(lab.map.scene.factors)
    assert drawn[0] == drawn[1]


def test_both_feet_are_ringed_where_both_are_rolled(lab):
    for side, ringed in (("left", ["left"]), ("both", ["left", "right"])):
        lab.set(side=side)
        lab._settle()
        assert [one["side"] for one in lab.map.story[0]["begins"]] == ringed
    assert "on both sides" in lab.map.story[0]["sentence"]


def test_an_arch_that_comes_down_with_its_heel_is_not_said_to_open(body):
    said = str(mc.describe_arch(mc.spread(body, mc.RollingFoot("right", 8))))
    assert "opens no further" in said and "comes down with the heel" in said


def test_a_foot_without_its_band_is_drawn_without(body):
    lab = mc.FeetLab(body.without("plantar_fascia_right"))
    assert not any("sole band" in text for text in read_texts(lab._foot.value))
    lab.close()


def test_findings_say_what_their_tables_hold(body):
    rolled, helped = (
        mc.spread(body, [mc.RollingFoot("left", 8), *more]) for more in ([], [mc.Insole("left")])
    )
    for finding in (
        mc.describe_rolling(rolled),
        mc.describe_insole(rolled, helped),
        mc.describe_arch(rolled),
    ):
        assert "left" in f"{finding.title} {finding.sentence}" or "heel" in finding.sentence
    table = mc.describe_insole(rolled, helped).table.set_index("Level")
    assert table.at["Heel", "Taken back (deg)"] == pytest.approx(2.2)
    assert str(mc.describe_rolling(mc.spread(body))) == "No heel is rolled in or out."
    assert "rolled out by 5.0" in str(
        mc.describe_rolling(mc.spread(body, mc.RollingFoot("left", -5)))
    )


def test_drawn_feet_are_the_same_each_time_and_counted_in_words(body):
    first, second = (mc.describe_foot_draws(body, 10, seed=3) for _ in range(2))
    assert first.table.equals(second.table)
    with pytest.raises(mc.CauseError, match="count must be"):
        mc.describe_foot_draws(body, 5)
