"""A raised leg in words: each number of a sentence is one of the test."""

import re

import numpy as np
import pytest

import musclechain as mc
from musclechain.cases.nerve import draw_nerve_numbers, read_nerve_numbers


@pytest.fixture(scope="module")
def raises(body):
    return {
        "the leg raised": mc.raise_leg(body, mc.StraightLegRaise("left", 60)),
        "the foot bent up": mc.raise_leg(body, mc.StraightLegRaise("left", 60, 20)),
        "the head bent forward": mc.raise_leg(body, mc.StraightLegRaise("left", 60, 0, 45)),
    }


def test_a_raise_is_told_with_its_numbers(raises):
    found = raises["the leg raised"]
    said = mc.describe_raise(found)
    shares, strands = found.shares(), found.strands()["added_percent"]
    for number in (
        f"resists with {found.tissue_nm:.1f} Nm",
        f"the weight of the leg with {found.weight_nm:.1f}",
        f"muscle {shares['muscle']:.1f}",
        f"nerve {shares['nerve']:.1f}",
        f"the sciatic nerve is {strands['sciatic']:.1f} % longer",
        f"{-found.excursion_at('sciatic', 0.55):.0f} mm up past its bed",
    ):
        assert number in said.sentence
    assert said.table["What resists"][0].startswith("The broad inner hamstring")
    assert "Sciatic nerve, left" in set(said.table["What resists"])
    moments = said.table["At the joint (Nm)"].abs().to_list()
    assert moments == sorted(moments, reverse=True)


def test_lying_straight_nothing_is_said_to_change(body):
    said = mc.describe_raise(mc.raise_leg(body, mc.StraightLegRaise("right", 0))).sentence
    assert "the pelvis rolls neither way" in said and said.count("as long as before") == 3
    assert "the nerve stays where it lay" in said


def test_a_slump_is_told_as_one(body):
    found = mc.raise_leg(body, mc.Slump("left", 30, 0, 30, 20))
    said = mc.describe_raise(found).sentence
    assert said.startswith(
        "Sitting with the back bent forward by 20 degrees and the head by 30, the left knee is bent"
    )
    assert f"At the knee tissue resists with {found.tissue_nm:.1f} Nm" in said


def test_foot_and_head_tell_nerve_from_muscle(raises):
    said = mc.compare_raises(raises)
    foot, head = said.sentence.split(" With the head")
    assert "the hamstrings pull as before" in foot and "the hamstrings pull as before" in head
    calf = said.table.set_index("")["Calf (N)"]
    gain = round(calf["The foot bent up"] - calf["The leg raised"])
    (told,) = re.findall(r"the calf (\d+) N more", foot)
    assert int(told) == pytest.approx(gain, rel=0.05) and "the calf as before" in head
    assert "the nerve of the sole 0.9 %" in foot and "dura" not in foot
    assert re.search(r"the dura in the spinal canal \d\.\d %", head)
    assert list(said.table[""]) == ["The leg raised", "The foot bent up", "The head bent forward"]


def test_a_shorter_muscle_is_told_as_more_pull(body):
    usual = mc.raise_leg(body, mc.StraightLegRaise("left", 60))
    short = mc.raise_leg(body, mc.StraightLegRaise("left", 60), mc.Shorten(mc.HAMSTRINGS, 20))
    said = mc.compare_raises({"usual hamstrings": usual, "shorter hamstrings": short}).sentence
    assert re.search(r"With shorter hamstrings the hamstrings pull \d+ N more", said)


def test_what_cannot_be_compared_is_refused(body, raises):
    one = raises["the leg raised"]
    other = mc.raise_leg(body, mc.StraightLegRaise("right", 60))
    for wrong in ({"one": one}, {"one": one, "other": other}):
        with pytest.raises(ValueError, match="at least two tests of one side"):
            mc.compare_raises(wrong)


def test_ranges_are_those_of_the_model(body):
    said = mc.compare_ranges(body, "left", 15)
    table = said.table.set_index("")["Raised to (deg)"]
    test = mc.StraightLegRaise("left")
    hamstrings = [f"{name}_left" for name in mc.HAMSTRINGS]
    usual = mc.find_range(body, test, 15)
    short = mc.find_range(body, test, 15, mc.Shorten(hamstrings, 20))
    soft = mc.find_range(body, test, 15, [mc.Soften(name, 0.5) for name in hamstrings])
    assert table["As usual"] == round(usual) and table["Hamstrings 20 mm shorter"] == round(short)
    assert f"resists with 15 Nm at {usual:.0f} degrees" in said.sentence
    assert f"20 mm shorter would take {usual - short:.0f} degrees" in said.sentence
    assert f"half as stiff would add {soft - usual:.0f} degrees" in said.sentence
    assert said.sentence.count("change that by less than one degree") == 3


def test_most_draws_hold_the_nerve_more_firmly_and_that_stretches_it(body):
    """The reason that is given for a usual nerve below nearly all drawn ones."""
    test, usual, drawn = (
        mc.StraightLegRaise("left", 70),
        read_nerve_numbers(body),
        draw_nerve_numbers(body, 20),
    )
    before = mc.raise_leg(body, test).strands().at["sciatic", "added_percent"]
    for number in ("tether", "root_hold", "fibular_hold"):
        middle = float(np.median([one[number] for one in drawn]))
        assert middle > usual[number]
        firm = mc.raise_leg(body, test, numbers={number: middle})
        assert firm.strands().at["sciatic", "added_percent"] > before + 0.1


def test_drawn_nerves_are_told_with_their_range_and_come_again(body):
    test = mc.StraightLegRaise("left", 60)
    said = mc.describe_nerve_draws(body, test, 20)
    rows = said.table.set_index("What")
    assert (rows["Low"] <= rows["Middle"]).all() and (rows["Middle"] <= rows["High"]).all()
    low, _, high = rows.loc["Sciatic nerve longer by (%)"]
    assert 3 < low < high < 15 and f"{low:.1f} to {high:.1f} % longer" in said.sentence
    assert rows.at["Nerve at the hip (Nm)", "High"] < rows.at["Muscle at the hip (Nm)", "Middle"]
    assert said.table.equals(mc.describe_nerve_draws(body, test, 20).table)
    assert "less than in almost every set" in said.sentence
    with pytest.raises(mc.CauseError, match="count must be a whole number|from 10 to 1000"):
        mc.describe_nerve_draws(body, test, 3)
