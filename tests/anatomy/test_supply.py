"""The nerve part of the graph: ways from the spine to muscles and skin, and what maps agree on."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musclechain.anatomy.body import Body, UnknownStructureError, read_body
from musclechain.anatomy.nerves import find_motor_roots, list_muscles_of_root
from musclechain.anatomy.supply import build_nerve_graph, find_supply, list_maps

HUMAN = read_body()
GRAPH = build_nerve_graph(HUMAN)
NODES = list(GRAPH)
MAPS = ("foerster1933", "keegan1948", "lee2008")
# Where examiners test each level: Key Sensory Points (isncsci2008), as patches of data/skin.csv.
KEY_POINTS = {
    "C2": "occiput",
    "C3": "neck_base",
    "C4": "shoulder_top",
    "C5": "elbow_outer",
    "C6": "hand_outer",
    "C7": "hand_back",
    "C8": "hand_inner",
    "T1": "elbow_inner",
    "T2": "armpit",
    "T4": "trunk_3",
    "T6": "trunk_5",
    "T10": "trunk_9",
    "L2": "thigh_inner_upper",
    "L3": "knee_inner",
    "L4": "ankle_inner",
    "L5": "foot_middle",
    "S1": "heel",
    "S2": "knee_back",
    "S3": "buttock_inner",
    "S5": "saddle",
}


def twin(node):
    side, other = ("left", "right") if node.endswith("_left") else ("right", "left")
    return f"{node.removesuffix(f'_{side}')}_{other}"


# The graph


def test_a_way_leads_from_the_level_by_plexus_and_nerves_to_the_muscle():
    assert nx.shortest_path(GRAPH, "L5_left", "tibialis_anterior_left") == [
        "L5_left",
        "sacral_plexus_left",
        "sciatic_left",
        "sciatic_common_fibular_part_left",
        "deep_fibular_left",
        "tibialis_anterior_left",
    ]
    assert nx.is_directed_acyclic_graph(GRAPH)


def test_every_muscle_is_reached_by_each_of_its_motor_levels():
    for muscle in (node for node, kind in GRAPH.nodes(data="kind") if kind == "muscle"):
        for root in find_motor_roots(HUMAN, muscle):
            assert nx.has_path(GRAPH, root, muscle), (root, muscle)


def test_the_two_sides_are_mirror_images_and_never_meet():
    for start, end in GRAPH.edges:
        assert GRAPH.nodes[start]["side"] == GRAPH.nodes[end]["side"]
        assert GRAPH.has_edge(twin(start), twin(end))


def test_the_graph_is_a_copy_that_can_be_changed():
    mine = build_nerve_graph(HUMAN)
    mine.remove_node("sciatic_left")
    assert "sciatic_left" in build_nerve_graph(HUMAN)


def test_the_branches_of_a_cut_nerve_are_reached_no_more():
    graph = HUMAN.graph.copy()
    graph.remove_node("sciatic_left")
    found = find_supply(Body.from_graph(graph), "soleus_left")
    assert found.routes == () and found.nerves == ()
    assert find_supply(Body.from_graph(graph), "soleus_right").routes


# The data


def test_every_patch_has_a_nerve_and_a_level_and_every_level_but_c1_has_skin():
    skin = [node for node, kind in GRAPH.nodes(data="kind") if kind == "skin"]
    assert len(skin) == 2 * len(HUMAN.graph.graph["skin"]) >= 140
    for patch in skin:
        kinds = {GRAPH.edges[start, patch]["kind"] for start in GRAPH.predecessors(patch)}
        assert kinds == {"supplies", "dermatome"}, patch
    for node, data in GRAPH.nodes(data=True):
        if data["kind"] == "root" and data["level"] not in ("XI", "C1"):
            assert find_supply(HUMAN, node).skin, node


@pytest.mark.parametrize(("level", "patch"), KEY_POINTS.items())
def test_maps_give_the_point_at_which_a_level_is_tested_to_this_level(level, patch):
    """These points were not used to write the maps down. Only most maps have to agree."""
    found = find_supply(HUMAN, f"skin_{patch}_right")
    votes = found.levels[f"{level}_right"]
    assert votes >= 2 and votes == max(found.levels.values())


def test_maps_disagree_about_l4_as_a_review_says():
    """NV15: a band from the outer thigh to the big toe, or the inner lower leg alone."""
    rows = {
        row.source: set(row.skin) for row in HUMAN.graph.graph["dermatomes"] if row.root == "L4"
    }
    assert set(rows) == set(MAPS) == set(list_maps(HUMAN))
    band = {"skin_thigh_outer_lower", "skin_big_toe"}
    assert band <= rows["keegan1948"] and not band & (rows["lee2008"] | rows["foerster1933"])
    assert rows["lee2008"] == {"skin_shin_inner", "skin_ankle_inner"}


@pytest.mark.parametrize(
    ("level", "patch"),
    [
        ("C5", "below_collarbone"),
        ("C6", "hand_outer"),
        ("C8", "hand_inner"),
        ("T4", "trunk_3"),
        ("T10", "trunk_9"),
        ("L1", "groin"),
        ("L4", "big_toe"),
        ("S1", "little_toe"),
        ("S1", "foot_outer"),
        ("S2", "saddle"),
        ("S3", "saddle"),
        ("S4", "saddle"),
    ],
)
def test_principal_levels_of_the_map_in_bands(level, patch):
    """As the legend of Netter's plate after keegan1948 names them."""
    assert find_supply(HUMAN, f"{level}_left", "keegan1948").skin[f"skin_{patch}_left"] == 1


