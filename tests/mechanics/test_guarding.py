"""Guarding: the spread of excitation, when it dies out, and what it never does."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.nerves import spinal_network
from musclechain.mechanics.effort import EffortProblem
from musclechain.mechanics.guarding import MOST_ROUNDS, THEORIES, excite, find_likeness
from musclechain.mechanics.pose_problem import PoseProblem
from tests.counting import count_calls

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

    monkeypatch.setattr(guarding, "find_overload", overload_once)
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


# ---- three theories


BEND = mc.ForwardBend(60)


def added_by(theory, cause=STRAIN, **more):
    return mc.spread(mc.read_body(), cause, guarding=1.0, theory=theory, **more).table()[
        "guarding_N"
    ]


def test_a_theory_that_nobody_has_is_refused_in_words():
    with pytest.raises(mc.CauseError, match="theory must be 'vicious circle' or 'pain adaptation'"):
        mc.spread(mc.read_body(), STRAIN, guarding=1.0, theory="spasm")


def test_likeness_is_one_for_the_same_work_and_less_than_nothing_for_the_opposite():
    result = mc.spread(mc.read_body(), STRAIN)
    s, healthy = result.skeleton, result.state.healthy
    problem = EffortProblem(s, healthy.stance, healthy.rest_length)
    pain = np.array([float(name == "semimembranosus_left") for name in s.structures])
    like = dict(zip(s.structures, find_likeness(problem, pain), strict=True))
    assert like["semimembranosus_left"] == pytest.approx(1)
    assert like["semitendinosus_left"] > 0.8 and like["rectus_femoris_left"] < -0.8
    assert abs(like["semimembranosus_right"]) < 0.2


def test_the_vicious_circle_holds_on_those_that_do_the_same_work_and_not_the_calf():
    added = added_by("vicious circle")
    assert added["semimembranosus_left"] > 2 * abs(added["soleus_left"])
    # the deep back muscles of its levels take more than their neighbours of the surface
    body = mc.read_body()
    other = body.with_parameters(guarding_deep_back=0.1)
    deep = [f"multifidus_lumborum_{side}" for side in ("left", "right")]
    less = mc.spread(other, STRAIN, guarding=1.0).table()["guarding_N"]
    assert added[deep].sum() > less[deep].sum() + 0.5


def test_in_pain_adaptation_the_painful_muscle_does_less_and_its_opponents_more():
    bent = (BEND, STRAIN)
    added = added_by("pain adaptation", bent)
    assert added["biceps_femoris_long_head_left"] < -0.5 and added["gluteus_maximus_left"] < 0
    assert added["rectus_femoris_left"] > 0
    # the pose is held all the same: the strongest helper makes up for both, as lesson 02 says
    assert added["semimembranosus_left"] > 5
    more = mc.read_body().with_parameters(adaptation_helpers=0, adaptation_opponents=0)
    alone = mc.spread(more, bent, guarding=1.0, theory="pain adaptation").table()["guarding_N"]
    assert alone["biceps_femoris_long_head_left"] < -5 < 1 < alone["semimembranosus_left"]


def test_in_redistribution_the_task_stays_and_others_take_the_work():
    bent = (BEND, STRAIN)
    result = mc.spread(mc.read_body(), bent, guarding=1.0, theory="redistribution")
    added = result.table()["guarding_N"]
    assert added["biceps_femoris_long_head_left"] < -1 and added["semimembranosus_left"] > 1
    moved = result.state.guarded.residual - result.state.effort.residual
    assert np.abs(moved).max() < 3, "the joints are held as before"


def test_without_pain_neither_adapts_nor_shares_anew():
    for theory in ("pain adaptation", "redistribution"):
        assert (added_by(theory, mc.Limp("left", 0.5)) == 0).all()


def test_the_theories_are_compared_and_named():
    results = mc.spread_theories(mc.read_body(), (BEND, STRAIN))
    assert tuple(results) == THEORIES
    finding = mc.describe_theories(results)
    assert all(theory in finding.sentence for theory in THEORIES)
    assert finding.sentence.endswith("is not known (PN01, PN07, PN08).")
    assert len(finding.table.columns) == 4


@pytest.mark.parametrize("cause", [STRAIN, (mc.Limp("left", lean_deg=8), mc.Cut("soleus_left"))])
def test_who_moves_guarding_alone_waits_for_no_pose_and_gets_the_same(cause, monkeypatch):
    body = mc.read_body()
    mc.spread(body, cause, guarding=0.3)
    looked = count_calls(monkeypatch, PoseProblem, "look")
    for theory in THEORIES:
        kept = mc.spread(body, cause, guarding=0.8, theory=theory)
        assert not looked
        fresh = mc.spread(mc.read_body(), cause, guarding=0.8, theory=theory)
        assert looked
        looked.clear()
        assert kept.table().equals(fresh.table())
