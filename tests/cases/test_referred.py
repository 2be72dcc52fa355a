"""Referred pain: maps that a muscle's state switches on, and that move no force."""

from types import SimpleNamespace

import numpy as np
import pytest

import musclechain as mc
from musclechain.cases.referred import find_referred, list_mapped
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.curves import project_points
from musclechain.views.body.referred import (
    _find_view,
    _list_dots,
    _place_spot,
    pack_referred,
    say_referred,
)
from tests.names import NASTY

SORE = "gluteus_minimus_left"


@pytest.mark.parametrize("theory", ["vicious circle", "pain adaptation", "redistribution"])
def test_a_sore_muscle_moves_no_force_unless_guarding_is_believed(body, theory):
    still = mc.spread(body, mc.SoreMuscle(SORE), theory=theory)
    assert (still.table()["change_N"] == 0).all()
    assert mc.spread(body, mc.SoreMuscle(SORE, 0), guarding=1).table()["change_N"].abs().max() == 0
    guarded = mc.spread(body, mc.SoreMuscle(SORE), guarding=1, theory=theory).table()
    assert guarded["guarding_N"].abs().max() > 1
    assert (guarded[["posture_N", "pull_N"]] == 0).all(axis=None)


def test_what_is_sore_has_its_map_and_nothing_else(body):
    (one,) = find_referred(mc.spread(body, mc.SoreMuscle(SORE)))
    assert (one.muscle, one.side, one.state) == (SORE, "left", "sore")
    assert [spot.muscle for spot in one.spots] == ["gluteus_minimus"] * len(one.spots)
    assert find_referred(mc.spread(body, mc.SoreMuscle("soleus_left"))) == ()
    assert find_referred(mc.spread(body)) == ()
    strained = find_referred(mc.spread(body, mc.HamstringStrain("right", 1)))
    assert [one.muscle for one in strained] == ["biceps_femoris_long_head_right"]


def test_a_muscle_at_its_limit_has_its_map_too(body):
    still = mc.spread(body)
    over = np.array([name == SORE for name in still.skeleton.structures])
    asked = SimpleNamespace(
        body=body, change=still.change, skeleton=still.skeleton, overloaded=over
    )
    (one,) = find_referred(asked)
    assert (one.muscle, one.state) == (SORE, "at its limit")


def test_every_map_rests_on_evidence_that_is_called_contested(body):
    spots = [spot for spots in list_mapped(body).values() for spot in spots]
    assert {body.evidence(spot.evidence)["grade"] for spot in spots} == {"contested"}
    assert {spot.evidence for spot in spots} == {"NV12", "NV13", "NV14"}


def test_every_oval_lies_on_the_body_in_its_view(body):
    for muscle, spots in list_mapped(body).items():
        side = muscle.rpartition("_")[2]
        for spot in spots:
            view = _find_view(spot, side)
            skins = [
                project_points(points, view)
                for group in find_drawing(body).views[view]
                for role, curves in group.curves
                if role == "skin"
                for points in curves.split()
            ]
            x, y = _place_spot(body, spot, side)
            spans = [skin[np.abs(skin[:, 1] - y) < 30, 0] for skin in skins]  # each leg has its own
            assert any(near.min() < x < near.max() for near in spans if len(near)), (
                muscle,
                spot.spot,
            )


def test_dots_fill_the_oval_and_stay_in_it(body):
    (spot, *_) = list_mapped(body)[SORE]
    dots = _list_dots((10.0, -20.0), spot, 8.0) - [10.0, -20.0]
    inside = (dots[:, 0] / (spot.wide_mm / 2)) ** 2 + (dots[:, 1] / (spot.high_mm / 2)) ** 2
    assert (inside <= 1).all()
    area = np.pi * spot.wide_mm * spot.high_mm / 4
    assert len(dots) == pytest.approx(area / 64, rel=0.1)


def test_left_and_right_are_mirrored_in_the_view_from_behind(body):
    left, right = (list_mapped(body)[f"gluteus_minimus_{side}"] for side in ("left", "right"))
    for one, two in zip(left, right, strict=True):
        if one.view != "side":
            (x, y), (x2, y2) = _place_spot(body, one, "left"), _place_spot(body, two, "right")
            assert (x, y) == pytest.approx((-x2, y2), abs=1.0)


