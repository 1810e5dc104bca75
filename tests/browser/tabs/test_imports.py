"""A file with faults, from the computer to the ledger; and one that is stopped on its way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from services.site.ledger import Ledger
from tests.browser import axe
from tests.browser.waiting import expect_to_fit
from tests.releases.tiny import make_tiny_release
from tests.running import serve

#: Dates that can be read in two ways, a row without a customer, a row that cannot be read.
SALES = "customer;order;date;product;quantity;price\n" + "".join(
    f"{'' if n == 3 else f'K{n % 7}'};{n};0{1 + n % 6}/0{1 + n % 5}/2024;P{n % 3};1;{n},50\n"
    for n in range(1, 40)
) + "K1;99;never;P1;1;2,50\n"  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imports")
    make_tiny_release(folder / "models", 6)
    with serve(folder / "models", folder, WEB_CONCURRENCY="1") as running:
        yield running


def choose(page: Page, name: str, text: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})


def test_a_file_with_faults_comes_into_the_ledger(visitor: Callable[..., Page], site):
    page = visitor(base_url=site.url)
    page.goto("/data")
    page.get_by_role("link", name="Bring a file").first.click()
    expect(page.get_by_text("Up to 200 MB each.")).to_be_visible()
    assert axe.violations(page) == []
    choose(page, "may.csv", SALES)
    doing = page.get_by_text(
        "Reading the file: its columns, its dates, its money, and the rule for each row."
    )
    expect(doing).to_be_visible()  # and no grey shape in its place
    expect(page.get_by_text("1 question has to be answered.")).to_be_visible()
    expect(doing).to_be_hidden()
    page.get_by_role("link", name="Answer it").click()
    choice = page.get_by_role("link", name="Dates have the day first")
    expect(choice).to_contain_text("over 38 rows of 7 customers")
    assert axe.violations(page) == []
    choice.click()
    expect(page.get_by_text("No questions left")).to_be_visible()
    page.get_by_role("link", name="As understood").click()
    expect(page.get_by_text("38 used + 2 left out = 40 in the file.")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    expect_to_fit(page)
    assert axe.violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the 2 left out").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 3
    page.get_by_role("link", name="Add or replace").first.click()
    expect(page.get_by_text("this is its first file")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_role("button", name="Add to the ledger").click()
    expect(page.get_by_text("The ledger has it.")).to_be_visible()
    expect(page.get_by_role("link", name="Train on the ledger")).to_have_attribute("href", "/data#training")
    assert [entry.name for entry in Ledger(site.state).entries()] == ["may.csv"]
    page.close()


def test_nothing_stays_of_a_file_that_is_stopped_on_its_way(visitor: Callable[..., Page], site):
    page = visitor(base_url=site.url)
    held = []
    page.route("**/uploads?*", lambda route: held.append(route))  # neither sent on nor answered
    page.goto("/import")
    expect(page.get_by_text("Up to 200 MB each.")).to_be_visible()
    choose(page, "june.csv", SALES)
    page.get_by_role("button", name="Cancel june.csv").click()
    expect(page.get_by_text("june.csv")).to_have_count(0)
    assert len(held) == 1
    page.reload()
    expect(page.get_by_text("Up to 200 MB each.")).to_be_visible()
    expect(page.get_by_text("june.csv")).to_have_count(0)
    page.close()
