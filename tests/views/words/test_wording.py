"""Numbers, names and words of certainty, alone and inside sentences."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.format import call_structure, capitalise
from musclechain.views.words.certainty import count_words


@pytest.mark.parametrize(
    "structure, words",
    [
        ("achilles_tendon_right", "the Achilles tendon (Calcaneal tendon) on the right"),
        ("nuchal_ligament", "the neck band (Nuchal ligament)"),
        ("soleus_left", "the deep calf muscle (Soleus) on the left"),
    ],
)
def test_a_structure_is_called_with_article_plain_name_and_side(body, structure, words):
    assert call_structure(body, structure) == words
    assert call_structure(body, structure, side=False) == words.removesuffix(
        " on the right"
    ).removesuffix(" on the left")


@pytest.mark.parametrize(
    "name, plain, words",
    [
        ("Soleus", "soleus", "the soleus on the left"),
        ("Soleus", "", "the Soleus on the left"),
        (None, None, "the soleus_left on the left"),
    ],
)
def test_missing_or_equal_names_are_said_once(body, name, plain, words):
    graph = body.graph.copy()
    graph.nodes["soleus_left"].update(name=name, plain_name=plain)

    class Changed:
        pass

    Changed.graph = graph
    assert call_structure(Changed, "soleus_left") == words


def test_a_capital_changes_nothing_else():
    assert [capitalise(text) for text in ("the L5", "", "Über")] == ["The L5", "", "Über"]


@pytest.fixture(scope="module")
def limp(body):
    result = mc.spread(body, mc.Limp("left", 0.5, lean_deg=8), guarding=0.3)
    return result, result.draws(6)


def test_one_route_is_kept_and_the_three_add_up(limp):
    result, draws = limp
    parts = [draws.only(route) for route in ("posture", "pull", "guarding")]
    assert sum(part.changes for part in parts) == pytest.approx(draws.changes)
    for route, part in zip(("posture", "pull", "guarding"), parts, strict=True):
        assert part.table()["change_N"].to_numpy() == pytest.approx(
            result.table()[f"{route}_N"].to_numpy()
        )


def test_a_difference_of_draws_is_that_of_the_results(body, limp):
    result, draws = limp
    other = mc.spread(body, mc.Limp("left", 0.8, lean_deg=8))
    made = other.draws(6).beyond(draws)
    assert made.table()["change_N"].to_numpy() == pytest.approx(
        (other.table()["change_N"] - result.table()["change_N"]).to_numpy()
    )
    assert made.joints()["change_N"].to_numpy() == pytest.approx(
        (other.joint_loads() - result.joint_loads()).to_numpy()
    )
    sizes = (
        other.draws(6)
        .beyond(draws, sizes=True)
        .pose()["change_deg"]
        .unstack()
        .loc[list(result.pose().index), list(result.pose().columns)]
    )
    assert sizes.to_numpy() == pytest.approx((other.pose().abs() - result.pose().abs()).to_numpy())
    assert np.abs(draws.beyond(draws).by_route).max() == 0
    assert other.draws(4).beyond(draws).bodies == 4


def test_words_are_counted_in_their_order():
    assert (
        count_words(["not known", "depends", "settled", "depends"])
        == "1 settled, 2 depends and 1 not known"
    )
    assert count_words([]) == ""
