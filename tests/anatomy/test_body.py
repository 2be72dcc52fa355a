"""The graph: what it holds, that its two sides mirror each other, and how it answers to changes."""

import pickle
import re
from collections import Counter

import networkx as nx
import numpy as np
import pytest

from musclechain.anatomy.body import Body, UnknownStructureError, read_body
from musclechain.anatomy.graph import build_graph
from musclechain.anatomy.graph_checks import SOFT_KINDS, GraphError
from musclechain.anatomy.limits import PARAMETERS
from musclechain.anatomy.records import FILES
from musclechain.anatomy.tables import Tables, read_tables

from .hand_bodies import hand_cells, write_cells

KINDS = {"bone", "muscle", "fascia", "ligament", "tendon", "nerve", "root"}
EDGES = {"attaches", "continuous", "supplies", "arises", "adjacent", "passes", "articulates"}
BONES = (
    "pelvis",
    "lumbar",
    "thorax",
    "neck",
    "head",
    *(
        f"{bone}_{side}"
        for bone in ("shoulder_girdle", "arm", "thigh", "shank", "foot")
        for side in ("left", "right")
    ),
)
REQUIRED = """
    gluteus_maximus gluteus_medius gluteus_minimus tensor_fasciae_latae piriformis
    obturator_internus obturator_externus gemellus_superior gemellus_inferior quadratus_femoris
    iliacus psoas_major pectineus sartorius rectus_femoris vastus_lateralis vastus_medialis
    vastus_intermedius adductor_longus adductor_brevis adductor_magnus gracilis
    biceps_femoris_long_head biceps_femoris_short_head semitendinosus semimembranosus
    gastrocnemius_medial_head gastrocnemius_lateral_head soleus popliteus tibialis_anterior
    tibialis_posterior fibularis_longus fibularis_brevis iliocostalis_lumborum
    longissimus_thoracis multifidus_lumborum quadratus_lumborum rectus_abdominis
    external_oblique internal_oblique transversus_abdominis latissimus_dorsi
    trapezius_descending_part trapezius_transverse_part trapezius_ascending_part
    levator_scapulae rhomboid_minor rhomboid_major serratus_anterior pectoralis_major deltoid
    splenius_capitis semispinalis_capitis sternocleidomastoid scalenus_anterior longus_colli
    achilles_tendon plantar_fascia iliotibial_tract sacrotuberous_ligament
    biceps_femoris_proximal_tendon thoracolumbar_fascia
""".split()


def flip(name):
    """Name of the same thing on the other side."""
    for ours, theirs in (("_left", "_right"), ("_right", "_left")):
        if ours in name:
            return name.replace(ours, theirs)
    return name


def mirror(value):
    """Mirror whatever a node or an edge carries: names change sides, points change the sign of
    z."""
    if isinstance(value, str):
        return {"left": "right", "right": "left"}.get(value, flip(value))
    if isinstance(value, dict):
        return {
            mirror(key) if isinstance(key, str) else key: mirror(part)
            for key, part in value.items()
        }
    return value


def mirror_points(value):
    return {key: (x, y, -z) for key, (x, y, z) in value.items()}


def mirror_branches(branches):
    return tuple(
        (name, tuple((flip(bone), (x, y, -z)) for bone, (x, y, z) in points))
        for name, points in branches
    )


def copy_of(body):
    return body.graph.copy()


@pytest.fixture(params=["human", "hand"])
def body(request):
    return request.getfixturevalue(request.param)


# What is in it


def test_kinds_of_nodes_and_edges(body):
    assert isinstance(body.graph, nx.MultiGraph)
    assert set(nx.get_node_attributes(body.graph, "kind").values()) == KINDS
    assert {kind for _, _, kind in body.graph.edges(data="kind")} == EDGES
    assert len(nx.get_node_attributes(body.graph, "kind")) == len(body.graph)


def test_nodes_say_what_a_lesson_shows(body):
    for node, data in body.graph.nodes(data=True):
        assert (
            data["name"]
            and data["plain_name"]
            and data["source"]
            and data["side"] in ("left", "right", "midline")
        ), node
        assert node.endswith(f"_{data['side']}") or data["side"] == "midline", node
        if data["kind"] in SOFT_KINDS:
            assert {
                "region",
                "view",
                "layer",
                "belly",
                "width",
                "tendon_proximal",
                "tendon_distal",
                "lines",
            } <= set(data), node
            assert (
                ("action" in data and "group" in data and data["nerve"] in body.graph)
                if data["kind"] == "muscle"
                else "function" in data
            ), node


