"""What hangs together: the words and tables of lesson 01 say what graph and model say."""

import networkx as nx
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_newtons
from musclechain.lessons.lesson_01_one_connected_body import describe_chains, follow_chain
from musclechain.views.body.springs import draw_springs
from musclechain.views.words.causes import describe_cause
from musclechain.views.words.findings.bends import describe_bend
from musclechain.views.words.findings.chains import describe_meeting, describe_roots
from musclechain.views.words.findings.springs import describe_springs

NASTY = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "chain",
    [
        "superficial_back_line_left",
        "back_functional_line_right",
        "superficial_front_line_left",
        "spiral_line_left",
    ],
)
def test_a_chain_is_pulled_at_its_first_computed_station_and_followed(body, chain):
    made = body.chains[chain]
    table = follow_chain(body, chain, 40).table
    computed = mc.spread(body).table().index
    start = next(one for one in made.stations if one in computed)
    pull = mc.spread(body, mc.PullOn(start, 40), posture=False).table()["pull_N"]
    assert len(table) == len(made.stations)
    for station, change in zip(made.stations, table["Change by pull (N)"], strict=True):
        assert (
            change == pytest.approx(pull[station], abs=0.051)
            if station in computed
            else change != change
        )
    for step, told in zip(
        made.transitions, table["Evidence for the step to the next"], strict=False
    ):
        assert told.endswith(step.grade or "none found")
    assert table["Share of the pull (%)"].dropna().max() == 100


def test_a_step_without_a_soft_joint_is_said_to_go_by_way_of_bones(body):
    made = body.chains["back_functional_line_left"]
    told = follow_chain(body, made.id).table["In this model the step goes"].to_list()
    assert [way == "tissue to tissue" for way in told[:-1]] == [
        step.mechanical for step in made.transitions
    ]


def test_all_chains_stand_side_by_side(body):
    found = describe_chains(body, 50)
    assert len(found.table) == len(body.chains) / 2
    assert not [name for name in found.table.columns if name.startswith("_")]
    assert describe_chains(body, 0).table["The furthest of them"].eq("none").all()


def test_unknown_chains_and_sides_are_named(body):
    with pytest.raises(mc.CauseError, match="no chain 'x'"):
        follow_chain(body, "x")
    with pytest.raises(mc.CauseError, match="middle"):
        describe_chains(body, side="middle")


def test_what_meets_at_the_pelvis_is_counted_in_the_graph(body):
    found = describe_meeting(body, "pelvis")
    soft = [one for one in body.graph["pelvis"] if one in body.structures]
    assert found.table.iloc[:, 1:].to_numpy().sum() == len(soft) and str(found).startswith(
        f"{len(soft)} structures"
    )
    cut = body.without("thoracolumbar_fascia_left")
    assert describe_meeting(cut, "pelvis").table.iloc[:, 1:].to_numpy().sum() == len(soft) - 1
    with pytest.raises(mc.UnknownStructureError):
        describe_meeting(body, "soleus_left")


def test_tissue_alone_holds_as_many_as_the_graph_joins(body):
    tissue = nx.Graph(
        body.graph.edge_subgraph(
            [edge for edge in body.graph.edges(keys=True) if edge[2] == "continuous"]
        )
    )
    met = {one for one in body.graph["pelvis"] if one in body.structures}
    assert f" {max(len(group & met) for group in nx.connected_components(tissue))} of them" in str(
        describe_meeting(body)
    )


def test_roots_list_every_muscle_that_shares_one(body):
    found = describe_roots(body, "gluteus_medius_left")
    assert found.table["How many"].sum() == len(mc.list_shared_roots(body, "gluteus_medius_left"))
    assert "Soleus (S1)" in " ".join(found.table["Muscles and shared roots"])


def test_names_with_html_stay_text(body):
    graph = body.graph.copy()
    graph.nodes["achilles_tendon_left"]["name"] = graph.nodes["gluteus_minimus_left"]["name"] = (
        NASTY
    )
    nasty = mc.Body.from_graph(graph)
    for found in (
        follow_chain(nasty, "superficial_back_line_left"),
        describe_chains(nasty),
        describe_roots(nasty, "gluteus_medius_left"),
    ):
        assert "<img" not in found._repr_html_()
    assert "&lt;img" in follow_chain(nasty, "superficial_back_line_left")._repr_html_()


@pytest.mark.parametrize("arrangement", ["series", "parallel"])
def test_the_picture_of_the_springs_says_what_the_table_says(arrangement):
    result = mc.spread(mc.two_springs(arrangement, 10, 30), mc.PullOn("hook", 30))
    picture, table = draw_springs(result), describe_springs(result).table
    for force in table["Force (N)"][:2]:
        assert f"{force:.1f} N" in picture
    assert "role='img'" in picture and str(describe_springs(result)) in picture
    assert (table["Force (N)"] / table["Gets longer by (mm)"]).to_list() == pytest.approx(
        table["Stiffness (N/mm)"].to_list(), rel=0.02
    )


def test_springs_need_springs_and_a_pull(body):
    with pytest.raises(ValueError, match="not a body of two springs"):
        describe_springs(mc.spread(body))
    with pytest.raises(ValueError, match="Nothing pulls"):
        describe_springs(mc.spread(mc.two_springs()))


def test_bends_are_compared_with_the_first(body):
    small, large = (mc.spread(body, mc.ForwardBend(degrees)) for degrees in (20, 40))
    found = describe_bend({"small": small, "large": large})
    lean = found.table.set_index("What").loc["Trunk leans forward (degrees)"]
    assert lean["large"] > lean["small"] and "All compared with: small." in str(found)
    assert " instead of ".join(
        format_newtons(one.joint_loads()["l5_s1"]) for one in (large, small)
    ) in str(found)
    with pytest.raises(ValueError, match="two bends"):
        describe_bend({"one": small})


def test_a_bend_says_how_far_hips_and_knees_bend(body):
    asked = mc.ForwardBend(90, hip_share=0.6)
    short = mc.spread(body, [asked, mc.Shorten(mc.HAMSTRINGS, mm=40)])
    table = describe_bend({"usual": mc.spread(body, asked), "short": short}).table.set_index("What")
    # 54 degrees of hip were asked
    assert table.loc["Hip joints bent (degrees)"].to_list() == pytest.approx([54, 54], abs=2)
    knee = table.loc["Knees bent (degrees)"]
    assert -3 < knee["usual"] < 0 and knee["short"] > 5


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (mc.LegLift("left"), "the left foot lifted, just off the ground"),
        (
            mc.LegLift("right", 20, -3),
            "20 degrees, the trunk leaning 3 degrees toward the lifted leg",
        ),
    ],
)
def test_a_lifted_leg_has_words(cause, words):
    assert words in describe_cause(cause, None)
