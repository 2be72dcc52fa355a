"""Guarding: the spread of excitation, when it dies out, and what it never does."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.nerves import spinal_network
from musclechain.mechanics.guarding import MOST_ROUNDS, excite

STRAIN = mc.HamstringStrain("left", grade=2)


@pytest.fixture(scope="module")
def network():
    return spinal_network(mc.read_body())


def settle(network, pain, a, rounds=400):
    spread, excitation = network.spread(0.3), np.zeros(len(network.roots))
    for _ in range(rounds):
        excitation = excite(spread, network.share, pain, excitation, a)
    return excitation


def test_weak_excitation_tends_to_the_katz_centrality(network):
    pain = np.zeros(len(network.share))
    pain[[5, 60]] = 0.05
    expected = np.linalg.solve(
        np.eye(len(network.roots)) - 0.6 * network.spread(0.3), network.share.T @ pain
    )
    assert settle(network, pain, 0.6) == pytest.approx(expected, abs=1e-12)


def test_excitation_is_bounded_even_when_it_would_sustain_itself(network):
    excitation = settle(network, np.ones(len(network.share)), 1.5)
    assert excitation.max() == 1.0 and excitation.min() >= 0


def test_excitation_fades_with_each_level_and_crosses_weakly():
    rounds = mc.spread(mc.read_body(), STRAIN, guarding=1.0).rounds
    e = rounds[-1].excitation
    assert e["S1_left"] > e["L4_left"] > e["L3_left"] > e["L2_left"] > e["T10_left"]
    assert 0 < e["S1_right"] < e["S1_left"] / 2


def test_without_pain_and_overload_there_is_no_guarding():
    body = mc.read_body()
    assert (mc.spread(body, (), guarding=1.0).table().guarding_N == 0).all()
    assert (
        mc.spread(body, mc.PullOn("soleus_left", newtons=5), guarding=1.0).table().guarding_N == 0
    ).all()


def test_more_belief_more_guarding():
    body = mc.read_body()
    sizes = [
        mc.spread(body, STRAIN, guarding=g).table().guarding_N.abs().sum()
        for g in (0, 0.25, 0.5, 1.0)
    ]
    assert sizes[0] == 0
    assert sizes == sorted(sizes)


def test_guarding_of_a_strain_rises_more_on_the_strained_side_of_the_low_back():
    for side, other in (("left", "right"), ("right", "left")):
        table = mc.spread(mc.read_body(), mc.HamstringStrain(side, 2), guarding=1.0).table()
        lumbar = table[(table.region == "lumbar") & (table.kind == "muscle")]
        for column in ("guarding_N", "change_N"):
            rise = lumbar.groupby("side")[column].sum()
            assert rise[side] > rise[other], column


def test_a_low_loop_gain_dies_out_and_the_result_says_so():
    result = mc.spread(mc.read_body().with_parameters(guarding_loop_gain=0.1), STRAIN, guarding=1.0)
    assert result.settled and len(result.rounds) < MOST_ROUNDS


def test_excitation_that_nothing_feeds_any_more_dies_away(monkeypatch):
    """An overload that guarding has relieved must not leave its excitation behind."""
    from musclechain.mechanics import guarding

    calls = []

    def overload_once(s, effort, healthy):
        calls.append(1)
        return np.full(len(s.structures), 0.5 if len(calls) == 1 else 0.0)

    monkeypatch.setattr(guarding, "_find_overload", overload_once)
    result = mc.spread(mc.read_body(), guarding=1.0)
    assert result.settled and len(result.state.guarding.rounds) > 2
    assert result.rounds[-1].excitation.max() < 0.01


def test_cut_nerves_carry_no_guarding():
    body = mc.read_body()
    graph = body.graph.copy()
    for nerve, muscle in [
        (u, v) if graph.nodes[u]["kind"] == "nerve" else (v, u)
        for u, v, d in body.graph.edges(data=True)
        if d["kind"] == "supplies"
    ]:
        if muscle.startswith("gluteus"):
            graph.remove_edge(nerve, muscle)
    cut = mc.spread(mc.Body.from_graph(graph), STRAIN, guarding=1.0)
    whole = mc.spread(body, STRAIN, guarding=1.0)
    assert (
        cut.table().guarding_N["gluteus_medius_left"]
        < whole.table().guarding_N["gluteus_medius_left"] / 2
    )


def test_pain_can_also_weaken():
    """With inhibition the painful muscle may do less than without."""
    body = mc.read_body()
    pain = mc.HamstringStrain("left", 2)
    free, held = (
        mc.spread(
            body.with_parameters(pain_inhibition=x, guarding_floor=0.0), pain, guarding=1.0
        ).state.guarded
        for x in (0.0, 0.5)
    )
    strained = [
        i
        for i, (name, _) in enumerate(mc.spread(body, pain).skeleton.lines)
        if name == "biceps_femoris_long_head_left"
    ]
    assert held.tension[strained].sum() < free.tension[strained].sum()
