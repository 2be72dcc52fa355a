"""Certainty: the same draws whoever makes them, and words that mean what they say."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.mechanics.certainty import draw_skeleton, name_certainty

BODY = mc.read_body()


@pytest.fixture(scope="module")
def result():
    return mc.spread(BODY, mc.HamstringStrain("left", 2))


def test_table_has_the_rows_of_the_result(result):
    table = result.certainty(draws=10)
    assert list(table.index) == list(result.table().index)
    assert list(table.columns) == ["change_N", "same_sign", "low_N", "high_N", "word"]
    assert table.same_sign.between(0, 1).all() and (table.low_N <= table.high_N).all()
    assert table.attrs["draws"] == 10 and table.attrs["failed"] <= 2


def test_draws_are_the_same_wherever_they_run(result):
    with ThreadPoolExecutor(2) as pool:
        pd.testing.assert_frame_equal(result.certainty(12), result.certainty(12, executor=pool))
    assert not result.certainty(12).equals(result.certainty(12, seed=1))


def test_the_pelvis_side_of_a_strain_is_settled_and_quiet_is_quiet(result):
    table = result.certainty(40)
    assert table.word["biceps_femoris_long_head_left"] == "settled"
    assert table.same_sign["sacrotuberous_ligament_left"] == 1
    quiet = mc.spread(BODY).certainty(3)
    assert (quiet.same_sign == 1).all() and (quiet.low_N == 0).all()


def test_progress_is_told(result):
    seen = []
    result.certainty(11, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (11, 11) and seen == sorted(seen)


def test_words():
    assert [name_certainty(x) for x in (1, 0.95, 0.94, 0.8, 0.79, 0)] == ["settled", "settled", "likely", "likely", "depends", "depends"]


def test_draws_stay_within_the_stated_ranges(result):
    parameters = BODY.graph.graph["parameters"]
    for seed in range(20):
        drawn = draw_skeleton(result.skeleton, parameters, np.random.default_rng(seed))
        for name, made in parameters.items():
            assert made.low <= drawn.constants[name] <= made.high
        assert np.abs(drawn.point - result.skeleton.point).max() <= 3e-3
        ratio = drawn.stiffness[~drawn.is_muscle] / result.skeleton.stiffness[~drawn.is_muscle]
        assert ratio.min() >= 0.5 and ratio.max() <= 2


def test_lines_of_a_junction_keep_meeting(result):
    drawn = draw_skeleton(result.skeleton, BODY.graph.graph["parameters"], np.random.default_rng(4))
    for junction in range(len(drawn.junctions)):
        assert np.ptp(drawn.point[drawn.slide_of == junction], axis=0).max() == 0


@pytest.mark.parametrize("bad", [0, -3, 2e6, "many"])
def test_number_of_draws_is_checked(result, bad):
    with pytest.raises(mc.CauseError, match="draws must be a number"):
        result.certainty(bad)
