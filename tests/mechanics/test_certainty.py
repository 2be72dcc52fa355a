"""Certainty: the same draws whoever makes them, and words that mean what they say."""

from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.mechanics.certainty import (
    UNKNOWN,
    Answer,
    Certainty,
    Draws,
    Pending,
    name_certainty,
)
from musclechain.mechanics.draws import DrawTask, draw_skeleton, find_line_lengths
from musclechain.mechanics.routes import ROUTES
from musclechain.mechanics.skeleton import build_skeleton
from musclechain.mechanics.tissue import find_passive

BODY = mc.read_body()


@pytest.fixture(scope="module")
def result():
    return mc.spread(BODY, mc.HamstringStrain("left", 2))


def test_strands_of_drawn_bodies_come_to_rest(result):
    """In these a strand was taken for too stiff and too soft in turn, for ever."""
    assert None not in DrawTask.of(result, 100).solve((2, 77, 99))
    mild = mc.spread(BODY, mc.HamstringStrain("right", 1))
    assert None not in DrawTask.of(mild, 100).solve((64, 85))


def test_table_has_the_rows_of_the_result(result):
    table = result.certainty(draws=10)
    assert list(table.index) == list(result.table().index)
    assert list(table.columns) == ["change_N", "same_sign", "low_N", "high_N", "word"]
    assert table.same_sign.between(0, 1).all() and (table.low_N <= table.high_N).all()
    assert table.attrs["draws"] == 10 and table.attrs["failed"] <= 2


class BackwardExecutor(Executor):
    """An executor made by hand: one call after the other, and nothing of the standard library's
    pools."""

    def submit(self, function, /, *args, **more):
        future = Future()
        future.set_result(function(*args, **more))
        return future


def test_draws_are_the_same_wherever_they_run(result):
    here = result.certainty(12)
    with ThreadPoolExecutor(2) as pool:
        pd.testing.assert_frame_equal(here, result.certainty(12, executor=pool))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        pd.testing.assert_frame_equal(here, result.certainty(12, executor=pool))
    pd.testing.assert_frame_equal(here, result.certainty(12, executor=BackwardExecutor()))
    assert not here.equals(result.certainty(12, seed=1))


def test_chunks_in_any_order_and_size_give_the_same_draws(result):
    task = DrawTask.of(result, 9)
    assert [number for chunk in task.chunks() for number in chunk] == list(range(9))
    answers = {number: task.solve([number])[0] for number in reversed(range(9))}
    made = task.collect(result, [answers[number] for number in range(9)])
    pd.testing.assert_frame_equal(made.table(), result.certainty(9))


def make_draws(changes, shown, numbers=None):
    """Draws by hand, of two structures by posture alone: one row of changes per draw."""
    by_route = np.zeros((len(changes), 3, 2))
    by_route[:, 0] = changes
    first = np.zeros((3, 2))
    first[0] = shown
    count = len(changes)
    return Draws(
        structures=("a", "b"),
        joint_names=("hip",),
        bones=("pelvis",),
        shown=Answer(first, np.array([10.0]), np.zeros((1, 3))),
        draws=count,
        numbers=np.arange(count) if numbers is None else np.array(numbers),
        by_route=by_route,
        loads=np.linspace(-1, 19, count)[:, None],
        angles=np.zeros((count, 1, 3)),
    )


def test_share_range_and_word_by_hand():
    table = make_draws([(x, 0.02) for x in range(-1, 19)], (5.0, 0.0)).table()
    assert (
        table.loc["a", "same_sign"] == pytest.approx(18 / 20) and table.loc["a", "word"] == "likely"
    )
    assert (table.loc["a", "low_N"], table.loc["a", "high_N"]) == pytest.approx(
        (-1 + 0.05 * 19, -1 + 0.95 * 19)
    )
    assert table.loc["b", "word"] == "settled" and table.loc["b", "same_sign"] == 1


def test_two_changes_too_small_to_matter_are_alike_but_a_large_one_is_not_like_none():
    table = make_draws([(0.1, 3.0)] * 10, (-0.1, 0.0)).table()
    assert table.loc["a", "same_sign"] == 1 and table.loc["b", "same_sign"] == 0


def test_a_sum_can_be_settled_where_its_parts_are_not():
    """Two muscles share a load in any way: what each does depends, what both do does not."""
    made = make_draws([(x, 10.0 - x) for x in np.linspace(-10, 20, 40)], (5.0, 5.0))
    assert set(made.table()["word"]) == {"depends"}
    both = made.groups({"both": ["a", "b"], "one": ["a"]})
    assert (
        both.loc["both", ["change_N", "same_sign", "low_N", "high_N"]].to_list()
        == pytest.approx([10, 1, 10, 10])
        and both.loc["both", "word"] == "settled"
    )
    assert both.loc["one", "same_sign"] == made.table().loc["a", "same_sign"]
    assert made.joints().loc["hip", "word"] == "likely"


