"""When a circle of guarding goes on by itself."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics.circle import (
    HALVINGS,
    MOST_GAIN,
    draw_echoes,
    find_circle_line,
    find_echo,
)
from musclechain.mechanics.guarding import THEORIES

WIDE = {"guarding_floor": 0.08, "spinal_spread": 0.8}


@pytest.fixture(scope="module")
def strain():
    return mc.spread(mc.read_body(), mc.HamstringStrain("left", 2))


def test_with_the_numbers_of_the_data_guarding_goes_with_its_cause(strain):
    echo = find_echo(strain)
    assert echo.with_cause_n > 20 and echo.overload == 0 and not echo.sustained
    assert echo.after_n < 1


def test_a_strong_circle_stays_when_its_cause_has_gone(strain):
    echo = find_echo(strain, guarding_loop_gain=5.0, **WIDE)
    assert echo.sustained and echo.after_n > 50


def test_two_theories_have_no_circle_at_all(strain):
    for theory in THEORIES[1:]:
        echo = find_echo(strain, theory, guarding_loop_gain=10.0, **WIDE)
        assert echo.after_n == 0 and not echo.sustained
        assert find_circle_line(strain, theory, [0.5]).gains == (np.inf,)


# the line is looked for in so many halvings of the greatest gain
NEXT_GAIN = 1.01 * MOST_GAIN / 2**HALVINGS


def test_the_line_lies_where_the_circle_begins_to_go_on(strain):
    line = find_circle_line(strain, spreads=[0.5, 0.8], guarding_floor=0.08)
    assert line.gains[0] > line.gains[1] and line.floor == 0.08
    for spread, gain in zip(line.spreads, line.gains, strict=True):
        asked = {"guarding_floor": 0.08, "spinal_spread": spread}
        assert find_echo(strain, guarding_loop_gain=gain, **asked).sustained
        assert not find_echo(strain, guarding_loop_gain=gain - NEXT_GAIN, **asked).sustained


def test_without_cause_or_belief_there_is_nothing_to_echo(strain):
    assert find_echo(mc.spread(mc.read_body()), **WIDE).with_cause_n == 0
    assert find_echo(strain, belief=0.0).with_cause_n < 0.5


def test_few_of_the_drawn_circles_go_on(strain):
    left = draw_echoes(strain, draws=12)
    assert len(left) == 12 and np.isfinite(left).all() and (left > 0).mean() < 0.3
    assert (left == draw_echoes(strain, draws=12)).all()


def test_what_a_circle_does_not_turn_on_is_refused(strain):
    with pytest.raises(ValueError, match="turns on guarding_loop_gain.*not on mass_factor"):
        find_echo(strain, mass_factor=1.0)
    with pytest.raises(mc.CauseError, match="theory must be"):
        find_circle_line(strain, "spasm")
    with pytest.raises(mc.CauseError, match="spread must be a number from 0 to 0.99"):
        find_circle_line(strain, spreads=[1.0])