def test_the_human_body_is_complete(human):
    kinds = nx.get_node_attributes(human.graph, "kind")
    assert sorted(human.bones) == sorted(BONES)
    for side in ("left", "right"):
        assert sum(kind == "muscle" and node.endswith(side) for node, kind in kinds.items()) >= 45
        assert not [name for name in REQUIRED if kinds.get(f"{name}_{side}") not in SOFT_KINDS]
    assert kinds["nuchal_ligament"] == "ligament"
    assert nx.is_connected(human.graph)


def test_bones_come_after_their_parents_and_meet_them_in_one_joint(body):
    seen = {"ground"}
    for bone in body.bones:
        parent = body.graph.nodes[bone]["parent"]
        assert parent in seen
        seen.add(bone)
        if parent != "ground":
            assert [data["kind"] for data in body.graph.get_edge_data(bone, parent).values()] == [
                "articulates"
            ]


def test_axes_of_a_joint_are_side_bend_rotation_flexion(hand):
    joint = hand.graph.edges["trunk", "head", "nod"]
    assert joint["stiffness_nm_per_deg"] == (2, 3, 1) and joint["allowance_nm"] == (5, 6, 4)


def test_the_two_sides_mirror_each_other(body):
    graph = body.graph
    for node, data in graph.nodes(data=True):
        twin = graph.nodes[flip(node)]
        centre = data.get("com_mm")
        for key in set(data) - {"com_mm", "branches", "attachments"}:
            assert mirror(data[key]) == twin[key], (node, key)
        for end, curve in data.get("attachments", {}).items():
            turned = [(flip(bone), (x, y, -z), share) for bone, (x, y, z), share in curve]
            assert turned == list(twin["attachments"][end])
        assert mirror_branches(data.get("branches", ())) == twin.get("branches", ()), node
        if centre:
            assert twin["com_mm"] == (*centre[:2], -centre[2])
    for first, second, key, data in graph.edges(keys=True, data=True):
        twin = graph.get_edge_data(flip(first), flip(second), key=flip(key))
        assert twin is not None, (first, second, key)
        if "points" in data:
            assert mirror_points(data["points"]) == twin["points"]
        lines = [(axis, (x, y, -z)) for axis, (x, y, z) in data.get("oblique_axes", ())]
        assert lines == list(twin.get("oblique_axes", ()))
        if "place_mm" in data:
            assert twin["place_mm"] == (*data["place_mm"][:2], -data["place_mm"][2])
        for key in (
            "kind",
            "grade",
            "evidence",
            "statement",
            "stiffness_nm_per_deg",
            "passive_share",
            "stops",
            "allowance_nm",
            "crossing",
        ):
            assert data.get(key) == twin.get(key)
        assert flip(data.get("junction") or "") == (twin.get("junction") or "")


def test_the_lines_and_junctions_mirror_each_other(body):
    lines = {(line.structure, line.number): line for line in body.lines}
    for (structure, number), line in lines.items():
        twin = lines[flip(structure), number]
        assert [flip(place) for place in line.places] == list(twin.places)
        assert twin.computed == line.computed
        np.testing.assert_array_equal(line.points * (1, 1, -1), twin.points)
    for junction, data in body.junctions.items():
        twin = body.junctions[flip(junction)]
        assert twin["point_mm"] == (*data["point_mm"][:2], -data["point_mm"][2]) and len(
            twin["lines"]
        ) == len(data["lines"])


def test_every_line_of_the_files_is_in_the_graph(human):
    tables = read_tables()
    paired = {row.tissue for row in tables.soft_tissues if row.side == "paired"} | {
        row.muscle for row in tables.muscles
    }
    wanted = Counter(
        {
            (row.structure, row.line): 2 if row.structure in paired else 1
            for row in (*tables.muscle_lines, *tables.tissue_lines)
        }
    )
    assert (
        Counter((human.graph.nodes[line.structure]["base"], line.number) for line in human.lines)
        == wanted
    )
    points = Counter((row.structure, row.line) for row in tables.line_points)
    for line in human.lines:
        assert (
            len(line.points)
            == len(line.places)
            == line.values["points"]
            == points[human.graph.nodes[line.structure]["base"], line.number]
        )


