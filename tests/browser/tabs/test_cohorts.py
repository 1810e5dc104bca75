"""The tab Cohorts, as a marketer opens a cell and saves its people."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import expect_to_fit, settled

FIRST_ROW = "#cohorts-customers-grid .ag-row[row-index='0'] a"
NARROWED = "?every=quarter&show=revenue"


def test_a_cell_is_opened_by_keyboard_and_its_people_are_saved_as_an_audience(visitor, site):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto(f"/cohorts{NARROWED}")
    expect(page.locator(FIRST_ROW)).not_to_be_empty()
    cell = page.locator("#cohorts-matrix-div a").nth(1)
    people = re.match(r"([\d,]+) of", cell.get_attribute("title"))[1]
    asked = []
    page.on("request", lambda each: asked.append(each) if "_dash-update-component" in each.url else None)
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cohorts-matrix-div [aria-current]")).to_have_count(1)
    expect(page.locator("#cohorts-customers-finding")).to_contain_text(
        re.compile(f"^{people} customers whose first order was in Q")
    )
    settled(page)
    assert len(asked) == 1
    assert "cell=" in page.url
    assert violations_in_two_looks(page) == []
    expect_to_fit(page)
    page.locator("#cohorts-matrix-div").get_by_role("link", name="Save as audience").click()
    expect(page.locator("#audiences-preview-div")).to_contain_text("would be held out")
    page.get_by_label("Name", exact=True).fill("Newcomers who came back")
    page.locator("#audiences-owner-input").fill("Ana")
    page.keyboard.press("Tab")
    page.locator("#audiences-save-button").click()
    expect(page.locator("#audiences-result-div h2")).to_have_text("Newcomers who came back")
    facts = page.locator("#audiences-result-div .sd-audience-facts")
    counted = re.findall(r"([\d,]+) (?:in the campaign group|held out)", facts.inner_text())
    assert sum(int(each.replace(",", "")) for each in counted) == int(people.replace(",", ""))
