"""The words say what the table shows, on hand-made tables and on the model itself."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_change, format_newtons, name_structure
from musclechain.anatomy.places import find_places
from musclechain.anatomy.ways import find_stations
from musclechain.mechanics.certainty import Certainty, Pending
from musclechain.mechanics.change import Change
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.views.page.html import table_to_html
from musclechain.views.words.card import describe_structure
from musclechain.views.words.causes import describe_cause, describe_causes
from musclechain.views.words.certainty import describe_certainty, list_words
from musclechain.views.words.charts import (
    describe_chart_ranked_changes,
    describe_chart_rounds,
    describe_chart_tension_by_height,
    list_regions,
    table_of_rounds,
)
from musclechain.views.words.compare import compare_results
from musclechain.views.words.errors import describe_error
from musclechain.views.words.result import LITTLE_N, describe_pose, describe_result, describe_routes
from musclechain.views.words.stations import (
    describe_chart_chain_diagram,
    table_of_stations,
)
from musclechain.views.words.tables import table_by_region, table_of_changes, table_of_routes
from tests.views.hand_results import hold_still, leave_out, make_draws, make_result


@pytest.fixture(scope="module", params=["quiet", "limp", "strain", "strain with guarding"])
def result(request, body):
    cause = {"quiet": (), "limp": mc.Limp("left", 0.5, lean_deg=8)}.get(
        request.param, mc.HamstringStrain("left", 2)
    )
    return mc.spread(body, cause, guarding=0.5 if "guarding" in request.param else 0.0)


@pytest.fixture(scope="module")
def by_hand(body):
    return make_result(
        body,
        {
            "soleus_left": (100.0, -40.0, 0.0, 0.0),
            "gluteus_medius_right": (20.0, 4.0, 20.0, 6.0),
            "iliocostalis_lumborum_left": (10.0, 1.0, 0.0, 7.0),
            "splenius_capitis_left": (2.0, 0.4, 0.0, 0.0),
            "splenius_capitis_right": (2.0, 0.2, 0.0, 0.0),
            "achilles_tendon_left": (300.0, -39.0, 0.0, 0.0),
        },
    )


@pytest.mark.parametrize(
    "value, signed, text",
    [
        (0.42, False, "0.4 N"),
        (12.3, False, "12 N"),
        (120, False, "120 N"),
        (99.4, False, "99 N"),
        (99.5, False, "100 N"),
        (2239, True, "+2240 N"),
        (9.96, False, "10 N"),
        (9.94, False, "9.9 N"),
        (0.04, False, "0 N"),
        (-0.04, True, "0 N"),
        (-3.14, True, "−3.1 N"),
        (5, True, "+5.0 N"),
        (float("nan"), False, "not known"),
        (float("inf"), False, "not known"),
    ],
)
def test_newtons_are_rounded_sensibly(value, signed, text):
    assert format_newtons(value, signed) == text


def test_changes_are_said_in_words():
    assert [format_change(value) for value in (12.2, -0.4, 0.01, -0.01)] == [
        "12 N more",
        "0.4 N less",
        "no change",
        "no change",
    ]


def test_result_names_structure_side_figures_and_route(by_hand):
    text = describe_result(by_hand)
    assert (
        text
        == "A forward bend of 30 degrees. The deep calf muscle (Soleus) on the left changes most"
        " (100 N before, 40 N less), by posture. Above the pelvis, the outer long back"
        " muscle (Iliocostalis lumborum) on the left changes most (8.0 N more). The neck muscles"
        " together carry 0.6 N more."
    )


def test_little_above_the_pelvis_is_said_below_the_threshold_only(body):
    below = make_result(
        body, {"soleus_left": (100, -40, 0, 0), "rectus_abdominis_left": (10, 4.9, 0, 0)}
    )
    at = make_result(
        body, {"soleus_left": (100, -40, 0, 0), "rectus_abdominis_left": (10, 5.0, 0, 0)}
    )
    assert LITTLE_N == 5.0
    assert (
        "Little changes above the pelvis (all muscles of the low back together no change and"
        " all muscles of the neck together no change)" in describe_result(below)
    )
    assert "little" not in describe_result(at).lower()


def test_what_was_named_already_is_not_little_else(body):
    made = make_result(
        body,
        {
            "rectus_abdominis_left": (10, 4.9, 0, 0),
            "rectus_abdominis_right": (10, 4.89, 0, 0),
            "iliocostalis_lumborum_left": (10, -1.5, 0, 0),
        },
    )
    assert (
        "Little else changes above the pelvis (all muscles of the low back together 1.5 N less and"
        in describe_result(made)
    )
    neck = make_result(
        body,
        {
            "longus_colli_left": (1, 3, 0, 0),
            "splenius_capitis_left": (9, -2, 0, 0),
            "iliocostalis_lumborum_left": (10, -1.5, 0, 0),
        },
    )
    assert (
        "Little else changes above the pelvis (all muscles of the low back together 1.5 N less)."
        in describe_result(neck)
    )


def test_the_injured_muscle_is_not_reported_as_the_finding(body):
    strain = mc.HamstringStrain("left", 2)
    made = make_result(
        body,
        {"biceps_femoris_long_head_left": (6, 0, 90, 0), "soleus_right": (50, 20, 0, 0)},
        (strain,),
        strain.change(body),
    )
    text = describe_result(made)
    assert (
        "Outside the cause itself, the deep calf muscle (Soleus) on the right" in text
        and "Biceps" not in text
    )


def test_equal_sides_are_said_together_and_the_neck_by_its_total(body):
    both = make_result(body, {"soleus_left": (50, 20, 0, 0), "soleus_right": (50, 20.01, 0, 0)})
    assert (
        "The deep calf muscle (Soleus) changes most on both sides (50 N before, 20 N more each)"
        in describe_result(both)
    )
    neck = make_result(
        body, {"longus_colli_left": (1, 30, 0, 0), "splenius_capitis_left": (9, -8, 0, 0)}
    )
    assert "The neck changes most (its muscles together carry 22 N more)" in describe_result(neck)
    assert "Longus" not in describe_result(neck)


def test_routes_that_share_a_change_are_named_together(by_hand, body):
    made = make_result(body, {"soleus_left": (50, 10, 9, 0)})
    assert "by posture and pull together" in describe_result(made)
    assert describe_structure(by_hand, "gluteus_medius_right").sentence.endswith(
        " before, 30 N more, mostly by pull."
    )


def test_unsettled_rounds_and_overload_are_said(body):
    made = make_result(body, {"soleus_left": (50, 10, 0, 0)}, settled=False)
    table = made.table()
    table.loc["soleus_left", "overloaded"] = True
    made.table = lambda: table
    assert describe_result(made).endswith(
        " The deep calf muscle (Soleus) on the left works at full strength. The rounds of guarding"
        " did not come to rest."
    )
    table["overloaded"] = table.index.isin(
        ["soleus_left", "soleus_right", "popliteus_left", "popliteus_right"]
    )
    assert " and 2 more work at full strength." in describe_result(made)


def test_pose_in_plain_words(body):
    made = make_result(
        body,
        {},
        pose={
            "pelvis": {"flexion_deg": -1.4, "side_bend_deg": 2.0},
            "thorax": {"rotation_deg": 0.5},
            "head": {"flexion_deg": 0.09},
        },
    )
    assert (
        describe_pose(made)
        == "The pelvis turns backward by 1.4 degrees and drops on the right by 2.0 degrees; the"
        " trunk twists to the right by 0.5 degrees; the head stays as before."
    )
    assert describe_pose(make_result(body, {})).startswith(
        "Pelvis, trunk and head stay as they were"
    )


def test_routes_count_muscles_once_and_more_and_less_both(by_hand):
    table = table_of_routes(by_hand).set_index(["Part", "Route"])["Sum of changes (N)"]
    # soleus 40 and gluteus medius 4; the tendon behind the soleus is not counted again
    assert table["pelvis and legs", "posture"] == pytest.approx(44)
    assert table["pelvis and legs", "pull"] == pytest.approx(20)
    assert table["above the pelvis", "guarding"] == pytest.approx(7)
    assert (
        describe_routes(by_hand)
        == "In the pelvis and the legs the changes add up to 70 N: posture 63 %, pull 29 % and"
        " guarding 9 %; above the pelvis the changes add up to 8.6 N: posture 19 %, pull 0 % and"
        " guarding 81 %."
    )


def test_table_of_changes_is_readable_and_sorted(by_hand):
    table = table_of_changes(by_hand, 3)
    assert list(table["Structure"]) == [
        "Soleus, left",
        "Calcaneal tendon, left",
        "Gluteus medius, right",
    ]
    assert list(table["Change (N)"]) == [-40.0, -39.0, 30.0]
    assert table.loc[
        "gluteus_medius_right", ["By posture (N)", "By pull (N)", "By guarding (N)"]
    ].to_list() == [4.0, 20.0, 6.0]
    assert len(table_of_changes(by_hand)) == len(by_hand.table())
    with pytest.raises(ValueError, match="no region 'tail'.*foot|no region 'tail'.*calf"):
        table_of_changes(by_hand, region="tail")


def test_region_table_sums_muscles_of_each_side(by_hand):
    table = table_by_region(by_hand).set_index(["Region", "Side"])
    assert table.loc[("neck", "both"), "Change (N)"] == 0.6
    assert table.loc[("neck", "left"), "By posture (N)"] == 0.4
    assert table.loc[("calf", "left"), "Change (N)"] == -40.0
    neck = by_hand.table().query("region == 'neck' and kind == 'muscle'")
    assert table.loc[("neck", "both"), "Muscles"] == len(neck) and table.loc[
        ("neck", "both"), "Before (N)"
    ] == pytest.approx(neck["before_N"].sum())


def test_card_of_a_muscle(by_hand):
    card = describe_structure(by_hand, "gluteus_medius_right")
    assert (card.title, card.plain_name, card.kind, card.region) == (
        "Gluteus medius, right",
        "side hip muscle",
        "muscle",
        "hip",
    )
    assert card.nerve == "Superior gluteal nerve, right" and "L5 right" in card.roots
    assert (card.before_n, card.after_n, card.change_n) == (20.0, 50.0, 30.0)
    assert card.shares == pytest.approx({"posture": 4 / 30, "pull": 20 / 30, "guarding": 6 / 30})
    assert card.computed and card.sources and all(made["citation"] for made in card.sources)
    assert ("Change", "30 N more (+150 %)") in card.rows()
    assert all(label and text for label, text in card.rows())


def test_card_without_result_without_nerve_and_not_computed(by_hand, body):
    elbow = describe_structure(by_hand, "brachialis_left")
    assert not elbow.computed and elbow.change_n is None
    assert elbow.computed_words == "drawn, not computed: lies within one rigid body"
    plain = describe_structure(body, "nuchal_ligament")
    assert plain.change_n is None and plain.nerve == "" and plain.title == "Nuchal ligament"
    assert (
        "trust the total of the neck"
        in describe_structure(by_hand, "splenius_capitis_left").caution
    )
    assert "bone" in describe_structure(by_hand, "pelvis").sentence
    graph = body.graph.copy()
    nerve = next(other for other in graph["soleus_left"] if graph.nodes[other]["kind"] == "nerve")
    graph.remove_node(nerve)
    assert "cut" in describe_structure(mc.Body.from_graph(graph), "soleus_left").nerve
    with pytest.raises(mc.UnknownStructureError, match="soleus_left"):
        describe_structure(by_hand, "soleus_lef")


def swap_sides(text):
    return text.replace("left", "#").replace("right", "left").replace("#", "right")


@pytest.mark.parametrize(
    "cause",
    [
        lambda side: mc.Limp(side, 0.5, lean_deg=8),
        lambda side: mc.HamstringStrain(side, 2),
        lambda side: mc.PullOn(f"latissimus_dorsi_{side}", 50),
    ],
    ids=["limp", "strain", "pull"],
)
def test_mirrored_results_have_mirrored_words(body, cause):
    left, right = (mc.spread(body, cause(side)) for side in ("left", "right"))
    for describe in (describe_result, describe_pose, describe_routes):
        assert swap_sides(describe(left)) == describe(right)


def test_every_description_answers_every_case(result):
    for describe in (describe_result, describe_pose, describe_routes):
        text = describe(result)
        assert text.endswith(".") and text[0].isupper() and "nan" not in text
    for text in (
        describe_chart_ranked_changes(result),
        describe_chart_tension_by_height(result),
        describe_chart_rounds(result),
        describe_chart_chain_diagram(result.body, result),
        describe_chart_chain_diagram(result.body, result, chain="superficial_back_line_left"),
    ):
        assert (
            text.title
            and text.sentence.endswith(".")
            and "nan" not in text.sentence
            and isinstance(text.table, pd.DataFrame)
        )
    for table in (table_of_changes(result), table_by_region(result), table_of_routes(result)):
        assert not table.isna().to_numpy().any()
    for structure in result.body.structures:
        assert describe_structure(result, structure).rows()


def test_quiet_standing_says_that_nothing_changes(body):
    quiet = mc.spread(body)
    assert (
        describe_result(quiet)
        == "Quiet standing on both feet: nothing was asked of the body, and nothing changes."
    )
    assert describe_routes(quiet) == "No muscle changes by any route."
    assert describe_chart_rounds(quiet).sentence == "Nothing changes in any step."
    assert describe_result(mc.spread(body, mc.Limp("left", 0))).endswith(
        "both feet. Nothing changes by 0.05 N or more."
    )


def test_sentence_names_the_largest_change_of_the_table(result):
    table = result.table()
    own = set(result.change.tensions)
    # a tendon carries on what its muscle pulls
    graph = result.body.graph
    own |= {near for name in own for near in graph[name] if graph.nodes[near]["kind"] == "tendon"}
    outside = table[~table.index.isin(own)]
    if result.causes:
        largest = outside["change_N"].abs().idxmax()
        assert str(result.body.graph.nodes[largest]["name"]) in describe_result(result)
        assert format_change(outside.at[largest, "change_N"]) in describe_result(result)


@pytest.mark.parametrize(
    "cause, words",
    [
        (mc.HamstringStrain("left", 3), "a complete tear (grade 3) of the left hamstring"),
        (
            mc.Limp("right", 0.25, lean_deg=-4, forward_deg=5, head_level=False),
            (
                "a limp that spares the right leg (25 % of its load moved to the left leg, trunk"
                " leaned 4 degrees to the right, trunk bent 5 degrees forward, head not held level)"
            ),
        ),
        (
            mc.PullOn("soleus_left", 5),
            "5 N of added tension in the deep calf muscle (Soleus) on the left",
        ),
        (
            mc.Weaken("soleus_right", 0.5),
            "the deep calf muscle (Soleus) on the right with 50 % of its strength",
        ),
        (mc.ForwardBend(20, hip_share=0.5), "a forward bend of 20 degrees, 50 % of it in the hips"),
        (
            mc.LegLift("left", 20, lean_deg=-4),
            (
                "the left foot lifted, with the thigh raised by 20 degrees, the trunk leaning 4"
                " degrees toward the lifted leg"
            ),
        ),
        (mc.LegLift("right"), "the right foot lifted, just off the ground"),
        (mc.UnevenHips("left", 20), "the left hip 20 mm higher"),
        (mc.PelvicShift("right", 15), "the pelvis 15 mm to the right"),
        (mc.OneLegStance("right"), "standing on the right leg alone"),
        (mc.RollingFoot("left", 6), "the left foot rolled in by 6 degrees"),
        (mc.RollingFoot("both", -4), "both feet rolled out by 4 degrees"),
        (mc.Insole("left"), "an insole under the left foot"),
        (mc.Insole("both", 0.5), "an insole under both feet at 50 % of its usual height"),
        (
            mc.OneLegStance("left", 0.5),
            "standing on the left leg alone, belly and buttocks braced to 50 %",
        ),
        (
            mc.HoldPose(
                {"head": (10, 0, -5)}, load_share=0.6, lift_mm={"left": -8}, wedge_deg={"right": 4}
            ),
            (
                "a held pose (Head: flexion 10 degrees, rotation -5 degrees; 60 % of the weight on"
                " the left foot; ground 8 mm lower under the left foot; right foot rolled in by 4"
                " degrees)"
            ),
        ),
    ],
)
def test_causes_in_words(body, cause, words):
    head = body.graph.nodes["head"]["name"]
    assert describe_cause(cause, body) == words.replace("(Head:", f"({head}:")


def test_an_unknown_cause_is_called_by_its_name(body):
    class UnevenHips:
        side = "left"

    assert describe_cause(UnevenHips(), body) == "uneven hips (left)"


def test_comparison_states_cut_and_direction(body):
    cut = body.without("sacrotuberous_ligament_left")
    before = make_result(
        body, {"soleus_left": (10, 8, 0, 0), "sacrotuberous_ligament_left": (1, 0, 9, 0)}
    )
    after = make_result(cut, {"soleus_left": (10, 3, 0, 0)})
    made = compare_results(before, after)
    assert (
        made.sentence
        == "Without the sacrum to sitting bone band (Sacrotuberous ligament) on the left, the"
        " difference is greatest in the deep calf"
        " muscle (Soleus) on the left: 3.0 N more instead of 8.0 N more (a smaller change). The"
        " changes of the muscles above the pelvis stay at 0 N."
    )
    assert made.table.loc["soleus_left", "Difference (N)"] == -5.0
    assert made.table.index[-1] == "sacrotuberous_ligament_left" and np.isnan(
        made.table["Difference (N)"].iloc[-1]
    )
    assert "no tension in this model changes otherwise" in compare_results(before, before).sentence


def test_a_comparison_does_not_count_what_the_cause_itself_pulls(body):
    change = Change(tensions={"latissimus_dorsi_left": 50})
    first, second = (
        make_result(
            body,
            {"latissimus_dorsi_left": (3, 0, pull, 0), "soleus_left": (10, 0, 2, 0)},
            asked=change,
        )
        for pull in (25, 33)
    )
    assert (
        "The changes of the other muscles above the pelvis stay at 0 N."
        in compare_results(first, second).sentence
    )


@pytest.mark.parametrize(
    "old, new, words",
    [
        (5, 0, "vanishes"),
        (0, 5, "appears"),
        (5, -5, "turns round"),
        (5, 2, "a smaller change"),
        (-2, -5, "a larger change"),
    ],
)
def test_direction_of_a_difference(body, old, new, words):
    first, second = (make_result(body, {"soleus_left": (10, value, 0, 0)}) for value in (old, new))
    assert words in compare_results(first, second).sentence


def test_comparison_names_a_cut_link(body):
    link = ("biceps_femoris_long_head_left", "sacrotuberous_ligament_left")
    made = compare_results(make_result(body, {}), make_result(body.without_link(*link), {}))
    assert made.sentence.startswith(
        "With the link cut between the outer hamstring (Biceps femoris, long head) on the left and"
        " the sacrum to sitting bone band (Sacrotuberous ligament) on the left"
    )


@pytest.mark.parametrize(
    "error, start",
    [
        (mc.CauseError("lean too far."), "This setting cannot be used: lean too far."),
        (mc.SolveError("cannot stand."), "The model finds no answer"),
        (mc.UnknownStructureError("no x"), "That name is not in the body"),
        (mc.GraphError("no kind"), "The changed graph is not a body yet"),
        (
            RuntimeError("boom"),
            "Something went wrong that the lesson did not foresee (RuntimeError: boom)",
        ),
    ],
)
def test_errors_are_calm_sentences(error, start):
    assert describe_error(error).startswith(start)


def test_data_errors_are_told(tmp_path):
    with pytest.raises(mc.DataError) as caught:
        mc.read_body(tmp_path)
    assert describe_error(caught.value).startswith("The data files need mending: ")


def test_tables_are_escaped_as_html(body):
    graph = body.graph.copy()
    graph.nodes["soleus_left"]["name"] = "<script>alert(1)</script>"
    made = make_result(mc.Body.from_graph(graph), {"soleus_left": (10, 9, 0, 0)})
    for table in (
        table_of_changes(made),
        describe_chart_rounds(made).table,
        describe_chart_ranked_changes(made).table,
    ):
        text = table_to_html(table, "a <b>caption</b>")
        assert (
            "<script>" not in text
            and "&lt;script&gt;" in text
            and ">a &lt;b&gt;caption&lt;/b&gt;</caption>" in text
        )


def test_a_node_that_a_student_added_needs_no_name(body):
    graph = body.graph.copy()
    for key in ("name", "plain_name", "source"):
        del graph.nodes["soleus_left"][key]
    mine = mc.Body.from_graph(graph)
    made = make_result(mine, {"soleus_left": (10, 9, 0, 0)})
    assert "soleus_left on the left" in describe_result(made)
    assert describe_structure(made, "soleus_left").title == "soleus_left, left"


def test_places_are_mirrored_and_lie_within_the_body(body):
    places = find_places(body)
    assert set(places) == set(body.graph)
    for node, (across, height) in places.items():
        twin = node.replace("_left", "_right")
        assert places[twin] == pytest.approx(
            (-across if twin != node else across, height), abs=1e-9
        )
        assert -0.1 <= height <= 1.8 and abs(across) < 0.3
    assert places["soleus_left"][0] < 0 < places["soleus_right"][0]
    assert (
        places["achilles_tendon_left"][1]
        < places["soleus_left"][1]
        < places["splenius_capitis_left"][1]
    )


def test_regions_follow_one_another_from_the_ground(by_hand):
    regions = list_regions(by_hand)
    assert (
        regions.index("calf")
        < regions.index("thigh")
        < regions.index("lumbar")
        < regions.index("neck")
    )
    assert set(regions) == set(by_hand.table()["region"])


def test_rounds_table_has_the_steps_by_hand(by_hand):
    table = table_of_rounds(by_hand, structures=["gluteus_medius_right"])
    assert list(table.index) == ["before", "posture", "pull", "guarding, round 1"]
    assert table["gluteus_medius_right"].to_list() == [0.0, 4.0, 24.0, 30.0]
    with pytest.raises(ValueError, match="not computed"):
        table_of_rounds(by_hand, structures=["brachialis_left"])


def test_stations_know_link_grade_and_cut(body):
    nodes, links = find_stations(body, chain="superficial_back_line_left")
    assert (
        nodes[:2] == ["plantar_fascia_left", "achilles_tendon_left"]
        and len(links) == len(nodes) - 1
    )
    assert [link.grade for link in links] == [
        step.grade for step in body.chains["superficial_back_line_left"].transitions
    ]
    cut = body.without("sacrotuberous_ligament_left")
    nodes, links = find_stations(cut, chain="superficial_back_line_left", reference=body)
    at = nodes.index("sacrotuberous_ligament_left")
    assert [link.cut for link in links] == [k in (at - 1, at) for k in range(len(links))]
    table = table_of_stations(cut, chain="superficial_back_line_left", reference=body)
    assert (
        table["In the body"].iloc[at] == "cut"
        and table["Link to the next"].iloc[at] == "runs on (cut)"
    )
    chain = body.chains["back_functional_line_left"]
    nodes, links = find_stations(body, chain="back_functional_line_left")
    assert (nodes, [link.grade for link in links]) == (
        list(chain.stations)[::-1],
        [step.grade for step in chain.transitions][::-1],
    ), "from the lower end up"
    told = mc.describe_chain(mc.spread(body), "back_functional_line_left").table
    assert list(told["Station"]) == [name_structure(body, node) for node in nodes]
    with pytest.raises(ValueError, match="no chain 'back_line'"):
        find_stations(body, chain="back_line")
    with pytest.raises(ValueError, match="not both"):
        find_stations(body, chain="spiral_line_left", path=["pelvis"])
    with pytest.raises(mc.UnknownStructureError):
        find_stations(body, path=["pelvis", "tail"])


# ---- how sure? -------------------------------------------------------------------------------


def test_each_named_change_is_called_settled_likely_or_depends(by_hand):
    sure = make_draws(by_hand, {"soleus_left": "likely", "splenius_capitis_left": "depends"})
    assert (
        describe_result(by_hand, sure)
        == "A forward bend of 30 degrees. The deep calf muscle (Soleus) on the left changes most"
        " (100 N before, 40 N less; likely), by posture. The greatest settled change is"
        " that of the Achilles tendon (Calcaneal tendon) on the left (39 N less). Above the"
        " pelvis, the outer long back muscle (Iliocostalis lumborum) on the left changes most"
        " (8.0 N more; settled). The neck muscles together carry 0.6 N more (depends; how they"
        " share it depends)."
    )
    assert describe_result(by_hand, sure).replace("; likely", "") != describe_result(by_hand)


def test_a_settled_first_change_needs_no_second_one(by_hand):
    text = describe_result(by_hand, make_draws(by_hand, {}))
    assert "greatest settled" not in text and text.endswith("carry 0.6 N more (settled).")


def test_where_nothing_is_settled_the_sentence_says_so(body):
    made = make_result(body, {"soleus_left": (100, -40, 0, 0)})
    assert "No change is settled" in describe_result(
        made, make_draws(made, {"soleus_left": "depends"})
    )


def test_a_table_of_certainty_is_refused_in_words(by_hand):
    for ask in (describe_result, table_by_region, table_of_routes):
        with pytest.raises(ValueError, match="certainty=result.draws()"):
            ask(by_hand, make_draws(by_hand, {}).table())


def test_the_tendon_of_the_injured_muscle_is_not_reported_as_outside(body):
    strain = mc.HamstringStrain("left", 2)
    made = make_result(
        body,
        {
            "biceps_femoris_long_head_left": (6, 0, 90, 0),
            "biceps_femoris_proximal_tendon_left": (6, 0, 88, 0),
            "soleus_right": (50, 20, 0, 0),
        },
        (strain,),
        strain.change(body),
    )
    assert "Outside the cause itself, the deep calf muscle (Soleus)" in describe_result(
        made
    ) and "tendon" not in describe_result(made)


def test_the_card_says_how_sure_in_plain_words(by_hand):
    sure = make_draws(by_hand, {"gluteus_medius_right": "likely", "soleus_left": "settled"})
    assert (
        "How sure",
        "likely: in 90 % of 10 bodies it rises; 90 % range −3.0 to +30 N",
    ) in describe_structure(by_hand, "gluteus_medius_right", sure).rows()
    assert (
        "in 100 % of 10 bodies it falls"
        in describe_structure(by_hand, "soleus_left", sure).how_sure
    )
    assert "it stays about the same" in describe_structure(by_hand, "soleus_right", sure).how_sure
    assert describe_structure(by_hand, "brachialis_left", sure).how_sure == "" and not any(
        label == "How sure" for label, _ in describe_structure(by_hand, "soleus_left").rows()
    )


def test_the_card_of_a_neck_muscle_speaks_of_the_neck_as_a_whole(by_hand):
    card = describe_structure(
        by_hand, "splenius_capitis_left", make_draws(by_hand, {"splenius_capitis_left": "depends"})
    )
    assert card.how_sure.startswith("depends") and card.caution.endswith(
        "The neck as a whole carries 0.6 N more (depends)."
    )


def test_tables_get_how_sure_and_the_range(by_hand):
    sure = make_draws(by_hand, {"gluteus_medius_right": "depends"})
    table = table_of_changes(by_hand, 3, certainty=sure)
    assert table.loc["gluteus_medius_right", ["How sure", "90 % range (N)"]].to_list() == [
        "depends",
        "−30 to +30",
    ]
    assert table.loc["soleus_left", "How sure"] == "settled"
    regions = table_by_region(by_hand, sure).set_index(["Region", "Side"])
    assert (
        regions.loc[("hip", "right"), "How sure"] == "depends"
        and regions.loc[("calf", "left"), "How sure"] == "settled"
    )
    routes = table_of_routes(by_hand, sure)
    # by hand the draws move by posture alone, so the other routes move nothing in them
    assert routes.loc[routes["Route"] == "posture", "90 % range (N)"].str.contains(" to ").all()
    assert (routes.loc[routes["Route"] == "guarding", ["90 % range (N)", "How sure"]] == "–").all(
        axis=None
    )
    assert "How sure" not in table_of_changes(by_hand) and "How sure" not in table_of_routes(
        by_hand
    )


def test_a_structure_that_the_draws_do_not_know_is_called_not_known(by_hand):
    rows = table_of_changes(by_hand, certainty=leave_out(make_draws(by_hand, {}), "soleus_left"))
    assert rows.loc["soleus_left", ["How sure", "90 % range (N)"]].to_list() == ["not known", "–"]


def test_figures_stand_to_the_right_and_words_to_the_left():
    text = table_to_html(
        pd.DataFrame(
            {
                "Name": ["a"],
                "N": [-1.25],
                "Range": ["−3.0 to +31"],
                "Load": ["713 N"],
                "Word": ["3 wise men"],
                "Yes": [True],
                "Gap": [None],
            }
        )
    )
    for cell, side in (
        ("−1.25", "right"),
        ("−3.0 to +31", "right"),
        ("713 N", "right"),
        ("3 wise men", "left"),
        ("True", "left"),
        ("–", "left"),
    ):
        assert f"<td style='text-align:{side}'>{cell}</td>" in text
    assert (
        "<th scope='row' style='text-align:left;font-weight:normal'>a</th>" in text
        and "<caption" not in text
    )


def test_the_note_counts_changes_and_names_the_signs(by_hand):
    sure = make_draws(
        by_hand,
        {
            "soleus_left": "likely",
            "splenius_capitis_left": "depends",
            "splenius_capitis_right": "depends",
        },
    )
    assert (
        describe_certainty(sure)
        == "How sure? Of 6 changes 3 are settled; 1 is likely (paler) and 2 depend on what nobody"
        " knows (palest). What guarding adds holds only if its theory does."
    )
    assert describe_certainty(make_draws(by_hand, {})).startswith(
        "How sure? Of 6 changes 6 are settled. What guarding"
    )
    assert "nothing changes either" in describe_certainty(hold_still(sure))
    stirred = hold_still(sure).by_route.copy()
    for name in ("soleus_right", "vastus_lateralis_left"):
        stirred[:8, 0, sure.structures.index(name)] = 3.0
    assert describe_certainty(replace(hold_still(sure), by_route=stirred)).endswith(
        "2 more do not change here, but in other bodies they do."
    )
    assert describe_certainty(Certainty("too far.")) == "How sure? Not known. too far."
    assert describe_certainty(Certainty()) == ""
    assert describe_certainty(Pending(done=60, asked=200)) == (
        "How sure? Being computed: 60 of 200 bodies tried."
    )
    assert set(list_words(sure).values()) == {"settled", "likely", "depends"}


def test_muscle_groups_count_every_muscle_once(by_hand):
    groups, table = list_muscle_groups(by_hand), by_hand.table()
    muscles = set(table.index[table["kind"] == "muscle"])
    assert sorted(groups["above the pelvis"] + groups["pelvis and legs"]) == sorted(muscles)
    assert sorted(groups["neck, left"] + groups["neck, right"]) == sorted(groups["neck"])


def test_muscles_that_are_equally_weak_are_said_in_one():
    body = mc.read_body()
    weak = [mc.Weaken(f"{name}_left", 0.5) for name in ("soleus", "psoas_major", "iliacus")]
    result = mc.spread(body, [mc.LegLift("right"), *weak, mc.Weaken("soleus_right", 0.2)])
    assert describe_causes(result) == (
        "The right foot lifted, just off the ground, together with the deep calf muscle (Soleus) on"
        " the left, Psoas major and Iliacus with 50 % of their strength, together with the deep"
        " calf muscle (Soleus) on the right with 20 % of its strength"
    )
    both = [mc.Weaken(f"soleus_{side}", 0.5) for side in ("left", "right")]
    assert describe_causes(mc.spread(body, both)) == (
        "The deep calf muscle (Soleus) on the left and 1 more muscle with 50 % of their strength"
    )