def test_lines_within_one_rigid_body_are_not_computed(human, hand):
    for body in (human, hand):
        for line in body.lines:
            assert line.computed == (len(set(line.places)) > 1), line.structure
    still = {line.structure for line in human.lines if not line.computed}
    assert {
        "plantar_fascia_left",
        "brachialis_left",
        "pronator_teres_right",
    } <= still
    assert {line.structure for line in hand.lines if not line.computed} == {
        "sole_band_left",
        "sole_band_right",
    }


def test_junctions_hold_the_lines_that_end_there(human, hand):
    assert set(human.junctions) == {
        f"{name}_junction_{side}"
        for name in ("achilles", "ischial", "iliotibial", "lumbar_fascia")
        for side in ("left", "right")
    } | {"linea_alba_junction"}
    for body in (human, hand):
        for junction, data in body.junctions.items():
            for index in data["lines"]:
                places = body.lines[index].places
                assert junction in (places[0], places[-1])
                np.testing.assert_allclose(
                    body.lines[index].points[0 if places[0] == junction else -1], data["point_mm"]
                )
    names = {hand.lines[index].structure for index in hand.junctions["sit_junction_left"]["lines"]}
    assert names == {"hamstring_left", "sit_tendon_left", "sit_ligament_left", "back_muscle_left"}


def test_continuities_name_grade_evidence_and_a_junction_that_exists(human):
    links = [
        (first, second, data)
        for first, second, data in human.graph.edges(data=True)
        if data["kind"] == "continuous"
    ]
    assert len(links) > 80
    for first, second, data in links:
        assert (
            data["grade"] in ("supported", "plausible", "contested", "folk wisdom")
            and data["statement"]
        )
        assert data["evidence"] and all(human.evidence(key)["citation"] for key in data["evidence"])
        assert data["junction"] is None or data["junction"] in human.junctions, (first, second)
        assert (
            human.graph.nodes[first]["kind"] in SOFT_KINDS
            and human.graph.nodes[second]["kind"] in SOFT_KINDS
        )


@pytest.mark.parametrize("side", ["left", "right"])
def test_midline_junction_joins_both_sides(tmp_path, side):
    """Lines of both sides end at a junction in the midline; where no link joins the sides, each
    moves alone."""
    files = hand_cells()
    files["junctions"][1] = [
        "sit_junction",
        "Where all meet",
        "midline",
        "trunk",
        "-40",
        "850",
        "0",
        "1",
        "book",
        "",
    ]
    for row in files["line_points"]:
        if row[3] == "sit_junction":
            row[6] = "0"
    body = read_body(write_cells(tmp_path, files))
    assert {junction.split("_part_")[0] for junction in body.junctions} == {"sit_junction"}
    assert sum(len(data["lines"]) for data in body.junctions.values()) == 8
    assert (
        body.graph.edges[f"hamstring_{side}", f"sit_tendon_{side}", "continuous"]["junction"]
        == "sit_junction"
    )


# Asking


def test_find_suggests_what_may_have_been_meant(human):
    assert human.find("soleus_left") == "soleus_left"
    for wrong in ("soleus", "soleus_lefft", "Soleus_left"):
        with pytest.raises(UnknownStructureError, match="soleus_left"):
            human.find(wrong)
    for wrong in (None, 3, "", "pelvis", ["soleus_left"], "sciatic_left"):
        with pytest.raises(UnknownStructureError, match="The body has no"):
            human.find(wrong)
    assert human.find("pelvis", kinds=("bone",)) == "pelvis"


def test_evidence_comes_with_its_citation(human):
    row = human.evidence("CH01")
    assert (
        row["statement"]
        and row["citation"]
        and row["link"]
        and row["grade"] in ("supported", "plausible", "contested", "folk wisdom")
    )
    assert human.evidence("rajagopal2016")["citation"]
    for wrong in ("CH999", "", None, 3):
        with pytest.raises(UnknownStructureError, match="no evidence with the id"):
            human.evidence(wrong)


def test_parameter_by_name_and_its_suggestion(human):
    assert (
        human.parameter("specific_tension")
        == human.graph.graph["parameters"]["specific_tension"].value
    )
    with pytest.raises(ValueError, match="tone"):
        human.parameter("tonne")


