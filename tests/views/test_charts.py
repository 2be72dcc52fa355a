"""The data and the words of the figures, never their pixels."""

import re

import networkx as nx
import numpy as np
import plotly.graph_objects as go
import pytest

import musclechain as mc
from musclechain.views import chart_words, charts, describe
from musclechain.views.palette import ROUTES, change_colour

NASTY = "<script>alert(1)</script> & <b>bold</b>, a name that goes on for very much longer than a label"


@pytest.fixture(scope="module")
def body():
    return mc.read_body()


@pytest.fixture(scope="module", params=["quiet", "limp", "strain"])
def result(request, body):
    cause = {"quiet": (), "limp": mc.Limp("left", 0.5, lean_deg=8), "strain": mc.HamstringStrain("left", 2)}[request.param]
    return mc.spread(body, cause, guarding=0.5)


@pytest.fixture(scope="module")
def strain(body):
    return mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5)


def draw_all(result, theme="light"):
    body = result.body
    return {
        "ranked": charts.draw_ranked_changes(result, theme=theme), "height": charts.draw_tension_by_height(result, theme=theme),
        "rounds": charts.draw_rounds(result, theme=theme), "graph": charts.draw_chain_diagram(body, theme=theme),
        "chain": charts.draw_chain_diagram(body, result, chain="superficial_back_line_left", theme=theme),
    }


