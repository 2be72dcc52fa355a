"""Names of what is in sight: where they point, and where they stand."""

import json
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import musclechain as mc
from musclechain.views.body.label_layout import Name, Room, place_columns, place_names, wrap_name
from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.curves import ACROSS, project_points
from musclechain.views.body.outline.sight import DEPTHS, NAMED, SOLID
from musclechain.views.body.scene import EXAGGERATIONS, find_still_moves, read_scene
from musclechain.views.body.still_setting import place_anchor

AGREED = Path(__file__).parents[2] / "front_end" / "agreed_labels.json"
PLACES = json.loads(AGREED.read_text(encoding="utf-8"))
CASES = PLACES["cases"]


@pytest.mark.parametrize("case", PLACES["columns"], ids=lambda case: case["about"])
def test_names_stand_in_columns_as_agreed(case):
    items, size = [(one["name"], tuple(one["spot"])) for one in case["items"]], case["size"]
    placed = place_columns(items, size)
    told = [(one.name, [*one.spot], one.side) for one in placed]
    assert told == [(one["name"], one["spot"], one["side"]) for one in case["labels"]]
    for one, wanted in zip(placed, case["labels"], strict=True):
        assert one.end == pytest.approx(wanted["end"], abs=1e-3)
        assert one.side * one.end[0] > one.side * one.spot[0]
    for upper, lower in pairwise(placed):
        assert upper.side < lower.side or lower.end[1] - upper.end[1] >= size - 1e-9


@pytest.fixture(scope="module")
def drawing(body):
    return find_drawing(body)


