"""The story tells what the table says, station by station, and the way of every change."""

import re

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.body import UnknownStructureError
from musclechain.anatomy.format import format_newtons
from musclechain.mechanics.groups import add_up
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.story import FINISH, PLACES, REACHED, add_up_places, find_ladder
from musclechain.mechanics.ways import Station, find_shares, find_way

STRAIN = mc.HamstringStrain("left", 2)
CASES = {
    "strain": (STRAIN, {}),
    "guarded": (STRAIN, {"guarding": 1.0}),
    "adapted": (STRAIN, {"guarding": 1.0, "theory": "pain adaptation"}),
    "shared anew": (STRAIN, {"guarding": 1.0, "theory": "redistribution"}),
    "limp": (mc.Limp("left", lean_deg=8), {}),
    "pull": (mc.PullOn("latissimus_dorsi_left", 50), {}),
    "weak": (mc.Weaken("gluteus_medius_right", 0.3), {}),
    "bend": (mc.ForwardBend(40), {}),
    "one leg": (mc.LegLift("left", 20), {}),
    "cut": ([mc.Cut("sacrotuberous_ligament_left"), STRAIN], {}),
    "nothing": ((), {}),
}


@pytest.fixture(scope="module", params=CASES)
def result(request, body):
    cause, routes = CASES[request.param]
    return mc.spread(body, cause, **routes)


def test_a_story_goes_from_the_cause_to_the_neck_and_ends_with_the_table(result):
    story = result.story()
    assert (story[0].changes == 0).all() and story[0].pose == 0
    assert (story[-1].changes == result.table()["change_N"]).all() and story[-1].pose == 1
    assert (story[0].title, story[-1].title) == ("Where it begins", "At the neck")
    poses = [stage.pose for stage in story]
    assert poses == sorted(poses)


def test_routes_are_told_one_after_the_other_and_each_as_far_as_the_neck(result):
    story, table = result.story(), result.table()
    told = [stage.route for stage in story[1:-1]]
    order = ("pull", "posture", "guarding")
    assert told == sorted(told, key=order.index)
    for route in order:
        own = [stage for stage in story if stage.route == route]
        if table[f"{route}_N"].abs().max() >= 0.05:
            assert own and own[-1].place == FINISH
    # what is told adds up: after the last stage of a route all of it is there
    for before, route in ((np.zeros(len(table)), "pull"), (table["pull_N"], "posture")):
        own = [stage for stage in story if stage.route == route]
        if own:
            assert own[-1].changes.to_numpy() == pytest.approx(
                np.asarray(before) + table[f"{route}_N"], abs=1e-9
            )


def test_each_stage_adds_what_its_place_gets(result):
    story, regions = result.story(), result.table()["region"]
    for before, stage in zip(story, story[1:-1], strict=False):
        if not stage.route or stage.place == FINISH or stage.route == "pull":
            continue
        added = stage.changes - before.changes
        where = regions.isin(PLACES.get(stage.place, ()))
        assert (added[~where] == 0).all()
        assert added[where].to_numpy() == pytest.approx(
            result.table()[f"{stage.route}_N"][where], abs=1e-9
        )


def test_what_lights_up_is_what_changes_most_there(result):
    table = result.table()
    for stage in result.story()[1:-1]:
        if not stage.reached:
            continue
        sizes = table[f"{stage.route}_N"].abs()[list(stage.reached)]
        assert len(sizes) <= REACHED
        assert list(sizes[1:]) == sorted(sizes[1:], reverse=True)
        assert table["region"][list(stage.reached)].isin(PLACES[stage.place]).all()
        change = table.at[stage.reached[0], f"{stage.route}_N"]
        assert format_newtons(abs(change)) in stage.sentence


def test_a_way_leads_from_the_cause_along_edges_of_the_graph(result):
    graph, table = result.body.graph, result.table()
    for stage in result.story()[1:-1]:
        if not stage.path or not stage.reached:
            continue
        way = find_way(result, stage.reached[0], stage.route)
        assert tuple(one.node for one in way) == stage.path
        assert stage.path[-1] == stage.reached[0] and way[0].edge == ""
        assert stage.shares == find_shares(way, stage.route)
        for first, second in zip(way, way[1:], strict=False):
            kinds = {edge["kind"] for edge in graph.get_edge_data(first.node, second.node).values()}
            assert second.edge in kinds
        for one in way:
            known = table.at[one.node, f"{stage.route}_N"] if one.node in table.index else 0
            assert one.change_N == known


