"""Questions about the forces in hip, low back and neck."""

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.cases.causes import ForwardBend, HoldPose
from musclechain.mechanics.spread import Result
from musclechain.mechanics.stance import find_asked_moments, find_joint_levers
from musclechain.mechanics.tissue import find_strength
from musclechain.tools.validation.question import (
    LEAST_N,
    Asker,
    Expected,
    Part,
    Question,
    Way,
    at_least,
    find_added_load,
    measure,
    more,
    near,
    within,
)

__all__ = ["QUESTIONS"]

NECK_EXTENSORS = tuple(
    f"{name}_{side}"
    for name in (
        "splenius_capitis",
        "splenius_cervicis",
        "semispinalis_capitis",
        "semispinalis_cervicis",
        "longissimus_capitis",
        "longissimus_cervicis",
        "multifidus_cervicis",
    )
    for side in ("left", "right")
)
LIGHT_HEAD, HEAVY_HEAD = 0.8, 1.2
# By 45 degrees, the upper end of the neck within its range.
NOD = HoldPose({"neck": (30, 0, 0), "head": (15, 0, 0)})


def _standing_hip(ask: Asker) -> list[Part]:
    share = ask.put().share_of_weight("hip_left")
    return [Part("force in a hip", "% of body weight", share, at_least(34))]


def _standing_back(ask: Asker) -> list[Part]:
    load = ask.put().whole_load("l5_s1")
    return [Part("force at L5/S1", "N", load, within(400, 600))]


def _side_bend_and_twist(ask: Asker, twist: tuple[float, float]) -> list[Part]:
    """Side bends by half in low back and chest, and twists by so many degrees in each."""
    poses: tuple[tuple[str, int, tuple[float, float], float], ...] = (
        ("bent to the right by 20 degrees", 1, (10, 10), 136),
        ("bent to the left by 20 degrees", 1, (-10, -10), 137),
        ("twisted to the right by 15 degrees", 2, twist, 126),
        ("twisted to the left by 15 degrees", 2, (-twist[0], -twist[1]), 95),
    )
    parts = []
    for what, axis, degrees, published in poses:
        turned = np.zeros((2, 3))
        turned[:, axis] = degrees
        pose = HoldPose({"lumbar": tuple(turned[0]), "thorax": tuple(turned[1])})
        share = ask.put(pose).share_of_weight("l5_s1")
        parts.append(Part(f"force at L5/S1, {what}", "% of body weight", share, near(published)))
    return parts


def _twist_as_people(ask: Asker) -> list[Part]:
    return _side_bend_and_twist(ask, (1.5, 13.5))


def _twist_by_halves(ask: Asker) -> list[Part]:
    return _side_bend_and_twist(ask, (7.5, 7.5))


def _bend_forward(ask: Asker, joint: str, name: str) -> list[Part]:
    bent, further = ask.put(ForwardBend(33)), ask.put(ForwardBend(50))
    rise = bent.load(joint)
    plateau = Expected(0.75, 1.25, "a plateau: 0.75 to 1.25")
    return [
        Part(f"more force at {name}, bent by 33 degrees", "N", rise, near(330)),
        Part(
            "the same at 50 degrees, as a multiple",
            "x",
            measure(
                lambda far, near: find_added_load(far, joint) / find_added_load(near, joint),
                further,
                bent,
            ),
            plateau,
        ),
    ]


def _bend_at_top_of_low_back(ask: Asker) -> list[Part]:
    return _bend_forward(ask, "t12_l1", "T12/L1")


def _bend_at_base_of_low_back(ask: Asker) -> list[Part]:
    return _bend_forward(ask, "l5_s1", "L5/S1")


def _look_down(ask: Asker, neck_deg: float, head_deg: float) -> list[Part]:
    pose = HoldPose({"neck": (neck_deg, 0, 0), "head": (head_deg, 0, 0)})

    def multiply(result: Result) -> float:
        table = result.table().loc[list(NECK_EXTENSORS)]
        return float(table["after_N"].sum() / table["before_N"].sum())

    multiple = measure(multiply, ask.put(pose))
    return [Part("neck extensors, as a multiple", "x", multiple, within(3, 5))]


def _tablet_in_the_lap(ask: Asker) -> list[Part]:
    return _look_down(ask, 22.5, 22.5)


def _tablet_on_the_table(ask: Asker) -> list[Part]:
    return _look_down(ask, 15, 15)


def _bend_at_base_of_neck(ask: Asker) -> list[Part]:
    return _look_down(ask, 45, 0)


