"""Myofascial chains: stations, and what stands behind each step between them."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import pytest

from musclechain.anatomy.body import Body, UnknownStructureError
from musclechain.anatomy.chains import find_soft_path
from musclechain.anatomy.tables import read_tables


def test_every_chain_is_there_on_both_sides(human):
    names = {station.chain for station in read_tables().chains}
    assert {"superficial_back_line", "superficial_front_line"} <= names
    assert set(human.chains) == {f"{name}_{side}" for name in names for side in ("left", "right")}
    for key, chain in human.chains.items():
        assert chain.id == key and chain.name.endswith(key.rsplit("_", 1)[1])


def test_stations_are_structures_and_steps_join_them(human):
    for chain in human.chains.values():
        assert len(chain.stations) >= 2 and set(chain.stations) <= set(human.structures)
        assert [(step.first, step.second) for step in chain.transitions] == list(
            pairwise(chain.stations)
        )


def test_a_step_is_as_good_as_its_link(human):
    for chain in human.chains.values():
        for step in chain.transitions:
            link = human.graph.get_edge_data(step.first, step.second, key="continuous")
            if link is None:
                assert (step.grade, step.evidence, step.mechanical) == (
                    None,
                    (),
                    False,
                ) and "No evidence" in step.statement
            else:
                assert (step.grade, step.evidence, step.statement) == (
                    link["grade"],
                    link["evidence"],
                    link["statement"],
                )
                assert step.mechanical == (link["junction"] is not None)
                assert all(human.evidence(key)["statement"] for key in step.evidence)


def test_the_two_sides_have_the_same_steps(human):
    for key, chain in human.chains.items():
        if key.endswith("_left"):
            twin = human.chains[key.removesuffix("left") + "right"]
            assert [(step.grade, step.evidence, step.mechanical) for step in chain.transitions] == [
                (step.grade, step.evidence, step.mechanical) for step in twin.transitions
            ]


def test_the_front_line_is_not_presented_as_shown(human):
    assert all(
        step.grade in (None, "contested", "folk wisdom")
        for step in human.chains["superficial_front_line_left"].transitions
    )


def test_the_back_line_goes_from_the_sole_upward(human):
    chain = human.chains["superficial_back_line_left"]
    assert (
        chain.stations[:2] == ("plantar_fascia_left", "achilles_tendon_left")
        and "biceps_femoris_long_head_left" in chain.stations
    )


def test_stations_in_the_midline_and_on_the_other_side(hand):
    assert hand.chains["back_chain_left"].stations == (
        "hamstring_left",
        "sit_ligament_left",
        "back_muscle_left",
        "neck_band",
    )
    assert hand.chains["cross_chain_left"].stations == (
        "sit_ligament_left",
        "sit_ligament_right",
        "sole_band_right",
    )
    assert [step.grade for step in hand.chains["back_chain_right"].transitions] == [
        "plausible",
        "contested",
        "folk wisdom",
    ]
    assert [step.mechanical for step in hand.chains["back_chain_right"].transitions] == [
        True,
        True,
        False,
    ]
    assert [step.grade for step in hand.chains["cross_chain_left"].transitions] == [
        "plausible",
        None,
    ]


def test_cutting_a_link_takes_the_evidence_and_cutting_a_station_takes_the_station(hand):
    cut = hand.without_link("hamstring_left", "sit_ligament_left")
    assert [step.grade for step in cut.chains["back_chain_left"].transitions] == [
        None,
        "contested",
        "folk wisdom",
    ]
    assert cut.chains["back_chain_right"] == hand.chains["back_chain_right"]
    gone = hand.without("sit_ligament_left").chains["back_chain_left"]
    assert gone.stations == ("hamstring_left", "back_muscle_left", "neck_band")
    assert [step.grade for step in gone.transitions] == [None, "folk wisdom"]


def test_chains_are_read_only(hand):
    with pytest.raises(FrozenInstanceError):
        hand.chains["back_chain_left"].name = "x"


def test_soft_path_leaves_nerves_out(human, hand):
    assert find_soft_path(hand, "hamstring_left", "back_muscle_left") == [
        "hamstring_left",
        "sit_ligament_left",
        "back_muscle_left",
    ]
    for goal in ("trapezius_descending_part_right", "head", "achilles_tendon_left"):
        path = find_soft_path(human, "biceps_femoris_long_head_left", goal)
        assert path[0] == "biceps_femoris_long_head_left" and path[-1] == goal
        assert not {human.graph.nodes[node]["kind"] for node in path} & {"nerve", "root"}
        assert all(human.graph.has_edge(a, b) for a, b in pairwise(path))


def test_soft_path_that_is_not_there(hand):
    for start, goal in (("hamstring_left", "sciatic_left"), ("L5_left", "head"), (None, "head")):
        with pytest.raises(UnknownStructureError, match="The body has no muscle or .* or bone"):
            find_soft_path(hand, start, goal)
    with pytest.raises(UnknownStructureError, match="'hamstrin'. Did you mean hamstring_left"):
        find_soft_path(hand, "hamstrin", "head")


def test_soft_path_to_what_was_cut_off_is_told(hand):
    graph = hand.graph.copy()
    graph.remove_edges_from(list(graph.edges("neck_band", keys=True)))
    with pytest.raises(
        UnknownStructureError,
        match="No way .* leads from head to neck_band .*Nothing hangs on neck_band",
    ):
        find_soft_path(Body.from_graph(graph), "head", "neck_band")


def test_a_continuity_of_a_student_needs_no_grade_in_a_chain(hand):
    graph = hand.graph.copy()
    graph.remove_edge("sit_ligament_left", "back_muscle_left", key="continuous")
    graph.add_edge("sit_ligament_left", "back_muscle_left", key="continuous", kind="continuous")
    step = Body.from_graph(graph).chains["back_chain_left"].transitions[1]
    assert (step.grade, step.evidence, step.statement, step.mechanical) == (None, (), "", False)