# A body never changes


def test_graph_is_frozen(body):
    for change in (
        lambda: body.graph.add_node("x"),
        lambda: body.graph.remove_node(body.structures[0]),
        lambda: body.graph.remove_edges_from([]),
    ):
        with pytest.raises(nx.NetworkXError, match="rozen"):
            change()


def fingerprint(body):
    """Everything that a change could reach."""
    graph = body.graph
    nodes = {
        node: repr(sorted(data.items(), key=lambda item: item[0]))
        for node, data in graph.nodes(data=True)
    }
    edges = {
        (*sorted((first, second)), key): repr(sorted(data.items(), key=lambda item: item[0]))
        for first, second, key, data in graph.edges(keys=True, data=True)
    }
    return nodes, edges, repr(graph.graph["parameters"]), repr(graph.graph["junctions"])


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.without("sit_ligament_left"),
        lambda body: body.without_link("hamstring_left", "sit_ligament_left"),
        lambda body: body.scaled("hamstring_left", stiffness=2, strength=0.5),
        lambda body: body.with_parameters(tone=0.01),
        lambda body: Body.from_graph(body.graph.copy()),
    ],
    ids=["without", "without_link", "scaled", "with_parameters", "from_graph"],
)
def test_changes_make_a_new_body_and_leave_the_old_one(hand, change):
    before = fingerprint(hand)
    changed = change(hand)
    assert changed is not hand and isinstance(changed, Body) and nx.is_frozen(changed.graph)
    changed.bones, changed.lines, changed.junctions, changed.chains
    assert fingerprint(hand) == before


def test_a_copy_of_the_graph_shares_nothing_that_can_change(hand):
    before = fingerprint(hand)
    twin = Body.from_graph(copy_of(hand))
    assert fingerprint(twin) == before
    graph = copy_of(twin)
    graph.nodes["hamstring_left"]["lines"][1]["pcsa_cm2"] = 99.0
    graph.nodes["hamstring_left"]["lines"][1]["ends"].clear()
    graph.edges["hamstring_left", "leg_left", "attaches"]["points"].clear()
    graph.graph["parameters"].clear()
    graph.graph["junctions"]["sit_junction_left"]["point_mm"] = (0, 0, 0)
    assert fingerprint(twin) == before, "the copy reaches into the body"
    assert fingerprint(hand) == before, "the body made from a copy reaches into the first body"


def test_a_shallow_copy_of_networkx_cannot_reach_into_the_body(hand):
    """networkx copies the dicts of nodes and edges and shares what lies in them."""
    graph = nx.MultiGraph(hand.graph)
    graph.nodes["hamstring_left"]["name"] = "Own"
    for change in (
        lambda: graph.nodes["hamstring_left"]["lines"][1].update(pcsa_cm2=99.0),
        lambda: graph.nodes["hamstring_left"]["lines"][1]["ends"].clear(),
        lambda: graph.edges["hamstring_left", "leg_left", "attaches"]["points"].clear(),
    ):
        with pytest.raises(GraphError, match="Copy the graph first"):
            change()
    assert hand.graph.nodes["hamstring_left"]["name"] == "Hamstring"


def test_changes_of_the_students_copy_do_not_reach_a_body_made_from_it(hand):
    graph = copy_of(hand)
    changed = Body.from_graph(graph)
    before = fingerprint(changed)
    graph.remove_node("hamstring_left")
    assert fingerprint(changed) == before and "hamstring_left" in changed.graph


def test_without_takes_the_structure_and_its_edges(hand):
    changed = hand.without("sit_ligament_left")
    assert (
        "sit_ligament_left" not in changed.graph and "sit_ligament_left" not in changed.structures
    )
    assert "sit_ligament_right" in changed.graph
    assert not [line for line in changed.lines if line.structure == "sit_ligament_left"]
    for wrong in ("sit_ligament", "leg_left", "sciatic_left", None):
        with pytest.raises(UnknownStructureError, match="called"):
            hand.without(wrong)


def test_every_structure_can_be_cut_out_alone(human):
    for structure in (name for name in human.structures if not name.endswith("_right")):
        changed = human.without(structure)
        assert len(changed.structures) == len(human.structures) - 1
        assert (
            all(line.structure != structure for line in changed.lines)
            and changed.chains.keys() == human.chains.keys()
        )


