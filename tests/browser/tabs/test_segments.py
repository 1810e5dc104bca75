"""The tab Segments, as a marketer uses it."""

from __future__ import annotations

import csv
import io
import re
from itertools import product
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, expect

from layouts import words
from services.core.filters import CHOICES, RANGES
from services.serving.lists.filters import Filters
from services.serving.lists.listing import listed, rows_of
from services.serving.release.loaded import Loaded
from services.serving.segments.view import view
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import expect_query, expect_to_fit, go_within


@pytest.fixture
def segments(stayed: Page, release) -> Page:
    go_within(stayed, "/")
    expect_customers(stayed, release, Filters())
    return stayed


def counted(release: Loaded, filters: Filters) -> int:
    return int(filters.mask(release).sum())


def expect_customers(page: Page, release: Loaded, filters: Filters) -> None:
    """The count beside the filters and the list agree with the release."""
    number = words.number(counted(release, filters))
    expect(page.locator(".sd-found b")).to_have_text(number)
    if counted(release, filters):
        first = listed(release, rows_of(release, filters, "")[:1])[0]["customer_id"]
        row = page.locator("#segments-customers-grid .ag-row[row-index='0'] a")
        expect(row).to_have_text(first)


def largest_country(release: Loaded) -> str:
    return release.overview.countries[0].name


def test_a_marketer_adds_filters_by_keyboard_and_goes_back(segments, release):
    country = largest_country(release)
    chip = segments.locator("summary", has_text="Country")
    chip.focus()
    chip.press("Enter")
    entry = segments.get_by_role("button", name=country, exact=True)
    entry.focus()
    entry.press("Enter")
    one = Filters(country=(country,))
    expect_customers(segments, release, one)
    expect_query(segments, {"country": [country]})
    segments.keyboard.press("Escape")
    segments.locator("summary", has_text="Recency").press("Enter")
    field = segments.get_by_label("Recency at most")
    field.fill("60")
    field.press("Enter")
    both = Filters(country=(country,), r_max=60.0)
    expect_customers(segments, release, both)
    expect(segments.get_by_role("button", name=re.compile("^Recency at most 60"))).to_be_visible()
    segments.go_back()
    expect_customers(segments, release, one)
    expect(segments.get_by_label("Recency at most")).to_have_value("")
    segments.get_by_role("button", name=re.compile("^Country .*remove")).click()
    expect_customers(segments, release, Filters())
    expect_query(segments, {})


def test_the_map_shows_each_cells_customers_and_money_and_a_cell_filters_and_lets_go_again(segments, release):
    for row, column, index, customers, revenue in release.overview.grid.cells[::6]:
        name = release.segments[index].name
        noun = "customer" if customers == 1 else "customers"
        told = f"{name}: recency {row}, buying {column}: {customers:,} {noun}, {words.money_short(revenue)}"
        expect(segments.get_by_role("button", name=told, exact=True)).to_be_visible()
    segment = max(release.segments, key=lambda each: each.customers)
    cell = segments.get_by_role("button", name=re.compile(f"^{re.escape(segment.name)}: recency")).first
    key = (cell.get_attribute("data-toggle-filter") or "").removeprefix("map_cell=")
    cell.click()
    expect_customers(segments, release, Filters(map_cell=(key,)))
    expect(segments.locator(".sd-map-on").first).to_have_attribute("aria-pressed", "true")
    expect_query(segments, {"map_cell": [key]})
    segments.locator(".sd-map-on").first.click()
    expect_customers(segments, release, Filters())


def test_a_link_opens_the_same_view_in_the_same_order_for_somebody_else(segments, release, visitor, site):
    segments.locator("#segments-customers-grid .ag-header-cell[col-id='recency']").click()
    filters = Filters()
    first = listed(release, rows_of(release, filters, "recency:asc")[:1])[0]["customer_id"]
    row = "#segments-customers-grid .ag-row[row-index='0'] a"
    expect(segments.locator(row)).to_have_text(first)
    expect_query(segments, {"sort": ["recency:asc"]})
    other = visitor(base_url=site.url)
    other.goto(segments.url)
    expect(other.locator(row)).to_have_text(first)
    link = segments.get_by_role("link", name="Export CSV")
    expect(link).to_have_attribute("href", re.compile("sort=recency%3Aasc|sort=recency:asc"))
    with segments.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == f"segment-desk-customers-{release.id}-{release.count}.csv"
    text = download.value.path().read_text("utf-8-sig")
    exported = [line["customer_id"] for line in csv.DictReader(io.StringIO(text))]
    whole = listed(release, rows_of(release, filters, "recency:asc"))
    assert exported == [customer["customer_id"] for customer in whole]
    segments.get_by_role("button", name="Clusters", exact=True).click()
    expect_query(segments, {"sort": ["recency:asc"], "group": ["cluster"]})


