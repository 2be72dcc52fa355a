"""Nerves and spinal levels: who drives whom, and the matrices that guarding runs on."""

import numpy as np
import pytest

from musclechain.anatomy.body import Body, UnknownStructureError
from musclechain.anatomy.nerves import (
    find_motor_roots,
    list_muscles_of_root,
    list_shared_roots,
    spinal_network,
)

SIDES = ("left", "right")


def read_network(body):
    """Give roots, weights and shares of the spinal network with the crossing share of the body."""
    network = spinal_network(body)
    return network.roots, network.spread(body.parameter("crossing_share")), network.share


def list_muscles(body):
    return [name for name in body.structures if body.graph.nodes[name]["kind"] == "muscle"]


def test_motor_roots_are_the_levels_of_the_muscle_on_its_side(human):
    for muscle in list_muscles(human):
        node = human.graph.nodes[muscle]
        assert find_motor_roots(human, muscle) == tuple(
            f"{level}_{node['side']}" for level in node["roots"]
        ), muscle


def test_motor_roots_of_the_hand_body(hand):
    assert find_motor_roots(hand, "hamstring_left") == ("L5_left", "S1_left")
    assert find_motor_roots(hand, "back_muscle_right") == ("L4_right", "L5_right")
    assert find_motor_roots(hand, "sit_tendon_left") == ()


@pytest.mark.parametrize(
    ("muscle", "levels"),
    [
        ("biceps_femoris_long_head", {"L5", "S1"}),
        ("gluteus_medius", {"L5"}),
        ("rectus_femoris", {"L3"}),
        ("gastrocnemius_medial_head", {"S1"}),
        ("tibialis_anterior", {"L4"}),
        ("trapezius_descending_part", {"XI"}),
        ("sternocleidomastoid", {"XI"}),
        ("levator_scapulae", {"C5"}),
        ("latissimus_dorsi", {"C7"}),
        ("deltoid", {"C5"}),
        ("gracilis", {"L2", "L3"}),
    ],
)
def test_levels_that_every_textbook_names(human, muscle, levels):
    assert {f"{level}_left" for level in levels} <= set(find_motor_roots(human, f"{muscle}_left"))


def test_muscles_of_a_root_are_the_inverse(human):
    for side in SIDES:
        for level in ("XI", "C5", "L5", "S1", "S5"):
            root = f"{level}_{side}"
            assert list_muscles_of_root(human, root) == [
                muscle for muscle in list_muscles(human) if root in find_motor_roots(human, muscle)
            ]
    assert list_muscles_of_root(human, "S5_left") == []
    for wrong in ("L6_left", "L5", "soleus_left", None):
        with pytest.raises(UnknownStructureError, match="no root called"):
            list_muscles_of_root(human, wrong)


def test_shared_roots_are_mutual_and_stay_on_one_side(human, hand):
    assert list_shared_roots(hand, "hamstring_left") == {"back_muscle_left": ("L5_left",)}
    shared = list_shared_roots(human, "biceps_femoris_long_head_left")
    assert "biceps_femoris_long_head_left" not in shared and "gluteus_maximus_left" in shared
    for other, roots in shared.items():
        assert other.endswith("_left") and set(roots) == set(
            list_shared_roots(human, other)["biceps_femoris_long_head_left"]
        )
    for wrong in ("achilles_tendon_left", "pelvis", "nobody"):
        with pytest.raises(UnknownStructureError):
            list_shared_roots(human, wrong)


@pytest.mark.parametrize("name", ["human", "hand"])
def test_spinal_network_is_symmetric_and_has_spectral_radius_one(name, request):
    roots, spread, share = read_network(request.getfixturevalue(name))
    assert len(set(roots)) == len(roots) == len(spread)
    np.testing.assert_array_equal(spread, spread.T)
    assert np.abs(np.linalg.eigvalsh(spread)).max() == pytest.approx(1, abs=1e-12)
    assert (spread >= 0).all() and not spread.diagonal().any()
    flip = [
        roots.index(root.rsplit("_", 1)[0] + ("_left" if root.endswith("right") else "_right"))
        for root in roots
    ]
    np.testing.assert_allclose(spread[np.ix_(flip, flip)], spread)


@pytest.mark.parametrize("name", ["human", "hand"])
def test_shares_of_a_muscle_are_equal_and_sum_to_one(name, request):
    body = request.getfixturevalue(name)
    roots, _, share = read_network(body)
    assert share.shape == (len(body.structures), len(roots)) and (share >= 0).all()
    for structure, row in zip(body.structures, share, strict=True):
        mine = find_motor_roots(body, structure)
        assert row.sum() == pytest.approx(1 if mine else 0)
        assert {root for root, value in zip(roots, row, strict=True) if value} == set(mine)
        assert len(set(row[row > 0].round(12))) <= 1


