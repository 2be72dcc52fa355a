"""The graph of a body cannot be changed in any way, stays a graph of networkx, and its copies are
free."""

import copy
import json
import pickle

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.anatomy.body import Body
from musclechain.anatomy.errors import GraphError
from musclechain.anatomy.frozen import AnatomyGraph

MUSCLE, BONE = "hamstring_left", "leg_left"
JUNCTION = "sit_junction_left"
CHANGES = {
    "a node": lambda graph: graph.nodes["head"].update(mass_kg=5),
    "a node by key": lambda graph: graph.nodes["head"].__setitem__("mass_kg", 5),
    "a node by deletion": lambda graph: graph.nodes["head"].pop("mass_kg"),
    "a node by data": lambda graph: dict(graph.nodes(data=True))["head"].clear(),
    "nodes by networkx": lambda graph: nx.set_node_attributes(graph, 5, "mass_kg"),
    "a parameter": lambda graph: graph.graph["parameters"].__setitem__("tone", 0.1),
    "a part of the graph": lambda graph: graph.graph.pop("parameters"),
    "the name": lambda graph: setattr(graph, "name", "other"),
    "a junction": lambda graph: graph.graph["junctions"][JUNCTION].update(freedom=3),
    "a line": lambda graph: graph.nodes[MUSCLE]["lines"][1].__delitem__("fibre_mm"),
    "an end of a line": lambda graph: graph.nodes[MUSCLE]["lines"][1]["ends"].clear(),
    "a new default": lambda graph: graph.nodes[MUSCLE].setdefault("strength_factor", 2),
    "a merge": lambda graph: graph.nodes[MUSCLE].__ior__({"strength_factor": 2}),
    "the last item": lambda graph: graph.nodes[MUSCLE].popitem(),
    "an edge": lambda graph: graph.edges[MUSCLE, BONE, "attaches"]["points"].update({(1, 1): 0}),
    "an edge by adjacency": lambda graph: graph[BONE][MUSCLE]["attaches"].update(kind="passes"),
    "edges by networkx": lambda graph: nx.set_edge_attributes(graph, 1, "weight"),
    "the edges between two nodes": lambda graph: graph.get_edge_data(BONE, MUSCLE).clear(),
    "the neighbours of a node": lambda graph: dict(graph.adjacency())[BONE].clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_nothing_that_hangs_on_the_graph_of_a_body_can_be_changed(hand, change):
    before = repr(list(hand.graph.nodes(data=True))), repr(list(hand.graph.edges(data=True)))
    with pytest.raises(GraphError, match=r"A body never changes.*Copy the graph first: graph ="):
        change(hand.graph)
    after = repr(list(hand.graph.nodes(data=True))), repr(list(hand.graph.edges(data=True)))
    assert before == after


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_the_same_can_be_done_to_a_copy(hand, change):
    change(hand.graph.copy())


def test_lists_and_arrays_of_a_student_become_read_only_copies(hand):
    graph, roots, centre = hand.graph.copy(), ["L5", "S1"], np.array([0.0, 600.0, -100.0])
    graph.nodes[MUSCLE]["roots"], graph.nodes[BONE]["com_mm"] = roots, centre
    graph.nodes[MUSCLE]["own"] = {"list": [1, [2]], "set": {3}}
    body = Body.from_graph(graph)
    roots.append("L4")
    centre[:] = 0
    assert body.graph.nodes[MUSCLE]["roots"] == ("L5", "S1")
    assert body.graph.nodes[BONE]["com_mm"] == (0.0, 600.0, -100.0)
    assert body.graph.nodes[MUSCLE]["own"] == {"list": (1, (2,)), "set": frozenset({3})}
    assert type(graph.nodes[MUSCLE]["own"]["list"]) is list, "the student's own graph is as before"


def test_an_attribute_that_holds_itself_is_told(hand):
    graph, loop = hand.graph.copy(), []
    loop.append(loop)
    graph.nodes[MUSCLE]["own"] = loop
    with pytest.raises(GraphError, match="may hold itself"):
        Body.from_graph(graph)


def test_it_stays_a_graph_on_which_networkx_works(human):
    graph = human.graph
    assert isinstance(graph, nx.MultiGraph) and isinstance(graph, AnatomyGraph)
    way = nx.shortest_path(graph, "soleus_left", "head")
    assert way[0] == "soleus_left" and way[-1] == "head"
    assert nx.get_node_attributes(graph, "kind")["soleus_left"] == "muscle"
    bones = nx.subgraph_view(graph, filter_node=lambda node: graph.nodes[node]["kind"] == "bone")
    assert set(bones) == set(human.bones) and nx.is_tree(nx.Graph(bones))
    assert set(graph.subgraph(human.bones).copy()) == set(human.bones)
    assert nx.number_connected_components(graph) == 1 and max(dict(graph.degree).values()) > 10
    assert len(nx.spring_layout(bones, iterations=2, seed=1)) == len(human.bones)
    assert len(nx.relabel_nodes(graph.copy(), {"head": "top"})) == len(graph)
    assert nx.Graph(graph).number_of_edges() <= graph.number_of_edges()


@pytest.mark.parametrize(
    "copy_graph",
    [
        lambda graph: graph.copy(),
        lambda graph: graph.to_undirected(),
        lambda graph: graph.to_directed(),
        lambda graph: graph.subgraph(list(graph)).copy(),
        lambda graph: pickle.loads(pickle.dumps(graph)).copy(),
    ],
    ids=["copy", "to_undirected", "to_directed", "subgraph", "pickle"],
)
def test_every_deep_copy_is_free(hand, copy_graph):
    twin = copy_graph(hand.graph)
    assert set(twin) == set(hand.graph)
    twin.remove_node("neck_band")
    twin.nodes[MUSCLE]["lines"][1]["pcsa_cm2"] = 99.0
    twin.nodes[MUSCLE]["lines"][1]["ends"].clear()
    twin.graph["junctions"].clear()
    assert hand.graph.nodes[MUSCLE]["lines"][1]["pcsa_cm2"] == 10
    assert JUNCTION in hand.graph.graph["junctions"]


def test_a_view_of_the_graph_is_a_view(hand):
    view = hand.graph.copy(as_view=True)
    assert set(view) == set(hand.graph) and nx.is_frozen(view)
    with pytest.raises(GraphError, match="Copy the graph first"):
        view.nodes[MUSCLE]["name"] = "x"


def test_read_only_attributes_are_dicts_in_every_other_way(hand):
    data = hand.graph.nodes["head"]
    assert isinstance(data, dict) and data == dict(data) and {**data} == data
    assert json.loads(json.dumps(data))["mass_kg"] == 5
    assert (data | {"own": 1})["own"] == 1 and "own" not in data
    for twin in (copy.copy(data), copy.deepcopy(data), data.copy(), dict(data)):
        twin["mass_kg"] = 6
    assert data["mass_kg"] == 5
    assert pickle.loads(pickle.dumps(data)) == data


def test_points_of_a_line_cannot_be_written(hand):
    with pytest.raises(ValueError, match="read-only"):
        hand.lines[0].points[0] = 0


def test_columns_of_a_result_cannot_be_written(human):
    result = mc.spread(human, mc.PullOn("soleus_left", 20))
    before = result.table()
    with pytest.raises(ValueError, match="read-only"):
        result.columns["pull_N"][:] = 0
    for change in (
        lambda: result.columns.update(pull_N=0),
        lambda: result.columns.pop("pull_N"),
        lambda: result.columns.__setitem__("pull_N", np.zeros(3)),
    ):
        with pytest.raises(TypeError, match="cannot be changed. Copy it first"):
            change()
    pd.testing.assert_frame_equal(result.table(), before)
    table = result.table()
    table["pull_N"] = 0.0
    table.loc["soleus_left", "before_N"] = 0.0
    pd.testing.assert_frame_equal(result.table(), before)
    twin = pickle.loads(pickle.dumps(result))
    pd.testing.assert_frame_equal(twin.table(), before)
