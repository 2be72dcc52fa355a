"""The card for home: doses from the data, signs for a clinician, no network."""

import musclechain as mc
from musclechain.cases.plans import read_remedy
from musclechain.views.words.red_flags import RED_FLAGS


def test_its_doses_are_those_of_the_data(body):
    week = read_remedy(body, "static stretching").values["week"]
    assert f"about {week / 7:.0f} minutes in all" in repr(mc.show_card(body))
    assert "about 10 minutes a day (our assumption)" in repr(mc.show_card(body))


def test_its_page_carries_the_signs_with_which_to_seek_help(body):
    page = mc.show_card(body).write_page()
    assert all(f"<li>{flag.words}</li>" in page for flag in RED_FLAGS)


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


def test_a_plan_of_ones_own_stands_on_it_as_far_as_a_page_goes(body):
    plan = mc.Plan([mc.Dose("static stretching", 3, 7, weeks=6, region="thigh", side="left")] * 8)
    card = mc.show_card(body, plan)
    line = "Static stretching, thigh, left: 3 min, 7 a week, weeks 0 to 6"
    assert repr(card).count(line) == card.write_page().count(f"<li>{line}</li>") == 6
    assert "2 more, in the file of the plan" in card.write_page()
    for nothing in (None, mc.Plan()):
        assert "What I planned" not in mc.show_card(body, nothing).write_page()