def find_trace(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_complete(result, theme):
    for name, figure in draw_all(result, theme).items():
        assert isinstance(figure, go.Figure) and figure.layout.title.text and figure.layout.height, name
        assert "(m" in figure.layout.yaxis.title.text or "(N" in figure.layout.xaxis.title.text + figure.layout.yaxis.title.text, name
        assert figure.layout.paper_bgcolor == charts.THEMES[theme]["paper"]
        assert figure.layout.template.layout.font.color == charts.THEMES[theme]["ink"]
        assert figure.layout.meta["description"].endswith(".")
        text = figure.to_json()
        assert "http" not in text and "topojson" not in text and "NaN" not in text


def test_heights_do_not_depend_on_the_result(body, strain):
    quiet = mc.spread(body)
    for one, other in zip(draw_all(quiet).values(), draw_all(strain).values()):
        assert one.layout.height == other.layout.height and one.layout.margin == other.layout.margin


def test_an_unknown_theme_is_refused(strain):
    with pytest.raises(ValueError, match="'light' or 'dark'"):
        charts.draw_ranked_changes(strain, theme="sepia")


def test_quiet_standing_draws_nothing_and_says_so(body):
    quiet = mc.spread(body)
    for draw in (charts.draw_ranked_changes, charts.draw_tension_by_height, charts.draw_rounds):
        assert "Nothing changes." in [note.text for note in draw(quiet).layout.annotations]


def test_ranked_bars_stack_the_routes_of_the_table(strain):
    figure, table = charts.draw_ranked_changes(strain, count=7), strain.table()
    expected = table["change_N"].abs().sort_values(ascending=False).index[:7]
    assert figure.layout.barmode == "relative"
    for route in ("posture", "pull", "guarding"):
        bar = find_trace(figure, route)
        assert list(bar.x) == pytest.approx(table.loc[expected, f"{route}_N"].to_list())
        assert bar.marker.color == ROUTES[route]["colour"]
    patterns = [find_trace(figure, route).marker.pattern.shape for route in ("posture", "pull", "guarding")]
    assert len(set(patterns)) == 3
    assert list(find_trace(figure, "sum").x) == pytest.approx(table.loc[expected, "change_N"].to_list())
    assert figure.layout.yaxis.ticktext[0] == "Biceps femoris, long head, left"
    assert figure.layout.annotations[0].text == describe.format_newtons(table.at[expected[0], "change_N"], signed=True)


def test_ranked_bars_of_one_region(strain):
    figure, table = charts.draw_ranked_changes(strain, region="neck"), strain.table()
    neck = table[table["region"] == "neck"]["change_N"]
    assert abs(find_trace(figure, "sum").x[0]) == pytest.approx(neck.abs().max())
    with pytest.raises(ValueError, match="no region 'tail'"):
        charts.draw_ranked_changes(strain, region="tail")


def test_height_chart_has_one_mark_per_structure_and_route(result):
    figure, table = charts.draw_tension_by_height(result), result.table()
    for trace, route in zip(figure.data, ("posture", "pull", "guarding")):
        seen = table.loc[table[f"{route}_N"].abs() >= 0.05, f"{route}_N"]
        assert trace.name == f"{route} ({len(seen)})" and trace.marker.symbol == ROUTES[route]["mark"]
        assert sorted(trace.customdata) == pytest.approx(sorted(seen))
        if len(seen):
            assert 0.3 * np.sinh(np.array(trace.x, float)) == pytest.approx(np.array(trace.customdata, float))
            assert 0 <= min(trace.y) and max(trace.y) <= figure.layout.yaxis.range[1]
            assert max(map(abs, trace.x)) <= figure.layout.xaxis.range[1]
    assert len({trace.marker.symbol for trace in figure.data}) == 3


def test_height_axis_carries_true_figures(strain):
    axis = charts.draw_tension_by_height(strain).layout.xaxis
    figures = [float(text.replace("−", "-")) for text in axis.ticktext]
    assert list(axis.tickvals) == pytest.approx(list(charts.stretch_newtons(figures)))
    assert {-100, -1, 0, 1, 100} <= set(figures)
    # 0.3 N of the neck lies well off the zero line while 100 N still fits
    assert charts.stretch_newtons(0.3) / charts.stretch_newtons(100) > 0.1


def test_height_bands_name_the_parts_of_the_body(strain):
    layout = charts.draw_tension_by_height(strain).layout
    assert [note.text for note in layout.annotations] == [words for words, *_ in chart_words.list_bands(strain.body)]
    assert len(layout.shapes) == 8 and layout.shapes[0].y0 == 0


def test_rounds_end_at_the_change_of_the_table(strain):
    figure, table = charts.draw_rounds(strain, count=4, step=2), strain.table()
    assert len(figure.data) == 4
    names = describe.rank_changes(strain).index[:4]
    for trace, name in zip(figure.data, names):
        assert trace.y[0] == 0 and trace.y[-1] == pytest.approx(table.at[name, "change_N"])
        assert len(trace.y) == len(strain.rounds)
    assert len({trace.marker.symbol for trace in figure.data}) == 4
    assert figure.layout.shapes[0].x0 == 2 and figure.layout.xaxis.ticktext[0] == "before"


def test_rounds_refuse_more_lines_than_can_be_told_apart(strain):
    with pytest.raises(ValueError, match="At most 6"):
        charts.draw_rounds(strain, structures=list(strain.body.structures[:7]))


def test_graph_shows_every_node_and_edge_of_its_kinds(body):
    figure = charts.draw_chain_diagram(body)
    kinds = [data["kind"] for _, data in body.graph.nodes(data=True)]
    for kind in ("bone", "muscle", "fascia", "ligament", "tendon"):
        assert len(find_trace(figure, kind).x) == kinds.count(kind)
    edges = [data["kind"] for _, _, data in body.graph.edges(data=True)]
    for kind, name in (("attaches", "attaches to bone"), ("continuous", "runs on into"), ("articulates", "joint")):
        assert find_trace(figure, name).x.count(None) == edges.count(kind)
    assert len({find_trace(figure, kind).marker.symbol for kind in ("bone", "muscle", "fascia", "ligament", "tendon")}) == 5
    muscles = find_trace(figure, "muscle")
    at = muscles.customdata.index("soleus_left")
    assert (muscles.x[at], muscles.y[at]) == chart_words.find_places(body)["soleus_left"] and muscles.x[at] < 0


def test_graph_can_show_nerves_and_roots(body):
    figure = charts.draw_chain_diagram(body, kinds=("muscle", "nerve", "root"))
    assert find_trace(figure, "nerve").customdata and find_trace(figure, "nerve supply").x
    with pytest.raises(StopIteration):
        find_trace(figure, "bone")


def test_colours_follow_the_change(strain):
    figure, table = charts.draw_chain_diagram(strain.body, strain, limit_n=100), strain.table()
    muscles = find_trace(figure, "muscle")
    for name, colour, size in zip(muscles.customdata, muscles.marker.color, muscles.marker.size):
        if name in table.index:
            assert colour == change_colour(table.at[name, "change_N"], 100) and size >= 8
    assert muscles.marker.color[muscles.customdata.index("deltoid_left")] == charts.THEMES["light"]["empty"]
    bar = find_trace(figure, "scale").marker.colorbar
    assert list(bar.ticktext) == ["100 N less", "−25 N", "none", "+25 N", "100 N more"]
    assert list(bar.tickvals) == [-1, -0.5, 0, 0.5, 1]


def test_chain_is_numbered_and_graded(strain):
    figure = charts.draw_chain_diagram(strain.body, strain, chain="superficial_back_line_left")
    chain = strain.body.chains["superficial_back_line_left"]
    stations = find_trace(figure, "station")
    assert tuple(stations.customdata) == chain.stations
    assert list(stations.text) == [str(k) for k in range(1, len(chain.stations) + 1)]
    steps = {trace.name: trace for trace in figure.data if trace.name.startswith("step: ")}
    grades = [step.grade for step in chain.transitions]
    for grade in set(grades):
        trace = next(trace for name, trace in steps.items() if name.endswith(grade))
        assert trace.x.count(None) == grades.count(grade) and trace.line.dash == charts.GRADE_DASHES[grade]
    note = next(note.text for note in figure.layout.annotations if note.name == "stations")
    assert "Calcaneal tendon, left" in note and "supported" in note


def test_path_of_networkx_is_drawn(body):
    path = nx.shortest_path(body.graph, "soleus_left", "splenius_capitis_left")
    figure = charts.draw_chain_diagram(body, path=path)
    assert list(find_trace(figure, "station").customdata) == path


def test_cut_links_are_dashed_and_marked(body):
    cut = body.without("sacrotuberous_ligament_left")
    figure = charts.draw_chain_diagram(cut, chain="superficial_back_line_left", reference=body)
    dashed = next(trace for trace in figure.data if trace.name == "cut" and trace.mode == "lines")
    assert dashed.line.dash == charts.CUT_DASH
    gone = [1 for *_, data in body.graph.edges("sacrotuberous_ligament_left", data=True) if data["kind"] in ("attaches", "continuous")]
    assert dashed.x.count(None) == len(gone)
    assert list(find_trace(figure, "cut out").customdata) == ["sacrotuberous_ligament_left"]
    assert find_trace(figure, "step: cut").x.count(None) == 2
    assert "(cut)" in next(note.text for note in figure.layout.annotations if note.name == "stations")
    whole = charts.draw_chain_diagram(body, chain="superficial_back_line_left", reference=body)
    assert not [trace for trace in whole.data if "cut" in trace.name]


def test_one_cut_link_is_marked_and_the_muscles_stay(body):
    cut = body.without_link("biceps_femoris_long_head_left", "sacrotuberous_ligament_left")
    figure = charts.draw_chain_diagram(cut, reference=body)
    dashed = next(trace for trace in figure.data if trace.name == "cut" and trace.mode == "lines")
    assert dashed.x.count(None) == 1 and not [trace for trace in figure.data if trace.name == "cut out"]


def test_names_cannot_smuggle_html(body):
    graph = body.graph.copy()
    for node in ("biceps_femoris_long_head_left", "pelvis"):
        graph.nodes[node]["name"] = graph.nodes[node]["plain_name"] = NASTY
    mine = mc.Body.from_graph(graph)
    made = mc.spread(mine, mc.HamstringStrain("left", 2), guarding=0.5)
    path = ["biceps_femoris_long_head_left", "pelvis"]
    figures = [*draw_all(made).values(), charts.draw_chain_diagram(mine, made, path=path)]
    for figure in figures:
        for text in list_texts(figure):
            assert not re.search(r"<(?!/?(b|i|br)>)", text) and "<b>bold" not in text
    assert any("&lt;script&gt;" in text for text in list_texts(figures[0]))


def list_texts(figure):
    """List every text that plotly would read as its small HTML."""
    layout = figure.layout
    texts = [layout.title.text, *(note.text for note in layout.annotations), *(layout.yaxis.ticktext or ()), *(layout.xaxis.ticktext or ())]
    for trace in figure.data:
        texts += [trace.name, *(trace.hovertext or ()), *([trace.text] if isinstance(trace.text, str) else trace.text or () if "text" in trace else ())]
    return [str(text) for text in texts if text]


def test_a_long_name_keeps_its_side():
    assert charts._escape("Biceps femoris, proximal tendon, left", 30) == "Biceps femoris, proxima…, left"


def test_mirrored_result_is_mirrored_in_the_picture(body):
    left, right = (charts.draw_tension_by_height(mc.spread(body, mc.Limp(side, 0.5, lean_deg=8))) for side in ("left", "right"))
    for one, other in zip(left.data, right.data):
        assert sorted(one.customdata) == pytest.approx(sorted(other.customdata), abs=1e-6)
    ranked = [charts.draw_ranked_changes(mc.spread(body, mc.Limp(side, 0.5, lean_deg=8))).layout.yaxis.ticktext for side in ("left", "right")]
    assert [name.replace("left", "#").replace("right", "left").replace("#", "right") for name in ranked[0]] == list(ranked[1])