@pytest.mark.parametrize(
    "changes, left",
    [
        ((10, 8, 2), (1, 0.8, 0.2)),
        ((10, 8, 0, 2), (1, 0.8, 0.8, 0.2)),
        ((10, 8, 0, 0, 0, -1), (1, 0.8, 0.8, 0.1, 0.1, 0.1)),
        ((10, 0, 0), (1, 1, 1)),
    ],
)
def test_a_bone_takes_a_pull_up_and_the_next_ones_get_what_tissue_beyond_gets(changes, left):
    way = [Station(str(number), "", newtons) for number, newtons in enumerate(changes)]
    assert find_shares(way, "pull") == pytest.approx(left)
    assert find_shares(way, "posture") == (1.0,) * len(way)


def test_tissue_hands_on_what_it_has_and_the_rest_comes_by_the_bones(body):
    """The ligament to the sacrum gets tight and the buttock slack: the pelvis turns."""
    pulled = mc.spread(body, mc.HamstringStrain("left", grade=2), posture=False)
    for name in ("gluteus_maximus_left", "iliocostalis_lumborum_left", "longissimus_thoracis_left"):
        nodes = [one.node for one in pulled.trace(name)["pull"]]
        assert nodes[1:] == ["biceps_femoris_proximal_tendon_left", "pelvis", name]
    nodes = [one.node for one in pulled.trace("sacrotuberous_ligament_left")["pull"]]
    assert "pelvis" not in nodes


def test_a_trace_gives_the_way_of_each_route_that_acts(result):
    table = result.table()
    for name in ("gluteus_medius_right", "splenius_capitis_left", "soleus_left"):
        ways = result.trace(name)
        assert set(ways) <= {route for route in ROUTES if table.at[name, f"{route}_N"]}
        for route, way in ways.items():
            assert way[-1].node == name and way[-1].change_N == table.at[name, f"{route}_N"]
            assert way == find_way(result, name, route)


def test_the_ladder_adds_the_muscles_of_each_place_and_side(result):
    table, ladder = result.table(), find_ladder(result)
    muscles = table[table["kind"] == "muscle"]
    for number, regions in enumerate(PLACES.values()):
        for side, word in enumerate(("left", "right")):
            here = muscles[muscles["region"].isin(regions) & (muscles["side"] == word)]
            for k, route in enumerate(ROUTES):
                change = here[f"{route}_N"]
                assert ladder[number, side, k] == pytest.approx(
                    [change.clip(lower=0).sum(), -change.clip(upper=0).sum()], abs=1e-9
                )
    assert (ladder >= 0).all()


def mirror(text):
    swap = {"left": "right", "right": "left"}
    return re.sub(r"left|right", lambda match: swap[match[0]], text)


def test_the_mirrored_cause_has_the_mirrored_story(body):
    left, right = (
        mc.spread(body, mc.HamstringStrain(side, 2)).story() for side in ("left", "right")
    )
    for one, other in zip(left, right, strict=True):
        assert (one.title, one.pose) == (other.title, other.pose)
        if one.route == "pull":
            assert tuple(map(mirror, one.path)) == other.path
            told = re.sub(
                r"All muscles added up: right (.*?), left (.*)\.",
                r"All muscles added up: left \2, right \1.",
                mirror(one.sentence),
            )
            assert told == other.sentence


def test_a_pull_fades_on_its_way_up(body):
    """The point of lesson 02: less and less of it arrives above the pelvis."""
    story = mc.spread(body, STRAIN, posture=False).story()
    left = {stage.place: stage.shares[-1] for stage in story if stage.route == "pull"}
    up = [left[place] for place in list(PLACES)[2:]]
    pelvis, belly, *back, neck = up
    assert 0.2 > pelvis > belly > max(back) > neck and max(back) < 0.03 and neck < 0.01
    assert "nearly nothing" in story[-2].sentence


