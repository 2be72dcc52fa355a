"""Courses of the nerves: what the file holds, twigs to the muscles, and what happens when
something is cut."""

from itertools import pairwise

import numpy as np

from musclechain.anatomy.body import Body
from musclechain.anatomy.nerves import spinal_network


def list_muscles(body):
    return [name for name in body.structures if body.graph.nodes[name]["kind"] == "muscle"]


def test_paths_hold_the_courses_of_the_file_and_then_twigs(human):
    for nerve, branches in human.nerve_paths.items():
        drawn = human.graph.nodes[nerve]["branches"]
        assert branches[: len(drawn)] == [list(points) for _, points in drawn]
        for branch in branches:
            assert len(branch) > 1 and all(
                bone in human.bones and len(place) == 3 and np.isfinite(place).all()
                for bone, place in branch
            ), nerve
    assert set(human.nerve_paths) == {
        n for n, data in human.graph.nodes(data=True) if data["kind"] == "nerve"
    }


def test_every_muscle_is_reached_by_its_nerve(human):
    """The nerve lies in the belly of the muscle, or a twig ends on a line of it."""
    lines = {}
    for line in human.lines:
        steps = np.linspace(0, 1, 40)[:, None]
        lines.setdefault(line.structure, []).extend(
            np.vstack([a + steps * (b - a) for a, b in pairwise(line.points)])
        )
    for muscle in list_muscles(human):
        places = np.array(
            [
                place
                for branch in human.nerve_paths[human.graph.nodes[muscle]["nerve"]]
                for _, place in branch
            ]
        )
        assert np.linalg.norm(places[:, None] - np.array(lines[muscle])[None], axis=2).min() < 14, (
            muscle
        )


def test_twigs_are_short_and_leave_from_the_nerve(human):
    for nerve, branches in human.nerve_paths.items():
        count = len(human.graph.nodes[nerve]["branches"])
        course = np.vstack(
            [
                np.linspace(a[1], b[1], 60)
                for branch in branches[:count]
                for a, b in pairwise(branch)
            ]
        )
        for twig in branches[count:]:
            assert np.linalg.norm(np.subtract(twig[0][1], twig[-1][1])) < 110, nerve
            assert (
                np.linalg.norm(course - twig[0][1], axis=1).min() < 3
                and len({bone for bone, _ in twig}) == 1
            ), nerve


def test_paths_of_the_two_sides_mirror_each_other(human, hand):
    for body in (human, hand):
        for nerve, branches in body.nerve_paths.items():
            if nerve.endswith("_left"):
                twins = body.nerve_paths[nerve.removesuffix("_left") + "_right"]
                assert [len(branch) for branch in branches] == [len(branch) for branch in twins], (
                    nerve
                )
                for branch, twin in zip(branches, twins, strict=True):
                    np.testing.assert_allclose(
                        [place for _, place in branch],
                        np.multiply([place for _, place in twin], (1, 1, -1)),
                        atol=1e-9,
                    )


def test_paths_of_the_hand_body(hand):
    """The hamstring is served from the trunk of its nerve, the back muscle by the level beside its
    belly (the other lies far below)."""
    paths = hand.nerve_paths
    assert [branch[0][1] for branch in paths["sciatic_right"][:2]] == [
        (-20, 1000, 20),
        (-40, 900, 60),
    ]
    (twig,) = paths["sciatic_right"][2:]
    assert twig[0][0] == "leg_right" and 490 < twig[-1][1][1] < 760
    assert (
        paths["dorsal_left"][0][0] == ("trunk", (-20, 1100, -20)) and len(paths["dorsal_left"]) == 3
    )
    assert paths["dorsal_left"][2][0] == ("trunk", (-40, 1090, -25))


def test_twigs_follow_what_is_cut(hand):
    assert (
        len(hand.without("hamstring_left").nerve_paths["sciatic_left"])
        == len(hand.nerve_paths["sciatic_left"]) - 1
    )
    graph = hand.graph.copy()
    graph.remove_edge("sciatic_left", "hamstring_left", key="supplies")
    assert len(Body.from_graph(graph).nerve_paths["sciatic_left"]) == 2
    graph.remove_node("sciatic_left")
    assert (
        "sciatic_left" not in Body.from_graph(graph).nerve_paths
        and "sciatic_right" in Body.from_graph(graph).nerve_paths
    )


def test_a_graph_without_courses_or_without_a_bone_under_them_works(hand):
    graph = hand.graph.copy()
    for nerve in ("sciatic_left", "dorsal_left"):
        graph.nodes[nerve].pop("branches")
    assert set(Body.from_graph(graph).nerve_paths) == {"sciatic_right", "dorsal_right"}
    graph = hand.graph.copy()
    graph.remove_node("leg_right")
    paths = Body.from_graph(graph).nerve_paths["sciatic_right"]
    assert all(bone == "trunk" for branch in paths for bone, _ in branch) and len(paths[0]) == 2


def test_courses_are_kept_by_a_body_made_from_a_changed_graph(hand):
    changed = (
        Body.from_graph(hand.graph.copy())
        .scaled("hamstring_left", stiffness=2)
        .with_parameters(tone=0.01)
    )
    assert changed.nerve_paths == hand.nerve_paths


def test_courses_change_no_number_of_the_network(hand):
    graph = hand.graph.copy()
    for _, data in graph.nodes(data=True):
        data.pop("branches", None)
    bare = spinal_network(Body.from_graph(graph))
    np.testing.assert_array_equal(bare.share, spinal_network(hand).share)
    np.testing.assert_array_equal(bare.along, spinal_network(hand).along)
