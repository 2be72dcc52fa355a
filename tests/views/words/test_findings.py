"""What the model shows: the sentences follow the figures, whichever way these fall."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_newtons
from musclechain.mechanics.change import Change
from musclechain.mechanics.groups import list_muscle_groups
from musclechain.views.words.certainty import describe_certainty
from musclechain.views.words.finding import Finding, say_more
from musclechain.views.words.findings.guarding import describe_guarding, describe_straightening
from musclechain.views.words.findings.joints import (
    describe_glance,
    describe_head_level,
    describe_loads,
    describe_turning,
)
from musclechain.views.words.findings.pull import describe_chain, describe_cut, describe_reach
from musclechain.views.words.findings.sides import (
    describe_regions,
    describe_sides,
    describe_weakness,
)

STRAINED = "biceps_femoris_long_head_left"
JOINTS = (
    "ankle_left",
    "ankle_right",
    "knee_left",
    "knee_right",
    "hip_left",
    "hip_right",
    "l5_s1",
    "t12_l1",
    "c7_t1",
    "c0_c2",
)


@pytest.fixture(scope="module")
def make(body):
    """Function that makes a result by hand: structure -> (posture, pull, guarding), every other
    structure 10 N and unchanged."""
    computed = {line.structure for line in body.lines if line.computed}
    names = [name for name in body.structures if name in computed]

    def build(rows=(), change=None, loads=(), turns=(), guarding=0.0, settled=True):
        rows = dict(rows)
        figures = np.array([rows.get(name, (0.0, 0.0, 0.0)) for name in names], dtype=float)
        table = pd.DataFrame(
            {
                **{
                    key: [body.graph.nodes[name][key] for name in names]
                    for key in ("kind", "side", "region")
                },
                "before_N": 10.0,
                "posture_N": figures[:, 0],
                "pull_N": figures[:, 1],
                "guarding_N": figures[:, 2],
            },
            index=pd.Index(names, name="structure"),
        )
        table["change_N"] = figures.sum(axis=1)
        table["after_N"], table["overloaded"] = table["before_N"] + table["change_N"], False
        pose = pd.DataFrame(
            0.0, index=list(body.bones), columns=["flexion_deg", "side_bend_deg", "rotation_deg"]
        )
        for bone, angles in dict(turns).items():
            pose.loc[bone] = angles
        joints = pd.Series({name: dict(loads).get(name, 100.0) for name in JOINTS})
        joints.attrs["body_weight_n"] = 200.0
        steps = [
            SimpleNamespace(label="before"),
            *[SimpleNamespace(label=f"guarding, round {k}") for k in (1, 2)] * bool(guarding),
        ]
        return SimpleNamespace(
            body=body,
            whole=body,
            causes=(),
            is_asked=change is not None,
            change=change or Change(),
            table=lambda: table.copy(),
            pose=lambda: pose.copy(),
            joint_loads=lambda: joints.copy(),
            rounds=tuple(steps),
            routes={
                "pull": True,
                "posture": True,
                "guarding": guarding,
                "theory": "vicious circle",
            },
            settled=settled,
        )

    return build


def pull_of(**changes):
    return {name: (0, change, 0) for name, change in changes.items()}


def test_reach_tells_each_region_with_direction_and_share(make):
    rows = pull_of(
        **{
            STRAINED: 80,
            "gluteus_maximus_left": -8,
            "sacrotuberous_ligament_left": 20,
            "iliocostalis_lumborum_right": 1.5,
            "splenius_capitis_left": 0.4,
        }
    )
    found = describe_reach(make(rows, Change(tensions={STRAINED: 90})))
    assert (
        "Pull adds 80 N in the outer hamstring (Biceps femoris, long head) on the left. All muscles"
        " added up, it arrives so: those of the hip 8.0 N less, those of the pelvis as much as"
        " before, those of the low back 1.5 N more and those of the neck 0.4 N more."
        in found.sentence
    )
    assert "No structure of back or neck changes by more than 2 % of what was added." in str(found)
    table = found.table.set_index("Where")
    assert (
        table.loc["the pelvis", "Share of what was added (%)"] == 25
        and table.loc["the hip", "Change by pull (N)"] == -8
        and table.loc["the hip", "Its muscles, without the cause (N)"] == -8
        and table.loc["the pelvis", "Its muscles, without the cause (N)"] == 0
    )
    assert list(table.index[:4]) == ["the cause itself", "the thigh", "the hip", "the pelvis"]


def test_reach_tells_of_the_neck_as_a_whole(make):
    rows = pull_of(
        **{
            STRAINED: 80,
            "splenius_capitis_left": 3,
            "splenius_capitis_right": -1,
            "longus_colli_left": 0.5,
        }
    )
    found = describe_reach(make(rows, Change(tensions={STRAINED: 90})))
    assert "those of the neck 2.5 N more." in found.sentence and "Splenius" not in found.sentence
    row = found.table.set_index("Where").loc["the neck"]
    assert (
        row["Most changed by pull"] == "Neck muscles together"
        and row["Change by pull (N)"] == 2.5
        and row["Share of what was added (%)"] == pytest.approx(3.1)
    )


def test_reach_does_not_count_what_the_cause_itself_pulls(make):
    own = "longissimus_thoracis_left"
    found = describe_reach(
        make(
            pull_of(**{own: 40, "iliocostalis_lumborum_left": -4, "splenius_capitis_left": 1}),
            Change(tensions={own: 50}),
        )
    )
    assert (
        "No other structure of back or neck changes by more than 10 % of what was added."
        in found.sentence
        and "those of the low back 4.0 N less" in found.sentence
    )
    pulled = "splenius_capitis_left"
    found = describe_reach(
        make(pull_of(**{pulled: 40, "longus_colli_left": -1}), Change(tensions={pulled: 50}))
    )
    assert "those of the neck 1.0 N less." in found.sentence


def test_reach_of_nothing_says_so_and_without_a_pull_it_is_refused(make):
    assert (
        "nothing is handed on" in describe_reach(make({}, Change(tensions={STRAINED: 90}))).sentence
    )
    with pytest.raises(ValueError, match="adds no tension"):
        describe_reach(make())


def test_chain_tells_every_station_and_leaves_what_is_not_computed_open(make):
    found = describe_chain(
        make(pull_of(**{STRAINED: 80, "sacrotuberous_ligament_left": 20})),
        "superficial_back_line_left",
    )
    assert "+80 N, +20 N, 0 N" in found.sentence
    assert np.isnan(found.table["Change by pull (N)"].iloc[0]) and found.table["Station"].iloc[
        0
    ].startswith("Plantar")
    assert found.table["Evidence for the link to the next"].iloc[0] == "supported"
    with pytest.raises(ValueError, match="Choose one of"):
        describe_chain(make(), "no_such_line")


def test_cut_does_not_count_what_the_cause_itself_pulls(make):
    change = Change(tensions={"longissimus_thoracis_left": 50})
    whole, cut = (
        make(pull_of(longissimus_thoracis_left=pull, iliocostalis_lumborum_left=-4), change)
        for pull in (30, 40)
    )
    assert (
        "By pull, back and neck change no more and no less than before the cut: all muscles added"
        " up, those of the low back 4.0 N less as before, those of the upper back no change as"
        " before" in describe_cut(whole, cut).sentence
    )


@pytest.mark.parametrize(
    "after, word", [(4.0, "no more and no less"), (3.0, "less"), (5.0, "more")]
)
def test_cut_reports_the_direction_that_the_figures_have(make, after, word):
    whole, cut = (
        make(pull_of(iliocostalis_lumborum_left=-4)),
        make(pull_of(iliocostalis_lumborum_left=after)),
    )
    found = describe_cut(whole, cut)
    assert f"By pull, back and neck change {word} than before the cut:" in found.sentence
    assert (
        f"those of the low back {after:.1f} N more instead of 4.0 N less" in found.sentence
        and "those of the neck no change as before" in found.sentence
    )
    sums = found.table.set_index("Structure")
    low = sums.loc["All muscles of the low back together"]
    assert (low["Change, whole (N)"], low["Change, cut (N)"]) == (-4.0, after)
    assert sums.loc["All muscles of the neck together", "Difference (N)"] == 0.0


def test_weakness_names_the_muscle_and_who_takes_over(make):
    weak = make(
        {STRAINED: (-6, 0, 0), "semimembranosus_left": (5, 0, 0), "soleus_left": (-5.5, 0, 0)},
        Change(strength={STRAINED: 0.6}),
    )
    found = describe_weakness(make(), weak)
    assert (
        "with 60 % of its strength carries 4.0 N instead of 10 N in the same task."
        in found.sentence
        and "The broad inner hamstring (Semimembranosus) on the left takes over most (5.0 N more)."
        in found.sentence
    )
    assert (
        "takes over"
        not in describe_weakness(make(), make({}, Change(strength={STRAINED: 0.6}))).sentence
    )
    with pytest.raises(ValueError, match="weakens no muscle"):
        describe_weakness(make(), make())


@pytest.mark.parametrize(
    "left, right, word",
    [
        (6, 1, "now the left side carries more than the right"),
        (-3, 1, "now the right side carries more than the left"),
        (2, 1.5, "both sides carry about the same"),
        (0.1, 0, "neither side changes noticeably"),
    ],
)
def test_sides_are_compared(make, left, right, word):
    found = describe_sides(
        make(
            {
                "iliocostalis_lumborum_left": (left, 0, 0),
                "iliocostalis_lumborum_right": (right, 0, 0),
            }
        )
    )
    assert found.sentence.endswith(f"{word}.") and found.table.set_index("Side").loc[
        "both", "Change (N)"
    ] == pytest.approx(left + right)


def test_a_region_without_muscles_is_refused(make):
    with pytest.raises(ValueError, match="Choose one of"):
        describe_sides(make(), "elbow")


def test_regions_add_hip_and_pelvis(make):
    found = describe_regions(
        make(
            {
                "gluteus_medius_right": (30, 0, 0),
                "iliacus_right": (12, 0, 0),
                "splenius_capitis_left": (-2, 0, 0),
            }
        )
    )
    assert (
        "hip and pelvis together carry 42 N more, those of the low back as much as before, the neck"
        " 2.0 N less. Most changes in: hip and pelvis." in found.sentence
    )


def test_loads_near_the_old_ones_are_called_the_same(make):
    found = describe_loads(
        make(), make(change=Change(load_shift=-0.25), loads={"hip_right": 250, "c7_t1": 101})
    )
    assert "The left foot carries 25 % of the body's weight, the right 75 %" in found.sentence
    assert (
        "the right hip carries 250 N instead of 100 N" in found.sentence
        and "(C7/T1) carries about as much as before (100 N)" in found.sentence
    )
    assert found.table.set_index("Joint").loc["right hip", "Now (body weights)"] == 1.25
    # another state is not called standing
    asked = make(change=Change(load_shift=-0.25))
    assert "Standing (N)" in found.table and "Before (N)" in describe_loads(asked, asked).table


@pytest.mark.parametrize(
    "level, free, cost, follow",
    [
        (120, 140, "costs the neck something", "costs even more"),
        (120, 110, "costs the neck something", "costs less"),
        (600, 610, "costs the neck something", "makes hardly a difference"),
        (100, 140, "nothing noticeable", "costs more"),
        (90, 80, "carries less", "costs less"),
    ],
)
def test_level_head_reports_what_the_loads_say(make, level, free, cost, follow):
    found = describe_head_level(make(), make(loads={"c7_t1": level}), make(loads={"c7_t1": free}))
    start, end = found.sentence.split(". So ")[1].split(";")
    assert cost in start and follow in end
    assert (
        f"100 N in quiet standing, {level} N leaning with the head level and {free} N"
        in found.sentence
    )


def test_guarding_tells_the_busier_side_and_whether_it_rests(make):
    rows = {
        "iliocostalis_lumborum_left": (0, 0, 9),
        "iliocostalis_lumborum_right": (0, 0, 4),
        "splenius_capitis_left": (0, 0, 0.3),
    }
    said = describe_guarding(make(rows, guarding=0.5)).sentence
    assert (
        "at 50 % of its strength" in said
        and "9.0 N more on the left and 4.0 N more on the right, more on the left" in said
    )
    assert (
        "The neck gets hardly anything (+0.3 N). The circle stops growing after 2 rounds." in said
    )
    assert "is still growing" in describe_guarding(make(rows, guarding=1.0, settled=False)).sentence


def test_guarding_that_does_nothing_says_why(make):
    assert "switched off" in describe_guarding(make()).sentence
    assert "no pain and no overload" in describe_guarding(make(guarding=1.0)).sentence


@pytest.mark.parametrize(
    "now, words",
    [
        ((-1.0, 0, 0), "does not straighten"),
        ((-0.6, 0, 0), "0.4 degrees nearer"),
        ((-1.5, 0, 0), "0.5 degrees further"),
        ((-0.6, 0.3, 0), "here nearer to straight and there further"),
    ],
)
def test_straightening_is_judged_by_the_angles(make, now, words):
    without, guarded = (
        make(turns={"pelvis": (-1.0, 0, 0)}),
        make(change=Change(pain={STRAINED: 0.5}), loads={"hip_left": 200}, turns={"pelvis": now}),
    )
    said = describe_straightening(without, guarded).sentence
    assert (
        words in said
        and "the left hip carries 200 N instead of 100 N" in said
        and "right hip" not in said
    )


def test_turning_has_words_and_a_table(make):
    found = describe_turning(make(turns={"pelvis": (-1.24, 0, 0.5)}))
    assert "pelvis turns backward by 1.2 degrees" in found.sentence and list(
        found.table["Part"]
    ) == ["pelvis", "trunk", "head"]


def test_a_finding_shows_itself_escaped_with_headers_for_screen_readers():
    shown = Finding(
        "<b>title", "a < b", pd.DataFrame({"Name": ["<script>"], "N": [-1.5], "Gap": [np.nan]})
    )
    text = shown._repr_html_()
    assert str(shown) == "a < b"
    assert "<script>" not in text and "<b>title" not in text and "a &lt; b" in text
    assert "<table" not in Finding("", "words alone", pd.DataFrame({"N": []}))._repr_html_()
    folded = shown.folded()._repr_html_()
    assert folded.startswith(text[: text.index("</p>")]) and str(shown.folded()) == "a < b"
    assert "<details><summary>Table: &lt;b&gt;title</summary><table" in folded
    assert (
        text.count("scope='col'") == 3
        and text.count("scope='row'") == 1
        and "−1.5" in text
        and "–" in text
    )


# ---- how sure? -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def limp(body):
    result = mc.spread(body, mc.Limp("left", 0.5, lean_deg=8))
    return result, result.draws(20)


def test_sums_are_told_with_their_certainty(limp):
    result, sure = limp
    word = sure.groups(list_muscle_groups(result))["word"]
    found = describe_sides(result, certainty=sure)
    assert found.sentence.count(f"({word['lumbar, left']})") >= 1 and list(
        found.table["How sure"]
    ) == [word["lumbar, left"], word["lumbar, right"], word["lumbar"]]
    found = describe_regions(result, sure)
    assert (
        found.sentence == describe_regions(result, sure).sentence
        and f"({word['lumbar']})" in found.sentence
        and "the neck as a whole" in found.sentence
    )
    assert found.table.set_index("Muscles of").at["neck", "How sure"] == word["neck"]
    assert (
        "How sure" not in describe_regions(result).table
        and "(settled)" not in describe_regions(result).sentence
    )


def test_loads_and_turns_are_told_with_their_certainty(limp):
    result, sure = limp
    standing = mc.spread(result.body)
    found = describe_loads(standing, result, sure)
    assert f"({sure.joints().at['hip_right', 'word']})" in found.sentence
    assert list(found.table.set_index("Joint").filter(like="How sure").loc["right hip"]) == [
        sure.joints().at["hip_right", "word"]
    ]
    turned = describe_turning(result, sure).table
    assert (
        turned.set_index("Part").at["trunk", "How sure (side)"]
        == sure.pose().at[("thorax", "side_bend_deg"), "word"]
    )


def test_a_load_that_is_called_the_same_gets_no_word(body):
    standing = mc.spread(body)
    assert "(settled)" not in describe_loads(standing, standing, standing.draws(3)).sentence


def test_the_glance_tells_loads_and_turns_before_and_now(limp):
    result, sure = limp
    table = describe_glance(result, sure).table.set_index("What")
    assert table.loc["Right hip", ["Before", "Now"]].to_list() == [
        format_newtons(result.joint_loads_before()["hip_right"]),
        format_newtons(result.joint_loads()["hip_right"]),
    ]
    assert (
        table.at["Trunk, to the right", "Now"]
        == f"{result.pose().at['thorax', 'side_bend_deg']:+.1f}°"
        and table.at["Right hip", "How sure"] == "settled"
    )
    assert mc.spread(result.body).joint_loads().to_numpy() == pytest.approx(
        result.joint_loads_before().to_numpy()
    )
    assert "How sure" not in describe_glance(result).table


@pytest.mark.parametrize(
    "ask",
    [
        lambda r, sure: describe_regions(r, sure),
        lambda r, sure: describe_sides(r, certainty=sure),
        lambda r, sure: describe_loads(r, r, sure),
        lambda r, sure: describe_turning(r, sure),
        lambda r, sure: describe_glance(r, sure),
    ],
)
def test_a_table_of_single_structures_cannot_tell_of_sums(limp, ask):
    result, sure = limp
    with pytest.raises(ValueError, match="certainty=result.draws"):
        ask(result, sure.table())


@pytest.fixture(scope="module")
def strain(body):
    """A strain by pull alone, held, and with guarding, each with its draws."""
    cause = mc.HamstringStrain("left", 2)
    made = [
        mc.spread(body, cause, **routes) for routes in ({"posture": False}, {}, {"guarding": 0.6})
    ]
    return [(one, one.draws(10)) for one in made]


def test_reach_and_chain_are_told_with_the_certainty_of_pull_alone(strain):
    (result, sure), (held, sure_held), _ = strain
    for one, drawn in ((result, sure), (held, sure_held)):
        neck = list_muscle_groups(one)["neck"]
        word = drawn.only("pull").groups({"neck": neck}).at["neck", "word"]
        found = describe_reach(one, drawn)
        assert (
            f"those of the neck {say_more(one.table().loc[neck, 'pull_N'].sum())} ({word})."
            in found.sentence
        )
        assert (
            found.table.set_index("Where").at["the neck", "How sure"] == word
            and "(settled)" not in describe_reach(one).sentence
        )
    stations = list(result.body.chains["superficial_back_line_left"].stations)
    words = sure.only("pull").table()["word"].reindex(stations)
    found = describe_chain(result, "superficial_back_line_left", sure)
    assert (
        list(found.table["How sure"]) == list(words.fillna("not known"))
        and f"{(words == 'settled').sum()} settled" in found.sentence
    )


def test_guarding_is_told_with_the_certainty_of_guarding_alone(strain):
    result, sure = strain[2]
    word = sure.only("guarding").groups(list_muscle_groups(result))["word"]
    # a model cannot settle what an assumption makes
    word = word.replace("settled", "settled if this theory holds")
    found = describe_guarding(result, sure)
    assert (
        f"({word['lumbar, left']}) on the left" in found.sentence
        and f"{word['neck']})." in found.sentence
    )
    assert (
        found.table.set_index("Muscles of").at["the calf", "How sure, right"] == word["calf, right"]
    )


def test_what_guarding_costs_is_compared_body_by_body(strain):
    (_, _), (held, sure_held), (guarded, sure) = strain
    difference = sure.loads - sure_held.loads
    place, now = (
        sure.joint_names.index("hip_left"),
        guarded.joint_loads()["hip_left"] - held.joint_loads()["hip_left"],
    )
    share = (np.sign(difference[:, place]) == np.sign(now)).mean()
    found = describe_straightening(held, guarded, sure.beyond(sure_held))
    assert share >= 0.95 and "(settled)" in found.sentence.split("left hip")[1]
    assert (
        found.table.set_index("Joint").at["left hip", "How sure (more or less)"] == "settled"
        and "settled" not in describe_straightening(held, guarded).sentence
    )


def test_weakness_and_level_head_are_told_with_their_certainty(body):
    strong, weak = (
        mc.spread(body, mc.ForwardBend(30)),
        mc.spread(body, [mc.ForwardBend(30), mc.Weaken(STRAINED, 0.3)]),
    )
    found = describe_weakness(strong, weak, weak.draws(8).beyond(strong.draws(8)))
    assert (
        "in the same task (settled)." in found.sentence
        and found.table["How sure"].iloc[0] == "settled"
    )
    standing, level, free = (
        mc.spread(body, cause)
        for cause in (
            (),
            mc.Limp("left", 0.5, lean_deg=20),
            mc.Limp("left", 0.5, lean_deg=20, head_level=False),
        )
    )
    draws = level.draws(8), free.draws(8)
    found, both = (
        describe_head_level(standing, level, free, draws[0]),
        describe_head_level(standing, level, free, draws[0], draws[1]),
    )
    assert "costs the neck something (settled)" in found.sentence and list(
        found.table["How sure (load)"]
    ) == ["–", "settled", "–"]
    assert both.table["How sure (load)"].iloc[2] == draws[1].joints().at["c7_t1", "word"]


def test_bodies_that_cannot_be_paired_are_said_to_be_not_known(strain):
    (_, _), (held, sure_held), (guarded, sure) = strain
    other = replace(sure_held, numbers=sure_held.numbers + 100)
    found = describe_straightening(held, guarded, sure.beyond(other))
    assert found.sentence == describe_straightening(held, guarded).sentence


@pytest.mark.parametrize(
    "ask",
    [
        lambda r, sure: describe_reach(r, sure),
        lambda r, sure: describe_chain(r, "superficial_back_line_left", sure),
        lambda r, sure: describe_guarding(r, sure),
        lambda r, sure: describe_head_level(r, r, r, sure),
        lambda r, sure: describe_straightening(r, r, sure),
    ],
)
def test_a_table_of_single_structures_is_refused_where_more_is_needed(strain, ask):
    result, sure = strain[2]
    with pytest.raises(ValueError, match="certainty=result.draws"):
        ask(result, sure.table())


def test_what_guarding_adds_is_settled_only_if_its_theory_holds(strain):
    end = "What guarding adds holds only if its theory does."
    (_, without), (_, guarded) = strain[1], strain[2]
    assert describe_certainty(guarded).endswith(end)
    assert end not in describe_certainty(without)
