"""What a changed graph is told: parts that are gone, edges that do not fit, ids that are none."""

from fractions import Fraction

import numpy as np
import pytest

from musclechain.anatomy.body import Body
from musclechain.anatomy.errors import GraphError

MUSCLE, BONE, NERVE = "hamstring_left", "leg_left", "sciatic_left"


def refuse(hand, change, words):
    graph = hand.graph.copy()
    change(graph)
    with pytest.raises(GraphError, match=words) as caught:
        Body.from_graph(graph)
    assert str(caught.value)[-1] in ".?" and len(str(caught.value)) < 600
    return str(caught.value)


def attaches(graph):
    return graph.edges[MUSCLE, BONE, "attaches"]


def joint(graph):
    return graph.edges["trunk", "head", "nod"]


PARTS = (
    "parameters",
    "evidence",
    "sources",
    "claims",
    "cases",
    "referred_pain",
    "stations",
    "junctions",
)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_graph_that_is_gone_or_something_else_is_told(hand, part):
    refuse(hand, lambda graph: graph.graph.pop(part), f"has lost graph.graph.'{part}'")
    for wrong in (None, 3, "x", [1], {"x": 3}):
        words = f"graph.graph.'{part}'.* holds|The junction"
        refuse(hand, lambda graph, wrong=wrong: graph.graph.update({part: wrong}), words)


def test_a_constant_as_a_plain_number_and_a_constant_that_is_gone_are_told(hand):
    def write(graph):
        graph.graph["parameters"]["tone"] = 0.01

    told = refuse(hand, write, "graph.graph.'parameters'..'tone'. holds 0.01")
    assert "model_copy" in told
    refuse(
        hand,
        lambda graph: graph.graph["parameters"].pop("tone"),
        "has lost the parameter 'tone'",
    )
    record = hand.graph.graph["parameters"]["tone"]
    for column in ("low", "high", "value"):
        broken = record.model_copy(update={column: "x"})
        words = f"'tone' has {column} = 'x'; a number"
        refuse(
            hand, lambda graph, broken=broken: graph.graph["parameters"].update(tone=broken), words
        )


@pytest.mark.parametrize(
    ("first", "second", "kind", "words"),
    [
        ("L5_left", MUSCLE, "adjacent", "'adjacent' joins root with another root"),
        (BONE, MUSCLE, "supplies", "'supplies' joins nerve with muscle"),
        (NERVE, "sit_tendon_left", "supplies", "joins a tendon with a nerve|a nerve with a tendon"),
        (NERVE, BONE, "arises", "joins nerve with root"),
        (MUSCLE, NERVE, "attaches", "tendon with bone"),
        (MUSCLE, BONE, "continuous", "another muscle or fascia"),
        (BONE, NERVE, "passes", "joins nerve with muscle or fascia"),
        (MUSCLE, "head", "articulates", "joins bone with another bone"),
        (MUSCLE, MUSCLE, "continuous", "joins a muscle with itself"),
        (MUSCLE, BONE, None, "kind None; possible are articulates, attaches"),
        (MUSCLE, BONE, 3, "kind 3; possible"),
        (MUSCLE, BONE, ["attaches"], "possible"),
        (MUSCLE, BONE, np.zeros(3), "possible"),
        (MUSCLE, BONE, "attach", "Did you mean attaches?"),
    ],
)
def test_an_edge_that_does_not_fit_is_told(hand, first, second, kind, words):
    told = refuse(hand, lambda graph: graph.add_edge(first, second, kind=kind), words)
    assert repr(first) in told and repr(second) in told


def test_an_edge_without_a_kind_is_told(hand):
    refuse(hand, lambda graph: graph.add_edge(MUSCLE, "head"), "'hamstring_left'.* kind None")
    refuse(hand, lambda graph: attaches(graph).pop("kind"), "the kind None")