def _nod_within_range(ask: Asker) -> list[Part]:
    return _look_down(ask, 30, 15)


def _find_demand(result: Result) -> float:
    """Forward moment of the weight of head and neck at the base of the neck, as a share of what
    all muscles that pull it back there could hold."""
    s, state = result.skeleton, result.state
    arms = find_joint_levers(s, state.stance.geometry)
    wanted = find_asked_moments(s, state.stance)
    row = 3 * s.joint_names[1:].index("c7_t1") + 2
    return -float(wanted[row]) / float(np.maximum(-arms[row], 0) @ find_strength(s))


def _demand_looking_down(ask: Asker) -> list[Part]:
    multiple = measure(
        lambda down, upright: _find_demand(down) / _find_demand(upright), ask.put(NOD), ask.put()
    )
    what = "moment of the weight as a share of strength, as a multiple"
    return [Part(what, "x", multiple, within(3, 5))]


def _scale_head(body: Body, factor: float) -> Body:
    graph = body.graph.copy()
    graph.nodes["head"]["mass_kg"] *= factor
    return Body.from_graph(graph)


def _heavier_head(ask: Asker) -> list[Part]:
    light, heavy = (
        ask.to(_scale_head(ask.body, factor)).put() for factor in (LIGHT_HEAD, HEAVY_HEAD)
    )
    heavier, extensors = heavy.against(light), list(NECK_EXTENSORS)
    load = heavier.read(lambda result: result.joint_loads()["c7_t1"])
    pull = heavier.read(lambda result: result.table().loc[extensors, "after_N"].sum())
    return [
        Part("force at C7/T1", "N", load, more(LEAST_N)),
        Part("neck extensors", "N", pull, more(LEAST_N)),
    ]


QUESTIONS = (
    Question(
        "LD03",
        "at least 34 % of body weight in each hip (plain statics, without muscles that pull against"
        " each other)",
        (Way("Quiet standing on both legs.", _standing_hip),),
    ),
    Question(
        "LD11",
        "136 % of body weight bent to the right and 137 % to the left by 20 deg; 126 % twisted to"
        " the right and 95 % to the left by 15 deg",
        (
            Way(
                "The same bends and twists while standing: of the bends half in the low back and"
                " half in the chest, of the twists 1.5 degrees at L5/S1 and the rest above, because"
                " this joint stands for three segments, which turn by 4 to 5 degrees in people"
                " whose trunk turns by 45 (TP32). It is the model's joint next to L4/L5.",
                _twist_as_people,
            ),
            Way(
                "Of the twists half at each end of the low back, which is further than people turn"
                " there.",
                _twist_by_halves,
            ),
        ),
    ),
    Question(
        "LD12",
        "330 N more than upright, with a plateau near 33 deg",
        (
            Way(
                "Bending forward by 33 and by 50 degrees. The finding names no vertebra; implants"
                " of this kind mostly stand in for the first lumbar one (general knowledge), so the"
                " joint above it is looked at.",
                _bend_at_top_of_low_back,
            ),
            Way("The same at the base of the low back.", _bend_at_base_of_low_back),
        ),
    ),
    Question(
        "LD13",
        "400 to 600 N (general knowledge, not checked)",
        (
            Way(
                "Quiet standing. L5/S1 is the model's joint next to L4/L5.",
                _standing_back,
            ),
        ),
    ),
    Question(
        "LD16",
        "3 to 5 times the demand of upright posture",
        (
            Way(
                "Neck and head bent forward by 45 degrees together, 15 of them at the upper end of"
                " the neck, which people bend no further than by 19 (TP17); the finding gives no"
                " angle. Demand is what the study means by it: the moment of the weight as a share"
                " of what the muscles can hold.",
                _demand_looking_down,
            ),
            Way("The same, and the pull of the neck extensors.", _nod_within_range),
            Way("By 45 degrees, half at each end of the neck.", _tablet_in_the_lap),
            Way("By 30 degrees, half at each end of the neck.", _tablet_on_the_table),
            Way("By 45 degrees, all at the base of the neck.", _bend_at_base_of_neck),
        ),
    ),
    Question(
        "LD19",
        "a heavier head raises disc load and muscle force, by up to 69 %",
        (
            Way(
                "Quiet standing with a head of 120 % of its mass, against one of 80 %. Which masses"
                " were compared is not known here, so only the direction counts.",
                _heavier_head,
            ),
        ),
    ),
)
