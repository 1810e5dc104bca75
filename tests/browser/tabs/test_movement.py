"""The tab Movement, as a marketer comes to it from Segments and takes a flow away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from layouts import words
from layouts.ids import Shell
from services.serving.movement.address import answer, rows_in_flow
from services.serving.movement.moments import Flow, flows, movement
from services.serving.release.loaded import Loaded
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import expect_to_fit, go_within, query, settled

FIRST_ROW = "#movement-customers-grid .ag-row[row-index='0'] a"


@pytest.fixture
def moves(stayed: Page, release) -> Page:
    go_within(stayed, "/movement")
    expect(stayed.locator(FIRST_ROW)).not_to_be_empty()
    return settled(stayed)


def largest(release: Loaded, start: int, end: int) -> tuple[Flow, str, str, str, str]:
    """The largest flow of movers, with the ids and the names of its ends."""
    moved = movement(release, start, end)
    flow = next(each for each in flows(moved) if each.then not in (each.now, moved.not_yet))
    then, now = moved.groups[flow.then], moved.groups[flow.now]
    return flow, then.id, now.id, then.name, now.name


def expect_flow(page: Page, release: Loaded) -> None:
    """The list shows the customers that the address's flow is made of."""
    found = answer(release, query(page))
    rows = rows_in_flow(release, found, "")
    finding = page.locator("#movement-customers-finding")
    expect(finding).to_have_text(re.compile(f"^{re.escape(words.number(len(rows)))} customers? "))
    expect(page.locator(FIRST_ROW)).to_have_text(release.id_of(int(rows[0])))


def test_from_a_notable_change_to_a_flow_to_its_file(stayed, release):
    page = go_within(stayed, "/")
    page.locator("#segments-alerts-div a").last.click()
    expect(page).to_have_url(re.compile("/movement$"))
    expect(page.locator(FIRST_ROW)).not_to_be_empty()
    last = len(release.overview.snapshots) - 1
    flow, then, now, then_name, now_name = largest(release, release.overview.previous, last)
    band = page.locator("#movement-diagram-div path[aria-label]").filter(
        has_text=f"{then_name} to {now_name}:"
    )
    band.click()
    expect(page).to_have_url(re.compile(f"from_segment={then}&to_segment={now}"))
    expect_flow(page, release)
    with page.expect_download() as download:
        page.locator("#movement-export-link").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == flow.customers
    assert {(row["from_segment"], row["to_segment"]) for row in rows} == {(then_name, now_name)}
    page.go_back()
    expect(page).to_have_url(re.compile("/movement$"))
    expect(page.locator("#movement-chips-span")).to_have_text("Everybody who changed segment")


def test_a_filter_goes_along_from_segments_to_movement_and_baskets_and_back(stayed, release):
    (champions,) = (each for each in release.segments if each.id == "champions")
    page = go_within(stayed, "/")
    page.locator(".sd-filters summary", has_text="Segment").first.click()
    page.locator("[data-toggle-filter='segment=champions']").first.click()
    expect(page).to_have_url(re.compile(r"\?segment=champions$"))
    tabs = page.locator(f"#{Shell.NAVIGATION}")
    tabs.get_by_role("link", name="Movement").click()
    expect(page).to_have_url(re.compile(r"/movement\?to_segment=champions$"))
    counted = words.count(champions.customers, "customer")
    expect(page.locator("#movement-customers-finding")).to_have_text(re.compile(f"^{counted} "))
    tabs.get_by_role("link", name="Baskets").click()
    expect(page).to_have_url(re.compile(r"/baskets\?segment=champions$"))
    tabs.get_by_role("link", name="Segments").click()
    expect(page).to_have_url(re.compile(r"/\?segment=champions$"))
    expect(page.locator("#segments-chips-span")).to_contain_text("Champions")
    tabs.get_by_role("link", name="Segments").click()
    expect(page.locator("#segments-chips-span")).to_be_empty()


def test_two_days_are_chosen_and_a_pasted_address_shows_the_same(moves, visitor, site, release):
    moments = answer(release, {}).asked
    options = moves.locator("#movement-from-select option")
    oldest = options.last.get_attribute("value")
    assert oldest != moments.start.key
    moves.locator("#movement-from-select").select_option(oldest)
    expect(moves).to_have_url(re.compile(f"from={oldest}&to={moments.end.key}"))
    finding = moves.locator("#movement-diagram-finding")
    flow, *_, then_name, now_name = largest(release, 0, moments.end.place)
    told = f"the largest flow is {words.number(flow.customers)} from {then_name} to {now_name}."
    expect(finding).to_contain_text(told)
    other = visitor(base_url=site.url)
    other.goto(moves.url)
    expect(other.locator("#movement-diagram-finding")).to_have_text(finding.inner_text())
    expect(other.locator("#movement-from-select")).to_have_value(oldest)


def test_a_flow_is_chosen_and_left_again_by_keyboard_in_diagram_and_table(moves, release):
    bands = moves.locator("#movement-diagram-div path")
    bands.first.focus()
    moves.keyboard.press("ArrowDown")
    second = bands.nth(1).get_attribute("aria-label")
    expect(bands.nth(1)).to_be_focused()
    moves.keyboard.press("Enter")
    expect(moves.locator("#movement-diagram-div path[aria-pressed='true']")).to_have_attribute(
        "aria-label", second
    )
    expect_flow(moves, release)
    expect(bands.nth(1)).to_be_focused()
    moves.keyboard.press("Enter")
    expect(moves.locator("#movement-diagram-div path[aria-pressed='true']")).to_have_count(0)
    cell = moves.locator("#movement-flows-div tbody").first.locator("tr:nth-child(2) button").last
    cell.focus()
    cell.press("Enter")
    expect(moves).to_have_url(re.compile("cause="))
    expect_flow(moves, release)
    moves.locator("#movement-chips-span button").last.click()
    expect(moves).not_to_have_url(re.compile("cause="))
    expect_flow(moves, release)


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(visitor, site):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto("/movement")
    expect(page.locator("#movement-flows-div tfoot")).to_be_visible()
    expect_to_fit(page)
    go_within(page, "/movement?to_segment=champions")
    expect(page.locator("#movement-flows-div tfoot")).to_be_visible()
    assert violations_in_two_looks(page) == []
    go_within(page, "/movement?from_segment=not_yet&cause=ordered")
    expect(page.get_by_text("Nobody moved this way")).to_be_visible()
    assert violations_in_two_looks(page) == []
