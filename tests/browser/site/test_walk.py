"""The whole way of a file with faults: brought, asked about, trained, compared, published, rolled back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from layouts.ids import Data, Shell, Training
from tests.browser.site import shop_file as shop
from tests.browser.waiting import PATIENCE
from tests.releases.tiny import make_tiny_release
from tests.running import ROOT, Site, serve

LONG = 4 * PATIENCE
"""For what commands and trainings do: their processes stand back behind all others."""
SUM = re.compile(r"([\d,]+)(?: rows)? used \+ ([\d,]+) left out = ([\d,]+)")


@pytest.fixture
def desk(tmp_path) -> Iterator[Site]:
    """A site with a release of six customers, and its worker."""
    make_tiny_release(tmp_path / "models", 6, made_at=datetime(2026, 11, 21, tzinfo=UTC))
    with serve(tmp_path / "models", tmp_path, WEB_CONCURRENCY="1") as site:
        settings = {"MODELS_DIR": str(site.models), "STATE_DIR": str(site.state)}
        command = [sys.executable, "-m", "services", "worker", "--parent", str(os.getpid())]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | settings) as worker:
            yield site
            worker.terminate()


def sums(where: Page | Locator) -> list[int]:
    """Read what the page says of used, left out and all rows."""
    told = where.get_by_text(SUM).first
    expect(told).to_be_visible(timeout=LONG)
    found = SUM.search(told.inner_text())
    assert found is not None
    used, gone, rows = (int(each.replace(",", "")) for each in found.groups())
    assert used + gone == rows
    return [used, gone, rows]


def rules(page: Page, caption: str) -> dict[str, int]:
    """Read the rows that each rule takes from the table of this name."""
    table = page.get_by_role("table", name=caption)
    expect(table).to_be_visible()
    cells = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    return {each[0]: int(next(cell for cell in each[1:] if cell.isdigit())) for each in cells}


def test_the_faults_are_counted_by_hand():
    assert dict(Counter(rule for _what, rule, _row in shop.FAULTS if rule)) == shop.LEFT_OUT
    assert len(shop.SALES) + len(shop.FAULTS) == shop.ROWS == shop.USED + shop.GONE
    assert sum(shop.LEFT_OUT.values()) == shop.GONE


@pytest.mark.long
def test_a_file_with_faults_goes_all_the_way_and_back(visitor: Callable[..., Page], desk: Site):
    counted = [shop.USED, shop.GONE, shop.ROWS]
    page, other = visitor(base_url=desk.url), visitor(base_url=desk.url)
    old = (desk.models / "CURRENT").read_text().strip()
    other.goto("/")
    shown = other.locator(f"#{Shell.MAIN}")
    expect(shown).to_have_attribute("data-release", old)

    page.goto("/import")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files({"name": "june.csv", "mimeType": "text/csv", "buffer": shop.CONTENT})
    page.get_by_role("link", name="Answer it").click(timeout=LONG)
    page.get_by_role("link", name="Dates have the day first").click()
    expect(page.get_by_text("No questions left")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="As understood").click()
    assert sums(page) == counted
    told = rules(page, "Rows and money by rule")
    assert (told.pop("Used"), told.pop("In the file")) == (shop.USED, shop.ROWS)
    assert told == shop.LEFT_OUT

    page.get_by_role("link", name="Add or replace").first.click()
    page.get_by_role("button", name="Add to the ledger").click(timeout=LONG)
    expect(page.get_by_text(f"june.csv, {shop.ROWS} rows")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Train on the ledger").click()
    card = page.locator(f"#{Training.CARD}")
    expect(card.get_by_text(f"june.csv: {shop.ROWS} rows")).to_be_visible()
    page.get_by_role("button", name="Train on the ledger").click()
    finding = page.locator(f"#{Training.FINDING}")
    expect(finding).to_have_text("The training has made a release.", timeout=LONG)
    assert sums(card) == counted

    page.get_by_role("link", name="Compare it with the active one").click()
    sides = page.get_by_role("table", name="Both releases")
    expect(sides.get_by_role("row", name="Rows used")).to_contain_text(f"{shop.USED} of {shop.ROWS}")
    page.get_by_role("button", name="Publish this release").click()
    expect(page.get_by_text("is active. Open pages keep the release")).to_be_visible()
    new = (desk.models / "CURRENT").read_text().strip()
    assert new != old
    expect(shown).to_have_attribute("data-release", old)
    other.get_by_role("button", name="Show this release").click()
    expect(shown).to_have_attribute("data-release", new)
    other.get_by_role("link", name="Data", exact=True).click()
    data = other.locator(f"#{Data.PAGE}")
    assert sums(data) == counted
    card = data.locator("section", has=other.get_by_role("heading", name="Rows", exact=True))
    card.get_by_role("button", name="Table").click()
    told = rules(other, "What happened to the rows")
    assert (told.pop("Used"), told.pop("In the file")) == (shop.USED, shop.ROWS)
    assert {rule: rows for rule, rows in told.items() if rows} == shop.LEFT_OUT

    page.get_by_role("button", name="Go back to this release").click()
    expect(other.get_by_text("The release made on 21 Nov 2026, 00:00 is now active.")).to_be_visible()
    expect(shown).to_have_attribute("data-release", new)
    other.get_by_role("button", name="Show this release").click()
    expect(shown).to_have_attribute("data-release", old)
    for each in (page, other):  # an open page asks the site which release is active
        each.close()