def test_cutting_a_continuity_splits_the_junction(hand):
    """hamstring + tendon stay together; ligament + back muscle become a part of their own."""
    changed = hand.without_link("hamstring_left", "sit_ligament_left")
    parts = {
        junction: {changed.lines[index].structure for index in data["lines"]}
        for junction, data in changed.junctions.items()
    }
    left = sorted(sorted(names) for junction, names in parts.items() if "left" in junction)
    assert left == [
        ["back_muscle_left", "sit_ligament_left"],
        ["hamstring_left", "sit_tendon_left"],
    ]
    assert len(parts["sit_junction_right"]) == 4
    assert all(line.computed for line in changed.lines if "sole" not in line.structure)


def test_a_line_whose_last_neighbour_was_cut_is_not_computed(hand):
    changed = hand.without_link("hamstring_left", "sit_tendon_left")
    assert {line.structure for line in changed.lines if not line.computed} == {
        "sole_band_left",
        "sole_band_right",
        "sit_tendon_left",
    }
    alone = changed.without("hamstring_left").without("sit_ligament_left")
    assert [
        line.number
        for line in alone.lines
        if line.structure == "back_muscle_left" and not line.computed
    ] == [2]
    assert "sit_junction_left" not in alone.junctions and "sit_junction_right" in alone.junctions


def test_cutting_all_evidence_of_a_human_junction_leaves_its_lines_loose(human):
    changed = human.without_link(
        "biceps_femoris_long_head_left", "sacrotuberous_ligament_left"
    ).without_link("biceps_femoris_proximal_tendon_left", "sacrotuberous_ligament_left")
    loose = {(line.structure, line.number) for line in changed.lines if not line.computed} - {
        (line.structure, line.number) for line in human.lines if not line.computed
    }
    assert loose == {("sacrotuberous_ligament_left", 2)}


def test_without_link_says_what_a_structure_runs_into(hand):
    with pytest.raises(
        UnknownStructureError,
        match=(
            "hamstring_left does not run into sole_band_left. It runs into: sit_tendon_left,"
            " sit_ligament_left"
        ),
    ):
        hand.without_link("hamstring_left", "sole_band_left")
    with pytest.raises(UnknownStructureError, match="It runs into: nothing"):
        hand.without_link("sole_band_left", "hamstring_left")
    with pytest.raises(UnknownStructureError, match="hamstring_left"):
        hand.without_link("hamstring", "sit_tendon_left")


def test_scaled_multiplies_and_says_what_is_allowed(hand):
    changed = hand.scaled("hamstring_left", stiffness=2).scaled(
        "hamstring_left", stiffness=0.5, strength=0.8
    )
    node = changed.graph.nodes["hamstring_left"]
    assert (node["stiffness_factor"], node["strength_factor"]) == (1.0, 0.8)
    assert "stiffness_factor" not in hand.graph.nodes["hamstring_left"]
    nan, inf = float("nan"), float("inf")
    for wrong in (0, -1, 1e-4, 1001, 1e300, 10**400, nan, inf, -inf, "2", None, True, 1 + 1j, [2]):
        for name in ("stiffness", "strength"):
            with pytest.raises(ValueError, match=f"{name} must be a number from 0.001 to 1000"):
                hand.scaled("hamstring_left", **{name: wrong})


def test_factors_together_keep_to_the_limits_of_one(hand):
    stronger = hand.scaled("hamstring_left", strength=1000)
    with pytest.raises(ValueError, match="strength was scaled by 1000 before.* 0.001 to 1000"):
        stronger.scaled("hamstring_left", strength=2)
    back = stronger.scaled("hamstring_left", strength=0.001)
    assert back.graph.nodes["hamstring_left"]["strength_factor"] == pytest.approx(1)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_with_parameters_keeps_to_the_limits_of_the_data_file(human, parameter):
    unit, least, most = PARAMETERS[parameter]
    span = most - least
    for right in (least, most, (least + most) / 2):
        assert human.with_parameters(**{parameter: right}).parameter(parameter) == right
    for wrong in (least - 0.01 * span, most + 0.01 * span, -1e300, 1e300, float("nan")):
        words = re.escape(f"{parameter} must be a finite number from {least:g} to {most:g}")
        with pytest.raises(ValueError, match=f"{words}.*and is {re.escape(repr(wrong))}"):
            human.with_parameters(**{parameter: wrong})
    assert unit in ("none", "share") or unit in PARAMETERS[parameter].words


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("pain_inhibition", 1.6), ("spinal_spread", 5), ("ground_height", -501)],
)
def test_a_constant_of_the_graph_keeps_to_the_same_limits(hand, parameter, value):
    graph = copy_of(hand)
    record = graph.graph["parameters"][parameter]
    graph.graph["parameters"][parameter] = record.model_copy(update={"value": value})
    with pytest.raises(GraphError, match=f"'{parameter}' has value = {value}; a number from"):
        Body.from_graph(graph)


