"""Pull: springs in series and parallel, the stiffness against the energy, and the laws."""

import numpy as np
import pytest

import musclechain as mc
from musclechain.mechanics.change import Change
from musclechain.mechanics.effort import find_effort, find_healthy
from musclechain.mechanics.pose import find_stance
from musclechain.mechanics.pull import PullProblem, find_pull, find_stiffness
from musclechain.mechanics.skeleton import GRAVITY, build_skeleton, find_geometry
from tests.mechanics.hand_body import add_junction, add_soft, build_graph
from tests.mechanics.test_skeleton import move


def between_feet(**strands):
    """A muscle and tendons that run from foot to foot: both ends stand still."""
    graph = build_graph()
    add_soft(graph, "belly", "muscle", "left", [("foot_left", (0, 100, -100))], {2: "knot"})
    for name, stiffness in strands.items():
        add_soft(
            graph,
            name,
            "tendon",
            "right",
            [("foot_right", (0, 100, 100))],
            {2: "knot"},
            stiffness_n_per_mm=stiffness,
        )
    add_junction(graph, "knot", "foot_left", (0, 100, 0), 1, ["belly", *strands])
    # straight springs, so that the hand can work it out
    return mc.Body.from_graph(graph).with_parameters(strand_toe=0.01)


def stiffness_of(body, pulled=None, newtons=0.0):
    skeleton = build_skeleton(body)
    healthy = find_healthy(skeleton)
    stance, rest, effort = healthy.stance, healthy.rest_length, healthy.effort
    added = np.array([newtons * (name == pulled) for name, _ in skeleton.lines])
    found = find_stiffness(skeleton, stance, effort, rest, added)
    return {name: found[i] for i, (name, _) in enumerate(skeleton.lines)}, skeleton.constants[
        "junction_tether"
    ]


def test_two_springs_in_series():
    body = between_feet(tendon=5.0)
    # a muscle that pulls harder is stiffer
    k, bed = stiffness_of(body, "belly", 10)
    table = mc.spread(body, mc.PullOn("belly", newtons=10)).table()
    slide = 10 / (k["belly"] + k["tendon"] + bed)
    assert table.pull_N["tendon"] == pytest.approx(k["tendon"] * slide, rel=1e-3)
    assert table.pull_N["belly"] == pytest.approx(10 - k["belly"] * slide, rel=1e-3)


def test_two_springs_in_parallel_share_by_stiffness():
    body = between_feet(thin=5.0, thick=15.0)
    table = mc.spread(body, mc.PullOn("belly", newtons=10)).table()
    assert table.pull_N["thick"] == pytest.approx(3 * table.pull_N["thin"], rel=1e-9)


def test_a_softer_tendon_hands_on_less():
    stiff, soft = between_feet(tendon=50.0), between_feet(tendon=2.0)
    handed = [
        mc.spread(body, mc.PullOn("belly", newtons=10)).table().pull_N["tendon"]
        for body in (stiff, soft)
    ]
    assert handed[0] > handed[1] > 0


def test_nothing_added_changes_nothing():
    result = mc.spread(mc.read_body())
    assert (result.table().change_N == 0).all()
    assert (result.pose() == 0).all().all()


def energy(skeleton, stance, tension, pose):
    """Energy of constant tensions, weight and ground forces in a pose near the stance."""
    geometry = find_geometry(skeleton, pose)
    feet = list(skeleton.feet)
    before = stance.geometry.pose
    turned = pose.rotation[feet] @ before.rotation[feet].transpose(0, 2, 1)
    contact = pose.origin[feet] + np.einsum(
        "bij,bj->bi", turned, stance.contact - before.origin[feet]
    )
    return (
        tension @ geometry.length
        + GRAVITY * skeleton.mass @ geometry.com[:, 1]
        - (stance.ground * contact).sum()
    )


@pytest.mark.parametrize("thorax", [None, (40, 0, 0), (25, 12, 15)])
def test_geometric_stiffness_is_the_curvature_of_the_energy(thorax):
    """K without springs must equal the second difference of the energy, in any direction; bent and
    twisted too, where the back muscles are held by points that take half of the turn."""
    skeleton = build_skeleton(mc.read_body())
    skeleton = skeleton.with_changes(
        joint_stiffness=0 * skeleton.joint_stiffness,
        constants={
            **skeleton.constants,
            **dict.fromkeys(
                ("balance_stiffness", "junction_tether", "righting_trunk", "righting_head"), 0.0
            ),
        },
    )
    stance, tension = find_healthy(skeleton).stance, find_healthy(skeleton).effort.tension
    if thorax:
        state = mc.spread(mc.read_body(), mc.HoldPose({"thorax": thorax})).state
        stance, tension = state.stance, state.effort.tension
    base = PullProblem(skeleton, stance, stance.geometry.length).find_base(tension)
    rng = np.random.default_rng(2)
    trunk = [3 + 3 * skeleton.bones.index(bone) for bone in ("lumbar", "thorax")]
    in_trunk = np.add.outer(trunk, np.arange(3)).ravel()
    for number in range(8):
        u = rng.normal(size=skeleton.size) * 1e-3
        u[3 + 3 * len(skeleton.bones) :] = 0
        if number % 2:
            u[np.setdiff1d(np.arange(skeleton.size), in_trunk)] = 0
        here, there, back = (
            energy(skeleton, stance, tension, move(skeleton, stance.geometry.pose, s * u))
            for s in (0, 1, -1)
        )
        assert u @ base @ u == pytest.approx(there - 2 * here + back, rel=2e-3)