def is_inside(spot, loops):
    """Whether a place lies inside closed curves: an odd number of edges lies to its right."""
    crossed = 0
    for loop in loops:
        x, y = loop.T
        right, down = np.roll(x, -1), np.roll(y, -1)
        passes = (y > spot[1]) != (down > spot[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            across = x + (spot[1] - y) / (down - y) * (right - x)
        crossed += int((passes & (across > spot[0])).sum())
    return crossed % 2 == 1


def look_at(groups, spot, depth, moves, view):
    """List what is seen at a place: what a picture shows there, down to what hides the rest."""
    seen = []
    for group in reversed(groups):
        if group.layer > depth or group.nerve:
            continue
        for role, curves in reversed(group.curves):
            if role not in SOLID | NAMED:
                continue
            loops = curves.split(project_points(curves.place(moves), view))
            if is_inside(spot, loops):
                seen.append((group.structure, role))
                if role in SOLID:
                    return seen
    return seen


@pytest.mark.parametrize("view", list(ACROSS))
def test_a_name_points_at_its_own_muscle_at_every_depth(drawing, body, view):
    groups, still = drawing.views[view], find_still_moves(len(body.bones))
    seen = 0
    for group in groups:
        if group.sight is None:
            continue
        for anchor in group.sight.anchors:
            spot = place_anchor(anchor, still, view)
            for depth in [depth for depth in DEPTHS if group.layer <= depth <= group.sight.depth]:
                shown = look_at(groups, spot, depth, still, view)
                assert group.structure in {name for name, role in shown if role in NAMED}, depth
                seen += 1
    assert seen > 150


@pytest.mark.parametrize("view", ["back", "front", "left"])
@pytest.mark.parametrize("cause", [mc.Limp("left", offload=0.8, lean_deg=8), mc.ForwardBend(30)])
def test_a_name_points_at_its_muscle_in_another_posture_too(drawing, body, cause, view):
    groups = drawing.views[view]
    moves = read_scene(mc.spread(body, cause)).transforms[EXAGGERATIONS.index(1)]
    named = [group for group in groups if group.sight and group.sight.depth == DEPTHS[0]]
    hits = 0
    for group in named:
        spot = place_anchor(group.sight.anchors[0], moves, view)
        shown = look_at(groups, spot, DEPTHS[0], moves, view)
        hits += group.structure in {name for name, _ in shown}
    # a lean brings the narrowest under their neighbours, and in a bend an arm hangs before the body
    assert hits >= 0.8 * len(named)


def test_what_is_broad_and_on_top_is_in_sight(drawing):
    for view, names in {
        "back": "trapezius_ascending_part latissimus_dorsi gluteus_maximus semitendinosus soleus"
        " biceps_femoris_long_head gastrocnemius_medial_head achilles_tendon deltoid",
        "front": "pectoralis_major rectus_abdominis external_oblique sartorius rectus_femoris"
        " vastus_medialis tibialis_anterior deltoid biceps_brachii",
        "left": "deltoid external_oblique gluteus_medius gluteus_maximus tensor_fasciae_latae"
        " iliotibial_tract vastus_lateralis fibularis_longus soleus",
    }.items():
        seen = {
            group.structure
            for group in drawing.views[view]
            if group.sight and group.sight.depth == DEPTHS[0]
        }
        assert {f"{name}_left" for name in names.split()} <= seen


def test_what_lies_under_others_comes_into_sight_when_they_are_taken_off(drawing):
    back = {group.structure: group for group in drawing.views["back"]}
    depths = {
        name: back[f"{name}_left"].sight.depth
        for name in ("gluteus_maximus", "piriformis", "multifidus_lumborum", "semimembranosus")
    }
    assert depths["gluteus_maximus"] == 4 > depths["piriformis"]
    # the fascia lets hardly more than a tint of it through
    assert depths["multifidus_lumborum"] == 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_names_stand_where_the_browser_puts_them(case):
    names = [
        Name(name["name"], [tuple(spot) for spot in name["spots"]], name["weight"])
        for name in case["names"]
    ]
    room = Room(**{**case["room"], "edges": tuple(case["room"]["edges"])})
    placed = [
        {
            "name": label.name.name,
            "lines": label.lines,
            "x": label.x,
            "y": label.y,
            "isRight": label.is_right,
            "at": pytest.approx(label.at, abs=1e-3),
        }
        for label in place_names(names, room)
    ]
    assert placed == case["labels"]


@pytest.mark.parametrize("latin", [False, True])
@pytest.mark.parametrize("view", list(ACROSS))
def test_the_still_picture_names_everything_in_sight_once(body, view, latin):
    picture = mc.BodyMap(body)
    picture.views, picture.labels, picture.latin = [view], True, latin
    texts = [
        (float(node.get("y")), node.text)
        for node in ElementTree.fromstring(picture.to_svg()).iter()
        if node.tag.endswith("text") and node.get("font-size") == "25"
    ]
    told = " ".join(text for _, text in texts)
    kind = "name" if latin else "plain_name"
    bases = {
        group.structure.removesuffix("_left").removesuffix("_right")
        for group in picture.drawing.views[view]
        if group.sight and group.sight.depth == DEPTHS[0]
    }
    nodes = [node for _, node in body.graph.nodes(data=True) if node.get("base") in bases]
    wanted = {node["base"]: node[kind] for node in nodes}
    assert len(wanted) > 30
    for name in wanted.values():
        assert name in told, name
    lines = [line for name in wanted.values() for line in wrap_name(name, 22)]
    assert sorted(text for _, text in texts) == sorted(lines)


def test_names_of_the_still_picture_do_not_overlap(body):
    picture = mc.BodyMap(body)
    picture.labels = True
    root = ElementTree.fromstring(picture.to_svg())
    columns = {}
    for group in root:
        texts = [node for node in group if node.get("font-size") == "25"]
        for node in texts:
            key = (group.get("transform"), node.get("x"))
            columns.setdefault(key, []).append(float(node.get("y")))
    assert len(columns) == 6  # two margins for each of three views
    for heights in columns.values():
        assert all(lower - upper > 26 for upper, lower in pairwise(heights))


def test_names_are_there_while_the_result_is_covered_and_tell_nothing_of_it(body):
    picture = mc.BodyMap(body, mc.spread(body, mc.PullOn("soleus_left", 50)), veiled=True)
    picture.labels = True
    svg = picture.to_svg()
    assert "deep calf muscle" in svg and " N more" not in svg
