"""The three routes together: the contract, the laws, and what the lessons say of the model."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import musclechain as mc

BODY = mc.read_body()
COLUMNS = [
    "kind",
    "side",
    "region",
    "before_N",
    "after_N",
    "change_N",
    "change_percent",
    "posture_N",
    "pull_N",
    "guarding_N",
    "overloaded",
]
SIDES = st.sampled_from(["left", "right"])
STRAINS = st.builds(mc.HamstringStrain, SIDES, st.integers(1, 3))
LIMPS = st.builds(
    mc.Limp, SIDES, st.floats(0, 1), st.floats(-20, 20), st.floats(0, 30), st.booleans()
)
PULLS = st.builds(
    mc.PullOn,
    st.sampled_from(
        [
            "soleus_left",
            "gluteus_maximus_right",
            "latissimus_dorsi_left",
            "semispinalis_capitis_right",
        ]
    ),
    st.floats(0, 150),
)
CAUSES = st.one_of(STRAINS, LIMPS, PULLS, st.builds(mc.ForwardBend, st.floats(0, 50)))


def mirror(name):
    return (
        name.replace("_left", "_r").replace("_right", "_left").replace("_r", "_right")
        if name.endswith(("_left", "_right"))
        else name
    )


def test_table_has_the_agreed_columns_and_rows():
    table = mc.spread(BODY, mc.HamstringStrain("left")).table()
    assert list(table.columns) == COLUMNS
    assert table.index.is_unique and table.index.name == "structure"
    assert set(table.index) <= set(BODY.structures)
    assert "plantar_fascia_left" not in table.index, "lies within one rigid foot"


def test_pose_and_joint_loads_have_the_agreed_form():
    result = mc.spread(BODY, mc.Limp("left"))
    assert list(result.pose().columns) == ["flexion_deg", "side_bend_deg", "rotation_deg"]
    assert set(result.pose().index) == set(BODY.bones)
    loads = result.joint_loads()
    assert {"hip_left", "knee_right", "ankle_left", "l5_s1", "t12_l1", "c7_t1", "c0_c2"} <= set(
        loads.index
    )
    assert loads.attrs["body_weight_n"] == pytest.approx(9.81 * 75, rel=0.02)


@given(CAUSES, st.booleans(), st.booleans(), st.sampled_from([0.0, 0.4, 1.0]))
@settings(max_examples=60, deadline=None)
def test_laws_of_every_state(cause, pull, posture, guarding):
    """Routes add up, nothing pushes, the body balances, joints stay within their allowances."""
    result = mc.spread(BODY, cause, pull=pull, posture=posture, guarding=guarding)
    table, state = result.table(), result.state
    assert np.isfinite(table.select_dtypes("number").to_numpy()).all()
    assert (table.posture_N + table.pull_N + table.guarding_N == table.change_N).all()
    assert (table.before_N + table.change_N == table.after_N).all()
    assert min(tension.min() for tension in state.tensions()) > -1e-9
    assert np.abs(state.stance.balance).max() < 1e-9
    for effort in (state.effort, state.guarded):
        assert (np.abs(effort.residual) <= result.skeleton.allowance * (1 + 1e-6)).all()
    for name, on in (("pull_N", pull), ("posture_N", posture), ("guarding_N", guarding)):
        assert on or (table[name] == 0).all()


@given(st.one_of(STRAINS, LIMPS), st.sampled_from([0.0, 1.0]))
@settings(max_examples=25, deadline=None)
def test_mirrored_causes_give_mirrored_results(cause, guarding):
    other = type(cause)(**{**cause.__dict__, "side": "left" if cause.side == "right" else "right"})
    one, two = (mc.spread(BODY, c, guarding=guarding) for c in (cause, other))
    swapped = two.table().rename(index=mirror).reindex(one.table().index)
    numbers = ["before_N", "after_N", "posture_N", "pull_N", "guarding_N"]
    assert one.table()[numbers].to_numpy() == pytest.approx(swapped[numbers].to_numpy(), abs=2e-4)
    pose = two.pose().rename(index=mirror).reindex(one.pose().index) * [1, -1, -1]
    assert one.pose().to_numpy() == pytest.approx(pose.to_numpy(), abs=1e-5)


def test_switching_routes_off_leaves_the_others_to_add_up():
    cause = mc.HamstringStrain("left", 2)
    posture = mc.spread(BODY, cause, pull=False).table()
    both = mc.spread(BODY, cause).table()
    assert posture.posture_N.to_numpy() == pytest.approx(both.posture_N.to_numpy())
    assert (posture.pull_N == 0).all() and (
        mc.spread(BODY, cause, pull=False, posture=False).table().change_N == 0
    ).all()


def test_rounds_tell_the_story_from_before_to_after():
    result = mc.spread(BODY, mc.HamstringStrain("left", 2), guarding=1.0)
    table = result.table()
    assert [one.label for one in result.rounds[:4]] == [
        "before",
        "posture",
        "pull",
        "guarding, round 1",
    ]
    assert result.rounds[0].tensions_N.to_numpy() == pytest.approx(table.before_N.to_numpy())
    assert result.rounds[-1].tensions_N.to_numpy() == pytest.approx(table.after_N.to_numpy())
    assert all(one.tensions_N.min() > -1e-9 for one in result.rounds)


@pytest.mark.parametrize(
    "cause, routes, labels",
    [
        (mc.ForwardBend(20), {}, ["before", "posture"]),
        (mc.PullOn("soleus_left", 20), {}, ["before", "pull"]),
        ((), {}, ["before"]),
        (mc.HamstringStrain("left", 2), {"pull": False}, ["before", "posture"]),
        (mc.HamstringStrain("left", 2), {"posture": False}, ["before", "pull"]),
    ],
)
def test_a_route_that_does_nothing_gives_no_step(cause, routes, labels):
    result = mc.spread(BODY, cause, **routes)
    assert [one.label for one in result.rounds] == labels and [
        one.number for one in result.rounds
    ] == list(range(len(labels)))
    assert result.rounds[-1].tensions_N.to_numpy() == pytest.approx(
        result.table().after_N.to_numpy()
    )


def test_hamstring_strain_turns_the_pelvis_back_and_fades():
    result = mc.spread(BODY, mc.HamstringStrain("left", grade=2), guarding=0)
    pull = result.table().pull_N.abs()
    table = result.table()
    assert -3 < result.pose().flexion_deg["pelvis"] < -0.2
    hamstrings = [
        name
        for name in table.index
        if name.startswith(("biceps_femoris", "semi")) and not name.startswith("semispinalis")
    ]
    near = (
        pull[table.region.isin(["thigh", "hip", "pelvis"])].drop(hamstrings, errors="ignore").max()
    )
    assert near > 3 * pull[table.region == "lumbar"].max()
    assert pull[table.region == "neck"].max() < 0.05 * pull["biceps_femoris_long_head_left"]


@pytest.mark.parametrize(
    "cut", ["sacrotuberous_ligament_left", "thoracolumbar_fascia_left", "iliotibial_tract_left"]
)
def test_a_cut_changes_the_answer(cut):
    cause = mc.HamstringStrain("left", grade=2)
    before, after = (mc.spread(body, cause).table().pull_N for body in (BODY, BODY.without(cut)))
    assert cut not in after.index
    common = before.index.intersection(after.index)
    assert (before[common] - after[common]).abs().max() > 1e-3


def test_cutting_a_link_takes_the_strand_out_of_the_sum():
    body = BODY.without_link("biceps_femoris_long_head_left", "sacrotuberous_ligament_left")
    table = mc.spread(body, mc.HamstringStrain("left", grade=2)).table()
    assert "sacrotuberous_ligament_left" not in table.index, "hangs on nothing but its own bone now"
    assert (
        table.pull_N["biceps_femoris_proximal_tendon_left"]
        > mc.spread(BODY, mc.HamstringStrain("left", grade=2))
        .table()
        .pull_N["biceps_femoris_proximal_tendon_left"]
    )


def test_a_limp_loads_the_sound_hip_and_only_a_lean_loads_the_back():
    upright, leaning = (mc.spread(BODY, mc.Limp("left", 0.5, lean_deg=lean)) for lean in (0, 8))
    table = upright.table()
    above = ["abdomen", "lumbar", "thoracic", "shoulder", "neck", "head"]
    assert table.change_N["gluteus_medius_right"] > 50 > table.change_N["gluteus_medius_left"]
    assert table.change_N[table.region.isin(above)].abs().max() < 0.15 * table.change_N.abs().max()
    lean = leaning.table()
    back = [
        f"{name}_{{}}"
        for name in ("iliocostalis_lumborum", "longissimus_thoracis", "multifidus_lumborum")
    ]
    assert (
        sum(lean.change_N[name.format("left")] for name in back)
        > sum(lean.change_N[name.format("right")] for name in back) + 8
    )
    assert leaning.joint_loads()["c7_t1"] > upright.joint_loads()["c7_t1"] + 5


def test_the_head_stays_level_only_when_asked():
    level, free = (
        mc.spread(BODY, mc.Limp("left", 0.5, 8, head_level=flag)).pose() for flag in (True, False)
    )
    assert abs(level.side_bend_deg["head"]) < 0.15 * free.side_bend_deg["head"]
    assert free.side_bend_deg["head"] == pytest.approx(free.side_bend_deg["thorax"], abs=0.3)


def test_one_leg_stance_loads_the_hip_about_three_times_body_weight():
    """Against the statics of the abductor lever (LD04) and instrumented hips (2 to 3 times body
    weight and more)."""
    loads = mc.spread(BODY, mc.HoldPose(lifted_foot="left")).joint_loads()
    assert 2.2 < loads["hip_right"] / loads.attrs["body_weight_n"] < 3.7
    leaned = mc.spread(
        BODY, mc.HoldPose({"lumbar": (0, 5, 0), "thorax": (0, 5, 0)}, lifted_foot="left")
    ).joint_loads()
    assert leaned["hip_right"] < loads["hip_right"], (
        "leaning over the stance leg unloads its hip (LL13)"
    )


def test_neck_flexion_loads_the_neck_several_times():
    """The force in the joint rises with the lever of the head; LD16, about the muscles alone, is
    put to the model by ``python -m musclechain validate``."""
    neutral, bent = (
        mc.spread(BODY, cause).joint_loads()["c7_t1"]
        for cause in ((), mc.HoldPose({"neck": (30, 0, 0)}))
    )
    assert 1.3 < bent / neutral < 5


def test_forward_bend_loads_the_low_back():
    """LD12: bending forward adds several hundred newtons at the lumbar spine."""
    loads = [mc.spread(BODY, mc.ForwardBend(d)).joint_loads()["l5_s1"] for d in (0, 30, 60)]
    assert loads == sorted(loads) and 200 < loads[2] - loads[0] < 1500


def test_a_lift_tilts_the_pelvis_up_on_its_side():
    pose = mc.spread(BODY, mc.HoldPose(lift_mm={"left": 15})).pose()
    assert pose.side_bend_deg["pelvis"] > 1.2, "LL02"
    mirrored = mc.spread(BODY, mc.HoldPose(lift_mm={"right": 15})).pose()
    assert mirrored.side_bend_deg["pelvis"] == pytest.approx(
        -pose.side_bend_deg["pelvis"], abs=1e-6
    )


def test_prescribed_angles_appear_in_the_pose():
    pose = mc.spread(
        BODY, mc.HoldPose({"neck": (20, 0, 0), "thorax": (0, 5, 0)}), pull=False
    ).pose()
    assert pose.flexion_deg["neck"] - pose.flexion_deg["thorax"] == pytest.approx(20, abs=0.3)
    assert pose.side_bend_deg["thorax"] - pose.side_bend_deg["lumbar"] == pytest.approx(5, abs=0.1)


def test_the_bone_that_hangs_on_no_joint_is_not_turned_in_silence():
    with pytest.raises(mc.CauseError, match="pelvis hangs on no joint"):
        mc.spread(BODY, mc.HoldPose({"pelvis": (10, 0, 0)}))


@pytest.mark.parametrize("bone", ["head", "foot_left"])
def test_a_body_without_feet_or_head_is_refused_in_words(bone):
    graph = BODY.graph.copy()
    graph.remove_node(bone)
    with pytest.raises(mc.SolveError, match=f"no bone called '{bone}'"):
        mc.spread(mc.Body.from_graph(graph))


def test_a_body_of_bones_alone_is_refused_in_words():
    graph = BODY.graph.copy()
    graph.remove_nodes_from(
        [node for node, data in BODY.graph.nodes(data=True) if data["kind"] != "bone"]
    )
    with pytest.raises(mc.SolveError, match="Nothing is left that pulls"):
        mc.spread(mc.Body.from_graph(graph))


def test_causes_combine_and_impossible_ones_are_refused_in_words():
    both = mc.spread(BODY, [mc.HamstringStrain("left", 1), mc.Weaken("gluteus_medius_right", 0.5)])
    assert both.table().change_N.abs().max() > 0
    with pytest.raises(mc.CauseError, match="weight on the left foot"):
        mc.spread(BODY, [mc.Limp("left", 1.0), mc.Limp("left", 0.5)])
    with pytest.raises(mc.UnknownStructureError, match="Did you mean"):
        mc.spread(BODY, mc.PullOn("soleus_lef"))


def test_questions_that_the_model_cannot_answer_are_refused():
    with pytest.raises(mc.CauseError, match="brachialis_left is drawn, not computed"):
        mc.spread(BODY, mc.Weaken("brachialis_left", 0.5))
    with pytest.raises(mc.CauseError, match="the other one carries everything"):
        mc.HoldPose(lifted_foot="left", load_share=0.9)
    assert mc.HoldPose(lifted_foot="left", load_share=0.0).change(BODY).load_share == 0


def test_weakness_is_taken_over_by_its_neighbours():
    limp = mc.Limp("left", 0.5)
    strong, weak = (
        mc.spread(BODY, causes).table().after_N
        for causes in (limp, [limp, mc.Weaken("gluteus_medius_right", 0.3)])
    )
    assert weak["gluteus_medius_right"] < strong["gluteus_medius_right"]
    assert weak["gluteus_minimus_right"] > strong["gluteus_minimus_right"]


def test_a_student_can_change_the_graph_and_solve_again():
    graph = BODY.graph.copy()
    graph.nodes["soleus_left"]["lines"][1]["pcsa_cm2"] *= 0.1
    body = mc.Body.from_graph(graph)
    limp = mc.Limp("right", 0.5)
    assert (
        mc.spread(body, limp).table().after_N["soleus_left"]
        < mc.spread(BODY, limp).table().after_N["soleus_left"]
    )
    assert BODY.graph.nodes["soleus_left"]["lines"][1]["pcsa_cm2"] > 50


def test_transforms_move_the_healthy_body_to_the_solved_pose():
    result = mc.spread(BODY, mc.Limp("left", 0.5, 8), pull=False)
    s, before, now = (
        result.skeleton,
        result.state.healthy.stance.geometry.pose,
        result.state.stance.geometry.pose,
    )
    moved = result.transforms()
    for k, bone in enumerate(s.bones):
        assert moved[bone] @ [*before.origin[k], 1] == pytest.approx([*now.origin[k], 1], abs=1e-9)
    for k, bone in enumerate(s.bones[1:], start=1):
        joint = [*before.origin[k], 1]
        assert result.transforms(5)[bone] @ joint == pytest.approx(
            result.transforms(5)[s.bones[s.parent[k]]] @ joint, abs=1e-9
        ), "bones stay joined when exaggerated"


def test_results_travel():
    result = pickle.loads(pickle.dumps(mc.spread(BODY, mc.HamstringStrain("left"), guarding=0.5)))
    pd.testing.assert_frame_equal(
        result.table(), mc.spread(BODY, mc.HamstringStrain("left"), guarding=0.5).table()
    )


@pytest.mark.parametrize("bad", [2, -0.1, "much", None, float("nan"), True])
def test_guarding_is_checked(bad):
    with pytest.raises(mc.CauseError, match="guarding must be a number from 0 to 1"):
        mc.spread(BODY, (), guarding=bad)


@pytest.mark.parametrize(
    "asked", [{"body": "left"}, {"body": None}, {"pull": "no"}, {"posture": 1}]
)
def test_what_is_no_body_or_no_switch_is_refused_in_words(asked):
    with pytest.raises(mc.CauseError, match="must be"):
        mc.spread(**{"body": mc.read_body(), **asked})
