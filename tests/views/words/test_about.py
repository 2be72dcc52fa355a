"""The model on one page: made from the data, with a sentence for every assumption."""

import html

import pytest

import musclechain as mc
from musclechain.__main__ import main
from musclechain.mechanics.effort import find_healthy
from musclechain.mechanics.skeleton import build_skeleton
from musclechain.views.words.about import NO_SENTENCE
from musclechain.views.words.assumptions import IF_WRONG


@pytest.fixture(scope="module")
def parameters(body):
    return body.graph.graph["parameters"]


def test_every_parameter_has_its_sentence_and_no_sentence_is_left_over(parameters):
    missing, left = set(parameters) - set(IF_WRONG), set(IF_WRONG) - set(parameters)
    assert not missing, (
        f"say in views/words/assumptions.py what is off if {sorted(missing)} are wrong"
    )
    assert not left, f"views/words/assumptions.py tells of {sorted(left)}, which are no parameters"
    assert all(text.endswith(".") and len(text) > 30 for text in IF_WRONG.values())
    assert len(set(IF_WRONG.values())) == len(IF_WRONG)


def test_the_page_names_every_parameter_with_its_value_range_grade_and_source(body, parameters):
    page = mc.about_model(body)
    shown = html.unescape(page._repr_html_())
    assert [row.name for row in page.assumptions] == list(parameters)
    for row in parameters.values():
        unit = "" if row.unit == "none" else f" {row.unit}"
        value = f"{row.value:g}{unit}".replace("-", "−")
        spread = f" ({row.low:g} to {row.high:g}{unit})".replace("-", "−")
        spread = spread if row.low < row.high else ""
        assert f"{row.parameter}: {value}{spread}, {row.grade}" in str(page)
        for text in (row.parameter, row.meaning, f">{value}{spread}<", IF_WRONG[row.parameter]):
            assert text in shown
        assert body.evidence(row.source)["citation"] in shown
    assert NO_SENTENCE not in shown


def test_numbers_of_the_page_follow_the_body(body):
    changed = mc.about_model(body.with_parameters(tone=0.0123).without("soleus_left"))
    assert "tone: 0.0123 share" in str(changed)
    before, after = (
        next(text for text in page.contents if " muscles, " in text)
        for page in (mc.about_model(body), changed)
    )
    assert before != after and before.startswith(
        f"{sum(kind == 'muscle' for _, kind in body.graph.nodes(data='kind'))} muscles, "
    )


def test_the_page_owns_up_to_what_the_model_does_otherwise_than_people(body):
    """Each of these sentences goes with its fault."""
    page = str(mc.about_model(body))
    skeleton = build_skeleton(body)
    strength = find_healthy(skeleton).habit.strength
    more, less = strength.more.reshape(-1, 3), strength.less.reshape(-1, 3)
    knee, chest = (skeleton.bones.index(bone) - 1 for bone in ("shank_left", "thorax"))
    flexed = list(skeleton.turns.angle[3:6]).index(0)
    assert "several times as strongly" in page and more[knee, flexed] > 3 * 150
    assert "bends more strongly than it extends" in page
    assert less[chest, flexed] > 1.3 * more[chest, flexed]
    assert "Knee joint 60 Nm, Sternoclavicular joint 40 Nm" in " ".join(page.split())
    dropped = [
        mc.spread(body, [mc.OneLegStance("right"), *mc.weaken_abductors(body, "right", share)])
        for share in (1, 0.25)
    ]
    level = [one.pose().at["pelvis", "side_bend_deg"] for one in dropped]
    assert "here it hardly does" in " ".join(page.split()) and 0 < level[0] - level[1] < 2


def test_a_parameter_without_a_sentence_is_shown_all_the_same(body):
    graph = body.graph.copy()
    parameters = dict(graph.graph["parameters"])
    parameters["new_one"] = parameters["tone"].model_copy(update={"parameter": "new_one"})
    graph.graph["parameters"] = parameters
    assert NO_SENTENCE in str(mc.about_model(mc.Body.from_graph(graph)))


def test_the_command_prints_the_page(body, capsys):
    assert main(["model"]) == 0
    assert capsys.readouterr().out == f"{mc.about_model(body)}\n"


def test_the_page_promises_nothing(body):
    text = str(mc.about_model(body))
    assert "diagnoses and treats nothing" in text
    for title in ("What is in it", "What it leaves out", "What it assumes"):
        assert text.count(title) == 1
