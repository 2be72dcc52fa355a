"""Names and notes that try to be more than text: every table, card, chart and picture shows them as
they are written.

A user's own body may carry any text. Here all of it is hostile: names, plain names, notes, actions,
evidence, claims, sources and chains. What makes HTML or SVG is found through the package, so that
what is added later is tried too.
"""

import inspect
import json
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from math import inf

import ipywidgets as widgets
import pandas as pd
import pytest

import musclechain as mc
from musclechain.cases.chains import pull_chain
from musclechain.cases.piriformis import VARIANTS
from musclechain.labs.lab import Lab
from musclechain.labs.shown_chart import ShownChart
from musclechain.labs.slow_chart import SlowChart
from musclechain.mechanics.circle import CircleLine, CircleMap
from musclechain.views import charts
from musclechain.views.charts.graph import draw_chain_diagram
from musclechain.views.page.chart import Chart
from musclechain.views.page.html import table_to_html
from musclechain.views.words import tables
from musclechain.views.words.charts import ChartText
from musclechain.views.words.errors import describe_error
from musclechain.views.words.tables import table_of_changes
from tests.labs.parts import find_parts

# A script, a picture whose error runs one, a tag and an entity that must stay as they are, and ways
# out of an attribute.
HOSTILE = (
    '<script>window.pwned=1</script><img src=x onerror="window.pwned=1"><pwned>&lt;"'
    " data-pwned=\"1' data-pwned='1"
)
TEXTS = (
    "name",
    "plain_name",
    "note",
    "action",
    "group",
    "meaning",
    "statement",
    "citation",
    "text",
    "evidence_says",
    "value",
    "population",
    "licence",
)
TAGS = {"script", "img", "pwned", "iframe", "object", "svg:script"}


def spoil(record):
    """Give a node, an edge or a row of data hostile texts."""
    if isinstance(record, dict):
        record.update(
            {
                field: f"{record[field]}{HOSTILE}"
                for field in TEXTS
                if isinstance(record.get(field), str)
            }
        )
        return record
    return record.model_copy(
        update={
            field: f"{getattr(record, field)}{HOSTILE}"
            for field in TEXTS
            if isinstance(getattr(record, field, None), str)
        }
    )


def build_hostile_body():
    """Build a body all of whose texts are hostile."""
    graph = mc.read_body().graph.copy()
    for _, node in graph.nodes(data=True):
        spoil(node)
    for _, _, edge in graph.edges(data=True):
        spoil(edge)
    for key in ("evidence", "sources", "claims", "parameters"):
        graph.graph[key] = {name: spoil(record) for name, record in graph.graph[key].items()}
    for key in ("cases", "stations", "nerve_stems", "skin", "skin_nerves", "dermatomes"):
        graph.graph[key] = tuple(spoil(record) for record in graph.graph[key])
    return mc.Body.from_graph(graph)


