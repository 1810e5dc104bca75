"""An audience from a flow: saved by keyboard and mouse, opened again by its address, taken away as a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from layouts.ids import Shell
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import go_within

FIRST_ROW = "#movement-customers-grid .ag-row[row-index='0'] a"


def save_from_movement(page: Page, name: str) -> None:
    go_within(page, "/movement")
    expect(page.locator(FIRST_ROW)).not_to_be_empty()
    page.locator("#movement-audience-link").click()
    expect(page.locator("#audiences-preview-div")).to_contain_text("Smallest effect that would show")
    page.get_by_label("Name", exact=True).fill(name)
    page.locator("#audiences-owner-input").fill("Ana")
    page.keyboard.press("Tab")
    page.locator("#audiences-save-button").press("Enter")
    expect(page).to_have_url(re.compile(r"/audiences\?audience=\d+$"))
    expect(page.locator("#audiences-result-div h2")).to_have_text(name)


def test_a_flow_is_saved_opened_by_its_address_and_its_treated_taken_away(stayed):
    page = stayed
    save_from_movement(page, "Win back")
    facts = page.locator("#audiences-result-div .sd-audience-facts")
    treated = int(re.search(r"([\d,]+) in the campaign group", facts.inner_text()).group(1).replace(",", ""))
    page.reload()
    expect(page.locator("#audiences-result-div h2")).to_have_text("Win back")
    page.get_by_label("Spend", exact=True).check()
    export = page.locator("#audiences-export-link")
    expect(export).to_have_attribute("href", re.compile("column=monetary"))
    with page.expect_download() as download:
        export.click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == treated
    assert list(rows[0]) == ["customer_id", "segment", "country", "spend", "last_order"]


def test_a_saved_audience_is_two_presses_from_segments(stayed):
    page = stayed
    save_from_movement(page, "Found again")
    go_within(page, "/")
    page.locator(f"#{Shell.NAVIGATION}").get_by_role("link", name="Campaigns").click()
    page.get_by_role("link", name="Found again").click()
    expect(page.locator("#audiences-result-div h2")).to_have_text("Found again")
    expect(page.locator(f"#{Shell.NAVIGATION} [aria-current=page]")).to_have_text("Campaigns")


def test_a_refused_field_says_why_and_keeps_what_was_typed(stayed):
    page = go_within(stayed, "/audiences?save=segments")
    expect(page.locator("#audiences-preview-div")).to_contain_text("would be held out")
    page.locator("#audiences-share-input").fill("90")
    page.locator("#audiences-save-button").click()
    expect(page.locator("#audiences-share-error")).to_contain_text("between 5 and 50 %")
    expect(page.locator("#audiences-preview-div")).to_be_empty()
    expect(page.locator("#audiences-share-input")).to_have_value("90")


def test_form_and_result_pass_axe_and_fit(visitor, site):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto("/audiences?save=segments")
    expect(page.locator("#audiences-preview-div")).to_contain_text("would be held out")
    assert violations_in_two_looks(page) == []
    save_from_movement(page, "Two looks")
    assert violations_in_two_looks(page) == []


def test_while_it_is_being_saved_the_form_says_so(visitor, site):
    page = visitor(base_url=site.url)
    page.goto("/audiences?save=segments")
    expect(page.locator("#audiences-preview-div")).to_contain_text("would be held out")
    page.get_by_label("Name", exact=True).fill("Held up")
    page.locator("#audiences-owner-input").fill("Ana")
    page.keyboard.press("Tab")
    held = []

    def hold(route):
        if '"audiences-save-button.n_clicks"' in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/_dash-update-component*", hold)
    page.locator("#audiences-save-button").click()
    said = page.locator("#audiences-saving-text")
    expect(said).to_have_text(re.compile("^Saving… .* once everyone in it is saved"))
    expect(said).to_be_visible()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page).to_have_url(re.compile(r"/audiences\?audience=\d+$"))
    expect(said).to_be_hidden()
