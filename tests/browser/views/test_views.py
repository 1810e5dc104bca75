"""Saved views in the browser: saved, opened in one press, changed; the looks of a page go with its link."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import violations_in_two_looks
from tests.browser.site.test_requests import asking
from tests.browser.waiting import expect_query, expect_to_fit, go_within, settled


def opened(page: Page) -> None:
    page.locator(".sd-views > summary").click()
    expect(page.get_by_label("Save this view as")).to_be_visible()
    settled(page)


def test_a_view_is_saved_found_on_another_page_and_deleted(stayed):
    page = go_within(stayed, "/?r_min=2")
    card = page.locator('[data-card="size-against-revenue"]')
    with asking(page) as asked:
        card.get_by_role("button", name="Table").click()
    assert asked == []
    expect_query(page, {"r_min": ["2"], "table": ["size-against-revenue"]})
    with asking(page) as asked:
        opened(page)
    assert len(asked) == 1
    page.get_by_label("Save this view as").fill("Recent in a table")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_text("“Recent in a table” is under Views")).to_be_visible()
    assert not violations_in_two_looks(page)
    expect_to_fit(page)
    go_within(page, "/churn")
    opened(page)
    page.get_by_role("link", name=re.compile("Recent in a table")).click()
    expect(page.locator("h1")).to_have_text("Segments")
    expect_query(page, {"r_min": ["2"], "table": ["size-against-revenue"]})
    expect(card).to_have_attribute("data-shows", "table")
    opened(page)
    page.get_by_role("button", name="Change the view Recent in a table").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No saved views yet")).to_be_visible()
    page.keyboard.press("Escape")


def test_columns_that_are_left_out_stay_out_under_another_filter_and_in_the_link(stayed):
    page = go_within(stayed, "/")
    heads = page.locator("#segments-customers-grid .ag-header-cell")
    expect(heads.filter(has_text="R F M")).to_have_count(1)
    page.locator(".sd-columns > summary").click()
    with asking(page) as asked:
        page.locator('[data-column="rfm"]').click()
        expect(heads.filter(has_text="R F M")).to_have_count(0)
    assert asked == []
    page.keyboard.press("Escape")
    page.get_by_role("group", name="Group by").get_by_role("button", name="Clusters").click()
    expect_query(page, {"hide": ["rfm"], "group": ["cluster"]})
    settled(page)
    expect(heads.filter(has_text="R F M")).to_have_count(0)


def test_the_list_is_one_stop_of_tab(stayed):
    page = go_within(stayed, "/")
    expect(page.locator("#segments-customers-grid .ag-row[row-index='0'] a")).to_be_visible()
    inside = "() => Boolean(document.activeElement.closest('#segments-customers-grid'))"
    for _time in range(2):  # a list that was left can be reached again
        page.locator("[data-skip-list]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#segments-customers-grid .ag-header-cell[aria-colindex='1']")).to_be_focused()
        page.keyboard.press("ArrowDown")
        first = "#segments-customers-grid .ag-row[row-index='0'] .ag-cell[aria-colindex='1']"
        expect(page.locator(first)).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate(inside) is False
