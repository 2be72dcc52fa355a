"""Whatever a student does to a copy of the graph: it is a body that can be solved, or one of the
package's own errors says in words why not."""

import random
import signal
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import musclechain as mc

HUMAN, SPRINGS = 160, 400  # mutations of each
SECONDS = 20  # a solution takes a tenth of a second
OWN_ERRORS = (
    mc.GraphError,
    mc.SolveError,
    mc.CauseError,
    mc.UnknownStructureError,
    mc.DataError,
)
NAN, INF = float("nan"), float("inf")
WORDS = ("", "x", "left", "ground", "muscle", "bone", "L5", "head", "soleus_left", "a b", "<b>")
NUMBERS = (0, 1, 2, -1, 0.5, 1e-300, 1e300, -1e300, 10**400, NAN, INF, -INF, True, False, 1j)
OTHERS = (
    None,
    b"x",
    [],
    (),
    {},
    set(),
    object(),
    Fraction(1, 2),
    Decimal("0.5"),
    np.float32(0.5),
    np.float16(0.5),
    np.longdouble(0.5),
    np.int64(1),
    np.bool_(True),
    np.array(1.0),
    np.zeros(3),
    np.array(["a", "b", "c"]),
    np.array([[1.0], [2.0], [3.0]]),
    [1.0, 2.0, 3.0],
    (0.0, 1000.0, 0.0),
    (NAN, 0.0, 0.0),
    (1e300, 1e300, 1e300),
    ("a", "b", "c"),
    {"a": 1},
    {1: {}},
    {(1, 1): (0.0, 1000.0, 0.0)},
    {(1, 1, 1): (0.0, 0.0, 0.0)},
    {"1": "2"},
    {None: None},
)
FIELDS = ("parameter", "value", "low", "high", "unit", "source", "grade", "evidence", "claim")
KINDS = (
    "attaches",
    "continuous",
    "supplies",
    "passes",
    "arises",
    "adjacent",
    "articulates",
    "bends",
    None,
    3,
)


def draw_value(chance):
    return chance.choice(chance.choice((WORDS, NUMBERS, OTHERS)))


def change_value(chance, value):
    """Make something near to a value: its number scaled, its type exchanged, a part of it gone."""
    if isinstance(value, (int, float)) and chance.random() < 0.7:
        return value * chance.choice((-1, 0, 1e-6, 0.1, 3, 1000, 1e12))
    if isinstance(value, tuple) and value and chance.random() < 0.7:
        return chance.choice((value[:-1], value + value, list(value), (*value[:-1], NAN)))
    return chance.choice((str(value), [value], draw_value(chance), draw_value(chance)))


def mutate_dict(chance, data):
    """Delete, add or exchange one entry of a dict, or of a dict in it."""
    if not data:
        data[draw_key(chance)] = draw_value(chance)
        return "filled"
    key = chance.choice(list(data))
    if isinstance(data[key], dict) and chance.random() < 0.8:
        return f"{key!r} -> {mutate_dict(chance, data[key])}"
    how = chance.choice(("delete", "add", "exchange", "exchange", "change", "change"))
    if how == "delete":
        del data[key]
    elif how == "add":
        data[draw_key(chance)] = draw_value(chance)
    else:
        data[key] = draw_value(chance) if how == "exchange" else change_value(chance, data[key])
    return f"{how} {key!r}"


def draw_key(chance):
    return chance.choice((*WORDS, 0, 1, 99, -1, 1.5, None, (1, 1), (1, 99), ("a", 1)))


def mutate_structure(chance, graph):
    """Take nodes and edges away, or add some that do not fit."""
    nodes, edges = list(graph), list(graph.edges(keys=True))
    how = chance.choice(("node out", "edge out", "node in", "edge in", "edge in", "record"))
    if how == "node out":
        graph.remove_node(chance.choice(nodes))
    elif how == "edge out":
        graph.remove_edge(*chance.choice(edges))
    elif how == "node in":
        kinds = ("bone", "muscle", "fascia", "nerve", "root", "junction", 5)
        name = chance.choice(
            ("own", "=HYPERLINK(1)", "<img src=x>", "a\nb", "", 5, (1, 2), "own_1")
        )
        graph.add_node(name, kind=chance.choice(kinds), side="left", region="neck", lines={})
    elif how == "edge in":
        first, second, kind = chance.choice(nodes), chance.choice(nodes), chance.choice(KINDS)
        like = chance.choice(({}, dict(graph.edges[chance.choice(edges)])))
        data = {key: value for key, value in like.items() if isinstance(key, str)}
        graph.add_edges_from([(first, second, {**data, "kind": kind})])
    else:
        records = graph.graph.get(chance.choice(("parameters", "evidence", "claims")))
        if isinstance(records, dict) and records:
            key = chance.choice(list(records))
            field = chance.choice(FIELDS)
            if hasattr(records[key], "model_copy"):
                records[key] = records[key].model_copy(update={field: draw_value(chance)})
    return how


def mutate(chance, graph):
    """Change a graph in one place; says how, for the message of a failed test."""
    where = chance.choice(("node", "node", "edge", "edge", "graph", "structure"))
    if where == "structure":
        return mutate_structure(chance, graph)
    if where == "graph":
        return f"graph.graph: {mutate_dict(chance, graph.graph)}"
    if where == "edge":
        edge = chance.choice(list(graph.edges(keys=True)))
        return f"{edge}: {mutate_dict(chance, graph.edges[edge])}"
    node = chance.choice(list(graph))
    return f"{node!r}: {mutate_dict(chance, graph.nodes[node])}"


@pytest.fixture
def no_hang():
    """Fail where one mutation takes far longer than a solution; without signals there is no
    watch."""

    def stop(*_):
        raise AssertionError(f"no answer within {SECONDS} s")

    if not hasattr(signal, "SIGALRM"):
        yield lambda: None
        return
    before = signal.signal(signal.SIGALRM, stop)
    yield lambda: signal.alarm(SECONDS)
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def try_mutations(body, structure, seed, no_hang):
    """Mutate a copy of the graph of a body; whether a body came of it that can be solved."""
    chance = random.Random(seed)
    graph, steps = body.graph.copy(), []
    for _ in range(chance.choice((1, 1, 2, 3))):
        steps.append(mutate(chance, graph))
    no_hang()
    try:
        changed = mc.Body.from_graph(graph)
        result = mc.spread(changed, mc.PullOn(structure, 20), guarding=0.5)
        table = result.table().select_dtypes("number").to_numpy(float)
    except OWN_ERRORS as error:
        assert len(str(error)) > 20 and str(error)[-1] in ".:?)]}'\"" or "\n" in str(error), steps
        return False
    except Exception as error:
        raise AssertionError(f"seed {seed}, {steps}: {type(error).__name__}: {error}") from error
    assert np.isfinite(table).all(), (seed, steps)
    return True


@pytest.mark.parametrize("block", range(4))
def test_any_mutation_of_the_human_graph_gives_a_body_or_words(human, no_hang, block):
    seeds = range(block * HUMAN // 4, (block + 1) * HUMAN // 4)
    solved = sum(try_mutations(human, "soleus_left", seed, no_hang) for seed in seeds)
    assert 4 < solved < 36, "some mutations must be harmless and some not, or nothing is tried"


def test_any_mutation_of_the_two_springs_gives_a_body_or_words(no_hang):
    springs = mc.two_springs()
    solved = sum(try_mutations(springs, "hook", seed, no_hang) for seed in range(SPRINGS))
    assert SPRINGS // 10 < solved < SPRINGS * 9 // 10