@pytest.mark.parametrize(
    ("group", "words"), [(["tail"], "'tail', which is not computed"), ([], "is empty")]
)
def test_a_group_of_nothing_or_of_strangers_is_refused(group, words):
    with pytest.raises(mc.CauseError, match=words):
        make_draws([(1, 1)], (1, 1)).groups({"odd": group})


def test_sums_joints_angles_and_routes_come_from_the_same_draws(result):
    made = result.draws(10)
    pd.testing.assert_frame_equal(made.table(), result.certainty(10))
    table = result.table()
    neck = list(table.index[(table.region == "neck") & (table.kind == "muscle")])
    asked = result.certainty_of({"neck": neck}, draws=10)
    pd.testing.assert_frame_equal(asked, made.groups({"neck": neck}))
    assert asked.loc["neck", "change_N"] == pytest.approx(table.loc[neck, "change_N"].sum())
    loads = result.joint_loads() - result.joint_loads_before()
    assert made.joints()["change_N"].to_numpy() == pytest.approx(loads.to_numpy())
    assert made.pose().loc[("pelvis", "flexion_deg"), "change_deg"] == pytest.approx(
        result.pose().loc["pelvis", "flexion_deg"]
    )
    routes = made.routes({"neck": neck})
    for route in ("posture", "pull", "guarding"):
        assert routes.loc[("neck", route), "sum_N"] == pytest.approx(
            table.loc[neck, f"{route}_N"].abs().sum()
        )
    assert routes["same_place"].between(0, 1).all() and (routes["low_N"] <= routes["high_N"]).all()


def test_a_state_at_the_edge_is_refused_in_words(result):
    task = DrawTask.of(result, 4)
    answer = task.solve([0])[0]
    assert task.collect(result, [answer, None, answer, None]).table().attrs["failed"] == 2
    with pytest.raises(mc.SolveError, match="Only 1 of 4 bodies tried"):
        task.collect(result, [answer, None, None, None])


def test_another_place_of_attachment_does_not_stretch_a_muscle(result):
    """Fibre and slack length follow the line: in the posture of the data every muscle is as
    stretched as before."""
    s = result.skeleton
    parameters = dict(BODY.graph.graph["parameters"].items())
    for seed in range(5):
        drawn = draw_skeleton(s, parameters, np.random.default_rng(seed)).with_changes(
            constants=s.constants
        )
        old, new = find_line_lengths(s, s.point), find_line_lengths(drawn, drawn.point)
        assert np.abs(new - old).max() > 1e-3
        before, after = (
            find_passive(body, length, length)[0][s.is_muscle]
            for body, length in ((s, old), (drawn, new))
        )
        assert after == pytest.approx(before, abs=1e-6)
        assert (
            before.max() > 1
            and (drawn.fibre[s.is_muscle] > 0).all()
            and (drawn.fibre[~s.is_muscle] == s.fibre[~s.is_muscle]).all()
        )


def test_the_pelvis_side_of_a_strain_is_settled_and_quiet_is_quiet(result):
    table = result.certainty(40)
    assert table.word["biceps_femoris_long_head_left"] == "settled"
    assert table.same_sign["sacrotuberous_ligament_left"] == 1
    quiet = mc.spread(BODY).certainty(3)
    assert (quiet.same_sign == 1).all() and (quiet.low_N == 0).all()