def test_a_route_that_is_switched_off_is_not_told(body):
    story = mc.spread(body, STRAIN, posture=False).story()
    assert {stage.route for stage in story} == {"", "pull"}
    # without a posture the pull itself moves the bones, station by station
    assert 0 < story[1].pose < 1 and story[-2].pose == 1


def test_the_neck_is_told_also_when_nothing_arrives(body):
    story = mc.spread(body, mc.Weaken("gluteus_medius_right", 0.3)).story()
    assert story[-2].place == FINISH and story[-2].sentence == (
        "No muscle here works harder or less to hold the body."
    )
    assert story[-1].sentence == "Nothing reaches the muscles of neck and head."


def test_guarding_goes_over_the_nerve_and_the_spinal_levels(body):
    result = mc.spread(body, STRAIN, guarding=1.0)
    way = result.trace("gluteus_medius_left")["guarding"]
    assert [one.edge for one in way] == ["", "supplies", "arises", "arises", "supplies"]
    assert way[0].node == "biceps_femoris_long_head_left" and way[2].node in body.graph
    assert body.graph.nodes[way[2].node]["kind"] == "root"
    levels = next(stage.levels for stage in result.story() if stage.levels)
    assert way[2].node in levels


@pytest.mark.parametrize("theory", ["pain adaptation", "redistribution"])
def test_a_theory_without_a_spinal_rule_excites_no_level(body, theory):
    result = mc.spread(body, STRAIN, guarding=1.0, theory=theory)
    story = result.story()
    assert not any(stage.levels for stage in story)
    said = next(stage.sentence for stage in story if stage.title == f"Guarding: {theory}")
    assert said.startswith(f"If {theory} holds: ") and "no spinal level" in said
    if theory == "pain adaptation":
        # the sentence says that what hurts does less
        assert result.table().at["biceps_femoris_long_head_left", "guarding_N"] <= 0


def test_who_is_not_in_the_body_has_no_trace(body):
    result = mc.spread(body, STRAIN)
    with pytest.raises(UnknownStructureError):
        result.trace("wing_left")
    cut = mc.spread(body, [mc.Cut("soleus_left"), STRAIN])
    with pytest.raises(UnknownStructureError):
        cut.trace("soleus_left")


def test_a_hand_drawn_body_without_a_neck_still_has_a_story():
    body = mc.two_springs()
    result = mc.spread(body, mc.PullOn(next(iter(body.structures)), 5))
    story = result.story()
    assert story[-1].sentence == "Nothing reaches the muscles of neck and head."
    assert (story[-1].changes == result.table()["change_N"]).all()


def test_places_add_up_what_the_regions_of_the_table_do(body):
    result = mc.spread(body, mc.Limp("left", 0.5, 8))
    places = add_up_places(result)
    assert list(places) == list(PLACES)
    for side, change in zip(("left", "right"), places["hip and pelvis"], strict=True):
        regions = sum(add_up(result, f"{region}, {side}") for region in ("hip", "pelvis"))
        assert change == pytest.approx(regions, abs=1e-9)


@pytest.mark.parametrize(("side", "way"), [("right", "left"), ("left", "right")])
def test_a_rolled_foot_is_told_to_turn_the_pelvis_away(body, side, way):
    told = mc.spread(body, mc.RollingFoot(side, 8)).story()[1].sentence
    turn = abs(mc.spread(body, mc.RollingFoot(side, 8)).pose().at["pelvis", "rotation_deg"])
    assert told.endswith(f"the pelvis turns {turn:.1f} degrees to the {way}.")


def test_a_story_begins_with_what_its_cause_names_first(body):
    """The data lists gluteus maximus before the abductors."""
    weak = [mc.Weaken(f"gluteus_{name}_right", 0.25) for name in ("medius", "maximus")]
    for causes in (weak, weak[::-1]):
        begun = mc.spread(body, [mc.OneLegStance("right", 0), *causes]).story()[0]
        assert begun.begins == (begun.reached[0],) == (causes[0].muscle,)
