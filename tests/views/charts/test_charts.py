"""The data and the words of the figures, never their pixels."""

import re

import networkx as nx
import numpy as np
import plotly.graph_objects as go
import pytest

import musclechain as mc
from musclechain.anatomy.format import format_newtons, name_structure
from musclechain.anatomy.places import find_places
from musclechain.mechanics.certainty import UNKNOWN, Pending
from musclechain.views.charts import frame as chart_frame
from musclechain.views.charts import graph as diagram
from musclechain.views.charts.bars import draw_ranked_changes
from musclechain.views.charts.frame import THEMES, stretch_newtons
from musclechain.views.charts.graph import draw_chain_diagram
from musclechain.views.charts.heights import draw_tension_by_height
from musclechain.views.charts.rounds import draw_rounds
from musclechain.views.charts.sure import draw_certainty
from musclechain.views.page.palette import ROUTE_LOOKS, change_colour
from musclechain.views.words.certainty import IF_SETTLED, PENDING
from musclechain.views.words.charts import (
    describe_chart_body_3d,
    describe_chart_certainty,
    describe_chart_ranked_changes,
    describe_chart_rounds,
    describe_chart_tension_by_height,
    list_regions,
    name_from_id,
    rank_certainty,
)
from musclechain.views.words.stations import describe_chart_chain_diagram, table_of_stations
from musclechain.views.words.tables import rank_changes
from tests.views.hand_results import hold_still, leave_out, say_words

NASTY = (
    "<script>alert(1)</script> & <b>bold</b>, a name that goes on for very much longer than a label"
)


@pytest.fixture(scope="module", params=["quiet", "limp", "strain"])
def result(request, body):
    cause = {
        "quiet": (),
        "limp": mc.Limp("left", 0.5, lean_deg=8),
        "strain": mc.HamstringStrain("left", 2),
    }[request.param]
    return mc.spread(body, cause, guarding=0.5)


@pytest.fixture(scope="module")
def strain(body):
    return mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5)


@pytest.fixture(scope="module")
def sure(strain):
    return strain.draws(25, seed=3)


@pytest.fixture(scope="module")
def rows_of_sure(sure):
    return sure.table()


def draw_all(result, theme="light", **more):
    body = result.body
    return {
        "ranked": draw_ranked_changes(result, theme=theme, **more),
        "height": draw_tension_by_height(result, theme=theme, **more),
        "rounds": draw_rounds(result, theme=theme, **more),
        "graph": draw_chain_diagram(body, theme=theme, **more),
        "chain": draw_chain_diagram(
            body, result, chain="superficial_back_line_left", theme=theme, **more
        ),
        "narrow": draw_chain_diagram(
            body, result, chain="spiral_line_left", theme=theme, narrow=True, **more
        ),
    }


def find_notes(figure, name):
    return [note.text for note in figure.layout.annotations if note.name == name]