def test_with_parameters_says_what_is_allowed(hand):
    changed = hand.with_parameters(tone=0.01, spinal_spread=0.3)
    assert (
        changed.parameter("tone"),
        changed.parameter("spinal_spread"),
        hand.parameter("tone"),
    ) == (
        0.01,
        0.3,
        0.005,
    )
    with pytest.raises(ValueError, match="no parameter 'ton'. Did you mean tone"):
        hand.with_parameters(ton=1)
    assert hand.with_parameters(ground_height=0).parameter("ground_height") == 0.0
    for wrong in (float("nan"), float("inf"), "1", None, True, [1.0], 1 + 1j):
        with pytest.raises(ValueError, match="tone must be a finite number"):
            hand.with_parameters(tone=wrong)


def test_bodies_can_be_pickled(body):
    twin = pickle.loads(pickle.dumps(body))
    assert fingerprint(twin) == fingerprint(body) and nx.is_frozen(twin.graph)
    assert twin.structures == body.structures and twin.bones == body.bones


def test_records_and_files_agree():
    assert list(FILES) == list(Tables.__dataclass_fields__)
    assert set(build_graph(read_tables()).graph["parameters"]) == {
        row.parameter for row in read_tables().parameters
    }


# What a student may do to a copy of the graph


def test_student_removes_an_attachment(hand):
    graph = copy_of(hand)
    graph.remove_edge("hamstring_left", "leg_left", key="attaches")
    changed = Body.from_graph(graph)
    assert not [
        line.computed
        for line in changed.lines
        if line.structure == "hamstring_left" and line.computed
    ]
    assert all(line.computed for line in changed.lines if line.structure == "hamstring_right")


def test_student_removes_the_last_bone_of_a_branch(hand):
    """The rest still is a tree of bones; what hung on the head hangs loose."""
    graph = copy_of(hand)
    graph.remove_node("head")
    changed = Body.from_graph(graph)
    assert "head" not in changed.bones
    loose = {(line.structure, line.number) for line in changed.lines if not line.computed} - {
        (line.structure, line.number) for line in hand.lines if not line.computed
    }
    assert loose == {
        ("back_muscle_left", 1),
        ("back_muscle_left", 2),
        ("back_muscle_right", 1),
        ("back_muscle_right", 2),
        ("neck_band", 1),
    }


def test_student_removes_a_continuity(hand):
    graph = copy_of(hand)
    graph.remove_edge("hamstring_left", "sit_ligament_left")
    assert fingerprint(Body.from_graph(graph)) == fingerprint(
        hand.without_link("hamstring_left", "sit_ligament_left")
    )


def test_student_moves_an_attachment(hand):
    graph = copy_of(hand)
    points = graph.edges["back_muscle_left", "head", "attaches"]["points"]
    graph.edges["back_muscle_left", "head", "attaches"]["points"] = {
        **points,
        (1, 3): (-60.0, 1480.0, -30.0),
    }
    changed = Body.from_graph(graph)
    (line,) = [
        line for line in changed.lines if line.structure == "back_muscle_left" and line.number == 1
    ]
    np.testing.assert_array_equal(line.points[-1], (-60, 1480, -30))
    assert line.places == ("trunk", "trunk", "head")


