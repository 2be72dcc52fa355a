"""The picture of the nerve at the piriformis: each way lies over the muscle as it says."""

import re

import numpy as np
import pytest

import musclechain as mc
from musclechain.cases.piriformis import VARIANTS, trace_course
from musclechain.views.body.crossing import LEGEND, CrossingPicture, draw_crossing
from musclechain.views.body.outline.cache import find_drawing, find_healthy_transforms
from musclechain.views.body.outline.curves import project_points


@pytest.fixture(scope="module", params=["left", "right"])
def lying(body, request):
    return mc.raise_leg(body, mc.StraightLegRaise(request.param, 0))


def is_inside(outline, place):
    """Whether a place lies within a closed outline, by the crossings of a line to the right."""
    ends = np.roll(outline, -1, axis=0)
    meets = (outline[:, 1] > place[1]) != (ends[:, 1] > place[1])
    rows, nexts = outline[meets], ends[meets]
    share = (place[1] - rows[:, 1]) / (nexts[:, 1] - rows[:, 1])
    return (rows[:, 0] + share * (nexts[:, 0] - rows[:, 0]) > place[0]).sum() % 2 == 1


def find_seen_share(found, variant):
    """How much of the visible nerve lies over the flesh of the muscle, mm."""
    (outline,) = [
        project_points(curves.split()[0], "back")
        for group in find_drawing(found.body).views["back"]
        if group.structure == f"piriformis_{found.test.side}"
        for role, curves in group.curves
        if role == "belly"
    ]
    move = find_healthy_transforms(found.body)["pelvis"]
    course = trace_course(found, variant)
    places = np.vstack([course.past, course.after[:1]]) @ move[:3, :3].T + move[:3, 3]
    flat = project_points(1000 * places, "back")
    steps = np.linspace(0, 1, 101)
    run = [
        start + share * (end - start)
        for start, end in zip(flat, flat[1:], strict=False)
        for share in steps
    ]
    lengths = np.linalg.norm(np.diff(run, axis=0), axis=1)
    return sum(lengths[[is_inside(outline, place) for place in run[1:]]])


def test_under_the_nerve_comes_out_below_and_over_it_crosses_the_whole_muscle(lying):
    under, through, over = (find_seen_share(lying, variant) for variant in VARIANTS)
    assert under < 5 and 10 < through < over and over > 30


def test_the_picture_says_what_it_shows_and_cites_it(lying):
    drawn = draw_crossing(lying)
    assert drawn.count("<svg") == 3 and drawn.count("<ellipse") == 1
    assert len(drawn) < 30_000  # no outline that lies outside of the picture
    label = re.search("aria-label='([^']+)'", drawn)[1]
    assert lying.test.side in label and "under it in 90 % (69 to 92 %)" in label
    assert LEGEND in drawn and label in str(CrossingPicture(lying))


def test_a_body_without_the_muscle_has_no_picture(body):
    cut = mc.raise_leg(body, mc.StraightLegRaise("left", 0), mc.Cut("piriformis_left"))
    with pytest.raises(mc.CauseError, match="no piriformis_left"):
        draw_crossing(cut)
