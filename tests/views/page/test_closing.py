"""The closing table says what the data and the results say, safely and readably."""

import re

import pandas as pd
import pytest

from musclechain.anatomy.body import UnknownStructureError
from musclechain.views.page.closing import VERDICT_MARKS, show_claims, show_sources
from musclechain.views.words.finding import Finding


def test_table_puts_the_three_voices_side_by_side(body):
    shown = show_claims(
        body, {7: Finding("", "the pull fades", pd.DataFrame()), 14: "the neck stays as it was"}
    )
    claim = body.graph.graph["claims"][7]
    text = shown._repr_html_()
    for words in (
        claim.text,
        claim.evidence_says,
        "the pull fades",
        "the neck stays as it was",
        f"{VERDICT_MARKS[claim.verdict]} {claim.verdict}.",
    ):
        assert words in text.replace("&#x27;", "'")
    assert re.findall(r"<th scope='row'[^>]*>(\d+)</th>", text) == ["7", "14"]
    assert text.count("scope='col'") == 4 and "<caption" in text and text.count("<details>") == 2
    assert claim.text in repr(shown) and "the pull fades" in repr(shown)


def test_every_source_of_a_claim_is_cited(body):
    shown = show_claims(body, {7: "x"})
    for key in body.graph.graph["claims"][7].evidence:
        assert key in shown._repr_html_()
        assert body.evidence(key)["citation"] in repr(show_sources(body, shown))


def test_every_verdict_has_its_own_mark(body):
    assert {claim.verdict for claim in body.graph.graph["claims"].values()} <= set(VERDICT_MARKS)
    assert len(set(VERDICT_MARKS.values())) == len(VERDICT_MARKS)
    assert all(
        show_claims(body, {number: "x"})._repr_html_() for number in body.graph.graph["claims"]
    )


def test_words_are_escaped(body):
    assert "<script>" not in show_claims(body, {7: "<script>alert(1)</script>"})._repr_html_()


@pytest.mark.parametrize(
    "given, message",
    [
        ({99: "x"}, "no claim 99"),
        ({7: " "}, "Claim 7 needs words"),
        ({}, "Give a dict"),
        ([7], "Give a dict"),
    ],
)
def test_mistakes_are_named(body, given, message):
    with pytest.raises(ValueError, match=message):
        show_claims(body, given)


def test_sources_stand_once_and_in_order(body):
    listed = show_sources(body, "PN01", show_claims(body, {9: "x"}), "HS01")
    assert [made["evidence"] for made in listed.found] == ["HS01", "PN01"]
    shown = listed._repr_html_()
    assert "Hodges" in repr(listed) and shown.count("<li") == 2
    # folded: what was found answers predictions
    assert shown.startswith("<details><summary>2 findings with grade and source</summary>")
    with pytest.raises(UnknownStructureError, match="XX99"):
        show_sources(body, "XX99")
