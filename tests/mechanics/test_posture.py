"""Pose and effort: closed-form cases, laws, and a second opinion from scipy."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

import musclechain as mc
from musclechain.mechanics import effort as effort_module
from musclechain.mechanics.bounded import solve_bounded
from musclechain.mechanics.change import Change
from musclechain.mechanics.effort import EffortProblem, find_effort, find_healthy
from musclechain.mechanics.joints import find_passive_moments
from musclechain.mechanics.junctions import Junctions
from musclechain.mechanics.pose import find_stance
from musclechain.mechanics.skeleton import GRAVITY, build_skeleton, moment_axes
from musclechain.mechanics.tissue import TOE, PassiveLaw, find_passive, find_strength
from tests.mechanics.hand_body import add_soft, build_graph


@pytest.fixture(scope="module")
def skeleton():
    return build_skeleton(mc.read_body())


@pytest.fixture(scope="module")
def healthy(skeleton):
    return find_healthy(skeleton)


def test_standing_is_level_flat_and_balanced(skeleton, healthy):
    stance, effort = healthy.stance, healthy.effort
    rotation = stance.geometry.pose.rotation
    for bone in (*skeleton.feet, skeleton.bones.index("head")):
        assert rotation[bone] == pytest.approx(np.eye(3), abs=1e-7)
    assert np.abs(stance.balance[:3]).max() < 1e-9
    assert np.abs(stance.balance[3:]).max() < 1e-9
    assert stance.ground[:, 1] == pytest.approx(np.full(2, GRAVITY * skeleton.mass.sum() / 2))
    assert (np.abs(effort.residual) <= skeleton.allowance).all()


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_the_centre_of_mass_stands_where_the_load_share_asks(skeleton, healthy, share):
    stance = find_stance(skeleton, Change(load_shift=share - 0.5), healthy.habit)
    centre = skeleton.mass @ stance.geometry.com / skeleton.mass.sum()
    target = share * skeleton.sole[0] + (1 - share) * skeleton.sole[1]
    assert centre[[0, 2]] == pytest.approx(target[[0, 2]], abs=1e-9)
    assert stance.ground[0, 1] == pytest.approx(share * GRAVITY * skeleton.mass.sum())


def test_a_quiet_change_changes_nothing(skeleton, healthy):
    again = find_stance(skeleton, Change(), healthy.habit)
    assert again.geometry.pose.angles == pytest.approx(
        healthy.stance.geometry.pose.angles, abs=1e-6
    )


def test_every_joint_balances(skeleton, healthy):
    """What lines, weight and ground leave over at a joint is what ligaments hold at its angle and
    the stated residual, and nothing else."""
    stance, effort = healthy.stance, healthy.effort
    left = stance.load - stance.geometry.matrix.T @ effort.tension
    count = len(skeleton.bones)
    turning = skeleton.below @ left[3 : 3 + 3 * count].reshape(count, 3)
    pose = stance.geometry.pose
    held = effort.residual[1:] + find_passive_moments(skeleton, pose)
    about = moment_axes(skeleton, pose)[1:] @ pose.rotation[skeleton.parent[1:]].transpose(0, 2, 1)
    assert held == pytest.approx((about @ turning[1:, :, None])[..., 0], abs=1e-6)
    assert turning[0] == pytest.approx([0, 0, 0], abs=1e-9)


def test_junctions_balance(skeleton, healthy):
    stance, effort = healthy.stance, healthy.effort
    slides = stance.geometry.matrix[:, 3 + 3 * len(skeleton.bones) :]
    pulling = np.abs(slides).T @ effort.tension
    assert (np.abs(slides.T @ effort.tension) <= 2e-3 * pulling + 0.1).all(), (
        "but for the tissue bed, a thousandth"
    )


@pytest.mark.parametrize("degrees", [-12, -4, 4, 12])
def test_one_muscle_holds_the_leaning_head_as_the_lever_says(degrees):
    """Closed form on the hand-drawn body: weight x its lever = tension x its lever."""
    body = mc.Body.from_graph(build_graph())
    result = mc.spread(body, mc.HoldPose({"head": (0, degrees, 0)}))
    table, pose = result.table(), result.state.stance.geometry
    up, down = ("left", "right") if degrees > 0 else ("right", "left")
    s, effort = result.skeleton, result.state.effort
    lines = {name: s.structures.index(f"stay_{name}") for name in ("left", "right")}
    joint, com = pose.pose.origin[s.bones.index("head")], pose.com[s.bones.index("head")]
    arms = {}
    for name, line in lines.items():
        a, b = pose.points[s.line_of == line]
        along = (b - a) / np.linalg.norm(b - a)
        arms[name] = np.cross(a - joint, along)[0]
    weight_moment = np.cross(com - joint, [0, -5 * GRAVITY, 0])[0]
    resting = s.constants["tone"] * find_strength(s)[lines[down]] + effort.passive[lines[down]]
    # the stalk pulls the head down: turning it back is the tension's job; the other side rests
    expected = (weight_moment - arms[down] * resting) / arms[up]
    assert table.after_N[f"stay_{up}"] == pytest.approx(expected, rel=1e-4)
    assert table.after_N[f"stay_{down}"] == pytest.approx(resting, rel=1e-6)


def test_cutting_a_muscle_into_lines_changes_nothing():
    whole = build_graph()
    split = build_graph()
    for side in ("left", "right"):
        half = {**split.nodes[f"stay_{side}"]["lines"][1], "pcsa_cm2": 5.0}
        split.nodes[f"stay_{side}"]["lines"] = {1: half, 2: dict(half)}
        for bone in ("pelvis", "head"):
            points = split.edges[f"stay_{side}", bone, "attaches"]["points"]
            points.update({(2, point): where for (_, point), where in list(points.items())})
    pose = mc.HoldPose({"head": (5, 8, 0)})
    one, two = (
        mc.spread(mc.Body.from_graph(graph), pose).table().after_N for graph in (whole, split)
    )
    assert two.to_numpy() == pytest.approx(one.to_numpy(), rel=1e-6)


def test_a_pose_beyond_all_strength_gives_way():
    graph = build_graph()
    for side in ("left", "right"):
        graph.nodes[f"stay_{side}"]["lines"][1]["pcsa_cm2"] = 0.05
    result = mc.spread(mc.Body.from_graph(graph), mc.HoldPose({"head": (0, 15, 0)}))
    assert result.gave_way == ("head_joint",)
    assert 0 <= result.pose().at["head", "side_bend_deg"] < 5


def test_what_nothing_can_hold_is_refused_with_the_joint_and_its_side():
    body = mc.read_body()
    gone = [
        mc.Weaken(name, 0)
        for name, node in body.graph.nodes(data=True)
        if node.get("kind") == "muscle"
        and node.get("side") == "right"
        and node.get("region") in ("hip", "thigh")
    ]
    with pytest.raises(mc.SolveError, match="cannot be held: at hip_right .* Nm of .* over"):
        mc.spread(body, (mc.Limp("left", offload=1), *gone))


def test_the_upper_limit_is_reached_and_named():
    graph = build_graph()
    for side in ("left", "right"):
        graph.nodes[f"stay_{side}"]["lines"][1]["pcsa_cm2"] = 0.5
    graph.edges["pelvis", "head", "head_joint"]["allowance_nm"] = (2.0, 500.0, 500.0)
    # a body that does not spare its muscles
    body = mc.Body.from_graph(graph).with_parameters(effort_weight=0)
    result = mc.spread(body, mc.HoldPose({"head": (0, 19, 0)}))
    assert list(result.table().index[result.table().overloaded]) == ["stay_left"]
    assert result.rounds[-1].overloaded == ("stay_left",)


def test_a_pose_that_no_feet_can_stand_is_refused_in_words(skeleton, healthy):
    with pytest.raises(mc.SolveError, match="No pose was found"):
        find_stance(skeleton, Change(lift_mm={"left": 1900.0}), healthy.habit)


def find_far(s):
    """By how much each muscle has got longer when stretch alone gives its greatest active force:
    its fibres, and the tendon behind them, m."""
    return s.constants["passive_strain"] * s.fibre + s.constants["tendon_strain"] * s.slack


def test_passive_curve(skeleton, healthy):
    """Zero until just before the optimal length; then, but for a toe, the exponential of Thelen
    2003, with the greatest active force at the stated strain; slope as the difference quotient."""
    s, rest, muscle = skeleton, healthy.rest_length, skeleton.is_muscle
    shape, far = s.constants["passive_shape"], find_far(s)

    def at(share, step=0.0):
        length = s.slack + s.fibre * (1 + step) + far * share
        tension, slope = find_passive(s, length, rest)
        return tension[muscle], slope[muscle] * s.fibre[muscle]

    strength = find_strength(s)[muscle]
    assert at(-0.5 * TOE)[0] == pytest.approx(0, abs=1e-9)
    for share in (0.5 * TOE, 0.1, 0.5, 1.0):
        exponential = strength * np.expm1(shape * share) / np.expm1(shape)
        assert at(share)[0] == pytest.approx(exponential)
    for share in (-0.3 * TOE, 0.0, 0.3 * TOE, 0.5, 1.5):
        quotient = (at(share, 1e-6)[0] - at(share, -1e-6)[0]) / 2e-6
        assert at(share)[1] == pytest.approx(quotient, rel=1e-4)
    off = at(0.0)[0]
    assert (off > 0).all() and (off < 3e-4 * strength).all()


def test_nothing_in_a_muscle_is_as_stiff_at_once_as_it_becomes(skeleton, healthy):
    """Where it begins to be stretched its stiffness grows from nothing, without a jump."""
    s, rest, muscle = skeleton, healthy.rest_length, skeleton.is_muscle
    shares, far = np.linspace(-TOE, TOE, 401), find_far(s)
    stiff = np.array([find_passive(s, s.slack + s.fibre + far * x, rest)[1] for x in shares])
    jumps = np.abs(np.diff(stiff[:, muscle], axis=0)).max(axis=0)
    assert (stiff[0, muscle] == 0).all()
    assert (jumps < 0.01 * stiff[-1, muscle]).all()


def test_far_beyond_its_strength_a_muscle_stretches_along_a_straight_line(skeleton, healthy):
    s, rest = skeleton, healthy.rest_length

    def at(strain):
        return find_passive(s, s.slack + s.fibre * (1 + strain), rest)

    (near, slope), (far, same), (further, _) = (at(strain) for strain in (1.7, 2.7, 3.7))
    muscle = s.is_muscle
    assert same[muscle] == pytest.approx(slope[muscle])
    assert (further - far)[muscle] == pytest.approx((far - near)[muscle])
    assert far[muscle] == pytest.approx((near + slope * s.fibre)[muscle])


def test_the_neck_is_about_as_strong_as_measured(skeleton, healthy):
    """Greatest moments of nine men, within two standard deviations of them (LD26)."""
    base = 3 * skeleton.joint_names[1:].index("c7_t1")
    strength = healthy.habit.strength
    extension, side_bend = strength.more[base : base + 2]
    assert extension == pytest.approx(51, abs=2 * 11)
    assert strength.less[base] == pytest.approx(30, abs=2 * 6)
    assert side_bend == pytest.approx(32, abs=2 * 9)


def test_the_head_is_turned_as_strongly_as_measured(skeleton, healthy):
    """What turns the head passes both ends of the neck, so the weaker one counts: within two
    standard deviations of men (LD26) and of women (LD28)."""
    joints, strength = skeleton.joint_names[1:], healthy.habit.strength
    turning = [3 * joints.index(joint) + 2 for joint in ("c7_t1", "c0_c2")]
    weakest = np.minimum(strength.more[turning], strength.less[turning]).min()
    assert weakest == pytest.approx(13, abs=2 * 5) and weakest == pytest.approx(8, abs=2 * 2.3)


def test_the_head_lies_ahead_of_the_neck_as_on_radiographs(skeleton):
    """The joint below C7 stands in for the corner that was measured from (LD25)."""
    head, neck = (skeleton.bones.index(bone) for bone in ("head", "neck"))
    ahead = 1e3 * (skeleton.com[head, 0] - skeleton.joint[neck, 0])
    assert ahead == pytest.approx(22.9, abs=12.3)


def test_neck_muscles_work_to_hold_the_head_in_standing(skeleton, healthy):
    extensors = [
        line
        for line, (name, _) in enumerate(skeleton.lines)
        if name.startswith(("multifidus_cervicis", "semispinalis", "splenius", "longissimus_c"))
    ]
    at_rest = skeleton.constants["tone"] * find_strength(skeleton)[extensors].sum()
    assert healthy.effort.tension[extensors].sum() > 1.2 * at_rest


def test_the_weight_falls_behind_the_hips_and_ahead_of_the_knees(skeleton, healthy):
    """As people stand (LD29); the greater trochanter, to which they were measured, lies about 1 cm
    behind the hip joint."""
    s, geometry = skeleton, healthy.stance.geometry
    place = geometry.pose.origin[:, 0]

    def find_ahead(joint):
        """Of the weight above both joints of a pair, ahead of them, cm."""
        carried = s.below[[s.bones.index(f"{joint}_{side}") for side in ("left", "right")]]
        above = s.mass * (carried.sum(axis=0) == 0)
        return 100 * (
            above @ geometry.com[:, 0] / above.sum() - place[s.bones.index(f"{joint}_left")]
        )

    assert find_ahead("thigh") + 1.0 == pytest.approx(-1.0, abs=0.5)
    # knees, hips and shoulders ahead of the ankles; each within its spread
    assert find_ahead("shank") == pytest.approx(1.4, abs=1.1)
    ahead = {
        bone: 100 * (place[s.bones.index(f"{bone}_left")] - place[s.feet[0]])
        for bone in ("shank", "thigh", "arm")
    }
    assert ahead["shank"] == pytest.approx(3.8, abs=2.0)
    assert ahead["thigh"] - 1.0 == pytest.approx(6.2, abs=1.3)
    assert ahead["arm"] == pytest.approx(3.8, abs=1.9)


def test_in_quiet_standing_the_quadriceps_is_nearly_silent(skeleton, healthy):
    """The weight ahead of the knee keeps it straight."""
    quadriceps = [
        line
        for line, (name, _) in enumerate(skeleton.lines)
        if name.startswith(("rectus_femoris", "vastus"))
    ]
    strength = find_strength(skeleton)[quadriceps]
    assert healthy.effort.tension[quadriceps].sum() < 0.02 * strength.sum()


def test_soleus_leads_the_calf_in_quiet_standing(skeleton, healthy):
    """Ligament helps to hold the straight knee, so the calf need not: soleus leads, as in every
    textbook."""
    pulling = {
        name: tension
        for (name, _), tension in zip(skeleton.lines, healthy.effort.tension, strict=True)
    }
    assert pulling["soleus_left"] > 1.5 * pulling["gastrocnemius_medial_head_left"] > 0


def test_a_bent_knee_is_held_by_the_quadriceps_and_not_by_ligament():
    bend = {
        f"{bone}_{side}": (60, 0, 0) for side in ("left", "right") for bone in ("thigh", "shank")
    }
    result = mc.spread(mc.read_body(), mc.HoldPose(bend))
    assert result.table().after_N["vastus_lateralis_left"] > 300
    assert np.abs(result.state.effort.residual[result.skeleton.bones.index("shank_left"), 2]) < 3


def test_tissue_is_a_spring_that_cannot_push(skeleton, healthy):
    s, rest = skeleton, healthy.rest_length
    spring = ~s.is_muscle & ~s.is_free_strand
    longer, _ = find_passive(s, rest + 0.01, rest)
    shorter, slope = find_passive(s, rest - 0.05, rest)
    assert longer[spring] == pytest.approx((s.pretension + 0.01 * s.stiffness)[spring])
    assert (shorter[spring] == 0).all() and (slope[spring] == 0).all()


def random_problem(seed, rows=6, n=15):
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(rows, n))
    low = rng.uniform(0, 0.2, n)
    return (
        matrix,
        matrix @ rng.uniform(0, 2, n),
        rng.uniform(0.01, 1, rows),
        rng.uniform(0.2, 3, n),
        low,
        low + rng.uniform(0.1, 2, n),
    )


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_bounded_solve_agrees_with_scipy(seed):
    matrix, wanted, softness, ease, low, high = random_problem(seed)
    x, price = solve_bounded(matrix, wanted, softness, ease, low, high)
    stacked = np.concatenate([np.diag(ease**-0.5), matrix / np.sqrt(softness)[:, None]])
    other = scipy.optimize.lsq_linear(
        stacked,
        np.concatenate([np.zeros(len(ease)), wanted / np.sqrt(softness)]),
        (low, high),
        method="bvls",
        tol=1e-14,
    )
    assert x == pytest.approx(other.x, abs=1e-6)
    assert wanted - matrix @ x == pytest.approx(softness * price, abs=1e-7)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_bounded_solve_does_not_depend_on_its_start(seed):
    matrix, wanted, softness, ease, low, high = random_problem(seed)
    cold, _ = solve_bounded(matrix, wanted, softness, ease, low, high)
    warm, _ = solve_bounded(
        matrix,
        wanted,
        softness,
        ease,
        low,
        high,
        np.random.default_rng(seed).normal(size=len(wanted)),
    )
    assert warm == pytest.approx(cold, abs=1e-8)


def test_where_ease_is_zero_x_stays_at_its_lower_bound():
    matrix, wanted, softness, ease, low, high = random_problem(3)
    ease[4] = 0.0
    assert solve_bounded(matrix, wanted, softness, ease, low, high)[0][4] == low[4]


@pytest.mark.parametrize(
    "angles",
    [
        {"lumbar": (6.92, -4.72, -0.56), "thorax": (-7.32, -1.94, -2.37)},
        {"lumbar": (10, 6, 3)},
        {"thorax": (8, -8, 2)},
        {"lumbar": (-6, 8, -4), "thorax": (4, 6, 2)},
    ],
)
def test_strands_are_as_taut_as_their_junction_stretches_them(skeleton, healthy, angles):
    """Every line at a junction has the tension that its law gives where the junction rests."""
    s, stance = skeleton, find_stance(skeleton, Change(angles=angles), healthy.habit)
    effort = EffortProblem(s, stance, healthy.rest_length).solve()
    active = effort.tension - effort.passive
    settled = Junctions(s, stance.geometry, healthy.rest_length).settle(active)
    assert effort.passive == pytest.approx(settled.passive, abs=1e-3)
    slides = stance.geometry.matrix[:, 3 + 3 * len(s.bones) :]
    length = stance.geometry.length + slides @ settled.slide
    assert find_passive(s, length, healthy.rest_length)[0] == pytest.approx(
        effort.passive, abs=1e-3
    )


@pytest.mark.parametrize(
    "cause",
    [
        mc.Limp("left", 0.5, 8),
        mc.ForwardBend(60),
        mc.UnevenHips("left", 40),
        mc.HamstringStrain("left", 2),
        mc.LegLift("right", 30, 10),
    ],
    ids=lambda cause: type(cause).__name__,
)
def test_more_places_would_make_the_effort_hardly_smaller(monkeypatch, cause):
    """It stops short of the smallest, but not by much: see SHARE in `effort`."""
    few = mc.spread(mc.read_body(), cause)
    monkeypatch.setattr(effort_module, "PLACES", 12)
    many = mc.spread(mc.read_body(), cause)
    assert few.table()["after_N"].to_numpy() == pytest.approx(many.table()["after_N"], abs=5.0)
    assert few.table()["before_N"].to_numpy() == pytest.approx(many.table()["before_N"], abs=0.5)


@pytest.mark.parametrize("seed", range(10))
def test_the_effort_does_not_depend_on_where_its_search_starts(skeleton, healthy, seed):
    rng = np.random.default_rng(seed)
    angles = {bone: tuple(rng.uniform(-5, 5, 3)) for bone in ("lumbar", "thorax")}
    change = Change(angles=angles, load_shift=rng.uniform(-0.4, 0.4))
    stance = find_stance(skeleton, change, healthy.habit)
    problem = EffortProblem(skeleton, stance, healthy.rest_length)
    cold = problem.solve()
    price = rng.normal(size=cold.price.shape) * np.abs(cold.price).max()
    slide = cold.slide + 2e-3 * rng.normal(size=cold.slide.shape)
    warm = problem.solve(start=replace(cold, price=price, slide=slide, tension=0 * cold.tension))
    assert warm.tension == pytest.approx(cold.tension, abs=1e-3)


def test_two_strands_share_by_stiffness():
    """Two tendons in parallel behind one muscle: each takes its share of stiffness."""
    from tests.mechanics.hand_body import add_junction

    graph = build_graph()
    add_soft(graph, "belly", "muscle", "left", [("foot_left", (0, 200, -100))], {2: "knot"})
    for name, stiffness in (("thin", 50.0), ("thick", 150.0)):
        add_soft(
            graph,
            name,
            "tendon",
            "left",
            [("pelvis", (0, 900, -100))],
            {2: "knot"},
            stiffness_n_per_mm=stiffness,
        )
    add_junction(graph, "knot", "foot_left", (0, 600, -100), 1, ["thin", "belly", "thick"])
    straight = mc.Body.from_graph(graph).with_parameters(strand_toe=0.01)
    table = mc.spread(straight).table()
    pulling = table.before_N["belly"]
    assert pulling > 0
    assert table.before_N[["thin", "thick"]].to_numpy() == pytest.approx(
        [pulling / 4, pulling * 3 / 4], rel=1e-3
    )


def test_stiffness_grows_as_the_law_of_each_line_says(skeleton, healthy):
    """Muscle from slack to beyond its straight part, and strands from slack to taut."""
    law = PassiveLaw(skeleton, healthy.rest_length)
    rng = np.random.default_rng(1)
    reach = np.where(skeleton.is_muscle, skeleton.fibre, 1e-3)
    found = 0
    for _ in range(20):
        length = healthy.rest_length + rng.uniform(-0.2, 0.8, len(reach)) * reach
        step = 1e-7 * reach
        more, less = law.pull(length + step)[1], law.pull(length - step)[1]
        growth = law.bend(length)
        near_edge = np.abs(law.bend(length + step) - law.bend(length - step)) > 1e-3 * growth
        looked = (skeleton.is_muscle | skeleton.is_free_strand) & ~near_edge
        measured = (more - less) / (2 * step)
        assert growth[looked] == pytest.approx(measured[looked], rel=1e-3, abs=1.0)
        found += np.count_nonzero(growth[looked])
    assert found > 20 * 50


def test_weak_muscles_are_spared(skeleton, healthy):
    stance, rest, effort = healthy.stance, healthy.rest_length, healthy.effort
    capacity = np.ones(len(skeleton.lines))
    soleus = np.array([name == "soleus_left" for name, _ in skeleton.lines])
    capacity[soleus] = 0.3
    weak = find_effort(skeleton, stance, rest, capacity)
    assert weak.tension[soleus].sum() < effort.tension[soleus].sum()
