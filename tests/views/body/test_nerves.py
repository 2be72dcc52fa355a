"""Nerves of the picture: thick at their roots, thin outward, and behind what lies over them."""

import numpy as np
import pytest

from musclechain.views.body.outline.cache import find_drawing
from musclechain.views.body.outline.curves import ACROSS, Curves
from musclechain.views.body.outline.nerves import CALIBRES, UNDER, split_nerves
from musclechain.views.body.outline.sight import Seen, lay_out_masks


@pytest.fixture(scope="module")
def drawing(body):
    return find_drawing(body)


def make_curves(points, closed):
    points = np.array(points, float)
    count = len(points)
    return Curves(points, np.zeros((count, 2), int), np.ones(count), (count,), closed)


def measure(curves):
    """Length of open curves, mm."""
    return sum(
        float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum()) for line in curves.split()
    )


def find_nerve(drawing, view, nerve):
    return next(group for group in drawing.views[view] if group.nerve == nerve)


@pytest.mark.parametrize(("view", "depth", "is_under"), [("back", -30, True), ("back", 30, False)])
@pytest.mark.parametrize("layer", [2, 4])
def test_a_muscle_covers_a_nerve_only_from_the_side_of_the_eye(view, depth, is_under, layer):
    nerve = make_curves([(0, y, 0) for y in range(0, 301, 10)], closed=False)
    square = [(depth, y, z) for y, z in ((100, -40), (200, -40), (200, 40), (100, 40))]
    muscle = make_curves(square, closed=True)
    (mask,) = lay_out_masks([Seen([("belly", muscle)], layer, True)], view)
    (split,) = split_nerves([[("nerve_branch", nerve)]], [(layer, mask, muscle.points)], view)
    pieces = dict(split)
    assert (f"{UNDER}{layer}" in pieces) == is_under
    assert sum(map(measure, pieces.values())) == pytest.approx(300)
    if is_under:
        heights = pieces[f"{UNDER}{layer}"].points[:, 1]
        assert heights.min() == pytest.approx(100, abs=12)
        assert heights.max() == pytest.approx(200, abs=12)


def test_what_shows_for_a_moment_stays_behind():
    nerve = make_curves([(0, y, 0) for y in range(0, 301, 10)], closed=False)
    covers = []
    for low, high in ((60, 145), (155, 240)):
        square = [(-30, y, z) for y, z in ((low, -40), (high, -40), (high, 40), (low, 40))]
        muscle = make_curves(square, closed=True)
        (mask,) = lay_out_masks([Seen([("belly", muscle)], 4, True)], "back")
        covers.append((4, mask, muscle.points))
    (split,) = split_nerves([[("nerve_branch", nerve)]], covers, "back")
    pieces = dict(split)
    assert len(pieces[f"{UNDER}4"].ends) == 1 and len(pieces["nerve_branch"].ends) == 2


@pytest.mark.parametrize("view", list(ACROSS))
def test_a_nerve_gets_thinner_outward_and_loses_none_of_its_length(drawing, view):
    groups = [group for group in drawing.views[view] if group.nerve]
    assert len(groups) > 25
    roles = {role for group in groups for role, _ in group.curves}
    assert set(CALIBRES) <= roles
    assert {role for role in roles if role.startswith(UNDER)} >= {f"{UNDER}3", f"{UNDER}4"}


def test_the_sciatic_nerve_runs_behind_the_gluteus_maximus(body, drawing):
    names = [name for name in body.nerve_paths if name.startswith("sciatic")]
    assert names
    for name in names:
        back = dict(find_nerve(drawing, "back", name).curves)
        assert f"{UNDER}4" in back
        side = "left" if name.endswith("left") else "right"
        muscle = next(
            group.curves[0][1].points[:, 1]
            for group in drawing.views["back"]
            if group.structure == f"gluteus_maximus_{side}"
        )
        heights = back[f"{UNDER}4"].points[:, 1]
        assert heights.max() > muscle.mean()
