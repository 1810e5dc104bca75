"""Lists of customers and rules whose answers come late, or in another order than they were asked for."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from services.serving.lists.filters import Filters
from services.serving.lists.listing import listed, rows_of
from services.serving.release.loaded import Loaded
from services.serving.rules.find import RuleFilters, find
from tests.browser.holding import follows, held
from tests.browser.waiting import go_within, settled

FIRST_CUSTOMER = "#segments-customers-grid .ag-row[row-index='0'] a"
SUREST = '#baskets-rules-grid [row-index="0"] [col-id="confidence"]'


def header(page: Page, column: str):
    return page.locator(f".ag-header-cell[col-id='{column}']")


def first(release: Loaded, filters: Filters, sort: str) -> str:
    customer = listed(release, rows_of(release, filters, sort)[:1])[0]["customer_id"]
    assert isinstance(customer, str)
    return customer


def test_a_late_answer_in_another_order_changes_neither_the_list_nor_its_file(page, release):
    surest = f"{max(release.rules['confidence'][find(release, RuleFilters())]) * 100:.0f}"
    # the table opens by lift, asks for that, and is put into the order of its address then
    with held(page, "baskets-asked-store", by=follows):
        page.goto("/baskets?sort=-confidence")
        expect(page.locator(SUREST)).to_contain_text(surest)
        expect(header(page, "confidence")).to_have_attribute("aria-sort", "descending")
    settled(page)
    expect(page.locator(SUREST)).to_contain_text(surest)
    file = page.get_by_role("link", name="Export CSV").first
    expect(file).to_have_attribute("href", re.compile("sort=-confidence"))


def test_a_late_answer_of_another_view_changes_neither_the_list_nor_its_file(stayed, release):
    segment = max(release.segments, key=lambda each: each.customers)
    page = go_within(stayed, "/")
    expect(page.locator(FIRST_CUSTOMER)).to_have_text(first(release, Filters(), "monetary:desc"))
    settled(page)
    with held(page, "segments-asked-store", by=follows):
        header(page, "recency").click()
        cell = page.get_by_role("button", name=re.compile(f"^{re.escape(segment.name)}: recency")).first
        key = cell.get_attribute("data-toggle-filter").removeprefix("map_cell=")
        shown = Filters(map_cell=(key,))
        cell.click()
        expect(page.locator(".sd-found b")).to_have_text(f"{len(rows_of(release, shown, '')):,}")
    settled(page)
    expect(page.locator(FIRST_CUSTOMER)).to_have_text(first(release, shown, "recency:asc"))
    file = page.get_by_role("link", name="Export CSV")
    expect(file).to_have_attribute("href", re.compile(f"map_cell={key}.*sort=recency"))


def test_sorting_twice_while_an_answer_is_on_its_way_ends_with_the_second_order(stayed, release):
    page = go_within(stayed, "/")
    with held(page, "segments-asked-store", by=follows):
        header(page, "recency").click()
        header(page, "frequency").click()
        expect(header(page, "frequency")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator(FIRST_CUSTOMER)).to_have_text(first(release, Filters(), "frequency:asc"))
    file = page.get_by_role("link", name="Export CSV")
    expect(file).to_have_attribute("href", re.compile("sort=frequency(%3A|:)asc"))


def test_a_list_that_held_nobody_can_be_sorted_and_filled_again(stayed, release):
    page = go_within(stayed, "/?m_min=1000000000000")
    expect(page.locator(".sd-found b")).to_have_text("0")
    settled(page)
    page.get_by_role("button", name=re.compile("remove")).first.click()
    expect(page.locator(FIRST_CUSTOMER)).to_have_text(first(release, Filters(), "monetary:desc"))
    header(page, "recency").click()
    expect(page.locator(FIRST_CUSTOMER)).to_have_text(first(release, Filters(), "recency:asc"))


def test_a_part_of_an_id_that_nobody_has_leaves_a_list_that_can_be_sorted(stayed, release):
    page = go_within(stayed, "/")
    expect(page.locator(FIRST_CUSTOMER)).to_have_count(1)
    field = page.locator("#segments-search-input")
    field.fill("nobody has this")
    field.press("Enter")
    expect(page.locator(FIRST_CUSTOMER)).to_have_count(0)
    settled(page)
    header(page, "recency").click()
    settled(page)
    field.fill("")
    field.press("Enter")
    expect(page.locator(FIRST_CUSTOMER)).to_have_text(first(release, Filters(), "recency:asc"))