def test_neighbours_in_the_cord(hand):
    """Three levels on two sides: a ladder with rungs of the crossing share."""
    roots, spread, _ = read_network(hand)
    crossing = hand.parameter("crossing_share")
    ladder = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    order = [roots.index(f"{level}_{side}") for side in SIDES for level in ("L4", "L5", "S1")]
    whole = np.kron(np.eye(2), ladder) + crossing * np.kron([[0, 1], [1, 0]], np.eye(3))
    np.testing.assert_allclose(spread[np.ix_(order, order)], whole / (np.sqrt(2) + crossing))


def test_crossing_share_of_another_body_is_used(hand):
    roots, spread, _ = read_network(hand.with_parameters(crossing_share=0.0))
    left = [root.endswith("left") for root in roots]
    assert not spread[np.ix_(left, np.invert(left))].any()


@pytest.mark.parametrize("crossing", [0.0, 0.1, 0.5, 1.0, 3.0])
def test_spectral_radius_is_one_for_every_crossing_share(human, crossing):
    network = spinal_network(human)
    assert np.abs(np.linalg.eigvalsh(network.spread(crossing))).max() == pytest.approx(1, abs=1e-12)


def test_along_stays_on_a_side_and_across_changes_it(human):
    network = spinal_network(human)
    left = np.array([root.endswith("left") for root in network.roots])
    same = left[:, None] == left[None, :]
    assert not network.along[~same].any() and not network.across[same].any()
    assert (network.across.sum(axis=0) == 1).all() and set(network.along.sum(axis=0)) == {1, 2}


def test_rows_of_the_shares_follow_the_structures_asked_for(hand):
    some = ["back_muscle_right", "sit_tendon_left", "hamstring_left"]
    whole, part = spinal_network(hand).share, spinal_network(hand, some).share
    np.testing.assert_array_equal(part, whole[[hand.structures.index(name) for name in some]])


def test_cutting_the_nerve_of_a_muscle_leaves_it_no_motor_roots(hand):
    graph = hand.graph.copy()
    graph.remove_edge("sciatic_left", "hamstring_left", key="supplies")
    cut = Body.from_graph(graph)
    assert (
        find_motor_roots(cut, "hamstring_left") == ()
        and find_motor_roots(cut, "hamstring_right") != ()
    )
    _, _, share = read_network(cut)
    assert not share[cut.structures.index("hamstring_left")].any()
    assert "hamstring_left" not in list_shared_roots(cut, "back_muscle_left")


def test_cutting_the_whole_nerve_or_one_of_its_roots(hand):
    graph = hand.graph.copy()
    graph.remove_node("sciatic_left")
    assert find_motor_roots(Body.from_graph(graph), "hamstring_left") == ()
    graph = hand.graph.copy()
    graph.remove_edge("sciatic_left", "L5_left", key="arises")
    cut = Body.from_graph(graph)
    assert find_motor_roots(cut, "hamstring_left") == ("S1_left",)
    roots, _, share = read_network(cut)
    assert share[cut.structures.index("hamstring_left"), roots.index("S1_left")] == 1


def test_cutting_out_a_root_and_cutting_the_cord(hand):
    graph = hand.graph.copy()
    graph.remove_node("L5_left")
    roots, spread, share = read_network(Body.from_graph(graph))
    assert "L5_left" not in roots and np.abs(np.linalg.eigvalsh(spread)).max() == pytest.approx(1)
    graph = hand.graph.copy()
    graph.remove_edges_from(
        [(a, b, key) for a, b, key in graph.edges(keys=True) if key == "adjacent"]
    )
    _, spread, _ = read_network(Body.from_graph(graph))
    assert not spread.any()


def test_the_accessory_nucleus_lies_beside_the_first_neck_level(human):
    assert human.graph.has_edge("XI_left", "C1_left", key="adjacent")
    assert not human.graph.has_edge("XI_left", "C3_left", key="adjacent")


def test_nerves_that_pass_a_muscle(human, hand):
    assert hand.graph.edges["sciatic_left", "back_muscle_left", "passes"]["grade"] == "contested"
    assert human.graph.has_edge("sciatic_left", "piriformis_left", key="passes") or any(
        data["kind"] == "passes" for _, _, data in human.graph.edges("piriformis_left", data=True)
    )