def test_neighbouring_levels_of_the_trunk_overlap_in_the_map_of_what_is_still_felt():
    rows = {
        row.root: set(row.skin)
        for row in HUMAN.graph.graph["dermatomes"]
        if row.source == "foerster1933"
    }
    for number in range(2, 12):
        assert rows[f"T{number}"] & rows[f"T{number + 1}"], number


def test_the_map_without_the_last_sacral_levels_does_not_count_there():
    assert find_supply(HUMAN, "S4_left").maps == 2
    assert find_supply(HUMAN, "S2_left").maps == 3


@settings(max_examples=40)
@given(st.sampled_from(NODES))
def test_the_maps_one_by_one_add_up_to_all_of_them(node):
    found = find_supply(HUMAN, node)
    alone = [find_supply(HUMAN, node, source) for source in MAPS]
    if found.kind == "root":
        for skin, votes in found.skin.items():
            assert votes == sum(one.skin.get(skin, 0) for one in alone)
    for one in alone:
        assert set(one.levels) <= set(found.levels) and one.muscles == found.muscles


def test_an_unknown_map_is_told_with_those_that_are_there():
    with pytest.raises(ValueError, match="lee2008"):
        find_supply(HUMAN, "S1_left", "nobody2020")


# What hangs together


@settings(max_examples=60)
@given(st.sampled_from(NODES))
def test_routes_are_ways_of_the_graph_from_a_root_to_an_end(node):
    found = find_supply(HUMAN, node)
    for route in found.routes:
        assert nx.is_path(GRAPH, route)
        assert GRAPH.nodes[route[0]]["kind"] == "root"
        assert route[-1] in (*found.muscles, *found.skin)
        assert found.kind in ("root", "skin", "muscle") or node in route
    assert all(0 <= votes <= found.maps for votes in found.skin.values())


@settings(max_examples=40)
@given(st.sampled_from(NODES))
def test_the_other_side_is_the_mirror_image(node):
    here, there = find_supply(HUMAN, node), find_supply(HUMAN, twin(node))
    assert tuple(map(twin, here.muscles)) == there.muscles
    assert {twin(skin): votes for skin, votes in here.skin.items()} == dict(there.skin)
    assert {tuple(map(twin, route)) for route in here.routes} == set(there.routes)


@settings(max_examples=40)
@given(st.sampled_from([node for node, kind in GRAPH.nodes(data="kind") if kind == "root"]))
def test_a_level_and_its_parts_name_each_other(root):
    found = find_supply(HUMAN, root)
    assert set(found.muscles) == set(list_muscles_of_root(HUMAN, root)) & set(GRAPH)
    for muscle in found.muscles:
        assert root in find_supply(HUMAN, muscle).roots
    for skin, votes in found.skin.items():
        assert find_supply(HUMAN, skin).levels[root] == votes


def test_a_nerve_carries_what_its_branches_carry():
    whole = find_supply(HUMAN, "sciatic_left")
    for part in ("tibial_left", "deep_fibular_left", "sural_left"):
        found = find_supply(HUMAN, part)
        assert set(found.muscles) <= set(whole.muscles) and set(found.skin) <= set(whole.skin)
    assert set(whole.skin.values()) == {0} and whole.roots[0] == "L4_left"


def test_an_unknown_part_is_told_with_a_near_name():
    with pytest.raises(UnknownStructureError, match="skin_heel_left"):
        find_supply(HUMAN, "skin_heal_left")


def test_a_hand_drawn_body(hand):
    found = find_supply(hand, "S1_left")
    assert found.muscles == ("hamstring_left",)
    assert dict(found.skin) == {"calf_skin_left": 1, "back_skin_left": 1}
    assert ("S1_left", "sacral_plexus_left", "sciatic_left", "sural_left", "calf_skin_left") in (
        found.routes
    )
    # no nerve brings S1 to the back, so the map alone says so
    assert ("S1_left", "back_skin_left") in found.routes