@pytest.mark.parametrize(
    "key", [1, "11", (1,), (1, 2, 3), (0, 1), (1, 1.5), ("1", "1"), (True, 9), None, (1, -1)]
)
def test_points_are_known_by_line_and_number(hand, key):
    words = r"attachment of 'hamstring_left' to 'leg_left' has points = .*\(line, point\)"
    refuse(hand, lambda graph: attaches(graph)["points"].update({key: (0.0, 400.0, -100.0)}), words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda graph: joint(graph).pop("joint"), "The joint has the id None"),
        (
            lambda graph: joint(graph).update(joint="<b>nod</b>"),
            "The joint has the id '<b>nod</b>'",
        ),
        (lambda graph: joint(graph).update(place_mm=np.zeros(2)), "place_mm = array"),
        (lambda graph: joint(graph).update(allowance_nm=(1, 1, 1e7)), "from 0.001 to 1e.06 Nm"),
        (lambda graph: joint(graph).update(stiffness_nm_per_deg=2), "stiffness_nm_per_deg = 2"),
        (lambda graph: joint(graph).update(oblique_axes=3), "oblique_axes = 3; a tuple of axes"),
        (
            lambda graph: joint(graph).update(oblique_axes=[("flexion", (1, 0, 0))]),
            "oblique_axes = .*near its usual one",
        ),
        (lambda graph: joint(graph).update(name=3), "name = 3; text"),
        (lambda graph: graph.nodes["head"].update(mass_kg=1e300), "from 0.001 to 1000 kg"),
        (lambda graph: graph.nodes["head"].update(mass_kg=Fraction(1, 2)), "mass_kg"),
        (lambda graph: graph.nodes["head"].update(mass_kg=10**400), "mass_kg = 10"),
        (lambda graph: graph.nodes["head"].update(mass_kg=10**5000), "an? int that cannot be"),
        (lambda graph: graph.nodes["head"].update(mass_kg=np.longdouble(5)), "mass_kg"),
        (lambda graph: graph.nodes["head"].update(parent=np.zeros(2)), "hangs on array"),
        (lambda graph: graph.nodes["head"].update(kind=["bone"]), "kind .'bone'."),
        (lambda graph: graph.nodes["head"].update(region="belly"), "region = 'belly'; one of foot"),
        (lambda graph: graph.nodes["head"].update(name=3), "name = 3; text is needed"),
        (lambda graph: graph.nodes[MUSCLE].update(strength_factor=1e300), "0.001 to 1000"),
        (lambda graph: graph.nodes[MUSCLE].update(stiffness_factor="2"), "stiffness_factor = '2'"),
        (lambda graph: graph.nodes[MUSCLE].update(belly=2), "belly = 2; a number from 0 to 1"),
        (lambda graph: graph.nodes[MUSCLE].update(view="top"), "view = 'top'; one of back"),
        (lambda graph: graph.nodes[MUSCLE].update(side="both"), "side = 'both'; one of left"),
        (lambda graph: graph.nodes[MUSCLE].update(roots=["L5", 5]), "level of 'hamstring_left'"),
        (lambda graph: graph.nodes["L5_left"].update(level=[]), "level of 'L5_left'"),
        (lambda graph: graph.nodes[MUSCLE]["lines"].update({"2": {}}), "Line '2'.*1, 2, 3"),
        (lambda graph: graph.nodes[MUSCLE]["lines"].update({2: 5}), "Line 2.*is 5"),
        (
            lambda graph: graph.nodes[MUSCLE]["lines"][1]["ends"].update({2: ["sit_junction"]}),
            "has ends = ",
        ),
        (lambda graph: graph.nodes[MUSCLE]["lines"][1].update(pcsa_cm2=True), "pcsa_cm2 = True"),
        (lambda graph: graph.nodes[MUSCLE]["lines"][1].update(points=True), "points = True"),
        (lambda graph: graph.graph["junctions"].update(head={}), "id of a node"),
        (lambda graph: graph.graph["junctions"].update(knot_part_2={}), "a part of another"),
        (lambda graph: graph.graph["junctions"].update(knot=3), "'knot' is 3; a dict"),
        (
            lambda graph: graph.edges["L5_left", "L5_right", "adjacent"].update(crossing="yes"),
            "crossing = 'yes'; True or False",
        ),
        (
            lambda graph: graph.edges[MUSCLE, "sit_tendon_left", "continuous"].update(evidence="E"),
            "evidence = 'E'; a tuple of ids",
        ),
        (
            lambda graph: graph.edges[MUSCLE, "sit_tendon_left", "continuous"].update(junction=[1]),
            "The junction has the id .1.",
        ),
    ],
)
def test_an_attribute_of_another_type_or_size_is_told(hand, change, words):
    refuse(hand, change, words)


HOSTILE_IDS = (
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK('x')",
    "+1",
    "-1",
    "@sum",
    "a\nb",
    "a\tb",
    "a b",
    "a&amp;b",
    'a"b',
    "",
    "x" * 81,
    ".hidden",
    "a\u202eb",
    5,
    None,
    ("a", "b"),
)


@pytest.mark.parametrize("name", HOSTILE_IDS, ids=repr)
def test_an_id_that_is_none_is_told_wherever_it_stands(hand, name):
    data = hand.graph.nodes[MUSCLE]
    junction = hand.graph.graph["junctions"]["sit_junction_left"]
    station = hand.graph.graph["stations"][0].model_copy(update={"chain": name})
    words = "cannot be used; an id is made of letters, digits, _, - and ."
    if name is not None:
        refuse(hand, lambda graph: graph.add_node(name, **data), f"The node has the id .*{words}")
    refuse(hand, lambda graph: graph.graph["junctions"].update({name: junction}), words)
    refuse(hand, lambda graph: joint(graph).update(joint=name), words)
    refuse(hand, lambda graph: graph.graph.update(stations=(station,)), words)
    refuse(hand, lambda graph: graph.nodes[MUSCLE].update(nerve=name), words)
    finding = hand.graph.graph["evidence"]["EX01"]
    refuse(hand, lambda graph: graph.graph["evidence"].update({name: finding}), words)


@pytest.mark.parametrize("name", ["own_muscle", "Größe.2", "m-1", "_own", "肌", "x" * 80])
def test_an_id_of_letters_and_digits_of_any_language_is_taken(hand, name):
    graph = hand.graph.copy()
    graph.add_node(name, **graph.nodes[MUSCLE])
    assert name in Body.from_graph(graph).structures


def test_a_junction_that_lost_its_id_on_the_way_keeps_its_lines_loose(hand):
    graph = hand.graph.copy()
    graph.graph["junctions"].pop("sit_junction_left")
    loose = {line.structure for line in Body.from_graph(graph).lines if not line.computed}
    assert {"hamstring_left", "sit_tendon_left", "sit_ligament_left"} <= loose
