"""The card for home prints on one sheet."""

import re

import pytest

import musclechain as mc


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_one_sheet(browser, paper, body):
    page = browser.new_page()
    page.set_content(mc.show_card(body).write_page())
    printed = page.pdf(format=paper, prefer_css_page_size=False)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