class Reader(HTMLParser):
    """What a browser would make of some HTML: elements that should not be there, and the words."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.bad, self.words = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        names = {name for name, _ in attributes}
        links = [value or "" for name, value in attributes if name in ("href", "src", "xlink:href")]
        if (
            tag in TAGS
            or any(name.startswith("on") or name == "data-pwned" for name in names)
            or any(link.strip().lower().startswith("javascript:") for link in links)
        ):
            self.bad.append(self.get_starttag_text())
        self.words += [value or "" for _, value in attributes]

    def handle_data(self, words):
        self.words.append(words)


def check_html(text, named=True):
    """Fail where HTML holds anything of a hostile text as more than text, or, where one is due,
    does not show it whole."""
    read = Reader(text)
    assert not read.bad, f"{read.bad[:3]} in {text[:200]}"
    assert not named or any(HOSTILE in words for words in read.words), (
        f"the name is not shown as it is written in {text[:300]}"
    )


def list_strings(found):
    """List the strings of a figure that may be shown; `meta` never is unless a text asks for it."""
    if isinstance(found, str):
        return [found]
    if isinstance(found, dict):
        found = [value for key, value in found.items() if key != "meta"]
    return (
        [text for part in found for text in list_strings(part)]
        if isinstance(found, (list, tuple))
        else []
    )


def check_figure(figure):
    """Fail where plotly, which reads some HTML, would take part of a name for markup."""
    texts = list_strings(json.loads(figure.to_json()))
    assert not any("%{meta" in text for text in texts)
    assert any("script" in text for text in texts), "no name is in this chart, so it was not tried"
    for text in texts:
        check_html(text, named=False)
        assert "<pwned>" not in text and "<script>" not in text, text[:200]


OWN = {"spinal_spread": 0.5, "guarding_loop_gain": 0.5}
NEVER = CircleLine("vicious circle", (0.5,), (inf,), 0.08, 0.05)


@pytest.fixture(scope="module")
def body():
    return build_hostile_body()


@pytest.fixture(scope="module")
def result(body):
    return mc.spread(body, mc.HamstringStrain("left", 2), guarding=0.5)


@pytest.fixture(scope="module")
def words(body, result):
    """What the functions of the package are called with, by the name of the parameter."""
    chain, standing = next(iter(body.chains)), mc.spread(body, mc.HoldPose({}))
    landed = mc.run_impact(body, mc.HardRun())
    bends = {
        f"{HOSTILE}{degrees}": mc.spread(body, mc.ForwardBend(degrees)) for degrees in (10, 20)
    }
    plan = mc.Plan([mc.Dose("static stretching"), mc.Dose("deep massage")], HOSTILE[:60])
    course = mc.find_course(result, plan)
    return {
        "body": body,
        "plan": plan,
        "course": course,
        "plans": {HOSTILE[:60]: plan},
        "courses": {HOSTILE: course, f"{HOSTILE}2": course},
        "quantity": "length",
        "compared": mc.compare_courses({HOSTILE: course, f"{HOSTILE}2": course}, 30, draws=4),
        "starts": mc.compare_starts(body, weeks=(1, 4)),
        "echoes": {HOSTILE: mc.find_echo(result)},
        "border": mc.find_circle_line(result, "redistribution"),
        "circles": CircleMap({HOSTILE: CircleLine(HOSTILE, (0.5,), (inf,), 0, 0)}, NEVER, (), OWN),
        "turns": mc.find_joint_turns({HOSTILE: result}),
        "slid": mc.compare_sliding(body, mc.HamstringStrain("left", 2)),
        "result": result,
        "guarded": result,
        "strong": result,
        "whole": result,
        "without": mc.spread(body, mc.HamstringStrain("left", 2)),
        "cut": mc.spread(
            body.without("sacrotuberous_ligament_left"), mc.HamstringStrain("left", 2), guarding=0.5
        ),
        "weak": mc.spread(
            body,
            [mc.HamstringStrain("left", 2), mc.Weaken("gluteus_medius_left", 0.5)],
            guarding=0.5,
        ),
        "people": mc.solve_population(body, count=4),
        "name": "l5_s1",
        "width": 5.0,
        "line": (100, HOSTILE),
        "said": ChartText(HOSTILE, HOSTILE, pd.DataFrame({HOSTILE: [HOSTILE]})),
        "axis": HOSTILE,
        "standing": standing,
        "rolled": mc.spread(body, mc.RollingFoot("left", 8)),
        "helped": mc.spread(body, mc.RollingFoot("left", 8), remedies=mc.Insole("left")),
        "level": mc.spread(body, mc.Limp("left", 0.5, 5)),
        "free": mc.spread(body, mc.Limp("left", 0.5, 5, head_level=False)),
        "chain": chain,
        "pulled": pull_chain(body, chain),
        "pulls": [pull_chain(body, one) for one in list(body.chains)[:2]],
        "muscle": "soleus_left",
        "chosen": "S1_left",
        "structure": "soleus_left",
        "bone": "pelvis",
        "bends": bends,
        "shown": {1: HOSTILE, 2: HOSTILE},
        "certainty": result.draws(draws=20),
        "results": {"vicious circle": result, "redistribution": result},
        "test": mc.StraightLegRaise("left", 60),
        "found": mc.raise_leg(body, mc.StraightLegRaise("left", 60)),
        "raises": {HOSTILE: mc.raise_leg(body, mc.StraightLegRaise("left", 60))},
        "panels": {HOSTILE: {(HOSTILE, way): (1.0, 2.0, 3.0) for way in VARIANTS}},
        "impact": landed,
        "impacts": {HOSTILE: landed},
        "stances": {
            f"{HOSTILE}{brace}": mc.spread(body, mc.OneLegStance("right", brace))
            for brace in (0, 1)
        },
    }


def call(function, words):
    """Call a function with what its parameters are named after; what it can do without is left out
    where nothing fits."""
    given = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if name in words:
            given[name] = words[name]
        else:
            assert parameter.default is not parameter.empty, (
                f"this test does not know what to give {function.__name__} as {name}: add it to"
                " `words`"
            )
    return function(**given)


# ---- the ways of asking that need a hand of their own

SPRINGS = {"describe_springs"}  # about a body that the package makes itself, with no text of a user
TOLD = [
    name
    for name in dir(mc)
    if name.split("_")[0] in ("describe", "follow", "show")
    and name not in SPRINGS
    # tried by tests of their own
    and name
    not in (
        "show_sources",
        "show_predictions",
        "show_hundred",
        "show_interface",
        "show_nerves",
        "show_sessions",
        "show_circles",
        "show_starts",
    )
]


def list_charts():
    own = {"draw_sessions"}  # about the package's own remedies, with no text of a user
    return [name for name in charts.__all__ if name.startswith("draw_") and name not in own]


# ---- the check itself


@pytest.mark.parametrize(
    "html",
    [
        HOSTILE,
        f"<p title='{HOSTILE}'>x</p>",
        f'<p title="{HOSTILE}">x</p>',
        "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=x></svg>",
    ],
)
def test_markup_that_gets_through_is_found_out(html):
    with pytest.raises(AssertionError):
        check_html(html, named=False)


def test_a_name_that_is_cut_or_escaped_twice_is_found_out():
    for text in ("&amp;lt;script&amp;gt;", "<p>nothing</p>"):
        with pytest.raises(AssertionError, match="not shown as it is written"):
            check_html(text)


# ---- words and tables


@pytest.mark.parametrize("name", TOLD)
def test_findings_show_names_as_text(words, name):
    finding = call(getattr(mc, name), words)
    # a finding may be about regions or joints alone, whose names are the package's own
    check_html(
        finding._repr_html_(),
        named=name
        in (
            "describe_reach",
            "describe_chain",
            "describe_meeting",
            "describe_roots",
            "describe_bend",
            "describe_raise",
            "follow_chain",
            "describe_chain_pull",
            "describe_supply",
            "show_claims",
        ),
    )


@pytest.mark.parametrize("picked", ["S1_left", "sciatic_left", "soleus_left", "skin_heel_left"])
def test_what_hangs_together_is_shown_as_text(body, picked):
    ElementTree.fromstring(mc.show_nerves(body, picked, skin=True).to_svg())
    lab = mc.NerveLab(body)
    lab.map.picked = picked
    for part in (lab._glance, lab._parts):
        check_html(part.value)
    lab.close()


def test_a_shown_chart_has_its_texts_as_text(words):
    chart = ShownChart(lambda theme: None, words["said"])
    check_html(chart.write_still())


def test_a_chart_that_is_worked_out_late_has_its_texts_as_text(words):
    def work():
        yield 1.0

    prediction = mc.Prediction("Which?", ["one", "two"])
    chart = SlowChart(work, None, lambda _: words["said"], prediction)
    chart.found = "something"
    check_html(chart.write_still())


def test_sources_and_claims_show_texts_as_text(body):
    claims = mc.show_claims(body, dict.fromkeys(body.graph.graph["claims"], HOSTILE))
    check_html(claims._repr_html_())
    check_html(
        mc.show_sources(
            body, claims, *body.graph.graph["evidence"], *body.graph.graph["sources"]
        )._repr_html_()
    )


def test_the_page_about_the_model_shows_texts_as_text(body):
    check_html(mc.about_model(body)._repr_html_())


@pytest.mark.parametrize("name", ["table_of_changes", "table_by_region", "table_of_routes"])
def test_tables_show_names_as_text(result, name):
    check_html(table_to_html(getattr(tables, name)(result), HOSTILE))


def test_the_header_and_the_index_of_a_table_are_text(result):
    table = table_of_changes(result, count=3)
    check_html(table_to_html(table.rename(columns={table.columns[-1]: HOSTILE})))
    check_html(table_to_html(table.rename(index={table.index[0]: HOSTILE})))


# ---- charts


@pytest.mark.parametrize("name", list_charts())
def test_charts_show_names_as_text(words, name):
    check_figure(call(getattr(charts, name), words))


def test_the_chain_diagram_of_the_whole_graph_and_of_a_path_is_text(body, result, words):

    check_figure(draw_chain_diagram(body))
    check_figure(draw_chain_diagram(body, result, path=["soleus_left", "achilles_tendon_left"]))
    check_figure(draw_chain_diagram(words["cut"].body, chain=words["chain"], reference=body))


# ---- the body map


def test_the_picture_as_svg_shows_names_as_text(body, result):
    picture = mc.BodyMap(body)
    picture.selected = "soleus_left"
    for trait in ("labels", "nerves"):
        if picture.has_trait(trait):
            setattr(picture, trait, True)
    picture.play(result, caption=HOSTILE)
    svg = picture.to_svg()
    root = ElementTree.fromstring(svg)
    assert not [node.tag for node in root.iter() if node.tag.rpartition("}")[2] in TAGS]
    assert not [
        key
        for node in root.iter()
        for key in node.attrib
        if key.startswith("on") or key == "data-pwned"
    ]
    assert HOSTILE.split(">")[0] in "".join(root.itertext()) + " ".join(
        value for node in root.iter() for value in node.attrib.values()
    )


# ---- panels and questions


def read_panel(widget):
    """All HTML that a panel writes."""
    return [
        box.value
        for kind in (widgets.HTML, widgets.HTMLMath)
        for box in find_parts(widget, kind)
        if box.value
    ]


LABS = [
    name
    for name in dir(mc)
    if inspect.isclass(getattr(mc, name)) and issubclass(getattr(mc, name), Lab)
]


@pytest.mark.parametrize("name", LABS)
def test_a_lab_shows_names_as_text(body, name):
    """All labs have the same tabs: the first one opens all of them, the others the tables."""
    lab = getattr(mc, name)(body)
    lab.map.selected, lab.draws = "soleus_left", 20
    lab.wait_certainty()
    tabs, said = find_parts(lab, widgets.Tab)[-1], []
    numbers = [number for number, title in enumerate(tabs.titles) if "table" in title.lower()]
    assert numbers
    for number in range(len(tabs.children)) if name == LABS[0] else numbers:
        tabs.selected_index = number
        said += read_panel(lab)
        for chart in find_parts(lab, Chart):
            for text in list_strings([chart.figure]):
                check_html(text, named=False)
    lab.say(HOSTILE)
    said += read_panel(lab)
    for text in said:
        check_html(text, named=False)
    check_html(" ".join(said))
    lab.close()


def test_questions_show_their_words_as_text():
    prediction = mc.Prediction(HOSTILE, [HOSTILE, "other"])
    check = mc.Check(HOSTILE, {HOSTILE: "", "other": HOSTILE}, HOSTILE)
    number = mc.NumberCheck(HOSTILE, 1.0, 0.1, HOSTILE, HOSTILE)
    for question in (prediction, check, number):
        for text in read_panel(question):
            check_html(text, named="?" in text)
    for question, choice in ((prediction, HOSTILE), (check, HOSTILE), (check, "other")):
        find_parts(question, widgets.RadioButtons)[0].value = choice
        check_html(read_panel(question)[-1])
    for answer in ("0", "1"):
        find_parts(number, widgets.Text)[0].value = answer
        find_parts(number, widgets.Button)[0].click()
        check_html(read_panel(number)[-1])


def test_an_error_about_a_hostile_id_is_told_as_text(body):
    with pytest.raises(mc.UnknownStructureError) as caught:
        mc.spread(body, mc.PullOn(HOSTILE, 10))
    lab = mc.LimpLab(body)
    lab.say(describe_error(caught.value))
    said = " ".join(read_panel(lab))
    check_html(said, named=False)
    assert any("<script>window.pwned=1</script>" in words for words in Reader(said).words)
    lab.close()