def test_student_adds_a_muscle(hand):
    graph = copy_of(hand)
    values = {
        "pcsa_cm2": 5.0,
        "fibre_mm": 100.0,
        "slack_mm": 20.0,
        "pennation_deg": 0.0,
        "points": 2,
        "ends": {},
    }
    graph.add_node(
        "new_muscle_left",
        kind="muscle",
        side="left",
        region="neck",
        lines={1: values},
        roots=("L4",),
    )
    graph.add_edge(
        "new_muscle_left",
        "trunk",
        key="attaches",
        kind="attaches",
        points={(1, 1): (0.0, 1200.0, -40.0)},
    )
    graph.add_edge(
        "new_muscle_left",
        "head",
        key="attaches",
        kind="attaches",
        points={(1, 2): (0.0, 1500.0, -40.0)},
    )
    changed = Body.from_graph(graph)
    (line,) = [line for line in changed.lines if line.structure == "new_muscle_left"]
    assert (
        line.computed
        and line.places == ("trunk", "head")
        and changed.structures[-1] == "new_muscle_left"
    )


def test_student_adds_a_continuity_with_the_few_words_that_networkx_asks_for(hand):
    graph = copy_of(hand)
    graph.add_edge("sit_ligament_left", "sole_band_right", key="continuous", kind="continuous")
    changed = Body.from_graph(graph)
    assert changed.chains["cross_chain_left"].transitions[1].grade is None
    assert changed.lines and changed.junctions


def find_joint(graph, bone):
    """The joint above a bone."""
    return next(
        data
        for data in graph[graph.nodes[bone]["parent"]][bone].values()
        if data["kind"] == "articulates"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda graph: graph.remove_node("trunk"), "trunk.*cannot be cut out"),
        (lambda graph: graph.remove_edge("trunk", "head"), "no joint between 'head' and 'trunk'"),
        (lambda graph: graph.add_node("thing"), "'thing' has no kind"),
        (lambda graph: graph.add_node("thing", kind="muscel"), "muscel"),
        (lambda graph: graph.add_edge("thing", "other"), "has no kind"),
        (lambda graph: graph.add_node("rib", kind="bone"), "'rib' lacks parent, mass_kg, com_mm"),
        (lambda graph: graph.add_node("thing", kind="muscle"), "'thing' lacks 'side'"),
        (lambda graph: graph.nodes["head"].update(parent="ground"), "Exactly one bone"),
        (lambda graph: graph.nodes["head"].update(parent="tail"), "'head' hangs on 'tail'"),
        (lambda graph: graph.nodes["head"].update(mass_kg=float("nan")), "mass_kg"),
        (lambda graph: graph.nodes["head"].update(mass_kg="heavy"), "mass_kg"),
        (lambda graph: graph.nodes["head"].update(com_mm=(0, 1)), "com_mm"),
        (lambda graph: graph.nodes["hamstring_left"].pop("lines"), "lacks 'lines'"),
        (lambda graph: graph.nodes["hamstring_left"].update(lines=3), "lines"),
        (
            lambda graph: graph.nodes["hamstring_left"]["lines"].update({2: {}}),
            "Line 2 of 'hamstring_left' lacks",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "pcsa_cm2": -1}}
            ),
            "pcsa_cm2 = -1",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "pcsa_cm2": "x"}}
            ),
            "pcsa_cm2 = 'x'",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "fibre_mm": 0}}
            ),
            "fibre_mm = 0; a number from 0.1 to 2500 mm.*body.without",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "pennation_deg": 90}}
            ),
            "pennation_deg = 90; a number from 0 to 89 degrees",
        ),
        (lambda graph: find_joint(graph, "head").pop("place_mm"), "place_mm = None; three numbers"),
        (
            lambda graph: find_joint(graph, "head").update(stiffness_nm_per_deg=(1, -1, 1)),
            "three numbers from 0 to 1e.06 Nm per degree",
        ),
        (lambda graph: find_joint(graph, "head").update(allowance_nm=(1, 0, 1)), "from 0.001 to"),
        (
            lambda graph: graph.graph["junctions"].update(knot={"bone": "tail"}),
            "'knot' lies on 'tail'",
        ),
        (
            lambda graph: graph.graph["junctions"].update(knot={"bone": "head", "freedom": 1}),
            "'knot' has point_mm = None",
        ),
        (
            lambda graph: graph.graph["junctions"].update(
                knot={"bone": "head", "point_mm": (0, 0, 0), "freedom": 4}
            ),
            "'knot' has freedom = 4",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "ends": 1.0}}
            ),
            "ends = 1.0",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "points": []}}
            ),
            "points = \\[\\]",
        ),
        (
            lambda graph: graph.nodes["hamstring_left"].update(
                lines={1: {**graph.nodes["hamstring_left"]["lines"][1], "midway": "2"}}
            ),
            "midway = '2'; the numbers of the points",
        ),
        (lambda graph: graph.nodes["hamstring_left"].update(roots=0), "roots = 0"),
        (lambda graph: graph.nodes["head"].update(side=[]), "'head' has side"),
        (lambda graph: graph.nodes["L4_left"].pop("level"), "'L4_left' lacks 'level'"),
        (
            lambda graph: graph.nodes["sciatic_left"].update(branches=3),
            "branches = 3 of the nerve 'sciatic_left'",
        ),
        (lambda graph: graph.nodes["sciatic_left"].update(branches=["trunk"]), "pairs of a name"),
        (
            lambda graph: graph.nodes["sciatic_left"].update(
                branches=[("trunk", [("trunk", (0, 1, 2))])]
            ),
            "'trunk' has the points .*two or more",
        ),
        (
            lambda graph: graph.nodes["sciatic_left"].update(
                branches=[("trunk", [("trunk", (0, 1, 2)), ("trunk", (0, 1))])]
            ),
            "has the point",
        ),
        (
            lambda graph: graph.nodes["sciatic_left"].update(
                branches=[("trunk", [("trunk", (0, 1, 2)), ("trunk", (0, 1, float("nan")))])]
            ),
            "has the point",
        ),
        (lambda graph: graph.graph.pop("cases"), "cases"),
        (lambda graph: graph.edges["back_muscle_left", "head", "attaches"].pop("points"), "points"),
        (
            lambda graph: graph.edges["back_muscle_left", "head", "attaches"].update(
                points={(1, 3): (0, 0)}
            ),
            "back_muscle_left.*head",
        ),
        (
            lambda graph: graph.edges["back_muscle_left", "head", "attaches"].update(
                points={(1, 3): (0, float("nan"), 0)}
            ),
            "back_muscle_left.*head",
        ),
        (
            lambda graph: graph.edges["back_muscle_left", "head", "attaches"]["points"].update(
                {(1, 3): (1e6, 0, 0)}
            ),
            "back_muscle_left.*head.*-2500 to 2500",
        ),
        (lambda graph: graph.graph.clear(), "lost"),
        (lambda graph: graph.graph.pop("junctions"), "junctions"),
        (lambda graph: graph.graph.pop("parameters"), "parameters"),
    ],
)
def test_a_graph_that_is_no_body_any_more_is_told_in_words(hand, change, words):
    # the copy of networkx shares what lies inside the nodes, as for a student; a body of its own
    # keeps the others whole
    graph = copy_of(pickle.loads(pickle.dumps(hand)))
    change(graph)
    with pytest.raises(GraphError, match=words):
        Body.from_graph(graph)


