"""Controls check themselves before a widget is made of them."""

import ipywidgets as widgets
import numpy as np
import pytest

from musclechain.labs.controls import Control, build_widget, check_values

SLIDER = Control(
    "lean", "Trunk leans", 0, low=-20, high=20, step=1, unit="degrees", help="Which way."
)
STEPS = Control("grade", "Grade", 2, kind="steps", low=1, high=3, step=1)
CHOICE = Control("side", "Sore leg", "left", kind="choice", choices=("left", "right"))
SWITCH = Control("pull", "Route pull", True, kind="switch")
LIST = Control(
    "cut",
    "Cut",
    "",
    kind="list",
    choices=(("nothing", ""), ("Soleus, left", "soleus_left"), "plain"),
)
ALL = (SLIDER, STEPS, CHOICE, SWITCH)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "knob"}, "kind must be one of"),
        ({"kind": "choice", "choices": ("one",)}, "at least two choices"),
        ({"kind": "list", "choices": (("one", 1),), "default": 1}, "at least two choices"),
        (
            {"kind": "list", "choices": (("one", "a"), ("two", "b")), "default": "one"},
            "one of 2 names such as 'a'",
        ),
        ({"low": 1, "high": 1}, "low < high"),
        ({"low": 2, "high": 1}, "low < high"),
        ({"step": 0}, "step above 0"),
        ({"step": -1}, "step above 0"),
        ({"default": 2.0}, "x must be a number from 0 to 1, and is 2.0"),
        ({"kind": "switch", "default": 1}, "True or False"),
        ({"kind": "choice", "choices": ("a", "b"), "default": "c"}, "'a' or 'b'"),
        ({"kind": "steps", "low": 0, "high": 3, "step": 0.5}, "whole"),
    ],
)
def test_a_control_that_contradicts_itself_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        Control(**{"name": "x", "words": "X", "default": 0.0, **changes})


@pytest.mark.parametrize(
    ("control", "value"),
    [
        (SLIDER, 20.5),
        (SLIDER, -21),
        (SLIDER, "3"),
        (SLIDER, True),
        (SLIDER, None),
        (SLIDER, float("nan")),
        (SLIDER, float("inf")),
        (STEPS, 0),
        (STEPS, 2.5),
        (STEPS, False),
        (CHOICE, "Left"),
        (CHOICE, ""),
        (CHOICE, 3),
        (SWITCH, 0),
        (SWITCH, "yes"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(control, value):
    with pytest.raises(ValueError, match=f"^{control.name} must be .*, and is "):
        control.check(value)


def test_a_grade_of_two_and_a_half_is_not_rounded_in_silence():
    with pytest.raises(ValueError, match="whole number from 1 to 3"):
        STEPS.check(2.5)


@pytest.mark.parametrize(
    ("control", "values"),
    [
        (SLIDER, (-20, 20, 0.3, np.float64(1.5), np.int64(4))),
        (STEPS, (1, 3, np.int64(2))),
        (CHOICE, ("left", "right")),
        (SWITCH, (True, False)),
    ],
)
def test_values_at_the_ends_and_of_numpy_fit(control, values):
    assert [control.check(value) for value in values] == list(values)


def test_missing_values_are_the_defaults_and_unknown_names_are_told():
    assert check_values(ALL, {"lean": 3}) == {"lean": 3, "grade": 2, "side": "left", "pull": True}
    with pytest.raises(ValueError, match="no control 'lien'; there are lean, grade, side, pull"):
        check_values(ALL, {"lien": 3})


def test_the_label_carries_the_unit():
    assert SLIDER.label == "Trunk leans (degrees)"
    assert CHOICE.label == "Sore leg"


@pytest.mark.parametrize(
    ("control", "kind", "value"),
    [
        (SLIDER, widgets.FloatSlider, -7),
        (STEPS, widgets.IntSlider, 3),
        (CHOICE, widgets.RadioButtons, "right"),
        (SWITCH, widgets.Checkbox, False),
    ],
)
def test_each_control_becomes_a_widget_with_its_words_and_its_value(control, kind, value):
    widget = build_widget(control, value)
    assert isinstance(widget, kind)
    assert widget.value == value
    assert widget.description == control.label
    assert widget.tooltip == (control.help or control.label)
    assert not hasattr(widget, "min") or (widget.min, widget.max, widget.step) == (
        control.low,
        control.high,
        control.step,
    )


def test_a_list_takes_values_and_shows_their_words():
    assert LIST.allowed == ("", "soleus_left", "plain")
    assert [LIST.check(value) for value in LIST.allowed] == list(LIST.allowed)
    with pytest.raises(
        ValueError, match="cut must be one of 3 names such as 'soleus_left', and is 'Soleus, left'"
    ):
        LIST.check("Soleus, left")
    widget = build_widget(LIST, "soleus_left")
    assert isinstance(widget, widgets.Dropdown) and (widget.label, widget.value) == (
        "Soleus, left",
        "soleus_left",
    )
    widget.label = "nothing"
    assert widget.value == ""


def test_the_readout_has_as_many_decimals_as_the_step():
    assert build_widget(SLIDER, 0).readout_format == ".0f"
    assert build_widget(Control("guarding", "Guarding", 0.0), 0.0).readout_format == ".2f"