def test_feet_on_the_ground_stay_and_a_lifted_foot_moves():
    body = mc.read_body()
    pulled = mc.PullOn("tibialis_anterior_left", newtons=30)
    standing = mc.spread(body, pulled).pose()
    assert np.abs(standing.loc[["foot_left", "foot_right"]]).max().max() < 1e-9
    lifted = mc.spread(body, [pulled, mc.HoldPose({}, lifted_foot="left")])
    without = mc.spread(body, mc.HoldPose({}, lifted_foot="left"))
    assert (
        abs(lifted.pose().flexion_deg["foot_left"] - without.pose().flexion_deg["foot_left"]) > 0.05
    )


def test_without_balance_the_body_tips_and_says_so():
    body = mc.read_body().with_parameters(
        balance_stiffness=0.0, joint_stiffness_factor=0.01, resting_stiffness=0.0
    )
    with pytest.raises(mc.SolveError, match="not stable.*would tip over.*balance_stiffness"):
        mc.spread(body, mc.PullOn("biceps_femoris_long_head_left", newtons=20))


@pytest.mark.parametrize(
    "structure",
    [
        "biceps_femoris_long_head_left",
        "gluteus_maximus_right",
        "latissimus_dorsi_left",
        "rectus_abdominis_left",
        "trapezius_descending_part_right",
    ],
)
def test_tissue_never_pushes_and_slack_lines_are_empty(structure):
    result = mc.spread(mc.read_body(), mc.PullOn(structure, newtons=150))
    tension = result.state.tensions()[2]
    assert tension.min() > -1e-9
    assert tension[result.state.pull.slack] == pytest.approx(0, abs=1e-9)


def test_small_pulls_superpose():
    body = mc.read_body()
    one, two = (
        mc.spread(body, mc.PullOn(name, newtons=0.05)).table().pull_N
        for name in ("soleus_left", "gluteus_medius_right")
    )
    both = (
        mc.spread(
            body,
            [
                mc.PullOn("soleus_left", newtons=0.05),
                mc.PullOn("gluteus_medius_right", newtons=0.05),
            ],
        )
        .table()
        .pull_N
    )
    assert both.to_numpy() == pytest.approx((one + two).to_numpy(), abs=1e-5)


def test_pull_on_what_cannot_pull_is_refused_in_words():
    with pytest.raises(mc.SolveError, match="plantar_fascia_left cannot pull"):
        mc.spread(mc.read_body(), mc.PullOn("plantar_fascia_left"))


def test_a_slack_strand_neither_pulls_nor_resists():
    skeleton = build_skeleton(mc.read_body())
    habit, rest = find_healthy(skeleton).habit, find_healthy(skeleton).rest_length
    stance = find_stance(skeleton, Change(angles={"lumbar": (-5, 0, 0)}), habit)
    effort = find_effort(skeleton, stance, rest)
    slack = skeleton.is_free_strand & (effort.tension < 0.5)
    assert slack.any()
    stiffness = find_stiffness(skeleton, stance, effort, rest)
    assert (stiffness[slack] < 0.06 * skeleton.stiffness[slack]).all()
    added = np.where(np.arange(len(slack)) == np.flatnonzero(skeleton.is_muscle)[0], 5.0, 0.0)
    assert np.abs(find_pull(skeleton, stance, effort, rest, added).change[slack]).max() < 0.2


def test_one_problem_answers_several_tensions_as_if_each_were_asked_alone():
    skeleton = build_skeleton(mc.read_body())
    healthy = find_healthy(skeleton)
    stance, rest, effort = healthy.stance, healthy.rest_length, healthy.effort
    names = [name for name, _ in skeleton.lines]
    braced = np.isin(names, ["soleus_left", "soleus_right"])
    held_on = find_effort(skeleton, stance, rest, floor=0.1 * braced)
    added = 40.0 * np.isin(names, ["biceps_femoris_long_head_left"])
    assert braced.any() and added.any()
    problem = PullProblem(skeleton, stance, rest)
    changes = [problem.solve(one, added).change for one in (effort, held_on)]
    assert np.abs(changes[0] - changes[1]).max() > 0.1
    for one, change in zip((effort, held_on), changes, strict=True):
        assert change == pytest.approx(
            find_pull(skeleton, stance, one, rest, added).change, abs=1e-12
        )