def test_changing_a_copy_of_the_graph_never_reaches_the_junctions_of_the_body():
    body = read_body()
    body.graph.copy().graph["junctions"]["achilles_junction_left"]["point_mm"] = (0, 0, 0)
    assert body.graph.graph["junctions"]["achilles_junction_left"]["point_mm"] != (0, 0, 0)


def test_a_line_without_a_direction_is_told(hand):
    graph = copy_of(pickle.loads(pickle.dumps(hand)))
    for _, _, data in graph.edges("back_muscle_left", data=True):
        if data["kind"] == "attaches":
            data["points"] = dict.fromkeys(data["points"], (0.0, 0.0, 0.0))
    with pytest.raises(GraphError, match="'back_muscle_left'.*same place"):
        Body.from_graph(graph).lines


@pytest.mark.parametrize(
    "wrong",
    [None, 3, "body", {}, nx.Graph(), nx.DiGraph(), nx.MultiDiGraph()],
    ids=lambda value: type(value).__name__,
)
def test_something_else_than_a_multigraph_is_told(wrong):
    with pytest.raises(GraphError, match="networkx.MultiGraph"):
        Body.from_graph(wrong)


def test_a_circle_of_parents_is_told(hand):
    graph = copy_of(pickle.loads(pickle.dumps(hand)))
    graph.add_edge("head", "leg_left", key="knot", **find_joint(graph, "head"))
    for bone, parent in (("head", "leg_left"), ("leg_left", "head")):
        graph.nodes[bone]["parent"] = parent
    with pytest.raises(GraphError, match="tree"):
        Body.from_graph(graph).bones