def test_progress_is_told(result):
    seen = []
    result.certainty(11, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (11, 11) and seen == sorted(seen)


def test_words():
    assert [name_certainty(x) for x in (1, 0.95, 0.94, 0.8, 0.79, 0)] == [
        "settled",
        "settled",
        "likely",
        "likely",
        "depends",
        "depends",
    ]


def test_draws_stay_within_the_stated_ranges(result):
    parameters = BODY.graph.graph["parameters"]
    for seed in range(20):
        drawn = draw_skeleton(result.skeleton, parameters, np.random.default_rng(seed))
        for name, made in parameters.items():
            assert made.low <= drawn.constants[name] <= made.high
        assert np.abs(drawn.point - result.skeleton.point).max() <= 3e-3
        ratio = drawn.stiffness[~drawn.is_muscle] / result.skeleton.stiffness[~drawn.is_muscle]
        assert ratio.min() >= 0.5 and ratio.max() <= 2


def test_lines_of_a_junction_keep_meeting(result):
    drawn = draw_skeleton(result.skeleton, BODY.graph.graph["parameters"], np.random.default_rng(4))
    for junction in range(len(drawn.junctions)):
        assert np.ptp(drawn.point[drawn.slide_of == junction], axis=0).max() == 0


@pytest.mark.parametrize("bad", [0, -3, 2e6, "many"])
def test_number_of_draws_is_checked(result, bad):
    with pytest.raises(mc.CauseError, match="draws must be a number"):
        result.certainty(bad)


@pytest.mark.parametrize(
    ("sure", "is_pending"),
    [
        (UNKNOWN, False),
        (Certainty("one of them did not end"), False),
        (Pending(done=3, asked=40), True),
    ],
)
def test_what_is_not_known_answers_every_question_with_a_gap(sure, is_pending):
    groups = {"both": ["a", "b"], "none": []}
    assert not sure.is_known and sure.is_pending == is_pending and sure.bodies == 0
    assert sure.table().empty and sure.joints().empty and sure.pose().empty
    for table in (sure.groups(groups), sure.routes(groups)):
        assert (table["word"] == "").all() and table.drop(columns="word").isna().all(axis=None)
    assert list(sure.routes(groups).index.get_level_values("route")[:3]) == list(ROUTES)
    told = [sure.word("a"), sure.joint_word("hip"), sure.angle_word("pelvis", "flexion_deg")]
    assert [*told, *sure.words(["a", "b"]), sure.group_word(["a"])] == [""] * 6
    assert sure.only("pull") is sure and not sure.beyond(sure).is_known


def test_every_kind_of_certainty_has_the_same_columns():
    known = make_draws([(1, 2)], (1, 2))
    groups = {"both": ["a", "b"]}
    for ask in ("table", "joints", "pose"):
        assert list(getattr(UNKNOWN, ask)().columns) == list(getattr(known, ask)().columns)
    for ask in ("groups", "routes"):
        unknown, made = getattr(UNKNOWN, ask)(groups), getattr(known, ask)(groups)
        assert list(unknown.columns) == list(made.columns) and unknown.index.equals(made.index)


def test_two_states_are_compared_body_by_body():
    """By hand: draws 0, 2 and 3 hold the second state, 2, 3 and 4 the first; 2 and 3 hold both."""
    second = make_draws([(9, 9), (5, 1), (6, 0)], (5, 1), numbers=[0, 2, 3])
    first = make_draws([(1, 3), (2, 3), (8, 8)], (2, 3), numbers=[2, 3, 4])
    more = second.beyond(first)
    assert more.bodies == 2 and more.changes.tolist() == [[4, -2], [4, -3]]
    assert more.table().change_N.to_list() == [3, -2]
    assert more.words(["a", "b"]) == ["settled", "settled"]
    apart = make_draws([(1, 1)], (1, 1), numbers=[7])
    assert "both states" in second.beyond(apart).reason and not second.beyond(apart).is_known
    assert second.beyond(Pending(done=1, asked=3)).is_pending
    assert not UNKNOWN.beyond(second).is_known


def test_angles_can_be_compared_by_their_size():
    """A bone that turns 3 degrees left and one that turns 2 right: 1 more, and not -5."""
    turned = [
        replace(
            made,
            angles=np.full((1, 1, 3), angle),
            shown=replace(made.shown, angles=np.full((1, 3), angle)),
        )
        for made, angle in (
            (make_draws([(1, 1)], (1, 1)), -3.0),
            (make_draws([(1, 1)], (1, 1)), 2.0),
        )
    ]
    assert turned[0].beyond(turned[1]).pose().change_deg.to_list() == [-5] * 3
    assert turned[0].beyond(turned[1], sizes=True).pose().change_deg.to_list() == [1] * 3


def test_draws_of_other_bodies_are_not_compared():
    one, other = make_draws([(1, 1)], (1, 1)), replace(make_draws([(1, 1)], (1, 1)), seed=5)
    with pytest.raises(ValueError, match="same bodies"):
        one.beyond(other)


def test_one_route_alone(result):
    made = result.draws(6)
    pulled = made.only("pull")
    table = result.table()
    assert pulled.table().change_N.to_numpy() == pytest.approx(table.pull_N.to_numpy())
    assert pulled.changes == pytest.approx(made.by_route[:, 1], abs=1e-6)


def test_what_ligaments_give_is_drawn_with_the_whole_stiffness_of_their_joint():
    base = build_skeleton(BODY)
    parameters = BODY.graph.graph["parameters"]
    drawn = draw_skeleton(base, parameters, np.random.default_rng(4))
    some = base.joint_passive > 0
    share = base.joint_passive[some] / base.joint_stiffness[:, [2, 0, 1]][some]
    assert drawn.joint_passive[some] / drawn.joint_stiffness[:, [2, 0, 1]][some] == pytest.approx(
        share
    )
    assert drawn.joint_passive[some] != pytest.approx(base.joint_passive[some], rel=0.01)