def test_the_picture_names_places_and_evidence_and_keeps_hostile_names_as_text(body):
    result = mc.spread(body, mc.SoreMuscle(SORE))
    dotted, said = say_referred(result), mc.describe_referred(result)
    assert "calf" in dotted and "Weak evidence, no force" in dotted
    assert "No tension changes anywhere" in said.sentence and "weak evidence" in said.sentence
    assert set(said.table["How far to trust it"]) == {"contested"}
    assert say_referred(mc.spread(body)) == "" and pack_referred(mc.spread(body)) == []
    graph = body.graph.copy()
    graph.nodes[SORE].update(name=NASTY, plain_name=NASTY)
    lab = mc.ReferredLab(mc.Body.from_graph(graph), muscle=SORE)
    assert "<img" not in lab._dotted.value and "&lt;img" in lab._dotted.value
    lab.close()


def test_the_dots_lie_on_the_body_map_and_only_in_their_view(body):
    result = mc.spread(body, mc.SoreMuscle(SORE))
    spots = list_mapped(body)[SORE]
    packed = pack_referred(result)
    assert [one["view"] for one in packed] == [_find_view(spot, "left") for spot in spots]
    for spot, one in zip(spots, packed, strict=True):
        flat = project_points(np.array([dot[:3] for dot in one["dots"]]), one["view"])
        off = flat - _place_spot(body, spot, "left")
        assert len(off) > 20
        assert (np.abs(off) <= np.array([spot.wide_mm, spot.high_mm], float) / 2 + 0.1).all()
        assert off.mean(axis=0) == pytest.approx((0, 0), abs=4)


def test_the_lab_covers_the_dots_with_the_result(body):
    prediction = mc.predict("sore", body)
    lab = mc.ReferredLab(body, prediction)
    assert lab.map.referred == [] and lab._dotted.value == ""
    prediction.answer = prediction.choices[0]
    assert lab.map.referred and "no force" in lab._dotted.value
    assert ">neck</text>" not in lab.map.to_svg(), "a finish line beside dots"
    lab.set(pain=0.0)
    assert lab.map.referred == [] and lab._dotted.value == ""
    assert ">neck</text>" in lab.map.to_svg()
    lab.close()


def test_guarding_by_the_circle_keeps_to_shared_roots(body):
    found = mc.describe_guarded_roots(mc.spread_theories(body, mc.SoreMuscle(SORE)), SORE)
    table = found.table.set_index("Muscles")
    shared = set(mc.list_shared_roots(body, SORE))
    assert table.at["Share a root with it, same side", "How many"] == len(shared)
    muscles = [n for n in body.structures if body.graph.nodes[n]["kind"] == "muscle"]
    assert table["How many"].sum() == len(muscles)
    for theory, result in mc.spread_theories(body, mc.SoreMuscle(SORE)).items():
        whole = result.table()["guarding_N"].abs().reindex(muscles).sum()
        assert table[f"{theory.capitalize()} (N)"].sum() == pytest.approx(whole, abs=0.2)


def test_a_root_drives_muscles_that_the_nerve_at_the_piriformis_does_not(body):
    table = mc.compare_root_and_nerve(body).table.set_index("Root")
    assert list(table.index) == ["L4", "L5", "S1", "S2"]
    assert "Gluteus medius" in table.at["L5", "The others are"]
    others = table.at["L5", "The others are"]
    # by the sciatic nerve; by nerves that leave the pelvis beside it
    for name in ("Tibialis anterior", "Gluteus maximus", "Obturator internus", "Quadratus femoris"):
        assert name not in others
    assert all(name in others for name in ("Gluteus minimus", "Tensor fasciae latae"))
    for level, row in table.iterrows():
        reached = mc.NerveLab(body, what="root", root=level, side="left").result.muscles
        counted = row["Muscles by the nerve"] + row["By nerves beside it"] + row["Others"]
        assert counted == len(reached)
    assert mc.compare_root_and_nerve(body, "right").table.equals(table.reset_index())
