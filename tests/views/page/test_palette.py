"""Colours keep their meaning for every kind of eye."""

import itertools

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from musclechain.views.page.palette import (
    BODY,
    CHANGE_STOPS,
    GRADE_MARKS,
    ROUTE_LOOKS,
    change_colour,
    change_position,
    change_word,
    list_legend,
    tissue_colour,
)

# Kinds of eye, and what colorspacious calls the anomaly whose full severity they are (Machado,
# Oliveira and Fernandes 2009).
VISIONS = {
    "normal": None,
    "protanopia": "protanomaly",
    "deuteranopia": "deuteranomaly",
    "tritanopia": "tritanomaly",
}
# Machado, Oliveira and Fernandes, IEEE Trans Vis Comput Graph 2009;15:1291, table for severity 1.0;
# typed from there, to see that colorspacious is asked for the right eye.
MACHADO = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
COLOURS = ["#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", "#f2902f", "#5a9bd4"]
# Each pair of colours must be told apart by two measures: CIE 1976 Delta E, and the distance in
# CAM02-UCS, which is even where that one is not; in both about 2 is just visible.
SPACES = ("CIELab", "CAM02-UCS")


def to_linear(colour):
    """sRGB to light, IEC 61966-2-1."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def to_srgb(light):
    return [
        12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in light
    ]


def simulate_vision(colour, vision):
    """Show a colour as it looks to an eye, sRGB from 0 to 1."""
    rgb = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    if VISIONS[vision]:
        eye = {"name": "sRGB1+CVD", "cvd_type": VISIONS[vision], "severity": 100}
        rgb = np.clip(cspace_convert(rgb, eye, "sRGB1"), 0, 1)
    return np.array(rgb)


def colour_difference(colour, other, vision="normal", space="CIELab"):
    """Measure how different two colours look to an eye."""
    seen = [simulate_vision(shade, vision) for shade in (colour, other)]
    return float(deltaE(*seen, input_space="sRGB1", uniform_space=space))


def find_nearest(pairs, vision):
    """Find the least difference of pairs of colours by each measure."""
    pairs = list(pairs)
    return {
        space: min(colour_difference(*pair, vision, space) for pair in pairs) for space in SPACES
    }


@pytest.mark.parametrize("vision", sorted(MACHADO))
def test_colour_blind_eyes_are_simulated_as_published(vision):
    for colour in COLOURS:
        light = np.clip(np.array(MACHADO[vision]) @ to_linear(colour), 0, 1)
        assert simulate_vision(colour, vision) == pytest.approx(to_srgb(light), abs=2e-3)


def test_each_kind_of_eye_confuses_what_it_should():
    """Red and green for the first two, blue and green for the third; greys look the same to all."""
    for vision in VISIONS:
        assert simulate_vision("#808080", vision) == pytest.approx([0x80 / 255] * 3, abs=3e-3)
    for vision, pair in (
        ("protanopia", ("#b03030", "#4a6a1a")),
        ("deuteranopia", ("#b03030", "#4a6a1a")),
        ("tritanopia", ("#3f6ea8", "#2f8a80")),
    ):
        for space in SPACES:
            assert colour_difference(*pair, vision, space) < 0.5 * colour_difference(
                *pair, space=space
            )


def test_the_distance_of_two_colours_is_that_of_cie_1976():
    assert colour_difference("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
    # L*a*b* of the primaries under D65: red 53.24, 80.09, 67.20; green 87.73, -86.18, 83.18
    assert colour_difference("#ff0000", "#00ff00") == pytest.approx(
        np.linalg.norm([87.73 - 53.24, -86.18 - 80.09, 83.18 - 67.20]), abs=0.5
    )


@pytest.mark.parametrize("vision", VISIONS)
def test_every_step_of_the_legend_can_be_told_from_every_other(vision):
    colours = [row["colour"] for row in list_legend(40)]
    nearest = find_nearest(itertools.combinations(colours, 2), vision)
    assert nearest["CIELab"] > 15 and nearest["CAM02-UCS"] > 15


@pytest.mark.parametrize("vision", VISIONS)
def test_a_tissue_that_changes_can_be_told_from_one_that_does_not_and_from_the_other_direction(
    vision,
):
    """Fascia and tendons are cream at rest; each step of theirs must stand out from that and from
    its opposite."""
    less, rest, more = ([tissue_colour(sign * at) for at in (0.38, 0.75)] for sign in (-1, 0, 1))
    pairs = [
        *itertools.product(less, rest),
        *itertools.product(more, rest),
        *itertools.product(less, more),
    ]
    nearest = find_nearest(pairs, vision)
    assert nearest["CIELab"] > 15 and nearest["CAM02-UCS"] > 25


@pytest.mark.parametrize("vision", VISIONS)
def test_the_routes_can_be_told_apart(vision):
    colours = [route["colour"] for route in ROUTE_LOOKS.values()]
    nearest = find_nearest(itertools.combinations(colours, 2), vision)
    assert nearest["CIELab"] > 25 and nearest["CAM02-UCS"] > 20


def test_no_meaning_rests_on_colour_alone():
    assert (
        len({route["mark"] for route in ROUTE_LOOKS.values()})
        == len({route["dash"] for route in ROUTE_LOOKS.values()})
        == 3
    )
    assert len(set(GRADE_MARKS.values())) == 4
    legend = list_legend(400)
    assert [row["word"] for row in legend] == [
        "very much less",
        "much less",
        "less",
        "no change",
        "more",
        "much more",
        "very much more",
    ]
    assert legend[0]["mark"] != legend[-1]["mark"]


def test_more_and_less_are_symmetric_and_grow_with_the_change():
    assert change_position(-10, 40) == -change_position(10, 40)
    assert change_position(400, 40) == 1
    assert change_position(float("nan"), 40) == 0
    steps = [change_position(value, 400) for value in (0, 0.5, 2, 8, 30, 300)]
    assert steps == sorted(steps)
    assert change_colour(0, 40) == dict(CHANGE_STOPS)[0.0]
    assert change_colour(1e9, 40) == CHANGE_STOPS[-1][1]
    assert tissue_colour(0) == BODY["tendon"]


@pytest.mark.parametrize(
    ("newtons", "word"),
    [
        (0.5, "no change"),
        (3, "more"),
        (-3, "less"),
        (25, "much more"),
        (-25, "much less"),
        (100, "very much more"),
        (-552, "very much less"),
        (float("nan"), "no change"),
    ],
)
def test_words_of_a_change(newtons, word):
    assert change_word(newtons, 400) == word