def find_trace(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_complete(result, theme):
    for name, figure in draw_all(result, theme).items():
        assert (
            isinstance(figure, go.Figure) and figure.layout.title.text and figure.layout.height
        ), name
        titles = (figure.layout.xaxis.title.text or "") + (figure.layout.yaxis.title.text or "")
        assert "(m" in titles or "(N" in titles, name
        assert figure.layout.paper_bgcolor == THEMES[theme]["paper"]
        assert figure.layout.template.layout.font.color == THEMES[theme]["ink"]
        assert figure.layout.meta["description"].endswith(".")
        text = figure.to_json()
        assert "http" not in text and "topojson" not in text and "NaN" not in text


def test_heights_do_not_depend_on_the_result(body, strain):
    quiet = mc.spread(body)
    for one, other in zip(draw_all(quiet).values(), draw_all(strain).values(), strict=True):
        assert one.layout.height == other.layout.height and one.layout.margin == other.layout.margin


def test_an_unknown_theme_is_refused(strain):
    with pytest.raises(ValueError, match="'light' or 'dark'"):
        draw_ranked_changes(strain, theme="sepia")


def test_quiet_standing_draws_nothing_and_says_so(body):
    quiet = mc.spread(body)
    for draw in (draw_ranked_changes, draw_tension_by_height, draw_rounds):
        assert "Nothing changes." in [note.text for note in draw(quiet).layout.annotations]


def test_ranked_bars_show_the_change_and_each_route_of_the_table(strain):
    figure, table = draw_ranked_changes(strain, count=7), strain.table()
    expected = list(table["change_N"].abs().sort_values(ascending=False).index[:7])
    bar = find_trace(figure, "change")
    assert list(bar.customdata) == expected and list(bar.x) == pytest.approx(
        table.loc[expected, "change_N"].to_list()
    )
    assert list(bar.marker.color) == [
        change_colour(value, 400) for value in table.loc[expected, "change_N"]
    ]
    assert set(bar.marker.pattern.shape) == {""}
    for route in ("posture", "pull", "guarding"):
        marks = find_trace(figure, f"by {route}")
        seen = [name for name in expected if abs(table.at[name, f"{route}_N"]) >= 0.05]
        assert list(marks.customdata) == seen and list(marks.x) == pytest.approx(
            table.loc[seen, f"{route}_N"].to_list()
        )
        assert marks.marker.color == ROUTE_LOOKS[route]["colour"]
        # the pieces of one muscle stand one behind the other, and add up
        for name, value, base in zip(marks.customdata, marks.x, marks.base, strict=True):
            before = ("posture", "pull", "guarding")[: ("posture", "pull", "guarding").index(route)]
            same = [table.at[name, f"{one}_N"] for one in before]
            same = [one for one in same if abs(one) >= 0.05 and (one > 0) == (value > 0)]
            assert base == pytest.approx(sum(same))
    assert (
        len(
            {
                find_trace(figure, f"by {route}").marker.pattern.shape
                for route in ("posture", "pull", "guarding")
            }
        )
        == 3
    )
    assert find_notes(figure, "name")[0] == "Biceps femoris, long head, left"
    assert (
        find_notes(figure, "value")[0]
        == f"<b>{format_newtons(table.at[expected[0], 'change_N'], signed=True)}</b>"
    )


def test_ranked_bars_of_one_region(strain):
    figure, table = draw_ranked_changes(strain, region="neck"), strain.table()
    neck = table[table["region"] == "neck"]["change_N"]
    assert abs(find_trace(figure, "change").x[0]) == pytest.approx(neck.abs().max())
    with pytest.raises(ValueError, match="no region 'tail'"):
        draw_ranked_changes(strain, region="tail")


# ---- certainty --------------------------------------------------------------------------------


def test_ranked_bars_carry_range_pattern_and_word(strain, sure, rows_of_sure):
    figure = draw_ranked_changes(strain, count=40, certainty=sure)
    bar = find_trace(figure, "change")
    words = rows_of_sure.loc[list(bar.customdata), "word"].to_list()
    assert {"settled", "depends"} <= set(words)
    assert list(bar.marker.pattern.shape) == [
        {"settled": "", "likely": ".", "depends": "/"}[word] for word in words
    ]
    assert [text.rsplit(", ", 1)[1] for text in find_notes(figure, "value")] == words
    assert all(word in text for word, text in zip(words, bar.hovertext, strict=True))
    ends = np.array(find_trace(figure, "90 % of bodies").x, float).reshape(-1, 3)[:, :2]
    assert ends == pytest.approx(
        rows_of_sure.loc[list(bar.customdata), ["low_N", "high_N"]].to_numpy()
    )
    assert {"settled", "likely", "depends"} <= {trace.name for trace in figure.data}


def test_every_bar_piece_and_line_lies_on_the_axis_that_is_said(body, strain, sure):
    """Also of a state in which nothing changes: the next figure would keep its axis."""
    figure = draw_ranked_changes(strain, count=40, certainty=sure)
    low, high = figure.layout.xaxis.range
    for trace in figure.data:
        for base, value in zip(
            getattr(trace, "base", None) or [0.0] * len(trace.x), trace.x, strict=True
        ):
            if value is not None:
                assert low < base + value < high
    assert draw_ranked_changes(mc.spread(body, [])).layout.xaxis.range == (-1, 1)


def test_marks_are_the_emptier_the_less_sure(strain, sure, rows_of_sure):
    figure = draw_tension_by_height(strain, certainty=sure)
    table = strain.table()
    for route in ("posture", "pull", "guarding"):
        trace = next(trace for trace in figure.data if trace.name.startswith(route))
        seen = table.index[table[f"{route}_N"].abs() >= 0.05]
        words = rows_of_sure.loc[seen, "word"].value_counts()
        mark = ROUTE_LOOKS[route]["mark"]
        for word, end in (("settled", ""), ("likely", "-dot"), ("depends", "-open")):
            assert list(trace.marker.symbol).count(mark + end) == words.get(word, 0)
    nodes = find_trace(draw_chain_diagram(strain.body, strain, certainty=sure), "muscle")
    ends = {"settled": "circle", "likely": "circle-dot", "depends": "circle-open"}
    for name, symbol in zip(nodes.customdata, nodes.marker.symbol, strict=True):
        assert symbol == (
            ends[rows_of_sure.at[name, "word"]] if name in rows_of_sure.index else "circle"
        )


def test_a_station_that_depends_is_open_and_says_so(strain, sure):
    forced = say_words(sure, {"sacrotuberous_ligament_left": "depends"}, "settled")
    figure = draw_chain_diagram(
        strain.body, strain, chain="superficial_back_line_left", certainty=forced
    )
    stations = find_trace(figure, "station")
    at = stations.customdata.index("sacrotuberous_ligament_left")
    assert (
        stations.marker.color[at] == THEMES["light"]["paper"] and stations.marker.line.width[at] > 3
    )
    assert find_notes(figure, "stations")[0].count("depends") == 1
    rounds = draw_rounds(strain, structures=["sacrotuberous_ligament_left"], certainty=forced)
    assert rounds.data[0].name.endswith("(depends)") and rounds.data[0].marker.symbol.endswith(
        "-open"
    )


def test_pending_is_said_and_missing_is_not(strain):
    for name, figure in draw_all(strain, certainty=Pending(done=3, asked=40)).items():
        said = (figure.layout.title.subtitle.text or "").replace("<br>", " ")
        assert ("not computed yet" in said) == (name != "graph"), name
    for figure in draw_all(strain).values():
        assert "not computed" not in (figure.layout.title.subtitle.text or "")
    text = describe_chart_ranked_changes(strain, certainty=Pending(done=3, asked=40))
    assert text.sentence.endswith(PENDING) and set(text.table["How sure"]) == {"not computed yet"}


def test_a_structure_without_certainty_is_called_not_known(strain, sure):
    part = leave_out(sure, "biceps_femoris_long_head_left")
    figure = draw_ranked_changes(strain, count=3, certainty=part)
    assert (
        find_notes(figure, "value")[0].endswith("</b>")
        and "not known" in find_trace(figure, "change").hovertext[0]
    )
    table = describe_chart_ranked_changes(strain, 3, certainty=part).table
    assert table.at["biceps_femoris_long_head_left", "How sure"] == "not known"


def test_words_and_tables_tell_certainty(strain, sure, rows_of_sure):
    for describe_chart in (
        describe_chart_ranked_changes,
        describe_chart_tension_by_height,
        describe_chart_body_3d,
    ):
        text = describe_chart(strain, certainty=sure)
        assert "How sure" in text.sentence and {"How sure", "90 % range (N)"} <= set(
            text.table.columns
        )
        for name in text.table.index:
            word = rows_of_sure.at[name, "word"]
            assumed = word == "settled" and name in rows_of_sure.attrs["assumed"]
            assert text.table.at[name, "How sure"] == (IF_SETTLED if assumed else word)
    rounds = describe_chart_rounds(strain, certainty=sure).table
    assert list(rounds["Step"][-2:]) == ["How sure", "90 % range (N)"]
    stations = describe_chart_chain_diagram(
        strain.body, strain, chain="superficial_back_line_left", certainty=sure
    )
    assert "How sure" in stations.sentence and "How sure" in stations.table.columns


def test_certainty_chart_shows_the_most_changed_of_each_word(strain, sure, rows_of_sure):
    figure = draw_certainty(sure, strain.body, count=4)
    rows = rank_certainty(sure, 4)
    for word in ("settled", "likely", "depends"):
        told = (
            rows_of_sure[(rows_of_sure["word"] == word) & (rows_of_sure["change_N"].abs() >= 0.05)][
                "change_N"
            ]
            .abs()
            .sort_values(ascending=False)
        )
        mine = rows[rows["word"] == word]
        assert len(mine) == min(4, len(told)) or word == "depends"
        dots = find_trace(figure, word)
        assert list(dots.customdata) == list(mine.index)
        if len(mine):
            assert 0.3 * np.sinh(np.array(dots.x, float)) == pytest.approx(
                mine["change_N"].to_numpy()
            )
            assert (
                dots.marker.symbol
                == {"settled": "circle", "likely": "circle-dot", "depends": "circle-open"}[word]
            )
    ends = 0.3 * np.sinh(
        np.array(find_trace(figure, "90 % of bodies").x, float).reshape(-1, 3)[:, :2]
    )
    assert ends == pytest.approx(rows[["low_N", "high_N"]].to_numpy())
    assert (
        len(find_notes(figure, "heading")) == rows["word"].nunique()
        and figure.layout.xaxis.zeroline
    )
    assert find_notes(figure, "name")[0] == name_structure(strain.body, rows.index[0])
    assert draw_certainty(sure, count=4).layout.height == figure.layout.height


def test_certainty_words_count_what_the_table_holds(strain, sure, rows_of_sure):
    text = describe_chart_certainty(sure, strain.body)
    told = rows_of_sure[rows_of_sure["change_N"].abs() >= 0.05]["word"].value_counts()
    assert all(
        f"{told.get(word, 0)} {word}" in text.sentence for word in ("settled", "likely", "depends")
    )
    assert list(text.table["How sure"]) == list(rows_of_sure.loc[text.table.index, "word"])
    nothing = hold_still(sure)
    assert (
        describe_chart_certainty(nothing).sentence == "Nothing changes in any of the bodies tried."
    )
    assert [note.text for note in draw_certainty(nothing).layout.annotations] == [
        "Nothing changes."
    ]


def test_names_come_from_ids_without_a_body():
    assert (
        name_from_id("gluteus_medius_right") == "Gluteus medius, right"
        and name_from_id("nuchal_ligament") == "Nuchal ligament"
    )


# ---- height -----------------------------------------------------------------------------------


def test_height_chart_has_one_mark_per_structure_and_route(result):
    figure, table = draw_tension_by_height(result), result.table()
    for trace, route in zip(figure.data, ("posture", "pull", "guarding"), strict=True):
        seen = table.loc[table[f"{route}_N"].abs() >= 0.05, f"{route}_N"]
        assert (
            trace.name == f"{route} ({len(seen)})"
            and trace.marker.symbol == ROUTE_LOOKS[route]["mark"]
        )
        assert sorted(trace.customdata) == pytest.approx(sorted(seen))
        if len(seen):
            assert 0.3 * np.sinh(np.array(trace.x, float)) == pytest.approx(
                np.array(trace.customdata, float)
            )
            regions = list_regions(result)
            assert sorted(regions[int(y)] for y in trace.y) == sorted(
                table.loc[seen.index, "region"]
            )
            halves = [
                "left" if y % 1 > 0.595 else "right" if y % 1 < 0.405 else "midline"
                for y in trace.y
            ]
            assert sorted(halves) == sorted(table.loc[seen.index, "side"])
            assert max(map(abs, trace.x)) <= figure.layout.xaxis.range[1]
    assert len({trace.marker.symbol for trace in figure.data}) == 3


def test_height_axis_carries_true_figures(strain):
    axis = draw_tension_by_height(strain).layout.xaxis
    figures = [float(text.replace("−", "-")) for text in axis.ticktext]
    assert list(axis.tickvals) == pytest.approx(list(stretch_newtons(figures)))
    assert {-100, -1, 0, 1, 100} <= set(figures)
    # 0.3 N of the neck lies well off the zero line while 100 N still fits
    assert stretch_newtons(0.3) / stretch_newtons(100) > 0.1


def test_height_chart_and_its_table_use_the_same_regions(strain):
    layout, text = (
        draw_tension_by_height(strain).layout,
        describe_chart_tension_by_height(strain),
    )
    regions = list_regions(strain)
    assert list(layout.yaxis.ticktext) == [
        f"{region}, {side}" for region in regions for side in ("left", "right")
    ]
    assert (
        len(layout.shapes) == len(regions) and list(dict.fromkeys(text.table["Region"])) == regions
    )
    table = strain.table()
    assert text.table["Structures"].sum() == len(table)
    for name, row in text.table.iterrows():
        here = table[(table["region"] == row["Region"]) & (table["side"] == row["Side"])]
        assert abs(table.at[name, "change_N"]) == here["change_N"].abs().max()
    for region in regions:
        assert (
            f"{region}"
            f" {format_newtons(table[table['region'] == region]['change_N'].abs().max())}"
            in text.sentence
        )


def test_rounds_end_at_the_change_of_the_table(strain):
    figure, table = draw_rounds(strain, count=4, step=2), strain.table()
    assert len(figure.data) == 4
    names = rank_changes(strain).index[:4]
    for trace, name in zip(figure.data, names, strict=True):
        assert trace.y[0] == 0 and trace.y[-1] == pytest.approx(table.at[name, "change_N"])
        assert len(trace.y) == len(strain.rounds)
    assert len({trace.marker.symbol for trace in figure.data}) == 4
    assert figure.layout.shapes[0].x0 == 2 and figure.layout.xaxis.ticktext[0] == "before"


def test_rounds_refuse_more_lines_than_can_be_told_apart(strain):
    with pytest.raises(ValueError, match="At most 6"):
        draw_rounds(strain, structures=list(strain.body.structures[:7]))


def test_graph_shows_every_node_and_edge_of_its_kinds(body):
    figure = draw_chain_diagram(body)
    kinds = [data["kind"] for _, data in body.graph.nodes(data=True)]
    for kind in ("bone", "muscle", "fascia", "ligament", "tendon"):
        assert len(find_trace(figure, kind).x) == kinds.count(kind)
    edges = [(data["kind"], data.get("grade")) for _, _, data in body.graph.edges(data=True)]
    for kind, name in (("attaches", "attaches to bone"), ("articulates", "joint")):
        assert find_trace(figure, name).x.count(None) == [one for one, _ in edges].count(kind)
    for grade in {grade for kind, grade in edges if kind == "continuous"}:
        links = next(
            trace
            for trace in figure.data
            if trace.name.startswith("link: ") and trace.name.endswith(grade)
        )
        assert (
            links.x.count(None) == edges.count(("continuous", grade))
            and links.line.dash == diagram.GRADE_DASHES[grade]
        )
    told = find_trace(figure, "links")
    assert len(told.x) == [kind for kind, _ in edges].count("continuous") and all(
        "evidence: " in text for text in told.hovertext
    )
    assert (
        len(
            {
                find_trace(figure, kind).marker.symbol
                for kind in ("bone", "muscle", "fascia", "ligament", "tendon")
            }
        )
        == 5
    )
    muscles = find_trace(figure, "muscle")
    at = muscles.customdata.index("soleus_left")
    here, there = (
        np.array([muscles.x[at], muscles.y[at]]),
        np.array(find_places(body)["soleus_left"]),
    )
    assert np.linalg.norm(here - there) <= diagram.FURTHEST_M + 1e-9 and muscles.x[at] < 0


def test_marks_that_would_hide_one_another_move_apart_and_stay_near():
    places = {"a": (0.0, 1.0), "b": (0.0, 1.0), "far": (0.2, 0.5)}
    made = diagram.spread_marks(places, list(places))
    gap = (np.array(made["a"]) - made["b"]) * [diagram.WIDENED, 1] * diagram.PLOT_PX / 1.72
    assert np.linalg.norm(gap) > 0.9 * diagram.APART_PX and made["far"] == pytest.approx(
        places["far"], abs=1e-4
    )
    crowd = {str(number): (0.0, 1.0) for number in range(80)}
    for place in diagram.spread_marks(crowd, list(crowd)).values():
        assert np.linalg.norm(np.array(place) - (0.0, 1.0)) <= diagram.FURTHEST_M + 1e-4
    assert diagram.spread_marks({}, []) == {}


def test_graph_can_show_nerves_and_roots(body):
    figure = draw_chain_diagram(body, kinds=("muscle", "nerve", "root"))
    assert find_trace(figure, "nerve").customdata and find_trace(figure, "nerve supply").x
    with pytest.raises(StopIteration):
        find_trace(figure, "bone")


def test_colours_follow_the_change(strain):
    figure, table = draw_chain_diagram(strain.body, strain, limit_n=100), strain.table()
    muscles = find_trace(figure, "muscle")
    for name, colour, size in zip(
        muscles.customdata, muscles.marker.color, muscles.marker.size, strict=True
    ):
        if name in table.index:
            assert colour == change_colour(table.at[name, "change_N"], 100) and size >= 8
    assert (
        muscles.marker.color[muscles.customdata.index("brachialis_left")]
        == THEMES["light"]["empty"]
    )
    bar = find_trace(figure, "scale").marker.colorbar
    assert list(bar.ticktext) == ["100 N less", "no change", "100 N more"]
    assert list(bar.tickvals) == [-1, 0, 1]


def test_chain_is_numbered_and_graded(strain):
    figure = draw_chain_diagram(strain.body, strain, chain="superficial_back_line_left")
    chain = strain.body.chains["superficial_back_line_left"]
    stations = find_trace(figure, "station")
    assert tuple(stations.customdata) == chain.stations
    assert list(stations.text) == [str(k) for k in range(1, len(chain.stations) + 1)]
    steps = {trace.name: trace for trace in figure.data if trace.name.startswith("step: ")}
    grades = [step.grade for step in chain.transitions]
    for grade in set(grades):
        trace = next(trace for name, trace in steps.items() if name.endswith(grade))
        assert (
            trace.x.count(None) == grades.count(grade)
            and trace.line.dash == diagram.GRADE_DASHES[grade]
        )
    note = next(note.text for note in figure.layout.annotations if note.name == "stations")
    assert "Calcaneal tendon, left" in note and "supported" in note
    told, table = (
        find_trace(figure, "steps"),
        table_of_stations(strain.body, strain, chain="superficial_back_line_left"),
    )
    assert len(told.hovertext) == len(grades) == len(told.x)
    for step, text, row in zip(
        chain.transitions, told.hovertext, table.to_dict("records"), strict=False
    ):
        assert (
            (step.grade or "no evidence") in text
            and row["Evidence"] == (step.grade or "no evidence")
            and row["What is known"] == step.statement
        )


def read_links(figure):
    """Read the ends of every edge that is drawn, but for the steps, as pairs of places."""
    names = ("attaches to bone", "runs on into", "joint", "cut")
    lines = [trace for trace in figure.data if trace.name in names and trace.mode == "lines"]
    ends = [np.array([line.x, line.y], float).T.reshape(-1, 3, 2)[:, :2] for line in lines]
    return np.concatenate(ends).round(6)


@pytest.mark.parametrize(
    "way",
    [
        {"chain": "superficial_back_line_left"},
        {"chain": "back_functional_line_left"},
        {"chain": "spiral_line_right"},
        {"path": ["soleus_left", "achilles_tendon_left", "foot_left"]},
    ],
    ids=lambda way: next(iter(way.values())) if "chain" in way else "path",
)
def test_only_a_way_and_what_is_joined_to_it_is_drawn(strain, way):
    body, kinds = strain.body, ("bone", "muscle", "fascia", "ligament", "tendon")
    figure = draw_chain_diagram(body, strain, **way)
    stations = list(find_trace(figure, "station").customdata)
    beside = {
        node
        for station in stations
        for node in body.graph[station]
        if body.graph.nodes[node]["kind"] in kinds
    }
    marks = [trace for trace in figure.data if trace.name in kinds]
    assert {node for trace in marks for node in trace.customdata} == beside | set(stations)
    station = find_trace(figure, "station")
    at = {tuple(place) for place in np.array([station.x, station.y]).T.round(6)}
    links = read_links(figure)
    assert all({tuple(first), tuple(second)} & at for first, second in links)
    edges = {
        edge
        for one in stations
        for _, other, key in body.graph.edges(one, keys=True)
        if other in beside | set(stations)
        for edge in [(frozenset((one, other)), key)]
    }
    assert len(links) == len(edges)
    number = len(beside - set(stations))
    said = describe_chart_chain_diagram(body, strain, **way).sentence
    assert f"what is joined to them is drawn: {number} neighbours." in said


def test_a_chain_is_numbered_from_its_lower_end_up_in_picture_list_and_table(body):
    for key, chain in body.chains.items():
        figure = draw_chain_diagram(body, chain=key)
        stations = find_trace(figure, "station")
        assert stations.y[0] < stations.y[-1]
        assert list(stations.customdata) in (list(chain.stations), list(chain.stations)[::-1])
        rows = table_of_stations(body, chain=key)
        assert list(rows["No."]) == [int(text) for text in stations.text]
        listed = re.findall(r"<b>(\d+)</b>", find_notes(figure, "stations")[0])
        assert [int(number) for number in listed] == list(rows["No."])[::-1], "1 stands lowest"
        words = " ".join(find_notes(figure, "stations")[0].replace("<br>", " ").split())
        for name in rows["Structure"]:
            assert name in words, "no name is cut short"


def test_list_and_legend_have_room_for_each_other(strain, sure):
    graph = strain.body.graph
    long = nx.shortest_path(graph, "plantar_fascia_left", "splenius_capitis_right")
    ways = [{"chain": key} for key in strain.body.chains] + [{"path": [*long, *long[::-1], *long]}]
    for way in ways:
        for made, certainty in ((None, UNKNOWN), (strain, sure)):
            figure = draw_chain_diagram(strain.body, made, certainty=certainty, **way)
            lines = find_notes(figure, "stations")[0].count("<br>") + 1
            entries = sum(trace.showlegend is not False for trace in figure.data)
            foot = figure.layout.legend.y * diagram.PLOT_PX
            taken = lines * diagram.LINE_PX + entries * diagram.ENTRY_PX + foot
            assert taken <= diagram.PLOT_PX, way


def test_stations_for_which_there_is_no_room_are_counted(body):
    path = ["soleus_left", "achilles_tendon_left"] * 20
    figure = draw_chain_diagram(body, path=path)
    first, *rest = find_notes(figure, "stations")[0].split("<br>")
    listed = sum("<b>" in line for line in rest)
    assert first == f"… and {len(path) - listed} more, named in the table"
    assert listed == diagram.MOST_LISTED


def test_path_of_networkx_is_drawn(body):
    path = nx.shortest_path(body.graph, "splenius_capitis_left", "soleus_left")
    figure = draw_chain_diagram(body, path=path)
    assert list(find_trace(figure, "station").customdata) == path, "as it is given"


def test_cut_links_are_dashed_and_marked(body):
    cut = body.without("sacrotuberous_ligament_left")
    figure = draw_chain_diagram(cut, chain="superficial_back_line_left", reference=body)
    dashed = next(trace for trace in figure.data if trace.name == "cut" and trace.mode == "lines")
    assert dashed.line.dash == diagram.CUT_DASH
    gone = [
        1
        for *_, data in body.graph.edges("sacrotuberous_ligament_left", data=True)
        if data["kind"] in ("attaches", "continuous")
    ]
    assert dashed.x.count(None) == len(gone)
    assert list(find_trace(figure, "cut out").customdata) == ["sacrotuberous_ligament_left"]
    assert find_trace(figure, "step: cut").x.count(None) == 2
    assert "(cut)" in next(
        note.text for note in figure.layout.annotations if note.name == "stations"
    )
    whole = draw_chain_diagram(body, chain="superficial_back_line_left", reference=body)
    assert not [trace for trace in whole.data if "cut" in trace.name]


def test_one_cut_link_is_marked_and_the_muscles_stay(body):
    cut = body.without_link("biceps_femoris_long_head_left", "sacrotuberous_ligament_left")
    figure = draw_chain_diagram(cut, reference=body)
    dashed = next(trace for trace in figure.data if trace.name == "cut" and trace.mode == "lines")
    assert dashed.x.count(None) == 1 and not [
        trace for trace in figure.data if trace.name == "cut out"
    ]


def test_names_cannot_smuggle_html(body):
    graph = body.graph.copy()
    for node in ("biceps_femoris_long_head_left", "pelvis"):
        graph.nodes[node]["name"] = graph.nodes[node]["plain_name"] = NASTY
    mine = mc.Body.from_graph(graph)
    made = mc.spread(mine, mc.HamstringStrain("left", 2), guarding=0.5)
    path = ["biceps_femoris_long_head_left", "pelvis"]
    sure = made.draws(5)
    figures = [
        *draw_all(made).values(),
        *draw_all(made, certainty=sure).values(),
        draw_chain_diagram(mine, made, path=path),
        draw_certainty(sure, mine),
    ]
    for figure in figures:
        for text in list_texts(figure):
            assert not re.search(r"<(?!/?(b|i|br)>|/?span)", text) and "<b>bold" not in text
    assert any("&lt;script&gt;" in text for text in list_texts(figures[0]))


def list_texts(figure):
    """List every text that plotly would read as its small HTML."""
    layout = figure.layout
    texts = [
        layout.title.text,
        layout.title.subtitle.text,
        *(note.text for note in layout.annotations),
        *(layout.yaxis.ticktext or ()),
        *(layout.xaxis.ticktext or ()),
    ]
    for trace in figure.data:
        texts += [
            trace.name,
            *(trace.hovertext or ()),
            *(
                [trace.text]
                if isinstance(trace.text, str)
                else trace.text or ()
                if "text" in trace
                else ()
            ),
        ]
    return [str(text) for text in texts if text]


def test_a_long_name_is_wrapped_whole_or_keeps_its_side():
    name = "Thoracolumbar fascia, posterior layer, right"
    assert chart_frame.wrap_name(name).replace(
        "<br>", " "
    ) == name and "<br>" in chart_frame.wrap_name(name)
    assert (
        chart_frame.wrap_name("word " * 40 + "end, left").endswith(", left")
        and chart_frame.wrap_name(NASTY).count("<br>") == 1
    )
    assert (
        chart_frame.escape("Biceps femoris, proximal tendon, left", 30)
        == "Biceps femoris, proxima…, left"
    )


def test_mirrored_result_is_mirrored_in_the_picture(body):
    left, right = (
        draw_tension_by_height(mc.spread(body, mc.Limp(side, 0.5, lean_deg=8)))
        for side in ("left", "right")
    )
    for one, other in zip(left.data, right.data, strict=True):
        assert sorted(one.customdata) == pytest.approx(sorted(other.customdata), abs=1e-6)
    ranked = [
        find_notes(draw_ranked_changes(mc.spread(body, mc.Limp(side, 0.5, lean_deg=8))), "name")
        for side in ("left", "right")
    ]
    assert [
        name.replace("left", "#").replace("right", "left").replace("#", "right")
        for name in ranked[0]
    ] == list(ranked[1])
