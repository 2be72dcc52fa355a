"""The body in 3D: forms, colours, words and posture, never the pixels."""

import re

import networkx as nx
import numpy as np
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_change, format_newtons, name_structure
from musclechain.mechanics.certainty import Pending
from musclechain.views.body.scene import read_scene
from musclechain.views.charts import solid, solid_bones
from musclechain.views.charts.frame import THEMES
from musclechain.views.charts.sure import draw_certainty
from musclechain.views.page.palette import change_position, scale_colour, tissue_colour
from musclechain.views.words.charts import describe_chart_body_3d
from tests.views.hand_results import say_words


@pytest.fixture(scope="module")
def strain(body):
    return mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.3)


@pytest.fixture(scope="module")
def figure(strain):
    return solid.draw_body_3d(strain.body, strain)


def find_trace(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def list_faces(trace):
    return np.stack([trace.i, trace.j, trace.k], axis=1)


def list_colours(trace):
    """The colour of each face: of the step of the scale that its number lies in the middle of."""
    steps = [colour for _, colour in trace.colorscale[::2]]
    edges = [edge for edge, _ in trace.colorscale]
    assert edges[::2] + [1] == pytest.approx([0] + edges[1::2])
    assert (trace.cmin, trace.cmax) == (-0.5, len(steps) - 0.5)
    return [steps[number] for number in trace.intensity]


def place_of(trace, text):
    """Vertices of a structure, found by the name that its hover begins with."""
    chosen = [at for at, said in enumerate(trace.hovertext) if said.startswith(text)]
    return np.stack([trace.x, trace.y, trace.z], axis=1)[chosen]


def list_colours_of(trace, text):
    """The colours of the faces of a structure, found by the name that its hover begins with."""
    chosen = [said.startswith(text) for said in trace.hovertext]
    inside = np.array(chosen)[list_faces(trace)].all(axis=1)
    return [colour for colour, here in zip(list_colours(trace), inside, strict=True) if here]


# ---- solids -----------------------------------------------------------------------------------


def volume_of(mesh):
    a, b, c = (mesh.points[mesh.faces[:, corner]] for corner in range(3))
    return abs(np.einsum("ij,ij->i", a, np.cross(b, c)).sum()) / 6


def is_closed(mesh):
    """A closed surface has each edge twice, once in each direction."""
    edges = [
        tuple(edge)
        for face in mesh.faces
        for edge in ((face[0], face[1]), (face[1], face[2]), (face[2], face[0]))
    ]
    return len(set(edges)) == len(edges) and {(b, a) for a, b in edges} == set(edges)


def test_a_tube_holds_the_volume_of_its_prism():
    line = np.column_stack([np.zeros(5), np.linspace(0, 100, 5), np.zeros(5)])
    tube = solid_bones.loft_tube(line, np.full(5, 10.0), sides=24)
    assert is_closed(tube) and volume_of(tube) == pytest.approx(
        12 * 100 * np.sin(2 * np.pi / 24) * 100, rel=1e-6
    )
    assert sorted(set(tube.shades)) == [0, 1, 2, 3]


def test_a_slab_fills_between_its_lines():
    lines = np.array([[[x, y, 0.0] for y in np.linspace(0, 100, 5)] for x in (0, 30, 60)], float)
    slab = solid_bones.loft_slab(lines, np.full(5, 4.0), rim=1.0)
    assert is_closed(slab) and volume_of(slab) == pytest.approx(60 * 100 * 8, rel=1e-6)


def test_a_fan_from_one_point_has_no_broken_corner():
    fan = np.array([[[0, 0, 0], [x / 2, 50, 0], [x, 100, 0]] for x in (-40, 0, 40)], float)
    slab = solid_bones.loft_slab(fan, np.full(3, 3.0))
    assert np.isfinite(slab.points).all() and np.abs(slab.points[:, 2]).max() == pytest.approx(
        3.0, rel=0.05
    )


def test_a_ball_and_joined_solids_stay_closed():
    ball = solid_bones.make_ball((0, 0, 0), (10, 20, 30), 40, 40)
    both = solid_bones.join_meshes([ball, ball])
    assert is_closed(ball) and volume_of(ball) == pytest.approx(4 / 3 * np.pi * 6000, rel=0.03)
    assert len(both.points) == 2 * len(ball.points) and both.faces.max() == len(both.points) - 1


def test_picture_axes_are_right_forward_up_in_metres():
    assert solid_bones.to_picture(np.array([[1000.0, 2000.0, 3000.0]])).tolist() == [
        [3.0, 1.0, 2.0]
    ]


# ---- the figure -------------------------------------------------------------------------------


def test_every_structure_with_a_line_is_there(body, figure):
    said = {
        text.split("<br>")[0]
        for name in ("muscles", "tendons, ligaments, fasciae")
        for text in find_trace(figure, name).hovertext
    }
    assert {
        name_structure(body, line.structure) for line in body.lines if len(line.points) > 1
    } == said


def test_meshes_are_sound(figure):
    meshes = [trace for trace in figure.data if trace.type == "mesh3d"]
    assert [trace.name for trace in meshes] == ["muscles", "tendons, ligaments, fasciae", "bones"]
    for trace in meshes:
        points, faces = np.stack([trace.x, trace.y, trace.z], axis=1), list_faces(trace)
        assert np.isfinite(points).all() and faces.max() < len(points)
        if trace.intensity is not None:
            assert trace.intensitymode == "cell"
            assert len(trace.intensity) == len(faces) and len(trace.hovertext) == len(points)


def test_the_body_has_the_size_of_a_body(body):
    rest = solid.draw_body_3d(body)
    points = np.vstack([np.stack([trace.x, trace.y, trace.z], axis=1) for trace in rest.data])
    low, high = points.min(axis=0), points.max(axis=0)
    assert (
        1.6 < high[2] - low[2] < 1.9
        and 0.4 < high[0] - low[0] < 0.75
        and 0.2 < high[1] - low[1] < 0.6
    )
    muscles = find_trace(rest, "muscles")
    left, right = (place_of(muscles, f"Soleus, {side}") for side in ("left", "right"))
    assert left[:, 0].max() < 0 < right[:, 0].min() and left.mean(axis=0) == pytest.approx(
        right.mean(axis=0) * [-1, 1, 1], abs=2e-3
    )
    assert (
        place_of(muscles, "Rectus femoris, left")[:, 1].mean()
        > place_of(muscles, "Semitendinosus, left")[:, 1].mean()
    )


def test_colours_are_those_of_the_map(strain, figure):
    muscles, table = find_trace(figure, "muscles"), strain.table()
    faces = list_faces(muscles)
    for name in (
        "biceps_femoris_long_head_left",
        "gluteus_medius_right",
        "gastrocnemius_medial_head_left",
    ):
        at = change_position(table.at[name, "change_N"], solid.SPAN_N)
        mine = [
            said.startswith(name_structure(strain.body, name) + "<br>")
            for said in muscles.hovertext
        ]
        shown = {
            colour
            for colour, face in zip(list_colours(muscles), faces, strict=True)
            if mine[face[0]]
        }
        assert shown <= {scale_colour(at), tissue_colour(at)} and scale_colour(at) in shown


def test_hover_tells_before_after_change_and_certainty(strain):
    sure = strain.draws(5)
    figure = solid.draw_body_3d(strain.body, strain, certainty=sure)
    row = strain.table().loc["gluteus_medius_right"]
    said = next(
        text
        for text in find_trace(figure, "muscles").hovertext
        if text.startswith("Gluteus medius, right")
    )
    for words in (
        format_newtons(row["before_N"]),
        format_newtons(row["after_N"]),
        format_change(row["change_N"]),
        sure.word("gluteus_medius_right"),
    ):
        assert words in said
    assert any(text.endswith("not computed") for text in find_trace(figure, "muscles").hovertext)
    pending = solid.draw_body_3d(strain.body, strain, certainty=Pending(done=3, asked=40))
    assert "not computed yet" in next(
        text
        for text in find_trace(pending, "muscles").hovertext
        if text.startswith("Gluteus medius, right")
    )


def test_rings_mark_what_is_not_settled(strain):
    sure = say_words(strain.draws(20), {}, "settled")
    plain = solid.draw_body_3d(strain.body, strain, certainty=sure)
    numbers = {"settled": len(set(list_colours(find_trace(plain, "muscles"))))}
    for word in ("likely", "depends"):
        unsettled = say_words(sure, {"rectus_femoris_left": word})
        ringed = solid.draw_body_3d(strain.body, strain, certainty=unsettled)
        numbers[word] = sum(
            a != b
            for a, b in zip(
                *(list_colours(find_trace(shown, "muscles")) for shown in (ringed, plain)),
                strict=True,
            )
        )
    assert numbers["depends"] > numbers["likely"] > 0
    # what does not change by a newton has no colour that could be doubted
    still = strain.table()["change_N"].abs() < 1
    doubted = say_words(sure, dict.fromkeys(still.index[still], "depends"))
    calm = solid.draw_body_3d(strain.body, strain, certainty=doubted)
    assert list_colours(find_trace(calm, "muscles")) == list_colours(find_trace(plain, "muscles"))
    names = [trace.name for trace in plain.data]
    assert "dark rings: depends" in names and any("much more" in name for name in names)


def test_posture_is_that_of_the_map(strain, figure):
    factor = read_scene(strain).factors[1]
    move = strain.transforms(factor)["head"]
    rest = solid.draw_body_3d(strain.body)
    before, after = (
        np.stack([trace.x, trace.y, trace.z], axis=1)
        for trace in (find_trace(rest, "bones"), find_trace(figure, "bones"))
    )
    top = int(np.argmax(before[:, 2]))
    forward, up, right = (move @ [before[top, 1], before[top, 2], before[top, 0], 1])[:3]
    assert after[top] == pytest.approx([right, forward, up], abs=1e-5)
    assert f"{factor:.3g} times larger" in figure.layout.title.subtitle.text.replace("<br>", " ")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_scene_is_true_to_proportion_bare_and_has_four_views(strain, theme):
    layout = solid.draw_body_3d(strain.body, strain, theme=theme).layout
    units = [
        layout.scene.aspectratio[axis] / np.ptp(layout.scene[f"{axis}axis"].range) for axis in "xyz"
    ]
    assert units == pytest.approx([units[0]] * 3), "a metre is as long along each axis"
    assert not layout.scene.xaxis.visible and layout.paper_bgcolor == THEMES[theme]["paper"]
    buttons = layout.updatemenus[0].buttons
    assert [button.label for button in buttons] == ["Back", "Front", "Left side", "Right side"]
    eyes = [button.args[0]["scene.camera"]["eye"] for button in buttons]
    # the picture's y points forward: who looks at the back stands behind, and who sees the left
    # side stands to the left
    assert eyes[0]["y"] < 0 < eyes[1]["y"] and eyes[2]["x"] < 0 < eyes[3]["x"]
    with pytest.raises(ValueError, match="'light' or 'dark'"):
        solid.draw_body_3d(strain.body, theme="sepia")


@pytest.mark.parametrize(
    "cause",
    [(), mc.HamstringStrain("left", 2), mc.ForwardBend(30), mc.Limp("left", 0.5, lean_deg=15)],
    ids=["healthy", "strain", "bend", "lean"],
)
def test_the_body_fills_the_height_of_the_pane_from_every_side(body, cause):
    figure = solid.draw_body_3d(body, mc.spread(body, cause))
    scene, layout, seen = figure.layout.scene, figure.layout, np.tan(np.pi / 8)
    size = np.array([scene.aspectratio[axis] for axis in "xyz"])
    ends = np.array([scene[f"{axis}axis"].range for axis in "xyz"])
    meshes = [trace for trace in figure.data if trace.type == "mesh3d"]
    points = np.concatenate([np.stack([mesh.x, mesh.y, mesh.z], axis=1) for mesh in meshes])
    points = (points - ends.mean(axis=1)) / np.ptp(ends, axis=1) * size
    pane = layout.height - layout.margin.t - layout.margin.b
    widest = (700 - layout.margin.l) / pane
    heights = []
    for eye in solid.CAMERAS.values():
        back = np.array(eye) / np.linalg.norm(eye)
        right = np.cross([0, 0, 1], back) / np.linalg.norm(np.cross([0, 0, 1], back))
        near = np.linalg.norm(eye) - points @ back
        up, across = (points @ axis / near / seen for axis in (np.cross(back, right), right))
        assert np.abs(up).max() < 1 and np.abs(across).max() < widest, eye
        heights.append(np.ptp(up) / 2 * pane / layout.height)
    # before, title and legend took a third of the pane, and the body had 0.62 of it
    assert min(heights) > 0.8 and max(heights) > 0.87


def test_in_a_narrow_window_words_stand_above_the_body_and_the_legend_below(strain):
    layout = solid.draw_body_3d(strain.body, strain).layout
    narrow = layout.meta["narrow"]
    assert layout.margin.l == solid.WORDS_PX and narrow["margin"]["l"] == 0
    assert narrow["margin"]["t"] > layout.margin.t and narrow["margin"]["b"] > layout.margin.b
    assert (layout.legend.orientation, narrow["legend"]["orientation"]) == ("v", "h")
    wide, thin = layout.updatemenus[0].to_plotly_json(), narrow["updatemenus"][0]
    assert wide["buttons"] == thin["buttons"] and (wide["x"], thin["y"]) == (0, 1)


def test_it_stays_small(strain):
    figure = solid.draw_body_3d(strain.body, strain, certainty=strain.draws(5))
    assert len(figure.to_json()) < 2e6
    assert len([trace for trace in figure.data if trace.type == "mesh3d"]) <= 3


def test_words_count_what_changes(strain):
    table = strain.table()
    text = describe_chart_body_3d(strain)
    assert (
        f"{(table['change_N'] >= 0.05).sum()} structures carry more" in text.sentence
        and len(text.table) == (table["change_N"].abs() >= 0.05).sum()
    )
    assert "healthy body" in describe_chart_body_3d().sentence


def test_names_cannot_smuggle_html_and_cut_bodies_can_be_drawn(body):
    graph = body.graph.copy()
    graph.nodes["soleus_left"]["name"] = "<script>alert(1)</script>"
    figure = solid.draw_body_3d(mc.Body.from_graph(graph))
    texts = [text for trace in figure.data for text in trace.hovertext or ()]
    assert any("&lt;script&gt;" in text for text in texts) and not any(
        re.search(r"<(?!br>)", text) for text in texts
    )
    cut = solid.draw_body_3d(body.without("soleus_left"))
    assert not any(text.startswith("Soleus, left") for text in find_trace(cut, "muscles").hovertext)
    assert nx.number_of_nodes(graph) == nx.number_of_nodes(body.graph)


@pytest.mark.parametrize(
    ("joint", "bare"),
    [("knee_left", "foot_left"), ("sternoclavicular_right", "shoulder_girdle_right")],
)
def test_a_body_that_lacks_a_joint_gets_the_bones_that_hang_on_the_others(body, joint, bare):
    graph = body.graph.copy()
    for *_, data in graph.edges(data=True):
        if data.get("joint") == joint:
            data["joint"] = "other"
    still = {bone: np.eye(4) for bone in body.bones}
    whole, lacking = (
        {bone for bone, _ in solid_bones.build_bones(each, still)}
        for each in (body, mc.Body.from_graph(graph))
    )
    assert bare in whole - lacking and {"head", "pelvis", "foot_right"} <= lacking
    assert find_trace(solid.draw_body_3d(mc.Body.from_graph(graph)), "bones") is not None


def test_the_bones_of_the_left_mirror_those_of_the_right(body):
    still = {bone: np.eye(4) for bone in body.bones}
    parts = solid_bones.build_bones(body, still)
    left, right = (
        [mesh.points for bone, mesh in parts if bone.endswith(end)] for end in ("_left", "_right")
    )
    assert len(left) == len(right) > 20
    for points, twin in zip(left, right, strict=True):
        low, high = points.min(axis=0), points.max(axis=0)
        twin_low, twin_high = twin.min(axis=0), twin.max(axis=0)
        assert low[:2] == pytest.approx(twin_low[:2], abs=3)
        assert [low[2], high[2]] == pytest.approx([-twin_high[2], -twin_low[2]], abs=3)


def test_it_is_exported():
    assert mc.draw_body_3d is solid.draw_body_3d and mc.draw_certainty is draw_certainty


def test_a_muscle_with_hardly_any_tendon_is_flesh_from_end_to_end(body):
    curve = body.graph.nodes["gluteus_maximus_left"]["attachments"]["origin"]
    assert max(share for _, _, share in curve) < 0.05
    muscles = find_trace(solid.draw_body_3d(body), "muscles")
    colours = list_colours_of(muscles, name_structure(body, "gluteus_maximus_left"))
    assert set(colours) == {scale_colour(0.0)}
