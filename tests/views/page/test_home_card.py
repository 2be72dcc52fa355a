"""The card for home: doses from the data, signs for a clinician, no network."""

import json
import re

import musclechain as mc
from musclechain.cases.plans import read_remedy
from musclechain.views.page.home_card import RED_FLAGS


def test_its_doses_are_those_of_the_data(body):
    week = read_remedy(body, "static stretching").values["week"]
    assert f"about {week / 7:.0f} minutes in all" in repr(mc.show_card(body))
    assert "about 10 minutes a day (our assumption)" in repr(mc.show_card(body))


def test_it_carries_the_signs_of_the_start_page(body, root):
    cells = json.loads((root / "notebooks" / "00_start_here.ipynb").read_text("utf-8"))["cells"]
    start = "".join("".join(cell["source"]) for cell in cells)
    page = mc.show_card(body).write_page()
    for flag in RED_FLAGS:
        assert f"- {flag}" in start and flag in page
    assert len(re.findall("^- ", start.split("at once**")[1].split("\n\n")[1], re.M)) == len(
        RED_FLAGS
    )


def test_a_notebook_offers_it_as_a_page_that_needs_nothing_else(body):
    shown, page = mc.show_card(body)._repr_html_(), mc.show_card(body).write_page()
    assert (
        "download='home_practice.html'" in shown
        and "underline" in shown
        and "data:text/html" in shown
    )
    assert "://" not in page and "<script" not in page
    for key in ("TX07", "TX13", "TX15", "TX16"):
        assert f"{key} " in page
