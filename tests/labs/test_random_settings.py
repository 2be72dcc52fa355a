"""Every lab under restless hands: random settings, each with an answer or a plain word why not,
and nothing kept. Some hundreds in the gate, shared by all labs; ``-m thorough`` tries a thousand of
each."""

import asyncio
import gc
import inspect
import random
import tracemalloc

import ipywidgets as widgets
import numpy as np
import pytest

import musclechain as mc
from musclechain.labs.lab import Lab
from musclechain.labs.panel import Panel
from musclechain.lessons.lesson import list_lessons
from tests.labs.parts import find_parts

# A packed picture is some 10 kB and a result more than 100 kB; a lab that kept either would grow by
# that with each setting, in every round. What is filled once (caches, modules that are loaded when
# they are first needed, the leftovers of other tests) comes in one round and not in the next, so
# the smallest growth of several rounds tells.
MOST_BYTES_A_SETTING, ROUNDS = 3072, 8
LABS = [kind.__name__ for lesson in list_lessons() for kind in lesson.labs]
# The gate must not take longer with each lesson.
FEW, MANY = 300 // len(LABS), 1000


def list_kinds():
    """List the first lab on a standing body and every lab of another kind; the others on a
    standing body differ in words, controls and readings, and are marked as thorough."""
    standing = [name for name in LABS if issubclass(getattr(mc, name), Lab)]
    return [
        pytest.param(name, marks=pytest.mark.thorough) if name in standing[1:] else name
        for name in LABS
    ]


def build(name, body):
    """Build a lab; one that is about no body takes none."""
    kind = getattr(mc, name)
    return kind(body) if "body" in inspect.signature(kind).parameters else kind()


def draw_value(control, chance):
    """Draw a value that a hand could give a control: a step of its slider, or one of its
    choices."""
    if control.kind == "switch":
        return chance.random() < 0.5
    if control.choices:
        return chance.choice(
            [choice[1] if isinstance(choice, tuple) else choice for choice in control.choices]
        )
    value = control.low + control.step * chance.randint(
        0, int((control.high - control.low) / control.step + 1e-9)
    )
    return int(value) if control.kind == "steps" else min(value, control.high)


def draw_setting(lab, chance):
    """Draw a value for one control, as a hand moves it, or now and then for all of them."""
    moved = lab.controls if chance.random() < 0.25 else [chance.choice(lab.controls)]
    return {control.name: draw_value(control, chance) for control in moved}


def check_state(lab):
    """Say what is wrong with what a lab shows; "" if nothing is."""
    if lab.message:
        return (
            ""
            if lab.message[0].isupper()
            and lab.message.endswith(".")
            and "Traceback" not in lab.message
            else f"no plain sentence: {lab.message}"
        )
    numbers = lab.table().select_dtypes("number").drop(columns="change_percent", errors="ignore")
    if not np.isfinite(numbers.to_numpy()).all():
        return "a number of the table is not finite"
    tensions = numbers[[name for name in numbers if name in ("before_N", "after_N")]]
    if (tensions < -1e-9).to_numpy().any():
        return f"a tension is negative: {tensions.min().min()}"
    return ""


def check_steps(result):
    """Say what is wrong with the pose, the loads and the steps of a result; "" if nothing is."""
    if (
        not np.isfinite(result.pose().to_numpy()).all()
        or not np.isfinite(result.joint_loads().to_numpy()).all()
    ):
        return "a pose or a load is not finite"
    if not all(
        np.isfinite(one.tensions_N).all() and (one.tensions_N >= -1e-9).all()
        for one in result.rounds
    ):
        return "a step has a tension that is negative or not finite"
    return ""


def test_every_lab_of_the_package_is_among_those_tried():
    exported = {
        name
        for name in dir(mc)
        if inspect.isclass(getattr(mc, name)) and issubclass(getattr(mc, name), Panel)
    }
    assert exported - {"Lab", "Panel"} == set(LABS)


