"""What hangs together with a root, a nerve, a muscle or a patch of skin, in words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import musclechain as mc
from musclechain.anatomy.supply import build_nerve_graph, find_supply
from musclechain.views.words.supply import (
    MAPS_DISAGREE,
    describe_supply,
    list_ways,
    summarise_supply,
)

HUMAN = mc.read_body()
GRAPH = build_nerve_graph(HUMAN)


def test_a_muscle_is_told_with_its_way_its_levels_and_that_maps_disagree():
    told = describe_supply(HUMAN, "tibialis_anterior_left").sentence
    assert told.startswith(
        "Tibialis anterior, left: L4 root → sacral plexus → sciatic nerve → sciatic nerve, common"
        " fibular part → deep fibular nerve → tibialis anterior; also from L5 root."
    )
    assert told.endswith(MAPS_DISAGREE)


def test_a_root_is_told_with_the_levels_that_share_its_skin():
    told = describe_supply(HUMAN, "S1_left").sentence
    assert "It shares skin with" in told and "L5 (" in told and "S2 (" in told
    assert "shares skin" not in describe_supply(HUMAN, "C1_left").sentence


@pytest.mark.parametrize("source", ["foerster1933", "keegan1948", "lee2008"])
def test_one_map_alone_tells_the_levels_that_share_skin_in_it(source):
    rows = {row.root: row for row in HUMAN.graph.graph["dermatomes"] if row.source == source}
    for level, row in rows.items():
        told = describe_supply(HUMAN, f"{level}_left", source).sentence
        said = re.findall(r"([CTLS]\d+) \(", told.partition("It shares skin with")[2])
        assert set(said) == {
            other for other in rows if other != level and {*row.skin} & {*rows[other].skin}
        }


def test_levels_that_one_map_leaves_out_are_told_so():
    assert "(both maps that show it)" in describe_supply(HUMAN, "S4_left").sentence


def test_a_patch_is_told_with_every_level_and_how_many_maps_agree():
    told = describe_supply(HUMAN, "skin_shin_inner_right").sentence
    assert "L4 (all 3 maps) and L3 (one map alone)" in told
    assert "saphenous nerve → skin: inner shin" in told


def test_a_nerve_is_told_with_roots_muscles_and_skin():
    told = describe_supply(HUMAN, "sural_left").sentence
    assert "S1 and S2" in told and "no muscle of the model" in told
    assert "outer edge of the foot and little toe" in told


@settings(max_examples=60)
@given(st.sampled_from(list(GRAPH)))
def test_every_part_has_a_whole_sentence_and_a_table_of_all_its_parts(node):
    told, found = describe_supply(HUMAN, node), find_supply(HUMAN, node)
    assert told.sentence.endswith(".") and "  " not in told.sentence
    assert "none" not in told.sentence.split() or not found.skin
    parts = {*found.roots, *found.nerves, *found.muscles, *found.skin}
    assert len(told.table) == len(parts)
    assert summarise_supply(HUMAN, found).endswith(".")


def test_ways_that_part_at_their_end_stand_in_one_line():
    ways = list_ways(HUMAN, find_supply(HUMAN, "S1_left"))
    assert (
        "S1 root → sacral plexus → superior gluteal nerve → gluteus medius, gluteus minimus,"
        " tensor fasciae latae" in ways
    )
    assert len(ways) == len(set(ways)) < len(find_supply(HUMAN, "S1_left").routes)


@pytest.mark.parametrize(
    ("node", "line"),
    [
        ("S4_left", "S4 root, left: 1 patch of skin."),
        ("skin_heel_left", "Heel region, left: 1 root."),
        ("C1_left", "C1 root, left: 6 muscles."),
    ],
)
def test_one_line_counts_what_is_lit(node, line):
    assert summarise_supply(HUMAN, find_supply(HUMAN, node)) == line
