"""Colours keep their meaning for every kind of eye."""

import itertools

import pytest

from musclechain.views.palette import (
    BODY, CHANGE_STOPS, GRADE_MARKS, ROUTES, change_colour, change_position, change_word, colour_difference, list_legend, tissue_colour,
)

VISIONS = ["normal", "protanopia", "deuteranopia", "tritanopia"]


@pytest.mark.parametrize("vision", VISIONS)
def test_every_step_of_the_legend_can_be_told_from_every_other(vision):
    colours = [row["colour"] for row in list_legend(40)]
    assert min(colour_difference(one, other, vision) for one, other in itertools.combinations(colours, 2)) > 15


@pytest.mark.parametrize("vision", VISIONS)
def test_the_routes_can_be_told_apart(vision):
    colours = [route["colour"] for route in ROUTES.values()]
    assert min(colour_difference(one, other, vision) for one, other in itertools.combinations(colours, 2)) > 25


def test_no_meaning_rests_on_colour_alone():
    assert len({route["mark"] for route in ROUTES.values()}) == len({route["dash"] for route in ROUTES.values()}) == 3
    assert len(set(GRADE_MARKS.values())) == 4
    legend = list_legend(40)
    assert [row["word"] for row in legend] == ["much less", "less", "no change", "more", "much more"]
    assert legend[0]["mark"] != legend[-1]["mark"]


def test_more_and_less_are_symmetric_and_grow_with_the_change():
    assert change_position(-10, 40) == -change_position(10, 40)
    assert change_position(400, 40) == 1
    assert change_position(float("nan"), 40) == 0
    steps = [change_position(value, 40) for value in (0, 0.5, 2, 8, 30)]
    assert steps == sorted(steps)
    assert change_colour(0, 40) == CHANGE_STOPS[2][1]
    assert change_colour(1e9, 40) == CHANGE_STOPS[-1][1]
    assert tissue_colour(0) == BODY["tendon"]


@pytest.mark.parametrize(("newtons", "word"), [(0.5, "no change"), (3, "more"), (-3, "less"), (25, "much more"), (-25, "much less"), (float("nan"), "no change")])
def test_words_of_a_change(newtons, word):
    assert change_word(newtons, 40) == word