def try_settings(body, name, count):
    """Move a lab by random settings; what is wrong by setting, and the share that was solved."""
    lab, chance, wrong, solved = build(name, body), random.Random(name), {}, 0

    # in an event loop, as in a kernel: what waits until the hand rests is not done each time
    async def move():
        nonlocal solved
        for number in range(count):
            before = lab.map.state if isinstance(lab, Lab) else None
            lab.set(**draw_setting(lab, chance))
            await asyncio.sleep(0)
            fault, refused = check_state(lab), bool(lab.message)
            # the steps take as long as the solve
            if not fault and not refused and isinstance(lab, Lab) and number % 10 == 0:
                fault = check_steps(lab.result)
            # a result may be one that was kept, but each picture has a number of its own
            if not refused and isinstance(lab, Lab) and lab.map.state == before:
                fault = "neither a new picture nor a message"
            solved += not refused
            if fault:
                wrong[str(lab.values)] = fault

    asyncio.run(move())
    lab.close()
    return wrong, solved / count


@pytest.mark.parametrize("name", LABS)
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.thorough)])
def test_random_settings_each_have_an_answer_or_a_reason(body, name, count):
    wrong, solved = try_settings(body, name, count)
    assert wrong == {}
    assert solved > 0.8, "a lab that mostly refuses teaches nothing"


def grow(lab, chance, opened, settings=4, most=ROUNDS):
    """Measure by how many bytes a setting a lab grows, with some of its tabs opened in turn: the
    least of several rounds."""
    tabs, rounds = find_parts(lab, widgets.Tab), []
    # from the first: what was there before is not seen to go when something takes its place
    tracemalloc.start()
    try:
        move_about(lab, tabs, opened, chance, settings)
        before = look_at_start(lab, tabs, opened)  # the first look fills what is filled once
        for _ in range(most):
            move_about(lab, tabs, opened, chance, settings)
            after = look_at_start(lab, tabs, opened)
            rounds.append((after - before) / settings)
            before = after
            if rounds[-1] < MOST_BYTES_A_SETTING:
                break  # one round without growth is enough: a leak grows in each
        return min(rounds)
    finally:
        tracemalloc.stop()


def move_about(lab, tabs, opened, chance, settings):
    for number in range(settings):
        for tab in tabs:
            tab.selected_index = opened[number % len(opened)] % len(tab.children)
        lab.set(**draw_setting(lab, chance))


def look_at_start(lab, tabs, opened):
    """Measure the memory in use with every control where it starts and every opened tab drawn so,
    that what differs is what was kept."""
    lab.set(**{control.name: control.default for control in lab.controls})
    for tab in tabs:
        for number in (*opened, 0):
            tab.selected_index = number % len(tab.children)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.parametrize("name", list_kinds())
def test_a_lab_that_is_moved_for_long_does_not_grow(body, name):
    lab = build(name, body)
    assert grow(lab, random.Random(name), [0, 4]) < MOST_BYTES_A_SETTING
    lab.close()


def test_no_tab_keeps_what_it_has_drawn(body):
    """Charts take long to draw, and all labs have the same: one lab opens every tab."""
    lab = mc.LimpLab(body)
    # each round looks at every tab: the fewer settings, the more one that is kept each time weighs
    opened = range(len(lab.tabs))
    assert grow(lab, random.Random(0), opened, settings=2) < MOST_BYTES_A_SETTING
    lab.close()


class Keeper(mc.LimpLab):
    """A lab with a leak: it keeps every picture that it ever sent."""

    def __init__(self, body):
        self.kept = []
        super().__init__(body)
        self.map.observe(lambda change: self.kept.append(change["new"]), "state")


def test_a_lab_that_keeps_its_pictures_is_found_out(body):
    lab = Keeper(body)
    assert grow(lab, random.Random(0), [0, 4], most=2) > 2 * MOST_BYTES_A_SETTING
    lab.close()
