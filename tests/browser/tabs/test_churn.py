"""The tab Churn, as a marketer comes to it, moves a cost and takes the list away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from layouts import words
from services.serving.churn.people import answer, rows_by_loss
from services.serving.release.loaded import Loaded
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import query, settled
from tests.releases.tiny import make_tiny_release
from tests.running import serve


@pytest.fixture
def desk(tmp_path):
    release = make_tiny_release(tmp_path / "models", 60)
    with serve(tmp_path / "models", tmp_path, WEB_CONCURRENCY="1") as running:
        yield running, Loaded(tmp_path / "models", release)


def expect_agreement(page, release):
    """Threshold, map, profit, list, label and fields are those of the address."""
    found = answer(release, query(page))
    assert found.best.percent is not None
    people, at = int(found.contacted.sum()), words.share(found.best.percent / 100)
    brings = words.money_sum(found.best.profit)
    expect(page.locator("#churn-profit-finding")).to_contain_text(
        f"Contact {people} customers at {at} or more: {brings} after costs"
    )
    expect(page.locator("#churn-map-finding")).to_contain_text(f"{people} customers at {at} or more.")
    expect(page.locator("#churn-customers-finding")).to_contain_text(f"{people} customers at {at} or more")
    expect(page.locator("#churn-audience-link")).to_have_text(f"Save as audience, {people}")
    expect(page.locator(".sd-churn-wide .sd-churn-cut")).to_have_text(f"worth contacting from {at}")
    first = release.id_of(int(rows_by_loss(release, found)[0]))
    expect(page.locator("#churn-customers-grid .ag-row[row-index='0'] a")).to_have_text(first)
    return found


def test_a_moved_cost_changes_threshold_list_profit_and_file_together(desk, visitor):
    site, release = desk
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto("/churn")
    before = expect_agreement(settled(page), release)
    slider, typed = page.locator("#churn-contact-slider"), page.locator("#churn-contact-input")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowLeft")
    expect(typed).to_have_value("0.4")
    expect(page).to_have_url(re.compile("contact=0.4&offer=5&success=0.12&margin=0.3"))
    slid = expect_agreement(page, release)
    typed.fill("1.5")
    typed.press("Enter")
    expect(page).to_have_url(re.compile("contact=1.5&"))
    expect(slider).to_have_value("1.5")
    raised = expect_agreement(page, release)
    assert slid.contacted.sum() > before.contacted.sum() > raised.contacted.sum()
    with page.expect_download() as download:
        page.locator("#churn-export-link").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    ids = [row["customer_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert ids == [release.id_of(row) for row in rows_by_loss(release, raised, by_cluster=True)]
    assert violations_in_two_looks(page) == []
    cell = page.locator(".sd-churn-wide .sd-churn-cell").first
    people = cell.locator("b").inner_text()
    cell.press("Enter")
    expect(page.locator("#churn-customers-finding")).to_contain_text(
        re.compile(f"^{people} customers? in this part of the map")
    )
    expect(page).to_have_url(re.compile("contact=1.5.*&band="))
    cell.press("Escape")
    expect_agreement(page, release)
    cell.press("Enter")
    expect(page.locator("#churn-part-span")).to_contain_text("fifth 5 of usual spend")
    page.locator("#churn-audience-link").click()
    expect(page.locator("main")).to_contain_text(re.compile("fifth 5 of"))