def test_a_deep_link_shows_its_view_and_says_what_it_left_out(stayed, release):
    page = go_within(stayed, "/?group=cluster&f_min=2&segment=nobody")
    expect_customers(page, release, Filters(f_min=2.0))
    expect(page.get_by_text("There is no segment “nobody” in this release")).to_be_visible()
    expect(page.get_by_role("button", name="Clusters", exact=True)).to_have_attribute("aria-pressed", "true")
    table = page.get_by_role("region", name="Groups with their means")
    for cluster in release.clusters:
        expect(table.get_by_text(cluster.name, exact=True)).to_be_visible()


def test_every_filters_window_opens_within_the_page(stayed):
    page = go_within(stayed, "/?f_min=2")
    for width, name in product((390, 700), (*CHOICES, *RANGES)):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(f".sd-add-{name} > summary").click()
        box = page.locator(f".sd-add-{name} > .sd-pop").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")


def test_nobody_found_says_what_to_drop_and_dropping_it_helps(stayed, release):
    country = largest_country(release)
    page = go_within(stayed, f"/?country={country}&m_min=99999999")
    expect(page.get_by_text("No customer matches both filters")).to_be_visible()
    expect(page.get_by_role("link", name="Export CSV")).to_be_hidden()
    page.get_by_role("button", name="Remove that filter").click()
    expect_customers(page, release, Filters(country=(country,)))
    expect(page.get_by_role("link", name="Export CSV")).to_be_visible()


def test_a_cards_table_follows_the_filter_and_a_groups_row_leads_to_its_playbook(segments, release):
    card = segments.get_by_role("region", name="Revenue by group", exact=True).first
    card.get_by_role("button", name="Table").click()
    table = segments.locator("#segments-treemap-table")
    best = max(release.segments, key=lambda each: each.revenue)
    expect(table.locator("tbody tr").first).to_contain_text(words.money_sum(best.revenue))
    segments.goto(f"/?segment={best.id}")
    card.get_by_role("button", name="Table").click()
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table.locator("tbody tr")).to_contain_text("100.0")
    groups = segments.get_by_role("region", name="Groups with their means")
    groups.get_by_role("link", name=best.playbook).click()
    expect(segments).to_have_url(re.compile(rf"/playbooks\?segment={best.id}$"))
    expect(segments.get_by_label(f"Playbook for {best.name}")).to_be_visible()


def press(page: Page, part: Locator) -> None:
    """Press the middle of a part of a chart, over which plotly.js lays a sheet of its own."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_pressed_area_dot_or_bar_filters_and_an_area_lets_go_again(segments, release):
    best, second = sorted(release.segments, key=lambda each: -each.revenue)[:2]
    named = segments.locator("#segments-treemap-graph text.slicetext")
    press(segments, named.filter(has_text=best.name))
    expect_customers(segments, release, Filters(segment=(best.id,)))
    expect(named.filter(has_text=second.name)).to_have_count(0)
    press(segments, named.filter(has_text=best.name))
    expect_customers(segments, release, Filters())
    everybody = view(release, Filters(), "segment")
    fullest = int(everybody.bars["recency"].argmax())
    press(segments, segments.locator("#segments-recency-graph .bars .point path").nth(fullest))
    bounds = parse_qs(everybody.bins.filters["recency"][fullest])
    expect_query(segments, bounds)
    expect(segments.locator(".sd-found b")).to_have_text(
        words.number(int(everybody.bars["recency"][fullest]))
    )
    press(segments, segments.locator("#segments-rm-graph .scatterlayer .trace").first.locator("path").last)
    expect(segments.locator(".sd-chip-on", has_text="Segment")).to_be_visible()


def test_a_customer_of_the_list_is_one_press_away_and_found_by_part_of_the_id(segments, release):
    customer = release.id_of(release.count // 2)
    field = segments.get_by_label("Filter by customer ID")
    field.fill(customer)
    field.press("Enter")
    link = segments.locator("#segments-customers-grid .ag-row[row-index='0'] a")
    expect(link).to_have_text(customer)
    link.click()
    expect(segments).to_have_url(re.compile(r"/customers\?id="))


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(visitor, site):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto("/")
    expect(page.locator(".sd-map-cell")).to_have_count(25)
    expect_to_fit(page)
    go_within(page, "/?group=cluster")
    expect(page.locator("#segments-customers-grid .ag-row[row-index='0'] a")).not_to_be_empty()
    page.locator("summary", has_text="Recency").click()
    assert violations_in_two_looks(page) == []
    page.keyboard.press("Escape")
    go_within(page, "/?m_min=99999999")
    expect(page.locator(".sd-found b")).to_have_text("0")
    page.locator("summary", has_text="Recency").click()
    assert violations_in_two_looks(page) == []
